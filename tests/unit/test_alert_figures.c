/* What is told of KPIs and of figures that were not sent, and when: a small plan, the figures that came, and
 * the alerts that follow, one a line: "key | kind severity state rung". The offices A and B owe C a report
 * by the 24th of each month; the ratio of each month must reach 80 %. */
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

#define METRICS                                                                                              \
    "metric \"on\" { title = \"Online\", counted_in = \"x\" }\n"                                             \
    "metric \"all\" { title = \"All\", counted_in = \"x\" }\n"
#define MONTHLY                                                                                              \
    METRICS "kpi \"k#m\" { title = \"Online share\", lead = \"@two\", each = \"month\", "                    \
            "measure = ratio(\"on\", \"all\"), target = at_least(80, \"%\") }\n"
#define WITH_REPORT                                                                                          \
    MONTHLY "report \"r\" { title = \"Report\", lead = \"@two\", to = \"C\", due = every(\"month\", { "      \
            "before_day = 25, from = \"2026-06\" }) }\n"

#define OCTOBER(unit, all, on)                                                                               \
    {unit, "all", "2026-10", all, NULL, false},                                                              \
    {                                                                                                        \
        unit, "on", "2026-10", on, NULL, false                                                               \
    }
#define NOV(unit, all, on, at)                                                                               \
    {unit, "all", "2026-11", all, at, false},                                                                \
    {                                                                                                        \
        unit, "on", "2026-11", on, at, false                                                                 \
    }
#define BOTH_SENT OCTOBER("hp/A", 10, 9), OCTOBER("hp/B", 10, 9)

static const struct situation {
    const char *name, *rows, *at, *first_day;
    struct alert_figure figures[9];
    struct alert_answered answered[2];
    const char *expected; /* of KPIs, figures and the backlog */
} situations[] = {
    /* ---- a KPI ---- */
    {"below its target in the first half of the month: time enough",
     MONTHLY,
     "2026-11-15T09:00",
     FIRST,
     {OCTOBER("hp/A", 10, 9), NOV("hp/A", 10, 7, "2026-11-12T08:00"), OCTOBER("hp/B", 10, 9)},
     {{0}},
     ""},
    {"in the second half it is at risk",
     MONTHLY,
     "2026-11-16T09:00",
     FIRST,
     {OCTOBER("hp/A", 10, 9), NOV("hp/A", 10, 7, "2026-11-12T08:00"), OCTOBER("hp/B", 10, 9)},
     {{0}},
     "p:k#m:2026-11:hp/A | kpi_at_risk info open half\n"},
    /* Monday 30/11 is judged; three working days before it is Wednesday 25/11, for 24/11 is a holiday */
    {"three working days before it is judged it presses",
     MONTHLY,
     "2026-11-25T09:00",
     FIRST,
     {OCTOBER("hp/A", 10, 9), NOV("hp/A", 10, 7, "2026-11-12T08:00"), OCTOBER("hp/B", 10, 9)},
     {{0}},
     "p:k#m:2026-11:hp/A | kpi_at_risk warning open -3\n"},
    {"met so far: nothing",
     MONTHLY,
     "2026-11-25T09:00",
     FIRST,
     {OCTOBER("hp/A", 10, 9), NOV("hp/A", 10, 8, "2026-11-12T08:00"), OCTOBER("hp/B", 10, 9)},
     {{0}},
     ""},
    {"missed once the month is over; and while December is young",
     MONTHLY,
     "2026-12-01T09:00",
     FIRST,
     {NOV("hp/A", 10, 7, "2026-11-12T08:00"), NOV("hp/B", 10, 8, "2026-11-12T08:00")},
     {{0}},
     "p:k#m:2026-11:hp/A | kpi_missed warning open once\n"},
    {"only the month that was judged last",
     MONTHLY,
     "2026-12-01T09:00",
     FIRST,
     {OCTOBER("hp/A", 10, 2), NOV("hp/A", 10, 9, "2026-11-12T08:00"), NOV("hp/B", 10, 8, "2026-11-12T08:00")},
     {{0}},
     ""},
    {"out of reach before the end is as bad as missed",
     METRICS "kpi \"k#z\" { title = \"None late\", lead = \"A\", each = \"month\", measure = count(\"on\"), "
             "target = at_most(0, \"x\") }",
     "2026-11-05T09:00",
     FIRST,
     {{"hp/A", "on", "2026-10", 0, NULL, false}, {"hp/A", "on", "2026-11", 1, "2026-11-04T08:00", false}},
     {{0}},
     "p:k#z:2026-11:hp/A | kpi_missed warning open once\n"},
    {"a numerator above its denominator: somebody must look",
     MONTHLY,
     "2026-11-05T09:00",
     FIRST,
     {OCTOBER("hp/A", 10, 9), NOV("hp/A", 10, 11, "2026-11-04T08:00"), OCTOBER("hp/B", 10, 9)},
     {{0}},
     "p:k#m:2026-11:hp/A | figures_missing warning open once\n"},
    {"samples tell nothing",
     MONTHLY,
     "2026-12-20T09:00",
     FIRST,
     {{"hp/A", "all", "2026-11", 10, NULL, true}, {"hp/A", "on", "2026-11", 7, NULL, true}},
     {{0}},
     ""},
    {"judged before the first day: in the office's one summary",
     MONTHLY,
     "2026-11-05T09:00",
     "2026-11-02",
     {OCTOBER("hp/A", 10, 7), OCTOBER("hp/B", 10, 9)},
     {{0}},
     "backlog:hp/A | overdue warning open once\n"},
    {"an ack holds while it is at risk",
     MONTHLY,
     "2026-11-26T09:00",
     FIRST,
     {OCTOBER("hp/A", 10, 9), NOV("hp/A", 10, 7, "2026-11-26T08:00"), OCTOBER("hp/B", 10, 9)},
     {{"p:k#m:2026-11:hp/A", "kpi_at_risk", "2026-11-30", NULL, "2026-11-17T09:00"}},
     "p:k#m:2026-11:hp/A | kpi_at_risk warning acked -3\n"},
    {"but not when it is missed",
     MONTHLY,
     "2026-12-01T09:00",
     FIRST,
     {NOV("hp/A", 10, 7, "2026-11-26T08:00"), NOV("hp/B", 10, 9, "2026-11-26T08:00")},
     {{"p:k#m:2026-11:hp/A", "kpi_at_risk", "2026-11-30", NULL, "2026-11-17T09:00"}},
     "p:k#m:2026-11:hp/A | kpi_missed warning open once\n"},
    {"what is counted over all is told to who leads the row",
     METRICS
     "task \"4\" { title = \"T\", lead = \"C\", due = ongoing }\n"
     "kpi \"4#all\" { title = \"Together\", across = \"@two\", each = \"month\", measure = ratio(\"on\", "
     "\"all\"), target = at_least(80, \"%\") }",
     "2026-11-20T09:00",
     FIRST,
     {OCTOBER("hp/A", 10, 9), NOV("hp/A", 10, 7, "2026-11-12T08:00"), OCTOBER("hp/B", 10, 9),
      NOV("hp/B", 10, 7, "2026-11-12T08:00")},
     {{0}},
     "p:4#all:2026-11:all | kpi_at_risk info open half\n"},

    /* ---- figures that were not sent ---- */
    {"nobody has ever sent a figure: the plan does without",
     WITH_REPORT,
     "2026-11-25T09:00",
     FIRST,
     {{0}},
     {{0}},
     ""},
    {"October is waited for until the report of November is due",
     WITH_REPORT,
     "2026-11-24T09:00",
     FIRST,
     {OCTOBER("hp/A", 10, 9)},
     {{0}},
     ""},
    {"then B hears of it, and C who gathers",
     WITH_REPORT,
     "2026-11-25T09:00",
     FIRST,
     {OCTOBER("hp/A", 10, 9)},
     {{0}},
     "figures:p:2026-10:hp/B | figures_missing warning open once\n"
     "to:p:figures:2026-10:hp/C | figures_missing info open +1\n"},
    {"two months of three for one metric: a part is there, and it is named",
     METRICS "kpi \"k#q\" { title = \"Quarter\", lead = \"A\", each = \"quarter\", measure = ratio(\"on\", "
             "\"all\"), target = at_least(80, \"%\") }",
     "2026-10-15T09:00",
     FIRST,
     {{"hp/A", "all", "2026-07", 10, NULL, false},
      {"hp/A", "all", "2026-08", 10, NULL, false},
      {"hp/A", "all", "2026-09", 10, NULL, false},
      {"hp/A", "on", "2026-07", 9, NULL, false},
      {"hp/A", "on", "2026-08", 9, NULL, false}},
     {{0}},
     "figures:p:2026-Q3:hp/A | figures_missing warning open +1\n"},
    {"without a report it is ten working days",
     METRICS "kpi \"k#q\" { title = \"Quarter\", lead = \"A\", each = \"quarter\", measure = ratio(\"on\", "
             "\"all\"), target = at_least(80, \"%\") }",
     "2026-10-14T09:00",
     FIRST,
     {{"hp/A", "all", "2026-07", 10, NULL, false}},
     {{0}},
     ""},
    {"again five working days later",
     METRICS "kpi \"k#q\" { title = \"Quarter\", lead = \"A\", each = \"quarter\", measure = ratio(\"on\", "
             "\"all\"), target = at_least(80, \"%\") }",
     "2026-10-23T09:00",
     FIRST,
     {{"hp/A", "all", "2026-07", 10, NULL, false}},
     {{0}},
     "figures:p:2026-Q3:hp/A | figures_missing warning open +6\n"},
    {"expected before the first day: in the summary",
     WITH_REPORT,
     "2026-12-01T09:00",
     "2026-11-28",
     {{"hp/A", "all", "2026-10", 10, NULL, false}},
     {{0}},
     "backlog:hp/A | overdue warning open once\nbacklog:hp/B | overdue warning open once\n"},
    {"all sent: nothing", WITH_REPORT, "2026-11-25T09:00", FIRST, {BOTH_SENT}, {{0}}, ""},
    {"acknowledged",
     WITH_REPORT,
     "2026-11-25T09:00",
     FIRST,
     {OCTOBER("hp/A", 10, 9)},
     {{"figures:p:2026-10:hp/B", "figures_missing", "2026-11-24", NULL, "2026-11-25T08:00"}},
     "figures:p:2026-10:hp/B | figures_missing warning acked once\n"
     "to:p:figures:2026-10:hp/C | figures_missing info open +1\n"},
    {"of what is counted over all, only who has sent it before is asked",
     METRICS
     "kpi \"k#x\" { title = \"Together\", across = \"@all\", each = \"month\", measure = count(\"on\"), "
     "target = at_least(1, \"x\") }",
     "2026-11-20T09:00",
     FIRST,
     {{"hp/A", "on", "2026-09", 1, NULL, false}, {"hp/B", "on", "2026-10", 1, NULL, false}},
     {{0}},
     "figures:p:2026-10:hp/A | figures_missing warning open +1\n"},
};

/* Those of reports and events are another test's. */
static bool is_ours(const struct alert *alert)
{
    return (alert->kind >= ALERT_KPI_AT_RISK && alert->kind <= ALERT_FIGURES_MISSING) ||
           !strncmp(alert->key, "backlog:", 8);
}

static const char *alerts_text(const struct alerts *alerts, struct text *out)
{
    for (size_t i = 0; i < alerts->n; i++) {
        const struct alert *one = alerts->list[i];
        if (is_ours(one))
            text_addf(out, "%s | %s %s %s %s\n", one->key, alert_kind_name(one->kind),
                      alert_severity_name(one->severity), alert_state_name(one->state),
                      one->rung ? one->rung : "-");
    }
    return text_str(out);
}

static void alerts_follow(void **state)
{
    struct alert_desk *desk = *state;
    size_t wrong = 0;
    for (size_t i = 0; i < sizeof situations / sizeof *situations; i++) {
        const struct situation *one = &situations[i];
        auto_text found = {0};
        alert_desk_set(desk, &(struct alert_case){.rows = one->rows,
                                                  .at = one->at,
                                                  .first_day = one->first_day,
                                                  .answered = one->answered,
                                                  .n_answered = 2,
                                                  .figures = one->figures});
        if (strcmp(alerts_text(desk->alerts, &found), one->expected) != 0) {
            print_error("%s:\n%sinstead of\n%s", one->name, text_str(&found), one->expected);
            wrong++;
        }
        alert_desk_clear(desk);
    }
    assert_int_equal(wrong, 0);
}

/* ---- no flapping ---- */

/* A figure that has not stood for half an hour yet may be a slip of the keyboard. */
static void told_when_figures_have_stood(void **state)
{
    static const struct {
        const char *at;
        bool told;
    } moments[] = {{"2026-11-18T09:10", false}, {"2026-11-18T09:29", false}, {"2026-11-18T09:30", true}};
    struct alert_desk *desk = *state;
    struct alert_settings settings = alert_desk_settings();
    for (size_t i = 0; i < sizeof moments / sizeof *moments; i++) {
        const struct alert_figure figures[] = {BOTH_SENT, NOV("hp/A", 10, 7, "2026-11-18T09:00"), {0}};
        alert_desk_set(desk,
                       &(struct alert_case){
                           .rows = MONTHLY, .at = moments[i].at, .first_day = FIRST, .figures = figures});
        const struct alert *alert = alerts_find(desk->alerts, "p:k#m:2026-11:hp/A");
        assert_non_null(alert);
        assert_int_equal(alert_may_tell(alert, desk->rulebook->workdays, &settings, desk->now),
                         moments[i].told);
        assert_true(moments[i].told || desk->alerts->next_change == alert_instant("2026-11-18T09:30"));
        alert_desk_clear(desk);
    }
}

/* However often it swings about the target: what would be told is one and the same notice. */
static void swings_are_one_notice(void **state)
{
    static const struct {
        const char *at;
        int on;
        const char *rung; /* NULL: no alert */
    } steps[] = {
        {"2026-11-17T10:00", 7, "half"}, {"2026-11-18T10:00", 8, NULL},   {"2026-11-19T10:00", 7, "half"},
        {"2026-11-20T10:00", 9, NULL},   {"2026-11-23T10:00", 6, "half"}, {"2026-11-25T10:00", 6, "-3"},
        {"2026-11-26T10:00", 8, NULL},   {"2026-11-27T10:00", 7, "-3"},
    };
    struct alert_desk *desk = *state;
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        const struct alert_figure figures[] = {
            BOTH_SENT, NOV("hp/A", 10, steps[i].on, "2026-11-16T09:00"), {0}};
        alert_desk_set(desk, &(struct alert_case){
                                 .rows = MONTHLY, .at = steps[i].at, .first_day = FIRST, .figures = figures});
        const struct alert *alert = alerts_find(desk->alerts, "p:k#m:2026-11:hp/A");
        assert_int_equal(alert != NULL, steps[i].rung != NULL);
        if (alert)
            assert_string_equal(alert->rung, steps[i].rung);
        alert_desk_clear(desk);
    }
}

/* ---- resolved ---- */

static struct notice told_of(const char *alert, const char *kind, const char *at)
{
    return (struct notice){.alert = alert,
                           .kind = kind,
                           .rung = "once",
                           .unit = "hp/A",
                           .channel = "stream",
                           .severity = "warning",
                           .title = "T",
                           .body = "B",
                           .told_at = alert_instant(at)};
}

static void what_was_told_and_is_no_more_is_resolved(void **state)
{
    struct alert_desk *desk = *state;
    const struct notice list[] = {
        told_of("figures:p:2026-10:hp/A", "figures_missing", "2026-11-25T07:30"),
        told_of("p:k#m:2026-10:hp/A", "kpi_missed", "2026-11-03T07:30"),
        told_of("p:k#m:2026-11:hp/A", "kpi_at_risk", "2026-11-17T07:30"),
        told_of("p:k#m:2026-11:hp/A", "kpi_missed", "2026-12-01T07:30"),
        told_of("p:k#m:2026-11:hp/B", "kpi_missed", "2026-12-01T07:30"),
        told_of("p:r:2026-11:hp/A@hanchot", "due_soon", "2026-12-01T07:30"),
    };
    const struct notice *sorted[6];
    for (size_t i = 0; i < 6; i++)
        sorted[i] = &list[i];
    const struct notices notices = {.list = list, .n = 6, .sorted = sorted};
    const struct alert_figure figures[] = {
        NOV("hp/A", 10, 9, "2026-12-02T08:00"), NOV("hp/B", 10, 7, "2026-11-30T08:00"), {0}};
    auto_text found = {0};
    alert_desk_set(desk, &(struct alert_case){.rows = MONTHLY,
                                              .at = "2026-12-04T09:00",
                                              .first_day = FIRST,
                                              .figures = figures,
                                              .notices = &notices});
    assert_string_equal(alerts_text(desk->alerts, &found),
                        "figures:p:2026-10:hp/A | figures_missing info resolved -\n"
                        "p:k#m:2026-11:hp/A | kpi_missed info resolved -\n"
                        "p:k#m:2026-11:hp/B | kpi_missed warning open once\n");
    alert_desk_clear(desk);
}

/* ---- words ---- */

static const struct wording {
    const char *key;
    enum lang lang;
    const char *title, *body;
} wordings[] = {
    {"p:k#m:2026-11:hp/A", LANG_VI, "Có nguy cơ không đạt chỉ tiêu tháng 11/2026: Online share",
     "Đang là 70,5 %, phải đạt ít nhất 80 %; 95 x tới đều phải đạt. Dòng k, Kế hoạch. Xem: hanchot "
     "explain "
     "p:k#m --period 2026-11 --unit hp/A"},
    {"p:k#m:2026-11:hp/A", LANG_EN, "KPI of November 2026 at risk: Online share",
     "It stands at 70.5 %, the target is at least 80 %; the next 95 must all meet it. Row k, Kế hoạch. See: "
     "hanchot explain p:k#m --period 2026-11 --unit hp/A"},
    {"p:k#m:2026-11:hp/B", LANG_VI, "Số liệu tháng 11/2026 không đúng: Online share",
     "tử số 11 lớn hơn mẫu số 10. Dòng k, Kế hoạch. Xem: hanchot explain p:k#m --period 2026-11 --unit hp/B"},
    {"figures:p:2026-10:hp/A", LANG_VI, "Chưa gửi đủ số liệu tháng 10/2026: on, all (mới có một phần)",
     "Chờ đến 24/11/2026. Kế hoạch. on: Online; all: All. Gửi: hanchot ingest TỆP"},
    {"to:p:figures:2026-10:hp/C", LANG_VI, "2 đơn vị chưa gửi đủ số liệu tháng 10/2026", "A, B. Kế hoạch."},
    {"to:p:figures:2026-10:hp/C", LANG_EN, "2 units have not sent their figures of October 2026",
     "A, B. Kế hoạch."},
};

static void said_in_both_languages(void **state)
{
    struct alert_desk *desk = *state;
    const struct alert_figure figures[] = {NOV("hp/A", 200, 141, "2026-11-20T08:00"),
                                           NOV("hp/B", 10, 11, "2026-11-20T08:00"),
                                           {"hp/A", "all", "2026-10-05", 3, NULL, false},
                                           {0}};
    alert_desk_set(
        desk, &(struct alert_case){
                  .rows = WITH_REPORT, .at = "2026-11-25T09:00", .first_day = FIRST, .figures = figures});
    for (size_t i = 0; i < sizeof wordings / sizeof *wordings; i++) {
        struct alert_settings settings = alert_settings_default;
        settings.lang = wordings[i].lang;
        struct standings *standings =
            standings_new(desk->outlook, desk->figures, desk->outlook->today, settings.lang);
        struct alerts *alerts =
            alerts_new(desk->outlook, standings, desk->replies, NULL, desk->now, &settings, NULL);
        const struct alert *alert = alerts_find(alerts, wordings[i].key);
        assert_non_null(alert);
        assert_string_equal(alert->title, wordings[i].title);
        assert_string_equal(alert->body, wordings[i].body);
        alerts_free(alerts);
        standings_free(standings);
    }
    alert_desk_clear(desk);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(alerts_follow),          cmocka_unit_test(told_when_figures_have_stood),
        cmocka_unit_test(swings_are_one_notice),  cmocka_unit_test(what_was_told_and_is_no_more_is_resolved),
        cmocka_unit_test(said_in_both_languages),
    };
    return cmocka_run_group_tests_name("alerts of figures", tests, alert_desk_setup, alert_desk_teardown);
}
