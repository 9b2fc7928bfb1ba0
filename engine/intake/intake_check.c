/* Each row by itself: are its names known, is its value a number that the metric can have? */
#include "intake/intake_work.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { NOTE_BYTES_MOST = 2000 };

const char *const column_names[N_COLUMNS] = {"unit", "metric", "period", "value", "note"};

/* ---- the rules' names ---- */

static int by_unit_id(const void *a, const void *b)
{
    return strcmp((*(const struct unit *const *)a)->id, (*(const struct unit *const *)b)->id);
}

static int by_metric_name(const void *a, const void *b)
{
    return strcmp((*(const struct metric *const *)a)->name, (*(const struct metric *const *)b)->name);
}

/* Numbers go by name, as the ledger keeps figures, so that sorted rows go in where the last one went. */
void check_init(struct taking *taking)
{
    const struct rulebook *rulebook = taking->rulebook;
    size_t n_units = rulebook->units.n, n_metrics = rulebook->n_metrics;
    taking->units = mem_alloc((n_units + 1) * sizeof(const struct unit *));
    taking->metrics = mem_alloc((n_metrics + 1) * sizeof(const struct metric *));
    for (size_t i = 0; i < n_units; i++)
        taking->units[i] = rulebook->units.at[i];
    for (size_t i = 0; i < n_metrics; i++)
        taking->metrics[i] = &rulebook->metrics[i];
    qsort(taking->units, n_units, sizeof(const struct unit *), by_unit_id);
    qsort(taking->metrics, n_metrics, sizeof(const struct metric *), by_metric_name);
    for (size_t i = 0; i < n_units; i++)
        names_add(&taking->unit_names, taking->units[i]->id, (uint32_t)i);
    for (size_t i = 0; i < n_metrics; i++)
        names_add(&taking->metric_names, taking->metrics[i]->name, (uint32_t)i);
}

void check_fini(struct taking *taking)
{
    mem_free(taking->units);
    mem_free(taking->metrics);
    names_fini(&taking->unit_names);
    names_fini(&taking->metric_names);
    names_fini(&taking->period_names);
    vec_free(&taking->periods);
}

/* ---- refusing ---- */

void intake_refuse(struct taking *taking, int64_t line, const char *column, const struct problem *problem)
{
    struct intake_report *report = taking->report;
    report->refused++;
    if (report->faults.n >= INTAKE_LISTED_MOST)
        return;
    *vec_push(&report->faults) = (struct intake_fault){
        .line = line,
        .column = column,
        .reason = arena_strdup(report->arena, problem->reason.text),
        .suggestion = *problem->hint.text ? arena_strdup(report->arena, problem->hint.text) : NULL,
    };
}

void intake_stop(struct taking *taking, int64_t line, const struct problem *problem)
{
    if (!taking->stop)
        intake_refuse(taking, line, NULL, problem);
    taking->stop = taking->report->whole = true;
}

/* ---- the header ---- */

static const char *column_at(size_t i, const void *data)
{
    (void)data;
    return column_names[i];
}

static int column_of(const char *name)
{
    for (int i = 0; i < N_COLUMNS; i++)
        if (!strcmp(name, column_names[i]))
            return i;
    return -1;
}

static bool column_take(struct header *header, size_t at, const char *name, struct problem *problem)
{
    int column = *name ? column_of(name) : -1;
    header->column[at] = column;
    if (*name && column < 0) {
        const char *near = text_nearest(name, N_COLUMNS, column_at, NULL);
        err_set(&problem->reason, ERR_INPUT, "dòng tiêu đề có cột lạ '%.60s'",
                "the header has an unknown column '%.60s'", name);
        return near ? err_set(&problem->hint, ERR_INPUT, "có phải '%s'?", "did you mean '%s'?", near)
                    : err_set(&problem->hint, ERR_INPUT, "dòng đầu phải là: unit,metric,period,value,note",
                              "the first line must be: unit,metric,period,value,note");
    }
    for (size_t i = 0; column >= 0 && i < at; i++)
        if (header->column[i] == column)
            return err_set(&problem->reason, ERR_INPUT, "dòng tiêu đề có hai cột '%s'",
                           "the header has two columns '%s'", name);
    return true;
}

void header_read(struct taking *taking, struct header *header, int64_t line, const char *const *names,
                 size_t n)
{
    struct problem problem;
    problem_init(&problem, taking->request->lang);
    bool good = n <= FILE_COLUMNS_MOST || err_set(&problem.reason, ERR_INPUT, "dòng tiêu đề có %zu cột",
                                                  "the header has %zu columns", n);
    unsigned seen = 0;
    for (size_t i = 0; good && i < n; i++) {
        good = column_take(header, i, names[i], &problem);
        seen |= good && header->column[i] >= 0 ? 1u << header->column[i] : 0;
    }
    for (int i = COLUMN_UNIT; good && i <= COLUMN_VALUE; i++)
        if (!(seen & 1u << i)) {
            good = err_set(&problem.reason, ERR_INPUT, "dòng tiêu đề thiếu cột '%s'",
                           "the header lacks the column '%s'", column_names[i]);
            err_set(&problem.hint, ERR_INPUT, "dòng đầu phải là: unit,metric,period,value[,note]",
                    "the first line must be: unit,metric,period,value[,note]");
        }
    header->read = true;
    header->n = n;
    if (!good)
        intake_stop(taking, line, &problem);
}

/* ---- a row in the file's columns ---- */

static bool is_digits(const char *text)
{
    return *text && strspn(text, "0123456789") == strlen(text);
}

/* "…,13,75" in a comma file: a decimal comma, or a value and something else. */
static bool comma_split(const struct taking *taking, const struct header *header, const struct cell *cells,
                        size_t n, struct problem *problem)
{
    if (taking->style != NUMBER_COMMA_FILE || strcmp(taking->format, "csv") != 0)
        return false;
    for (size_t i = 0; i + 1 < n && i < header->n; i++) {
        const char *whole = cells[i].text, *part = cells[i + 1].text;
        bool joined = i + 1 >= header->n || header->column[i + 1] == COLUMN_NOTE;
        if (header->column[i] != COLUMN_VALUE || !joined || !is_digits(whole) || !is_digits(part))
            continue;
        err_set(&problem->reason, ERR_INPUT, "'%s,%s' có thể là một số có dấu phẩy thập phân",
                "'%s,%s' may be one number with a decimal comma", whole, part);
        err_set(&problem->hint, ERR_INPUT, "viết %s.%s, hoặc ngăn cột bằng dấu chấm phẩy",
                "write %s.%s, or separate the columns by semicolons", whole, part);
        return true;
    }
    return false;
}

static bool columns_fit(const struct taking *taking, const struct header *header, const struct cell *cells,
                        size_t n, struct problem *problem)
{
    if (comma_split(taking, header, cells, n, problem))
        return false;
    size_t least = header->n;
    while (least > 0 && (header->column[least - 1] < 0 || header->column[least - 1] == COLUMN_NOTE))
        least--;
    bool fits = n >= least && n <= header->n;
    for (size_t i = 0; fits && i < n; i++)
        if (header->column[i] < 0 && cells[i].kind != CELL_ABSENT && *cells[i].text)
            return err_set(&problem->reason, ERR_INPUT, "cột %zu không có tên mà có nội dung '%.40s'",
                           "column %zu has no name but holds '%.40s'", i + 1, cells[i].text);
    return fits || err_set(&problem->reason, ERR_INPUT, "dòng có %zu cột, tiêu đề có %zu",
                           "the row has %zu columns, the header has %zu", n, header->n);
}

bool row_take(struct taking *taking, const struct header *header, int64_t line, const struct cell *cells,
              size_t n)
{
    struct problem problem;
    struct intake_row row = {.line = line};
    bool some = false;
    for (size_t i = 0; i < n; i++)
        some = some || (cells[i].kind != CELL_ABSENT && *cells[i].text);
    if (!some)
        return true; /* an empty row, as spreadsheets leave them */
    problem_init(&problem, taking->request->lang);
    if (!columns_fit(taking, header, cells, n, &problem)) {
        taking->report->rows++;
        intake_refuse(taking, line, NULL, &problem);
        return true;
    }
    for (size_t i = 0; i < n; i++)
        if (header->column[i] >= 0)
            row.cells[header->column[i]] = cells[i];
    return row_check(taking, &row);
}

/* ---- names of a row ---- */

static const char *unit_at(size_t i, const void *data)
{
    return ((const struct taking *)data)->units[i]->id;
}

static const char *metric_at(size_t i, const void *data)
{
    return ((const struct taking *)data)->metrics[i]->name;
}

static void did_you_mean(struct problem *problem, const char *near)
{
    if (near)
        err_set(&problem->hint, ERR_INPUT, "có phải %s?", "did you mean %s?", near);
}

/* An office with this code, of whichever org. */
static const char *unit_of_code(const struct taking *taking, const char *code)
{
    for (size_t i = 0; i < taking->rulebook->units.n; i++)
        if (!strcasecmp(taking->units[i]->code, code))
            return taking->units[i]->id;
    return NULL;
}

static const char *org_at(size_t i, const void *data)
{
    return ((const struct taking *)data)->rulebook->orgs[i].id;
}

static bool org_known(const struct taking *taking, const char *id)
{
    for (size_t i = 0; i < taking->rulebook->n_orgs; i++)
        if (!strcmp(taking->rulebook->orgs[i].id, id))
            return true;
    return false;
}

static bool unknown_unit(const struct taking *taking, const char *id, const char *written,
                         struct problem *problem)
{
    size_t n = taking->rulebook->units.n;
    const char *org = strchr(written, '/') ? NULL : taking->request->org;
    if (org && !org_known(taking, org)) {
        did_you_mean(problem, text_nearest(org, taking->rulebook->n_orgs, org_at, taking));
        return err_set(&problem->reason, ERR_INPUT, "--org: không có cơ quan '%.80s'",
                       "--org: no such organisation '%.80s'", org);
    }
    for (size_t i = 0; i < n; i++)
        if (taking->units[i]->was && !strcmp(taking->units[i]->was, id)) {
            err_set(&problem->hint, ERR_INPUT, "nay là %s", "it is %s now", taking->units[i]->id);
            return err_set(&problem->reason, ERR_INPUT, "đơn vị '%s' đã đổi tên", "the unit '%s' was renamed",
                           id);
        }
    const char *near = strchr(written, '/') ? NULL : unit_of_code(taking, written);
    did_you_mean(problem, near ? near : text_nearest(id, n, unit_at, taking));
    return err_set(&problem->reason, ERR_INPUT, "không có đơn vị '%.80s'", "no such unit '%.80s'", written);
}

/* Whether the sender may speak for this office. */
static bool unit_allowed(const struct intake_request *request, const char *id)
{
    for (size_t i = 0; i < request->n_units; i++)
        if (!strcmp(request->units[i], id))
            return true;
    return request->n_units == 0;
}

static bool unit_check(struct taking *taking, const char *text, struct problem *problem)
{
    char id[256];
    const char *org = taking->request->org;
    if (!*text)
        return err_set(&problem->reason, ERR_INPUT, "thiếu đơn vị", "the unit is missing");
    bool bare = org && !strchr(text, '/');
    if (snprintf(id, sizeof id, "%s%s%s", bare ? org : "", bare ? "/" : "", text) >= (int)sizeof id)
        return err_set(&problem->reason, ERR_INPUT, "không có đơn vị '%.80s'", "no such unit '%.80s'", text);
    uint32_t last = taking->last_unit;
    if ((!taking->rulebook->units.n || strcmp(taking->units[last]->id, id) != 0) &&
        !names_find(&taking->unit_names, id, &last))
        return unknown_unit(taking, id, text, problem);
    if (taking->units[last]->outside)
        return err_set(&problem->reason, ERR_INPUT, "'%s' là cơ quan ngoài, không báo cáo số liệu",
                       "'%s' is an outside office and reports no figures", id);
    if (!unit_allowed(taking->request, id))
        return err_set(&problem->reason, ERR_INPUT, "khóa này không gửi được số liệu của '%s'",
                       "this key may not send figures of '%s'", id);
    taking->last_unit = last;
    return true;
}

static bool metric_check(struct taking *taking, const char *text, struct problem *problem)
{
    if (!*text)
        return err_set(&problem->reason, ERR_INPUT, "thiếu tên số liệu", "the metric is missing");
    uint32_t last = taking->last_metric;
    if ((!taking->rulebook->n_metrics || strcmp(taking->metrics[last]->name, text) != 0) &&
        !names_find(&taking->metric_names, text, &last)) {
        did_you_mean(problem, text_nearest(text, taking->rulebook->n_metrics, metric_at, taking));
        return err_set(&problem->reason, ERR_INPUT, "không có số liệu '%.80s'", "no such metric '%.80s'",
                       text);
    }
    taking->last_metric = last;
    return true;
}

/* ---- periods ---- */

/* "11/2026", "2026-3", "T3/2026", "Q4/2026": what was meant, in the form that ids have. */
static void period_hint(const char *text, struct problem *problem)
{
    int numbers[2], n = 0;
    char kind = '\0', label[PERIOD_SIZE];
    for (const char *c = text; *c;) {
        if (isdigit((unsigned char)*c)) {
            char *end;
            long number = strtol(c, &end, 10);
            if (n < 2)
                numbers[n] = number > 9999 ? 0 : (int)number;
            n++;
            c = end;
        } else {
            kind = toupper((unsigned char)*c) == 'Q' || toupper((unsigned char)*c) == 'H'
                       ? (char)toupper((unsigned char)*c)
                       : kind;
            c++;
        }
    }
    if (n != 2)
        return;
    bool first = numbers[0] >= YEAR_FIRST;
    int year = numbers[first ? 0 : 1], part = numbers[first ? 1 : 0];
    int size = kind ? snprintf(label, sizeof label, "%04d-%c%d", year, kind, part)
                    : snprintf(label, sizeof label, "%04d-%02d", year, part);
    struct period period;
    if (size < (int)sizeof label && strcmp(label, text) != 0 && period_parse(label, &period, NULL))
        did_you_mean(problem, label);
}

static bool period_check(struct taking *taking, const struct cell *cell, struct problem *problem)
{
    const char *text = cell->text;
    struct period period;
    uint32_t last = taking->last_period;
    if (cell->kind == CELL_DATE) {
        err_set(&problem->hint, ERR_INPUT, "định dạng cột period là Text rồi gõ lại, ví dụ 2026-11",
                "format the column as Text and type it again, for instance 2026-11");
        return err_set(&problem->reason, ERR_INPUT, "ô này Excel đã đổi thành ngày tháng, không còn là kỳ",
                       "the sheet made a date of this cell; it is no period any more");
    }
    if (!*text)
        return err_set(&problem->reason, ERR_INPUT, "thiếu kỳ", "the period is missing");
    if (taking->periods.n && !strcmp(taking->periods.at[last], text))
        return true;
    if (names_find(&taking->period_names, text, &taking->last_period))
        return true;
    if (!period_parse(text, &period, &problem->reason)) {
        period_hint(text, problem);
        return false;
    }
    if (taking->periods.n == PERIODS_MOST)
        return err_set(&problem->reason, ERR_INPUT, "tệp có hơn %d kỳ khác nhau",
                       "the file has more than %d different periods", PERIODS_MOST);
    const char *label = arena_strdup(taking->report->arena, period.label);
    taking->last_period = (uint32_t)taking->periods.n;
    *vec_push(&taking->periods) = label;
    names_add(&taking->period_names, label, taking->last_period);
    return true;
}

/* ---- the value and the note ---- */

static bool value_check(const struct taking *taking, const struct cell *cell, int decimals, int64_t *value,
                        struct problem *problem)
{
    bool csv = strcmp(taking->format, "csv") == 0;
    switch (cell->kind) {
    case CELL_DATE:
        return err_set(&problem->reason, ERR_INPUT, "ô này là ngày tháng, không phải số liệu",
                       "this cell is a date, not a figure");
    case CELL_PERCENT:
        err_set(&problem->hint, ERR_INPUT, "gửi tử số và mẫu số, hanchot tự tính tỷ lệ",
                "send the two counts; hanchot works out the share");
        return err_set(&problem->reason, ERR_INPUT, "ô này là tỷ lệ phần trăm, không phải số đếm",
                       "this cell is a percentage, not a count");
    case CELL_OTHER:
        return err_set(&problem->reason, ERR_INPUT, "'%.60s' không phải là số", "'%.60s' is not a number",
                       cell->text);
    case CELL_ABSENT:
    case CELL_TEXT:
    case CELL_NUMBER:
        break;
    }
    if (cell->kind == CELL_TEXT && !strcmp(taking->format, "json")) {
        err_set(&problem->hint, ERR_INPUT, "bỏ dấu ngoặc kép quanh số",
                "leave out the quotes around the number");
        return err_set(&problem->reason, ERR_INPUT, "giá trị '%.60s' là chữ, không phải số",
                       "the value '%.60s' is text, not a number", cell->text);
    }
    enum number_style style = csv                       ? taking->style
                              : cell->kind == CELL_TEXT ? NUMBER_SHEET_TEXT
                                                        : NUMBER_PLAIN;
    return value_parse(cell->text, style, decimals, value, problem);
}

static bool note_check(const struct cell *cell, struct problem *problem)
{
    if (strlen(cell->text) > NOTE_BYTES_MOST)
        return err_set(&problem->reason, ERR_INPUT, "ghi chú dài quá %d byte",
                       "the note is longer than %d bytes", NOTE_BYTES_MOST);
    if (strstr(cell->text, "\xef\xbf\xbd")) {
        err_set(&problem->hint, ERR_INPUT, "lưu lại tệp gốc dưới dạng UTF-8",
                "save the original again as UTF-8");
        return err_set(&problem->reason, ERR_INPUT, "ghi chú có ký tự đã hỏng khi đổi bảng mã (U+FFFD)",
                       "the note has characters that a conversion destroyed (U+FFFD)");
    }
    return true;
}

/* Names what is wrong first, in the order of the columns. */
static enum column keys_check(struct taking *taking, const struct intake_row *row, struct problem *problem)
{
    if (!unit_check(taking, row->cells[COLUMN_UNIT].text, problem))
        return COLUMN_UNIT;
    if (!metric_check(taking, row->cells[COLUMN_METRIC].text, problem))
        return COLUMN_METRIC;
    return period_check(taking, &row->cells[COLUMN_PERIOD], problem) ? N_COLUMNS : COLUMN_PERIOD;
}

/* Notes are kept as NFC without control characters, so that they can go into pages. */
static bool row_stage(struct taking *taking, const struct staged *staged, const char *note)
{
    if (!*note || staged->flags)
        return stage_add(taking->stage, staged, NULL, taking->err);
    struct arena *arena = arena_new();
    bool good = stage_add(taking->stage, staged, utf8_nfc(arena, note), taking->err);
    arena_free(arena);
    return good;
}

bool row_check(struct taking *taking, const struct intake_row *given)
{
    struct problem problem;
    struct intake_row row = *given;
    for (int i = 0; i < N_COLUMNS; i++)
        if (!row.cells[i].text)
            row.cells[i].text = "";
    problem_init(&problem, taking->request->lang);
    taking->report->rows++;
    if (row.line > INT32_MAX) {
        err_set(&problem.reason, ERR_INPUT, "tệp có quá nhiều dòng", "the file has too many rows");
        intake_stop(taking, row.line, &problem);
        return true;
    }
    enum column wrong = keys_check(taking, &row, &problem);
    if (wrong != N_COLUMNS) {
        intake_refuse(taking, row.line, column_names[wrong], &problem);
        return true;
    }
    const struct metric *metric = taking->metrics[taking->last_metric];
    struct staged staged = {.key = staged_key(taking->last_unit, taking->last_period, taking->last_metric),
                            .line = (int32_t)row.line};
    if (!value_check(taking, &row.cells[COLUMN_VALUE], metric->decimals, &staged.value, &problem))
        wrong = COLUMN_VALUE;
    else if (!note_check(&row.cells[COLUMN_NOTE], &problem))
        wrong = COLUMN_NOTE;
    if (wrong != N_COLUMNS) {
        intake_refuse(taking, row.line, column_names[wrong], &problem);
        staged.flags = STAGED_POISONED;
    }
    return row_stage(taking, &staged, row.cells[COLUMN_NOTE].text);
}
