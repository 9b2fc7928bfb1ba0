#include "table.h"

#include "base/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

bool row_wrong(const struct row *row, const char *format, ...)
{
    char why[512];
    va_list args;
    va_start(args, format);
    vsnprintf(why, sizeof why, format, args);
    va_end(args);
    print_error("%s:%d: %s\n", row->path, row->line, why);
    return false;
}

bool row_same(const struct row *row, const char *expected, const char *found)
{
    return strcmp(expected, found) == 0 ||
           row_wrong(row, "the table says \"%s\", the program \"%s\"", expected, found);
}

bool row_is(const struct row *row, const char *form)
{
    size_t i = 0;
    while (*form) {
        size_t length = strcspn(form, " ");
        if (strncmp(form, "...", length) == 0)
            return true;
        if (i == row->n)
            return false;
        bool is_any = *form >= 'A' && *form <= 'Z';
        if (!is_any && (strlen(row->word[i]) != length || strncmp(row->word[i], form, length) != 0))
            return false;
        form += length + (form[length] == ' ');
        i++;
    }
    return i == row->n;
}

const char *row_rest(const struct row *row, size_t first, char *buf, size_t size)
{
    size_t used = 0;
    buf[0] = '\0';
    for (size_t i = first; i < row->n; i++) {
        used += (size_t)snprintf(buf + used, size - used, "%s%s", i > first ? " " : "", row->word[i]);
        assert_true(used < size);
    }
    return buf;
}

static void row_fill(struct row *row, char *line)
{
    char *rest = NULL;
    row->n = 0;
    for (char *word = strtok_r(line, " \t", &rest); word && *word != '#';
         word = strtok_r(NULL, " \t", &rest)) {
        assert_true(row->n < ROW_WORDS);
        row->word[row->n++] = word;
    }
}

void table_check(const char *path, size_t least, bool (*check)(const struct row *row, void *data), void *data)
{
    auto_text whole = {0};
    struct err err = {.lang = LANG_EN};
    if (!file_read(path, 1 << 20, &whole, &err))
        fail_msg("%s", err.text);
    size_t rows = 0, wrong = 0;
    struct row row = {.path = path};
    char *next = whole.at;
    while (next && *next) {
        char *line = strsep(&next, "\n");
        row.line++;
        row_fill(&row, line);
        if (row.n == 0)
            continue;
        rows++;
        wrong += !check(&row, data);
    }
    if (wrong)
        fail_msg("%s: %zu of %zu rows do not hold", path, wrong, rows);
    if (rows < least)
        fail_msg("%s: only %zu rows, not %zu", path, rows, least);
}

int day_of(const char *text)
{
    int day;
    struct err err = {.lang = LANG_EN};
    if (!day_parse(text, &day, &err))
        fail_msg("%s", err.text);
    return day;
}

static bool list_row(const struct row *row, void *data)
{
    struct workdays *workdays = data;
    char reason[200];
    if (row_is(row, "DAY off ..."))
        return workdays_add_off(workdays, day_of(row->word[0]), row_rest(row, 2, reason, sizeof reason));
    if (row_is(row, "DAY worked ..."))
        return workdays_add_work(workdays, day_of(row->word[0]), row_rest(row, 2, reason, sizeof reason));
    if (row_is(row, "DAY to DAY provisional")) {
        workdays_add_provisional(workdays, day_of(row->word[0]), day_of(row->word[2]));
        return true;
    }
    return row_wrong(row, "no such form of row");
}

struct workdays *workdays_of_vietnam(void)
{
    struct workdays *workdays = workdays_new(0x1f);
    table_check("tests/time/days_off.table", 40, list_row, workdays);
    return workdays;
}
