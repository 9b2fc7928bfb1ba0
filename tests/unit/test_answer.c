#include "publish/answer_private.h"

#include "aborts.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <zlib.h>

#include <cmocka.h>

static struct answer *answer_of(int status, enum answer_type type, const char *bytes)
{
    auto_text body = {0};
    text_add(&body, bytes);
    return answer_new(status, type, &body, 0);
}

/* A text of n bytes that compresses well, or not at all. */
static char *bytes_of(size_t n, bool compressible)
{
    struct text text = {0};
    uint32_t noise = 12345;
    for (size_t i = 0; i < n; i++) {
        noise = noise * 1664525u + 1013904223u;
        char byte = compressible ? "Nhiem vu "[i % 9] : (char)(noise >> 24 ? noise >> 24 : 1);
        text_add_bytes(&text, &byte, 1);
    }
    return text_take(&text);
}

static void bytes_are_taken_over(void **state)
{
    (void)state;
    struct text body = {0};
    text_add_bytes(&body, "a\0b", 3);
    struct answer *answer = answer_new(200, ANSWER_TEXT, &body, 0);
    assert_null(body.at);
    size_t n;
    assert_memory_equal(answer_bytes(answer, &n), "a\0b", 4);
    assert_int_equal(n, 3);
    assert_int_equal(answer_status(answer), 200);
    answer_release(answer);
    answer_release(NULL);
}

static void an_empty_body_is_a_body(void **state)
{
    (void)state;
    struct text body = {0};
    struct answer *answer = answer_new(204, ANSWER_TEXT, &body, 0);
    size_t n = 9;
    assert_string_equal(answer_bytes(answer, &n), "");
    assert_int_equal(n, 0);
    assert_false(answer_compress(answer));
    answer_release(answer);
}

static void etag_is_a_hash_of_the_bytes(void **state)
{
    (void)state;
    /* SHA-256("abc"), as printed in FIPS 180-2 */
    struct answer *abc = answer_of(200, ANSWER_CALENDAR, "abc");
    assert_string_equal(answer_etag(abc), "\"ba7816bf8f01cfea414140de5dae2223\"");
    assert_string_equal(abc->etag_gzip, "\"ba7816bf8f01cfea414140de5dae2223-gz\"");
    struct answer *page = answer_of(200, ANSWER_HTML, "abc"), *other = answer_of(200, ANSWER_HTML, "abd");
    assert_string_equal(answer_etag(abc), answer_etag(page));
    assert_string_not_equal(answer_etag(other), answer_etag(page));
    answer_release(abc);
    answer_release(page);
    answer_release(other);
}

static void what_must_not_be_kept_has_no_etag(void **state)
{
    (void)state;
    static const struct {
        int status;
        enum answer_type type;
    } cases[] = {
        {404, ANSWER_HTML}, {201, ANSWER_JSON},     {422, ANSWER_JSON},    {503, ANSWER_TEXT},
        {204, ANSWER_TEXT}, {410, ANSWER_CALENDAR}, {200, ANSWER_METRICS}, {207, ANSWER_XML},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct answer *answer = answer_of(cases[i].status, cases[i].type, "x");
        assert_string_equal(answer_etag(answer), "");
        answer_release(answer);
    }
}

static char *unzip(const struct body *gzip, size_t n)
{
    char *out = mem_alloc(n + 1);
    z_stream stream = {.next_in = (Bytef *)gzip->at, .avail_in = (uInt)gzip->n, .next_out = (Bytef *)out};
    stream.avail_out = (uInt)n + 1;
    assert_int_equal(inflateInit2(&stream, MAX_WBITS + 16), Z_OK);
    assert_int_equal(inflate(&stream, Z_FINISH), Z_STREAM_END);
    assert_int_equal(stream.total_out, n);
    inflateEnd(&stream);
    return out;
}

static void compressed_where_it_pays(void **state)
{
    (void)state;
    static const struct {
        size_t n;
        bool compressible, varies, compressed;
    } cases[] = {
        {0, true, false, false},   {199, true, false, false},  {200, true, true, true},
        {400, false, true, false}, {100000, true, true, true},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        auto_free char *bytes = bytes_of(cases[i].n, cases[i].compressible);
        struct answer *answer = answer_of(200, ANSWER_CALENDAR, bytes);
        assert_int_equal(answer_varies(answer), cases[i].varies);
        assert_int_equal(answer_compress(answer), cases[i].compressed);
        assert_int_equal(answer_compress(answer), cases[i].compressed); /* the second answer is the first */
        if (cases[i].compressed) {
            auto_free char *again = unzip(answer->gzip, cases[i].n);
            assert_string_equal(again, bytes);
        }
        answer_release(answer);
    }
}

static void compressed_bytes_do_not_depend_on_when_or_where(void **state)
{
    (void)state;
    auto_free char *bytes = bytes_of(5000, true);
    struct answer *one = answer_of(200, ANSWER_HTML, bytes), *two = answer_of(200, ANSWER_JSON, bytes);
    assert_true(answer_compress(one) && answer_compress(two));
    assert_int_equal(one->gzip->n, two->gzip->n);
    assert_memory_equal(one->gzip->at, two->gzip->at, one->gzip->n);
    assert_memory_equal(one->gzip->at + 4, "\0\0\0\0", 4); /* no time in the head (RFC 1952) */
    answer_release(one);
    answer_release(two);
}

static void header_with_line_feed(void)
{
    answer_header(answer_of(200, ANSWER_TEXT, ""), "Location", "/a\r\nSet-Cookie: x");
}

static void header_with_delete(void)
{
    answer_header(answer_of(200, ANSWER_TEXT, ""), "Location", "/a\x7f");
}

static void no_status(void)
{
    answer_of(99, ANSWER_TEXT, "");
}

static void release_once_too_often(void)
{
    static struct answer answer;
    answer_release(&answer);
}

static void mistakes_abort(void **state)
{
    (void)state;
    assert_true(aborts(header_with_line_feed));
    assert_true(aborts(header_with_delete));
    assert_true(aborts(no_status));
    assert_true(aborts(release_once_too_often));
}

static void own_headers_are_found_in_any_case(void **state)
{
    (void)state;
    struct answer *answer = answer_of(405, ANSWER_HTML, "");
    answer_header(answer, "Allow", "GET, HEAD");
    answer_header(answer, "Retry-After", "1");
    assert_string_equal(answer_field_value(answer, "allow"), "GET, HEAD");
    assert_null(answer_field_value(answer, "Location"));
    answer_release(answer);
}

/* ---- a snapshot's answers ---- */

static void find_what_was_added(void **state)
{
    (void)state;
    struct answers *answers = answers_new();
    struct answer *answer = answer_of(200, ANSWER_CALENDAR, "BEGIN:VCALENDAR");
    assert_null(answers_find(answers, "/calendars/all.ics"));
    answers_add(answers, "/calendars/all.ics", answer);
    answer_release(answer);
    struct answer *found = answers_find(answers, "/calendars/all.ics");
    assert_ptr_equal(found, answer);
    assert_null(answers_find(answers, "/calendars/all.ics?as=todo"));
    assert_null(answers_find(answers, ""));
    assert_int_equal(answers_bytes(answers), strlen("BEGIN:VCALENDAR"));
    answers_free(answers);
    size_t n;
    assert_string_equal(answer_bytes(found, &n), "BEGIN:VCALENDAR"); /* who holds it keeps it */
    answer_release(found);
    answers_free(NULL);
}

static void the_first_of_a_key_stays(void **state)
{
    (void)state;
    struct answers *answers = answers_new();
    struct answer *first = answer_of(200, ANSWER_HTML, "1"), *second = answer_of(200, ANSWER_HTML, "22");
    answers_add(answers, "/", first);
    answers_add(answers, "/", second);
    struct answer *found = answers_find(answers, "/");
    assert_ptr_equal(found, first);
    assert_int_equal(answers_bytes(answers), 1);
    answer_release(found);
    answer_release(first);
    answer_release(second);
    answers_free(answers);
}

static void only_success_is_kept(void **state)
{
    (void)state;
    struct answers *answers = answers_new();
    static const int statuses[] = {201, 204, 301, 404, 410, 500, 503};
    for (size_t i = 0; i < sizeof statuses / sizeof *statuses; i++) {
        struct answer *answer = answer_of(statuses[i], ANSWER_HTML, "x");
        answers_add(answers, "/", answer);
        answer_release(answer);
        assert_null(answers_find(answers, "/"));
    }
    answers_free(answers);
}

/* Options that somebody makes up, one after the other, end at the limit; what was there before stays. */
static void made_up_keys_do_not_fill_the_memory(void **state)
{
    (void)state;
    struct answers *answers = answers_new();
    for (int i = 0; i < ANSWERS_MOST + 100; i++) {
        char key[32];
        snprintf(key, sizeof key, "/?x=%d", i);
        struct answer *answer = answer_of(200, ANSWER_HTML, key);
        answers_add(answers, key, answer);
        struct answer *found = answers_find(answers, key);
        assert_ptr_equal(found, i < ANSWERS_MOST ? answer : NULL);
        answer_release(found);
        answer_release(answer);
    }
    for (int i = 0; i < ANSWERS_MOST; i++) {
        char key[32];
        size_t n;
        snprintf(key, sizeof key, "/?x=%d", i);
        struct answer *found = answers_find(answers, key);
        assert_non_null(found);
        assert_string_equal(answer_bytes(found, &n), key);
        answer_release(found);
    }
    answers_free(answers);
}

static void big_answers_do_not_fill_the_memory(void **state)
{
    (void)state;
    struct answers *answers = answers_new();
    enum { MEGABYTE = 1024 * 1024 };
    for (int i = 0; i < 70; i++) {
        char key[32];
        snprintf(key, sizeof key, "/%d", i);
        struct text body = {0};
        auto_free char *bytes = mem_alloc(MEGABYTE);
        text_add_bytes(&body, bytes, MEGABYTE);
        struct answer *answer = answer_new(500, ANSWER_TEXT, &body, 0);
        answer->status = 200; /* spares 70 hashes of a megabyte */
        answers_add(answers, key, answer);
        answer_release(answer);
    }
    assert_int_equal(answers_bytes(answers), ANSWERS_MOST_BYTES);
    answers_free(answers);
}

/* Two thirds of the room each: the second makes the first go, unless it was asked for last. */
static void what_nobody_asks_for_goes_first(void **state)
{
    (void)state;
    struct answers *answers = answers_new();
    enum { THIRD = ANSWERS_MOST_BYTES / 3 };
    static const char *const keys[] = {"/a", "/b", "/c", "/d"};
    for (size_t i = 0; i < 4; i++) {
        struct text body = {0};
        auto_free char *bytes = mem_alloc(THIRD);
        text_add_bytes(&body, bytes, THIRD);
        struct answer *answer = answer_new(500, ANSWER_TEXT, &body, 0);
        answer->status = 200;
        answers_add(answers, keys[i], answer);
        answer_release(answer);
        if (i == 2)
            answer_release(answers_find(answers, "/a")); /* "/b" is now the oldest */
    }
    assert_null(answers_find(answers, "/b"));
    for (size_t i = 0; i < 4; i++) {
        struct answer *found = answers_find(answers, keys[i]);
        assert_true(i == 1 || found);
        answer_release(found);
    }
    struct text again = {0};
    text_add(&again, "again");
    struct answer *answer = answer_new(200, ANSWER_TEXT, &again, 0);
    answers_add(answers, "/b", answer); /* it comes back */
    struct answer *found = answers_find(answers, "/b");
    assert_ptr_equal(found, answer);
    answer_release(found);
    answer_release(answer);
    answers_free(answers);
}

static void compressed_bytes_count(void **state)
{
    (void)state;
    struct answers *answers = answers_new();
    auto_free char *bytes = bytes_of(9000, true);
    struct answer *answer = answer_of(200, ANSWER_CALENDAR, bytes);
    answers_add(answers, "/calendars/all.ics", answer);
    assert_int_equal(answers_bytes(answers), 9000);
    assert_true(answer_compress(answer));
    assert_int_equal(answers_bytes(answers), 9000 + answer->gzip->n);
    answer_release(answer);
    answers_free(answers);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bytes_are_taken_over),
        cmocka_unit_test(an_empty_body_is_a_body),
        cmocka_unit_test(etag_is_a_hash_of_the_bytes),
        cmocka_unit_test(what_must_not_be_kept_has_no_etag),
        cmocka_unit_test(compressed_where_it_pays),
        cmocka_unit_test(compressed_bytes_do_not_depend_on_when_or_where),
        cmocka_unit_test(mistakes_abort),
        cmocka_unit_test(own_headers_are_found_in_any_case),
        cmocka_unit_test(find_what_was_added),
        cmocka_unit_test(the_first_of_a_key_stays),
        cmocka_unit_test(only_success_is_kept),
        cmocka_unit_test(made_up_keys_do_not_fill_the_memory),
        cmocka_unit_test(big_answers_do_not_fill_the_memory),
        cmocka_unit_test(what_nobody_asks_for_goes_first),
        cmocka_unit_test(compressed_bytes_count),
    };
    return cmocka_run_group_tests_name("answer", tests, NULL, NULL);
}
