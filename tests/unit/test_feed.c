/* What feeds say and which events they have. When they change: test_feed_stamps.c. */
#include "publish/feed.h"

#include "feed_desk.h"
#include "table.h"
#include "time/clock.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const struct feed_variant as_events = {0}, as_todos = {.todo = true}, with_alarms = {.alarms = true};

#define PC06_OCT  "haiphong-2026:III.3.c:2026-10:haiphong/PC06"
#define PC06_NOV  "haiphong-2026:III.3.c:2026-11:haiphong/PC06"
#define PC06_DEC  "haiphong-2026:III.3.c:2026-12:haiphong/PC06"
#define PC06_WAY  "haiphong-2026:III.3.b:2026:haiphong/PC06"
#define PC06_YEAR "haiphong-2026:2.2:2026:haiphong/PC06"
#define ALL_OCT   "haiphong-2026:III.3.c:2026-10"
#define ALL_NOV   "haiphong-2026:III.3.c:2026-11"
#define ALL_DEC   "haiphong-2026:III.3.c:2026-12"
#define ONE_172   "haiphong-2026:1.7.2#report:2026"

/* A story that has all states in it. */
static void tell_story(struct desk *desk)
{
    desk_received(desk, PC06, "2026-01-09", "2026-01-12T09:00");
    desk_tell(desk, PROGRESS_DONE, "haiphong-2026:III.3.c:2026-10:haiphong/PH10", "2026-10-23", NULL,
              "2026-10-23T15:00");
    desk_tell(desk, PROGRESS_DONE, PC06_OCT, "2026-10-26", NULL, "2026-10-26T09:00");
    desk_tell(desk, PROGRESS_CANCEL, "haiphong-2026:III.3.c:2026-10:haiphong/X10507", NULL, "Không phát sinh",
              "2026-11-10T09:00");
    desk_tell(desk, PROGRESS_DONE, "haiphong-2026:III.3.c:2026-11:haiphong/PH10", "2026-11-19", NULL,
              "2026-11-19T10:00");
    desk_tell(desk, PROGRESS_EXTEND, PC06_DEC, "2026-12-31", "Chờ số liệu của V03, BCA; xem công văn",
              "2026-11-18T08:30");
    desk_tell(desk, PROGRESS_CANCEL, PC06_YEAR, NULL, "Đã có quy định mới", "2026-11-18T08:31");
}

/* ---- golden ---- */

/* Tells the first line that differs. */
static void hold_golden(struct desk *desk, const char *name, struct feed_variant variant, const char *path)
{
    auto_text expected = {0};
    struct err err = {0};
    desk_feed(desk, name, variant);
    if (!file_read(path, 1 << 20, &expected, &err))
        fail_msg("%s", err.text);
    const char *a = text_str(&expected), *b = text_str(&desk->unfolded);
    for (int line = 1; *a || *b; line++) {
        size_t n = strcspn(a, "\n"), m = strcspn(b, "\n");
        if (n != m || strncmp(a, b, n) != 0)
            fail_msg("%s:%d: the feed has\n%.*s", path, line, (int)m, b);
        a += n + (a[n] == '\n');
        b += m + (b[m] == '\n');
    }
}

static void feeds_are_as_written_down(void **state)
{
    struct desk *desk = *state;
    tell_story(desk);
    hold_golden(desk, "unit/haiphong/PC06", with_alarms, "tests/golden/feed-unit.txt");
    hold_golden(desk, "unit/haiphong/PV01", (struct feed_variant){true, true}, "tests/golden/feed-todo.txt");
}

/* ---- what a line says ---- */

static void lines_say(void **state)
{
    static const struct {
        const char *feed;
        bool todo;
        const char *id, *line, *value; /* value NULL: no such line */
    } cases[] = {
        {"unit/haiphong/PC06", false, PC06_NOV,
         "SUMMARY:", "Báo cáo tháng về kết quả thực hiện – tháng 11/2026 (xong trước hết 23/11)"},
        {"unit/haiphong/PC06", false, PC06_NOV, "DTSTART;VALUE=DATE:", "20261124"},
        {"unit/haiphong/PC06", false, PC06_NOV, "DTEND;VALUE=DATE:", "20261125"},
        {"unit/haiphong/PC06", false, PC06_NOV, "STATUS:", "CONFIRMED"},
        {"unit/haiphong/PC06", false, PC06_OCT,
         "SUMMARY:", "✓ Báo cáo tháng về kết quả thực hiện – tháng 10/2026"},
        {"unit/haiphong/PC06", false, PC06_OCT, "STATUS:", "CONFIRMED"},
        {"unit/haiphong/PC06", false, PC06_DEC,
         "SUMMARY:", "Báo cáo tháng về kết quả thực hiện – tháng 12/2026"},
        {"unit/haiphong/PC06", false, PC06_DEC, "DTSTART;VALUE=DATE:", "20261231"},
        {"unit/haiphong/PC06", false, PC06_WAY, "SUMMARY:", "⚠ Quá hạn: Kế hoạch triển khai của đơn vị"},
        {"unit/haiphong/PC06", false, PC06_WAY, "PRIORITY:", "1"},
        {"unit/haiphong/PC06", false, PC06_WAY, "COLOR:", "firebrick"},
        {"unit/haiphong/PC06", false, PC06_WAY, "CATEGORIES:", "Nhiệm vụ"},
        {"unit/haiphong/PC06", false, PC06_YEAR,
         "SUMMARY:", "[Đã huỷ] Rà soát quy trình\\; cập nhật C:\\\\mẫu\\, \"bảng\" kết quả – năm 2026"},
        {"unit/haiphong/PC06", false, PC06_YEAR, "STATUS:", "CANCELLED"},
        /* Gathered: cancelled ones do not count. */
        {"unit/haiphong/PV01", false, ALL_OCT, "SUMMARY:",
         "⚠ Quá hạn: Báo cáo tháng về kết quả thực hiện – tháng 10/2026 (2/3 đơn vị đã gửi) (xong trước hết "
         "23/10)"},
        {"unit/haiphong/PV01", false, ALL_NOV, "SUMMARY:",
         "Báo cáo tháng về kết quả thực hiện – tháng 11/2026 (1/4 đơn vị đã gửi) (xong trước hết 23/11)"},
        {"unit/haiphong/PV01", false, ALL_DEC, "DTSTART;VALUE=DATE:", "20261224"},
        {"unit/haiphong/PV01", false, "haiphong-2026:III.3.b:2026",
         "SUMMARY:", "⚠ Quá hạn: Kế hoạch triển khai của đơn vị (0/4 đơn vị đã xong)"},
        /* One lead alone is not counted. */
        {"unit/haiphong/PV01", false, ONE_172, "SUMMARY:", "⚠ Quá hạn: Báo cáo đánh giá\\, đề xuất"},
        /* To-dos. */
        {"unit/haiphong/PC06", true, PC06_NOV, "DUE;VALUE=DATE:", "20261124"},
        {"unit/haiphong/PC06", true, PC06_NOV, "STATUS:", "NEEDS-ACTION"},
        {"unit/haiphong/PC06", true, PC06_NOV, "COMPLETED:", NULL},
        {"unit/haiphong/PC06", true, PC06_NOV, "DTSTART;VALUE=DATE:", NULL},
        {"unit/haiphong/PC06", true, PC06_OCT, "STATUS:", "COMPLETED"},
        {"unit/haiphong/PC06", true, PC06_OCT, "PERCENT-COMPLETE:", "100"},
        {"unit/haiphong/PC06", true, PC06_OCT, "COMPLETED:", "20261026T010000Z"},
        {"unit/haiphong/PC06", true, PC06_YEAR, "STATUS:", "CANCELLED"},
        {"unit/haiphong/PV01", true, ALL_OCT, "PERCENT-COMPLETE:", "66"},
        {"unit/haiphong/PV01", true, ALL_OCT, "STATUS:", "IN-PROCESS"},
        {"unit/haiphong/PV01", true, ALL_DEC, "STATUS:", "NEEDS-ACTION"},
    };
    struct desk *desk = *state;
    tell_story(desk);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        desk_feed(desk, cases[i].feed, cases[i].todo ? as_todos : as_events);
        assert_non_null(desk_record(desk, cases[i].id));
        const char *value = desk_line(desk, cases[i].id, cases[i].line);
        if (!cases[i].value)
            assert_null(value);
        else
            assert_string_equal(value ? value : "no such line", cases[i].value);
    }
}

static void descriptions_have(void **state)
{
    static const struct {
        const char *feed, *id, *words;
        bool has;
    } cases[] = {
        {"unit/haiphong/PC06", PC06_NOV,
         "Hạn: thứ ba 24/11/2026\\, ngày nghỉ\\; xong trước hết thứ hai 23/11/2026\\n", true},
        {"unit/haiphong/PC06", PC06_NOV, "Chủ trì: Phòng Cảnh sát quản lý hành chính\\n", true},
        {"unit/haiphong/PC06", PC06_NOV, "Gửi: Phòng Tham mưu\\, qua Đội 6\\n", true},
        {"unit/haiphong/PC06", PC06_NOV, "Mục III.3.c\\, thời hạn in: “trước ngày 25 hằng tháng”\\n", true},
        {"unit/haiphong/PC06", PC06_NOV, "Kế hoạch 74/KH-CAHP-PV01: Chỉ số cải cách", true},
        {"unit/haiphong/PC06", PC06_NOV, "\\nBáo xong: https://hanchot.example.vn/turns/" PC06_NOV "\n",
         true},
        {"unit/haiphong/PC06", PC06_NOV, "URL:https://hanchot.example.vn/turns/" PC06_NOV "\n", true},
        {"unit/haiphong/PC06", PC06_OCT, "Đã xong ngày 26/10/2026\\, muộn so với hạn\\n", true},
        {"unit/haiphong/PC06", PC06_OCT, "hanchot done", false},
        {"unit/haiphong/PC06", PC06_DEC,
         "Đã gia hạn\\, hạn cũ 24/12/2026: Chờ số liệu của V03\\, BCA\\; xem công văn\\nHạn: thứ năm "
         "31/12/2026\\n",
         true},
        {"unit/haiphong/PC06", PC06_WAY, "Căn cứ: Nhận được kế hoạch\\, 9/1/2026\\n", true},
        {"unit/haiphong/PC06", PC06_WAY, "Sản phẩm: Kế hoạch của đơn vị\\n", true},
        {"unit/haiphong/PC06", PC06_YEAR, "Đã huỷ: Đã có quy định mới\\n", true},
        {"unit/haiphong/PC06", PC06_YEAR, "Ngày giả định: kế hoạch không ghi ngày", true},
        {"unit/haiphong/PC06", PC06_YEAR, "Ghi chú: Dòng một\\nDòng hai\\n", true},
        {"unit/haiphong/PC06", PC06_DEC, "Ngày giả định", false},
        {"unit/haiphong/PV01", ALL_OCT, "DESCRIPTION:Chưa gửi: CA xã An Lão\\n", true},
        {"unit/haiphong/PV01", ALL_OCT, "Chủ trì: 4 đơn vị\\n", true},
        {"unit/haiphong/PV01", ALL_OCT, "hanchot done", false},
        {"unit/haiphong/PV01", ALL_DEC, "Hạn sớm nhất: thứ năm 24/12/2026\\n", true},
        {"unit/haiphong/PV01", ALL_DEC, "Chưa gửi", false}, /* nobody has: the leads say it */
        {"unit/haiphong/PV01", ONE_172, "Báo xong", false},
        {"unit/haiphong/PV01", ONE_172, "/items/haiphong-2026/1.7.2\n", true},
    };
    struct desk *desk = *state;
    tell_story(desk);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        desk_feed(desk, cases[i].feed, as_events);
        const char *event = desk_record(desk, cases[i].id);
        assert_non_null(event);
        if (!strstr(event, cases[i].words) == cases[i].has)
            fail_msg("%s \"%s\":\n%s", cases[i].has ? "there is no" : "there is", cases[i].words, event);
    }
}

static void long_lists_are_short(void **state)
{
    struct desk *desk = *state;
    const struct unit *many[9];
    for (size_t i = 0; i < 9; i++)
        many[i] = &desk->units[i % 2 ? LAO : DONG];
    desk->duties[YEARLY].with = (struct units){many, 9};
    desk_feed(desk, "unit/haiphong/PC06", as_events);
    const char *event = desk_record(desk, PC06_YEAR);
    assert_non_null(strstr(event, "\\nPhối hợp: CA phường Thành Đông\\, CA xã An Lão\\, CA phường Thành Đông "
                                  "và 6 đơn vị khác\\n"));
}

/* Done when all that is not cancelled is done; one whose others have no day yet is not. */
static void gatherings_end(void **state)
{
    struct desk *desk = *state;
    desk_tell(desk, PROGRESS_DONE, PC06_NOV, "2026-11-16", NULL, "2026-11-16T09:00");
    desk_tell(desk, PROGRESS_DONE, "haiphong-2026:III.3.c:2026-11:haiphong/PH10", "2026-11-18", NULL,
              "2026-11-18T09:00");
    desk_tell(desk, PROGRESS_CANCEL, "haiphong-2026:III.3.c:2026-11:haiphong/X10507", NULL, NULL,
              "2026-11-18T09:00");
    desk_feed(desk, "unit/haiphong/PV01", as_todos);
    assert_string_equal(desk_line(desk, ALL_NOV, "STATUS:"), "IN-PROCESS");
    desk_tell(desk, PROGRESS_DONE, "haiphong-2026:III.3.c:2026-11:haiphong/X11635", "2026-11-17", NULL,
              "2026-11-19T09:00");
    desk_received(desk, PC06, "2026-11-16", "2026-11-16T09:00");
    desk_tell(desk, PROGRESS_DONE, PC06_WAY, "2026-11-17", NULL, "2026-11-17T09:00");
    desk_feed(desk, "unit/haiphong/PV01", as_todos);
    assert_string_equal(desk_line(desk, ALL_NOV, "SUMMARY:"),
                        "✓ Báo cáo tháng về kết quả thực hiện – tháng 11/2026 (3/3 đơn vị đã gửi)");
    assert_string_equal(desk_line(desk, ALL_NOV, "STATUS:"), "COMPLETED");
    assert_string_equal(desk_line(desk, ALL_NOV, "COMPLETED:"), "20261118T010000Z");
    assert_string_equal(desk_line(desk, "haiphong-2026:III.3.b:2026", "SUMMARY:"),
                        "Kế hoạch triển khai của đơn vị (1/4 đơn vị đã xong)");
    assert_string_equal(desk_line(desk, "haiphong-2026:III.3.b:2026", "STATUS:"), "IN-PROCESS");
}

/* ---- what is doubtful or special ---- */

static void make_unled(struct desk *desk)
{
    desk->duties[YEARLY].lead.n = 0;
    desk->duties[YEARLY].no_lead = "mất ở chỗ ngắt trang";
}
static void make_joint(struct desk *desk)
{
    desk->duties[YEARLY].joint = true;
    desk->duties[YEARLY].lead = (struct units){desk->leads, 2};
}
static void make_checkpoint(struct desk *desk)
{
    desk->duties[YEARLY].checkpoint = true;
}
static void make_provisional(struct desk *desk)
{
    workdays_add_provisional(desk->rulebook.workdays, day_of("2026-12-31"), day_of("2026-12-31"));
}
static void make_repeating(struct desk *desk)
{
    desk->received.repeats = true;
    desk_received(desk, PC06, "2026-11-16", "2026-11-16T09:00");
    desk_received(desk, PH10, "2026-11-16", "2026-11-16T09:00");
    desk->events[1].unit = desk->events[0].unit;
}

static void special_duties_say_so(void **state)
{
    static const struct {
        void (*make)(struct desk *desk);
        const char *feed, *id, *words;
    } cases[] = {
        {make_unled, "all", "haiphong-2026:2.2:2026", "\\nChủ trì: chưa rõ (mất ở chỗ ngắt trang)\\n"},
        {make_joint, "unit/haiphong/PH10", PC06_YEAR,
         "\\nChủ trì: Phòng Cảnh sát quản lý hành chính\\, Phòng Hậu cần\\n"},
        {make_checkpoint, "unit/haiphong/PC06", PC06_YEAR, "kết quả – mốc năm 2026\n"},
        {make_checkpoint, "unit/haiphong/PC06", PC06_YEAR, "\\nMốc giữa kỳ\\, chưa phải hạn cuối\\n"},
        {make_provisional, "unit/haiphong/PC06", PC06_YEAR,
         "\\nNgày tạm tính: lịch nghỉ năm đó chưa công bố\\n"},
        {make_repeating, "unit/haiphong/PC06", "haiphong-2026:III.3.b:2026-11-16:haiphong/PC06",
         "\nSUMMARY:Kế hoạch triển khai của đơn vị – ngày 16/11/2026\n"},
        {make_repeating, "unit/haiphong/PC06", "haiphong-2026:III.3.b:2026-11-16.2:haiphong/PC06",
         "\nSUMMARY:Kế hoạch triển khai của đơn vị – ngày 16/11/2026 (lần 2)\n"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        void *other;
        desk_setup(&other);
        struct desk *desk = other;
        cases[i].make(desk);
        desk_feed(desk, cases[i].feed, as_events);
        const char *event = desk_record(desk, cases[i].id);
        if (!event || !strstr(event, cases[i].words))
            fail_msg("no \"%s\" in\n%s", cases[i].words, event ? event : text_str(&desk->unfolded));
        desk_teardown(&other);
    }
}

static void english_labels(void **state)
{
    struct desk *desk = *state;
    tell_story(desk);
    desk->settings.lang = LANG_EN;
    desk_feed(desk, "unit/haiphong/PV01", as_events);
    assert_string_equal(desk_line(desk, ALL_OCT, "SUMMARY:"),
                        "⚠ Overdue: Báo cáo tháng về kết quả thực hiện – October 2026 (2/3 units sent) "
                        "(finish by 2026-10-23)");
    assert_non_null(strstr(desk_record(desk, ALL_OCT),
                           "Not sent: CA xã An Lão\\nDue: Saturday 2026-10-24\\, a day off\\; "));
    assert_string_equal(desk_line(desk, ALL_OCT, "CATEGORIES:"), "Report");
}

static void without_a_site_there_are_no_links(void **state)
{
    struct desk *desk = *state;
    desk->settings.url = NULL;
    desk_feed(desk, "unit/haiphong/PC06", as_events);
    assert_int_equal(desk_count(desk, "URL:"), 0);
    assert_int_equal(desk_count(desk, "://"), 0);
    assert_non_null(strstr(desk_record(desk, PC06_NOV), "@hanchot\n"));
}

/* What a person typed may be anything that the ledger took. */
static void told_texts_are_made_fit(void **state)
{
    static const struct {
        const char *why, *found;
    } cases[] = {
        {"a, b; c\\d", ": a\\, b\\; c\\\\d\\n"},
        {"dòng 1\r\ndòng 2\ttab", ": dòng 1\\ndòng 2 tab\\n"},
        {"chuông\a\x1b[31m xoá\x7f", ": chuông[31m xoá\\n"},
        {"Ha\xCC\xA3n cho\xCC\x81t", ": Hạn chót\\n"},
        {"h\xFFng\xC3", ": h\xEF\xBF\xBDng\xEF\xBF\xBD\\n"},
        {"END:VEVENT\nBEGIN:VEVENT", ": END:VEVENT\\nBEGIN:VEVENT\\n"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        void *other;
        desk_setup(&other);
        struct desk *desk = other;
        desk_tell(desk, PROGRESS_CANCEL, PC06_NOV, NULL, cases[i].why, "2026-11-18T08:31");
        desk_feed(desk, "unit/haiphong/PC06", as_events);
        const char *event = desk_record(desk, PC06_NOV);
        if (!strstr(event, cases[i].found))
            fail_msg("no \"%s\" in\n%s", cases[i].found, event);
        desk_teardown(&other);
    }
    (void)state;
}

/* ---- alarms ---- */

static void alarms_count_from_act_by(void **state)
{
    static const struct {
        const char *id, *first, *second; /* NULL: no alarm */
    } cases[] = {
        {PC06_NOV, "TRIGGER:-P1DT16H",
         "TRIGGER:-P3DT16H"}, /* due Tuesday 24, act by Monday 23; then Friday 20 */
        {PC06_DEC, "TRIGGER:-PT16H", "TRIGGER:-P2DT16H"}, /* Thursday 31/12; then Monday 28 */
        {PC06_OCT, NULL, NULL},                           /* done */
        {PC06_WAY, NULL, NULL},                           /* overdue */
        {PC06_YEAR, NULL, NULL},                          /* cancelled */
    };
    struct desk *desk = *state;
    tell_story(desk);
    for (int todo = 0; todo < 2; todo++) {
        desk_feed(desk, "unit/haiphong/PC06", (struct feed_variant){todo, true});
        for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
            char first[64], second[64];
            const char *related = todo ? ";RELATED=END" : "";
            const char *event = desk_record(desk, cases[i].id);
            assert_non_null(event);
            if (!cases[i].first) {
                assert_null(strstr(event, "VALARM"));
                continue;
            }
            snprintf(first, sizeof first, "\nTRIGGER%s%s\n", related, cases[i].first + 7);
            snprintf(second, sizeof second, "\nTRIGGER%s%s\n", related, cases[i].second + 7);
            const char *alarm = strstr(event, first);
            assert_non_null(alarm);
            assert_non_null(strstr(alarm, second));
            assert_non_null(strstr(event, "DESCRIPTION:Hạn "));
        }
    }
    desk_feed(desk, "unit/haiphong/PC06", as_events);
    assert_int_equal(desk_count(desk, "VALARM"), 0);
}

static void rules_set_the_second_alarm(void **state)
{
    static const struct lead_time five_days[] = {{5, false}}, only_the_day_before[] = {{1, true}};
    struct desk *desk = *state;
    desk->duties[MONTHLY].remind = five_days;
    desk->duties[MONTHLY].n_remind = 1;
    desk_feed(desk, "unit/haiphong/PC06", with_alarms);
    assert_non_null(strstr(desk_record(desk, PC06_DEC), "\nTRIGGER:-P4DT16H\n"));
    desk->duties[MONTHLY].remind = only_the_day_before;
    desk_feed(desk, "unit/haiphong/PC06", with_alarms);
    const char *first = strstr(desk_record(desk, PC06_DEC), "\nTRIGGER:-PT16H\n");
    assert_non_null(first);
    assert_null(strstr(first + strlen("\nTRIGGER"), "TRIGGER"));
}

/* ---- which events ---- */

/* Done and cancelled stay for days after they were recorded, whatever day they name. */
static void windows_end(void **state)
{
    static const struct {
        enum progress_action action;
        const char *id, *on, *recorded, *last_day, *day_after;
    } cases[] = {
        {PROGRESS_DONE, PC06_OCT, "2026-10-20", "2026-10-20T09:00", "2026-11-19", "2026-11-20"},
        {PROGRESS_DONE, PC06_OCT, "2026-10-20", "2026-12-01T23:59", "2026-12-31", "2027-01-01"},
        {PROGRESS_DONE, PC06_OCT, "2026-10-20", "2026-12-02T00:00", "2027-01-01", "2027-01-02"},
        {PROGRESS_CANCEL, PC06_OCT, NULL, "2026-11-01T09:00", "2026-11-15", "2026-11-16"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        void *other;
        desk_setup(&other);
        struct desk *desk = other;
        desk_tell(desk, cases[i].action, cases[i].id, cases[i].on, NULL, cases[i].recorded);
        desk_at(desk, cases[i].last_day);
        desk_feed(desk, "unit/haiphong/PC06", as_events);
        assert_non_null(desk_record(desk, cases[i].id));
        desk_at(desk, cases[i].day_after);
        desk_feed(desk, "unit/haiphong/PC06", as_events);
        assert_null(desk_record(desk, cases[i].id));
        desk_teardown(&other);
    }
    (void)state;
}

static void the_future_ends_and_the_past_does_not(void **state)
{
    struct desk *desk = *state;
    desk_at(desk, "2025-11-18"); /* 401 days before 24/12/2026 */
    desk_feed(desk, "unit/haiphong/PC06", as_events);
    assert_null(desk_record(desk, PC06_DEC));
    desk_at(desk, "2025-11-19");
    desk_feed(desk, "unit/haiphong/PC06", as_events);
    assert_non_null(desk_record(desk, PC06_DEC));
    desk_at(desk, "2027-03-30"); /* the plan is open to 31/3/2027 */
    desk_feed(desk, "unit/haiphong/PC06", as_events);
    assert_non_null(desk_record(desk, PC06_OCT));
}

static void feeds_have(void **state)
{
    static const struct {
        const char *feed, *id;
        bool has;
    } cases[] = {
        {"unit/haiphong/PC06", PC06_NOV, true},
        {"unit/haiphong/PC06", ALL_NOV, false},
        {"unit/haiphong/PC06", "haiphong-2026:III.3.c:2026-11:haiphong/PH10", false},
        {"unit/haiphong/PC06", "haiphong-2026:3.1:2026:haiphong/PC06", false},     /* standing: no day */
        {"unit/haiphong/PC06", "haiphong-2026:III.3.b:2026:haiphong/PC06", false}, /* not received: no day */
        {"unit/haiphong/PV01", ALL_NOV, true},
        {"unit/haiphong/PV01", ONE_172, true},
        {"unit/haiphong/PV01", PC06_NOV, false},
        {"unit/haiphong/PH10", "haiphong-2026:2.2:2026", true}, /* coordinates */
        {"unit/haiphong/PC06", PC06_YEAR, true},                /* leads and coordinates: it leads */
        {"unit/haiphong/PC06", "haiphong-2026:2.2:2026", false},
        {"all", ALL_NOV, true},
        {"all", PC06_NOV, false},
        {"plan/haiphong-2026", ALL_NOV, true},
        {"unit/haiphong/PC06/haiphong-2026", PC06_NOV, true},
        /* Closed plans. */
        {"unit/haiphong/PC06", "haiphong-2024:1:2024:haiphong/PC06", false},
        {"unit/haiphong/PC06/haiphong-2024", "haiphong-2024:1:2024:haiphong/PC06", false},
        {"all", "haiphong-2024:1:2024", false},
        {"plan/haiphong-2024", "haiphong-2024:1:2024", true},
        {"plan/haiphong-2026", "haiphong-2024:1:2024", false},
        /* Days off. */
        {"holidays", "holiday-2026-11-24", true},
        {"holidays", "holiday-2026-01-10", true},
        {"holidays", "holiday-2026-11-23", false},
        {"all", "holiday-2026-11-24", false},
    };
    struct desk *desk = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        desk_feed(desk, cases[i].feed, as_events);
        if (!desk_record(desk, cases[i].id) == cases[i].has)
            fail_msg("%s %s %s", cases[i].feed, cases[i].has ? "lacks" : "has", cases[i].id);
    }
}

static void an_event_is_the_same_in_every_feed(void **state)
{
    struct desk *desk = *state;
    tell_story(desk);
    desk_feed(desk, "unit/haiphong/PV01", as_events);
    auto_free char *of_unit = mem_strdup(desk_record(desk, ALL_NOV));
    desk_feed(desk, "plan/haiphong-2026", as_events);
    assert_string_equal(desk_record(desk, ALL_NOV), of_unit);
    desk_feed(desk, "all", as_events);
    assert_string_equal(desk_record(desk, ALL_NOV), of_unit);
}

static void holidays_say(void **state)
{
    struct desk *desk = *state;
    assert_true(workdays_add_off(desk->rulebook.workdays, day_of("2026-06-01"),
                                 "Ngày thử; BLLĐ 2019 điều 112(1); tính, đếm"));
    desk_feed(desk, "holidays", with_alarms);
    assert_string_equal(desk_line(desk, "holiday-2026-06-01", "SUMMARY:"), "Ngày thử");
    assert_string_equal(desk_line(desk, "holiday-2026-06-01", "DTSTART;VALUE=DATE:"), "20260601");
    assert_string_equal(desk_line(desk, "holiday-2026-06-01", "DTEND;VALUE=DATE:"), "20260602");
    assert_string_equal(desk_line(desk, "holiday-2026-06-01", "DESCRIPTION:"),
                        "Ngày nghỉ\\nNguồn: BLLĐ 2019 điều 112(1)\\; tính\\, đếm");
    assert_string_equal(desk_line(desk, "holiday-2026-06-01", "LAST-MODIFIED:"), "20250101T010000Z");
    assert_string_equal(desk_line(desk, "holiday-2026-01-10", "CATEGORIES:"), "Ngày làm bù");
    assert_int_equal(desk_count(desk, "VALARM"), 0);
    workdays_add_provisional(desk->rulebook.workdays, day_of("2026-06-01"), day_of("2026-06-01"));
    desk_feed(desk, "holidays", as_todos);
    assert_string_equal(desk_line(desk, "holiday-2026-06-01", "SUMMARY:"), "Ngày thử (dự kiến)");
    assert_int_equal(desk_count(desk, "VTODO"), 0);
}

static void an_empty_feed_is_a_calendar(void **state)
{
    struct desk *desk = *state;
    desk_feed(desk, "unit/haiphong/PC06/haiphong-2024", as_events);
    assert_int_equal(desk_count(desk, "BEGIN:"), 1);
    assert_int_equal(desk_count(desk, "END:VCALENDAR\r\n"), 1);
    assert_int_equal(desk->modified, instant_of("2024-01-05T08:00"));
}

/* ---- the form of the bytes ---- */

static void hold_line(const char *line, size_t n)
{
    assert_true(n <= 75);
    assert_true(utf8_valid(line, n, NULL));
    for (size_t i = 0; i < n; i++)
        assert_true((unsigned char)line[i] >= ' ' && line[i] != 0x7F);
}

static size_t hold_lines(const char *at)
{
    size_t lines = 0;
    for (const char *end; *at; at = end + 2, lines++) {
        end = strstr(at, "\r\n");
        assert_non_null(end);
        assert_true(end > at && (*at != ' ' || end > at + 1)); /* no blank line, nor one that only folds */
        hold_line(at, (size_t)(end - at));
    }
    return lines;
}

static void bytes_are_well_formed(void **state)
{
    static const char *const feeds[] = {"all",
                                        "holidays",
                                        "plan/haiphong-2026",
                                        "plan/haiphong-2024",
                                        "unit/haiphong/PC06",
                                        "unit/haiphong/PV01",
                                        "unit/haiphong/PV01/haiphong-2026"};
    struct desk *desk = *state;
    tell_story(desk);
    for (unsigned i = 0; i < 8 * sizeof feeds / sizeof *feeds; i++) {
        desk->settings.lang = i & 4 ? LANG_EN : LANG_VI;
        assert_true(hold_lines(desk_feed(desk, feeds[i / 8], (struct feed_variant){i & 1, i & 2})) > 15);
        assert_int_equal(desk_count(desk, "BEGIN:V"), desk_count(desk, "\r\nEND:V"));
        assert_int_equal(desk_count(desk, "\nUID:"), desk_count(desk, "\nDTSTAMP:"));
    }
}

/* Every length of a line comes along: one of them just fills it. */
static void lines_of_every_length_are_well_formed(void **state)
{
    struct desk *desk = *state;
    char url[120] = "https://";
    for (size_t n = strlen(url); n < sizeof url - 1; n++) {
        url[n] = 'a';
        desk->settings.url = url;
        hold_lines(desk_feed(desk, "unit/haiphong/PC06", (struct feed_variant){0}));
        assert_int_equal(desk_count(desk, "\nURL:"), desk_count(desk, "BEGIN:VEVENT") + 1);
    }
}

static void a_typical_event_is_small(void **state)
{
    struct desk *desk = *state;
    desk_feed(desk, "unit/haiphong/PC06", as_events);
    assert_in_range(strlen(desk_record(desk, PC06_NOV)), 300, 1300);
}

/* ---- names ---- */

static void names_come_back(void **state)
{
    static const char *const names[] = {"all", "holidays", "plan/haiphong-2026", "unit/haiphong/PC06",
                                        "unit/haiphong/PC06/haiphong-2024"};
    struct desk *desk = *state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct feed_name name;
        auto_text text = {0}, title = {0};
        assert_true(feed_name_parse(&desk->rulebook, names[i], &name, NULL));
        assert_string_equal(feed_name_text(&name, &text), names[i]);
        assert_true(strlen(feed_title(&name, LANG_VI, &title)) > 5);
        assert_non_null(feed_color(&name)->hex);
    }
}

static void wrong_names_are_told(void **state)
{
    static const struct {
        const char *name, *told;
    } cases[] = {
        {"", "không có lịch “”"},
        {"ALL", "không có lịch “ALL”"},
        {"all/", "không có lịch"},
        {"plan/", "không có kế hoạch “”"},
        {"plan/haiphong-2062", "có phải là “haiphong-2026”?"},
        {"unit/haiphong/PC6", "có phải là “haiphong/PC06”?"},
        {"unit/PC06", "không có đơn vị “PC06”"},
        {"unit/haiphong/PC06/", "không có kế hoạch “”"},
        {"unit/haiphong/PC06/haiphong-2026/x", "không có kế hoạch “haiphong-2026/x”"},
    };
    struct desk *desk = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct feed_name name;
        struct err err = {.lang = LANG_VI};
        assert_false(feed_name_parse(&desk->rulebook, cases[i].name, &name, &err));
        assert_int_equal(err.kind, ERR_INPUT);
        if (!strstr(err.text, cases[i].told))
            fail_msg("%s", err.text);
    }
}

static void titles_suit_calendar_lists(void **state)
{
    static const struct {
        const char *unit, *title;
    } cases[] = {
        {"Phòng Tham mưu", "Hạn chót – Phòng Tham mưu"},
        {"Phòng A, B; C\\D", "Hạn chót – Phòng A – B – C D"},
        {"Phòng Cảnh sát phòng cháy, chữa cháy và cứu nạn, cứu hộ",
         "Hạn chót – Phòng Cảnh sát phòng cháy – chữa cháy và cứu nạn…"},
    };
    struct desk *desk = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        auto_text title = {0};
        desk->units[PV01].title = cases[i].unit;
        struct feed_name name = {FEED_UNIT, NULL, &desk->units[PV01]};
        assert_string_equal(feed_title(&name, LANG_VI, &title), cases[i].title);
        assert_true(utf8_count(title.at) <= 60);
    }
}

#define DESK_TEST(test) cmocka_unit_test_setup_teardown(test, desk_setup, desk_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        DESK_TEST(feeds_are_as_written_down),
        DESK_TEST(lines_say),
        DESK_TEST(descriptions_have),
        DESK_TEST(gatherings_end),
        DESK_TEST(long_lists_are_short),
        cmocka_unit_test(special_duties_say_so),
        DESK_TEST(english_labels),
        DESK_TEST(without_a_site_there_are_no_links),
        cmocka_unit_test(told_texts_are_made_fit),
        DESK_TEST(alarms_count_from_act_by),
        DESK_TEST(rules_set_the_second_alarm),
        cmocka_unit_test(windows_end),
        DESK_TEST(the_future_ends_and_the_past_does_not),
        DESK_TEST(feeds_have),
        DESK_TEST(an_event_is_the_same_in_every_feed),
        DESK_TEST(holidays_say),
        DESK_TEST(an_empty_feed_is_a_calendar),
        DESK_TEST(bytes_are_well_formed),
        DESK_TEST(lines_of_every_length_are_well_formed),
        DESK_TEST(a_typical_event_is_small),
        DESK_TEST(names_come_back),
        DESK_TEST(wrong_names_are_told),
        DESK_TEST(titles_suit_calendar_lists),
    };
    return cmocka_run_group_tests_name("feeds", tests, NULL, NULL);
}
