/* Server-Sent Events. */
#include "http_talk.h"

#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

#define HOST "Host: localhost\r\n"

static int stream_dial(struct talk *talk)
{
    int fd = talk_dial(talk);
    talk_say(fd, "GET /api/v1/alerts/stream HTTP/1.1\r\n" HOST "Last-Event-ID: 41\r\n\r\n");
    return fd;
}

static void hear_until(int fd, const char *end)
{
    auto_text heard = {0};
    struct pollfd poller = {.fd = fd, .events = POLLIN};
    while (!heard.at || !strstr(heard.at, end)) {
        char bytes[4096];
        assert_int_equal(poll(&poller, 1, 120000), 1);
        ssize_t n = recv(fd, bytes, sizeof bytes, 0);
        if (n <= 0)
            fail_msg("\"%s\" never came, but %s", end, text_str(&heard));
        text_add_bytes(&heard, bytes, (size_t)n);
    }
}

static void a_stream_tells_as_it_happens(void **state)
{
    struct talk *talk = *state;
    int fd = stream_dial(talk);
    const struct request *request = talk_take(talk);
    assert_string_equal(request->last_event_id, "41");
    struct stream *stream = http_stream_open(talk->http, request);
    assert_non_null(stream);
    hear_until(fd, "Content-Type: text/event-stream\r\n"); /* the head comes at once */
    for (int i = 42; i < 60; i++) {
        char event[64], chunk[80];
        snprintf(event, sizeof event, "id: %d\ndata: {}\n\n", i);
        snprintf(chunk, sizeof chunk, "%zx\r\n%s\r\n", strlen(event), event);
        assert_true(http_stream_send(stream, event));
        hear_until(fd, chunk);
    }
    assert_true(http_stream_send(stream, "data: last\n\n"));
    assert_int_equal(http_counts(talk->http).streams, 1);
    http_stream_close(stream);
    hear_until(fd, "data: last\n\n\r\n0\r\n\r\n");
    /* The connection goes on. */
    talk_say(fd, "GET /healthz HTTP/1.1\r\n" HOST "\r\n");
    auto_reply reply;
    talk_hear(talk, fd, false, &reply);
    assert_int_equal(reply.status, 200);
    assert_int_equal(http_counts(talk->http).streams, 0);
    close(fd);
}

static void more_than_a_piece_at_once(void **state)
{
    struct talk *talk = *state;
    int fd = stream_dial(talk);
    struct stream *stream = http_stream_open(talk->http, talk_take(talk));
    for (int i = 0; i < 2000; i++)
        assert_true(http_stream_send(stream, "data: 0123456789012345678901234567890123456789\n\n"));
    assert_true(http_stream_send(stream, "data: end\n\n"));
    hear_until(fd, "data: end\n\n");
    http_stream_close(stream);
    close(fd);
}

/* One that left, and one that does not read: sending says so in the end, and closing is fine then. */
static void a_stream_without_reader(void **state)
{
    struct talk *talk = *state;
    enum { PIECE = 65536 };
    for (int left = 0; left < 2; left++) {
        int fd = stream_dial(talk);
        struct stream *stream = http_stream_open(talk->http, talk_take(talk));
        hear_until(fd, "\r\n\r\n");
        if (left)
            close(fd);
        auto_free char *event = mem_alloc(PIECE + 1);
        memset(event, ':', PIECE);
        long sent = 0;
        while (http_stream_send(stream, event))
            assert_true(++sent < 10000);
        http_stream_close(stream);
        if (!left)
            close(fd);
    }
    auto_reply reply;
    talk_ask(talk, "GET", "/after", "", &reply);
    assert_int_equal(reply.status, 200);
}

static void head_of_a_stream(void **state)
{
    struct talk *talk = *state;
    int fd = talk_dial(talk);
    talk_say(fd, "HEAD /api/v1/alerts/stream HTTP/1.1\r\n" HOST "\r\n");
    struct stream *stream = http_stream_open(talk->http, talk_take(talk));
    auto_reply reply;
    talk_hear(talk, fd, true, &reply);
    assert_int_equal(reply.status, 200);
    assert_string_equal(reply_header(&reply, "Content-Type"), "text/event-stream");
    http_stream_close(stream);
    close(fd);
}

static void too_many_streams(void **state)
{
    struct talk *talk = *state;
    enum { MOST = 100 };
    struct stream *streams[MOST];
    int fds[MOST + 1];
    for (int i = 0; i <= MOST; i++) {
        fds[i] = stream_dial(talk);
        struct stream *stream = http_stream_open(talk->http, talk_take(talk));
        if (i < MOST)
            streams[i] = stream;
        else
            assert_null(stream);
    }
    auto_reply reply;
    talk_hear(talk, fds[MOST], false, &reply);
    assert_int_equal(reply.status, 503);
    for (int i = 0; i < MOST; i++) {
        http_stream_close(streams[i]);
        close(fds[i]);
    }
    close(fds[MOST]);
}

int main(void)
{
#define CASE(function) cmocka_unit_test_setup_teardown(function, talk_setup, talk_teardown)
    const struct CMUnitTest tests[] = {
        CASE(a_stream_tells_as_it_happens),
        CASE(more_than_a_piece_at_once),
        CASE(a_stream_without_reader),
        CASE(head_of_a_stream),
        CASE(too_many_streams),
    };
    return cmocka_run_group_tests_name("http streams", tests, NULL, NULL);
}
