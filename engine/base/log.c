#include "base/log.h"

#include "base/text.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* systemd names the device and inode it gave as stderr; a child whose stderr went elsewhere writes for
 * people. */
static bool is_journal(void)
{
    const char *stream = getenv("JOURNAL_STREAM");
    struct stat about;
    char mine[64];
    if (!stream || fstat(STDERR_FILENO, &about) != 0)
        return false;
    snprintf(mine, sizeof mine, "%lu:%lu", (unsigned long)about.st_dev, (unsigned long)about.st_ino);
    return strcmp(stream, mine) == 0;
}

static void write_all(const char *bytes, size_t n)
{
    while (n > 0) {
        ssize_t written = write(STDERR_FILENO, bytes, n);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return; /* there is nobody left to tell */
        bytes += written;
        n -= (size_t)written;
    }
}

void log_line(enum log_level level, const char *format, ...)
{
    if (level == LOG_LEVEL_DEBUG && !getenv("HANCHOT_DEBUG"))
        return;
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, format, args);
    va_end(args);
    must(n >= 0);
    auto_free char *message = mem_alloc((size_t)n + 1);
    vsnprintf(message, (size_t)n + 1, format, again);
    va_end(again);
    /* One line and nothing that moves a terminal's cursor, whatever a message quotes. */
    for (char *c = message; *c; c++)
        if ((unsigned char)*c < ' ' || *c == 0x7f)
            *c = ' ';
    auto_text line = {0};
    if (is_journal())
        text_addf(&line, "<%d>", (int)level);
    text_add(&line, message);
    text_add(&line, "\n");
    write_all(line.at, line.n);
}
