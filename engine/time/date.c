#include "time/date.h"

/* Years are counted from 1 March, so that the leap day is the last of its year, in eras of 400 years, which
 * all have the same number of days. */
#define ERA_YEARS     400
#define ERA_DAYS      146097
#define DAYS_TO_EPOCH 719468 /* from 0000-03-01 to 1970-01-01 */

static int floor_div(int a, int b)
{
    return a / b - (a % b < 0);
}

static int day_of(int year, int month, int mday)
{
    int march_year = month > 2 ? year : year - 1;
    int era = floor_div(march_year, ERA_YEARS);
    int year_of_era = march_year - era * ERA_YEARS;
    int day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + mday - 1;
    int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * ERA_DAYS + day_of_era - DAYS_TO_EPOCH;
}

bool day_make(int year, int month, int mday, int *day)
{
    if (year < YEAR_FIRST || year > YEAR_LAST || month < 1 || month > 12)
        return false;
    if (mday < 1 || mday > month_length(year, month))
        return false;
    *day = day_of(year, month, mday);
    return true;
}

struct civil day_civil(int day)
{
    must(day != DAY_NONE && day <= INT_MAX - DAYS_TO_EPOCH);
    int shifted = day + DAYS_TO_EPOCH;
    int era = floor_div(shifted, ERA_DAYS);
    int day_of_era = shifted - era * ERA_DAYS;
    int year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / (ERA_DAYS - 1)) / 365;
    int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int march_month = (5 * day_of_year + 2) / 153;
    int month = march_month < 10 ? march_month + 3 : march_month - 9;
    return (struct civil){
        .year = era * ERA_YEARS + year_of_era + (month <= 2),
        .month = month,
        .mday = day_of_year - (153 * march_month + 2) / 5 + 1,
    };
}

int day_weekday(int day)
{
    must(day != DAY_NONE);
    int since_monday = (day % 7 + 7 + 3) % 7; /* 1970-01-01 was a Thursday */
    return since_monday + 1;
}

static bool is_leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

int month_length(int year, int month)
{
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    must(month >= 1 && month <= 12);
    return month == 2 && is_leap(year) ? 29 : lengths[month - 1];
}

int month_last_day(int year, int month)
{
    return day_of(year, month, month_length(year, month));
}

/* Reads least to most digits; NULL when there are fewer. Gives the place behind them. */
static const char *read_digits(const char *text, int least, int most, int *value)
{
    int n = 0;
    *value = 0;
    while (n < most && *text >= '0' && *text <= '9') {
        *value = *value * 10 + (*text++ - '0');
        n++;
    }
    return n < least ? NULL : text;
}

static const char *read_char(const char *text, char expected)
{
    return text && *text == expected ? text + 1 : NULL;
}

static bool read_iso(const char *text, struct civil *civil)
{
    text = read_char(read_digits(text, 4, 4, &civil->year), '-');
    text = text ? read_char(read_digits(text, 2, 2, &civil->month), '-') : NULL;
    text = text ? read_digits(text, 2, 2, &civil->mday) : NULL;
    return text && !*text;
}

static bool read_printed(const char *text, struct civil *civil)
{
    text = read_char(read_digits(text, 1, 2, &civil->mday), '/');
    text = text ? read_char(read_digits(text, 1, 2, &civil->month), '/') : NULL;
    text = text ? read_digits(text, 4, 4, &civil->year) : NULL;
    return text && !*text;
}

static bool no_such_day(const char *text, const struct civil *civil, struct err *err)
{
    if (civil->year < YEAR_FIRST || civil->year > YEAR_LAST)
        return err_set(err, ERR_INPUT, "ngày “%s” nằm ngoài các năm 1990-2200; hãy kiểm tra lại năm",
                       "day \"%s\" lies outside the years 1990-2200; check the year", text);
    if (civil->month < 1 || civil->month > 12)
        return err_set(err, ERR_INPUT, "không có ngày “%s”: một năm chỉ có tháng 1 đến tháng 12",
                       "there is no day \"%s\": months run from 1 to 12", text);
    int length = month_length(civil->year, civil->month);
    return err_set(err, ERR_INPUT, "không có ngày “%s”: tháng %d/%d có các ngày từ 1 đến %d",
                   "there is no day \"%s\": month %d/%d has the days 1 to %d", text, civil->month,
                   civil->year, length);
}

bool day_parse(const char *text, int *day, struct err *err)
{
    struct civil civil;
    if (!read_iso(text, &civil) && !read_printed(text, &civil))
        return err_set(err, ERR_INPUT, "“%s” không phải là ngày; hãy viết như 2026-01-20 hoặc 20/01/2026",
                       "\"%s\" is not a date; write it like 2026-01-20 or 20/01/2026", text);
    if (!day_make(civil.year, civil.month, civil.mday, day))
        return no_such_day(text, &civil, err);
    return true;
}

const char *day_iso(int day, char buf[DAY_SIZE])
{
    buf[0] = '\0';
    if (day == DAY_NONE)
        return buf;
    struct civil civil = day_civil(day);
    int n = snprintf(buf, DAY_SIZE, "%04d-%02d-%02d", civil.year, civil.month, civil.mday);
    must(n > 0 && n < DAY_SIZE);
    return buf;
}

const char *day_vi(int day, bool with_year, char buf[DAY_SIZE])
{
    buf[0] = '\0';
    if (day == DAY_NONE)
        return buf;
    struct civil civil = day_civil(day);
    int n = with_year ? snprintf(buf, DAY_SIZE, "%d/%d/%d", civil.mday, civil.month, civil.year)
                      : snprintf(buf, DAY_SIZE, "%d/%d", civil.mday, civil.month);
    must(n > 0 && n < DAY_SIZE);
    return buf;
}

const char *weekday_name(int weekday, enum lang lang)
{
    static const char *const vi[] = {"thứ hai", "thứ ba",  "thứ tư",  "thứ năm",
                                     "thứ sáu", "thứ bảy", "chủ nhật"};
    static const char *const en[] = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                     "Friday", "Saturday", "Sunday"};
    must(weekday >= 1 && weekday <= 7);
    return say(lang, vi[weekday - 1], en[weekday - 1]);
}
