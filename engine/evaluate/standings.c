#include "evaluate/standings.h"

#include "evaluate/kpi_measure.h"

#include <string.h>

enum { BITS_OF_METRICS = 63 };

struct dependents {
    VEC(size_t) blocks;
};

/* What one pass over stale standings needs. */
struct pass {
    struct standings *standings;
    const struct outlook *outlook;
    struct kpi_work work; /* for what is lacking; verdicts are taken by kpi_evaluate */
};

const struct metric *standing_metric(const struct kpi *kpi, size_t i)
{
    const struct operand *top = &kpi->measure.top, *bottom = &kpi->measure.bottom;
    if (i < top->n)
        return top->metrics[i];
    i -= top->n;
    return i < bottom->n ? bottom->metrics[i] : NULL;
}

/* ---- one standing ---- */

static int64_t newest_of(const struct kpi_result *result)
{
    int64_t newest = 0;
    for (size_t i = 0; i < result->n_used; i++)
        newest = result->used[i]->recorded_at > newest ? result->used[i]->recorded_at : newest;
    return newest;
}

static bool ever_sent(const struct pass *pass, const struct unit *unit, const struct metric *metric)
{
    const struct figure *first;
    return figures_of(pass->standings->figures, unit->id, metric->name, &first) ||
           (unit->was && figures_of(pass->standings->figures, unit->was, metric->name, &first));
}

static void look_at_metric(struct pass *pass, const struct standing_block *block, struct standing *standing,
                           const struct metric *metric, uint64_t bit)
{
    if (standing->member) {
        if (ever_sent(pass, standing->unit, metric) &&
            !figure_inside(&pass->work, standing->unit, metric, &block->period))
            standing->lacks |= bit;
        return;
    }
    const struct operand operand = {.metrics = &metric, .n = 1};
    const struct gather_ask ask = {
        .top = &operand, .largest = block->kpi->measure.kind == MEASURE_LARGEST, .period = &block->period};
    pass->work.used.n = 0;
    struct gathered gathered = gather_unit(&pass->work, &ask, standing->unit);
    standing->lacks |= gathered.reported ? 0 : bit;
    standing->behind |= gathered.partial ? bit : 0;
}

static void look_for_lacks(struct pass *pass, const struct standing_block *block, struct standing *standing)
{
    const struct metric *metric;
    standing->lacks = standing->behind = 0;
    if (!block->ended || !standing->unit || standing->verdict == VERDICT_MET ||
        standing->verdict == VERDICT_EXEMPT)
        return;
    for (size_t i = 0; (metric = standing_metric(block->kpi, i)); i++)
        look_at_metric(pass, block, standing, metric, i < BITS_OF_METRICS ? UINT64_C(1) << i : LACKS_OTHERS);
    if (block->kpi->measure.kind == MEASURE_FUNCTION && standing->verdict == VERDICT_NO_DATA)
        standing->lacks = LACKS_OTHERS;
}

static void take(struct pass *pass, const struct standing_block *block, struct standing *standing,
                 const struct kpi_result *result)
{
    mem_free(standing->reason);
    *standing = (struct standing){.unit = result->unit,
                                  .verdict = result->verdict,
                                  .partial = result->partial,
                                  .sample = result->sample,
                                  .has_value = result->has_value,
                                  .value = result->value,
                                  .target = result->target,
                                  .needed = result->needed,
                                  .newest = newest_of(result)};
    if (result->verdict == VERDICT_INVALID)
        standing->reason = mem_strdup(result->reason);
    look_for_lacks(pass, block, standing);
    pass->standings->evaluated++;
}

/* ---- what is stale ---- */

/* Asks for one unit, or (NULL) for all of the block at once. */
static void ask(struct pass *pass, struct standing_block *block, const struct unit *unit)
{
    struct kpi_question question = {.as_of = pass->standings->day,
                                    .period = block->period.label,
                                    .plan = block->kpi->plan,
                                    .kpi = block->kpi,
                                    .unit = unit,
                                    .lang = pass->standings->lang};
    struct kpi_results *results = kpi_evaluate(pass->outlook, pass->standings->figures, &question);
    for (size_t i = 0, at = 0; i < results->n; i++) {
        while (at < block->n && (block->list[at].unit != results->list[i].unit || block->list[at].member))
            at++;
        must(at < block->n);
        take(pass, block, &block->list[at++], &results->list[i]);
    }
    kpi_results_free(results);
}

static void refresh_members(struct pass *pass, struct standing_block *block)
{
    for (size_t i = 0; i < block->n; i++)
        if (block->list[i].stale && block->list[i].member) {
            block->list[i].stale = false;
            look_for_lacks(pass, block, &block->list[i]);
        }
}

static void refresh_block(struct pass *pass, struct standing_block *block)
{
    size_t stale = 0, verdicts = 0;
    for (size_t i = 0; i < block->n; i++) {
        stale += block->list[i].stale && !block->list[i].member;
        verdicts += !block->list[i].member;
    }
    refresh_members(pass, block);
    if (stale == verdicts && stale) {
        ask(pass, block, NULL);
        return;
    }
    for (size_t i = 0; stale && i < block->n; i++)
        if (block->list[i].stale)
            ask(pass, block, block->list[i].unit);
}

static void refresh(struct standings *standings, const struct outlook *outlook)
{
    struct pass pass = {.standings = standings,
                        .outlook = outlook,
                        .work = {.outlook = outlook,
                                 .figures = standings->figures,
                                 .arena = arena_new(),
                                 .lang = standings->lang,
                                 .as_of = standings->day}};
    for (size_t i = 0; i < standings->n; i++)
        refresh_block(&pass, &standings->blocks[i]);
    vec_free(&pass.work.used);
    vec_free(&pass.work.spans);
    mem_free(pass.work.labels);
    arena_free(pass.work.arena);
}

/* ---- who has sent anything ---- */

static bool reads(const struct kpi *kpi, const char *metric)
{
    const struct metric *one;
    for (size_t i = 0; (one = standing_metric(kpi, i)); i++)
        if (!strcmp(one->name, metric))
            return true;
    return false;
}

static bool plan_reads(const struct plan *plan, const char *metric)
{
    for (size_t i = 0; i < plan->n_kpis; i++)
        if (reads(&plan->kpis[i], metric))
            return true;
    return false;
}

static bool unit_is(const struct unit *unit, const char *id)
{
    return !strcmp(unit->id, id) || (unit->was && !strcmp(unit->was, id));
}

static void note_used(struct standings *standings, const char *unit_id, const char *metric)
{
    const struct rulebook *rulebook = standings->rulebook;
    for (size_t i = 0; i < rulebook->units.n; i++) {
        const struct unit *unit = rulebook->units.at[i];
        if (!unit_is(unit, unit_id))
            continue;
        standings->unit_used[unit->number] = true;
        for (size_t j = 0; j < rulebook->n_plans; j++)
            if (!standings->plan_used[j] && rulebook->plans[j].org == unit->org &&
                plan_reads(&rulebook->plans[j], metric))
                standings->plan_used[j] = true;
    }
}

/* Figures come by unit and metric, and their names are shared: one look for each pair. */
static void note_all_used(struct standings *standings)
{
    const struct figures *figures = standings->figures;
    const struct figure *noted = NULL;
    for (size_t i = 0; i < figures->n; i++) {
        const struct figure *figure = &figures->list[i];
        if (noted && !strcmp(noted->metric, figure->metric) && !strcmp(noted->unit, figure->unit))
            continue;
        const struct intake *intake = figures->sample ? figures_intake(figures, figure->intake) : NULL;
        if (intake && intake->sample)
            continue;
        note_used(standings, figure->unit, figure->metric);
        noted = figure;
    }
}

/* ---- all of it ---- */

static void block_fill(struct standing_block *block)
{
    const struct kpi *kpi = block->kpi;
    bool across = kpi->lead.n == 0;
    const struct units *units = across ? &kpi->across : &kpi->lead;
    block->list = mem_alloc((units->n + 1) * sizeof *block->list);
    if (across)
        block->list[block->n++] = (struct standing){.stale = true};
    for (size_t i = 0; i < units->n; i++)
        if (unit_is_there(units->at[i], &block->period))
            block->list[block->n++] = (struct standing){
                .unit = units->at[i], .member = across, .verdict = VERDICT_NO_DATA, .stale = true};
}

struct blocks {
    VEC(struct standing_block) list;
};

static bool block_add(struct blocks *blocks, const struct kpi *kpi, const struct period *period, int day)
{
    struct standing_block *block = vec_push(&blocks->list);
    *block = (struct standing_block){.kpi = kpi, .period = *period, .judged = kpi_judged(kpi, period)};
    block->ended = day > block->judged;
    block_fill(block);
    return block->ended;
}

static void blocks_of(struct blocks *blocks, const struct kpi *kpi, int day)
{
    const struct period period = kpi_period(kpi, day);
    if (block_add(blocks, kpi, &period, day) || kpi->each == PERIOD_SPAN || period.first <= kpi->over.first)
        return;
    const struct period before = kpi_period(kpi, period.first - 1);
    if (before.last < period.first)
        block_add(blocks, kpi, &before, day);
}

static void depends(struct standings *standings, const struct metric *metric, size_t block)
{
    *vec_push(&standings->dependents[metric->number].blocks) = block;
}

static void index_blocks(struct standings *standings)
{
    size_t n = standings->rulebook->n_metrics;
    standings->dependents = mem_alloc((n + 1) * sizeof *standings->dependents);
    for (size_t i = 0; i < standings->n; i++) {
        const struct kpi *kpi = standings->blocks[i].kpi;
        const struct metric *metric;
        for (size_t j = 0; (metric = standing_metric(kpi, j)); j++)
            depends(standings, metric, i);
        if (kpi->waive_below)
            depends(standings, kpi->waive_below, i);
        if (kpi->measure.kind == MEASURE_FUNCTION)
            *vec_push(&standings->dependents[n].blocks) = i;
    }
}

struct standings *standings_new(const struct outlook *outlook, const struct figures *figures, int day,
                                enum lang lang)
{
    struct standings *standings = mem_alloc(sizeof *standings);
    const struct rulebook *rulebook = outlook->rulebook;
    struct blocks blocks = {0};
    for (size_t i = 0; i < rulebook->n_plans; i++)
        for (size_t j = 0; !outlook->plan_closed[i] && j < rulebook->plans[i].n_kpis; j++)
            blocks_of(&blocks, &rulebook->plans[i].kpis[j], day);
    *standings = (struct standings){.rulebook = rulebook,
                                    .figures = figures,
                                    .day = day,
                                    .lang = lang,
                                    .blocks = blocks.list.at,
                                    .n = blocks.list.n};
    standings->plan_used = mem_alloc(rulebook->n_plans + 1);
    standings->unit_used = mem_alloc(rulebook->units.n + 1);
    index_blocks(standings);
    note_all_used(standings);
    refresh(standings, outlook);
    return standings;
}

void standings_free(struct standings *standings)
{
    if (!standings)
        return;
    for (size_t i = 0; i < standings->n; i++) {
        for (size_t j = 0; j < standings->blocks[i].n; j++)
            mem_free(standings->blocks[i].list[j].reason);
        mem_free(standings->blocks[i].list);
    }
    for (size_t i = 0; i <= standings->rulebook->n_metrics; i++)
        vec_free(&standings->dependents[i].blocks);
    mem_free(standings->dependents);
    mem_free(standings->blocks);
    mem_free(standings->plan_used);
    mem_free(standings->unit_used);
    mem_free(standings);
}

/* ---- what changed ---- */

static bool block_reads(const struct standing_block *block, const struct period *period)
{
    const struct measure *measure = &block->kpi->measure;
    bool compares = measure->kind == MEASURE_CHANGE || measure->kind == MEASURE_REDUCTION;
    return period_inside(period, &block->period) || (compares && period_inside(period, &measure->from));
}

static bool across_has(const struct units *units, const char *id)
{
    for (size_t i = 0; i < units->n; i++)
        if (unit_is(units->at[i], id))
            return true;
    return false;
}

static void mark_all(struct standing_block *block)
{
    for (size_t i = 0; i < block->n; i++)
        block->list[i].stale = true;
}

/* Members are touched by any period: they are asked for what they once sent. What a function may use up it
 * uses up for all units together: it is asked for all again. */
static void mark(struct standing_block *block, const struct figure_key *key, const struct period *period)
{
    bool inside = block_reads(block, period), own = block->kpi->measure.kind == MEASURE_FUNCTION;
    for (size_t i = 0; i < block->n; i++) {
        struct standing *one = &block->list[i];
        bool its = one->unit ? unit_is(one->unit, key->unit) : across_has(&block->kpi->across, key->unit);
        if (!its || !(inside || one->member))
            continue;
        one->stale = true;
        if (own)
            mark_all(block);
    }
}

static void mark_key(struct standings *standings, const struct figure_key *key)
{
    const struct metric *metric = rulebook_metric(standings->rulebook, key->metric);
    struct period period;
    if (!metric || !period_parse(key->period, &period, NULL))
        return; /* no KPI can read it */
    const struct dependents *of[] = {&standings->dependents[metric->number],
                                     &standings->dependents[standings->rulebook->n_metrics]};
    for (size_t i = 0; i < 2; i++)
        for (size_t j = 0; j < of[i]->blocks.n; j++)
            mark(&standings->blocks[of[i]->blocks.at[j]], key, &period);
    const struct figure *figure = figures_find(standings->figures, key->unit, key->metric, key->period);
    const struct intake *intake = figure ? figures_intake(standings->figures, figure->intake) : NULL;
    if (figure && !(intake && intake->sample))
        note_used(standings, key->unit, key->metric);
}

static void mark_progress(struct standings *standings)
{
    for (size_t i = 0; i < standings->n; i++)
        if (standings->blocks[i].kpi->measure.kind == MEASURE_ON_TIME)
            mark_all(&standings->blocks[i]);
}

void standings_update(struct standings *standings, const struct outlook *outlook,
                      const struct figures *figures, bool facts, const struct figure_key *keys, size_t n)
{
    must(outlook->rulebook == standings->rulebook);
    standings->figures = figures;
    for (size_t i = 0; i < n; i++)
        mark_key(standings, &keys[i]);
    if (facts)
        mark_progress(standings);
    refresh(standings, outlook);
}
