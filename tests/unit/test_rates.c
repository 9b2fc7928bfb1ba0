/* How often a key may ask: the clock is an argument. */
#include "shell/rates.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

enum { SECOND = 1000, MINUTE = 60 * SECOND, T0 = 12345 };

static int allowed(struct rates *rates, int64_t id, int per_minute, int64_t now_ms, int times)
{
    int n = 0, wait;
    for (int i = 0; i < times; i++)
        n += rates_allow(rates, id, per_minute, now_ms, &wait);
    return n;
}

static void a_minutes_worth_at_once(void **state)
{
    (void)state;
    struct rates *rates = rates_new();
    int wait;
    assert_int_equal(allowed(rates, 1, 60, T0, 100), 60);
    assert_false(rates_allow(rates, 1, 60, T0, &wait));
    assert_int_equal(wait, 1);
    assert_int_equal(allowed(rates, 1, 60, T0 + SECOND - 1, 5), 0);
    assert_int_equal(allowed(rates, 1, 60, T0 + SECOND, 5), 1);
    assert_int_equal(allowed(rates, 1, 60, T0 + 11 * SECOND, 50), 10);
    assert_int_equal(allowed(rates, 1, 60, T0 + 100 * MINUTE, 100),
                     60); /* never more than a minute's worth */
    rates_free(rates);
}

static void each_has_its_own(void **state)
{
    (void)state;
    struct rates *rates = rates_new();
    assert_int_equal(allowed(rates, 1, 5, T0, 10), 5);
    assert_int_equal(allowed(rates, 2, 5, T0, 10), 5);
    assert_int_equal(allowed(rates, 3, 0, T0, 10000), 10000); /* no limit */
    rates_free(rates);
}

static void how_long_to_wait(void **state)
{
    (void)state;
    struct rates *rates = rates_new();
    int wait;
    assert_int_equal(allowed(rates, 1, 4, T0, 4), 4);
    assert_false(rates_allow(rates, 1, 4, T0, &wait));
    assert_int_equal(wait, 15);
    assert_false(rates_allow(rates, 1, 4, T0 + 14001, &wait));
    assert_int_equal(wait, 1);
    assert_false(rates_allow(rates, 1, 4, T0 + 14999, &wait)); /* asking in vain costs nothing */
    assert_true(rates_allow(rates, 1, 4, T0 + 15000, &wait));
    rates_free(rates);
}

/* A day of asking at the limit's pace is never refused; a program twice as fast gets every second one. */
static void a_day(void **state)
{
    (void)state;
    struct rates *rates = rates_new();
    int wait, slow = 0, fast = 0;
    for (int i = 0; i < 24 * 60 * 7; i++)
        slow += rates_allow(rates, 1, 7, T0 + (int64_t)i * MINUTE / 7 + 1, &wait);
    assert_int_equal(slow, 24 * 60 * 7);
    for (int i = 0; i < 24 * 60 * 14; i++)
        fast += rates_allow(rates, 2, 7, T0 + (int64_t)i * MINUTE / 14, &wait);
    assert_in_range(fast, 24 * 60 * 7 + 5, 24 * 60 * 7 + 8);
    rates_free(rates);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_minutes_worth_at_once),
        cmocka_unit_test(each_has_its_own),
        cmocka_unit_test(how_long_to_wait),
        cmocka_unit_test(a_day),
    };
    return cmocka_run_group_tests_name("rates", tests, NULL, NULL);
}
