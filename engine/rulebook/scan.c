#include "rulebook/scan.h"

#include "rulebook/lexer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TABLES_OF_A_LINE = 100 };

/* A number key is kept as its shortest digits; "12" and 12 are two keys. */
struct key {
    size_t table; /* place in tables */
    bool number;
    const char *text;
    size_t n;
    int line, column;
};

struct table {
    int brace_line;
    int name_line; /* of the last name before the brace: `task "1.2"`, then `{` */
};

struct scan {
    struct arena *arena;
    VEC(struct table) tables; /* as they begin in the text, so by line */
    VEC(struct key) keys;     /* sorted once the text is read */
};

/* What is open: '{' with its table, '(', '[', or 'b' for a block that ends with `end` or `until`. */
struct open {
    char kind;
    size_t table;
};

/* The last tokens; `behind[0]` is the newest. */
enum { BEHIND = 4 };
struct reading {
    struct scan *scan;
    VEC(struct open) open;
    size_t n_braces, n_parens, n_squares, n_blocks; /* how many of each are open */
    struct token behind[BEHIND];
    int name_line;
};

/* ---- brackets and blocks ---- */

static size_t *open_count(struct reading *reading, char kind)
{
    switch (kind) {
    case '{':
        return &reading->n_braces;
    case '(':
        return &reading->n_parens;
    case '[':
        return &reading->n_squares;
    default:
        return &reading->n_blocks;
    }
}

static void open_push(struct reading *reading, char kind)
{
    struct open *open = vec_push(&reading->open);
    open->kind = kind;
    ++*open_count(reading, kind);
}

/* Closes the innermost of this kind and what was left open inside it. */
static void open_pop(struct reading *reading, char kind)
{
    if (*open_count(reading, kind) == 0)
        return;
    char closed;
    do {
        closed = reading->open.at[--reading->open.n].kind;
        --*open_count(reading, closed);
    } while (closed != kind);
}

static void open_table(struct reading *reading, int line)
{
    struct table *table = vec_push(&reading->scan->tables);
    table->brace_line = line;
    table->name_line = reading->name_line ? reading->name_line : line;
    open_push(reading, '{');
    reading->open.at[reading->open.n - 1].table = reading->scan->tables.n - 1;
}

static void follow_symbol(struct reading *reading, const struct token *token)
{
    switch (*token->at) {
    case '{':
        open_table(reading, token->line);
        break;
    case '(':
    case '[':
        open_push(reading, *token->at);
        break;
    case '}':
        open_pop(reading, '{');
        break;
    case ')':
        open_pop(reading, '(');
        break;
    case ']':
        open_pop(reading, '[');
        break;
    default:
        break;
    }
}

static bool opens_block(const struct token *token)
{
    return token_is(token, "function") || token_is(token, "do") || token_is(token, "if") ||
           token_is(token, "repeat");
}

static void follow_name(struct reading *reading, const struct token *token)
{
    reading->name_line = token->line;
    if (opens_block(token))
        open_push(reading, 'b');
    else if (token_is(token, "end") || token_is(token, "until"))
        open_pop(reading, 'b');
}

/* ---- keys ---- */

static bool begins_field(const struct token *before)
{
    return token_is(before, "{") || token_is(before, ",") || token_is(before, ";");
}

static void key_text(struct scan *scan, struct key *key, const struct token *token)
{
    if (token->kind == TOKEN_STRING) {
        key->text = token_string(token, scan->arena, &key->n);
        return;
    }
    const char *text = arena_strndup(scan->arena, token->at, token->n);
    if (token->kind == TOKEN_NUMBER) {
        char *end;
        double value = strtod(text, &end);
        key->number = true;
        if (*end == '\0')
            text = arena_printf(scan->arena, "%.15g", value);
    }
    key->text = text;
    key->n = strlen(text);
}

static void add_key(struct reading *reading, const struct token *text, const struct token *start)
{
    struct key *key = vec_push(&reading->scan->keys);
    key->table = reading->open.at[reading->open.n - 1].table;
    key->line = start->line;
    key->column = start->column;
    key_text(reading->scan, key, text);
}

/* At "=": behind it stands `name` or `["text"]` or `[12]` at the start of a field of the innermost table, or
 * no key. */
static void follow_equals(struct reading *reading)
{
    const struct token *behind = reading->behind;
    if (reading->open.n == 0 || reading->open.at[reading->open.n - 1].kind != '{')
        return;
    if (behind[0].kind == TOKEN_NAME && begins_field(&behind[1]))
        add_key(reading, &behind[0], &behind[0]);
    else if (token_is(&behind[0], "]") && token_is(&behind[2], "[") && begins_field(&behind[3]) &&
             (behind[1].kind == TOKEN_STRING || behind[1].kind == TOKEN_NUMBER))
        add_key(reading, &behind[1], &behind[2]);
}

static void read_tokens(struct scan *scan, const char *bytes, size_t n)
{
    struct reading reading = {.scan = scan};
    struct lexer lexer;
    struct token token;
    lexer_init(&lexer, bytes, n);
    for (lexer_next(&lexer, &token); token.kind != TOKEN_END; lexer_next(&lexer, &token)) {
        if (token_is(&token, "="))
            follow_equals(&reading);
        else if (token.kind == TOKEN_NAME)
            follow_name(&reading, &token);
        else if (token.kind == TOKEN_SYMBOL && token.n == 1)
            follow_symbol(&reading, &token);
        memmove(reading.behind + 1, reading.behind, (BEHIND - 1) * sizeof token);
        reading.behind[0] = token;
    }
    vec_free(&reading.open);
}

/* ---- order, doubles, look-up ---- */

static int compare_keys(const struct key *a, const struct key *b)
{
    if (a->table != b->table)
        return a->table < b->table ? -1 : 1;
    if (a->number != b->number)
        return a->number - b->number;
    size_t n = a->n < b->n ? a->n : b->n;
    int bytes = n ? memcmp(a->text, b->text, n) : 0;
    if (bytes || a->n == b->n)
        return bytes;
    return a->n < b->n ? -1 : 1;
}

static int compare_places(const void *left, const void *right)
{
    const struct key *a = left, *b = right;
    int keys = compare_keys(a, b);
    if (keys)
        return keys;
    if (a->line != b->line)
        return a->line < b->line ? -1 : 1;
    return a->column - b->column;
}

static void tell_doubles(const struct scan *scan, const char *file, struct faults *faults)
{
    for (size_t i = 1; i < scan->keys.n; i++) {
        const struct key *first = &scan->keys.at[i - 1], *again = &scan->keys.at[i];
        if (compare_keys(first, again) != 0)
            continue;
        const char *open = again->number ? "[" : "'", *close = again->number ? "]" : "'";
        faults_add(
            faults, file, again->line, again->column,
            "khoá %s%s%s viết hai lần trong một bảng (lần trước ở dòng %d); giữ lại một và xoá chỗ kia, "
            "hoặc xem có thiếu dấu } ở giữa không",
            "key %s%s%s is written twice in one table (before that on line %d); keep one and delete the "
            "other, or see whether a } is missing in between",
            open, again->text, close, first->line);
    }
}

struct scan *scan_new(const char *file, const char *bytes, size_t n, struct faults *faults)
{
    struct scan *scan = mem_alloc(sizeof *scan);
    scan->arena = arena_new();
    read_tokens(scan, bytes, n);
    if (scan->keys.n)
        qsort(scan->keys.at, scan->keys.n, sizeof *scan->keys.at, compare_places);
    tell_doubles(scan, file, faults);
    return scan;
}

void scan_free(struct scan *scan)
{
    if (!scan)
        return;
    vec_free(&scan->tables);
    vec_free(&scan->keys);
    arena_free(scan->arena);
    mem_free(scan);
}

static const struct key *table_key(const struct scan *scan, size_t table, bool number, const char *text)
{
    const struct key wanted = {.table = table, .number = number, .text = text, .n = strlen(text)};
    size_t low = 0, high = scan->keys.n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare_keys(&scan->keys.at[middle], &wanted) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low < scan->keys.n && compare_keys(&scan->keys.at[low], &wanted) == 0 ? &scan->keys.at[low] : NULL;
}

static int table_line(const struct table *table, bool by_name)
{
    return by_name ? table->name_line : table->brace_line;
}

/* In the tables that begin on this line; no person writes more than a few on one. */
static const struct key *line_key(const struct scan *scan, int line, bool by_name, const char *text)
{
    size_t low = 0, high = scan->tables.n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (table_line(&scan->tables.at[middle], by_name) < line)
            low = middle + 1;
        else
            high = middle;
    }
    for (size_t i = 0; i < TABLES_OF_A_LINE && low < scan->tables.n; i++, low++) {
        if (table_line(&scan->tables.at[low], by_name) != line)
            break;
        const struct key *key = table_key(scan, low, false, text);
        if (!key)
            key = table_key(scan, low, true, text);
        if (key)
            return key;
    }
    return NULL;
}

bool scan_key(const struct scan *scan, int brace_line, const char *key, int *line, int *column)
{
    const struct key *found = line_key(scan, brace_line, false, key);
    if (!found)
        found = line_key(scan, brace_line, true, key);
    if (!found)
        return false;
    *line = found->line;
    *column = found->column;
    return true;
}
