/* files: the bytes of many files, by folder and name: what rules were made of, to be kept and read again. */
#ifndef HANCHOT_BASE_FILES_H
#define HANCHOT_BASE_FILES_H

#include "base/text.h"

struct file {
    const char *folder; /* "rules", "calendars": lives forever */
    char *name;         /* within it: "units/haiphong.lua" */
    struct text bytes;
};

struct files {
    VEC(struct file) list; /* in the order in which they came */
};

struct files *files_new(void);
void files_free(struct files *files); /* NULL is fine */
/* Moves the bytes out of *bytes. */
void files_add(struct files *files, const char *folder, const char *name, struct text *bytes);
const struct file *files_find(const struct files *files, const char *folder, const char *name); /* or NULL */
size_t files_bytes(const struct files *files); /* of all together */
/* A SHA-256 of all folders, names and bytes, whatever their order: 64 hex digits and a zero byte. */
void files_hash(const struct files *files, char hex[65]);

#endif
