/* copy: the files that the rules in use were made of, as they were: what serves when those on the disk have
 * faults at the next start. There is one, that of the last rules in use. */
#ifndef HANCHOT_LEDGER_COPY_H
#define HANCHOT_LEDGER_COPY_H

#include "base/files.h"
#include "ledger/store.h"

/* More than this, in bytes of all files together, is not kept. */
#define COPY_MOST (32 << 20)

struct copy {
    struct files *files; /* NULL: none was kept */
    int64_t kept_at;     /* the instant at which these very files were first kept */
};
/* An error also where it is not what was written. */
MUST_CHECK bool copy_read(struct store *store, struct copy *copy, struct err *err);
void copy_fini(struct copy *copy);
/* Where it cannot be read: the next one is written, whatever it is. */
MUST_CHECK bool copy_forget(struct store *store, struct err *err);
/* Puts these files in the former one's place, in a transaction of its own; the same files again write
 * nothing. Their texts are UTF-8 without zero bytes. Too many: an error of ERR_INPUT, and the former one
 * stays.
 */
MUST_CHECK bool copy_write(struct store *store, const struct files *files, int64_t now, struct err *err);

#endif
