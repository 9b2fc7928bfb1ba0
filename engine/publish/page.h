/* page: HTML pages of an outlook, server-rendered, without scripts and without anything from outside. */
#ifndef HANCHOT_PUBLISH_PAGE_H
#define HANCHOT_PUBLISH_PAGE_H

#include "base/text.h"
#include "evaluate/outlook.h"
#include "ledger/figures.h"

struct page_settings {
    const char *url; /* the site's public address without trailing slash, or NULL: relative links only */
    enum lang lang;
    enum lang site_lang; /* of pages without ?lang=: links carry the option only where the page's language is
                            another */
    const struct faults *faults; /* of the rules on disk, newer than those that are served; or NULL */
    const char
        *link; /* "/s/<token>/" of a page behind a secret link: nothing in it leads elsewhere; else NULL */
    const char *held;              /* why valid new rules wait for `hanchot accept`, or NULL */
    bool frozen;                   /* --at: the clock stands still, say so */
    bool sample;                   /* bundled sample figures, say so */
    const struct figures *figures; /* NULL: pages show no verdicts */
};

/* "/": overdue, today, this week, next 60 days, by unit and plan. */
void page_dashboard(const struct outlook *outlook, const struct page_settings *settings, struct text *out);
/* "/due": the whole of what the dashboard cuts short: every open day, overdue and to come. */
void page_due(const struct outlook *outlook, const struct page_settings *settings, struct text *out);
/* "/units/<org>/<code>", "/plans/<plan>", "/items/<plan>/<ref>": ref's '/' stay as they are. */
void page_unit(const struct outlook *outlook, const struct page_settings *settings, const struct unit *unit,
               struct text *out);
void page_plan(const struct outlook *outlook, const struct page_settings *settings, const struct plan *plan,
               struct text *out);
void page_item(const struct outlook *outlook, const struct page_settings *settings, const struct item *item,
               struct text *out);
/* "/subscribe/<feed>": links for each client, how-to, QR code when libqrencode is there. feed:
 * "unit/haiphong/PC06". */
void page_subscribe(const struct outlook *outlook, const struct page_settings *settings, const char *feed,
                    const char *title, struct text *out);
/* "/s/<token>/": the feeds of a secret link. base: where it is reached, with the slash at its end; name:
 * whose link it is. */
struct page_link_feed {
    const char *title, *file; /* "haiphong-PC06.ics" */
};
void page_link(const struct outlook *outlook, const struct page_settings *settings, const char *name,
               const struct page_link_feed *feeds, size_t n, struct text *out);
/* A short page for an error: status, what, what to do. */
void page_error(const struct page_settings *settings, int status, const char *detail, struct text *out);
/* The style sheet, "/style.css", and the sign in the browser's tab, "/icon.svg": embedded from
 * publish/assets/. */
const char *page_style(size_t *n);
const char *page_icon(size_t *n);

#endif
