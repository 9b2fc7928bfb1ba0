#include "alert/alerts.h"

#include "alert/making.h"
#include "alert/subject.h"
#include "base/text.h"
#include "time/clock.h"

#include <stdlib.h>
#include <string.h>

enum { DAY_MINUTES = 60 };

const struct alert_settings alert_settings_default = {
    .lang = LANG_VI, .opens = 7 * 60 + 30, .closes = 17 * 60};

const char *alert_kind_name(enum alert_kind kind)
{
    static const char *const names[] = {"due_soon",   "overdue",          "kpi_at_risk",
                                        "kpi_missed", "figures_missing",  "event_missing",
                                        "rule_fault", "delivery_failing", "calendar_provisional"};
    must(kind < sizeof names / sizeof *names);
    return names[kind];
}

const char *alert_kind_title(enum alert_kind kind, enum lang lang)
{
    static const char *const vi[] = {"sắp đến hạn",        "quá hạn",        "chỉ tiêu có nguy cơ không đạt",
                                     "chỉ tiêu không đạt", "thiếu số liệu",  "chưa ghi sự kiện",
                                     "quy tắc có lỗi",     "không gửi được", "lịch nghỉ chưa công bố"};
    static const char *const en[] = {"due soon",   "overdue",          "KPI at risk",
                                     "KPI missed", "figures missing",  "event missing",
                                     "rule fault", "delivery failing", "calendar provisional"};
    must(kind < sizeof vi / sizeof *vi);
    return say(lang, vi[kind], en[kind]);
}

const char *alert_severity_name(enum alert_severity severity)
{
    static const char *const names[] = {"info", "warning", "critical"};
    must(severity < sizeof names / sizeof *names);
    return names[severity];
}

const char *alert_state_name(enum alert_state state)
{
    static const char *const names[] = {"open", "acked", "snoozed", "resolved"};
    must(state < sizeof names / sizeof *names);
    return names[state];
}

const char *alert_state_title(enum alert_state state, enum lang lang)
{
    static const char *const vi[] = {"chưa ai nhận", "đã biết", "nhắc lại sau", "đã xong"};
    must(state < sizeof vi / sizeof *vi);
    return say(lang, vi[state], alert_state_name(state));
}

/* ---- when something may be told ---- */

int64_t making_opening(int day, const struct alert_settings *settings)
{
    return day_at(day, settings->opens / DAY_MINUTES, settings->opens % DAY_MINUTES);
}

static int64_t closing(int day, const struct alert_settings *settings)
{
    return day_at(day, settings->closes / DAY_MINUTES, settings->closes % DAY_MINUTES);
}

int64_t alert_working_time(const struct workdays *workdays, const struct alert_settings *settings,
                           int64_t from)
{
    int day = instant_day(from);
    if (workdays_is_working(workdays, day) && from < closing(day, settings))
        return from < making_opening(day, settings) ? making_opening(day, settings) : from;
    return making_opening(workdays_on_or_after(workdays, day + 1), settings);
}

bool alert_concerns(const struct alert *alert, const char *unit)
{
    if (!strcmp(alert->unit ? alert->unit : "", unit))
        return true;
    for (size_t i = 0; alert->also && i < alert->also->n; i++)
        if (!strcmp(alert->also->at[i]->id, unit))
            return true;
    return false;
}

bool alert_may_tell(const struct alert *alert, const struct workdays *workdays,
                    const struct alert_settings *settings, int64_t now)
{
    if (!alert->rung || now < alert->tell_at || alert->state != ALERT_OPEN)
        return false;
    return alert->due_today || alert_working_time(workdays, settings, now) == now;
}

/* ---- of one deadline ---- */

void making_change(struct making *making, int64_t at)
{
    if (at > making->now && at < making->next)
        making->next = at;
}

/* Since the day of its kind, or since what people told last, if that was later. */
static int64_t subject_since(const struct subject *subject, enum alert_kind kind)
{
    int day = kind == ALERT_OVERDUE ? subject->ladder.due + 1 : ladder_first_day(&subject->ladder);
    int64_t since = day_start(day);
    const struct occurrence *one = subject->occurrence;
    for (size_t i = 0; i < one->n_progress; i++)
        if (one->progress[i].action != PROGRESS_DONE && one->progress[i].recorded_at > since)
            since = one->progress[i].recorded_at;
    for (size_t i = 0; i < one->n_events; i++)
        since = one->events[i]->recorded_at > since ? one->events[i]->recorded_at : since;
    return since;
}

/* When its duty was done or cancelled, if it had been told of by then. */
static bool was_told(const struct making *making, const struct subject *subject, int64_t *at)
{
    const struct occurrence *one = subject->occurrence;
    *at = one->n_progress ? one->progress[one->n_progress - 1].recorded_at : 0;
    return *at >= day_start(ladder_first_day(&subject->ladder)) &&
           *at > making->now - (int64_t)RESOLVED_DAYS * 86400 &&
           instant_day(*at) >= subjects_first_day(making->outlook);
}

static struct alert alert_of(const struct subject *subject, int day)
{
    enum alert_kind kind = subject_kind(subject, day);
    return (struct alert){
        .key = subject->key,
        .uid = subject->uid,
        .kind = kind,
        .severity = subject_severity(subject, day),
        .unit = subject->unit,
        .since = subject_since(subject, kind),
        .due = subject->ladder.due,
        .due_today = day == subject->ladder.due || day == subject->ladder.act_by,
    };
}

static bool make_resolved_subject(struct making *making, const struct subject *subject, struct alert *alert)
{
    int64_t at;
    if (!making->notices || !was_told(making, subject, &at))
        return false;
    *alert = alert_of(subject, instant_day(at));
    alert->title = arena_strdup(making->arena, subject->occurrence->duty->title);
    alert->body = subject_body(making->arena, subject, making->settings->lang);
    alert->state = ALERT_RESOLVED;
    alert->severity = ALERT_INFO;
    alert->due_today = false;
    return true;
}

static void subject_changes(struct making *making, const struct subject *subject)
{
    const struct ladder *ladder = &subject->ladder;
    struct rung rung;
    ladder_next(ladder, making->today, &rung);
    making_change(making, day_start(rung.day));
    making_change(making, day_start(ladder->due + 1));
    making_change(making, day_start(workdays_step(ladder->workdays, ladder->act_by, -1)));
}

static bool same_turn(const struct occurrence *a, const struct occurrence *b)
{
    return a && a->duty == b->duty && a->label == b->label && a->due == b->due && a->act_by == b->act_by &&
           a->provisional == b->provisional;
}

static const struct alike *alike_of(struct making *making, const struct subject *subject)
{
    struct alike *alike = &making->alike;
    struct rung rung;
    if (!subject->gathering && same_turn(alike->of, subject->occurrence))
        return alike;
    *alike = (struct alike){.of = subject->gathering ? NULL : subject->occurrence,
                            .first_day = ladder_first_day(&subject->ladder)};
    if (ladder_current(&subject->ladder, making->today, &rung)) {
        alike->rung = arena_strdup(making->arena, rung.name);
        alike->rung_day = rung.day;
    }
    subject_changes(making, subject);
    return alike;
}

/* Whoever heard that it was done must hear that it is not. */
static void tell_reopened(struct making *making, struct alert *alert, const struct subject *subject)
{
    int64_t at = subject->gathering ? 0 : subject_reopened_at(subject);
    char text[INSTANT_SIZE];
    if (at <= alert->tell_at)
        return;
    alert->rung = arena_printf(making->arena, "reopened %s", instant_iso(at, text));
    alert->tell_at = at;
}

static void tell_rung(struct making *making, struct alert *alert, const struct subject *subject,
                      const struct reply *woken)
{
    const struct alike *alike = alike_of(making, subject);
    char text[INSTANT_SIZE];
    if (alike->rung) {
        alert->rung = alike->rung;
        alert->tell_at = making_opening(alike->rung_day, making->settings);
        alert->also = subject_also(subject, making->today);
        tell_reopened(making, alert, subject);
    }
    if (woken && woken->until > alert->tell_at) {
        alert->rung = arena_printf(making->arena, "snooze %s", instant_iso(woken->until, text));
        alert->tell_at = woken->until;
        alert->also = NULL; /* who asked to be reminded is reminded */
    }
    making_change(making, alert->tell_at);
}

const struct reply *making_reply(struct making *making, const struct reply *reply)
{
    return memcpy(arena_alloc(making->arena, sizeof *reply), reply, sizeof *reply);
}

/* Answered, or to be told. */
static void settle_subject(struct making *making, const struct subject *subject, struct alert *alert)
{
    const struct reply *woken,
        *holds = subject_reply(subject, making->replies, alert->kind, making->now, &woken);
    alert->state = ALERT_OPEN;
    alert->rung = NULL;
    alert->tell_at = 0;
    alert->also = NULL;
    alert->reply = NULL;
    if (!holds) {
        tell_rung(making, alert, subject, woken);
        return;
    }
    alert->reply = making_reply(making, holds);
    alert->state = holds->action == REPLY_ACK ? ALERT_ACKED : ALERT_SNOOZED;
    if (holds->action == REPLY_SNOOZE)
        making_change(making, holds->until);
}

static void say_subject(struct making *making, const struct subject *subject, struct alert *alert)
{
    struct alike *alike = &making->alike;
    enum lang lang = making->settings->lang;
    if (!alike->title) {
        alike->title = subject_title(making->arena, subject, making->today, lang);
        alike->body = subject_body(making->arena, subject, lang);
    }
    alert->title = alike->title;
    alert->body = alike->body;
}

/* False: there is no alert of it today. */
static bool make_subject(struct making *making, const struct subject *subject, struct alert *alert)
{
    if (subject->over)
        return make_resolved_subject(making, subject, alert);
    if (making->today < alike_of(making, subject)->first_day)
        return false;
    *alert = alert_of(subject, making->today);
    say_subject(making, subject, alert);
    settle_subject(making, subject, alert);
    return true;
}

/* ---- all ---- */

/* What is needed to make them anew, in part. */
struct keeping {
    const struct outlook *outlook;
    const struct replies *replies;
    const struct notices *resolved;
    struct subject *subjects;    /* of the deadlines, in their places */
    const struct alert **by_day; /* the deadlines */
    const struct alert **list;   /* all */
    struct arena *others;        /* what the others are in */
    uint32_t *index;             /* hash table of deadlines by key, counted from 1 */
    size_t slots;                /* of it, a power of two */
};

static struct making making_of(const struct alerts *alerts, struct arena *arena,
                               const struct alert_settings *settings, int64_t now)
{
    return (struct making){.outlook = alerts->keeping->outlook,
                           .replies = alerts->keeping->replies,
                           .notices = alerts->keeping->resolved,
                           .settings = settings,
                           .arena = arena,
                           .now = now,
                           .next = INT64_MAX,
                           .today = alerts->keeping->outlook->today};
}

/* By day; among those of one day in the order in which they lie in memory. */
static int by_day(const void *a, const void *b)
{
    const struct alert *x = *(const struct alert *const *)a, *y = *(const struct alert *const *)b;
    if (x->due != y->due)
        return x->due < y->due ? -1 : 1;
    return (x > y) - (x < y);
}

static const struct alert **sorted(const struct alert *alerts, size_t n)
{
    const struct alert **list = mem_alloc((n + 1) * sizeof *list);
    for (size_t i = 0; i < n; i++)
        list[i] = &alerts[i];
    qsort(list, n, sizeof *list, by_day);
    return list;
}

static size_t slot_of(const struct keeping *keeping, const char *key)
{
    return (size_t)hash_text(HASH_START, key) & (keeping->slots - 1);
}

static void index_deadlines(const struct alerts *alerts)
{
    struct keeping *keeping = alerts->keeping;
    for (keeping->slots = 16; keeping->slots < 2 * alerts->n_deadlines;)
        keeping->slots *= 2;
    keeping->index = mem_alloc(keeping->slots * sizeof *keeping->index);
    for (size_t i = 0; i < alerts->n_deadlines; i++) {
        size_t slot = slot_of(keeping, alerts->deadlines[i].key);
        while (keeping->index[slot])
            slot = (slot + 1) & (keeping->slots - 1);
        keeping->index[slot] = (uint32_t)i + 1;
    }
}

static void make_deadlines(struct alerts *alerts, struct making *making)
{
    struct keeping *keeping = alerts->keeping;
    struct subjects subjects = {0};
    subjects_collect(keeping->outlook, alerts->arena, &subjects);
    keeping->subjects = subjects.list.at;
    alerts->deadlines = mem_alloc((subjects.list.n + 1) * sizeof *alerts->deadlines);
    for (size_t i = 0; i < subjects.list.n; i++) {
        struct subject *place = &keeping->subjects[alerts->n_deadlines]; /* not after i */
        *place = subjects.list.at[i];
        alerts->n_deadlines += make_subject(making, place, &alerts->deadlines[alerts->n_deadlines]);
    }
    alerts->deadlines = mem_grow(alerts->deadlines,
                                 (alerts->n_deadlines + 1) * sizeof *alerts->deadlines); /* what it takes */
    keeping->subjects = mem_grow(keeping->subjects, (alerts->n_deadlines + 1) * sizeof *keeping->subjects);
    keeping->by_day = sorted(alerts->deadlines, alerts->n_deadlines);
    index_deadlines(alerts);
}

static void make_others(struct alerts *alerts, struct making *making, const struct faults *faults)
{
    struct keeping *keeping = alerts->keeping;
    making->older =
        arena_alloc(making->arena, (keeping->outlook->rulebook->units.n + 1) * sizeof *making->older);
    make_faults(making, faults);
    make_held(making);
    make_failing(making);
    make_provisional(making);
    if (making->standings) {
        make_verdicts(making);
        make_missing(making);
    }
    make_backlogs(making);
    make_events(making);
    make_resolved(making);
    mem_free(alerts->others);
    alerts->others = making->list.at;
    alerts->n_others = making->list.n;
    arena_free(keeping->others);
    keeping->others = making->arena;
}

/* Both by day, the others of a day first. */
static void list_all(struct alerts *alerts)
{
    struct keeping *keeping = alerts->keeping;
    auto_free const struct alert **others = sorted(alerts->others, alerts->n_others);
    size_t n = alerts->n_deadlines + alerts->n_others;
    const struct alert **list = mem_alloc((n + 1) * sizeof *list);
    for (size_t i = 0, deadline = 0, other = 0; i < n; i++) {
        bool is_other = other < alerts->n_others && (deadline == alerts->n_deadlines ||
                                                     others[other]->due <= keeping->by_day[deadline]->due);
        list[i] = is_other ? others[other++] : keeping->by_day[deadline++];
    }
    mem_free(keeping->list);
    alerts->list = keeping->list = list;
    alerts->n = n;
}

struct alerts *alerts_new(const struct outlook *outlook, const struct standings *standings,
                          const struct replies *replies, const struct faults *faults, int64_t now,
                          const struct alert_settings *settings, const struct notices *resolved)
{
    struct arena *arena = arena_new();
    struct alerts *alerts = arena_alloc(arena, sizeof *alerts);
    alerts->arena = arena;
    alerts->keeping = arena_alloc(arena, sizeof *alerts->keeping);
    *alerts->keeping = (struct keeping){.outlook = outlook, .replies = replies, .resolved = resolved};
    struct making deadlines = making_of(alerts, arena, settings, now);
    struct making others = making_of(alerts, arena_new(), settings, now);
    others.standings = standings;
    make_deadlines(alerts, &deadlines);
    make_others(alerts, &others, faults);
    list_all(alerts);
    making_change(&others, alert_working_time(outlook->rulebook->workdays, settings, now));
    alerts->next_change = deadlines.next < others.next ? deadlines.next : others.next;
    return alerts;
}

void alerts_free(struct alerts *alerts)
{
    if (!alerts)
        return;
    mem_free(alerts->deadlines);
    mem_free(alerts->others);
    mem_free(alerts->keeping->subjects);
    mem_free(alerts->keeping->by_day);
    mem_free(alerts->keeping->list);
    mem_free(alerts->keeping->index);
    arena_free(alerts->keeping->others);
    arena_free(alerts->arena);
}

/* ---- by key ---- */

static struct alert *find_deadline(const struct alerts *alerts, const char *key)
{
    const struct keeping *keeping = alerts->keeping;
    const uint32_t *index = keeping->index;
    for (size_t slot = slot_of(keeping, key); index[slot]; slot = (slot + 1) & (keeping->slots - 1))
        if (!strcmp(alerts->deadlines[index[slot] - 1].key, key))
            return &alerts->deadlines[index[slot] - 1];
    return NULL;
}

static const struct alert *find(const struct alerts *alerts, const char *key)
{
    const struct alert *deadline = find_deadline(alerts, key);
    for (size_t i = 0; !deadline && i < alerts->n_others; i++)
        if (!strcmp(alerts->others[i].key, key))
            return &alerts->others[i];
    return deadline;
}

const struct alert *alerts_find(const struct alerts *alerts, const char *key)
{
    auto_text full = {0};
    const struct alert *alert = find(alerts, key);
    if (alert)
        return alert;
    text_addf(&full, "%s@hanchot", key);
    return find(alerts, text_str(&full));
}

/* ---- kept through the day ---- */

bool alerts_answered(struct alerts *alerts, const char *key, const struct alert_settings *settings,
                     int64_t now)
{
    struct alert *alert = find_deadline(alerts, key);
    if (!alert)
        return false;
    struct making making = making_of(alerts, alerts->arena, settings, now);
    settle_subject(&making, &alerts->keeping->subjects[alert - alerts->deadlines], alert);
    if (making.next < alerts->next_change)
        alerts->next_change = making.next;
    return true;
}

/* Those that were put off until now. */
static void wake_deadlines(struct alerts *alerts, struct making *making)
{
    for (size_t i = 0; i < alerts->n_deadlines; i++) {
        struct alert *alert = &alerts->deadlines[i];
        if (alert->state == ALERT_SNOOZED && alert->reply->until <= making->now)
            settle_subject(making, &alerts->keeping->subjects[i], alert);
        if (alert->state == ALERT_SNOOZED)
            making_change(making, alert->reply->until);
    }
}

void alerts_renew(struct alerts *alerts, const struct standings *standings, const struct faults *faults,
                  const struct alert_settings *settings, int64_t now)
{
    struct making deadlines = making_of(alerts, alerts->arena, settings, now);
    struct making others = making_of(alerts, arena_new(), settings, now);
    others.standings = standings;
    wake_deadlines(alerts, &deadlines);
    make_others(alerts, &others, faults);
    list_all(alerts);
    making_change(&others, making_opening(others.today, settings));
    making_change(&others, alert_working_time(others.outlook->rulebook->workdays, settings, now));
    making_change(&others, day_start(others.today + 1)); /* then ladders are climbed */
    alerts->next_change = deadlines.next < others.next ? deadlines.next : others.next;
}
