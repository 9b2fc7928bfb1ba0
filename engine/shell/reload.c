/* Rules and settings that changed on disk: loaded aside, compared with what is served, taken over, held back
 * or refused. */
#include "shell/settings.h"

#include "base/log.h"
#include "shell/aside.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { REMOVED_MOST_PERCENT = 20 };

/* ---- the loader thread ---- */

struct load_job {
    struct rulebook_paths paths;
    const struct files *copy; /* NULL: from the disk */
    const char *site;         /* NULL: at start, when main has read it */
    enum lang lang;
    struct loaded **result;
};

static void load_run(void *data)
{
    struct load_job *job = data;
    struct loaded *loaded = mem_alloc(sizeof *loaded);
    faults_init(&loaded->faults, job->lang);
    loaded->rulebook = job->copy ? rulebook_load_copy(&job->paths, job->copy, &loaded->faults)
                                 : rulebook_load_noted(&job->paths, &loaded->faults);
    loaded->site = job->site ? site_load(job->site, &loaded->faults) : NULL;
    *job->result = loaded; /* which the engine reads when this is over */
    mem_free(job);
}

static void load_start(struct daemon *daemon, const struct files *copy)
{
    struct load_job *job = mem_alloc(sizeof *job);
    *job = (struct load_job){{daemon->app->options.rules, daemon->app->options.calendars},
                             copy,
                             daemon->http && !copy ? daemon->app->options.site : NULL,
                             daemon->app->site->lang,
                             &daemon->loader_result};
    aside_begin(load_run, job, daemon->loaded_fd);
    daemon->loading = true;
}

void reload_start(struct daemon *daemon)
{
    if (daemon->loading)
        return;
    load_start(daemon, NULL);
    daemon->reload_at_ms = 0;
}

struct loaded *reload_copy(struct daemon *daemon, const struct files *copy)
{
    load_start(daemon, copy);
    return reload_wait(daemon);
}

/* ---- would it remove too much? ---- */

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static bool open_now(const struct occurrence *occurrence)
{
    return !occurrence->closed && occurrence->due != DAY_NONE && occurrence->state != STATE_DONE &&
           occurrence->state != STATE_CANCELLED;
}

static size_t missing_from(const struct outlook *new, const struct outlook *old, size_t *open)
{
    const char **ids = mem_alloc((new->n + 1) * sizeof *ids);
    size_t missing = 0;
    for (size_t i = 0; i < new->n; i++)
        ids[i] = new->list[i].id;
    qsort(ids, new->n, sizeof *ids, by_text);
    for (size_t i = 0; i < old->n; i++) {
        if (!open_now(&old->list[i]))
            continue;
        ++*open;
        missing += !bsearch(&old->list[i].id, ids, new->n, sizeof *ids, by_text);
    }
    mem_free(ids);
    return missing;
}

static const struct plan *plan_gone(const struct rulebook *old, const struct rulebook *new)
{
    for (size_t i = 0; i < old->n_plans; i++) {
        bool kept = rulebook_plan(new, old->plans[i].id) != NULL;
        for (size_t j = 0; j < new->n_plans; j++)
            kept = kept || (new->plans[j].was && !strcmp(new->plans[j].was, old->plans[i].id));
        if (!kept)
            return &old->plans[i];
    }
    return NULL;
}

static bool removes_too_much(struct daemon *daemon, const struct rulebook *new)
{
    if (!daemon->outlook)
        return false;
    const struct plan *gone = plan_gone(daemon->rulebook, new);
    enum lang lang = daemon->app->site->lang;
    if (gone) {
        snprintf(daemon->held_why, sizeof daemon->held_why,
                 say(lang, "kế hoạch %s biến mất", "plan %s is gone"), gone->id);
        return true;
    }
    struct outlook *outlook = outlook_new(new, daemon->facts, daemon_now(daemon));
    size_t open = 0, missing = missing_from(outlook, daemon->outlook, &open);
    outlook_free(outlook);
    if (missing * 100 <= open * REMOVED_MOST_PERCENT)
        return false;
    snprintf(daemon->held_why, sizeof daemon->held_why,
             say(lang, "%zu trong %zu kỳ hạn đang mở biến mất", "%zu of %zu open occurrences are gone"),
             missing, open);
    return true;
}

/* ---- taking it over ---- */

static void faults_forget(struct daemon *daemon)
{
    if (daemon->has_faults)
        faults_fini(&daemon->faults);
    daemon->has_faults = false;
}

static void publish(struct daemon *daemon)
{
    struct err err = {.lang = daemon->app->site->lang};
    if (!daemon_publish(daemon, &err))
        log_error("%s", err.text);
}

/* What borrows from the rulebook, and speaks the site's language. */
static void drop_what_was_made(struct daemon *daemon)
{
    standings_drop(daemon);
    daemon_outlook_drop(daemon);
}

/* False: not yet, as the ledger cannot be read; the former ones are served until it can. */
static bool take_over(struct daemon *daemon, struct rulebook *rulebook, struct err *err)
{
    rulebook_free(daemon->coming);
    daemon->coming = rulebook;
    return daemon_publish(daemon, err) || !daemon->coming;
}

static void log_faults(const struct faults *faults)
{
    for (size_t i = 0; i < faults->list.n; i++)
        if (!faults->list.at[i].warning)
            log_error("%s:%d: %s", faults->list.at[i].file, faults->list.at[i].line, faults->list.at[i].text);
}

/* Takes the list. */
static void faults_keep(struct daemon *daemon, struct faults *faults)
{
    faults_forget(daemon);
    if (!faults->errors) {
        faults_fini(faults);
        return;
    }
    daemon->faults = *faults; /* ownership moves */
    daemon->has_faults = true;
    log_faults(&daemon->faults);
}

struct loaded *reload_wait(struct daemon *daemon)
{
    struct pollfd fd = {daemon->loaded_fd, POLLIN, 0};
    uint64_t count;
    while (poll(&fd, 1, -1) != 1)
        must(errno == EINTR);
    must(read(daemon->loaded_fd, &count, sizeof count) == sizeof count);
    struct loaded *loaded = daemon->loader_result;
    daemon->loader_result = NULL;
    daemon->loading = false;
    return loaded;
}

/* Takes the rulebook; NULL: it has faults, which pages show. */
static void rules_take(struct daemon *daemon, struct rulebook *rulebook)
{
    enum lang lang = daemon->app->site->lang;
    if (!rulebook) {
        log_warning("%s", say(lang, "quy tắc trên đĩa có lỗi: vẫn dùng bản tốt gần nhất",
                              "the rules on disk have faults: the last good ones stay in use"));
        publish(daemon);
    } else if (removes_too_much(daemon, rulebook)) {
        daemon->held = rulebook;
        log_warning(say(lang, "giữ lại quy tắc mới: %s; chấp nhận bằng: hanchot accept",
                        "new rules held back: %s; take them with: hanchot accept"),
                    daemon->held_why);
        publish(daemon);
    } else {
        struct err err = {.lang = lang};
        if (take_over(daemon, rulebook, &err))
            log_notice("%s", say(lang, "đã nạp lại quy tắc", "rules reloaded"));
        if (err.kind)
            log_error("%s", err.text);
    }
}

void reload_finish(struct daemon *daemon)
{
    struct loaded *loaded = reload_wait(daemon);
    rulebook_free(daemon->held);
    daemon->held = NULL;
    faults_keep(daemon, &loaded->faults);
    rules_take(daemon, loaded->rulebook);
    if (settings_take(daemon, loaded->site)) {
        drop_what_was_made(daemon);
        publish(daemon);
        if (daemon->rulebook)
            settings_check(daemon);
    }
    mem_free(loaded);
}

bool reload_accept(struct daemon *daemon, struct err *err)
{
    if (!daemon->held)
        return err_set(err, ERR_INPUT, "không có quy tắc nào đang bị giữ lại", "no rules are held back");
    struct rulebook *rulebook = daemon->held;
    daemon->held = NULL;
    return take_over(daemon, rulebook, err);
}
