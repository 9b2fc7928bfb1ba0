/* proof: was everything told that had to be? Pure: the clock is an argument.
 *
 * It looks at each of the last days, today not yet, as it stood when working hours began: with what was
 * recorded by then, the same rules that tell now say what was to be told, to whom. So whatever is told of is
 * looked at: deadlines, offices that receive what others owe, KPIs, figures, events, what was left from
 * before the first day; and nobody waits for a reminder of what was done, answered, moved or not yet known.
 *
 * A gap is a reminder that was not told at all, that no channel took, or that its receiver refused; a letter
 * that was replaced by a newer one arrived with that. It is no gap when it was acknowledged while it
 * stood. One
 * that hanchot could not tell, as it did not run or did not know the rule yet, is only late when the next one
 * was told, and nothing when nobody needed it by then. */
#ifndef HANCHOT_ALERT_PROOF_H
#define HANCHOT_ALERT_PROOF_H

#include "alert/alerts.h"
#include "ledger/outbox.h"

#define PROOF_DAYS 7

/* The last one is told of, but is nothing to be mended. */
enum gap_kind { GAP_UNTOLD, GAP_UNTAKEN, GAP_REFUSED, GAP_LATE, GAP_KINDS };
const char *gap_kind_name(enum gap_kind kind); /* "untold" */
const char *gap_kind_title(enum gap_kind kind, enum lang lang);

struct gap {
    enum gap_kind kind;
    const char *key, *unit, *rung;
    int day; /* on which it was to be told */
};

struct proof {
    struct arena *arena;
    struct gap *list; /* by day, key, unit */
    size_t n;
    size_t rungs;   /* that were looked at */
    size_t missing; /* gaps but those that are late only */
    size_t counts[GAP_KINDS];
};

/* Days are looked at one by one, as each asks for an evaluation of its own:
 *
 *     struct proving_days *days = proof_begin(first_day, &told, now, &settings);
 *     for (int64_t at; proof_wants(days, &at);)
 *         proof_look(days, outlook as of `at` with what was known then, its standings or NULL);
 *     struct proof *proof = proof_end(days);
 */
struct proof_told { /* borrowed until the end */
    const struct replies *replies;
    const struct notices *notices;
    const struct dispatches *dispatches;
};
struct proving_days;
struct proving_days *proof_begin(int first_day, const struct proof_told *told, int64_t now,
                                 const struct alert_settings *settings);
bool proof_wants(const struct proving_days *days, int64_t *at);
void proof_look(struct proving_days *days, const struct outlook *outlook, const struct standings *standings);
struct proof *proof_end(struct proving_days *days); /* takes it; also before all days were looked at */
void proof_free(struct proof *proof);               /* NULL is fine */

#endif
