#include "shell/messages.h"

#include "time/clock.h"

#include <stdlib.h>
#include <string.h>

enum { SINGLES_MOST = 2, LINES_MOST = 20 };

static struct notice notice_of(const struct message *message, int64_t now)
{
    const struct alert *alert = message->alert;
    return (struct notice){.alert = alert->key,
                           .kind = alert_kind_name(alert->kind),
                           .rung = alert->rung,
                           .unit = message->unit,
                           .channel = "stream",
                           .severity = alert_severity_name(alert->severity),
                           .title = alert->title,
                           .body = alert->body,
                           .told_at = now};
}

bool messages_add(struct daemon *daemon, struct messages *messages, const char *unit,
                  const struct alert *alert, const char **told, struct err *err)
{
    const struct message message = {unit, alert, told, messages->list.n};
    const struct notice notice = notice_of(&message, 0);
    bool is_told = false;
    if (!notices_told(daemon->store, &notice, &is_told, err))
        return false;
    if (is_told)
        *vec_push(&messages->known) = message;
    else
        *vec_push(&messages->list) = message;
    return true;
}

void messages_fini(struct messages *messages)
{
    vec_free(&messages->list);
    vec_free(&messages->known);
}

/* ---- writing ---- */

static void summary_title(const struct message *first, size_t n, int today, enum lang lang, struct text *out)
{
    size_t past = 0, now = 0;
    for (size_t i = 0; i < n; i++) {
        past += first[i].alert->kind == ALERT_OVERDUE;
        now += first[i].alert->kind == ALERT_DUE_SOON && first[i].alert->due == today;
    }
    text_addf(out,
              say(lang, "%zu cảnh báo: %zu quá hạn, %zu đến hạn hôm nay, %zu sắp tới hoặc khác",
                  "%zu alerts: %zu overdue, %zu due today, %zu coming or other"),
              n, past, now, n - past - now);
}

static void summary_body(const struct message *first, size_t n, enum lang lang, struct text *out)
{
    for (size_t i = 0; i < n && i < LINES_MOST; i++)
        text_addf(out, "%s- %s", i ? "\n" : "", first[i].alert->title);
    if (n > LINES_MOST)
        text_addf(out, say(lang, "\nvà %zu cảnh báo khác", "\nand %zu more"), n - LINES_MOST);
}

static bool summary_write(struct daemon *daemon, const struct message *first, size_t n, int64_t now,
                          int64_t *id, struct err *err)
{
    enum lang lang = daemon->app->site->lang;
    enum alert_severity worst = ALERT_INFO;
    auto_text key = {0}, title = {0}, body = {0}, rung = {0};
    for (size_t i = 0; i < n; i++)
        worst = first[i].alert->severity > worst ? first[i].alert->severity : worst;
    text_addf(&key, "summary:%s", first->unit);
    summary_title(first, n, instant_day(now), lang, &title);
    summary_body(first, n, lang, &body);
    struct notice notice = {.alert = text_str(&key),
                            .kind = "summary",
                            .unit = first->unit,
                            .channel = "stream",
                            .severity = alert_severity_name(worst),
                            .title = text_str(&title),
                            .body = text_str(&body),
                            .told_at = now};
    return notices_rung_at(daemon->store, &notice, now, &rung, err) &&
           notices_add(daemon->store, &notice, clock_now(), id, err);
}

static bool office_write(struct daemon *daemon, const struct message *first, size_t n, int64_t now,
                         struct err *err)
{
    int64_t carrier = 0;
    if (n > SINGLES_MOST && !summary_write(daemon, first, n, now, &carrier, err))
        return false;
    for (size_t i = 0; i < n; i++) {
        struct notice notice = notice_of(&first[i], now);
        notice.message = carrier;
        if (!notices_add(daemon->store, &notice, clock_now(), NULL, err))
            return false;
    }
    return true;
}

/* By office, then in the order of their days. */
static int message_order(const void *a, const void *b)
{
    const struct message *x = a, *y = b;
    int order = strcmp(x->unit, y->unit);
    if (!order && x->alert->due != y->alert->due)
        order = x->alert->due < y->alert->due ? -1 : 1;
    return order ? order : (x->place > y->place) - (x->place < y->place);
}

bool messages_write(struct daemon *daemon, struct messages *messages, struct err *err)
{
    int64_t now = daemon_now(daemon);
    if (!notices_begin_on(daemon->store, now, err))
        return false;
    if (messages->list.n)
        qsort(messages->list.at, messages->list.n, sizeof *messages->list.at, message_order);
    for (size_t i = 0, n; i < messages->list.n; i += n) {
        const struct message *first = &messages->list.at[i];
        for (n = 1; i + n < messages->list.n && !strcmp(first[n].unit, first->unit);)
            n++;
        if (!office_write(daemon, first, n, now, err))
            return false;
    }
    return true;
}

void messages_remember(const struct messages *messages)
{
    for (size_t i = 0; i < messages->list.n; i++)
        *messages->list.at[i].told = messages->list.at[i].alert->rung;
    for (size_t i = 0; i < messages->known.n; i++)
        *messages->known.at[i].told = messages->known.at[i].alert->rung;
}
