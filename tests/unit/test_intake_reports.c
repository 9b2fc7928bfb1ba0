/* Files of figures and what hanchot says to them, in tests/intake/reports.txt:
 *
 *   == What it is about (options)        a new ledger; "=== …" goes on with the ledger of the case before
 *   the file; \xNN is a byte, \r an end of line with it
 *   --
 *   the report
 *   --
 *   the ledger afterwards
 *
 * `test_intake_reports --accept` writes what is said now; then read the difference. */
#include "intake_desk.h"

#include "base/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define CASES "tests/intake/reports.txt"

/* The bytes that a line of the case stands for. */
static void input_add(struct text *input, const char *line, size_t n)
{
    bool bare = false;
    for (size_t i = 0; i < n; i++)
        if (line[i] == '\\' && i + 3 < n && line[i + 1] == 'x') {
            char digits[3] = {line[i + 2], line[i + 3]};
            char byte = (char)strtol(digits, NULL, 16);
            text_add_bytes(input, &byte, 1);
            i += 3;
        } else if (line[i] == '\\' && i + 1 < n && line[i + 1] == 'r') {
            text_add(input, "\r");
            i++;
        } else if (line[i] == '\\' && i + 1 == n)
            bare = true; /* no line end here */
        else
            text_add_bytes(input, line + i, 1);
    if (!bare)
        text_add(input, "\n");
}

static void case_run(struct intake_desk *desk, const char *title, const struct text *input, struct text *out)
{
    const char *open = strchr(title, '(');
    if (strncmp(title, "===", 3) != 0)
        intake_desk_empty(desk);
    text_add(out, "--\n");
    text_add(out, intake_desk_take(desk, text_str(input), input->n, open ? open : ""));
    text_add(out, "--\n");
    auto_free char *ledger = intake_desk_ledger(desk);
    text_add(out, ledger);
    text_add(out, "\n");
}

/* The cases again, with what is said now. */
static size_t cases_run(struct intake_desk *desk, const char *cases, struct text *out)
{
    size_t n = 0;
    bool in_input = false;
    char title[256] = "";
    auto_text input = {0};
    while (*cases) {
        size_t length = strcspn(cases, "\n");
        if (!strncmp(cases, "==", 2)) {
            snprintf(title, sizeof title, "%.*s", (int)length, cases);
            in_input = true;
            input.n = 0;
            n++;
        } else if (in_input && length == 2 && !strncmp(cases, "--", 2)) {
            in_input = false;
            case_run(desk, title, &input, out);
        } else if (in_input)
            input_add(&input, cases, length);
        if (in_input || n == 0) {
            text_add_bytes(out, cases, length);
            text_add(out, "\n");
        }
        cases += length + (cases[length] == '\n');
    }
    return n;
}

static void first_difference(const char *wanted, const char *found)
{
    int line = 1;
    for (; *wanted && *wanted == *found; wanted++, found++)
        line += *wanted == '\n';
    if (*wanted == *found)
        return;
    fail_msg(CASES ":%d: the file says …%.200s\n, the program …%.200s", line, wanted, found);
}

static void reports_are_as_written(void **state)
{
    auto_text cases = {0}, found = {0};
    struct err err = {.lang = LANG_EN};
    if (!file_read(CASES, 1 << 20, &cases, &err))
        fail_msg("%s", err.text);
    size_t n = cases_run(*state, text_str(&cases), &found);
    assert_true(n >= 50);
    first_difference(text_str(&cases), text_str(&found));
}

static void accept(void **state)
{
    auto_text cases = {0}, found = {0};
    must(file_read(CASES, 1 << 20, &cases, NULL));
    cases_run(*state, text_str(&cases), &found);
    file_write(CASES, text_str(&found));
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {INTAKE_DESK(reports_are_as_written)};
    const struct CMUnitTest accepting[] = {INTAKE_DESK(accept)};
    if (argc == 2 && !strcmp(argv[1], "--accept"))
        return cmocka_run_group_tests_name("accept", accepting, NULL, NULL);
    return cmocka_run_group_tests_name("intake_reports", tests, NULL, NULL);
}
