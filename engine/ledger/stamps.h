/* stamps: when the rules' side of a published event last changed.
 *
 * An event's LAST-MODIFIED comes from its facts and from the days that pass; an edit of rules, calendars or
 * templates leaves no fact, so the ledger remembers, for each UID, a hash of what the rules make of it, which
 * facts it was made of, how often it was edited and when last. A UID never seen before has no edits: a fresh
 * database gives the same bytes as an old one. */
#ifndef HANCHOT_LEDGER_STAMPS_H
#define HANCHOT_LEDGER_STAMPS_H

#include "ledger/store.h"

struct stamp {
    const char *uid;
    uint64_t hash;  /* of the content that does not come from facts' progress or from today */
    uint64_t facts; /* hash of the ids of the facts that content was made of */
    int64_t at;     /* instant of the last edit; 0 if none */
    int edits;
};

struct stamps {
    struct arena *arena;
    const struct stamp *list; /* by uid */
    size_t n;
};

MUST_CHECK struct stamps *stamps_read(struct store *store, struct err *err); /* store NULL: empty */
void stamps_free(struct stamps *stamps);
const struct stamp *stamps_find(const struct stamps *stamps, const char *uid); /* or NULL */
/* Writes those that are new or differ, in one transaction of its own. */
MUST_CHECK bool stamps_write(struct store *store, const struct stamp *list, size_t n, struct err *err);

/* When the bytes of a feed last changed, for the Last-Modified header: never goes back. */
struct feed_stamp {
    char etag[80];
    int64_t modified;
};
MUST_CHECK bool feed_stamp_read(struct store *store, const char *feed, struct feed_stamp *stamp, bool *found,
                                struct err *err);
MUST_CHECK bool feed_stamp_write(struct store *store, const char *feed, const struct feed_stamp *stamp,
                                 struct err *err);

#endif
