/* ladder: on which days a deadline is told of. Private to alert/.
 *
 * Reminders count back from act_by, the last working day that is not after due (default: 7, 3 and 1 working
 * days before it), then come the day itself and, where it is another one, the due day; after it every n-th
 * working day (default: each), and the day on which others are told too. A reminder in calendar days that
 * falls on a day off is told on the working day before it. */
#ifndef HANCHOT_ALERT_LADDER_H
#define HANCHOT_ALERT_LADDER_H

#include "rulebook/rulebook.h"

struct ladder {
    const struct workdays *workdays;
    const struct lead_time *remind;
    size_t n_remind;
    int act_by, due;
    struct lead_time overdue;  /* told again after each of these */
    struct lead_time escalate; /* n 0: nobody else is told */
};

#define RUNG_SIZE 32
struct rung {
    int day;
    char name[RUNG_SIZE]; /* "-3 2026-11-24", "0 …", "due …", "+2 …": the same for the same due day */
};

/* The ladder of a duty with these days. */
struct ladder ladder_of_duty(const struct workdays *workdays, const struct duty *duty, int act_by, int due);
/* Of an office that waits for others: the day itself, the first day overdue, then every fifth. */
struct ladder ladder_of_receiver(const struct workdays *workdays, int act_by, int due);

int ladder_first_day(const struct ladder *ladder);
/* The last rung on or before the day; once it is overdue, only rungs after due count. False: none. */
bool ladder_current(const struct ladder *ladder, int day, struct rung *rung);
/* The first rung after the day: there always is one. */
void ladder_next(const struct ladder *ladder, int day, struct rung *rung);
/* Others are told too from this day on; DAY_NONE: never. */
int ladder_escalates_on(const struct ladder *ladder);

#endif
