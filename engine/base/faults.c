#include "base/faults.h"

#include "base/text.h"

#include <stdlib.h>
#include <string.h>

enum { SEEN_LEAST = 64 };

void faults_init(struct faults *faults, enum lang lang)
{
    *faults = (struct faults){.lang = lang, .arena = arena_new()};
}

void faults_fini(struct faults *faults)
{
    arena_free(faults->arena);
    vec_free(&faults->list);
    mem_free(faults->seen);
    *faults = (struct faults){0};
}

static int compare_texts(const char *a, const char *b)
{
    return strcmp(a ? a : "", b ? b : "");
}

static int compare(const void *left, const void *right)
{
    const struct fault *a = left, *b = right;
    if (a->warning != b->warning)
        return a->warning - b->warning;
    int files = compare_texts(a->file, b->file);
    if (files)
        return files;
    if (a->line != b->line)
        return a->line < b->line ? -1 : 1;
    if (a->column != b->column)
        return a->column < b->column ? -1 : 1;
    return strcmp(a->text, b->text);
}

/* ---- the same fault is kept once: a hash table of places in the list ---- */

static uint64_t hash_fault(const struct fault *fault)
{
    int place[] = {fault->line, fault->column, fault->warning};
    return hash_bytes(hash_text(hash_text(HASH_START, fault->file), fault->text), place, sizeof place);
}

/* The slot of an equal fault, or the empty one where it would stand. */
static uint32_t *slot_of(const struct faults *faults, const struct fault *fault)
{
    size_t i = (size_t)hash_fault(fault) & (faults->n_seen - 1);
    while (faults->seen[i] && compare(&faults->list.at[faults->seen[i] - 1], fault) != 0)
        i = (i + 1) & (faults->n_seen - 1);
    return &faults->seen[i];
}

static void index_again(struct faults *faults, size_t n_seen)
{
    mem_free(faults->seen);
    faults->seen = mem_alloc(n_seen * sizeof *faults->seen);
    faults->n_seen = n_seen;
    for (size_t i = 0; i < faults->list.n; i++)
        *slot_of(faults, &faults->list.at[i]) = (uint32_t)(i + 1);
}

/* ---- adding ---- */

/* A text may quote anything that stood in a file. One line comes out: a line feed becomes "; ", at the end
 * nothing, and what no terminal or JSON should get becomes '?'. The caller frees. */
static char *printable_line(const char *text)
{
    size_t n = strlen(text), bad;
    while (n > 0 && (text[n - 1] == '\n' || text[n - 1] == '\r'))
        n--;
    struct text line = {0};
    for (size_t i = 0; i < n; i++) {
        if (text[i] == '\n')
            text_add(&line, "; ");
        else if (text[i] == '\t')
            text_add(&line, " ");
        else if ((unsigned char)text[i] < ' ' || text[i] == 0x7f)
            text_add(&line, text[i] == '\r' ? "" : "?");
        else
            text_add_bytes(&line, text + i, 1);
    }
    while (line.n && !utf8_valid(line.at, line.n, &bad))
        line.at[bad] = '?';
    return text_take(&line);
}

/* Most faults come from the file of the fault before. */
static const char *keep_file(struct faults *faults, const char *file)
{
    const char *last = faults->list.n ? faults->list.at[faults->list.n - 1].file : NULL;
    if (file && last && strcmp(file, last) == 0)
        return last;
    return arena_strdup(faults->arena, file);
}

static void keep(struct faults *faults, const struct fault *fault)
{
    must(faults->list.n < UINT32_MAX / 4);
    if (2 * (faults->list.n + 1) > faults->n_seen)
        index_again(faults, faults->n_seen ? 2 * faults->n_seen : SEEN_LEAST);
    uint32_t *slot = slot_of(faults, fault);
    if (*slot)
        return;
    struct fault kept = *fault;
    kept.file = keep_file(faults, fault->file);
    kept.text = arena_strdup(faults->arena, fault->text);
    struct fault *place = vec_push(&faults->list);
    *place = kept;
    *slot = (uint32_t)faults->list.n;
    faults->errors += !fault->warning;
}

static void PRINTF_LIKE(3, 0) add(struct faults *faults, struct fault fault, const char *format, va_list args)
{
    must(format);
    va_list again;
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, format, args);
    must(n >= 0);
    auto_free char *whole = mem_alloc((size_t)n + 1);
    vsnprintf(whole, (size_t)n + 1, format, again);
    va_end(again);
    auto_free char *text = printable_line(whole);
    auto_free char *file = fault.file ? printable_line(fault.file) : NULL;
    fault.text = text;
    fault.file = file;
    keep(faults, &fault);
}

void faults_add(struct faults *faults, const char *file, int line, int column, const char *vi, const char *en,
                ...)
{
    va_list args;
    va_start(args, en);
    add(faults, (struct fault){.file = file, .line = line, .column = column}, say(faults->lang, vi, en),
        args);
    va_end(args);
}

void faults_warn(struct faults *faults, const char *file, int line, int column, const char *vi,
                 const char *en, ...)
{
    va_list args;
    va_start(args, en);
    add(faults, (struct fault){.file = file, .line = line, .column = column, .warning = true},
        say(faults->lang, vi, en), args);
    va_end(args);
}

/* ---- telling ---- */

void faults_take(struct faults *faults, const struct faults *more)
{
    for (size_t i = 0; i < more->list.n; i++) {
        const struct fault *one = &more->list.at[i];
        if (one->warning)
            faults_warn(faults, one->file, one->line, one->column, "%s", "%s", one->text);
        else
            faults_add(faults, one->file, one->line, one->column, "%s", "%s", one->text);
    }
}

void faults_sort(struct faults *faults)
{
    if (faults->list.n < 2)
        return;
    qsort(faults->list.at, faults->list.n, sizeof *faults->list.at, compare);
    index_again(faults, faults->n_seen);
}

static void print_place(const struct fault *fault, FILE *stream)
{
    if (!fault->file)
        return;
    fputs(fault->file, stream);
    if (fault->line > 0)
        fprintf(stream, ":%d", fault->line);
    if (fault->line > 0 && fault->column > 0)
        fprintf(stream, ":%d", fault->column);
    fputs(": ", stream);
}

void faults_print(const struct faults *faults, FILE *stream)
{
    for (size_t i = 0; i < faults->list.n; i++) {
        const struct fault *fault = &faults->list.at[i];
        print_place(fault, stream);
        fprintf(stream, "%s%s\n", fault->warning ? say(faults->lang, "cảnh báo: ", "warning: ") : "",
                fault->text);
    }
}
