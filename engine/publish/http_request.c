#include "publish/http_private.h"

#include <netinet/in.h>
#include <string.h>
#include <strings.h>

/* ---- path and options ---- */

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

/* One byte of a text with percent signs, which then stands at its last character; or -1. */
static int decode_byte(const char **at)
{
    const char *text = *at;
    if (*text != '%')
        return (unsigned char)*text;
    int high = hex_digit(text[1]);
    int low = high < 0 ? -1 : hex_digit(text[2]);
    if (low < 0)
        return -1;
    *at = text + 2;
    return 16 * high + low;
}

/* Decodes once into `to`, which has room for `most` bytes and a zero byte. 0, or the status to refuse with.
 */
static int decode(const char *from, char *to, size_t most, size_t *n)
{
    int refusal = 0;
    size_t used = 0;
    for (; *from && !refusal; from++) {
        int byte = decode_byte(&from);
        if (byte < ' ' || byte == 0x7f)
            refusal = MHD_HTTP_BAD_REQUEST;
        else if (used == most)
            refusal = MHD_HTTP_URI_TOO_LONG;
        else
            to[used++] = (char)byte;
    }
    to[used] = '\0';
    *n = used;
    if (!refusal && !utf8_valid(to, used, NULL))
        refusal = MHD_HTTP_BAD_REQUEST;
    return refusal;
}

/* From '/' to '/', no part is empty, "." or ".."; the last may be empty. */
static bool is_good_path(const char *path)
{
    if (path[0] != '/')
        return false;
    for (const char *part = path + 1; *part;) {
        size_t n = strcspn(part, "/");
        if (n == 0 || (n == 1 && part[0] == '.') || (n == 2 && part[0] == '.' && part[1] == '.'))
            return false;
        part += n + (part[n] == '/');
    }
    return true;
}

static void key_add_byte(struct target *target, char byte)
{
    if (target->n_key == KEY_MOST)
        target->refusal = MHD_HTTP_URI_TOO_LONG;
    if (!target->refusal)
        target->key[target->n_key++] = byte;
    target->key[target->n_key] = '\0';
}

/* What separates the parts of a key is written as in an address, so that no two requests share one. */
static void key_add(struct target *target, const char *text)
{
    static const char digits[] = "0123456789ABCDEF";
    for (; *text; text++) {
        if (!strchr("%?&=#", *text)) {
            key_add_byte(target, *text);
            continue;
        }
        key_add_byte(target, '%');
        key_add_byte(target, digits[*text >> 4]);
        key_add_byte(target, digits[*text & 15]);
    }
}

static char *option_text(struct target *target, const char *raw)
{
    char *text = target->decoded + target->n_decoded;
    size_t n = 0;
    target->refusal = decode(raw, text, KEY_MOST - target->n_decoded, &n);
    if (!target->refusal)
        target->n_decoded += n + 1;
    if (!target->refusal && target->n_decoded > KEY_MOST)
        target->refusal = MHD_HTTP_URI_TOO_LONG;
    return text;
}

/* Options in order of their names, in which _ stands for - too. One that stands twice could be meant either
 * way, so it is refused. */
static enum MHD_Result option_read(void *data, enum MHD_ValueKind kind, const char *raw_name,
                                   const char *raw_value)
{
    struct target *target = data;
    (void)kind;
    if (!raw_name[0] && !raw_value)
        return MHD_YES;
    char *name = option_text(target, raw_name);
    for (char *c = name; !target->refusal && *c; c++)
        if (*c == '_')
            *c = '-';
    const char *value = target->refusal ? "" : option_text(target, raw_value ? raw_value : "");
    if (!target->refusal && target->n_options == OPTIONS_MOST)
        target->refusal = MHD_HTTP_BAD_REQUEST;
    if (target->refusal)
        return MHD_NO;
    size_t i = target->n_options;
    while (i > 0 && strcmp(target->options[i - 1].name, name) > 0)
        i--;
    if (i > 0 && strcmp(target->options[i - 1].name, name) == 0) {
        target->refusal = MHD_HTTP_BAD_REQUEST;
        return MHD_NO;
    }
    memmove(target->options + i + 1, target->options + i, (target->n_options - i) * sizeof *target->options);
    target->options[i] = (struct query_option){name, value};
    target->n_options++;
    return MHD_YES;
}

static void key_make(struct target *target)
{
    key_add(target, target->path);
    for (size_t i = 0; i < target->n_options; i++) {
        key_add_byte(target, i ? '&' : '?');
        key_add(target, target->options[i].name);
        key_add_byte(target, '=');
        key_add(target, target->options[i].value);
    }
}

/* A proxy in front may hand over the path as it came, or cut off what it has us under. */
static const char *own_path(const struct http *http, const char *url)
{
    size_t n = strlen(http->prefix);
    if (!n || strncmp(url, http->prefix, n) != 0 || (url[n] && url[n] != '/'))
        return url;
    return url[n] ? url + n : "/";
}

void target_read(struct target *target, const struct http *http, const char *url,
                 struct MHD_Connection *connection)
{
    size_t n;
    target->n_options = target->n_decoded = target->n_key = 0;
    target->path[0] = target->key[0] = '\0';
    target->refusal = decode(own_path(http, url), target->path, PATH_MOST, &n);
    if (!target->refusal && !is_good_path(target->path))
        target->refusal = MHD_HTTP_BAD_REQUEST;
    if (!target->refusal)
        MHD_get_connection_values(connection, MHD_GET_ARGUMENT_KIND, option_read, target);
    if (!target->refusal)
        key_make(target);
}

size_t target_keep_raw(void *data, struct MHD_Connection *connection, char *text)
{
    (void)data;
    (void)connection;
    return strlen(text);
}

const char *request_option(const struct request *request, const char *name)
{
    for (size_t i = 0; i < request->n_options; i++)
        if (strcmp(request->options[i].name, name) == 0)
            return request->options[i].value;
    return NULL;
}

/* ---- methods ---- */

enum verb verb_of(const char *method)
{
    static const struct {
        const char *name;
        enum verb verb;
    } verbs[] = {
        {"GET", VERB_GET},           {"HEAD", VERB_GET},        {"POST", VERB_POST},
        {"PROPFIND", VERB_PROPFIND}, {"OPTIONS", VERB_OPTIONS},
    };
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
        if (strcmp(method, verbs[i].name) == 0)
            return verbs[i].verb;
    return VERB_OTHER;
}

static bool begins(const char *text, const char *start)
{
    return strncmp(text, start, strlen(start)) == 0;
}

static bool is_feed(const char *path)
{
    return begins(path, "/calendars/") || begins(path, "/s/");
}

static bool is_allowed(enum verb verb, const char *path)
{
    switch (verb) {
    case VERB_GET:
    case VERB_OPTIONS:
        return true;
    case VERB_POST:
        return !is_feed(path);
    case VERB_PROPFIND:
        return is_feed(path);
    case VERB_OTHER:
        break;
    }
    return false;
}

const char *path_methods(const char *path)
{
    return is_feed(path) ? "GET, HEAD, OPTIONS, PROPFIND" : "GET, HEAD, OPTIONS, POST";
}

/* ---- headers ---- */

/* Texts that the engine may print or compare; anything else refuses the whole request, since a strange Origin
 * must not pass for an absent one. */
static const char *header(struct exchange *exchange, const char *name, bool *bad)
{
    const char *value = MHD_lookup_connection_value(exchange->connection, MHD_HEADER_KIND, name);
    if (!value)
        return NULL;
    for (const char *c = value; *c; c++)
        if (((unsigned char)*c < ' ' && *c != '\t') || *c == 0x7f)
            *bad = true;
    if (!utf8_valid(value, strlen(value), NULL))
        *bad = true;
    return value;
}

static const char *header_of_proxy(struct exchange *exchange, bool *bad)
{
    static const char *const names[] = {"Forwarded",         "X-Forwarded-For", "X-Forwarded-Host",
                                        "X-Forwarded-Proto", "X-Real-IP",       "Via"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *value = header(exchange, names[i], bad);
        if (value)
            return value;
    }
    return NULL;
}

static bool headers_read(struct exchange *exchange)
{
    bool bad = false;
    struct request *request = &exchange->request;
    request->content_type = header(exchange, MHD_HTTP_HEADER_CONTENT_TYPE, &bad);
    request->host = header(exchange, MHD_HTTP_HEADER_HOST, &bad);
    request->origin = header(exchange, MHD_HTTP_HEADER_ORIGIN, &bad);
    request->authorization = header(exchange, MHD_HTTP_HEADER_AUTHORIZATION, &bad);
    request->last_event_id = header(exchange, "Last-Event-ID", &bad);
    request->if_match = header(exchange, MHD_HTTP_HEADER_IF_MATCH, &bad);
    request->accept_language = header(exchange, MHD_HTTP_HEADER_ACCEPT_LANGUAGE, &bad);
    request->cookie = header(exchange, MHD_HTTP_HEADER_COOKIE, &bad);
    request->depth = header(exchange, MHD_HTTP_HEADER_DEPTH, &bad);
    request->forwarded = header_of_proxy(exchange, &bad);
    return !bad;
}

static bool is_loopback(struct MHD_Connection *connection)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    if (!info || !info->client_addr)
        return false;
    if (info->client_addr->sa_family == AF_INET) {
        struct sockaddr_in four;
        memcpy(&four, info->client_addr, sizeof four);
        return ntohl(four.sin_addr.s_addr) >> 24 == 127;
    }
    if (info->client_addr->sa_family != AF_INET6)
        return false;
    struct sockaddr_in6 six;
    memcpy(&six, info->client_addr, sizeof six);
    return IN6_IS_ADDR_LOOPBACK(&six.sin6_addr) ||
           (IN6_IS_ADDR_V4MAPPED(&six.sin6_addr) && six.sin6_addr.s6_addr[12] == 127);
}

static bool is_too_long(const char *content_length, size_t limit)
{
    uint64_t n = 0;
    for (const char *c = content_length; *c >= '0' && *c <= '9'; c++) {
        n = 10 * n + (uint64_t)(*c - '0');
        if (n > limit)
            return true;
    }
    return false;
}

/* libmicrohttpd would read a request whose length is given in two ways or in an unknown one, and other
 * servers on the way might have read it differently. */
int request_refusal(struct MHD_Connection *connection, const char *version, size_t limit)
{
    const char *length =
        MHD_lookup_connection_value(connection, MHD_HEADER_KIND, MHD_HTTP_HEADER_CONTENT_LENGTH);
    const char *coding =
        MHD_lookup_connection_value(connection, MHD_HEADER_KIND, MHD_HTTP_HEADER_TRANSFER_ENCODING);
    if (coding && (length || strcasecmp(coding, "chunked") != 0))
        return MHD_HTTP_BAD_REQUEST;
    if (length && is_too_long(length, limit))
        return MHD_HTTP_CONTENT_TOO_LARGE;
    bool has_host = MHD_lookup_connection_value(connection, MHD_HEADER_KIND, MHD_HTTP_HEADER_HOST);
    return has_host || strcmp(version, MHD_HTTP_VERSION_1_0) == 0 ? 0 : MHD_HTTP_BAD_REQUEST;
}

/* ---- exchanges ---- */

static void options_copy(struct exchange *exchange, const struct target *target)
{
    size_t n = target->n_options;
    struct query_option *options = arena_alloc(exchange->arena, n * sizeof *options);
    for (size_t i = 0; i < n; i++) {
        options[i].name = arena_strdup(exchange->arena, target->options[i].name);
        options[i].value = arena_strdup(exchange->arena, target->options[i].value);
    }
    exchange->request.options = options;
    exchange->request.n_options = n;
}

/* What the server itself answers without asking the engine, or NULL. */
static struct answer *own_answer(struct exchange *exchange, enum verb verb, const struct target *target)
{
    if (target->refusal)
        return refusal_new(target->path, target->refusal);
    if (!headers_read(exchange))
        return refusal_new(target->path, MHD_HTTP_BAD_REQUEST);
    if (!is_allowed(verb, target->path))
        return refusal_method(target->path);
    return verb == VERB_OPTIONS ? options_new(target->path) : NULL;
}

struct exchange *exchange_new(struct http *http, struct MHD_Connection *connection, enum verb verb,
                              const struct target *target)
{
    struct arena *arena = arena_new();
    struct exchange *exchange = arena_alloc(arena, sizeof *exchange);
    exchange->arena = arena;
    exchange->http = http;
    exchange->connection = connection;
    struct request *request = &exchange->request;
    request->method = verb == VERB_POST ? METHOD_POST : verb == VERB_PROPFIND ? METHOD_PROPFIND : METHOD_GET;
    request->path = arena_strdup(arena, target->path);
    request->key = arena_strdup(arena, target->key);
    request->body = "";
    request->loopback = is_loopback(connection);
    options_copy(exchange, target);
    exchange->answer = own_answer(exchange, verb, target);
    return exchange;
}

static void body_drop(struct exchange *exchange)
{
    text_fini(&exchange->body);
    atomic_fetch_sub(&exchange->http->body_bytes, exchange->body_counted);
    exchange->body_counted = 0;
}

static void body_refuse(struct exchange *exchange, int status)
{
    body_drop(exchange);
    exchange->answer = refusal_new(exchange->request.path, status);
}

/* Only when all of a body was read can an answer be sent, so what is too long is thrown away up to a point.
 */
bool exchange_read(struct exchange *exchange, const char *bytes, size_t n)
{
    struct http *http = exchange->http;
    exchange->body_seen += n;
    if (exchange->body_seen / BODIES_MOST > http->body_limit)
        return false;
    if (exchange->answer || exchange->request.method == METHOD_GET)
        return true;
    if (exchange->body_seen > http->body_limit) {
        body_refuse(exchange, MHD_HTTP_CONTENT_TOO_LARGE);
        return true;
    }
    exchange->body_counted += n;
    if (atomic_fetch_add(&http->body_bytes, n) + n > BODIES_MOST * http->body_limit) {
        body_refuse(exchange, MHD_HTTP_SERVICE_UNAVAILABLE);
        return true;
    }
    text_add_bytes(&exchange->body, bytes, n);
    exchange->request.body = exchange->body.at;
    exchange->request.body_size = exchange->body.n;
    return true;
}

void exchange_free(struct exchange *exchange)
{
    body_drop(exchange);
    answer_release(exchange->answer);
    if (exchange->stream)
        stream_leave(exchange->stream);
    arena_free(exchange->arena);
}
