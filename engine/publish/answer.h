/* answer: a finished HTTP answer, its compressed form and its validators, and the cache of those that belong
 * to a snapshot. An answer is filled by one thread and never changes once others see it. */
#ifndef HANCHOT_PUBLISH_ANSWER_H
#define HANCHOT_PUBLISH_ANSWER_H

#include "base/text.h"

#include <stdint.h>

enum answer_type {
    ANSWER_CALENDAR,
    ANSWER_HTML,
    ANSWER_JSON,
    ANSWER_CSV,
    ANSWER_TEXT,
    ANSWER_METRICS,
    ANSWER_STYLE,
    ANSWER_SVG,
    ANSWER_XML,
};

struct answer;

/* Takes the text's bytes. status 200 gets an ETag (strong, from the SHA-256 of the bytes), except metrics.
 * modified: when the bytes last changed, which must never go back for a path; 0: unknown. */
struct answer *answer_new(int status, enum answer_type type, struct text *body, int64_t modified);
/* A header of its own ("Allow", "Location", "Retry-After"); "Cache-Control", "Referrer-Policy" and
 * "Content-Security-Policy" replace the usual ones. A value that holds CR, LF or another control character is
 * refused (must). */
void answer_header(struct answer *answer, const char *name, const char *value);
/* File name for Content-Disposition: inline. */
void answer_file_name(struct answer *answer, const char *file_name);
/* Its fetches are counted as visits of this one (not 0); see http.h. */
void answer_mark(struct answer *answer, int64_t mark);
struct answer *answer_hold(struct answer *answer); /* one more reference */
void answer_release(struct answer *answer);        /* NULL is fine; thread-safe */

int answer_status(const struct answer *answer);
const char *answer_etag(const struct answer *answer); /* with its quotes; "" if none */
const char *answer_bytes(const struct answer *answer, size_t *n);

/* A snapshot's finished answers by key ("/calendars/all.ics?as=todo"): HTTP threads look up, the engine adds.
 * Above ANSWERS_MOST_BYTES what nobody has asked for longest goes; the engine makes it again in a
 * millisecond. */
#define ANSWERS_MOST       4096
#define ANSWERS_MOST_BYTES ((size_t)4 * 1024 * 1024)
struct answers;
struct answers *answers_new(void);
void answers_free(struct answers *answers);                            /* NULL is fine */
struct answer *answers_find(struct answers *answers, const char *key); /* with a reference, or NULL */
/* Takes a reference of its own. Only answers with status 200 are kept, the first of each key, and none above
 * the two limits: made-up options must not fill the memory. */
void answers_add(struct answers *answers, const char *key, struct answer *answer);
size_t answers_bytes(struct answers *answers); /* held, compressed forms too, for /metrics */

#endif
