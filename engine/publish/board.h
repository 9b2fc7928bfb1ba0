/* board: the one point where the engine and the HTTP threads meet.
 *
 * The engine puts up a new snapshot; readers take the current one and give it back. Taking holds a mutex for
 * load and ref+1 only (a bare atomic pointer with a count inside the object is a use-after-free: the object
 * may die between the load and the increment). The last one to give a snapshot back frees it. */
#ifndef HANCHOT_PUBLISH_BOARD_H
#define HANCHOT_PUBLISH_BOARD_H

#include "base/mem.h"

#include <stdatomic.h>

/* The head of every snapshot; put it first in the struct. */
struct snapshot {
    atomic_int holders; /* who makes it sets 1: the reference that board_put takes over */
    void (*free)(struct snapshot *snapshot);
};

struct board;
struct board *board_new(void);
void board_free(struct board *board); /* gives the current snapshot back */
/* Hands one reference over to the board; the former snapshot is given back. */
void board_put(struct board *board, struct snapshot *snapshot);
/* The current snapshot with a reference, or NULL before the first. */
struct snapshot *board_take(struct board *board);
void snapshot_release(struct snapshot *snapshot); /* NULL is fine */

#endif
