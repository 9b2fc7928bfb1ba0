/* The page of one turn that many offices owe: who has sent, who has not, and one form that records of many at
 * once that theirs has come. */
#include "publish/page_html.h"

#include <string.h>

static bool is_owed(const struct occurrence *occurrence)
{
    return occurrence->unit && (occurrence->state == STATE_OVERDUE || occurrence->state == STATE_OPEN ||
                                occurrence->state == STATE_EXTENDED || occurrence->state == STATE_WAITING);
}

static size_t owed_count(const struct gathering *turn)
{
    size_t n = 0;
    for (size_t i = 0; i < turn->n; i++)
        n += is_owed(&turn->first[i]);
    return n;
}

/* Somebody receives it: then it is sent, else only done. */
static bool is_sent(const struct gathering *turn)
{
    return turn->duty->to.n > 0;
}

/* ---- on top ---- */

static void gathered_heading(struct html *html, const struct gathering *turn)
{
    char label[LABEL_SIZE];
    html_duty_heading(html, turn->duty);
    html_add(html, "%s · ", label_name(turn->label, html->lang, label));
    html_count(html, turn->n, "đơn vị", "office", "offices");
    html_add(html, "</p></div>\n");
}

static void gathered_facts(struct html *html, const struct gathering *turn)
{
    html_say(html, "<dl class=\"facts\"><div><dt>Hạn</dt><dd>", "<dl class=\"facts\"><div><dt>Due</dt><dd>");
    html_turn_day(html, turn->next, turn->duty->timing.trigger != NULL);
    html_say(html, "</dd></div><div><dt>%s</dt><dd class=\"how\">",
             "</dd></div><div><dt>%s</dt><dd class=\"how\">",
             is_sent(turn) ? say(html->lang, "Đã gửi", "Sent") : say(html->lang, "Đã xong", "Done"));
    html_progress(html, turn->done, turn->n - turn->cancelled);
    html_add(html, "</dd></div>");
    if (is_sent(turn)) {
        html_say(html, "<div><dt>Nơi nhận</dt><dd>", "<div><dt>To</dt><dd>");
        const struct units *to = gathering_party(turn, PARTY_TO);
        html_units(html, to, to->n);
        html_add(html, "</dd></div>");
    }
    html_add(html, "</dl>\n");
}

/* ---- who has not ---- */

static bool was_ticked(const struct page_said *said, const struct unit *unit)
{
    const char *one;
    for (size_t i = 0; said->form && (one = form_nth(said->form, "unit", i)); i++)
        if (!strcmp(one, unit->id))
            return true;
    return false;
}

static void unit_name(struct html *html, const struct unit *unit)
{
    html_add(html, "<span lang=\"vi\">");
    if (unit_label(unit) == unit->code)
        html_add(html, "<b>%s</b> ", unit->code);
    html_add(html, "%s</span>", unit->title);
}

/* What sets it apart from the others. */
static void owed_state(struct html *html, const struct gathering *turn, const struct occurrence *one)
{
    if (one->state != STATE_OPEN) {
        html_add(html, " ");
        html_state(html, one);
    }
    if (one->due != DAY_NONE && turn->next && one->due != turn->next->due) {
        html_say(html, " <span class=\"small\">hạn ", " <span class=\"small\">due ");
        html_day(html, one->due, DAY_PLAIN);
        html_add(html, "</span>");
    }
}

static void owed_list(struct html *html, const struct gathering *turn, const struct page_said *said,
                      bool boxes)
{
    html_add(html, "<ul class=\"ticks\">\n");
    for (size_t i = 0; i < turn->n; i++) {
        const struct occurrence *one = &turn->first[i];
        if (!is_owed(one))
            continue;
        html_add(html,
                 boxes ? "<li><label><input type=\"checkbox\" name=\"unit\" value=\"%s\"%s> <span>"
                       : "<li><span>",
                 one->unit->id, was_ticked(said, one->unit) ? " checked" : "");
        unit_name(html, one->unit);
        owed_state(html, turn, one);
        html_add(html, boxes ? "</span></label></li>\n" : "</span></li>\n");
    }
    html_add(html, "</ul>\n");
}

static const char *owed_title(const struct html *html, const struct gathering *turn)
{
    return is_sent(turn) ? say(html->lang, "Chưa gửi", "Not sent") : say(html->lang, "Chưa xong", "Not done");
}

static void received_fields(struct html *html, const struct gathering *turn, const struct page_said *said)
{
    char today[DAY_SIZE], due[DAY_SIZE];
    day_iso(html->outlook->today, today);
    html_label(html, "done", "on",
               is_sent(turn) ? say(html->lang, "Ngày nhận", "Received on")
                             : say(html->lang, "Ngày làm xong", "Done on"));
    html_day_input(html, "done", "on", html_filled(said, "done", "on", today), DAY_NONE, html->outlook->today,
                   true);
    if (turn->next && turn->next->due != DAY_NONE)
        html_say(html, "<p class=\"note\">Sau hạn %s được ghi là trễ.</p>",
                 "<p class=\"note\">After the deadline, %s, it is recorded as late.</p>",
                 html->lang == LANG_VI ? day_vi(turn->next->due, true, due) : day_iso(turn->next->due, due));
    html_by_field(html, "done", html_filled(said, "done", "by", NULL));
    html_why_field(html, "done", "why", html_filled(said, "done", "why", ""), false);
}

static void received_form(struct html *html, const struct gathering *turn, const struct page_said *said)
{
    html_add(html, "<form method=\"post\" class=\"form batch\"><input type=\"hidden\" name=\"action\" "
                   "value=\"done\">");
    html_form_proof(html);
    html_add(html, "<fieldset class=\"card\"><legend>%s <span class=\"n\">%zu</span></legend>\n",
             owed_title(html, turn), owed_count(turn));
    owed_list(html, turn, said, true);
    html_add(
        html,
        "</fieldset>\n<section class=\"card fields\" aria-labelledby=\"received\"><h2 "
        "id=\"received\">%s</h2>\n",
        is_sent(turn)
            ? say(html->lang, "Ghi đã nhận của các đơn vị đã chọn", "Record as received from those chosen")
            : say(html->lang, "Ghi đã xong của các đơn vị đã chọn", "Record as done by those chosen"));
    received_fields(html, turn, said);
    html_add(html, "<p class=\"submit\"><button class=\"button\">%s</button></p></section></form>\n",
             is_sent(turn) ? say(html->lang, "Đã nhận", "Received") : say(html->lang, "Đã xong", "Done"));
}

static void owed_section(struct html *html, const struct gathering *turn, const struct page_said *said,
                         const char *path)
{
    const struct page_writer *writer = html->settings->writer;
    bool may = writer && !writer->why_not;
    if (!owed_count(turn)) {
        html_say(html, "<p class=\"card empty good\">Không còn đơn vị nào phải chờ.</p>\n",
                 "<p class=\"card empty good\">No office is waited for.</p>\n");
        return;
    }
    if (may) {
        received_form(html, turn, said);
        return;
    }
    html_no_forms(html, path);
    html_add(html,
             "<section class=\"card\" aria-labelledby=\"owed\"><h2 id=\"owed\">%s <span "
             "class=\"n\">%zu</span></h2>\n",
             owed_title(html, turn), owed_count(turn));
    owed_list(html, turn, said, false);
    html_add(html, "</section>\n");
}

/* ---- who has ---- */

/* The fact by which it stands as done. */
static const struct progress_fact *done_fact(const struct occurrence *occurrence)
{
    for (size_t i = occurrence->n_progress; i--;)
        if (occurrence->progress[i].action == PROGRESS_DONE)
            return &occurrence->progress[i];
    return NULL;
}

static void done_row(struct html *html, const struct occurrence *one)
{
    const struct progress_fact *fact = done_fact(one);
    html_add(html, "<tr><th scope=\"row\">");
    unit_name(html, one->unit);
    html_say(html, "</th><td data-label=\"Ngày\" class=\"how\">",
             "</th><td data-label=\"Day\" class=\"how\">");
    html_state(html, one);
    html_say(html, "</td><td data-label=\"Người ghi\">%s ", "</td><td data-label=\"Recorded by\">%s ",
             fact && fact->by ? fact->by : "");
    if (fact) {
        html_add(html, "<span class=\"small\">");
        html_instant(html, fact->recorded_at);
        html_add(html, "</span>");
    }
    html_say(html, "</td><td data-label=\"Ghi chú\">%s</td><td><a class=\"small\"",
             "</td><td data-label=\"Note\">%s</td><td><a class=\"small\"",
             fact && fact->why ? fact->why : "");
    html_turn_href(html, one);
    html_say(html, ">xem, mở lại<span class=\"for\">: %s</span></a></td></tr>\n",
             ">see, reopen<span class=\"for\">: %s</span></a></td></tr>\n", one->unit->code);
}

static void done_section(struct html *html, const struct gathering *turn)
{
    if (!turn->done)
        return;
    html_add(html, "<section aria-labelledby=\"sent\"><h2 id=\"sent\">%s <span class=\"n\">%zu</span></h2>\n",
             is_sent(turn) ? say(html->lang, "Đã gửi", "Sent") : say(html->lang, "Đã xong", "Done"),
             turn->done);
    html_say(
        html,
        "<table class=\"records\"><thead><tr><th scope=\"col\">Đơn vị</th><th scope=\"col\">Ngày</th><th "
        "scope=\"col\">Người ghi</th><th scope=\"col\">Ghi chú</th><td></td></tr></thead><tbody>\n",
        "<table class=\"records\"><thead><tr><th scope=\"col\">Office</th><th scope=\"col\">Day</th><th "
        "scope=\"col\">Recorded by</th><th scope=\"col\">Note</th><td></td></tr></thead><tbody>\n");
    for (size_t i = 0; i < turn->n; i++)
        if (turn->first[i].state == STATE_DONE && turn->first[i].unit)
            done_row(html, &turn->first[i]);
    html_add(html, "</tbody></table></section>\n");
}

/* ---- the page ---- */

void page_gathered(const struct outlook *outlook, const struct page_settings *settings,
                   const struct gathering *turn, const struct page_said *said, struct text *out)
{
    struct html html = {out, settings, outlook, settings->lang};
    auto_text title = {0}, path = {0};
    text_addf(&title, "%s %s", turn->duty->item->ref, turn->duty->title);
    text_addf(&path, "/turns/%s", turn->id);
    html_open(&html, text_str(&title), text_str(&path));
    gathered_heading(&html, turn);
    html_said(&html, said);
    gathered_facts(&html, turn);
    owed_section(&html, turn, said, text_str(&path));
    done_section(&html, turn);
    html_close(&html);
}
