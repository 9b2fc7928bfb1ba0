#include "intake/intake_work.h"

#include "table.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static bool style_of(const char *name, enum number_style *style)
{
    static const char *const names[] = {"comma", "semicolon", "plain", "text"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (!strcmp(name, names[i])) {
            *style = (enum number_style)i;
            return true;
        }
    return false;
}

static bool check_row(const struct row *row, void *data)
{
    struct problem problem;
    enum number_style style;
    char words[256];
    int64_t scaled = -1;
    (void)data;
    if (row->n < 5 || !style_of(row->word[0], &style))
        return row_wrong(row, "not a case");
    int decimals = (int)strtol(row->word[1], NULL, 10);
    problem_init(&problem, LANG_EN);
    bool good = value_parse(row->word[2], style, decimals, &scaled, &problem);
    if (row_is(row, "S D T refused ..."))
        return good ? row_wrong(row, "read as %lld", (long long)scaled)
               : strstr(problem.reason.text, row_rest(row, 4, words, sizeof words))
                   ? true
                   : row_wrong(row, "refused for: %s", problem.reason.text);
    return !good ? row_wrong(row, "refused: %s", problem.reason.text)
                 : scaled == strtoll(row->word[4], NULL, 10) || row_wrong(row, "%lld", (long long)scaled);
}

static void values_are_read_or_refused(void **state)
{
    (void)state;
    table_check("tests/intake/values.table", 70, check_row, NULL);
}

static void hints(void **state)
{
    static const struct {
        enum number_style style;
        const char *text, *hint;
    } cases[] = {
        {NUMBER_COMMA_FILE, "13,75", "write 13.75, or save the file with semicolons between the columns"},
        {NUMBER_COMMA_FILE, "1.234.567", "leave the marks out: 1234567"},
        {NUMBER_SEMICOLON_FILE, "1.234,5", "leave the marks out: 1234,5"},
        {NUMBER_SEMICOLON_FILE, "1.234",
         "write 1234 for the whole number, or 1.2340 for the one with decimals"},
        {NUMBER_COMMA_FILE, "1 234", "write it without blanks: 1234"},
        {NUMBER_COMMA_FILE,
         "1\xc2\xa0"
         "234",
         "write it without blanks: 1234"},
        {NUMBER_COMMA_FILE, "", "leave the row out if it is not known; write 0 if there was none"},
        {NUMBER_COMMA_FILE, ".5", "write 0.5"},
        {NUMBER_COMMA_FILE, "85%", "send the two counts; hanchot works out the share"},
        {NUMBER_COMMA_FILE, "NaN", ""},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct problem problem;
        int64_t scaled;
        problem_init(&problem, LANG_EN);
        assert_false(value_parse(cases[i].text, cases[i].style, 4, &scaled, &problem));
        assert_string_equal(problem.hint.text, cases[i].hint);
    }
}

static void texts_of_values(void **state)
{
    static const struct {
        int64_t scaled;
        const char *text;
    } cases[] = {{0, "0"},      {10000, "1"},      {1000000, "100"},  {137500, "13.75"},
                 {1, "0.0001"}, {12345, "1.2345"}, {100500, "10.05"}, {999999999999999, "99999999999.9999"}};
    char buf[VALUE_SIZE];
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(value_text(cases[i].scaled, buf), cases[i].text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_are_read_or_refused),
        cmocka_unit_test(hints),
        cmocka_unit_test(texts_of_values),
    };
    return cmocka_run_group_tests_name("intake_value", tests, NULL, NULL);
}
