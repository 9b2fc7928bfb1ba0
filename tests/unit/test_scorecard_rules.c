/* The word scorecard: what is wrong in one is told with its place, and what is right stands as written. */
#include "rulebook/rulebook.h"

#include "base/text.h"
#include "rules_home.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define SHEET(parts) "scorecard \"s\" { title = \"S\", each = \"week\", parts = { " parts " } }"
#define METRIC       "\nmetric \"m\" { title = \"m\", counted_in = \"điểm\" }"
static const struct {
    const char *rows, *told;
} wrongs[] = {
    {SHEET(""), "p.lua:8:45: parts has 1 to 64 of them"},
    {SHEET("{ title = \"x\" }"), "each part needs its id"},
    {SHEET("a = { title = \"x\", most = 5 }"), "part 'a': its points are published"},
    {SHEET("a = { title = \"x\", most = 5, points = \"m\", measure = ratio(\"m\", \"m\") }") METRIC,
     "one of the two"},
    {SHEET("a = { title = \"x\", most = 5, points = \"nn\" }") METRIC, "no such metric 'nn'"},
    {SHEET("a = { title = \"x\", most = 5, percent = \"nn\" }") METRIC, "no such metric 'nn'"},
    {SHEET("a = { title = \"x\", most = 5, measure = ratio(\"m\", \"nn\") }") METRIC, "no such metric 'nn'"},
    {SHEET("a = { title = \"x\", points = \"m\" }") METRIC, "part 'a': 'most' is missing"},
    {SHEET("a = { title = \"x\", most = 0, points = \"m\" }") METRIC, "the most points must be above 0"},
    {SHEET("a = { title = \"x\", most = -1, points = \"m\" }") METRIC, "the most points must be above 0"},
    {SHEET("a = { title = \"x\", most = 5, mosst = 6, points = \"m\" }") METRIC, "did you mean 'most'?"},
    {SHEET("a = { title = \"x\", most = 5, points = \"m\", full_at = 80 }") METRIC,
     "full_at goes with measure"},
    {SHEET("a = { title = \"x\", most = 5, measure = ratio(\"m\", \"m\"), full_at = 101 }") METRIC,
     "above 0 and at most 100"},
    {SHEET("a = { title = \"x\", most = 5, measure = count(\"m\") }") METRIC,
     "for published points write points"},
    {SHEET("[\"a b\"] = { title = \"x\", most = 5, points = \"m\" }") METRIC, "part id 'a b'"},
    {"scorecard \"s\" { title = \"S\", each = \"day\", parts = { a = { title = \"x\", most = 5, points = "
     "\"m\" } "
     "} }" METRIC,
     "each is \"week\""},
    {"scorecard \"s\" { title = \"S\", parts = { a = { title = \"x\", most = 5, points = \"m\" } } }" METRIC,
     "'each' is missing"},
    {"scorecard \"s\" { title = \"S\", each = \"week\", org = \"hq\", parts = { a = { title = \"x\", most = "
     "5, "
     "points = \"m\" } } }" METRIC,
     "no such org 'hq'"},
    {"scorecard \"s\" { title = \"S\", each = \"week\", lead = \"Z\", parts = { a = { title = \"x\", most = "
     "5, "
     "points = \"m\" } } }" METRIC,
     "no such unit 'Z'"},
    {"scorecard \"s\" { title = \"S\", each = \"week\", lead = \"BCA\", parts = { a = { title = \"x\", most "
     "= 5, "
     "points = \"m\" } } }" METRIC,
     "cannot lead"},
    {"scorecard \"s\" { title = \"S\", each = \"week\", most = 6, parts = { a = { title = \"x\", most = 5, "
     "points = "
     "\"m\" } } }" METRIC,
     "the parts come to 5 points at most, not 6"},
    {"scorecard \"s\" { title = \"S\", each = \"week\", grades = { { 3, \"a\" }, { 4, \"b\" } }, parts = { a "
     "= { title "
     "= \"x\", most = 5, points = \"m\" } } }" METRIC,
     "'b' is out of place"},
    {"scorecard \"s\" { title = \"S\", each = \"week\", grades = { 90, 80 }, parts = { a = { title = \"x\", "
     "most = "
     "5, points = \"m\" } } }" METRIC,
     "each grade is { 90,"},
    {"scorecard \"s\" { title = \"S\", each = \"week\", grades = { { 6, \"a\" } }, parts = { a = { title = "
     "\"x\", most "
     "= 5, points = \"m\" } } }" METRIC,
     "is never reached"},
    {SHEET("a = { title = \"x\", most = 5, points = \"m\" }") METRIC
     "\nscorecard \"s\" { title = \"S\", each = \"year\", parts = { a = { title = \"x\", most = 5, points = "
     "\"m\" } } }",
     "is declared twice"},
    {"scorecard \"s\"", "its table { … } is missing"},
};

static void faults_have_their_place(void **state)
{
    struct rules_home *home = *state;
    size_t missing = 0;
    for (size_t i = 0; i < sizeof wrongs / sizeof *wrongs; i++) {
        auto_text source = {0};
        text_addf(&source, "%s%s\n", rules_home_head, wrongs[i].rows);
        rules_home_put(home, "rules/p.lua", text_str(&source));
        struct rulebook *rulebook = rules_home_load(home);
        if (rulebook || !strstr(rules_home_faults(home), wrongs[i].told)) {
            print_error("%s\n  should tell: %s\n  tells: %s\n", wrongs[i].rows, wrongs[i].told,
                        rules_home_faults(home));
            missing++;
        }
        rulebook_free(rulebook);
    }
    assert_int_equal(missing, 0);
}

/* A file without a plan says whose offices; parts stand as the file has them. */
static void without_a_plan(void **state)
{
    struct rules_home *home = *state;
    rules_home_put(home, "rules/p.lua", rules_home_head);
    rules_home_put(
        home, "rules/q.lua",
        "api(1)\nmetric \"m\" { title = \"m\", counted_in = \"điểm\" }\n"
        "scorecard \"s\" { title = \"S\", each = \"week\", org = \"hp\", lead = \"@two\", parts = {\n"
        "  z = { title = \"z\", most = 1.5, points = \"m\" },\n"
        "  b = { title = \"b\", most = 2, points = \"m\" }, a = { title = \"a\", most = 3, points = "
        "\"m\" },\n} }\n");
    struct rulebook *rulebook = rules_home_load(home);
    if (!rulebook)
        fail_msg("%s", rules_home_faults(home));
    const struct scorecard *scorecard = rulebook_scorecard(rulebook, "s");
    assert_int_equal(scorecard->lead.n, 2);
    assert_int_equal(scorecard->most.scaled, 65000);
    assert_string_equal(scorecard->parts[0].id, "z");
    assert_string_equal(scorecard->parts[1].id, "b");
    assert_string_equal(scorecard->parts[2].id, "a");
    rulebook_free(rulebook);
    rules_home_put(home, "rules/q.lua",
                   "api(1)\nmetric \"m\" { title = \"m\", counted_in = \"điểm\" }\n" SHEET(
                       "a = { title = \"x\", most = 5, points = \"m\" }"));
    assert_null(rules_home_load(home));
    assert_non_null(strstr(rules_home_faults(home), "'org' is missing (this file has no plan)"));
}

static int home_open(void **state)
{
    static struct rules_home home;
    rules_home_init(&home);
    *state = &home;
    return 0;
}

static int home_close(void **state)
{
    rules_home_fini(*state);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(faults_have_their_place, home_open, home_close),
        cmocka_unit_test_setup_teardown(without_a_plan, home_open, home_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
