#include "time/clock.h"

#include "time/date.h"

#include <limits.h>
#include <string.h>
#include <time.h>

#define DAY_SECONDS 86400
#define START_HOUR  8 /* a day without an hour means the start of work */

int64_t clock_now(void)
{
    struct timespec now;
    must(clock_gettime(CLOCK_REALTIME, &now) == 0);
    return now.tv_sec;
}

int64_t clock_monotonic_us(void)
{
    struct timespec now;
    must(clock_gettime(CLOCK_MONOTONIC, &now) == 0);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

int64_t clock_monotonic_ms(void)
{
    return clock_monotonic_us() / 1000;
}

/* Seconds since the day began, in civil time. */
static int second_of_day(int64_t instant)
{
    int64_t second = (instant % DAY_SECONDS + CIVIL_OFFSET) % DAY_SECONDS;
    return (int)(second < 0 ? second + DAY_SECONDS : second);
}

int instant_day(int64_t instant)
{
    int64_t day = (instant - second_of_day(instant) + CIVIL_OFFSET) / DAY_SECONDS;
    must(day > INT_MIN && day <= INT_MAX);
    return (int)day;
}

int64_t day_start(int day)
{
    must(day != DAY_NONE);
    return (int64_t)day * DAY_SECONDS - CIVIL_OFFSET;
}

int64_t day_at(int day, int hour, int minute)
{
    must(hour >= 0 && hour <= 23 && minute >= 0 && minute <= 59);
    return day_start(day) + (int64_t)hour * 3600 + (int64_t)minute * 60;
}

/* Two digits up to most; -1 when they are not there. */
static int two_digits(const char *text, int most)
{
    if (text[0] < '0' || text[0] > '9' || text[1] < '0' || text[1] > '9')
        return -1;
    int value = (text[0] - '0') * 10 + (text[1] - '0');
    return value <= most ? value : -1;
}

/* "", "Z", "+07:00", "-05:30": what has to be taken off the time to get UTC. */
static bool read_offset(const char *text, int *offset)
{
    *offset = CIVIL_OFFSET;
    if (!*text)
        return true;
    *offset = 0;
    if (strcmp(text, "Z") == 0)
        return true;
    if ((text[0] != '+' && text[0] != '-') || strlen(text) != strlen("+07:00") || text[3] != ':')
        return false;
    int hours = two_digits(text + 1, 14), minutes = two_digits(text + 4, 59);
    if (hours < 0 || minutes < 0)
        return false;
    *offset = (hours * 3600 + minutes * 60) * (text[0] == '-' ? -1 : 1);
    return true;
}

/* "09:30", "09:30:00", then an offset. Gives the seconds to add to midnight UTC of the day written. */
static bool read_time(const char *text, int *seconds)
{
    int hour = two_digits(text, 23);
    if (hour < 0 || text[2] != ':')
        return false;
    int minute = two_digits(text + 3, 59), second = 0;
    if (minute < 0)
        return false;
    text += strlen("09:30");
    if (*text == ':') {
        second = two_digits(text + 1, 59);
        if (second < 0)
            return false;
        text += strlen(":00");
    }
    int offset;
    if (!read_offset(text, &offset))
        return false;
    *seconds = hour * 3600 + minute * 60 + second - offset;
    return true;
}

bool instant_parse(const char *text, int64_t *instant, struct err *err)
{
    char date[sizeof "2026-11-20"];
    size_t length = strlen(text);
    snprintf(date, sizeof date, "%.10s", text);
    int seconds = (int)(START_HOUR * INT64_C(3600) - CIVIL_OFFSET);
    bool is_iso = length >= 10 && date[4] == '-' && date[7] == '-';
    if (is_iso && length > 10)
        is_iso = (text[10] == 'T' || text[10] == ' ') && read_time(text + 11, &seconds);
    if (!is_iso)
        return err_set(err, ERR_INPUT,
                       "“%s” không phải là thời điểm; hãy viết như 2026-11-20, 2026-11-20T09:30 hoặc "
                       "2026-11-20T09:30:00+07:00",
                       "\"%s\" is not an instant; write it like 2026-11-20, 2026-11-20T09:30 or "
                       "2026-11-20T09:30:00+07:00",
                       text);
    int day;
    if (!day_parse(date, &day, err))
        return false;
    *instant = (int64_t)day * DAY_SECONDS + seconds;
    return true;
}

const char *instant_iso(int64_t instant, char buf[INSTANT_SIZE])
{
    char date[DAY_SIZE];
    int second = second_of_day(instant);
    int n = snprintf(buf, INSTANT_SIZE, "%sT%02d:%02d:%02d+07:00", day_iso(instant_day(instant), date),
                     second / 3600, second / 60 % 60, second % 60);
    must(n > 0 && n < INSTANT_SIZE);
    return buf;
}

/* Names of days and months come out in English: the program never sets a locale. */
static const char *format_utc(int64_t instant, const char *format, char buf[INSTANT_SIZE])
{
    time_t seconds = instant;
    struct tm parts;
    must(gmtime_r(&seconds, &parts));
    must(strftime(buf, INSTANT_SIZE, format, &parts) > 0);
    return buf;
}

const char *instant_utc(int64_t instant, char buf[INSTANT_SIZE])
{
    return format_utc(instant, "%Y%m%dT%H%M%SZ", buf);
}

#define HTTP_FORMAT "%a, %d %b %Y %H:%M:%S GMT"

const char *instant_http(int64_t instant, char buf[INSTANT_SIZE])
{
    return format_utc(instant, HTTP_FORMAT, buf);
}

bool instant_from_http(const char *text, int64_t *instant)
{
    /* RFC 9110, 5.6.7: the two old forms must be read too. */
    static const char *const formats[] = {HTTP_FORMAT, "%A, %d-%b-%y %H:%M:%S GMT", "%a %b %e %H:%M:%S %Y"};
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        struct tm parts = {0};
        const char *rest = strptime(text, formats[i], &parts);
        if (!rest || *rest)
            continue;
        time_t seconds = timegm(&parts);
        char again[64];
        /* Written again it must be the same, or a day was no day, or its name the wrong one. */
        size_t n = strftime(again, sizeof again, formats[i], &parts);
        if (n > 0 && strcmp(again, text) == 0) {
            *instant = seconds;
            return true;
        }
    }
    return false;
}

const char *instant_vi(int64_t instant, char buf[INSTANT_SIZE])
{
    struct civil civil = day_civil(instant_day(instant));
    int second = second_of_day(instant);
    int n = snprintf(buf, INSTANT_SIZE, "%02d:%02d %02d/%02d/%04d", second / 3600, second / 60 % 60,
                     civil.mday, civil.month, civil.year);
    must(n > 0 && n < INSTANT_SIZE);
    return buf;
}
