/* "/api/v1/alerts?next=1" and "?ledger=1": what will be told, and what was. */
#include "shell/daemon.h"

#include "publish/alert_list.h"
#include "shell/proving.h"
#include "shell/telling.h"

/* With the gaps that the last self-check found: to make one takes an evaluation for each day. */
static bool list_ledger(const struct daemon *daemon, const struct told *told,
                        const struct listing_options *listing, struct text *body, struct err *err)
{
    const struct alert_book book = {told->notices, told->replies, told->dispatches, proving_last(daemon)};
    return alert_list_ledger(daemon->outlook, &book, listing, body, err);
}

static bool list_next(struct daemon *daemon, const struct told *told, const struct alert_settings *settings,
                      const struct listing_options *listing, struct text *body, struct err *err)
{
    const struct alerts *alerts = telling_alerts(daemon, err);
    if (!alerts)
        return false;
    struct comings *comings = alerts_next(daemon->outlook, daemon_standings(daemon), alerts, told->replies,
                                          told->notices, daemon_now(daemon), settings);
    bool good = alert_list_next(daemon->outlook, comings, listing, body, err);
    comings_free(comings);
    return good;
}

struct answer *chronicle_answer(struct daemon *daemon, const struct request *request, bool ledger)
{
    struct err err = {.lang = request_lang(daemon, request)};
    const struct listing_options listing = {.plan = request_option(request, "plan"),
                                            .unit = request_option(request, "unit"),
                                            .from = DAY_NONE,
                                            .to = DAY_NONE,
                                            .format = LISTING_JSON,
                                            .lang = err.lang};
    struct alert_settings settings = app_alert_settings(daemon->app);
    struct told told = {0};
    struct text body = {0};
    bool looked = telling_look(daemon, &err) && told_read(daemon->store, &told, &err);
    bool good = looked && (ledger ? list_ledger(daemon, &told, &listing, &body, &err)
                                  : list_next(daemon, &told, &settings, &listing, &body, &err));
    told_free(&told);
    if (good)
        return answer_new(200, ANSWER_JSON, &body, 0);
    text_fini(&body);
    return looked ? json_error(422, "invalid", err.text) : json_error(500, "failed", err.text);
}
