/* The board under 10^6 swaps with two readers; built with the thread sanitizer, which sees what a lucky run
 * hides. */
#include "publish/board.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

enum { SWAPS = 1000 * 1000, READERS = 2 };

struct page {
    struct snapshot head;
    int number;
    int twice; /* plain memory: a reader that holds a dead page races with the next one's making */
    atomic_int *freed;
};

struct reader {
    struct board *board;
    atomic_bool *done;
    pthread_t thread;
    long taken, wrong;
};

static void page_free(struct snapshot *head)
{
    struct page *page = (struct page *)head;
    page->number = page->twice = -1;
    atomic_fetch_add(page->freed, 1);
    mem_free(page);
}

static struct snapshot *page_new(int number, atomic_int *freed)
{
    struct page *page = mem_alloc(sizeof *page);
    *page = (struct page){.head = {.free = page_free}, .number = number, .twice = 2 * number, .freed = freed};
    atomic_init(&page->head.holders, 1);
    return &page->head;
}

/* Every page is whole, and none comes back after a newer one was seen. */
static void *read_pages(void *data)
{
    struct reader *reader = data;
    int newest = 0;
    while (!atomic_load(reader->done) || !reader->taken) { /* it may get its turn late */
        struct page *page = (struct page *)board_take(reader->board);
        if (!page)
            continue;
        if (page->twice != 2 * page->number || page->number < newest)
            reader->wrong++;
        newest = page->number;
        reader->taken++;
        snapshot_release(&page->head);
    }
    return NULL;
}

static void readers_and_a_million_swaps(void **state)
{
    (void)state;
    atomic_int freed = 0;
    atomic_bool done = false;
    struct board *board = board_new();
    struct reader readers[READERS];
    for (int i = 0; i < READERS; i++) {
        readers[i] = (struct reader){.board = board, .done = &done};
        assert_int_equal(pthread_create(&readers[i].thread, NULL, read_pages, &readers[i]), 0);
    }
    for (int number = 1; number <= SWAPS; number++)
        board_put(board, page_new(number, &freed));
    atomic_store(&done, true);
    for (int i = 0; i < READERS; i++) {
        assert_int_equal(pthread_join(readers[i].thread, NULL), 0);
        assert_int_equal(readers[i].wrong, 0);
        assert_true(readers[i].taken > 0);
    }
    assert_int_equal(atomic_load(&freed), SWAPS - 1);
    board_free(board);
    assert_int_equal(atomic_load(&freed), SWAPS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(readers_and_a_million_swaps)};
    return cmocka_run_group_tests_name("board under threads", tests, NULL, NULL);
}
