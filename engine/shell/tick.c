#include "shell/tick.h"

#include "time/clock.h"

enum { PING_SECONDS = 60, RETRY_SECONDS = 60 };

const char *tick_name(enum tick tick)
{
    static const char *const names[] = {"nothing", "ping", "send", "look", "evaluate", "prove"};
    must(tick < sizeof names / sizeof *names);
    return names[tick];
}

static int64_t earlier(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

/* What failed is not tried again at once, nor left for long when the clock went back meanwhile. */
static bool must_wait(const struct tick_times *times, int64_t now)
{
    return now >= times->failed && now < times->failed + RETRY_SECONDS;
}

enum tick tick_now(const struct tick_times *times, int64_t now, bool was_set)
{
    if (!times->evaluated)
        return TICK_NOTHING;
    if (!must_wait(times, now)) {
        if (was_set || now >= times->next_change || instant_day(now) != times->today)
            return TICK_EVALUATE;
        if (now >= times->next_look)
            return TICK_LOOK;
    }
    if (now >= times->next_send)
        return TICK_SEND;
    bool silent = now < times->last_ping || now >= times->last_ping + PING_SECONDS;
    return times->heard && silent ? TICK_PING : TICK_NOTHING;
}

int64_t tick_next(const struct tick_times *times, int64_t now)
{
    if (!times->evaluated)
        return INT64_MAX;
    int64_t next = earlier(times->next_change, times->next_look);
    if (must_wait(times, now) && next < times->failed + RETRY_SECONDS)
        next = times->failed + RETRY_SECONDS;
    next = earlier(next, times->next_send);
    return times->heard ? earlier(next, earlier(times->last_ping, now) + PING_SECONDS) : next;
}
