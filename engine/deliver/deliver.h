/* deliver: hanchot-deliver, the daemon's hand to the outside: sends mail by SMTP and calls webhooks.
 *
 * The daemon starts it and talks to it over its standard input and output: a line of JSON for each thing to
 * send, a line of JSON for what became of it, in whatever order they end. It keeps nothing: what is to be
 * sent, how often and when stands in the daemon's ledger. When the daemon goes, it goes too, at once.
 *
 *     {"notice":7,"kind":"mail","key":"9f…","server":"smtp://mail.example.gov.vn:587","tls":"starttls", …}
 *     {"notice":7,"outcome":"taken","detail":"250 OK id=1wM…","wait":0}
 *
 * Passwords and secrets are read from their files at each try, so that a changed one counts at once. */
#ifndef HANCHOT_DELIVER_DELIVER_H
#define HANCHOT_DELIVER_DELIVER_H

#include "base/text.h"

#include <curl/curl.h>
#include <jansson.h>

/* ---- letter.c: a mail as it goes over the wire ---- */

struct letter {
    const char *from, *from_name; /* the name may be NULL */
    const char *to;
    const char *key;  /* of the outbox: the Message-ID is made of it */
    const char *date; /* "Tue, 24 Nov 2026 07:30:00 +0700" */
    const char *subject, *text, *html;
    bool urgent;
};
/* RFC 5322 with CRLF: multipart/alternative, text first; whatever is not ASCII is encoded. */
void letter_write(const struct letter *letter, struct text *out);

/* ---- signature.c ---- */

/* "t=1795480200,v1=<64 hex digits>": HMAC-SHA256 of "<t>.<body>". */
void signature_write(const char *secret, size_t n_secret, int64_t at, const char *body, size_t n_body,
                     struct text *out);

/* ---- outcome.c: what became of it ---- */

enum outcome { OUTCOME_TAKEN, OUTCOME_LATER, OUTCOME_REFUSED };
const char *outcome_name(enum outcome outcome); /* "taken" */
/* What an answer means. SMTP: code is that of the last answer, sent_body whether the mail itself was handed
 * over before it. */
enum outcome outcome_of_mail(CURLcode result, long code, bool sent_body);
enum outcome outcome_of_call(CURLcode result, long code);

/* ---- transfer.c: one thing to send ---- */

struct transfer {
    CURL *curl;
    json_t *job;
    struct text body; /* what is sent */
    size_t sent;
    struct curl_slist *list; /* receivers or headers */
    char said[256];          /* the last answer of an SMTP server */
    char error[CURL_ERROR_SIZE];
};

/* Takes the job. NULL: it cannot be tried now; why, in err. */
struct transfer *transfer_new(json_t *job, struct err *err);
void transfer_free(struct transfer *transfer);

/* *wait: seconds for which the receiver asks to be left alone, or 0. */
enum outcome transfer_outcome(struct transfer *transfer, CURLcode result, struct text *detail, int64_t *wait);

#endif
