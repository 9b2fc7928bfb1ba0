#include "shell/line.h"

#include "base/text.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

enum { REQUEST_SIZE = 4 << 20, PEER_PATIENCE_MS = 500, ANSWER_PATIENCE_S = 30 };

static bool line_address(const char *path, struct sockaddr_un *address, struct err *err)
{
    *address = (struct sockaddr_un){.sun_family = AF_UNIX};
    if (strlen(path) >= sizeof address->sun_path)
        return err_set(err, ERR_ENV, "đường dẫn socket quá dài: %s", "the socket's path is too long: %s",
                       path);
    memcpy(address->sun_path, path, strlen(path) + 1);
    return true;
}

static void patience(int fd, int ms)
{
    struct timeval time = {ms / 1000, (ms % 1000) * 1000L};
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &time, sizeof time);
    setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &time, sizeof time);
}

static bool send_json(int fd, const json_t *json)
{
    char *text = json_dumps(json, JSON_COMPACT);
    size_t n = strlen(text), sent = 0;
    while (sent < n) {
        ssize_t done = send(fd, text + sent, n - sent, MSG_NOSIGNAL);
        if (done <= 0)
            break;
        sent += (size_t)done;
    }
    free(text); /* jansson's */
    shutdown(fd, SHUT_WR);
    return sent == n;
}

static json_t *receive_json(int fd)
{
    auto_text text = {0};
    char buffer[4096];
    ssize_t n;
    while ((n = recv(fd, buffer, sizeof buffer, 0)) > 0 && text.n < REQUEST_SIZE)
        text_add_bytes(&text, buffer, (size_t)n);
    return n == 0 ? json_loadb(text_str(&text), text.n, JSON_REJECT_DUPLICATES, NULL) : NULL;
}

json_t *line_ask(const char *path, const json_t *request, bool *nobody, struct err *err)
{
    struct sockaddr_un address;
    *nobody = false;
    if (!line_address(path, &address, err))
        return NULL;
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    json_t *answer = NULL;
    patience(fd, ANSWER_PATIENCE_S * 1000);
    if (connect(fd, (struct sockaddr *)&address, sizeof address))
        *nobody = errno == ENOENT || errno == ECONNREFUSED;
    else if (send_json(fd, request))
        answer = receive_json(fd);
    if (!answer)
        err_set(err, ERR_ENV, "dịch vụ hanchot giữ cơ sở dữ liệu nhưng không trả lời qua %s; không ghi gì",
                "the hanchot daemon holds the database but does not answer at %s; nothing was written", path);
    close(fd);
    return answer;
}

int line_listen(const char *path, struct err *err)
{
    struct sockaddr_un address;
    if (!line_address(path, &address, err))
        return -1;
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    unlink(path); /* we hold the database's lock: whoever made it is gone */
    mode_t old = umask(0177);
    bool good = fd >= 0 && !bind(fd, (struct sockaddr *)&address, sizeof address) && !listen(fd, 16);
    umask(old);
    if (good)
        return fd;
    err_set(err, ERR_ENV, "không mở được socket %s: %s", "cannot open the socket %s: %s", path,
            strerror(errno));
    if (fd >= 0)
        close(fd);
    return -1;
}

/* It gave up, or was stopped, and says or said that nothing was written. */
static bool peer_gone(int fd)
{
    struct pollfd peer = {fd, 0, 0};
    return poll(&peer, 1, 0) != 0;
}

json_t *line_take(int listener, int *peer)
{
    *peer = accept4(listener, NULL, NULL, SOCK_CLOEXEC);
    if (*peer < 0)
        return NULL;
    patience(*peer, PEER_PATIENCE_MS);
    json_t *request = receive_json(*peer);
    if (request && !peer_gone(*peer))
        return request;
    json_decref(request);
    close(*peer);
    return NULL;
}

void line_answer(int peer, const json_t *answer)
{
    send_json(peer, answer);
    close(peer);
}
