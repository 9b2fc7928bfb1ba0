#include "publish/phrase.h"

#include "listing_book.h"
#include "publish/table.h"
#include "table.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* The phrase as it is printed: no-break spaces as blanks. Ends the text. */
static void assert_phrase(struct text *text, const char *expected)
{
    auto_text line = {0};
    table_paragraph(&line, text_str(text), 0, 0, 0);
    text_fini(text);
    auto_text wanted = {0};
    text_addf(&wanted, "%s%s", expected, *expected ? "\n" : "");
    assert_string_equal(text_str(&line), text_str(&wanted));
}

static void numbers(void **state)
{
    (void)state;
    static const struct {
        int64_t scaled;
        const char *vi, *en;
    } cases[] = {
        {0, "0", "0"},
        {10000, "1", "1"},
        {1000000, "100", "100"},
        {995000, "99,5", "99.5"},
        {999999, "99,9999", "99.9999"},
        {1, "0,0001", "0.0001"},
        {100, "0,01", "0.01"},
        {-15000, "-1,5", "-1.5"},
        {-1, "-0,0001", "-0.0001"},
        {INT64_MIN, "-922337203685477,5808", "-922337203685477.5808"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct text vi = {0}, en = {0};
        phrase_number(&vi, (struct number){cases[i].scaled}, LANG_VI);
        phrase_number(&en, (struct number){cases[i].scaled}, LANG_EN);
        assert_phrase(&vi, cases[i].vi);
        assert_phrase(&en, cases[i].en);
    }
}

static void days_and_labels(void **state)
{
    (void)state;
    static const struct {
        const char *day, *vi, *en, *brief;
    } days[] = {
        {"2026-11-24", "24/11/2026 T3", "24/11/2026 Tue", "24/11 T3"},
        {"2026-05-24", "24/5/2026 CN", "24/5/2026 Sun", "24/5 CN"},
        {"2026-01-05", "5/1/2026 T2", "5/1/2026 Mon", "5/1 T2"},
    };
    static const struct {
        const char *label, *vi;
    } labels[] = {{"2026-11", "tháng 11/2026"}, {"2025-Q1", "quý I/2025"}, {"2026-03-05.2", "2026-03-05.2"}};
    for (size_t i = 0; i < COUNT(days); i++) {
        struct text vi = {0}, en = {0}, brief = {0};
        phrase_day(&vi, day_of(days[i].day), LANG_VI);
        phrase_day(&en, day_of(days[i].day), LANG_EN);
        phrase_day_short(&brief, day_of(days[i].day), LANG_VI);
        assert_phrase(&vi, days[i].vi);
        assert_phrase(&en, days[i].en);
        assert_phrase(&brief, days[i].brief);
    }
    for (size_t i = 0; i < COUNT(labels); i++) {
        struct text vi = {0};
        phrase_label(&vi, labels[i].label, LANG_VI);
        assert_phrase(&vi, labels[i].vi);
    }
    struct text none = {0};
    phrase_day(&none, DAY_NONE, LANG_VI);
    assert_phrase(&none, "");
}

/* The units from first to last but those left out; how they are told shortly and fully. */
static void offices(void **state)
{
    struct book *book = *state;
    static const struct {
        int first, last, without;
        const char *brief, *full;
    } cases[] = {
        {PV01, PV01, -1, "PV01", "PV01"},
        {PV01, PC07, -1, "PV01, PC06, PC07", "PV01, PC06, PC07"},
        {PV01, X1, -1, "PV01, PC06, PC07, X1", "PV01, PC06, PC07, X1"},
        {PV01, X2, -1, "PV01, PC06, PC07 +2", "PV01, PC06, PC07, X1, X2"},
        {PV01, X7, -1, "PV01, PC06, PC07 +7", "toàn bộ 10 đơn vị"},
        {PC06, X7, -1, "PC06, PC07, X1 +6", "toàn bộ trừ PV01 (9 đơn vị)"},
        {PV01, X7, X3, "PV01, PC06, PC07 +6", "toàn bộ trừ X3 (9 đơn vị)"},
        {X1, X7, -1, "X1, X2, X3 +4", "@commune (7 đơn vị)"},
        {X1, X6, -1, "X1, X2, X3 +3", "X1, X2, X3, X4, X5, X6"},
        {PC07, X7, -1, "PC07, X1, X2 +5", "toàn bộ trừ PV01, PC06 (8 đơn vị)"},
        {X1, BCA, -1, "X1, X2, X3 +5", "BCA, @commune (7)"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        const struct unit *list[UNITS];
        struct units units = {list, 0};
        for (int unit = cases[i].first; unit <= cases[i].last; unit++)
            if (unit != cases[i].without)
                list[units.n++] = &book->units[unit];
        struct text brief = {0}, full = {0};
        phrase_units_short(&brief, &units, 3);
        phrase_units(&full, &book->org, &units, LANG_VI);
        assert_phrase(&brief, cases[i].brief);
        assert_phrase(&full, cases[i].full);
    }
}

static void waiting(void **state)
{
    struct book *book = *state;
    const struct trigger done = {.kind = TRIGGER_DONE_OF, .item = &book->items[MODEL]};
    const struct trigger *const both[] = {&book->trigger, &done};
    const struct trigger all = {.kind = TRIGGER_ALL_OF, .of = both, .n = 2},
                         any = {.kind = TRIGGER_ANY_OF, .of = both, .n = 2};
    const struct {
        struct timing timing;
        const char *vi;
    } cases[] = {
        {{.kind = TIMING_EVENT_RELATIVE, .trigger = &book->trigger, .limit = LIMIT_DAYS, .n = 10},
         "chờ: Nhận được Kế hoạch; hạn trong 10 ngày sau đó"},
        {{.kind = TIMING_EVENT_RELATIVE, .trigger = &done, .limit = LIMIT_WORKDAYS, .n = 3},
         "chờ: làm xong 1.2; hạn trong 3 ngày làm việc sau đó"},
        {{.kind = TIMING_EVENT_RELATIVE, .trigger = &all, .limit = LIMIT_AT_ONCE},
         "chờ: Nhận được Kế hoạch và làm xong 1.2 (lấy ngày sau cùng); hạn là ngày làm việc đầu tiên sau đó"},
        {{.kind = TIMING_EVENT_RELATIVE, .trigger = &any, .limit = LIMIT_NO_DAY},
         "chờ: Nhận được Kế hoạch hoặc làm xong 1.2 (lấy ngày sớm nhất); sau đó không có ngày hạn"},
        {{.kind = TIMING_EXTERNAL_SCHEDULE, .trigger = &book->trigger, .limit = LIMIT_NO_DAY},
         "chờ ngày theo: Nhận được Kế hoạch"},
        {{.kind = TIMING_ON_REQUEST, .trigger = &book->trigger, .limit = LIMIT_NO_DAY},
         "chờ yêu cầu: Nhận được Kế hoạch"},
        {{.kind = TIMING_ONGOING, .from = DAY_NONE}, "thường xuyên"},
        {{.kind = TIMING_ONGOING, .from = 20545}, "thường xuyên, từ 2/4/2026"},
        {{.kind = TIMING_NONE}, "không có ngày"},
        {{.kind = TIMING_NONE, .why = "ô trống"}, "không có ngày: ô trống"},
        {{.kind = TIMING_PERIODIC}, ""},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct text text = {0};
        phrase_waiting(&text, &cases[i].timing, LANG_VI);
        assert_phrase(&text, cases[i].vi);
    }
}

static void targets(void **state)
{
    (void)state;
    struct target_case one = {.number = {950000}};
    struct target_case areas[] = {
        {NULL, {0}, {16000000}}, {"khmer", {0}, {8000000}}, {"rural", {0}, {12000000}}};
    struct target_case steps[] = {{.number = {300000}}, {.number = {800000}}};
    assert_true(period_parse("2022", &steps[0].period, NULL) &&
                period_parse("2023-Q1", &steps[1].period, NULL));
    const struct {
        struct target target;
        const char *vi;
    } cases[] = {
        {{.op = TARGET_AT_LEAST, .cases = &one, .n_cases = 1, .unit = "%"}, "ít nhất 95 %"},
        {{.op = TARGET_AT_MOST, .cases = &one, .n_cases = 1, .unit = "phút"}, "không quá 95 phút"},
        {{.op = TARGET_EXACTLY, .cases = &one, .n_cases = 1}, "đúng 95"},
        {{.op = TARGET_NONE, .why = "không nêu mức"}, "không đặt mức: không nêu mức"},
        {{.op = TARGET_NONE}, "không đặt mức"},
        {{.op = TARGET_AT_LEAST,
          .form = FORM_BY_ATTRIBUTE,
          .attribute = "area",
          .cases = areas,
          .n_cases = 3,
          .unit = "hồ sơ"},
         "ít nhất (theo area) khmer: 800 hồ sơ, rural: 1200 hồ sơ, còn lại: 1600 hồ sơ"},
        {{.op = TARGET_AT_LEAST,
          .form = FORM_BY_ATTRIBUTE,
          .attribute = "area",
          .cases = areas,
          .n_cases = 1,
          .unit = "hồ sơ"},
         "ít nhất (theo area) còn lại: 1600 hồ sơ"},
        {{.op = TARGET_AT_LEAST, .form = FORM_STEPS, .cases = steps, .n_cases = 2, .unit = "%"},
         "ít nhất 30 % từ năm 2022, 80 % từ quý I/2023"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct text text = {0};
        phrase_target(&text, &cases[i].target, LANG_VI);
        assert_phrase(&text, cases[i].vi);
    }
}

static void measures(void **state)
{
    struct book *book = *state;
    const struct metric *both[] = {&book->online, &book->eligible};
    const struct operand a = {both, 1}, b = {both + 1, 1}, sum = {both, 2};
    const struct item *items[] = {&book->items[MONTHLY], &book->items[MODEL]};
    struct period from;
    assert_true(period_parse("2025", &from, NULL));
    const struct {
        struct measure measure;
        const char *vi;
    } cases[] = {
        {{.kind = MEASURE_RATIO, .top = a, .bottom = b},
         "tỷ lệ “Hồ sơ nộp trực tuyến” / “Hồ sơ đủ điều kiện”"},
        {{.kind = MEASURE_RATIO, .top = a, .bottom = sum},
         "tỷ lệ “Hồ sơ nộp trực tuyến” / (“Hồ sơ nộp trực tuyến” + “Hồ sơ đủ điều kiện”)"},
        {{.kind = MEASURE_AVERAGE, .top = a, .bottom = b},
         "trung bình “Hồ sơ nộp trực tuyến” / “Hồ sơ đủ điều kiện”"},
        {{.kind = MEASURE_COUNT, .top = sum}, "tổng “Hồ sơ nộp trực tuyến” + “Hồ sơ đủ điều kiện”"},
        {{.kind = MEASURE_LARGEST, .top = a}, "số lớn nhất của “Hồ sơ nộp trực tuyến”"},
        {{.kind = MEASURE_CHANGE, .top = a, .from = from},
         "mức thay đổi so với năm 2025 của “Hồ sơ nộp trực tuyến”"},
        {{.kind = MEASURE_REDUCTION, .top = a, .from = from},
         "mức giảm so với năm 2025 của “Hồ sơ nộp trực tuyến”"},
        {{.kind = MEASURE_UNITS_WITH, .top = a}, "số đơn vị có “Hồ sơ nộp trực tuyến”"},
        {{.kind = MEASURE_ON_TIME, .items = items, .n_items = 2}, "tỷ lệ làm đúng hạn của 1.1, 1.2"},
        {{.kind = MEASURE_FUNCTION, .at = {"rules/x.lua", 12}}, "công thức riêng (rules/x.lua, dòng 12)"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct text text = {0};
        phrase_measure(&text, &cases[i].measure, LANG_VI);
        assert_phrase(&text, cases[i].vi);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers), cmocka_unit_test(days_and_labels), cmocka_unit_test(offices),
        cmocka_unit_test(waiting), cmocka_unit_test(targets),         cmocka_unit_test(measures),
    };
    return cmocka_run_group_tests(tests, book_setup, book_teardown);
}
