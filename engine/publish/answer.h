/* answer: a finished HTTP answer, its compressed form and its validators, and the cache of those that belong to a snapshot. */
#ifndef HANCHOT_PUBLISH_ANSWER_H
#define HANCHOT_PUBLISH_ANSWER_H

#include "base/text.h"

#include <stdint.h>

enum answer_type { ANSWER_CALENDAR, ANSWER_HTML, ANSWER_JSON, ANSWER_CSV, ANSWER_TEXT, ANSWER_METRICS, ANSWER_STYLE, ANSWER_SVG };

struct answer;

/* Takes the text's bytes. status 200 and cacheable answers get an ETag (strong, SHA-256 of the bytes); modified 0: none. */
struct answer *answer_new(int status, enum answer_type type, struct text *body, int64_t modified);
/* A header of its own ("Allow", "Location", "Retry-After"); the value is refused (must) when it holds CR or LF. */
void answer_header(struct answer *answer, const char *name, const char *value);
/* File name for Content-Disposition: inline, or NULL. */
void answer_file_name(struct answer *answer, const char *file_name);
struct answer *answer_hold(struct answer *answer); /* one more reference */
void answer_release(struct answer *answer);        /* NULL is fine; thread-safe */

int answer_status(const struct answer *answer);
const char *answer_etag(const struct answer *answer); /* with its quotes; "" if none */
const char *answer_bytes(const struct answer *answer, size_t *n);

/* A snapshot's finished answers by key ("/calendars/all.ics?as=todo"): HTTP threads look up, the engine adds. */
struct answers;
struct answers *answers_new(void);
void answers_free(struct answers *answers);
struct answer *answers_find(struct answers *answers, const char *key); /* with a reference, or NULL */
void answers_add(struct answers *answers, const char *key, struct answer *answer); /* takes a reference of its own */
size_t answers_bytes(struct answers *answers); /* held, for /metrics */

#endif
