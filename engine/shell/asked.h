/* asked: the rule files that a command line names: some of the rules folder, or drafts that lie elsewhere. */
#ifndef HANCHOT_SHELL_ASKED_H
#define HANCHOT_SHELL_ASKED_H

#include "rulebook/rulebook.h"
#include "shell/app.h"

struct asked {
    struct arena *arena;
    const char **files; /* where they really lie */
    size_t n;
    const char **drafts; /* those that are not in the rules folder, as they were named */
    size_t n_drafts;
};

/* The command's arguments. False: a file is not there (ERR_ENV). asked_fini in any case. */
MUST_CHECK bool asked_init(struct app *app, struct asked *asked);
void asked_fini(struct asked *asked);
/* Whether this file of a rulebook was named; where none was, all are. */
bool asked_has(const struct asked *asked, const char *file);
/* The rules folder with the drafts. NULL: faults. */
MUST_CHECK struct rulebook *asked_load(const struct app *app, const struct asked *asked,
                                       struct faults *faults);

#endif
