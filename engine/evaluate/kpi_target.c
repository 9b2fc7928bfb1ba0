#include "evaluate/kpi_measure.h"

#include <math.h>
#include <string.h>

enum {
    MICRO = 1000000,                     /* values are shown with 6 decimals */
    MICRO_A_STEP = MICRO / NUMBER_SCALE, /* of a target */
};

/* ---- the level that holds ---- */

static enum holding unknown(const char **why, const char *reason)
{
    *why = reason;
    return TARGET_UNKNOWN;
}

static enum holding by_attribute(struct kpi_work *work, const struct subject *subject, struct number *number,
                                 const char **why)
{
    const struct target *target = &subject->kpi->target;
    const struct target_case *other = NULL;
    if (!subject->unit)
        return unknown(why,
                       say(work->lang, "mức theo thuộc tính của đơn vị không dùng được cho chỉ tiêu chung",
                           "a level by attribute of the unit cannot hold for a KPI over all"));
    const char *value = unit_attribute(subject->unit, target->attribute);
    if (!value)
        return unknown(why, arena_printf(work->arena,
                                         say(work->lang, "%s không có thuộc tính %s nên chưa rõ mức phải đạt",
                                             "%s has no attribute %s, so its level is not known"),
                                         subject->unit->id, target->attribute));
    for (size_t i = 0; i < target->n_cases; i++) {
        if (!target->cases[i].value)
            other = &target->cases[i];
        else if (!strcmp(target->cases[i].value, value)) {
            *number = target->cases[i].number;
            return TARGET_HOLDS;
        }
    }
    if (!other)
        return unknown(why, arena_printf(work->arena,
                                         say(work->lang, "chỉ tiêu không nêu mức cho %s = %s của %s",
                                             "the target names no level for %s = %s of %s"),
                                         target->attribute, value, subject->unit->id));
    *number = other->number;
    return TARGET_HOLDS;
}

/* Between steps the last reached value holds. A period is judged by its last day; on the way, by today. */
static enum holding by_steps(struct kpi_work *work, const struct subject *subject, struct number *number,
                             const char **why)
{
    const struct target *target = &subject->kpi->target;
    const struct period *period = subject->period;
    int day = work->as_of < period->last ? work->as_of : period->last;
    const struct target_case *reached = NULL;
    if (day < period->first)
        day = period->first;
    for (size_t i = 0; i < target->n_cases; i++)
        if (target->cases[i].period.first <= day)
            reached = &target->cases[i];
    if (!reached) {
        *why = arena_printf(work->arena,
                            say(work->lang, "chưa đến mức đầu tiên của lộ trình (%s)",
                                "before the first step of the path (%s)"),
                            target->cases[0].period.label);
        return TARGET_NOT_YET;
    }
    *number = reached->number;
    return TARGET_HOLDS;
}

enum holding target_holding(struct kpi_work *work, const struct subject *subject, struct number *number,
                            const char **why)
{
    const struct target *target = &subject->kpi->target;
    if (target->op == TARGET_NONE) {
        *why = target->why;
        return TARGET_NOT_YET;
    }
    if (target->form == FORM_BY_ATTRIBUTE)
        return by_attribute(work, subject, number, why);
    if (target->form == FORM_STEPS)
        return by_steps(work, subject, number, why);
    *number = target->cases[0].number;
    return TARGET_HOLDS;
}

/* ---- comparing ---- */

static double number_double(struct number number)
{
    return (double)number.scaled / NUMBER_SCALE;
}

int quantity_order(const struct quantity *quantity, struct number number)
{
    if (quantity->own) {
        double target = number_double(number);
        return (quantity->number > target) - (quantity->number < target);
    }
    __int128 value = (__int128)quantity->n * quantity->times * NUMBER_SCALE;
    __int128 target = (__int128)number.scaled * quantity->d;
    return (value > target) - (value < target);
}

static bool order_meets(int order, enum target_op op)
{
    must(op != TARGET_NONE);
    return op == TARGET_AT_LEAST ? order >= 0 : op == TARGET_AT_MOST ? order <= 0 : order == 0;
}

bool quantity_meets(const struct quantity *quantity, enum target_op op, struct number number)
{
    return order_meets(quantity_order(quantity, number), op);
}

/* 1: the end lies above the number, -1: below; an end that cannot be reached lies beyond itself. */
static int bound_order(const struct quantity *quantity, const struct bound *bound, int beyond,
                       struct number number)
{
    const struct quantity end = {.n = bound->n, .d = bound->d, .times = quantity->times};
    int order = quantity_order(&end, number);
    return order == 0 && !bound->reached ? beyond : order;
}

bool quantity_out_of_reach(const struct quantity *quantity, enum target_op op, struct number number)
{
    bool too_low = quantity->most.known && bound_order(quantity, &quantity->most, -1, number) < 0;
    bool too_high = quantity->least.known && bound_order(quantity, &quantity->least, 1, number) > 0;
    return (op != TARGET_AT_MOST && too_low) || (op != TARGET_AT_LEAST && too_high);
}

int64_t quantity_needed(const struct quantity *quantity, enum target_op op, struct number number)
{
    int64_t whole = (int64_t)quantity->times * NUMBER_SCALE; /* 100 % */
    if (!quantity->cases || op != TARGET_AT_LEAST || number.scaled >= whole ||
        quantity_meets(quantity, op, number))
        return 0;
    /* (n + k * SCALE) * whole >= target * (d + k * SCALE) */
    __int128 lacking = (__int128)number.scaled * quantity->d - (__int128)quantity->n * whole;
    __int128 gained = (__int128)(whole - number.scaled) * NUMBER_SCALE;
    __int128 needed = (lacking + gained - 1) / gained;
    return needed > INT64_MAX ? 0 : (int64_t)needed;
}

/* ---- showing ---- */

static __int128 rounded(__int128 n, __int128 d)
{
    return n < 0 ? -((-2 * n + d) / (2 * d)) : (2 * n + d) / (2 * d);
}

/* Millionths; what lies beside the target, or beside 0 % or 100 %, never rounds onto it. */
static __int128 micro_of(const struct quantity *quantity, enum target_op op, struct number number)
{
    const __int128 all = (__int128)quantity->times * MICRO, target = (__int128)number.scaled * MICRO_A_STEP;
    __int128 value = rounded(quantity->n * all, quantity->d);
    if (quantity->share && quantity->n < quantity->d && value >= all)
        value = all - 1;
    if (quantity->share && quantity->n > 0 && value <= 0)
        value = 1;
    int order = op == TARGET_NONE ? 0 : quantity_order(quantity, number);
    if (op == TARGET_NONE || order_meets(order, op))
        return value;
    if (order < 0)
        return value < target ? value : target - 1;
    return value > target ? value : target + 1;
}

/* Where a double cannot tell the value from the target that it misses, the next double that can. */
static double beside(double value, int order, enum target_op op, struct number number)
{
    double target = number_double(number);
    if (op == TARGET_NONE || order_meets(order, op))
        return value;
    if (order < 0)
        return value < target ? value : nextafter(target, -INFINITY);
    return value > target ? value : nextafter(target, INFINITY);
}

static double own_value(const struct quantity *quantity, enum target_op op, struct number number)
{
    double value = round(quantity->number * MICRO) / MICRO, target = number_double(number);
    int order = op == TARGET_NONE ? 0 : quantity_order(quantity, number);
    if (!isfinite(value))
        value = quantity->number;
    if (op != TARGET_NONE && !order_meets(order, op)) {
        if (order < 0 && value >= target)
            value = target - 1.0 / MICRO;
        else if (order > 0 && value <= target)
            value = target + 1.0 / MICRO;
    }
    return beside(value, order, op, number);
}

double quantity_value(const struct quantity *quantity, enum target_op op, struct number number)
{
    if (quantity->own)
        return own_value(quantity, op, number);
    double value = (double)micro_of(quantity, op, number) / MICRO;
    return op == TARGET_NONE ? value : beside(value, quantity_order(quantity, number), op, number);
}

double quantity_gap(const struct quantity *quantity, enum target_op op, struct number number)
{
    if (quantity->own)
        return round((own_value(quantity, op, number) - number_double(number)) * MICRO) / MICRO;
    return (double)(micro_of(quantity, op, number) - (__int128)number.scaled * MICRO_A_STEP) / MICRO;
}
