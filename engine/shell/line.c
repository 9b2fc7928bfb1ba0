#include "shell/line.h"

#include "base/text.h"
#include "shell/user.h"
#include "time/clock.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

enum { REQUEST_SIZE = 4 << 20, PEER_PATIENCE_MS = 2000, ANSWER_PATIENCE_S = 30, LOOK_MS = 200 };
/* A file that came along may be long. */
enum { FILE_PATIENCE_S = 3600 };

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

/* Sends what it can, and with it the open file, unless it is -1. */
static ssize_t send_with(int fd, const char *bytes, size_t n, int file)
{
    struct iovec piece = {(char *)bytes, n};
    char control[CMSG_SPACE(sizeof(int))] __attribute__((aligned(__alignof__(struct cmsghdr)))) = {0};
    struct msghdr message = {.msg_iov = &piece, .msg_iovlen = 1};
    if (file >= 0) {
        message.msg_control = control;
        message.msg_controllen = sizeof control;
        struct cmsghdr *head = CMSG_FIRSTHDR(&message);
        head->cmsg_level = SOL_SOCKET;
        head->cmsg_type = SCM_RIGHTS;
        head->cmsg_len = CMSG_LEN(sizeof file);
        memcpy(CMSG_DATA(head), &file, sizeof file);
    }
    return sendmsg(fd, &message, MSG_NOSIGNAL);
}

static bool send_json(int fd, const json_t *json, int file)
{
    char *text = json_dumps(json, JSON_COMPACT);
    size_t n = strlen(text), sent = 0;
    while (sent < n) {
        ssize_t done = send_with(fd, text + sent, n - sent, sent ? -1 : file);
        if (done <= 0)
            break;
        sent += (size_t)done;
    }
    free(text); /* jansson's */
    return sent == n && !shutdown(fd, SHUT_WR);
}

/* The open files of a message: the first into *file, where one is wanted and none came before. */
static void files_take(struct msghdr *message, int *file)
{
    for (struct cmsghdr *head = CMSG_FIRSTHDR(message); head; head = CMSG_NXTHDR(message, head)) {
        if (head->cmsg_level != SOL_SOCKET || head->cmsg_type != SCM_RIGHTS)
            continue;
        for (size_t at = 0; CMSG_LEN(at + sizeof(int)) <= head->cmsg_len; at += sizeof(int)) {
            int fd;
            memcpy(&fd, CMSG_DATA(head) + at, sizeof fd);
            if (file && *file < 0)
                *file = fd;
            else
                close(fd);
        }
    }
}

/* Waits for more until then. False: it is too late. */
static bool more_by(int fd, int64_t end_ms)
{
    struct pollfd one = {fd, POLLIN, 0};
    int64_t left = end_ms - clock_monotonic_ms();
    if (left <= 0)
        return false;
    poll(&one, 1, (int)left);
    return true;
}

/* Whole within so many milliseconds, however slowly it trickles. What is there already is taken however late
 * it is: a machine that stalled is no fault of who sent it. NULL with errno, or 0 when it was no JSON. */
static json_t *receive_json(int fd, int *file, int64_t most_ms)
{
    auto_text text = {0};
    int64_t end = clock_monotonic_ms() + most_ms;
    char buffer[4096];
    char control[CMSG_SPACE(4 * sizeof(int))] __attribute__((aligned(__alignof__(struct cmsghdr))));
    ssize_t n;
    do {
        struct iovec piece = {buffer, sizeof buffer};
        struct msghdr message = {
            .msg_iov = &piece, .msg_iovlen = 1, .msg_control = control, .msg_controllen = sizeof control};
        n = recvmsg(fd, &message, MSG_CMSG_CLOEXEC | MSG_DONTWAIT);
        if (n >= 0)
            files_take(&message, file);
        if (n > 0)
            text_add_bytes(&text, buffer, (size_t)n);
    } while ((n > 0 && text.n < REQUEST_SIZE) || (n < 0 && errno == EAGAIN && more_by(fd, end)));
    if (n >= 0)
        errno = 0;
    return n == 0 ? json_loadb(text_str(&text), text.n, JSON_REJECT_DUPLICATES, NULL) : NULL;
}

/* Until something can be read; meanwhile the asker may look around. */
static bool answer_wait(int fd, int seconds, const struct line_wait *wait)
{
    struct pollfd one = {fd, POLLIN, 0};
    for (int64_t left = (int64_t)seconds * 1000; left > 0; left -= LOOK_MS) {
        int ready = poll(&one, 1, LOOK_MS);
        if (ready > 0 || (ready < 0 && errno != EINTR))
            return ready > 0;
        if (wait->look)
            wait->look(wait->data);
    }
    return false;
}

/* The connection was ended before all of the request was read, so that nothing came of it: its daemon ended,
 * or the peer was too slow for it. */
static bool nobody_took_it(int error)
{
    return error == ENOENT || error == ECONNREFUSED || error == EPIPE || error == ECONNRESET;
}

/* Why no answer came; why: of the connection, 0: there was one. */
static bool unanswered(const char *path, int why, struct err *err)
{
    struct stat socket_file;
    char user[USER_SIZE];
    if (why == EACCES && stat(path, &socket_file) == 0)
        return err_set(
            err, ERR_ENV,
            "dịch vụ hanchot chỉ nhận lệnh ghi của root và của %s (%s): hãy chạy lệnh bằng một trong "
            "hai tài khoản đó; không ghi gì",
            "the hanchot daemon lets only root and %s write (%s): run this as one of them; nothing "
            "was written",
            user_name(socket_file.st_uid, user), path);
    return err_set(err, ERR_ENV, "dịch vụ hanchot giữ cơ sở dữ liệu nhưng không trả lời qua %s; không ghi gì",
                   "the hanchot daemon holds the database but does not answer at %s; nothing was written",
                   path);
}

json_t *line_ask(const char *path, const json_t *request, int file, const struct line_wait *wait,
                 bool *nobody, struct err *err)
{
    struct sockaddr_un address;
    *nobody = false;
    if (!line_address(path, &address, err))
        return NULL;
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    json_t *answer = NULL;
    patience(fd, ANSWER_PATIENCE_S * 1000);
    int why = connect(fd, (struct sockaddr *)&address, sizeof address) ? errno : 0;
    if (why || !send_json(fd, request, file))
        *nobody = nobody_took_it(errno);
    else if (answer_wait(fd, file < 0 ? ANSWER_PATIENCE_S : FILE_PATIENCE_S, wait)) {
        answer = receive_json(fd, NULL, (int64_t)ANSWER_PATIENCE_S * 1000);
        *nobody = !answer && nobody_took_it(errno);
    }
    if (!answer)
        unanswered(path, why, err);
    close(fd);
    return answer;
}

bool line_answered(const char *path)
{
    struct sockaddr_un address;
    struct err err = {0};
    if (!line_address(path, &address, &err))
        return false;
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    bool good = connect(fd, (struct sockaddr *)&address, sizeof address) == 0 || errno == EAGAIN;
    close(fd);
    return good;
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

json_t *line_take(int listener, int *peer, int *file)
{
    *file = -1;
    *peer = accept4(listener, NULL, NULL, SOCK_CLOEXEC);
    if (*peer < 0)
        return NULL;
    patience(*peer, PEER_PATIENCE_MS);
    json_t *request = receive_json(*peer, file, PEER_PATIENCE_MS);
    if (request && !peer_gone(*peer))
        return request;
    json_decref(request);
    close(*peer);
    if (*file >= 0)
        close(*file);
    return NULL;
}

void line_answer(int peer, const json_t *answer)
{
    send_json(peer, answer, -1);
    close(peer);
}
