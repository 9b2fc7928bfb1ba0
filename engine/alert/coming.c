/* What will be told, if nothing happens until then. */
#include "alert/alerts.h"

#include "alert/making.h"
#include "alert/subject.h"
#include "time/clock.h"

#include <stdlib.h>
#include <string.h>

enum { COMING_DAYS = 30 };

struct foretelling {
    const struct outlook *outlook;
    const struct standings *standings;
    const struct alerts *alerts; /* as they stand now */
    const struct replies *replies;
    const struct notices *notices;
    const struct alert_settings *settings;
    struct arena *arena;
    int64_t now;
    VEC(struct coming) list;
    VEC(struct coming) others; /* of no deadline */
};

static bool told(const struct foretelling *foretelling, const struct alert *alert, const char *unit)
{
    const struct notice like = {.alert = alert->key,
                                .kind = alert_kind_name(alert->kind),
                                .rung = alert->rung,
                                .unit = unit ? unit : "",
                                .channel = "stream"};
    return notices_find(foretelling->notices, &like) != NULL;
}

static void add(struct foretelling *foretelling, const struct coming *coming, const struct units *also)
{
    *vec_push(&foretelling->list) = *coming;
    for (size_t i = 0; also && i < also->n; i++) {
        struct coming *copy = vec_push(&foretelling->list);
        *copy = *coming;
        copy->unit = also->at[i]->id;
    }
}

/* ---- deadlines ---- */

static int64_t opening(const struct foretelling *foretelling, int day)
{
    return making_opening(day, foretelling->settings);
}

/* From then on: at once on a day on which it is due, else in working hours. */
static int64_t telling_time(const struct foretelling *foretelling, const struct ladder *ladder, int64_t from)
{
    int day = instant_day(from);
    return day == ladder->due || day == ladder->act_by
               ? from
               : alert_working_time(ladder->workdays, foretelling->settings, from);
}

static void foretell_on(struct foretelling *foretelling, const struct subject *subject, int64_t at,
                        const char *rung, const struct units *also)
{
    int day = instant_day(at);
    add(foretelling,
        &(struct coming){.at = at,
                         .unit = subject->unit,
                         .key = subject->key,
                         .uid = subject->uid,
                         .title =
                             subject_title(foretelling->arena, subject, day, foretelling->settings->lang),
                         .rung = arena_strdup(foretelling->arena, rung),
                         .kind = subject_kind(subject, day),
                         .severity = subject_severity(subject, day)},
        also);
}

/* Whether by then a later rung has taken its place, or it has risen. */
static bool is_past(const struct foretelling *foretelling, const struct subject *subject, int day, int64_t at)
{
    struct rung rung;
    ladder_next(&subject->ladder, day, &rung);
    return opening(foretelling, rung.day) <= at ||
           subject_kind(subject, instant_day(at)) != subject_kind(subject, day);
}

/* What the hour or the working hours have kept back. */
static void foretell_now(struct foretelling *foretelling, const struct subject *subject,
                         const struct alert *alert)
{
    if (!alert || !alert->rung || alert->state != ALERT_OPEN || told(foretelling, alert, alert->unit))
        return;
    int64_t from = alert->tell_at > foretelling->now ? alert->tell_at : foretelling->now;
    int64_t at = telling_time(foretelling, &subject->ladder, from);
    if (!is_past(foretelling, subject, foretelling->outlook->today, at))
        foretell_on(foretelling, subject, at, alert->rung, alert->also);
}

/* What was put off: the rung that comes at its end, or that one again. */
static void foretell_waking(struct foretelling *foretelling, const struct subject *subject, int64_t until)
{
    char name[INSTANT_SIZE + 16], text[INSTANT_SIZE];
    struct rung rung;
    int day = instant_day(until);
    bool rises = ladder_current(&subject->ladder, day, &rung) && opening(foretelling, rung.day) >= until;
    int64_t at = telling_time(foretelling, &subject->ladder, rises ? opening(foretelling, rung.day) : until);
    if ((rises && rung.day > foretelling->outlook->today) || is_past(foretelling, subject, day, at) ||
        instant_day(at) > foretelling->outlook->today + COMING_DAYS)
        return;
    snprintf(name, sizeof name, "snooze %s", instant_iso(until, text));
    foretell_on(foretelling, subject, at, rises ? rung.name : name,
                rises ? subject_also(subject, instant_day(at)) : NULL);
}

static void foretell_subject(struct foretelling *foretelling, const struct subject *subject)
{
    int today = foretelling->outlook->today, last = today + COMING_DAYS;
    struct rung rung;
    const struct reply *over, *holds;
    if (subject->over)
        return;
    if (today >= ladder_first_day(&subject->ladder)) /* else there is none, which takes long to find */
        foretell_now(foretelling, subject, alerts_find(foretelling->alerts, subject->key));
    holds =
        subject_reply(subject, foretelling->replies, subject_kind(subject, today), foretelling->now, &over);
    if (holds && holds->action == REPLY_SNOOZE &&
        subject_kind(subject, instant_day(holds->until)) == subject_kind(subject, today))
        foretell_waking(foretelling, subject, holds->until);
    for (int day = today; ladder_next(&subject->ladder, day, &rung), rung.day <= last; day = rung.day) {
        int64_t at = opening(foretelling, rung.day);
        if (!subject_reply(subject, foretelling->replies, subject_kind(subject, rung.day), at, &over))
            foretell_on(foretelling, subject, at, rung.name, subject_also(subject, rung.day));
    }
}

/* ---- those that are no deadline ---- */

static int by_key(const void *a, const void *b)
{
    const struct coming *x = a, *y = b;
    int order = strcmp(x->key, y->key);
    order = order ? order : (int)x->kind - (int)y->kind;
    order = order ? order : strcmp(x->rung, y->rung);
    return order ? order : (x->at > y->at) - (x->at < y->at);
}

static bool same_notice(const struct coming *x, const struct coming *y)
{
    return x->kind == y->kind && !strcmp(x->key, y->key) && !strcmp(x->rung, y->rung);
}

static void keep_other(struct foretelling *foretelling, const struct making *making,
                       const struct alert *alert)
{
    int64_t from = alert->tell_at > foretelling->now ? alert->tell_at : foretelling->now;
    int64_t at = alert_working_time(foretelling->outlook->rulebook->workdays, foretelling->settings, from);
    if (!alert->rung || alert->state != ALERT_OPEN || instant_day(at) > making->today ||
        told(foretelling, alert, alert->unit))
        return;
    *vec_push(&foretelling->others) = (struct coming){.at = at,
                                                      .unit = alert->unit,
                                                      .key = alert->key,
                                                      .title = alert->title,
                                                      .uid = alert->uid,
                                                      .rung = alert->rung,
                                                      .kind = alert->kind,
                                                      .severity = alert->severity};
}

/* What is told of today and lasts until somebody mends it. */
static void make_lasting(const struct foretelling *foretelling, struct making *making)
{
    char day[DAY_SIZE];
    const struct alerts *alerts = foretelling->alerts;
    for (size_t i = 0; i < alerts->n_others; i++) {
        struct alert alert = alerts->others[i];
        if (alert.kind != ALERT_RULE_FAULT && alert.kind != ALERT_DELIVERY_FAILING)
            continue;
        if (alert.kind == ALERT_RULE_FAULT && making->today > foretelling->outlook->today) {
            alert.rung = arena_strdup(making->arena, day_iso(making->today, day));
            alert.tell_at = making_opening(making->today, making->settings);
        }
        alert.state = ALERT_OPEN;
        making_add(making, alert);
    }
}

/* As they will stand at the end of that day's working hours: the outlook is today's, but what these alerts
 * ask of it does not change by itself. */
static void foretell_day(struct foretelling *foretelling, const struct standings *standings, int day)
{
    struct making making = {.outlook = foretelling->outlook,
                            .standings = standings,
                            .replies = foretelling->replies,
                            .settings = foretelling->settings,
                            .arena = foretelling->arena,
                            .now = making_opening(day + 1, foretelling->settings) - 1,
                            .next = INT64_MAX,
                            .today = day};
    making.older = arena_alloc(making.arena, (making.outlook->rulebook->units.n + 1) * sizeof *making.older);
    make_provisional(&making);
    if (standings) {
        make_verdicts(&making);
        make_missing(&making);
    }
    make_backlogs(&making);
    make_events(&making);
    make_lasting(foretelling, &making);
    for (size_t i = 0; i < making.list.n; i++)
        keep_other(foretelling, &making, &making.list.at[i]);
    vec_free(&making.list);
}

/* Whether on the day after this one a KPI is judged or another period begins. */
static bool stands_anew(const struct standings *standings, int day)
{
    for (size_t i = 0; i < standings->n; i++)
        if (standings->blocks[i].judged == day || standings->blocks[i].period.last == day)
            return true;
    return false;
}

static void foretell_others(struct foretelling *foretelling)
{
    const struct workdays *workdays = foretelling->outlook->rulebook->workdays;
    const struct standings *standings = foretelling->standings;
    struct standings *later = NULL;
    int today = foretelling->outlook->today;
    for (int day = today; day <= today + COMING_DAYS; day++) {
        if (workdays_is_working(workdays, day))
            foretell_day(foretelling, standings, day);
        if (!standings || !stands_anew(standings, day))
            continue;
        struct standings *next =
            standings_new(foretelling->outlook, standings->figures, day + 1, foretelling->settings->lang);
        standings_free(later);
        standings = later = next;
    }
    standings_free(later);
    struct coming *others = foretelling->others.at;
    if (foretelling->others.n)
        qsort(others, foretelling->others.n, sizeof *others, by_key);
    for (size_t i = 0; i < foretelling->others.n; i++)
        if (!i || !same_notice(&others[i], &others[i - 1]))
            add(foretelling, &others[i], NULL);
    vec_free(&foretelling->others);
}

/* ---- all ---- */

static int by_time(const void *a, const void *b)
{
    const struct coming *x = a, *y = b;
    if (x->at != y->at)
        return x->at < y->at ? -1 : 1;
    int order = strcmp(x->unit ? x->unit : "", y->unit ? y->unit : "");
    return order ? order : strcmp(x->key, y->key);
}

struct comings *alerts_next(const struct outlook *outlook, const struct standings *standings,
                            const struct alerts *alerts, const struct replies *replies,
                            const struct notices *notices, int64_t now, const struct alert_settings *settings)
{
    struct foretelling foretelling = {.outlook = outlook,
                                      .standings = standings,
                                      .alerts = alerts,
                                      .replies = replies,
                                      .notices = notices,
                                      .settings = settings,
                                      .arena = arena_new(),
                                      .now = now};
    struct subjects subjects = {0};
    foretell_others(&foretelling);
    subjects_collect(outlook, foretelling.arena, &subjects);
    for (size_t i = 0; i < subjects.list.n; i++)
        foretell_subject(&foretelling, &subjects.list.at[i]);
    vec_free(&subjects.list);
    struct comings *comings = arena_alloc(foretelling.arena, sizeof *comings);
    comings->arena = foretelling.arena;
    comings->n = foretelling.list.n;
    comings->list = arena_alloc(foretelling.arena, (comings->n + 1) * sizeof *comings->list);
    if (comings->n) {
        qsort(foretelling.list.at, comings->n, sizeof *comings->list, by_time);
        memcpy(comings->list, foretelling.list.at, comings->n * sizeof *comings->list);
    }
    vec_free(&foretelling.list);
    return comings;
}

void comings_free(struct comings *comings)
{
    if (comings)
        arena_free(comings->arena);
}
