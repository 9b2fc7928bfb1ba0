/* Until when an alert is put off: instants, and times counted from now. */
#include "shell/change.h"

#include "time/clock.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const struct {
    const char *now, *text, *until; /* until NULL: refused */
} cases[] = {
    {"2026-11-20T08:00", "+1h", "2026-11-20T09:00"},
    {"2026-11-20T08:00", "+30m", "2026-11-20T08:30"},
    {"2026-11-20T23:45", "+30m", "2026-11-21T00:15"},
    {"2026-12-31T23:30", "+1h", "2027-01-01T00:30"},
    {"2026-11-20T08:00", "+72h", "2026-11-23T08:00"},
    {"2026-11-20T08:00", "+9999m", "2026-11-27T06:39"},
    {"2026-11-20T08:00", "tomorrow", "2026-11-21T08:00"},
    {"2026-11-20T00:00", "tomorrow", "2026-11-21T08:00"},
    {"2026-11-20T23:59:59", "tomorrow", "2026-11-21T08:00"},
    {"2026-12-31T12:00", "tomorrow", "2027-01-01T08:00"},
    {"2026-11-20T08:00", "2026-11-25", "2026-11-25T08:00"},
    {"2026-11-20T08:00", "2026-11-25T14:30", "2026-11-25T14:30"},
    {"2026-11-20T08:00", "2026-02-31", NULL},
    {"2026-11-20T08:00", "2026-11-25T25:00", NULL},
    {"2026-11-20T08:00", "+0h", NULL},
    {"2026-11-20T08:00", "+10000h", NULL},
    {"2026-11-20T08:00", "+99999999999999999999h", NULL},
    {"2026-11-20T08:00", "-1h", NULL},
    {"2026-11-20T08:00", "+-1h", NULL},
    {"2026-11-20T08:00", "+1", NULL},
    {"2026-11-20T08:00", "+h", NULL},
    {"2026-11-20T08:00", "+1d", NULL},
    {"2026-11-20T08:00", "+1hm", NULL},
    {"2026-11-20T08:00", "+ 1h", NULL},
    {"2026-11-20T08:00", "Tomorrow", NULL},
    {"2026-11-20T08:00", "", NULL},
};

static void times_to_be_reminded(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int64_t now, until = 0, expected = 0;
        struct err err = {0};
        assert_true(instant_parse(cases[i].now, &now, NULL));
        bool good = change_until(cases[i].text, now, &until, &err);
        if (good != (cases[i].until != NULL))
            fail_msg("%s: %s", cases[i].text, good ? "taken" : err.text);
        if (!good) {
            assert_int_equal(err.kind, ERR_INPUT);
            assert_non_null(strstr(err.text, "until: "));
            continue;
        }
        assert_true(instant_parse(cases[i].until, &expected, NULL));
        if (until != expected)
            fail_msg("%s from %s is another instant", cases[i].text, cases[i].now);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(times_to_be_reminded)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
