/* telling: the daemon's alerts: tells them when their time has come, once, and streams them to desktops.
 *
 * What is told is written as notices in one transaction, then sent. An office that has more than a few to
 * hear of at one time gets one summary that carries them, in the order past, today, coming. */
#ifndef HANCHOT_SHELL_TELLING_H
#define HANCHOT_SHELL_TELLING_H

#include "shell/daemon.h"

struct telling;
struct telling *telling_new(void);
void telling_free(struct telling *telling); /* closes the streams; NULL is fine */

/* Looks at the alerts as they stand now, tells what is due, sends what changed. After each evaluation, and
 * when telling_wake says. False: the ledger could not be read or written; nothing was told then. */
MUST_CHECK bool telling_update(struct daemon *daemon, struct err *err);
/* The instant of the next update; INT64_MAX: none. */
int64_t telling_wake(const struct daemon *daemon);

/* GET /api/v1/alerts, and POST …/<key>/ack or /snooze. */
struct answer *telling_list(struct daemon *daemon, const struct request *request, enum lang lang);
/* "/api/v1/alerts/<key>/ack": the key and the action, or false. The key is the caller's. */
bool telling_reply_path(const char *path, char **key, const char **action);
/* The alert with this key, as JSON, or NULL. */
json_t *telling_alert_json(struct daemon *daemon, const char *key);
/* GET /api/v1/alerts/stream: takes the request. */
void telling_stream(struct daemon *daemon, const struct request *request);

#endif
