/* Secret links: making and revoking them, what stands under /s/<token>/, and how their clients ask. On a
 * feed's path nothing but a whole calendar comes with status 200: clients would delete what they have. */
#include "shell/daemon.h"

#include "base/log.h"
#include "publish/propfind.h"
#include "shell/token.h"
#include "time/clock.h"

#include <string.h>
#include <strings.h>

enum { SECRET_MOST = 128 };
#define TOMBSTONE_SECONDS (INT64_C(86400) * FEED_TOMBSTONE_DAYS)

/* ---- making and revoking ---- */

static bool tokens_again(struct daemon *daemon, struct err *err)
{
    struct tokens *tokens = tokens_read(daemon->store, err);
    if (!tokens)
        return false;
    tokens_free(daemon->tokens);
    daemon->tokens = tokens;
    return true;
}

/* What is kept for a revoked link must not be sent once more. */
json_t *links_change(struct daemon *daemon, const json_t *request, enum lang lang)
{
    struct err err = {.lang = lang};
    json_t *result = NULL;
    const json_t *at = json_object_get(request, "at");
    int64_t now = json_is_integer(at) ? json_integer_value(at) : daemon_now(daemon);
    links_visits_write(daemon);
    if (!token_apply(daemon->store, request, now, &result, &err) || !tokens_again(daemon, &err)) {
        json_decref(result);
        return json_pack("{s:i, s:s}", "error", (int)err.kind, "detail", err.text);
    }
    if (json_is_true(json_object_get(result, "changed")))
        daemon_renew(daemon);
    return result;
}

/* ---- how clients ask ---- */

void links_visits_write(struct daemon *daemon)
{
    struct http_visit list[VISITS_MOST];
    struct token_visit visits[VISITS_MOST];
    struct err err = {.lang = daemon->app->site->lang};
    int64_t now = daemon_now(daemon), now_ms = clock_monotonic_ms();
    double speed = daemon->app->frozen ? daemon->speed : 1;
    size_t n = http_visits_take(daemon->http, list);
    daemon->visits_at_ms = 0;
    for (size_t i = 0; i < n; i++)
        visits[i] =
            (struct token_visit){.id = list[i].mark,
                                 .at = now - (int64_t)((double)(now_ms - list[i].at_ms) * speed / 1000),
                                 .fetches = list[i].fetches,
                                 .unchanged = list[i].unchanged,
                                 .client = *list[i].client ? list[i].client : NULL};
    if (!tokens_visited(daemon->store, visits, n, &err))
        log_error("%s", err.text);
}

/* ---- the feeds of a link ---- */

/* Two feeds of one link keep their whole names where the short ones are the same. */
static const char *file_of(const struct token *token, size_t i, struct text *out)
{
    feed_file_name(token->scope[i], out);
    for (size_t j = 0; j < token->n_scope; j++) {
        auto_text other = {0};
        if (j == i || strcmp(feed_file_name(token->scope[j], &other), text_str(out)) != 0)
            continue;
        out->n = 0;
        for (const char *c = token->scope[i]; *c; c++)
            text_add_bytes(out, *c == '/' ? "-" : c, 1);
        text_add(out, ".ics");
        break;
    }
    return text_str(out);
}

/* "unit-haiphong-PC06.ics" is "unit/haiphong/PC06" */
static bool is_whole_name(const char *file, const char *feed)
{
    size_t n = strlen(feed);
    for (size_t i = 0; i < n; i++)
        if (file[i] != (feed[i] == '/' ? '-' : feed[i]))
            return false;
    return !strcmp(file + n, ".ics");
}

static const char *feed_of_file(const struct token *token, const char *file)
{
    for (size_t i = 0; i < token->n_scope; i++) {
        auto_text name = {0};
        if (!strcmp(file_of(token, i, &name), file))
            return token->scope[i];
    }
    for (size_t i = 0; i < token->n_scope; i++)
        if (is_whole_name(file, token->scope[i]))
            return token->scope[i];
    return NULL;
}

static struct answer *tombstone(struct daemon *daemon, const struct token *token)
{
    struct text bytes = {0};
    struct feed_settings settings = daemon_feed_settings(daemon);
    feed_tombstone(&settings, token->id, token->revoked_at, &bytes);
    struct answer *answer = answer_new(200, ANSWER_CALENDAR, &bytes, token->revoked_at);
    answer_mark(answer, token->id);
    return answer;
}

/* An office or plan that the rules no longer know may come back: an answer that lets clients keep what they
 * have. */
static struct answer *feed_answer(struct daemon *daemon, const struct request *request,
                                  const struct token *token, const char *feed)
{
    struct err err = {.lang = request_lang(daemon, request)};
    const char *as = request_option(request, "as"), *alarms = request_option(request, "alarms");
    struct feed_variant variant = {as && !strcmp(as, "todo"), alarms ? !strcmp(alarms, "1") : token->alarms};
    struct answer *answer = route_feed(daemon, feed, variant, &err);
    if (!answer) {
        answer = page_of_error(daemon, 503, err.lang, err.text);
        answer_header(answer, "Retry-After", "3600");
        return answer;
    }
    answer_mark(answer, token->id);
    return answer;
}

/* ---- the page and the directory ---- */

static struct answer *link_page(struct daemon *daemon, const struct request *request,
                                const struct token *token, const char *home)
{
    struct page_settings settings = page_settings_of(daemon, request_lang(daemon, request));
    struct arena *arena = arena_new();
    VEC(struct page_link_feed) feeds = {0};
    struct text body = {0};
    settings.link = home;
    settings.faults = NULL;
    for (size_t i = 0; i < token->n_scope; i++) {
        auto_text file = {0}, title = {0};
        struct feed_name name;
        bool known = feed_name_parse(daemon->rulebook, token->scope[i], &name, NULL);
        *vec_push(&feeds) = (struct page_link_feed){
            arena_strdup(arena, known ? feed_title(&name, settings.lang, &title) : token->scope[i]),
            arena_strdup(arena, file_of(token, i, &file))};
    }
    page_link(daemon->outlook, &settings, token->name, feeds.at, feeds.n, &body);
    vec_free(&feeds);
    arena_free(arena);
    struct answer *answer = answer_new(200, ANSWER_HTML, &body, 0);
    answer_header(answer, "Cache-Control", "no-store");
    return answer;
}

static struct answer *missing(const struct daemon *daemon, enum lang lang)
{
    return page_of_error(daemon, 404, lang,
                         say(lang, "Không có liên kết này: hãy chép lại cho đủ, hoặc xin liên kết mới.",
                             "There is no such link: copy all of it, or ask for a new one."));
}

static void entry_of_feed(const struct daemon *daemon, const struct propfind *propfind, const char *home,
                          const struct token *token, size_t i, struct text *out)
{
    auto_text path = {0}, file = {0}, title = {0};
    struct feed_name name;
    if (!feed_name_parse(daemon->rulebook, token->scope[i], &name, NULL))
        return;
    text_addf(&path, "%s%s%s", url_path(daemon->app->site->url), home, file_of(token, i, &file));
    struct propfind_entry entry = {text_str(&path), feed_title(&name, daemon->app->site->lang, &title),
                                   feed_color(&name)->hex};
    propfind_add(propfind, &entry, out);
}

/* The directory with its feeds, or what was asked for alone. */
static void entries(const struct daemon *daemon, const struct propfind *propfind, const char *home,
                    const struct token *token, const char *feed, bool alone, struct text *out)
{
    auto_text path = {0};
    text_addf(&path, "%s%s", url_path(daemon->app->site->url), home);
    struct propfind_entry directory = {text_str(&path), token->name, NULL};
    propfind_begin(out);
    if (!feed)
        propfind_add(propfind, &directory, out);
    for (size_t i = 0; i < token->n_scope; i++)
        if (feed ? feed == token->scope[i] : !alone)
            entry_of_feed(daemon, propfind, home, token, i, out);
    propfind_end(out);
}

/* From which Thunderbird adds every feed with its name and colour, for reading only. */
static struct answer *propfind_answer(struct daemon *daemon, const struct request *request,
                                      const struct token *token, const char *home, const char *file)
{
    struct err err = {.lang = request_lang(daemon, request)};
    const char *feed = *file ? feed_of_file(token, file) : NULL, *depth = request->depth;
    struct text out = {0};
    if (*file && !feed)
        return missing(daemon, err.lang);
    if (depth && strcmp(depth, "0") != 0 && strcmp(depth, "1") != 0 && strcasecmp(depth, "infinity") != 0)
        return json_error(400, "invalid", say(err.lang, "Depth: 0 hoặc 1", "Depth: 0 or 1"));
    struct propfind *propfind = propfind_read(request->body, request->body_size, &err);
    if (!propfind)
        return json_error(400, "invalid", err.text);
    entries(daemon, propfind, home, token, feed, depth && !strcmp(depth, "0"), &out);
    propfind_free(propfind);
    return answer_new(207, ANSWER_XML, &out, 0);
}

/* ---- the whole ---- */

static struct answer *gone(const struct daemon *daemon, enum lang lang)
{
    return page_of_error(daemon, 410, lang,
                         say(lang, "Liên kết này đã bị thu hồi; hãy xin người quản trị liên kết mới.",
                             "This link was revoked; ask the administrator for a new one."));
}

static bool ends_as_feed(const char *file)
{
    size_t n = strlen(file);
    return n > 4 && !strcmp(file + n - 4, ".ics");
}

static struct answer *revoked_answer(struct daemon *daemon, const struct request *request,
                                     const struct token *token, const char *file)
{
    bool feed = request->method == METHOD_GET && ends_as_feed(file) && feed_of_file(token, file);
    if (feed && daemon_now(daemon) < token->revoked_at + TOMBSTONE_SECONDS)
        return tombstone(daemon, token);
    return gone(daemon, request_lang(daemon, request));
}

static struct answer *file_answer(struct daemon *daemon, const struct request *request,
                                  const struct token *token, const char *file)
{
    const char *feed = feed_of_file(token, file);
    if (!strcmp(file, "style.css"))
        return asset(ANSWER_STYLE, page_style);
    if (!strcmp(file, "icon.svg"))
        return asset(ANSWER_SVG, page_icon);
    return feed ? feed_answer(daemon, request, token, feed) : missing(daemon, request_lang(daemon, request));
}

/* rest: "<token>", "<token>/", "<token>/haiphong-PC06.ics" */
static struct answer *token_answer(struct daemon *daemon, const struct request *request,
                                   const struct token *token, const char *rest, bool *cache)
{
    size_t n = strcspn(rest, "/");
    auto_text home = {0};
    text_add(&home, "/s/");
    text_add_bytes(&home, rest, n);
    text_add(&home, "/");
    const char *file = rest[n] ? rest + n + 1 : "";
    if (token->revoked_at)
        return revoked_answer(daemon, request, token, file);
    if (!daemon->outlook)
        return no_rules(daemon, request);
    if (request->method == METHOD_PROPFIND)
        return propfind_answer(daemon, request, token, text_str(&home), file);
    if (!rest[n]) {
        struct text nothing = {0};
        auto_text location = {0};
        text_addf(&location, "%s%s", url_path(daemon->app->site->url), text_str(&home));
        struct answer *answer = answer_new(308, ANSWER_TEXT, &nothing, 0);
        answer_header(answer, "Location", text_str(&location));
        return answer;
    }
    *cache = true;
    return *file ? file_answer(daemon, request, token, file)
                 : link_page(daemon, request, token, text_str(&home));
}

struct answer *links_answer(struct daemon *daemon, const struct request *request, bool *cache)
{
    const char *rest = request->path + strlen("/s/");
    size_t n = strcspn(rest, "/");
    auto_text secret = {0};
    text_add_bytes(&secret, rest, n);
    const struct token *token =
        n && n < SECRET_MOST ? tokens_find_secret(daemon->tokens, text_str(&secret)) : NULL;
    *cache = false;
    if (!token || token->kind != TOKEN_LINK)
        return missing(daemon, request_lang(daemon, request));
    struct answer *refusal = trust_rate_refusal(daemon, request, token);
    if (refusal)
        return refusal;
    return token_answer(daemon, request, token, rest, cache);
}
