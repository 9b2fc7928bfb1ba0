#include "evaluate/kpi.h"

#include "evaluate/kpi_measure.h"

#include <string.h>

/* ---- names ---- */

const char *verdict_name(enum verdict verdict)
{
    static const char *const names[] = {"met",     "missed",  "on_track", "at_risk",  "out_of_reach",
                                        "no_data", "invalid", "exempt",   "no_target"};
    must(verdict < sizeof names / sizeof *names);
    return names[verdict];
}

const char *verdict_title(enum verdict verdict, enum lang lang)
{
    static const char *const titles[][2] = {
        {"đạt", "met"},
        {"không đạt", "missed"},
        {"đang đạt", "on track"},
        {"có nguy cơ không đạt", "at risk"},
        {"không còn khả năng đạt", "out of reach"},
        {"chưa có số liệu", "no data"},
        {"số liệu sai", "invalid figures"},
        {"không xét", "exempt"},
        {"không có mức phải đạt", "no target"},
    };
    must(verdict < sizeof titles / sizeof *titles);
    return titles[verdict][lang == LANG_EN];
}

/* ---- one verdict ---- */

static enum verdict verdict_of(const struct subject *subject, const struct quantity *quantity,
                               struct number number)
{
    enum target_op op = subject->kpi->target.op;
    bool met = quantity_meets(quantity, op, number);
    if (subject->ended)
        return met ? VERDICT_MET : VERDICT_MISSED;
    if (quantity_out_of_reach(quantity, op, number))
        return VERDICT_OUT_OF_REACH;
    return met ? VERDICT_ON_TRACK : VERDICT_AT_RISK;
}

static void show_value(struct kpi_result *result, const struct quantity *quantity, enum target_op op)
{
    result->has_value = true;
    result->value = quantity_value(quantity, op, result->target);
    result->has_gap = op != TARGET_NONE;
    if (result->has_gap)
        result->gap = quantity_gap(quantity, op, result->target);
}

/* What is still missing can only add to it: a count that has reached its target stays met. */
static bool only_grows(const struct kpi *kpi)
{
    const struct measure *measure = &kpi->measure;
    if (kpi->target.op != TARGET_AT_LEAST)
        return false;
    for (size_t i = 0; i < measure->top.n; i++)
        if (measure->top.metrics[i]->stock)
            return false;
    return measure->kind == MEASURE_COUNT || measure->kind == MEASURE_UNITS_WITH;
}

/* A value is there; the verdict depends on the target. */
static void hold_against(const struct subject *subject, const struct finding *finding, enum holding holding,
                         const char *why, struct kpi_result *result)
{
    const struct quantity *quantity = &finding->quantity;
    enum target_op op = holding == TARGET_HOLDS ? subject->kpi->target.op : TARGET_NONE;
    show_value(result, quantity, op);
    if (holding != TARGET_HOLDS) {
        result->verdict = holding == TARGET_NOT_YET ? VERDICT_NO_TARGET : VERDICT_NO_DATA;
        result->reason = why;
        return;
    }
    result->verdict = verdict_of(subject, quantity, result->target);
    /* Its time is over and something was never reported: nobody knows that it is met. */
    if (result->verdict == VERDICT_MET && finding->partial && !only_grows(subject->kpi))
        result->verdict = VERDICT_NO_DATA;
    if (result->verdict == VERDICT_AT_RISK)
        result->needed = quantity_needed(quantity, op, result->target);
}

static void take_finding(const struct subject *subject, const struct finding *finding, enum holding holding,
                         const char *why, struct kpi_result *result)
{
    result->partial = finding->partial;
    result->has_numerator = finding->has_numerator;
    result->has_denominator = finding->has_denominator;
    result->numerator = finding->numerator;
    result->denominator = finding->denominator;
    result->reason = finding->reason;
    switch (finding->kind) {
    case FINDING_VALUE:
        hold_against(subject, finding, holding, why, result);
        break;
    case FINDING_NO_DATA:
        result->verdict = VERDICT_NO_DATA;
        break;
    case FINDING_EXEMPT:
        result->verdict = VERDICT_EXEMPT;
        break;
    case FINDING_INVALID:
        result->verdict = VERDICT_INVALID;
        break;
    }
}

static void keep_used(struct kpi_work *work, struct kpi_result *result)
{
    if (!work->used.n)
        return;
    size_t size = work->used.n * sizeof *work->used.at;
    result->used = memcpy(arena_alloc(work->arena, size), work->used.at, size);
    result->n_used = work->used.n;
    for (size_t i = 0; work->figures->sample && i < work->used.n && !result->sample; i++) {
        const struct intake *intake = figures_intake(work->figures, work->used.at[i]->intake);
        result->sample = intake && intake->sample;
    }
}

static struct kpi_result judge(struct kpi_work *work, const struct subject *subject)
{
    struct kpi_result result = {.kpi = subject->kpi, .unit = subject->unit, .period = *subject->period};
    const char *why = NULL;
    work->used.n = 0;
    enum holding holding = target_holding(work, subject, &result.target, &why);
    result.has_target = holding == TARGET_HOLDS;
    if (result.has_target && measure_waived(work, subject, result.target, &result.reason)) {
        result.verdict = VERDICT_EXEMPT;
    } else {
        struct finding finding = measure_take(work, subject);
        take_finding(subject, &finding, holding, why, &result);
    }
    keep_used(work, &result);
    return result;
}

/* ---- periods ---- */

struct period kpi_period(const struct kpi *kpi, int day)
{
    const struct period *over = &kpi->over;
    if (kpi->each == PERIOD_SPAN)
        return *over;
    if (day < over->first)
        day = over->first;
    if (day > over->last)
        day = over->last;
    struct period period = period_holding(kpi->each, day);
    if (period.first < over->first)
        period = period_next(&period);
    if (period.last > over->last)
        period = period_holding(kpi->each, period.first - 1);
    return period_inside(&period, over) ? period : *over;
}

/* Made of whole periods of the KPI's own kind, as a quarter is of months: their figures add up to it. */
static bool rolls_up(const struct kpi *kpi, const struct period *period)
{
    if (kpi->each == PERIOD_SPAN || !period_inside(period, &kpi->over))
        return false;
    return period_holding(kpi->each, period->first).first == period->first &&
           period_holding(kpi->each, period->last).last == period->last;
}

static bool period_asked(const struct kpi *kpi, const struct kpi_question *question, int as_of,
                         struct period *period)
{
    *period = kpi_period(kpi, as_of);
    if (!question->period || !strcmp(period->label, question->period))
        return true;
    return period_parse(question->period, period, NULL) &&
           (question->rolled_up || period->kind == kpi->each) && rolls_up(kpi, period);
}

int kpi_judged(const struct kpi *kpi, const struct period *period)
{
    bool earlier = kpi->due != DAY_NONE && kpi->due < period->last && kpi->due >= period->first;
    return earlier ? kpi->due : period->last;
}

/* ---- all ---- */

struct collecting {
    struct kpi_work work;
    const struct kpi_question *question;
    VEC(struct kpi_result) list;
    uint64_t steps; /* that functions took, of all KPIs */
};

static void judge_one(struct collecting *collecting, const struct subject *frame, const struct unit *unit,
                      const struct units *units)
{
    struct subject subject = *frame;
    subject.unit = unit;
    subject.units = units;
    *vec_push(&collecting->list) = judge(&collecting->work, &subject);
}

static void judge_units(struct collecting *collecting, const struct subject *frame)
{
    const struct units *lead = &frame->kpi->lead;
    const struct unit *asked = collecting->question->unit;
    for (size_t i = 0; i < lead->n; i++) {
        const struct units alone = {&lead->at[i], 1};
        if ((!asked || asked == lead->at[i]) && unit_is_there(lead->at[i], frame->period))
            judge_one(collecting, frame, lead->at[i], &alone);
    }
}

static void judge_across(struct collecting *collecting, const struct subject *frame, const struct units *all)
{
    const struct unit **there = arena_alloc(collecting->work.arena, all->n * sizeof *there);
    struct units units = {there, 0};
    for (size_t i = 0; i < all->n; i++)
        if (unit_is_there(all->at[i], frame->period))
            there[units.n++] = all->at[i];
    judge_one(collecting, frame, NULL, &units);
}

static void judge_kpi(struct collecting *collecting, const struct kpi *kpi)
{
    struct period period;
    int as_of = collecting->work.as_of;
    if (!period_asked(kpi, collecting->question, as_of, &period))
        return;
    const struct subject frame = {.kpi = kpi, .period = &period, .ended = as_of > kpi_judged(kpi, &period)};
    if (kpi->lead.n && collecting->question->together)
        judge_across(collecting, &frame, &kpi->lead);
    else if (kpi->lead.n)
        judge_units(collecting, &frame);
    else if (!collecting->question->unit)
        judge_across(collecting, &frame, &kpi->across);
}

static void judge_plans(struct collecting *collecting)
{
    const struct kpi_question *question = collecting->question;
    const struct rulebook *rulebook = collecting->work.outlook->rulebook;
    for (size_t i = 0; i < rulebook->n_plans; i++) {
        const struct plan *plan = &rulebook->plans[i];
        for (size_t j = 0; j < plan->n_kpis && (!question->plan || question->plan == plan); j++)
            if (!question->kpi || question->kpi == &plan->kpis[j]) {
                collecting->work.spent = 0;
                judge_kpi(collecting, &plan->kpis[j]);
                collecting->steps += collecting->work.spent;
            }
    }
}

struct kpi_results *kpi_evaluate(const struct outlook *outlook, const struct figures *figures,
                                 const struct kpi_question *question)
{
    struct arena *arena = arena_new();
    struct kpi_results *results = arena_alloc(arena, sizeof *results);
    struct collecting collecting = {.work = {.outlook = outlook,
                                             .figures = figures,
                                             .arena = arena,
                                             .lang = question->lang,
                                             .as_of = question->as_of},
                                    .question = question};
    results->arena = arena;
    judge_plans(&collecting);
    size_t size = collecting.list.n * sizeof *collecting.list.at;
    if (size)
        results->list = memcpy(arena_alloc(arena, size), collecting.list.at, size);
    results->n = collecting.list.n;
    results->steps = collecting.steps;
    vec_free(&collecting.list);
    vec_free(&collecting.work.used);
    vec_free(&collecting.work.spans);
    mem_free(collecting.work.labels);
    return results;
}

void kpi_results_free(struct kpi_results *results)
{
    if (results)
        arena_free(results->arena); /* holds the results themselves */
}
