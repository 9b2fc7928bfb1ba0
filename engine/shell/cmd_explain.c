/* `hanchot explain`: why a day, why a verdict, why somebody is told or not. */
#include "shell/app.h"

#include "publish/explain.h"
#include "time/clock.h"

#include <string.h>

/* Alerts are those of now; of another day's figures or another day's knowledge none were told. */
static bool explain(struct app *app, const struct world *world, const struct told *told,
                    struct explain_ask *ask, struct text *out)
{
    if (app->options.as_of || app->options.known_on)
        return explain_write(ask, out, &app->err);
    const struct outlook *outlook = world->outlook;
    struct alert_settings settings = app_alert_settings(app);
    settings.lang = app->lang;
    struct standings *standings = standings_new(outlook, world->figures, outlook->today, settings.lang);
    struct alert_knowledge *alerts =
        alert_knowledge_new(outlook, standings, told->replies, told->notices, NULL, app->now, &settings);
    ask->alerts = alerts;
    bool good = explain_write(ask, out, &app->err);
    alert_knowledge_free(alerts);
    standings_free(standings);
    return good;
}

int cmd_explain(struct app *app)
{
    struct world world;
    struct listing_options listing;
    int as_of;
    if (!option_day(app, "as-of", app->options.as_of, &as_of) || !options_listing(app, &listing))
        return app_fail(app, &app->err);
    if (listing.format == LISTING_CSV) {
        err_set(&app->err, ERR_USAGE, "explain không có dạng csv: hãy dùng --format json",
                "explain has no csv: use --format json");
        return app_fail(app, &app->err);
    }
    if (!world_load(app, &world))
        return app_fail(app, &app->err);
    auto_text out = {0};
    struct told told = {0};
    struct explain_ask ask = {.outlook = world.outlook,
                              .figures = world.figures,
                              .id = app->argv[0],
                              .unit = app->options.unit,
                              .period = app->options.period,
                              .as_of = as_of == DAY_NONE ? instant_day(app->now) : as_of,
                              .full = app->options.full,
                              .format = listing.format,
                              .lang = app->lang,
                              .width = listing.width};
    int status = 0;
    if (told_load(app, &told) && explain(app, &world, &told, &ask, &out))
        fwrite(text_str(&out), 1, out.n, stdout);
    else
        status = app_fail(app, &app->err);
    told_free(&told);
    world_free(&world);
    return status;
}
