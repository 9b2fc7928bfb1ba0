/* table: plain text tables of cases that a domain person reads, one case a row, "#" begins a comment.
 *
 *   2026-11-24 act_by 2026-11-23   # Ngày Văn hóa Việt Nam
 */
#ifndef HANCHOT_TESTS_TABLE_H
#define HANCHOT_TESTS_TABLE_H

#include "base/err.h"
#include "time/workdays.h"

#define ROW_WORDS 24

struct row {
    const char *path;
    int line;
    size_t n;
    char *word[ROW_WORDS];
};

/* Shows every row to check, which gives false for one that does not hold, having told why by row_wrong. Fails
 * the running test when a row did not hold or when there are fewer than `least`, since an empty table proves
 * nothing. */
void table_check(const char *path, size_t least, bool (*check)(const struct row *row, void *data),
                 void *data);

/* Whether the row has this form: words in capitals stand for any word, "..." for any rest. */
bool row_is(const struct row *row, const char *form);
/* The words from the given one on, with single blanks. */
const char *row_rest(const struct row *row, size_t first, char *buf, size_t size);
/* Prints where and what; false. */
bool row_wrong(const struct row *row, const char *format, ...) PRINTF_LIKE(2, 3);
/* Whether the text that came out is the one of the row. */
bool row_same(const struct row *row, const char *expected, const char *found);

/* A day that must exist. */
int day_of(const char *text);
/* Monday to Friday with the days of tests/time/days_off.table. The caller frees. */
struct workdays *workdays_of_vietnam(void);

#endif
