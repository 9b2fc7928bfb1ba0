/* explain: why a deadline is on its day, why a verdict is what it is, and why somebody is told of it or not,
 * in words that an officer can check against the plan, or as JSON with the same in parts. The command and the
 * API share it. */
#ifndef HANCHOT_PUBLISH_EXPLAIN_H
#define HANCHOT_PUBLISH_EXPLAIN_H

#include "alert/why.h"
#include "base/text.h"
#include "evaluate/outlook.h"
#include "ledger/figures.h"
#include "publish/listing.h"

struct explain_ask {
    const struct outlook *outlook;
    const struct figures *figures;
    const struct alert_knowledge *alerts; /* NULL: nothing is told of alerts */
    /* Of an occurrence, with or without its unit, of a row (its turn that is next), of a KPI or of a
     * scorecard. */
    const char *id;
    const char *unit; /* or NULL */
    const char
        *period; /* of a row, KPI or scorecard: its label, or NULL: the next; the one that holds as_of */
    int as_of;   /* of a KPI: the day it is judged for */
    bool full;   /* every day, figure and unit, however many */
    enum listing_format format; /* LISTING_TABLE is text; or LISTING_JSON: an array of objects */
    enum lang lang;
    int width; /* of the terminal, 0: unlimited */
};

/* An occurrence: the plan's row and words, the rule's file:line, what started it, each day counted or skipped
 * and why, what was told of it, the days on which somebody is reminded and why nobody is. What many units
 * lead: who is still open, and the earliest. A KPI: verdict, row, target, formula with its numbers, each
 * figure with file and row, what is needed. A scorecard: its parts, their sum, each figure. Of these two
 * without unit the first's, or with full all. False: no such id or unit, or the KPI does not apply there
 * (ERR_INPUT). */
MUST_CHECK bool explain_write(const struct explain_ask *ask, struct text *out, struct err *err);

#endif
