#include "publish/page_html.h"

#include "time/clock.h"

#include <string.h>

bool page_scope_has(const struct page_scope *scope, const char *unit)
{
    for (size_t i = 0; i < scope->n_units; i++)
        if (unit && !strcmp(scope->units[i], unit))
            return true;
    return !scope->units;
}

/* ---- days ---- */

static void english_day(struct html *html, int day, bool with_year)
{
    static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    struct civil civil = day_civil(day);
    html_add(html, "%d %s", civil.mday, months[civil.month - 1]);
    if (with_year)
        html_add(html, " %d", civil.year);
}

static void day_words(struct html *html, int day, bool with_year)
{
    char buf[DAY_SIZE];
    if (html->lang == LANG_VI)
        html_add(html, "%s", day_vi(day, with_year, buf));
    else
        english_day(html, day, with_year);
}

void html_day(struct html *html, int day, enum day_form form)
{
    char iso[DAY_SIZE];
    if (day == DAY_NONE)
        return;
    html_add(html, "<time datetime=\"%s\">", day_iso(day, iso));
    if (form == DAY_WITH_WEEKDAY)
        html_add(html, "%s ", weekday_name(day_weekday(day), html->lang));
    day_words(html, day, form != DAY_PLAIN || day_civil(day).year != day_civil(html->outlook->today).year);
    html_add(html, "</time>");
}

void html_instant(struct html *html, int64_t instant)
{
    char iso[INSTANT_SIZE];
    instant_iso(instant, iso);
    html_add(html, "<time datetime=\"%s\">", iso);
    iso[16] = '\0';
    html_add(html, "%s ", iso + 11);
    day_words(html, instant_day(instant), true);
    html_add(html, "</time>");
}

/* ---- offices, plans, periods ---- */

const char *unit_label(const struct unit *unit)
{
    enum { SPOKEN = 5 }; /* codes up to this long are what officers say: PV01, PH10, BCA */
    return strlen(unit->code) <= SPOKEN ? unit->code : unit->title;
}

void html_unit(struct html *html, const struct unit *unit)
{
    const char *label = unit_label(unit);
    if (unit->outside) {
        html_add(html, "<span title=\"%s\">%s</span>", unit->title, label);
        return;
    }
    html_add(html, "<a");
    html_href(html, "/units/", unit->id, NULL, NULL);
    if (label != unit->title)
        html_add(html, " title=\"%s\"", unit->title);
    html_add(html, ">%s</a>", label);
}

void html_units(struct html *html, const struct units *units, size_t most)
{
    if (units->n > most) {
        html_count(html, units->n, "đơn vị", "office", "offices");
        return;
    }
    for (size_t i = 0; i < units->n; i++) {
        html_add(html, i ? ", " : "");
        html_unit(html, units->at[i]);
    }
}

const char *plan_tag(const struct plan *plan)
{
    return plan->number ? plan->number : plan->id;
}

void html_plan_tag(struct html *html, const struct plan *plan)
{
    html_add(html, "<a");
    html_href(html, "/plans/", plan->id, NULL, NULL);
    html_add(html, " title=\"%s\">%s</a>", plan->title, plan_tag(plan));
}

/* "2026-03-05.2": the second record of that day. */
static const char *counted_name(const char *label, const char *dot, enum lang lang, char buf[LABEL_SIZE])
{
    char first[PERIOD_SIZE], name[PERIOD_NAME_SIZE];
    struct period period;
    snprintf(first, sizeof first, "%.*s", (int)(dot - label), label);
    const char *day = period_parse(first, &period, NULL) ? period_name(&period, lang, name) : first;
    if (lang == LANG_VI)
        snprintf(buf, LABEL_SIZE, "%s, lần %.6s", day, dot + 1);
    else
        snprintf(buf, LABEL_SIZE, "%s, no. %.6s", day, dot + 1);
    return buf;
}

const char *label_name(const char *label, enum lang lang, char buf[LABEL_SIZE])
{
    struct period period;
    char name[PERIOD_NAME_SIZE];
    const char *dot = strchr(label, '.');
    if (dot)
        return counted_name(label, dot, lang, buf);
    snprintf(buf, LABEL_SIZE, "%s",
             period_parse(label, &period, NULL) ? period_name(&period, lang, name) : label);
    return buf;
}

/* ---- how it stands ---- */

void html_progress(struct html *html, size_t done, size_t total)
{
    enum { FULL = 1000, SEEN = 12 };
    if (!total)
        return;
    /* Rounded down: what is not finished never looks full. */
    size_t width = done * FULL / total;
    if (done && width < SEEN)
        width = SEEN;
    html_say(html,
             "<svg class=\"bar\" viewBox=\"0 0 1000 10\" preserveAspectRatio=\"none\" role=\"img\" "
             "aria-label=\"xong %zu trên %zu\">",
             "<svg class=\"bar\" viewBox=\"0 0 1000 10\" preserveAspectRatio=\"none\" role=\"img\" "
             "aria-label=\"%zu of %zu done\">",
             done, total);
    if (done)
        html_add(html, "<path d=\"M0 0h%zuv10H0z\"/>", width);
    html_add(html, "</svg><span class=\"count\" aria-hidden=\"true\">%zu/%zu</span>", done, total);
}

void html_chip(struct html *html, const char *tone, const char *text)
{
    html_add(html, "<span class=\"chip %s\">%s</span>", tone, text);
}

static void state_done(struct html *html, const struct occurrence *occurrence)
{
    html_add(html, "<span class=\"chip %s\">", occurrence->late ? "soon" : "good");
    html_say(html, "xong ", "done ");
    html_day(html, occurrence->done_on, DAY_PLAIN);
    html_add(html, "%s</span>", occurrence->late ? say(html->lang, ", trễ hạn", ", late") : "");
}

static void state_overdue(struct html *html, const struct occurrence *occurrence)
{
    html_add(html, "<span class=\"chip late\">");
    int days = html->outlook->today - occurrence->due;
    html_say(html, "quá hạn %d ngày</span>", days == 1 ? "%d day overdue</span>" : "%d days overdue</span>",
             days);
}

static void state_extended(struct html *html, const struct occurrence *occurrence)
{
    html_add(html, "<span class=\"chip calm\">");
    html_say(html, "gia hạn", "extended");
    if (occurrence->due_original != DAY_NONE) {
        html_say(html, " từ ", " from ");
        html_day(html, occurrence->due_original, DAY_PLAIN);
    }
    html_add(html, "</span>");
}

static void state_open(struct html *html, const struct occurrence *occurrence)
{
    html_add(html, "<span class=\"chip calm\">");
    if (occurrence->opens != DAY_NONE && occurrence->opens > html->outlook->today) {
        html_say(html, "bắt đầu từ ", "opens ");
        html_day(html, occurrence->opens, DAY_PLAIN);
    } else
        html_add(html, "%s", state_title(occurrence->state, html->lang));
    html_add(html, "</span>");
}

void html_state(struct html *html, const struct occurrence *occurrence)
{
    switch (occurrence->state) {
    case STATE_DONE:
        state_done(html, occurrence);
        break;
    case STATE_OVERDUE:
        state_overdue(html, occurrence);
        break;
    case STATE_EXTENDED:
        state_extended(html, occurrence);
        break;
    case STATE_OPEN:
        state_open(html, occurrence);
        break;
    case STATE_CANCELLED:
    case STATE_WAITING:
    case STATE_STANDING:
        html_chip(html, "calm", state_title(occurrence->state, html->lang));
        break;
    }
}

void html_doubts(struct html *html, const struct occurrence *occurrence)
{
    if (occurrence->provisional)
        html_chip(html, "doubt",
                  say(html->lang, "tạm tính: lịch nghỉ chưa công bố", "may move: days off not announced"));
    if (occurrence->assumed)
        html_chip(html, "doubt", say(html->lang, "kế hoạch không ghi ngày", "the plan names no day"));
    if (occurrence->checkpoint)
        html_chip(html, "doubt", say(html->lang, "mốc giữa chặng", "yearly mark"));
}

void html_turn_href(struct html *html, const struct occurrence *occurrence)
{
    html_href(html, "/turns/", occurrence->id, NULL, NULL);
}

void html_gathered_href(struct html *html, const struct gathering *turn)
{
    html_href(html, "/turns/", turn->id, NULL, NULL);
}

const char *kind_title(enum item_kind kind, enum lang lang)
{
    static const char *const vi[] = {"Nhiệm vụ", "Báo cáo", "Họp", "Mục", "Dòng mất"};
    static const char *const en[] = {"Task", "Report", "Meeting", "Section", "Lost row"};
    must(kind < sizeof vi / sizeof *vi);
    return say(lang, vi[kind], en[kind]);
}

const char *timing_title(enum timing_kind kind, enum lang lang)
{
    static const char *const vi[] = {"không có hạn",
                                     "trước một ngày",
                                     "đến một ngày",
                                     "trong tháng",
                                     "trong quý",
                                     "trong 6 tháng",
                                     "trong năm",
                                     "trong nhiều năm",
                                     "định kỳ",
                                     "kể từ một sự kiện",
                                     "theo kế hoạch, lộ trình khác",
                                     "khi có yêu cầu",
                                     "thường xuyên"};
    static const char *const en[] = {"no deadline",    "before a day",         "by a day",
                                     "within a month", "within a quarter",     "within a half-year",
                                     "within a year",  "over several years",   "recurring",
                                     "after an event", "as another plan says", "on request",
                                     "standing"};
    must(kind < sizeof vi / sizeof *vi);
    return say(lang, vi[kind], en[kind]);
}

void html_limit(struct html *html, const struct timing *timing)
{
    switch (timing->limit) {
    case LIMIT_DAYS:
        html_say(html, "hạn trong %d ngày sau đó", "due within %d days after it", timing->n);
        break;
    case LIMIT_WORKDAYS:
        html_say(html, "hạn trong %d ngày làm việc sau đó", "due within %d working days after it", timing->n);
        break;
    case LIMIT_AT_ONCE:
        html_say(html, "hạn là ngày làm việc đầu tiên sau đó", "due on the first working day after it");
        break;
    case LIMIT_NO_DAY:
        if (timing_day_is_recorded(timing))
            html_say(html, "hạn là ngày được ấn định", "due on the day that it sets");
        else
            html_say(html, "làm từ khi đó, không có ngày hạn", "to be done from then on, without a deadline");
        break;
    }
}

/* ---- commands ---- */

/* One word of a command line: quoted where a shell would read it otherwise. */
static void command_word(struct html *html, const char *word)
{
    static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._/:#@+";
    if (word[0] && word[0] != '#' && !word[strspn(word, plain)]) {
        html_add(html, " %s", word);
        return;
    }
    html_add(html, " '");
    for (const char *quote; (quote = strchr(word, '\'')); word = quote + 1) {
        auto_text before = {0};
        text_add_bytes(&before, word, (size_t)(quote - word));
        html_add(html, "%s'\\''", text_str(&before));
    }
    html_add(html, "%s'", word);
}

static void command_today(struct html *html)
{
    char iso[DAY_SIZE];
    html_add(html, " --on %s", day_iso(html->outlook->today, iso));
}

void html_done_command(struct html *html, const struct occurrence *occurrence)
{
    html_add(html, "<code class=\"cmd\">hanchot done");
    command_word(html, occurrence->id);
    command_today(html);
    html_add(html, "</code>");
}

bool timing_day_is_recorded(const struct timing *timing)
{
    return timing->kind == TIMING_EXTERNAL_SCHEDULE || timing->kind == TIMING_ON_REQUEST;
}

void html_record_command(struct html *html, const struct event *event, bool sets_day)
{
    html_add(html, "<code class=\"cmd\">hanchot record");
    command_word(html, event->name);
    html_add(html, " --plan");
    command_word(html, event->plan->id);
    command_today(html);
    if (sets_day)
        html_say(html, " --due NĂM-THÁNG-NGÀY", " --due YYYY-MM-DD");
    html_add(html, "</code>");
    if (event->by_unit)
        html_say(
            html, "<p class=\"small\">Mỗi đơn vị có ngày riêng: thêm <code>--unit</code> và mã đơn vị.</p>",
            "<p class=\"small\">Each office has its own day: add <code>--unit</code> and the office.</p>");
    if (event->repeats)
        html_say(
            html,
            "<p class=\"small\">Mỗi lần xảy ra là một việc mới: từ lần thứ hai thêm <code>--new</code>.</p>",
            "<p class=\"small\">Every time is a new duty: from the second on add <code>--new</code>.</p>");
}

void trigger_each_event(const struct trigger *trigger, void (*visit)(const struct event *event, void *into),
                        void *into)
{
    if (trigger->kind == TRIGGER_EVENT)
        visit(trigger->event, into);
    for (size_t i = 0; i < trigger->n; i++)
        trigger_each_event(trigger->of[i], visit, into);
}

bool trigger_has_event(const struct trigger *trigger, const struct event *event)
{
    if (trigger->kind == TRIGGER_EVENT)
        return trigger->event == event;
    for (size_t i = 0; i < trigger->n; i++)
        if (trigger_has_event(trigger->of[i], event))
            return true;
    return false;
}
