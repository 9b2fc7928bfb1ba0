#include "publish/page_html.h"

#include <string.h>

/* A page of about 100 KB: what does not fit stands on /due. */
enum {
    OVERDUE_SHOWN = 30,
    BACKLOG_SHOWN = 5,
    TODAY_SHOWN = 40,
    WEEK_SHOWN = 40,
    SOON_SHOWN = 40,
    EVENTS_SHOWN = 8
};

/* How many of its own occurrences each office has in each bucket. */
struct tally {
    size_t n[N_BUCKETS];
};

struct dashboard {
    struct agenda agenda;
    struct tally *tallies; /* by unit->number */
};

static struct tally *tallies_new(const struct outlook *outlook)
{
    const struct units *units = &outlook->rulebook->units;
    struct tally *tallies = mem_alloc((units->n + 1) * sizeof *tallies);
    for (size_t i = 0; i < units->n; i++) {
        const struct unit_agenda *agenda = &outlook->agendas[units->at[i]->number];
        for (size_t j = 0; j < agenda->n; j++) {
            const struct occurrence *own = agenda->at[j].role == ROLE_LEAD ? agenda->at[j].occurrence : NULL;
            enum bucket bucket = own && !own->closed ? occurrence_bucket(outlook, own) : BUCKET_NONE;
            if (bucket != BUCKET_NONE)
                tallies[units->at[i]->number].n[bucket]++;
        }
    }
    return tallies;
}

static size_t offices_with(const struct outlook *outlook, const struct tally *tallies, enum bucket bucket)
{
    size_t n = 0;
    for (size_t i = 0; i < outlook->rulebook->units.n; i++)
        n += tallies[i].n[bucket] > 0;
    return n;
}

/* ---- the numbers on top ---- */

static void tiles(struct html *html, const struct dashboard *dashboard)
{
    html_say(html, "<ul class=\"tiles\" aria-label=\"Tóm tắt\">",
             "<ul class=\"tiles\" aria-label=\"Summary\">");
    for (enum bucket bucket = BUCKET_OVERDUE; bucket <= BUCKET_SOON; bucket++) {
        size_t n = dashboard->agenda.buckets[bucket].n,
               offices = offices_with(html->outlook, dashboard->tallies, bucket);
        html_add(
            html,
            "<li class=\"%s%s\"><a href=\"#%s\"><span class=\"big\">%zu</span> <span class=\"of\">%s</span>",
            bucket_id(bucket), n ? "" : " none", bucket_id(bucket), n, bucket_title(bucket, html->lang));
        if (offices) {
            html_add(html, " <span class=\"small\">");
            html_count(html, offices, "đơn vị", "office", "offices");
            html_add(html, "</span>");
        }
        html_add(html, "</a></li>");
    }
    html_add(html, "</ul>\n");
}

/* ---- the rows ---- */

static void more_link(struct html *html, size_t hidden, enum bucket bucket)
{
    html_add(html, "<p class=\"more\"><a");
    html_href(html, "/due", NULL, NULL, bucket_id(bucket));
    html_add(html, ">");
    if (bucket == BUCKET_OVERDUE)
        html_count(html, hidden, "dòng quá hạn lâu hơn", "row overdue for longer", "rows overdue for longer");
    else
        html_count(html, hidden, "dòng nữa", "more row", "more rows");
    html_add(html, "</a></p>");
}

static void bucket_heading(struct html *html, enum bucket bucket, size_t n)
{
    const char *id = bucket_id(bucket);
    html_add(html,
             "<section class=\"bucket %s\" aria-labelledby=\"%s\"><h2 id=\"%s\">%s <span "
             "class=\"n\">%zu</span></h2>\n",
             id, id, id, bucket_title(bucket, html->lang), n);
}

static const char *bucket_empty(enum bucket bucket, enum lang lang)
{
    static const char *const vi[] = {"Không có việc quá hạn.", "Hôm nay không có hạn nào.",
                                     "Không còn hạn nào trong tuần.", "Không có hạn nào trong 60 ngày tới.",
                                     "Không có hạn nào."};
    static const char *const en[] = {"Nothing is overdue.", "Nothing is due today.",
                                     "Nothing more is due this week.", "Nothing is due in the next 60 days.",
                                     "Nothing is due."};
    return say(lang, vi[bucket], en[bucket]);
}

static void bucket_section(struct html *html, const struct agenda *agenda, enum bucket bucket, size_t most)
{
    const struct bucket_entries *entries = &agenda->buckets[bucket];
    size_t shown = entries->n < most ? entries->n : most;
    bucket_heading(html, bucket, entries->n);
    if (!entries->n)
        html_add(html, "<p class=\"empty\">%s</p>", bucket_empty(bucket, html->lang));
    html_entries(html, entries->at, shown, false);
    if (entries->n > shown)
        more_link(html, entries->n - shown, bucket);
    html_add(html, "</section>\n");
}

/* What was due before the ledger's first day may well be done, only not recorded: it stands apart, folded
 * where there is something newer. */
static void backlog(struct html *html, const struct entry *entries, size_t n, bool folded)
{
    size_t shown = n < BACKLOG_SHOWN ? n : BACKLOG_SHOWN;
    html_add(html, "<details class=\"backlog\"%s><summary>", folded ? "" : " open");
    html_count(html, n, "dòng đến hạn trước khi bắt đầu ghi nhận (", "row due before recording began (",
               "rows due before recording began (");
    html_day(html, html->outlook->facts->first_day, DAY_WITH_YEAR);
    html_say(html, "): có thể đã xong mà chưa ghi</summary>", "): perhaps done but not recorded</summary>");
    html_entries(html, entries + n - shown, shown, false);
    if (n > shown)
        more_link(html, n - shown, BUCKET_OVERDUE);
    html_add(html, "</details>");
}

static void overdue_section(struct html *html, const struct agenda *agenda)
{
    const struct bucket_entries *entries = &agenda->buckets[BUCKET_OVERDUE];
    int first_day = html->outlook->facts->first_day;
    size_t old = 0;
    while (first_day != DAY_NONE && old < entries->n && entries->at[old].next->due < first_day)
        old++;
    size_t fresh = entries->n - old, shown = fresh < OVERDUE_SHOWN ? fresh : OVERDUE_SHOWN;
    bucket_heading(html, BUCKET_OVERDUE, entries->n);
    if (!entries->n)
        html_add(html, "<p class=\"empty good\">%s</p>", bucket_empty(BUCKET_OVERDUE, html->lang));
    if (old)
        backlog(html, entries->at, old, fresh > 0);
    if (fresh > shown)
        more_link(html, fresh - shown, BUCKET_OVERDUE);
    html_entries(html, entries->at + entries->n - shown, shown, false);
    html_add(html, "</section>\n");
}

/* ---- beside the rows: what waits for events, plans, subscriptions ---- */

struct awaited {
    const struct event *event;
    size_t n;
};
struct awaited_events {
    struct awaited *at;
    size_t n, cap;
};

static void await(const struct event *event, void *into)
{
    struct awaited_events *events = into;
    for (size_t i = 0; i < events->n; i++)
        if (events->at[i].event == event) {
            events->at[i].n++;
            return;
        }
    *vec_push(events) = (struct awaited){event, 1};
}

static void awaited_line(struct html *html, const struct awaited *awaited)
{
    html_add(html, "<li><a");
    html_event_href(html, awaited->event, NULL);
    html_vi(html);
    html_add(html, ">%s</a> <span class=\"small\">", awaited->event->title);
    html_count(html, awaited->n, "việc chờ", "duty waits", "duties wait");
    html_add(html, "</span></li>\n");
}

/* Requests and repeating events always wait for the next one: only what is to come once is listed. */
static bool gathering_waits(const struct gathering *gathering)
{
    const struct trigger *trigger = gathering->duty->timing.trigger;
    if (!trigger || gathering->first->closed || (trigger->kind == TRIGGER_EVENT && trigger->event->repeats))
        return false;
    for (size_t i = 0; i < gathering->n; i++)
        if (gathering->first[i].state == STATE_WAITING)
            return true;
    return false;
}

static void events_block(struct html *html)
{
    struct awaited_events events = {0};
    const struct outlook *outlook = html->outlook;
    for (size_t i = 0; i < outlook->n_gatherings; i++)
        if (gathering_waits(&outlook->gatherings[i]))
            trigger_each_event(outlook->gatherings[i].duty->timing.trigger, await, &events);
    if (events.n) {
        html_say(html,
                 "<section class=\"card\"><h2>Chờ ghi nhận sự kiện <span class=\"n\">%zu</span></h2><p "
                 "class=\"note\">Các việc này chưa có "
                 "ngày hạn cho đến khi sự kiện được ghi.</p><ul class=\"plain\">",
                 "<section class=\"card\"><h2>Events to record <span class=\"n\">%zu</span></h2><p "
                 "class=\"note\">These duties have no "
                 "deadline until the event is recorded.</p><ul class=\"plain\">",
                 events.n);
        for (size_t i = 0; i < events.n && i < EVENTS_SHOWN; i++)
            awaited_line(html, &events.at[i]);
        html_add(html, "</ul>");
        if (events.n > EVENTS_SHOWN)
            html_say(html, "<p class=\"more\">… và %zu sự kiện nữa, xem ở trang của từng kế hoạch</p>",
                     "<p class=\"more\">… and %zu more, on the pages of the plans</p>",
                     events.n - EVENTS_SHOWN);
        html_add(html, "</section>\n");
    }
    vec_free(&events);
}

struct plan_tally {
    size_t dated, done, overdue;
};

static struct plan_tally plan_count(const struct outlook *outlook, const struct plan *plan)
{
    struct plan_tally tally = {0};
    for (size_t i = 0; i < outlook->n; i++) {
        const struct occurrence *one = &outlook->list[i];
        if (one->duty->item->plan != plan || one->state == STATE_CANCELLED ||
            (one->due == DAY_NONE && one->state != STATE_DONE))
            continue;
        tally.dated++;
        tally.done += one->state == STATE_DONE;
        tally.overdue += one->state == STATE_OVERDUE;
    }
    return tally;
}

static void plan_line(struct html *html, const struct plan *plan)
{
    struct plan_tally tally = plan_count(html->outlook, plan);
    char period[PERIOD_NAME_SIZE];
    html_add(html, "<li><a");
    html_href(html, "/plans/", plan->id, NULL, NULL);
    html_vi(html);
    html_add(html, ">%s</a> <span class=\"small\">%s, %s</span><p class=\"how\">", plan->title,
             plan_tag(plan), period_name(&plan->period, html->lang, period));
    html_progress(html, tally.done, tally.dated);
    if (tally.overdue) {
        html_add(html, "<span class=\"chip late\">");
        html_say(html, "%zu quá hạn</span>", "%zu overdue</span>", tally.overdue);
    }
    html_add(html, "</p></li>\n");
}

static size_t closed_plans(const struct outlook *outlook)
{
    size_t n = 0;
    for (size_t i = 0; i < outlook->rulebook->n_plans; i++)
        n += outlook->plan_closed[i];
    return n;
}

static void plan_lines(struct html *html, bool closed)
{
    const struct outlook *outlook = html->outlook;
    html_add(html, "<ul class=\"plain\">");
    for (size_t i = 0; i < outlook->rulebook->n_plans; i++)
        if (outlook->plan_closed[i] == closed)
            plan_line(html, &outlook->rulebook->plans[i]);
    html_add(html, "</ul>");
}

static void plans_block(struct html *html)
{
    const struct outlook *outlook = html->outlook;
    size_t closed = closed_plans(outlook);
    html_say(html, "<section class=\"card\" aria-labelledby=\"plans\"><h2 id=\"plans\">Kế hoạch</h2>",
             "<section class=\"card\" aria-labelledby=\"plans\"><h2 id=\"plans\">Plans</h2>");
    plan_lines(html, false);
    if (closed) {
        html_add(html, "<details><summary>");
        html_count(html, closed, "kế hoạch đã khép", "closed plan", "closed plans");
        html_add(html, "</summary>");
        plan_lines(html, true);
        html_add(html, "</details>");
    }
    html_add(html, "</section>\n");
}

static void subscribe_block(struct html *html)
{
    html_say(html,
             "<section class=\"card feeds\" aria-labelledby=\"feeds\"><h2 id=\"feeds\">Đưa vào lịch của "
             "bạn</h2><ul class=\"plain\"><li><a",
             "<section class=\"card feeds\" aria-labelledby=\"feeds\"><h2 id=\"feeds\">Into your own "
             "calendar</h2><ul class=\"plain\"><li><a");
    html_href(html, "/subscribe/all", NULL, NULL, NULL);
    html_say(html, ">Tất cả các hạn</a></li><li><a", ">All deadlines</a></li><li><a");
    html_href(html, "/subscribe/holidays", NULL, NULL, NULL);
    html_say(html,
             ">Ngày nghỉ, ngày làm bù</a></li></ul><p class=\"note\">Lịch của một đơn vị hay một kế hoạch: "
             "mở trang của đơn vị, kế hoạch đó.</p></section>\n",
             ">Days off and make-up days</a></li></ul><p class=\"note\">For one office or one plan, open its "
             "page.</p></section>\n");
}

/* ---- offices ---- */

static bool unit_is_listed(const struct outlook *outlook, const struct unit *unit, const struct tally *tally)
{
    if (unit->until_day == DAY_NONE || unit->until_day >= outlook->today)
        return true;
    return tally->n[BUCKET_OVERDUE] || tally->n[BUCKET_TODAY] || tally->n[BUCKET_WEEK] ||
           tally->n[BUCKET_SOON];
}

static void unit_counts(struct html *html, const struct tally *tally)
{
    size_t week = tally->n[BUCKET_TODAY] + tally->n[BUCKET_WEEK];
    if (tally->n[BUCKET_OVERDUE])
        html_say(html, " <span class=\"late\">%zu quá hạn</span>", " <span class=\"late\">%zu overdue</span>",
                 tally->n[BUCKET_OVERDUE]);
    if (week)
        html_say(html, " <span>%zu tuần này</span>", " <span>%zu this week</span>", week);
}

static void unit_line(struct html *html, const struct unit *unit, const struct tally *tally)
{
    html_add(html, "<li><a");
    html_href(html, "/units/", unit->id, NULL, NULL);
    html_vi(html);
    html_add(html, ">");
    if (unit_label(unit) == unit->code)
        html_add(html, "<b>%s</b> ", unit->code);
    html_add(html, "%s</a>", unit->title);
    unit_counts(html, tally);
    html_add(html, "</li>\n");
}

static bool org_is_active(const struct outlook *outlook, const struct org *org)
{
    for (size_t i = 0; i < outlook->rulebook->n_plans; i++)
        if (outlook->rulebook->plans[i].org == org && !outlook->plan_closed[i])
            return true;
    return false;
}

static void org_block(struct html *html, const struct org *org, const struct tally *tallies)
{
    bool active = org_is_active(html->outlook, org);
    html_add(html, active ? "<h3 lang=\"vi\">%s</h3>" : "<details><summary lang=\"vi\">%s</summary>",
             org->title);
    html_add(html, "<ul class=\"offices\">\n");
    for (size_t i = 0; i < org->units.n; i++) {
        const struct unit *unit = org->units.at[i];
        if (unit_is_listed(html->outlook, unit, &tallies[unit->number]))
            unit_line(html, unit, &tallies[unit->number]);
    }
    html_add(html, active ? "</ul>" : "</ul></details>");
}

/* 131 offices are too many to look through on a phone. */
static void office_picker(struct html *html)
{
    const struct rulebook *rulebook = html->outlook->rulebook;
    html_add(html, "<form method=\"get\" class=\"filter\"");
    html_action(html, "/units");
    html_say(html, "><label for=\"office\">Trang của đơn vị</label> <select id=\"office\" name=\"unit\">\n",
             "><label for=\"office\">Page of an office</label> <select id=\"office\" name=\"unit\">\n");
    for (size_t i = 0; i < rulebook->n_orgs; i++) {
        const struct org *org = &rulebook->orgs[i];
        html_add(html, org_is_active(html->outlook, org) ? "<optgroup label=\"%s\">\n" : "", org->title);
        for (size_t j = 0; org_is_active(html->outlook, org) && j < org->units.n; j++)
            html_unit_option(html, org->units.at[j], NULL);
        html_add(html, org_is_active(html->outlook, org) ? "</optgroup>\n" : "");
    }
    html_add(html, "</select>");
    html_lang_field(html);
    html_say(html, "<button class=\"button plain\">Mở</button></form>\n",
             "<button class=\"button plain\">Open</button></form>\n");
}

static void units_block(struct html *html, const struct tally *tallies)
{
    const struct rulebook *rulebook = html->outlook->rulebook;
    html_say(html, "<section class=\"units\" aria-labelledby=\"units\"><h2 id=\"units\">Đơn vị</h2>",
             "<section class=\"units\" aria-labelledby=\"units\"><h2 id=\"units\">Offices</h2>");
    for (size_t i = 0; i < rulebook->n_orgs; i++)
        if (org_is_active(html->outlook, &rulebook->orgs[i]))
            org_block(html, &rulebook->orgs[i], tallies);
    for (size_t i = 0; i < rulebook->n_orgs; i++)
        if (!org_is_active(html->outlook, &rulebook->orgs[i]))
            org_block(html, &rulebook->orgs[i], tallies);
    html_add(html, "</section>\n");
}

/* ---- the pages ---- */

static void today_heading(struct html *html, const char *title)
{
    html_add(html, "<div class=\"title\"><h1>%s</h1><p class=\"sub\">", title);
    html_day(html, html->outlook->today, DAY_WITH_WEEKDAY);
    html_add(html, "</p></div>\n");
}

void page_dashboard(const struct outlook *outlook, const struct page_settings *settings, struct text *out)
{
    struct html html = {out, settings, outlook, settings->lang};
    struct dashboard dashboard = {.tallies = tallies_new(outlook)};
    agenda_of_all(outlook, &dashboard.agenda);
    html_open(&html, say(html.lang, "Tổng quan", "Overview"), "/");
    today_heading(&html, say(html.lang, "Tổng quan các hạn", "Deadlines at a glance"));
    tiles(&html, &dashboard);
    office_picker(&html);
    html_alerts_card(&html);
    html_add(&html, "<div class=\"split\"><div class=\"lists\">\n");
    overdue_section(&html, &dashboard.agenda);
    bucket_section(&html, &dashboard.agenda, BUCKET_TODAY, TODAY_SHOWN);
    bucket_section(&html, &dashboard.agenda, BUCKET_WEEK, WEEK_SHOWN);
    bucket_section(&html, &dashboard.agenda, BUCKET_SOON, SOON_SHOWN);
    html_add(&html, "</div>\n<div class=\"side\">\n");
    html_kpi_board(&html);
    html_figures_card(&html);
    html_scores_board(&html);
    plans_block(&html);
    events_block(&html);
    subscribe_block(&html);
    html_add(&html, "</div></div>\n");
    units_block(&html, dashboard.tallies);
    html_close(&html);
    agenda_fini(&dashboard.agenda);
    mem_free(dashboard.tallies);
}

void page_due(const struct outlook *outlook, const struct page_settings *settings, struct text *out)
{
    struct html html = {out, settings, outlook, settings->lang};
    struct agenda agenda = {0};
    const char *title = say(html.lang, "Tất cả các hạn chưa xong", "All deadlines not done");
    agenda_of_all(outlook, &agenda);
    html_open(&html, title, "/due");
    today_heading(&html, title);
    html_add(&html, "<div class=\"lists\">\n");
    for (enum bucket bucket = BUCKET_OVERDUE; bucket < N_BUCKETS; bucket++)
        if (agenda.buckets[bucket].n)
            bucket_section(&html, &agenda, bucket, agenda.buckets[bucket].n);
    html_add(&html, "</div>\n");
    html_close(&html);
    agenda_fini(&agenda);
}
