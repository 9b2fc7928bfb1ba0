/* letters: what has not arrived, and where nothing arrives: the outbox (ledger/outbox.h) as those see it who
 * must do something about it. */
#ifndef HANCHOT_LEDGER_LETTERS_H
#define HANCHOT_LEDGER_LETTERS_H

#include "ledger/outbox.h"

/* A mail or a call that waits or was refused, and is not out of date. */
struct letter {
    int64_t notice;    /* its id */
    const char *alert; /* of its notice: "digest:an@example.gov.vn" */
    const char *channel, *title;
    int64_t told_at;
    int64_t tries;
    int64_t refused_at; /* 0: it waits */
    int64_t resent;     /* how often by hand */
    const char *detail; /* what the channel answered last, or NULL */
};
struct letters {
    struct arena *arena;
    struct letter *list; /* in the order of telling */
    size_t n;
};
/* Those refused up to that instant are left out. */
MUST_CHECK struct letters *letters_read(struct store *store, int64_t refused_after, struct err *err);
/* Those to one channel. */
MUST_CHECK struct letters *letters_to(struct store *store, const char *channel, int64_t refused_after,
                                      struct err *err);
/* Those that wait are left out too. */
MUST_CHECK struct letters *letters_refused(struct store *store, int64_t refused_after, struct err *err);
void letters_free(struct letters *letters); /* NULL is fine */

/* *all: `says` is true of the keys of all alerts that the letter tells, with those of letters that it told
 * instead of. Asks until the first that is not; some may be asked for twice. */
MUST_CHECK bool letter_all(struct store *store, int64_t notice, bool (*says)(void *data, const char *key),
                           void *data, bool *all, struct err *err);

/* Addresses and webhooks that took nothing of what they were offered last. */
struct channel {
    const char *name; /* "mail:an@example.gov.vn" */
    int64_t fails_since;
    const char *detail; /* or NULL */
};
struct channels {
    struct arena *arena;
    struct channel *list; /* by name */
    size_t n;
};
/* store NULL: none. */
MUST_CHECK struct channels *channels_failing(struct store *store, struct err *err);
/* The names alone of those to which something is on its way, or was refused. */
MUST_CHECK struct channels *channels_missed(struct store *store, struct err *err);
void channels_free(struct channels *channels); /* NULL is fine */

#endif
