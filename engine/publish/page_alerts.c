/* Open alerts: the page of them, and what the overview shows. */
#include "publish/page_html.h"

#include <stdlib.h>
#include <string.h>

enum { CARD_MOST = 3, PAGE_MOST = 400 };

/* ---- its form ---- */

void html_ack_form(struct html *html, const struct alert *alert)
{
    html_add(
        html,
        "<form method=\"post\" class=\"ack\"><input type=\"hidden\" name=\"action\" value=\"ack\"><input "
        "type=\"hidden\" name=\"key\" value=\"%s\">",
        alert->key);
    html_form_proof(html);
    html_say(
        html,
        "<button class=\"button plain\">Đã biết<span class=\"for\"> cảnh báo: %s</span></button></form>",
        "<button class=\"button plain\">Acknowledge<span class=\"for\"> the alert: %s</span></button></form>",
        alert->title);
}

/* ---- one alert ---- */

static const char *severity_tone(enum alert_severity severity)
{
    return severity == ALERT_CRITICAL ? "late" : severity == ALERT_WARNING ? "soon" : "calm";
}

static const char *severity_title(enum alert_severity severity, enum lang lang)
{
    switch (severity) {
    case ALERT_CRITICAL:
        return say(lang, "khẩn", "critical");
    case ALERT_WARNING:
        return say(lang, "cần làm", "warning");
    case ALERT_INFO:
        break;
    }
    return say(lang, "để biết", "notice");
}

/* Its turn, or what many offices owe; a text without a link where it is about neither. */
static void alert_title(struct html *html, const struct alert *alert)
{
    const struct occurrence *one = alert->uid ? outlook_find(html->outlook, alert->uid) : NULL;
    const struct gathering *many =
        alert->uid && !one ? outlook_find_gathering(html->outlook, alert->uid) : NULL;
    if (one) {
        html_add(html, "<a class=\"name\"");
        html_turn_href(html, one);
    } else if (many) {
        html_add(html, "<a class=\"name\"");
        html_href(html, "/items/", many->duty->item->plan->id, many->duty->item->ref, NULL);
    } else if (alert->unit && rulebook_unit(html->outlook->rulebook, alert->unit)) {
        html_add(html, "<a class=\"name\"");
        html_href(html, "/units/", alert->unit, NULL, NULL);
    } else {
        html_add(html, "<span class=\"name\">%s</span>", alert->title);
        return;
    }
    html_add(html, ">%s</a>", alert->title);
}

/* others: offices of which the same is said. */
static void alert_meta(struct html *html, const struct alert *alert, size_t others)
{
    const struct unit *unit = alert->unit ? rulebook_unit(html->outlook->rulebook, alert->unit) : NULL;
    html_add(html, "<p class=\"meta\"><span class=\"chip %s\">%s</span> <span>%s</span> ",
             severity_tone(alert->severity), severity_title(alert->severity, html->lang),
             alert_kind_title(alert->kind, html->lang));
    if (unit) {
        html_add(html, "<span>");
        html_unit(html, unit);
        html_add(html, "</span> ");
    }
    if (others)
        html_say(html, "<span>và %zu đơn vị khác</span> ", "<span>and %zu more</span> ", others);
    html_say(html, "<span>từ ", "<span>since ");
    html_instant(html, alert->since);
    html_add(html, "</span></p>");
}

static bool may_answer(const struct html *html)
{
    const struct page_writer *writer = html->settings->writer;
    return writer && !writer->why_not;
}

static void alert_row(struct html *html, const struct alert *alert)
{
    html_add(html, "<li><div class=\"what\">");
    alert_title(html, alert);
    alert_meta(html, alert, 0);
    if (alert->body && *alert->body)
        html_add(html, "<p class=\"small said\">%s</p>", alert->body);
    html_add(html, "</div>");
    if (may_answer(html))
        html_ack_form(html, alert);
    html_add(html, "</li>\n");
}

/* ---- which ones ---- */

struct chosen {
    const struct alert **at;
    size_t n, cap;
};

static bool is_theirs(const struct alert *alert, const char *const *units, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (alert->unit && !strcmp(alert->unit, units[i]))
            return true;
    return !units;
}

/* What was there before the ledger began is one alert for each office; what is new goes before all of them.
 */
static bool is_backlog(const struct alert *alert)
{
    return !strncmp(alert->key, "backlog:", 8);
}

static int gravest_first(const void *a, const void *b)
{
    const struct alert *x = *(const struct alert *const *)a, *y = *(const struct alert *const *)b;
    if (x->severity != y->severity)
        return x->severity > y->severity ? -1 : 1;
    if (is_backlog(x) != is_backlog(y))
        return is_backlog(x) ? 1 : -1;
    return x->due != y->due ? (x->due < y->due ? -1 : 1) : strcmp(x->key, y->key);
}

static void choose(const struct alerts *alerts, const char *const *units, size_t n_units,
                   struct chosen *chosen)
{
    for (size_t i = 0; i < alerts->n; i++)
        if (alerts->list[i]->state == ALERT_OPEN && is_theirs(alerts->list[i], units, n_units))
            *vec_push(chosen) = alerts->list[i];
    if (chosen->n)
        qsort(chosen->at, chosen->n, sizeof *chosen->at, gravest_first);
}

static void kinds(struct html *html, const struct chosen *chosen)
{
    const char *comma = "";
    html_add(html, "<p class=\"small kinds\">");
    for (int kind = ALERT_DUE_SOON; kind <= ALERT_CALENDAR_PROVISIONAL; kind++) {
        size_t n = 0;
        for (size_t i = 0; i < chosen->n; i++)
            n += chosen->at[i]->kind == (enum alert_kind)kind;
        if (!n)
            continue;
        html_add(html, "%s%s: %zu", comma, alert_kind_title((enum alert_kind)kind, html->lang), n);
        comma = " · ";
    }
    html_add(html, "</p>\n");
}

static void severities(struct html *html, const struct chosen *chosen)
{
    html_add(html, "<p class=\"how severities\">");
    for (int severity = ALERT_CRITICAL; severity >= ALERT_INFO; severity--) {
        size_t n = 0;
        for (size_t i = 0; i < chosen->n; i++)
            n += chosen->at[i]->severity == (enum alert_severity)severity;
        if (n)
            html_add(html, "<span class=\"chip %s\">%zu %s</span> ",
                     severity_tone((enum alert_severity)severity), n,
                     severity_title((enum alert_severity)severity, html->lang));
    }
    html_add(html, "</p>\n");
}

/* ---- in the overview ---- */

static bool says_the_same(const struct alert *a, const struct alert *b)
{
    return a->kind == b->kind && a->severity == b->severity && !strcmp(a->title, b->title);
}

/* What a hundred offices are told stands there once. */
static void card_lines(struct html *html, const struct chosen *chosen)
{
    const struct alert *shown[CARD_MOST];
    size_t n = 0;
    for (size_t i = 0; i < chosen->n && n < CARD_MOST; i++) {
        const struct alert *alert = chosen->at[i];
        bool told = false;
        size_t others = 0;
        for (size_t j = 0; j < n && !told; j++)
            told = says_the_same(shown[j], alert);
        if (told)
            continue;
        for (size_t j = i + 1; j < chosen->n; j++)
            others += says_the_same(alert, chosen->at[j]);
        shown[n++] = alert;
        html_add(html, "<li>");
        alert_title(html, alert);
        alert_meta(html, alert, others);
        html_add(html, "</li>\n");
    }
}

void html_alerts_card(struct html *html)
{
    struct chosen chosen = {0};
    if (!html->settings->alerts)
        return;
    choose(html->settings->alerts, NULL, 0, &chosen);
    html_say(html,
             "<section class=\"card\" aria-labelledby=\"alerts\"><h2 id=\"alerts\">Cảnh báo đang mở <span "
             "class=\"n\">%zu</span></h2>",
             "<section class=\"card\" aria-labelledby=\"alerts\"><h2 id=\"alerts\">Open alerts <span "
             "class=\"n\">%zu</span></h2>",
             chosen.n);
    if (chosen.n) {
        severities(html, &chosen);
        kinds(html, &chosen);
        html_add(html, "<ul class=\"plain\">\n");
        card_lines(html, &chosen);
        html_add(html, "</ul><p class=\"actions\"><a class=\"button plain\"");
        html_href(html, "/alerts", NULL, NULL, NULL);
        html_say(html, ">Xem tất cả, ghi “đã biết”</a></p>", ">See all, acknowledge</a></p>");
    } else
        html_say(html, "<p class=\"empty good\">Không có cảnh báo nào chờ trả lời.</p>",
                 "<p class=\"empty good\">No alert waits for an answer.</p>");
    html_add(html, "</section>\n");
    vec_free(&chosen);
}

/* ---- the page ---- */

void html_unit_option(struct html *html, const struct unit *unit, const char *chosen)
{
    html_add(html, "<option value=\"%s\"%s>", unit->id,
             chosen && !strcmp(chosen, unit->id) ? " selected" : "");
    if (unit_label(unit) == unit->code)
        html_add(html, "%s – ", unit->code);
    html_add(html, "%s</option>", unit->title);
}

/* Offices that have an open alert. */
static void unit_filter(struct html *html, const char *chosen)
{
    const struct outlook *outlook = html->outlook;
    const struct alerts *alerts = html->settings->alerts;
    html_say(html,
             "<form method=\"get\" class=\"filter\"><label for=\"unit\">Đơn vị</label> <select id=\"unit\" "
             "name=\"unit\"><option value=\"\">tất cả</option>\n",
             "<form method=\"get\" class=\"filter\"><label for=\"unit\">Office</label> <select id=\"unit\" "
             "name=\"unit\"><option value=\"\">all</option>\n");
    for (size_t i = 0; i < outlook->rulebook->units.n; i++) {
        const struct unit *unit = outlook->rulebook->units.at[i];
        bool has = chosen && !strcmp(chosen, unit->id);
        for (size_t j = 0; j < alerts->n && !has; j++)
            has = alerts->list[j]->state == ALERT_OPEN && alerts->list[j]->unit &&
                  !strcmp(alerts->list[j]->unit, unit->id);
        if (has)
            html_unit_option(html, unit, chosen);
    }
    html_add(html, "</select>");
    html_lang_field(html);
    html_say(html, "<button class=\"button plain\">Lọc</button></form>\n",
             "<button class=\"button plain\">Show</button></form>\n");
}

static void alert_rows(struct html *html, const struct chosen *chosen)
{
    if (!chosen->n) {
        html_say(html, "<p class=\"card empty good\">Không có cảnh báo nào chờ trả lời.</p>\n",
                 "<p class=\"card empty good\">No alert waits for an answer.</p>\n");
        return;
    }
    severities(html, chosen);
    kinds(html, chosen);
    html_add(html, "<ul class=\"rows alerts card\">\n");
    for (size_t i = 0; i < chosen->n && i < PAGE_MOST; i++)
        alert_row(html, chosen->at[i]);
    html_add(html, "</ul>\n");
    if (chosen->n > PAGE_MOST)
        html_say(html, "<p class=\"more\">… và %zu cảnh báo nữa; hãy lọc theo đơn vị</p>",
                 "<p class=\"more\">… and %zu more; choose an office</p>", chosen->n - PAGE_MOST);
}

void page_alerts(const struct outlook *outlook, const struct page_settings *settings,
                 const char *const *units, size_t n_units, bool choice, const struct page_said *said,
                 struct text *out)
{
    struct html html = {out, settings, outlook, settings->lang};
    struct chosen chosen = {0};
    const char *title = say(html.lang, "Cảnh báo đang mở", "Open alerts");
    choose(settings->alerts, units, n_units, &chosen);
    html_open(&html, title, "/alerts");
    html_add(&html, "<div class=\"title\"><h1>%s <span class=\"n\">%zu</span></h1></div>\n", title, chosen.n);
    html_said(&html, said);
    if (choice)
        unit_filter(&html, n_units == 1 ? units[0] : NULL);
    if (!may_answer(&html))
        html_no_forms(&html, "/alerts");
    alert_rows(&html, &chosen);
    html_close(&html);
    vec_free(&chosen);
}
