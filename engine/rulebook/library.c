#include "rulebook/library.h"

#include "base/text.h"

#include <lauxlib.h>
#include <lualib.h>
#include <stdlib.h>
#include <string.h>

enum { CONVERSION_PRICE = 300 }; /* of a number with many digits */

/* ---- what Lua's own functions cost ---- */

/* As much as reading all arguments once. */
static void pay_arguments(lua_State *L)
{
    int n = lua_gettop(L);
    uint64_t steps = 4 + (uint64_t)n;
    for (int i = 1; i <= n; i++)
        if (lua_type(L, i) == LUA_TSTRING)
            steps += lua_rawlen(L, i) / 4;
    box_pay(L, steps);
}

/* The function of Lua that stands behind ours. */
static int original(lua_State *L)
{
    return lua_tocfunction(L, lua_upvalueindex(1))(L);
}

static int paid(lua_State *L)
{
    pay_arguments(L);
    return original(L);
}

/* Elements of the table at 1 from i to j; no more than there can be in all memory. */
static void pay_elements(lua_State *L, lua_Integer i, lua_Integer j)
{
    uint64_t most = box_memory(box_of(L)) / sizeof(lua_Integer);
    uint64_t n = i > j ? 0 : (uint64_t)j - (uint64_t)i + 1;
    box_pay(L, 4 + 2 * (n < most ? n : most));
}

static lua_Integer length_of(lua_State *L, int index)
{
    return lua_type(L, index) == LUA_TTABLE ? (lua_Integer)lua_rawlen(L, index) : 0;
}

/* table.insert with a position and table.remove with one shift what is behind it. */
static int paid_shift(lua_State *L, int arguments)
{
    if (lua_gettop(L) < arguments)
        return paid(L);
    lua_Integer length = length_of(L, 1), position = lua_tointeger(L, 2);
    pay_elements(L, position < 1 ? 1 : position, length);
    return original(L);
}

static int table_insert(lua_State *L)
{
    return paid_shift(L, 3);
}

static int table_remove(lua_State *L)
{
    return paid_shift(L, 2);
}

static int table_concat(lua_State *L)
{
    pay_elements(L, luaL_optinteger(L, 3, 1), luaL_optinteger(L, 4, length_of(L, 1)));
    return paid(L);
}

static int table_unpack(lua_State *L)
{
    pay_elements(L, luaL_optinteger(L, 2, 1), luaL_optinteger(L, 3, length_of(L, 1)));
    return paid(L);
}

/* ---- text of values ---- */

/* Pushes what tostring gives: never an address. */
static void push_text(lua_State *L, int index)
{
    index = lua_absindex(L, index);
    switch (lua_type(L, index)) {
    case LUA_TNIL:
    case LUA_TBOOLEAN:
    case LUA_TNUMBER:
    case LUA_TSTRING:
        luaL_tolstring(L, index, NULL);
        return;
    default:
        if (luaL_getmetafield(L, index, "__name") != LUA_TSTRING)
            lua_pushstring(L, luaL_typename(L, index));
    }
}

static int base_tostring(lua_State *L)
{
    luaL_checkany(L, 1);
    push_text(L, 1);
    return 1;
}

/* The next conversion at or behind c, its letter; NULL when there is none. "%%" is not one. */
static const char *conversion(const char *c, const char *end)
{
    while (c < end && (c = memchr(c, '%', (size_t)(end - c)))) {
        c++;
        if (c < end && *c != '%') {
            while (c < end && *c && strchr("-+ #0123456789.", *c))
                c++;
            return c < end ? c : NULL;
        }
        c++;
    }
    return NULL;
}

/* Puts texts in the place of what %s would show as an address, and refuses %p. */
static int string_format(lua_State *L)
{
    size_t length;
    const char *format = luaL_checklstring(L, 1, &length), *end = format + length;
    int n = lua_gettop(L), argument = 2;
    pay_arguments(L);
    for (const char *c = conversion(format, end); c; c = conversion(c + 1, end), argument++) {
        box_pay(L, CONVERSION_PRICE);
        if (*c == 'p')
            return box_error(L, "string.format không có %%p: địa chỉ mỗi lần chạy một khác",
                             "string.format has no %%p: an address differs from run to run");
        if (*c == 's' && argument <= n) {
            push_text(L, argument);
            lua_replace(L, argument);
        }
    }
    return original(L);
}

static int string_rep(lua_State *L)
{
    size_t length, between = 0;
    luaL_checklstring(L, 1, &length);
    lua_Integer n = luaL_checkinteger(L, 2);
    luaL_optlstring(L, 3, "", &between);
    const uint64_t most = BOX_LONGEST_STRING;
    if (n > 0 && ((uint64_t)n > most || (uint64_t)n * (length + between) > most + between))
        return box_error(
            L,
            "string.rep: kết quả dài quá %d KB hay lặp quá %d lần; tệp quy tắc không cần chuỗi dài như vậy",
            "string.rep: the result is longer than %d KB or repeats more than %d times; no rule needs one so "
            "long",
            BOX_LONGEST_STRING / 1024, BOX_LONGEST_STRING);
    pay_arguments(L);
    box_pay(L, n > 0 ? (uint64_t)n : 0);
    return original(L);
}

/* ---- tables in order ---- */

/* A key of a table: numbers come first, then strings by their bytes, then false and true. */
struct key {
    enum { KEY_NUMBER, KEY_STRING, KEY_BOOLEAN } kind;
    bool integer;
    lua_Integer i; /* of integers and booleans */
    lua_Number n;
    const char *text;
    size_t length;
    lua_Integer place; /* in the list of keys */
};

static struct key key_at(lua_State *L, int index)
{
    struct key key = {0};
    switch (lua_type(L, index)) {
    case LUA_TNUMBER:
        key.integer = lua_isinteger(L, index);
        key.i = key.integer ? lua_tointeger(L, index) : 0;
        key.n = lua_tonumber(L, index);
        return key;
    case LUA_TSTRING:
        key.kind = KEY_STRING;
        key.text = lua_tolstring(L, index, &key.length);
        return key;
    case LUA_TBOOLEAN:
        key.kind = KEY_BOOLEAN;
        key.i = lua_toboolean(L, index);
        return key;
    default:
        box_error(L, "không duyệt được bảng này: có khoá là %s; khoá chỉ nên là số hay chuỗi",
                  "this table has no order: one of its keys is a %s; keys should be numbers or strings",
                  luaL_typename(L, index));
        return key;
    }
}

static int compare_integers(lua_Integer a, lua_Integer b)
{
    return a < b ? -1 : a > b;
}

/* A key that is a float is no whole number, or beyond all integers: so nothing is lost by comparing as
 * floats. */
static int compare_mixed(lua_Integer i, lua_Number n)
{
    return n >= 0x1p63 || (lua_Number)i < n ? -1 : 1;
}

static int compare_numbers(const struct key *a, const struct key *b)
{
    if (a->integer && b->integer)
        return compare_integers(a->i, b->i);
    if (a->integer)
        return compare_mixed(a->i, b->n);
    if (b->integer)
        return -compare_mixed(b->i, a->n);
    return a->n < b->n ? -1 : a->n > b->n;
}

static int compare_keys(const void *left, const void *right)
{
    const struct key *a = left, *b = right;
    if (a->kind != b->kind)
        return a->kind < b->kind ? -1 : 1;
    if (a->kind == KEY_NUMBER)
        return compare_numbers(a, b);
    if (a->kind == KEY_BOOLEAN)
        return compare_integers(a->i, b->i);
    int bytes = memcmp(a->text, b->text, a->length < b->length ? a->length : b->length);
    return bytes ? bytes : compare_integers((lua_Integer)a->length, (lua_Integer)b->length);
}

struct order {
    size_t n, at;
    struct key keys[];
};

/* Upvalues: table, list of its keys, their order. A key that is gone meanwhile is left out. */
static int pairs_step(lua_State *L)
{
    struct order *order = lua_touserdata(L, lua_upvalueindex(3));
    while (order->at < order->n) {
        box_pay(L, 1);
        lua_rawgeti(L, lua_upvalueindex(2), order->keys[order->at++].place);
        lua_pushvalue(L, -1);
        if (lua_rawget(L, lua_upvalueindex(1)) != LUA_TNIL)
            return 2;
        lua_pop(L, 2);
    }
    lua_pushnil(L);
    return 1;
}

static lua_Integer count_keys(lua_State *L)
{
    lua_Integer n = 0;
    for (lua_pushnil(L); lua_next(L, 1); lua_pop(L, 1))
        n++;
    return n;
}

/* Lists the keys at stack index 2, where they stay alive, and their order at 3. */
static void list_keys(lua_State *L, lua_Integer n)
{
    lua_createtable(L, (int)n, 0);
    struct order *order = lua_newuserdatauv(L, sizeof *order + (size_t)n * sizeof *order->keys, 0);
    order->n = (size_t)n;
    order->at = 0;
    lua_Integer place = 0;
    for (lua_pushnil(L); lua_next(L, 1);) {
        lua_pop(L, 1);
        struct key *key = &order->keys[place++];
        *key = key_at(L, -1);
        key->place = place;
        lua_pushvalue(L, -1);
        lua_rawseti(L, 2, place);
    }
    if (n > 1)
        qsort(order->keys, order->n, sizeof *order->keys, compare_keys);
}

static int base_pairs(lua_State *L)
{
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_settop(L, 1);
    box_pay_table(L);
    lua_Integer n = count_keys(L);
    box_pay(L, (uint64_t)n * 16);
    list_keys(L, n);
    lua_pushvalue(L, 1);
    lua_insert(L, 2); /* table, table, keys, order */
    lua_pushcclosure(L, pairs_step, 3);
    lua_insert(L, 1);
    lua_pushnil(L);
    return 3; /* step, table, nil */
}

/* The least key above the given one. */
static int base_next(lua_State *L)
{
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_settop(L, 2);
    bool first = lua_isnil(L, 2), found = false;
    struct key after = {0}, best = {0};
    if (!first)
        after = key_at(L, 2);
    box_pay_table(L);
    lua_pushnil(L); /* 3: the best so far */
    for (lua_pushnil(L); lua_next(L, 1);) {
        lua_pop(L, 1);
        box_pay(L, 4);
        struct key key = key_at(L, -1);
        if ((!first && compare_keys(&key, &after) <= 0) || (found && compare_keys(&key, &best) >= 0))
            continue;
        found = true;
        best = key;
        lua_pushvalue(L, -1);
        lua_replace(L, 3);
    }
    if (!found)
        return 1;
    lua_pushvalue(L, 3);
    lua_rawget(L, 1);
    return 2;
}

/* ---- table.sort: stable, and never more than n log n comparisons, whatever the order function says ---- */

struct sorting {
    lua_State *L;
    bool by_function;
    uint32_t *order, *spare; /* places in the copy at stack index 3 */
};

static bool is_less(const struct sorting *sorting, uint32_t a, uint32_t b)
{
    lua_State *L = sorting->L;
    int top = lua_gettop(L);
    if (sorting->by_function)
        lua_pushvalue(L, 2);
    lua_rawgeti(L, 3, (lua_Integer)a + 1);
    lua_rawgeti(L, 3, (lua_Integer)b + 1);
    box_pay(L, 8 + (lua_type(L, -1) == LUA_TSTRING ? lua_rawlen(L, -1) / 16 : 0));
    bool less;
    if (sorting->by_function) {
        lua_call(L, 2, 1);
        less = lua_toboolean(L, -1);
    } else {
        less = lua_compare(L, -2, -1, LUA_OPLT);
    }
    lua_settop(L, top);
    return less;
}

/* Merges two sorted neighbours; of equal ones the left comes first. */
static void merge(struct sorting *sorting, uint32_t from, uint32_t middle, uint32_t to)
{
    uint32_t left = from, right = middle;
    for (uint32_t i = from; i < to; i++) {
        bool take_right =
            left == middle || (right < to && is_less(sorting, sorting->order[right], sorting->order[left]));
        sorting->spare[i] = sorting->order[take_right ? right++ : left++];
    }
}

static void merge_all(struct sorting *sorting, uint32_t n)
{
    for (uint32_t width = 1; width < n; width *= 2) {
        for (uint32_t from = 0; from < n; from += 2 * width) {
            uint32_t middle = from + width < n ? from + width : n,
                     to = from + 2 * width < n ? from + 2 * width : n;
            merge(sorting, from, middle, to);
        }
        uint32_t *sorted = sorting->spare;
        sorting->spare = sorting->order;
        sorting->order = sorted;
    }
}

static int table_sort(lua_State *L)
{
    luaL_checktype(L, 1, LUA_TTABLE);
    bool by_function = !lua_isnoneornil(L, 2);
    if (by_function)
        luaL_checktype(L, 2, LUA_TFUNCTION);
    lua_settop(L, 2);
    lua_Unsigned n = lua_rawlen(L, 1);
    luaL_argcheck(L, n < UINT32_MAX / 4, 1, "array too big");
    pay_elements(L, 1, (lua_Integer)n);
    lua_createtable(L, (int)n, 0);
    uint32_t *order = lua_newuserdatauv(L, 2 * n * sizeof *order + 1, 0);
    for (uint32_t i = 0; i < n; i++) {
        lua_rawgeti(L, 1, (lua_Integer)i + 1);
        lua_rawseti(L, 3, (lua_Integer)i + 1);
        order[i] = i;
    }
    struct sorting sorting = {.L = L, .by_function = by_function, .order = order, .spare = order + n};
    merge_all(&sorting, (uint32_t)n);
    for (uint32_t i = 0; i < n; i++) {
        lua_rawgeti(L, 3, (lua_Integer)sorting.order[i] + 1);
        lua_rawseti(L, 1, (lua_Integer)i + 1);
    }
    return 0;
}

/* ---- the allow-list ---- */

struct allowed {
    const char *name;
    lua_CFunction ours; /* `paid` and others find Lua's own as their upvalue; NULL: a plain value */
};

static const struct allowed base_list[] = {
    {"assert", paid},      {"error", paid},  {"ipairs", paid},   {"next", base_next},
    {"pairs", base_pairs}, {"select", paid}, {"tonumber", paid}, {"tostring", base_tostring},
    {"type", paid},        {NULL, NULL},
};
static const struct allowed string_list[] = {
    {"byte", paid},      {"char", paid}, {"format", string_format}, {"len", paid}, {"lower", paid},
    {"rep", string_rep}, {"sub", paid},  {"upper", paid},           {NULL, NULL},
};
static const struct allowed table_list[] = {
    {"concat", table_concat}, {"insert", table_insert}, {"remove", table_remove},
    {"sort", table_sort},     {"unpack", table_unpack}, {NULL, NULL},
};
static const struct allowed math_list[] = {
    {"abs", paid},        {"acos", paid}, {"asin", paid},      {"atan", paid},       {"ceil", paid},
    {"cos", paid},        {"deg", paid},  {"exp", paid},       {"floor", paid},      {"fmod", paid},
    {"huge", NULL},       {"log", paid},  {"max", paid},       {"maxinteger", NULL}, {"min", paid},
    {"mininteger", NULL}, {"modf", paid}, {"pi", NULL},        {"rad", paid},        {"sin", paid},
    {"sqrt", paid},       {"tan", paid},  {"tointeger", paid}, {"type", paid},       {"ult", paid},
    {NULL, NULL},
};
static const struct allowed utf8_list[] = {
    {"char", paid}, {"charpattern", NULL}, {"codepoint", paid}, {"codes", paid},
    {"len", paid},  {"offset", paid},      {NULL, NULL},
};

static const struct library {
    const char *name;
    lua_CFunction open;
    const struct allowed *list;
} libraries[] = {
    {"string", luaopen_string, string_list},
    {"table", luaopen_table, table_list},
    {"math", luaopen_math, math_list},
    {"utf8", luaopen_utf8, utf8_list},
};

/* Pushes the allowed form of one field of the library on top of the stack. */
static void push_allowed(lua_State *L, const struct allowed *allowed)
{
    lua_getfield(L, -1, allowed->name);
    must(!lua_isnil(L, -1));
    if (allowed->ours)
        lua_pushcclosure(L, allowed->ours, 1);
}

static const char *allowed_name(size_t i, const void *data)
{
    const struct allowed *list = data;
    return list[i].name;
}

/* __index behind a library: called for what it does not have. Upvalue: the library. */
static int unknown_field(lua_State *L)
{
    const struct library *library = lua_touserdata(L, lua_upvalueindex(1));
    const char *name = lua_type(L, 2) == LUA_TSTRING ? lua_tostring(L, 2) : luaL_typename(L, 2);
    size_t n = 0;
    while (library->list[n].name)
        n++;
    box_pay(L, 200 * n + strlen(name));
    const char *nearest = text_nearest(name, n, allowed_name, library->list);
    if (nearest)
        return box_error(L, "không có %s.%.80s; có phải %s.%s?", "there is no %s.%.80s; did you mean %s.%s?",
                         library->name, name, library->name, nearest);
    return box_error(L, "không có %s.%.80s trong tệp quy tắc", "there is no %s.%.80s in rule files",
                     library->name, name);
}

/* __newindex of a library. Upvalue: the library. */
static int refuse_field(lua_State *L)
{
    const struct library *library = lua_touserdata(L, lua_upvalueindex(1));
    return box_error(L, "không được sửa thư viện %s", "the library %s cannot be changed", library->name);
}

static void set_closure(lua_State *L, const char *name, lua_CFunction function, const struct library *library)
{
    lua_pushlightuserdata(L, (void *)library);
    lua_pushcclosure(L, function, 1);
    lua_setfield(L, -2, name);
}

/* Pushes the table of what is allowed; other names in it are an error. */
static void push_fields(lua_State *L, const struct library *library)
{
    lua_newtable(L);
    lua_pushcfunction(L, library->open);
    lua_call(L, 0, 1);
    for (const struct allowed *allowed = library->list; allowed->name; allowed++) {
        push_allowed(L, allowed);
        lua_setfield(L, -3, allowed->name);
    }
    lua_pop(L, 1);
    lua_newtable(L);
    set_closure(L, "__index", unknown_field, library);
    lua_setmetatable(L, -2);
}

/* "x":rep(2): strings find the fields of string, and nothing else: no arithmetic with texts. Pops the fields.
 */
static void set_string_metatable(lua_State *L)
{
    lua_pushliteral(L, "");
    lua_newtable(L);
    lua_pushvalue(L, -3);
    lua_setfield(L, -2, "__index");
    lua_setmetatable(L, -2);
    lua_pop(L, 2);
}

/* Rule code sees an empty table with the fields behind it, so that it cannot change them. */
static void add_library(struct box *box, const struct library *library)
{
    lua_State *L = box_state(box);
    lua_newtable(L);
    lua_newtable(L);
    push_fields(L, library);
    lua_pushvalue(L, -1);
    lua_setfield(L, -3, "__index");
    if (library->open == luaopen_string)
        set_string_metatable(L);
    else
        lua_pop(L, 1);
    set_closure(L, "__newindex", refuse_field, library);
    lua_setmetatable(L, -2);
    box_add_value(box, library->name);
}

void library_open(struct box *box)
{
    lua_State *L = box_state(box);
    for (size_t i = 0; i < sizeof libraries / sizeof *libraries; i++)
        add_library(box, &libraries[i]);
    lua_newtable(L); /* luaopen_base fills the table of globals */
    lua_pushvalue(L, -1);
    lua_rawgeti(L, LUA_REGISTRYINDEX, LUA_RIDX_GLOBALS);
    lua_insert(L, -2);
    lua_rawseti(L, LUA_REGISTRYINDEX, LUA_RIDX_GLOBALS);
    lua_pushcfunction(L, luaopen_base);
    lua_call(L, 0, 0);
    lua_rawseti(L, LUA_REGISTRYINDEX, LUA_RIDX_GLOBALS);
    for (const struct allowed *allowed = base_list; allowed->name; allowed++) {
        push_allowed(L, allowed);
        box_add_value(box, allowed->name);
    }
    lua_pop(L, 1);
}
