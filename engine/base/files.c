#include "base/files.h"

#include <stdlib.h>
#include <string.h>

struct files *files_new(void)
{
    return mem_alloc(sizeof(struct files));
}

void files_free(struct files *files)
{
    if (!files)
        return;
    for (size_t i = 0; i < files->list.n; i++) {
        mem_free(files->list.at[i].name);
        text_fini(&files->list.at[i].bytes);
    }
    vec_free(&files->list);
    mem_free(files);
}

void files_add(struct files *files, const char *folder, const char *name, struct text *bytes)
{
    *vec_push(&files->list) = (struct file){folder, mem_strdup(name), *bytes};
    *bytes = (struct text){0};
}

const struct file *files_find(const struct files *files, const char *folder, const char *name)
{
    for (size_t i = 0; i < files->list.n; i++)
        if (!strcmp(files->list.at[i].folder, folder) && !strcmp(files->list.at[i].name, name))
            return &files->list.at[i];
    return NULL;
}

size_t files_bytes(const struct files *files)
{
    size_t n = 0;
    for (size_t i = 0; i < files->list.n; i++)
        n += files->list.at[i].bytes.n;
    return n;
}

static int by_folder_and_name(const void *a, const void *b)
{
    const struct file *const *one = a, *const *other = b;
    int folders = strcmp((*one)->folder, (*other)->folder);
    return folders ? folders : strcmp((*one)->name, (*other)->name);
}

/* A line for each: its bytes' own hash, where it stands, and no way to take one line for two. */
void files_hash(const struct files *files, char hex[65])
{
    auto_text lines = {0};
    size_t n = files->list.n;
    auto_free const struct file **sorted = mem_alloc((n + 1) * sizeof *sorted);
    for (size_t i = 0; i < n; i++)
        sorted[i] = &files->list.at[i];
    qsort(sorted, n, sizeof *sorted, by_folder_and_name);
    for (size_t i = 0; i < n; i++) {
        sha256_hex(text_str(&sorted[i]->bytes), sorted[i]->bytes.n, hex);
        text_addf(&lines, "%s %s %zu %s\n", hex, sorted[i]->folder, strlen(sorted[i]->name), sorted[i]->name);
    }
    sha256_hex(text_str(&lines), lines.n, hex);
}
