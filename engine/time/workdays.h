/* workdays: which days are worked.
 *
 * Plain data, made once from the calendar files and then only read. Weekly rest days are given by a mask;
 * days off (holidays, make-up days, swapped days) and days worked in exchange (swapped Saturdays) are listed,
 * each with the reason and source that the calendar file gives. Labour Code 2019 art. 111 and 112; the lists
 * are decided year by year, so nothing here is computed from a rule. */
#ifndef HANCHOT_TIME_WORKDAYS_H
#define HANCHOT_TIME_WORKDAYS_H

#include "time/date.h"

#include <stddef.h>

struct workdays;

/* week_mask: bit 0 Monday .. bit 6 Sunday, set where worked; at least one day is worked. */
struct workdays *workdays_new(unsigned week_mask);
void workdays_free(struct workdays *workdays);
/* Reasons are copied; days lie in DAY_FIRST..DAY_LAST, as day_make and day_parse give them. A day listed as
 * off and as worked at once: false. The same day again with the same meaning keeps the first reason. */
MUST_CHECK bool workdays_add_off(struct workdays *workdays, int day, const char *reason);
MUST_CHECK bool workdays_add_work(struct workdays *workdays, int day, const char *reason);
void workdays_add_provisional(struct workdays *workdays, int first, int last);

bool workdays_is_working(const struct workdays *workdays, int day);
/* Why the day is as it is: the calendar's words, or NULL for an ordinary weekday or weekend. */
const char *workdays_reason(const struct workdays *workdays, int day);
/* Not yet announced: in a span named provisional, or in a year for which no day off is listed at all. */
bool workdays_is_provisional(const struct workdays *workdays, int day);

int workdays_on_or_before(const struct workdays *workdays, int day);
int workdays_on_or_after(const struct workdays *workdays, int day);
/* The n-th working day after (n > 0) or before (n < 0) the day; the day itself is not counted; n = 0 gives
 * the day. n lies within WORKDAYS_STEP_MOST both ways: rule words refuse more. */
#define WORKDAYS_STEP_MOST 10000
int workdays_step(const struct workdays *workdays, int day, int n);
/* Working days in (from, to]; negative when to is before from. */
int workdays_between(const struct workdays *workdays, int from, int to);

/* The listed days in order, for the holidays feed and the pages. */
struct workday_note {
    int day;
    bool works; /* worked in exchange, else off */
    bool provisional;
    const char *reason;
};
size_t workdays_notes(const struct workdays *workdays, const struct workday_note **notes);

#endif
