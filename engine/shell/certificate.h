/* certificate: the server's own TLS certificate while the daemon runs: looked at again on SIGHUP and every
 * day, taken over without a restart, and said aloud before it ends. */
#ifndef HANCHOT_SHELL_CERTIFICATE_H
#define HANCHOT_SHELL_CERTIFICATE_H

#include "shell/daemon.h"
#include "shell/door.h"

/* What the server begins with; nothing where it has no TLS. */
void certificate_begin(struct daemon *daemon, const struct door *door);
/* Reads the files again; another pair is taken over, a bad one leaves the former in use. */
void certificate_look(struct daemon *daemon);
/* The instant at which it ends, when that is near or past; 0: it is not, or there is none. */
int64_t certificate_ends_soon(const struct daemon *daemon);

#endif
