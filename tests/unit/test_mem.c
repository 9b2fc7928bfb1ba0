#include "base/mem.h"

#include "aborts.h"

#include <setjmp.h>
#include <stdalign.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static bool is_zero(const unsigned char *bytes, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (bytes[i])
            return false;
    return true;
}

static void memory_is_zeroed_and_grows(void **state)
{
    (void)state;
    unsigned char *bytes = mem_alloc(300);
    assert_true(is_zero(bytes, 300));
    memset(bytes, 7, 300);
    bytes = mem_grow(bytes, 30000);
    assert_int_equal(bytes[299], 7);
    mem_free(bytes);
    void *nothing = mem_alloc(0);
    assert_non_null(nothing);
    nothing = mem_grow(nothing, 0);
    assert_non_null(nothing);
    mem_free(nothing);
    mem_free(NULL);
}

static void texts_are_copied(void **state)
{
    (void)state;
    char hanoi[] = "Hà Nội";
    auto_free char *copy = mem_strdup(hanoi);
    auto_free char *none = mem_strdup(NULL);
    hanoi[0] = 'x';
    assert_string_equal(copy, "Hà Nội");
    assert_null(none);
}

static void arena_gives_zeroed_aligned_pieces_apart(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    unsigned char *pieces[400];
    for (size_t i = 0; i < 400; i++) {
        size_t size = i * i % 3001;
        pieces[i] = arena_alloc(arena, size);
        assert_int_equal((uintptr_t)pieces[i] % alignof(max_align_t), 0);
        assert_true(is_zero(pieces[i], size));
        memset(pieces[i], (int)(i % 255) + 1, size);
    }
    for (size_t i = 0; i < 400; i++) {
        size_t size = i * i % 3001;
        for (size_t j = 0; j < size; j++)
            assert_int_equal(pieces[i][j], i % 255 + 1);
    }
    arena_free(arena);
    arena_free(NULL);
}

static void big_pieces_leave_the_common_block_in_use(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    unsigned char *big = arena_alloc(arena, 1 << 20);
    assert_true(is_zero(big, 1 << 20));
    big[(1 << 20) - 1] = 1;
    char *small = arena_strdup(arena, "nhỏ");
    size_t before = arena_used(arena);
    assert_true(before > 1 << 20);
    unsigned char *other = arena_alloc(arena, 1 << 20);
    other[0] = 2;
    size_t after_big = arena_used(arena);
    assert_true(after_big > before + (1 << 20));
    char *next = arena_strdup(arena, "nữa");
    assert_int_equal(arena_used(arena), after_big);
    assert_string_equal(small, "nhỏ");
    assert_string_equal(next, "nữa");
    arena_free(arena);
}

static void small_arenas_stay_small_and_big_ones_ask_seldom(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    assert_true(arena_used(arena) < 100);
    arena_alloc(arena, 1);
    assert_true(arena_used(arena) < 5000);
    for (int i = 0; i < 100000; i++)
        arena_alloc(arena, 16);
    assert_true(arena_used(arena) >= 1600000);
    assert_true(arena_used(arena) < 1600000 + 600000);
    arena_free(arena);
}

static void arena_texts(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    assert_null(arena_strdup(arena, NULL));
    assert_string_equal(arena_strdup(arena, ""), "");
    assert_string_equal(arena_strndup(arena, "Hải Phòng", 4), "Hả");
    assert_string_equal(arena_strndup(arena, "PC06", 99), "PC06");
    assert_string_equal(arena_strndup(arena, "PC06", 0), "");
    assert_string_equal(arena_printf(arena, "%s-%02d", "2026", 3), "2026-03");
    assert_string_equal(arena_printf(arena, "%s", ""), "");
    char *wide = arena_printf(arena, "%9000d", 1);
    assert_int_equal(strlen(wide), 9000);
    assert_int_equal(wide[8999], '1');
    arena_free(arena);
}

struct point {
    int x, y;
    const char *name;
};

static void vec_grows_and_keeps(void **state)
{
    (void)state;
    VEC(struct point) points = {0};
    for (int i = 0; i < 1000; i++) {
        struct point *point = vec_push(&points);
        assert_true(point->x == 0 && point->y == 0 && !point->name);
        *point = (struct point){i, -i, "điểm"};
    }
    assert_int_equal(points.n, 1000);
    assert_true(points.cap >= 1000);
    for (int i = 0; i < 1000; i++)
        assert_true(points.at[i].x == i && points.at[i].y == -i);
    points.n--; /* a slot taken again is zeroed again */
    assert_int_equal(vec_push(&points)->x, 0);
    vec_free(&points);
    assert_true(!points.at && points.n == 0 && points.cap == 0);

    VEC(const char *) names = {0};
    *vec_push(&names) = "PC06";
    *vec_push(&names) = "PV01";
    assert_string_equal(names.at[1], "PV01");
    vec_free(&names);
    vec_free(&names);
}

static void ask_arena_for_too_much(void)
{
    struct arena *arena = arena_new();
    arena_alloc(arena, SIZE_MAX - 4);
    arena_free(arena);
}

static void ask_vec_for_too_much(void)
{
    VEC(struct point) points = {.n = SIZE_MAX / 4, .cap = SIZE_MAX / 4};
    (void)vec_push(&points);
}

static void sizes_beyond_all_memory_abort(void **state)
{
    (void)state;
    assert_true(aborts(ask_arena_for_too_much));
    assert_true(aborts(ask_vec_for_too_much));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(memory_is_zeroed_and_grows),
        cmocka_unit_test(texts_are_copied),
        cmocka_unit_test(arena_gives_zeroed_aligned_pieces_apart),
        cmocka_unit_test(big_pieces_leave_the_common_block_in_use),
        cmocka_unit_test(small_arenas_stay_small_and_big_ones_ask_seldom),
        cmocka_unit_test(arena_texts),
        cmocka_unit_test(vec_grows_and_keeps),
        cmocka_unit_test(sizes_beyond_all_memory_abort),
    };
    return cmocka_run_group_tests_name("mem", tests, NULL, NULL);
}
