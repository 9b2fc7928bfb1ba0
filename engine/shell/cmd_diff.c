/* `hanchot diff`: what an edit of the rules changes, before it is in use. */
#include "shell/app.h"

#include "publish/difference.h"

#include <stdio.h>

static bool load(struct app *app, const char *folder, struct world *world)
{
    struct faults faults;
    const struct rulebook_paths paths = {folder, app->options.calendars};
    faults_init(&faults, app->lang);
    struct rulebook *rulebook = rulebook_load(&paths, &faults);
    if (!rulebook)
        faults_print(&faults, stderr);
    faults_fini(&faults);
    return rulebook ? world_of(app, rulebook, world)
                    : err_set(&app->err, ERR_INPUT, "quy tắc trong %s có lỗi, xem ở trên",
                              "the rules in %s have faults, see above", folder);
}

int cmd_diff(struct app *app)
{
    struct listing_options listing;
    struct world old = {0}, later = {0};
    auto_text out = {0};
    bool good =
        options_listing(app, &listing) && load(app, app->argv[0], &old) && load(app, app->argv[1], &later);
    if (good) {
        const struct difference_side before = {old.outlook, old.figures, old.stamps},
                                     after = {later.outlook, later.figures, later.stamps};
        const struct feed_settings settings = {app->site->url, app->site->lang};
        good = difference_list(&before, &after, &settings, &listing, &out, &app->err);
    }
    world_free(&old);
    world_free(&later);
    if (!good)
        return app_fail(app, &app->err);
    fwrite(text_str(&out), 1, out.n, stdout);
    return 0;
}
