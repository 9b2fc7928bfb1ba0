/* alerts: what people must be told now, and how it stands: a pure function of outlook, standings of KPIs,
 * replies, faults and now.
 *
 * An alert lives as long as its cause: it opens with the first rung of its ladder (alert/ladder.h), rises
 * from due_soon to overdue and in severity, and is resolved when the duty is done or cancelled. Closed plans
 * are silent. What was due before the ledger's first day is one alert per unit (key "backlog:<unit>"). Alerts
 * go to leads; an office that receives what others owe gets one for all of them (key
 * "to:<gathering>:<unit>").
 *
 * A KPI at risk or missed has the key "<kpi-id>:<period>:<unit>" ("all" where one verdict is over all), and
 * so has one whose figures cannot be right; figures that were not sent are one alert for an office, plan and
 * period ("figures:<plan>:<period>:<unit>"): see verdicts.c and missing.c for when they are told. Samples
 * are no figures here.
 *
 * A mail server or webhook that takes nothing is one for those who run hanchot ("delivery:mail:<day>",
 * "delivery:webhook:<name>:<day>"): see failing.h.
 *
 * A reply holds until the kind rises, the day moves or the duty is opened again; a snooze, until its time at
 * the latest. */
#ifndef HANCHOT_ALERT_ALERTS_H
#define HANCHOT_ALERT_ALERTS_H

#include "evaluate/standings.h"
#include "ledger/notices.h"
#include "ledger/replies.h"

/* In the order in which they rise. */
enum alert_kind {
    ALERT_DUE_SOON,
    ALERT_OVERDUE,
    ALERT_KPI_AT_RISK,
    ALERT_KPI_MISSED,
    ALERT_FIGURES_MISSING,
    ALERT_EVENT_MISSING,
    ALERT_RULE_FAULT,
    ALERT_DELIVERY_FAILING,
    ALERT_CALENDAR_PROVISIONAL,
};
const char *alert_kind_name(enum alert_kind kind); /* "due_soon" */
const char *alert_kind_title(enum alert_kind kind, enum lang lang);

enum alert_severity { ALERT_INFO, ALERT_WARNING, ALERT_CRITICAL };
const char *alert_severity_name(enum alert_severity severity); /* "info" */

enum alert_state { ALERT_OPEN, ALERT_ACKED, ALERT_SNOOZED, ALERT_RESOLVED };
const char *alert_state_name(enum alert_state state); /* "open" */
const char *alert_state_title(enum alert_state state, enum lang lang);

struct alert {
    const char *key;
    const char *uid; /* of the occurrence or of what many units lead, with "@hanchot"; or NULL */
    enum alert_kind kind;
    enum alert_severity severity;
    enum alert_state state;
    const char *unit; /* who is told; NULL: those who run hanchot */
    const char *title, *body;
    int64_t since; /* when it became what its kind says */
    int due;       /* or DAY_NONE */
    bool due_today;
    const char *rung;          /* what is to be told now, if it was not told yet; NULL: nothing */
    int64_t tell_at;           /* not before this instant */
    const struct units *also;  /* others to be told, or NULL */
    const struct reply *reply; /* the one that holds, or NULL */
};

struct failings;

struct alert_settings {
    enum lang lang;
    int opens, closes;              /* of working hours, in minutes of the day */
    int64_t faults_since;           /* 0: unknown */
    const char *held;               /* why valid rules on disk are held back, or NULL; since faults_since */
    const struct failings *failing; /* mail servers and webhooks that take nothing, or NULL */
};
extern const struct alert_settings alert_settings_default; /* 07:30 - 17:00, Vietnamese */

struct alerts {
    struct arena *arena;
    const struct alert *const *list; /* by day, past ones first; those without a day before all */
    size_t n;
    struct alert *deadlines; /* those of duties: each keeps its place */
    size_t n_deadlines;
    struct alert *others; /* those of anything else */
    size_t n_others;
    int64_t next_change;     /* when the next one opens, rises or is to be told */
    struct keeping *keeping; /* private */
};

/* Borrows from outlook and replies. standings: of the outlook's day, or NULL: nothing of KPIs. faults: of
 * rules on disk that are not in use, or NULL. resolved: what was told, to have those too that were resolved
 * during the last 30 days; or NULL. */
struct alerts *alerts_new(const struct outlook *outlook, const struct standings *standings,
                          const struct replies *replies, const struct faults *faults, int64_t now,
                          const struct alert_settings *settings, const struct notices *resolved);
void alerts_free(struct alerts *alerts); /* NULL is fine */

/* Within the outlook's day they can be kept: then they are what alerts_new would give, but that next_change
 * may be earlier.
 *
 * Takes up that replies grew by one to this alert. False: it is no deadline, and alerts_renew takes it up. */
bool alerts_answered(struct alerts *alerts, const char *key, const struct alert_settings *settings,
                     int64_t now);
/* Takes up that time went by and whatever else changed but the outlook: wakes what was put off until now,
 * makes the others anew: pointers to them, and list, are good until then. */
void alerts_renew(struct alerts *alerts, const struct standings *standings, const struct faults *faults,
                  const struct alert_settings *settings, int64_t now);
/* By key, an occurrence's also without "@hanchot". NULL: none. */
const struct alert *alerts_find(const struct alerts *alerts, const char *key);

/* Whether the unit is told of it, itself or beside others. "": those who run hanchot. */
bool alert_concerns(const struct alert *alert, const char *unit);
/* Only on working days in working hours, but what is due today also outside of them. */
bool alert_may_tell(const struct alert *alert, const struct workdays *workdays,
                    const struct alert_settings *settings, int64_t now);
/* The first instant from `from` on that lies in working hours. */
int64_t alert_working_time(const struct workdays *workdays, const struct alert_settings *settings,
                           int64_t from);

/* What will be told. */
struct coming {
    int64_t at;
    const char *unit; /* NULL: those who run hanchot */
    const char *key, *uid, *title, *rung;
    enum alert_kind kind;
    enum alert_severity severity;
};
struct comings {
    struct arena *arena;
    struct coming *list; /* by instant, unit, day */
    size_t n;
};
/* What will be told during the coming 30 days when nothing is done, recorded or answered until then. */
struct comings *alerts_next(const struct outlook *outlook, const struct standings *standings,
                            const struct alerts *alerts, const struct replies *replies,
                            const struct notices *notices, int64_t now,
                            const struct alert_settings *settings);
void comings_free(struct comings *comings);

#endif
