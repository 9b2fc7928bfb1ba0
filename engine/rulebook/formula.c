#include "rulebook/formula.h"

#include "rulebook/box.h"

#include <lauxlib.h>
#include <math.h>
#include <string.h>

enum { STEPS_A_UNIT = 500 }; /* of a figure */

/* Keys of the registry. */
static const char library_key, helper_key;

/* ---- what the function sees ---- */

static int no_such_word(lua_State *L)
{
    const char *name = lua_type(L, 2) == LUA_TSTRING ? lua_tostring(L, 2) : luaL_typename(L, 2);
    return box_error(L,
                     "hàm của chỉ tiêu không dùng được '%s': trong hàm chỉ có f, math, string, table, utf8",
                     "a KPI's function cannot use '%s': it has f, math, string, table, utf8", name);
}

static int nothing_is_set(lua_State *L)
{
    const char *name = lua_type(L, 2) == LUA_TSTRING ? lua_tostring(L, 2) : luaL_typename(L, 2);
    return box_error(L, "hàm của chỉ tiêu không đặt được '%s': viết local %s = …",
                     "a KPI's function cannot set '%s': write local %s = …", name, name);
}

/* A metatable that refuses assignments. */
static void push_guard(lua_State *L)
{
    lua_createtable(L, 0, 3);
    lua_pushcfunction(L, nothing_is_set);
    lua_setfield(L, -2, "__newindex");
}

static void push_known(lua_State *L)
{
    static const char *const names[] = {"assert", "error",  "ipairs", "math", "next",     "pairs",    "pcall",
                                        "select", "string", "table",  "type", "tonumber", "tostring", "utf8"};
    lua_createtable(L, 0, sizeof names / sizeof *names);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        lua_getglobal(L, names[i]);
        lua_setfield(L, -2, names[i]);
    }
    push_guard(L);
    lua_pushcfunction(L, no_such_word);
    lua_setfield(L, -2, "__index");
    lua_setmetatable(L, -2);
}

/* An empty table, so that every assignment is seen; what is known stands behind it. */
static void push_library(lua_State *L)
{
    if (lua_rawgetp(L, LUA_REGISTRYINDEX, &library_key) == LUA_TTABLE)
        return;
    lua_pop(L, 1);
    lua_newtable(L);
    push_guard(L);
    push_known(L);
    lua_setfield(L, -2, "__index");
    lua_setmetatable(L, -2);
    lua_pushvalue(L, -1);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &library_key);
}

/* _ENV of the function is that of its whole file, where only functions of KPIs still run. */
static void give_library(lua_State *L)
{
    for (int i = 1; lua_getupvalue(L, -1, i); i++) {
        lua_pop(L, 1);
        push_library(L);
        lua_setupvalue(L, -2, i);
    }
}

/* ---- f ---- */

static struct formula *formula_of(lua_State *L)
{
    struct formula **slot = lua_touserdata(L, 1);
    return *slot;
}

static int helper_figure(lua_State *L)
{
    struct formula *formula = formula_of(L);
    const char *name = lua_type(L, 2) == LUA_TSTRING ? lua_tostring(L, 2) : NULL;
    if (!name)
        return box_error(L, "f(…) cần tên số liệu, như f(\"dossiers.online\")",
                         "f(…) needs the name of a metric, like f(\"dossiers.online\")");
    const struct metric *metric = rulebook_metric(formula->rulebook, name);
    if (!metric)
        return box_error(L, "không có số liệu '%s'", "there is no metric '%s'", name);
    int64_t value;
    formula->metric = NULL;
    box_pay(L, STEPS_A_UNIT * formula->units);
    if (!formula->figure(formula->data, metric, &value)) {
        formula->metric = metric;
        return box_error(L, "chưa có số liệu %s", "no data for %s", name);
    }
    if (value % NUMBER_SCALE)
        lua_pushnumber(L, (lua_Number)value / NUMBER_SCALE);
    else
        lua_pushinteger(L, value / NUMBER_SCALE);
    return 1;
}

static int helper_name(lua_State *L)
{
    struct formula *formula = formula_of(L);
    const char *name = lua_type(L, 2) == LUA_TSTRING ? lua_tostring(L, 2) : "?";
    const struct unit *unit = formula->unit;
    const char *value = NULL;
    formula->name = NULL;
    if (!strcmp(name, "period"))
        value = formula->period;
    else if (!unit)
        return box_error(L, "f.%s: chỉ tiêu chung không có đơn vị", "f.%s: a KPI over all has no unit", name);
    else
        value = strcmp(name, "unit") ? unit_attribute(unit, name) : unit->id;
    if (unit && !value) {
        formula->name = arena_strdup(formula->arena, name);
        return box_error(L, "đơn vị %s không có thuộc tính %s", "unit %s has no attribute %s", unit->id,
                         name);
    }
    lua_pushstring(L, value);
    return 1;
}

static void push_helper(lua_State *L, struct formula *formula)
{
    struct formula **slot = lua_newuserdatauv(L, sizeof *slot, 0);
    *slot = formula;
    if (lua_rawgetp(L, LUA_REGISTRYINDEX, &helper_key) != LUA_TTABLE) {
        lua_pop(L, 1);
        push_guard(L);
        lua_pushcfunction(L, helper_name);
        lua_setfield(L, -2, "__index");
        lua_pushcfunction(L, helper_figure);
        lua_setfield(L, -2, "__call");
        lua_pushvalue(L, -1);
        lua_rawsetp(L, LUA_REGISTRYINDEX, &helper_key);
    }
    lua_setmetatable(L, -2);
}

/* ---- the call ---- */

static enum formula_outcome failure(struct formula *formula, const struct faults *faults)
{
    if (formula->metric)
        return FORMULA_NO_FIGURE;
    if (formula->name)
        return FORMULA_NO_ATTRIBUTE;
    must(faults->list.n > 0);
    const struct fault *fault = &faults->list.at[0];
    formula->why =
        arena_printf(formula->arena, "%s:%d: %s", fault->file ? fault->file : "?", fault->line, fault->text);
    return FORMULA_FAILED;
}

static enum formula_outcome result(struct formula *formula, lua_State *L)
{
    const struct source *at = &formula->measure->at;
    int type = lua_type(L, -1);
    if (type == LUA_TNIL)
        return FORMULA_NOTHING;
    if (type != LUA_TNUMBER) {
        formula->why =
            arena_printf(formula->arena,
                         say(formula->lang, "%s:%d: hàm phải trả về một số hoặc nil, không phải %s",
                             "%s:%d: the function must give a number or nil, not a %s"),
                         at->file, at->line, lua_typename(L, type));
        return FORMULA_FAILED;
    }
    formula->value = lua_tonumber(L, -1) + 0.0; /* -0 is 0 */
    bool sound = isfinite(formula->value) && fabs(formula->value) < FORMULA_MOST;
    return sound ? FORMULA_NUMBER : FORMULA_NOT_FINITE;
}

static enum formula_outcome refusal(struct formula *formula)
{
    const struct source *at = &formula->measure->at;
    formula->why = arena_printf(
        formula->arena,
        say(formula->lang, "%s:%d: hàm của chỉ tiêu chạy quá lâu ở các đơn vị trước nên không chạy nữa",
            "%s:%d: the KPI's function took too long for the units before, so it is not called again"),
        at->file, at->line);
    return FORMULA_FAILED;
}

static enum formula_outcome call_within(struct formula *formula, struct box *box, uint64_t budget)
{
    lua_State *L = box_state(box);
    struct faults faults;
    faults_init(&faults, formula->lang);
    box_refill_with(box, budget);
    lua_rawgeti(L, LUA_REGISTRYINDEX, formula->measure->function);
    give_library(L);
    push_helper(L, formula);
    enum formula_outcome outcome;
    if (box_call(box, 1, 1, NULL, &faults)) {
        outcome = result(formula, L);
        lua_pop(L, 1);
    } else {
        outcome = failure(formula, &faults);
    }
    *formula->spent += budget - box_instructions_left(box);
    faults_fini(&faults);
    return outcome;
}

enum formula_outcome formula_call(struct formula *formula)
{
    /* Verdicts are made while somebody waits for a page: a few milliseconds, where an honest function takes
     * microseconds. */
    const uint64_t budget = box_default_limits.instructions / 10;
    struct box *box = formula->rulebook->box;
    must(box && formula->measure->kind == MEASURE_FUNCTION);
    formula->metric = NULL;
    formula->name = formula->why = NULL;
    if (*formula->spent >= 2 * budget)
        return refusal(formula);
    box_enter(box);
    enum formula_outcome outcome = call_within(formula, box, budget);
    box_leave(box);
    return outcome;
}
