/* page_desk: a plan of seven offices in the rule language, with titles full of traps, a ledger in memory, and
 * a strict reader of HTML, for the tests of pages. */
#ifndef HANCHOT_TESTS_PAGE_DESK_H
#define HANCHOT_TESTS_PAGE_DESK_H

#include "publish/page.h"
#include "rules_home.h"

struct page_desk {
    struct rules_home home;
    struct rulebook *rulebook;
    struct facts facts; /* the arrays below */
    struct event_fact events[8];
    struct event_history history[8];
    struct progress_fact progress[64];
    struct outlook *outlook;
    struct page_settings settings;
    struct text page; /* the last one */
};

/* *state is a desk at 08:00 on 20/11/2026 (a Friday; Tuesday 24/11 is a day off). */
int page_desk_setup(void **state);
int page_desk_teardown(void **state);
/* Other rules in place of the usual ones. */
void page_desk_rules(struct page_desk *desk, const char *text);
/* Evaluates again, as of 08:00 on that day. */
void page_desk_at(struct page_desk *desk, const char *day);
void page_desk_tell(struct page_desk *desk, enum progress_action action, const char *occurrence,
                    const char *on, const char *why);
void page_desk_event(struct page_desk *desk, const char *event, const char *unit, const char *on);

/* "/", "/due", "/units/hp/PC06", "/plans/hp-2026", "/items/hp-2026/III.3.c", "/subscribe/all": made, kept in
 * desk->page, and read by html_read. */
const char *page_desk_page(struct page_desk *desk, const char *path);
extern const char *const page_desk_paths[]; /* one of each kind and every row of the plan; ends with NULL */

/* Fails the running test unless it is one whole HTML page in which every element is closed where it belongs,
 * attributes are quoted, ids are unique and what points at them finds them; without scripts, inline styles
 * and anything from outside. */
void html_read(const char *html, const char *name);
/* How often a piece stands in a text. */
size_t times_in(const char *text, const char *piece);

#endif
