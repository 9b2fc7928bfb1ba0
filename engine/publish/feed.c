#include "publish/feed.h"

#include "publish/feed_event.h"
#include "time/clock.h"

#include <stdlib.h>
#include <string.h>

#define FUTURE_DAYS    400
#define DONE_DAYS      30
#define CANCELLED_DAYS 14
#define TITLE_MOST     60 /* characters: what calendar lists have room for */

/* ---- names ---- */

#define PLAN_PREFIX "plan/"
#define UNIT_PREFIX "unit/"

static const char *plan_id(size_t i, const void *rulebook)
{
    return ((const struct rulebook *)rulebook)->plans[i].id;
}

static const char *unit_id(size_t i, const void *rulebook)
{
    return ((const struct rulebook *)rulebook)->units.at[i]->id;
}

static bool find_plan(const struct rulebook *rulebook, const char *id, const struct plan **plan,
                      struct err *err)
{
    *plan = rulebook_plan(rulebook, id);
    if (*plan)
        return true;
    const char *nearest = text_nearest(id, rulebook->n_plans, plan_id, rulebook);
    if (nearest)
        return err_set(err, ERR_INPUT, "không có kế hoạch “%s”; có phải là “%s”?",
                       "there is no plan \"%s\"; is it \"%s\"?", id, nearest);
    return err_set(err, ERR_INPUT, "không có kế hoạch “%s”; lệnh `hanchot items` liệt kê các kế hoạch",
                   "there is no plan \"%s\"; `hanchot items` lists the plans", id);
}

static bool find_unit(const struct rulebook *rulebook, const char *id, const struct unit **unit,
                      struct err *err)
{
    *unit = rulebook_unit(rulebook, id);
    if (*unit)
        return true;
    const char *nearest = text_nearest(id, rulebook->units.n, unit_id, rulebook);
    if (nearest)
        return err_set(err, ERR_INPUT, "không có đơn vị “%s”; có phải là “%s”?",
                       "there is no unit \"%s\"; is it \"%s\"?", id, nearest);
    return err_set(err, ERR_INPUT, "không có đơn vị “%s”; hãy viết như haiphong/PC06",
                   "there is no unit \"%s\"; write it like haiphong/PC06", id);
}

/* "haiphong/PC06" or "haiphong/PC06/haiphong-2026". */
static bool parse_unit(const struct rulebook *rulebook, const char *text, struct feed_name *name,
                       struct err *err)
{
    const char *slash = strchr(text, '/');
    slash = slash ? strchr(slash + 1, '/') : NULL;
    name->kind = slash ? FEED_UNIT_PLAN : FEED_UNIT;
    struct arena *arena = arena_new();
    bool found = find_unit(rulebook, slash ? arena_strndup(arena, text, (size_t)(slash - text)) : text,
                           &name->unit, err);
    arena_free(arena);
    return found && (!slash || find_plan(rulebook, slash + 1, &name->plan, err));
}

bool feed_name_parse(const struct rulebook *rulebook, const char *text, struct feed_name *name,
                     struct err *err)
{
    *name = (struct feed_name){.kind = FEED_ALL};
    if (strcmp(text, "all") == 0)
        return true;
    name->kind = FEED_HOLIDAYS;
    if (strcmp(text, "holidays") == 0)
        return true;
    name->kind = FEED_PLAN;
    if (strncmp(text, PLAN_PREFIX, strlen(PLAN_PREFIX)) == 0)
        return find_plan(rulebook, text + strlen(PLAN_PREFIX), &name->plan, err);
    if (strncmp(text, UNIT_PREFIX, strlen(UNIT_PREFIX)) == 0)
        return parse_unit(rulebook, text + strlen(UNIT_PREFIX), name, err);
    return err_set(
        err, ERR_INPUT,
        "không có lịch “%s”; tên lịch là all, holidays, plan/haiphong-2026, unit/haiphong/PC06 hoặc "
        "unit/haiphong/PC06/haiphong-2026",
        "there is no feed \"%s\"; feeds are all, holidays, plan/haiphong-2026, unit/haiphong/PC06 or "
        "unit/haiphong/PC06/haiphong-2026",
        text);
}

const char *feed_name_text(const struct feed_name *name, struct text *out)
{
    switch (name->kind) {
    case FEED_ALL:
        text_add(out, "all");
        break;
    case FEED_PLAN:
        text_addf(out, PLAN_PREFIX "%s", name->plan->id);
        break;
    case FEED_UNIT:
        text_addf(out, UNIT_PREFIX "%s", name->unit->id);
        break;
    case FEED_UNIT_PLAN:
        text_addf(out, UNIT_PREFIX "%s/%s", name->unit->id, name->plan->id);
        break;
    case FEED_HOLIDAYS:
        text_add(out, "holidays");
        break;
    }
    return text_str(out);
}

const char *feed_file_name(const char *text, struct text *out)
{
    if (!strncmp(text, UNIT_PREFIX, strlen(UNIT_PREFIX)))
        text += strlen(UNIT_PREFIX);
    else if (!strncmp(text, PLAN_PREFIX, strlen(PLAN_PREFIX)))
        text += strlen(PLAN_PREFIX);
    for (; *text; text++)
        text_add_bytes(out, *text == '/' ? "-" : text, 1);
    text_add(out, ".ics");
    return text_str(out);
}

/* ---- title and colour ---- */

/* The name of a calendar has no agreed escaping: comma, semicolon and backslash stay out. */
static void add_plain(struct text *out, const char *text)
{
    for (; *text; text++) {
        if (*text == ',' || *text == ';')
            text_add(out, " –");
        else
            text_add_bytes(out, strchr("\\\n\t", *text) ? " " : text, 1);
    }
}

static void cut_title(struct text *title)
{
    if (utf8_count(title->at) <= TITLE_MOST)
        return;
    size_t end = 0;
    for (size_t i = 0, n = 0; n < TITLE_MOST; i++) {
        if ((title->at[i] & 0xC0) == 0x80)
            continue;
        n++;
        end = i; /* the last character that is still allowed makes room for "…" */
    }
    title->n = end;
    title->at[end] = '\0';
    text_add(title, "…");
}

static const char *plan_short(const struct plan *plan)
{
    return plan->number ? plan->number : plan->id;
}

const char *feed_title(const struct feed_name *name, enum lang lang, struct text *out)
{
    auto_text title = {0};
    text_add(&title, say(lang, "Hạn chót – ", "Deadlines – "));
    switch (name->kind) {
    case FEED_ALL:
        text_add(&title, say(lang, "mọi kế hoạch", "all plans"));
        break;
    case FEED_PLAN:
        add_plain(&title, plan_short(name->plan));
        break;
    case FEED_UNIT:
        add_plain(&title, name->unit->title);
        break;
    case FEED_UNIT_PLAN:
        add_plain(&title, plan_short(name->plan));
        text_add(&title, " – ");
        add_plain(&title, name->unit->title);
        break;
    case FEED_HOLIDAYS:
        title.n = 0;
        text_add(&title, say(lang, "Ngày nghỉ và ngày làm bù", "Days off and swapped working days"));
        break;
    }
    cut_title(&title);
    text_add(out, text_str(&title));
    return text_str(out);
}

const struct feed_color *feed_plan_color(const struct plan *plan)
{
    static const struct feed_color colors[] = {
        {"steelblue", "#4682B4"},       {"teal", "#008080"},
        {"darkorchid", "#9932CC"},      {"darkgoldenrod", "#B8860B"},
        {"mediumvioletred", "#C71585"}, {"sienna", "#A0522D"},
    };
    return &colors[hash_text(HASH_START, plan->id) % (sizeof colors / sizeof *colors)];
}

const struct feed_color *feed_color(const struct feed_name *name)
{
    static const struct feed_color common = {"royalblue", "#4169E1"}, days_off = {"seagreen", "#2E8B57"};
    if (name->kind == FEED_HOLIDAYS)
        return &days_off;
    return name->plan ? feed_plan_color(name->plan) : &common;
}

/* ---- which events ---- */

/* An event that a feed may have: a deadline or, with checkpoint, targets. */
struct entry {
    int day;
    const char *id;
    struct feed_subject subject;
    const struct feed_checkpoint *checkpoint;
};

struct entries {
    struct arena *arena; /* ids of checkpoints */
    VEC(struct entry) list;
};

/* The day on which people last told of the subject that it is done, or cancelled. */
static int told_on(const struct feed_subject *subject, enum progress_action action)
{
    int64_t last = INT64_MIN;
    for (size_t i = 0; i < subject->n; i++)
        for (size_t k = 0; k < subject->first[i].n_progress; k++) {
            const struct progress_fact *fact = &subject->first[i].progress[k];
            if (fact->action == action && fact->recorded_at > last)
                last = fact->recorded_at;
        }
    return last == INT64_MIN ? subject->shown->due : instant_day(last);
}

static bool in_window(const struct feed_subject *subject, int today)
{
    if (!subject->shown)
        return false;
    if (subject->state == STATE_DONE)
        return today - told_on(subject, PROGRESS_DONE) <= DONE_DAYS;
    if (subject->state == STATE_CANCELLED)
        return today - told_on(subject, PROGRESS_CANCEL) <= CANCELLED_DAYS;
    return subject->shown->due <= today + FUTURE_DAYS;
}

static void add_subject(struct entries *entries, const struct outlook *outlook, struct feed_subject subject)
{
    if (in_window(&subject, outlook->today))
        *vec_push(&entries->list) =
            (struct entry){.day = subject.shown->due, .id = subject.id, .subject = subject};
}

/* Whether a feed of that name has anything of the plan. */
static bool tells_of(const struct outlook *outlook, const struct feed_name *name, const struct plan *plan)
{
    if (name->plan && name->plan != plan)
        return false;
    return name->kind == FEED_PLAN || !outlook->plan_closed[plan->position];
}

static void collect_gatherings(struct entries *entries, const struct outlook *outlook,
                               const struct feed_name *name)
{
    for (size_t i = 0; i < outlook->n_gatherings; i++)
        if (tells_of(outlook, name, outlook->gatherings[i].duty->item->plan))
            add_subject(entries, outlook, feed_subject_gathered(&outlook->gatherings[i]));
}

static void collect_agenda(struct entries *entries, const struct outlook *outlook,
                           const struct feed_name *name)
{
    const struct unit_agenda *agenda = &outlook->agendas[name->unit->number];
    for (size_t i = 0; i < agenda->n; i++) {
        const struct engagement *engagement = &agenda->at[i];
        if (!tells_of(outlook, name, engagement->gathering->duty->item->plan))
            continue;
        add_subject(entries, outlook,
                    engagement->role == ROLE_LEAD ? feed_subject_own(engagement->occurrence)
                                                  : feed_subject_gathered(engagement->gathering));
    }
}

/* Whether somebody whom the feed is for is told of one of the KPIs. */
static bool has_target(const struct feed_checkpoint *checkpoint, const struct unit *unit)
{
    for (size_t i = 0; i < checkpoint->n; i++)
        if (feed_checkpoint_has(checkpoint->kpis[i], unit))
            return true;
    return false;
}

static void collect_checkpoints(struct entries *entries, const struct outlook *outlook,
                                const struct feed_checkpoints *checkpoints, const struct feed_name *name)
{
    for (size_t i = 0; i < checkpoints->n; i++) {
        const struct feed_checkpoint *checkpoint = &checkpoints->list[i];
        if (!tells_of(outlook, name, checkpoint->plan) || !has_target(checkpoint, name->unit))
            continue;
        *vec_push(&entries->list) =
            (struct entry){.day = checkpoint->day,
                           .id = feed_checkpoint_id(checkpoint, name->unit, entries->arena),
                           .checkpoint = checkpoint};
    }
}

static int entry_order(const void *a, const void *b)
{
    const struct entry *x = a, *y = b;
    if (x->day != y->day)
        return x->day < y->day ? -1 : 1;
    return strcmp(x->id, y->id);
}

/* ---- the calendar ---- */

static void add_head(struct text *out, const struct feed_name *name, const struct feed_settings *settings)
{
    auto_text title = {0};
    const struct feed_head head = {
        .name = feed_title(name, settings->lang, &title),
        .description = name->kind == FEED_HOLIDAYS
                           ? say(settings->lang, "Ngày nghỉ và ngày làm bù của cơ quan nhà nước (chỉ đọc)",
                                 "Public days off and working days in exchange (read only)")
                           : say(settings->lang, "Nhiệm vụ – báo cáo – cuộc họp theo kế hoạch (chỉ đọc)",
                                 "Tasks – reports – meetings of the plans (read only)"),
        .url = settings->url,
        .color = feed_color(name),
    };
    feed_ical_begin(out, &head);
}

static const struct stamp *stamp_of(const struct stamps *stamps, const struct feed_event *event)
{
    return stamps_find(stamps, text_str(&event->uid));
}

/* What feeds are made of. */
struct rendering {
    const struct outlook *outlook;
    const struct figures *figures;
    const struct stamps *stamps;
    const struct feed_settings *settings;
    const struct feed_name *name;
    struct feed_variant variant;
    struct text *out;
    int64_t modified; /* the latest so far */
};

static bool fill_subject(const struct rendering *rendering, const struct feed_subject *subject,
                         struct feed_event *event)
{
    feed_event_fill(event, subject, rendering->outlook->rulebook->workdays, rendering->settings);
    event->change = feed_subject_change(subject, stamp_of(rendering->stamps, event));
    return true;
}

static bool fill_checkpoint(const struct rendering *rendering, const struct entry *entry,
                            struct feed_event *event)
{
    const struct feed_checkpoint *checkpoint = entry->checkpoint;
    const struct unit *unit = rendering->name->unit;
    auto_instants instants =
        feed_checkpoint_instants(checkpoint, unit, rendering->outlook, rendering->figures);
    int64_t changed = instants.n ? instants.at[instants.n - 1] : INT64_MIN;
    if (!feed_event_fill_checkpoint(event, checkpoint, unit, entry->id, rendering->outlook,
                                    rendering->figures, rendering->settings, changed))
        return false;
    event->change = feed_checkpoint_change(checkpoint, &instants, stamp_of(rendering->stamps, event));
    return true;
}

static void render_entries(struct rendering *rendering, const struct entries *entries)
{
    struct feed_event event = {0};
    for (size_t i = 0; i < entries->list.n; i++) {
        const struct entry *entry = &entries->list.at[i];
        if (!(entry->checkpoint ? fill_checkpoint(rendering, entry, &event)
                                : fill_subject(rendering, &entry->subject, &event)))
            continue;
        if (event.change.modified > rendering->modified)
            rendering->modified = event.change.modified;
        feed_ical_add(rendering->out, &event, rendering->variant);
    }
    feed_event_fini(&event);
}

static int64_t render_holidays(const struct outlook *outlook, const struct stamps *stamps, enum lang lang,
                               struct text *out)
{
    int64_t modified = INT64_MIN;
    const struct workday_note *notes;
    size_t n = workdays_notes(outlook->rulebook->workdays, &notes);
    struct feed_event event = {0};
    for (size_t i = 0; i < n; i++) {
        feed_event_fill_holiday(&event, &notes[i], lang);
        event.change = feed_holiday_change(&notes[i], stamp_of(stamps, &event));
        if (event.change.modified > modified)
            modified = event.change.modified;
        feed_ical_add(out, &event, (struct feed_variant){0});
    }
    feed_event_fini(&event);
    return modified;
}

static void render_deadlines(struct rendering *rendering)
{
    const struct feed_name *name = rendering->name;
    struct feed_checkpoints *checkpoints = feed_checkpoints_new(rendering->outlook->rulebook, NULL);
    struct entries entries = {.arena = checkpoints->arena};
    if (name->unit)
        collect_agenda(&entries, rendering->outlook, name);
    else
        collect_gatherings(&entries, rendering->outlook, name);
    if (!rendering->variant.todo)
        collect_checkpoints(&entries, rendering->outlook, checkpoints, name);
    if (entries.list.n > 1)
        qsort(entries.list.at, entries.list.n, sizeof *entries.list.at, entry_order);
    render_entries(rendering, &entries);
    vec_free(&entries.list);
    feed_checkpoints_free(checkpoints);
}

static int64_t modified_when_empty(const struct outlook *outlook, const struct feed_name *name)
{
    int64_t modified = 0;
    for (size_t i = 0; i < outlook->rulebook->n_plans; i++) {
        const struct plan *plan = &outlook->rulebook->plans[i];
        if ((!name->plan || name->plan == plan) && feed_plan_start(plan) > modified)
            modified = feed_plan_start(plan);
    }
    return modified;
}

void feed_render(const struct outlook *outlook, const struct figures *figures, const struct stamps *stamps,
                 const struct feed_settings *settings, const struct feed_name *name,
                 struct feed_variant variant, struct text *out, int64_t *modified)
{
    struct rendering rendering = {outlook, figures, stamps, settings, name, variant, out, INT64_MIN};
    add_head(out, name, settings);
    if (name->kind == FEED_HOLIDAYS)
        rendering.modified = render_holidays(outlook, stamps, settings->lang, out);
    else
        render_deadlines(&rendering);
    *modified = rendering.modified == INT64_MIN ? modified_when_empty(outlook, name) : rendering.modified;
    feed_ical_end(out);
}
