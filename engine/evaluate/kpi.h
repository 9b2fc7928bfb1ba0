/* kpi: verdicts over figures. Pure, like all of evaluate/.
 *
 * Figures are decimal integers; every comparison with a target is an exact 128-bit cross-multiplication,
 * never a rounded value: 99.996 % is not 100 %. Not reported is no_data, neither 0 nor 100 %. Roll-ups add
 * numerators and denominators, over periods and over units; a figure for exactly the period goes before finer
 * ones inside it. */
#ifndef HANCHOT_EVALUATE_KPI_H
#define HANCHOT_EVALUATE_KPI_H

#include "base/text.h"
#include "evaluate/outlook.h"
#include "ledger/figures.h"

enum verdict {
    VERDICT_MET,
    VERDICT_MISSED,
    VERDICT_ON_TRACK,     /* met so far, the period has not ended */
    VERDICT_AT_RISK,      /* not met so far, still possible */
    VERDICT_OUT_OF_REACH, /* nothing further can meet it */
    VERDICT_NO_DATA,
    VERDICT_INVALID,   /* n/0, a numerator above its denominator, infinity, a function that failed */
    VERDICT_EXEMPT,    /* 0/0 with both reported, or waived */
    VERDICT_NO_TARGET, /* a value without a target to hold it against */
};
const char *verdict_name(enum verdict verdict); /* "met", …: the state of a KPI result */
const char *verdict_title(enum verdict verdict, enum lang lang);

struct kpi_result {
    const struct kpi *kpi;
    const struct unit *unit; /* NULL for across */
    struct period period;
    enum verdict verdict;
    bool partial; /* figures for a part of the period or of the units only */
    bool has_numerator, has_denominator;
    /* Scaled by 10^4, as summed. Of change and reduction: the period's sum and that of the period before. */
    int64_t numerator, denominator;
    bool has_value;
    double value; /* for display: rounded to 6 decimals, never onto a target that it misses */
    bool has_target;
    struct number target; /* that holds for this unit and period */
    bool has_gap;
    double gap; /* value - target, rounded the same way */
    int64_t
        needed; /* at_risk: smallest k with (n + k) / (d + k) meeting the target; 0: none or not applicable */
    const char *reason; /* why no_data, invalid, exempt or no_target, or what is missing though its time is
                           over; or NULL */
    bool sample;
    const struct figure *const *used; /* the figures read, for explain */
    size_t n_used;
};

struct kpi_results {
    struct arena *arena;
    const struct kpi_result *list; /* by plan, kpi, unit; one period for each KPI */
    size_t n;
    uint64_t steps; /* that functions took */
};

struct kpi_question {
    int as_of; /* evaluate for this day; progress (on_time) is that of the outlook */
    const char
        *period;    /* only this period label, or NULL: for each KPI the one that holds as_of, or its last */
    bool rolled_up; /* also where the period is made of whole ones of the KPI's: a monthly one over a quarter
                     */
    const struct plan *plan; /* or NULL: all, closed ones too (see outlook->plan_closed) */
    const struct unit *unit; /* or NULL; with a unit, verdicts over all (across) are left out */
    const struct kpi *kpi;   /* or NULL */
    bool together;  /* its leads as one, numerators and denominators added: a picture, no verdict owed */
    enum lang lang; /* of reasons */
};

/* Borrows from all three. Functions of KPIs run in the rulebook's box, one at a time. */
struct kpi_results *kpi_evaluate(const struct outlook *outlook, const struct figures *figures,
                                 const struct kpi_question *question);
void kpi_results_free(struct kpi_results *results);

/* The one of the KPI's periods that holds the day, or the nearest; its window where none lies inside. */
struct period kpi_period(const struct kpi *kpi, int day);
/* The last day before the period is judged: its own last, or `due` where that comes before. */
int kpi_judged(const struct kpi *kpi, const struct period *period);

/* "412 hồ sơ tới đều phải đạt", in what the measure counts. */
void kpi_needed_text(struct text *out, const struct kpi *kpi, int64_t needed, enum lang lang);

/* An expectation of a rule test about a KPI, over the figures that the test gives. */
void rule_test_check_kpi(const struct outlook *outlook, const struct rule_test *test,
                         const struct expectation *expect, struct faults *faults);

#endif
