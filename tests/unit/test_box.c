/* The box: what rule code may do, that nothing it does lasts, and how it is called. */
#include "bench.h"
#include "rulebook/scan.h"

#include <lauxlib.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* ---- what rule code may do ---- */

static void rule_code_computes(void **state)
{
    (void)state;
    static const struct {
        const char *source, *shown;
    } rows[] = {
        {"show(1, 2.5, true, nil, 'a')", "1 2.5 true nil a"},
        {"show({}, show, function() end, string, value)", "table function function table giá trị"},
        {"show(tostring({}), string.format('%s %s %s|%5s|%q', {}, nil, 1, true, 'a'))",
         "table table nil 1| true|\"a\""},
        {"show(string.format('%%s %d%%', 7), ('%s'):format(show))", "%s 7% function"},
        {"show(string.format('a\\0%s', {}))", "a"},
        {"show(('ab'):rep(3, '-'), ('ab'):upper(), ('AB'):lower(), #'ab', ('abc'):sub(2), ('a'):byte())",
         "ab-ab-ab AB ab 2 bc 97"},
        {"show(string.rep('', 5), string.rep('ab', 0), string.rep('x', -1), ('x'):len())", "   1"},
        {"show(table.concat({1, 2, 'c'}, ', '), select('#', table.unpack({1, 2, 3})))", "1, 2, c 3"},
        {"local t = {1, 2} table.insert(t, 3) table.insert(t, 1, 0) show(table.remove(t, 1), "
         "table.remove(t), #t)",
         "0 3 2"},
        {"show(math.floor(2.7), math.max(1, 3), math.type(1), math.tointeger(3.0), math.huge)",
         "2 3 integer 3 inf"},
        {"show(utf8.len('hạn chót'), utf8.char(7841), #utf8.char(7841))", "8 ạ 3"},
        {"for p, c in utf8.codes('aế') do show(p, c) end", "1 97,2 7871"},
        {"show(tonumber('12'), tonumber('1f', 16), tonumber('x'), type(1), type(nil))",
         "12 31 nil number nil"},
        {"show(pcall(function() return 1, 2 end))", "true 1 2"},
        {"show(pcall(error, 'x', 0))", "false x"},
        {"show(pcall(error))", "false nil"},
        {"show(select(2, pcall(error, {})))", "table"},
        {"for i, v in ipairs({'a', 'b', nil, 'c'}) do show(i, v) end", "1 a,2 b"},
        {"local ok, why = pcall(string.rep) show(ok, why)",
         "false bad argument #1 to '?' (string expected, got no value)"},
        {"show(1 << 4 | 1, 7 // 2, 7 % 3, 2 ^ 10, 'a' .. 1)", "17 3 1 1024.0 a1"},
        {"do local a <const> = 1 goto done ::done:: show(a) end", "1"},
        {"show(assert(1, 'x'), (select(-1, 1, 2)))", "1 2"},
        /* Order */
        {"for k, v in pairs({ b = 1, a = 2, [3] = 'c', [1] = 'd', [2.5] = 'e', [-1] = 'f', [true] = 'g', "
         "[false] = 'h' }) do "
         "show(k, v) end",
         "-1 f,1 d,2.5 e,3 c,a 2,b 1,false h,true g"},
        {"for k in next, { b = 1, a = 2, [3] = 3, [1] = 1 } do show(k) end", "1,3,a,b"},
        {"for k in pairs({ ['ă'] = 1, b = 1, ab = 1, a = 1, [''] = 1, B = 1, ['a\\0'] = 1 }) do show(#k) end",
         "0,1,1,2,2,1,2"},
        {"show(next({}), next({ 5 }), next({ 5, 6 }, 1), next({ 5 }, 1))", "nil 1 2 nil"},
        {"for k in pairs({ [9007199254740993] = 1, [9007199254740992] = 1, [2^53] = 2, [1e300] = 1, [-1e300] "
         "= 1, [0.5] = 1, [2^63] = 1, [-2^63] = 1, [-2^64] = 1, "
         "[math.maxinteger] = 1, [math.mininteger] = 1, [math.huge] = 1 }) do show(k) end",
         "-1e+300,-1.844674407371e+19,-9223372036854775808,0.5,9007199254740992,9007199254740993,"
         "9223372036854775807,9.2233720368548e+18,1e+300,inf"},
        {"local t = { a = 1, b = 2, c = 3 } for k in pairs(t) do show(k) t.b = nil t.d = 1 end", "a,c"},
        {"for k in pairs(string) do show(k) end show(#math)", "0"},
        /* Sorting is stable and ends whatever the order function says. */
        {"local t = { 'b', 'a', 'c' } table.sort(t) show(table.concat(t))", "abc"},
        {"local t = { 3, 1, 2.5, -1 } table.sort(t, function(a, b) return a > b end) show(table.concat(t, ' "
         "'))",
         "3 2.5 1 -1"},
        {"local t = {} for i = 1, 50 do t[i] = { i % 3, i } end table.sort(t, function(a, b) return a[1] < "
         "b[1] end) "
         "local s = '' for i = 1, 50 do s = s .. t[i][2] .. (i == 16 and '|' or i == 33 and '|' or ' ') end "
         "show(s)",
         "3 6 9 12 15 18 21 24 27 30 33 36 39 42 45 48|1 4 7 10 13 16 19 22 25 28 31 34 37 40 43 46 49|2 5 8 "
         "11 14 17 20 23 26 "
         "29 32 35 38 41 44 47 50 "},
        {"local t = { 1, 2, 3, 4, 5 } table.sort(t, function() return true end) show(#t)", "5"},
        {"local t = { 5, 4, 3 } table.sort(t, function(a, b) t[1] = nil return (a or 0) < (b or 0) end) "
         "show(t[1], t[3])",
         "3 5"},
        {"local t = {} table.sort(t) table.sort({ 1 }, function() error('never') end) show(#t)", "0"},
        {"local t = { 2, 1 } show(pcall(table.sort, t, function() error('x', 0) end)) show(t[1], t[2])",
         "false x,2 1"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct bench bench;
        bench_open(&bench, LANG_VI, &box_default_limits);
        bool ran = bench_run(&bench, rows[i].source);
        auto_free char *told = bench_told(&bench);
        if (!ran || strcmp(text_str(&bench.shown), rows[i].shown) != 0)
            print_error("%s\n", rows[i].source);
        assert_string_equal(told, "");
        assert_string_equal(text_str(&bench.shown), rows[i].shown);
        bench_close(&bench);
    }
}

static void nothing_else_is_there(void **state)
{
    (void)state;
    static const char *const absent[] = {
        "collectgarbage", "coroutine",   "debug",        "dofile",      "getmetatable",    "io",
        "load",           "loadfile",    "loadstring",   "os",          "package",         "print",
        "rawequal",       "rawget",      "rawlen",       "rawset",      "require",         "setmetatable",
        "warn",           "xpcall",      "_G",           "_VERSION",    "string.dump",     "string.find",
        "string.gmatch",  "string.gsub", "string.match", "string.pack", "string.packsize", "string.reverse",
        "string.unpack",  "('x').find",  "table.move",   "table.pack",  "math.random",     "math.randomseed"};
    struct bench bench;
    bench_open(&bench, LANG_VI, &box_default_limits);
    for (size_t i = 0; i < sizeof absent / sizeof *absent; i++) {
        auto_text source = {0};
        text_addf(&source, "local x = %s", absent[i]);
        size_t before = bench.faults.list.n;
        assert_false(bench_run(&bench, text_str(&source)));
        assert_int_equal(bench.faults.list.n, before + 1);
        const struct fault *fault = &bench.faults.list.at[before];
        const char *name = strrchr(absent[i], '.') ? strrchr(absent[i], '.') + 1 : absent[i];
        assert_non_null(strstr(fault->text, "không có "));
        assert_non_null(strstr(fault->text, name));
        assert_int_equal(fault->line, 1);
        faults_fini(&bench.faults);
        faults_init(&bench.faults, LANG_VI);
    }
    bench_close(&bench);
}

/* ---- locking ---- */

static void before_the_lock_globals_are_free(void **state)
{
    (void)state;
    struct faults faults;
    faults_init(&faults, LANG_VI);
    struct box *box = box_new(&box_default_limits);
    static const char open[] =
        "x = 1 local y = z function f() return x end assert(x == 1 and y == nil and f() == 1)";
    static const char locked[] = "assert(f() == 1)";
    static const char refused[] = "local y = z";
    assert_true(box_run(box, "a.lua", open, strlen(open), &faults));
    box_lock(box);
    assert_true(box_run(box, "b.lua", locked, strlen(locked), &faults));
    assert_false(box_run(box, "c.lua", refused, strlen(refused), &faults));
    box_free(box);
    faults_fini(&faults);
}

static void one_file_leaves_nothing_for_the_next(void **state)
{
    (void)state;
    static const char *const attempts[] = {
        "x = 1",
        "task.x = 1",
        "string.rep = nil",
        "table.insert(math, 1)",
        "table.sort = 1",
        "('').x = 1",
        "value = 2",
        "local s = string s.upper = s.lower",
        "table.remove(string, 'rep')",
        "pairs = nil",
    };
    struct bench bench;
    bench_open(&bench, LANG_VI, &box_default_limits);
    for (size_t i = 0; i < sizeof attempts / sizeof *attempts; i++)
        assert_false(bench_run(&bench, attempts[i]));
    assert_true(bench_run(&bench, "show(('a'):rep(2), ('a'):upper(), value, math[1])") == false);
    assert_true(bench_run(&bench, "show(('a'):rep(2), ('a'):upper(), value, type(pairs))"));
    assert_string_equal(text_str(&bench.shown), "aa A giá trị function");
    bench_close(&bench);
}

/* ---- calls from outside ---- */

static void kept_functions_are_called(void **state)
{
    (void)state;
    struct bench bench;
    bench_open(&bench, LANG_VI, &box_default_limits);
    lua_State *L = box_state(bench.box);
    assert_true(bench_run(
        &bench, "keep(function(a, b)\n  if a == 0 then error('không') end\n  return a // b, 'x' end)"));
    static const struct {
        int a, b, results;
        const char *told; /* NULL: fine */
    } rows[] = {
        {7, 2, 2, NULL},
        {7, 2, 1, NULL},
        {7, 2, 0, NULL},
        {7, 2, 3, NULL},
        {0, 2, 2, "rules/x.lua:2: KPI 1.2#x: không\n"},
        {7, 0, 2, "rules/x.lua:3: KPI 1.2#x: chia cho 0 [attempt to divide by zero]\n"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        lua_getfield(L, LUA_REGISTRYINDEX, "kept");
        lua_pushinteger(L, rows[i].a);
        lua_pushinteger(L, rows[i].b);
        bool called = box_call(bench.box, 2, rows[i].results, "KPI 1.2#x", &bench.faults);
        assert_int_equal(called, rows[i].told == NULL);
        assert_int_equal(lua_gettop(L), called ? rows[i].results : 0);
        if (called && rows[i].results > 0)
            assert_int_equal(lua_tointeger(L, 1), 3);
        if (called && rows[i].results == 3)
            assert_true(lua_isnil(L, 3));
        lua_settop(L, 0);
        auto_free char *told = bench_told(&bench);
        assert_string_equal(told, rows[i].told ? rows[i].told : "");
        faults_fini(&bench.faults);
        faults_init(&bench.faults, LANG_VI);
    }
    bench_close(&bench);
}

static void a_failing_call_spoils_no_other(void **state)
{
    (void)state;
    struct bench bench;
    bench_open(&bench, LANG_VI, &box_default_limits);
    lua_State *L = box_state(bench.box);
    assert_true(
        bench_run(&bench, "keep(function(n)\n local t = {}\n while n == 0 do t = { t } end return 1 end)"));
    for (int i = 0; i < 6; i++) {
        box_refill(bench.box);
        lua_getfield(L, LUA_REGISTRYINDEX, "kept");
        lua_pushinteger(L, i % 2);
        assert_int_equal(box_call(bench.box, 1, 1, NULL, &bench.faults), i % 2);
        lua_settop(L, 0);
    }
    /* Spent and not refilled: told where the function stands. */
    lua_getfield(L, LUA_REGISTRYINDEX, "kept");
    lua_pushinteger(L, 0);
    assert_false(box_call(bench.box, 1, 1, "KPI a", &bench.faults));
    lua_getfield(L, LUA_REGISTRYINDEX, "kept");
    lua_pushinteger(L, 1);
    assert_false(box_call(bench.box, 1, 1, "KPI b", &bench.faults));
    const struct fault *last = &bench.faults.list.at[bench.faults.list.n - 1];
    assert_string_equal(last->text, "KPI b: không chạy được, vì thời gian hay bộ nhớ đã hết ở rules/x.lua:3");
    assert_string_equal(last->file, "rules/x.lua");
    assert_int_equal(last->line, 1);
    bench_close(&bench);
}

static void words_know_who_called_them(void **state)
{
    (void)state;
    static const struct {
        const char *source, *shown;
    } rows[] = {
        {"where()", "rules/x.lua:1"},
        {"\n\nwhere()\n\n", "rules/x.lua:3"},
        {"local function f()\n where() end\nf()", "rules/x.lua:2"},
        {"\npcall(where)", "rules/x.lua:2"},
        {"task {\n where(),\n where() }", "rules/x.lua:2,rules/x.lua:3"},
        {"\ntable.sort({ 1, 2 }, where)", "rules/x.lua:2"},
        {"where() inner('y.lua', '\\nwhere()') where()", "rules/x.lua:1,y.lua:2,rules/x.lua:1"},
        {"\ninner('y.lua', 'inner(\"rules/z.lua\", \"\\\\n\\\\nwhere()\")')", "rules/z.lua:3"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct bench bench;
        bench_open(&bench, LANG_VI, &box_default_limits);
        assert_true(bench_run(&bench, rows[i].source));
        assert_string_equal(text_str(&bench.shown), rows[i].shown);
        bench_close(&bench);
    }
}

static void faults_of_an_included_file_are_its_own(void **state)
{
    (void)state;
    static const struct {
        const char *source, *told, *shown;
        bool ran;
    } rows[] = {
        {"show(inner('y.lua', '\\nx y'))",
         "y.lua:2:3: câu chưa trọn: sau một từ phải là chuỗi trong ngoặc kép, bảng { … } hay ( … ) "
         "(gần 'y') [syntax error near 'y']\n",
         "false", true},
        {"show(inner('y.lua', '\\nerror(1)'))", "y.lua:2: 1\n", "false", true},
        {"show(inner('y.lua', 'refuse()')) refuse()",
         "y.lua:1: từ này từ chối 7\nrules/x.lua:1: từ này từ chối 7\n", "false", false},
        {"inner('y.lua', 'local x = ' .. ('-'):rep(2) .. ('not '):rep(300) .. '\\n1')", "", "", true},
        {"show(pcall(inner, 'y.lua', '\\nlocal x = ' .. ('not '):rep(300) .. '1'))",
         "y.lua:2: lồng nhau quá sâu: bớt các lớp { … }, ( … ), chuỗi phép nối .. hay pcall lồng nhau [C "
         "stack overflow]\n",
         "true false", true},
        /* What is spent inside is spent outside too, and told once. */
        {"\nshow(inner('y.lua', '\\n\\nwhile true do end'))\nshow('after')",
         "y.lua:3: chạy quá lâu, đã dừng: xem có vòng lặp không kết thúc không; tệp quy tắc chỉ khai báo, "
         "không tính toán dài\n",
         "", false},
        {"\npcall(inner, 'y.lua', 'local f f = function() return 1 + f() end f()')\nshow('after')",
         "y.lua:1: gọi lồng nhau quá sâu, đã dừng: xem có hàm nào gọi lại chính nó không kết thúc, hay trả "
         "về quá nhiều giá trị không\n",
         "", false},
        {"\ninner('y.lua', 'local x = \"' .. ('a'):rep(60000) .. ('a'):rep(5000) .. '\"')", "", "", true},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct bench bench;
        bench_open(&bench, LANG_VI, &box_default_limits);
        bool ran = bench_run(&bench, rows[i].source);
        auto_free char *told = bench_told(&bench);
        assert_string_equal(told, rows[i].told);
        assert_string_equal(text_str(&bench.shown), rows[i].shown);
        assert_int_equal(ran, rows[i].ran);
        bench_close(&bench);
    }
}

/* ---- broken files ---- */

static const char sample[] =
    "api(1)\n"
    "-- Kế hoạch mẫu: mỗi loại câu một lần\n"
    "plan \"haiphong-2026\" { org = \"haiphong\", number = \"74/KH-CAHP-PV01\", issued = \"2026-01-07\", "
    "period = \"2026\",\n"
    "  title = 'Chỉ số cải cách hành chính 2026' }\n"
    "section \"7.2\" \"Cung cấp dịch vụ công trực tuyến\"\n"
    "report \"III.3.c\" { title = \"Báo cáo tháng\", text = [[trước ngày 25 hằng tháng]], lead = \"@all\", "
    "to = \"PV01\",\n"
    "  due = every(\"month\", { by = by \"25/12\", only = { 1, 2, 3 } }), remind = { every(3), every(1) } }\n"
    "local target = 10 // 3 * 2 - 0x1F + 1e2\n"
    "task \"1.7.2\" { title = \"Duy trì \\\"Một cửa\\\"\", [\"lead\"] = { \"PH10\", \"PV01\" }, [12] = "
    "true,\n"
    "  part \"report\" { kind = \"report\", title = \"Báo cáo đánh giá\", due = by \"20/01/2026\" },\n"
    "  kpi \"x\" { measure = function(u) if u and u > 0 then return ratio(u, target) else return nil end end "
    "} }\n"
    "for i = 1, 3 do for k, v in pairs({ a = i, b = { i } }) do task(k, v, string.format(\"%s-%d\", v, i)) "
    "end end --[[ hết ]]\n";

/* The same on every machine. */
static unsigned next_random(unsigned *seed)
{
    *seed = *seed * 1103515245u + 12345u;
    return *seed >> 16;
}

/* A few changes: bytes flipped, pieces taken out, doubled, or put in from what breaks scanners. */
static void mutate(struct text *source, unsigned *seed)
{
    static const char *const pieces[] = {
        "{",        "}",    "(",     ")",  "[[", "]]", "[==[",    "--[[",          "\"",
        "'",        "\\",   "\n",    "\r", "=",  ",",  "end ",    "function() ",   "“",
        "\xc2\xa0", "\xff", "::a::", "..", "0x", "1e", "repeat ", "while true do "};
    for (unsigned n = 1 + next_random(seed) % 4; n > 0 && source->n > 10; n--) {
        size_t at = (next_random(seed) << 8 ^ next_random(seed)) % source->n;
        size_t length = 1 + next_random(seed) % 20;
        if (length > source->n - at)
            length = source->n - at;
        struct text changed = {0};
        text_add_bytes(&changed, source->at, at);
        switch (next_random(seed) % 4) {
        case 0:
            text_add_bytes(&changed, &(char){(char)next_random(seed)}, 1);
            text_add_bytes(&changed, source->at + at + 1, source->n - at - 1);
            break;
        case 1:
            text_add_bytes(&changed, source->at + at + length, source->n - at - length);
            break;
        case 2:
            text_add_bytes(&changed, source->at + at, length);
            text_add_bytes(&changed, source->at + at, source->n - at);
            break;
        default:
            text_add(&changed, pieces[next_random(seed) % (sizeof pieces / sizeof *pieces)]);
            text_add_bytes(&changed, source->at + at, source->n - at);
        }
        text_fini(source);
        *source = changed;
    }
}

static void broken_files_never_crash(void **state)
{
    (void)state;
    const struct box_limits limits = {.memory = 1 << 20, .instructions = 100000};
    unsigned seed = 2026;
    int ran = 0, refused = 0;
    for (int i = 0; i < 500; i++) {
        struct text source = {0};
        text_add(&source, sample);
        if (i > 0)
            mutate(&source, &seed);
        struct bench bench;
        bench_open(&bench, LANG_VI, &limits);
        struct scan *scan = scan_new("rules/x.lua", source.at, source.n, &bench.faults);
        size_t doubled = bench.faults.list.n;
        bool fine = box_run(bench.box, "rules/x.lua", source.at, source.n, &bench.faults);
        assert_int_equal(fine, bench.faults.list.n == doubled);
        for (size_t j = 0; j < bench.faults.list.n; j++)
            assert_true(bench.faults.list.at[j].line > 0 && *bench.faults.list.at[j].text);
        int line, column;
        scan_key(scan, 6, "due", &line, &column);
        assert_true(i > 0 || (fine && doubled == 0 && scan_key(scan, 6, "due", &line, &column) && line == 7));
        ran += fine;
        refused += !fine;
        scan_free(scan);
        bench_close(&bench);
        text_fini(&source);
    }
    assert_true(ran > 20 &&
                refused > 200); /* else the changes are too weak or too strong to prove anything */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rule_code_computes),
        cmocka_unit_test(nothing_else_is_there),
        cmocka_unit_test(before_the_lock_globals_are_free),
        cmocka_unit_test(one_file_leaves_nothing_for_the_next),
        cmocka_unit_test(kept_functions_are_called),
        cmocka_unit_test(a_failing_call_spoils_no_other),
        cmocka_unit_test(words_know_who_called_them),
        cmocka_unit_test(faults_of_an_included_file_are_its_own),
        cmocka_unit_test(broken_files_never_crash),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
