/* box: a Lua state that can do nothing but declare.
 *
 * The files of rule authors run here, and so must files that are wrong or hostile. The state has its own allocator with a
 * cap, text chunks only, an allow-list of globals, an instruction budget, and no C function that costs more than the size
 * of its arguments and results (Lua's count hook never fires inside C). pcall cannot swallow the end of the budget or of
 * the memory: after either the box is spent and every further call fails at once. pairs and next go in sorted order (numbers
 * before strings); tostring of a table or function gives its type only, so that nothing depends on addresses.
 * Globals can be locked: assigning one and reading an unknown one are then errors that name it and the nearest known. */
#ifndef HANCHOT_RULEBOOK_BOX_H
#define HANCHOT_RULEBOOK_BOX_H

#include "base/faults.h"

#include <lua.h>
#include <stdint.h>

struct box_limits {
    size_t memory;         /* bytes the Lua state may hold */
    uint64_t instructions; /* for all calls together until box_refill */
};
/* What rules get: 64 MB, and instructions for well under a second of honest work. */
extern const struct box_limits box_default_limits;

struct box;
struct box *box_new(const struct box_limits *limits);
void box_free(struct box *box);
lua_State *box_state(struct box *box);
/* The box that a state belongs to. */
struct box *box_of(lua_State *L);
void box_refill(struct box *box); /* a new instruction budget; memory that ran out stays out */

/* A word of the rule language: C function with data as its first upvalue (light userdata), as a global. */
void box_add_word(struct box *box, const char *name, lua_CFunction function, void *data);
/* The value on top of the stack as a global that rule code may read; pops it. */
void box_add_value(struct box *box, const char *name);
/* From here on rule code can neither make nor replace globals. Rule files may still have locals and functions. */
void box_lock(struct box *box);

/* Compiles and runs the bytes. `file` is the name that faults carry (any length; give it to the chunk as "@file" and read it
 * back from ar.source, never short_src, which Lua cuts at 60 characters). Syntax and run-time errors become one fault with
 * file:line, its text in the language of faults (common Lua messages are put into plain Vietnamese words; the original
 * follows in brackets). False after a fault. */
MUST_CHECK bool box_run(struct box *box, const char *file, const char *bytes, size_t n, struct faults *faults);
/* Calls the function and n arguments on top of the stack under the same budget; on success leaves `results` values. `what`
 * names the call in the fault. */
MUST_CHECK bool box_call(struct box *box, int arguments, int results, const char *what, struct faults *faults);

/* File (as given to box_run; valid while the box lives) and line of the Lua code that called the C function at level 1. */
void box_where(lua_State *L, const char **file, int *line);

size_t box_memory(const struct box *box);
uint64_t box_instructions_left(const struct box *box);

#endif
