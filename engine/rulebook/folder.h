/* folder: a folder of rules or calendars: its files in name order, and their bytes; on the disk, or as a copy
 * that was kept of it. */
#ifndef HANCHOT_RULEBOOK_FOLDER_H
#define HANCHOT_RULEBOOK_FOLDER_H

#include "base/faults.h"
#include "base/files.h"

/* From where it is read. What is read from a copy goes by the name that it has on the disk. */
struct origin {
    const char *path;         /* "rules", as people named it */
    const char *folder;       /* "rules" or "calendars": as struct file has it */
    const struct files *copy; /* NULL: the disk */
    struct files *noted;      /* gets the bytes of each file that was used; NULL: nobody asks for them */
};

struct folder {
    struct folder_file {
        char *name; /* "haiphong-2026.lua" */
        char *path; /* "rules/haiphong-2026.lua" */
    } * at;
    size_t n, cap;
};

/* Plain files directly in it; names that start with '.' or '#' or end with '~' and *.meta.lua are left out
 * (editors leave them). Not a folder: a fault and false. */
MUST_CHECK bool folder_list(const struct origin *origin, struct faults *faults, struct folder *folder);
void folder_free(struct folder *folder);
bool folder_is(const char *name, const char *ending);

/* As file_read, of a file in the folder or below. Threads may read at the same time. */
MUST_CHECK bool folder_read(const struct origin *origin, const char *path, size_t most, struct text *out,
                            struct err *err);
/* Notes the bytes of a file that was used, and may take them away. */
void folder_note(const struct origin *origin, const char *path, struct text *bytes);

#endif
