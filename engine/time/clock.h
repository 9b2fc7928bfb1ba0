/* clock: instants, and the only caller of the system's clock.
 *
 * An instant is an int64_t: seconds since 1970-01-01T00:00:00Z. Everything that depends on now takes it as an
 * argument. */
#ifndef HANCHOT_TIME_CLOCK_H
#define HANCHOT_TIME_CLOCK_H

#include "base/err.h"

#include <stdint.h>

#define CIVIL_OFFSET INT64_C(25200) /* UTC+7, the whole year */

int64_t clock_now(void);
int64_t clock_monotonic_ms(void); /* for measuring spans only */
int64_t clock_monotonic_us(void);

int instant_day(int64_t instant);              /* the civil day that holds it */
int64_t day_start(int day);                    /* 00:00 civil time */
int64_t day_at(int day, int hour, int minute); /* civil time */

/* ISO 8601: "2026-11-20" means 08:00; "2026-11-20T09:30", "2026-11-20T09:30:00", with "Z" or "+07:00"; no
 * offset means +07:00; a blank may stand for the T. */
MUST_CHECK bool instant_parse(const char *text, int64_t *instant, struct err *err);

#define INSTANT_SIZE 32
const char *instant_iso(int64_t instant, char buf[INSTANT_SIZE]); /* 2026-11-20T09:30:00+07:00 */
const char *instant_utc(int64_t instant,
                        char buf[INSTANT_SIZE]); /* 20261120T023000Z, as iCalendar wants it */
const char *instant_http(int64_t instant,
                         char buf[INSTANT_SIZE]); /* Fri, 20 Nov 2026 02:30:00 GMT (RFC 9110, 5.6.7) */
MUST_CHECK bool instant_from_http(const char *text, int64_t *instant);
const char *instant_vi(int64_t instant, char buf[INSTANT_SIZE]); /* 09:30 20/11/2026 */

#endif
