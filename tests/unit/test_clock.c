#include "time/clock.h"

#include "aborts.h"
#include "time/date.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* What is written, and the same instant as iCalendar writes it, in UTC. */
static void instants_are_read(void **state)
{
    (void)state;
    static const struct {
        const char *text, *utc;
    } cases[] = {
        {"2026-11-20", "20261120T010000Z"}, /* 08:00, the start of work */
        {"2026-11-20T09:30", "20261120T023000Z"},
        {"2026-11-20 09:30", "20261120T023000Z"},
        {"2026-11-20T09:30:15", "20261120T023015Z"},
        {"2026-11-20T09:30:00+07:00", "20261120T023000Z"},
        {"2026-11-20T09:30+07:00", "20261120T023000Z"},
        {"2026-11-20 09:30:00+07:00", "20261120T023000Z"},
        {"2026-11-20T02:30:00Z", "20261120T023000Z"},
        {"2026-11-20T02:30Z", "20261120T023000Z"},
        {"2026-11-20T02:30:00-00:00", "20261120T023000Z"},
        {"2026-11-19T21:00:00-05:30", "20261120T023000Z"},
        {"2026-11-20T00:00", "20261119T170000Z"}, /* midnight here is the day before in UTC */
        {"2026-11-20T06:59:59", "20261119T235959Z"},
        {"2026-11-20T07:00:00", "20261120T000000Z"},
        {"2026-11-20T23:59:59", "20261120T165959Z"},
        {"2027-01-01T00:00:00", "20261231T170000Z"},
        {"2024-02-29T12:00", "20240229T050000Z"},
        {"1990-01-01T00:00", "19891231T170000Z"},
        {"2200-12-31T23:59:59", "22001231T165959Z"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        int64_t instant;
        char utc[INSTANT_SIZE];
        struct err err = {.lang = LANG_EN};
        if (!instant_parse(cases[i].text, &instant, &err))
            fail_msg("%s: %s", cases[i].text, err.text);
        assert_string_equal(instant_utc(instant, utc), cases[i].utc);
    }
}

static void other_texts_are_refused(void **state)
{
    (void)state;
    static const char *const cases[] = {
        "",
        "now",
        "2026",
        "2026-11",
        "20/11/2026",
        "2026-11-20T",
        "2026-11-20 ",
        " 2026-11-20",
        "2026-11-20T9:30",
        "2026-11-20T09",
        "2026-11-20T09:3",
        "2026-11-20T24:00",
        "2026-11-20T09:60",
        "2026-11-20T09:30:60",
        "2026-11-20T09:30:",
        "2026-11-20T09:30:1",
        "2026-11-20T09:30:00.5",
        "2026-11-20T09:30z",
        "2026-11-20T09:30 Z",
        "2026-11-20T09:30+7",
        "2026-11-20T09:30+0700",
        "2026-11-20T09:30+07",
        "2026-11-20T09:30+07:60",
        "2026-11-20T09:30+15:00",
        "2026-11-20T09:30+07:00x",
        "2026-11-20T09:30Z+07:00",
        "2026-11-20t09:30",
        "2026-11-20_09:30",
        "20261120T023000Z",
        "1763605800",
        "2026-02-29T09:30",
        "2026-13-01",
        "1989-12-31T23:00",
        "2201-01-01",
        "2026-1-1T09:30",
        "+026-11-20T09:30",
        "2026-11-20T+9:30",
        "2026-11-20T-1:30",
        "2026-11-2đT09:30",
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        int64_t instant = 42;
        struct err err = {.lang = LANG_VI};
        if (instant_parse(cases[i], &instant, &err))
            fail_msg("\"%s\" was read", cases[i]);
        assert_int_equal(instant, 42);
        assert_int_equal(err.kind, ERR_INPUT);
        assert_true(err.text[0] != '\0');
        assert_false(instant_parse(cases[i], &instant, NULL));
    }
}

static void instants_are_written(void **state)
{
    (void)state;
    int64_t instant;
    char buf[INSTANT_SIZE];
    assert_true(instant_parse("2026-11-20T09:30", &instant, NULL));
    assert_string_equal(instant_iso(instant, buf), "2026-11-20T09:30:00+07:00");
    assert_string_equal(instant_utc(instant, buf), "20261120T023000Z");
    assert_string_equal(instant_http(instant, buf), "Fri, 20 Nov 2026 02:30:00 GMT");
    assert_string_equal(instant_vi(instant, buf), "09:30 20/11/2026");
    assert_true(instant_parse("2026-03-05T00:05:09", &instant, NULL));
    assert_string_equal(instant_iso(instant, buf), "2026-03-05T00:05:09+07:00");
    assert_string_equal(instant_vi(instant, buf), "00:05 05/03/2026");
    assert_string_equal(instant_http(instant, buf), "Wed, 04 Mar 2026 17:05:09 GMT");
    assert_string_equal(instant_iso(0, buf), "1970-01-01T07:00:00+07:00");
    assert_string_equal(instant_iso(-1, buf), "1970-01-01T06:59:59+07:00");
    assert_string_equal(instant_iso(-7 * 3600 - 1, buf), "1969-12-31T23:59:59+07:00");
}

static void days_begin_at_midnight_here(void **state)
{
    (void)state;
    for (int day = -800; day <= DAY_LAST; day += 7) {
        int64_t start = day_start(day);
        assert_int_equal(instant_day(start), day);
        assert_int_equal(instant_day(start - 1), day - 1);
        assert_int_equal(instant_day(start + 86399), day);
        assert_int_equal(instant_day(start + 86400), day + 1);
        assert_true(day_at(day, 0, 0) == start);
        assert_true(day_at(day, 8, 30) == start + 30600);
        assert_true(start == (int64_t)day * 86400 - 25200);
    }
}

static void what_is_written_is_read_again(void **state)
{
    (void)state;
    for (int64_t instant = day_start(DAY_FIRST); instant < day_start(DAY_LAST); instant += 7654321) {
        int64_t again = 0;
        char buf[INSTANT_SIZE];
        assert_true(instant_parse(instant_iso(instant, buf), &again, NULL));
        assert_true(again == instant);
        assert_true(instant_from_http(instant_http(instant, buf), &again));
        assert_true(again == instant);
    }
}

static void http_dates_are_read(void **state)
{
    (void)state;
    static const char *const same[] = {
        "Sun, 06 Nov 1994 08:49:37 GMT", /* the three forms of RFC 9110 */
        "Sunday, 06-Nov-94 08:49:37 GMT",
        "Sun Nov  6 08:49:37 1994",
    };
    for (size_t i = 0; i < COUNT(same); i++) {
        int64_t instant = 0;
        assert_true(instant_from_http(same[i], &instant));
        assert_true(instant == 784111777);
    }
    int64_t instant = 42;
    assert_true(instant_from_http("Thu, 01 Jan 1970 00:00:00 GMT", &instant));
    assert_true(instant == 0);
    static const char *const wrong[] = {
        "",
        "0",
        "-1",
        "now",
        "Mon, 06 Nov 1994 08:49:37 GMT", /* it was a Sunday */
        "Sun, 6 Nov 1994 08:49:37 GMT",
        "Sun, 06 Nov 1994 08:49:37",
        "Sun, 06 Nov 1994 08:49:37 UTC",
        "Sun, 06 Nov 1994 08:49:37 +0700",
        "sun, 06 nov 1994 08:49:37 gmt",
        "Sun, 06 Nov 1994 24:00:00 GMT",
        "Sun, 06 Nov 1994 08:49:60 GMT",
        "Tue, 31 Feb 2026 08:00:00 GMT",
        "Sun, 06 Nov 1994 08:49:37 GMT ",
        " Sun, 06 Nov 1994 08:49:37 GMT",
        "Sun,  06 Nov 1994 08:49:37 GMT",
        "1994-11-06T08:49:37Z",
    };
    for (size_t i = 0; i < COUNT(wrong); i++) {
        instant = 42;
        if (instant_from_http(wrong[i], &instant))
            fail_msg("\"%s\" was read", wrong[i]);
        assert_true(instant == 42);
    }
}

static void the_clock_runs(void **state)
{
    (void)state;
    int64_t before = clock_monotonic_ms(), after = clock_monotonic_ms();
    assert_true(after >= before);
    assert_true(clock_now() > day_start(DAY_FIRST) && clock_now() < day_start(DAY_LAST));
}

static void ask_25_o_clock(void)
{
    (void)day_at(0, 25, 0);
}

static void ask_start_of_no_day(void)
{
    (void)day_start(DAY_NONE);
}

static void impossible_times_abort(void **state)
{
    (void)state;
    assert_true(aborts(ask_25_o_clock));
    assert_true(aborts(ask_start_of_no_day));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(instants_are_read),
        cmocka_unit_test(other_texts_are_refused),
        cmocka_unit_test(instants_are_written),
        cmocka_unit_test(days_begin_at_midnight_here),
        cmocka_unit_test(what_is_written_is_read_again),
        cmocka_unit_test(http_dates_are_read),
        cmocka_unit_test(the_clock_runs),
        cmocka_unit_test(impossible_times_abort),
    };
    return cmocka_run_group_tests_name("clock", tests, NULL, NULL);
}
