/* line: the daemon's UNIX socket "<db>.sock", through which commands hand over what they would write
 * themselves were the daemon not the owner of the database. One request, one answer, both JSON; then the
 * connection ends. A request may hand over an open file, which also shows that the asker may read it. */
#ifndef HANCHOT_SHELL_LINE_H
#define HANCHOT_SHELL_LINE_H

#include "base/err.h"

#include <jansson.h>

/* While the answer is awaited, look(data) is called now and then. */
struct line_wait {
    void (*look)(void *data); /* or NULL */
    void *data;
};
/* Asks the daemon at path, handing over an open file (or -1), with patience for as long as one may take.
 * NULL: no answer (ERR_ENV); *nobody: because nobody listens there, or who did ended before it took the
 * request; it may be asked again. The caller owns the answer. */
MUST_CHECK json_t *line_ask(const char *path, const json_t *request, int file, const struct line_wait *wait,
                            bool *nobody, struct err *err);

/* Whether a daemon listens there. */
bool line_answered(const char *path);

/* Listens there, mode 0600, replacing what a dead daemon left. -1: err. */
MUST_CHECK int line_listen(const char *path, struct err *err);
/* Takes one waiting connection and reads its request; a peer that has not said it all within two
 * seconds, or has gone by now, is dropped. NULL: none. *file: the open file that came along, which the caller
 * closes, or -1. */
json_t *line_take(int listener, int *peer, int *file);
/* Sends the answer and ends the connection. */
void line_answer(int peer, const json_t *answer);

#endif
