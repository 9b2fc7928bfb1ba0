/* metric, kpi, measures and targets: what is counted, and what is to be reached. */
#include "rulebook/words.h"

#include "base/text.h"
#include "rulebook/lexer.h"

#include <lauxlib.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

/* ---- operands: metric names, or sums of them ---- */

static struct operand_draft *operand_read(struct words *words, int index, const struct spot *at)
{
    struct value *value = words_value(words, index);
    if (value &&
        value->kind == VALUE_MEASURE) { /* sum("a", "b") is a measure of its own and an operand of others */
        struct measure_draft *measure = value->data;
        if (measure->measure.kind == MEASURE_COUNT)
            return &measure->top;
    }
    struct operand_draft *operand = arena_alloc(words->scratch, sizeof *operand);
    const char *name =
        words_string(words, index, at, say(words->faults->lang, "tên số liệu", "the metric's name"));
    if (name) {
        operand->metrics.at = arena_alloc(words->scratch, sizeof(struct name));
        operand->metrics.at[0] = (struct name){name, *at};
        operand->metrics.n = 1;
    }
    return operand;
}

static struct measure_draft *measure_new(struct words *words, enum measure_kind kind, struct spot *at)
{
    struct measure_draft *draft = arena_alloc(words->scratch, sizeof *draft);
    *at = words_spot(words);
    draft->measure = (struct measure){.kind = kind, .at = words_source(at), .function = LUA_NOREF};
    return draft;
}

static int two_operands(lua_State *L, enum measure_kind kind)
{
    struct words *words = words_of(L);
    struct spot at;
    struct measure_draft *draft = measure_new(words, kind, &at);
    lua_settop(L, 2);
    draft->top = *operand_read(words, 1, &at);
    draft->bottom = *operand_read(words, 2, &at);
    return words_push(words, VALUE_MEASURE, draft, &at);
}

static int word_ratio(lua_State *L)
{
    return two_operands(L, MEASURE_RATIO);
}

static int word_average(lua_State *L)
{
    return two_operands(L, MEASURE_AVERAGE);
}

/* count("a"), sum("a", "b", …): several names add up. */
static int names_measure(lua_State *L, enum measure_kind kind)
{
    struct words *words = words_of(L);
    struct spot at;
    struct measure_draft *draft = measure_new(words, kind, &at);
    int n = lua_gettop(L) < 64 ? lua_gettop(L) : 64;
    if (!n)
        words_fault(words, &at, "thiếu tên số liệu", "the metric's name is missing");
    draft->top.metrics.at = arena_alloc(words->scratch, (size_t)(n + 1) * sizeof(struct name));
    for (int i = 1; i <= n; i++) {
        struct operand_draft *operand = operand_read(words, i, &at);
        if (operand->metrics.n == 1)
            draft->top.metrics.at[draft->top.metrics.n++] = operand->metrics.at[0];
        else if (operand->metrics.n)
            words_fault(words, &at, "sum không lồng trong sum", "sum does not nest in sum");
    }
    return words_push(words, VALUE_MEASURE, draft, &at);
}

static int word_count(lua_State *L)
{
    return names_measure(L, MEASURE_COUNT);
}

static int one_name(lua_State *L, enum measure_kind kind)
{
    lua_settop(L, 1);
    return names_measure(L, kind);
}

static int word_largest(lua_State *L)
{
    return one_name(L, MEASURE_LARGEST);
}

static int word_units_with(lua_State *L)
{
    return one_name(L, MEASURE_UNITS_WITH);
}

static const struct key change_keys[] = {{"from", read_period, 0, true}};

static int change_word(lua_State *L, enum measure_kind kind)
{
    struct words *words = words_of(L);
    struct spot at;
    struct measure_draft *draft = measure_new(words, kind, &at);
    lua_settop(L, 2);
    draft->top = *operand_read(words, 1, &at);
    words_table(words, 2, &at, "change", change_keys, 1, &draft->measure.from, NULL);
    return words_push(words, VALUE_MEASURE, draft, &at);
}

static int word_change(lua_State *L)
{
    return change_word(L, MEASURE_CHANGE);
}

static int word_reduction(lua_State *L)
{
    return change_word(L, MEASURE_REDUCTION);
}

static int word_on_time(lua_State *L)
{
    struct words *words = words_of(L);
    struct spot at;
    struct measure_draft *draft = measure_new(words, MEASURE_ON_TIME, &at);
    int n = lua_gettop(L) < 64 ? lua_gettop(L) : 64;
    draft->refs.at = arena_alloc(words->scratch, (size_t)(n + 1) * sizeof(struct name));
    for (int i = 1; i <= n; i++) {
        const char *ref = words_string(words, i, &at, "ref");
        if (ref)
            draft->refs.at[draft->refs.n++] = (struct name){ref, at};
    }
    if (!n)
        words_fault(words, &at, "on_time cần ít nhất một ref", "on_time needs at least one ref");
    return words_push(words, VALUE_MEASURE, draft, &at);
}

/* ---- targets ---- */

struct cases {
    enum target_form form;
    const char *attribute;
    struct target_case *at;
    size_t n, cap;
};

static struct target_case *case_add(struct words *words, struct cases *cases)
{
    if (cases->n == cases->cap) {
        size_t more = cases->cap ? 2 * cases->cap : 8;
        struct target_case *bigger = arena_alloc(words->arena, more * sizeof *bigger);
        if (cases->n)
            memcpy(bigger, cases->at, cases->n * sizeof *bigger);
        cases->at = bigger;
        cases->cap = more;
    }
    return &cases->at[cases->n++];
}

static int cases_push(struct words *words, struct cases *cases, const struct spot *at)
{
    if (!cases->n)
        words_fault(words, at, "thiếu các mức của chỉ tiêu", "the target's values are missing");
    return words_push(words, VALUE_CASES, cases, at);
}

static struct cases *cases_new(struct words *words, enum target_form form, struct spot *at)
{
    struct cases *cases = arena_alloc(words->scratch, sizeof *cases);
    cases->form = form;
    *at = words_spot(words);
    return cases;
}

/* By name, default last: the order of Lua's tables changes from run to run. */
static int case_by_value(const void *a, const void *b)
{
    const struct target_case *x = a, *y = b;
    if (!x->value || !y->value)
        return !x->value - !y->value;
    return strcmp(x->value, y->value);
}

static int word_by_attribute(lua_State *L)
{
    struct words *words = words_of(L);
    struct spot at;
    struct cases *cases = cases_new(words, FORM_BY_ATTRIBUTE, &at);
    lua_settop(L, 2);
    cases->attribute = words_string(words, 1, &at, "by_attribute");
    if (!lua_istable(L, 2)) {
        words_fault(words, &at, "by_attribute(\"area\", { rural = 1200, default = 1600 })",
                    "by_attribute(\"area\", { rural = 1200, default = 1600 })");
        return words_push(words, VALUE_CASES, cases, &at);
    }
    box_pay_table(L);
    for (lua_pushnil(L); lua_next(L, 2); lua_pop(L, 1)) {
        if (lua_type(L, -2) != LUA_TSTRING) {
            words_fault(words, &at, "by_attribute: mỗi mức cần tên", "by_attribute: each value needs a name");
            continue;
        }
        struct target_case *one = case_add(words, cases);
        const char *value = lua_tostring(L, -2);
        one->value = strcmp(value, "default") ? arena_strdup(words->arena, value) : NULL;
        if (!words_number(words, -1, &at, &one->number))
            one->number.scaled = 0;
    }
    if (cases->n)
        qsort(cases->at, cases->n, sizeof *cases->at, case_by_value);
    return cases_push(words, cases, &at);
}

/* path("2021", { 20, 40, … }): one value a year. */
static int word_path(lua_State *L)
{
    struct words *words = words_of(L);
    struct spot at;
    struct cases *cases = cases_new(words, FORM_STEPS, &at);
    lua_settop(L, 2);
    struct period year = {0};
    lua_pushvalue(L, 1);
    read_period(words, &at, &year);
    lua_pop(L, 1);
    size_t n = lua_istable(L, 2) ? lua_rawlen(L, 2) : 0;
    if (year.label[0] && year.kind != PERIOD_YEAR)
        words_fault(words, &at, "path cần năm đầu như \"2021\"", "path needs its first year like \"2021\"");
    for (size_t i = 0; i < n && year.label[0]; i++, lua_pop(L, 1)) {
        lua_rawgeti(L, 2, (lua_Integer)i + 1);
        struct target_case *one = case_add(words, cases);
        one->period = year;
        if (!words_number(words, -1, &at, &one->number))
            one->number.scaled = 0;
        year = period_next(&year);
    }
    return cases_push(words, cases, &at);
}

static int case_by_period(const void *a, const void *b)
{
    const struct target_case *x = a, *y = b;
    return (x->period.first > y->period.first) - (x->period.first < y->period.first);
}

static int word_steps(lua_State *L)
{
    struct words *words = words_of(L);
    struct spot at;
    struct cases *cases = cases_new(words, FORM_STEPS, &at);
    if (!lua_istable(L, 1)) {
        words_fault(words, &at, "steps { [\"2022\"] = 30, … }", "steps { [\"2022\"] = 30, … }");
        return words_push(words, VALUE_CASES, cases, &at);
    }
    box_pay_table(L);
    for (lua_pushnil(L); lua_next(L, 1); lua_pop(L, 1)) {
        struct target_case *one = case_add(words, cases);
        struct err err = {.lang = words->faults->lang};
        const char *label = lua_type(L, -2) == LUA_TSTRING ? lua_tostring(L, -2) : "";
        if (!period_parse(label, &one->period, &err))
            words_fault(words, &at, "steps: %s", "steps: %s", err.text);
        if (!words_number(words, -1, &at, &one->number))
            one->number.scaled = 0;
    }
    if (cases->n)
        qsort(cases->at, cases->n, sizeof *cases->at, case_by_period);
    return cases_push(words, cases, &at);
}

static void target_cases(struct words *words, struct target *target, const struct spot *at)
{
    struct value *value = words_value(words, 1);
    if (value && value->kind == VALUE_CASES) {
        struct cases *cases = value->data;
        target->form = cases->form;
        target->attribute = cases->attribute;
        target->cases = cases->at;
        target->n_cases = cases->n;
    } else {
        struct target_case *one = arena_alloc(words->arena, sizeof *one);
        target->cases = one;
        target->n_cases = words_number(words, 1, at, &one->number);
    }
    for (size_t i = 0; i < target->n_cases; i++)
        if (target->cases[i].number.scaled < 0)
            words_fault(words, at, "chỉ tiêu âm: mức cắt giảm viết bằng reduction(…) và at_least",
                        "negative target: a cut is reduction(…) with at_least");
}

static int target_word(lua_State *L, enum target_op op)
{
    struct words *words = words_of(L);
    struct spot at = words_spot(words);
    struct target *target = arena_alloc(words->scratch, sizeof *target);
    lua_settop(L, 2);
    target->op = op;
    target_cases(words, target, &at);
    if (!lua_isnil(L, 2))
        target->unit = words_string(words, 2, &at, say(words->faults->lang, "đơn vị tính", "the unit"));
    return words_push(words, VALUE_TARGET, target, &at);
}

static int word_at_least(lua_State *L)
{
    return target_word(L, TARGET_AT_LEAST);
}

static int word_at_most(lua_State *L)
{
    return target_word(L, TARGET_AT_MOST);
}

static int word_exactly(lua_State *L)
{
    return target_word(L, TARGET_EXACTLY);
}

static int word_no_target(lua_State *L)
{
    struct words *words = words_of(L);
    struct spot at = words_spot(words);
    struct target *target = arena_alloc(words->scratch, sizeof *target);
    target->op = TARGET_NONE;
    target->why = words_string(words, 1, &at, "no_target");
    return words_push(words, VALUE_TARGET, target, &at);
}

/* ---- metric ---- */

static void read_equals(struct words *words, const struct spot *at, void *into)
{
    *(struct operand_draft **)into = operand_read(words, -1, at);
}

static void read_over_time(struct words *words, const struct spot *at, void *into)
{
    const char *text = words_string(words, -1, at, "over_time");
    if (text && strcmp(text, "sum") && strcmp(text, "last"))
        words_fault(words, at,
                    "over_time là \"sum\" (cộng qua các tháng) hoặc \"last\" (số cuối kỳ), không phải \"%s\"",
                    "over_time is \"sum\" (adds up over months) or \"last\" (a stock), not \"%s\"", text);
    *(bool *)into = text && !strcmp(text, "last");
}

static const struct key metric_keys[] = {
    {"title", read_title, offsetof(struct metric_draft, metric.title), true},
    {"counted_in", read_text, offsetof(struct metric_draft, metric.counted_in), true},
    {"over_time", read_over_time, offsetof(struct metric_draft, metric.stock), false},
    {"decimals", read_int, offsetof(struct metric_draft, metric.decimals), false},
    {"equals", read_equals, offsetof(struct metric_draft, equals), false},
    {"never_above", read_name, offsetof(struct metric_draft, never_above), false},
    {"note", read_text, offsetof(struct metric_draft, metric.note), false},
};

static int metric_table(lua_State *L)
{
    struct words *words = words_of(L);
    struct spot at;
    const char *name = words_curried(words, "metric", &at);
    if (!name)
        return 0;
    struct metric_draft *draft = arena_alloc(words->scratch, sizeof *draft);
    draft->at = at;
    draft->metric = (struct metric){.name = name, .at = words_source(&at)};
    if (!words_is_id(name, false))
        words_fault(words, &at, "tên số liệu '%s' không được có ':', '#', dấu cách",
                    "metric name '%s' must not hold ':', '#', blanks", name);
    words_table(words, 1, &at, arena_printf(words->scratch, "metric \"%s\"", name), metric_keys,
                sizeof metric_keys / sizeof *metric_keys, draft, NULL);
    if (draft->metric.decimals < 0 || draft->metric.decimals > 4)
        words_fault(words, &at, "decimals từ 0 đến 4", "decimals is 0 to 4");
    *draft_push(words, &words->metrics) = draft;
    return 0;
}

static int word_metric(lua_State *L)
{
    return words_curry(L, "metric", metric_table);
}

/* ---- kpi ---- */

/* The words of the lines on which the function on top of the stack stands. An included file's functions
 * cannot be reached from here: globals are locked. */
static uint64_t function_code(struct words *words)
{
    lua_Debug where;
    struct lexer lexer;
    struct token token;
    uint64_t hash = HASH_START;
    lua_pushvalue(words->L, -1);
    must(lua_getinfo(words->L, ">S", &where));
    lexer_init(&lexer, words->file->bytes, words->file->n_bytes);
    for (lexer_next(&lexer, &token); token.kind != TOKEN_END && token.line <= where.lastlinedefined;
         lexer_next(&lexer, &token))
        if (token.line >= where.linedefined)
            hash = hash_bytes(hash_bytes(hash, token.at, token.n), "\n", 1);
    return hash;
}

static void read_measure(struct words *words, const struct spot *at, void *into)
{
    lua_State *L = words->L;
    struct value *value = words_value(words, -1);
    if (value && value->kind == VALUE_MEASURE) {
        *(struct measure_draft **)into = value->data;
        return;
    }
    struct measure_draft *draft = arena_alloc(words->scratch, sizeof *draft);
    draft->measure =
        (struct measure){.kind = MEASURE_FUNCTION, .at = words_source(at), .function = LUA_NOREF};
    *(struct measure_draft **)into = draft;
    if (!lua_isfunction(L, -1) || lua_iscfunction(L, -1)) {
        words_fault(words, at, "measure cần ratio(…), count(…), sum(…), … hoặc một hàm",
                    "measure needs ratio(…), count(…), sum(…), … or a function");
        return;
    }
    for (int i = 1; lua_getupvalue(L, -1, i); i++) {
        lua_pushglobaltable(L);
        bool globals = lua_rawequal(L, -1, -2);
        lua_pop(L, 2);
        if (!globals)
            words_fault(words, at, "hàm của chỉ tiêu không được dùng biến local bên ngoài",
                        "a KPI's function must not use outer locals");
    }
    lua_pushvalue(L, -1);
    draft->measure.function = luaL_ref(L, LUA_REGISTRYINDEX);
    draft->measure.code = function_code(words);
    words->functions = true;
}

static void read_target(struct words *words, const struct spot *at, void *into)
{
    struct value *value = words_value(words, -1);
    if (value && value->kind == VALUE_TARGET)
        *(struct target **)into = value->data;
    else
        words_fault(words, at, "target cần at_least(…), at_most(…), exactly(…) hoặc no_target \"vì sao\"",
                    "target needs at_least(…), at_most(…), exactly(…) or no_target \"why\"");
}

static void read_each(struct words *words, const struct spot *at, void *into)
{
    static const struct {
        const char *name;
        enum period_kind kind;
    } list[] = {
        {"month", PERIOD_MONTH}, {"quarter", PERIOD_QUARTER}, {"half", PERIOD_HALF}, {"year", PERIOD_YEAR}};
    const char *text = words_string(words, -1, at, "each");
    for (size_t i = 0; text && i < sizeof list / sizeof *list; i++)
        if (!strcmp(text, list[i].name)) {
            *(enum period_kind *)into = list[i].kind;
            return;
        }
    if (text)
        words_fault(words, at, "each là \"month\", \"quarter\", \"half\" hoặc \"year\", không phải \"%s\"",
                    "each is \"month\", \"quarter\", \"half\" or \"year\", not \"%s\"", text);
}

struct waive_draft {
    struct name below;
    const char *why;
};

static const struct key waive_keys[] = {
    {"below", read_name, offsetof(struct waive_draft, below), true},
    {"why", read_text, offsetof(struct waive_draft, why), true},
};

static void read_waive(struct words *words, const struct spot *at, void *into)
{
    struct kpi_draft *draft = into;
    struct waive_draft waive = {0};
    words_table(words, -1, at, "waive", waive_keys, 2, &waive, NULL);
    draft->waive_below = waive.below;
    draft->kpi.waive_why = waive.why;
}

static const struct key kpi_keys[] = {
    {"title", read_title, offsetof(struct kpi_draft, kpi.title), true},
    {"measure", read_measure, offsetof(struct kpi_draft, measure), true},
    {"target", read_target, offsetof(struct kpi_draft, target), true},
    {"lead", read_who, offsetof(struct kpi_draft, lead), false},
    {"across", read_who, offsetof(struct kpi_draft, across), false},
    {"each", read_each, offsetof(struct kpi_draft, kpi.each), false},
    {"due", read_when, offsetof(struct kpi_draft, due), false},
    {"over", read_period, offsetof(struct kpi_draft, over), false},
    {"waive", read_waive, 0, false},
    {"text", read_text, offsetof(struct kpi_draft, kpi.text), false},
    {"note", read_text, offsetof(struct kpi_draft, kpi.note), false},
};

static int kpi_table(lua_State *L)
{
    struct words *words = words_of(L);
    struct spot at;
    const char *key = words_curried(words, "kpi", &at);
    struct plan_draft *plan = key ? words_plan(words, &at, "kpi") : NULL;
    if (!plan)
        return 0;
    struct kpi_draft *draft = arena_alloc(words->scratch, sizeof *draft);
    draft->at = at;
    draft->key = key;
    draft->kpi = (struct kpi){.each = PERIOD_SPAN, .due = DAY_NONE, .at = words_source(&at)};
    words_table(words, 1, &at, arena_printf(words->scratch, "kpi \"%s\"", key), kpi_keys,
                sizeof kpi_keys / sizeof *kpi_keys, draft, NULL);
    draft->has_over = draft->over.label[0];
    *draft_push(words, &plan->kpis) = draft;
    words_push(words, VALUE_KPI, draft, &at);
    return 1;
}

static int word_kpi(lua_State *L)
{
    return words_curry(L, "kpi", kpi_table);
}

void words_add_figures(struct words *words)
{
    static const struct {
        const char *name;
        lua_CFunction function;
    } list[] = {{"metric", word_metric},       {"kpi", word_kpi},
                {"ratio", word_ratio},         {"count", word_count},
                {"sum", word_count},           {"average", word_average},
                {"largest", word_largest},     {"change", word_change},
                {"reduction", word_reduction}, {"units_with", word_units_with},
                {"on_time", word_on_time},     {"at_least", word_at_least},
                {"at_most", word_at_most},     {"exactly", word_exactly},
                {"no_target", word_no_target}, {"by_attribute", word_by_attribute},
                {"path", word_path},           {"steps", word_steps}};
    for (size_t i = 0; i < sizeof list / sizeof *list; i++)
        box_add_word(words->box, list[i].name, list[i].function, words);
}
