/* store: the SQLite database: opening, migrating, statements, transactions. The only room that speaks SQL,
 * with its neighbours in ledger/.
 *
 * WAL, synchronous=FULL: what is acknowledged survives a power cut. One process owns a database: it holds an
 * exclusive lock on
 * "<db>.lock", which holds its pid. Readers without the lock open read-only. */
#ifndef HANCHOT_LEDGER_STORE_H
#define HANCHOT_LEDGER_STORE_H

#include "base/err.h"
#include "base/mem.h"

#include <stdint.h>

struct store;

/* The lock of a database, held for the life of the process or until freed. */
struct store_lock;
/* Takes the lock, or gives NULL: err says who holds it (pid) with ERR_ENV, and *held_by is its pid (-1: held,
 * but nobody knows by whom; 0: other trouble). Makes the folder of the database, mode 0750, if it is not
 * there. */
MUST_CHECK struct store_lock *store_lock_take(const char *path, int *held_by, struct err *err);
void store_lock_free(struct store_lock *lock); /* NULL is fine */

/* A store may be used by one thread at a time. Its errors name the database and are ERR_ENV, but for data
 * that the schema refuses: ERR_INPUT. */

/* Opens for writing, makes (mode 0640) and migrates it by user_version; needs the lock. A database of a newer
 * hanchot or of another program is refused. */
MUST_CHECK struct store *store_open(const char *path, const struct store_lock *lock, struct err *err);
/* Opens for reading; *missing and NULL without error where there is no such file, or nothing in it yet. Makes
 * no ledger and migrates none. */
MUST_CHECK struct store *store_open_read(const char *path, bool *missing, struct err *err);
void store_close(struct store *store); /* NULL is fine */

/* One transaction at a time; rollback is harmless when none is open. What store_commit acknowledges is on the
 * disk; where it fails, the transaction is rolled back. */
MUST_CHECK bool store_begin(struct store *store, struct err *err);
MUST_CHECK bool store_commit(struct store *store, struct err *err);
void store_rollback(struct store *store);
/* All reads until store_rollback see the ledger as it is at the first of them. */
MUST_CHECK bool store_begin_read(struct store *store, struct err *err);

/* What is committed stands in a log at first. To fold the log is to move it to where it belongs, which waits
 * for the disk. The commit that makes the log long does it; of a store for which this was called, only one
 * that makes it very long: somebody else is to fold it, on whatever thread, when it is due. Nobody waits for
 * that. */
void store_fold_aside(struct store *store);
bool store_fold_due(struct store *store); /* true once for each commit that left the log long */
MUST_CHECK bool store_fold(const char *path, struct err *err);

/* Both outside of a transaction. The backup is a consistent copy, also while others write; it is checked, one
 * file without a log beside it, and overwrites nothing. */
MUST_CHECK bool store_backup(struct store *store, const char *to, struct err *err);
/* SQLite's integrity_check, foreign keys, own invariants. The schema's CHECKs are looked at only where the
 * store is open for writing: SQLite does not know them on a read-only connection. */
MUST_CHECK bool store_verify(struct store *store, struct err *err);

#endif
