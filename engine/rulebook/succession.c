#include "rulebook/succession.h"

#include <stdlib.h>
#include <string.h>

/* ---- one office ---- */

/* Who comes after the unit, if it is gone by that day. */
static const struct unit *next_by(const struct unit *unit, int day)
{
    bool gone = unit->until_day != DAY_NONE && day != DAY_NONE && day > unit->until_day;
    return gone ? unit->heir : NULL;
}

const struct unit *unit_on(const struct unit *unit, int day)
{
    for (const struct unit *next = unit; next; next = next_by(unit, day))
        unit = next;
    return unit;
}

bool unit_passes_to(const struct unit *unit, const struct unit *other, int day)
{
    for (unit = next_by(unit, day); unit && unit != other;)
        unit = next_by(unit, day);
    return unit != NULL;
}

/* ---- those of a duty ---- */

/* From the day after `after` until the next era begins. */
struct era {
    int after;
    struct units of[N_PARTIES];
};

static const struct units *written(const struct duty *duty, enum party party)
{
    const struct units *const sets[] = {&duty->lead, &duty->with, &duty->to, &duty->escalate.to};
    return sets[party];
}

const struct era *duty_era(const struct duty *duty, int day)
{
    const struct era *era = NULL;
    for (size_t i = 0; i < duty->n_eras && day > duty->eras[i].after; i++) /* DAY_NONE is before all */
        era = &duty->eras[i];
    return era;
}

const struct units *duty_party(const struct duty *duty, enum party party, int day)
{
    const struct era *era = duty_era(duty, day);
    return era ? &era->of[party] : written(duty, party);
}

static bool in_eras_before(const struct duty *duty, enum party party, size_t era, const struct unit *unit)
{
    bool before = units_have(written(duty, party), unit);
    for (size_t i = 0; i < era && !before; i++)
        before = units_have(&duty->eras[i].of[party], unit);
    return before;
}

const struct unit *duty_party_ever(const struct duty *duty, enum party party, size_t i)
{
    if (i < written(duty, party)->n)
        return written(duty, party)->at[i];
    i -= written(duty, party)->n;
    for (size_t era = 0; era < duty->n_eras; era++)
        for (size_t j = 0; j < duty->eras[era].of[party].n; j++) {
            const struct unit *unit = duty->eras[era].of[party].at[j];
            if (!in_eras_before(duty, party, era, unit) && !i--)
                return unit;
        }
    return NULL;
}

static bool passes_ever(const struct unit *unit, const struct unit *other)
{
    return unit == other || unit_passes_to(unit, other, INT_MAX);
}

bool duty_concerns(const struct duty *duty, const struct unit *unit)
{
    for (enum party party = PARTY_LEAD; party <= PARTY_TO; party++) {
        const struct units *units = written(duty, party);
        for (size_t i = 0; i < units->n; i++)
            if (passes_ever(units->at[i], unit))
                return true;
    }
    return false;
}

/* ---- making eras ---- */

static bool is_followed(const struct unit *unit)
{
    return unit->heir && unit->until_day != DAY_NONE;
}

/* The parties that eras are made for: leads only of joint duties. */
static bool changes(const struct duty *duty, enum party party)
{
    return party != PARTY_LEAD || duty->joint;
}

/* The last days of all who are followed, and of those who follow and are followed themselves. The array has
 * room for as many as were counted with none. */
static size_t last_days(const struct duty *duty, int *days)
{
    size_t n = 0;
    for (enum party party = 0; party < N_PARTIES; party++) {
        const struct units *units = written(duty, party);
        for (size_t i = 0; changes(duty, party) && i < units->n; i++)
            for (const struct unit *unit = units->at[i]; is_followed(unit); unit = unit->heir) {
                if (days)
                    days[n] = unit->until_day;
                n++;
            }
    }
    return n;
}

static int by_day(const void *a, const void *b)
{
    int x = *(const int *)a, y = *(const int *)b;
    return (x > y) - (x < y);
}

static int by_number(const void *a, const void *b)
{
    const struct unit *x = *(const struct unit *const *)a, *y = *(const struct unit *const *)b;
    return x->number < y->number ? -1 : x->number > y->number;
}

/* Each once, in the rulebook's order or, of who lead together, in that of the row. */
static struct units followed(struct arena *arena, const struct units *units, const struct units *without,
                             int day, bool as_written)
{
    const struct unit **at = arena_alloc(arena, (units->n + 1) * sizeof *at);
    struct units result = {at, 0};
    for (size_t i = 0; i < units->n; i++) {
        const struct unit *unit = unit_on(units->at[i], day);
        if (!units_have(&result, unit) && !(without && units_have(without, unit)))
            at[result.n++] = unit;
    }
    if (!as_written && result.n)
        qsort(at, result.n, sizeof *at, by_number);
    return result;
}

static void era_fill(struct arena *arena, const struct duty *duty, struct era *era)
{
    int day = era->after + 1;
    for (enum party party = PARTY_WITH; party < N_PARTIES; party++)
        era->of[party] = followed(arena, written(duty, party), NULL, day, false);
    era->of[PARTY_LEAD] =
        duty->joint ? followed(arena, &duty->lead, &era->of[PARTY_TO], day, true) : duty->lead;
}

void duty_link_eras(struct arena *arena, struct duty *duty)
{
    size_t n = last_days(duty, NULL);
    if (!n)
        return;
    int *days = arena_alloc(arena, n * sizeof *days);
    struct era *eras = arena_alloc(arena, n * sizeof *eras);
    last_days(duty, days);
    qsort(days, n, sizeof *days, by_day);
    for (size_t i = 0; i < n; i++) {
        if (i && days[i] == days[i - 1])
            continue;
        eras[duty->n_eras].after = days[i];
        era_fill(arena, duty, &eras[duty->n_eras++]);
    }
    duty->eras = eras;
}
