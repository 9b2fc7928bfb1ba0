/* making: alerts under way. Private to alert/. */
#ifndef HANCHOT_ALERT_MAKING_H
#define HANCHOT_ALERT_MAKING_H

#include "alert/alerts.h"

enum { RESOLVED_DAYS = 30 }; /* for so long those that were resolved are shown */

/* What is the same for all offices that lead one turn. */
struct alike {
    const struct occurrence *of; /* one of them; NULL: not known */
    int first_day;               /* on which it is told of */
    const char *title, *body;    /* today; or NULL */
    const char *rung;            /* today; or NULL */
    int rung_day;
};

struct making {
    const struct outlook *outlook;
    const struct standings *standings; /* of today, or NULL */
    const struct replies *replies;
    const struct notices *notices; /* what was told, where those that were resolved are wanted; or NULL */
    const struct alert_settings *settings;
    struct arena *arena; /* of the alerts */
    int64_t now, next;
    int today;
    struct alike alike; /* of the turn looked at last: they come one after the other */
    size_t *older;      /* by unit->number: KPIs and figures that were bad before the first day */
    VEC(struct alert) list;
};

/* At which instant something changes, if it lies ahead. */
void making_change(struct making *making, int64_t at);
/* Looks for its answer and adds it; due and the rest are given. */
void making_add(struct making *making, struct alert alert);
int64_t making_opening(int day, const struct alert_settings *settings); /* of working hours */

/* A copy that lives as long as the alert. */
const struct reply *making_reply(struct making *making, const struct reply *reply);

/* others.c: of events without their day, years that are not announced, faults of rules, valid rules that are
 * held back, what was left from before the first day; those of KPIs that were told of and are no more. */
void make_events(struct making *making);
void make_provisional(struct making *making);
void make_faults(struct making *making, const struct faults *faults);
void make_held(struct making *making);
void make_backlogs(struct making *making);
void make_resolved(struct making *making);
/* verdicts.c: of KPIs. */
void make_verdicts(struct making *making);
/* failing.c: of channels that take nothing. */
void make_failing(struct making *making);
/* missing.c: of figures that were not sent. */
void make_missing(struct making *making);

#endif
