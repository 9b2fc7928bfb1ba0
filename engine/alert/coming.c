/* What will be told, if nothing happens until then. */
#include "alert/alerts.h"

#include "alert/subject.h"
#include "time/clock.h"

#include <stdlib.h>
#include <string.h>

enum { COMING_DAYS = 30 };

struct foretelling {
    const struct outlook *outlook;
    const struct replies *replies;
    const struct notices *notices;
    const struct alert_settings *settings;
    struct arena *arena;
    int64_t now;
    VEC(struct coming) list;
};

static bool told(const struct foretelling *foretelling, const struct alert *alert, const char *unit)
{
    const struct notice like = {.alert = alert->key,
                                .kind = alert_kind_name(alert->kind),
                                .rung = alert->rung,
                                .unit = unit ? unit : "",
                                .channel = "stream"};
    return notices_find(foretelling->notices, &like) != NULL;
}

static void add(struct foretelling *foretelling, const struct coming *coming, const struct units *also)
{
    *vec_push(&foretelling->list) = *coming;
    for (size_t i = 0; also && i < also->n; i++) {
        struct coming *copy = vec_push(&foretelling->list);
        *copy = *coming;
        copy->unit = also->at[i]->id;
    }
}

/* Those whose hour has come, but not the working hours. */
static void foretell_now(struct foretelling *foretelling, const struct alert *alert)
{
    if (!alert->rung || alert->state != ALERT_OPEN || told(foretelling, alert, alert->unit))
        return;
    int64_t from = alert->tell_at > foretelling->now ? alert->tell_at : foretelling->now;
    const struct workdays *workdays = foretelling->outlook->rulebook->workdays;
    add(foretelling,
        &(struct coming){.at = alert->due_today ? from
                                                : alert_working_time(workdays, foretelling->settings, from),
                         .unit = alert->unit,
                         .key = alert->key,
                         .uid = alert->uid,
                         .title = alert->title,
                         .rung = alert->rung,
                         .kind = alert->kind,
                         .severity = alert->severity},
        alert->also);
}

static int64_t telling_time(const struct foretelling *foretelling, const struct ladder *ladder, int day)
{
    const struct alert_settings *settings = foretelling->settings;
    int64_t at = day_at(day, settings->opens / 60, settings->opens % 60);
    return day == ladder->due || day == ladder->act_by ? at
                                                       : alert_working_time(ladder->workdays, settings, at);
}

static void foretell_on(struct foretelling *foretelling, const struct subject *subject, int64_t at,
                        const char *rung)
{
    int day = instant_day(at);
    add(foretelling,
        &(struct coming){.at = at,
                         .unit = subject->unit,
                         .key = subject->key,
                         .uid = subject->uid,
                         .title =
                             subject_title(foretelling->arena, subject, day, foretelling->settings->lang),
                         .rung = arena_strdup(foretelling->arena, rung),
                         .kind = subject_kind(subject, day),
                         .severity = subject_severity(subject, day)},
        subject_also(subject, day));
}

static void foretell_subject(struct foretelling *foretelling, const struct subject *subject)
{
    int today = foretelling->outlook->today, last = today + COMING_DAYS;
    struct rung rung;
    char text[INSTANT_SIZE];
    const struct reply *over,
        *now_holds = subject_reply(subject, foretelling->replies, subject_kind(subject, today),
                                   foretelling->now, &over);
    if (subject->over)
        return;
    if (now_holds && now_holds->action == REPLY_SNOOZE && instant_day(now_holds->until) <= last &&
        subject_kind(subject, instant_day(now_holds->until)) == subject_kind(subject, today)) {
        char name[INSTANT_SIZE + 16];
        snprintf(name, sizeof name, "snooze %s", instant_iso(now_holds->until, text));
        foretell_on(foretelling, subject,
                    alert_working_time(subject->ladder.workdays, foretelling->settings, now_holds->until),
                    name);
    }
    for (int day = today; ladder_next(&subject->ladder, day, &rung), rung.day <= last; day = rung.day) {
        int64_t at = telling_time(foretelling, &subject->ladder, rung.day);
        if (!subject_reply(subject, foretelling->replies, subject_kind(subject, rung.day), at, &over))
            foretell_on(foretelling, subject, at, rung.name);
    }
}

static int by_time(const void *a, const void *b)
{
    const struct coming *x = a, *y = b;
    if (x->at != y->at)
        return x->at < y->at ? -1 : 1;
    int order = strcmp(x->unit ? x->unit : "", y->unit ? y->unit : "");
    return order ? order : strcmp(x->key, y->key);
}

struct comings *alerts_next(const struct outlook *outlook, const struct alerts *alerts,
                            const struct replies *replies, const struct notices *notices, int64_t now,
                            const struct alert_settings *settings)
{
    struct foretelling foretelling = {outlook, replies, notices, settings, arena_new(), now, {0}};
    struct subjects subjects = {0};
    for (size_t i = 0; i < alerts->n; i++)
        foretell_now(&foretelling, &alerts->list[i]);
    subjects_collect(outlook, foretelling.arena, &subjects);
    for (size_t i = 0; i < subjects.list.n; i++)
        foretell_subject(&foretelling, &subjects.list.at[i]);
    vec_free(&subjects.list);
    struct comings *comings = arena_alloc(foretelling.arena, sizeof *comings);
    comings->arena = foretelling.arena;
    comings->n = foretelling.list.n;
    comings->list = arena_alloc(foretelling.arena, (comings->n + 1) * sizeof *comings->list);
    if (comings->n) {
        qsort(foretelling.list.at, comings->n, sizeof *comings->list, by_time);
        memcpy(comings->list, foretelling.list.at, comings->n * sizeof *comings->list);
    }
    vec_free(&foretelling.list);
    return comings;
}

void comings_free(struct comings *comings)
{
    if (comings)
        arena_free(comings->arena);
}
