/* What a date word comes to for its plan: dated turns. */
#include "rulebook/words.h"

#include <string.h>

static struct turn *turn_add(struct words *words, struct timing *timing, size_t *cap)
{
    if (timing->n_turns == *cap) {
        size_t more = *cap ? 2 * *cap : 4;
        struct turn *bigger = arena_alloc(words->arena, more * sizeof *bigger);
        if (timing->n_turns)
            memcpy(bigger, timing->turns, timing->n_turns * sizeof *bigger);
        timing->turns = bigger;
        *cap = more;
    }
    struct turn *turn = (struct turn *)&timing->turns[timing->n_turns++];
    *turn = (struct turn){.opens = DAY_NONE, .due = DAY_NONE};
    return turn;
}

static void fixed_turn(const struct when *when, struct turn *turn)
{
    if (when->form == WHEN_DAY) {
        turn->due = when->kind == TIMING_BY_DATE_BEFORE ? when->day - 1 : when->day;
        return;
    }
    turn->opens = when->period.first;
    turn->due = when->period.last;
}

static void resolve_one_off(struct words *words, const struct when *when, const struct plan *plan,
                            struct timing *timing)
{
    size_t cap = 0;
    struct turn *turn = turn_add(words, timing, &cap);
    turn->label = plan->period.label;
    fixed_turn(when, turn);
    char due[DAY_SIZE], issued[DAY_SIZE];
    if (plan->issued != DAY_NONE && turn->due < plan->issued)
        words_warn(words, &when->at, "hạn %s đã qua khi kế hoạch ban hành (%s): vẫn giữ",
                   "due %s had passed when the plan was issued (%s): kept", day_iso(turn->due, due),
                   day_iso(plan->issued, issued));
}

/* ---- every ---- */

/* The period's number within its year: month 11, quarter 4, half 2, year 1. */
static int number_in_year(const struct period *period)
{
    int month = day_civil(period->first).month;
    switch (period->kind) {
    case PERIOD_MONTH:
        return month;
    case PERIOD_QUARTER:
        return (month - 1) / 3 + 1;
    case PERIOD_HALF:
        return (month - 1) / 6 + 1;
    default:
        return 1;
    }
}

static bool wanted(const struct when *when, const struct period *period)
{
    if (!when->every.n_only)
        return true;
    for (size_t i = 0; i < when->every.n_only; i++)
        if (when->every.only[i] == number_in_year(period))
            return true;
    return false;
}

/* The last admissible day of one period. */
static int every_due(const struct when *when, const struct period *period)
{
    struct civil end = day_civil(period->last);
    int day;
    if (when->every.unstated)
        return period->last;
    if (when->every.month) {
        must(day_make(end.year, when->every.month, when->every.mday, &day));
        return when->every.strict ? day - 1 : day;
    }
    int mday = when->every.before_day ? when->every.before_day - 1 : when->every.by_day;
    if (mday > end.mday)
        mday = end.mday;
    must(day_make(end.year, end.month, mday, &day));
    return day;
}

static void resolve_every(struct words *words, const struct when *when, const struct plan *plan,
                          struct timing *timing)
{
    int first = when->every.has_from ? when->every.from.first : plan->period.first;
    int last = when->every.has_to ? when->every.to.last : plan->period.last;
    size_t cap = 0;
    for (struct period period = period_holding(when->every.unit, first); period.first <= last;
         period = period_next(&period)) {
        int due = every_due(when, &period);
        if (period.last < first || period.last > last || !wanted(when, &period) ||
            (plan->issued != DAY_NONE && due < plan->issued))
            continue;
        struct turn *turn = turn_add(words, timing, &cap);
        turn->label = arena_strdup(words->arena, period.label);
        turn->opens = period.first;
        turn->due = due;
        turn->assumed = when->every.unstated;
    }
    if (!timing->n_turns)
        words_fault(words, &when->at, "every: không có kỳ nào trong thời gian của kế hoạch",
                    "every: no period lies in the plan's time");
}

static void resolve_listed(struct words *words, const struct when *when, const struct plan *plan,
                           struct timing *timing)
{
    size_t cap = 0;
    (void)plan;
    for (size_t i = 0; i < when->n_listed; i++) {
        const struct listed *listed = &when->listed[i];
        if (!listed->period.label[0] || (listed->when->form != WHEN_DAY && listed->when->form != WHEN_PERIOD))
            continue;
        struct turn *turn = turn_add(words, timing, &cap);
        turn->label = arena_strdup(words->arena, listed->period.label);
        fixed_turn(listed->when, turn);
    }
}

/* Its window begins on the Monday of the week of the month's last working day. */
static void resolve_last_week(struct words *words, const struct when *when, const struct plan *plan,
                              struct timing *timing)
{
    size_t cap = 0;
    for (size_t i = 0; i < when->n_listed; i++) {
        const struct period *month = &when->listed[i].period;
        if (plan->issued != DAY_NONE && month->last < plan->issued)
            continue;
        int last_work = workdays_on_or_before(words->workdays, month->last);
        struct turn *turn = turn_add(words, timing, &cap);
        turn->label = arena_strdup(words->arena, month->label);
        turn->opens = last_work - day_weekday(last_work) + 1;
        turn->due = month->last;
    }
}

void when_resolve(struct words *words, const struct when *when, const struct plan *plan,
                  struct timing *timing)
{
    *timing = (struct timing){.kind = when->kind,
                              .from = DAY_NONE,
                              .limit = when->limit,
                              .n = when->n,
                              .why = when->why,
                              .covers = when->covers,
                              .at = words_source(&when->at)};
    switch (when->form) {
    case WHEN_DAY:
    case WHEN_PERIOD:
        resolve_one_off(words, when, plan, timing);
        break;
    case WHEN_EVERY:
        resolve_every(words, when, plan, timing);
        break;
    case WHEN_LISTED:
        resolve_listed(words, when, plan, timing);
        break;
    case WHEN_LAST_WEEK:
        resolve_last_week(words, when, plan, timing);
        break;
    case WHEN_STANDING:
        timing->from = when->has_period ? when->period.first : DAY_NONE;
        break;
    case WHEN_EVENT:
    case WHEN_NEVER:
    case WHEN_BROKEN:
        break;
    }
}
