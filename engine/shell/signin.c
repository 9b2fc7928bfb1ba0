/* Signing in and out. A form that came without a session (the daemon started anew meanwhile, or seven days
 * are over) is not lost: it waits in the browser, is shown again after signing in, and is sent by one more
 * click. */
#include "shell/session.h"

#include <string.h>

static const char path_of_signin[] = "/signin/";

bool signin_path(const char *path)
{
    return !strncmp(path, path_of_signin, sizeof path_of_signin - 1) || !strcmp(path, "/signin");
}

/* A page of ours: "/units/haiphong/PC06"; nothing that a browser could read as another site. */
static const char *own_page(const char *next)
{
    if (!next || next[0] != '/' || next[1] == '/' || strchr(next, '\\') || strchr(next, ':') == next + 1 ||
        signin_path(next))
        return NULL;
    for (const char *at = next; (at = strstr(at, "/.")); at++)
        if (at[2] == '/' || !at[2] || (at[2] == '.' && (at[3] == '/' || !at[3])))
            return NULL;
    return next;
}

static struct answer *signin_page(const struct daemon *daemon, const struct request *request, int status,
                                  const struct page_signing *signing)
{
    struct writer writer;
    struct text body = {0};
    struct page_settings settings = page_settings_of(daemon, request_lang(daemon, request));
    form_writer(daemon, request, &writer);
    settings.writer = &writer.page;
    page_signin(&settings, signing, &body);
    return form_page(status, &body);
}

struct answer *signin_instead(const struct daemon *daemon, const struct request *request, int status,
                              const char *fault, const struct form *kept)
{
    struct answer *answer =
        signin_page(daemon, request, status,
                    &(struct page_signing){.next = own_page(request->path), .fault = fault, .kept = kept});
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

static struct answer *go_on(const struct daemon *daemon, const struct request *request, const char *value,
                            const char *next)
{
    auto_text cookie = {0}, where = {0};
    way_on(request, next, &where);
    session_cookie(daemon, value, &cookie);
    struct answer *answer = form_go_to(text_str(&where));
    answer_header(answer, "Set-Cookie", text_str(&cookie));
    return answer;
}

/* What was filled in before, with the proof of the new session. */
static struct answer *kept_page(const struct daemon *daemon, const struct request *request,
                                const struct token *key, const char *value, const char *next,
                                const struct form *form)
{
    char proof[PROOF_SIZE];
    struct text body = {0};
    auto_text cookie = {0};
    struct page_settings settings = page_settings_of(daemon, request_lang(daemon, request));
    session_proof_of(daemon, value, proof);
    settings.writer = &(struct page_writer){.csrf = proof, .name = key->name};
    page_kept(&settings, next, form, &body);
    session_cookie(daemon, value, &cookie);
    struct answer *answer = form_page(200, &body);
    answer_header(answer, "Set-Cookie", text_str(&cookie));
    return answer;
}

static struct answer *signed_in(const struct daemon *daemon, const struct request *request,
                                const struct token *key, const char *next, const struct form *form)
{
    auto_text value = {0};
    session_value(daemon, key, &value);
    return next && page_keeps(form) ? kept_page(daemon, request, key, text_str(&value), next, form)
                                    : go_on(daemon, request, text_str(&value), next);
}

struct answer *signin_sent(const struct daemon *daemon, const struct request *request,
                           const struct form *form)
{
    enum lang lang = request_lang(daemon, request);
    const char *next = own_page(form_text(form, "next"));
    const struct token *key = trust_key(daemon, form_text(form, "key"));
    const char *why = session_form_refused(daemon, request, form_text(form, "csrf"), lang);
    if (!strcmp(form_text(form, "action"), "signout"))
        return why ? page_of_error(daemon, 403, lang, why) : go_on(daemon, request, NULL, path_of_signin);
    if (session_origin_refused(daemon, request))
        return page_of_error(daemon, 403, lang,
                             say(lang, "biểu mẫu đến từ một trang khác (Origin lạ)",
                                 "the form came from another site (foreign Origin)"));
    if (key)
        return signed_in(daemon, request, key, next, form);
    return signin_page(daemon, request, 403,
                       &(struct page_signing){.next = next,
                                              .fault = say(lang, "Khóa không đúng hoặc đã bị thu hồi.",
                                                           "The key is wrong or was revoked."),
                                              .kept = form});
}

struct answer *signin_read(const struct daemon *daemon, const struct request *request)
{
    const char *rest = request->path + sizeof path_of_signin - 1;
    if (!strcmp(request->path, "/signin"))
        return form_go_to("signin/");
    if (!strcmp(rest, "style.css"))
        return asset(ANSWER_STYLE, page_style);
    if (!strcmp(rest, "icon.svg"))
        return asset(ANSWER_SVG, page_icon);
    if (*rest)
        return page_of_error(daemon, 404, request_lang(daemon, request), request->path);
    return signin_page(daemon, request, 200,
                       &(struct page_signing){.next = own_page(request_option(request, "next"))});
}
