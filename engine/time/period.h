/* period: a named span of days. The name is the label that ids carry; the span is what it covers. */
#ifndef HANCHOT_TIME_PERIOD_H
#define HANCHOT_TIME_PERIOD_H

#include "base/err.h"

enum period_kind {
    PERIOD_DAY,     /* 2026-11-24 */
    PERIOD_WEEK,    /* 2026-W48, ISO 8601 weeks */
    PERIOD_MONTH,   /* 2026-11 */
    PERIOD_QUARTER, /* 2026-Q4 */
    PERIOD_HALF,    /* 2026-H1 */
    PERIOD_YEAR,    /* 2026 */
    PERIOD_YEARS,   /* 2021-2025 */
    PERIOD_SPAN,    /* 2025-10-15/2026-01-14 */
};

#define PERIOD_SIZE 24
struct period {
    enum period_kind kind;
    int first, last; /* days, both inside */
    char label[PERIOD_SIZE];
};

/* Exactly one of the eight forms, canonical (2026-03, not 2026-3); last is not before first. */
MUST_CHECK bool period_parse(const char *text, struct period *period, struct err *err);
/* The period of that kind (DAY to YEAR) that holds the day. */
struct period period_holding(enum period_kind kind, int day);
/* The one after it of the same kind (DAY to YEAR). */
struct period period_next(const struct period *period);
bool period_holds(const struct period *period, int day);
bool period_inside(const struct period *inner, const struct period *outer);
/* For people: "tháng 11/2026", "quý IV/2026", "6 tháng đầu năm 2026", "năm 2026", "giai đoạn 2021-2025",
 * "tuần 48/2026", "ngày 24/11/2026", "15/10/2025 - 14/1/2026"; in English "November 2026", "Q4 2026",
 * "first half of 2026", "week 48 of 2026", "24 November 2026", ... */
#define PERIOD_NAME_SIZE 48
const char *period_name(const struct period *period, enum lang lang, char buf[PERIOD_NAME_SIZE]);

#endif
