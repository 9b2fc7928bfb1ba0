/* mail, recipients and webhooks of site.lua. */
#include "rulebook/site_draft.h"

#include "base/text.h"

#include <ctype.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

enum { DIGEST_USUAL = 7 * 60 + 30, URL_MOST = 1000, PORT_MOST = 65535 };

/* ---- addresses ---- */

/* One that goes into an SMTP command and a header as it stands. */
static bool is_address(const char *text)
{
    const char *at = strrchr(text, '@');
    for (const char *c = text; *c; c++)
        if (!isalnum((unsigned char)*c) && !strchr("@.!#$%&'*+-/=?^_`{|}~", *c))
            return false;
    return at && at != text && at[1] && strlen(text) <= 254;
}

static void address_fault(struct words *words, const struct spot *at, const char *text)
{
    words_fault(words, at,
                "\"%s\" không phải địa chỉ thư như \"truc.ban@example.gov.vn\" (chỉ chữ không dấu)",
                "\"%s\" is no mail address like \"duty@example.gov.vn\" (ASCII only)", text);
}

/* "Hạn chót <hanchot@example.gov.vn>", or the address alone. */
static void read_sender(struct words *words, const struct spot *at, void *into)
{
    struct site_mail *mail = into;
    const char *text = words_string(words, -1, at, "from");
    if (!text)
        return;
    const char *open = strchr(text, '<');
    size_t n = strlen(text);
    mail->from = text;
    if (open && n && text[n - 1] == '>') {
        size_t name = (size_t)(open - text);
        while (name && text[name - 1] == ' ')
            name--;
        mail->from = arena_strndup(words->arena, open + 1, n - (size_t)(open - text) - 2);
        mail->from_name = name ? arena_strndup(words->arena, text, name) : NULL;
    }
    if (!is_address(mail->from))
        address_fault(words, at, mail->from);
}

static bool on_this_machine(const char *host)
{
    return !strcmp(host, "localhost") || !strncmp(host, "127.", 4) || !strcmp(host, "[::1]") ||
           !strcmp(host, "::1");
}

/* ---- mail ---- */

static void read_digest(struct words *words, const struct spot *at, void *into)
{
    const char *text = words_string(words, -1, at, "digest");
    int minutes = text ? site_minutes(text, '\0') : DIGEST_USUAL;
    words->site->digest_at = *at;
    if (minutes < 0)
        words_fault(words, at, "digest là giờ trong ngày như \"07:30\", ở đây là \"%s\"",
                    "digest is a time of day like \"07:30\", here it is \"%s\"", text);
    *(int *)into = minutes;
}

static void read_file_name(struct words *words, const struct spot *at, void *into)
{
    read_text(words, at, into);
    *(const char **)into = site_file(words, *(const char **)into);
}

static const struct key mail_keys[] = {
    {"server", read_text, offsetof(struct site_mail, server), true},
    {"tls", read_text, offsetof(struct site_mail, tls), false},
    {"from", read_sender, 0, true},
    {"user", read_text, offsetof(struct site_mail, user), false},
    {"password_file", read_file_name, offsetof(struct site_mail, password_file), false},
    {"ca", read_file_name, offsetof(struct site_mail, ca), false},
    {"digest", read_digest, offsetof(struct site_mail, digest), false},
};

/* A number after the last colon. */
static bool has_port(const char *server)
{
    const char *colon = strrchr(server, ':');
    int port = 0;
    if (!colon || !colon[1])
        return false;
    for (const char *c = colon + 1; *c; c++) {
        if (!isdigit((unsigned char)*c) || port > PORT_MOST)
            return false;
        port = port * 10 + *c - '0';
    }
    return port > 0 && port <= PORT_MOST;
}

static void make_server(struct words *words, const struct spot *at, struct site_mail *mail)
{
    const char *host = mail->server;
    bool tls = !strcmp(mail->tls, "tls"), none = !strcmp(mail->tls, "none");
    if (!tls && !none && strcmp(mail->tls, "starttls") != 0)
        words_fault(words, at, "tls là \"starttls\", \"tls\" hoặc \"none\", không phải \"%s\"",
                    "tls is \"starttls\", \"tls\" or \"none\", not \"%s\"", mail->tls);
    if (strpbrk(host, " /@\"<>") || (strchr(host, ':') && !has_port(host)))
        words_fault(words, at, "server phải như \"mail.example.gov.vn:587\", ở đây là \"%s\"",
                    "server must be like \"mail.example.gov.vn:587\", here it is \"%s\"", host);
    else if (none && !on_this_machine(arena_strndup(words->scratch, host, strcspn(host, ":"))))
        words_fault(words, at, "tls = \"none\" chỉ dùng với máy chủ thư trên chính máy này, không phải %s",
                    "tls = \"none\" is for a mail server on this machine only, not %s", host);
    mail->server = arena_printf(words->arena, "%s://%s%s", tls ? "smtps" : "smtp", host,
                                strchr(host, ':') ? ""
                                : tls             ? ":465"
                                : none            ? ":25"
                                                  : ":587");
}

void read_mail(struct words *words, const struct spot *at, void *into)
{
    struct site_mail *mail = &words->site->site.mail;
    (void)into;
    *mail = (struct site_mail){.tls = "starttls", .digest = DIGEST_USUAL};
    words_table(words, -1, at, "mail", mail_keys, sizeof mail_keys / sizeof *mail_keys, mail, NULL);
    if (mail->server && mail->tls)
        make_server(words, at, mail);
    if (!mail->user != !mail->password_file)
        words_fault(words, at, "mail: user và password_file đi cùng nhau",
                    "mail: user and password_file go together");
}

/* ---- recipients ---- */

static void add_recipients(struct words *words, const struct spot *at, const char *unit)
{
    struct site_draft *draft = words->site;
    struct names addresses;
    read_names(words, at, &addresses);
    for (size_t i = 0; i < addresses.n; i++) {
        if (!is_address(addresses.at[i].text))
            address_fault(words, at, addresses.at[i].text);
        *(struct site_recipient *)draft_push(words, &draft->recipients) =
            (struct site_recipient){unit, arena_strdup(words->arena, addresses.at[i].text), words_source(at)};
    }
}

void read_recipients(struct words *words, const struct spot *at, void *into)
{
    lua_State *L = words->L;
    (void)into;
    if (!lua_istable(L, -1)) {
        words_fault(words, at, "recipients cần một bảng { [\"haiphong/PC06\"] = \"địa chỉ\" }",
                    "recipients needs a table { [\"haiphong/PC06\"] = \"address\" }");
        return;
    }
    box_pay_table(L);
    for (lua_pushnil(L); lua_next(L, -2); lua_pop(L, 1)) {
        const char *unit =
            lua_type(L, -2) == LUA_TSTRING ? arena_strdup(words->arena, lua_tostring(L, -2)) : "";
        struct spot spot = words_spot_of_key(words, at, unit);
        bool operators = !strcmp(unit, "operators");
        if (!operators && !strchr(unit, '/')) {
            words_fault(words, &spot,
                        "recipients: khoá là mã đơn vị đầy đủ như [\"haiphong/PC06\"], hoặc operators, "
                        "không phải \"%s\"",
                        "recipients: a key is a unit's whole id like [\"haiphong/PC06\"], or operators, "
                        "not \"%s\"",
                        unit);
            continue;
        }
        add_recipients(words, &spot, operators ? "" : unit);
    }
}

/* ---- webhooks ---- */

struct webhook_draft {
    struct site_webhook webhook;
    struct names units, kinds;
};

static const struct key webhook_keys[] = {
    {"name", read_text, offsetof(struct webhook_draft, webhook.name), true},
    {"url", read_text, offsetof(struct webhook_draft, webhook.url), true},
    {"secret_file", read_file_name, offsetof(struct webhook_draft, webhook.secret_file), true},
    {"ca", read_file_name, offsetof(struct webhook_draft, webhook.ca), false},
    {"units", read_names, offsetof(struct webhook_draft, units), false},
    {"kinds", read_names, offsetof(struct webhook_draft, kinds), false},
};

static struct site_list list_of(struct words *words, const struct names *names)
{
    const char **list = arena_alloc(words->arena, (names->n + 1) * sizeof *list);
    for (size_t i = 0; i < names->n; i++)
        list[i] = arena_strdup(words->arena, names->at[i].text);
    return (struct site_list){list, names->n};
}

/* What is told may be read by who stands between, unless nobody can. */
static bool is_safe_url(struct words *words, const char *url)
{
    bool https = !strncmp(url, "https://", 8), http = !strncmp(url, "http://", 7);
    if ((!https && !http) || strlen(url) > URL_MOST || strpbrk(url, " \"<>#\n"))
        return false;
    const char *host = url + 7;
    size_t n = *host == '[' ? strcspn(host, "]") + 1 : strcspn(host, ":/?");
    return https || on_this_machine(arena_strndup(words->scratch, host, n));
}

static void webhook_sound(struct words *words, const struct spot *at, const char *what,
                          const struct site_webhook *webhook)
{
    struct site_draft *draft = words->site;
    if (webhook->name &&
        (!*webhook->name || strlen(webhook->name) > 40 || !words_is_id(webhook->name, false)))
        words_fault(words, at, "%s: tên '%s' không dùng được", "%s: the name '%s' cannot be used", what,
                    webhook->name);
    /* The address itself may be a secret. */
    if (webhook->url && !is_safe_url(words, webhook->url))
        words_fault(words, at, "%s: url bắt đầu bằng https:// (http:// chỉ tới chính máy này)",
                    "%s: url begins with https:// (http:// to this machine only)", what);
    for (size_t i = 0; webhook->name && i < draft->webhooks.n; i++)
        if (!strcmp(draft->webhooks.at[i].name, webhook->name))
            words_fault(words, at, "hai webhook cùng tên \"%s\"", "two webhooks are named \"%s\"",
                        webhook->name);
}

static void add_webhook(struct words *words, const struct spot *at, void *into)
{
    struct webhook_draft draft = {0};
    (void)into;
    const char *what = arena_printf(words->scratch, "webhooks[%d]", ++words->site->webhooks_read);
    words_table(words, -1, at, what, webhook_keys, sizeof webhook_keys / sizeof *webhook_keys, &draft, NULL);
    webhook_sound(words, at, what, &draft.webhook);
    if (!draft.webhook.name || !draft.webhook.url || !draft.webhook.secret_file)
        return;
    draft.webhook.units = list_of(words, &draft.units);
    draft.webhook.kinds = list_of(words, &draft.kinds);
    draft.webhook.at = words_source(at);
    *(struct site_webhook *)draft_push(words, &words->site->webhooks) = draft.webhook;
}

void read_webhooks(struct words *words, const struct spot *at, void *into)
{
    words_table(words, -1, at, "webhooks", NULL, 0, into, add_webhook);
}

/* ---- the whole ---- */

/* Lua gives a table's keys in no order. */
static int by_unit(const void *a, const void *b)
{
    const struct site_recipient *x = a, *y = b;
    int order = strcmp(x->unit, y->unit);
    return order ? order : strcmp(x->address, y->address);
}

void site_channels_end(struct words *words, const struct spot *at)
{
    struct site_draft *draft = words->site;
    struct site *site = &draft->site;
    if (site->mail.server && site->mail.digest >= 0 &&
        (site->mail.digest < site->opens || site->mail.digest >= site->closes))
        words_fault(words, draft->digest_at.file ? &draft->digest_at : at,
                    "digest phải nằm trong giờ làm việc (hours)", "digest must lie in working hours (hours)");
    if (draft->recipients.n && !site->mail.server)
        words_fault(words, at, "recipients cần mail = { server = …, from = … }",
                    "recipients needs mail = { server = …, from = … }");
    site->n_recipients = draft->recipients.n;
    site->recipients = arena_alloc(words->arena, (draft->recipients.n + 1) * sizeof *site->recipients);
    if (draft->recipients.n) {
        memcpy((void *)site->recipients, draft->recipients.at,
               draft->recipients.n * sizeof *site->recipients);
        qsort((void *)site->recipients, site->n_recipients, sizeof *site->recipients, by_unit);
    }
    site->n_webhooks = draft->webhooks.n;
    site->webhooks = arena_alloc(words->arena, (draft->webhooks.n + 1) * sizeof *site->webhooks);
    if (draft->webhooks.n)
        memcpy((void *)site->webhooks, draft->webhooks.at, draft->webhooks.n * sizeof *site->webhooks);
}
