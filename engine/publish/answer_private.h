/* What an answer is made of, for answer.c and the room http. */
#ifndef HANCHOT_PUBLISH_ANSWER_PRIVATE_H
#define HANCHOT_PUBLISH_ANSWER_PRIVATE_H

#include "publish/answer.h"

#include <pthread.h>
#include <stdatomic.h>

/* Bytes that live as long as their answer or anyone who still sends them. */
struct body {
    atomic_int holders;
    size_t n;
    char *at;
};
struct body *body_hold(struct body *body);
void body_release(struct body *body);

struct answer_field {
    char *name, *value;
};

/* In how many forms an answer may be sent; the room http numbers them. */
#define ANSWER_FORMS 4

/* '"', 32 digits, "-gz", '"' */
#define ETAG_SIZE 40

struct answer {
    atomic_int holders;
    int status;
    enum answer_type type;
    int64_t modified;
    char *file_name;
    int64_t mark; /* 0: fetches are not counted */
    VEC(struct answer_field) fields;
    char etag[ETAG_SIZE], etag_gzip[ETAG_SIZE]; /* "" if none */
    struct body *plain;
    pthread_mutex_t lock;  /* held while the members below are made */
    atomic_int compressed; /* enum compressed */
    struct body *gzip;     /* COMPRESSED_MADE */
    void *_Atomic forms[ANSWER_FORMS];
    void (*drop_form)(void *form);
};

/* Whether the answer's representation depends on Accept-Encoding. */
bool answer_varies(const struct answer *answer);
/* Whether there is a compressed form; made at the first question. */
bool answer_compress(struct answer *answer);
/* The form with this number, made once and given to drop when the answer goes. */
void *answer_form(struct answer *answer, int number, void *(*make)(struct answer *answer, int number),
                  void (*drop)(void *form));
/* The value of the answer's own header, or NULL. */
const char *answer_field_value(const struct answer *answer, const char *name);

#endif
