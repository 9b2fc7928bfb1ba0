/* What must hold whatever the figures are: tried on many, always the same, random ones. */
#include "evaluate/kpi_measure.h"

#include "kpi_desk.h"
#include "ledger_home.h"
#include "table.h"
#include "time/clock.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define LARGEST_FIGURE INT64_C(9223372036854775807)

static const enum target_op ops[] = {TARGET_AT_LEAST, TARGET_AT_MOST, TARGET_EXACTLY};

/* xorshift64*: the same numbers in every run. */
static uint64_t seed = 20261124;

static uint64_t random_number(void)
{
    seed ^= seed >> 12;
    seed ^= seed << 25;
    seed ^= seed >> 27;
    return seed * UINT64_C(2685821657736338717);
}

static int64_t below(int64_t end)
{
    return (int64_t)(random_number() % (uint64_t)end);
}

/* Of any size, small ones as likely as large ones. */
static int64_t of_any_size(int64_t most)
{
    int64_t number = (int64_t)(random_number() >> (1 + below(62)));
    return number % most + 1;
}

static struct kpi_desk *desk_of(void **state)
{
    return *state;
}

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

/* ---- comparing, against long multiplication as at school ---- */

enum { DIGITS = 48 };

static void digits_of(int64_t number, int digits[DIGITS])
{
    memset(digits, 0, DIGITS * sizeof *digits);
    for (int i = 0; number; number /= 10)
        digits[i++] = (int)(number % 10);
}

static void multiply(int64_t a, int64_t b, int product[DIGITS])
{
    int left[DIGITS], right[DIGITS];
    digits_of(a, left);
    digits_of(b, right);
    memset(product, 0, DIGITS * sizeof *product);
    for (int i = 0; i < DIGITS / 2; i++)
        for (int j = 0; j < DIGITS / 2; j++)
            product[i + j] += left[i] * right[j];
    for (int i = 0; i + 1 < DIGITS; i++) {
        product[i + 1] += product[i] / 10;
        product[i] %= 10;
    }
}

static int order_by_hand(int64_t n, int64_t d, int64_t target)
{
    int left[DIGITS], right[DIGITS];
    multiply(n, 1000000, left); /* n * 100 * 10^4 */
    multiply(d, target, right);
    for (int i = DIGITS; i-- > 0;)
        if (left[i] != right[i])
            return left[i] < right[i] ? -1 : 1;
    return 0;
}

/* A percentage at or next to a target. */
static struct quantity near_target(struct number *number)
{
    int64_t d = of_any_size(LARGEST_FIGURE);
    number->scaled = below(4) ? below(1000001) : 1000000;
    int64_t n = (int64_t)((__int128)number->scaled * d / 1000000) + below(3) - 1;
    if (below(8) == 0)
        n = below(d);
    n = n < 0 ? 0 : n > d ? d : n;
    return (struct quantity){.n = n, .d = d, .times = 100, .share = true, .cases = true};
}

static void comparing_is_exact(void **state)
{
    (void)state;
    int seen[3] = {0, 0, 0};
    for (int i = 0; i < 60000; i++) {
        struct number number;
        struct quantity quantity = near_target(&number);
        int order = order_by_hand(quantity.n, quantity.d, number.scaled);
        assert_int_equal(quantity_order(&quantity, number), order);
        seen[order + 1]++;
    }
    for (size_t i = 0; i < 3; i++)
        assert_true(seen[i] > 1000);
}

/* ---- showing ---- */

static void assert_shown_on_its_side(const struct quantity *quantity, enum target_op op, struct number number)
{
    double target = (double)number.scaled / NUMBER_SCALE;
    double value = quantity_value(quantity, op, number), gap = quantity_gap(quantity, op, number);
    int order = quantity_order(quantity, number);
    char text[40], target_text[40];
    kpi_shown(value, text);
    kpi_shown(target, target_text);
    if (!quantity_meets(quantity, op, number)) {
        assert_true(order < 0 ? value < target && gap < 0 : value > target && gap > 0);
        assert_string_not_equal(text, target_text);
    } else {
        assert_true(order < 0 ? value <= target : order > 0 ? value >= target : value == target);
        assert_true(order < 0 ? gap <= 0 : order > 0 ? gap >= 0 : gap == 0);
    }
    if (quantity->n < quantity->d)
        assert_string_not_equal(text, "100");
    if (quantity->n > 0)
        assert_string_not_equal(text, "0");
}

static void what_misses_never_looks_like_the_target(void **state)
{
    (void)state;
    for (int i = 0; i < 30000; i++) {
        struct number number;
        struct quantity quantity = near_target(&number);
        for (size_t j = 0; j < 3; j++)
            assert_shown_on_its_side(&quantity, ops[j], number);
    }
}

/* Counts up to the largest figure, where a double no longer tells neighbours apart. */
static void large_counts_never_look_like_the_target(void **state)
{
    (void)state;
    for (int i = 0; i < 30000; i++) {
        struct number number = {of_any_size(LARGEST_FIGURE - 1)};
        struct quantity quantity = {.n = number.scaled + below(3) - 1, .d = NUMBER_SCALE, .times = 1};
        for (size_t j = 0; j < 3; j++) {
            double target = (double)number.scaled / NUMBER_SCALE;
            double value = quantity_value(&quantity, ops[j], number);
            int order = quantity_order(&quantity, number);
            assert_int_equal(order, (quantity.n > number.scaled) - (quantity.n < number.scaled));
            if (!quantity_meets(&quantity, ops[j], number))
                assert_true(order < 0 ? value < target : value > target);
        }
    }
}

static void value_is_right_to_six_decimals(void **state)
{
    (void)state;
    for (int i = 0; i < 30000; i++) {
        int64_t d = of_any_size(1000000000), n = below(d + 1);
        const struct quantity quantity = {.n = n, .d = d, .times = 100};
        double value = quantity_value(&quantity, TARGET_NONE, (struct number){0});
        __int128 micro = (__int128)(value * 1e6 + 0.5); /* |value - n/d| is at most half a millionth */
        __int128 off = micro * d - (__int128)n * 100000000;
        assert_true(2 * off <= d && -2 * off <= d);
    }
}

/* ---- needed ---- */

static void needed_is_the_smallest_number_of_cases(void **state)
{
    (void)state;
    int found = 0;
    for (int i = 0; i < 60000; i++) {
        int64_t d = of_any_size(1000000000) * (below(2) ? NUMBER_SCALE : 1), n = below(d + 1);
        const struct quantity quantity = {.n = n, .d = d, .times = 100, .share = true, .cases = true};
        struct number number = {below(1000001)};
        int64_t k = quantity_needed(&quantity, TARGET_AT_LEAST, number);
        assert_true(k >= 0);
        bool none = quantity_meets(&quantity, TARGET_AT_LEAST, number) || number.scaled == 1000000;
        assert_int_equal(k == 0, none);
        if (none)
            continue;
        struct quantity with = quantity, almost = quantity;
        with.n += k * NUMBER_SCALE, with.d += k * NUMBER_SCALE;
        almost.n += (k - 1) * NUMBER_SCALE, almost.d += (k - 1) * NUMBER_SCALE;
        assert_true(quantity_meets(&with, TARGET_AT_LEAST, number));
        assert_false(quantity_meets(&almost, TARGET_AT_LEAST, number));
        found++;
    }
    assert_true(found > 10000);
}

/* ---- on the way and at the end ---- */

static const struct way {
    const char *kpi, *numerator;
} ways[] = {
    {"r#all", "online"}, {"r#most", "online"}, {"r#few", "late"}, {"r#never", "late"}, {"r#exact", "online"}};

static enum verdict verdict_with(struct kpi_desk *desk, const struct way *way, int64_t n, int64_t d,
                                 const char *day)
{
    kpi_desk_clear(desk);
    kpi_desk_figure(desk, "A", way->numerator, "2026-11", n * NUMBER_SCALE);
    kpi_desk_figure(desk, "A", "eligible", "2026-11", d * NUMBER_SCALE);
    const struct kpi_result *result = kpi_desk_one(desk, way->kpi, "A", "2026-11", day_of(day));
    assert_non_null(result);
    return result->verdict;
}

/* What is out of reach is missed however it goes on; what is not can still be met by some way of going on. */
static void out_of_reach_is_the_truth(void **state)
{
    struct kpi_desk *desk = desk_of(state);
    int out = 0, in = 0;
    for (int i = 0; i < 600; i++) {
        const struct way *way = &ways[i % 5];
        int64_t d = below(40) + 1, n = below(3) ? below(d + 1) : d;
        enum verdict now = verdict_with(desk, way, n, d, "2026-11-20");
        int64_t needed = desk->results->list[0].needed;
        if (now == VERDICT_OUT_OF_REACH) {
            int64_t good = below(1000), bad = below(100);
            assert_int_equal(verdict_with(desk, way, n + good, d + good + bad, "2026-12-02"), VERDICT_MISSED);
            out++;
        } else if (now == VERDICT_AT_RISK) {
            bool exact = !strcmp(way->kpi, "r#exact"), more = exact ? 2 * n < d : needed > 0;
            int64_t good = exact && more ? d - 2 * n : needed, bad = more    ? 0
                                                                     : exact ? 2 * n - d
                                                                             : 20 * n - d;
            assert_int_equal(verdict_with(desk, way, n + good, d + good + bad, "2026-12-02"), VERDICT_MET);
            in++;
        } else {
            assert_int_equal(now, VERDICT_ON_TRACK);
            assert_int_equal(verdict_with(desk, way, n, d, "2026-12-02"), VERDICT_MET);
        }
    }
    assert_true(out > 50 && in > 50);
}

/* ---- which periods are added ---- */

enum { MOST_SPANS = 11 };

struct choice {
    int days, pieces;
};

static bool overlap(const struct period *a, const struct period *b)
{
    return a->first <= b->last && b->first <= a->last;
}

/* Zero days where two of the set overlap. */
static struct choice choice_of(const struct period *spans, size_t n, unsigned set)
{
    struct choice choice = {0, 0};
    for (size_t i = 0; i < n; i++) {
        if (!(set >> i & 1))
            continue;
        for (size_t j = 0; j < i; j++)
            if ((set >> j & 1) && overlap(&spans[i], &spans[j]))
                return (struct choice){0, 0};
        choice.days += spans[i].last - spans[i].first + 1;
        choice.pieces++;
    }
    return choice;
}

static struct choice best_choice(const struct period *spans, size_t n)
{
    struct choice best = {0, 0};
    for (unsigned set = 1; set < 1U << n; set++) {
        struct choice one = choice_of(spans, n, set);
        if (one.days > best.days || (one.days == best.days && one.pieces > best.pieces))
            best = one;
    }
    return best;
}

static struct period random_period(void)
{
    static const enum period_kind kinds[] = {PERIOD_DAY,     PERIOD_WEEK, PERIOD_MONTH, PERIOD_MONTH,
                                             PERIOD_QUARTER, PERIOD_HALF, PERIOD_SPAN};
    enum period_kind kind = kinds[below(7)];
    int first = day_of("2026-01-01"), last = day_of("2026-12-31");
    if (kind != PERIOD_SPAN)
        return period_holding(kind, first + 7 + (int)below(350));
    struct period period;
    char label[32], from[DAY_SIZE], to[DAY_SIZE];
    int begin = first + (int)below(300), end = begin + (int)below(last - begin);
    snprintf(label, sizeof label, "%s/%s", day_iso(begin, from), day_iso(end, to));
    assert_true(period_parse(label, &period, NULL));
    return period;
}

static size_t random_periods(struct period *spans)
{
    size_t n = 0, wanted = (size_t)below(MOST_SPANS) + 1;
    struct period year = period_holding(PERIOD_YEAR, day_of("2026-06-01"));
    while (n < wanted) {
        spans[n] = random_period();
        bool again = !period_inside(&spans[n], &year);
        for (size_t i = 0; i < n; i++)
            again = again || !strcmp(spans[i].label, spans[n].label);
        n += !again;
    }
    return n;
}

/* Each period's figure is a power of two, so the sum tells which were added. */
static void finer_periods_cover_the_most_without_overlap(void **state)
{
    struct kpi_desk *desk = desk_of(state);
    for (int round = 0; round < 400; round++) {
        struct period spans[MOST_SPANS];
        size_t n = random_periods(spans);
        kpi_desk_clear(desk);
        for (size_t i = 0; i < n; i++) {
            kpi_desk_figure(desk, "A", "online", spans[i].label, NUMBER_SCALE << i);
            kpi_desk_figure(desk, "A", "eligible", spans[i].label, NUMBER_SCALE << i);
        }
        const struct kpi_result *result = kpi_desk_one(desk, "r#year", "A", "2026", day_of("2027-02-01"));
        assert_int_equal(result->numerator, result->denominator);
        struct choice taken = choice_of(spans, n, (unsigned)(result->numerator / NUMBER_SCALE));
        struct choice best = best_choice(spans, n);
        assert_int_equal(taken.days, best.days);
        assert_int_equal(taken.pieces, best.pieces);
        assert_int_equal(result->partial, best.days < 365);
        assert_int_equal(result->n_used, 2 * best.pieces);
    }
}

/* ---- adding up ---- */

static const char *const three[] = {"A", "B", "C"};

/* For three offices and twelve months; now and then one of the two numbers, or both, are missing. */
static void tell_at_random(struct kpi_desk *desk)
{
    kpi_desk_clear(desk);
    for (int month = 1; month <= 12; month++)
        for (size_t i = 0; i < 3; i++) {
            char label[24];
            int64_t eligible = below(1000) * NUMBER_SCALE;
            snprintf(label, sizeof label, "2026-%02d", month);
            if (below(10))
                kpi_desk_figure(desk, three[i], "eligible", label, eligible);
            if (below(10))
                kpi_desk_figure(desk, three[i], "online", label, below(eligible + 1));
        }
}

struct sums {
    int64_t n, d;
};

static void add_result(struct sums *sums, const struct kpi_result *result)
{
    sums->n += result->numerator;
    sums->d += result->denominator;
}

static void units_then_months_is_months_then_units(void **state)
{
    struct kpi_desk *desk = desk_of(state);
    int day = day_of("2027-02-01");
    for (int round = 0; round < 60; round++) {
        struct sums months = {0, 0}, units = {0, 0}, quarters = {0, 0}, all = {0, 0};
        tell_at_random(desk);
        for (int month = 1; month <= 12; month++) {
            char label[24];
            snprintf(label, sizeof label, "2026-%02d", month);
            add_result(&months, kpi_desk_one(desk, "r#across", NULL, label, day));
        }
        for (size_t i = 0; i < 3; i++) {
            add_result(&units, kpi_desk_one(desk, "r#year", three[i], "2026", day));
            for (int quarter = 1; quarter <= 4; quarter++) {
                char label[24];
                snprintf(label, sizeof label, "2026-Q%d", quarter);
                add_result(&quarters, kpi_desk_one(desk, "r#quarter", three[i], label, day));
            }
        }
        add_result(&all, kpi_desk_one(desk, "r#across-year", NULL, "2026", day));
        assert_true(all.d > 0);
        assert_true(all.n == months.n && all.n == units.n && all.n == quarters.n);
        assert_true(all.d == months.d && all.d == units.d && all.d == quarters.d);
    }
}

/* ---- through the ledger ---- */

static void shuffle(struct figure *at, size_t n)
{
    for (size_t i = n; i > 1; i--) {
        size_t j = (size_t)below((int64_t)i);
        struct figure swap = at[i - 1];
        at[i - 1] = at[j];
        at[j] = swap;
    }
}

static void ingest_all(struct home *home, const struct kpi_desk *desk)
{
    int64_t id = 0;
    assert_fine(home, store_begin(home->store, &home->err));
    for (size_t i = 0; i < desk->figures.n; i++) {
        char checksum[65];
        snprintf(checksum, sizeof checksum, "%064zx", i);
        const struct intake intake = {
            .name = "x.csv", .checksum = checksum, .recorded_at = day_at(day_of("2027-01-01"), 8, 0)};
        if (i % 7 == 0)
            assert_fine(home, intake_add(home->store, &intake, 0, &id, &home->err));
        struct figure figure = desk->figures.at[i];
        figure.intake = id;
        assert_fine(home, figure_add(home->store, &figure, &home->err));
    }
    assert_fine(home, store_commit(home->store, &home->err));
}

/* Told in any order, over any number of files: the same verdicts. */
static void order_of_telling_does_not_matter(void **state)
{
    struct kpi_desk *desk = desk_of(state);
    for (int round = 0; round < 3; round++) {
        void *slot = NULL;
        assert_int_equal(home_setup(&slot), 0);
        struct home *home = slot;
        tell_at_random(desk);
        shuffle(desk->figures.at, desk->figures.n);
        kpi_desk_one(desk, "r#year", "A", NULL, day_of("2027-02-01"));
        ingest_all(home, desk);
        struct figures *figures = figures_read(home->store, DAY_NONE, &home->err);
        assert_fine(home, figures != NULL);
        const struct kpi_question question = {.as_of = day_of("2027-02-01")};
        struct kpi_results *told = kpi_evaluate(desk->outlook, desk->known, &question);
        struct kpi_results *stored = kpi_evaluate(desk->outlook, figures, &question);
        assert_int_equal(told->n, stored->n);
        for (size_t i = 0; i < told->n; i++) {
            assert_int_equal(told->list[i].verdict, stored->list[i].verdict);
            assert_int_equal(told->list[i].numerator, stored->list[i].numerator);
            assert_int_equal(told->list[i].denominator, stored->list[i].denominator);
            assert_int_equal(told->list[i].n_used, stored->list[i].n_used);
        }
        kpi_results_free(told);
        kpi_results_free(stored);
        figures_free(figures);
        assert_int_equal(home_teardown(&slot), 0);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, clear_desk, clear_desk)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(comparing_is_exact),
        TEST(what_misses_never_looks_like_the_target),
        TEST(large_counts_never_look_like_the_target),
        TEST(value_is_right_to_six_decimals),
        TEST(needed_is_the_smallest_number_of_cases),
        TEST(out_of_reach_is_the_truth),
        TEST(finer_periods_cover_the_most_without_overlap),
        TEST(units_then_months_is_months_then_units),
        TEST(order_of_telling_does_not_matter),
    };
    return cmocka_run_group_tests_name("kpi laws", tests, open_desk, close_desk);
}
