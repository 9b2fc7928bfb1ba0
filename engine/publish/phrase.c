#include "publish/phrase.h"

#include "publish/table.h"

#include <string.h>

void phrase_add(struct text *out, enum lang lang, const char *vi, const char *en, ...)
{
    va_list args, again;
    va_start(args, en);
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, say(lang, vi, en), args);
    must(n >= 0);
    auto_free char *text = mem_alloc((size_t)n + 1);
    vsnprintf(text, (size_t)n + 1, say(lang, vi, en), again);
    va_end(again);
    va_end(args);
    text_add(out, text);
}

void phrase_bind(struct text *out, const char *text)
{
    for (const char *blank; (blank = strchr(text, ' ')); text = blank + 1) {
        text_add_bytes(out, text, (size_t)(blank - text));
        text_add(out, NO_BREAK);
    }
    text_add(out, text);
}

/* ---- days, periods, numbers ---- */

static void day_and_weekday(struct text *out, int day, bool with_year, enum lang lang)
{
    static const char *const vi[] = {"T2", "T3", "T4", "T5", "T6", "T7", "CN"};
    char buf[DAY_SIZE];
    if (day == DAY_NONE)
        return;
    text_add(out, day_vi(day, with_year, buf));
    if (lang == LANG_VI)
        text_addf(out, NO_BREAK "%s", vi[day_weekday(day) - 1]);
    else
        text_addf(out, NO_BREAK "%.3s", weekday_name(day_weekday(day), LANG_EN));
}

void phrase_day(struct text *out, int day, enum lang lang)
{
    day_and_weekday(out, day, true, lang);
}

void phrase_day_short(struct text *out, int day, enum lang lang)
{
    day_and_weekday(out, day, false, lang);
}

void phrase_label(struct text *out, const char *label, enum lang lang)
{
    struct period period;
    char name[PERIOD_NAME_SIZE];
    phrase_bind(out, period_parse(label, &period, NULL) ? period_name(&period, lang, name) : label);
}

void phrase_number(struct text *out, struct number number, enum lang lang)
{
    uint64_t size = number.scaled < 0 ? -(uint64_t)number.scaled : (uint64_t)number.scaled;
    char decimals[8];
    snprintf(decimals, sizeof decimals, "%04u", (unsigned)(size % NUMBER_SCALE));
    for (size_t n = 4; n > 0 && decimals[n - 1] == '0'; n--)
        decimals[n - 1] = '\0';
    text_addf(out, "%s%llu%s%s", number.scaled < 0 ? "-" : "", (unsigned long long)(size / NUMBER_SCALE),
              !*decimals ? "" : say(lang, ",", "."), decimals);
}

/* ---- offices ---- */

void phrase_units_short(struct text *out, const struct units *units, size_t most)
{
    size_t shown = units->n <= most + 1 ? units->n : most; /* "+1" would be no shorter than the code */
    for (size_t i = 0; i < shown; i++)
        text_addf(out, "%s%s", i ? ", " : "", units->at[i]->code);
    if (shown < units->n)
        text_addf(out, NO_BREAK "+%zu", units->n - shown);
}

/* Few offices are named one by one; a set that lacks few of a larger one is named by what it lacks. */
enum { FEW = 6, FEW_MISSING = 3 };

static size_t missing(const struct units *whole, const struct units *part)
{
    size_t n = 0;
    for (size_t i = 0; i < whole->n; i++)
        n += !units_have(part, whole->at[i]);
    return n;
}

static void add_codes(struct text *out, const struct units *units, const struct units *without)
{
    const char *comma = "";
    for (size_t i = 0; i < units->n; i++)
        if (!without || !units_have(without, units->at[i])) {
            text_addf(out, "%s%s", comma, units->at[i]->code);
            comma = ", ";
        }
}

/* The set is the whole but for few. */
static bool is_most_of(const struct units *whole, const struct units *units)
{
    size_t lacking = whole->n - units->n;
    return whole->n >= units->n && lacking <= FEW_MISSING && lacking * 2 <= units->n &&
           missing(whole, units) == lacking;
}

/* "toàn bộ 132 đơn vị", "@desk trừ PC04 (119 đơn vị)". name NULL: the org. */
static void as_whole(struct text *out, const char *name, const struct units *whole, const struct units *units,
                     enum lang lang)
{
    if (!name && whole->n == units->n) {
        phrase_add(out, lang, "toàn bộ" NO_BREAK "%zu" NO_BREAK "đơn vị",
                   "all" NO_BREAK "%zu" NO_BREAK "offices", units->n);
        return;
    }
    text_add(out, name ? name : say(lang, "toàn bộ", "all"));
    if (whole->n > units->n) {
        text_add(out, say(lang, " trừ ", " but "));
        add_codes(out, whole, units);
    }
    phrase_add(out, lang, " (%zu" NO_BREAK "đơn vị)", " (%zu" NO_BREAK "offices)", units->n);
}

/* The largest group of the org that lies inside the set and is smaller, or NULL. */
static const struct group *largest_inside(const struct org *org, const struct units *units)
{
    const struct group *best = NULL;
    for (size_t i = 0; i < org->n_groups; i++) {
        const struct group *group = &org->groups[i];
        if (group->units.n > FEW && group->units.n < units->n && (!best || group->units.n > best->units.n) &&
            !missing(&group->units, units))
            best = group;
    }
    return best;
}

/* One by one, but for the largest group among them. */
static void add_members(struct text *out, const struct org *org, const struct units *units)
{
    const struct group *group = largest_inside(org, units);
    add_codes(out, units, group ? &group->units : NULL);
    if (group)
        text_addf(out, ", @%s" NO_BREAK "(%zu)", group->name, group->units.n);
}

/* The group that the set is, or is but for few, or NULL. */
static const struct group *nearest_group(const struct org *org, const struct units *units)
{
    const struct group *best = NULL;
    for (size_t i = 0; i < org->n_groups; i++) {
        const struct group *group = &org->groups[i];
        if ((!best || group->units.n < best->units.n) && is_most_of(&group->units, units))
            best = group;
    }
    return best;
}

void phrase_units(struct text *out, const struct org *org, const struct units *units, enum lang lang)
{
    if (units->n <= FEW && units->n != org->units.n) {
        add_codes(out, units, NULL);
        return;
    }
    const struct group *group = nearest_group(org, units);
    bool exact = group && group->units.n == units->n;
    auto_text name = {0};
    if (group)
        text_addf(&name, "@%s", group->name);
    if (!exact && is_most_of(&org->units, units))
        as_whole(out, NULL, &org->units, units, lang);
    else if (group)
        as_whole(out, text_str(&name), &group->units, units, lang);
    else
        add_members(out, org, units);
}

/* Of a long list of equals the ends are enough. */
enum { MANY = 20 };

void phrase_group(struct text *out, const struct org *org, const struct group *group, enum lang lang)
{
    const struct units *units = &group->units;
    text_addf(out, "@%s = ", group->name);
    if (units->n > MANY && !largest_inside(org, units)) {
        const struct unit *first = units->at[0], *last = units->at[units->n - 1];
        text_addf(out, "%s (%s) … %s (%s)", first->code, first->title, last->code, last->title);
    } else {
        add_members(out, org, units);
    }
    phrase_add(out, lang, "; %zu" NO_BREAK "đơn vị", "; %zu" NO_BREAK "offices", units->n);
}

/* ---- timing ---- */

static void add_trigger(struct text *out, const struct trigger *trigger, enum lang lang)
{
    if (trigger->kind == TRIGGER_EVENT) {
        text_add(out, trigger->event->title);
        return;
    }
    if (trigger->kind == TRIGGER_DONE_OF) {
        phrase_add(out, lang, "làm xong %s", "%s done", trigger->item->ref);
        return;
    }
    bool all = trigger->kind == TRIGGER_ALL_OF;
    for (size_t i = 0; i < trigger->n; i++) {
        if (i)
            text_add(out, all ? say(lang, " và ", " and ") : say(lang, " hoặc ", " or "));
        add_trigger(out, trigger->of[i], lang);
    }
    text_add(out, all ? say(lang, " (lấy ngày sau cùng)", " (the latest day)")
                      : say(lang, " (lấy ngày sớm nhất)", " (the earliest day)"));
}

static void add_limit(struct text *out, const struct timing *timing, enum lang lang)
{
    switch (timing->limit) {
    case LIMIT_DAYS:
        phrase_add(out, lang, "; hạn trong %d" NO_BREAK "ngày sau đó",
                   "; due within %d" NO_BREAK "days after it", timing->n);
        break;
    case LIMIT_WORKDAYS:
        phrase_add(out, lang, "; hạn trong %d" NO_BREAK "ngày làm việc sau đó",
                   "; due within %d" NO_BREAK "working days after it", timing->n);
        break;
    case LIMIT_AT_ONCE:
        text_add(out, say(lang, "; hạn là ngày làm việc đầu tiên sau đó",
                          "; due on the first working day after it"));
        break;
    case LIMIT_NO_DAY:
        if (timing->kind == TIMING_EVENT_RELATIVE)
            text_add(out, say(lang, "; sau đó không có ngày hạn", "; no due day after it"));
        break;
    }
}

static void add_trigger_kind(struct text *out, const struct timing *timing, enum lang lang)
{
    if (timing->kind == TIMING_EXTERNAL_SCHEDULE)
        text_add(out, say(lang, "chờ ngày theo: ", "waits for a day by: "));
    else if (timing->kind == TIMING_ON_REQUEST)
        text_add(out, say(lang, "chờ yêu cầu: ", "waits for the request: "));
    else
        text_add(out, say(lang, "chờ: ", "waits for: "));
    add_trigger(out, timing->trigger, lang);
    add_limit(out, timing, lang);
}

void phrase_waiting(struct text *out, const struct timing *timing, enum lang lang)
{
    char day[DAY_SIZE];
    if (timing->trigger)
        add_trigger_kind(out, timing, lang);
    else if (timing->kind == TIMING_ONGOING && timing->from != DAY_NONE)
        phrase_add(out, lang, "thường xuyên, từ %s", "ongoing, from %s", day_vi(timing->from, true, day));
    else if (timing->kind == TIMING_ONGOING)
        text_add(out, say(lang, "thường xuyên", "ongoing"));
    else if (timing->kind == TIMING_NONE)
        phrase_add(out, lang, "không có ngày%s%s", "no date%s%s", timing->why ? ": " : "",
                   timing->why ? timing->why : "");
}

/* ---- targets and measures ---- */

static void add_amount(struct text *out, struct number number, const char *unit, enum lang lang)
{
    phrase_number(out, number, lang);
    if (unit)
        text_addf(out, NO_BREAK "%s", unit);
}

static void add_case(struct text *out, const struct target *target, const struct target_case *one,
                     enum lang lang)
{
    if (target->form == FORM_BY_ATTRIBUTE)
        text_addf(out, "%s: ", one->value ? one->value : say(lang, "còn lại", "others"));
    add_amount(out, one->number, target->unit, lang);
    if (target->form == FORM_STEPS) {
        text_add(out, say(lang, " từ" NO_BREAK, " from" NO_BREAK));
        phrase_label(out, one->period.label, lang);
    }
}

/* All steps, or of an attribute those of its values, or with `others` the one for all the rest; after `n`
 * that stand there already. Returns how many stand there now. */
static size_t add_cases(struct text *out, const struct target *target, bool others, size_t n, enum lang lang)
{
    for (size_t i = 0; i < target->n_cases; i++) {
        const struct target_case *one = &target->cases[i];
        if (target->form == FORM_BY_ATTRIBUTE && others != !one->value)
            continue;
        text_add(out, n++ ? ", " : "");
        add_case(out, target, one, lang);
    }
    return n;
}

void phrase_target(struct text *out, const struct target *target, enum lang lang)
{
    static const char *const vi[] = {"", "ít nhất ", "không quá ", "đúng "};
    static const char *const en[] = {"", "at least ", "at most ", "exactly "};
    if (target->op == TARGET_NONE) {
        phrase_add(out, lang, "không đặt mức%s%s", "no target%s%s", target->why ? ": " : "",
                   target->why ? target->why : "");
        return;
    }
    text_add(out, say(lang, vi[target->op], en[target->op]));
    if (target->form == FORM_BY_ATTRIBUTE)
        phrase_add(out, lang, "(theo %s) ", "(by %s) ", target->attribute);
    size_t n = add_cases(out, target, false, 0, lang);
    if (target->form == FORM_BY_ATTRIBUTE)
        add_cases(out, target, true, n, lang);
}

static void add_operand(struct text *out, const struct operand *operand)
{
    for (size_t i = 0; i < operand->n; i++)
        text_addf(out, "%s“%s”", i ? " + " : "", operand->metrics[i]->title);
}

static void add_quotient(struct text *out, const struct measure *measure)
{
    const struct operand *sides[] = {&measure->top, &measure->bottom};
    for (size_t i = 0; i < 2; i++) {
        bool brackets = sides[i]->n > 1;
        text_add(out, i ? " / " : "");
        text_add(out, brackets ? "(" : "");
        add_operand(out, sides[i]);
        text_add(out, brackets ? ")" : "");
    }
}

void phrase_measure(struct text *out, const struct measure *measure, enum lang lang)
{
    switch (measure->kind) {
    case MEASURE_RATIO:
    case MEASURE_AVERAGE:
        text_add(out, measure->kind == MEASURE_RATIO ? say(lang, "tỷ lệ ", "ratio ")
                                                     : say(lang, "trung bình ", "average "));
        add_quotient(out, measure);
        return;
    case MEASURE_COUNT:
        text_add(out, say(lang, "tổng ", "total of "));
        break;
    case MEASURE_LARGEST:
        text_add(out, say(lang, "số lớn nhất của ", "largest of "));
        break;
    case MEASURE_CHANGE:
    case MEASURE_REDUCTION:
        text_add(out, measure->kind == MEASURE_CHANGE ? say(lang, "mức thay đổi so với ", "change against ")
                                                      : say(lang, "mức giảm so với ", "reduction against "));
        phrase_label(out, measure->from.label, lang);
        text_add(out, say(lang, " của ", " of "));
        break;
    case MEASURE_UNITS_WITH:
        text_add(out, say(lang, "số đơn vị có ", "offices with "));
        break;
    case MEASURE_ON_TIME:
        text_add(out, say(lang, "tỷ lệ làm đúng hạn của ", "share done in time of "));
        for (size_t i = 0; i < measure->n_items; i++)
            text_addf(out, "%s%s", i ? ", " : "", measure->items[i]->ref);
        return;
    case MEASURE_FUNCTION:
        phrase_add(out, lang, "công thức riêng (%s, dòng %d)", "a formula of its own (%s, line %d)",
                   measure->at.file, measure->at.line);
        return;
    }
    add_operand(out, &measure->top);
}
