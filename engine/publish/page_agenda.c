#include "publish/page_html.h"

#include <stdlib.h>
#include <string.h>

/* ---- which rows, in which bucket ---- */

enum bucket occurrence_bucket(const struct outlook *outlook, const struct occurrence *occurrence)
{
    int today = outlook->today, sunday = today + 7 - day_weekday(today);
    if (occurrence->due == DAY_NONE || occurrence->state == STATE_DONE ||
        occurrence->state == STATE_CANCELLED)
        return BUCKET_NONE;
    if (occurrence->due < today)
        return BUCKET_OVERDUE;
    if (occurrence->act_by <= today)
        return BUCKET_TODAY;
    if (occurrence->act_by <= sunday)
        return BUCKET_WEEK;
    return occurrence->act_by <= today + DAYS_AHEAD ? BUCKET_SOON : BUCKET_LATER;
}

static void agenda_add(struct agenda *agenda, const struct outlook *outlook, const struct entry *entry)
{
    if (!entry->next || entry->next->closed)
        return;
    enum bucket bucket = occurrence_bucket(outlook, entry->next);
    if (bucket != BUCKET_NONE)
        *vec_push(&agenda->buckets[bucket]) = *entry;
}

static int by_due(const void *a, const void *b)
{
    const struct entry *x = a, *y = b;
    if (x->next->due != y->next->due)
        return x->next->due < y->next->due ? -1 : 1;
    return x->number < y->number ? -1 : x->number > y->number;
}

static void agenda_sort(struct agenda *agenda)
{
    for (size_t i = 0; i < N_BUCKETS; i++)
        if (agenda->buckets[i].n)
            qsort(agenda->buckets[i].at, agenda->buckets[i].n, sizeof *agenda->buckets[i].at, by_due);
}

void agenda_of_all(const struct outlook *outlook, struct agenda *agenda)
{
    for (size_t i = 0; i < outlook->n_gatherings; i++) {
        const struct gathering *gathering = &outlook->gatherings[i];
        agenda_add(agenda, outlook,
                   &(struct entry){.gathering = gathering, .next = gathering->next, .number = i});
    }
    agenda_sort(agenda);
}

void agenda_of_unit(const struct outlook *outlook, const struct unit *unit, bool own, struct agenda *agenda)
{
    const struct unit_agenda *list = &outlook->agendas[unit->number];
    for (size_t i = 0; i < list->n; i++) {
        const struct engagement *one = &list->at[i];
        if (own != (one->role == ROLE_LEAD))
            continue;
        agenda_add(agenda, outlook,
                   &(struct entry){.gathering = one->gathering,
                                   .next = own ? one->occurrence : one->gathering->next,
                                   .own = own,
                                   .role = one->role,
                                   .number = i});
    }
    agenda_sort(agenda);
}

void agenda_fini(struct agenda *agenda)
{
    for (size_t i = 0; i < N_BUCKETS; i++)
        vec_free(&agenda->buckets[i]);
}

const char *bucket_id(enum bucket bucket)
{
    static const char *const ids[] = {"overdue", "today", "week", "soon", "later"};
    must(bucket < N_BUCKETS);
    return ids[bucket];
}

const char *bucket_title(enum bucket bucket, enum lang lang)
{
    static const char *const vi[] = {"Quá hạn", "Hôm nay", "Tuần này", "60 ngày tới", "Sau 60 ngày"};
    static const char *const en[] = {"Overdue", "Today", "This week", "Next 60 days", "After 60 days"};
    must(bucket < N_BUCKETS);
    return say(lang, vi[bucket], en[bucket]);
}

/* ---- a day ---- */

static void day_distance(struct html *html, int due)
{
    const struct outlook *outlook = html->outlook;
    int days = due - outlook->today;
    html_add(html, "<span class=\"far\">");
    if (days < -1)
        html_say(html, "%d ngày trước", "%d days ago", -days);
    else if (days == -1)
        html_say(html, "hôm qua", "yesterday");
    else if (days == 0)
        html_say(html, "hôm nay", "today");
    else if (days == 1)
        html_say(html, "ngày mai", "tomorrow");
    else {
        int left = workdays_between(outlook->rulebook->workdays, outlook->today, due);
        html_say(html, "còn %d ngày, ", "in %d days, ", days);
        html_count(html, (size_t)left, "ngày làm việc", "working day", "working days");
    }
    html_add(html, "</span>");
}

/* The calendar's words for a day, without the source behind the semicolon. */
static void day_reason(struct html *html, int day)
{
    const char *reason = workdays_reason(html->outlook->rulebook->workdays, day);
    if (!reason)
        return;
    auto_text name = {0};
    text_add_bytes(&name, reason, strcspn(reason, ";"));
    html_add(html, " (%s)", text_str(&name));
}

/* A deadline on a day off: the last working day before it is what counts. */
static void day_hint(struct html *html, int due)
{
    const struct outlook *outlook = html->outlook;
    int act = workdays_on_or_before(outlook->rulebook->workdays, due);
    if (due < outlook->today || act == due)
        return;
    html_add(html, "<p class=\"hint\">");
    if (act == outlook->today)
        html_say(html, "Phải xong trong hôm nay", "To be finished today");
    else if (act < outlook->today) {
        html_say(html, "Ngày làm việc cuối đã qua: ", "The last working day is gone: ");
        html_day(html, act, DAY_WITH_WEEKDAY);
    } else {
        html_say(html, "Xong trước hết ", "Finish by ");
        html_day(html, act, DAY_WITH_WEEKDAY);
    }
    html_say(html, "; ngày hạn là ngày nghỉ", "; the deadline is a day off");
    day_reason(html, due);
    html_add(html, ".</p>");
}

static void day_heading(struct html *html, int due)
{
    html_add(html, "<h3 class=\"day\">");
    html_day(html, due, DAY_WITH_WEEKDAY);
    html_add(html, " ");
    day_distance(html, due);
    html_add(html, "</h3>");
    day_hint(html, due);
}

/* ---- a row ---- */

static void row_title(struct html *html, const struct duty *duty)
{
    html_add(html, "<a class=\"name\"");
    html_href(html, "/items/", duty->item->plan->id, duty->item->ref, NULL);
    html_vi(html);
    html_add(html, ">%s</a>", duty->title);
    if (duty->part && strcmp(duty->title, duty->item->title)) {
        html_add(html, " <span class=\"of\"");
        html_vi(html);
        html_add(html, ">%s</span>", duty->item->title);
    }
}

static void row_meta(struct html *html, const struct entry *entry)
{
    const struct duty *duty = entry->gathering->duty;
    const struct plan *plan = duty->item->plan;
    char label[LABEL_SIZE];
    html_add(html, "<p class=\"meta\">");
    if (strcmp(entry->gathering->label, plan->period.label))
        html_add(html, "<span>%s</span> ", label_name(entry->gathering->label, html->lang, label));
    html_add(html, "<span>%s</span> <span>", duty->item->ref);
    html_plan_tag(html, plan);
    html_add(html, "</span></p>");
}

/* Those that owe it: heirs, where offices are gone. */
static void gathering_offices(struct html *html, const struct gathering *gathering, size_t most)
{
    for (size_t i = 0; i < gathering->n && gathering->n <= most; i++) {
        html_add(html, i ? ", " : "");
        html_unit(html, gathering->first[i].unit);
    }
    if (gathering->n > most)
        html_count(html, gathering->n, "đơn vị", "office", "offices");
}

static void row_offices(struct html *html, const struct entry *entry)
{
    enum { NAMED = 3 };
    const struct duty *duty = entry->gathering->duty;
    if (duty->no_lead)
        html_say(html, "chưa rõ đơn vị", "office unknown");
    else if (duty->joint)
        html_units(html, occurrence_party(entry->next, PARTY_LEAD), NAMED);
    else
        gathering_offices(html, entry->gathering, NAMED);
}

/* Who owes it; of an office's own: to whom it goes. */
static void row_who(struct html *html, const struct entry *entry)
{
    enum { NAMED = 3 };
    const struct duty *duty = entry->gathering->duty;
    html_add(html, "<p class=\"who\">");
    if (entry->role == ROLE_TO)
        html_say(html, "nhận từ ", "receives from ");
    else if (entry->role == ROLE_WITH)
        html_say(html, "phối hợp với ", "with ");
    if (!entry->own || duty->joint)
        row_offices(html, entry);
    const struct units *to = occurrence_party(entry->next, PARTY_TO);
    if (entry->own && to->n) {
        html_say(html, duty->joint ? ", gửi " : "gửi ", duty->joint ? ", to " : "to ");
        html_units(html, to, NAMED);
    }
    html_add(html, "</p>");
}

static size_t gathering_count(const struct gathering *gathering, enum state state)
{
    size_t n = 0;
    for (size_t i = 0; i < gathering->n; i++)
        n += gathering->first[i].state == state;
    return n;
}

/* The last open day of a gathering whose offices have different ones; DAY_NONE where all have the same. */
static int gathering_last_due(const struct gathering *gathering)
{
    int last = gathering->next->due;
    for (size_t i = 0; i < gathering->n; i++) {
        const struct occurrence *one = &gathering->first[i];
        if (one->due != DAY_NONE && one->due > last && one->state != STATE_DONE &&
            one->state != STATE_CANCELLED)
            last = one->due;
    }
    return last == gathering->next->due ? DAY_NONE : last;
}

static void row_gathered(struct html *html, const struct gathering *gathering)
{
    size_t overdue = gathering_count(gathering, STATE_OVERDUE),
           waiting = gathering_count(gathering, STATE_WAITING);
    int last = gathering_last_due(gathering);
    html_progress(html, gathering->done, gathering->n - gathering->cancelled);
    if (overdue && overdue < gathering->n - gathering->cancelled - gathering->done) {
        html_add(html, "<span class=\"chip late\">");
        html_say(html, "%zu quá hạn</span>", "%zu overdue</span>", overdue);
    }
    if (waiting) {
        html_add(html, "<span class=\"chip calm\">");
        html_say(html, "%zu chờ sự kiện</span>", "%zu waiting for an event</span>", waiting);
    }
    if (last != DAY_NONE) {
        html_add(html, "<span class=\"chip calm\">");
        html_say(html, "muộn nhất ", "last ");
        html_day(html, last, DAY_PLAIN);
        html_add(html, "</span>");
    }
}

static void row_standing(struct html *html, const struct entry *entry)
{
    const struct occurrence *next = entry->next;
    int usual = workdays_on_or_before(html->outlook->rulebook->workdays, next->due);
    html_add(html, "<p class=\"how\">");
    if (!entry->own && entry->gathering->n > 1)
        row_gathered(html, entry->gathering);
    else if (next->state == STATE_EXTENDED)
        html_state(html, next);
    if (next->act_by != usual && next->due >= html->outlook->today) {
        html_add(html, "<span class=\"chip soon\">");
        html_say(html, "xong trước hết ", "finish by ");
        html_day(html, next->act_by, DAY_PLAIN);
        html_add(html, "</span>");
    }
    html_doubts(html, next);
    html_add(html, "</p>");
}

/* A page of its own: to say when, by whom, or that it takes longer. */
static void row_record(struct html *html, const struct occurrence *occurrence)
{
    html_add(html, "<p class=\"do\"><a class=\"button plain\"");
    html_turn_href(html, occurrence);
    html_say(html, ">Ghi kết quả<span class=\"for\">: %s, %s</span></a></p>",
             ">Record<span class=\"for\">: %s, %s</span></a></p>", occurrence->duty->title,
             occurrence->label);
}

/* Of what others send here: who has, who has not. */
static void row_received(struct html *html, const struct gathering *turn)
{
    html_add(html, "<p class=\"do\"><a class=\"button plain\"");
    html_gathered_href(html, turn);
    html_say(html, ">Ghi đã nhận<span class=\"for\">: %s, %s</span></a></p>",
             ">Record as received<span class=\"for\">: %s, %s</span></a></p>", turn->duty->title,
             turn->label);
}

static void entry_row(struct html *html, const struct entry *entry, bool recorded)
{
    html_add(html, "<li><div class=\"what\">");
    row_title(html, entry->gathering->duty);
    row_meta(html, entry);
    html_add(html, "</div>");
    row_who(html, entry);
    row_standing(html, entry);
    if (recorded && entry->own)
        row_record(html, entry->next);
    else if (recorded && entry->role == ROLE_TO)
        row_received(html, entry->gathering);
    html_add(html, "</li>\n");
}

void html_entries(struct html *html, const struct entry *entries, size_t n, bool recorded)
{
    int day = DAY_NONE;
    for (size_t i = 0; i < n; i++) {
        int due = entries[i].next->due;
        if (due != day) {
            html_add(html, i ? "</ul>\n" : "");
            day_heading(html, due);
            html_add(html, "<ul class=\"rows\">\n");
        }
        day = due;
        entry_row(html, &entries[i], recorded);
    }
    html_add(html, n ? "</ul>\n" : "");
}
