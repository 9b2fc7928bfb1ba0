/* notices: what was told of alerts, to whom, by which channel: the outbox.
 *
 * A notice is written once for its alert, kind, rung, receiver and channel, before anything leaves the house;
 * a channel that has not taken it is offered it again under the same id. Its text is what was told, whatever
 * the rules say later. */
#ifndef HANCHOT_LEDGER_NOTICES_H
#define HANCHOT_LEDGER_NOTICES_H

#include "base/text.h"
#include "ledger/store.h"

struct notice {
    int64_t id;        /* grows in the order of telling: the stream's event id */
    const char *alert; /* its key */
    const char *kind;  /* "overdue" */
    const char *rung;  /* "-3 2026-11-24": see alert/ladder.h */
    const char *unit;  /* who is told; "": those who run hanchot */
    const char *channel;
    const char *severity, *title, *body;
    int64_t told_at;  /* the instant it counts from */
    int64_t taken_at; /* when the channel took it; 0: not yet */
    int64_t message;  /* id of the summary that carries it; 0: it goes out by itself */
};

struct notices {
    struct arena *arena;
    const struct notice *list; /* by id */
    size_t n;
    const struct notice *const *sorted; /* by alert, kind, rung, unit, channel */
};

/* store NULL: empty. */
MUST_CHECK struct notices *notices_read(struct store *store, struct err *err);
/* Those with a greater id. */
MUST_CHECK struct notices *notices_read_after(struct store *store, int64_t id, struct err *err);
struct notices *notices_empty(void);
void notices_free(struct notices *notices); /* NULL is fine */
/* The notice with the same alert, kind, rung, unit and channel, or NULL. */
const struct notice *notices_find(const struct notices *notices, const struct notice *like);

/* The place in `sorted` of the first notice that is not before this one. */
size_t notices_place(const struct notices *notices, const struct notice *like);

/* The id of the last one; 0: none. */
MUST_CHECK bool notices_last(struct store *store, int64_t *id, struct err *err);
/* Whether there is one with the same alert, kind, rung, unit and channel, without reading all: they grow in
 * number as long as hanchot runs. */
MUST_CHECK bool notices_told(struct store *store, const struct notice *like, bool *told, struct err *err);

/* Makes the instant the rung of the notice: of two like it in one second the later gets a "+" more. */
MUST_CHECK bool notices_rung_at(struct store *store, struct notice *notice, int64_t now, struct text *rung,
                                struct err *err);

/* Inside store_begin .. store_commit; one that is there already is not written again. id and taken_at are not
 * looked at. *id may be NULL; it is that of a new row. */
MUST_CHECK bool notices_add(struct store *store, const struct notice *notice, int64_t real_now, int64_t *id,
                            struct err *err);
/* Alerts are told from this day on: the ledger's first day is not later. */
MUST_CHECK bool notices_begin_on(struct store *store, int64_t now, struct err *err);
/* The channel took it, and what it carries. */
MUST_CHECK bool notices_taken(struct store *store, int64_t id, int64_t at, struct err *err);

#endif
