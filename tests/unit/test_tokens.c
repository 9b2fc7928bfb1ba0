#include "ledger/tokens.h"

#include "ledger_home.h"
#include "time/clock.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

enum { HOUR = 3600, DAY = 24 * HOUR, T0 = 1780000000 };

static int64_t add(struct home *home, enum token_kind kind, const char *secret, const char *const *scope,
                   size_t n)
{
    char hash[65];
    int64_t id = 0;
    token_secret_hash(secret, hash);
    struct token draft = {.kind = kind,
                          .name = "PC06 – máy bàn",
                          .hash = hash,
                          .scope = scope,
                          .n_scope = n,
                          .alarms = true,
                          .created_at = T0};
    assert_fine(home, token_add(home->store, &draft, &id, &home->err));
    return id;
}

static const char *const feeds[] = {"unit/haiphong/PC06", "holidays"};

static void a_token_comes_back_by_its_secret(void **state)
{
    struct home *home = *state;
    int64_t link = add(home, TOKEN_LINK, "alpha", feeds, 2), key = add(home, TOKEN_KEY, "beta", NULL, 0);
    home_close(home);
    home_open(home);
    struct tokens *tokens = tokens_read(home->store, &home->err);
    assert_int_equal(tokens->n, 2);
    const struct token *token = tokens_find_secret(tokens, "alpha");
    assert_non_null(token);
    assert_int_equal(token->id, link);
    assert_int_equal(token->kind, TOKEN_LINK);
    assert_string_equal(token->name, "PC06 – máy bàn");
    assert_int_equal(token->n_scope, 2);
    assert_string_equal(token->scope[0], feeds[0]);
    assert_string_equal(token->scope[1], feeds[1]);
    assert_true(token->alarms && token->created_at == T0 && !token->revoked_at && !token->fetched_at);
    assert_null(token->client);
    token = tokens_find_secret(tokens, "beta");
    assert_int_equal(token->id, key);
    assert_int_equal(token->n_scope, 0);
    assert_ptr_equal(tokens_find(tokens, key), token);
    assert_null(tokens_find(tokens, key + 1));
    static const char *const wrong[] = {"", "alph", "alpha ", "ALPHA"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_null(tokens_find_secret(tokens, wrong[i]));
    tokens_free(tokens);
}

static void the_secret_stands_nowhere(void **state)
{
    struct home *home = *state;
    char secret[TOKEN_SECRET_SIZE], other[TOKEN_SECRET_SIZE];
    assert_fine(home, token_secret_new(secret, &home->err));
    assert_fine(home, token_secret_new(other, &home->err));
    assert_string_not_equal(secret, other);
    assert_int_equal(strlen(secret), TOKEN_SECRET_SIZE - 1);
    assert_int_equal(strspn(secret, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"),
                     TOKEN_SECRET_SIZE - 1);
    add(home, TOKEN_LINK, secret, feeds, 1);
    assert_string_equal(home_sql_text(home->db, "SELECT count(*) FROM token WHERE length(hash) = 64"), "1");
    home_close(home);
    char command[256];
    snprintf(command, sizeof command,
             "SELECT count(*) FROM token WHERE instr(quote(hash)||name||scope, '%s')", secret);
    assert_string_equal(home_sql_text(home->db, command), "0");
}

static void revoking(void **state)
{
    struct home *home = *state;
    bool changed;
    int64_t key = add(home, TOKEN_KEY, "beta", NULL, 0);
    struct tokens *tokens = tokens_read(home->store, &home->err);
    assert_true(tokens_have_key(tokens));
    tokens_free(tokens);
    assert_fine(home, token_revoke(home->store, key, T0 + 5, &changed, &home->err));
    assert_true(changed);
    assert_fine(home, token_revoke(home->store, key, T0 + 9, &changed, &home->err));
    assert_false(changed);
    tokens = tokens_read(home->store, &home->err);
    assert_false(tokens_have_key(tokens));
    assert_int_equal(tokens->list[0].revoked_at, T0 + 5);
    tokens_free(tokens);
    assert_false(token_revoke(home->store, key + 1, T0, &changed, &home->err));
    assert_said(home, ERR_INPUT, "token list");
}

static void the_ledger_refuses(void **state)
{
    struct home *home = *state;
    static const char *const statements[] = {
        "DELETE FROM token",
        "UPDATE token SET hash = replace(hash, 'a', 'b')",
        "UPDATE token SET scope = 'all'",
        "INSERT INTO token (kind, name, hash, scope, alarms, created_at) VALUES ('feed', 'x', 'alpha', "
        "'all', 0, 0)",
        "INSERT INTO token (kind, name, hash, scope, alarms, created_at)"
        " SELECT kind, name, hash, scope, alarms, 0 FROM token",
        "UPDATE token SET unchanged = fetches + 1",
    };
    add(home, TOKEN_LINK, "alpha", feeds, 2);
    for (size_t i = 0; i < sizeof statements / sizeof *statements; i++)
        assert_int_not_equal(home_sql(home->db, statements[i]), 0);
}

static void visits_are_counted(void **state)
{
    struct home *home = *state;
    int64_t id = add(home, TOKEN_LINK, "alpha", feeds, 2);
    struct token_visit visits[] = {
        {id, T0, 2, 0, "Thunderbird/115"},
        {id, T0 + HOUR, 2, 1, "Thunderbird/115"},
        {id + 7, T0 + HOUR, 1, 0, "nobody"},
        {id, T0 + 2 * HOUR, 1, 1, NULL},
    };
    assert_fine(home, tokens_visited(home->store, visits, 4, &home->err));
    assert_fine(home, tokens_visited(home->store, NULL, 0, &home->err));
    struct tokens *tokens = tokens_read(home->store, &home->err);
    const struct token *token = tokens_find(tokens, id);
    assert_int_equal(token->fetches, 5);
    assert_int_equal(token->unchanged, 2);
    assert_int_equal(token->fetched_at, T0 + 2 * HOUR);
    assert_int_equal(token->interval, HOUR);
    assert_null(token->client);
    tokens_free(tokens);
}

static void what_is_usual(void **state)
{
    (void)state;
    static const struct {
        const char *what;
        int64_t interval, before, at, expected;
    } cases[] = {
        {"the first fetch says nothing", 0, 0, T0, 0},
        {"the second one does", 0, T0, T0 + HOUR, HOUR},
        {"feeds one after the other are one round", HOUR, T0, T0 + 5, HOUR},
        {"slower by little", HOUR, T0, T0 + 2 * HOUR, HOUR + HOUR / 4},
        {"a holiday hardly counts", HOUR, T0, T0 + 9 * DAY, HOUR + 3 * HOUR / 4},
        {"a clock set back", HOUR, T0, T0 - DAY, HOUR},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (token_interval(cases[i].interval, cases[i].before, cases[i].at) != cases[i].expected)
            fail_msg("%s", cases[i].what);
}

static int64_t at(const char *iso)
{
    int64_t instant;
    struct err err = {0};
    if (!instant_parse(iso, &instant, &err))
        fail_msg("%s", err.text);
    return instant;
}

/* 2026-11-20 is a Friday; the Tuesday after, 24/11, is a public holiday. */
static void who_is_silent(void **state)
{
    (void)state;
    static const struct {
        const char *what;
        int64_t interval;
        const char *fetched, *now;
        bool expected;
    } cases[] = {
        {"never fetched", 0, NULL, "2026-11-20T08:00", false},
        {"fetched once", 0, "2026-08-20T08:00", "2026-11-20T08:00", false},
        {"overnight", HOUR, "2026-11-18T17:00", "2026-11-19T08:00", false},
        {"late the next day", HOUR, "2026-11-18T07:30", "2026-11-19T17:00", false},
        {"a whole working day without", HOUR, "2026-11-18T17:00", "2026-11-20T00:01", true},
        {"on Monday morning", HOUR, "2026-11-20T17:00", "2026-11-23T08:00", false},
        {"on Monday evening", HOUR, "2026-11-20T07:30", "2026-11-23T18:00", false},
        {"Monday was a whole working day, though the holiday is not", HOUR, "2026-11-20T17:00",
         "2026-11-24T00:01", true},
        {"since Monday, over the holiday", HOUR, "2026-11-23T17:00", "2026-11-25T17:00", false},
        {"the day after that", HOUR, "2026-11-23T17:00", "2026-11-26T08:00", true},
        {"fetched at the weekend", HOUR, "2026-11-21T10:00", "2026-11-23T17:00", false},
        {"looked at on a Sunday", HOUR, "2026-11-20T09:00", "2026-11-22T10:00", false},
        {"a slow one within its time: three working days", DAY, "2026-11-18T08:00", "2026-11-23T08:00",
         false},
        {"a slow one", DAY, "2026-11-18T08:00", "2026-11-23T08:01", true},
        {"a clock set back", HOUR, "2026-11-20T09:00", "2026-11-10T09:00", false},
    };
    struct workdays *workdays = workdays_new(0x1f);
    int holiday;
    assert_true(day_parse("2026-11-24", &holiday, NULL) && workdays_add_off(workdays, holiday, "24/11"));
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct token token = {.interval = cases[i].interval,
                              .fetched_at = cases[i].fetched ? at(cases[i].fetched) : 0};
        if (token_silent(&token, workdays, at(cases[i].now)) != cases[i].expected)
            fail_msg("%s", cases[i].what);
        token.revoked_at = T0;
        assert_false(token_silent(&token, workdays, at(cases[i].now)));
    }
    workdays_free(workdays);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        HOME_OPEN(a_token_comes_back_by_its_secret),
        HOME_OPEN(the_secret_stands_nowhere),
        HOME_OPEN(revoking),
        HOME_OPEN(the_ledger_refuses),
        HOME_OPEN(visits_are_counted),
        cmocka_unit_test(what_is_usual),
        cmocka_unit_test(who_is_silent),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
