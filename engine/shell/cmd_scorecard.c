/* `hanchot scorecard`: points by parts, their sum, and whether the published total is it. */
#include "shell/app.h"

#include "publish/scoresheet.h"
#include "time/clock.h"

int cmd_scorecard(struct app *app)
{
    struct listing_options listing;
    struct world world;
    int as_of;
    if (!option_day(app, "as-of", app->options.as_of, &as_of) || !options_listing(app, &listing) ||
        !world_load(app, &world))
        return app_fail(app, &app->err);
    auto_text out = {0};
    if (as_of == DAY_NONE)
        as_of = instant_day(app->now);
    int status = 0;
    if (scoresheet_list(world.outlook, world.figures, app->argc ? app->argv[0] : NULL, as_of,
                        app->options.period, &listing, &out, &app->err))
        fwrite(text_str(&out), 1, out.n, stdout);
    else
        status = app_fail(app, &app->err);
    world_free(&world);
    return status;
}
