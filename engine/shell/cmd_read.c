/* Commands that read: they never write, and need no daemon. */
#include "shell/app.h"

#include "publish/feed.h"
#include "publish/listing.h"
#include "publish/scoreboard.h"
#include "time/clock.h"

#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

static int print(struct app *app, bool good, const struct text *out)
{
    if (!good)
        return app_fail(app, &app->err);
    fwrite(text_str(out), 1, out->n, stdout);
    return 0;
}

static int terminal_width(void)
{
    struct winsize size;
    return isatty(STDOUT_FILENO) && !ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) ? size.ws_col : 0;
}

bool options_listing(struct app *app, struct listing_options *listing)
{
    const char *format = app->options.format;
    *listing = (struct listing_options){.plan = app->options.plan,
                                        .unit = app->options.unit,
                                        .undated = app->options.undated,
                                        .lang = app->lang,
                                        .width = terminal_width()};
    if (format && !strcmp(format, "json"))
        listing->format = LISTING_JSON;
    else if (format && !strcmp(format, "csv"))
        listing->format = LISTING_CSV;
    else if (format && strcmp(format, "table"))
        return err_set(&app->err, ERR_USAGE, "--format là table, json hoặc csv, không phải '%s'",
                       "--format is table, json or csv, not '%s'", format);
    return option_day(app, "from", app->options.from, &listing->from) &&
           option_day(app, "to", app->options.to, &listing->to);
}

int cmd_items(struct app *app)
{
    struct listing_options listing;
    if (!options_listing(app, &listing))
        return app_fail(app, &app->err);
    struct rulebook *rulebook = rules_load(app, false);
    if (!rulebook)
        return ERR_INPUT;
    auto_text out = {0};
    int status = print(app, listing_items(rulebook, &listing, &out, &app->err), &out);
    rulebook_free(rulebook);
    return status;
}

static struct feed_settings settings_of(const struct app *app)
{
    return (struct feed_settings){app->site->url, app->site->lang};
}

/* What the feed would hold, with stamps as a daemon that started now would see them. */
static void render(struct app *app, const struct world *world, const struct feed_name *name,
                   struct feed_variant variant, struct text *out)
{
    struct feed_settings settings = settings_of(app);
    const struct stamp *changed;
    size_t n;
    int64_t modified;
    struct stamps *stamps =
        feed_stamps(world->outlook, world->figures, world->stamps, NULL, &settings, &changed, &n);
    feed_render(world->outlook, world->figures, stamps, &settings, name, variant, out, &modified);
    stamps_free(stamps);
}

/* `due --format ics` is the feed that the filter names. */
static int due_as_feed(struct app *app)
{
    struct world world;
    if (app->options.from || app->options.to || app->options.undated) {
        err_set(&app->err, ERR_USAGE, "--format ics không đi với --from, --to, --undated",
                "--format ics does not go with --from, --to, --undated");
        return app_fail(app, &app->err);
    }
    if (!world_load(app, &world))
        return app_fail(app, &app->err);
    auto_text name = {0}, out = {0};
    const char *plan = app->options.plan, *unit = app->options.unit;
    text_addf(&name,
              unit   ? "unit/%s%s%s"
              : plan ? "plan/%s%s%s"
                     : "all%s%s%s",
              unit   ? unit
              : plan ? plan
                     : "",
              unit && plan ? "/" : "", unit && plan ? plan : "");
    struct feed_name feed;
    bool good = feed_name_parse(world.rulebook, text_str(&name), &feed, &app->err);
    if (good)
        render(app, &world, &feed, (struct feed_variant){0}, &out);
    int status = print(app, good, &out);
    world_free(&world);
    return status;
}

int cmd_due(struct app *app)
{
    struct listing_options listing;
    struct world world;
    if (app->options.format && !strcmp(app->options.format, "ics"))
        return due_as_feed(app);
    if (!options_listing(app, &listing) || !world_load(app, &world))
        return app_fail(app, &app->err);
    auto_text out = {0};
    int status = print(app, listing_due(world.outlook, &listing, &out, &app->err), &out);
    world_free(&world);
    return status;
}

int cmd_review(struct app *app)
{
    struct rulebook *rulebook = rules_load(app, false);
    if (!rulebook)
        return ERR_INPUT;
    auto_text out = {0};
    const struct plan *plan = rulebook_plan(rulebook, app->argv[0]);
    if (plan)
        listing_review(rulebook, plan, app->lang, &out);
    else
        err_set(&app->err, ERR_INPUT, "không có kế hoạch '%s'; xem: hanchot items",
                "no such plan '%s'; see: hanchot items", app->argv[0]);
    int status = print(app, plan != NULL, &out);
    rulebook_free(rulebook);
    return status;
}

int cmd_kpi(struct app *app)
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
    int status = print(
        app,
        scoreboard_list(world.outlook, world.figures, as_of, app->options.period, &listing, &out, &app->err),
        &out);
    world_free(&world);
    return status;
}

int cmd_feed(struct app *app)
{
    struct world world;
    struct feed_name name;
    if (!world_load(app, &world))
        return app_fail(app, &app->err);
    auto_text out = {0};
    bool good = feed_name_parse(world.rulebook, app->argv[0], &name, &app->err);
    if (good)
        render(app, &world, &name, (struct feed_variant){app->options.todo, app->options.alarms}, &out);
    int status = print(app, good, &out);
    world_free(&world);
    return status;
}
