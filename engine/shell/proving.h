/* proving: the daily self-check: was everything told that had to be (alert/proof.h)? */
#ifndef HANCHOT_SHELL_PROVING_H
#define HANCHOT_SHELL_PROVING_H

#include "alert/proof.h"
#include "shell/daemon.h"

/* The whole at once, for commands. NULL: the ledger could not be read. store NULL: nothing was told. */
MUST_CHECK struct proof *proving_now(struct app *app, const struct rulebook *rulebook, struct store *store,
                                     struct err *err);

struct proving;
struct proving *proving_new(void);
void proving_free(struct proving *proving); /* NULL is fine */
/* Once a day, after midnight or at the start: daemon->prove_at_ms is set, unless it was made today. */
void proving_daily(struct daemon *daemon);
/* When that moment has come: looks at one day at a time, so that nobody waits for long. */
void proving_step(struct daemon *daemon);
/* The last one, good until the next; NULL: there was none yet. */
const struct proof *proving_last(const struct daemon *daemon);

#endif
