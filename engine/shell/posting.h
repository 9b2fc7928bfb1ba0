/* posting: which alerts leave the house by mail and webhook, written down with what was told to desktops.
 *
 * Mail: one digest a day for each address, at its hour, of all that is open for its offices; what is critical
 * goes at once, by itself or, where there is much, in one mail. Webhooks: one call for all that is told at
 * one time. Each is a notice with its delivery (ledger/outbox.h); the alerts in it are notices that it
 * carries. */
#ifndef HANCHOT_SHELL_POSTING_H
#define HANCHOT_SHELL_POSTING_H

#include "shell/daemon.h"

/* Alerts in the order in which they are told. */
struct alert_choice {
    VEC(const struct alert *) list;
};

/* What is to be written. fresh: those that may be told now and may not have been; overview: the day's
 * overviews may be made, for all has been told. Borrows from alerts. NULL:
 * the ledger cannot be read. */
struct posting *posting_collect(const struct daemon *daemon, const struct alerts *alerts,
                                const struct alert_choice *fresh, bool overview, struct err *err);
bool posting_empty(const struct posting *posting);
void posting_free(struct posting *posting); /* NULL is fine */
/* Inside store_begin .. store_commit. */
MUST_CHECK bool posting_write(struct daemon *daemon, const struct posting *posting, struct err *err);
/* When the next digest may be due; INT64_MAX: never. */
int64_t posting_wake(const struct daemon *daemon);

/* Recipients and webhooks that name offices or kinds of alerts that there are not: warnings. */
void posting_check(const struct site *site, const struct rulebook *rulebook, struct faults *faults);

#endif
