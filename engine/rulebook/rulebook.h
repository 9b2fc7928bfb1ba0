/* rulebook: what all rule files together say. Whole and valid, or not there at all.
 *
 * Loaded once into an arena and never changed afterwards, so that threads may share it. All texts are NFC.
 * The words that make it are described in docs/rule-language.md; the meanings of plans' time words in
 * CONTRACT's table there. */
#ifndef HANCHOT_RULEBOOK_RULEBOOK_H
#define HANCHOT_RULEBOOK_RULEBOOK_H

#include "base/faults.h"
#include "base/files.h"
#include "time/period.h"
#include "time/workdays.h"

#include <stdint.h>

/* Where a definition stands. */
struct source {
    const char *file;
    int line;
};

/* ---- offices ---- */

struct attribute {
    const char *name, *value;
};

struct unit {
    const char *id;   /* "haiphong/PC06" */
    const char *code; /* "PC06" */
    const char *title;
    const char *note;        /* or NULL */
    const char *heir_id;     /* who takes over, as the rules name it, or NULL */
    const struct unit *heir; /* the same; succession.h says from when on */
    const char *was;         /* old id, or NULL */
    const struct org *org;
    int from_day, until_day; /* DAY_NONE where open */
    bool outside;            /* only receives or coordinates; never leads */
    const struct attribute *attributes;
    size_t n_attributes;
    size_t number; /* position in rulebook->units */
    struct source at;
};

/* A set of units in the rulebook's order, each once. */
struct units {
    const struct unit *const *at;
    size_t n;
};

struct group {
    const char *name;
    struct units units;
};

struct org {
    const char *id, *title;
    struct units units; /* outside offices not among them */
    struct units outside;
    const struct group *groups;
    size_t n_groups;
    struct source at;
};

/* ---- when ---- */

enum timing_kind {
    TIMING_NONE,
    TIMING_BY_DATE_BEFORE,
    TIMING_ON_DATE,
    TIMING_MONTH,
    TIMING_QUARTER,
    TIMING_HALF,
    TIMING_YEAR,
    TIMING_PERIOD_RANGE,
    TIMING_PERIODIC,
    TIMING_EVENT_RELATIVE,
    TIMING_EXTERNAL_SCHEDULE,
    TIMING_ON_REQUEST,
    TIMING_ONGOING,
};
/* "by_date_before", as the JSON of items has it. */
const char *timing_kind_name(enum timing_kind kind);

/* One dated turn of a duty. */
struct turn {
    const char *label; /* the period of the occurrence's id */
    int opens;         /* first day of its window, or DAY_NONE */
    int due;
    bool assumed; /* the plan names no day; the period's end was taken */
};

struct event {
    const char *name, *title, *note;
    const struct plan *plan;
    bool by_unit, repeats;
    struct source at;
};

enum trigger_kind { TRIGGER_EVENT, TRIGGER_DONE_OF, TRIGGER_ALL_OF, TRIGGER_ANY_OF };
/* What starts an event-relative deadline. */
struct trigger {
    enum trigger_kind kind;
    const struct event *event;       /* TRIGGER_EVENT */
    const struct item *item;         /* TRIGGER_DONE_OF */
    const struct trigger *const *of; /* TRIGGER_ALL_OF, TRIGGER_ANY_OF */
    size_t n;
};

enum limit_unit {
    LIMIT_DAYS,     /* calendar days; an end on a day off runs to the next working day */
    LIMIT_WORKDAYS, /* working days */
    LIMIT_AT_ONCE,  /* first working day after the event */
    LIMIT_NO_DAY, /* opens the duty, gives no due day (after, schedule and request until a record sets one) */
};

struct timing {
    enum timing_kind kind;
    const struct turn *turns; /* fixed and periodic dates; the unlabelled one-off has the plan's period */
    size_t n_turns;
    const struct trigger *trigger; /* EVENT_RELATIVE, EXTERNAL_SCHEDULE, ON_REQUEST */
    enum limit_unit limit;
    int n;              /* of LIMIT_DAYS and LIMIT_WORKDAYS */
    int from;           /* ONGOING: standing from this day, or DAY_NONE */
    const char *why;    /* NONE: why there is no date */
    const char *covers; /* every(): which span a report is about, or NULL */
    struct source at;
};

/* ---- rows ---- */

enum item_kind { ITEM_TASK, ITEM_REPORT, ITEM_MEETING, ITEM_SECTION, ITEM_LOST };
const char *item_kind_name(enum item_kind kind); /* "task" ... */

/* How far before act_by to remind, and so on: n working or calendar days. */
struct lead_time {
    int n;
    bool workdays;
};

struct escalation {
    struct lead_time after;
    struct units to;
};

/* One thing to do at one kind of time: the row itself, or a named part of it. Everything it inherits from its
 * row stands here. */
struct duty {
    const struct item *item;
    const char *part; /* NULL: the row itself */
    enum item_kind kind;
    bool checkpoint; /* made by span(): the yearly marks on the way to its last day */
    const char *title;
    const char *text; /* the plan's timing words, or NULL */
    const char *via, *product, *form, *note, *lead_text, *with_text;
    const char *no_lead; /* unknown "why": the plan's lead cannot be read; lead is empty then */
    struct units lead;   /* one occurrence each, or joint */
    bool joint;          /* together { … }: one occurrence, lead.at[0] answers for it */
    struct units with, to;
    struct timing timing;
    const struct lead_time *remind; /* NULL: the default ladder */
    size_t n_remind;
    struct lead_time overdue;   /* n 0: the default */
    struct escalation escalate; /* to.n 0: none */
    const struct era *eras;     /* other offices in place of these as years go by: succession.h */
    size_t n_eras;
    struct source at;
};

struct item {
    const struct plan *plan;
    const char *ref;
    const char *was; /* or NULL */
    enum item_kind kind;
    const char *title;                                         /* of a lost row: why it is lost */
    const char *text, *product, *form, *lead_text, *with_text; /* as the row has them, or NULL */
    const struct duty
        *duties; /* none for sections and lost rows; the row's own first, unless all its dates are in parts */
    size_t n_duties;
    const char *const *see;
    size_t n_see;
    const struct item *const *also;
    size_t n_also;
    const struct kpi *const *kpis; /* those of this ref, wherever they are written */
    size_t n_kpis;
    const char *note;
    struct source at;
    size_t number; /* position in its plan */
};

/* ---- figures ---- */

struct metric {
    const char *name, *title, *counted_in, *note;
    bool stock;                         /* over_time = "last": not summed over months */
    int decimals;                       /* 0-4 */
    const struct metric *const *equals; /* this = their sum */
    size_t n_equals;
    const struct metric *never_above; /* or NULL */
    size_t number;
    struct source at;
};

/* A sum of metrics; most often one. */
struct operand {
    const struct metric *const *metrics;
    size_t n;
};

enum measure_kind {
    MEASURE_RATIO,
    MEASURE_COUNT, /* and sum */
    MEASURE_AVERAGE,
    MEASURE_LARGEST,
    MEASURE_CHANGE,
    MEASURE_REDUCTION,
    MEASURE_UNITS_WITH,
    MEASURE_ON_TIME,
    MEASURE_FUNCTION,
};
struct measure {
    enum measure_kind kind;
    struct operand top, bottom;      /* bottom: ratio, average */
    struct period from;              /* change, reduction */
    const struct item *const *items; /* on_time */
    size_t n_items;
    int function;  /* registry reference in rulebook_box, MEASURE_FUNCTION */
    uint64_t code; /* its words as one number: neither blanks, comments nor the place count; else 0 */
    struct source at;
};

/* Exact decimal: value = scaled / 10^4. */
#define NUMBER_SCALE 10000
struct number {
    int64_t scaled;
};

enum target_op { TARGET_NONE, TARGET_AT_LEAST, TARGET_AT_MOST, TARGET_EXACTLY };
enum target_form { FORM_FIXED, FORM_BY_ATTRIBUTE, FORM_STEPS };
struct target_case {
    const char *value;    /* BY_ATTRIBUTE: the attribute's value, NULL for default */
    struct period period; /* STEPS: from the first day of this period */
    struct number number;
};
struct target {
    enum target_op op;
    enum target_form form;
    const char *attribute;           /* BY_ATTRIBUTE */
    const struct target_case *cases; /* FIXED has one */
    size_t n_cases;
    const char *unit; /* "%", "phút", … or NULL */
    const char *why;  /* TARGET_NONE */
};

struct kpi {
    const struct plan *plan;
    const struct item *item; /* the row of its ref, or NULL for a section of prose */
    const char *id;          /* "haiphong-2026:7.2.3#online" */
    const char *ref, *slug, *title, *text, *note;
    struct units lead;     /* one verdict each; empty with across */
    struct units across;   /* one verdict over all */
    enum period_kind each; /* PERIOD_SPAN: once, over its window */
    struct period over;    /* the window; the plan's period by default */
    int due;               /* when judged */
    struct measure measure;
    struct target target;
    const struct metric *waive_below; /* or NULL */
    const char *waive_why;
    struct source at;
};

/* ---- scorecards ---- */

/* One line of a scorecard. Its points are taken as published, or computed from a rate. */
struct score_part {
    const char *id, *title, *note;
    struct number most;
    const struct metric *points, *percent; /* published: points, or the percentage of `most`; or NULL */
    const struct kpi *rate;                /* computed: what measure_take() needs; else NULL */
    struct number full_at;                 /* percent: from this rate on all points */
    struct source at;
};

struct grade {
    struct number least; /* points, from which it holds */
    const char *name;
};

struct scorecard {
    const char *id, *title, *note;
    const struct org *org;
    struct units lead;
    enum period_kind each; /* WEEK to YEAR */
    const struct score_part *parts;
    size_t n_parts;
    struct number most;         /* of all parts */
    const struct metric *total; /* as published, or NULL */
    const struct grade *grades; /* the highest first */
    size_t n_grades;
    struct source at;
};

/* ---- plans ---- */

struct plan {
    const char *id, *title, *number, *note, *was;
    const struct org *org;
    int issued, ended; /* ended: DAY_NONE unless said */
    struct period period;
    const struct group *groups; /* its own; those of its org hold beside them */
    size_t n_groups;
    const struct item *items;
    size_t n_items;
    const struct kpi *kpis;
    size_t n_kpis;
    const struct event *events;
    size_t n_events;
    size_t position; /* in rulebook->plans */
    const char *file;
    struct source at;
};

/* ---- the rule files' own tests ---- */

enum given_kind { GIVEN_OCCURRED, GIVEN_FINISHED, GIVEN_FIGURE };
struct given {
    enum given_kind kind;
    const struct event *event;
    const struct item *item; /* FINISHED; OCCURRED with ref, else NULL */
    const char *part;        /* FINISHED of "REF#part", or NULL */
    const struct metric *metric;
    struct period period; /* FIGURE */
    const char *label;    /* FINISHED */
    int day, due;         /* due: DAY_NONE unless given */
    struct number value;
};
struct expectation {
    const struct item *item; /* or */
    const struct kpi *kpi;
    const char *part, *period, *state; /* NULL: not looked at */
    const struct unit *unit;           /* NULL: the test's */
    bool has_due, absent, has_act_by, has_late, has_provisional, has_value;
    int due, act_by; /* due DAY_NONE with has_due: no day */
    bool late, provisional;
    struct number value;
    struct source at;
};
struct rule_test {
    const char *name;
    const struct plan *plan;
    const struct unit *unit;
    int64_t at_instant;
    const struct given *given;
    size_t n_given;
    const struct expectation *expect;
    size_t n_expect;
    struct source at;
};

/* ---- the whole ---- */

struct rulebook {
    struct arena *arena;
    const struct org *orgs;
    size_t n_orgs;
    struct units units; /* of all orgs; outside offices last */
    const struct metric *metrics;
    size_t n_metrics;
    const struct plan *plans; /* in name order of their files */
    size_t n_plans;
    const struct scorecard *scorecards; /* as the files have them */
    size_t n_scorecards;
    const struct rule_test *tests;
    size_t n_tests;
    struct workdays *workdays;
    struct box *box;     /* lives on only where a KPI is a function */
    struct files *files; /* what it was made of, for rulebook_files_take(); else NULL */
};

struct rulebook_paths {
    const char *rules, *calendars; /* folders */
};

/* Loads everything fresh. NULL after any fault; warnings alone do not stop it. Missing folders are faults.
 * Files are read once; exactly the bytes read are scanned and run. */
MUST_CHECK struct rulebook *rulebook_load(const struct rulebook_paths *paths, struct faults *faults);
/* The same, with the bytes of all files that were read at hand: see rulebook_files_take(). */
MUST_CHECK struct rulebook *rulebook_load_noted(const struct rulebook_paths *paths, struct faults *faults);
/* Hands over what rulebook_load_noted() read, once; then NULL. */
struct files *rulebook_files_take(struct rulebook *rulebook);
/* The same from such bytes, which stand for all that the folders hold. Places of rules and faults are named
 * as if they stood there. */
MUST_CHECK struct rulebook *rulebook_load_copy(const struct rulebook_paths *paths, const struct files *copy,
                                               struct faults *faults);
/* The same with files that lie elsewhere, each in place of the folder's file of that name, or besides. */
MUST_CHECK struct rulebook *rulebook_load_drafts(const struct rulebook_paths *paths,
                                                 const char *const *drafts, size_t n_drafts,
                                                 struct faults *faults);
/* The same, but after faults what is left of the rules without the files that have them, and without those
 * that need these; with nothing left, the calendar alone. NULL: not even that. */
MUST_CHECK struct rulebook *rulebook_load_sound(const struct rulebook_paths *paths, struct faults *faults);
void rulebook_free(struct rulebook *rulebook);

const struct plan *rulebook_plan(const struct rulebook *rulebook, const char *id);
const struct unit *rulebook_unit(const struct rulebook *rulebook, const char *id);
const struct metric *rulebook_metric(const struct rulebook *rulebook, const char *name);
const struct scorecard *rulebook_scorecard(const struct rulebook *rulebook, const char *id);
const struct item *plan_item(const struct plan *plan, const char *ref);
const struct event *plan_event(const struct plan *plan, const char *name);
/* The plan is that of the unit's org, or gives it something to do. */
bool plan_concerns(const struct plan *plan, const struct unit *unit);
bool units_have(const struct units *units, const struct unit *unit);
const char *unit_attribute(const struct unit *unit, const char *name); /* or NULL */

#endif
