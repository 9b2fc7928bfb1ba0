/* XLSX as officers have it: the first sheet that is not hidden, by libzip and expat, in bounded memory. A
 * workbook is unpacked in pieces and never further than its limits, so that a zip bomb ends as a refused
 * file. */
#include "intake/intake_work.h"
#include "intake/zip_library.h"

#include <expat.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    FILE_BYTES_MOST = 64 << 20,
    ENTRIES_MOST = 2000,
    PART_BYTES_MOST = 4 << 20,     /* workbook, relations, styles */
    STRINGS_BYTES_MOST = 16 << 20, /* shared strings, unpacked */
    STRINGS_MOST = 500000,
    SHEET_BYTES_MOST = 512 << 20,
    TOKEN_BYTES_MOST = 256 << 10, /* one tag */
    CELL_BYTES_MOST = 40000,
    RATIO_MOST = 200, /* unpacked bytes for one of the file; sheets have ten or twenty */
};

struct sheet_cell {
    enum cell_kind kind;
    size_t at; /* of its text */
};

struct xlsx {
    struct taking *taking;
    struct zip_library library;
    zip_t *zip;
    struct problem problem;
    bool failed; /* problem says why */
    XML_Parser parser;
    char sheet_id[64], sheet_path[256];
    /* shared strings and styles */
    struct arena *arena;
    VEC(const char *) strings;
    VEC(struct {
        int id;
        enum cell_kind kind;
    })
    formats;
    VEC(enum cell_kind) styles;
    bool in_cell_styles;
    /* where in the XML */
    bool in_text, in_phonetic;
    struct text text;
    /* the row */
    struct header header;
    bool good;
    int64_t row;
    size_t column, n;
    char type[16];
    size_t style;
    struct sheet_cell cells[FILE_COLUMNS_MOST + 1];
    struct text content;
};

static void fail(struct xlsx *xlsx, const char *vi, const char *en)
{
    if (!xlsx->failed) {
        err_set(&xlsx->problem.reason, ERR_INPUT, "không đọc được tệp Excel: %s",
                "cannot read the workbook: %s", say(xlsx->taking->request->lang, vi, en));
        err_set(&xlsx->problem.hint, ERR_INPUT, "mở bằng Excel rồi lưu lại dưới dạng .xlsx hoặc CSV UTF-8",
                "open it in Excel and save it again as .xlsx or CSV UTF-8");
    }
    xlsx->failed = true;
    if (xlsx->parser)
        XML_StopParser(xlsx->parser, XML_FALSE);
}

/* ---- XML ---- */

static const char *local(const char *name)
{
    const char *colon = strrchr(name, ':');
    return colon ? colon + 1 : name;
}

static const char *attribute(const char **attributes, const char *name)
{
    for (; attributes[0]; attributes += 2)
        if (!strcmp(local(attributes[0]), name))
            return attributes[1];
    return NULL;
}

static void doctype(void *data, const char *name, const char *system_id, const char *public, int internal)
{
    (void)name, (void)system_id, (void)public, (void)internal;
    fail(data, "có DOCTYPE", "it has a DOCTYPE");
}

static void text_handler(void *data, const char *bytes, int n)
{
    struct xlsx *xlsx = data;
    if (!xlsx->in_text || xlsx->in_phonetic)
        return;
    if (xlsx->text.n + (size_t)n > CELL_BYTES_MOST)
        fail(xlsx, "một ô quá dài", "a cell is too long");
    else
        text_add_bytes(&xlsx->text, bytes, (size_t)n);
}

/* One part of the workbook through expat. `most`: unpacked bytes. */
static void part_parse(struct xlsx *xlsx, zip_file_t *file, int64_t most)
{
    static const int last_piece = 0;
    char piece[1 << 15];
    int64_t fed = 0, bearable = RATIO_MOST * xlsx->taking->reader->size + (1 << 20);
    most = bearable < most ? bearable : most;
    zip_int64_t n = 1;
    while (!xlsx->failed && n > last_piece) {
        n = xlsx->library.read_part(file, piece, sizeof piece);
        if (n < 0)
            fail(xlsx, "nén hỏng", "its compression is damaged");
        fed += n > 0 ? n : 0;
        if (fed > most)
            fail(xlsx, "phần nén bung ra quá lớn", "a compressed part is too large when unpacked");
        if (xlsx->failed)
            return;
        if (XML_Parse(xlsx->parser, piece, (int)n, n == 0) != XML_STATUS_OK)
            fail(xlsx, "XML hỏng", "its XML is damaged");
        else if (fed - XML_GetCurrentByteIndex(xlsx->parser) > TOKEN_BYTES_MOST)
            fail(xlsx, "một thẻ XML quá dài", "a tag of its XML is too long");
    }
}

/* False: there is no such part. */
static bool part_read(struct xlsx *xlsx, const char *path, int64_t most, XML_StartElementHandler start,
                      XML_EndElementHandler end)
{
    zip_file_t *file = xlsx->failed ? NULL : xlsx->library.open_part(xlsx->zip, path, 0);
    if (!file)
        return false;
    xlsx->parser = XML_ParserCreate(NULL);
    must(xlsx->parser);
    XML_SetUserData(xlsx->parser, xlsx);
    XML_SetElementHandler(xlsx->parser, start, end);
    XML_SetCharacterDataHandler(xlsx->parser, text_handler);
    XML_SetStartDoctypeDeclHandler(xlsx->parser, doctype);
    part_parse(xlsx, file, most);
    XML_ParserFree(xlsx->parser);
    xlsx->parser = NULL;
    xlsx->library.close_part(file);
    return true;
}

/* ---- which sheet ---- */

static void workbook_start(void *data, const char *name, const char **attributes)
{
    struct xlsx *xlsx = data;
    if (strcmp(local(name), "sheet") != 0 || *xlsx->sheet_id)
        return;
    const char *state = attribute(attributes, "state");
    if (state && strcmp(state, "visible") != 0)
        return; /* what is hidden is not what the officer looked at */
    for (; attributes[0]; attributes += 2)
        if (strchr(attributes[0], ':') && !strcmp(local(attributes[0]), "id"))
            snprintf(xlsx->sheet_id, sizeof xlsx->sheet_id, "%s", attributes[1]);
}

static void relations_start(void *data, const char *name, const char **attributes)
{
    struct xlsx *xlsx = data;
    const char *id = attribute(attributes, "Id"), *target = attribute(attributes, "Target");
    if (strcmp(local(name), "Relationship") != 0 || !id || !target || strcmp(id, xlsx->sheet_id) != 0)
        return;
    if (*target == '/')
        snprintf(xlsx->sheet_path, sizeof xlsx->sheet_path, "%s", target + 1);
    else
        snprintf(xlsx->sheet_path, sizeof xlsx->sheet_path, "xl/%s", target);
}

/* ---- shared strings ---- */

static void text_start(struct xlsx *xlsx, const char *name)
{
    xlsx->in_phonetic = xlsx->in_phonetic || !strcmp(name, "rPh");
    xlsx->in_text = !strcmp(name, "t");
}

static void text_end(struct xlsx *xlsx, const char *name)
{
    if (!strcmp(name, "rPh"))
        xlsx->in_phonetic = false;
    xlsx->in_text = false;
}

static void strings_start(void *data, const char *name, const char **attributes)
{
    struct xlsx *xlsx = data;
    (void)attributes;
    if (!strcmp(local(name), "si"))
        xlsx->text.n = 0;
    text_start(xlsx, local(name));
}

static void strings_end(void *data, const char *name)
{
    struct xlsx *xlsx = data;
    text_end(xlsx, local(name));
    if (strcmp(local(name), "si") != 0)
        return;
    if (xlsx->strings.n == STRINGS_MOST)
        fail(xlsx, "quá nhiều chuỗi khác nhau", "it has too many different texts");
    else
        *vec_push(&xlsx->strings) =
            xlsx->text.n ? arena_strndup(xlsx->arena, xlsx->text.at, xlsx->text.n) : "";
}

/* ---- styles: which numbers are shown as dates or shares ---- */

static enum cell_kind format_kind(const char *code)
{
    for (const char *c = code; *c; c++) {
        if (*c == '"' || *c == '[') {
            c = strchr(c + 1, *c == '"' ? '"' : ']');
            if (!c)
                return CELL_NUMBER;
        } else if (*c == '\\' || *c == '_') {
            if (!*++c)
                return CELL_NUMBER;
        } else if (*c == '%')
            return CELL_PERCENT;
        else if (strchr("dmyhsDMYHS", *c))
            return CELL_DATE;
    }
    return CELL_NUMBER;
}

static enum cell_kind format_find(const struct xlsx *xlsx, int id)
{
    for (size_t i = 0; i < xlsx->formats.n; i++)
        if (xlsx->formats.at[i].id == id)
            return xlsx->formats.at[i].kind;
    if (id == 9 || id == 10)
        return CELL_PERCENT;
    bool date =
        (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58);
    return date ? CELL_DATE : CELL_NUMBER;
}

static int number_of(const char *text)
{
    return text ? (int)strtol(text, NULL, 10) : 0;
}

static void styles_start(void *data, const char *name, const char **attributes)
{
    struct xlsx *xlsx = data;
    const char *code = attribute(attributes, "formatCode"), *id = attribute(attributes, "numFmtId");
    name = local(name);
    if (!strcmp(name, "cellXfs"))
        xlsx->in_cell_styles = true;
    if (!strcmp(name, "numFmt") && code) {
        enum cell_kind kind = format_kind(code);
        vec_push(&xlsx->formats);
        xlsx->formats.at[xlsx->formats.n - 1].id = number_of(id);
        xlsx->formats.at[xlsx->formats.n - 1].kind = kind;
    }
    if (!strcmp(name, "xf") && xlsx->in_cell_styles)
        *vec_push(&xlsx->styles) = format_find(xlsx, number_of(id));
}

static void styles_end(void *data, const char *name)
{
    struct xlsx *xlsx = data;
    if (!strcmp(local(name), "cellXfs"))
        xlsx->in_cell_styles = false;
}

/* ---- the sheet ---- */

/* "AB12" is column 27, counted from 0. */
static size_t column_of(const char *place)
{
    size_t column = 0;
    for (; *place >= 'A' && *place <= 'Z' && column < FILE_COLUMNS_MOST; place++)
        column = column * 26 + (size_t)(*place - 'A') + 1;
    return column ? column - 1 : 0;
}

static void cell_start(struct xlsx *xlsx, const char **attributes)
{
    const char *place = attribute(attributes, "r"), *type = attribute(attributes, "t");
    if (place)
        xlsx->column = column_of(place);
    xlsx->style = (size_t)number_of(attribute(attributes, "s"));
    snprintf(xlsx->type, sizeof xlsx->type, "%s", type ? type : "n");
    xlsx->text.n = 0;
}

static void sheet_start(void *data, const char *name, const char **attributes)
{
    struct xlsx *xlsx = data;
    name = local(name);
    if (!strcmp(name, "row")) {
        const char *place = attribute(attributes, "r");
        xlsx->row = place ? strtol(place, NULL, 10) : xlsx->row + 1;
        xlsx->n = xlsx->column = xlsx->content.n = 0;
    } else if (!strcmp(name, "c"))
        cell_start(xlsx, attributes);
    else {
        text_start(xlsx, name);
        xlsx->in_text = xlsx->in_text || !strcmp(name, "v");
    }
}

/* What the sheet shows of a number: the 15 digits that Excel has. */
static void number_shown(struct xlsx *xlsx)
{
    char shown[32], *end;
    double number = strtod(text_str(&xlsx->text), &end);
    if (*end)
        return;
    snprintf(shown, sizeof shown, "%.15g", number);
    xlsx->text.n = 0;
    text_add(&xlsx->text, shown);
}

static enum cell_kind cell_kind(struct xlsx *xlsx)
{
    const char *type = xlsx->type;
    if (!xlsx->text.n)
        return CELL_ABSENT;
    if (!strcmp(type, "s")) {
        size_t number = (size_t)number_of(text_str(&xlsx->text));
        xlsx->text.n = 0;
        text_add(&xlsx->text, number < xlsx->strings.n ? xlsx->strings.at[number] : "");
        return CELL_TEXT;
    }
    if (!strcmp(type, "str") || !strcmp(type, "inlineStr"))
        return CELL_TEXT;
    if (!strcmp(type, "d"))
        return CELL_DATE;
    if (strcmp(type, "n") != 0)
        return CELL_OTHER;
    number_shown(xlsx);
    return xlsx->style < xlsx->styles.n ? xlsx->styles.at[xlsx->style] : CELL_NUMBER;
}

static const char *trimmed(struct text *text)
{
    while (text->n > 0 && strchr(" \t\r\n", text->at[text->n - 1]))
        text->at[--text->n] = '\0';
    const char *at = text_str(text);
    return at + strspn(at, " \t\r\n");
}

static void cell_end(struct xlsx *xlsx)
{
    size_t column = xlsx->column < FILE_COLUMNS_MOST ? xlsx->column : FILE_COLUMNS_MOST;
    enum cell_kind kind = cell_kind(xlsx);
    xlsx->column++;
    if (kind == CELL_ABSENT)
        return;
    for (; xlsx->n <= column; xlsx->n++)
        xlsx->cells[xlsx->n] = (struct sheet_cell){CELL_ABSENT, 0};
    if (xlsx->content.n > ROW_BYTES_MOST) {
        fail(xlsx, "một dòng quá dài", "a row is too long");
        return;
    }
    xlsx->cells[column] = (struct sheet_cell){kind, xlsx->content.n};
    text_add(&xlsx->content, trimmed(&xlsx->text));
    text_add_bytes(&xlsx->content, "", 1);
}

static void row_end(struct xlsx *xlsx)
{
    struct cell cells[FILE_COLUMNS_MOST + 1] = {0};
    const char *names[FILE_COLUMNS_MOST + 1];
    size_t n = xlsx->n;
    for (size_t i = 0; i <= FILE_COLUMNS_MOST; i++)
        cells[i].text = names[i] = "";
    for (size_t i = 0; i < n; i++)
        if (xlsx->cells[i].kind != CELL_ABSENT)
            cells[i] =
                (struct cell){xlsx->cells[i].kind, names[i] = text_str(&xlsx->content) + xlsx->cells[i].at};
    if (n == 0 || !xlsx->good || xlsx->taking->stop)
        return;
    if (!xlsx->header.read)
        header_read(xlsx->taking, &xlsx->header, xlsx->row, names, n);
    else
        xlsx->good =
            row_take(xlsx->taking, &xlsx->header, xlsx->row, cells, n < xlsx->header.n ? xlsx->header.n : n);
    if (!xlsx->good || xlsx->taking->stop)
        XML_StopParser(xlsx->parser, XML_FALSE);
}

static void sheet_end(void *data, const char *name)
{
    struct xlsx *xlsx = data;
    name = local(name);
    text_end(xlsx, name);
    if (!strcmp(name, "c"))
        cell_end(xlsx);
    else if (!strcmp(name, "row"))
        row_end(xlsx);
}

static void nothing_end(void *data, const char *name)
{
    (void)data, (void)name;
}

/* ---- the workbook ---- */

/* The count at the end of the archive, looked at before libzip makes room for so many. */
static bool entries_bearable(const struct taking *taking)
{
    char tail[66000];
    const struct reader *reader = taking->reader;
    size_t n = reader->size < (int64_t)sizeof tail ? (size_t)reader->size : sizeof tail;
    if (reader->fd < 0)
        memcpy(tail, reader->bytes + reader->size - n, n);
    else if (pread(reader->fd, tail, n, reader->size - (off_t)n) != (ssize_t)n)
        return false;
    for (size_t at = n >= 22 ? n - 22 : 0; at > 0; at--)
        if (!memcmp(tail + at, "PK\x05\x06", 4))
            return (unsigned char)tail[at + 10] + 256 * (unsigned char)tail[at + 11] <= ENTRIES_MOST;
    return false;
}

static zip_t *archive_open(const struct zip_library *library, const struct taking *taking)
{
    const struct reader *reader = taking->reader;
    int code;
    if (reader->size > FILE_BYTES_MOST || !entries_bearable(taking))
        return NULL;
    if (reader->fd >= 0) {
        int own = dup(reader->fd);
        zip_t *zip = own >= 0 ? library->open_fd(own, 0, &code) : NULL;
        if (!zip && own >= 0)
            close(own);
        return zip;
    }
    zip_source_t *source = library->source_of_bytes(reader->bytes, (zip_uint64_t)reader->size, 0, NULL);
    zip_t *zip = source ? library->open_source(source, ZIP_RDONLY, NULL) : NULL;
    if (!zip)
        library->source_free(source);
    return zip;
}

static void workbook_read(struct xlsx *xlsx)
{
    if (!part_read(xlsx, "xl/workbook.xml", PART_BYTES_MOST, workbook_start, nothing_end) ||
        !part_read(xlsx, "xl/_rels/workbook.xml.rels", PART_BYTES_MOST, relations_start, nothing_end)) {
        fail(xlsx, "không có sổ tính bên trong", "there is no workbook in it");
        return;
    }
    bool strings = part_read(xlsx, "xl/sharedStrings.xml", STRINGS_BYTES_MOST, strings_start, strings_end);
    bool styles = part_read(xlsx, "xl/styles.xml", PART_BYTES_MOST, styles_start, styles_end);
    (void)strings, (void)styles; /* both may be absent */
    xlsx->text.n = 0;
    if (!part_read(xlsx, xlsx->sheet_path, SHEET_BYTES_MOST, sheet_start, sheet_end))
        fail(xlsx, "không có trang tính nào", "it has no sheet");
}

/* The checksum needs every byte, in order; libzip goes its own ways afterwards. */
static bool bytes_sum(struct taking *taking)
{
    const char *bytes;
    size_t n;
    do
        if (!reader_next(taking->reader, &bytes, &n, taking->err))
            return false;
    while (n > 0);
    return true;
}

static void xlsx_free(struct xlsx *xlsx)
{
    if (xlsx->zip)
        xlsx->library.discard(xlsx->zip);
    zip_library_close(&xlsx->library);
    arena_free(xlsx->arena);
    vec_free(&xlsx->strings);
    vec_free(&xlsx->formats);
    vec_free(&xlsx->styles);
    text_fini(&xlsx->text);
    text_fini(&xlsx->content);
    mem_free(xlsx);
}

bool intake_xlsx(struct taking *taking)
{
    struct zip_library library;
    if (!bytes_sum(taking) || !zip_library_open(&library, taking->err))
        return false;
    struct xlsx *xlsx = mem_alloc(sizeof *xlsx);
    xlsx->taking = taking;
    xlsx->library = library;
    xlsx->good = true;
    xlsx->arena = arena_new();
    problem_init(&xlsx->problem, taking->request->lang);
    xlsx->zip = archive_open(&library, taking);
    if (xlsx->zip)
        workbook_read(xlsx);
    else
        fail(xlsx, "không phải tệp .xlsx, hoặc quá lớn", "it is no .xlsx file, or too large");
    bool good = xlsx->good;
    if (good && xlsx->failed && !taking->stop)
        intake_stop(taking, xlsx->row, &xlsx->problem);
    xlsx_free(xlsx);
    return good;
}
