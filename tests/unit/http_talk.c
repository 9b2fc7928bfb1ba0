#include "http_talk.h"

#include <arpa/inet.h>
#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

enum { PATIENCE_MS = 120 * 1000 };

static void snapshot_drop(struct snapshot *snapshot)
{
    answers_free(((struct http_snapshot *)snapshot)->answers);
    mem_free(snapshot);
}

void talk_put_snapshot(struct talk *talk)
{
    struct http_snapshot *snapshot = mem_alloc(sizeof *snapshot);
    atomic_init(&snapshot->head.holders, 1);
    snapshot->head.free = snapshot_drop;
    snapshot->answers = answers_new();
    board_put(talk->board, &snapshot->head);
}

void talk_keep(struct talk *talk, const char *key, struct answer *answer)
{
    struct snapshot *snapshot = board_take(talk->board);
    answers_add(((struct http_snapshot *)snapshot)->answers, key, answer);
    snapshot_release(snapshot);
    answer_release(answer);
}

struct answer *talk_text(int status, enum answer_type type, const char *text)
{
    auto_text body = {0};
    text_add(&body, text);
    return answer_new(status, type, &body, 0);
}

struct answer *talk_echo(struct talk *talk, const struct request *request, bool *cache)
{
    (void)talk;
    (void)cache;
    return talk_text(200, ANSWER_TEXT, request->key);
}

struct answer *talk_next(struct talk *talk, const struct request *request, bool *cache)
{
    (void)request;
    (void)cache;
    struct answer *answer = talk->next;
    talk->next = NULL;
    return answer;
}

void talk_start(struct talk *talk, const struct http_config *config)
{
    struct http_config usual = config ? *config : http_default_config;
    if (!config)
        usual.threads = 1;
    usual.port = 0;
    struct err err = {0};
    *talk = (struct talk){.board = board_new(), .engine = talk_echo};
    talk_put_snapshot(talk);
    talk->http = http_start(&usual, talk->board, &err);
    if (!talk->http)
        fail_msg("%s", err.text);
}

void talk_stop(struct talk *talk)
{
    http_stop(talk->http, 5);
    board_free(talk->board);
}

int talk_setup(void **state)
{
    *state = mem_alloc(sizeof(struct talk));
    talk_start(*state, NULL);
    return 0;
}

int talk_teardown(void **state)
{
    talk_stop(*state);
    mem_free(*state);
    return 0;
}

int talk_dial(struct talk *talk)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)http_port(talk->http))};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    assert_true(fd >= 0);
    assert_int_equal(connect(fd, (struct sockaddr *)&address, sizeof address), 0);
    return fd;
}

void talk_say(int fd, const char *text)
{
    for (size_t n = strlen(text); n > 0;) {
        ssize_t sent = send(fd, text, n, MSG_NOSIGNAL);
        if (sent < 0)
            return; /* the server may have had enough; what it answered tells */
        text += sent;
        n -= (size_t)sent;
    }
}

static void engine_turn(struct talk *talk)
{
    const struct request *request;
    while ((request = http_next(talk->http))) {
        bool cache = false;
        talk->asked++;
        struct answer *answer = talk->engine(talk, request, &cache);
        if (answer)
            http_answer(talk->http, request, answer, cache);
    }
}

void talk_wait(struct talk *talk, int fd)
{
    struct pollfd fds[] = {{.fd = fd, .events = POLLIN}, {.fd = http_wake_fd(talk->http), .events = POLLIN}};
    for (;;) {
        if (poll(fds, 2, PATIENCE_MS) <= 0)
            fail_msg("nothing came in %d s", PATIENCE_MS / 1000);
        if (fds[1].revents)
            engine_turn(talk);
        if (fds[0].revents || (fd < 0 && fds[1].revents))
            return;
    }
}

const struct request *talk_take(struct talk *talk)
{
    struct pollfd wake = {.fd = http_wake_fd(talk->http), .events = POLLIN};
    const struct request *request;
    while (!(request = http_next(talk->http)))
        assert_int_equal(poll(&wake, 1, PATIENCE_MS), 1);
    return request;
}

/* More bytes; false at the end. */
static bool hear_more(struct talk *talk, int fd, struct text *text, size_t most)
{
    char bytes[65536];
    talk_wait(talk, fd);
    ssize_t n = recv(fd, bytes, most < sizeof bytes ? most : sizeof bytes, 0);
    if (n > 0)
        text_add_bytes(text, bytes, (size_t)n);
    return n > 0;
}

static bool ends_with(const struct text *text, const char *end)
{
    size_t n = strlen(end);
    return text->n >= n && memcmp(text->at + text->n - n, end, n) == 0;
}

static void hear_body(struct talk *talk, int fd, struct reply *reply)
{
    if (strcmp(reply_header(reply, "Transfer-Encoding"), "chunked") == 0) {
        while (!ends_with(&reply->body, "0\r\n\r\n"))
            if (!hear_more(talk, fd, &reply->body, 1))
                return;
        return;
    }
    size_t n = strtoul(reply_header(reply, "Content-Length"), NULL, 10);
    while (reply->body.n < n)
        if (!hear_more(talk, fd, &reply->body, n - reply->body.n))
            fail_msg("the body ends after %zu of %zu bytes", reply->body.n, n);
}

void talk_hear(struct talk *talk, int fd, bool no_body, struct reply *reply)
{
    *reply = (struct reply){0};
    while (!ends_with(&reply->head, "\r\n\r\n"))
        if (!hear_more(talk, fd, &reply->head, 1)) {
            reply->closed = true;
            return;
        }
    assert_int_equal(sscanf(reply->head.at, "HTTP/1.1 %d ", &reply->status), 1);
    if (reply->status == 100) {
        reply_fini(reply);
        talk_hear(talk, fd, no_body, reply);
        return;
    }
    if (!no_body && reply->status != 304 && reply->status != 204)
        hear_body(talk, fd, reply);
    if (strcasecmp(reply_header(reply, "Connection"), "close") == 0) {
        char byte;
        talk_wait(talk, fd);
        reply->closed = recv(fd, &byte, 1, 0) <= 0;
        assert_true(reply->closed); /* nothing follows the announced end */
    }
}

void talk_once(struct talk *talk, const char *request, struct reply *reply)
{
    int fd = talk_dial(talk);
    talk_say(fd, request);
    talk_hear(talk, fd, strncmp(request, "HEAD ", 5) == 0, reply);
    close(fd);
}

void talk_ask(struct talk *talk, const char *method, const char *target, const char *headers,
              struct reply *reply)
{
    auto_text request = {0};
    text_addf(&request, "%s %s HTTP/1.1\r\nHost: localhost\r\n%s\r\n", method, target, headers);
    talk_once(talk, request.at, reply);
}

void reply_fini(struct reply *reply)
{
    text_fini(&reply->head);
    text_fini(&reply->body);
}

const char *reply_header(struct reply *reply, const char *name)
{
    int found = 0;
    reply->value[0] = '\0';
    for (const char *line = strstr(text_str(&reply->head), "\r\n"); line && line[2] != '\r';
         line = strstr(line + 2, "\r\n")) {
        size_t n = strlen(name);
        if (strncasecmp(line + 2, name, n) != 0 || line[2 + n] != ':')
            continue;
        const char *value = line + 2 + n + 1 + strspn(line + 2 + n + 1, " ");
        snprintf(reply->value, sizeof reply->value, "%.*s", (int)strcspn(value, "\r"), value);
        found++;
    }
    assert_true(found <= 1);
    return reply->value;
}
