/* test, occurred, finished, figure: what a rule author expects of the rules. */
#include "rulebook/words.h"

#include "base/text.h"
#include "time/clock.h"

#include <lauxlib.h>
#include <stddef.h>
#include <string.h>

/* ---- given ---- */

static struct given_draft *given_new(struct words *words, enum given_kind kind)
{
    struct given_draft *draft = arena_alloc(words->scratch, sizeof *draft);
    draft->at = words_spot(words);
    draft->given = (struct given){.kind = kind, .day = DAY_NONE, .due = DAY_NONE};
    return draft;
}

static void argument_name(struct words *words, int index, const struct spot *at, struct name *name)
{
    lua_pushvalue(words->L, index);
    read_name(words, at, name);
    lua_pop(words->L, 1);
}

static void argument_day(struct words *words, int index, const struct spot *at, int *day)
{
    lua_pushvalue(words->L, index);
    read_day(words, at, day);
    lua_pop(words->L, 1);
}

static const struct key occurred_keys[] = {
    {"due", read_day, offsetof(struct given_draft, given.due), false},
    {"ref", read_name, offsetof(struct given_draft, item), false},
};

static int word_occurred(lua_State *L)
{
    struct words *words = words_of(L);
    struct given_draft *draft = given_new(words, GIVEN_OCCURRED);
    lua_settop(L, 3);
    argument_name(words, 1, &draft->at, &draft->event);
    argument_day(words, 2, &draft->at, &draft->given.day);
    if (!lua_isnil(L, 3))
        words_table(words, 3, &draft->at, "occurred", occurred_keys, 2, draft, NULL);
    return words_push(words, VALUE_GIVEN, draft, &draft->at);
}

static int word_finished(lua_State *L)
{
    struct words *words = words_of(L);
    struct given_draft *draft = given_new(words, GIVEN_FINISHED);
    lua_settop(L, 3);
    argument_name(words, 1, &draft->at, &draft->item);
    draft->given.label = words_string(words, 2, &draft->at, "finished");
    argument_day(words, 3, &draft->at, &draft->given.day);
    return words_push(words, VALUE_GIVEN, draft, &draft->at);
}

static int word_figure(lua_State *L)
{
    struct words *words = words_of(L);
    struct given_draft *draft = given_new(words, GIVEN_FIGURE);
    lua_settop(L, 3);
    argument_name(words, 1, &draft->at, &draft->metric);
    lua_pushvalue(L, 2);
    read_period(words, &draft->at, &draft->given.period);
    lua_pop(L, 1);
    if (!words_number(words, 3, &draft->at, &draft->given.value))
        draft->given.value.scaled = 0;
    return words_push(words, VALUE_GIVEN, draft, &draft->at);
}

/* ---- expect ---- */

static void read_due(struct words *words, const struct spot *at, void *into)
{
    struct expectation *expectation = into;
    expectation->has_due = true;
    expectation->due = DAY_NONE;
    if (lua_isboolean(words->L, -1) && !lua_toboolean(words->L, -1))
        return;
    read_day(words, at, &expectation->due);
}

static void read_act_by(struct words *words, const struct spot *at, void *into)
{
    struct expectation *expectation = into;
    expectation->has_act_by = true;
    read_day(words, at, &expectation->act_by);
}

static void read_late(struct words *words, const struct spot *at, void *into)
{
    struct expectation *expectation = into;
    expectation->has_late = true;
    read_bool(words, at, &expectation->late);
}

static void read_provisional(struct words *words, const struct spot *at, void *into)
{
    struct expectation *expectation = into;
    expectation->has_provisional = true;
    read_bool(words, at, &expectation->provisional);
}

static void read_value(struct words *words, const struct spot *at, void *into)
{
    struct expectation *expectation = into;
    expectation->has_value = words_number(words, -1, at, &expectation->value);
}

#define EXPECT(member) offsetof(struct expectation_draft, member)
static const struct key expect_keys[] = {
    {"ref", read_name, EXPECT(ref), false},
    {"kpi", read_name, EXPECT(kpi), false},
    {"unit", read_name, EXPECT(unit), false},
    {"part", read_text, EXPECT(expectation.part), false},
    {"period", read_text, EXPECT(expectation.period), false},
    {"state", read_text, EXPECT(expectation.state), false},
    {"absent", read_bool, EXPECT(expectation.absent), false},
    {"due", read_due, EXPECT(expectation), false},
    {"act_by", read_act_by, EXPECT(expectation), false},
    {"late", read_late, EXPECT(expectation), false},
    {"provisional", read_provisional, EXPECT(expectation), false},
    {"value", read_value, EXPECT(expectation), false},
};

static struct expectation_draft *expectation_read(struct words *words, const struct spot *at)
{
    struct expectation_draft *draft = arena_alloc(words->scratch, sizeof *draft);
    draft->at = *at;
    draft->expectation.at = words_source(at);
    words_table(words, -1, at, "expect", expect_keys, sizeof expect_keys / sizeof *expect_keys, draft, NULL);
    if (!draft->ref.text == !draft->kpi.text)
        words_fault(words, at, "mỗi dòng của expect cần ref hoặc kpi (một trong hai)",
                    "each row of expect needs ref or kpi (one of the two)");
    return draft;
}

/* ---- test ---- */

struct test_reading {
    struct test_draft *test;
    const char *at;
    struct name unit, plan;
};

static void read_given(struct words *words, const struct spot *at, void *into)
{
    struct test_draft *test = *(struct test_draft **)into;
    lua_State *L = words->L;
    size_t n = lua_istable(L, -1) ? lua_rawlen(L, -1) : 0;
    if (!lua_istable(L, -1))
        words_fault(words, at, "given cần một danh sách { occurred(…), … }",
                    "given needs a list { occurred(…), … }");
    for (size_t i = 1; i <= n; i++, lua_pop(L, 1)) {
        lua_rawgeti(L, -1, (lua_Integer)i);
        struct value *value = words_value(words, -1);
        if (value && value->kind == VALUE_GIVEN)
            *draft_push(words, &test->given) = value->data;
        else
            words_fault(words, at, "given nhận occurred(…), finished(…), figure(…)",
                        "given takes occurred(…), finished(…), figure(…)");
    }
}

static void read_expect(struct words *words, const struct spot *at, void *into)
{
    struct test_draft *test = *(struct test_draft **)into;
    lua_State *L = words->L;
    size_t n = lua_istable(L, -1) ? lua_rawlen(L, -1) : 0;
    if (!n)
        words_fault(words, at, "expect trống: phép thử này không thử gì",
                    "expect is empty: this test tests nothing");
    for (size_t i = 1; i <= n; i++, lua_pop(L, 1)) {
        lua_rawgeti(L, -1, (lua_Integer)i);
        *draft_push(words, &test->expect) = expectation_read(words, at);
    }
}

static const struct key test_keys[] = {
    {"at", read_text, offsetof(struct test_reading, at), true},
    {"unit", read_name, offsetof(struct test_reading, unit), false},
    {"plan", read_name, offsetof(struct test_reading, plan), false},
    {"given", read_given, offsetof(struct test_reading, test), false},
    {"expect", read_expect, offsetof(struct test_reading, test), true},
};

static int test_table(lua_State *L)
{
    struct words *words = words_of(L);
    struct spot at;
    const char *name = words_curried(words, "test", &at);
    if (!name)
        return 0;
    struct test_draft *test = arena_alloc(words->scratch, sizeof *test);
    struct test_reading reading = {.test = test};
    words_table(words, 1, &at, arena_printf(words->scratch, "test \"%s\"", name), test_keys,
                sizeof test_keys / sizeof *test_keys, &reading, NULL);
    test->at = at;
    test->unit = reading.unit;
    test->plan = reading.plan;
    test->file_plan = words->file->plan;
    test->test = (struct rule_test){.name = name, .at = words_source(&at)};
    struct err err = {.lang = words->faults->lang};
    if (reading.at && !instant_parse(reading.at, &test->test.at_instant, &err))
        words_fault(words, &at, "test \"%s\": at: %s", "test \"%s\": at: %s", name, err.text);
    *draft_push(words, &words->tests) = test;
    return 0;
}

static int word_test(lua_State *L)
{
    return words_curry(L, "test", test_table);
}

void words_add_tests(struct words *words)
{
    box_add_word(words->box, "test", word_test, words);
    box_add_word(words->box, "occurred", word_occurred, words);
    box_add_word(words->box, "finished", word_finished, words);
    box_add_word(words->box, "figure", word_figure, words);
}
