/* Commands that write: by themselves when nobody owns the database, else through the daemon that does. */
#include "shell/app.h"
#include "shell/change.h"
#include "shell/writing.h"
#include "time/clock.h"

#include <string.h>

/* ---- writing ---- */

static bool write_with(struct app *app, struct store *store, const struct rulebook *rulebook,
                       const json_t *request, json_t **results)
{
    struct facts *facts = facts_read(store, DAY_NONE, &app->err);
    bool good = facts != NULL;
    if (good) {
        struct outlook *outlook = outlook_new(rulebook, facts, app->now);
        good = change_apply(store, outlook, NULL, request, app->now, clock_now(), results, &app->err);
        outlook_free(outlook);
    }
    facts_free(facts);
    return good;
}

static bool write_here(struct app *app, struct store *store, void *data, json_t **answer)
{
    json_t *results = NULL;
    struct rulebook *rulebook = rules_load(app, false);
    if (!rulebook)
        return err_set(&app->err, ERR_INPUT, "quy tắc trong %s có lỗi, không ghi gì",
                       "the rules in %s have faults, nothing was written", app->options.rules);
    bool good = write_with(app, store, rulebook, data, &results);
    rulebook_free(rulebook);
    if (good)
        *answer = json_pack("{s:o}", "results", results);
    return good;
}

/* Takes the request. */
static int change_run(struct app *app, json_t *request)
{
    json_t *answer = NULL;
    struct writing writing = {.request = request, .file = -1, .write = write_here, .data = request};
    bool good = writing_do(app, &writing, &answer);
    if (good)
        change_tell(json_object_get(answer, "results"), app->lang, stdout);
    json_decref(answer);
    json_decref(request);
    return good ? 0 : app_fail(app, &app->err);
}

/* ---- requests from options ---- */

static void set_text(json_t *request, const char *name, const char *text)
{
    if (text)
        json_object_set_new(request, name, json_string(text));
}

static json_t *request_new(const struct app *app, const char *action)
{
    const struct options *options = &app->options;
    json_t *request = json_pack("{s:s}", "action", action);
    set_text(request, "plan", options->plan);
    set_text(request, "unit", options->unit);
    set_text(request, "ref", options->ref);
    set_text(request, "period", options->period);
    set_text(request, "on", options->on);
    set_text(request, "due", options->due);
    set_text(request, "to", options->to);
    set_text(request, "why", options->why);
    set_text(request, "by", options->by);
    set_text(request, "note", options->note);
    return request;
}

/* Texts of the command line must be UTF-8 before they can become JSON. */
static bool arguments_valid(struct app *app)
{
    const char *const texts[] = {app->options.plan, app->options.unit, app->options.ref,  app->options.period,
                                 app->options.on,   app->options.due,  app->options.to,   app->options.why,
                                 app->options.by,   app->options.note, app->options.until};
    bool good = true;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        good = good && (!texts[i] || utf8_valid(texts[i], strlen(texts[i]), NULL));
    for (int i = 0; i < app->argc; i++)
        good = good && utf8_valid(app->argv[i], strlen(app->argv[i]), NULL);
    return good || err_set(&app->err, ERR_USAGE, "đối số không phải UTF-8", "an argument is not UTF-8");
}

static bool days_valid(struct app *app)
{
    const struct options *options = &app->options;
    int day;
    return option_day(app, "on", options->on, &day) && option_day(app, "due", options->due, &day) &&
           option_day(app, "to", options->to, &day);
}

static bool need(struct app *app, const char *name, const char *value)
{
    return (value && *value) || err_set(&app->err, ERR_USAGE, "cần --%s", "--%s is needed", name);
}

static int progress_run(struct app *app, const char *action)
{
    const struct options *options = &app->options;
    if (!arguments_valid(app) || !days_valid(app))
        return app_fail(app, &app->err);
    if (!app->argc && !(options->plan && options->ref && options->period && options->unit)) {
        err_set(&app->err, ERR_USAGE, "cần UID, hoặc --plan, --ref, --period và --unit",
                "a UID is needed, or --plan, --ref, --period and --unit");
        return app_fail(app, &app->err);
    }
    json_t *request = request_new(app, action), *uids = json_array();
    for (int i = 0; i < app->argc; i++)
        json_array_append_new(uids, json_string(app->argv[i]));
    json_object_set_new(request, "uid", uids);
    return change_run(app, request);
}

int cmd_record(struct app *app)
{
    const struct options *options = &app->options;
    bool withdraw = options->withdraw;
    if (!arguments_valid(app) || !need(app, "plan", options->plan) || !days_valid(app) ||
        !(withdraw ? need(app, "note", options->note) : need(app, "on", options->on)))
        return app_fail(app, &app->err);
    json_t *request = request_new(app, "record");
    set_text(request, "event", app->argv[0]);
    if (app->options.new_record)
        json_object_set_new(request, "new", json_true());
    if (withdraw)
        json_object_set_new(request, "withdraw", json_true());
    return change_run(app, request);
}

int cmd_done(struct app *app)
{
    return progress_run(app, "done");
}

int cmd_reopen(struct app *app)
{
    return progress_run(app, "reopen");
}

int cmd_extend(struct app *app)
{
    if (!need(app, "to", app->options.to) || !need(app, "why", app->options.why))
        return app_fail(app, &app->err);
    return progress_run(app, "extend");
}

int cmd_cancel(struct app *app)
{
    if (!need(app, "why", app->options.why))
        return app_fail(app, &app->err);
    return progress_run(app, "cancel");
}

int cmd_close(struct app *app)
{
    if (strcmp(app->argv[0], "plan")) {
        err_set(&app->err, ERR_USAGE, "viết: hanchot close plan KẾ-HOẠCH --on NGÀY --why …",
                "say: hanchot close plan PLAN --on DATE --why …");
        return app_fail(app, &app->err);
    }
    if (!arguments_valid(app) || !need(app, "on", app->options.on) || !need(app, "why", app->options.why) ||
        !days_valid(app))
        return app_fail(app, &app->err);
    json_t *request = request_new(app, "close");
    set_text(request, "plan", app->argv[1]);
    return change_run(app, request);
}

static int reply_run(struct app *app, const char *action)
{
    const struct options *options = &app->options;
    if (!arguments_valid(app))
        return app_fail(app, &app->err);
    json_t *request = json_pack("{s:s, s:s}", "action", action, "key", app->argv[0]);
    set_text(request, "until", options->until);
    set_text(request, "by", options->by);
    return change_run(app, request);
}

int cmd_ack(struct app *app)
{
    return reply_run(app, "ack");
}

int cmd_snooze(struct app *app)
{
    int64_t until;
    if (!need(app, "until", app->options.until))
        return app_fail(app, &app->err);
    if (!change_until(app->options.until, app->now, &until, &app->err)) {
        app->err.kind = ERR_USAGE;
        return app_fail(app, &app->err);
    }
    return reply_run(app, "snooze");
}

/* Whoever can take the lock is alone: then there is no daemon that could hold rules back. */
static bool daemon_runs(struct app *app)
{
    int held_by = 0;
    struct store_lock *lock = store_lock_take(app->options.db, &held_by, &app->err);
    if (!lock)
        return held_by != 0;
    store_lock_free(lock);
    return err_set(&app->err, ERR_ENV,
                   "không có dịch vụ nào đang chạy với %s; khi khởi động, dịch vụ nạp quy tắc trên đĩa",
                   "no daemon runs with %s; it takes the rules on disk when it starts", app->options.db);
}

int cmd_accept(struct app *app)
{
    if (!daemon_runs(app))
        return app_fail(app, &app->err);
    struct writing writing = {.request = json_pack("{s:s}", "action", "accept"), .file = -1};
    json_t *answer = NULL;
    bool nobody, good = writing_ask(app, &writing, &nobody, &answer);
    if (good)
        puts(say(app->lang, "dịch vụ đã dùng bộ quy tắc mới", "the daemon has taken the new rules"));
    json_decref(answer);
    json_decref(writing.request);
    return good ? 0 : app_fail(app, &app->err);
}

/* ---- the database as a whole ---- */

static int with_reader(struct app *app, bool (*work)(struct app *app, struct store *store))
{
    bool missing = false;
    struct store *store = store_open_read(app->options.db, &missing, &app->err);
    bool good = store      ? work(app, store)
                : !missing ? false
                           : err_set(&app->err, ERR_ENV, "chưa có cơ sở dữ liệu %s",
                                     "there is no database %s yet", app->options.db);
    store_close(store);
    return good ? 0 : app_fail(app, &app->err);
}

static bool backup_to(struct app *app, struct store *store)
{
    return store_backup(store, app->argv[0], &app->err);
}

static bool verify_all(struct app *app, struct store *store)
{
    if (!store_verify(store, &app->err))
        return false;
    printf("%s: %s\n", app->options.db, say(app->lang, "toàn vẹn", "sound"));
    return true;
}

int cmd_backup(struct app *app)
{
    return with_reader(app, backup_to);
}

int cmd_verify(struct app *app)
{
    return with_reader(app, verify_all);
}
