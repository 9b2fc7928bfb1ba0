#include "evaluate/kpi.h"

#include "kpi_desk.h"
#include "table.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static int open_desk(void **state)
{
    static struct kpi_desk desk;
    kpi_desk_open(&desk);
    *state = &desk;
    return 0;
}

static int close_desk(void **state)
{
    kpi_desk_close(*state);
    return 0;
}

static int clear_desk(void **state)
{
    kpi_desk_clear(*state);
    return 0;
}

/* ---- tables ---- */

static bool tell(const struct row *row, struct kpi_desk *desk)
{
    if (row_is(row, "case ..."))
        kpi_desk_clear(desk);
    else if (row_is(row, "figure UNIT METRIC PERIOD VALUE"))
        kpi_desk_figure(desk, row->word[1], row->word[2], row->word[3], kpi_scaled(row->word[4]));
    else if (row_is(row, "done UNIT REF PERIOD DAY"))
        kpi_desk_done(desk, row->word[1], row->word[2], row->word[3], day_of(row->word[4]));
    else if (row_is(row, "extended UNIT REF PERIOD DAY"))
        kpi_desk_extended(desk, row->word[1], row->word[2], row->word[3], day_of(row->word[4]));
    else if (row_is(row, "cancelled UNIT REF PERIOD"))
        kpi_desk_cancelled(desk, row->word[1], row->word[2], row->word[3]);
    else if (row_is(row, "event UNIT NAME DAY"))
        kpi_desk_event(desk, row->word[1], row->word[2], day_of(row->word[3]));
    else
        return false;
    return true;
}

/* What is not named in the row must not be there: "partial", "needed 4", "gap -0.08", "of 1249 1250". */
static void describe(const struct kpi_result *result, const struct row *row, char *buf, size_t size)
{
    char value[40], gap[40], n[40], d[40];
    size_t used = (size_t)snprintf(buf, size, "%s %s", verdict_name(result->verdict),
                                   result->has_value ? kpi_shown(result->value, value) : "-");
    if (result->partial)
        used += (size_t)snprintf(buf + used, size - used, " partial");
    if (result->needed)
        used += (size_t)snprintf(buf + used, size - used, " needed %lld", (long long)result->needed);
    for (size_t i = 6; i < row->n; i++) {
        if (!strcmp(row->word[i], "gap") && result->has_gap)
            used += (size_t)snprintf(buf + used, size - used, " gap %s", kpi_shown(result->gap, gap));
        if (!strcmp(row->word[i], "against") && result->has_target)
            used += (size_t)snprintf(buf + used, size - used, " against %s",
                                     kpi_shown((double)result->target.scaled / NUMBER_SCALE, gap));
        if (!strcmp(row->word[i], "of") && result->has_numerator)
            used += (size_t)snprintf(
                buf + used, size - used, " of %s %s", kpi_shown((double)result->numerator / NUMBER_SCALE, n),
                result->has_denominator ? kpi_shown((double)result->denominator / NUMBER_SCALE, d) : "-");
    }
}

/* on DAY KPI UNIT PERIOD VERDICT VALUE ...: unit "-" over all; period "*" as the day has it. */
static bool check_verdict(const struct row *row, struct kpi_desk *desk)
{
    const char *unit = strcmp(row->word[3], "-") ? row->word[3] : NULL;
    const char *period = strcmp(row->word[4], "*") ? row->word[4] : NULL;
    const struct kpi_result *result = kpi_desk_one(desk, row->word[2], unit, period, day_of(row->word[1]));
    char wanted[200], found[200];
    row_rest(row, 5, wanted, sizeof wanted);
    if (!result)
        return row_same(row, wanted, desk->results->n ? "several" : "none");
    if (!unit != !result->unit)
        return row_wrong(row, "a verdict over all is not that of a unit");
    describe(result, row, found, sizeof found);
    return row_same(row, wanted, found);
}

static const char *reason_of(const struct kpi_desk *desk)
{
    const char *reason = desk->results && desk->results->n == 1 ? desk->results->list[0].reason : NULL;
    return reason ? reason : "(no reason)";
}

static bool check_row(const struct row *row, void *data)
{
    struct kpi_desk *desk = data;
    char words[400];
    if (tell(row, desk))
        return true;
    if (row_is(row, "because ...") || row_is(row, "in period PERIOD")) {
        bool period = row_is(row, "in period PERIOD");
        return row_same(row, row_rest(row, period ? 2 : 1, words, sizeof words),
                        period ? desk->results->list[0].period.label : reason_of(desk));
    }
    if (row->n >= 6 && row_is(row, "on ..."))
        return check_verdict(row, desk);
    return row_wrong(row, "no such form of row");
}

static void tables_hold(void **state)
{
    static const struct {
        const char *path;
        size_t least;
    } tables[] = {
        {"tests/kpi/ratios.table", 120},
        {"tests/kpi/periods.table", 100},
        {"tests/kpi/measures.table", 120},
    };
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
        table_check(tables[i].path, tables[i].least, check_row, *state);
}

/* ---- what tables do not show ---- */

static void verdicts_have_names(void **state)
{
    (void)state;
    static const char *const names[] = {"met",     "missed",  "on_track", "at_risk",  "out_of_reach",
                                        "no_data", "invalid", "exempt",   "no_target"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        assert_string_equal(verdict_name((enum verdict)i), names[i]);
        for (size_t j = 0; j < i; j++)
            for (enum lang lang = LANG_VI; lang <= LANG_EN; lang++)
                assert_string_not_equal(verdict_title((enum verdict)i, lang),
                                        verdict_title((enum verdict)j, lang));
    }
}

static const struct kpi_results *ask(struct kpi_desk *desk, struct kpi_question question)
{
    kpi_desk_one(desk, "r#all", "A", NULL, question.as_of); /* makes the outlook */
    kpi_results_free(desk->results);
    return desk->results = kpi_evaluate(desk->outlook, desk->known, &question);
}

static void question_without_filters_goes_through_all_in_order(void **state)
{
    struct kpi_desk *desk = *state;
    const struct rulebook *book = desk->rulebook;
    const struct kpi_results *results = ask(desk, (struct kpi_question){.as_of = day_of("2026-08-01")});
    size_t n = 0;
    for (size_t i = 0; i < book->n_plans; i++)
        for (size_t j = 0; j < book->plans[i].n_kpis; j++) {
            const struct kpi *kpi = &book->plans[i].kpis[j];
            size_t units = kpi->across.n ? 1 : 0;
            for (size_t k = 0; k < kpi->lead.n; k++) {
                bool gone = !strcmp(kpi->lead.at[k]->code, "E") && kpi->over.last >= day_of("2026-08-01") &&
                            (kpi->each == PERIOD_MONTH || kpi->each == PERIOD_QUARTER);
                bool not_yet = !strcmp(kpi->lead.at[k]->code, "D") && kpi->over.last < day_of("2026-07-01");
                if (gone || not_yet)
                    continue;
                assert_ptr_equal(results->list[n + units].kpi, kpi);
                assert_ptr_equal(results->list[n + units].unit, kpi->lead.at[k]);
                units++;
            }
            if (kpi->across.n) {
                assert_ptr_equal(results->list[n].kpi, kpi);
                assert_null(results->list[n].unit);
            }
            n += units;
        }
    assert_int_equal(results->n, n);
}

static void filters_narrow_the_question(void **state)
{
    struct kpi_desk *desk = *state;
    const struct kpi *kpi = kpi_desk_kpi(desk, "p#each");
    int day = day_of("2026-08-01");
    const struct kpi_results *results = ask(desk, (struct kpi_question){.as_of = day, .plan = kpi->plan});
    assert_int_equal(results->n, kpi->plan->n_kpis);
    results =
        ask(desk, (struct kpi_question){.as_of = day, .kpi = kpi, .plan = kpi_desk_kpi(desk, "r#all")->plan});
    assert_int_equal(results->n, 0);
    results = ask(desk, (struct kpi_question){.as_of = day, .period = "2026-H1"});
    assert_int_equal(results->n, 5); /* w#half; not D, who came after it */
    const struct unit *unit = kpi_desk_unit(desk, kpi_desk_kpi(desk, "r#all"), "B");
    results = ask(desk, (struct kpi_question){.as_of = day, .unit = unit});
    assert_true(results->n > 20);
    for (size_t i = 0; i < results->n; i++)
        assert_ptr_equal(results->list[i].unit, unit); /* and none over all */
}

/* 8 of 10 and 1 of 2 are 9 of 12, not the middle of 80 % and 50 %. */
static void together_numerators_and_denominators_are_added(void **state)
{
    struct kpi_desk *desk = *state;
    kpi_desk_figure(desk, "A", "online", "2026-10", 80000);
    kpi_desk_figure(desk, "A", "eligible", "2026-10", 100000);
    kpi_desk_figure(desk, "B", "online", "2026-10", 10000);
    kpi_desk_figure(desk, "B", "eligible", "2026-10", 20000);
    const struct kpi_results *results = ask(desk, (struct kpi_question){.as_of = day_of("2026-10-20"),
                                                                        .period = "2026-10",
                                                                        .kpi = kpi_desk_kpi(desk, "r#all"),
                                                                        .together = true});
    assert_int_equal(results->n, 1);
    assert_null(results->list[0].unit);
    assert_true(results->list[0].partial); /* others have not reported */
    assert_true(results->list[0].value > 74.999 && results->list[0].value < 75.001);
}

static void figures_read_are_kept_for_explain(void **state)
{
    struct kpi_desk *desk = *state;
    kpi_desk_figure(desk, "A", "online", "2026-10", 90000);
    kpi_desk_figure(desk, "A", "eligible", "2026-10", 100000);
    kpi_desk_figure(desk, "A", "online", "2026-11", 90000);
    kpi_desk_figure(desk, "A", "eligible", "2026-11", 100000);
    kpi_desk_figure(desk, "A", "online", "2026-12", 90000);
    const struct kpi_result *result = kpi_desk_one(desk, "r#year", "A", NULL, day_of("2026-12-20"));
    assert_int_equal(result->n_used, 4);
    int64_t online = 0, eligible = 0;
    for (size_t i = 0; i < 4; i++) {
        assert_string_not_equal(result->used[i]->period, "2026-12");
        *(strcmp(result->used[i]->metric, "online") ? &eligible : &online) += result->used[i]->value;
    }
    assert_int_equal(online, result->numerator);
    assert_int_equal(eligible, result->denominator);
    assert_int_equal(kpi_desk_one(desk, "r#all", "A", "2026-12", day_of("2026-12-20"))->n_used, 0);
}

static void verdicts_from_samples_say_so(void **state)
{
    struct kpi_desk *desk = *state;
    static struct intake intakes[] = {{.id = 3, .sample = true}, {.id = 5}};
    kpi_desk_figure(desk, "A", "late", "2026-11", 0);
    kpi_desk_figure(desk, "B", "late", "2026-11", 0);
    desk->figures.at[0].intake = 3;
    desk->figures.at[1].intake = 5;
    kpi_desk_one(desk, "c#zero", "A", "2026-11", day_of("2026-12-02"));
    desk->known->sample = true;
    desk->known->intakes = intakes;
    desk->known->n_intakes = 2;
    kpi_results_free(desk->results);
    desk->results = kpi_evaluate(desk->outlook, desk->known,
                                 &(struct kpi_question){.as_of = day_of("2026-12-02"),
                                                        .period = "2026-11",
                                                        .kpi = kpi_desk_kpi(desk, "c#zero")});
    assert_true(desk->results->list[0].sample);
    assert_false(desk->results->list[1].sample);
    assert_false(desk->results->list[2].sample);
}

static void reasons_come_in_the_language_asked_for(void **state)
{
    struct kpi_desk *desk = *state;
    static const struct {
        const char *kpi, *unit, *reason;
    } cases[] = {
        {"r#all", "A", "no data for online, eligible in 2026-11 of t/A"},
        {"r#across", NULL, "none of 3 units has reported online, eligible in 2026-11"},
        {"r#few", "B", "the numerator 12.5 is above the denominator 1"},
        {"f#nil", "A", "the KPI's function gives nothing yet"},
    };
    kpi_desk_figure(desk, "B", "late", "2026-11", 125000);
    kpi_desk_figure(desk, "B", "eligible", "2026-11", 10000);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct kpi *kpi = kpi_desk_kpi(desk, cases[i].kpi);
        const struct kpi_results *results =
            ask(desk,
                (struct kpi_question){.as_of = day_of("2026-12-02"),
                                      .period = "2026-11",
                                      .kpi = kpi,
                                      .unit = cases[i].unit ? kpi_desk_unit(desk, kpi, cases[i].unit) : NULL,
                                      .lang = LANG_EN});
        assert_int_equal(results->n, 1);
        assert_string_equal(results->list[0].reason, cases[i].reason);
    }
}

/* A function without an end costs two budgets, not one for each unit, and the KPIs beside it are judged. */
static void endless_function_does_not_stop_the_others(void **state)
{
    struct kpi_desk *desk = *state;
    const struct kpi_results *results =
        kpi_desk_ask(desk, "f#endless", NULL, "2026-08", day_of("2026-08-10"));
    assert_int_equal(results->n, 5);
    for (size_t i = 0; i < 5; i++) {
        assert_int_equal(results->list[i].verdict, VERDICT_INVALID);
        assert_int_equal(i < 2, !strstr(results->list[i].reason, "không chạy nữa"));
    }
    kpi_desk_figure(desk, "A", "online", "2026-08", 200000);
    const struct kpi_results *all = ask(desk, (struct kpi_question){.as_of = day_of("2026-08-10")});
    const struct kpi *beside = kpi_desk_kpi(desk, "f#maybe"); /* comes after it */
    size_t met = 0;
    for (size_t i = 0; i < all->n; i++)
        met += all->list[i].kpi == beside && all->list[i].verdict == VERDICT_ON_TRACK;
    assert_int_equal(met, 1);
}

/* ---- expectations of rule tests ---- */

static size_t faults_of(const struct kpi_desk *desk, const struct rule_test *test,
                        const struct expectation *expect)
{
    struct faults faults;
    faults_init(&faults, LANG_VI);
    rule_test_check_kpi(desk->outlook, test, expect, &faults);
    size_t n = faults.errors;
    faults_fini(&faults);
    return n;
}

/* Each wrong in one way. */
static void assert_wrong_is_found(const struct kpi_desk *desk, const struct rule_test *test,
                                  const struct expectation *right)
{
    struct expectation wrong = *right;
    wrong.absent = !right->absent;
    assert_int_equal(faults_of(desk, test, &wrong), 1);
    wrong = *right;
    wrong.period = "2031";
    assert_int_equal(faults_of(desk, test, &wrong), right->absent ? 0 : 1);
    wrong = *right;
    wrong.has_due = true;
    assert_int_equal(faults_of(desk, test, &wrong), 1);
    if (right->absent)
        return;
    wrong = *right;
    wrong.state = "exempt";
    assert_int_equal(faults_of(desk, test, &wrong), 1);
    wrong = *right;
    wrong.has_value = true;
    wrong.value.scaled++;
    assert_int_equal(faults_of(desk, test, &wrong), 1);
    wrong.value.scaled -= 2;
    assert_int_equal(faults_of(desk, test, &wrong), 1);
}

static void rule_tests_hold_and_wrong_ones_are_found(void **state)
{
    struct kpi_desk *desk = *state;
    assert_int_equal(desk->rulebook->n_tests, 1);
    struct rule_test test = desk->rulebook->tests[0];
    kpi_desk_done(desk, "A", "1", "2026-11", day_of("2026-11-24"));
    kpi_desk_one(desk, "r#all", "A", NULL, day_of("2026-12-02"));
    assert_int_equal(test.n_expect, 10);
    for (size_t i = 0; i < test.n_expect; i++) {
        assert_int_equal(faults_of(desk, &test, &test.expect[i]), 0);
        assert_wrong_is_found(desk, &test, &test.expect[i]);
    }
    test.unit = NULL; /* whose figures? */
    assert_int_equal(faults_of(desk, &test, &test.expect[0]), 1);
}

static void what_is_needed_is_said_in_what_is_counted(void **state)
{
    struct kpi_desk *desk = *state;
    static const struct {
        const char *kpi, *vi;
    } rows[] = {{"r#all", "412 hồ sơ tới đều phải đạt"},
                {"r#stock", "412 bộ phận tới đều phải đạt"},
                {"o#reports", "412 kỳ hạn tới đều phải đạt"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        auto_text vi = {0}, en = {0};
        kpi_needed_text(&vi, kpi_desk_kpi(desk, rows[i].kpi), 412, LANG_VI);
        kpi_needed_text(&en, kpi_desk_kpi(desk, rows[i].kpi), 412, LANG_EN);
        assert_string_equal(text_str(&vi), rows[i].vi);
        assert_string_equal(text_str(&en), "the next 412 must all meet it");
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, clear_desk, clear_desk)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(tables_hold),
        TEST(verdicts_have_names),
        TEST(question_without_filters_goes_through_all_in_order),
        TEST(filters_narrow_the_question),
        TEST(together_numerators_and_denominators_are_added),
        TEST(figures_read_are_kept_for_explain),
        TEST(verdicts_from_samples_say_so),
        TEST(reasons_come_in_the_language_asked_for),
        TEST(what_is_needed_is_said_in_what_is_counted),
        TEST(endless_function_does_not_stop_the_others),
        TEST(rule_tests_hold_and_wrong_ones_are_found),
    };
    return cmocka_run_group_tests_name("kpi", tests, open_desk, close_desk);
}
