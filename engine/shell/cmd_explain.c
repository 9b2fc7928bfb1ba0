/* `hanchot explain`: why a day, why a verdict. */
#include "shell/app.h"

#include "publish/explain.h"
#include "publish/scoreboard.h"
#include "time/clock.h"

#include <string.h>

static const struct kpi *kpi_named(const struct rulebook *rulebook, const char *id)
{
    for (size_t i = 0; i < rulebook->n_plans; i++)
        for (size_t j = 0; j < rulebook->plans[i].n_kpis; j++)
            if (!strcmp(rulebook->plans[i].kpis[j].id, id))
                return &rulebook->plans[i].kpis[j];
    return NULL;
}

static bool unit_named(struct app *app, const struct world *world, const struct unit **unit)
{
    const char *id = app->options.unit;
    *unit = id ? rulebook_unit(world->rulebook, id) : NULL;
    return !id || *unit || err_set(&app->err, ERR_INPUT, "không có đơn vị '%s'", "no such unit '%s'", id);
}

/* One unit's verdict, or each in turn. */
static bool explain_kpi(struct app *app, const struct world *world, const struct kpi *kpi, struct text *out)
{
    const struct unit *unit;
    int as_of;
    if (!unit_named(app, world, &unit) || !option_day(app, "as-of", app->options.as_of, &as_of))
        return false;
    struct kpi_question question = {.as_of = as_of == DAY_NONE ? instant_day(app->now) : as_of,
                                    .period = app->options.period,
                                    .plan = kpi->plan,
                                    .unit = unit,
                                    .kpi = kpi,
                                    .lang = app->lang};
    struct kpi_results *results = kpi_evaluate(world->outlook, world->figures, &question);
    size_t n = app->options.full || results->n <= 1 ? results->n : 1;
    for (size_t i = 0; i < n; i++)
        scoreboard_explain(world->figures, &results->list[i], app->options.full, app->lang, out);
    if (n < results->n)
        text_addf(out,
                  say(app->lang, "  … và %zu đơn vị nữa: chọn bằng --unit, hoặc xem cả với --full\n",
                      "  … and %zu more units: choose with --unit, or see all with --full\n"),
                  results->n - n);
    bool any = results->n > 0;
    kpi_results_free(results);
    return any || err_set(&app->err, ERR_INPUT, "chỉ tiêu này không áp dụng cho đơn vị hoặc kỳ đã chọn",
                          "this KPI does not apply to that unit or period");
}

/* An occurrence, or with --unit that unit's of what many units lead. */
static bool explain_day(struct app *app, const struct outlook *outlook, const char *id, struct text *out)
{
    auto_text own = {0};
    text_addf(&own, "%s:%s", id, app->options.unit ? app->options.unit : "");
    const struct occurrence *occurrence = outlook_find(outlook, app->options.unit ? text_str(&own) : id);
    const struct gathering *gathering = occurrence ? NULL : outlook_find_gathering(outlook, id);
    if (occurrence)
        explain_occurrence(outlook, occurrence, app->lang, out);
    else if (gathering && !app->options.unit)
        explain_gathering(outlook, gathering, app->options.full, app->lang, out);
    else
        return err_set(
            &app->err, ERR_INPUT,
            "không có kỳ hạn hay chỉ tiêu '%s'%s%s; xem: hanchot due --format csv, hanchot kpi --format csv",
            "no occurrence or KPI '%s'%s%s; see: hanchot due --format csv, hanchot kpi --format csv", id,
            app->options.unit ? say(app->lang, " của ", " of ") : "",
            app->options.unit ? app->options.unit : "");
    return true;
}

int cmd_explain(struct app *app)
{
    struct world world;
    if (!world_load(app, &world))
        return app_fail(app, &app->err);
    auto_text out = {0};
    const struct kpi *kpi = kpi_named(world.rulebook, app->argv[0]);
    bool good =
        kpi ? explain_kpi(app, &world, kpi, &out) : explain_day(app, world.outlook, app->argv[0], &out);
    int status = 0;
    if (good)
        fwrite(text_str(&out), 1, out.n, stdout);
    else
        status = app_fail(app, &app->err);
    world_free(&world);
    return status;
}
