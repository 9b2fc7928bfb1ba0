/* How ledgers of older versions are brought to the newest one. tests/ledger/ has some, as older hanchots made
 * them. */
#include "ledger/store.h"

#include "base/text.h"
#include "ledger/facts.h"
#include "ledger/store_sql.h"
#include "ledger_home.h"
#include "table.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

/* --- Steps as such --- */

static void close_a_plan(struct home *home)
{
    const struct closing_fact fact = {.plan = "a", .on = day_of("2026-12-31"), .recorded_at = 1780000000};
    assert_fine(home, store_begin(home->store, &home->err));
    assert_fine(home, facts_add_closing(home->store, &fact, 1780000001, &home->err));
    assert_fine(home, store_commit(home->store, &home->err));
    assert_int_equal(home_sql(home->db, "PRAGMA user_version = 1"), SQLITE_OK); /* as if it had been one */
}

static const char step_to_2[] = "CREATE TABLE office (unit TEXT NOT NULL) STRICT;"
                                "INSERT INTO office SELECT plan FROM closing;"
                                "ALTER TABLE closing ADD COLUMN printed TEXT;"
                                "PRAGMA user_version = 2";
static const char step_to_3[] = "DROP TABLE office; PRAGMA user_version = 3";
static const char bad_step_to_3[] =
    "DROP TABLE office; INSERT INTO nowhere VALUES (1); PRAGMA user_version = 3";
static const char orphan_step_to_2[] =
    "CREATE TABLE child (closing INTEGER REFERENCES closing (id)) STRICT; INSERT INTO child VALUES (77);"
    "PRAGMA user_version = 2";

static void steps_lead_to_the_newest_version(void **state)
{
    struct home *home = *state;
    close_a_plan(home);
    const char *const steps[] = {step_to_2, step_to_3};
    assert_fine(home, store_migrate(home->store, steps, 1, &home->err));
    assert_string_equal(home_sql_text(home->db, "PRAGMA user_version"), "2");
    assert_string_equal(home_sql_text(home->db, "SELECT unit FROM office"), "a");
    assert_fine(home, store_migrate(home->store, steps, 1, &home->err)); /* already there */
    assert_fine(home, store_migrate(home->store, steps, 2, &home->err)); /* only the step that is missing */
    assert_string_equal(home_sql_text(home->db, "PRAGMA user_version"), "3");
    assert_string_equal(home_sql_text(home->db, "SELECT count(*) FROM sqlite_schema WHERE name = 'office'"),
                        "0");
    assert_string_equal(home_sql_text(home->db, "SELECT count(*) FROM closing"), "1");
}

static void step_that_fails_changes_nothing(void **state)
{
    struct home *home = *state;
    close_a_plan(home);
    const char *const wrong[] = {step_to_2, bad_step_to_3};
    assert_false(store_migrate(home->store, wrong, 2, &home->err));
    assert_said(home, ERR_ENV, "nâng cấp sổ từ phiên bản 1: ");
    assert_said(home, ERR_ENV, "no such table: nowhere");
    assert_string_equal(home_sql_text(home->db, "PRAGMA user_version"), "1");
    assert_string_equal(home_sql_text(home->db, "SELECT count(*) FROM sqlite_schema WHERE name = 'office'"),
                        "0");

    const char *const orphan[] = {orphan_step_to_2};
    assert_int_equal(sqlite3_exec(home->store->db, "PRAGMA foreign_keys = OFF", NULL, NULL, NULL), SQLITE_OK);
    assert_false(store_migrate(home->store, orphan, 1, &home->err));
    assert_said(home, ERR_ENV, "bảng child, dòng 1 trỏ đến dòng không có trong bảng closing");
    assert_string_equal(home_sql_text(home->db, "PRAGMA user_version"), "1");
    assert_string_equal(home_sql_text(home->db, "SELECT count(*) FROM closing"), "1");
}

/* --- Ledgers as they were --- */

static const char *const old_ledgers[] = {"tests/ledger/version-1-first.sql",
                                          "tests/ledger/version-1-last.sql",
                                          "tests/ledger/version-5-letters.sql"};
enum { OF_VERSION_1 = 2 };

/* All that the query gives, a line for each row. */
static void query_dump(sqlite3 *db, const char *query, struct text *out)
{
    sqlite3_stmt *statement;
    assert_int_equal(sqlite3_prepare_v2(db, query, -1, &statement, NULL), SQLITE_OK);
    while (sqlite3_step(statement) == SQLITE_ROW) {
        for (int i = 0; i < sqlite3_column_count(statement); i++)
            text_addf(out, "%s|", (const char *)sqlite3_column_text(statement, i));
        text_add(out, "\n");
    }
    assert_int_equal(sqlite3_finalize(statement), SQLITE_OK);
}

/* Every row of the tables named in the list. */
static void rows_dump(const char *path, const char *tables, struct text *out)
{
    sqlite3 *db;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    for (const char *at = tables; *at; at = strchr(at, '\n') + 1) {
        auto_text query = {0};
        text_addf(&query, "SELECT '%.*s', * FROM %.*s", (int)(strchr(at, '|') - at), at,
                  (int)(strchr(at, '|') - at), at);
        query_dump(db, text_str(&query), out);
    }
    sqlite3_close(db);
}

static void query_of(const char *path, const char *query, struct text *out)
{
    sqlite3 *db;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    query_dump(db, query, out);
    sqlite3_close(db);
}

static void old_ledger_make(struct home *home, const char *script)
{
    auto_text bytes = {0};
    mkdir(home_path(home, "var"), 0755);
    assert_fine(home, file_read(script, 1 << 20, &bytes, &home->err));
    assert_int_equal(home_sql(home->db, text_str(&bytes)), SQLITE_OK);
}

#define TABLES                                                                                               \
    "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
#define COLUMNS                                                                                              \
    "SELECT m.name, c.name, c.type, c.\"notnull\", c.dflt_value, c.pk FROM sqlite_schema AS m,"              \
    " pragma_table_xinfo(m.name) AS c WHERE m.type = 'table' ORDER BY m.name, c.cid"
#define OTHERS "SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE type <> 'table' ORDER BY name"

static void nothing_is_lost_on_the_way(void **state)
{
    for (size_t i = 0; i < OF_VERSION_1; i++) {
        auto_text tables = {0}, before = {0}, after = {0};
        struct home *home = *state;
        bool missing;
        old_ledger_make(home, old_ledgers[i]);
        query_of(home->db, TABLES, &tables);
        rows_dump(home->db, text_str(&tables), &before);
        assert_non_null(strstr(text_str(&before), "haiphong-2026:1.4.2:2026:haiphong/PV01|extend|"));
        assert_null(store_open_read(home->db, &missing, &home->err));
        assert_said(home, ERR_ENV, "phiên bản sổ 1, nay là");
        assert_said(home, ERR_ENV, "hãy chạy hanchot serve để nâng cấp");

        home_open(home);
        assert_fine(home, store_verify(home->store, &home->err));
        rows_dump(home->db, text_str(&tables), &after);
        assert_string_equal(text_str(&after), text_str(&before));
        for (enum sql which = 0; which < SQL_COUNT; which++)
            assert_fine(home, sql_prepare(home->store, which, &home->err));
        home_close(home);
        assert_int_equal(remove(home->db), 0);
    }
}

#define LETTERS                                                                                              \
    "SELECT notice, channel, tries, next_at, refused_at, detail, dropped_at, newer, resent, content"         \
    " FROM delivery JOIN notice ON id = notice ORDER BY 1"

static void letters_are_as_they_were(void **state)
{
    struct home *home = *state;
    auto_text before = {0}, after = {0};
    old_ledger_make(home, old_ledgers[OF_VERSION_1]);
    query_of(home->db, LETTERS, &before);
    assert_non_null(strstr(text_str(&before), "4|mail:an@example.gov.vn|2|1795090000|"));
    home_open(home);
    assert_fine(home, store_verify(home->store, &home->err));
    home_close(home);
    query_of(home->db, LETTERS, &after);
    assert_string_equal(text_str(&after), text_str(&before));
    assert_string_equal(
        home_sql_text(home->db,
                      "SELECT count(*) FROM delivery JOIN notice ON id = notice AND channel = receiver"),
        "4");
    assert_int_equal(remove(home->db), 0);
}

static void they_end_like_a_new_one(void **state)
{
    struct home *home = *state;
    auto_text columns = {0}, others = {0};
    home_open(home);
    home_close(home);
    query_of(home->db, COLUMNS, &columns);
    query_of(home->db, OTHERS, &others);
    for (size_t i = 0; i < sizeof old_ledgers / sizeof *old_ledgers; i++) {
        auto_text old_columns = {0}, old_others = {0};
        assert_int_equal(remove(home->db), 0);
        old_ledger_make(home, old_ledgers[i]);
        home_open(home);
        home_close(home);
        query_of(home->db, COLUMNS, &old_columns);
        query_of(home->db, OTHERS, &old_others);
        assert_string_equal(text_str(&old_columns), text_str(&columns));
        assert_string_equal(text_str(&old_others), text_str(&others));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        HOME_OPEN(steps_lead_to_the_newest_version), HOME_OPEN(step_that_fails_changes_nothing),
        HOME_EMPTY(nothing_is_lost_on_the_way),      HOME_EMPTY(letters_are_as_they_were),
        HOME_EMPTY(they_end_like_a_new_one),
    };
    return cmocka_run_group_tests_name("store: steps", tests, NULL, NULL);
}
