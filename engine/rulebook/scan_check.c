#include "rulebook/scan.h"

#include "base/text.h"
#include "rulebook/lexer.h"

#include <string.h>

/* Lua compiles some texts in seconds, and nothing can stop it meanwhile: the time grows with the square of
 * the jumps of one block and, per name, with the functions around it. No file of rules comes near. */
enum {
    MOST_JUMPS = 10000,
    MOST_DEPTH = 60, /* of brackets and blocks; Lua itself stops at about three times as much */
    MOST_FUNCTIONS = 5,
    MOST_STRAYS = 20, /* that are told */
};

/* What is open: a bracket or a block, and the file at the bottom. */
struct level {
    char kind; /* '{', '(', '[', 'f' for a function, 'b' for another block */
    size_t jumps;
};

struct check {
    const char *file;
    struct faults *faults;
    struct level levels[MOST_DEPTH + 1];
    size_t depth, functions;
    size_t strays;
    int stray_line;
    bool clean;
};

/* ---- characters that no rule has ---- */

static uint32_t code_point(const char *at)
{
    const unsigned char *c = (const unsigned char *)at;
    if (*c < 0x80)
        return *c;
    if (*c < 0xe0)
        return (uint32_t)(*c & 0x1f) << 6 | (c[1] & 0x3f);
    if (*c < 0xf0)
        return (uint32_t)(*c & 0x0f) << 12 | (uint32_t)(c[1] & 0x3f) << 6 | (c[2] & 0x3f);
    return (uint32_t)(*c & 0x07) << 18 | (uint32_t)(c[1] & 0x3f) << 12 | (uint32_t)(c[2] & 0x3f) << 6 |
           (c[3] & 0x3f);
}

enum stray {
    STRAY_OTHER,
    STRAY_DOUBLE,
    STRAY_SINGLE,
    STRAY_BLANK,
    STRAY_HIDDEN,
    STRAY_DASH,
    STRAY_DOTS,
    STRAY_LETTER,
};

static enum stray stray_kind(uint32_t code)
{
    static const struct {
        uint32_t from, to;
        enum stray kind;
    } ranges[] = {
        {0x00a0, 0x00a0, STRAY_BLANK},  {0x00ab, 0x00ab, STRAY_DOUBLE}, {0x00ad, 0x00ad, STRAY_HIDDEN},
        {0x00bb, 0x00bb, STRAY_DOUBLE}, {0x00c0, 0x024f, STRAY_LETTER}, {0x0300, 0x036f, STRAY_LETTER},
        {0x1e00, 0x1eff, STRAY_LETTER}, {0x2000, 0x200a, STRAY_BLANK},  {0x200b, 0x200f, STRAY_HIDDEN},
        {0x2010, 0x2015, STRAY_DASH},   {0x2018, 0x201b, STRAY_SINGLE}, {0x201c, 0x201f, STRAY_DOUBLE},
        {0x2026, 0x2026, STRAY_DOTS},   {0x2028, 0x202e, STRAY_HIDDEN}, {0x202f, 0x202f, STRAY_BLANK},
        {0x205f, 0x205f, STRAY_BLANK},  {0x2060, 0x206f, STRAY_HIDDEN}, {0x2212, 0x2212, STRAY_DASH},
        {0x3000, 0x3000, STRAY_BLANK},  {0xfeff, 0xfeff, STRAY_HIDDEN}, {0xff02, 0xff02, STRAY_DOUBLE},
    };
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
        if (code >= ranges[i].from && code <= ranges[i].to)
            return ranges[i].kind;
    return STRAY_OTHER;
}

/* What it is and what to do. */
static const struct {
    const char *what_vi, *what_en, *do_vi, *do_en;
} sayings[] = {
    [STRAY_OTHER] = {"ký tự không dùng được ở đây", "character that cannot stand here",
                     "xoá nó, hoặc đặt nội dung trong ngoặc kép \"…\"",
                     "delete it, or put the text in quotes \"…\""},
    [STRAY_DOUBLE] = {"dấu ngoặc kép cong", "typographic quote",
                      "thường do Word tự đổi; dùng dấu ngoặc kép thẳng \"",
                      "word processors put it; use the straight quote \""},
    [STRAY_SINGLE] = {"dấu nháy cong", "typographic quote",
                      "thường do Word tự đổi; dùng dấu ngoặc kép thẳng \"",
                      "word processors put it; use the straight quote \""},
    [STRAY_BLANK] = {"dấu cách đặc biệt", "special blank",
                     "thường đi theo chữ chép từ Word hay trang web; xoá và gõ lại bằng phím cách",
                     "it comes with text copied from elsewhere; delete it and type a plain blank"},
    [STRAY_HIDDEN] = {"ký tự ẩn", "invisible character", "xoá nó, hoặc xoá và gõ lại cả dòng",
                      "delete it, or delete and type the line again"},
    [STRAY_DASH] = {"dấu gạch dài", "long dash", "thường do Word tự đổi; dùng dấu trừ -",
                    "word processors put it; use the minus sign -"},
    [STRAY_DOTS] = {"dấu ba chấm liền", "ellipsis", "xoá nó, hoặc đặt nội dung trong ngoặc kép \"…\"",
                    "delete it, or put the text in quotes \"…\""},
    [STRAY_LETTER] =
        {"chữ có dấu ngoài ngoặc kép", "letter outside quotes",
         "nội dung phải đặt trong ngoặc kép \"…\"; khoá và tên chỉ gồm chữ không dấu, số và _",
         "text must stand in quotes \"…\"; keys and names have plain letters, digits and _ only"},
};

static void tell_character(struct check *check, int line, int column, const char *at)
{
    uint32_t code = code_point(at);
    enum stray kind = stray_kind(code);
    size_t n = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    char shown[8] = " ";
    if (kind != STRAY_BLANK && kind != STRAY_HIDDEN && code >= ' ')
        memcpy(shown + 1, at, n);
    else
        shown[0] = '\0';
    enum lang lang = check->faults->lang;
    faults_add(check->faults, check->file, line, column, "%s%s (U+%04X): %s", "%s%s (U+%04X): %s",
               say(lang, sayings[kind].what_vi, sayings[kind].what_en), shown, (unsigned)code,
               say(lang, sayings[kind].do_vi, sayings[kind].do_en));
}

/* One a line is enough: what is inside “ … ” would only be told again. */
static void tell_stray(struct check *check, int line, int column, const char *at)
{
    check->clean = false;
    if (line == check->stray_line || check->strays == MOST_STRAYS)
        return;
    check->strays++;
    check->stray_line = line;
    if (*at == '!')
        faults_add(check->faults, check->file, line, column,
                   "dấu ! không dùng ở đây: \"khác\" viết là ~=, \"không\" viết là not",
                   "the sign ! is not used here: write ~= for unequal and not for negation");
    else
        tell_character(check, line, column, at);
}

/* “text” whose one quote was typed and whose other came from Word: Lua would only say that the string has no
 * end. */
static void check_string(struct check *check, const struct token *token)
{
    for (size_t i = 0; token->unclosed && *token->at != '[' && i < token->n; i++) {
        bool lead = ((unsigned char)token->at[i] & 0xc0) == 0xc0;
        enum stray kind = lead ? stray_kind(code_point(token->at + i)) : STRAY_OTHER;
        if (kind == STRAY_DOUBLE || kind == STRAY_SINGLE) {
            tell_stray(check, token->line, token_column(token, token->at + i), token->at + i);
            return;
        }
    }
}

/* ---- names and depths that no rule has ---- */

static void tell_refused(struct check *check, const struct token *token, const char *vi, const char *en)
{
    if (check->clean)
        faults_add(check->faults, check->file, token->line, token->column, "%s", "%s",
                   say(check->faults->lang, vi, en));
    check->clean = false;
}

static void check_open(struct check *check, const struct token *token, char kind)
{
    check->depth++;
    if (check->depth <= MOST_DEPTH)
        check->levels[check->depth] = (struct level){.kind = kind};
    else
        tell_refused(
            check, token, "ngoặc và khối lồng nhau quá sâu: tệp quy tắc chỉ khai báo, hãy bớt các lớp { … }",
            "brackets and blocks are nested too deep: a rule file only declares; take away some { … }");
    check->functions += kind == 'f';
    if (check->functions > MOST_FUNCTIONS)
        tell_refused(
            check, token, "hàm lồng trong hàm quá nhiều lớp: tệp quy tắc chỉ khai báo, hãy viết đơn giản hơn",
            "functions are nested in functions too deep: a rule file only declares; write it simpler");
}

static void add_jumps(struct check *check, const struct token *token, size_t n)
{
    if (check->depth > MOST_DEPTH)
        return;
    struct level *level = &check->levels[check->depth];
    level->jumps += n;
    if (level->jumps > MOST_JUMPS)
        tell_refused(check, token,
                     "quá nhiều and, or, if một chỗ: tệp quy tắc chỉ khai báo, hãy chia thành nhiều tệp",
                     "too many and, or, if in one place: a rule file only declares; split it into several");
}

/* Jumps inside ( … ) go on to the expression around it. */
static void check_close(struct check *check, const struct token *token)
{
    if (check->depth == 0)
        return;
    check->depth--;
    if (check->depth >= MOST_DEPTH)
        return;
    const struct level *closed = &check->levels[check->depth + 1];
    check->functions -= closed->kind == 'f';
    if (closed->kind == '(')
        add_jumps(check, token, closed->jumps);
}

static bool is_one_of(const struct token *token, const char *const *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (token_is(token, words[i]))
            return true;
    return false;
}

static void check_word(struct check *check, const struct token *token)
{
    static const char *const jumps[] = {"and", "or", "if", "elseif", "while", "until", "break", "goto", "::"};
    static const char *const brackets[] = {"{", "(", "["};
    static const char *const blocks[] = {"do", "if", "repeat"};
    static const char *const ends[] = {"}", ")", "]", "end", "until"};
    if (token_is(token, "_ENV"))
        tell_refused(check, token, "không dùng _ENV trong tệp quy tắc: xoá nó",
                     "rule files do not use _ENV: delete it");
    if (is_one_of(token, jumps, sizeof jumps / sizeof *jumps))
        add_jumps(check, token, 1);
    if (is_one_of(token, brackets, sizeof brackets / sizeof *brackets))
        check_open(check, token, *token->at);
    else if (token_is(token, "function"))
        check_open(check, token, 'f');
    else if (is_one_of(token, blocks, sizeof blocks / sizeof *blocks))
        check_open(check, token, 'b');
    else if (is_one_of(token, ends, sizeof ends / sizeof *ends))
        check_close(check, token);
}

/* ---- bytes ---- */

static void tell_bytes(const char *file, const char *bytes, size_t at, struct faults *faults)
{
    int line = 1;
    const char *start = bytes;
    for (const char *c = bytes; c < bytes + at; c++)
        if (*c == '\n') {
            line++;
            start = c + 1;
        }
    int column = 1;
    for (const char *c = start; c < bytes + at; c++)
        column += ((unsigned char)*c & 0xc0) != 0x80;
    if (bytes[at] == '\0')
        faults_add(
            faults, file, line, column,
            "có byte 0, đây không phải văn bản UTF-8: mở tệp bằng trình soạn thảo và lưu lại với mã UTF-8",
            "there is a zero byte, this is no UTF-8 text: open the file in an editor and save it as UTF-8");
    else
        faults_add(faults, file, line, column,
                   "byte 0x%02X không phải UTF-8 (có thể tệp lưu bằng mã TCVN3, VNI hay Windows-1258): lưu "
                   "lại tệp với mã UTF-8",
                   "byte 0x%02X is not UTF-8 (perhaps the file was saved as TCVN3, VNI or Windows-1258): "
                   "save it as UTF-8",
                   (unsigned)(unsigned char)bytes[at]);
}

static bool check_bytes(const char *file, const char *bytes, size_t n, struct faults *faults)
{
    size_t bad;
    if (n >= 4 && memcmp(bytes, "\x1bLua", 4) == 0) {
        faults_add(faults, file, 0, 0, "tệp Lua đã biên dịch; chỉ nhận văn bản: dùng tệp nguồn",
                   "compiled Lua; only text is taken: use the source file");
        return false;
    }
    if (n >= 2 && (memcmp(bytes, "\xff\xfe", 2) == 0 || memcmp(bytes, "\xfe\xff", 2) == 0)) {
        faults_add(faults, file, 0, 0, "tệp lưu với mã UTF-16: lưu lại với mã UTF-8",
                   "the file was saved as UTF-16: save it as UTF-8");
        return false;
    }
    if (utf8_valid(bytes, n, &bad))
        return true;
    tell_bytes(file, bytes, bad, faults);
    return false;
}

bool scan_check(const char *file, const char *bytes, size_t n, struct faults *faults)
{
    if (!check_bytes(file, bytes, n, faults))
        return false;
    struct check check = {.file = file, .faults = faults, .clean = true};
    struct lexer lexer;
    struct token token;
    lexer_init(&lexer, bytes, n);
    for (lexer_next(&lexer, &token); token.kind != TOKEN_END; lexer_next(&lexer, &token)) {
        if (token.kind == TOKEN_STRAY)
            tell_stray(&check, token.line, token.column, token.at);
        else if (token.kind == TOKEN_STRING)
            check_string(&check, &token);
        else
            check_word(&check, &token);
    }
    return check.clean;
}
