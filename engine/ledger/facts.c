#include "ledger/facts.h"

#include "ledger/store_sql.h"
#include "time/clock.h"

#include <stdlib.h>
#include <string.h>

static const char *const action_names[] = {
    [PROGRESS_DONE] = "done",
    [PROGRESS_REOPEN] = "reopen",
    [PROGRESS_EXTEND] = "extend",
    [PROGRESS_CANCEL] = "cancel",
};
#define N_ACTIONS (sizeof action_names / sizeof *action_names)

const char *progress_action_name(enum progress_action action)
{
    must((size_t)action < N_ACTIONS);
    return action_names[action];
}

bool progress_action_parse(const char *name, enum progress_action *action)
{
    for (size_t i = 0; i < N_ACTIONS; i++)
        if (strcmp(action_names[i], name) == 0) {
            *action = (enum progress_action)i;
            return true;
        }
    return false;
}

/* --- Reading ----------------------------------------------------------------------------------- */

/* What is being filled; these arrays move into the arena when they are whole. */
struct reading {
    struct facts *facts;
    int64_t until; /* facts recorded from this instant on are left out */
    VEC(struct event_fact) events;
    VEC(struct event_history) history;
    VEC(struct closing_fact) closings;
};

static const char *kept(const struct reading *reading, const struct sql_rows *rows, int column)
{
    return arena_strdup(reading->facts->arena, sql_row_text(rows, column));
}

static void event_add(struct reading *reading, struct sql_rows *rows, int64_t chain, int label_day, int on)
{
    size_t n = reading->events.n;
    bool corrects = n > 0 && reading->events.at[n - 1].chain == chain;
    struct event_fact *event = corrects ? &reading->events.at[n - 1] : vec_push(&reading->events);
    *event = (struct event_fact){
        .id = sql_row_int(rows, 0),
        .plan = kept(reading, rows, 2),
        .event = kept(reading, rows, 3),
        .unit = kept(reading, rows, 4),
        .ref = kept(reading, rows, 5),
        .chain = chain,
        .label_day = label_day,
        .on = on,
        .due = sql_row_day(rows, 7),
        .note = kept(reading, rows, 8),
        .by = kept(reading, rows, 9),
        .recorded_at = sql_row_int(rows, 10),
    };
    *vec_push(&reading->history) = (struct event_history){.chain = chain, .recorded_at = event->recorded_at};
}

/* The rows come chain by chain, each from its first record on, which gives the label even when it is left out
 * itself. */
static bool events_read(struct reading *reading, struct store *store, struct err *err)
{
    int64_t current = 0;
    int label_day = DAY_NONE;
    struct sql_rows rows = sql_rows(store, SQL_EVENTS);
    while (sql_next(&rows)) {
        int64_t chain = sql_row_int(&rows, 1);
        int on = sql_row_day(&rows, 6);
        if (chain != current)
            label_day = on;
        current = chain;
        if (sql_row_int(&rows, 10) < reading->until)
            event_add(reading, &rows, chain, label_day, on);
    }
    return sql_end(&rows, err);
}

/* A chain that was recorded anew since stands; that it was taken back meanwhile is still part of its history.
 */
static bool withdrawals_read(struct reading *reading, struct store *store, struct err *err)
{
    struct sql_rows rows = sql_rows(store, SQL_WITHDRAWALS, sql_int(reading->until));
    while (sql_next(&rows)) {
        int64_t id = sql_row_int(&rows, 0), at = sql_row_int(&rows, 4);
        *vec_push(&reading->history) =
            (struct event_history){.chain = sql_row_int(&rows, 1), .recorded_at = at};
        for (size_t i = 0; i < reading->events.n; i++) {
            struct event_fact *event = &reading->events.at[i];
            if (event->id != id)
                continue;
            event->withdrawn_at = at;
            event->withdrawn_why = kept(reading, &rows, 2);
            event->withdrawn_by = kept(reading, &rows, 3);
            reading->facts->n_withdrawn++;
        }
    }
    return sql_end(&rows, err);
}

static bool closings_read(struct reading *reading, struct store *store, struct err *err)
{
    struct sql_rows rows = sql_rows(store, SQL_CLOSINGS, sql_int(reading->until));
    while (sql_next(&rows))
        *vec_push(&reading->closings) = (struct closing_fact){
            .id = sql_row_int(&rows, 0),
            .plan = kept(reading, &rows, 1),
            .on = sql_row_day(&rows, 2),
            .why = kept(reading, &rows, 3),
            .by = kept(reading, &rows, 4),
            .recorded_at = sql_row_int(&rows, 5),
        };
    return sql_end(&rows, err);
}

static bool progress_makes_sense(const struct progress_fact *fact)
{
    bool needs_day = fact->action == PROGRESS_DONE || fact->action == PROGRESS_EXTEND;
    return needs_day == (fact->on != DAY_NONE);
}

/* There are many of these: counted first, and an occurrence's facts share its id. */
static bool progress_read(struct reading *reading, struct store *store, struct err *err)
{
    struct facts *facts = reading->facts;
    int64_t count = 0;
    if (!sql_number(store, SQL_PROGRESS_COUNT, &count, err))
        return false;
    struct progress_fact *list = arena_alloc(facts->arena, (size_t)count * sizeof *list);
    size_t n = 0;
    const char *occurrence = "";
    struct sql_rows rows = sql_rows(store, SQL_PROGRESS, sql_int(reading->until));
    while (sql_next(&rows)) {
        must(n < (size_t)count);
        struct progress_fact *fact = &list[n++];
        if (strcmp(occurrence, sql_row_text(&rows, 1)) != 0)
            occurrence = kept(reading, &rows, 1);
        fact->id = sql_row_int(&rows, 0);
        fact->occurrence = occurrence;
        fact->on = sql_row_day(&rows, 3);
        fact->why = kept(reading, &rows, 4);
        fact->by = kept(reading, &rows, 5);
        fact->recorded_at = sql_row_int(&rows, 6);
        if (!progress_action_parse(sql_row_text(&rows, 2), &fact->action) || !progress_makes_sense(fact))
            sql_row_unreadable(&rows);
    }
    facts->progress = list;
    facts->n_progress = n;
    return sql_end(&rows, err);
}

static bool first_day_read(struct reading *reading, struct store *store, struct err *err)
{
    struct sql_rows rows = sql_rows(store, SQL_FIRST_DAY);
    if (sql_next(&rows))
        reading->facts->first_day = sql_row_day(&rows, 0);
    if (!sql_end(&rows, err))
        return false;
    if (reading->facts->first_day != DAY_NONE && day_start(reading->facts->first_day) >= reading->until)
        reading->facts->first_day = DAY_NONE;
    return true;
}

static int events_order(const void *a, const void *b)
{
    const struct event_fact *one = a, *other = b;
    int order = strcmp(one->plan, other->plan);
    if (order == 0)
        order = strcmp(one->event, other->event);
    return order ? order : (one->chain > other->chain) - (one->chain < other->chain);
}

static int history_order(const void *a, const void *b)
{
    const struct event_history *one = a, *other = b;
    if (one->chain != other->chain)
        return one->chain < other->chain ? -1 : 1;
    return (one->recorded_at > other->recorded_at) - (one->recorded_at < other->recorded_at);
}

/* The array, sorted and in the arena. */
static void *settled(const struct reading *reading, void *at, size_t n, size_t size,
                     int (*order)(const void *, const void *))
{
    if (n == 0)
        return NULL;
    if (order)
        qsort(at, n, size, order);
    return memcpy(arena_alloc(reading->facts->arena, n * size), at, n * size);
}

static void settle(struct reading *reading)
{
    struct facts *facts = reading->facts;
    facts->n_events = reading->events.n;
    facts->events =
        settled(reading, reading->events.at, reading->events.n, sizeof *reading->events.at, events_order);
    facts->n_history = reading->history.n;
    facts->history =
        settled(reading, reading->history.at, reading->history.n, sizeof *reading->history.at, history_order);
    facts->n_closings = reading->closings.n;
    facts->closings =
        settled(reading, reading->closings.at, reading->closings.n, sizeof *reading->closings.at, NULL);
    vec_free(&reading->events);
    vec_free(&reading->history);
    vec_free(&reading->closings);
}

struct facts *facts_empty(void)
{
    struct arena *arena = arena_new();
    struct facts *facts = arena_alloc(arena, sizeof *facts);
    *facts = (struct facts){.arena = arena, .first_day = DAY_NONE};
    return facts;
}

struct facts *facts_read(struct store *store, int known_on, struct err *err)
{
    return facts_read_until(store, known_on == DAY_NONE ? INT64_MAX : day_start(known_on + 1), err);
}

struct facts *facts_read_until(struct store *store, int64_t until, struct err *err)
{
    struct reading reading = {.facts = facts_empty(), .until = until};
    if (!store)
        return reading.facts;
    bool own = !store_in_transaction(store);
    bool fine = (!own || store_begin_read(store, err)) && events_read(&reading, store, err) &&
                withdrawals_read(&reading, store, err) && progress_read(&reading, store, err) &&
                closings_read(&reading, store, err) && first_day_read(&reading, store, err);
    if (own)
        store_rollback(store);
    settle(&reading);
    if (fine)
        return reading.facts;
    facts_free(reading.facts);
    return NULL;
}

void facts_free(struct facts *facts)
{
    if (facts)
        arena_free(facts->arena);
}

/* --- Finding ----------------------------------------------------------------------------------- */

size_t facts_progress(const struct facts *facts, const char *occurrence, const struct progress_fact **first)
{
    size_t low = 0, high = facts->n_progress;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(facts->progress[middle].occurrence, occurrence) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    for (high = low; high < facts->n_progress; high++)
        if (strcmp(facts->progress[high].occurrence, occurrence) != 0)
            break;
    *first = low < high ? &facts->progress[low] : NULL;
    return high - low;
}

static int event_against(const struct event_fact *fact, const char *plan, const char *event)
{
    int order = strcmp(fact->plan, plan);
    return order ? order : strcmp(fact->event, event);
}

size_t facts_events(const struct facts *facts, const char *plan, const char *event,
                    const struct event_fact **first)
{
    size_t low = 0, high = facts->n_events;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (event_against(&facts->events[middle], plan, event) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    for (high = low; high < facts->n_events; high++)
        if (event_against(&facts->events[high], plan, event) != 0)
            break;
    *first = low < high ? &facts->events[low] : NULL;
    return high - low;
}

/* --- Writing ----------------------------------------------------------------------------------- */

bool facts_add_event(struct store *store, const struct event_fact *fact, int64_t real_now, int64_t *id,
                     struct err *err)
{
    if (!store_mark_day(store, fact->recorded_at, err) ||
        !sql_run(store, SQL_EVENT_ADD, err, sql_text(fact->plan), sql_text(fact->event), sql_text(fact->unit),
                 sql_text(fact->ref), sql_int(fact->chain), sql_day(fact->on), sql_day(fact->due),
                 sql_text(fact->note), sql_text(fact->by), sql_int(fact->recorded_at), sql_int(real_now)))
        return false;
    *id = sql_last_id(store);
    return true;
}

bool facts_withdraw_event(struct store *store, const struct event_fact *fact, int64_t recorded_at,
                          int64_t real_now, struct err *err)
{
    return store_mark_day(store, recorded_at, err) &&
           sql_run(store, SQL_WITHDRAWAL_ADD, err, sql_int(fact->id), sql_text(fact->withdrawn_why),
                   sql_text(fact->withdrawn_by), sql_int(recorded_at), sql_int(real_now));
}

bool facts_add_progress(struct store *store, const struct progress_fact *fact, int64_t real_now,
                        struct err *err)
{
    return store_mark_day(store, fact->recorded_at, err) &&
           sql_run(store, SQL_PROGRESS_ADD, err, sql_text(fact->occurrence),
                   sql_text(progress_action_name(fact->action)), sql_day(fact->on), sql_text(fact->why),
                   sql_text(fact->by), sql_int(fact->recorded_at), sql_int(real_now));
}

bool facts_add_closing(struct store *store, const struct closing_fact *fact, int64_t real_now,
                       struct err *err)
{
    return store_mark_day(store, fact->recorded_at, err) &&
           sql_run(store, SQL_CLOSING_ADD, err, sql_text(fact->plan), sql_day(fact->on), sql_text(fact->why),
                   sql_text(fact->by), sql_int(fact->recorded_at), sql_int(real_now));
}
