#include "deliver/deliver.h"

#include <nettle/base64.h>
#include <string.h>

enum {
    WORD_BYTES =
        39, /* of an encoded word: 64 characters, so that no line with "Subject: " has more than 76 */
    LINE_BYTES = 57, /* 76 characters a line, RFC 2045 */
    PLAIN_MOST = 60  /* longer headers are folded */
};

static void add_base64(struct text *out, const char *bytes, size_t n)
{
    char line[BASE64_ENCODE_RAW_LENGTH(LINE_BYTES)];
    must(n <= LINE_BYTES);
    base64_encode_raw(line, n, (const uint8_t *)bytes);
    text_add_bytes(out, line, BASE64_ENCODE_RAW_LENGTH(n));
}

static bool is_plain(const char *text)
{
    size_t n = strlen(text);
    for (size_t i = 0; i < n; i++)
        if ((unsigned char)text[i] < ' ' || (unsigned char)text[i] > '~')
            return false;
    return n <= PLAIN_MOST && !strstr(text, "=?");
}

/* How many bytes of the text end at a character and are not more than most. */
static size_t whole_characters(const char *text, size_t most)
{
    size_t n = strlen(text);
    if (n <= most)
        return n;
    for (n = most; n && ((unsigned char)text[n] & 0xc0) == 0x80;)
        n--;
    return n ? n : most;
}

/* The value of a header; encoded words where it is not short and ASCII, each whole, in lines of their own. */
static void add_words(struct text *out, const char *text)
{
    if (is_plain(text)) {
        text_add(out, text);
        return;
    }
    for (bool first = true; *text; first = false) {
        size_t n = whole_characters(text, WORD_BYTES);
        text_add(out, first ? "=?UTF-8?B?" : "\r\n =?UTF-8?B?");
        add_base64(out, text, n);
        text_add(out, "?=");
        text += n;
    }
}

static void add_from(struct text *out, const struct letter *letter)
{
    text_add(out, "From: ");
    if (!letter->from_name) {
        text_addf(out, "%s\r\n", letter->from);
        return;
    }
    if (is_plain(letter->from_name) && !strpbrk(letter->from_name, "\"\\"))
        text_addf(out, "\"%s\"", letter->from_name);
    else
        add_words(out, letter->from_name);
    text_addf(out, " <%s>\r\n", letter->from);
}

static void add_part(struct text *out, const struct letter *letter, const char *type, const char *content)
{
    auto_text lines = {0};
    text_addf(out,
              "--hanchot-%s\r\nContent-Type: text/%s; charset=UTF-8\r\nContent-Transfer-Encoding: base64\r\n"
              "\r\n",
              letter->key, type);
    for (const char *at = content; *at; at++)
        text_add_bytes(&lines, *at == '\n' ? "\r\n" : at, *at == '\n' ? 2 : 1);
    for (size_t i = 0; i < lines.n; i += LINE_BYTES) {
        add_base64(out, lines.at + i, lines.n - i < LINE_BYTES ? lines.n - i : LINE_BYTES);
        text_add(out, "\r\n");
    }
}

void letter_write(const struct letter *letter, struct text *out)
{
    const char *domain = strrchr(letter->from, '@');
    add_from(out, letter);
    text_addf(out, "To: %s\r\nSubject: ", letter->to);
    add_words(out, letter->subject);
    text_addf(out, "\r\nDate: %s\r\nMessage-ID: <%s@%s>\r\n", letter->date, letter->key,
              domain ? domain + 1 : "hanchot.invalid");
    /* RFC 3834: no machine answers it. */
    text_addf(out, "Auto-Submitted: auto-generated\r\n%sMIME-Version: 1.0\r\n",
              letter->urgent ? "Importance: high\r\n" : "");
    text_addf(out, "Content-Type: multipart/alternative;\r\n boundary=\"hanchot-%s\"\r\n\r\n", letter->key);
    add_part(out, letter, "plain", letter->text);
    add_part(out, letter, "html", letter->html);
    text_addf(out, "--hanchot-%s--\r\n", letter->key);
}
