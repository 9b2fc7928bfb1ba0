/* firing: which record of an event starts a duty. Private to evaluate/. */
#ifndef HANCHOT_EVALUATE_FIRING_H
#define HANCHOT_EVALUATE_FIRING_H

#include "evaluate/occurrence.h"

/* What is known of events. */
struct happenings {
    const struct rulebook *rulebook;
    const struct facts *facts;
    const struct unit **recorders; /* whose record it is, by position in facts->events; NULL: no office has an
                                      heir, and nobody need know */
};
struct happenings happenings_make(struct arena *arena, const struct rulebook *rulebook,
                                  const struct facts *facts);

/* The record that counts for a unit and duty: its own before everybody's, for this row before for all; the
 * latest of equals. What is recorded for an office that is gone is its heir's; and a duty of an office that
 * is gone starts with its heir's record. What an office recorded in its days starts the same for its heir
 * only where nothing else does, and only what is due after those days. */
struct firing event_firing(const struct happenings *happenings, const struct event *event,
                           const struct duty *duty, const struct unit *unit);
/* The records that were taken back and would start the duty for the unit; how many. list: room for them, or
 * NULL. */
size_t trigger_withdrawn(const struct happenings *happenings, const struct trigger *trigger,
                         const struct duty *duty, const struct unit *unit, const struct event_fact **list);
/* Whether the record can start the duty for the unit. */
bool event_concerns(const struct happenings *happenings, const struct event_fact *fact,
                    const struct duty *duty, const struct unit *unit);

/* The day that a record sets, else the one that the limit gives. */
int fired_due(const struct happenings *happenings, const struct timing *timing, int event_day,
              int record_due);

#endif
