#include "kpi_desk.h"

#include "time/clock.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

void kpi_desk_open(struct kpi_desk *desk)
{
    struct faults faults;
    *desk = (struct kpi_desk){.arena = arena_new()};
    faults_init(&faults, LANG_VI);
    desk->rulebook = rulebook_load(&(struct rulebook_paths){"tests/kpi/rules", "calendars"}, &faults);
    if (!desk->rulebook)
        faults_print(&faults, stderr);
    faults_fini(&faults);
    assert_non_null(desk->rulebook);
}

static void forget_answers(struct kpi_desk *desk)
{
    kpi_results_free(desk->results);
    figures_free(desk->known);
    outlook_free(desk->outlook);
    facts_free(desk->facts);
    desk->results = NULL;
    desk->known = NULL;
    desk->outlook = NULL;
    desk->facts = NULL;
}

void kpi_desk_clear(struct kpi_desk *desk)
{
    forget_answers(desk);
    vec_free(&desk->figures);
    vec_free(&desk->progress);
    vec_free(&desk->events);
    arena_free(desk->arena);
    desk->arena = arena_new();
}

void kpi_desk_close(struct kpi_desk *desk)
{
    kpi_desk_clear(desk);
    arena_free(desk->arena);
    rulebook_free(desk->rulebook);
}

/* ---- telling ---- */

static const char *id_of(struct kpi_desk *desk, const char *unit)
{
    return strchr(unit, '/') ? arena_strdup(desk->arena, unit) : arena_printf(desk->arena, "t/%s", unit);
}

void kpi_desk_figure(struct kpi_desk *desk, const char *unit, const char *metric, const char *period,
                     int64_t scaled)
{
    *vec_push(&desk->figures) = (struct figure){.unit = id_of(desk, unit),
                                                .metric = arena_strdup(desk->arena, metric),
                                                .period = arena_strdup(desk->arena, period),
                                                .value = scaled,
                                                .row = (int)desk->figures.n + 1};
}

static void progress_add(struct kpi_desk *desk, const char *unit, const char *ref, const char *period,
                         enum progress_action action, int day)
{
    *vec_push(&desk->progress) = (struct progress_fact){
        .id = (int64_t)desk->progress.n + 1,
        .occurrence = arena_printf(desk->arena, "t-2026:%s:%s:%s", ref, period, id_of(desk, unit)),
        .action = action,
        .on = day,
        .recorded_at = day_at(day == DAY_NONE ? DAY_FIRST : day, 8, 0)};
}

void kpi_desk_done(struct kpi_desk *desk, const char *unit, const char *ref, const char *period, int day)
{
    progress_add(desk, unit, ref, period, PROGRESS_DONE, day);
}

void kpi_desk_extended(struct kpi_desk *desk, const char *unit, const char *ref, const char *period, int day)
{
    progress_add(desk, unit, ref, period, PROGRESS_EXTEND, day);
}

void kpi_desk_cancelled(struct kpi_desk *desk, const char *unit, const char *ref, const char *period)
{
    progress_add(desk, unit, ref, period, PROGRESS_CANCEL, DAY_NONE);
}

void kpi_desk_event(struct kpi_desk *desk, const char *unit, const char *event, int day)
{
    int64_t id = (int64_t)desk->events.n + 1;
    *vec_push(&desk->events) = (struct event_fact){.id = id,
                                                   .chain = id,
                                                   .plan = "t-2026",
                                                   .event = arena_strdup(desk->arena, event),
                                                   .unit = id_of(desk, unit),
                                                   .label_day = day,
                                                   .on = day,
                                                   .due = DAY_NONE,
                                                   .recorded_at = day_at(day, 8, 0)};
}

/* ---- asking ---- */

static int figure_order(const void *a, const void *b)
{
    const struct figure *one = a, *other = b;
    int order = strcmp(one->unit, other->unit);
    if (order == 0)
        order = strcmp(one->metric, other->metric);
    return order ? order : strcmp(one->period, other->period);
}

static int progress_order(const void *a, const void *b)
{
    const struct progress_fact *one = a, *other = b;
    int order = strcmp(one->occurrence, other->occurrence);
    return order ? order : (one->id > other->id) - (one->id < other->id);
}

static int event_order(const void *a, const void *b)
{
    const struct event_fact *one = a, *other = b;
    int order = strcmp(one->event, other->event);
    return order ? order : (one->chain > other->chain) - (one->chain < other->chain);
}

static void *sorted(struct arena *arena, const void *at, size_t n, size_t size,
                    int (*order)(const void *, const void *))
{
    void *copy = arena_alloc(arena, n * size);
    if (n) {
        memcpy(copy, at, n * size);
        qsort(copy, n, size, order);
    }
    return copy;
}

static void gather_told(struct kpi_desk *desk)
{
    desk->known = figures_empty();
    desk->known->n = desk->figures.n;
    desk->known->list =
        sorted(desk->known->arena, desk->figures.at, desk->figures.n, sizeof *desk->figures.at, figure_order);
    desk->facts = facts_empty();
    desk->facts->n_progress = desk->progress.n;
    desk->facts->progress = sorted(desk->facts->arena, desk->progress.at, desk->progress.n,
                                   sizeof *desk->progress.at, progress_order);
    desk->facts->n_events = desk->events.n;
    desk->facts->events =
        sorted(desk->facts->arena, desk->events.at, desk->events.n, sizeof *desk->events.at, event_order);
}

const struct kpi *kpi_desk_kpi(const struct kpi_desk *desk, const char *key)
{
    for (size_t i = 0; i < desk->rulebook->n_plans; i++) {
        const struct plan *plan = &desk->rulebook->plans[i];
        for (size_t j = 0; j < plan->n_kpis; j++)
            if (strcmp(plan->kpis[j].id + strlen(plan->id) + 1, key) == 0)
                return &plan->kpis[j];
    }
    fail_msg("no KPI %s", key);
    return NULL;
}

const struct unit *kpi_desk_unit(const struct kpi_desk *desk, const struct kpi *kpi, const char *code)
{
    for (size_t i = 0; i < desk->rulebook->units.n; i++) {
        const struct unit *unit = desk->rulebook->units.at[i];
        if (unit->org == kpi->plan->org && strcmp(unit->code, code) == 0)
            return unit;
    }
    fail_msg("no unit %s", code);
    return NULL;
}

const struct kpi_results *kpi_desk_ask(struct kpi_desk *desk, const char *key, const char *unit,
                                       const char *period, int day)
{
    const struct kpi *kpi = kpi_desk_kpi(desk, key);
    forget_answers(desk);
    gather_told(desk);
    desk->outlook = outlook_new(desk->rulebook, desk->facts, day_at(day, 8, 0));
    desk->results =
        kpi_evaluate(desk->outlook, desk->known,
                     &(struct kpi_question){.as_of = day,
                                            .rolled_up = true,
                                            .period = period,
                                            .kpi = kpi,
                                            .unit = unit ? kpi_desk_unit(desk, kpi, unit) : NULL});
    return desk->results;
}

const struct kpi_result *kpi_desk_one(struct kpi_desk *desk, const char *key, const char *unit,
                                      const char *period, int day)
{
    const struct kpi_results *results = kpi_desk_ask(desk, key, unit, period, day);
    return results->n == 1 ? &results->list[0] : NULL;
}

/* ---- numbers ---- */

const char *kpi_shown(double value, char buf[40])
{
    snprintf(buf, 40, "%.6f", value);
    size_t n = strlen(buf);
    while (buf[n - 1] == '0')
        n--;
    if (buf[n - 1] == '.')
        n--;
    buf[n] = '\0';
    return buf;
}

int64_t kpi_scaled(const char *text)
{
    char *end;
    int64_t scaled = strtoll(text, &end, 10);
    int64_t sign = *text == '-' ? -1 : 1, step = NUMBER_SCALE;
    scaled *= step;
    if (*end == '.')
        for (end++; *end >= '0' && *end <= '9' && step > 1; end++)
            scaled += sign * (*end - '0') * (step /= 10);
    assert_int_equal(*end, '\0');
    return scaled;
}
