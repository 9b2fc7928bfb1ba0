/* box: a Lua state that can do nothing but declare.
 *
 * The files of rule authors run here, and so must files that are wrong or hostile. The state has its own
 * allocator with a cap, text chunks only, an allow-list of globals, and one budget for all work. Work is
 * counted in VM instructions, by a hook; because Lua's hook never fires inside C, the same budget also pays
 * for every allocation and for what the C functions of the allow-list do with their arguments, and an
 * instruction costs more once there are long strings, big tables or a deep stack that it might have to read
 * whole. So every file ends after about the same time, whatever it does. pcall cannot swallow the end of the
 * budget or of the memory: after either the box is spent and every further call fails at once.
 *
 * pairs and next go in sorted order (numbers, strings, false, true), table.sort is stable, and tostring of a
 * table or function gives its type only, so that nothing depends on addresses. Globals can be locked:
 * assigning one and reading an unknown one are then errors that name it and the nearest known. Libraries and
 * the string metatable cannot be changed. */
#ifndef HANCHOT_RULEBOOK_BOX_H
#define HANCHOT_RULEBOOK_BOX_H

#include "base/faults.h"

#include <lua.h>
#include <stdint.h>

struct box_limits {
    size_t memory;         /* bytes the Lua state may hold while rule code runs */
    uint64_t instructions; /* as steps, some to each, for all calls together until box_refill */
};
/* What rules get: 64 MB, and steps for well under a second of work, two at the very worst. */
extern const struct box_limits box_default_limits;
/* The longest string that rule code can make, in bytes. */
enum { BOX_LONGEST_STRING = 64 * 1024 };

struct box;
struct box *box_new(const struct box_limits *limits);
void box_free(struct box *box); /* NULL is fine */
lua_State *box_state(struct box *box);
/* The box that a state belongs to. */
struct box *box_of(lua_State *L);
/* A new instruction budget. After the memory ran out, garbage is collected; the box stays spent if that does
 * not help. */
void box_refill(struct box *box);
void box_refill_with(struct box *box, uint64_t instructions); /* less than that, for small calls */

/* A word of the rule language: C function with data as its first upvalue (light userdata), as a global. */
void box_add_word(struct box *box, const char *name, lua_CFunction function, void *data);
/* The value on top of the stack, which it pops, as a global. */
void box_add_value(struct box *box, const char *name);
/* From here on rule code can neither make nor replace globals. Rule files may still have locals and
 * functions. */
void box_lock(struct box *box);

/* Compiles and runs the bytes. `file` is the name that faults carry, of any length. What scan_check finds,
 * syntax and run-time errors become faults with file:line, in the language of faults (common Lua messages are
 * put into plain words; the original follows in brackets). A byte order mark and CR LF are fine. False after
 * a fault. */
MUST_CHECK bool box_run(struct box *box, const char *file, const char *bytes, size_t n,
                        struct faults *faults);
/* The same for bytes that scan_check has passed already. */
MUST_CHECK bool box_run_checked(struct box *box, const char *file, const char *bytes, size_t n,
                                struct faults *faults);
/* Calls the function and n arguments on top of the stack under the same budget; on success leaves `results`
 * values, else nothing. `what` names the call in the fault and may be NULL. */
MUST_CHECK bool box_call(struct box *box, int arguments, int results, const char *what,
                         struct faults *faults);

/* ---- for C functions that rules can reach; these may end the function by an error ---- */

/* File (as given to box_run; valid while the box lives) and line of the Lua code that called the running C
 * function; NULL and 0 when there is none. */
void box_where(lua_State *L, const char **file, int *line);
/* Raises an error with this text in the language of the faults; `return box_error(…)`. */
int box_error(lua_State *L, const char *vi, const char *en, ...) PRINTF_LIKE(2, 4) PRINTF_LIKE(3, 4);
/* Pays for work that grows with arguments, about 5 ns each. Not needed for what allocates in Lua: that is
 * paid already. */
void box_pay(lua_State *L, uint64_t steps);
/* Pays for going through a table that rule code made, with all its empty slots, of which Lua does not tell
 * the number. Free while no table is big. */
void box_pay_table(lua_State *L);
/* The language of the faults that the running call fills. */
enum lang box_lang(lua_State *L);

/* Functions of a loaded rulebook may be called by several threads: one at a time. */
void box_enter(struct box *box);
void box_leave(struct box *box);

size_t box_memory(const struct box *box);
uint64_t box_instructions_left(const struct box *box);

#endif
