/* intake: figures come in. Bytes of a file or a message become checked rows, and the rows go into the ledger
 * in one transaction, with a report of what went in and what was refused, and why.
 *
 *   reader      bytes in pieces, their checksum, what kind of file they are
 *   csv json xlsx   rows of named cells
 *   value       digits into a scaled integer; what could be read two ways is refused
 *   check       names of units, metrics and periods; each row against the rules
 *   stage       rows wait on disk, sorted by unit and period, so that memory does not grow with the file
 *   group       all rows of one unit and period against each other and against the ledger
 *   report      what happened, for people and as JSON
 *
 * The whole file is refused when a row is bad, unless a part is asked for. */
#ifndef HANCHOT_INTAKE_INTAKE_H
#define HANCHOT_INTAKE_INTAKE_H

#include "base/text.h"
#include "ledger/figures.h"
#include "rulebook/rulebook.h"

#include <jansson.h>

struct intake_request {
    const char *name; /* of the file or message, as provenance has it */
    int fd;           /* a regular file, read from its start; or -1: the bytes */
    const char *bytes;
    size_t n_bytes;
    const char *org;          /* that units without one belong to, or NULL */
    const char *by;           /* who, or NULL */
    const char *const *units; /* ids: rows of others are refused; n_units 0: all may come */
    size_t n_units;
    bool dry_run, partial, restore, sample;
    int64_t recorded_at, real_now;
    enum lang lang;
    void (*progress)(void *data, int percent); /* or NULL */
    void *progress_data;
};

/* One row that is refused, or the whole file (line 0 or where reading ended). */
struct intake_fault {
    int64_t line;       /* row of a sheet, element of JSON */
    int64_t file_line;  /* of JSON: the line of the file where that begins, or where reading ended; else 0 */
    const char *column; /* "value", or NULL: the row as a whole */
    const char *reason; /* one line */
    const char *suggestion; /* or NULL */
};

/* A key that had another value before. */
struct intake_correction {
    int64_t line;
    const char *unit, *metric, *period;
    int64_t before, after; /* scaled by 10^4 */
};

enum { INTAKE_LISTED_MOST = 10000 }; /* faults and corrections beyond are only counted */
enum { INTAKE_KEYS_MOST = 1000 };

struct intake_report {
    struct arena *arena;
    enum lang lang;
    const char *name;
    char checksum[65];
    bool dry_run, partial, sample;
    bool whole;     /* the file as a whole cannot be read; no row went in */
    bool busy;      /* because it is still being written */
    int64_t intake; /* under which the new values stand; 0: nothing was written */
    int64_t rows, fresh, corrected, unchanged, refused;
    VEC(struct intake_fault) faults; /* by line */
    VEC(struct intake_correction) corrections;
    VEC(struct figure_key) keys; /* of what is new or corrected, up to INTAKE_KEYS_MOST */
};

/* Reads, checks and writes. False: the ledger or the system failed, and nothing was written. Bad figures are
 * no failure: the report has them. store NULL: an empty ledger, for a dry run. */
MUST_CHECK bool intake_run(struct store *store, const struct rulebook *rulebook,
                           const struct intake_request *request, struct intake_report *report,
                           struct err *err);
void intake_report_fini(struct intake_report *report);

/* Whether somebody may still be writing to the file: it is open for writing somewhere. */
bool intake_file_busy(int fd);

/* {"name","checksum","rows","new","corrected","unchanged","refused":[{"line","file_line","column","reason","suggestion"}],
 *  "n_refused","corrections":[{"line","unit","metric","period","old","new"}],"status",…}; the caller owns it.
 */
json_t *intake_report_json(const struct intake_report *report);
/* 0 all went in, 1 nothing did, 4 a part did as asked. */
int intake_status(const json_t *report);
/* What happened, for people: the counts and the corrections. */
void intake_summary(const json_t *report, enum lang lang, struct text *out);
/* Each refused row as "file:line: column: reason; suggestion". */
void intake_refusals(const json_t *report, enum lang lang, struct text *out);

#endif
