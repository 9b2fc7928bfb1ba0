#include "shell/inbox.h"

#include "base/log.h"
#include "shell/ingest.h"
#include "shell/user.h"
#include "time/clock.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SAME_NAME_MOST = 10000 };

static void inbox_path(const struct daemon *daemon, const char *name, struct text *path)
{
    const char *db = daemon->app->options.db, *slash = strrchr(db, '/');
    text_add_bytes(path, db, slash ? (size_t)(slash + 1 - db) : 0);
    text_addf(path, "inbox%s%s", *name ? "/" : "", name);
}

int inbox_open(const struct daemon *daemon)
{
    static const char *const folders[] = {"", "done", "refused"};
    auto_text inbox = {0};
    bool good = true;
    for (size_t i = 0; good && i < sizeof folders / sizeof *folders; i++) {
        auto_text path = {0};
        inbox_path(daemon, folders[i], &path);
        good = !mkdir(text_str(&path), 0770) || errno == EEXIST;
    }
    inbox_path(daemon, "", &inbox);
    int fd = good ? inotify_init1(IN_NONBLOCK | IN_CLOEXEC) : -1;
    if (fd >= 0 && inotify_add_watch(fd, text_str(&inbox), IN_CLOSE_WRITE | IN_MOVED_TO | IN_ONLYDIR) >= 0)
        return fd;
    log_warning(say(daemon->app->site->lang, "không dùng được thư mục nhận tệp %s: %s",
                    "the drop folder %s cannot be used: %s"),
                text_str(&inbox), strerror(errno));
    if (fd >= 0)
        close(fd);
    return -1;
}

/* ---- one file ---- */

static bool ends_in(const char *name, const char *end)
{
    size_t n = strlen(name), length = strlen(end);
    return n > length && !strcmp(name + n - length, end);
}

static bool on_its_way(const char *name)
{
    return *name == '.' || *name == '~' || ends_in(name, "~") || ends_in(name, ".part") ||
           ends_in(name, ".tmp") || ends_in(name, ".crdownload") || ends_in(name, ".filepart");
}

/* Into a folder of the inbox, never over what is there: "x.csv", then "x.2.csv". */
static bool move_to(const struct daemon *daemon, const char *name, const char *folder, struct text *to)
{
    auto_text from = {0};
    inbox_path(daemon, name, &from);
    const char *dot = strrchr(name, '.');
    int stem = dot && dot != name ? (int)(dot - name) : (int)strlen(name);
    for (int i = 1; i < SAME_NAME_MOST; i++) {
        auto_text place = {0};
        text_addf(&place, i > 1 ? "%s/%.*s.%d%s" : "%s/%.*s", folder, stem, name, i, name + stem);
        if (i == 1)
            text_add(&place, name + stem);
        to->n = 0;
        inbox_path(daemon, text_str(&place), to);
        if (!renameat2(AT_FDCWD, text_str(&from), AT_FDCWD, text_str(to), RENAME_NOREPLACE))
            return true;
        if (errno != EEXIST)
            break;
    }
    log_error(say(daemon->app->site->lang, "không chuyển được %s: %s", "cannot move %s: %s"), text_str(&from),
              strerror(errno));
    return false;
}

static void report_write(const struct daemon *daemon, const json_t *report, const char *beside)
{
    auto_text path = {0}, text = {0};
    text_addf(&path, "%s.report.txt", beside);
    intake_summary(report, daemon->app->site->lang, &text);
    intake_refusals(report, daemon->app->site->lang, &text);
    FILE *file = fopen(text_str(&path), "we");
    bool good = file && fputs(text_str(&text), file) >= 0;
    if ((file && fclose(file)) || !good)
        log_error(say(daemon->app->site->lang, "không ghi được %s: %s", "cannot write %s: %s"),
                  text_str(&path), strerror(errno));
}

static void file_done(struct daemon *daemon, const char *name, const json_t *report)
{
    auto_text to = {0};
    bool refused = intake_status(report) != 0, busy = json_is_true(json_object_get(report, "busy"));
    if (busy || !move_to(daemon, name, refused ? "refused" : "done", &to))
        return; /* its end will be told */
    if (refused) {
        report_write(daemon, report, text_str(&to));
        log_warning(say(daemon->app->site->lang, "không nhận tệp số liệu %s, xem %s.report.txt",
                        "the figures %s were refused, see %s.report.txt"),
                    name, text_str(&to));
    }
}

static void file_take(struct daemon *daemon, const char *name, int fd, uid_t owner)
{
    char user[USER_SIZE];
    struct err err = {.lang = daemon->app->site->lang};
    struct intake_request request = {.name = name,
                                     .fd = fd,
                                     .by = user_name(owner, user),
                                     .recorded_at = daemon_now(daemon),
                                     .real_now = clock_now(),
                                     .lang = err.lang};
    json_t *report = daemon_ingest(daemon, &request, &err);
    if (report)
        file_done(daemon, name, report);
    else /* it stays where it is, for the next look */
        log_error("%s: %s", name, err.text);
    json_decref(report);
}

/* A link could lead anywhere, and a pipe could wait forever. */
static void name_take(struct daemon *daemon, const char *name)
{
    auto_text path = {0};
    struct stat status;
    inbox_path(daemon, name, &path);
    int fd = open(text_str(&path), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (fd < 0)
        return;
    if (!fstat(fd, &status) && S_ISREG(status.st_mode) && !intake_file_busy(fd))
        file_take(daemon, name, fd, status.st_uid);
    close(fd);
}

/* ---- the folder ---- */

struct file_names {
    char **at;
    size_t n, cap;
};

static int by_text(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static void name_add(struct file_names *names, const char *name)
{
    if (!on_its_way(name) && utf8_valid(name, strlen(name), NULL))
        *vec_push(names) = mem_strdup(name);
}

/* Those that were closed or moved there. False: too many to be told. */
static bool names_told(int fd, struct file_names *names)
{
    char buffer[8192] __attribute__((aligned(__alignof__(struct inotify_event))));
    bool whole = true;
    ssize_t n;
    while ((n = read(fd, buffer, sizeof buffer)) > 0)
        for (char *at = buffer; at < buffer + n;) {
            const struct inotify_event *event = (const struct inotify_event *)at;
            whole = whole && !(event->mask & IN_Q_OVERFLOW);
            if (event->len)
                name_add(names, event->name);
            at += sizeof *event + event->len;
        }
    return whole;
}

static void names_there(const struct daemon *daemon, struct file_names *names)
{
    auto_text path = {0};
    inbox_path(daemon, "", &path);
    DIR *dir = opendir(text_str(&path));
    for (struct dirent *entry = dir ? readdir(dir) : NULL; entry; entry = readdir(dir))
        name_add(names, entry->d_name);
    if (dir)
        closedir(dir);
}

void inbox_take(struct daemon *daemon, int fd)
{
    struct file_names names = {0};
    bool told = fd >= 0 && names_told(fd, &names);
    if (!told)
        names_there(daemon, &names);
    if (names.n > 0)
        qsort(names.at, names.n, sizeof *names.at, by_text);
    for (size_t i = 0; i < names.n; i++) {
        if (daemon->rulebook) /* a name told twice is gone the second time */
            name_take(daemon, names.at[i]);
        mem_free(names.at[i]);
    }
    vec_free(&names);
}
