/* The box: no rule code runs for long, takes much memory or goes deep, whatever it does. */
#include "bench.h"

#include <lauxlib.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* ---- code that never ends ---- */

static const char too_long[] = "chạy quá lâu", too_deep[] = "quá sâu", too_big[] = "bảng quá lớn",
                  long_string[] = "chuỗi dài quá 64 KB";

static void hostile_code_ends_in_a_fault_within_the_budget(void **state)
{
    (void)state;
    static const struct {
        const char *source; /* what is wrong stands on line 2 */
        const char *told;
    } rows[] = {
        {"\nwhile true do end", too_long},
        {"local i = 0\nwhile true do i = i + 1 end", too_long},
        {"\nrepeat until false", too_long},
        {"\n::again:: goto again", too_long},
        {"\nfor i = 1, math.huge do end", too_long},
        {"\nwhile true do pcall(error) end", too_long},
        {"\nwhile true do pcall(function() while true do end end) end", too_long},
        {"\npcall(pcall, pcall, pcall, function() while true do end end)", too_long},
        {"\nlocal ok = pcall(function() while true do end end) while true do end", too_long},
        {"local function f() while true do\npcall(f) end end f()", too_deep},
        {"\ntable.sort({ 3, 1, 2 }, function() while true do end end)", too_long},
        {"\nwhile true do table.sort({ 3, 1, 2 }) end", too_long},
        {"\nwhile true do pcall(function() return raport end) end", too_long},
        {"\nwhile true do pcall(function() return math.flor end) end", too_long},
        {"\nwhile true do local t = {} end", too_long},
        {"\nwhile true do local f = function() end end", too_long},
        {"\nwhile true do string.format('%s %99.99f', {}, 1e300) end", too_long},
        {"\nwhile true do local x = 1 .. 2 end", too_long},
        {"local x = 1.7976931348623157e308\nwhile true do local s = x .. x .. x .. x .. x .. x .. x .. x end",
         too_long},
        {"local x, y = 1.7976931348623157e308, 3.0\nwhile true do local r = x % y end", too_long},
        {"local s = ('x'):rep(60000)\nwhile true do local x = utf8.len(s) end", too_long},
        {"local s = ('x'):rep(60000)\nwhile true do local x = s:upper() end", too_long},
        {"local s = ('x'):rep(60000)\nwhile true do local x = tonumber(s) end", too_long},
        {"local s = ('x'):rep(60000)\nwhile true do local x = s .. 'y' end", too_long},
        {"local s, t = ('x'):rep(60000), ('x'):rep(59999) .. 'x'\nwhile true do local x = s == t end",
         too_long},
        {"local s, t = ('x'):rep(60000), ('x'):rep(59999) .. 'y'\nwhile true do local x = s < t end",
         too_long},
        {"local s = ('0'):rep(60000)\nwhile true do for i = 1, s do end end", too_long},
        {"local s = ('x'):rep(60000)\nwhile true do local x = { s:byte(1, 5000) } end", too_long},
        {"local t = {} for i = 1, 12000 do t[i] = '' end\nwhile true do local x = table.concat(t) end",
         too_long},
        {"local t = {} for i = 1, 12000 do t[i] = 1 end\nwhile true do table.insert(t, 1, 1) table.remove(t, "
         "1) end",
         too_long},
        {"local t = {} for i = 1, 12000 do t[i] = 1 end for i = 1, 12000 do t[i] = nil end\nwhile true do "
         "pairs(t) end",
         too_long},
        {"local t = {} for i = 1, 12000 do t[i] = 1 end for i = 1, 12000 do t[i] = nil end\nwhile true do "
         "next(t) end",
         too_long},
        {"local t = {} for i = 1, 12000 do t[i] = 1 end\nfor k in next, t do end", too_long},
        {"\nwhile true do pcall(table.concat, {}, '', 1, 1 << 62) end", too_long},
        {"local function g() end local function f(...)\nwhile true do g(...) end end "
         "f(('x'):rep(2000):byte(1, -1))",
         too_long},
        /* memory */
        {"local s = 'x'\nwhile true do s = s .. s end", long_string},
        {"local s = 'x'\nwhile true do pcall(function() s = s .. s end) end", long_string},
        {"local t = {} for i = 1, 60 do t[i] = ('x'):rep(60000) end\nlocal s = table.concat(t)", long_string},
        {"local s = ('x'):rep(60000)\nlocal x = s .. s .. s .. s .. s .. s .. s .. s", long_string},
        {"local s = ('x'):rep(60000)\nlocal x = string.format('%s%s%s', s, s, s)", long_string},
        {"local t = {}\nfor i = 1, 1 << 27 do t[i] = i end", too_long},
        {"local t = {}\nwhile true do t = { t } end", too_long},
        {"local t, s = {}, ('x'):rep(40)\nfor i = 1, 1e9 do t[i % 1000] = { s .. i, s .. i } end", too_long},
        {"local f\nf = function() return { f, f } end while true do pcall(f) end", too_long},
        /* depth */
        {"local f\nf = function() return 1 + f() end f()", too_deep},
        {"local f\nf = function(n) return 1, f(n - 1) end f(1e6)", too_deep},
        {"local f\nf = function() return pcall(f) end f()", too_deep},
        {"local f\nf = function() pcall(f) f() end f()", too_deep},
        {"local f\nf = function() table.sort({ 1, 2 }, f) end f()", too_deep},
        {"local function f(n, ...) if n == 0 then return ... end\nreturn f(n - 1, 1, 2, 3, 4, 5, 6, 7, 8, "
         "...) end f(1e6)",
         too_deep},
        {"local s = ('x'):rep(60000)\nlocal n = select('#', s:byte(1, -1))", too_deep},
        /* C functions that no hook would stop */
        {"\nlocal x = string.rep('', 1 << 32)", "lặp quá 65536 lần"},
        {"\nlocal x = string.rep('x', 1 << 40)", "dài quá 64 KB"},
        {"\nlocal x = ('x'):rep(1e9)", "string.rep: kết quả dài quá 64 KB"},
        {"\nlocal x = ('x'):rep(60000, ('y'):rep(60000))", "string.rep: kết quả dài quá 64 KB"},
        {"\nlocal x = ('x'):rep(math.maxinteger)", "string.rep: kết quả dài quá 64 KB"},
        {"\ntable.move({}, 1, 1 << 27, 2)", "không có table.move"},
        {"\ntable.unpack({}, 1, 1e7)", "table.unpack: quá nhiều giá trị"},
        {"\ntable.unpack({}, math.mininteger, math.maxinteger)", "table.unpack: quá nhiều giá trị"},
        {"\ntable.concat({}, '', 1, 1 << 27)", "table.concat: phần tử 1 là giá trị trống (nil)"},
        {"\ntable.remove({}, 1 << 40)", "position out of bounds"},
        {"\ntable.insert({}, math.mininteger, 1)", "position out of bounds"},
    };
    /* Half of the budget, for the sake of slow test machines. */
    const struct box_limits limits = {.memory = box_default_limits.memory,
                                      .instructions = box_default_limits.instructions / 2};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct bench bench;
        bench_open(&bench, LANG_VI, &limits);
        size_t before = box_memory(bench.box);
        bool ran = bench_run(&bench, rows[i].source);
        auto_free char *told = bench_told(&bench);
        const char *expected = rows[i].told == long_string ? "dài quá 64 KB" : rows[i].told;
        if (ran || !strstr(told, expected) || bench.faults.list.n != 1 || bench.faults.list.at[0].line != 2)
            fail_msg("%s\n%s", rows[i].source, told);
        assert_string_equal(bench.faults.list.at[0].file, "rules/x.lua");
        assert_true(box_memory(bench.box) <= limits.memory + before);
        bench_close(&bench);
    }
}

static void memory_ends_before_two_gigabytes(void **state)
{
    (void)state;
    static const char *const sources[] = {
        "local t = {}\nfor i = 1, 60000 do t[i] = ('x'):rep(60000) .. i end",
        "local t = {}\nfor i = 1, 60000 do local ok, s = pcall(string.rep, 'x', 60000) t[i] = s .. i end",
        "local t = {}\nfor i = 1, 60000 do t[i] = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16 } "
        "end",
    };
    const struct box_limits limits = {.memory = 8 << 20, .instructions = UINT64_C(1) << 40};
    for (size_t i = 0; i < sizeof sources / sizeof *sources; i++) {
        struct bench bench;
        bench_open(&bench, LANG_VI, &limits);
        assert_false(bench_run(&bench, sources[i]));
        auto_free char *told = bench_told(&bench);
        assert_string_equal(told, "rules/x.lua:2: dùng quá nhiều bộ nhớ (hơn 8 MB), đã dừng: xem có bảng hay "
                                  "chuỗi nào lớn dần không "
                                  "kết thúc không\n");
        assert_true(box_memory(bench.box) <= limits.memory);
        bench_close(&bench);
    }
}

/* first, n times again, last; each on its own line from line 2 on */
static void involved_sources_end_in_a_fault(void **state)
{
    (void)state;
    static const struct {
        const char *first, *again;
        int n;
        const char *last, *told;
        int line;
    } rows[] = {
        {"\nlocal x = 'a'", "..'a'", 100000, "", too_deep, 2},
        {"\nlocal x = ", "not ", 100000, "1", too_deep, 2},
        {"\nlocal x = ", "- ", 100000, "1", too_deep, 2},
        {"\nlocal x = 2", "^2", 100000, "", too_deep, 2},
        {"\nlocal a a", ",a", 1000, "=1", too_deep, 2},
        {"\nlocal x = ", "{", 10000, "", too_deep, 2},
        {"\nlocal x = ", "(", 10000, "", too_deep, 2},
        {"\nlocal a", ",a", 300, "", "quá nhiều biến local (tối đa 200)", 2},
        {"\nlocal t = {} t.x = task(1", ",1", 300, ")", "biểu thức quá dài", 2},
        {"\nlocal x = { 1", ",1", 1000000, "}", too_big, 2},
        {"\nlocal x = '", "a", 100000, "'", long_string, 2},
        {"\nlocal x = [[", "a", 100000, "]]", long_string, 2},
        {"\n", "a", 100000, "()", long_string, 2},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct bench bench;
        bench_open(&bench, LANG_VI, &box_default_limits);
        auto_text source = {0};
        text_add(&source, rows[i].first);
        for (int j = 0; j < rows[i].n; j++)
            text_add(&source, rows[i].again);
        text_add(&source, rows[i].last);
        bool ran = bench_run(&bench, text_str(&source));
        auto_free char *told = bench_told(&bench);
        if (ran || !strstr(told, rows[i].told) || bench.faults.list.n != 1 ||
            bench.faults.list.at[0].line != rows[i].line)
            fail_msg("%s%s%s… %s", rows[i].first, rows[i].again, rows[i].again, told);
        bench_close(&bench);
    }
}

static void honest_work_fits_the_budget(void **state)
{
    (void)state;
    struct bench bench;
    bench_open(&bench, LANG_VI, &box_default_limits);
    auto_text source = {0};
    enum { ROWS = 10000 };
    for (int i = 0; i < ROWS; i++)
        text_addf(&source,
                  "task \"%d.1\" { title = \"Việc số %d\", lead = { \"PV01\", \"PX%d\" }, due = by "
                  "\"2026-01-20\",\n"
                  "  kpi \"x\" { measure = ratio(\"a\", \"b\"), check = function(u) return u > %d and u or 0 "
                  "end } }\n",
                  i, i, i, i);
    bool ran = bench_run(&bench, text_str(&source));
    auto_free char *told = bench_told(&bench);
    assert_string_equal(told, "");
    assert_true(ran);
    assert_true(box_instructions_left(bench.box) > box_default_limits.instructions / 4);
    bench_close(&bench);
}

/* ---- the budget ---- */

static void a_spent_box_stays_spent_until_it_is_refilled(void **state)
{
    (void)state;
    static const char *const spenders[] = {
        "while true do end",
        "local s = 'x' while true do s = s .. s end",
        "local f f = function() return 1 + f() end f()",
        "pcall(function() while true do end end) show('after')",
        "local t = {} for i = 1, 99 do t[i] = ('x'):rep(60000) .. i end",
    };
    const struct box_limits limits = {.memory = 1 << 20, .instructions = 1000000};
    for (size_t i = 0; i < sizeof spenders / sizeof *spenders; i++) {
        struct bench bench;
        bench_open(&bench, LANG_VI, &limits);
        assert_false(bench_run(&bench, spenders[i]));
        assert_int_equal(bench.faults.list.n, 1);
        assert_false(box_run(bench.box, "rules/y.lua", "show(1)", 7, &bench.faults));
        assert_string_equal(bench.faults.list.at[1].text,
                            "không chạy được, vì thời gian hay bộ nhớ đã hết ở rules/x.lua:1");
        assert_string_equal(bench.faults.list.at[1].file, "rules/y.lua");
        assert_string_equal(text_str(&bench.shown), "");
        box_refill(bench.box);
        assert_true(box_run(bench.box, "rules/z.lua", "show(1)", 7, &bench.faults));
        assert_string_equal(text_str(&bench.shown), "1");
        bench_close(&bench);
    }
}

static void memory_that_is_still_held_stays_out(void **state)
{
    (void)state;
    const struct box_limits limits = {.memory = 1 << 20, .instructions = UINT64_C(1) << 40};
    struct bench bench;
    bench_open(&bench, LANG_VI, &limits);
    assert_false(
        bench_run(&bench, "local t = {} keep(t) for i = 1, 1e9 do t[i] = ('x'):rep(60000) .. i end"));
    box_refill(bench.box);
    assert_false(bench_run(&bench, "show(1)"));
    lua_pushnil(box_state(bench.box));
    lua_setfield(box_state(bench.box), LUA_REGISTRYINDEX, "kept");
    box_refill(bench.box);
    assert_true(bench_run(&bench, "show(1)"));
    bench_close(&bench);
}

static void all_work_is_paid_from_one_budget(void **state)
{
    (void)state;
    const struct box_limits limits = {.memory = 1 << 20, .instructions = 1000000};
    struct bench bench;
    bench_open(&bench, LANG_VI, &limits);
    int runs = 0;
    while (runs < 1000 && bench_run(&bench, "for i = 1, 1000 do end"))
        runs++;
    assert_in_range(runs, 10, 200);
    assert_int_equal(box_instructions_left(bench.box), 0);
    box_refill(bench.box);
    assert_int_equal(box_instructions_left(bench.box), 1000000);
    bench_close(&bench);
}

/* What Lua or C do in one go is paid by its size: so often at most it may happen. */
static void big_things_are_dear(void **state)
{
    (void)state;
    static const struct {
        const char *before, *again;
        unsigned least, most; /* times, of the whole budget */
    } rows[] = {
        {"", "", 100000, 1000000},
        {"local x = 1e300", "local s = x .. x .. x .. x .. x .. x .. x .. x", 10000, 250000},
        {"local x, y = 1e300, 3.0", "local r = x % y x = r + 1e300", 10000, 500000},
        {"local s, t = ('x'):rep(60000), ('x'):rep(59999) .. 'x'", "local x = s == t", 1000, 50000},
        {"local s = ('0'):rep(60000)", "for i = 1, s do break end", 1000, 50000},
        {"local s = ('x'):rep(60000)", "local x = s .. 'y'", 1000, 10000},
        {"local s = ('x'):rep(60000)", "local x = utf8.len(s)", 500, 10000},
        {"local s = ('x'):rep(60000)", "local x = s:lower()", 500, 10000},
        {"local s = ('x'):rep(1000)", "local x = string.format('%s%s', s, s)", 1000, 60000},
        {"", "local x = ('xy'):rep(1000, ',')", 1000, 100000},
        {"", "local x = {}", 100000, 1000000},
        {"", "local x = string.format('%99.99f', 1e300)", 1000, 60000},
        {"", "pcall(tick)", 10000, 2000000},
        {"", "pcall(function() return raport end)", 100, 6000},
        {"local t = {} for i = 1, 30000 do t[i] = '' end", "local x = table.concat(t)", 10, 1000},
        {"local t = {} for i = 1, 30000 do t[i] = '' end", "table.insert(t, 1, '') table.remove(t, 1)", 10,
         1000},
        {"local t = {} for i = 1, 30000 do t[i] = 1 end for i = 1, 30000 do t[i] = nil end", "pairs(t)", 10,
         3000},
        {"local t = {} for i = 1, 30000 do t[i] = 1 end", "next(t)", 10, 1000},
        {"local t = {} for i = 1, 3000 do t[i] = i end", "table.sort(t)", 10, 1000},
        {"local function f(...) while true do tick(...) end end", "f(('x'):rep(5000):byte(1, -1))", 1000,
         1000000},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct bench bench;
        bench_open(&bench, LANG_VI, &box_default_limits);
        auto_text source = {0};
        text_addf(&source, "%s while true do tick() %s end", rows[i].before, rows[i].again);
        assert_false(bench_run(&bench, text_str(&source)));
        if (bench.ticks < rows[i].least || bench.ticks > rows[i].most)
            fail_msg("%s: %u times", rows[i].again, bench.ticks);
        bench_close(&bench);
    }
}

static void a_tiny_box_gives_faults_and_no_crash(void **state)
{
    (void)state;
    static const char *const sources[] = {
        "show(1)",
        "local t = {} for i = 1, 1000 do t[i] = { i } end",
        "local s = ('x'):rep(30000)",
        "error('x')",
        "x y",
        "pcall(error, {}) raport()",
        "local function f() return 1 + f() end f()",
        "error({})",
        "refuse()",
    };
    for (size_t memory = 0; memory < 60000; memory += 97) {
        const struct box_limits limits = {.memory = memory, .instructions = 100000};
        struct bench bench;
        bench_open(&bench, LANG_VI, &limits);
        const char *source = sources[memory % (sizeof sources / sizeof *sources)];
        bool ran = bench_run(&bench, source);
        assert_int_equal(bench.faults.list.n, ran ? 0 : 1);
        bench_close(&bench);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hostile_code_ends_in_a_fault_within_the_budget),
        cmocka_unit_test(memory_ends_before_two_gigabytes),
        cmocka_unit_test(involved_sources_end_in_a_fault),
        cmocka_unit_test(honest_work_fits_the_budget),
        cmocka_unit_test(a_spent_box_stays_spent_until_it_is_refilled),
        cmocka_unit_test(memory_that_is_still_held_stays_out),
        cmocka_unit_test(all_work_is_paid_from_one_budget),
        cmocka_unit_test(big_things_are_dear),
        cmocka_unit_test(a_tiny_box_gives_faults_and_no_crash),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
