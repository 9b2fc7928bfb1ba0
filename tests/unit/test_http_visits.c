/* Marked answers: how often each was fetched, by whom, and that nobody waits for that to be counted. */
#include "publish/http.h"

#include "time/clock.h"

#include "http_talk.h"

#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static void keep_marked(struct talk *talk, const char *path, int64_t mark)
{
    struct answer *answer = talk_text(200, ANSWER_CALENDAR, path);
    answer_mark(answer, mark);
    talk_keep(talk, path, answer);
}

static void fetch(struct talk *talk, const char *method, const char *path, const char *headers)
{
    auto_reply reply;
    talk_ask(talk, method, path, headers, &reply);
    assert_true(reply.status == 200 || reply.status == 304);
}

static void fetches_of_one_round_are_one_visit(void **state)
{
    struct talk *talk = *state;
    struct http_visit list[VISITS_MOST];
    keep_marked(talk, "/s/a/x.ics", 7);
    keep_marked(talk, "/s/a/y.ics", 7);
    keep_marked(talk, "/s/b/x.ics", 9);
    assert_false(http_visited(talk->http));
    enum { ROUND_MS = 2000 };
    int64_t began;
    size_t n;
    do { /* once, unless the machine stalls */
        began = clock_monotonic_ms();
        fetch(talk, "GET", "/s/a/x.ics", "User-Agent: Thunderbird/115\r\n");
        fetch(talk, "HEAD", "/s/a/y.ics", "User-Agent: Thunderbird/115\r\n");
        fetch(talk, "GET", "/s/a/x.ics", "If-None-Match: *\r\nUser-Agent: Th\xe1\xba\xa7y \x80\r\n");
        fetch(talk, "GET", "/s/b/x.ics", "");
        assert_true(http_visited(talk->http));
        n = http_visits_take(talk->http, list);
    } while (clock_monotonic_ms() - began >= ROUND_MS);
    assert_int_equal(n, 2);
    assert_int_equal(list[0].mark, 7);
    assert_int_equal(list[0].fetches, 3);
    assert_int_equal(list[0].unchanged, 1);
    assert_string_equal(list[0].client, "Th\xe1\xba\xa7y ?");
    assert_int_equal(list[1].mark, 9);
    assert_int_equal(list[1].fetches, 1);
    assert_string_equal(list[1].client, "");
    assert_true(list[0].at_ms > 0 && list[0].at_ms <= list[1].at_ms);
    assert_false(http_visited(talk->http));
    assert_int_equal(http_visits_take(talk->http, list), 0);
}

static void what_is_not_marked_is_not_counted(void **state)
{
    struct talk *talk = *state;
    talk_keep(talk, "/calendars/all.ics", talk_text(200, ANSWER_CALENDAR, "all"));
    fetch(talk, "GET", "/calendars/all.ics", "");
    fetch(talk, "GET", "/healthz", "");
    assert_false(http_visited(talk->http));
}

static void the_engine_is_told_of_the_first(void **state)
{
    struct talk *talk = *state;
    struct pollfd wake = {http_wake_fd(talk->http), POLLIN, 0};
    keep_marked(talk, "/s/a/x.ics", 7);
    assert_int_equal(poll(&wake, 1, 0), 0);
    int fd = talk_dial(talk);
    talk_say(fd, "GET /s/a/x.ics HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    assert_int_equal(poll(&wake, 1, 120000), 1);
    auto_reply reply;
    talk_hear(talk, fd, false, &reply);
    assert_int_equal(reply.status, 200);
}

static void a_long_name_is_cut_at_a_character(void **state)
{
    struct talk *talk = *state;
    struct http_visit list[VISITS_MOST];
    char header[512] = "User-Agent: x";
    for (int i = 0; i < 100; i++)
        strncat(header, "đ", 3);
    strncat(header, "\r\n", 3);
    keep_marked(talk, "/s/a/x.ics", 7);
    fetch(talk, "GET", "/s/a/x.ics", header);
    assert_int_equal(http_visits_take(talk->http, list), 1);
    assert_true(strlen(list[0].client) < VISIT_CLIENT_SIZE && strlen(list[0].client) > VISIT_CLIENT_SIZE - 4);
    assert_true(utf8_valid(list[0].client, strlen(list[0].client), NULL));
}

static void more_links_than_there_is_room_for(void **state)
{
    struct talk *talk = *state;
    struct http_visit list[VISITS_MOST];
    for (int i = 1; i <= VISITS_MOST + 5; i++) {
        char path[64];
        snprintf(path, sizeof path, "/s/%d/x.ics", i);
        keep_marked(talk, path, i);
        fetch(talk, "GET", path, "");
    }
    fetch(talk, "GET", "/s/1/x.ics", "");
    assert_int_equal(http_visits_take(talk->http, list), VISITS_MOST);
    assert_int_equal(list[0].fetches, 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(fetches_of_one_round_are_one_visit, talk_setup, talk_teardown),
        cmocka_unit_test_setup_teardown(what_is_not_marked_is_not_counted, talk_setup, talk_teardown),
        cmocka_unit_test_setup_teardown(the_engine_is_told_of_the_first, talk_setup, talk_teardown),
        cmocka_unit_test_setup_teardown(a_long_name_is_cut_at_a_character, talk_setup, talk_teardown),
        cmocka_unit_test_setup_teardown(more_links_than_there_is_room_for, talk_setup, talk_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
