/* kpi_measure: from figures to a verdict, in four steps that each stand in a file. Private to evaluate/.
 *
 *   kpi_gather   figures over periods and units: exact sums
 *   kpi_measure  a KPI's measure of them: a fraction, or why there is none
 *   kpi_target   the level that holds, and how the fraction stands to it
 *   kpi          the verdict, for each KPI, unit and period
 *
 * kpi_reason puts into words what is missing. */
#ifndef HANCHOT_EVALUATE_KPI_MEASURE_H
#define HANCHOT_EVALUATE_KPI_MEASURE_H

#include "evaluate/kpi.h"

/* What the work on one question shares. */
struct kpi_work {
    const struct outlook *outlook;
    const struct figures *figures;
    struct arena *arena; /* of the results */
    enum lang lang;
    int as_of;
    VEC(const struct figure *) used; /* for the result under way */
    struct known_label {
        const char *label; /* NULL: free */
        bool valid;
        struct period period;
    } * *labels; /* hash table of periods by label, at most half full */
    size_t n_labels, labels_cap;
    VEC(struct span) spans; /* scratch */
    uint64_t spent;         /* by the function of the KPI under way */
};

/* ---- kpi_gather ---- */

struct span {
    int first, last;
    const char *label;
};

/* The sums of two operands over a period. What adds up over time (not a stock) comes from the same
 * non-overlapping periods for all metrics of both operands; stocks are the last that all of them have. */
struct gather_ask {
    const struct operand *top, *bottom; /* bottom: or NULL */
    bool largest;                       /* the largest value of top's one metric instead of its sum */
    const struct period *period;
};

/* What one unit has. */
struct gathered {
    bool reported; /* every metric has a figure */
    bool partial;  /* for a part of the period only */
    bool overflow, negative;
    int64_t top, bottom;
};

enum { NAMED_UNITS = 5 };
/* What several units have together. */
struct tally {
    size_t units, reported, partial; /* asked; with figures; of these, with a part of the period */
    bool overflow, negative;
    int64_t top, bottom;
    const struct unit *silent[NAMED_UNITS]; /* the first without figures */
    const struct unit *behind;              /* the first with a part */
};

/* Adds what it read to work->used. */
struct gathered gather_unit(struct kpi_work *work, const struct gather_ask *ask, const struct unit *unit);
void tally_add(struct tally *tally, const struct unit *unit, const struct gathered *one, bool largest);
struct tally gather_units(struct kpi_work *work, const struct gather_ask *ask, const struct units *units);
/* Whether the unit is there on some day of the period. */
bool unit_is_there(const struct unit *unit, const struct period *period);
/* The days of the period for which the unit has something to report. */
struct span days_expected(const struct unit *unit, const struct period *period);
/* Whether the unit has any figure of the metric inside the period. */
bool figure_inside(struct kpi_work *work, const struct unit *unit, const struct metric *metric,
                   const struct period *period);
/* The period that a label names; NULL: none. */
const struct period *label_period(struct kpi_work *work, const char *label);

/* ---- kpi_reason ---- */

/* Why a tally has no figures at all. */
const char *reason_silent(struct kpi_work *work, const struct gather_ask *ask, const struct tally *tally);
/* What is missing in a tally although its time is over; NULL: nothing is. */
const char *reason_missing(struct kpi_work *work, const struct gather_ask *ask, const struct tally *tally);
/* "1250", "13,75" (a decimal point in English). */
const char *number_text(struct kpi_work *work, int64_t scaled);

/* ---- kpi_measure ---- */

/* An end of what the value can still become. */
struct bound {
    bool known;   /* false: without end */
    bool reached; /* the end itself can be reached */
    int64_t n, d; /* of the same kind as the quantity */
};

/* value = n * times / d, exactly; or the number that a function gave. */
struct quantity {
    int64_t n, d; /* d > 0 */
    int times;    /* 100: a percentage */
    bool own;     /* a function's number */
    double number;
    bool share;               /* n counts some of the d: never 0 % or 100 % but exactly */
    bool cases;               /* a further case may add one to n and one to d */
    struct bound least, most; /* of what it can be at the period's end */
};

enum finding_kind { FINDING_VALUE, FINDING_NO_DATA, FINDING_EXEMPT, FINDING_INVALID };
struct finding {
    enum finding_kind kind;
    struct quantity quantity; /* FINDING_VALUE */
    bool partial;
    bool has_numerator, has_denominator;
    int64_t numerator, denominator;
    const char *reason; /* or NULL */
};

/* What is measured: one unit, or all of an `across`. */
struct subject {
    const struct kpi *kpi;
    const struct unit *unit;   /* NULL: across */
    const struct units *units; /* those that are there in the period */
    const struct period *period;
    bool ended; /* judged now, not on the way */
};
struct finding measure_take(struct kpi_work *work, const struct subject *subject);
/* Whether the KPI is waived for this subject: its metric is whole for an ended period and below the number.
 */
bool measure_waived(struct kpi_work *work, const struct subject *subject, struct number number,
                    const char **why);
/* The quantity that a numerator and denominator of this measure stand for; not for MEASURE_FUNCTION. */
struct quantity measure_quantity(const struct kpi *kpi, int64_t numerator, int64_t denominator);

/* ---- kpi_target ---- */

enum holding { TARGET_HOLDS, TARGET_NOT_YET, TARGET_UNKNOWN };
/* The number that holds for a subject as of a day; *why (in words) unless it holds. */
enum holding target_holding(struct kpi_work *work, const struct subject *subject, struct number *number,
                            const char **why);
/* -1, 0, 1: below, equal, above; exactly. */
int quantity_order(const struct quantity *quantity, struct number number);
bool quantity_meets(const struct quantity *quantity, enum target_op op, struct number number);
/* Nothing that can still come would meet it. */
bool quantity_out_of_reach(const struct quantity *quantity, enum target_op op, struct number number);
/* For people: 6 decimals, never on or past a target that it misses. */
double quantity_value(const struct quantity *quantity, enum target_op op, struct number number);
double quantity_gap(const struct quantity *quantity, enum target_op op, struct number number);
/* The smallest k with (n + k) / (d + k) meeting an at_least; 0: none or not applicable. */
int64_t quantity_needed(const struct quantity *quantity, enum target_op op, struct number number);

#endif
