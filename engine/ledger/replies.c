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

static struct reply row_of(struct arena *arena, struct sql_rows *rows)
{
    return (struct reply){
        .id = sql_row_int(rows, 0),
        .alert = arena_strdup(arena, sql_row_text(rows, 1)),
        .action = strcmp(sql_row_text(rows, 2), "ack") ? REPLY_SNOOZE : REPLY_ACK,
        .kind = arena_strdup(arena, sql_row_text(rows, 3)),
        .due = sql_row_day(rows, 4),
        .until = sql_row_int(rows, 5),
        .by = arena_strdup(arena, sql_row_text(rows, 6)),
        .recorded_at = sql_row_int(rows, 7),
    };
}

/* The place after all of this alert and of those before it. */
static size_t place_after(const struct replies *replies, const char *alert)
{
    size_t low = 0, high = replies->n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(replies->list[middle].alert, alert) <= 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void put(struct replies *replies, size_t place, struct reply reply)
{
    replies->own = vec_room(replies->own, replies->n, &replies->cap, sizeof *replies->own);
    memmove(replies->own + place + 1, replies->own + place, (replies->n - place) * sizeof *replies->own);
    replies->own[place] = reply;
    replies->list = replies->own;
    replies->n++;
    replies->last_id = reply.id > replies->last_id ? reply.id : replies->last_id;
}

static bool rows_read(struct store *store, struct replies *replies, struct err *err)
{
    struct sql_rows rows = sql_rows(store, SQL_REPLIES);
    while (sql_next(&rows))
        put(replies, replies->n, row_of(replies->arena, &rows));
    return sql_end(&rows, err);
}

bool replies_more(struct store *store, struct replies *replies, struct answered *answered, struct err *err)
{
    struct sql_rows rows = sql_rows(store, SQL_REPLIES_AFTER, sql_int(replies->last_id));
    while (sql_next(&rows)) {
        struct reply reply = row_of(replies->arena, &rows);
        put(replies, place_after(replies, reply.alert), reply);
        *vec_push(&answered->keys) = reply.alert;
    }
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
    if (!replies)
        return;
    mem_free(replies->own);
    arena_free(replies->arena);
}

const struct reply *replies_last(const struct replies *replies, const char *alert)
{
    size_t after = place_after(replies, alert);
    return after && !strcmp(replies->list[after - 1].alert, alert) ? &replies->list[after - 1] : NULL;
}

bool replies_add(struct store *store, const struct reply *reply, int64_t real_now, struct err *err)
{
    return store_mark_day(store, reply->recorded_at, err) &&
           sql_run(store, SQL_REPLY_ADD, err, sql_text(reply->alert),
                   sql_text(reply_action_name(reply->action)), sql_text(reply->kind), sql_day(reply->due),
                   sql_int(reply->until), sql_text(reply->by), sql_int(reply->recorded_at),
                   sql_int(real_now));
}
