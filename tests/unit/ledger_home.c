#include "ledger_home.h"

#include "base/text.h"

#include <dirent.h>
#include <fcntl.h>
#include <ftw.h>
#include <grp.h>
#include <setjmp.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#define NOBODY 65534

static int remove_entry(const char *path, const struct stat *file, int kind, struct FTW *walk)
{
    (void)file, (void)kind, (void)walk;
    return remove(path);
}

int home_setup_empty(void **state)
{
    struct home *home = mem_alloc(sizeof *home);
    *state = home;
    const char *tmp = getenv("TMPDIR");
    snprintf(home->folder, sizeof home->folder, "%.40s/hanchot-XXXXXX", tmp ? tmp : "/tmp");
    if (!mkdtemp(home->folder) || chmod(home->folder, 0755) != 0)
        return -1;
    snprintf(home->db, sizeof home->db, "%s/var/hanchot.db", home->folder);
    return 0;
}

int home_setup(void **state)
{
    if (home_setup_empty(state) != 0)
        return -1;
    home_open(*state);
    return 0;
}

int home_teardown(void **state)
{
    struct home *home = *state;
    home_close(home);
    int status = nftw(home->folder, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
    mem_free(home);
    return status;
}

void home_open(struct home *home)
{
    int held_by;
    home->lock = store_lock_take(home->db, &held_by, &home->err);
    assert_fine(home, home->lock != NULL);
    home->store = store_open(home->db, home->lock, &home->err);
    assert_fine(home, home->store != NULL);
}

void home_close(struct home *home)
{
    store_close(home->store);
    store_lock_free(home->lock);
    home->store = NULL;
    home->lock = NULL;
}

const char *home_path(const struct home *home, const char *name)
{
    static char paths[8][128];
    static unsigned turn;
    char *path = paths[turn++ % 8];
    snprintf(path, sizeof paths[0], "%s/%s", home->folder, name);
    return path;
}

int mode_of(const char *path)
{
    struct stat file;
    return stat(path, &file) == 0 ? (int)(file.st_mode & 07777) : -1;
}

long size_of(const char *path)
{
    struct stat file;
    return stat(path, &file) == 0 ? (long)file.st_size : -1;
}

const char *content_of(const char *path)
{
    static struct text content;
    text_fini(&content);
    content = (struct text){0};
    assert_true(file_read(path, 100, &content, NULL));
    return text_str(&content);
}

void file_write(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static int no_dots(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

const char *home_list(const struct home *home)
{
    static char list[512];
    struct dirent **entries;
    list[0] = '\0';
    int n = scandir(home_path(home, "var"), &entries, no_dots, alphasort);
    for (int i = 0; i < n; i++) {
        size_t used = strlen(list);
        snprintf(list + used, sizeof list - used, "%s%s", used ? " " : "", entries[i]->d_name);
        free(entries[i]);
    }
    if (n >= 0)
        free(entries);
    return list;
}

void home_failed(const struct home *home, const char *words, const char *file, int line)
{
    print_error("%s: %s\n", words, home->err.text);
    _fail(file, line);
    abort();
}

void home_assert_said(const struct home *home, enum err_kind kind, const char *words, const char *file,
                      int line)
{
    bool said = home->err.kind == kind && strstr(home->err.text, words);
    if (!said)
        print_error("kind %d: %s\n", (int)home->err.kind, home->err.text);
    _assert_true(said, words, file, line);
}

int home_sql(const char *db, const char *script)
{
    sqlite3 *raw;
    assert_int_equal(sqlite3_open(db, &raw), SQLITE_OK);
    int status = sqlite3_exec(raw, script, NULL, NULL, NULL);
    sqlite3_close(raw);
    return status;
}

const char *home_sql_text(const char *db, const char *query)
{
    static char text[256];
    sqlite3 *raw;
    sqlite3_stmt *statement;
    assert_int_equal(sqlite3_open(db, &raw), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(raw, query, -1, &statement, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    const char *found = (const char *)sqlite3_column_text(statement, 0);
    snprintf(text, sizeof text, "%s", found ? found : "NULL");
    sqlite3_finalize(statement);
    sqlite3_close(raw);
    return text;
}

static void become_nobody(void)
{
    if (geteuid() == 0 && (setgroups(0, NULL) != 0 || setgid(NOBODY) != 0 || setuid(NOBODY) != 0))
        _exit(127);
}

int home_in_child(struct home *home, bool powerless, int (*act)(struct home *home))
{
    pid_t child = fork();
    if (child == 0) {
        if (powerless)
            become_nobody();
        _exit(act(home));
    }
    int status = 0;
    assert_true(child > 0 && waitpid(child, &status, 0) == child);
    return WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status);
}
