#include "ledger/store.h"

#include "ledger_home.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

/* --- Lock --------------------------------------------------------------------------------------------------
 */

static void lock_tells_its_holder(void **state)
{
    struct home *home = *state;
    int held_by;
    struct store_lock *lock = store_lock_take(home->db, &held_by, &home->err);
    assert_fine(home, lock != NULL);
    assert_int_equal(held_by, 0);
    assert_int_equal(atoi(content_of(home_path(home, "var/hanchot.db.lock"))), getpid());
    assert_int_equal(mode_of(home_path(home, "var")), 0750);
    assert_int_equal(mode_of(home_path(home, "var/hanchot.db.lock")), 0640);

    assert_null(store_lock_take(home->db, &held_by, &home->err));
    assert_int_equal(held_by, getpid());
    assert_said(home, ERR_ENV, "hanchot.db: tiến trình ");
    home->err.lang = LANG_EN;
    assert_null(store_lock_take(home->db, &held_by, &home->err));
    assert_said(home, ERR_ENV, "hanchot.db: held by process ");

    store_lock_free(lock);
    assert_int_equal(size_of(home_path(home, "var/hanchot.db.lock")), 0);
    lock = store_lock_take(home->db, &held_by, &home->err);
    assert_fine(home, lock != NULL);
    store_lock_free(lock);
}

static void lock_ends_with_the_process(void **state)
{
    struct home *home = *state;
    int ready[2];
    char byte;
    assert_int_equal(pipe(ready), 0);
    pid_t child = fork();
    if (child == 0) {
        int by;
        byte = store_lock_take(home->db, &by, NULL) ? 'y' : 'n';
        (void)!write(ready[1], &byte, 1);
        pause();
        _exit(0);
    }
    assert_int_equal(read(ready[0], &byte, 1), 1);
    assert_int_equal(byte, 'y');
    int held_by;
    assert_null(store_lock_take(home->db, &held_by, &home->err));
    assert_int_equal(held_by, child);

    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
    assert_int_equal(atoi(content_of(home_path(home, "var/hanchot.db.lock"))), child);
    home_open(home);
    assert_int_equal(atoi(content_of(home_path(home, "var/hanchot.db.lock"))), getpid());
    close(ready[0]);
    close(ready[1]);
}

static void stale_pid_is_no_lock(void **state)
{
    struct home *home = *state;
    static const char *const stale[] = {"1\n", "99999999999999999\n", "rác", "-5", ""};
    mkdir(home_path(home, "var"), 0755);
    for (size_t i = 0; i < sizeof stale / sizeof *stale; i++) {
        file_write(home_path(home, "var/hanchot.db.lock"), stale[i]);
        home_open(home);
        home_close(home);
    }
}

static void held_by_nobody_knows_whom(void **state)
{
    struct home *home = *state;
    int held_by;
    struct store_lock *lock = store_lock_take(home->db, &held_by, &home->err);
    assert_fine(home, lock != NULL);
    file_write(home_path(home, "var/hanchot.db.lock"), "");
    assert_null(store_lock_take(home->db, &held_by, &home->err));
    assert_int_equal(held_by, -1);
    assert_said(home, ERR_ENV, "một tiến trình khác đang giữ");
    store_lock_free(lock);
}

static void link_and_target_have_one_lock(void **state)
{
    struct home *home = *state;
    int held_by;
    home_open(home);
    assert_int_equal(symlink(home->db, home_path(home, "link.db")), 0);
    assert_null(store_lock_take(home_path(home, "link.db"), &held_by, &home->err));
    assert_int_equal(held_by, getpid());
}

static int is_told_the_holder(struct home *home)
{
    int held_by;
    return !store_lock_take(home->db, &held_by, &home->err) && held_by == getppid() &&
                   strstr(home->err.text, "tiến trình ")
               ? 0
               : 1;
}

static int is_refused_the_lock(struct home *home)
{
    int held_by;
    return !store_lock_take(home->db, &held_by, &home->err) && held_by == 0 &&
                   strstr(home->err.text, "không có quyền")
               ? 0
               : 1;
}

static void who_may_only_read_is_told_the_holder(void **state)
{
    struct home *home = *state;
    home_open(home);
    chmod(home_path(home, "var"), 0555);
    chmod(home_path(home, "var/hanchot.db.lock"), 0444);
    assert_int_equal(home_in_child(home, true, is_told_the_holder), 0);
    chmod(home_path(home, "var/hanchot.db.lock"), 0);
    assert_int_equal(home_in_child(home, true, is_refused_the_lock), 0);
    chmod(home_path(home, "var/hanchot.db.lock"), 0444);
    home_close(home);
    assert_int_equal(home_in_child(home, true, is_refused_the_lock), 0);
    chmod(home_path(home, "var"), 0755);
}

static void no_lock_where_there_is_no_place(void **state)
{
    struct home *home = *state;
    static const struct {
        const char *name, *words;
    } places[] = {
        {"no/such/folder.db", "thư mục chứa tệp này không có"},
        {"file/x.db", "thư mục chứa tệp này không có"},
        {"folder", "là thư mục, không phải tệp"},
    };
    int held_by;
    file_write(home_path(home, "file"), "");
    mkdir(home_path(home, "folder"), 0755);
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        assert_null(store_lock_take(home_path(home, places[i].name), &held_by, &home->err));
        assert_int_equal(held_by, 0);
        assert_said(home, ERR_ENV, places[i].words);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        HOME_EMPTY(lock_tells_its_holder),
        HOME_EMPTY(lock_ends_with_the_process),
        HOME_EMPTY(stale_pid_is_no_lock),
        HOME_EMPTY(held_by_nobody_knows_whom),
        HOME_EMPTY(link_and_target_have_one_lock),
        HOME_EMPTY(who_may_only_read_is_told_the_holder),
        HOME_EMPTY(no_lock_where_there_is_no_place),
    };
    return cmocka_run_group_tests_name("store_lock", tests, NULL, NULL);
}
