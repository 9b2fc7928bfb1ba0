#include "publish/http_private.h"

#include <string.h>

/* Two hold a stream: the engine, which writes, and the connection's exchange. The connection sleeps while
 * there is nothing to send. */
struct stream {
    atomic_int holders;
    struct http *http;
    struct MHD_Connection *connection;
    pthread_mutex_t lock; /* of all below */
    struct text pending;
    size_t sent;    /* of pending */
    bool suspended; /* the connection waits for more */
    bool closed;    /* the engine has no more */
    bool gone;      /* the connection has ended */
};

enum { PIECE = 4096 };

static void stream_release(struct stream *stream)
{
    if (atomic_fetch_sub(&stream->holders, 1) > 1)
        return;
    text_fini(&stream->pending);
    pthread_mutex_destroy(&stream->lock);
    mem_free(stream);
}

struct stream *http_stream_open(struct http *http, const struct request *request)
{
    if (atomic_fetch_add(&http->streams, 1) >= STREAMS_MOST) {
        atomic_fetch_sub(&http->streams, 1);
        http_answer(http, request, answer_hold(http->busy), false);
        return NULL;
    }
    struct exchange *exchange = http_take_back(http, request);
    struct stream *stream = mem_alloc(sizeof *stream);
    atomic_init(&stream->holders, 2);
    stream->http = http;
    stream->connection = exchange->connection;
    must(pthread_mutex_init(&stream->lock, NULL) == 0);
    exchange->stream = stream;
    http_resume(exchange);
    return stream;
}

static void wake(struct stream *stream)
{
    if (!stream->suspended)
        return;
    stream->suspended = false;
    MHD_resume_connection(stream->connection);
}

bool http_stream_send(struct stream *stream, const char *text)
{
    pthread_mutex_lock(&stream->lock);
    bool fine = !stream->gone && stream->pending.n - stream->sent < STREAM_PENDING_MOST;
    if (fine) {
        text_add(&stream->pending, text);
        wake(stream);
    }
    pthread_mutex_unlock(&stream->lock);
    return fine;
}

void http_stream_close(struct stream *stream)
{
    atomic_fetch_sub(&stream->http->streams, 1);
    pthread_mutex_lock(&stream->lock);
    stream->closed = true;
    if (!stream->gone)
        wake(stream);
    pthread_mutex_unlock(&stream->lock);
    stream_release(stream);
}

void stream_leave(struct stream *stream)
{
    pthread_mutex_lock(&stream->lock);
    stream->gone = true;
    stream->suspended = false;
    pthread_mutex_unlock(&stream->lock);
    stream_release(stream);
}

static ssize_t stream_read(void *data, uint64_t position, char *buf, size_t most)
{
    struct stream *stream = data;
    (void)position;
    pthread_mutex_lock(&stream->lock);
    size_t n = stream->pending.n - stream->sent;
    n = n < most ? n : most;
    ssize_t given = (ssize_t)n;
    if (n > 0) {
        memcpy(buf, stream->pending.at + stream->sent, n);
        stream->sent += n;
        if (stream->sent == stream->pending.n)
            stream->sent = stream->pending.n = 0;
    } else if (stream->closed) {
        given = MHD_CONTENT_READER_END_OF_STREAM;
    } else {
        stream->suspended = true;
        MHD_suspend_connection(stream->connection);
    }
    pthread_mutex_unlock(&stream->lock);
    return given;
}

enum MHD_Result stream_send_head(struct stream *stream, struct MHD_Connection *connection)
{
    struct MHD_Response *response =
        MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, PIECE, stream_read, stream, NULL);
    must(response);
    must(MHD_add_response_header(response, "Content-Type", "text/event-stream") == MHD_YES);
    must(MHD_add_response_header(response, "Cache-Control", "no-store") == MHD_YES);
    must(MHD_add_response_header(response, "X-Content-Type-Options", "nosniff") == MHD_YES);
    must(MHD_add_response_header(response, "X-Accel-Buffering", "no") == MHD_YES);
    enum MHD_Result result = MHD_queue_response(connection, MHD_HTTP_OK, response);
    MHD_destroy_response(response);
    return result;
}
