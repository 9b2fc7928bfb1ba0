#include "alert_desk.h"

#include "base/text.h"
#include "time/clock.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

int alert_day(const char *text)
{
    int value = DAY_NONE;
    assert_true(!text || day_parse(text, &value, NULL));
    return value;
}

int64_t alert_instant(const char *text)
{
    int64_t at = 0;
    assert_true(!text || instant_parse(text, &at, NULL));
    return at;
}

static void put_facts(struct alert_desk *desk, const char *first_day, const char *closed,
                      const struct alert_told *told, size_t n)
{
    struct facts *facts = desk->facts = facts_empty();
    struct progress_fact *progress = arena_alloc(facts->arena, (n + 1) * sizeof *progress);
    facts->first_day = alert_day(first_day);
    for (size_t i = 0; i < n && told[i].occurrence; i++) {
        progress[i] = (struct progress_fact){.id = (int64_t)i + 1,
                                             .occurrence = told[i].occurrence,
                                             .on = alert_day(told[i].on),
                                             .recorded_at = alert_instant(told[i].at)};
        assert_true(progress_action_parse(told[i].action, &progress[i].action));
        facts->n_progress++;
    }
    facts->progress = progress;
    if (closed) {
        struct closing_fact *closing = arena_alloc(facts->arena, sizeof *closing);
        *closing = (struct closing_fact){1, "p", alert_day(closed), "x", NULL, day_start(alert_day(closed))};
        facts->closings = closing;
        facts->n_closings = 1;
    }
}

static void put_replies(struct alert_desk *desk, const struct alert_answered *answered, size_t n)
{
    struct replies *replies = desk->replies = replies_empty();
    struct reply *list = arena_alloc(replies->arena, (n + 1) * sizeof *list);
    for (size_t i = 0; i < n && answered[i].alert; i++, replies->n++)
        list[i] = (struct reply){.id = (int64_t)i + 1,
                                 .alert = answered[i].alert,
                                 .action = answered[i].until ? REPLY_SNOOZE : REPLY_ACK,
                                 .kind = answered[i].kind,
                                 .due = alert_day(answered[i].due),
                                 .until = alert_instant(answered[i].until),
                                 .by = "B",
                                 .recorded_at = alert_instant(answered[i].at)};
    replies->list = list;
}

static int figure_order(const void *a, const void *b)
{
    const struct figure *x = a, *y = b;
    int order = strcmp(x->unit, y->unit);
    order = order ? order : strcmp(x->metric, y->metric);
    return order ? order : strcmp(x->period, y->period);
}

/* Intake 1 is real, 2 a sample. */
static void put_figures(struct alert_desk *desk, const struct alert_figure *told)
{
    struct figures *figures = desk->figures = figures_empty();
    size_t n = 0;
    while (told && told[n].unit)
        n++;
    struct figure *list = arena_alloc(figures->arena, (n + 1) * sizeof *list);
    struct intake *intakes = arena_alloc(figures->arena, 2 * sizeof *intakes);
    intakes[0] = (struct intake){.id = 1, .name = "a.csv"};
    intakes[1] = (struct intake){.id = 2, .name = "b.csv", .sample = true};
    for (size_t i = 0; i < n; i++) {
        list[i] = (struct figure){.unit = told[i].unit,
                                  .metric = told[i].metric,
                                  .period = told[i].period,
                                  .value = (int64_t)told[i].value * NUMBER_SCALE,
                                  .recorded_at = alert_instant(told[i].at ? told[i].at : "2026-11-01T08:00"),
                                  .intake = told[i].sample ? 2 : 1,
                                  .row = (int)i + 1};
        figures->sample = figures->sample || told[i].sample;
    }
    qsort(list, n, sizeof *list, figure_order);
    figures->list = list;
    figures->n = n;
    figures->intakes = intakes;
    figures->n_intakes = 2;
}

struct alert_settings alert_desk_settings(void)
{
    struct alert_settings settings = alert_settings_default;
    settings.lang = LANG_EN;
    return settings;
}

void alert_desk_set(struct alert_desk *desk, const struct alert_case *one)
{
    auto_text source = {0};
    text_addf(&source, "%s%s\n", rules_home_head, one->rows);
    rules_home_put(&desk->home, "rules/p.lua", text_str(&source));
    desk->rulebook = rules_home_load(&desk->home);
    if (!desk->rulebook)
        fail_msg("%s", rules_home_faults(&desk->home));
    desk->now = alert_instant(one->at);
    put_facts(desk, one->first_day, one->closed, one->told, one->n_told);
    put_replies(desk, one->answered, one->n_answered);
    desk->notices = notices_empty();
    desk->outlook = outlook_new(desk->rulebook, desk->facts, desk->now);
    struct alert_settings settings = alert_desk_settings();
    put_figures(desk, one->figures);
    desk->standings =
        one->figures ? standings_new(desk->outlook, desk->figures, desk->outlook->today, LANG_EN) : NULL;
    desk->alerts = alerts_new(desk->outlook, desk->standings, desk->replies, NULL, desk->now, &settings,
                              one->notices    ? one->notices
                              : one->resolved ? desk->notices
                                              : NULL);
}

void alert_desk_clear(struct alert_desk *desk)
{
    alerts_free(desk->alerts);
    standings_free(desk->standings);
    figures_free(desk->figures);
    outlook_free(desk->outlook);
    replies_free(desk->replies);
    notices_free(desk->notices);
    facts_free(desk->facts);
    rulebook_free(desk->rulebook);
}

int alert_desk_setup(void **state)
{
    struct alert_desk *desk = mem_alloc(sizeof *desk);
    rules_home_init(&desk->home);
    *state = desk;
    return 0;
}

int alert_desk_teardown(void **state)
{
    struct alert_desk *desk = *state;
    rules_home_fini(&desk->home);
    mem_free(desk);
    return 0;
}
