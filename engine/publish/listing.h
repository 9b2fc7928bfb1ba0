/* listing: items and due dates as people and programs read them: table, JSON, CSV. The commands and the API share it. */
#ifndef HANCHOT_PUBLISH_LISTING_H
#define HANCHOT_PUBLISH_LISTING_H

#include "base/text.h"
#include "evaluate/outlook.h"

enum listing_format { LISTING_TABLE, LISTING_JSON, LISTING_CSV };

struct listing_options {
    const char *plan, *unit; /* ids, or NULL: all; checked against the rulebook */
    int from, to;            /* inclusive; DAY_NONE: not given */
    bool undated;            /* due: those without a day too */
    enum listing_format format;
    enum lang lang;
    int width; /* columns of the terminal, 0: unlimited */
    bool sample; /* figures of the ledger are bundled samples */
};

/* The rows of the plans (sections and lost rows too), in the plans' order. False: unknown plan or unit (ERR_INPUT, with the nearest name). */
MUST_CHECK bool listing_items(const struct rulebook *rulebook, const struct listing_options *options, struct text *out,
                              struct err *err);

/* Dated occurrences. Without from/to: those of plans not closed, not done or cancelled, due by today + 60 days; with from or
 * to: every state, by due inside. Without unit: what each lead owes. With unit: what that office meets: its own (role lead),
 * and one row per gathering that it receives (to) or coordinates (with), uid of the gathering. By due, then plan order. */
MUST_CHECK bool listing_due(const struct outlook *outlook, const struct listing_options *options, struct text *out,
                            struct err *err);

/* One item or occurrence as a JSON object (jansson; the caller owns the reference). */
struct json_t;
struct json_t *listing_item_json(const struct item *item);
struct json_t *listing_occurrence_json(const struct outlook *outlook, const struct occurrence *occurrence, enum role role);

/* The plan as a document in its own order (command `review`): text for a terminal or a file, Vietnamese or English labels. */
MUST_CHECK bool listing_review(const struct outlook *outlook, const struct plan *plan, enum lang lang, struct text *out,
                               struct err *err);

#endif
