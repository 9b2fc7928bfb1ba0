/* Pages as officers and browsers read them: whole and safe HTML, the right rows in the right lists, commands
 * that can be typed, and colours that can be read. */
#include "publish/page.h"

#include "page_desk.h"
#include "publish/page_html.h"
#include "table.h"
#include "time/clock.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void has(const char *page, const char *piece)
{
    if (!strstr(page, piece))
        fail_msg("the page does not have: %s", piece);
}

static void has_not(const char *page, const char *piece)
{
    const char *at = strstr(page, piece);
    if (at)
        fail_msg("the page should not have: %s\n%.200s", piece, at);
}

/* Where the piece stands after `at`, which it must. */
static const char *find(const char *at, const char *piece)
{
    const char *found = strstr(at, piece);
    if (!found)
        fail_msg("missing, or out of order: %s", piece);
    must(found);
    return found;
}

/* The text from one piece to the next one after it. Good until the next call with the same buffer. */
static const char *between(const char *page, const char *from, const char *to, struct text *out)
{
    const char *start = find(page, from);
    const char *end = strstr(start + strlen(from), to);
    text_fini(out);
    text_add_bytes(out, start, end ? (size_t)(end - start) : strlen(start));
    return text_str(out);
}

/* ---- HTML ---- */

static void tell_much(struct page_desk *desk)
{
    page_desk_event(desk, "plan-received", "hp/PC06", "2026-11-12");
    page_desk_event(desk, "plan-received", "hp/X10507", "2026-11-02");
    page_desk_event(desk, "call", NULL, "2026-11-05");
    page_desk_event(desk, "call", NULL, "2026-11-05");
    page_desk_tell(desk, PROGRESS_DONE, "hp-2026:III.3.c:2026-11:hp/PC06", "2026-11-19",
                   "gửi <qua> V01 & trục");
    page_desk_tell(desk, PROGRESS_DONE, "hp-2026:III.3.c:2026-10:hp/PC06", "2026-10-28", NULL);
    page_desk_tell(desk, PROGRESS_EXTEND, "hp-2026:1.1:2026:hp/PC06", "2026-12-02", "xin <gia hạn>");
    page_desk_tell(desk, PROGRESS_CANCEL, "hp-2026:III.3.c:2026-09:hp/PC07", NULL, "bỏ");
    desk->settings.frozen = desk->settings.sample = true;
    desk->settings.faults = &desk->home.faults;
}

static void every_page_is_whole_and_safe(void **state)
{
    struct page_desk *desk = *state;
    for (int told = 0; told < 2; told++) {
        for (int lang = LANG_VI; lang <= LANG_EN; lang++) {
            desk->settings.lang = (enum lang)lang;
            for (size_t i = 0; page_desk_paths[i]; i++) {
                const char *page = page_desk_page(desk, page_desk_paths[i]);
                has(page, lang == LANG_VI ? "<html lang=\"vi\">" : "<html lang=\"en\">");
                has(page, "<a class=\"skip\" href=\"#main\">");
                has_not(page, "<script");
                has_not(page, "(null)");
            }
        }
        tell_much(desk);
    }
}

static void titles_are_escaped(void **state)
{
    struct page_desk *desk = *state;
    static const char written[] = "&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#39;nháy&#39;";
    static const char *const paths[] = {"/", "/due", "/units/hp/PC06", "/plans/hp-2026",
                                        "/items/hp-2026/1.1"};
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++)
        has(page_desk_page(desk, paths[i]), written);
    has(page_desk_page(desk, "/items/hp-2026/1.1"), "Báo cáo &lt;b&gt;");
    has(page_desk_page(desk, "/subscribe/unit/hp/PC06"), "Hạn &lt;của&gt; PC06");
}

/* %s is escaped, markup is not; the language chooses the text. */
static void formats_escape(void **state)
{
    (void)state;
    struct page_settings settings = {.lang = LANG_EN};
    auto_text out = {0};
    struct html html = {.out = &out, .settings = &settings, .lang = LANG_EN};
    html_add(&html, "<b>%s</b> %d%% %zu", "<&>\"'", -5, (size_t)7);
    html_say(&html, " vi %s", " en %s", "x");
    assert_string_equal(text_str(&out), "<b>&lt;&amp;&gt;&quot;&#39;</b> -5% 7 en x");
}

static void links_carry_the_language(void **state)
{
    struct page_desk *desk = *state;
    static const struct {
        enum lang page, site;
        const char *link, *other;
    } cases[] = {
        {LANG_VI, LANG_VI, "href=\"/items/hp-2026/III.3.c\"", "href=\"/?lang=en\">English</a>"},
        {LANG_EN, LANG_VI, "href=\"/items/hp-2026/III.3.c?lang=en\"", "href=\"/\">Tiếng Việt</a>"},
        {LANG_EN, LANG_EN, "href=\"/items/hp-2026/III.3.c\"", "href=\"/?lang=vi\">Tiếng Việt</a>"},
        {LANG_VI, LANG_EN, "href=\"/items/hp-2026/III.3.c?lang=vi\"", "href=\"/\">English</a>"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        desk->settings.lang = cases[i].page;
        desk->settings.site_lang = cases[i].site;
        const char *page = page_desk_page(desk, "/");
        has(page, cases[i].link);
        has(page, cases[i].other);
        has(page, "href=\"/style.css\"");
    }
}

static void paths_are_encoded(void **state)
{
    struct page_desk *desk = *state;
    has(page_desk_page(desk, "/units/hp/PC07"), "href=\"/items/hp-2026/PL/a%2Bb\"");
}

static void rules_texts_are_marked_vietnamese(void **state)
{
    struct page_desk *desk = *state;
    desk->settings.lang = LANG_EN;
    has(page_desk_page(desk, "/"), "lang=\"vi\">Báo cáo tháng</a>");
    has(text_str(&desk->page), "<time datetime=\"2026-11-20\">Friday 20 Nov 2026</time>");
    desk->settings.lang = LANG_VI;
    has_not(page_desk_page(desk, "/"), "lang=\"vi\">Báo cáo tháng</a>");
}

/* ---- which list ---- */

static void the_last_working_day_decides(void **state)
{
    (void)state;
    /* 20/11/2026 is a Friday, 24/11 a Tuesday and a day off. */
    static const struct {
        const char *today, *due, *act_by;
        enum state state;
        enum bucket bucket;
    } cases[] = {
        {"2026-11-20", "2026-11-19", "2026-11-19", STATE_OVERDUE, BUCKET_OVERDUE},
        {"2026-11-20", "2026-11-20", "2026-11-20", STATE_OPEN, BUCKET_TODAY},
        {"2026-11-20", "2026-11-21", "2026-11-20", STATE_OPEN, BUCKET_TODAY}, /* Saturday: finish on Friday */
        {"2026-11-20", "2026-11-22", "2026-11-20", STATE_EXTENDED, BUCKET_TODAY},
        {"2026-11-21", "2026-11-22", "2026-11-20", STATE_OPEN, BUCKET_TODAY}, /* Friday is gone */
        {"2026-11-20", "2026-11-23", "2026-11-23", STATE_OPEN, BUCKET_SOON}, /* next Monday is another week */
        {"2026-11-19", "2026-11-20", "2026-11-20", STATE_OPEN, BUCKET_WEEK},
        {"2026-11-19", "2026-11-22", "2026-11-20", STATE_OPEN, BUCKET_WEEK},
        {"2026-11-23", "2026-11-24", "2026-11-23", STATE_OPEN, BUCKET_TODAY}, /* tomorrow is a day off */
        {"2026-11-24", "2026-11-24", "2026-11-23", STATE_OPEN, BUCKET_TODAY},
        {"2026-11-25", "2026-11-24", "2026-11-23", STATE_OVERDUE, BUCKET_OVERDUE},
        {"2026-11-22", "2026-11-24", "2026-11-23", STATE_OPEN, BUCKET_SOON}, /* Sunday ends the week */
        {"2026-11-16", "2026-11-22", "2026-11-20", STATE_OPEN, BUCKET_WEEK},
        {"2026-11-20", "2027-01-19", "2027-01-19", STATE_OPEN, BUCKET_SOON},
        {"2026-11-20", "2027-01-20", "2027-01-20", STATE_OPEN, BUCKET_LATER},
        {"2026-11-20", "2026-11-19", "2026-11-19", STATE_DONE, BUCKET_NONE},
        {"2026-11-20", "2026-11-23", "2026-11-23", STATE_CANCELLED, BUCKET_NONE},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct outlook outlook = {.today = day_of(cases[i].today)};
        struct occurrence one = {
            .due = day_of(cases[i].due), .act_by = day_of(cases[i].act_by), .state = cases[i].state};
        if (occurrence_bucket(&outlook, &one) != cases[i].bucket)
            fail_msg("today %s, due %s: bucket %d", cases[i].today, cases[i].due,
                     (int)occurrence_bucket(&outlook, &one));
    }
    struct outlook outlook = {.today = day_of("2026-11-20")};
    assert_int_equal(
        occurrence_bucket(&outlook,
                          &(struct occurrence){.due = DAY_NONE, .act_by = DAY_NONE, .state = STATE_WAITING}),
        BUCKET_NONE);
}

static void dashboard_lists(void **state)
{
    struct page_desk *desk = *state;
    auto_text part = {0};
    const char *page = page_desk_page(desk, "/");
    const char *today = between(page, "<section class=\"bucket today\"", "</section>", &part);
    has(today, "href=\"/items/hp-2026/1.1\""); /* due on Sunday: today is the last working day */
    has(today, "Phải xong trong hôm nay");
    has(today, "<time datetime=\"2026-11-22\">chủ nhật 22/11/2026</time>");
    const char *soon = between(page, "<section class=\"bucket soon\"", "</section>", &part);
    has(soon, "href=\"/items/hp-2026/III.3.c\"");
    has(soon, "Xong trước hết <time datetime=\"2026-11-23\">thứ hai 23/11/2026</time>; ngày hạn là ngày nghỉ "
              "(Ngày Văn hóa)");
    has(soon, "chưa rõ đơn vị");
    has(soon, "<a href=\"/units/hp/PC06\" title=\"Phòng &lt;QLHC&gt; &amp; TTXH\">PC06</a>, <a "
              "href=\"/units/hp/PC07\"");
    const char *overdue = between(page, "<section class=\"bucket overdue\"", "</section>", &part);
    has(overdue, "Báo cáo đánh giá");
    has_not(overdue, "Sau khi xong");
    has_not(page, "Không rõ</a>"); /* what has no day is in no list of days */
}

static void progress_is_never_rounded_up(void **state)
{
    (void)state;
    static const struct {
        size_t done, total;
        const char *bar; /* NULL: empty */
    } cases[] = {
        {0, 5, NULL},
        {1, 5, "M0 0h200v10H0z"},
        {1, 131, "M0 0h12v10H0z"},
        {118, 131, "M0 0h900v10H0z"},
        {130, 131, "h992"},
        {131, 131, "M0 0h1000v10H0z"},
        {3746, 3747, "M0 0h999v10H0z"},
    };
    struct page_settings settings = {.lang = LANG_VI};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        auto_text out = {0};
        char words[64];
        struct html html = {.out = &out, .settings = &settings};
        html_progress(&html, cases[i].done, cases[i].total);
        snprintf(words, sizeof words, "aria-label=\"xong %zu trên %zu\"", cases[i].done, cases[i].total);
        has(text_str(&out), words);
        if (cases[i].bar)
            has(text_str(&out), cases[i].bar);
        else
            has_not(text_str(&out), "<path");
    }
    auto_text out = {0};
    html_progress(&(struct html){.out = &out, .settings = &settings}, 0, 0);
    assert_int_equal(out.n, 0);
}

static void gatherings_count_their_offices(void **state)
{
    struct page_desk *desk = *state;
    auto_text part = {0};
    page_desk_tell(desk, PROGRESS_DONE, "hp-2026:III.3.c:2026-11:hp/PC06", "2026-11-19", NULL);
    page_desk_tell(desk, PROGRESS_CANCEL, "hp-2026:III.3.c:2026-11:hp/PC07", NULL, "không phải làm");
    page_desk_event(desk, "plan-received", "hp/PC06", "2026-11-02");
    page_desk_event(desk, "plan-received", "hp/PC07", "2026-11-18");
    const char *page = page_desk_page(desk, "/");
    has(between(page, "tháng 11/2026", "</li>", &part), "aria-label=\"xong 1 trên 4\"");
    const char *row =
        between(page, "Kế hoạch của đơn vị", "</li>", &part); /* 12/11 and 30/11; three have no plan yet */
    has(row, "1 quá hạn");
    has(row, "3 chờ sự kiện");
    has(row, "muộn nhất <time datetime=\"2026-11-30\">30/11</time>");
}

static void old_deadlines_are_folded(void **state)
{
    struct page_desk *desk = *state;
    auto_text part = {0};
    has_not(page_desk_page(desk, "/"), "class=\"backlog\"");
    desk->facts.first_day = day_of("2026-11-20"); /* all of them: nothing newer to look at first */
    has(page_desk_page(desk, "/"), "<details class=\"backlog\" open>");
    desk->facts.first_day = day_of("2026-09-01");
    const char *old = between(page_desk_page(desk, "/"), "<details class=\"backlog\">", "</details>", &part);
    has(old, "trước khi bắt đầu ghi nhận (<time datetime=\"2026-09-01\">1/9/2026</time>)");
    has(old, "tháng 8/2026");
    has_not(old, "tháng 9/2026"); /* due 24/9: after the first day */
    has(text_str(&desk->page), "tháng 9/2026");
}

static void events_to_record_are_listed(void **state)
{
    struct page_desk *desk = *state;
    auto_text part = {0};
    const char *events = between(page_desk_page(desk, "/"), "Chờ ghi nhận sự kiện", "</section>", &part);
    has(events, "href=\"/events/hp-2026/plan-received\">Nhận được &lt;Kế hoạch&gt;</a> <span "
                "class=\"small\">1 việc chờ");
    has(events, "Kế hoạch của BCA</a> <span class=\"small\">2 việc chờ");
    has_not(events, "Có yêu cầu báo cáo"); /* may happen, but is not missing */
    static const char *const offices[] = {"hp/PC06", "hp/PC07", "hp/X10507", "hp/X10525"};
    for (size_t i = 0; i < sizeof offices / sizeof *offices; i++)
        page_desk_event(desk, "plan-received", offices[i], "2026-11-02");
    has(page_desk_page(desk, "/"), "Nhận được &lt;Kế hoạch&gt;</a>"); /* one office is still without */
    page_desk_event(desk, "plan-received", "hp/X10532", "2026-11-02");
    has_not(page_desk_page(desk, "/"), "Nhận được &lt;Kế hoạch&gt;</a>");
}

static void closed_plans_leave_the_lists(void **state)
{
    struct page_desk *desk = *state;
    page_desk_at(desk, "2027-06-01");
    const char *page = page_desk_page(desk, "/");
    has_not(page, "Báo cáo tháng");
    has(page, "Không có việc quá hạn.");
    has(page, "1 kế hoạch đã khép");
    has_not(page_desk_page(desk, "/units/hp/PC06"), "Báo cáo tháng");
    has(page_desk_page(desk, "/plans/hp-2026"), "Kế hoạch đã khép");
}

static void many_rows(struct text *rules, size_t offices, size_t singles)
{
    text_add(rules, "api(1)\norg \"hp\" { title = \"Công an\", units = {");
    for (size_t i = 0; i < offices; i++)
        text_addf(rules, " X1%04zu = { title = \"Công an phường Nguyễn Bỉnh Khiêm số %zu\" },", i, i);
    text_add(rules, "} }\nplan \"hp-2026\" { org = \"hp\", issued = \"2026-01-07\", period = \"2026\", title "
                    "= \"Kế hoạch\" }\n");
    for (int i = 0; i < 6; i++)
        text_addf(rules,
                  "report \"M.%d\" { title = \"Báo cáo tháng số %d\", lead = \"@all\", due = "
                  "every(\"month\", { by_day = %d }) }\n",
                  i, i, 20 + i);
    for (size_t i = 0; i < singles; i++)
        text_addf(rules,
                  "task \"S.%zu\" { title = \"Đề xuất phương án đơn giản hóa <thủ tục> & quy trình nội bộ "
                  "giữa các đơn vị số %zu\","
                  " lead = { \"X1%04zu\", \"X1%04zu\", \"X1%04zu\" }, due = by \"2026-%02zu-%02zu\" }\n",
                  i, i, i % offices, (i + 1) % offices, (i + 2) % offices, 10 + i % 3, 1 + i % 28);
}

static void a_large_overview_stays_small(void **state)
{
    struct page_desk *desk = *state;
    auto_text rules = {0}, part = {0};
    many_rows(&rules, 130, 600);
    page_desk_rules(desk, text_str(&rules));
    page_desk_at(desk, "2026-11-20");
    assert_true(desk->outlook->n > 10000);
    const char *page = page_desk_page(desk, "/");
    assert_in_range(desk->page.n, 60 * 1024, 150 * 1024);
    has(page, "href=\"/due#overdue\"");
    has(page, "href=\"/due#soon\"");
    assert_int_equal(times_in(between(page, "<ul class=\"offices\">", "</ul>", &part), "<li>"), 130);
    /* The latest overdue are those that are shown. */
    has(between(page, "<section class=\"bucket overdue\"", "</section>", &part), "datetime=\"2026-11-19\"");
    const char *all = page_desk_page(desk, "/due");
    for (size_t i = 0; i < 600; i += 37) {
        char link[64];
        snprintf(link, sizeof link, "href=\"/items/hp-2026/S.%zu\"", i);
        has(all, link);
    }
}

/* ---- an office, a plan, a row ---- */

static void an_office_sees_what_to_record(void **state)
{
    struct page_desk *desk = *state;
    auto_text part = {0};
    const char *page = page_desk_page(desk, "/units/hp/PC06");
    has(page, "href=\"/turns/hp-2026%3AIII.3.c%3A2026-11%3Ahp/PC06\">Ghi kết quả");
    has(page, "href=\"/events/hp-2026/plan-received?unit=hp/PC06\">Ghi ngày");
    has(page, "href=\"/events/hp-2026/bca-plan\">Ghi ngày"); /* one day for all */
    has(between(page, "id=\"waiting\"", "</section>", &part), "hạn trong 10 ngày sau đó");
    has(text_str(&part), "Việc khác làm xong trước");
    has(text_str(&part), "Sau khi xong");
    has_not(text_str(&part), "Báo cáo đột xuất");
    has(between(page, "id=\"recurring\"", "</section>", &part), "Báo cáo đột xuất");
    has(between(page, "id=\"standing\"", "</section>", &part), "Không rõ");
    has(page, "gửi <span title=\"Bộ Công an\">BCA</span>"); /* outside offices have no page */
    has_not(page, "Tổng hợp</a>");
}

static void an_office_sees_what_others_send(void **state)
{
    struct page_desk *desk = *state;
    auto_text part = {0};
    const char *page = page_desk_page(desk, "/units/hp/PV01");
    const char *others = between(page, "<h2 id=\"others\">", "</section>", &part);
    has(others, "nhận từ 5 đơn vị");
    has(others, "phối hợp với <a href=\"/units/hp/PC06\"");
    has_not(others, "hanchot done"); /* not this office's to say */
    has(page_desk_page(desk, "/units/hp/OLD"),
        "Đơn vị hoạt động đến <time datetime=\"2026-03-01\">1/3/2026</time>, tiếp nhận: hp/PC06");
}

static void an_office_sees_what_it_did(void **state)
{
    struct page_desk *desk = *state;
    auto_text part = {0};
    page_desk_tell(desk, PROGRESS_DONE, "hp-2026:III.3.c:2026-10:hp/PC06", "2026-10-28", NULL);
    page_desk_tell(desk, PROGRESS_DONE, "hp-2026:III.3.c:2026-09:hp/PC06", "2026-10-20",
                   NULL); /* 31 days ago */
    const char *done = between(page_desk_page(desk, "/units/hp/PC06"), "id=\"done\"", "</section>", &part);
    has(done, "tháng 10/2026");
    has(done, "xong <time datetime=\"2026-10-28\">28/10</time>, trễ hạn");
    has_not(done, "tháng 9/2026");
    has_not(text_str(&desk->page), "done hp-2026:III.3.c:2026-10:hp/PC06");
}

static void a_plan_stands_in_its_own_order(void **state)
{
    struct page_desk *desk = *state;
    static const char *const order[] = {"<span class=\"ref\">III</span>",
                                        ">III.3.c</th>",
                                        ">III.3.b</th>",
                                        "<span class=\"ref\">1</span>",
                                        ">1.1</th>",
                                        ">1.2</th>",
                                        ">1.3</th>",
                                        ">1.4</th>",
                                        ">1.10</th>",
                                        ">1.11</th>",
                                        "id=\"events\""};
    const char *at = page_desk_page(desk, "/plans/hp-2026");
    for (size_t i = 0; i < sizeof order / sizeof *order; i++)
        at = find(at, order[i]);
    auto_text part = {0};
    has(between(text_str(&desk->page), ">1.3</th>", "</tr>", &part), "mất ở chỗ &lt;ngắt&gt; trang");
    /* The turn to come, not the first, and what is overdue of all turns. */
    has(between(text_str(&desk->page), ">III.3.c</th>", "</tr>", &part),
        "class=\"when\" data-label=\"Hạn\"><time datetime=\"2026-11-24\">");
    has(text_str(&part), "50 quá hạn");
    has(between(text_str(&desk->page), ">1.11</th>", "</tr>", &part), "cột &lt;thời gian&gt; mất");
}

static void a_plan_shows_its_events(void **state)
{
    struct page_desk *desk = *state;
    auto_text part = {0};
    has(between(page_desk_page(desk, "/plans/hp-2026"), "<h2 id=\"events\">", "</section>", &part),
        "chưa ghi nhận");
    page_desk_event(desk, "plan-received", "hp/PC06", "2026-11-12");
    const char *events =
        between(page_desk_page(desk, "/plans/hp-2026"), "<h2 id=\"events\">", "</section>", &part);
    has(events, "<time datetime=\"2026-11-12\">12/11/2026</time> hp/PC06");
    has(events, "href=\"/events/hp-2026/call\">Ghi ngày");
}

static void a_row_tells_everything(void **state)
{
    struct page_desk *desk = *state;
    page_desk_tell(desk, PROGRESS_EXTEND, "hp-2026:1.1:2026:hp/PC06", "2026-12-02", "xin <gia hạn>");
    page_desk_tell(desk, PROGRESS_REOPEN, "hp-2026:1.1:2026:hp/PC06", NULL, NULL);
    const char *page = page_desk_page(desk, "/items/hp-2026/1.1");
    static const char *const pieces[] = {
        "<q lang=\"vi\">&quot;trước&quot; &lt;20/01&gt; &amp; sau</q>",
        "Báo cáo &lt;b&gt;",
        "Mẫu &amp; 1",
        "Bản chụp &lt;mờ&gt;",
        "Thông tư &lt;57&gt;</span>, <a href=\"/items/hp-2026/1.6\">1.6 Tuyên truyền chung</a>",
        "/rules/hp-2026.lua:",
        "Bộ Công an",
        "ít nhất 99,5",
        "hp-2026:1.1#online",
        "gia hạn đến <time datetime=\"2026-12-02\">2/12/2026</time>",
        "xin &lt;gia hạn&gt;",
        "Đội &lt;6&gt;",
        "<time datetime=\"2026-11-20T08:00:00+07:00\">08:00 20/11/2026</time>",
        "gia hạn từ <time datetime=\"2026-11-22\">22/11</time>",
        "<code class=\"cmd\">hanchot done hp-2026:1.1:2026:hp/PC06 --on 2026-11-20</code>"};
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++)
        has(page, pieces[i]);
    assert_true(strstr(page, "mở lại") < strstr(page, "xin &lt;gia hạn&gt;")); /* the newest first */
    assert_int_equal(times_in(page, "Bản chụp &lt;mờ&gt;"), 1);
}

static void a_row_shows_its_turns(void **state)
{
    struct page_desk *desk = *state;
    auto_text part = {0};
    page_desk_tell(desk, PROGRESS_DONE, "hp-2026:III.3.c:2026-10:hp/PC06", "2026-10-28", NULL);
    const char *page = page_desk_page(desk, "/items/hp-2026/III.3.c");
    const char *turn = between(page, "<th scope=\"row\">tháng 10/2026</th>", "</tr>", &part);
    has(turn, "<time datetime=\"2026-10-24\">thứ bảy 24/10/2026</time> <span class=\"small\">xong trước hết "
              "<time datetime=\"2026-10-23\">");
    has(turn, "quá hạn: 4");
    has(turn, ">PC06</a> (<time datetime=\"2026-10-28\">28/10</time>, trễ)");
    has(turn, "lang=\"vi\" title=\"CA phường Thành Đông\">CA phường Thành Đông</a>"); /* a number for machines
                                                                                         is no name */
    has_not(between(page, "<th scope=\"row\">tháng 12/2026</th>", "</tr>", &part), "<details>");
    const char *standing = page_desk_page(desk, "/items/hp-2026/1.2");
    has(between(standing, "id=\"duty-\"", "</section>", &part), "không có hạn");
    has_not(text_str(&part), "hanchot done"); /* what never ends is never done */
    has(page_desk_page(desk, "/items/hp-2026/1.3"), "Dòng này mất trong bản chụp");
    has(page_desk_page(desk, "/items/hp-2026/1.7"), "chưa rõ: cột bị mất");
    has(page_desk_page(desk, "/items/hp-2026/1.10"), "kế hoạch không ghi ngày");
}

static void repeated_records_are_counted(void **state)
{
    struct page_desk *desk = *state;
    page_desk_event(desk, "call", NULL, "2026-11-05");
    page_desk_event(desk, "call", NULL, "2026-11-05");
    const char *page = page_desk_page(desk, "/items/hp-2026/1.5");
    has(page, "<th scope=\"row\">ngày 5/11/2026</th>");
    has(page, "<th scope=\"row\">ngày 5/11/2026, lần 2</th>");
    desk->settings.lang = LANG_EN;
    has(page_desk_page(desk, "/items/hp-2026/1.5"), "<th scope=\"row\">5 November 2026, no. 2</th>");
}

/* An id may be typed as it stands; what a shell would take apart is quoted. */
static void commands_can_be_typed(void **state)
{
    struct page_desk *desk = *state;
    static const char *const cases[][2] = {
        {"hp-2026:1.7.2#report:2026:hp/PH10", "hanchot done hp-2026:1.7.2#report:2026:hp/PH10 --on"},
        {"a b", "hanchot done 'a b' --on"},
        {"a;rm", "hanchot done 'a;rm' --on"},
        {"o'x$y", "hanchot done 'o'\\''x$y' --on"},
        {"việc", "hanchot done 'việc' --on"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        auto_text out = {0};
        struct html html = {.out = &out, .settings = &desk->settings, .outlook = desk->outlook};
        html_done_command(&html, &(struct occurrence){.id = cases[i][0]});
        has(text_str(&out), cases[i][1]);
    }
}

/* ---- notices, subscribing, errors ---- */

static void doubts_are_told_on_top(void **state)
{
    struct page_desk *desk = *state;
    struct faults faults;
    has(page_desk_page(desk, "/"),
        "Lịch nghỉ năm 2027 chưa công bố đủ: 1 hạn, sớm nhất <time datetime=\"2027-01-04\">4/1/2027</time>");
    has_not(text_str(&desk->page), "Đồng hồ đứng yên");
    has_not(text_str(&desk->page), "Số liệu mẫu");
    desk->settings.frozen = desk->settings.sample = true;
    faults_init(&faults, LANG_VI);
    desk->settings.faults = &faults;
    faults_warn(&faults, "rules/x.lua", 1, 0, "cảnh báo thôi", "a warning only");
    has_not(page_desk_page(desk, "/"), "cảnh báo thôi");
    for (int i = 1; i <= 13; i++)
        faults_add(&faults, "rules/<x>.lua", i, 0, "khóa lạ <%d>", "unknown key <%d>", i);
    const char *page = page_desk_page(desk, "/");
    has(page, "Tệp quy tắc có 13 lỗi");
    has(page, "<code>rules/&lt;x&gt;.lua:10</code> khóa lạ &lt;10&gt;");
    has_not(page, "khóa lạ &lt;11&gt;");
    has(page, "và 3 lỗi nữa");
    has(page, "như thể bây giờ là <time datetime=\"2026-11-20T08:00:00+07:00\">");
    has(page, "Số liệu mẫu");
    page = page_desk_page(desk, "/plans/hp-2026");
    has(page, "Tệp quy tắc có 13 lỗi");
    has_not(page, "khóa lạ");
    faults_fini(&faults);
}

static void subscribing_has_full_links(void **state)
{
    struct page_desk *desk = *state;
    const char *page = page_desk_page(desk, "/subscribe/unit/hp/PC06");
    has(page, "<code class=\"cmd\" "
              "aria-labelledby=\"link\">https://lich.example.vn/calendars/unit/hp/PC06.ics</code>");
    has(page, "href=\"webcal://lich.example.vn/calendars/unit/hp/PC06.ics\"");
    has(page, "href=\"https://lich.example.vn/calendars/unit/hp/PC06.ics?as=todo\"");
    has(page, "class=\"ink\" d=\"M0 0h7v1h-7z"); /* the corner of the QR code */
    static const char *const clients[] = {"Thunderbird", "iPhone",          "Android",
                                          "Outlook",     "Google Calendar", "Evolution"};
    for (size_t i = 0; i < sizeof clients / sizeof *clients; i++)
        has(page, clients[i]);
}

static void subscribing_without_address(void **state)
{
    struct page_desk *desk = *state;
    desk->settings.url = NULL;
    const char *page = page_desk_page(desk, "/subscribe/all");
    has(page, "href=\"/calendars/all.ics\"");
    has(page, "chưa khai báo địa chỉ công khai");
    has_not(page, "webcal://");
    has_not(page, "class=\"qr\"");
}

static void errors_say_what_to_do(void **state)
{
    (void)state;
    static const struct {
        int status;
        const char *vi, *en;
    } cases[] = {
        {400, "Yêu cầu không đúng", "Bad request"},
        {403, "Không được phép xem", "Not allowed"},
        {404, "Không có trang này", "No such page"},
        {405, "Trang này chỉ để xem", "This page is only for reading"},
        {500, "Máy chủ gặp lỗi", "The server failed"},
        {503, "Máy chủ đang bận", "The server is busy"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        for (int lang = LANG_VI; lang <= LANG_EN; lang++) {
            auto_text page = {0};
            struct page_settings settings = {.lang = (enum lang)lang};
            page_error(&settings, cases[i].status, "/units/<x>", &page);
            html_read(text_str(&page), "error");
            has(text_str(&page), lang == LANG_VI ? cases[i].vi : cases[i].en);
            has(text_str(&page), "/units/&lt;x&gt;");
        }
}

/* ---- the style sheet ---- */

/* The value of a token as luminance (WCAG 2.1): of the dark scheme where it says otherwise. */
static double luminance(const char *hex)
{
    double sum = 0;
    static const double weight[] = {0.2126, 0.7152, 0.0722};
    size_t n = strspn(hex, "0123456789abcdef");
    assert_true(n == 3 || n == 6);
    for (size_t i = 0; i < 3; i++) {
        char digits[3] = {hex[n == 3 ? i : 2 * i], hex[n == 3 ? i : 2 * i + 1], '\0'};
        double c = (double)strtol(digits, NULL, 16) / 255;
        sum += weight[i] * (c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4));
    }
    return sum;
}

static double token(const char *css, const char *name, bool dark)
{
    char wanted[32];
    snprintf(wanted, sizeof wanted, "--%s: #", name);
    const char *scheme = find(css, "prefers-color-scheme: dark"), *end = find(scheme, "\n}\n");
    const char *at = dark ? strstr(scheme, wanted) : NULL;
    if (!at || at > end)
        at = find(css, wanted);
    return luminance(at + strlen(wanted));
}

static void colours_can_be_read(void **state)
{
    (void)state;
    static const char *const pairs[][2] = {
        {"ink", "ground"},      {"ink", "panel"},    {"ink", "soft"},         {"ink", "late-ground"},
        {"ink", "soon-ground"}, {"muted", "ground"}, {"muted", "panel"},      {"link", "ground"},
        {"link", "panel"},      {"late", "panel"},   {"late", "late-ground"}, {"soon", "soon-ground"},
        {"soon", "panel"},      {"good", "panel"},   {"good", "good-ground"}, {"on-brand", "brand"},
    };
    size_t n;
    const char *css = page_style(&n);
    assert_int_equal(n, strlen(css));
    for (int dark = 0; dark < 2; dark++)
        for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
            double a = token(css, pairs[i][0], dark), b = token(css, pairs[i][1], dark);
            double contrast = (fmax(a, b) + 0.05) / (fmin(a, b) + 0.05);
            if (contrast < 4.5)
                fail_msg("%s on %s%s: %.2f", pairs[i][0], pairs[i][1], dark ? " (dark)" : "", contrast);
        }
}

static void assets_need_nothing_from_outside(void **state)
{
    (void)state;
    size_t n;
    const char *css = page_style(&n);
    has_not(css, "url(");
    has_not(css, "@import");
    has(css, "@media print");
    has(page_icon(&n), "<svg xmlns=");
    has_not(page_icon(&n), "href");
}

#define DESK_TEST(name) cmocka_unit_test_setup_teardown(name, page_desk_setup, page_desk_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        DESK_TEST(every_page_is_whole_and_safe),
        DESK_TEST(titles_are_escaped),
        cmocka_unit_test(formats_escape),
        DESK_TEST(links_carry_the_language),
        DESK_TEST(paths_are_encoded),
        DESK_TEST(rules_texts_are_marked_vietnamese),
        cmocka_unit_test(the_last_working_day_decides),
        DESK_TEST(dashboard_lists),
        cmocka_unit_test(progress_is_never_rounded_up),
        DESK_TEST(gatherings_count_their_offices),
        DESK_TEST(old_deadlines_are_folded),
        DESK_TEST(events_to_record_are_listed),
        DESK_TEST(closed_plans_leave_the_lists),
        DESK_TEST(a_large_overview_stays_small),
        DESK_TEST(an_office_sees_what_to_record),
        DESK_TEST(an_office_sees_what_others_send),
        DESK_TEST(an_office_sees_what_it_did),
        DESK_TEST(a_plan_stands_in_its_own_order),
        DESK_TEST(a_plan_shows_its_events),
        DESK_TEST(a_row_tells_everything),
        DESK_TEST(a_row_shows_its_turns),
        DESK_TEST(repeated_records_are_counted),
        DESK_TEST(commands_can_be_typed),
        DESK_TEST(doubts_are_told_on_top),
        DESK_TEST(subscribing_has_full_links),
        DESK_TEST(subscribing_without_address),
        DESK_TEST(errors_say_what_to_do),
        cmocka_unit_test(colours_can_be_read),
        cmocka_unit_test(assets_need_nothing_from_outside),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
