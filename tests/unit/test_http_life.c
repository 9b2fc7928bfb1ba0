/* The server's life: the engine's queue, limits, listening and stopping. */
#include "http_talk.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define HOST         "Host: localhost\r\n"

static struct answer *keep_waiting(struct talk *talk, const struct request *request, bool *cache)
{
    (void)talk;
    (void)request;
    (void)cache;
    return NULL;
}

static struct answer *echo_and_cache(struct talk *talk, const struct request *request, bool *cache)
{
    *cache = true;
    return talk_echo(talk, request, cache);
}

/* ---- what needs the engine ---- */

static void a_kept_answer_needs_no_engine(void **state)
{
    struct talk *talk = *state;
    talk->engine = echo_and_cache;
    static const char *const targets[] = {"/a?x=1&b=2", "/a?b=2&x=1", "/a?b=2&x=1&", "/%61?x=%31&b=2"};
    for (size_t i = 0; i < COUNT(targets); i++) {
        auto_reply reply;
        talk_ask(talk, i % 2 ? "HEAD" : "GET", targets[i], "", &reply);
        assert_int_equal(reply.status, 200);
        assert_int_equal(talk->asked, 1);
    }
    auto_reply other, again;
    talk_ask(talk, "GET", "/a?b=2", "", &other);
    assert_int_equal(talk->asked, 2);
    talk_put_snapshot(talk); /* the next snapshot starts anew */
    talk_ask(talk, "GET", "/a?b=2", "", &again);
    assert_int_equal(talk->asked, 3);
}

static void what_is_not_kept_is_asked_each_time(void **state)
{
    struct talk *talk = *state;
    for (int i = 1; i <= 3; i++) {
        auto_reply reply;
        talk_ask(talk, "GET", "/alerts", "", &reply);
        assert_int_equal(talk->asked, i);
    }
}

static struct answer *fail_and_cache(struct talk *talk, const struct request *request, bool *cache)
{
    (void)talk;
    (void)request;
    *cache = true;
    return talk_text(404, ANSWER_HTML, "?");
}

static void failures_are_not_kept(void **state)
{
    struct talk *talk = *state;
    talk->engine = fail_and_cache;
    for (int i = 1; i <= 2; i++) {
        auto_reply reply;
        talk_ask(talk, "GET", "/s/guessed/all.ics", "", &reply);
        assert_int_equal(reply.status, 404);
        assert_int_equal(talk->asked, i);
    }
}

/* Two wait for the same feed: it is made once. */
static void those_who_wait_for_the_same_share_it(void **state)
{
    struct talk *talk = *state;
    int first = talk_dial(talk), second = talk_dial(talk);
    talk_say(first, "GET /feed HTTP/1.1\r\n" HOST "\r\n");
    const struct request *request = talk_take(talk);
    assert_null(http_next(talk->http));
    talk_say(second, "GET /feed HTTP/1.1\r\n" HOST "\r\n");
    struct pollfd wake = {.fd = http_wake_fd(talk->http), .events = POLLIN};
    assert_int_equal(poll(&wake, 1, 120000), 1); /* the second waits too */
    http_answer(talk->http, request, talk_text(200, ANSWER_TEXT, "made once"), true);
    assert_null(http_next(talk->http));
    const int fds[] = {first, second};
    for (size_t i = 0; i < COUNT(fds); i++) {
        auto_reply reply;
        talk_hear(talk, fds[i], false, &reply);
        assert_string_equal(reply.body.at, "made once");
        close(fds[i]);
    }
    assert_int_equal(talk->asked, 0);
}

static void health_does_not_need_the_engine(void **state)
{
    struct talk *talk = *state;
    talk->engine = keep_waiting;
    int fd = talk_dial(talk);
    talk_say(fd, "GET /slow HTTP/1.1\r\n" HOST "\r\n");
    const struct request *request = talk_take(talk); /* now it is at work on this one */
    auto_reply health, ready, head;
    talk_ask(talk, "GET", "/healthz", "", &health);
    assert_int_equal(health.status, 200);
    assert_string_equal(health.body.at, "ok\n");
    assert_string_equal(reply_header(&health, "Cache-Control"), "no-store");
    talk_ask(talk, "GET", "/readyz", "", &ready);
    assert_int_equal(ready.status, 200);
    talk_ask(talk, "HEAD", "/healthz", "", &head);
    assert_int_equal(head.status, 200);
    assert_int_equal(talk->asked, 0);
    http_answer(talk->http, request, talk_text(200, ANSWER_TEXT, "at last"), false);
    auto_reply late;
    talk_hear(talk, fd, false, &late);
    assert_string_equal(late.body.at, "at last");
    close(fd);
}

static void before_the_first_snapshot(void **state)
{
    (void)state;
    struct err err = {0};
    struct http_config config = http_default_config;
    config.port = 0;
    struct talk talk = {.board = board_new(), .engine = keep_waiting};
    talk.http = http_start(&config, talk.board, &err);
    assert_non_null(talk.http);
    auto_reply health, ready, after, first;
    talk_ask(&talk, "GET", "/healthz", "", &health);
    assert_int_equal(health.status, 200);
    talk_ask(&talk, "GET", "/readyz", "", &ready);
    assert_int_equal(ready.status, 503);
    assert_string_equal(reply_header(&ready, "Retry-After"), "1");
    int fd = talk_dial(&talk); /* others wait for it */
    talk_say(fd, "GET / HTTP/1.1\r\n" HOST "\r\n");
    const struct request *request = talk_take(&talk);
    talk_put_snapshot(&talk);
    http_answer(talk.http, request, talk_text(200, ANSWER_TEXT, "first"), true);
    talk_hear(&talk, fd, false, &first);
    assert_string_equal(first.body.at, "first");
    close(fd);
    talk_ask(&talk, "GET", "/readyz", "", &after);
    assert_int_equal(after.status, 200);
    talk_stop(&talk);
}

static void behind_a_guard_only_secret_links_need_no_engine(void **state)
{
    (void)state;
    struct http_config config = http_default_config;
    config.guarded = true;
    struct talk talk;
    talk_start(&talk, &config);
    static const struct {
        const char *path;
        int asked;
    } cases[] = {
        {"/", 1},       {"/calendars/all.ics", 1}, {"/api/v1/due", 1},        {"/metrics", 1},
        {"/readyz", 1}, {"/s/token/all.ics", 0},   {"/%73/token/all.ics", 0}, {"/healthz", 0},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        talk_keep(&talk, i == 6 ? "/s/token/all.ics" : cases[i].path, talk_text(200, ANSWER_TEXT, "kept"));
        talk.asked = 0;
        auto_reply reply;
        talk_ask(&talk, "GET", cases[i].path, "", &reply);
        assert_int_equal(reply.status, 200);
        if (talk.asked != cases[i].asked)
            fail_msg("%s: the engine was asked %d times", cases[i].path, talk.asked);
    }
    talk_stop(&talk);
}

/* ---- the queue ---- */

static void a_full_queue_says_come_back(void **state)
{
    struct talk *talk = *state;
    enum { WAITING = 256, ALL = WAITING + 1 };
    struct pollfd fds[ALL];
    for (int i = 0; i < ALL; i++) {
        fds[i] = (struct pollfd){.fd = talk_dial(talk), .events = POLLIN};
        talk_say(fds[i].fd, "GET /a HTTP/1.1\r\n" HOST "\r\n");
    }
    assert_true(poll(fds, ALL, 120000) >= 1); /* nobody but the one too many hears anything */
    int refused = 0;
    for (int i = 0; i < ALL; i++) {
        if (!fds[i].revents)
            continue;
        char head[64] = "";
        assert_true(recv(fds[i].fd, head, sizeof head - 1, 0) > 0);
        assert_true(strncmp(head, "HTTP/1.1 503 ", 13) == 0);
        refused++;
        close(fds[i].fd);
        fds[i].fd = -1;
    }
    assert_int_equal(refused, 1);
    assert_int_equal(http_counts(talk->http).waiting, WAITING);
    assert_int_equal(http_counts(talk->http).queue_full, 1);
    talk->engine = talk_echo;
    for (int i = 0; i < ALL; i++) {
        if (fds[i].fd < 0)
            continue;
        auto_reply reply;
        talk_hear(talk, fds[i].fd, false, &reply);
        assert_int_equal(reply.status, 200);
        close(fds[i].fd);
    }
    assert_int_equal(talk->asked, WAITING);
    assert_int_equal(http_counts(talk->http).waiting, 0);
}

/* Clients that leave, or reset, while the engine is at work for them. */
static void clients_that_leave(void **state)
{
    struct talk *talk = *state;
    for (int i = 0; i < 20; i++) {
        int fd = talk_dial(talk);
        talk_say(fd, "GET /slow HTTP/1.1\r\n" HOST "\r\n");
        const struct request *request = talk_take(talk);
        struct linger reset = {.l_onoff = 1};
        if (i % 2)
            setsockopt(fd, SOL_SOCKET, SO_LINGER, &reset, sizeof reset);
        close(fd);
        assert_string_equal(request->path, "/slow"); /* still whole */
        http_answer(talk->http, request, talk_text(200, ANSWER_TEXT, "too late"), false);
    }
    /* And some that leave before the whole request was there. */
    for (int i = 0; i < 20; i++) {
        int fd = talk_dial(talk);
        talk_say(fd, "POST /api/v1/x HTTP/1.1\r\n" HOST "Content-Length: 10\r\n\r\n12345");
        close(fd);
    }
    auto_reply reply;
    talk_ask(talk, "GET", "/after", "", &reply);
    assert_int_equal(reply.status, 200);
}

static void all_is_counted(void **state)
{
    struct talk *talk = *state;
    talk_keep(talk, "/kept", talk_text(200, ANSWER_TEXT, "x"));
    static const struct {
        const char *method, *target, *headers;
    } requests[] = {
        {"GET", "/kept", ""},
        {"GET", "/kept", "If-None-Match: *\r\n"},
        {"HEAD", "/kept", "If-None-Match: *\r\n"},
        {"GET", "/other", ""},
        {"GET", "/%00", ""},
        {"DELETE", "/kept", ""},
    };
    for (size_t i = 0; i < COUNT(requests); i++) {
        auto_reply reply;
        talk_ask(talk, requests[i].method, requests[i].target, requests[i].headers, &reply);
    }
    talk->engine = talk_next;
    talk->next = talk_text(500, ANSWER_TEXT, "x");
    auto_reply failed;
    talk_ask(talk, "GET", "/failing", "", &failed);
    struct http_counts counts = http_counts(talk->http);
    assert_int_equal(counts.requests, 7);
    assert_int_equal(counts.not_modified, 2);
    assert_int_equal(counts.client_errors, 2);
    assert_int_equal(counts.server_errors, 1);
    assert_int_equal(counts.queue_full, 0);
}

/* ---- connections ---- */

static void too_many_connections_are_turned_away(void **state)
{
    (void)state;
    struct http_config config = http_default_config;
    config.threads = 2;
    config.connections = 4;
    struct talk talk;
    talk_start(&talk, &config);
    int fds[5];
    for (size_t i = 0; i < COUNT(fds); i++) {
        fds[i] = talk_dial(&talk);
        talk_say(fds[i], "GET /healthz HTTP/1.1\r\n" HOST "\r\n");
        auto_reply reply;
        talk_hear(&talk, fds[i], false, &reply);
        assert_int_equal(reply.status, i < 4 ? 200 : 503);
    }
    assert_int_equal(http_counts(talk.http).refused_connections, 1);
    assert_int_equal(http_counts(talk.http).connections, 4);
    for (size_t i = 0; i < COUNT(fds); i++)
        close(fds[i]);
    talk_stop(&talk);
}

/* Those that ended do not count: far more than the limit, one after the other. The server closes first, so
 * the client knows that it has; its counting may lag by one. */
static void connections_that_ended_make_room(void **state)
{
    (void)state;
    struct http_config config = http_default_config;
    config.threads = 2;
    config.connections = 4;
    struct talk talk;
    talk_start(&talk, &config);
    for (int i = 0; i < 200; i++) {
        auto_reply reply;
        talk_ask(&talk, "GET", "/healthz", "Connection: close\r\n", &reply);
        assert_int_equal(reply.status, 200);
    }
    talk_stop(&talk);
}

/* ---- listening ---- */

static void expect_refused(struct http_config config, const char *vi, const char *en)
{
    struct board *board = board_new();
    const char *const texts[] = {vi, en};
    for (int lang = LANG_VI; lang <= LANG_EN; lang++) {
        struct err err = {.lang = (enum lang)lang};
        assert_null(http_start(&config, board, &err));
        if (!strstr(err.text, texts[lang]))
            fail_msg("%s", err.text);
    }
    board_free(board);
}

static void places_that_cannot_be_listened_on(void **state)
{
    struct talk *talk = *state;
    struct http_config config = http_default_config;
    char vi[64], en[64];
    config.port = http_port(talk->http);
    snprintf(vi, sizeof vi, "cổng %d đang được dùng", config.port);
    snprintf(en, sizeof en, "port %d is in use", config.port);
    expect_refused(config, vi, en);
    static const char *const addresses[] = {"", "example.org", "127.0.0.1:80", "[::1", "[]"};
    for (size_t i = 0; i < COUNT(addresses); i++) {
        config.address = addresses[i];
        expect_refused(config, "không đọc được", "cannot be read");
    }
    config.address = "192.0.2.1"; /* for documentation only (RFC 5737) */
    expect_refused(config, "máy này không có địa chỉ 192.0.2.1",
                   "this machine does not have the address 192.0.2.1");
    config = http_default_config;
    config.port = 65536;
    expect_refused(config, "cổng 65536 không hợp lệ", "port 65536 is not possible");
    config.listen_fd = dup(STDERR_FILENO);
    expect_refused(config, "systemd", "systemd");
}

static void a_bad_certificate(void **state)
{
    (void)state;
    struct http_config config = http_default_config;
    config.port = 0;
    config.certificate = "-----BEGIN CERTIFICATE-----\nnone\n-----END CERTIFICATE-----\n";
    config.private_key = "none";
    expect_refused(config, "chứng thư hoặc khoá TLS", "TLS certificate or key");
}

static void names_of_loopback(void **state)
{
    (void)state;
    static const char *const addresses[] = {"127.0.0.1", "localhost", "0.0.0.0"};
    for (size_t i = 0; i < COUNT(addresses); i++) {
        struct http_config config = http_default_config;
        config.address = addresses[i];
        struct talk talk;
        talk_start(&talk, &config);
        assert_true(http_port(talk.http) > 0);
        auto_reply reply;
        talk_ask(&talk, "GET", "/healthz", "", &reply);
        assert_int_equal(reply.status, 200);
        talk_stop(&talk);
    }
}

static struct answer *tell_loopback(struct talk *talk, const struct request *request, bool *cache)
{
    (void)talk;
    (void)cache;
    return talk_text(200, ANSWER_TEXT, request->loopback ? "loopback" : "far");
}

/* Where the machine speaks IPv6: also the IPv4 address that such a socket sees in its own way. */
static void the_newer_addresses(void **state)
{
    (void)state;
    struct sockaddr_in6 six = {.sin6_family = AF_INET6, .sin6_addr = IN6ADDR_LOOPBACK_INIT};
    int probe = socket(AF_INET6, SOCK_STREAM, 0);
    bool spoken = probe >= 0 && bind(probe, (struct sockaddr *)&six, sizeof six) == 0;
    if (probe >= 0)
        close(probe);
    struct http_config config = http_default_config;
    config.address = "[::]";
    config.port = 0;
    if (!spoken) {
        expect_refused(config, "không nghe được", "cannot listen");
        return;
    }
    struct talk talk;
    talk_start(&talk, &config);
    talk.engine = tell_loopback;
    auto_reply four, reply;
    talk_ask(&talk, "GET", "/", "", &four);
    assert_string_equal(four.body.at, "loopback");
    six.sin6_port = htons((uint16_t)http_port(talk.http));
    int fd = socket(AF_INET6, SOCK_STREAM, 0);
    assert_int_equal(connect(fd, (struct sockaddr *)&six, sizeof six), 0);
    talk_say(fd, "GET / HTTP/1.1\r\n" HOST "\r\n");
    talk_hear(&talk, fd, false, &reply);
    assert_string_equal(reply.body.at, "loopback");
    close(fd);
    talk_stop(&talk);
}

static void a_socket_from_systemd(void **state)
{
    (void)state;
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    assert_int_equal(bind(fd, (struct sockaddr *)&address, sizeof address), 0);
    assert_int_equal(listen(fd, 5), 0);
    struct http_config config = http_default_config;
    config.listen_fd = fd;
    config.address = "is not looked at";
    struct talk talk;
    talk_start(&talk, &config);
    auto_reply reply;
    talk_ask(&talk, "GET", "/healthz", "", &reply);
    assert_int_equal(reply.status, 200);
    talk_stop(&talk);
}

/* ---- the end ---- */

static void hear_503(int fd)
{
    char bytes[4096] = "";
    assert_true(recv(fd, bytes, sizeof bytes - 1, MSG_WAITALL) > 0);
    assert_true(strncmp(bytes, "HTTP/1.1 503 ", 13) == 0);
    assert_non_null(strstr(bytes, "Retry-After: 1\r\n"));
    close(fd);
}

static void stopping_answers_those_who_wait(void **state)
{
    (void)state;
    struct talk talk;
    talk_start(&talk, NULL);
    int taken = talk_dial(&talk), waiting = talk_dial(&talk), idle = talk_dial(&talk),
        half = talk_dial(&talk);
    talk_say(taken, "GET /a HTTP/1.1\r\n" HOST "\r\n");
    assert_non_null(talk_take(&talk));
    assert_null(http_next(talk.http));
    talk_say(waiting, "GET /b HTTP/1.1\r\n" HOST "\r\n");
    struct pollfd wake = {.fd = http_wake_fd(talk.http), .events = POLLIN};
    assert_int_equal(poll(&wake, 1, 120000), 1);
    talk_say(half, "GET /c HTTP/1.1\r\nHo");
    talk_stop(&talk);
    hear_503(taken);
    hear_503(waiting);
    char byte;
    assert_true(recv(idle, &byte, 1, 0) <= 0);
    assert_true(recv(half, &byte, 1, 0) <= 0);
    close(idle);
    close(half);
}

struct slow_reader {
    int fd;
    size_t got;
};

static void *read_all(void *data)
{
    struct slow_reader *reader = data;
    char bytes[65536];
    ssize_t n;
    while ((n = recv(reader->fd, bytes, sizeof bytes, 0)) > 0)
        reader->got += (size_t)n;
    return NULL;
}

/* Far more than fits into the sockets' buffers is on its way when the server is told to stop. */
static void stopping_lets_an_answer_finish(void **state)
{
    (void)state;
    enum { BIG = 32 * 1024 * 1024 };
    for (int patient = 0; patient < 2; patient++) {
        struct talk talk;
        talk_start(&talk, NULL);
        struct text body = {0};
        auto_free char *bytes = mem_alloc(BIG);
        text_add_bytes(&body, bytes, BIG);
        talk_keep(&talk, "/big", answer_new(200, ANSWER_TEXT, &body, 0));
        struct slow_reader reader = {.fd = talk_dial(&talk)};
        talk_say(reader.fd, "GET /big HTTP/1.1\r\n" HOST "\r\n");
        talk_wait(&talk, reader.fd);
        pthread_t thread;
        if (patient)
            assert_int_equal(pthread_create(&thread, NULL, read_all, &reader), 0);
        http_stop(talk.http, patient ? 120 : 0);
        board_free(talk.board);
        if (patient)
            assert_int_equal(pthread_join(thread, NULL), 0);
        else
            read_all(&reader);
        assert_int_equal(reader.got >= BIG, patient);
        close(reader.fd);
    }
}

/* Answers that were on their way outlive the snapshot that they came from. */
static void an_answer_outlives_its_snapshot(void **state)
{
    struct talk *talk = *state;
    enum { BIG = 16 * 1024 * 1024 };
    struct text body = {0};
    auto_free char *bytes = mem_alloc(BIG);
    memset(bytes, 'x', BIG);
    text_add_bytes(&body, bytes, BIG);
    talk_keep(talk, "/big", answer_new(200, ANSWER_TEXT, &body, 0));
    int fd = talk_dial(talk);
    talk_say(fd, "GET /big HTTP/1.1\r\n" HOST "\r\n");
    talk_wait(talk, fd);
    talk_put_snapshot(talk);
    auto_reply reply;
    talk_hear(talk, fd, false, &reply);
    assert_int_equal(reply.body.n, BIG);
    assert_memory_equal(reply.body.at, bytes, BIG);
    close(fd);
}

static int open_files(void)
{
    int n = 0;
    for (int fd = 0; fd < 1000; fd++)
        n += fcntl(fd, F_GETFD) >= 0;
    return n;
}

static void stopping_gives_everything_back(void **state)
{
    (void)state;
    http_stop(NULL, 1);
    int before = open_files();
    for (int i = 0; i < 20; i++) {
        struct talk talk;
        talk_start(&talk, NULL);
        auto_reply reply;
        talk_ask(&talk, "GET", "/a", "", &reply);
        assert_int_equal(reply.status, 200);
        talk_stop(&talk);
    }
    assert_int_equal(open_files(), before);
}

int main(void)
{
#define CASE(function) cmocka_unit_test_setup_teardown(function, talk_setup, talk_teardown)
    const struct CMUnitTest tests[] = {
        CASE(a_kept_answer_needs_no_engine),
        CASE(what_is_not_kept_is_asked_each_time),
        CASE(failures_are_not_kept),
        CASE(those_who_wait_for_the_same_share_it),
        CASE(health_does_not_need_the_engine),
        cmocka_unit_test(before_the_first_snapshot),
        cmocka_unit_test(behind_a_guard_only_secret_links_need_no_engine),
        CASE(a_full_queue_says_come_back),
        CASE(clients_that_leave),
        CASE(all_is_counted),
        cmocka_unit_test(too_many_connections_are_turned_away),
        cmocka_unit_test(connections_that_ended_make_room),
        CASE(places_that_cannot_be_listened_on),
        cmocka_unit_test(a_bad_certificate),
        cmocka_unit_test(names_of_loopback),
        cmocka_unit_test(the_newer_addresses),
        cmocka_unit_test(a_socket_from_systemd),
        cmocka_unit_test(stopping_answers_those_who_wait),
        cmocka_unit_test(stopping_lets_an_answer_finish),
        CASE(an_answer_outlives_its_snapshot),
        cmocka_unit_test(stopping_gives_everything_back),
    };
    return cmocka_run_group_tests_name("http server", tests, NULL, NULL);
}
