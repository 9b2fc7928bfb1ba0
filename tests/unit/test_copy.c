/* The copy of the rules in use that the ledger keeps. */
#include "ledger/copy.h"

#include "ledger/store_sql.h"
#include "ledger_home.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static void put(struct files *files, const char *folder, const char *name, const char *content)
{
    struct text bytes = {0};
    text_add(&bytes, content);
    files_add(files, folder, name, &bytes);
    assert_null(bytes.at);
}

static struct files *some_files(void)
{
    struct files *files = files_new();
    put(files, "rules", "units/haiphong.lua",
        "api(1)\norg \"haiphong\" { title = \"Công an TP Hải Phòng\" }\n");
    put(files, "rules", "haiphong-2026.lua", "api(1)\ninclude \"units/haiphong\"\r\n");
    put(files, "calendars", "vn.lua", "");
    return files;
}

static void assert_kept(struct home *home, const struct files *files, int64_t kept_at)
{
    struct copy copy;
    assert_fine(home, copy_read(home->store, &copy, &home->err));
    assert_non_null(copy.files);
    assert_int_equal(copy.kept_at, kept_at);
    assert_int_equal(copy.files->list.n, files->list.n);
    for (size_t i = 0; i < files->list.n; i++) {
        const struct file *file = &files->list.at[i],
                          *kept = files_find(copy.files, file->folder, file->name);
        assert_non_null(kept);
        assert_string_equal(text_str(&kept->bytes), text_str(&file->bytes));
    }
    copy_fini(&copy);
}

static void none_was_kept(void **state)
{
    struct home *home = *state;
    struct copy copy = {.files = (struct files *)home};
    assert_fine(home, copy_read(home->store, &copy, &home->err));
    assert_null(copy.files);
    copy_fini(&copy);
}

static void it_comes_back_as_it_was(void **state)
{
    struct home *home = *state;
    struct files *files = some_files();
    assert_fine(home, copy_write(home->store, files, 1780000000, &home->err));
    home_close(home);
    home_open(home);
    assert_kept(home, files, 1780000000);
    assert_fine(home, store_verify(home->store, &home->err));
    files_free(files);
}

static void the_same_again_writes_nothing(void **state)
{
    struct home *home = *state;
    struct files *files = some_files(), *turned = files_new();
    for (size_t i = files->list.n; i--;)
        put(turned, files->list.at[i].folder, files->list.at[i].name, text_str(&files->list.at[i].bytes));
    assert_fine(home, copy_write(home->store, files, 1780000000, &home->err));
    int before = sqlite3_total_changes(home->store->db);
    assert_fine(home, copy_write(home->store, files, 1790000000, &home->err));
    assert_fine(home, copy_write(home->store, turned, 1790000000, &home->err)); /* in whatever order */
    assert_int_equal(sqlite3_total_changes(home->store->db), before);
    assert_kept(home, files, 1780000000);
    files_free(files);
    files_free(turned);
}

static void only_the_last_one_is_kept(void **state)
{
    static const struct {
        const char *what, *folder, *name, *content;
    } changes[] = {
        {"one byte more", "rules", "haiphong-2026.lua", "api(1)\ninclude \"units/haiphong\"\r\n "},
        {"another name", "rules", "haiphong-2027.lua", "api(1)\ninclude \"units/haiphong\"\r\n"},
        {"another folder", "calendars", "haiphong-2026.lua", "api(1)\ninclude \"units/haiphong\"\r\n"},
    };
    struct home *home = *state;
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        struct files *files = some_files(), *others = files_new();
        put(others, changes[i].folder, changes[i].name, changes[i].content);
        put(others, "rules", "units/haiphong.lua", text_str(&files->list.at[0].bytes));
        put(others, "calendars", "vn.lua", "");
        int64_t at = 1780000000 + 10 * (int64_t)i;
        assert_fine(home, copy_write(home->store, files, at, &home->err));
        assert_kept(home, files, at);
        assert_fine(home, copy_write(home->store, others, at + 1, &home->err));
        assert_kept(home, others, at + 1);
        files_free(files);
        files_free(others);
    }
}

static void huge_rules_leave_the_former_copy(void **state)
{
    struct home *home = *state;
    struct files *files = some_files(), *huge = files_new();
    auto_text much = {0};
    while (much.n <= COPY_MOST)
        text_add(&much,
                 "-- một dòng dài không nói gì, chỉ để đầy chỗ trong sổ ------------------------------\n");
    put(huge, "rules", "haiphong-2026.lua", text_str(&much));
    assert_fine(home, copy_write(home->store, files, 1780000000, &home->err));
    assert_false(copy_write(home->store, huge, 1790000000, &home->err));
    assert_said(home, ERR_INPUT, "quá 32 MB");
    assert_kept(home, files, 1780000000);
    files_free(files);
    files_free(huge);
}

static void what_is_not_what_was_written_is_none(void **state)
{
    static const char *const damages[] = {
        "UPDATE rule_file SET content = content || '-- thêm' WHERE name = 'vn.lua'",
        "DELETE FROM rule_file WHERE name = 'vn.lua'",
        "UPDATE rule_file SET name = 'vn2.lua' WHERE name = 'vn.lua'",
        "DELETE FROM rule_file",
    };
    struct home *home = *state;
    for (size_t i = 0; i < sizeof damages / sizeof *damages; i++) {
        struct files *files = some_files();
        struct copy copy;
        home->err = (struct err){0};
        assert_fine(home, copy_write(home->store, files, 1780000000, &home->err));
        assert_int_equal(home_sql(home->db, damages[i]), SQLITE_OK);
        assert_false(copy_read(home->store, &copy, &home->err));
        assert_said(home, ERR_ENV, "không còn nguyên vẹn");
        assert_null(copy.files);
        assert_fine(home, copy_forget(home->store, &home->err));
        assert_fine(home, copy_read(home->store, &copy, &home->err));
        assert_null(copy.files);
        assert_fine(home, copy_write(home->store, files, 1790000000 + (int64_t)i, &home->err));
        assert_kept(home, files, 1790000000 + (int64_t)i);
        assert_fine(home, copy_forget(home->store, &home->err));
        files_free(files);
    }
}

static void half_of_it_is_never_there(void **state)
{
    struct home *home = *state;
    struct files *files = some_files(), *others = some_files();
    assert_fine(home, copy_write(home->store, files, 1780000000, &home->err));
    put(others, "rules", "soctrang-2025.lua", "api(1)");
    assert_int_equal(home_sql(home->db, "CREATE TRIGGER full BEFORE INSERT ON rule_file WHEN NEW.name ="
                                        " 'soctrang-2025.lua' BEGIN SELECT RAISE (ABORT, 'full'); END"),
                     SQLITE_OK);
    assert_false(copy_write(home->store, others, 1790000000, &home->err));
    assert_kept(home, files, 1780000000);
    files_free(files);
    files_free(others);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        HOME_OPEN(none_was_kept),
        HOME_OPEN(it_comes_back_as_it_was),
        HOME_OPEN(the_same_again_writes_nothing),
        HOME_OPEN(only_the_last_one_is_kept),
        HOME_OPEN(huge_rules_leave_the_former_copy),
        HOME_OPEN(what_is_not_what_was_written_is_none),
        HOME_OPEN(half_of_it_is_never_there),
    };
    return cmocka_run_group_tests_name("copy", tests, NULL, NULL);
}
