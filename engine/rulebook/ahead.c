#include "rulebook/ahead.h"

#include <pthread.h>
#include <string.h>

enum { FILE_SIZE = 4 << 20 };

struct scanned *scanned_new(const struct origin *origin, const char *path, enum lang lang)
{
    struct scanned *scanned = mem_alloc(sizeof *scanned);
    scanned->path = path;
    scanned->err.lang = lang;
    faults_init(&scanned->faults, lang);
    if (!folder_read(origin, path, FILE_SIZE, &scanned->bytes, &scanned->err))
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

/* A file of the list. Whoever comes first scans it: the thread, or the one who needs it now. */
struct ahead_file {
    const char *path;
    bool begun;
    struct scanned *scanned; /* NULL: not ready, or taken */
    bool ready;
};

struct ahead {
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t ready;
    const struct origin *origin;
    enum lang lang;
    struct ahead_file *files;
    size_t n;
    bool stop;
};

/* The next that nobody has begun, begun now; NULL: there is none. With the lock held. */
static struct ahead_file *next_file(struct ahead *ahead)
{
    for (size_t i = 0; i < ahead->n && !ahead->stop; i++)
        if (!ahead->files[i].begun) {
            ahead->files[i].begun = true;
            return &ahead->files[i];
        }
    return NULL;
}

static void *ahead_run(void *data)
{
    struct ahead *ahead = data;
    struct ahead_file *file;
    pthread_mutex_lock(&ahead->lock);
    while ((file = next_file(ahead))) {
        pthread_mutex_unlock(&ahead->lock);
        struct scanned *scanned = scanned_new(ahead->origin, file->path, ahead->lang);
        pthread_mutex_lock(&ahead->lock);
        file->scanned = scanned;
        file->ready = true;
        pthread_cond_broadcast(&ahead->ready);
    }
    pthread_mutex_unlock(&ahead->lock);
    return NULL;
}

struct ahead *ahead_new(const struct origin *origin, const char *const *paths, size_t n, enum lang lang)
{
    struct ahead *ahead = mem_alloc(sizeof *ahead);
    ahead->origin = origin;
    ahead->lang = lang;
    ahead->n = n;
    ahead->files = mem_alloc((n + 1) * sizeof *ahead->files);
    for (size_t i = 0; i < n; i++)
        ahead->files[i].path = paths[i];
    must(!pthread_mutex_init(&ahead->lock, NULL));
    must(!pthread_cond_init(&ahead->ready, NULL));
    must(!pthread_create(&ahead->thread, NULL, ahead_run, ahead));
    return ahead;
}

/* NULL: it is for the caller to scan it. */
static struct scanned *file_take(struct ahead *ahead, struct ahead_file *file)
{
    pthread_mutex_lock(&ahead->lock);
    bool mine = !file->begun;
    file->begun = true;
    while (!mine && !file->ready)
        pthread_cond_wait(&ahead->ready, &ahead->lock);
    struct scanned *scanned = file->scanned;
    file->scanned = NULL;
    file->ready = true;
    pthread_mutex_unlock(&ahead->lock);
    return scanned;
}

struct scanned *ahead_take(struct ahead *ahead, const struct origin *origin, const char *path, enum lang lang)
{
    struct scanned *scanned = NULL;
    for (size_t i = 0; ahead && !scanned && i < ahead->n; i++)
        if (!strcmp(ahead->files[i].path, path))
            scanned = file_take(ahead, &ahead->files[i]);
    return scanned ? scanned : scanned_new(origin, path, lang);
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
        scanned_free(ahead->files[i].scanned);
    pthread_mutex_destroy(&ahead->lock);
    pthread_cond_destroy(&ahead->ready);
    mem_free(ahead->files);
    mem_free(ahead);
}
