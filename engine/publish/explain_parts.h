/* explain_parts: what the explain_*.c files share. Private to publish/.
 *
 *   explain.c      what was asked for
 *   explain_turn.c  which deadline is meant
 *   explain_day.c  a deadline
 *   explain_kpi.c  a verdict
 *   explain_score.c  the points of a scorecard
 *   explain_alert.c  why somebody is told of it, or not
 *
 * Each gathers what there is to tell once; the text and the JSON are both written from that. */
#ifndef HANCHOT_PUBLISH_EXPLAIN_PARTS_H
#define HANCHOT_PUBLISH_EXPLAIN_PARTS_H

#include "evaluate/kpi.h"
#include "evaluate/scorecard.h"
#include "publish/explain.h"
#include "time/clock.h"

#include <jansson.h>

/* Adds the value to the object and owns it then. */
void explain_put(json_t *object, const char *key, json_t *value);
void explain_put_text(json_t *object, const char *key, const char *text); /* NULL: null */
void explain_put_instant(json_t *object, const char *key, int64_t at);    /* 0: null */

/* The figures read: with full all, else the first dozen. */
void explain_figures(const struct explain_ask *ask, const struct figure *const *used, size_t n,
                     struct text *out);
void explain_put_figures(json_t *object, const struct explain_ask *ask, const struct figure *const *used,
                         size_t n);

/* What an alert is about. */
struct explain_matter {
    const char *name;   /* "về số liệu", or NULL: the matter itself */
    const char *silent; /* why there is none, where nothing of the alert tells; or NULL */
};
/* Why somebody is told or not: lines to out, or with out NULL the object. Frees the reasons. */
json_t *explain_alert(const struct explain_ask *ask, struct alert_reasons *reasons,
                      struct explain_matter matter, struct text *out);

/* Text to out, or with out NULL the object. */
json_t *explain_occurrence(const struct explain_ask *ask, const struct occurrence *occurrence,
                           struct text *out);
json_t *explain_gathering(const struct explain_ask *ask, const struct gathering *gathering, struct text *out);
/* The deadline that is asked for: text to out, or with out NULL *object, else NULL. False: there is none. */
MUST_CHECK bool explain_turn(const struct explain_ask *ask, json_t **object, struct text *out,
                             struct err *err);
json_t *explain_verdict(const struct explain_ask *ask, const struct kpi_result *result, struct text *out);
json_t *explain_score(const struct explain_ask *ask, const struct score *score, struct text *out);

#endif
