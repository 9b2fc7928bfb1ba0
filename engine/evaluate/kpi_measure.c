#include "evaluate/kpi_measure.h"

#include "rulebook/formula.h"

#include <string.h>

/* ---- quantities ---- */

static bool in_percent(const struct kpi *kpi)
{
    return kpi->target.unit && !strcmp(kpi->target.unit, "%");
}

struct quantity measure_quantity(const struct kpi *kpi, int64_t numerator, int64_t denominator)
{
    switch (kpi->measure.kind) {
    case MEASURE_RATIO:
    case MEASURE_ON_TIME:
        return (struct quantity){
            .n = numerator, .d = denominator, .times = 100, .share = true, .cases = true};
    case MEASURE_AVERAGE:
        return (struct quantity){.n = numerator, .d = denominator, .times = 1};
    case MEASURE_CHANGE:
        return (struct quantity){.n = numerator - denominator, .d = denominator, .times = 100};
    case MEASURE_REDUCTION:
        return (struct quantity){.n = denominator - numerator, .d = denominator, .times = 100};
    case MEASURE_UNITS_WITH:
        if (in_percent(kpi))
            return (struct quantity){.n = numerator, .d = denominator, .times = 100, .share = true};
        break;
    case MEASURE_COUNT:
    case MEASURE_LARGEST:
    case MEASURE_FUNCTION:
        break;
    }
    return (struct quantity){.n = numerator, .d = NUMBER_SCALE, .times = 1};
}

static struct bound bound_at(int64_t n, int64_t d, bool reached)
{
    return (struct bound){.known = true, .reached = reached, .n = n, .d = d};
}

static bool only_flows(const struct operand *operand)
{
    for (size_t i = 0; i < operand->n; i++)
        if (operand->metrics[i]->stock)
            return false;
    return true;
}

/* What more figures of the period can still make of it. Counts only grow; a stock may come to be anything. */
static void set_bounds(const struct kpi *kpi, struct quantity *quantity)
{
    bool grows = only_flows(&kpi->measure.top) && only_flows(&kpi->measure.bottom);
    switch (kpi->measure.kind) {
    case MEASURE_RATIO:
        quantity->most = bound_at(1, 1, !grows || quantity->n == quantity->d);
        quantity->least = bound_at(0, 1, !grows || quantity->n == 0);
        break;
    case MEASURE_AVERAGE:
        quantity->least = bound_at(0, 1, !grows || quantity->n == 0);
        break;
    case MEASURE_COUNT:
        quantity->least = bound_at(grows ? quantity->n : 0, NUMBER_SCALE, true);
        break;
    case MEASURE_LARGEST:
        quantity->least = bound_at(quantity->n, NUMBER_SCALE, true);
        break;
    case MEASURE_CHANGE:
        quantity->least = grows ? bound_at(quantity->n, quantity->d, true) : bound_at(-1, 1, true);
        break;
    case MEASURE_REDUCTION:
        quantity->most = grows ? bound_at(quantity->n, quantity->d, true) : bound_at(1, 1, true);
        break;
    case MEASURE_UNITS_WITH:
        quantity->least = bound_at(grows ? quantity->n : 0, quantity->d, true);
        break;
    case MEASURE_ON_TIME:
    case MEASURE_FUNCTION:
        break;
    }
}

/* ---- findings ---- */

static struct finding nothing(enum finding_kind kind, const char *reason)
{
    return (struct finding){.kind = kind, .reason = reason};
}

static struct finding fraction(const struct kpi *kpi, int64_t numerator, int64_t denominator)
{
    struct finding finding = {.kind = FINDING_VALUE,
                              .has_numerator = true,
                              .has_denominator = true,
                              .numerator = numerator,
                              .denominator = denominator};
    finding.quantity = measure_quantity(kpi, numerator, denominator);
    if (finding.quantity.d > 0)
        set_bounds(kpi, &finding.quantity);
    return finding;
}

static struct finding amount(const struct kpi *kpi, int64_t value)
{
    struct finding finding = fraction(kpi, value, 0);
    finding.has_denominator = false;
    finding.denominator = 0;
    return finding;
}

static void turn_invalid(struct finding *finding, const char *reason)
{
    finding->kind = FINDING_INVALID;
    finding->reason = reason;
}

static bool tally_invalid(struct kpi_work *work, const struct tally *tally, struct finding *finding)
{
    if (tally->overflow)
        *finding = nothing(FINDING_INVALID, say(work->lang, "tổng các số liệu lớn quá mức tính được",
                                                "the sum of the figures is too large to reckon with"));
    else if (tally->negative)
        *finding = nothing(FINDING_INVALID, say(work->lang, "có số liệu âm", "there is a negative figure"));
    return tally->overflow || tally->negative;
}

static void tell_partial(struct finding *finding, const struct tally *tally, const char *missing)
{
    finding->partial = tally->partial || tally->reported < tally->units;
    if (!finding->reason)
        finding->reason = missing;
}

/* 0/0 is an exemption only where nothing is missing that might still show a case. */
static void look_at_zero(struct kpi_work *work, struct finding *finding, const char *missing)
{
    if (finding->denominator != 0)
        return;
    if (finding->numerator != 0)
        turn_invalid(finding, arena_printf(work->arena,
                                           say(work->lang, "mẫu số bằng 0 mà tử số là %s",
                                               "the denominator is 0 but the numerator is %s"),
                                           number_text(work, finding->numerator)));
    else if (missing)
        finding->kind = FINDING_NO_DATA;
    else
        *finding = (struct finding){.kind = FINDING_EXEMPT,
                                    .has_numerator = true,
                                    .has_denominator = true,
                                    .reason = say(work->lang, "không phát sinh", "no case arose")};
}

/* ---- sums: ratio, average, count, largest ---- */

static struct finding take_sums(struct kpi_work *work, const struct subject *subject)
{
    const struct kpi *kpi = subject->kpi;
    enum measure_kind kind = kpi->measure.kind;
    bool divides = kind == MEASURE_RATIO || kind == MEASURE_AVERAGE;
    const struct gather_ask ask = {.top = &kpi->measure.top,
                                   .bottom = divides ? &kpi->measure.bottom : NULL,
                                   .largest = kind == MEASURE_LARGEST,
                                   .period = subject->period};
    struct tally tally = gather_units(work, &ask, subject->units);
    struct finding finding;
    if (tally.reported == 0)
        return nothing(FINDING_NO_DATA, reason_silent(work, &ask, &tally));
    if (tally_invalid(work, &tally, &finding))
        return finding;
    const char *missing = reason_missing(work, &ask, &tally);
    finding = divides ? fraction(kpi, tally.top, tally.bottom) : amount(kpi, tally.top);
    if (divides)
        look_at_zero(work, &finding, missing);
    if (kind == MEASURE_RATIO && tally.bottom != 0 && tally.top > tally.bottom)
        turn_invalid(&finding, arena_printf(work->arena,
                                            say(work->lang, "tử số %s lớn hơn mẫu số %s",
                                                "the numerator %s is above the denominator %s"),
                                            number_text(work, tally.top), number_text(work, tally.bottom)));
    tell_partial(&finding, &tally, missing);
    return finding;
}

/* ---- change and reduction ---- */

static const char *not_comparable(struct kpi_work *work, const struct gather_ask *now,
                                  const struct gather_ask *base, const struct tally *tally)
{
    const struct unit *unit = tally->silent[0];
    struct tally alone = {.units = 1, .silent = {unit}};
    if (tally->units != 1)
        return reason_silent(work, now, tally);
    if (!gather_unit(work, now, unit).reported)
        return reason_silent(work, now, &alone);
    if (!gather_unit(work, base, unit).reported)
        return reason_silent(work, base, &alone);
    return arena_printf(work->arena,
                        say(work->lang, "số liệu kỳ %s hoặc kỳ %s mới có một phần nên chưa so được với nhau",
                            "the figures of %s or %s cover only a part, so they cannot be compared yet"),
                        now->period->label, base->period->label);
}

/* Counts of a part of a period are not held against those of a whole one; stocks are. */
static struct finding take_change(struct kpi_work *work, const struct subject *subject)
{
    const struct measure *measure = &subject->kpi->measure;
    const struct gather_ask now = {.top = &measure->top, .period = subject->period};
    const struct gather_ask base = {.top = &measure->top, .period = &measure->from};
    bool grows = only_flows(&measure->top);
    struct tally tally = {0};
    struct finding finding;
    for (size_t i = 0; i < subject->units->n; i++) {
        const struct unit *unit = subject->units->at[i];
        struct gathered one = gather_unit(work, &now, unit), from = gather_unit(work, &base, unit);
        one.reported = one.reported && from.reported && !(grows && (one.partial || from.partial));
        one.bottom = from.top;
        one.overflow = one.overflow || from.overflow;
        one.negative = one.negative || from.negative;
        tally_add(&tally, unit, &one, false);
    }
    if (tally.reported == 0)
        return nothing(FINDING_NO_DATA, not_comparable(work, &now, &base, &tally));
    if (tally_invalid(work, &tally, &finding))
        return finding;
    const char *missing = tally.reported < tally.units ? reason_missing(work, &now, &tally) : NULL;
    finding = fraction(subject->kpi, tally.top, tally.bottom);
    if (tally.reported < tally.units) { /* the others have a period before, too: they may turn it anywhere */
        finding.quantity.least = bound_at(-1, 1, true);
        finding.quantity.most = bound_at(1, 1, true);
        finding.quantity.least.known = subject->kpi->measure.kind == MEASURE_CHANGE;
        finding.quantity.most.known = subject->kpi->measure.kind == MEASURE_REDUCTION;
    }
    look_at_zero(work, &finding, missing);
    tell_partial(&finding, &tally, missing);
    return finding;
}

/* ---- units with ---- */

static struct finding take_units_with(struct kpi_work *work, const struct subject *subject)
{
    const struct kpi *kpi = subject->kpi;
    const struct gather_ask ask = {.top = &kpi->measure.top, .period = subject->period};
    struct tally tally = {0};
    int64_t with = 0;
    struct finding finding;
    for (size_t i = 0; i < subject->units->n; i++) {
        struct gathered one = gather_unit(work, &ask, subject->units->at[i]);
        with += one.reported && one.top > 0;
        tally_add(&tally, subject->units->at[i], &one, false);
    }
    if (tally.reported == 0)
        return nothing(FINDING_NO_DATA, reason_silent(work, &ask, &tally));
    tally.overflow = false; /* nothing is summed here */
    if (tally_invalid(work, &tally, &finding))
        return finding;
    int64_t all = (int64_t)tally.units * NUMBER_SCALE;
    finding = fraction(kpi, with * NUMBER_SCALE, all);
    finding.quantity.most = bound_at(all, finding.quantity.d, true);
    tell_partial(&finding, &tally, reason_missing(work, &ask, &tally));
    return finding;
}

/* ---- on time ---- */

/* Occurrences whose day lies in the period: all; of these, come due; of these, done by their day. */
struct punctuality {
    int64_t all, due, good;
    bool more; /* events may bring more */
};

static bool answers_for(const struct subject *subject, const struct occurrence *occurrence)
{
    if (occurrence->unit && units_have(subject->units, occurrence->unit))
        return true;
    const struct units *lead = occurrence_party(occurrence, PARTY_LEAD);
    for (size_t i = 0; occurrence->duty->joint && i < lead->n; i++)
        if (units_have(subject->units, lead->at[i]))
            return true;
    return false;
}

static void look_at_occurrence(int as_of, const struct period *period, const struct occurrence *occurrence,
                               struct punctuality *sum)
{
    if (occurrence->state == STATE_CANCELLED || occurrence->due == DAY_NONE ||
        !period_holds(period, occurrence->due_original))
        return;
    bool done = occurrence->done_on != DAY_NONE && occurrence->done_on <= as_of;
    sum->all++;
    if (occurrence->due > as_of || (occurrence->due == as_of && !done))
        return;
    sum->due++;
    sum->good += done && occurrence->done_on <= occurrence->due;
}

static bool is_asked(const struct measure *measure, const struct gathering *gathering)
{
    for (size_t i = 0; i < measure->n_items; i++)
        if (measure->items[i] == gathering->duty->item)
            return true;
    return false;
}

static void look_at(const struct kpi_work *work, const struct subject *subject,
                    const struct gathering *gathering, const struct occurrence *occurrence,
                    struct punctuality *sum)
{
    look_at_occurrence(work->as_of, subject->period, occurrence, sum);
    sum->more = sum->more || gathering->duty->timing.trigger;
}

static struct punctuality punctuality_of_all(const struct kpi_work *work, const struct subject *subject)
{
    struct punctuality sum = {0};
    for (size_t i = 0; i < work->outlook->n_gatherings; i++) {
        const struct gathering *gathering = &work->outlook->gatherings[i];
        bool asked = is_asked(&subject->kpi->measure, gathering);
        for (size_t j = 0; asked && j < gathering->n; j++)
            if (answers_for(subject, &gathering->first[j]))
                look_at(work, subject, gathering, &gathering->first[j], &sum);
    }
    return sum;
}

/* By what it leads itself: there may be thousands of units, each with a verdict of its own. */
static struct punctuality punctuality_of_unit(const struct kpi_work *work, const struct subject *subject)
{
    const struct unit_agenda *agenda = &work->outlook->agendas[subject->units->at[0]->number];
    const struct occurrence *last = NULL; /* it may lead in two ways, beside others and after one of them */
    struct punctuality sum = {0};
    for (size_t i = 0; i < agenda->n; i++) {
        const struct engagement *one = &agenda->at[i];
        if (one->role != ROLE_LEAD || one->occurrence == last ||
            !is_asked(&subject->kpi->measure, one->gathering))
            continue;
        last = one->occurrence;
        look_at(work, subject, one->gathering, last, &sum);
    }
    return sum;
}

static struct punctuality punctuality_of(const struct kpi_work *work, const struct subject *subject)
{
    return subject->units->n == 1 ? punctuality_of_unit(work, subject) : punctuality_of_all(work, subject);
}

static struct finding take_on_time(struct kpi_work *work, const struct subject *subject)
{
    struct punctuality sum = punctuality_of(work, subject);
    const char *label = subject->period->label;
    if (sum.all == 0 && (subject->ended || !sum.more))
        return nothing(
            FINDING_EXEMPT,
            arena_printf(work->arena,
                         say(work->lang, "không có kỳ hạn nào trong kỳ %s", "nothing is due in %s"), label));
    if (sum.due == 0)
        return nothing(FINDING_NO_DATA, arena_printf(work->arena,
                                                     say(work->lang, "chưa có kỳ hạn nào của kỳ %s đến hạn",
                                                         "nothing of %s has come due yet"),
                                                     label));
    struct finding finding = fraction(subject->kpi, sum.good * NUMBER_SCALE, sum.due * NUMBER_SCALE);
    int64_t failed = sum.due - sum.good;
    bool perfect = !sum.more || failed == 0;
    finding.quantity.most = sum.more ? bound_at(1, 1, perfect) : bound_at(sum.all - failed, sum.all, true);
    finding.quantity.least = sum.more ? bound_at(0, 1, sum.good == 0) : bound_at(sum.good, sum.all, true);
    return finding;
}

/* ---- a function ---- */

struct own_figures {
    struct kpi_work *work;
    const struct subject *subject;
    struct tally sum; /* of what was asked last */
    struct operand operand;
    const struct metric *metric; /* of `operand` */
    bool overflow, negative, partial;
    const char *missing;
};

static struct gather_ask own_ask(struct own_figures *own, const struct metric *metric)
{
    own->metric = metric;
    own->operand = (struct operand){.metrics = &own->metric, .n = 1};
    return (struct gather_ask){.top = &own->operand, .period = own->subject->period};
}

static bool own_figure(void *data, const struct metric *metric, int64_t *value)
{
    struct own_figures *own = data;
    struct gather_ask ask = own_ask(own, metric);
    struct tally tally = gather_units(own->work, &ask, own->subject->units);
    *value = tally.top;
    own->sum = tally;
    own->overflow = own->overflow || tally.overflow;
    own->negative = own->negative || tally.negative;
    if (tally.reported == 0)
        return false;
    own->partial = own->partial || tally.partial || tally.reported < tally.units;
    if (!own->missing)
        own->missing = reason_missing(own->work, &ask, &tally);
    return true;
}

static const char *no_attribute(struct kpi_work *work, const struct subject *subject, const char *name)
{
    return arena_printf(work->arena, say(work->lang, "%s không có thuộc tính %s", "%s has no attribute %s"),
                        subject->unit->id, name);
}

static struct finding own_finding(struct own_figures *own, const struct formula *formula,
                                  enum formula_outcome outcome)
{
    struct kpi_work *work = own->work;
    struct gather_ask ask;
    switch (outcome) {
    case FORMULA_NUMBER:
        break;
    case FORMULA_NOTHING:
        return nothing(FINDING_NO_DATA, say(work->lang, "hàm của chỉ tiêu chưa cho kết quả",
                                            "the KPI's function gives nothing yet"));
    case FORMULA_NO_FIGURE:
        ask = own_ask(own, formula->metric);
        return nothing(FINDING_NO_DATA, reason_silent(work, &ask, &own->sum));
    case FORMULA_NO_ATTRIBUTE:
        return nothing(FINDING_NO_DATA, no_attribute(work, own->subject, formula->name));
    case FORMULA_NOT_FINITE:
        return nothing(FINDING_INVALID,
                       say(work->lang,
                           "hàm của chỉ tiêu cho kết quả không phải là số, hoặc quá lớn (chia cho 0?)",
                           "the KPI's function gives no number, or too large a one (division by 0?)"));
    case FORMULA_FAILED:
        return nothing(FINDING_INVALID, formula->why);
    }
    return (struct finding){.kind = FINDING_VALUE,
                            .quantity = {.own = true, .number = formula->value},
                            .partial = own->partial,
                            .reason = own->missing};
}

static struct finding take_function(struct kpi_work *work, const struct subject *subject)
{
    struct own_figures own = {.work = work, .subject = subject};
    struct formula formula = {.rulebook = work->outlook->rulebook,
                              .measure = &subject->kpi->measure,
                              .unit = subject->unit,
                              .period = subject->period->label,
                              .lang = work->lang,
                              .spent = &work->spent,
                              .units = subject->units->n,
                              .figure = own_figure,
                              .data = &own,
                              .arena = work->arena};
    enum formula_outcome outcome = formula_call(&formula);
    struct tally troubles = {.overflow = own.overflow, .negative = own.negative};
    struct finding finding;
    if (tally_invalid(work, &troubles, &finding))
        return finding;
    return own_finding(&own, &formula, outcome);
}

/* ---- all ---- */

struct finding measure_take(struct kpi_work *work, const struct subject *subject)
{
    switch (subject->kpi->measure.kind) {
    case MEASURE_RATIO:
    case MEASURE_COUNT:
    case MEASURE_AVERAGE:
    case MEASURE_LARGEST:
        break;
    case MEASURE_CHANGE:
    case MEASURE_REDUCTION:
        return take_change(work, subject);
    case MEASURE_UNITS_WITH:
        return take_units_with(work, subject);
    case MEASURE_ON_TIME:
        return take_on_time(work, subject);
    case MEASURE_FUNCTION:
        return take_function(work, subject);
    }
    return take_sums(work, subject);
}

bool measure_waived(struct kpi_work *work, const struct subject *subject, struct number number,
                    const char **why)
{
    const struct kpi *kpi = subject->kpi;
    if (!kpi->waive_below || !subject->ended)
        return false;
    const struct operand operand = {.metrics = &kpi->waive_below, .n = 1};
    const struct gather_ask ask = {.top = &operand, .period = subject->period};
    struct tally tally = gather_units(work, &ask, subject->units);
    bool whole = tally.units > 0 && tally.reported == tally.units && !tally.partial;
    if (!whole || tally.overflow || tally.negative || tally.top >= number.scaled)
        return false;
    *why = arena_printf(
        work->arena,
        say(work->lang, "không xét: %s (%s là %s, dưới %s)", "not judged: %s (%s is %s, below %s)"),
        kpi->waive_why ? kpi->waive_why : "", kpi->waive_below->name, number_text(work, tally.top),
        number_text(work, number.scaled));
    return true;
}
