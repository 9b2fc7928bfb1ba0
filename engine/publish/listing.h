/* listing: items and due dates as people and programs read them: table, JSON, CSV. The commands and the API
 * share it. */
#ifndef HANCHOT_PUBLISH_LISTING_H
#define HANCHOT_PUBLISH_LISTING_H

#include "base/text.h"
#include "evaluate/outlook.h"
#include "ledger/tokens.h"

enum listing_format { LISTING_TABLE, LISTING_JSON, LISTING_CSV };

struct listing_options {
    const char *plan, *unit; /* ids, or NULL: all; checked against the rulebook */
    int from, to;            /* inclusive; DAY_NONE: not given */
    bool undated;            /* due: those without a day too */
    enum listing_format format;
    enum lang lang;
    int width;   /* columns of the terminal, 0: unlimited */
    bool sample; /* figures of the ledger are bundled samples: said in the table, `sample: true` in JSON */
};

/* The rows of the plans (sections and lost rows too), in the plans' order; with from or to: those with a
 * fixed day inside; with unit: those that it leads, receives or coordinates. `lead`, `timing`, `due` are the
 * row's own duty's; where all its dates stand in parts, `lead` and `due` are the union of the parts',
 * `timing` the first part's. False: unknown plan or unit (ERR_INPUT, with the nearest name), from after to
 * (ERR_USAGE). */
MUST_CHECK bool listing_items(const struct rulebook *rulebook, const struct listing_options *options,
                              struct text *out, struct err *err);

/* Dated occurrences. Without from/to: those of plans not closed, not done or cancelled, due by today + 60
 * days; with from or to: every state, by due inside. Without unit: what each lead owes. With unit: what that
 * office meets: its own (role lead), and one row per gathering that it receives (to) or coordinates (with),
 * uid of the gathering, dated like its earliest occurrence not yet done. By due, then plan order. The table
 * gathers offices that stand alike; JSON and CSV do not. */
MUST_CHECK bool listing_due(const struct outlook *outlook, const struct listing_options *options,
                            struct text *out, struct err *err);

/* One item or occurrence as a JSON object (jansson; the caller owns the reference). */
struct json_t;
struct json_t *listing_item_json(const struct item *item);
struct json_t *listing_occurrence_json(const struct outlook *outlook, const struct occurrence *occurrence,
                                       enum role role);
/* Where in which document something stands, and where the rule for it: document, row, file, line. */
struct json_t *listing_source_json(const struct plan *plan, const char *ref, const struct source *at);

/* Secret links and keys, how their clients ask, and which have gone silent. */
void listing_tokens(const struct tokens *tokens, const struct workdays *workdays, int64_t now,
                    const struct listing_options *options, struct text *out);

/* The plan as a document in its own order (command `review`): text for a terminal or a file, Vietnamese or
 * English labels. Only rules and calendars speak in it, nothing of what was recorded or done. */
void listing_review(const struct rulebook *rulebook, const struct plan *plan, enum lang lang,
                    struct text *out);

#endif
