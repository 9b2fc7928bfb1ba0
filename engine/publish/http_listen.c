/* The server's own accepting thread, in place of libmicrohttpd's: connections go to the workers by turns, too
 * many are told to come back, and stopping does not race with workers that look at the same socket. */
#include "publish/http_private.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

enum { BACKLOG = 511, PAUSE_MS = 100 };

/* "[::1]" without its brackets, "localhost" as a number: no name is ever looked up. */
static const char *bare_address(const char *address, char *buf, size_t size)
{
    if (strcmp(address, "localhost") == 0)
        return "127.0.0.1";
    size_t n = strlen(address);
    if (address[0] == '[' && address[n - 1] == ']' && n - 2 < size) {
        memcpy(buf, address + 1, n - 2);
        buf[n - 2] = '\0';
        return buf;
    }
    return address;
}

/* NULL after an error; else for freeaddrinfo. */
static struct addrinfo *address_read(const struct http_config *config, struct err *err)
{
    char buf[64], port[16];
    if (config->port < 0 || config->port > 65535) {
        err_set(err, ERR_USAGE, "cổng %d không hợp lệ: hãy chọn một số từ 1 đến 65535 (0: cổng trống bất kỳ)",
                "port %d is not possible: choose a number from 1 to 65535 (0: any free port)", config->port);
        return NULL;
    }
    snprintf(port, sizeof port, "%d", config->port);
    struct addrinfo hints = {.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV, .ai_socktype = SOCK_STREAM};
    struct addrinfo *found = NULL;
    if (config->address[0] &&
        getaddrinfo(bare_address(config->address, buf, sizeof buf), port, &hints, &found) == 0)
        return found;
    err_set(err, ERR_USAGE,
            "địa chỉ nghe \"%s\" không đọc được: hãy ghi bằng số, ví dụ 127.0.0.1, 0.0.0.0 hoặc [::1]",
            "the address to listen on, \"%s\", cannot be read: write it in numbers, such as 127.0.0.1, "
            "0.0.0.0 or [::1]",
            config->address);
    return NULL;
}

static bool listen_failed(const struct http_config *config, int error, struct err *err)
{
    if (error == EADDRINUSE)
        return err_set(
            err, ERR_ENV,
            "cổng %d đang được dùng: có chương trình khác đang nghe ở %s; hãy dừng chương trình đó hoặc chọn "
            "cổng khác bằng --listen",
            "port %d is in use: another program listens on %s; stop it or choose another port with --listen",
            config->port, config->address);
    if (error == EACCES)
        return err_set(
            err, ERR_ENV,
            "không có quyền nghe ở cổng %d (%s): cổng dưới 1024 cần quyền quản trị; hãy chọn cổng khác bằng "
            "--listen",
            "no permission to listen on port %d (%s): ports below 1024 need an administrator's rights; "
            "choose "
            "another with --listen",
            config->port, config->address);
    if (error == EADDRNOTAVAIL)
        return err_set(err, ERR_ENV, "không nghe được ở cổng %d: máy này không có địa chỉ %s",
                       "cannot listen on port %d: this machine does not have the address %s", config->port,
                       config->address);
    return err_set(err, ERR_ENV, "không nghe được ở cổng %d, địa chỉ %s: %s",
                   "cannot listen on port %d, address %s: %s", config->port, config->address,
                   strerrordesc_np(error));
}

static bool listen_bind(struct http *http, const struct http_config *config, const struct addrinfo *address,
                        struct err *err)
{
    int on = 1;
    http->listen_fd = socket(address->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (http->listen_fd < 0)
        return listen_failed(config, errno, err);
    setsockopt(http->listen_fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(http->listen_fd, address->ai_addr, address->ai_addrlen) != 0 ||
        listen(http->listen_fd, BACKLOG) != 0)
        return listen_failed(config, errno, err);
    return true;
}

/* The port of a socket that listens for TCP connections, or -1. */
static int listening_port(int fd)
{
    int listening = 0;
    socklen_t n = sizeof listening;
    struct sockaddr_storage address = {0};
    socklen_t size = sizeof address;
    if (getsockopt(fd, SOL_SOCKET, SO_ACCEPTCONN, &listening, &n) != 0 || !listening ||
        getsockname(fd, (struct sockaddr *)&address, &size) != 0)
        return -1;
    if (address.ss_family == AF_INET)
        return ntohs(((struct sockaddr_in *)&address)->sin_port);
    if (address.ss_family == AF_INET6)
        return ntohs(((struct sockaddr_in6 *)&address)->sin6_port);
    return -1;
}

bool listen_open(struct http *http, const struct http_config *config, struct err *err)
{
    http->listen_fd = config->listen_fd;
    if (http->listen_fd < 0) {
        struct addrinfo *address = address_read(config, err);
        if (!address)
            return false;
        bool bound = listen_bind(http, config, address, err);
        freeaddrinfo(address);
        if (!bound)
            return false;
    }
    http->port = listening_port(http->listen_fd);
    int flags = fcntl(http->listen_fd, F_GETFL);
    if (http->port < 0 || flags < 0 || fcntl(http->listen_fd, F_SETFL, flags | O_NONBLOCK) != 0)
        return err_set(
            err, ERR_ENV,
            "không dùng được socket số %d mà systemd đưa: đó không phải là socket TCP đang nghe; hãy xem "
            "ListenStream trong tệp .socket",
            "socket %d handed over by systemd cannot be used: it is not a listening TCP socket; see "
            "ListenStream in the .socket file",
            http->listen_fd);
    return true;
}

/* ---- accepting ---- */

static void turn_away(struct http *http, int fd)
{
    static const char busy[] = "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nContent-Length: 0\r\n"
                               "Cache-Control: no-store\r\nConnection: close\r\n\r\n";
    atomic_fetch_add(&http->refused_connections, 1);
    if (!http->tls)
        send(fd, busy, sizeof busy - 1, MSG_NOSIGNAL | MSG_DONTWAIT);
    close(fd);
}

static bool connection_add(struct http *http, int fd, const struct sockaddr *address, socklen_t n)
{
    pthread_mutex_lock(&http->daemon_lock);
    bool added = MHD_add_connection(http->daemon, fd, address, n) == MHD_YES;
    pthread_mutex_unlock(&http->daemon_lock);
    return added;
}

/* The connection is counted until libmicrohttpd says that it is closed. */
static void hand_over(struct http *http, int fd, const struct sockaddr *address, socklen_t n)
{
    if (atomic_fetch_add(&http->connections, 1) >= http->connections_most) {
        atomic_fetch_sub(&http->connections, 1);
        turn_away(http, fd);
    } else if (!connection_add(http, fd, address, n)) {
        atomic_fetch_sub(&http->connections, 1);
        atomic_fetch_add(&http->refused_connections, 1);
    }
}

/* Accepts what waits. False: there is no room for more at the moment. */
static bool accept_all(struct http *http)
{
    for (;;) {
        struct sockaddr_storage address;
        socklen_t n = sizeof address;
        int fd = accept4(http->listen_fd, (struct sockaddr *)&address, &n, SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (fd >= 0)
            hand_over(http, fd, (struct sockaddr *)&address, n);
        else if (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM)
            return false;
        else if (errno != EINTR && errno != ECONNABORTED)
            return true;
    }
}

void *listen_accept(void *data)
{
    struct http *http = data;
    struct pollfd fds[] = {{.fd = http->stop_fd, .events = POLLIN},
                           {.fd = http->listen_fd, .events = POLLIN}};
    for (;;) {
        if (poll(fds, 2, -1) < 0)
            continue; /* interrupted */
        if (fds[0].revents)
            return NULL;
        if (!accept_all(http) && poll(fds, 1, PAUSE_MS) > 0)
            return NULL;
    }
}
