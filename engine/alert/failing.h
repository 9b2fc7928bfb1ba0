/* failing: mail servers and webhooks that take nothing. Those who run hanchot are told once for each outage,
 * not for each letter, when it has lasted for two hours. */
#ifndef HANCHOT_ALERT_FAILING_H
#define HANCHOT_ALERT_FAILING_H

#include "base/mem.h"
#include "base/text.h"
#include "ledger/letters.h"

#define FAILING_SECONDS INT64_C(7200) /* two hours */

struct failing {
    const char *way;      /* "mail", "webhook:chat" */
    const char *first;    /* the first address that takes nothing; of a webhook its name */
    size_t n;             /* addresses */
    bool all;             /* none takes anything */
    int64_t since;        /* since when that is so */
    int64_t first_failed; /* when the first of them failed */
    const char *detail;   /* what was answered last, or NULL */
};
struct failings {
    struct arena *arena;
    struct failing *list; /* mail before webhooks, these by name */
    size_t n;
};
/* known: all channels of site.lua ("mail:an@example.gov.vn"), some perhaps twice; others do not count.
 * Borrows nothing. */
struct failings *failings_new(const struct channels *channels, const char *const *known, size_t n_known);
void failings_free(struct failings *failings); /* NULL is fine */
bool failings_same(const struct failings *a, const struct failings *b);

/* "Máy chủ thư không nhận thư nào", and what to do. */
void failing_title(const struct failing *failing, enum lang lang, struct text *out);
void failing_body(const struct failing *failing, enum lang lang, struct text *out);

#endif
