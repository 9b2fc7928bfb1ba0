/* posting: which alerts leave the house by mail and webhook, written down with what was told to desktops.
 *
 * Mail: one digest a day for each address, at its hour, of all that is open for its offices; what is critical
 * goes at once, by itself or, where there is much, in one mail. Webhooks: one call for all that is told at
 * one time. Each is a notice with its delivery (ledger/outbox.h); the alerts in it are notices that it
 * carries.
 *
 * Urgent mails and calls are written with what offices are told. When all offices have heard, posting goes on
 * address by address: with its digest, whole, and with what has become of its letters that have not arrived
 * (outdated.h), where that can have changed. */
#ifndef HANCHOT_SHELL_POSTING_H
#define HANCHOT_SHELL_POSTING_H

#include "shell/daemon.h"

/* Some alerts. */
struct alert_choice {
    VEC(const struct alert *) list;
};
void alert_choice_sort(struct alert_choice *choice); /* in the order in which they are told */

/* What is to be written. fresh: those that may be told now and may not have been; all_heard: it may go on
 * address by address, for so long as a turn may take. Borrows from the alerts. NULL: the ledger cannot be
 * read. */
struct posting *posting_collect(struct daemon *daemon, const struct alert_choice *fresh, bool all_heard,
                                struct err *err);
bool posting_empty(const struct posting *posting);
void posting_free(struct posting *posting); /* NULL is fine */
/* Inside store_begin .. store_commit. */
MUST_CHECK bool posting_write(struct daemon *daemon, struct posting *posting, struct err *err);
/* It is written for good, or there was nothing to write: the next one goes on from there. */
void posting_remember(const struct posting *posting);

/* By how many mails and calls at most this alert leaves the house at once when the office is told of it. */
size_t posting_ways(const struct daemon *daemon, const struct alert *alert, const char *unit);

/* From the first address again. */
void posting_again(struct daemon *daemon);
/* An alert for these offices (NULL: any) was open and may not be any more: letters may be out of date. */
void posting_changed(struct daemon *daemon, const struct alert *alert);
/* site.lua is another one. */
void posting_forget(struct daemon *daemon);
/* Addresses and webhooks to be looked at in the present round. */
size_t posting_waiting(const struct daemon *daemon);
/* When the next digest may be due; INT64_MAX: never. */
int64_t posting_wake(const struct daemon *daemon);

/* Recipients and webhooks that name offices or kinds of alerts that there are not: warnings. */
void posting_check(const struct site *site, const struct rulebook *rulebook, struct faults *faults);

#endif
