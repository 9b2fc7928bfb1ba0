/* faults: what is wrong in files that people write (rules, calendars, figures), each with its place, all at
 * once. */
#ifndef HANCHOT_BASE_FAULTS_H
#define HANCHOT_BASE_FAULTS_H

#include "base/err.h"
#include "base/mem.h"

struct fault {
    const char *file; /* as a person would name it: "rules/haiphong-2026.lua" */
    int line;         /* 0: the file as a whole */
    int column;       /* 0: unknown; counted in characters from 1 */
    bool warning;     /* worth a look, does not stop the rules */
    const char *text; /* one line */
};

struct faults {
    enum lang lang;
    struct arena *arena; /* owns the texts */
    VEC(struct fault) list;
    size_t errors;  /* those that are not warnings */
    uint32_t *seen; /* private: hash table of places in the list, counted from 1 */
    size_t n_seen;
};

void faults_init(struct faults *faults, enum lang lang);
void faults_fini(struct faults *faults);
/* file may be NULL. Texts are cut nowhere; line feeds in them become "; ". The same fault twice is kept once.
 */
void faults_add(struct faults *faults, const char *file, int line, int column, const char *vi, const char *en,
                ...) PRINTF_LIKE(5, 7) PRINTF_LIKE(6, 7);
void faults_warn(struct faults *faults, const char *file, int line, int column, const char *vi,
                 const char *en, ...) PRINTF_LIKE(5, 7) PRINTF_LIKE(6, 7);
/* All errors, then all warnings; each by file, line, column. */
void faults_sort(struct faults *faults);
/* Adds all of another list, which keeps its own. */
void faults_take(struct faults *faults, const struct faults *more);
/* "rules/x.lua:12:5: message", one line each, to a stream; warnings are marked "cảnh báo: " / "warning: ". */
void faults_print(const struct faults *faults, FILE *stream);

#endif
