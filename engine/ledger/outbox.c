#include "ledger/outbox.h"

#include "base/text.h"
#include "ledger/store_sql.h"

#include <stdlib.h>
#include <string.h>

enum { WAIT_FIRST = 30, WAIT_MOST = 3600 };

const char *outbox_key(const struct notice *notice, char key[OUTBOX_KEY_SIZE])
{
    auto_text all = {0};
    char hex[65];
    text_addf(&all, "%s\n%s\n%s\n%s\n%s", notice->alert, notice->kind, notice->rung, notice->unit,
              notice->channel);
    sha256_hex(all.at, all.n, hex);
    memcpy(key, hex, OUTBOX_KEY_SIZE - 1);
    key[OUTBOX_KEY_SIZE - 1] = '\0';
    return key;
}

int64_t outbox_wait(int64_t tries)
{
    int64_t wait = WAIT_FIRST;
    for (int64_t i = 1; i < tries && wait < WAIT_MOST; i++)
        wait *= 2;
    return wait < WAIT_MOST ? wait : WAIT_MOST;
}

/* ---- what waits ---- */

struct deliveries *outbox_waiting(struct store *store, int64_t now, struct err *err)
{
    struct arena *arena = arena_new();
    struct deliveries *deliveries = arena_alloc(arena, sizeof *deliveries);
    VEC(struct delivery) list = {0};
    deliveries->arena = arena;
    struct sql_rows rows =
        sql_rows(store, SQL_DELIVERIES_WAITING, sql_int(now), sql_int(now + (int64_t)2 * WAIT_MOST));
    while (sql_next(&rows))
        *vec_push(&list) = (struct delivery){.notice = sql_row_int(&rows, 0),
                                             .channel = arena_strdup(arena, sql_row_text(&rows, 1))};
    deliveries->n = list.n;
    deliveries->list = arena_alloc(arena, (list.n + 1) * sizeof *list.at);
    if (list.n)
        memcpy(deliveries->list, list.at, list.n * sizeof *list.at);
    vec_free(&list);
    if (sql_end(&rows, err))
        return deliveries;
    deliveries_free(deliveries);
    return NULL;
}

bool outbox_read(struct store *store, struct deliveries *deliveries, size_t which, struct err *err)
{
    struct delivery *out = &deliveries->list[which];
    struct sql_rows rows = sql_rows(store, SQL_DELIVERY, sql_int(out->notice));
    if (sql_next(&rows)) {
        const struct notice notice = {.alert = sql_row_text(&rows, 0),
                                      .kind = sql_row_text(&rows, 1),
                                      .rung = sql_row_text(&rows, 2),
                                      .unit = sql_row_text(&rows, 3),
                                      .channel = sql_row_text(&rows, 4)};
        outbox_key(&notice, out->key);
        out->told_at = sql_row_int(&rows, 5);
        out->tries = sql_row_int(&rows, 6);
        out->content = arena_strdup(deliveries->arena, sql_row_text(&rows, 7));
    }
    return sql_end(&rows, err);
}

void deliveries_free(struct deliveries *deliveries)
{
    if (deliveries)
        arena_free(deliveries->arena);
}

bool outbox_next(struct store *store, int64_t *at, struct err *err)
{
    *at = INT64_MAX;
    if (!sql_number(store, SQL_DELIVERY_NEXT, at, err))
        return false;
    if (!*at)
        *at = INT64_MAX;
    return true;
}

bool outbox_counts(struct store *store, int64_t *waiting, int64_t *refused, struct err *err)
{
    struct sql_rows rows = sql_rows(store, SQL_DELIVERY_COUNTS);
    if (sql_next(&rows)) {
        *waiting = sql_row_int(&rows, 0);
        *refused = sql_row_int(&rows, 1);
    }
    return sql_end(&rows, err);
}

/* ---- what becomes of it ---- */

bool outbox_add(struct store *store, int64_t notice, const char *content, int64_t at, struct err *err)
{
    must(store_in_transaction(store));
    return sql_run(store, SQL_DELIVERY_ADD, err, sql_int(notice), sql_text(content), sql_int(at));
}

static bool fails(struct store *store, int64_t notice, int64_t at, const char *detail, struct err *err)
{
    return sql_run(store, SQL_CHANNEL_FAILS, err, sql_int(notice), sql_int(at), sql_text(detail));
}

static bool ended(struct store *store, bool good, struct err *err)
{
    if (good)
        return store_commit(store, err);
    store_rollback(store);
    return false;
}

bool outbox_taken(struct store *store, int64_t notice, int64_t at, const char *detail, struct err *err)
{
    return store_begin(store, err) &&
           ended(store,
                 sql_run(store, SQL_DELIVERY_TAKEN, err, sql_int(notice), sql_text(detail)) &&
                     sql_run(store, SQL_CHANNEL_WORKS, err, sql_int(notice)) &&
                     notices_taken(store, notice, at, err),
                 err);
}

bool outbox_later(struct store *store, const struct delivery *delivery, int64_t now, int64_t least,
                  const char *detail, struct err *err)
{
    int64_t wait = outbox_wait(delivery->tries + 1);
    least = least < WAIT_MOST ? least : WAIT_MOST;
    return store_begin(store, err) &&
           ended(store,
                 sql_run(store, SQL_DELIVERY_LATER, err, sql_int(delivery->notice),
                         sql_int(now + (wait > least ? wait : least)), sql_text(detail)) &&
                     fails(store, delivery->notice, now, detail, err),
                 err);
}

bool outbox_refused(struct store *store, int64_t notice, int64_t at, const char *detail, struct err *err)
{
    return store_begin(store, err) &&
           ended(store,
                 sql_run(store, SQL_DELIVERY_REFUSED, err, sql_int(notice), sql_int(at), sql_text(detail)) &&
                     fails(store, notice, at, detail, err),
                 err);
}

bool outbox_drop(struct store *store, int64_t notice, int64_t newer, int64_t at, struct err *err)
{
    must(store_in_transaction(store));
    return sql_run(store, SQL_DELIVERY_DROP, err, sql_int(notice), sql_int(at), sql_int(newer));
}

bool outbox_resend(struct store *store, int64_t notice, int64_t at, struct err *err)
{
    must(store_in_transaction(store));
    return sql_run(store, SQL_DELIVERY_RESEND, err, sql_int(notice), sql_int(at));
}

/* ---- how all stand ---- */

static bool dispatches_fill(struct store *store, struct dispatches *all, struct err *err)
{
    VEC(struct dispatch) list = {0};
    struct sql_rows rows = sql_rows(store, SQL_DELIVERIES);
    while (sql_next(&rows))
        *vec_push(&list) = (struct dispatch){.notice = sql_row_int(&rows, 0),
                                             .tries = sql_row_int(&rows, 1),
                                             .next_at = sql_row_int(&rows, 2),
                                             .refused_at = sql_row_int(&rows, 3),
                                             .detail = arena_strdup(all->arena, sql_row_text(&rows, 4)),
                                             .dropped_at = sql_row_int(&rows, 5),
                                             .newer = sql_row_int(&rows, 6),
                                             .resent = sql_row_int(&rows, 7)};
    all->n = list.n;
    all->list = arena_alloc(all->arena, (list.n + 1) * sizeof *list.at);
    if (list.n)
        memcpy(all->list, list.at, list.n * sizeof *list.at);
    vec_free(&list);
    return sql_end(&rows, err);
}

struct dispatches *dispatches_read(struct store *store, struct err *err)
{
    struct arena *arena = arena_new();
    struct dispatches *all = arena_alloc(arena, sizeof *all);
    all->arena = arena;
    if (!store || dispatches_fill(store, all, err))
        return all;
    dispatches_free(all);
    return NULL;
}

void dispatches_free(struct dispatches *dispatches)
{
    if (dispatches)
        arena_free(dispatches->arena);
}

static int by_notice(const void *a, const void *b)
{
    const struct dispatch *x = a, *y = b;
    return (x->notice > y->notice) - (x->notice < y->notice);
}

static const struct dispatch *find(const struct dispatches *dispatches, int64_t notice)
{
    const struct dispatch like = {.notice = notice};
    if (!dispatches->n)
        return NULL;
    return bsearch(&like, dispatches->list, dispatches->n, sizeof like, by_notice);
}

const struct dispatch *dispatches_find(const struct dispatches *dispatches, const struct notice *notice)
{
    return find(dispatches, notice->message ? notice->message : notice->id);
}

const struct dispatch *dispatches_last(const struct dispatches *dispatches, const struct notice *notice)
{
    const struct dispatch *dispatch = dispatches_find(dispatches, notice);
    while (dispatch && dispatch->newer) /* each is younger than the one before */
        dispatch = find(dispatches, dispatch->newer);
    return dispatch;
}
