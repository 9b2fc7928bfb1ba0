/* The page of one event: what waits for it, what was recorded, and the form that records or corrects its day.
 */
#include "publish/page_html.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { NUMBER_SIZE = 24 };

/* What the page is about, for one reader. */
struct event_view {
    const struct event *event;
    const struct page_scope *scope;
    struct event_records records; /* all of the event */
    size_t *waits;                /* by unit->number: how many duties of that office wait for it */
};

/* One form. */
struct event_form {
    const struct event_view *view; /* NULL: on another page, for one office or for all */
    const struct event *event;
    const struct unit *unit;
    const struct event_fact *corrects; /* or NULL */
    const struct page_said *said;
};

/* Calls visit for each duty of the event's plan that waits for it or did. */
static void event_each_duty(const struct event *event,
                            void (*visit)(struct html *html, const struct duty *duty, void *into),
                            struct html *html, void *into)
{
    const struct plan *plan = event->plan;
    for (size_t i = 0; i < plan->n_items; i++)
        for (size_t j = 0; j < plan->items[i].n_duties; j++) {
            const struct duty *duty = &plan->items[i].duties[j];
            if (duty->timing.trigger && trigger_has_event(duty->timing.trigger, event))
                visit(html, duty, into);
        }
}

static void note_day(struct html *html, const struct duty *duty, void *into)
{
    bool *sets_day = into;
    (void)html;
    *sets_day = *sets_day || timing_day_is_recorded(&duty->timing);
}

bool event_sets_day(const struct event *event)
{
    bool sets_day = false;
    event_each_duty(event, note_day, NULL, &sets_day);
    return sets_day;
}

void html_event_href(struct html *html, const struct event *event, const struct unit *unit)
{
    html_href_asking(html, "/events/", event->plan->id, event->name,
                     (const struct html_query[]){{"unit", unit ? unit->id : NULL}, {NULL, NULL}});
}

/* ---- the form ---- */

static void hidden(struct html *html, const char *name, const char *value)
{
    html_add(html, "<input type=\"hidden\" name=\"%s\" value=\"%s\">", name, value);
}

static void hidden_number(struct html *html, const char *name, int64_t number)
{
    char text[NUMBER_SIZE];
    snprintf(text, sizeof text, "%" PRId64, number);
    hidden(html, name, text);
}

/* By which a form that is sent twice is known. */
static int64_t last_record(const struct outlook *outlook, const struct event *event)
{
    const struct event_records records = outlook_records(outlook->facts, event);
    int64_t last = 0;
    for (size_t i = 0; i < records.n; i++)
        last = event_record(&records, i)->id > last ? event_record(&records, i)->id : last;
    return last;
}

/* This very form was sent and refused. */
static const char *filled(const struct event_form *form, const char *name, const char *usual)
{
    const char *event = html_filled(form->said, "record", "event", NULL);
    return event && !strcmp(event, form->event->name) ? html_filled(form->said, "record", name, usual)
                                                      : usual;
}

static const char *day_text(int day, char text[DAY_SIZE])
{
    return day == DAY_NONE ? "" : day_iso(day, text);
}

/* NULL: of all offices. */
static bool same_unit(const char *a, const char *b)
{
    return a && b ? !strcmp(a, b) : a == b;
}

/* Recording once more for the same office would correct what is there: that has a form of its own. */
static bool has_record(const struct event_view *view, const char *unit)
{
    for (size_t i = 0; i < view->records.n && !view->event->repeats; i++)
        if (!event_record(&view->records, i)->ref && !event_record(&view->records, i)->withdrawn_at &&
            same_unit(event_record(&view->records, i)->unit, unit))
            return true;
    return false;
}

struct leads {
    VEC(const struct unit *) list;
};

static void keep_lead(struct leads *leads, const struct unit *unit)
{
    for (size_t i = 0; i < leads->list.n; i++)
        if (leads->list.at[i] == unit)
            return;
    *vec_push(&leads->list) = unit;
}

/* An office that is gone too: its day may not have been recorded when it was there. */
static void keep_leads(struct html *html, const struct duty *duty, void *into)
{
    for (size_t i = 0; i < duty->lead.n; i++) {
        keep_lead(into, duty->lead.at[i]);
        keep_lead(into, unit_on(duty->lead.at[i], html->outlook->today));
    }
}

static int by_number(const void *a, const void *b)
{
    const struct unit *const *x = a, *const *y = b;
    return ((*x)->number > (*y)->number) - ((*x)->number < (*y)->number);
}

/* Offices that may be meant: those with a duty that rests on it, without a record of their own, of which this
 * reader may write. */
static void leads_of(struct html *html, const struct event_view *view, struct leads *leads)
{
    struct leads all = {0};
    event_each_duty(view->event, keep_leads, html, &all);
    for (size_t i = 0; i < all.list.n; i++)
        if (page_scope_has(view->scope, all.list.at[i]->id) && !has_record(view, all.list.at[i]->id))
            *vec_push(&leads->list) = all.list.at[i];
    vec_free(&all.list);
    if (leads->list.n)
        qsort(leads->list.at, leads->list.n, sizeof *leads->list.at, by_number);
}

static void unit_choice(struct html *html, const struct event_form *form, const struct leads *leads)
{
    const char *chosen = filled(form, "unit", form->view->scope->chosen);
    bool all = !form->view->scope->units && !has_record(form->view, NULL);
    if (!chosen && leads->list.n == 1 && !all)
        chosen = leads->list.at[0]->id;
    html_label(html, "record", "unit", say(html->lang, "Của đơn vị", "Of the office"));
    html_add(html, "<select id=\"record-unit\" name=\"unit\" required><option value=\"\">%s</option>\n",
             say(html->lang, "– chọn –", "– choose –"));
    if (all)
        html_add(html, "<option value=\"*\"%s>%s</option>\n",
                 chosen && !strcmp(chosen, "*") ? " selected" : "",
                 say(html->lang, "mọi đơn vị chủ trì, cùng một ngày", "all that lead a duty, the same day"));
    for (size_t i = 0; i < leads->list.n; i++)
        html_unit_option(html, leads->list.at[i], chosen);
    html_add(html, "</select></p>\n");
}

struct rows {
    VEC(const struct item *) list;
};

static void keep_row(struct html *html, const struct duty *duty, void *into)
{
    struct rows *rows = into;
    (void)html;
    if (!rows->list.n || rows->list.at[rows->list.n - 1] != duty->item)
        *vec_push(&rows->list) = duty->item;
}

/* Where the record gives the deadline, that may be one row's alone. */
static void row_choice(struct html *html, const struct event_form *form)
{
    struct rows rows = {0};
    event_each_duty(form->event, keep_row, NULL, &rows);
    if (rows.list.n > 1) {
        const char *chosen = filled(form, "ref", "");
        html_label(html, "record", "ref", say(html->lang, "Cho dòng", "For the row"));
        html_add(html, "<select id=\"record-ref\" name=\"ref\"><option value=\"\">%s</option>\n",
                 say(html->lang, "mọi dòng chờ sự kiện này", "all that wait for it"));
        for (size_t i = 0; i < rows.list.n; i++)
            html_add(html, "<option value=\"%s\"%s>%s %s</option>\n", rows.list.at[i]->ref,
                     !strcmp(chosen, rows.list.at[i]->ref) ? " selected" : "", rows.list.at[i]->ref,
                     rows.list.at[i]->title);
        html_add(html, "</select></p>\n");
    }
    vec_free(&rows.list);
}

static void whose_fields(struct html *html, const struct event_form *form)
{
    const struct event_fact *corrects = form->corrects;
    if (corrects) {
        hidden_number(html, "corrects", corrects->chain);
        hidden(html, "unit", corrects->unit ? corrects->unit : "*");
        if (corrects->ref)
            hidden(html, "ref", corrects->ref);
        return;
    }
    hidden_number(html, "seen", last_record(html->outlook, form->event));
    if (!form->view) {
        hidden(html, "unit", form->unit ? form->unit->id : "*");
        return;
    }
    if (form->event->by_unit || form->view->scope->units) {
        struct leads leads = {0};
        leads_of(html, form->view, &leads);
        unit_choice(html, form, &leads);
        vec_free(&leads.list);
    } else
        hidden(html, "unit", "*");
    if (event_sets_day(form->event))
        row_choice(html, form);
}

static void event_form(struct html *html, const struct event_form *form)
{
    const struct event_fact *old = form->corrects;
    char on[DAY_SIZE], due[DAY_SIZE], id[64];
    snprintf(id, sizeof id, "record%s%.48s", form->view ? "" : "-", form->view ? "" : form->event->name);
    html_form_open(html, "record");
    hidden(html, "event", form->event->name);
    whose_fields(html, form);
    html_label(html, id, "on", say(html->lang, "Ngày xảy ra", "The day it happened"));
    html_day_input(html, id, "on", filled(form, "on", day_text(old ? old->on : DAY_NONE, on)), DAY_NONE,
                   html->outlook->today, true);
    if (event_sets_day(form->event) || (old && old->due != DAY_NONE)) {
        html_label(html, id, "due", say(html->lang, "Hạn được ấn định", "The deadline it sets"));
        html_day_input(html, id, "due", filled(form, "due", day_text(old ? old->due : DAY_NONE, due)),
                       DAY_NONE, DAY_NONE, false);
    }
    html_why_field(html, id, "note", filled(form, "note", old && old->note ? old->note : ""), false);
    html_by_field(html, id, filled(form, "by", NULL));
    html_form_close(html, true,
                    old ? say(html->lang, "Ghi ngày đúng", "Correct it")
                        : say(html->lang, "Ghi ngày", "Record the day"));
}

void html_event_form(struct html *html, const struct event *event, const struct unit *unit,
                     const struct page_said *said)
{
    event_form(html, &(struct event_form){.event = event, .unit = unit, .said = said});
}

/* ---- what was recorded ---- */

static size_t corrections(const struct outlook *outlook, const struct event_fact *fact)
{
    size_t n = 0;
    for (size_t i = 0; i < outlook->facts->n_history; i++)
        n += outlook->facts->history[i].chain == fact->chain;
    return n - 1;
}

/* Only the last of its office and row that stands can be told anew. */
static bool is_last(const struct event_view *view, const struct event_fact *fact)
{
    for (size_t i = 0; i < view->records.n; i++) {
        const struct event_fact *other = event_record(&view->records, i);
        if (other->chain > fact->chain && !other->withdrawn_at &&
            !strcmp(other->unit ? other->unit : "", fact->unit ? fact->unit : "") &&
            !strcmp(other->ref ? other->ref : "", fact->ref ? fact->ref : ""))
            return false;
    }
    return !fact->withdrawn_at;
}

static bool may_write(const struct html *html, const struct event_view *view, const struct event_fact *fact)
{
    const struct page_writer *writer = html->settings->writer;
    return writer && !writer->why_not && is_last(view, fact) &&
           (fact->unit ? page_scope_has(view->scope, fact->unit) : !view->scope->units);
}

static void record_unit(struct html *html, const struct event_fact *fact)
{
    const struct unit *unit = fact->unit ? rulebook_unit(html->outlook->rulebook, fact->unit) : NULL;
    html_add(html, "<tr><th scope=\"row\">");
    if (unit)
        html_unit(html, unit);
    else if (fact->unit)
        html_add(html, "%s", fact->unit);
    else
        html_say(html, "mọi đơn vị", "all offices");
    if (fact->ref)
        html_say(html, " <span class=\"small\">dòng %s</span>", " <span class=\"small\">row %s</span>",
                 fact->ref);
    html_add(html, "</th>");
}

static void record_withdrawn(struct html *html, const struct event_fact *fact)
{
    html_add(html, "<p class=\"small\">");
    html_chip(html, "calm", say(html->lang, "đã rút lại", "taken back"));
    html_add(html, " %s, ", fact->withdrawn_why);
    if (fact->withdrawn_by)
        html_add(html, "%s ", fact->withdrawn_by);
    html_instant(html, fact->withdrawn_at);
    html_add(html, "</p>");
}

static void record_told(struct html *html, const struct event_fact *fact)
{
    size_t corrected = corrections(html->outlook, fact) - (fact->withdrawn_at != 0);
    html_say(html, "<td data-label=\"Người ghi\">", "<td data-label=\"Recorded by\">");
    html_add(html, fact->by ? "%s " : "", fact->by);
    html_add(html, "<span class=\"small\">");
    html_instant(html, fact->recorded_at);
    if (corrected) {
        html_add(html, ", ");
        html_count(html, corrected, "lần sửa, lần ghi trước vẫn giữ", "correction, the former record is kept",
                   "corrections, the former records are kept");
    }
    html_add(html, "</span></td>");
}

static void record_row(struct html *html, const struct event_view *view, const struct event_fact *fact)
{
    char chain[NUMBER_SIZE];
    record_unit(html, fact);
    html_say(html, "<td data-label=\"Ngày xảy ra\">", "<td data-label=\"Happened on\">");
    html_add(html, fact->withdrawn_at ? "<s>" : "");
    html_day(html, fact->on, DAY_WITH_YEAR);
    html_add(html, fact->withdrawn_at ? "</s>" : "");
    if (fact->due != DAY_NONE) {
        html_say(html, " <span class=\"small\">ấn định hạn ", " <span class=\"small\">sets the deadline ");
        html_day(html, fact->due, DAY_WITH_YEAR);
        html_add(html, "</span>");
    }
    html_say(html, "</td><td data-label=\"Ghi chú\">%s", "</td><td data-label=\"Note\">%s",
             fact->note ? fact->note : "");
    if (fact->withdrawn_at)
        record_withdrawn(html, fact);
    html_add(html, "</td>");
    record_told(html, fact);
    html_add(html, "<td>");
    if (may_write(html, view, fact)) {
        snprintf(chain, sizeof chain, "%" PRId64, fact->chain);
        html_add(html, "<a class=\"button plain\"");
        html_href_asking(html, "/events/", view->event->plan->id, view->event->name,
                         (const struct html_query[]){{"corrects", chain}, {NULL, NULL}});
        html_say(html, ">Sửa<span class=\"for\"> lần ghi của %s</span></a>",
                 ">Correct<span class=\"for\"> the record of %s</span></a>",
                 fact->unit ? fact->unit : say(html->lang, "mọi đơn vị", "all offices"));
    }
    html_add(html, "</td></tr>\n");
}

static void records(struct html *html, const struct event_view *view)
{
    size_t n = 0;
    for (size_t i = 0; i < view->records.n; i++)
        n += !event_record(&view->records, i)->unit ||
             page_scope_has(view->scope, event_record(&view->records, i)->unit);
    html_say(
        html,
        "<section aria-labelledby=\"records\"><h2 id=\"records\">Đã ghi <span class=\"n\">%zu</span></h2>\n",
        "<section aria-labelledby=\"records\"><h2 id=\"records\">Recorded <span "
        "class=\"n\">%zu</span></h2>\n",
        n);
    if (n)
        html_say(
            html,
            "<table class=\"records\"><thead><tr><th scope=\"col\">Đơn vị</th><th scope=\"col\">Ngày xảy "
            "ra</th><th scope=\"col\">Ghi chú</th><th scope=\"col\">Người ghi</th><td></td></tr></thead>"
            "<tbody>\n",
            "<table class=\"records\"><thead><tr><th scope=\"col\">Office</th><th scope=\"col\">Happened "
            "on</th><th scope=\"col\">Note</th><th scope=\"col\">Recorded by</th><td></td></tr></thead>"
            "<tbody>\n");
    else
        html_say(html, "<p class=\"empty\">Chưa có lần ghi nào.</p>", "<p class=\"empty\">Nothing yet.</p>");
    for (size_t i = view->records.n; i--;)
        if (!event_record(&view->records, i)->unit ||
            page_scope_has(view->scope, event_record(&view->records, i)->unit))
            record_row(html, view, event_record(&view->records, i));
    html_add(html, n ? "</tbody></table></section>\n" : "</section>\n");
}

/* ---- what waits ---- */

static void duty_line(struct html *html, const struct duty *duty, void *into)
{
    (void)into;
    html_add(html, "<li><a");
    html_href(html, "/items/", duty->item->plan->id, duty->item->ref, NULL);
    html_vi(html);
    html_add(html, ">%s</a> <span class=\"small\">%s</span> <span class=\"small\">", duty->title,
             duty->item->ref);
    html_limit(html, &duty->timing);
    html_add(html, "</span></li>\n");
}

static void duties_card(struct html *html, const struct event *event)
{
    html_say(
        html,
        "<section class=\"card\" aria-labelledby=\"rests\"><h2 id=\"rests\">Việc tính hạn từ đây</h2><ul "
        "class=\"plain\">\n",
        "<section class=\"card\" aria-labelledby=\"rests\"><h2 id=\"rests\">What rests on it</h2><ul "
        "class=\"plain\">\n");
    event_each_duty(event, duty_line, html, NULL);
    html_add(html, "</ul></section>\n");
}

static size_t *waits_new(const struct outlook *outlook, const struct event *event)
{
    size_t *waits = mem_alloc((outlook->rulebook->units.n + 1) * sizeof *waits);
    for (size_t i = 0; i < outlook->n; i++) {
        const struct occurrence *one = &outlook->list[i];
        if (one->state == STATE_WAITING && one->unit && !one->closed &&
            trigger_has_event(one->duty->timing.trigger, event))
            waits[one->unit->number]++;
    }
    return waits;
}

/* Each office's name leads to the form with the office chosen. */
static void offices_card(struct html *html, const struct event_view *view)
{
    const struct units *units = &html->outlook->rulebook->units;
    size_t n = 0;
    for (size_t i = 0; i < units->n; i++)
        n += view->waits[i] && page_scope_has(view->scope, units->at[i]->id);
    if (!n || view->event->repeats)
        return;
    html_say(html,
             "<section class=\"card\" aria-labelledby=\"waiting\"><h2 id=\"waiting\">Đơn vị còn chờ <span "
             "class=\"n\">%zu</span></h2><p class=\"note\">%s</p><p class=\"run\">",
             "<section class=\"card\" aria-labelledby=\"waiting\"><h2 id=\"waiting\">Offices that wait <span "
             "class=\"n\">%zu</span></h2><p class=\"note\">%s</p><p class=\"run\">",
             n,
             view->event->by_unit ? say(html->lang, "Chưa ghi ngày; chọn đơn vị để ghi.",
                                        "No day recorded; choose one to record it.")
                                  : say(html->lang, "Chưa ghi ngày.", "No day recorded."));
    const char *comma = "";
    for (size_t i = 0; i < units->n; i++) {
        const struct unit *unit = units->at[i];
        if (!view->waits[i] || !page_scope_has(view->scope, unit->id))
            continue;
        html_add(html, "%s<a lang=\"vi\" title=\"%s\"", comma, unit->title);
        html_event_href(html, view->event, view->event->by_unit ? unit : NULL);
        html_add(html, ">%s</a>", unit_label(unit));
        comma = ", ";
    }
    html_add(html, "</p></section>\n");
}

/* ---- the page ---- */

static const struct event_fact *corrected(const struct html *html, const struct event_view *view,
                                          const struct page_said *said)
{
    const char *text = html_filled(said, "record", "corrects",
                                   html_filled(said, "withdraw", "corrects", view->scope->corrects));
    int64_t chain = text ? strtoll(text, NULL, 10) : 0;
    for (size_t i = 0; chain && i < view->records.n; i++)
        if (event_record(&view->records, i)->chain == chain &&
            may_write(html, view, event_record(&view->records, i)))
            return event_record(&view->records, i);
    return NULL;
}

/* Everybody has a record: then there are only corrections. */
static bool something_to_record(struct html *html, const struct event_view *view)
{
    struct leads leads = {0};
    if (!view->event->by_unit && !view->scope->units)
        return !has_record(view, NULL) || event_sets_day(view->event);
    leads_of(html, view, &leads);
    bool some = leads.list.n;
    vec_free(&leads.list);
    return some;
}

/* Beside its correction: it was no mistake of the day, it never happened. */
static void withdraw_card(struct html *html, const struct event_fact *fact, const struct page_said *said)
{
    char on[DAY_SIZE];
    html_say(html,
             "<section class=\"card\" aria-labelledby=\"withdraw\"><h2 id=\"withdraw\">Rút lại</h2><p "
             "class=\"note\">Nếu ghi nhầm, sự kiện chưa xảy ra: các việc lại chờ như trước. Lần ghi vẫn "
             "giữ.</p>\n",
             "<section class=\"card\" aria-labelledby=\"withdraw\"><h2 id=\"withdraw\">Take it back</h2><p "
             "class=\"note\">If it was recorded by mistake and has not happened: its duties wait again. The "
             "record is "
             "kept.</p>\n");
    html_form_open(html, "withdraw");
    hidden(html, "event", fact->event);
    hidden_number(html, "corrects", fact->chain);
    hidden(html, "unit", fact->unit ? fact->unit : "*");
    if (fact->ref)
        hidden(html, "ref", fact->ref);
    hidden(html, "on", day_iso(fact->on, on));
    html_why_field(html, "withdraw", "note", html_filled(said, "withdraw", "note", ""), true);
    html_by_field(html, "withdraw", html_filled(said, "withdraw", "by", NULL));
    html_form_close(html, false, say(html->lang, "Rút lại", "Take back"));
    html_add(html, "</section>\n");
}

static void form_card(struct html *html, const struct event_view *view, const struct page_said *said)
{
    struct event_form form = {view, view->event, NULL, corrected(html, view, said), said};
    if (!form.corrects && !something_to_record(html, view))
        return;
    html_add(html, "<section class=\"card\" aria-labelledby=\"record\"><h2 id=\"record\">%s",
             form.corrects          ? say(html->lang, "Sửa ngày đã ghi", "Correct a record")
             : view->event->repeats ? say(html->lang, "Ghi một lần mới", "Record another one")
                                    : say(html->lang, "Ghi ngày xảy ra", "Record the day"));
    if (form.corrects)
        html_add(html, " <span class=\"small\">%s</span>",
                 form.corrects->unit ? form.corrects->unit : say(html->lang, "mọi đơn vị", "all offices"));
    html_add(html, "</h2>\n");
    event_form(html, &form);
    html_add(html, "</section>\n");
    if (form.corrects)
        withdraw_card(html, form.corrects, said);
}

static void event_heading(struct html *html, const struct event *event)
{
    html_say(html, "<div class=\"title\"><nav class=\"crumb\" aria-label=\"Vị trí\">",
             "<div class=\"title\"><nav class=\"crumb\" aria-label=\"Position\">");
    html_plan_tag(html, event->plan);
    html_say(html, " sự kiện làm phát sinh hạn</nav><h1 lang=\"vi\">%s</h1>",
             " event that starts deadlines</nav><h1 lang=\"vi\">%s</h1>", event->title);
    if (event->note)
        html_add(html, "<p class=\"sub\" lang=\"vi\">%s</p>", event->note);
    html_add(html, "<p class=\"note\">%s %s</p></div>\n",
             event->by_unit ? say(html->lang, "Mỗi đơn vị có ngày riêng.", "Each office has its own day.")
                            : say(html->lang, "Một ngày cho mọi đơn vị.", "One day for all offices."),
             event->repeats ? say(html->lang, "Mỗi lần xảy ra là một việc mới.", "Each time is a new duty.")
                            : "");
}

void page_event(const struct outlook *outlook, const struct page_settings *settings,
                const struct event *event, const struct page_scope *scope, const struct page_said *said,
                struct text *out)
{
    struct html html = {out, settings, outlook, settings->lang};
    struct event_view view = {.event = event, .scope = scope, .waits = waits_new(outlook, event)};
    auto_text path = {0};
    view.records = outlook_records(outlook->facts, event);
    text_addf(&path, "/events/%s/%s", event->plan->id, event->name);
    html_open(&html, event->title, text_str(&path));
    event_heading(&html, event);
    html_said(&html, said);
    html_add(&html, "<div class=\"split\"><div class=\"lists\">\n");
    if (settings->writer && !settings->writer->why_not)
        form_card(&html, &view, said);
    else
        html_no_forms(&html, text_str(&path));
    records(&html, &view);
    html_add(&html, "</div>\n<div class=\"side\">\n");
    duties_card(&html, event);
    offices_card(&html, &view);
    html_add(&html, "</div></div>\n");
    html_say(&html, "<details class=\"by-hand\"><summary>Ghi bằng dòng lệnh</summary>",
             "<details class=\"by-hand\"><summary>Record it in a terminal</summary>");
    html_record_command(&html, event, event_sets_day(event));
    html_add(&html, "</details>\n");
    html_close(&html);
    mem_free(view.waits);
}
