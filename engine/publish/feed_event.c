#include "publish/feed_event.h"

#include "publish/phrase.h"
#include "time/clock.h"

#include <string.h>

#define NAMES_MOST 3   /* of offices in a list, when there are more than one more */
#define TEXT_MOST  160 /* characters of one line; the row's page has the whole */

static void text_clear(struct text *text)
{
    text->n = 0;
    if (text->at)
        text->at[0] = '\0';
}

/* At most that many characters, and "…" where something was left out. */
static void text_add_cut(struct text *out, const char *text, size_t most)
{
    const char *end = text;
    for (size_t n = 0; *end && n < most; n++)
        do
            end++;
        while ((*end & 0xC0) == 0x80);
    text_add_bytes(out, text, (size_t)(end - text));
    if (*end)
        text_add(out, "…");
}

/* What a person typed: made well-formed and NFC, and cut. */
static void text_add_told(struct text *out, const char *told)
{
    auto_text valid = {0};
    size_t left = strlen(told), bad;
    while (!utf8_valid(told, left, &bad)) {
        text_add_bytes(&valid, told, bad);
        text_add(&valid, "\xEF\xBF\xBD");
        told += bad + 1;
        left -= bad + 1;
    }
    text_add(&valid, told);
    struct arena *arena = arena_new();
    text_add_cut(out, utf8_nfc(arena, text_str(&valid)), TEXT_MOST);
    arena_free(arena);
}

/* ---- subjects ---- */

struct feed_subject feed_subject_own(const struct occurrence *occurrence)
{
    return (struct feed_subject){
        .id = occurrence->id,
        .duty = occurrence->duty,
        .label = occurrence->label,
        .first = occurrence,
        .n = 1,
        .shown = occurrence->due == DAY_NONE ? NULL : occurrence,
        .done = occurrence->state == STATE_DONE,
        .cancelled = occurrence->state == STATE_CANCELLED,
        .state = occurrence->state,
    };
}

/* A gathering is done when all that is not cancelled is done. One that stands on a day of a finished duty
 * only because the others have no day yet is still open. */
static enum state gathered_state(const struct gathering *gathering)
{
    if (gathering->cancelled == gathering->n)
        return STATE_CANCELLED;
    if (gathering->done + gathering->cancelled == gathering->n)
        return STATE_DONE;
    enum state state = gathering->next ? gathering->next->state : STATE_WAITING;
    return state == STATE_DONE || state == STATE_CANCELLED ? STATE_WAITING : state;
}

struct feed_subject feed_subject_gathered(const struct gathering *gathering)
{
    return (struct feed_subject){
        .id = gathering->id,
        .duty = gathering->duty,
        .label = gathering->label,
        .first = gathering->first,
        .n = gathering->n,
        .shown = gathering->next && gathering->next->due != DAY_NONE ? gathering->next : NULL,
        .gathered = true,
        .done = gathering->done,
        .cancelled = gathering->cancelled,
        .state = gathered_state(gathering),
    };
}

/* ---- pieces of text ---- */

static void add_day(struct text *out, int day, bool with_year, enum lang lang)
{
    char buf[DAY_SIZE];
    text_add(out, lang == LANG_VI ? day_vi(day, with_year, buf) : day_iso(day, buf));
}

/* "thứ ba 24/11/2026". */
static void add_weekday(struct text *out, int day, enum lang lang)
{
    text_addf(out, "%s ", weekday_name(day_weekday(day), lang));
    add_day(out, day, true, lang);
}

/* A list of offices that ends in "và 111 đơn vị khác" when it is long. */
struct names {
    struct text *out;
    enum lang lang;
    size_t total, shown, added;
};

static struct names names_begin(struct text *out, size_t total, enum lang lang)
{
    size_t shown = total <= NAMES_MOST + 1 ? total : NAMES_MOST;
    return (struct names){.out = out, .lang = lang, .total = total, .shown = shown};
}

static void names_add(struct names *names, const struct unit *unit)
{
    if (names->added == names->shown)
        return;
    if (names->added > 0)
        text_add(names->out, ", ");
    text_add(names->out, unit ? unit->title : say(names->lang, "chưa rõ", "unknown"));
    names->added++;
    if (names->added == names->shown && names->shown < names->total)
        phrase_add(names->out, names->lang, " và %zu đơn vị khác", " and %zu other units",
                   names->total - names->shown);
}

static void add_units(struct text *out, const struct units *units, enum lang lang)
{
    struct names names = names_begin(out, units->n, lang);
    for (size_t i = 0; i < units->n; i++)
        names_add(&names, units->at[i]);
}

static void add_line(struct text *out, const char *head, const char *rest)
{
    if (!rest)
        return;
    text_add(out, head);
    text_add_cut(out, rest, TEXT_MOST);
    text_add(out, "\n");
}

/* ---- the summary ---- */

static void add_mark(struct text *out, enum state state, enum lang lang)
{
    if (state == STATE_OVERDUE)
        text_add(out, say(lang, "⚠ Quá hạn: ", "⚠ Overdue: "));
    if (state == STATE_DONE)
        text_add(out, "✓ ");
    if (state == STATE_CANCELLED)
        text_add(out, say(lang, "[Đã huỷ] ", "[Cancelled] "));
}

/* " – tháng 11/2026" where there is more than one; a second record of one day has the label "2026-03-05.2".
 */
static void add_period(struct text *out, const struct feed_subject *subject, enum lang lang)
{
    const struct duty *duty = subject->duty;
    if (duty->timing.kind != TIMING_PERIODIC && strcmp(subject->label, duty->item->plan->period.label) == 0)
        return;
    char name[PERIOD_NAME_SIZE], label[PERIOD_SIZE];
    const char *dot = strchr(subject->label, '.');
    snprintf(label, sizeof label, "%.*s", dot ? (int)(dot - subject->label) : PERIOD_SIZE - 1,
             subject->label);
    struct period period;
    text_add(out, " – ");
    if (subject->shown && subject->shown->checkpoint)
        text_add(out, say(lang, "mốc ", "checkpoint "));
    text_add(out, period_parse(label, &period, NULL) ? period_name(&period, lang, name) : subject->label);
    if (dot)
        phrase_add(out, lang, " (lần %s)", " (no. %s)", dot + 1);
}

static void add_count(struct text *out, const struct feed_subject *subject, enum lang lang)
{
    size_t live = subject->n - subject->cancelled;
    if (subject->n == 1 || live == 0)
        return;
    text_addf(out, " (%zu/%zu %s)", subject->done, live,
              subject->duty->kind == ITEM_REPORT ? say(lang, "đơn vị đã gửi", "units sent")
                                                 : say(lang, "đơn vị đã xong", "units done"));
}

static bool is_finished(const struct feed_subject *subject)
{
    return subject->state == STATE_DONE || subject->state == STATE_CANCELLED;
}

static void fill_summary(struct text *out, const struct feed_subject *subject, enum lang lang)
{
    const struct occurrence *shown = subject->shown;
    add_mark(out, subject->state, lang);
    text_add(out, subject->duty->title);
    add_period(out, subject, lang);
    add_count(out, subject, lang);
    if (shown->act_by == DAY_NONE || shown->act_by >= shown->due || is_finished(subject))
        return;
    text_add(out, say(lang, " (xong trước hết ", " (finish by "));
    add_day(out, shown->act_by, false, lang);
    text_add(out, ")");
}

/* ---- the description: how it stands ---- */

static const struct progress_fact *last_told(const struct occurrence *occurrence, enum progress_action action)
{
    const struct progress_fact *last = NULL;
    for (size_t i = 0; i < occurrence->n_progress; i++)
        if (occurrence->progress[i].action == action)
            last = &occurrence->progress[i];
    return last;
}

/* ": lý do", if any was told. */
static void add_reason(struct text *out, const struct occurrence *occurrence, enum progress_action action)
{
    const struct progress_fact *fact = last_told(occurrence, action);
    if (fact && fact->why && *fact->why) {
        text_add(out, ": ");
        text_add_told(out, fact->why);
    }
    text_add(out, "\n");
}

static void add_own_state(struct text *out, const struct occurrence *occurrence, enum lang lang)
{
    if (occurrence->state == STATE_CANCELLED) {
        text_add(out, say(lang, "Đã huỷ", "Cancelled"));
        add_reason(out, occurrence, PROGRESS_CANCEL);
        return;
    }
    if (occurrence->state == STATE_DONE) {
        text_add(out, say(lang, "Đã xong ngày ", "Done on "));
        add_day(out, occurrence->done_on, true, lang);
        text_add(out, occurrence->late ? say(lang, ", muộn so với hạn\n", ", late\n") : "\n");
    }
    if (occurrence->due != occurrence->due_original && occurrence->due_original != DAY_NONE) {
        text_add(out, say(lang, "Đã gia hạn, hạn cũ ", "Extended, was due "));
        add_day(out, occurrence->due_original, true, lang);
        add_reason(out, occurrence, PROGRESS_EXTEND);
    }
}

static bool is_awaited(const struct occurrence *occurrence)
{
    return occurrence->state != STATE_DONE && occurrence->state != STATE_CANCELLED;
}

/* Whom a gathering still waits for is worth telling once somebody is done. */
static bool lists_awaited(const struct feed_subject *subject)
{
    return subject->n > 1 && subject->done > 0 && subject->done + subject->cancelled < subject->n;
}

static void add_awaited(struct text *out, const struct feed_subject *subject, enum lang lang)
{
    text_add(out, subject->duty->kind == ITEM_REPORT ? say(lang, "Chưa gửi: ", "Not sent: ")
                                                     : say(lang, "Chưa xong: ", "Not done: "));
    struct names names = names_begin(out, subject->n - subject->done - subject->cancelled, lang);
    for (size_t i = 0; i < subject->n; i++)
        if (is_awaited(&subject->first[i]))
            names_add(&names, subject->first[i].unit);
    text_add(out, "\n");
}

/* ---- the description: its day and its leads ---- */

const char *feed_fact_title(const struct duty *duty, const struct event_fact *fact)
{
    const struct event *event = plan_event(duty->item->plan, fact->event);
    return event ? event->title : fact->event;
}

static bool has_later_days(const struct feed_subject *subject)
{
    for (size_t i = 0; i < subject->n; i++)
        if (is_awaited(&subject->first[i]) && subject->first[i].due != subject->shown->due)
            return true;
    return false;
}

static void add_due(struct text *out, const struct feed_subject *subject, enum lang lang)
{
    const struct occurrence *shown = subject->shown;
    text_add(out, has_later_days(subject) ? say(lang, "Hạn sớm nhất: ", "Earliest due: ")
                                          : say(lang, "Hạn: ", "Due: "));
    add_weekday(out, shown->due, lang);
    if (shown->act_by != DAY_NONE && shown->act_by < shown->due) {
        text_add(out, say(lang, ", ngày nghỉ; xong trước hết ", ", a day off; finish by "));
        add_weekday(out, shown->act_by, lang);
    }
    text_add(out, "\n");
    for (size_t i = 0; i < shown->n_events; i++) {
        phrase_add(out, lang, "Căn cứ: %s, ", "Based on: %s, ",
                   feed_fact_title(shown->duty, shown->events[i]));
        add_day(out, shown->events[i]->on, true, lang);
        text_add(out, "\n");
    }
    if (shown->assumed)
        text_add(out, say(lang, "Ngày giả định: kế hoạch không ghi ngày, lấy ngày cuối kỳ\n",
                          "Assumed day: the plan names none, the period's last day is taken\n"));
    if (shown->provisional)
        text_add(out, say(lang, "Ngày tạm tính: lịch nghỉ năm đó chưa công bố\n",
                          "Provisional day: that year's days off are not announced yet\n"));
    if (shown->checkpoint)
        text_add(out, say(lang, "Mốc giữa kỳ, chưa phải hạn cuối\n", "A checkpoint, not the last day\n"));
}

static void add_own_lead(struct text *out, const struct occurrence *occurrence, enum lang lang)
{
    const struct duty *duty = occurrence->duty;
    if (!occurrence->unit)
        phrase_add(out, lang, "chưa rõ (%s)", "unknown (%s)", duty->no_lead ? duty->no_lead : "?");
    else if (duty->joint)
        add_units(out, occurrence_party(occurrence, PARTY_LEAD), lang);
    else
        text_add(out, occurrence->unit->title);
}

static void add_leads(struct text *out, const struct feed_subject *subject, enum lang lang)
{
    text_add(out, say(lang, "Chủ trì: ", "Lead: "));
    if (subject->n == 1) {
        add_own_lead(out, subject->first, lang);
    } else if (lists_awaited(subject)) {
        phrase_add(out, lang, "%zu đơn vị", "%zu units", subject->n);
    } else {
        struct names names = names_begin(out, subject->n, lang);
        for (size_t i = 0; i < subject->n; i++)
            names_add(&names, subject->first[i].unit);
    }
    text_add(out, "\n");
}

/* ---- the description: what the duty says ---- */

void feed_duty_lines(struct text *out, const struct occurrence *occurrence, enum lang lang)
{
    const struct duty *duty = occurrence->duty;
    const struct units *to = occurrence_party(occurrence, PARTY_TO),
                       *with = occurrence_party(occurrence, PARTY_WITH);
    const struct item *item = duty->item;
    const struct plan *plan = item->plan;
    if (to->n > 0 || duty->via) {
        text_add(out, say(lang, "Gửi: ", "To: "));
        add_units(out, to, lang);
        if (duty->via)
            phrase_add(out, lang, "%squa %s", "%sthrough %s", to->n > 0 ? ", " : "", duty->via);
        text_add(out, "\n");
    }
    if (with->n > 0) {
        text_add(out, say(lang, "Phối hợp: ", "With: "));
        add_units(out, with, lang);
        text_add(out, "\n");
    }
    add_line(out, say(lang, "Sản phẩm: ", "Product: "), duty->product);
    add_line(out, say(lang, "Mẫu: ", "Form: "), duty->form);
    add_line(out, say(lang, "Ghi chú: ", "Note: "), duty->note);
    phrase_add(out, lang, "Mục %s", "Row %s", item->ref);
    if (duty->text) {
        text_add(out, say(lang, ", thời hạn in: “", ", printed time: “"));
        text_add_cut(out, duty->text, TEXT_MOST);
        text_add(out, "”");
    }
    phrase_add(out, lang, "\nKế hoạch %s%s%s\n", "\nPlan %s%s%s\n", plan->number ? plan->number : "",
               plan->number ? ": " : "", plan->title);
}

/* RFC 3986: a reference may hold letters of Vietnamese. */
static void add_path(struct text *out, const char *path)
{
    for (; *path; path++) {
        unsigned char c = (unsigned char)*path;
        bool plain =
            (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || strchr("-._~/:", c);
        if (plain)
            text_add_bytes(out, path, 1);
        else
            text_addf(out, "%%%02X", c);
    }
}

static bool is_own(const struct feed_subject *subject)
{
    return !subject->gathered && subject->first->unit;
}

/* Its own page, where it can be reported as done; of what others owe, the page of the row. */
static void fill_url(struct text *out, const struct feed_subject *subject, const char *url)
{
    const struct item *item = subject->duty->item;
    bool own = is_own(subject);
    text_addf(out, "%s/%s/", url, own ? "turns" : "items");
    add_path(out, own ? subject->first->id : item->plan->id);
    if (own)
        return;
    text_add(out, "/");
    add_path(out, item->ref);
}

static void fill_description(struct feed_event *event, const struct feed_subject *subject, enum lang lang)
{
    struct text *out = &event->description;
    if (subject->n == 1)
        add_own_state(out, subject->first, lang);
    if (lists_awaited(subject))
        add_awaited(out, subject, lang);
    add_due(out, subject, lang);
    add_leads(out, subject, lang);
    feed_duty_lines(out, subject->shown, lang);
    bool to_report = is_own(subject) && !is_finished(subject);
    if (to_report)
        text_add(out, say(lang, "Báo xong: ", "Report it: "));
    if (to_report && !event->url.n)
        text_addf(out, "hanchot done %s" FEED_UID_END, subject->first->id);
    text_add(out, text_str(&event->url));
    if (out->n > 0 && out->at[out->n - 1] == '\n')
        out->at[--out->n] = '\0';
}

/* ---- alarms ---- */

static const struct lead_time default_ladder[] = {{7, true}, {3, true}, {1, true}};

size_t feed_alarm_days(const struct occurrence *occurrence, const struct workdays *workdays,
                       int days[FEED_ALARMS])
{
    if (occurrence->act_by == DAY_NONE)
        return 0;
    const struct duty *duty = occurrence->duty;
    const struct lead_time *ladder = duty->remind ? duty->remind : default_ladder;
    size_t n = duty->remind ? duty->n_remind : sizeof default_ladder / sizeof *default_ladder;
    days[0] = occurrence->act_by - 1;
    days[1] = DAY_NONE;
    /* The day before may be a Sunday, when no desk is manned: so the second is the nearest rung before the
     * first. */
    for (size_t i = 0; i < n; i++) {
        int day = ladder[i].workdays ? workdays_step(workdays, occurrence->act_by, -ladder[i].n)
                                     : occurrence->act_by - ladder[i].n;
        if (day < days[0] && (days[1] == DAY_NONE || day > days[1]))
            days[1] = day;
    }
    return days[1] == DAY_NONE ? 1 : 2;
}

static void fill_alarms(struct feed_event *event, const struct feed_subject *subject,
                        const struct workdays *workdays, enum lang lang)
{
    event->n_alarms = 0;
    if (is_finished(subject) || subject->state == STATE_OVERDUE)
        return; /* days that have passed would all ring at once */
    event->n_alarms = feed_alarm_days(subject->shown, workdays, event->alarms);
    text_add(&event->alarm, say(lang, "Hạn ", "Due "));
    add_day(&event->alarm, subject->shown->due, true, lang);
    text_add(&event->alarm, ": ");
    fill_summary(&event->alarm, subject, lang);
}

/* ---- the whole ---- */

void feed_event_fini(struct feed_event *event)
{
    text_fini(&event->uid);
    text_fini(&event->summary);
    text_fini(&event->description);
    text_fini(&event->url);
    text_fini(&event->alarm);
    text_fini(&event->categories[0]);
    text_fini(&event->categories[1]);
}

void feed_event_clear(struct feed_event *event)
{
    text_clear(&event->uid);
    text_clear(&event->summary);
    text_clear(&event->description);
    text_clear(&event->url);
    text_clear(&event->alarm);
    text_clear(&event->categories[0]);
    text_clear(&event->categories[1]);
    event->n_alarms = 0;
    event->priority = event->percent = 0;
    event->days = 1;
    event->done_on = DAY_NONE;
}

static const char *kind_title(enum item_kind kind, enum lang lang)
{
    switch (kind) {
    case ITEM_REPORT:
        return say(lang, "Báo cáo", "Report");
    case ITEM_MEETING:
        return say(lang, "Cuộc họp", "Meeting");
    case ITEM_TASK:
    case ITEM_SECTION:
    case ITEM_LOST:
        break;
    }
    return say(lang, "Nhiệm vụ", "Task");
}

static enum feed_status status_of(const struct feed_subject *subject)
{
    if (subject->state == STATE_CANCELLED)
        return FEED_STATUS_CANCELLED;
    if (subject->state == STATE_DONE)
        return FEED_STATUS_DONE;
    return subject->done > 0 ? FEED_STATUS_PARTLY : FEED_STATUS_OPEN;
}

static int last_done(const struct feed_subject *subject)
{
    int last = DAY_NONE;
    for (size_t i = 0; i < subject->n; i++)
        if (subject->first[i].state == STATE_DONE && subject->first[i].done_on > last)
            last = subject->first[i].done_on;
    return last;
}

static const char *color_of(const struct feed_subject *subject)
{
    if (is_finished(subject))
        return "gray";
    return subject->state == STATE_OVERDUE ? "firebrick" : feed_plan_color(subject->duty->item->plan)->name;
}

static int priority_of(const struct feed_subject *subject)
{
    if (subject->state == STATE_OVERDUE)
        return 1;
    return is_finished(subject) ? 9 : 5;
}

void feed_event_fill(struct feed_event *event, const struct feed_subject *subject,
                     const struct workdays *workdays, const struct feed_settings *settings)
{
    const struct plan *plan = subject->duty->item->plan;
    size_t live = subject->n - subject->cancelled;
    feed_event_clear(event);
    text_addf(&event->uid, "%s" FEED_UID_END, subject->id);
    event->status = status_of(subject);
    event->priority = priority_of(subject);
    event->day = subject->shown->due;
    event->percent = live ? (int)(subject->done * 100 / live) : 0;
    event->done_on = event->status == FEED_STATUS_DONE ? last_done(subject) : DAY_NONE;
    event->color = color_of(subject);
    text_add(&event->categories[0], kind_title(subject->duty->kind, settings->lang));
    text_add(&event->categories[1], plan->number ? plan->number : plan->id);
    if (settings->url)
        fill_url(&event->url, subject, settings->url);
    fill_summary(&event->summary, subject, settings->lang);
    fill_description(event, subject, settings->lang);
    fill_alarms(event, subject, workdays, settings->lang);
}

/* ---- days off and swapped working days ---- */

const char *feed_holiday_id(const struct workday_note *note, char buf[FEED_HOLIDAY_ID_SIZE])
{
    char day[DAY_SIZE];
    snprintf(buf, FEED_HOLIDAY_ID_SIZE, "holiday-%s", day_iso(note->day, day));
    return buf;
}

/* The calendar's words are "name; source". */
void feed_event_fill_holiday(struct feed_event *event, const struct workday_note *note, enum lang lang)
{
    char id[FEED_HOLIDAY_ID_SIZE];
    size_t name = strcspn(note->reason, ";");
    const char *source = note->reason + name + strspn(note->reason + name, "; ");
    feed_event_clear(event);
    text_addf(&event->uid, "%s" FEED_UID_END, feed_holiday_id(note, id));
    event->status = FEED_STATUS_OPEN;
    event->day = note->day;
    event->color = note->works ? "chocolate" : "seagreen";
    text_add_bytes(&event->summary, note->reason, name);
    if (note->provisional)
        text_add(&event->summary, say(lang, " (dự kiến)", " (expected)"));
    text_add(&event->description, note->works ? say(lang, "Ngày làm việc hoán đổi", "Working day in exchange")
                                              : say(lang, "Ngày nghỉ", "Day off"));
    if (note->provisional)
        text_add(&event->description, say(lang, ", chưa có thông báo chính thức", ", not announced yet"));
    if (*source)
        phrase_add(&event->description, lang, "\nNguồn: %s", "\nSource: %s", source);
    text_add(&event->categories[0],
             note->works ? say(lang, "Ngày làm bù", "Working day") : say(lang, "Ngày nghỉ", "Day off"));
}
