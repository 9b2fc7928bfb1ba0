#include "shell/change.h"

#include "alert/alerts.h"
#include "base/text.h"
#include "time/clock.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

struct change {
    struct store *store;
    const struct outlook *outlook;
    const struct alerts *alerts; /* NULL: to be made where they are needed */
    const json_t *request;
    int64_t recorded_at, real_now;
    int today;
    json_t *results;
    struct err *err;
};

/* ---- reading the request ---- */

/* What an action may be told; "action", "lang" and "at" go with each. */
static const struct action_keys {
    const char *action;
    const char *keys[13];
} action_keys[] = {
    {"record", {"event", "plan", "unit", "on", "due", "ref", "new", "withdraw", "note", "by"}},
    {"close", {"plan", "on", "why", "by"}},
    {"ack", {"key", "by"}},
    {"snooze", {"key", "until", "by"}},
    {NULL, {"uid", "plan", "ref", "period", "unit", "on", "to", "why", "note", "by"}},
};

static bool key_taken(const char *action, const char *key)
{
    const struct action_keys *row = action_keys;
    while (row->action && strcmp(row->action, action) != 0)
        row++;
    for (size_t i = 0; row->keys[i]; i++)
        if (!strcmp(row->keys[i], key))
            return true;
    return !strcmp(key, "action") || !strcmp(key, "lang") || !strcmp(key, "at");
}

static bool value_fits(const char *key, const json_t *value)
{
    if (!strcmp(key, "new") || !strcmp(key, "withdraw"))
        return json_is_boolean(value);
    if (!strcmp(key, "at"))
        return json_is_integer(value);
    if (!strcmp(key, "uid") && json_is_array(value))
        return true;
    bool may_be_empty = !strcmp(key, "note") || !strcmp(key, "by");
    return json_is_string(value) && (may_be_empty || json_string_length(value));
}

/* A key that is misspelt, or whose value is no text, must not count as not given: a done without its day
 * would be of today, a record without its unit for everybody. */
static bool request_sound(struct change *change, const char *action)
{
    const char *key;
    json_t *value;
    json_object_foreach((json_t *)change->request, key, value)
    {
        if (!key_taken(action, key))
            return err_set(change->err, ERR_INPUT, "%s không nhận '%s'", "%s takes no '%s'", action, key);
        if (!json_is_null(value) && !value_fits(key, value))
            return err_set(change->err, ERR_INPUT, "giá trị của '%s' không hợp lệ hoặc trống",
                           "the value of '%s' is of the wrong kind or empty", key);
    }
    return true;
}

static const char *field(const struct change *change, const char *name)
{
    const char *text = json_string_value(json_object_get(change->request, name));
    return text && *text ? text : NULL;
}

static bool need(struct change *change, const char *name, const char **text)
{
    *text = field(change, name);
    return *text || err_set(change->err, ERR_INPUT, "thiếu '%s'", "'%s' is missing", name);
}

static bool day_field(struct change *change, const char *name, int otherwise, int *day)
{
    const char *text = field(change, name);
    *day = otherwise;
    return !text || day_parse(text, day, change->err) || err_wrap(change->err, "%s: ", name);
}

static bool not_future(struct change *change, int day)
{
    char text[DAY_SIZE];
    return day <= change->today ||
           err_set(change->err, ERR_INPUT, "ngày %s chưa tới: chỉ ghi việc đã xảy ra",
                   "day %s has not come: only what has happened can be recorded", day_iso(day, text));
}

/* Texts that people wrote: kept as NFC without control characters, so that they can go into feeds and pages.
 */
static const char *note_field(struct change *change, const char *name)
{
    const char *text = field(change, name);
    return text ? utf8_nfc(change->outlook->arena, text) : NULL;
}

static const char *plan_id_at(size_t i, const void *data)
{
    return ((const struct rulebook *)data)->plans[i].id;
}

static const char *unit_id_at(size_t i, const void *data)
{
    return ((const struct rulebook *)data)->units.at[i]->id;
}

static const char *event_name_at(size_t i, const void *data)
{
    return ((const struct plan *)data)->events[i].name;
}

static const char *item_ref_at(size_t i, const void *data)
{
    return ((const struct plan *)data)->items[i].ref;
}

/* "…; có phải 'x'?" or nothing. */
static const char *hint(const struct change *change, const char *near, struct text *out)
{
    if (near)
        text_addf(out, "%s '%s'?", say(change->err->lang, "; có phải", "; did you mean"), near);
    return text_str(out);
}

static bool plan_field(struct change *change, const struct plan **plan)
{
    const struct rulebook *rulebook = change->outlook->rulebook;
    const char *id;
    if (!need(change, "plan", &id))
        return false;
    *plan = rulebook_plan(rulebook, id);
    auto_text more = {0};
    return *plan || err_set(change->err, ERR_INPUT, "không có kế hoạch '%s'%s", "no such plan '%s'%s", id,
                            hint(change, text_nearest(id, rulebook->n_plans, plan_id_at, rulebook), &more));
}

/* A full id, or a code of the plan's org. */
static bool unit_named(struct change *change, const struct plan *plan, const char *name,
                       const struct unit **unit)
{
    const struct rulebook *rulebook = change->outlook->rulebook;
    auto_text full = {0}, more = {0};
    text_addf(&full, strchr(name, '/') ? "%s%s" : "%s/%s", strchr(name, '/') ? "" : plan->org->id, name);
    *unit = rulebook_unit(rulebook, text_str(&full));
    return *unit ||
           err_set(
               change->err, ERR_INPUT, "không có đơn vị '%s'%s", "no such unit '%s'%s", name,
               hint(change, text_nearest(text_str(&full), rulebook->units.n, unit_id_at, rulebook), &more));
}

static bool row_known(struct change *change, const struct plan *plan, const char *ref)
{
    auto_text more = {0};
    return plan_item(plan, ref) ||
           err_set(change->err, ERR_INPUT, "kế hoạch %s không có dòng '%s'%s", "plan %s has no row '%s'%s",
                   plan->id, ref, hint(change, text_nearest(ref, plan->n_items, item_ref_at, plan), &more));
}

/* ---- events ---- */

static bool same_text(const char *a, const char *b)
{
    return (!a || !b) ? a == b : !strcmp(a, b);
}

/* A record of a repeating event that was taken back leaves its place to one of the same day only. */
static bool may_go_on(const struct plan *plan, const struct event_fact *old, const struct event_fact *fact)
{
    return !old->withdrawn_at || !plan_event(plan, fact->event)->repeats || old->label_day == fact->on;
}

/* The chain that a record corrects: the latest for the same event, unit and row, also under the plan's old
 * name. */
static const struct event_fact *chain_of(const struct change *change, const struct plan *plan,
                                         const struct event_fact *fact)
{
    const char *const names[] = {plan->id, plan->was};
    const struct event_fact *list, *latest = NULL;
    for (size_t k = 0; k < 2 && names[k] && !latest; k++) {
        size_t n = facts_events(change->outlook->facts, names[k], fact->event, &list);
        for (size_t i = 0; i < n; i++)
            if (same_text(list[i].unit, fact->unit) && same_text(list[i].ref, fact->ref) &&
                may_go_on(plan, &list[i], fact) && (!latest || !list[i].withdrawn_at || latest->withdrawn_at))
                latest = &list[i];
    }
    return latest;
}

/* A day, or null. */
static json_t *day_json(int day)
{
    char text[DAY_SIZE];
    return day == DAY_NONE ? json_null() : json_string(day_iso(day, text));
}

/* was: the day that stood there before, DAY_NONE where there was none or it stays. */
static void event_result(struct change *change, const char *action, const struct event_fact *fact,
                         bool changed, int was)
{
    json_array_append_new(change->results,
                          json_pack("{s:s, s:s, s:s, s:s?, s:s?, s:o, s:o, s:b, s:o}", "action", action,
                                    "event", fact->event, "plan", fact->plan, "unit", fact->unit, "ref",
                                    fact->ref, "on", day_json(fact->on), "due", day_json(fact->due),
                                    "changed", changed, "was", day_json(was)));
}

static bool event_known(struct change *change, const struct plan *plan, const char *name)
{
    auto_text more = {0};
    return plan_event(plan, name) ||
           err_set(change->err, ERR_INPUT, "kế hoạch %s không có sự kiện '%s'%s",
                   "plan %s has no event '%s'%s", plan->id, name,
                   hint(change, text_nearest(name, plan->n_events, event_name_at, plan), &more));
}

/* The last record of that unit and row (and day): one that stands before one that was taken back already. */
static const struct event_fact *recorded_last(const struct change *change, const struct plan *plan,
                                              const struct event_fact *fact)
{
    const char *const names[] = {plan->was, plan->id};
    const struct event_fact *list, *last = NULL;
    for (size_t k = 0; k < 2; k++) {
        size_t n = names[k] ? facts_events(change->outlook->facts, names[k], fact->event, &list) : 0;
        for (size_t i = 0; i < n; i++) {
            bool same = same_text(list[i].unit, fact->unit) && same_text(list[i].ref, fact->ref) &&
                        (fact->on == DAY_NONE || list[i].on == fact->on);
            if (same && (!last || !list[i].withdrawn_at || last->withdrawn_at))
                last = &list[i];
        }
    }
    return last;
}

/* Taken back is what was recorded by mistake: why must be said. */
static bool apply_withdrawal(struct change *change, const struct plan *plan, struct event_fact *fact)
{
    if (!fact->note || !*fact->note)
        return err_set(change->err, ERR_INPUT, "thiếu 'note': vì sao rút lại",
                       "'note' is missing: why it is taken back");
    if (json_is_true(json_object_get(change->request, "new")) || field(change, "due"))
        return err_set(change->err, ERR_INPUT, "rút lại thì không có new, due",
                       "what is taken back has no new, due");
    if (!day_field(change, "on", DAY_NONE, &fact->on))
        return false;
    const struct event_fact *old = recorded_last(change, plan, fact);
    if (!old)
        return err_set(change->err, ERR_INPUT, "không có lần ghi nào như vậy của sự kiện '%s' để rút lại",
                       "there is no such record of event '%s' to take back", fact->event);
    struct event_fact withdrawn = *old;
    withdrawn.withdrawn_why = fact->note;
    withdrawn.withdrawn_by = fact->by;
    withdrawn.plan = plan->id;
    if (!old->withdrawn_at &&
        !facts_withdraw_event(change->store, &withdrawn, change->recorded_at, change->real_now, change->err))
        return false;
    event_result(change, "withdraw", &withdrawn, !old->withdrawn_at, DAY_NONE);
    return true;
}

static bool apply_record(struct change *change)
{
    const struct plan *plan;
    const struct unit *unit = NULL;
    struct event_fact fact = {.recorded_at = change->recorded_at,
                              .note = note_field(change, "note"),
                              .by = note_field(change, "by"),
                              .ref = field(change, "ref")};
    if (!plan_field(change, &plan) || !need(change, "event", &fact.event) ||
        !event_known(change, plan, fact.event))
        return false;
    if (field(change, "unit") && !unit_named(change, plan, field(change, "unit"), &unit))
        return false;
    if (unit && !plan_concerns(plan, unit))
        return err_set(change->err, ERR_INPUT, "đơn vị '%s' không có việc gì trong kế hoạch %s",
                       "unit '%s' has nothing to do in plan %s", unit->id, plan->id);
    bool another = json_is_true(json_object_get(change->request, "new"));
    if (another && !plan_event(plan, fact.event)->repeats)
        return err_set(change->err, ERR_INPUT,
                       "sự kiện '%s' chỉ xảy ra một lần cho mỗi đơn vị: bỏ --new thì sửa ngày đã ghi",
                       "event '%s' happens once for each unit: without --new its day is corrected",
                       fact.event);
    if (fact.ref && !row_known(change, plan, fact.ref))
        return false;
    fact.unit = unit ? unit->id : NULL;
    if (json_is_true(json_object_get(change->request, "withdraw")))
        return apply_withdrawal(change, plan, &fact);
    if (!need(change, "on", &(const char *){NULL}) || !day_field(change, "on", DAY_NONE, &fact.on) ||
        !not_future(change, fact.on) || !day_field(change, "due", DAY_NONE, &fact.due))
        return false;
    fact.plan = plan->id;
    fact.label_day = fact.on;
    const struct event_fact *old = another ? NULL : chain_of(change, plan, &fact);
    if (old && !old->withdrawn_at && old->on == fact.on && old->due == fact.due &&
        (!fact.note || same_text(old->note, fact.note))) {
        event_result(change, "record", &fact, false, DAY_NONE);
        return true;
    }
    fact.chain = old ? old->chain : 0;
    fact.label_day = old ? old->label_day : fact.on;
    int64_t id;
    if (!facts_add_event(change->store, &fact, change->real_now, &id, change->err))
        return false;
    event_result(change, "record", &fact, true, old && !old->withdrawn_at ? old->on : DAY_NONE);
    return true;
}

/* ---- progress ---- */

static bool action_of(const char *name, enum progress_action *action)
{
    for (enum progress_action one = PROGRESS_DONE; one <= PROGRESS_CANCEL; one++)
        if (!strcmp(name, progress_action_name(one))) {
            *action = one;
            return true;
        }
    return false;
}

static const struct progress_fact *last_of(const struct occurrence *occurrence, enum progress_action action)
{
    for (size_t i = occurrence->n_progress; i--;)
        if (occurrence->progress[i].action == action)
            return &occurrence->progress[i];
    return NULL;
}

/* The ledger says so already. */
static bool already(const struct occurrence *occurrence, const struct progress_fact *fact)
{
    const struct progress_fact *last = last_of(occurrence, fact->action);
    bool same = last && (!fact->by || same_text(last->by, fact->by)) &&
                (!fact->why || same_text(last->why, fact->why));
    switch (fact->action) {
    case PROGRESS_DONE:
        return occurrence->state == STATE_DONE && occurrence->done_on == fact->on && same;
    case PROGRESS_REOPEN:
        return occurrence->state != STATE_DONE && occurrence->state != STATE_CANCELLED;
    case PROGRESS_EXTEND:
        return occurrence->due == fact->on && same;
    case PROGRESS_CANCEL:
        return occurrence->state == STATE_CANCELLED && same;
    }
    return false;
}

static bool sensible(struct change *change, const struct occurrence *occurrence,
                     const struct progress_fact *fact)
{
    char due[DAY_SIZE];
    bool extended = last_of(occurrence, PROGRESS_EXTEND);
    if (fact->action == PROGRESS_EXTEND && occurrence->due_original != DAY_NONE &&
        fact->on < occurrence->due_original + !extended) /* the old day itself takes one back */
        return err_set(change->err, ERR_INPUT, "%s: gia hạn phải sau hạn cũ %s",
                       "%s: an extension must be after the old day %s", occurrence->id,
                       day_iso(occurrence->due_original, due));
    if (fact->action == PROGRESS_EXTEND && occurrence->state == STATE_DONE)
        return err_set(change->err, ERR_INPUT, "%s: đã xong, muốn gia hạn thì reopen trước",
                       "%s: is done; reopen it before extending", occurrence->id) ||
               err_conflict(change->err);
    if (occurrence->state == STATE_CANCELLED &&
        (fact->action == PROGRESS_DONE || fact->action == PROGRESS_EXTEND))
        return err_set(change->err, ERR_INPUT, "%s: đã hủy, phải reopen trước",
                       "%s: is cancelled; reopen it first", occurrence->id) ||
               err_conflict(change->err);
    return true;
}

/* The day that a correction puts another in place of, else DAY_NONE. */
static int day_before(const struct occurrence *occurrence, const struct progress_fact *fact)
{
    if (fact->action == PROGRESS_DONE && occurrence->state == STATE_DONE)
        return occurrence->done_on;
    return fact->action == PROGRESS_EXTEND && occurrence->due != occurrence->due_original ? occurrence->due
                                                                                          : DAY_NONE;
}

static bool apply_to(struct change *change, const struct occurrence *occurrence,
                     const struct progress_fact *asked)
{
    struct progress_fact fact = *asked;
    fact.occurrence = occurrence->id;
    /* Told again without a day, it says nothing new about the day. */
    if (fact.action == PROGRESS_DONE && occurrence->state == STATE_DONE && !field(change, "on"))
        fact.on = occurrence->done_on;
    if (!sensible(change, occurrence, &fact))
        return false;
    bool changed = !already(occurrence, &fact);
    if (changed && !facts_add_progress(change->store, &fact, change->real_now, change->err))
        return false;
    auto_text uid = {0};
    text_addf(&uid, "%s@hanchot", occurrence->id);
    json_array_append_new(change->results,
                          json_pack("{s:s, s:s, s:o, s:b, s:o}", "uid", text_str(&uid), "action",
                                    progress_action_name(fact.action), "on", day_json(fact.on), "changed",
                                    changed, "was",
                                    day_json(changed ? day_before(occurrence, &fact) : DAY_NONE)));
    return true;
}

static bool apply_uid(struct change *change, const char *uid, const struct progress_fact *fact)
{
    const struct occurrence *occurrence = outlook_find(change->outlook, uid);
    if (occurrence)
        return apply_to(change, occurrence, fact);
    if (outlook_find_gathering(change->outlook, uid))
        return err_set(
            change->err, ERR_INPUT,
            "'%s' là việc của nhiều đơn vị: thêm ':<đơn vị>' vào mã, hoặc dùng --plan --ref --period --unit",
            "'%s' is the duty of many units: add ':<unit>' to the id, or use --plan --ref --period --unit",
            uid);
    return err_set(change->err, ERR_INPUT, "không có kỳ hạn '%s'; xem: hanchot due --format csv",
                   "no such occurrence '%s'; see: hanchot due --format csv", uid);
}

/* One row or part of a plan, one period, one unit or the units of a group. */
struct choice {
    const struct plan *plan;
    const char *ref, *part, *period;
    struct units units;
};

static bool chosen(const struct choice *choice, const struct occurrence *occurrence)
{
    const struct duty *duty = occurrence->duty;
    return duty->item->plan == choice->plan && !strcmp(duty->item->ref, choice->ref) &&
           (!choice->part || same_text(duty->part, choice->part)) &&
           !strcmp(occurrence->label, choice->period) && occurrence->unit &&
           units_have(&choice->units, occurrence->unit);
}

/* The groups of a plan, then those of its org. */
static const struct group *group_at(const struct plan *plan, size_t i)
{
    return i < plan->n_groups ? &plan->groups[i] : &plan->org->groups[i - plan->n_groups];
}

static const char *group_name_at(size_t i, const void *data)
{
    return group_at(data, i)->name;
}

/* "@all", or a group of the plan or its org. */
static bool group_named(struct change *change, const struct plan *plan, const char *name, struct units *units)
{
    size_t n = plan->n_groups + plan->org->n_groups;
    auto_text more = {0};
    *units = plan->org->units;
    if (!strcmp(name, "all"))
        return true;
    for (size_t i = 0; i < n; i++)
        if (!strcmp(group_at(plan, i)->name, name)) {
            *units = group_at(plan, i)->units;
            return true;
        }
    return err_set(change->err, ERR_INPUT, "%s không có nhóm '@%s'%s", "%s has no group '@%s'%s", plan->id,
                   name, hint(change, text_nearest(name, n, group_name_at, plan), &more));
}

static bool units_named(struct change *change, const struct plan *plan, const char *name, struct units *units)
{
    const struct unit *unit;
    if (*name == '@')
        return group_named(change, plan, name + 1, units);
    if (!unit_named(change, plan, name, &unit))
        return false;
    const struct unit **one = arena_alloc(change->outlook->arena, sizeof *one);
    *one = unit;
    *units = (struct units){one, 1};
    return true;
}

/* done --plan P --ref R[#part] --period P --unit U|@G */
static bool apply_selected(struct change *change, const struct progress_fact *fact)
{
    struct choice choice = {0};
    const char *ref, *name;
    if (!plan_field(change, &choice.plan) || !need(change, "ref", &ref) ||
        !need(change, "period", &choice.period) || !need(change, "unit", &name))
        return false;
    auto_free char *row = mem_strdup(ref);
    char *part = strchr(row, '#');
    if (part)
        *part++ = '\0';
    choice.ref = row;
    choice.part = part;
    if (!row_known(change, choice.plan, row) || !units_named(change, choice.plan, name, &choice.units))
        return false;
    size_t before = json_array_size(change->results);
    for (size_t i = 0; i < change->outlook->n; i++)
        if (chosen(&choice, &change->outlook->list[i]) && !apply_to(change, &change->outlook->list[i], fact))
            return false;
    return json_array_size(change->results) > before ||
           err_set(change->err, ERR_INPUT, "không có kỳ hạn nào của dòng %s, kỳ %s, đơn vị %s trong %s",
                   "no occurrence of row %s, period %s, unit %s in %s", ref, choice.period, name,
                   choice.plan->id);
}

static bool apply_progress(struct change *change, enum progress_action action)
{
    struct progress_fact fact = {
        .action = action, .on = DAY_NONE, .by = note_field(change, "by"), .recorded_at = change->recorded_at};
    fact.why = note_field(change, field(change, "why") ? "why" : "note");
    if (action == PROGRESS_DONE &&
        (!day_field(change, "on", change->today, &fact.on) || !not_future(change, fact.on)))
        return false;
    if (action == PROGRESS_EXTEND &&
        (!need(change, "to", &(const char *){NULL}) || !day_field(change, "to", DAY_NONE, &fact.on)))
        return false;
    if ((action == PROGRESS_EXTEND || action == PROGRESS_CANCEL) && !fact.why)
        return err_set(change->err, ERR_INPUT, "cần lý do (why)", "a reason is needed (why)");
    const json_t *uid = json_object_get(change->request, "uid");
    if (json_is_string(uid))
        return apply_uid(change, json_string_value(uid), &fact);
    if (!json_array_size(uid))
        return apply_selected(change, &fact);
    for (size_t i = 0; i < json_array_size(uid); i++) {
        const json_t *one = json_array_get(uid, i);
        if (!json_is_string(one))
            return err_set(change->err, ERR_INPUT, "uid phải là chuỗi", "a uid must be a string");
        if (!apply_uid(change, json_string_value(one), &fact))
            return false;
    }
    return true;
}

static bool apply_close(struct change *change)
{
    const struct plan *plan;
    struct closing_fact fact = {
        .why = note_field(change, "why"), .by = note_field(change, "by"), .recorded_at = change->recorded_at};
    if (!plan_field(change, &plan) || !need(change, "on", &(const char *){NULL}) ||
        !day_field(change, "on", DAY_NONE, &fact.on) || !not_future(change, fact.on))
        return false;
    if (!fact.why)
        return err_set(change->err, ERR_INPUT, "cần lý do (why)", "a reason is needed (why)");
    fact.plan = plan->id;
    bool known = false;
    const struct facts *facts = change->outlook->facts;
    for (size_t i = 0; i < facts->n_closings; i++)
        known = known || (!strcmp(facts->closings[i].plan, plan->id) && facts->closings[i].on == fact.on &&
                          same_text(facts->closings[i].why, fact.why));
    if (!known && !facts_add_closing(change->store, &fact, change->real_now, change->err))
        return false;
    json_array_append_new(change->results, json_pack("{s:s, s:s, s:o, s:b}", "action", "close", "plan",
                                                     plan->id, "on", day_json(fact.on), "changed", !known));
    return true;
}

/* ---- alerts ---- */

/* "+1h", "+30m", "tomorrow": counted from the ledger's now, which is not always the asker's. */
static bool until_relative(const char *text, int64_t now, int64_t *until)
{
    char *unit;
    if (!strcmp(text, "tomorrow")) {
        *until = day_at(instant_day(now) + 1, 8, 0);
        return true;
    }
    if (text[0] != '+' || !isdigit((unsigned char)text[1]))
        return false;
    long n = strtol(text + 1, &unit, 10);
    if (n <= 0 || n > 9999 || (strcmp(unit, "h") != 0 && strcmp(unit, "m") != 0))
        return false;
    *until = now + (int64_t)n * (*unit == 'h' ? 3600 : 60);
    return true;
}

bool change_until(const char *text, int64_t now, int64_t *until, struct err *err)
{
    return until_relative(text, now, until) || instant_parse(text, until, err) || err_wrap(err, "until: ");
}

static bool until_field(struct change *change, int64_t *until)
{
    const char *text;
    if (!need(change, "until", &text) || !change_until(text, change->recorded_at, until, change->err))
        return false;
    return *until > change->recorded_at ||
           err_set(change->err, ERR_INPUT, "until: %s đã qua, phải là lúc sau này",
                   "until: %s is over, it must lie ahead", text);
}

static void reply_result(struct change *change, const struct reply *reply, bool changed)
{
    char until[INSTANT_SIZE];
    json_array_append_new(change->results,
                          json_pack("{s:s, s:s, s:s?, s:s?, s:b}", "action", reply_action_name(reply->action),
                                    "key", reply->alert, "until",
                                    reply->until ? instant_iso(reply->until, until) : NULL, "by", reply->by,
                                    "changed", changed));
}

static bool answered_so(const struct alert *alert, const struct reply *reply)
{
    const struct reply *old = alert->reply;
    return old && old->action == reply->action && old->until == reply->until &&
           (!reply->by || same_text(old->by, reply->by));
}

static bool apply_reply_to(struct change *change, const struct alerts *alerts, struct reply *reply)
{
    const struct alert *alert = alerts_find(alerts, reply->alert);
    /* Of files that are not in use, of mail servers: not known here. */
    bool fault = !strncmp(reply->alert, "rule_fault:", 11), failing = !strncmp(reply->alert, "delivery:", 9);
    if (!alert && !fault && !failing)
        return err_set(change->err, ERR_INPUT, "không có cảnh báo '%s' đang mở; xem: hanchot alerts",
                       "no open alert '%s'; see: hanchot alerts", reply->alert);
    if (alert && answered_so(alert, reply)) {
        reply->alert = alert->key;
        reply_result(change, reply, false);
        return true;
    }
    reply->alert = alert ? alert->key : reply->alert;
    reply->kind = alert_kind_name(alert ? alert->kind : fault ? ALERT_RULE_FAULT : ALERT_DELIVERY_FAILING);
    reply->due = alert ? alert->due : DAY_NONE;
    if (!replies_add(change->store, reply, change->real_now, change->err))
        return false;
    reply_result(change, reply, true);
    return true;
}

static bool apply_reply(struct change *change, enum reply_action action)
{
    struct reply reply = {
        .action = action, .by = note_field(change, "by"), .recorded_at = change->recorded_at};
    if (!need(change, "key", &reply.alert) || (action == REPLY_SNOOZE && !until_field(change, &reply.until)))
        return false;
    if (change->alerts)
        return apply_reply_to(change, change->alerts, &reply);
    struct replies *replies = replies_read(change->store, change->err);
    struct figures *figures = replies ? figures_read(change->store, DAY_NONE, change->err) : NULL;
    if (!figures) {
        replies_free(replies);
        return false;
    }
    struct standings *standings = standings_new(change->outlook, figures, change->outlook->today, LANG_VI);
    struct alerts *alerts = alerts_new(change->outlook, standings, replies, NULL, change->recorded_at,
                                       &alert_settings_default, NULL);
    bool good = apply_reply_to(change, alerts, &reply);
    alerts_free(alerts);
    standings_free(standings);
    figures_free(figures);
    replies_free(replies);
    return good;
}

/* ---- the whole ---- */

static bool dispatch(struct change *change)
{
    const char *name;
    enum progress_action action;
    if (!need(change, "action", &name) || !request_sound(change, name))
        return false;
    if (!strcmp(name, "record"))
        return apply_record(change);
    if (!strcmp(name, "close"))
        return apply_close(change);
    if (!strcmp(name, "ack") || !strcmp(name, "snooze"))
        return apply_reply(change, *name == 'a' ? REPLY_ACK : REPLY_SNOOZE);
    if (action_of(name, &action))
        return apply_progress(change, action);
    return err_set(change->err, ERR_INPUT, "không có hành động '%s'", "no such action '%s'", name);
}

bool change_apply(struct store *store, const struct outlook *outlook, const struct alerts *alerts,
                  const json_t *request, int64_t recorded_at, int64_t real_now, json_t **results,
                  struct err *err)
{
    struct change change = {.store = store,
                            .outlook = outlook,
                            .alerts = alerts,
                            .request = request,
                            .recorded_at = recorded_at,
                            .real_now = real_now,
                            .today = instant_day(recorded_at),
                            .results = json_array(),
                            .err = err};
    *results = change.results;
    if (store_begin(store, err) && dispatch(&change) && store_commit(store, err))
        return true;
    store_rollback(store);
    json_decref(change.results);
    *results = NULL;
    return false;
}
