#include "publish/http_private.h"
#include "time/clock.h"

#include <string.h>
#include <strings.h>

/* ---- conditional requests and compression ---- */

/* Whether one of the tags in the list is ours, by weak comparison (RFC 9110, 8.8.3.2): "W/" makes no
 * difference. Either form's tag will do, since both say the same. */
static bool tag_in_list(const char *list, const struct answer *answer)
{
    const char *at = list;
    for (;;) {
        at += strspn(at, " \t,");
        if (*at == '*' && at == list + strspn(list, " \t"))
            return true;
        if (at[0] == 'W' && at[1] == '/')
            at += 2;
        const char *end = *at == '"' ? strchr(at + 1, '"') : NULL;
        if (!end)
            return false;
        size_t n = (size_t)(end + 1 - at);
        if ((n == strlen(answer->etag) && memcmp(at, answer->etag, n) == 0) ||
            (n == strlen(answer->etag_gzip) && memcmp(at, answer->etag_gzip, n) == 0))
            return true;
        at = end + 1;
    }
}

static bool is_unchanged(struct MHD_Connection *connection, const struct answer *answer)
{
    if (!answer->etag[0])
        return false;
    const char *tags =
        MHD_lookup_connection_value(connection, MHD_HEADER_KIND, MHD_HTTP_HEADER_IF_NONE_MATCH);
    if (tags)
        return tag_in_list(tags, answer);
    const char *since =
        MHD_lookup_connection_value(connection, MHD_HEADER_KIND, MHD_HTTP_HEADER_IF_MODIFIED_SINCE);
    int64_t instant;
    return since && answer->modified && instant_from_http(since, &instant) && answer->modified <= instant;
}

/* Whether a coding's parameters are not ";q=0". */
static bool is_wanted(const char *parameters, size_t n)
{
    const char *end = parameters + n;
    const char *q = memchr(parameters, ';', n);
    if (!q)
        return true;
    q++;
    q += strspn(q, " \t");
    if (q + 2 > end || strncasecmp(q, "q=", 2) != 0)
        return true;
    q += 2;
    q += strspn(q, "0.");
    return q < end && *q >= '1' && *q <= '9';
}

static bool is_coding(const char *item, size_t n, const char *coding)
{
    size_t name = strcspn(item, ",; \t");
    return name <= n && name == strlen(coding) && strncasecmp(item, coding, name) == 0;
}

static bool accepts_gzip(struct MHD_Connection *connection)
{
    const char *at =
        MHD_lookup_connection_value(connection, MHD_HEADER_KIND, MHD_HTTP_HEADER_ACCEPT_ENCODING);
    bool any = false;
    while (at && *at) {
        at += strspn(at, " \t,");
        size_t n = strcspn(at, ",");
        if (is_coding(at, n, "gzip") || is_coding(at, n, "x-gzip"))
            return is_wanted(at, n);
        if (is_coding(at, n, "*"))
            any = is_wanted(at, n);
        at += n;
    }
    return any;
}

/* ---- responses, made once for each form of an answer and shared by all connections ---- */

enum form { FORM_PLAIN, FORM_GZIP, FORM_UNCHANGED, FORM_UNCHANGED_GZIP };
_Static_assert(FORM_UNCHANGED_GZIP < ANSWER_FORMS, "a place for each form");

static void add(struct MHD_Response *response, const char *name, const char *value)
{
    must(MHD_add_response_header(response, name, value) == MHD_YES);
}

static const char *type_text(enum answer_type type)
{
    switch (type) {
    case ANSWER_CALENDAR:
        return "text/calendar; charset=utf-8";
    case ANSWER_HTML:
        return "text/html; charset=utf-8";
    case ANSWER_JSON:
        return "application/json";
    case ANSWER_CSV:
        return "text/csv; charset=utf-8";
    case ANSWER_TEXT:
        return "text/plain; charset=utf-8";
    case ANSWER_METRICS:
        return "text/plain; version=0.0.4; charset=utf-8";
    case ANSWER_STYLE:
        return "text/css; charset=utf-8";
    case ANSWER_SVG:
        return "image/svg+xml";
    case ANSWER_XML:
        return "application/xml; charset=utf-8";
    }
    must(!"a type of answer");
    return "";
}

/* inline; filename="ke-hoach.ics", and for other letters the form of RFC 8187 as well. */
static void add_file_name(struct MHD_Response *response, const char *file_name)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.";
    auto_text value = {0}, encoded = {0};
    text_add(&value, "inline; filename=\"");
    for (const char *c = file_name; *c; c++) {
        bool is_plain = strchr(plain, *c) != NULL;
        text_addf(&value, "%c", is_plain ? *c : '_');
        text_addf(&encoded, is_plain ? "%c" : "%%%02X", (unsigned char)*c);
    }
    text_add(&value, "\"");
    if (file_name[strspn(file_name, plain)])
        text_addf(&value, "; filename*=UTF-8''%s", text_str(&encoded));
    add(response, "Content-Disposition", text_str(&value));
}

static void add_validators(struct MHD_Response *response, const struct answer *answer, bool gzip)
{
    if (answer->etag[0])
        add(response, "ETag", gzip ? answer->etag_gzip : answer->etag);
    if (answer->etag[0] && answer->modified) {
        char buf[INSTANT_SIZE];
        add(response, "Last-Modified", instant_http(answer->modified, buf));
    }
    if (!answer_field_value(answer, "Cache-Control"))
        add(response, "Cache-Control", answer->etag[0] ? "private, no-cache" : "no-store");
    if (answer_varies(answer))
        add(response, "Vary", "Accept-Encoding");
}

static void add_guards(struct MHD_Response *response, const struct answer *answer)
{
    add(response, "X-Content-Type-Options", "nosniff");
    if (!answer_field_value(answer, "Referrer-Policy"))
        add(response, "Referrer-Policy", "no-referrer");
    add(response, "X-Robots-Tag", "noindex");
    bool is_page = answer->type == ANSWER_HTML || answer->type == ANSWER_SVG;
    if (is_page && !answer_field_value(answer, "Content-Security-Policy"))
        add(response, "Content-Security-Policy",
            "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri "
            "'none'; "
            "frame-ancestors 'none'");
}

static void add_own_fields(struct MHD_Response *response, const struct answer *answer, bool unchanged)
{
    for (size_t i = 0; i < answer->fields.n; i++) {
        const struct answer_field *field = &answer->fields.at[i];
        if (!unchanged || strcasecmp(field->name, "Cache-Control") == 0)
            add(response, field->name, field->value);
    }
}

/* The bytes stay as long as a connection sends them, even when the answer itself has gone. */
static void let_go(void *body)
{
    body_release(body);
}

/* libmicrohttpd always writes a Content-Length. Of an unchanged answer it is 0 and not the length that the
 * bytes would have, which RFC 9110 would rather see: simple clients would wait for that many, and caches must
 * not keep either (RFC 9111, 3.2).
 */
static void *response_make(struct answer *answer, int form)
{
    bool gzip = form == FORM_GZIP || form == FORM_UNCHANGED_GZIP;
    bool unchanged = form == FORM_UNCHANGED || form == FORM_UNCHANGED_GZIP;
    struct MHD_Response *response;
    if (unchanged) {
        response = MHD_create_response_from_buffer(0, NULL, MHD_RESPMEM_PERSISTENT);
    } else {
        struct body *body = body_hold(gzip ? answer->gzip : answer->plain);
        response = MHD_create_response_from_buffer_with_free_callback_cls(body->n, body->at, let_go, body);
    }
    must(response);
    add_validators(response, answer, gzip);
    add_own_fields(response, answer, unchanged);
    if (unchanged)
        return response;
    if (answer->status != MHD_HTTP_NO_CONTENT)
        add(response, "Content-Type", type_text(answer->type));
    if (gzip)
        add(response, "Content-Encoding", "gzip");
    if (answer->file_name)
        add_file_name(response, answer->file_name);
    add_guards(response, answer);
    return response;
}

static void response_drop(void *response)
{
    MHD_destroy_response(response);
}

static void count(struct http *http, int status)
{
    if (status == MHD_HTTP_NOT_MODIFIED)
        atomic_fetch_add_explicit(&http->not_modified, 1, memory_order_relaxed);
    else if (status >= 500)
        atomic_fetch_add_explicit(&http->server_errors, 1, memory_order_relaxed);
    else if (status >= 400)
        atomic_fetch_add_explicit(&http->client_errors, 1, memory_order_relaxed);
}

enum MHD_Result answer_send(struct http *http, struct MHD_Connection *connection, struct answer *answer,
                            bool conditional)
{
    bool gzip = accepts_gzip(connection) && answer_compress(answer);
    bool unchanged = conditional && is_unchanged(connection, answer);
    enum form form = unchanged ? (gzip ? FORM_UNCHANGED_GZIP : FORM_UNCHANGED)
                     : gzip    ? FORM_GZIP
                               : FORM_PLAIN;
    int status = unchanged ? MHD_HTTP_NOT_MODIFIED : answer->status;
    count(http, status);
    if (answer->mark && status < 400)
        visit_note(http, answer->mark, unchanged,
                   MHD_lookup_connection_value(connection, MHD_HEADER_KIND, MHD_HTTP_HEADER_USER_AGENT));
    return MHD_queue_response(connection, (unsigned)status,
                              answer_form(answer, form, response_make, response_drop));
}

/* ---- the server's own answers ---- */

struct refusal {
    int status;
    const char *name, *vi, *en;
};

static const struct refusal *refusal_of(int status)
{
    static const struct refusal refusals[] = {
        {MHD_HTTP_METHOD_NOT_ALLOWED, "method_not_allowed",
         "Địa chỉ này không nhận phương thức ấy; tiêu đề Allow kể những phương thức dùng được.",
         "This address does not take that method; the Allow header names those it takes."},
        {MHD_HTTP_CONTENT_TOO_LARGE, "body_too_large",
         "Nội dung gửi lên quá lớn; hãy chia thành nhiều phần nhỏ hơn.",
         "The body is too large; send it in smaller parts."},
        {MHD_HTTP_URI_TOO_LONG, "address_too_long", "Địa chỉ hoặc tham số quá dài.",
         "The address or its options are too long."},
        {MHD_HTTP_SERVICE_UNAVAILABLE, "busy",
         "Máy chủ đang bận, đang khởi động hoặc đang dừng; hãy thử lại sau giây lát.",
         "The server is busy, starting or stopping; try again in a moment."},
        {MHD_HTTP_BAD_REQUEST, "bad_request",
         "Yêu cầu không hợp lệ: địa chỉ, tham số hoặc tiêu đề có ký tự không được phép, hoặc một tham số "
         "được ghi hai lần.",
         "Bad request: the address, an option or a header holds what is not allowed, or an option stands "
         "twice."},
    };
    size_t i = 0;
    while (refusals[i].status != status && refusals[i].status != MHD_HTTP_BAD_REQUEST)
        i++;
    return &refusals[i];
}

struct answer *refusal_new(const char *path, int status)
{
    const struct refusal *refusal = refusal_of(status);
    bool json = strncmp(path, "/api/", 5) == 0;
    auto_text body = {0};
    if (json)
        text_addf(&body, "{\"error\":\"%s\",\"detail\":\"%s / %s\"}\n", refusal->name, refusal->vi,
                  refusal->en);
    else
        text_addf(&body,
                  "<!doctype html>\n<html lang=\"vi\"><meta charset=\"utf-8\"><title>%d</title>\n"
                  "<h1>%d</h1>\n<p>%s</p>\n<p lang=\"en\">%s</p>\n</html>\n",
                  status, status, refusal->vi, refusal->en);
    struct answer *answer = answer_new(status, json ? ANSWER_JSON : ANSWER_HTML, &body, 0);
    if (status == MHD_HTTP_SERVICE_UNAVAILABLE)
        answer_header(answer, "Retry-After", "1");
    return answer;
}

struct answer *refusal_method(const char *path)
{
    struct answer *answer = refusal_new(path, MHD_HTTP_METHOD_NOT_ALLOWED);
    answer_header(answer, "Allow", path_methods(path));
    return answer;
}

struct answer *options_new(const char *path)
{
    auto_text body = {0};
    struct answer *answer = answer_new(MHD_HTTP_NO_CONTENT, ANSWER_TEXT, &body, 0);
    answer_header(answer, "Allow", path_methods(path));
    return answer;
}

struct answer *plain_answer(int status, const char *text)
{
    auto_text body = {0};
    text_add(&body, text);
    struct answer *answer = answer_new(status, ANSWER_TEXT, &body, 0);
    answer_header(answer, "Cache-Control", "no-store");
    return answer;
}
