/* words: how the rule language becomes a rulebook. Private to rulebook/.
 *
 * Rule files run once in the box. Every word checks its arguments at once, records faults instead of raising
 * them (so that all faults of all files come together) and leaves a draft behind: the final struct, with
 * names where pointers will be. When all files have run, rulebook.c links the drafts: names become pointers,
 * sets of offices are spelled out. */
#ifndef HANCHOT_RULEBOOK_WORDS_H
#define HANCHOT_RULEBOOK_WORDS_H

#include "rulebook/ahead.h"
#include "rulebook/box.h"
#include "rulebook/rulebook.h"
#include "rulebook/scan.h"

#include <lua.h>

/* Where something is written, as exactly as it is known. */
struct spot {
    const char *file;
    int line, column;
};

/* A name that is looked up when everything is known. */
struct name {
    const char *text;
    struct spot at;
};
struct names {
    struct name *at;
    size_t n;
};

/* Who, as written. */
struct who {
    struct names names;
    bool joint;
    const char *unknown; /* unknown "why" */
};

struct trigger_draft {
    enum trigger_kind kind;
    struct name name;
    struct trigger_draft **of;
    size_t n;
    bool broken; /* its fault is told already */
};

/* What a date word left: fixed days are resolved when the row is defined, for the plan must be known. */
enum when_form {
    WHEN_DAY,
    WHEN_PERIOD,
    WHEN_EVERY,
    WHEN_LISTED,
    WHEN_LAST_WEEK,
    WHEN_EVENT,
    WHEN_STANDING,
    WHEN_NEVER,
    WHEN_BROKEN
};
struct when {
    enum when_form form;
    enum timing_kind kind;
    struct spot at;
    int day;              /* WHEN_DAY */
    struct period period; /* WHEN_PERIOD: its span; WHEN_STANDING: from */
    bool has_period;
    struct { /* WHEN_EVERY */
        enum period_kind unit;
        int before_day, by_day; /* 0: not given */
        int month, mday; /* every("year", { before/by = "15/12" }) as a last admissible day after `strict` */
        bool strict, unstated;
        int only[12];
        size_t n_only;
        struct period from, to;
        bool has_from, has_to;
    } every;
    struct listed {
        struct period period;
        struct when *when;
    } * listed; /* WHEN_LISTED, and WHEN_LAST_WEEK (periods only) */
    size_t n_listed;
    struct trigger_draft *trigger;
    enum limit_unit limit;
    int n;
    const char *why, *covers;
};

struct duty_draft {
    struct duty duty;
    struct who *lead, *with, *to, *except, *escalate_to;
    struct when *when;
    struct spot at;
};

struct operand_draft {
    struct names metrics;
};
struct measure_draft {
    struct measure measure;
    struct operand_draft top, bottom;
    struct names refs;
};
struct kpi_draft {
    struct kpi kpi;
    struct who *lead, *across;
    struct measure_draft *measure;
    struct target *target;
    struct when *due;
    struct name waive_below;
    struct period over;
    bool has_over, nested;
    const char *key; /* "ref#slug", or the slug of one inside its row */
    struct item_draft *row;
    struct spot at;
};

struct item_draft {
    struct item item;
    struct plan_draft *plan;
    VEC(struct duty_draft *) duties;
    struct names also;
    struct spot at;
};

struct group_draft {
    const char *name;
    struct who *members;
    struct spot at;
};
struct group_drafts {
    struct group_draft *at;
    size_t n, cap;
};
struct org_draft {
    struct org org;
    VEC(struct unit *) units;
    struct group_drafts groups;
    struct spot at;
};
struct plan_draft {
    struct plan plan;
    struct name org;
    VEC(struct item_draft *) items;
    VEC(struct kpi_draft *) kpis;
    VEC(struct event *) events;
    struct group_drafts groups;
    struct spot at;
};
struct metric_draft {
    struct metric metric;
    struct operand_draft *equals;
    struct name never_above;
    struct spot at;
};
struct score_part_draft {
    struct score_part part;
    struct name points, percent;
    struct measure_draft *measure;
    struct spot at;
};
struct scorecard_draft {
    struct scorecard scorecard;
    struct name org, total;
    struct who *lead;
    struct number most; /* said, to be held against the parts; 0: not */
    VEC(struct score_part_draft *) parts;
    VEC(struct grade) grades;
    struct spot at;
};
struct given_draft {
    struct given given;
    struct name event, item, metric;
    struct spot at;
};
struct expectation_draft {
    struct expectation expectation;
    struct name ref, kpi, unit;
    struct spot at;
};
struct test_draft {
    struct rule_test test;
    struct name unit, plan;
    struct plan_draft *file_plan;
    VEC(struct given_draft *) given;
    VEC(struct expectation_draft *) expect;
    struct spot at;
};

/* One file while and after it runs. */
struct rule_file {
    const char *name; /* as people name it: "rules/haiphong-2026.lua" */
    struct scan *scan;
    const char *bytes; /* while it runs */
    size_t n_bytes;
    bool api_called;
    unsigned calls; /* of words so far */
    struct plan_draft *plan;
};

/* What a word returned: a Lua value of this kind in a rule table. */
enum value_kind {
    VALUE_WHEN,
    VALUE_WHO,
    VALUE_LEAD_TIME,
    VALUE_TRIGGER,
    VALUE_MEASURE,
    VALUE_OPERAND,
    VALUE_TARGET,
    VALUE_CASES,
    VALUE_PART,
    VALUE_KPI,
    VALUE_GIVEN
};
struct value {
    enum value_kind kind;
    void *data;
    struct spot at;
    bool used;
};

struct words {
    lua_State *L;
    struct box *box;
    struct arena *arena;   /* the rulebook's: texts */
    struct arena *scratch; /* drafts, gone after linking */
    struct faults *faults;
    struct origin origin; /* the folder that is read; of site.lua nothing stands there */
    VEC(struct rule_file *) files;
    struct rule_file *file; /* the one that runs */
    struct ahead *ahead;    /* NULL: files are scanned when they are needed */
    int include_depth;
    VEC(struct org_draft *) orgs;
    VEC(struct plan_draft *) plans;
    VEC(struct metric_draft *) metrics;
    VEC(struct scorecard_draft *) scorecards;
    VEC(struct test_draft *) tests;
    VEC(struct value *)
    loose; /* parts and KPIs: those not used inside a row by the end of the file are judged then */
    VEC(struct name) half_said; /* task "1.2" without its table so far */
    struct workdays *workdays;
    struct site_draft *site; /* site.lua only */
    bool functions;          /* some KPI is a function: the box lives on */
};

/* ---- shared by the rooms of the language (words.c) ---- */

/* A new zeroed slot at the end of a draft's list, in scratch. */
#define draft_push(words, list)                                                                              \
    ((list)->at = draft_room((words), (list)->at, (list)->n, &(list)->cap, sizeof *(list)->at),              \
     &(list)->at[(list)->n++])
void *draft_room(struct words *words, void *at, size_t n, size_t *cap, size_t size);

struct words *words_of(lua_State *L);
struct spot words_spot(struct words *words); /* the rule line that called */
void words_fault(struct words *words, const struct spot *at, const char *vi, const char *en, ...)
    PRINTF_LIKE(3, 5) PRINTF_LIKE(4, 5);
void words_warn(struct words *words, const struct spot *at, const char *vi, const char *en, ...)
    PRINTF_LIKE(3, 5) PRINTF_LIKE(4, 5);
struct source words_source(const struct spot *at);

/* The string at a stack index as NFC in the arena; NULL and a fault when it is not a string or not UTF-8.
 * `what` names it. */
const char *words_string(struct words *words, int index, const struct spot *at, const char *what);
/* A ref, code, slug or id: not empty, no ':' '#' or blank ('#' allowed with_hash). */
bool words_is_id(const char *text, bool with_hash);
MUST_CHECK bool words_number(struct words *words, int index, const struct spot *at, struct number *number);

/* The open list of keys of one table. read gets the value on top of the stack and must leave it there. */
struct key {
    const char *name;
    void (*read)(struct words *words, const struct spot *at, void *into);
    size_t offset;
    bool must;
};
/* Reads the table at the index into *out by its keys. Unnamed elements go to `element` (NULL: a fault).
 * `what` is for faults: 'task "1.2"'. */
void words_table(struct words *words, int index, const struct spot *at, const char *what,
                 const struct key *keys, size_t n_keys, void *out,
                 void (*element)(struct words *words, const struct spot *at, void *into));

void read_text(struct words *words, const struct spot *at, void *into); /* const char * */
void read_title(struct words *words, const struct spot *at,
                void *into); /* const char *, at most 90 characters */
void read_day(struct words *words, const struct spot *at, void *into);  /* int */
void read_bool(struct words *words, const struct spot *at, void *into); /* bool */
void read_int(struct words *words, const struct spot *at, void *into);  /* int */
void read_period(struct words *words, const struct spot *at,
                 void *into); /* struct period; label "" stays when wrong */
void read_name(struct words *words, const struct spot *at, void *into); /* struct name */
void read_names(struct words *words, const struct spot *at,
                void *into);                                            /* struct names: a string or a list */
void read_who(struct words *words, const struct spot *at, void *into);  /* struct who * */
void read_when(struct words *words, const struct spot *at, void *into); /* struct when * */
void read_groups(struct words *words, const struct spot *at, struct group_drafts *groups);

/* The place of a key in the table constructor that starts on at->line; at itself where the text does not
 * tell. */
struct spot words_spot_of_key(struct words *words, const struct spot *at, const char *key);

/* Makes the Lua value of a word's result and leaves it on the stack. */
int words_push(struct words *words, enum value_kind kind, void *data, const struct spot *at);
struct value *words_value(struct words *words, int index); /* NULL: some other Lua value */
/* `word "text" { … }`: the word was called with its text; leaves a function that takes the table. */
int words_curry(lua_State *L, const char *word, lua_CFunction with_table);
/* In with_table: the text given before, and the table must be at index 1 (else a fault and NULL). */
const char *words_curried(struct words *words, const char *word, struct spot *at);

/* The plan of the running file, or NULL and a fault that says that a plan must come first. */
struct plan_draft *words_plan(struct words *words, const struct spot *at, const char *word);
/* Runs a rule file (again a no-op); used by include and by the loader. The name must live as long as the
 * words.
 */
void words_run_file(struct words *words, const char *name, const struct spot *included_at);

/* Frees the box and the drafts; arena and workdays stay. */
void words_fini(struct words *words);

/* ---- the rooms ---- */
void words_add_base(struct words *words);    /* words.c: api include */
void words_add_offices(struct words *words); /* words_offices.c: org together unknown */
void words_add_plan(
    struct words *words); /* words_plan.c: plan event section lost task report meeting part workdays days */
void words_add_when(struct words *words);      /* words_when.c: before by on … undated */
void words_add_figures(struct words *words);   /* words_figures.c: metric kpi measures targets */
void words_add_scorecard(struct words *words); /* words_scorecard.c: scorecard */
void words_add_tests(struct words *words);     /* words_tests.c: test occurred finished figure */
void words_add_calendar(struct words *words);  /* calendar.c: workcalendar */

/* What every(…), month … come to for a plan: turns in the arena, faults for what is impossible. */
void when_resolve(struct words *words, const struct when *when, const struct plan *plan,
                  struct timing *timing);

/* link.c: drafts to rulebook; false after any fault. */
MUST_CHECK bool words_link(struct words *words, struct rulebook *book);

#endif
