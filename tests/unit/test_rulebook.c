/* The rule language: what is wrong in a file is told with its place, and what is right means what it says. */
#include "rulebook/rulebook.h"

#include "base/text.h"
#include "rules_home.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* Rows that follow rules_home_head (7 lines), and what must be told about them: all of these pieces. */
static const struct wrong {
    const char *rows;
    const char *told[4];
} wrongs[] = {
    {"task \"1\" { title = \"x\", lead = \"A\", due = ongoing, leed = \"B\" }",
     {"p.lua:8:52: task \"1\": unknown key 'leed'; did you mean 'lead'?"}},
    {"task \"1\" { title = \"x\", lead = \"A\",\n  title = \"y\", due = ongoing }",
     {"p.lua:9:3: ", "title", "8"}},
    {"task \"1\" { title = \"x\", lead = \"PV\", due = ongoing }", {"p.lua:8:", "no such unit 'PV'"}},
    {"task \"1\" { title = \"x\", lead = \"@tow\", due = ongoing }", {"p.lua:8:", "no such group '@tow'"}},
    {"task \"1\" { title = \"x\", lead = \"BCA\", due = ongoing }",
     {"p.lua:8:", "'BCA' is an outside office and cannot lead"}},
    {"task \"1\" { title = \"x\", lead = \"A\", due = within(3, \"days\", \"recieved\") }",
     {"p.lua:8:", "no such event 'recieved'; did you mean 'received'?"}},
    {"task \"1\" { title = \"x\", lead = \"A\", due = at_once(done_of \"9\") }",
     {"p.lua:8:", "no such row '9'"}},
    {"kpi \"1#k\" { title = \"x\", lead = \"A\", measure = ratio(\"a.b\", \"c.d\"), target = at_least(1, "
     "\"%\") }",
     {"p.lua:8:", "no such metric 'a.b'", "no such metric 'c.d'"}},
    {"task \"1\" { title = \"x\", lead = \"A\", due = ongoing }\ntask \"1\" { title = \"y\", lead = \"A\", "
     "due = ongoing }",
     {"p.lua:9:", "ref \"1\" is written twice (before at line 8)"}},
    {"task \"1\" { title = \"x\", lead = \"A\" }", {"p.lua:8:0: task \"1\": 'due' is missing"}},
    {"task \"1\" { lead = \"A\", due = ongoing }", {"p.lua:8:0: task \"1\": 'title' is missing"}},
    {"task \"1\" { title = \"x\", due = ongoing }", {"p.lua:8:0: task \"1\": 'lead' is missing"}},
    {"task \"1\" { title = \"x\", lead = \"A\", due = before \"2026-02-31\" }",
     {"p.lua:8:0: ", "2026-02-31"}},
    {"task \"1\" { title = \"x\", lead = \"A\", due = \"20/01/2026\" }",
     {"p.lua:8:", "say before \"20/01/2026\""}},
    {"task \"1\" { title = \"x\", lead = \"A\", due = month \"2026\" }",
     {"p.lua:8:", "a period like \"2026-06\" is needed here, not \"2026\""}},
    {"task \"1\" { title = \"x\", lead = \"A\", due = every(\"month\", { before_day = 25, by_day = 3 }) }",
     {"p.lua:8:", "exactly one of before_day"}},
    {"task \"1\" { title = \"x\", lead = \"A\", due = every(\"month\", { before_day = 1 }) }",
     {"p.lua:8:", "day 1 cannot be used here"}},
    {"task \"1\" { title = \"x\", lead = \"A\", due = every(\"weak\", { by_day = 1 }) }",
     {"p.lua:8:", "every(\"weak\")"}},
    {"task \"1\" { title = \"x\", lead = \"A\", due = within(3, \"dais\", \"received\") }",
     {"p.lua:8:", "not \"dais\""}},
    {"task \"1\" { title = \"x\", lead = \"A\", due = within(0, \"days\", \"received\") }",
     {"p.lua:8:", "1 to 3660"}},
    {"task \"1:2\" { title = \"x\", lead = \"A\", due = ongoing }", {"p.lua:8:0: ref '1:2' must not"}},
    {"task \"1\"", {"p.lua:8:0: task \"1\": its table { … } is missing"}},
    {"taks \"1\" { }", {"p.lua:8:", "taks", "task"}},
    {"part \"x\" { title = \"x\", due = ongoing }",
     {"p.lua:8:0: a part must stand inside the table of a row"}},
    {"task \"1\" { \"x\", title = \"x\", lead = \"A\", due = ongoing }",
     {"p.lua:8:", "only part and kpi stand unnamed"}},
    {"task \"1\" { title = \"123456789 123456789 123456789 123456789 123456789 123456789 123456789 123456789 "
     "123456789 1\", lead = \"A\", due = ongoing }",
     {"p.lua:8:12: title has 91 characters, at most 90"}},
    {"task \"1\" { title = \"\\xff\", lead = \"A\", due = ongoing }", {"p.lua:8:", "not UTF-8"}},
    {"report \"1\" { title = \"x\", lead = \"A\", to = \"A\", due = ongoing }",
     {"p.lua:8:0: no unit is left to lead"}},
    {"task \"1\" { title = \"x\", lead = {}, due = ongoing }", {"p.lua:8:0: no unit is left to lead"}},
    {"task \"1\" { title = \"x\", lead = \"A\", except = \"@all\", due = ongoing }",
     {"p.lua:8:0: no unit is left to lead"}},
    {"task \"1\" { title = \"x\", lead = together {}, due = ongoing }",
     {"p.lua:8:0: no unit is left to lead"}},
    {"x = 1", {"p.lua:8:", "x"}},
    {"local function f() return f() + 1 end f()", {"p.lua:8:"}},
    {"while true do end", {"p.lua:8:"}},
    {"pcall(function() while true do end end) while true do pcall(error) end", {"p.lua:8:"}},
    {"local s = string.rep(\"\", 1 << 32)", {"p.lua:8:"}},
    {"table.move({}, 1, 1 << 27, 2)", {"p.lua:8:", "move"}},
    {"local t = {} for i = 1, 1 << 40 do t[i] = { i, i, i, i } end", {"p.lua:8:"}},
    {"local s = \"x\" while true do s = s .. s end", {"p.lua:8:"}},
    {"task \"1\" { title = \"x\" lead = \"A\" }", {"p.lua:8:"}},
    {"task \"1\" { title = \"x\", lead = \"A\", due = ongoing", {"p.lua:"}},
    {"include \"../etc/passwd\"", {"p.lua:8:0: include \"../etc/passwd\": the name must lie inside"}},
    {"include \"units/nowhere\"", {"p.lua:8:0: ", "nowhere.lua"}},
    {"plan \"q\" { org = \"hp\", issued = \"2026-01-07\", period = \"2026\", title = \"Q\" }",
     {"p.lua:8:0: a file has one plan"}},
    {"metric \"m\" { title = \"x\", counted_in = \"hồ sơ\" }\nkpi \"1#k\" { title = \"x\", lead = \"A\", "
     "measure = count(\"m\"), target = at_least(-3, \"%\") }",
     {"p.lua:9:", "negative target"}},
    {"metric \"m\" { title = \"x\", counted_in = \"hồ sơ\", over_time = \"max\" }",
     {"p.lua:8:", "not \"max\""}},
    {"test \"t\" { at = \"2026-01-08\", unit = \"A\", expect = { { ref = \"7\" } } }",
     {"p.lua:8:", "no such row '7'"}},
    {"org \"z\" { title = \"Z\", units = {\nX = { title = \"x\", until_day = \"2026-02-01\", heir = \"z/Y\" "
     "},\n"
     "Y = { title = \"y\", until_day = \"2026-03-01\", heir = \"z/X\" } } }",
     {"p.lua:10:", "heirs form a circle, by way of 'z/X'"}},
    {"test \"t\" { at = \"2026-01-08\", unit = \"A\", expect = { } }",
     {"p.lua:8:", "this test tests nothing"}},
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
        const char *faults = rules_home_faults(home);
        for (size_t j = 0; j < 4 && wrongs[i].told[j]; j++)
            if (rulebook || !strstr(faults, wrongs[i].told[j])) {
                print_error("%s\n  should tell: %s\n  tells: %s", wrongs[i].rows, wrongs[i].told[j], faults);
                missing++;
            }
    }
    assert_int_equal(missing, 0);
}

static void all_faults_come_at_once(void **state)
{
    struct rules_home *home = *state;
    rules_home_put(home, "rules/p.lua",
                   "api(1)\norg \"hp\" { title = \"HP\", units = { A = { title = \"A\" } } }\n"
                   "plan \"p\" { org = \"hp\", issued = \"2026-01-07\", period = \"2026\", title = \"P\" }\n"
                   "task \"1\" { title = \"x\", lead = \"Z\", due = before \"2026-02-31\", nope = 1 }\n");
    rules_home_put(home, "rules/q.lua", "api(1)\nmetric \"m\" { title = \"x\" }\n");
    assert_null(rules_home_load(home));
    assert_int_equal(home->faults.errors, 4);
}

static void a_file_starts_with_api(void **state)
{
    struct rules_home *home = *state;
    rules_home_put(home, "rules/p.lua", "metric \"m\" { title = \"x\", counted_in = \"y\" }\n");
    assert_null(rules_home_load(home));
    assert_non_null(strstr(rules_home_faults(home), "p.lua:1:0: the file must start with api(1)"));
}

static const struct duty *duty_of(const struct rulebook *rulebook, const char *ref)
{
    const struct item *item = plan_item(&rulebook->plans[0], ref);
    assert_non_null(item);
    assert_true(item->n_duties > 0);
    return &item->duties[0];
}

/* "label opens due, …" */
static const char *turns_text(const struct duty *duty, struct text *out)
{
    for (size_t i = 0; i < duty->timing.n_turns; i++) {
        char opens[DAY_SIZE], due[DAY_SIZE];
        text_addf(out, "%s%s %s %s", i ? ", " : "", duty->timing.turns[i].label,
                  day_iso(duty->timing.turns[i].opens, opens), day_iso(duty->timing.turns[i].due, due));
    }
    return text_str(out);
}

static void date_words_mean_what_plans_say(void **state)
{
    static const struct {
        const char *due, *turns;
    } rows[] = {
        {"before \"20/01/2026\"", "2026  2026-01-19"},
        {"by \"2026-01-20\"", "2026  2026-01-20"},
        {"on \"2026-01-20\"", "2026  2026-01-20"},
        {"month \"2026-06\"", "2026 2026-06-01 2026-06-30"},
        {"quarter \"2026-Q1\"", "2026 2026-01-01 2026-03-31"},
        {"half \"2026-H1\"", "2026 2026-01-01 2026-06-30"},
        {"year \"2026\"", "2026 2026-01-01 2026-12-31"},
        {"every(\"quarter\", { before_day = 15 })",
         "2026-Q1 2026-01-01 2026-03-14, 2026-Q2 2026-04-01 2026-06-14, 2026-Q3 2026-07-01 2026-09-14, "
         "2026-Q4 2026-10-01 2026-12-14"},
        {"every(\"quarter\", { before_day = 15, only = { 1, 3 } })",
         "2026-Q1 2026-01-01 2026-03-14, 2026-Q3 2026-07-01 2026-09-14"},
        {"every(\"month\", { by_day = 31, from = \"2026-01\", to = \"2026-03\" })",
         "2026-01 2026-01-01 2026-01-31, 2026-02 2026-02-01 2026-02-28, 2026-03 2026-03-01 2026-03-31"},
        {"every(\"month\", { by_day = 5, to = \"2026-02\" })",
         "2026-02 2026-02-01 2026-02-05"}, /* 5/1 was before the issue */
        {"every(\"year\", { before = \"15/12\" })", "2026 2026-01-01 2026-12-14"},
        {"every(\"half\", { day = \"unstated\" })",
         "2026-H1 2026-01-01 2026-06-30, 2026-H2 2026-07-01 2026-12-31"},
        {"every { [\"2026-H1\"] = before \"15/6/2026\", [\"2026\"] = before \"15/12/2026\" }",
         "2026-H1  2026-06-14, 2026  2026-12-14"},
        {"last_week_of { \"2026-01\", \"2026-04\" }",
         "2026-01 2026-01-26 2026-01-31, 2026-04 2026-04-27 2026-04-30"},
        {"span(\"2026\", \"2026\")", "2026 2026-01-01 2026-12-31"},
    };
    struct rules_home *home = *state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        auto_text source = {0}, turns = {0};
        text_addf(&source, "%stask \"1\" { title = \"x\", lead = \"A\", due = %s }\n", rules_home_head,
                  rows[i].due);
        rules_home_put(home, "rules/p.lua", text_str(&source));
        struct rulebook *rulebook = rules_home_load(home);
        if (!rulebook)
            fail_msg("%s: %s", rows[i].due, rules_home_faults(home));
        if (strcmp(turns_text(duty_of(rulebook, "1"), &turns), rows[i].turns))
            fail_msg("%s gives %s", rows[i].due, text_str(&turns));
        rulebook_free(rulebook);
    }
}

static void who_is_spelled_out(void **state)
{
    static const struct {
        const char *lead, *units;
    } rows[] = {
        {"\"@all\"", "A B C"},
        {"\"@two\"", "A B"},
        {"{ \"C\", \"@two\", \"A\" }", "A B C"},
        {"together { \"C\", \"A\" }", "C A"},
        {"\"@all\", except = \"B\"", "A C"},
        {"\"@all\", to = \"A\"", "B C"}, /* a receiver owes itself nothing */
        {"\"hp/B\"", "B"},
    };
    struct rules_home *home = *state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        auto_text source = {0}, units = {0};
        text_addf(&source, "%stask \"1\" { title = \"x\", due = ongoing, lead = %s }\n", rules_home_head,
                  rows[i].lead);
        rules_home_put(home, "rules/p.lua", text_str(&source));
        struct rulebook *rulebook = rules_home_load(home);
        if (!rulebook)
            fail_msg("%s: %s", rows[i].lead, rules_home_faults(home));
        const struct units *lead = &duty_of(rulebook, "1")->lead;
        for (size_t j = 0; j < lead->n; j++)
            text_addf(&units, "%s%s", j ? " " : "", lead->at[j]->code);
        assert_string_equal(text_str(&units), rows[i].units);
        rulebook_free(rulebook);
    }
}

static void spans_have_yearly_checkpoints(void **state)
{
    struct rules_home *home = *state;
    rules_home_put(
        home, "rules/p.lua",
        "api(1)\norg \"hp\" { title = \"HP\", units = { A = { title = \"A\" } } }\n"
        "plan \"p\" { org = \"hp\", issued = \"2021-08-05\", period = \"2021-2025\", title = \"P\" }\n"
        "task \"1\" { title = \"x\", lead = \"A\", due = span(\"2023\", \"2025\") }\n");
    struct rulebook *rulebook = rules_home_load(home);
    assert_non_null(rulebook);
    const struct item *item = plan_item(&rulebook->plans[0], "1");
    auto_text turns = {0}, marks = {0};
    assert_int_equal(item->n_duties, 2);
    assert_string_equal(turns_text(&item->duties[0], &turns), "2021-2025 2023-01-01 2025-12-31");
    assert_string_equal(item->duties[1].part, "checkpoint");
    assert_string_equal(turns_text(&item->duties[1], &marks),
                        "2023 2023-01-01 2023-12-31, 2024 2024-01-01 2024-12-31");
    rulebook_free(rulebook);
}

static void parts_inherit_from_their_row(void **state)
{
    struct rules_home *home = *state;
    auto_text source = {0};
    text_addf(
        &source,
        "%stask \"1\" { title = \"x\", lead = \"A\", with = \"B\", via = \"Đội 6\", due = ongoing { from = "
        "\"2026-Q1\" },\n"
        "  part \"report\" { kind = \"report\", title = \"y\", to = \"C\", due = before \"20/01/2026\" },\n"
        "  part \"other\" { title = \"z\", lead = \"C\", due = undated \"vì sao\" } }\n",
        rules_home_head);
    rules_home_put(home, "rules/p.lua", text_str(&source));
    struct rulebook *rulebook = rules_home_load(home);
    if (!rulebook)
        fail_msg("%s", rules_home_faults(home));
    const struct item *item = plan_item(&rulebook->plans[0], "1");
    assert_int_equal(item->n_duties, 3);
    assert_null(item->duties[0].part);
    assert_string_equal(item->duties[1].part, "report");
    assert_int_equal(item->duties[1].kind, ITEM_REPORT);
    assert_string_equal(item->duties[1].lead.at[0]->code, "A");
    assert_string_equal(item->duties[1].with.at[0]->code, "B");
    assert_string_equal(item->duties[1].via, "Đội 6");
    assert_string_equal(item->duties[2].lead.at[0]->code, "C");
    assert_int_equal(item->duties[2].kind, ITEM_TASK);
    rulebook_free(rulebook);
}

static void editors_leavings_are_not_rules(void **state)
{
    struct rules_home *home = *state;
    auto_text source = {0};
    text_addf(&source, "%stask \"1\" { title = \"x\", lead = \"A\", due = ongoing }\n", rules_home_head);
    rules_home_put(home, "rules/p.lua", text_str(&source));
    rules_home_put(home, "rules/.p.lua", "no rule");
    rules_home_put(home, "rules/#p.lua", "no rule");
    rules_home_put(home, "rules/p.lua~", "no rule");
    rules_home_put(home, "rules/x.meta.lua", "no rule");
    struct rulebook *rulebook = rules_home_load(home);
    if (!rulebook)
        fail_msg("%s", rules_home_faults(home));
    rulebook_free(rulebook);
}

static int setup(void **state)
{
    struct rules_home *home = mem_alloc(sizeof *home);
    rules_home_init(home);
    *state = home;
    return 0;
}

static int teardown(void **state)
{
    rules_home_fini(*state);
    mem_free(*state);
    return 0;
}

#define HOME_TEST(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        HOME_TEST(faults_have_their_place),      HOME_TEST(all_faults_come_at_once),
        HOME_TEST(a_file_starts_with_api),       HOME_TEST(date_words_mean_what_plans_say),
        HOME_TEST(who_is_spelled_out),           HOME_TEST(spans_have_yearly_checkpoints),
        HOME_TEST(parts_inherit_from_their_row), HOME_TEST(editors_leavings_are_not_rules),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
