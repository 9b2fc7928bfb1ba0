/* post: what a mail or a webhook says of alerts. Pure: the same alerts on the same day give the same words.
 */
#ifndef HANCHOT_ALERT_POST_H
#define HANCHOT_ALERT_POST_H

#include "alert/alerts.h"
#include "base/text.h"

struct json_t;

enum post_kind {
    POST_URGENT, /* what cannot wait for the digest */
    POST_DIGEST, /* the day's overview */
};

struct post {
    enum post_kind kind;
    const struct alert *const *list; /* in the order of their days */
    size_t n;
    int today;
    const char *url; /* of the pages, without trailing slash, or NULL: no links */
    enum lang lang;
};

/* Past, today, coming; then what is no deadline. */
enum post_section { POST_PAST, POST_TODAY, POST_COMING, POST_OTHER, POST_SECTIONS };
enum post_section post_section_of(const struct alert *alert, int today);

/* So many of a section are listed in a mail, the first ones; more are counted. */
#define POST_LINES_MOST 100

/* "2 quá hạn, 1 hôm nay, 3 sắp tới"; of a single one its title. */
void post_subject(const struct post *post, struct text *out);
void post_text(const struct post *post, struct text *out); /* lines end with LF */
void post_html(const struct post *post, struct text *out); /* a whole page */
/* What a webhook gets: {"type":"alerts","id":key,"told_at","text","alerts":[…]}. The caller owns it. */
struct json_t *post_json(const struct post *post, const char *key, int64_t told_at);

#endif
