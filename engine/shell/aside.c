#include "shell/aside.h"

#include "base/log.h"
#include "time/clock.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <semaphore.h>
#include <unistd.h>

struct errand {
    void (*work)(void *data);
    void *data;
    int done_fd;
    sem_t *begun;
};

static void *errand_run(void *data)
{
    const struct errand errand = *(const struct errand *)data; /* which is gone once we have begun */
    uint64_t one = 1;
    must(!sem_post(errand.begun));
    errand.work(errand.data);
    must(write(errand.done_fd, &one, sizeof one) == sizeof one);
    return NULL;
}

/* A thread that is begun by one who goes on working may be left waiting for that one's time slice to end,
 * milliseconds, although another processor is free. Who sleeps until it runs is woken on the free one. */
static void wait_until_it_runs(sem_t *begun)
{
    while (sem_wait(begun) != 0)
        must(errno == EINTR);
    must(!sem_destroy(begun));
}

void aside_begin(void (*work)(void *data), void *data, int done_fd)
{
    sem_t begun;
    pthread_t thread;
    pthread_attr_t attributes;
    struct errand errand = {work, data, done_fd, &begun};
    must(!sem_init(&begun, 0, 0));
    must(!pthread_attr_init(&attributes));
    must(!pthread_attr_setstacksize(&attributes, 4 << 20)); /* libical recurses */
    must(!pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED));
    must(!pthread_create(&thread, &attributes, errand_run, &errand));
    pthread_attr_destroy(&attributes);
    wait_until_it_runs(&begun);
}

void aside_do(struct daemon *daemon, void (*work)(void *data), void *data)
{
    int64_t before = clock_monotonic_us();
    struct pollfd fds[] = {{daemon->aside_fd, POLLIN, 0}, {http_wake_fd(daemon->http), POLLIN, 0}};
    uint64_t count;
    must(!daemon->aside);
    daemon->aside = true;
    aside_begin(work, data, daemon->aside_fd);
    for (fds[0].revents = 0; !fds[0].revents;) {
        if (poll(fds, sizeof fds / sizeof *fds, -1) < 0)
            must(errno == EINTR);
        else if (fds[1].revents)
            daemon_answer_readers(daemon);
    }
    must(read(daemon->aside_fd, &count, sizeof count) == sizeof count);
    daemon->aside = false;
    daemon->asides++;
    daemon->aside_us += clock_monotonic_us() - before;
}

struct store *aside_store(struct daemon *daemon)
{
    struct err err = {.lang = daemon->app->site->lang};
    bool missing;
    if (!daemon->reader)
        daemon->reader = store_open_read(daemon->app->options.db, &missing, &err);
    return daemon->reader;
}

void aside_read(struct daemon *daemon, void (*work)(void *data), void *data, struct store **store)
{
    *store = aside_store(daemon);
    if (*store) {
        aside_do(daemon, work, data);
        return;
    }
    *store = daemon->store;
    work(data);
}

struct folding {
    const char *path;
    struct err err;
    bool good;
};

static void fold(void *data)
{
    struct folding *folding = data;
    folding->good = store_fold(folding->path, &folding->err);
}

void aside_fold(struct daemon *daemon)
{
    struct folding folding = {.path = daemon->app->options.db, .err = {.lang = daemon->app->site->lang}};
    if (!store_fold_due(daemon->store))
        return;
    aside_do(daemon, fold, &folding);
    if (!folding.good)
        log_error("%s", folding.err.text);
}
