#include "evaluate/kpi_measure.h"

#include "base/text.h"
#include "time/clock.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- the figures of a test ---- */

static int by_key(const void *a, const void *b)
{
    const struct figure *one = a, *other = b;
    int order = strcmp(one->metric, other->metric);
    return order ? order : strcmp(one->period, other->period);
}

static struct figure *same_figure(struct figure *list, size_t n, const struct given *given)
{
    for (size_t i = 0; i < n; i++)
        if (!strcmp(list[i].metric, given->metric->name) && !strcmp(list[i].period, given->period.label))
            return &list[i];
    return NULL;
}

/* All for the test's unit; of a key given twice the later counts. */
static struct figures *test_figures(const struct rule_test *test)
{
    struct figures *figures = figures_empty();
    struct figure *list = arena_alloc(figures->arena, (test->n_given + 1) * sizeof *list);
    for (size_t i = 0; i < test->n_given && test->unit; i++) {
        const struct given *given = &test->given[i];
        if (given->kind != GIVEN_FIGURE)
            continue;
        struct figure *figure = same_figure(list, figures->n, given);
        if (!figure)
            figure = &list[figures->n++];
        *figure = (struct figure){.unit = test->unit->id,
                                  .metric = given->metric->name,
                                  .period = given->period.label,
                                  .value = given->value.scaled,
                                  .row = (int)i + 1};
    }
    qsort(list, figures->n, sizeof *list, by_key);
    figures->list = list;
    return figures;
}

/* ---- what came out ---- */

static bool value_is(const struct kpi_result *result, struct number number)
{
    if (!result->has_value)
        return false;
    if (result->kpi->measure.kind == MEASURE_FUNCTION)
        return llround(result->value * 1e6) == llround((double)number.scaled * (1e6 / NUMBER_SCALE));
    struct quantity quantity = measure_quantity(result->kpi, result->numerator, result->denominator);
    return quantity_order(&quantity, number) == 0;
}

static void say_value(const struct kpi_result *result, enum lang lang, struct text *out)
{
    if (result->has_value)
        text_addf(out, "%.6f", result->value);
    else
        text_add(out, say(lang, "không có giá trị", "no value"));
}

static void wrong(struct faults *faults, const struct rule_test *test, const struct expectation *expect,
                  const struct kpi_result *result, const char *what, const char *wanted, const char *got)
{
    faults_add(faults, expect->at.file, expect->at.line, 0,
               "test \"%s\": chỉ tiêu %s kỳ %s: %s phải là %s, kết quả là %s%s%s%s",
               "test \"%s\": KPI %s in %s: %s should be %s, it is %s%s%s%s", test->name, expect->kpi->id,
               result->period.label, what, wanted, got, result->reason ? " (" : "",
               result->reason ? result->reason : "", result->reason ? ")" : "");
}

static void check_result(const struct rule_test *test, const struct expectation *expect,
                         const struct kpi_result *result, struct faults *faults)
{
    const char *state = verdict_name(result->verdict);
    if (expect->state && strcmp(expect->state, state) != 0)
        wrong(faults, test, expect, result, "state", expect->state, state);
    if (!expect->has_value || value_is(result, expect->value))
        return;
    auto_text wanted = {0}, got = {0};
    text_addf(&wanted, "%.4f", (double)expect->value.scaled / NUMBER_SCALE);
    say_value(result, faults->lang, &got);
    wrong(faults, test, expect, result, "value", text_str(&wanted), text_str(&got));
}

static bool makes_sense(const struct rule_test *test, const struct expectation *expect, struct faults *faults)
{
    bool dated =
        expect->has_due || expect->has_act_by || expect->has_late || expect->has_provisional || expect->part;
    bool figures = false;
    for (size_t i = 0; i < test->n_given; i++)
        figures = figures || test->given[i].kind == GIVEN_FIGURE;
    if (dated)
        faults_add(faults, expect->at.file, expect->at.line, 0,
                   "test \"%s\": expect của chỉ tiêu %s chỉ nhận unit, period, state, value, absent",
                   "test \"%s\": what is expected of KPI %s is unit, period, state, value, absent",
                   test->name, expect->kpi->id);
    else if (figures && !test->unit)
        faults_add(faults, expect->at.file, expect->at.line, 0,
                   "test \"%s\": figure(…) là số liệu của đơn vị nào? thêm unit = … vào phép thử",
                   "test \"%s\": whose is figure(…)? add unit = … to the test", test->name);
    return !dated && (!figures || test->unit);
}

void rule_test_check_kpi(const struct outlook *outlook, const struct rule_test *test,
                         const struct expectation *expect, struct faults *faults)
{
    if (!makes_sense(test, expect, faults))
        return;
    const struct unit *unit = expect->unit ? expect->unit : test->unit;
    struct figures *figures = test_figures(test);
    struct kpi_results *results =
        kpi_evaluate(outlook, figures,
                     &(struct kpi_question){.as_of = instant_day(test->at_instant),
                                            .period = expect->period,
                                            .unit = expect->kpi->across.n ? NULL : unit,
                                            .kpi = expect->kpi,
                                            .lang = faults->lang});
    size_t wanted = expect->absent ? 0 : 1;
    if (results->n != wanted)
        faults_add(faults, expect->at.file, expect->at.line, 0,
                   "test \"%s\": chỉ tiêu %s, kỳ %s, đơn vị %s: có %zu kết quả, phải là %zu",
                   "test \"%s\": KPI %s, period %s, unit %s: %zu results, there should be %zu", test->name,
                   expect->kpi->id, expect->period ? expect->period : "*", unit ? unit->id : "*", results->n,
                   wanted);
    else if (wanted)
        check_result(test, expect, &results->list[0], faults);
    kpi_results_free(results);
    figures_free(figures);
}
