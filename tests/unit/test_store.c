#include "ledger/store.h"

#include "aborts.h"
#include "base/text.h"
#include "ledger/facts.h"
#include "ledger/store_sql.h"
#include "ledger_home.h"
#include "table.h"

#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

static void close_plan(struct home *home, const char *plan)
{
    const struct closing_fact fact = {.plan = plan, .on = day_of("2026-12-31"), .recorded_at = 1780000000};
    assert_fine(home, facts_add_closing(home->store, &fact, 1780000001, &home->err));
}

static size_t closings(struct home *home, struct store *store)
{
    struct facts *facts = facts_read(store, DAY_NONE, &home->err);
    assert_fine(home, facts != NULL);
    size_t n = facts->n_closings;
    facts_free(facts);
    return n;
}

static void close_plan_for_good(struct home *home, const char *plan)
{
    assert_fine(home, store_begin(home->store, &home->err));
    close_plan(home, plan);
    assert_fine(home, store_commit(home->store, &home->err));
}

/* --- Opening -----------------------------------------------------------------------------------------------
 */

static void files_have_our_modes(void **state)
{
    struct home *home = *state;
    mode_t umask_before = umask(0);
    home_open(home);
    close_plan_for_good(home, "haiphong-2026");
    umask(umask_before);
    static const char *const files[] = {"var/hanchot.db", "var/hanchot.db-wal", "var/hanchot.db-shm"};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        assert_int_equal(mode_of(home_path(home, files[i])), 0640);
    assert_int_equal(mode_of(home_path(home, "var")), 0750);
    assert_string_equal(home_sql_text(home->db, "PRAGMA application_id"), "1751215715");
    assert_string_equal(home_sql_text(home->db, "PRAGMA user_version"), "7");
    assert_string_equal(home_sql_text(home->db, "PRAGMA journal_mode"), "wal");
}

static void what_is_missing_stays_missing(void **state)
{
    struct home *home = *state;
    bool missing = false;
    assert_null(store_open_read(home->db, &missing, &home->err));
    assert_true(missing && home->err.kind == ERR_NONE);
    assert_int_equal(mode_of(home_path(home, "var")), -1);

    mkdir(home_path(home, "var"), 0755);
    missing = false;
    assert_null(store_open_read(home->db, &missing, &home->err));
    assert_true(missing && home->err.kind == ERR_NONE);
    assert_string_equal(home_list(home), "");

    /* Cut short while it was made: an empty file, then a header without tables. */
    for (int i = 0; i < 2; i++) {
        if (i == 0)
            file_write(home->db, "");
        else
            assert_int_equal(home_sql(home->db, "PRAGMA journal_mode = WAL"), SQLITE_OK);
        missing = false;
        assert_null(store_open_read(home->db, &missing, &home->err));
        assert_true(missing && home->err.kind == ERR_NONE);
    }
    home_open(home);
    close_plan_for_good(home, "p");
}

static void odd_names_are_names(void **state)
{
    struct home *home = *state;
    static const char *const names[] = {":memory:", "file:x.db?mode=memory", "có dấu cách & #%.db"};
    char here[PATH_MAX];
    int held_by;
    assert_non_null(getcwd(here, sizeof here));
    assert_int_equal(chdir(home->folder), 0);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        home->lock = store_lock_take(names[i], &held_by, &home->err);
        assert_fine(home, home->lock != NULL);
        home->store = store_open(names[i], home->lock, &home->err);
        assert_fine(home, home->store != NULL);
        close_plan_for_good(home, "p");
        home_close(home);
        assert_true(size_of(names[i]) > 0);
    }
    assert_int_equal(chdir(here), 0);
}

struct trouble {
    const char *what;
    const char *script;  /* makes the database, or ... */
    const char *content; /* ... what stands in the file */
    const char *vi, *en;
};
static const struct trouble troubles[] = {
    {"a letter", NULL, "Kính gửi: Phòng Tham mưu, báo cáo tháng 11 về kết quả cải cách hành chính\n",
     "không phải cơ sở dữ liệu SQLite", "not a SQLite database"},
    {"another program's", "CREATE TABLE places (url)", NULL, "của chương trình khác", "another program's"},
    {"another program's by its number", "PRAGMA application_id = 7; CREATE TABLE a (b)", NULL,
     "của chương trình khác", "another program's"},
    {"ours without a version", "PRAGMA application_id = 1751215715; CREATE TABLE a (b)", NULL,
     "của chương trình khác", "another program's"},
    {"of the future", "PRAGMA application_id = 1751215715; PRAGMA user_version = 99", NULL,
     "phiên bản sổ 99, bản này chỉ hiểu đến 7", "ledger version 99, this one knows up to 7"},
};

static void trouble_make(const struct trouble *trouble, const char *path)
{
    unlink(path);
    if (trouble->script)
        assert_int_equal(home_sql(path, trouble->script), SQLITE_OK);
    else
        file_write(path, trouble->content);
}

static void what_is_no_ledger_is_refused_and_untouched(void **state)
{
    struct home *home = *state;
    int held_by;
    home->lock = store_lock_take(home->db, &held_by, &home->err);
    for (size_t i = 0; i < 2 * sizeof troubles / sizeof *troubles; i++) {
        const struct trouble *trouble = &troubles[i / 2];
        trouble_make(trouble, home->db);
        long size = size_of(home->db);
        home->err = (struct err){.lang = i % 2 ? LANG_EN : LANG_VI};
        assert_null(store_open(home->db, home->lock, &home->err));
        assert_said(home, ERR_ENV, i % 2 ? trouble->en : trouble->vi);
        bool missing = true;
        home->err = (struct err){.lang = i % 2 ? LANG_EN : LANG_VI};
        assert_null(store_open_read(home->db, &missing, &home->err));
        assert_false(missing);
        assert_said(home, ERR_ENV, i % 2 ? trouble->en : trouble->vi);
        assert_int_equal(size_of(home->db), size);
    }
}

static void folder_is_no_ledger(void **state)
{
    struct home *home = *state;
    int held_by;
    bool missing = true;
    home->lock = store_lock_take(home->db, &held_by, &home->err);
    assert_int_equal(mkdir(home->db, 0755), 0);
    assert_null(store_open(home->db, home->lock, &home->err));
    assert_said(home, ERR_ENV, "là thư mục, không phải tệp");
    home->err = (struct err){0};
    assert_null(store_open_read(home->db, &missing, &home->err));
    assert_said(home, ERR_ENV, "là thư mục, không phải tệp");
    assert_false(missing);
}

static int open_is_refused(struct home *home, const char *words)
{
    struct store *store = store_open(home->db, home->lock, &home->err);
    return !store && home->err.kind == ERR_ENV && strstr(home->err.text, words) ? 0 : 1;
}

static int open_lacks_rights(struct home *home)
{
    return open_is_refused(home, "không có quyền");
}

static int read_lacks_rights(struct home *home)
{
    bool missing = true;
    struct store *store = store_open_read(home->db, &missing, &home->err);
    return !store && !missing && strstr(home->err.text, "không có quyền") ? 0 : 1;
}

static int reads_one_closing(struct home *home)
{
    bool missing;
    struct store *store = store_open_read(home->db, &missing, &home->err);
    struct facts *facts = store ? facts_read(store, DAY_NONE, &home->err) : NULL;
    return facts && facts->n_closings == 1 ? 0 : 1;
}

/* The same for an account without rights and, where the tests do not run as root, for the owner. */
static void with_rights(struct home *home, mode_t folder, mode_t files, int (*act)(struct home *home))
{
    static const char *const names[] = {"var/hanchot.db", "var/hanchot.db-wal", "var/hanchot.db-shm"};
    for (size_t i = 0; i < 3; i++)
        assert_int_equal(chmod(home_path(home, names[i]), files), 0);
    assert_int_equal(chmod(home_path(home, "var"), folder), 0);
    int failed = home_in_child(home, true, act);
    assert_int_equal(chmod(home_path(home, "var"), 0755), 0);
    for (size_t i = 0; i < 3; i++)
        assert_int_equal(chmod(home_path(home, names[i]), 0644), 0);
    assert_int_equal(failed, 0);
}

static void rights_decide(void **state)
{
    struct home *home = *state;
    home_open(home);
    close_plan_for_good(home, "p");
    with_rights(home, 0555, 0444, reads_one_closing); /* while the daemon runs */
    store_close(home->store);
    home->store = NULL;
    assert_int_equal(size_of(home_path(home, "var/hanchot.db-wal")), 0);
    with_rights(home, 0555, 0444, reads_one_closing); /* and after */
    with_rights(home, 0555, 0444, open_lacks_rights);
    with_rights(home, 0555, 0, read_lacks_rights);
    with_rights(home, 0555, 0, open_lacks_rights);
    with_rights(home, 0, 0644, read_lacks_rights);
    with_rights(home, 0, 0644, open_lacks_rights);
}

static int closes_a_plan_and_dies(struct home *home)
{
    home_open(home);
    close_plan_for_good(home, "p");
    return 0;
}

static void killed_daemon_leaves_what_others_can_read(void **state)
{
    struct home *home = *state;
    assert_int_equal(home_in_child(home, false, closes_a_plan_and_dies), 0);
    assert_true(size_of(home_path(home, "var/hanchot.db-wal")) > 0);
    with_rights(home, 0555, 0444, reads_one_closing);
    with_rights(home, 0755, 0644, reads_one_closing);
}

/* --- Transactions ------------------------------------------------------------------------------------------
 */

static void transactions_are_whole(void **state)
{
    struct home *home = *state;
    store_rollback(home->store);
    assert_fine(home, store_begin(home->store, &home->err));
    assert_int_equal(home_sql(home->db, "BEGIN IMMEDIATE"), SQLITE_BUSY);
    close_plan(home, "a");
    assert_int_equal(closings(home, home->store), 1);
    store_rollback(home->store);
    store_rollback(home->store);
    assert_int_equal(closings(home, home->store), 0);

    close_plan_for_good(home, "a");
    home_close(home);
    home_open(home);
    assert_int_equal(closings(home, home->store), 1);
}

static void readers_see_one_moment(void **state)
{
    struct home *home = *state;
    bool missing;
    struct store *reader = store_open_read(home->db, &missing, &home->err);
    assert_fine(home, reader != NULL);
    assert_fine(home, store_begin(home->store, &home->err));
    close_plan(home, "a");
    assert_int_equal(closings(home, reader), 0);
    assert_fine(home, store_commit(home->store, &home->err));
    assert_int_equal(closings(home, reader), 1);

    assert_fine(home, store_begin_read(reader, &home->err));
    assert_int_equal(closings(home, reader), 1);
    close_plan_for_good(home, "b");
    assert_int_equal(closings(home, reader), 1);
    store_rollback(reader);
    assert_int_equal(closings(home, reader), 2);
    store_close(reader);
}

static struct home *borrowed;
static void reader_writes(void)
{
    bool missing;
    struct store *reader = store_open_read(borrowed->db, &missing, NULL);
    (void)!store_begin(reader, NULL);
}

static void begins_twice(void)
{
    for (int i = 0; i < 2; i++)
        (void)!store_begin(borrowed->store, NULL);
}

static void adds_outside_of_a_transaction(void)
{
    const struct closing_fact fact = {.plan = "p", .on = day_of("2026-12-31"), .recorded_at = 1780000000};
    (void)!facts_add_closing(borrowed->store, &fact, 0, NULL);
}

static void misuse_aborts(void **state)
{
    borrowed = *state;
    assert_true(aborts(reader_writes));
    assert_true(aborts(begins_twice));
    assert_true(aborts(adds_outside_of_a_transaction));
}

static void database_must_stay_in_its_place(void **state)
{
    struct home *home = *state;
    assert_int_equal(rename(home->db, home_path(home, "var/away.db")), 0);
    assert_false(store_begin(home->store, &home->err));
    assert_said(home, ERR_ENV, "đã bị dời, xoá hoặc thay");
    assert_int_equal(rename(home_path(home, "var/away.db"), home->db), 0);
    close_plan_for_good(home, "a");
}

static void every_statement_fits_the_schema(void **state)
{
    struct home *home = *state;
    for (enum sql which = 0; which < SQL_COUNT; which++)
        assert_fine(home, sql_prepare(home->store, which, &home->err));
}

/* --- Verifying and backup ----------------------------------------------------------------------------------
 */

static const struct {
    const char *what, *script, *words;
} wrongs[] = {
    {"a chain of corrections",
     "DROP TRIGGER event_chain; DROP TRIGGER event_stays;"
     "INSERT INTO event (plan, name, corrects, on_day, recorded_at, written_at) VALUES"
     " ('p', 'e', NULL, '2026-01-05', 1780000000, 0), ('p', 'e', 1, '2026-01-06', 1780000000, 0),"
     " ('p', 'e', 2, '2026-01-07', 1780000000, 0)",
     "sự kiện số 3 sửa một lần sửa khác"},
    {"a correction of nothing",
     "INSERT INTO event (plan, name, corrects, on_day, recorded_at, written_at) VALUES"
     " ('p', 'e', NULL, '2026-01-05', 1780000000, 0), ('p', 'e', 2, '2026-01-06', 1780000000, 0)",
     "CHECK constraint failed in event"},
    {"a parent that is gone",
     "DROP TRIGGER event_kept; INSERT INTO event (plan, name, corrects, on_day, recorded_at, written_at) "
     "VALUES"
     " ('p', 'e', NULL, '2026-01-05', 1780000000, 0), ('p', 'e', 1, '2026-01-06', 1780000000, 0);"
     "DELETE FROM event WHERE id = 1",
     "bảng event, dòng 2 trỏ đến dòng không có"},
    {"a first day that is too late", "UPDATE meta SET value = '2027-01-01'", "ghi trước ngày đầu của sổ"},
    {"no first day", "DELETE FROM meta", "ghi trước ngày đầu của sổ"},
    {"a day that does not exist",
     "INSERT INTO progress (id, occurrence, action, on_day, recorded_at, written_at) VALUES"
     " (1, 'o', 'done', '2026-02-31', 1780000000, 0)",
     "CHECK constraint failed in progress"},
};

static void verify_finds_what_is_wrong(void **state)
{
    struct home *home = *state;
    close_plan_for_good(home, "a");
    assert_fine(home, store_verify(home->store, &home->err));
    home_close(home);
    for (size_t i = 0; i < sizeof wrongs / sizeof *wrongs; i++) {
        home_open(home);
        close_plan_for_good(home, "a");
        char script[2048];
        snprintf(script, sizeof script, "PRAGMA ignore_check_constraints = ON; %s", wrongs[i].script);
        assert_int_equal(home_sql(home->db, script), SQLITE_OK);
        assert_false(store_verify(home->store, &home->err));
        assert_said(home, ERR_ENV, wrongs[i].words);
        home_close(home);
        bool missing;
        struct store *reader = store_open_read(home->db, &missing, &home->err);
        assert_false(store_verify(reader, &home->err));
        store_close(reader);
        unlink(home->db);
    }
}

static void damage_is_told_not_read(void **state)
{
    struct home *home = *state;
    for (int i = 0; i < 40; i++)
        close_plan_for_good(home, "một kế hoạch có tên dài để sổ có nhiều trang hơn");
    home_close(home);
    long pages = size_of(home->db) / 4096;
    char garbage[4096];
    memset(garbage, 0xa5, sizeof garbage);
    for (long page = 1; page < pages; page++) {
        char kept[4096];
        int fd = open(home->db, O_RDWR | O_CLOEXEC);
        assert_int_equal(pread(fd, kept, 4096, page * 4096), 4096);
        assert_int_equal(pwrite(fd, garbage, 4096, page * 4096), 4096);
        bool missing;
        home->err = (struct err){0};
        struct store *store = store_open_read(home->db, &missing, &home->err);
        assert_false(store && store_verify(store, &home->err));
        assert_said(home, ERR_ENV, "cơ sở dữ liệu bị hỏng");
        assert_false(store && store_backup(store, home_path(home, "copy.db"), &home->err));
        assert_int_equal(size_of(home_path(home, "copy.db")), -1);
        assert_int_equal(size_of(home_path(home, "copy.db.part")), -1);
        store_close(store);
        assert_int_equal(pwrite(fd, kept, 4096, page * 4096), 4096);
        close(fd);
    }
    home_open(home);
    assert_fine(home, store_verify(home->store, &home->err));
}

static int reads_the_copy(struct home *home)
{
    snprintf(home->db, sizeof home->db, "%s", home_path(home, "copy/c.db"));
    return reads_one_closing(home);
}

static void backup_is_whole_and_stands_alone(void **state)
{
    struct home *home = *state;
    const char *to = home_path(home, "copy/c.db");
    close_plan_for_good(home, "a");
    mkdir(home_path(home, "copy"), 0755);
    file_write(home_path(home, "copy/c.db.part"), "left by a backup that was killed");
    bool missing;
    struct store *reader = store_open_read(home->db, &missing, &home->err);
    assert_fine(home, store_begin(home->store, &home->err));
    close_plan(home, "b");
    assert_fine(home, store_backup(reader, to, &home->err)); /* while another writes */
    assert_fine(home, store_commit(home->store, &home->err));
    store_close(reader);

    assert_int_equal(mode_of(to), 0640);
    assert_string_equal(home_sql_text(to, "PRAGMA journal_mode"), "delete");
    chmod(to, 0444);
    chmod(home_path(home, "copy"), 0555);
    assert_int_equal(home_in_child(home, true, reads_the_copy), 0);
    chmod(home_path(home, "copy"), 0755);
    static const char *const beside[] = {"copy/c.db-wal", "copy/c.db-journal", "copy/c.db.part"};
    for (size_t i = 0; i < sizeof beside / sizeof *beside; i++)
        assert_int_equal(size_of(home_path(home, beside[i])), -1);

    /* It serves as a database again. */
    home_close(home);
    snprintf(home->db, sizeof home->db, "%s", to);
    chmod(to, 0640);
    home_open(home);
    assert_int_equal(closings(home, home->store), 1);
    close_plan_for_good(home, "c");
}

static void backup_overwrites_nothing(void **state)
{
    struct home *home = *state;
    const char *to = home_path(home, "letter");
    file_write(to, "Kính gửi");
    assert_false(store_backup(home->store, to, &home->err));
    assert_said(home, ERR_ENV, "letter: đã có tệp này");
    assert_string_equal(content_of(to), "Kính gửi");
    assert_false(store_backup(home->store, home->db, &home->err));
    assert_said(home, ERR_ENV, "hanchot.db: đã có tệp này");
    assert_int_equal(symlink("/nowhere/at/all", home_path(home, "link")), 0);
    assert_false(store_backup(home->store, home_path(home, "link"), &home->err));
    assert_said(home, ERR_ENV, "link: đã có tệp này");
    assert_false(store_backup(home->store, home_path(home, "no/such/x.db"), &home->err));
    assert_said(home, ERR_ENV, "thư mục chứa tệp này không có");
    assert_int_equal(closings(home, home->store), 0);
}

/* --- The log -----------------------------------------------------------------------------------------------
 */

/* About five megabytes: more than a log may hold before it is due. */
static void write_much(struct home *home, bool *due)
{
    auto_text why = {0};
    for (int i = 0; i < 2500; i++)
        text_add(&why, "lý do ");
    *due = false;
    for (int i = 0; i < 256; i++) {
        const struct closing_fact fact = {
            .plan = "p", .on = day_of("2026-12-31"), .why = text_str(&why), .recorded_at = 1780000000};
        assert_fine(home, store_begin(home->store, &home->err));
        assert_fine(home, facts_add_closing(home->store, &fact, 1780000001, &home->err));
        assert_fine(home, store_commit(home->store, &home->err));
        *due = store_fold_due(home->store) || *due;
    }
}

static void long_log_is_folded_by_who_writes(void **state)
{
    struct home *home = *state;
    bool due;
    write_much(home, &due);
    assert_true(size_of(home->db) > 2500000);
}

static void or_aside_by_another(void **state)
{
    struct home *home = *state;
    bool due;
    off_t before = size_of(home->db);
    store_fold_aside(home->store);
    assert_false(store_fold_due(home->store));
    write_much(home, &due);
    assert_true(due);
    assert_int_equal(size_of(home->db), before);
    assert_fine(home, store_fold(home->db, &home->err));
    assert_true(size_of(home->db) > 4000000);
    assert_int_equal(closings(home, home->store), 256);
    close_plan_for_good(home, "p"); /* begins the log anew */
    assert_false(store_fold_due(home->store));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        HOME_EMPTY(files_have_our_modes),
        HOME_EMPTY(what_is_missing_stays_missing),
        HOME_EMPTY(odd_names_are_names),
        HOME_EMPTY(what_is_no_ledger_is_refused_and_untouched),
        HOME_EMPTY(folder_is_no_ledger),
        HOME_EMPTY(rights_decide),
        HOME_EMPTY(killed_daemon_leaves_what_others_can_read),
        HOME_OPEN(transactions_are_whole),
        HOME_OPEN(readers_see_one_moment),
        HOME_OPEN(misuse_aborts),
        HOME_OPEN(database_must_stay_in_its_place),
        HOME_OPEN(every_statement_fits_the_schema),
        HOME_OPEN(verify_finds_what_is_wrong),
        HOME_OPEN(damage_is_told_not_read),
        HOME_OPEN(backup_is_whole_and_stands_alone),
        HOME_OPEN(backup_overwrites_nothing),
        HOME_OPEN(long_log_is_folded_by_who_writes),
        HOME_OPEN(or_aside_by_another),
    };
    return cmocka_run_group_tests_name("store", tests, NULL, NULL);
}
