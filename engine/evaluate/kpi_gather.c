#include "evaluate/kpi_measure.h"

#include "base/text.h"

#include <stdlib.h>
#include <string.h>

/* ---- the periods that labels name ---- */

static void label_put(struct known_label **at, size_t cap, struct known_label *known)
{
    size_t place = hash_text(HASH_START, known->label) & (cap - 1);
    while (at[place])
        place = (place + 1) & (cap - 1);
    at[place] = known;
}

static void labels_widen(struct kpi_work *work)
{
    size_t cap = work->labels_cap ? 2 * work->labels_cap : 128;
    struct known_label **at = mem_alloc(cap * sizeof *at);
    for (size_t i = 0; i < work->labels_cap; i++)
        if (work->labels[i])
            label_put(at, cap, work->labels[i]);
    mem_free(work->labels);
    work->labels = at;
    work->labels_cap = cap;
}

const struct period *label_period(struct kpi_work *work, const char *label)
{
    if (2 * work->n_labels >= work->labels_cap)
        labels_widen(work);
    size_t place = hash_text(HASH_START, label) & (work->labels_cap - 1);
    for (; work->labels[place]; place = (place + 1) & (work->labels_cap - 1)) {
        const struct known_label *known = work->labels[place];
        if (known->label == label || !strcmp(known->label, label))
            return known->valid ? &known->period : NULL;
    }
    struct known_label *known = arena_alloc(work->arena, sizeof *known);
    known->label = label;
    known->valid = period_parse(label, &known->period, NULL);
    work->labels[place] = known;
    work->n_labels++;
    return known->valid ? &known->period : NULL;
}

/* ---- the figures of one unit and metric ---- */

/* Those under the unit's id, then those under its old id; the same period under both: the first counts. */
struct series {
    const struct figure *at[2];
    size_t n[2];
    bool top; /* belongs to the ask's top operand, else to the bottom */
};

static void series_open(const struct kpi_work *work, const struct unit *unit, const struct metric *metric,
                        struct series *series)
{
    series->n[0] = figures_of(work->figures, unit->id, metric->name, &series->at[0]);
    series->n[1] = 0;
    series->at[1] = NULL;
    if (unit->was)
        series->n[1] = figures_of(work->figures, unit->was, metric->name, &series->at[1]);
}

static const struct figure *slice_find(const struct figure *at, size_t n, const char *label)
{
    size_t low = 0, high = n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(at[middle].period, label);
        if (order == 0)
            return &at[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

static const struct figure *series_find(const struct series *series, const char *label)
{
    const struct figure *found = slice_find(series->at[0], series->n[0], label);
    return found ? found : slice_find(series->at[1], series->n[1], label);
}

bool figure_inside(struct kpi_work *work, const struct unit *unit, const struct metric *metric,
                   const struct period *period)
{
    struct series series;
    series_open(work, unit, metric, &series);
    for (size_t i = 0; i < 2; i++)
        for (size_t j = 0; j < series.n[i]; j++) {
            const struct period *one = label_period(work, series.at[i][j].period);
            if (one && period_inside(one, period))
                return true;
        }
    return false;
}

/* ---- metrics that must come from the same periods ---- */

enum { MOST_METRICS = 128 };
struct bundle {
    size_t n;
    struct series at[MOST_METRICS];
};

static void bundle_open(struct kpi_work *work, struct bundle *bundle, const struct gather_ask *ask,
                        const struct unit *unit, bool stocks)
{
    const struct operand *operands[] = {ask->top, ask->bottom};
    bundle->n = 0;
    for (size_t i = 0; i < 2; i++)
        for (size_t j = 0; operands[i] && j < operands[i]->n; j++) {
            const struct metric *metric = operands[i]->metrics[j];
            if ((metric->stock && !ask->largest) != stocks)
                continue;
            must(bundle->n < MOST_METRICS);
            struct series *series = &bundle->at[bundle->n++];
            series_open(work, unit, metric, series);
            series->top = i == 0;
        }
}

static bool bundle_has(const struct bundle *bundle, const char *label)
{
    for (size_t i = 0; i < bundle->n; i++)
        if (!series_find(&bundle->at[i], label))
            return false;
    return true;
}

/* The periods inside the given one for which every metric of the bundle has a figure, into work->spans. */
static void bundle_spans(struct kpi_work *work, const struct bundle *bundle, const struct period *period)
{
    const struct series *series = &bundle->at[0];
    work->spans.n = 0;
    for (size_t i = 0; i < 2; i++)
        for (size_t j = 0; j < series->n[i]; j++) {
            const char *label = series->at[i][j].period;
            const struct period *one = label_period(work, label);
            if (one && period_inside(one, period) && bundle_has(bundle, label))
                *vec_push(&work->spans) = (struct span){one->first, one->last, label};
        }
}

static void add_value(struct gathered *one, bool top, bool largest, int64_t value)
{
    int64_t *sum = top ? &one->top : &one->bottom;
    one->negative = one->negative || value < 0;
    if (largest)
        *sum = value > *sum ? value : *sum;
    else if (__builtin_add_overflow(*sum, value, sum))
        one->overflow = true;
}

static void bundle_add(struct kpi_work *work, const struct bundle *bundle, const char *label, bool largest,
                       struct gathered *one)
{
    for (size_t i = 0; i < bundle->n; i++) {
        const struct figure *figure = series_find(&bundle->at[i], label);
        add_value(one, bundle->at[i].top, largest, figure->value);
        *vec_push(&work->used) = figure;
    }
}

/* ---- which periods ---- */

/* By their ends; of those with the same end the finer first. */
static int span_order(const void *a, const void *b)
{
    const struct span *one = a, *other = b;
    if (one->last != other->last)
        return one->last < other->last ? -1 : 1;
    if (one->first != other->first)
        return one->first > other->first ? -1 : 1;
    return strcmp(one->label, other->label);
}

static bool apart(const struct span *at, size_t n)
{
    for (size_t i = 1; i < n; i++)
        if (at[i].first <= at[i - 1].last)
            return false;
    return true;
}

/* How many of the first n spans end before the day. */
static size_t ending_before(const struct span *at, size_t n, int day)
{
    size_t low = 0, high = n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (at[middle].last < day)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

struct cover {
    int days, pieces;
    bool taken;
};

/* The best that the first n spans can cover without overlap: the most days, and with the most pieces of
 * those. */
static void cover_best(const struct span *at, size_t n, struct cover *best)
{
    for (size_t i = 0; i < n; i++) {
        const struct cover *before = &best[ending_before(at, i, at[i].first)], *without = &best[i];
        int days = before->days + at[i].last - at[i].first + 1, pieces = before->pieces + 1;
        bool taken = days > without->days || (days == without->days && pieces > without->pieces);
        best[i + 1] = *without;
        best[i + 1].taken = taken;
        if (taken) {
            best[i + 1].days = days;
            best[i + 1].pieces = pieces;
        }
    }
}

/* Keeps of n spans those that cover the most days without overlap, of equal choices the finest; gives how
 * many. */
static size_t tile(struct span *at, size_t n)
{
    if (apart(at, n))
        return n;
    qsort(at, n, sizeof *at, span_order);
    auto_free struct cover *best = mem_alloc((n + 1) * sizeof *best);
    cover_best(at, n, best);
    for (size_t i = n; i > 0;) {
        size_t next = best[i].taken ? ending_before(at, i - 1, at[i - 1].first) : i - 1;
        for (size_t passed = i - 1; passed > next; passed--)
            best[passed].taken = false;
        i = next;
    }
    size_t kept = 0;
    for (size_t i = 0; i < n; i++)
        if (best[i + 1].taken)
            at[kept++] = at[i];
    return kept;
}

static int days_within(const struct span *at, size_t n, const struct span *whole)
{
    int days = 0;
    for (size_t i = 0; i < n; i++) {
        int first = at[i].first > whole->first ? at[i].first : whole->first;
        int last = at[i].last < whole->last ? at[i].last : whole->last;
        days += last >= first ? last - first + 1 : 0;
    }
    return days;
}

/* ---- one unit ---- */

/* What adds up: the very period, else the finer ones inside it. */
static bool gather_flows(struct kpi_work *work, const struct gather_ask *ask, const struct bundle *bundle,
                         const struct span *expected, struct gathered *one)
{
    const struct period *period = ask->period;
    if (bundle_has(bundle, period->label)) {
        bundle_add(work, bundle, period->label, ask->largest, one);
        return true;
    }
    bundle_spans(work, bundle, period);
    struct span *at = work->spans.at;
    size_t n = work->spans.n;
    if (n == 0)
        return false;
    for (size_t i = 0; ask->largest && i < n; i++) /* overlaps do no harm to the largest */
        bundle_add(work, bundle, at[i].label, true, one);
    n = tile(at, n);
    for (size_t i = 0; !ask->largest && i < n; i++)
        bundle_add(work, bundle, at[i].label, false, one);
    one->partial = days_within(at, n, expected) < expected->last - expected->first + 1;
    return true;
}

/* Stocks: the last; of two that end on the same day the finer. */
static bool gather_stocks(struct kpi_work *work, const struct gather_ask *ask, const struct bundle *bundle,
                          const struct span *expected, struct gathered *one)
{
    const struct period *period = ask->period;
    if (bundle_has(bundle, period->label)) {
        bundle_add(work, bundle, period->label, false, one);
        return true;
    }
    bundle_spans(work, bundle, period);
    const struct span *last = NULL;
    for (size_t i = 0; i < work->spans.n; i++) {
        const struct span *span = &work->spans.at[i];
        if (!last || span->last > last->last || (span->last == last->last && span_order(span, last) < 0))
            last = span;
    }
    if (!last)
        return false;
    bundle_add(work, bundle, last->label, false, one);
    one->partial = one->partial || last->last < expected->last;
    return true;
}

struct span days_expected(const struct unit *unit, const struct period *period)
{
    struct span days = {period->first, period->last, period->label};
    if (unit->from_day != DAY_NONE && unit->from_day > days.first)
        days.first = unit->from_day;
    if (unit->until_day != DAY_NONE && unit->until_day < days.last)
        days.last = unit->until_day;
    return days;
}

struct gathered gather_unit(struct kpi_work *work, const struct gather_ask *ask, const struct unit *unit)
{
    struct gathered one = {0};
    struct bundle bundle;
    size_t used = work->used.n;
    const struct span expected = days_expected(unit, ask->period);
    bundle_open(work, &bundle, ask, unit, false);
    bool any = bundle.n > 0, fine = !any || gather_flows(work, ask, &bundle, &expected, &one);
    bundle_open(work, &bundle, ask, unit, true);
    fine = fine && (bundle.n == 0 || gather_stocks(work, ask, &bundle, &expected, &one));
    one.reported = fine && (any || bundle.n > 0);
    if (one.reported)
        return one;
    work->used.n = used;
    return (struct gathered){0};
}

/* ---- several ---- */

bool unit_is_there(const struct unit *unit, const struct period *period)
{
    return (unit->from_day == DAY_NONE || unit->from_day <= period->last) &&
           (unit->until_day == DAY_NONE || unit->until_day >= period->first);
}

void tally_add(struct tally *tally, const struct unit *unit, const struct gathered *one, bool largest)
{
    size_t silent = tally->units - tally->reported;
    tally->units++;
    if (!one->reported) {
        if (silent < NAMED_UNITS)
            tally->silent[silent] = unit;
        return;
    }
    tally->reported++;
    if (one->partial && !tally->partial++)
        tally->behind = unit;
    tally->negative = tally->negative || one->negative;
    tally->overflow = tally->overflow || one->overflow;
    if (largest)
        tally->top = one->top > tally->top ? one->top : tally->top;
    else if (__builtin_add_overflow(tally->top, one->top, &tally->top))
        tally->overflow = true;
    if (__builtin_add_overflow(tally->bottom, one->bottom, &tally->bottom))
        tally->overflow = true;
}

struct tally gather_units(struct kpi_work *work, const struct gather_ask *ask, const struct units *units)
{
    struct tally tally = {0};
    for (size_t i = 0; i < units->n; i++) {
        struct gathered one = gather_unit(work, ask, units->at[i]);
        tally_add(&tally, units->at[i], &one, ask->largest);
    }
    return tally;
}
