/* Workbooks as Excel writes them, and as somebody hostile might. */
#include "intake_desk.h"

#include "base/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <zip.h>

#include <cmocka.h>

#define WORKBOOK                                                                                             \
    "<workbook xmlns:r=\"r\"><sheets><sheet name=\"Tháng trước\" sheetId=\"9\" state=\"hidden\" "        \
    "r:id=\"rId8\"/>"                                                                                        \
    "<sheet name=\"Số liệu\" sheetId=\"4\" r:id=\"rId7\"/>"                                              \
    "<sheet name=\"Khác\" sheetId=\"1\" r:id=\"rId8\"/></sheets></workbook>"
#define RELATIONS                                                                                            \
    "<Relationships><Relationship Id=\"rId8\" Target=\"worksheets/sheet1.xml\"/>"                            \
    "<Relationship Id=\"rId7\" Target=\"worksheets/sheet2.xml\"/></Relationships>"
/* Number formats: 0 general, 1 a date of their own, 2 per cent, 3 mmm-yy, 4 thousands, 5 "kg" with a d in
 * quotes. */
#define STYLES                                                                                               \
    "<styleSheet><numFmts><numFmt numFmtId=\"164\" formatCode=\"dd/mm/yyyy\"/>"                              \
    "<numFmt numFmtId=\"165\" formatCode=\"#,##0&quot; hd&quot;\"/></numFmts>"                               \
    "<cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"164\"/>"  \
    "<xf numFmtId=\"10\"/><xf numFmtId=\"17\"/><xf numFmtId=\"3\"/><xf numFmtId=\"165\"/></cellXfs>"         \
    "</styleSheet>"
/* 0 to 4 the header, 5 hp/A, 6 visits.wait_minutes, 7 in pieces. */
#define STRINGS                                                                                              \
    "<sst><si><t>unit</t></si><si><t>metric</t></si><si><t>period</t></si><si><t>value</t></si>"             \
    "<si><t>note</t></si><si><t>hp/A</t></si><si><t xml:space=\"preserve\"> visits.wait_minutes </t></si>"   \
    "<si><r><t>ghi </t></r><r><t>chú</t></r><rPh><t>x</t></rPh></si></sst>"
#define S(n)       "<c t=\"s\"><v>" #n "</v></c>"
#define HEADER     "<row r=\"1\">" S(0) S(1) S(2) S(3) S(4) "</row>"
#define INLINE(s)  "<c t=\"inlineStr\"><is><t>" s "</t></is></c>"
#define ROW(cells) "<row>" S(5) S(6) cells "</row>"

struct book {
    zip_t *zip;
    zip_source_t *source;
};

static struct book book_new(void)
{
    struct book book = {.source = zip_source_buffer_create(NULL, 0, 0, NULL)};
    assert_non_null(book.source);
    zip_source_keep(book.source);
    book.zip = zip_open_from_source(book.source, ZIP_TRUNCATE, NULL);
    assert_non_null(book.zip);
    return book;
}

static void book_add(struct book *book, const char *name, const void *bytes, size_t n)
{
    zip_source_t *part = zip_source_buffer(book->zip, bytes, n, 0);
    assert_non_null(part);
    assert_true(zip_file_add(book->zip, name, part, 0) >= 0);
}

static const char *book_take(struct intake_desk *desk, struct book *book, const char *options)
{
    zip_stat_t stat;
    assert_int_equal(zip_close(book->zip), 0);
    assert_int_equal(zip_source_stat(book->source, &stat), 0);
    char *bytes = mem_alloc(stat.size);
    assert_int_equal(zip_source_open(book->source), 0);
    assert_int_equal(zip_source_read(book->source, bytes, stat.size), (zip_int64_t)stat.size);
    zip_source_close(book->source);
    zip_source_free(book->source);
    const char *report = intake_desk_take(desk, bytes, stat.size, options);
    mem_free(bytes);
    return report;
}

static const char *sheet_take(struct intake_desk *desk, const char *sheet, const char *options)
{
    struct book book = book_new();
    book_add(&book, "xl/workbook.xml", WORKBOOK, strlen(WORKBOOK));
    book_add(&book, "xl/_rels/workbook.xml.rels", RELATIONS, strlen(RELATIONS));
    book_add(&book, "xl/styles.xml", STYLES, strlen(STYLES));
    book_add(&book, "xl/sharedStrings.xml", STRINGS, strlen(STRINGS));
    book_add(&book, "xl/worksheets/sheet1.xml", "<worksheet/>", 12);
    book_add(&book, "xl/worksheets/sheet2.xml", sheet, strlen(sheet));
    return book_take(desk, &book, options);
}

static void cells_of_every_kind(void **state)
{
    static const struct {
        const char *cells; /* from the third column on */
        const char *report, *ledger;
    } cases[] = {
        {INLINE("2026-10") "<c><v>5</v></c>" S(7), "new 1", "2026-10 5, ghi chú\n"},
        {INLINE("2026-10") "<c><v>13.699999999999999</v></c>", "new 1", "2026-10 13.7\n"},
        {INLINE("2026-10") "<c s=\"4\"><v>1234</v></c>", "new 1", "2026-10 1234\n"},
        {INLINE("2026-10") "<c s=\"5\"><v>12</v></c>", "new 1", "2026-10 12\n"},
        {INLINE("2026-10") INLINE("12"), "new 1", "2026-10 12\n"},
        {INLINE("2026-10") "<c t=\"str\"><f>A1</f><v>12</v></c>", "new 1", "2026-10 12\n"},
        {"<c><v>2026</v></c><c><f>SUM(1,2)</f><v>3</v></c>", "new 1", "2026 3\n"},
        {INLINE("2026-10") "<c/>", "2: value: there is no value", ""},
        {INLINE("2026-10"), "2: value: there is no value", ""},
        {INLINE("2026-10") "<c s=\"1\"><v>46327</v></c>", "2: value: this cell is a date", ""},
        {INLINE("2026-10") "<c t=\"d\"><v>2026-11-01</v></c>", "2: value: this cell is a date", ""},
        {INLINE("2026-10") "<c s=\"2\"><v>0.5</v></c>", "2: value: this cell is a percentage", ""},
        {INLINE("2026-10") INLINE("13,5"), "2: value: '13,5' is text in the sheet", ""},
        {INLINE("2026-10") INLINE("1.234"), "2: value: '1.234' is text in the sheet", ""},
        {INLINE("2026-10") "<c t=\"e\"><v>#DIV/0!</v></c>", "2: value: '#DIV/0!' is not a number", ""},
        {INLINE("2026-10") "<c t=\"b\"><v>1</v></c>", "2: value: '1' is not a number", ""},
        {INLINE("2026-10") "<c><v>1E+20</v></c>", "2: value: '1e+20' is written with an exponent", ""},
        {INLINE("2026-10") "<c><v>-4</v></c>", "2: value: '-4' is negative", ""},
        {INLINE("2026-10") "<c><v>0.125</v></c>", "2: value: '0.125' has too many decimals", ""},
        {"<c s=\"3\"><v>46327</v></c><c><v>5</v></c>", "2: period: the sheet made a date of this cell", ""},
        {INLINE("2026-10") "<c><v>5</v></c><c/>" INLINE("x"), "2: the row has 6 columns", ""},
    };
    struct intake_desk *desk = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        auto_text sheet = {0}, ledger = {0};
        intake_desk_empty(desk);
        text_addf(&sheet, "<worksheet><sheetData>" HEADER ROW("%s") "</sheetData></worksheet>",
                  cases[i].cells);
        const char *report = sheet_take(desk, text_str(&sheet), "");
        if (!strstr(report, cases[i].report))
            fail_msg("%s gives: %s", cases[i].cells, report);
        if (*cases[i].ledger)
            text_addf(&ledger, "hp/A visits.wait_minutes %s", cases[i].ledger);
        auto_free char *found = intake_desk_ledger(desk);
        assert_string_equal(found, text_str(&ledger));
    }
}

static void rows_and_columns_stand_where_they_say(void **state)
{
    struct intake_desk *desk = *state;
    assert_string_equal(
        sheet_take(
            desk,
            "<x:worksheet xmlns:x=\"m\"><x:sheetData><x:row r=\"3\"><x:c r=\"B3\" t=\"s\"><x:v>0</x:v></x:c>"
            "<x:c r=\"C3\" t=\"s\"><x:v>1</x:v></x:c><x:c r=\"D3\" t=\"s\"><x:v>2</x:v></x:c>"
            "<x:c r=\"F3\" t=\"s\"><x:v>3</x:v></x:c></x:row><x:row r=\"7\"/>"
            "<x:row r=\"9\"><x:c r=\"F9\"><x:v>x</x:v></x:c><x:c r=\"B9\" t=\"s\"><x:v>5</x:v></x:c>"
            "<x:c r=\"C9\" t=\"s\"><x:v>6</x:v></x:c><x:c r=\"D9\" t=\"n\"><x:v>2026</x:v></x:c></x:row>"
            "</x:sheetData></x:worksheet>",
            ""),
        "figures:9: value: 'x' is not a number\nfigures: refused, the ledger is unchanged\n"
        "rows 1: new 0, corrected 0, unchanged 0, refused 1\n");
}

static void hostile_sheets_are_refused(void **state)
{
    static const char *const sheets[] = {
        "<!DOCTYPE x [<!ENTITY a \"b\">]><worksheet>&a;</worksheet>",
        "<worksheet><sheetData><row></worksheet>",
        "<worksheet><sheetData>" HEADER,
        "",
        "\xff\xfe",
    };
    struct intake_desk *desk = *state;
    for (size_t i = 0; i < sizeof sheets / sizeof *sheets; i++)
        assert_non_null(strstr(sheet_take(desk, sheets[i], "partial"), "cannot read the workbook"));
}

/* A sheet of so many bytes, one character again and again after the head. */
static void one_sheet(struct intake_desk *desk, const char *head, char c, size_t n, const char *words)
{
    char *sheet = mem_alloc(n + 1);
    memset(sheet, c, n);
    memcpy(sheet, head, strlen(head));
    const char *report = sheet_take(desk, sheet, "");
    if (!strstr(report, words))
        fail_msg("%.40s gives: %s", head, report);
    mem_free(sheet);
}

static void bombs_are_refused_before_they_unpack(void **state)
{
    struct intake_desk *desk = *state;
    one_sheet(desk, "<worksheet>", ' ', 32 << 20, "too large when unpacked");
    one_sheet(desk, "<worksheet a=\"", 'x', 1 << 20, "a tag of its XML is too long");
    one_sheet(desk, "<worksheet><row><c t=\"str\"><v>", 'x', 1 << 20, "a cell is too long");
}

static void what_is_no_workbook(void **state)
{
    struct intake_desk *desk = *state;
    struct book book = book_new();
    book_add(&book, "word/document.xml", "<x/>", 4);
    assert_non_null(strstr(book_take(desk, &book, ""), "there is no workbook in it"));
    static const char stump[] = "PK\x03\x04 and then nothing";
    assert_non_null(strstr(intake_desk_take(desk, stump, sizeof stump - 1, ""), "it is no .xlsx file"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        INTAKE_DESK(cells_of_every_kind),        INTAKE_DESK(rows_and_columns_stand_where_they_say),
        INTAKE_DESK(hostile_sheets_are_refused), INTAKE_DESK(bombs_are_refused_before_they_unpack),
        INTAKE_DESK(what_is_no_workbook),
    };
    return cmocka_run_group_tests_name("intake_xlsx", tests, NULL, NULL);
}
