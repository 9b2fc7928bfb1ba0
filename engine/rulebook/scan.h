/* scan: what only the text of a rule file tells, not the tables that Lua makes of it.
 *
 * Lua keeps the last of two equal keys in a table constructor and forgets where any key stood. This token
 * scan (comments, short and long strings, numbers, names, brackets; no parser) finds keys written twice in
 * one table and remembers where each key of each table constructor stands, so that faults can point at it. */
#ifndef HANCHOT_RULEBOOK_SCAN_H
#define HANCHOT_RULEBOOK_SCAN_H

#include "base/faults.h"

/* Before Lua sees the text: bytes that are not UTF-8, what word processors put in place of quotes, blanks and
 * dashes, other characters outside strings that no rule has, and text so involved that only compiling it
 * would take seconds. False after any fault. box_run calls it. */
MUST_CHECK bool scan_check(const char *file, const char *bytes, size_t n, struct faults *faults);

struct scan;
/* Adds a fault "khoá … viết hai lần (lần trước ở dòng …)" for each doubled key (name =, ["text"] =, [12] =; a
 * name and the equal string are one key). Text that is not Lua is scanned as far as it makes sense: Lua
 * itself reports the syntax error. */
struct scan *scan_new(const char *file, const char *bytes, size_t n, struct faults *faults);
void scan_free(struct scan *scan); /* NULL is fine */
/* Where `key` stands directly in a table constructor whose `{` is on line brace_line: the first such table
 * that has it; tables nested inside count as tables of their own. Where none has it, tables whose word (task
 * "1.2" …) stands on that line and whose `{` follows further down. False if there is none. Column counts
 * characters from 1. */
bool scan_key(const struct scan *scan, int brace_line, const char *key, int *line, int *column);

#endif
