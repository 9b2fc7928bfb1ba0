#include "base/faults.h"
#include "base/text.h"

#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* What faults_print writes. The caller frees. */
static char *printed(const struct faults *faults)
{
    char *bytes = NULL;
    size_t n = 0;
    FILE *stream = open_memstream(&bytes, &n);
    assert_non_null(stream);
    faults_print(faults, stream);
    fclose(stream);
    return bytes;
}

static void assert_printed(const struct faults *faults, const char *expected)
{
    char *text = printed(faults);
    assert_string_equal(text, expected);
    free(text);
}

static void places_are_printed_as_far_as_they_are_known(void **state)
{
    (void)state;
    static const struct {
        const char *file;
        int line, column;
        const char *expected;
    } rows[] = {
        {"rules/x.lua", 12, 5, "rules/x.lua:12:5: hỏng\n"},
        {"rules/x.lua", 12, 0, "rules/x.lua:12: hỏng\n"},
        {"rules/x.lua", 0, 0, "rules/x.lua: hỏng\n"},
        {"rules/x.lua", 0, 5, "rules/x.lua: hỏng\n"},
        {"rules/x\ny.lua", 1, 1, "rules/x; y.lua:1:1: hỏng\n"},
        {NULL, 0, 0, "hỏng\n"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct faults faults;
        faults_init(&faults, LANG_VI);
        faults_add(&faults, rows[i].file, rows[i].line, rows[i].column, "hỏng", "broken");
        assert_printed(&faults, rows[i].expected);
        faults_fini(&faults);
    }
}

static void texts_come_in_the_language_of_the_list(void **state)
{
    (void)state;
    struct faults faults;
    faults_init(&faults, LANG_EN);
    faults_warn(&faults, "a", 1, 0, "thiếu %d dòng", "%d lines are missing", 3);
    assert_printed(&faults, "a:1: warning: 3 lines are missing\n");
    faults_fini(&faults);
    faults_init(&faults, LANG_VI);
    faults_warn(&faults, "a", 1, 0, "thiếu %d dòng", "%d lines are missing", 3);
    assert_printed(&faults, "a:1: cảnh báo: thiếu 3 dòng\n");
    faults_fini(&faults);
}

static void a_fault_is_one_printable_line(void **state)
{
    (void)state;
    static const struct {
        const char *text, *expected;
    } rows[] = {
        {"một\nhai", "một; hai"},
        {"một\r\nhai\r\n", "một; hai"},
        {"một\n\n", "một"},
        {"a\tb", "a b"},
        {"a\x1b[31mb", "a?[31mb"},
        {"sai \xc3( mã", "sai ?( mã"},
        {"\xff\xfe", "??"},
        {"", ""},
        {"\n", ""},
        {"x\x7fy", "x?y"},
        {"100% %s", "100% %s"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct faults faults;
        faults_init(&faults, LANG_VI);
        faults_add(&faults, "f", 1, 0, "%s", "%s", rows[i].text);
        assert_string_equal(faults.list.at[0].text, rows[i].expected);
        faults_fini(&faults);
    }
}

static void long_texts_are_not_cut(void **state)
{
    (void)state;
    struct faults faults;
    faults_init(&faults, LANG_VI);
    char *text = mem_alloc(100001);
    memset(text, 'x', 100000);
    faults_add(&faults, "f", 1, 0, "%s!", "%s!", text);
    assert_int_equal(strlen(faults.list.at[0].text), 100001);
    mem_free(text);
    faults_fini(&faults);
}

static void the_same_fault_is_kept_once(void **state)
{
    (void)state;
    struct faults faults;
    faults_init(&faults, LANG_VI);
    for (int again = 0; again < 3; again++) {
        faults_add(&faults, "a.lua", 1, 0, "hai\ndòng", "two\nlines");
        faults_add(&faults, "a.lua", 2, 0, "hai\ndòng", "two\nlines");
        faults_add(&faults, "b.lua", 1, 0, "hai\ndòng", "two\nlines");
        faults_add(&faults, NULL, 1, 0, "hai\ndòng", "two\nlines");
        faults_add(&faults, "a.lua", 1, 7, "hai\ndòng", "two\nlines");
        faults_warn(&faults, "a.lua", 1, 0, "hai\ndòng", "two\nlines");
        faults_sort(&faults);
    }
    assert_int_equal(faults.list.n, 6);
    assert_int_equal(faults.errors, 5);
    faults_fini(&faults);
}

static void many_faults_stay_quick_and_distinct(void **state)
{
    (void)state;
    struct faults faults;
    faults_init(&faults, LANG_VI);
    for (int again = 0; again < 2; again++)
        for (int line = 1; line <= 50000; line++)
            faults_add(&faults, "figures.csv", line, 0, "dòng hỏng", "bad line");
    assert_int_equal(faults.list.n, 50000);
    assert_int_equal(faults.errors, 50000);
    faults_fini(&faults);
}

static void errors_come_before_warnings_and_each_in_the_order_of_places(void **state)
{
    (void)state;
    struct faults faults;
    faults_init(&faults, LANG_EN);
    faults_warn(&faults, "a.lua", 1, 0, "w", "w");
    faults_add(&faults, "b.lua", 1, 0, "e4", "e4");
    faults_add(&faults, "a.lua", 10, 2, "e3", "e3");
    faults_add(&faults, "a.lua", 9, 7, "e2", "e2");
    faults_add(&faults, "a.lua", 9, 7, "e1", "e1");
    faults_add(&faults, "a.lua", 0, 0, "whole", "whole");
    faults_add(&faults, NULL, 0, 0, "nowhere", "nowhere");
    faults_sort(&faults);
    assert_printed(&faults,
                   "nowhere\na.lua: whole\na.lua:9:7: e1\na.lua:9:7: e2\na.lua:10:2: e3\nb.lua:1: e4\n"
                   "a.lua:1: warning: w\n");
    faults_fini(&faults);
}

static void texts_and_files_are_copied(void **state)
{
    (void)state;
    struct faults faults;
    faults_init(&faults, LANG_VI);
    char file[] = "a.lua", word[] = "lead";
    faults_add(&faults, file, 1, 0, "khoá %s", "key %s", word);
    memset(file, 'z', 5);
    memset(word, 'z', 4);
    assert_printed(&faults, "a.lua:1: khoá lead\n");
    faults_fini(&faults);
}

static void an_empty_list_is_fine(void **state)
{
    (void)state;
    struct faults faults;
    faults_init(&faults, LANG_VI);
    faults_sort(&faults);
    assert_printed(&faults, "");
    faults_fini(&faults);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(places_are_printed_as_far_as_they_are_known),
        cmocka_unit_test(texts_come_in_the_language_of_the_list),
        cmocka_unit_test(a_fault_is_one_printable_line),
        cmocka_unit_test(long_texts_are_not_cut),
        cmocka_unit_test(the_same_fault_is_kept_once),
        cmocka_unit_test(many_faults_stay_quick_and_distinct),
        cmocka_unit_test(errors_come_before_warnings_and_each_in_the_order_of_places),
        cmocka_unit_test(texts_and_files_are_copied),
        cmocka_unit_test(an_empty_list_is_fine),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
