#include "shell/session.h"

#include "time/clock.h"

#include <inttypes.h>
#include <nettle/hmac.h>
#include <nettle/memops.h>
#include <stdlib.h>
#include <string.h>

enum { COOKIE_MOST = 160 };

/* Over plain HTTP on this machine a cookie that asks for TLS would not come back. */
static bool has_tls(const struct daemon *daemon)
{
    return daemon->guarded || daemon->app->site->tls_certificate;
}

static const char *cookie_name(const struct daemon *daemon)
{
    return has_tls(daemon) ? "__Host-hanchot" : "hanchot";
}

/* purpose keeps the two uses of the secret apart. */
static void sign(const struct daemon *daemon, const char *purpose, const char *text, char hex[PROOF_SIZE])
{
    struct hmac_sha256_ctx hmac;
    uint8_t digest[SHA256_DIGEST_SIZE];
    hmac_sha256_set_key(&hmac, strlen(daemon->session_secret), (const uint8_t *)daemon->session_secret);
    hmac_sha256_update(&hmac, strlen(purpose), (const uint8_t *)purpose);
    hmac_sha256_update(&hmac, strlen(text), (const uint8_t *)text);
    hmac_sha256_digest(&hmac, sizeof digest, digest);
    for (size_t i = 0; i < sizeof digest; i++)
        snprintf(hex + 2 * i, 3, "%02x", digest[i]);
    explicit_bzero(&hmac, sizeof hmac);
}

static bool is_same(const char *a, const char *b)
{
    return strlen(a) == strlen(b) && memeql_sec(a, b, strlen(a));
}

/* "12.1795651200": the key's id, the end. The key's hash goes into the signature, so that an id of another
 * ledger is not taken for it. */
static void session_sign(const struct daemon *daemon, const struct token *key, const char *head,
                         char hex[PROOF_SIZE])
{
    auto_text text = {0};
    text_addf(&text, "%s.%s", head, key->hash);
    sign(daemon, "session:", text_str(&text), hex);
}

/* The value of our cookie, whole; empty where there is none. */
static void cookie_value(const struct daemon *daemon, const struct request *request, struct text *out)
{
    const char *name = cookie_name(daemon), *at = request->cookie;
    size_t n = strlen(name);
    while (at && *at) {
        at += strspn(at, "; ");
        size_t length = strcspn(at, ";");
        if (length > n && at[n] == '=' && !strncmp(at, name, n) && length - n - 1 <= COOKIE_MOST) {
            text_add_bytes(out, at + n + 1, length - n - 1);
            return;
        }
        at += length;
    }
}

const struct token *session_key(const struct daemon *daemon, const struct request *request)
{
    auto_text value = {0};
    char hex[PROOF_SIZE], *end;
    cookie_value(daemon, request, &value);
    char *dot = value.n ? strrchr(value.at, '.') : NULL;
    if (!dot)
        return NULL;
    *dot = '\0';
    int64_t id = strtoll(value.at, &end, 10);
    int64_t ends = *end == '.' ? strtoll(end + 1, &end, 10) : 0;
    const struct token *key = *end ? NULL : tokens_find(daemon->tokens, id);
    if (!key || key->kind != TOKEN_KEY || key->revoked_at || ends <= clock_now())
        return NULL;
    session_sign(daemon, key, value.at, hex);
    return is_same(hex, dot + 1) ? key : NULL;
}

void session_value(const struct daemon *daemon, const struct token *key, struct text *out)
{
    auto_text head = {0};
    char hex[PROOF_SIZE];
    text_addf(&head, "%" PRId64 ".%" PRId64, key->id, clock_now() + SESSION_SECONDS);
    session_sign(daemon, key, text_str(&head), hex);
    text_addf(out, "%s.%s", text_str(&head), hex);
}

void session_cookie(const struct daemon *daemon, const char *value, struct text *out)
{
    text_addf(out, "%s=%s; Path=/; Max-Age=%" PRId64 "; HttpOnly; SameSite=Strict%s", cookie_name(daemon),
              value ? value : "", value ? SESSION_SECONDS : 0, has_tls(daemon) ? "; Secure" : "");
}

void session_proof_of(const struct daemon *daemon, const char *value, char proof[PROOF_SIZE])
{
    sign(daemon, "form:", value, proof);
}

/* Of one session; without a session of whoever sits at this machine, whom another site's page cannot read. */
void session_proof(const struct daemon *daemon, const struct request *request, char proof[PROOF_SIZE])
{
    auto_text value = {0};
    if (session_key(daemon, request))
        cookie_value(daemon, request, &value);
    session_proof_of(daemon, text_str(&value), proof);
}

/* "https://example.org" of "https://example.org/prefix" */
static bool is_origin_of(const char *origin, const char *url)
{
    const char *host = url ? strstr(url, "://") : NULL;
    size_t n = host ? (size_t)(host - url) + 3 + strcspn(host + 3, "/") : 0;
    return n && strlen(origin) == n && !strncmp(origin, url, n);
}

bool session_origin_refused(const struct daemon *daemon, const struct request *request)
{
    const char *origin = request->origin, *host = origin ? strstr(origin, "://") : NULL;
    if (!origin || is_origin_of(origin, daemon->app->site->url))
        return false;
    return !host || !request->host || strcmp(host + 3, request->host) != 0;
}

const char *session_form_refused(const struct daemon *daemon, const struct request *request,
                                 const char *proof, enum lang lang)
{
    char right[PROOF_SIZE];
    if (session_origin_refused(daemon, request))
        return say(lang, "biểu mẫu đến từ một trang khác (Origin lạ)",
                   "the form came from another site (foreign Origin)");
    if (!session_key(daemon, request) && (daemon->guarded || !trust_is_local(request)))
        return say(lang, "cần đăng nhập bằng khóa trước khi ghi", "sign in with a key before recording");
    session_proof(daemon, request, right);
    return is_same(right, proof) ? NULL
                                 : say(lang, "biểu mẫu đã cũ; hãy xem lại rồi ghi lần nữa",
                                       "the form is too old; look at it again and record once more");
}
