/* The box: what people are told about their mistakes, and where. */
#include "bench.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* ---- what people are told ---- */

static void mistakes_are_told_in_plain_words_with_their_place(void **state)
{
    (void)state;
    static const struct {
        const char *source, *told;
    } rows[] = {
        /* names */
        {"\nraport \"a\" {}", "2: không có từ 'raport'; có phải 'report'?"},
        {"xyzzy()", "1: không có từ 'xyzzy': xem lại chính tả; nội dung chữ phải đặt trong ngoặc kép \"…\""},
        {"task \"1\" {\n  lead = PV01 }",
         "2: không có từ 'PV01': xem lại chính tả; nội dung chữ phải đặt trong ngoặc kép \"…\""},
        {"math.flor(1)", "1: không có math.flor; có phải math.floor?"},
        {"table.move({}, 1, 1 << 27, 2)", "1: không có table.move trong tệp quy tắc"},
        {"x = 1", "1: không được đặt tên chung 'x' trong tệp quy tắc: viết local x = …, hoặc xem có thiếu "
                  "dấu phẩy hay } ở trên không"},
        {"task = 1", "1: không được đặt tên chung 'task' trong tệp quy tắc: viết local task = …, hoặc xem có "
                     "thiếu dấu phẩy hay } ở "
                     "trên không"},
        {"function f() end", "1: không được đặt tên chung 'f' trong tệp quy tắc: viết local f = …, hoặc xem "
                             "có thiếu dấu phẩy hay } "
                             "ở trên không"},
        {"string.x = 1", "1: không được sửa thư viện string"},
        {"math.floor = nil", "1: không được sửa thư viện math"},
        {"table.insert(string, 1)", "1: không được sửa thư viện string"},
        {"_ENV = {}", "1:1: không dùng _ENV trong tệp quy tắc: xoá nó"},
        /* the compiler */
        {"task \"1\" {\n  title = \"a\"\n  lead = \"b\" }",
         "3:3: thiếu dấu phẩy ở cuối mục trước, hoặc thiếu } để đóng { mở ở dòng 1 (gần 'lead') ['}' "
         "expected (to close '{' at "
         "line 1) near 'lead']"},
        {"task \"1\" { title = \"a\" lead = \"b\" }", "1:24: thiếu dấu phẩy trước chỗ này, hoặc thiếu } để "
                                                      "đóng { (gần 'lead') ['}' expected near 'lead']"},
        {"task \"1\" {\n  title = \"a\",\n", "3: tệp hết giữa chừng: thiếu } hay ) để đóng, hoặc câu cuối "
                                             "chưa viết xong (ở cuối tệp) [unexpected symbol near <eof>]"},
        {"task \"1\" { title = \"abc }\n}", "1:20: chuỗi thiếu dấu ngoặc kép đóng trên cùng dòng: thêm dấu "
                                            "\" ở cuối chuỗi (gần '\"abc }') [unfinished string near "
                                            "'\"abc }']"},
        {"task 1.7.2 {}", "1:6: số viết sai: mã như 1.2.3 hay 12a phải đặt trong ngoặc kép (gần '1.7.2') "
                          "[malformed number near "
                          "'1.7.2']"},
        {"plan haiphong-2026 {}",
         "1:6: câu chưa trọn: sau một từ phải là chuỗi trong ngoặc kép, bảng { … } hay ( … ) (gần "
         "'haiphong') [syntax error near 'haiphong']"},
        {"task \"1\" { due = by(\"2026-01-20\" }", "1:34: thiếu ) (gần '}') [')' expected near '}']"},
        {"task \"1\" { } }", "1: chỗ này không đặt được như vậy: xem có thừa hay thiếu dấu phẩy, ngoặc, hay "
                             "ngoặc kép quanh chữ (gần "
                             "'}') [unexpected symbol near '}']"},
        {"--[[ abc\n\n", "3: chú thích mở bằng --[[ ở dòng 1 chưa đóng: thêm ]] (ở cuối tệp) [unfinished "
                         "long comment (starting at "
                         "line 1) near <eof>]"},
        {"local a = \"D:\\Docs\"",
         "1:11: trong chuỗi, sau dấu \\ là ký tự không hợp lệ: muốn có dấu \\ thì viết \\\\ (gần '\"D:\\D') "
         "[invalid escape sequence near '\"D:\\D']"},
        {"if a then", "1: thiếu end (ở cuối tệp) ['end' expected near <eof>]"},
        {"if a then\n\n", "3: thiếu end để đóng if mở ở dòng 1 (ở cuối tệp) ['end' expected (to close 'if' "
                          "at line 1) near <eof>]"},
        {"end",
         "1:1: thừa chữ ở đây: xem có thừa end hay thừa } ở trên (gần 'end') [<eof> expected near 'end']"},
        {"title = “a”",
         "1:9: dấu ngoặc kép cong “ (U+201C): thường do Word tự đổi; dùng dấu ngoặc kép thẳng \""},
        /* the running code */
        {"local t = {}\nlocal x = t.a.b",
         "2: khoá 'a' là giá trị trống (nil), không có khoá bên trong [attempt to index a nil value "
         "(field 'a')]"},
        {"local x = nil + 1",
         "1: không tính được với giá trị trống (nil): cần số [attempt to perform arithmetic on a nil value]"},
        {"local a = 'x' local b = a + 1",
         "1: không tính được với biến 'a': đó là chuỗi, không phải số [attempt to perform "
         "arithmetic on a string value (local 'a')]"},
        {"local b = '10' + 1", "1: không tính được với hằng '10': đó là chuỗi, không phải số [attempt to "
                               "perform arithmetic on a string "
                               "value (constant '10')]"},
        {"local x = {} .. 'a'", "1: không nối được bảng vào chuỗi [attempt to concatenate a table value]"},
        {"local x = 1 < 'a'", "1: không so sánh được số với chuỗi [attempt to compare number with string]"},
        {"local x = {} < {}", "1: không so sánh được bảng với bảng [attempt to compare two table values]"},
        {"local a = 1 a()",
         "1: không gọi được biến 'a' như một từ: đó là số [attempt to call a number value (local 'a')]"},
        {"local t = {} t:go()", "1: không gọi được hàm 'go' như một từ: đó là giá trị trống (nil) [attempt "
                                "to call a nil value (method "
                                "'go')]"},
        {"local x = ({})()",
         "1: gọi bảng như gọi một từ: có thể thiếu dấu phẩy giữa hai mục, hoặc thừa chuỗi hay bảng sau từ "
         "[attempt to call a table value]"},
        {"local x = 1 // 0", "1: chia cho 0 [attempt to divide by zero]"},
        {"local a, b = 1, 0 local x = a % b", "1: chia lấy dư cho 0 [attempt to perform 'n%0']"},
        {"for i = 1, {} do end",
         "1: giá trị trong for phải là số, ở đây là bảng [bad 'for' limit (number expected, got table)]"},
        {"local t = {} t[nil] = 1", "1: khoá của bảng không có giá trị (nil) [table index is nil]"},
        {"pairs(nil)", "1: đối số thứ 1 của pairs phải là bảng, ở đây là giá trị trống (nil) [bad argument "
                       "#1 to 'pairs' (table "
                       "expected, got nil)]"},
        {"for k in pairs({ [{}] = 1 }) do end",
         "1: không duyệt được bảng này: có khoá là table; khoá chỉ nên là số hay chuỗi"},
        {"string.format('%p', {})", "1: string.format không có %p: địa chỉ mỗi lần chạy một khác"},
        {"string.format('%99999d', 1)",
         "1: string.format: kiểu %99999d viết sai [invalid conversion specification: '%99999d']"},
        {"table.concat({ {} })",
         "1: table.concat: phần tử 1 là bảng, không phải chuỗi hay số [invalid value (table) at index 1 in "
         "table for 'concat']"},
        {"table.sort({ 1, 'a' })",
         "1: không so sánh được chuỗi với số [attempt to compare string with number]"},
        {"table.insert({}, 5, 1)",
         "1: đối số thứ 2 của insert không dùng được: position out of bounds [bad argument #2 to 'insert' "
         "(position out of bounds)]"},
        {"assert(false)", "1: điều kiện của assert không đúng [assertion failed!]"},
        {"assert(nil, 'thiếu đơn vị')", "1: thiếu đơn vị"},
        {"error('hỏng')", "1: hỏng"},
        {"error('hỏng', 0)", "1: hỏng"},
        {"local function f() error('hỏng', 2) end\n\nf()", "3: hỏng"},
        {"local ok, e = pcall(function()\nerror('trong') end)\nerror(e, 0)", "2: trong"},
        {"error('một\\nhai')", "1: một; hai"},
        {"error({})", "1: lỗi không kèm lời giải thích (table)"},
        {"error()", "1: lỗi không kèm lời giải thích (nil)"},
        {"error(42)", "1: 42"},
        {"error(0.5)", "1: 0.5"},
        {"task(\n\nrefuse())", "3: từ này từ chối 7"},
        {"pcall(refuse) refuse()", "1: từ này từ chối 7"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct bench bench;
        bench_open(&bench, LANG_VI, &box_default_limits);
        assert_false(bench_run(&bench, rows[i].source));
        auto_free char *told = bench_told(&bench);
        auto_text expected = {0};
        text_addf(&expected, "rules/x.lua:%s\n", rows[i].told);
        if (strcmp(told, text_str(&expected)) != 0)
            print_error("%s\n", rows[i].source);
        assert_string_equal(told, text_str(&expected));
        bench_close(&bench);
    }
}

static void mistakes_are_told_in_english_too(void **state)
{
    (void)state;
    static const struct {
        const char *source, *told;
    } rows[] = {
        {"raport()", "1: there is no word 'raport'; did you mean 'report'?"},
        {"x = 1", "1: the global 'x' cannot be set in a rule file: write local x = …, or see whether a comma "
                  "or } is missing above"},
        {"task \"1\" {\n  title = \"a\"\n  lead = \"b\" }",
         "3:3: a comma is missing behind the entry before, or the } that closes the { of line 1 (near "
         "'lead') ['}' expected (to "
         "close '{' at line 1) near 'lead']"},
        {"local x = nil .. 'a'",
         "1: nothing (nil) cannot be joined to a string [attempt to concatenate a nil value]"},
        {"local t = {} t.a.b = 1",
         "1: the key 'a' is nothing (nil) and has no keys [attempt to index a nil value (field 'a')]"},
        {"while true do end", "1: ran too long and was stopped: is there a loop without end? A rule file "
                              "only declares, it does no "
                              "long work"},
        {"refuse()", "1: this word refuses 7"},
        {"error({})", "1: an error without a text (table)"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct bench bench;
        bench_open(&bench, LANG_EN, &box_default_limits);
        assert_false(bench_run(&bench, rows[i].source));
        auto_free char *told = bench_told(&bench);
        auto_text expected = {0};
        text_addf(&expected, "rules/x.lua:%s\n", rows[i].told);
        assert_string_equal(told, text_str(&expected));
        bench_close(&bench);
    }
}

static void files_are_named_in_full(void **state)
{
    (void)state;
    static const char *const names[] = {
        "x.lua", "a:7: b.lua",
        /* 58 to 61 bytes, around Lua's own limit, and far above it */
        "rules/1234567890123456789012345678901234567890123456789.lua",
        "rules/12345678901234567890123456789012345678901234567890.lua",
        "rules/123456789012345678901234567890123456789012345678901.lua",
        "rules/1234567890123456789012345678901234567890123456789012.lua",
        "rules/kế hoạch cải cách hành chính của Công an thành phố Hải Phòng năm 2026, bản sửa.lua"};
    static const struct {
        const char *source;
        int line;
    } rows[] = {{"\n\nx y", 3},
                {"\nerror('x')", 2},
                {"\nlocal function f() error('x', 2) end\nf()", 3},
                {"\nwhile true do end", 2},
                {"\n?", 2},
                {"\nwhere()", 0}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        for (size_t j = 0; j < sizeof rows / sizeof *rows; j++) {
            struct bench bench;
            bench_open(&bench, LANG_VI, &box_default_limits);
            bool ran = box_run(bench.box, names[i], rows[j].source, strlen(rows[j].source), &bench.faults);
            assert_int_equal(ran, rows[j].line == 0);
            if (ran) {
                auto_text expected = {0};
                text_addf(&expected, "%s:2", names[i]);
                assert_string_equal(text_str(&bench.shown), text_str(&expected));
            } else {
                assert_string_equal(bench.faults.list.at[0].file, names[i]);
                assert_int_equal(bench.faults.list.at[0].line, rows[j].line);
                assert_null(strstr(bench.faults.list.at[0].text, ".lua"));
            }
            bench_close(&bench);
        }
}

static void marks_and_line_ends_of_windows_are_fine(void **state)
{
    (void)state;
    struct bench bench;
    bench_open(&bench, LANG_VI, &box_default_limits);
    assert_true(bench_run(&bench, "\xef\xbb\xbfshow(1)\r\nshow('a\\\r\nb')\r\n"));
    assert_string_equal(text_str(&bench.shown), "1,a\nb");
    assert_false(bench_run(&bench, "\xef\xbb\xbfshow(1)\r\n\r\nrefuse()\r\n"));
    assert_int_equal(bench.faults.list.at[0].line, 3);
    assert_false(bench_run(&bench, "\xef\xbb\xbfx y"));
    assert_int_equal(bench.faults.list.at[1].column, 3);
    bench_close(&bench);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(mistakes_are_told_in_plain_words_with_their_place),
        cmocka_unit_test(mistakes_are_told_in_english_too),
        cmocka_unit_test(files_are_named_in_full),
        cmocka_unit_test(marks_and_line_ends_of_windows_are_fine),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
