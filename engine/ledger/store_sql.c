#include "ledger/store_sql.h"

#include <errno.h>
#include <string.h>

#define LETTER                                                                                               \
    "SELECT delivery.notice, channel, title, told_at, tries, refused_at, resent, detail, alert"              \
    " FROM delivery JOIN notice ON id = delivery.notice WHERE "
#define MISSED                                                                                               \
    "dropped_at IS NULL AND (next_at IS NOT NULL OR refused_at IS NOT NULL)" /* as the index has it */

/* Types: 't' text, 'i' integer, 'd' day. `ORDER BY +x` sorts the few that an index finds, where `ORDER BY x`
 * would go through all that there are. */
static const struct {
    const char *sql, *arguments, *columns;
} statements[SQL_COUNT] = {
    [SQL_BEGIN_WRITE] = {"BEGIN IMMEDIATE", "", ""},
    [SQL_BEGIN_READ] = {"BEGIN", "", ""},
    [SQL_COMMIT] = {"COMMIT", "", ""},
    [SQL_ROLLBACK] = {"ROLLBACK", "", ""},

    [SQL_APPLICATION_ID] = {"PRAGMA application_id", "", "i"},
    [SQL_USER_VERSION] = {"PRAGMA user_version", "", "i"},
    [SQL_TABLE_COUNT] = {"SELECT count(*) FROM sqlite_schema", "", "i"},
    [SQL_MODE_WAL] = {"PRAGMA journal_mode = WAL", "", "t"},
    [SQL_MODE_DELETE] = {"PRAGMA journal_mode = DELETE", "", "t"},
    [SQL_FOREIGN_KEYS_ON] = {"PRAGMA foreign_keys = ON", "", ""},
    [SQL_SYNCHRONOUS_FULL] = {"PRAGMA synchronous = FULL", "", ""},
    [SQL_WAL_LIMIT] = {"PRAGMA journal_size_limit = 4194304", "", "i"},
    [SQL_INTEGRITY_CHECK] = {"PRAGMA integrity_check(1)", "", "t"},
    [SQL_FOREIGN_KEY_CHECK] = {"PRAGMA foreign_key_check", "", "titi"},
    /* 1: an event that corrects a correction. 2: a fact recorded before the first day. 3: a day that does not
       exist. */
    [SQL_OWN_CHECK] = {"SELECT 1, event.id FROM event JOIN event AS head ON head.id = event.corrects"
                       " WHERE head.corrects IS NOT NULL"
                       " UNION ALL SELECT 2, 0 FROM (SELECT min(recorded_at) AS least FROM"
                       " (SELECT recorded_at FROM event UNION ALL SELECT recorded_at FROM progress"
                       " UNION ALL SELECT recorded_at FROM closing UNION ALL SELECT recorded_at FROM intake))"
                       " WHERE date(least, 'unixepoch', '+7 hours') <"
                       " coalesce((SELECT value FROM meta WHERE name = 'first_day'), '9999')"
                       " UNION ALL SELECT 3, id FROM"
                       " (SELECT id, on_day AS day FROM event UNION ALL SELECT id, due_day FROM event"
                       " UNION ALL SELECT id, on_day FROM progress UNION ALL SELECT id, on_day FROM closing)"
                       " WHERE day IS NOT date(day, '+0 days')",
                       "", "ii"},

    [SQL_FIRST_DAY] = {"SELECT value FROM meta WHERE name = 'first_day'", "", "d"},
    [SQL_FIRST_DAY_LOWER] =
        {"INSERT INTO meta (name, value) VALUES ('first_day', ?1)"
         " ON CONFLICT (name) DO UPDATE SET value = excluded.value WHERE excluded.value < value",
         "d", ""},

    [SQL_EVENTS] =
        {"SELECT id, coalesce(corrects, id) AS chain, plan, name, unit, ref, on_day, due_day, note,"
         " told_by, recorded_at FROM event ORDER BY chain, id",
         "", "iittttddtti"},
    [SQL_EVENT_ADD] =
        {"INSERT INTO event (plan, name, unit, ref, corrects, on_day, due_day, note, told_by,"
         " recorded_at, written_at) VALUES (?1, ?2, ?3, ?4, nullif(?5, 0), ?6, ?7, ?8, ?9, ?10, ?11)",
         "ttttiddttii", ""},
    [SQL_WITHDRAWALS] = {"SELECT w.event, coalesce(e.corrects, e.id), w.why, w.told_by, w.recorded_at"
                         " FROM withdrawal AS w JOIN event AS e ON e.id = w.event"
                         " WHERE w.recorded_at < ?1 ORDER BY w.id",
                         "i", "iitti"},
    [SQL_WITHDRAWAL_ADD] = {"INSERT INTO withdrawal (event, why, told_by, recorded_at, written_at)"
                            " VALUES (?1, ?2, ?3, ?4, ?5)",
                            "ittii", ""},
    [SQL_PROGRESS_COUNT] = {"SELECT count(*) FROM progress", "", "i"},
    [SQL_PROGRESS] = {"SELECT id, occurrence, action, on_day, why, told_by, recorded_at FROM progress"
                      " WHERE recorded_at < ?1 ORDER BY occurrence, id",
                      "i", "ittdtti"},
    [SQL_PROGRESS_ADD] =
        {"INSERT INTO progress (id, occurrence, action, on_day, why, told_by, recorded_at,"
         " written_at) VALUES ((SELECT coalesce(max(id), 0) + 1 FROM progress), ?1, ?2, ?3, ?4, ?5, ?6, ?7)",
         "ttdttii", ""},
    [SQL_CLOSINGS] = {"SELECT id, plan, on_day, why, told_by, recorded_at FROM closing"
                      " WHERE recorded_at < ?1 ORDER BY plan, id",
                      "i", "itdtti"},
    [SQL_CLOSING_ADD] = {"INSERT INTO closing (plan, on_day, why, told_by, recorded_at, written_at)"
                         " VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                         "tdttii", ""},

    [SQL_INTAKES] = {"SELECT id, name, checksum, sample, told_by, recorded_at FROM intake"
                     " WHERE recorded_at < ?1 ORDER BY id",
                     "i", "ittiti"},
    [SQL_INTAKE_FIND] = {"SELECT coalesce(max(id), 0) FROM intake WHERE checksum = ?1", "t", "i"},
    [SQL_INTAKE_ADD] = {"INSERT INTO intake (name, checksum, sample, told_by, recorded_at, written_at)"
                        " VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                        "ttitii", ""},
    [SQL_FIGURE_COUNT] = {"SELECT count(*) FROM figure", "", "i"},
    [SQL_FIGURES] = {"SELECT unit, metric, period, intake, value, place, note FROM figure"
                     " ORDER BY unit, metric, period, intake",
                     "", "tttiiit"},
    [SQL_FIGURE_HISTORY] =
        {"SELECT unit, metric, period, intake, value, place, note, recorded_at FROM figure"
         " JOIN intake ON intake.id = figure.intake WHERE unit = ?1 AND metric = ?2 AND period = ?3"
         " ORDER BY intake",
         "ttt", "tttiiiti"},
    [SQL_FIGURE_LAST] = {"SELECT intake, value FROM figure WHERE unit = ?1 AND metric = ?2 AND period = ?3"
                         " ORDER BY intake DESC LIMIT 1",
                         "ttt", "ii"},
    [SQL_FIGURE_OF_UNIT] = {"SELECT EXISTS (SELECT 1 FROM figure WHERE unit = ?1)", "t", "i"},
    [SQL_FIGURE_ADD] = {"INSERT INTO figure (unit, metric, period, intake, value, place, note)"
                        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                        "tttiiit", ""},

    [SQL_REPLIES] = {"SELECT id, alert, action, kind, due_day, until, told_by, recorded_at FROM reply"
                     " ORDER BY alert, id",
                     "", "itttditi"},
    [SQL_REPLIES_AFTER] = {"SELECT id, alert, action, kind, due_day, until, told_by, recorded_at FROM reply"
                           " WHERE id > ?1 ORDER BY id",
                           "i", "itttditi"},
    [SQL_REPLY_ADD] =
        {"INSERT INTO reply (alert, action, kind, due_day, until, told_by, recorded_at, written_at)"
         " VALUES (?1, ?2, ?3, ?4, nullif(?5, 0), ?6, ?7, ?8)",
         "tttditii", ""},
    [SQL_NOTICES] = {"SELECT id, alert, kind, rung, unit, channel, severity, title, body, told_at, taken_at,"
                     " message"
                     " FROM notice WHERE id > ?1 ORDER BY id",
                     "i", "ittttttttiii"},
    [SQL_NOTICE_LAST] = {"SELECT coalesce(max(id), 0) FROM notice", "", "i"},
    [SQL_NOTICE_TOLD] = {"SELECT EXISTS (SELECT 1 FROM notice WHERE alert = ?1 AND kind = ?2 AND rung = ?3"
                         " AND unit = ?4 AND channel = ?5)",
                         "ttttt", "i"},
    [SQL_NOTICE_ADD] =
        {"INSERT INTO notice (alert, kind, rung, unit, channel, severity, title, body, told_at,"
         " written_at, message) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, nullif(?11, 0))"
         " ON CONFLICT (alert, kind, rung, unit, channel) DO NOTHING",
         "ttttttttiii", ""},
    [SQL_NOTICE_TAKEN] = {"UPDATE notice SET taken_at = ?2 WHERE (id = ?1 OR message = ?1)"
                          " AND taken_at IS NULL",
                          "ii", ""},

    [SQL_DELIVERIES] = {"SELECT notice, tries, next_at, refused_at, detail, dropped_at, newer, resent"
                        " FROM delivery ORDER BY notice",
                        "", "iiiitiii"},
    /* Those whose time has come; and those put off for longer than ever happens: the clock was set back. */
    [SQL_DELIVERIES_WAITING] =
        {"SELECT notice, receiver FROM delivery WHERE next_at IS NOT NULL AND (next_at <= ?1 OR next_at > ?2)"
         " ORDER BY +notice",
         "ii", "it"},
    [SQL_DELIVERY] = {"SELECT alert, kind, rung, unit, channel, told_at, tries, content FROM delivery"
                      " JOIN notice ON id = delivery.notice WHERE delivery.notice = ?1",
                      "i", "tttttiit"},
    [SQL_DELIVERY_NEXT] = {"SELECT coalesce(min(next_at), 0) FROM delivery WHERE next_at IS NOT NULL", "",
                           "i"},
    [SQL_DELIVERY_COUNTS] = {"SELECT (SELECT count(*) FROM delivery WHERE next_at IS NOT NULL),"
                             " (SELECT count(*) FROM delivery WHERE refused_at IS NOT NULL) +"
                             " (SELECT coalesce(sum(resent), 0) FROM delivery WHERE resent > 0)",
                             "", "ii"},
    [SQL_DELIVERY_ADD] = {"INSERT INTO delivery (notice, receiver, content, next_at)"
                          " SELECT ?1, channel, ?2, ?3 FROM notice WHERE id = ?1",
                          "iti", ""},
    [SQL_DELIVERY_TAKEN] = {"UPDATE delivery SET next_at = NULL, tries = tries + 1, detail = ?2"
                            " WHERE notice = ?1 AND next_at IS NOT NULL",
                            "it", ""},
    [SQL_DELIVERY_LATER] = {"UPDATE delivery SET next_at = ?2, tries = tries + 1, detail = ?3"
                            " WHERE notice = ?1 AND next_at IS NOT NULL",
                            "iit", ""},
    [SQL_DELIVERY_REFUSED] = {"UPDATE delivery SET next_at = NULL, tries = tries + 1, refused_at = ?2,"
                              " detail = ?3 WHERE notice = ?1 AND next_at IS NOT NULL",
                              "iit", ""},
    [SQL_DELIVERY_DROP] = {"UPDATE delivery SET next_at = NULL, dropped_at = ?2, newer = nullif(?3, 0)"
                           " WHERE notice = ?1 AND dropped_at IS NULL",
                           "iii", ""},
    [SQL_DELIVERY_RESEND] = {"UPDATE delivery SET next_at = ?2, refused_at = NULL, resent = resent + 1"
                             " WHERE notice = ?1 AND refused_at IS NOT NULL AND dropped_at IS NULL",
                             "ii", ""},
    [SQL_LETTERS] = {LETTER "dropped_at IS NULL AND (next_at IS NOT NULL OR refused_at > ?1)"
                            " ORDER BY +delivery.notice",
                     "i", "ittiiiitt"},
    [SQL_LETTERS_REFUSED] = {LETTER "dropped_at IS NULL AND refused_at > ?1 ORDER BY +delivery.notice", "i",
                             "ittiiiitt"},
    [SQL_LETTERS_TO] = {LETTER "receiver = ?1 AND " MISSED " AND (next_at IS NOT NULL OR refused_at > ?2)"
                               " ORDER BY +delivery.notice",
                        "ti", "ittiiiitt"},
    /* Those it carries, its own alert, and those of what it replaced: not sorted, so that the first ones can
       be read without the others. */
    [SQL_LETTER_ALERTS] =
        {"WITH RECURSIVE part (id) AS (SELECT ?1 UNION SELECT delivery.notice FROM delivery"
         " JOIN part ON newer = part.id)"
         " SELECT alert FROM notice JOIN part ON message = part.id"
         " UNION ALL SELECT alert FROM notice JOIN part ON notice.id = part.id WHERE kind <> 'summary'",
         "i", "t"},
    [SQL_CHANNEL_WORKS] = {"UPDATE channel SET fails_since = NULL, detail = NULL WHERE fails_since IS NOT"
                           " NULL AND name = (SELECT channel FROM notice WHERE id = ?1)",
                           "i", ""},
    [SQL_CHANNEL_FAILS] =
        {"INSERT INTO channel (name, fails_since, detail) SELECT channel, ?2, ?3 FROM notice WHERE id = ?1"
         " ON CONFLICT (name) DO UPDATE SET fails_since = coalesce(fails_since, ?2), detail = ?3",
         "iit", ""},
    [SQL_CHANNELS_FAILING] = {"SELECT name, fails_since, detail FROM channel WHERE fails_since IS NOT NULL"
                              " ORDER BY name",
                              "", "tit"},
    [SQL_CHANNELS_MISSED] = {"SELECT DISTINCT receiver FROM delivery WHERE " MISSED, "", "t"},

    [SQL_STAMPS] = {"SELECT uid, hash, facts, at, edits FROM stamp ORDER BY uid", "", "tiiii"},
    [SQL_STAMP_WRITE] = {"INSERT INTO stamp (uid, hash, facts, at, edits) VALUES (?1, ?2, ?3, ?4, ?5)"
                         " ON CONFLICT (uid) DO UPDATE SET hash = ?2, facts = ?3, at = ?4, edits = ?5"
                         " WHERE (hash, facts, at, edits) <> (?2, ?3, ?4, ?5)",
                         "tiiii", ""},
    [SQL_FEED_STAMP] = {"SELECT etag, modified FROM feed_stamp WHERE feed = ?1", "t", "ti"},
    [SQL_FEED_STAMP_WRITE] = {"INSERT INTO feed_stamp (feed, etag, modified) VALUES (?1, ?2, ?3)"
                              " ON CONFLICT (feed) DO UPDATE SET etag = ?2, modified = max(modified, ?3)"
                              " WHERE etag <> ?2 OR modified < ?3",
                              "tti", ""},

    [SQL_RULE_COPY] = {"SELECT hash, kept_at FROM rule_copy", "", "ti"},
    [SQL_RULE_COPY_WRITE] = {"INSERT INTO rule_copy (id, hash, kept_at) VALUES (1, ?1, ?2)"
                             " ON CONFLICT (id) DO UPDATE SET hash = ?1, kept_at = ?2",
                             "ti", ""},
    [SQL_RULE_COPY_DROP] = {"DELETE FROM rule_copy", "", ""},
    [SQL_RULE_FILES] = {"SELECT folder, name, content FROM rule_file ORDER BY folder, name", "", "ttt"},
    [SQL_RULE_FILES_DROP] = {"DELETE FROM rule_file", "", ""},
    [SQL_RULE_FILE_ADD] = {"INSERT INTO rule_file (folder, name, content) VALUES (?1, ?2, ?3)", "ttt", ""},

    [SQL_TOKENS] = {"SELECT id, kind, name, hash, scope, alarms, created_at, revoked_at, fetched_at, client,"
                    " fetches, unchanged, interval FROM token ORDER BY id",
                    "", "ittttiiiitiii"},
    [SQL_TOKEN_ADD] = {"INSERT INTO token (kind, name, hash, scope, alarms, created_at)"
                       " VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                       "ttttii", ""},
    [SQL_TOKEN_REVOKED] = {"SELECT revoked_at FROM token WHERE id = ?1", "i", "i"},
    [SQL_TOKEN_REVOKE] = {"UPDATE token SET revoked_at = ?2 WHERE id = ?1", "ii", ""},
    [SQL_TOKEN_FETCHED] = {"SELECT fetched_at, interval FROM token WHERE id = ?1", "i", "ii"},
    [SQL_TOKEN_VISIT] = {"UPDATE token SET fetched_at = ?2, client = ?3, fetches = fetches + ?4,"
                         " unchanged = unchanged + ?5, interval = ?6 WHERE id = ?1",
                         "iitiii", ""},
};

struct sql_value sql_text(const char *text)
{
    return (struct sql_value){.type = 't', .text = text};
}

struct sql_value sql_int(int64_t number)
{
    return (struct sql_value){.type = 'i', .number = number};
}

struct sql_value sql_day(int day)
{
    return (struct sql_value){.type = 'd', .number = day};
}

/* --- Errors ------------------------------------------------------------------------------------ */

bool store_file_failed(const char *path, int reason, struct err *err)
{
    switch (reason) {
    case ENOSPC:
    case EDQUOT:
        return err_set(err, ERR_ENV, "%s: đĩa đầy, chưa ghi gì; hãy giải phóng chỗ rồi làm lại",
                       "%s: the disk is full, nothing was written; free some space and try again", path);
    case EROFS:
        return err_set(
            err, ERR_ENV,
            "%s: không ghi được: tệp hoặc hệ thống tệp chỉ cho đọc; hãy kiểm tra quyền của tệp và ổ đĩa",
            "%s: cannot write: the file or its file system is read-only; check its mode and the mount", path);
    case EACCES:
    case EPERM:
        return err_set(err, ERR_ENV,
                       "%s: không có quyền mở hoặc ghi; hãy kiểm tra chủ và quyền của tệp và thư mục chứa nó",
                       "%s: no permission to open or write; check owner and mode of the file and its folder",
                       path);
    case EISDIR:
        return err_set(err, ERR_ENV, "%s: là thư mục, không phải tệp; hãy cho tên tệp",
                       "%s: is a directory, not a file; give the name of a file", path);
    case ENOENT:
    case ENOTDIR:
        return err_set(err, ERR_ENV, "%s: thư mục chứa tệp này không có; hãy tạo thư mục hoặc sửa đường dẫn",
                       "%s: its folder does not exist; make the folder or correct the path", path);
    default:
        return err_set(err, ERR_ENV, "%s: không đọc hoặc ghi được: %s", "%s: cannot read or write: %s", path,
                       strerror(reason));
    }
}

/* The system's reason behind a code of SQLite, 0 if there is none. */
static int system_reason(const struct store *store, int code)
{
    switch (code & 0xff) {
    case SQLITE_FULL:
        return ENOSPC;
    case SQLITE_READONLY:
        return EROFS;
    case SQLITE_PERM:
        return EACCES;
    case SQLITE_CANTOPEN:
    case SQLITE_IOERR:
        return sqlite3_system_errno(store->db);
    default:
        return 0;
    }
}

static bool damaged(const struct store *store, const char *detail, struct err *err)
{
    return err_set(
        err, ERR_ENV,
        "%s: cơ sở dữ liệu bị hỏng (%s); hãy dừng hanchot, cất riêng tệp này và khôi phục từ bản sao lưu",
        "%s: the database is damaged (%s); stop hanchot, put this file aside and restore a backup",
        store->path, detail);
}

bool store_failed(const struct store *store, int code, struct err *err)
{
    const char *path = store->path, *detail = sqlite3_errmsg(store->db);
    must(code != SQLITE_NOMEM && code != SQLITE_IOERR_NOMEM && code != SQLITE_MISUSE);
    int reason = system_reason(store, code);
    if (reason)
        return store_file_failed(path, reason, err);
    switch (code & 0xff) {
    case SQLITE_NOTADB:
        return err_set(err, ERR_ENV, "%s: không phải cơ sở dữ liệu SQLite; hãy kiểm tra --db",
                       "%s: not a SQLite database; check --db", path);
    case SQLITE_CORRUPT:
        return damaged(store, detail, err);
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return err_set(err, ERR_ENV,
                       "%s: chương trình khác đang giữ cơ sở dữ liệu; hãy đóng nó hoặc thử lại sau",
                       "%s: another program holds the database; close it or try again later", path);
    case SQLITE_CONSTRAINT:
        return err_set(err, ERR_INPUT, "%s: sổ không nhận dữ liệu này: %s",
                       "%s: the ledger refuses these data: %s", path, detail);
    default:
        return err_set(err, ERR_ENV, "%s: lỗi của SQLite: %s", "%s: SQLite says: %s", path, detail);
    }
}

/* --- Statements -------------------------------------------------------------------------------- */

bool sql_prepare(struct store *store, enum sql which, struct err *err)
{
    must(which < SQL_COUNT && statements[which].sql);
    sqlite3_stmt **slot = &store->statements[which];
    if (*slot)
        return true;
    int status =
        sqlite3_prepare_v3(store->db, statements[which].sql, -1, SQLITE_PREPARE_PERSISTENT, slot, NULL);
    if (status != SQLITE_OK)
        return store_failed(store, status, err);
    must((size_t)sqlite3_bind_parameter_count(*slot) == strlen(statements[which].arguments));
    must((size_t)sqlite3_column_count(*slot) == strlen(statements[which].columns));
    return true;
}

static int bind_value(sqlite3_stmt *statement, int place, const struct sql_value *value)
{
    char day[DAY_SIZE];
    switch (value->type) {
    case 'i':
        return sqlite3_bind_int64(statement, place, value->number);
    case 't':
        return sqlite3_bind_text(statement, place, value->text, -1, SQLITE_STATIC);
    default:
        must(value->type == 'd');
        if (value->number == DAY_NONE)
            return sqlite3_bind_null(statement, place);
        return sqlite3_bind_text(statement, place, day_iso((int)value->number, day), -1, SQLITE_TRANSIENT);
    }
}

static int bind_all(struct store *store, enum sql which, const struct sql_value *values, size_t n)
{
    sqlite3_stmt *statement = store->statements[which];
    must(!sqlite3_stmt_busy(statement) && n == strlen(statements[which].arguments));
    for (size_t i = 0; i < n; i++) {
        must(values[i].type == statements[which].arguments[i]);
        int status = bind_value(statement, (int)i + 1, &values[i]);
        if (status != SQLITE_OK)
            return status;
    }
    return SQLITE_OK;
}

struct sql_rows sql_rows_start(struct store *store, enum sql which, const struct sql_value *values, size_t n)
{
    struct sql_rows rows = {.store = store, .which = which};
    if (!sql_prepare(store, which, NULL))
        rows.status = sqlite3_extended_errcode(store->db);
    else
        rows.status = bind_all(store, which, values, n);
    return rows;
}

bool sql_next(struct sql_rows *rows)
{
    if (rows->unreadable || (rows->status != SQLITE_OK && rows->status != SQLITE_ROW))
        return false;
    rows->status = sqlite3_step(rows->store->statements[rows->which]);
    return rows->status == SQLITE_ROW;
}

bool sql_end(struct sql_rows *rows, struct err *err)
{
    struct store *store = rows->store;
    sqlite3_stmt *statement = store->statements[rows->which]; /* NULL where preparing failed */
    bool fine = rows->status == SQLITE_OK || rows->status == SQLITE_ROW || rows->status == SQLITE_DONE;
    if (!fine)
        store_failed(store, rows->status, err);
    else if (rows->unreadable)
        damaged(store, sqlite3_sql(statement), err);
    sqlite3_reset(statement);
    if (statement)
        sqlite3_clear_bindings(statement);
    return fine && !rows->unreadable;
}

bool sql_run_values(struct store *store, enum sql which, const struct sql_value *values, size_t n,
                    struct err *err)
{
    struct sql_rows rows = sql_rows_start(store, which, values, n);
    must(statements[which].columns[0] == '\0');
    sql_next(&rows);
    return sql_end(&rows, err);
}

int64_t sql_last_id(const struct store *store)
{
    return sqlite3_last_insert_rowid(store->db);
}

static sqlite3_stmt *row_column(const struct sql_rows *rows, int column, char type)
{
    const char *columns = statements[rows->which].columns;
    must(rows->status == SQLITE_ROW && column >= 0 && (size_t)column < strlen(columns) &&
         columns[column] == type);
    return rows->store->statements[rows->which];
}

const char *sql_row_text(const struct sql_rows *rows, int column)
{
    return (const char *)sqlite3_column_text(row_column(rows, column, 't'), column);
}

int64_t sql_row_int(const struct sql_rows *rows, int column)
{
    return sqlite3_column_int64(row_column(rows, column, 'i'), column);
}

int sql_row_day(struct sql_rows *rows, int column)
{
    const char *text = (const char *)sqlite3_column_text(row_column(rows, column, 'd'), column);
    int day = DAY_NONE;
    if (text && !day_parse(text, &day, NULL)) {
        rows->unreadable = true;
        return DAY_NONE;
    }
    return day;
}

void sql_row_unreadable(struct sql_rows *rows)
{
    rows->unreadable = true;
}

bool sql_number(struct store *store, enum sql which, int64_t *number, struct err *err)
{
    struct sql_rows rows = sql_rows(store, which);
    if (sql_next(&rows))
        *number = sql_row_int(&rows, 0);
    return sql_end(&rows, err);
}

bool sql_script(struct store *store, const char *script, struct err *err)
{
    int status = sqlite3_exec(store->db, script, NULL, NULL, NULL);
    return status == SQLITE_OK || store_failed(store, status, err);
}
