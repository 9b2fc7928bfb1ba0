/* box_inside: what the files of the box share; nobody else includes it. */
#ifndef HANCHOT_RULEBOOK_BOX_INSIDE_H
#define HANCHOT_RULEBOOK_BOX_INSIDE_H

#include "rulebook/box.h"

#include <pthread.h>

enum spent { SPENT_NOT, SPENT_INSTRUCTIONS, SPENT_MEMORY, SPENT_STRING, SPENT_TABLE, SPENT_DEPTH };

struct place {
    const char *file;
    int line;
};

/* The text that is being compiled, given to Lua line by line, so that a fault without a place still gets one.
 */
struct chunk {
    const char *file, *at, *end;
    int line;
};

struct box {
    lua_State *L;
    pthread_mutex_t turn; /* of the one who is inside */
    struct box_limits limits;
    struct arena *arena;     /* names */
    VEC(const char *) names; /* of all globals */
    VEC(const char *) files;
    bool locked;

    int running; /* protected calls now; limits hold only inside */
    enum lang lang;
    int pcalls;          /* of rule code, one in the other */
    struct chunk *chunk; /* while compiling */

    size_t used;       /* bytes that Lua holds */
    uint64_t left;     /* steps of the budget */
    size_t longest;    /* string ever made */
    size_t largest;    /* part of a table ever made */
    const void *stack; /* Lua's own stack, known among the other blocks */
    size_t stack_size;
    bool learning;     /* the next block that grows is the stack */
    const void *fresh; /* newest block */
    size_t fresh_size;
    const void *strings;     /* Lua's set of strings, another known block */
    enum spent refused;      /* why memory was refused last, */
    struct place refused_at; /* and where */
    enum spent spent;
    struct place spent_at;

    struct place raised_at; /* what the message handler saw */
    char *raised;
};

/* The innermost Lua code from this level up. Only reads, so that the allocator may ask too. */
struct place box_place(lua_State *L, int level);
/* The name of the chunk's file as box_run got it, or NULL. */
const char *box_file(const struct box *box, const char *chunk);
/* Where the work stands: the line that is compiled or run. */
struct place box_place_now(const struct box *box);

/* From now on nothing runs, and the next instruction raises; only the first reason counts. */
void box_spend(struct box *box, enum spent why, struct place at);
/* The same after Lua's error about memory, which our allocator made it raise. */
void box_spend_memory(struct box *box);
/* Raises what no pcall keeps. */
int box_raise_spent(lua_State *L);

/* pcall of rule code: like Lua's own, but the end of the budget or of the memory goes through. */
int box_pcall(lua_State *L);

#endif
