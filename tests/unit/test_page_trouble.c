/* What did not arrive, on top of the overview and the alerts, for those who run hanchot. */
#include "ledger/letters.h"
#include "page_desk.h"
#include "time/clock.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define MORNING INT64_C(1795136400) /* 20/11/2026 08:00 */

static void has(const char *page, const char *piece)
{
    if (!strstr(page, piece))
        fail_msg("no '%s' in:\n%s", piece, page);
}

static void has_not(const char *page, const char *piece)
{
    if (strstr(page, piece))
        fail_msg("'%s' in:\n%s", piece, page);
}

static void nothing_is_said_where_all_arrives(void **state)
{
    struct page_desk *desk = *state;
    struct letter waiting = {
        .notice = 7, .channel = "mail:a@x", .title = "t", .told_at = MORNING, .tries = 2};
    struct letters letters = {.list = &waiting, .n = 1};
    struct proof proof = {.rungs = 12};
    struct page_trouble trouble = {.letters = &letters, .proof = &proof, .now = MORNING};
    auto_text without = {0};
    text_add(&without, page_desk_page(desk, "/"));
    desk->settings.trouble = &trouble;
    assert_string_equal(page_desk_page(desk, "/"),
                        text_str(&without)); /* a letter that waits is no trouble */
}

static void refused_letters_are_named_with_their_number(void **state)
{
    struct page_desk *desk = *state;
    struct letter list[7];
    struct letters letters = {.list = list, .n = 7};
    struct page_trouble trouble = {.letters = &letters, .now = MORNING};
    for (int i = 0; i < 7; i++)
        list[i] = (struct letter){.notice = 40 + i,
                                  .channel = "mail:<a>@x",
                                  .title = "Hạn chót & <b>",
                                  .told_at = MORNING,
                                  .refused_at = MORNING + 1,
                                  .detail = "550 <no>"};
    desk->settings.trouble = &trouble;
    for (size_t i = 0; i < 2; i++) {
        const char *page = page_desk_page(desk, i ? "/alerts" : "/");
        has(page, "<strong>7 thư hoặc webhook bị nơi nhận từ chối.</strong>");
        has(page, "<code>hanchot alerts --resend SỐ</code>");
        has(page, "<li>số 46, <time datetime=\"2026-11-20T08:00:00+07:00\">08:00 20/11/2026</time>: "
                  "<code>mail:&lt;a&gt;@x</code> Hạn chót &amp; &lt;b&gt; – 550 &lt;no&gt;</li>");
        has_not(page, "số 41,");
        has(page, "… và 2 cái nữa");
    }
    desk->settings.lang = LANG_EN;
    has(page_desk_page(desk, "/"), "Mails or webhook calls refused by their receivers: 7.");
    has(text_str(&desk->page), "number 46,");
}

static void what_takes_nothing_is_named_after_two_hours(void **state)
{
    struct page_desk *desk = *state;
    struct failing one = {.way = "mail",
                          .first = "a@x",
                          .n = 3,
                          .all = true,
                          .since = MORNING,
                          .first_failed = MORNING,
                          .detail = "421 <busy>"};
    struct failings failings = {.list = &one, .n = 1};
    struct page_trouble trouble = {.failing = &failings, .now = MORNING + FAILING_SECONDS - 1};
    desk->settings.trouble = &trouble;
    has_not(page_desk_page(desk, "/"), "gửi được từ");
    trouble.now++;
    has(page_desk_page(desk, "/"),
        "<strong>Không thư nào gửi được từ 08:00 20/11/2026.</strong> Trả lời gần nhất: "
        "421 &lt;busy&gt;. Hãy kiểm tra máy chủ thư");
    desk->settings.lang = LANG_EN;
    has(page_desk_page(desk, "/alerts"), "No mail could be delivered since");
}

static void gaps_are_counted_and_the_latest_named(void **state)
{
    struct page_desk *desk = *state;
    struct gap list[2] = {
        {GAP_UNTOLD, "hp-2026:III.3.c:2026-11:hp/PC06@hanchot", "hp/PC06", "-3 2026-11-24", 20774},
        {GAP_UNTAKEN, "backlog:hp/PC06", "hp/PC06", "once", 20775}};
    struct proof proof = {.list = list, .n = 2, .missing = 2, .rungs = 9, .counts = {1, 1, 0, 0}};
    struct page_trouble trouble = {.proof = &proof, .now = MORNING};
    desk->settings.trouble = &trouble;
    const char *page = page_desk_page(desk, "/");
    has(page, "<strong>Trong 7 ngày qua, 2 lần nhắc chưa tới nơi.</strong>");
    has(page, "<code>hanchot alerts --ledger</code>");
    has(page, "<strong>1</strong> chưa kênh nào nhận: khai địa chỉ thư");
    has(page, "<code>backlog:hp/PC06</code>");
    has(page, "<time datetime=\"2026-11-17\">17/11/2026</time>: <a "
              "href=\"/turns/hp-2026%3AIII.3.c%3A2026-11%3Ahp/PC06\">");
    assert_int_equal(times_in(page, "class=\"notice bad\""), 1);
    list[0].kind = GAP_UNTAKEN; /* where an office has no channel: a warning */
    proof.counts[GAP_UNTOLD] = 0;
    proof.counts[GAP_UNTAKEN] = 2;
    assert_int_equal(times_in(page_desk_page(desk, "/"), "class=\"notice bad\""), 0);
    desk->settings.lang = LANG_EN;
    has(page_desk_page(desk, "/"), "In the last 7 days, reminders that did not arrive: 2.");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(nothing_is_said_where_all_arrives, page_desk_setup,
                                        page_desk_teardown),
        cmocka_unit_test_setup_teardown(refused_letters_are_named_with_their_number, page_desk_setup,
                                        page_desk_teardown),
        cmocka_unit_test_setup_teardown(what_takes_nothing_is_named_after_two_hours, page_desk_setup,
                                        page_desk_teardown),
        cmocka_unit_test_setup_teardown(gaps_are_counted_and_the_latest_named, page_desk_setup,
                                        page_desk_teardown),
    };
    return cmocka_run_group_tests_name("page: trouble", tests, NULL, NULL);
}
