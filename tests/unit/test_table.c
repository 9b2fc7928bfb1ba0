#include "publish/table.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

static void paragraphs_break_at_blanks(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t indent, hang, width;
        const char *lines;
    } cases[] = {
        {"", 4, 4, 40, ""},
        {" \n\t ", 4, 4, 40, ""},
        {"Báo cáo tháng", 0, 0, 40, "Báo cáo tháng\n"},
        {"  Báo \n\n cáo\ttháng ", 2, 0, 40, "  Báo cáo tháng\n"},
        /* exactly the width, and one column less */
        {"Báo cáo kết quả thực hiện", 0, 2, 25, "Báo cáo kết quả thực hiện\n"},
        {"Báo cáo kết quả thực hiện", 0, 2, 24, "Báo cáo kết quả thực\n  hiện\n"},
        /* the margin counts */
        {"Báo cáo kết quả thực hiện", 1, 4, 25, " Báo cáo kết quả thực\n    hiện\n"},
        /* a no-break space holds words together and is written as a blank */
        {"Hạn của báo cáo: 24/11/2026" NO_BREAK "T3", 0, 2, 27, "Hạn của báo cáo:\n  24/11/2026 T3\n"},
        {"Hạn của báo cáo: 24/11/2026" NO_BREAK "T3", 0, 2, 30, "Hạn của báo cáo: 24/11/2026 T3\n"},
        /* no width: one line */
        {"Báo cáo kết quả thực hiện các nhiệm vụ được giao", 0, 2, 0,
         "Báo cáo kết quả thực hiện các nhiệm vụ được giao\n"},
        /* a word wider than the line is cut between characters, combining marks stay with their letter */
        {"https://dichvucong.bocongan.gov.vn", 0, 2, 22, "https://dichvucong.boc\n  ongan.gov.vn\n"},
        {"aaaaaaaaaaaaaaaaaaae\xcc\x81"
         "e\xcc\x81",
         0, 0, 20, "aaaaaaaaaaaaaaaaaaae\xcc\x81\ne\xcc\x81\n"},
        {"một https://dichvucong.bocongan.gov.vn", 0, 0, 22, "một\nhttps://dichvucong.boc\nongan.gov.vn\n"},
        /* wide characters take two columns */
        {"漢字漢字漢字漢字漢字漢", 0, 0, 20, "漢字漢字漢字漢字漢字\n漢\n"},
        /* a margin that leaves no room still leaves TABLE_LEAST columns */
        {"Báo cáo kết quả thực hiện", 30, 30, 20,
         "                              Báo cáo kết quả thực\n                              hiện\n"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        auto_text out = {0};
        table_paragraph(&out, cases[i].text, cases[i].indent, cases[i].hang, cases[i].width);
        assert_string_equal(text_str(&out), cases[i].lines);
    }
}

static struct table *due_like(void)
{
    static const char *const cells[][4] = {
        {"24/11/2026 T3", NULL, "PC06", "III.3.c Báo cáo tháng về kết quả thực hiện"},
        {"30/9/2026", NULL, "PV01, PX03, PX04", "7.2.3"},
        {NULL, NULL, "PV01", NULL},
    };
    struct table *table = table_new();
    table_column(table, "Hạn", TABLE_FIXED, 0);
    table_column(table, "Kế hoạch", TABLE_FIXED, 0);
    table_column(table, "Đơn vị", TABLE_FIXED, 10);
    table_column(table, "Việc", TABLE_FLEXIBLE, 0);
    for (size_t i = 0; i < COUNT(cells); i++)
        for (size_t j = 0; j < COUNT(cells[i]); j++)
            table_cell(table, cells[i][j]);
    return table;
}

static void tables_are_aligned(void **state)
{
    (void)state;
    static const struct {
        size_t width;
        const char *lines;
    } cases[] = {
        {0, "Hạn            Đơn vị            Việc\n"
            "24/11/2026 T3  PC06              III.3.c Báo cáo tháng về kết quả thực hiện\n"
            "30/9/2026      PV01, PX03, PX04  7.2.3\n"
            "               PV01\n"},
        {60, "Hạn            Đơn vị      Việc\n"
             "24/11/2026 T3  PC06        III.3.c Báo cáo tháng về kết quả\n"
             "                           thực hiện\n"
             "30/9/2026      PV01,       7.2.3\n"
             "               PX03, PX04\n"
             "               PV01\n"},
        /* too narrow for all: the flexible column keeps its least width */
        {10, "Hạn            Đơn vị      Việc\n"
             "24/11/2026 T3  PC06        III.3.c Báo cáo\n"
             "                           tháng về kết quả\n"
             "                           thực hiện\n"
             "30/9/2026      PV01,       7.2.3\n"
             "               PX03, PX04\n"
             "               PV01\n"},
    };
    struct table *table = due_like();
    for (size_t i = 0; i < COUNT(cases); i++) {
        auto_text out = {0};
        table_write(table, cases[i].width, &out);
        assert_string_equal(text_str(&out), cases[i].lines);
    }
    table_free(table);
    table_free(NULL);
}

/* Whatever the width: no text is lost, no line is too wide, none ends in a blank. */
static void nothing_is_lost(void **state)
{
    (void)state;
    static const char text[] =
        "Tiếp nhận, xử lý phản ánh, kiến nghị về TTHC, không để chậm; trước 24/11/2026" NO_BREAK "T3";
    for (size_t width = TABLE_LEAST; width < 100; width++) {
        auto_text out = {0}, words = {0};
        table_paragraph(&out, text, 0, 0, width);
        auto_free char *rest = mem_strdup(text_str(&out));
        char *save = NULL;
        for (char *line = strtok_r(rest, "\n", &save); line; line = strtok_r(NULL, "\n", &save)) {
            assert_true(utf8_width(line) <= width);
            assert_true(line[0] != ' ' && line[strlen(line) - 1] != ' ');
            text_addf(&words, "%s%s", words.n ? " " : "", line);
        }
        assert_string_equal(
            text_str(&words),
            "Tiếp nhận, xử lý phản ánh, kiến nghị về TTHC, không để chậm; trước 24/11/2026 T3");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(paragraphs_break_at_blanks),
        cmocka_unit_test(tables_are_aligned),
        cmocka_unit_test(nothing_is_lost),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
