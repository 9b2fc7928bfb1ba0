#include "ledger/tokens.h"

#include "base/text.h"
#include "ledger/store_sql.h"
#include "time/clock.h"

#include <errno.h>
#include <nettle/base64.h>
#include <string.h>
#include <sys/random.h>

enum {
    SECRET_BYTES = 32,
    ROUND_SECONDS = 60, /* what is fetched within this is one round */
    LONGEST_GAP = 4,    /* times the usual one that a gap may count */
    SILENT_GAPS = 3,    /* usual gaps without a fetch */
    DAY_SECONDS = 86400,
};

const char *token_kind_name(enum token_kind kind)
{
    return kind == TOKEN_KEY ? "key" : "feed";
}

/* ---- secrets ---- */

bool token_secret_new(char secret[TOKEN_SECRET_SIZE], struct err *err)
{
    uint8_t bytes[SECRET_BYTES];
    char encoded[BASE64_ENCODE_RAW_LENGTH(SECRET_BYTES)];
    if (getrandom(bytes, sizeof bytes, 0) != (ssize_t)sizeof bytes)
        return err_set(err, ERR_ENV, "hệ thống không cho số ngẫu nhiên: %s",
                       "the system gives no random numbers: %s", strerror(errno));
    base64_encode_raw(encoded, sizeof bytes, bytes);
    for (size_t i = 0; i < TOKEN_SECRET_SIZE - 1; i++)
        secret[i] = encoded[i] == '+' ? '-' : encoded[i] == '/' ? '_' : encoded[i];
    secret[TOKEN_SECRET_SIZE - 1] = '\0'; /* without the padding */
    explicit_bzero(bytes, sizeof bytes);
    explicit_bzero(encoded, sizeof encoded);
    return true;
}

void token_secret_hash(const char *secret, char hash[65])
{
    sha256_hex(secret, strlen(secret), hash);
}

/* ---- reading ---- */

static const char *kept(struct tokens *tokens, const struct sql_rows *rows, int column)
{
    return arena_strdup(tokens->arena, sql_row_text(rows, column));
}

/* "unit/haiphong/PC06 holidays" */
static void scope_split(struct arena *arena, struct token *token, const char *text)
{
    VEC(const char *) names = {0};
    for (text += strspn(text, " "); *text; text += strspn(text, " ")) {
        size_t n = strcspn(text, " ");
        *vec_push(&names) = arena_strndup(arena, text, n);
        text += n;
    }
    token->n_scope = names.n;
    if (names.n)
        token->scope =
            memcpy(arena_alloc(arena, names.n * sizeof *names.at), names.at, names.n * sizeof *names.at);
    vec_free(&names);
}

static void token_fill(struct tokens *tokens, struct token *token, struct sql_rows *rows)
{
    *token = (struct token){
        .id = sql_row_int(rows, 0),
        .kind = strcmp(sql_row_text(rows, 1), "key") ? TOKEN_LINK : TOKEN_KEY,
        .name = kept(tokens, rows, 2),
        .hash = kept(tokens, rows, 3),
        .alarms = sql_row_int(rows, 5) != 0,
        .created_at = sql_row_int(rows, 6),
        .revoked_at = sql_row_int(rows, 7),
        .fetched_at = sql_row_int(rows, 8),
        .client = kept(tokens, rows, 9),
        .fetches = sql_row_int(rows, 10),
        .unchanged = sql_row_int(rows, 11),
        .interval = sql_row_int(rows, 12),
    };
    scope_split(tokens->arena, token, sql_row_text(rows, 4));
}

static bool rows_read(struct store *store, struct tokens *tokens, struct err *err)
{
    VEC(struct token) list = {0};
    struct sql_rows rows = sql_rows(store, SQL_TOKENS);
    while (sql_next(&rows))
        token_fill(tokens, vec_push(&list), &rows);
    tokens->n = list.n;
    if (list.n)
        tokens->list =
            memcpy(arena_alloc(tokens->arena, list.n * sizeof *list.at), list.at, list.n * sizeof *list.at);
    vec_free(&list);
    return sql_end(&rows, err);
}

struct tokens *tokens_read(struct store *store, struct err *err)
{
    struct arena *arena = arena_new();
    struct tokens *tokens = arena_alloc(arena, sizeof *tokens);
    tokens->arena = arena;
    if (!store || rows_read(store, tokens, err))
        return tokens;
    tokens_free(tokens);
    return NULL;
}

void tokens_free(struct tokens *tokens)
{
    if (tokens)
        arena_free(tokens->arena);
}

const struct token *tokens_find(const struct tokens *tokens, int64_t id)
{
    for (size_t i = 0; i < tokens->n; i++)
        if (tokens->list[i].id == id)
            return &tokens->list[i];
    return NULL;
}

const struct token *tokens_find_secret(const struct tokens *tokens, const char *secret)
{
    char hash[65];
    token_secret_hash(secret, hash);
    for (size_t i = 0; i < tokens->n; i++)
        if (!strcmp(tokens->list[i].hash, hash))
            return &tokens->list[i];
    return NULL;
}

bool tokens_have_key(const struct tokens *tokens)
{
    for (size_t i = 0; i < tokens->n; i++)
        if (tokens->list[i].kind == TOKEN_KEY && !tokens->list[i].revoked_at)
            return true;
    return false;
}

/* ---- writing ---- */

bool token_add(struct store *store, const struct token *draft, int64_t *id, struct err *err)
{
    auto_text scope = {0};
    for (size_t i = 0; i < draft->n_scope; i++)
        text_addf(&scope, "%s%s", i ? " " : "", draft->scope[i]);
    if (!sql_run(store, SQL_TOKEN_ADD, err, sql_text(token_kind_name(draft->kind)), sql_text(draft->name),
                 sql_text(draft->hash), sql_text(text_str(&scope)), sql_int(draft->alarms),
                 sql_int(draft->created_at)))
        return false;
    *id = sql_last_id(store);
    return true;
}

bool token_revoke(struct store *store, int64_t id, int64_t at, bool *changed, struct err *err)
{
    bool found = false;
    *changed = false;
    struct sql_rows rows = sql_rows(store, SQL_TOKEN_REVOKED, sql_int(id));
    if (sql_next(&rows)) {
        found = true;
        *changed = sql_row_int(&rows, 0) == 0;
    }
    if (!sql_end(&rows, err))
        return false;
    if (!found)
        return err_set(err, ERR_INPUT, "không có liên kết hay khóa số %lld; xem: hanchot token list",
                       "there is no link or key %lld; see: hanchot token list", (long long)id);
    return !*changed || sql_run(store, SQL_TOKEN_REVOKE, err, sql_int(id), sql_int(at));
}

int64_t token_interval(int64_t interval, int64_t before, int64_t at)
{
    int64_t gap = at - before;
    if (!before || gap < ROUND_SECONDS)
        return interval;
    if (!interval)
        return gap;
    if (gap > LONGEST_GAP * interval)
        gap = LONGEST_GAP * interval;
    return (3 * interval + gap) / 4;
}

/* Seconds from..to that lie on working days. */
static int64_t working_seconds(const struct workdays *workdays, int64_t from, int64_t to)
{
    int first = instant_day(from), last = instant_day(to);
    int64_t seconds = (int64_t)workdays_between(workdays, first - 1, last) * DAY_SECONDS;
    if (workdays_is_working(workdays, first))
        seconds -= from - day_start(first);
    if (workdays_is_working(workdays, last))
        seconds -= day_start(last + 1) - to;
    return seconds;
}

bool token_silent(const struct token *token, const struct workdays *workdays, int64_t now)
{
    if (!token->interval || token->revoked_at || now <= token->fetched_at)
        return false;
    bool whole_day = workdays_between(workdays, instant_day(token->fetched_at), instant_day(now) - 1) > 0;
    return whole_day && working_seconds(workdays, token->fetched_at, now) > SILENT_GAPS * token->interval;
}

static bool visit_write(struct store *store, const struct token_visit *visit, struct err *err)
{
    int64_t before = 0, interval = 0;
    struct sql_rows rows = sql_rows(store, SQL_TOKEN_FETCHED, sql_int(visit->id));
    bool found = sql_next(&rows);
    if (found) {
        before = sql_row_int(&rows, 0);
        interval = sql_row_int(&rows, 1);
    }
    if (!sql_end(&rows, err))
        return false;
    return !found || sql_run(store, SQL_TOKEN_VISIT, err, sql_int(visit->id),
                             sql_int(visit->at > before ? visit->at : before), sql_text(visit->client),
                             sql_int(visit->fetches), sql_int(visit->unchanged),
                             sql_int(token_interval(interval, before, visit->at)));
}

bool tokens_visited(struct store *store, const struct token_visit *visits, size_t n, struct err *err)
{
    if (!n)
        return true;
    if (!store_begin(store, err))
        return false;
    for (size_t i = 0; i < n; i++)
        if (!visit_write(store, &visits[i], err)) {
            store_rollback(store);
            return false;
        }
    return store_commit(store, err);
}
