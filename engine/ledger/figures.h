/* figures: the counts that units report, every value ever known.
 *
 * A figure is an integer scaled by 10^4 (at most 15 digits, at most 4 decimals) for one unit, metric and
 * period. A different value for a known key is a correction: both are kept, with when and from where each
 * came. Figures come in by intakes (one file, one message); an intake gives a key one value, and the latest
 * intake is right, also where --at stamped it with an earlier instant. */
#ifndef HANCHOT_LEDGER_FIGURES_H
#define HANCHOT_LEDGER_FIGURES_H

#include "ledger/store.h"
#include "time/date.h"

struct figure {
    const char *unit, *metric, *period; /* ids as texts */
    const char *note;                   /* or NULL */
    int64_t value;                      /* scaled by 10^4 */
    int64_t recorded_at;                /* of its intake */
    int64_t intake;                     /* id of the file or message that brought it */
    int row;                            /* line or element in it, from 1 */
    bool corrected;                     /* an earlier value differs */
};

/* Where figures came from: one file, one message. */
struct intake {
    int64_t id;
    const char *name;     /* file name, "stdin", "POST /api/v1/figures" */
    const char *checksum; /* SHA-256 of the bytes, hex */
    const char *by;       /* or NULL */
    bool sample;          /* bundled sample figures */
    int64_t recorded_at;
};

/* An intake that gave a key a value which a later one replaced. */
struct figure_past {
    const char *unit, *metric, *period;
    int64_t intake;
};

struct figures {
    struct arena *arena;
    struct figure *list; /* the last value of each key; by unit, metric, period (strcmp) */
    size_t n, room;
    struct figure_past *past; /* by unit, metric, period, intake */
    size_t n_past, past_room;
    struct intake *intakes; /* by id */
    size_t n_intakes, intake_room;
    bool sample; /* some figure in the list is a sample */
};

/* The last value of each key that was known at the end of known_on (DAY_NONE: all). store NULL: empty. */
MUST_CHECK struct figures *figures_read(struct store *store, int known_on, struct err *err);
/* The same, of what was known at that instant. */
MUST_CHECK struct figures *figures_read_until(struct store *store, int64_t until, struct err *err);
struct figures *figures_empty(void);
void figures_free(struct figures *figures);

struct figure_key {
    const char *unit, *metric, *period;
};
/* Takes up the values that the latest intake gave these keys, read from the ledger: what is there then is
 * what figures_read would give. Nobody may hold on to the list meanwhile. False: there is no room left, or
 * the ledger cannot be read: they are to be read anew. */
MUST_CHECK bool figures_renew(struct figures *figures, struct store *store, const struct intake *intake,
                              const struct figure_key *keys, size_t n, struct err *err);

/* The slice about one unit and metric (any periods); its length, and its first or NULL. */
size_t figures_of(const struct figures *figures, const char *unit, const char *metric,
                  const struct figure **first);
/* Exactly one key, or NULL. */
const struct figure *figures_find(const struct figures *figures, const char *unit, const char *metric,
                                  const char *period);
/* The intake that brought a figure, or NULL. */
/* Whether any office of the org (its id) has figures. */
bool figures_of_org(const struct figures *figures, const char *org);
const struct intake *figures_intake(const struct figures *figures, int64_t id);

/* Every value a key ever had, oldest first; texts in arena. */
MUST_CHECK bool figures_history(struct store *store, const char *unit, const char *metric, const char *period,
                                struct arena *arena, struct figure **list, size_t *n, struct err *err);
/* The last value of one key and the intake that gave it; intake 0: the key was never reported. */
MUST_CHECK bool figure_last(struct store *store, const char *unit, const char *metric, const char *period,
                            int64_t *value, int64_t *intake, struct err *err);
/* Whether the unit has any figure. */
MUST_CHECK bool figures_of_unit(struct store *store, const char *unit, bool *some, struct err *err);
/* Whether an intake with this checksum was taken before; *id is the last such. */
MUST_CHECK bool intake_find(struct store *store, const char *checksum, bool *found, int64_t *id,
                            struct err *err);

/* Writers. They belong inside store_begin .. store_commit. What the schema refuses (a key twice in one
 * intake, a negative value, an intake that is not there) is ERR_INPUT; then roll back. */

/* `real_now` is stamped beside recorded_at. The id is not looked at. */
MUST_CHECK bool intake_add(struct store *store, const struct intake *intake, int64_t real_now, int64_t *id,
                           struct err *err);
/* Its instants are those of its intake; recorded_at and corrected are not looked at. */
MUST_CHECK bool figure_add(struct store *store, const struct figure *figure, struct err *err);

#endif
