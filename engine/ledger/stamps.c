#include "ledger/stamps.h"

#include "ledger/store_sql.h"

#include <stdlib.h>
#include <string.h>

/* Hashes are stored as SQLite's signed integers, bit for bit. */
static int64_t to_signed(uint64_t hash)
{
    int64_t number;
    memcpy(&number, &hash, sizeof number);
    return number;
}

static bool rows_read(struct store *store, struct stamps *stamps, struct err *err)
{
    VEC(struct stamp) list = {0};
    struct sql_rows rows = sql_rows(store, SQL_STAMPS);
    while (sql_next(&rows))
        *vec_push(&list) = (struct stamp){
            .uid = arena_strdup(stamps->arena, sql_row_text(&rows, 0)),
            .hash = (uint64_t)sql_row_int(&rows, 1),
            .facts = (uint64_t)sql_row_int(&rows, 2),
            .at = sql_row_int(&rows, 3),
            .edits = (int)sql_row_int(&rows, 4),
        };
    if (list.n > 0)
        stamps->list =
            memcpy(arena_alloc(stamps->arena, list.n * sizeof *list.at), list.at, list.n * sizeof *list.at);
    stamps->n = list.n;
    vec_free(&list);
    return sql_end(&rows, err);
}

struct stamps *stamps_read(struct store *store, struct err *err)
{
    struct arena *arena = arena_new();
    struct stamps *stamps = arena_alloc(arena, sizeof *stamps);
    stamps->arena = arena;
    if (!store || rows_read(store, stamps, err))
        return stamps;
    stamps_free(stamps);
    return NULL;
}

void stamps_free(struct stamps *stamps)
{
    if (stamps)
        arena_free(stamps->arena);
}

static int uid_order(const void *uid, const void *stamp)
{
    return strcmp(uid, ((const struct stamp *)stamp)->uid);
}

const struct stamp *stamps_find(const struct stamps *stamps, const char *uid)
{
    return stamps->n ? bsearch(uid, stamps->list, stamps->n, sizeof *stamps->list, uid_order) : NULL;
}

bool stamps_write(struct store *store, const struct stamp *list, size_t n, struct err *err)
{
    if (n == 0)
        return true;
    if (!store_begin(store, err))
        return false;
    for (size_t i = 0; i < n; i++)
        if (!sql_run(store, SQL_STAMP_WRITE, err, sql_text(list[i].uid), sql_int(to_signed(list[i].hash)),
                     sql_int(to_signed(list[i].facts)), sql_int(list[i].at), sql_int(list[i].edits))) {
            store_rollback(store);
            return false;
        }
    return store_commit(store, err);
}

bool feed_stamp_read(struct store *store, const char *feed, struct feed_stamp *stamp, bool *found,
                     struct err *err)
{
    *found = false;
    if (!store)
        return true;
    struct sql_rows rows = sql_rows(store, SQL_FEED_STAMP, sql_text(feed));
    if (sql_next(&rows)) {
        *found = true;
        stamp->modified = sql_row_int(&rows, 1);
        int n = snprintf(stamp->etag, sizeof stamp->etag, "%s", sql_row_text(&rows, 0));
        if (n < 0 || (size_t)n >= sizeof stamp->etag)
            sql_row_unreadable(&rows);
    }
    return sql_end(&rows, err);
}

bool feed_stamp_write(struct store *store, const char *feed, const struct feed_stamp *stamp, struct err *err)
{
    return sql_run(store, SQL_FEED_STAMP_WRITE, err, sql_text(feed), sql_text(stamp->etag),
                   sql_int(stamp->modified));
}
