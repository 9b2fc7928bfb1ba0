#include "shell/daemon.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

enum { WATCHED = IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE | IN_CREATE | IN_ATTRIB };

/* A folder and those in it, two levels deep ("rules/units"). Adding a watch again changes nothing. */
static void watch_tree(int fd, const char *path, int depth)
{
    if (inotify_add_watch(fd, path, WATCHED) < 0 || depth == 0)
        return;
    DIR *dir = opendir(path);
    for (struct dirent *entry = dir ? readdir(dir) : NULL; entry; entry = readdir(dir)) {
        auto_text full = {0};
        struct stat status;
        text_addf(&full, "%s/%s", path, entry->d_name);
        if (*entry->d_name != '.' && !stat(text_str(&full), &status) && S_ISDIR(status.st_mode))
            watch_tree(fd, text_str(&full), depth - 1);
    }
    if (dir)
        closedir(dir);
}

/* "/etc/hanchot/rules/" into "/etc/hanchot/" and "rules"; "rules" into "." and "rules". */
static void path_split(const char *path, struct text *holder, struct text *name)
{
    size_t end = strlen(path);
    while (end > 1 && path[end - 1] == '/')
        end--;
    size_t from = end;
    while (from && path[from - 1] != '/')
        from--;
    text_add_bytes(holder, from ? path : ".", from ? from : 1);
    text_add_bytes(name, path + from, end - from);
}

/* A whole new folder, or a link to one, may be put in a folder's place. */
static void watch_place(int fd, const char *path)
{
    auto_text holder = {0}, name = {0};
    path_split(path, &holder, &name);
    (void)!inotify_add_watch(fd, text_str(&holder), IN_CREATE | IN_MOVED_TO | IN_MASK_ADD);
}

static bool is_name_of(const char *name, const char *path)
{
    auto_text holder = {0}, last = {0};
    path_split(path, &holder, &last);
    return !strcmp(name, text_str(&last));
}

/* The folder of site.lua, of which no other file counts. Adding it again tells which watch that is; -1: a
 * folder of rules or calendars, of which all count. */
static int watch_site(int fd, const struct options *options)
{
    auto_text holder = {0}, name = {0};
    path_split(options->site, &holder, &name);
    int site = inotify_add_watch(fd, text_str(&holder), WATCHED | IN_MASK_ADD);
    bool others = site == inotify_add_watch(fd, options->rules, WATCHED | IN_MASK_ADD) ||
                  site == inotify_add_watch(fd, options->calendars, WATCHED | IN_MASK_ADD);
    return others ? -1 : site;
}

static void watch_all(int fd, const struct options *options)
{
    watch_tree(fd, options->rules, 2);
    watch_tree(fd, options->calendars, 1);
    watch_place(fd, options->rules);
    watch_place(fd, options->calendars);
}

void watch_again(int fd, const struct options *options)
{
    watch_all(fd, options);
    (void)watch_site(fd, options);
}

int watch_open(const struct options *options, struct err *err)
{
    int fd = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    if (fd < 0) {
        err_set(err, ERR_ENV, "không theo dõi được thư mục quy tắc: %s", "cannot watch the rules folder: %s",
                strerror(errno));
        return -1;
    }
    watch_again(fd, options);
    return fd;
}

/* ---- disks that are mounted ---- */

int watch_mounts_open(void)
{
    return open("/proc/self/mountinfo", O_RDONLY | O_CLOEXEC);
}

uint64_t watch_places(const struct options *options)
{
    const char *const paths[] = {options->rules, options->calendars};
    uint64_t places = HASH_START;
    for (size_t i = 0; i < 2; i++) {
        struct stat status;
        bool there = !stat(paths[i], &status);
        places = hash_bytes(places, &there, sizeof there);
        if (there) {
            places = hash_bytes(places, &status.st_dev, sizeof status.st_dev);
            places = hash_bytes(places, &status.st_ino, sizeof status.st_ino);
        }
    }
    return places;
}

/* ---- what inotify says ---- */

/* of_site: in the folder of site.lua. */
static bool counts(const struct inotify_event *event, const struct options *options, bool of_site,
                   bool *folders)
{
    bool placed = event->len &&
                  (is_name_of(event->name, options->rules) || is_name_of(event->name, options->calendars));
    *folders = placed || event->mask & IN_Q_OVERFLOW || (!of_site && event->mask & IN_ISDIR);
    if (*folders)
        return true;
    if (of_site)
        return event->len && is_name_of(event->name, options->site);
    const char *dot = event->len ? strrchr(event->name, '.') : NULL;
    return dot && *event->name != '.' && *event->name != '#' &&
           (!strcmp(dot, ".lua") || !strcmp(dot, ".ics")) && !strstr(event->name, ".meta.lua");
}

bool watch_changed(int fd, const struct options *options)
{
    char buffer[8192] __attribute__((aligned(__alignof__(struct inotify_event))));
    bool changed = false, folders = false, folder;
    ssize_t n;
    int site = watch_site(fd, options);
    while ((n = read(fd, buffer, sizeof buffer)) > 0)
        for (char *at = buffer; at < buffer + n;) {
            const struct inotify_event *event = (const struct inotify_event *)at;
            changed = counts(event, options, event->wd == site, &folder) || changed;
            folders = folders || folder;
            at += sizeof *event + event->len;
        }
    if (folders) /* a new folder may hold rule files already */
        watch_all(fd, options);
    return changed;
}
