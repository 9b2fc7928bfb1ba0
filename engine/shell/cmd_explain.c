/* `hanchot explain`: why a day, why a verdict, why somebody is told or not. */
#include "shell/app.h"

#include "publish/explain.h"
#include "time/clock.h"

#include <string.h>

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
    const struct explain_ask ask = {.outlook = world.outlook,
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
    if (explain_write(&ask, &out, &app->err))
        fwrite(text_str(&out), 1, out.n, stdout);
    else
        status = app_fail(app, &app->err);
    world_free(&world);
    return status;
}
