/* outlook: what is due, when, by whom, and how it stands: the whole of it, for one instant.
 *
 * A pure function of rulebook, facts and now: no file, no socket, no SQL, no clock; the same inputs give the
 * same outlook. It borrows from the rulebook and the facts, which must outlive it. */
#ifndef HANCHOT_EVALUATE_OUTLOOK_H
#define HANCHOT_EVALUATE_OUTLOOK_H

#include "ledger/facts.h"
#include "rulebook/succession.h"

/* The first that applies. */
enum state {
    STATE_CANCELLED,
    STATE_DONE,
    STATE_OVERDUE, /* today is after due */
    STATE_EXTENDED,
    STATE_OPEN,
    STATE_WAITING,  /* its event has not happened */
    STATE_STANDING, /* a standing duty, or one without any date */
};
const char *state_name(enum state state);                  /* "overdue": ids in JSON and tests */
const char *state_title(enum state state, enum lang lang); /* "quá hạn" */

/* One duty x one period x one leading unit. */
struct occurrence {
    const char *id; /* "haiphong-2026:III.3.c:2026-11:haiphong/PC06" */
    const struct duty *duty;
    const struct unit *unit; /* NULL where the plan's lead cannot be read */
    const char *label;       /* period of the id */
    int opens;               /* window's or event's first day, or DAY_NONE */
    int due;                 /* last admissible day, or DAY_NONE */
    int due_original;        /* before extensions */
    int act_by;              /* DAY_NONE without due */
    int done_on;             /* DAY_NONE unless done */
    enum state state;
    bool late;        /* done after due */
    bool provisional; /* depends on a day or year not yet announced */
    bool assumed;     /* the plan names no day */
    bool checkpoint;
    bool closed;                            /* its plan is closed */
    const struct event_fact *const *events; /* the records that its dates rest on */
    size_t n_events;
    const struct event_fact *const *withdrawn; /* those that were taken back */
    size_t n_withdrawn;
    const struct progress_fact *progress; /* all about it, oldest first */
    size_t n_progress;
    /* When what people see of it changed after the plan's issue: its facts, and the midnight on which it went
     * overdue. Ascending, instants may repeat. */
    const int64_t *changes;
    size_t n_changes;
};

/* All leading units of one duty and period: a contiguous slice of the outlook's list. */
struct gathering {
    const char *id; /* "haiphong-2026:III.3.c:2026-11" */
    const struct duty *duty;
    const char *label;
    const struct occurrence *first;
    size_t n, done, cancelled;
    const struct occurrence
        *next; /* the earliest due and not done or cancelled; else the last due; NULL: none has a day */
};

enum role { ROLE_LEAD, ROLE_TO, ROLE_WITH };
const char *role_name(enum role role); /* "lead", "to", "with" */

/* What one office meets: an occurrence of its own, or what others lead and it receives or coordinates,
 * gathered. */
struct engagement {
    enum role role;
    const struct occurrence *occurrence; /* ROLE_LEAD */
    const struct gathering *gathering;   /* always: the one it belongs to */
};

struct outlook {
    struct arena *arena;
    const struct rulebook *rulebook;
    const struct facts *facts;
    int64_t now;
    int today;
    const struct occurrence *list; /* by plan, row, part, label, unit */
    size_t n;
    struct occurrence *owned;           /* the list again, to be freed */
    const struct gathering *gatherings; /* in the same order */
    size_t n_gatherings;
    bool *plan_closed; /* by plan->position */
    const struct unit_agenda {
        const struct engagement *at;
        size_t n;
    } * agendas; /* by unit->number: what the unit meets, in the outlook's order */
    const struct progress_fact *const *orphans; /* progress that no occurrence matches */
    size_t n_orphans;
    int64_t next_change; /* the next midnight, when states may change */
};

struct outlook *outlook_new(const struct rulebook *rulebook, const struct facts *facts, int64_t now);
void outlook_free(struct outlook *outlook);

/* By id, with or without "@hanchot". NULL: none. */
const struct occurrence *outlook_find(const struct outlook *outlook, const char *id);
const struct gathering *outlook_find_gathering(const struct outlook *outlook, const char *id);

/* The offices that these are for it: those that the rules name, or who had followed them on its due day. */
const struct units *occurrence_party(const struct occurrence *occurrence, enum party party);
/* The same of the occurrence that the gathering shows: the next. Others of it may have others. */
const struct units *gathering_party(const struct gathering *gathering, enum party party);

/* What was recorded of an event: under the plan's old name, then under that of today. Borrows from facts. */
struct event_records {
    const struct event_fact *old, *later;
    size_t n_old, n; /* n: of both */
};
struct event_records outlook_records(const struct facts *facts, const struct event *event);
const struct event_fact *event_record(const struct event_records *records, size_t i);

#endif
