#include "ledger/facts.h"

#include "ledger_home.h"
#include "table.h"
#include "time/clock.h"

#include <setjmp.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#define REAL_NOW  1790000000
#define OUR(part) "haiphong-2026:III.3.c:2026-11:haiphong/" part

static int day_or_none(const char *day)
{
    return day ? day_of(day) : DAY_NONE;
}

static int64_t instant(const char *text)
{
    int64_t at;
    assert_true(instant_parse(text, &at, NULL));
    return at;
}

static int64_t tell_event(struct home *home, struct event_fact fact, const char *on, const char *at)
{
    int64_t id;
    fact.on = day_of(on);
    fact.recorded_at = instant(at);
    if (fact.due == 0)
        fact.due = DAY_NONE;
    if (!fact.plan)
        fact.plan = "haiphong-2026";
    assert_fine(home, store_begin(home->store, &home->err));
    assert_fine(home, facts_add_event(home->store, &fact, REAL_NOW, &id, &home->err));
    assert_fine(home, store_commit(home->store, &home->err));
    return id;
}

static void tell_progress(struct home *home, const char *occurrence, enum progress_action action,
                          const char *on, const char *at)
{
    const struct progress_fact fact = {
        .occurrence = occurrence, .action = action, .on = day_or_none(on), .recorded_at = instant(at)};
    assert_fine(home, store_begin(home->store, &home->err));
    assert_fine(home, facts_add_progress(home->store, &fact, REAL_NOW, &home->err));
    assert_fine(home, store_commit(home->store, &home->err));
}

static void tell_closing(struct home *home, const char *plan, const char *on, const char *at)
{
    const struct closing_fact fact = {.plan = plan, .on = day_of(on), .recorded_at = instant(at)};
    assert_fine(home, store_begin(home->store, &home->err));
    assert_fine(home, facts_add_closing(home->store, &fact, REAL_NOW, &home->err));
    assert_fine(home, store_commit(home->store, &home->err));
}

/* Freed by the next call; NULL only frees. */
static const struct facts *facts_now(struct home *home, const char *known_on)
{
    static struct facts *facts;
    facts_free(facts);
    facts = home ? facts_read(home->store, day_or_none(known_on), &home->err) : NULL;
    if (home)
        assert_fine(home, facts != NULL);
    return facts;
}

static int teardown(void **state)
{
    facts_now(NULL, NULL);
    return home_teardown(state);
}

static void nothing_told_yet(void **state)
{
    struct home *home = *state;
    struct facts *of_nothing[] = {facts_empty(), facts_read(NULL, DAY_NONE, &home->err),
                                  facts_read(home->store, DAY_NONE, &home->err)};
    for (size_t i = 0; i < 3; i++) {
        struct facts *facts = of_nothing[i];
        const struct progress_fact *progress;
        const struct event_fact *event;
        assert_non_null(facts);
        assert_int_equal(facts->n_events + facts->n_progress + facts->n_closings + facts->n_history, 0);
        assert_int_equal(facts->first_day, DAY_NONE);
        assert_int_equal(facts_progress(facts, OUR("PC06"), &progress), 0);
        assert_int_equal(facts_events(facts, "haiphong-2026", "plan-received", &event), 0);
        assert_null(progress);
        assert_null(event);
        facts_free(facts);
    }
    facts_free(NULL);
}

static void actions_have_names(void **state)
{
    (void)state;
    static const char *const names[] = {"done", "reopen", "extend", "cancel"};
    enum progress_action action;
    for (size_t i = 0; i < 4; i++) {
        assert_true(progress_action_parse(names[i], &action));
        assert_int_equal(action, i);
        assert_string_equal(progress_action_name(action), names[i]);
    }
    assert_false(progress_action_parse("Done", &action));
    assert_false(progress_action_parse("", &action));
}

/* --- Progress ----------------------------------------------------------------------------------------------
 */

/* Told in this order; "PC06" at last with an earlier instant than before. */
static void tell_four_offices(struct home *home)
{
    tell_progress(home, OUR("PC06"), PROGRESS_DONE, "2026-11-20", "2026-11-20T09:30");
    tell_progress(home, OUR("PV01"), PROGRESS_EXTEND, "2026-12-01", "2026-11-20T10:00");
    tell_progress(home, OUR("PC06"), PROGRESS_REOPEN, NULL, "2026-11-21");
    tell_progress(home, OUR("PA08"), PROGRESS_CANCEL, NULL, "2026-11-22");
    tell_progress(home, OUR("PC061"), PROGRESS_DONE, "2026-11-22", "2026-11-22");
    tell_progress(home, OUR("PC06"), PROGRESS_DONE, "2026-11-19", "2026-11-19");
}

static void progress_comes_by_occurrence_in_order_of_telling(void **state)
{
    struct home *home = *state;
    static const struct {
        const char *occurrence;
        enum progress_action action;
        const char *on, *at;
    } expected[] = {
        {OUR("PA08"), PROGRESS_CANCEL, NULL, "2026-11-22"},
        {OUR("PC06"), PROGRESS_DONE, "2026-11-20", "2026-11-20T09:30"},
        {OUR("PC06"), PROGRESS_REOPEN, NULL, "2026-11-21"},
        {OUR("PC06"), PROGRESS_DONE, "2026-11-19", "2026-11-19"},
        {OUR("PC061"), PROGRESS_DONE, "2026-11-22", "2026-11-22"},
        {OUR("PV01"), PROGRESS_EXTEND, "2026-12-01", "2026-11-20T10:00"},
    };
    tell_four_offices(home);
    const struct facts *facts = facts_now(home, NULL);
    assert_int_equal(facts->n_progress, 6);
    for (size_t i = 0; i < 6; i++) {
        const struct progress_fact *fact = &facts->progress[i];
        assert_string_equal(fact->occurrence, expected[i].occurrence);
        assert_int_equal(fact->action, expected[i].action);
        assert_int_equal(fact->on, day_or_none(expected[i].on));
        assert_int_equal(fact->recorded_at, instant(expected[i].at));
        if (i > 0 && strcmp(fact->occurrence, fact[-1].occurrence) == 0)
            assert_true(fact->id > fact[-1].id);
    }
}

static void progress_is_found_by_occurrence(void **state)
{
    struct home *home = *state;
    static const struct {
        const char *occurrence;
        size_t first, n;
    } slices[] = {
        {OUR("PA08"), 0, 1}, {OUR("PC06"), 1, 3}, {OUR("PC061"), 4, 1},
        {OUR("PV01"), 5, 1}, {OUR("PC0"), 0, 0},  {OUR("A"), 0, 0},
        {OUR("Z"), 0, 0},    {"", 0, 0},          {OUR("PC060"), 0, 0},
    };
    tell_four_offices(home);
    const struct facts *facts = facts_now(home, NULL);
    for (size_t i = 0; i < sizeof slices / sizeof *slices; i++) {
        const struct progress_fact *first;
        assert_int_equal(facts_progress(facts, slices[i].occurrence, &first), slices[i].n);
        assert_ptr_equal(first, slices[i].n ? &facts->progress[slices[i].first] : NULL);
    }
}

/* --- Events ------------------------------------------------------------------------------------------------
 */

static const struct event_fact *only_event(const struct facts *facts, const char *event)
{
    const struct event_fact *first;
    assert_int_equal(facts_events(facts, "haiphong-2026", event, &first), 1);
    return first;
}

static void withdraw(struct home *home, int64_t id, const char *why, const char *at)
{
    assert_fine(home, store_begin(home->store, &home->err));
    assert_fine(home, facts_withdraw_event(
                          home->store,
                          &(struct event_fact){.id = id, .withdrawn_why = why, .withdrawn_by = "Đội 6"},
                          instant(at), instant(at), &home->err));
    assert_fine(home, store_commit(home->store, &home->err));
}

/* It is kept, as is when, why and by whom; before that instant it stood. Recorded anew, its chain stands
 * again. */
static void event_taken_back_stays_known(void **state)
{
    struct home *home = *state;
    int64_t chain = tell_event(home, (struct event_fact){.event = "received", .unit = "haiphong/PC06"},
                               "2026-01-09", "2026-01-10");
    withdraw(home, chain, "ghi nhầm", "2026-01-12T09:00");
    const struct facts *facts = facts_now(home, NULL);
    const struct event_fact *fact = only_event(facts, "received");
    assert_int_equal(facts->n_withdrawn, 1);
    assert_int_equal(fact->withdrawn_at, instant("2026-01-12T09:00"));
    assert_string_equal(fact->withdrawn_why, "ghi nhầm");
    assert_string_equal(fact->withdrawn_by, "Đội 6");
    assert_int_equal(fact->on, day_of("2026-01-09"));
    assert_int_equal(facts->n_history, 2);

    facts = facts_now(home, "2026-01-11");
    assert_int_equal(facts->n_withdrawn, 0);
    assert_int_equal(only_event(facts, "received")->withdrawn_at, 0);
    assert_int_equal(facts->n_history, 1);

    tell_event(home, (struct event_fact){.event = "received", .unit = "haiphong/PC06", .chain = chain},
               "2026-01-13", "2026-01-14");
    facts = facts_now(home, NULL);
    assert_int_equal(facts->n_withdrawn, 0);
    assert_int_equal(only_event(facts, "received")->on, day_of("2026-01-13"));
    assert_int_equal(facts->n_history, 3);
}

static void corrected_event_keeps_its_label(void **state)
{
    struct home *home = *state;
    int64_t chain = tell_event(
        home, (struct event_fact){.event = "received", .unit = "haiphong/PC06", .note = "công văn"},
        "2026-01-09", "2026-01-10");
    tell_event(home, (struct event_fact){.event = "received", .unit = "haiphong/PC06", .chain = chain},
               "2026-01-12", "2026-01-13");
    int64_t last = tell_event(home,
                              (struct event_fact){.event = "received",
                                                  .unit = "haiphong/PC06",
                                                  .chain = chain,
                                                  .ref = "7.2.3",
                                                  .due = day_of("2026-01-30"),
                                                  .by = "Đội 6"},
                              "2026-01-08", "2026-01-20T17:00");
    const struct event_fact *fact = only_event(facts_now(home, NULL), "received");
    assert_int_equal(fact->id, last);
    assert_int_equal(fact->chain, chain);
    assert_int_equal(fact->label_day, day_of("2026-01-09"));
    assert_int_equal(fact->on, day_of("2026-01-08"));
    assert_int_equal(fact->due, day_of("2026-01-30"));
    assert_string_equal(fact->unit, "haiphong/PC06");
    assert_string_equal(fact->ref, "7.2.3");
    assert_string_equal(fact->by, "Đội 6");
    assert_null(fact->note);
    assert_int_equal(fact->recorded_at, instant("2026-01-20T17:00"));

    fact = only_event(facts_now(home, "2026-01-19"), "received");
    assert_int_equal(fact->on, day_of("2026-01-12"));
    assert_int_equal(fact->label_day, day_of("2026-01-09"));
    fact = only_event(facts_now(home, "2026-01-10"), "received");
    assert_int_equal(fact->on, day_of("2026-01-09"));
    assert_string_equal(fact->note, "công văn");
    assert_int_equal(facts_now(home, "2026-01-09")->n_events, 0);
}

/* Told afterwards, but with an earlier instant: its chain's first record is not yet known then, its label is.
 */
static void correction_may_count_from_before_the_record(void **state)
{
    struct home *home = *state;
    int64_t chain = tell_event(home, (struct event_fact){.event = "received"}, "2026-01-09", "2026-01-10");
    tell_event(home, (struct event_fact){.event = "received", .chain = chain}, "2026-01-07", "2026-01-08");
    const struct event_fact *fact = only_event(facts_now(home, NULL), "received");
    assert_int_equal(fact->on, day_of("2026-01-07"));
    fact = only_event(facts_now(home, "2026-01-08"), "received");
    assert_int_equal(fact->on, day_of("2026-01-07"));
    assert_int_equal(fact->label_day, day_of("2026-01-09"));
    assert_int_equal(fact->chain, chain);
}

static void events_come_by_plan_event_and_chain(void **state)
{
    struct home *home = *state;
    static const struct event_fact told[] = {
        {.plan = "soctrang-2025", .event = "request"},
        {.plan = "haiphong-2026", .event = "received"},
        {.plan = "haiphong-2026", .event = "received", .unit = "haiphong/PC06"},
        {.plan = "haiphong-2026", .event = "decision"},
        {.plan = "haiphong-2026", .event = "received-2"},
    };
    int64_t ids[5];
    for (size_t i = 0; i < 5; i++)
        ids[i] = tell_event(home, told[i], "2026-03-05", "2026-03-05");
    /* Corrected last, and still in its chain's place. */
    tell_event(home, (struct event_fact){.event = "received", .chain = ids[1]}, "2026-03-06", "2026-03-07");
    const struct facts *facts = facts_now(home, NULL);
    static const size_t order[] = {3, 1, 2, 4, 0};
    assert_int_equal(facts->n_events, 5);
    for (size_t i = 0; i < 5; i++)
        assert_int_equal(facts->events[i].chain, ids[order[i]]);

    const struct event_fact *first;
    assert_int_equal(facts_events(facts, "haiphong-2026", "received", &first), 2);
    assert_ptr_equal(first, &facts->events[1]);
    assert_null(first[0].unit);
    assert_int_equal(first[0].on, day_of("2026-03-06"));
    assert_string_equal(first[1].unit, "haiphong/PC06");
    assert_int_equal(facts_events(facts, "soctrang-2025", "received", &first), 0);
    assert_int_equal(facts_events(facts, "soctrang-2025", "request", &first), 1);
}

static void history_has_every_instant_of_a_chain(void **state)
{
    struct home *home = *state;
    int64_t one = tell_event(home, (struct event_fact){.event = "b"}, "2026-03-05", "2026-03-05");
    int64_t other = tell_event(home, (struct event_fact){.event = "a"}, "2026-03-05", "2026-03-06");
    tell_event(home, (struct event_fact){.event = "b", .chain = one}, "2026-03-04", "2026-03-08");
    tell_event(home, (struct event_fact){.event = "b", .chain = one}, "2026-03-03", "2026-03-07");
    const struct {
        int64_t chain;
        const char *at;
    } expected[] = {{one, "2026-03-05"}, {one, "2026-03-07"}, {one, "2026-03-08"}, {other, "2026-03-06"}};
    const struct facts *facts = facts_now(home, NULL);
    assert_int_equal(facts->n_history, 4);
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(facts->history[i].chain, expected[i].chain);
        assert_int_equal(facts->history[i].recorded_at, instant(expected[i].at));
    }
    assert_int_equal(facts_now(home, "2026-03-07")->n_history, 3);
}

/* --- Closings, days, texts ---------------------------------------------------------------------------------
 */

static void closings_come_by_plan(void **state)
{
    struct home *home = *state;
    tell_closing(home, "soctrang-2024", "2025-03-31", "2025-04-01");
    tell_closing(home, "culaodung-2021", "2026-01-01", "2026-01-02");
    tell_closing(home, "soctrang-2024", "2025-06-30", "2026-01-03");
    const struct facts *facts = facts_now(home, NULL);
    assert_int_equal(facts->n_closings, 3);
    assert_string_equal(facts->closings[0].plan, "culaodung-2021");
    assert_int_equal(facts->closings[1].on, day_of("2025-03-31"));
    assert_int_equal(facts->closings[2].on, day_of("2025-06-30"));
    assert_true(facts->closings[1].id < facts->closings[2].id);
    assert_int_equal(facts_now(home, "2026-01-02")->n_closings, 2);
}

/* A day of knowledge ends at midnight in Vietnam. */
static void what_was_known_on_a_day(void **state)
{
    struct home *home = *state;
    static const char *const instants[] = {"2026-11-20T00:00:00+07:00", "2026-11-20T16:59:59Z",
                                           "2026-11-20T17:00:00Z"};
    static const struct {
        const char *known_on;
        size_t n;
    } days[] = {{"2026-11-19", 0}, {"2026-11-20", 2}, {"2026-11-21", 3}, {NULL, 3}};
    for (size_t i = 0; i < 3; i++) {
        tell_progress(home, OUR("PC06"), PROGRESS_REOPEN, NULL, instants[i]);
        tell_event(home, (struct event_fact){.event = "e"}, "2026-11-19", instants[i]);
        tell_closing(home, "p", "2026-12-31", instants[i]);
    }
    for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
        const struct facts *facts = facts_now(home, days[i].known_on);
        assert_int_equal(facts->n_progress, days[i].n);
        assert_int_equal(facts->n_events, days[i].n);
        assert_int_equal(facts->n_closings, days[i].n);
    }
}

static void first_day_of_the_ledger(void **state)
{
    struct home *home = *state;
    tell_closing(home, "p", "2026-12-31", "2026-03-10T00:30:00+07:00"); /* still the 9th in UTC */
    assert_int_equal(facts_now(home, NULL)->first_day, day_of("2026-03-10"));
    tell_progress(home, OUR("PC06"), PROGRESS_REOPEN, NULL, "2026-04-01");
    assert_int_equal(facts_now(home, NULL)->first_day, day_of("2026-03-10"));
    tell_event(home, (struct event_fact){.event = "e"}, "2026-01-05", "2026-02-01");
    assert_int_equal(facts_now(home, NULL)->first_day, day_of("2026-02-01"));
    assert_int_equal(facts_now(home, "2026-02-01")->first_day, day_of("2026-02-01"));
    assert_int_equal(facts_now(home, "2026-01-31")->first_day, DAY_NONE);

    /* What is taken back was never told. */
    const struct closing_fact early = {
        .plan = "p", .on = day_of("2026-12-31"), .recorded_at = instant("2025-01-01")};
    assert_fine(home, store_begin(home->store, &home->err));
    assert_fine(home, facts_add_closing(home->store, &early, REAL_NOW, &home->err));
    assert_int_equal(facts_now(home, NULL)->first_day, day_of("2025-01-01"));
    store_rollback(home->store);
    assert_int_equal(facts_now(home, NULL)->first_day, day_of("2026-02-01"));
}

static void administrator_can_read_the_tables(void **state)
{
    struct home *home = *state;
    tell_event(home, (struct event_fact){.event = "received", .due = day_of("2026-02-09")}, "2026-01-09",
               "2026-01-10");
    tell_progress(home, OUR("PC06"), PROGRESS_DONE, "2026-11-24", "2026-11-24T09:30");
    static const struct {
        const char *query, *text;
    } cells[] = {
        {"SELECT on_day FROM progress", "2026-11-24"},
        {"SELECT action FROM progress", "done"},
        {"SELECT told_by FROM progress", "NULL"},
        {"SELECT datetime(recorded_at, 'unixepoch', '+7 hours') FROM progress", "2026-11-24 09:30:00"},
        {"SELECT written_at FROM progress", "1790000000"},
        {"SELECT due_day FROM event", "2026-02-09"},
        {"SELECT corrects FROM event", "NULL"},
        {"SELECT value FROM meta WHERE name = 'first_day'", "2026-01-10"},
    };
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++)
        assert_string_equal(home_sql_text(home->db, cells[i].query), cells[i].text);
}

static void texts_come_back_as_told(void **state)
{
    struct home *home = *state;
    static char huge[100001];
    memset(huge, 'x', sizeof huge - 1);
    const char *const texts[] = {"", "'; DROP TABLE progress; --", "Nguyễn Thị Ánh \"Đội 6\"\n\tdòng hai",
                                 "%s ?1 \\", huge};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        const struct progress_fact fact = {.occurrence = OUR("PC06"),
                                           .action = PROGRESS_CANCEL,
                                           .on = DAY_NONE,
                                           .why = texts[i],
                                           .by = texts[i],
                                           .recorded_at = REAL_NOW};
        assert_fine(home, store_begin(home->store, &home->err));
        assert_fine(home, facts_add_progress(home->store, &fact, REAL_NOW, &home->err));
        assert_fine(home, store_commit(home->store, &home->err));
    }
    const struct facts *facts = facts_now(home, NULL);
    assert_int_equal(facts->n_progress, sizeof texts / sizeof *texts);
    for (size_t i = 0; i < facts->n_progress; i++) {
        assert_string_equal(facts->progress[i].why, texts[i]);
        assert_string_equal(facts->progress[i].by, texts[i]);
    }
}

/* --- What is refused ---------------------------------------------------------------------------------------
 */

#define EVENT_ROW                                                                                            \
    "INSERT INTO event (plan, name, unit, ref, corrects, on_day, due_day, recorded_at, written_at) VALUES "
#define PROGRESS_ROW "INSERT INTO progress (id, occurrence, action, on_day, recorded_at, written_at) VALUES "
static const struct {
    const char *what, *sql;
    bool taken;
} rows[] = {
    {"an event", EVENT_ROW "('p', 'e', NULL, NULL, NULL, '2026-01-05', NULL, 0, 0)", true},
    {"its correction", EVENT_ROW "('p', 'e', NULL, NULL, 1, '2026-01-05', '2200-12-31', 0, 0)", true},
    {"a correction of the correction", EVENT_ROW "('p', 'e', NULL, NULL, 2, '2026-01-05', NULL, 0, 0)",
     false},
    {"a correction of nothing", EVENT_ROW "('p', 'e', NULL, NULL, 77, '2026-01-05', NULL, 0, 0)", false},
    {"no plan", EVENT_ROW "('', 'e', NULL, NULL, NULL, '2026-01-05', NULL, 0, 0)", false},
    {"no event", EVENT_ROW "('p', NULL, NULL, NULL, NULL, '2026-01-05', NULL, 0, 0)", false},
    {"a unit without a name", EVENT_ROW "('p', 'e', '', NULL, NULL, '2026-01-05', NULL, 0, 0)", false},
    {"no day", EVENT_ROW "('p', 'e', NULL, NULL, NULL, NULL, NULL, 0, 0)", false},
    {"31 February", EVENT_ROW "('p', 'e', NULL, NULL, NULL, '2026-02-31', NULL, 0, 0)", false},
    {"a due day on 31 February", EVENT_ROW "('p', 'e', NULL, NULL, NULL, '2026-01-05', '2026-02-31', 0, 0)",
     false},
    {"a day as plans print it", EVENT_ROW "('p', 'e', NULL, NULL, NULL, '05/01/2026', NULL, 0, 0)", false},
    {"a day with an hour", EVENT_ROW "('p', 'e', NULL, NULL, NULL, '2026-01-05 08:00', NULL, 0, 0)", false},
    {"today", EVENT_ROW "('p', 'e', NULL, NULL, NULL, 'now', NULL, 0, 0)", false},
    {"a day as a number", EVENT_ROW "('p', 'e', NULL, NULL, NULL, 20458, NULL, 0, 0)", false},
    {"a day of long ago", EVENT_ROW "('p', 'e', NULL, NULL, NULL, '1989-12-31', NULL, 0, 0)", false},
    {"a day in a far future", EVENT_ROW "('p', 'e', NULL, NULL, NULL, '2201-01-01', NULL, 0, 0)", false},
    {"an instant as a text", EVENT_ROW "('p', 'e', NULL, NULL, NULL, '2026-01-05', NULL, 'now', 0)", false},
    {"done on a day", PROGRESS_ROW "(1, 'o', 'done', '2026-01-05', 0, 0)", true},
    {"done on no day", PROGRESS_ROW "(2, 'o', 'done', NULL, 0, 0)", false},
    {"extended to no day", PROGRESS_ROW "(2, 'o', 'extend', NULL, 0, 0)", false},
    {"reopened", PROGRESS_ROW "(2, 'o', 'reopen', NULL, 0, 0)", true},
    {"reopened on a day", PROGRESS_ROW "(3, 'o', 'reopen', '2026-01-05', 0, 0)", false},
    {"cancelled on a day", PROGRESS_ROW "(3, 'o', 'cancel', '2026-01-05', 0, 0)", false},
    {"an action that is none", PROGRESS_ROW "(3, 'o', 'DONE', '2026-01-05', 0, 0)", false},
    {"a number used before", PROGRESS_ROW "(1, 'other', 'reopen', NULL, 0, 0)", false},
    {"a changed event", "UPDATE event SET on_day = '2026-01-06'", false},
    {"a deleted event", "DELETE FROM event", false},
    {"changed progress", "UPDATE progress SET told_by = 'x'", false},
    {"deleted progress", "DELETE FROM progress", false},
    {"a closing",
     "INSERT INTO closing (plan, on_day, recorded_at, written_at) VALUES ('p', '2026-01-05', 0, 0)", true},
    {"a closing on no day", "INSERT INTO closing (plan, recorded_at, written_at) VALUES ('p', 0, 0)", false},
    {"a changed closing", "UPDATE closing SET plan = 'q'", false},
    {"a deleted closing", "DELETE FROM closing", false},
};

static void schema_refuses_what_makes_no_sense(void **state)
{
    struct home *home = *state;
    sqlite3 *raw;
    assert_int_equal(sqlite3_open(home->db, &raw), SQLITE_OK);
    sqlite3_exec(raw, "PRAGMA foreign_keys = ON", NULL, NULL, NULL);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        int status = sqlite3_exec(raw, rows[i].sql, NULL, NULL, NULL);
        if ((status == SQLITE_OK) != rows[i].taken)
            fail_msg("%s: %s", rows[i].what, sqlite3_errmsg(raw));
    }
    sqlite3_close(raw);
}

static void refused_fact_is_told(void **state)
{
    struct home *home = *state;
    static const int64_t no_chains[] = {9, -1};
    const struct progress_fact dayless = {
        .occurrence = "o", .action = PROGRESS_DONE, .on = DAY_NONE, .recorded_at = REAL_NOW};
    assert_fine(home, store_begin(home->store, &home->err));
    for (size_t i = 0; i < 2; i++) {
        int64_t id;
        const struct event_fact orphan = {.plan = "p",
                                          .event = "e",
                                          .chain = no_chains[i],
                                          .on = 20500,
                                          .due = DAY_NONE,
                                          .recorded_at = REAL_NOW};
        assert_false(facts_add_event(home->store, &orphan, REAL_NOW, &id, &home->err));
        assert_said(home, ERR_INPUT, "sổ không nhận dữ liệu này");
    }
    assert_false(facts_add_progress(home->store, &dayless, REAL_NOW, &home->err));
    assert_said(home, ERR_INPUT, "sổ không nhận dữ liệu này");
    store_rollback(home->store);
    assert_int_equal(facts_now(home, NULL)->first_day, DAY_NONE);
}

static void clock_must_make_sense(void **state)
{
    struct home *home = *state;
    static const int64_t instants[] = {0, INT64_MIN, INT64_MAX, 631126799, 7289629200};
    assert_fine(home, store_begin(home->store, &home->err));
    for (size_t i = 0; i < sizeof instants / sizeof *instants; i++) {
        const struct closing_fact fact = {.plan = "p", .on = 20500, .recorded_at = instants[i]};
        assert_false(facts_add_closing(home->store, &fact, REAL_NOW, &home->err));
        assert_said(home, ERR_ENV, "hãy kiểm tra đồng hồ");
    }
    static const int64_t edges[] = {631126800, 7289629199};
    for (size_t i = 0; i < 2; i++) {
        const struct closing_fact fact = {.plan = "p", .on = 20500, .recorded_at = edges[i]};
        assert_fine(home, facts_add_closing(home->store, &fact, REAL_NOW, &home->err));
    }
    store_rollback(home->store);
}

/* Never a fact left out in silence. */
static void unreadable_fact_is_an_error(void **state)
{
    static const char *const wrong[] = {
        PROGRESS_ROW "(1, 'o', 'done', '2026-02-31', 1780000000, 0)",
        PROGRESS_ROW "(1, 'o', 'done', NULL, 1780000000, 0)",
        PROGRESS_ROW "(1, 'o', 'finish', NULL, 1780000000, 0)",
        EVENT_ROW "('p', 'e', NULL, NULL, NULL, 'mai', NULL, 1780000000, 0)",
        EVENT_ROW "('p', 'e', NULL, NULL, NULL, '2026-01-05', 'mai', 1780000000, 0)",
        "INSERT INTO meta VALUES ('first_day', '31/02/2026')",
    };
    struct home *home = *state;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        sqlite3 *raw;
        assert_int_equal(sqlite3_open(home->db, &raw), SQLITE_OK);
        sqlite3_exec(raw,
                     "PRAGMA ignore_check_constraints = ON;"
                     "DROP TRIGGER IF EXISTS event_kept; DROP TRIGGER IF EXISTS progress_kept",
                     NULL, NULL, NULL);
        assert_int_equal(sqlite3_exec(raw, wrong[i], NULL, NULL, NULL), SQLITE_OK);
        assert_null(facts_read(home->store, DAY_NONE, &home->err));
        assert_said(home, ERR_ENV, "cơ sở dữ liệu bị hỏng");
        home->err = (struct err){0};
        assert_int_equal(sqlite3_exec(raw, "DELETE FROM event; DELETE FROM progress", NULL, NULL, NULL),
                         SQLITE_OK);
        sqlite3_close(raw);
    }
}

/* --- Many --------------------------------------------------------------------------------------------------
 */

#define MANY 20000
static void many_facts_come_sorted(void **state)
{
    struct home *home = *state;
    char occurrence[64];
    assert_fine(home, store_begin(home->store, &home->err));
    for (int i = 0; i < MANY; i++) {
        snprintf(occurrence, sizeof occurrence, "p:III.3.c:%d:haiphong/PC%d", i * 7919 % 1000, i % 2);
        const struct progress_fact fact = {.occurrence = occurrence,
                                           .action = PROGRESS_DONE,
                                           .on = 20000 + i % 3000,
                                           .recorded_at = REAL_NOW + i};
        assert_fine(home, facts_add_progress(home->store, &fact, REAL_NOW, &home->err));
    }
    assert_fine(home, store_commit(home->store, &home->err));
    const struct facts *facts = facts_now(home, NULL);
    assert_int_equal(facts->n_progress, MANY);
    for (size_t i = 1; i < MANY; i++) {
        const struct progress_fact *fact = &facts->progress[i];
        int order = strcmp(fact[-1].occurrence, fact->occurrence);
        assert_true(order < 0 || (order == 0 && fact[-1].id < fact->id));
        assert_int_equal(fact->on, 20000 + (fact->recorded_at - REAL_NOW) % 3000);
    }
    for (int i = 0; i < MANY; i += 997) {
        const struct progress_fact *first;
        snprintf(occurrence, sizeof occurrence, "p:III.3.c:%d:haiphong/PC%d", i * 7919 % 1000, i % 2);
        assert_int_equal(facts_progress(facts, occurrence, &first), MANY / 1000);
        assert_string_equal(first->occurrence, occurrence);
    }
}

#define OPEN(test) cmocka_unit_test_setup_teardown(test, home_setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        OPEN(nothing_told_yet),
        cmocka_unit_test(actions_have_names),
        OPEN(progress_comes_by_occurrence_in_order_of_telling),
        OPEN(progress_is_found_by_occurrence),
        OPEN(event_taken_back_stays_known),
        OPEN(corrected_event_keeps_its_label),
        OPEN(correction_may_count_from_before_the_record),
        OPEN(events_come_by_plan_event_and_chain),
        OPEN(history_has_every_instant_of_a_chain),
        OPEN(closings_come_by_plan),
        OPEN(what_was_known_on_a_day),
        OPEN(first_day_of_the_ledger),
        OPEN(administrator_can_read_the_tables),
        OPEN(texts_come_back_as_told),
        OPEN(schema_refuses_what_makes_no_sense),
        OPEN(refused_fact_is_told),
        OPEN(clock_must_make_sense),
        OPEN(unreadable_fact_is_an_error),
        OPEN(many_facts_come_sorted),
    };
    return cmocka_run_group_tests_name("facts", tests, NULL, NULL);
}
