/* Pages on which officers record what happened: their forms, and who gets them. */
#include "publish/page.h"

#include "page_desk.h"

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

static const struct page_writer officer = {.csrf = "0a1b", .name = "Đội <6>"};

static void a_turn_is_recorded_on_its_page(void **state)
{
    static const char path[] = "/turns/hp-2026:III.3.c:2026-11:hp/PC06";
    struct page_desk *desk = *state;
    const char *page = page_desk_page(desk, path);
    has_not(page, "name=\"csrf\""); /* nobody who may write */
    has(page, "name=\"next\" value=\"/turns/hp-2026:III.3.c:2026-11:hp/PC06\"");
    desk->settings.writer = &officer;
    page = page_desk_page(desk, path);
    assert_int_equal(times_in(page, "name=\"csrf\" value=\"0a1b\""), 3); /* done, extend, the alert */
    has(page,
        "<input type=\"date\" id=\"done-on\" name=\"on\" value=\"2026-11-20\" required max=\"2026-11-20\">");
    has(page, "name=\"by\" value=\"Đội &lt;6&gt;\"");
    has(page, "id=\"extend-to\" name=\"to\" value=\"\" required min=\"2026-11-25\"");
    has(page, "id=\"extend-why\" name=\"why\" value=\"\" maxlength=\"300\" required>");
    page_desk_tell(desk, PROGRESS_EXTEND, "hp-2026:III.3.c:2026-11:hp/PC06", "2026-12-02", "chờ <b>");
    page = page_desk_page(desk, path);
    has(page, "<s><time datetime=\"2026-11-24\">24/11/2026</time></s>");
    has(page, "<p>chờ &lt;b&gt;</p>");
    page_desk_tell(desk, PROGRESS_DONE, "hp-2026:III.3.c:2026-11:hp/PC06", "2026-11-20", NULL);
    page = page_desk_page(desk, path);
    has(page, "Mở lại");
    has_not(page, "id=\"extend-to\"");
    has_not(page, "name=\"key\""); /* the alert is quiet */
    const struct page_writer other = {.csrf = "0a1b", .name = "PC07", .why_not = "Không phải đơn vị này."};
    desk->settings.writer = &other;
    page = page_desk_page(desk, path);
    has(page, "Không phải đơn vị này.");
    has_not(page, "name=\"csrf\"");
}

static void alerts_are_answered_on_their_page(void **state)
{
    struct page_desk *desk = *state;
    const char *page = page_desk_page(desk, "/alerts");
    has_not(page, "name=\"csrf\"");
    has(page, "Cần đăng nhập");
    desk->settings.writer = &officer;
    page = page_desk_page(desk, "/alerts");
    has(page, "name=\"key\" value=\"hp-2026:III.3.c:2026-11:hp/PC06@hanchot\"");
    has(page, "<option value=\"hp/PC06\">PC06");
    page = page_desk_page(desk, "/");
    has(page, "Cảnh báo đang mở");
    has(page, "đơn vị khác</span>"); /* the same for several offices: told once */
    page_desk_tell(desk, PROGRESS_DONE, "hp-2026:III.3.c:2026-11:hp/PC06", "2026-11-20", NULL);
    has_not(page_desk_page(desk, "/alerts"),
            "name=\"key\" value=\"hp-2026:III.3.c:2026-11:hp/PC06@hanchot\"");
}

static void many_are_ticked_on_one_page(void **state)
{
    static const char path[] = "/turns/hp-2026:III.3.c:2026-11";
    struct page_desk *desk = *state;
    const char *page = page_desk_page(desk, path);
    has_not(page, "type=\"checkbox\""); /* nobody who may write */
    has(page, "Phòng &lt;QLHC&gt; &amp; TTXH");
    desk->settings.writer = &officer;
    page = page_desk_page(desk, path);
    assert_int_equal(times_in(page, "type=\"checkbox\" name=\"unit\""), 5);
    page_desk_tell(desk, PROGRESS_DONE, "hp-2026:III.3.c:2026-11:hp/PC06", "2026-11-20", "đủ <phụ lục>");
    page = page_desk_page(desk, path);
    assert_int_equal(times_in(page, "type=\"checkbox\" name=\"unit\""), 4);
    has(page, "đủ &lt;phụ lục&gt;");
}

static void an_event_is_recorded_where_it_is_missing(void **state)
{
    struct page_desk *desk = *state;
    desk->settings.writer = &officer;
    const char *page = page_desk_page(desk, "/turns/hp-2026:III.3.b:2026:hp/PC06");
    has(page, "name=\"event\" value=\"plan-received\"");
    has(page, "name=\"unit\" value=\"hp/PC06\"");
    page = page_desk_page(desk, "/turns/hp-2026:1.4:2026:hp/PC06");
    has(page, "name=\"unit\" value=\"*\""); /* one day for all */
    has(page, "name=\"due\"");              /* which that plan sets */
    page = page_desk_page(desk, "/events/hp-2026/plan-received");
    has(page, "<option value=\"*\"");
    has(page, "<option value=\"hp/PC06\">PC06 – Phòng &lt;QLHC&gt;");
    has_not(page, "<option value=\"hp/PV01\""); /* no duty of its rests on it */
    page = page_desk_page(desk, "/events/hp-2026/call");
    has(page, "Mỗi lần xảy ra là một việc mới.");
    has(page, "name=\"seen\" value=\"0\"");
}

static void an_event_tells_its_command(void **state)
{
    struct page_desk *desk = *state;
    const char *page = page_desk_page(desk, "/events/hp-2026/plan-received");
    has(page, "<code class=\"cmd\">hanchot record plan-received --plan hp-2026 --on 2026-11-20</code>");
    has(page, "thêm <code>--unit</code>");
    page = page_desk_page(desk, "/events/hp-2026/bca-plan");
    has(page, "hanchot record bca-plan --plan hp-2026 --on 2026-11-20 --due NĂM-THÁNG-NGÀY</code>");
    has(page_desk_page(desk, "/events/hp-2026/call"), "thêm <code>--new</code>");
}

static void signing_in_tells_nothing_of_the_plans(void **state)
{
    struct page_desk *desk = *state;
    desk->settings.frozen = desk->settings.sample = true;
    desk->settings.faults = &desk->home.faults;
    const char *page = page_desk_page(desk, "/signin/");
    has(page, "Sai &lt;khóa&gt;");
    has(page, "href=\"/signin/style.css\"");
    has(page, "name=\"next\" value=\"/units/hp/PC06\"");
    has_not(page, "notice warn"); /* what only those with a key may know */
    has_not(page, "hp-2026");
    has_not(page, "Số liệu mẫu");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_turn_is_recorded_on_its_page, page_desk_setup, page_desk_teardown),
        cmocka_unit_test_setup_teardown(alerts_are_answered_on_their_page, page_desk_setup,
                                        page_desk_teardown),
        cmocka_unit_test_setup_teardown(many_are_ticked_on_one_page, page_desk_setup, page_desk_teardown),
        cmocka_unit_test_setup_teardown(an_event_is_recorded_where_it_is_missing, page_desk_setup,
                                        page_desk_teardown),
        cmocka_unit_test_setup_teardown(an_event_tells_its_command, page_desk_setup, page_desk_teardown),
        cmocka_unit_test_setup_teardown(signing_in_tells_nothing_of_the_plans, page_desk_setup,
                                        page_desk_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
