#include "intake/intake.h"

#include "intake/intake_work.h"
#include "time/clock.h"

#include <errno.h>
#include <fcntl.h>
#include <nettle/base16.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- reading ---- */

bool intake_file_busy(int fd)
{
    fcntl(fd, F_SETSIG, SIGURG); /* what another program's opening sends us meanwhile must not end us */
    if (fcntl(fd, F_SETLEASE, F_RDLCK) == 0) {
        fcntl(fd, F_SETLEASE, F_UNLCK);
        return false;
    }
    return errno == EAGAIN; /* anything else: not our file, or a file system without leases */
}

bool reader_open(struct reader *reader, const struct intake_request *request, struct err *err)
{
    reader->fd = request->fd;
    reader->bytes = request->bytes;
    reader->size = (int64_t)request->n_bytes;
    reader->seen = 0;
    sha256_init(&reader->sum);
    if (reader->fd < 0)
        return true;
    if (fstat(reader->fd, &reader->before) || !S_ISREG(reader->before.st_mode) ||
        lseek(reader->fd, 0, SEEK_SET) < 0)
        return err_set(err, ERR_ENV, "%s: không phải tệp thường, không đọc được",
                       "%s: not a regular file, cannot be read", request->name);
    reader->size = reader->before.st_size;
    return true;
}

bool reader_next(struct reader *reader, const char **bytes, size_t *n, struct err *err)
{
    if (reader->fd < 0) {
        int64_t left = reader->size - reader->seen;
        *bytes = reader->bytes + reader->seen;
        *n = left < READER_PIECE ? (size_t)left : READER_PIECE;
    } else {
        ssize_t got;
        do
            got = read(reader->fd, reader->piece, sizeof reader->piece);
        while (got < 0 && errno == EINTR);
        if (got < 0)
            return err_set(err, ERR_ENV, "không đọc được tệp: %s", "cannot read the file: %s",
                           strerror(errno));
        *bytes = reader->piece;
        *n = (size_t)got;
    }
    sha256_update(&reader->sum, *n, (const uint8_t *)*bytes);
    reader->seen += (int64_t)*n;
    return true;
}

static bool same_time(struct timespec a, struct timespec b)
{
    return a.tv_sec == b.tv_sec && a.tv_nsec == b.tv_nsec;
}

bool reader_close(struct reader *reader, char checksum[65])
{
    uint8_t digest[SHA256_DIGEST_SIZE];
    struct stat now;
    sha256_digest(&reader->sum, sizeof digest, digest);
    base16_encode_update(checksum, sizeof digest, digest);
    checksum[64] = '\0';
    if (reader->fd < 0)
        return true;
    return !fstat(reader->fd, &now) && now.st_size == reader->seen &&
           same_time(now.st_mtim, reader->before.st_mtim);
}

/* ---- what kind of file ---- */

static bool begins(const char *bytes, size_t n, const char *start, size_t length)
{
    return n >= length && !memcmp(bytes, start, length);
}

static bool not_readable_kind(const char *bytes, size_t n, struct problem *problem)
{
    if (begins(bytes, n, "\xd0\xcf\x11\xe0", 4)) {
        err_set(&problem->hint, ERR_INPUT, "lưu lại dưới dạng .xlsx hoặc CSV UTF-8",
                "save it as .xlsx or as CSV UTF-8");
        return err_set(&problem->reason, ERR_INPUT, "đây là tệp Excel kiểu cũ (.xls)",
                       "this is a file of old Excel (.xls)");
    }
    if (begins(bytes, n, "\xff\xfe", 2) || begins(bytes, n, "\xfe\xff", 2)) {
        err_set(&problem->hint, ERR_INPUT, "lưu lại dưới dạng CSV UTF-8", "save it as CSV UTF-8");
        return err_set(&problem->reason, ERR_INPUT, "tệp có bảng mã UTF-16, không phải UTF-8",
                       "the file is in UTF-16, not in UTF-8");
    }
    return true;
}

/* By what the file begins with; its name may say anything. */
static bool kind_find(struct taking *taking, struct problem *problem, bool (**read_all)(struct taking *))
{
    const struct intake_request *request = taking->request;
    char start[512];
    const char *bytes = request->bytes;
    size_t n = request->n_bytes < sizeof start ? request->n_bytes : sizeof start;
    if (request->fd >= 0) {
        ssize_t got = pread(request->fd, start, sizeof start, 0);
        bytes = start;
        n = got > 0 ? (size_t)got : 0;
    }
    if (!not_readable_kind(bytes, n, problem))
        return false;
    size_t at = begins(bytes, n, "\xef\xbb\xbf", 3) ? 3 : 0;
    while (at < n && strchr(" \t\r\n", bytes[at]))
        at++;
    if (n == 0 || (at == n && taking->reader->size <= (int64_t)sizeof start))
        return err_set(&problem->reason, ERR_INPUT, "tệp rỗng", "the file is empty");
    bool json = at < n && (bytes[at] == '[' || bytes[at] == '{');
    bool xlsx = begins(bytes, n, "PK\x03\x04", 4);
    taking->format = xlsx ? "xlsx" : json ? "json" : "csv";
    if (xlsx || json)
        *read_all = xlsx ? intake_xlsx : intake_json;
    return true;
}

/* ---- the whole ---- */

void intake_progress(struct taking *taking, int64_t done, int64_t all, int from, int to)
{
    const struct intake_request *request = taking->request;
    if (request->progress && all > 0)
        request->progress(request->progress_data,
                          from + (int)((to - from) * (done < all ? done : all) / all));
}

static void changed_meanwhile(struct taking *taking)
{
    struct problem problem;
    problem_init(&problem, taking->request->lang);
    err_set(&problem.reason, ERR_INPUT, "tệp còn đang được ghi", "the file is still being written");
    err_set(&problem.hint, ERR_INPUT, "chờ ghi xong rồi gửi lại",
            "wait until it is finished, then send it again");
    intake_stop(taking, 0, &problem);
    taking->report->busy = true;
}

static bool read_rows(struct taking *taking)
{
    struct problem problem;
    bool (*read_all)(struct taking *) = intake_csv;
    problem_init(&problem, taking->request->lang);
    if (taking->request->fd >= 0 && intake_file_busy(taking->request->fd)) {
        changed_meanwhile(taking);
        return true;
    }
    if (!reader_open(taking->reader, taking->request, taking->err))
        return false;
    if (!kind_find(taking, &problem, &read_all)) {
        intake_stop(taking, 0, &problem);
        return true;
    }
    if (!read_all(taking))
        return false;
    if (!reader_close(taking->reader, taking->report->checksum) && !taking->stop)
        changed_meanwhile(taking);
    if (taking->stop) /* it may not have been read to its end */
        taking->report->checksum[0] = '\0';
    if (!taking->stop && taking->report->rows == 0) {
        err_set(&problem.reason, ERR_INPUT, "tệp không có dòng số liệu nào",
                "the file has no row of figures");
        intake_stop(taking, 0, &problem);
    }
    return true;
}

static int by_line(const void *a, const void *b)
{
    const struct intake_fault *left = a, *right = b;
    return (left->line > right->line) - (left->line < right->line);
}

static int by_correction_line(const void *a, const void *b)
{
    const struct intake_correction *left = a, *right = b;
    return (left->line > right->line) - (left->line < right->line);
}

/* A refused file left nothing behind, so nothing of it is counted but its rows. */
static void report_end(struct intake_report *report)
{
    if (report->faults.n > 0)
        qsort(report->faults.at, report->faults.n, sizeof *report->faults.at, by_line);
    if (report->corrections.n > 0)
        qsort(report->corrections.at, report->corrections.n, sizeof *report->corrections.at,
              by_correction_line);
    if (report->refused && (!report->partial || report->whole)) {
        report->fresh = report->corrected = report->unchanged = 0;
        report->corrections.n = 0;
        report->intake = 0;
    }
}

static bool write_rows(struct taking *taking)
{
    struct intake_report *report = taking->report;
    const struct intake_request *request = taking->request;
    bool writes = taking->store && !request->dry_run;
    if (taking->stop)
        return true;
    if (writes && !store_begin(taking->store, taking->err))
        return false;
    if (!intake_groups(taking))
        return false;
    bool keep = report->intake && (request->partial || !report->refused);
    if (keep)
        return store_commit(taking->store, taking->err);
    if (writes)
        store_rollback(taking->store);
    report->intake = 0;
    return true;
}

bool intake_run(struct store *store, const struct rulebook *rulebook, const struct intake_request *request,
                struct intake_report *report, struct err *err)
{
    *report = (struct intake_report){.arena = arena_new(),
                                     .lang = request->lang,
                                     .name = request->name,
                                     .dry_run = request->dry_run,
                                     .partial = request->partial,
                                     .sample = request->sample};
    must(store || request->dry_run);
    struct taking taking = {.store = store,
                            .rulebook = rulebook,
                            .request = request,
                            .report = report,
                            .err = err,
                            .reader = mem_alloc(sizeof(struct reader)),
                            .stage = stage_new()};
    check_init(&taking);
    bool good = read_rows(&taking) && write_rows(&taking);
    if (!good && store)
        store_rollback(store);
    report_end(report);
    if (good && taking.format && !strcmp(taking.format, "json"))
        intake_json_lines(&taking);
    check_fini(&taking);
    stage_free(taking.stage);
    mem_free(taking.reader);
    return good;
}

void intake_report_fini(struct intake_report *report)
{
    arena_free(report->arena);
    vec_free(&report->faults);
    vec_free(&report->corrections);
    vec_free(&report->keys);
    *report = (struct intake_report){0};
}
