/* A mail as it goes over the wire, the signature of a call, and what answers mean. */
#include "deliver/deliver.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define GOLDEN "tests/golden/letter.txt"

static const struct letter usual = {
    .from = "hanchot@example.gov.vn",
    .from_name = "Hạn chót",
    .to = "an@example.gov.vn",
    .key = "0123456789abcdef0123456789abcdef",
    .date = "Tue, 24 Nov 2026 07:30:00 +0700",
    .subject = "[KHẨN] Quá hạn 1 ngày làm việc: Báo cáo tháng về kết quả thực hiện cải cách hành chính",
    .text = "Quá hạn (1)\n\n- Báo cáo tháng\n.\n-- \nThư tự động.\n",
    .html = "<!DOCTYPE html>\n<p>Báo cáo &lt;tháng&gt;</p>\n",
    .urgent = true,
};

static const char *written(const struct letter *letter)
{
    static struct text out;
    out.n = 0;
    letter_write(letter, &out);
    return text_str(&out);
}

static void golden(void **state)
{
    auto_text expected = {0};
    (void)state;
    const char *mail = written(&usual);
    assert_true(file_read(GOLDEN, 1 << 16, &expected, NULL));
    if (strcmp(mail, text_str(&expected)) != 0)
        fail_msg("%s", mail);
}

/* RFC 5322: CRLF, RFC 2047: no line over 76 characters. */
static void lines_are_short_and_end_right(void **state)
{
    (void)state;
    for (const char *line = written(&usual); *line;) {
        const char *end = strchr(line, '\n');
        assert_true(end && end > line && end[-1] == '\r');
        assert_true(end - line <= 77);
        for (const char *c = line; c < end; c++)
            assert_true((unsigned char)*c < 0x80);
        line = end + 1;
    }
}

static void nothing_slips_into_the_headers(void **state)
{
    struct letter evil = usual;
    (void)state;
    evil.subject = "a\r\nBcc: all@example.gov.vn\r\n\r\nx";
    evil.from_name = "x\"\r\nBcc: b@c";
    assert_null(strstr(written(&evil), "\nBcc:"));
    evil.subject = "=?UTF-8?B?eA==?=";
    assert_null(strstr(written(&evil), "Subject: =?UTF-8?B?eA==?="));
    evil.subject = "plain";
    evil.from_name = "Plain Name";
    evil.urgent = false;
    assert_non_null(strstr(written(&evil), "\r\nSubject: plain\r\n"));
    assert_non_null(strstr(written(&evil), "From: \"Plain Name\" <hanchot@example.gov.vn>\r\n"));
    assert_null(strstr(written(&evil), "Importance"));
}

/* Made with: printf '1795480200.{"id":"x"}' | openssl dgst -sha256 -hmac 'khóa' */
static void signature(void **state)
{
    auto_text out = {0};
    const char *secret = "khóa", *body = "{\"id\":\"x\"}";
    (void)state;
    signature_write(secret, strlen(secret), 1795480200, body, strlen(body), &out);
    assert_string_equal(text_str(&out),
                        "t=1795480200,v1=7774ee40e314fc7e8bd20ffa385fcad40905c3d076521a2d0e69339e41927ff4");
}

static const struct answer {
    CURLcode result;
    long code;
    bool sent;
    enum outcome mail, call;
} answers[] = {
    /* taken */
    {CURLE_OK, 250, true, OUTCOME_TAKEN, OUTCOME_TAKEN},
    /* RCPT, DATA and the mail itself refused, for now and for good */
    {CURLE_SEND_ERROR, 450, false, OUTCOME_LATER, OUTCOME_LATER},
    {CURLE_SEND_ERROR, 550, false, OUTCOME_REFUSED, OUTCOME_LATER},
    {CURLE_WEIRD_SERVER_REPLY, 554, true, OUTCOME_REFUSED, OUTCOME_LATER},
    {CURLE_WEIRD_SERVER_REPLY, 452, true, OUTCOME_LATER, OUTCOME_LATER},
    /* the server refuses us: a greeting, a password, no TLS */
    {CURLE_WEIRD_SERVER_REPLY, 554, false, OUTCOME_LATER, OUTCOME_LATER},
    {CURLE_LOGIN_DENIED, 535, false, OUTCOME_LATER, OUTCOME_LATER},
    {CURLE_SEND_ERROR, 530, false, OUTCOME_LATER, OUTCOME_LATER},
    {CURLE_USE_SSL_FAILED, 500, false, OUTCOME_LATER, OUTCOME_LATER},
    {CURLE_PEER_FAILED_VERIFICATION, 0, false, OUTCOME_LATER, OUTCOME_LATER},
    {CURLE_OPERATION_TIMEDOUT, 354, true, OUTCOME_LATER, OUTCOME_LATER},
    {CURLE_COULDNT_CONNECT, 0, false, OUTCOME_LATER, OUTCOME_LATER},
};

static void answers_mean(void **state)
{
    static const struct {
        long code;
        enum outcome outcome;
    } codes[] = {{200, OUTCOME_TAKEN},   {204, OUTCOME_TAKEN},   {302, OUTCOME_LATER}, {400, OUTCOME_REFUSED},
                 {401, OUTCOME_REFUSED}, {404, OUTCOME_REFUSED}, {408, OUTCOME_LATER}, {410, OUTCOME_REFUSED},
                 {425, OUTCOME_LATER},   {429, OUTCOME_LATER},   {500, OUTCOME_LATER}, {503, OUTCOME_LATER}};
    (void)state;
    for (size_t i = 0; i < sizeof answers / sizeof *answers; i++) {
        assert_int_equal(outcome_of_mail(answers[i].result, answers[i].code, answers[i].sent),
                         answers[i].mail);
        assert_int_equal(outcome_of_call(answers[i].result, answers[i].code), answers[i].call);
    }
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        assert_int_equal(outcome_of_call(CURLE_OK, codes[i].code), codes[i].outcome);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(golden),
        cmocka_unit_test(lines_are_short_and_end_right),
        cmocka_unit_test(nothing_slips_into_the_headers),
        cmocka_unit_test(signature),
        cmocka_unit_test(answers_mean),
    };
    return cmocka_run_group_tests_name("letter", tests, NULL, NULL);
}
