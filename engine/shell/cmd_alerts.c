/* Alerts as they stand now, what will be told, and what was told. Reads only: ack and snooze stand in
 * cmd_write.c. */
#include "shell/app.h"

#include "publish/alert_list.h"
#include "shell/proving.h"
#include "shell/resend.h"

#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

struct alert_settings app_alert_settings(const struct app *app)
{
    struct alert_settings settings = alert_settings_default;
    settings.lang = app->site->lang;
    settings.opens = app->site->opens;
    settings.closes = app->site->closes;
    settings.failing = app->failing;
    return settings;
}

bool told_read(struct store *store, struct told *told, struct err *err)
{
    return (told->replies = replies_read(store, err)) && (told->notices = notices_read(store, err)) &&
           (told->dispatches = dispatches_read(store, err));
}

/* "mail:an@example.gov.vn", "webhook:chat" */
static struct failings *failings_of(const struct site *site, const struct channels *channels)
{
    struct arena *arena = arena_new();
    size_t n = 0;
    const char **known = arena_alloc(arena, (site->n_recipients + site->n_webhooks + 1) * sizeof *known);
    for (size_t i = 0; i < site->n_recipients; i++)
        known[n++] = arena_printf(arena, "mail:%s", site->recipients[i].address);
    for (size_t i = 0; i < site->n_webhooks; i++)
        known[n++] = arena_printf(arena, "webhook:%s", site->webhooks[i].name);
    struct failings *failings = failings_new(channels, known, n);
    arena_free(arena);
    return failings;
}

bool app_failing_read(struct app *app, struct store *store, bool *changed, struct err *err)
{
    struct channels *channels = channels_failing(store, err);
    if (!channels)
        return false;
    struct failings *failings = failings_of(app->site, channels);
    channels_free(channels);
    if (changed)
        *changed = app->failing ? !failings_same(app->failing, failings) : failings->n > 0;
    failings_free(app->failing);
    app->failing = failings;
    return true;
}

bool told_load(struct app *app, struct told *told)
{
    bool missing = false;
    struct store *store = store_open_read(app->options.db, &missing, &app->err);
    bool good = (store || missing) && told_read(store, told, &app->err) &&
                app_failing_read(app, store, NULL, &app->err);
    store_close(store);
    return good;
}

void told_free(struct told *told)
{
    replies_free(told->replies);
    notices_free(told->notices);
    dispatches_free(told->dispatches);
}

static bool listing_of(struct app *app, struct listing_options *listing)
{
    const char *format = app->options.format;
    struct winsize size;
    bool terminal = isatty(STDOUT_FILENO) && !ioctl(STDOUT_FILENO, TIOCGWINSZ, &size);
    *listing = (struct listing_options){.plan = app->options.plan,
                                        .unit = app->options.unit,
                                        .from = DAY_NONE,
                                        .to = DAY_NONE,
                                        .lang = app->lang,
                                        .width = terminal ? size.ws_col : 0};
    if (format && !strcmp(format, "json"))
        listing->format = LISTING_JSON;
    else if (format && !strcmp(format, "csv"))
        listing->format = LISTING_CSV;
    else if (format && strcmp(format, "table"))
        return err_set(&app->err, ERR_USAGE, "--format là table, json hoặc csv, không phải '%s'",
                       "--format is table, json or csv, not '%s'", format);
    return app->options.all + app->options.next + app->options.ledger <= 1 ||
           err_set(&app->err, ERR_USAGE, "chỉ một trong --all, --next, --ledger",
                   "only one of --all, --next, --ledger");
}

static bool ledger(struct app *app, const struct outlook *outlook, const struct told *told,
                   const struct listing_options *listing, struct text *out)
{
    bool missing = false;
    struct store *store = store_open_read(app->options.db, &missing, &app->err);
    struct proof *proof = store || missing ? proving_now(app, outlook->rulebook, store, &app->err) : NULL;
    const struct alert_book book = {told->notices, told->replies, told->dispatches, proof};
    bool good = proof && alert_list_ledger(outlook, &book, listing, out, &app->err);
    proof_free(proof);
    store_close(store);
    return good;
}

static bool list(struct app *app, const struct world *world, const struct told *told,
                 const struct faults *faults, const struct listing_options *listing, struct text *out)
{
    const struct outlook *outlook = world->outlook;
    struct alert_settings settings = app_alert_settings(app);
    if (app->options.ledger)
        return ledger(app, outlook, told, listing, out);
    struct standings *standings = standings_new(outlook, world->figures, outlook->today, settings.lang);
    struct alerts *alerts = alerts_new(outlook, standings, told->replies, faults, app->now, &settings,
                                       app->options.all ? told->notices : NULL);
    bool good;
    if (app->options.next) {
        struct comings *comings =
            alerts_next(outlook, standings, alerts, told->replies, told->notices, app->now, &settings);
        good = alert_list_next(outlook, comings, listing, out, &app->err);
        comings_free(comings);
    } else
        good = alert_list(outlook, alerts, listing, out, &app->err);
    alerts_free(alerts);
    standings_free(standings);
    return good;
}

/* Rules with faults do not silence the alerts of the others: those are told, the faults among them, and only
 * the exit status says that something is missing. */
int cmd_alerts(struct app *app)
{
    struct listing_options listing;
    if (app->options.resend)
        return resend_run(app);
    struct world world = {0};
    struct told told = {0};
    struct faults faults;
    auto_text out = {0};
    faults_init(&faults, app->lang);
    bool good = listing_of(app, &listing) && world_load_sound(app, &world, &faults) &&
                told_load(app, &told) && list(app, &world, &told, &faults, &listing, &out);
    int status = !good ? app_fail(app, &app->err) : faults.errors ? ERR_INPUT : 0;
    if (good)
        fwrite(text_str(&out), 1, out.n, stdout);
    told_free(&told);
    world_free(&world);
    faults_fini(&faults);
    return status;
}
