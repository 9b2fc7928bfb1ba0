/* tokens: secret links to feeds, one for each person or device, and keys for programs.
 *
 * The ledger keeps the SHA-256 of a secret and never the secret itself; whoever makes a token shows it once.
 * Tokens are not deleted: a revoked one still has to answer its client for a while. */
#ifndef HANCHOT_LEDGER_TOKENS_H
#define HANCHOT_LEDGER_TOKENS_H

#include "ledger/store.h"
#include "time/workdays.h"

#include <stddef.h>

enum token_kind { TOKEN_LINK, TOKEN_KEY };
const char *token_kind_name(enum token_kind kind); /* "feed", "key" */

struct token {
    int64_t id;
    enum token_kind kind;
    const char *name;         /* whose: "PV01 – máy bàn" */
    const char *hash;         /* of the secret: 64 hex digits */
    const char *const *scope; /* of a link its feeds, of a key the units that it may write for (none: all) */
    size_t n_scope;
    bool alarms;
    int64_t created_at, revoked_at; /* instants; revoked_at 0: it is good */
    /* how the client of a link asks */
    int64_t fetched_at; /* last; 0: never */
    const char *client; /* the last one's User-Agent, or NULL */
    int64_t fetches, unchanged;
    int64_t interval; /* seconds between fetches, as usual; 0: not known */
};

struct tokens {
    struct arena *arena;
    const struct token *list; /* by id */
    size_t n;
};

MUST_CHECK struct tokens *tokens_read(struct store *store, struct err *err); /* store NULL: empty */
void tokens_free(struct tokens *tokens);                                     /* NULL is fine */
const struct token *tokens_find(const struct tokens *tokens, int64_t id);    /* or NULL */
/* The one with this secret, revoked or not, or NULL. */
const struct token *tokens_find_secret(const struct tokens *tokens, const char *secret);
bool tokens_have_key(const struct tokens *tokens); /* one that is good */

/* Of the draft kind, name, hash, scope, alarms and created_at count. */
MUST_CHECK bool token_add(struct store *store, const struct token *draft, int64_t *id, struct err *err);
/* False for an id that is not there (ERR_INPUT). *changed is false where it was revoked before. */
MUST_CHECK bool token_revoke(struct store *store, int64_t id, int64_t at, bool *changed, struct err *err);

/* Fetches of one link that came together. */
struct token_visit {
    int64_t id, at;
    int64_t fetches, unchanged;
    const char *client; /* or NULL */
};
/* All of them, oldest first, in one transaction. */
MUST_CHECK bool tokens_visited(struct store *store, const struct token_visit *visits, size_t n,
                               struct err *err);
/* How often it usually asks, after one more fetch. Feeds that are fetched one after the other are one round;
 * a holiday hardly changes what is usual. */
int64_t token_interval(int64_t interval, int64_t before, int64_t at);
/* Its client has not asked for clearly longer than it usually does, days off left out, nor on a whole working
 * day: machines are switched off at night and over a holiday. */
bool token_silent(const struct token *token, const struct workdays *workdays, int64_t now);

/* A new secret: 32 bytes of the system's randomness, base64url. */
#define TOKEN_SECRET_SIZE 44
MUST_CHECK bool token_secret_new(char secret[TOKEN_SECRET_SIZE], struct err *err);
void token_secret_hash(const char *secret, char hash[65]);

#endif
