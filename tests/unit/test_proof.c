/* The daily self-check. hanchot runs, looks at the clock each half hour and tells what is to be told, as it
 * always does; then something is missing: a notice that nobody finds in the ledger, one that no channel took,
 * days on which it did not run. What the self-check says of that, a line each; and that it says nothing where
 * nothing is missing, whatever was done, answered, moved, corrected or recorded late meanwhile. */
#include "alert/proof.h"

#include "alert_desk.h"
#include "base/text.h"
#include "time/clock.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { STEP = 30 * 60, DAYS = 12 };

enum fate { LOST, NOT_TAKEN, REFUSED, REPLACED, TAKEN_BY_ONE };

/* What became of the notices of this rung to this office. */
struct spoilt {
    const char *alert, *rung, *unit;
    enum fate fate;
};

struct happened {
    const char *event, *unit, *on, *at;
};

static const struct situation {
    const char *name, *rows, *now, *first_day;
    const char *down_from, *down_to;
    struct spoilt spoilt[2];
    struct alert_told told[3];
    struct alert_answered answered[2];
    struct alert_figure figures[7];
    struct happened happened[2];
    const char *closed;
    const char *expected; /* "day office rung: why key" */
} situations[] = {
/* Due on 24/11, a holiday, to be finished by 23/11: told on 12/11, 18/11, 20/11, 23/11, 24/11, then each
 * working day. The second one is told at the same hours: it shows that hanchot ran. */
#define TWICE NOVEMBER "\n" OTHER
#define OTHER                                                                                                \
    "report \"s\" { title = \"Other\", lead = \"B\", due = every(\"month\", { before_day = 25, from = "      \
    "\"2026-11\" }) }"
#define METRICS                                                                                              \
    "metric \"on\" { title = \"Online\", counted_in = \"x\" }\n"                                             \
    "metric \"all\" { title = \"All\", counted_in = \"x\" }\n"
#define MONTHLY                                                                                              \
    METRICS "kpi \"k#m\" { title = \"Share\", lead = \"A\", each = \"month\", measure = ratio(\"on\", "      \
            "\"all\"), target = at_least(80, \"%\") }\n"
#define WITHIN                                                                                               \
    "task \"t\" { title = \"x\", lead = { \"A\", \"B\" }, due = within(10, \"days\", \"received\") }"
#define KPI "p:k#m:2026-11:hp/A"
    {"all told and taken", .rows = TWICE, .now = "2026-11-28T02:00", .expected = ""},

    /* ---- something is missing ---- */
    {"a reminder that the ledger does not know", .rows = TWICE, .now = "2026-11-26T02:00",
     .spoilt = {{KEY, "-1 2026-11-24", "hp/A", LOST}},
     .expected = "2026-11-20 hp/A -1 2026-11-24: untold " KEY "\n"},
    {"it was done two hours later all the same", .rows = TWICE, .now = "2026-11-26T02:00",
     .spoilt = {{KEY, "-1 2026-11-24", "hp/A", LOST}},
     .told = {{"p:r:2026-11:hp/A", "done", "2026-11-20", "2026-11-20T09:30"}},
     .expected = "2026-11-20 hp/A -1 2026-11-24: untold " KEY "\n"},
    {"the next one was acknowledged, which says nothing of it", .rows = TWICE, .now = "2026-11-26T02:00",
     .spoilt = {{KEY, "-1 2026-11-24", "hp/A", LOST}},
     .answered = {{KEY, "due_soon", "2026-11-24", NULL, "2026-11-23T09:00"}},
     .expected = "2026-11-20 hp/A -1 2026-11-24: untold " KEY "\n"},
    {"the last one, which nothing made up for", .rows = TWICE, .now = "2026-11-28T02:00",
     .spoilt = {{KEY, "+3 2026-11-24", "hp/A", LOST}},
     .expected = "2026-11-27 hp/A +3 2026-11-24: untold " KEY "\n"},
    {"nobody took it", .rows = TWICE, .now = "2026-11-21T02:00",
     .spoilt = {{KEY, "-1 2026-11-24", "hp/A", NOT_TAKEN}},
     .expected = "2026-11-20 hp/A -1 2026-11-24: untaken " KEY "\n"},
    {"the mail server refused it, and no desktop took it", .rows = TWICE, .now = "2026-11-21T02:00",
     .spoilt = {{KEY, "-1 2026-11-24", "hp/A", REFUSED}},
     .expected = "2026-11-20 hp/A -1 2026-11-24: refused " KEY "\n"},
    {"one channel that took it is enough", .rows = TWICE, .now = "2026-11-21T02:00",
     .spoilt = {{KEY, "-1 2026-11-24", "hp/A", TAKEN_BY_ONE}}, .expected = ""},
    {"the letter was out of date, a newer one arrived in its place", .rows = TWICE, .now = "2026-11-21T02:00",
     .spoilt = {{KEY, "-1 2026-11-24", "hp/A", REPLACED}}, .expected = ""},
    {"who it escalates to", .rows = ESCALATED, .now = "2026-12-16T02:00",
     .spoilt = {{"p:t:2026:hp/A@hanchot", "+3 2026-12-10", "hp/C", LOST}},
     .expected = "2026-12-15 hp/C +3 2026-12-10: untold p:t:2026:hp/A@hanchot\n"},
    {"an office that receives what others owe", .rows = REPORT_TO_C, .now = "2026-12-12T02:00",
     .spoilt = {{"to:p:r:2026:hp/C", "+1 2026-12-10", "hp/C", LOST}},
     .expected = "2026-12-11 hp/C +1 2026-12-10: untold to:p:r:2026:hp/C\n"},
    {"a KPI at risk", .rows = MONTHLY OTHER, .now = "2026-11-18T02:00",
     .figures = {{"hp/A", "all", "2026-10", 10, NULL, false},
                 {"hp/A", "on", "2026-10", 9, NULL, false},
                 {"hp/A", "all", "2026-11", 10, "2026-11-12T08:00", false},
                 {"hp/A", "on", "2026-11", 7, "2026-11-12T08:00", false}},
     .spoilt = {{KPI, "half", "hp/A", LOST}}, .expected = "2026-11-16 hp/A half: untold " KPI "\n"},
    {"a KPI missed", .rows = MONTHLY, .now = "2026-12-03T02:00",
     .figures = {{"hp/A", "all", "2026-11", 10, "2026-11-12T08:00", false},
                 {"hp/A", "on", "2026-11", 7, "2026-11-12T08:00", false}},
     .spoilt = {{KPI, "once", "hp/A", NOT_TAKEN}}, .expected = "2026-12-01 hp/A once: untaken " KPI "\n"},
    {"figures that were not sent", .rows = MONTHLY OTHER, .now = "2026-11-18T02:00",
     .figures = {{"hp/A", "all", "2026-09", 10, "2026-10-02T08:00", false},
                 {"hp/A", "on", "2026-09", 9, "2026-10-02T08:00", false}},
     .spoilt = {{"figures:p:2026-10:hp/A", "+1", "hp/A", LOST}},
     .expected = "2026-11-16 hp/A +1: untold figures:p:2026-10:hp/A\n"},
    {"an event of which no day was recorded", .rows = WITHIN, .now = "2026-01-16T02:00",
     .spoilt = {{"event:p:received:hp/B", "+5", "hp/B", LOST}},
     .expected = "2026-01-13 hp/B +5: untold event:p:received:hp/B\n"},
    {"what was left from before the first day",
     .rows = "task \"t\" { title = \"x\", lead = \"A\", due = by \"2026-11-10\" }\n" OTHER,
     .now = "2026-11-20T02:00", .first_day = "2026-11-18", .spoilt = {{"backlog:hp/A", "once", "hp/A", LOST}},
     .expected = "2026-11-18 hp/A once: untold backlog:hp/A\n"},

    /* ---- hanchot did not run ---- */
    {"for a day: told with the next reminder", .rows = TWICE, .now = "2026-11-25T02:00",
     .down_from = "2026-11-19T18:00", .down_to = "2026-11-23T06:00",
     .expected = "2026-11-20 hp/A -1 2026-11-24: late " KEY "\n"
                 "2026-11-20 hp/B -1 2026-11-24: late p:s:2026-11:hp/B@hanchot\n"},
    {"for an hour: told when it came back", .rows = TWICE, .now = "2026-11-25T02:00",
     .down_from = "2026-11-20T07:00", .down_to = "2026-11-20T16:00", .expected = ""},
    {"and has told nothing since", .rows = NOVEMBER, .now = "2026-11-24T02:00",
     .down_from = "2026-11-19T18:00", .down_to = "2026-11-24T02:00",
     .expected = "2026-11-20 hp/A -1 2026-11-24: untold " KEY "\n"
                 "2026-11-23 hp/A 0 2026-11-24: untold " KEY "\n"},
    {"and it was done before it came back: nobody needed it", .rows = TWICE, .now = "2026-11-21T02:00",
     .down_from = "2026-11-20T07:00", .down_to = "2026-11-20T10:00",
     .told = {{"p:r:2026-11:hp/A", "done", "2026-11-20", "2026-11-20T09:00"}}, .expected = ""},
    {"not even its first day: a ledger begins with what is told then", .rows = TWICE,
     .now = "2026-11-21T02:00", .first_day = "2026-11-19", .down_from = "2026-11-01",
     .down_to = "2026-11-19T14:00", .expected = ""},

    /* ---- nothing is missing ---- */
    {"today is still running", .rows = NOVEMBER, .now = "2026-11-20T07:29", .expected = ""},
    {"done in time", .rows = TWICE, .now = "2026-11-26T02:00",
     .told = {{"p:r:2026-11:hp/A", "done", "2026-11-20", "2026-11-20T16:00"}}, .expected = ""},
    {"done on the day, before the hour", .rows = TWICE, .now = "2026-11-26T02:00",
     .told = {{"p:r:2026-11:hp/A", "done", "2026-11-20", "2026-11-20T07:10"}}, .expected = ""},
    {"done, opened again, done", .rows = TWICE, .now = "2026-11-28T02:00",
     .told = {{"p:r:2026-11:hp/A", "done", "2026-11-19", "2026-11-19T16:00"},
              {"p:r:2026-11:hp/A", "reopen", NULL, "2026-11-23T11:00"},
              {"p:r:2026-11:hp/A", "done", "2026-11-25", "2026-11-25T09:00"}},
     .expected = ""},
    {"cancelled", .rows = TWICE, .now = "2026-11-26T02:00",
     .told = {{"p:r:2026-11:hp/A", "cancel", NULL, "2026-11-19T16:00"}}, .expected = ""},
    {"moved: the ladder of the new day counts from then on", .rows = TWICE, .now = "2026-11-28T02:00",
     .told = {{"p:r:2026-11:hp/A", "extend", "2026-12-01", "2026-11-25T10:00"}}, .expected = ""},
    {"acknowledged: silence until it is overdue", .rows = TWICE, .now = "2026-11-28T02:00",
     .answered = {{KEY, "due_soon", "2026-11-24", NULL, "2026-11-20T09:00"}}, .expected = ""},
    {"acknowledged on a page, for no channel had taken it", .rows = TWICE, .now = "2026-11-21T02:00",
     .spoilt = {{KEY, "-1 2026-11-24", "hp/A", NOT_TAKEN}},
     .answered = {{KEY, "due_soon", "2026-11-24", NULL, "2026-11-20T09:00"}}, .expected = ""},
    {"put off, and told again when the time came", .rows = TWICE, .now = "2026-11-28T02:00",
     .answered = {{KEY, "due_soon", "2026-11-24", "2026-11-20T10:00", "2026-11-18T09:00"}}, .expected = ""},
    {"which is looked at too", .rows = TWICE, .now = "2026-11-21T02:00",
     .answered = {{KEY, "due_soon", "2026-11-24", "2026-11-18T14:00", "2026-11-18T09:00"}},
     .spoilt = {{KEY, "snooze 2026-11-18T14:00:00+07:00", "hp/A", NOT_TAKEN}},
     .expected = "2026-11-19 hp/A snooze 2026-11-18T14:00:00+07:00: untaken " KEY "\n"},
    {"an event that was recorded late", .rows = WITHIN, .now = "2026-01-24T02:00",
     .happened = {{"received", "hp/A", "2026-01-08", "2026-01-20T14:00"}}, .expected = ""},
    {"a figure that came late, and was corrected before anybody looked", .rows = MONTHLY OTHER,
     .now = "2026-11-21T02:00",
     .figures = {{"hp/A", "all", "2026-10", 10, NULL, false},
                 {"hp/A", "on", "2026-10", 9, NULL, false},
                 {"hp/A", "all", "2026-11", 10, "2026-11-18T22:00", false},
                 {"hp/A", "on", "2026-11", 7, "2026-11-18T22:00", false},
                 {"hp/A", "on", "2026-11", 9, "2026-11-19T06:00", false}},
     .expected = ""},
    {"a KPI that turns bad in the afternoon", .rows = MONTHLY OTHER, .now = "2026-11-21T02:00",
     .figures = {{"hp/A", "all", "2026-10", 10, NULL, false},
                 {"hp/A", "on", "2026-10", 9, NULL, false},
                 {"hp/A", "all", "2026-11", 10, "2026-11-18T16:45", false},
                 {"hp/A", "on", "2026-11", 7, "2026-11-18T16:45", false}},
     .expected = ""},
    {"a plan that was closed", .rows = TWICE, .now = "2026-11-26T02:00", .closed = "2026-11-19",
     .expected = ""},
    {"offices that wait, KPIs and figures, all together",
     .rows = REPORT_TO_C "\n" MONTHLY WITHIN "\n"
                         "task \"u\" { title = \"Task\", lead = \"A\", due = by \"2026-12-11\", escalate = { "
                         "after = workdays(2), to = \"C\" } }",
     .now = "2026-12-17T02:00",
     .figures = {{"hp/A", "all", "2026-09", 10, "2026-10-02T08:00", false},
                 {"hp/A", "on", "2026-09", 9, "2026-10-02T08:00", false}},
     .expected = ""},
};

/* ---- what is known at an instant ---- */

struct known {
    struct facts facts;
    struct figures figures;
    struct progress_fact progress[8];
    struct event_fact events[4];
    struct figure list[16];
};

static void know(const struct alert_desk *desk, int64_t at, struct known *known)
{
    known->facts = *desk->facts;
    known->facts.progress = known->progress;
    known->facts.events = known->events;
    known->facts.n_progress = known->facts.n_events = 0;
    for (size_t i = 0; i < desk->facts->n_progress; i++)
        if (desk->facts->progress[i].recorded_at <= at)
            known->progress[known->facts.n_progress++] = desk->facts->progress[i];
    for (size_t i = 0; i < desk->facts->n_events; i++)
        if (desk->facts->events[i].recorded_at <= at)
            known->events[known->facts.n_events++] = desk->facts->events[i];
    if (desk->facts->n_closings && desk->facts->closings[0].recorded_at > at)
        known->facts.n_closings = 0;
    known->figures = *desk->figures;
    known->figures.list = known->list;
    known->figures.n = 0;
    for (size_t i = 0; i < desk->figures->n; i++) {
        const struct figure *one = &desk->figures->list[i];
        struct figure *last = known->figures.n ? &known->list[known->figures.n - 1] : NULL;
        if (one->recorded_at > at)
            continue;
        if (last && !strcmp(last->unit, one->unit) && !strcmp(last->metric, one->metric) &&
            !strcmp(last->period, one->period)) { /* a correction */
            if (one->recorded_at > last->recorded_at)
                *last = *one;
        } else
            known->list[known->figures.n++] = *one;
    }
}

/* ---- hanchot runs ---- */

struct run {
    struct alert_desk *desk;
    const struct situation *one;
    struct replies *replies;
    struct arena *arena;
    VEC(struct notice) notices;
    VEC(struct dispatch) dispatches;
    struct notices read;
};

static int notice_order(const void *a, const void *b)
{
    const struct notice *x = *(const struct notice *const *)a, *y = *(const struct notice *const *)b;
    int order = strcmp(x->alert, y->alert);
    order = order ? order : strcmp(x->kind, y->kind);
    order = order ? order : strcmp(x->rung, y->rung);
    order = order ? order : strcmp(x->unit, y->unit);
    return order ? order : strcmp(x->channel, y->channel);
}

static void tell(struct run *run, const struct alert *alert, const char *unit, int64_t at)
{
    for (size_t i = 0; i < run->notices.n; i++) {
        const struct notice *old = &run->notices.at[i];
        if (!strcmp(old->alert, alert->key) && !strcmp(old->kind, alert_kind_name(alert->kind)) &&
            !strcmp(old->rung, alert->rung) && !strcmp(old->unit, unit))
            return;
    }
    *vec_push(&run->notices) = (struct notice){.id = (int64_t)run->notices.n + 1,
                                               .alert = arena_strdup(run->arena, alert->key),
                                               .kind = alert_kind_name(alert->kind),
                                               .rung = arena_strdup(run->arena, alert->rung),
                                               .unit = arena_strdup(run->arena, unit),
                                               .channel = "stream",
                                               .told_at = at,
                                               .taken_at = at};
}

static struct replies replies_known(const struct run *run, int64_t at, struct reply list[2])
{
    struct replies known = {.list = list};
    for (size_t i = 0; i < run->replies->n; i++)
        if (run->replies->list[i].recorded_at <= at)
            list[known.n++] = run->replies->list[i];
    return known;
}

static void tell_all(struct run *run, int64_t at)
{
    struct known known;
    struct reply list[2];
    struct alert_settings settings = alert_desk_settings();
    know(run->desk, at, &known);
    const struct replies replies = replies_known(run, at, list);
    struct outlook *outlook = outlook_new(run->desk->rulebook, &known.facts, at);
    struct standings *standings = standings_new(outlook, &known.figures, outlook->today, LANG_EN);
    struct alerts *alerts = alerts_new(outlook, standings, &replies, NULL, at, &settings, NULL);
    for (size_t i = 0; i < alerts->n; i++) {
        const struct alert *alert = alerts->list[i];
        if (!alert_may_tell(alert, run->desk->rulebook->workdays, &settings, at))
            continue;
        tell(run, alert, alert->unit ? alert->unit : "", at);
        for (size_t j = 0; alert->also && j < alert->also->n; j++)
            tell(run, alert, alert->also->at[j]->id, at);
    }
    alerts_free(alerts);
    standings_free(standings);
    outlook_free(outlook);
}

static void run_until(struct run *run, int64_t from, int64_t now)
{
    const struct situation *one = run->one;
    int64_t down_from = one->down_from ? alert_instant(one->down_from) : INT64_MAX,
            down_to = one->down_to ? alert_instant(one->down_to) : 0;
    for (int64_t at = from; at < now; at += STEP)
        if (at < down_from || at >= down_to)
            tell_all(run, at);
}

/* ---- something goes wrong ---- */

static void dispatch(struct run *run, struct notice *notice, bool refused, int64_t newer)
{
    notice->channel = "mail:a@x";
    notice->taken_at = 0;
    *vec_push(&run->dispatches) = (struct dispatch){.notice = notice->id,
                                                    .tries = 1,
                                                    .refused_at = refused ? notice->told_at : 0,
                                                    .dropped_at = newer ? notice->told_at : 0,
                                                    .newer = newer};
}

static void spoil(struct run *run, const struct spoilt *spoilt)
{
    size_t i = 0;
    while (i < run->notices.n && (strcmp(run->notices.at[i].alert, spoilt->alert) != 0 ||
                                  strcmp(run->notices.at[i].rung, spoilt->rung) != 0 ||
                                  strcmp(run->notices.at[i].unit, spoilt->unit) != 0))
        i++;
    if (i == run->notices.n)
        fail_msg("%s: %s %s was never told", run->one->name, spoilt->alert, spoilt->rung);
    struct notice *notice = &run->notices.at[i], other = *notice;
    other.id = (int64_t)run->notices.n + 1;
    other.channel = "mail:b@x";
    switch (spoilt->fate) {
    case LOST:
        notice->alert = "elsewhere"; /* what else was told then shows that hanchot ran */
        break;
    case NOT_TAKEN:
        notice->taken_at = 0;
        break;
    case REFUSED:
        dispatch(run, notice, true, 0);
        break;
    case TAKEN_BY_ONE:
        dispatch(run, notice, true, 0);
        *vec_push(&run->notices) = other;
        break;
    case REPLACED:
        dispatch(run, notice, false, other.id);
        other.alert = "digest:a@x";
        *vec_push(&run->notices) = other;
        *vec_push(&run->dispatches) = (struct dispatch){.notice = other.id, .tries = 1};
        break;
    }
}

/* ---- the self-check ---- */

static struct proof *prove(struct run *run)
{
    struct alert_settings settings = alert_desk_settings();
    const struct dispatches dispatches = {.list = run->dispatches.at, .n = run->dispatches.n};
    const struct notice **sorted = arena_alloc(run->arena, (run->notices.n + 1) * sizeof *sorted);
    for (size_t i = 0; i < run->notices.n; i++)
        sorted[i] = &run->notices.at[i];
    if (run->notices.n)
        qsort(sorted, run->notices.n, sizeof *sorted, notice_order);
    run->read = (struct notices){.list = run->notices.at, .n = run->notices.n, .sorted = sorted};
    const struct proof_told told = {run->replies, &run->read, &dispatches};
    struct proving_days *days =
        proof_begin(run->desk->facts->first_day, &told, alert_instant(run->one->now), &settings);
    for (int64_t at; proof_wants(days, &at);) {
        struct known known;
        know(run->desk, at, &known);
        struct outlook *outlook = outlook_new(run->desk->rulebook, &known.facts, at);
        struct standings *standings = standings_new(outlook, &known.figures, outlook->today, LANG_EN);
        proof_look(days, outlook, standings);
        standings_free(standings);
        outlook_free(outlook);
    }
    return proof_end(days);
}

static void put_events(struct alert_desk *desk, const struct happened *happened)
{
    struct event_fact *list = arena_alloc(desk->facts->arena, 2 * sizeof *list);
    for (size_t i = 0; i < 2 && happened[i].event; i++)
        list[desk->facts->n_events++] = (struct event_fact){.id = (int64_t)i + 1,
                                                            .plan = "p",
                                                            .event = happened[i].event,
                                                            .unit = happened[i].unit,
                                                            .chain = (int64_t)i + 1,
                                                            .label_day = alert_day(happened[i].on),
                                                            .on = alert_day(happened[i].on),
                                                            .due = DAY_NONE,
                                                            .recorded_at = alert_instant(happened[i].at)};
    desk->facts->events = list;
}

static void check(struct alert_desk *desk, const struct situation *one)
{
    const struct alert_case given = {.rows = one->rows,
                                     .at = one->now,
                                     .first_day = one->first_day ? one->first_day : FIRST,
                                     .closed = one->closed,
                                     .told = one->told,
                                     .n_told = sizeof one->told / sizeof *one->told,
                                     .answered = one->answered,
                                     .n_answered = sizeof one->answered / sizeof *one->answered,
                                     .figures = one->figures};
    auto_text said = {0};
    alert_desk_set(desk, &given);
    put_events(desk, one->happened);
    struct run run = {.desk = desk, .one = one, .replies = desk->replies, .arena = arena_new()};
    int64_t now = alert_instant(one->now), from = day_start(instant_day(now) - DAYS);
    int64_t first = day_start(desk->facts->first_day);
    run_until(&run, from > first ? from : first, now);
    for (size_t i = 0; i < 2 && one->spoilt[i].alert; i++)
        spoil(&run, &one->spoilt[i]);
    struct proof *proof = prove(&run);
    for (size_t i = 0; i < proof->n; i++) {
        char day[DAY_SIZE];
        const struct gap *gap = &proof->list[i];
        text_addf(&said, "%s %s %s: %s %s\n", day_iso(gap->day, day), gap->unit, gap->rung,
                  gap_kind_name(gap->kind), gap->key);
    }
    assert_true(proof->n == proof->missing + proof->counts[GAP_LATE]);
    if (strcmp(text_str(&said), one->expected) != 0)
        fail_msg("%s\n%s", one->name, text_str(&said));
    if (!one->closed)
        assert_int_not_equal(proof->rungs, 0);
    proof_free(proof);
    vec_free(&run.notices);
    vec_free(&run.dispatches);
    arena_free(run.arena);
    alert_desk_clear(desk);
}

static void gaps_are_named_and_no_others(void **state)
{
    for (size_t i = 0; i < sizeof situations / sizeof *situations; i++)
        check(*state, &situations[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(gaps_are_named_and_no_others)};
    return cmocka_run_group_tests_name("proof", tests, alert_desk_setup, alert_desk_teardown);
}
