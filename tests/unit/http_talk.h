/* http_talk: a server in this process, the engine that answers it, and raw sockets that speak to it. One
 * thread plays engine and client; nothing sleeps, everything waits for a descriptor. */
#ifndef HANCHOT_TESTS_HTTP_TALK_H
#define HANCHOT_TESTS_HTTP_TALK_H

#include "base/text.h"
#include "publish/http.h"

struct talk {
    struct board *board;
    struct http *http;
    /* Answers one request; NULL: keep it unanswered (the test answers it later). */
    struct answer *(*engine)(struct talk *talk, const struct request *request, bool *cache);
    struct answer *next; /* for talk_next */
    int asked;           /* requests that the engine saw */
};

/* One worker thread, port 0; config may be NULL. With a snapshot on the board. */
void talk_start(struct talk *talk, const struct http_config *config);
void talk_stop(struct talk *talk);
int talk_setup(void **state); /* for cmocka: *state is a struct talk */
int talk_teardown(void **state);
void talk_put_snapshot(struct talk *talk); /* a new one, without answers */
void talk_keep(struct talk *talk, const char *key,
               struct answer *answer); /* in the current one; takes the reference */
struct answer *talk_echo(struct talk *talk, const struct request *request,
                         bool *cache); /* the usual engine: tells the key */
struct answer *talk_next(struct talk *talk, const struct request *request,
                         bool *cache); /* gives talk->next */
struct answer *talk_text(int status, enum answer_type type, const char *text);

int talk_dial(struct talk *talk);
void talk_say(int fd, const char *text); /* all of it */
/* Lets the engine answer what waits until the descriptor is readable or, with fd -1, until something waited.
 */
void talk_wait(struct talk *talk, int fd);

/* Waits until a request is in the queue and takes it; the test answers it. */
const struct request *talk_take(struct talk *talk);

struct reply {
    int status;  /* 0: the connection ended without an answer */
    bool closed; /* the server ended the connection after it */
    struct text head, body;
    char value[256];
};
/* The next answer on the connection; no_body: it is one to HEAD. */
void talk_hear(struct talk *talk, int fd, bool no_body, struct reply *reply);
/* Dials, says, hears, hangs up. */
void talk_once(struct talk *talk, const char *request, struct reply *reply);
/* The same with a request of these parts; headers: whole lines. */
void talk_ask(struct talk *talk, const char *method, const char *target, const char *headers,
              struct reply *reply);
void reply_fini(struct reply *reply);
#define auto_reply __attribute__((cleanup(reply_fini))) struct reply
/* A header's value, "" if it is not there; it must not stand twice. */
const char *reply_header(struct reply *reply, const char *name);

#endif
