#include "bench.h"

#include <lauxlib.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static int word_show(lua_State *L)
{
    struct bench *bench = lua_touserdata(L, lua_upvalueindex(1));
    for (int i = 1; i <= lua_gettop(L); i++) {
        lua_getglobal(L, "tostring");
        lua_pushvalue(L, i);
        lua_call(L, 1, 1);
        text_addf(&bench->shown, "%s%s", i > 1 ? " " : bench->shown.n ? "," : "", lua_tostring(L, -1));
        lua_pop(L, 1);
    }
    return 0;
}

static int word_where(lua_State *L)
{
    struct bench *bench = lua_touserdata(L, lua_upvalueindex(1));
    const char *file;
    int line;
    box_where(L, &file, &line);
    text_addf(&bench->shown, "%s%s:%d", bench->shown.n ? "," : "", file ? file : "?", line);
    return 0;
}

static int word_inner(lua_State *L)
{
    struct bench *bench = lua_touserdata(L, lua_upvalueindex(1));
    size_t n;
    const char *source = luaL_checklstring(L, 2, &n);
    lua_pushboolean(L, box_run(bench->box, luaL_checkstring(L, 1), source, n, &bench->faults));
    return 1;
}

static int word_keep(lua_State *L)
{
    lua_settop(L, 1);
    lua_setfield(L, LUA_REGISTRYINDEX, "kept");
    return 0;
}

/* Stands for every word of the language: takes anything and can be called again. */
static int word_any(lua_State *L)
{
    lua_pushlightuserdata(L, NULL);
    lua_pushcclosure(L, word_any, 1);
    return 1;
}

static int word_refuse(lua_State *L)
{
    return box_error(L, "từ này từ chối %d", "this word refuses %d", 7);
}

static int word_tick(lua_State *L)
{
    struct bench *bench = lua_touserdata(L, lua_upvalueindex(1));
    bench->ticks++;
    return 0;
}

void bench_open(struct bench *bench, enum lang lang, const struct box_limits *limits)
{
    static const char *const words[] = {"task", "report", "section", "plan",  "kpi",
                                        "part", "every",  "by",      "ratio", "api"};
    *bench = (struct bench){.box = box_new(limits)};
    faults_init(&bench->faults, lang);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        box_add_word(bench->box, words[i], word_any, NULL);
    box_add_word(bench->box, "show", word_show, bench);
    box_add_word(bench->box, "where", word_where, bench);
    box_add_word(bench->box, "inner", word_inner, bench);
    box_add_word(bench->box, "keep", word_keep, bench);
    box_add_word(bench->box, "refuse", word_refuse, bench);
    box_add_word(bench->box, "tick", word_tick, bench);
    lua_pushstring(box_state(bench->box), "giá trị");
    box_add_value(bench->box, "value");
    box_lock(bench->box);
}

void bench_close(struct bench *bench)
{
    assert_int_equal(lua_gettop(box_state(bench->box)), 0);
    box_free(bench->box);
    faults_fini(&bench->faults);
    text_fini(&bench->shown);
}

bool bench_run(struct bench *bench, const char *source)
{
    return box_run(bench->box, "rules/x.lua", source, strlen(source), &bench->faults);
}

char *bench_told(const struct bench *bench)
{
    char *bytes = NULL;
    size_t n;
    FILE *stream = open_memstream(&bytes, &n);
    faults_print(&bench->faults, stream);
    fclose(stream);
    return bytes;
}
