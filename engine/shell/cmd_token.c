/* `hanchot token create|list|revoke`: secret links and keys. */
#include "shell/app.h"

#include "publish/feed.h"
#include "publish/listing.h"
#include "shell/token.h"
#include "shell/writing.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { LOOPBACK_PORT = 8466, MONDAY_TO_FRIDAY = 0x1f };

/* ---- writing ---- */

static bool write_here(struct app *app, struct store *store, void *data, json_t **answer)
{
    return token_apply(store, data, app->now, answer, &app->err);
}

static bool run(struct app *app, json_t *request, json_t **result)
{
    struct writing writing = {.request = request, .file = -1, .write = write_here, .data = request};
    return writing_do(app, &writing, result);
}

/* ---- create ---- */

/* Names after --feed or --unit, and those that stand behind without an option. */
static json_t *names_given(const struct app *app, const char *option)
{
    json_t *names = json_array();
    for (size_t i = 0; i < app->given.n; i++)
        if (!strcmp(app->given.at[i].name, option))
            json_array_append_new(names, json_string(app->given.at[i].value));
    for (int i = 1; i < app->argc; i++)
        json_array_append_new(names, json_string(app->argv[i]));
    return names;
}

static bool arguments_valid(struct app *app)
{
    const struct options *options = &app->options;
    const char *format = options->format;
    bool valid = true;
    for (size_t i = 0; i < app->given.n; i++)
        valid = valid && utf8_valid(app->given.at[i].value, strlen(app->given.at[i].value), NULL);
    for (int i = 0; i < app->argc; i++)
        valid = valid && utf8_valid(app->argv[i], strlen(app->argv[i]), NULL);
    if (!valid)
        return err_set(&app->err, ERR_USAGE, "đối số không phải UTF-8", "an argument is not UTF-8");
    if (format && strcmp(format, "table") && strcmp(format, "json"))
        return err_set(&app->err, ERR_USAGE, "--format là table hoặc json, không phải '%s'",
                       "--format is table or json, not '%s'", format);
    if (!options->name || !*options->name || strpbrk(options->name, "\n\t\r"))
        return err_set(&app->err, ERR_USAGE, "cần --name: liên kết hay khóa này của ai, trên máy nào",
                       "--name is needed: whose link or key, on which device");
    if (options->key == (options->feed != NULL) || (options->key && options->alarms) ||
        (!options->key && options->unit))
        return err_set(
            &app->err, ERR_USAGE,
            "viết: hanchot token create --name TÊN (--feed LỊCH… [--alarms] | --key [--unit ĐƠN-VỊ…])",
            "say: hanchot token create --name T (--feed NAME… [--alarms] | --key [--unit U…])");
    return true;
}

static bool unit_check(struct app *app, const struct rulebook *rulebook, const char *name)
{
    return rulebook_unit(rulebook, name) ||
           err_set(&app->err, ERR_INPUT, "không có đơn vị '%s'; viết đủ như haiphong/PC06",
                   "no such unit '%s'; write it in full, like haiphong/PC06", name);
}

/* Every name is known to the rules; feeds are written as they write themselves. */
static bool scope_check(struct app *app, json_t *scope)
{
    bool good = true;
    if (!json_array_size(scope))
        return true;
    struct rulebook *rulebook = rules_load(app, false);
    if (!rulebook)
        return err_set(&app->err, ERR_INPUT, "quy tắc trong %s có lỗi, không tạo gì",
                       "the rules in %s have faults, nothing was made", app->options.rules);
    for (size_t i = 0; good && i < json_array_size(scope); i++) {
        const char *name = json_string_value(json_array_get(scope, i));
        struct feed_name feed;
        auto_text text = {0};
        good = app->options.key ? unit_check(app, rulebook, name)
                                : feed_name_parse(rulebook, name, &feed, &app->err);
        if (good && !app->options.key)
            json_array_set_new(scope, i, json_string(feed_name_text(&feed, &text)));
    }
    rulebook_free(rulebook);
    return good;
}

static void names_once(json_t *names)
{
    for (size_t i = 0; i < json_array_size(names); i++)
        for (size_t j = json_array_size(names) - 1; j > i; j--)
            if (json_equal(json_array_get(names, i), json_array_get(names, j)))
                json_array_remove(names, j);
}

static void link_address(const struct app *app, const char *secret, struct text *out)
{
    if (app->site->url)
        text_add(out, app->site->url);
    else
        text_addf(out, "http://127.0.0.1:%d", LOOPBACK_PORT);
    text_addf(out, "/s/%s/", secret);
}

static void tell_json(const struct app *app, const json_t *result, const json_t *scope, const char *secret)
{
    auto_text url = {0};
    json_t *json = json_pack("{s:O, s:s, s:s, s:s, s:O}", "id", json_object_get(result, "id"), "kind",
                             app->options.key ? "key" : "feed", "name", app->options.name, "secret", secret,
                             app->options.key ? "units" : "feeds", scope);
    if (!app->options.key) {
        link_address(app, secret, &url);
        json_object_set_new(json, "url", json_string(text_str(&url)));
    }
    json_dumpf(json, stdout, JSON_COMPACT);
    putchar('\n');
    json_decref(json);
}

static void tell_link(const struct app *app, const json_t *scope, const char *secret)
{
    auto_text url = {0};
    link_address(app, secret, &url);
    printf("%s\n", text_str(&url));
    for (size_t i = 0; i < json_array_size(scope); i++) {
        auto_text file = {0};
        feed_file_name(json_string_value(json_array_get(scope, i)), &file);
        printf("%s%s\n", text_str(&url), text_str(&file));
    }
    if (!app->site->url)
        puts(say(app->lang, "(site.lua chưa có url: thay phần đầu bằng địa chỉ thật của máy chủ)",
                 "(site.lua has no url: put the server's real address in front)"));
    puts(say(
        app->lang,
        "Dòng đầu là trang hướng dẫn; Thunderbird thêm được mọi lịch từ đó. Mỗi người, mỗi máy một liên kết.",
        "The first line is the page with instructions; Thunderbird adds all feeds from it. One link for each "
        "person and device."));
}

static void tell(const struct app *app, const json_t *result, const json_t *scope, const char *secret)
{
    if (app->options.format && !strcmp(app->options.format, "json")) {
        tell_json(app, result, scope, secret);
        return;
    }
    printf(app->options.key ? say(app->lang, "Khóa số %lld của %s:\n", "Key %lld of %s:\n")
                            : say(app->lang, "Liên kết số %lld của %s:\n", "Link %lld of %s:\n"),
           json_integer_value(json_object_get(result, "id")), app->options.name);
    if (app->options.key)
        puts(secret);
    else
        tell_link(app, scope, secret);
    puts(say(app->lang, "Chỉ hiện lần này: sổ không giữ bí mật này.",
             "Shown this once: the ledger does not keep the secret."));
}

static int token_create(struct app *app)
{
    char secret[TOKEN_SECRET_SIZE], hash[65];
    json_t *result = NULL;
    if (!arguments_valid(app))
        return app_fail(app, &app->err);
    json_t *scope = names_given(app, app->options.key ? "unit" : "feed");
    bool good = scope_check(app, scope) && token_secret_new(secret, &app->err);
    if (good) {
        names_once(scope);
        token_secret_hash(secret, hash);
        json_t *request = json_pack("{s:s, s:s, s:s, s:s, s:s, s:O, s:b}", "action", "token", "do", "create",
                                    "kind", app->options.key ? "key" : "feed", "name", app->options.name,
                                    "hash", hash, "scope", scope, "alarms", (int)app->options.alarms);
        good = run(app, request, &result);
        json_decref(request);
    }
    if (good)
        tell(app, result, scope, secret);
    explicit_bzero(secret, sizeof secret);
    json_decref(result);
    json_decref(scope);
    return good ? 0 : app_fail(app, &app->err);
}

/* ---- list and revoke ---- */

/* What the daemon has seen and not yet written; no matter where there is none. */
static void daemon_writes_down(const struct app *app)
{
    struct app other = *app; /* its error is nobody's business */
    struct writing writing = {.request = json_pack("{s:s, s:s}", "action", "token", "do", "list"),
                              .file = -1};
    json_t *answer = NULL;
    bool nobody;
    if (writing_ask(&other, &writing, &nobody, &answer))
        json_decref(answer);
    json_decref(writing.request);
}

static int width(void)
{
    struct winsize size;
    return !ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) ? size.ws_col : 0;
}

/* Links can be looked after while rules have faults; then the weekends alone are days off. */
static void list(const struct app *app, const struct tokens *tokens, const struct listing_options *options,
                 struct text *out)
{
    struct faults faults;
    struct rulebook_paths paths = {app->options.rules, app->options.calendars};
    faults_init(&faults, app->lang);
    struct rulebook *rulebook = rulebook_load(&paths, &faults);
    struct workdays *weeks = workdays_new(MONDAY_TO_FRIDAY);
    listing_tokens(tokens, rulebook ? rulebook->workdays : weeks, app->now, options, out);
    workdays_free(weeks);
    rulebook_free(rulebook);
    faults_fini(&faults);
}

static int token_list(struct app *app)
{
    const char *format = app->options.format ? app->options.format : "table";
    struct listing_options options = {.format = !strcmp(format, "json")  ? LISTING_JSON
                                                : !strcmp(format, "csv") ? LISTING_CSV
                                                                         : LISTING_TABLE,
                                      .lang = app->lang,
                                      .width = width()};
    if (options.format == LISTING_TABLE && strcmp(format, "table")) {
        err_set(&app->err, ERR_USAGE, "--format là table, json hoặc csv, không phải '%s'",
                "--format is table, json or csv, not '%s'", format);
        return app_fail(app, &app->err);
    }
    auto_text out = {0};
    bool missing = false;
    daemon_writes_down(app);
    struct store *store = store_open_read(app->options.db, &missing, &app->err);
    struct tokens *tokens = store || missing ? tokens_read(store, &app->err) : NULL;
    if (tokens)
        list(app, tokens, &options, &out);
    fwrite(text_str(&out), 1, out.n, stdout);
    bool good = tokens != NULL;
    tokens_free(tokens);
    store_close(store);
    return good ? 0 : app_fail(app, &app->err);
}

static int token_end(struct app *app)
{
    char *end = NULL;
    long long id = app->argc == 2 ? strtoll(app->argv[1], &end, 10) : 0;
    json_t *result = NULL;
    if (id <= 0 || *end) {
        err_set(&app->err, ERR_USAGE, "viết: hanchot token revoke SỐ; xem số bằng: hanchot token list",
                "say: hanchot token revoke ID; see the ids with: hanchot token list");
        return app_fail(app, &app->err);
    }
    json_t *request = json_pack("{s:s, s:s, s:I}", "action", "token", "do", "revoke", "id", (json_int_t)id);
    bool good = run(app, request, &result);
    if (good && json_is_true(json_object_get(result, "changed")))
        printf(say(app->lang, "đã thu hồi số %lld\n", "revoked %lld\n"), id);
    else if (good)
        printf(say(app->lang, "số %lld đã thu hồi từ trước\n", "%lld was revoked before\n"), id);
    json_decref(result);
    json_decref(request);
    return good ? 0 : app_fail(app, &app->err);
}

int cmd_token(struct app *app)
{
    const char *what = app->argv[0];
    if (!strcmp(what, "create"))
        return token_create(app);
    if (!strcmp(what, "list") && app->argc == 1)
        return token_list(app);
    if (!strcmp(what, "revoke"))
        return token_end(app);
    err_set(&app->err, ERR_USAGE, "token nhận create, list hoặc revoke SỐ",
            "token takes create, list or revoke ID");
    return app_fail(app, &app->err);
}
