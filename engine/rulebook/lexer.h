/* lexer: the words of a Lua text, one after the other, with their places. For what Lua itself does not tell
 * (see scan.h).
 *
 * Never fails: what no Lua would take comes as TOKEN_STRAY, an unclosed string as one up to the end of its
 * line. */
#ifndef HANCHOT_RULEBOOK_LEXER_H
#define HANCHOT_RULEBOOK_LEXER_H

#include "base/mem.h"

#include <string.h>

enum token_kind { TOKEN_END, TOKEN_NAME, TOKEN_STRING, TOKEN_NUMBER, TOKEN_SYMBOL, TOKEN_STRAY };

struct token {
    enum token_kind kind;
    const char *at; /* its bytes in the text, quotes and all */
    size_t n;
    int line, column; /* column in characters from 1 */
    bool unclosed;    /* a string without its end */
};

struct lexer {
    const char *at, *end;
    int line;
    const char *mark; /* a place on this line, */
    int mark_column;  /* and its column */
};

/* Skips a byte order mark. */
void lexer_init(struct lexer *lexer, const char *bytes, size_t n);
void lexer_next(struct lexer *lexer, struct token *token);
/* Column of a place behind the token, on the same line. */
int token_column(const struct token *token, const char *at);

/* A name or symbol with exactly this text. Inline: it is asked some twenty times of every token. */
static inline bool token_is(const struct token *token, const char *text)
{
    return (token->kind == TOKEN_NAME || token->kind == TOKEN_SYMBOL) && *token->at == *text &&
           strlen(text) == token->n && memcmp(token->at, text, token->n) == 0;
}
/* What a TOKEN_STRING means, escapes resolved, in the arena; *n as it may hold zero bytes. */
const char *token_string(const struct token *token, struct arena *arena, size_t *n);

#endif
