/* What people are told, when, and how it stands: small plans, what was told and answered, and the alerts that
 * follow, one a line: "key | kind severity state rung". Days: 2026-11-24 (Tuesday) is a holiday. */
#include "alert_desk.h"

#include "base/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char *alerts_text(const struct alerts *alerts, struct text *out)
{
    for (size_t i = 0; i < alerts->n; i++) {
        const struct alert *one = alerts->list[i];
        text_addf(out, "%s | %s %s %s %s", one->key, alert_kind_name(one->kind),
                  alert_severity_name(one->severity), alert_state_name(one->state),
                  one->rung ? one->rung : "-");
        for (size_t j = 0; one->also && j < one->also->n; j++)
            text_addf(out, " also %s", one->also->at[j]->id);
        text_add(out, "\n");
    }
    return text_str(out);
}

static const struct situation {
    const char *name, *rows, *at, *first_day, *closed;
    struct alert_told told[4];
    struct alert_answered answered[3];
    bool resolved;
    const char *expected;
} situations[] = {
    /* 23/11 is the last working day before the holiday 24/11; 7 working days before it is 12/11 */
    {"eight working days before: nothing yet",
     NOVEMBER,
     "2026-11-11T17:00",
     FIRST,
     NULL,
     {{0}},
     {{0}},
     false,
     ""},
    {"seven working days before act_by it opens",
     NOVEMBER,
     "2026-11-12",
     FIRST,
     NULL,
     {{0}},
     {{0}},
     false,
     SOON("info open -7 2026-11-24")},
    {"between two rungs the last one stands",
     NOVEMBER,
     "2026-11-17",
     FIRST,
     NULL,
     {{0}},
     {{0}},
     false,
     SOON("info open -7 2026-11-24")},
    {"three before",
     NOVEMBER,
     "2026-11-18",
     FIRST,
     NULL,
     {{0}},
     {{0}},
     false,
     SOON("info open -3 2026-11-24")},
    {"the last working day before it is a Friday: a warning",
     NOVEMBER,
     "2026-11-20",
     FIRST,
     NULL,
     {{0}},
     {{0}},
     false,
     SOON("warning open -1 2026-11-24")},
    {"no rung on the weekend",
     NOVEMBER,
     "2026-11-22",
     FIRST,
     NULL,
     {{0}},
     {{0}},
     false,
     SOON("warning open -1 2026-11-24")},
    {"act_by itself",
     NOVEMBER,
     "2026-11-23",
     FIRST,
     NULL,
     {{0}},
     {{0}},
     false,
     SOON("warning open 0 2026-11-24")},
    {"the due day, though it is a holiday",
     NOVEMBER,
     "2026-11-24",
     FIRST,
     NULL,
     {{0}},
     {{0}},
     false,
     SOON("warning open due 2026-11-24")},
    {"overdue on the next working day",
     NOVEMBER,
     "2026-11-25",
     FIRST,
     NULL,
     {{0}},
     {{0}},
     false,
     KEY " | overdue critical open +1 2026-11-24\n"},
    {"and on each after it",
     NOVEMBER,
     "2026-11-30",
     FIRST,
     NULL,
     {{0}},
     {{0}},
     false,
     KEY " | overdue critical open +4 2026-11-24\n"},
    {"nothing new on a Saturday",
     NOVEMBER,
     "2026-11-28",
     FIRST,
     NULL,
     {{0}},
     {{0}},
     false,
     KEY " | overdue critical open +3 2026-11-24\n"},

    {"done: resolved, and silent",
     NOVEMBER,
     "2026-11-25",
     FIRST,
     NULL,
     {{"p:r:2026-11:hp/A", "done", "2026-11-23", "2026-11-23T10:00"}},
     {{0}},
     false,
     ""},
    {"asked for all, the resolved one is there",
     NOVEMBER,
     "2026-11-25",
     FIRST,
     NULL,
     {{"p:r:2026-11:hp/A", "done", "2026-11-23", "2026-11-23T10:00"}},
     {{0}},
     true,
     SOON("info resolved -")},
    {"done before anybody was told: never an alert",
     NOVEMBER,
     "2026-11-25",
     FIRST,
     NULL,
     {{"p:r:2026-11:hp/A", "done", "2026-11-05", "2026-11-05T10:00"}},
     {{0}},
     true,
     ""},
    {"cancelled",
     NOVEMBER,
     "2026-11-25",
     FIRST,
     NULL,
     {{"p:r:2026-11:hp/A", "cancel", NULL, "2026-11-23T10:00"}},
     {{0}},
     false,
     ""},
    {"reopened",
     NOVEMBER,
     "2026-11-25",
     FIRST,
     NULL,
     {{"p:r:2026-11:hp/A", "done", "2026-11-23", "2026-11-23T10:00"},
      {"p:r:2026-11:hp/A", "reopen", NULL, "2026-11-24T10:00"}},
     {{0}},
     false,
     KEY " | overdue critical open +1 2026-11-24\n"},
    {"reopened on the day on which it was told of: told again",
     NOVEMBER,
     "2026-11-24T11:00",
     FIRST,
     NULL,
     {{"p:r:2026-11:hp/A", "done", "2026-11-24", "2026-11-24T08:00"},
      {"p:r:2026-11:hp/A", "reopen", NULL, "2026-11-24T10:00"}},
     {{0}},
     false,
     SOON("warning open reopened 2026-11-24T10:00:00+07:00")},
    {"extended: the ladder goes with the day",
     NOVEMBER,
     "2026-11-25",
     FIRST,
     NULL,
     {{"p:r:2026-11:hp/A", "extend", "2026-12-01", "2026-11-23T10:00"}},
     {{0}},
     false,
     SOON("info open -7 2026-12-01")},
    {"a closed plan is silent", NOVEMBER, "2026-11-25", FIRST, "2026-11-20", {{0}}, {{0}}, false, ""},

    {"an ack holds", NOVEMBER, "2026-11-23", FIRST, NULL, {{0}}, {ACK_SOON}, false, SOON("warning acked -")},
    {"until it is overdue",
     NOVEMBER,
     "2026-11-25",
     FIRST,
     NULL,
     {{0}},
     {ACK_SOON},
     false,
     KEY " | overdue critical open +1 2026-11-24\n"},
    {"or the day moves",
     NOVEMBER,
     "2026-11-25",
     FIRST,
     NULL,
     {{"p:r:2026-11:hp/A", "extend", "2026-12-01", "2026-11-23T10:00"}},
     {ACK_SOON},
     false,
     SOON("info open -7 2026-12-01")},
    {"or it is opened again",
     NOVEMBER,
     "2026-11-23",
     FIRST,
     NULL,
     {{"p:r:2026-11:hp/A", "done", "2026-11-20", "2026-11-20T10:00"},
      {"p:r:2026-11:hp/A", "reopen", NULL, "2026-11-23T07:00"}},
     {ACK_SOON},
     false,
     SOON("warning open 0 2026-11-24")},
    {"snoozed",
     NOVEMBER,
     "2026-11-23T07:45",
     FIRST,
     NULL,
     {{0}},
     {{KEY, "due_soon", "2026-11-24", "2026-11-23T09:00", "2026-11-23T07:40"}},
     false,
     SOON("warning snoozed -")},
    {"told again when that is over",
     NOVEMBER,
     "2026-11-23T09:00",
     FIRST,
     NULL,
     {{0}},
     {{KEY, "due_soon", "2026-11-24", "2026-11-23T09:00", "2026-11-23T07:40"}},
     false,
     SOON("warning open snooze 2026-11-23T09:00:00+07:00")},
    {"a rung after the snooze counts",
     NOVEMBER,
     "2026-11-24",
     FIRST,
     NULL,
     {{0}},
     {{KEY, "due_soon", "2026-11-24", "2026-11-23T09:00", "2026-11-23T07:40"}},
     false,
     SOON("warning open due 2026-11-24")},
    {"a snooze does not hide that it became overdue",
     NOVEMBER,
     "2026-11-25",
     FIRST,
     NULL,
     {{0}},
     {{KEY, "due_soon", "2026-11-24", "2026-12-10T09:00", "2026-11-23T07:40"}},
     false,
     KEY " | overdue critical open +1 2026-11-24\n"},
    {"an ack after a snooze is the last word",
     NOVEMBER,
     "2026-11-23",
     FIRST,
     NULL,
     {{0}},
     {{KEY, "due_soon", "2026-11-24", "2026-11-23T07:50", "2026-11-20T08:00"}, ACK_SOON},
     false,
     SOON("warning acked -")},

    {"due before the ledger's first day: one summary for the unit",
     NOVEMBER,
     "2026-12-01",
     "2026-11-26",
     NULL,
     {{0}},
     {{0}},
     false,
     "backlog:hp/A | overdue warning open once\n"},
    {"due on it: an alert of its own",
     NOVEMBER,
     "2026-11-25",
     "2026-11-24",
     NULL,
     {{0}},
     {{0}},
     false,
     KEY " | overdue critical open +1 2026-11-24\n"},
    {"nothing recorded yet: today is the first day",
     NOVEMBER,
     "2026-12-01",
     NULL,
     NULL,
     {{0}},
     {{0}},
     false,
     "backlog:hp/A | overdue warning open once\n"},
    {"the summary too can be acknowledged",
     NOVEMBER,
     "2026-12-01",
     "2026-11-26",
     NULL,
     {{0}},
     {{"backlog:hp/A", "overdue", NULL, NULL, "2026-11-26"}},
     false,
     "backlog:hp/A | overdue warning acked once\n"},

    {"the receiver gets one summary of the others, on the day; the ministry none",
     REPORT_TO_C,
     "2026-12-10",
     FIRST,
     NULL,
     {{0}},
     {{0}},
     false,
     "p:r:2026:hp/A@hanchot | due_soon warning open 0 2026-12-10\n"
     "p:r:2026:hp/B@hanchot | due_soon warning open 0 2026-12-10\n"
     "to:p:r:2026:hp/C | due_soon info open 0 2026-12-10\n"},
    {"overdue, it hears of it on the first day and every fifth",
     REPORT_TO_C,
     "2026-12-16",
     FIRST,
     NULL,
     {{"p:r:2026:hp/A", "done", "2026-12-09", "2026-12-09T10:00"}, {0}},
     {{0}},
     false,
     "p:r:2026:hp/B@hanchot | overdue critical open +4 2026-12-10\n"
     "to:p:r:2026:hp/C | overdue warning open +1 2026-12-10\n"},
    {"all done: no summary",
     REPORT_TO_C,
     "2026-12-11",
     FIRST,
     NULL,
     {{"p:r:2026:hp/A", "done", "2026-12-09", "2026-12-09T10:00"},
      {"p:r:2026:hp/B", "done", "2026-12-09", "2026-12-09T10:00"}},
     {{0}},
     false,
     ""},

    /* 12 days before 10/12 is Saturday 28/11: told on Friday 27/11 */
    {"a rule's own ladder, in calendar days: on the working day before",
     ESCALATED,
     "2026-11-27",
     FIRST,
     NULL,
     {{0}},
     {{0}},
     false,
     "p:t:2026:hp/A@hanchot | due_soon info open -12d 2026-12-10\n"},
    {"the first working day overdue is silent with overdue = workdays(3)",
     ESCALATED,
     "2026-12-11",
     FIRST,
     NULL,
     {{0}},
     {{0}},
     false,
     "p:t:2026:hp/A@hanchot | overdue critical open -\n"},
    {"after two, others are told too",
     ESCALATED,
     "2026-12-14",
     FIRST,
     NULL,
     {{0}},
     {{0}},
     false,
     "p:t:2026:hp/A@hanchot | overdue critical open +2 2026-12-10 also hp/C\n"},
    {"the rhythm goes on",
     ESCALATED,
     "2026-12-15",
     FIRST,
     NULL,
     {{0}},
     {{0}},
     false,
     "p:t:2026:hp/A@hanchot | overdue critical open +3 2026-12-10 also hp/C\n"},

    {"five working days after the plan: when did you receive it?",
     "task \"t\" { title = \"x\", lead = { \"A\", \"B\" }, due = within(10, \"days\", \"received\") }\n"
     "task \"u\" { title = \"y\", lead = \"A\", due = within(10, \"days\", \"call\") }",
     "2026-01-13",
     FIRST,
     NULL,
     {{0}},
     {{0}},
     false,
     "event:p:received:hp/A | event_missing info open +5\nevent:p:received:hp/B | event_missing info open "
     "+5\n"},
    {"a year that is not announced",
     "task \"t\" { title = \"x\", lead = \"A\", due = by \"2027-01-15\" }",
     "2026-11-20",
     FIRST,
     NULL,
     {{0}},
     {{0}},
     false,
     "calendar_provisional:2027 | calendar_provisional warning open once\n"},
};

static void alerts_follow(void **state)
{
    struct alert_desk *desk = *state;
    for (size_t i = 0; i < sizeof situations / sizeof *situations; i++) {
        const struct situation *one = &situations[i];
        auto_text found = {0};
        alert_desk_set(desk, &(struct alert_case){.rows = one->rows,
                                                  .at = one->at,
                                                  .first_day = one->first_day,
                                                  .closed = one->closed,
                                                  .told = one->told,
                                                  .n_told = 4,
                                                  .answered = one->answered,
                                                  .n_answered = 3,
                                                  .resolved = one->resolved});
        if (strcmp(alerts_text(desk->alerts, &found), one->expected) != 0)
            fail_msg("%s:\n%sinstead of\n%s", one->name, text_str(&found), one->expected);
        alert_desk_clear(desk);
    }
}

/* ---- faults ---- */

static void each_faulty_file_is_one_alert(void **state)
{
    struct alert_desk *desk = *state;
    struct faults faults;
    struct alert_settings settings = alert_desk_settings();
    auto_text found = {0};
    settings.faults_since = alert_instant("2026-11-19T10:00");
    faults_init(&faults, LANG_EN);
    faults_add(&faults, "rules/a.lua", 3, 0, "một", "one");
    faults_add(&faults, "rules/a.lua", 9, 0, "hai", "two");
    faults_add(&faults, "rules/b.lua", 1, 0, "ba", "three");
    faults_warn(&faults, "rules/c.lua", 1, 0, "cảnh báo", "only a warning");
    alert_desk_set(desk, &(struct alert_case){.rows = "", .at = "2026-11-20", .first_day = FIRST});
    struct alerts *alerts =
        alerts_new(desk->outlook, NULL, desk->replies, &faults, desk->now, &settings, NULL);
    assert_string_equal(alerts_text(alerts, &found),
                        "rule_fault:rules/a.lua | rule_fault critical open 2026-11-20\n"
                        "rule_fault:rules/b.lua | rule_fault critical open 2026-11-20\n");
    assert_string_equal(alerts->list[0]->body, "rules/a.lua:3: one");
    assert_true(alerts->list[0]->since == settings.faults_since && !alerts->list[0]->unit);
    alerts_free(alerts);
    faults_fini(&faults);
    alert_desk_clear(desk);
}

static void rules_held_back_are_one_alert(void **state)
{
    struct alert_desk *desk = *state;
    struct alert_settings settings = alert_desk_settings();
    auto_text found = {0};
    settings.faults_since = alert_instant("2026-11-19T10:00");
    settings.held = "plan p is gone";
    alert_desk_set(desk, &(struct alert_case){.rows = "", .at = "2026-11-20", .first_day = FIRST});
    struct alerts *alerts = alerts_new(desk->outlook, NULL, desk->replies, NULL, desk->now, &settings, NULL);
    assert_string_equal(alerts_text(alerts, &found),
                        "rule_fault:held | rule_fault critical open 2026-11-20\n");
    assert_string_equal(alerts->list[0]->body, "plan p is gone; if that is meant: hanchot accept");
    assert_true(alerts->list[0]->since == settings.faults_since && !alerts->list[0]->unit);
    alerts_free(alerts);
    alert_desk_clear(desk);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(alerts_follow),
        cmocka_unit_test(each_faulty_file_is_one_alert),
        cmocka_unit_test(rules_held_back_are_one_alert),
    };
    return cmocka_run_group_tests_name("alerts", tests, alert_desk_setup, alert_desk_teardown);
}
