/* The tables of tests/time, which a domain person reads and mends. */
#include "base/text.h"
#include "table.h"
#include "time/period.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static bool same_day(const struct row *row, const char *expected, int found)
{
    char iso[DAY_SIZE];
    return row_same(row, expected, day_iso(found, iso));
}

static bool same_number(const struct row *row, const char *expected, int found)
{
    char number[16];
    snprintf(number, sizeof number, "%d", found);
    return row_same(row, expected, number);
}

static bool workdays_row(const struct row *row, void *data)
{
    const struct workdays *workdays = data;
    char *const *word = row->word;
    int day = day_of(word[0]);
    if (row_is(row, "DAY act_by DAY"))
        return same_day(row, word[2], workdays_on_or_before(workdays, day));
    if (row_is(row, "DAY at_once DAY"))
        return same_day(row, word[2], workdays_step(workdays, day, 1));
    if (row_is(row, "DAY within N days DAY"))
        return same_day(row, word[4], workdays_on_or_after(workdays, day + atoi(word[2])));
    if (row_is(row, "DAY within N workdays DAY"))
        return same_day(row, word[4], workdays_step(workdays, day, atoi(word[2])));
    if (row_is(row, "DAY before N workdays DAY"))
        return same_day(row, word[4], workdays_step(workdays, day, -atoi(word[2])));
    if (row_is(row, "DAY to DAY has N workdays"))
        return same_number(row, word[4], workdays_between(workdays, day, day_of(word[2])));
    if (row_is(row, "DAY is worked") || row_is(row, "DAY is off"))
        return row_same(row, word[2], workdays_is_working(workdays, day) ? "worked" : "off");
    if (row_is(row, "DAY is announced") || row_is(row, "DAY is provisional"))
        return row_same(row, word[2], workdays_is_provisional(workdays, day) ? "provisional" : "announced");
    return row_wrong(row, "no such form of row");
}

static void workdays_hold(void **state)
{
    (void)state;
    struct workdays *workdays = workdays_of_vietnam();
    table_check("tests/time/workdays.table", 130, workdays_row, workdays);
    workdays_free(workdays);
}

/* Why a date was refused shows in what the message speaks of. */
static bool refused_row(const struct row *row, const char *hint)
{
    int day = DAY_NONE;
    struct err err = {.lang = LANG_EN};
    if (day_parse(row->word[0], &day, &err))
        return row_wrong(row, "it was read");
    if (err.kind != ERR_INPUT || !strstr(err.text, row->word[0]) || !strstr(err.text, hint))
        return row_wrong(row, "refused with: %s", err.text);
    return true;
}

static bool month_row(const struct row *row)
{
    struct civil first = day_civil(day_of(row->word[2]));
    char month[16];
    snprintf(month, sizeof month, "%04d-%02d", first.year, first.month);
    return row_same(row, row->word[0], month) &&
           same_day(row, row->word[2], month_last_day(first.year, first.month));
}

static bool dates_row(const struct row *row, void *data)
{
    (void)data;
    char *const *word = row->word;
    char rest[64];
    if (row_is(row, "TEXT is no date"))
        return refused_row(row, "is not a date");
    if (row_is(row, "TEXT does not exist"))
        return refused_row(row, "day \"");
    if (row_is(row, "TEXT means DAY"))
        return same_day(row, word[2], day_of(word[0]));
    if (row_is(row, "MONTH ends DAY"))
        return month_row(row);
    if (row_is(row, "DAY and N days DAY"))
        return same_day(row, word[4], day_of(word[0]) + atoi(word[2]));
    if (row_is(row, "DAY is_a ...")) {
        const char *name = weekday_name(day_weekday(day_of(word[0])), LANG_VI);
        return row_same(row, row_rest(row, 2, rest, sizeof rest), name);
    }
    return row_wrong(row, "no such form of row");
}

static void dates_hold(void **state)
{
    (void)state;
    table_check("tests/time/dates.table", 75, dates_row, NULL);
}

static struct period period_of(const char *text)
{
    struct period period;
    struct err err = {.lang = LANG_EN};
    if (!period_parse(text, &period, &err))
        fail_msg("%s", err.text);
    assert_string_equal(period.label, text);
    return period;
}

static bool covers_row(const struct row *row)
{
    struct period period = period_of(row->word[0]);
    char rest[64], name[PERIOD_NAME_SIZE];
    return same_day(row, row->word[2], period.first) && same_day(row, row->word[3], period.last) &&
           row_same(row, row_rest(row, 5, rest, sizeof rest), period_name(&period, LANG_VI, name));
}

static bool no_period_row(const struct row *row)
{
    struct period period;
    struct err err = {.lang = LANG_VI};
    if (period_parse(row->word[0], &period, &err))
        return row_wrong(row, "it was read as %s", period.label);
    if (err.kind != ERR_INPUT || !strstr(err.text, row->word[0]))
        return row_wrong(row, "refused with: %s", err.text);
    return true;
}

static bool inside_row(const struct row *row, const char *outer_text)
{
    struct period inner = period_of(row->word[0]), outer = period_of(outer_text);
    return row_same(row, row->n == 3 ? "within" : "not", period_inside(&inner, &outer) ? "within" : "not");
}

static bool periods_row(const struct row *row, void *data)
{
    (void)data;
    char *const *word = row->word;
    if (row_is(row, "NAME is no period"))
        return no_period_row(row);
    if (row_is(row, "NAME covers DAY DAY called ..."))
        return covers_row(row);
    if (row_is(row, "NAME within NAME"))
        return inside_row(row, word[2]);
    if (row_is(row, "NAME not within NAME"))
        return inside_row(row, word[3]);
    if (row_is(row, "NAME then NAME")) {
        struct period period = period_of(word[0]);
        return row_same(row, word[2], period_next(&period).label);
    }
    if (row_is(row, "DAY lies in NAME")) {
        struct period period = period_of(word[3]);
        int day = day_of(word[0]);
        return row_same(row, word[3], period_holding(period.kind, day).label) && period_holds(&period, day);
    }
    return row_wrong(row, "no such form of row");
}

static void periods_hold(void **state)
{
    (void)state;
    table_check("tests/time/periods.table", 100, periods_row, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(workdays_hold),
        cmocka_unit_test(dates_hold),
        cmocka_unit_test(periods_hold),
    };
    return cmocka_run_group_tests_name("time tables", tests, NULL, NULL);
}
