/* change: the one way in which anything is written: a request as JSON, from a command, the socket or the API,
 * applied to the ledger whole or not at all.
 *
 *   {"action":"record","event":…,"plan":…,"unit":…,"on":…,"due":…,"ref":…,"new":true,"note":…,"by":…}
 *   {"action":"done"|"reopen"|"extend"|"cancel","uid":…|[…],"on":…,"to":…,"why":…,"by":…,"note":…}
 *   {"action":"done",…,"plan":…,"ref":…,"period":…,"unit":…|"@group"}
 *   {"action":"ack"|"snooze","key":…,"until":…,"by":…}
 *   {"action":"close","plan":…,"on":…,"why":…,"by":…} */
#ifndef HANCHOT_SHELL_CHANGE_H
#define HANCHOT_SHELL_CHANGE_H

#include "alert/alerts.h"

#include <jansson.h>

/* Checks the request against the outlook and writes. alerts: of the outlook, as they stand now, or NULL: made
 * where they are needed. recorded_at: the instant the facts count from; real_now:
 * the clock's. *results: an array (the caller owns it) with one object per thing asked:
 * {"uid","action","on","changed":bool,"was",…}; changed is false where the ledger says so already, was is the
 * day that a correction replaces. Conflicts and
 * unknown names: ERR_INPUT. */
MUST_CHECK bool change_apply(struct store *store, const struct outlook *outlook, const struct alerts *alerts,
                             const json_t *request, int64_t recorded_at, int64_t real_now, json_t **results,
                             struct err *err);

/* "2026-11-25T09:00", "+1h", "+30m" (up to 9999) or "tomorrow" (08:00) into an instant; false: none of them
 * (ERR_INPUT). */
MUST_CHECK bool change_until(const char *text, int64_t now, int64_t *until, struct err *err);

/* The results as lines for people. */
void change_tell(const json_t *results, enum lang lang, FILE *stream);

#endif
