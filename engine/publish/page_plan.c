#include "publish/page_html.h"

#include "publish/phrase.h"

#include <string.h>

/* ---- on top ---- */

static void plan_fact(struct html *html, const char *name, const char *text)
{
    html_add(html, "<div><dt>%s</dt><dd lang=\"vi\">%s</dd></div>", name, text);
}

static void plan_progress(struct html *html, const struct plan *plan)
{
    size_t done = 0, dated = 0;
    const struct outlook *outlook = html->outlook;
    for (size_t i = 0; i < outlook->n; i++) {
        const struct occurrence *one = &outlook->list[i];
        bool counts = one->duty->item->plan == plan && one->state != STATE_CANCELLED &&
                      (one->due != DAY_NONE || one->state == STATE_DONE);
        dated += counts;
        done += counts && one->state == STATE_DONE;
    }
    if (!dated)
        return;
    html_say(html, "<div><dt>Kỳ hạn đã xong</dt><dd class=\"how\">", "<div><dt>Done</dt><dd class=\"how\">");
    html_progress(html, done, dated);
    html_add(html, "</dd></div>");
}

static void plan_facts(struct html *html, const struct plan *plan)
{
    char period[PERIOD_NAME_SIZE];
    html_add(html, "<dl class=\"facts brief\">");
    if (plan->number)
        plan_fact(html, say(html->lang, "Số", "Number"), plan->number);
    html_say(html, "<div><dt>Ban hành</dt><dd>", "<div><dt>Issued</dt><dd>");
    html_day(html, plan->issued, DAY_WITH_YEAR);
    html_say(html, "</dd></div><div><dt>Thời gian</dt><dd>%s</dd></div>",
             "</dd></div><div><dt>Covers</dt><dd>%s</dd></div>",
             period_name(&plan->period, html->lang, period));
    plan_progress(html, plan);
    if (plan->ended != DAY_NONE) {
        html_say(html, "<div><dt>Kết thúc</dt><dd>", "<div><dt>Ended</dt><dd>");
        html_day(html, plan->ended, DAY_WITH_YEAR);
        html_add(html, "</dd></div>");
    }
    plan_fact(html, say(html->lang, "Tệp quy tắc", "Rule file"), plan->file);
    if (plan->note)
        plan_fact(html, say(html->lang, "Ghi chú", "Note"), plan->note);
    html_add(html, "</dl>\n");
}

static void plan_heading(struct html *html, const struct plan *plan)
{
    html_add(html,
             "<div class=\"title\"><p class=\"crumb\" lang=\"vi\">%s</p><h1 lang=\"vi\">%s</h1></div>\n",
             plan->org->title, plan->title);
    if (html->outlook->plan_closed[plan->position])
        html_say(html,
                 "<p class=\"notice\">Kế hoạch đã khép: không còn trong lịch của các đơn vị và cảnh báo.</p>",
                 "<p class=\"notice\">This plan is closed: it has left the offices' calendars and the "
                 "alerts.</p>");
    plan_facts(html, plan);
    html_add(html, "<p class=\"actions\"><a class=\"button\"");
    html_href(html, "/subscribe/plan/", plan->id, NULL, NULL);
    html_say(html, ">Đăng ký lịch này</a> <a", ">Subscribe to this calendar</a> <a");
    html_href(html, "/", NULL, NULL, "plans");
    html_say(html, ">Các kế hoạch khác</a></p>\n", ">Other plans</a></p>\n");
}

/* ---- one duty ---- */

/* All turns of a duty: a slice of the outlook's gatherings. */
struct turns {
    const struct gathering *at;
    size_t n;
};

static struct turns duty_turns(const struct outlook *outlook, const struct duty *duty)
{
    struct turns turns = {0};
    for (size_t i = 0; i < outlook->n_gatherings; i++)
        if (outlook->gatherings[i].duty == duty) {
            turns.at = turns.n ? turns.at : &outlook->gatherings[i];
            turns.n++;
        }
    return turns;
}

static bool is_open(const struct occurrence *occurrence)
{
    return occurrence && occurrence->state != STATE_DONE && occurrence->state != STATE_CANCELLED;
}

/* The turn that people work on: the earliest to come with something open; else the latest overdue one, else
 * the last. */
static const struct gathering *current_turn(const struct outlook *outlook, const struct turns *turns)
{
    const struct gathering *coming = NULL, *late = NULL, *last = NULL;
    for (size_t i = 0; i < turns->n; i++) {
        const struct gathering *one = &turns->at[i];
        if (!one->next)
            continue;
        last = one;
        if (is_open(one->next) && one->next->due >= outlook->today)
            coming = !coming || one->next->due < coming->next->due ? one : coming;
        else if (is_open(one->next))
            late = !late || one->next->due > late->next->due ? one : late;
    }
    if (coming || late || last)
        return coming ? coming : late ? late : last;
    return turns->n ? &turns->at[0] : NULL;
}

static size_t overdue_count(const struct turns *turns)
{
    size_t n = 0;
    for (size_t i = 0; i < turns->n; i++)
        for (size_t j = 0; j < turns->at[i].n; j++)
            n += turns->at[i].first[j].state == STATE_OVERDUE;
    return n;
}

static void turn_line(struct html *html, const struct gathering *turn)
{
    char label[LABEL_SIZE];
    html_add(html, "<li>%s: ", label_name(turn->label, html->lang, label));
    if (turn->next)
        html_day(html, turn->next->due, DAY_WITH_YEAR);
    else
        html_add(html, "%s", state_title(turn->first->state, html->lang));
    html_add(html, " ");
    if (turn->n > 1)
        html_progress(html, turn->done, turn->n - turn->cancelled);
    else if (turn->first->state != STATE_OPEN)
        html_state(html, turn->first);
    html_add(html, "</li>");
}

static void when_cell(struct html *html, const struct duty *duty, const struct turns *turns,
                      const struct gathering *turn)
{
    auto_text words = {0};
    html_say(html, "<td class=\"when\" data-label=\"Hạn\">", "<td class=\"when\" data-label=\"Due\">");
    if (turn && turn->next) {
        html_day(html, turn->next->due, DAY_WITH_WEEKDAY);
        html_add(html, " ");
        html_doubts(html, turn->next);
    } else {
        phrase_waiting(&words, &duty->timing, html->lang);
        html_add(html, "<span class=\"small\">%s</span>", text_str(&words));
    }
    if (duty->text)
        html_add(html, " <q class=\"small\" lang=\"vi\">%s</q>", duty->text);
    if (turns->n > 1) {
        html_add(html, "<details><summary>");
        html_count(html, turns->n, "kỳ", "turn", "turns");
        html_add(html, "</summary><ul class=\"turns\">");
        for (size_t i = 0; i < turns->n; i++)
            turn_line(html, &turns->at[i]);
        html_add(html, "</ul></details>");
    }
    html_add(html, "</td>");
}

static void who_cell(struct html *html, const struct duty *duty)
{
    enum { NAMED = 4 };
    html_say(html, "<td class=\"who\" data-label=\"Chủ trì\">", "<td class=\"who\" data-label=\"Lead\">");
    if (duty->no_lead)
        html_say(html, "chưa rõ", "unknown");
    else if (duty->lead_text)
        html_add(html, "<span lang=\"vi\">%s</span>", duty->lead_text);
    else
        html_units(html, &duty->lead, NAMED);
    html_add(html, "</td>");
}

static void state_cell(struct html *html, const struct turns *turns, const struct gathering *turn)
{
    size_t overdue = overdue_count(turns);
    bool single = turn && turn->n == 1;
    html_say(html, "<td class=\"how\" data-label=\"Tình trạng\">", "<td class=\"how\" data-label=\"State\">");
    if (turn && !single && turn->next)
        html_progress(html, turn->done, turn->n - turn->cancelled);
    else if (turn && turn->first->state != STATE_STANDING) /* its column of days says so */
        html_state(html, turn->first);
    if (overdue && !(single && turn->first->state == STATE_OVERDUE && overdue == 1)) {
        html_add(html, " <span class=\"chip late\">");
        html_say(html, "%zu quá hạn</span>", "%zu overdue</span>", overdue);
    }
    html_add(html, "</td>");
}

static void what_cell(struct html *html, const struct duty *duty)
{
    const struct item *item = duty->item;
    html_say(html, "<td class=\"what\" data-label=\"Nhiệm vụ\"><a",
             "<td class=\"what\" data-label=\"Duty\"><a");
    html_href(html, "/items/", item->plan->id, item->ref, NULL);
    html_vi(html);
    html_add(html, ">%s</a>", duty->title);
    if (duty->kind != ITEM_TASK)
        html_add(html, " <span class=\"small\">%s</span>", kind_title(duty->kind, html->lang));
    if (item->n_kpis && duty == item->duties) {
        html_add(html, " <span class=\"small\">");
        html_count(html, item->n_kpis, "chỉ tiêu", "target", "targets");
        html_add(html, "</span>");
    }
    html_add(html, "</td>");
}

static void duty_row(struct html *html, const struct duty *duty)
{
    struct turns turns = duty_turns(html->outlook, duty);
    const struct gathering *turn = current_turn(html->outlook, &turns);
    html_add(html, duty->part ? "<tr class=\"part\"><th scope=\"row\">" : "<tr><th scope=\"row\">");
    html_add(html, "%s</th>", duty->item->ref);
    what_cell(html, duty);
    who_cell(html, duty);
    when_cell(html, duty, &turns, turn);
    state_cell(html, &turns, turn);
    html_add(html, "</tr>\n");
}

/* ---- the rows ---- */

static void section_row(struct html *html, const struct item *item)
{
    html_add(html,
             "</tbody>\n<tbody><tr class=\"section\"><th colspan=\"5\" scope=\"rowgroup\" lang=\"vi\"><span "
             "class=\"ref\">%s</span> %s</th></tr>\n",
             item->ref, item->title);
}

static void lost_row(struct html *html, const struct item *item)
{
    html_add(html, "<tr class=\"lost\"><th scope=\"row\">%s</th><td colspan=\"4\">", item->ref);
    html_chip(html, "doubt", say(html->lang, "mất trong bản chụp", "lost in the scan"));
    html_add(html, " <span lang=\"vi\">%s</span></td></tr>\n", item->title);
}

static void item_rows(struct html *html, const struct item *item)
{
    if (item->kind == ITEM_SECTION)
        section_row(html, item);
    else if (item->kind == ITEM_LOST)
        lost_row(html, item);
    for (size_t i = 0; i < item->n_duties; i++)
        duty_row(html, &item->duties[i]);
}

static void rows_section(struct html *html, const struct plan *plan)
{
    html_say(html,
             "<section aria-labelledby=\"rows\"><h2 id=\"rows\">Các dòng của kế hoạch</h2>\n<table "
             "class=\"plan\"><thead><tr>"
             "<th scope=\"col\">Mã</th><th scope=\"col\">Nhiệm vụ</th><th scope=\"col\">Chủ trì</th><th "
             "scope=\"col\">Hạn</th>"
             "<th scope=\"col\">Tình trạng</th></tr></thead>\n<tbody>",
             "<section aria-labelledby=\"rows\"><h2 id=\"rows\">Rows of the plan</h2>\n<table "
             "class=\"plan\"><thead><tr>"
             "<th scope=\"col\">Ref</th><th scope=\"col\">Duty</th><th scope=\"col\">Lead</th><th "
             "scope=\"col\">Due</th>"
             "<th scope=\"col\">State</th></tr></thead>\n<tbody>");
    for (size_t i = 0; i < plan->n_items; i++)
        item_rows(html, &plan->items[i]);
    html_add(html, "</tbody></table></section>\n");
}

/* ---- events ---- */

static void records_cell(struct html *html, const struct event *event)
{
    enum { RECORDS_SHOWN = 4 };
    const struct event_records records = outlook_records(html->outlook->facts, event);
    size_t n = 0, shown = 0;
    for (size_t i = 0; i < records.n; i++)
        n += !event_record(&records, i)->withdrawn_at;
    if (!n) {
        html_chip(html, "calm", say(html->lang, "chưa ghi nhận", "not recorded"));
        return;
    }
    for (size_t i = 0; i < records.n; i++) {
        const struct event_fact *fact = event_record(&records, i);
        if (fact->withdrawn_at || ++shown + RECORDS_SHOWN <= n)
            continue;
        html_add(html, "<span class=\"chip good\">");
        html_day(html, fact->on, DAY_WITH_YEAR);
        html_add(html, fact->unit ? " %s</span>" : "</span>", fact->unit ? fact->unit : "");
    }
    if (n > RECORDS_SHOWN)
        html_say(html, " <span class=\"small\">cộng %zu lần ghi</span>",
                 " <span class=\"small\">%zu records</span>", n);
}

static void event_row(struct html *html, const struct event *event)
{
    html_add(html, "<tr><th scope=\"row\" lang=\"vi\">%s", event->title);
    if (event->note)
        html_add(html, " <span class=\"small\">%s</span>", event->note);
    html_say(html, "</th><td data-label=\"Đã ghi\">", "</th><td data-label=\"Recorded\">");
    records_cell(html, event);
    html_add(html, "</td><td><a class=\"button plain\"");
    html_event_href(html, event, NULL);
    html_say(html, ">Ghi ngày<span class=\"for\">: %s</span></a></td></tr>\n",
             ">Record<span class=\"for\">: %s</span></a></td></tr>\n", event->title);
}

static void events_section(struct html *html, const struct plan *plan)
{
    if (!plan->n_events)
        return;
    html_say(html,
             "<section aria-labelledby=\"events\"><h2 id=\"events\">Sự kiện làm phát sinh hạn</h2><table "
             "class=\"events\"><thead><tr>"
             "<th scope=\"col\">Sự kiện</th><th scope=\"col\">Đã ghi</th><td></td></tr>"
             "</thead><tbody>\n",
             "<section aria-labelledby=\"events\"><h2 id=\"events\">Events that start deadlines</h2><table "
             "class=\"events\"><thead><tr>"
             "<th scope=\"col\">Event</th><th scope=\"col\">Recorded</th><td></td></tr></thead><tbody>\n");
    for (size_t i = 0; i < plan->n_events; i++)
        event_row(html, &plan->events[i]);
    html_add(html, "</tbody></table></section>\n");
}

/* ---- the page ---- */

void page_plan(const struct outlook *outlook, const struct page_settings *settings, const struct plan *plan,
               struct text *out)
{
    struct html html = {out, settings, outlook, settings->lang};
    auto_text path = {0};
    text_addf(&path, "/plans/%s", plan->id);
    html_open(&html, plan->title, text_str(&path));
    plan_heading(&html, plan);
    rows_section(&html, plan);
    events_section(&html, plan);
    html_close(&html);
}
