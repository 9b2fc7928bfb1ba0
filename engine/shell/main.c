/* The program: a table of commands. */
#include "base/version.h"
#include "shell/app.h"

#include <string.h>

const struct command commands[] = {
    {"serve", "", "listen behind-proxy speed", "chạy dịch vụ: tính hạn, phát lịch, nạp lại khi quy tắc đổi",
     "the daemon: evaluate, publish, reload when rules change", cmd_serve, 0, 0},
    {"check", "[FILE…]", "", "kiểm tra quy tắc và lịch: mọi lỗi, cảnh báo, mức bao phủ",
     "validate rules and calendars: faults, warnings, coverage", cmd_check, 0, -1},
    {"items", "", "plan unit from to format", "các dòng của kế hoạch", "the rows of the plans", cmd_items, 0,
     0},
    {"due", "", "plan unit from to format undated", "các kỳ hạn", "dated occurrences", cmd_due, 0, 0},
    {"kpi", "", "plan unit period as-of known-on format", "chỉ tiêu: kết quả và còn cần gì",
     "KPI verdicts and what is needed", cmd_kpi, 0, 0},
    {"scorecard", "[ID]", "unit period as-of known-on format", "bảng điểm: từng phần, tổng, xếp loại",
     "scorecards: parts, total, grade", cmd_scorecard, 0, 1},
    {"explain", "ID", "unit full period as-of known-on format", "vì sao ngày này, tình trạng này",
     "why this day, why it stands so", cmd_explain, 1, 1},
    {"review", "PLAN", "", "kế hoạch viết ra thành văn bản để đọc soát", "the plan as a document for review",
     cmd_review, 1, 1},
    {"feed", "NAME", "todo alarms", "đúng những byte mà HTTP sẽ phát", "the very bytes that HTTP would serve",
     cmd_feed, 1, 1},
    {"diff", "OLDDIR NEWDIR", "plan unit format", "sửa quy tắc thì đổi gì: kỳ hạn, kết quả chỉ tiêu, lịch",
     "what an edit changes: occurrences, verdicts, feeds", cmd_diff, 2, 2},
    {"test", "[FILE…]", "", "chạy các phép thử viết trong tệp quy tắc", "run the rule files' own tests",
     cmd_test, 0, -1},
    {"record", "EVENT", "plan unit on due ref new withdraw note by",
     "ghi một sự kiện đã xảy ra, hoặc rút lại", "record that an event happened, or take it back", cmd_record,
     1, 1},
    {"done", "[UID…]", "plan ref period unit on by note", "đánh dấu đã xong", "mark as done", cmd_done, 0,
     -1},
    {"reopen", "UID…", "by note", "mở lại việc đã xong hoặc đã hủy", "open again what was done or cancelled",
     cmd_reopen, 1, -1},
    {"extend", "UID", "to why by", "gia hạn, giữ hạn cũ", "move the due day, keeping the old one", cmd_extend,
     1, 1},
    {"cancel", "UID", "why by", "hủy một kỳ hạn", "cancel an occurrence", cmd_cancel, 1, 1},
    {"close", "plan PLAN", "on why by", "đóng một kế hoạch", "close a plan", cmd_close, 2, 2},
    {"ingest", "FILE|-", "org by dry-run partial restore sample", "nhận số liệu từ tệp CSV, JSON hoặc XLSX",
     "take figures from a CSV, JSON or XLSX file", cmd_ingest, 1, 1},
    {"alerts", "", "all next ledger resend plan unit format",
     "cảnh báo đang mở, sắp gửi (--next), đã gửi (--ledger); gửi lại thư bị từ chối (--resend SỐ|all)",
     "alerts: open, to be told (--next), told (--ledger); refused mails again (--resend ID|all)", cmd_alerts,
     0, 0},
    {"ack", "KEY", "by", "đã biết một cảnh báo", "acknowledge an alert", cmd_ack, 1, 1},
    {"snooze", "KEY", "until by", "nhắc lại một cảnh báo sau", "be reminded of an alert later", cmd_snooze, 1,
     1},
    {"accept", "", "", "cho dịch vụ dùng bộ quy tắc đang bị giữ lại",
     "let the daemon take the rules that it holds back", cmd_accept, 0, 0},
    {"token", "ACTION", "name feed alarms key unit format",
     "create, list, revoke: liên kết lịch riêng, khóa cho chương trình",
     "create, list, revoke: secret feed links, keys for programs", cmd_token, 1, -1},
    {"backup", "FILE", "", "sao lưu cơ sở dữ liệu đang dùng", "consistent copy of a live database",
     cmd_backup, 1, 1},
    {"verify", "", "", "kiểm tra toàn vẹn cơ sở dữ liệu", "integrity check of the database", cmd_verify, 0,
     0},
};
const size_t n_commands = sizeof commands / sizeof *commands;

static bool site_of(struct app *app)
{
    struct faults faults;
    faults_init(&faults, app->lang);
    app->site = site_load(app->options.site, &faults);
    faults_sort(&faults);
    faults_print(&faults, stderr);
    faults_fini(&faults);
    return app->site != NULL;
}

static int command_run(struct app *app, const struct command *command)
{
    if (app->options.help) {
        app_usage(app, command, stdout);
        return 0;
    }
    int status = site_of(app) ? command->run(app) : ERR_INPUT;
    failings_free(app->failing);
    site_free(app->site);
    return status;
}

int main(int argc, char **argv)
{
    struct app app = {0};
    const struct command *command;
    if (argc == 2 && !strcmp(argv[1], "--version")) {
        puts("hanchot " HANCHOT_VERSION);
        return 0;
    }
    int status =
        app_parse(&app, argc, argv, &command) ? command_run(&app, command) : app_fail(&app, &app.err);
    vec_free(&app.given);
    if (fflush(stdout) || ferror(stdout))
        status = status ? status : ERR_ENV;
    return status;
}
