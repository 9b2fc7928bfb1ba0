#include "rulebook/box.h"

#include "base/text.h"
#include "rulebook/box_inside.h"
#include "rulebook/library.h"

#include <lauxlib.h>
#include <string.h>

enum {
    HOOK_COUNT = 100,
    /* An instruction may be one that writes a huge float as text or divides it with remainder: a
     * microsecond, where others take some nanoseconds, and no hook tells which it was. */
    INSTRUCTION_PRICE = 20,
    ALLOCATION_PRICE = 20, /* and one step for each so many bytes: */
    BYTES_A_STEP = 16,

    /* How many bytes more make every instruction one step dearer, for it may have to read them all. */
    STRING_A_STEP = 256,
    STACK_A_STEP = 2048,
    TABLE_A_STEP = 8192,
    FREE_TABLE = 64 * 1024,
    SLOT_BYTES = 32, /* of a table, gone through in one step */

    FIRST_STRINGS =
        128 * sizeof(void *), /* Lua's set of strings as it is made, while there is no state yet */

    MOST_STRING = BOX_LONGEST_STRING + 64, /* with Lua's head */
    MOST_STACK = 512 * 1024,               /* some thousand calls deep */
    MOST_TABLE = 4 * 1024 * 1024,          /* a quarter of a million elements, some ten thousand keys */
};

const struct box_limits box_default_limits = {.memory = (size_t)64 << 20, .instructions = 20000000};

/* Keys of the registry. */
static const char known_key, globals_key, spent_key;

struct box *box_of(lua_State *L)
{
    struct box *box;
    memcpy(&box, lua_getextraspace(L), sizeof(void *));
    return box;
}

lua_State *box_state(struct box *box)
{
    return box->L;
}

enum lang box_lang(lua_State *L)
{
    return box_of(L)->lang;
}

size_t box_memory(const struct box *box)
{
    return box->used;
}

uint64_t box_instructions_left(const struct box *box)
{
    return box->left;
}

/* ---- places ---- */

const char *box_file(const struct box *box, const char *chunk)
{
    for (size_t i = box->files.n; *chunk == '@' && i-- > 0;)
        if (strcmp(box->files.at[i], chunk + 1) == 0)
            return box->files.at[i];
    return NULL;
}

/* The innermost Lua code from this level up. Only reads, so that the allocator may ask too. */
struct place box_place(lua_State *L, int level)
{
    lua_Debug ar;
    for (; lua_getstack(L, level, &ar); level++) {
        lua_getinfo(L, "Sl", &ar);
        if (ar.currentline > 0)
            return (struct place){box_file(box_of(L), ar.source), ar.currentline};
    }
    return (struct place){0};
}

void box_where(lua_State *L, const char **file, int *line)
{
    struct place place = box_place(L, 1);
    *file = place.file;
    *line = place.line;
}

struct place box_place_now(const struct box *box)
{
    if (box->chunk)
        return (struct place){box->chunk->file, box->chunk->line};
    return box_place(box->L, 0);
}

/* ---- the budget ---- */

static void count_hook(lua_State *L, lua_Debug *ar);

void box_spend(struct box *box, enum spent why, struct place at)
{
    if (box->spent)
        return;
    box->spent = why;
    box->spent_at = at;
    lua_sethook(box->L, count_hook, LUA_MASKCOUNT, 1);
}

/* Raises what no pcall keeps. The text was made beforehand, for there may be no memory left. */
int box_raise_spent(lua_State *L)
{
    lua_rawgetp(L, LUA_REGISTRYINDEX, &spent_key);
    return lua_error(L);
}

void box_spend_memory(struct box *box)
{
    box_spend(box, box->refused ? box->refused : SPENT_MEMORY, box->refused_at);
}

/* May be called where nothing can be raised: the hook fires at the next instruction. */
static void pay_for(struct box *box, uint64_t steps, enum spent reason)
{
    if (box->running == 0)
        return;
    box->left -= steps < box->left ? steps : box->left;
    if (box->left == 0)
        box_spend(box, reason, box_place_now(box));
}

static void pay(struct box *box, uint64_t steps)
{
    pay_for(box, steps, SPENT_INSTRUCTIONS);
}

void box_pay(lua_State *L, uint64_t steps)
{
    struct box *box = box_of(L);
    pay(box, steps);
    if (!box->spent)
        return;
    lua_settop(L, 0);
    box_raise_spent(L);
}

static size_t big_table(const struct box *box)
{
    return box->largest > FREE_TABLE ? box->largest - FREE_TABLE : 0;
}

void box_pay_table(lua_State *L)
{
    box_pay(L, big_table(box_of(L)) / SLOT_BYTES);
}

/* Of one instruction, in steps. */
static uint64_t instruction_price(const struct box *box)
{
    return INSTRUCTION_PRICE + box->longest / STRING_A_STEP + box->stack_size / STACK_A_STEP +
           big_table(box) / TABLE_A_STEP;
}

static void count_hook(lua_State *L, lua_Debug *ar)
{
    (void)ar;
    struct box *box = box_of(L);
    pay(box, HOOK_COUNT * instruction_price(box));
    if (box->spent)
        box_raise_spent(L);
}

/* ---- memory ---- */

/* Of the blocks that grow, the stack and Lua's own set of strings are none of a table, and none is while
 * compiling. */
static bool is_table(const struct box *box, const void *ptr)
{
    return !box->chunk && (!ptr || (ptr != box->stack && ptr != box->strings));
}

/* For a new block, tag tells what it is for. */
static enum spent refusal(const struct box *box, const void *ptr, size_t old, size_t tag, size_t size)
{
    if (box->running == 0 || size <= old)
        return SPENT_NOT;
    if (!ptr && tag == LUA_TSTRING && size > MOST_STRING)
        return SPENT_STRING;
    size_t more = size - old, most = box->limits.memory;
    if (more > most || box->used > most - more)
        return SPENT_MEMORY;
    return size > MOST_TABLE && is_table(box, ptr) ? SPENT_TABLE : SPENT_NOT;
}

/* Too deep is told at the next instruction: now Lua needs the stack. */
static void set_stack(struct box *box, const void *stack, size_t size)
{
    box->stack = stack;
    box->stack_size = size;
    if (box->running && size > MOST_STACK)
        box_spend(box, SPENT_DEPTH, box_place_now(box));
}

static void release(struct box *box, void *ptr, size_t size)
{
    if (ptr && (ptr == box->stack || box->learning))
        set_stack(box, box->fresh, box->fresh_size);
    box->used -= size;
    mem_free(ptr);
}

static void note_fresh(struct box *box, const void *block, size_t tag, size_t size)
{
    box->fresh = block;
    box->fresh_size = size;
    if (tag == LUA_TSTRING && size > box->longest)
        box->longest = size;
    if (!box->L && size == FIRST_STRINGS)
        box->strings = block;
}

static void note_refusal(struct box *box, enum spent why)
{
    box->refused = why;
    box->refused_at = box_place_now(box);
    pay_for(box, box->used / BYTES_A_STEP, why); /* Lua collects all garbage and tries once more */
}

/* Lua's allocator. */
static void *allocate(void *data, void *ptr, size_t old_size, size_t size)
{
    struct box *box = data;
    size_t old = ptr ? old_size : 0;
    if (size == 0) {
        release(box, ptr, old);
        return NULL;
    }
    enum spent why = refusal(box, ptr, old, old_size, size);
    if (why) {
        note_refusal(box, why);
        return NULL;
    }
    if (box->running && size > box->largest && is_table(box, ptr))
        box->largest = size;
    bool is_new = !ptr, is_stack = ptr && (ptr == box->stack || box->learning);
    bool is_strings = ptr && ptr == box->strings;
    void *block = mem_grow(ptr, size);
    box->used = box->used - old + size;
    if (is_new)
        note_fresh(box, block, old_size, size);
    if (is_stack)
        set_stack(box, block, size);
    if (is_strings)
        box->strings = block;
    pay(box, ALLOCATION_PRICE + size / BYTES_A_STEP);
    return block;
}

/* Lua does not tell which block its stack is, but here nothing else grows. It grows in place, or by a fresh
 * block before the old one is released. */
static void learn_stack(struct box *box)
{
    box->learning = true;
    must(lua_checkstack(box->L, 60));
    box->learning = false;
    must(box->stack);
}

/* ---- globals ---- */

static const char *name_at(size_t i, const void *data)
{
    const struct box *box = data;
    return box->names.at[i];
}

static const char *text_at(lua_State *L, int index)
{
    return lua_type(L, index) == LUA_TSTRING ? lua_tostring(L, index) : luaL_typename(L, index);
}

/* __index of the known globals: called for a name that is none. */
static int unknown_global(lua_State *L)
{
    struct box *box = box_of(L);
    if (!box->locked)
        return 0;
    const char *name = text_at(L, 2);
    box_pay(L, 200 * box->names.n + strlen(name));
    const char *nearest = text_nearest(name, box->names.n, name_at, box);
    if (nearest)
        return box_error(L, "không có từ '%.80s'; có phải '%s'?",
                         "there is no word '%.80s'; did you mean '%s'?", name, nearest);
    return box_error(L, "không có từ '%.80s': xem lại chính tả; nội dung chữ phải đặt trong ngoặc kép \"…\"",
                     "there is no word '%.80s': check the spelling; text must stand in quotes \"…\"", name);
}

/* __newindex of the globals, once locked. */
static int refuse_global(lua_State *L)
{
    return box_error(
        L,
        "không được đặt tên chung '%.80s' trong tệp quy tắc: viết local %.80s = …, hoặc xem có thiếu "
        "dấu phẩy hay } ở trên không",
        "the global '%.80s' cannot be set in a rule file: write local %.80s = …, or see whether a "
        "comma or } is missing above",
        text_at(L, 2), text_at(L, 2));
}

/* Rule code sees an empty table; what it reads comes from the known globals behind it. */
static void make_globals(struct box *box)
{
    lua_State *L = box->L;
    lua_newtable(L); /* known */
    lua_newtable(L);
    lua_pushcfunction(L, unknown_global);
    lua_setfield(L, -2, "__index");
    lua_setmetatable(L, -2);
    lua_newtable(L); /* what rule code sees */
    lua_newtable(L);
    lua_pushvalue(L, -3);
    lua_setfield(L, -2, "__index");
    lua_pushvalue(L, -3);
    lua_setfield(L, -2, "__newindex");
    lua_pushvalue(L, -1);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &globals_key);
    lua_setmetatable(L, -2);
    lua_rawseti(L, LUA_REGISTRYINDEX, LUA_RIDX_GLOBALS);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &known_key);
}

void box_add_value(struct box *box, const char *name)
{
    const char **kept = vec_push(&box->names);
    *kept = arena_strdup(box->arena, name);
    must(lua_checkstack(box->L, 2));
    lua_rawgetp(box->L, LUA_REGISTRYINDEX, &known_key);
    lua_insert(box->L, -2);
    lua_setfield(box->L, -2, name);
    lua_pop(box->L, 1);
}

void box_add_word(struct box *box, const char *name, lua_CFunction function, void *data)
{
    must(lua_checkstack(box->L, 1));
    lua_pushlightuserdata(box->L, data);
    lua_pushcclosure(box->L, function, 1);
    box_add_value(box, name);
}

void box_lock(struct box *box)
{
    box->locked = true;
    lua_rawgetp(box->L, LUA_REGISTRYINDEX, &globals_key);
    lua_pushcfunction(box->L, refuse_global);
    lua_setfield(box->L, -2, "__newindex");
    lua_pop(box->L, 1);
}

int box_error(lua_State *L, const char *vi, const char *en, ...)
{
    char text[1024];
    va_list args;
    va_start(args, en);
    vsnprintf(text, sizeof text, say(box_lang(L), vi, en), args);
    va_end(args);
    return luaL_error(L, "%s", text);
}

/* ---- the box itself ---- */

/* An error outside every protected call is a bug of ours. */
static int panic(lua_State *L)
{
    must_failed(text_at(L, -1), "Lua outside box_run and box_call", 0);
}

struct box *box_new(const struct box_limits *limits)
{
    struct box *box = mem_alloc(sizeof *box);
    must(!pthread_mutex_init(&box->turn, NULL));
    box->limits = *limits;
    box->left = limits->instructions;
    box->arena = arena_new();
    lua_State *L = box->L = lua_newstate(allocate, box);
    must(L);
    memcpy(lua_getextraspace(L), &(void *){box}, sizeof(void *));
    lua_atpanic(L, panic);
    learn_stack(box);
    lua_pushliteral(L, "spent");
    lua_rawsetp(L, LUA_REGISTRYINDEX, &spent_key);
    make_globals(box);
    library_open(box);
    lua_pushcfunction(L, box_pcall);
    box_add_value(box, "pcall");
    lua_sethook(L, count_hook, LUA_MASKCOUNT, HOOK_COUNT);
    return box;
}

void box_free(struct box *box)
{
    if (!box)
        return;
    lua_close(box->L);
    must(box->used == 0);
    vec_free(&box->names);
    vec_free(&box->files);
    arena_free(box->arena);
    mem_free(box->raised);
    must(!pthread_mutex_destroy(&box->turn));
    mem_free(box);
}

void box_enter(struct box *box)
{
    must(!pthread_mutex_lock(&box->turn));
}

void box_leave(struct box *box)
{
    must(!pthread_mutex_unlock(&box->turn));
}

void box_refill(struct box *box)
{
    box_refill_with(box, box->limits.instructions);
}

void box_refill_with(struct box *box, uint64_t instructions)
{
    box->left = instructions;
    box->longest = box->largest = 0; /* nothing that big outlives the call that made it */
    if (box->spent == SPENT_NOT)
        return;
    lua_gc(box->L, LUA_GCCOLLECT);
    if (box->spent == SPENT_MEMORY && box->used > box->limits.memory / 4 * 3)
        return;
    box->spent = SPENT_NOT;
    lua_sethook(box->L, count_hook, LUA_MASKCOUNT, HOOK_COUNT);
}
