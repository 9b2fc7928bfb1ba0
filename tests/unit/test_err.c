#include "base/err.h"

#include "aborts.h"
#include "base/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void text_comes_in_its_language(void **state)
{
    (void)state;
    struct err vi = {.lang = LANG_VI}, en = {.lang = LANG_EN};
    assert_false(err_set(&vi, ERR_INPUT, "không có đơn vị %s, dòng %d", "no unit %s, line %d", "PC99", 7));
    assert_false(err_set(&en, ERR_ENV, "không có đơn vị %s, dòng %d", "no unit %s, line %d", "PC99", 7));
    assert_string_equal(vi.text, "không có đơn vị PC99, dòng 7");
    assert_string_equal(en.text, "no unit PC99, line 7");
    assert_int_equal(vi.kind, ERR_INPUT);
    assert_int_equal(en.kind, ERR_ENV);
    assert_string_equal(say(LANG_VI, "hạn chót", "deadline"), "hạn chót");
    assert_string_equal(say(LANG_EN, "hạn chót", "deadline"), "deadline");
}

static void kinds_are_the_exit_statuses(void **state)
{
    (void)state;
    assert_int_equal(ERR_NONE, 0);
    assert_int_equal(ERR_INPUT, 1);
    assert_int_equal(ERR_USAGE, 2);
    assert_int_equal(ERR_ENV, 3);
    assert_int_equal(ERR_PARTIAL, 4);
}

static void nobody_listens(void **state)
{
    (void)state;
    assert_false(err_set(NULL, ERR_INPUT, "sai", "wrong"));
    assert_false(err_wrap(NULL, "x.lua: "));
}

static void wrap_puts_in_front(void **state)
{
    (void)state;
    struct err err = {.lang = LANG_VI};
    err_set(&err, ERR_INPUT, "không có ngày 31/2", "no 31 February");
    assert_false(err_wrap(&err, "%s:%d: ", "rules/x.lua", 12));
    assert_string_equal(err.text, "rules/x.lua:12: không có ngày 31/2");
    assert_int_equal(err.kind, ERR_INPUT);
    err_wrap(&err, "hanchot: ");
    assert_string_equal(err.text, "hanchot: rules/x.lua:12: không có ngày 31/2");
}

static void own_text_may_be_an_argument(void **state)
{
    (void)state;
    struct err err = {.lang = LANG_EN, .text = "first"};
    err_set(&err, ERR_INPUT, "“%s” rồi", "\"%s\" then", err.text);
    assert_string_equal(err.text, "\"first\" then");
    err_wrap(&err, "[%s] ", err.text);
    assert_string_equal(err.text, "[\"first\" then] \"first\" then");
}

/* Around the limit every cut must fall between characters and the mark must show it. */
static void long_texts_are_cut_at_a_character(void **state)
{
    (void)state;
    struct err err = {.lang = LANG_VI};
    for (int front = 0; front < 6; front++) {
        auto_text text = {0};
        for (int i = 0; i < front; i++)
            text_add(&text, "a");
        while (text.n + strlen("ệ") < sizeof err.text)
            text_add(&text, "ệ");
        err_set(&err, ERR_INPUT, "%s", "%s", text.at);
        assert_string_equal(err.text, text.at);
        text_add(&text, "ệệệ");
        for (int wrapped = 0; wrapped < 2; wrapped++) {
            if (wrapped)
                err_wrap(&err, "tệp: ");
            else
                err_set(&err, ERR_INPUT, "%s", "%s", text.at);
            size_t n = strlen(err.text);
            assert_true(n < sizeof err.text && n > sizeof err.text - 8);
            assert_true(utf8_valid(err.text, n, NULL));
            size_t kept = n - strlen("…");
            assert_string_equal(err.text + kept, "…");
            const char *start = wrapped ? err.text + strlen("tệp: ") : err.text;
            assert_memory_equal(start, text.at, kept - (size_t)(start - err.text));
        }
    }
}

static void wrap_of_a_long_front(void **state)
{
    (void)state;
    struct err err = {.lang = LANG_VI, .text = "nguyên nhân"};
    auto_text front = {0};
    for (int i = 0; i < 2000; i++)
        text_add(&front, "đ");
    err_wrap(&err, "%s", front.at);
    assert_true(strlen(err.text) < sizeof err.text);
    assert_true(utf8_valid(err.text, strlen(err.text), NULL));
}

/* What a file holds must be fit for a terminal, a log line and JSON. */
static void foreign_bytes_become_harmless(void **state)
{
    (void)state;
    struct err err = {.lang = LANG_EN};
    err_set(&err, ERR_INPUT, "“%s”", "\"%s\"", "a\xff-\xc3(\x1b[2J\x7f\r\tđ\n");
    assert_string_equal(err.text, "\"a?-?(?[2J??\tđ\n\"");
    err.text[0] = '\0';
    err_wrap(&err, "%s: ", "\xed\xa0\x80"); /* a surrogate */
    assert_string_equal(err.text, "???: ");
}

static void break_promise(void)
{
    int days_in_february = 28;
    must(days_in_february == 30);
}

static void keep_promise(void)
{
    must(1 + 1 == 2);
}

static void broken_promises_abort(void **state)
{
    (void)state;
    assert_true(aborts(break_promise));
    assert_false(aborts(keep_promise));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_comes_in_its_language),
        cmocka_unit_test(kinds_are_the_exit_statuses),
        cmocka_unit_test(nobody_listens),
        cmocka_unit_test(wrap_puts_in_front),
        cmocka_unit_test(own_text_may_be_an_argument),
        cmocka_unit_test(long_texts_are_cut_at_a_character),
        cmocka_unit_test(wrap_of_a_long_front),
        cmocka_unit_test(foreign_bytes_become_harmless),
        cmocka_unit_test(broken_promises_abort),
    };
    return cmocka_run_group_tests_name("err", tests, NULL, NULL);
}
