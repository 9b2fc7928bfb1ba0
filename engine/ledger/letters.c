#include "ledger/letters.h"

#include "base/text.h"
#include "ledger/store_sql.h"

#include <string.h>

/* A list as it is kept: moved into the arena. */
#define SETTLE(arena, vec)                                                                                   \
    ((vec).n                                                                                                 \
         ? memcpy(arena_alloc((arena), (vec).n * sizeof *(vec).at), (vec).at, (vec).n * sizeof *(vec).at)    \
         : NULL)

struct letters *letters_read(struct store *store, int64_t refused_after, struct err *err)
{
    struct arena *arena = arena_new();
    struct letters *letters = arena_alloc(arena, sizeof *letters);
    VEC(struct letter) list = {0};
    struct sql_rows rows = sql_rows(store, SQL_LETTERS, sql_int(refused_after));
    while (sql_next(&rows))
        *vec_push(&list) = (struct letter){.notice = sql_row_int(&rows, 0),
                                           .channel = arena_strdup(arena, sql_row_text(&rows, 1)),
                                           .title = arena_strdup(arena, sql_row_text(&rows, 2)),
                                           .told_at = sql_row_int(&rows, 3),
                                           .tries = sql_row_int(&rows, 4),
                                           .refused_at = sql_row_int(&rows, 5),
                                           .resent = sql_row_int(&rows, 6),
                                           .detail = arena_strdup(arena, sql_row_text(&rows, 7)),
                                           .alert = arena_strdup(arena, sql_row_text(&rows, 8))};
    *letters = (struct letters){arena, SETTLE(arena, list), list.n};
    vec_free(&list);
    if (sql_end(&rows, err))
        return letters;
    letters_free(letters);
    return NULL;
}

void letters_free(struct letters *letters)
{
    if (letters)
        arena_free(letters->arena);
}

struct letter_alerts *letter_alerts_read(struct store *store, int64_t notice, struct err *err)
{
    struct arena *arena = arena_new();
    struct letter_alerts *alerts = arena_alloc(arena, sizeof *alerts);
    VEC(const char *) list = {0};
    struct sql_rows rows = sql_rows(store, SQL_LETTER_ALERTS, sql_int(notice));
    while (sql_next(&rows))
        *vec_push(&list) = arena_strdup(arena, sql_row_text(&rows, 0));
    *alerts = (struct letter_alerts){arena, SETTLE(arena, list), list.n};
    vec_free(&list);
    if (sql_end(&rows, err))
        return alerts;
    letter_alerts_free(alerts);
    return NULL;
}

void letter_alerts_free(struct letter_alerts *alerts)
{
    if (alerts)
        arena_free(alerts->arena);
}

static bool channels_fill(struct store *store, struct channels *channels, struct err *err)
{
    VEC(struct channel) list = {0};
    struct arena *arena = channels->arena;
    struct sql_rows rows = sql_rows(store, SQL_CHANNELS_FAILING);
    while (sql_next(&rows))
        *vec_push(&list) = (struct channel){.name = arena_strdup(arena, sql_row_text(&rows, 0)),
                                            .fails_since = sql_row_int(&rows, 1),
                                            .detail = arena_strdup(arena, sql_row_text(&rows, 2))};
    channels->list = SETTLE(arena, list);
    channels->n = list.n;
    vec_free(&list);
    return sql_end(&rows, err);
}

struct channels *channels_failing(struct store *store, struct err *err)
{
    struct arena *arena = arena_new();
    struct channels *channels = arena_alloc(arena, sizeof *channels);
    *channels = (struct channels){.arena = arena};
    if (!store || channels_fill(store, channels, err))
        return channels;
    channels_free(channels);
    return NULL;
}

void channels_free(struct channels *channels)
{
    if (channels)
        arena_free(channels->arena);
}
