#include "rulebook/words.h"

#include "base/text.h"

#include <lauxlib.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_FAULTS = 1000, TITLE_LENGTH = 90, INCLUDE_DEPTH = 8 };

/* What the drafts and texts of all files may take: the five plans take 3 MB. */
#define MOST_BYTES ((size_t)64 << 20)

static const char value_metatable[] = "hanchot value";

struct words *words_of(lua_State *L)
{
    struct words *words = lua_touserdata(L, lua_upvalueindex(1));
    words->L = L;
    if (words->file)
        words->file->calls++;
    if (arena_used(words->arena) + arena_used(words->scratch) > MOST_BYTES)
        box_error(L, "các tệp quy tắc khai báo quá nhiều, quá 64 MB",
                  "the rule files declare too much, more than 64 MB");
    if (words->faults->errors > MOST_FAULTS)
        box_error(L, "quá nhiều lỗi, dừng ở đây: sửa các lỗi trên trước",
                  "too many faults, stopped here: mend those above first");
    return words;
}

void *draft_room(struct words *words, void *at, size_t n, size_t *cap, size_t size)
{
    if (n < *cap)
        return at;
    size_t more = *cap ? 2 * *cap : 8;
    void *bigger = arena_alloc(words->scratch, more * size);
    if (n)
        memcpy(bigger, at, n * size);
    *cap = more;
    return bigger;
}

static struct rule_file *file_named(struct words *words, const char *name)
{
    for (size_t i = 0; i < words->files.n; i++)
        if (!strcmp(words->files.at[i]->name, name))
            return words->files.at[i];
    return NULL;
}

struct spot words_spot(struct words *words)
{
    struct spot at = {0};
    box_where(words->L, &at.file, &at.line);
    struct rule_file *file = at.file ? file_named(words, at.file) : NULL;
    if (file)
        at.file = file->name; /* outlives the box */
    return at;
}

struct source words_source(const struct spot *at)
{
    return (struct source){at->file, at->line};
}

void words_fault(struct words *words, const struct spot *at, const char *vi, const char *en, ...)
{
    char text[1024];
    va_list args;
    va_start(args, en);
    vsnprintf(text, sizeof text, say(words->faults->lang, vi, en), args);
    va_end(args);
    faults_add(words->faults, at->file, at->line, at->column, "%s", "%s", text);
}

void words_warn(struct words *words, const struct spot *at, const char *vi, const char *en, ...)
{
    char text[1024];
    va_list args;
    va_start(args, en);
    vsnprintf(text, sizeof text, say(words->faults->lang, vi, en), args);
    va_end(args);
    faults_warn(words->faults, at->file, at->line, at->column, "%s", "%s", text);
}

/* ---- plain values ---- */

static const char *type_name(struct words *words, int index)
{
    enum lang lang = words->faults->lang;
    switch (lua_type(words->L, index)) {
    case LUA_TSTRING:
        return say(lang, "một chuỗi", "a string");
    case LUA_TNUMBER:
        return say(lang, "một số", "a number");
    case LUA_TBOOLEAN:
        return say(lang, "true/false", "a boolean");
    case LUA_TTABLE:
        return say(lang, "một bảng { … }", "a table");
    case LUA_TFUNCTION:
        return say(lang, "một từ chưa có đối số", "a word without its arguments");
    case LUA_TUSERDATA:
        return say(lang, "giá trị của một từ khác", "the value of another word");
    default:
        return say(lang, "không có gì (nil)", "nothing (nil)");
    }
}

const char *words_string(struct words *words, int index, const struct spot *at, const char *what)
{
    if (lua_type(words->L, index) != LUA_TSTRING) {
        words_fault(words, at, "%s phải là chuỗi trong ngoặc kép, ở đây là %s",
                    "%s must be a string in quotes, here it is %s", what, type_name(words, index));
        return NULL;
    }
    size_t n;
    const char *bytes = lua_tolstring(words->L, index, &n);
    if (!utf8_valid(bytes, n, NULL)) {
        words_fault(words, at, "%s không phải UTF-8", "%s is not UTF-8", what);
        return NULL;
    }
    return utf8_nfc(words->arena, bytes);
}

bool words_is_id(const char *text, bool with_hash)
{
    if (!*text)
        return false;
    for (const unsigned char *c = (const unsigned char *)text; *c; c++)
        if (*c <= ' ' || *c == 0x7f || *c == ':' || (*c == '#' && !with_hash))
            return false;
    return !strstr(text, "\xc2\xa0");
}

/* Decimal digits to a scaled integer: exact, or false. */
static bool scaled_from_text(const char *text, int64_t *scaled)
{
    bool negative = *text == '-';
    if (negative)
        text++;
    int64_t value = 0;
    int decimals = -1;
    for (; *text; text++) {
        if (*text == '.' && decimals < 0) {
            decimals = 0;
            continue;
        }
        if (*text < '0' || *text > '9' || value > INT64_MAX / 100 || decimals >= 4)
            return false;
        value = value * 10 + (*text - '0');
        decimals += decimals >= 0;
    }
    for (int i = decimals < 0 ? 0 : decimals; i < 4; i++) {
        if (value > INT64_MAX / 10)
            return false;
        value *= 10;
    }
    *scaled = negative ? -value : value;
    return true;
}

bool words_number(struct words *words, int index, const struct spot *at, struct number *number)
{
    if (lua_type(words->L, index) != LUA_TNUMBER) {
        words_fault(words, at, "cần một số, ở đây là %s", "a number is needed, here it is %s",
                    type_name(words, index));
        return false;
    }
    char text[64];
    if (lua_isinteger(words->L, index))
        snprintf(text, sizeof text, "%lld", (long long)lua_tointeger(words->L, index));
    else
        snprintf(text, sizeof text, "%.15g", lua_tonumber(words->L, index));
    if (!scaled_from_text(text, &number->scaled)) {
        words_fault(words, at, "số %s quá lớn hoặc có hơn 4 chữ số thập phân",
                    "number %s is too large or has more than 4 decimals", text);
        return false;
    }
    return true;
}

/* ---- values of words ---- */

int words_push(struct words *words, enum value_kind kind, void *data, const struct spot *at)
{
    struct value *value = arena_alloc(words->scratch, sizeof *value);
    *value = (struct value){kind, data, *at, false};
    struct value **box = lua_newuserdatauv(words->L, sizeof *box, 0);
    *box = value;
    luaL_setmetatable(words->L, value_metatable);
    return 1;
}

struct value *words_value(struct words *words, int index)
{
    struct value **box = luaL_testudata(words->L, index, value_metatable);
    return box ? *box : NULL;
}

int words_curry(lua_State *L, const char *word, lua_CFunction with_table)
{
    struct words *words = words_of(L);
    struct spot at = words_spot(words);
    const char *text = words_string(words, 1, &at, word);
    if (!text)
        text = "";
    struct name *waiting = draft_push(words, &words->half_said);
    *waiting = (struct name){arena_printf(words->arena, "%s \"%s\"", word, text), at};
    lua_pushlightuserdata(L, words);
    lua_pushlightuserdata(L, (void *)text);
    lua_pushlightuserdata(L, (void *)waiting->text);
    lua_pushcclosure(L, with_table, 3);
    return 1;
}

static void said(struct words *words, const char *text)
{
    for (size_t i = 0; i < words->half_said.n; i++)
        if (words->half_said.at[i].text == text) {
            words->half_said.at[i] = words->half_said.at[--words->half_said.n];
            return;
        }
}

const char *words_curried(struct words *words, const char *word, struct spot *at)
{
    *at = words_spot(words);
    const char *text = lua_touserdata(words->L, lua_upvalueindex(2));
    said(words, lua_touserdata(words->L, lua_upvalueindex(3)));
    if (!lua_istable(words->L, 1)) {
        words_fault(words, at, "%s \"%s\" cần một bảng { … }, ở đây là %s",
                    "%s \"%s\" needs a table { … }, here it is %s", word, text, type_name(words, 1));
        return NULL;
    }
    return *text ? text : NULL;
}

/* ---- tables ---- */

struct key_list {
    const struct key *keys;
};

static const char *key_name(size_t i, const void *data)
{
    return ((const struct key_list *)data)->keys[i].name;
}

struct spot words_spot_of_key(struct words *words, const struct spot *at, const char *key)
{
    struct spot spot = *at;
    struct rule_file *file = at->file ? file_named(words, at->file) : NULL;
    if (file && file->scan)
        scan_key(file->scan, at->line, key, &spot.line, &spot.column);
    return spot;
}

static void unknown_key(struct words *words, const struct spot *at, const char *what, const char *name,
                        const struct key *keys, size_t n_keys)
{
    struct key_list list = {keys};
    const char *near = text_nearest(name, n_keys, key_name, &list);
    if (near)
        words_fault(words, at, "%s: không có khoá '%s'; có phải '%s'?",
                    "%s: unknown key '%s'; did you mean '%s'?", what, name, near);
    else
        words_fault(words, at, "%s: không có khoá '%s'", "%s: unknown key '%s'", what, name);
}

static void table_key(struct words *words, const struct spot *at, const char *what, const struct key *keys,
                      size_t n_keys, void *out, uint64_t *seen)
{
    const char *name = lua_tostring(words->L, -2);
    struct spot spot = words_spot_of_key(words, at, name);
    for (size_t i = 0; i < n_keys; i++)
        if (!strcmp(keys[i].name, name)) {
            *seen |= UINT64_C(1) << i;
            keys[i].read(words, &spot, (char *)out + keys[i].offset);
            return;
        }
    unknown_key(words, &spot, what, name, keys, n_keys);
}

void words_table(struct words *words, int index, const struct spot *at, const char *what,
                 const struct key *keys, size_t n_keys, void *out,
                 void (*element)(struct words *words, const struct spot *at, void *into))
{
    lua_State *L = words->L;
    index = lua_absindex(L, index);
    must(n_keys <= 64);
    if (!lua_istable(L, index)) {
        words_fault(words, at, "%s cần một bảng { … }, ở đây là %s", "%s needs a table { … }, here it is %s",
                    what, type_name(words, index));
        return;
    }
    luaL_checkstack(L, 20, "bảng lồng quá sâu");
    uint64_t seen = 0;
    box_pay_table(L);
    for (lua_pushnil(L); lua_next(L, index); lua_pop(L, 1))
        if (lua_type(L, -2) == LUA_TSTRING)
            table_key(words, at, what, keys, n_keys, out, &seen);
        else if (!element)
            words_fault(words, at, "%s không nhận phần tử không tên (%s): thiếu 'khoá ='?",
                        "%s takes no unnamed element (%s): is 'key =' missing?", what, type_name(words, -1));
    if (element)
        for (lua_Integer i = 1; lua_rawgeti(L, index, i) != LUA_TNIL || (lua_pop(L, 1), false);
             i++, lua_pop(L, 1))
            element(words, at, out);
    for (size_t i = 0; i < n_keys; i++)
        if (keys[i].must && !(seen & UINT64_C(1) << i))
            words_fault(words, at, "%s: thiếu '%s'", "%s: '%s' is missing", what, keys[i].name);
}

/* ---- readers: the value is on top of the stack ---- */

void read_text(struct words *words, const struct spot *at, void *into)
{
    *(const char **)into = words_string(words, -1, at, say(words->faults->lang, "giá trị", "the value"));
}

void read_title(struct words *words, const struct spot *at, void *into)
{
    const char *text = words_string(words, -1, at, "title");
    *(const char **)into = text ? text : "";
    if (!text)
        return;
    size_t length = utf8_count(text);
    if (!length || strchr(text, '\n'))
        words_fault(words, at, "title trống hoặc có xuống dòng", "title is empty or has a line feed");
    else if (length > TITLE_LENGTH)
        words_fault(words, at, "title dài %zu ký tự, nhiều nhất là %d: rút gọn lại",
                    "title has %zu characters, at most %d: shorten it", length, TITLE_LENGTH);
}

void read_day(struct words *words, const struct spot *at, void *into)
{
    *(int *)into = DAY_NONE;
    const char *text = words_string(words, -1, at, say(words->faults->lang, "ngày", "a date"));
    struct err err = {.lang = words->faults->lang};
    if (text && !day_parse(text, into, &err))
        words_fault(words, at, "%s", "%s", err.text);
}

void read_bool(struct words *words, const struct spot *at, void *into)
{
    if (lua_type(words->L, -1) != LUA_TBOOLEAN)
        words_fault(words, at, "cần true hoặc false, ở đây là %s", "true or false is needed, here it is %s",
                    type_name(words, -1));
    else
        *(bool *)into = lua_toboolean(words->L, -1);
}

void read_int(struct words *words, const struct spot *at, void *into)
{
    if (!lua_isinteger(words->L, -1) || llabs(lua_tointeger(words->L, -1)) > 100000)
        words_fault(words, at, "cần một số nguyên, ở đây là %s", "a whole number is needed, here it is %s",
                    type_name(words, -1));
    else
        *(int *)into = (int)lua_tointeger(words->L, -1);
}

void read_period(struct words *words, const struct spot *at, void *into)
{
    struct period *period = into;
    const char *text = words_string(words, -1, at, say(words->faults->lang, "kỳ", "a period"));
    struct err err = {.lang = words->faults->lang};
    if (text && !period_parse(text, period, &err)) {
        words_fault(words, at, "%s", "%s", err.text);
        period->label[0] = '\0';
    }
}

void read_name(struct words *words, const struct spot *at, void *into)
{
    struct name *name = into;
    name->at = *at;
    name->text = words_string(words, -1, at, say(words->faults->lang, "tên", "a name"));
}

void read_names(struct words *words, const struct spot *at, void *into)
{
    struct names *names = into;
    lua_State *L = words->L;
    size_t n = lua_istable(L, -1) ? lua_rawlen(L, -1) : 1;
    *names = (struct names){arena_alloc(words->scratch, n * sizeof *names->at), 0};
    if (!lua_istable(L, -1)) {
        read_name(words, at, &names->at[0]);
        names->n = names->at[0].text != NULL;
        return;
    }
    for (size_t i = 1; i <= n; i++) {
        lua_rawgeti(L, -1, (lua_Integer)i);
        read_name(words, at, &names->at[names->n]);
        names->n += names->at[names->n].text != NULL;
        lua_pop(L, 1);
    }
    box_pay_table(L);
    lua_pushnil(L);
    while (lua_next(L, -2)) {
        if (lua_type(L, -2) == LUA_TSTRING)
            words_fault(words, at, "danh sách không có khoá '%s'", "a list has no key '%s'",
                        lua_tostring(L, -2));
        lua_pop(L, 1);
    }
}

void read_who(struct words *words, const struct spot *at, void *into)
{
    struct value *value = words_value(words, -1);
    struct who *who =
        value && value->kind == VALUE_WHO ? value->data : arena_alloc(words->scratch, sizeof *who);
    *(struct who **)into = who;
    if (value && value->kind == VALUE_WHO)
        return;
    if (value || (!lua_istable(words->L, -1) && lua_type(words->L, -1) != LUA_TSTRING))
        words_fault(words, at, "cần đơn vị (\"PV01\"), nhóm (\"@desk\") hoặc danh sách, ở đây là %s",
                    "a unit (\"PV01\"), a group (\"@desk\") or a list is needed, here it is %s",
                    type_name(words, -1));
    else
        read_names(words, at, &who->names);
}

void read_when(struct words *words, const struct spot *at, void *into)
{
    struct value *value = words_value(words, -1);
    if (value && value->kind == VALUE_WHEN) {
        *(struct when **)into = value->data;
        return;
    }
    struct when *broken = arena_alloc(words->scratch, sizeof *broken);
    broken->form = WHEN_BROKEN;
    *(struct when **)into = broken;
    if (lua_type(words->L, -1) == LUA_TSTRING)
        words_fault(words, at, "viết rõ before \"%s\" (trước ngày), by \"%s\" (chậm nhất ngày) …",
                    "say before \"%s\" (strictly before), by \"%s\" (at the latest) …",
                    lua_tostring(words->L, -1), lua_tostring(words->L, -1));
    else
        words_fault(words, at, "cần một từ chỉ thời hạn (before, by, month, every, within …), ở đây là %s",
                    "a date word is needed (before, by, month, every, within …), here it is %s",
                    type_name(words, -1));
}

struct plan_draft *words_plan(struct words *words, const struct spot *at, const char *word)
{
    if (words->file && words->file->plan)
        return words->file->plan;
    words_fault(words, at, "%s phải đứng sau plan \"…\" { … } trong cùng tệp",
                "%s must stand after plan \"…\" { … } in the same file", word);
    return NULL;
}

/* ---- files ---- */

static int word_api(lua_State *L)
{
    struct words *words = words_of(L);
    struct spot at = words_spot(words);
    if (!lua_isinteger(L, 1) || lua_tointeger(L, 1) != 1)
        words_fault(words, &at, "chỉ có api(1)", "there is only api(1)");
    if (words->file->calls > 1)
        words_fault(words, &at, "api(1) phải đứng trước mọi từ khác",
                    "api(1) must stand before every other word");
    words->file->api_called = true;
    return 0;
}

static void include_name(struct words *words, const char *name, const struct spot *at)
{
    if (!*name || *name == '/' || strstr(name, "..") || strchr(name, '\\')) {
        words_fault(
            words, at, "include \"%s\": tên phải nằm trong thư mục quy tắc, ví dụ \"units/haiphong\"",
            "include \"%s\": the name must lie inside the rules folder, for example \"units/haiphong\"",
            name);
        return;
    }
    words_run_file(words, arena_printf(words->arena, "%s/%s.lua", words->origin.path, name), at);
}

static int word_include(lua_State *L)
{
    struct words *words = words_of(L);
    struct spot at = words_spot(words);
    const char *name = words_string(words, 1, &at, "include");
    if (name && words->include_depth >= INCLUDE_DEPTH)
        words_fault(words, &at, "include lồng nhau quá sâu", "includes are nested too deep");
    else if (name)
        include_name(words, name, &at);
    return 0;
}

static void file_end(struct words *words, struct rule_file *file, bool ran)
{
    struct spot whole = {file->name, 1, 0};
    if (ran && !file->api_called)
        words_fault(words, &whole, "tệp phải bắt đầu bằng api(1)", "the file must start with api(1)");
    for (size_t i = 0; i < words->half_said.n; i++)
        if (ran && !strcmp(words->half_said.at[i].at.file, file->name))
            words_fault(words, &words->half_said.at[i].at, "%s: thiếu bảng { … } theo sau",
                        "%s: its table { … } is missing", words->half_said.at[i].text);
}

void words_run_file(struct words *words, const char *name, const struct spot *included_at)
{
    if (file_named(words, name))
        return;
    struct rule_file *file = arena_alloc(words->scratch, sizeof *file), *outer = words->file;
    *file = (struct rule_file){.name = name};
    *draft_push(words, &words->files) = file;
    struct scanned *scanned = ahead_take(words->ahead, &words->origin, name, words->faults->lang);
    if (!scanned->scan) {
        struct spot at = included_at ? *included_at : (struct spot){name, 0, 0};
        words_fault(words, &at, "%s", "%s", scanned->err.text);
        scanned_free(scanned);
        return;
    }
    faults_take(words->faults, &scanned->faults);
    file->scan = scanned->scan;
    scanned->scan = NULL; /* ours now */
    file->bytes = text_str(&scanned->bytes);
    file->n_bytes = scanned->bytes.n;
    words->file = file;
    words->include_depth++;
    lua_State *L = words->L;
    box_refill(words->box); /* each file has a budget of its own */
    bool ran = scanned->runs &&
               box_run_checked(words->box, name, text_str(&scanned->bytes), scanned->bytes.n, words->faults);
    file->bytes = NULL;
    folder_note(&words->origin, name, &scanned->bytes);
    scanned_free(scanned);
    words->L = L;
    file_end(words, file, ran);
    words->include_depth--;
    words->file = outer;
}

void words_add_base(struct words *words)
{
    lua_State *L = box_state(words->box);
    luaL_newmetatable(L, value_metatable);
    lua_pushliteral(L, "giá trị");
    lua_setfield(L, -2, "__name");
    lua_pop(L, 1);
    box_add_word(words->box, "api", word_api, words);
    box_add_word(words->box, "include", word_include, words);
}

void words_fini(struct words *words)
{
    for (size_t i = 0; i < words->files.n; i++)
        scan_free(words->files.at[i]->scan);
    box_free(words->box);
    words->box = NULL;
    arena_free(words->scratch);
    words->scratch = NULL;
}
