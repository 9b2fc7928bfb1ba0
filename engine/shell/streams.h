/* streams: the desktops that listen to alerts (GET /api/v1/alerts/stream, server-sent events). */
#ifndef HANCHOT_SHELL_STREAMS_H
#define HANCHOT_SHELL_STREAMS_H

#include "alert/alerts.h"
#include "publish/http.h"

struct streams;
struct streams *streams_new(void);
void streams_free(struct streams *streams);        /* closes them; NULL is fine */
bool streams_heard(const struct streams *streams); /* somebody listens */

/* A new one, which hears of these units only ("haiphong/PC06,haiphong/PV01"; "": of everything), and which
 * has just got what it missed. Takes the stream. */
void streams_add(struct streams *streams, struct stream *stream, const char *units);
/* Whether one with these units hears of this one. */
bool streams_hear(const char *units, const char *unit);

/* The event of a notice; keys: of the alerts that it speaks of, its own or those that it carries as a
 * summary, which stand right after it in notices. False: it is no event of its own. */
bool streams_notice(struct text *out, const struct notices *notices, const struct notice *notice);
/* The first event: from which notice on it will hear. */
void streams_hello(struct text *out, int64_t last);
/* To all that hear of the unit (NULL: to all). True: somebody took it. Who has gone is dropped. */
bool streams_send(struct streams *streams, const char *unit, const char *text);
/* That an alert was answered or resolved, for desktops that still show it. */
void streams_state(struct streams *streams, const char *key, enum alert_state state);
/* Tells those who listen that we are there, and notices who is not any more. */
void streams_ping(struct streams *streams);

#endif
