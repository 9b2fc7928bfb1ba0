#include "evaluate/occurrence.h"

#include "time/clock.h"

#include <stdlib.h>
#include <string.h>

const char *state_name(enum state state)
{
    static const char *const names[] = {"cancelled", "done",    "overdue", "extended",
                                        "open",      "waiting", "standing"};
    must(state < sizeof names / sizeof *names);
    return names[state];
}

const char *state_title(enum state state, enum lang lang)
{
    static const char *const vi[] = {"đã hủy",   "đã xong",     "quá hạn",     "được gia hạn",
                                     "đang làm", "chờ sự kiện", "thường xuyên"};
    must(state < sizeof vi / sizeof *vi);
    return say(lang, vi[state], state_name(state));
}

int limit_due(const struct workdays *workdays, enum limit_unit limit, int n, int event_day)
{
    switch (limit) {
    case LIMIT_DAYS:
        return workdays_on_or_after(workdays, event_day + n);
    case LIMIT_WORKDAYS:
        return workdays_step(workdays, event_day, n);
    case LIMIT_AT_ONCE:
        return workdays_step(workdays, event_day, 1);
    case LIMIT_NO_DAY:
        break;
    }
    return DAY_NONE;
}

int act_by_day(const struct workdays *workdays, int due, int opens)
{
    int day = workdays_on_or_before(workdays, due);
    return opens != DAY_NONE && day < opens ? due : day;
}

/* ---- progress ---- */

struct standing {
    bool done, cancelled, extended;
    int done_on, due, due_original;
};

static void standing_apply(struct standing *standing, const struct progress_fact *fact)
{
    switch (fact->action) {
    case PROGRESS_DONE:
        standing->done = true;
        standing->done_on = fact->on;
        break;
    case PROGRESS_REOPEN:
        standing->done = standing->cancelled = false;
        standing->done_on = DAY_NONE;
        break;
    case PROGRESS_EXTEND:
        /* Where a corrected event has moved the day itself behind the extension, nothing is left to extend.
         */
        standing->extended = standing->due_original == DAY_NONE || fact->on > standing->due_original;
        standing->due = standing->extended ? fact->on : standing->due_original;
        break;
    case PROGRESS_CANCEL:
        standing->cancelled = true;
        break;
    }
}

static enum state standing_state(const struct standing *standing, bool waiting, enum timing_kind kind,
                                 int today)
{
    if (standing->cancelled)
        return STATE_CANCELLED;
    if (standing->done)
        return STATE_DONE;
    if (standing->due != DAY_NONE && today > standing->due)
        return STATE_OVERDUE;
    if (standing->extended)
        return STATE_EXTENDED;
    if (waiting)
        return STATE_WAITING;
    return kind == TIMING_ONGOING || kind == TIMING_NONE ? STATE_STANDING : STATE_OPEN;
}

/* ---- changes ---- */

/* The midnight on which an open occurrence became overdue, if it lies in (after, until]. */
static bool overdue_midnight(const struct standing *standing, int64_t after, int64_t until, int64_t *midnight)
{
    if (standing->done || standing->cancelled || standing->due == DAY_NONE)
        return false;
    *midnight = day_start(standing->due + 1);
    return *midnight > after && *midnight <= until;
}

static size_t history_of(const struct facts *facts, int64_t chain, const struct event_history **first)
{
    size_t low = 0, high = facts->n_history, n = 0;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (facts->history[middle].chain < chain)
            low = middle + 1;
        else
            high = middle;
    }
    *first = facts->history + low;
    while (low + n < facts->n_history && facts->history[low + n].chain == chain)
        n++;
    return n;
}

static int by_instant(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return x < y ? -1 : x > y;
}

struct change_list {
    VEC(int64_t) list;
};

static void chain_changes(const struct facts *facts, const struct event_fact *event,
                          struct change_list *changes)
{
    const struct event_history *history;
    size_t n = history_of(facts, event->chain, &history);
    for (size_t i = 0; i < n; i++)
        *vec_push(&changes->list) = history[i].recorded_at;
}

static int64_t event_changes(const struct facts *facts, const struct occurrence *occurrence,
                             struct change_list *changes)
{
    int64_t latest = day_at(occurrence->duty->item->plan->issued, 8, 0);
    for (size_t i = 0; i < occurrence->n_events; i++) {
        const struct event_fact *event = occurrence->events[i];
        if (!event->withdrawn_at)
            chain_changes(facts, event, changes);
        latest = event->recorded_at > latest ? event->recorded_at : latest;
    }
    for (size_t i = 0; i < occurrence->n_withdrawn; i++) {
        const struct event_fact *event = occurrence->withdrawn[i];
        chain_changes(facts, event, changes);
        latest = event->withdrawn_at > latest ? event->withdrawn_at : latest;
    }
    return latest;
}

/* A turn of its own event, which never happened. */
static bool never_was(const struct occurrence *occurrence)
{
    return occurrence->n_events && occurrence->events[0]->withdrawn_at;
}

/* Facts as they were told, and between them the midnights on which it went overdue. Returns where it stands
 * at the end. */
static struct standing occurrence_walk(const struct facts *facts, int64_t now,
                                       const struct occurrence *occurrence, struct change_list *changes)
{
    struct standing standing = {
        .done_on = DAY_NONE, .due = occurrence->due_original, .due_original = occurrence->due_original};
    int64_t after = event_changes(facts, occurrence, changes), midnight;
    for (size_t i = 0; i < occurrence->n_progress; i++) {
        const struct progress_fact *fact = &occurrence->progress[i];
        if (overdue_midnight(&standing, after, fact->recorded_at, &midnight))
            *vec_push(&changes->list) = midnight;
        *vec_push(&changes->list) = fact->recorded_at;
        standing_apply(&standing, fact);
        after = fact->recorded_at > after ? fact->recorded_at : after;
    }
    if (overdue_midnight(&standing, after, now, &midnight))
        *vec_push(&changes->list) = midnight;
    return standing;
}

static void changes_keep(struct arena *arena, struct change_list *changes, struct occurrence *occurrence)
{
    occurrence->n_changes = changes->list.n;
    if (changes->list.n) {
        int64_t *kept = arena_alloc(arena, changes->list.n * sizeof *kept);
        memcpy(kept, changes->list.at, changes->list.n * sizeof *kept);
        qsort(kept, changes->list.n, sizeof *kept, by_instant);
        occurrence->changes = kept;
    }
    vec_free(&changes->list);
}

/* ---- the calendar ---- */

static bool provisional_between(const struct workdays *workdays, int first, int last)
{
    for (int day = first; day <= last; day++)
        if (workdays_is_provisional(workdays, day))
            return true;
    return false;
}

/* What the dates were computed from: the days between act_by and due, and for limits those from the event on.
 */
static bool occurrence_provisional(const struct workdays *workdays, const struct occurrence *occurrence)
{
    const struct timing *timing = &occurrence->duty->timing;
    if (occurrence->due == DAY_NONE)
        return false;
    if (timing->trigger && timing->limit == LIMIT_WORKDAYS && occurrence->opens != DAY_NONE)
        return provisional_between(workdays, occurrence->opens, occurrence->due);
    return provisional_between(workdays, occurrence->act_by, occurrence->due);
}

void occurrence_stand(struct arena *arena, const struct workdays *workdays, const struct facts *facts,
                      int64_t now, bool waiting, struct occurrence *occurrence)
{
    struct change_list changes = {0};
    struct standing standing = occurrence_walk(facts, now, occurrence, &changes);
    standing.cancelled = standing.cancelled || never_was(occurrence);
    occurrence->due = standing.due;
    occurrence->done_on = standing.done_on;
    occurrence->act_by =
        standing.due == DAY_NONE ? DAY_NONE : act_by_day(workdays, standing.due, occurrence->opens);
    occurrence->state = standing_state(&standing, waiting, occurrence->duty->timing.kind, instant_day(now));
    occurrence->late = standing.done && standing.due != DAY_NONE && standing.done_on > standing.due;
    occurrence->provisional = occurrence_provisional(workdays, occurrence);
    changes_keep(arena, &changes, occurrence);
}
