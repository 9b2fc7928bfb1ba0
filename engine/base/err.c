#include "base/err.h"

#include "base/text.h"

#include <stdlib.h>
#include <string.h>

/* A text may quote anything that stood in a file or a request. */
static void make_printable(char *text)
{
    size_t n = strlen(text), bad;
    while (!utf8_valid(text, n, &bad))
        text[bad] = '?';
    for (char *c = text; *c; c++)
        if (((unsigned char)*c < ' ' && *c != '\n' && *c != '\t') || *c == 0x7f)
            *c = '?';
}

/* `length` is what the whole text would have needed. */
static void cut(char *text, size_t size, int length)
{
    static const char mark[] = "…";
    must(length >= 0);
    if ((size_t)length < size)
        return;
    size_t end = size - sizeof mark;
    while (end > 0 && ((unsigned char)text[end] & 0xc0) == 0x80)
        end--;
    memcpy(text + end, mark, sizeof mark);
}

bool err_set(struct err *err, enum err_kind kind, const char *vi, const char *en, ...)
{
    if (!err)
        return false;
    char text[sizeof err->text]; /* an argument may be err->text itself */
    va_list args;
    va_start(args, en);
    int length = vsnprintf(text, sizeof text, say(err->lang, vi, en), args);
    va_end(args);
    cut(text, sizeof text, length);
    make_printable(text);
    err->kind = kind;
    err->conflict = false;
    memcpy(err->text, text, sizeof text);
    return false;
}

bool err_conflict(struct err *err)
{
    if (err)
        err->conflict = true;
    return false;
}

bool err_wrap(struct err *err, const char *format, ...)
{
    if (!err)
        return false;
    char text[sizeof err->text];
    va_list args;
    va_start(args, format);
    int length = vsnprintf(text, sizeof text, format, args);
    va_end(args);
    must(length >= 0);
    size_t front = strlen(text);
    int rest = snprintf(text + front, sizeof text - front, "%s", err->text);
    cut(text, sizeof text, length + rest);
    make_printable(text);
    memcpy(err->text, text, sizeof text);
    return false;
}

void must_failed(const char *cond, const char *file, int line)
{
    fprintf(stderr, "hanchot: %s:%d: broken promise: %s\n", file, line, cond);
    abort();
}
