#include "publish/page_html.h"

#include "publish/phrase.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { DONE_DAYS = 30, LATER_SHOWN = 60, DONE_SHOWN = 60 };

struct office {
    const struct unit *unit;
    const struct unit_agenda *agenda;
    struct agenda own, others;
};

/* ---- on top ---- */

static void unit_life(struct html *html, const struct unit *unit)
{
    if (unit->from_day == DAY_NONE && unit->until_day == DAY_NONE && !unit->note)
        return;
    html_add(html, "<p class=\"note\">");
    if (unit->until_day != DAY_NONE) {
        html_say(html, "Đơn vị hoạt động đến ", "This office worked until ");
        html_day(html, unit->until_day, DAY_WITH_YEAR);
        if (unit->heir)
            html_say(html, ", tiếp nhận: %s", ", taken over by %s", unit->heir_id);
        html_add(html, ". ");
    } else if (unit->from_day != DAY_NONE) {
        html_say(html, "Đơn vị hoạt động từ ", "This office works since ");
        html_day(html, unit->from_day, DAY_WITH_YEAR);
        html_add(html, ". ");
    }
    if (unit->note)
        html_add(html, "<span lang=\"vi\">%s</span>", unit->note);
    html_add(html, "</p>");
}

static void unit_actions(struct html *html, const struct unit *unit)
{
    html_add(html, "<p class=\"actions\"><a class=\"button\"");
    html_href(html, "/subscribe/unit/", unit->id, NULL, NULL);
    html_say(html, ">Đăng ký lịch này</a> <a", ">Subscribe to this calendar</a> <a");
    html_href(html, "/", NULL, NULL, "units");
    html_say(html, ">Các đơn vị khác</a></p>\n", ">Other offices</a></p>\n");
}

static void unit_heading(struct html *html, const struct unit *unit)
{
    html_add(html, "<div class=\"title\"><p class=\"crumb\" lang=\"vi\">%s</p><h1 lang=\"vi\">",
             unit->org->title);
    if (unit_label(unit) == unit->code)
        html_add(html, "%s – ", unit->code);
    html_add(html, "%s</h1><p class=\"sub\">", unit->title);
    html_day(html, html->outlook->today, DAY_WITH_WEEKDAY);
    html_add(html, " <code>%s</code></p>", unit->id);
    unit_life(html, unit);
    html_add(html, "</div>\n");
}

static void tiles(struct html *html, const struct office *office)
{
    html_say(html, "<ul class=\"tiles\" aria-label=\"Tóm tắt\">",
             "<ul class=\"tiles\" aria-label=\"Summary\">");
    for (enum bucket bucket = BUCKET_OVERDUE; bucket <= BUCKET_SOON; bucket++) {
        size_t n = office->own.buckets[bucket].n;
        html_add(html,
                 "<li class=\"%s%s\"><a href=\"#own\"><span class=\"big\">%zu</span> <span "
                 "class=\"of\">%s</span></a></li>",
                 bucket_id(bucket), n ? "" : " none", n, bucket_title(bucket, html->lang));
    }
    html_add(html, "</ul>\n");
}

/* ---- what has a day ---- */

static void dated_bucket(struct html *html, const struct agenda *agenda, enum bucket bucket)
{
    const struct bucket_entries *entries = &agenda->buckets[bucket];
    size_t most = bucket == BUCKET_LATER ? LATER_SHOWN : entries->n,
           shown = entries->n < most ? entries->n : most;
    if (!entries->n)
        return;
    html_add(html, "<div class=\"bucket %s\">", bucket_id(bucket));
    if (bucket == BUCKET_LATER)
        html_add(html, "<details><summary>%s <span class=\"n\">%zu</span></summary>",
                 bucket_title(bucket, html->lang), entries->n);
    else
        html_add(html, "<p class=\"band\">%s <span class=\"n\">%zu</span></p>",
                 bucket_title(bucket, html->lang), entries->n);
    html_entries(html, entries->at, shown, true);
    if (shown < entries->n)
        html_say(html, "<p class=\"more\">… và %zu dòng nữa</p>", "<p class=\"more\">… and %zu more rows</p>",
                 entries->n - shown);
    html_add(html, bucket == BUCKET_LATER ? "</details></div>\n" : "</div>\n");
}

static size_t agenda_count(const struct agenda *agenda)
{
    size_t n = 0;
    for (size_t i = 0; i < N_BUCKETS; i++)
        n += agenda->buckets[i].n;
    return n;
}

static void dated_section(struct html *html, const struct agenda *agenda, bool own)
{
    const char *id = own ? "own" : "others";
    const char *title = own ? say(html->lang, "Việc của đơn vị", "This office's own duties")
                            : say(html->lang, "Đơn vị khác gửi đến, và việc phối hợp",
                                  "What others send here, and what it coordinates");
    if (!own && !agenda_count(agenda))
        return;
    html_add(html, "<section aria-labelledby=\"%s\"><h2 id=\"%s\">%s <span class=\"n\">%zu</span></h2>\n", id,
             id, title, agenda_count(agenda));
    if (!agenda_count(agenda))
        html_say(html, "<p class=\"empty\">Không có việc nào có hạn mà chưa xong.</p>",
                 "<p class=\"empty\">Nothing dated is open.</p>");
    for (enum bucket bucket = BUCKET_OVERDUE; bucket < N_BUCKETS; bucket++)
        dated_bucket(html, agenda, bucket);
    html_add(html, "</section>\n");
}

/* ---- lists of own occurrences in other states ---- */

static void duty_link(struct html *html, const struct duty *duty)
{
    html_add(html, "<a");
    html_href(html, "/items/", duty->item->plan->id, duty->item->ref, NULL);
    html_vi(html);
    html_add(html, ">%s</a> <span class=\"small\">%s · %s</span>", duty->title, duty->item->ref,
             plan_tag(duty->item->plan));
}

static const struct occurrence *own_in_state(const struct office *office, size_t i, enum state state)
{
    const struct engagement *one = &office->agenda->at[i];
    const struct occurrence *own = one->role == ROLE_LEAD ? one->occurrence : NULL;
    return own && own->state == state && !own->closed ? own : NULL;
}

static void section_open(struct html *html, const char *id, const char *title)
{
    html_add(html, "<section class=\"card\" aria-labelledby=\"%s\"><h2 id=\"%s\">%s</h2>", id, id, title);
}

static void standing_section(struct html *html, const struct office *office)
{
    size_t n = 0;
    for (size_t i = 0; i < office->agenda->n; i++) {
        const struct occurrence *own = own_in_state(office, i, STATE_STANDING);
        if (!own)
            continue;
        if (!n++) {
            section_open(
                html, "standing",
                say(html->lang, "Việc thường xuyên, không có hạn", "Standing duties, without a date"));
            html_add(html, "<ul class=\"plain\">");
        }
        html_add(html, "<li>");
        duty_link(html, own->duty);
        if (own->duty->text && strcasecmp(own->duty->text, "thường xuyên"))
            html_add(html, " <q class=\"small\" lang=\"vi\">%s</q>", own->duty->text);
        html_add(html, "</li>\n");
    }
    html_add(html, n ? "</ul></section>\n" : "");
}

static int by_done_on(const void *a, const void *b)
{
    const struct occurrence *const *x = a, *const *y = b;
    return (*x)->done_on != (*y)->done_on ? ((*x)->done_on > (*y)->done_on ? -1 : 1)
                                          : strcmp((*x)->id, (*y)->id);
}

static void done_line(struct html *html, const struct occurrence *done)
{
    char label[LABEL_SIZE];
    html_add(html, "<li>");
    duty_link(html, done->duty);
    if (strcmp(done->label, done->duty->item->plan->period.label))
        html_add(html, " <span class=\"small\">%s</span>", label_name(done->label, html->lang, label));
    html_add(html, " ");
    html_state(html, done);
    html_add(html, "</li>\n");
}

static void done_section(struct html *html, const struct office *office)
{
    VEC(const struct occurrence *) done = {0};
    for (size_t i = 0; i < office->agenda->n; i++) {
        const struct occurrence *own = own_in_state(office, i, STATE_DONE);
        if (own && own->done_on >= html->outlook->today - DONE_DAYS)
            *vec_push(&done) = own;
    }
    if (done.n) {
        qsort(done.at, done.n, sizeof *done.at, by_done_on);
        section_open(html, "done", say(html->lang, "Đã xong trong 30 ngày qua", "Done in the last 30 days"));
        html_add(html, "<ul class=\"plain\">");
        for (size_t i = 0; i < done.n && i < DONE_SHOWN; i++)
            done_line(html, done.at[i]);
        html_add(html, "</ul></section>\n");
    }
    vec_free(&done);
}

/* ---- what waits ---- */

struct events {
    const struct event **at;
    size_t n, cap;
};

static void keep_event(const struct event *event, void *into)
{
    struct events *events = into;
    for (size_t i = 0; i < events->n; i++)
        if (events->at[i] == event)
            return;
    *vec_push(events) = event;
}

/* A duty under the event that it waits for; where it needs more than that, all of it in words. */
static void waiting_line(struct html *html, const struct duty *duty)
{
    html_add(html, "<li><a");
    html_href(html, "/items/", duty->item->plan->id, duty->item->ref, NULL);
    html_vi(html);
    html_add(html, ">%s</a> <span class=\"small\">%s</span> <span class=\"small\">", duty->title,
             duty->item->ref);
    if (duty->timing.trigger->kind == TRIGGER_EVENT)
        html_limit(html, &duty->timing);
    else {
        auto_text words = {0};
        phrase_waiting(&words, &duty->timing, html->lang);
        html_add(html, "%s", text_str(&words));
    }
    html_add(html, "</span></li>\n");
}

static void waiting_event(struct html *html, const struct office *office, const struct event *event)
{
    html_add(html, "<li><h3");
    html_vi(html);
    html_add(html, ">%s <span class=\"small\">%s</span></h3><ul class=\"plain\">", event->title,
             plan_tag(event->plan));
    for (size_t i = 0; i < office->agenda->n; i++) {
        const struct occurrence *own = own_in_state(office, i, STATE_WAITING);
        if (!own || !trigger_has_event(own->duty->timing.trigger, event))
            continue;
        waiting_line(html, own->duty);
    }
    html_add(html, "</ul><p class=\"act\"><a class=\"button plain\"");
    html_event_href(html, event, event->by_unit ? office->unit : NULL);
    html_say(html, ">Ghi ngày<span class=\"for\">: %s</span></a></p></li>\n",
             ">Record the day<span class=\"for\">: %s</span></a></p></li>\n", event->title);
}

/* Those that wait for other rows only. */
static void waiting_rows(struct html *html, const struct office *office)
{
    size_t n = 0;
    for (size_t i = 0; i < office->agenda->n; i++) {
        const struct occurrence *own = own_in_state(office, i, STATE_WAITING);
        struct events events = {0};
        if (own)
            trigger_each_event(own->duty->timing.trigger, keep_event, &events);
        if (own && !events.n) {
            if (!n++)
                html_say(html,
                         "<li><h3>Việc khác làm xong trước</h3><ul "
                         "class=\"plain\">",
                         "<li><h3>Another row must be done first</h3><ul "
                         "class=\"plain\">");
            waiting_line(html, own->duty);
        }
        vec_free(&events);
    }
    html_add(html, n ? "</ul></li>" : "");
}

static void waiting_events(const struct office *office, struct events *events)
{
    for (size_t i = 0; i < office->agenda->n; i++) {
        const struct occurrence *own = own_in_state(office, i, STATE_WAITING);
        if (own)
            trigger_each_event(own->duty->timing.trigger, keep_event, events);
    }
}

static bool waits_for_rows_only(const struct office *office)
{
    for (size_t i = 0; i < office->agenda->n; i++) {
        const struct occurrence *own = own_in_state(office, i, STATE_WAITING);
        struct events events = {0};
        if (own)
            trigger_each_event(own->duty->timing.trigger, keep_event, &events);
        bool none = own && !events.n;
        vec_free(&events);
        if (none)
            return true;
    }
    return false;
}

static size_t events_repeating(const struct events *events, bool repeats)
{
    size_t n = 0;
    for (size_t i = 0; i < events->n; i++)
        n += events->at[i]->repeats == repeats;
    return n;
}

/* repeats: what may happen again and again, not something that is missing. */
static void waiting_section(struct html *html, const struct office *office, bool repeats)
{
    struct events events = {0};
    waiting_events(office, &events);
    bool rows = !repeats && waits_for_rows_only(office);
    if (events_repeating(&events, repeats) || rows) {
        section_open(
            html, repeats ? "recurring" : "waiting",
            repeats ? say(html->lang, "Khi phát sinh, khi có yêu cầu", "Whenever it happens or is asked for")
                    : say(html->lang, "Chờ sự kiện để có hạn", "Waiting for an event"));
        html_say(html,
                 "<p class=\"note\">Khi xảy ra, hãy ghi ngày: hạn được tính từ đó.</p><ul class=\"events\">",
                 "<p class=\"note\">Record the day when it happens: the deadline is counted from it.</p><ul "
                 "class=\"events\">");
        for (size_t i = 0; i < events.n; i++)
            if (events.at[i]->repeats == repeats)
                waiting_event(html, office, events.at[i]);
        if (rows)
            waiting_rows(html, office);
        html_add(html, "</ul></section>\n");
    }
    vec_free(&events);
}

/* ---- the page ---- */

static void unit_title(const struct unit *unit, struct text *title)
{
    if (unit_label(unit) == unit->code)
        text_addf(title, "%s – ", unit->code);
    text_add(title, unit->title);
}

void page_unit(const struct outlook *outlook, const struct page_settings *settings, const struct unit *unit,
               struct text *out)
{
    struct html html = {out, settings, outlook, settings->lang};
    struct office office = {.unit = unit, .agenda = &outlook->agendas[unit->number]};
    auto_text title = {0}, path = {0};
    agenda_of_unit(outlook, unit, true, &office.own);
    agenda_of_unit(outlook, unit, false, &office.others);
    unit_title(unit, &title);
    text_addf(&path, "/units/%s", unit->id);
    html_open(&html, text_str(&title), text_str(&path));
    unit_heading(&html, unit);
    tiles(&html, &office);
    unit_actions(&html, unit);
    html_add(&html, "<div class=\"split\"><div class=\"lists\">\n");
    dated_section(&html, &office.own, true);
    html_kpi_unit(&html, unit);
    html_scores_unit(&html, unit);
    dated_section(&html, &office.others, false);
    waiting_section(&html, &office, false);
    waiting_section(&html, &office, true);
    html_add(&html, "</div>\n<div class=\"side\">\n");
    standing_section(&html, &office);
    done_section(&html, &office);
    html_add(&html, "</div></div>\n");
    html_close(&html);
    agenda_fini(&office.own);
    agenda_fini(&office.others);
}
