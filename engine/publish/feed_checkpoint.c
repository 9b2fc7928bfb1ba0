/* Which targets are judged together, and when what an event tells of them changed. */
#include "publish/feed_event.h"

#include "time/clock.h"

#include <stdlib.h>
#include <string.h>

/* ---- which ---- */

struct building {
    struct arena *arena;
    const struct feed_settings *settings;
    const struct plan *plan;
    size_t first; /* of the plan's, in the list */
    VEC(struct feed_checkpoint) list;
};

static struct feed_checkpoint *checkpoint_find(struct building *building, const struct period *period)
{
    for (size_t i = building->first; i < building->list.n; i++)
        if (!building->list.at[i].apart && !strcmp(building->list.at[i].period.label, period->label))
            return &building->list.at[i];
    return NULL;
}

/* Room for all KPIs of the plan: there are few checkpoints. */
static struct feed_checkpoint *checkpoint_add(struct building *building, const struct period *period)
{
    struct feed_checkpoint *checkpoint = vec_push(&building->list);
    *checkpoint = (struct feed_checkpoint){.plan = building->plan, .period = *period, .day = period->last};
    checkpoint->kpis = arena_alloc(building->arena, building->plan->n_kpis * sizeof *checkpoint->kpis);
    checkpoint->hashes = arena_alloc(building->arena, building->plan->n_kpis * sizeof *checkpoint->hashes);
    return checkpoint;
}

static void add_turn(struct building *building, const struct kpi *kpi, uint64_t hash,
                     const struct period *period)
{
    int day = kpi_judged(kpi, period);
    struct feed_checkpoint *checkpoint = day == period->last ? checkpoint_find(building, period) : NULL;
    if (!checkpoint)
        checkpoint = checkpoint_add(building, period);
    if (day != period->last) {
        checkpoint->apart = kpi;
        checkpoint->day = day;
    }
    ((const struct kpi **)checkpoint->kpis)[checkpoint->n] = kpi;
    ((uint64_t *)checkpoint->hashes)[checkpoint->n++] = hash;
}

static void add_kpi(struct building *building, const struct kpi *kpi)
{
    uint64_t hash = building->settings ? feed_kpi_hash(kpi, building->settings) : 0;
    struct period period = kpi_period(kpi, kpi->over.first);
    if (period.kind != kpi->each || kpi->each == PERIOD_SPAN) {
        add_turn(building, kpi, hash, &period);
        return;
    }
    for (; period_inside(&period, &kpi->over); period = period_next(&period))
        add_turn(building, kpi, hash, &period);
}

static int checkpoint_order(const void *a, const void *b)
{
    const struct feed_checkpoint *x = a, *y = b;
    if (x->plan != y->plan)
        return x->plan->position < y->plan->position ? -1 : 1;
    if (x->day != y->day)
        return x->day < y->day ? -1 : 1;
    int order = strcmp(x->period.label, y->period.label);
    if (order || x->apart == y->apart)
        return order;
    return !x->apart ? -1 : !y->apart ? 1 : x->apart < y->apart ? -1 : 1;
}

struct feed_checkpoints *feed_checkpoints_new(const struct rulebook *rulebook,
                                              const struct feed_settings *settings)
{
    struct arena *arena = arena_new();
    struct feed_checkpoints *checkpoints = arena_alloc(arena, sizeof *checkpoints);
    struct building building = {.arena = arena, .settings = settings};
    for (size_t i = 0; i < rulebook->n_plans; i++) {
        building.plan = &rulebook->plans[i];
        building.first = building.list.n;
        for (size_t j = 0; j < building.plan->n_kpis; j++)
            add_kpi(&building, &building.plan->kpis[j]);
    }
    size_t size = building.list.n * sizeof *building.list.at;
    checkpoints->arena = arena;
    checkpoints->n = building.list.n;
    if (size) {
        qsort(building.list.at, building.list.n, sizeof *building.list.at, checkpoint_order);
        checkpoints->list = memcpy(arena_alloc(arena, size), building.list.at, size);
    }
    vec_free(&building.list);
    return checkpoints;
}

void feed_checkpoints_free(struct feed_checkpoints *checkpoints)
{
    if (checkpoints)
        arena_free(checkpoints->arena);
}

const char *feed_checkpoint_id(const struct feed_checkpoint *checkpoint, const struct unit *unit,
                               struct arena *arena)
{
    const struct kpi *apart = checkpoint->apart;
    return arena_printf(arena, "%s:#kpi:%s%s%s%s%s%s%s", checkpoint->plan->id, apart ? apart->ref : "",
                        apart ? "#" : "", apart ? apart->slug : "", apart ? ":" : "",
                        checkpoint->period.label, unit ? ":" : "", unit ? unit->id : "");
}

bool feed_checkpoint_has(const struct kpi *kpi, const struct unit *unit)
{
    return !unit || units_have(&kpi->lead, unit);
}

/* ---- when it changed ---- */

/* Labels come again and again, as the same text: what they name is kept by where it lies. */
enum { LABELS_KEPT = 64 };
struct kept_label {
    const char *label; /* NULL: free */
    bool valid;
    struct period period;
};

struct looking {
    struct kept_label *labels;
    const struct feed_checkpoint *checkpoint;
    const struct outlook *outlook;
    const struct figures *figures;
    bool *seen;            /* of figures->intakes */
    struct instants *into; /* of everything else, each once */
};

static void look_at(struct looking *looking, int64_t instant)
{
    for (size_t i = 0; i < looking->into->n; i++)
        if (looking->into->at[i] == instant)
            return;
    *vec_push(looking->into) = instant;
}

static void look_at_intake(struct looking *looking, int64_t id)
{
    const struct intake *intake = figures_intake(looking->figures, id);
    if (intake)
        looking->seen[intake - looking->figures->intakes] = true;
}

static const struct period *label_period(struct looking *looking, const char *label)
{
    struct kept_label *kept = &looking->labels[((uintptr_t)label >> 4) % LABELS_KEPT];
    if (kept->label != label) {
        kept->label = label;
        kept->valid = period_parse(label, &kept->period, NULL);
    }
    return kept->valid ? &kept->period : NULL;
}

/* A figure counts for the periods that hold its own, and for what they are compared with. */
static bool is_read(struct looking *looking, const struct kpi *kpi, const char *label)
{
    const struct period *own = label_period(looking, label);
    bool compares = kpi->measure.kind == MEASURE_CHANGE || kpi->measure.kind == MEASURE_REDUCTION;
    return own && (period_inside(own, &looking->checkpoint->period) ||
                   (compares && period_inside(own, &kpi->measure.from)));
}

static void look_at_figures(struct looking *looking, const struct kpi *kpi, const char *unit,
                            const struct metric *metric)
{
    const struct figures *figures = looking->figures;
    const struct figure *first;
    size_t n = unit ? figures_of(figures, unit, metric->name, &first) : 0;
    bool corrected = false;
    for (size_t i = 0; i < n; i++)
        if (is_read(looking, kpi, first[i].period)) {
            look_at_intake(looking, first[i].intake);
            corrected = corrected || first[i].corrected;
        }
    for (size_t i = 0; corrected && i < figures->n_past; i++) {
        const struct figure_past *past = &figures->past[i];
        if (!strcmp(past->unit, unit) && !strcmp(past->metric, metric->name) &&
            is_read(looking, kpi, past->period))
            look_at_intake(looking, past->intake);
    }
}

/* The metrics of a function are known only when it runs: it may read any. */
static void look_at_metrics(struct looking *looking, const struct kpi *kpi, const struct unit *unit)
{
    const struct rulebook *rulebook = looking->outlook->rulebook;
    const struct operand *operands[] = {&kpi->measure.top, &kpi->measure.bottom,
                                        &(struct operand){&kpi->waive_below, kpi->waive_below ? 1 : 0}};
    for (size_t i = 0; i < sizeof operands / sizeof *operands; i++)
        for (size_t j = 0; j < operands[i]->n; j++) {
            look_at_figures(looking, kpi, unit->id, operands[i]->metrics[j]);
            look_at_figures(looking, kpi, unit->was, operands[i]->metrics[j]);
        }
    for (size_t i = 0; kpi->measure.kind == MEASURE_FUNCTION && i < rulebook->n_metrics; i++) {
        look_at_figures(looking, kpi, unit->id, &rulebook->metrics[i]);
        look_at_figures(looking, kpi, unit->was, &rulebook->metrics[i]);
    }
}

/* What was done ahead of its day counts from that day on. */
static void look_at_occurrence(struct looking *looking, const struct occurrence *occurrence)
{
    for (size_t i = 0; i < occurrence->n_changes; i++)
        look_at(looking, occurrence->changes[i]);
    if (occurrence->state == STATE_DONE && occurrence->due != DAY_NONE &&
        occurrence->due <= looking->outlook->today)
        look_at(looking, day_start(occurrence->due));
}

/* Told when it is judged, not before. */
static void look_at_progress(struct looking *looking, const struct kpi *kpi, const struct unit *unit)
{
    bool told = kpi->measure.kind == MEASURE_ON_TIME && looking->outlook->today > looking->checkpoint->day;
    for (size_t i = 0; told && i < looking->outlook->n_gatherings; i++) {
        const struct gathering *gathering = &looking->outlook->gatherings[i];
        bool asked = false;
        for (size_t j = 0; j < kpi->measure.n_items; j++)
            asked = asked || kpi->measure.items[j] == gathering->duty->item;
        for (size_t j = 0; asked && j < gathering->n; j++) {
            const struct occurrence *one = &gathering->first[j];
            if ((!unit || one->unit == unit || gathering->duty->joint) && one->due_original != DAY_NONE &&
                period_holds(&looking->checkpoint->period, one->due_original))
                look_at_occurrence(looking, one);
        }
    }
}

static void look_at_midnight(struct looking *looking, int day)
{
    if (day <= looking->outlook->today && day_start(day) > feed_plan_start(looking->checkpoint->plan))
        look_at(looking, day_start(day));
}

/* It begins, it is judged, what is missing of it is told, another step is reached. */
static void look_at_days(struct looking *looking, const struct kpi *kpi)
{
    const struct feed_checkpoint *checkpoint = looking->checkpoint;
    look_at_midnight(looking, checkpoint->period.first);
    look_at_midnight(looking, checkpoint->day + 1);
    look_at_midnight(looking, checkpoint->period.last + 1);
    for (size_t i = 0; kpi->target.form == FORM_STEPS && i < kpi->target.n_cases; i++)
        if (period_holds(&checkpoint->period, kpi->target.cases[i].period.first))
            look_at_midnight(looking, kpi->target.cases[i].period.first);
}

static void look_at_kpi(struct looking *looking, const struct kpi *kpi, const struct unit *unit)
{
    const struct units *sides[] = {&kpi->lead, &kpi->across};
    look_at_days(looking, kpi);
    look_at_progress(looking, kpi, unit);
    if (unit) {
        look_at_metrics(looking, kpi, unit);
        return;
    }
    for (size_t i = 0; i < 2; i++)
        for (size_t j = 0; looking->figures->n && j < sides[i]->n; j++)
            look_at_metrics(looking, kpi, sides[i]->at[j]);
}

static int instant_order(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

struct instants feed_checkpoint_instants(const struct feed_checkpoint *checkpoint, const struct unit *unit,
                                         const struct outlook *outlook, const struct figures *figures)
{
    struct instants instants = {0};
    auto_free bool *seen = mem_alloc((figures->n_intakes + 1) * sizeof *seen);
    struct kept_label labels[LABELS_KEPT] = {0};
    struct looking looking = {labels, checkpoint, outlook, figures, seen, &instants};
    for (size_t i = 0; i < checkpoint->n; i++)
        if (feed_checkpoint_has(checkpoint->kpis[i], unit))
            look_at_kpi(&looking, checkpoint->kpis[i], unit);
    for (size_t i = 0; i < figures->n_intakes; i++)
        if (seen[i])
            *vec_push(&instants) = figures->intakes[i].recorded_at;
    if (instants.n > 1)
        qsort(instants.at, instants.n, sizeof *instants.at, instant_order);
    return instants;
}
