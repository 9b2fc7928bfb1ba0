/* What the server makes of a request. */
#include "http_talk.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define HOST         "Host: localhost\r\n"

/* ---- addresses ---- */

static void addresses(void **state)
{
    static const struct {
        const char *target;
        int status;
        const char *key; /* as the engine sees it */
    } cases[] = {
        {"/", 200, "/"},
        {"/calendars/all.ics", 200, "/calendars/all.ics"},
        {"/s/token/", 200, "/s/token/"},
        {"/calendars/all.ics?as=todo&alarms=1", 200, "/calendars/all.ics?alarms=1&as=todo"},
        {"/calendars/all.ics?alarms=1&as=todo", 200, "/calendars/all.ics?alarms=1&as=todo"},
        {"/a?", 200, "/a"},
        {"/a?&&b=1&", 200, "/a?b=1"},
        {"/a?b", 200, "/a?b="},
        {"/a?b=", 200, "/a?b="},
        {"/a?as-of=2026-11-24&as=todo", 200, "/a?as=todo&as-of=2026-11-24"},
        {"/a?note=m%E1%BB%99t+hai", 200, "/a?note=một hai"},
        {"/a?b=1%2B1", 200, "/a?b=1+1"},
        {"/%C4%91%C6%A1n%20v%E1%BB%8B", 200, "/đơn vị"},
        {"/\xC4\x91", 200, "/đ"}, /* not encoded, but it can only mean one thing */
        {"/unit%2Fhaiphong", 200, "/unit/haiphong"},
        /* decoded once, and what separates stays apart from what was decoded */
        {"/a%2541", 200, "/a%2541"},
        {"/a%3Fas=todo", 200, "/a%3Fas%3Dtodo"},
        {"/a?b=1%26c=2", 200, "/a?b=1%26c%3D2"},
        {"/a?b%3D1=2", 200, "/a?b%3D1=2"},
        /* refused */
        {"/..", 400, NULL},
        {"/a/../b", 400, NULL},
        {"/a/%2e%2e/b", 400, NULL},
        {"/a/..%2fb", 400, NULL},
        {"/./a", 400, NULL},
        {"/a//b", 400, NULL},
        {"//", 400, NULL},
        {"/a/%2Fb", 400, NULL},
        {"/calendars/all.ics%00.html", 400, NULL},
        {"/a%0d%0aSet-Cookie:x", 400, NULL},
        {"/a%1f", 400, NULL},
        {"/a%7f", 400, NULL},
        {"/a\x01", 400, NULL},
        {"/a%", 400, NULL},
        {"/a%4", 400, NULL},
        {"/a%4x", 400, NULL},
        {"/a%x4", 400, NULL},
        {"/%ff", 400, NULL},
        {"/%C0%AF", 400, NULL},
        {"/%ED%A0%80", 400, NULL},
        {"/\xff", 400, NULL},
        {"a", 400, NULL},
        {"*", 400, NULL},
        {"http://localhost/a", 400, NULL},
        {"/a?b=%00", 400, NULL},
        {"/a?b=%ff", 400, NULL},
        {"/a?%0a=1", 400, NULL},
        {"/a?b=%2", 400, NULL},
        {"/a?unit=PC06&unit=PV01", 400, NULL},
        {"/a?unit=PC06&unit=PC06", 400, NULL},
        {"/a?un%69t=PC06&unit=PV01", 400, NULL},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        auto_reply reply;
        talk_ask(*state, "GET", cases[i].target, "", &reply);
        if (reply.status != cases[i].status ||
            (cases[i].key && strcmp(text_str(&reply.body), cases[i].key) != 0))
            fail_msg("%s: %d %s", cases[i].target, reply.status, text_str(&reply.body));
    }
}

/* A target of the given length: path, or path with one option. */
static void ask_long(struct talk *talk, const char *start, size_t n, struct reply *reply)
{
    auto_text target = {0};
    text_add(&target, start);
    while (target.n < n)
        text_add(&target, "a");
    talk_ask(talk, "GET", target.at, "", reply);
}

static void long_addresses(void **state)
{
    static const struct {
        const char *start;
        size_t n;
        int status;
    } cases[] = {
        {"/", 1024, 200},     {"/", 1025, 414},     {"/", 5000, 414},   {"/b?c=", 2048, 200},
        {"/b?c=", 2049, 414}, {"/b?c=", 5000, 414}, {"/", 100000, 414},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        auto_reply reply;
        ask_long(*state, cases[i].start, cases[i].n, &reply);
        if (reply.status != cases[i].status)
            fail_msg("%s with %zu bytes: %d", cases[i].start, cases[i].n, reply.status);
    }
}

static void many_options(void **state)
{
    for (int n = 32; n <= 33; n++) {
        auto_text target = {0};
        text_add(&target, "/a?");
        for (int i = 0; i < n; i++)
            text_addf(&target, "o%d=%d&", i, i);
        auto_reply reply;
        talk_ask(*state, "GET", target.at, "", &reply);
        assert_int_equal(reply.status, n == 32 ? 200 : 400);
    }
}

static struct answer *tell_options(struct talk *talk, const struct request *request, bool *cache)
{
    (void)talk;
    (void)cache;
    auto_text out = {0};
    static const char *const names[] = {"unit", "as-of", "as", "none"};
    for (size_t i = 0; i < COUNT(names); i++) {
        const char *value = request_option(request, names[i]);
        text_addf(&out, "%s=%s;", names[i], value ? value : "NULL");
    }
    return answer_new(200, ANSWER_TEXT, &out, 0);
}

static void options_are_found_by_name(void **state)
{
    struct talk *talk = *state;
    talk->engine = tell_options;
    auto_reply reply;
    talk_ask(talk, "GET", "/a?unit=haiphong%2FPC06&as-of=2026-11-24&as", "", &reply);
    assert_string_equal(reply.body.at, "unit=haiphong/PC06;as-of=2026-11-24;as=;none=NULL;");
}

/* ---- methods ---- */

static struct answer *tell_method(struct talk *talk, const struct request *request, bool *cache)
{
    (void)talk;
    (void)cache;
    static const char *const names[] = {"GET", "POST", "PROPFIND"};
    return talk_text(200, ANSWER_TEXT, names[request->method]);
}

static void methods(void **state)
{
    static const char feed[] = "GET, HEAD, OPTIONS, PROPFIND", other[] = "GET, HEAD, OPTIONS, POST";
    static const struct {
        const char *method, *path;
        int status;
        const char *allow, *body;
    } cases[] = {
        {"GET", "/calendars/all.ics", 200, "", "GET"},
        {"HEAD", "/calendars/all.ics", 200, "", ""},
        {"PROPFIND", "/s/token/", 200, "", "PROPFIND"},
        {"PROPFIND", "/calendars/all.ics", 200, "", "PROPFIND"},
        {"POST", "/api/v1/figures", 200, "", "POST"},
        {"OPTIONS", "/calendars/all.ics", 204, feed, ""},
        {"OPTIONS", "/s/token/", 204, feed, ""},
        {"OPTIONS", "/api/v1/figures", 204, other, ""},
        {"PUT", "/calendars/all.ics", 405, feed, NULL},
        {"PUT", "/s/token/haiphong-PC06.ics", 405, feed, NULL},
        {"POST", "/calendars/all.ics", 405, feed, NULL},
        {"POST", "/s/token/", 405, feed, NULL},
        {"DELETE", "/calendars/all.ics", 405, feed, NULL},
        {"PROPPATCH", "/calendars/all.ics", 405, feed, NULL},
        {"REPORT", "/calendars/all.ics", 405, feed, NULL},
        {"MKCALENDAR", "/calendars/x", 405, feed, NULL},
        {"PROPFIND", "/", 405, other, NULL},
        {"PUT", "/api/v1/figures", 405, other, NULL},
        {"TRACE", "/", 405, other, NULL},
        {"get", "/", 405, other, NULL},
        {"NONSENSE", "/", 405, other, NULL},
    };
    struct talk *talk = *state;
    talk->engine = tell_method;
    for (size_t i = 0; i < COUNT(cases); i++) {
        auto_reply reply;
        talk_ask(talk, cases[i].method, cases[i].path, "Content-Length: 0\r\n", &reply);
        if (reply.status != cases[i].status || strcmp(reply_header(&reply, "Allow"), cases[i].allow) != 0 ||
            (cases[i].body && strcmp(text_str(&reply.body), cases[i].body) != 0))
            fail_msg("%s %s: %d, Allow: %s, %s", cases[i].method, cases[i].path, reply.status,
                     reply_header(&reply, "Allow"), text_str(&reply.body));
    }
}

/* What Thunderbird sends when somebody edits a feed: the answer must come, on the same connection. */
static void a_feed_cannot_be_put(void **state)
{
    struct talk *talk = *state;
    int fd = talk_dial(talk);
    static const char *const requests[] = {
        "PUT /calendars/all.ics HTTP/1.1\r\n" HOST "If-Match: nothing\r\nContent-Length: 0\r\n\r\n",
        "PUT /calendars/all.ics HTTP/1.1\r\n" HOST "If-Match: nothing\r\n\r\n",
        "PUT /calendars/all.ics HTTP/1.1\r\n" HOST "Content-Length: 15\r\n\r\nBEGIN:VCALENDAR",
        "PUT /calendars/all.ics HTTP/1.1\r\n" HOST
        "Transfer-Encoding: chunked\r\n\r\n5\r\nBEGIN\r\n0\r\n\r\n",
    };
    for (size_t i = 0; i < COUNT(requests); i++) {
        auto_reply reply;
        talk_say(fd, requests[i]);
        talk_hear(talk, fd, false, &reply);
        assert_int_equal(reply.status, 405);
        assert_false(reply.closed);
    }
    close(fd);
    assert_int_equal(talk->asked, 0);
}

static void refusals_speak_two_languages(void **state)
{
    auto_reply page, json;
    talk_ask(*state, "PUT", "/calendars/all.ics", "", &page);
    assert_string_equal(reply_header(&page, "Content-Type"), "text/html; charset=utf-8");
    assert_non_null(strstr(page.body.at, "phương thức"));
    assert_non_null(strstr(page.body.at, "<p lang=\"en\">This address does not take that method"));
    talk_ask(*state, "PUT", "/api/v1/figures", "", &json);
    assert_string_equal(reply_header(&json, "Content-Type"), "application/json");
    assert_non_null(strstr(json.body.at, "{\"error\":\"method_not_allowed\",\"detail\":\"Địa chỉ này"));
    assert_string_equal(reply_header(&json, "Cache-Control"), "no-store");
}

/* ---- headers of the request ---- */

static struct answer *tell_headers(struct talk *talk, const struct request *request, bool *cache)
{
    (void)talk;
    (void)cache;
    auto_text out = {0};
    const char *const values[] = {request->host,      request->origin,   request->authorization,
                                  request->forwarded, request->if_match, request->last_event_id,
                                  request->cookie,    request->depth,    request->accept_language};
    for (size_t i = 0; i < COUNT(values); i++)
        text_addf(&out, "%s|", values[i] ? values[i] : "");
    text_add(&out, request->loopback ? "loopback" : "far");
    return answer_new(200, ANSWER_TEXT, &out, 0);
}

static void headers_reach_the_engine(void **state)
{
    static const struct {
        const char *headers;
        int status;
        const char *told;
    } cases[] = {
        {"", 200, "localhost|||||||||loopback"},
        {"Origin: http://localhost:8466\r\nauthorization: Bearer x\r\n", 200,
         "localhost|http://localhost:8466|Bearer x|||||||loopback"},
        {"Forwarded: for=1.2.3.4\r\n", 200, "localhost|||for=1.2.3.4||||||loopback"},
        {"X-Forwarded-For: 1.2.3.4\r\n", 200, "localhost|||1.2.3.4||||||loopback"},
        {"X-Forwarded-Proto: https\r\n", 200, "localhost|||https||||||loopback"},
        {"X-Real-IP: 1.2.3.4\r\n", 200, "localhost|||1.2.3.4||||||loopback"},
        {"Via: 1.1 proxy\r\n", 200, "localhost|||1.1 proxy||||||loopback"},
        {"If-Match: \"x\"\r\nLast-Event-ID: 17\r\nCookie: a=b\r\nDepth: 1\r\nAccept-Language: vi\r\n", 200,
         "localhost||||\"x\"|17|a=b|1|vi|loopback"},
        {"Accept-Language: tiếng Việt\r\n", 200, "localhost||||||||tiếng Việt|loopback"},
        {"Origin: \xff\r\n", 400, NULL},
        {"Authorization: a\x01z\r\n", 400, NULL},
        {"Depth: \x7f\r\n", 400, NULL},
    };
    struct talk *talk = *state;
    talk->engine = tell_headers;
    for (size_t i = 0; i < COUNT(cases); i++) {
        auto_reply reply;
        talk_ask(talk, "GET", "/", cases[i].headers, &reply);
        if (reply.status != cases[i].status || (cases[i].told && strcmp(reply.body.at, cases[i].told) != 0))
            fail_msg("%s: %d %s", cases[i].headers, reply.status, text_str(&reply.body));
    }
}

/* ---- bodies ---- */

static struct answer *tell_body(struct talk *talk, const struct request *request, bool *cache)
{
    (void)talk;
    (void)cache;
    auto_text out = {0};
    text_addf(&out, "%s:%zu:%s", request->content_type ? request->content_type : "-", request->body_size,
              request->body);
    return answer_new(200, ANSWER_TEXT, &out, 0);
}

static void bodies(void **state)
{
    static const struct {
        const char *request, *told;
    } cases[] = {
        {"POST /api/v1/figures HTTP/1.1\r\n" HOST
         "Content-Type: text/csv\r\nContent-Length: 11\r\n\r\nunit,metric",
         "text/csv:11:unit,metric"},
        {"POST /api/v1/figures HTTP/1.1\r\n" HOST "Content-Length: 0\r\n\r\n", "-:0:"},
        {"POST /api/v1/figures HTTP/1.1\r\n" HOST "\r\n", "-:0:"},
        {"POST /api/v1/figures HTTP/1.1\r\n" HOST
         "Transfer-Encoding: chunked\r\n\r\n4\r\nunit\r\n7;x=y\r\n,metric\r\n0\r\n\r\n",
         "-:11:unit,metric"},
        {"POST /x HTTP/1.1\r\n" HOST "Expect: 100-continue\r\nContent-Length: 4\r\n\r\nunit", "-:4:unit"},
        {"PROPFIND /s/t/ HTTP/1.1\r\n" HOST "Content-Length: 4\r\n\r\n<x/>", "-:4:<x/>"},
        {"GET /x HTTP/1.1\r\n" HOST "Content-Length: 4\r\n\r\nunit", "-:0:"},
    };
    struct talk *talk = *state;
    talk->engine = tell_body;
    for (size_t i = 0; i < COUNT(cases); i++) {
        auto_reply reply;
        talk_once(talk, cases[i].request, &reply);
        assert_int_equal(reply.status, 200);
        assert_string_equal(reply.body.at, cases[i].told);
    }
}

static void bodies_that_are_too_long(void **state)
{
    (void)state;
    struct http_config config = http_default_config;
    config.threads = 1;
    config.body_limit = 10;
    struct talk talk;
    talk_start(&talk, &config);
    talk.engine = tell_body;
    static const struct {
        const char *rest;
        int status;
        bool closed;
    } cases[] = {
        {"Content-Length: 10\r\n\r\n0123456789", 200, false},
        {"Content-Length: 11\r\n\r\n", 413, true}, /* before it comes */
        {"Content-Length: 18446744073709551615\r\n\r\n", 413, true},
        {"Transfer-Encoding: chunked\r\n\r\na\r\n0123456789\r\n0\r\n\r\n", 200, false},
        {"Transfer-Encoding: chunked\r\n\r\nb\r\n01234567890\r\n0\r\n\r\n", 413, false},
        {"Transfer-Encoding: chunked\r\n\r\n6\r\n012345\r\n6\r\n012345\r\n0\r\n\r\n", 413, false},
        /* far too long: no answer is owed any more */
        {"Transfer-Encoding: "
         "chunked\r\n\r\n40\r\n0123456789012345678901234567890123456789012345678901234567890123\r\n",
         0, true},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        auto_text request = {0};
        text_addf(&request, "POST /api/v1/figures HTTP/1.1\r\n" HOST "%s", cases[i].rest);
        auto_reply reply;
        talk_once(&talk, request.at, &reply);
        if (reply.status != cases[i].status || reply.closed != cases[i].closed)
            fail_msg("%s: %d, closed %d", cases[i].rest, reply.status, reply.closed);
    }
    talk_stop(&talk);
}

/* Bodies of many connections together: more than four of the greatest size are not held. */
static void bodies_of_many_connections(void **state)
{
    (void)state;
    struct http_config config = http_default_config;
    config.threads = 1;
    config.body_limit = 1000;
    struct talk talk;
    talk_start(&talk, &config);
    talk.engine = tell_body;
    int fds[6];
    auto_free char *body = mem_alloc(901);
    memset(body, 'x', 900);
    /* Each leaves its last byte out; the ping behind makes sure that the server has read it. */
    for (size_t i = 0; i < COUNT(fds); i++) {
        fds[i] = talk_dial(&talk);
        auto_text request = {0};
        text_addf(&request, "POST /api/v1/x HTTP/1.1\r\n" HOST "Content-Length: 901\r\n\r\n%s", body);
        talk_say(fds[i], request.at);
        auto_reply ping;
        talk_ask(&talk, "GET", "/healthz", "", &ping);
    }
    int held = 0, refused = 0;
    for (size_t i = 0; i < COUNT(fds); i++) {
        auto_reply reply;
        talk_say(fds[i], "x");
        talk_hear(&talk, fds[i], false, &reply);
        held += reply.status == 200;
        refused += reply.status == 503;
        close(fds[i]);
    }
    assert_int_equal(held + refused, COUNT(fds));
    assert_true(refused >= 1);
    auto_reply after; /* and what was held is given back */
    talk_once(&talk, "POST /api/v1/x HTTP/1.1\r\n" HOST "Content-Length: 4\r\n\r\nunit", &after);
    assert_int_equal(after.status, 200);
    talk_stop(&talk);
}

/* Whatever comes in, the server stands. */
static void nonsense(void **state)
{
    static const struct {
        const char *bytes;
        int status; /* 0: closed without a word */
    } cases[] = {
        {"\r\n\r\n\r\nGET / HTTP/1.1\r\n" HOST "\r\n", 200},
        {"GET / HTTP/1.1\r\n\r\n", 400}, /* Host is missing */
        {"GET / HTTP/1.0\r\n\r\n", 200},
        {"GET /\r\n\r\n", 400},
        {"GET\r\n\r\n", 0},
        {"GET / HTTP/2.0\r\n" HOST "\r\n", 505},
        {"GET / HTTP/1.1\r\nno colon\r\n\r\n", 400},
        {"POST /x HTTP/1.1\r\n" HOST "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n", 400},
        {"POST /x HTTP/1.1\r\n" HOST "Transfer-Encoding: gzip, chunked\r\n\r\n", 400},
        {"POST /x HTTP/1.1\r\n" HOST "Transfer-Encoding: identity\r\n\r\n", 400},
        {"POST /x HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n\r\nzz\r\n", 400},
        {"POST /x HTTP/1.1\r\n\r\n", 400},
        {"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505},
        {"\x16\x03\x01\x02\n\n", 0}, /* TLS on the wrong port */
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        auto_reply reply;
        talk_once(*state, cases[i].bytes, &reply);
        if (reply.status != cases[i].status)
            fail_msg("%s: %d", cases[i].bytes, reply.status);
        auto_reply after;
        talk_ask(*state, "GET", "/healthz", "", &after);
        assert_int_equal(after.status, 200);
    }
}

static void headers_without_end(void **state)
{
    auto_text headers = {0};
    for (int i = 0; i < 500; i++)
        text_addf(&headers, "X-%d: %060d\r\n", i, i);
    auto_reply reply;
    talk_ask(*state, "GET", "/", headers.at, &reply);
    assert_true(reply.status == 431 || reply.status == 0);
}

int main(void)
{
#define CASE(function) cmocka_unit_test_setup_teardown(function, talk_setup, talk_teardown)
    const struct CMUnitTest tests[] = {
        CASE(addresses),
        CASE(long_addresses),
        CASE(many_options),
        CASE(options_are_found_by_name),
        CASE(methods),
        CASE(a_feed_cannot_be_put),
        CASE(refusals_speak_two_languages),
        CASE(headers_reach_the_engine),
        CASE(bodies),
        cmocka_unit_test(bodies_that_are_too_long),
        cmocka_unit_test(bodies_of_many_connections),
        CASE(nonsense),
        CASE(headers_without_end),
    };
    return cmocka_run_group_tests_name("http requests", tests, NULL, NULL);
}
