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
/* Signs in with the key: what the browser will hold. */
void session_value(const struct daemon *daemon, const struct token *key, struct text *out);
/* The whole of Set-Cookie with such a value; NULL: that signs out. */
void session_cookie(const struct daemon *daemon, const char *value, struct text *out);

/* What each form of this reader's pages carries. */
#define PROOF_SIZE 65
void session_proof(const struct daemon *daemon, const struct request *request, char proof[PROOF_SIZE]);
void session_proof_of(const struct daemon *daemon, const char *value, char proof[PROOF_SIZE]);
/* It was sent by a page of another site. */
bool session_origin_refused(const struct daemon *daemon, const struct request *request);
/* Whether a form may be looked at: sent by a page of ours, to somebody who signed in or sits at this machine.
 * NULL: it may; else why not. */
const char *session_form_refused(const struct daemon *daemon, const struct request *request,
                                 const char *proof, enum lang lang);

/* What forms.c and signin.c share: a page that is never kept, and with an Origin of its own when its form is
 * sent; the way to another page; who writes from this page. */
struct answer *form_page(int status, struct text *body);
struct answer *form_go_to(const char *where);
struct writer {
    const struct token *key; /* or NULL */
    struct page_writer page;
    char proof[PROOF_SIZE];
    bool may; /* there is one */
};
void form_writer(const struct daemon *daemon, const struct request *request, struct writer *writer);

/* signin.c: "/signin/…" */
bool signin_path(const char *path);
struct answer *signin_read(const struct daemon *daemon, const struct request *request);
/* The form that was sent there. */
struct answer *signin_sent(const struct daemon *daemon, const struct request *request,
                           const struct form *form);
/* In place of the page that was asked for. kept: a form that was sent there and comes back once somebody has
 * signed in; or NULL. */
struct answer *signin_instead(const struct daemon *daemon, const struct request *request, int status,
                              const char *fault, const struct form *kept);

#endif
