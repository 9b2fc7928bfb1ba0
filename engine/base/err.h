/* err: what went wrong, told to a person in their language.
 *
 * Three kinds of trouble are never mixed: a bug of ours stops the program (must), no memory stops it (see
 * mem.h), and the world (a file, SQL, a rule, a request) gives `false` and fills a struct err that the caller
 * must look at. A text says what, which and why: "không mở được rules/x.lua: không có tệp này". */
#ifndef HANCHOT_BASE_ERR_H
#define HANCHOT_BASE_ERR_H

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>

enum lang { LANG_VI, LANG_EN };

/* The kind is the exit status that a command ends with. */
enum err_kind {
    ERR_NONE = 0,
    ERR_INPUT = 1,   /* faults in input or rules */
    ERR_USAGE = 2,   /* the command was called wrongly */
    ERR_ENV = 3,     /* files, database, network, another process */
    ERR_PARTIAL = 4, /* partly done, as asked */
};

struct err {
    enum lang lang; /* set by the one who made it; texts come in this language */
    enum err_kind kind;
    bool conflict; /* sound in itself, but not as things stand now: done twice, cancelled meanwhile */
    char text[1024];
};

#define MUST_CHECK              __attribute__((warn_unused_result))
#define PRINTF_LIKE(fmt, first) __attribute__((format(printf, fmt, first)))

/* Chooses between the two texts of one message. */
static inline const char *say(enum lang lang, const char *vi, const char *en)
{
    return lang == LANG_VI ? vi : en;
}

/* Fills err (which may be NULL) and returns false, so that a caller can `return err_set(...)`. Both texts
 * take the same arguments; the compiler checks both. Long texts are cut at a character, never inside one;
 * bytes that are no UTF-8 and control characters become "?", so that a text may go to a terminal, a log or
 * JSON as it stands. */
bool err_set(struct err *err, enum err_kind kind, const char *vi, const char *en, ...) PRINTF_LIKE(3, 5)
    PRINTF_LIKE(4, 5);

/* What was just set is a conflict. Returns false. */
bool err_conflict(struct err *err);

/* Puts a context in front: err_wrap(err, "rules/x.lua: "). Returns false. */
bool err_wrap(struct err *err, const char *format, ...) PRINTF_LIKE(2, 3);

/* A promise of our own code. Broken, it aborts with file and line, in release builds too. */
#define must(cond) ((cond) ? (void)0 : must_failed(#cond, __FILE__, __LINE__))
_Noreturn void must_failed(const char *cond, const char *file, int line);

#endif
