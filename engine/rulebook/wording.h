/* wording: holds the plan's own timing words (`text`) against the rule that was written from them.
 *
 * A short list of patterns reads what plans say in nearly every row: "trước ngày 20/01/2026", "Quý I/2026",
 * "trong thời hạn 10 ngày, kể từ …". Where words and rule disagree, one of the two was typed wrongly. */
#ifndef HANCHOT_RULEBOOK_WORDING_H
#define HANCHOT_RULEBOOK_WORDING_H

#include "rulebook/rulebook.h"

/* Warnings for all duties of a plan whose words say something else. Returns how many duties had words that a
 * pattern reads. */
size_t wording_check(const struct plan *plan, struct faults *faults);

#endif
