#include "base/text.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <nettle/sha2.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utf8proc.h>

/* Makes room for `more` bytes and the zero byte. */
static void text_room(struct text *text, size_t more)
{
    must(more < (size_t)INT_MAX && text->n < (size_t)INT_MAX - more);
    size_t wanted = text->n + more + 1;
    if (wanted <= text->cap)
        return;
    size_t cap = text->cap ? text->cap : 64;
    while (cap < wanted)
        cap *= 2;
    text->at = mem_grow(text->at, cap);
    text->cap = cap;
}

void text_fini(struct text *text)
{
    mem_free(text->at);
    *text = (struct text){0};
}

void text_add(struct text *text, const char *more)
{
    text_add_bytes(text, more, strlen(more));
}

void text_add_bytes(struct text *text, const void *bytes, size_t n)
{
    text_room(text, n);
    if (n)
        memcpy(text->at + text->n, bytes, n);
    text->n += n;
    text->at[text->n] = '\0';
}

void text_addf(struct text *text, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    text_room(text, 0);
    size_t room = text->cap - text->n;
    int n = vsnprintf(text->at + text->n, room, format, args);
    va_end(args);
    must(n >= 0);
    if ((size_t)n >= room) {
        text_room(text, (size_t)n);
        vsnprintf(text->at + text->n, (size_t)n + 1, format, again);
    }
    va_end(again);
    text->n += (size_t)n;
}

void text_add_decimal(struct text *text, double value, enum lang lang)
{
    char digits[352]; /* the largest double has 309 before the point */
    snprintf(digits, sizeof digits, "%.6f", value);
    char *end = digits + strlen(digits) - 1;
    while (*end == '0')
        *end-- = '\0';
    if (*end == '.')
        *end = '\0';
    char *point = strchr(digits, '.');
    if (point && lang == LANG_VI)
        *point = ',';
    text_add(text, digits);
}

const char *text_str(const struct text *text)
{
    return text->at ? text->at : "";
}

char *text_take(struct text *text)
{
    char *taken = text->at ? text->at : mem_strdup("");
    *text = (struct text){0};
    return taken;
}

bool utf8_valid(const char *bytes, size_t n, size_t *at)
{
    size_t i = 0;
    while (i < n) {
        if ((unsigned char)bytes[i] - 1u < 0x7f) { /* plain ASCII, not NUL: no need to ask */
            i++;
            continue;
        }
        utf8proc_int32_t character;
        utf8proc_ssize_t length =
            utf8proc_iterate((const utf8proc_uint8_t *)bytes + i, (utf8proc_ssize_t)(n - i), &character);
        if (length <= 0 || character == 0) {
            if (at)
                *at = i;
            return false;
        }
        i += (size_t)length;
    }
    return true;
}

/* The character at *text, which then stands behind it. A byte that is no UTF-8 counts as a character. */
static utf8proc_int32_t next_character(const char **text)
{
    utf8proc_int32_t character;
    utf8proc_ssize_t length = utf8proc_iterate((const utf8proc_uint8_t *)*text, -1, &character);
    if (length <= 0) {
        character = (unsigned char)**text;
        length = 1;
    }
    *text += length;
    return character;
}

size_t utf8_count(const char *text)
{
    size_t n = 0;
    for (; *text; n++)
        next_character(&text);
    return n;
}

size_t utf8_width(const char *text)
{
    size_t width = 0;
    while (*text) {
        int columns = utf8proc_charwidth(next_character(&text));
        width += columns > 0 ? (size_t)columns : 0;
    }
    return width;
}

static bool is_dropped(utf8proc_int32_t character)
{
    return utf8proc_category(character) == UTF8PROC_CATEGORY_CC && character != '\n' && character != '\t';
}

/* Plain letters, composed Latin ones and common punctuation, none of them a mark that could combine: such a
 * text is NFC as it stands (Unicode 15, NFC_Quick_Check=Yes and combining class 0 for all of them). Nearly
 * every Vietnamese text is, and the full normalisation costs a quarter of loading. */
static size_t plain_length(const unsigned char *at)
{
    if (*at < 0x80)
        return (*at >= ' ' || *at == '\n' || *at == '\t') && *at != 0x7f;
    if (*at >= 0xc3 && *at <= 0xcb) /* U+00C0-U+02FF */
        return 2;
    bool composed = *at == 0xe1 && at[1] >= 0xb8 && at[1] <= 0xbb;              /* U+1E00-U+1EFF */
    bool mark = *at == 0xe2 && at[1] == 0x80 && at[2] >= 0x90 && at[2] <= 0xa6; /* U+2010-U+2026 */
    return composed || mark ? 3 : 0;
}

static bool is_plainly_nfc(const char *text)
{
    while (*text) {
        size_t n = plain_length((const unsigned char *)text);
        if (!n)
            return false;
        text += n;
    }
    return true;
}

char *utf8_nfc(struct arena *arena, const char *text)
{
    if (is_plainly_nfc(text))
        return arena_strdup(arena, text);
    auto_text kept = {0};
    while (*text) {
        const char *start = text;
        if (!is_dropped(next_character(&text)))
            text_add_bytes(&kept, start, (size_t)(text - start));
    }
    utf8proc_uint8_t *composed = utf8proc_NFC((const utf8proc_uint8_t *)text_str(&kept));
    must(composed);
    char *copy = arena_strdup(arena, (char *)composed);
    mem_free(composed);
    return copy;
}

struct characters {
    utf8proc_int32_t *at;
    size_t n, cap;
};

static void characters_fini(struct characters *characters)
{
    vec_free(characters);
}
#define auto_characters __attribute__((cleanup(characters_fini))) struct characters

static void characters_init(struct characters *characters, const char *text)
{
    *characters = (struct characters){0};
    while (*text)
        *vec_push(characters) = next_character(&text);
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* One row of the table of distances: row[j] between the first i of a and the first j of b. `above` is the row
 * for i - 1, `top` the one for i - 2. Two neighbours changed about count as one. Gives the least of the row.
 */
static size_t distance_row(const struct characters *a, const struct characters *b, size_t i,
                           const size_t *top, const size_t *above, size_t *row)
{
    size_t best = row[0] = i;
    for (size_t j = 1; j <= b->n; j++) {
        bool same = a->at[i - 1] == b->at[j - 1];
        size_t cost = least(above[j - 1] + !same, least(above[j], row[j - 1]) + 1);
        if (i > 1 && j > 1 && a->at[i - 1] == b->at[j - 2] && a->at[i - 2] == b->at[j - 1])
            cost = least(cost, top[j - 2] + 1);
        row[j] = cost;
        best = least(best, cost);
    }
    return best;
}

static size_t distance_of(const struct characters *a, const struct characters *b, size_t most)
{
    if ((a->n > b->n ? a->n - b->n : b->n - a->n) > most)
        return most + 1;
    size_t width = b->n + 1;
    auto_free size_t *rows = mem_alloc(3 * width * sizeof *rows);
    size_t *top = rows, *above = rows + width, *row = above + width;
    for (size_t j = 0; j < width; j++)
        above[j] = j;
    for (size_t i = 1; i <= a->n; i++) {
        if (distance_row(a, b, i, top, above, row) > most)
            return most + 1; /* no later row can fall below this one */
        size_t *reused = top;
        top = above;
        above = row;
        row = reused;
    }
    return least(above[b->n], most + 1);
}

size_t text_distance(const char *a, const char *b, size_t most)
{
    auto_characters left, right;
    characters_init(&left, a);
    characters_init(&right, b);
    return distance_of(&left, &right, most);
}

const char *text_nearest(const char *wrong, size_t n, const char *(*name)(size_t i, const void *data),
                         const void *data)
{
    const char *nearest = NULL;
    size_t most = utf8_count(wrong) / 3;
    for (size_t i = 0; i < n; i++) {
        const char *candidate = name(i, data);
        size_t distance = text_distance(wrong, candidate, most);
        if (distance > most)
            continue;
        nearest = candidate;
        if (distance == 0)
            break;
        most = distance - 1;
    }
    return nearest;
}

int text_sink(const char *bytes, size_t n, void *text)
{
    text_add_bytes(text, bytes, n);
    return 0;
}

uint64_t hash_bytes(uint64_t hash, const void *bytes, size_t n)
{
    const unsigned char *byte = bytes;
    for (size_t i = 0; i < n; i++)
        hash = (hash ^ byte[i]) * UINT64_C(0x100000001b3);
    return hash;
}

/* The zero byte is hashed too, so that "ab", "c" and "a", "bc" differ; 0xff stands in no UTF-8. */
uint64_t hash_text(uint64_t hash, const char *text)
{
    return text ? hash_bytes(hash, text, strlen(text) + 1) : hash_bytes(hash, "\xff", 1);
}

static bool file_failed(struct err *err, const char *path, int error)
{
    if (error == ENOENT || error == ENOTDIR)
        return err_set(err, ERR_ENV, "không mở được %s: không có tệp này; hãy kiểm tra đường dẫn",
                       "cannot open %s: there is no such file; check the path", path);
    if (error == EACCES || error == EPERM)
        return err_set(
            err, ERR_ENV, "không mở được %s: không có quyền đọc; hãy kiểm tra quyền của tệp và thư mục",
            "cannot open %s: no permission to read it; check the rights of the file and its folder", path);
    return err_set(err, ERR_ENV, "không đọc được %s: lỗi hệ thống: %s", "cannot read %s: %s", path,
                   strerrordesc_np(error));
}

static bool file_too_long(struct err *err, const char *path, size_t most)
{
    return err_set(
        err, ERR_INPUT, "%s quá dài: chỉ đọc tệp không quá %zu byte; hãy chia nhỏ hoặc kiểm tra lại tệp",
        "%s is too long: only files of at most %zu bytes are read; split the file or check it", path, most);
}

static bool read_open(int fd, const char *path, size_t most, struct text *out, struct err *err)
{
    struct stat about;
    if (fstat(fd, &about) != 0)
        return file_failed(err, path, errno);
    if (!S_ISREG(about.st_mode))
        return err_set(err, ERR_ENV, "không đọc được %s: đây không phải là một tệp thường",
                       "cannot read %s: it is not a regular file", path);
    if ((uintmax_t)about.st_size > most)
        return file_too_long(err, path, most);
    text_room(out, (size_t)about.st_size);
    for (;;) {
        char bytes[16384];
        ssize_t n = read(fd, bytes, sizeof bytes);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return file_failed(err, path, errno);
        if (n == 0)
            return true;
        if ((size_t)n > most - out->n) /* it grew meanwhile */
            return file_too_long(err, path, most);
        text_add_bytes(out, bytes, (size_t)n);
    }
}

bool file_read(const char *path, size_t most, struct text *out, struct err *err)
{
    out->n = 0;
    text_add_bytes(out, NULL, 0);
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY); /* a pipe must not hold us up */
    if (fd < 0)
        return file_failed(err, path, errno);
    bool done = read_open(fd, path, most, out, err);
    close(fd);
    return done;
}

void sha256_hex(const void *bytes, size_t n, char hex[65])
{
    struct sha256_ctx context;
    uint8_t digest[SHA256_DIGEST_SIZE];
    sha256_init(&context);
    sha256_update(&context, n, bytes);
    sha256_digest(&context, sizeof digest, digest);
    for (size_t i = 0; i < sizeof digest; i++)
        snprintf(hex + 2 * i, 3, "%02x", digest[i]);
}

const char *url_path(const char *url)
{
    const char *host = url ? strstr(url, "://") : NULL;
    return host ? host + 3 + strcspn(host + 3, "/") : "";
}
