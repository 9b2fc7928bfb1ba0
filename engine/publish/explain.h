/* explain: why a deadline is on its day and stands as it stands, in words that an officer can check against
 * the plan. */
#ifndef HANCHOT_PUBLISH_EXPLAIN_H
#define HANCHOT_PUBLISH_EXPLAIN_H

#include "base/text.h"
#include "evaluate/outlook.h"

/* The plan's row and words, the rule's file:line, what started it, each day counted or skipped and why, and
 * what was told of it. */
void explain_occurrence(const struct outlook *outlook, const struct occurrence *occurrence, enum lang lang,
                        struct text *out);
/* The same for what many units lead: who is still open; with full everybody. */
void explain_gathering(const struct outlook *outlook, const struct gathering *gathering, bool full,
                       enum lang lang, struct text *out);

#endif
