#include "shell/ingest.h"

#include "base/log.h"
#include "shell/daemon.h"
#include "time/clock.h"

#include <string.h>

/* ---- in the daemon ---- */

static void publish(struct daemon *daemon, const struct intake_request *request,
                    const struct intake_report *report)
{
    struct err err = {.lang = daemon->app->site->lang};
    const struct intake intake = {.id = report->intake,
                                  .name = request->name,
                                  .checksum = report->checksum,
                                  .by = request->by,
                                  .sample = request->sample,
                                  .recorded_at = request->recorded_at};
    bool named = report->keys.n == (size_t)(report->fresh + report->corrected);
    standings_figures(daemon, &intake, named ? report->keys.at : NULL, report->keys.n);
    if (!daemon_publish_figures(
            daemon, request->recorded_at,
            &err)) /* written, though: it will be seen when the ledger can be read again */
        log_error("%s", err.text);
}

json_t *daemon_ingest(struct daemon *daemon, const struct intake_request *request, struct err *err)
{
    struct intake_report report;
    json_t *json = NULL;
    if (!daemon->rulebook) {
        err_set(err, ERR_INPUT, "quy tắc có lỗi, chưa nhận được số liệu",
                "the rules have faults, no figures can be taken yet");
        return NULL;
    }
    if (intake_run(daemon->store, daemon->rulebook, request, &report, err)) {
        json = intake_report_json(&report);
        log_info("%s: %lld rows, %lld new, %lld corrected, %lld refused", request->name,
                 (long long)report.rows, (long long)report.fresh, (long long)report.corrected,
                 (long long)report.refused);
        if (report.intake)
            publish(daemon, request, &report);
    }
    intake_report_fini(&report);
    return json;
}

static bool flag(const json_t *request, const char *name)
{
    return json_is_true(json_object_get(request, name));
}

json_t *ingest_line(struct daemon *daemon, const json_t *line, int file, enum lang lang)
{
    struct err err = {.lang = lang};
    const json_t *at = json_object_get(line, "at");
    const char *name = json_string_value(json_object_get(line, "name"));
    struct intake_request request = {
        .name = name && *name ? name : "?",
        .fd = file,
        .org = json_string_value(json_object_get(line, "org")),
        .by = json_string_value(json_object_get(line, "by")),
        .dry_run = flag(line, "dry_run"),
        .partial = flag(line, "partial"),
        .restore = flag(line, "restore"),
        .sample = flag(line, "sample"),
        .recorded_at = json_is_integer(at) ? json_integer_value(at) : daemon_now(daemon),
        .real_now = clock_now(),
        .lang = lang,
    };
    json_t *report = NULL;
    if (file < 0)
        err_set(&err, ERR_INPUT, "thiếu tệp số liệu", "the file of figures is missing");
    else
        report = daemon_ingest(daemon, &request, &err);
    return report ? json_pack("{s:o}", "report", report)
                  : json_pack("{s:i, s:s}", "error", (int)err.kind, "detail", err.text);
}
