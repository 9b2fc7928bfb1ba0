#include "evaluate/firing.h"

#include <string.h>

/* ---- whose record it is ---- */

static const struct unit *recorder(const struct rulebook *rulebook, const char *id)
{
    for (size_t i = 0; id && i < rulebook->units.n; i++) {
        const struct unit *unit = rulebook->units.at[i];
        if (!strcmp(unit->id, id) || (unit->was && !strcmp(unit->was, id)))
            return unit;
    }
    return NULL;
}

struct happenings happenings_make(struct arena *arena, const struct rulebook *rulebook,
                                  const struct facts *facts)
{
    struct happenings happenings = {rulebook, facts, NULL};
    bool heirs = false;
    for (size_t i = 0; i < rulebook->units.n && !heirs; i++)
        heirs = rulebook->units.at[i]->heir != NULL;
    if (!heirs)
        return happenings;
    happenings.recorders = arena_alloc(arena, (facts->n_events + 1) * sizeof *happenings.recorders);
    for (size_t i = 0; i < facts->n_events; i++)
        happenings.recorders[i] = recorder(rulebook, facts->events[i].unit);
    return happenings;
}

static bool same_unit(const struct event_fact *fact, const struct unit *unit)
{
    return unit && fact->unit &&
           (!strcmp(fact->unit, unit->id) || (unit->was && !strcmp(fact->unit, unit->was)));
}

static bool same_row(const struct event_fact *fact, const struct item *item)
{
    return !fact->ref || !strcmp(fact->ref, item->ref) || (item->was && !strcmp(fact->ref, item->was));
}

/* How near a record is to a unit, the nearest last. */
enum nearness {
    NOT_ITS,
    BEFORE_IT,        /* of an office that the unit followed, from its days */
    EVERYBODYS_LATER, /* when the unit was gone: its heir's own tells more */
    OF_ITS_HEIR,      /* when the unit was gone */
    EVERYBODYS,
    ITS_OWN,
};

int fired_due(const struct happenings *happenings, const struct timing *timing, int event_day, int record_due)
{
    return record_due != DAY_NONE
               ? record_due
               : limit_due(happenings->rulebook->workdays, timing->limit, timing->n, event_day);
}

/* By succession, of another office than the unit. */
static enum nearness kinship(const struct happenings *happenings, const struct event_fact *fact,
                             const struct duty *duty, const struct unit *unit)
{
    const struct unit *told =
        happenings->recorders ? happenings->recorders[fact - happenings->facts->events] : NULL;
    if (!told || !unit || !(told->heir || unit->heir))
        return NOT_ITS;
    const struct unit *meant = unit_on(told, fact->on);
    if (meant == unit)
        return ITS_OWN;
    if (unit_passes_to(unit, meant, fact->on))
        return OF_ITS_HEIR;
    int due = fired_due(happenings, &duty->timing, fact->on, fact->due);
    return unit_passes_to(told, unit, due) ? BEFORE_IT : NOT_ITS;
}

static enum nearness nearness_of(const struct happenings *happenings, const struct event_fact *fact,
                                 const struct duty *duty, const struct unit *unit)
{
    if (!same_row(fact, duty->item))
        return NOT_ITS;
    if (!fact->unit)
        return unit && unit_on(unit, fact->on) != unit ? EVERYBODYS_LATER : EVERYBODYS;
    return same_unit(fact, unit) ? ITS_OWN : kinship(happenings, fact, duty, unit);
}

bool event_concerns(const struct happenings *happenings, const struct event_fact *fact,
                    const struct duty *duty, const struct unit *unit)
{
    return nearness_of(happenings, fact, duty, unit) != NOT_ITS;
}

/* ---- records of an event ---- */

struct event_records outlook_records(const struct facts *facts, const struct event *event)
{
    struct event_records records = {0};
    if (event->plan->was)
        records.n_old = facts_events(facts, event->plan->was, event->name, &records.old);
    records.n = records.n_old + facts_events(facts, event->plan->id, event->name, &records.later);
    return records;
}

const struct event_fact *event_record(const struct event_records *records, size_t i)
{
    return i < records->n_old ? &records->old[i] : &records->later[i - records->n_old];
}

static size_t withdrawn_from(const struct happenings *happenings, const struct event *event,
                             const struct duty *duty, const struct unit *unit, const struct event_fact **list)
{
    const struct event_records records = outlook_records(happenings->facts, event);
    size_t n = 0;
    for (size_t i = 0; i < records.n; i++) {
        const struct event_fact *one = event_record(&records, i);
        if (!one->withdrawn_at || !event_concerns(happenings, one, duty, unit))
            continue;
        if (list)
            list[n] = one;
        n++;
    }
    return n;
}

size_t trigger_withdrawn(const struct happenings *happenings, const struct trigger *trigger,
                         const struct duty *duty, const struct unit *unit, const struct event_fact **list)
{
    if (!happenings->facts->n_withdrawn)
        return 0;
    if (trigger->kind == TRIGGER_EVENT)
        return withdrawn_from(happenings, trigger->event, duty, unit, list);
    size_t n = 0;
    for (size_t i = 0; i < trigger->n; i++)
        n += trigger_withdrawn(happenings, trigger->of[i], duty, unit, list ? list + n : NULL);
    return n;
}

struct firing event_firing(const struct happenings *happenings, const struct event *event,
                           const struct duty *duty, const struct unit *unit)
{
    const struct event_records records = outlook_records(happenings->facts, event);
    const struct event_fact *best = NULL;
    int best_score = 0;
    for (size_t i = 0; i < records.n; i++) {
        const struct event_fact *one = event_record(&records, i);
        enum nearness nearness = one->withdrawn_at ? NOT_ITS : nearness_of(happenings, one, duty, unit);
        int score = 2 * (int)nearness + (one->ref ? 1 : 0);
        if (nearness != NOT_ITS && score >= best_score) {
            best = one;
            best_score = score;
        }
    }
    return best ? (struct firing){true, best->on, best->due, best} : (struct firing){.due = DAY_NONE};
}
