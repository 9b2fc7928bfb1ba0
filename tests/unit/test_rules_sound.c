/* What is left of rules some of which have faults. */
#include "rules_home.h"

#include "base/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define OFFICES "api(1)\norg \"hp\" { title = \"HP\", units = { A = { title = \"A\" } } }\n"
#define PLAN(id)                                                                                             \
    "api(1)\ninclude \"units/hp\"\nplan \"" id                                                               \
    "\" { org = \"hp\", issued = \"2026-01-07\", period = \"2026\", title = \"P\" }\n"                       \
    "task \"1\" { title = \"T\", lead = \"A\", due = by \"2026-12-10\" }\n"
#define COUNTED "kpi \"1#k\" { title = \"K\", lead = \"A\", measure = count(\"m\"), target = at_least(1) }\n"
#define METRICS "api(1)\nmetric \"m\" { title = \"M\", counted_in = \"x\" }\n"

static int setup(void **state)
{
    struct rules_home *home = mem_alloc(sizeof *home);
    rules_home_init(home);
    rules_home_put(home, "rules/units/hp.lua", OFFICES);
    rules_home_put(home, "rules/a.lua", PLAN("a"));
    rules_home_put(home, "rules/b.lua", PLAN("b") COUNTED);
    rules_home_put(home, "rules/metrics.lua", METRICS);
    *state = home;
    return 0;
}

static int teardown(void **state)
{
    rules_home_fini(*state);
    mem_free(*state);
    return 0;
}

/* "a b | a.lua": the plans that are left, then the files whose faults are told. */
static void assert_left(struct rules_home *home, const char *expected)
{
    auto_text rules = {0}, calendars = {0}, told = {0};
    text_addf(&rules, "%s/rules", home->path);
    text_addf(&calendars, "%s/calendars", home->path);
    const struct rulebook_paths paths = {text_str(&rules), text_str(&calendars)};
    faults_fini(&home->faults);
    faults_init(&home->faults, LANG_EN);
    struct rulebook *book = rulebook_load_sound(&paths, &home->faults);
    for (size_t i = 0; book && i < book->n_plans; i++)
        text_addf(&told, "%s ", book->plans[i].id);
    text_add(&told, book ? "|" : "none |");
    const char *last = "";
    for (size_t i = 0; i < home->faults.list.n; i++) {
        const struct fault *fault = &home->faults.list.at[i];
        const char *name = fault->file ? strrchr(fault->file, '/') : NULL;
        if (fault->warning || !name || !strcmp(name, last))
            continue;
        text_addf(&told, " %s", name + 1);
        last = name;
    }
    assert_string_equal(text_str(&told), expected);
    rulebook_free(book);
}

static void good_rules_are_whole(void **state)
{
    assert_left(*state, "a b |");
}

static void one_bad_plan_leaves_the_other(void **state)
{
    rules_home_put(*state, "rules/a.lua", PLAN("a") "x =");
    assert_left(*state, "b | a.lua");
}

static void who_needs_a_bad_file_goes_with_it(void **state)
{
    rules_home_put(*state, "rules/metrics.lua", METRICS "x =");
    assert_left(*state, "a | b.lua metrics.lua");
}

static void without_offices_nothing_is_left(void **state)
{
    rules_home_put(*state, "rules/units/hp.lua", OFFICES "x =");
    assert_left(*state, "| a.lua b.lua hp.lua");
}

static void without_a_calendar_there_are_no_rules(void **state)
{
    rules_home_put(*state, "calendars/vn.lua", "x =");
    assert_left(*state, "none | calendars vn.lua");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {TEST(good_rules_are_whole), TEST(one_bad_plan_leaves_the_other),
                                       TEST(who_needs_a_bad_file_goes_with_it),
                                       TEST(without_offices_nothing_is_left),
                                       TEST(without_a_calendar_there_are_no_rules)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
