/* messages: what offices are told at one time, written into the ledger as notices for desktops. An office
 * that has more than a few to hear of gets one summary that carries them, in the order past, today, coming.
 */
#ifndef HANCHOT_SHELL_MESSAGES_H
#define HANCHOT_SHELL_MESSAGES_H

#include "alert/alerts.h"
#include "shell/daemon.h"

struct message {
    const char *unit; /* "": those who run hanchot */
    const struct alert *alert;
    const char **told; /* where the rung that was told is remembered */
    size_t place;
};

struct messages {
    VEC(struct message) list;  /* to be told */
    VEC(struct message) known; /* told before, as the ledger says */
};
void messages_fini(struct messages *messages);

/* Looks in the ledger whether it was told, and adds it. */
MUST_CHECK bool messages_add(struct daemon *daemon, struct messages *messages, const char *unit,
                             const struct alert *alert, const char **told, struct err *err);
/* Inside store_begin .. store_commit. Sorts them. */
MUST_CHECK bool messages_write(struct daemon *daemon, struct messages *messages, struct err *err);
/* They are written for good: remembers that they and the known ones were told. */
void messages_remember(const struct messages *messages);

#endif
