#include "ledger/figures.h"

#include "ledger_home.h"
#include "table.h"
#include "time/clock.h"

#include <setjmp.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#define REAL_NOW 1790000000
#define SUM_A    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define SUM_B    "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
#define ONLINE   "dossiers.online"

static int64_t instant(const char *text)
{
    int64_t at;
    assert_true(instant_parse(text, &at, NULL));
    return at;
}

/* Begins a transaction with one intake; committed() ends it. */
static int64_t begin_intake(struct home *home, const char *name, const char *checksum, bool sample,
                            const char *at)
{
    int64_t id;
    const struct intake intake = {
        .name = name, .checksum = checksum, .sample = sample, .recorded_at = instant(at)};
    assert_fine(home, store_begin(home->store, &home->err));
    assert_fine(home, intake_add(home->store, &intake, REAL_NOW, &id, &home->err));
    return id;
}

static void add(struct home *home, int64_t intake, int row, const char *unit, const char *metric,
                const char *period, int64_t value)
{
    const struct figure figure = {
        .unit = unit, .metric = metric, .period = period, .value = value, .intake = intake, .row = row};
    assert_fine(home, figure_add(home->store, &figure, &home->err));
}

static void committed(struct home *home)
{
    assert_fine(home, store_commit(home->store, &home->err));
}

/* Freed by the next call; NULL only frees. */
static const struct figures *figures_now(struct home *home, const char *known_on)
{
    static struct figures *figures;
    figures_free(figures);
    figures = NULL;
    if (!home)
        return NULL;
    figures = figures_read(home->store, known_on ? day_of(known_on) : DAY_NONE, &home->err);
    assert_fine(home, figures != NULL);
    return figures;
}

static int teardown(void **state)
{
    figures_now(NULL, NULL);
    return home_teardown(state);
}

static void assert_value(const struct figures *figures, const char *unit, const char *metric,
                         const char *period, int64_t value, bool corrected)
{
    const struct figure *figure = figures_find(figures, unit, metric, period);
    assert_non_null(figure);
    assert_string_equal(figure->unit, unit);
    assert_string_equal(figure->metric, metric);
    assert_string_equal(figure->period, period);
    assert_int_equal(figure->value, value);
    assert_int_equal(figure->corrected, corrected);
}

static void nothing_reported_yet(void **state)
{
    struct home *home = *state;
    struct figures *of_nothing[] = {figures_empty(), figures_read(NULL, DAY_NONE, &home->err),
                                    figures_read(home->store, DAY_NONE, &home->err)};
    for (size_t i = 0; i < 3; i++) {
        const struct figure *first;
        assert_non_null(of_nothing[i]);
        assert_int_equal(of_nothing[i]->n, 0);
        assert_false(of_nothing[i]->sample);
        assert_int_equal(figures_of(of_nothing[i], "a/b", ONLINE, &first), 0);
        assert_null(first);
        assert_null(figures_find(of_nothing[i], "a/b", ONLINE, "2026-11"));
        assert_null(figures_intake(of_nothing[i], 1));
        figures_free(of_nothing[i]);
    }
    figures_free(NULL);
}

static void figures_come_back_in_order_whatever_came_first(void **state)
{
    struct home *home = *state;
    int64_t intake = begin_intake(home, "tháng 11.csv", SUM_A, false, "2026-12-01");
    add(home, intake, 2, "haiphong/PC06", ONLINE, "2026-11", 12500000);
    add(home, intake, 3, "haiphong/PC06", ONLINE "_eligible", "2026-11", 12500001);
    add(home, intake, 4, "haiphong/PC06", ONLINE, "2026-10", 0);
    add(home, intake, 5, "haiphong/PA08", ONLINE, "2026-11", INT64_MAX);
    add(home, intake, 6, "haiphong/PC061", ONLINE, "2026-11", 1);
    committed(home);
    const struct figures *figures = figures_now(home, NULL);
    static const char *const keys[][3] = {
        {"haiphong/PA08", ONLINE, "2026-11"},  {"haiphong/PC06", ONLINE, "2026-10"},
        {"haiphong/PC06", ONLINE, "2026-11"},  {"haiphong/PC06", ONLINE "_eligible", "2026-11"},
        {"haiphong/PC061", ONLINE, "2026-11"},
    };
    assert_int_equal(figures->n, 5);
    for (size_t i = 0; i < 5; i++) {
        assert_string_equal(figures->list[i].unit, keys[i][0]);
        assert_string_equal(figures->list[i].metric, keys[i][1]);
        assert_string_equal(figures->list[i].period, keys[i][2]);
        assert_ptr_equal(figures_find(figures, keys[i][0], keys[i][1], keys[i][2]), &figures->list[i]);
    }
    assert_value(figures, "haiphong/PA08", ONLINE, "2026-11", INT64_MAX, false);
    assert_int_equal(figures->list[2].row, 2);
    assert_int_equal(figures->list[2].recorded_at, instant("2026-12-01"));
    assert_string_equal(figures_intake(figures, figures->list[2].intake)->name, "tháng 11.csv");
}

static void slice_holds_one_unit_and_metric_only(void **state)
{
    struct home *home = *state;
    int64_t intake = begin_intake(home, "a.csv", SUM_A, false, "2026-12-01");
    static const char *const units[] = {"haiphong/PC06", "haiphong/PC061", "haiphong/PC0"};
    static const char *const metrics[] = {"dossiers", "dossiers.online", "dossiers.onlin"};
    for (int i = 0; i < 27; i++) {
        char period[24];
        snprintf(period, sizeof period, "2026-%02d", i % 3 + 1);
        add(home, intake, i + 1, units[i / 9], metrics[i / 3 % 3], period, i);
    }
    committed(home);
    const struct figures *figures = figures_now(home, NULL);
    for (int i = 0; i < 9; i++) {
        const struct figure *first;
        assert_int_equal(figures_of(figures, units[i / 3], metrics[i % 3], &first), 3);
        for (int j = 0; j < 3; j++)
            assert_int_equal(first[j].value, 3 * i + j);
        assert_null(figures_find(figures, units[i / 3], metrics[i % 3], "2026-04"));
        assert_null(figures_find(figures, units[i / 3], metrics[i % 3], "2026-00"));
    }
    const struct figure *none;
    assert_int_equal(figures_of(figures, "haiphong/PC05", "dossiers", &none), 0);
    assert_int_equal(figures_of(figures, "haiphong/PC06", "dossiers.x", &none), 0);
    assert_int_equal(figures_of(figures, "zz", "zz", &none), 0);
    assert_null(none);
}

/* 5, then 7, then 5 again; a second key that stays. */
static void tell_corrections(struct home *home)
{
    int64_t first = begin_intake(home, "1.csv", SUM_A, false, "2026-12-01");
    add(home, first, 2, "a/b", ONLINE, "2026-11", 5);
    add(home, first, 3, "a/b", ONLINE, "2026-12", 1);
    committed(home);
    int64_t second = begin_intake(home, "2.csv", SUM_B, false, "2026-12-03T23:59:59");
    add(home, second, 9, "a/b", ONLINE, "2026-11", 7);
    committed(home);
    int64_t third = begin_intake(home, "1.csv", SUM_A, false, "2026-12-05");
    add(home, third, 2, "a/b", ONLINE, "2026-11", 5);
    committed(home);
}

static void correction_replaces_and_nothing_is_forgotten(void **state)
{
    struct home *home = *state;
    static const struct {
        const char *known_on;
        int64_t value; /* -1: not known */
        bool corrected;
    } days[] = {
        {"2026-11-30", -1, false}, {"2026-12-01", 5, false}, {"2026-12-02", 5, false},
        {"2026-12-03", 7, true},   {"2026-12-04", 7, true},  {"2026-12-05", 5, true},
    };
    tell_corrections(home);
    for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
        const struct figures *figures = figures_now(home, days[i].known_on);
        if (days[i].value < 0)
            assert_int_equal(figures->n, 0);
        else
            assert_value(figures, "a/b", ONLINE, "2026-11", days[i].value, days[i].corrected);
    }
    const struct figures *figures = figures_now(home, NULL);
    assert_int_equal(figures->n, 2);
    assert_int_equal(figures->n_intakes, 3);
    assert_value(figures, "a/b", ONLINE, "2026-12", 1, false);

    static const int64_t values[] = {5, 7, 5};
    static const int rows[] = {2, 9, 2};
    struct arena *arena = arena_new();
    struct figure *list;
    size_t n;
    assert_fine(home, figures_history(home->store, "a/b", ONLINE, "2026-11", arena, &list, &n, &home->err));
    assert_int_equal(n, 3);
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(list[i].value, values[i]);
        assert_int_equal(list[i].row, rows[i]);
        assert_int_equal(list[i].corrected, i > 0);
        assert_int_equal(list[i].intake, figures->intakes[i].id);
        assert_int_equal(list[i].recorded_at, figures->intakes[i].recorded_at);
        assert_string_equal(list[i].period, "2026-11");
    }
    assert_fine(home, figures_history(home->store, "a/b", ONLINE, "2026-1", arena, &list, &n, &home->err));
    assert_int_equal(n, 0);
    arena_free(arena);
}

static void same_value_again_is_no_correction(void **state)
{
    struct home *home = *state;
    for (int i = 0; i < 2; i++) {
        add(home, begin_intake(home, "1.csv", i ? SUM_B : SUM_A, false, "2026-12-01"), 1, "a/b", ONLINE,
            "2026-11", 5);
        committed(home);
    }
    const struct figures *figures = figures_now(home, NULL);
    assert_int_equal(figures->n, 1);
    assert_value(figures, "a/b", ONLINE, "2026-11", 5, false);
}

/* Who speaks last is right, also with an earlier instant. */
static void latest_intake_counts_not_the_latest_instant(void **state)
{
    struct home *home = *state;
    add(home, begin_intake(home, "1.csv", SUM_A, false, "2026-12-05"), 1, "a/b", ONLINE, "2026-11", 5);
    committed(home);
    add(home, begin_intake(home, "2.csv", SUM_B, false, "2026-12-01"), 1, "a/b", ONLINE, "2026-11", 6);
    committed(home);
    assert_value(figures_now(home, NULL), "a/b", ONLINE, "2026-11", 6, true);
    assert_value(figures_now(home, "2026-12-02"), "a/b", ONLINE, "2026-11", 6, false);
    assert_string_equal(home_sql_text(home->db, "SELECT value FROM meta WHERE name = 'first_day'"),
                        "2026-12-01");
}

static void intakes_are_found_by_their_bytes(void **state)
{
    struct home *home = *state;
    bool found = true;
    int64_t id;
    assert_fine(home, intake_find(home->store, SUM_A, &found, &id, &home->err));
    assert_false(found);
    tell_corrections(home);
    assert_fine(home, intake_find(home->store, SUM_A, &found, &id, &home->err));
    assert_true(found);
    assert_int_equal(id, figures_now(home, NULL)->intakes[2].id);
    assert_fine(home, intake_find(home->store, SUM_B, &found, &id, &home->err));
    assert_true(found);
    assert_int_equal(id, figures_now(home, NULL)->intakes[1].id);
}

static void samples_are_known_until_replaced(void **state)
{
    struct home *home = *state;
    add(home, begin_intake(home, "samples.csv", SUM_A, true, "2026-12-01"), 1, "a/b", ONLINE, "2026-11", 5);
    committed(home);
    assert_true(figures_now(home, NULL)->sample);
    add(home, begin_intake(home, "real.csv", SUM_B, false, "2026-12-02"), 1, "a/b", ONLINE, "2026-11", 5);
    committed(home);
    assert_false(figures_now(home, NULL)->sample);
    assert_true(figures_now(home, "2026-12-01")->sample);
}

static void schema_refuses(void **state)
{
    struct home *home = *state;
    int64_t intake = begin_intake(home, "1.csv", SUM_A, false, "2026-12-01");
    add(home, intake, 1, "a/b", ONLINE, "2026-11", 5);
    committed(home);
    const struct figure wrong[] = {
        {.unit = "a/b",
         .metric = ONLINE,
         .period = "2026-11",
         .value = 5,
         .intake = intake,
         .row = 2}, /* twice in one intake */
        {.unit = "a/b",
         .metric = ONLINE,
         .period = "2026-12",
         .value = 5,
         .intake = intake + 9,
         .row = 2}, /* no such intake */
        {.unit = "a/b", .metric = ONLINE, .period = "2026-12", .value = -1, .intake = intake, .row = 2},
        {.unit = "a/b",
         .metric = ONLINE,
         .period = "2026-12",
         .value = 5,
         .intake = intake,
         .row = 0}, /* no such row */
        {.unit = "", .metric = ONLINE, .period = "2026-12", .value = 5, .intake = intake, .row = 2},
        {.unit = "a/b", .metric = "", .period = "2026-12", .value = 5, .intake = intake, .row = 2},
        {.unit = "a/b", .metric = ONLINE, .period = "", .value = 5, .intake = intake, .row = 2},
        {.unit = "a/b", .metric = ONLINE, .period = NULL, .value = 5, .intake = intake, .row = 2},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        assert_fine(home, store_begin(home->store, &home->err));
        assert_false(figure_add(home->store, &wrong[i], &home->err));
        assert_said(home, ERR_INPUT, "sổ không nhận dữ liệu này");
        store_rollback(home->store);
    }
    const struct intake bad[] = {{.name = "", .checksum = SUM_A}, {.name = "a", .checksum = "abc"}};
    for (size_t i = 0; i < 2; i++) {
        int64_t id;
        struct intake one = bad[i];
        one.recorded_at = instant("2026-12-01");
        assert_fine(home, store_begin(home->store, &home->err));
        assert_false(intake_add(home->store, &one, REAL_NOW, &id, &home->err));
        store_rollback(home->store);
    }
    assert_int_equal(figures_now(home, NULL)->n, 1);
    assert_fine(home, store_verify(home->store, &home->err));
}

static void figures_are_only_added(void **state)
{
    struct home *home = *state;
    tell_corrections(home);
    home_close(home);
    static const char *const scripts[] = {
        "UPDATE figure SET value = 1",
        "DELETE FROM figure",
        "UPDATE intake SET name = 'x'",
        "DELETE FROM intake",
    };
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(home_sql(home->db, scripts[i]) & 0xff, SQLITE_CONSTRAINT);
}

/* A figure whose intake is gone is damage, and is told. */
static void lost_intake_is_no_silence(void **state)
{
    struct home *home = *state;
    tell_corrections(home);
    home_close(home);
    assert_int_equal(home_sql(home->db, "DROP TRIGGER intake_kept; DELETE FROM intake WHERE id = 2"),
                     SQLITE_OK);
    home_open(home);
    assert_null(figures_read(home->store, DAY_NONE, &home->err));
    assert_said(home, ERR_ENV, "bị hỏng");
}

static void intake_before_the_first_day_is_found_by_verify(void **state)
{
    struct home *home = *state;
    tell_corrections(home);
    assert_fine(home, store_verify(home->store, &home->err));
    home_close(home);
    assert_int_equal(home_sql(home->db, "UPDATE meta SET value = '2026-12-02'"), SQLITE_OK);
    home_open(home);
    assert_false(store_verify(home->store, &home->err));
    assert_said(home, ERR_ENV, "trước ngày đầu");
}

static void many_figures_in_any_order(void **state)
{
    struct home *home = *state;
    enum { UNITS = 40, METRICS = 5, MONTHS = 12, ALL = UNITS * METRICS * MONTHS };
    int64_t intake = begin_intake(home, "many.csv", SUM_A, false, "2026-12-01");
    char unit[24], metric[24], period[24];
    for (int i = 0; i < ALL; i++) {
        int k = (int)((i * 7919L) % ALL); /* 7919 is prime to ALL: each once */
        snprintf(unit, sizeof unit, "org/%d", k % UNITS);
        snprintf(metric, sizeof metric, "m%d", k / UNITS % METRICS);
        snprintf(period, sizeof period, "2026-%02d", k / UNITS / METRICS + 1);
        add(home, intake, i + 1, unit, metric, period, k);
    }
    committed(home);
    const struct figures *figures = figures_now(home, NULL);
    assert_int_equal(figures->n, ALL);
    for (int k = 0; k < ALL; k++) {
        const struct figure *first;
        snprintf(unit, sizeof unit, "org/%d", k % UNITS);
        snprintf(metric, sizeof metric, "m%d", k / UNITS % METRICS);
        snprintf(period, sizeof period, "2026-%02d", k / UNITS / METRICS + 1);
        assert_value(figures, unit, metric, period, k, false);
        assert_int_equal(figures_of(figures, unit, metric, &first), MONTHS);
    }
}

/* ---- taking up what came later ---- */

static bool same(const char *a, const char *b)
{
    return a == b || (a && b && !strcmp(a, b));
}

static void assert_same_figures(const struct figures *a, const struct figures *b)
{
    assert_int_equal(a->n, b->n);
    assert_int_equal(a->n_past, b->n_past);
    assert_int_equal(a->n_intakes, b->n_intakes);
    assert_int_equal(a->sample, b->sample);
    for (size_t i = 0; i < a->n; i++) {
        const struct figure *x = &a->list[i], *y = &b->list[i];
        assert_true(same(x->unit, y->unit) && same(x->metric, y->metric) && same(x->period, y->period) &&
                    same(x->note, y->note));
        assert_true(x->value == y->value && x->recorded_at == y->recorded_at && x->intake == y->intake &&
                    x->row == y->row && x->corrected == y->corrected);
    }
    for (size_t i = 0; i < a->n_past; i++) {
        const struct figure_past *x = &a->past[i], *y = &b->past[i];
        assert_true(same(x->unit, y->unit) && same(x->metric, y->metric) && same(x->period, y->period) &&
                    x->intake == y->intake);
    }
    for (size_t i = 0; i < a->n_intakes; i++) {
        const struct intake *x = &a->intakes[i], *y = &b->intakes[i];
        assert_true(x->id == y->id && same(x->name, y->name) && same(x->checksum, y->checksum) &&
                    same(x->by, y->by) && x->sample == y->sample && x->recorded_at == y->recorded_at);
    }
}

/* One intake of some keys, in the ledger; which is what renewing is told. */
static struct intake some_intake(struct home *home, int round, const struct figure_key *keys, size_t n)
{
    char at[32];
    snprintf(at, sizeof at, "2026-11-%02dT08:00", round % 28 + 1);
    const bool sample = round % 5 == 0;
    int64_t id = begin_intake(home, "a.csv", round % 2 ? SUM_A : SUM_B, sample, at);
    for (size_t i = 0; i < n; i++)
        add(home, id, (int)i + 2, keys[i].unit, keys[i].metric, keys[i].period, (round * 7 + (int)i * 3) % 4);
    committed(home);
    return (struct intake){.id = id,
                           .name = "a.csv",
                           .checksum = round % 2 ? SUM_A : SUM_B,
                           .sample = sample,
                           .recorded_at = instant(at)};
}

static void renewed_is_what_would_be_read(void **state)
{
    static const char *const units[] = {"t/A", "t/B", "t/Z"};
    static const char *const periods[] = {"2026-10", "2026-11", "2026"};
    struct home *home = *state;
    struct figures *kept = figures_read(home->store, DAY_NONE, &home->err);
    assert_fine(home, kept != NULL);
    int renewed = 0;
    for (int round = 0; round < 90; round++) {
        struct figure_key keys[2];
        for (int i = 0; i < 2; i++)
            keys[i] = (struct figure_key){units[(round * 5 + i) % 3], (round / 3 + i) % 2 ? "m" : "n",
                                          periods[(round / 2 + i) % 3]};
        const struct intake intake = some_intake(home, round, keys, 1 + (size_t)round % 2);
        if (figures_renew(kept, home->store, &intake, keys, 1 + (size_t)round % 2, &home->err))
            renewed++;
        else { /* no room left: read anew */
            figures_free(kept);
            kept = figures_read(home->store, DAY_NONE, &home->err);
            assert_fine(home, kept != NULL);
        }
        assert_same_figures(kept, figures_now(home, NULL));
    }
    assert_in_range(renewed, 85, 89); /* of intakes there is room for 64 */
    figures_free(kept);
    figures_now(NULL, NULL);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, home_setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(nothing_reported_yet),
        TEST(figures_come_back_in_order_whatever_came_first),
        TEST(slice_holds_one_unit_and_metric_only),
        TEST(correction_replaces_and_nothing_is_forgotten),
        TEST(same_value_again_is_no_correction),
        TEST(latest_intake_counts_not_the_latest_instant),
        TEST(intakes_are_found_by_their_bytes),
        TEST(samples_are_known_until_replaced),
        TEST(schema_refuses),
        TEST(figures_are_only_added),
        TEST(lost_intake_is_no_silence),
        TEST(intake_before_the_first_day_is_found_by_verify),
        TEST(many_figures_in_any_order),
        TEST(renewed_is_what_would_be_read),
    };
    return cmocka_run_group_tests_name("figures", tests, NULL, NULL);
}
