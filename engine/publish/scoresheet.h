/* scoresheet: scorecards as people and programs read them. */
#ifndef HANCHOT_PUBLISH_SCORESHEET_H
#define HANCHOT_PUBLISH_SCORESHEET_H

#include "evaluate/scorecard.h"
#include "publish/listing.h"

/* One scorecard or, with id NULL, all; `period` is a label or NULL, see score_question. Options: unit,
 * format, lang, width. The table has a sheet for each score, JSON an object, CSV a row for each part and one
 * for the total. False: unknown scorecard or unit, wrong period, or nothing to show for a period or unit
 * asked (ERR_INPUT). */
MUST_CHECK bool scoresheet_list(const struct outlook *outlook, const struct figures *figures, const char *id,
                                int as_of, const char *period, const struct listing_options *options,
                                struct text *out, struct err *err);

/* One score as a sheet: its parts, their sum, the published total. Options: lang, width. */
void scoresheet_text(const struct score *score, const struct listing_options *options, struct text *out);
/* One score as a JSON object; the caller owns the reference. */
struct json_t *scoresheet_json(const struct score *score, int as_of);

/* "15,82", "20,00": points stand in a column with two decimals at least. */
void scoresheet_points(struct text *out, struct number points, enum lang lang);
/* Where a part's points come from, or why there are none. */
void scoresheet_how(struct text *out, const struct part_score *part, enum lang lang);

#endif
