/* The daemon's socket for commands: a request that was never taken may be asked again, one that may have been
 * taken must not; what is there is read however late it is. */
#include "shell/line.h"

#include "ledger_home.h"

#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

enum { ANSWERED, NOBODY, LOST };

/* In a process of its own: asks, and ends with what came of it. */
static pid_t asker(const char *path, size_t size)
{
    pid_t child = fork();
    if (child)
        return child;
    struct err err = {0};
    bool nobody;
    const struct line_wait wait = {0};
    char *text = mem_alloc(size + 1);
    memset(text, 'x', size);
    json_t *request = json_pack("{s:s}", "text", text);
    json_t *answer = line_ask(path, request, -1, &wait, &nobody, &err);
    _exit(answer ? ANSWERED : nobody ? NOBODY : LOST);
}

static int outcome_of(pid_t child)
{
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    return WEXITSTATUS(status);
}

static int listener_on(struct home *home, const char **path)
{
    *path = home_path(home, "line.sock");
    int listener = line_listen(*path, &home->err);
    assert_fine(home, listener >= 0);
    return listener;
}

/* Waits for somebody to connect. */
static int accept_one(int listener)
{
    struct pollfd one = {listener, POLLIN, 0};
    assert_int_equal(poll(&one, 1, -1), 1);
    int peer = accept(listener, NULL, NULL);
    assert_true(peer >= 0);
    return peer;
}

static void nobody_listens(void **state)
{
    assert_int_equal(outcome_of(asker(home_path(*state, "line.sock"), 10)), NOBODY);
}

static void ended_before_it_was_read(void **state)
{
    const char *path;
    int listener = listener_on(*state, &path);
    pid_t child = asker(path, 10);
    int peer = accept_one(listener);
    struct pollfd said = {peer, POLLIN, 0};
    assert_int_equal(poll(&said, 1, -1), 1);
    close(peer);
    assert_int_equal(outcome_of(child), NOBODY);

    child = asker(path, 3 << 20); /* more than the socket holds: it is still being sent */
    peer = accept_one(listener);
    char byte;
    assert_int_equal(read(peer, &byte, 1), 1);
    close(peer);
    assert_int_equal(outcome_of(child), NOBODY);
    close(listener);
}

static void ended_after_it_was_read(void **state)
{
    const char *path;
    int listener = listener_on(*state, &path);
    pid_t child = asker(path, 10);
    int peer = accept_one(listener);
    char bytes[256];
    while (read(peer, bytes, sizeof bytes) > 0)
        ;
    close(peer);
    assert_int_equal(outcome_of(child), LOST);
    close(listener);
}

static void long_requests_are_answered(void **state)
{
    const char *path;
    int listener = listener_on(*state, &path), peer, file;
    pid_t child = asker(path, 3 << 20);
    struct pollfd one = {listener, POLLIN, 0};
    assert_int_equal(poll(&one, 1, -1), 1);
    json_t *request = line_take(listener, &peer, &file);
    assert_non_null(request);
    assert_int_equal(json_string_length(json_object_get(request, "text")), 3 << 20);
    assert_int_equal(file, -1);
    line_answer(peer, request);
    json_decref(request);
    assert_int_equal(outcome_of(child), ANSWERED);
    close(listener);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        HOME_EMPTY(nobody_listens),
        HOME_EMPTY(ended_before_it_was_read),
        HOME_EMPTY(ended_after_it_was_read),
        HOME_EMPTY(long_requests_are_answered),
    };
    return cmocka_run_group_tests_name("line", tests, NULL, NULL);
}
