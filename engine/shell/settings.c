#include "shell/settings.h"

#include "base/log.h"
#include "shell/posting.h"

#include <string.h>

void settings_check(const struct daemon *daemon)
{
    struct faults faults;
    faults_init(&faults, daemon->app->site->lang);
    posting_check(daemon->app->site, daemon->rulebook, &faults);
    for (size_t i = 0; i < faults.list.n; i++)
        log_warning("%s:%d: %s", faults.list.at[i].file, faults.list.at[i].line, faults.list.at[i].text);
    faults_fini(&faults);
}

static bool is_same(const char *a, const char *b)
{
    return a && b ? !strcmp(a, b) : a == b;
}

static void needs_restart(const struct daemon *daemon, const char *what)
{
    log_warning(say(daemon->app->site->lang, "%s: %s đổi khi dịch vụ khởi động lại; bây giờ vẫn như cũ",
                    "%s: %s changes when the daemon starts again; until then it stays as it was"),
                daemon->app->options.site, what);
}

/* The server listens with the certificate's files and under the path that were named when it started. */
static void keep_what_listens(const struct daemon *daemon, struct site *site)
{
    const struct site *old = daemon->app->site;
    if (!is_same(site->tls_certificate, old->tls_certificate) || !is_same(site->tls_key, old->tls_key)) {
        needs_restart(daemon, "tls");
        site->tls_certificate = arena_strdup(site->arena, old->tls_certificate);
        site->tls_key = arena_strdup(site->arena, old->tls_key);
    }
    if (site->behind_proxy != old->behind_proxy) {
        needs_restart(daemon, "proxy");
        site->behind_proxy = old->behind_proxy;
    }
    if (strcmp(url_path(site->url), url_path(old->url)) != 0) {
        needs_restart(daemon, say(daemon->app->site->lang, "đường dẫn trong url", "the path in url"));
        site->url = arena_strdup(site->arena, old->url);
    }
}

bool settings_take(struct daemon *daemon, struct site *site)
{
    struct site *old = daemon->app->site;
    const char *path = daemon->app->options.site;
    if (!site) {
        log_warning(say(old->lang, "%s có lỗi: vẫn dùng các thiết lập tốt gần nhất",
                        "%s has faults: the last good settings stay in use"),
                    path);
        return false;
    }
    if (!site->found && old->found) {
        log_warning(say(old->lang, "%s không còn: các thiết lập giữ nguyên tới khi dịch vụ khởi động lại",
                        "%s is gone: its settings stay in use until the daemon starts again"),
                    path);
        site_free(site);
        return false;
    }
    keep_what_listens(daemon, site);
    if (site_same(site, old)) {
        site_free(site);
        return false;
    }
    posting_forget(daemon); /* it borrows */
    daemon->app->site = site;
    site_free(old);
    log_notice(say(site->lang, "%s: đã dùng các thiết lập mới", "%s: the new settings are in use"), path);
    return true;
}
