/* What only the text of a rule file tells: doubled keys, places of keys, and what Lua should not even see. */
#include "rulebook/scan.h"

#include "base/text.h"
#include "rulebook/lexer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* All faults, one a line, without the file. The caller frees. */
static char *told(const struct faults *faults)
{
    struct text text = {0};
    for (size_t i = 0; i < faults->list.n; i++)
        text_addf(&text, "%d:%d: %s\n", faults->list.at[i].line, faults->list.at[i].column,
                  faults->list.at[i].text);
    return text_take(&text);
}

/* ---- doubled keys ---- */

static void doubled_keys_are_told_with_both_places(void **state)
{
    (void)state;
    static const struct {
        const char *source;
        const char *places; /* "line:column key earlier-line", in order; "" for none */
    } rows[] = {
        {"task \"1\" { lead = 1, lead = 2 }", "1:22 'lead' 1"},
        {"task \"1\" {\n  lead = 1,\n  title = 2;\n  lead = 3,\n}", "4:3 'lead' 2"},
        {"x = { a = 1, a = 2,\n a = 3 }", "1:14 'a' 1, 2:2 'a' 1"},
        {"x = { a = 1, [\"a\"] = 2 }", "1:14 'a' 1"},
        {"x = { ['2025-Q1'] = 1, [ \"2025-Q1\" ] = 2 }", "1:24 '2025-Q1' 1"},
        {"x = { [ [[a]] ] = 1, a = 2 }", "1:22 'a' 1"},
        {"x = { ['\\65\\x42'] = 1, AB = 2 }", "1:24 'AB' 1"},
        {"x = { ['\\u{1ec7}'] = 1, ['ệ'] = 2 }", "1:25 'ệ' 1"},
        {"x = { [12] = 1, [12] = 2, [0xC] = 3, [12.0] = 4 }", "1:17 [12] 1, 1:27 [12] 1, 1:38 [12] 1"},
        {"x = { [12] = 1, ['12'] = 2 }", ""},
        {"x = { a = { a = 1 }, b = { a = 2 } }", ""},
        {"x = { a = 1 } y = { a = 1 }", ""},
        {"x = { a = f(a = 1) }", ""}, /* no Lua, but none of ours either */
        {"x = { a == 1, a == 2, a = 1 }", ""},
        {"x = { 'a', 'a', a = 1, b.a, c[a] }", ""},
        {"x = { -- a = 1,\n --[[ a = 2, ]] a = 3, b = 'a = 4, a = 5' }", ""},
        {"x = { f = function(a, b) local a, b = 1; b = 2; a = 3 return { a = 1 } end, a = 1, b = 2 }", ""},
        {"x = { f = function() if a then b = 1 end for i = 1, 2 do c = 1 end end, f = 2 }", "1:73 'f' 1"},
        {"x = { f = function() repeat b = 1; b = 2 until b end, b = 1 }", ""},
        {"x = { tên = 1 , a = \"ố\", a = 2 }", "1:26 'a' 1"},
        {"x = { a = 1,, ; a = 2 }", "1:17 'a' 1"},
        {"x = { a = 1", ""},
        {"x = { a = 1, { a = 2, a = 3", "1:23 'a' 1"},
        {"}}} ))) ]]] end end x = { a = 1, a = 2 }", "1:34 'a' 1"},
        {"x = { ( a = 1, a = 2 } y = { b = 1, b = 2 }", "1:37 'b' 1"},
        {"\xef\xbb\xbfx = { a = 1, a = 2 }", "1:14 'a' 1"},
        {"x = {\r\n a = 1,\r\n a = 2\r\n}", "3:2 'a' 2"},
        {"x = {\ra = 1,\ra = 2}", "3:1 'a' 2"},
        {"x = { a = [==[\n]] ]=] a = 1, \n]==], a = 2 }", "3:7 'a' 1"},
        {"x = { a = 'it\\'s', b = \"\\\\\", a = 1 }", "1:30 'a' 1"},
        {"x = { ['a\\0b'] = 1, ['a\\0c'] = 2, ['a\\0b'] = 3 }", "1:35 'a' 1"},
        {"x = { a = 'one\\z\n  two', a = 1 }", "2:9 'a' 1"},
        {"x = { a = 'no end, a = 1,\n a = 2 }", ""},
        {"", ""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct faults faults;
        faults_init(&faults, LANG_EN);
        struct scan *scan = scan_new("x.lua", rows[i].source, strlen(rows[i].source), &faults);
        auto_text expected = {0};
        auto_free char *places = mem_strdup(rows[i].places);
        char *rest = places;
        for (char *place = strsep(&rest, ","); place && *place; place = strsep(&rest, ",")) {
            int line, column, before;
            char key[40];
            assert_int_equal(sscanf(place, " %d:%d %39s %d", &line, &column, key, &before), 4);
            text_addf(&expected,
                      "%d:%d: key %s is written twice in one table (before that on line %d); keep one and "
                      "delete the other, or see whether a } is missing in between\n",
                      line, column, key, before);
        }
        auto_free char *found = told(&faults);
        if (strcmp(found, text_str(&expected)) != 0)
            print_error("source: %s\n", rows[i].source);
        assert_string_equal(found, text_str(&expected));
        scan_free(scan);
        faults_fini(&faults);
    }
}

static void doubled_keys_are_told_in_vietnamese(void **state)
{
    (void)state;
    struct faults faults;
    faults_init(&faults, LANG_VI);
    static const char source[] = "task \"1\" {\n  lead = 1,\n  lead = 2 }";
    scan_free(scan_new("rules/x.lua", source, strlen(source), &faults));
    assert_int_equal(faults.list.n, 1);
    assert_string_equal(faults.list.at[0].file, "rules/x.lua");
    assert_string_equal(
        faults.list.at[0].text,
        "khoá 'lead' viết hai lần trong một bảng (lần trước ở dòng 2); giữ lại một và xoá chỗ kia, "
        "hoặc xem có thiếu dấu } ở giữa không");
    faults_fini(&faults);
}

/* ---- places of keys ---- */

static void keys_are_found_where_they_stand(void **state)
{
    (void)state;
    static const char source[] = "task \"1.2\" { title = \"Báo cáo\", lead = \"PV01\",\n" /* 1 */
                                 "  due = every(\"month\", { before_day = 25 }),\n"       /* 2 */
                                 "  part \"a\" { title = \"x\", to = \"y\" },\n"          /* 3 */
                                 "  part \"b\"\n"                                         /* 4 */
                                 "  {\n"                                                  /* 5 */
                                 "    title = \"z\",\n"                                   /* 6 */
                                 "    [\"2025-Q1\"] = 1, [7] = 2,\n"                      /* 7 */
                                 "  },\n"                                                 /* 8 */
                                 "}\n";
    static const struct {
        int brace_line;
        const char *key;
        int line, column; /* 0: not found */
    } rows[] = {
        {1, "title", 1, 14}, {1, "lead", 1, 33},       {1, "due", 2, 3},   {1, "before_day", 0, 0},
        {1, "to", 0, 0},     {2, "before_day", 2, 26}, {2, "title", 0, 0}, {3, "title", 3, 14},
        {3, "to", 3, 27},    {5, "title", 6, 5},       {4, "title", 6, 5}, {5, "2025-Q1", 7, 5},
        {5, "7", 7, 22},     {9, "title", 0, 0},       {0, "title", 0, 0}, {-3, "title", 0, 0},
        {1, "", 0, 0},
    };
    struct faults faults;
    faults_init(&faults, LANG_VI);
    struct scan *scan = scan_new("x.lua", source, strlen(source), &faults);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        int line = 0, column = 0;
        bool found = scan_key(scan, rows[i].brace_line, rows[i].key, &line, &column);
        if (found != (rows[i].line != 0) || line != rows[i].line || column != rows[i].column)
            fail_msg("key %s of line %d: found at %d:%d", rows[i].key, rows[i].brace_line, line, column);
    }
    assert_int_equal(faults.list.n, 0);
    scan_free(scan);
    faults_fini(&faults);
}

static void big_files_are_scanned_quickly(void **state)
{
    (void)state;
    enum { ROWS = 20000 };
    auto_text source = {0};
    text_add(&source, "x = {");
    for (int i = 0; i < ROWS; i++)
        text_addf(&source, "k%d = { a = %d },", i, i);
    text_add(&source, "}");
    struct faults faults;
    faults_init(&faults, LANG_VI);
    struct scan *scan = scan_new("x.lua", text_str(&source), source.n, &faults);
    int line, column;
    for (int i = 0; i < ROWS; i++)
        assert_true(scan_key(scan, 1, "k19999", &line, &column));
    assert_false(scan_key(scan, 1, "none", &line, &column));
    assert_int_equal(faults.list.n, 0);
    scan_free(scan);
    faults_fini(&faults);
}

/* ---- what Lua should not see ---- */

static void stray_characters_are_named_with_their_place(void **state)
{
    (void)state;
    static const struct {
        const char *source, *expected;
    } rows[] = {
        {"task \"1\" { title = “Báo cáo” }",
         "1:20: dấu ngoặc kép cong “ (U+201C): thường do Word tự đổi; dùng dấu ngoặc kép thẳng \"\n"},
        {"task \"1\" { title = \"Báo cáo” }\n",
         "1:28: dấu ngoặc kép cong ” (U+201D): thường do Word tự đổi; dùng dấu ngoặc kép thẳng \"\n"},
        {"x = ‘a’", "1:5: dấu nháy cong ‘ (U+2018): thường do Word tự đổi; dùng dấu ngoặc kép thẳng \"\n"},
        {"x\xc2\xa0= 1",
         "1:2: dấu cách đặc biệt (U+00A0): thường đi theo chữ chép từ Word hay trang web; xoá và gõ "
         "lại bằng phím cách\n"},
        {"x = \xe2\x80\x8b\"a\"", "1:5: ký tự ẩn (U+200B): xoá nó, hoặc xoá và gõ lại cả dòng\n"},
        {"x = 2 – 1", "1:7: dấu gạch dài – (U+2013): thường do Word tự đổi; dùng dấu trừ -\n"},
        {"x = f(…)", "1:7: dấu ba chấm liền … (U+2026): xoá nó, hoặc đặt nội dung trong ngoặc kép \"…\"\n"},
        {"\n  tiêu_đề = 1",
         "2:5: chữ có dấu ngoài ngoặc kép ê (U+00EA): nội dung phải đặt trong ngoặc kép \"…\"; khoá "
         "và tên chỉ gồm chữ không dấu, số và _\n"},
        {"x = ２",
         "1:5: ký tự không dùng được ở đây ２ (U+FF12): xoá nó, hoặc đặt nội dung trong ngoặc kép \"…\"\n"},
        {"x = 😀",
         "1:5: ký tự không dùng được ở đây 😀 (U+1F600): xoá nó, hoặc đặt nội dung trong ngoặc kép \"…\"\n"},
        {"x = a@b",
         "1:6: ký tự không dùng được ở đây @ (U+0040): xoá nó, hoặc đặt nội dung trong ngoặc kép \"…\"\n"},
        {"x = a != b", "1:7: dấu ! không dùng ở đây: \"khác\" viết là ~=, \"không\" viết là not\n"},
        {"x = 1 \x01",
         "1:7: ký tự không dùng được ở đây (U+0001): xoá nó, hoặc đặt nội dung trong ngoặc kép \"…\"\n"},
        {"x = “a\ny = ”b",
         "1:5: dấu ngoặc kép cong “ (U+201C): thường do Word tự đổi; dùng dấu ngoặc kép thẳng \"\n"
         "2:5: dấu ngoặc kép cong ” (U+201D): thường do Word tự đổi; dùng dấu ngoặc kép thẳng \"\n"},
        {"x = _ENV", "1:5: không dùng _ENV trong tệp quy tắc: xoá nó\n"},
        /* Inside strings and comments anything may stand. */
        {"-- “Báo cáo” – …\nx = \"“Báo cáo”\xc2\xa0– …\" --[[ ‘’ ]] y = [[ “ ]] z = '’'", ""},
        {"\xef\xbb\xbfx = 1\r\ny = 2\r\n", ""},
        {"x = \"unfinished without quotes\n", ""}, /* Lua tells it */
        {"x = 1 -- _ENV @ !", ""},
        {"", ""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct faults faults;
        faults_init(&faults, LANG_VI);
        bool clean = scan_check("x.lua", rows[i].source, strlen(rows[i].source), &faults);
        auto_free char *found = told(&faults);
        assert_string_equal(found, rows[i].expected);
        assert_int_equal(clean, *rows[i].expected == '\0');
        faults_fini(&faults);
    }
}

static void many_stray_characters_are_told_for_twenty_lines(void **state)
{
    (void)state;
    auto_text source = {0};
    for (int i = 0; i < 1000; i++)
        text_add(&source, "x = “a”, “b”\n");
    struct faults faults;
    faults_init(&faults, LANG_VI);
    assert_false(scan_check("x.lua", text_str(&source), source.n, &faults));
    assert_int_equal(faults.list.n, 20);
    faults_fini(&faults);
}

static void bytes_that_are_no_utf8_are_refused(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        size_t n;
        const char *expected;
    } rows[] = {
#define BYTES(text) (text), sizeof(text) - 1
        {BYTES("a = 1\nb = \"T\xc3\"\n"), "2:7: byte 0xC3 is not UTF-8 (perhaps the file was saved as TCVN3, "
                                          "VNI or Windows-1258): save it as UTF-8\n"},
        {BYTES("a = 1 -- \xff"), "1:10: byte 0xFF is not UTF-8 (perhaps the file was saved as TCVN3, VNI or "
                                 "Windows-1258): save it as UTF-8\n"},
        {BYTES("a = 'ế\0'"),
         "1:7: there is a zero byte, this is no UTF-8 text: open the file in an editor and save it as "
         "UTF-8\n"},
        {BYTES("\xff\xfe"
               "a\0"),
         "0:0: the file was saved as UTF-16: save it as UTF-8\n"},
        {BYTES("\xfe\xff\0a"), "0:0: the file was saved as UTF-16: save it as UTF-8\n"},
        {BYTES("\x1bLua\x54\0"), "0:0: compiled Lua; only text is taken: use the source file\n"},
#undef BYTES
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct faults faults;
        faults_init(&faults, LANG_EN);
        assert_false(scan_check("x.lua", rows[i].bytes, rows[i].n, &faults));
        auto_free char *found = told(&faults);
        assert_string_equal(found, rows[i].expected);
        faults_fini(&faults);
    }
}

/* first, n times again, last: only what is this involved is refused. */
static void text_that_compiles_for_seconds_is_refused(void **state)
{
    (void)state;
    static const struct {
        const char *first, *again, *last;
        int fine, refused;
    } rows[] = {
        {"x = a", " and a", "", 9000, 10001},
        {"x = a", " or a", "", 9000, 10001},
        {"if a then ", " elseif a then ", " end", 9000, 10001},
        {"while a do", " break ", " end", 9000, 10001},
        {"", " goto a ", "", 9000, 10001},
        {"", " ::a:: ", "", 4000, 5001}, /* two signs each */
        {"x = ", "{", "", 60, 61},
        {"x = ", "f(", "", 60, 61},
        {"x = ", "a[", "", 60, 61},
        {"", "if a then ", "", 60, 61},
        {"", "do ", "", 60, 100000},
        {"x = ", "{{}, ", "", 59, 60},
        {"", "function f() ", "", 5, 6},
        {"", "local function f() end ", "", 1000, 0},
        {"x = {", "f(function() return {} end), ", "}", 1000, 0},
        {"x = {", "a = b and c, ", "}", 9000, 10001},
        {"", "x = f(a and b) ", "", 9000, 10001},    /* what is in brackets counts outside */
        {"", "x = { a and b or c } ", "", 30000, 0}, /* tables and functions have their own */
        {"", "local function f(a) if a then return a and b end end ", "", 30000, 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        for (int refused = 0; refused < 2; refused++) {
            int n = refused ? rows[i].refused : rows[i].fine;
            auto_text source = {0};
            text_add(&source, rows[i].first);
            for (int j = 0; j < n; j++)
                text_add(&source, rows[i].again);
            text_add(&source, rows[i].last);
            struct faults faults;
            faults_init(&faults, LANG_VI);
            bool clean = scan_check("x.lua", text_str(&source), source.n, &faults);
            if (n && clean == refused)
                fail_msg("%d times '%s' is %s", n, rows[i].again, clean ? "taken" : "refused");
            if (n)
                assert_int_equal(faults.list.n, refused);
            if (n && refused)
                assert_true(faults.list.at[0].line == 1 && faults.list.at[0].column > 0);
            faults_fini(&faults);
        }
}

/* ---- the words of a text ---- */

static void a_text_is_cut_into_words(void **state)
{
    (void)state;
    static const struct {
        const char *source, *words; /* with "|" between them */
    } rows[] = {
        {"a=1", "a|=|1"},
        {"a==1", "a|==|1"},
        {"a~=b<=c>=d//e::f", "a|~=|b|<=|c|>=|d|//|e|::|f"},
        {"a..b...c.d", "a|..|b|...|c|.|d"},
        {"1.5e-3 0x1p+2 .5 3. 1..2 0xA.8 12a", "1.5e-3|0x1p+2|.5|3.|1..2|0xA.8|12a"},
        {"[[a]] [=[b]]]=] [c] [==d", "[[a]]|[=[b]]]=]|[|c|]|[|==|d"},
        {"'a\\'b' \"c\\\"d\" 'e\\\\' f", "'a\\'b'|\"c\\\"d\"|'e\\\\'|f"},
        {"a -- b\nc --[[ d\n]] e --[=[ ]] ]=] f --[ g", "a|c|e|f"},
        {"a - -1", "a|-|-|1"},
        {"_a1 é", "_a1|é"},
        {"'a\nb'", "'a|b|'"},
        {"[[a", "[[a"},
        {"--[[a", ""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct lexer lexer;
        struct token token;
        auto_text words = {0};
        lexer_init(&lexer, rows[i].source, strlen(rows[i].source));
        for (lexer_next(&lexer, &token); token.kind != TOKEN_END; lexer_next(&lexer, &token)) {
            if (words.n)
                text_add(&words, "|");
            text_add_bytes(&words, token.at, token.n);
        }
        assert_string_equal(text_str(&words), rows[i].words);
    }
}

static void strings_are_understood_as_lua_does(void **state)
{
    (void)state;
    static const struct {
        const char *source, *meaning;
    } rows[] = {
        {"'abc'", "abc"},
        {"\"\"", ""},
        {"'a\\nb\\tc'", "a\nb\tc"},
        {"'\\065\\66'", "AB"},
        {"'\\x41\\x4a'", "AJ"},
        {"'\\u{20AC}'", "€"},
        {"'\\u{1F600}'", "😀"},
        {"'\\u{e9}'", "é"},
        {"'a\\\nb'", "a\nb"},
        {"'a\\\r\nb'", "a\nb"},
        {"'a\\z \n\t b'", "ab"},
        {"[[a\\nb]]", "a\\nb"},
        {"[[\nab\n]]", "ab\n"},
        {"[==[a]]b]==]", "a]]b"},
        {"'\\'\\\"\\\\'", "'\"\\"},
        {"'no end", "no end"},
        {"'\\", ""},
        {"[[no end", "no end"},
        {"[[", ""},
        {"'\\u{", ""},
        {"'\\x", ""},
        {"'\\q'", "q"},
    };
    struct arena *arena = arena_new();
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct lexer lexer;
        struct token token;
        lexer_init(&lexer, rows[i].source, strlen(rows[i].source));
        lexer_next(&lexer, &token);
        assert_int_equal(token.kind, TOKEN_STRING);
        size_t n;
        const char *text = token_string(&token, arena, &n);
        assert_string_equal(text, rows[i].meaning);
    }
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(doubled_keys_are_told_with_both_places),
        cmocka_unit_test(doubled_keys_are_told_in_vietnamese),
        cmocka_unit_test(keys_are_found_where_they_stand),
        cmocka_unit_test(big_files_are_scanned_quickly),
        cmocka_unit_test(stray_characters_are_named_with_their_place),
        cmocka_unit_test(many_stray_characters_are_told_for_twenty_lines),
        cmocka_unit_test(bytes_that_are_no_utf8_are_refused),
        cmocka_unit_test(text_that_compiles_for_seconds_is_refused),
        cmocka_unit_test(a_text_is_cut_into_words),
        cmocka_unit_test(strings_are_understood_as_lua_does),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
