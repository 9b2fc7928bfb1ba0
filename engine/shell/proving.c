#include "shell/proving.h"

#include "base/log.h"
#include "time/clock.h"

struct proving {
    int day; /* of the last one */
    struct proof *last;
};

struct proving *proving_new(void)
{
    struct proving *proving = mem_alloc(sizeof *proving);
    proving->day = DAY_NONE;
    return proving;
}

void proving_free(struct proving *proving)
{
    if (proving)
        proof_free(proving->last);
    mem_free(proving);
}

static void proof_say(const struct proof *proof, enum lang lang)
{
    if (!proof->rungs)
        return;
    if (!proof->n) {
        log_info(say(lang, "tự kiểm: %zu lần nhắc của %d ngày qua đều đã tới nơi",
                     "self-check: all %zu reminders of the last %d days arrived"),
                 proof->rungs, PROOF_DAYS);
        return;
    }
    const struct gap *first = &proof->list[0];
    log_error(
        say(lang,
            "tự kiểm: %zu/%zu lần nhắc của %d ngày qua chưa tới nơi (%zu chưa báo, %zu chưa ai nhận, %zu "
            "bị từ chối), đầu tiên %s %s cho %s; xem: hanchot alerts --ledger",
            "self-check: %zu of %zu reminders of the last %d days did not arrive (%zu not told, %zu not "
            "taken, %zu refused), the first %s %s for %s; see: hanchot alerts --ledger"),
        proof->n, proof->rungs, PROOF_DAYS, proof->counts[GAP_UNTOLD], proof->counts[GAP_UNTAKEN],
        proof->counts[GAP_REFUSED], first->key, first->rung, first->unit);
}

static void prove(struct daemon *daemon, const struct replies *replies, const struct notices *notices,
                  const struct dispatches *dispatches)
{
    struct proving *proving = daemon->proving;
    struct alert_settings settings = app_alert_settings(daemon->app);
    proof_free(proving->last);
    proving->last = proof_new(daemon->outlook, replies, notices, dispatches, daemon_now(daemon), &settings);
    proof_say(proving->last, settings.lang);
}

bool proving_daily(struct daemon *daemon, struct err *err)
{
    int today = instant_day(daemon_now(daemon));
    if (daemon->proving->day == today)
        return true;
    struct dispatches *dispatches = dispatches_read(daemon->store, err);
    struct replies *replies = dispatches ? replies_read(daemon->store, err) : NULL;
    struct notices *notices = replies ? notices_read(daemon->store, err) : NULL;
    if (notices) {
        prove(daemon, replies, notices, dispatches);
        daemon->proving->day = today;
    }
    bool good = notices != NULL;
    notices_free(notices);
    replies_free(replies);
    dispatches_free(dispatches);
    return good;
}

const struct proof *proving_last(const struct daemon *daemon)
{
    return daemon->proving->last;
}
