#include "alert/subject.h"

#include <string.h>

static bool is_over(const struct occurrence *occurrence)
{
    return occurrence->state == STATE_DONE || occurrence->state == STATE_CANCELLED;
}

int subjects_first_day(const struct outlook *outlook)
{
    return outlook->facts->first_day == DAY_NONE ? outlook->today : outlook->facts->first_day;
}

static void add_lead(const struct outlook *outlook, struct arena *arena, const struct occurrence *one,
                     struct subjects *subjects)
{
    const char *key = arena_join(arena, (const char *[]){one->id, "@hanchot"}, 2);
    *vec_push(&subjects->list) = (struct subject){
        .occurrence = one,
        .key = key,
        .uid = key,
        .unit = one->unit ? one->unit->id : NULL,
        .ladder = ladder_of_duty(outlook->rulebook->workdays, one->duty, one->act_by, one->due),
        .over = is_over(one),
    };
}

bool subject_waits_for(const struct subject *subject, const struct occurrence *one)
{
    return one->unit != subject->receiver &&
           (!one->duty->n_eras || units_have(occurrence_party(one, PARTY_TO), subject->receiver));
}

/* What an office waits for from others: it owes itself nothing. */
static void add_receiver(const struct outlook *outlook, struct arena *arena,
                         const struct gathering *gathering, const struct unit *receiver,
                         struct subjects *subjects)
{
    struct subject subject = {.gathering = gathering, .receiver = receiver, .unit = receiver->id};
    for (size_t i = 0; i < gathering->n; i++) {
        const struct occurrence *one = &gathering->first[i];
        if (one->due == DAY_NONE || one->state == STATE_CANCELLED || !subject_waits_for(&subject, one))
            continue;
        subject.all++;
        subject.open += !is_over(one);
        subject.late += one->state == STATE_OVERDUE;
        if (!is_over(one) && (!subject.occurrence || one->due < subject.occurrence->due))
            subject.occurrence = one;
    }
    if (!subject.open || subject.occurrence->due < subjects_first_day(outlook))
        return;
    subject.key = arena_printf(arena, "to:%s:%s", gathering->id, receiver->id);
    subject.uid = arena_printf(arena, "%s@hanchot", gathering->id);
    subject.ladder =
        ladder_of_receiver(outlook->rulebook->workdays, subject.occurrence->act_by, subject.occurrence->due);
    *vec_push(&subjects->list) = subject;
}

/* All that ever receive it: who receives nothing of this gathering is not told of it. */
static void add_receivers(const struct outlook *outlook, struct arena *arena,
                          const struct gathering *gathering, struct subjects *subjects)
{
    const struct unit *receiver;
    for (size_t i = 0; (receiver = duty_party_ever(gathering->duty, PARTY_TO, i)); i++)
        if (!receiver->outside)
            add_receiver(outlook, arena, gathering, receiver, subjects);
}

void subjects_collect(const struct outlook *outlook, struct arena *arena, struct subjects *subjects)
{
    int first_day = subjects_first_day(outlook);
    for (size_t i = 0; i < outlook->n; i++) {
        const struct occurrence *one = &outlook->list[i];
        if (!one->closed && one->due != DAY_NONE && (one->due >= first_day || is_over(one)))
            add_lead(outlook, arena, one, subjects);
    }
    for (size_t i = 0; i < outlook->n_gatherings; i++) {
        const struct gathering *gathering = &outlook->gatherings[i];
        if (!gathering->first->closed && gathering->next)
            add_receivers(outlook, arena, gathering, subjects);
    }
}

/* ---- how it stands on a day ---- */

enum alert_kind subject_kind(const struct subject *subject, int day)
{
    return day > subject->ladder.due ? ALERT_OVERDUE : ALERT_DUE_SOON;
}

enum alert_severity subject_severity(const struct subject *subject, int day)
{
    const struct ladder *ladder = &subject->ladder;
    if (day > ladder->due)
        return subject->gathering ? ALERT_WARNING : ALERT_CRITICAL;
    if (subject->gathering)
        return ALERT_INFO;
    return workdays_step(ladder->workdays, ladder->act_by, -1) <= day ? ALERT_WARNING : ALERT_INFO;
}

const struct units *subject_also(const struct subject *subject, int day)
{
    int from = subject->gathering ? DAY_NONE : ladder_escalates_on(&subject->ladder);
    return from != DAY_NONE && day >= from ? occurrence_party(subject->occurrence, PARTY_ESCALATE) : NULL;
}

int64_t subject_reopened_at(const struct subject *subject)
{
    const struct occurrence *occurrence = subject->occurrence;
    int64_t at = 0;
    for (size_t i = 0; i < occurrence->n_progress; i++)
        if (occurrence->progress[i].action == PROGRESS_REOPEN)
            at = occurrence->progress[i].recorded_at;
    return at;
}

const struct reply *subject_reply(const struct subject *subject, const struct replies *replies,
                                  enum alert_kind kind, int64_t now, const struct reply **after)
{
    const struct reply *reply = replies_last(replies, subject->key);
    *after = NULL;
    if (!reply || strcmp(reply->kind, alert_kind_name(kind)) != 0 || reply->due != subject->ladder.due ||
        (!subject->gathering && reply->recorded_at < subject_reopened_at(subject)))
        return NULL;
    if (reply->action == REPLY_ACK || now < reply->until)
        return reply;
    *after = reply;
    return NULL;
}
