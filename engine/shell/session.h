/* session: a browser that signed in with a key, and the proof that a form came from our own page.
 *
 * The cookie names the key and when it ends, signed with a secret that lives as long as the daemon: nothing
 * is kept, a revoked key ends its sessions at once, and a restart ends them all. */
#ifndef HANCHOT_SHELL_SESSION_H
#define HANCHOT_SHELL_SESSION_H

#include "shell/daemon.h"

#define SESSION_SECONDS (INT64_C(7) * 86400)

/* The key that the browser signed in with, or NULL. */
const struct token *session_key(const struct daemon *daemon, const struct request *request);
/* The value of Set-Cookie that signs in with the key; key NULL: that signs out. */
void session_cookie(const struct daemon *daemon, const struct token *key, struct text *out);

/* What each form of this reader's pages carries. */
#define PROOF_SIZE 65
void session_proof(const struct daemon *daemon, const struct request *request, char proof[PROOF_SIZE]);
/* It was sent by a page of another site. */
bool session_origin_refused(const struct daemon *daemon, const struct request *request);
/* Whether a form may be looked at: sent by a page of ours, to somebody who signed in or sits at this machine.
 * NULL: it may; else why not. */
const char *session_form_refused(const struct daemon *daemon, const struct request *request,
                                 const char *proof, enum lang lang);

#endif
