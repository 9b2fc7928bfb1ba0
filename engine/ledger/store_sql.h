/* store_sql: SQL, for the rooms of ledger/ alone.
 *
 * Every statement stands in one table (store_sql.c) with the types of its arguments and of its columns. It is
 * prepared at its first use and kept until the store closes. Arguments and columns of another type or number
 * than the table says are a bug of ours and abort.
 *
 *     if (!sql_run(store, SQL_CLOSING_ADD, err, sql_text(plan), sql_day(on), ...))
 *         return false;
 *
 *     struct sql_rows rows = sql_rows(store, SQL_STAMPS);
 *     while (sql_next(&rows))
 *         look_at(sql_row_text(&rows, 0), sql_row_int(&rows, 1));
 *     return sql_end(&rows, err);
 */
#ifndef HANCHOT_LEDGER_STORE_SQL_H
#define HANCHOT_LEDGER_STORE_SQL_H

#include "ledger/store.h"
#include "time/date.h"

#include <sqlite3.h>

enum sql {
    SQL_BEGIN_WRITE,
    SQL_BEGIN_READ,
    SQL_COMMIT,
    SQL_ROLLBACK,

    SQL_APPLICATION_ID,
    SQL_USER_VERSION,
    SQL_TABLE_COUNT,
    SQL_MODE_WAL,
    SQL_MODE_DELETE,
    SQL_FOREIGN_KEYS_ON,
    SQL_SYNCHRONOUS_FULL,
    SQL_WAL_LIMIT,
    SQL_INTEGRITY_CHECK,
    SQL_FOREIGN_KEY_CHECK,
    SQL_OWN_CHECK,

    SQL_FIRST_DAY,
    SQL_FIRST_DAY_LOWER,

    SQL_EVENTS,
    SQL_EVENT_ADD,
    SQL_WITHDRAWALS,
    SQL_WITHDRAWAL_ADD,
    SQL_PROGRESS_COUNT,
    SQL_PROGRESS,
    SQL_PROGRESS_ADD,
    SQL_CLOSINGS,
    SQL_CLOSING_ADD,

    SQL_INTAKES,
    SQL_INTAKE_FIND,
    SQL_INTAKE_ADD,
    SQL_FIGURE_COUNT,
    SQL_FIGURES,
    SQL_FIGURE_HISTORY,
    SQL_FIGURE_LAST,
    SQL_FIGURE_OF_UNIT,
    SQL_FIGURE_ADD,

    SQL_REPLIES,
    SQL_REPLIES_AFTER,
    SQL_REPLY_ADD,
    SQL_NOTICES,
    SQL_NOTICE_LAST,
    SQL_NOTICE_TOLD,
    SQL_NOTICE_ADD,
    SQL_NOTICE_TAKEN,
    SQL_DELIVERIES,
    SQL_DELIVERIES_WAITING,
    SQL_DELIVERY,
    SQL_DELIVERY_NEXT,
    SQL_DELIVERY_COUNTS,
    SQL_DELIVERY_ADD,
    SQL_DELIVERY_TAKEN,
    SQL_DELIVERY_LATER,
    SQL_DELIVERY_REFUSED,
    SQL_DELIVERY_DROP,
    SQL_DELIVERY_RESEND,
    SQL_LETTERS,
    SQL_LETTERS_REFUSED,
    SQL_LETTERS_TO,
    SQL_LETTER_ALERTS,
    SQL_CHANNEL_WORKS,
    SQL_CHANNEL_FAILS,
    SQL_CHANNELS_FAILING,
    SQL_CHANNELS_MISSED,

    SQL_STAMPS,
    SQL_STAMP_WRITE,
    SQL_FEED_STAMP,
    SQL_FEED_STAMP_WRITE,

    SQL_RULE_COPY,
    SQL_RULE_COPY_WRITE,
    SQL_RULE_COPY_DROP,
    SQL_RULE_FILES,
    SQL_RULE_FILES_DROP,
    SQL_RULE_FILE_ADD,

    SQL_TOKENS,
    SQL_TOKEN_ADD,
    SQL_TOKEN_REVOKED,
    SQL_TOKEN_REVOKE,
    SQL_TOKEN_FETCHED,
    SQL_TOKEN_VISIT,

    SQL_COUNT
};

struct store {
    char *path; /* as the caller named it, for messages */
    sqlite3 *db;
    sqlite3_stmt *statements[SQL_COUNT];
    bool fold_aside, fold_due; /* the log: see store.h */
};

/* An argument. Texts are borrowed until the statement has run, for rows until sql_end. */
struct sql_value {
    char type;
    int64_t number;
    const char *text;
};
struct sql_value sql_text(const char *text); /* NULL is SQL's NULL */
struct sql_value sql_int(int64_t number);
struct sql_value sql_day(int day); /* stored as '2026-11-24'; DAY_NONE is SQL's NULL */

/* sql_run(store, which, err, arguments...): a statement that gives no rows. */
#define sql_run(store, which, err, ...)                                                                      \
    sql_run_values((store), (which), (const struct sql_value[]){__VA_ARGS__},                                \
                   sizeof((const struct sql_value[]){__VA_ARGS__}) / sizeof(struct sql_value), (err))
MUST_CHECK bool sql_run_values(struct store *store, enum sql which, const struct sql_value *values, size_t n,
                               struct err *err);
int64_t sql_last_id(const struct store *store);

/* sql_rows(store, which, arguments...): a statement that gives rows. Errors, also those of the start, come
 * out of sql_end, which must be called, also after leaving the loop early. The same statement cannot run
 * inside its own loop. */
struct sql_rows {
    struct store *store;
    enum sql which;
    int status; /* of SQLite */
    bool unreadable;
};
#define sql_rows(store, which, ...)                                                                          \
    sql_rows_start((store), (which), (const struct sql_value[]){__VA_ARGS__},                                \
                   sizeof((const struct sql_value[]){__VA_ARGS__}) / sizeof(struct sql_value))
struct sql_rows sql_rows_start(struct store *store, enum sql which, const struct sql_value *values, size_t n);
bool sql_next(struct sql_rows *rows);
MUST_CHECK bool sql_end(struct sql_rows *rows, struct err *err);
/* Columns count from 0. Texts live until the next sql_next. What cannot be read ends the loop, and sql_end
 * says so. */
const char *sql_row_text(const struct sql_rows *rows, int column); /* or NULL */
int64_t sql_row_int(const struct sql_rows *rows, int column);
int sql_row_day(struct sql_rows *rows, int column); /* or DAY_NONE */
void sql_row_unreadable(struct sql_rows *rows);     /* the caller cannot make sense of the row */

/* The one number that a statement without arguments gives. */
MUST_CHECK bool sql_number(struct store *store, enum sql which, int64_t *number, struct err *err);
/* A whole script: the schema, a step of migration. */
MUST_CHECK bool sql_script(struct store *store, const char *script, struct err *err);
/* Prepares a statement and checks it against its row of the table. */
MUST_CHECK bool sql_prepare(struct store *store, enum sql which, struct err *err);

/* Tells a person what SQLite's code means for this database; returns false. */
bool store_failed(const struct store *store, int code, struct err *err);
/* The same for an error number of the system. */
bool store_file_failed(const char *path, int reason, struct err *err);
/* Writes the entries of the folder that holds the file to the disk. */
void store_folder_sync(const char *path);
bool store_in_transaction(const struct store *store);

/* Brings a ledger of version v to version n + 1 by steps[v - 1] .. steps[n - 1], all or nothing. A step is a
 * script that sets user_version itself. */
MUST_CHECK bool store_migrate(struct store *store, const char *const *steps, size_t n, struct err *err);
/* What is recorded at that instant is in the ledger: its first day is not later. Inside store_begin ..
 * store_commit. */
MUST_CHECK bool store_mark_day(struct store *store, int64_t recorded_at, struct err *err);

#endif
