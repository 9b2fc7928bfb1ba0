#include "shell/app.h"

#include "time/clock.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- options ---- */

static const struct option_row {
    const char *name;
    size_t offset;
    bool flag;
    bool common; /* every command takes it */
} option_rows[] = {
    {"rules", offsetof(struct options, rules), false, true},
    {"calendars", offsetof(struct options, calendars), false, true},
    {"db", offsetof(struct options, db), false, true},
    {"site", offsetof(struct options, site), false, true},
    {"at", offsetof(struct options, at), false, true},
    {"lang", offsetof(struct options, lang), false, true},
    {"help", offsetof(struct options, help), true, true},
    {"speed", offsetof(struct options, speed), false, false},
    {"plan", offsetof(struct options, plan), false, false},
    {"unit", offsetof(struct options, unit), false, false},
    {"from", offsetof(struct options, from), false, false},
    {"to", offsetof(struct options, to), false, false},
    {"format", offsetof(struct options, format), false, false},
    {"as-of", offsetof(struct options, as_of), false, false},
    {"known-on", offsetof(struct options, known_on), false, false},
    {"on", offsetof(struct options, on), false, false},
    {"due", offsetof(struct options, due), false, false},
    {"ref", offsetof(struct options, ref), false, false},
    {"note", offsetof(struct options, note), false, false},
    {"by", offsetof(struct options, by), false, false},
    {"why", offsetof(struct options, why), false, false},
    {"period", offsetof(struct options, period), false, false},
    {"listen", offsetof(struct options, listen), false, false},
    {"org", offsetof(struct options, org), false, false},
    {"dry-run", offsetof(struct options, dry_run), true, false},
    {"partial", offsetof(struct options, partial), true, false},
    {"restore", offsetof(struct options, restore), true, false},
    {"sample", offsetof(struct options, sample), true, false},
    {"name", offsetof(struct options, name), false, false},
    {"feed", offsetof(struct options, feed), false, false},
    {"key", offsetof(struct options, key), true, false},
    {"behind-proxy", offsetof(struct options, behind_proxy), true, false},
    {"until", offsetof(struct options, until), false, false},
    {"resend", offsetof(struct options, resend), false, false},
    {"all", offsetof(struct options, all), true, false},
    {"next", offsetof(struct options, next), true, false},
    {"ledger", offsetof(struct options, ledger), true, false},
    {"undated", offsetof(struct options, undated), true, false},
    {"new", offsetof(struct options, new_record), true, false},
    {"withdraw", offsetof(struct options, withdraw), true, false},
    {"full", offsetof(struct options, full), true, false},
    {"todo", offsetof(struct options, todo), true, false},
    {"alarms", offsetof(struct options, alarms), true, false},
};
enum { N_OPTIONS = sizeof option_rows / sizeof *option_rows };

static bool takes(const struct command *command, const struct option_row *row)
{
    if (row->common)
        return true;
    size_t n = strlen(row->name);
    for (const char *at = command->options; at && (at = strstr(at, row->name)); at += n)
        if ((at == command->options || at[-1] == ' ') && (!at[n] || at[n] == ' '))
            return true;
    return false;
}

static const char *option_name(size_t i, const void *data)
{
    (void)data;
    return option_rows[i].name;
}

static const char *command_name(size_t i, const void *data)
{
    (void)data;
    return commands[i].name;
}

static const struct option_row *option_find(const char *name, size_t n)
{
    for (size_t i = 0; i < N_OPTIONS; i++)
        if (strlen(option_rows[i].name) == n && !strncmp(option_rows[i].name, name, n))
            return &option_rows[i];
    return NULL;
}

/* "--name=value", "--name value" or "--flag" at argv[*i]. */
static bool option_take(struct app *app, int argc, char **argv, int *i)
{
    const char *name = argv[*i] + 2, *equals = strchr(name, '=');
    size_t n = equals ? (size_t)(equals - name) : strlen(name);
    const struct option_row *row = option_find(name, n);
    if (!row) {
        char wrong[64];
        snprintf(wrong, sizeof wrong, "%.*s", (int)n, name);
        const char *near = text_nearest(wrong, N_OPTIONS, option_name, NULL);
        return err_set(&app->err, ERR_USAGE, "không có tùy chọn --%s%s%s%s", "no option --%s%s%s%s", wrong,
                       near ? say(app->lang, "; có phải --", "; did you mean --") : "", near ? near : "",
                       near ? "?" : "");
    }
    void *into = (char *)&app->options + row->offset;
    if (row->flag) {
        if (equals)
            return err_set(&app->err, ERR_USAGE, "--%s không nhận giá trị", "--%s takes no value", row->name);
        *(bool *)into = true;
        return true;
    }
    if (!equals && *i + 1 >= argc)
        return err_set(&app->err, ERR_USAGE, "--%s thiếu giá trị", "--%s needs a value", row->name);
    const char *value = equals ? equals + 1 : argv[++*i];
    *(const char **)into = value;
    *vec_push(&app->given) = (struct given_option){row->name, value};
    return true;
}

static bool given(const struct app *app, const struct option_row *row)
{
    const char *at = (const char *)&app->options + row->offset;
    return row->flag ? *(const bool *)at : *(const char *const *)at != NULL;
}

static bool options_fit(struct app *app, const struct command *command)
{
    for (size_t i = 0; i < N_OPTIONS; i++)
        if (given(app, &option_rows[i]) && !takes(command, &option_rows[i]))
            return err_set(&app->err, ERR_USAGE, "hanchot %s không nhận --%s", "hanchot %s takes no --%s",
                           command->name, option_rows[i].name);
    if (app->argc < command->least)
        return err_set(&app->err, ERR_USAGE, "thiếu đối số: hanchot %s %s",
                       "an argument is missing: hanchot %s %s", command->name, command->arguments);
    if (command->most >= 0 && app->argc > command->most)
        return err_set(&app->err, ERR_USAGE, "thừa đối số '%s': hanchot %s%s%s",
                       "unexpected argument '%s': hanchot %s%s%s", app->argv[command->most], command->name,
                       *command->arguments ? " " : "", command->arguments);
    return true;
}

/* ---- defaults ---- */

static bool is_folder(const char *path)
{
    struct stat status;
    return !stat(path, &status) && S_ISDIR(status.st_mode);
}

static void options_defaults(struct options *options)
{
    bool here = is_folder("rules");
    if (!options->rules)
        options->rules = here ? "rules" : "/etc/hanchot/rules";
    if (!options->calendars)
        options->calendars = is_folder("calendars") ? "calendars" : "/etc/hanchot/calendars";
    if (!options->db) /* "var" alone says nothing: every root folder has one */
        options->db =
            here || !access("var/hanchot.db", F_OK) ? "var/hanchot.db" : "/var/lib/hanchot/hanchot.db";
    if (!options->site)
        options->site = here ? "site.lua" : "/etc/hanchot/site.lua";
    if (!options->at)
        options->at = getenv("HANCHOT_AT");
    if (options->at && !*options->at)
        options->at = NULL;
}

static enum lang locale_lang(void)
{
    const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    for (size_t i = 0; i < 3; i++) {
        const char *value = getenv(names[i]);
        if (value && *value)
            return strncmp(value, "en", 2) ? LANG_VI : LANG_EN;
    }
    return LANG_VI;
}

static bool app_lang(struct app *app)
{
    const char *lang = app->options.lang;
    if (lang && strcmp(lang, "vi") && strcmp(lang, "en"))
        return err_set(&app->err, ERR_USAGE, "--lang là vi hoặc en, không phải '%s'",
                       "--lang is vi or en, not '%s'", lang);
    if (lang)
        app->lang = strcmp(lang, "en") ? LANG_VI : LANG_EN;
    app->err.lang = app->lang;
    return true;
}

static bool app_now(struct app *app)
{
    app->now = clock_now();
    if (!app->options.at)
        return true;
    app->frozen = true;
    if (instant_parse(app->options.at, &app->now, &app->err))
        return true;
    app->err.kind = ERR_USAGE;
    return err_wrap(&app->err, "--at: ");
}

/* Wherever --lang stands, what is wrong with the others is told in that language. */
static enum lang lang_ahead(int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        const char *lang = !strncmp(argv[i], "--lang=", 7)              ? argv[i] + 7
                           : !strcmp(argv[i], "--lang") && i + 1 < argc ? argv[i + 1]
                                                                        : "";
        if (!strcmp(lang, "vi") || !strcmp(lang, "en"))
            return strcmp(lang, "en") ? LANG_VI : LANG_EN;
    }
    return locale_lang();
}

bool app_parse(struct app *app, int argc, char **argv, const struct command **command)
{
    const char *name = NULL;
    bool only_arguments = false;
    app->lang = app->err.lang = lang_ahead(argc, argv);
    app->argv = argv;
    for (int i = 1; i < argc; i++) {
        if (!only_arguments && !strcmp(argv[i], "--"))
            only_arguments = true;
        else if (!only_arguments && !strncmp(argv[i], "--", 2)) {
            if (!option_take(app, argc, argv, &i))
                return false;
        } else if (!only_arguments && !strcmp(argv[i], "-h"))
            app->options.help = true;
        else if (!only_arguments && argv[i][0] == '-' && argv[i][1])
            return err_set(&app->err, ERR_USAGE, "không có tùy chọn %s", "no option %s", argv[i]);
        else if (!name)
            name = argv[i];
        else
            app->argv[app->argc++] = argv[i];
    }
    *command = NULL;
    if (!app_lang(app))
        return false;
    for (size_t i = 0; name && i < n_commands; i++)
        if (!strcmp(commands[i].name, name))
            *command = &commands[i];
    if (name && !*command) {
        const char *near = text_nearest(name, n_commands, command_name, NULL);
        return err_set(&app->err, ERR_USAGE, "không có lệnh '%s'%s%s%s", "no command '%s'%s%s%s", name,
                       near ? say(app->lang, "; có phải '", "; did you mean '") : "", near ? near : "",
                       near ? "'?" : "");
    }
    if (!name && !app->options.help)
        return err_set(&app->err, ERR_USAGE, "thiếu tên lệnh", "which command?");
    options_defaults(&app->options);
    return app->options.help || !*command || (options_fit(app, *command) && app_now(app));
}

void app_usage(const struct app *app, const struct command *command, FILE *stream)
{
    if (command) {
        fprintf(stream, "hanchot %s%s%s\n  %s\n", command->name, *command->arguments ? " " : "",
                command->arguments, say(app->lang, command->vi, command->en));
        fprintf(stream, "%s:", say(app->lang, "tùy chọn", "options"));
        for (size_t i = 0; i < N_OPTIONS; i++)
            if (takes(command, &option_rows[i]))
                fprintf(stream, " --%s", option_rows[i].name);
        fputc('\n', stream);
        return;
    }
    fprintf(stream, "%s: hanchot %s\n\n", say(app->lang, "cách dùng", "usage"),
            say(app->lang, "LỆNH [TÙY CHỌN]", "COMMAND [OPTIONS]"));
    for (size_t i = 0; i < n_commands; i++) {
        int blanks = 11 - (int)utf8_width(commands[i].arguments);
        fprintf(stream, "  %-9s %s%*s%s\n", commands[i].name, commands[i].arguments, blanks, "",
                say(app->lang, commands[i].vi, commands[i].en));
    }
}

int app_fail(const struct app *app, const struct err *err)
{
    fprintf(stderr, "hanchot: %s\n", err->text);
    if (err->kind == ERR_USAGE)
        fprintf(stderr, "%s\n", say(app->lang, "xem: hanchot --help", "see: hanchot --help"));
    return err->kind ? (int)err->kind : ERR_ENV;
}

/* ---- what commands share ---- */

bool option_day(struct app *app, const char *name, const char *text, int *day)
{
    *day = DAY_NONE;
    if (!text || day_parse(text, day, &app->err))
        return true;
    app->err.kind = ERR_USAGE;
    return err_wrap(&app->err, "--%s: ", name);
}

struct rulebook *rules_load(struct app *app, bool with_warnings)
{
    struct faults faults;
    struct rulebook_paths paths = {app->options.rules, app->options.calendars};
    faults_init(&faults, app->lang);
    struct rulebook *rulebook = rulebook_load(&paths, &faults);
    if (!rulebook || with_warnings)
        faults_print(&faults, stderr);
    faults_fini(&faults);
    return rulebook;
}

/* What the ledger says, and what follows. Takes the rulebook. */
static bool world_fill(struct app *app, struct rulebook *rulebook, int known_on, struct world *world)
{
    bool missing = false;
    world->rulebook = rulebook;
    struct store *store = store_open_read(app->options.db, &missing, &app->err);
    bool good = (store || missing) && (world->facts = facts_read(store, known_on, &app->err)) &&
                (world->stamps = stamps_read(store, &app->err)) &&
                (world->figures = figures_read(store, known_on, &app->err));
    store_close(store);
    if (good)
        world->outlook = outlook_new(world->rulebook, world->facts, app->now);
    else
        world_free(world);
    return good;
}

bool world_of(struct app *app, struct rulebook *rulebook, struct world *world)
{
    *world = (struct world){0};
    return world_fill(app, rulebook, DAY_NONE, world);
}

static bool rules_faulty(struct app *app)
{
    return err_set(&app->err, ERR_INPUT, "quy tắc trong %s có lỗi, xem ở trên",
                   "the rules in %s have faults, see above", app->options.rules);
}

bool world_load(struct app *app, struct world *world)
{
    int known_on;
    *world = (struct world){0};
    if (!option_day(app, "known-on", app->options.known_on, &known_on))
        return false;
    struct rulebook *rulebook = rules_load(app, false);
    return rulebook ? world_fill(app, rulebook, known_on, world) : rules_faulty(app);
}

bool world_load_sound(struct app *app, struct world *world, struct faults *faults)
{
    struct rulebook_paths paths = {app->options.rules, app->options.calendars};
    *world = (struct world){0};
    struct rulebook *rulebook = rulebook_load_sound(&paths, faults);
    if (faults->errors)
        faults_print(faults, stderr);
    return rulebook ? world_fill(app, rulebook, DAY_NONE, world) : rules_faulty(app);
}

void world_free(struct world *world)
{
    outlook_free(world->outlook);
    stamps_free(world->stamps);
    figures_free(world->figures);
    facts_free(world->facts);
    rulebook_free(world->rulebook);
    *world = (struct world){0};
}
