#include "publish/board.h"

#include "aborts.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

struct page {
    struct snapshot head;
    int *freed;
};

static void page_free(struct snapshot *head)
{
    struct page *page = (struct page *)head;
    ++*page->freed;
    mem_free(page);
}

static struct snapshot *page_new(int *freed)
{
    struct page *page = mem_alloc(sizeof *page);
    atomic_init(&page->head.holders, 1);
    page->head.free = page_free;
    page->freed = freed;
    return &page->head;
}

static void nothing_is_up_at_first(void **state)
{
    (void)state;
    struct board *board = board_new();
    assert_null(board_take(board));
    snapshot_release(NULL);
    board_free(board);
    board_free(NULL);
}

static void a_swap_frees_what_nobody_holds(void **state)
{
    (void)state;
    int first = 0, second = 0;
    struct board *board = board_new();
    struct snapshot *one = page_new(&first), *two = page_new(&second);
    board_put(board, one);
    assert_ptr_equal(board_take(board), one);
    snapshot_release(one);
    assert_int_equal(first, 0); /* the board still has it */
    board_put(board, two);
    assert_int_equal(first, 1);
    assert_ptr_equal(board_take(board), two);
    snapshot_release(two);
    board_free(board);
    assert_int_equal(second, 1);
}

static void a_reader_keeps_its_snapshot_over_swaps(void **state)
{
    (void)state;
    int freed[3] = {0};
    struct board *board = board_new();
    board_put(board, page_new(&freed[0]));
    struct snapshot *mine = board_take(board), *again = board_take(board);
    board_put(board, page_new(&freed[1]));
    board_put(board, page_new(&freed[2]));
    assert_int_equal(freed[0], 0);
    assert_int_equal(freed[1], 1);
    snapshot_release(mine);
    assert_int_equal(freed[0], 0);
    board_free(board);
    assert_int_equal(freed[2], 1);
    snapshot_release(again); /* even after the board is gone */
    assert_int_equal(freed[0], 1);
}

static void put_nothing(void)
{
    board_put(board_new(), NULL);
}

static void put_what_nobody_holds(void)
{
    int freed = 0;
    struct snapshot *page = page_new(&freed);
    atomic_store(&page->holders, 0);
    board_put(board_new(), page);
}

static void release_once_too_often(void)
{
    static struct page page;
    snapshot_release(&page.head);
}

static void mistakes_abort(void **state)
{
    (void)state;
    assert_true(aborts(put_nothing));
    assert_true(aborts(put_what_nobody_holds));
    assert_true(aborts(release_once_too_often));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_is_up_at_first),
        cmocka_unit_test(a_swap_frees_what_nobody_holds),
        cmocka_unit_test(a_reader_keeps_its_snapshot_over_swaps),
        cmocka_unit_test(mistakes_abort),
    };
    return cmocka_run_group_tests_name("board", tests, NULL, NULL);
}
