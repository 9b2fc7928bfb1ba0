/* outbox: what leaves the house by mail and webhook.
 *
 * A delivery is written with its notice (ledger/notices.h), in one transaction, and offered to its channel
 * until that took or refused it. How often and when it is tried again stands in the ledger too, so that a
 * restart changes nothing. Whoever receives it tells repetitions by its key, which is the same each time: one
 * is only repeated when the process ended, or the connection broke, between the receiver's yes and our
 * writing it down.
 *
 * What is out of date before it could be delivered is dropped: a newer letter to the same receiver tells all
 * of it that still holds, or nothing in it is open any more. A refused one may be sent again by hand, under
 * the same key, for it was never taken. */
#ifndef HANCHOT_LEDGER_OUTBOX_H
#define HANCHOT_LEDGER_OUTBOX_H

#include "ledger/notices.h"

#define OUTBOX_KEY_SIZE 33
/* 32 hex digits made of what the notice is: alert, kind, rung, unit, channel; not of its number, which a
 * ledger put back from a backup would give to another one. */
const char *outbox_key(const struct notice *notice, char key[OUTBOX_KEY_SIZE]);

/* Seconds to wait after so many tries that failed (1 or more): 30, 60, 120 … 3600. */
int64_t outbox_wait(int64_t tries);

/* What waits and may be tried now: there may be thousands, so that what is in them is read one by one. */
struct delivery {
    int64_t notice;      /* its id */
    const char *channel; /* "mail:an@example.gov.vn", "webhook:names" */
    /* by outbox_read */
    char key[OUTBOX_KEY_SIZE];
    const char *content;
    int64_t tries; /* so far */
    int64_t told_at;
};
struct deliveries {
    struct arena *arena;
    struct delivery *list; /* in the order of telling */
    size_t n;
};
MUST_CHECK struct deliveries *outbox_waiting(struct store *store, int64_t now, struct err *err);
MUST_CHECK bool outbox_read(struct store *store, struct deliveries *deliveries, size_t which,
                            struct err *err);
void deliveries_free(struct deliveries *deliveries); /* NULL is fine */
/* When the next one may be tried; INT64_MAX: none waits. */
MUST_CHECK bool outbox_next(struct store *store, int64_t *at, struct err *err);

/* How many wait, and how often one was refused since the ledger began. */
MUST_CHECK bool outbox_counts(struct store *store, int64_t *waiting, int64_t *refused, struct err *err);

/* Inside the store_begin .. store_commit that adds the notice. */
MUST_CHECK bool outbox_add(struct store *store, int64_t notice, const char *content, int64_t at,
                           struct err *err);
/* What became of a try; each is a transaction of its own. The notice is taken too, with all that it carries.
 * detail: what the channel answered, or NULL. least: the channel asked to be left alone for so many seconds,
 * or 0. */
MUST_CHECK bool outbox_taken(struct store *store, int64_t notice, int64_t at, const char *detail,
                             struct err *err);
MUST_CHECK bool outbox_later(struct store *store, const struct delivery *delivery, int64_t now, int64_t least,
                             const char *detail, struct err *err);
MUST_CHECK bool outbox_refused(struct store *store, int64_t notice, int64_t at, const char *detail,
                               struct err *err);
/* Inside store_begin .. store_commit. newer: the letter that tells it instead, or 0. One that is on its way
 * now may arrive nevertheless. */
MUST_CHECK bool outbox_drop(struct store *store, int64_t notice, int64_t newer, int64_t at, struct err *err);
/* The same; of one that was refused and not dropped. */
MUST_CHECK bool outbox_resend(struct store *store, int64_t notice, int64_t at, struct err *err);

/* How all stand, for those who look. */
struct dispatch {
    int64_t notice; /* its id */
    int64_t tries;
    int64_t next_at, refused_at; /* 0: not */
    int64_t dropped_at;          /* out of date; 0: not */
    int64_t newer;               /* the letter that tells it instead, or 0 */
    int64_t resent;              /* how often by hand */
    const char *detail;          /* or NULL */
};
struct dispatches {
    struct arena *arena;
    struct dispatch *list; /* by notice */
    size_t n;
};
/* store NULL: empty. */
MUST_CHECK struct dispatches *dispatches_read(struct store *store, struct err *err);
void dispatches_free(struct dispatches *dispatches); /* NULL is fine */
/* That of a notice, or of the summary that carries it; NULL: it does not leave the house. */
const struct dispatch *dispatches_find(const struct dispatches *dispatches, const struct notice *notice);
/* The same; of a dropped one that which tells it instead. */
const struct dispatch *dispatches_last(const struct dispatches *dispatches, const struct notice *notice);

#endif
