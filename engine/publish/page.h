/* page: HTML pages of an outlook, server-rendered, without scripts and without anything from outside. */
#ifndef HANCHOT_PUBLISH_PAGE_H
#define HANCHOT_PUBLISH_PAGE_H

#include "alert/alerts.h"
#include "alert/failing.h"
#include "alert/proof.h"
#include "base/text.h"
#include "evaluate/outlook.h"
#include "evaluate/standings.h"
#include "ledger/figures.h"
#include "publish/form.h"

/* What those who run hanchot must do something about: what did not arrive. */
struct page_trouble {
    const struct failings *failing; /* mail servers and webhooks that take nothing, or NULL */
    const struct letters *letters;  /* what was refused, among what waits; or NULL */
    const struct proof *proof;      /* the last self-check, or NULL */
    int64_t now;
};

/* Whoever reads this page may write from it, or why not. */
struct page_writer {
    const char *csrf;    /* goes with each form and is only good for this reader */
    const char *name;    /* of the key; NULL: on this machine, without a key */
    const char *why_not; /* this key may not write for this office; else NULL */
    bool own_only;       /* the key is one for some offices */
    bool receives;       /* this is not its own: it may only say that it has come, or has not */
};

/* For whom a page is that concerns many offices. */
struct page_scope {
    const char *const *units; /* ids: only these offices; NULL: all */
    size_t n_units;
    const char *chosen;   /* the one that a form begins with, or NULL */
    const char *corrects; /* of events: the chain of the record that is to be corrected, or NULL */
};
/* Whether the unit (an id, or NULL) is one of them. */
bool page_scope_has(const struct page_scope *scope, const char *unit);

struct page_settings {
    const char *url; /* the site's public address without trailing slash, or NULL: relative links only */
    enum lang lang;
    enum lang site_lang; /* of pages without ?lang=: links carry the option only where the page's language is
                            another */
    const struct faults *faults; /* of the rules on disk, newer than those that are served; or NULL */
    int64_t copied_at; /* the rules that are served are a copy that was kept then; 0: they are not */
    const char
        *link; /* "/s/<token>/" of a page behind a secret link: nothing in it leads elsewhere; else NULL */
    int64_t tls_ends;                  /* when the certificate ends, where that is near; or 0 */
    const char *held;                  /* why valid new rules wait for `hanchot accept`, or NULL */
    bool frozen;                       /* --at: the clock stands still, say so */
    bool sample;                       /* bundled sample figures, say so */
    const struct figures *figures;     /* NULL: pages show no verdicts */
    const struct standings *standings; /* of the overview: whose figures are missing; or NULL */
    const struct alerts *alerts;       /* of the overview; NULL: it shows none */
    const struct page_trouble
        *trouble;                     /* of the overview and the alerts, for those who run hanchot; or NULL */
    const struct page_writer *writer; /* NULL: a reader who must sign in before writing */
    const struct page_scope *scope;   /* of a row's page: whose turns it shows; NULL: all */
};

/* "/": overdue, today, this week, next 60 days, by unit and plan. */
void page_dashboard(const struct outlook *outlook, const struct page_settings *settings, struct text *out);
/* "/due": the whole of what the dashboard cuts short: every open day, overdue and to come. */
void page_due(const struct outlook *outlook, const struct page_settings *settings, struct text *out);
/* "/units/<org>/<code>", "/plans/<plan>", "/items/<plan>/<ref>": ref's '/' stay as they are. A row's page for
 * some offices only shows what they lead, and of the others what they receive or coordinate. */
void page_unit(const struct outlook *outlook, const struct page_settings *settings, const struct unit *unit,
               struct text *out);
void page_plan(const struct outlook *outlook, const struct page_settings *settings, const struct plan *plan,
               struct text *out);
void page_item(const struct outlook *outlook, const struct page_settings *settings, const struct item *item,
               struct text *out);

/* What became of a form. */
struct page_said {
    const char *action;      /* "done", "reopen", "extend", "record", "ack": it is in the ledger; else NULL */
    const char *fault;       /* why it is not; else NULL */
    const struct form *form; /* with fault: what was filled in */
};
/* "/turns/<occurrence>": how it stands, its history, and the forms that record what happened. alert: the
 * open one about it, or NULL. */
void page_turn(const struct outlook *outlook, const struct page_settings *settings,
               const struct occurrence *occurrence, const struct alert *alert, const struct page_said *said,
               struct text *out);
/* "/turns/<gathering>": who has sent and who has not, and one form for many. */
void page_gathered(const struct outlook *outlook, const struct page_settings *settings,
                   const struct gathering *turn, const struct page_said *said, struct text *out);
/* "/events/<plan>/<event>": what waits for it, what was recorded, and the form that records its day. */
void page_event(const struct outlook *outlook, const struct page_settings *settings,
                const struct event *event, const struct page_scope *scope, const struct page_said *said,
                struct text *out);
/* "/alerts": the open ones, the gravest first. units: only of these offices (ids); NULL: of all. choice: the
 * reader may choose among all offices. */
void page_alerts(const struct outlook *outlook, const struct page_settings *settings,
                 const char *const *units, size_t n_units, bool choice, const struct page_said *said,
                 struct text *out);
/* "/signin/": asks for a key. */
struct page_signing {
    const char *next;  /* the page to go on to ("/units/haiphong/PC06"), or NULL */
    const char *fault; /* what was wrong with the last try, or NULL */
    const struct form
        *kept; /* a form that was sent to `next` and waits, or the sign-in form that holds it; or NULL */
};
void page_signin(const struct page_settings *settings, const struct page_signing *signing, struct text *out);
/* Whether a sign-in form holds another one; and the page after signing in that shows and sends that to
 * `next`. */
bool page_keeps(const struct form *form);
void page_kept(const struct page_settings *settings, const char *next, const struct form *form,
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
