#include "ledger/copy.h"

#include "ledger/store_sql.h"

#include <string.h>

/* The hash of what is kept, "" where nothing is, and since when. */
static bool state_read(struct store *store, char hash[65], int64_t *kept_at, struct err *err)
{
    struct sql_rows rows = sql_rows(store, SQL_RULE_COPY);
    hash[0] = '\0';
    if (sql_next(&rows)) {
        int n = snprintf(hash, 65, "%s", sql_row_text(&rows, 0));
        *kept_at = sql_row_int(&rows, 1);
        if (n != 64)
            sql_row_unreadable(&rows);
    }
    return sql_end(&rows, err);
}

static bool files_read(struct store *store, struct files *files, struct err *err)
{
    struct sql_rows rows = sql_rows(store, SQL_RULE_FILES);
    while (sql_next(&rows)) {
        struct text bytes = {0};
        text_add(&bytes, sql_row_text(&rows, 2));
        files_add(files, strcmp(sql_row_text(&rows, 0), "rules") != 0 ? "calendars" : "rules",
                  sql_row_text(&rows, 1), &bytes);
    }
    return sql_end(&rows, err);
}

static bool is_whole(const struct store *store, const struct files *files, const char *hash, struct err *err)
{
    char found[65];
    files_hash(files, found);
    return !strcmp(found, hash) ||
           err_set(err, ERR_ENV, "%s: bản quy tắc giữ trong sổ không còn nguyên vẹn",
                   "%s: the copy of the rules kept in the ledger is not what was written", store->path);
}

bool copy_read(struct store *store, struct copy *copy, struct err *err)
{
    char hash[65];
    *copy = (struct copy){0};
    if (!state_read(store, hash, &copy->kept_at, err))
        return false;
    if (!*hash)
        return true;
    copy->files = files_new();
    if (files_read(store, copy->files, err) && is_whole(store, copy->files, hash, err))
        return true;
    copy_fini(copy);
    return false;
}

void copy_fini(struct copy *copy)
{
    files_free(copy->files);
    copy->files = NULL;
}

bool copy_forget(struct store *store, struct err *err)
{
    return sql_run(store, SQL_RULE_COPY_DROP, err);
}

static bool rows_write(struct store *store, const struct files *files, const char *hash, int64_t now,
                       struct err *err)
{
    bool good = sql_run(store, SQL_RULE_FILES_DROP, err) &&
                sql_run(store, SQL_RULE_COPY_WRITE, err, sql_text(hash), sql_int(now));
    for (size_t i = 0; good && i < files->list.n; i++) {
        const struct file *file = &files->list.at[i];
        good = sql_run(store, SQL_RULE_FILE_ADD, err, sql_text(file->folder), sql_text(file->name),
                       sql_text(text_str(&file->bytes)));
    }
    return good;
}

bool copy_write(struct store *store, const struct files *files, int64_t now, struct err *err)
{
    char hash[65], kept[65];
    int64_t kept_at;
    if (files_bytes(files) > COPY_MOST)
        return err_set(err, ERR_INPUT,
                       "quy tắc dài %zu MB, quá %d MB: không giữ bản nào trong sổ cho lần khởi động sau",
                       "the rules are %zu MB long, above %d MB: no copy of them is kept for the next start",
                       files_bytes(files) >> 20, COPY_MOST >> 20);
    files_hash(files, hash);
    if (!state_read(store, kept, &kept_at, err))
        return false;
    if (!strcmp(hash, kept))
        return true;
    if (!store_begin(store, err))
        return false;
    if (rows_write(store, files, hash, now, err))
        return store_commit(store, err);
    store_rollback(store);
    return false;
}
