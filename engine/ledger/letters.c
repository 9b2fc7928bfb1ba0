#include "ledger/letters.h"

#include "base/text.h"
#include "ledger/store_sql.h"

#include <string.h>

/* A list as it is kept: moved into the arena. */
#define SETTLE(arena, vec)                                                                                   \
    ((vec).n                                                                                                 \
         ? memcpy(arena_alloc((arena), (vec).n * sizeof *(vec).at), (vec).at, (vec).n * sizeof *(vec).at)    \
         : NULL)

static struct letters *letters_of(struct sql_rows rows, struct err *err)
{
    struct arena *arena = arena_new();
    struct letters *letters = arena_alloc(arena, sizeof *letters);
    VEC(struct letter) list = {0};
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

struct letters *letters_read(struct store *store, int64_t refused_after, struct err *err)
{
    return letters_of(sql_rows(store, SQL_LETTERS, sql_int(refused_after)), err);
}

struct letters *letters_to(struct store *store, const char *channel, int64_t refused_after, struct err *err)
{
    return letters_of(sql_rows(store, SQL_LETTERS_TO, sql_text(channel), sql_int(refused_after)), err);
}

struct letters *letters_refused(struct store *store, int64_t refused_after, struct err *err)
{
    return letters_of(sql_rows(store, SQL_LETTERS_REFUSED, sql_int(refused_after)), err);
}

void letters_free(struct letters *letters)
{
    if (letters)
        arena_free(letters->arena);
}

bool letter_all(struct store *store, int64_t notice, bool (*says)(void *data, const char *key), void *data,
                bool *all, struct err *err)
{
    struct sql_rows rows = sql_rows(store, SQL_LETTER_ALERTS, sql_int(notice));
    *all = true;
    while (*all && sql_next(&rows))
        *all = says(data, sql_row_text(&rows, 0));
    return sql_end(&rows, err);
}

static struct channels *channels_new(void)
{
    struct arena *arena = arena_new();
    struct channels *channels = arena_alloc(arena, sizeof *channels);
    *channels = (struct channels){.arena = arena};
    return channels;
}

static struct channels *channels_of(struct sql_rows rows, bool failing, struct err *err)
{
    struct channels *channels = channels_new();
    struct arena *arena = channels->arena;
    VEC(struct channel) list = {0};
    while (sql_next(&rows)) {
        struct channel *channel = vec_push(&list);
        channel->name = arena_strdup(arena, sql_row_text(&rows, 0));
        channel->fails_since = failing ? sql_row_int(&rows, 1) : 0;
        channel->detail = failing ? arena_strdup(arena, sql_row_text(&rows, 2)) : NULL;
    }
    channels->list = SETTLE(arena, list);
    channels->n = list.n;
    vec_free(&list);
    if (sql_end(&rows, err))
        return channels;
    channels_free(channels);
    return NULL;
}

struct channels *channels_failing(struct store *store, struct err *err)
{
    return store ? channels_of(sql_rows(store, SQL_CHANNELS_FAILING), true, err) : channels_new();
}

struct channels *channels_missed(struct store *store, struct err *err)
{
    return channels_of(sql_rows(store, SQL_CHANNELS_MISSED), false, err);
}

void channels_free(struct channels *channels)
{
    if (channels)
        arena_free(channels->arena);
}
