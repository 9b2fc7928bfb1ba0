/* occurrence: the dates and the standing of one duty for one office. Private to evaluate/. */
#ifndef HANCHOT_EVALUATE_OCCURRENCE_H
#define HANCHOT_EVALUATE_OCCURRENCE_H

#include "evaluate/outlook.h"

/* What started a duty: the day, the records it rests on, the day that a record set. */
struct firing {
    bool fired;
    int day;
    int due;                        /* set by a record, or DAY_NONE */
    const struct event_fact *event; /* NULL for done_of and combinations */
};

/* due of an event-relative duty (Civil Code 2015 art. 147: the event's own day is not counted; art. 148.5: a
 * limit in days that ends on a day off runs to the next working day). DAY_NONE for LIMIT_NO_DAY. */
int limit_due(const struct workdays *workdays, enum limit_unit limit, int n, int event_day);

/* The last working day that is not after due and not before opens (DAY_NONE: any); due itself if there is
 * none. */
int act_by_day(const struct workdays *workdays, int due, int opens);

/* Applies progress, today and the calendar to an occurrence whose id, duty, unit, label, opens, due_original,
 * events and progress are set: fills due, act_by, done_on, state, late, provisional, changes. `waiting`: its
 * event has not happened. */
void occurrence_stand(struct arena *arena, const struct workdays *workdays, const struct facts *facts,
                      int64_t now, bool waiting, struct occurrence *occurrence);

#endif
