/* What rules, facts and an instant come to. Each case is a small plan, what people told, and the occurrences
 * that follow, one a line: "id | due act_by state". */
#include "evaluate/outlook.h"

#include "base/text.h"
#include "rules_home.h"
#include "time/clock.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

struct told {
    const char *event, *unit, *ref, *on, *due; /* a record of plan p; due NULL: none */
    const char *occurrence, *action;           /* or progress; on: its day */
    const char *at;                            /* recorded_at; NULL: 08:00 of on */
    const char *withdrawn;                     /* an event: when it was taken back */
};

struct desk {
    struct rules_home home;
    struct rulebook *rulebook;
    struct facts *facts;
    struct outlook *outlook;
};

static int day(const char *text)
{
    int value = DAY_NONE;
    assert_true(!text || day_parse(text, &value, NULL));
    return value;
}

static int by_occurrence(const void *a, const void *b)
{
    const struct progress_fact *x = a, *y = b;
    int order = strcmp(x->occurrence, y->occurrence);
    return order ? order : (x->id > y->id) - (x->id < y->id);
}

static int by_event(const void *a, const void *b)
{
    const struct event_fact *x = a, *y = b;
    int order = strcmp(x->event, y->event);
    return order ? order : (x->id > y->id) - (x->id < y->id);
}

static enum progress_action action(const char *name)
{
    for (enum progress_action one = PROGRESS_DONE; one <= PROGRESS_CANCEL; one++)
        if (!strcmp(name, progress_action_name(one)))
            return one;
    fail_msg("no action %s", name);
    return PROGRESS_DONE;
}

static struct facts *facts_of(const struct told *told, size_t n)
{
    struct facts *facts = facts_empty();
    struct event_fact *events = arena_alloc(facts->arena, (n + 1) * sizeof *events);
    struct progress_fact *progress = arena_alloc(facts->arena, (n + 1) * sizeof *progress);
    struct event_history *history = arena_alloc(facts->arena, (2 * n + 1) * sizeof *history);
    for (size_t i = 0; i < n; i++) {
        int64_t at = day_at(day(told[i].on ? told[i].on : "2026-11-25"), 8, 0);
        assert_true(!told[i].at || instant_parse(told[i].at, &at, NULL));
        if (told[i].event) {
            events[facts->n_events++] = (struct event_fact){.id = (int64_t)i + 1,
                                                            .chain = (int64_t)i + 1,
                                                            .plan = "p",
                                                            .event = told[i].event,
                                                            .unit = told[i].unit,
                                                            .ref = told[i].ref,
                                                            .label_day = day(told[i].on),
                                                            .on = day(told[i].on),
                                                            .due = day(told[i].due),
                                                            .recorded_at = at};
            history[facts->n_history++] = (struct event_history){(int64_t)i + 1, at};
            if (told[i].withdrawn) {
                struct event_fact *event = &events[facts->n_events - 1];
                assert_true(instant_parse(told[i].withdrawn, &event->withdrawn_at, NULL));
                history[facts->n_history++] = (struct event_history){(int64_t)i + 1, event->withdrawn_at};
                facts->n_withdrawn++;
            }
        } else
            progress[facts->n_progress++] = (struct progress_fact){.id = (int64_t)i + 1,
                                                                   .occurrence = told[i].occurrence,
                                                                   .action = action(told[i].action),
                                                                   .on = day(told[i].on),
                                                                   .recorded_at = at};
    }
    qsort(events, facts->n_events, sizeof *events, by_event);
    qsort(progress, facts->n_progress, sizeof *progress, by_occurrence);
    facts->events = events;
    facts->progress = progress;
    facts->history = history;
    return facts;
}

static void desk_set(struct desk *desk, const char *rows, const char *at, const struct told *told, size_t n)
{
    auto_text source = {0};
    int64_t now = 0;
    text_addf(&source, "%s%s\n", rules_home_head, rows);
    rules_home_put(&desk->home, "rules/p.lua", text_str(&source));
    desk->rulebook = rules_home_load(&desk->home);
    if (!desk->rulebook)
        fail_msg("%s", rules_home_faults(&desk->home));
    assert_true(instant_parse(at, &now, NULL));
    desk->facts = facts_of(told, n);
    desk->outlook = outlook_new(desk->rulebook, desk->facts, now);
}

static void desk_clear(struct desk *desk)
{
    outlook_free(desk->outlook);
    facts_free(desk->facts);
    rulebook_free(desk->rulebook);
}

static const char *outlook_text(const struct outlook *outlook, struct text *out)
{
    for (size_t i = 0; i < outlook->n; i++) {
        const struct occurrence *one = &outlook->list[i];
        char due[DAY_SIZE], act[DAY_SIZE];
        text_addf(out, "%s | %s %s %s%s%s\n", one->id + 2,
                  one->due == DAY_NONE ? "-" : day_iso(one->due, due),
                  one->act_by == DAY_NONE ? "-" : day_iso(one->act_by, act), state_name(one->state),
                  one->late ? " late" : "", one->closed ? " closed" : "");
    }
    return text_str(out);
}

#define MONTHLY                                                                                              \
    "report \"r\" { title = \"x\", lead = \"A\", to = \"C\", due = every(\"month\", { before_day = 25, "     \
    "from = \"2026-11\" }) }"
#define PLAN_IN_10_DAYS                                                                                      \
    "task \"t\" { title = \"x\", lead = { \"A\", \"B\" }, due = within(10, \"days\", \"received\") }"

/* OLD became MID on 1 March, MID became NEW on 1 June; LEFT was dissolved and nobody is named. */
#define HEIRS                                                                                                    \
    "org \"zz\" { title = \"Z\", units = { OLD = { title = \"cũ\", until_day = \"2026-02-28\", heir = "         \
    "\"zz/MID\" "                                                                                                \
    "}, MID = { title = \"giữa\", until_day = \"2026-05-31\", heir = \"zz/NEW\" }, NEW = { title = \"mới\" " \
    "}, LEFT "                                                                                                   \
    "= { title = \"hết\", until_day = \"2026-02-28\" } } }\n"
#define BY_QUARTER(lead, to)                                                                                 \
    "report \"r\" { title = \"x\", lead = " lead ", to = " to                                                \
    ", due = every(\"quarter\", { by_day = 10, only = { 1, 2, 3 } }) }"

#define TEN_DAYS(lead)                                                                                       \
    "task \"t\" { title = \"x\", lead = " lead ", due = within(10, \"days\", \"received\") }"

static const struct situation {
    const char *name, *rows, *at;
    struct told told[6];
    const char *expected;
} situations[] = {
    {"a due day on a holiday is acted on before it",
     MONTHLY,
     "2026-11-20",
     {{0}},
     "r:2026-11:hp/A | 2026-11-24 2026-11-23 open\nr:2026-12:hp/A | 2026-12-24 2026-12-24 open\n"},
    {"due today is open, tomorrow overdue",
     MONTHLY,
     "2026-11-24T23:59",
     {{0}},
     "r:2026-11:hp/A | 2026-11-24 2026-11-23 open\nr:2026-12:hp/A | 2026-12-24 2026-12-24 open\n"},
    {"overdue from midnight",
     MONTHLY,
     "2026-11-25T00:00",
     {{0}},
     "r:2026-11:hp/A | 2026-11-24 2026-11-23 overdue\nr:2026-12:hp/A | 2026-12-24 2026-12-24 open\n"},
    {"done in time",
     MONTHLY,
     "2026-11-25",
     {{.occurrence = "p:r:2026-11:hp/A", .action = "done", .on = "2026-11-24"}},
     "r:2026-11:hp/A | 2026-11-24 2026-11-23 done\nr:2026-12:hp/A | 2026-12-24 2026-12-24 open\n"},
    {"done late",
     MONTHLY,
     "2026-11-26",
     {{.occurrence = "p:r:2026-11:hp/A", .action = "done", .on = "2026-11-25"}},
     "r:2026-11:hp/A | 2026-11-24 2026-11-23 done late\nr:2026-12:hp/A | 2026-12-24 2026-12-24 open\n"},
    {"done, corrected to an earlier day",
     MONTHLY,
     "2026-11-26",
     {{.occurrence = "p:r:2026-11:hp/A", .action = "done", .on = "2026-11-25"},
      {.occurrence = "p:r:2026-11:hp/A", .action = "done", .on = "2026-11-20"}},
     "r:2026-11:hp/A | 2026-11-24 2026-11-23 done\nr:2026-12:hp/A | 2026-12-24 2026-12-24 open\n"},
    {"opened again",
     MONTHLY,
     "2026-11-26",
     {{.occurrence = "p:r:2026-11:hp/A", .action = "done", .on = "2026-11-20"},
      {.occurrence = "p:r:2026-11:hp/A", .action = "reopen"}},
     "r:2026-11:hp/A | 2026-11-24 2026-11-23 overdue\nr:2026-12:hp/A | 2026-12-24 2026-12-24 open\n"},
    {"extended to a Sunday",
     MONTHLY,
     "2026-11-26",
     {{.occurrence = "p:r:2026-11:hp/A", .action = "extend", .on = "2026-11-29"}},
     "r:2026-11:hp/A | 2026-11-29 2026-11-27 extended\nr:2026-12:hp/A | 2026-12-24 2026-12-24 open\n"},
    {"an extension that passed is overdue",
     MONTHLY,
     "2026-11-30",
     {{.occurrence = "p:r:2026-11:hp/A", .action = "extend", .on = "2026-11-29"}},
     "r:2026-11:hp/A | 2026-11-29 2026-11-27 overdue\nr:2026-12:hp/A | 2026-12-24 2026-12-24 open\n"},
    {"cancelled",
     MONTHLY,
     "2026-11-30",
     {{.occurrence = "p:r:2026-11:hp/A", .action = "cancel"}},
     "r:2026-11:hp/A | 2026-11-24 2026-11-23 cancelled\nr:2026-12:hp/A | 2026-12-24 2026-12-24 open\n"},

    {"waiting for the event",
     PLAN_IN_10_DAYS,
     "2026-01-08",
     {{0}},
     "t:2026:hp/A | - - waiting\nt:2026:hp/B | - - waiting\n"},
    {"ten days after receiving it",
     PLAN_IN_10_DAYS,
     "2026-01-12",
     {{.event = "received", .unit = "hp/A", .on = "2026-01-09"}},
     "t:2026:hp/A | 2026-01-19 2026-01-19 open\nt:2026:hp/B | - - waiting\n"},
    {"a limit that ends inside Tết runs to the next working day",
     PLAN_IN_10_DAYS,
     "2026-02-08",
     {{.event = "received", .on = "2026-02-06"}},
     "t:2026:hp/A | 2026-02-23 2026-02-23 open\nt:2026:hp/B | 2026-02-23 2026-02-23 open\n"},
    {"a unit's own record wins",
     PLAN_IN_10_DAYS,
     "2026-01-13",
     {{.event = "received", .unit = "hp/B", .on = "2026-01-12"}, {.event = "received", .on = "2026-01-09"}},
     "t:2026:hp/A | 2026-01-19 2026-01-19 open\nt:2026:hp/B | 2026-01-22 2026-01-22 open\n"},
    {"a record for another row does not count",
     PLAN_IN_10_DAYS,
     "2026-01-13",
     {{.event = "received", .ref = "u", .on = "2026-01-12"}},
     "t:2026:hp/A | - - waiting\nt:2026:hp/B | - - waiting\n"},
    {"working days are counted over the swapped Saturday",
     "task \"t\" { title = \"x\", lead = \"A\", due = within(3, \"workdays\", \"received\") }",
     "2026-01-08",
     {{.event = "received", .on = "2026-01-07"}},
     "t:2026:hp/A | 2026-01-10 2026-01-10 open\n"},
    {"an extension that a corrected event has overtaken",
     PLAN_IN_10_DAYS,
     "2026-01-22",
     {{.event = "received", .unit = "hp/A", .on = "2026-01-20"},
      {.occurrence = "p:t:2026:hp/A", .action = "extend", .on = "2026-01-23"}},
     "t:2026:hp/A | 2026-01-30 2026-01-30 open\nt:2026:hp/B | - - waiting\n"},
    {"at once is the first working day after",
     "task \"t\" { title = \"x\", lead = \"A\", due = at_once \"received\" }",
     "2026-02-14",
     {{.event = "received", .on = "2026-02-13"}},
     "t:2026:hp/A | 2026-02-23 2026-02-23 open\n"},
    {"after opens without a day",
     "task \"t\" { title = \"x\", lead = \"A\", due = after \"received\" }",
     "2026-02-14",
     {{.event = "received", .on = "2026-02-13"}},
     "t:2026:hp/A | - - open\n"},
    {"a schedule gives its day by record",
     "task \"t\" { title = \"x\", lead = \"A\", due = schedule \"received\" }",
     "2026-02-14",
     {{.event = "received", .on = "2026-02-13", .due = "2026-03-08"}},
     "t:2026:hp/A | 2026-03-08 2026-03-06 open\n"},
    {"each record of a repeating event is a duty",
     "task \"t\" { title = \"x\", lead = \"A\", due = within(2, \"days\", \"call\") }",
     "2026-03-05",
     {{.event = "call", .on = "2026-03-05"},
      {.event = "call", .on = "2026-03-02"},
      {.event = "call", .on = "2026-03-05"}},
     "t:2026:hp/A | - - waiting\nt:2026-03-02:hp/A | 2026-03-04 2026-03-04 overdue\nt:2026-03-05:hp/A | "
     "2026-03-09 2026-03-09 open\n"
     "t:2026-03-05.2:hp/A | 2026-03-09 2026-03-09 open\n"},
    {"after another row is done by the unit itself",
     "task \"t\" { title = \"x\", lead = \"A\", due = within(2, \"days\", done_of \"u\") }\ntask \"u\" { "
     "title = \"y\", lead = { \"A\", \"B\" }, due = by \"2026-03-01\" }",
     "2026-03-05",
     {{.occurrence = "p:u:2026:hp/A", .action = "done", .on = "2026-03-03"}},
     "t:2026:hp/A | 2026-03-05 2026-03-05 open\nu:2026:hp/A | 2026-03-01 2026-02-27 done late\nu:2026:hp/B | "
     "2026-03-01 2026-02-27 overdue\n"},
    {"after another row is done by all its leads",
     "task \"t\" { title = \"x\", lead = \"C\", due = at_once(done_of \"u\") }\ntask \"u\" { title = \"y\", "
     "lead = { \"A\", \"B\" }, due = by \"2026-03-02\" }",
     "2026-03-05",
     {{.occurrence = "p:u:2026:hp/A", .action = "done", .on = "2026-03-02"}},
     "t:2026:hp/C | - - waiting\nu:2026:hp/A | 2026-03-02 2026-03-02 done\nu:2026:hp/B | 2026-03-02 "
     "2026-03-02 overdue\n"},
    {"a record that was taken back starts nothing",
     PLAN_IN_10_DAYS,
     "2026-01-13",
     {{.event = "received", .unit = "hp/A", .on = "2026-01-09", .withdrawn = "2026-01-12"}},
     "t:2026:hp/A | - - waiting\nt:2026:hp/B | - - waiting\n"},
    {"everybody's day holds again when the unit's own was taken back",
     PLAN_IN_10_DAYS,
     "2026-01-13",
     {{.event = "received", .unit = "hp/A", .on = "2026-01-12", .withdrawn = "2026-01-13"},
      {.event = "received", .on = "2026-01-09"}},
     "t:2026:hp/A | 2026-01-19 2026-01-19 open\nt:2026:hp/B | 2026-01-19 2026-01-19 open\n"},
    {"a turn whose record was taken back is cancelled, and the others keep their names",
     "task \"t\" { title = \"x\", lead = \"A\", due = within(2, \"days\", \"call\") }",
     "2026-03-05",
     {{.event = "call", .on = "2026-03-05", .withdrawn = "2026-03-05"},
      {.event = "call", .on = "2026-03-05"}},
     "t:2026:hp/A | - - waiting\nt:2026-03-05:hp/A | 2026-03-09 2026-03-09 cancelled\n"
     "t:2026-03-05.2:hp/A | 2026-03-09 2026-03-09 open\n"},
    {"the later of two events",
     "task \"t\" { title = \"x\", lead = \"A\", due = within(1, \"days\", all_of(\"received\", \"sent\")) "
     "}\nevent \"sent\" { title = \"s\" }",
     "2026-03-05",
     {{.event = "received", .on = "2026-03-02"}, {.event = "sent", .on = "2026-03-03"}},
     "t:2026:hp/A | 2026-03-04 2026-03-04 overdue\n"},
    {"the earlier of two events",
     "task \"t\" { title = \"x\", lead = \"A\", due = within(1, \"days\", any_of(\"received\", \"sent\")) "
     "}\nevent \"sent\" { title = \"s\" }",
     "2026-03-05",
     {{.event = "received", .on = "2026-03-02"}, {.event = "sent", .on = "2026-03-03"}},
     "t:2026:hp/A | 2026-03-03 2026-03-03 overdue\n"},
    {"one of two is not both",
     "task \"t\" { title = \"x\", lead = \"A\", due = within(1, \"days\", all_of(\"received\", \"sent\")) "
     "}\nevent \"sent\" { title = \"s\" }",
     "2026-03-05",
     {{.event = "received", .on = "2026-03-02"}},
     "t:2026:hp/A | - - waiting\n"},

    {"a window that has no working day before the due day",
     "meeting \"m\" { title = \"x\", lead = \"A\", due = on \"2026-02-17\" }",
     "2026-01-08",
     {{0}},
     "m:2026:hp/A | 2026-02-17 2026-02-13 open\n"},
    {"standing duties",
     "task \"t\" { title = \"x\", lead = \"A\", due = ongoing }\ntask \"u\" { title = \"x\", lead = \"A\", "
     "due = undated \"vì sao\" }",
     "2026-01-08",
     {{0}},
     "t:2026:hp/A | - - standing\nu:2026:hp/A | - - standing\n"},
    {"a lead that cannot be read stays visible",
     "task \"t\" { title = \"x\", lead = unknown \"mờ\", due = by \"2026-03-02\" }",
     "2026-01-08",
     {{0}},
     "t:2026:hp/unknown | 2026-03-02 2026-03-02 open\n"},
    {"one joint duty",
     "task \"t\" { title = \"x\", lead = together { \"B\", \"A\" }, due = by \"2026-03-02\" }",
     "2026-01-08",
     {{0}},
     "t:2026:hp/B | 2026-03-02 2026-03-02 open\n"},
    {"who takes over answers from then on, and who takes over from it",
     HEIRS BY_QUARTER("\"zz/OLD\"", "\"A\""),
     "2026-01-08",
     {{0}},
     "r:2026-Q1:zz/MID | 2026-03-10 2026-03-10 open\nr:2026-Q2:zz/NEW | 2026-06-10 2026-06-10 open\n"
     "r:2026-Q3:zz/NEW | 2026-09-10 2026-09-10 open\n"},
    {"who takes over and leads itself owes it once",
     HEIRS BY_QUARTER("{ \"zz/OLD\", \"zz/NEW\" }", "\"A\""),
     "2026-01-08",
     {{0}},
     "r:2026-Q1:zz/MID | 2026-03-10 2026-03-10 open\nr:2026-Q1:zz/NEW | 2026-03-10 2026-03-10 open\n"
     "r:2026-Q2:zz/NEW | 2026-06-10 2026-06-10 open\nr:2026-Q3:zz/NEW | 2026-09-10 2026-09-10 open\n"},
    {"a receiver that takes over owes itself nothing",
     HEIRS BY_QUARTER("{ \"zz/OLD\", \"B\" }", "\"zz/NEW\""),
     "2026-01-08",
     {{0}},
     "r:2026-Q1:hp/B | 2026-03-10 2026-03-10 open\nr:2026-Q1:zz/MID | 2026-03-10 2026-03-10 open\n"
     "r:2026-Q2:hp/B | 2026-06-10 2026-06-10 open\nr:2026-Q3:hp/B | 2026-09-10 2026-09-10 open\n"},
    {"a lead that takes over from the receiver owes itself nothing from then on",
     HEIRS BY_QUARTER("{ \"zz/MID\", \"B\" }", "\"zz/OLD\""),
     "2026-01-08",
     {{0}},
     "r:2026-Q1:hp/B | 2026-03-10 2026-03-10 open\nr:2026-Q2:hp/B | 2026-06-10 2026-06-10 open\n"
     "r:2026-Q3:hp/B | 2026-09-10 2026-09-10 open\n"},
    {"a joint duty goes on with the others when the first takes over from the receiver",
     HEIRS BY_QUARTER("together { \"zz/OLD\", \"B\" }", "\"zz/NEW\""),
     "2026-01-08",
     {{0}},
     "r:2026-Q1:zz/MID | 2026-03-10 2026-03-10 open\nr:2026-Q2:hp/B | 2026-06-10 2026-06-10 open\n"
     "r:2026-Q3:hp/B | 2026-09-10 2026-09-10 open\n"},
    {"an event of the heir starts what waits for it with the office that is gone",
     HEIRS TEN_DAYS("\"zz/OLD\""),
     "2026-03-10",
     {{.event = "received", .unit = "zz/MID", .on = "2026-03-05"}},
     "t:2026:zz/MID | 2026-03-16 2026-03-16 open\n"},
    {"but not what the heir recorded when the office was still there",
     HEIRS TEN_DAYS("\"zz/OLD\""),
     "2026-03-10",
     {{.event = "received", .unit = "zz/MID", .on = "2026-02-25"}},
     "t:2026:zz/OLD | - - waiting\n"},
    {"an event recorded for the office after its end is its heir's",
     HEIRS TEN_DAYS("\"zz/NEW\""),
     "2026-06-10",
     {{.event = "received", .unit = "zz/OLD", .on = "2026-06-03"}},
     "t:2026:zz/NEW | 2026-06-15 2026-06-15 open\n"},
    {"what the office recorded in its last days its heir must do",
     HEIRS TEN_DAYS("{ \"zz/MID\" }"),
     "2026-03-10",
     {{.event = "received", .unit = "zz/OLD", .on = "2026-02-25"}},
     "t:2026:zz/MID | 2026-03-09 2026-03-09 overdue\n"},
    {"what was to be done in its days not",
     HEIRS TEN_DAYS("{ \"zz/MID\" }"),
     "2026-03-10",
     {{.event = "received", .unit = "zz/OLD", .on = "2026-01-09"}},
     "t:2026:zz/MID | - - waiting\n"},
    {"the heir's own record comes before what it took over",
     HEIRS TEN_DAYS("{ \"zz/MID\" }"),
     "2026-03-10",
     {{.event = "received", .unit = "zz/MID", .on = "2026-01-09"},
      {.event = "received", .unit = "zz/OLD", .on = "2026-02-25"}},
     "t:2026:zz/MID | 2026-01-19 2026-01-19 overdue\n"},
    {"everybody's day in the office's time holds, whatever its heir records later",
     HEIRS TEN_DAYS("{ \"zz/OLD\" }"),
     "2026-03-10",
     {{.event = "received", .on = "2026-01-09"}, {.event = "received", .unit = "zz/MID", .on = "2026-03-05"}},
     "t:2026:zz/OLD | 2026-01-19 2026-01-19 overdue\n"},
    {"of everybody's day after its end and its heir's own, the heir's own holds",
     HEIRS TEN_DAYS("{ \"zz/OLD\" }"),
     "2026-03-10",
     {{.event = "received", .unit = "zz/MID", .on = "2026-03-05"}, {.event = "received", .on = "2026-03-02"}},
     "t:2026:zz/MID | 2026-03-16 2026-03-16 open\n"},
    {"an heir that waits itself and takes over what has its day owes it once, on that day",
     HEIRS TEN_DAYS("{ \"zz/MID\", \"zz/OLD\" }"),
     "2026-03-10",
     {{.event = "received", .unit = "zz/OLD", .on = "2026-02-25"}},
     "t:2026:zz/MID | 2026-03-09 2026-03-09 overdue\n"},
    {"each record of a repeating event, whichever of the two it was recorded for",
     HEIRS "task \"t\" { title = \"x\", lead = \"zz/OLD\", due = within(2, \"days\", \"call\") }",
     "2026-03-10",
     {{.event = "call", .unit = "zz/OLD", .on = "2026-02-24"},
      {.event = "call", .unit = "zz/MID", .on = "2026-02-24"},
      {.event = "call", .unit = "zz/MID", .on = "2026-03-05"},
      {.event = "call", .unit = "zz/OLD", .on = "2026-03-06"}},
     "t:2026:zz/OLD | - - waiting\nt:2026-02-24:zz/OLD | 2026-02-26 2026-02-26 overdue\n"
     "t:2026-03-05:zz/MID | 2026-03-09 2026-03-09 overdue\nt:2026-03-06:zz/MID | 2026-03-09 2026-03-09 "
     "overdue\n"},
    {"after another row is done by the heir",
     HEIRS "task \"t\" { title = \"x\", lead = \"zz/OLD\", due = within(2, \"days\", done_of \"u\") }\n"
           "task \"u\" { title = \"y\", lead = { \"zz/OLD\", \"B\" }, due = by \"2026-03-10\" }",
     "2026-03-10",
     {{.occurrence = "p:u:2026:zz/MID", .action = "done", .on = "2026-03-04"}},
     "t:2026:zz/MID | 2026-03-06 2026-03-06 overdue\nu:2026:hp/B | 2026-03-10 2026-03-10 open\n"
     "u:2026:zz/MID | 2026-03-10 2026-03-10 done\n"},
    {"where nobody takes over, the duty stays in sight",
     HEIRS BY_QUARTER("\"zz/LEFT\"", "\"A\""),
     "2026-01-08",
     {{0}},
     "r:2026-Q1:zz/LEFT | 2026-03-10 2026-03-10 open\nr:2026-Q2:zz/LEFT | 2026-06-10 2026-06-10 open\n"
     "r:2026-Q3:zz/LEFT | 2026-09-10 2026-09-10 open\n"},
    {"ninety days after its period a plan is closed",
     "task \"t\" { title = \"x\", lead = \"A\", due = by \"2026-03-02\" }",
     "2027-03-31",
     {{0}},
     "t:2026:hp/A | 2026-03-02 2026-03-02 overdue closed\n"},
    {"and not a day before",
     "task \"t\" { title = \"x\", lead = \"A\", due = by \"2026-03-02\" }",
     "2027-03-30",
     {{0}},
     "t:2026:hp/A | 2026-03-02 2026-03-02 overdue\n"},
    {"progress follows a renamed row",
     "task \"new\" { title = \"x\", was = \"old\", lead = \"A\", due = by \"2026-03-02\" }",
     "2026-03-05",
     {{.occurrence = "p:old:2026:hp/A", .action = "done", .on = "2026-03-01"}},
     "new:2026:hp/A | 2026-03-02 2026-03-02 done\n"},
    {"a row without a known lead keeps its progress too",
     "task \"new\" { title = \"x\", was = \"old\", lead = unknown \"mờ\", due = by \"2026-03-02\" }",
     "2026-03-05",
     {{.occurrence = "p:old:2026:hp/unknown", .action = "done", .on = "2026-03-01"}},
     "new:2026:hp/unknown | 2026-03-02 2026-03-02 done\n"},
    {"row and unit renamed one after the other: what was told before, between and after counts",
     "org \"zz\" { title = \"Z\", units = { N = { title = \"n\", was = \"zz/O\" } } }\n"
     "report \"new\" { title = \"x\", was = \"old\", lead = \"zz/N\", due = every(\"month\", { by_day = 2, "
     "only = { 3, "
     "4, 5, 6 } }) }",
     "2026-06-05",
     {{.occurrence = "p:old:2026-03:zz/O", .action = "done", .on = "2026-03-01"},
      {.occurrence = "p:new:2026-04:zz/O", .action = "done", .on = "2026-04-01"},
      {.occurrence = "p:old:2026-05:zz/N", .action = "done", .on = "2026-05-01"},
      {.occurrence = "p:new:2026-06:zz/N", .action = "done", .on = "2026-06-01"}},
     "new:2026-03:zz/N | 2026-03-02 2026-03-02 done\nnew:2026-04:zz/N | 2026-04-02 2026-04-02 done\n"
     "new:2026-05:zz/N | 2026-05-02 2026-05-01 done\nnew:2026-06:zz/N | 2026-06-02 2026-06-02 done\n"},
    {"an event recorded for a row that is renamed",
     "task \"new\" { title = \"x\", was = \"old\", lead = \"A\", due = within(10, \"days\", \"received\") }",
     "2026-01-12",
     {{.event = "received", .ref = "old", .on = "2026-01-09"}},
     "new:2026:hp/A | 2026-01-19 2026-01-19 open\n"},
};

static void situations_come_out_right(void **state)
{
    struct desk *desk = *state;
    size_t wrong = 0;
    for (size_t i = 0; i < sizeof situations / sizeof *situations; i++) {
        const struct situation *one = &situations[i];
        auto_text found = {0};
        size_t n = 0;
        while (n < 6 && (one->told[n].event || one->told[n].occurrence))
            n++;
        desk_set(desk, one->rows, one->at, one->told, n);
        if (strcmp(outlook_text(desk->outlook, &found), one->expected)) {
            print_error("%s:\nexpected\n%sfound\n%s", one->name, one->expected, text_str(&found));
            wrong++;
        }
        desk_clear(desk);
    }
    assert_int_equal(wrong, 0);
}

static void the_calendar_not_yet_announced(void **state)
{
    struct desk *desk = *state;
    desk_set(desk,
             "task \"t\" { title = \"x\", lead = \"A\", due = by \"2027-01-04\" }\ntask \"u\" { title = "
             "\"x\", lead = \"A\", due = by \"2026-12-31\" }",
             "2026-01-08", NULL, 0);
    assert_true(desk->outlook->list[0].provisional);
    assert_false(desk->outlook->list[1].provisional);
    desk_clear(desk);
}

/* Taking back is a change like recording: what people saw before is not the newest. */
static void taking_back_is_a_change(void **state)
{
    struct desk *desk = *state;
    const struct told told[] = {
        {.event = "received", .on = "2026-01-09", .at = "2026-01-09T08:00"},
        {.event = "received",
         .unit = "hp/A",
         .on = "2026-01-12",
         .at = "2026-01-12T08:00",
         .withdrawn = "2026-01-13T09:00"},
    };
    static const char *const expected[] = {"2026-01-09T08:00", "2026-01-12T08:00", "2026-01-13T09:00"};
    desk_set(desk, PLAN_IN_10_DAYS, "2026-01-14", told, 2);
    const struct occurrence *one = outlook_find(desk->outlook, "p:t:2026:hp/A");
    assert_int_equal(one->n_changes, 3);
    for (size_t i = 0; i < 3; i++) {
        int64_t at;
        assert_true(instant_parse(expected[i], &at, NULL));
        assert_int_equal(one->changes[i], at);
    }
    assert_int_equal(outlook_find(desk->outlook, "p:t:2026:hp/B")->n_changes, 1);
    desk_clear(desk);
}

/* An instant for every change that people see, so that clients notice each. */
static void changes_are_facts_and_midnights(void **state)
{
    struct desk *desk = *state;
    const struct told told[] = {
        {.occurrence = "p:r:2026-11:hp/A", .action = "extend", .on = "2026-11-27", .at = "2026-11-25T09:00"},
        {.occurrence = "p:r:2026-11:hp/A", .action = "done", .on = "2026-11-30", .at = "2026-11-30T10:00"},
    };
    static const char *const expected[] = {"2026-11-25T00:00", "2026-11-25T09:00", "2026-11-28T00:00",
                                           "2026-11-30T10:00"};
    desk_set(desk, MONTHLY, "2026-12-01", told, 2);
    const struct occurrence *one = outlook_find(desk->outlook, "p:r:2026-11:hp/A@hanchot");
    assert_non_null(one);
    assert_int_equal(one->n_changes, 4);
    for (size_t i = 0; i < 4; i++) {
        int64_t at;
        assert_true(instant_parse(expected[i], &at, NULL));
        assert_int_equal(one->changes[i], at);
    }
    assert_int_equal(outlook_find(desk->outlook, "p:r:2026-12:hp/A")->n_changes, 0);
    desk_clear(desk);
}

static const char *agenda_text(const struct outlook *outlook, const char *unit_id, struct text *out)
{
    const struct unit *unit = rulebook_unit(outlook->rulebook, unit_id);
    const struct unit_agenda *agenda = &outlook->agendas[unit->number];
    for (size_t i = 0; i < agenda->n; i++)
        text_addf(out, "%s %s\n", role_name(agenda->at[i].role),
                  agenda->at[i].occurrence ? agenda->at[i].occurrence->id : agenda->at[i].gathering->id);
    return text_str(out);
}

static void an_office_meets_an_item_once(void **state)
{
    struct desk *desk = *state;
    auto_text a = {0}, c = {0}, bca = {0};
    desk_set(desk,
             "report \"r\" { title = \"x\", lead = \"@all\", to = { \"C\", \"BCA\" }, with = { \"A\", \"C\" "
             "}, due = by \"2026-03-02\" }\n"
             "task \"t\" { title = \"x\", lead = \"B\", with = \"@all\", due = by \"2026-03-02\" }",
             "2026-01-08", NULL, 0);
    assert_string_equal(agenda_text(desk->outlook, "hp/A", &a), "lead p:r:2026:hp/A\nwith p:t:2026\n");
    assert_string_equal(agenda_text(desk->outlook, "hp/C", &c), "to p:r:2026\nwith p:t:2026\n");
    assert_string_equal(agenda_text(desk->outlook, "hp/BCA", &bca), "to p:r:2026\n");
    assert_int_equal(desk->outlook->n_gatherings, 2);
    assert_int_equal(desk->outlook->gatherings[0].n, 2); /* A and B; C receives */
    desk_clear(desk);
}

static void receivers_and_helpers_are_followed_too(void **state)
{
    struct desk *desk = *state;
    auto_text old = {0}, mid = {0}, new = {0}, b = {0};
    desk_set(desk,
             HEIRS "report \"r\" { title = \"x\", lead = { \"A\", \"zz/MID\" }, to = \"zz/OLD\", with = { "
                   "\"zz/MID\", \"B\" }, due = every(\"quarter\", { by_day = 10, only = { 1, 2, 3 } }) }",
             "2026-01-08", NULL, 0);
    assert_string_equal(agenda_text(desk->outlook, "zz/OLD", &old), "");
    assert_string_equal(agenda_text(desk->outlook, "zz/MID", &mid), "to p:r:2026-Q1\n");
    assert_string_equal(agenda_text(desk->outlook, "zz/NEW", &new), "to p:r:2026-Q2\nto p:r:2026-Q3\n");
    assert_string_equal(agenda_text(desk->outlook, "hp/B", &b),
                        "with p:r:2026-Q1\nwith p:r:2026-Q2\nwith p:r:2026-Q3\n");
    desk_clear(desk);
}

/* Offices whose days differ: each day has its own receiver, and the gathering is in the calendars of both. */
static void each_day_has_its_receiver(void **state)
{
    struct desk *desk = *state;
    const struct told told[] = {{.event = "received", .unit = "hp/A", .on = "2026-02-09"},
                                {.event = "received", .unit = "hp/B", .on = "2026-02-25"}};
    auto_text old = {0}, mid = {0}, new = {0};
    desk_set(desk,
             HEIRS
             "task \"t\" { title = \"x\", lead = together { \"A\", \"zz/OLD\" }, due = by \"2026-03-05\" }\n"
             "task \"u\" { title = \"x\", lead = { \"A\", \"B\" }, to = \"zz/OLD\", due = within(10, "
             "\"days\", \"received\") }",
             "2026-03-01", told, 2);
    assert_string_equal(agenda_text(desk->outlook, "zz/OLD", &old), "to p:u:2026\n");
    assert_string_equal(agenda_text(desk->outlook, "zz/MID", &mid), "lead p:t:2026:hp/A\nto p:u:2026\n");
    assert_string_equal(agenda_text(desk->outlook, "zz/NEW", &new), "");
    desk_clear(desk);
}

static void a_gathering_stands_on_the_earliest_open_day(void **state)
{
    struct desk *desk = *state;
    const struct told told[] = {{.event = "received", .unit = "hp/A", .on = "2026-01-09"},
                                {.event = "received", .unit = "hp/B", .on = "2026-01-12"},
                                {.occurrence = "p:t:2026:hp/A", .action = "done", .on = "2026-01-13"}};
    desk_set(desk, PLAN_IN_10_DAYS, "2026-01-14", told, 3);
    const struct gathering *gathering = outlook_find_gathering(desk->outlook, "p:t:2026");
    assert_non_null(gathering);
    assert_int_equal(gathering->done, 1);
    assert_string_equal(gathering->next->id, "p:t:2026:hp/B");
    desk_clear(desk);
}

static void progress_that_no_rule_matches_is_kept_and_told(void **state)
{
    struct desk *desk = *state;
    const struct told told[] = {{.occurrence = "p:gone:2026:hp/A", .action = "done", .on = "2026-01-13"}};
    desk_set(desk, PLAN_IN_10_DAYS, "2026-01-14", told, 1);
    assert_int_equal(desk->outlook->n_orphans, 1);
    assert_string_equal(desk->outlook->orphans[0]->occurrence, "p:gone:2026:hp/A");
    desk_clear(desk);
}

static int setup(void **state)
{
    struct desk *desk = mem_alloc(sizeof *desk);
    rules_home_init(&desk->home);
    *state = desk;
    return 0;
}

static int teardown(void **state)
{
    struct desk *desk = *state;
    rules_home_fini(&desk->home);
    mem_free(desk);
    return 0;
}

#define DESK_TEST(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        DESK_TEST(situations_come_out_right),
        DESK_TEST(the_calendar_not_yet_announced),
        DESK_TEST(changes_are_facts_and_midnights),
        DESK_TEST(taking_back_is_a_change),
        DESK_TEST(an_office_meets_an_item_once),
        DESK_TEST(receivers_and_helpers_are_followed_too),
        DESK_TEST(each_day_has_its_receiver),
        DESK_TEST(a_gathering_stands_on_the_earliest_open_day),
        DESK_TEST(progress_that_no_rule_matches_is_kept_and_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
