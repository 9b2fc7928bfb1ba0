#include "shell/asked.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

static const char *real_path(struct arena *arena, const char *path)
{
    char real[PATH_MAX];
    return realpath(path, real) ? arena_strdup(arena, real) : NULL;
}

bool asked_init(struct app *app, struct asked *asked)
{
    *asked = (struct asked){.arena = arena_new()};
    size_t n = (size_t)app->argc;
    asked->files = arena_alloc(asked->arena, (n + 1) * sizeof *asked->files);
    asked->drafts = arena_alloc(asked->arena, (n + 1) * sizeof *asked->drafts);
    const char *folder = real_path(asked->arena, app->options.rules);
    size_t length = folder ? strlen(folder) : 0;
    for (; asked->n < n; asked->n++) {
        const char *name = app->argv[asked->n], *real = real_path(asked->arena, name);
        if (!real) /* or by its name in the rules folder */
            real = real_path(asked->arena, arena_printf(asked->arena, "%s/%s", app->options.rules, name));
        if (!real)
            return err_set(&app->err, ERR_ENV, "%s: không mở được tệp: %s", "%s: cannot open the file: %s",
                           name, strerror(errno));
        asked->files[asked->n] = real;
        if (!folder || strncmp(real, folder, length) != 0 || real[length] != '/')
            asked->drafts[asked->n_drafts++] = name;
    }
    return true;
}

void asked_fini(struct asked *asked)
{
    arena_free(asked->arena);
}

bool asked_has(const struct asked *asked, const char *file)
{
    const char *real = asked->n ? real_path(asked->arena, file) : NULL;
    for (size_t i = 0; real && i < asked->n; i++)
        if (!strcmp(real, asked->files[i]))
            return true;
    return !asked->n;
}

struct rulebook *asked_load(const struct app *app, const struct asked *asked, struct faults *faults)
{
    const struct rulebook_paths paths = {app->options.rules, app->options.calendars};
    return rulebook_load_drafts(&paths, asked->drafts, asked->n_drafts, faults);
}
