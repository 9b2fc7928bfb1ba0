/* calendar: the working-day calendars: `workcalendar` words in calendars/, and days that .ics files beside
 * them add. */
#ifndef HANCHOT_RULEBOOK_CALENDAR_H
#define HANCHOT_RULEBOOK_CALENDAR_H

#include "rulebook/folder.h"
#include "time/workdays.h"

/* All of a folder. NULL after any fault; a folder without a calendar is one. */
MUST_CHECK struct workdays *calendar_load(const struct origin *origin, struct faults *faults);

#endif
