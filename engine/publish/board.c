#include "publish/board.h"

#include <pthread.h>

struct board {
    pthread_mutex_t lock;
    struct snapshot *current;
};

struct board *board_new(void)
{
    struct board *board = mem_alloc(sizeof *board);
    must(pthread_mutex_init(&board->lock, NULL) == 0);
    return board;
}

void board_free(struct board *board)
{
    if (!board)
        return;
    snapshot_release(board->current);
    pthread_mutex_destroy(&board->lock);
    mem_free(board);
}

void board_put(struct board *board, struct snapshot *snapshot)
{
    must(snapshot && snapshot->free && atomic_load(&snapshot->holders) > 0);
    pthread_mutex_lock(&board->lock);
    struct snapshot *former = board->current;
    board->current = snapshot;
    pthread_mutex_unlock(&board->lock);
    /* Outside the lock: freeing a whole snapshot takes its time. */
    snapshot_release(former);
}

struct snapshot *board_take(struct board *board)
{
    pthread_mutex_lock(&board->lock);
    struct snapshot *snapshot = board->current;
    if (snapshot)
        atomic_fetch_add_explicit(&snapshot->holders, 1, memory_order_relaxed);
    pthread_mutex_unlock(&board->lock);
    return snapshot;
}

void snapshot_release(struct snapshot *snapshot)
{
    if (!snapshot)
        return;
    int before = atomic_fetch_sub_explicit(&snapshot->holders, 1, memory_order_acq_rel);
    must(before > 0);
    if (before == 1)
        snapshot->free(snapshot);
}
