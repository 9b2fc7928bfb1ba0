/* door: where the daemon listens, what that asks for, and what it tells the service manager.
 *
 * Beyond loopback, or behind a proxy, whoever can reach the port is a stranger: the daemon then starts only
 * with a key in its ledger and with TLS, its own or the proxy's. */
#ifndef HANCHOT_SHELL_DOOR_H
#define HANCHOT_SHELL_DOOR_H

#include "ledger/tokens.h"
#include "publish/http.h"
#include "shell/app.h"

struct door {
    struct http_config config; /* its texts are the ones below */
    struct text host, certificate, private_key;
};
/* Reads --listen, --behind-proxy, the TLS files that site.lua names, and a socket from systemd. */
MUST_CHECK bool door_open(struct door *door, const struct app *app, struct err *err);
/* Only the TLS files that site.lua names. */
MUST_CHECK bool door_read_tls(struct door *door, const struct site *site, struct err *err);
/* Whether the daemon may stand open like this. */
MUST_CHECK bool door_safe(const struct door *door, const struct tokens *tokens, struct err *err);
void door_fini(struct door *door); /* wipes the private key */

/* "READY=1" to the service manager (sd_notify(3)); nothing where there is none. */
void door_notify(const char *state);

#endif
