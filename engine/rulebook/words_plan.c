/* plan, event, section, lost, task, report, meeting, part, workdays, days: the plan and its rows. */
#include "rulebook/words.h"

#include "base/text.h"

#include <lauxlib.h>
#include <stddef.h>
#include <string.h>

/* ---- plan and event ---- */

static void read_plan_groups(struct words *words, const struct spot *at, void *into)
{
    read_groups(words, at, &((struct plan_draft *)into)->groups);
}

static const struct key plan_keys[] = {
    {"org", read_name, offsetof(struct plan_draft, org), true},
    {"title", read_title, offsetof(struct plan_draft, plan.title), true},
    {"issued", read_day, offsetof(struct plan_draft, plan.issued), true},
    {"period", read_period, offsetof(struct plan_draft, plan.period), true},
    {"number", read_text, offsetof(struct plan_draft, plan.number), false},
    {"ended", read_day, offsetof(struct plan_draft, plan.ended), false},
    {"groups", read_plan_groups, 0, false},
    {"note", read_text, offsetof(struct plan_draft, plan.note), false},
    {"was", read_text, offsetof(struct plan_draft, plan.was), false},
};

static int plan_table(lua_State *L)
{
    struct words *words = words_of(L);
    struct spot at;
    const char *id = words_curried(words, "plan", &at);
    if (!id)
        return 0;
    if (words->file->plan)
        words_fault(words, &at, "một tệp chỉ có một plan", "a file has one plan");
    if (!words_is_id(id, false) || strchr(id, '/'))
        words_fault(words, &at, "tên plan '%s' không được có ':', '#', '/', dấu cách",
                    "plan id '%s' must not hold ':', '#', '/', blanks", id);
    struct plan_draft *draft = arena_alloc(words->scratch, sizeof *draft);
    draft->at = at;
    draft->plan = (struct plan){
        .id = id, .issued = DAY_NONE, .ended = DAY_NONE, .file = at.file, .at = words_source(&at)};
    words_table(words, 1, &at, arena_printf(words->scratch, "plan \"%s\"", id), plan_keys,
                sizeof plan_keys / sizeof *plan_keys, draft, NULL);
    *draft_push(words, &words->plans) = draft;
    words->file->plan = draft;
    return 0;
}

static const struct key event_keys[] = {
    {"title", read_title, offsetof(struct event, title), true},
    {"by_unit", read_bool, offsetof(struct event, by_unit), false},
    {"repeats", read_bool, offsetof(struct event, repeats), false},
    {"note", read_text, offsetof(struct event, note), false},
};

static int event_table(lua_State *L)
{
    struct words *words = words_of(L);
    struct spot at;
    const char *name = words_curried(words, "event", &at);
    struct plan_draft *plan = name ? words_plan(words, &at, "event") : NULL;
    if (!plan)
        return 0;
    struct event *event = arena_alloc(words->scratch, sizeof *event);
    *event = (struct event){.name = name, .at = words_source(&at)};
    if (!words_is_id(name, false))
        words_fault(words, &at, "tên sự kiện '%s' không được có ':', '#', dấu cách",
                    "event name '%s' must not hold ':', '#', blanks", name);
    words_table(words, 1, &at, arena_printf(words->scratch, "event \"%s\"", name), event_keys,
                sizeof event_keys / sizeof *event_keys, event, NULL);
    *draft_push(words, &plan->events) = event;
    return 0;
}

/* ---- rows without duties ---- */

static struct item_draft *item_new(struct words *words, enum item_kind kind, const char *ref,
                                   const struct spot *at)
{
    struct plan_draft *plan = words_plan(words, at, item_kind_name(kind));
    if (!plan)
        return NULL;
    if (!words_is_id(ref, false))
        words_fault(words, at, "ref '%s' không được trống hay có ':', '#', dấu cách",
                    "ref '%s' must not be empty or hold ':', '#', blanks", ref);
    struct item_draft *item = arena_alloc(words->scratch, sizeof *item);
    item->plan = plan;
    item->at = *at;
    item->item = (struct item){.ref = ref, .kind = kind, .at = words_source(at)};
    *draft_push(words, &plan->items) = item;
    return item;
}

/* section "7.2" "title": two texts, one after the other. */
static int heading_title(lua_State *L, enum item_kind kind)
{
    struct words *words = words_of(L);
    struct spot at = words_spot(words);
    lua_settop(L, 1);
    const char *ref = lua_touserdata(L, lua_upvalueindex(2));
    for (size_t i = 0; i < words->half_said.n; i++)
        if (words->half_said.at[i].text == lua_touserdata(L, lua_upvalueindex(3)))
            words->half_said.at[i] = words->half_said.at[--words->half_said.n];
    struct item_draft *item = item_new(words, kind, ref, &at);
    const char *title = "";
    if (kind == ITEM_SECTION)
        read_title(words, &at, &title);
    else
        read_text(words, &at, &title);
    if (item)
        item->item.title = title ? title : "";
    return 0;
}

static int section_title(lua_State *L)
{
    return heading_title(L, ITEM_SECTION);
}

static int lost_why(lua_State *L)
{
    return heading_title(L, ITEM_LOST);
}

static int word_section(lua_State *L)
{
    return words_curry(L, "section", section_title);
}

static int word_lost(lua_State *L)
{
    return words_curry(L, "lost", lost_why);
}

/* ---- how long before ---- */

static int lead_time_word(lua_State *L, bool workdays)
{
    struct words *words = words_of(L);
    struct spot at = words_spot(words);
    struct lead_time *time = arena_alloc(words->scratch, sizeof *time);
    lua_settop(L, 1);
    read_int(words, &at, &time->n);
    time->workdays = workdays;
    if (time->n < 0 || time->n > 366)
        words_fault(words, &at, "số ngày phải từ 0 đến 366", "the number of days must be 0 to 366");
    return words_push(words, VALUE_LEAD_TIME, time, &at);
}

static int word_workdays(lua_State *L)
{
    return lead_time_word(L, true);
}

static int word_days(lua_State *L)
{
    return lead_time_word(L, false);
}

static void read_lead_time(struct words *words, const struct spot *at, void *into)
{
    struct value *value = words_value(words, -1);
    if (value && value->kind == VALUE_LEAD_TIME)
        *(struct lead_time *)into = *(struct lead_time *)value->data;
    else
        words_fault(words, at, "cần workdays(n) hoặc days(n)", "workdays(n) or days(n) is needed");
}

static void read_remind(struct words *words, const struct spot *at, void *into)
{
    struct duty *duty = into;
    lua_State *L = words->L;
    if (!lua_istable(L, -1)) {
        words_fault(words, at, "remind cần một danh sách { workdays(3), workdays(1) }",
                    "remind needs a list { workdays(3), workdays(1) }");
        return;
    }
    size_t n = lua_rawlen(L, -1);
    struct lead_time *times = arena_alloc(words->arena, (n + 1) * sizeof *times);
    for (size_t i = 0; i < n; i++, lua_pop(L, 1)) {
        lua_rawgeti(L, -1, (lua_Integer)i + 1);
        read_lead_time(words, at, &times[i]);
    }
    duty->remind = times;
    duty->n_remind = n;
}

struct escalate_draft {
    struct lead_time after;
    struct who *to;
};

static const struct key escalate_keys[] = {
    {"after", read_lead_time, offsetof(struct escalate_draft, after), true},
    {"to", read_who, offsetof(struct escalate_draft, to), true},
};

static void read_escalate(struct words *words, const struct spot *at, void *into)
{
    struct duty_draft *draft = into;
    struct escalate_draft escalate = {0};
    words_table(words, -1, at, "escalate", escalate_keys, sizeof escalate_keys / sizeof *escalate_keys,
                &escalate, NULL);
    draft->duty.escalate.after = escalate.after;
    draft->escalate_to = escalate.to;
}

/* ---- rows ---- */

static void read_kind(struct words *words, const struct spot *at, void *into)
{
    const char *text = words_string(words, -1, at, "kind");
    for (enum item_kind kind = ITEM_TASK; text && kind <= ITEM_MEETING; kind++)
        if (!strcmp(text, item_kind_name(kind))) {
            *(enum item_kind *)into = kind;
            return;
        }
    if (text)
        words_fault(words, at, "kind là \"task\", \"report\" hoặc \"meeting\", không phải \"%s\"",
                    "kind is \"task\", \"report\" or \"meeting\", not \"%s\"", text);
}

/* A row while it is read: its own duty, and what only rows have. */
struct row {
    struct duty_draft duty;
    struct item_draft *item;
    struct names see, also;
    const char *was;
};

/* Where the plan says nothing, text = "" is as good as none. */
static void read_plan_words(struct words *words, const struct spot *at, void *into)
{
    const char **text = into;
    read_text(words, at, into);
    if (*text && !**text)
        *text = NULL;
}

#define DUTY(member) offsetof(struct row, duty.member)
#define DUTY_KEYS                                                                                            \
    {"title", read_title, DUTY(duty.title), true}, {"text", read_plan_words, DUTY(duty.text), false},        \
        {"with", read_who, DUTY(with), false}, {"to", read_who, DUTY(to), false},                            \
        {"via", read_text, DUTY(duty.via), false}, {"except", read_who, DUTY(except), false},                \
        {"lead_text", read_text, DUTY(duty.lead_text), false},                                               \
        {"with_text", read_text, DUTY(duty.with_text), false},                                               \
        {"product", read_text, DUTY(duty.product), false}, {"form", read_text, DUTY(duty.form), false},      \
        {"note", read_text, DUTY(duty.note), false}, {"remind", read_remind, DUTY(duty), false},             \
        {"overdue", read_lead_time, DUTY(duty.overdue), false},                                              \
    {                                                                                                        \
        "escalate", read_escalate, DUTY(duty), false                                                         \
    }

static const struct key row_keys[] = {
    DUTY_KEYS,
    {"lead", read_who, DUTY(lead), true},
    {"due", read_when, DUTY(when), false},
    {"see", read_names, offsetof(struct row, see), false},
    {"also", read_names, offsetof(struct row, also), false},
    {"was", read_text, offsetof(struct row, was), false},
};

static const struct key part_keys[] = {
    DUTY_KEYS,
    {"lead", read_who, DUTY(lead), false},
    {"due", read_when, DUTY(when), true},
    {"kind", read_kind, DUTY(duty.kind), false},
};

static int part_table(lua_State *L)
{
    struct words *words = words_of(L);
    struct spot at;
    const char *name = words_curried(words, "part", &at);
    struct row row = {.duty = {.at = at, .duty = {.part = name ? name : "?", .at = words_source(&at)}}};
    row.duty.duty.kind = ITEM_SECTION; /* not said: the row's */
    if (name && !words_is_id(name, false))
        words_fault(words, &at, "tên part '%s' không được có ':', '#', dấu cách",
                    "part name '%s' must not hold ':', '#', blanks", name);
    if (name)
        words_table(words, 1, &at, arena_printf(words->scratch, "part \"%s\"", name), part_keys,
                    sizeof part_keys / sizeof *part_keys, &row, NULL);
    struct duty_draft *duty = arena_alloc(words->scratch, sizeof *duty);
    *duty = row.duty;
    words_push(words, VALUE_PART, duty, &at);
    *draft_push(words, &words->loose) = words_value(words, -1);
    return 1;
}

static int word_part(lua_State *L)
{
    return words_curry(L, "part", part_table);
}

static void row_element(struct words *words, const struct spot *at, void *into)
{
    struct row *row = into;
    struct value *value = words_value(words, -1);
    if (value && value->kind == VALUE_PART && !value->used)
        *draft_push(words, &row->item->duties) = value->data;
    else if (value && value->kind == VALUE_KPI && !value->used) {
        struct kpi_draft *kpi = value->data;
        kpi->row = row->item;
        kpi->nested = true;
    } else {
        words_fault(words, at, "trong bảng này chỉ part và kpi đứng không tên; có thiếu 'khoá ='?",
                    "only part and kpi stand unnamed in this table; is 'key =' missing?");
        return;
    }
    value->used = true;
}

static void row_inherit(struct duty_draft *part, const struct row *row)
{
    if (!part->lead) {
        part->lead = row->duty.lead;
        part->except = part->except ? part->except : row->duty.except;
        if (!part->duty.lead_text)
            part->duty.lead_text = row->duty.duty.lead_text;
    }
    if (!part->with) {
        part->with = row->duty.with;
        part->duty.with_text = part->duty.with_text ? part->duty.with_text : row->duty.duty.with_text;
    }
    part->to = part->to ? part->to : row->duty.to;
    part->duty.via = part->duty.via ? part->duty.via : row->duty.duty.via;
    if (part->duty.kind == ITEM_SECTION)
        part->duty.kind = row->item->item.kind;
}

static int row_table(lua_State *L, enum item_kind kind)
{
    struct words *words = words_of(L);
    struct spot at;
    const char *ref = words_curried(words, item_kind_name(kind), &at);
    struct row row = {.duty = {.at = at, .duty = {.kind = kind, .at = words_source(&at)}}};
    if (!ref || !(row.item = item_new(words, kind, ref, &at)))
        return 0;
    words_table(words, 1, &at, arena_printf(words->scratch, "%s \"%s\"", item_kind_name(kind), ref), row_keys,
                sizeof row_keys / sizeof *row_keys, &row, row_element);
    struct item_draft *item = row.item;
    item->item.title = row.duty.duty.title ? row.duty.duty.title : "";
    item->item.note = row.duty.duty.note;
    item->item.text = row.duty.duty.text;
    item->item.product = row.duty.duty.product;
    item->item.form = row.duty.duty.form;
    item->item.lead_text = row.duty.duty.lead_text;
    item->item.with_text = row.duty.duty.with_text;
    item->item.was = row.was;
    item->also = row.also;
    const char **see = arena_alloc(words->arena, (row.see.n + 1) * sizeof *see);
    for (size_t i = 0; i < row.see.n; i++)
        see[i] = row.see.at[i].text;
    item->item.see = see;
    item->item.n_see = row.see.n;
    for (size_t i = 0; i < item->duties.n; i++)
        row_inherit(item->duties.at[i], &row);
    if (!row.duty.when && !item->duties.n)
        words_fault(words, &at,
                    "%s \"%s\": thiếu 'due' (không có ngày thì viết due = ongoing hoặc undated \"vì sao\")",
                    "%s \"%s\": 'due' is missing (without a date say due = ongoing or undated \"why\")",
                    item_kind_name(kind), ref);
    if (!row.duty.when)
        return 0;
    struct duty_draft *own = arena_alloc(words->scratch, sizeof *own);
    *own = row.duty;
    draft_push(words, &item->duties);
    memmove(&item->duties.at[1], &item->duties.at[0], (item->duties.n - 1) * sizeof *item->duties.at);
    item->duties.at[0] = own;
    return 0;
}

static int task_table(lua_State *L)
{
    return row_table(L, ITEM_TASK);
}

static int report_table(lua_State *L)
{
    return row_table(L, ITEM_REPORT);
}

static int meeting_table(lua_State *L)
{
    return row_table(L, ITEM_MEETING);
}

static int word_task(lua_State *L)
{
    return words_curry(L, "task", task_table);
}

static int word_report(lua_State *L)
{
    return words_curry(L, "report", report_table);
}

static int word_meeting(lua_State *L)
{
    return words_curry(L, "meeting", meeting_table);
}

static int word_plan(lua_State *L)
{
    return words_curry(L, "plan", plan_table);
}

static int word_event(lua_State *L)
{
    return words_curry(L, "event", event_table);
}

void words_add_plan(struct words *words)
{
    static const struct {
        const char *name;
        lua_CFunction function;
    } list[] = {{"plan", word_plan},       {"event", word_event}, {"section", word_section},
                {"lost", word_lost},       {"task", word_task},   {"report", word_report},
                {"meeting", word_meeting}, {"part", word_part},   {"workdays", word_workdays},
                {"days", word_days}};
    for (size_t i = 0; i < sizeof list / sizeof *list; i++)
        box_add_word(words->box, list[i].name, list[i].function, words);
}
