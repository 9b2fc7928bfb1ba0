/* text: a growing piece of UTF-8, and the few questions that are asked of texts. */
#ifndef HANCHOT_BASE_TEXT_H
#define HANCHOT_BASE_TEXT_H

#include "base/err.h"
#include "base/mem.h"

#include <stdint.h>

/* Always ends in a zero byte once something was added; start with `struct text t = {0}`. Longer than INT_MAX:
 * abort. */
struct text {
    char *at;
    size_t n, cap;
};
void text_fini(struct text *text);
#define auto_text __attribute__((cleanup(text_fini))) struct text
void text_add(struct text *text, const char *more);
void text_add_bytes(struct text *text, const void *bytes, size_t n);
void text_addf(struct text *text, const char *format, ...) PRINTF_LIKE(2, 3);
/* "82.4", "99.996", in Vietnamese "82,4": up to six decimals, as many as tell it. */
void text_add_decimal(struct text *text, double value, enum lang lang);
const char *text_str(const struct text *text); /* never NULL */
char *text_take(struct text *text);            /* the caller frees; never NULL */

/* Whole string is well-formed UTF-8 without NUL, surrogates or overlong forms. On false, *at is the offset.
 */
bool utf8_valid(const char *bytes, size_t n, size_t *at);
size_t utf8_count(const char *text); /* characters, not bytes; text must be valid */
/* Columns on a terminal (combining marks 0, wide characters 2). */
size_t utf8_width(const char *text);
/* NFC, in the arena; control characters other than LF and TAB are dropped. Text must be valid UTF-8. */
char *utf8_nfc(struct arena *arena, const char *text);

/* Edit distance for "did you mean": characters, two neighbours changed about count as one; stops counting
 * above `most` (returns most + 1). */
size_t text_distance(const char *a, const char *b, size_t most);
/* The nearest of n names within a third of its length, or NULL. name(i, data) gives the i-th name. */
const char *text_nearest(const char *wrong, size_t n, const char *(*name)(size_t i, const void *data),
                         const void *data);

/* Appends to the struct text: for writers that hand over bytes piece by piece (json_dump_callback). Always 0.
 */
int text_sink(const char *bytes, size_t n, void *text);

/* FNV-1a, 64 bits: tells contents apart, no defence against malice. Start with HASH_START. */
#define HASH_START UINT64_C(0xcbf29ce484222325)
uint64_t hash_bytes(uint64_t hash, const void *bytes, size_t n);
uint64_t hash_text(uint64_t hash, const char *text); /* NULL and "" differ */

/* "/lich" of "https://host/lich"; "" where there is no path, or no url (NULL). */
const char *url_path(const char *url);

/* Whole file in memory, zero-terminated, in place of what out held, or false: too long (most bytes), not a
 * regular file, not readable.
 */
MUST_CHECK bool file_read(const char *path, size_t most, struct text *out, struct err *err);
/* SHA-256 as 64 hex digits and a zero byte. */
void sha256_hex(const void *bytes, size_t n, char hex[65]);

#endif
