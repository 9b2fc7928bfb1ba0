/* feed: iCalendar feeds (RFC 5545) of an outlook. The only user of libical besides the calendar import.
 *
 * A feed is a pure function of outlook, figures, stamps and settings: the same inputs give the same bytes
 * anywhere. Every day of a deadline is a DATE. What a person sees of an event decides its stamps: DTSTAMP =
 * LAST-MODIFIED = the latest of 08:00 on the plan's issue, the changes of its occurrences (facts and
 * midnights) and the stored stamp of edits; SEQUENCE counts them.
 *
 * Targets stand in feeds as checkpoints: one event for each plan and period, on the last day before its KPIs
 * are judged, that tells how each of them stands; in an office's feed its own. A dozen monthly targets are
 * one line in a calendar, not a dozen. One figure that changes alters the events whose period holds it. A
 * program's list of to-dos has none: there is nothing to tick off. */
#ifndef HANCHOT_PUBLISH_FEED_H
#define HANCHOT_PUBLISH_FEED_H

#include "base/text.h"
#include "evaluate/outlook.h"
#include "ledger/figures.h"
#include "ledger/stamps.h"

enum feed_kind { FEED_ALL, FEED_PLAN, FEED_UNIT, FEED_UNIT_PLAN, FEED_HOLIDAYS };

struct feed_name {
    enum feed_kind kind;
    const struct plan *plan; /* FEED_PLAN, FEED_UNIT_PLAN */
    const struct unit *unit; /* FEED_UNIT, FEED_UNIT_PLAN */
};

/* "all", "holidays", "plan/haiphong-2026", "unit/haiphong/PC06", "unit/haiphong/PC06/haiphong-2026". */
MUST_CHECK bool feed_name_parse(const struct rulebook *rulebook, const char *text, struct feed_name *name,
                                struct err *err);
/* The same text back, for paths and keys. */
const char *feed_name_text(const struct feed_name *name, struct text *out);

/* The file that a feed is under a secret link: its name with '-' for '/', and without its kind where it is of
 * an office or a plan: "haiphong-PC06.ics". */
const char *feed_file_name(const char *text, struct text *out);

/* What a calendar program calls the feed: one line, at most 60 characters, no comma, semicolon or backslash.
 */
const char *feed_title(const struct feed_name *name, enum lang lang, struct text *out);
/* In which colour it shows the feed. */
struct feed_color {
    const char *name, *hex; /* of CSS: "firebrick", "#B22222" */
};
const struct feed_color *feed_color(const struct feed_name *name);

struct feed_variant {
    bool todo;   /* VTODOs instead of VEVENTs */
    bool alarms; /* with VALARMs */
};

struct feed_settings {
    const char *url; /* where pages live, without a trailing slash, or NULL: no links */
    enum lang lang;
};

/* The whole calendar, added to *out. *modified: the latest LAST-MODIFIED in it; of an empty one the issue of
 * its plan, or of the newest plan. stamps: what feed_stamps gave for this outlook.
 *
 * Open and overdue events are there until they are done (the future ends after 400 days); done ones stay 30
 * days, cancelled ones 14, counted from the day that this was recorded, so that nothing told late vanishes at
 * once. Closed plans are only in their own feed. The days off have no to-dos: with todo they stay events.
 *
 * A checkpoint stays 30 days after all of it was judged; as long as figures are missing or wrong it counts as
 * overdue. KPIs that are functions run in the rulebook's box: one thread at a time then. */
void feed_render(const struct outlook *outlook, const struct figures *figures, const struct stamps *stamps,
                 const struct feed_settings *settings, const struct feed_name *name,
                 struct feed_variant variant, struct text *out, int64_t *modified);

/* The calendar of a revoked link: one event, as long as it is served. link: its number, for the UID. */
#define FEED_TOMBSTONE_DAYS 30
void feed_tombstone(const struct feed_settings *settings, int64_t link, int64_t revoked_at, struct text *out);

/* The stamps of everything that the outlook could publish, given what is stored: an event whose rules' side
 * differs from the stored one while its facts are the same was edited now. Those that are new or differ go to
 * *changed (they live as long as the result). The result holds all of them, and the stored ones of events
 * that are gone and may come back; pass it to feed_render, and as `stored` next time.
 *
 * before: the rules that were served until now, where they are still at hand, else NULL. Then an edit of a
 * KPI's function by which no verdict comes out otherwise is none: only what can be read counts. */
struct stamps *feed_stamps(const struct outlook *outlook, const struct figures *figures,
                           const struct stamps *stored, const struct rulebook *before,
                           const struct feed_settings *settings, const struct stamp **changed,
                           size_t *n_changed);

#endif
