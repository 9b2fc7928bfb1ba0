/* Who may ask for what. Behind a guarded door everything but /healthz and /s/ needs a key; elsewhere a key
 * lifts what keeps strangers from writing. A key comes as "Authorization: Bearer …", or from a browser as the
 * password of "Basic", which is good for reading only: browsers send it along with requests of other sites'
 * pages too. */
#include "shell/session.h"

#include "shell/rates.h"
#include "time/clock.h"

#include <nettle/base64.h>
#include <string.h>
#include <strings.h>

enum { CREDENTIALS_MOST = 512 };

static bool is_scheme(const char *authorization, const char *scheme, const char **rest)
{
    size_t n = strlen(scheme);
    if (strncasecmp(authorization, scheme, n) != 0 || authorization[n] != ' ')
        return false;
    *rest = authorization + n + strspn(authorization + n, " ");
    return true;
}

const struct token *trust_key(const struct daemon *daemon, const char *secret)
{
    const struct token *token = tokens_find_secret(daemon->tokens, secret);
    return token && token->kind == TOKEN_KEY && !token->revoked_at ? token : NULL;
}

/* base64 of "name:key"; any name. */
static const struct token *key_of_basic(const struct daemon *daemon, const char *encoded)
{
    struct base64_decode_ctx context;
    uint8_t bytes[BASE64_DECODE_LENGTH(CREDENTIALS_MOST) + 1];
    size_t n = sizeof bytes - 1, size = strlen(encoded);
    base64_decode_init(&context);
    if (size > CREDENTIALS_MOST || !base64_decode_update(&context, &n, bytes, size, encoded) ||
        !base64_decode_final(&context))
        return NULL;
    bytes[n] = '\0';
    const char *colon = strchr((const char *)bytes, ':');
    const struct token *key = colon ? trust_key(daemon, colon + 1) : NULL;
    explicit_bzero(bytes, sizeof bytes);
    return key;
}

bool trust_is_local(const struct request *request)
{
    static const char *const names[] = {"localhost", "127.0.0.1", "[::1]"};
    if (!request->loopback || request->forwarded)
        return false;
    for (size_t i = 0; request->host && i < 3; i++) {
        size_t n = strlen(names[i]);
        if (!strncmp(request->host, names[i], n) && (!request->host[n] || request->host[n] == ':'))
            return true;
    }
    return false;
}

/* People sign in on a page; calendars and programs are asked for the key in a header. */
static bool is_page(const struct request *request)
{
    static const char *const others[] = {"/calendars/", "/api/",      "/metrics",
                                         "/readyz",     "/style.css", "/icon.svg"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (!strncmp(request->path, others[i], strlen(others[i])))
            return false;
    return request->method == METHOD_GET;
}

static struct answer *refusal(const struct daemon *daemon, const struct request *request, const char *detail)
{
    bool api = !strncmp(request->path, "/api/", 5) || request->method != METHOD_GET;
    if (is_page(request) && !request->authorization)
        return signin_instead(daemon, request, 401, NULL, NULL);
    struct answer *answer = api ? json_error(401, "unauthorized", detail)
                                : page_of_error(daemon, 401, request_lang(daemon, request), detail);
    answer_header(answer, "WWW-Authenticate",
                  api ? "Bearer realm=\"hanchot\"" : "Basic realm=\"hanchot\", charset=\"UTF-8\"");
    return answer;
}

struct answer *trust_refusal(const struct daemon *daemon, const struct request *request,
                             const struct token **key)
{
    enum lang lang = request_lang(daemon, request);
    const char *rest;
    *key = NULL;
    if (!request->authorization) {
        /* Only for reading: what is written by a session comes in a form, with a proof. */
        *key = daemon->guarded && request->method == METHOD_GET ? session_key(daemon, request) : NULL;
        return daemon->guarded && !*key
                   ? refusal(daemon, request,
                             say(lang,
                                 "cần khóa: Authorization: Bearer …; người quản trị tạo khóa bằng "
                                 "hanchot token create --key",
                                 "a key is needed: Authorization: Bearer …; the administrator makes one "
                                 "with hanchot token create --key"))
                   : NULL;
    }
    if (is_scheme(request->authorization, "Bearer", &rest))
        *key = trust_key(daemon, rest);
    else if (is_scheme(request->authorization, "Basic", &rest) && request->method == METHOD_GET)
        *key = key_of_basic(daemon, rest);
    return *key ? NULL
                : refusal(daemon, request,
                          say(lang, "khóa không đúng hoặc đã bị thu hồi (ghi dữ liệu thì dùng Bearer)",
                              "the key is wrong or was revoked (for writing use Bearer)"));
}

/* ---- not too often ---- */

/* Answers of a link that are at hand do not come this way, so calendar programs never meet its limit. */
struct answer *trust_rate_refusal(const struct daemon *daemon, const struct request *request,
                                  const struct token *key)
{
    const struct site *site = daemon->app->site;
    enum lang lang = request_lang(daemon, request);
    int rate = !key ? 0 : key->kind == TOKEN_KEY ? site->key_rate : site->link_rate, wait;
    if (!key || rates_allow(daemon->rates, key->id, rate, clock_monotonic_ms(), &wait))
        return NULL;
    auto_text detail = {0}, after = {0};
    text_addf(&detail,
              say(lang, "hỏi quá %d lần trong một phút; hãy thử lại sau %d giây",
                  "asked more than %d times in a minute; try again in %d seconds"),
              rate, wait);
    text_addf(&after, "%d", wait);
    struct answer *answer = json_error(429, "too_many_requests", text_str(&detail));
    answer_header(answer, "Retry-After", text_str(&after));
    return answer;
}

/* ---- keys for some units only ---- */

static bool key_has(const struct token *key, const char *unit, size_t n)
{
    for (size_t i = 0; i < key->n_scope; i++)
        if (strlen(key->scope[i]) == n && !strncmp(key->scope[i], unit, n))
            return true;
    return false;
}

/* "haiphong-2026:III.3.c:2026-11:haiphong/PC06@hanchot" */
static bool key_has_uid(const struct token *key, const char *uid)
{
    const char *colon = uid ? strrchr(uid, ':') : NULL;
    return colon && key_has(key, colon + 1, strcspn(colon + 1, "@"));
}

bool trust_owns(const struct token *key, const char *uid)
{
    return !key->n_scope || key_has_uid(key, uid);
}

static bool key_has_one_of(const struct token *key, const struct units *units)
{
    for (size_t i = 0; i < units->n; i++)
        if (key_has(key, units->at[i]->id, strlen(units->at[i]->id)))
            return true;
    return false;
}

bool trust_receives(const struct token *key, const struct occurrence *occurrence)
{
    return key_has_one_of(key, occurrence_party(occurrence, PARTY_TO));
}

static bool key_receives_any(const struct token *key, const struct gathering *gathering)
{
    for (size_t i = 0; i < (gathering->duty->n_eras ? gathering->n : 1); i++)
        if (trust_receives(key, &gathering->first[i]))
            return true;
    return false;
}

/* An office says of what others send it that it has come, or that it has not. */
static bool key_receives_uid(const struct daemon *daemon, const struct token *key, const json_t *json,
                             const char *uid)
{
    const char *action = json_string_value(json_object_get(json, "action"));
    const struct occurrence *occurrence = uid && daemon->outlook ? outlook_find(daemon->outlook, uid) : NULL;
    return occurrence && action && (!strcmp(action, "done") || !strcmp(action, "reopen")) &&
           trust_receives(key, occurrence);
}

static bool key_writes_uid(const struct daemon *daemon, const struct token *key, const json_t *json,
                           const json_t *uid)
{
    const char *text = json_string_value(uid);
    return key_has_uid(key, text) || key_receives_uid(daemon, key, json, text);
}

/* "haiphong/PC06", or "PC06" beside a plan. */
static bool key_has_unit(const struct daemon *daemon, const struct token *key, const json_t *json)
{
    const char *unit = json_string_value(json_object_get(json, "unit"));
    const char *id = json_string_value(json_object_get(json, "plan"));
    const struct plan *plan = id && daemon->rulebook ? rulebook_plan(daemon->rulebook, id) : NULL;
    auto_text whole = {0};
    if (!unit || *unit == '@')
        return false;
    if (!strchr(unit, '/') && plan)
        text_addf(&whole, "%s/", plan->org->id);
    text_add(&whole, unit);
    return key_has(key, text_str(&whole), whole.n);
}

bool trust_may_write(const struct daemon *daemon, const struct token *key, const json_t *json)
{
    const json_t *uid = json_object_get(json, "uid"), *alert = json_object_get(json, "key");
    if (!key || !key->n_scope)
        return true;
    if (alert) /* its key ends like a uid */
        return !uid && key_has_uid(key, json_string_value(alert));
    if (json_is_string(uid))
        return key_writes_uid(daemon, key, json, uid);
    if (!json_array_size(uid))
        return key_has_unit(daemon, key, json);
    for (size_t i = 0; i < json_array_size(uid); i++)
        if (!key_writes_uid(daemon, key, json, json_array_get(uid, i)))
            return false;
    return true;
}

/* ---- what they may read ---- */

static bool is_one_of(const char *path, const char *const *list, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!strcmp(path, list[i]))
            return true;
    return false;
}

/* "haiphong/PC06", "haiphong/PC06.ics", "haiphong/PC06/haiphong-2026.ics" */
static bool key_has_path(const struct token *key, const char *rest)
{
    size_t n = strlen(rest), org = strcspn(rest, "/");
    if (n > 4 && !strcmp(rest + n - 4, ".ics"))
        n -= 4;
    if (org >= n)
        return false;
    size_t code = strcspn(rest + org + 1, "/");
    return key_has(key, rest, org + 1 + code < n ? org + 1 + code : n);
}

/* "haiphong/PC06,haiphong/PV01" */
static bool key_has_all(const struct token *key, const char *units)
{
    bool all = *units != '\0';
    while (all && *units) {
        size_t n = strcspn(units, ",");
        all = key_has(key, units, n);
        units += n + (units[n] == ',');
    }
    return all;
}

/* One of those who lead it together, of whom the first answers for it. */
static bool key_shares(const struct token *key, const struct occurrence *turn)
{
    return turn->duty->joint && key_has_one_of(key, occurrence_party(turn, PARTY_LEAD));
}

/* A turn of its own, or one that comes to it, alone or with those of all offices. */
static bool key_has_turn(const struct daemon *daemon, const struct token *key, const char *id)
{
    const struct occurrence *turn = daemon->outlook ? outlook_find(daemon->outlook, id) : NULL;
    const struct gathering *many =
        daemon->outlook && !turn ? outlook_find_gathering(daemon->outlook, id) : NULL;
    return key_has_uid(key, id) || (turn && (trust_receives(key, turn) || key_shares(key, turn))) ||
           (many && key_receives_any(key, many));
}

/* "haiphong-2026/III.3.c": a row that gives one of its offices something to do, to receive or to coordinate.
 */
static bool key_has_row(const struct daemon *daemon, const struct token *key, const char *rest)
{
    const struct item *item = daemon->rulebook ? route_item(daemon, rest) : NULL;
    for (size_t i = 0; item && i < item->n_duties; i++)
        for (size_t j = 0; j < key->n_scope; j++) {
            const struct unit *unit = rulebook_unit(daemon->rulebook, key->scope[j]);
            if (unit && duty_concerns(&item->duties[i], unit))
                return true;
        }
    return false;
}

/* What is nobody's alone, what is an office's by its path, and what is by the option unit. */
static bool key_may_read(const struct daemon *daemon, const struct token *key, const struct request *request)
{
    static const char *const open[] = {
        "/style.css",          "/icon.svg", "/readyz", "/api/v1/openapi.json", "/calendars/holidays.ics",
        "/subscribe/holidays", "/alerts"};
    static const char *const of_unit[] = {"/units/", "/calendars/unit/", "/subscribe/unit/"};
    static const char *const by_option[] = {"/api/v1/items",    "/api/v1/due",           "/api/v1/kpi",
                                            "/api/v1/alerts",   "/api/v1/alerts/stream", "/api/v1/explain",
                                            "/api/v1/scorecard"};
    const char *path = request->path, *units = request_option(request, "unit");
    if (!strncmp(path, "/turns/", 7))
        return key_has_turn(daemon, key, path + 7);
    if (!strncmp(path, "/items/", 7)) /* shows what is theirs of it */
        return key_has_row(daemon, key, path + 7);
    if (!strncmp(path, "/events/", 8)) /* shows what concerns them */
        return true;
    if (is_one_of(path, open, sizeof open / sizeof *open))
        return true;
    for (size_t i = 0; i < sizeof of_unit / sizeof *of_unit; i++)
        if (!strncmp(path, of_unit[i], strlen(of_unit[i])))
            return key_has_path(key, path + strlen(of_unit[i]));
    return is_one_of(path, by_option, sizeof by_option / sizeof *by_option) && units &&
           key_has_all(key, units);
}

/* Its own page in place of everybody's. */
static struct answer *way_home(const struct daemon *daemon, const struct token *key)
{
    struct text nothing = {0};
    auto_text page = {0};
    text_addf(&page, "%s/units/%s", url_path(daemon->app->site->url), key->scope[0]);
    struct answer *answer = answer_new(303, ANSWER_TEXT, &nothing, 0);
    answer_header(answer, "Location", text_str(&page));
    answer_header(answer, "Cache-Control", "no-store");
    return answer;
}

struct answer *trust_read_refusal(const struct daemon *daemon, const struct request *request,
                                  const struct token *key)
{
    enum lang lang = request_lang(daemon, request);
    if (!key || !key->n_scope || key_may_read(daemon, key, request))
        return NULL;
    if (!strcmp(request->path, "/"))
        return way_home(daemon, key);
    auto_text detail = {0};
    text_add(&detail, say(lang, "khóa này chỉ đọc được phần của", "this key reads only what belongs to"));
    for (size_t i = 0; i < key->n_scope; i++)
        text_addf(&detail, "%s %s", i ? "," : "", key->scope[i]);
    if (strncmp(request->path, "/api/", 5) != 0)
        return page_of_error(daemon, 403, lang, text_str(&detail));
    text_addf(&detail, say(lang, "; thêm ?unit=%s", "; add ?unit=%s"), key->scope[0]);
    return json_error(403, "forbidden", text_str(&detail));
}
