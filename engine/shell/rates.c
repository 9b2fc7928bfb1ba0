#include "shell/rates.h"

#include "base/mem.h"

/* One request costs as much as a minute's milliseconds, so that a millisecond brings per_minute: whole
 * numbers only. */
enum { COST = 60 * 1000 };

struct bucket {
    int64_t id, level, at_ms;
};

struct rates {
    VEC(struct bucket) buckets; /* as many as there are links and keys that ask */
};

struct rates *rates_new(void)
{
    return mem_alloc(sizeof(struct rates));
}

void rates_free(struct rates *rates)
{
    if (!rates)
        return;
    vec_free(&rates->buckets);
    mem_free(rates);
}

static struct bucket *bucket_of(struct rates *rates, int64_t id, int64_t most, int64_t now_ms)
{
    for (size_t i = 0; i < rates->buckets.n; i++)
        if (rates->buckets.at[i].id == id)
            return &rates->buckets.at[i];
    struct bucket *bucket = vec_push(&rates->buckets);
    *bucket = (struct bucket){id, most, now_ms};
    return bucket;
}

bool rates_allow(struct rates *rates, int64_t id, int per_minute, int64_t now_ms, int *wait_s)
{
    *wait_s = 0;
    if (!per_minute)
        return true;
    int64_t most = (int64_t)per_minute * COST;
    struct bucket *bucket = bucket_of(rates, id, most, now_ms);
    int64_t passed = now_ms - bucket->at_ms;
    bucket->at_ms = now_ms;
    bucket->level = passed >= COST ? most : bucket->level + passed * per_minute;
    if (bucket->level > most)
        bucket->level = most;
    if (bucket->level >= COST) {
        bucket->level -= COST;
        return true;
    }
    int64_t wait_ms = (COST - bucket->level + per_minute - 1) / per_minute;
    *wait_s = (int)((wait_ms + 999) / 1000);
    return false;
}
