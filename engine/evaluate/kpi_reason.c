#include "evaluate/kpi_measure.h"

#include "base/text.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { NAMED_PIECES = 6 };

const char *number_text(struct kpi_work *work, int64_t scaled)
{
    uint64_t size = scaled < 0 ? 0 - (uint64_t)scaled : (uint64_t)scaled;
    const char *sign = scaled < 0 ? "-" : "";
    int part = (int)(size % NUMBER_SCALE), digits = 4;
    if (part == 0)
        return arena_printf(work->arena, "%s%" PRIu64, sign, size / NUMBER_SCALE);
    for (; part % 10 == 0; digits--)
        part /= 10;
    return arena_printf(work->arena, "%s%" PRIu64 "%s%0*d", sign, size / NUMBER_SCALE,
                        say(work->lang, ",", "."), digits, part);
}

/* ---- lists of names ---- */

/* "a, b, c và 4 … khác" */
struct list {
    struct text text;
    size_t n;
};

static void list_add(struct list *list, const char *name)
{
    if (list->n++ < NAMED_PIECES)
        text_addf(&list->text, "%s%s", list->n > 1 ? ", " : "", name);
}

static const char *list_end(struct kpi_work *work, struct list *list, const char *noun)
{
    if (list->n > NAMED_PIECES && work->lang == LANG_VI)
        text_addf(&list->text, " và %zu %s khác", list->n - NAMED_PIECES, noun);
    else if (list->n > NAMED_PIECES)
        text_addf(&list->text, " and %zu more", list->n - NAMED_PIECES);
    const char *whole = arena_strdup(work->arena, text_str(&list->text));
    text_fini(&list->text);
    return whole;
}

/* The metrics of the ask, or only those without any figure inside the period. */
static const char *metric_names(struct kpi_work *work, const struct gather_ask *ask,
                                const struct unit *lacking)
{
    const struct operand *operands[] = {ask->top, ask->bottom};
    struct list list = {0};
    for (size_t i = 0; i < 2; i++)
        for (size_t j = 0; operands[i] && j < operands[i]->n; j++)
            if (!lacking || !figure_inside(work, lacking, operands[i]->metrics[j], ask->period))
                list_add(&list, operands[i]->metrics[j]->name);
    return list_end(work, &list, "số liệu");
}

static const char *unit_names(struct kpi_work *work, const struct tally *tally)
{
    size_t silent = tally->units - tally->reported, named = silent < NAMED_UNITS ? silent : NAMED_UNITS;
    auto_text text = {0};
    for (size_t i = 0; i < named; i++)
        text_addf(&text, "%s%s", i ? ", " : "", tally->silent[i]->id);
    if (silent > named)
        text_addf(&text, say(work->lang, " và %zu đơn vị khác", " and %zu more"), silent - named);
    return arena_strdup(work->arena, text_str(&text));
}

/* ---- nothing at all ---- */

static const char *silent_unit(struct kpi_work *work, const struct gather_ask *ask, const struct unit *unit)
{
    const char *label = ask->period->label, *names = metric_names(work, ask, unit);
    if (*names)
        return arena_printf(work->arena,
                            say(work->lang, "chưa có số liệu %s kỳ %s của %s", "no data for %s in %s of %s"),
                            names, label, unit->id);
    return arena_printf(work->arena,
                        say(work->lang, "các số liệu %s của %s không có cùng một kỳ nào trong kỳ %s",
                            "the figures %s of %s share no period within %s"),
                        metric_names(work, ask, NULL), unit->id, label);
}

const char *reason_silent(struct kpi_work *work, const struct gather_ask *ask, const struct tally *tally)
{
    if (tally->units == 1)
        return silent_unit(work, ask, tally->silent[0]);
    if (tally->units == 0)
        return arena_printf(work->arena, say(work->lang, "không có đơn vị nào trong kỳ %s", "no unit in %s"),
                            ask->period->label);
    return arena_printf(work->arena,
                        say(work->lang, "chưa đơn vị nào trong %zu đơn vị báo số liệu %s kỳ %s",
                            "none of %zu units has reported %s in %s"),
                        tally->units, metric_names(work, ask, NULL), ask->period->label);
}

/* ---- a part ---- */

/* The largest calendar period, from a year to a month, that begins on the day and ends by the last. */
static bool piece_at(int day, int last, struct period *piece)
{
    static const enum period_kind kinds[] = {PERIOD_YEAR, PERIOD_QUARTER, PERIOD_MONTH};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        *piece = period_holding(kinds[i], day);
        if (piece->first == day && piece->last <= last)
            return true;
    }
    return false;
}

/* Days that no figure covers, in words; those of today and later are not missing yet. */
static void gap_add(struct kpi_work *work, struct list *list, int first, int last)
{
    bool cut = last >= work->as_of;
    if (cut)
        last = work->as_of - 1;
    while (first <= last) {
        struct period piece;
        if (piece_at(first, last, &piece)) {
            list_add(list, piece.label);
            first = piece.last + 1;
            continue;
        }
        struct period month = period_holding(PERIOD_MONTH, first);
        int end = month.last < last ? month.last : last;
        char from[DAY_SIZE], to[DAY_SIZE];
        if (end < last || !cut)
            list_add(list,
                     arena_printf(work->arena, "%s - %s", day_vi(first, false, from), day_vi(end, true, to)));
        first = end + 1;
    }
}

static int by_first(const void *a, const void *b)
{
    const struct span *one = a, *other = b;
    return (one->first > other->first) - (one->first < other->first);
}

/* The metric whose figures tell which periods are covered; NULL: all are stocks. */
static const struct metric *flow_of(const struct gather_ask *ask)
{
    const struct operand *operands[] = {ask->top, ask->bottom};
    for (size_t i = 0; i < 2; i++)
        for (size_t j = 0; operands[i] && j < operands[i]->n; j++)
            if (!operands[i]->metrics[j]->stock || ask->largest)
                return operands[i]->metrics[j];
    return NULL;
}

/* The periods that were read of a metric, by time, into work->spans. */
static void spans_used(struct kpi_work *work, const struct metric *metric)
{
    work->spans.n = 0;
    for (size_t i = 0; i < work->used.n; i++) {
        const struct figure *figure = work->used.at[i];
        const struct period *period = label_period(work, figure->period);
        if (!strcmp(figure->metric, metric->name))
            *vec_push(&work->spans) = (struct span){period->first, period->last, figure->period};
    }
    if (work->spans.n)
        qsort(work->spans.at, work->spans.n, sizeof *work->spans.at, by_first);
}

static const char *gaps(struct kpi_work *work, const struct span *expected, const struct metric *flow)
{
    struct list list = {0};
    int day = expected->first;
    spans_used(work, flow);
    for (size_t i = 0; i < work->spans.n; i++) {
        const struct span *span = &work->spans.at[i];
        if (span->first > day)
            gap_add(work, &list, day, span->first - 1);
        if (span->last >= day)
            day = span->last + 1;
    }
    if (day <= expected->last)
        gap_add(work, &list, day, expected->last);
    return list_end(work, &list, "kỳ");
}

/* Metrics of the ask that have a figure somewhere in the gaps, while others have none there. */
static const char *lopsided(struct kpi_work *work, const struct gather_ask *ask, const struct unit *unit)
{
    const struct operand *operands[] = {ask->top, ask->bottom};
    struct list list = {0};
    for (size_t i = 0; i < 2; i++)
        for (size_t j = 0; operands[i] && j < operands[i]->n; j++) {
            const struct metric *metric = operands[i]->metrics[j];
            const struct figure *first;
            size_t n = figures_of(work->figures, unit->id, metric->name, &first);
            for (size_t k = 0; k < n && (!metric->stock || ask->largest); k++) {
                const struct period *period = label_period(work, first[k].period);
                bool inside = period && period_inside(period, ask->period), read = false;
                for (size_t s = 0; inside && s < work->spans.n; s++)
                    read = read || (work->spans.at[s].first <= period->last &&
                                    period->first <= work->spans.at[s].last);
                if (inside && !read)
                    list_add(&list, arena_printf(work->arena, "%s %s", metric->name, first[k].period));
            }
        }
    return list_end(work, &list, "kỳ");
}

/* work->used holds what was read of this unit, stocks last. */
static const char *behind_unit(struct kpi_work *work, const struct gather_ask *ask, const struct unit *unit,
                               bool ended)
{
    const struct metric *flow = flow_of(ask);
    const struct span expected = days_expected(unit, ask->period);
    const char *missing = flow ? gaps(work, &expected, flow) : "";
    if (!*missing && ended)
        return arena_printf(work->arena, say(work->lang, "số liệu mới đến kỳ %s", "figures only up to %s"),
                            work->used.at[work->used.n - 1]->period);
    if (!*missing)
        return NULL;
    const char *single = lopsided(work, ask, unit);
    if (!*single)
        return arena_printf(work->arena, say(work->lang, "chưa đủ số liệu kỳ %s", "data missing for %s"),
                            missing);
    return arena_printf(work->arena,
                        say(work->lang, "chưa đủ số liệu kỳ %s (chỉ có %s nên không tính)",
                            "data missing for %s (there is only %s, which does not count)"),
                        missing, single);
}

const char *reason_missing(struct kpi_work *work, const struct gather_ask *ask, const struct tally *tally)
{
    size_t silent = tally->units - tally->reported;
    bool ended = work->as_of > ask->period->last;
    if (silent)
        return arena_printf(work->arena,
                            say(work->lang, "còn %zu/%zu đơn vị chưa có số liệu kỳ %s: %s",
                                "%zu of %zu units have no data for %s: %s"),
                            silent, tally->units, ask->period->label, unit_names(work, tally));
    if (!tally->partial)
        return NULL;
    if (tally->units == 1)
        return behind_unit(work, ask, tally->behind, ended);
    if (!ended)
        return NULL;
    return arena_printf(work->arena,
                        say(work->lang, "%zu/%zu đơn vị mới có số liệu một phần kỳ %s (%s …)",
                            "%zu of %zu units have data for a part of %s only (%s …)"),
                        tally->partial, tally->units, ask->period->label, tally->behind->id);
}

/* ---- what is still needed ---- */

void kpi_needed_text(struct text *out, const struct kpi *kpi, int64_t needed, enum lang lang)
{
    const struct operand *whole = &kpi->measure.bottom;
    const char *counted_in = whole->n ? whole->metrics[0]->counted_in : "kỳ hạn"; /* on_time counts those */
    if (lang == LANG_VI)
        text_addf(out, "%" PRId64 " %s tới đều phải đạt", needed, counted_in);
    else
        text_addf(out, "the next %" PRId64 " must all meet it", needed);
}
