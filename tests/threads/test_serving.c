/* The whole server under the thread sanitizer: clients at once, an engine that answers, swaps snapshots and
 * feeds streams, and a stop in the middle of it all. */
#include "publish/http.h"

#include <arpa/inet.h>
#include <poll.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

enum { CLIENTS = 4, ROUNDS = 400 };

#define HOST "Host: localhost\r\n"

static const char *const requests[] = {
    "GET /kept HTTP/1.1\r\n" HOST "\r\n",
    "GET /kept HTTP/1.1\r\n" HOST "Accept-Encoding: gzip\r\n\r\n",
    "GET /kept HTTP/1.1\r\n" HOST "If-None-Match: *\r\n\r\n",
    "GET /kept HTTP/1.1\r\n" HOST "Accept-Encoding: gzip\r\nIf-None-Match: *\r\n\r\n",
    "GET /made?once=1 HTTP/1.1\r\n" HOST "\r\n",
    "GET /alerts HTTP/1.1\r\n" HOST "\r\n",
    "POST /api/v1/figures HTTP/1.1\r\n" HOST "Content-Length: 9\r\n\r\nunit,PC06",
    "PUT /calendars/all.ics HTTP/1.1\r\n" HOST "Content-Length: 5\r\n\r\nBEGIN",
};
enum { REQUESTS = sizeof requests / sizeof *requests };

struct client {
    int port;
    pthread_t thread;
    int answered, wrong;
    bool until_stopped;
    atomic_int *working;
    int done_fd; /* closed when the client has ended */
};

static void snapshot_drop(struct snapshot *snapshot)
{
    answers_free(((struct http_snapshot *)snapshot)->answers);
    mem_free(snapshot);
}

static struct answer *made(const char *what)
{
    struct text body = {0};
    for (int i = 0; i < 200; i++)
        text_add(&body, what);
    return answer_new(200, ANSWER_CALENDAR, &body, 1000);
}

static void put_snapshot(struct board *board)
{
    struct http_snapshot *snapshot = mem_alloc(sizeof *snapshot);
    atomic_init(&snapshot->head.holders, 1);
    snapshot->head.free = snapshot_drop;
    snapshot->answers = answers_new();
    struct answer *answer = made("kept");
    answers_add(snapshot->answers, "/kept", answer);
    answer_release(answer);
    board_put(board, &snapshot->head);
}

static int dial(int port)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd >= 0 && connect(fd, (struct sockaddr *)&address, sizeof address) != 0) {
        close(fd);
        return -1;
    }
    return fd;
}

/* The status of one answer, read to its end; 0: the connection ended. */
static int hear(int fd)
{
    char head[4096] = "";
    size_t n = 0;
    while (n < sizeof head - 1 && !strstr(head, "\r\n\r\n")) {
        if (recv(fd, head + n, 1, 0) <= 0)
            return 0;
        n++;
    }
    int status = 0;
    if (sscanf(head, "HTTP/1.1 %d", &status) != 1)
        return -1;
    const char *length = strstr(head, "Content-Length: ");
    size_t left = status == 304 || !length ? 0 : strtoul(length + strlen("Content-Length: "), NULL, 10);
    while (left > 0) {
        char bytes[4096];
        ssize_t got = recv(fd, bytes, left < sizeof bytes ? left : sizeof bytes, 0);
        if (got <= 0)
            return 0;
        left -= (size_t)got;
    }
    return status;
}

static bool is_right(int request, int status)
{
    static const int statuses[REQUESTS] = {200, 200, 304, 304, 200, 200, 200, 405};
    return status == statuses[request];
}

/* Keeps a connection for a few requests, then takes a new one; now and then it leaves without listening. */
static void *be_client(void *data)
{
    struct client *client = data;
    int fd = -1;
    for (int i = 0; client->until_stopped || i < ROUNDS; i++) {
        if (fd < 0 && (fd = dial(client->port)) < 0)
            break;
        int request = i % REQUESTS;
        if (send(fd, requests[request], strlen(requests[request]), MSG_NOSIGNAL) < 0)
            break;
        int status = i % 50 == 49 ? 0 : hear(fd);
        if (status == 0 && i % 50 != 49)
            break;
        client->answered += status > 0;
        client->wrong += status != 0 && !is_right(request, status);
        if (i % 10 == 9) {
            close(fd);
            fd = -1;
        }
    }
    if (fd >= 0)
        close(fd);
    atomic_fetch_sub(client->working, 1);
    close(client->done_fd);
    return NULL;
}

static void answer_all(struct http *http)
{
    const struct request *request;
    while ((request = http_next(http)))
        http_answer(http, request, made(request->path), strcmp(request->path, "/made") == 0);
}

/* Swaps after each turn of the engine, until the clients have ended or enough turns were made. */
static void be_engine(struct http *http, struct board *board, const atomic_int *working, int done_fd,
                      int turns)
{
    struct pollfd fds[] = {{.fd = http_wake_fd(http), .events = POLLIN}, {.fd = done_fd, .events = POLLIN}};
    for (int turn = 0; atomic_load(working) > 0 && turn < turns; turn++) {
        assert_true(poll(fds, 2, 60 * 1000) > 0);
        answer_all(http);
        if (turn % 3 == 0)
            put_snapshot(board);
    }
}

static struct http *start(struct board *board)
{
    struct http_config config = http_default_config;
    struct err err = {0};
    config.port = 0;
    config.threads = 2;
    struct http *http = http_start(&config, board, &err);
    if (!http)
        fail_msg("%s", err.text);
    return http;
}

static void serve(bool until_stopped)
{
    struct board *board = board_new();
    struct http *http = start(board);
    atomic_int working = CLIENTS;
    struct client clients[CLIENTS];
    int pipe_fds[2];
    assert_int_equal(pipe(pipe_fds), 0);
    put_snapshot(board);
    for (int i = 0; i < CLIENTS; i++) {
        clients[i] = (struct client){.port = http_port(http),
                                     .until_stopped = until_stopped,
                                     .working = &working,
                                     .done_fd = dup(pipe_fds[1])};
        assert_int_equal(pthread_create(&clients[i].thread, NULL, be_client, &clients[i]), 0);
    }
    close(pipe_fds[1]);
    be_engine(http, board, &working, pipe_fds[0], until_stopped ? 300 : 1000 * 1000);
    http_stop(http, 5);
    board_free(board);
    for (int i = 0; i < CLIENTS; i++) {
        assert_int_equal(pthread_join(clients[i].thread, NULL), 0);
        if (!until_stopped) {
            assert_int_equal(clients[i].wrong, 0);
            assert_int_equal(clients[i].answered, ROUNDS - ROUNDS / 50);
        }
    }
    close(pipe_fds[0]);
}

static void clients_and_swaps(void **state)
{
    (void)state;
    serve(false);
}

static void stopped_at_work(void **state)
{
    (void)state;
    for (int i = 0; i < 5; i++)
        serve(true);
}

/* ---- streams ---- */

enum { EVENTS = 2000, LISTENERS = 3 };

static void *listen_to_stream(void *data)
{
    struct client *client = data;
    int fd = dial(client->port);
    static const char request[] = "GET /stream HTTP/1.0\r\n" HOST "\r\n"; /* not in chunks */
    if (fd >= 0 && send(fd, request, strlen(request), MSG_NOSIGNAL) > 0) {
        char bytes[4096];
        ssize_t n;
        while ((n = recv(fd, bytes, sizeof bytes, 0)) > 0)
            for (ssize_t i = 0; i < n; i++)
                client->answered += bytes[i] == '!';
    }
    close(fd);
    return NULL;
}

static void streams_to_many(void **state)
{
    (void)state;
    struct board *board = board_new();
    struct http *http = start(board);
    struct client clients[LISTENERS];
    struct stream *streams[LISTENERS];
    struct pollfd wake = {.fd = http_wake_fd(http), .events = POLLIN};
    for (int i = 0; i < LISTENERS; i++) {
        clients[i] = (struct client){.port = http_port(http)};
        assert_int_equal(pthread_create(&clients[i].thread, NULL, listen_to_stream, &clients[i]), 0);
        const struct request *request;
        while (!(request = http_next(http)))
            assert_true(poll(&wake, 1, 60 * 1000) > 0);
        streams[i] = http_stream_open(http, request);
    }
    for (int event = 0; event < EVENTS; event++)
        for (int i = 0; i < LISTENERS; i++)
            assert_true(http_stream_send(streams[i], "data: !\n\n"));
    for (int i = 0; i < LISTENERS; i++)
        http_stream_close(streams[i]);
    for (int i = 0; i < LISTENERS; i++) {
        assert_int_equal(pthread_join(clients[i].thread, NULL), 0);
        assert_int_equal(clients[i].answered, EVENTS);
    }
    http_stop(http, 5);
    board_free(board);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(clients_and_swaps),
        cmocka_unit_test(stopped_at_work),
        cmocka_unit_test(streams_to_many),
    };
    return cmocka_run_group_tests_name("server under threads", tests, NULL, NULL);
}
