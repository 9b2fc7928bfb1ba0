#include "rulebook/lexer.h"

#include "base/text.h"

#include <string.h>

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

/* -1 when it is none. */
static int hex_value(char c)
{
    if (is_digit(c))
        return c - '0';
    char low = (char)(c | 0x20);
    return low >= 'a' && low <= 'f' ? low - 'a' + 10 : -1;
}

static bool is_newline(char c)
{
    return c == '\n' || c == '\r';
}

/* The byte i places on; a zero byte behind the end. */
static char peek(const struct lexer *lexer, size_t i)
{
    return (size_t)(lexer->end - lexer->at) > i ? lexer->at[i] : '\0';
}

static bool at_end(const struct lexer *lexer)
{
    return lexer->at == lexer->end;
}

/* Without a branch, for every byte of every file passes here. */
static int count_characters(const char *from, const char *to)
{
    int n = 0;
    for (; from < to; from++)
        n += (signed char)*from >= -0x40;
    return n;
}

/* LF, CR, CR LF and LF CR are one line end, as Lua has it. */
static void skip_newline(struct lexer *lexer)
{
    char first = *lexer->at++;
    if (is_newline(peek(lexer, 0)) && peek(lexer, 0) != first)
        lexer->at++;
    lexer->line++;
    lexer->mark = lexer->at;
    lexer->mark_column = 1;
}

/* One byte or one line end. */
static void skip_any(struct lexer *lexer)
{
    if (is_newline(*lexer->at))
        skip_newline(lexer);
    else
        lexer->at++;
}

/* At "[==[": its number of "=", else -1. */
static int long_bracket(const struct lexer *lexer)
{
    size_t level = 0;
    if (peek(lexer, 0) != '[')
        return -1;
    while (peek(lexer, 1 + level) == '=')
        level++;
    return peek(lexer, 1 + level) == '[' ? (int)level : -1;
}

/* From "[==[" behind "]==]", or to the end; false when there is no end. */
static bool skip_long(struct lexer *lexer, int level)
{
    lexer->at += level + 2;
    while (!at_end(lexer)) {
        if (*lexer->at != ']') {
            skip_any(lexer);
            continue;
        }
        int n = 0;
        lexer->at++;
        for (; peek(lexer, 0) == '='; n++)
            lexer->at++;
        if (n == level && peek(lexer, 0) == ']') {
            lexer->at++;
            return true;
        }
    }
    return false;
}

static void skip_comment(struct lexer *lexer)
{
    lexer->at += 2;
    int level = long_bracket(lexer);
    if (level >= 0) {
        skip_long(lexer, level);
        return;
    }
    while (!at_end(lexer) && !is_newline(*lexer->at))
        lexer->at++;
}

static void skip_blanks(struct lexer *lexer)
{
    while (!at_end(lexer)) {
        char c = *lexer->at;
        if (is_newline(c))
            skip_newline(lexer);
        else if (c == ' ' || c == '\t' || c == '\f' || c == '\v')
            lexer->at++;
        else if (c == '-' && peek(lexer, 1) == '-')
            skip_comment(lexer);
        else
            return;
    }
}

/* "\z" takes all white space behind it, line ends too. */
static void skip_escape(struct lexer *lexer)
{
    lexer->at++;
    if (at_end(lexer))
        return;
    bool blanks = *lexer->at == 'z';
    skip_any(lexer);
    while (blanks && !at_end(lexer) && strchr(" \t\f\v\r\n", *lexer->at) && *lexer->at)
        skip_any(lexer);
}

/* Most bytes of a rule file lie inside strings, so this loop does as little as it can. */
static void skip_plain(struct lexer *lexer, char quote)
{
    const char *at = lexer->at, *end = lexer->end;
    while (at < end && *at != quote && *at != '\\' && *at != '\n' && *at != '\r')
        at++;
    lexer->at = at;
}

/* False when the line ends before the string does. */
static bool skip_string(struct lexer *lexer)
{
    char quote = *lexer->at++;
    for (skip_plain(lexer, quote); !at_end(lexer) && !is_newline(*lexer->at); skip_plain(lexer, quote)) {
        if (*lexer->at != '\\') {
            lexer->at++;
            return true;
        }
        skip_escape(lexer);
    }
    return false;
}

/* Malformed numbers are taken whole too, as Lua does. */
static void skip_number(struct lexer *lexer)
{
    bool hex = peek(lexer, 0) == '0' && (peek(lexer, 1) | 0x20) == 'x';
    lexer->at += hex ? 2 : 0;
    for (;;) {
        char c = peek(lexer, 0);
        if ((c | 0x20) == (hex ? 'p' : 'e')) {
            lexer->at++;
            lexer->at += peek(lexer, 0) == '+' || peek(lexer, 0) == '-';
        } else if (hex_value(c) >= 0 || c == '.' || is_letter(c)) {
            lexer->at++;
        } else {
            return;
        }
    }
}

static size_t symbol_length(const struct lexer *lexer)
{
    static const char *const longer[] = {"...", "..", "==", "~=", "<=", ">=", "//", "::", "<<", ">>"};
    size_t left = (size_t)(lexer->end - lexer->at);
    char next = peek(lexer, 1);
    bool may_be_longer =
        next == '.' || next == '=' || next == '/' || next == ':' || next == '<' || next == '>';
    for (size_t i = 0; may_be_longer && i < sizeof longer / sizeof *longer; i++) {
        size_t n = strlen(longer[i]);
        if (n <= left && memcmp(lexer->at, longer[i], n) == 0)
            return n;
    }
    return *lexer->at && strchr("+-*/%^#&~|<>=(){}[];:,.", *lexer->at) ? 1 : 0;
}

/* A whole character, so that it can be shown. */
static void skip_stray(struct lexer *lexer)
{
    lexer->at++;
    while (!at_end(lexer) && ((unsigned char)*lexer->at & 0xc0) == 0x80)
        lexer->at++;
}

static enum token_kind skip_token(struct lexer *lexer, bool *unclosed)
{
    char c = *lexer->at;
    if (is_letter(c)) {
        while (is_letter(peek(lexer, 0)) || is_digit(peek(lexer, 0)))
            lexer->at++;
        return TOKEN_NAME;
    }
    if (is_digit(c) || (c == '.' && is_digit(peek(lexer, 1)))) {
        skip_number(lexer);
        return TOKEN_NUMBER;
    }
    int level = long_bracket(lexer);
    if (c == '"' || c == '\'' || level >= 0) {
        *unclosed = level >= 0 ? !skip_long(lexer, level) : !skip_string(lexer);
        return TOKEN_STRING;
    }
    size_t n = symbol_length(lexer);
    lexer->at += n;
    if (n)
        return TOKEN_SYMBOL;
    skip_stray(lexer);
    return TOKEN_STRAY;
}

void lexer_init(struct lexer *lexer, const char *bytes, size_t n)
{
    size_t mark = n >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
    *lexer = (struct lexer){
        .at = bytes + mark, .end = bytes + n, .line = 1, .mark = bytes + mark, .mark_column = 1};
}

void lexer_next(struct lexer *lexer, struct token *token)
{
    skip_blanks(lexer);
    lexer->mark_column += count_characters(lexer->mark, lexer->at);
    lexer->mark = lexer->at;
    *token = (struct token){.at = lexer->at, .line = lexer->line, .column = lexer->mark_column};
    if (!at_end(lexer))
        token->kind = skip_token(lexer, &token->unclosed);
    token->n = (size_t)(lexer->at - token->at);
}

int token_column(const struct token *token, const char *at)
{
    return token->column + count_characters(token->at, at);
}

/* ---- what a string means ---- */

static void add_utf8(struct text *out, uint32_t code)
{
    if (code < 0x80)
        text_add_bytes(out, &(char){(char)code}, 1);
    else if (code < 0x800)
        text_add_bytes(out, (char[]){(char)(0xc0 | code >> 6), (char)(0x80 | (code & 0x3f))}, 2);
    else if (code < 0x10000)
        text_add_bytes(out,
                       (char[]){(char)(0xe0 | code >> 12), (char)(0x80 | (code >> 6 & 0x3f)),
                                (char)(0x80 | (code & 0x3f))},
                       3);
    else
        text_add_bytes(out,
                       (char[]){(char)(0xf0 | (code >> 18 & 7)), (char)(0x80 | (code >> 12 & 0x3f)),
                                (char)(0x80 | (code >> 6 & 0x3f)), (char)(0x80 | (code & 0x3f))},
                       4);
}

/* Behind "\": \x41 \65 \u{41}. Takes what is there of it. */
static void add_code(struct lexer *in, struct text *out)
{
    uint32_t code = 0;
    char kind = *in->at;
    if (is_digit(kind)) {
        for (int i = 0; i < 3 && is_digit(peek(in, 0)); i++)
            code = code * 10 + (uint32_t)(*in->at++ - '0');
        text_add_bytes(out, &(char){(char)code}, 1);
        return;
    }
    in->at++;
    bool braces = kind == 'u' && peek(in, 0) == '{';
    in->at += braces;
    for (int i = 0; hex_value(peek(in, 0)) >= 0 && (braces || i < 2); i++)
        code = code << 4 | (uint32_t)hex_value(*in->at++);
    in->at += braces && peek(in, 0) == '}';
    if (kind == 'u')
        add_utf8(out, code);
    else
        text_add_bytes(out, &(char){(char)code}, 1);
}

static void add_escape(struct lexer *in, struct text *out)
{
    static const char letters[] = "abfnrtv", meant[] = "\a\b\f\n\r\t\v";
    if (peek(in, 1) == 'z') {
        skip_escape(in);
        return;
    }
    in->at++;
    if (at_end(in))
        return;
    const char *letter = *in->at ? strchr(letters, *in->at) : NULL;
    if (is_newline(*in->at)) {
        skip_newline(in);
        text_add(out, "\n");
    } else if (letter) {
        text_add_bytes(out, &meant[letter - letters], 1);
        in->at++;
    } else if (is_digit(*in->at) || *in->at == 'x' || *in->at == 'u') {
        add_code(in, out);
    } else {
        text_add_bytes(out, in->at++, 1);
    }
}

static void add_long(struct lexer *in, struct text *out)
{
    if (!at_end(in) && is_newline(*in->at))
        skip_newline(in);
    while (!at_end(in)) {
        if (is_newline(*in->at)) {
            skip_newline(in);
            text_add(out, "\n");
        } else {
            text_add_bytes(out, in->at++, 1);
        }
    }
}

const char *token_string(const struct token *token, struct arena *arena, size_t *n)
{
    struct lexer in = {.at = token->at, .end = token->at + token->n};
    auto_text out = {0};
    size_t bracket = *in.at == '[' ? (size_t)long_bracket(&in) + 2 : 1;
    in.at += bracket;
    if (!token->unclosed)
        in.end -= bracket;
    if (*token->at == '[')
        add_long(&in, &out);
    while (!at_end(&in)) {
        if (*in.at == '\\')
            add_escape(&in, &out);
        else
            text_add_bytes(&out, in.at++, 1);
    }
    *n = out.n;
    char *copy = arena_alloc(arena, out.n + 1);
    if (out.n)
        memcpy(copy, out.at, out.n);
    return copy;
}
