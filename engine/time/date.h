/* date: civil days, the only time that deadlines know.
 *
 * A day is an int: days since 1970-01-01 in civil time, UTC+7, where Vietnam has had no daylight saving time
 * since 1975. Days can be compared, added and subtracted. DAY_NONE means "no day". Years run from 1990 to
 * 2200. */
#ifndef HANCHOT_TIME_DATE_H
#define HANCHOT_TIME_DATE_H

#include "base/err.h"

#include <limits.h>

#define DAY_NONE INT_MIN

#define YEAR_FIRST 1990
#define YEAR_LAST  2200
#define DAY_FIRST  7305  /* 1990-01-01 */
#define DAY_LAST   84370 /* 2200-12-31 */

struct civil {
    int year, month, mday; /* month 1-12, mday 1-31 */
};

/* False for a day that does not exist (2026-02-31) or lies outside 1990-2200. */
MUST_CHECK bool day_make(int year, int month, int mday, int *day);
struct civil day_civil(int day);
int day_weekday(int day); /* ISO 8601: 1 Monday .. 7 Sunday */
int month_length(int year, int month);
int month_last_day(int year, int month); /* as a day */

/* "2026-01-20" or, as plans print it, "20/01/2026", "5/3/2026"; nothing before or after. False: not a date,
 * or one that does not exist; err (may be NULL) says which of the two. */
MUST_CHECK bool day_parse(const char *text, int *day, struct err *err);

#define DAY_SIZE 16
/* "2026-01-20"; "" for DAY_NONE. Returns buf. */
const char *day_iso(int day, char buf[DAY_SIZE]);
/* "20/1/2026" as people write it; with_year false gives "20/1"; "" for DAY_NONE. */
const char *day_vi(int day, bool with_year, char buf[DAY_SIZE]);
/* "thứ ba", "chủ nhật" / "Tuesday". */
const char *weekday_name(int weekday, enum lang lang);

#endif
