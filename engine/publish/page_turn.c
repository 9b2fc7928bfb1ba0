/* The page of one turn: one duty, one period, one office. Here it is recorded as done, extended or reopened.
 */
#include "publish/page_html.h"

#include <string.h>

/* ---- forms ---- */

static void done_form(struct html *html, const struct page_said *said)
{
    char today[DAY_SIZE];
    day_iso(html->outlook->today, today);
    html_say(html, "<section class=\"card\" aria-labelledby=\"done\"><h2 id=\"done\">Ghi là đã xong</h2>\n",
             "<section class=\"card\" aria-labelledby=\"done\"><h2 id=\"done\">Record as done</h2>\n");
    html_form_open(html, "done");
    html_label(html, "done", "on", say(html->lang, "Ngày làm xong", "Done on"));
    html_day_input(html, "done", "on", html_filled(said, "done", "on", today), DAY_NONE, html->outlook->today,
                   true);
    html_by_field(html, "done", html_filled(said, "done", "by", NULL));
    html_why_field(html, "done", "why", html_filled(said, "done", "why", ""), false);
    html_form_close(html, true, say(html->lang, "Đã xong", "Done"));
    html_add(html, "</section>\n");
}

static void extend_form(struct html *html, const struct occurrence *occurrence, const struct page_said *said)
{
    html_say(html, "<section class=\"card\" aria-labelledby=\"extend\"><h2 id=\"extend\">Gia hạn</h2>\n",
             "<section class=\"card\" aria-labelledby=\"extend\"><h2 id=\"extend\">Extend</h2>\n");
    html_form_open(html, "extend");
    html_label(html, "extend", "to", say(html->lang, "Hạn mới", "New deadline"));
    html_day_input(html, "extend", "to", html_filled(said, "extend", "to", ""),
                   occurrence->due_original == DAY_NONE ? DAY_NONE : occurrence->due_original + 1, DAY_NONE,
                   true);
    html_why_field(html, "extend", "why", html_filled(said, "extend", "why", ""), true);
    html_by_field(html, "extend", html_filled(said, "extend", "by", NULL));
    html_say(html, "<p class=\"note\">Hạn cũ vẫn được giữ và hiện cùng lý do.</p>",
             "<p class=\"note\">The old deadline is kept and shown with the reason.</p>");
    html_form_close(html, false, say(html->lang, "Gia hạn", "Extend"));
    html_add(html, "</section>\n");
}

static void reopen_form(struct html *html, const struct page_said *said)
{
    html_say(html, "<section class=\"card\" aria-labelledby=\"reopen\"><h2 id=\"reopen\">Mở lại</h2>\n",
             "<section class=\"card\" aria-labelledby=\"reopen\"><h2 id=\"reopen\">Reopen</h2>\n");
    html_form_open(html, "reopen");
    html_why_field(html, "reopen", "why", html_filled(said, "reopen", "why", ""), false);
    html_by_field(html, "reopen", html_filled(said, "reopen", "by", NULL));
    html_form_close(html, false, say(html->lang, "Mở lại", "Reopen"));
    html_add(html, "</section>\n");
}

struct turn_event {
    struct html *html;
    const struct occurrence *occurrence;
    const struct page_said *said;
};

/* An office that may write only for itself gives a day of its own also where there is one for all. */
static void event_card(const struct event *event, void *into)
{
    const struct turn_event *turn = into;
    struct html *html = turn->html;
    bool own = event->by_unit || html->settings->writer->own_only;
    html_say(html, "<section class=\"card\"><h2>Ghi ngày: <span lang=\"vi\">%s</span></h2><p class=\"note\">",
             "<section class=\"card\"><h2>Record the day: <span lang=\"vi\">%s</span></h2><p class=\"note\">",
             event->title);
    if (own)
        html_say(html, "Hạn của %s tính từ ngày này. <a", "The deadline of %s is counted from it. <a",
                 turn->occurrence->unit->code);
    else
        html_say(html, "Hạn của mọi đơn vị tính từ ngày này. <a",
                 "The deadlines of all offices are counted from it. <a");
    html_event_href(html, event, NULL);
    html_say(html, ">Đã ghi những gì</a></p>\n", ">What was recorded</a></p>\n");
    html_event_form(html, event, own ? turn->occurrence->unit : NULL, turn->said);
    html_add(html, "</section>\n");
}

static void turn_forms(struct html *html, const struct occurrence *occurrence, const struct page_said *said)
{
    bool finished = occurrence->state == STATE_DONE || occurrence->state == STATE_CANCELLED;
    html_add(html, "<div class=\"forms\">\n");
    if (occurrence->state == STATE_WAITING && occurrence->unit && !html->settings->writer->receives)
        trigger_each_event(occurrence->duty->timing.trigger, event_card,
                           &(struct turn_event){html, occurrence, said});
    if (finished)
        reopen_form(html, said);
    else
        done_form(html, said);
    if (!finished && occurrence->due != DAY_NONE && !html->settings->writer->receives)
        extend_form(html, occurrence, said);
    html_add(html, "</div>\n");
}

/* What a terminal would say, for those who have one. */
static void turn_command(struct html *html, const struct occurrence *occurrence)
{
    if (occurrence->state == STATE_DONE || occurrence->state == STATE_CANCELLED)
        return;
    html_say(html, "<details class=\"by-hand\"><summary>Ghi bằng dòng lệnh</summary>",
             "<details class=\"by-hand\"><summary>Record it in a terminal</summary>");
    html_done_command(html, occurrence);
    html_add(html, "</details>\n");
}

/* ---- what was told ---- */

static void told_day(struct html *html, const struct progress_fact *fact)
{
    if (fact->on == DAY_NONE)
        return;
    html_add(html, " ");
    html_day(html, fact->on, DAY_WITH_YEAR);
}

static void told_line(struct html *html, const struct occurrence *occurrence,
                      const struct progress_fact *fact)
{
    html_add(html, "<li><p><strong>%s</strong>", progress_title(fact->action, html->lang));
    told_day(html, fact);
    if (fact->action == PROGRESS_DONE && occurrence->due != DAY_NONE && fact->on > occurrence->due)
        html_chip(html, "soon", say(html->lang, "trễ hạn", "late"));
    html_add(html, "</p>");
    if (fact->why)
        html_add(html, "<p>%s</p>", fact->why);
    html_add(html, "<p class=\"small\">");
    if (fact->by)
        html_add(html, "%s, ", fact->by);
    html_instant(html, fact->recorded_at);
    html_add(html, "</p></li>\n");
}

static void turn_history(struct html *html, const struct occurrence *occurrence)
{
    html_say(html,
             "<section class=\"card\" aria-labelledby=\"history\"><h2 id=\"history\">Đã ghi nhận</h2>\n",
             "<section class=\"card\" aria-labelledby=\"history\"><h2 id=\"history\">Recorded so far</h2>\n");
    if (!occurrence->n_progress)
        html_say(html, "<p class=\"empty\">Chưa có gì.</p>", "<p class=\"empty\">Nothing yet.</p>");
    html_add(html, occurrence->n_progress ? "<ol class=\"story\">\n" : "");
    for (size_t i = occurrence->n_progress; i--;)
        told_line(html, occurrence, &occurrence->progress[i]);
    html_add(html, occurrence->n_progress ? "</ol>" : "");
    html_add(html, "</section>\n");
}

/* ---- the page ---- */

static void turn_heading(struct html *html, const struct occurrence *occurrence)
{
    const struct duty *duty = occurrence->duty;
    char label[LABEL_SIZE];
    html_duty_heading(html, duty);
    if (strcmp(occurrence->label, duty->item->plan->period.label) != 0)
        html_add(html, "%s · ", label_name(occurrence->label, html->lang, label));
    html_turn_unit(html, occurrence);
    html_add(html, "</p></div>\n");
}

static void event_link(const struct event *event, void *into)
{
    struct html *html = into;
    html_say(html, "<div><dt>Tính từ</dt><dd><a", "<div><dt>Counted from</dt><dd><a");
    html_event_href(html, event, NULL);
    html_vi(html);
    html_add(html, ">%s</a></dd></div>", event->title);
}

static void turn_standing(struct html *html, const struct occurrence *occurrence)
{
    html_say(html, "<dl class=\"facts\"><div><dt>Hạn</dt><dd>", "<dl class=\"facts\"><div><dt>Due</dt><dd>");
    html_turn_day(html, occurrence, occurrence->duty->timing.trigger != NULL);
    if (occurrence->due != occurrence->due_original && occurrence->due_original != DAY_NONE) {
        html_say(html, " <span class=\"small\">hạn cũ ", " <span class=\"small\">was ");
        html_add(html, "<s>");
        html_day(html, occurrence->due_original, DAY_WITH_YEAR);
        html_add(html, "</s></span>");
    }
    html_say(html, "</dd></div><div><dt>Tình trạng</dt><dd class=\"how\">",
             "</dd></div><div><dt>State</dt><dd class=\"how\">");
    html_state(html, occurrence);
    if (occurrence->n_withdrawn)
        html_say(html, " <span class=\"small\">lần ghi sự kiện đã rút lại: %s</span>",
                 " <span class=\"small\">the record of its event was taken back: %s</span>",
                 occurrence->withdrawn[occurrence->n_withdrawn - 1]->withdrawn_why);
    html_add(html, "</dd></div>");
    if (occurrence->duty->timing.trigger)
        trigger_each_event(occurrence->duty->timing.trigger, event_link, html);
    const struct units *to = occurrence_party(occurrence, PARTY_TO);
    if (to->n) {
        html_say(html, "<div><dt>Nơi nhận</dt><dd>", "<div><dt>To</dt><dd>");
        html_units(html, to, to->n);
        html_add(html, "</dd></div>");
    }
    if (occurrence->duty->product)
        html_say(html, "<div><dt>Sản phẩm</dt><dd lang=\"vi\">%s</dd></div>",
                 "<div><dt>Product</dt><dd lang=\"vi\">%s</dd></div>", occurrence->duty->product);
    html_add(html, "</dl>\n");
}

static void turn_alert(struct html *html, const struct alert *alert)
{
    const struct page_writer *writer = html->settings->writer;
    if (!alert || alert->state != ALERT_OPEN || !writer || writer->why_not || writer->receives)
        return;
    html_say(html, "<div class=\"notice answer\"><p>Đang có cảnh báo: %s.</p>",
             "<div class=\"notice answer\"><p>There is an alert: %s.</p>", alert->title);
    html_ack_form(html, alert);
    html_add(html, "</div>\n");
}

void page_turn(const struct outlook *outlook, const struct page_settings *settings,
               const struct occurrence *occurrence, const struct alert *alert, const struct page_said *said,
               struct text *out)
{
    struct html html = {out, settings, outlook, settings->lang};
    auto_text title = {0}, path = {0};
    text_addf(&title, "%s %s", occurrence->duty->item->ref, occurrence->duty->title);
    text_addf(&path, "/turns/%s", occurrence->id);
    html_open(&html, text_str(&title), text_str(&path));
    turn_heading(&html, occurrence);
    html_said(&html, said);
    turn_alert(&html, alert);
    html_add(&html, "<div class=\"split\"><div class=\"lists\">\n");
    turn_standing(&html, occurrence);
    if (settings->writer && !settings->writer->why_not)
        turn_forms(&html, occurrence, said);
    else
        html_no_forms(&html, text_str(&path));
    html_add(&html, "</div>\n<div class=\"side\">\n");
    turn_history(&html, occurrence);
    html_add(&html, "</div></div>\n");
    turn_command(&html, occurrence);
    html_close(&html);
}
