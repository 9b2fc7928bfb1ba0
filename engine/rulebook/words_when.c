/* before by on month quarter half year span every last_week_of within at_once after schedule request done_of
 * all_of any_of ongoing undated: when a duty is due. What plans' time words mean stands in
 * docs/rule-language.md. */
#include "rulebook/words.h"

#include "base/text.h"

#include <lauxlib.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_EVENTS = 16 }; /* of all_of and any_of */

static struct when *when_new(struct words *words, enum when_form form, enum timing_kind kind)
{
    struct when *when = arena_alloc(words->scratch, sizeof *when);
    when->form = form;
    when->kind = kind;
    when->at = words_spot(words);
    return when;
}

static int when_push(struct words *words, struct when *when)
{
    return words_push(words, VALUE_WHEN, when, &when->at);
}

/* ---- fixed days ---- */

static int day_word(lua_State *L, enum timing_kind kind)
{
    struct words *words = words_of(L);
    struct when *when = when_new(words, WHEN_DAY, kind);
    lua_settop(L, 1);
    read_day(words, &when->at, &when->day);
    if (when->day == DAY_NONE)
        when->form = WHEN_BROKEN;
    return when_push(words, when);
}

static int word_before(lua_State *L)
{
    return day_word(L, TIMING_BY_DATE_BEFORE);
}

static int word_by(lua_State *L)
{
    return day_word(L, TIMING_ON_DATE);
}

/* ---- one-off periods ---- */

static int period_word(lua_State *L, enum timing_kind timing, enum period_kind kind, const char *example)
{
    struct words *words = words_of(L);
    struct when *when = when_new(words, WHEN_PERIOD, timing);
    lua_settop(L, 1);
    read_period(words, &when->at, &when->period);
    if (!when->period.label[0])
        when->form = WHEN_BROKEN;
    else if (when->period.kind != kind) {
        words_fault(words, &when->at, "ở đây cần một kỳ như \"%s\", không phải \"%s\"",
                    "a period like \"%s\" is needed here, not \"%s\"", example, when->period.label);
        when->form = WHEN_BROKEN;
    }
    return when_push(words, when);
}

static int word_month(lua_State *L)
{
    return period_word(L, TIMING_MONTH, PERIOD_MONTH, "2026-06");
}

static int word_quarter(lua_State *L)
{
    return period_word(L, TIMING_QUARTER, PERIOD_QUARTER, "2026-Q1");
}

static int word_half(lua_State *L)
{
    return period_word(L, TIMING_HALF, PERIOD_HALF, "2026-H1");
}

static int word_year(lua_State *L)
{
    return period_word(L, TIMING_YEAR, PERIOD_YEAR, "2026");
}

static int word_span(lua_State *L)
{
    struct words *words = words_of(L);
    struct when *when = when_new(words, WHEN_PERIOD, TIMING_PERIOD_RANGE);
    const char *first = words_string(words, 1, &when->at, "span"),
               *last = words_string(words, 2, &when->at, "span");
    struct err err = {.lang = words->faults->lang};
    struct period from, to;
    when->form = WHEN_BROKEN;
    if (first && last) {
        if (!period_parse(first, &from, &err) || !period_parse(last, &to, &err))
            words_fault(words, &when->at, "%s", "%s", err.text);
        else if (to.last < from.first)
            words_fault(words, &when->at, "span: \"%s\" ở sau \"%s\"", "span: \"%s\" is after \"%s\"", first,
                        last);
        else {
            when->form = WHEN_PERIOD;
            when->period = from;
            when->period.kind = PERIOD_SPAN;
            when->period.last = to.last;
        }
    }
    return when_push(words, when);
}

/* ---- recurring ---- */

/* Options of every("month", { … }) as written. */
struct every_draft {
    int before_day, by_day;
    const char *before, *by, *day, *covers;
    struct names only; /* numbers, read by read_only */
    struct when *when;
    struct period from, to;
};

static void read_only(struct words *words, const struct spot *at, void *into)
{
    struct when *when = *(struct when **)into;
    lua_State *L = words->L;
    size_t n = lua_istable(L, -1) ? lua_rawlen(L, -1) : 0;
    if (!n || n > 12) {
        words_fault(words, at, "only cần một danh sách số, ví dụ { 1, 2, 3 }",
                    "only needs a list of numbers, for example { 1, 2, 3 }");
        return;
    }
    for (size_t i = 0; i < n; i++, lua_pop(L, 1)) {
        lua_rawgeti(L, -1, (lua_Integer)i + 1);
        read_int(words, at, &when->every.only[i]);
        if (when->every.only[i] < 1 || when->every.only[i] > 12)
            words_fault(words, at, "only: số %d không phải số thứ tự của kỳ trong năm",
                        "only: %d is no period of a year", when->every.only[i]);
    }
    when->every.n_only = n;
}

static const struct key every_keys[] = {
    {"before_day", read_int, offsetof(struct every_draft, before_day), false},
    {"by_day", read_int, offsetof(struct every_draft, by_day), false},
    {"before", read_text, offsetof(struct every_draft, before), false},
    {"by", read_text, offsetof(struct every_draft, by), false},
    {"day", read_text, offsetof(struct every_draft, day), false},
    {"covers", read_text, offsetof(struct every_draft, covers), false},
    {"only", read_only, offsetof(struct every_draft, when), false},
    {"from", read_period, offsetof(struct every_draft, from), false},
    {"to", read_period, offsetof(struct every_draft, to), false},
};

static const struct {
    const char *name;
    enum period_kind kind;
} units[] = {
    {"month", PERIOD_MONTH}, {"quarter", PERIOD_QUARTER}, {"half", PERIOD_HALF}, {"year", PERIOD_YEAR}};

static bool every_unit(struct words *words, struct when *when)
{
    const char *text = words_string(words, 1, &when->at, "every");
    for (size_t i = 0; text && i < sizeof units / sizeof *units; i++)
        if (!strcmp(text, units[i].name)) {
            when->every.unit = units[i].kind;
            return true;
        }
    if (text)
        words_fault(words, &when->at, "every(\"%s\"): chỉ có \"month\", \"quarter\", \"half\", \"year\"",
                    "every(\"%s\"): there are \"month\", \"quarter\", \"half\", \"year\"", text);
    return false;
}

/* "15/12" in any year. */
static bool day_of_year(struct words *words, struct when *when, const char *text, bool strict)
{
    char padded[32];
    int day;
    snprintf(padded, sizeof padded, "%.12s/2027", text); /* no leap year: 29/2 is no yearly day */
    if (!day_parse(padded, &day, NULL)) {
        words_fault(words, &when->at, "\"%s\" không phải ngày/tháng, ví dụ \"15/12\"",
                    "\"%s\" is no day/month, for example \"15/12\"", text);
        return false;
    }
    struct civil civil = day_civil(day);
    when->every.month = civil.month;
    when->every.mday = civil.mday;
    when->every.strict = strict;
    return true;
}

/* Exactly one way of saying the day. */
static bool every_day(struct words *words, struct when *when, const struct every_draft *draft)
{
    int ways = (draft->before_day != 0) + (draft->by_day != 0) + (draft->before != NULL) +
               (draft->by != NULL) + (draft->day != NULL);
    if (ways != 1) {
        words_fault(words, &when->at,
                    "every cần đúng một trong before_day, by_day, before, by, day = \"unstated\"",
                    "every needs exactly one of before_day, by_day, before, by, day = \"unstated\"");
        return false;
    }
    if (draft->day && strcmp(draft->day, "unstated")) {
        words_fault(words, &when->at, "day chỉ nhận \"unstated\" (kế hoạch không nêu ngày)",
                    "day takes \"unstated\" only (the plan names no day)");
        return false;
    }
    when->every.unstated = draft->day != NULL;
    if (draft->before || draft->by) {
        if (when->every.unit != PERIOD_YEAR) {
            words_fault(words, &when->at,
                        "before/by chỉ dùng với every(\"year\"); tháng, quý dùng before_day/by_day",
                        "before/by go with every(\"year\") only; months and quarters use before_day/by_day");
            return false;
        }
        return day_of_year(words, when, draft->before ? draft->before : draft->by, draft->before != NULL);
    }
    int mday = draft->before_day ? draft->before_day : draft->by_day;
    if (!when->every.unstated && (mday < (draft->before_day ? 2 : 1) || mday > 31)) {
        words_fault(words, &when->at, "ngày %d không dùng được ở đây", "day %d cannot be used here", mday);
        return false;
    }
    when->every.before_day = draft->before_day;
    when->every.by_day = draft->by_day;
    return true;
}

static int every_regular(struct words *words, struct when *when)
{
    struct every_draft draft = {.when = when};
    bool good = every_unit(words, when);
    lua_settop(words->L, 2);
    words_table(words, 2, &when->at, "every", every_keys, sizeof every_keys / sizeof *every_keys, &draft,
                NULL);
    good = good && every_day(words, when, &draft);
    when->covers = draft.covers;
    when->every.from = draft.from;
    when->every.to = draft.to;
    when->every.has_from = draft.from.label[0];
    when->every.has_to = draft.to.label[0];
    if (!good)
        when->form = WHEN_BROKEN;
    return when_push(words, when);
}

static int listed_by_period(const void *a, const void *b)
{
    const struct period *x = &((const struct listed *)a)->period, *y = &((const struct listed *)b)->period;
    if (x->last != y->last)
        return x->last < y->last ? -1 : 1;
    return (x->first > y->first) - (x->first < y->first);
}

static struct listed *listed_add(struct words *words, struct when *when, size_t *cap)
{
    when->listed = draft_room(words, when->listed, when->n_listed, cap, sizeof *when->listed);
    return &when->listed[when->n_listed++];
}

/* every { ["2025-Q1"] = before "15/3/2025", … } */
static int every_listed(struct words *words, struct when *when)
{
    lua_State *L = words->L;
    when->form = WHEN_LISTED;
    size_t cap = 0;
    box_pay_table(L);
    for (lua_pushnil(L); lua_next(L, 1); lua_pop(L, 1)) {
        const char *label = lua_type(L, -2) == LUA_TSTRING ? lua_tostring(L, -2) : "";
        struct spot at = words_spot_of_key(words, &when->at, label);
        struct listed *listed = listed_add(words, when, &cap);
        struct err err = {.lang = words->faults->lang};
        if (!period_parse(label, &listed->period, &err))
            words_fault(words, &at, "every: %s", "every: %s", err.text);
        read_when(words, &at, &listed->when);
        if (listed->when->form != WHEN_DAY && listed->when->form != WHEN_PERIOD &&
            listed->when->form != WHEN_BROKEN)
            words_fault(words, &at, "trong every { … } mỗi kỳ cần một ngày cố định (before, by, month …)",
                        "in every { … } each period needs a fixed day (before, by, month …)");
    }
    if (when->n_listed)
        qsort(when->listed, when->n_listed, sizeof *when->listed, listed_by_period);
    else
        words_fault(words, &when->at, "every { … } trống", "every { … } is empty");
    return when_push(words, when);
}

static int word_every(lua_State *L)
{
    struct words *words = words_of(L);
    struct when *when = when_new(words, WHEN_EVERY, TIMING_PERIODIC);
    if (lua_istable(L, 1)) {
        lua_settop(L, 1);
        return every_listed(words, when);
    }
    return every_regular(words, when);
}

static int word_last_week_of(lua_State *L)
{
    struct words *words = words_of(L);
    struct when *when = when_new(words, WHEN_LAST_WEEK, TIMING_PERIODIC);
    size_t n = lua_istable(L, 1) ? lua_rawlen(L, 1) : 0, cap = 0;
    for (size_t i = 0; i < n; i++, lua_pop(L, 1)) {
        lua_rawgeti(L, 1, (lua_Integer)i + 1);
        struct listed *listed = listed_add(words, when, &cap);
        read_period(words, &when->at, &listed->period);
        if (listed->period.label[0] && listed->period.kind != PERIOD_MONTH)
            words_fault(words, &when->at, "last_week_of cần các tháng như \"2026-01\", không phải \"%s\"",
                        "last_week_of needs months like \"2026-01\", not \"%s\"", listed->period.label);
        if (!listed->period.label[0] || listed->period.kind != PERIOD_MONTH)
            when->form = WHEN_BROKEN;
    }
    if (!n) {
        words_fault(words, &when->at, "last_week_of cần danh sách tháng { \"2026-01\", … }",
                    "last_week_of needs a list of months { \"2026-01\", … }");
        when->form = WHEN_BROKEN;
    }
    return when_push(words, when);
}

/* ---- events ---- */

static struct trigger_draft *trigger_read(struct words *words, int index, const struct spot *at)
{
    struct value *value = words_value(words, index);
    if (value && value->kind == VALUE_TRIGGER)
        return value->data;
    struct trigger_draft *trigger = arena_alloc(words->scratch, sizeof *trigger);
    trigger->kind = TRIGGER_EVENT;
    trigger->name.at = *at;
    trigger->name.text =
        words_string(words, index, at, say(words->faults->lang, "tên sự kiện", "the event's name"));
    trigger->broken = !trigger->name.text;
    return trigger;
}

static int word_done_of(lua_State *L)
{
    struct words *words = words_of(L);
    struct spot at = words_spot(words);
    struct trigger_draft *trigger = trigger_read(words, 1, &at);
    trigger->kind = TRIGGER_DONE_OF;
    return words_push(words, VALUE_TRIGGER, trigger, &at);
}

static int several(lua_State *L, enum trigger_kind kind)
{
    struct words *words = words_of(L);
    struct spot at = words_spot(words);
    struct trigger_draft *trigger = arena_alloc(words->scratch, sizeof *trigger);
    trigger->kind = kind;
    trigger->name.at = at;
    trigger->of = arena_alloc(words->scratch, MOST_EVENTS * sizeof *trigger->of);
    for (int i = 1; i <= lua_gettop(L) && i <= MOST_EVENTS; i++)
        trigger->of[trigger->n++] = trigger_read(words, i, &at);
    if (trigger->n < 2)
        words_fault(words, &at, "all_of/any_of cần ít nhất hai sự kiện",
                    "all_of/any_of need at least two events");
    return words_push(words, VALUE_TRIGGER, trigger, &at);
}

static int word_all_of(lua_State *L)
{
    return several(L, TRIGGER_ALL_OF);
}

static int word_any_of(lua_State *L)
{
    return several(L, TRIGGER_ANY_OF);
}

static int word_within(lua_State *L)
{
    struct words *words = words_of(L);
    struct when *when = when_new(words, WHEN_EVENT, TIMING_EVENT_RELATIVE);
    lua_settop(L, 3);
    lua_pushvalue(L, 1);
    read_int(words, &when->at, &when->n);
    lua_pop(L, 1);
    if (when->n < 1 || when->n > 3660)
        words_fault(words, &when->at, "within: số ngày phải từ 1 đến 3660",
                    "within: the number of days must be 1 to 3660");
    const char *unit = words_string(words, 2, &when->at, "within");
    if (unit && !strcmp(unit, "workdays"))
        when->limit = LIMIT_WORKDAYS;
    else if (unit && strcmp(unit, "days"))
        words_fault(words, &when->at, "within(n, \"days\" hoặc \"workdays\", sự kiện), không phải \"%s\"",
                    "within(n, \"days\" or \"workdays\", event), not \"%s\"", unit);
    when->trigger = trigger_read(words, 3, &when->at);
    return when_push(words, when);
}

static int event_word(lua_State *L, enum timing_kind kind, enum limit_unit limit)
{
    struct words *words = words_of(L);
    struct when *when = when_new(words, WHEN_EVENT, kind);
    when->limit = limit;
    when->trigger = trigger_read(words, 1, &when->at);
    return when_push(words, when);
}

static int word_at_once(lua_State *L)
{
    return event_word(L, TIMING_EVENT_RELATIVE, LIMIT_AT_ONCE);
}

static int word_after(lua_State *L)
{
    return event_word(L, TIMING_EVENT_RELATIVE, LIMIT_NO_DAY);
}

static int word_schedule(lua_State *L)
{
    return event_word(L, TIMING_EXTERNAL_SCHEDULE, LIMIT_NO_DAY);
}

static int word_request(lua_State *L)
{
    return event_word(L, TIMING_ON_REQUEST, LIMIT_NO_DAY);
}

/* ---- no day ---- */

static const struct key ongoing_keys[] = {{"from", read_period, offsetof(struct when, period), false}};

static int ongoing_call(lua_State *L)
{
    struct words *words = words_of(L);
    struct when *when = when_new(words, WHEN_STANDING, TIMING_ONGOING);
    words_table(words, 2, &when->at, "ongoing", ongoing_keys, 1, when, NULL);
    when->has_period = when->period.label[0];
    return when_push(words, when);
}

static int word_undated(lua_State *L)
{
    struct words *words = words_of(L);
    struct when *when = when_new(words, WHEN_NEVER, TIMING_NONE);
    when->why = words_string(words, 1, &when->at, "undated");
    return when_push(words, when);
}

/* `ongoing` is a value that can also be called: due = ongoing, due = ongoing { from = "2026-Q1" }. */
static void add_ongoing(struct words *words)
{
    lua_State *L = box_state(words->box);
    words->L = L;
    struct when *when = arena_alloc(words->scratch, sizeof *when);
    when->form = WHEN_STANDING;
    when->kind = TIMING_ONGOING;
    words_push(words, VALUE_WHEN, when, &when->at);
    lua_getmetatable(L, -1);
    lua_pushlightuserdata(L, words);
    lua_pushcclosure(L, ongoing_call, 1);
    lua_setfield(L, -2, "__call");
    lua_pop(L, 1);
    box_add_value(words->box, "ongoing");
}

void words_add_when(struct words *words)
{
    static const struct {
        const char *name;
        lua_CFunction function;
    } list[] = {{"before", word_before},   {"by", word_by},
                {"on", word_by},           {"month", word_month},
                {"quarter", word_quarter}, {"half", word_half},
                {"year", word_year},       {"span", word_span},
                {"every", word_every},     {"last_week_of", word_last_week_of},
                {"within", word_within},   {"at_once", word_at_once},
                {"after", word_after},     {"schedule", word_schedule},
                {"request", word_request}, {"done_of", word_done_of},
                {"all_of", word_all_of},   {"any_of", word_any_of},
                {"undated", word_undated}};
    for (size_t i = 0; i < sizeof list / sizeof *list; i++)
        box_add_word(words->box, list[i].name, list[i].function, words);
    add_ongoing(words);
}
