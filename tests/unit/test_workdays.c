/* Cases of the real calendar stand in tests/time/workdays.table. Here: how days are listed, and calendars
 * drawn by lot against an algorithm that only knows a row of booleans. */
#include "time/workdays.h"

#include "aborts.h"
#include "table.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define MONDAY_TO_FRIDAY 0x1f

static void reasons_are_kept(void **state)
{
    (void)state;
    struct workdays *workdays = workdays_of_vietnam();
    assert_string_equal(workdays_reason(workdays, day_of("2026-11-24")), "Ngày Văn hóa Việt Nam");
    assert_string_equal(workdays_reason(workdays, day_of("2026-01-10")), "Làm bù hoán đổi Tết Dương lịch");
    assert_string_equal(workdays_reason(workdays, day_of("2025-01-01")), "Tết Dương lịch");
    assert_string_equal(workdays_reason(workdays, day_of("2027-11-24")), "Ngày Văn hóa Việt Nam");
    assert_null(workdays_reason(workdays, day_of("2026-11-23")));
    assert_null(workdays_reason(workdays, day_of("2026-11-22")));
    assert_null(workdays_reason(workdays, day_of("2199-01-01")));
    assert_null(workdays_reason(workdays, DAY_LAST + 5000));
    workdays_free(workdays);
    workdays_free(NULL);
}

static void reasons_are_copied(void **state)
{
    (void)state;
    struct workdays *workdays = workdays_new(MONDAY_TO_FRIDAY);
    char reason[] = "Quốc khánh";
    assert_true(workdays_add_off(workdays, day_of("2026-09-02"), reason));
    memset(reason, 'x', sizeof reason - 1);
    assert_string_equal(workdays_reason(workdays, day_of("2026-09-02")), "Quốc khánh");
    workdays_free(workdays);
}

static void a_day_has_one_meaning(void **state)
{
    (void)state;
    struct workdays *workdays = workdays_new(MONDAY_TO_FRIDAY);
    int saturday = day_of("2026-01-10"), friday = day_of("2026-01-02");
    assert_true(workdays_add_work(workdays, saturday, "first"));
    assert_true(workdays_add_work(workdays, saturday, "second"));
    assert_false(workdays_add_off(workdays, saturday, "third"));
    assert_true(workdays_add_off(workdays, friday, "off"));
    assert_false(workdays_add_work(workdays, friday, "on"));
    assert_true(workdays_is_working(workdays, saturday));
    assert_false(workdays_is_working(workdays, friday));
    assert_string_equal(workdays_reason(workdays, saturday), "first");
    assert_string_equal(workdays_reason(workdays, friday), "off");
    const struct workday_note *notes;
    assert_int_equal(workdays_notes(workdays, &notes), 2);
    workdays_free(workdays);
}

static void notes_come_in_order(void **state)
{
    (void)state;
    struct workdays *workdays = workdays_new(MONDAY_TO_FRIDAY);
    const struct workday_note *notes;
    assert_int_equal(workdays_notes(workdays, &notes), 0);
    static const char *const days[] = {"2026-09-02", "1990-01-01", "2027-01-01", "2026-01-01", "2200-12-31"};
    for (size_t i = 0; i < 5; i++)
        assert_true(workdays_add_off(workdays, day_of(days[i]), days[i]));
    assert_true(workdays_add_work(workdays, day_of("2026-01-10"), "2026-01-10"));
    static const char *const sorted[] = {"1990-01-01", "2026-01-01", "2026-01-10",
                                         "2026-09-02", "2027-01-01", "2200-12-31"};
    assert_int_equal(workdays_notes(workdays, &notes), 6);
    for (size_t i = 0; i < 6; i++) {
        assert_int_equal(notes[i].day, day_of(sorted[i]));
        assert_string_equal(notes[i].reason, sorted[i]);
        assert_int_equal(notes[i].works, i == 2);
        assert_false(notes[i].provisional);
    }
    workdays_free(workdays);
}

static void assert_provisional(const struct workdays *workdays, const char *text, bool expected)
{
    int day = day_of(text);
    assert_int_equal(workdays_is_provisional(workdays, day), expected);
    const struct workday_note *notes;
    size_t n = workdays_notes(workdays, &notes);
    for (size_t i = 0; i < n; i++)
        if (notes[i].day == day)
            assert_int_equal(notes[i].provisional, expected);
}

/* In whatever order the calendar files give the days and the spans. */
static void provisional_until_announced(void **state)
{
    (void)state;
    struct workdays *workdays = workdays_new(MONDAY_TO_FRIDAY);
    assert_provisional(workdays, "2026-06-01", true);
    assert_true(workdays_add_work(workdays, day_of("2026-01-10"), "a day worked alone announces no year"));
    assert_provisional(workdays, "2026-01-10", true);
    assert_true(workdays_add_off(workdays, day_of("2026-09-02"), "Quốc khánh"));
    assert_provisional(workdays, "2026-01-01", false);
    assert_provisional(workdays, "2026-01-10", false);
    assert_provisional(workdays, "2026-09-02", false);
    assert_provisional(workdays, "2026-12-31", false);
    assert_provisional(workdays, "2025-12-31", true);
    assert_provisional(workdays, "2027-01-01", true);
    workdays_add_provisional(workdays, day_of("2026-09-01"), day_of("2026-09-03"));
    assert_provisional(workdays, "2026-08-31", false);
    assert_provisional(workdays, "2026-09-01", true);
    assert_provisional(workdays, "2026-09-02", true);
    assert_provisional(workdays, "2026-09-03", true);
    assert_provisional(workdays, "2026-09-04", false);
    assert_true(workdays_add_off(workdays, day_of("2026-09-01"), "ngày liền kề"));
    assert_provisional(workdays, "2026-09-01", true);
    assert_false(
        workdays_is_working(workdays, day_of("2026-09-02"))); /* provisional days count as they are listed */
    workdays_add_provisional(workdays, DAY_FIRST - 500, DAY_LAST + 500);
    assert_provisional(workdays, "2026-01-10", true);
    assert_true(workdays_is_provisional(workdays, DAY_FIRST - 1) &&
                workdays_is_provisional(workdays, DAY_LAST + 1));
    workdays_free(workdays);
}

static void weeks_differ(void **state)
{
    (void)state;
    for (unsigned mask = 1; mask < 128; mask++) {
        struct workdays *workdays = workdays_new(mask);
        int monday = day_of("2026-03-02");
        int worked = 0;
        for (int i = 0; i < 7; i++) {
            assert_int_equal(workdays_is_working(workdays, monday + i), mask >> i & 1);
            worked += mask >> i & 1;
        }
        assert_int_equal(workdays_between(workdays, monday - 1, monday + 6), worked);
        assert_int_equal(workdays_step(workdays, monday - 1, worked * 10),
                         workdays_on_or_before(workdays, monday - 1 + 70));
        workdays_free(workdays);
    }
}

/* Beyond the years that can be listed, both ways, and as far as a rule may step. */
static void steps_reach_far(void **state)
{
    (void)state;
    struct workdays *workdays = workdays_of_vietnam();
    static const int starts[] = {-4000000, -10,          0,      DAY_FIRST - 3, DAY_FIRST, 20000,
                                 DAY_LAST, DAY_LAST + 3, 4000000};
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++) {
        int day = workdays_on_or_after(workdays, starts[i]);
        int far = workdays_step(workdays, day, WORKDAYS_STEP_MOST);
        assert_int_equal(workdays_between(workdays, day, far), WORKDAYS_STEP_MOST);
        assert_int_equal(workdays_between(workdays, far, day), -WORKDAYS_STEP_MOST);
        assert_int_equal(workdays_step(workdays, far, -WORKDAYS_STEP_MOST), day);
    }
    workdays_free(workdays);
}

/* A year and more of days off in a row is no trap. */
static void long_rests_end(void **state)
{
    (void)state;
    struct workdays *workdays = workdays_new(MONDAY_TO_FRIDAY);
    for (int day = day_of("2026-01-01"); day <= day_of("2027-12-31"); day++)
        assert_true(workdays_add_off(workdays, day, "nghỉ"));
    assert_int_equal(workdays_step(workdays, day_of("2025-12-31"), 1), day_of("2028-01-03"));
    assert_int_equal(workdays_on_or_before(workdays, day_of("2027-12-31")), day_of("2025-12-31"));
    assert_int_equal(workdays_between(workdays, day_of("2025-12-31"), day_of("2027-12-31")), 0);
    workdays_free(workdays);
}

/* --- Drawn by lot: ten years from 2021-01-01, the first and last of them without any listed day --- */

#define SPAN 3652
#define EDGE 366

struct lot {
    unsigned long long seed;
    int first; /* the day that stands at works[0] */
    bool works[SPAN];
    struct workdays *workdays;
};

static unsigned draw(struct lot *lot, unsigned below)
{
    lot->seed = lot->seed * 6364136223846793005ULL + 1442695040888963407ULL;
    return (unsigned)(lot->seed >> 33) % below;
}

static void lot_init(struct lot *lot, unsigned number)
{
    lot->seed = number;
    lot->first = day_of("2021-01-01"); /* a Friday: place 4 in a week that begins on Monday */
    unsigned mask = number % 4 ? MONDAY_TO_FRIDAY : 1 + draw(lot, 127);
    lot->workdays = workdays_new(mask);
    for (int i = 0; i < SPAN; i++) {
        lot->works[i] = mask >> ((i + 4) % 7) & 1;
        if (i < EDGE || i >= SPAN - EDGE)
            continue;
        unsigned chance = draw(lot, 100);
        if (chance < 12) {
            lot->works[i] = false;
            assert_true(workdays_add_off(lot->workdays, lot->first + i, "nghỉ"));
        } else if (chance < 15) {
            lot->works[i] = true;
            assert_true(workdays_add_work(lot->workdays, lot->first + i, "làm bù"));
        }
    }
}

static int slow_step(const struct lot *lot, int place, int n)
{
    int way = n < 0 ? -1 : 1;
    for (int left = n * way; left > 0 && place >= 0 && place < SPAN;) {
        place += way;
        if (place >= 0 && place < SPAN && lot->works[place])
            left--;
    }
    return place;
}

static int slow_count(const struct lot *lot, int from, int to)
{
    int n = 0;
    for (int i = 0; i < SPAN; i++)
        n += lot->works[i] && i > from && i <= to;
    return n;
}

static void check_place(struct lot *lot, int place)
{
    const struct workdays *workdays = lot->workdays;
    int day = lot->first + place, n = (int)draw(lot, 81) - 40, to = EDGE / 2 + (int)draw(lot, SPAN - EDGE);
    assert_int_equal(workdays_is_working(workdays, day), lot->works[place]);
    assert_int_equal(workdays_on_or_after(workdays, day), lot->first + slow_step(lot, place - 1, 1));
    assert_int_equal(workdays_on_or_before(workdays, day), lot->first + slow_step(lot, place + 1, -1));
    int expected = slow_step(lot, place, n);
    if (expected < 0 || expected >= SPAN)
        return;
    assert_int_equal(workdays_step(workdays, day, n), lot->first + expected);
    int count = place <= to ? slow_count(lot, place, to) : -slow_count(lot, to, place);
    assert_int_equal(workdays_between(workdays, day, lot->first + to), count);
}

static void check_laws(struct lot *lot, int place)
{
    const struct workdays *workdays = lot->workdays;
    int day = lot->first + place, a = (int)draw(lot, 30), b = (int)draw(lot, 30);
    int after = workdays_step(workdays, day, a);
    assert_int_equal(workdays_step(workdays, after, b), workdays_step(workdays, day, a + b));
    assert_int_equal(workdays_between(workdays, day, after), a);
    assert_true(a == 0 || workdays_is_working(workdays, after));
    if (lot->works[place])
        assert_int_equal(workdays_step(workdays, after, -a), day);
    assert_true(workdays_on_or_before(workdays, day) <= day && workdays_on_or_after(workdays, day) >= day);
}

static void calendars_drawn_by_lot(void **state)
{
    (void)state;
    for (unsigned number = 1; number <= 24; number++) {
        struct lot lot;
        lot_init(&lot, number);
        for (int i = 0; i < 400; i++) {
            check_place(&lot, EDGE / 2 + (int)draw(&lot, SPAN - EDGE));
            check_laws(&lot, EDGE / 2 + (int)draw(&lot, SPAN - EDGE));
        }
        workdays_free(lot.workdays);
    }
}

static void make_a_week_without_work(void)
{
    workdays_free(workdays_new(0));
}

static void make_a_week_of_eight_days(void)
{
    workdays_free(workdays_new(0x80));
}

static void step_too_far(void)
{
    struct workdays *workdays = workdays_new(MONDAY_TO_FRIDAY);
    (void)workdays_step(workdays, 0, WORKDAYS_STEP_MOST + 1);
    workdays_free(workdays);
}

static void step_from_no_day(void)
{
    struct workdays *workdays = workdays_new(MONDAY_TO_FRIDAY);
    (void)workdays_step(workdays, DAY_NONE, 1);
    workdays_free(workdays);
}

static void list_a_day_of_1989(void)
{
    struct workdays *workdays = workdays_new(MONDAY_TO_FRIDAY);
    bool listed = workdays_add_off(workdays, DAY_FIRST - 1, "nghỉ");
    workdays_free(listed ? workdays : NULL);
}

static void count_from_no_day(void)
{
    struct workdays *workdays = workdays_new(MONDAY_TO_FRIDAY);
    (void)workdays_between(workdays, DAY_NONE, 0);
    workdays_free(workdays);
}

static void impossible_questions_abort(void **state)
{
    (void)state;
    assert_true(aborts(make_a_week_without_work));
    assert_true(aborts(make_a_week_of_eight_days));
    assert_true(aborts(step_too_far));
    assert_true(aborts(step_from_no_day));
    assert_true(aborts(list_a_day_of_1989));
    assert_true(aborts(count_from_no_day));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reasons_are_kept),
        cmocka_unit_test(reasons_are_copied),
        cmocka_unit_test(a_day_has_one_meaning),
        cmocka_unit_test(notes_come_in_order),
        cmocka_unit_test(provisional_until_announced),
        cmocka_unit_test(weeks_differ),
        cmocka_unit_test(steps_reach_far),
        cmocka_unit_test(long_rests_end),
        cmocka_unit_test(calendars_drawn_by_lot),
        cmocka_unit_test(impossible_questions_abort),
    };
    return cmocka_run_group_tests_name("workdays", tests, NULL, NULL);
}
