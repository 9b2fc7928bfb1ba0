/* replies: what people answered to alerts: "known" (ack) and "remind me later" (snooze).
 *
 * Rows are only ever added; for each alert the last one counts, for as long as alert/alerts.h says. An
 * alert's key, kind and day are texts and days here: a reply whose rule is gone is kept. */
#ifndef HANCHOT_LEDGER_REPLIES_H
#define HANCHOT_LEDGER_REPLIES_H

#include "ledger/store.h"
#include "time/date.h"

enum reply_action { REPLY_ACK, REPLY_SNOOZE };
const char *reply_action_name(enum reply_action action); /* "ack", "snooze" */

struct reply {
    int64_t id;
    const char *alert; /* its key */
    enum reply_action action;
    const char *kind; /* of the alert when it was answered: "due_soon" */
    int due;          /* its day then, or DAY_NONE */
    int64_t until;    /* SNOOZE: until when; else 0 */
    const char *by;   /* or NULL */
    int64_t recorded_at;
};

struct replies {
    struct arena *arena;
    const struct reply *list; /* all, by alert (strcmp), then id */
    size_t n;
    struct reply *own; /* private: list, where it may grow */
    size_t cap;
    int64_t last_id;
};

struct answered {
    VEC(const char *) keys; /* of alerts */
};

/* store NULL: empty. */
MUST_CHECK struct replies *replies_read(struct store *store, struct err *err);
/* Takes those that were written since: list moves. keys: of what they answer, oldest first; they live as long
 * as replies, their list is the caller's. */
MUST_CHECK bool replies_more(struct store *store, struct replies *replies, struct answered *answered,
                             struct err *err);
struct replies *replies_empty(void);
void replies_free(struct replies *replies); /* NULL is fine */
/* The last one about an alert, or NULL. */
const struct reply *replies_last(const struct replies *replies, const char *alert);

/* Inside store_begin .. store_commit. id is not looked at. */
MUST_CHECK bool replies_add(struct store *store, const struct reply *reply, int64_t real_now,
                            struct err *err);

#endif
