/* Scorecards on pages: parts, sum, grade, and a published total that is not the sum. */
#include "page_desk.h"

#include "base/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const char rows[] =
    "metric \"a.points\" { title = \"A\", counted_in = \"điểm\", over_time = \"last\", decimals = 2 }\n"
    "metric \"b.percent\" { title = \"B\", counted_in = \"%\", over_time = \"last\", decimals = 2 }\n"
    "metric \"total\" { title = \"T\", counted_in = \"điểm\", over_time = \"last\", decimals = 2 }\n"
    "task \"1\" { title = \"Việc\", lead = \"A\", due = ongoing }\n"
    "scorecard \"card\" { title = \"Bảng <điểm> & chấm\", each = \"week\", lead = { \"A\", \"B\" },\n"
    "  parts = { a = { title = \"Phần một\", most = 18, points = \"a.points\" },\n"
    "            b = { title = \"Phần hai\", most = 2, percent = \"b.percent\" } },\n"
    "  total = \"total\", grades = { { 10, \"Tốt\" }, { 0, \"Yếu\" } } }\n";

static struct intake intake = {.id = 1, .name = "x.csv", .checksum = ""};
static struct figure list[] = {
    {.unit = "hp/A", .metric = "a.points", .period = "2026-W45", .value = 160000, .intake = 1},
    {.unit = "hp/A", .metric = "a.points", .period = "2026-W46", .value = 158200, .intake = 1},
    {.unit = "hp/A", .metric = "b.percent", .period = "2026-W46", .value = 500000, .intake = 1},
    {.unit = "hp/A", .metric = "total", .period = "2026-W46", .value = 170000, .intake = 1},
};
static const struct figures figures = {.list = list, .n = 4, .intakes = &intake, .n_intakes = 1};

static const char *page(struct page_desk *desk, const char *path)
{
    auto_text whole = {0};
    text_addf(&whole, "%s%s", rules_home_head, rows);
    page_desk_rules(desk, text_str(&whole));
    page_desk_at(desk, "2026-11-20");
    return page_desk_page(desk, path);
}

static void an_office_sees_its_parts(void **state)
{
    struct page_desk *desk = *state;
    desk->settings.figures = &figures;
    const char *html = page(desk, "/units/hp/A");
    assert_non_null(strstr(html, "Bảng &lt;điểm&gt; &amp; chấm"));
    assert_non_null(strstr(html, "tuần 46/2026"));
    assert_non_null(strstr(html, ">15,82<"));
    assert_non_null(strstr(html, ">1,00<"));
    assert_non_null(strstr(html, "đã công bố (chỉ có tỷ lệ)"));
    assert_non_null(strstr(html, "<strong>16,82</strong>"));
    assert_non_null(strstr(html, "Tốt"));
    assert_non_null(strstr(html, "Tổng công bố: 17,00"));
    assert_non_null(strstr(html, "lệch với các phần"));
    assert_non_null(strstr(html, "+0,18"));
    assert_non_null(strstr(html, "<li>tuần 45/2026: 16,00"));
}

static void everybody_sees_the_points(void **state)
{
    struct page_desk *desk = *state;
    desk->settings.figures = &figures;
    const char *html = page(desk, "/");
    const char *card = strstr(html, "id=\"score-card\"");
    assert_non_null(card);
    assert_non_null(strstr(card, "<strong>16,82</strong>"));
    assert_non_null(strstr(card, "lệch với các phần"));
}

static void without_figures_there_is_none(void **state)
{
    struct page_desk *desk = *state;
    static const struct figures none;
    desk->settings.figures = &none;
    assert_null(strstr(page(desk, "/units/hp/A"), "score-card"));
    assert_null(strstr(page_desk_page(desk, "/"), "score-card"));
    desk->settings.figures = &figures;
    assert_null(strstr(page_desk_page(desk, "/units/hp/B"), "score-card"));
    assert_null(strstr(page_desk_page(desk, "/units/hp/C"), "score-card"));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, page_desk_setup, page_desk_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {TEST(an_office_sees_its_parts), TEST(everybody_sees_the_points),
                                       TEST(without_figures_there_is_none)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
