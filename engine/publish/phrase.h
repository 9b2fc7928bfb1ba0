/* phrase: what rules say, in the words of people. Private to publish/.
 *
 * Every function adds to `out`. Words that belong together are held by no-break spaces, for publish/table to
 * wrap. */
#ifndef HANCHOT_PUBLISH_PHRASE_H
#define HANCHOT_PUBLISH_PHRASE_H

#include "base/text.h"
#include "rulebook/rulebook.h"

/* Both texts take the same arguments. */
void phrase_add(struct text *out, enum lang lang, const char *vi, const char *en, ...) PRINTF_LIKE(3, 5)
    PRINTF_LIKE(4, 5);
/* A no-break space between the words of a short text. */
void phrase_bind(struct text *out, const char *text);

void phrase_day(struct text *out, int day, enum lang lang);       /* "24/11/2026 T3" */
void phrase_day_short(struct text *out, int day, enum lang lang); /* "24/11 T3" */
/* The period's name in words, or the label itself where it is none ("2026-03-05.2"). */
void phrase_label(struct text *out, const char *label, enum lang lang);
void phrase_number(struct text *out, struct number number, enum lang lang); /* "99,5" */

/* "PC06, PC07 +112": at most `most` codes. */
void phrase_units_short(struct text *out, const struct units *units, size_t most);
/* Everybody in it, by the org's groups where they fit: "toàn bộ trừ PV01 (131 đơn vị)", "PV06, PA08, @commune
 * (114)". */
void phrase_units(struct text *out, const struct org *org, const struct units *units, enum lang lang);

/* What a group's name stands for: "@desk = PV06, PA08, @commune (114); 120 đơn vị". */
void phrase_group(struct text *out, const struct org *org, const struct group *group, enum lang lang);

/* What it waits for, and how long after it: "chờ: Nhận được Kế hoạch; hạn trong 10 ngày sau đó"; "thường
 * xuyên". Nothing for fixed dates. */
void phrase_waiting(struct text *out, const struct timing *timing, enum lang lang);

void phrase_target(struct text *out, const struct target *target, enum lang lang);    /* "ít nhất 100 %" */
void phrase_measure(struct text *out, const struct measure *measure, enum lang lang); /* "tỷ lệ: A / B" */

#endif
