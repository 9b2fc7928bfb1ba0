#include "publish/table.h"

#include <string.h>
#include <utf8proc.h>

#define GAP 2

struct column {
    const char *title;
    enum table_fit fit;
    size_t most, width;
    bool shown;
};

struct table {
    struct arena *arena;
    VEC(struct column) columns;
    VEC(const char *) cells;
};

struct table *table_new(void)
{
    struct table *table = mem_alloc(sizeof *table);
    table->arena = arena_new();
    return table;
}

void table_free(struct table *table)
{
    if (!table)
        return;
    vec_free(&table->columns);
    vec_free(&table->cells);
    arena_free(table->arena);
    mem_free(table);
}

void table_column(struct table *table, const char *title, enum table_fit fit, size_t most)
{
    must(!table->cells.n);
    *vec_push(&table->columns) =
        (struct column){.title = arena_strdup(table->arena, title), .fit = fit, .most = most};
}

void table_cell(struct table *table, const char *text)
{
    *vec_push(&table->cells) = arena_strdup(table->arena, text ? text : "");
}

/* ---- lines ---- */

static const char *skip_blanks(const char *at)
{
    return at + strspn(at, " \t\n");
}

/* Bytes of the beginning of a word that fit into `width` columns, at least one character; *columns is what
 * they take. */
static size_t fitting(const char *word, size_t n, size_t width, size_t *columns)
{
    size_t used = 0;
    *columns = 0;
    while (used < n) {
        utf8proc_int32_t character;
        utf8proc_ssize_t bytes =
            utf8proc_iterate((const utf8proc_uint8_t *)word + used, (utf8proc_ssize_t)(n - used), &character);
        must(bytes > 0);
        size_t wide = (size_t)utf8proc_charwidth(character);
        if (used && *columns + wide > width)
            break;
        *columns += wide;
        used += (size_t)bytes;
    }
    return used;
}

static void add_word(struct text *line, const char *word, size_t n)
{
    const char *end = word + n, *joint;
    while ((joint = memmem(word, (size_t)(end - word), NO_BREAK, strlen(NO_BREAK)))) {
        text_add_bytes(line, word, (size_t)(joint - word));
        text_add(line, " ");
        word = joint + strlen(NO_BREAK);
    }
    text_add_bytes(line, word, (size_t)(end - word));
}

/* Moves the next line off *rest to the end of `line`; *columns is its width. False: nothing is left. */
static bool line_take(const char **rest, size_t width, struct text *line, size_t *columns)
{
    const char *at = skip_blanks(*rest);
    size_t used = 0;
    width = width ? width : SIZE_MAX;
    while (*at) {
        size_t n = strcspn(at, " \t\n"), wide;
        size_t fits = fitting(at, n, width, &wide);
        if (used && (fits < n || wide >= width - used))
            break;
        text_add(line, used ? " " : "");
        add_word(line, at, fits);
        used += (used ? 1 : 0) + wide;
        at += fits;
        if (fits < n)
            break;
        at = skip_blanks(at);
    }
    *rest = at;
    *columns = used;
    return used > 0;
}

static void add_blanks(struct text *out, size_t n)
{
    text_addf(out, "%*s", (int)n, "");
}

void table_paragraph(struct text *out, const char *text, size_t indent, size_t hang, size_t width)
{
    size_t columns, margin = indent;
    for (;;) {
        auto_text line = {0};
        size_t room = !width ? 0 : width > margin + TABLE_LEAST ? width - margin : TABLE_LEAST;
        if (!line_take(&text, room, &line, &columns))
            return;
        add_blanks(out, margin);
        text_addf(out, "%s\n", text_str(&line));
        margin = hang;
    }
}

/* ---- columns ---- */

static size_t cell_width(const char *cell)
{
    auto_text line = {0};
    size_t columns;
    return line_take(&cell, 0, &line, &columns) ? columns : 0;
}

/* The widths of a copy of the table's columns. */
static void columns_fit(const struct table *table, struct column *columns, size_t width)
{
    size_t n = table->columns.n, taken = 0;
    for (size_t i = 0; i < n; i++) {
        struct column *column = &columns[i];
        column->width = utf8_width(column->title);
        for (size_t c = i; c < table->cells.n; c += n) {
            size_t wide = cell_width(table->cells.at[c]);
            column->shown = column->shown || wide;
            column->width = wide > column->width ? wide : column->width;
        }
        if (width && column->fit == TABLE_FIXED && column->most && column->width > column->most)
            column->width = column->most;
        if (column->shown)
            taken += GAP + (column->fit == TABLE_FIXED ? column->width : 0);
    }
    size_t left = width + GAP > taken + TABLE_LEAST ? width + GAP - taken : TABLE_LEAST;
    for (size_t i = 0; i < n; i++)
        if (width && columns[i].fit == TABLE_FLEXIBLE && columns[i].width > left)
            columns[i].width = left;
}

/* One row: as many lines as its tallest cell needs. rest[i] is what is still to be written of column i. */
static void row_write(const struct column *columns, const char **rest, size_t n, struct text *out)
{
    for (bool more = true; more;) {
        more = false;
        size_t pending = 0; /* blanks owed before the next text */
        for (size_t i = 0; i < n; i++) {
            if (!columns[i].shown)
                continue;
            auto_text line = {0};
            size_t used = 0;
            if (line_take(&rest[i], columns[i].width, &line, &used)) {
                add_blanks(out, pending);
                text_add(out, text_str(&line));
                pending = 0;
            }
            pending += columns[i].width + GAP - (used < columns[i].width ? used : columns[i].width);
            more = more || *skip_blanks(rest[i]);
        }
        text_add(out, "\n");
    }
}

void table_write(const struct table *table, size_t width, struct text *out)
{
    size_t n = table->columns.n;
    must(n && table->cells.n % n == 0);
    auto_free struct column *columns = mem_alloc(n * sizeof *columns);
    auto_free const char **rest = mem_alloc(n * sizeof *rest);
    memcpy(columns, table->columns.at, n * sizeof *columns);
    columns_fit(table, columns, width);
    for (size_t i = 0; i < n; i++)
        rest[i] = columns[i].title;
    row_write(columns, rest, n, out);
    for (size_t c = 0; c < table->cells.n; c += n) {
        memcpy(rest, &table->cells.at[c], n * sizeof *rest);
        row_write(columns, rest, n, out);
    }
}
