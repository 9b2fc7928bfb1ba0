/* scoreboard: KPI verdicts as people and programs read them. The commands and the API
 * share it. Why a verdict is what it is: publish/explain. */
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

/* A number scaled by 10^4: a whole one in JSON wherever it is whole. */
struct json_t *scoreboard_number(int64_t scaled);
/* "82,4 %", in the reader's notation; nothing where there is no value. */
void scoreboard_value(struct text *out, const struct kpi_result *result, enum lang lang);
/* What is needed to meet it still, in words; nothing where that is not known. */
void scoreboard_needed(struct text *out, const struct kpi_result *result, enum lang lang);

#endif
