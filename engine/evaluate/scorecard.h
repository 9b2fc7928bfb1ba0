/* scorecard: points for parts, their sum, a grade, and whether the published total is that sum. Pure, like
 * all of evaluate/.
 *
 * Points come as published (points, or a percentage of the most: rounded half up to 2 decimals, as a portal
 * prints them) or are computed from a rate, and then enter the sum unrounded. A part without points is never
 * 0: the sum is that of the others, and partial. */
#ifndef HANCHOT_EVALUATE_SCORECARD_H
#define HANCHOT_EVALUATE_SCORECARD_H

#include "evaluate/kpi.h"

enum part_state {
    PART_PUBLISHED,
    PART_COMPUTED,
    PART_NO_DATA,
    PART_EXEMPT,  /* 0/0 with both reported */
    PART_INVALID, /* above the most, n/0, a numerator above its denominator */
};
const char *part_state_name(enum part_state state); /* "published", … */
const char *part_state_title(enum part_state state, enum lang lang);

struct part_score {
    const struct score_part *part;
    enum part_state state;
    struct number points;  /* PUBLISHED: exactly these; COMPUTED: 2 decimals, never onto the most if missed */
    struct number percent; /* with points: as published, else 2 decimals; COMPUTED: the rate */
    bool from_percent;     /* PUBLISHED: only the percentage is */
    bool doubtful; /* PUBLISHED: points and percentage do not fit; COMPUTED: figures for a part only */
    int64_t numerator, denominator; /* COMPUTED: scaled by 10^4 */
    const char *reason;             /* why no points or why doubtful; or NULL */
};

enum total_check {
    TOTAL_NOT_PUBLISHED,
    TOTAL_AGREES,    /* it is the sum of the parts */
    TOTAL_ROUNDED,   /* it is not, but the rounding of the printed numbers may be the cause */
    TOTAL_DIFFERS,   /* it is not, and cannot be */
    TOTAL_UNCHECKED, /* parts are missing */
};
const char *total_check_name(enum total_check check); /* "not_published", "agrees", … */

struct score {
    const struct scorecard *scorecard;
    const struct unit *unit;
    struct period period;
    const struct part_score *parts; /* one for each of the scorecard's */
    size_t n_known;                 /* parts with points */
    bool complete;                  /* all of them */
    struct number points;           /* of the known parts: 2 decimals, never onto a grade that is missed */
    struct number most_known;
    const struct grade *grade; /* of the exact sum, if complete; NULL: none */
    bool has_published;
    struct number published;
    const struct grade *published_grade;
    enum total_check check;
    struct number difference; /* ROUNDED, DIFFERS: published total minus the sum, or minus the nearest sum
                                 that the missing parts allow */
    const char *reason;       /* which parts are missing of some, what does not fit; or NULL */
    bool sample;
    const struct figure *const *used; /* the figures read */
    size_t n_used;
};

struct scores {
    struct arena *arena;
    const struct score *list; /* by scorecard, unit, period */
    size_t n;
};

struct score_question {
    int as_of; /* without period: the last period begun by then that has figures, or the one that holds it */
    const struct period *period;       /* this one; a longer one: all in it that have figures; or NULL */
    const struct scorecard *scorecard; /* or NULL: all */
    const struct unit *unit;           /* or NULL: all that it is for */
    enum lang lang;                    /* of reasons */
};

/* Borrows from all three. */
struct scores *scorecard_evaluate(const struct outlook *outlook, const struct figures *figures,
                                  const struct score_question *question);
void scores_free(struct scores *scores);

#endif
