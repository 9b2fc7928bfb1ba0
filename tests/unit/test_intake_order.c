/* What must hold for any figures: their order does not matter, the same again changes nothing, a correction
 * and its reversal give the old result, and a refused file leaves no trace. */
#include "intake_desk.h"

#include "base/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { ROWS = 400, ROUNDS = 20 };

struct made {
    char *row[ROWS];
    size_t n;
};

/* The same numbers in every run. */
static uint32_t next(uint64_t *seed)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(*seed >> 33);
}

/* Rows of different keys; early, on time and late add up. */
static void made_init(struct made *made, uint64_t *seed, int more)
{
    made->n = 0;
    for (int unit = 0; unit < 3; unit++)
        for (int month = 1; month <= 12; month++) {
            int part[3], all = 0;
            for (int i = 0; i < 3; i++)
                all += part[i] = (int)(next(seed) % 50) + more;
            const struct {
                const char *metric;
                int value;
            } rows[] = {{"resolved", all},
                        {"resolved_early", part[0]},
                        {"resolved_on_time", part[1]},
                        {"resolved_late", part[2]},
                        {"received", (int)(next(seed) % 100)}};
            for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
                struct text row = {0};
                text_addf(&row, "hp/%c,dossiers.%s,2026-%02d,%d\n", 'A' + unit, rows[i].metric, month,
                          rows[i].value);
                made->row[made->n++] = text_take(&row);
            }
        }
}

static void made_fini(struct made *made)
{
    for (size_t i = 0; i < made->n; i++)
        mem_free(made->row[i]);
}

static void made_shuffle(struct made *made, uint64_t *seed)
{
    for (size_t i = made->n - 1; i > 0; i--) {
        size_t other = next(seed) % (i + 1);
        char *row = made->row[i];
        made->row[i] = made->row[other];
        made->row[other] = row;
    }
}

static const char *take(struct intake_desk *desk, const struct made *made, const char *options)
{
    auto_text file = {0};
    text_add(&file, "unit,metric,period,value\n");
    for (size_t i = 0; i < made->n; i++)
        text_add(&file, made->row[i]);
    return intake_desk_take(desk, text_str(&file), file.n, options);
}

static void order_does_not_matter(void **state)
{
    struct intake_desk *desk = *state;
    uint64_t seed = 1;
    struct made made;
    made_init(&made, &seed, 0);
    assert_non_null(strstr(take(desk, &made, ""), "rows 180: new 180, corrected 0, unchanged 0, refused 0"));
    auto_free char *first = intake_desk_ledger(desk);
    for (int i = 0; i < ROUNDS; i++) {
        made_shuffle(&made, &seed);
        intake_desk_empty(desk);
        assert_non_null(strstr(take(desk, &made, ""), "new 180"));
        auto_free char *again = intake_desk_ledger(desk);
        assert_string_equal(first, again);
    }
    made_fini(&made);
}

static void the_same_again_changes_nothing(void **state)
{
    struct intake_desk *desk = *state;
    uint64_t seed = 2;
    struct made made;
    made_init(&made, &seed, 0);
    take(desk, &made, "");
    for (int i = 0; i < ROUNDS; i++) {
        assert_non_null(strstr(take(desk, &made, ""), "new 0, corrected 0, unchanged 180, refused 0"));
        made_shuffle(&made, &seed);
    }
    made_fini(&made);
    struct figures *figures = figures_read(desk->home->store, DAY_NONE, &desk->home->err);
    assert_non_null(figures);
    assert_int_equal(figures->n_intakes, 1); /* those that brought nothing left no trace */
    figures_free(figures);
}

static void a_correction_and_its_reversal_give_the_old_result(void **state)
{
    struct intake_desk *desk = *state;
    uint64_t seed = 3, same = 3;
    struct made made, corrected;
    made_init(&made, &seed, 0);
    made_init(&corrected, &same, 1);
    take(desk, &made, "");
    auto_free char *before = intake_desk_ledger(desk);
    assert_non_null(strstr(take(desk, &corrected, ""), "new 0, corrected 144, unchanged 36, refused 0"));
    auto_free char *between = intake_desk_ledger(desk);
    assert_string_not_equal(before, between);
    assert_non_null(strstr(take(desk, &made, ""), "refused, the ledger is unchanged"));
    assert_non_null(strstr(take(desk, &made, "restore"), "new 0, corrected 144, unchanged 36, refused 0"));
    auto_free char *after = intake_desk_ledger(desk);
    assert_string_equal(before, after);
    made_fini(&made);
    made_fini(&corrected);
}

static void a_refused_file_leaves_no_trace(void **state)
{
    struct intake_desk *desk = *state;
    uint64_t seed = 4;
    struct made made;
    made_init(&made, &seed, 0);
    take(desk, &made, "");
    auto_free char *before = intake_desk_ledger(desk);
    for (int i = 0; i < ROUNDS; i++) {
        struct made wrong;
        made_init(&wrong, &seed, 2);
        size_t at = next(&seed) % wrong.n;
        mem_free(wrong.row[at]);
        wrong.row[at] = mem_strdup("hp/A,dossiers.received,2026-12,1e9\n");
        assert_non_null(strstr(take(desk, &wrong, ""), "refused, the ledger is unchanged"));
        auto_free char *after = intake_desk_ledger(desk);
        assert_string_equal(before, after);
        made_fini(&wrong);
    }
    made_fini(&made);
}

static void each_figure_knows_where_it_came_from(void **state)
{
    struct intake_desk *desk = *state;
    static const char file[] = "unit,metric,period,value\n\nhp/A,dossiers.received,2026-10,5\n";
    intake_desk_take(desk, file, sizeof file - 1, "");
    struct figures *figures = figures_read(desk->home->store, DAY_NONE, &desk->home->err);
    assert_non_null(figures);
    assert_int_equal(figures->n, 1);
    assert_int_equal(figures->list[0].row, 3);
    const struct intake *intake = figures_intake(figures, figures->list[0].intake);
    char sum[65];
    sha256_hex(file, sizeof file - 1, sum);
    assert_string_equal(intake->checksum, sum);
    assert_string_equal(intake->name, "figures");
    assert_string_equal(intake->by, "tester");
    assert_int_equal(intake->recorded_at, 1790000060);
    figures_free(figures);
}

/* Nobody reads a line of gigabytes to its end. */
static void a_line_without_end_is_refused_where_it_is_too_long(void **state)
{
    struct intake_desk *desk = *state;
    enum { LONG = 4 << 20 };
    char *file = mem_alloc(LONG);
    static const char *const heads[] = {"", "unit,metric,period,value\n", "unit,metric,period,value\nhp/A,\"",
                                        "[{\"unit\":\"", "["};
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        memset(file, '7', LONG);
        memcpy(file, heads[i], strlen(heads[i]));
        assert_non_null(strstr(intake_desk_take(desk, file, LONG, ""), "longer than 65536 bytes"));
    }
    for (size_t i = 30; i < LONG; i += 100) /* many lines inside one quoted field */
        file[i] = '\n';
    memcpy(file, heads[2], strlen(heads[2]));
    assert_non_null(strstr(intake_desk_take(desk, file, LONG, "partial"), "longer than 65536 bytes"));
    mem_free(file);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        INTAKE_DESK(order_does_not_matter),
        INTAKE_DESK(the_same_again_changes_nothing),
        INTAKE_DESK(a_correction_and_its_reversal_give_the_old_result),
        INTAKE_DESK(a_refused_file_leaves_no_trace),
        INTAKE_DESK(each_figure_knows_where_it_came_from),
        INTAKE_DESK(a_line_without_end_is_refused_where_it_is_too_long),
    };
    return cmocka_run_group_tests_name("intake_order", tests, NULL, NULL);
}
