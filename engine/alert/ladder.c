#include "alert/ladder.h"

static const struct lead_time usual_reminders[] = {{7, true}, {3, true}, {1, true}};
static const struct lead_time every_workday = {1, true}, every_fifth = {5, true};

struct ladder ladder_of_duty(const struct workdays *workdays, const struct duty *duty, int act_by, int due)
{
    struct ladder ladder = {.workdays = workdays, .act_by = act_by, .due = due};
    ladder.remind = duty->remind ? duty->remind : usual_reminders;
    ladder.n_remind = duty->remind ? duty->n_remind : sizeof usual_reminders / sizeof *usual_reminders;
    ladder.overdue = duty->overdue.n > 0 ? duty->overdue : every_workday;
    if (duty->escalate.to.n)
        ladder.escalate = duty->escalate.after.n ? duty->escalate.after : every_workday;
    return ladder;
}

struct ladder ladder_of_receiver(const struct workdays *workdays, int act_by, int due)
{
    return (struct ladder){.workdays = workdays,
                           .act_by = act_by,
                           .due = due,
                           .overdue = every_fifth,
                           .escalate = every_workday};
}

/* ---- until the due day ---- */

static void rung_set(struct rung *rung, int day, int due, const char *sign, int n, const char *unit)
{
    char text[DAY_SIZE];
    rung->day = day;
    snprintf(rung->name, sizeof rung->name, "%s%d%s %s", sign, n, unit, day_iso(due, text));
}

/* The day of the i-th of those up to the due day, in no order; DAY_NONE: there are no more. */
static int early_day(const struct ladder *ladder, size_t i)
{
    if (i < ladder->n_remind) {
        const struct lead_time *time = &ladder->remind[i];
        return time->workdays ? workdays_step(ladder->workdays, ladder->act_by, -time->n)
                              : workdays_on_or_before(ladder->workdays, ladder->act_by - time->n);
    }
    if (i == ladder->n_remind)
        return ladder->act_by;
    return i == ladder->n_remind + 1 && ladder->act_by < ladder->due ? ladder->due : DAY_NONE;
}

static void early_rung(const struct ladder *ladder, size_t i, struct rung *rung)
{
    char text[DAY_SIZE];
    int day = early_day(ladder, i);
    if (i < ladder->n_remind) {
        const struct lead_time *time = &ladder->remind[i];
        rung_set(rung, day, ladder->due, "-", time->n, time->workdays ? "" : "d");
    } else if (i == ladder->n_remind) {
        rung_set(rung, day, ladder->due, "", 0, "");
    } else {
        rung->day = day;
        snprintf(rung->name, sizeof rung->name, "due %s", day_iso(ladder->due, text));
    }
}

int ladder_first_day(const struct ladder *ladder)
{
    int first = ladder->act_by, day;
    for (size_t i = 0; (day = early_day(ladder, i)) != DAY_NONE; i++)
        first = day < first ? day : first;
    return first;
}

/* ---- after it ---- */

/* The day that lies so long after due. */
static int late_day(const struct ladder *ladder, const struct lead_time *time, int times)
{
    int n = time->n * times;
    return time->workdays ? workdays_step(ladder->workdays, ladder->due, n)
                          : workdays_on_or_after(ladder->workdays, ladder->due + n);
}

int ladder_escalates_on(const struct ladder *ladder)
{
    if (!ladder->escalate.n)
        return DAY_NONE;
    return late_day(ladder, &ladder->escalate, 1);
}

/* How many whole steps of the overdue rhythm end on or before the day. */
static int late_steps(const struct ladder *ladder, int day)
{
    const struct lead_time *rhythm = &ladder->overdue;
    if (day <= ladder->due)
        return 0;
    int n = rhythm->workdays ? workdays_between(ladder->workdays, ladder->due, day) : day - ladder->due;
    int steps = n / rhythm->n;
    return steps && late_day(ladder, rhythm, steps) > day ? steps - 1 : steps;
}

static void late_rung(const struct ladder *ladder, int day, struct rung *rung)
{
    rung_set(rung, day, ladder->due, "+", workdays_between(ladder->workdays, ladder->due, day), "");
}

static bool late_current(const struct ladder *ladder, int day, struct rung *rung)
{
    int steps = late_steps(ladder, day), escalates = ladder_escalates_on(ladder);
    int latest = steps ? late_day(ladder, &ladder->overdue, steps) : DAY_NONE;
    if (escalates != DAY_NONE && escalates <= day && escalates > latest)
        latest = escalates;
    if (latest == DAY_NONE)
        return false;
    late_rung(ladder, latest, rung);
    return true;
}

/* ---- both ---- */

bool ladder_current(const struct ladder *ladder, int day, struct rung *rung)
{
    int at, latest = DAY_NONE;
    size_t which = 0;
    if (day > ladder->due)
        return late_current(ladder, day, rung);
    for (size_t i = 0; (at = early_day(ladder, i)) != DAY_NONE; i++)
        if (at <= day && (latest == DAY_NONE || at >= latest)) {
            latest = at;
            which = i;
        }
    if (latest == DAY_NONE)
        return false;
    early_rung(ladder, which, rung);
    return true;
}

void ladder_next(const struct ladder *ladder, int day, struct rung *rung)
{
    int at, soonest = DAY_NONE;
    size_t which = 0;
    for (size_t i = 0; (at = early_day(ladder, i)) != DAY_NONE; i++)
        if (at > day && (soonest == DAY_NONE || at < soonest)) {
            soonest = at;
            which = i;
        }
    if (soonest != DAY_NONE) {
        early_rung(ladder, which, rung);
        return;
    }
    int escalates = ladder_escalates_on(ladder);
    int next = late_day(ladder, &ladder->overdue, late_steps(ladder, day) + 1);
    late_rung(ladder, escalates != DAY_NONE && escalates > day && escalates < next ? escalates : next, rung);
}
