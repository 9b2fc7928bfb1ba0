/* When alerts are told, what will be told, and in which words. */
#include "alert_desk.h"

#include "base/text.h"
#include "time/clock.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* ---- when ---- */

static const struct hour {
    const char *name, *at;
    bool told;
} hours[] = {
    {"before the working hours of a rung's day", "2026-11-20T07:29", false},
    {"with their beginning", "2026-11-20T07:30", true},
    {"until their end", "2026-11-20T16:59:59", true},
    {"not in the evening", "2026-11-20T17:00", false},
    {"not on Saturday", "2026-11-21T09:00", false},
    {"what is due today, from half past seven", "2026-11-24T07:29", false},
    {"even on a holiday", "2026-11-24T09:00", true},
    {"and in the evening", "2026-11-24T22:00", true},
    {"what became overdue waits for the morning", "2026-11-25T00:10", false},
    {"of the next working day", "2026-11-25T07:30", true},
};

static void told_in_working_hours(void **state)
{
    struct alert_desk *desk = *state;
    struct alert_settings settings = alert_desk_settings();
    for (size_t i = 0; i < sizeof hours / sizeof *hours; i++) {
        alert_desk_set(desk, &(struct alert_case){.rows = NOVEMBER, .at = hours[i].at, .first_day = FIRST});
        const struct alert *alert = alerts_find(desk->alerts, "p:r:2026-11:hp/A");
        assert_non_null(alert);
        if (alert_may_tell(alert, desk->rulebook->workdays, &settings, desk->now) != hours[i].told)
            fail_msg("%s: %s", hours[i].at, hours[i].name);
        alert_desk_clear(desk);
    }
}

static const struct change {
    const char *at, *next, *why;
} changes[] = {
    {"2026-11-10T08:00", "2026-11-12T00:00", "it opens"},
    {"2026-11-12T00:00", "2026-11-12T07:30", "it is told"},
    {"2026-11-12T08:00", "2026-11-18T00:00", "the next rung"},
    {"2026-11-24T08:00", "2026-11-25T00:00", "it becomes overdue"},
    {"2026-11-25T00:00", "2026-11-25T07:30", "that is told"},
};

static void the_next_change_is_known(void **state)
{
    struct alert_desk *desk = *state;
    char text[INSTANT_SIZE];
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        alert_desk_set(desk, &(struct alert_case){.rows = NOVEMBER, .at = changes[i].at, .first_day = FIRST});
        if (desk->alerts->next_change != alert_instant(changes[i].next))
            fail_msg("%s: %s, not %s (%s)", changes[i].at, instant_iso(desk->alerts->next_change, text),
                     changes[i].next, changes[i].why);
        alert_desk_clear(desk);
    }
}

/* ---- what will be told ---- */

static const struct forecast {
    const char *name, *rows, *at;
    struct alert_answered answered[2];
    const char *expected;
} forecasts[] = {
    {"a whole ladder",
     NOVEMBER,
     "2026-11-11",
     {{0}},
     "2026-11-12T07:30 hp/A -7 2026-11-24\n2026-11-18T07:30 hp/A -3 2026-11-24\n"
     "2026-11-20T07:30 hp/A -1 2026-11-24\n2026-11-23T07:30 hp/A 0 2026-11-24\n"
     "2026-11-24T07:30 hp/A due 2026-11-24\n2026-11-25T07:30 hp/A +1 2026-11-24\n"
     "2026-11-26T07:30 hp/A +2 2026-11-24\n2026-11-27T07:30 hp/A +3 2026-11-24\n"},
    {"what could not be told on Friday evening comes on Monday",
     NOVEMBER,
     "2026-11-20T18:00",
     {{0}},
     "2026-11-23T07:30 hp/A -1 2026-11-24\n2026-11-23T07:30 hp/A 0 2026-11-24\n"
     "2026-11-24T07:30 hp/A due 2026-11-24\n2026-11-25T07:30 hp/A +1 2026-11-24\n"
     "2026-11-26T07:30 hp/A +2 2026-11-24\n2026-11-27T07:30 hp/A +3 2026-11-24\n"},
    {"acknowledged: silent until it is overdue",
     NOVEMBER,
     "2026-11-20T09:30",
     {ACK_SOON},
     "2026-11-25T07:30 hp/A +1 2026-11-24\n2026-11-26T07:30 hp/A +2 2026-11-24\n"
     "2026-11-27T07:30 hp/A +3 2026-11-24\n"},
    {"snoozed into the evening: the next morning",
     NOVEMBER,
     "2026-11-20T09:30",
     {{KEY, "due_soon", "2026-11-24", "2026-11-20T18:00", "2026-11-20T09:00"}},
     "2026-11-23T07:30 hp/A 0 2026-11-24\n2026-11-23T07:30 hp/A snooze 2026-11-20T18:00:00+07:00\n"
     "2026-11-24T07:30 hp/A due 2026-11-24\n2026-11-25T07:30 hp/A +1 2026-11-24\n"
     "2026-11-26T07:30 hp/A +2 2026-11-24\n2026-11-27T07:30 hp/A +3 2026-11-24\n"},
};

static int by_line(const void *a, const void *b)
{
    const struct coming *x = a, *y = b;
    if (x->at != y->at)
        return x->at < y->at ? -1 : 1;
    return strcmp(x->rung, y->rung);
}

static const char *until_november(struct comings *comings, struct text *out)
{
    char at[INSTANT_SIZE];
    qsort(comings->list, comings->n, sizeof *comings->list, by_line);
    for (size_t i = 0; i < comings->n && comings->list[i].at < alert_instant("2026-11-28"); i++)
        text_addf(out, "%.16s %s %s\n", instant_iso(comings->list[i].at, at), comings->list[i].unit,
                  comings->list[i].rung);
    return text_str(out);
}

static void what_will_be_told(void **state)
{
    struct alert_desk *desk = *state;
    struct alert_settings settings = alert_desk_settings();
    for (size_t i = 0; i < sizeof forecasts / sizeof *forecasts; i++) {
        const struct forecast *one = &forecasts[i];
        auto_text found = {0};
        struct notices *notices = notices_empty();
        alert_desk_set(desk, &(struct alert_case){.rows = one->rows,
                                                  .at = one->at,
                                                  .first_day = FIRST,
                                                  .answered = one->answered,
                                                  .n_answered = 2});
        struct comings *comings =
            alerts_next(desk->outlook, NULL, desk->alerts, desk->replies, notices, desk->now, &settings);
        if (strcmp(until_november(comings, &found), one->expected) != 0)
            fail_msg("%s:\n%sinstead of\n%s", one->name, text_str(&found), one->expected);
        comings_free(comings);
        notices_free(notices);
        alert_desk_clear(desk);
    }
}

/* Whatever is foretold for an hour is what the alerts of that hour say: the two never part. */
static void assert_comes(const struct alert_desk *desk, const struct coming *coming)
{
    struct alert_settings settings = alert_desk_settings();
    struct outlook *outlook = outlook_new(desk->rulebook, desk->facts, coming->at);
    struct standings *standings = standings_new(outlook, desk->figures, outlook->today, LANG_EN);
    struct alerts *then = alerts_new(outlook, standings, desk->replies, NULL, coming->at, &settings, NULL);
    const struct alert *alert = alerts_find(then, coming->key);
    assert_non_null(alert);
    assert_true(alert_may_tell(alert, desk->rulebook->workdays, &settings, coming->at));
    assert_true(coming->at > desk->now);
    assert_string_equal(alert_kind_name(alert->kind), alert_kind_name(coming->kind));
    assert_int_equal(alert->severity, coming->severity);
    assert_string_equal(alert->title, coming->title);
    assert_true(!strcmp(alert->rung, coming->rung) || instant_day(coming->at) == instant_day(desk->now));
    alerts_free(then);
    standings_free(standings);
    outlook_free(outlook);
}

static const struct outcome {
    const char *rows, *at;
    struct alert_figure figures[5];
    size_t kinds[ALERT_CALENDAR_PROVISIONAL +
                 1]; /* how many of each are foretold; those of deadlines: at least */
} outcomes[] = {
    {ESCALATED "\n" NOVEMBER, "2026-11-20T07:00", {{0}}, {[ALERT_DUE_SOON] = 6, [ALERT_OVERDUE] = 14}},
    {"task \"t\" { title = \"x\", lead = { \"A\", \"B\" }, due = within(10, \"days\", \"received\") }",
     "2026-01-08T07:00",
     {{0}},
     {[ALERT_EVENT_MISSING] = 4}},
    {"task \"t\" { title = \"x\", lead = \"A\", due = by \"2027-01-15\" }",
     "2026-11-02T07:00",
     {{0}},
     {[ALERT_CALENDAR_PROVISIONAL] = 1}},
    /* at risk from the middle of November and again near its end, missed in December; of October a figure is
     * missing (+1 and +6, then November is judged), and those of B, who has never sent any, are told once */
    {"metric \"on\" { title = \"Online\", counted_in = \"x\" }\n"
     "metric \"all\" { title = \"All\", counted_in = \"x\" }\n"
     "kpi \"k#m\" { title = \"Share\", lead = \"@two\", each = \"month\", measure = ratio(\"on\", \"all\"), "
     "target = at_least(80, \"%\") }",
     "2026-11-11T07:00",
     {{"hp/A", "all", "2026-10", 10, NULL, false},
      {"hp/A", "all", "2026-11", 10, NULL, false},
      {"hp/A", "on", "2026-11", 7, NULL, false}},
     {[ALERT_KPI_AT_RISK] = 2, [ALERT_KPI_MISSED] = 1, [ALERT_FIGURES_MISSING] = 3}},
};

static void foretold_is_what_comes(void **state)
{
    struct alert_desk *desk = *state;
    struct alert_settings settings = alert_desk_settings();
    for (size_t i = 0; i < sizeof outcomes / sizeof *outcomes; i++) {
        const struct outcome *one = &outcomes[i];
        struct notices *notices = notices_empty();
        size_t kinds[ALERT_CALENDAR_PROVISIONAL + 1] = {0};
        alert_desk_set(desk,
                       &(struct alert_case){
                           .rows = one->rows, .at = one->at, .first_day = FIRST, .figures = one->figures});
        struct comings *comings = alerts_next(desk->outlook, desk->standings, desk->alerts, desk->replies,
                                              notices, desk->now, &settings);
        for (size_t j = 0; j < comings->n; j++) {
            assert_comes(desk, &comings->list[j]);
            kinds[comings->list[j].kind]++;
        }
        for (enum alert_kind kind = 0; kind <= ALERT_CALENDAR_PROVISIONAL; kind++)
            if (kind <= ALERT_OVERDUE ? kinds[kind] < one->kinds[kind] : kinds[kind] != one->kinds[kind])
                fail_msg("%s: %zu of %s instead of %zu", one->at, kinds[kind], alert_kind_name(kind),
                         one->kinds[kind]);
        comings_free(comings);
        notices_free(notices);
        alert_desk_clear(desk);
    }
}

/* ---- words ---- */

static const struct wording {
    const char *at, *title;
} wordings[] = {
    {"2026-11-12", "Còn 7 ngày làm việc: Report"},
    {"2026-11-20", "Còn 1 ngày làm việc: Report"},
    {"2026-11-23", "Sắp đến hạn 24/11/2026 (ngày nghỉ): Report"},
    {"2026-11-24", "Hôm nay đến hạn: Report"},
    {"2026-11-28", "Quá hạn 3 ngày làm việc: Report"},
};

static void said_in_vietnamese(void **state)
{
    struct alert_desk *desk = *state;
    for (size_t i = 0; i < sizeof wordings / sizeof *wordings; i++) {
        alert_desk_set(desk,
                       &(struct alert_case){.rows = NOVEMBER, .at = wordings[i].at, .first_day = FIRST});
        struct alerts *alerts =
            alerts_new(desk->outlook, NULL, desk->replies, NULL, desk->now, &alert_settings_default, NULL);
        assert_string_equal(alerts->list[0]->title, wordings[i].title);
        assert_string_equal(
            alerts->list[0]->body,
            "Hạn 24/11/2026 (thứ ba), xong trước hết 23/11/2026; kỳ tháng 11/2026. Dòng r, Kế hoạch.");
        alerts_free(alerts);
        alert_desk_clear(desk);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(told_in_working_hours), cmocka_unit_test(the_next_change_is_known),
        cmocka_unit_test(what_will_be_told),     cmocka_unit_test(foretold_is_what_comes),
        cmocka_unit_test(said_in_vietnamese),
    };
    return cmocka_run_group_tests_name("coming", tests, alert_desk_setup, alert_desk_teardown);
}
