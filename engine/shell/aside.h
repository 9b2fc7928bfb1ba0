/* aside: work that takes long, on a thread of its own.
 *
 * The engine's thread owns Lua, SQLite and what is served; whatever it does keeps others waiting. What is
 * pure and grows with the plans is therefore done aside: it reads what nobody changes meanwhile, and gives
 * back what is new. */
#ifndef HANCHOT_SHELL_ASIDE_H
#define HANCHOT_SHELL_ASIDE_H

#include "shell/daemon.h"

/* Begins it; done_fd (eventfd) becomes readable when it is over. data belongs to the work until then. */
void aside_begin(void (*work)(void *data), void *data, int done_fd);
/* Does it and comes back when it is over. Meanwhile those who only read are answered, from what is served;
 * all else waits: nothing is written, taken up or told. Not while another one is under way. */
void aside_do(struct daemon *daemon, void (*work)(void *data), void *data);
/* The same for work that reads the ledger: *store is where from, a connection of its own. Where none can be
 * opened it is the engine's, and nobody is answered meanwhile. */
void aside_read(struct daemon *daemon, void (*work)(void *data), void *data, struct store **store);
/* Folds the ledger's log there where that is due, so that no turn of the engine waits for the disk longer
 * than for what it has to write. */
void aside_fold(struct daemon *daemon);
/* That connection, or NULL; opened when it is first asked for: soon after the start, while the file is surely
 * the one that the engine has open. */
struct store *aside_store(struct daemon *daemon);

#endif
