/* The plans' own words against rules: agreement is silent, disagreement is told, words that nobody can read
 * are left alone. */
#include "rulebook/wording.h"

#include "base/text.h"
#include "rules_home.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

enum result { AGREE, DISAGREE, UNREAD };

static const struct {
    const char *text, *due;
    enum result result;
} rows[] = {
    {"Trước ngày 20/01/2026", "before \"20/01/2026\"", AGREE},
    {"Trước ngày 20/01/2026", "by \"20/01/2026\"", DISAGREE},
    {"Hoàn thành trước 01/9/2026 (báo cáo)", "before \"01/9/2026\"", AGREE},
    {"Báo cáo Quý I (trước ngày 15/3)",
     "every { [\"2026-Q1\"] = before \"15/3/2026\", [\"2026-H1\"] = before \"15/6/2026\" }", AGREE},
    {"Báo cáo Quý I (trước ngày 15/4)",
     "every { [\"2026-Q1\"] = before \"15/3/2026\", [\"2026-H1\"] = before \"15/6/2026\" }", DISAGREE},
    {"trước ngày 25 hằng tháng", "every(\"month\", { before_day = 25 })", AGREE},
    {"trước ngày 25 hàng tháng", "every(\"month\", { by_day = 25 })", DISAGREE},
    {"hằng tháng trước ngày 25", "every(\"month\", { before_day = 25 })", AGREE},
    {"hằng tháng trước ngày 25", "every(\"month\", { by_day = 25 })", DISAGREE},
    {"trước ngày 31 hằng tháng", "every(\"month\", { before_day = 31 })", AGREE},
    {"trước ngày 31 hằng tháng", "every(\"month\", { before_day = 30 })", DISAGREE},
    {"chậm nhất ngày 31/3/2026", "by \"31/3/2026\"", AGREE},
    {"chậm nhất là ngày 31/3/2026", "before \"31/3/2026\"", DISAGREE},
    {"trước ngày 15 của tháng cuối quý", "every(\"quarter\", { before_day = 15 })", AGREE},
    {"trước ngày 15 của tháng cuối quý", "every(\"quarter\", { before_day = 16 })", DISAGREE},
    {"31/3/2026", "on \"31/3/2026\"", AGREE},
    {"31/3/2026", "before \"31/3/2026\"", DISAGREE},
    {"Tháng 6/2026", "month \"2026-06\"", AGREE},
    {"Hoàn thành trong tháng 01/2026", "month \"2026-02\"", DISAGREE},
    {"Quý I/2026", "quarter \"2026-Q1\"", AGREE},
    {"Hoàn thành trong Quý II/2026", "quarter \"2026-Q1\"", DISAGREE},
    {"Quy IV/2026", "quarter \"2026-Q4\"", AGREE},
    {"Quý 1/2026", "quarter \"2026-Q2\"", DISAGREE},
    {"2026-2026", "span(\"2026\", \"2026\")", AGREE},
    {"2025-2026", "year \"2025\"", DISAGREE},
    {"Cả năm 2026", "year \"2026\"", AGREE},
    {"Năm 2026", "month \"2026-11\"", DISAGREE},
    {"trong thời hạn 10 ngày, kể từ ngày nhận được Kế hoạch", "within(10, \"days\", \"received\")", AGREE},
    {"trong thời hạn 10 ngày, kể từ ngày nhận được Kế hoạch", "within(7, \"days\", \"received\")", DISAGREE},
    {"sau 7 ngày kể từ ngày nhận", "within(7, \"workdays\", \"received\")", DISAGREE},
    {"trong thời hạn 5 ngày làm việc kể từ ngày nhận", "within(5, \"workdays\", \"received\")", AGREE},
    {"Ngay sau khi nhận được", "at_once \"received\"", AGREE},
    {"Ngay sau khi nhận được", "ongoing", DISAGREE},
    {"Theo yêu cầu của Bộ Công an", "request \"received\"", AGREE},
    {"Theo yêu cầu của Bộ Công an", "month \"2026-01\"", DISAGREE},
    {"Tổ chức vận hành thường xuyên từ Quý I/2026", "ongoing { from = \"2026-Q1\" }", AGREE},
    {"Thường xuyên", "ongoing", AGREE},
    {"Thường xuyên", "undated \"x\"", DISAGREE},
    {"Tuần cuối các tháng 1, 4", "last_week_of { \"2026-01\", \"2026-04\" }", AGREE},
    {"Tuần cuối các tháng 1, 4", "month \"2026-04\"", DISAGREE},
    {"Theo quy định", "undated \"x\"", UNREAD},
};

static void words_and_rules_are_compared(void **state)
{
    struct rules_home home;
    size_t wrong = 0;
    (void)state;
    rules_home_init(&home);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        auto_text source = {0};
        text_addf(&source, "%stask \"1\" { title = \"x\", lead = \"A\", text = \"%s\", due = %s }\n",
                  rules_home_head, rows[i].text, rows[i].due);
        rules_home_put(&home, "rules/p.lua", text_str(&source));
        struct rulebook *rulebook = rules_home_load(&home);
        if (!rulebook)
            fail_msg("%s: %s", rows[i].due, rules_home_faults(&home));
        struct faults faults;
        faults_init(&faults, LANG_EN);
        size_t read = wording_check(&rulebook->plans[0], &faults);
        enum result found = !read ? UNREAD : faults.list.n ? DISAGREE : AGREE;
        if (found != rows[i].result) {
            print_error("“%s” and %s: %d, should be %d\n", rows[i].text, rows[i].due, found, rows[i].result);
            wrong++;
        }
        faults_fini(&faults);
        rulebook_free(rulebook);
    }
    rules_home_fini(&home);
    assert_int_equal(wrong, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(words_and_rules_are_compared)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
