#include "rulebook/site.h"

#include "base/text.h"
#include "rulebook/site_draft.h"

#include <ctype.h>
#include <stddef.h>
#include <string.h>
#include <unistd.h>

enum { KEY_RATE = 600, LINK_RATE = 120 }; /* a minute */

static void read_url(struct words *words, const struct spot *at, void *into)
{
    const char *text = words_string(words, -1, at, "url");
    size_t n = text ? strlen(text) : 0;
    if (!text)
        return;
    if ((strncmp(text, "http://", 7) && strncmp(text, "https://", 8)) || strpbrk(text, " \"<>?#") ||
        n > 200) {
        words_fault(words, at, "url phải như \"https://hanchot.example.gov.vn\", ở đây là \"%s\"",
                    "url must be like \"https://hanchot.example.gov.vn\", here it is \"%s\"", text);
        return;
    }
    while (n && text[n - 1] == '/')
        n--;
    *(const char **)into = arena_strndup(words->arena, text, n);
}

static const struct key tls_keys[] = {
    {"certificate", read_text, offsetof(struct site, tls_certificate), true},
    {"key", read_text, offsetof(struct site, tls_key), true},
};

const char *site_file(struct words *words, const char *name)
{
    return !name || *name == '/' ? name : arena_printf(words->arena, "%s%s", words->site->folder, name);
}

static void read_tls(struct words *words, const struct spot *at, void *into)
{
    struct site *site = into;
    words_table(words, -1, at, "tls", tls_keys, sizeof tls_keys / sizeof *tls_keys, site, NULL);
    site->tls_certificate = site_file(words, site->tls_certificate);
    site->tls_key = site_file(words, site->tls_key);
}

static const struct key proxy_keys[] = {
    {"behind", read_bool, offsetof(struct site, behind_proxy), true},
};

static void read_proxy(struct words *words, const struct spot *at, void *into)
{
    words_table(words, -1, at, "proxy", proxy_keys, sizeof proxy_keys / sizeof *proxy_keys, into, NULL);
}

static const struct key limit_keys[] = {
    {"key", read_int, offsetof(struct site, key_rate), false},
    {"link", read_int, offsetof(struct site, link_rate), false},
};

static void read_limits(struct words *words, const struct spot *at, void *into)
{
    struct site *site = into;
    words_table(words, -1, at, "limits", limit_keys, sizeof limit_keys / sizeof *limit_keys, site, NULL);
    if (site->key_rate < 0 || site->link_rate < 0)
        words_fault(words, at, "limits là số lần hỏi trong một phút, không âm; 0 là không hạn chế",
                    "limits are requests a minute, not negative; 0 means no limit");
}

static const struct key site_keys[] = {
    {"url", read_url, offsetof(struct site_draft, site.url), false},
    {"lang", read_text, offsetof(struct site_draft, lang), false},
    {"tls", read_tls, offsetof(struct site_draft, site), false},
    {"proxy", read_proxy, offsetof(struct site_draft, site), false},
    {"hours", read_text, offsetof(struct site_draft, hours), false},
    {"limits", read_limits, offsetof(struct site_draft, site), false},
    {"mail", read_mail, 0, false},
    {"recipients", read_recipients, 0, false},
    {"webhooks", read_webhooks, 0, false},
};

int site_minutes(const char *text, char end)
{
    bool written = isdigit((unsigned char)text[0]) && isdigit((unsigned char)text[1]) && text[2] == ':' &&
                   isdigit((unsigned char)text[3]) && isdigit((unsigned char)text[4]) && text[5] == end;
    if (!written)
        return -1;
    int hour = (text[0] - '0') * 10 + text[1] - '0', minute = (text[3] - '0') * 10 + text[4] - '0';
    return minute < 60 && hour * 60 + minute <= 24 * 60 ? hour * 60 + minute : -1;
}

/* "07:30-17:00" */
static bool hours_parse(const char *text, struct site *site)
{
    site->opens = site_minutes(text, '-');
    if (site->opens < 0)
        return false;
    site->closes = site_minutes(text + strlen("07:30-"), '\0');
    return site->opens < site->closes;
}

/* The draft is the word's own: its words struct holds it in `site`. */
static int word_site(lua_State *L)
{
    struct words *words = words_of(L);
    struct spot at = words_spot(words);
    struct site_draft *draft = words->site;
    lua_settop(L, 1);
    words_table(words, 1, &at, "site", site_keys, sizeof site_keys / sizeof *site_keys, draft, NULL);
    if (draft->hours && !hours_parse(draft->hours, &draft->site))
        words_fault(words, &at, "hours phải như \"07:30-17:00\", ở đây là \"%s\"",
                    "hours must be like \"07:30-17:00\", here it is \"%s\"", draft->hours);
    site_channels_end(words, &at);
    if (!draft->lang)
        return 0;
    draft->site.has_lang = true;
    draft->site.lang = !strcmp(draft->lang, "en") ? LANG_EN : LANG_VI;
    if (strcmp(draft->lang, "en") && strcmp(draft->lang, "vi"))
        words_fault(words, &at, "lang là \"vi\" hoặc \"en\", không phải \"%s\"",
                    "lang is \"vi\" or \"en\", not \"%s\"", draft->lang);
    return 0;
}

struct site *site_load(const char *path, struct faults *faults)
{
    struct arena *arena = arena_new();
    struct site *site = arena_alloc(arena, sizeof *site);
    const char *slash = strrchr(path, '/');
    struct site_draft draft = {
        .site = {.opens = 7 * 60 + 30, .closes = 17 * 60, .key_rate = KEY_RATE, .link_rate = LINK_RATE},
        .folder = arena_strndup(arena, path, slash ? (size_t)(slash + 1 - path) : 0)};
    size_t before = faults->errors;
    draft.site.found = !access(path, F_OK);
    if (draft.site.found) {
        struct words words = {.box = box_new(&box_default_limits),
                              .arena = arena,
                              .scratch = arena_new(),
                              .faults = faults,
                              .site = &draft};
        words_add_base(&words);
        box_add_word(words.box, "site", word_site, &words);
        box_lock(words.box);
        words.L = box_state(words.box);
        words_run_file(&words, arena_strdup(arena, path), NULL);
        words_fini(&words);
    }
    *site = draft.site;
    site->arena = arena;
    if (faults->errors == before)
        return site;
    arena_free(arena);
    return NULL;
}

/* ---- comparing ---- */

static bool same_text(const char *a, const char *b)
{
    return a && b ? !strcmp(a, b) : a == b;
}

static bool same_list(const struct site_list *a, const struct site_list *b)
{
    bool same = a->n == b->n;
    for (size_t i = 0; same && i < a->n; i++)
        same = same_text(a->at[i], b->at[i]);
    return same;
}

static bool same_mail(const struct site_mail *a, const struct site_mail *b)
{
    return same_text(a->server, b->server) && same_text(a->tls, b->tls) && same_text(a->from, b->from) &&
           same_text(a->from_name, b->from_name) && same_text(a->user, b->user) &&
           same_text(a->password_file, b->password_file) && same_text(a->ca, b->ca) && a->digest == b->digest;
}

static bool same_webhook(const struct site_webhook *a, const struct site_webhook *b)
{
    return same_text(a->name, b->name) && same_text(a->url, b->url) &&
           same_text(a->secret_file, b->secret_file) && same_text(a->ca, b->ca) &&
           same_list(&a->units, &b->units) && same_list(&a->kinds, &b->kinds);
}

static bool same_channels(const struct site *a, const struct site *b)
{
    bool same =
        same_mail(&a->mail, &b->mail) && a->n_recipients == b->n_recipients && a->n_webhooks == b->n_webhooks;
    for (size_t i = 0; same && i < a->n_recipients; i++)
        same = same_text(a->recipients[i].unit, b->recipients[i].unit) &&
               same_text(a->recipients[i].address, b->recipients[i].address);
    for (size_t i = 0; same && i < a->n_webhooks; i++)
        same = same_webhook(&a->webhooks[i], &b->webhooks[i]);
    return same;
}

bool site_same(const struct site *a, const struct site *b)
{
    return a->found == b->found && same_text(a->url, b->url) && a->lang == b->lang &&
           a->has_lang == b->has_lang && same_text(a->tls_certificate, b->tls_certificate) &&
           same_text(a->tls_key, b->tls_key) && a->behind_proxy == b->behind_proxy &&
           a->key_rate == b->key_rate && a->link_rate == b->link_rate && a->opens == b->opens &&
           a->closes == b->closes && same_channels(a, b);
}

void site_free(struct site *site)
{
    if (site)
        arena_free(site->arena);
}
