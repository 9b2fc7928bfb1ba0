/* link: what the rooms of linking share. Private to rulebook/. */
#ifndef HANCHOT_RULEBOOK_LINK_H
#define HANCHOT_RULEBOOK_LINK_H

#include "rulebook/words.h"

struct link {
    struct words *words;
    struct rulebook *book;
    struct arena *arena;
    /* of the plan being linked, NULL outside of one */
    struct plan_draft *draft;
    struct plan *plan;
    size_t occurrences; /* that the fixed dates of all plans come to */
};

/* n elements and one more, so that an empty list has an address too. */
#define arena_array(arena, n, type) ((type *)arena_alloc((arena), ((n) + 1) * sizeof(type)))

/* For "did you mean". */
struct link_names {
    const char *(*name)(size_t i, const void *data);
    const void *data;
    size_t n;
};
void link_no_such(struct link *link, const struct name *name, const char *what_vi, const char *what_en,
                  const struct link_names *list);
const char *link_unit_id(size_t i, const void *data);

/* NULL and a fault for a name that is not there; NULL for one that was not given. */
const struct metric *link_find_metric(struct link *link, const struct name *name);
const struct item *link_find_item(struct link *link, const struct plan *plan, const struct name *name);
const struct event *link_find_event(struct link *link, const struct plan *plan, const struct name *name);
/* A code of the org, or a full id; NULL without a fault. */
const struct unit *link_find_unit(const struct rulebook *book, const struct org *org, const char *text);

/* The offices that `who` names, without those of `except`. */
struct units link_units(struct link *link, const struct who *who, const struct who *except,
                        bool may_be_outside, const struct spot *at);
void link_orgs(struct link *link);
/* After its rows, for a group may hold "@leads". */
void link_groups_of_plan(struct link *link);
/* After the plans: nothing of a plan may be in `link`. */
void link_scorecards(struct link *link);

#endif
