/* mem: memory that never fails (it aborts), and arenas whose contents live and die together.
 *
 * Verbs tell ownership everywhere: _new/_free make and end an object, _init/_fini the same for a caller's
 * struct, _take hands ownership over, a const pointer is borrowed. */
#ifndef HANCHOT_BASE_MEM_H
#define HANCHOT_BASE_MEM_H

#include "base/err.h"

#include <stddef.h>
#include <stdint.h>

void *mem_alloc(size_t size);           /* zeroed */
void *mem_grow(void *old, size_t size); /* realloc; new bytes are not zeroed */
char *mem_strdup(const char *text);     /* NULL gives NULL */
void mem_free(void *ptr);

struct arena;
struct arena *arena_new(void);
void arena_free(struct arena *arena);                      /* NULL is fine */
void *arena_alloc(struct arena *arena, size_t size);       /* zeroed, aligned for any type */
char *arena_strdup(struct arena *arena, const char *text); /* NULL gives NULL */
char *arena_strndup(struct arena *arena, const char *text, size_t length);
char *arena_printf(struct arena *arena, const char *format, ...) PRINTF_LIKE(2, 3);
/* Several texts in one, for ids, of which there are a hundred thousand: printf would take half of the time.
 */
#define ARENA_JOIN_MOST 12
char *arena_join(struct arena *arena, const char *const *texts, size_t n);
size_t arena_used(const struct arena *arena); /* bytes held, for tests and metrics */

/* A growing array: struct { T *at; size_t n, cap; }. vec_push gives a pointer to the new zeroed slot;
 * vec_reserve makes room for so many in all, where that is known. */
#define VEC(type)                                                                                            \
    struct {                                                                                                 \
        type *at;                                                                                            \
        size_t n, cap;                                                                                       \
    }
#define vec_push(vec)                                                                                        \
    ((vec)->at = vec_room((vec)->at, (vec)->n, &(vec)->cap, sizeof *(vec)->at), &(vec)->at[(vec)->n++])
#define vec_reserve(vec, most) ((vec)->at = vec_reserved((vec)->at, (most), &(vec)->cap, sizeof *(vec)->at))
#define vec_free(vec)          (mem_free((vec)->at), (vec)->at = NULL, (vec)->n = (vec)->cap = 0)
void *vec_room(void *at, size_t n, size_t *cap, size_t size); /* with slot n there and zeroed */
void *vec_reserved(void *at, size_t most, size_t *cap, size_t size);

/* Frees at the end of the scope: auto_free char *x = mem_strdup(...); */
#define auto_free __attribute__((cleanup(mem_auto_free)))
void mem_auto_free(void *pointer_to_pointer);

#endif
