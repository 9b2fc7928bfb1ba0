/* tick: what an instant asks of the daemon, and when to look at the clock again. Pure: the clock is an
 * argument, so that its jumps can be tried (tests/unit/test_tick.c). */
#ifndef HANCHOT_SHELL_TICK_H
#define HANCHOT_SHELL_TICK_H

#include <stdbool.h>
#include <stdint.h>

/* In the order in which the later ones hold the earlier. */
enum tick {
    TICK_NOTHING,
    TICK_PING,     /* those who listen hear that we are there */
    TICK_SEND,     /* a mail or a call that waits may be tried again */
    TICK_LOOK,     /* an alert opens, rises or is to be told */
    TICK_EVALUATE, /* another day: everything */
    TICK_PROVE,    /* the daily self-check goes on; proving.h says when, not the clock */
};

const char *tick_name(enum tick tick); /* "look" */

/* Instants; INT64_MAX: never. */
struct tick_times {
    int today;           /* of the evaluation that stands */
    int64_t next_change; /* of it */
    int64_t next_look;   /* at alerts */
    int64_t next_send;   /* of what waits in the outbox */
    int64_t last_ping;
    int64_t failed;        /* when the last try failed; INT64_MIN: it did not */
    bool evaluated, heard; /* there is an evaluation; somebody listens */
};

/* was_set: somebody set the clock since the last look at it, forward or back. */
enum tick tick_now(const struct tick_times *times, int64_t now, bool was_set);
/* The next instant at which it is not TICK_NOTHING: may lie in the past. */
int64_t tick_next(const struct tick_times *times, int64_t now);

#endif
