#include "time/workdays.h"

#include "base/mem.h"

#include <string.h>

/* Asked about a million times in one evaluation, so each day of the years 1990-2200 has a byte that says how
 * it is listed. Days outside those years cannot be listed: there the week alone decides, and all is
 * provisional. */
#define FAR 10000000 /* days that no caller asks for, long before an int overflows */

enum mark {
    MARK_OFF = 1,
    MARK_WORK = 2,
    MARK_PROVISIONAL = 4,
};

struct workdays {
    struct arena *arena; /* the reasons */
    unsigned week_mask;
    unsigned char marks[DAY_LAST - DAY_FIRST + 1];
    int offs_in_year[YEAR_LAST - YEAR_FIRST + 1];
    VEC(struct workday_note) notes; /* by day */
};

static bool is_listable(int day)
{
    return day >= DAY_FIRST && day <= DAY_LAST;
}

static unsigned mark_of(const struct workdays *workdays, int day)
{
    return is_listable(day) ? workdays->marks[day - DAY_FIRST] : 0;
}

static unsigned char *mark_place(struct workdays *workdays, int day)
{
    must(is_listable(day));
    return &workdays->marks[day - DAY_FIRST];
}

struct workdays *workdays_new(unsigned week_mask)
{
    must(week_mask > 0 && week_mask < 1U << 7); /* without a working weekday a step would never end */
    struct workdays *workdays = mem_alloc(sizeof *workdays);
    workdays->arena = arena_new();
    workdays->week_mask = week_mask;
    return workdays;
}

void workdays_free(struct workdays *workdays)
{
    if (!workdays)
        return;
    vec_free(&workdays->notes);
    arena_free(workdays->arena);
    mem_free(workdays);
}

/* Where the note of the day is, or would go. */
static size_t note_place(const struct workdays *workdays, int day)
{
    size_t low = 0, high = workdays->notes.n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (workdays->notes.at[middle].day < day)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void note_insert(struct workdays *workdays, int day, bool works, const char *reason)
{
    size_t place = note_place(workdays, day);
    size_t behind = workdays->notes.n - place;
    struct workday_note *last = vec_push(&workdays->notes), *note = last - behind;
    memmove(note + 1, note, behind * sizeof *note);
    *note =
        (struct workday_note){.day = day, .works = works, .reason = arena_strdup(workdays->arena, reason)};
}

/* What is provisional can change with any day or span added, also for days listed before. */
static void refresh_notes(struct workdays *workdays, int first, int last)
{
    for (size_t i = note_place(workdays, first); i < workdays->notes.n && workdays->notes.at[i].day <= last;
         i++) {
        struct workday_note *note = workdays->notes.at + i;
        note->provisional = workdays_is_provisional(workdays, note->day);
    }
}

static bool list_day(struct workdays *workdays, int day, enum mark mark, const char *reason)
{
    must(reason);
    unsigned char *marks = mark_place(workdays, day);
    unsigned listed = *marks & (MARK_OFF | MARK_WORK);
    if (listed)
        return listed == (unsigned)mark;
    *marks |= (unsigned char)mark;
    note_insert(workdays, day, mark == MARK_WORK, reason);
    int year = day_civil(day).year;
    if (mark == MARK_OFF)
        workdays->offs_in_year[year - YEAR_FIRST]++;
    refresh_notes(workdays, month_last_day(year - 1, 12) + 1, month_last_day(year, 12));
    return true;
}

bool workdays_add_off(struct workdays *workdays, int day, const char *reason)
{
    return list_day(workdays, day, MARK_OFF, reason);
}

bool workdays_add_work(struct workdays *workdays, int day, const char *reason)
{
    return list_day(workdays, day, MARK_WORK, reason);
}

void workdays_add_provisional(struct workdays *workdays, int first, int last)
{
    must(first <= last);
    int from = first < DAY_FIRST ? DAY_FIRST : first;
    for (int day = from; day <= last && day <= DAY_LAST; day++)
        *mark_place(workdays, day) |= MARK_PROVISIONAL;
    refresh_notes(workdays, first, last);
}

bool workdays_is_working(const struct workdays *workdays, int day)
{
    unsigned mark = mark_of(workdays, day);
    if (mark & (MARK_OFF | MARK_WORK))
        return mark & MARK_WORK;
    return workdays->week_mask >> (day_weekday(day) - 1) & 1;
}

const char *workdays_reason(const struct workdays *workdays, int day)
{
    size_t place = note_place(workdays, day);
    if (place == workdays->notes.n || workdays->notes.at[place].day != day)
        return NULL;
    return workdays->notes.at[place].reason;
}

bool workdays_is_provisional(const struct workdays *workdays, int day)
{
    if (!is_listable(day) || mark_of(workdays, day) & MARK_PROVISIONAL)
        return true;
    return workdays->offs_in_year[day_civil(day).year - YEAR_FIRST] == 0;
}

static bool is_near(int day)
{
    return day > -FAR && day < FAR;
}

int workdays_on_or_before(const struct workdays *workdays, int day)
{
    must(is_near(day));
    while (!workdays_is_working(workdays, day))
        day--;
    return day;
}

int workdays_on_or_after(const struct workdays *workdays, int day)
{
    must(is_near(day));
    while (!workdays_is_working(workdays, day))
        day++;
    return day;
}

int workdays_step(const struct workdays *workdays, int day, int n)
{
    must(is_near(day) && n >= -WORKDAYS_STEP_MOST && n <= WORKDAYS_STEP_MOST);
    for (; n > 0; n--)
        day = workdays_on_or_after(workdays, day + 1);
    for (; n < 0; n++)
        day = workdays_on_or_before(workdays, day - 1);
    return day;
}

int workdays_between(const struct workdays *workdays, int from, int to)
{
    if (to < from)
        return -workdays_between(workdays, to, from);
    must(is_near(from) && is_near(to));
    int n = 0;
    for (int day = from + 1; day <= to; day++)
        n += workdays_is_working(workdays, day);
    return n;
}

size_t workdays_notes(const struct workdays *workdays, const struct workday_note **notes)
{
    *notes = workdays->notes.at;
    return workdays->notes.n;
}
