/* org, together, unknown: the offices, and who does what. */
#include "rulebook/words.h"

#include "base/text.h"

#include <lauxlib.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

/* ---- units ---- */

struct unit_draft {
    struct unit unit;
    const char *area, *level, *kind;
};

static const struct key unit_keys[] = {
    {"title", read_title, offsetof(struct unit_draft, unit.title), true},
    {"note", read_text, offsetof(struct unit_draft, unit.note), false},
    {"heir", read_text, offsetof(struct unit_draft, unit.heir_id), false},
    {"was", read_text, offsetof(struct unit_draft, unit.was), false},
    {"from_day", read_day, offsetof(struct unit_draft, unit.from_day), false},
    {"until_day", read_day, offsetof(struct unit_draft, unit.until_day), false},
    {"area", read_text, offsetof(struct unit_draft, area), false},
    {"level", read_text, offsetof(struct unit_draft, level), false},
    {"kind", read_text, offsetof(struct unit_draft, kind), false},
};

static void unit_attributes(struct words *words, struct unit_draft *draft)
{
    const struct attribute given[] = {{"area", draft->area}, {"level", draft->level}, {"kind", draft->kind}};
    struct attribute *attributes = arena_alloc(words->arena, sizeof given);
    for (size_t i = 0; i < sizeof given / sizeof *given; i++)
        if (given[i].value)
            attributes[draft->unit.n_attributes++] = given[i];
    draft->unit.attributes = attributes;
}

static struct unit *unit_read(struct words *words, const struct spot *at, const char *code, bool outside)
{
    struct unit_draft draft = {
        .unit = {.code = code, .from_day = DAY_NONE, .until_day = DAY_NONE, .outside = outside}};
    if (!words_is_id(code, false))
        words_fault(words, at, "mã đơn vị '%s' không được trống hay có ':', '#', dấu cách",
                    "unit code '%s' must not be empty or hold ':', '#', blanks", code);
    draft.unit.at = words_source(at);
    if (outside)
        draft.unit.title = words_string(words, -1, at, code);
    else
        words_table(words, -1, at, code, unit_keys, sizeof unit_keys / sizeof *unit_keys, &draft, NULL);
    if (!draft.unit.title)
        draft.unit.title = code;
    unit_attributes(words, &draft);
    struct unit *unit = arena_alloc(words->arena, sizeof *unit);
    *unit = draft.unit;
    return unit;
}

/* Lua's tables have no order; the order of the file is the one that people know. */
static int by_place(const void *a, const void *b)
{
    const struct unit *x = *(struct unit *const *)a, *y = *(struct unit *const *)b;
    if (x->outside != y->outside)
        return x->outside - y->outside;
    if (x->at.line != y->at.line)
        return x->at.line < y->at.line ? -1 : 1;
    return strcmp(x->code, y->code);
}

static void units_read(struct words *words, const struct spot *at, struct org_draft *org, bool outside)
{
    lua_State *L = words->L;
    if (!lua_istable(L, -1)) {
        words_fault(words, at, "cần một bảng { MÃ = … }", "a table { CODE = … } is needed");
        return;
    }
    box_pay_table(L);
    for (lua_pushnil(L); lua_next(L, -2); lua_pop(L, 1)) {
        if (lua_type(L, -2) != LUA_TSTRING) {
            words_fault(words, at, "mỗi đơn vị phải có mã: PV01 = { title = … }",
                        "each unit needs its code: PV01 = { title = … }");
            continue;
        }
        const char *code = arena_strdup(words->arena, lua_tostring(L, -2));
        struct spot spot = words_spot_of_key(words, at, code);
        *draft_push(words, &org->units) = unit_read(words, &spot, code, outside);
    }
}

static void read_units(struct words *words, const struct spot *at, void *into)
{
    units_read(words, at, into, false);
}

static void read_outside(struct words *words, const struct spot *at, void *into)
{
    units_read(words, at, into, true);
}

/* ---- groups ---- */

static void read_org_groups(struct words *words, const struct spot *at, void *into)
{
    read_groups(words, at, &((struct org_draft *)into)->groups);
}

static int group_by_place(const void *a, const void *b)
{
    const struct group_draft *x = a, *y = b;
    if (x->at.line != y->at.line)
        return x->at.line < y->at.line ? -1 : 1;
    return strcmp(x->name, y->name);
}

void read_groups(struct words *words, const struct spot *at, struct group_drafts *groups)
{
    lua_State *L = words->L;
    if (!lua_istable(L, -1)) {
        words_fault(words, at, "groups cần một bảng { tên = { đơn vị … } }",
                    "groups needs a table { name = { unit … } }");
        return;
    }
    box_pay_table(L);
    for (lua_pushnil(L); lua_next(L, -2); lua_pop(L, 1)) {
        const char *name =
            lua_type(L, -2) == LUA_TSTRING ? arena_strdup(words->arena, lua_tostring(L, -2)) : "";
        struct spot spot = words_spot_of_key(words, at, name);
        if (!words_is_id(name, false) || !strcmp(name, "all") || !strcmp(name, "leads")) {
            words_fault(words, &spot, "tên nhóm '%s' không dùng được", "group name '%s' cannot be used",
                        name);
            continue;
        }
        struct group_draft *group = draft_push(words, groups);
        group->name = name;
        group->at = spot;
        read_who(words, &spot, &group->members);
    }
    if (groups->n)
        qsort(groups->at, groups->n, sizeof *groups->at, group_by_place);
}

/* ---- the words ---- */

static const struct key org_keys[] = {
    {"title", read_title, offsetof(struct org_draft, org.title), true},
    {"units", read_units, 0, true},
    {"outside", read_outside, 0, false},
    {"groups", read_org_groups, 0, false},
};

static int org_table(lua_State *L)
{
    struct words *words = words_of(L);
    struct spot at;
    const char *id = words_curried(words, "org", &at);
    if (!id)
        return 0;
    struct org_draft *org = arena_alloc(words->scratch, sizeof *org);
    org->at = at;
    org->org = (struct org){.id = id, .at = words_source(&at)};
    if (!words_is_id(id, false) || strchr(id, '/'))
        words_fault(words, &at, "tên org '%s' không được có ':', '#', '/', dấu cách",
                    "org id '%s' must not hold ':', '#', '/', blanks", id);
    words_table(words, 1, &at, arena_printf(words->arena, "org \"%s\"", id), org_keys,
                sizeof org_keys / sizeof *org_keys, org, NULL);
    qsort(org->units.at, org->units.n, sizeof *org->units.at, by_place);
    for (size_t i = 0; i < org->units.n; i++)
        org->units.at[i]->id = arena_printf(words->arena, "%s/%s", id, org->units.at[i]->code);
    *draft_push(words, &words->orgs) = org;
    return 0;
}

static int word_org(lua_State *L)
{
    return words_curry(L, "org", org_table);
}

static int word_together(lua_State *L)
{
    struct words *words = words_of(L);
    struct spot at = words_spot(words);
    struct who *who;
    lua_settop(L, 1);
    read_who(words, &at, &who);
    who->joint = true;
    return words_push(words, VALUE_WHO, who, &at);
}

static int word_unknown(lua_State *L)
{
    struct words *words = words_of(L);
    struct spot at = words_spot(words);
    struct who *who = arena_alloc(words->scratch, sizeof *who);
    who->unknown = words_string(words, 1, &at, "unknown");
    if (!who->unknown)
        who->unknown = "";
    return words_push(words, VALUE_WHO, who, &at);
}

void words_add_offices(struct words *words)
{
    box_add_word(words->box, "org", word_org, words);
    box_add_word(words->box, "together", word_together, words);
    box_add_word(words->box, "unknown", word_unknown, words);
}
