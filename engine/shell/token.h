/* token: making and revoking secret links and keys: a request as JSON, from the command or the socket. The
 * secret itself never leaves the command that made it.
 *
 *   {"action":"token","do":"create","kind":"feed"|"key","name":…,"hash":…,"scope":[…],"alarms":…}
 *   {"action":"token","do":"revoke","id":…}
 *   {"action":"token","do":"list"}          the daemon writes down what was fetched until now */
#ifndef HANCHOT_SHELL_TOKEN_H
#define HANCHOT_SHELL_TOKEN_H

#include "ledger/tokens.h"

#include <jansson.h>

/* Writes in a transaction of its own. *result, which the caller owns: {"id":…,"changed":…}. */
MUST_CHECK bool token_apply(struct store *store, const json_t *request, int64_t now, json_t **result,
                            struct err *err);

#endif
