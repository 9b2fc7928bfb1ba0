/* Single cases stand in tests/time/periods.table; here every day of two centuries. */
#include "time/period.h"

#include "aborts.h"
#include "time/date.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

static void label_by_library(enum period_kind kind, int day, char *label, size_t size)
{
    static const char *const formats[] = {"%Y-%m-%d", "%G-W%V", "%Y-%m", "%Y-Q", "%Y-H", "%Y"};
    time_t seconds = (time_t)day * 86400;
    struct tm parts;
    assert_non_null(gmtime_r(&seconds, &parts));
    size_t n = strftime(label, size, formats[kind], &parts);
    if (kind == PERIOD_QUARTER)
        snprintf(label + n, size - n, "%d", parts.tm_mon / 3 + 1);
    if (kind == PERIOD_HALF)
        snprintf(label + n, size - n, "%d", parts.tm_mon / 6 + 1);
}

static void every_day_lies_in_the_right_period(void **state)
{
    (void)state;
    for (enum period_kind kind = PERIOD_DAY; kind <= PERIOD_YEAR; kind++)
        for (int day = DAY_FIRST; day <= DAY_LAST; day++) {
            char label[32];
            label_by_library(kind, day, label, sizeof label);
            struct period period = period_holding(kind, day);
            assert_string_equal(period.label, label);
            assert_true(period.kind == kind && period_holds(&period, day));
        }
}

static void periods_follow_without_gap(void **state)
{
    (void)state;
    for (enum period_kind kind = PERIOD_DAY; kind <= PERIOD_YEAR; kind++) {
        struct period period = period_holding(kind, DAY_FIRST);
        while (period.last < DAY_LAST - 7) {
            struct period again, next = period_next(&period);
            assert_true(period_parse(period.label, &again, NULL));
            assert_memory_equal(&again, &period, sizeof period);
            assert_int_equal(next.first, period.last + 1);
            assert_true(next.kind == kind && next.last >= next.first);
            assert_false(period_holds(&period, next.first) || period_holds(&next, period.last));
            assert_string_not_equal(next.label, period.label);
            period = next;
        }
    }
}

static void parents_hold_their_parts(void **state)
{
    (void)state;
    for (int day = DAY_FIRST; day <= DAY_LAST; day += 13) {
        struct period year = period_holding(PERIOD_YEAR, day), half = period_holding(PERIOD_HALF, day);
        struct period quarter = period_holding(PERIOD_QUARTER, day),
                      month = period_holding(PERIOD_MONTH, day);
        assert_true(period_inside(&month, &quarter) && period_inside(&quarter, &half) &&
                    period_inside(&half, &year));
        assert_false(period_inside(&year, &half) || period_inside(&half, &quarter) ||
                     period_inside(&quarter, &month));
    }
}

static void names_for_people(void **state)
{
    (void)state;
    static const struct {
        const char *label, *vi, *en;
    } cases[] = {
        {"2026-11-24", "ngày 24/11/2026", "24 November 2026"},
        {"2026-W48", "tuần 48/2026", "week 48 of 2026"},
        {"2026-W01", "tuần 1/2026", "week 1 of 2026"}, /* it begins in 2025 */
        {"2026-11", "tháng 11/2026", "November 2026"},
        {"2026-Q4", "quý IV/2026", "Q4 2026"},
        {"2026-H1", "6 tháng đầu năm 2026", "first half of 2026"},
        {"2026-H2", "6 tháng cuối năm 2026", "second half of 2026"},
        {"2026", "năm 2026", "2026"},
        {"2021-2025", "giai đoạn 2021-2025", "2021-2025"},
        {"2025-10-15/2026-01-14", "15/10/2025 - 14/1/2026", "15 October 2025 - 14 January 2026"},
        {"2025-09-15/2026-09-14", "15/9/2025 - 14/9/2026", "15 September 2025 - 14 September 2026"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct period period;
        char name[PERIOD_NAME_SIZE];
        assert_true(period_parse(cases[i].label, &period, NULL));
        assert_string_equal(period_name(&period, LANG_VI, name), cases[i].vi);
        assert_string_equal(period_name(&period, LANG_EN, name), cases[i].en);
    }
}

static void refusals_say_why(void **state)
{
    (void)state;
    struct period period;
    struct err err = {.lang = LANG_VI};
    assert_false(period_parse("tháng 3", &period, &err));
    assert_string_equal(err.text,
                        "“tháng 3” không phải là kỳ; hãy viết như 2026, 2026-H1, 2026-Q4, 2026-11, 2026-W48, "
                        "2026-11-24, 2021-2025 hoặc 2025-10-15/2026-01-14");
    assert_false(period_parse("2026-13", &period, &err));
    assert_non_null(strstr(err.text, "không có kỳ “2026-13”"));
    assert_false(period_parse("", &period, &err));
    assert_false(period_parse(" 2026", &period, &err));
    assert_false(period_parse("2026 ", &period, &err));
    assert_int_equal(err.kind, ERR_INPUT);
}

static void ask_for_a_span_holding(void)
{
    (void)period_holding(PERIOD_SPAN, DAY_FIRST);
}

static void ask_after_years(void)
{
    struct period period;
    if (period_parse("2021-2025", &period, NULL))
        (void)period_next(&period);
}

static void spans_have_no_next(void **state)
{
    (void)state;
    assert_true(aborts(ask_for_a_span_holding));
    assert_true(aborts(ask_after_years));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_day_lies_in_the_right_period),
        cmocka_unit_test(periods_follow_without_gap),
        cmocka_unit_test(parents_hold_their_parts),
        cmocka_unit_test(names_for_people),
        cmocka_unit_test(refusals_say_why),
        cmocka_unit_test(spans_have_no_next),
    };
    return cmocka_run_group_tests_name("period", tests, NULL, NULL);
}
