#include "rulebook/folder.h"

#include "base/text.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

bool folder_is(const char *name, const char *ending)
{
    size_t n = strlen(name), m = strlen(ending);
    return n > m && !strcmp(name + n - m, ending);
}

static bool wanted(const char *name)
{
    return *name != '.' && *name != '#' && !folder_is(name, "~") && !folder_is(name, ".meta.lua");
}

static int by_name(const void *a, const void *b)
{
    return strcmp(((const struct folder_file *)a)->name, ((const struct folder_file *)b)->name);
}

bool folder_list(const char *path, struct faults *faults, struct folder *folder)
{
    *folder = (struct folder){0};
    DIR *dir = opendir(path);
    if (!dir) {
        faults_add(faults, path, 0, 0, "không mở được thư mục: %s", "cannot open the folder: %s",
                   strerror(errno));
        return false;
    }
    for (struct dirent *entry = readdir(dir); entry; entry = readdir(dir)) {
        struct text full = {0};
        struct stat status;
        text_addf(&full, "%s/%s", path, entry->d_name);
        if (!wanted(entry->d_name) || stat(text_str(&full), &status) || !S_ISREG(status.st_mode)) {
            text_fini(&full);
            continue;
        }
        struct folder_file *file = vec_push(folder);
        file->name = mem_strdup(entry->d_name);
        file->path = text_take(&full);
    }
    closedir(dir);
    if (folder->n)
        qsort(folder->at, folder->n, sizeof *folder->at, by_name);
    return true;
}

void folder_free(struct folder *folder)
{
    for (size_t i = 0; i < folder->n; i++) {
        mem_free(folder->at[i].name);
        mem_free(folder->at[i].path);
    }
    vec_free(folder);
}
