/* feed_event: the inside of the feed room: whom an event tells of, what a person reads in it, when that
 * changed, and how it is written as iCalendar. Only the feed_*.c files include it.
 *
 *   feed.c        which events a feed has
 *   feed_event.c  what an event says
 *   feed_hash.c   what of it comes from the rules, as one number
 *   feed_stamp.c  when it changed
 *   feed_ical.c   its bytes; alone knows libical */
#ifndef HANCHOT_PUBLISH_FEED_EVENT_H
#define HANCHOT_PUBLISH_FEED_EVENT_H

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

/* The id of a listed day, "holiday-2026-11-24". */
#define FEED_HOLIDAY_ID_SIZE 32
const char *feed_holiday_id(const struct workday_note *note, char buf[FEED_HOLIDAY_ID_SIZE]);

/* ---- when it changed ---- */

struct feed_change {
    int64_t modified; /* LAST-MODIFIED and DTSTAMP */
    int sequence;
};

/* stamp may be NULL: never edited. */
struct feed_change feed_subject_change(const struct feed_subject *subject, const struct stamp *stamp);
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
};

void feed_event_fini(struct feed_event *event);
/* Everything but the change. */
void feed_event_fill(struct feed_event *event, const struct feed_subject *subject,
                     const struct workdays *workdays, const struct feed_settings *settings);
void feed_event_fill_holiday(struct feed_event *event, const struct workday_note *note, enum lang lang);

/* The lines of a description that the duty alone gives: the same for all its occurrences. */
void feed_duty_lines(struct text *out, const struct duty *duty, enum lang lang);
/* Where the page of the duty's row is; url is the site's. */
void feed_item_url(struct text *out, const char *url, const struct item *item);
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
uint64_t feed_duty_hash(const struct duty *duty, const struct feed_settings *settings);
uint64_t feed_occurrence_hash(uint64_t duty_hash, const struct occurrence *occurrence,
                              const struct workdays *workdays);
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
