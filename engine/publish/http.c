#include "publish/http.h"

#include "publish/http_private.h"
#include "time/clock.h"

#include <errno.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/resource.h>
#include <unistd.h>

const struct http_config http_default_config = {
    .address = "127.0.0.1",
    .port = 8466,
    .body_limit = (size_t)16 * 1024 * 1024,
    .timeout = 60,
    .connections = 1000,
    .listen_fd = -1,
    .prefix = "",
};

enum {
    THREADS_MOST = 4,
    CONNECTION_MEMORY = 12 * 1024, /* bounds the headers of a request; zeroed for each */
    OTHER_FILES = 100,             /* descriptors that are not connections */
};

/* ---- signals between threads: an eventfd is readable until it is emptied ---- */

static void event_give(int fd)
{
    const uint64_t one = 1;
    ssize_t written = write(fd, &one, sizeof one);
    must(written == sizeof one || errno == EAGAIN);
}

static void event_empty(int fd)
{
    uint64_t n;
    ssize_t got = read(fd, &n, sizeof n);
    must(got == sizeof n || errno == EAGAIN);
}

void http_wake(struct http *http)
{
    event_give(http->wake_fd);
}

/* ---- the queue ---- */

/* An exchange waits for the engine, unless the queue is full or the server stops. The connection sleeps
 * before the engine can see the exchange, and so before anybody could wake it. */
static bool queue_add(struct http *http, struct exchange *exchange)
{
    pthread_mutex_lock(&http->lock);
    bool full = http->n_waiting >= QUEUE_MOST;
    bool taken = !full && !atomic_load(&http->closing);
    if (taken) {
        MHD_suspend_connection(exchange->connection);
        exchange->waiting = true;
        TAILQ_INSERT_TAIL(&http->waiting, exchange, links);
        http->n_waiting++;
        event_give(http->wake_fd);
    }
    pthread_mutex_unlock(&http->lock);
    if (full)
        atomic_fetch_add(&http->queue_full, 1);
    return taken;
}

/* Out of its list; the lock is held. */
static void unlist(struct http *http, struct exchange *exchange)
{
    if (exchange->waiting) {
        TAILQ_REMOVE(&http->waiting, exchange, links);
        http->n_waiting--;
    } else {
        TAILQ_REMOVE(&http->taken, exchange, links);
    }
}

struct exchange *http_take_back(struct http *http, const struct request *request)
{
    struct exchange *exchange = (struct exchange *)((char *)request - offsetof(struct exchange, request));
    must(exchange->http == http && !exchange->waiting && !exchange->answer && !exchange->stream);
    pthread_mutex_lock(&http->lock);
    unlist(http, exchange);
    pthread_mutex_unlock(&http->lock);
    return exchange;
}

/* From here on the exchange belongs to its connection's thread and may be gone at any moment. */
void http_resume(struct exchange *exchange)
{
    MHD_resume_connection(exchange->connection);
}

static struct exchange *queue_next(struct http *http)
{
    pthread_mutex_lock(&http->lock);
    struct exchange *exchange = TAILQ_FIRST(&http->waiting);
    if (exchange) {
        unlist(http, exchange);
        exchange->waiting = false;
        TAILQ_INSERT_TAIL(&http->taken, exchange, links);
    } else {
        event_empty(http->wake_fd);
    }
    pthread_mutex_unlock(&http->lock);
    return exchange;
}

/* ---- answers at hand ---- */

/* The snapshot's answer, if it may be sent without asking who wants it: a key may be one for less. */
static struct answer *kept_answer(struct http *http, const char *path, const char *key, bool has_key)
{
    if ((http->guarded || has_key) && strncmp(path, "/s/", 3) != 0)
        return NULL;
    struct snapshot *snapshot = board_take(http->board);
    if (!snapshot)
        return NULL;
    struct answer *answer = answers_find(((struct http_snapshot *)snapshot)->answers, key);
    snapshot_release(snapshot);
    return answer;
}

/* Asked while there is no snapshot yet, no key can be checked; that there is none is no secret. */
static struct answer *readiness(struct http *http)
{
    struct snapshot *snapshot = board_take(http->board);
    snapshot_release(snapshot);
    if (!snapshot)
        return answer_hold(http->busy);
    return http->guarded ? NULL : answer_hold(http->ready);
}

static struct answer *answer_at_hand(struct http *http, const struct target *target, bool has_key)
{
    if (atomic_load(&http->closing))
        return answer_hold(http->farewell);
    if (strcmp(target->path, "/healthz") == 0)
        return answer_hold(http->healthy);
    if (strcmp(target->path, "/readyz") == 0)
        return readiness(http);
    return kept_answer(http, target->path, target->key, has_key);
}

/* ---- libmicrohttpd calls ---- */

/* The context of a request says how far it is: NULL at first and again when it was answered out of hand, the
 * server itself for a GET that is not whole yet, else its exchange. A whole request counts as running until
 * its answer has gone out. */
static enum MHD_Result send_out_of_hand(struct http *http, struct MHD_Connection *connection,
                                        struct answer *answer, void **context)
{
    *context = NULL;
    atomic_fetch_add(&http->running, 1);
    enum MHD_Result result = answer_send(http, connection, answer, true);
    answer_release(answer);
    return result;
}

/* The headers are there. An answer now would close the connection, since the body was not read; that is right
 * only where its end is not known or too far. */
static enum MHD_Result first_call(struct http *http, struct MHD_Connection *connection, const char *url,
                                  const char *method, const char *version, void **context)
{
    atomic_fetch_add_explicit(&http->requests, 1, memory_order_relaxed);
    *context = http;
    int refusal = request_refusal(connection, version, http->body_limit);
    enum verb verb = verb_of(method);
    if (verb == VERB_GET && !refusal)
        return MHD_YES;
    struct target target;
    target_read(&target, http, url, connection);
    if (refusal)
        return send_out_of_hand(http, connection, refusal_new(target.path, refusal), context);
    *context = exchange_new(http, connection, verb, &target);
    return MHD_YES;
}

/* The request is whole, or the engine has answered it. */
static enum MHD_Result last_call(struct http *http, struct exchange *exchange)
{
    if (!exchange->running)
        atomic_fetch_add(&http->running, 1);
    exchange->running = true;
    if (exchange->stream)
        return stream_send_head(exchange->stream, exchange->connection);
    if (!exchange->answer) {
        if (queue_add(http, exchange))
            return MHD_YES;
        exchange->answer = answer_hold(atomic_load(&http->closing) ? http->farewell : http->busy);
    }
    bool conditional = exchange->request.method == METHOD_GET;
    return answer_send(http, exchange->connection, exchange->answer, conditional);
}

/* A GET that is whole. */
static enum MHD_Result get_call(struct http *http, struct MHD_Connection *connection, const char *url,
                                void **context)
{
    struct target target;
    target_read(&target, http, url, connection);
    bool has_key = MHD_lookup_connection_value(connection, MHD_HEADER_KIND, "Authorization") != NULL;
    struct answer *answer = target.refusal ? NULL : answer_at_hand(http, &target, has_key);
    if (answer)
        return send_out_of_hand(http, connection, answer, context);
    struct exchange *exchange = exchange_new(http, connection, VERB_GET, &target);
    *context = exchange;
    return last_call(http, exchange);
}

static enum MHD_Result on_request(void *data, struct MHD_Connection *connection, const char *url,
                                  const char *method, const char *version, const char *bytes, size_t *n,
                                  void **context)
{
    struct http *http = data;
    if (!*context)
        return first_call(http, connection, url, method, version, context);
    bool is_plain_get = *context == http;
    if (*n == 0)
        return is_plain_get ? get_call(http, connection, url, context) : last_call(http, *context);
    bool fine = is_plain_get || exchange_read(*context, bytes, *n);
    *n = 0;
    return fine ? MHD_YES : MHD_NO;
}

static void on_completed(void *data, struct MHD_Connection *connection, void **context,
                         enum MHD_RequestTerminationCode code)
{
    struct http *http = data;
    bool is_plain_get = *context == http;
    struct exchange *exchange = is_plain_get ? NULL : *context;
    bool was_running = exchange ? exchange->running : !is_plain_get;
    (void)connection;
    (void)code;
    if (exchange)
        exchange_free(exchange);
    *context = NULL;
    if (was_running && atomic_fetch_sub(&http->running, 1) == 1 && atomic_load(&http->closing))
        event_give(http->idle_fd);
}

static void on_connection(void *data, struct MHD_Connection *connection, void **context,
                          enum MHD_ConnectionNotificationCode code)
{
    struct http *http = data;
    (void)connection;
    (void)context;
    if (code == MHD_CONNECTION_NOTIFY_CLOSED)
        atomic_fetch_sub(&http->connections, 1);
}

/* ---- start ---- */

/* Half of the cores: sending is the kernel's work, and the engine needs one too. */
static int thread_count(int wanted)
{
    if (wanted > 0)
        return wanted;
    cpu_set_t cpus;
    int n = sched_getaffinity(0, sizeof cpus, &cpus) == 0 ? CPU_COUNT(&cpus) / 2 : 1;
    return n < 1 ? 1 : n < THREADS_MOST ? n : THREADS_MOST;
}

/* Not so many connections that the process runs out of descriptors. */
static int connection_count(int wanted)
{
    struct rlimit files;
    if (getrlimit(RLIMIT_NOFILE, &files) == 0 && files.rlim_cur < (rlim_t)wanted + OTHER_FILES)
        wanted = files.rlim_cur > 2UL * OTHER_FILES ? (int)files.rlim_cur - OTHER_FILES : OTHER_FILES;
    return wanted;
}

/* NULL: the certificate cannot be used, or the system lacks resources. */
static struct MHD_Daemon *daemon_new(struct http *http, const char *certificate, const char *private_key)
{
    struct MHD_OptionItem options[10];
    size_t n = 0;
    if (http->threads > 1)
        options[n++] = (struct MHD_OptionItem){MHD_OPTION_THREAD_POOL_SIZE, http->threads, NULL};
    if (http->tls) {
        options[n++] = (struct MHD_OptionItem){MHD_OPTION_HTTPS_MEM_CERT, 0, (void *)certificate};
        options[n++] = (struct MHD_OptionItem){MHD_OPTION_HTTPS_MEM_KEY, 0, (void *)private_key};
    }
    options[n] = (struct MHD_OptionItem){MHD_OPTION_END, 0, NULL};
    unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ITC |
                     MHD_USE_NO_LISTEN_SOCKET | (http->tls ? MHD_USE_TLS : 0);
    /* Ours is the limit; the pool divides its own among the threads, and the last connections may all fall to
     * one. */
    unsigned limit = (unsigned)((http->connections_most + 1) * http->threads);
    return MHD_start_daemon(flags, 0, NULL, NULL, on_request, http, MHD_OPTION_NOTIFY_COMPLETED, on_completed,
                            http, MHD_OPTION_NOTIFY_CONNECTION, on_connection, http,
                            MHD_OPTION_UNESCAPE_CALLBACK, target_keep_raw, NULL, MHD_OPTION_CONNECTION_LIMIT,
                            limit, MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)http->timeout,
                            MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)CONNECTION_MEMORY, MHD_OPTION_ARRAY,
                            options, MHD_OPTION_END);
}

static bool pair_failed(struct err *err)
{
    return err_set(
        err, ERR_ENV,
        "không mở được máy chủ HTTPS: chứng thư hoặc khoá TLS không dùng được; cả hai phải ở dạng PEM và "
        "là "
        "một cặp",
        "cannot start the HTTPS server: the TLS certificate or key cannot be used; both must be PEM and "
        "belong together");
}

static bool daemon_start(struct http *http, const struct http_config *config, struct err *err)
{
    http->daemon = daemon_new(http, config->certificate, config->private_key);
    if (http->daemon)
        return true;
    if (http->tls)
        return pair_failed(err);
    return err_set(err, ERR_ENV, "không mở được máy chủ HTTP: hệ thống thiếu tài nguyên",
                   "cannot start the HTTP server: the system lacks resources");
}

/* Signals are the engine thread's business. */
/* Signals are the engine's: threads of the server are born without them. */
static sigset_t signals_block(void)
{
    sigset_t all, before;
    sigfillset(&all);
    must(pthread_sigmask(SIG_SETMASK, &all, &before) == 0);
    return before;
}

static void signals_restore(const sigset_t *before)
{
    must(pthread_sigmask(SIG_SETMASK, before, NULL) == 0);
}

static bool threads_start(struct http *http, const struct http_config *config, struct err *err)
{
    sigset_t before = signals_block();
    bool started = daemon_start(http, config, err);
    if (started)
        must(pthread_create(&http->acceptor, NULL, listen_accept, http) == 0);
    signals_restore(&before);
    return started;
}

static int event_new(void)
{
    int fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    must(fd >= 0);
    return fd;
}

static void http_free(struct http *http)
{
    answer_release(http->healthy);
    answer_release(http->ready);
    answer_release(http->busy);
    answer_release(http->farewell);
    if (http->listen_fd >= 0)
        close(http->listen_fd);
    close(http->wake_fd);
    close(http->idle_fd);
    close(http->stop_fd);
    pthread_mutex_destroy(&http->lock);
    pthread_mutex_destroy(&http->visits_lock);
    pthread_mutex_destroy(&http->daemon_lock);
    vec_free(&http->former);
    mem_free(http->prefix);
    mem_free(http);
}

struct http *http_start(const struct http_config *config, struct board *board, struct err *err)
{
    struct http *http = mem_alloc(sizeof *http);
    http->board = board;
    http->body_limit = config->body_limit;
    http->guarded = config->guarded;
    http->prefix = mem_strdup(config->prefix);
    http->threads = thread_count(config->threads);
    http->connections_most = connection_count(config->connections);
    http->timeout = config->timeout;
    http->tls = config->certificate != NULL;
    http->wake_fd = event_new();
    http->idle_fd = event_new();
    http->stop_fd = event_new();
    must(pthread_mutex_init(&http->lock, NULL) == 0);
    must(pthread_mutex_init(&http->visits_lock, NULL) == 0);
    must(pthread_mutex_init(&http->daemon_lock, NULL) == 0);
    TAILQ_INIT(&http->waiting);
    TAILQ_INIT(&http->taken);
    http->healthy = plain_answer(MHD_HTTP_OK, "ok\n");
    http->ready = plain_answer(MHD_HTTP_OK, "ready\n");
    http->busy = refusal_new("/", MHD_HTTP_SERVICE_UNAVAILABLE);
    http->farewell = refusal_new("/", MHD_HTTP_SERVICE_UNAVAILABLE);
    answer_header(http->farewell, "Connection", "close");
    if (listen_open(http, config, err) && (!http->tls || tls_open(err)) && threads_start(http, config, err))
        return http;
    http_free(http);
    return NULL;
}

/* ---- another certificate ---- */

/* Those of certificates before the last: what they were handed has long been taken up. */
static void former_end(struct http *http)
{
    size_t kept = 0;
    for (size_t i = 0; i < http->former.n; i++) {
        struct MHD_Daemon *one = http->former.at[i];
        const union MHD_DaemonInfo *info = MHD_get_daemon_info(one, MHD_DAEMON_INFO_CURRENT_CONNECTIONS);
        if (info && info->num_connections == 0)
            MHD_stop_daemon(one);
        else
            http->former.at[kept++] = one;
    }
    http->former.n = kept;
}

bool http_certify(struct http *http, const char *certificate, const char *private_key, struct err *err)
{
    must(http->tls);
    sigset_t before = signals_block();
    struct MHD_Daemon *daemon = daemon_new(http, certificate, private_key);
    signals_restore(&before);
    if (!daemon)
        return pair_failed(err);
    former_end(http);
    pthread_mutex_lock(&http->daemon_lock);
    *vec_push(&http->former) = http->daemon;
    http->daemon = daemon;
    pthread_mutex_unlock(&http->daemon_lock);
    return true;
}

/* ---- the engine's side ---- */

int http_port(const struct http *http)
{
    return http->port;
}

int http_wake_fd(const struct http *http)
{
    return http->wake_fd;
}

void http_answer(struct http *http, const struct request *request, struct answer *answer, bool cache)
{
    struct exchange *exchange = http_take_back(http, request);
    if (cache) {
        must(request->method == METHOD_GET);
        struct snapshot *snapshot = board_take(http->board);
        if (snapshot)
            answers_add(((struct http_snapshot *)snapshot)->answers, request->key, answer);
        snapshot_release(snapshot);
    }
    exchange->answer = answer;
    http_resume(exchange);
}

/* Many may have waited for the same feed: those behind the first get what was made for it. */
const struct request *http_next(struct http *http)
{
    for (;;) {
        struct exchange *exchange = queue_next(http);
        if (!exchange)
            return NULL;
        const struct request *request = &exchange->request;
        struct answer *answer = request->method == METHOD_GET ? kept_answer(http, request->path, request->key,
                                                                            request->authorization != NULL)
                                                              : NULL;
        if (!answer)
            return request;
        http_answer(http, request, answer, false);
    }
}

/* ---- stop ---- */

/* After this no exchange sleeps, and none will. Whoever asks again is sent away, so that busy connections end
 * too. */
static void refuse_all(struct http *http)
{
    pthread_mutex_lock(&http->lock);
    atomic_store(&http->closing, true);
    TAILQ_CONCAT(&http->taken, &http->waiting, links);
    struct exchange *exchange;
    while ((exchange = TAILQ_FIRST(&http->taken))) {
        TAILQ_REMOVE(&http->taken, exchange, links);
        exchange->answer = answer_hold(http->farewell);
        http_resume(exchange);
    }
    http->n_waiting = 0;
    pthread_mutex_unlock(&http->lock);
}

static void wait_until_idle(struct http *http, int seconds)
{
    int64_t end = clock_monotonic_ms() + 1000 * (int64_t)seconds;
    struct pollfd idle = {.fd = http->idle_fd, .events = POLLIN};
    while (atomic_load(&http->running) > 0) {
        int64_t left = end - clock_monotonic_ms();
        if (left <= 0)
            return;
        if (poll(&idle, 1, (int)left) > 0)
            event_empty(http->idle_fd);
    }
}

void http_stop(struct http *http, int seconds)
{
    if (!http)
        return;
    must(atomic_load(&http->streams) == 0);
    event_give(http->stop_fd);
    must(pthread_join(http->acceptor, NULL) == 0);
    refuse_all(http);
    wait_until_idle(http, seconds);
    MHD_stop_daemon(http->daemon);
    for (size_t i = 0; i < http->former.n; i++)
        MHD_stop_daemon(http->former.at[i]);
    http_free(http);
}

struct http_counts http_counts(const struct http *http)
{
    return (struct http_counts){
        .requests = atomic_load(&http->requests),
        .not_modified = atomic_load(&http->not_modified),
        .client_errors = atomic_load(&http->client_errors),
        .server_errors = atomic_load(&http->server_errors),
        .queue_full = atomic_load(&http->queue_full),
        .refused_connections = atomic_load(&http->refused_connections),
        .connections = (uint64_t)atomic_load(&http->connections),
        .waiting = (uint64_t)atomic_load(&http->n_waiting),
        .streams = (uint64_t)atomic_load(&http->streams),
    };
}
