/* Against the C library's own calendar, which shares no code with ours; single cases stand in
 * tests/time/dates.table. */
#include "time/date.h"

#include "aborts.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

static struct tm day_by_library(int day)
{
    time_t seconds = (time_t)day * 86400;
    struct tm parts;
    assert_non_null(gmtime_r(&seconds, &parts));
    struct civil civil = day_civil(day);
    if (civil.year != parts.tm_year + 1900 || civil.month != parts.tm_mon + 1 || civil.mday != parts.tm_mday)
        fail_msg("day %d is %d-%d-%d", day, civil.year, civil.month, civil.mday);
    assert_int_equal(day_weekday(day) % 7, parts.tm_wday);
    return parts;
}

static void every_day_agrees_with_the_library(void **state)
{
    (void)state;
    for (int day = DAY_FIRST - 1000; day <= DAY_LAST + 1000; day++) {
        struct tm parts = day_by_library(day);
        bool inside = day >= DAY_FIRST && day <= DAY_LAST;
        int made = DAY_NONE;
        assert_int_equal(day_make(parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday, &made), inside);
        assert_int_equal(made, inside ? day : DAY_NONE);
    }
    for (int day = -3000000; day <= 3000000;
         day += 97) /* years before and far beyond ours, also negative ones */
        day_by_library(day);
}

static void every_month_ends_before_the_next(void **state)
{
    (void)state;
    for (int year = YEAR_FIRST; year <= YEAR_LAST; year++)
        for (int month = 1; month <= 12; month++) {
            struct tm next = {.tm_year = year - 1900, .tm_mon = month, .tm_mday = 0};
            int last = (int)(timegm(&next) / 86400), day;
            assert_int_equal(month_last_day(year, month), last);
            assert_int_equal(month_length(year, month), next.tm_mday);
            assert_true(day_make(year, month, next.tm_mday, &day));
            assert_int_equal(day, last);
            assert_false(day_make(year, month, next.tm_mday + 1, &day));
            assert_false(day_make(year, month, 0, &day));
        }
}

static void wild_numbers_make_no_day(void **state)
{
    (void)state;
    static const int wild[] = {INT_MIN, INT_MIN + 1, -2026, -1, 0, 1989, 2201, INT_MAX};
    int day = 7;
    for (size_t i = 0; i < sizeof wild / sizeof *wild; i++) {
        assert_false(day_make(wild[i], 1, 1, &day));
        assert_false(day_make(2026, wild[i], 1, &day));
        assert_false(day_make(2026, 1, wild[i], &day));
    }
    assert_int_equal(day, 7);
}

static void every_day_is_read_as_it_is_written(void **state)
{
    (void)state;
    for (int day = DAY_FIRST; day <= DAY_LAST; day++) {
        char text[DAY_SIZE];
        int again = DAY_NONE;
        assert_true(day_parse(day_iso(day, text), &again, NULL));
        assert_int_equal(again, day);
        assert_true(day_parse(day_vi(day, true, text), &again, NULL));
        assert_int_equal(again, day);
    }
}

static void days_are_written_for_people(void **state)
{
    (void)state;
    char text[DAY_SIZE];
    int day;
    assert_true(day_make(2026, 1, 20, &day));
    assert_string_equal(day_iso(day, text), "2026-01-20");
    assert_string_equal(day_vi(day, true, text), "20/1/2026");
    assert_string_equal(day_vi(day, false, text), "20/1");
    assert_string_equal(day_iso(DAY_NONE, text), "");
    assert_string_equal(day_vi(DAY_NONE, true, text), "");
}

static void weekdays_have_names(void **state)
{
    (void)state;
    static const char *const vi[] = {"thứ hai", "thứ ba",  "thứ tư",  "thứ năm",
                                     "thứ sáu", "thứ bảy", "chủ nhật"};
    static const char *const en[] = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                     "Friday", "Saturday", "Sunday"};
    for (int weekday = 1; weekday <= 7; weekday++) {
        assert_string_equal(weekday_name(weekday, LANG_VI), vi[weekday - 1]);
        assert_string_equal(weekday_name(weekday, LANG_EN), en[weekday - 1]);
    }
}

static void refusals_say_why(void **state)
{
    (void)state;
    static const struct {
        const char *text, *vi;
    } cases[] = {
        {"31/02/2026", "không có ngày “31/02/2026”: tháng 2/2026 có các ngày từ 1 đến 28"},
        {"2024-02-30", "không có ngày “2024-02-30”: tháng 2/2024 có các ngày từ 1 đến 29"},
        {"12/31/2026", "không có ngày “12/31/2026”: một năm chỉ có tháng 1 đến tháng 12"},
        {"01/01/1989", "ngày “01/01/1989” nằm ngoài các năm 1990-2200; hãy kiểm tra lại năm"},
        {"mai", "“mai” không phải là ngày; hãy viết như 2026-01-20 hoặc 20/01/2026"},
        {"", "“” không phải là ngày; hãy viết như 2026-01-20 hoặc 20/01/2026"},
        {" 2026-01-20", "“ 2026-01-20” không phải là ngày; hãy viết như 2026-01-20 hoặc 20/01/2026"},
        {"2026-01-20 ", "“2026-01-20 ” không phải là ngày; hãy viết như 2026-01-20 hoặc 20/01/2026"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct err err = {.lang = LANG_VI};
        int day = 7;
        assert_false(day_parse(cases[i].text, &day, &err));
        assert_string_equal(err.text, cases[i].vi);
        assert_int_equal(err.kind, ERR_INPUT);
        assert_int_equal(day, 7);
        assert_false(day_parse(cases[i].text, &day, NULL));
    }
}

static void ask_weekday_of_no_day(void)
{
    (void)day_weekday(DAY_NONE);
}

static void ask_parts_of_no_day(void)
{
    (void)day_civil(DAY_NONE);
}

static void no_day_has_no_parts(void **state)
{
    (void)state;
    assert_true(aborts(ask_weekday_of_no_day));
    assert_true(aborts(ask_parts_of_no_day));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_day_agrees_with_the_library),
        cmocka_unit_test(every_month_ends_before_the_next),
        cmocka_unit_test(wild_numbers_make_no_day),
        cmocka_unit_test(every_day_is_read_as_it_is_written),
        cmocka_unit_test(days_are_written_for_people),
        cmocka_unit_test(weekdays_have_names),
        cmocka_unit_test(refusals_say_why),
        cmocka_unit_test(no_day_has_no_parts),
    };
    return cmocka_run_group_tests_name("date", tests, NULL, NULL);
}
