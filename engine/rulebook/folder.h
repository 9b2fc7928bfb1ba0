/* folder: the files of a rules or calendars folder, in name order. */
#ifndef HANCHOT_RULEBOOK_FOLDER_H
#define HANCHOT_RULEBOOK_FOLDER_H

#include "base/faults.h"

struct folder {
    struct folder_file {
        char *name; /* "haiphong-2026.lua" */
        char *path; /* "rules/haiphong-2026.lua" */
    } * at;
    size_t n, cap;
};

/* Plain files directly in it; names that start with '.' or '#' or end with '~' and *.meta.lua are left out
 * (editors leave them). Not a folder: a fault and false. */
MUST_CHECK bool folder_list(const char *path, struct faults *faults, struct folder *folder);
void folder_free(struct folder *folder);
bool folder_is(const char *name, const char *ending);

#endif
