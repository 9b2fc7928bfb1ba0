#include "ledger/store.h"

#include "base/text.h"
#include "gen/assets.h"
#include "ledger/store_sql.h"
#include "time/clock.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define APPLICATION_ID 0x68616e63 /* "hanc", as in schema.sql */
#define BUSY_MS        5000
#define SETTLE_MS      1000
#define NAP_MS         10
#define LOG_LONG       1000 /* pages of 4 KB */
#define LOG_VERY_LONG  32000

/* The i-th step brings a ledger of version i + 1 to the next version; it ends by setting user_version. A new
 * version is a step here and the whole new schema in schema.sql. */
static const char *const steps[] = {asset_step_2_sql, asset_step_3_sql, asset_step_4_sql,
                                    asset_step_5_sql, asset_step_6_sql, asset_step_7_sql};
#define N_STEPS         (sizeof steps / sizeof *steps)
#define CURRENT_VERSION ((int64_t)N_STEPS + 1)

/* --- Opening ----------------------------------------------------------------------------------- */

/* Makes the file, so that it has our mode from the start; SQLite gives -wal and -shm the same. */
static bool file_make(const char *path, struct err *err)
{
    int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0640);
    if (fd >= 0)
        close(fd);
    else if (errno != EEXIST)
        return store_file_failed(path, errno, err);
    return true;
}

/* A folder in its place is an error, nothing there is none. */
static bool file_look(const char *path, bool *missing, struct err *err)
{
    struct stat file;
    *missing = false;
    if (stat(path, &file) != 0) {
        *missing = errno == ENOENT || errno == ENOTDIR;
        return *missing || store_file_failed(path, errno, err);
    }
    if (S_ISDIR(file.st_mode))
        return store_file_failed(path, EISDIR, err);
    return true;
}

static struct store *handle_open(const char *path, int flags, struct err *err)
{
    struct store *store = mem_alloc(sizeof *store);
    store->path = mem_strdup(path);
    auto_text name = {0}; /* for which ":memory:" and "file:x" are names like any other */
    text_addf(&name, "%s%s", path[0] == '/' ? "" : "./", path);
    int status = sqlite3_open_v2(text_str(&name), &store->db,
                                 flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, NULL);
    must(store->db);
    if (status != SQLITE_OK) {
        store_failed(store, status, err);
        store_close(store);
        return NULL;
    }
    sqlite3_busy_timeout(store->db, BUSY_MS);
    sqlite3_db_config(store->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(store->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    return store;
}

/* Whose database it is and of which version; 0 while nothing is in it. */
static bool version_read(struct store *store, int64_t *version, struct err *err)
{
    int64_t application = 0, tables = 0;
    bool fine = store_begin_read(store, err) && sql_number(store, SQL_APPLICATION_ID, &application, err) &&
                sql_number(store, SQL_USER_VERSION, version, err) &&
                sql_number(store, SQL_TABLE_COUNT, &tables, err);
    store_rollback(store);
    if (!fine)
        return false;
    if (application == 0 && *version == 0 && tables == 0)
        return true;
    if (application != APPLICATION_ID || *version < 1)
        return err_set(
            err, ERR_ENV,
            "%s: là cơ sở dữ liệu của chương trình khác, không phải của hanchot; hãy kiểm tra --db",
            "%s: is another program's database, not hanchot's; check --db", store->path);
    if (*version > CURRENT_VERSION)
        return err_set(
            err, ERR_ENV,
            "%s: do bản hanchot mới hơn ghi (phiên bản sổ %d, bản này chỉ hiểu đến %d); hãy cài bản mới hơn",
            "%s: written by a newer hanchot (ledger version %d, this one knows up to %d); install a newer "
            "one",
            store->path, (int)*version, (int)CURRENT_VERSION);
    return true;
}

static bool writable(struct store *store, struct err *err)
{
    if (sqlite3_db_readonly(store->db, "main") == 0)
        return true;
    return store_file_failed(store->path, access(store->path, W_OK) != 0 ? errno : EROFS, err);
}

static bool mode_set(struct store *store, enum sql which, const char *mode, struct err *err)
{
    struct sql_rows rows = sql_rows(store, which);
    bool is_set = sql_next(&rows) && strcmp(sql_row_text(&rows, 0), mode) == 0;
    if (!sql_end(&rows, err))
        return false;
    return is_set ||
           err_set(
               err, ERR_ENV,
               "%s: hệ thống tệp không hỗ trợ nhật ký WAL (ổ mạng?); hãy đặt cơ sở dữ liệu trên đĩa của máy",
               "%s: the file system does not support the WAL journal (a network drive?); put the database"
               " on a local disk",
               store->path);
}

static bool schema_make(struct store *store, struct err *err)
{
    int64_t version = 0;
    if (!store_begin(store, err))
        return false;
    if (!sql_script(store, asset_schema_sql, err) || !sql_number(store, SQL_USER_VERSION, &version, err)) {
        store_rollback(store);
        return false;
    }
    must(version == CURRENT_VERSION);
    return store_commit(store, err);
}

/* What SQLite does by itself, but at a length of ours. A checkpoint that fails is made by a later commit. */
static int log_grew(void *data, sqlite3 *db, const char *name, int pages)
{
    struct store *store = data;
    store->fold_due = pages >= LOG_LONG;
    if (pages >= (store->fold_aside ? LOG_VERY_LONG : LOG_LONG))
        (void)sqlite3_wal_checkpoint_v2(db, name, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
    return SQLITE_OK;
}

/* -wal and -shm stay when the last one closes: without them who may not write the folder could not read. The
 * log is then cut to nothing, so that it cannot be taken for that of a backup put in the database's place. */
static bool log_keep(struct store *store, struct err *err)
{
    int64_t limit;
    int keep = 1;
    sqlite3_file_control(store->db, "main", SQLITE_FCNTL_PERSIST_WAL, &keep);
    sqlite3_wal_hook(store->db, log_grew, store);
    return sql_number(store, SQL_WAL_LIMIT, &limit, err);
}

void store_fold_aside(struct store *store)
{
    store->fold_aside = true;
}

bool store_fold_due(struct store *store)
{
    bool due = store->fold_due;
    store->fold_due = false;
    return due;
}

static bool set_up(struct store *store, struct err *err)
{
    int64_t version;
    if (!version_read(store, &version, err) || !writable(store, err) ||
        !mode_set(store, SQL_MODE_WAL, "wal", err) || !sql_run(store, SQL_SYNCHRONOUS_FULL, err) ||
        !log_keep(store, err))
        return false;
    if (version == 0 && !schema_make(store, err))
        return false;
    /* Foreign keys only after the steps, which may put a new table in the place of an old one. */
    return store_migrate(store, steps, N_STEPS, err) && sql_run(store, SQL_FOREIGN_KEYS_ON, err);
}

struct store *store_open(const char *path, const struct store_lock *lock, struct err *err)
{
    must(lock);
    bool missing;
    if (!file_look(path, &missing, err) || !file_make(path, err))
        return NULL;
    struct store *store = handle_open(path, SQLITE_OPEN_READWRITE, err);
    if (store && set_up(store, err))
        return store;
    store_close(store);
    return NULL;
}

/* SQLite's code when the ledger is looked into. */
static int glance(struct store *store)
{
    int64_t tables;
    return sql_number(store, SQL_TABLE_COUNT, &tables, NULL) ? SQLITE_OK
                                                             : sqlite3_extended_errcode(store->db);
}

/* SQLite finds the log only after a look into the database. */
bool store_fold(const char *path, struct err *err)
{
    struct store *store = handle_open(path, SQLITE_OPEN_READWRITE, err);
    if (!store)
        return false;
    int status = glance(store);
    if (status == SQLITE_OK)
        status = sqlite3_wal_checkpoint_v2(store->db, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
    bool good = status == SQLITE_OK || (status & 0xff) == SQLITE_BUSY || store_failed(store, status, err);
    store_close(store);
    return good;
}

/* Puts right what somebody left who was killed while making the ledger, as the next writer would. Nobody may
 * be at it: whoever is will come to its end. */
static void mend(const char *path)
{
    int held_by;
    struct store_lock *lock = store_lock_take(path, &held_by, NULL);
    struct store *store = lock ? handle_open(path, SQLITE_OPEN_READWRITE, NULL) : NULL;
    if (store)
        (void)glance(store);
    store_close(store);
    store_lock_free(lock);
}

/* A ledger that is just being made or opened for the first time is for moments in a state that a reader would
 * have to write to read. SQLite calls that read-only and does not wait. */
static void settle(struct store *store)
{
    for (int tries = 0; tries < SETTLE_MS / NAP_MS; tries++) {
        int code = glance(store);
        if ((code & 0xff) != SQLITE_READONLY)
            return;
        if (code == SQLITE_READONLY_ROLLBACK)
            mend(store->path);
        nanosleep(&(struct timespec){.tv_nsec = NAP_MS * 1000000L}, NULL);
    }
}

struct store *store_open_read(const char *path, bool *missing, struct err *err)
{
    if (!file_look(path, missing, err) || *missing)
        return NULL;
    struct store *store = handle_open(path, SQLITE_OPEN_READONLY, err);
    int64_t version = 0;
    if (store)
        settle(store);
    if (store && version_read(store, &version, err)) {
        if (version == CURRENT_VERSION)
            return store;
        *missing = version == 0;
        if (!*missing)
            err_set(
                err, ERR_ENV,
                "%s: do bản hanchot cũ ghi (phiên bản sổ %d, nay là %d); hãy chạy hanchot serve để nâng cấp",
                "%s: written by an older hanchot (ledger version %d, now %d); run hanchot serve to upgrade "
                "it",
                path, (int)version, (int)CURRENT_VERSION);
    }
    store_close(store);
    return NULL;
}

void store_close(struct store *store)
{
    if (!store)
        return;
    for (size_t i = 0; i < SQL_COUNT; i++)
        sqlite3_finalize(store->statements[i]);
    must(sqlite3_close(store->db) == SQLITE_OK);
    mem_free(store->path);
    mem_free(store);
}

/* --- Migration --------------------------------------------------------------------------------- */

static bool foreign_keys_hold(struct store *store, struct err *err)
{
    struct sql_rows rows = sql_rows(store, SQL_FOREIGN_KEY_CHECK);
    bool broken = sql_next(&rows);
    if (broken)
        err_set(err, ERR_ENV,
                "%s: cơ sở dữ liệu bị hỏng (bảng %s, dòng %lld trỏ đến dòng không có trong bảng %s)",
                "%s: the database is damaged (table %s, row %lld points to a row that is not in table %s)",
                store->path, sql_row_text(&rows, 0), (long long)sql_row_int(&rows, 1),
                sql_row_text(&rows, 2));
    return sql_end(&rows, broken ? NULL : err) && !broken;
}

static bool steps_run(struct store *store, const char *const *list, size_t n, struct err *err)
{
    int64_t version;
    if (!sql_number(store, SQL_USER_VERSION, &version, err))
        return false;
    for (size_t done = (size_t)version - 1; done < n; done++) {
        if (!sql_script(store, list[done], err) || !sql_number(store, SQL_USER_VERSION, &version, err))
            return false;
        must(version == (int64_t)done + 2);
    }
    return foreign_keys_hold(store, err);
}

bool store_migrate(struct store *store, const char *const *list, size_t n, struct err *err)
{
    int64_t version;
    if (!sql_number(store, SQL_USER_VERSION, &version, err))
        return false;
    if (version == (int64_t)n + 1)
        return true;
    if (!store_begin(store, err))
        return false;
    if (!steps_run(store, list, n, err)) {
        store_rollback(store);
        return err && err_wrap(err,
                               err->lang == LANG_VI ? "nâng cấp sổ từ phiên bản %d: "
                                                    : "upgrading the ledger from version %d: ",
                               (int)version);
    }
    return store_commit(store, err);
}

/* --- Transactions ------------------------------------------------------------------------------ */

bool store_in_transaction(const struct store *store)
{
    return !sqlite3_get_autocommit(store->db);
}

/* A file that was moved or deleted under us would take writes that nobody ever finds again. */
static bool still_there(struct store *store, struct err *err)
{
    int moved = 0;
    sqlite3_file_control(store->db, "main", SQLITE_FCNTL_HAS_MOVED, &moved);
    if (!moved)
        return true;
    return err_set(
        err, ERR_ENV,
        "%s: tệp đã bị dời, xoá hoặc thay trong khi hanchot đang dùng, chưa ghi gì; hãy khởi động lại "
        "hanchot",
        "%s: the file was moved, deleted or replaced while in use, nothing was written; restart hanchot",
        store->path);
}

bool store_begin(struct store *store, struct err *err)
{
    must(!store_in_transaction(store) && !sqlite3_db_readonly(store->db, "main"));
    return still_there(store, err) && sql_run(store, SQL_BEGIN_WRITE, err);
}

bool store_begin_read(struct store *store, struct err *err)
{
    must(!store_in_transaction(store));
    return sql_run(store, SQL_BEGIN_READ, err);
}

bool store_commit(struct store *store, struct err *err)
{
    must(store_in_transaction(store));
    if (sql_run(store, SQL_COMMIT, err))
        return true;
    store_rollback(store);
    return false;
}

void store_rollback(struct store *store)
{
    if (store_in_transaction(store))
        (void)!sql_run(store, SQL_ROLLBACK, NULL);
    must(!store_in_transaction(store));
}

bool store_mark_day(struct store *store, int64_t recorded_at, struct err *err)
{
    must(store_in_transaction(store));
    if (recorded_at < day_start(DAY_FIRST) || recorded_at >= day_start(DAY_LAST + 1))
        return err_set(err, ERR_ENV, "giờ ghi nhận nằm ngoài các năm %d-%d; hãy kiểm tra đồng hồ của máy",
                       "the time of recording lies outside the years %d-%d; check the machine's clock",
                       YEAR_FIRST, YEAR_LAST);
    return sql_run(store, SQL_FIRST_DAY_LOWER, err, sql_day(instant_day(recorded_at)));
}

/* --- Verifying --------------------------------------------------------------------------------- */

static bool pages_sound(struct store *store, struct err *err)
{
    struct sql_rows rows = sql_rows(store, SQL_INTEGRITY_CHECK);
    bool broken = sql_next(&rows) && strcmp(sql_row_text(&rows, 0), "ok") != 0;
    if (broken)
        err_set(err, ERR_ENV, "%s: cơ sở dữ liệu bị hỏng (%s)", "%s: the database is damaged (%s)",
                store->path, sql_row_text(&rows, 0));
    return sql_end(&rows, broken ? NULL : err) && !broken;
}

static bool unsound(const struct store *store, int64_t what, int64_t id, struct err *err)
{
    if (what == 1)
        return err_set(err, ERR_ENV, "%s: sổ sai: sự kiện số %lld sửa một lần sửa khác thay vì lần ghi đầu",
                       "%s: the ledger is wrong: event %lld corrects a correction instead of a first record",
                       store->path, (long long)id);
    if (what == 2)
        return err_set(err, ERR_ENV, "%s: sổ sai: có dữ kiện ghi trước ngày đầu của sổ",
                       "%s: the ledger is wrong: a fact was recorded before its first day", store->path);
    return err_set(err, ERR_ENV, "%s: sổ sai: dữ kiện số %lld có ngày không tồn tại",
                   "%s: the ledger is wrong: fact %lld has a day that does not exist", store->path,
                   (long long)id);
}

static bool facts_sound(struct store *store, struct err *err)
{
    struct sql_rows rows = sql_rows(store, SQL_OWN_CHECK);
    bool broken = sql_next(&rows);
    if (broken)
        unsound(store, sql_row_int(&rows, 0), sql_row_int(&rows, 1), err);
    return sql_end(&rows, broken ? NULL : err) && !broken;
}

bool store_verify(struct store *store, struct err *err)
{
    if (!store_begin_read(store, err))
        return false;
    bool sound = pages_sound(store, err) && foreign_keys_hold(store, err) && facts_sound(store, err);
    store_rollback(store);
    return sound;
}

/* --- Backup ------------------------------------------------------------------------------------ */

/* In one step, so that the whole copy is of one moment. */
static bool pages_copy(struct store *from, struct store *to, struct err *err)
{
    sqlite3_backup *backup = sqlite3_backup_init(to->db, "main", from->db, "main");
    if (!backup)
        return store_failed(to, sqlite3_extended_errcode(to->db), err);
    int status = sqlite3_backup_step(backup, -1);
    sqlite3_backup_finish(backup);
    return status == SQLITE_DONE || store_failed(to, status, err);
}

static bool copy_verify(const struct store *store, struct store *copy, struct err *err)
{
    struct err found = {.lang = err ? err->lang : LANG_VI};
    if (store_verify(copy, &found))
        return true;
    return err_set(err, ERR_ENV,
                   "%s: bản sao lưu không toàn vẹn nên bị bỏ, có lẽ chính cơ sở dữ liệu đã hỏng: %s",
                   "%s: the backup is not sound and was dropped, the database itself may be damaged: %s",
                   store->path, found.text);
}

/* One file that says all: no log beside it, readable where nothing can be written. */
static bool copy_make(struct store *store, const char *path, struct err *err)
{
    if (!file_make(path, err))
        return false;
    struct store *copy = handle_open(path, SQLITE_OPEN_READWRITE, err);
    if (!copy)
        return false;
    bool fine = pages_copy(store, copy, err) && mode_set(copy, SQL_MODE_DELETE, "delete", err) &&
                copy_verify(store, copy, err);
    store_close(copy);
    return fine;
}

static bool exists(const char *path, struct err *err)
{
    struct stat file;
    if (lstat(path, &file) != 0)
        return false;
    err_set(err, ERR_ENV, "%s: đã có tệp này; bản sao lưu không ghi đè, hãy chọn tên khác",
            "%s: this file exists; a backup overwrites nothing, choose another name", path);
    return true;
}

/* The copy gets its name only once it is whole and checked. */
bool store_backup(struct store *store, const char *to, struct err *err)
{
    must(!store_in_transaction(store));
    if (exists(to, err))
        return false;
    auto_text part = {0};
    text_addf(&part, "%s.part", to);
    unlink(text_str(&part));
    if (!copy_make(store, text_str(&part), err) || exists(to, err)) {
        unlink(text_str(&part));
        return false;
    }
    if (rename(text_str(&part), to) != 0) {
        store_file_failed(to, errno, err);
        unlink(text_str(&part));
        return false;
    }
    store_folder_sync(to);
    return true;
}
