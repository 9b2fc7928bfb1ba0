#include "evaluate/outlook.h"

#include "base/text.h"
#include "evaluate/firing.h"
#include "rulebook/succession.h"
#include "time/clock.h"

#include <stdlib.h>
#include <string.h>

enum { CLOSED_AFTER_DAYS = 90 };

const char *role_name(enum role role)
{
    static const char *const names[] = {"lead", "to", "with"};
    must(role < sizeof names / sizeof *names);
    return names[role];
}

/* What orders an occurrence on its way into the list. */
struct place {
    size_t duty; /* running number of the duty in the rulebook */
    int turn;    /* order of its label within the duty */
    size_t unit;
    size_t at; /* where it stands now */
};

struct evaluation {
    struct outlook *outlook;
    struct arena *arena;
    const struct rulebook *rulebook;
    const struct facts *facts;
    struct happenings happenings;
    VEC(struct occurrence) list;
    VEC(struct place) places; /* of the list, one each */
    bool *told;               /* progress facts that an occurrence took, by position */
    size_t duty;
};

/* ---- one occurrence ---- */

static const char *gathering_id(struct arena *arena, const char *plan, const char *ref, const char *part,
                                const char *label)
{
    return arena_join(arena, (const char *[]){plan, ":", ref, part ? "#" : "", part ? part : "", ":", label},
                      7);
}

static const char *occurrence_id(struct arena *arena, const char *plan, const char *ref, const char *part,
                                 const char *label, const char *unit)
{
    return arena_join(
        arena, (const char *[]){plan, ":", ref, part ? "#" : "", part ? part : "", ":", label, ":", unit}, 9);
}

static int by_telling(const void *a, const void *b)
{
    const struct progress_fact *x = a, *y = b;
    return (x->id > y->id) - (x->id < y->id);
}

static void mark_told(struct evaluation *evaluation, const struct progress_fact *first, size_t n)
{
    for (size_t i = 0; i < n; i++)
        evaluation->told[(size_t)(first - evaluation->facts->progress) + i] = true;
}

/* Two slices as one, in the order in which they were told. */
static void join_progress(struct evaluation *evaluation, struct occurrence *occurrence,
                          const struct progress_fact *old, size_t n)
{
    struct progress_fact *all = arena_alloc(evaluation->arena, (occurrence->n_progress + n) * sizeof *all);
    if (occurrence->n_progress)
        memcpy(all, occurrence->progress, occurrence->n_progress * sizeof *all);
    memcpy(all + occurrence->n_progress, old, n * sizeof *all);
    occurrence->progress = all;
    occurrence->n_progress += n;
    qsort(all, occurrence->n_progress, sizeof *all, by_telling);
}

static void take_old_progress(struct evaluation *evaluation, struct occurrence *occurrence, const char *id)
{
    const struct progress_fact *old;
    size_t n = facts_progress(evaluation->facts, id, &old);
    mark_told(evaluation, old, n);
    if (n)
        join_progress(evaluation, occurrence, old, n);
}

/* Progress under the id of today and, where something was renamed, under the old ones: plan, row and unit may
 * have got their new names at different times. */
static void take_progress(struct evaluation *evaluation, struct occurrence *occurrence, const char *unit_id)
{
    enum { OLD_PLAN = 1, OLD_ROW = 2, OLD_UNIT = 4, NAMES = 8 };
    const struct facts *facts = evaluation->facts;
    const struct item *item = occurrence->duty->item;
    const struct plan *plan = item->plan;
    const char *old_unit = occurrence->unit ? occurrence->unit->was : NULL;
    int renamed = (plan->was ? OLD_PLAN : 0) | (item->was ? OLD_ROW : 0) | (old_unit ? OLD_UNIT : 0);
    occurrence->n_progress = facts_progress(facts, occurrence->id, &occurrence->progress);
    mark_told(evaluation, occurrence->progress, occurrence->n_progress);
    for (int old = 1; old < NAMES && renamed; old++)
        if ((old & renamed) == old)
            take_old_progress(evaluation, occurrence,
                              occurrence_id(evaluation->arena, old & OLD_PLAN ? plan->was : plan->id,
                                            old & OLD_ROW ? item->was : item->ref, occurrence->duty->part,
                                            occurrence->label, old & OLD_UNIT ? old_unit : unit_id));
}

/* What a duty comes to for one office at one turn, before progress is looked at. */
struct turnout {
    const struct duty *duty;
    const struct unit *unit;
    const char *label;
    int order; /* among the turns of its duty */
    int opens, due;
    bool assumed, waiting;
    const struct event_fact *const *events;
    size_t n_events;
    const struct event_fact *const *withdrawn;
    size_t n_withdrawn;
};

/* Who answers for it on its due day: NULL where the plan's lead cannot be read. False: nobody, for whoever
 * took over receives it, and owes itself nothing. */
static bool answering(const struct turnout *turnout, const struct unit **unit)
{
    const struct duty *duty = turnout->duty;
    const struct era *era = duty_era(duty, turnout->due);
    if (duty->joint) {
        const struct units *lead = duty_party(duty, PARTY_LEAD, turnout->due);
        *unit = lead->n ? lead->at[0] : NULL;
        return lead->n;
    }
    *unit = unit_on(turnout->unit, turnout->due);
    return (*unit == turnout->unit && !era) || !units_have(duty_party(duty, PARTY_TO, turnout->due), *unit);
}

static void add_occurrence(struct evaluation *evaluation, const struct turnout *turnout)
{
    const struct duty *duty = turnout->duty;
    const struct plan *plan = duty->item->plan;
    const struct unit *unit;
    if (!answering(turnout, &unit))
        return;
    struct occurrence *occurrence = vec_push(&evaluation->list);
    const char *unit_id = unit ? unit->id : arena_printf(evaluation->arena, "%s/unknown", plan->org->id);
    *vec_push(&evaluation->places) =
        (struct place){evaluation->duty, turnout->order, unit ? unit->number : 0, evaluation->list.n - 1};
    *occurrence = (struct occurrence){.id = occurrence_id(evaluation->arena, plan->id, duty->item->ref,
                                                          duty->part, turnout->label, unit_id),
                                      .duty = duty,
                                      .unit = unit,
                                      .label = turnout->label,
                                      .opens = turnout->opens,
                                      .due_original = turnout->due,
                                      .assumed = turnout->assumed,
                                      .checkpoint = duty->checkpoint,
                                      .closed = evaluation->outlook->plan_closed[plan->position],
                                      .events = turnout->events,
                                      .n_events = turnout->n_events,
                                      .withdrawn = turnout->withdrawn,
                                      .n_withdrawn = turnout->n_withdrawn};
    take_progress(evaluation, occurrence, unit_id);
    occurrence_stand(evaluation->arena, evaluation->rulebook->workdays, evaluation->facts,
                     evaluation->outlook->now, turnout->waiting, occurrence);
}

/* ---- what started it ---- */

/* The day a row was done: by the unit itself if it leads it, else when all its leads are done. */
static struct firing done_firing(const struct evaluation *evaluation, const struct item *item,
                                 const struct unit *unit)
{
    bool own = item->n_duties && unit && units_have(&item->duties[0].lead, unit), any = false;
    struct firing firing = {.fired = true, .day = DAY_NONE, .due = DAY_NONE};
    for (size_t i = 0; i < evaluation->list.n; i++) {
        const struct occurrence *occurrence = &evaluation->list.at[i];
        if (occurrence->duty->item != item || occurrence->duty->part ||
            (own && occurrence->unit != unit_on(unit, occurrence->due_original)) ||
            occurrence->state == STATE_CANCELLED)
            continue;
        any = true;
        if (occurrence->state != STATE_DONE)
            firing.fired = false;
        else if (firing.day == DAY_NONE || occurrence->done_on > firing.day)
            firing.day = occurrence->done_on;
    }
    firing.fired = firing.fired && any;
    return firing;
}

static struct firing trigger_firing(const struct evaluation *evaluation, const struct trigger *trigger,
                                    const struct duty *duty, const struct unit *unit)
{
    if (trigger->kind == TRIGGER_EVENT)
        return event_firing(&evaluation->happenings, trigger->event, duty, unit);
    if (trigger->kind == TRIGGER_DONE_OF)
        return done_firing(evaluation, trigger->item, unit);
    bool all = trigger->kind == TRIGGER_ALL_OF;
    struct firing result = {.fired = all, .day = DAY_NONE, .due = DAY_NONE};
    for (size_t i = 0; i < trigger->n; i++) {
        struct firing one = trigger_firing(evaluation, trigger->of[i], duty, unit);
        if (one.fired && (result.day == DAY_NONE || (all ? one.day > result.day : one.day < result.day)))
            result = (struct firing){all ? result.fired : true, one.day, one.due, one.event};
        if (!one.fired && all)
            result.fired = false;
    }
    return result;
}

static bool waits_for_done(const struct trigger *trigger)
{
    if (!trigger || trigger->kind == TRIGGER_DONE_OF)
        return trigger != NULL;
    for (size_t i = 0; i < trigger->n; i++)
        if (waits_for_done(trigger->of[i]))
            return true;
    return false;
}

/* ---- duties ---- */

/* The records that a trigger rests on. */
static size_t trigger_events(const struct evaluation *evaluation, const struct trigger *trigger,
                             const struct duty *duty, const struct unit *unit, const struct event_fact **list)
{
    size_t n = 0;
    if (trigger->kind == TRIGGER_EVENT) {
        struct firing firing = event_firing(&evaluation->happenings, trigger->event, duty, unit);
        list[0] = firing.event;
        return firing.fired;
    }
    for (size_t i = 0; i < trigger->n; i++)
        n += trigger_events(evaluation, trigger->of[i], duty, unit, list + n);
    return n;
}

static size_t trigger_size(const struct trigger *trigger)
{
    size_t n = 1;
    for (size_t i = 0; i < trigger->n; i++)
        n += trigger_size(trigger->of[i]);
    return n;
}

static void waiting(struct evaluation *evaluation, const struct duty *duty, const struct unit *unit,
                    const struct event_fact *const *withdrawn, size_t n_withdrawn)
{
    add_occurrence(evaluation, &(struct turnout){.duty = duty,
                                                 .unit = unit,
                                                 .label = duty->item->plan->period.label,
                                                 .opens = DAY_NONE,
                                                 .due = DAY_NONE,
                                                 .waiting = true,
                                                 .withdrawn = withdrawn,
                                                 .n_withdrawn = n_withdrawn});
}

/* Each record of a repeating event is a duty of its own, named by the day that its first record gave. One
 * that was taken back stays as a cancelled duty: its id is in calendars, and no other one may get it. */
static void repeating(struct evaluation *evaluation, const struct duty *duty, const struct unit *unit)
{
    const struct event_records records = outlook_records(evaluation->facts, duty->timing.trigger->event);
    for (size_t i = 0; i < records.n; i++) {
        const struct event_fact *one = event_record(&records, i);
        if (!event_concerns(&evaluation->happenings, one, duty, unit))
            continue;
        int same_day = 1;
        for (size_t j = 0; j < i; j++) {
            const struct event_fact *earlier = event_record(&records, j);
            same_day += earlier->label_day == one->label_day &&
                        event_concerns(&evaluation->happenings, earlier, duty, unit);
        }
        char day[DAY_SIZE];
        day_iso(one->label_day, day);
        const struct event_fact **events = arena_alloc(evaluation->arena, sizeof *events);
        events[0] = one;
        add_occurrence(evaluation,
                       &(struct turnout){
                           .duty = duty,
                           .unit = unit,
                           .label = same_day == 1 ? arena_strdup(evaluation->arena, day)
                                                  : arena_printf(evaluation->arena, "%s.%d", day, same_day),
                           .order = one->label_day * 8 + same_day,
                           .opens = one->on,
                           .due = fired_due(&evaluation->happenings, &duty->timing, one->on, one->due),
                           .events = events,
                           .n_events = 1,
                           .withdrawn = events,
                           .n_withdrawn = one->withdrawn_at != 0});
    }
    waiting(evaluation, duty, unit, NULL, 0);
}

static void triggered(struct evaluation *evaluation, const struct duty *duty, const struct unit *unit)
{
    const struct trigger *trigger = duty->timing.trigger;
    if (trigger->kind == TRIGGER_EVENT && trigger->event->repeats) {
        repeating(evaluation, duty, unit);
        return;
    }
    struct firing firing = trigger_firing(evaluation, trigger, duty, unit);
    size_t n_withdrawn = trigger_withdrawn(&evaluation->happenings, trigger, duty, unit, NULL);
    const struct event_fact **withdrawn =
        n_withdrawn ? arena_alloc(evaluation->arena, n_withdrawn * sizeof *withdrawn) : NULL;
    if (withdrawn)
        trigger_withdrawn(&evaluation->happenings, trigger, duty, unit, withdrawn);
    if (!firing.fired) {
        waiting(evaluation, duty, unit, withdrawn, n_withdrawn);
        return;
    }
    const struct event_fact **events = arena_alloc(evaluation->arena, trigger_size(trigger) * sizeof *events);
    add_occurrence(
        evaluation,
        &(struct turnout){.duty = duty,
                          .unit = unit,
                          .label = duty->item->plan->period.label,
                          .opens = firing.day,
                          .due = fired_due(&evaluation->happenings, &duty->timing, firing.day, firing.due),
                          .events = events,
                          .n_events = trigger_events(evaluation, trigger, duty, unit, events),
                          .withdrawn = withdrawn,
                          .n_withdrawn = n_withdrawn});
}

static void on_turn(struct evaluation *evaluation, const struct duty *duty, const struct unit *unit, size_t i)
{
    const struct turn *turn = &duty->timing.turns[i];
    if (unit && unit->from_day != DAY_NONE && turn->due < unit->from_day)
        return;
    add_occurrence(evaluation, &(struct turnout){.duty = duty,
                                                 .unit = unit,
                                                 .label = turn->label,
                                                 .order = (int)i,
                                                 .opens = turn->opens,
                                                 .due = turn->due,
                                                 .assumed = turn->assumed});
}

static void standing(struct evaluation *evaluation, const struct duty *duty, const struct unit *unit)
{
    add_occurrence(evaluation, &(struct turnout){.duty = duty,
                                                 .unit = unit,
                                                 .label = duty->item->plan->period.label,
                                                 .opens = duty->timing.from,
                                                 .due = DAY_NONE});
}

/* In the order of the list: turn by turn, office by office. */
static void evaluate_duty(struct evaluation *evaluation, const struct duty *duty)
{
    static const struct unit *const nobody[] = {NULL};
    const struct timing *timing = &duty->timing;
    const struct unit *const *units = duty->no_lead ? nobody : duty->lead.at;
    size_t n = duty->no_lead || duty->joint ? 1 : duty->lead.n;
    for (size_t i = 0; timing->trigger && i < n; i++)
        triggered(evaluation, duty, units[i]);
    for (size_t turn = 0; !timing->trigger && turn < timing->n_turns; turn++)
        for (size_t i = 0; i < n; i++)
            on_turn(evaluation, duty, units[i], turn);
    bool stands = !timing->trigger && (timing->kind == TIMING_ONGOING || timing->kind == TIMING_NONE);
    for (size_t i = 0; stands && i < n; i++)
        standing(evaluation, duty, units[i]);
}

/* Room for all of them, but for records of events that repeat: a list that grows is copied again and again.
 */
static void reserve(struct evaluation *evaluation)
{
    const struct rulebook *rulebook = evaluation->rulebook;
    size_t most = 0;
    for (size_t i = 0; i < rulebook->n_plans; i++)
        for (size_t j = 0; j < rulebook->plans[i].n_items; j++)
            for (size_t k = 0; k < rulebook->plans[i].items[j].n_duties; k++) {
                const struct duty *duty = &rulebook->plans[i].items[j].duties[k];
                most += (duty->lead.n + 1) * (duty->timing.n_turns + 1);
            }
    vec_reserve(&evaluation->list, most);
    vec_reserve(&evaluation->places, most);
}

/* Duties that wait for another row's completion come after all others. */
static void evaluate_duties(struct evaluation *evaluation, bool waiting_for_done)
{
    const struct rulebook *rulebook = evaluation->rulebook;
    evaluation->duty = 0;
    for (size_t i = 0; i < rulebook->n_plans; i++)
        for (size_t j = 0; j < rulebook->plans[i].n_items; j++) {
            const struct item *item = &rulebook->plans[i].items[j];
            for (size_t k = 0; k < item->n_duties; k++, evaluation->duty++)
                if (waits_for_done(item->duties[k].timing.trigger) == waiting_for_done)
                    evaluate_duty(evaluation, &item->duties[k]);
        }
}

static int by_plan_order(const void *a, const void *b)
{
    const struct place *x = a, *y = b;
    if (x->duty != y->duty)
        return x->duty < y->duty ? -1 : 1;
    if (x->turn != y->turn)
        return x->turn < y->turn ? -1 : 1;
    if (x->unit != y->unit)
        return x->unit < y->unit ? -1 : 1;
    return x->at < y->at ? -1 : x->at > y->at;
}

static bool in_order(const struct place *places, size_t n)
{
    for (size_t i = 1; i < n; i++)
        if (by_plan_order(&places[i - 1], &places[i]) > 0)
            return false;
    return true;
}

static void list_sort(struct evaluation *evaluation)
{
    size_t n = evaluation->list.n;
    struct place *places = evaluation->places.at;
    if (in_order(places, n)) /* unless a record, an heir or another row's completion came between */
        return;
    qsort(places, n, sizeof *places, by_plan_order);
    struct occurrence *sorted = mem_alloc(n * sizeof *sorted);
    for (size_t i = 0; i < n; i++)
        sorted[i] = evaluation->list.at[places[i].at];
    mem_free(evaluation->list.at);
    evaluation->list.at = sorted;
}

/* Of one that still waits and one that has its day, the one that must be done. */
static bool is_earlier(const struct occurrence *a, const struct occurrence *b)
{
    return a->due_original != DAY_NONE && (b->due_original == DAY_NONE || a->due_original < b->due_original);
}

static void keep_list(struct evaluation *evaluation)
{
    list_sort(evaluation);
    struct occurrence *list = evaluation->list.at;
    size_t kept = 0;
    for (size_t i = 0; i < evaluation->list.n; i++)
        if (!kept || strcmp(list[kept - 1].id, list[i].id))
            list[kept++] = list[i];
        else if (is_earlier(&list[i], &list[kept - 1])) /* an heir of two units owes it once */
            list[kept - 1] = list[i];
    vec_free(&evaluation->places);
    evaluation->outlook->list = evaluation->outlook->owned = mem_grow(list, (kept + 1) * sizeof *list);
    evaluation->outlook->n = kept;
}

/* ---- gatherings ---- */

const struct units *occurrence_party(const struct occurrence *occurrence, enum party party)
{
    return duty_party(occurrence->duty, party, occurrence->due_original);
}

const struct units *gathering_party(const struct gathering *gathering, enum party party)
{
    return occurrence_party(gathering->next ? gathering->next : gathering->first, party);
}

static bool is_open(const struct occurrence *occurrence)
{
    return occurrence->state != STATE_DONE && occurrence->state != STATE_CANCELLED;
}

static void gathering_count(struct gathering *gathering)
{
    const struct occurrence *last = NULL;
    for (size_t i = 0; i < gathering->n; i++) {
        const struct occurrence *one = &gathering->first[i];
        gathering->done += one->state == STATE_DONE;
        gathering->cancelled += one->state == STATE_CANCELLED;
        if (one->due == DAY_NONE)
            continue;
        if (is_open(one) && (!gathering->next || one->due < gathering->next->due))
            gathering->next = one;
        if (!last || one->due > last->due)
            last = one;
    }
    if (!gathering->next)
        gathering->next = last;
}

static bool same_gathering(const struct occurrence *a, const struct occurrence *b)
{
    return a->duty == b->duty && (a->label == b->label || !strcmp(a->label, b->label));
}

/* How many of the list, from i on, are one gathering. */
static size_t gathering_size(const struct outlook *outlook, size_t i)
{
    size_t n = 1;
    while (i + n < outlook->n && same_gathering(&outlook->list[i], &outlook->list[i + n]))
        n++;
    return n;
}

static void gather(struct outlook *outlook)
{
    size_t n = 0;
    for (size_t i = 0; i < outlook->n; i += gathering_size(outlook, i))
        n++;
    struct gathering *gatherings = arena_alloc(outlook->arena, (n + 1) * sizeof *gatherings);
    for (size_t i = 0; outlook->n_gatherings < n; i += gatherings[outlook->n_gatherings++].n) {
        const struct occurrence *first = &outlook->list[i];
        const struct item *item = first->duty->item;
        struct gathering *gathering = &gatherings[outlook->n_gatherings];
        *gathering = (struct gathering){
            .duty = first->duty,
            .label = first->label,
            .first = first,
            .id = gathering_id(outlook->arena, item->plan->id, item->ref, first->duty->part, first->label),
            .n = gathering_size(outlook, i)};
        gathering_count(gathering);
    }
    outlook->gatherings = gatherings;
}

/* ---- agendas ---- */

struct agendas {
    struct outlook *outlook;
    struct engagement **at; /* by unit number; NULL while counting */
    size_t *n;
    const struct gathering **met; /* by unit number: the gathering last met, so that none is met twice */
};

static void meet(struct agendas *agendas, const struct unit *unit, enum role role,
                 const struct occurrence *occurrence, const struct gathering *gathering)
{
    size_t number = unit->number;
    if (role != ROLE_LEAD && agendas->met[number] == gathering)
        return;
    agendas->met[number] = gathering;
    if (agendas->at)
        agendas->at[number][agendas->n[number]] = (struct engagement){role, occurrence, gathering};
    agendas->n[number]++;
}

/* Where offices were followed by others, those whom any of its days gives. */
static void meet_party(struct agendas *agendas, enum party party, enum role role,
                       const struct gathering *gathering)
{
    const struct units *last = NULL;
    size_t days = gathering->duty->n_eras ? gathering->n : 1;
    for (size_t i = 0; i < days; i++) {
        const struct units *units = duty_party(gathering->duty, party, gathering->first[i].due_original);
        for (size_t j = 0; units != last && j < units->n; j++)
            meet(agendas, units->at[j], role, NULL, gathering);
        last = units;
    }
}

static void meet_gathering(struct agendas *agendas, const struct gathering *gathering)
{
    const struct duty *duty = gathering->duty;
    for (size_t i = 0; i < gathering->n; i++) {
        const struct occurrence *occurrence = &gathering->first[i];
        if (occurrence->unit)
            meet(agendas, occurrence->unit, ROLE_LEAD, occurrence, gathering);
        const struct units *lead = duty_party(duty, PARTY_LEAD, occurrence->due_original);
        for (size_t j = 1; duty->joint && j < lead->n; j++)
            meet(agendas, lead->at[j], ROLE_LEAD, occurrence, gathering);
    }
    meet_party(agendas, PARTY_TO, ROLE_TO, gathering);
    meet_party(agendas, PARTY_WITH, ROLE_WITH, gathering);
}

static void meet_all(struct agendas *agendas)
{
    size_t units = agendas->outlook->rulebook->units.n;
    memset(agendas->n, 0, units * sizeof *agendas->n);
    memset(agendas->met, 0, units * sizeof *agendas->met);
    for (size_t i = 0; i < agendas->outlook->n_gatherings; i++)
        meet_gathering(agendas, &agendas->outlook->gatherings[i]);
}

static void make_agendas(struct outlook *outlook)
{
    size_t units = outlook->rulebook->units.n;
    struct agendas agendas = {outlook, NULL, arena_alloc(outlook->arena, (units + 1) * sizeof *agendas.n),
                              arena_alloc(outlook->arena, (units + 1) * sizeof *agendas.met)};
    struct unit_agenda *list = arena_alloc(outlook->arena, (units + 1) * sizeof *list);
    struct engagement **at = arena_alloc(outlook->arena, (units + 1) * sizeof *at);
    meet_all(&agendas);
    for (size_t i = 0; i < units; i++)
        list[i].at = at[i] = arena_alloc(outlook->arena, (agendas.n[i] + 1) * sizeof **at);
    agendas.at = at;
    meet_all(&agendas);
    for (size_t i = 0; i < units; i++)
        list[i].n = agendas.n[i];
    outlook->agendas = list;
}

/* ---- the whole ---- */

static bool plan_is_closed(const struct plan *plan, const struct facts *facts, int today)
{
    if (today >= plan->period.last + CLOSED_AFTER_DAYS || (plan->ended != DAY_NONE && today >= plan->ended))
        return true;
    int closing = DAY_NONE; /* the last that was told: a corrected day replaces the former */
    for (size_t i = 0; i < facts->n_closings; i++)
        if (!strcmp(facts->closings[i].plan, plan->id))
            closing = facts->closings[i].on;
    return closing != DAY_NONE && closing <= today;
}

static void keep_orphans(struct evaluation *evaluation)
{
    const struct facts *facts = evaluation->facts;
    const struct progress_fact **orphans =
        arena_alloc(evaluation->arena, (facts->n_progress + 1) * sizeof *orphans);
    for (size_t i = 0; i < facts->n_progress; i++)
        if (!evaluation->told[i])
            orphans[evaluation->outlook->n_orphans++] = &facts->progress[i];
    evaluation->outlook->orphans = orphans;
}

struct outlook *outlook_new(const struct rulebook *rulebook, const struct facts *facts, int64_t now)
{
    struct arena *arena = arena_new();
    struct outlook *outlook = arena_alloc(arena, sizeof *outlook);
    outlook->arena = arena;
    outlook->rulebook = rulebook;
    outlook->facts = facts;
    outlook->now = now;
    outlook->today = instant_day(now);
    outlook->next_change = day_start(outlook->today + 1);
    outlook->plan_closed = arena_alloc(arena, rulebook->n_plans + 1);
    for (size_t i = 0; i < rulebook->n_plans; i++)
        outlook->plan_closed[i] = plan_is_closed(&rulebook->plans[i], facts, outlook->today);
    struct evaluation evaluation = {.outlook = outlook,
                                    .arena = arena,
                                    .rulebook = rulebook,
                                    .facts = facts,
                                    .happenings = happenings_make(arena, rulebook, facts),
                                    .told = arena_alloc(arena, facts->n_progress + 1)};
    reserve(&evaluation);
    evaluate_duties(&evaluation, false);
    evaluate_duties(&evaluation, true);
    keep_list(&evaluation);
    keep_orphans(&evaluation);
    gather(outlook);
    make_agendas(outlook);
    return outlook;
}

void outlook_free(struct outlook *outlook)
{
    if (!outlook)
        return;
    mem_free(outlook->owned);
    arena_free(outlook->arena); /* holds the outlook itself */
}

/* The id without "@hanchot". */
static size_t id_length(const char *id)
{
    const char *at = strstr(id, "@hanchot");
    return at && !at[8] ? (size_t)(at - id) : strlen(id);
}

static bool same_id(const char *id, const char *wanted, size_t length)
{
    return !strncmp(id, wanted, length) && !id[length];
}

const struct occurrence *outlook_find(const struct outlook *outlook, const char *id)
{
    size_t length = id_length(id);
    for (size_t i = 0; i < outlook->n; i++)
        if (same_id(outlook->list[i].id, id, length))
            return &outlook->list[i];
    return NULL;
}

const struct gathering *outlook_find_gathering(const struct outlook *outlook, const char *id)
{
    size_t length = id_length(id);
    for (size_t i = 0; i < outlook->n_gatherings; i++)
        if (same_id(outlook->gatherings[i].id, id, length))
            return &outlook->gatherings[i];
    return NULL;
}
