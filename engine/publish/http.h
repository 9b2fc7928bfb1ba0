/* http: the server (libmicrohttpd), the only room that speaks HTTP.
 *
 * Threads of the server never wait for the engine: an answer that the current snapshot holds is sent at once;
 * anything else becomes a request in a bounded queue, the connection is suspended, and the engine's answer
 * resumes it. */
#ifndef HANCHOT_PUBLISH_HTTP_H
#define HANCHOT_PUBLISH_HTTP_H

#include "publish/answer.h"
#include "publish/board.h"

enum method { METHOD_GET, METHOD_POST, METHOD_PROPFIND }; /* HEAD is GET without the body */

struct query_option {
    const char *name, *value; /* decoded; value "" for "?name" */
};

/* What the engine sees of a request; all texts are UTF-8 without control characters, the body excepted.
 * Borrowed until it is answered. */
struct request {
    enum method method;
    const char *path;                   /* decoded, checked: no "..", no empty parts */
    const char *key;                    /* path and options sorted by name: the cache key */
    const struct query_option *options; /* sorted by name, each name once; as-of, also for as_of */
    size_t n_options;
    const char *content_type; /* or NULL */
    const char *body;         /* POST and PROPFIND: whole, zero-terminated; else "" */
    size_t body_size;
    bool loopback; /* the peer is on loopback */
    const char *host, *origin, *authorization, *last_event_id, *if_match, *accept_language,
        *cookie; /* or NULL */
    const char
        *forwarded;    /* any header that a proxy adds: Forwarded, X-Forwarded-…, X-Real-IP, Via; or NULL */
    const char *depth; /* PROPFIND: "0", "1"; or NULL */
};
/* A query option, or NULL. */
const char *request_option(const struct request *request, const char *name);

struct http_snapshot { /* what the server needs of the engine's snapshot: its head and its answers */
    struct snapshot head;
    struct answers *answers;
    int64_t made_at;
};

struct http_config {
    const char *address; /* "127.0.0.1", "[::1]", "0.0.0.0", "localhost" … */
    int port;            /* 0: any */
    int threads;         /* 0: half as many as cores, 1 to 4 */
    size_t body_limit;   /* bytes of a POST body */
    int timeout;         /* seconds a connection may idle */
    int connections;     /* at one time; more are turned away with 503 */
    int listen_fd;       /* an open socket from systemd, which the server closes in the end; or -1 */
    /* Reachable from beyond loopback, or behind a proxy: of the snapshot's answers only those under /s/ are
     * sent without asking; every other request but /healthz goes to the engine, which looks at its key. So
     * does, behind any door, a request that comes with one. */
    bool guarded;
    const char *certificate, *private_key; /* PEM texts for TLS, or NULL */
    const char *prefix; /* "/lich": a path that means ours without it, as a proxy may send it; or "" */
};
extern const struct http_config http_default_config;

struct http;
/* The server reads board; it asks through the queue. The texts of config are not needed afterwards. */
MUST_CHECK struct http *http_start(const struct http_config *config, struct board *board, struct err *err);
/* From now on new connections get this certificate (PEM texts, not needed afterwards); those that are open go
 * on with theirs, and none is refused. False: the pair cannot be used, and all is as it was. Only of a server
 * with TLS. */
MUST_CHECK bool http_certify(struct http *http, const char *certificate, const char *private_key,
                             struct err *err);
int http_port(const struct http *http);
int http_wake_fd(const struct http *http); /* readable (eventfd) when requests wait for the engine */
/* The next waiting request, or NULL. The engine must answer each with http_answer or http_stream_open. */
const struct request *http_next(struct http *http);
/* Answers and resumes. Takes the reference. With cache true, the answer to a GET also goes into the current
 * snapshot's answers under request->key: only when it depends on nothing but the path, the options and that
 * snapshot. */
void http_answer(struct http *http, const struct request *request, struct answer *answer, bool cache);
/* Stops accepting, finishes running answers (at most `seconds`), frees. Unanswered requests get 503. Streams
 * must have been closed. */
void http_stop(struct http *http, int seconds);

/* Server-Sent Events: in place of http_answer. NULL: too many are open, the request was answered with 503. */
struct stream;
struct stream *http_stream_open(struct http *http, const struct request *request);
/* Adds text and sends. False: the client has gone or does not read; close the stream. A client's going is
 * noticed only by sending, so send a comment (":\n\n") now and then. */
MUST_CHECK bool http_stream_send(struct stream *stream, const char *text);
void http_stream_close(struct stream *stream); /* what was sent still goes out, then the connection ends */

/* Fetches of a marked answer (answer_mark) by a client: those of two seconds are one visit. */
#define VISITS_MOST       256
#define VISIT_CLIENT_SIZE 120
struct http_visit {
    int64_t mark, at_ms; /* of the monotonic clock */
    int64_t fetches, unchanged;
    char client[VISIT_CLIENT_SIZE]; /* the last one's User-Agent, or "" */
};
bool http_visited(struct http *http); /* there are some; http_wake_fd tells of the first */
size_t http_visits_take(struct http *http, struct http_visit list[VISITS_MOST]);

struct http_counts {
    uint64_t requests, not_modified, client_errors, server_errors, queue_full, refused_connections;
    uint64_t connections, waiting, streams; /* now */
};
struct http_counts http_counts(const struct http *http);

#endif
