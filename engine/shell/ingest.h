/* ingest: figures on their way into the ledger, by whichever door: the command, the daemon's socket, HTTP,
 * the drop folder. */
#ifndef HANCHOT_SHELL_INGEST_H
#define HANCHOT_SHELL_INGEST_H

#include "intake/intake.h"

/* A bar on stderr, for files from PROGRESS_BYTES on. */
enum { PROGRESS_BYTES = 2 << 20 };
struct progress {
    int shown; /* percent; -1: nothing yet */
    int fd;
    int64_t size;
};

/* Runs the request in the daemon and publishes what changed. NULL: err. */
struct daemon;
json_t *daemon_ingest(struct daemon *daemon, const struct intake_request *request, struct err *err);
/* A request that came over the socket with an open file: {"report":…} or {"error":…,"detail":…}. */
json_t *ingest_line(struct daemon *daemon, const json_t *line, int file, enum lang lang);

#endif
