/* What browsers send of forms, and what must not get through. */
#include "publish/form.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct form *read_form(const char *body)
{
    struct err err = {.lang = LANG_EN};
    return form_read(body, strlen(body), &err);
}

static void fields_are_decoded(void **state)
{
    (void)state;
    struct form *form =
        read_form("on=2026-11-20&why=C%C3%B4ng+v%C4%83n%0D%0A5+%2b%26%3D&by=&unit=a&unit=b&&bare&x=a=b");
    assert_non_null(form);
    assert_string_equal(form_text(form, "on"), "2026-11-20");
    assert_string_equal(form_text(form, "why"), "Công văn  5 +&=");
    assert_string_equal(form_text(form, "by"), "");
    assert_string_equal(form_text(form, "not there"), "");
    assert_string_equal(form_text(form, "bare"), "");
    assert_string_equal(form_text(form, "x"), "a=b");
    assert_string_equal(form_nth(form, "unit", 1), "b");
    assert_null(form_nth(form, "unit", 2));
    form_free(form);
}

static void blanks_at_the_ends_go(void **state)
{
    (void)state;
    struct form *form = read_form("by=+%0A+L%C3%AA+B+&why=+++");
    assert_non_null(form);
    assert_string_equal(form_text(form, "by"), "Lê B");
    assert_string_equal(form_text(form, "why"), "");
    form_free(form);
}

static void what_is_badly_encoded_is_refused(void **state)
{
    (void)state;
    static const char *const bad[] = {"a=%",   "a=%4",  "a=%g0", "a=%4g",       "%zz=1", "a=%00",
                                      "a=%1B", "a=%7F", "a=%C3", "a=%ED%A0%80", "a=\x01"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (read_form(bad[i]))
            fail_msg("should be refused: %s", bad[i]);
    assert_null(form_read("a=\0b", 4, NULL));
}

static void there_are_not_too_many(void **state)
{
    (void)state;
    char body[2 * (FORM_FIELDS_MOST + 1) + 1] = "";
    for (size_t i = 0; i < FORM_FIELDS_MOST; i++)
        strcat(body, "a&");
    struct form *form = read_form(body);
    assert_non_null(form);
    form_free(form);
    strcat(body, "a");
    assert_null(read_form(body));
    form = read_form("");
    assert_non_null(form);
    form_free(form);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fields_are_decoded),
        cmocka_unit_test(blanks_at_the_ends_go),
        cmocka_unit_test(what_is_badly_encoded_is_refused),
        cmocka_unit_test(there_are_not_too_many),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
