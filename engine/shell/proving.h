/* proving: the daily self-check of the daemon: was everything told that the ladders say (alert/proof.h)? */
#ifndef HANCHOT_SHELL_PROVING_H
#define HANCHOT_SHELL_PROVING_H

#include "alert/proof.h"
#include "shell/daemon.h"

struct proving;
struct proving *proving_new(void);
void proving_free(struct proving *proving); /* NULL is fine */

/* Once a day, after midnight or at the start; it costs nothing when it was made today. After all that is due
 * was told. False: the ledger could not be read. */
MUST_CHECK bool proving_daily(struct daemon *daemon, struct err *err);
/* The last one, good until the next; NULL: there was none yet. */
const struct proof *proving_last(const struct daemon *daemon);

#endif
