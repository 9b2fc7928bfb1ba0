/* What the disk and the system do to a ledger: full disks, processes killed at any moment, writes that were
 * not yet on the disk. SQLite's writes go through our hands here. */
#include "ledger/copy.h"
#include "ledger/facts.h"
#include "ledger/store.h"
#include "ledger_home.h"
#include "table.h"

#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#define FILES 256
static struct {
    int writes;
    int full_from; /* the disk is full from this write on; 0: never */
    int kill_at;   /* this write is half done when the process is killed; 0: never */
    int syncs;
    bool unsynced[FILES]; /* by file descriptor */
} disk;

static ssize_t write_half_and_die(int fd, const void *bytes, size_t n, off_t at)
{
    (void)!pwrite(fd, bytes, n / 2, at);
    kill(getpid(), SIGKILL);
    pause();
    return -1;
}

/* The shared memory of the processes is made anew after a power cut. */
static bool is_shared_memory(int fd)
{
    char link[64], name[PATH_MAX] = "";
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t n = readlink(link, name, sizeof name - 1);
    return n > 4 && strcmp(name + n - 4, "-shm") == 0;
}

static ssize_t write_our_way(int fd, const void *bytes, size_t n, off_t at)
{
    disk.writes++;
    if (disk.full_from && disk.writes >= disk.full_from) {
        errno = ENOSPC;
        return -1;
    }
    if (disk.writes == disk.kill_at)
        return write_half_and_die(fd, bytes, n, at);
    if (fd < FILES)
        disk.unsynced[fd] = !is_shared_memory(fd);
    return pwrite(fd, bytes, n, at);
}

static int synced(int fd, long call)
{
    disk.syncs++;
    if (fd < FILES)
        disk.unsynced[fd] = false;
    return (int)syscall(call, fd);
}

/* These stand before the C library's, for SQLite too. */
int fsync(int fd)
{
    return synced(fd, SYS_fsync);
}

int fdatasync(int fildes)
{
    return synced(fildes, SYS_fdatasync);
}

static int disk_setup(void **state)
{
    sqlite3_vfs *vfs = sqlite3_vfs_find(NULL);
    memset(&disk, 0, sizeof disk);
    if (vfs->xSetSystemCall(vfs, "pwrite", (sqlite3_syscall_ptr)write_our_way) != SQLITE_OK ||
        vfs->xSetSystemCall(vfs, "pwrite64", (sqlite3_syscall_ptr)write_our_way) != SQLITE_OK)
        return -1;
    return home_setup_empty(state);
}

static int disk_teardown(void **state)
{
    sqlite3_vfs *vfs = sqlite3_vfs_find(NULL);
    memset(&disk, 0, sizeof disk);
    vfs->xSetSystemCall(vfs, NULL, NULL);
    return home_teardown(state);
}

/* One transaction: an event and two facts about occurrences that carry its number. */
static bool tell(struct store *store, int number, int64_t *id, struct err *err)
{
    const int64_t at = 1780000000 + number;
    char occurrence[64];
    const struct event_fact event = {
        .plan = "p", .event = "e", .on = 20500, .due = DAY_NONE, .recorded_at = at};
    if (!store_begin(store, err))
        return false;
    bool fine = facts_add_event(store, &event, at, id, err);
    for (int i = 0; fine && i < 2; i++) {
        snprintf(occurrence, sizeof occurrence, "p:%lld:%d:haiphong/PC06", (long long)*id, i);
        const struct progress_fact fact = {
            .occurrence = occurrence, .action = PROGRESS_DONE, .on = 20500, .recorded_at = at};
        fine = facts_add_progress(store, &fact, at, err);
    }
    if (fine)
        return store_commit(store, err);
    store_rollback(store);
    return false;
}

static bool has_event(const struct facts *facts, int64_t id)
{
    for (size_t i = 0; i < facts->n_events; i++)
        if (facts->events[i].id == id)
            return true;
    return false;
}

static bool has_both_halves(const struct facts *facts, int64_t id)
{
    char occurrence[64];
    const struct progress_fact *first;
    for (int i = 0; i < 2; i++) {
        snprintf(occurrence, sizeof occurrence, "p:%lld:%d:haiphong/PC06", (long long)id, i);
        if (facts_progress(facts, occurrence, &first) != 1)
            return false;
    }
    return true;
}

/* Every acknowledged fact is there, and each transaction as a whole or not at all. */
static void assert_kept(struct home *home, struct store *store, const int64_t *acknowledged, size_t n)
{
    struct facts *facts = facts_read(store, DAY_NONE, &home->err);
    assert_fine(home, facts != NULL);
    for (size_t i = 0; i < n; i++)
        assert_true(has_event(facts, acknowledged[i]));
    assert_int_equal(facts->n_progress, 2 * facts->n_events);
    for (size_t i = 0; i < facts->n_events; i++)
        assert_true(has_both_halves(facts, facts->events[i].id));
    facts_free(facts);
}

/* --- Full disks --------------------------------------------------------------------------------------------
 */

static void full_disk_loses_nothing(void **state)
{
    struct home *home = *state;
    int64_t ids[8];
    int refused = 0;
    home_open(home);
    assert_fine(home, tell(home->store, 0, &ids[0], &home->err));
    for (int room = 1; room <= 40; room++) {
        size_t n = 0;
        disk.full_from = disk.writes + room;
        while (n < 8 && tell(home->store, room, &ids[n], &home->err))
            n++;
        disk.full_from = 0;
        if (n < 8) {
            refused++;
            assert_said(home, ERR_ENV, "hanchot.db: đĩa đầy, chưa ghi gì");
        }
        assert_kept(home, home->store, ids, n);
        assert_fine(home, tell(home->store, room, &ids[0], &home->err)); /* as soon as there is room */
        if (room % 8 == 0) {
            home_close(home);
            home_open(home);
            assert_kept(home, home->store, ids, 1);
            assert_fine(home, store_verify(home->store, &home->err));
        }
    }
    assert_true(refused >= 10);
}

static struct files *rules_of(int number)
{
    struct files *files = files_new();
    for (int i = 0; i < 3; i++) {
        char name[32];
        struct text bytes = {0};
        snprintf(name, sizeof name, "plan-%d.lua", i);
        for (int line = 0; line < 500; line++)
            text_addf(&bytes, "-- lần %d, dòng %d\n", number, line);
        files_add(files, "rules", name, &bytes);
    }
    return files;
}

/* The copy of the rules is the former one or the new one, never half of each. */
static void full_disk_keeps_a_whole_copy(void **state)
{
    struct home *home = *state;
    int refused = 0;
    char kept[65], found[65];
    home_open(home);
    for (int room = 0; room <= 40; room++) {
        struct files *files = rules_of(room);
        struct copy copy;
        disk.full_from = room ? disk.writes + room : 0;
        bool written = copy_write(home->store, files, room, &home->err);
        disk.full_from = 0;
        if (written)
            files_hash(files, kept);
        else {
            refused++;
            assert_said(home, ERR_ENV, "hanchot.db: đĩa đầy, chưa ghi gì");
        }
        assert_fine(home, copy_read(home->store, &copy, &home->err));
        files_hash(copy.files, found);
        assert_string_equal(found, kept);
        copy_fini(&copy);
        files_free(files);
    }
    assert_true(refused >= 10);
    assert_fine(home, store_verify(home->store, &home->err));
}

static void full_disk_while_it_is_made(void **state)
{
    struct home *home = *state;
    int refused = 0, held_by;
    home->lock = store_lock_take(home->db, &held_by, &home->err);
    for (int room = 1; !home->store; room++) {
        assert_true(room < 200);
        disk.full_from = disk.writes + room;
        home->store = store_open(home->db, home->lock, &home->err);
        disk.full_from = 0;
        if (!home->store) {
            refused++;
            assert_said(home, ERR_ENV, "hanchot.db: đĩa đầy");
        }
    }
    assert_true(refused >= 3);
    int64_t id;
    assert_fine(home, tell(home->store, 0, &id, &home->err));
    assert_fine(home, store_verify(home->store, &home->err));
}

static void full_disk_leaves_no_backup(void **state)
{
    struct home *home = *state;
    struct stat file;
    int64_t id;
    home_open(home);
    assert_fine(home, tell(home->store, 0, &id, &home->err));
    bool made = false;
    for (int room = 1; !made; room++) {
        disk.full_from = disk.writes + room;
        made = store_backup(home->store, home_path(home, "copy.db"), &home->err);
        disk.full_from = 0;
        if (!made) {
            assert_said(home, ERR_ENV, "copy.db.part: đĩa đầy");
            assert_int_equal(stat(home_path(home, "copy.db"), &file), -1);
            assert_int_equal(stat(home_path(home, "copy.db.part"), &file), -1);
        }
    }
    assert_int_equal(stat(home_path(home, "copy.db"), &file), 0);
}

/* --- Power cuts --------------------------------------------------------------------------------------------
 */

static void acknowledged_is_on_the_disk(void **state)
{
    struct home *home = *state;
    int64_t id;
    home_open(home);
    for (int i = 0; i < 20; i++) {
        int before = disk.syncs;
        disk.writes = 0;
        assert_fine(home, tell(home->store, i, &id, &home->err));
        assert_true(disk.writes > 0);
        assert_true(disk.syncs > before);
        for (int fd = 0; fd < FILES; fd++)
            assert_false(disk.unsynced[fd]);
    }
}

/* --- Kills -------------------------------------------------------------------------------------------------
 */

/* What the child tells: 0 before it begins a transaction, then the id that was acknowledged to it. */
static _Noreturn void tell_until_killed(struct home *home, int reports, int transactions)
{
    int held_by;
    const int64_t beginning = 0;
    struct store_lock *lock = store_lock_take(home->db, &held_by, &home->err);
    struct store *store = lock ? store_open(home->db, lock, &home->err) : NULL;
    for (int i = 0; store && i < transactions; i++) {
        int64_t id;
        if (write(reports, &beginning, sizeof beginning) < 0 || !tell(store, i, &id, &home->err) ||
            write(reports, &id, sizeof id) < 0)
            _exit(1);
    }
    if (!store)
        _exit(1);
    store_close(store);
    _exit(0);
}

#define REPORTS 4096
struct reports {
    int64_t ids[REPORTS]; /* those acknowledged */
    size_t n, seen;
};

static bool report_read(int from, struct reports *reports)
{
    int64_t id;
    if (read(from, &id, sizeof id) != sizeof id)
        return false;
    reports->seen++;
    if (id != 0) {
        assert_true(reports->n < REPORTS);
        reports->ids[reports->n++] = id;
    }
    return true;
}

/* Runs the child; kills it after so many reports, if it still lives. Gives its wait status. */
static int child_run(struct home *home, size_t kill_after, int transactions, struct reports *reports)
{
    int ends[2], status;
    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    if (child == 0) {
        close(ends[0]);
        tell_until_killed(home, ends[1], transactions);
    }
    close(ends[1]);
    *reports = (struct reports){0};
    while (reports->seen < kill_after && report_read(ends[0], reports))
        continue;
    if (reports->seen == kill_after)
        kill(child, SIGKILL);
    while (report_read(ends[0], reports))
        continue;
    close(ends[0]);
    assert_int_equal(waitpid(child, &status, 0), child);
    return status;
}

/* First as a reader finds it, then as the next owner does. */
static void assert_survived(struct home *home, const struct reports *reports)
{
    bool missing;
    struct store *reader = store_open_read(home->db, &missing, &home->err);
    if (reports->n > 0)
        assert_fine(home, reader != NULL);
    if (reader)
        assert_kept(home, reader, reports->ids, reports->n);
    store_close(reader);
    home_open(home);
    assert_fine(home, store_verify(home->store, &home->err));
    assert_kept(home, home->store, reports->ids, reports->n);
    home_close(home);
}

/* Reading after a kill, before anybody has written again: what stands there, and never an error. */
static void assert_readable(struct home *home, const struct reports *reports)
{
    bool missing;
    struct store *reader = store_open_read(home->db, &missing, &home->err);
    assert_fine(home, reader || missing);
    if (reader)
        assert_kept(home, reader, reports->ids, reports->n);
    else
        assert_int_equal(reports->n, 0);
    store_close(reader);
}

static void killed_at_some_moment(void **state)
{
    struct home *home = *state;
    static struct reports reports;
    for (size_t kill_after = 1; kill_after <= 24; kill_after++) {
        int status = child_run(home, kill_after, REPORTS, &reports);
        assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
        assert_true(reports.n >= kill_after / 2);
        assert_survived(home, &reports);
    }
}

static void killed_in_the_middle_of_each_write(void **state)
{
    struct home *home = *state;
    static struct reports reports;
    char db[sizeof home->db];
    int killed = 0, status = SIGKILL;
    mkdir(home_path(home, "var"), 0755);
    for (int at = 1; WIFSIGNALED(status); at++) {
        snprintf(db, sizeof db, "%s/var/%d.db", home->folder, at);
        memcpy(home->db, db, sizeof db);
        disk.writes = 0;
        disk.kill_at = at;
        status = child_run(home, SIZE_MAX, 3, &reports);
        disk.kill_at = 0;
        killed += WIFSIGNALED(status);
        assert_readable(home, &reports);
        assert_survived(home, &reports);
    }
    assert_int_equal(WEXITSTATUS(status), 0);
    assert_int_equal(reports.n, 3);
    assert_true(killed >= 30);
}

/* --- Readers ----------------------------------------------------------------------------------------------
 */

/* Whoever reads while another process writes sees whole transactions. */
static void reading_beside_a_writer(void **state)
{
    struct home *home = *state;
    int ends[2], status;
    int64_t report;
    size_t reads = 0;
    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    if (child == 0)
        tell_until_killed(home, ends[1], 60);
    close(ends[1]);
    while (read(ends[0], &report, sizeof report) == sizeof report) {
        bool missing;
        struct store *reader = store_open_read(home->db, &missing, &home->err);
        assert_fine(home, reader || missing);
        for (int i = 0; reader && i < 5; i++, reads++)
            assert_kept(home, reader, &report, report ? 1 : 0);
        store_close(reader);
    }
    close(ends[0]);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    assert_true(reads >= 300);
}

#define ON_DISK(test) cmocka_unit_test_setup_teardown(test, disk_setup, disk_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_DISK(full_disk_keeps_a_whole_copy),       ON_DISK(full_disk_loses_nothing),
        ON_DISK(full_disk_while_it_is_made),         ON_DISK(full_disk_leaves_no_backup),
        ON_DISK(acknowledged_is_on_the_disk),        ON_DISK(killed_at_some_moment),
        ON_DISK(killed_in_the_middle_of_each_write), ON_DISK(reading_beside_a_writer),
    };
    return cmocka_run_group_tests_name("store_disk", tests, NULL, NULL);
}
