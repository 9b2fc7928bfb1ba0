#include "alert/proof.h"

#include "alert/making.h"
#include "alert/subject.h"
#include "time/clock.h"

#include <stdlib.h>
#include <string.h>

const char *gap_kind_name(enum gap_kind kind)
{
    static const char *const names[] = {"untold", "untaken", "refused"};
    must(kind < GAP_KINDS);
    return names[kind];
}

const char *gap_kind_title(enum gap_kind kind, enum lang lang)
{
    static const char *const vi[] = {"chưa báo", "đã báo, chưa kênh nào nhận", "nơi nhận từ chối"};
    static const char *const en[] = {"not told", "told, no channel took it", "refused by its receiver"};
    must(kind < GAP_KINDS);
    return say(lang, vi[kind], en[kind]);
}

struct proving {
    const struct outlook *outlook;
    const struct replies *replies;
    const struct notices *notices;
    const struct dispatches *dispatches;
    const struct alert_settings *settings;
    struct arena *arena;
    int today;
    size_t rungs;
    VEC(struct gap) list;
};

/* ---- what excuses a rung ---- */

/* When the duty last became what it is: moved, opened again, its event recorded. */
static int64_t changed_at(const struct occurrence *one)
{
    int64_t at = 0;
    for (size_t i = 0; i < one->n_progress; i++)
        if (one->progress[i].action != PROGRESS_DONE && one->progress[i].recorded_at > at)
            at = one->progress[i].recorded_at;
    for (size_t i = 0; i < one->n_events; i++)
        at = one->events[i]->recorded_at > at ? one->events[i]->recorded_at : at;
    return at;
}

static bool was_over(const struct subject *subject, int64_t at)
{
    const struct occurrence *one = subject->occurrence;
    return subject->over && one->n_progress && one->progress[one->n_progress - 1].recorded_at <= at;
}

/* Answered before, and the answer held then. One of the same day may have come before it was told. */
static bool was_answered(const struct proving *proving, const struct subject *subject, int day, int64_t at)
{
    const char *kind = alert_kind_name(subject_kind(subject, day));
    for (size_t i = 0; i < proving->replies->n; i++) {
        const struct reply *reply = &proving->replies->list[i];
        if (!strcmp(reply->alert, subject->key) && !strcmp(reply->kind, kind) &&
            reply->due == subject->ladder.due && instant_day(reply->recorded_at) <= day &&
            (reply->action == REPLY_ACK || reply->until > at))
            return true;
    }
    return false;
}

/* ---- what became of it ---- */

static bool is_of(const struct notice *notice, const struct notice *like)
{
    return !strcmp(notice->alert, like->alert) && !strcmp(notice->kind, like->kind) &&
           !strcmp(notice->rung, like->rung) && !strcmp(notice->unit, like->unit);
}

/* The best that any channel can say; false: there is no gap. */
static bool find_gap(const struct proving *proving, const struct notice *like, enum gap_kind *kind)
{
    size_t n, first = notices_place(proving->notices, like);
    *kind = GAP_UNTOLD;
    for (n = first; n < proving->notices->n && is_of(proving->notices->sorted[n], like); n++) {
        const struct notice *notice = proving->notices->sorted[n];
        const struct dispatch *dispatch = dispatches_find(proving->dispatches, notice);
        if (notice->taken_at)
            return false;
        if (*kind == GAP_UNTOLD || (dispatch && dispatch->refused_at))
            *kind = dispatch && dispatch->refused_at ? GAP_REFUSED : GAP_UNTAKEN;
    }
    return true;
}

static void prove_for(struct proving *proving, const struct subject *subject, const struct rung *rung,
                      const char *unit)
{
    const struct notice like = {.alert = subject->key,
                                .kind = alert_kind_name(subject_kind(subject, rung->day)),
                                .rung = rung->name,
                                .unit = unit ? unit : "",
                                .channel = ""};
    enum gap_kind kind;
    proving->rungs++;
    if (find_gap(proving, &like, &kind))
        *vec_push(&proving->list) = (struct gap){kind, arena_strdup(proving->arena, like.alert),
                                                 arena_strdup(proving->arena, like.unit),
                                                 arena_strdup(proving->arena, like.rung), rung->day};
}

static void prove(struct proving *proving, const struct subject *subject, int day)
{
    struct rung rung;
    int64_t at = making_opening(day, proving->settings);
    if (!ladder_current(&subject->ladder, day, &rung) || rung.day != day ||
        at < changed_at(subject->occurrence) || was_over(subject, at) ||
        was_answered(proving, subject, day, at))
        return;
    prove_for(proving, subject, &rung, subject->unit);
    const struct units *also = subject_also(subject, day);
    for (size_t i = 0; also && i < also->n; i++)
        prove_for(proving, subject, &rung, also->at[i]->id);
}

static int by_day(const void *a, const void *b)
{
    const struct gap *x = a, *y = b;
    int order = (x->day > y->day) - (x->day < y->day);
    order = order ? order : strcmp(x->key, y->key);
    return order ? order : strcmp(x->unit, y->unit);
}

static struct proof *proof_settle(struct proving *proving)
{
    struct proof *proof = arena_alloc(proving->arena, sizeof *proof);
    proof->arena = proving->arena;
    proof->rungs = proving->rungs;
    proof->n = proving->list.n;
    proof->list = arena_alloc(proving->arena, (proof->n + 1) * sizeof *proof->list);
    if (proof->n) {
        memcpy(proof->list, proving->list.at, proof->n * sizeof *proof->list);
        qsort(proof->list, proof->n, sizeof *proof->list, by_day);
    }
    for (size_t i = 0; i < proof->n; i++)
        proof->counts[proof->list[i].kind]++;
    vec_free(&proving->list);
    return proof;
}

struct proof *proof_new(const struct outlook *outlook, const struct replies *replies,
                        const struct notices *notices, const struct dispatches *dispatches, int64_t now,
                        const struct alert_settings *settings)
{
    struct proving proving = {.outlook = outlook,
                              .replies = replies,
                              .notices = notices,
                              .dispatches = dispatches,
                              .settings = settings,
                              .arena = arena_new(),
                              .today = instant_day(now)};
    struct subjects subjects = {0};
    int first = subjects_first_day(outlook), from = proving.today - PROOF_DAYS;
    subjects_collect(outlook, proving.arena, &subjects);
    for (size_t i = 0; i < subjects.list.n; i++)
        for (int day = from > first ? from : first; day < proving.today; day++)
            if (!subjects.list.at[i].gathering)
                prove(&proving, &subjects.list.at[i], day);
    vec_free(&subjects.list);
    return proof_settle(&proving);
}

void proof_free(struct proof *proof)
{
    if (proof)
        arena_free(proof->arena);
}
