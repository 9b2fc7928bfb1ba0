/* Rows wait here, sorted: batches in memory, each written to a temporary file in order, then merged. Memory
 * is the same for any number of rows. */
#include "intake/intake_work.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { BATCH_ROWS = 1 << 18, RUN_ROWS = 512 };

/* A sorted part of the file, and a piece of it in memory. */
struct run {
    off_t next;   /* in the file */
    size_t left;  /* rows still in the file */
    size_t n, at; /* rows in the piece, the next of them */
    struct staged *piece;
};

struct stage {
    VEC(struct staged) batch;
    size_t at; /* the next of the batch, where it is the only one */
    size_t count;
    FILE *rows, *notes; /* temporary, gone with the process */
    uint64_t notes_size;
    VEC(struct run) runs;
    struct run **heap; /* the run with the least row first */
    size_t n_heap;
};

uint64_t staged_key(uint32_t unit, uint32_t period, uint32_t metric)
{
    must(period < 1u << 20 && metric < 1u << 16 && unit < 1u << 28);
    return (uint64_t)unit << 36 | (uint64_t)period << 16 | metric;
}

static int staged_order(const void *a, const void *b)
{
    const struct staged *left = a, *right = b;
    if (left->key != right->key)
        return left->key < right->key ? -1 : 1;
    return (left->line > right->line) - (left->line < right->line);
}

struct stage *stage_new(void)
{
    return mem_alloc(sizeof(struct stage));
}

void stage_free(struct stage *stage)
{
    if (!stage)
        return;
    if (stage->rows)
        fclose(stage->rows);
    if (stage->notes)
        fclose(stage->notes);
    for (size_t i = 0; i < stage->runs.n; i++)
        mem_free(stage->runs.at[i].piece);
    vec_free(&stage->runs);
    vec_free(&stage->batch);
    mem_free(stage->heap);
    mem_free(stage);
}

size_t stage_count(const struct stage *stage)
{
    return stage->count;
}

static bool temporary_failed(struct err *err)
{
    return err_set(err, ERR_ENV, "không ghi được tệp tạm: %s; hãy kiểm tra chỗ trống của thư mục tạm",
                   "cannot use a temporary file: %s; is the temporary folder full?", strerror(errno));
}

static bool temporary(FILE **file, struct err *err)
{
    if (!*file)
        *file = tmpfile();
    return *file || temporary_failed(err);
}

static bool batch_write(struct stage *stage, struct err *err)
{
    if (!temporary(&stage->rows, err))
        return false;
    struct run run = {.next = ftello(stage->rows), .left = stage->batch.n};
    qsort(stage->batch.at, stage->batch.n, sizeof *stage->batch.at, staged_order);
    if (fwrite(stage->batch.at, sizeof *stage->batch.at, stage->batch.n, stage->rows) != stage->batch.n)
        return temporary_failed(err);
    *vec_push(&stage->runs) = run;
    stage->batch.n = 0;
    return true;
}

bool stage_add(struct stage *stage, const struct staged *row, const char *note, struct err *err)
{
    if (stage->batch.n == BATCH_ROWS && !batch_write(stage, err))
        return false;
    struct staged *slot = vec_push(&stage->batch);
    *slot = *row;
    stage->count++;
    if (!note)
        return true;
    size_t n = strlen(note);
    slot->note_at = stage->notes_size;
    slot->note_size = (uint16_t)n;
    if (!temporary(&stage->notes, err))
        return false;
    stage->notes_size += n;
    return fwrite(note, 1, n, stage->notes) == n || temporary_failed(err);
}

/* ---- merging ---- */

static const struct staged *run_first(const struct run *run)
{
    return &run->piece[run->at];
}

/* Has the run's next row in memory; false at its end, with err at trouble. */
static bool run_fill(struct stage *stage, struct run *run, bool *good, struct err *err)
{
    if (run->at < run->n)
        return true;
    run->n = run->left < RUN_ROWS ? run->left : RUN_ROWS;
    run->at = 0;
    run->left -= run->n;
    if (run->n == 0)
        return false;
    *good = !fseeko(stage->rows, run->next, SEEK_SET) &&
            fread(run->piece, sizeof *run->piece, run->n, stage->rows) == run->n;
    run->next += (off_t)(run->n * sizeof *run->piece);
    return *good || temporary_failed(err);
}

static void heap_down(struct stage *stage, size_t i)
{
    for (;;) {
        size_t least = i;
        for (size_t child = 2 * i + 1; child <= 2 * i + 2 && child < stage->n_heap; child++)
            if (staged_order(run_first(stage->heap[child]), run_first(stage->heap[least])) < 0)
                least = child;
        if (least == i)
            return;
        struct run *other = stage->heap[i];
        stage->heap[i] = stage->heap[least];
        stage->heap[least] = other;
        i = least;
    }
}

bool stage_sort(struct stage *stage, struct err *err)
{
    if (stage->notes && fflush(stage->notes))
        return temporary_failed(err);
    if (stage->count == 0)
        return true;
    if (stage->runs.n == 0) {
        qsort(stage->batch.at, stage->batch.n, sizeof *stage->batch.at, staged_order);
        return true;
    }
    if (!batch_write(stage, err))
        return false;
    vec_free(&stage->batch);
    stage->heap = mem_alloc(stage->runs.n * sizeof *stage->heap);
    bool good = true;
    for (size_t i = 0; good && i < stage->runs.n; i++) {
        struct run *run = &stage->runs.at[i];
        run->piece = mem_alloc(RUN_ROWS * sizeof *run->piece);
        if (run_fill(stage, run, &good, err))
            stage->heap[stage->n_heap++] = run;
    }
    for (size_t i = stage->n_heap; good && i-- > 0;)
        heap_down(stage, i);
    return good;
}

bool stage_next(struct stage *stage, struct staged *row, bool *have, struct err *err)
{
    bool good = true;
    if (stage->runs.n == 0) {
        *have = stage->at < stage->batch.n;
        if (*have)
            *row = stage->batch.at[stage->at++];
        return true;
    }
    *have = stage->n_heap > 0;
    if (!*have)
        return true;
    struct run *run = stage->heap[0];
    *row = *run_first(run);
    run->at++;
    if (!run_fill(stage, run, &good, err))
        stage->heap[0] = stage->heap[--stage->n_heap];
    if (good && stage->n_heap > 0)
        heap_down(stage, 0);
    return good;
}

bool stage_note(struct stage *stage, const struct staged *row, struct text *note, struct err *err)
{
    char bytes[UINT16_MAX];
    size_t n = row->note_size;
    if (pread(fileno(stage->notes), bytes, n, (off_t)row->note_at) != (ssize_t)n)
        return temporary_failed(err);
    text_add_bytes(note, bytes, n);
    return true;
}
