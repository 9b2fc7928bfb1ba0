/* succession: who stands for an office on a day.
 *
 * An office that is gone (`until_day`) is followed by its heir in what is due after its last day, and that
 * one perhaps by another: as a lead, as a receiver, as who coordinates and as who is told when others are
 * late. What was due by its last day stays its own, and what has no day too, so that ids never move by
 * themselves. The rules name offices as the plan does; who asks who it is on some day asks here. */
#ifndef HANCHOT_RULEBOOK_SUCCESSION_H
#define HANCHOT_RULEBOOK_SUCCESSION_H

#include "rulebook/rulebook.h"

/* The unit, or who had followed it by that day. NULL for NULL; the unit itself for DAY_NONE. */
const struct unit *unit_on(const struct unit *unit, int day);
/* What is the unit's had by that day come to the other: never for the same, nor for DAY_NONE. */
bool unit_passes_to(const struct unit *unit, const struct unit *other, int day);

/* The sets of offices that a duty names. */
enum party { PARTY_LEAD, PARTY_WITH, PARTY_TO, PARTY_ESCALATE, N_PARTIES };
/* Which offices these are for what is due on that day (before extensions). Leads are followed one by one,
 * each by unit_on(), but those of a joint duty are followed here: a receiver is not among them, for it owes
 * itself nothing. Borrowed from the duty. */
const struct units *duty_party(const struct duty *duty, enum party party, int day);
/* The i-th of all that the duty ever gives for it, each once, those that the rules name first; NULL: no more.
 */
const struct unit *duty_party_ever(const struct duty *duty, enum party party, size_t i);
/* The stretch of time in which the day lies and the parties stay the same; NULL: the first. */
const struct era *duty_era(const struct duty *duty, int day);

/* The unit leads, receives or coordinates, or will when it has followed one that does. */
bool duty_concerns(const struct duty *duty, const struct unit *unit);

/* Fills the eras of a duty whose parties stand. Heirs must be linked. */
void duty_link_eras(struct arena *arena, struct duty *duty);

#endif
