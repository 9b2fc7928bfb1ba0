/* why: why somebody is told of something or not, on which days, what was told and answered, what comes next.
 * Of a deadline, or of whatever has an alert's key. */
#ifndef HANCHOT_ALERT_WHY_H
#define HANCHOT_ALERT_WHY_H

#include "alert/alerts.h"

enum why {
    WHY_TOLD,       /* the last day of its ladder was told of; the next is to come */
    WHY_TO_BE_TOLD, /* as soon as hanchot serves, or its working hours begin */
    WHY_ACKED,
    WHY_SNOOZED,
    WHY_EARLY,   /* the first day of its ladder has not come */
    WHY_DONE,    /* or cancelled */
    WHY_CLOSED,  /* its plan is */
    WHY_BACKLOG, /* due before the ledger's first day: told once, with all others of its unit */
    WHY_NO_DAY,  /* nothing to count from */
    WHY_NOTHING, /* there is no cause: of keys that are no deadline's */
};
const char *why_name(enum why why); /* "told", … */

/* A day on which it is told of. */
struct why_rung {
    int day;
    const char *name;           /* "-3 2026-11-24" */
    const struct notice *first; /* that told of it; or NULL */
    bool answered;              /* today or later, and the reply that holds now still holds then */
};

struct alert_reasons {
    struct arena *arena;
    const char *key; /* of the alert that tells of it: its own, or its unit's backlog */
    enum why why;
    const struct alert *alert; /* as it stands; or NULL */
    int opens;                 /* the ladder's first day, or DAY_NONE */
    /* Of a deadline: the days up to due, of the later ones those told and today, and the next. */
    const struct why_rung *ladder;
    size_t n_ladder;
    int escalates_on;                    /* others are told too from this day on; DAY_NONE: never */
    const struct units *others;          /* or NULL */
    const struct notice *const *notices; /* all of the key, oldest first */
    size_t n_notices;
    const struct reply *replies; /* to the key, oldest first */
    size_t n_replies;
    int64_t next_at; /* when it is told of next if nothing happens until then; 0: not within 30 days */
    const char *next_rung;
};

/* What there is to know, as of one instant. */
struct alert_knowledge {
    const struct outlook *outlook;
    const struct replies *replies;
    const struct notices *notices;
    int64_t now;
    int opens;               /* of working hours, in minutes of the day */
    struct alerts *alerts;   /* its own */
    struct comings *comings; /* its own */
};
/* Borrows; standings and faults as in alerts_new. */
struct alert_knowledge *alert_knowledge_new(const struct outlook *outlook, const struct standings *standings,
                                            const struct replies *replies, const struct notices *notices,
                                            const struct faults *faults, int64_t now,
                                            const struct alert_settings *settings);
void alert_knowledge_free(struct alert_knowledge *knowledge); /* NULL is fine */

struct alert_reasons *alert_reasons_of(const struct alert_knowledge *knowledge,
                                       const struct occurrence *occurrence);
struct alert_reasons *alert_reasons_of_key(const struct alert_knowledge *knowledge, const char *key);
void alert_reasons_free(struct alert_reasons *reasons); /* NULL is fine */

#endif
