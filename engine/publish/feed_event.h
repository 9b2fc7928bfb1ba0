/* feed_event: the inside of the feed room: whom an event tells of, what a person reads in it, when that
 * changed, and how it is written as iCalendar. Only the feed_*.c files include it.
 *
 *   feed.c            which events a feed has
 *   feed_event.c      what an event says
 *   feed_checkpoint.c which targets are judged together, and when that changed
 *   feed_verdict.c    what an event says of them
 *   feed_hash.c       what of it comes from the rules, as one number
 *   feed_stamp.c      when it changed
 *   feed_ical.c       its bytes; alone knows libical */
#ifndef HANCHOT_PUBLISH_FEED_EVENT_H
#define HANCHOT_PUBLISH_FEED_EVENT_H

#include "evaluate/kpi.h"
#include "publish/feed.h"

/* ---- whom an event tells of ---- */

/* One occurrence, or all of a gathering. Such an event looks the same in every feed that has it. */
struct feed_subject {
    const char *id; /* its UID without "@hanchot" */
    const struct duty *duty;
    const char *label;
    const struct occurrence *first; /* the n occurrences that it tells of */
    size_t n;
    const struct occurrence
        *shown; /* the one whose day it stands on; NULL: none has a day, and there is no event */
    bool gathered;
    size_t done, cancelled;
    enum state state;
};

struct feed_subject feed_subject_own(const struct occurrence *occurrence);
struct feed_subject feed_subject_gathered(const struct gathering *gathering);

#define FEED_UID_END "@hanchot"

/* KPIs of one plan that are judged for one period on one day. */
struct feed_checkpoint {
    const struct plan *plan;
    struct period period;
    int day;                       /* the last one before they are judged */
    const struct kpi *apart;       /* judged before the period's end, so told by itself; or NULL */
    const struct kpi *const *kpis; /* in the plan's order */
    const uint64_t *hashes;        /* of each what it shows of the rules */
    size_t n;
};

/* All of a rulebook, by plan, day, period. With settings NULL they have no hashes. */
struct feed_checkpoints {
    struct arena *arena;
    const struct feed_checkpoint *list;
    size_t n;
};
struct feed_checkpoints *feed_checkpoints_new(const struct rulebook *rulebook,
                                              const struct feed_settings *settings);
void feed_checkpoints_free(struct feed_checkpoints *checkpoints);

/* "haiphong-2026:#kpi:2026-10:haiphong/PC06"; unit NULL: of everybody. No ref is empty, so no occurrence has
 * such an id. */
const char *feed_checkpoint_id(const struct feed_checkpoint *checkpoint, const struct unit *unit,
                               struct arena *arena);
/* Whether the unit is told of this KPI in a checkpoint; with unit NULL everybody is. */
bool feed_checkpoint_has(const struct kpi *kpi, const struct unit *unit);

/* The id of a listed day, "holiday-2026-11-24". */
#define FEED_HOLIDAY_ID_SIZE 32
const char *feed_holiday_id(const struct workday_note *note, char buf[FEED_HOLIDAY_ID_SIZE]);

/* ---- when it changed ---- */

struct instants {
    int64_t *at;
    size_t n, cap;
};
void instants_fini(struct instants *instants);
#define auto_instants __attribute__((cleanup(instants_fini))) struct instants

/* When what a checkpoint shows changed: intakes with figures of its KPIs and period, each once; progress,
 * where a KPI counts it; the midnights on which it began, was judged or another step of a path was reached.
 */
struct instants feed_checkpoint_instants(const struct feed_checkpoint *checkpoint, const struct unit *unit,
                                         const struct outlook *outlook, const struct figures *figures);

struct feed_change {
    int64_t modified; /* LAST-MODIFIED and DTSTAMP */
    int sequence;
};

/* stamp may be NULL: never edited. */
struct feed_change feed_subject_change(const struct feed_subject *subject, const struct stamp *stamp);
struct feed_change feed_checkpoint_change(const struct feed_checkpoint *checkpoint,
                                          const struct instants *instants, const struct stamp *stamp);
struct feed_change feed_holiday_change(const struct workday_note *note, const struct stamp *stamp);
int64_t
feed_plan_start(const struct plan *plan); /* 08:00 on its issue: before that nothing can have changed */

/* ---- what a person reads ---- */

enum feed_status { FEED_STATUS_OPEN, FEED_STATUS_PARTLY, FEED_STATUS_DONE, FEED_STATUS_CANCELLED };

#define FEED_ALARMS 2
/* Texts are cleared and filled again for the next event. */
struct feed_event {
    struct text uid, summary, description, url; /* url is empty where there is none */
    struct text alarm;                          /* what the alarms say */
    struct text categories[2];
    const char *color; /* a name of CSS */
    enum feed_status status;
    int priority;            /* 0: none */
    int day;                 /* the day it stands on: DTSTART, or DUE of a to-do */
    int days;                /* that an event lasts */
    int percent;             /* done, rounded down */
    int done_on;             /* FEED_STATUS_DONE */
    int alarms[FEED_ALARMS]; /* days on which to remind at 08:00, the important first */
    size_t n_alarms;
    struct feed_change change;
    uint64_t steps; /* that functions of KPIs took */
};

void feed_event_fini(struct feed_event *event);
void feed_event_clear(struct feed_event *event);
/* Everything but the change. */
void feed_event_fill(struct feed_event *event, const struct feed_subject *subject,
                     const struct workdays *workdays, const struct feed_settings *settings);
void feed_event_fill_holiday(struct feed_event *event, const struct workday_note *note, enum lang lang);

/* Of a checkpoint, everything but the change. changed: its last instant, or INT64_MIN. False: it has no place
 * in a feed: no KPI applies to the unit, or all was judged long ago. */
MUST_CHECK bool feed_event_fill_checkpoint(struct feed_event *event, const struct feed_checkpoint *checkpoint,
                                           const struct unit *unit, const char *id,
                                           const struct outlook *outlook, const struct figures *figures,
                                           const struct feed_settings *settings, int64_t changed);

/* The lines of a description that the duty gives: the same for all its occurrences, as long as the same
 * offices stand for its parties. */
void feed_duty_lines(struct text *out, const struct occurrence *occurrence, enum lang lang);
/* On which days to remind of an occurrence; how many. */
size_t feed_alarm_days(const struct occurrence *occurrence, const struct workdays *workdays,
                       int days[FEED_ALARMS]);
/* What started the occurrence's time, in words of the rules: the event's title, or its name when no rule
 * declares it. */
const char *feed_fact_title(const struct duty *duty, const struct event_fact *fact);
/* A colour of its own for each plan, that no other plan changes. */
const struct feed_color *feed_plan_color(const struct plan *plan);

/* ---- what of it comes from the rules ---- */

/* All that an event shows of rules, calendars, templates and settings, and nothing that progress or the day
 * alters. */
struct feed_hashing {
    const struct feed_settings *settings;
    const struct workdays *workdays;
    /* What the next occurrence may have in common with the last; zero at the start. */
    const struct occurrence *last;
    uint64_t duty_hash, days_hash;
};
uint64_t feed_occurrence_hash(struct feed_hashing *hashing, const struct occurrence *occurrence);
uint64_t feed_kpi_hash(const struct kpi *kpi, const struct feed_settings *settings);
/* What is told of the checkpoint to everybody and, into of_units by unit->number, to each that leads one of
 * its KPIs; they are 0 before, and stay so for the others. */
uint64_t feed_checkpoint_hash(const struct feed_checkpoint *checkpoint, uint64_t *of_units);
uint64_t feed_holiday_hash(const struct workday_note *note, const struct feed_settings *settings);
/* The records that the occurrence's days rest on: when these differ, other days are no edit. */
uint64_t feed_facts_hash(const struct occurrence *occurrence);

/* ---- its bytes ---- */

struct feed_head {
    const char *name;        /* at most 60 characters, no comma, semicolon or backslash */
    const char *description; /* the same, any length */
    const char *url;         /* or NULL */
    const struct feed_color *color;
};

void feed_ical_begin(struct text *out, const struct feed_head *head);
void feed_ical_add(struct text *out, const struct feed_event *event, struct feed_variant variant);
void feed_ical_end(struct text *out);

#endif
