/* scorecard: points for parts, a total, a grade. */
#include "rulebook/words.h"

#include "base/text.h"

#include <lauxlib.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_PARTS = 64, MOST_POINTS = 10000, MOST_GRADES = 32 };

/* ---- parts ---- */

static void read_points(struct words *words, const struct spot *at, void *into)
{
    struct number *number = into;
    if (!words_number(words, -1, at, number))
        *number = (struct number){NUMBER_SCALE}; /* told already */
    else if (number->scaled <= 0 || number->scaled > (int64_t)MOST_POINTS * NUMBER_SCALE)
        words_fault(words, at, "điểm tối đa phải lớn hơn 0 và không quá %d",
                    "the most points must be above 0 and at most %d", MOST_POINTS);
}

static void read_full_at(struct words *words, const struct spot *at, void *into)
{
    struct number *number = into;
    if (!words_number(words, -1, at, number))
        *number = (struct number){(int64_t)100 * NUMBER_SCALE};
    else if (number->scaled <= 0 || number->scaled > (int64_t)100 * NUMBER_SCALE)
        words_fault(words, at, "full_at là tỷ lệ phần trăm, lớn hơn 0 và không quá 100: full_at = 80",
                    "full_at is a percentage above 0 and at most 100: full_at = 80");
}

static void read_rate(struct words *words, const struct spot *at, void *into)
{
    struct value *value = words_value(words, -1);
    struct measure_draft *measure = value && value->kind == VALUE_MEASURE ? value->data : NULL;
    if (measure && measure->measure.kind == MEASURE_RATIO)
        *(struct measure_draft **)into = measure;
    else
        words_fault(words, at,
                    "measure của một phần điểm là ratio(tử số, mẫu số); điểm đã công bố thì viết points = "
                    "\"tên số liệu\" hoặc percent = \"tên số liệu\"",
                    "a part's measure is ratio(numerator, denominator); for published points write points = "
                    "\"a metric\" or percent = \"a metric\"");
}

static const struct key part_keys[] = {
    {"title", read_title, offsetof(struct score_part_draft, part.title), true},
    {"most", read_points, offsetof(struct score_part_draft, part.most), true},
    {"points", read_name, offsetof(struct score_part_draft, points), false},
    {"percent", read_name, offsetof(struct score_part_draft, percent), false},
    {"measure", read_rate, offsetof(struct score_part_draft, measure), false},
    {"full_at", read_full_at, offsetof(struct score_part_draft, part.full_at), false},
    {"note", read_text, offsetof(struct score_part_draft, part.note), false},
};

static struct score_part_draft *part_read(struct words *words, const struct spot *at, const char *id)
{
    struct score_part_draft *draft = arena_alloc(words->scratch, sizeof *draft);
    size_t errors = words->faults->errors;
    draft->at = *at;
    draft->part = (struct score_part){.id = id, .at = words_source(at)};
    if (!words_is_id(id, false))
        words_fault(words, at, "mã phần '%s' không được trống hay có ':', '#', dấu cách",
                    "part id '%s' must not be empty or hold ':', '#', blanks", id);
    words_table(words, -1, at, arena_printf(words->scratch, "part '%s'", id), part_keys,
                sizeof part_keys / sizeof *part_keys, draft, NULL);
    bool published = draft->points.text || draft->percent.text;
    if (words->faults->errors == errors && published == (draft->measure != NULL))
        words_fault(words, at,
                    "phần '%s': điểm lấy từ số đã công bố (points, percent) hoặc tính từ tỷ lệ (measure), "
                    "một trong hai",
                    "part '%s': its points are published (points, percent) or computed (measure), one of the "
                    "two",
                    id);
    if (draft->part.full_at.scaled && published)
        words_fault(words, at, "phần '%s': full_at chỉ đi với measure",
                    "part '%s': full_at goes with measure", id);
    if (!draft->part.full_at.scaled)
        draft->part.full_at.scaled = (int64_t)100 * NUMBER_SCALE;
    return draft;
}

/* Lua's tables have no order; the order of the file is the one that people know. */
static int by_place(const void *a, const void *b)
{
    const struct score_part_draft *x = *(struct score_part_draft *const *)a;
    const struct score_part_draft *y = *(struct score_part_draft *const *)b;
    if (x->at.line != y->at.line)
        return x->at.line < y->at.line ? -1 : 1;
    if (x->at.column != y->at.column)
        return x->at.column < y->at.column ? -1 : 1;
    return strcmp(x->part.id, y->part.id);
}

static void read_parts(struct words *words, const struct spot *at, void *into)
{
    struct scorecard_draft *draft = into;
    lua_State *L = words->L;
    if (!lua_istable(L, -1)) {
        words_fault(words, at, "parts cần một bảng { mã = { title = …, most = … }, … }",
                    "parts needs a table { id = { title = …, most = … }, … }");
        return;
    }
    box_pay_table(L);
    for (lua_pushnil(L); lua_next(L, -2); lua_pop(L, 1)) {
        if (lua_type(L, -2) != LUA_TSTRING) {
            words_fault(words, at, "mỗi phần phải có mã: publicity = { title = …, most = 18, … }",
                        "each part needs its id: publicity = { title = …, most = 18, … }");
            continue;
        }
        const char *id = arena_strdup(words->arena, lua_tostring(L, -2));
        struct spot spot = words_spot_of_key(words, at, id);
        *draft_push(words, &draft->parts) = part_read(words, &spot, id);
    }
    if (!draft->parts.n || draft->parts.n > MOST_PARTS)
        words_fault(words, at, "parts có từ 1 đến %d phần", "parts has 1 to %d of them", MOST_PARTS);
    if (draft->parts.n)
        qsort(draft->parts.at, draft->parts.n, sizeof *draft->parts.at, by_place);
}

/* ---- grades: { { 90, "Xuất sắc" }, { 80, "Tốt" } } ---- */

static bool grade_read(struct words *words, const struct spot *at, struct grade *grade)
{
    lua_State *L = words->L;
    if (!lua_istable(L, -1) || lua_rawlen(L, -1) != 2) {
        words_fault(words, at, "mỗi mức xếp loại viết { 90, \"Xuất sắc\" }: từ bao nhiêu điểm, tên",
                    "each grade is { 90, \"Xuất sắc\" }: from how many points, its name");
        return false;
    }
    lua_rawgeti(L, -1, 1);
    bool good = words_number(words, -1, at, &grade->least);
    lua_pop(L, 1);
    lua_rawgeti(L, -1, 2);
    grade->name = words_string(words, -1, at, "grades");
    lua_pop(L, 1);
    return good && grade->name;
}

static void read_grades(struct words *words, const struct spot *at, void *into)
{
    struct scorecard_draft *draft = into;
    lua_State *L = words->L;
    size_t n = lua_istable(L, -1) ? lua_rawlen(L, -1) : 0;
    if (!n || n > MOST_GRADES) {
        words_fault(words, at, "grades cần một danh sách { { 90, \"Xuất sắc\" }, { 80, \"Tốt\" } }",
                    "grades needs a list { { 90, \"Xuất sắc\" }, { 80, \"Tốt\" } }");
        return;
    }
    for (size_t i = 1; i <= n; i++, lua_pop(L, 1)) {
        struct grade grade;
        lua_rawgeti(L, -1, (lua_Integer)i);
        if (!grade_read(words, at, &grade))
            continue;
        if (draft->grades.n && grade.least.scaled >= draft->grades.at[draft->grades.n - 1].least.scaled)
            words_fault(words, at, "grades viết từ mức cao xuống mức thấp: '%s' đứng sai chỗ",
                        "grades go from the highest down: '%s' is out of place", grade.name);
        *draft_push(words, &draft->grades) = grade;
    }
}

/* ---- the word ---- */

static void read_each(struct words *words, const struct spot *at, void *into)
{
    static const struct {
        const char *name;
        enum period_kind kind;
    } list[] = {{"week", PERIOD_WEEK},
                {"month", PERIOD_MONTH},
                {"quarter", PERIOD_QUARTER},
                {"half", PERIOD_HALF},
                {"year", PERIOD_YEAR}};
    const char *text = words_string(words, -1, at, "each");
    for (size_t i = 0; text && i < sizeof list / sizeof *list; i++)
        if (!strcmp(text, list[i].name)) {
            *(enum period_kind *)into = list[i].kind;
            return;
        }
    if (text)
        words_fault(words, at,
                    "each là \"week\", \"month\", \"quarter\", \"half\" hoặc \"year\", không phải \"%s\"",
                    "each is \"week\", \"month\", \"quarter\", \"half\" or \"year\", not \"%s\"", text);
}

static const struct key scorecard_keys[] = {
    {"title", read_title, offsetof(struct scorecard_draft, scorecard.title), true},
    {"each", read_each, offsetof(struct scorecard_draft, scorecard.each), true},
    {"parts", read_parts, 0, true},
    {"org", read_name, offsetof(struct scorecard_draft, org), false},
    {"lead", read_who, offsetof(struct scorecard_draft, lead), false},
    {"most", read_points, offsetof(struct scorecard_draft, most), false},
    {"total", read_name, offsetof(struct scorecard_draft, total), false},
    {"grades", read_grades, 0, false},
    {"note", read_text, offsetof(struct scorecard_draft, scorecard.note), false},
};

static int scorecard_table(lua_State *L)
{
    struct words *words = words_of(L);
    struct spot at;
    const char *id = words_curried(words, "scorecard", &at);
    if (!id)
        return 0;
    struct scorecard_draft *draft = arena_alloc(words->scratch, sizeof *draft);
    draft->at = at;
    draft->scorecard = (struct scorecard){.id = id, .at = words_source(&at)};
    if (!words_is_id(id, false))
        words_fault(words, &at, "mã bảng điểm '%s' không được có ':', '#', dấu cách",
                    "scorecard id '%s' must not hold ':', '#', blanks", id);
    words_table(words, 1, &at, arena_printf(words->scratch, "scorecard \"%s\"", id), scorecard_keys,
                sizeof scorecard_keys / sizeof *scorecard_keys, draft, NULL);
    if (!draft->org.text && words->file->plan)
        draft->org = words->file->plan->org;
    if (!draft->org.text)
        words_fault(words, &at, "scorecard \"%s\": thiếu 'org' (tệp này không có plan)",
                    "scorecard \"%s\": 'org' is missing (this file has no plan)", id);
    *draft_push(words, &words->scorecards) = draft;
    return 0;
}

static int word_scorecard(lua_State *L)
{
    return words_curry(L, "scorecard", scorecard_table);
}

void words_add_scorecard(struct words *words)
{
    box_add_word(words->box, "scorecard", word_scorecard, words);
}
