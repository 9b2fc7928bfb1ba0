/* standings: how every KPI stands on one day: in the period under way and, where that has not been judged
 * yet, in the one before it. Kept up to date: what changed touches only what depends on it.
 *
 * A figure touches the KPIs that read its metric (or count it to waive), for its unit (or all units together)
 * and for the periods that hold its own; what people record as done touches the KPIs that ask for it. Another
 * day or other rules make everything anew. */
#ifndef HANCHOT_EVALUATE_STANDINGS_H
#define HANCHOT_EVALUATE_STANDINGS_H

#include "evaluate/kpi.h"

/* A KPI's measure reads more metrics than there are bits, or nobody knows which: its function failed to. */
#define LACKS_OTHERS (UINT64_C(1) << 63)

struct standing {
    const struct unit *unit; /* NULL: across */
    bool member; /* one of the units of an across, which has no verdict of its own: lacks alone counts */
    enum verdict verdict;
    bool partial, sample, has_value;
    double value; /* as kpi_result has them */
    struct number target;
    int64_t needed;
    char *reason;    /* of an invalid one; else NULL */
    int64_t newest;  /* when the last of the figures read was recorded; 0: none was read */
    uint64_t lacks;  /* judged, and no figure: of which of standing_metric(); of a member: no longer */
    uint64_t behind; /* judged, and figures for a part of the period only */
    bool stale;      /* to be evaluated again */
};

/* One KPI and period: a verdict for each unit, or one across and its members. */
struct standing_block {
    const struct kpi *kpi;
    struct period period;
    int judged; /* the last day before it is judged */
    bool ended; /* the day is after that */
    struct standing *list;
    size_t n;
};

struct standings {
    const struct rulebook *rulebook;
    const struct figures *figures; /* as of the last update */
    int day;
    enum lang lang;
    struct standing_block *blocks; /* by plan, KPI, period */
    size_t n;
    bool *plan_used; /* by plan->position: some office has sent a figure (no sample) that it reads */
    bool *unit_used; /* by unit->number: it has sent any figure (no sample) */
    struct dependents *dependents; /* by metric->number; then those of functions */
    size_t evaluated;              /* verdicts taken so far: what an update touched */
};

/* Functions of KPIs run in the rulebook's box, one at a time. */
struct standings *standings_new(const struct outlook *outlook, const struct figures *figures, int day,
                                enum lang lang);
void standings_free(struct standings *standings); /* NULL is fine */

/* What was told since; the rules and the day are the same as before. facts: events or progress changed; keys:
 * of figures that are new or have another value. */
void standings_update(struct standings *standings, const struct outlook *outlook,
                      const struct figures *figures, bool facts, const struct figure_key *keys, size_t n);

/* The i-th metric of a KPI's measure, first those above the line; NULL: there are no more. */
const struct metric *standing_metric(const struct kpi *kpi, size_t i);

#endif
