/* A webhook or a mail server for tests, on a free port of this machine: receiver http|smtp FOLDER
 *
 * Prints its port. Each request or mail is kept in FOLDER as 1, 2, …, whole as it came, before it is
 * answered. FOLDER/answer may hold the status to answer with instead of 200 or 250 (a mail's receiver is
 * refused with it); FOLDER/answer of 0: the connection is closed without an answer, after the thing was kept:
 * what a crash at the wrong moment looks like. */
#include <arpa/inet.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

enum { MOST = 1 << 24 };

static const char *folder;
static bool is_smtp;
static atomic_int count;

static int answer_wanted(int usual)
{
    char path[4096];
    int code = usual;
    snprintf(path, sizeof path, "%s/answer", folder);
    FILE *file = fopen(path, "r");
    if (!file)
        return usual;
    if (fscanf(file, "%d", &code) != 1)
        code = usual;
    fclose(file);
    return code;
}

/* Under its number only once it is whole. */
static void keep(const char *bytes, size_t n)
{
    char part[4096], path[4096];
    int number = atomic_fetch_add(&count, 1) + 1;
    snprintf(part, sizeof part, "%s/.%d", folder, number);
    snprintf(path, sizeof path, "%s/%d", folder, number);
    FILE *file = fopen(part, "w");
    if (!file || fwrite(bytes, 1, n, file) != n || fclose(file) || rename(part, path))
        abort();
}

static void say(int fd, const char *text)
{
    (void)!send(fd, text, strlen(text), MSG_NOSIGNAL);
}

/* ---- HTTP ---- */

static size_t whole_request(const char *bytes, size_t n)
{
    const char *end = memmem(bytes, n, "\r\n\r\n", 4);
    const char *length = end ? strcasestr(bytes, "\r\ncontent-length:") : NULL;
    if (!end)
        return 0;
    size_t body = length && length < end ? strtoul(length + 17, NULL, 10) : 0;
    size_t whole = (size_t)(end + 4 - bytes) + body;
    return n >= whole ? whole : 0;
}

static void http_serve(int fd, char *bytes)
{
    size_t n = 0, whole = 0;
    while (!whole) {
        ssize_t got = recv(fd, bytes + n, MOST - 1 - n, 0);
        if (got <= 0)
            return;
        bytes[n += (size_t)got] = '\0';
        whole = whole_request(bytes, n);
    }
    keep(bytes, whole);
    int code = answer_wanted(200);
    char answer[128];
    snprintf(answer, sizeof answer, "HTTP/1.1 %d As told\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
             code);
    if (code)
        say(fd, answer);
}

/* ---- SMTP ---- */

static bool line_read(FILE *in, char line[1024])
{
    return fgets(line, 1024, in) != NULL;
}

/* False: the connection is to be dropped. */
static bool mail_take(int fd, FILE *in, char *bytes)
{
    char line[1024];
    size_t n = 0;
    bool whole;
    say(fd, "354 go on\r\n");
    while ((whole = line_read(in, line)) && strcmp(line, ".\r\n") != 0) {
        const char *text = *line == '.' ? line + 1 : line;
        n += (size_t)snprintf(bytes + n, MOST - n, "%s", text);
    }
    if (!whole) /* whoever sent it was killed: what came of it is no mail */
        return false;
    keep(bytes, n);
    if (!answer_wanted(250))
        return false;
    say(fd, "250 2.0.0 taken\r\n");
    return true;
}

static void smtp_serve(int fd, char *bytes)
{
    char line[1024], refusal[64];
    FILE *in = fdopen(dup(fd), "r");
    say(fd, "220 receiver ESMTP\r\n");
    while (in && line_read(in, line)) {
        int code = answer_wanted(250);
        snprintf(refusal, sizeof refusal, "%d as told\r\n", code);
        if (!strncasecmp(line, "DATA", 4)) {
            if (!mail_take(fd, in, bytes))
                break;
        } else if (!strncasecmp(line, "QUIT", 4)) {
            say(fd, "221 bye\r\n");
            break;
        } else if (!strncasecmp(line, "RCPT", 4) && code >= 400)
            say(fd, refusal);
        else
            say(fd, "250 fine\r\n");
    }
    if (in)
        fclose(in);
}

static void *serve(void *data)
{
    int fd = *(int *)data;
    free(data);
    char *bytes = malloc(MOST);
    if (!bytes)
        abort();
    if (is_smtp)
        smtp_serve(fd, bytes);
    else
        http_serve(fd, bytes);
    free(bytes);
    close(fd);
    return NULL;
}

int main(int argc, char **argv)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof address;
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (argc != 3 || fd < 0 || bind(fd, (struct sockaddr *)&address, size) || listen(fd, 64) ||
        getsockname(fd, (struct sockaddr *)&address, &size))
        return 1;
    is_smtp = !strcmp(argv[1], "smtp");
    folder = argv[2];
    printf("%d\n", ntohs(address.sin_port));
    fflush(stdout);
    for (int peer; (peer = accept(fd, NULL, NULL)) >= 0;) {
        pthread_t thread;
        int *its = malloc(sizeof *its);
        if (!its)
            return 1;
        *its = peer;
        if (pthread_create(&thread, NULL, serve, its))
            return 1;
        pthread_detach(thread);
    }
    return 1;
}
