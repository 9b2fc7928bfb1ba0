/* app: one run of the program: what the command line, the environment and site.lua said. Lives on main's
 * stack. */
#ifndef HANCHOT_SHELL_APP_H
#define HANCHOT_SHELL_APP_H

#include "alert/alerts.h"
#include "alert/failing.h"
#include "base/text.h"
#include "evaluate/outlook.h"
#include "ledger/figures.h"
#include "ledger/notices.h"
#include "ledger/outbox.h"
#include "ledger/replies.h"
#include "ledger/stamps.h"
#include "rulebook/site.h"

#include <jansson.h>

/* Every option there is; a command names those that it takes. NULL, DAY_NONE or false: not given. */
struct options {
    const char *rules, *calendars, *db, *site;
    const char *at, *lang, *speed;
    const char *plan, *unit, *from, *to, *format;
    const char *as_of, *known_on;
    const char *on, *due, *ref, *note, *by, *why, *period, *listen, *org;
    const char *until, *resend;
    bool all, next, ledger;
    bool undated, new_record, withdraw, todo, alarms, full, help;
    const char *name, *feed;
    bool key, behind_proxy;
    bool dry_run, partial, restore, sample;
};

/* An option with its value, as it stood on the command line. */
struct given_option {
    const char *name, *value;
};

struct app {
    struct options options;
    VEC(struct given_option) given; /* in their order; for options that may stand more than once */
    enum lang lang;
    int64_t now;
    bool frozen; /* --at: now stands still */
    struct site *site;
    struct failings *failing; /* mail servers and webhooks that take nothing; NULL: not known */
    int argc;                 /* arguments after the command and its options */
    char **argv;
    struct err err;
};

struct command {
    const char *name;
    const char *arguments;       /* for the usage line: "EVENT" */
    const char *options;         /* names of the options it takes beside the common ones, blank-separated */
    const char *vi, *en;         /* what it does, one line */
    int (*run)(struct app *app); /* the exit status */
    int least, most;             /* arguments; most -1: any number */
};
extern const struct command commands[];
extern const size_t n_commands;

/* Fills app from the command line: options in any place. False: app->err is set. *command NULL with --help or
 * --version asked. */
MUST_CHECK bool app_parse(struct app *app, int argc, char **argv, const struct command **command);
void app_usage(const struct app *app, const struct command *command, FILE *stream);
/* Prints err to stderr and gives its exit status. */
int app_fail(const struct app *app, const struct err *err);

/* ---- what commands share ---- */

/* Everything a reading command needs, of one instant. */
struct world {
    struct rulebook *rulebook;
    struct facts *facts;
    struct stamps *stamps;
    struct figures *figures;
    struct outlook *outlook;
};
/* Loads rules and ledger and evaluates for app->now. Faults go to stderr; app->err or status 1 then. */
MUST_CHECK bool world_load(struct app *app, struct world *world);
/* The same with what is left of faulty rules; their faults are in `faults` and on stderr. */
MUST_CHECK bool world_load_sound(struct app *app, struct world *world, struct faults *faults);
/* Of these rules, which it takes in any case. */
MUST_CHECK bool world_of(struct app *app, struct rulebook *rulebook, struct world *world);
void world_free(struct world *world);
/* Faults of the rules on stderr; warnings too when asked. */
struct rulebook *rules_load(struct app *app, bool with_warnings);

/* "2026-11-01" of an option into a day; true when it is not given. */
MUST_CHECK bool option_day(struct app *app, const char *name, const char *text, int *day);

struct listing_options;
/* --plan --unit --from --to --format, and how wide the terminal is. */
MUST_CHECK bool options_listing(struct app *app, struct listing_options *listing);

/* cmd_read.c */
int cmd_check(struct app *app);
int cmd_items(struct app *app);
int cmd_due(struct app *app);
int cmd_review(struct app *app);
int cmd_feed(struct app *app);
int cmd_explain(struct app *app);
int cmd_kpi(struct app *app);
int cmd_test(struct app *app);
int cmd_diff(struct app *app);
/* cmd_scorecard.c */
int cmd_scorecard(struct app *app);
/* cmd_write.c */
int cmd_record(struct app *app);
int cmd_done(struct app *app);
int cmd_reopen(struct app *app);
int cmd_extend(struct app *app);
int cmd_cancel(struct app *app);
int cmd_close(struct app *app);
int cmd_accept(struct app *app);
int cmd_backup(struct app *app);
int cmd_verify(struct app *app);
/* cmd_ingest.c */
int cmd_ingest(struct app *app);
/* cmd_token.c */
int cmd_token(struct app *app);
/* cmd_alerts.c */
/* What the ledger says of alerts. */
struct told {
    struct replies *replies;
    struct notices *notices;
    struct dispatches *dispatches;
};
MUST_CHECK bool told_load(struct app *app, struct told *told);
MUST_CHECK bool told_read(struct store *store, struct told *told, struct err *err); /* store NULL: nothing */
void told_free(struct told *told);
struct alert_settings app_alert_settings(const struct app *app);
/* Takes up which channels of site.lua take nothing. *changed may be NULL. store NULL: none. */
MUST_CHECK bool app_failing_read(struct app *app, struct store *store, bool *changed, struct err *err);
int cmd_alerts(struct app *app);
int cmd_ack(struct app *app);
int cmd_snooze(struct app *app);
/* daemon.c */
int cmd_serve(struct app *app);

#endif
