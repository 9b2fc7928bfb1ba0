/* telling: the daemon's alerts: tells them when their time has come, once, and streams them to desktops.
 *
 * What an office is told at one time is written as notices in one transaction, then sent; of very many some
 * hundreds each time, so that no turn of the engine takes long. One that has more
 * than a few to hear of gets one summary that carries them, in the order past, today, coming. The alerts are
 * kept from look to look: an answer touches one of them, and what was told is asked of the ledger, which
 * grows for years. */
#ifndef HANCHOT_SHELL_TELLING_H
#define HANCHOT_SHELL_TELLING_H

#include "shell/daemon.h"
#include "shell/prospect.h"

struct telling;
struct alert_choice;
struct telling *telling_new(void);
void telling_free(struct telling *telling); /* closes the streams; NULL is fine */

/* Looks at the alerts as they stand now, tells what is due, sends what changed. After each evaluation, and
 * at telling_next. Of very many only the first are told at once: daemon->look_at_ms is set then, for
 * telling_go_on. False: the ledger could not be read or written; what was being written was not told then. */
MUST_CHECK bool telling_update(struct daemon *daemon, struct err *err);
MUST_CHECK bool telling_go_on(struct daemon *daemon, struct err *err);
/* After answers to alerts alone: looks at no others. */
MUST_CHECK bool telling_answered(struct daemon *daemon, struct err *err);
/* An update unless there was one already: at start the first answers go before the first look at alerts. */
MUST_CHECK bool telling_look(struct daemon *daemon, struct err *err);
/* The outlook, which they borrow from, is about to go: the next look makes them anew. */
void telling_forget(struct daemon *daemon);
bool telling_known(const struct daemon *daemon); /* they need not be made */
/* Or they are made beforehand, and taken when the outlook has come; a look must follow. */
struct prospect_wanted telling_wants(const struct daemon *daemon);
void telling_take(struct daemon *daemon, struct prospect *prospect); /* takes it over */
/* Of the alerts as last looked at: those open of which this office is told; whether that one is open. */
void telling_open(const struct daemon *daemon, const char *unit, struct alert_choice *out);
bool telling_is_open(const struct daemon *daemon, const char *key);
/* The alerts as they stand now, good until the next of these calls. NULL: the ledger cannot be read. */
MUST_CHECK const struct alerts *telling_alerts(struct daemon *daemon, struct err *err);
/* The instant of the next update; INT64_MAX: none. */
int64_t telling_next(const struct daemon *daemon);
/* Tells those who listen that we are there, and notices who is not any more. Costs nothing but that. */
void telling_ping(struct daemon *daemon);
int64_t telling_last_ping(const struct daemon *daemon);
bool telling_heard(const struct daemon *daemon); /* somebody listens */
/* Alerts, each for an office, and then addresses and webhooks that the present round has not looked at yet.
 */
size_t telling_waiting(const struct daemon *daemon);
/* How often the alerts were looked at, for the metrics. */
int64_t telling_updates(const struct daemon *daemon);

/* The alerts as last looked at. */
struct telling_counts {
    size_t open[ALERT_CALENDAR_PROVISIONAL + 1][ALERT_CRITICAL + 1]; /* by kind and severity */
    size_t answered;                                                 /* acknowledged or put off */
};
struct telling_counts telling_counts(const struct daemon *daemon);

/* GET /api/v1/alerts, and POST …/<key>/ack or /snooze. */
struct answer *telling_list(struct daemon *daemon, const struct request *request, enum lang lang);
/* "/api/v1/alerts/<key>/ack": the key and the action, or false. The key is the caller's. */
bool telling_reply_path(const char *path, char **key, const char **action);
/* Why somebody is told or not, as of now; the caller frees it. Borrows from notices: all of the ledger. */
struct alert_knowledge *telling_knowledge(struct daemon *daemon, const struct notices *notices,
                                          enum lang lang);
/* The alert with this key, as JSON, or NULL. */
json_t *telling_alert_json(struct daemon *daemon, const char *key);
/* GET /api/v1/alerts/stream: takes the request. */
void telling_stream(struct daemon *daemon, const struct request *request);

#endif
