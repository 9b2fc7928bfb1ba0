/* http: the server (libmicrohttpd), the only room that speaks HTTP.
 *
 * Threads of the server never wait for the engine: an answer that the current snapshot holds is sent at once; anything else
 * becomes a request in a bounded queue, the connection is suspended, and the engine's answer resumes it. */
#ifndef HANCHOT_PUBLISH_HTTP_H
#define HANCHOT_PUBLISH_HTTP_H

#include "publish/answer.h"
#include "publish/board.h"

enum method { METHOD_GET, METHOD_POST, METHOD_PROPFIND }; /* HEAD is GET without the body */

/* What the engine sees of a request. Borrowed until it is answered. */
struct request {
    enum method method;
    const char *path;         /* decoded, checked: no "..", no empty parts, no control characters */
    const char *key;          /* path and the known query options in fixed order: the cache key */
    const char *content_type; /* or NULL */
    const char *body;         /* POST: whole, zero-terminated; else "" */
    size_t body_size;
    bool loopback;            /* the peer is on loopback */
    const char *host, *origin, *authorization, *forwarded, *last_event_id, *if_match, *accept_language, *cookie; /* or NULL */
    void *connection;         /* the server's own */
};
/* A query option, or NULL. */
const char *request_option(const struct request *request, const char *name);

struct http_snapshot { /* what the server needs of the engine's snapshot: its head and its answers */
    struct snapshot head;
    struct answers *answers;
    int64_t made_at;
};

struct http_config {
    const char *address; /* "127.0.0.1", "[::1]" … */
    int port;            /* 0: any */
    int threads;         /* 0: as many as cores, at most 4 */
    size_t body_limit;   /* bytes of a POST body */
    int timeout;         /* seconds a connection may idle */
    int listen_fd;       /* an open socket from systemd, or -1 */
};
extern const struct http_config http_default_config;

struct http;
/* The server reads board; it asks through the queue. */
MUST_CHECK struct http *http_start(const struct http_config *config, struct board *board, struct err *err);
int http_port(const struct http *http);
int http_wake_fd(const struct http *http); /* readable (eventfd) when requests wait for the engine */
/* The next waiting request, or NULL. The engine must answer each with http_answer. */
const struct request *http_next(struct http *http);
/* Answers and resumes. Takes the reference. With cache true, the answer also goes into the current snapshot's answers under
 * request->key. */
void http_answer(struct http *http, const struct request *request, struct answer *answer, bool cache);
/* Stops accepting, finishes running answers (at most `seconds`), frees. Unanswered requests get 503. */
void http_stop(struct http *http, int seconds);

struct http_counts {
    uint64_t requests, not_modified, client_errors, server_errors, queue_full;
};
struct http_counts http_counts(const struct http *http);

#endif
