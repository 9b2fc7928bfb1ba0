/* Pages with forms and what they send. What is written goes the same way as from the API; then the browser is
 * sent back to the page, so that loading it again sends nothing twice. */
#include "shell/session.h"

#include "alert/alerts.h"
#include "shell/telling.h"
#include "shell/trouble.h"

#include <string.h>

static const char turn_path[] = "/turns/";
static const char signin_path[] = "/signin/";

bool forms_path(const char *path)
{
    return !strncmp(path, turn_path, sizeof turn_path - 1) || !strcmp(path, "/alerts") ||
           !strncmp(path, signin_path, sizeof signin_path - 1) || !strcmp(path, "/signin");
}

/* Never kept, and with an Origin of its own when it is sent. */
static struct answer *form_page(int status, struct text *body)
{
    struct answer *answer = answer_new(status, ANSWER_HTML, body, 0);
    answer_header(answer, "Cache-Control", "no-store");
    answer_header(answer, "Referrer-Policy", "same-origin");
    return answer;
}

static struct answer *go_to(const char *where)
{
    struct text nothing = {0};
    struct answer *answer = answer_new(303, ANSWER_TEXT, &nothing, 0);
    answer_header(answer, "Location", where);
    answer_header(answer, "Cache-Control", "no-store");
    return answer;
}

/* ---- who writes ---- */

struct writer {
    const struct token *key; /* or NULL */
    struct page_writer page;
    char proof[PROOF_SIZE];
    bool may; /* there is one */
};

static void writer_of(const struct daemon *daemon, const struct request *request, struct writer *writer)
{
    writer->key = session_key(daemon, request);
    writer->may = writer->key || (!daemon->guarded && trust_is_local(request));
    session_proof(daemon, request, writer->proof);
    writer->page =
        (struct page_writer){.csrf = writer->proof, .name = writer->key ? writer->key->name : NULL};
}

static const char *not_this_office(enum lang lang)
{
    return say(lang, "Khóa đang dùng không ghi được cho đơn vị này.",
               "The key in use may not write for this office.");
}

/* ---- signing in ---- */

/* A page of ours: "/units/haiphong/PC06"; nothing that a browser could read as another site. */
static const char *own_page(const char *next)
{
    if (!next || next[0] != '/' || next[1] == '/' || strchr(next, '\\') || strchr(next, ':') == next + 1 ||
        !strncmp(next, signin_path, sizeof signin_path - 1))
        return NULL;
    for (const char *at = next; (at = strstr(at, "/.")); at++)
        if (at[2] == '/' || !at[2] || (at[2] == '.' && (at[3] == '/' || !at[3])))
            return NULL;
    return next;
}

static struct answer *signin_page(const struct daemon *daemon, const struct request *request, int status,
                                  const char *next, const char *fault)
{
    struct writer writer;
    struct text body = {0};
    struct page_settings settings = page_settings_of(daemon, request_lang(daemon, request));
    writer_of(daemon, request, &writer);
    settings.writer = &writer.page;
    page_signin(&settings, next, fault, &body);
    return form_page(status, &body);
}

struct answer *forms_signin(const struct daemon *daemon, const struct request *request, int status,
                            const char *fault)
{
    struct answer *answer = signin_page(daemon, request, status, own_page(request->path), fault);
    answer_header(answer, "WWW-Authenticate", "Bearer realm=\"hanchot\"");
    return answer;
}

/* "../units/haiphong/PC06?lang=en": relative, as a proxy may have us under a path. */
static void way_on(const struct request *request, const char *next, struct text *out)
{
    static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/:@";
    const char *lang = request_option(request, "lang");
    text_add(out, "..");
    for (const char *at = next ? next : "/"; *at; at++)
        text_addf(out, strchr(plain, *at) ? "%c" : "%%%02X", (unsigned char)*at);
    if (lang)
        text_addf(out, "?lang=%s", !strcmp(lang, "en") ? "en" : "vi");
}

static struct answer *signed_in(const struct daemon *daemon, const struct request *request,
                                const struct token *key, const char *next)
{
    auto_text cookie = {0}, where = {0};
    way_on(request, next, &where);
    session_cookie(daemon, key, &cookie);
    struct answer *answer = go_to(text_str(&where));
    answer_header(answer, "Set-Cookie", text_str(&cookie));
    return answer;
}

static struct answer *signin_sent(const struct daemon *daemon, const struct request *request,
                                  const struct form *form)
{
    enum lang lang = request_lang(daemon, request);
    const char *next = own_page(form_text(form, "next"));
    const struct token *key = trust_key(daemon, form_text(form, "key"));
    const char *why = session_form_refused(daemon, request, form_text(form, "csrf"), lang);
    if (!strcmp(form_text(form, "action"), "signout"))
        return why ? page_of_error(daemon, 403, lang, why) : signed_in(daemon, request, NULL, "/signin/");
    if (session_origin_refused(daemon, request))
        return page_of_error(daemon, 403, lang,
                             say(lang, "biểu mẫu đến từ một trang khác (Origin lạ)",
                                 "the form came from another site (foreign Origin)"));
    if (key)
        return signed_in(daemon, request, key, next);
    return signin_page(daemon, request, 403, next,
                       say(lang, "Khóa không đúng hoặc đã bị thu hồi.", "The key is wrong or was revoked."));
}

/* ---- reading ---- */

static const char *said_option(const struct request *request)
{
    return request->method == METHOD_GET ? request_option(request, "said") : NULL;
}

static const struct occurrence *turn_of(const struct daemon *daemon, const struct request *request)
{
    return outlook_find(daemon->outlook, request->path + sizeof turn_path - 1);
}

static bool may_write_turn(const struct daemon *daemon, const struct token *key,
                           const struct occurrence *occurrence)
{
    json_t *json = json_pack("{s:s}", "uid", occurrence->id);
    bool may = trust_may_write(daemon, key, json);
    json_decref(json);
    return may;
}

/* "Recorded as done" only where it is so. */
static bool is_so(const struct occurrence *occurrence, const char *action)
{
    if (!strcmp(action, "done"))
        return occurrence->state == STATE_DONE;
    if (!strcmp(action, "extend"))
        return occurrence->due != occurrence->due_original;
    return strcmp(action, "reopen") != 0 || occurrence->state != STATE_DONE;
}

static struct answer *turn_page(struct daemon *daemon, const struct request *request, int status,
                                struct page_said *said)
{
    struct writer writer;
    struct text body = {0};
    enum lang lang = request_lang(daemon, request);
    struct page_settings settings = page_settings_of(daemon, lang);
    const struct occurrence *occurrence = turn_of(daemon, request);
    if (!occurrence)
        return page_of_error(daemon, 404, lang, request->path);
    writer_of(daemon, request, &writer);
    if (writer.key && !may_write_turn(daemon, writer.key, occurrence))
        writer.page.why_not = not_this_office(lang);
    settings.writer = writer.may ? &writer.page : NULL;
    if (said->action && !is_so(occurrence, said->action))
        said->action = NULL;
    struct err err = {.lang = lang};
    const struct alerts *alerts = telling_alerts(daemon, &err);
    if (!alerts)
        return page_of_error(daemon, 500, lang, err.text);
    page_turn(daemon->outlook, &settings, occurrence, alerts_find(alerts, occurrence->id), said, &body);
    return form_page(status, &body);
}

static struct answer *alerts_page(struct daemon *daemon, const struct request *request,
                                  const struct token *key, int status, const struct page_said *said)
{
    struct writer writer;
    struct text body = {0};
    enum lang lang = request_lang(daemon, request);
    struct page_settings settings = page_settings_of(daemon, lang);
    const char *unit = request_option(request, "unit");
    bool choice = !key || !key->n_scope;
    const char *const *units = !choice ? key->scope : unit && *unit ? &unit : NULL;
    writer_of(daemon, request, &writer);
    settings.writer = writer.may ? &writer.page : NULL;
    struct err err = {.lang = lang};
    const struct alerts *alerts = telling_alerts(daemon, &err);
    if (!alerts)
        return page_of_error(daemon, 500, lang, err.text);
    struct trouble trouble;
    trouble_init(&trouble, daemon);
    settings.alerts = alerts;
    settings.trouble = choice ? &trouble.page : NULL;
    page_alerts(daemon->outlook, &settings, units, choice ? units != NULL : key->n_scope, choice, said,
                &body);
    trouble_fini(&trouble);
    return form_page(status, &body);
}

static bool is_alerts(const struct request *request)
{
    return !strcmp(request->path, "/alerts");
}

/* ---- writing ---- */

static void copy_field(json_t *json, const struct form *form, const char *name)
{
    if (*form_text(form, name))
        json_object_set_new(json, name, json_string(form_text(form, name)));
}

/* As the API would be told; NULL: no action of these pages. */
static json_t *change_of(const struct daemon *daemon, const struct request *request, const struct form *form,
                         const struct token *key)
{
    static const struct {
        const char *action, *fields[3];
    } actions[] = {{"done", {"on", "why"}}, {"extend", {"to", "why"}}, {"reopen", {"why"}}, {"ack", {"key"}}};
    const char *action = form_text(form, "action");
    for (size_t i = 0; i < sizeof actions / sizeof *actions; i++) {
        if (strcmp(actions[i].action, action) != 0)
            continue;
        json_t *json = json_pack("{s:s}", "action", action);
        for (size_t j = 0; actions[i].fields[j]; j++)
            copy_field(json, form, actions[i].fields[j]);
        copy_field(json, form, "by");
        if (key && !*form_text(form, "by"))
            json_object_set_new(json, "by", json_string(key->name));
        if (strcmp(action, "ack") != 0)
            json_object_set_new(json, "uid",
                                json_string(is_alerts(request) ? "" : turn_of(daemon, request)->id));
        return json;
    }
    return NULL;
}

static struct answer *recorded(const struct request *request, const char *action)
{
    auto_text where = {0};
    const char *lang = request_option(request, "lang");
    text_addf(&where, "?said=%s", action);
    if (lang)
        text_addf(&where, "&lang=%s", !strcmp(lang, "en") ? "en" : "vi");
    return go_to(text_str(&where));
}

static struct answer *page_again(struct daemon *daemon, const struct request *request,
                                 const struct token *key, int status, struct page_said *said)
{
    return is_alerts(request) ? alerts_page(daemon, request, key, status, said)
                              : turn_page(daemon, request, status, said);
}

static struct answer *apply(struct daemon *daemon, const struct request *request, const struct form *form,
                            const struct token *key, json_t *json)
{
    enum lang lang = request_lang(daemon, request);
    if (!json || (is_alerts(request) && strcmp(form_text(form, "action"), "ack") != 0))
        return page_of_error(daemon, 422, lang, form_text(form, "action"));
    if (!trust_may_write(daemon, key, json))
        return page_again(daemon, request, key, 403,
                          &(struct page_said){.fault = not_this_office(lang), .form = form});
    json_t *result = daemon_change(daemon, json, lang);
    const char *detail = json_string_value(json_object_get(result, "detail"));
    struct answer *answer =
        detail ? page_again(daemon, request, key, 422, &(struct page_said){.fault = detail, .form = form})
               : recorded(request, form_text(form, "action"));
    json_decref(result);
    return answer;
}

static struct answer *form_sent(struct daemon *daemon, const struct request *request, const struct form *form)
{
    enum lang lang = request_lang(daemon, request);
    const struct token *key = session_key(daemon, request);
    const char *why = session_form_refused(daemon, request, form_text(form, "csrf"), lang);
    if (why)
        return daemon->guarded && !key ? forms_signin(daemon, request, 401, why)
                                       : page_of_error(daemon, 403, lang, why);
    if (!daemon->outlook)
        return no_rules(daemon, request);
    if (!is_alerts(request) && !turn_of(daemon, request))
        return page_of_error(daemon, 404, lang, request->path);
    json_t *json = change_of(daemon, request, form, key);
    struct answer *answer = apply(daemon, request, form, key, json);
    json_decref(json);
    return answer;
}

/* ---- the whole ---- */

static struct answer *posted(struct daemon *daemon, const struct request *request)
{
    static const char type[] = "application/x-www-form-urlencoded";
    enum lang lang = request_lang(daemon, request);
    struct err err = {.lang = lang};
    const char *sent = request->content_type ? request->content_type : "";
    if (strncasecmp(sent, type, sizeof type - 1) != 0 || !strchr("; ", sent[sizeof type - 1]))
        return page_of_error(daemon, 415, lang, type);
    struct form *form = form_read(request->body, request->body_size, &err);
    if (!form)
        return page_of_error(daemon, 422, lang, err.text);
    struct answer *answer = !strcmp(request->path, signin_path) ? signin_sent(daemon, request, form)
                                                                : form_sent(daemon, request, form);
    form_free(form);
    return answer;
}

static struct answer *signin_read(const struct daemon *daemon, const struct request *request)
{
    const char *rest = request->path + sizeof signin_path - 1;
    if (!strcmp(request->path, "/signin"))
        return go_to("signin/");
    if (!strcmp(rest, "style.css"))
        return asset(ANSWER_STYLE, page_style);
    if (!strcmp(rest, "icon.svg"))
        return asset(ANSWER_SVG, page_icon);
    if (*rest)
        return page_of_error(daemon, 404, request_lang(daemon, request), request->path);
    return signin_page(daemon, request, 200, own_page(request_option(request, "next")), NULL);
}

struct answer *forms_answer(struct daemon *daemon, const struct request *request)
{
    const struct token *key;
    if (request->method == METHOD_POST)
        return posted(daemon, request);
    if (request->method != METHOD_GET)
        return wrong_method(daemon, request, "GET, HEAD, POST, OPTIONS");
    if (!strncmp(request->path, "/signin", 7))
        return signin_read(daemon, request);
    struct answer *refusal = trust_refusal(daemon, request, &key);
    if (!refusal)
        refusal = trust_read_refusal(daemon, request, key);
    if (refusal)
        return refusal;
    if (!daemon->outlook)
        return no_rules(daemon, request);
    return page_again(daemon, request, key, 200, &(struct page_said){.action = said_option(request)});
}
