/* CSV by libcsv, fed line by line, so that every row knows its line and no line is longer than we bear. */
#include "intake/intake_work.h"

#include <csv.h>
#include <string.h>

struct csv {
    struct taking *taking;
    struct csv_parser parser;
    struct header header;
    int64_t line, row_line; /* the line being fed; where its row began */
    bool in_row, good;
    size_t row_bytes;
    char fields[ROW_BYTES_MOST + FILE_COLUMNS_MOST + 2];
    size_t used, n;
    struct cell cells[FILE_COLUMNS_MOST + 1]; /* one more tells of too many */
    struct text pending;                      /* a line whose end has not come yet */
};

/* ---- what libcsv tells ---- */

static void field(void *bytes, size_t n, void *data)
{
    struct csv *csv = data;
    if (csv->n > FILE_COLUMNS_MOST || csv->used + n + 1 > sizeof csv->fields)
        return;
    char *at = csv->fields + csv->used;
    if (n > 0)
        memcpy(at, bytes, n);
    at[n] = '\0';
    csv->cells[csv->n++] = (struct cell){CELL_TEXT, at};
    csv->used += n + 1;
}

static void row_end(int c, void *data)
{
    struct csv *csv = data;
    (void)c;
    if (csv->good && !csv->taking->stop) {
        const char *names[FILE_COLUMNS_MOST + 1];
        for (size_t i = 0; i < csv->n; i++)
            names[i] = csv->cells[i].text;
        if (!csv->header.read)
            header_read(csv->taking, &csv->header, csv->row_line, names, csv->n);
        else
            csv->good = row_take(csv->taking, &csv->header, csv->row_line, csv->cells, csv->n);
    }
    csv->n = csv->used = csv->row_bytes = 0;
    csv->in_row = false;
}

/* ---- lines ---- */

static void stop(struct csv *csv, const char *vi, const char *en, const char *hint_vi, const char *hint_en)
{
    struct problem problem;
    problem_init(&problem, csv->taking->request->lang);
    err_set(&problem.reason, ERR_INPUT, "%s", "%s", say(csv->taking->request->lang, vi, en));
    err_set(&problem.hint, ERR_INPUT, "%s", "%s", say(csv->taking->request->lang, hint_vi, hint_en));
    intake_stop(csv->taking, csv->line, &problem);
}

static bool is_ascii(const char *bytes, size_t n)
{
    unsigned char all = 0;
    for (size_t i = 0; i < n; i++)
        all |= (unsigned char)bytes[i];
    return all < 0x80;
}

static bool encoding_fits(struct csv *csv, const char *line, size_t n)
{
    if (memchr(line, '\0', n))
        stop(csv, "có byte rỗng: đây không phải tệp CSV, hoặc bảng mã là UTF-16",
             "there is a zero byte: this is no CSV file, or it is in UTF-16", "lưu lại dưới dạng CSV UTF-8",
             "save it as CSV UTF-8");
    else if (!is_ascii(line, n) && !utf8_valid(line, n, NULL))
        stop(csv, "không phải UTF-8 (có thể là Windows-1258, TCVN3 hoặc VNI)",
             "this is not UTF-8 (perhaps Windows-1258, TCVN3 or VNI)",
             "trong Excel chọn Save As, kiểu CSV UTF-8 (Comma delimited)",
             "in Excel choose Save As, type CSV UTF-8 (Comma delimited)");
    return !csv->taking->stop;
}

/* Semicolons in the header mean a file of semicolons. */
static bool separator_find(struct csv *csv, const char *line, size_t n)
{
    bool semicolon = memchr(line, ';', n), comma = memchr(line, ',', n);
    csv->taking->style = semicolon ? NUMBER_SEMICOLON_FILE : NUMBER_COMMA_FILE;
    csv_set_delim(&csv->parser, semicolon ? ';' : ',');
    if (semicolon && comma)
        stop(csv, "dòng tiêu đề có cả dấu phẩy lẫn dấu chấm phẩy", "the header has commas and semicolons",
             "dùng một loại dấu ngăn cột", "use one of them only");
    return !csv->taking->stop;
}

static bool is_blank(const char *line, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!strchr(" \t\r\n", line[i]))
            return false;
    return true;
}

/* One line with its end, or the last without. */
static void line_feed(struct csv *csv, const char *line, size_t n)
{
    csv->line++;
    if (csv->line == 1 && n >= 3 && !memcmp(line, "\xef\xbb\xbf", 3)) {
        line += 3;
        n -= 3;
    }
    csv->row_bytes += n;
    if (csv->row_bytes > ROW_BYTES_MOST) {
        stop(csv, "dòng dài quá 65536 byte", "the row is longer than 65536 bytes",
             "kiểm tra dấu ngoặc kép và dấu xuống dòng", "look for a missing quote or line end");
        return;
    }
    if (!encoding_fits(csv, line, n) || (!csv->in_row && is_blank(line, n))) {
        csv->row_bytes = 0;
        return;
    }
    if (!csv->header.read && !csv->in_row && !separator_find(csv, line, n))
        return;
    if (!csv->in_row)
        csv->row_line = csv->line;
    csv->in_row = true;
    if (csv_parse(&csv->parser, line, n, field, row_end, csv) != n)
        stop(csv, "dấu ngoặc kép đặt sai chỗ", "a quote stands in the wrong place",
             "trong ô có ngoặc kép, viết đôi lên: \"\"", "inside a quoted cell write it twice: \"\"");
}

static void too_long(struct csv *csv)
{
    csv->line++;
    stop(csv, "dòng dài quá 65536 byte", "the line is longer than 65536 bytes", "kiểm tra dấu xuống dòng",
         "look for missing line ends");
}

static void bytes_feed(struct csv *csv, const char *bytes, size_t n)
{
    const char *end = bytes + n;
    while (bytes < end && csv->good && !csv->taking->stop) {
        const char *feed = memchr(bytes, '\n', (size_t)(end - bytes));
        size_t length = (size_t)((feed ? feed + 1 : end) - bytes);
        if (csv->pending.n + length > ROW_BYTES_MOST) {
            too_long(csv);
        } else if (feed && csv->pending.n == 0) {
            line_feed(csv, bytes, length);
        } else {
            text_add_bytes(&csv->pending, bytes, length);
            if (feed) {
                line_feed(csv, text_str(&csv->pending), csv->pending.n);
                csv->pending.n = 0;
            }
        }
        bytes += length;
    }
}

static void last_feed(struct csv *csv)
{
    if (csv->pending.n > 0)
        line_feed(csv, text_str(&csv->pending), csv->pending.n);
    if (csv->good && !csv->taking->stop && csv_fini(&csv->parser, field, row_end, csv))
        stop(csv, "dấu ngoặc kép mở mà không đóng", "a quote is opened and never closed",
             "kiểm tra từ dòng này trở lên", "look at this line and above");
}

static bool csv_read(struct csv *csv)
{
    struct taking *taking = csv->taking;
    const char *bytes;
    size_t n;
    do {
        if (!reader_next(taking->reader, &bytes, &n, taking->err))
            return false;
        bytes_feed(csv, bytes, n);
        intake_progress(taking, taking->reader->seen, taking->reader->size, 0, 30);
    } while (n > 0 && csv->good && !taking->stop);
    if (!taking->stop && csv->good)
        last_feed(csv);
    return csv->good;
}

bool intake_csv(struct taking *taking)
{
    struct csv *csv = mem_alloc(sizeof *csv);
    csv->taking = taking;
    csv->good = true;
    must(!csv_init(&csv->parser, CSV_STRICT | CSV_STRICT_FINI | CSV_APPEND_NULL));
    bool good = csv_read(csv);
    csv_free(&csv->parser);
    text_fini(&csv->pending);
    mem_free(csv);
    return good;
}
