/* kpi_desk: the rules of tests/kpi/rules, figures written down one by one, and what KPIs say about them. */
#ifndef HANCHOT_TESTS_KPI_DESK_H
#define HANCHOT_TESTS_KPI_DESK_H

#include "evaluate/kpi.h"

struct kpi_desk {
    struct rulebook *rulebook;
    struct arena *arena; /* of what was told */
    VEC(struct figure) figures;
    VEC(struct progress_fact) progress;
    VEC(struct event_fact) events;
    /* Of the last question. */
    struct facts *facts;
    struct outlook *outlook;
    struct figures *known;
    struct kpi_results *results;
};

/* Fails the test with the faults of the rules. */
void kpi_desk_open(struct kpi_desk *desk);
void kpi_desk_close(struct kpi_desk *desk);
void kpi_desk_clear(struct kpi_desk *desk); /* nothing told */

/* "A" is the unit t/A, or p/A where the KPI's plan is of that office. */
void kpi_desk_figure(struct kpi_desk *desk, const char *unit, const char *metric, const char *period,
                     int64_t scaled);
void kpi_desk_done(struct kpi_desk *desk, const char *unit, const char *ref, const char *period, int day);
void kpi_desk_extended(struct kpi_desk *desk, const char *unit, const char *ref, const char *period, int day);
void kpi_desk_cancelled(struct kpi_desk *desk, const char *unit, const char *ref, const char *period);
void kpi_desk_event(struct kpi_desk *desk, const char *unit, const char *event, int day);

const struct kpi *kpi_desk_kpi(const struct kpi_desk *desk, const char *key); /* "r#all" */
const struct unit *kpi_desk_unit(const struct kpi_desk *desk, const struct kpi *kpi, const char *code);
/* The results for a KPI; unit NULL: all; period NULL: as the day has it. Good until the next question. */
const struct kpi_results *kpi_desk_ask(struct kpi_desk *desk, const char *key, const char *unit,
                                       const char *period, int day);
/* The only one. */
const struct kpi_result *kpi_desk_one(struct kpi_desk *desk, const char *key, const char *unit,
                                      const char *period, int day);

/* "99.92": the value as it is shown, without zeros at the end. */
const char *kpi_shown(double value, char buf[40]);
/* "1249", "13.75" into units of 10^-4. */
int64_t kpi_scaled(const char *text);

#endif
