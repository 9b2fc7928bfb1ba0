#include "shell/telling.h"

#include "alert/why.h"
#include "base/log.h"
#include "publish/alert_list.h"
#include "shell/courier.h"
#include "shell/posting.h"
#include "shell/proving.h"
#include "time/clock.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { SINGLES_MOST = 2, LINES_MOST = 20 };

struct listener {
    struct stream *stream;
    char *units; /* "haiphong/PC06,haiphong/PV01"; "": everything */
};

/* What the last update saw of an alert, to know what changed. */
struct seen {
    char *key;
    enum alert_state state;
};

struct telling {
    struct replies *replies;
    struct notices *notices;
    VEC(struct seen) seen; /* by key */
    VEC(struct listener) listeners;
    int64_t next, last_ping, updates, faults_since;
    struct telling_counts counts;
};

struct telling *telling_new(void)
{
    struct telling *telling = mem_alloc(sizeof *telling);
    telling->next = INT64_MAX;
    return telling;
}

static void seen_forget(struct telling *telling)
{
    for (size_t i = 0; i < telling->seen.n; i++)
        mem_free(telling->seen.at[i].key);
    vec_free(&telling->seen);
}

void telling_free(struct telling *telling)
{
    if (!telling)
        return;
    for (size_t i = 0; i < telling->listeners.n; i++) {
        http_stream_close(telling->listeners.at[i].stream);
        mem_free(telling->listeners.at[i].units);
    }
    vec_free(&telling->listeners);
    seen_forget(telling);
    replies_free(telling->replies);
    notices_free(telling->notices);
    mem_free(telling);
}

/* ---- the ledger ---- */

static bool ledger_read(struct daemon *daemon, struct err *err)
{
    struct telling *telling = daemon->telling;
    struct replies *replies = replies_read(daemon->store, err);
    struct notices *notices = replies ? notices_read(daemon->store, err) : NULL;
    if (!notices) {
        replies_free(replies);
        return false;
    }
    replies_free(telling->replies);
    notices_free(telling->notices);
    telling->replies = replies;
    telling->notices = notices;
    return true;
}

static struct alerts *alerts_now(struct daemon *daemon, const char *all)
{
    struct alert_settings settings = app_alert_settings(daemon->app);
    settings.faults_since = daemon->telling->faults_since;
    settings.held = daemon->held ? daemon->held_why : NULL;
    return alerts_new(daemon->outlook, daemon_standings(daemon), daemon->telling->replies,
                      daemon->has_faults ? &daemon->faults : NULL, daemon_now(daemon), &settings,
                      all ? daemon->telling->notices : NULL);
}

/* ---- what is to be told ---- */

struct message {
    const char *unit; /* "": those who run hanchot */
    const struct alert *alert;
    size_t place;
};

struct messages {
    VEC(struct message) list;
};

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

static void message_add(const struct telling *telling, struct messages *messages, const char *unit,
                        const struct alert *alert)
{
    struct message message = {unit ? unit : "", alert, messages->list.n};
    struct notice notice = notice_of(&message, 0);
    if (!notices_find(telling->notices, &notice))
        *vec_push(&messages->list) = message;
}

static int by_unit(const void *a, const void *b)
{
    const struct message *x = a, *y = b;
    int order = strcmp(x->unit, y->unit);
    return order ? order : (x->place > y->place) - (x->place < y->place);
}

/* Those whose time has come and that were not told yet, office by office. */
static void messages_collect(const struct daemon *daemon, const struct alerts *alerts,
                             struct messages *messages)
{
    struct alert_settings settings = app_alert_settings(daemon->app);
    int64_t now = daemon_now(daemon);
    for (size_t i = 0; i < alerts->n; i++) {
        const struct alert *alert = &alerts->list[i];
        if (!alert_may_tell(alert, daemon->outlook->rulebook->workdays, &settings, now))
            continue;
        message_add(daemon->telling, messages, alert->unit, alert);
        for (size_t j = 0; alert->also && j < alert->also->n; j++)
            message_add(daemon->telling, messages, alert->also->at[j]->id, alert);
    }
    if (messages->list.n)
        qsort(messages->list.at, messages->list.n, sizeof *messages->list.at, by_unit);
}

/* ---- telling ---- */

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
    char at[INSTANT_SIZE];
    auto_text key = {0}, title = {0}, body = {0};
    for (size_t i = 0; i < n; i++)
        worst = first[i].alert->severity > worst ? first[i].alert->severity : worst;
    text_addf(&key, "summary:%s", first->unit);
    summary_title(first, n, instant_day(now), lang, &title);
    summary_body(first, n, lang, &body);
    const struct notice notice = {.alert = text_str(&key),
                                  .kind = "summary",
                                  .rung = instant_iso(now, at),
                                  .unit = first->unit,
                                  .channel = "stream",
                                  .severity = alert_severity_name(worst),
                                  .title = text_str(&title),
                                  .body = text_str(&body),
                                  .told_at = now};
    return notices_add(daemon->store, &notice, clock_now(), id, err);
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

static bool offices_write(struct daemon *daemon, const struct messages *messages, struct err *err)
{
    int64_t now = daemon_now(daemon);
    if (!notices_begin_on(daemon->store, now, err))
        return false;
    for (size_t i = 0, n; i < messages->list.n; i += n) {
        const struct message *first = &messages->list.at[i];
        for (n = 1; i + n < messages->list.n && !strcmp(first[n].unit, first->unit);)
            n++;
        if (!office_write(daemon, first, n, now, err))
            return false;
    }
    return true;
}

/* All that an update tells is written whole or not at all. */
static bool tell(struct daemon *daemon, const struct alerts *alerts, bool *wrote, struct err *err)
{
    struct messages messages = {0};
    messages_collect(daemon, alerts, &messages);
    struct posting *posting = posting_collect(daemon, alerts, daemon->telling->notices);
    bool good = true;
    if (messages.list.n || !posting_empty(posting) || daemon->facts->first_day == DAY_NONE) {
        good = store_begin(daemon->store, err) && offices_write(daemon, &messages, err) &&
               posting_write(daemon, posting, err) && store_commit(daemon->store, err);
        if (!good)
            store_rollback(daemon->store);
        *wrote = true;
    }
    posting_free(posting);
    vec_free(&messages.list);
    return good;
}

/* ---- streams ---- */

static bool hears(const struct listener *listener, const char *unit)
{
    size_t n = strlen(unit);
    if (!*listener->units)
        return true;
    for (const char *at = listener->units; n && (at = strstr(at, unit)); at += n)
        if ((at == listener->units || at[-1] == ',') && (!at[n] || at[n] == ','))
            return true;
    return false;
}

/* Takes the object. id 0: the event has no place to resume from. */
static void event_text(struct text *out, int64_t id, const char *event, json_t *data)
{
    if (id)
        text_addf(out, "id: %" PRId64 "\n", id);
    text_addf(out, "event: %s\ndata: ", event);
    must(!json_dump_callback(data, text_sink, out, JSON_COMPACT));
    text_add(out, "\n\n");
    json_decref(data);
}

static void listener_drop(struct telling *telling, size_t i)
{
    http_stream_close(telling->listeners.at[i].stream);
    mem_free(telling->listeners.at[i].units);
    telling->listeners.at[i] = telling->listeners.at[--telling->listeners.n];
}

/* To all that hear of the unit. True: somebody took it. */
static bool broadcast(struct telling *telling, const char *unit, const char *text)
{
    bool taken = false;
    for (size_t i = telling->listeners.n; i--;) {
        if (unit && !hears(&telling->listeners.at[i], unit))
            continue;
        if (http_stream_send(telling->listeners.at[i].stream, text))
            taken = true;
        else
            listener_drop(telling, i);
    }
    return taken;
}

/* The keys of the alerts that a notice speaks of: its own, or those that a summary carries, which were
 * written right after it. */
static json_t *keys_of(const struct notices *notices, const struct notice *notice)
{
    json_t *keys = json_array();
    const struct notice *end = notices->list + notices->n;
    for (const struct notice *one = notice + 1; one < end && one->message == notice->id; one++)
        must(!json_array_append_new(keys, json_string(one->alert)));
    if (!json_array_size(keys))
        must(!json_array_append_new(keys, json_string(notice->alert)));
    return keys;
}

static bool notice_event(struct text *out, const struct notices *notices, const struct notice *notice)
{
    if (notice->message || strcmp(notice->channel, "stream") != 0)
        return false;
    json_t *data = alert_notice_json(notice);
    json_object_set_new(data, "keys", keys_of(notices, notice));
    json_object_set_new(data, "state", json_string("open"));
    event_text(out, notice->id, "alert", data);
    return true;
}

static bool mark_taken(struct daemon *daemon, const struct notice *notice, struct err *err)
{
    return notice->taken_at || notices_taken(daemon->store, notice->id, daemon_now(daemon), err);
}

static int64_t last_notice(const struct telling *telling)
{
    const struct notices *notices = telling->notices;
    return notices && notices->n ? notices->list[notices->n - 1].id : 0;
}

static bool send_after(struct daemon *daemon, int64_t after, struct err *err)
{
    const struct notices *notices = daemon->telling->notices;
    bool good = true;
    for (size_t i = 0; i < notices->n && good; i++) {
        auto_text out = {0};
        if (notices->list[i].id > after && notice_event(&out, notices, &notices->list[i]) &&
            broadcast(daemon->telling, notices->list[i].unit, text_str(&out)))
            good = mark_taken(daemon, &notices->list[i], err);
    }
    return good;
}

/* Sends those after the given one; who takes a notice is written down. */
static bool send_notices(struct daemon *daemon, int64_t after, struct err *err)
{
    if (last_notice(daemon->telling) <= after)
        return true;
    bool good =
        store_begin(daemon->store, err) && send_after(daemon, after, err) && store_commit(daemon->store, err);
    if (!good)
        store_rollback(daemon->store);
    return good;
}

static int seen_order(const void *a, const void *b)
{
    return strcmp(((const struct seen *)a)->key, ((const struct seen *)b)->key);
}

static void send_state(struct telling *telling, const char *key, enum alert_state state)
{
    auto_text out = {0};
    event_text(&out, 0, "state", json_pack("{s:s, s:s}", "key", key, "state", alert_state_name(state)));
    broadcast(telling, NULL, text_str(&out));
}

/* What was answered or resolved since the last update, for desktops that still show it. */
static void send_changes(struct telling *telling, const struct alerts *alerts)
{
    struct telling now = {0};
    for (size_t i = 0; i < alerts->n; i++)
        *vec_push(&now.seen) = (struct seen){mem_strdup(alerts->list[i].key), alerts->list[i].state};
    if (now.seen.n)
        qsort(now.seen.at, now.seen.n, sizeof *now.seen.at, seen_order);
    for (size_t i = 0; i < telling->seen.n; i++) {
        const struct seen *old = &telling->seen.at[i];
        const struct seen *new =
            now.seen.n ? bsearch(old, now.seen.at, now.seen.n, sizeof *old, seen_order) : NULL;
        if (!new || (new->state != old->state &&new->state != ALERT_OPEN))
            send_state(telling, old->key, new ? new->state : ALERT_RESOLVED);
    }
    seen_forget(telling);
    telling->seen.at = now.seen.at;
    telling->seen.n = now.seen.n;
    telling->seen.cap = now.seen.cap;
}

/* ---- the whole ---- */

static int64_t earlier(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

static void count(struct telling *telling, const struct alerts *alerts)
{
    telling->counts = (struct telling_counts){0};
    for (size_t i = 0; i < alerts->n; i++) {
        const struct alert *alert = &alerts->list[i];
        if (alert->state == ALERT_OPEN)
            telling->counts.open[alert->kind][alert->severity]++;
        else
            telling->counts.answered += alert->state != ALERT_RESOLVED;
    }
}

const struct telling_counts *telling_counts(const struct daemon *daemon)
{
    return &daemon->telling->counts;
}

bool telling_update(struct daemon *daemon, struct err *err)
{
    struct telling *telling = daemon->telling;
    int64_t before = last_notice(telling);
    bool first = !telling->notices, wrote = false;
    if (!daemon->outlook)
        return true;
    telling->updates++;
    if (!daemon->has_faults && !daemon->held)
        telling->faults_since = 0;
    else if (!telling->faults_since)
        telling->faults_since = daemon_now(daemon);
    if (!ledger_read(daemon, err))
        return false;
    struct alerts *alerts = alerts_now(daemon, NULL);
    bool good = tell(daemon, alerts, &wrote, err) && (!wrote || ledger_read(daemon, err));
    if (good) {
        telling->next = earlier(alerts->next_change, posting_wake(daemon));
        count(telling, alerts);
        send_changes(telling, alerts);
    }
    if (good && !first)
        good = send_notices(daemon, before, err);
    good = good && proving_daily(daemon, err);
    telling_ping(daemon);
    alerts_free(alerts);
    courier_update(daemon);
    return good;
}

struct alerts *telling_alerts(struct daemon *daemon, struct err *err)
{
    return telling_look(daemon, err) ? alerts_now(daemon, NULL) : NULL;
}

bool telling_look(struct daemon *daemon, struct err *err)
{
    return daemon->telling->notices || telling_update(daemon, err);
}

int64_t telling_next(const struct daemon *daemon)
{
    return daemon->telling->next;
}

void telling_ping(struct daemon *daemon)
{
    broadcast(daemon->telling, NULL, ":\n\n"); /* who has gone is noticed only so */
    daemon->telling->last_ping = daemon_now(daemon);
}

int64_t telling_last_ping(const struct daemon *daemon)
{
    return daemon->telling->last_ping;
}

bool telling_heard(const struct daemon *daemon)
{
    return daemon->telling->listeners.n;
}

int64_t telling_updates(const struct daemon *daemon)
{
    return daemon->telling->updates;
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
    if (!telling_look(daemon, &err))
        return json_error(500, "failed", err.text);
    struct alerts *alerts = alerts_now(daemon, request_option(request, "all"));
    bool good = alert_list(daemon->outlook, alerts, &listing, &body, &err);
    alerts_free(alerts);
    if (good)
        return answer_new(200, ANSWER_JSON, &body, 0);
    text_fini(&body);
    return json_error(422, "invalid", err.text);
}

struct alert_knowledge *telling_knowledge(struct daemon *daemon, enum lang lang)
{
    struct alert_settings settings = app_alert_settings(daemon->app);
    settings.faults_since = daemon->telling->faults_since;
    settings.lang = lang;
    return alert_knowledge_new(daemon->outlook, daemon_standings(daemon), daemon->telling->replies,
                               daemon->telling->notices, daemon->has_faults ? &daemon->faults : NULL,
                               daemon_now(daemon), &settings);
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
    struct alerts *alerts = alerts_now(daemon, NULL);
    const struct alert *alert = alerts_find(alerts, key);
    json_t *json = alert ? alert_json(alert) : NULL;
    alerts_free(alerts);
    return json;
}

/* Whoever comes back need not hear of what was answered or done meanwhile. */
static bool still_open(const struct telling *telling, const struct notice *notice)
{
    const struct seen like = {.key = mem_strdup(notice->alert)};
    const struct seen *seen =
        telling->seen.n ? bsearch(&like, telling->seen.at, telling->seen.n, sizeof like, seen_order) : NULL;
    mem_free(like.key);
    return !strncmp(notice->alert, "summary:", 8) || (seen && seen->state == ALERT_OPEN);
}

/* What was told since; false: it has gone. */
static bool send_missed(struct daemon *daemon, const struct listener *listener, int64_t after)
{
    const struct notices *notices = daemon->telling->notices;
    struct err err = {.lang = LANG_EN};
    bool recording = store_begin(daemon->store, &err), sent = true;
    for (size_t i = 0; i < notices->n && sent; i++) {
        auto_text out = {0};
        const struct notice *notice = &notices->list[i];
        if (notice->id <= after || !hears(listener, notice->unit) || !still_open(daemon->telling, notice) ||
            !notice_event(&out, notices, notice))
            continue;
        sent = http_stream_send(listener->stream, text_str(&out));
        recording = recording && (!sent || mark_taken(daemon, notice, &err));
    }
    if (recording && store_commit(daemon->store, &err))
        return sent;
    store_rollback(daemon->store);
    log_error("%s", err.text);
    return sent;
}

/* Where it left off. */
static bool resume(struct daemon *daemon, const struct listener *listener, const char *last_event_id)
{
    char *end = NULL;
    int64_t after = last_event_id ? strtoll(last_event_id, &end, 10) : 0;
    bool resumes = last_event_id && end != last_event_id && !*end;
    if (resumes && after < last_notice(daemon->telling) && !send_missed(daemon, listener, after))
        return false;
    auto_text hello = {0};
    text_add(&hello, "retry: 3000\n");
    event_text(&hello, last_notice(daemon->telling), "hello",
               json_pack("{s:I}", "last", (json_int_t)last_notice(daemon->telling)));
    return http_stream_send(listener->stream, text_str(&hello));
}

void telling_stream(struct daemon *daemon, const struct request *request)
{
    struct err err = {.lang = daemon->app->site->lang};
    if (!telling_look(daemon, &err)) {
        http_answer(daemon->http, request, json_error(500, "failed", err.text), false);
        return;
    }
    const char *units = request_option(request, "unit");
    char *last = mem_strdup(request->last_event_id); /* opening takes the request */
    struct listener listener = {.units = mem_strdup(units ? units : "")};
    listener.stream = http_stream_open(daemon->http, request);
    if (listener.stream && resume(daemon, &listener, last))
        *vec_push(&daemon->telling->listeners) = listener;
    else {
        if (listener.stream)
            http_stream_close(listener.stream);
        mem_free(listener.units);
    }
    mem_free(last);
}
