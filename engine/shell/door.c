#include "shell/door.h"

#include <netinet/in.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

enum { DEFAULT_PORT = 8466, FIRST_SOCKET = 3, PEM_MOST = 1 << 20 };

/* ---- the address ---- */

static bool read_listen(struct door *door, const char *text, struct err *err)
{
    const char *colon = strrchr(text, ':');
    bool bracket_after = colon && strchr(colon, ']');
    char *end = NULL;
    door->config.port = DEFAULT_PORT;
    if (colon && !bracket_after) {
        long port = strtol(colon + 1, &end, 10);
        if (end == colon + 1 || *end || port < 0 || port > 65535)
            return err_set(err, ERR_USAGE, "--listen: cổng không hợp lệ trong '%s'",
                           "--listen: bad port in '%s'", text);
        door->config.port = (int)port;
        text_add_bytes(&door->host, text, (size_t)(colon - text));
    } else
        text_add(&door->host, text);
    door->config.address = text_str(&door->host);
    if (!strcmp(door->config.address, "localhost"))
        door->config.address = "127.0.0.1";
    return true;
}

static bool is_loopback(const char *address)
{
    return !strncmp(address, "127.", 4) || !strcmp(address, "[::1]") || !strcmp(address, "::1");
}

/* ---- a socket from systemd (sd_listen_fds(3)) ---- */

static bool is_loopback_socket(int fd)
{
    struct sockaddr_storage address = {0};
    socklen_t n = sizeof address;
    if (getsockname(fd, (struct sockaddr *)&address, &n) != 0)
        return false;
    if (address.ss_family == AF_INET)
        return ntohl(((struct sockaddr_in *)&address)->sin_addr.s_addr) >> 24 == 127;
    return address.ss_family == AF_INET6 &&
           IN6_IS_ADDR_LOOPBACK(&((struct sockaddr_in6 *)&address)->sin6_addr);
}

/* How many sockets were handed to this very process. */
static long sockets_given(void)
{
    const char *pid = getenv("LISTEN_PID"), *count = getenv("LISTEN_FDS");
    bool ours = pid && count && strtol(pid, NULL, 10) == (long)getpid();
    long n = ours ? strtol(count, NULL, 10) : 0;
    unsetenv("LISTEN_PID"); /* not for those that we start */
    unsetenv("LISTEN_FDS");
    unsetenv("LISTEN_FDNAMES");
    return n;
}

static bool read_socket(struct door *door, bool *loopback, struct err *err)
{
    long n = sockets_given();
    if (n > 1)
        return err_set(
            err, ERR_ENV,
            "systemd đưa %ld socket, hanchot chỉ dùng một; hãy để một ListenStream trong tệp .socket",
            "systemd hands over %ld sockets, hanchot uses one; leave one ListenStream in the .socket file",
            n);
    if (n < 1)
        return true;
    door->config.listen_fd = FIRST_SOCKET;
    *loopback = is_loopback_socket(FIRST_SOCKET);
    return true;
}

/* ---- TLS ---- */

static bool read_pem(const char *what, const char *path, struct text *pem, struct err *err)
{
    return file_read(path, PEM_MOST, pem, err) || err_wrap(err, "site.lua: tls.%s: ", what);
}

bool door_read_tls(struct door *door, const struct site *site, struct err *err)
{
    if (!site->tls_certificate)
        return true;
    if (!read_pem("certificate", site->tls_certificate, &door->certificate, err) ||
        !read_pem("key", site->tls_key, &door->private_key, err))
        return false;
    door->config.certificate = text_str(&door->certificate);
    door->config.private_key = text_str(&door->private_key);
    return true;
}

/* ---- the whole ---- */

bool door_open(struct door *door, const struct app *app, struct err *err)
{
    *door = (struct door){.config = http_default_config};
    if (!read_listen(door, app->options.listen ? app->options.listen : "127.0.0.1", err))
        return false;
    bool loopback = is_loopback(door->config.address);
    if (!read_socket(door, &loopback, err) || !door_read_tls(door, app->site, err))
        return false;
    door->config.prefix = url_path(app->site->url);
    bool behind_proxy = app->options.behind_proxy || app->site->behind_proxy;
    door->config.guarded = !loopback || behind_proxy;
    if (!door->config.guarded || door->config.certificate || behind_proxy)
        return true;
    return err_set(
        err, ERR_ENV,
        "--listen %s: ngoài loopback phải có TLS: ghi tls = { certificate = \"…\", key = \"…\" } "
        "trong site.lua, hoặc "
        "đặt một máy chủ proxy có TLS phía trước và ghi proxy = { behind = true } hoặc thêm --behind-proxy",
        "--listen %s: beyond loopback TLS is needed: write tls = { certificate = \"…\", key = "
        "\"…\" } in site.lua, or "
        "put a TLS proxy in front and write proxy = { behind = true } or add --behind-proxy",
        app->options.listen ? app->options.listen : "(systemd)");
}

bool door_safe(const struct door *door, const struct tokens *tokens, struct err *err)
{
    return !door->config.guarded || tokens_have_key(tokens) ||
           err_set(err, ERR_ENV,
                   "ngoài loopback hoặc sau proxy phải có khóa, mà sổ chưa có khóa nào: chạy "
                   "hanchot token create --key --name TÊN rồi khởi động lại",
                   "beyond loopback or behind a proxy a key is needed, and the ledger has none: run "
                   "hanchot token create --key --name NAME and start again");
}

void door_fini(struct door *door)
{
    if (door->private_key.at)
        explicit_bzero(door->private_key.at, door->private_key.n);
    text_fini(&door->private_key);
    text_fini(&door->certificate);
    text_fini(&door->host);
}

void door_notify(const char *state)
{
    const char *path = getenv("NOTIFY_SOCKET");
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    size_t n = path ? strlen(path) : 0;
    if (!n || n >= sizeof address.sun_path)
        return;
    memcpy(address.sun_path, path, n);
    if (*path == '@')
        address.sun_path[0] = '\0';
    int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return;
    sendto(fd, state, strlen(state), MSG_NOSIGNAL, (struct sockaddr *)&address,
           (socklen_t)(offsetof(struct sockaddr_un, sun_path) + n));
    close(fd);
}
