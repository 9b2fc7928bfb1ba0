#include "shell/telling.h"

#include "alert/why.h"
#include "base/log.h"
#include "publish/alert_list.h"
#include "shell/aside.h"
#include "shell/courier.h"
#include "shell/messages.h"
#include "shell/posting.h"
#include "shell/proving.h"
#include "shell/streams.h"
#include "time/clock.h"

#include <stdlib.h>
#include <string.h>

/* What is done at one go before others may ask in between: to look something up in the ledger is the unit,
 * some microseconds; to write it costs a few of them. */
enum { WORK_MOST = 2000, OFFICE_MOST = 2400, WORK_OF_TELLING = 4, WORK_OF_POSTING = 2 };

struct telling {
    struct replies *replies;
    struct alerts *alerts; /* as last looked at, of the daemon's outlook; NULL: to be made */
    struct alerts *former; /* of an outlook that is gone: keys and states alone are good */
    struct rows deadlines, others;
    struct streams *streams;
    int64_t next, last_ping, updates, faults_since;
    int64_t last_notice; /* the last one that was sent */
    bool begun;          /* last_notice is known */
};

struct telling *telling_new(void)
{
    struct telling *telling = mem_alloc(sizeof *telling);
    telling->streams = streams_new();
    telling->next = INT64_MAX;
    return telling;
}

void telling_free(struct telling *telling)
{
    if (!telling)
        return;
    streams_free(telling->streams);
    vec_free(&telling->deadlines.list);
    vec_free(&telling->others.list);
    alerts_free(telling->alerts);
    alerts_free(telling->former);
    replies_free(telling->replies);
    mem_free(telling);
}

/* ---- the alerts ---- */

static struct alert_settings settings_of(const struct daemon *daemon)
{
    struct alert_settings settings = app_alert_settings(daemon->app);
    settings.faults_since = daemon->telling->faults_since;
    settings.held = daemon->held ? daemon->held_why : NULL;
    return settings;
}

static const struct faults *faults_of(const struct daemon *daemon)
{
    return daemon->has_faults ? &daemon->faults : NULL;
}

static struct alerts *alerts_now(struct daemon *daemon, const struct notices *resolved)
{
    struct alert_settings settings = settings_of(daemon);
    return alerts_new(daemon->outlook, daemon_standings(daemon), daemon->telling->replies, faults_of(daemon),
                      daemon_now(daemon), &settings, resolved);
}

/* From now on it is these that are kept; of those before, keys and states are good. */
static void alerts_keep(struct telling *telling, struct alerts *alerts)
{
    if (telling->alerts) {
        alerts_free(telling->former);
        telling->former = telling->alerts;
    }
    telling->alerts = alerts;
}

void telling_forget(struct daemon *daemon)
{
    alerts_keep(daemon->telling, NULL);
    daemon->telling->deadlines.list.n = daemon->telling->others.list.n = 0;
}

bool telling_known(const struct daemon *daemon)
{
    return daemon->telling->alerts;
}

struct prospect_wanted telling_wants(const struct daemon *daemon)
{
    const struct telling *telling = daemon->telling;
    struct prospect_wanted wanted =
        (struct prospect_wanted){.replies = telling->replies,
                                 .former = telling->alerts ? telling->alerts : telling->former,
                                 .settings = app_alert_settings(daemon->app),
                                 .now = daemon_now(daemon)};
    wanted.settings.failing = NULL;
    return wanted;
}

void telling_take(struct daemon *daemon, struct prospect *prospect)
{
    struct telling *telling = daemon->telling;
    alerts_keep(telling, prospect->alerts);
    prospect->alerts = NULL;
    vec_free(&telling->deadlines.list);
    telling->deadlines = prospect->deadlines;
    prospect->deadlines = (struct rows){0};
    telling->others.list.n = telling->others.at = 0; /* the look makes them */
    posting_changed(daemon, NULL);
    for (size_t i = 0; i < prospect->turned.n; i++)
        streams_state(telling->streams, prospect->turned.at[i].key, prospect->turned.at[i].state);
    prospect_free(prospect);
}

/* Tells desktops of an alert that was open when they last heard of it. */
static void send_change(struct telling *telling, const char *key, enum alert_state was)
{
    struct turned turned;
    if (prospect_turned(telling->alerts, key, was, &turned))
        streams_state(telling->streams, key, turned.state);
}

/* What an alert was before those of its like were made anew. */
struct seen {
    char *key, *unit; /* or NULL */
    enum alert_state state;
};

static void alerts_go_on(struct daemon *daemon)
{
    struct telling *telling = daemon->telling;
    struct alerts *alerts = telling->alerts;
    const struct alerts *before = telling->former ? telling->former : alerts;
    struct alert_settings settings = settings_of(daemon);
    size_t n = before->n_others;
    auto_free struct seen *seen = mem_alloc((n + 1) * sizeof *seen);
    for (size_t i = 0; i < n; i++)
        seen[i] = (struct seen){.key = mem_strdup(before->others[i].key),
                                .unit = before == alerts ? mem_strdup(before->others[i].unit) : NULL,
                                .state = before->others[i].state};
    alerts_renew(alerts, daemon_standings(daemon), faults_of(daemon), &settings, daemon_now(daemon));
    rows_make(&telling->others, alerts->others, alerts->n_others);
    for (size_t i = 0; i < n; i++) {
        send_change(telling, seen[i].key, seen[i].state);
        if (seen[i].state == ALERT_OPEN && !telling_is_open(daemon, seen[i].key))
            posting_changed(daemon, &(struct alert){.unit = seen[i].unit});
        mem_free(seen[i].key);
        mem_free(seen[i].unit);
    }
    alerts_free(telling->former);
    telling->former = NULL;
}

/* Takes new answers in. *all: each was one to a deadline. */
static bool take_answers(struct daemon *daemon, bool *all, struct err *err)
{
    struct telling *telling = daemon->telling;
    struct alert_settings settings = settings_of(daemon);
    struct answered answered = {0};
    bool good = replies_more(daemon->store, telling->replies, &answered, err);
    if (!good)
        telling_forget(daemon); /* some may have come */
    *all = good;
    for (size_t i = 0; good && i < answered.keys.n; i++) {
        const char *key = answered.keys.at[i];
        const struct alert *alert = alerts_find(telling->alerts, key);
        enum alert_state was = alert ? alert->state : ALERT_RESOLVED;
        if (was == ALERT_OPEN)
            posting_changed(daemon, alert);
        if (alerts_answered(telling->alerts, key, &settings, daemon_now(daemon)))
            send_change(telling, key, was);
        else
            *all = false;
    }
    vec_free(&answered.keys);
    return good;
}

static bool ledger_begin(struct daemon *daemon, struct err *err)
{
    struct telling *telling = daemon->telling;
    telling->begun = telling->begun || notices_last(daemon->store, &telling->last_notice, err);
    if (telling->begun && !telling->replies)
        telling->replies = replies_read(daemon->store, err);
    return telling->begun && telling->replies;
}

struct first_look {
    struct prospect_wanted wanted;
    const struct outlook *outlook;
    struct prospect *prospect;
};

static void first_look_make(void *data)
{
    struct first_look *look = data;
    look->prospect = prospect_new(&look->wanted, look->outlook);
}

static void alerts_make(struct daemon *daemon)
{
    struct first_look look = {.wanted = telling_wants(daemon), .outlook = daemon->outlook};
    aside_do(daemon, first_look_make, &look);
    telling_take(daemon, look.prospect);
}

/* As they stand now. */
static bool alerts_take(struct daemon *daemon, struct err *err)
{
    struct telling *telling = daemon->telling;
    struct answered ignored = {0};
    bool all;
    if (!ledger_begin(daemon, err))
        return false;
    bool good = telling->alerts ? take_answers(daemon, &all, err)
                                : replies_more(daemon->store, telling->replies, &ignored, err);
    vec_free(&ignored.keys);
    if (good && !telling->alerts)
        alerts_make(daemon);
    if (good)
        alerts_go_on(daemon);
    return good;
}

/* ---- what is to be told ---- */

static const char *next_unit(const struct rows *rows)
{
    return rows->at < rows->list.n ? rows->list.at[rows->at].unit : NULL;
}

/* Those of one office whose time has come and that were not told yet. Some hundreds at most: what is left is
 * told next. */
static bool office_look(struct daemon *daemon, struct rows *rows, const char *unit, struct messages *messages,
                        size_t *work, struct err *err)
{
    struct alert_settings settings = app_alert_settings(daemon->app);
    const struct workdays *workdays = daemon->outlook->rulebook->workdays;
    for (const char *next; *work < OFFICE_MOST && (next = next_unit(rows)) && !strcmp(next, unit);
         rows->at++) {
        struct row *row = &rows->list.at[rows->at];
        if (row->told == row->alert->rung || !alert_concerns(row->alert, unit) ||
            !alert_may_tell(row->alert, workdays, &settings, daemon_now(daemon)))
            continue;
        size_t before = messages->list.n;
        if (!messages_add(daemon, messages, unit, row->alert, &row->told, err))
            return false;
        ++*work;
        if (messages->list.n > before)
            *work += WORK_OF_TELLING - 1 + WORK_OF_POSTING * posting_ways(daemon, row->alert, unit);
    }
    return true;
}

/* Goes on office by office until there is enough to tell. */
static bool messages_collect(struct daemon *daemon, struct messages *messages, struct err *err)
{
    struct telling *telling = daemon->telling;
    for (size_t work = 0; work < WORK_MOST;) {
        const char *one = next_unit(&telling->others), *other = next_unit(&telling->deadlines);
        const char *unit = !one || (other && strcmp(other, one) < 0) ? other : one;
        if (!unit)
            return true;
        if (!office_look(daemon, &telling->others, unit, messages, &work, err) ||
            !office_look(daemon, &telling->deadlines, unit, messages, &work, err))
            return false;
    }
    return true;
}

static size_t offices_waiting(const struct telling *telling)
{
    return telling->others.list.n - telling->others.at + telling->deadlines.list.n - telling->deadlines.at;
}

size_t telling_waiting(const struct daemon *daemon)
{
    return offices_waiting(daemon->telling) + posting_waiting(daemon);
}

static void round_begin(struct daemon *daemon)
{
    daemon->telling->deadlines.at = daemon->telling->others.at = 0;
    posting_again(daemon);
}

/* ---- telling ---- */

static void take_own(const struct message *list, size_t n, struct alert_choice *fresh)
{
    for (size_t i = 0; i < n; i++)
        if (!strcmp(list[i].unit, list[i].alert->unit ? list[i].alert->unit : ""))
            *vec_push(&fresh->list) = list[i].alert;
}

/* The alerts of these messages, each once: with its own office. */
static void fresh_collect(const struct messages *messages, struct alert_choice *fresh)
{
    take_own(messages->list.at, messages->list.n, fresh);
    take_own(messages->known.at, messages->known.n, fresh);
    alert_choice_sort(fresh);
}

static struct posting *collect(struct daemon *daemon, struct messages *messages, struct err *err)
{
    struct alert_choice fresh = {0};
    struct posting *posting = NULL;
    if (messages_collect(daemon, messages, err)) {
        bool all_heard = !messages->list.n && !offices_waiting(daemon->telling);
        fresh_collect(messages, &fresh);
        posting = posting_collect(daemon, &fresh, all_heard, err);
    }
    vec_free(&fresh.list);
    return posting;
}

static bool write_all(struct daemon *daemon, struct messages *messages, struct posting *posting,
                      struct err *err)
{
    if (!messages->list.n && posting_empty(posting) && daemon->facts->first_day != DAY_NONE)
        return true;
    return messages_write(daemon, messages, err) && posting_write(daemon, posting, err) &&
           store_commit(daemon->store, err);
}

/* An office hears all that is due at one time, or some hundreds of it, in one transaction, with the mails and
 * calls about it. What was
 * told before is looked up in there too, which takes half the time. */
static bool tell(struct daemon *daemon, struct err *err)
{
    struct messages messages = {0};
    struct posting *posting = store_begin(daemon->store, err) ? collect(daemon, &messages, err) : NULL;
    bool good = posting && write_all(daemon, &messages, posting, err);
    store_rollback(daemon->store); /* what was not written */
    if (good) {
        messages_remember(&messages);
        posting_remember(posting);
    }
    posting_free(posting);
    messages_fini(&messages);
    return good;
}

/* ---- sending ---- */

static bool mark_taken(struct daemon *daemon, const struct notice *notice, struct err *err)
{
    return notice->taken_at || notices_taken(daemon->store, notice->id, daemon_now(daemon), err);
}

static bool send_list(struct daemon *daemon, const struct notices *notices, struct err *err)
{
    bool good = true;
    for (size_t i = 0; i < notices->n && good; i++) {
        auto_text out = {0};
        if (streams_notice(&out, notices, &notices->list[i]) &&
            streams_send(daemon->telling->streams, notices->list[i].unit, text_str(&out)))
            good = mark_taken(daemon, &notices->list[i], err);
    }
    return good;
}

/* Sends what was written since the last time; who takes a notice is written down. */
static bool send_new(struct daemon *daemon, struct err *err)
{
    struct telling *telling = daemon->telling;
    int64_t last = 0;
    if (!notices_last(daemon->store, &last, err))
        return false;
    if (last <= telling->last_notice)
        return true;
    struct notices *notices =
        streams_heard(telling->streams) ? notices_read_after(daemon->store, telling->last_notice, err) : NULL;
    bool good = !streams_heard(telling->streams) ||
                (notices && store_begin(daemon->store, err) && send_list(daemon, notices, err) &&
                 store_commit(daemon->store, err));
    if (good)
        telling->last_notice = last;
    else
        store_rollback(daemon->store);
    notices_free(notices);
    return good;
}

/* ---- the whole ---- */

static int64_t earlier(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

bool telling_go_on(struct daemon *daemon, struct err *err)
{
    struct telling *telling = daemon->telling;
    if (!telling->alerts)
        return telling_update(daemon, err);
    bool good = tell(daemon, err) && send_new(daemon, err);
    bool over = good && !telling_waiting(daemon);
    if (over)
        proving_daily(daemon);
    if (!good) /* some of the last ones may be told of nowhere: from the start, when it is tried again */
        round_begin(daemon);
    telling->next = good ? earlier(telling->alerts->next_change, posting_wake(daemon)) : daemon_now(daemon);
    daemon->look_at_ms = good && !over ? clock_monotonic_ms() : 0;
    telling_ping(daemon);
    if (over) /* letters that are out of date have been found by then */
        courier_update(daemon);
    return good;
}

bool telling_update(struct daemon *daemon, struct err *err)
{
    struct telling *telling = daemon->telling;
    if (!daemon->outlook)
        return true;
    telling->updates++;
    if (!daemon->has_faults && !daemon->held)
        telling->faults_since = 0;
    else if (!telling->faults_since)
        telling->faults_since = daemon_now(daemon);
    if (!alerts_take(daemon, err)) {
        telling->next = daemon_now(daemon);
        return false;
    }
    round_begin(daemon);
    return telling_go_on(daemon, err);
}

bool telling_answered(struct daemon *daemon, struct err *err)
{
    struct telling *telling = daemon->telling;
    bool all;
    if (!telling->alerts)
        return telling_update(daemon, err);
    if (!take_answers(daemon, &all, err))
        return false;
    telling->next = earlier(telling->next, telling->alerts->next_change);
    posting_again(daemon);
    if (!daemon->look_at_ms && posting_waiting(daemon)) /* what is on its way may be out of date now */
        daemon->look_at_ms = clock_monotonic_ms();
    return all || telling_update(daemon, err);
}

static void open_of(const struct rows *rows, const char *unit, struct alert_choice *out)
{
    size_t from = 0, to = rows->list.n;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (strcmp(rows->list.at[middle].unit, unit) < 0)
            from = middle + 1;
        else
            to = middle;
    }
    for (; from < rows->list.n && !strcmp(rows->list.at[from].unit, unit); from++) {
        const struct alert *alert = rows->list.at[from].alert;
        if (alert->state == ALERT_OPEN && alert_concerns(alert, unit))
            *vec_push(&out->list) = alert;
    }
}

void telling_open(const struct daemon *daemon, const char *unit, struct alert_choice *out)
{
    open_of(&daemon->telling->others, unit, out);
    open_of(&daemon->telling->deadlines, unit, out);
}

bool telling_is_open(const struct daemon *daemon, const char *key)
{
    const struct alert *alert = alerts_find(daemon->telling->alerts, key);
    return alert && alert->state == ALERT_OPEN;
}

const struct alerts *telling_alerts(struct daemon *daemon, struct err *err)
{
    return telling_look(daemon, err) ? daemon->telling->alerts : NULL;
}

bool telling_look(struct daemon *daemon, struct err *err)
{
    return daemon->telling->alerts || telling_update(daemon, err);
}

int64_t telling_next(const struct daemon *daemon)
{
    return daemon->telling->next;
}

void telling_ping(struct daemon *daemon)
{
    streams_ping(daemon->telling->streams);
    daemon->telling->last_ping = daemon_now(daemon);
}

int64_t telling_last_ping(const struct daemon *daemon)
{
    return daemon->telling->last_ping;
}

bool telling_heard(const struct daemon *daemon)
{
    return streams_heard(daemon->telling->streams);
}

int64_t telling_updates(const struct daemon *daemon)
{
    return daemon->telling->updates;
}

struct telling_counts telling_counts(const struct daemon *daemon)
{
    const struct alerts *alerts = daemon->telling->alerts;
    struct telling_counts counts = {0};
    for (size_t i = 0; alerts && i < alerts->n; i++) {
        const struct alert *alert = alerts->list[i];
        if (alert->state == ALERT_OPEN)
            counts.open[alert->kind][alert->severity]++;
        else
            counts.answered += alert->state != ALERT_RESOLVED;
    }
    return counts;
}

/* ---- requests ---- */

struct answer *telling_list(struct daemon *daemon, const struct request *request, enum lang lang)
{
    struct listing_options listing = {.plan = request_option(request, "plan"),
                                      .unit = request_option(request, "unit"),
                                      .from = DAY_NONE,
                                      .to = DAY_NONE,
                                      .format = LISTING_JSON,
                                      .lang = lang};
    struct err err = {.lang = lang};
    struct text body = {0};
    bool all = query_asks(request, "all");
    const struct alerts *alerts = telling_alerts(daemon, &err);
    struct notices *notices = alerts && all ? notices_read(daemon->store, &err) : NULL;
    if (!alerts || (all && !notices))
        return json_error(500, "failed", err.text);
    struct alerts *own = all ? alerts_now(daemon, notices) : NULL;
    bool good = alert_list(daemon->outlook, own ? own : alerts, &listing, &body, &err);
    alerts_free(own);
    notices_free(notices);
    if (good)
        return answer_new(200, ANSWER_JSON, &body, 0);
    text_fini(&body);
    return json_error(422, "invalid", err.text);
}

struct alert_knowledge *telling_knowledge(struct daemon *daemon, const struct notices *notices,
                                          enum lang lang)
{
    struct alert_settings settings = app_alert_settings(daemon->app);
    settings.faults_since = daemon->telling->faults_since;
    settings.lang = lang;
    return alert_knowledge_new(daemon->outlook, daemon_standings(daemon), daemon->telling->replies, notices,
                               faults_of(daemon), daemon_now(daemon), &settings);
}

bool telling_reply_path(const char *path, char **key, const char **action)
{
    static const char head[] = "/api/v1/alerts/";
    size_t n = sizeof head - 1;
    const char *slash = strrchr(path, '/');
    if (strncmp(path, head, n) != 0 || slash < path + n + 1 ||
        (strcmp(slash, "/ack") != 0 && strcmp(slash, "/snooze") != 0))
        return false;
    *action = slash + 1;
    *key = mem_strdup(path + n);
    (*key)[slash - path - (ptrdiff_t)n] = '\0';
    return true;
}

json_t *telling_alert_json(struct daemon *daemon, const char *key)
{
    struct err err = {.lang = LANG_EN};
    const struct alerts *alerts = telling_alerts(daemon, &err);
    const struct alert *alert = alerts ? alerts_find(alerts, key) : NULL;
    return alert ? alert_json(alert) : NULL;
}

/* ---- those who listen ---- */

/* Whoever comes back need not hear of what was answered or done meanwhile. */
static bool still_open(const struct telling *telling, const struct notice *notice)
{
    const struct alert *alert = alerts_find(telling->alerts, notice->alert);
    return !strncmp(notice->alert, "summary:", 8) || (alert && alert->state == ALERT_OPEN);
}

/* False: it has gone. What cannot be recorded as taken is only logged. */
static bool send_missed(struct daemon *daemon, struct stream *stream, const char *units,
                        const struct notices *notices)
{
    struct err err = {.lang = LANG_EN};
    bool recording = store_begin(daemon->store, &err), sent = true;
    for (size_t i = 0; i < notices->n && sent; i++) {
        auto_text out = {0};
        const struct notice *notice = &notices->list[i];
        if (!streams_hear(units, notice->unit) || !still_open(daemon->telling, notice) ||
            !streams_notice(&out, notices, notice))
            continue;
        sent = http_stream_send(stream, text_str(&out));
        recording = recording && (!sent || mark_taken(daemon, notice, &err));
    }
    if (recording && store_commit(daemon->store, &err))
        return sent;
    store_rollback(daemon->store);
    log_error("%s", err.text);
    return sent;
}

/* Where it left off. */
static bool resume(struct daemon *daemon, struct stream *stream, const char *units, const char *last_event_id)
{
    char *end = NULL;
    int64_t after = last_event_id ? strtoll(last_event_id, &end, 10) : 0;
    struct err err = {.lang = LANG_EN};
    auto_text hello = {0};
    bool sent = true;
    if (last_event_id && end != last_event_id && !*end && after < daemon->telling->last_notice) {
        struct notices *missed = notices_read_after(daemon->store, after, &err);
        if (!missed)
            log_error("%s", err.text);
        sent = missed && send_missed(daemon, stream, units, missed);
        notices_free(missed);
    }
    streams_hello(&hello, daemon->telling->last_notice);
    return sent && http_stream_send(stream, text_str(&hello));
}

void telling_stream(struct daemon *daemon, const struct request *request)
{
    struct err err = {.lang = daemon->app->site->lang};
    if (!telling_look(daemon, &err)) {
        http_answer(daemon->http, request, json_error(500, "failed", err.text), false);
        return;
    }
    const char *named = request_option(request, "unit");
    auto_free char *units = mem_strdup(named ? named : ""); /* opening takes the request */
    auto_free char *last = mem_strdup(request->last_event_id);
    struct stream *stream = http_stream_open(daemon->http, request);
    if (stream && resume(daemon, stream, units, last))
        streams_add(daemon->telling->streams, stream, units);
    else if (stream)
        http_stream_close(stream);
}
