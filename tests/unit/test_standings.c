/* How KPIs stand on a day, kept up to date: what a change touches, counted, and that it comes to the same as
 * evaluating everything anew. */
#include "evaluate/standings.h"

#include "base/text.h"
#include "rules_home.h"
#include "time/clock.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char rules[] =
    "api(1)\n"
    "org \"t\" { title = \"T\", units = {\n"
    "  A = { title = \"A\", area = \"urban\" }, B = { title = \"B\" }, C = { title = \"C\", was = \"t/X\" "
    "},\n"
    "  D = { title = \"D\", from_day = \"2026-11-10\" } }, groups = { two = { \"A\", \"B\" } } }\n"
    "plan \"p\" { org = \"t\", issued = \"2026-01-05\", period = \"2026\", title = \"P\" }\n"
    "metric \"online\" { title = \"Online\", counted_in = \"x\" }\n"
    "metric \"all\" { title = \"All\", counted_in = \"x\" }\n"
    "metric \"late\" { title = \"Late\", counted_in = \"x\" }\n"
    "metric \"desks\" { title = \"Desks\", counted_in = \"x\", over_time = \"last\" }\n"
    "report \"1\" { title = \"Report\", lead = \"@two\", due = every(\"month\", { before_day = 25 }) }\n"
    "kpi \"r#month\" { title = \"M\", lead = \"@all\", each = \"month\", measure = ratio(\"online\", "
    "\"all\"), "
    "target = at_least(80, \"%\"), waive = { below = \"all\", why = \"few\" } }\n"
    "kpi \"r#year\" { title = \"Y\", lead = \"@all\", measure = ratio(\"online\", \"all\"), target = "
    "at_least(80, "
    "\"%\") }\n"
    "kpi \"r#across\" { title = \"X\", across = \"@two\", each = \"quarter\", measure = ratio(\"online\", "
    "\"all\"), target = at_least(80, \"%\") }\n"
    "kpi \"c#late\" { title = \"L\", lead = \"@all\", each = \"month\", measure = count(\"late\"), target = "
    "at_most(0, \"x\") }\n"
    "kpi \"v#more\" { title = \"V\", lead = \"@all\", measure = change(\"online\", { from = \"2025\" }), "
    "target = "
    "at_least(10, \"%\") }\n"
    "kpi \"u#desks\" { title = \"D\", across = \"@two\", measure = units_with(\"desks\"), target = "
    "at_least(60, "
    "\"%\") }\n"
    "kpi \"o#time\" { title = \"O\", lead = \"@two\", each = \"month\", measure = on_time(\"1\"), target = "
    "at_least(90, \"%\") }\n"
    "kpi \"f#own\" { title = \"F\", lead = \"@two\", each = \"month\", target = at_least(50, \"%\"),\n"
    "  measure = function(f) return 100 * f(\"online\") / f(\"all\") end }\n";

struct desk {
    struct rules_home home;
    struct rulebook *rulebook;
    struct arena *arena;
    VEC(struct figure) figures; /* by unit, metric, period */
    VEC(struct progress_fact) progress;
    struct facts *facts;
    struct figures *known;
    struct outlook *outlook;
    struct standings *standings;
    int day;
};

static int day_of(const char *text)
{
    int day;
    assert_true(day_parse(text, &day, NULL));
    return day;
}

/* ---- telling ---- */

static void forget(struct desk *desk)
{
    outlook_free(desk->outlook);
    facts_free(desk->facts);
    figures_free(desk->known);
}

static void know(struct desk *desk)
{
    forget(desk);
    desk->known = figures_empty();
    desk->known->list = desk->figures.at;
    desk->known->n = desk->figures.n;
    desk->facts = facts_empty();
    desk->facts->progress = desk->progress.at;
    desk->facts->n_progress = desk->progress.n;
    desk->outlook = outlook_new(desk->rulebook, desk->facts, day_at(desk->day, 8, 0));
}

static int order(const struct figure *a, const struct figure_key *b)
{
    int order = strcmp(a->unit, b->unit);
    order = order ? order : strcmp(a->metric, b->metric);
    return order ? order : strcmp(a->period, b->period);
}

static void put(struct desk *desk, const struct figure_key *key, int64_t value)
{
    size_t at = 0;
    while (at < desk->figures.n && order(&desk->figures.at[at], key) < 0)
        at++;
    if (at == desk->figures.n || order(&desk->figures.at[at], key) != 0) {
        vec_push(&desk->figures);
        memmove(&desk->figures.at[at + 1], &desk->figures.at[at],
                (desk->figures.n - 1 - at) * sizeof *desk->figures.at);
        desk->figures.at[at] = (struct figure){.unit = arena_strdup(desk->arena, key->unit),
                                               .metric = arena_strdup(desk->arena, key->metric),
                                               .period = arena_strdup(desk->arena, key->period)};
    }
    desk->figures.at[at].value = value * NUMBER_SCALE;
    desk->figures.at[at].recorded_at++;
}

static void finish(struct desk *desk, const char *id, int on)
{
    size_t at = 0;
    while (at < desk->progress.n && strcmp(desk->progress.at[at].occurrence, id) <= 0)
        at++;
    vec_push(&desk->progress);
    memmove(&desk->progress.at[at + 1], &desk->progress.at[at],
            (desk->progress.n - 1 - at) * sizeof *desk->progress.at);
    desk->progress.at[at] = (struct progress_fact){.id = (int64_t)desk->progress.n,
                                                   .occurrence = arena_strdup(desk->arena, id),
                                                   .action = PROGRESS_DONE,
                                                   .on = on,
                                                   .recorded_at = day_at(on, 9, 0)};
}

static int setup(void **state)
{
    static struct desk desk;
    desk = (struct desk){.arena = arena_new(), .day = day_of("2026-11-20")};
    rules_home_init(&desk.home);
    rules_home_put(&desk.home, "rules/p.lua", rules);
    desk.rulebook = rules_home_load(&desk.home);
    if (!desk.rulebook)
        fail_msg("%s", rules_home_faults(&desk.home));
    know(&desk);
    desk.standings = standings_new(desk.outlook, desk.known, desk.day, LANG_EN);
    *state = &desk;
    return 0;
}

static int teardown(void **state)
{
    struct desk *desk = *state;
    standings_free(desk->standings);
    forget(desk);
    vec_free(&desk->figures);
    vec_free(&desk->progress);
    arena_free(desk->arena);
    rulebook_free(desk->rulebook);
    rules_home_fini(&desk->home);
    return 0;
}

/* ---- what is touched ---- */

/* On 20 November each KPI stands in November and, where it is judged monthly, in October (quarters: Q4, Q3).
 */
static const struct touch {
    const char *what;
    struct figure_key key;
    size_t touched;
} touches[] = {
    {"November: month, year, change of A; across; the function of both",
     {"t/A", "online", "2026-11"},
     1 + 1 + 1 + 1 + 2},
    {"the same in October", {"t/A", "online", "2026-10"}, 1 + 1 + 1 + 1 + 2},
    {"June: only what spans the year", {"t/A", "online", "2026-06"}, 1 + 1},
    {"August: the quarter before too", {"t/A", "online", "2026-08"}, 1 + 1 + 1},
    {"a quarter is read by the quarter and the year", {"t/B", "all", "2026-Q4"}, 1 + 1},
    {"last year: only what is held against it", {"t/A", "online", "2025"}, 1},
    {"another metric; the function may read any", {"t/B", "late", "2026-11"}, 1 + 2},
    {"an office outside the group: neither across nor the function", {"t/D", "online", "2026-11"}, 3},
    {"under its old name", {"t/X", "online", "2026-11"}, 3},
    {"a stock, across", {"t/A", "desks", "2026-Q3"}, 1},
    {"an office that no rule knows", {"t/Z", "online", "2026-11"}, 0},
    {"a metric that no rule knows", {"t/A", "nothing", "2026-11"}, 0},
};

static void a_figure_touches_what_reads_it(void **state)
{
    struct desk *desk = *state;
    for (size_t i = 0; i < sizeof touches / sizeof *touches; i++) {
        const struct touch *one = &touches[i];
        put(desk, &one->key, 7);
        know(desk);
        size_t before = desk->standings->evaluated;
        standings_update(desk->standings, desk->outlook, desk->known, false, &one->key, 1);
        if (desk->standings->evaluated - before != one->touched)
            fail_msg("%s: %zu touched instead of %zu", one->what, desk->standings->evaluated - before,
                     one->touched);
    }
    size_t before = desk->standings->evaluated;
    standings_update(desk->standings, desk->outlook, desk->known, false, NULL, 0);
    assert_int_equal(desk->standings->evaluated, before);
    standings_update(desk->standings, desk->outlook, desk->known, true, NULL, 0);
    assert_int_equal(desk->standings->evaluated, before + 4); /* A and B, October and November: on_time */
}

/* ---- the same as anew ---- */

static uint64_t seed = 20261120;

static size_t below(size_t end)
{
    seed ^= seed >> 12;
    seed ^= seed << 25;
    seed ^= seed >> 27;
    return (size_t)(seed * UINT64_C(2685821657736338717) >> 33) % end;
}

static bool same_text(const char *a, const char *b)
{
    return a == b || (a && b && !strcmp(a, b));
}

static void assert_same(const struct standings *a, const struct standings *b)
{
    assert_int_equal(a->n, b->n);
    for (size_t i = 0; i < a->n; i++) {
        assert_string_equal(a->blocks[i].period.label, b->blocks[i].period.label);
        assert_int_equal(a->blocks[i].n, b->blocks[i].n);
        for (size_t j = 0; j < a->blocks[i].n; j++) {
            const struct standing *x = &a->blocks[i].list[j], *y = &b->blocks[i].list[j];
            if (x->unit != y->unit || x->verdict != y->verdict || x->partial != y->partial ||
                x->needed != y->needed || x->lacks != y->lacks || x->behind != y->behind ||
                x->newest != y->newest || x->has_value != y->has_value || x->value < y->value ||
                x->value > y->value || !same_text(x->reason, y->reason))
                fail_msg("%s %s %s: %s, %llx, %llx instead of %s, %llx, %llx", a->blocks[i].kpi->id,
                         a->blocks[i].period.label, x->unit ? x->unit->id : "-", verdict_name(x->verdict),
                         (unsigned long long)x->lacks, (unsigned long long)x->behind,
                         verdict_name(y->verdict), (unsigned long long)y->lacks,
                         (unsigned long long)y->behind);
        }
    }
    for (size_t i = 0; i < a->rulebook->n_plans; i++)
        assert_int_equal(a->plan_used[i], b->plan_used[i]);
    for (size_t i = 0; i < a->rulebook->units.n; i++)
        assert_int_equal(a->unit_used[i], b->unit_used[i]);
}

static void touching_comes_to_the_same_as_anew(void **state)
{
    static const char *const units[] = {"t/A", "t/B", "t/C", "t/D", "t/X", "t/Z"};
    static const char *const metrics[] = {"online", "all", "late", "desks"};
    static const char *const periods[] = {"2026-11", "2026-10", "2026-Q4", "2026-Q3",    "2026",   "2025",
                                          "2026-08", "2026-01", "2025-06", "2026-11-03", "2024-05"};
    static const char *const reports[] = {"p:1:2026-11:t/A", "p:1:2026-10:t/A", "p:1:2026-10:t/B"};
    struct desk *desk = *state;
    size_t seen[VERDICT_NO_TARGET + 1] = {0}, touched = 0, anew = 0;
    for (int round = 0; round < 400; round++) {
        struct figure_key keys[3];
        size_t n = below(4);
        bool facts = below(8) == 0;
        for (size_t i = 0; i < n; i++) {
            keys[i] = (struct figure_key){units[below(6)], metrics[below(4)], periods[below(11)]};
            put(desk, &keys[i], (int64_t)below(below(3) ? 12 : 2));
        }
        if (facts)
            finish(desk, reports[below(3)], day_of("2026-10-20") + (int)below(10));
        know(desk);
        size_t before = desk->standings->evaluated;
        standings_update(desk->standings, desk->outlook, desk->known, facts, keys, n);
        touched += desk->standings->evaluated - before;
        struct standings *fresh = standings_new(desk->outlook, desk->known, desk->day, LANG_EN);
        anew += fresh->evaluated;
        assert_same(desk->standings, fresh);
        for (size_t i = 0; i < fresh->n; i++)
            for (size_t j = 0; j < fresh->blocks[i].n; j++)
                seen[fresh->blocks[i].list[j].verdict]++;
        standings_free(fresh);
    }
    for (enum verdict verdict = VERDICT_MET; verdict <= VERDICT_EXEMPT; verdict++)
        if (!seen[verdict])
            fail_msg("%s never came up", verdict_name(verdict));
    assert_true(4 * touched < anew);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_figure_touches_what_reads_it, setup, teardown),
        cmocka_unit_test_setup_teardown(touching_comes_to_the_same_as_anew, setup, teardown),
    };
    return cmocka_run_group_tests_name("standings", tests, NULL, NULL);
}
