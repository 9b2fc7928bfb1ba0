#include "ledger/replies.h"

#include "ledger/store_sql.h"

#include <string.h>

const char *reply_action_name(enum reply_action action)
{
    return action == REPLY_ACK ? "ack" : "snooze";
}

struct replies *replies_empty(void)
{
    struct arena *arena = arena_new();
    struct replies *replies = arena_alloc(arena, sizeof *replies);
    replies->arena = arena;
    return replies;
}

static bool rows_read(struct store *store, struct replies *replies, struct err *err)
{
    VEC(struct reply) list = {0};
    struct arena *arena = replies->arena;
    struct sql_rows rows = sql_rows(store, SQL_REPLIES);
    while (sql_next(&rows))
        *vec_push(&list) = (struct reply){
            .id = sql_row_int(&rows, 0),
            .alert = arena_strdup(arena, sql_row_text(&rows, 1)),
            .action = strcmp(sql_row_text(&rows, 2), "ack") ? REPLY_SNOOZE : REPLY_ACK,
            .kind = arena_strdup(arena, sql_row_text(&rows, 3)),
            .due = sql_row_day(&rows, 4),
            .until = sql_row_int(&rows, 5),
            .by = arena_strdup(arena, sql_row_text(&rows, 6)),
            .recorded_at = sql_row_int(&rows, 7),
        };
    if (list.n)
        replies->list =
            memcpy(arena_alloc(arena, list.n * sizeof *list.at), list.at, list.n * sizeof *list.at);
    replies->n = list.n;
    vec_free(&list);
    return sql_end(&rows, err);
}

struct replies *replies_read(struct store *store, struct err *err)
{
    struct replies *replies = replies_empty();
    if (!store || rows_read(store, replies, err))
        return replies;
    replies_free(replies);
    return NULL;
}

void replies_free(struct replies *replies)
{
    if (replies)
        arena_free(replies->arena);
}

const struct reply *replies_last(const struct replies *replies, const char *alert)
{
    size_t low = 0, high = replies->n; /* the first one after all of this alert */
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(replies->list[middle].alert, alert) <= 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low && !strcmp(replies->list[low - 1].alert, alert) ? &replies->list[low - 1] : NULL;
}

bool replies_add(struct store *store, const struct reply *reply, int64_t real_now, struct err *err)
{
    return store_mark_day(store, reply->recorded_at, err) &&
           sql_run(store, SQL_REPLY_ADD, err, sql_text(reply->alert),
                   sql_text(reply_action_name(reply->action)), sql_text(reply->kind), sql_day(reply->due),
                   sql_int(reply->until), sql_text(reply->by), sql_int(reply->recorded_at),
                   sql_int(real_now));
}
