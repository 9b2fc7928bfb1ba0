/* How an answer is sent. */
#include "http_talk.h"

#include "publish/answer_private.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define HOST         "Host: localhost\r\n"

/* ---- answers ---- */

static void headers_of_each_type(void **state)
{
    static const char csp[] =
        "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'";
    static const struct {
        int status;
        enum answer_type type;
        const char *content_type, *cache, *csp;
    } cases[] = {
        {200, ANSWER_CALENDAR, "text/calendar; charset=utf-8", "private, no-cache", ""},
        {200, ANSWER_HTML, "text/html; charset=utf-8", "private, no-cache", csp},
        {200, ANSWER_SVG, "image/svg+xml", "private, no-cache", csp},
        {200, ANSWER_JSON, "application/json", "private, no-cache", ""},
        {200, ANSWER_CSV, "text/csv; charset=utf-8", "private, no-cache", ""},
        {200, ANSWER_STYLE, "text/css; charset=utf-8", "private, no-cache", ""},
        {207, ANSWER_XML, "application/xml; charset=utf-8", "no-store", ""},
        {200, ANSWER_METRICS, "text/plain; version=0.0.4; charset=utf-8", "no-store", ""},
        {410, ANSWER_CALENDAR, "text/calendar; charset=utf-8", "no-store", ""},
        {404, ANSWER_HTML, "text/html; charset=utf-8", "no-store", csp},
        {201, ANSWER_JSON, "application/json", "no-store", ""},
    };
    struct talk *talk = *state;
    talk->engine = talk_next;
    for (size_t i = 0; i < COUNT(cases); i++) {
        talk->next = talk_text(cases[i].status, cases[i].type, "x");
        auto_reply reply;
        talk_ask(talk, "GET", "/x", "", &reply);
        assert_int_equal(reply.status, cases[i].status);
        assert_string_equal(reply_header(&reply, "Content-Type"), cases[i].content_type);
        assert_string_equal(reply_header(&reply, "Cache-Control"), cases[i].cache);
        assert_string_equal(reply_header(&reply, "Content-Security-Policy"), cases[i].csp);
        assert_string_equal(reply_header(&reply, "X-Content-Type-Options"), "nosniff");
        assert_string_equal(reply_header(&reply, "Referrer-Policy"), "no-referrer");
        assert_string_equal(reply_header(&reply, "X-Robots-Tag"), "noindex");
    }
}

static void own_headers_replace_the_usual_ones(void **state)
{
    struct talk *talk = *state;
    struct answer *answer = talk_text(200, ANSWER_HTML, "x");
    answer_header(answer, "Cache-Control", "no-store");
    answer_header(answer, "content-security-policy", "default-src 'self'");
    answer_header(answer, "X-Own", "1");
    talk_keep(talk, "/subscribe/all", answer);
    auto_reply reply;
    talk_ask(talk, "GET", "/subscribe/all", "", &reply);
    assert_string_equal(reply_header(&reply, "Cache-Control"), "no-store");
    assert_string_equal(reply_header(&reply, "Content-Security-Policy"), "default-src 'self'");
    assert_string_equal(reply_header(&reply, "X-Own"), "1");
}

static void file_names(void **state)
{
    static const struct {
        const char *name, *header;
    } cases[] = {
        {"haiphong-PC06.ics", "inline; filename=\"haiphong-PC06.ics\""},
        {"nhiệm vụ.ics",
         "inline; filename=\"nhi___m_v___.ics\"; filename*=UTF-8''nhi%E1%BB%87m%20v%E1%BB%A5.ics"},
        {"a\"b\r\n.ics", "inline; filename=\"a_b__.ics\"; filename*=UTF-8''a%22b%0D%0A.ics"},
    };
    struct talk *talk = *state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct answer *answer = talk_text(200, ANSWER_CALENDAR, "x");
        answer_file_name(answer, cases[i].name);
        char path[8];
        snprintf(path, sizeof path, "/%zu", i);
        talk_keep(talk, path, answer);
        auto_reply reply;
        talk_ask(talk, "GET", path, "", &reply);
        assert_string_equal(reply_header(&reply, "Content-Disposition"), cases[i].header);
    }
}

/* Bytes that nothing wins by compressing, and bytes that do. */
static struct answer *feed(size_t n)
{
    struct text body = {0};
    while (body.n < n)
        text_add(&body, "BEGIN:VEVENT\r\n");
    return answer_new(200, ANSWER_CALENDAR, &body, 1795228200); /* Sat, 21 Nov 2026 02:30:00 GMT */
}

static void conditional_requests(void **state)
{
    struct talk *talk = *state;
    struct answer *answer = feed(1000);
    char tag[40], gzip_tag[48];
    snprintf(tag, sizeof tag, "%s", answer_etag(answer));
    snprintf(gzip_tag, sizeof gzip_tag, "%.33s-gz\"", tag);
    talk_keep(talk, "/calendars/all.ics", answer);
    static const struct {
        const char *headers; /* @: the tag without its quotes */
        int status;
    } cases[] = {
        {"", 200},
        {"If-None-Match: \"@\"", 304},
        {"If-None-Match: W/\"@\"", 304},
        {"If-None-Match: \"@-gz\"", 304},
        {"If-None-Match: W/\"@-gz\"", 304},
        {"If-None-Match: *", 304},
        {"If-None-Match: \"x\", \"@\"", 304},
        {"If-None-Match: \"x\",W/\"@\" , \"y\"", 304},
        {"If-None-Match: ,, \"@\"", 304},
        {"If-None-Match: \"x,\", \"@\"", 304}, /* a comma may stand in a tag */
        {"if-none-match: \"@\"", 304},
        {"If-None-Match: \"@x\"", 200},
        {"If-None-Match: @", 200},
        {"If-None-Match: \"@", 200},
        {"If-None-Match: \"@-gzi\"", 200},
        {"If-None-Match: w/\"@\"", 200},
        {"If-None-Match: \"x\", *", 200},
        {"If-None-Match:", 200},
        {"If-None-Match: \"\"", 200},
        {"If-Modified-Since: Sat, 21 Nov 2026 02:30:00 GMT", 304},
        {"If-Modified-Since: Sat, 21 Nov 2026 02:30:01 GMT", 304},
        {"If-Modified-Since: Saturday, 21-Nov-26 02:30:00 GMT", 304},
        {"If-Modified-Since: Sat Nov 21 02:30:00 2026", 304},
        {"If-Modified-Since: Sat, 21 Nov 2026 02:29:59 GMT", 200},
        {"If-Modified-Since: yesterday", 200},
        {"If-Modified-Since: Sat, 31 Feb 2026 02:30:00 GMT", 200},
        {"If-Modified-Since:", 200},
        {"If-None-Match: \"x\"\r\nIf-Modified-Since: Sat, 21 Nov 2026 02:30:00 GMT", 200},
        {"If-None-Match: nonsense\r\nIf-Modified-Since: Sat, 21 Nov 2026 02:30:00 GMT", 200},
        {"If-None-Match: \"@\"\r\nIf-Modified-Since: Sat, 21 Nov 2020 02:30:00 GMT", 304},
    };
    for (size_t i = 0; i < COUNT(cases); i++)
        for (int gzip = 0; gzip < 2; gzip++) {
            auto_text headers = {0};
            for (const char *c = cases[i].headers; *c; c++)
                text_addf(&headers, *c == '@' ? "%.32s" : "%.1s", *c == '@' ? tag + 1 : c);
            text_addf(&headers, "%s%s", headers.n ? "\r\n" : "", gzip ? "Accept-Encoding: gzip\r\n" : "");
            auto_reply reply;
            talk_ask(talk, "GET", "/calendars/all.ics", headers.at, &reply);
            if (reply.status != cases[i].status)
                fail_msg("%s: %d", headers.at, reply.status);
            assert_string_equal(reply_header(&reply, "ETag"), gzip ? gzip_tag : tag);
            assert_string_equal(reply_header(&reply, "Last-Modified"), "Sat, 21 Nov 2026 02:30:00 GMT");
            assert_string_equal(reply_header(&reply, "Cache-Control"), "private, no-cache");
            assert_string_equal(reply_header(&reply, "Vary"), "Accept-Encoding");
            if (reply.status == 304) {
                assert_string_equal(reply_header(&reply, "Content-Length"),
                                    "0"); /* wrk and others believe it */
                assert_string_equal(reply_header(&reply, "Content-Type"), "");
            }
        }
    assert_int_equal(talk->asked, 0);
}

static void without_a_day_only_the_tag_counts(void **state)
{
    struct talk *talk = *state;
    talk_keep(talk, "/x", talk_text(200, ANSWER_HTML, "x"));
    auto_reply reply;
    talk_ask(talk, "GET", "/x", "If-Modified-Since: Sat, 21 Nov 2026 02:30:00 GMT\r\n", &reply);
    assert_int_equal(reply.status, 200);
    assert_string_equal(reply_header(&reply, "Last-Modified"), "");
}

static void only_success_is_conditional(void **state)
{
    struct talk *talk = *state;
    auto_reply reply;
    talk_ask(talk, "PUT", "/calendars/all.ics", "If-None-Match: *\r\n", &reply);
    assert_int_equal(reply.status, 405);
    auto_reply written;
    talk_ask(talk, "POST", "/api/v1/events", "If-None-Match: *\r\n", &written);
    assert_int_equal(written.status, 200);
}

static void compression_is_asked_for(void **state)
{
    static const struct {
        const char *accept;
        bool gzip;
    } cases[] = {
        {"", false},
        {"Accept-Encoding: gzip", true},
        {"Accept-Encoding: deflate, gzip, br", true},
        {"Accept-Encoding: GZIP", true},
        {"Accept-Encoding: x-gzip", true},
        {"Accept-Encoding: *", true},
        {"Accept-Encoding: gzip;q=0.5", true},
        {"Accept-Encoding: gzip ; q=1", true},
        {"Accept-Encoding: gzip;q=0.001", true},
        {"Accept-Encoding: br;q=0, gzip", true},
        {"Accept-Encoding: gzip;q=0", false},
        {"Accept-Encoding: gzip; Q=0.000", false},
        {"Accept-Encoding: gzip;q=0, *", false},
        {"Accept-Encoding: *;q=0", false},
        {"Accept-Encoding: identity", false},
        {"Accept-Encoding: gzipped", false},
        {"Accept-Encoding: br, deflate", false},
        {"Accept-Encoding:", false},
    };
    struct talk *talk = *state;
    talk_keep(talk, "/feed", feed(3000));
    talk_keep(talk, "/short", feed(50));
    for (size_t i = 0; i < COUNT(cases); i++) {
        auto_text headers = {0};
        text_addf(&headers, "%s%s", cases[i].accept, cases[i].accept[0] ? "\r\n" : "");
        auto_reply reply, brief;
        talk_ask(talk, "GET", "/feed", headers.at, &reply);
        assert_string_equal(reply_header(&reply, "Vary"), "Accept-Encoding");
        if (strcmp(reply_header(&reply, "Content-Encoding"), cases[i].gzip ? "gzip" : "") != 0)
            fail_msg("%s", cases[i].accept);
        assert_true(cases[i].gzip ? reply.body.n < 300 : reply.body.n > 3000);
        talk_ask(talk, "GET", "/short", headers.at, &brief);
        assert_string_equal(reply_header(&brief, "Content-Encoding"), "");
    }
}

static void compressed_bytes_unpack_to_the_same(void **state)
{
    struct talk *talk = *state;
    talk_keep(talk, "/feed", feed(110000));
    auto_reply plain, packed;
    talk_ask(talk, "GET", "/feed", "", &plain);
    talk_ask(talk, "GET", "/feed", "Accept-Encoding: gzip\r\n", &packed);
    auto_free char *out = mem_alloc(plain.body.n + 1);
    z_stream stream = {
        .next_in = (Bytef *)packed.body.at, .avail_in = (uInt)packed.body.n, .next_out = (Bytef *)out};
    stream.avail_out = (uInt)plain.body.n + 1;
    assert_int_equal(inflateInit2(&stream, MAX_WBITS + 16), Z_OK);
    assert_int_equal(inflate(&stream, Z_FINISH), Z_STREAM_END);
    inflateEnd(&stream);
    assert_int_equal(stream.total_out, plain.body.n);
    assert_memory_equal(out, plain.body.at, plain.body.n);
}

static void head_has_the_headers_of_get(void **state)
{
    struct talk *talk = *state;
    talk_keep(talk, "/feed", feed(3000));
    for (int gzip = 0; gzip < 2; gzip++) {
        auto_reply get, head;
        talk_ask(talk, "GET", "/feed", gzip ? "Accept-Encoding: gzip\r\n" : "", &get);
        talk_ask(talk, "HEAD", "/feed", gzip ? "Accept-Encoding: gzip\r\n" : "", &head);
        /* All but the day and second of the answer itself. */
        assert_string_equal(strstr(get.head.at, "ETag"), strstr(head.head.at, "ETag"));
    }
}

static void one_connection_many_requests(void **state)
{
    struct talk *talk = *state;
    talk_keep(talk, "/kept", feed(3000));
    int fd = talk_dial(talk);
    /* All at once, some from the snapshot, some from the engine, in order. */
    talk_say(fd, "GET /kept HTTP/1.1\r\n" HOST "\r\nGET /a HTTP/1.1\r\n" HOST "\r\nHEAD /b HTTP/1.1\r\n" HOST
                 "\r\nPOST /c HTTP/1.1\r\n" HOST "Content-Length: 3\r\n\r\nxyzGET /d%ff HTTP/1.1\r\n" HOST
                 "\r\nGET /healthz HTTP/1.1\r\n" HOST "\r\nGET /kept HTTP/1.1\r\n" HOST
                 "Connection: close\r\n\r\n");
    static const struct {
        bool head;
        int status;
        const char *body;
    } answers[] = {{false, 200, NULL}, {false, 200, "/a"},   {true, 200, ""},   {false, 200, "/c"},
                   {false, 400, NULL}, {false, 200, "ok\n"}, {false, 200, NULL}};
    for (size_t i = 0; i < COUNT(answers); i++) {
        auto_reply reply;
        talk_hear(talk, fd, answers[i].head, &reply);
        assert_int_equal(reply.status, answers[i].status);
        if (answers[i].body)
            assert_string_equal(text_str(&reply.body), answers[i].body);
        assert_int_equal(reply.closed, i + 1 == COUNT(answers));
    }
    close(fd);
}

int main(void)
{
#define CASE(function) cmocka_unit_test_setup_teardown(function, talk_setup, talk_teardown)
    const struct CMUnitTest tests[] = {
        CASE(headers_of_each_type),
        CASE(own_headers_replace_the_usual_ones),
        CASE(file_names),
        CASE(conditional_requests),
        CASE(without_a_day_only_the_tag_counts),
        CASE(only_success_is_conditional),
        CASE(compression_is_asked_for),
        CASE(compressed_bytes_unpack_to_the_same),
        CASE(head_has_the_headers_of_get),
        CASE(one_connection_many_requests),
    };
    return cmocka_run_group_tests_name("http answers", tests, NULL, NULL);
}
