/* From ledger and rules to what is served. */
#include "shell/aside.h"
#include "shell/keeping.h"
#include "shell/telling.h"
#include "time/clock.h"

#include <malloc.h>

static void snapshot_free(struct snapshot *snapshot)
{
    struct http_snapshot *http = (struct http_snapshot *)snapshot;
    answers_free(http->answers);
    mem_free(http);
}

void daemon_renew(struct daemon *daemon)
{
    struct http_snapshot *snapshot = mem_alloc(sizeof *snapshot);
    snapshot->head.free = snapshot_free;
    atomic_init(&snapshot->head.holders, 1);
    snapshot->answers = daemon->answers = answers_new();
    snapshot->made_at = daemon_now(daemon);
    board_put(daemon->board, &snapshot->head);
}

/* ---- what is made, and of what ---- */

struct evaluation {
    /* given: while it is made nobody changes these */
    struct store *store; /* facts are read from it, unless there is an outlook already */
    const struct rulebook *rulebook, *former_rules;
    const struct figures *figures;
    const struct stamps *stored;
    struct feed_settings settings;
    int64_t now;
    bool judged;    /* standings are wanted */
    bool prospects; /* of alerts are wanted */
    struct prospect_wanted wanted;
    /* made; facts NULL: they could not be read, err */
    struct facts *facts;
    struct outlook *outlook; /* given: only figures changed, which it does not depend on */
    struct stamps *stamps;
    const struct stamp *changed;
    size_t n_changed;
    struct standings *standings; /* or NULL */
    struct prospect *prospect;   /* or NULL */
    struct err err;
};

static bool outlook_make(struct evaluation *evaluation)
{
    evaluation->facts = facts_read(evaluation->store, DAY_NONE, &evaluation->err);
    if (!evaluation->facts)
        return false;
    evaluation->outlook = outlook_new(evaluation->rulebook, evaluation->facts, evaluation->now);
    return true;
}

static void evaluation_make(void *data)
{
    struct evaluation *evaluation = data;
    if (!evaluation->outlook && !outlook_make(evaluation))
        return;
    const struct outlook *outlook = evaluation->outlook;
    evaluation->stamps =
        feed_stamps(outlook, evaluation->figures, evaluation->stored, evaluation->former_rules,
                    &evaluation->settings, &evaluation->changed, &evaluation->n_changed);
    if (evaluation->judged)
        evaluation->standings =
            standings_new(outlook, evaluation->figures, outlook->today, evaluation->settings.lang);
    if (evaluation->prospects)
        evaluation->prospect = prospect_new(&evaluation->wanted, outlook);
}

static struct evaluation evaluation_of(const struct daemon *daemon)
{
    return (struct evaluation){.store = daemon->store,
                               .rulebook = daemon->coming ? daemon->coming : daemon->rulebook,
                               .former_rules = daemon->coming ? daemon->rulebook : NULL,
                               .figures = daemon->figures,
                               .stored = daemon->stamps,
                               .settings = daemon_feed_settings(daemon),
                               .now = daemon_now(daemon),
                               .err = {.lang = daemon->app->site->lang}};
}

/* ---- taking it up ---- */

void daemon_outlook_drop(struct daemon *daemon)
{
    telling_forget(daemon);
    outlook_free(daemon->outlook);
    daemon->outlook = NULL;
}

/* They change by what this process takes in alone, which standings_figures() follows. */
static bool figures_take(struct daemon *daemon, struct err *err)
{
    if (daemon->figures && !daemon->figures_late)
        return true;
    struct figures *figures = figures_read(daemon->store, DAY_NONE, err);
    if (!figures)
        return false;
    standings_drop(daemon);
    figures_free(daemon->figures);
    daemon->figures = figures;
    daemon->figures_late = false;
    return true;
}

static void facts_take(struct daemon *daemon, struct facts *facts)
{
    facts_free(daemon->facts);
    daemon->facts = facts;
    daemon->standings_late = true;
    daemon->evaluations++;
    daemon->evaluated_at_ms = clock_monotonic_ms();
}

/* What the rules' side of each event was last is remembered before a changed event can be seen. For a new
 * ledger there is nothing to compare with yet, so the first answers need not wait for the disk. */
static bool publish(struct daemon *daemon, const struct evaluation *evaluation, struct err *err)
{
    const struct stamp *changed = evaluation->changed;
    size_t n = evaluation->n_changed;
    bool fresh = !daemon->stamps->n;
    bool written = fresh || !n || stamps_write(daemon->store, changed, n, err);
    daemon_renew(daemon);
    if (fresh && n)
        written = stamps_write(daemon->store, changed, n, err);
    stamps_free(daemon->stamps);
    daemon->stamps = evaluation->stamps;
    return written;
}

static void standings_take(struct daemon *daemon, struct standings *standings)
{
    standings_drop(daemon);
    daemon->standings = standings;
    daemon->standings_late = false;
    daemon->verdicts += (int64_t)standings->evaluated;
}

/* Nothing borrows from the former ones any more. */
static void rules_take(struct daemon *daemon)
{
    standings_drop(daemon);
    rulebook_free(daemon->rulebook);
    daemon->rulebook = daemon->coming;
    daemon->coming = NULL;
    daemon->copied_at = 0;
    daemon->reloads++;
    keeping_begin(daemon, 0);
}

static bool outlook_take(struct daemon *daemon, const struct evaluation *evaluation, struct err *err)
{
    struct outlook *former = daemon->outlook;
    daemon->outlook = evaluation->outlook;
    if (evaluation->prospect)
        telling_take(daemon, evaluation->prospect);
    else
        telling_forget(daemon);
    outlook_free(former);
    facts_take(daemon, evaluation->facts);
    if (daemon->coming)
        rules_take(daemon);
    if (evaluation->standings)
        standings_take(daemon, evaluation->standings);
    if (publish(daemon, evaluation, err))
        return true;
    telling_forget(daemon); /* whoever asks for them has them made whole */
    return false;
}

/* ---- the whole ---- */

/* There is something from which others can be answered meanwhile. */
static void make_aside(struct daemon *daemon, struct evaluation *evaluation)
{
    bool another_day = daemon->standings && daemon->standings->day != instant_day(evaluation->now);
    evaluation->judged = another_day || (daemon->standings && daemon->coming);
    evaluation->prospects = telling_known(daemon);
    if (evaluation->prospects)
        evaluation->wanted = telling_wants(daemon);
    aside_read(daemon, evaluation_make, evaluation, &evaluation->store);
}

static bool evaluate_nothing(struct daemon *daemon, struct err *err)
{
    struct facts *facts = facts_read(daemon->store, DAY_NONE, err);
    if (!facts)
        return false;
    daemon_outlook_drop(daemon);
    facts_take(daemon, facts);
    return true;
}

bool daemon_evaluate(struct daemon *daemon, struct err *err)
{
    if (!figures_take(daemon, err))
        return false;
    struct evaluation evaluation = evaluation_of(daemon);
    if (!evaluation.rulebook) /* nothing to show: not ready */
        return evaluate_nothing(daemon, err);
    if (daemon->outlook)
        make_aside(daemon, &evaluation);
    else
        evaluation_make(&evaluation);
    if (evaluation.facts)
        return outlook_take(daemon, &evaluation, err);
    *err = evaluation.err;
    return false;
}

static bool is_known_since(const struct daemon *daemon, int64_t recorded_at)
{
    int first_day = daemon->facts ? daemon->facts->first_day : DAY_NONE;
    return first_day != DAY_NONE && first_day <= instant_day(recorded_at);
}

bool daemon_publish_figures(struct daemon *daemon, int64_t recorded_at, struct err *err)
{
    if (!daemon->outlook || daemon->late || daemon->figures_late || !is_known_since(daemon, recorded_at) ||
        instant_day(daemon_now(daemon)) != daemon->outlook->today)
        return daemon_publish(daemon, err);
    struct evaluation evaluation = evaluation_of(daemon);
    evaluation.outlook = daemon->outlook;
    aside_do(daemon, evaluation_make, &evaluation);
    return publish(daemon, &evaluation, err) && telling_update(daemon, err);
}

bool daemon_publish(struct daemon *daemon, struct err *err)
{
    daemon->late = !daemon_evaluate(daemon, err);
    bool good = !daemon->late && telling_update(daemon, err);
    daemon->failed_at = good ? INT64_MIN : daemon_now(daemon);
    malloc_trim(0); /* what the former outlook held goes back */
    return good;
}
