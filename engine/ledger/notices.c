#include "ledger/notices.h"

#include "ledger/store_sql.h"
#include "time/clock.h"

#include <stdlib.h>
#include <string.h>

struct notices *notices_empty(void)
{
    struct arena *arena = arena_new();
    struct notices *notices = arena_alloc(arena, sizeof *notices);
    notices->arena = arena;
    return notices;
}

static int key_order(const struct notice *a, const struct notice *b)
{
    int order = strcmp(a->alert, b->alert);
    order = order ? order : strcmp(a->kind, b->kind);
    order = order ? order : strcmp(a->rung, b->rung);
    order = order ? order : strcmp(a->unit, b->unit);
    return order ? order : strcmp(a->channel, b->channel);
}

static int sorted_order(const void *a, const void *b)
{
    return key_order(*(const struct notice *const *)a, *(const struct notice *const *)b);
}

static void sort(struct notices *notices)
{
    const struct notice **sorted = arena_alloc(notices->arena, notices->n * sizeof(const struct notice *));
    for (size_t i = 0; i < notices->n; i++)
        sorted[i] = &notices->list[i];
    qsort(sorted, notices->n, sizeof *sorted, sorted_order);
    notices->sorted = sorted;
}

static bool rows_read(struct store *store, int64_t after, struct notices *notices, struct err *err)
{
    VEC(struct notice) list = {0};
    struct arena *arena = notices->arena;
    struct sql_rows rows = sql_rows(store, SQL_NOTICES, sql_int(after));
    while (sql_next(&rows))
        *vec_push(&list) = (struct notice){
            .id = sql_row_int(&rows, 0),
            .alert = arena_strdup(arena, sql_row_text(&rows, 1)),
            .kind = arena_strdup(arena, sql_row_text(&rows, 2)),
            .rung = arena_strdup(arena, sql_row_text(&rows, 3)),
            .unit = arena_strdup(arena, sql_row_text(&rows, 4)),
            .channel = arena_strdup(arena, sql_row_text(&rows, 5)),
            .severity = arena_strdup(arena, sql_row_text(&rows, 6)),
            .title = arena_strdup(arena, sql_row_text(&rows, 7)),
            .body = arena_strdup(arena, sql_row_text(&rows, 8)),
            .told_at = sql_row_int(&rows, 9),
            .taken_at = sql_row_int(&rows, 10),
            .message = sql_row_int(&rows, 11),
        };
    if (list.n) {
        notices->list =
            memcpy(arena_alloc(arena, list.n * sizeof *list.at), list.at, list.n * sizeof *list.at);
        notices->n = list.n;
        sort(notices);
    }
    vec_free(&list);
    return sql_end(&rows, err);
}

struct notices *notices_read(struct store *store, struct err *err)
{
    return notices_read_after(store, 0, err);
}

struct notices *notices_read_after(struct store *store, int64_t id, struct err *err)
{
    struct notices *notices = notices_empty();
    if (!store || rows_read(store, id, notices, err))
        return notices;
    notices_free(notices);
    return NULL;
}

bool notices_last(struct store *store, int64_t *id, struct err *err)
{
    struct sql_rows rows = sql_rows(store, SQL_NOTICE_LAST);
    if (sql_next(&rows))
        *id = sql_row_int(&rows, 0);
    return sql_end(&rows, err);
}

bool notices_told(struct store *store, const struct notice *like, bool *told, struct err *err)
{
    struct sql_rows rows = sql_rows(store, SQL_NOTICE_TOLD, sql_text(like->alert), sql_text(like->kind),
                                    sql_text(like->rung), sql_text(like->unit), sql_text(like->channel));
    if (sql_next(&rows))
        *told = sql_row_int(&rows, 0);
    return sql_end(&rows, err);
}

void notices_free(struct notices *notices)
{
    if (notices)
        arena_free(notices->arena);
}

static int against(const void *like, const void *entry)
{
    return key_order(like, *(const struct notice *const *)entry);
}

const struct notice *notices_find(const struct notices *notices, const struct notice *like)
{
    if (!notices->n)
        return NULL;
    const struct notice *const *found =
        bsearch(like, notices->sorted, notices->n, sizeof(const struct notice *), against);
    return found ? *found : NULL;
}

size_t notices_place(const struct notices *notices, const struct notice *like)
{
    size_t low = 0, high = notices->n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (key_order(notices->sorted[middle], like) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

bool notices_rung_at(struct store *store, struct notice *notice, int64_t now, struct text *rung,
                     struct err *err)
{
    char at[INSTANT_SIZE];
    bool told = true;
    text_add(rung, instant_iso(now, at));
    for (notice->rung = text_str(rung); notices_told(store, notice, &told, err) && told;
         notice->rung = text_str(rung))
        text_add(rung, "+");
    return !told;
}

bool notices_add(struct store *store, const struct notice *notice, int64_t real_now, int64_t *id,
                 struct err *err)
{
    if (!store_mark_day(store, notice->told_at, err) ||
        !sql_run(store, SQL_NOTICE_ADD, err, sql_text(notice->alert), sql_text(notice->kind),
                 sql_text(notice->rung), sql_text(notice->unit), sql_text(notice->channel),
                 sql_text(notice->severity), sql_text(notice->title), sql_text(notice->body),
                 sql_int(notice->told_at), sql_int(real_now), sql_int(notice->message)))
        return false;
    if (id)
        *id = sql_last_id(store);
    return true;
}

bool notices_begin_on(struct store *store, int64_t now, struct err *err)
{
    return store_mark_day(store, now, err);
}

bool notices_taken(struct store *store, int64_t id, int64_t at, struct err *err)
{
    return sql_run(store, SQL_NOTICE_TAKEN, err, sql_int(id), sql_int(at));
}
