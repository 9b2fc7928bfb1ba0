#include "rulebook/ahead.h"

#include <pthread.h>
#include <string.h>

enum { FILE_SIZE = 4 << 20 };

struct scanned *scanned_new(const char *path, enum lang lang)
{
    struct scanned *scanned = mem_alloc(sizeof *scanned);
    scanned->path = path;
    scanned->err.lang = lang;
    faults_init(&scanned->faults, lang);
    if (!file_read(path, FILE_SIZE, &scanned->bytes, &scanned->err))
        return scanned;
    const char *bytes = text_str(&scanned->bytes);
    scanned->scan = scan_new(path, bytes, scanned->bytes.n, &scanned->faults);
    scanned->runs = scan_check(path, bytes, scanned->bytes.n, &scanned->faults);
    return scanned;
}

void scanned_free(struct scanned *scanned)
{
    if (!scanned)
        return;
    text_fini(&scanned->bytes);
    scan_free(scanned->scan);
    faults_fini(&scanned->faults);
    mem_free(scanned);
}

struct ahead {
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t ready;
    enum lang lang;
    const char *const *paths;
    struct scanned **files; /* NULL: not ready, or taken */
    size_t n, done;
    bool stop;
};

static void *ahead_run(void *data)
{
    struct ahead *ahead = data;
    for (size_t i = 0; i < ahead->n; i++) {
        struct scanned *scanned = scanned_new(ahead->paths[i], ahead->lang);
        pthread_mutex_lock(&ahead->lock);
        ahead->files[i] = scanned;
        ahead->done = i + 1;
        bool stop = ahead->stop;
        pthread_cond_broadcast(&ahead->ready);
        pthread_mutex_unlock(&ahead->lock);
        if (stop)
            break;
    }
    return NULL;
}

struct ahead *ahead_new(const char *const *paths, size_t n, enum lang lang)
{
    struct ahead *ahead = mem_alloc(sizeof *ahead);
    ahead->lang = lang;
    ahead->paths = paths;
    ahead->n = n;
    ahead->files = mem_alloc((n + 1) * sizeof(struct scanned *));
    must(!pthread_mutex_init(&ahead->lock, NULL));
    must(!pthread_cond_init(&ahead->ready, NULL));
    must(!pthread_create(&ahead->thread, NULL, ahead_run, ahead));
    return ahead;
}

struct scanned *ahead_take(struct ahead *ahead, const char *path, enum lang lang)
{
    size_t i = 0;
    while (ahead && i < ahead->n && strcmp(ahead->paths[i], path) != 0)
        i++;
    if (!ahead || i == ahead->n)
        return scanned_new(path, lang);
    pthread_mutex_lock(&ahead->lock);
    while (ahead->done <= i)
        pthread_cond_wait(&ahead->ready, &ahead->lock);
    struct scanned *scanned = ahead->files[i];
    ahead->files[i] = NULL;
    pthread_mutex_unlock(&ahead->lock);
    return scanned ? scanned : scanned_new(path, lang);
}

void ahead_free(struct ahead *ahead)
{
    if (!ahead)
        return;
    pthread_mutex_lock(&ahead->lock);
    ahead->stop = true;
    pthread_mutex_unlock(&ahead->lock);
    must(!pthread_join(ahead->thread, NULL));
    for (size_t i = 0; i < ahead->n; i++)
        scanned_free(ahead->files[i]);
    pthread_mutex_destroy(&ahead->lock);
    pthread_cond_destroy(&ahead->ready);
    mem_free(ahead->files);
    mem_free(ahead);
}
