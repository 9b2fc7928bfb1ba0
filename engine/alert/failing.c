#include "alert/failing.h"

#include "alert/making.h"
#include "time/clock.h"

#include <stdlib.h>
#include <string.h>

/* ---- which ---- */

static bool is_mail(const char *channel)
{
    return !strncmp(channel, "mail:", 5);
}

static bool is_of(const char *channel, const char *way)
{
    return is_mail(channel) ? !strcmp(way, "mail") : !strcmp(channel, way);
}

/* By strcmp, each once. */
struct known {
    const char **list;
    size_t n;
};

static int text_order(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static struct known known_of(struct arena *arena, const char *const *list, size_t n)
{
    struct known known = {.list = arena_alloc(arena, (n + 1) * sizeof *known.list)};
    for (size_t i = 0; i < n; i++)
        known.list[i] = list[i];
    if (n)
        qsort(known.list, n, sizeof *known.list, text_order);
    for (size_t i = 0; i < n; i++)
        if (!known.n || strcmp(known.list[known.n - 1], known.list[i]) != 0)
            known.list[known.n++] = known.list[i];
    return known;
}

static bool is_known(const char *channel, const struct known *known)
{
    return known->n && bsearch(&channel, known->list, known->n, sizeof *known->list, text_order);
}

static void add(struct failing *failing, struct arena *arena, const struct channel *channel)
{
    if (!failing->n) {
        failing->first = arena_strdup(arena, strchr(channel->name, ':') + 1);
        failing->first_failed = failing->since = channel->fails_since;
    }
    failing->n++;
    if (channel->fails_since <= failing->first_failed)
        failing->first_failed = channel->fails_since;
    if (channel->fails_since >= failing->since) {
        failing->since = channel->fails_since;
        failing->detail = arena_strdup(arena, channel->detail);
    }
}

/* False: it works. */
static bool look(struct failing *failing, struct arena *arena, const char *way,
                 const struct channels *channels, const struct known *known)
{
    size_t all = 0;
    *failing = (struct failing){.way = arena_strdup(arena, way)};
    for (size_t i = 0; i < known->n; i++)
        all += is_of(known->list[i], way);
    for (size_t i = 0; i < channels->n; i++)
        if (is_of(channels->list[i].name, way) && is_known(channels->list[i].name, known))
            add(failing, arena, &channels->list[i]);
    failing->all = failing->n == all;
    if (!failing->all)
        failing->since = failing->first_failed;
    return failing->n;
}

struct failings *failings_new(const struct channels *channels, const char *const *known, size_t n_known)
{
    struct arena *arena = arena_new();
    const struct known sorted = known_of(arena, known, n_known);
    struct failings *failings = arena_alloc(arena, sizeof *failings);
    failings->arena = arena;
    failings->list = arena_alloc(arena, (channels->n + 1) * sizeof *failings->list);
    failings->n += look(&failings->list[0], arena, "mail", channels, &sorted);
    for (size_t i = 0; i < channels->n; i++)
        if (!is_mail(channels->list[i].name))
            failings->n +=
                look(&failings->list[failings->n], arena, channels->list[i].name, channels, &sorted);
    return failings;
}

void failings_free(struct failings *failings)
{
    if (failings)
        arena_free(failings->arena);
}

bool failings_same(const struct failings *a, const struct failings *b)
{
    bool same = a->n == b->n;
    for (size_t i = 0; i < a->n && same; i++)
        same = !strcmp(a->list[i].way, b->list[i].way) && a->list[i].n == b->list[i].n &&
               a->list[i].all == b->list[i].all && a->list[i].since == b->list[i].since;
    return same;
}

/* ---- in words ---- */

void failing_title(const struct failing *failing, enum lang lang, struct text *out)
{
    char at[INSTANT_SIZE];
    const char *since = lang == LANG_VI ? instant_vi(failing->since, at) : instant_iso(failing->since, at);
    if (strcmp(failing->way, "mail") != 0)
        text_addf(out, say(lang, "Webhook %s không nhận gì từ %s", "Webhook %s has taken nothing since %s"),
                  failing->first, since);
    else if (failing->all)
        text_addf(out, say(lang, "Không thư nào gửi được từ %s", "No mail could be delivered since %s"),
                  since);
    else if (failing->n == 1)
        text_addf(out,
                  say(lang, "Thư tới %s không gửi được từ %s", "Mail to %s could not be delivered since %s"),
                  failing->first, since);
    else
        text_addf(out,
                  say(lang, "Thư tới %zu địa chỉ không gửi được từ %s",
                      "Mail to %zu addresses could not be delivered since %s"),
                  failing->n, since);
}

void failing_body(const struct failing *failing, enum lang lang, struct text *out)
{
    bool mail = !strcmp(failing->way, "mail");
    if (mail && !failing->all && failing->n > 1)
        text_addf(out, "%s, … ", failing->first);
    if (failing->detail)
        text_addf(out, say(lang, "Trả lời gần nhất: %s. ", "Answered last: %s. "), failing->detail);
    text_add(out, mail ? say(lang, "Hãy kiểm tra máy chủ thư, mật khẩu và mail trong site.lua. ",
                             "Check the mail server, the password and mail in site.lua. ")
                       : say(lang, "Hãy kiểm tra nơi nhận và webhooks trong site.lua. ",
                             "Check the receiver and webhooks in site.lua. "));
    text_add(out, say(lang, "Cái đang chờ sẽ tự gửi lại; cái bị từ chối: hanchot alerts --resend all.",
                      "What waits is sent by itself; what was refused: hanchot alerts --resend all."));
}

/* ---- the alert ---- */

/* Of this outage: an answer to it says nothing of the next one. */
static const char *key_of(struct arena *arena, const struct failing *failing)
{
    char day[DAY_SIZE];
    bool some = !strcmp(failing->way, "mail") && !failing->all;
    return arena_printf(arena, "delivery:%s%s%s:%s", failing->way, some ? ":" : "",
                        some ? failing->first : "", day_iso(instant_day(failing->since), day));
}

static void make_one(struct making *making, const struct failing *failing)
{
    char at[INSTANT_SIZE];
    enum lang lang = making->settings->lang;
    int64_t opens = failing->first_failed + FAILING_SECONDS;
    auto_text title = {0}, body = {0};
    making_change(making, opens);
    if (making->now < opens)
        return;
    failing_title(failing, lang, &title);
    failing_body(failing, lang, &body);
    making_add(making,
               (struct alert){.key = key_of(making->arena, failing),
                              .kind = ALERT_DELIVERY_FAILING,
                              .severity = failing->all ? ALERT_CRITICAL : ALERT_WARNING,
                              .title = arena_strdup(making->arena, text_str(&title)),
                              .body = arena_strdup(making->arena, text_str(&body)),
                              .since = failing->since,
                              .due = DAY_NONE,
                              .rung = arena_printf(making->arena, "%s %s", failing->all ? "all" : "some",
                                                   instant_iso(failing->since, at)),
                              .tell_at = opens});
}

void make_failing(struct making *making)
{
    const struct failings *failings = making->settings->failing;
    for (size_t i = 0; failings && i < failings->n; i++)
        make_one(making, &failings->list[i]);
}
