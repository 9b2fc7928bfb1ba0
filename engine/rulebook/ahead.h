/* ahead: rule files read and scanned on a thread of their own, while the calendars load and the files before
 * run in the box. Half of loading is the scan, and it needs nothing from Lua. */
#ifndef HANCHOT_RULEBOOK_AHEAD_H
#define HANCHOT_RULEBOOK_AHEAD_H

#include "rulebook/folder.h"
#include "rulebook/scan.h"

/* One file as far as it can be known without running it. */
struct scanned {
    const char *path;     /* as it was asked for */
    struct text bytes;    /* read once: exactly these are scanned and run */
    struct scan *scan;    /* NULL: it could not be read */
    struct faults faults; /* of the scan */
    bool runs;            /* Lua may see it */
    struct err err;       /* why it could not be read */
};

/* Reads and scans here and now. */
struct scanned *scanned_new(const struct origin *origin, const char *path, enum lang lang);
void scanned_free(struct scanned *scanned); /* the scan goes on living if it was taken (set to NULL) */

/* Begins with the files of the list, in their order; origin and paths must outlive it. */
struct ahead;
struct ahead *ahead_new(const struct origin *origin, const char *const *paths, size_t n, enum lang lang);
/* The file when it is ready, which then is the caller's; scanned here and now where the thread has not come
 * to it, it is not in the list or was taken, and where ahead is NULL. */
struct scanned *ahead_take(struct ahead *ahead, const struct origin *origin, const char *path,
                           enum lang lang);
void ahead_free(struct ahead *ahead); /* waits for the thread; NULL is fine */

#endif
