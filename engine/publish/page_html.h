/* page_html: what the pages are made of. Private to the page room.
 *
 * Whatever goes through %s is escaped; what stands in a format is markup. So a title with < or & in it cannot
 * become markup, and the compiler checks the arguments. The only specifiers are %s, %d, %zu and %%. */
#ifndef HANCHOT_PUBLISH_PAGE_HTML_H
#define HANCHOT_PUBLISH_PAGE_HTML_H

#include "publish/page.h"

#include "base/faults.h"

struct html {
    struct text *out;
    const struct page_settings *settings;
    const struct outlook *outlook; /* NULL on the error page */
    enum lang lang;
};

/* ---- page.c: markup, texts, the frame ---- */

void html_add(struct html *html, const char *format, ...) PRINTF_LIKE(2, 3);
void html_say(struct html *html, const char *vi, const char *en, ...) PRINTF_LIKE(2, 4) PRINTF_LIKE(3, 4);
/* "131 đơn vị", "1 office", "131 offices". */
void html_count(struct html *html, size_t n, const char *vi, const char *en, const char *en_many);
/* ` href="/items/haiphong-2026/III.3.c?lang=en"`: base is ours, the rest (each may be NULL) is encoded; '/'
 * stays. */
void html_href(struct html *html, const char *base, const char *path, const char *more, const char *fragment);
/* The same with "?unit=haiphong/PC06"; those without a value are left out. The last has no name. */
struct html_query {
    const char *name, *value;
};
void html_href_asking(struct html *html, const char *base, const char *path, const char *more,
                      const struct html_query *query);
/* ` action="/alerts"`: where a form goes that does not go to its own page. */
void html_action(struct html *html, const char *path);
/* ` lang="vi"` where a text of the rules stands in an English page. */
void html_vi(struct html *html);

/* Everything up to the page's own content: head, banner, notices; path is for the language switch,
 * "/units/haiphong/PC06". */
void html_open(struct html *html, const char *title, const char *path);
void html_close(struct html *html);

/* ---- page_parts.c: the small pieces ---- */

enum day_form {
    DAY_PLAIN,
    DAY_WITH_YEAR,
    DAY_WITH_WEEKDAY
}; /* 24/11 (the year if it is another), 24/11/2026, thứ ba 24/11/2026 */
void html_day(struct html *html, int day, enum day_form form); /* <time>; nothing for DAY_NONE */
void html_instant(struct html *html, int64_t instant);

/* What officers call it: "PC06", but "CA phường Thành Đông" where the code is only a number for machines. */
const char *unit_label(const struct unit *unit);
void html_unit(struct html *html, const struct unit *unit);
/* Linked, separated by commas; more than `most`: "131 đơn vị". */
void html_units(struct html *html, const struct units *units, size_t most);
void html_plan_tag(struct html *html, const struct plan *plan);
const char *plan_tag(const struct plan *plan); /* its number, else its id */
/* The period of an occurrence in words: "tháng 11/2026", "ngày 5/3/2026, lần 2". */
#define LABEL_SIZE 64
const char *label_name(const char *label, enum lang lang, char buf[LABEL_SIZE]);

/* "118/131" with a bar. Nothing for a total of 0. */
void html_progress(struct html *html, size_t done, size_t total);
/* Coloured word. tone: "late" "soon" "good" "calm". */
void html_chip(struct html *html, const char *tone, const char *text);
void html_state(struct html *html, const struct occurrence *occurrence);
/* "lịch nghỉ chưa công bố", "kế hoạch không ghi ngày": chips of what is doubtful about a date. */
void html_doubts(struct html *html, const struct occurrence *occurrence);
/* Link to the page of a turn, where it is recorded as done. */
void html_turn_href(struct html *html, const struct occurrence *occurrence);
const char *kind_title(enum item_kind kind, enum lang lang);
const char *timing_title(enum timing_kind kind, enum lang lang);

/* Link to the page of a turn of many offices, where what was sent is recorded of many at once. */
void html_gathered_href(struct html *html, const struct gathering *turn);

/* Commands to type, one line each, marked so that one click selects all of it. */
void html_done_command(struct html *html, const struct occurrence *occurrence);
/* sets_day: the record also gives the deadline. */
void html_record_command(struct html *html, const struct event *event, bool sets_day);
bool timing_day_is_recorded(const struct timing *timing);
/* What follows from the event: "hạn trong 10 ngày sau đó". */
void html_limit(struct html *html, const struct timing *timing);

/* Calls visit for each event that a trigger waits for (not for rows that must be done first). */
void trigger_each_event(const struct trigger *trigger, void (*visit)(const struct event *event, void *into),
                        void *into);
bool trigger_has_event(const struct trigger *trigger, const struct event *event);

/* ---- page_item.c ---- */

/* The head of a page below a row's own, up to the line below the title, which the caller writes and ends:
 * "</p></div>". */
void html_duty_heading(struct html *html, const struct duty *duty);
/* occurrence NULL: none of its turn has a day. */
void html_turn_day(struct html *html, const struct occurrence *occurrence, bool waits);
void html_turn_unit(struct html *html, const struct occurrence *occurrence);
const char *progress_title(enum progress_action action, enum lang lang);

/* ---- page_event.c ---- */

/* Link to the page of an event, where its day is recorded. unit: whose record is meant, or NULL. */
void html_event_href(struct html *html, const struct event *event, const struct unit *unit);
/* Whether a record of it also gives a deadline. */
bool event_sets_day(const struct event *event);
/* The form that records it for one office, or with unit NULL for all. */
void html_event_form(struct html *html, const struct event *event, const struct unit *unit,
                     const struct page_said *said);

/* ---- page_alerts.c ---- */

/* Open ones in the overview: how many, and the gravest. */
void html_alerts_card(struct html *html);
/* A form that acknowledges it, or the way to sign in. */
void html_ack_form(struct html *html, const struct alert *alert);
/* chosen: the id of the one that is marked, or NULL. */
void html_unit_option(struct html *html, const struct unit *unit, const char *chosen);
/* ---- page_form.c: what the forms of all pages have in common ---- */

/* Keeps the page's language through a form that is sent by GET. */
void html_lang_field(struct html *html);
/* What goes with every form: who writes, and the proof that the page is ours. */
void html_form_proof(struct html *html);
/* "Đã ghi: …" or what was wrong; nothing where nothing was sent. */
void html_said(struct html *html, const struct page_said *said);
/* Why there are no forms here, and how to get them. path: where to come back to. */
void html_no_forms(struct html *html, const char *path);

/* A form to its own page. Give its fields between these two. first: what is most likely meant. */
void html_form_open(struct html *html, const char *action);
void html_form_close(struct html *html, bool first, const char *button);
/* What was filled in before that form was refused, else the usual. */
const char *html_filled(const struct page_said *said, const char *action, const char *name,
                        const char *usual);
/* form: sets the fields of one form apart from those of another on the same page. A label, then one input. */
void html_label(struct html *html, const char *form, const char *name, const char *label);
/* after: the first day that can be meant, or DAY_NONE; until: the last. */
void html_day_input(struct html *html, const char *form, const char *name, const char *value, int after,
                    int until, bool required);
void html_by_field(struct html *html, const char *form, const char *value); /* NULL: the key's name */
void html_why_field(struct html *html, const char *form, const char *name, const char *value, bool required);

/* ---- page_trouble.c ---- */

void html_trouble(struct html *html, const struct page_trouble *trouble);

/* ---- page_kpi.c: verdicts; nothing where the settings have no figures ---- */

void html_kpi_unit(struct html *html, const struct unit *unit); /* an office's, with the year as a chart */
/* Whose figures of the last month that was judged are here, and whose are not. */
void html_figures_card(struct html *html);
void html_kpi_board(struct html *html); /* all offices', a line for each KPI */
void html_kpi_standing(struct html *html, const struct kpi *kpi);

/* ---- page_score.c: scorecards; nothing where no figures of one are there ---- */

void html_scores_unit(struct html *html, const struct unit *unit); /* an office's, part by part */
void html_scores_board(struct html *html);                         /* all offices', a line for each */

/* ---- page_agenda.c: dated rows by day ---- */

enum bucket { BUCKET_OVERDUE, BUCKET_TODAY, BUCKET_WEEK, BUCKET_SOON, BUCKET_LATER, BUCKET_NONE };
#define N_BUCKETS  BUCKET_NONE
#define DAYS_AHEAD 60
/* By the day on which it must be finished (act_by), so that a Sunday's deadline stands in Friday's list.
 * BUCKET_NONE: done, cancelled or without a day. */
enum bucket occurrence_bucket(const struct outlook *outlook, const struct occurrence *occurrence);

/* One line: an office's own occurrence, or a gathering with its earliest day. */
struct entry {
    const struct gathering *gathering;
    const struct occurrence *next;
    bool own;
    enum role role;
    size_t number; /* keeps the plans' order among equals */
};
struct bucket_entries {
    struct entry *at;
    size_t n, cap;
};
struct agenda {
    struct bucket_entries buckets[N_BUCKETS]; /* each by due, then in the plans' order */
};
void agenda_of_all(const struct outlook *outlook, struct agenda *agenda); /* plans that are not closed */
/* What the unit itself owes, or (own false) what it receives and coordinates. */
void agenda_of_unit(const struct outlook *outlook, const struct unit *unit, bool own, struct agenda *agenda);
void agenda_fini(struct agenda *agenda);

const char *bucket_id(enum bucket bucket); /* anchor */
const char *bucket_title(enum bucket bucket, enum lang lang);
/* <h3> per day and its rows. recorded: own rows lead to where they are recorded as done. */
void html_entries(struct html *html, const struct entry *entries, size_t n, bool recorded);

#endif
