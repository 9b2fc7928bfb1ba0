#include "publish/page_html.h"

#include "publish/phrase.h"

#include <stdlib.h>
#include <string.h>

enum { LINES_SHOWN = 3, HISTORY_SHOWN = 40 };

/* ---- what the plan says ---- */

static void fact_open(struct html *html, const char *vi, const char *en)
{
    html_add(html, "<div><dt>%s</dt><dd>", say(html->lang, vi, en));
}

static void fact_close(struct html *html)
{
    html_add(html, "</dd></div>\n");
}

/* A text of the rules; nothing where there is none. */
static void fact_text(struct html *html, const char *vi, const char *en, const char *text)
{
    if (!text)
        return;
    fact_open(html, vi, en);
    html_add(html, "<span lang=\"vi\">%s</span>", text);
    fact_close(html);
}

static void all_units(struct html *html, const struct duty *duty, const struct units *units)
{
    enum { INLINE = 12 };
    auto_text words = {0};
    if (units->n <= INLINE) {
        html_units(html, units, INLINE);
        return;
    }
    phrase_units(&words, duty->item->plan->org, units, html->lang);
    html_add(html, "<details><summary>%s</summary>", text_str(&words));
    html_units(html, units, units->n);
    html_add(html, "</details>");
}

/* Below the names of the plan: who stands for those that are gone. */
static void followed_units(struct html *html, const struct units *units)
{
    for (size_t i = 0; i < units->n; i++) {
        const struct unit *gone = units->at[i];
        if (!gone->heir || gone->until_day == DAY_NONE)
            continue;
        html_say(html, " <span class=\"small\">%s đến ", " <span class=\"small\">%s until ", gone->code);
        html_day(html, gone->until_day, DAY_WITH_YEAR);
        html_say(html, ", rồi ", ", then ");
        html_unit(html, gone->heir);
        html_add(html, "</span>");
    }
}

static void fact_lead(struct html *html, const struct duty *duty)
{
    fact_open(html, "Chủ trì", "Lead");
    if (duty->no_lead)
        html_say(html, "chưa rõ: %s", "unknown: %s", duty->no_lead);
    if (duty->lead_text)
        html_add(html, "<q lang=\"vi\">%s</q> ", duty->lead_text);
    all_units(html, duty, &duty->lead);
    followed_units(html, &duty->lead);
    if (duty->joint)
        html_say(html, " <span class=\"small\">làm chung, đơn vị đầu chịu trách nhiệm</span>",
                 " <span class=\"small\">jointly; the first answers for it</span>");
    fact_close(html);
}

static void fact_units(struct html *html, const char *vi, const char *en, const struct duty *duty,
                       const struct units *units, const char *text)
{
    if (!units->n && !text)
        return;
    fact_open(html, vi, en);
    if (text)
        html_add(html, "<q lang=\"vi\">%s</q> ", text);
    all_units(html, duty, units);
    followed_units(html, units);
    fact_close(html);
}

static void fact_timing(struct html *html, const struct duty *duty)
{
    const struct timing *timing = &duty->timing;
    auto_text words = {0};
    fact_open(html, "Thời hạn", "Time");
    if (duty->text)
        html_add(html, "<q lang=\"vi\">%s</q> ", duty->text);
    html_add(html, "<span class=\"small\">%s", timing_title(timing->kind, html->lang));
    phrase_waiting(&words, timing, html->lang);
    if (timing->trigger)
        html_add(html, "; %s", text_str(&words));
    if (timing->kind == TIMING_NONE && timing->why)
        html_add(html, ": %s", timing->why);
    if (timing->covers)
        html_say(html, "; kỳ số liệu %s", "; figures of %s", timing->covers);
    html_add(html, "</span>");
    fact_close(html);
}

static void duty_facts(struct html *html, const struct duty *duty)
{
    html_add(html, "<dl class=\"facts\">\n");
    fact_lead(html, duty);
    fact_units(html, "Phối hợp", "With", duty, &duty->with, duty->with_text);
    fact_units(html, "Nơi nhận", "To", duty, &duty->to, NULL);
    fact_text(html, "Qua", "Via", duty->via);
    fact_timing(html, duty);
    fact_text(html, "Sản phẩm", "Product", duty->product);
    fact_text(html, "Biểu mẫu", "Form", duty->form);
    fact_text(html, "Ghi chú", "Note", duty->note);
    fact_open(html, "Quy tắc", "Rule");
    html_add(html, "<code>%s:%d</code>", duty->at.file, duty->at.line);
    fact_close(html);
    html_add(html, "</dl>\n");
}

/* ---- whose it is ---- */

static bool scope_has_one(const struct page_scope *scope, const struct units *units)
{
    for (size_t i = 0; i < units->n; i++)
        if (page_scope_has(scope, units->at[i]->id))
            return true;
    return false;
}

static bool receives(const struct html *html, const struct occurrence *one)
{
    const struct page_scope *scope = html->settings->scope;
    return !scope || scope_has_one(scope, occurrence_party(one, PARTY_TO));
}

/* A reader of some offices opens the pages of what they lead or receive; other readers all. */
static bool opens(const struct html *html, const struct occurrence *one)
{
    const struct page_scope *scope = html->settings->scope;
    return receives(html, one) || (one->unit && page_scope_has(scope, one->unit->id)) ||
           (one->duty->joint && scope_has_one(scope, occurrence_party(one, PARTY_LEAD)));
}

/* And sees what they coordinate too. */
static bool shows(const struct html *html, const struct occurrence *one)
{
    return opens(html, one) || scope_has_one(html->settings->scope, occurrence_party(one, PARTY_WITH));
}

static size_t shown_of(const struct html *html, const struct gathering *turn)
{
    size_t n = 0;
    for (size_t i = 0; i < turn->n; i++)
        n += shows(html, &turn->first[i]);
    return n;
}

/* ---- its turns ---- */

void html_turn_day(struct html *html, const struct occurrence *occurrence, bool waits)
{
    if (!occurrence || occurrence->due == DAY_NONE) {
        html_say(html, waits ? "chưa có ngày" : "không có hạn", waits ? "no day yet" : "no deadline");
        return;
    }
    html_day(html, occurrence->due, DAY_WITH_WEEKDAY);
    if (occurrence->act_by != occurrence->due && occurrence->act_by != DAY_NONE) {
        html_say(html, " <span class=\"small\">xong trước hết ", " <span class=\"small\">finish by ");
        html_day(html, occurrence->act_by, DAY_PLAIN);
        html_add(html, "</span>");
    }
    html_doubts(html, occurrence);
}

void html_turn_unit(struct html *html, const struct occurrence *occurrence)
{
    const struct units *lead = occurrence_party(occurrence, PARTY_LEAD);
    if (occurrence->duty->joint)
        html_units(html, lead, lead->n);
    else if (occurrence->unit)
        html_unit(html, occurrence->unit);
    else
        html_say(html, "chưa rõ đơn vị", "office unknown");
}

static bool is_open(const struct occurrence *occurrence)
{
    return occurrence->state != STATE_DONE && occurrence->state != STATE_CANCELLED;
}

/* An office's turn: its name leads to where it is recorded. */
static void turn_link(struct html *html, const struct occurrence *occurrence)
{
    if (!opens(html, occurrence)) {
        html_turn_unit(html, occurrence);
        return;
    }
    html_add(html, "<a");
    html_turn_href(html, occurrence);
    if (!occurrence->unit)
        html_say(html, ">chưa rõ đơn vị</a>", ">office unknown</a>");
    else
        html_add(html, " lang=\"vi\" title=\"%s\">%s</a>", occurrence->unit->title,
                 unit_label(occurrence->unit));
}

/* Few offices: a line each. */
static void turn_lines(struct html *html, const struct gathering *turn)
{
    char label[LABEL_SIZE];
    for (size_t i = 0; i < turn->n; i++) {
        const struct occurrence *one = &turn->first[i];
        if (!shows(html, one))
            continue;
        html_add(html, "<tr><th scope=\"row\">%s</th>", label_name(turn->label, html->lang, label));
        html_say(html, "<td data-label=\"Đơn vị\">", "<td data-label=\"Office\">");
        html_turn_unit(html, one);
        html_say(html, "</td><td data-label=\"Hạn\">", "</td><td data-label=\"Due\">");
        html_turn_day(html, one, one->duty->timing.trigger != NULL);
        html_say(html, "</td><td data-label=\"Tình trạng\" class=\"how\">",
                 "</td><td data-label=\"State\" class=\"how\">");
        html_state(html, one);
        if (opens(html, one) && is_open(one) && one->state != STATE_STANDING) {
            html_add(html, " <a class=\"button plain\"");
            html_turn_href(html, one);
            html_say(html, ">Ghi kết quả<span class=\"for\">: %s</span></a>",
                     ">Record<span class=\"for\">: %s</span></a>",
                     label_name(turn->label, html->lang, label));
        } else if (opens(html, one) && !is_open(one)) {
            html_add(html, " <a class=\"small\"");
            html_turn_href(html, one);
            html_say(html, ">xem, mở lại<span class=\"for\">: %s</span></a>",
                     ">see, reopen<span class=\"for\">: %s</span></a>",
                     label_name(turn->label, html->lang, label));
        }
        html_add(html, "</td></tr>\n");
    }
}

/* The day that an office's name carries: when it was done, or its own deadline where others have another. */
static void named_day(struct html *html, const struct gathering *turn, const struct occurrence *one)
{
    int day = one->state == STATE_DONE                    ? one->done_on
              : turn->next && one->due != turn->next->due ? one->due
                                                          : DAY_NONE;
    if (day == DAY_NONE)
        return;
    html_add(html, " (");
    html_day(html, day, DAY_PLAIN);
    html_add(html, "%s)", one->late ? say(html->lang, ", trễ", ", late") : "");
}

static void turn_state(struct html *html, const struct gathering *turn, enum state state, size_t n)
{
    const char *comma = "";
    html_add(html, "<details><summary>%s: %zu</summary><p class=\"run\">", state_title(state, html->lang), n);
    for (size_t i = 0; i < turn->n; i++) {
        if (turn->first[i].state != state)
            continue;
        html_add(html, "%s", comma);
        turn_link(html, &turn->first[i]);
        named_day(html, turn, &turn->first[i]);
        comma = ", ";
    }
    html_add(html, "</p></details>");
}

/* Offices by state. Where all are alike and nothing is late or done, naming them again would only fill the
 * page. */
static void turn_states(struct html *html, const struct gathering *turn)
{
    static const enum state order[] = {STATE_OVERDUE,  STATE_OPEN, STATE_EXTENDED, STATE_WAITING,
                                       STATE_STANDING, STATE_DONE, STATE_CANCELLED};
    for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
        size_t n = 0;
        for (size_t j = 0; j < turn->n; j++)
            n += turn->first[j].state == order[i];
        bool plain = order[i] == STATE_OPEN || order[i] == STATE_WAITING || order[i] == STATE_STANDING;
        if (n && !(plain && n == turn->n))
            turn_state(html, turn, order[i], n);
    }
}

static void turn_gathered(struct html *html, const struct gathering *turn)
{
    char label[LABEL_SIZE];
    html_add(html, "<tr><th scope=\"row\">%s</th>", label_name(turn->label, html->lang, label));
    html_say(html, "<td data-label=\"Đơn vị\">", "<td data-label=\"Office\">");
    html_count(html, turn->n, "đơn vị", "office", "offices");
    html_say(html, "</td><td data-label=\"Hạn\">", "</td><td data-label=\"Due\">");
    html_turn_day(html, turn->next, turn->duty->timing.trigger != NULL);
    html_say(html, "</td><td data-label=\"Tình trạng\" class=\"how\">",
             "</td><td data-label=\"State\" class=\"how\">");
    if (turn->next || turn->done)
        html_progress(html, turn->done, turn->n - turn->cancelled);
    else
        html_state(html, turn->first);
    turn_states(html, turn);
    if ((turn->first->state == STATE_STANDING && !turn->done) || !receives(html, turn->first)) {
        html_add(html, "</td></tr>\n");
        return;
    }
    html_add(html, " <a class=\"button plain\"");
    html_gathered_href(html, turn);
    html_say(html, ">%s<span class=\"for\">: %s</span></a></td></tr>\n",
             ">%s<span class=\"for\">: %s</span></a></td></tr>\n",
             turn->duty->to.n ? say(html->lang, "Ghi đã nhận", "Record as received")
                              : say(html->lang, "Ghi đã xong", "Record as done"),
             label_name(turn->label, html->lang, label));
}

/* The occurrence that a command would most likely name: the earliest that is open. */
static const struct occurrence *open_occurrence(const struct html *html, const struct duty *duty)
{
    const struct outlook *outlook = html->outlook;
    const struct occurrence *best = NULL;
    for (size_t i = 0; i < outlook->n; i++) {
        const struct occurrence *one = &outlook->list[i];
        if (one->duty == duty && is_open(one) && opens(html, one) &&
            (!best || (one->due != DAY_NONE && (best->due == DAY_NONE || one->due < best->due))))
            best = one;
    }
    return best;
}

static void duty_command(struct html *html, const struct duty *duty)
{
    const struct occurrence *open = open_occurrence(html, duty);
    if (!open || open->state == STATE_WAITING || duty->timing.kind == TIMING_ONGOING)
        return;
    html_say(html, "<p class=\"note\">Khi xong, ghi bằng lệnh:</p>",
             "<p class=\"note\">When it is done, record it with:</p>");
    html_done_command(html, open);
    html_say(html, "<p class=\"small\">Thay ngày bằng ngày làm xong thực tế%s.</p>",
             "<p class=\"small\">Put the day on which it was done%s.</p>",
             duty->lead.n > 1 && !duty->joint
                 ? say(html->lang, "; với kỳ hoặc đơn vị khác, thay kỳ và mã đơn vị ở cuối mã",
                       "; for another turn or office change the end of the id")
                 : "");
}

static void visit_event(const struct event *event, void *into)
{
    const struct event **first = into;
    *first = *first ? *first : event;
}

/* Where to record what it waits for. */
static void duty_event(struct html *html, const struct duty *duty)
{
    const struct event *event = NULL;
    if (!duty->timing.trigger)
        return;
    trigger_each_event(duty->timing.trigger, visit_event, &event);
    if (!event)
        return;
    html_add(html, "<p class=\"act\"><a class=\"button plain\"");
    html_event_href(html, event, duty->lead.n == 1 && event->by_unit ? duty->lead.at[0] : NULL);
    html_say(html, ">Ghi ngày: %s</a></p>\n", ">Record the day: %s</a></p>\n", event->title);
}

static void duty_turns(struct html *html, const struct duty *duty)
{
    const struct outlook *outlook = html->outlook;
    html_say(html,
             "<table class=\"turns\"><thead><tr><th scope=\"col\">Kỳ</th><th scope=\"col\">Đơn vị</th><th "
             "scope=\"col\">Hạn</th>"
             "<th scope=\"col\">Tình trạng</th></tr></thead><tbody>\n",
             "<table class=\"turns\"><thead><tr><th scope=\"col\">Period</th><th "
             "scope=\"col\">Office</th><th scope=\"col\">Due</th>"
             "<th scope=\"col\">State</th></tr></thead><tbody>\n");
    for (size_t i = 0; i < outlook->n_gatherings; i++)
        if (outlook->gatherings[i].duty == duty) {
            size_t shown = shown_of(html, &outlook->gatherings[i]);
            if (shown <= LINES_SHOWN || shown < outlook->gatherings[i].n)
                turn_lines(html, &outlook->gatherings[i]);
            else
                turn_gathered(html, &outlook->gatherings[i]);
        }
    html_add(html, "</tbody></table>\n");
}

static void duty_section(struct html *html, const struct duty *duty, bool titled)
{
    const char *part = duty->part ? duty->part : "";
    html_add(html, "<section aria-labelledby=\"duty-%s\"><h2 id=\"duty-%s\"", part, part);
    if (titled) {
        html_vi(html);
        html_add(html, ">%s", duty->title);
    } else
        html_say(html, ">Nội dung", ">What it says");
    html_add(html, " <span class=\"small\">%s</span></h2>\n", kind_title(duty->kind, html->lang));
    duty_facts(html, duty);
    duty_turns(html, duty);
    duty_command(html, duty);
    duty_event(html, duty);
    html_add(html, "</section>\n");
}

/* ---- targets ---- */

static void kpi_row(struct html *html, const struct kpi *kpi)
{
    auto_text target = {0}, measure = {0};
    phrase_target(&target, &kpi->target, html->lang);
    phrase_measure(&measure, &kpi->measure, html->lang);
    html_add(html, "<tr><th scope=\"row\" lang=\"vi\">%s</th>", kpi->title);
    html_say(
        html, "<td data-label=\"Mức\">%s</td><td data-label=\"Cách đo\"><span class=\"small\">%s</span></td>",
        "<td data-label=\"Target\">%s</td><td data-label=\"Measure\"><span class=\"small\">%s</span></td>",
        text_str(&target), text_str(&measure));
    html_say(html, "<td data-label=\"Hiện nay\">", "<td data-label=\"Now\">");
    html_kpi_standing(html, kpi);
    html_add(html, "</td><td><code>%s</code></td></tr>\n", kpi->id);
}

static void kpis_section(struct html *html, const struct item *item)
{
    if (!item->n_kpis)
        return;
    html_say(html,
             "<section aria-labelledby=\"kpis\"><h2 id=\"kpis\">Chỉ tiêu</h2><table><thead><tr><th "
             "scope=\"col\">Chỉ tiêu</th>"
             "<th scope=\"col\">Mức</th><th scope=\"col\">Cách đo</th><th scope=\"col\">Hiện nay</th><th "
             "scope=\"col\">Mã</th></tr></thead><tbody>\n",
             "<section aria-labelledby=\"kpis\"><h2 id=\"kpis\">Targets</h2><table><thead><tr><th "
             "scope=\"col\">Title</th>"
             "<th scope=\"col\">Target</th><th scope=\"col\">Measure</th><th scope=\"col\">Now</th><th "
             "scope=\"col\">Id</th></tr></thead><tbody>\n");
    for (size_t i = 0; i < item->n_kpis; i++)
        kpi_row(html, item->kpis[i]);
    html_add(html, "</tbody></table></section>\n");
}

/* ---- history ---- */

struct told {
    const struct occurrence *occurrence;
    const struct progress_fact *fact;
};
struct history {
    struct told *at;
    size_t n, cap;
};

static int newest_first(const void *a, const void *b)
{
    const struct told *x = a, *y = b;
    return x->fact->id < y->fact->id ? 1 : x->fact->id > y->fact->id ? -1 : 0;
}

const char *progress_title(enum progress_action action, enum lang lang)
{
    static const char *const vi[] = {"đã xong", "mở lại", "gia hạn đến", "hủy"};
    static const char *const en[] = {"done", "reopened", "extended to", "cancelled"};
    must(action < sizeof vi / sizeof *vi);
    return say(lang, vi[action], en[action]);
}

static void told_row(struct html *html, const struct told *told)
{
    char label[LABEL_SIZE];
    html_add(html, "<tr><th scope=\"row\">");
    html_instant(html, told->fact->recorded_at);
    html_say(html, "</th><td data-label=\"Kỳ hạn\">", "</th><td data-label=\"Turn\">");
    html_turn_unit(html, told->occurrence);
    html_add(html, ", %s", label_name(told->occurrence->label, html->lang, label));
    html_say(html, "</td><td data-label=\"Việc\">%s ", "</td><td data-label=\"What\">%s ",
             progress_title(told->fact->action, html->lang));
    html_day(html, told->fact->on, DAY_WITH_YEAR);
    if (told->fact->action == PROGRESS_DONE && told->occurrence->due != DAY_NONE &&
        told->fact->on > told->occurrence->due)
        html_chip(html, "soon", say(html->lang, "trễ hạn", "late"));
    html_say(html, "</td><td data-label=\"Người ghi\">%s</td><td data-label=\"Ghi chú\">%s</td></tr>\n",
             "</td><td data-label=\"By\">%s</td><td data-label=\"Note\">%s</td></tr>\n",
             told->fact->by ? told->fact->by : "", told->fact->why ? told->fact->why : "");
}

static void history_rows(struct html *html, const struct history *history)
{
    html_say(html,
             "<section aria-labelledby=\"history\"><h2 id=\"history\">Đã ghi nhận <span "
             "class=\"n\">%zu</span></h2><table><thead><tr>"
             "<th scope=\"col\">Lúc ghi</th><th scope=\"col\">Kỳ hạn</th><th scope=\"col\">Việc</th><th "
             "scope=\"col\">Người ghi</th>"
             "<th scope=\"col\">Ghi chú</th></tr></thead><tbody>\n",
             "<section aria-labelledby=\"history\"><h2 id=\"history\">Recorded <span "
             "class=\"n\">%zu</span></h2><table><thead><tr>"
             "<th scope=\"col\">Recorded at</th><th scope=\"col\">Turn</th><th scope=\"col\">What</th><th "
             "scope=\"col\">By</th>"
             "<th scope=\"col\">Note</th></tr></thead><tbody>\n",
             history->n);
    for (size_t i = 0; i < history->n && i < HISTORY_SHOWN; i++)
        told_row(html, &history->at[i]);
    html_add(html, "</tbody></table>");
    if (history->n > HISTORY_SHOWN)
        html_say(html, "<p class=\"more\">… và %zu lần ghi cũ hơn</p>",
                 "<p class=\"more\">… and %zu older ones</p>", history->n - HISTORY_SHOWN);
    html_add(html, "</section>\n");
}

static void history_section(struct html *html, const struct item *item)
{
    struct history history = {0};
    for (size_t i = 0; i < html->outlook->n; i++) {
        const struct occurrence *one = &html->outlook->list[i];
        for (size_t j = 0; one->duty->item == item && shows(html, one) && j < one->n_progress; j++)
            *vec_push(&history) = (struct told){one, &one->progress[j]};
    }
    if (history.n) {
        qsort(history.at, history.n, sizeof *history.at, newest_first);
        history_rows(html, &history);
    }
    vec_free(&history);
}

/* ---- the page ---- */

/* The heading above it in the plan, or NULL. */
static const struct item *item_section(const struct item *item)
{
    for (size_t i = item->number; i > 0; i--)
        if (item->plan->items[i - 1].kind == ITEM_SECTION)
            return &item->plan->items[i - 1];
    return NULL;
}

static void item_crumb(struct html *html, const struct item *item)
{
    const struct item *section = item_section(item);
    html_say(html, "<nav class=\"crumb\" aria-label=\"Vị trí\">",
             "<nav class=\"crumb\" aria-label=\"Position\">");
    html_plan_tag(html, item->plan);
    if (section)
        html_add(html, " <span lang=\"vi\">%s %s</span>", section->ref, section->title);
    html_add(html, "</nav>");
}

void html_duty_heading(struct html *html, const struct duty *duty)
{
    html_add(html, "<div class=\"title\">");
    item_crumb(html, duty->item);
    html_add(html, "<h1 lang=\"vi\"><a");
    html_href(html, "/items/", duty->item->plan->id, duty->item->ref, NULL);
    html_add(html, "><span class=\"ref\">%s</span> %s</a></h1><p class=\"sub\">", duty->item->ref,
             duty->title);
}

static void item_heading(struct html *html, const struct item *item)
{
    html_add(html, "<div class=\"title\">");
    item_crumb(html, item);
    html_add(html, "<h1 lang=\"vi\"><span class=\"ref\">%s</span> %s</h1></div>\n", item->ref, item->title);
    if (item->kind == ITEM_LOST)
        html_say(html,
                 "<p class=\"notice warn\">Dòng này mất trong bản chụp của kế hoạch: biết là có, không biết "
                 "nội dung và hạn.</p>",
                 "<p class=\"notice warn\">The scan of the plan lost this row: it exists, but its text and "
                 "date are unknown.</p>");
}

static void item_link(struct html *html, const struct item *item)
{
    html_add(html, "<a");
    html_href(html, "/items/", item->plan->id, item->ref, NULL);
    html_vi(html);
    html_add(html, ">%s %s</a>", item->ref, item->title);
}

static void fact_also(struct html *html, const struct item *item)
{
    if (!item->n_also)
        return;
    fact_open(html, "Cùng một việc với", "Same duty as");
    for (size_t i = 0; i < item->n_also; i++) {
        html_add(html, i ? ", " : "");
        item_link(html, item->also[i]);
    }
    fact_close(html);
}

/* A document, or another row. */
static void fact_see(struct html *html, const struct item *item)
{
    if (!item->n_see)
        return;
    fact_open(html, "Xem thêm", "See");
    for (size_t i = 0; i < item->n_see; i++) {
        const struct item *row = plan_item(item->plan, item->see[i]);
        html_add(html, i ? ", " : "");
        if (row)
            item_link(html, row);
        else
            html_add(html, "<span lang=\"vi\">%s</span>", item->see[i]);
    }
    fact_close(html);
}

static void item_related(struct html *html, const struct item *item)
{
    /* The row's own duty, where it has one, shows the note. */
    const char *note = item->n_duties && !item->duties[0].part ? NULL : item->note;
    if (!item->n_also && !item->n_see && !note)
        return;
    html_add(html, "<dl class=\"facts\">");
    fact_text(html, "Ghi chú", "Note", note);
    fact_also(html, item);
    fact_see(html, item);
    html_add(html, "</dl>\n");
}

void page_item(const struct outlook *outlook, const struct page_settings *settings, const struct item *item,
               struct text *out)
{
    struct html html = {out, settings, outlook, settings->lang};
    auto_text title = {0}, path = {0};
    text_addf(&title, "%s %s", item->ref, item->title);
    text_addf(&path, "/items/%s/%s", item->plan->id, item->ref);
    html_open(&html, text_str(&title), text_str(&path));
    item_heading(&html, item);
    item_related(&html, item);
    for (size_t i = 0; i < item->n_duties; i++)
        duty_section(&html, &item->duties[i], item->n_duties > 1 || item->duties[i].part);
    kpis_section(&html, item);
    history_section(&html, item);
    html_close(&html);
}
