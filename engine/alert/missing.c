/* Alerts of figures that were not sent: one for an office, plan and period, naming what is missing, and one
 * for the office that gathers them.
 *
 * Patience is the plan's: figures of a period are waited for until the next periodic report that the office
 * owes the plan after the period's end is due; where there is none, for ten working days. Then it is told on
 * the next working day and every fifth after it. A plan of which no office has ever sent a figure does
 * without figures, and nobody is told; an office that has never sent any is told once for each period. */
#include "alert/making.h"

#include "alert/subject.h"
#include "base/text.h"
#include "time/clock.h"

#include <stdlib.h>
#include <string.h>

enum { PATIENCE_WORKDAYS = 10, AGAIN_WORKDAYS = 5, METRICS_NAMED = 6, UNITS_NAMED = 8, BITS = 64 };

/* One thing that one office has not sent. */
struct lack {
    const struct standing_block *block;
    const struct unit *unit;
    const struct metric *metric; /* NULL: of the KPI as a whole */
    bool behind;                 /* a part of it is there */
};

/* An office that has not sent all, and the office that gathers it. */
struct silence {
    const struct unit *receiver, *unit;
    const struct plan *plan;
    struct period period;
    int expected; /* the day by which it was to be sent */
};

struct gathering_lacks {
    struct making *making;
    VEC(struct lack) lacks;
    VEC(struct silence) silences;
};

/* ---- what is missing ---- */

static void add_lacks(struct gathering_lacks *all, const struct standing_block *block,
                      const struct standing *standing)
{
    uint64_t both = standing->lacks | standing->behind;
    for (size_t i = 0; both && i < BITS; i++) {
        uint64_t bit = UINT64_C(1) << i;
        if (both & bit)
            *vec_push(&all->lacks) =
                (struct lack){.block = block,
                              .unit = standing->unit,
                              .metric = bit == LACKS_OTHERS ? NULL : standing_metric(block->kpi, i),
                              .behind = !(standing->lacks & bit)};
    }
}

static void find_lacks(struct gathering_lacks *all)
{
    const struct standings *standings = all->making->standings;
    for (size_t i = 0; i < standings->n; i++) {
        const struct standing_block *block = &standings->blocks[i];
        size_t position = block->kpi->plan->position;
        if (!block->ended || !standings->plan_used[position] || all->making->outlook->plan_closed[position])
            continue;
        for (size_t j = 0; j < block->n; j++)
            add_lacks(all, block, &block->list[j]);
    }
}

static int number_order(size_t a, size_t b)
{
    return (a > b) - (a < b);
}

/* By plan, office and period. */
static int group_order(const struct lack *x, const struct lack *y)
{
    int order = number_order(x->block->kpi->plan->position, y->block->kpi->plan->position);
    order = order ? order : number_order(x->unit->number, y->unit->number);
    order = order ? order : x->block->period.last - y->block->period.last;
    return order ? order : y->block->period.first - x->block->period.first;
}

/* Within these by metric, what is missing as a whole before what has a part. */
static int lack_order(const void *a, const void *b)
{
    const struct lack *x = a, *y = b;
    int order = group_order(x, y);
    order = order ? order : x->behind - y->behind;
    order = order ? order : (x->metric == NULL) - (y->metric == NULL);
    if (!order && x->metric)
        order = number_order(x->metric->number, y->metric->number);
    return order ? order : strcmp(x->block->kpi->id, y->block->kpi->id);
}

static bool same_thing(const struct lack *a, const struct lack *b)
{
    return a->metric && a->metric == b->metric;
}

/* ---- how long it is waited for ---- */

static bool is_report(const struct occurrence *one, const struct plan *plan, int after)
{
    return one->duty->item->plan == plan && one->duty->kind == ITEM_REPORT &&
           one->duty->timing.kind == TIMING_PERIODIC && one->due != DAY_NONE && one->due > after &&
           one->state != STATE_CANCELLED;
}

/* The next report that the office owes the plan after the day, or NULL. */
static const struct occurrence *next_report(const struct outlook *outlook, const struct unit *unit,
                                            const struct plan *plan, int after)
{
    const struct occurrence *next = NULL;
    const struct unit_agenda *agenda = &outlook->agendas[unit->number];
    for (size_t i = 0; i < agenda->n; i++) {
        const struct occurrence *one = agenda->at[i].occurrence;
        if (agenda->at[i].role == ROLE_LEAD && is_report(one, plan, after) && (!next || one->due < next->due))
            next = one;
    }
    return next;
}

/* ---- in words ---- */

static void add_names(struct text *out, const struct lack *first, size_t n, enum lang lang)
{
    size_t named = 0;
    for (size_t i = 0; i < n; i++) {
        if (i && same_thing(&first[i], &first[i - 1]))
            continue;
        if (named++ >= METRICS_NAMED)
            continue;
        text_addf(out, "%s%s", named > 1 ? ", " : "",
                  first[i].metric ? first[i].metric->name : first[i].block->kpi->title);
        if (first[i].behind)
            text_add(out, say(lang, " (mới có một phần)", " (a part only)"));
    }
    if (named > METRICS_NAMED)
        text_addf(out, say(lang, " và %zu số liệu khác", " and %zu more"), named - METRICS_NAMED);
}

static const char *title_of(struct making *making, const struct lack *first, size_t n)
{
    enum lang lang = making->settings->lang;
    char name[PERIOD_NAME_SIZE];
    auto_text out = {0};
    text_addf(&out, say(lang, "Chưa gửi đủ số liệu %s: ", "Figures of %s not sent: "),
              period_name(&first->block->period, lang, name));
    add_names(&out, first, n, lang);
    return arena_strdup(making->arena, text_str(&out));
}

static void add_day(struct text *out, int day, enum lang lang)
{
    char text[DAY_SIZE];
    text_add(out, lang == LANG_VI ? day_vi(day, true, text) : day_iso(day, text));
}

static const char *body_of(struct making *making, const struct lack *first, size_t n, int expected)
{
    enum lang lang = making->settings->lang;
    const struct plan *plan = first->block->kpi->plan;
    auto_text out = {0};
    size_t named = 0;
    text_add(&out, say(lang, "Chờ đến ", "Waited for until "));
    add_day(&out, expected, lang);
    text_addf(&out, ". %s. ", plan->title);
    for (size_t i = 0; i < n; i++) {
        if (!first[i].metric || (i && same_thing(&first[i], &first[i - 1])) || named++ >= METRICS_NAMED)
            continue;
        text_addf(&out, "%s%s: %s", named > 1 ? "; " : "", first[i].metric->name, first[i].metric->title);
    }
    text_addf(&out, say(lang, "%sGửi: hanchot ingest TỆP", "%sSend: hanchot ingest FILE"), named ? ". " : "");
    return arena_strdup(making->arena, text_str(&out));
}

/* ---- one office ---- */

/* When it was told last by now and when it will be told next; rung stays NULL until the first working day. */
static void set_rung(struct making *making, struct alert *alert, int expected, bool once)
{
    const struct workdays *workdays = making->outlook->rulebook->workdays;
    int passed = workdays_between(workdays, expected, making->today);
    int steps = passed > 0 && !once ? (passed - 1) / AGAIN_WORKDAYS : 0;
    int day = workdays_step(workdays, expected, 1 + steps * AGAIN_WORKDAYS);
    making_change(making, day_start(day));
    alert->since = day_start(expected + 1);
    alert->due = expected;
    alert->tell_at = making_opening(day, making->settings);
    if (making->today >= day)
        alert->rung = once ? "once" : arena_printf(making->arena, "+%d", 1 + steps * AGAIN_WORKDAYS);
    if (!once)
        making_change(making, day_start(workdays_step(workdays, expected, 1 + (steps + 1) * AGAIN_WORKDAYS)));
}

static void add_silences(struct gathering_lacks *all, const struct lack *first,
                         const struct occurrence *report)
{
    const struct units *to = occurrence_party(report, PARTY_TO);
    for (size_t i = 0; i < to->n; i++)
        if (!to->at[i]->outside && to->at[i] != first->unit)
            *vec_push(&all->silences) = (struct silence){.receiver = to->at[i],
                                                         .unit = first->unit,
                                                         .plan = first->block->kpi->plan,
                                                         .period = first->block->period,
                                                         .expected = report->due};
}

static void make_office(struct gathering_lacks *all, const struct lack *first, size_t n)
{
    struct making *making = all->making;
    const struct unit *unit = first->unit;
    const struct plan *plan = first->block->kpi->plan;
    int last = first->block->period.last;
    const struct occurrence *report = next_report(making->outlook, unit, plan, last);
    int expected =
        report ? report->due : workdays_step(making->outlook->rulebook->workdays, last, PATIENCE_WORKDAYS);
    if (making->today <= expected) {
        making_change(making, day_start(expected + 1));
        return;
    }
    if (expected < subjects_first_day(making->outlook)) {
        making->older[unit->number]++;
        return;
    }
    if (report)
        add_silences(all, first, report);
    struct alert alert = {.kind = ALERT_FIGURES_MISSING, .severity = ALERT_WARNING, .unit = unit->id};
    set_rung(making, &alert, expected, !making->standings->unit_used[unit->number]);
    alert.key =
        arena_printf(making->arena, "figures:%s:%s:%s", plan->id, first->block->period.label, unit->id);
    alert.title = title_of(making, first, n);
    alert.body = body_of(making, first, n, expected);
    making_add(making, alert);
}

/* ---- who gathers them ---- */

static int silence_order(const void *a, const void *b)
{
    const struct silence *x = a, *y = b;
    int order = number_order(x->receiver->number, y->receiver->number);
    order = order ? order : number_order(x->plan->position, y->plan->position);
    order = order ? order : strcmp(x->period.label, y->period.label);
    return order ? order : number_order(x->unit->number, y->unit->number);
}

static bool same_receiver(const struct silence *a, const struct silence *b)
{
    return a->receiver == b->receiver && a->plan == b->plan && !strcmp(a->period.label, b->period.label);
}

static void make_receiver(struct making *making, const struct silence *first, size_t n)
{
    enum lang lang = making->settings->lang;
    char name[PERIOD_NAME_SIZE];
    auto_text body = {0};
    int expected = first->expected;
    for (size_t i = 0; i < n; i++) {
        expected = first[i].expected < expected ? first[i].expected : expected;
        if (i < UNITS_NAMED)
            text_addf(&body, "%s%s", i ? ", " : "", first[i].unit->code);
    }
    if (n > UNITS_NAMED)
        text_addf(&body, say(lang, " và %zu đơn vị khác", " and %zu more"), n - UNITS_NAMED);
    text_addf(&body, ". %s.", first->plan->title);
    struct alert alert = {.kind = ALERT_FIGURES_MISSING, .severity = ALERT_INFO, .unit = first->receiver->id};
    set_rung(making, &alert, expected, false);
    alert.key = arena_printf(making->arena, "to:%s:figures:%s:%s", first->plan->id, first->period.label,
                             first->receiver->id);
    alert.title = arena_printf(
        making->arena,
        say(lang, "%zu đơn vị chưa gửi đủ số liệu %s", "%zu units have not sent their figures of %s"), n,
        period_name(&first->period, lang, name));
    alert.body = arena_strdup(making->arena, text_str(&body));
    making_add(making, alert);
}

static void make_receivers(struct gathering_lacks *all)
{
    if (all->silences.n)
        qsort(all->silences.at, all->silences.n, sizeof *all->silences.at, silence_order);
    for (size_t i = 0, n; i < all->silences.n; i += n) {
        const struct silence *first = &all->silences.at[i];
        for (n = 1; i + n < all->silences.n && same_receiver(&first[n], first);)
            n++;
        make_receiver(all->making, first, n);
    }
}

/* ---- all ---- */

void make_missing(struct making *making)
{
    struct gathering_lacks all = {.making = making};
    find_lacks(&all);
    if (all.lacks.n)
        qsort(all.lacks.at, all.lacks.n, sizeof *all.lacks.at, lack_order);
    for (size_t i = 0, n; i < all.lacks.n; i += n) {
        const struct lack *first = &all.lacks.at[i];
        for (n = 1; i + n < all.lacks.n && !group_order(&first[n], first);)
            n++;
        make_office(&all, first, n);
    }
    make_receivers(&all);
    vec_free(&all.lacks);
    vec_free(&all.silences);
}
