/* `hanchot ingest`: figures from a file or stdin. */
#include "shell/ingest.h"

#include "ledger/store.h"
#include "shell/app.h"
#include "shell/user.h"
#include "shell/writing.h"
#include "time/clock.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- the file ---- */

/* The same file, for reading only: one that is open for writing counts as unfinished. */
static int reopen(FILE *file)
{
    char path[64];
    snprintf(path, sizeof path, "/proc/self/fd/%d", fileno(file));
    return open(path, O_RDONLY | O_CLOEXEC);
}

/* What is no file (a pipe) is copied to a temporary one, so that it can be read twice and handed over. */
static int spool(int from, struct err *err)
{
    char piece[1 << 16];
    FILE *file = tmpfile();
    bool good = file != NULL;
    ssize_t n = 0;
    while (good && (n = read(from, piece, sizeof piece)) != 0)
        good = n > 0 ? fwrite(piece, 1, (size_t)n, file) == (size_t)n : errno == EINTR;
    int fd = good && !fflush(file) ? reopen(file) : -1;
    if (fd < 0)
        err_set(err, ERR_ENV, "không chép được dữ liệu vào tệp tạm: %s",
                "cannot copy the input to a temporary file: %s", strerror(errno));
    if (file)
        fclose(file);
    return fd;
}

static int file_open(const char *path, struct err *err)
{
    struct stat status;
    bool is_stdin = !strcmp(path, "-");
    int fd = is_stdin ? dup(STDIN_FILENO) : open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0 || fstat(fd, &status)) {
        err_set(err, ERR_ENV, "không mở được %s: %s", "cannot open %s: %s", path, strerror(errno));
        if (fd >= 0)
            close(fd);
        return -1;
    }
    if (S_ISREG(status.st_mode) && lseek(fd, 0, SEEK_CUR) == 0)
        return fd;
    if (S_ISDIR(status.st_mode)) {
        err_set(err, ERR_ENV, "%s là thư mục, không phải tệp", "%s is a directory, not a file", path);
        close(fd);
        return -1;
    }
    int copy = spool(fd, err);
    close(fd);
    return copy;
}

/* ---- progress ---- */

static void progress_draw(void *data, int percent)
{
    static const char bar[] = "########################################";
    struct progress *progress = data;
    if (percent == progress->shown)
        return;
    progress->shown = percent;
    fprintf(stderr, "\r[%-40.*s] %3d %%", percent * 40 / 100, bar, percent);
    fflush(stderr);
}

static void progress_end(const struct progress *progress)
{
    if (progress->shown >= 0)
        fprintf(stderr, "\r%50s\r", "");
}

/* ---- asking the daemon ---- */

static json_t *request_json(const struct intake_request *request)
{
    json_t *json = json_pack("{s:s, s:s, s:b, s:b, s:b, s:b}", "action", "ingest", "name", request->name,
                             "dry_run", (int)request->dry_run, "partial", (int)request->partial, "restore",
                             (int)request->restore, "sample", (int)request->sample);
    if (request->org)
        json_object_set_new(json, "org", json_string(request->org));
    if (request->by)
        json_object_set_new(json, "by", json_string(request->by));
    return json;
}

/* The file's place is shared with the daemon that reads it, so its reading can be watched from here. */
static void line_waits(void *data)
{
    struct progress *progress = data;
    off_t at = lseek(progress->fd, 0, SEEK_CUR);
    if (progress->size > 0 && at >= 0)
        progress_draw(progress, (int)(at * 99 / progress->size));
}

/* ---- doing it here ---- */

static bool run_with(struct app *app, struct store *store, const struct intake_request *request,
                     json_t **report)
{
    struct rulebook *rulebook = rules_load(app, false);
    if (!rulebook)
        return err_set(&app->err, ERR_INPUT, "quy tắc trong %s có lỗi, không ghi gì",
                       "the rules in %s have faults, nothing was written", app->options.rules);
    struct intake_report result;
    bool good = intake_run(store, rulebook, request, &result, &app->err);
    if (good)
        *report = intake_report_json(&result);
    intake_report_fini(&result);
    rulebook_free(rulebook);
    return good;
}

static bool write_here(struct app *app, struct store *store, void *data, json_t **answer)
{
    json_t *report = NULL;
    bool good = run_with(app, store, data, &report);
    if (good)
        *answer = json_pack("{s:o}", "report", report);
    return good;
}

/* A dry run reads only: it needs no lock, and no ledger. */
static bool run_dry(struct app *app, const struct intake_request *request, json_t **report)
{
    bool missing = false;
    struct store *store = store_open_read(app->options.db, &missing, &app->err);
    bool good = (store || missing) && run_with(app, store, request, report);
    store_close(store);
    return good;
}

static bool run(struct app *app, struct intake_request *request, struct progress *progress, json_t **report)
{
    if (request->dry_run)
        return run_dry(app, request, report);
    struct writing writing = {.request = request_json(request),
                              .file = request->fd,
                              .wait = {request->progress ? line_waits : NULL, progress},
                              .write = write_here,
                              .data = request};
    json_t *answer = NULL;
    bool good = writing_do(app, &writing, &answer);
    *report = json_incref(json_object_get(answer, "report"));
    json_decref(answer);
    json_decref(writing.request);
    return good;
}

/* ---- the command ---- */

/* The ledger keeps the file's own name; people find it again by the path that they typed. */
static int tell(const struct app *app, json_t *report)
{
    auto_text summary = {0}, refusals = {0};
    if (strcmp(app->argv[0], "-") != 0)
        json_object_set_new(report, "name", json_string(app->argv[0]));
    intake_summary(report, app->lang, &summary);
    intake_refusals(report, app->lang, &refusals);
    fputs(text_str(&summary), stdout);
    fflush(stdout);
    fputs(text_str(&refusals), stderr);
    return intake_status(report);
}

static bool arguments_valid(struct app *app)
{
    const char *const texts[] = {app->argv[0], app->options.org, app->options.by};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (texts[i] && !utf8_valid(texts[i], strlen(texts[i]), NULL))
            return err_set(&app->err, ERR_USAGE, "đối số không phải UTF-8", "an argument is not UTF-8");
    return true;
}

int cmd_ingest(struct app *app)
{
    const struct options *options = &app->options;
    struct progress progress = {.shown = -1};
    char user[USER_SIZE];
    json_t *report = NULL;
    int fd = arguments_valid(app) ? file_open(app->argv[0], &app->err) : -1;
    if (fd < 0)
        return app_fail(app, &app->err);
    const char *slash = strrchr(app->argv[0], '/');
    struct stat status;
    progress.fd = fd;
    progress.size = !fstat(fd, &status) ? status.st_size : 0;
    bool draws = isatty(STDERR_FILENO) && progress.size >= PROGRESS_BYTES;
    struct intake_request request = {
        .name = !strcmp(app->argv[0], "-") ? "stdin"
                : slash                    ? slash + 1
                                           : app->argv[0],
        .fd = fd,
        .org = options->org,
        .by = options->by ? options->by : user_name(getuid(), user),
        .dry_run = options->dry_run,
        .partial = options->partial,
        .restore = options->restore,
        .sample = options->sample,
        .recorded_at = app->now,
        .real_now = clock_now(),
        .lang = app->lang,
        .progress = draws ? progress_draw : NULL,
        .progress_data = &progress,
    };
    bool good = run(app, &request, &progress, &report);
    progress_end(&progress);
    int exit_status = good ? tell(app, report) : app_fail(app, &app->err);
    json_decref(report);
    close(fd);
    return exit_status;
}
