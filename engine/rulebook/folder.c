#include "rulebook/folder.h"

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

/* The name within the folder of a path that begins with it. */
static const char *name_of(const struct origin *origin, const char *path)
{
    size_t n = strlen(origin->path);
    must(!strncmp(path, origin->path, n) && path[n] == '/');
    return path + n + 1;
}

static void add(const struct origin *origin, const char *name, struct folder *folder)
{
    struct text path = {0};
    text_addf(&path, "%s/%s", origin->path, name);
    struct folder_file *file = vec_push(folder);
    file->name = mem_strdup(name);
    file->path = text_take(&path);
}

static void list_copy(const struct origin *origin, struct folder *folder)
{
    for (size_t i = 0; i < origin->copy->list.n; i++) {
        const struct file *file = &origin->copy->list.at[i];
        if (!strcmp(file->folder, origin->folder) && wanted(file->name) && !strchr(file->name, '/'))
            add(origin, file->name, folder);
    }
}

static bool is_file(const struct origin *origin, const char *name)
{
    auto_text path = {0};
    struct stat status;
    text_addf(&path, "%s/%s", origin->path, name);
    return !stat(text_str(&path), &status) && S_ISREG(status.st_mode);
}

static bool list_disk(const struct origin *origin, struct faults *faults, struct folder *folder)
{
    DIR *dir = opendir(origin->path);
    if (!dir) {
        faults_add(faults, origin->path, 0, 0, "không mở được thư mục: %s", "cannot open the folder: %s",
                   strerror(errno));
        return false;
    }
    for (struct dirent *entry = readdir(dir); entry; entry = readdir(dir))
        if (wanted(entry->d_name) && is_file(origin, entry->d_name))
            add(origin, entry->d_name, folder);
    closedir(dir);
    return true;
}

bool folder_list(const struct origin *origin, struct faults *faults, struct folder *folder)
{
    *folder = (struct folder){0};
    if (origin->copy)
        list_copy(origin, folder);
    else if (!list_disk(origin, faults, folder))
        return false;
    if (folder->n)
        qsort(folder->at, folder->n, sizeof *folder->at, by_name);
    return true;
}

bool folder_read(const struct origin *origin, const char *path, size_t most, struct text *out,
                 struct err *err)
{
    if (!origin->copy)
        return file_read(path, most, out, err);
    const struct file *file = files_find(origin->copy, origin->folder, name_of(origin, path));
    out->n = 0;
    if (!file)
        return err_set(err, ERR_INPUT, "%s: không có trong bản giữ lại", "%s: not in the copy that was kept",
                       path);
    text_add_bytes(out, text_str(&file->bytes), file->bytes.n);
    return out->n <= most || err_set(err, ERR_INPUT, "%s: quá lớn", "%s: too big", path);
}

void folder_note(const struct origin *origin, const char *path, struct text *bytes)
{
    if (origin->noted)
        files_add(origin->noted, origin->folder, name_of(origin, path), bytes);
}

void folder_free(struct folder *folder)
{
    for (size_t i = 0; i < folder->n; i++) {
        mem_free(folder->at[i].name);
        mem_free(folder->at[i].path);
    }
    vec_free(folder);
}
