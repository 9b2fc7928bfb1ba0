/* ledger_home: a folder of its own for each test, with a ledger in it. */
#ifndef HANCHOT_TESTS_LEDGER_HOME_H
#define HANCHOT_TESTS_LEDGER_HOME_H

#include "ledger/store.h"

#include <limits.h>

struct home {
    char folder[64];
    char db[128]; /* folder/var/hanchot.db */
    struct store_lock *lock;
    struct store *store; /* NULL until home_open */
    struct err err;      /* in Vietnamese */
};

/* cmocka's setup and teardown: an empty folder; the same with the ledger open for writing. */
int home_setup_empty(void **state);
int home_setup(void **state);
int home_teardown(void **state);
#define HOME_EMPTY(test) cmocka_unit_test_setup_teardown(test, home_setup_empty, home_teardown)
#define HOME_OPEN(test)  cmocka_unit_test_setup_teardown(test, home_setup, home_teardown)

void home_open(struct home *home); /* takes the lock too */
void home_close(struct home *home);
/* A name in the folder; good until the next call with another of eight. */
const char *home_path(const struct home *home, const char *name);
int mode_of(const char *path);            /* -1 if there is none */
long size_of(const char *path);           /* -1 if there is none */
const char *content_of(const char *path); /* of a small file; good until the next call */
void file_write(const char *path, const char *text);
/* What the folder var/ holds, sorted, with blanks between. */
const char *home_list(const struct home *home);

/* Fails the test with the words of the error. */
#define assert_fine(home, holds) ((holds) ? (void)0 : home_failed((home), #holds, __FILE__, __LINE__))
_Noreturn void home_failed(const struct home *home, const char *words, const char *file, int line);
/* The error has this kind and these words in it. */
#define assert_said(home, kind, words) home_assert_said((home), (kind), (words), __FILE__, __LINE__)
void home_assert_said(const struct home *home, enum err_kind kind, const char *words, const char *file,
                      int line);

/* Runs SQL past hanchot, as an administrator might; gives SQLite's code. */
int home_sql(const char *db, const char *script);
/* The first column of the first row, as text. */
const char *home_sql_text(const char *db, const char *query);

/* Runs the act in a child; as an account without rights where the tests run as root. Gives its result, or
 * minus the signal that ended it. */
int home_in_child(struct home *home, bool powerless, int (*act)(struct home *home));

#endif
