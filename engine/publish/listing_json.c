/* Items and occurrences as JSON objects. */
#include "publish/listing.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

static void put(json_t *object, const char *key, json_t *value)
{
    must(!json_object_set_new(object, key, value));
}

static void put_text(json_t *object, const char *key, const char *text)
{
    put(object, key, text ? json_string(text) : json_null());
}

static void put_day(json_t *object, const char *key, int day)
{
    char buf[DAY_SIZE];
    put_text(object, key, day == DAY_NONE ? NULL : day_iso(day, buf));
}

struct json_t *listing_source_json(const struct plan *plan, const char *ref, const struct source *at)
{
    auto_text document = {0};
    text_addf(&document, "%s%s%s", plan->number ? plan->number : "", plan->number ? ", " : "", plan->title);
    json_t *source = json_object();
    put_text(source, "document", text_str(&document));
    put_text(source, "row", ref);
    put_text(source, "file", at->file);
    put(source, "line", json_integer(at->line));
    return source;
}

static bool array_has(const json_t *array, const char *text)
{
    for (size_t i = 0; i < json_array_size(array); i++)
        if (!strcmp(json_string_value(json_array_get(array, i)), text))
            return true;
    return false;
}

static void array_add(json_t *array, const char *text)
{
    if (!array_has(array, text))
        must(!json_array_append_new(array, json_string(text)));
}

static void array_add_units(json_t *array, const struct units *units)
{
    for (size_t i = 0; i < units->n; i++)
        array_add(array, units->at[i]->id);
}

static int by_number(const void *a, const void *b)
{
    int x = *(const int *)a, y = *(const int *)b;
    return x < y ? -1 : x > y;
}

struct day_list {
    VEC(int) list;
};

static void days_add(struct day_list *days, const struct timing *timing)
{
    for (size_t i = 0; i < timing->n_turns; i++)
        *vec_push(&days->list) = timing->turns[i].due;
}

/* The distinct days in order. Ends the list. */
static json_t *days_json(struct day_list *days)
{
    json_t *array = json_array();
    char buf[DAY_SIZE];
    if (days->list.n)
        qsort(days->list.at, days->list.n, sizeof *days->list.at, by_number);
    for (size_t i = 0; i < days->list.n; i++)
        if (!i || days->list.at[i] != days->list.at[i - 1])
            must(!json_array_append_new(array, json_string(day_iso(days->list.at[i], buf))));
    vec_free(&days->list);
    return array;
}

/* Those of a row that speak for it: its own duty, or all its parts where it has none. */
static size_t speaking(const struct item *item)
{
    return item->n_duties && !item->duties[0].part ? 1 : item->n_duties;
}

/* Who, when and what of n duties that are told together. */
/* What the row or part says in words of its own. */
struct sayings {
    const char *text, *lead_text, *with_text, *product, *form;
};

static void put_duties(json_t *object, const struct duty *duties, size_t n, const struct sayings *says)
{
    const struct duty *first = n ? duties : NULL;
    json_t *lead = json_array(), *with = json_array(), *to = json_array(), *timing = json_object();
    struct day_list days = {0};
    for (size_t i = 0; i < n; i++) {
        array_add_units(lead, &duties[i].lead);
        array_add_units(with, &duties[i].with);
        array_add_units(to, &duties[i].to);
        days_add(&days, &duties[i].timing);
    }
    put_text(timing, "kind", timing_kind_name(first ? first->timing.kind : TIMING_NONE));
    put_text(timing, "text", says->text);
    put(object, "lead", lead);
    put_text(object, "lead_text", says->lead_text);
    put(object, "with", with);
    put_text(object, "with_text", says->with_text);
    put(object, "to", to);
    put_text(object, "via", first ? first->via : NULL);
    put(object, "timing", timing);
    put(object, "due", days_json(&days));
    put_text(object, "product", says->product);
    put_text(object, "form", says->form);
}

static json_t *part_json(const struct duty *duty)
{
    json_t *part = json_object();
    put_text(part, "part", duty->part);
    put_text(part, "kind", item_kind_name(duty->kind));
    put_text(part, "title", duty->title);
    put_duties(part, duty, 1,
               &(struct sayings){duty->text, duty->lead_text, duty->with_text, duty->product, duty->form});
    put(part, "checkpoint", json_boolean(duty->checkpoint));
    put_text(part, "note", duty->note);
    return part;
}

static void put_references(json_t *object, const struct item *item)
{
    json_t *see = json_array(), *also = json_array();
    for (size_t i = 0; i < item->n_see; i++)
        array_add(see, item->see[i]);
    for (size_t i = 0; i < item->n_also; i++)
        array_add(also, item->also[i]->ref);
    put(object, "see", see);
    put(object, "also", also);
}

struct json_t *listing_item_json(const struct item *item)
{
    json_t *object = json_object(), *parts = json_array(), *kpis = json_array();
    struct sayings says = {item->text, item->lead_text, item->with_text, item->product, item->form};
    if (item->n_duties && !says.text) { /* the row is silent: its first part speaks for it */
        const struct duty *first = item->duties;
        says = (struct sayings){first->text, first->lead_text, first->with_text, first->product, first->form};
    }
    for (size_t i = 0; i < item->n_duties; i++)
        if (item->duties[i].part)
            must(!json_array_append_new(parts, part_json(&item->duties[i])));
    for (size_t i = 0; i < item->n_kpis; i++)
        array_add(kpis, item->kpis[i]->id);
    put_text(object, "plan", item->plan->id);
    put_text(object, "ref", item->ref);
    put_text(object, "kind", item_kind_name(item->kind));
    put_text(object, "title", item->title);
    put_duties(object, item->duties, speaking(item), &says);
    put(object, "parts", parts);
    put(object, "kpis", kpis);
    put_references(object, item);
    put(object, "source", listing_source_json(item->plan, item->ref, &item->at));
    put_text(object, "note", item->note);
    return object;
}

static void put_standing(json_t *object, const struct outlook *outlook, const struct occurrence *occurrence)
{
    bool open = occurrence->state != STATE_DONE && occurrence->state != STATE_CANCELLED;
    put_day(object, "due", occurrence->due);
    put_day(object, "due_original", occurrence->due_original);
    put_day(object, "act_by", occurrence->act_by);
    put_text(object, "state", state_name(occurrence->state));
    put(object, "days_left",
        open && occurrence->due != DAY_NONE ? json_integer(occurrence->due - outlook->today) : json_null());
    put_day(object, "done_on", occurrence->done_on);
    put(object, "late", json_boolean(occurrence->late));
    put(object, "provisional", json_boolean(occurrence->provisional));
    put(object, "assumed", json_boolean(occurrence->assumed));
    put(object, "closed", json_boolean(occurrence->closed));
}

struct json_t *listing_occurrence_json(const struct outlook *outlook, const struct occurrence *occurrence,
                                       enum role role)
{
    const struct duty *duty = occurrence->duty;
    json_t *object = json_object();
    auto_text uid = {0};
    text_addf(&uid, "%s@hanchot", occurrence->id);
    put_text(object, "uid", text_str(&uid));
    put_text(object, "plan", duty->item->plan->id);
    put_text(object, "ref", duty->item->ref);
    put_text(object, "part", duty->part);
    put_text(object, "kind", item_kind_name(duty->kind));
    put_text(object, "title", duty->title);
    put_text(object, "unit", occurrence->unit ? occurrence->unit->id : NULL);
    put_text(object, "role", role_name(role));
    put_text(object, "period", occurrence->label);
    put_standing(object, outlook, occurrence);
    put(object, "source", listing_source_json(duty->item->plan, duty->item->ref, &duty->at));
    return object;
}
