/* prospect: the alerts that a new outlook makes, in the order in which offices are told of them. Pure, so
 * that it can be made aside, while the former outlook is still served. */
#ifndef HANCHOT_SHELL_PROSPECT_H
#define HANCHOT_SHELL_PROSPECT_H

#include "alert/alerts.h"

/* An alert and an office that is told of it. */
struct row {
    const char *unit; /* "": those who run hanchot */
    const struct alert *alert;
    const char *told; /* the alert's rung when it was last found told */
};

/* By unit, then in the order in which they are told. Those before `at` were looked at in this round. */
struct rows {
    VEC(struct row) list;
    size_t at;
};
void rows_make(struct rows *rows, const struct alert *alerts, size_t n);

/* What somebody heard of is not as it was. */
struct turned {
    const char *key; /* borrowed of the former alerts */
    enum alert_state state;
};

struct prospect {
    struct alerts *alerts; /* without those of KPIs, faults and channels: alerts_renew adds them */
    struct rows deadlines;
    VEC(struct turned) turned; /* deadlines */
};

/* What it is made of; all but the outlook, which may not be there yet. */
struct prospect_wanted {
    const struct replies *replies;
    const struct alerts *former; /* or NULL */
    struct alert_settings settings;
    int64_t now;
};
struct prospect *prospect_new(const struct prospect_wanted *wanted, const struct outlook *outlook);
void prospect_free(struct prospect *prospect); /* but what was taken out of it; NULL is fine */

/* Whether those who heard of an alert in the state `was` must hear that it is in another now. */
bool prospect_turned(const struct alerts *alerts, const char *key, enum alert_state was,
                     struct turned *turned);

#endif
