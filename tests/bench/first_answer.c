/* first_answer PORT PATH COMMAND…: milliseconds from just before the command starts to its first answer with
 * status 200.
 *
 * Asks over and over until there is one, then ends the command with SIGTERM. For comparing cold starts. */
#include <arpa/inet.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static int answers(int port, const char *path)
{
    struct sockaddr_in address = {
        .sin_family = AF_INET, .sin_port = htons((uint16_t)port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    char buffer[512];
    int good = 0, fd = socket(AF_INET, SOCK_STREAM, 0);
    if (!connect(fd, (struct sockaddr *)&address, sizeof address)) {
        int n = snprintf(buffer, sizeof buffer,
                         "GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n", path);
        if (send(fd, buffer, (size_t)n, MSG_NOSIGNAL) == n && recv(fd, buffer, sizeof buffer, 0) > 12)
            good = !strncmp(buffer + 8, " 200", 4);
    }
    close(fd);
    return good;
}

int main(int argc, char **argv)
{
    posix_spawn_file_actions_t actions;
    pid_t pid;
    if (argc < 4)
        return 2;
    int port = (int)strtol(argv[1], NULL, 10);
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", 1, 0);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", 1, 0);
    double start = now_ms();
    if (posix_spawnp(&pid, argv[3], &actions, NULL, argv + 3, environ))
        return 1;
    while (!answers(port, argv[2])) {
        struct timespec pause = {0, 200000};
        if (waitpid(pid, NULL, WNOHANG) == pid || now_ms() - start > 30000)
            return 1;
        nanosleep(&pause, NULL);
    }
    printf("%.2f\n", now_ms() - start);
    kill(pid, SIGTERM);
    waitpid(pid, NULL, 0);
    return 0;
}
