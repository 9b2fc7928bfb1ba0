/* Rules loaded from the bytes that they were made of once, as the ledger keeps them. */
#include "rulebook/rulebook.h"

#include "rules_home.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char holidays[] =
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//thử//VI\r\nBEGIN:VEVENT\r\nUID:1\r\n"
    "DTSTAMP:20260101T000000Z\r\nDTSTART;VALUE=DATE:20260630\r\nSUMMARY:nghỉ thử\r\n"
    "END:VEVENT\r\nEND:VCALENDAR\r\n";

static struct rulebook_paths paths_of(const struct rules_home *home, struct text *rules,
                                      struct text *calendars)
{
    text_addf(rules, "%s/rules", home->path);
    text_addf(calendars, "%s/calendars", home->path);
    return (struct rulebook_paths){text_str(rules), text_str(calendars)};
}

static struct files *names_of(struct rulebook *book, struct text *out)
{
    struct files *files = rulebook_files_take(book);
    assert_non_null(files);
    assert_null(rulebook_files_take(book));
    for (size_t i = 0; i < files->list.n; i++)
        text_addf(out, "%s/%s ", files->list.at[i].folder, files->list.at[i].name);
    return files;
}

static void put_all(const struct rules_home *home)
{
    auto_text plan = {0}, late = {0};
    rules_home_put(home, "calendars/ngày nghỉ.ics", holidays);
    rules_home_put(home, "rules/units/groups.lua", "api(1)\n");
    text_addf(&plan, "%stask \"1\" { title = \"Một\", lead = \"A\", due = on \"2026-06-30\" }\n",
              rules_home_head);
    rules_home_put(home, "rules/a.lua", text_str(&plan));
    text_add(&late, "api(1)\ninclude \"units/groups\"\n");
    rules_home_put(home, "rules/z.lua", text_str(&late));
    rules_home_put(home, "rules/#z.lua", "lỗi");
    rules_home_put(home, "rules/z.meta.lua", "lỗi");
}

static void what_was_read_is_at_hand(void **state)
{
    (void)state;
    struct rules_home home;
    auto_text rules = {0}, calendars = {0}, names = {0};
    rules_home_init(&home);
    put_all(&home);
    struct rulebook_paths paths = paths_of(&home, &rules, &calendars);
    struct rulebook *book = rulebook_load_noted(&paths, &home.faults);
    assert_non_null(book);
    struct files *files = names_of(book, &names);
    assert_string_equal(text_str(&names), "calendars/vn.lua calendars/ngày nghỉ.ics rules/a.lua "
                                          "rules/units/groups.lua rules/z.lua ");
    assert_string_equal(text_str(&files_find(files, "calendars", "ngày nghỉ.ics")->bytes), holidays);
    files_free(files);
    rulebook_free(book);
    book = rules_home_load(&home);
    assert_non_null(book);
    assert_null(rulebook_files_take(book)); /* nobody asked */
    rulebook_free(book);
    rules_home_fini(&home);
}

static void the_copy_gives_the_same_rules(void **state)
{
    (void)state;
    struct rules_home home;
    auto_text rules = {0}, calendars = {0}, names = {0}, command = {0}, file = {0};
    rules_home_init(&home);
    put_all(&home);
    struct rulebook_paths paths = paths_of(&home, &rules, &calendars);
    struct rulebook *book = rulebook_load_noted(&paths, &home.faults);
    assert_non_null(book);
    struct files *files = names_of(book, &names);
    rulebook_free(book);
    text_addf(&command, "rm -rf '%s/rules' '%s/calendars'", home.path, home.path);
    assert_int_equal(system(text_str(&command)), 0); /* nothing of it is on the disk */
    book = rulebook_load_copy(&paths, files, &home.faults);
    assert_non_null(book);
    assert_null(rulebook_files_take(book));
    assert_int_equal(home.faults.errors, 0);
    const struct plan *plan = &book->plans[0];
    text_addf(&file, "%s/rules/a.lua", home.path);
    assert_string_equal(plan_item(plan, "1")->at.file, text_str(&file));
    assert_false(workdays_is_working(book->workdays, plan_item(plan, "1")->duties[0].timing.turns[0].due));
    rulebook_free(book);
    files_free(files);
    rules_home_fini(&home);
}

/* What another version of hanchot takes for a fault is one, with its place. */
static void the_copy_is_checked_like_any_rules(void **state)
{
    (void)state;
    struct rules_home home;
    auto_text rules = {0}, calendars = {0}, names = {0};
    rules_home_init(&home);
    put_all(&home);
    struct rulebook_paths paths = paths_of(&home, &rules, &calendars);
    struct rulebook *book = rulebook_load_noted(&paths, &home.faults);
    struct files *files = names_of(book, &names);
    rulebook_free(book);
    for (size_t i = 0; i < files->list.n; i++)
        if (!strcmp(files->list.at[i].name, "z.lua"))
            text_add(&files->list.at[i].bytes, "include \"units/gone\"\ntusk \"2\" {}\n");
    assert_null(rulebook_load_copy(&paths, files, &home.faults));
    assert_non_null(strstr(rules_home_faults(&home), "rules/z.lua:3:"));
    assert_non_null(strstr(rules_home_faults(&home), "rules/units/gone.lua: not in the copy that was kept"));
    assert_non_null(strstr(rules_home_faults(&home), "rules/z.lua:4:"));
    faults_fini(&home.faults);
    faults_init(&home.faults, LANG_EN);
    struct files *nothing = files_new();
    assert_null(rulebook_load_copy(&paths, nothing, &home.faults));
    assert_non_null(strstr(rules_home_faults(&home), "no workcalendar in this folder"));
    files_free(nothing);
    files_free(files);
    rules_home_fini(&home);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_read_is_at_hand),
        cmocka_unit_test(the_copy_gives_the_same_rules),
        cmocka_unit_test(the_copy_is_checked_like_any_rules),
    };
    return cmocka_run_group_tests_name("rules: copy", tests, NULL, NULL);
}
