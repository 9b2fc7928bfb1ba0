/* keeping: a copy of the rules in use stands in the ledger, for a start at which those on the disk have
 * faults. */
#ifndef HANCHOT_SHELL_KEEPING_H
#define HANCHOT_SHELL_KEEPING_H

#include "shell/daemon.h"

/* The daemon's rulebook was taken in use: daemon->keep_at_ms is set, wait_ms from now. */
void keeping_begin(struct daemon *daemon, int wait_ms);
/* When that moment has come, and before the daemon ends: writes what is not in the ledger yet. Where it
 * cannot be written, that is tried again later. */
void keeping_step(struct daemon *daemon);

/* At the start, after faults: takes the copy in use, daemon->rulebook and daemon->copied_at. False: there is
 * none, or it cannot be used, which is in the log then. */
bool keeping_restore(struct daemon *daemon);

#endif
