/* courier: the daemon's dealings with hanchot-deliver, which carries mails and calls to their receivers.
 *
 * It is started when something waits to be sent, and again, after a growing pause, when it died. Each channel
 * has one thing on its way at a time, so that what was told first arrives first. What came of it is written
 * into the ledger before anything else goes to that channel. */
#ifndef HANCHOT_SHELL_COURIER_H
#define HANCHOT_SHELL_COURIER_H

#include "shell/daemon.h"

struct courier;
struct courier *courier_new(void);
/* What is on its way may arrive, for a few seconds; the rest is sent after the next start. NULL is fine. */
void courier_free(struct daemon *daemon);

/* Hands over what waits and may be tried now. */
void courier_update(struct daemon *daemon);
/* The instant of the next try; INT64_MAX: none. */
int64_t courier_wake(const struct courier *courier);

/* For poll: -1 while it does not run. */
int courier_fd(const struct courier *courier);
short courier_events(const struct courier *courier);
/* Milliseconds until it is to be started again or goes on; -1: it runs, or has nothing to do. */
int courier_timeout_ms(const struct courier *courier);
/* Something happened on its fd, or the time is over. */
void courier_serve(struct daemon *daemon);

#endif
