/* Who fetched a marked answer: kept until the engine takes it, so that no request waits for the ledger. */
#include "publish/http_private.h"

#include "time/clock.h"

#include <string.h>

enum { ROUND_MS = 2000 };

/* The latest of this mark, or NULL. */
static struct http_visit *latest(struct http *http, int64_t mark)
{
    for (size_t i = http->n_visits; i > 0; i--)
        if (http->visits[i - 1].mark == mark)
            return &http->visits[i - 1];
    return NULL;
}

/* Where there is no room left, a client's rounds become one; what then still does not fit is not counted. */
static struct http_visit *place_for(struct http *http, int64_t mark, int64_t now_ms)
{
    struct http_visit *visit = latest(http, mark);
    bool full = http->n_visits == VISITS_MOST;
    if (visit && (full || now_ms - visit->at_ms < ROUND_MS))
        return visit;
    if (full)
        return NULL;
    visit = &http->visits[http->n_visits++];
    *visit = (struct http_visit){.mark = mark, .at_ms = now_ms};
    return visit;
}

/* What a client calls itself, cut at a character, may stand in a terminal. */
static void client_copy(char client[VISIT_CLIENT_SIZE], const char *agent)
{
    struct err plain = {.lang = LANG_EN};
    err_set(&plain, ERR_NONE, "%s", "%s", agent ? agent : "");
    size_t n = strlen(plain.text);
    if (n >= VISIT_CLIENT_SIZE)
        n = VISIT_CLIENT_SIZE - 1;
    while (n && !utf8_valid(plain.text, n, NULL))
        n--;
    memcpy(client, plain.text, n);
    client[n] = '\0';
}

void visit_note(struct http *http, int64_t mark, bool unchanged, const char *agent)
{
    pthread_mutex_lock(&http->visits_lock);
    bool first = http->n_visits == 0;
    struct http_visit *visit = place_for(http, mark, clock_monotonic_ms());
    if (visit) {
        visit->fetches++;
        visit->unchanged += unchanged;
        client_copy(visit->client, agent);
    }
    pthread_mutex_unlock(&http->visits_lock);
    if (first)
        http_wake(http);
}

size_t http_visits_take(struct http *http, struct http_visit list[VISITS_MOST])
{
    pthread_mutex_lock(&http->visits_lock);
    size_t n = http->n_visits;
    memcpy(list, http->visits, n * sizeof *list);
    http->n_visits = 0;
    pthread_mutex_unlock(&http->visits_lock);
    return n;
}

bool http_visited(struct http *http)
{
    pthread_mutex_lock(&http->visits_lock);
    bool visited = http->n_visits > 0;
    pthread_mutex_unlock(&http->visits_lock);
    return visited;
}
