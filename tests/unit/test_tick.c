/* What each instant asks of the daemon: the edges of days and working hours, a computer that slept, a clock
 * that was set. */
#include "shell/tick.h"

#include "time/clock.h"
#include "time/date.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

static int64_t at(const char *text)
{
    int64_t instant;
    struct err err = {0};
    assert_true(instant_parse(text, &instant, &err));
    return instant;
}

/* Evaluated on Friday 20/11/2026; the next alert is told on Monday at 07:30, or at the instant given. */
static struct tick_times friday(const char *look)
{
    return (struct tick_times){.today = instant_day(at("2026-11-20")),
                               .next_change = at("2026-11-21T00:00"),
                               .next_look = at(look),
                               .next_send = INT64_MAX,
                               .last_ping = at("2026-11-20T09:00"),
                               .failed = INT64_MIN,
                               .evaluated = true};
}

static const char *name_of(enum tick tick)
{
    static const char *const names[] = {"nothing", "ping", "send", "look", "evaluate"};
    return names[tick];
}

static void each_instant_asks_for_its_own(void **state)
{
    (void)state;
    static const struct {
        const char *name, *look, *now;
        bool was_set;
        enum tick expected;
    } cases[] = {
        {"in between", "2026-11-23T07:30", "2026-11-20T09:00:30", false, TICK_NOTHING},
        {"a second before midnight", "2026-11-23T07:30", "2026-11-20T23:59:59", false, TICK_NOTHING},
        {"midnight", "2026-11-23T07:30", "2026-11-21T00:00:00", false, TICK_EVALUATE},
        {"a second before work", "2026-11-20T07:30", "2026-11-20T07:29:59", false, TICK_NOTHING},
        {"work begins", "2026-11-20T07:30", "2026-11-20T07:30:00", false, TICK_LOOK},
        {"slept for an hour, nothing was missed", "2026-11-23T07:30", "2026-11-20T10:00:30", false,
         TICK_NOTHING},
        {"slept over the hour of an alert", "2026-11-20T09:30", "2026-11-20T13:00", false, TICK_LOOK},
        {"slept over a weekend", "2026-11-23T07:30", "2026-11-23T09:00", false, TICK_EVALUATE},
        {"slept for a month", "2026-11-23T07:30", "2026-12-20T03:00", false, TICK_EVALUATE},
        {"set forward by a minute", "2026-11-23T07:30", "2026-11-20T09:01:30", true, TICK_EVALUATE},
        {"set back by an hour", "2026-11-20T09:30", "2026-11-20T08:00", true, TICK_EVALUATE},
        {"back by an hour, and nobody said so", "2026-11-20T09:30", "2026-11-20T08:00", false, TICK_NOTHING},
        {"back over midnight, and nobody said so", "2026-11-23T07:30", "2026-11-19T23:30", false,
         TICK_EVALUATE},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct tick_times times = friday(cases[i].look);
        enum tick found = tick_now(&times, at(cases[i].now), cases[i].was_set);
        if (found != cases[i].expected)
            fail_msg("%s: %s instead of %s", cases[i].name, name_of(found), name_of(cases[i].expected));
    }
}

static void who_listens_hears_of_us_each_minute(void **state)
{
    (void)state;
    struct tick_times times = friday("2026-11-23T07:30");
    assert_int_equal(tick_now(&times, at("2026-11-20T09:05"), false), TICK_NOTHING);
    times.heard = true;
    assert_int_equal(tick_now(&times, at("2026-11-20T09:00:59"), false), TICK_NOTHING);
    assert_int_equal(tick_now(&times, at("2026-11-20T09:01:00"), false), TICK_PING);
    assert_int_equal(tick_now(&times, at("2026-11-20T08:00:00"), false), TICK_PING);
    /* Whatever else happens meanwhile does not put it off. */
    assert_true(tick_next(&times, at("2026-11-20T09:00:10")) == at("2026-11-20T09:01:00"));
    assert_true(tick_next(&times, at("2026-11-20T09:00:50")) == at("2026-11-20T09:01:00"));
    /* Nor does a clock that went back put it off for an hour. */
    assert_true(tick_next(&times, at("2026-11-20T08:00:00")) == at("2026-11-20T08:01:00"));
}

static void it_wakes_for_what_comes_first(void **state)
{
    (void)state;
    struct tick_times times = friday("2026-11-23T07:30");
    int64_t now = at("2026-11-20T09:00");
    assert_true(tick_next(&times, now) == at("2026-11-21T00:00"));
    times.next_look = at("2026-11-20T10:00");
    assert_true(tick_next(&times, now) == at("2026-11-20T10:00"));
    assert_true(tick_next(&times, at("2026-11-20T12:00")) == at("2026-11-20T10:00"));
    times.next_look = INT64_MAX;
    assert_true(tick_next(&times, now) == at("2026-11-21T00:00"));
    times.evaluated = false;
    assert_true(tick_next(&times, now) == INT64_MAX);
    assert_int_equal(tick_now(&times, at("2026-11-22"), true), TICK_NOTHING);
}

/* A mail that could not be delivered is tried again by itself: nobody looks at the alerts for it. */
static void a_letter_that_waits_is_sent_and_nothing_else(void **state)
{
    (void)state;
    struct tick_times times = friday("2026-11-20T10:00");
    times.next_send = at("2026-11-20T09:30");
    assert_true(tick_next(&times, at("2026-11-20T09:00")) == at("2026-11-20T09:30"));
    assert_int_equal(tick_now(&times, at("2026-11-20T09:29:59"), false), TICK_NOTHING);
    assert_int_equal(tick_now(&times, at("2026-11-20T09:30:00"), false), TICK_SEND);
    assert_int_equal(tick_now(&times, at("2026-11-20T10:00:00"), false), TICK_LOOK); /* which sends too */
    times.heard = true;
    assert_int_equal(tick_now(&times, at("2026-11-20T09:30:00"), false), TICK_SEND);
    /* That the alerts could not be looked at does not keep letters back. */
    times.heard = false;
    times.failed = at("2026-11-20T09:29:50");
    assert_int_equal(tick_now(&times, at("2026-11-20T09:30:00"), false), TICK_SEND);
    assert_true(tick_next(&times, at("2026-11-20T09:29:55")) == at("2026-11-20T09:30"));
}

/* When it is woken, there is something to do; and after that, unless it failed, nothing until the next time.
 */
static void no_wake_is_for_nothing(void **state)
{
    (void)state;
    for (int64_t step = 0; step < 4; step++) {
        struct tick_times times = friday(step & 1 ? "2026-11-20T16:00" : "2026-11-23T07:30");
        times.heard = step & 2;
        int64_t next = tick_next(&times, at("2026-11-20T09:00"));
        assert_int_not_equal(tick_now(&times, next, false), TICK_NOTHING);
        assert_int_equal(tick_now(&times, next - 1, false), TICK_NOTHING);
    }
}

static void what_failed_is_tried_again_in_a_minute(void **state)
{
    (void)state;
    struct tick_times times = friday("2026-11-20T09:30");
    times.failed = at("2026-11-21T00:00");
    assert_int_equal(tick_now(&times, at("2026-11-21T00:00:00"), false), TICK_NOTHING);
    assert_int_equal(tick_now(&times, at("2026-11-21T00:00:59"), true), TICK_NOTHING);
    assert_true(tick_next(&times, at("2026-11-21T00:00:01")) == at("2026-11-21T00:01:00"));
    assert_int_equal(tick_now(&times, at("2026-11-21T00:01:00"), false), TICK_EVALUATE);
    assert_int_equal(tick_now(&times, at("2026-11-20T23:30:00"), false), TICK_LOOK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_instant_asks_for_its_own),
        cmocka_unit_test(who_listens_hears_of_us_each_minute),
        cmocka_unit_test(it_wakes_for_what_comes_first),
        cmocka_unit_test(a_letter_that_waits_is_sent_and_nothing_else),
        cmocka_unit_test(no_wake_is_for_nothing),
        cmocka_unit_test(what_failed_is_tried_again_in_a_minute),
    };
    return cmocka_run_group_tests_name("tick", tests, NULL, NULL);
}
