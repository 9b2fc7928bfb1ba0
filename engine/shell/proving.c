#include "shell/proving.h"

#include "base/log.h"
#include "shell/aside.h"
#include "time/clock.h"

enum { START_MS = 1000, RETRY_MS = 60000 };

/* ---- a day as it stood ---- */

static bool look(struct proving_days *days, const struct rulebook *rulebook, struct store *store, int64_t at,
                 enum lang lang, struct err *err)
{
    struct facts *facts = facts_read_until(store, at + 1, err);
    struct figures *figures = facts ? figures_read_until(store, at + 1, err) : NULL;
    if (figures) {
        struct outlook *outlook = outlook_new(rulebook, facts, at);
        struct standings *standings = standings_new(outlook, figures, outlook->today, lang);
        proof_look(days, outlook, standings);
        standings_free(standings);
        outlook_free(outlook);
    }
    bool good = figures != NULL;
    figures_free(figures);
    facts_free(facts);
    return good;
}

static bool first_day_read(struct store *store, int *first_day, struct err *err)
{
    struct facts *facts = facts_read(store, DAY_NONE, err);
    *first_day = facts ? facts->first_day : DAY_NONE;
    bool good = facts != NULL;
    facts_free(facts);
    return good;
}

static struct proof_told told_of(const struct told *told)
{
    return (struct proof_told){told->replies, told->notices, told->dispatches};
}

struct proof *proving_now(struct app *app, const struct rulebook *rulebook, struct store *store,
                          struct err *err)
{
    struct alert_settings settings = app_alert_settings(app);
    struct told told = {0};
    struct proof *proof = NULL;
    int first_day;
    if (told_read(store, &told, err) && first_day_read(store, &first_day, err)) {
        const struct proof_told borrowed = told_of(&told);
        struct proving_days *days = proof_begin(first_day, &borrowed, app->now, &settings);
        bool good = true;
        for (int64_t at; good && proof_wants(days, &at);)
            good = look(days, rulebook, store, at, settings.lang, err);
        proof = proof_end(days);
        if (!good) {
            proof_free(proof);
            proof = NULL;
        }
    }
    told_free(&told);
    return proof;
}

/* ---- the daemon's ---- */

struct proving {
    int day; /* of the last one, or the one under way */
    struct proof *last;
    struct proving_days *days; /* under way, or NULL */
    struct told told;          /* what it borrows */
    struct alert_settings settings;
};

struct proving *proving_new(void)
{
    struct proving *proving = mem_alloc(sizeof *proving);
    proving->day = DAY_NONE;
    return proving;
}

static void drop(struct proving *proving)
{
    if (proving->days)
        proof_free(proof_end(proving->days));
    proving->days = NULL;
    told_free(&proving->told);
    proving->told = (struct told){0};
}

void proving_free(struct proving *proving)
{
    if (!proving)
        return;
    drop(proving);
    proof_free(proving->last);
    mem_free(proving);
}

static void proof_say(const struct proof *proof, enum lang lang)
{
    if (proof->rungs && !proof->missing)
        log_info(say(lang, "tự kiểm: %zu lần nhắc của %d ngày qua đều đã tới nơi, %zu lần muộn",
                     "self-check: all %zu reminders of the last %d days arrived, %zu of them late"),
                 proof->rungs, PROOF_DAYS, proof->counts[GAP_LATE]);
    if (!proof->missing)
        return;
    const struct gap *first = proof->list;
    while (first->kind == GAP_LATE)
        first++;
    log_error(
        say(lang,
            "tự kiểm: %zu/%zu lần nhắc của %d ngày qua chưa tới nơi (%zu chưa báo, %zu chưa ai nhận, %zu "
            "bị từ chối), đầu tiên %s %s cho %s; xem: hanchot alerts --ledger",
            "self-check: %zu of %zu reminders of the last %d days did not arrive (%zu not told, %zu not "
            "taken, %zu refused), the first %s %s for %s; see: hanchot alerts --ledger"),
        proof->missing, proof->rungs, PROOF_DAYS, proof->counts[GAP_UNTOLD], proof->counts[GAP_UNTAKEN],
        proof->counts[GAP_REFUSED], first->key, first->rung, first->unit);
}

void proving_daily(struct daemon *daemon)
{
    int today = instant_day(daemon_now(daemon));
    if (daemon->proving->day == today)
        return;
    drop(daemon->proving);
    daemon->proving->day = today;
    daemon->prove_at_ms = clock_monotonic_ms() + START_MS;
}

/* One day after the other, so that who wants to write need not wait for all of them; each is looked at aside.
 */
struct step {
    struct proving *proving;
    const struct rulebook *rulebook;
    struct store *store;
    bool past; /* something may have been told before today */
    int first_day;
    int64_t now;
    struct err *err;
    bool good, over;
};

static void begin(struct step *step)
{
    struct proving *proving = step->proving;
    step->good = told_read(step->past ? step->store : NULL, &proving->told, step->err);
    if (!step->good)
        return;
    const struct proof_told borrowed = told_of(&proving->told);
    proving->days = proof_begin(step->first_day, &borrowed, step->now, &proving->settings);
}

static void go_on(void *data)
{
    struct step *step = data;
    struct proving *proving = step->proving;
    int64_t at;
    if (!proving->days)
        begin(step);
    else if (proof_wants(proving->days, &at))
        step->good = look(proving->days, step->rulebook, step->store, at, proving->settings.lang, step->err);
    else
        step->over = true;
    if (!step->over)
        return;
    proof_free(proving->last);
    proving->last = proof_end(proving->days);
    proving->days = NULL;
    drop(proving);
}

static struct step step_of(struct daemon *daemon, struct err *err)
{
    int first_day = daemon->facts->first_day;
    return (struct step){.proving = daemon->proving,
                         .rulebook = daemon->rulebook,
                         .past = first_day != DAY_NONE && first_day < instant_day(daemon_now(daemon)),
                         .first_day = first_day,
                         .now = daemon_now(daemon),
                         .err = err,
                         .good = true};
}

static void finish(struct daemon *daemon, size_t missing_before)
{
    const struct proof *proof = daemon->proving->last;
    proof_say(proof, daemon->proving->settings.lang);
    daemon->prove_at_ms = 0;
    if (missing_before || proof->missing) /* the overview shows them; else kept answers stay good */
        daemon_renew(daemon);
}

static bool take_step(struct daemon *daemon, struct err *err)
{
    struct proving *proving = daemon->proving;
    struct step step = step_of(daemon, err);
    size_t missing = proving->last ? proving->last->missing : 0;
    if (!proving->days) {
        proving->settings = app_alert_settings(daemon->app);
        proving->settings.failing = NULL;
    }
    aside_read(daemon, go_on, &step, &step.store);
    if (step.over)
        finish(daemon, missing);
    return step.good;
}

void proving_step(struct daemon *daemon)
{
    struct proving *proving = daemon->proving;
    struct err err = {.lang = daemon->app->site->lang};
    if (!daemon->outlook) { /* no rules: after the next look at alerts */
        proving->day = DAY_NONE;
        daemon->prove_at_ms = 0;
        return;
    }
    daemon->prove_at_ms = clock_monotonic_ms();
    if (take_step(daemon, &err))
        return;
    log_error("%s", err.text);
    drop(proving);
    daemon->prove_at_ms = clock_monotonic_ms() + RETRY_MS;
}

const struct proof *proving_last(const struct daemon *daemon)
{
    return daemon->proving->last;
}
