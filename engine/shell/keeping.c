#include "shell/keeping.h"

#include "base/log.h"
#include "ledger/copy.h"
#include "time/clock.h"

enum { AGAIN_MS = 60000 };

/* ---- into the ledger ---- */

void keeping_begin(struct daemon *daemon, int wait_ms)
{
    files_free(daemon->unkept);
    daemon->unkept = rulebook_files_take(daemon->rulebook);
    daemon->keep_at_ms = daemon->unkept ? clock_monotonic_ms() + wait_ms : 0;
}

void keeping_step(struct daemon *daemon)
{
    struct err err = {.lang = daemon->app->site->lang};
    if (!daemon->unkept)
        return;
    bool kept = copy_write(daemon->store, daemon->unkept, daemon_now(daemon), &err);
    if (!kept && !daemon->keep_failed)
        log_warning(say(err.lang, "bản sao quy tắc cho lần khởi động sau: %s",
                        "the copy of the rules for the next start: %s"),
                    err.text);
    daemon->keep_failed = !kept;
    if (!kept && err.kind != ERR_INPUT) {
        daemon->keep_at_ms = clock_monotonic_ms() + AGAIN_MS;
        return;
    }
    files_free(daemon->unkept);
    daemon->unkept = NULL;
    daemon->keep_at_ms = 0;
}

/* ---- out of it ---- */

static void log_first_fault(const struct faults *faults)
{
    for (size_t i = 0; i < faults->list.n; i++)
        if (!faults->list.at[i].warning) {
            log_error(say(faults->lang, "bản sao quy tắc trong sổ cũng không dùng được: %s:%d: %s",
                          "nor can the copy of the rules in the ledger be used: %s:%d: %s"),
                      faults->list.at[i].file, faults->list.at[i].line, faults->list.at[i].text);
            return;
        }
}

static bool take(struct daemon *daemon, const struct copy *copy)
{
    struct loaded *loaded = reload_copy(daemon, copy->files);
    daemon->rulebook = loaded->rulebook;
    daemon->copied_at = loaded->rulebook ? copy->kept_at : 0;
    if (!loaded->rulebook)
        log_first_fault(&loaded->faults);
    faults_fini(&loaded->faults);
    mem_free(loaded);
    return daemon->rulebook != NULL;
}

bool keeping_restore(struct daemon *daemon)
{
    struct err err = {.lang = daemon->app->site->lang};
    struct copy copy;
    char at[INSTANT_SIZE];
    if (!copy_read(daemon->store, &copy, &err)) {
        log_error("%s", err.text);
        if (!copy_forget(daemon->store, &err))
            log_error("%s", err.text);
        return false;
    }
    bool taken = copy.files && take(daemon, &copy);
    if (taken)
        log_warning(
            say(err.lang,
                "quy tắc trên đĩa có lỗi: dùng bản sao giữ trong sổ từ %s; sửa tệp là được dùng ngay, "
                "không cần khởi động lại",
                "the rules on the disk have faults: the copy kept in the ledger since %s is in use; "
                "mended files are taken up at once, without a restart"),
            instant_iso(copy.kept_at, at));
    copy_fini(&copy);
    return taken;
}
