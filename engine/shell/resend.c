#include "shell/resend.h"

#include "ledger/letters.h"
#include "shell/courier.h"
#include "shell/writing.h"

#include <stdlib.h>
#include <string.h>

static json_t *result_of(const struct letter *letter, bool changed)
{
    json_t *json = json_pack("{s:I, s:s, s:s, s:b}", "letter", (json_int_t)letter->notice, "channel",
                             letter->channel, "title", letter->title, "changed", changed);
    must(json);
    return json;
}

static bool send_again(struct store *store, const struct letter *letter, int64_t now, json_t *results,
                       struct err *err)
{
    must(!json_array_append_new(results, result_of(letter, letter->refused_at != 0)));
    return !letter->refused_at || outbox_resend(store, letter->notice, now, err);
}

/* Why one that neither waits nor was refused cannot be sent again. */
static bool cannot(struct store *store, int64_t number, struct err *err)
{
    struct dispatches *all = dispatches_read(store, err);
    if (!all)
        return false;
    const struct notice like = {.id = number};
    const struct dispatch *one = dispatches_find(all, &like);
    if (!one)
        err_set(err, ERR_INPUT, "không có thư số %d; xem số ở: hanchot alerts --ledger",
                "there is no letter %d; see the numbers in: hanchot alerts --ledger", (int)number);
    else if (one->newer)
        err_set(err, ERR_INPUT, "thư %d đã cũ: thư %d báo thay",
                "letter %d is out of date: letter %d tells it", (int)number, (int)one->newer);
    else if (one->dropped_at)
        err_set(err, ERR_INPUT, "thư %d đã cũ: không việc nào trong đó còn mở",
                "letter %d is out of date: nothing in it is open any more", (int)number);
    else
        err_set(err, ERR_INPUT, "thư %d đã được nhận, không gửi lại",
                "letter %d was taken, it is not sent again", (int)number);
    dispatches_free(all);
    return false;
}

/* number 0: all that were refused. */
static bool resend(struct store *store, int64_t number, int64_t now, json_t *results, struct err *err)
{
    struct letters *letters = letters_read(store, 0, err);
    bool good = letters != NULL, found = false;
    for (size_t i = 0; good && i < letters->n; i++) {
        const struct letter *letter = &letters->list[i];
        if (number ? letter->notice != number : !letter->refused_at)
            continue;
        found = true;
        good = send_again(store, letter, now, results, err);
    }
    letters_free(letters);
    return good && (found || !number || cannot(store, number, err));
}

static bool resend_apply(struct store *store, const json_t *request, int64_t now, json_t **answer,
                         struct err *err)
{
    json_t *results = json_array();
    int64_t number = json_integer_value(json_object_get(request, "letter"));
    if (store_begin(store, err) && resend(store, number, now, results, err) && store_commit(store, err)) {
        *answer = json_pack("{s:o}", "results", results);
        return true;
    }
    store_rollback(store);
    json_decref(results);
    return false;
}

json_t *resend_line(struct daemon *daemon, const json_t *request, enum lang lang)
{
    struct err err = {.lang = lang};
    json_t *answer = NULL;
    if (!resend_apply(daemon->store, request, daemon_now(daemon), &answer, &err))
        return json_pack("{s:i, s:s}", "error", (int)err.kind, "detail", err.text);
    courier_update(daemon);
    daemon_renew(daemon);
    return answer;
}

/* ---- the command ---- */

static bool resend_here(struct app *app, struct store *store, void *data, json_t **answer)
{
    return resend_apply(store, data, app->now, answer, &app->err);
}

static void tell(const json_t *results, enum lang lang)
{
    for (size_t i = 0; i < json_array_size(results); i++) {
        const json_t *one = json_array_get(results, i);
        bool changed = json_is_true(json_object_get(one, "changed"));
        printf(changed
                   ? say(lang, "gửi lại thư %d tới %s: %s\n", "letter %d is sent again to %s: %s\n")
                   : say(lang, "thư %d tới %s đang chờ gửi: %s\n", "letter %d to %s waits to be sent: %s\n"),
               (int)json_integer_value(json_object_get(one, "letter")),
               json_string_value(json_object_get(one, "channel")),
               json_string_value(json_object_get(one, "title")));
    }
    if (!json_array_size(results))
        puts(say(lang, "không có thư nào bị từ chối", "nothing was refused"));
}

int resend_run(struct app *app)
{
    const char *which = app->options.resend;
    char *end = NULL;
    long long number = strcmp(which, "all") != 0 ? strtoll(which, &end, 10) : 0;
    if (end && (number <= 0 || *end)) {
        err_set(&app->err, ERR_USAGE, "--resend nhận số của thư hoặc all; xem số ở: hanchot alerts --ledger",
                "--resend takes the number of a letter or all; see the numbers in: hanchot alerts --ledger");
        return app_fail(app, &app->err);
    }
    json_t *request = json_pack("{s:s, s:I}", "action", "resend", "letter", (json_int_t)number),
           *answer = NULL;
    struct writing writing = {.request = request, .file = -1, .write = resend_here, .data = request};
    bool good = writing_do(app, &writing, &answer);
    if (good)
        tell(json_object_get(answer, "results"), app->lang);
    json_decref(answer);
    json_decref(request);
    return good ? 0 : app_fail(app, &app->err);
}
