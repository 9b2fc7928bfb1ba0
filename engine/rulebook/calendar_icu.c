/* Stand-ins for ICU, which libical asks when it counts recurrences (RRULE, also those of a VTIMEZONE) and
 * hanchot never lets it: days off are events of whole days, and feeds name each day. With the real one every
 * start of every command would map and link four libraries and a C++ runtime, an eighth of a cold start, and
 * the daemon would hold three megabytes more. Who comes here after all is told that there is no such
 * calendar. */
#include "rulebook/calendar.h"

#include <unicode/ucal.h>
#include <unicode/uenum.h>
#include <unicode/uloc.h>
#include <unicode/ustring.h>

#pragma GCC diagnostic ignored "-Wunused-parameter" /* the types are ICU's */

static int32_t refuse(UErrorCode *status)
{
    *status = U_UNSUPPORTED_ERROR;
    return 0;
}

UCalendar *ucal_open(const UChar *zone, int32_t length, const char *locale, UCalendarType type,
                     UErrorCode *status)
{
    refuse(status);
    return NULL;
}

void ucal_close(UCalendar *calendar)
{
}

void ucal_setAttribute(UCalendar *calendar, UCalendarAttribute attribute, int32_t value)
{
}

UDate ucal_getMillis(const UCalendar *calendar, UErrorCode *status)
{
    return refuse(status);
}

void ucal_setMillis(UCalendar *calendar, UDate instant, UErrorCode *status)
{
    refuse(status);
}

void ucal_setDate(UCalendar *calendar, int32_t year, int32_t month, int32_t day, UErrorCode *status)
{
    refuse(status);
}

void ucal_setDateTime(UCalendar *calendar, int32_t year, int32_t month, int32_t day, int32_t hour,
                      int32_t minute, int32_t second, UErrorCode *status)
{
    refuse(status);
}

void ucal_add(UCalendar *calendar, UCalendarDateFields field, int32_t amount, UErrorCode *status)
{
    refuse(status);
}

int32_t ucal_get(const UCalendar *calendar, UCalendarDateFields field, UErrorCode *status)
{
    return refuse(status);
}

void ucal_set(UCalendar *calendar, UCalendarDateFields field, int32_t value)
{
}

int32_t ucal_getLimit(const UCalendar *calendar, UCalendarDateFields field, UCalendarLimitType type,
                      UErrorCode *status)
{
    return refuse(status);
}

UEnumeration *ucal_getKeywordValuesForLocale(const char *key, const char *locale, UBool common,
                                             UErrorCode *status)
{
    refuse(status);
    return NULL;
}

const char *uenum_next(UEnumeration *values, int32_t *length, UErrorCode *status)
{
    refuse(status);
    return NULL;
}

void uenum_close(UEnumeration *values)
{
}

int32_t uloc_setKeywordValue(const char *keyword, const char *value, char *locale, int32_t size,
                             UErrorCode *status)
{
    return refuse(status);
}

UChar *u_strFromUTF8Lenient(UChar *into, int32_t size, int32_t *length, const char *text, int32_t n,
                            UErrorCode *status)
{
    refuse(status);
    return into;
}
