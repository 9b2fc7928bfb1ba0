/* formula: a KPI that is a function of its own, called in the rules' box.
 *
 * The function gets one argument f: f("dossiers.online") is a figure, f.unit and f.period are names, any
 * other f.name is an attribute of the unit. It sees the plain library (math, string, table, utf8, pairs, …)
 * and none of the words that declare: those belong to the loading of rules, which is over. */
#ifndef HANCHOT_RULEBOOK_FORMULA_H
#define HANCHOT_RULEBOOK_FORMULA_H

#include "rulebook/rulebook.h"

#define FORMULA_MOST 1e15 /* figures have 15 digits */

enum formula_outcome {
    FORMULA_NUMBER,       /* value is what the function gave, below FORMULA_MOST */
    FORMULA_NOTHING,      /* it gave nil */
    FORMULA_NO_FIGURE,    /* it asked for a figure that is not reported: metric */
    FORMULA_NO_ATTRIBUTE, /* it asked for an attribute that the unit lacks: name */
    FORMULA_NOT_FINITE,   /* or too large for what is counted */
    FORMULA_FAILED,       /* an error of the function: why */
};

struct formula {
    const struct rulebook *rulebook;
    const struct measure *measure;
    const struct unit *unit; /* NULL: over all */
    const char *period;
    enum lang lang;
    uint64_t *spent; /* steps of all calls for this KPI so far; too many fail the further ones at once */
    size_t units;    /* that a figure is summed over: what it costs */
    /* The figure, scaled by 10^4; false: not reported. */
    bool (*figure)(void *data, const struct metric *metric, int64_t *value);
    void *data;

    /* The answer; texts in arena. */
    struct arena *arena;
    double value;
    const struct metric *metric;
    const char *name, *why;
};

/* Each call has a budget of its own, and all for one KPI together have twice that. Several threads may call:
 * one waits for the other. */
enum formula_outcome formula_call(struct formula *formula);

#endif
