#include "rulebook/box_inside.h"

#include "base/text.h"
#include "rulebook/lexer.h"
#include "rulebook/luamessage.h"
#include "rulebook/scan.h"

#include <lauxlib.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

enum {
    MOST_PCALLS = 50, /* one in the other; Lua's own limit for calls of C is 200 */
    PCALL_PRICE = 30,
};

/* ---- protected calls ---- */

int box_pcall(lua_State *L)
{
    luaL_checkany(L, 1);
    struct box *box = box_of(L);
    if (box->pcalls == MOST_PCALLS)
        box_spend(box, SPENT_DEPTH, box_place_now(box));
    box_pay(L, PCALL_PRICE);
    lua_pushboolean(L, 1);
    lua_insert(L, 1);
    box->pcalls++;
    int status = lua_pcall(L, lua_gettop(L) - 2, LUA_MULTRET, 0);
    box->pcalls--;
    if (status == LUA_ERRMEM)
        box_spend_memory(box);
    if (box->spent)
        return box_raise_spent(L);
    if (status == LUA_OK)
        return lua_gettop(L);
    lua_pushboolean(L, 0);
    lua_insert(L, -2);
    return 2;
}

/* A message begins with the place that error() was told to blame: "file:12: ", the file cut by Lua. Gives the
 * rest. */
static const char *split_place(const char *message, const lua_Debug *ar, int *line)
{
    size_t n = strlen(ar->short_src);
    if (ar->currentline <= 0 || strncmp(message, ar->short_src, n) != 0 || message[n] != ':')
        return NULL;
    char *end;
    long number = strtol(message + n + 1, &end, 10);
    if (end == message + n + 1 || strncmp(end, ": ", 2) != 0 || number < 1 || number > INT_MAX)
        return NULL;
    *line = (int)number;
    return end + 2;
}

/* Text and place of an error, before the stack is gone. */
static const char *find_place(lua_State *L, const char *message, struct place *place)
{
    enum { LEVELS = 100 };
    lua_Debug ar;
    for (int level = 1; level < LEVELS && lua_getstack(L, level, &ar); level++) {
        lua_getinfo(L, "Sl", &ar);
        int line;
        const char *rest = split_place(message, &ar, &line);
        if (rest) {
            *place = (struct place){box_file(box_of(L), ar.source), line};
            return rest;
        }
    }
    *place = box_place(L, 1);
    return message;
}

/* The message handler. Makes no Lua value, for there may be no memory. */
static int note_error(lua_State *L)
{
    struct box *box = box_of(L);
    if (box->spent)
        return 1;
    mem_free(box->raised);
    box->raised = NULL;
    auto_text other = {0};
    if (lua_isinteger(L, 1))
        text_addf(&other, "%lld", (long long)lua_tointeger(L, 1));
    else if (lua_type(L, 1) == LUA_TNUMBER)
        text_addf(&other, "%.14g", lua_tonumber(L, 1));
    else if (lua_type(L, 1) != LUA_TSTRING)
        text_addf(&other, "%s (%s)",
                  say(box->lang, "lỗi không kèm lời giải thích", "an error without a text"),
                  luaL_typename(L, 1));
    const char *message = lua_type(L, 1) == LUA_TSTRING ? lua_tostring(L, 1) : text_str(&other);
    box->raised = mem_strdup(find_place(L, message, &box->raised_at));
    return 1;
}

static void tell_spent(const struct box *box, const struct place *at, const char *before,
                       struct faults *faults)
{
    switch (box->spent) {
    case SPENT_INSTRUCTIONS:
        faults_add(faults, at->file, at->line, 0,
                   "%schạy quá lâu, đã dừng: xem có vòng lặp không kết thúc không; tệp quy tắc chỉ khai báo, "
                   "không tính toán dài",
                   "%sran too long and was stopped: is there a loop without end? A rule file only declares, "
                   "it does no long work",
                   before);
        return;
    case SPENT_STRING:
        faults_add(
            faults, at->file, at->line, 0, "%schuỗi dài quá %d KB: tệp quy tắc không cần chuỗi dài như vậy",
            "%sstring longer than %d KB: no rule needs one so long", before, BOX_LONGEST_STRING / 1024);
        return;
    case SPENT_TABLE:
        faults_add(faults, at->file, at->line, 0,
                   "%sbảng quá lớn, đã dừng: xem có bảng nào lớn dần không kết thúc không",
                   "%sa table became too big, stopped: is there a table that grows without end?", before);
        return;
    case SPENT_DEPTH:
        faults_add(faults, at->file, at->line, 0,
                   "%sgọi lồng nhau quá sâu, đã dừng: xem có hàm nào gọi lại chính nó không kết thúc, hay "
                   "trả về quá nhiều giá trị không",
                   "%scalls are nested too deep, stopped: is there a function that calls itself without end "
                   "or returns too many values?",
                   before);
        return;
    default:
        faults_add(faults, at->file, at->line, 0,
                   "%sdùng quá nhiều bộ nhớ (hơn %zu MB), đã dừng: xem có bảng hay chuỗi nào lớn dần không "
                   "kết thúc không",
                   "%sused too much memory (more than %zu MB) and was stopped: is there a table that grows "
                   "without end?",
                   before, box->limits.memory >> 20);
    }
}

/* What a failed call leaves: a fault, and no error noted. */
static void tell_failure(struct box *box, int status, const char *what, const struct place *known,
                         struct faults *faults)
{
    auto_text before = {0};
    if (what)
        text_addf(&before, "%s: ", what);
    if (status == LUA_ERRMEM)
        box_spend_memory(box);
    if (box->spent) {
        tell_spent(box, box->spent_at.file ? &box->spent_at : known, text_str(&before), faults);
    } else {
        auto_text text = {0};
        luamessage_add(&text, faults->lang, box->raised ? box->raised : "C stack overflow");
        const struct place *at = box->raised && box->raised_at.file ? &box->raised_at : known;
        faults_add(faults, at->file, at->line, 0, "%s%s", "%s%s", text_str(&before), text_str(&text));
    }
    mem_free(box->raised);
    box->raised = NULL;
}

/* Where a function is defined, for errors that have no other place. Pops it. */
static struct place place_of_function(struct box *box)
{
    lua_Debug ar;
    lua_getinfo(box->L, ">S", &ar);
    return (struct place){box_file(box, ar.source), ar.linedefined > 0 ? ar.linedefined : 0};
}

/* A box that is spent says so, once per call, where the call would have begun. */
static void tell_still_spent(const struct box *box, const struct place *at, const char *what,
                             struct faults *faults)
{
    const struct place *where = &box->spent_at;
    faults_add(faults, at->file, at->line, 0, "%s%skhông chạy được, vì thời gian hay bộ nhớ đã hết ở %s:%d",
               "%s%snot run, for time or memory ended at %s:%d", what ? what : "", what ? ": " : "",
               where->file ? where->file : "?", where->line);
}

static int call_protected(struct box *box, int arguments, int results, int handler, enum lang lang)
{
    enum lang outer = box->lang;
    box->lang = lang;
    box->running++;
    int status = lua_pcall(box->L, arguments, results, handler);
    box->running--;
    box->lang = outer;
    return status;
}

bool box_call(struct box *box, int arguments, int results, const char *what, struct faults *faults)
{
    lua_State *L = box->L;
    int base = lua_gettop(L) - arguments;
    must(base >= 1 && lua_isfunction(L, base) && lua_checkstack(L, 3));
    lua_pushvalue(L, base); /* kept for its place */
    lua_insert(L, base);
    lua_pushcfunction(L, note_error);
    lua_insert(L, base + 1);
    bool still_spent = box->spent;
    int status = still_spent ? LUA_ERRRUN : call_protected(box, arguments, results, base + 1, faults->lang);
    if (status == LUA_OK) {
        lua_remove(L, base + 1);
        lua_remove(L, base);
        return true;
    }
    lua_settop(L, base);
    struct place known = place_of_function(box);
    if (still_spent)
        tell_still_spent(box, &known, what, faults);
    else
        tell_failure(box, status, what, &known, faults);
    return false;
}

/* ---- compiling ---- */

static const char *read_line(lua_State *L, void *data, size_t *n)
{
    (void)L;
    struct chunk *chunk = data;
    const char *line = chunk->at;
    if (line == chunk->end)
        return NULL;
    const char *feed = memchr(line, '\n', (size_t)(chunk->end - line));
    chunk->at = feed ? feed + 1 : chunk->end;
    chunk->line++;
    *n = (size_t)(chunk->at - line);
    return line;
}

/* The column of the only token on this line that begins like this; 0 where there are none or several. */
static int near_column(const char *bytes, size_t n, int line, const char *near, size_t n_near)
{
    struct lexer lexer;
    struct token token;
    int column = 0, found = 0;
    lexer_init(&lexer, bytes, n);
    for (lexer_next(&lexer, &token); token.kind != TOKEN_END && token.line <= line;
         lexer_next(&lexer, &token)) {
        if (token.line != line || token.n < n_near || memcmp(token.at, near, n_near) != 0 ||
            (token.n > n_near && token.kind != TOKEN_STRING))
            continue;
        column = token.column;
        found++;
    }
    return found == 1 ? column : 0;
}

/* "file:12: '}' expected near 'x'", the file cut by Lua to 59 bytes. */
static void tell_syntax(struct box *box, const struct chunk *chunk, const char *bytes, size_t n,
                        struct faults *faults)
{
    const char *file = chunk->file;
    size_t shown = strlen(file) < LUA_IDSIZE - 1 ? strlen(file) : LUA_IDSIZE - 1;
    const char *message = lua_tostring(box->L, -1);
    int line = chunk->line, column = 0;
    if (message && strlen(message) > shown && message[shown] == ':') {
        char *end;
        long number = strtol(message + shown + 1, &end, 10);
        if (number > 0 && number <= INT_MAX && strncmp(end, ": ", 2) == 0) {
            line = (int)number;
            message = end + 2;
        }
    }
    size_t n_near;
    const char *near = message ? luamessage_near(message, &n_near) : NULL;
    if (near)
        column = near_column(bytes, n, line, near, n_near);
    auto_text text = {0};
    luamessage_add(&text, faults->lang, message ? message : "C stack overflow");
    faults_add(faults, file, line, column, "%s", "%s", text_str(&text));
}

static bool compile(struct box *box, const char *file, const char *bytes, size_t n, struct faults *faults)
{
    size_t mark = n >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
    struct chunk chunk = {.file = file, .at = bytes + mark, .end = bytes + n}, *outer = box->chunk;
    auto_text name = {0};
    text_addf(&name, "@%s", file);
    box->chunk = &chunk;
    box->running++;
    int status = lua_load(box->L, read_line, &chunk, text_str(&name), "t");
    box->running--;
    box->chunk = outer;
    mem_free(box->raised); /* an outer call's handler hears of some syntax errors too */
    box->raised = NULL;
    if (status == LUA_ERRMEM)
        box_spend_memory(box);
    if (status == LUA_OK && !box->spent)
        return true;
    if (box->spent)
        tell_spent(box, &box->spent_at, "", faults);
    else
        tell_syntax(box, &chunk, bytes + mark, n - mark, faults);
    lua_pop(box->L, 1);
    return false;
}

bool box_run(struct box *box, const char *file, const char *bytes, size_t n, struct faults *faults)
{
    return scan_check(file, bytes, n, faults) && box_run_checked(box, file, bytes, n, faults);
}

bool box_run_checked(struct box *box, const char *file, const char *bytes, size_t n, struct faults *faults)
{
    const char **kept = vec_push(&box->files);
    file = *kept = arena_strdup(box->arena, file);
    if (box->spent) {
        tell_still_spent(box, &(struct place){file, 0}, NULL, faults);
        return false;
    }
    must(lua_checkstack(box->L, 4));
    return compile(box, file, bytes, n, faults) && box_call(box, 0, 0, NULL, faults);
}
