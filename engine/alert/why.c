#include "alert/why.h"

#include "alert/ladder.h"
#include "alert/subject.h"
#include "time/clock.h"

#include <string.h>

const char *why_name(enum why why)
{
    static const char *const names[] = {"told", "to_be_told", "acked",   "snoozed", "early",
                                        "done", "closed",     "backlog", "no_day",  "nothing"};
    must(why < sizeof names / sizeof *names);
    return names[why];
}

struct alert_knowledge *alert_knowledge_new(const struct outlook *outlook, const struct standings *standings,
                                            const struct replies *replies, const struct notices *notices,
                                            const struct faults *faults, int64_t now,
                                            const struct alert_settings *settings)
{
    struct alert_knowledge *knowledge = mem_alloc(sizeof *knowledge);
    *knowledge = (struct alert_knowledge){
        .outlook = outlook, .replies = replies, .notices = notices, .now = now, .opens = settings->opens};
    knowledge->alerts = alerts_new(outlook, standings, replies, faults, now, settings, notices);
    knowledge->comings = alerts_next(outlook, standings, knowledge->alerts, replies, notices, now, settings);
    return knowledge;
}

void alert_knowledge_free(struct alert_knowledge *knowledge)
{
    if (!knowledge)
        return;
    comings_free(knowledge->comings);
    alerts_free(knowledge->alerts);
    mem_free(knowledge);
}

/* ---- what the ledger says ---- */

static void take_notices(const struct notices *notices, struct alert_reasons *reasons)
{
    size_t n = 0;
    for (size_t i = 0; i < notices->n; i++)
        n += !strcmp(notices->list[i].alert, reasons->key);
    const struct notice **own = arena_alloc(reasons->arena, (n + 1) * sizeof *own);
    for (size_t i = 0; i < notices->n; i++)
        if (!strcmp(notices->list[i].alert, reasons->key))
            own[reasons->n_notices++] = &notices->list[i];
    reasons->notices = own;
}

static void take_replies(const struct replies *replies, struct alert_reasons *reasons)
{
    const struct reply *last = replies_last(replies, reasons->key);
    if (!last)
        return;
    reasons->replies = last;
    reasons->n_replies = 1;
    while (reasons->replies > replies->list && !strcmp(reasons->replies[-1].alert, reasons->key)) {
        reasons->replies--;
        reasons->n_replies++;
    }
}

static void take_next(const struct comings *comings, struct alert_reasons *reasons)
{
    for (size_t i = 0; i < comings->n && !reasons->next_at; i++)
        if (!strcmp(comings->list[i].key, reasons->key)) {
            reasons->next_at = comings->list[i].at;
            reasons->next_rung = arena_strdup(reasons->arena, comings->list[i].rung);
        }
}

static const struct notice *told_of(const struct alert_reasons *reasons, const char *rung)
{
    for (size_t i = 0; i < reasons->n_notices; i++)
        if (!strcmp(reasons->notices[i]->rung, rung))
            return reasons->notices[i];
    return NULL;
}

/* ---- the ladder ---- */

struct rungs {
    const struct alert_knowledge *knowledge;
    const struct ladder *ladder;
    struct alert_reasons *reasons;
    VEC(struct why_rung) list;
};

static bool is_answered(const struct rungs *rungs, int day)
{
    const struct alert *alert = rungs->reasons->alert;
    const struct reply *reply = alert ? alert->reply : NULL;
    enum alert_kind kind = day > rungs->ladder->due ? ALERT_OVERDUE : ALERT_DUE_SOON;
    int64_t at = day_at(day, rungs->knowledge->opens / 60, rungs->knowledge->opens % 60);
    return reply && day >= rungs->knowledge->outlook->today && alert->kind == kind &&
           (reply->action == REPLY_ACK || at < reply->until);
}

static void rung_add(struct rungs *rungs, const struct rung *rung)
{
    const char *name = arena_strdup(rungs->reasons->arena, rung->name);
    *vec_push(&rungs->list) =
        (struct why_rung){rung->day, name, told_of(rungs->reasons, name), is_answered(rungs, rung->day)};
}

static void take_ladder(const struct alert_knowledge *knowledge, const struct ladder *ladder,
                        struct alert_reasons *reasons)
{
    struct rungs rungs = {.knowledge = knowledge, .ladder = ladder, .reasons = reasons};
    struct rung rung;
    int today = knowledge->outlook->today;
    reasons->opens = ladder_first_day(ladder);
    reasons->escalates_on = ladder_escalates_on(ladder);
    for (int day = reasons->opens - 1; ladder_next(ladder, day, &rung), rung.day <= ladder->due;
         day = rung.day)
        rung_add(&rungs, &rung);
    for (int day = ladder->due; ladder_next(ladder, day, &rung), rung.day <= today; day = rung.day)
        if (rung.day == today || told_of(reasons, rung.name))
            rung_add(&rungs, &rung);
    ladder_next(ladder, today > ladder->due ? today : ladder->due, &rung);
    rung_add(&rungs, &rung);
    size_t size = rungs.list.n * sizeof *rungs.list.at;
    reasons->ladder = memcpy(arena_alloc(reasons->arena, size), rungs.list.at, size);
    reasons->n_ladder = rungs.list.n;
    vec_free(&rungs.list);
}

/* ---- why ---- */

/* Of an alert that is there. */
static enum why why_of_alert(const struct alert_reasons *reasons)
{
    const struct alert *alert = reasons->alert;
    if (alert->state == ALERT_RESOLVED)
        return WHY_DONE;
    if (alert->state != ALERT_OPEN)
        return alert->state == ALERT_ACKED ? WHY_ACKED : WHY_SNOOZED;
    return !alert->rung || told_of(reasons, alert->rung) ? WHY_TOLD : WHY_TO_BE_TOLD;
}

static enum why why_of(const struct outlook *outlook, const struct occurrence *occurrence,
                       const struct alert_reasons *reasons)
{
    if (occurrence->state == STATE_DONE || occurrence->state == STATE_CANCELLED)
        return WHY_DONE;
    if (occurrence->closed)
        return WHY_CLOSED;
    if (occurrence->due == DAY_NONE)
        return WHY_NO_DAY;
    if (occurrence->due < subjects_first_day(outlook))
        return WHY_BACKLOG;
    return reasons->alert ? why_of_alert(reasons) : WHY_EARLY;
}

static struct alert_reasons *reasons_new(void)
{
    struct arena *arena = arena_new();
    struct alert_reasons *reasons = arena_alloc(arena, sizeof *reasons);
    reasons->arena = arena;
    reasons->opens = reasons->escalates_on = DAY_NONE;
    return reasons;
}

static void reasons_look(const struct alert_knowledge *knowledge, struct alert_reasons *reasons)
{
    reasons->alert = alerts_find(knowledge->alerts, reasons->key);
    take_notices(knowledge->notices, reasons);
    take_replies(knowledge->replies, reasons);
    take_next(knowledge->comings, reasons);
}

struct alert_reasons *alert_reasons_of(const struct alert_knowledge *knowledge,
                                       const struct occurrence *occurrence)
{
    const struct outlook *outlook = knowledge->outlook;
    struct alert_reasons *reasons = reasons_new();
    bool backlog = occurrence->state == STATE_OVERDUE && !occurrence->closed && occurrence->unit &&
                   occurrence->due < subjects_first_day(outlook);
    reasons->key = backlog ? arena_printf(reasons->arena, "backlog:%s", occurrence->unit->id)
                           : arena_printf(reasons->arena, "%s@hanchot", occurrence->id);
    reasons_look(knowledge, reasons);
    reasons->why = why_of(outlook, occurrence, reasons);
    if (reasons->why <= WHY_EARLY) {
        const struct duty *duty = occurrence->duty;
        const struct ladder ladder =
            ladder_of_duty(outlook->rulebook->workdays, duty, occurrence->act_by, occurrence->due);
        take_ladder(knowledge, &ladder, reasons);
        reasons->others =
            reasons->escalates_on == DAY_NONE ? NULL : occurrence_party(occurrence, PARTY_ESCALATE);
    }
    return reasons;
}

struct alert_reasons *alert_reasons_of_key(const struct alert_knowledge *knowledge, const char *key)
{
    struct alert_reasons *reasons = reasons_new();
    reasons->key = arena_strdup(reasons->arena, key);
    reasons_look(knowledge, reasons);
    reasons->why = reasons->alert ? why_of_alert(reasons) : WHY_NOTHING;
    return reasons;
}

void alert_reasons_free(struct alert_reasons *reasons)
{
    if (reasons)
        arena_free(reasons->arena);
}
