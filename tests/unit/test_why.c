/* Why somebody is told of a deadline, or not: cases that an officer could ask about. */
#include "alert/why.h"

#include "alert_desk.h"
#include "base/text.h"
#include "time/clock.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define NOVEMBER_OF_A "p:r:2026-11:hp/A"

static const struct question {
    const char *name, *at, *first_day, *closed, *id;
    struct alert_told told[2];
    struct alert_answered answered[2];
    const char *why, *next; /* next NULL: not within 30 days */
    const char *days;       /* of the ladder, ~ answered */
} questions[] = {
    {.name = "long before",
     .at = "2026-10-01T08:00",
     .first_day = FIRST,
     .id = NOVEMBER_OF_A,
     .why = "early",
     .days = "2026-11-12 2026-11-18 2026-11-20 2026-11-23 2026-11-24 2026-11-25"},
    {.name = "some days before",
     .at = "2026-11-10T08:00",
     .first_day = FIRST,
     .id = NOVEMBER_OF_A,
     .why = "early",
     .next = "2026-11-12T07:30",
     .days = "2026-11-12 2026-11-18 2026-11-20 2026-11-23 2026-11-24 2026-11-25"},
    {.name = "on its first day, before the working hours",
     .at = "2026-11-12T06:00",
     .first_day = FIRST,
     .id = NOVEMBER_OF_A,
     .why = "to_be_told",
     .next = "2026-11-12T07:30",
     .days = "2026-11-12 2026-11-18 2026-11-20 2026-11-23 2026-11-24 2026-11-25"},
    {.name = "on a Saturday after a rung that nobody told",
     .at = "2026-11-21T09:00",
     .first_day = FIRST,
     .id = NOVEMBER_OF_A,
     .why = "to_be_told",
     .next = "2026-11-23T07:30",
     .days = "2026-11-12 2026-11-18 2026-11-20 2026-11-23 2026-11-24 2026-11-25"},
    {.name = "somebody knows",
     .at = "2026-11-20T10:00",
     .first_day = FIRST,
     .id = NOVEMBER_OF_A,
     .answered = {ACK_SOON},
     .why = "acked",
     .next = "2026-11-25T07:30",
     .days = "2026-11-12 2026-11-18 ~2026-11-20 ~2026-11-23 ~2026-11-24 2026-11-25"},
    {.name = "put off",
     .at = "2026-11-20T10:00",
     .first_day = FIRST,
     .id = NOVEMBER_OF_A,
     .answered = {{KEY, "due_soon", "2026-11-24", "2026-11-20T14:00", "2026-11-20T09:00"}},
     .why = "snoozed",
     .next = "2026-11-20T14:00",
     .days = "2026-11-12 2026-11-18 ~2026-11-20 2026-11-23 2026-11-24 2026-11-25"},
    {.name = "overdue, today is one of its days",
     .at = "2026-11-27T08:00",
     .first_day = FIRST,
     .id = NOVEMBER_OF_A,
     .why = "to_be_told",
     .next = "2026-11-27T08:00",
     .days = "2026-11-12 2026-11-18 2026-11-20 2026-11-23 2026-11-24 2026-11-27 2026-11-30"},
    {.name = "done",
     .at = "2026-11-20T10:00",
     .first_day = FIRST,
     .id = NOVEMBER_OF_A,
     .told = {{NOVEMBER_OF_A, "done", "2026-11-19", "2026-11-19T08:00"}},
     .why = "done",
     .days = ""},
    {.name = "its plan is closed",
     .at = "2026-11-20T10:00",
     .first_day = FIRST,
     .closed = "2026-11-01",
     .id = NOVEMBER_OF_A,
     .why = "closed",
     .days = ""},
    {.name = "due before anybody kept track",
     .at = "2026-12-20T10:00",
     .first_day = "2026-12-01",
     .id = NOVEMBER_OF_A,
     .why = "backlog",
     .next = "2026-12-21T07:30",
     .days = ""},
};

static void hold(struct alert_desk *desk, const struct question *question)
{
    alert_desk_set(desk, &(struct alert_case){.rows = NOVEMBER,
                                              .at = question->at,
                                              .first_day = question->first_day,
                                              .closed = question->closed,
                                              .told = question->told,
                                              .n_told = 2,
                                              .answered = question->answered,
                                              .n_answered = 2});
    struct alert_settings settings = alert_desk_settings();
    struct alert_knowledge *knowledge = alert_knowledge_new(desk->outlook, desk->standings, desk->replies,
                                                            desk->notices, NULL, desk->now, &settings);
    const struct occurrence *occurrence = outlook_find(desk->outlook, question->id);
    assert_non_null(occurrence);
    struct alert_reasons *reasons = alert_reasons_of(knowledge, occurrence);
    auto_text days = {0};
    char day[DAY_SIZE], at[INSTANT_SIZE];
    for (size_t i = 0; i < reasons->n_ladder; i++)
        text_addf(&days, "%s%s%s", i ? " " : "", reasons->ladder[i].answered ? "~" : "",
                  day_iso(reasons->ladder[i].day, day));
    if (strcmp(why_name(reasons->why), question->why) != 0)
        fail_msg("%s: %s, not %s", question->name, why_name(reasons->why), question->why);
    if (strcmp(text_str(&days), question->days) != 0)
        fail_msg("%s: %s, not %s", question->name, text_str(&days), question->days);
    if (reasons->next_at != alert_instant(question->next))
        fail_msg("%s: next %s", question->name, instant_iso(reasons->next_at, at));
    alert_reasons_free(reasons);
    alert_knowledge_free(knowledge);
    alert_desk_clear(desk);
}

static void officers_ask(void **state)
{
    for (size_t i = 0; i < sizeof questions / sizeof *questions; i++)
        hold(*state, &questions[i]);
}

/* What was told stands beside its day, and is why nobody hears of it again today. */
static void what_was_told_is_known(void **state)
{
    struct alert_desk *desk = *state;
    alert_desk_set(desk,
                   &(struct alert_case){.rows = NOVEMBER, .at = "2026-11-20T10:00", .first_day = FIRST});
    const struct notice list[] = {{.id = 1,
                                   .alert = KEY,
                                   .kind = "due_soon",
                                   .rung = "-1 2026-11-24",
                                   .unit = "hp/A",
                                   .channel = "stream",
                                   .severity = "info",
                                   .title = "Report",
                                   .body = "",
                                   .told_at = alert_instant("2026-11-20T07:30")}};
    const struct notice *const sorted[] = {list};
    const struct notices notices = {.list = list, .n = 1, .sorted = sorted};
    struct alert_settings settings = alert_desk_settings();
    struct alert_knowledge *knowledge = alert_knowledge_new(desk->outlook, desk->standings, desk->replies,
                                                            &notices, NULL, desk->now, &settings);
    struct alert_reasons *reasons = alert_reasons_of(knowledge, outlook_find(desk->outlook, NOVEMBER_OF_A));
    assert_string_equal(why_name(reasons->why), "told");
    assert_int_equal(reasons->n_notices, 1);
    for (size_t i = 0; i < reasons->n_ladder; i++)
        assert_true((reasons->ladder[i].first != NULL) ==
                    (reasons->ladder[i].day == alert_day("2026-11-20")));
    assert_true(reasons->next_at == alert_instant("2026-11-23T07:30"));
    alert_reasons_free(reasons);
    reasons = alert_reasons_of_key(knowledge, "p:none:2026-11:hp/A");
    assert_string_equal(why_name(reasons->why), "nothing");
    assert_null(reasons->alert);
    alert_reasons_free(reasons);
    alert_knowledge_free(knowledge);
    alert_desk_clear(desk);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(officers_ask),
                                       cmocka_unit_test(what_was_told_is_known)};
    return cmocka_run_group_tests(tests, alert_desk_setup, alert_desk_teardown);
}
