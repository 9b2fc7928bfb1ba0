/* proof: was every deadline told of as its ladder says? Pure: the clock is an argument.
 *
 * Looks at the rungs of the last days, today's not yet, that were to be told to the leads and to whom they
 * escalate: not when the duty was done, cancelled, moved or answered by then. A gap is a rung that was not
 * told at all (hanchot did not run that day, or its rule came later), that no channel took, or that its
 * receiver refused. */
#ifndef HANCHOT_ALERT_PROOF_H
#define HANCHOT_ALERT_PROOF_H

#include "alert/alerts.h"
#include "ledger/outbox.h"

#define PROOF_DAYS 7

enum gap_kind { GAP_UNTOLD, GAP_UNTAKEN, GAP_REFUSED, GAP_KINDS };
const char *gap_kind_name(enum gap_kind kind); /* "untold" */
const char *gap_kind_title(enum gap_kind kind, enum lang lang);

struct gap {
    enum gap_kind kind;
    const char *key, *unit, *rung;
    int day; /* of the rung */
};

struct proof {
    struct arena *arena;
    struct gap *list; /* by day, key, unit */
    size_t n;
    size_t rungs; /* that were looked at */
    size_t counts[GAP_KINDS];
};

/* Borrows nothing. */
struct proof *proof_new(const struct outlook *outlook, const struct replies *replies,
                        const struct notices *notices, const struct dispatches *dispatches, int64_t now,
                        const struct alert_settings *settings);
void proof_free(struct proof *proof); /* NULL is fine */

#endif
