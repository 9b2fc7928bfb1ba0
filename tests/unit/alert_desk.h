/* alert_desk: a small plan, what was told of it and answered, and the alerts that follow. */
#ifndef HANCHOT_TESTS_ALERT_DESK_H
#define HANCHOT_TESTS_ALERT_DESK_H

#include "alert/alerts.h"
#include "rules_home.h"

struct alert_told {
    const char *occurrence, *action, *on, *at; /* progress; on: its day */
};

struct alert_answered {
    const char *alert, *kind, *due, *until, *at; /* until NULL: ack */
};

struct alert_figure {
    const char *unit, *metric, *period; /* "hp/A" */
    int value;
    const char *at; /* when it came; NULL: 2026-11-01T08:00 */
    bool sample;
};

struct alert_desk {
    struct rules_home home;
    struct rulebook *rulebook;
    struct facts *facts;
    struct outlook *outlook;
    struct figures *figures;
    struct standings *standings; /* NULL: no figures were given */
    struct replies *replies;
    struct notices *notices; /* nothing told */
    struct alerts *alerts;
    int64_t now;
};

/* cmocka's group setup and teardown. */
int alert_desk_setup(void **state);
int alert_desk_teardown(void **state);

/* What is told of the plan "p" of rules_home_head. */
struct alert_case {
    const char *rows, *at;
    const char *first_day, *closed; /* or NULL */
    const struct alert_told *told;  /* ends with an empty one */
    size_t n_told;
    const struct alert_answered *answered;
    size_t n_answered;
    bool resolved;
    const struct alert_figure *figures; /* ends with an empty one; or NULL */
    const struct notices *notices;      /* what was told, for those that were resolved; or NULL */
};
void alert_desk_set(struct alert_desk *desk, const struct alert_case *one);
void alert_desk_clear(struct alert_desk *desk);
/* Settings in English. */
struct alert_settings alert_desk_settings(void);
int64_t alert_instant(const char *text);
int alert_day(const char *text); /* NULL: DAY_NONE */

#define NOVEMBER                                                                                             \
    "report \"r\" { title = \"Report\", lead = \"A\", due = every(\"month\", { before_day = 25, "            \
    "from = \"2026-11\" }) }"
#define REPORT_TO_C                                                                                          \
    "report \"r\" { title = \"Report\", lead = { \"A\", \"B\", \"C\" }, to = { \"C\", \"BCA\" }, due = on "  \
    "\"2026-12-10\" }"
#define ESCALATED                                                                                            \
    "task \"t\" { title = \"Task\", lead = \"A\", due = by \"2026-12-10\", remind = { workdays(5), "         \
    "days(12) }, overdue = workdays(3), escalate = { after = workdays(2), to = \"C\" } }"
#define KEY "p:r:2026-11:hp/A@hanchot"
#define ACK_SOON                                                                                             \
    {                                                                                                        \
        KEY, "due_soon", "2026-11-24", NULL, "2026-11-20T09:00"                                              \
    }
#define FIRST      "2026-01-07"
#define SOON(rung) KEY " | due_soon " rung "\n"

#endif
