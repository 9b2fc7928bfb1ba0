/* JSON by jansson, one element at a time, so that memory does not grow with the file. What stands between
 * elements is read here. Bare words (numbers, true, NaN) reach jansson as marked texts: a number keeps the
 * digits that were written, and a bad one spoils its own element only.
 *
 * Rows are known by their element, since many may stand on one line. On which line of the file a refused one
 * begins is found by reading once more, so that no row carries it along. */
#include "intake/intake_work.h"

#include <string.h>

#define BARE "\x01" /* begins a text that stood without quotes */

struct reading {
    struct taking *taking;
    const char *at, *end; /* of the piece */
    bool over, stopped;
    int64_t line, element;
    int64_t begins; /* line of the element */
    size_t placed;  /* when read once more: how many faults have their line */
    bool (*take)(struct reading *reading);
    struct text raw; /* of the element, bare words marked */
};

static bool element_take(struct reading *reading);

static void stop(struct reading *reading, const char *vi, const char *en)
{
    struct problem problem;
    enum lang lang = reading->taking->request->lang;
    reading->stopped = true;
    if (reading->take != element_take)
        return;
    problem_init(&problem, lang);
    err_set(&problem.reason, ERR_INPUT, "không phải JSON đúng dạng: %s", "not the JSON that is wanted: %s",
            say(lang, vi, en));
    err_set(&problem.hint, ERR_INPUT, "%s", "%s", "[{\"unit\":…,\"metric\":…,\"period\":…,\"value\":…}, …]");
    intake_stop(reading->taking, reading->element, &problem);
    struct intake_report *report = reading->taking->report;
    if (report->faults.n < INTAKE_LISTED_MOST)
        report->faults.at[report->faults.n - 1].file_line = reading->line;
}

/* ---- characters ---- */

/* The next character without taking it; -1 at the end, or at trouble. */
static int peek(struct reading *reading)
{
    size_t n;
    if (reading->at == reading->end && !reading->over) {
        struct taking *taking = reading->taking;
        reading->over = !reader_next(taking->reader, &reading->at, &n, taking->err) || n == 0;
        reading->end = reading->at + (reading->over ? 0 : n);
        if (reading->over)
            reading->at = reading->end = NULL;
        if (reading->take == element_take)
            intake_progress(taking, taking->reader->seen, taking->reader->size, 0, 30);
    }
    return reading->at == reading->end ? -1 : (unsigned char)*reading->at;
}

static int take(struct reading *reading)
{
    int c = peek(reading);
    if (c >= 0)
        reading->at++;
    reading->line += c == '\n';
    return c;
}

static int skip_blanks(struct reading *reading)
{
    int c;
    while ((c = peek(reading)) == ' ' || c == '\t' || c == '\r' || c == '\n')
        take(reading);
    return c;
}

/* ---- one element ---- */

static bool is_bare(int c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '+' ||
           c == '-' || c == '.' || c == '_';
}

static void add(struct text *raw, int c)
{
    char byte = (char)c;
    text_add_bytes(raw, &byte, 1);
}

/* Text in quotes as it stands; the quote that opens it is taken already. */
static bool quoted_read(struct reading *reading)
{
    add(&reading->raw, '"');
    while (reading->raw.n <= ROW_BYTES_MOST) {
        int c = take(reading);
        if (c < 0)
            return false;
        add(&reading->raw, c);
        if (c == '"')
            return true;
        if (c == '\\' && (c = take(reading)) >= 0)
            add(&reading->raw, c);
    }
    return false;
}

static void bare_read(struct reading *reading)
{
    text_add(&reading->raw, "\"\\u0001");
    while (is_bare(peek(reading)) && reading->raw.n <= ROW_BYTES_MOST)
        add(&reading->raw, take(reading));
    add(&reading->raw, '"');
}

/* A value up to its end; false: it does not end, or is too long. */
static bool element_read(struct reading *reading)
{
    int depth = 0;
    reading->raw.n = 0;
    do {
        int c = peek(reading);
        if (c < 0 || reading->raw.n > ROW_BYTES_MOST)
            return false;
        if (is_bare(c)) {
            bare_read(reading);
            continue;
        }
        take(reading);
        if (c == '"') {
            if (!quoted_read(reading))
                return false;
            continue;
        }
        depth += (c == '{' || c == '[') - (c == '}' || c == ']');
        add(&reading->raw, c);
    } while (depth > 0);
    return reading->raw.n <= ROW_BYTES_MOST;
}

/* ---- what it says ---- */

static const char *column_at(size_t i, const void *data)
{
    (void)data;
    return column_names[i];
}

static bool key_take(struct intake_row *row, const char *key, const json_t *value, struct problem *problem)
{
    int column = 0;
    while (column < N_COLUMNS && strcmp(column_names[column], key) != 0)
        column++;
    if (column == N_COLUMNS) {
        const char *near = text_nearest(key, N_COLUMNS, column_at, NULL);
        if (near)
            err_set(&problem->hint, ERR_INPUT, "có phải '%s'?", "did you mean '%s'?", near);
        return err_set(&problem->reason, ERR_INPUT, "không có khóa '%.60s'", "no such key '%.60s'", key);
    }
    const char *text = json_string_value(value);
    if (!text)
        return err_set(&problem->reason, ERR_INPUT, "'%s' không phải là chữ hay số",
                       "'%s' is neither text nor number", key);
    bool bare = *text == *BARE;
    text += bare;
    if (bare && column == COLUMN_NOTE && !strcmp(text, "null"))
        return true;
    bool number = bare && (strpbrk(text, "0123456789") || column != COLUMN_VALUE);
    row->cells[column] = (struct cell){bare ? (number ? CELL_NUMBER : CELL_OTHER) : CELL_TEXT, text};
    return true;
}

static bool element_check(const json_t *json, struct intake_row *row, struct problem *problem)
{
    const char *key;
    const json_t *value;
    if (!json_is_object(json))
        return err_set(&problem->reason, ERR_INPUT, "phần tử này không phải là {…}",
                       "this element is no {…}");
    json_object_foreach((json_t *)json, key, value) if (!key_take(row, key, value, problem)) return false;
    for (int i = COLUMN_UNIT; i <= COLUMN_VALUE; i++)
        if (row->cells[i].kind == CELL_ABSENT)
            return err_set(&problem->reason, ERR_INPUT, "thiếu '%s'", "'%s' is missing", column_names[i]);
    return true;
}

static bool element_take(struct reading *reading)
{
    struct taking *taking = reading->taking;
    struct intake_row row = {.line = reading->element};
    struct problem problem;
    json_error_t error;
    problem_init(&problem, taking->request->lang);
    json_t *json =
        json_loadb(text_str(&reading->raw), reading->raw.n, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &error);
    if (!json)
        err_set(&problem.reason, ERR_INPUT, "phần tử này không phải JSON: %.200s",
                "this element is not JSON: %.200s", error.text);
    bool good = true, fine = json && element_check(json, &row, &problem);
    if (fine)
        good = row_check(taking, &row);
    else {
        taking->report->rows++;
        intake_refuse(taking, reading->element, NULL, &problem);
    }
    json_decref(json);
    return good;
}

/* ---- the list, bare or as "figures" of an object ---- */

static bool list_read(struct reading *reading)
{
    take(reading); /* [ */
    if (skip_blanks(reading) == ']') {
        take(reading);
        return true;
    }
    for (;;) {
        reading->element++;
        skip_blanks(reading);
        reading->begins = reading->line;
        if (!element_read(reading)) {
            stop(reading, "phần tử không kết thúc, hoặc dài quá 65536 byte",
                 "an element does not end, or is longer than 65536 bytes");
            return true;
        }
        if (!reading->take(reading))
            return false;
        int c = skip_blanks(reading);
        if (c == ',' || c == ']')
            take(reading);
        if (c == ']')
            return true;
        if (c != ',') {
            stop(reading, "giữa hai phần tử cần dấu phẩy, sau cùng cần ]",
                 "a comma is needed between elements, and ] after the last");
            return true;
        }
    }
}

static bool object_read(struct reading *reading)
{
    take(reading); /* { */
    bool named = skip_blanks(reading) == '"' && element_read(reading) &&
                 !strcmp(text_str(&reading->raw), "\"figures\"") && skip_blanks(reading) == ':';
    if (named)
        take(reading);
    if (!named || skip_blanks(reading) != '[') {
        stop(reading, "đối tượng ngoài cùng chỉ có \"figures\": […]",
             "the outer object has \"figures\": […] and nothing else");
        return true;
    }
    if (!list_read(reading))
        return false;
    if (!reading->stopped && skip_blanks(reading) != '}')
        stop(reading, "sau \"figures\": […] cần }", "} is needed after \"figures\": […]");
    take(reading);
    return true;
}

static bool all_read(struct taking *taking, bool (*take_element)(struct reading *reading))
{
    struct reading reading = {.taking = taking, .line = 1, .take = take_element};
    taking->err->kind = ERR_NONE;
    if (peek(&reading) == 0xef) /* a byte order mark */
        for (int i = 0; i < 3; i++)
            take(&reading);
    bool good = skip_blanks(&reading) == '[' ? list_read(&reading) : object_read(&reading);
    if (good && !reading.stopped && skip_blanks(&reading) >= 0)
        stop(&reading, "có gì đó sau dấu đóng cuối cùng", "something stands after the end");
    text_fini(&reading.raw);
    return good && taking->err->kind == ERR_NONE;
}

bool intake_json(struct taking *taking)
{
    return all_read(taking, element_take);
}

/* ---- once more, for the lines ---- */

/* False after the last fault: nothing more need be read. */
static bool element_place(struct reading *reading)
{
    struct intake_report *report = reading->taking->report;
    for (; reading->placed < report->faults.n; reading->placed++) {
        struct intake_fault *fault = &report->faults.at[reading->placed];
        if (fault->line > reading->element)
            return true;
        if (fault->line == reading->element && !fault->file_line)
            fault->file_line = reading->begins;
    }
    return false;
}

void intake_json_lines(struct taking *taking)
{
    struct err err = {.lang = taking->request->lang}, *own = taking->err;
    taking->err = &err; /* a line that cannot be found again is no failure: the element is told */
    if (taking->report->faults.n && reader_open(taking->reader, taking->request, &err))
        (void)all_read(taking, element_place);
    taking->err = own;
}
