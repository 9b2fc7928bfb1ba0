#include "intake/intake_work.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

enum { BATCH = 1 << 18 };

/* Every number below n once, in an order without order: n is no multiple of the step. */
static uint64_t nth(size_t i, size_t n)
{
    return (uint64_t)i * 7919 % n;
}

static void sorted(size_t n)
{
    struct err err = {0};
    struct stage *stage = stage_new();
    struct staged row;
    bool have;
    for (size_t i = 0; i < n; i++) {
        row = (struct staged){
            .key = nth(i, n) / 3, .line = (int32_t)(nth(i, n) % 3), .value = (int64_t)nth(i, n)};
        assert_true(stage_add(stage, &row, NULL, &err));
    }
    assert_int_equal(stage_count(stage), n);
    assert_true(stage_sort(stage, &err));
    for (size_t i = 0; i < n; i++) {
        assert_true(stage_next(stage, &row, &have, &err) && have);
        if (row.value != (int64_t)i)
            fail_msg("row %zu of %zu is %lld", i, n, (long long)row.value);
    }
    assert_true(stage_next(stage, &row, &have, &err));
    assert_false(have);
    stage_free(stage);
}

static void rows_come_in_order_of_key_and_line(void **state)
{
    static const size_t sizes[] = {0, 1, 2, 1000, BATCH - 1, BATCH, BATCH + 1, 3 * BATCH + 7};
    (void)state;
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
        sorted(sizes[i]);
}

static void keys_hold_their_parts(void **state)
{
    (void)state;
    uint64_t key = staged_key(300, 99999, 65000);
    assert_int_equal(staged_unit(key), 300);
    assert_int_equal(staged_period(key), 99999);
    assert_int_equal(staged_metric(key), 65000);
    assert_true(staged_key(1, 0, 0) > staged_key(0, 99999, 65000));
    assert_true(staged_key(0, 1, 0) > staged_key(0, 0, 65000));
}

static void notes_stay_with_their_rows(void **state)
{
    struct err err = {0};
    struct stage *stage = stage_new();
    (void)state;
    for (size_t i = 0; i < 1000; i++) {
        auto_text note = {0};
        struct staged row = {.key = nth(i, 1000), .line = 1};
        text_addf(&note, "ghi chú %llu", (unsigned long long)row.key);
        assert_true(stage_add(stage, &row, i % 2 ? text_str(&note) : NULL, &err));
    }
    assert_true(stage_sort(stage, &err));
    struct staged row;
    bool have;
    size_t n = 0;
    while (stage_next(stage, &row, &have, &err) && have) {
        auto_text note = {0}, wanted = {0};
        if (!row.note_size)
            continue;
        n++;
        text_addf(&wanted, "ghi chú %llu", (unsigned long long)row.key);
        assert_true(stage_note(stage, &row, &note, &err));
        assert_string_equal(text_str(&note), text_str(&wanted));
    }
    assert_int_equal(n, 500);
    stage_free(stage);
}

static void names_are_found(void **state)
{
    struct names names = {0};
    struct arena *arena = arena_new();
    uint32_t number;
    (void)state;
    assert_false(names_find(&names, "x", &number));
    for (uint32_t i = 0; i < 5000; i++)
        names_add(&names, arena_printf(arena, "n%u", i), i);
    for (uint32_t i = 0; i < 5000; i++) {
        assert_true(names_find(&names, arena_printf(arena, "n%u", i), &number));
        assert_int_equal(number, i);
    }
    assert_false(names_find(&names, "n5000", &number));
    names_fini(&names);
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_come_in_order_of_key_and_line),
        cmocka_unit_test(keys_hold_their_parts),
        cmocka_unit_test(notes_stay_with_their_rows),
        cmocka_unit_test(names_are_found),
    };
    return cmocka_run_group_tests_name("intake_stage", tests, NULL, NULL);
}
