#include "publish/answer.h"

#include "publish/answer_private.h"

#include <string.h>
#include <strings.h>
#include <zlib.h>

/* A packet holds shorter bodies anyway. */
enum { GZIP_LEAST = 200, GZIP_LEVEL = 6 };

enum compressed { COMPRESSED_NOT_YET, COMPRESSED_MADE, COMPRESSED_USELESS };

/* ---- bodies ---- */

static struct body *body_new(struct text *bytes)
{
    struct body *body = mem_alloc(sizeof *body);
    atomic_init(&body->holders, 1);
    body->n = bytes->n;
    /* It stays for long: a copy of just its size leaves the room for growth to the next one, where shrinking
     * in place would leave a hole behind each. */
    body->at = mem_alloc(body->n + 1);
    if (body->n)
        memcpy(body->at, bytes->at, body->n);
    text_fini(bytes);
    return body;
}

struct body *body_hold(struct body *body)
{
    atomic_fetch_add_explicit(&body->holders, 1, memory_order_relaxed);
    return body;
}

void body_release(struct body *body)
{
    if (!body || atomic_fetch_sub_explicit(&body->holders, 1, memory_order_acq_rel) > 1)
        return;
    mem_free(body->at);
    mem_free(body);
}

/* No time and no name go into the head, so that the same bytes always compress to the same bytes. */
static struct body *body_gzip(const struct body *plain)
{
    must(plain->n <= UINT32_MAX / 2);
    z_stream stream = {0};
    must(deflateInit2(&stream, GZIP_LEVEL, Z_DEFLATED, MAX_WBITS + 16, 8, Z_DEFAULT_STRATEGY) == Z_OK);
    size_t most = deflateBound(&stream, plain->n);
    struct text out = {.at = mem_grow(NULL, most), .cap = most};
    stream.next_in = (Bytef *)plain->at;
    stream.avail_in = (uInt)plain->n;
    stream.next_out = (Bytef *)out.at;
    stream.avail_out = (uInt)most;
    must(deflate(&stream, Z_FINISH) == Z_STREAM_END);
    out.n = stream.total_out;
    deflateEnd(&stream);
    return body_new(&out);
}

/* ---- answers ---- */

struct answer *answer_new(int status, enum answer_type type, struct text *body, int64_t modified)
{
    must(status >= 200 && status <= 599);
    struct answer *answer = mem_alloc(sizeof *answer);
    atomic_init(&answer->holders, 1);
    answer->status = status;
    answer->type = type;
    answer->modified = modified;
    answer->plain = body_new(body);
    must(pthread_mutex_init(&answer->lock, NULL) == 0);
    if (status == 200 && type != ANSWER_METRICS) {
        char hex[65];
        sha256_hex(answer->plain->at, answer->plain->n, hex);
        snprintf(answer->etag, sizeof answer->etag, "\"%.32s\"", hex);
        snprintf(answer->etag_gzip, sizeof answer->etag_gzip, "\"%.32s-gz\"", hex);
    }
    return answer;
}

static bool is_seen(const struct answer *answer)
{
    for (size_t i = 0; i < ANSWER_FORMS; i++)
        if (atomic_load(&answer->forms[i]))
            return true;
    return false;
}

void answer_header(struct answer *answer, const char *name, const char *value)
{
    must(!is_seen(answer) && name[0]);
    for (const char *c = value; *c; c++)
        must((unsigned char)*c >= ' ' && *c != 0x7f);
    struct answer_field *field = vec_push(&answer->fields);
    field->name = mem_strdup(name);
    field->value = mem_strdup(value);
}

void answer_file_name(struct answer *answer, const char *file_name)
{
    must(!is_seen(answer));
    mem_free(answer->file_name);
    answer->file_name = mem_strdup(file_name);
}

void answer_mark(struct answer *answer, int64_t mark)
{
    must(!is_seen(answer));
    answer->mark = mark;
}

struct answer *answer_hold(struct answer *answer)
{
    atomic_fetch_add_explicit(&answer->holders, 1, memory_order_relaxed);
    return answer;
}

void answer_release(struct answer *answer)
{
    if (!answer)
        return;
    int before = atomic_fetch_sub_explicit(&answer->holders, 1, memory_order_acq_rel);
    must(before > 0);
    if (before > 1)
        return;
    for (size_t i = 0; i < ANSWER_FORMS; i++) {
        void *form = atomic_load(&answer->forms[i]);
        if (form)
            answer->drop_form(form);
    }
    for (size_t i = 0; i < answer->fields.n; i++) {
        mem_free(answer->fields.at[i].name);
        mem_free(answer->fields.at[i].value);
    }
    vec_free(&answer->fields);
    mem_free(answer->file_name);
    body_release(answer->plain);
    body_release(answer->gzip);
    pthread_mutex_destroy(&answer->lock);
    mem_free(answer);
}

int answer_status(const struct answer *answer)
{
    return answer->status;
}

const char *answer_etag(const struct answer *answer)
{
    return answer->etag;
}

const char *answer_bytes(const struct answer *answer, size_t *n)
{
    *n = answer->plain->n;
    return answer->plain->at;
}

const char *answer_field_value(const struct answer *answer, const char *name)
{
    for (size_t i = 0; i < answer->fields.n; i++)
        if (strcasecmp(answer->fields.at[i].name, name) == 0)
            return answer->fields.at[i].value;
    return NULL;
}

bool answer_varies(const struct answer *answer)
{
    return answer->plain->n >= GZIP_LEAST;
}

bool answer_compress(struct answer *answer)
{
    if (!answer_varies(answer))
        return false;
    int compressed = atomic_load_explicit(&answer->compressed, memory_order_acquire);
    if (compressed != COMPRESSED_NOT_YET)
        return compressed == COMPRESSED_MADE;
    pthread_mutex_lock(&answer->lock);
    if (atomic_load(&answer->compressed) == COMPRESSED_NOT_YET) {
        struct body *gzip = body_gzip(answer->plain);
        bool useful = gzip->n < answer->plain->n;
        if (useful)
            answer->gzip = gzip;
        else
            body_release(gzip);
        atomic_store_explicit(&answer->compressed, useful ? COMPRESSED_MADE : COMPRESSED_USELESS,
                              memory_order_release);
    }
    pthread_mutex_unlock(&answer->lock);
    return atomic_load(&answer->compressed) == COMPRESSED_MADE;
}

void *answer_form(struct answer *answer, int number, void *(*make)(struct answer *answer, int number),
                  void (*drop)(void *form))
{
    must(number >= 0 && number < ANSWER_FORMS);
    void *form = atomic_load_explicit(&answer->forms[number], memory_order_acquire);
    if (form)
        return form;
    pthread_mutex_lock(&answer->lock);
    form = atomic_load(&answer->forms[number]);
    if (!form) {
        answer->drop_form = drop;
        form = make(answer, number);
        atomic_store_explicit(&answer->forms[number], form, memory_order_release);
    }
    pthread_mutex_unlock(&answer->lock);
    return form;
}

/* ---- a snapshot's answers: a hash table with open places, at most half full ---- */

struct place {
    uint64_t hash;
    char *key; /* NULL: free */
    struct answer *answer;
    uint64_t used; /* when it was last asked for */
};

struct answers {
    pthread_mutex_t lock;
    struct place *places;
    size_t n_places, n; /* n: keys, also of answers that were let go */
    size_t plain_bytes;
    uint64_t clock; /* counts uses */
};

enum { PLACES_LEAST = 64 };

struct answers *answers_new(void)
{
    struct answers *answers = mem_alloc(sizeof *answers);
    must(pthread_mutex_init(&answers->lock, NULL) == 0);
    answers->n_places = PLACES_LEAST;
    answers->places = mem_alloc(answers->n_places * sizeof *answers->places);
    return answers;
}

void answers_free(struct answers *answers)
{
    if (!answers)
        return;
    for (size_t i = 0; i < answers->n_places; i++) {
        mem_free(answers->places[i].key);
        answer_release(answers->places[i].answer);
    }
    mem_free(answers->places);
    pthread_mutex_destroy(&answers->lock);
    mem_free(answers);
}

static struct place *place_of(const struct answers *answers, uint64_t hash, const char *key)
{
    size_t mask = answers->n_places - 1;
    size_t i = (size_t)hash & mask;
    while (answers->places[i].key &&
           (answers->places[i].hash != hash || strcmp(answers->places[i].key, key) != 0))
        i = (i + 1) & mask;
    return &answers->places[i];
}

static void grow(struct answers *answers)
{
    struct answers wider = {.n_places = 2 * answers->n_places};
    wider.places = mem_alloc(wider.n_places * sizeof *wider.places);
    for (size_t i = 0; i < answers->n_places; i++) {
        struct place *old = &answers->places[i];
        if (old->key)
            *place_of(&wider, old->hash, old->key) = *old;
    }
    mem_free(answers->places);
    answers->places = wider.places;
    answers->n_places = wider.n_places;
}

struct answer *answers_find(struct answers *answers, const char *key)
{
    uint64_t hash = hash_text(HASH_START, key);
    pthread_mutex_lock(&answers->lock);
    struct place *place = place_of(answers, hash, key);
    struct answer *answer = place->answer;
    if (answer) {
        place->used = ++answers->clock;
        answer_hold(answer);
    }
    pthread_mutex_unlock(&answers->lock);
    return answer;
}

/* Lets go of what nobody has asked for longest; its key stays, for it may come back. */
static void drop_oldest(struct answers *answers)
{
    size_t oldest = answers->n_places;
    for (size_t i = 0; i < answers->n_places; i++)
        if (answers->places[i].answer &&
            (oldest == answers->n_places || answers->places[i].used < answers->places[oldest].used))
            oldest = i;
    must(oldest < answers->n_places);
    struct place *place = &answers->places[oldest];
    answers->plain_bytes -= place->answer->plain->n;
    answer_release(place->answer);
    place->answer = NULL;
}

static void keep(struct answers *answers, uint64_t hash, const char *key, struct answer *answer)
{
    struct place *place = place_of(answers, hash, key);
    if (place->answer || (!place->key && answers->n >= ANSWERS_MOST))
        return;
    while (answers->plain_bytes && answers->plain_bytes + answer->plain->n > ANSWERS_MOST_BYTES)
        drop_oldest(answers);
    bool is_new = !place->key;
    if (is_new)
        *place = (struct place){.hash = hash, .key = mem_strdup(key)};
    place->answer = answer_hold(answer);
    place->used = ++answers->clock;
    answers->plain_bytes += answer->plain->n;
    answers->n += is_new;
    if (2 * answers->n > answers->n_places)
        grow(answers);
}

void answers_add(struct answers *answers, const char *key, struct answer *answer)
{
    if (answer->status != 200)
        return;
    uint64_t hash = hash_text(HASH_START, key);
    pthread_mutex_lock(&answers->lock);
    keep(answers, hash, key, answer);
    pthread_mutex_unlock(&answers->lock);
}

size_t answers_bytes(struct answers *answers)
{
    pthread_mutex_lock(&answers->lock);
    size_t bytes = answers->plain_bytes;
    for (size_t i = 0; i < answers->n_places; i++) {
        struct answer *answer = answers->places[i].answer;
        if (answer && atomic_load_explicit(&answer->compressed, memory_order_acquire) == COMPRESSED_MADE)
            bytes += answer->gzip->n;
    }
    pthread_mutex_unlock(&answers->lock);
    return bytes;
}
