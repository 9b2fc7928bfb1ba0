/* selection: what a listing was asked for, checked against the rulebook. Private to publish/. */
#ifndef HANCHOT_PUBLISH_SELECTION_H
#define HANCHOT_PUBLISH_SELECTION_H

#include "publish/listing.h"

struct selection {
    const struct listing_options *options;
    const struct plan *plan; /* or NULL: all */
    const struct unit *unit; /* or NULL: all */
};

/* False: unknown plan or unit (ERR_INPUT, with the nearest name), from after to (ERR_USAGE). */
MUST_CHECK bool selection_make(const struct rulebook *rulebook, const struct listing_options *options,
                               struct selection *selection, struct err *err);
bool selection_has_range(const struct selection *selection);         /* from or to is given */
bool selection_in_range(const struct selection *selection, int day); /* never for DAY_NONE */

#endif
