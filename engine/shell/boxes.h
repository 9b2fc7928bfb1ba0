/* boxes: whom mails and calls go to, as site.lua names them, and how far each has come: found by the offices
 * for which they are told.
 *
 * They live from one site.lua to the next. What they remember is what need not be asked of the ledger again;
 * after a start it is asked once. */
#ifndef HANCHOT_SHELL_BOXES_H
#define HANCHOT_SHELL_BOXES_H

#include "alert/alerts.h"
#include "rulebook/site.h"

/* A mail address or a webhook. */
struct box {
    const char *channel;                /* "mail:an@example.gov.vn" */
    const struct site_webhook *webhook; /* or NULL */
    VEC(const char *) units;            /* of an address; none: site.lua knows it no more */
    bool changed;                       /* what its letters told may not be open any more */
    int digest_day;                     /* of the last digest that is known to be made */
    int asked_day;                      /* when the ledger was asked for it */
};

/* The address is told for this office. */
struct box_of_unit {
    const char *unit;
    size_t box;
};

struct boxes {
    struct arena *arena;
    VEC(struct box) list; /* addresses by strcmp, then webhooks, then what site knows no more */
    size_t n_addresses;
    VEC(struct box_of_unit) of_units; /* by unit */
    size_t at;                        /* those before were gone through in this round */
    int64_t round_at;                 /* when it began */
};

/* Borrows from site. They may all have changed. With those that site knows no more and to which something is
 * still on its way. NULL: the ledger cannot be read. */
MUST_CHECK struct boxes *boxes_new(const struct site *site, struct store *store, struct err *err);
void boxes_free(struct boxes *boxes); /* NULL is fine */

/* The first for this office among of_units, and how many follow each other; n 0: none. */
const struct box_of_unit *boxes_of(const struct boxes *boxes, const char *unit, size_t *n);

/* An alert for these offices (NULL: any) was open and may not be any more. */
void boxes_changed(struct boxes *boxes, const struct alert *alert);

#endif
