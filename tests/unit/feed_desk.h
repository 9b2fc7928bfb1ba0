/* feed_desk: two small plans, some offices and a ledger in memory, for the tests of feeds.
 *
 *   haiphong-2026  III.3.c   monthly report, October to December, led by four offices, to PV01
 *                  III.3.b   within 10 days of receiving the plan, led by four, to PV01
 *                  1.7.2#report  one office (PH10), PV01 coordinates, was due 19/1/2026
 *                  2.2       PC06 alone, the last day of the year, assumed; everybody coordinates; a title
 * full of traps 3.1       PC06 alone, a standing duty without a day haiphong-2024  1         PC06, due
 * 31/12/2024, never done; long closed */
#ifndef HANCHOT_TESTS_FEED_DESK_H
#define HANCHOT_TESTS_FEED_DESK_H

#include "publish/feed.h"

enum desk_unit { PC06, PH10, PV01, DONG, LAO, DESK_UNITS };
enum desk_item { MONTHLY, UNIT_PLAN, REPORT_172, YEARLY, STANDING, OLD, DESK_ITEMS };

struct desk {
    struct org org;
    struct unit units[DESK_UNITS];
    const struct unit *all[DESK_UNITS], *leads[4];
    struct plan plans[2];
    struct event received;
    struct trigger on_received;
    struct item items[DESK_ITEMS];
    struct duty duties[DESK_ITEMS];
    struct turn turns[8];
    struct rulebook rulebook;

    struct facts facts; /* the arrays below */
    struct event_fact events[8];
    struct event_history history[16];
    struct progress_fact progress[16];
    int64_t last_fact;
    struct figures figures; /* none */

    struct feed_settings settings;
    int64_t now;
    struct stamps *stored; /* NULL: a fresh ledger */
    struct text bytes;     /* of the last feed */
    struct text unfolded;  /* the same for reading, with LF */
    int64_t modified;
    struct text event; /* the last one found */
};

int desk_setup(void **state); /* 08:00 on 20/11/2026, site https://hanchot.example.vn */
int desk_teardown(void **state);

int64_t instant_of(const char *text); /* "2026-11-20T08:00" */
void desk_at(struct desk *desk, const char *when);
void desk_tell(struct desk *desk, enum progress_action action, const char *occurrence, const char *on,
               const char *why, const char *recorded);
/* PC06 and so on received the plan; again for the same unit: a correction. */
void desk_received(struct desk *desk, enum desk_unit unit, const char *on, const char *recorded);

/* The feed's bytes as they are served. The stamps are compared with the stored ones, which stay as they are.
 */
const char *desk_feed(struct desk *desk, const char *name, struct feed_variant variant);
/* Stores the stamps, as the daemon does after each change. Returns how many were new or differed. */
size_t desk_remember(struct desk *desk);
/* The event of the last feed with that UID (without "@hanchot"), unfolded, LF; NULL: none. Good until the
 * next. */
const char *desk_record(struct desk *desk, const char *id);
/* The value of its first line that begins so ("SUMMARY:"); NULL: none. Good until the next event. */
const char *desk_line(struct desk *desk, const char *id, const char *begin);
size_t desk_count(const struct desk *desk, const char *needle); /* how often the bytes have it */

#endif
