#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

/* Blocks double up to the most, so that a small arena stays small and a big one asks seldom. */
#define BLOCK_LEAST 4096
#define BLOCK_MOST  ((size_t)256 * 1024)

struct block {
    struct block *older;
    size_t used, size;
    _Alignas(max_align_t) unsigned char bytes[];
};

struct arena {
    struct block *newest;
    size_t next_size;
    size_t held;
};

static void *or_die(void *ptr, size_t size)
{
    if (!ptr) {
        fprintf(stderr, "hanchot: out of memory (%zu bytes)\n", size);
        abort();
    }
    return ptr;
}

static size_t size_sum(size_t a, size_t b)
{
    size_t sum;
    must(!__builtin_add_overflow(a, b, &sum));
    return sum;
}

void *mem_alloc(size_t size)
{
    size_t asked = size ? size : 1;
    return or_die(calloc(1, asked), asked);
}

void *mem_grow(void *old, size_t size)
{
    size_t asked = size ? size : 1;
    return or_die(realloc(old, asked), asked);
}

char *mem_strdup(const char *text)
{
    if (!text)
        return NULL;
    size_t size = strlen(text) + 1;
    return memcpy(mem_alloc(size), text, size);
}

void mem_free(void *ptr)
{
    free(ptr);
}

void mem_auto_free(void *pointer_to_pointer)
{
    void *ptr;
    memcpy(&ptr, pointer_to_pointer, sizeof ptr);
    free(ptr);
}

struct arena *arena_new(void)
{
    struct arena *arena = mem_alloc(sizeof *arena);
    arena->next_size = BLOCK_LEAST;
    arena->held = sizeof *arena;
    return arena;
}

void arena_free(struct arena *arena)
{
    if (!arena)
        return;
    struct block *block = arena->newest;
    while (block) {
        struct block *older = block->older;
        mem_free(block);
        block = older;
    }
    mem_free(arena);
}

static struct block *block_new(struct arena *arena, size_t size)
{
    size_t whole = size_sum(sizeof(struct block), size);
    struct block *block = mem_alloc(whole);
    block->size = size;
    arena->held += whole;
    return block;
}

/* Something too big for a common block gets its own, behind the newest, whose free room stays in use. */
static void *alloc_alone(struct arena *arena, size_t size)
{
    struct block *block = block_new(arena, size);
    block->used = size;
    if (arena->newest) {
        block->older = arena->newest->older;
        arena->newest->older = block;
    } else {
        arena->newest = block;
    }
    return block->bytes;
}

void *arena_alloc(struct arena *arena, size_t size)
{
    const size_t align = _Alignof(max_align_t);
    size_t rounded = size_sum(size ? size : 1, align - 1) / align * align;
    struct block *block = arena->newest;
    if (!block || block->size - block->used < rounded) {
        if (rounded > arena->next_size / 2)
            return alloc_alone(arena, rounded);
        block = block_new(arena, arena->next_size);
        block->older = arena->newest;
        arena->newest = block;
        if (arena->next_size < BLOCK_MOST)
            arena->next_size *= 2;
    }
    void *ptr = block->bytes + block->used;
    block->used += rounded;
    return ptr;
}

char *arena_strdup(struct arena *arena, const char *text)
{
    return text ? arena_strndup(arena, text, strlen(text)) : NULL;
}

char *arena_strndup(struct arena *arena, const char *text, size_t length)
{
    size_t n = strnlen(text, length);
    return memcpy(arena_alloc(arena, n + 1), text, n);
}

char *arena_join(struct arena *arena, const char *const *texts, size_t n)
{
    size_t lengths[ARENA_JOIN_MOST], total = 0;
    must(n <= ARENA_JOIN_MOST);
    for (size_t i = 0; i < n; i++)
        total += lengths[i] = strlen(texts[i]);
    char *joined = arena_alloc(arena, total + 1), *end = joined;
    for (size_t i = 0; i < n; end += lengths[i++])
        memcpy(end, texts[i], lengths[i]);
    return joined;
}

char *arena_printf(struct arena *arena, const char *format, ...)
{
    va_list args, again;
    must(format);
    va_start(args, format);
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, format, args);
    va_end(args);
    must(n >= 0);
    char *text = arena_alloc(arena, (size_t)n + 1);
    vsnprintf(text, (size_t)n + 1, format, again);
    va_end(again);
    return text;
}

size_t arena_used(const struct arena *arena)
{
    return arena->held;
}

void *vec_reserved(void *at, size_t most, size_t *cap, size_t size)
{
    size_t bytes;
    if (most <= *cap)
        return at;
    must(!__builtin_mul_overflow(most, size, &bytes));
    *cap = most;
    return mem_grow(at, bytes);
}

void *vec_room(void *at, size_t n, size_t *cap, size_t size)
{
    if (n == *cap)
        at = vec_reserved(at, *cap ? size_sum(*cap, *cap) : 8, cap, size);
    memset((unsigned char *)at + n * size, 0, size);
    return at;
}
