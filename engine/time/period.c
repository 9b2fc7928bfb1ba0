#include "time/period.h"

#include "time/date.h"

#include <string.h>

static struct period labelled(enum period_kind kind, int first, int last, const char *label)
{
    struct period period = {.kind = kind, .first = first, .last = last};
    size_t n = strlen(label);
    must(n < sizeof period.label && first <= last);
    memcpy(period.label, label, n);
    return period;
}

static int first_of_month(int year, int month)
{
    return month_last_day(year, month) - month_length(year, month) + 1;
}

static struct period months(enum period_kind kind, int year, int first_month, int last_month,
                            const char *label)
{
    return labelled(kind, first_of_month(year, first_month), month_last_day(year, last_month), label);
}

/* ISO 8601: weeks begin on Monday, and a week belongs to the year that has its Thursday. */
static int week_monday(int day)
{
    return day - (day_weekday(day) - 1);
}

static struct period week_of(int day)
{
    int monday = week_monday(day);
    int year = day_civil(monday + 3).year;
    int week_one = week_monday(first_of_month(year, 1) + 3);
    char label[PERIOD_SIZE];
    snprintf(label, sizeof label, "%04d-W%02d", year, (monday - week_one) / 7 + 1);
    return labelled(PERIOD_WEEK, monday, monday + 6, label);
}

struct period period_holding(enum period_kind kind, int day)
{
    struct civil civil = day_civil(day);
    int year = civil.year, month = civil.month;
    int quarter = (month + 2) / 3, half = month <= 6 ? 1 : 2;
    char label[PERIOD_SIZE];
    switch (kind) {
    case PERIOD_DAY:
        return labelled(kind, day, day, day_iso(day, label));
    case PERIOD_WEEK:
        return week_of(day);
    case PERIOD_MONTH:
        snprintf(label, sizeof label, "%04d-%02d", year, month);
        return months(kind, year, month, month, label);
    case PERIOD_QUARTER:
        snprintf(label, sizeof label, "%04d-Q%d", year, quarter);
        return months(kind, year, quarter * 3 - 2, quarter * 3, label);
    case PERIOD_HALF:
        snprintf(label, sizeof label, "%04d-H%d", year, half);
        return months(kind, year, half * 6 - 5, half * 6, label);
    case PERIOD_YEAR:
        snprintf(label, sizeof label, "%04d", year);
        return months(kind, year, 1, 12, label);
    case PERIOD_YEARS:
    case PERIOD_SPAN:
        break;
    }
    must(!"a kind that has one period per day");
    return (struct period){.kind = kind};
}

struct period period_next(const struct period *period)
{
    return period_holding(period->kind, period->last + 1);
}

bool period_holds(const struct period *period, int day)
{
    return period->first <= day && day <= period->last;
}

bool period_inside(const struct period *inner, const struct period *outer)
{
    return outer->first <= inner->first && inner->last <= outer->last;
}

/* Whether the text has the form: 0 stands for any digit, all else for itself. */
static bool has_form(const char *text, const char *form)
{
    for (; *form; text++, form++)
        if (*form == '0' ? *text < '0' || *text > '9' : *text != *form)
            return false;
    return !*text;
}

static int number_at(const char *text, size_t place, int digits)
{
    int value = 0;
    for (int i = 0; i < digits; i++)
        value = value * 10 + (text[place + (size_t)i] - '0');
    return value;
}

/* The form of each kind; the number behind the year, if any, begins at `place`. */
static const struct form {
    const char *form;
    enum period_kind kind;
    size_t place;
    int digits;
    int months; /* how many months one such period has */
} forms[] = {
    {"0000-00-00", PERIOD_DAY, 0, 0, 0},  {"0000-W00", PERIOD_WEEK, 6, 2, 0},
    {"0000-00", PERIOD_MONTH, 5, 2, 1},   {"0000-Q0", PERIOD_QUARTER, 6, 1, 3},
    {"0000-H0", PERIOD_HALF, 6, 1, 6},    {"0000", PERIOD_YEAR, 0, 0, 12},
    {"0000-0000", PERIOD_YEARS, 0, 0, 0}, {"0000-00-00/0000-00-00", PERIOD_SPAN, 0, 0, 0},
};

static bool year_first(int year, int *day)
{
    return day_make(year, 1, 1, day);
}

/* A day that lies in the period a text of one of the kinds WEEK to YEAR names; false when there is no such
 * period. */
static bool day_in_named(const struct form *form, const char *text, int *day)
{
    int year = number_at(text, 0, 4);
    int number = form->digits ? number_at(text, form->place, form->digits) : 1;
    if (number < 1 || !year_first(year, day))
        return false;
    if (form->kind != PERIOD_WEEK)
        return day_make(year, (number - 1) * form->months + 1, 1, day);
    *day = week_monday(*day + 3) + (number - 1) * 7;
    return true;
}

static bool parse_years(const char *text, struct period *period)
{
    int first, last, from = number_at(text, 0, 4), to = number_at(text, 5, 4);
    if (from > to || !year_first(from, &first) || !day_make(to, 12, 31, &last))
        return false;
    *period = labelled(PERIOD_YEARS, first, last, text);
    return true;
}

static bool parse_span(const char *text, struct period *period)
{
    char from[DAY_SIZE];
    int first, last;
    snprintf(from, sizeof from, "%.10s", text);
    if (!day_parse(from, &first, NULL) || !day_parse(text + 11, &last, NULL) || first > last)
        return false;
    *period = labelled(PERIOD_SPAN, first, last, text);
    return true;
}

static bool parse_form(const struct form *form, const char *text, struct period *period)
{
    if (form->kind == PERIOD_YEARS)
        return parse_years(text, period);
    if (form->kind == PERIOD_SPAN)
        return parse_span(text, period);
    int day;
    if (form->kind == PERIOD_DAY ? !day_parse(text, &day, NULL) : !day_in_named(form, text, &day))
        return false;
    /* The period of that day has this very name, unless a year was asked for a 53rd week that it lacks. */
    struct period found = period_holding(form->kind, day);
    if (strcmp(found.label, text) != 0)
        return false;
    *period = found;
    return true;
}

bool period_parse(const char *text, struct period *period, struct err *err)
{
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        if (!has_form(text, forms[i].form))
            continue;
        if (parse_form(&forms[i], text, period))
            return true;
        return err_set(
            err, ERR_INPUT,
            "không có kỳ “%s”: ngày, tuần, tháng hoặc quý đó không có, nằm ngoài các năm 1990-2200, "
            "hoặc kỳ kết thúc trước khi bắt đầu",
            "there is no period \"%s\": that day, week, month or quarter does not exist, lies outside the "
            "years 1990-2200, or the period ends before it begins",
            text);
    }
    return err_set(
        err, ERR_INPUT,
        "“%s” không phải là kỳ; hãy viết như 2026, 2026-H1, 2026-Q4, 2026-11, 2026-W48, 2026-11-24, "
        "2021-2025 hoặc 2025-10-15/2026-01-14",
        "\"%s\" is not a period; write it like 2026, 2026-H1, 2026-Q4, 2026-11, 2026-W48, 2026-11-24, "
        "2021-2025 or 2025-10-15/2026-01-14",
        text);
}

static const char *month_name_en(int month)
{
    static const char *const names[] = {"January",   "February", "March",    "April",
                                        "May",       "June",     "July",     "August",
                                        "September", "October",  "November", "December"};
    must(month >= 1 && month <= 12);
    return names[month - 1];
}

static const char *name_vi(const struct period *period, char buf[PERIOD_NAME_SIZE])
{
    static const char *const roman[] = {"I", "II", "III", "IV"};
    struct civil first = day_civil(period->first);
    char from[DAY_SIZE], to[DAY_SIZE];
    switch (period->kind) {
    case PERIOD_DAY:
        snprintf(buf, PERIOD_NAME_SIZE, "ngày %s", day_vi(period->first, true, from));
        break;
    case PERIOD_WEEK:
        snprintf(buf, PERIOD_NAME_SIZE, "tuần %d/%.4s", number_at(period->label, 6, 2), period->label);
        break;
    case PERIOD_MONTH:
        snprintf(buf, PERIOD_NAME_SIZE, "tháng %d/%d", first.month, first.year);
        break;
    case PERIOD_QUARTER:
        snprintf(buf, PERIOD_NAME_SIZE, "quý %s/%d", roman[(first.month - 1) / 3], first.year);
        break;
    case PERIOD_HALF:
        snprintf(buf, PERIOD_NAME_SIZE, "6 tháng %s năm %d", first.month == 1 ? "đầu" : "cuối", first.year);
        break;
    case PERIOD_YEAR:
        snprintf(buf, PERIOD_NAME_SIZE, "năm %d", first.year);
        break;
    case PERIOD_YEARS:
        snprintf(buf, PERIOD_NAME_SIZE, "giai đoạn %s", period->label);
        break;
    case PERIOD_SPAN:
        snprintf(buf, PERIOD_NAME_SIZE, "%s - %s", day_vi(period->first, true, from),
                 day_vi(period->last, true, to));
        break;
    }
    return buf;
}

static const char *name_en(const struct period *period, char buf[PERIOD_NAME_SIZE])
{
    struct civil first = day_civil(period->first), last = day_civil(period->last);
    switch (period->kind) {
    case PERIOD_DAY:
        snprintf(buf, PERIOD_NAME_SIZE, "%d %s %d", first.mday, month_name_en(first.month), first.year);
        break;
    case PERIOD_WEEK:
        snprintf(buf, PERIOD_NAME_SIZE, "week %d of %.4s", number_at(period->label, 6, 2), period->label);
        break;
    case PERIOD_MONTH:
        snprintf(buf, PERIOD_NAME_SIZE, "%s %d", month_name_en(first.month), first.year);
        break;
    case PERIOD_QUARTER:
        snprintf(buf, PERIOD_NAME_SIZE, "Q%d %d", (first.month + 2) / 3, first.year);
        break;
    case PERIOD_HALF:
        snprintf(buf, PERIOD_NAME_SIZE, "%s half of %d", first.month == 1 ? "first" : "second", first.year);
        break;
    case PERIOD_YEAR:
    case PERIOD_YEARS:
        snprintf(buf, PERIOD_NAME_SIZE, "%s", period->label);
        break;
    case PERIOD_SPAN:
        snprintf(buf, PERIOD_NAME_SIZE, "%d %s %d - %d %s %d", first.mday, month_name_en(first.month),
                 first.year, last.mday, month_name_en(last.month), last.year);
        break;
    }
    return buf;
}

const char *period_name(const struct period *period, enum lang lang, char buf[PERIOD_NAME_SIZE])
{
    return lang == LANG_VI ? name_vi(period, buf) : name_en(period, buf);
}
