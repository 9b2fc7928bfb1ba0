/* scoreboard: KPI verdicts as people and programs read them, and each explained. The commands and the API
 * share it. */
#ifndef HANCHOT_PUBLISH_SCOREBOARD_H
#define HANCHOT_PUBLISH_SCOREBOARD_H

#include "evaluate/kpi.h"
#include "publish/listing.h"

/* Verdicts of the plans that are not closed (of a named plan in any case). `period` and `as_of` as in
 * kpi_question; options: plan, unit, format, lang, width. False: unknown plan or unit (ERR_INPUT). */
MUST_CHECK bool scoreboard_list(const struct outlook *outlook, const struct figures *figures, int as_of,
                                const char *period, const struct listing_options *options, struct text *out,
                                struct err *err);

/* One result as a JSON object; the caller owns the reference. */
struct json_t *scoreboard_json(const struct kpi_result *result, int as_of);

/* Why the verdict: the plan's row, the target, the formula with its numbers, each figure with file and row,
 * what is needed. Not full: at most a dozen figures. */
void scoreboard_explain(const struct figures *figures, const struct kpi_result *result, bool full,
                        enum lang lang, struct text *out);

#endif
