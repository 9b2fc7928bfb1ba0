/* Names to pointers, sets of offices spelled out. */
#include "rulebook/link.h"

#include "base/text.h"

#include <stdlib.h>
#include <string.h>

/* ---- finding names ---- */

void link_no_such(struct link *link, const struct name *name, const char *what_vi, const char *what_en,
                  const struct link_names *list)
{
    const char *near = text_nearest(name->text, list->n, list->name, list->data);
    if (near)
        words_fault(link->words, &name->at, "không có %s%s '%s'; có phải '%s'?",
                    "no such %s%s '%s'; did you mean '%s'?", say(link->words->faults->lang, what_vi, what_en),
                    "", name->text, near);
    else
        words_fault(link->words, &name->at, "không có %s%s '%s'", "no such %s%s '%s'",
                    say(link->words->faults->lang, what_vi, what_en), "", name->text);
}

static const char *unit_code_at(size_t i, const void *data)
{
    return ((const struct rulebook *)data)->units.at[i]->code;
}

const char *link_unit_id(size_t i, const void *data)
{
    return ((const struct rulebook *)data)->units.at[i]->id;
}

static const char *metric_at(size_t i, const void *data)
{
    return ((const struct rulebook *)data)->metrics[i].name;
}

static const char *item_at(size_t i, const void *data)
{
    return ((const struct plan *)data)->items[i].ref;
}

static const char *event_at(size_t i, const void *data)
{
    return ((const struct plan *)data)->events[i].name;
}

const struct unit *link_find_unit(const struct rulebook *book, const struct org *org, const char *text)
{
    if (strchr(text, '/'))
        return rulebook_unit(book, text);
    const struct units *sets[] = {&org->units, &org->outside};
    for (size_t s = 0; org && s < 2; s++)
        for (size_t i = 0; i < sets[s]->n; i++)
            if (!strcmp(sets[s]->at[i]->code, text))
                return sets[s]->at[i];
    return NULL;
}

const struct metric *link_find_metric(struct link *link, const struct name *name)
{
    if (!name->text)
        return NULL;
    const struct metric *metric = rulebook_metric(link->book, name->text);
    if (!metric)
        link_no_such(link, name, "số liệu", "metric",
                     &(struct link_names){metric_at, link->book, link->book->n_metrics});
    return metric;
}

const struct item *link_find_item(struct link *link, const struct plan *plan, const struct name *name)
{
    const struct item *item = name->text ? plan_item(plan, name->text) : NULL;
    if (!item && name->text)
        link_no_such(link, name, "dòng", "row", &(struct link_names){item_at, plan, plan->n_items});
    return item;
}

const struct event *link_find_event(struct link *link, const struct plan *plan, const struct name *name)
{
    const struct event *event = name->text ? plan_event(plan, name->text) : NULL;
    if (!event && name->text)
        link_no_such(link, name, "sự kiện", "event", &(struct link_names){event_at, plan, plan->n_events});
    return event;
}

/* ---- sets of offices ---- */

/* A set under construction: one flag per unit, and the order in which names came. */
struct set {
    bool *has; /* by unit->number */
    const struct unit **order;
    size_t n;
};

static struct set set_new(const struct link *link)
{
    size_t n = link->book->units.n;
    return (struct set){mem_alloc(n * sizeof(bool)), mem_alloc(n * sizeof(const struct unit *)), 0};
}

static void set_free(struct set *set)
{
    mem_free(set->has);
    mem_free(set->order);
}

static void set_add(struct set *set, const struct unit *unit)
{
    if (set->has[unit->number])
        return;
    set->has[unit->number] = true;
    set->order[set->n++] = unit;
}

static int by_number(const void *a, const void *b)
{
    const struct unit *x = *(const struct unit *const *)a, *y = *(const struct unit *const *)b;
    return x->number < y->number ? -1 : x->number > y->number;
}

/* The rulebook's order, or the written one. */
static struct units set_units(struct link *link, struct set *set, bool as_written)
{
    const struct unit **at = arena_array(link->arena, set->n, const struct unit *);
    size_t n = 0;
    for (size_t i = 0; i < set->n; i++)
        if (set->has[set->order[i]->number])
            at[n++] = set->order[i];
    if (!as_written && n)
        qsort(at, n, sizeof *at, by_number);
    return (struct units){at, n};
}

static const struct org *org_of(const struct link *link)
{
    return link->plan ? link->plan->org : NULL;
}

static void add_leads(struct link *link, struct set *set)
{
    for (size_t i = 0; i < link->draft->items.n; i++)
        for (size_t j = 0; j < link->draft->items.at[i]->duties.n; j++) {
            const struct units *lead = &link->draft->items.at[i]->duties.at[j]->duty.lead;
            for (size_t k = 0; k < lead->n; k++)
                set_add(set, lead->at[k]);
        }
}

static struct group_draft *find_group(const struct group_drafts *groups, const char *name)
{
    for (size_t i = 0; i < groups->n; i++)
        if (!strcmp(groups->at[i].name, name))
            return &groups->at[i];
    return NULL;
}

static void add_who(struct link *link, struct set *set, const struct org_draft *org_draft,
                    const struct who *who, int depth);

/* An org's group as it was spelled out once. */
static const struct group *linked_group(const struct org *org, const char *name)
{
    for (size_t i = 0; i < org->n_groups; i++)
        if (!strcmp(org->groups[i].name, name))
            return &org->groups[i];
    return NULL;
}

/* What "@all" or a group of the org is, spelled out once; NULL: not there, or the plan has its own. */
static const struct units *spelled_out(const struct link *link, const struct org *org, const char *group)
{
    if (org && !strcmp(group, "all"))
        return &org->units;
    bool own = link->draft && (!strcmp(group, "leads") || find_group(&link->draft->groups, group));
    const struct group *linked = own || !org_of(link) ? NULL : linked_group(org_of(link), group);
    return linked ? &linked->units : NULL;
}

static void add_group(struct link *link, struct set *set, const struct org_draft *org_draft,
                      const struct name *name, int depth)
{
    const char *group_name = name->text + 1;
    const struct units *known = spelled_out(link, org_draft ? &org_draft->org : NULL, group_name);
    for (size_t i = 0; known && i < known->n; i++)
        set_add(set, known->at[i]);
    if (known)
        return;
    if (link->draft && !strcmp(group_name, "leads")) {
        add_leads(link, set);
        return;
    }
    struct group_draft *group = link->draft ? find_group(&link->draft->groups, group_name) : NULL;
    if (!group && org_draft)
        group = find_group(&org_draft->groups, group_name);
    if (!group)
        words_fault(link->words, &name->at, "không có nhóm '%s'", "no such group '%s'", name->text);
    else if (depth > 16)
        words_fault(link->words, &name->at, "nhóm '%s' lồng vòng", "group '%s' contains itself", name->text);
    else
        add_who(link, set, org_draft, group->members, depth + 1);
}

static void add_who(struct link *link, struct set *set, const struct org_draft *org_draft,
                    const struct who *who, int depth)
{
    if (!who)
        return;
    for (size_t i = 0; i < who->names.n; i++) {
        const struct name *name = &who->names.at[i];
        if (*name->text == '@') {
            add_group(link, set, org_draft, name, depth);
            continue;
        }
        const struct unit *unit = org_draft ? link_find_unit(link->book, &org_draft->org, name->text) : NULL;
        bool full = strchr(name->text, '/') != NULL;
        if (unit)
            set_add(set, unit);
        else if (org_draft)
            link_no_such(
                link, name, "đơn vị", "unit",
                &(struct link_names){full ? link_unit_id : unit_code_at, link->book, link->book->units.n});
    }
}

static const struct org_draft *plan_org_draft(struct link *link)
{
    for (size_t i = 0; org_of(link) && i < link->words->orgs.n; i++)
        if (!strcmp(link->words->orgs.at[i]->org.id, org_of(link)->id))
            return link->words->orgs.at[i];
    return NULL;
}

static struct units units_without(struct link *link, const struct who *who, const struct who *except)
{
    struct set set = set_new(link), out = set_new(link);
    add_who(link, &set, plan_org_draft(link), who, 0);
    add_who(link, &out, plan_org_draft(link), except, 0);
    for (size_t i = 0; i < out.n; i++)
        set.has[out.order[i]->number] = false;
    struct units units = set_units(link, &set, who && who->joint);
    set_free(&set);
    set_free(&out);
    return units;
}

/* Most rows name one group, which needs no list of its own. */
static const struct units *one_group(const struct link *link, const struct who *who, const struct who *except)
{
    bool one = who && who->names.n == 1 && *who->names.at->text == '@' && !(except && except->names.n);
    return one ? spelled_out(link, org_of(link), who->names.at->text + 1) : NULL;
}

struct units link_units(struct link *link, const struct who *who, const struct who *except,
                        bool may_be_outside, const struct spot *at)
{
    const struct units *group = one_group(link, who, except);
    struct units units = group ? *group : units_without(link, who, except);
    for (size_t i = 0; i < units.n && !may_be_outside; i++)
        if (units.at[i]->outside)
            words_fault(link->words, at, "'%s' là cơ quan bên ngoài, không thể chủ trì",
                        "'%s' is an outside office and cannot lead", units.at[i]->code);
    return units;
}

/* ---- offices ---- */

static void link_org(struct link *link, struct org_draft *draft, size_t *number)
{
    const struct unit **inside = arena_array(link->arena, draft->units.n, const struct unit *);
    const struct unit **outside = arena_array(link->arena, draft->units.n, const struct unit *);
    struct org *org = &draft->org;
    for (size_t i = 0; i < draft->units.n; i++) {
        struct unit *unit = draft->units.at[i];
        unit->org = &link->book->orgs[*number];
        for (size_t j = 0; j < i; j++)
            if (!strcmp(draft->units.at[j]->code, unit->code))
                words_fault(link->words, &draft->at, "đơn vị '%s' kê hai lần", "unit '%s' is listed twice",
                            unit->code);
        if (unit->outside)
            outside[org->outside.n++] = unit;
        else
            inside[org->units.n++] = unit;
    }
    org->units.at = inside;
    org->outside.at = outside;
    ((struct org *)link->book->orgs)[(*number)++] = *org;
}

static const struct group *link_groups(struct link *link, const struct org_draft *org,
                                       const struct group_drafts *drafts)
{
    struct group *groups = arena_array(link->arena, drafts->n, struct group);
    for (size_t i = 0; i < drafts->n; i++) {
        struct set set = set_new(link);
        add_who(link, &set, org, drafts->at[i].members, 0);
        groups[i] = (struct group){drafts->at[i].name, set_units(link, &set, false)};
        set_free(&set);
    }
    return groups;
}

static void link_groups_of_org(struct link *link, const struct org_draft *draft, struct org *org)
{
    org->groups = link_groups(link, draft, &draft->groups);
    org->n_groups = draft->groups.n;
}

void link_groups_of_plan(struct link *link)
{
    link->plan->groups = link_groups(link, plan_org_draft(link), &link->draft->groups);
    link->plan->n_groups = link->draft->groups.n;
}

/* Those linked so far come to an end, so that whoever follows them comes to one too. */
static void link_heir(struct link *link, struct unit *unit)
{
    const struct spot at = {unit->at.file, unit->at.line, 0};
    if (!unit->heir_id)
        return;
    const struct unit *heir = rulebook_unit(link->book, unit->heir_id), *last = heir;
    while (last && last != unit)
        last = last->heir;
    if (!heir)
        words_fault(link->words, &at, "heir '%s' không phải mã đầy đủ của một đơn vị",
                    "heir '%s' is not the full id of a unit", unit->heir_id);
    else if (last)
        words_fault(link->words, &at, "các đơn vị tiếp nhận (heir) nối thành vòng, qua '%s'",
                    "heirs form a circle, by way of '%s'", unit->heir_id);
    else
        unit->heir = heir;
}

void link_orgs(struct link *link)
{
    struct words *words = link->words;
    struct rulebook *book = link->book;
    size_t n = 0, units = 0;
    book->orgs = arena_array(link->arena, words->orgs.n, struct org);
    for (size_t i = 0; i < words->orgs.n; i++) {
        for (size_t j = 0; j < i; j++)
            if (!strcmp(words->orgs.at[i]->org.id, words->orgs.at[j]->org.id))
                words_fault(words, &words->orgs.at[i]->at, "org \"%s\" khai báo hai lần",
                            "org \"%s\" is declared twice", words->orgs.at[i]->org.id);
        link_org(link, words->orgs.at[i], &n);
        units += words->orgs.at[i]->units.n;
    }
    book->n_orgs = n;
    const struct unit **all = arena_array(link->arena, units, const struct unit *);
    for (int outside = 0; outside < 2; outside++)
        for (size_t i = 0; i < n; i++) {
            const struct units *from = outside ? &book->orgs[i].outside : &book->orgs[i].units;
            for (size_t j = 0; j < from->n; j++) {
                ((struct unit *)from->at[j])->number = book->units.n;
                all[book->units.n++] = from->at[j];
            }
        }
    book->units.at = all;
    for (size_t i = 0; i < n; i++)
        words->orgs.at[i]->org = book->orgs[i];
    for (size_t i = 0; i < n; i++)
        link_groups_of_org(link, words->orgs.at[i], (struct org *)&book->orgs[i]);
    for (size_t i = 0; i < book->units.n; i++)
        link_heir(link, (struct unit *)book->units.at[i]);
}
