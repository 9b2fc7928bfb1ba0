/* facts: what people told hanchot and what it must never forget: events that happened, progress on
 * occurrences, plans closed.
 *
 * Facts are only ever added; a correction is a new fact and the old one stays. Ids grow in the order of
 * telling, and who speaks last is right, also where --at stamped the last fact with an earlier instant. What
 * evaluation sees is a struct facts: all of them, read once, sorted, never changed. Names of plans, events,
 * units and occurrences are texts here: a fact whose rule is gone is kept and reported. */
#ifndef HANCHOT_LEDGER_FACTS_H
#define HANCHOT_LEDGER_FACTS_H

#include "ledger/store.h"
#include "time/date.h"

/* An event happened: what a `record` command tells. */
struct event_fact {
    int64_t id;
    const char *plan, *event;
    const char *unit; /* unit id, or NULL: for every lead */
    const char *ref;  /* only for this row, or NULL */
    int64_t chain;    /* id of the first record that this one corrects (its own id if none) */
    int label_day;    /* the day that the chain's first record named: stays when the day is corrected */
    int on;           /* the day it happened */
    int due;          /* the day that it sets, or DAY_NONE */
    const char *note, *by;
    int64_t recorded_at; /* the instant it counts from */
    /* It was a mistake and is taken back: since when, why, by whom. 0: it stands. */
    int64_t withdrawn_at;
    const char *withdrawn_why, *withdrawn_by;
};

enum progress_action { PROGRESS_DONE, PROGRESS_REOPEN, PROGRESS_EXTEND, PROGRESS_CANCEL };
const char *progress_action_name(enum progress_action action); /* "done" ... */
MUST_CHECK bool progress_action_parse(const char *name, enum progress_action *action);

struct progress_fact {
    int64_t id;
    const char *occurrence; /* id without "@hanchot" */
    enum progress_action action;
    int on; /* DONE: the day it was done; EXTEND: the new due day; else DAY_NONE */
    const char *why, *by;
    int64_t recorded_at;
};

struct closing_fact {
    int64_t id;
    const char *plan;
    int on;
    const char *why, *by;
    int64_t recorded_at;
};

/* One record, correction or withdrawal of a chain. */
struct event_history {
    int64_t chain, recorded_at;
};

struct facts {
    struct arena *arena;
    const struct event_fact *events; /* only the last of each chain; by plan, event, chain */
    size_t n_events;
    size_t n_withdrawn;                   /* of these, that are taken back */
    const struct progress_fact *progress; /* all, by occurrence (strcmp), then id */
    size_t n_progress;
    const struct closing_fact *closings; /* all, by plan, then id */
    size_t n_closings;
    /* How often each chain was recorded, corrected or taken back, and when, for LAST-MODIFIED; by chain, then
     * time. */
    const struct event_history *history;
    size_t n_history;
    /* The civil day of the earliest recorded_at; DAY_NONE while nothing was ever recorded. It is written down
     * with the first fact and goes back only when a fact is recorded --at an earlier instant. */
    int first_day;
};

/* All facts, of one moment. With known_on other than DAY_NONE, those recorded after that day's end are left
 * out, and first_day is DAY_NONE if it lies there. store may be NULL: empty. */
MUST_CHECK struct facts *facts_read(struct store *store, int known_on, struct err *err);
/* The same, of what was recorded before that instant. */
MUST_CHECK struct facts *facts_read_until(struct store *store, int64_t until, struct err *err);
struct facts *facts_empty(void);
void facts_free(struct facts *facts);

/* The slice of facts->progress about one occurrence; its length, and its first or NULL. */
size_t facts_progress(const struct facts *facts, const char *occurrence, const struct progress_fact **first);
/* The slice of facts->events about one event of one plan. */
size_t facts_events(const struct facts *facts, const char *plan, const char *event,
                    const struct event_fact **first);

/* Writers. They belong inside store_begin .. store_commit. `real_now` is stamped beside recorded_at. What the
 * schema refuses (no such chain, a day where the action has none, an empty name) is ERR_INPUT; then roll
 * back. */

/* chain 0: a first record, else a correction of that chain. id and label_day are not looked at. */
MUST_CHECK bool facts_add_event(struct store *store, const struct event_fact *fact, int64_t real_now,
                                int64_t *id, struct err *err);
/* Takes back what the chain's last record (fact->id) says: withdrawn_why and withdrawn_by of the fact,
 * recorded_at is the instant of the withdrawal. */
MUST_CHECK bool facts_withdraw_event(struct store *store, const struct event_fact *fact, int64_t recorded_at,
                                     int64_t real_now, struct err *err);
MUST_CHECK bool facts_add_progress(struct store *store, const struct progress_fact *fact, int64_t real_now,
                                   struct err *err);
MUST_CHECK bool facts_add_closing(struct store *store, const struct closing_fact *fact, int64_t real_now,
                                  struct err *err);

#endif
