/* The parts of the room http:
 *
 *   http.c          the server: threads, queue, start and stop
 *   http_listen.c   the socket, and the thread that accepts connections
 *   http_request.c  what a request asks for: path, options, headers, body, method
 *   http_answer.c   how an answer is sent: headers, gzip, conditional requests; the server's own answers
 *   http_stream.c   Server-Sent Events
 *   http_visits.c   who fetched what
 *   http_tls.c      GnuTLS, loaded for HTTPS
 */
#ifndef HANCHOT_PUBLISH_HTTP_PRIVATE_H
#define HANCHOT_PUBLISH_HTTP_PRIVATE_H

#include "publish/answer_private.h"
#include "publish/http.h"

#include <microhttpd.h>
#include <pthread.h>
#include <sys/queue.h>

enum {
    PATH_MOST = 1024,
    KEY_MOST = 2048,
    OPTIONS_MOST = 32,
    QUEUE_MOST = 256,
    STREAMS_MOST = 100,
    STREAM_PENDING_MOST = 256 * 1024,
    BODIES_MOST = 4, /* so many bodies of the greatest size at one time */
};

/* ---- requests ---- */

enum verb { VERB_GET, VERB_POST, VERB_PROPFIND, VERB_OPTIONS, VERB_OTHER };

/* A path with its options, decoded and checked. */
struct target {
    int refusal; /* the status to refuse it with, or 0 */
    char path[PATH_MOST + 1];
    char key[KEY_MOST + 1];
    struct query_option options[OPTIONS_MOST];
    size_t n_options;
    char decoded[KEY_MOST + 1]; /* the options' texts */
    size_t n_decoded, n_key;
};

/* A request on its way, from the headers to the end of the answer. While it is suspended, it is in one of two
 * lists. */
struct exchange {
    struct request request;
    struct http *http;
    struct MHD_Connection *connection;
    struct arena *arena;
    struct text body;
    size_t body_counted;   /* of the bytes that the server allows in all */
    size_t body_seen;      /* the thrown away ones too */
    struct answer *answer; /* once there is one */
    struct stream *stream; /* or this */
    bool waiting;          /* in the queue, not yet taken by the engine */
    bool running;          /* whole; counted by the server */
    TAILQ_ENTRY(exchange) links;
};
TAILQ_HEAD(exchanges, exchange);

enum verb verb_of(const char *method);
const char *path_methods(const char *path); /* the value of Allow */
/* url as libmicrohttpd hands it over: not decoded, without the query. */
void target_read(struct target *target, const struct http *http, const char *url,
                 struct MHD_Connection *connection);
/* MHD's own decoding is switched off by this one. */
size_t target_keep_raw(void *data, struct MHD_Connection *connection, char *text);

/* The status to refuse a request with whose body must not be read, or 0. */
int request_refusal(struct MHD_Connection *connection, const char *version, size_t limit);
struct exchange *exchange_new(struct http *http, struct MHD_Connection *connection, enum verb verb,
                              const struct target *target);
/* A piece of the body. False: give up on this connection. */
bool exchange_read(struct exchange *exchange, const char *bytes, size_t n);
void exchange_free(struct exchange *exchange);

/* ---- answers ---- */

enum MHD_Result answer_send(struct http *http, struct MHD_Connection *connection, struct answer *answer,
                            bool conditional);
/* The server's own answers; the caller releases them. */
struct answer *refusal_new(const char *path, int status);
struct answer *refusal_method(const char *path); /* 405 */
struct answer *options_new(const char *path);    /* to OPTIONS */
struct answer *plain_answer(int status, const char *text);

/* ---- streams ---- */

enum MHD_Result stream_send_head(struct stream *stream, struct MHD_Connection *connection);
void stream_leave(struct stream *stream); /* the connection's end of it */

/* ---- the server ---- */

struct http {
    struct board *board;
    struct MHD_Daemon *daemon;       /* takes new connections */
    VEC(struct MHD_Daemon *) former; /* of former certificates: they end with their connections */
    pthread_mutex_t daemon_lock;     /* of the two above, while a connection is handed over */
    size_t body_limit;
    int connections_most, threads, timeout;
    bool guarded, tls;
    char *prefix;
    int listen_fd, port;
    int wake_fd; /* the engine reads it */
    int idle_fd; /* while stopping: the last exchange has ended */
    int stop_fd; /* the accepting thread reads it */
    pthread_t acceptor;
    struct answer *healthy, *ready, *busy, *farewell;

    pthread_mutex_t lock; /* of the lists; closing begins under it */
    struct exchanges waiting, taken;
    atomic_int n_waiting; /* changed under the lock only */

    pthread_mutex_t visits_lock; /* of the two below */
    struct http_visit visits[VISITS_MOST];
    size_t n_visits;

    atomic_int running; /* whole requests whose answer has not gone out */
    atomic_bool closing;
    atomic_int connections, streams; /* streams: those that the engine holds */
    atomic_size_t body_bytes;
    atomic_uint_fast64_t requests, not_modified, client_errors, server_errors, queue_full,
        refused_connections;
};

/* Once before the first daemon that is to speak TLS. */
MUST_CHECK bool tls_open(struct err *err);
MUST_CHECK bool listen_open(struct http *http, const struct http_config *config, struct err *err);
void *listen_accept(void *data); /* the accepting thread; data: the server */

/* A fetch of a marked answer. */
void visit_note(struct http *http, int64_t mark, bool unchanged, const char *agent);
void http_wake(struct http *http); /* the engine */

/* Resumes an exchange that was taken out of the lists. */
void http_resume(struct exchange *exchange);
/* The exchange behind what the engine sees, taken out of the list. */
struct exchange *http_take_back(struct http *http, const struct request *request);

#endif
