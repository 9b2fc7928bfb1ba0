/* difference: what an edit of the rules changes: occurrences that come, move or go, verdicts that turn, feeds
 * whose bytes differ. Both sides are of the same instant and ledger. */
#ifndef HANCHOT_PUBLISH_DIFFERENCE_H
#define HANCHOT_PUBLISH_DIFFERENCE_H

#include "publish/feed.h"
#include "publish/listing.h"

struct difference_side {
    const struct outlook *outlook;
    const struct figures *figures;
    const struct stamps *stamps; /* what the ledger holds */
};

/* Takes plan, unit, format, lang and width of the options; a plan or unit that only one side has is fine.
 * JSON: {"what": "occurrence" "verdict" or "feed", "change": "added" "moved" "renamed" "gone" "turned"
 * "touched", "id", "plan", "ref", "title", "unit", "period", "old", "new"}: days, states, or ids. False: an
 * unknown plan or unit (ERR_INPUT). */
MUST_CHECK bool difference_list(const struct difference_side *old, const struct difference_side *later,
                                const struct feed_settings *settings, const struct listing_options *options,
                                struct text *out, struct err *err);

#endif
