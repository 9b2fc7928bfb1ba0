/* What each path gives. Runs on the engine's thread; the finished bytes are kept for the snapshot. */
#include "shell/certificate.h"
#include "shell/daemon.h"
#include "shell/ingest.h"

#include "gen/assets.h"
#include "publish/listing.h"
#include "publish/scoreboard.h"
#include "shell/telling.h"
#include "shell/trouble.h"
#include "time/clock.h"

#include <string.h>

enum lang request_lang(const struct daemon *daemon, const struct request *request)
{
    const char *lang = request_option(request, "lang");
    return lang ? (strcmp(lang, "en") ? LANG_VI : LANG_EN) : daemon->app->site->lang;
}

struct page_settings page_settings_of(const struct daemon *daemon, enum lang lang)
{
    return (struct page_settings){.url = daemon->app->site->url,
                                  .lang = lang,
                                  .site_lang = daemon->app->site->lang,
                                  .faults = daemon->has_faults ? &daemon->faults : NULL,
                                  .copied_at = daemon->copied_at,
                                  .held = daemon->held ? daemon->held_why : NULL,
                                  .tls_ends = certificate_ends_soon(daemon),
                                  .frozen = daemon->app->frozen,
                                  .sample = daemon->figures && daemon->figures->sample,
                                  .figures = daemon->figures};
}

/* ---- errors ---- */

struct answer *json_error(int status, const char *error, const char *detail)
{
    struct text body = {0};
    json_t *json = json_pack("{s:s, s:s}", "error", error, "detail", detail);
    char *text = json_dumps(json, JSON_COMPACT);
    text_add(&body, text);
    text_add(&body, "\n");
    free(text); /* jansson's */
    json_decref(json);
    return answer_new(status, ANSWER_JSON, &body, 0);
}

struct answer *page_of_error(const struct daemon *daemon, int status, enum lang lang, const char *detail)
{
    struct text body = {0};
    struct page_settings settings = page_settings_of(daemon, lang);
    page_error(&settings, status, detail, &body);
    return answer_new(status, ANSWER_HTML, &body, 0);
}

static struct answer *not_found(const struct daemon *daemon, const struct request *request)
{
    enum lang lang = request_lang(daemon, request);
    if (!strncmp(request->path, "/api/", 5))
        return json_error(404, "not_found", say(lang, "không có đường dẫn này", "no such path"));
    return page_of_error(daemon, 404, lang, request->path);
}

/* "rules/x.lua:12: …" of the first fault, for who opens a page before the first good rules. */
static void first_fault(const struct daemon *daemon, struct text *out)
{
    for (size_t i = 0; daemon->has_faults && i < daemon->faults.list.n; i++) {
        const struct fault *fault = &daemon->faults.list.at[i];
        if (fault->warning || !fault->file)
            continue;
        text_addf(out, "; %s:", fault->file);
        if (fault->line)
            text_addf(out, "%d:", fault->line);
        text_addf(out, " %s", fault->text);
        return;
    }
}

/* Never a calendar that is not complete: clients would delete what they have. */
struct answer *no_rules(const struct daemon *daemon, const struct request *request)
{
    enum lang lang = request_lang(daemon, request);
    auto_text why = {0};
    text_add(&why,
             say(lang, "quy tắc có lỗi, chưa phát được", "the rules have faults, nothing can be served yet"));
    first_fault(daemon, &why);
    struct answer *answer = strncmp(request->path, "/api/", 5) != 0
                                ? page_of_error(daemon, 503, lang, text_str(&why))
                                : json_error(503, "unavailable", text_str(&why));
    answer_header(answer, "Retry-After", "60");
    return answer;
}

/* ---- feeds ---- */

/* When these bytes were first seen, never going back; for bytes never served before, what the events say.
 * Kept under the feed's own name, whatever else the request said: nobody can fill the ledger by asking. */
static int64_t feed_modified(struct daemon *daemon, const char *name, struct feed_variant variant,
                             const char *etag, int64_t latest)
{
    auto_text key = {0};
    text_addf(&key, "%s%s%s", name, variant.todo ? "?todo" : "", variant.alarms ? "?alarms" : "");
    const char *feed = text_str(&key);
    struct feed_stamp stamp;
    bool found = false;
    struct err err = {.lang = LANG_EN};
    if (!feed_stamp_read(daemon->store, feed, &stamp, &found, &err))
        return latest;
    if (found && !strcmp(stamp.etag, etag))
        return stamp.modified;
    if (found) {
        int64_t now = daemon_now(daemon);
        latest = latest > stamp.modified ? latest : now > stamp.modified ? now : stamp.modified + 1;
    }
    stamp.modified = latest;
    snprintf(stamp.etag, sizeof stamp.etag, "%s", etag);
    bool written = feed_stamp_write(daemon->store, feed, &stamp, &err);
    (void)written; /* a failing disk is told by every other write; the feed is right all the same */
    return latest;
}

struct answer *route_feed(struct daemon *daemon, const char *name_text, struct feed_variant variant,
                          struct err *err)
{
    struct feed_name name;
    if (!feed_name_parse(daemon->rulebook, name_text, &name, err))
        return NULL;
    struct feed_settings settings = daemon_feed_settings(daemon);
    struct text bytes = {0};
    int64_t modified;
    feed_render(daemon->outlook, daemon->figures, daemon->stamps, &settings, &name, variant, &bytes,
                &modified);
    char etag[65];
    sha256_hex(text_str(&bytes), bytes.n, etag);
    modified = feed_modified(daemon, name_text, variant, etag, modified);
    struct answer *answer = answer_new(200, ANSWER_CALENDAR, &bytes, modified);
    auto_text file = {0};
    for (const char *c = name_text; *c; c++)
        text_add_bytes(&file, *c == '/' ? "-" : c, 1);
    text_add(&file, ".ics");
    answer_file_name(answer, text_str(&file));
    return answer;
}

static struct answer *feed_answer(struct daemon *daemon, const struct request *request, const char *name_text)
{
    struct err err = {.lang = request_lang(daemon, request)};
    const char *as = request_option(request, "as"), *alarms = request_option(request, "alarms");
    struct feed_variant variant = {as && !strcmp(as, "todo"), alarms && !strcmp(alarms, "1")};
    struct answer *answer = route_feed(daemon, name_text, variant, &err);
    return answer ? answer : page_of_error(daemon, 404, err.lang, err.text);
}

/* "/calendars/unit/haiphong/PC06.ics" -> "unit/haiphong/PC06" */
static bool feed_of_path(const char *path, struct text *name)
{
    size_t n = strlen(path), head = strlen("/calendars/");
    if (strncmp(path, "/calendars/", head) || n < head + 5 || strcmp(path + n - 4, ".ics"))
        return false;
    text_add_bytes(name, path + head, n - head - 4);
    return true;
}

/* ---- pages ---- */

static struct answer *html(struct text *body)
{
    return answer_new(200, ANSWER_HTML, body, 0);
}

const struct plan *route_plan(const struct daemon *daemon, const char *rest, const char **name)
{
    const char *slash = strchr(rest, '/');
    auto_free char *id = mem_strdup(rest);
    if (!slash)
        return NULL;
    id[slash - rest] = '\0';
    *name = slash + 1;
    return rulebook_plan(daemon->rulebook, id);
}

const struct item *route_item(const struct daemon *daemon, const char *rest)
{
    const char *ref;
    const struct plan *plan = route_plan(daemon, rest, &ref);
    return plan ? plan_item(plan, ref) : NULL;
}

static struct answer *item_answer(struct daemon *daemon, const struct page_settings *settings,
                                  const char *rest)
{
    struct text body = {0};
    const struct item *item = route_item(daemon, rest);
    if (!item)
        return NULL;
    page_item(daemon->outlook, settings, item, &body);
    return html(&body);
}

/* The page of a row for a key of some offices: never kept, for others see more or less. */
static struct answer *item_of_some(struct daemon *daemon, const struct request *request,
                                   const struct token *key)
{
    const struct page_scope scope = {.units = key->scope, .n_units = key->n_scope};
    struct page_settings settings = page_settings_of(daemon, request_lang(daemon, request));
    settings.scope = &scope;
    struct answer *answer = daemon->outlook ? item_answer(daemon, &settings, request->path + 7) : NULL;
    if (answer)
        answer_header(answer, "Cache-Control", "no-store");
    return answer ? answer : not_found(daemon, request);
}

/* "/units?unit=haiphong/PC06", from the form of the overview. */
static struct answer *unit_chosen(const struct request *request)
{
    static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._/";
    const char *unit = request_option(request, "unit"), *lang = request_option(request, "lang");
    struct text nothing = {0};
    auto_text where = {0};
    if (!unit || !*unit || unit[strspn(unit, plain)])
        return NULL;
    text_addf(&where, "units/%s%s", unit, !lang ? "" : !strcmp(lang, "en") ? "?lang=en" : "?lang=vi");
    struct answer *answer = answer_new(303, ANSWER_TEXT, &nothing, 0);
    answer_header(answer, "Location", text_str(&where));
    return answer;
}

static struct answer *page_answer(struct daemon *daemon, const struct request *request)
{
    const char *path = request->path;
    struct page_settings settings = page_settings_of(daemon, request_lang(daemon, request));
    struct text body = {0};
    if (!strcmp(path, "/")) {
        struct err err = {.lang = settings.lang};
        const struct alerts *alerts = telling_alerts(daemon, &err);
        if (!alerts)
            return page_of_error(daemon, 500, settings.lang, err.text);
        settings.alerts = alerts;
        settings.standings = daemon_standings(daemon);
        struct trouble trouble;
        trouble_init(&trouble, daemon);
        settings.trouble = &trouble.page;
        page_dashboard(daemon->outlook, &settings, &body);
        trouble_fini(&trouble);
        return html(&body);
    }
    if (!strcmp(path, "/units"))
        return unit_chosen(request);
    if (!strcmp(path, "/due")) {
        page_due(daemon->outlook, &settings, &body);
        return html(&body);
    }
    if (!strncmp(path, "/units/", 7)) {
        const struct unit *unit = rulebook_unit(daemon->rulebook, path + 7);
        if (!unit)
            return NULL;
        page_unit(daemon->outlook, &settings, unit, &body);
        return html(&body);
    }
    if (!strncmp(path, "/plans/", 7)) {
        const struct plan *plan = rulebook_plan(daemon->rulebook, path + 7);
        if (!plan)
            return NULL;
        page_plan(daemon->outlook, &settings, plan, &body);
        return html(&body);
    }
    if (!strncmp(path, "/items/", 7))
        return item_answer(daemon, &settings, path + 7);
    if (!strncmp(path, "/subscribe/", 11)) {
        struct feed_name name;
        if (!feed_name_parse(daemon->rulebook, path + 11, &name, NULL))
            return NULL;
        auto_text title = {0};
        page_subscribe(daemon->outlook, &settings, path + 11, feed_title(&name, settings.lang, &title),
                       &body);
        return html(&body);
    }
    return NULL;
}

/* ---- API ---- */

/* Verdicts as of a day, with what was known on a day. */
static bool list_kpi(struct daemon *daemon, const struct request *request,
                     const struct listing_options *listing, struct text *body, struct err *err)
{
    struct figures_view view;
    bool good = query_figures(daemon, request, &view, err) &&
                scoreboard_list(daemon->outlook, view.figures, view.as_of, request_option(request, "period"),
                                listing, body, err);
    figures_free(view.own);
    return good;
}

/* "/api/v1/items", "due" or "kpi" */
static struct answer *list_answer(struct daemon *daemon, const struct request *request, const char *what)
{
    struct err err = {.lang = request_lang(daemon, request)};
    struct listing_options listing = {.plan = request_option(request, "plan"),
                                      .unit = request_option(request, "unit"),
                                      .undated = query_asks(request, "undated"),
                                      .format = LISTING_JSON,
                                      .lang = err.lang,
                                      .sample = daemon->figures->sample};
    struct text body = {0};
    bool good =
        query_day(request, "from", &listing.from, &err) && query_day(request, "to", &listing.to, &err);
    if (good && !strcmp(what, "items"))
        good = listing_items(daemon->rulebook, &listing, &body, &err);
    else if (good && !strcmp(what, "due"))
        good = listing_due(daemon->outlook, &listing, &body, &err);
    else
        good = good && list_kpi(daemon, request, &listing, &body, &err);
    if (good)
        return answer_new(200, ANSWER_JSON, &body, 0);
    text_fini(&body);
    return json_error(422, "invalid", err.text);
}

static bool is_type(const char *content_type, const char *type)
{
    size_t n = strlen(type);
    return content_type && !strncmp(content_type, type, n) &&
           (!content_type[n] || strchr("; ", content_type[n]));
}

/* A page of some other site must not be able to write through the browser of somebody on this machine. */
static const char *write_refused(const struct request *request, const struct token *key, bool csv_too,
                                 enum lang lang)
{
    if (!key && !trust_is_local(request))
        return say(lang, "không có khóa: chỉ ghi được từ chính máy này (loopback)",
                   "without a key writing needs loopback");
    const char *origin = request->origin;
    if (!key && origin && (strncmp(origin, "http://", 7) || strcmp(origin + 7, request->host)))
        return say(lang, "Origin lạ", "foreign Origin");
    if (is_type(request->content_type, "application/json"))
        return NULL;
    if (csv_too)
        return is_type(request->content_type, "text/csv")
                   ? NULL
                   : say(lang, "Content-Type phải là text/csv hoặc application/json",
                         "Content-Type must be text/csv or application/json");
    return say(lang, "Content-Type phải là application/json", "Content-Type must be application/json");
}

/* What was asked for: with the occurrence as it stands now. */
static json_t *result_object(struct daemon *daemon, json_t *result)
{
    const char *uid = json_string_value(json_object_get(result, "uid"));
    const struct occurrence *occurrence = uid && daemon->outlook ? outlook_find(daemon->outlook, uid) : NULL;
    if (occurrence) {
        json_t *whole = listing_occurrence_json(daemon->outlook, occurrence, ROLE_LEAD);
        json_object_update_missing(result, whole);
        json_decref(whole);
    }
    const char *key = json_string_value(json_object_get(result, "key"));
    json_t *alert = key && daemon->outlook ? telling_alert_json(daemon, key) : NULL;
    if (alert) {
        json_object_update_missing(result, alert);
        json_decref(alert);
    }
    return result;
}

/* One thing asked gives one object, a list of them an array. */
static struct answer *change_answer(struct daemon *daemon, const json_t *result, bool one)
{
    const json_t *detail = json_object_get(result, "detail");
    bool conflict = json_is_true(json_object_get(result, "conflict")),
         input = json_integer_value(json_object_get(result, "error")) == ERR_INPUT;
    if (detail)
        return json_error(conflict ? 409
                          : input  ? 422
                                   : 500,
                          conflict ? "conflict" : "refused", json_string_value(detail));
    json_t *results = json_object_get(result, "results");
    for (size_t i = 0; i < json_array_size(results); i++)
        result_object(daemon, json_array_get(results, i));
    struct text body = {0};
    char *text = json_dumps(one ? json_array_get(results, 0) : results, JSON_COMPACT);
    text_add(&body, text);
    text_add(&body, "\n");
    free(text); /* jansson's */
    return answer_new(200, ANSWER_JSON, &body, 0);
}

static bool is_progress(const json_t *request)
{
    enum progress_action action;
    const char *name = json_string_value(json_object_get(request, "action"));
    return name && progress_action_parse(name, &action);
}

static bool alert_request(const char *path, json_t *json)
{
    char *key;
    const char *action;
    if (!telling_reply_path(path, &key, &action))
        return false;
    json_object_set_new(json, "action", json_string(action));
    json_object_set_new(json, "key", json_string(key));
    mem_free(key);
    return true;
}

static struct answer *not_this_unit(enum lang lang)
{
    return json_error(
        403, "forbidden",
        say(lang, "khóa này không ghi được cho đơn vị đó", "this key may not write for that unit"));
}

static struct answer *write_answer(struct daemon *daemon, const struct request *request,
                                   const struct token *key, bool event)
{
    enum lang lang = request_lang(daemon, request);
    const char *why = write_refused(request, key, false, lang);
    if (why)
        return json_error(403, "forbidden", why);
    json_error_t at;
    json_t *json = json_loadb(request->body, request->body_size, JSON_REJECT_DUPLICATES, &at);
    if (!json_is_object(json)) {
        auto_text detail = {0};
        text_add(&detail,
                 say(lang, "nội dung phải là một đối tượng JSON {…}", "the body must be a JSON object {…}"));
        if (!json)
            text_addf(&detail, say(lang, "; dòng %d: %s", "; line %d: %s"), at.line, at.text);
        json_decref(json);
        return json_error(422, "invalid", text_str(&detail));
    }
    if (event)
        json_object_set_new(json, "action", json_string("record"));
    else if (!alert_request(request->path, json) && !is_progress(json)) {
        json_decref(json);
        return json_error(422, "invalid", "action: done, reopen, extend, cancel");
    }
    if (!trust_may_write(daemon, key, json)) {
        json_decref(json);
        return not_this_unit(lang);
    }
    json_object_del(json, "at");
    bool one = event || json_object_get(json, "key") || json_is_string(json_object_get(json, "uid"));
    json_t *result = daemon_change(daemon, json, lang);
    struct answer *answer = change_answer(daemon, result, one);
    json_decref(result);
    json_decref(json);
    return answer;
}

/* ---- figures ---- */

/* The report; of what was refused, with the words that every error has. */
static struct answer *report_answer(json_t *report, enum lang lang)
{
    bool refused = intake_status(report) == ERR_INPUT;
    if (refused) {
        json_object_set_new(report, "error", json_string("refused"));
        json_object_set_new(report, "detail",
                            json_string(say(lang, "số liệu có lỗi, sổ không đổi",
                                            "the figures have faults, the ledger is unchanged")));
    }
    struct text body = {0};
    char *text = json_dumps(report, JSON_COMPACT);
    text_add(&body, text);
    text_add(&body, "\n");
    free(text); /* jansson's */
    return answer_new(refused ? 422 : 200, ANSWER_JSON, &body, 0);
}

static struct answer *figures_answer(struct daemon *daemon, const struct request *request,
                                     const struct token *key)
{
    enum lang lang = request_lang(daemon, request);
    struct err err = {.lang = lang};
    const char *why = write_refused(request, key, true, lang);
    if (why)
        return json_error(403, "forbidden", why);
    struct intake_request intake = {.name = "POST /api/v1/figures",
                                    .fd = -1,
                                    .bytes = request->body,
                                    .n_bytes = request->body_size,
                                    .org = request_option(request, "org"),
                                    .by = request_option(request, "by"),
                                    .units = key ? key->scope : NULL,
                                    .n_units = key ? key->n_scope : 0,
                                    .dry_run = query_asks(request, "dry-run"),
                                    .partial = query_asks(request, "partial"),
                                    .restore = query_asks(request, "restore"),
                                    .recorded_at = daemon_now(daemon),
                                    .real_now = clock_now(),
                                    .lang = lang};
    json_t *report = daemon_ingest(daemon, &intake, &err);
    if (!report)
        return json_error(err.kind == ERR_INPUT ? 503 : 500, "failed", err.text);
    struct answer *answer = report_answer(report, lang);
    json_decref(report);
    return answer;
}

/* ---- the whole ---- */

struct answer *asset(enum answer_type type, const char *(*bytes)(size_t *n))
{
    struct text body = {0};
    size_t n;
    const char *at = bytes(&n);
    text_add_bytes(&body, at, n);
    return answer_new(200, type, &body, 0);
}

static const char *openapi(size_t *n)
{
    *n = asset_openapi_json_size;
    return asset_openapi_json;
}

static struct answer *alerts_answer(struct daemon *daemon, const struct request *request)
{
    enum lang lang = request_lang(daemon, request);
    bool next = query_asks(request, "next"), ledger = query_asks(request, "ledger");
    if (next + ledger + query_asks(request, "all") > 1)
        return json_error(422, "invalid",
                          say(lang, "chỉ một trong all, next, ledger", "only one of all, next, ledger"));
    return next || ledger ? chronicle_answer(daemon, request, ledger) : telling_list(daemon, request, lang);
}

static struct answer *route_read(struct daemon *daemon, const struct request *request, bool *cache)
{
    auto_text feed = {0};
    *cache = true;
    if (!strcmp(request->path, "/style.css"))
        return asset(ANSWER_STYLE, page_style);
    if (!strcmp(request->path, "/icon.svg"))
        return asset(ANSWER_SVG, page_icon);
    if (!strcmp(request->path, "/api/v1/openapi.json"))
        return asset(ANSWER_JSON, openapi);
    if (!strcmp(request->path, "/readyz")) {
        struct text ready = {0};
        *cache = false;
        text_add(&ready, "ready\n");
        struct answer *answer = answer_new(200, ANSWER_TEXT, &ready, 0);
        answer_header(answer, "Cache-Control", "no-store");
        return answer;
    }
    if (!strcmp(request->path, "/metrics")) {
        *cache = false;
        return metrics_answer(daemon);
    }
    if (!daemon->outlook) {
        *cache = false;
        return no_rules(daemon, request);
    }
    if (feed_of_path(request->path, &feed))
        return feed_answer(daemon, request, text_str(&feed));
    if (!strcmp(request->path, "/api/v1/items") || !strcmp(request->path, "/api/v1/due") ||
        !strcmp(request->path, "/api/v1/kpi"))
        return list_answer(daemon, request, request->path + strlen("/api/v1/"));
    if (!strcmp(request->path, "/api/v1/explain") || !strcmp(request->path, "/api/v1/scorecard")) {
        *cache = false; /* answers to alerts change without a new snapshot */
        return reasons_answer(daemon, request);
    }
    if (!strcmp(request->path, "/api/v1/alerts")) {
        *cache = false;
        return alerts_answer(daemon, request);
    }
    struct answer *answer = page_answer(daemon, request);
    *cache = answer != NULL;
    return answer ? answer : not_found(daemon, request);
}

struct answer *wrong_method(const struct daemon *daemon, const struct request *request, const char *allowed)
{
    struct answer *answer = json_error(405, "method_not_allowed",
                                       say(request_lang(daemon, request), "phương thức không dùng được ở đây",
                                           "this method cannot be used here"));
    answer_header(answer, "Allow", allowed);
    return answer;
}

struct answer *route_request(struct daemon *daemon, const struct request *request, bool *cache)
{
    char *alert;
    const char *action;
    bool event = !strcmp(request->path, "/api/v1/events"),
         progress = !strcmp(request->path, "/api/v1/progress"),
         figures = !strcmp(request->path, "/api/v1/figures");
    const struct token *key;
    *cache = false;
    if (!strncmp(request->path, "/s/", 3))
        return links_answer(daemon, request, cache);
    if (forms_path(request->path))
        return forms_answer(daemon, request);
    struct answer *refusal = trust_refusal(daemon, request, &key);
    if (!refusal)
        refusal = trust_rate_refusal(daemon, request, key);
    if (!refusal && request->method == METHOD_GET)
        refusal = trust_read_refusal(daemon, request, key);
    if (!refusal)
        refusal = query_refusal(request, request_lang(daemon, request));
    if (refusal)
        return refusal;
    if (request->method == METHOD_POST && telling_reply_path(request->path, &alert, &action)) {
        mem_free(alert);
        return write_answer(daemon, request, key, false);
    }
    if (key && key->n_scope && request->method == METHOD_GET && !strncmp(request->path, "/items/", 7))
        return item_of_some(daemon, request, key);
    if (figures)
        return request->method == METHOD_POST ? figures_answer(daemon, request, key)
                                              : wrong_method(daemon, request, "POST, OPTIONS");
    if (event || progress)
        return request->method == METHOD_POST ? write_answer(daemon, request, key, event)
                                              : wrong_method(daemon, request, "POST, OPTIONS");
    struct answer *kept =
        request->method == METHOD_GET && daemon->answers ? answers_find(daemon->answers, request->key) : NULL;
    if (kept) /* the server leaves it to us whether it may be sent */
        return kept;
    return request->method == METHOD_GET ? route_read(daemon, request, cache)
                                         : wrong_method(daemon, request, "GET, HEAD, OPTIONS");
}
