/* subject: one deadline that somebody is told of. Private to alert/. */
#ifndef HANCHOT_ALERT_SUBJECT_H
#define HANCHOT_ALERT_SUBJECT_H

#include "alert/alerts.h"
#include "alert/ladder.h"

struct subject {
    const struct occurrence *occurrence; /* the lead's own; or, for a receiver, the earliest still open */
    const struct gathering *gathering;   /* NULL: the lead's own */
    size_t all, open, late;              /* for a receiver: units, those not done, those overdue */
    const struct unit *receiver;
    const char *key, *uid, *unit;
    struct ladder ladder;
    bool over; /* done or cancelled */
};

struct subjects {
    VEC(struct subject) list;
};

/* The day from which single alerts are told. */
int subjects_first_day(const struct outlook *outlook);
/* All that have a day and are not told otherwise: not of closed plans, not of the time before the first day;
 * those done or cancelled too. The list is the caller's, the texts are in arena. */
void subjects_collect(const struct outlook *outlook, struct arena *arena, struct subjects *subjects);
bool subject_overdue(const struct subject *subject, int today);

enum alert_kind subject_kind(const struct subject *subject, int day);
enum alert_severity subject_severity(const struct subject *subject, int day);
/* When the lead's own duty was opened again for the last time; 0: never. */
int64_t subject_reopened_at(const struct subject *subject);
const struct units *subject_also(const struct subject *subject, int day);
/* The last reply, if it still holds for the kind; *after: a snooze that is over, or NULL. */
const struct reply *subject_reply(const struct subject *subject, const struct replies *replies,
                                  enum alert_kind kind, int64_t now, const struct reply **after);

/* Of a receiver: whether that one comes to it. */
bool subject_waits_for(const struct subject *subject, const struct occurrence *one);

/* words.c */
const char *subject_title(struct arena *arena, const struct subject *subject, int today, enum lang lang);
const char *subject_body(struct arena *arena, const struct subject *subject, enum lang lang);

#endif
