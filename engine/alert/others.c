/* Alerts of no deadline: events without their day, years that are not announced, faults of rules, what was
 * left from before the first day; and those that were told of and are no more. */
#include "alert/making.h"

#include "alert/subject.h"
#include "base/text.h"
#include "time/clock.h"

#include <stdlib.h>
#include <string.h>

enum { PROVISIONAL_DAYS = 60, EVENT_WARNS = 5, EVENT_PRESSES = 10 };

/* Answered like the others: the last reply of the same kind and day counts. */
static void answer(struct making *making, struct alert *alert)
{
    const struct reply *reply = replies_last(making->replies, alert->key);
    if (!reply || strcmp(reply->kind, alert_kind_name(alert->kind)) != 0 || reply->due != alert->due)
        return;
    char text[INSTANT_SIZE];
    if (reply->action == REPLY_ACK || making->now < reply->until) {
        alert->reply = making_reply(making, reply);
        alert->state = reply->action == REPLY_ACK ? ALERT_ACKED : ALERT_SNOOZED;
        if (reply->action == REPLY_SNOOZE)
            making_change(making, reply->until);
        return;
    }
    if (reply->until < alert->tell_at) /* a later rung counts */
        return;
    alert->rung = arena_printf(making->arena, "snooze %s", instant_iso(reply->until, text));
    alert->tell_at = reply->until;
}

void making_add(struct making *making, struct alert alert)
{
    answer(making, &alert);
    making_change(making, alert.tell_at);
    *vec_push(&making->list) = alert;
}

static void add_other(struct making *making, struct alert alert)
{
    alert.due = DAY_NONE;
    making_add(making, alert);
}

static bool is_backlog(const struct making *making, const struct occurrence *one)
{
    return !one->closed && one->state == STATE_OVERDUE && one->due < subjects_first_day(making->outlook);
}

/* What one office has left from before the first day. */
struct backlog {
    size_t n;          /* duties overdue */
    const char *first; /* the first of them */
};

static const char *backlog_title(struct making *making, const struct backlog *backlog, size_t older)
{
    enum lang lang = making->settings->lang;
    if (!older)
        return arena_printf(making->arena,
                            say(lang, "%zu việc quá hạn từ trước khi bắt đầu theo dõi",
                                "%zu duties were overdue before tracking began"),
                            backlog->n);
    return arena_printf(
        making->arena,
        say(lang, "%zu việc quá hạn, %zu chỉ tiêu hoặc kỳ số liệu chưa đạt từ trước khi bắt đầu theo dõi",
            "%zu duties overdue, %zu KPIs missed or figures not sent before tracking began"),
        backlog->n, older);
}

static const char *backlog_body(struct making *making, const struct unit *unit, const struct backlog *backlog,
                                size_t older)
{
    enum lang lang = making->settings->lang;
    char day[DAY_SIZE];
    auto_text out = {0};
    if (backlog->n)
        text_addf(&out,
                  say(lang, "Hạn trước %s, chưa ghi đã xong: %s%s. Xem: hanchot due --unit %s",
                      "Due before %s and not recorded as done: %s%s. See: hanchot due --unit %s"),
                  day_vi(subjects_first_day(making->outlook), true, day), backlog->first,
                  backlog->n > 1 ? ", …" : "", unit->id);
    if (older)
        text_addf(&out, say(lang, "%sXem: hanchot kpi --unit %s", "%sSee: hanchot kpi --unit %s"),
                  backlog->n ? ". " : "", unit->id);
    return arena_strdup(making->arena, text_str(&out));
}

static void add_backlog(struct making *making, const struct unit *unit, const struct backlog *backlog)
{
    int first_day = subjects_first_day(making->outlook);
    size_t older = making->older[unit->number];
    add_other(making, (struct alert){
                          .key = arena_printf(making->arena, "backlog:%s", unit->id),
                          .kind = ALERT_OVERDUE,
                          .severity = ALERT_WARNING,
                          .unit = unit->id,
                          .title = backlog_title(making, backlog, older),
                          .body = backlog_body(making, unit, backlog, older),
                          .since = day_start(first_day),
                          .rung = "once",
                          .tell_at = making_opening(first_day, making->settings),
                      });
}

void make_backlogs(struct making *making)
{
    const struct outlook *outlook = making->outlook;
    size_t n_units = outlook->rulebook->units.n;
    auto_free struct backlog *backlogs = mem_alloc((n_units + 1) * sizeof *backlogs);
    for (size_t i = 0; i < outlook->n; i++) {
        const struct occurrence *one = &outlook->list[i];
        if (!one->unit || !is_backlog(making, one))
            continue;
        struct backlog *backlog = &backlogs[one->unit->number];
        if (!backlog->n++)
            backlog->first = one->duty->title;
    }
    for (size_t i = 0; i < n_units; i++)
        if (backlogs[i].n || making->older[i])
            add_backlog(making, outlook->rulebook->units.at[i], &backlogs[i]);
}

/* An event that every unit meets, so that its day is surely missing, and that starts a counted limit. */
static const struct event *awaited(const struct occurrence *one)
{
    const struct timing *timing = &one->duty->timing;
    bool counted = timing->kind == TIMING_EVENT_RELATIVE &&
                   (timing->limit == LIMIT_DAYS || timing->limit == LIMIT_WORKDAYS);
    if (one->closed || one->state != STATE_WAITING || !one->unit || !counted || !timing->trigger ||
        timing->trigger->kind != TRIGGER_EVENT || !timing->trigger->event->by_unit ||
        timing->trigger->event->repeats)
        return NULL;
    return timing->trigger->event;
}

struct waiting {
    const struct event *event;
    const struct occurrence *occurrence;
    const struct unit *unit; /* who can record it today: the heir, where the office is gone */
};

/* The last day on which a record that it rested on was taken back: then it is told of anew. DAY_NONE: none
 * was. */
static int withdrawn_on(const struct occurrence *occurrence)
{
    int day = DAY_NONE;
    for (size_t i = 0; i < occurrence->n_withdrawn; i++)
        if (instant_day(occurrence->withdrawn[i]->withdrawn_at) > day)
            day = instant_day(occurrence->withdrawn[i]->withdrawn_at);
    return day;
}

static void add_event(struct making *making, const struct waiting *waiting, size_t n)
{
    const struct event *event = waiting->event;
    const struct workdays *workdays = making->outlook->rulebook->workdays;
    enum lang lang = making->settings->lang;
    int opens = workdays_step(workdays, event->plan->issued, EVENT_WARNS);
    int presses = workdays_step(workdays, event->plan->issued, EVENT_PRESSES);
    bool pressing = making->today >= presses;
    const char *unit = waiting->unit->id, *rung = pressing ? "+10" : "+5";
    int told = pressing ? presses : opens, withdrawn = withdrawn_on(waiting->occurrence);
    char day[DAY_SIZE];
    making_change(making, day_start(opens));
    making_change(making, day_start(presses));
    if (making->today < opens)
        return;
    add_other(
        making,
        (struct alert){
            .key = arena_printf(making->arena, "event:%s:%s:%s", event->plan->id, event->name, unit),
            .uid = arena_printf(making->arena, "%s@hanchot", waiting->occurrence->id),
            .kind = ALERT_EVENT_MISSING,
            .severity = pressing ? ALERT_WARNING : ALERT_INFO,
            .unit = unit,
            .title = arena_printf(making->arena, say(lang, "Chưa ghi ngày: %s", "No day recorded: %s"),
                                  event->title),
            .body = arena_printf(making->arena,
                                 say(lang,
                                     "%zu việc chờ ngày này để tính hạn, việc đầu: %s. Ghi: hanchot "
                                     "record %s --plan %s --unit %s --on NGÀY",
                                     "%zu duties wait for this day, the first: %s. Record it: hanchot "
                                     "record %s --plan %s --unit %s --on DATE"),
                                 n, waiting->occurrence->duty->title, event->name, event->plan->id, unit),
            .since = day_start(opens),
            .rung = withdrawn == DAY_NONE
                        ? rung
                        : arena_printf(making->arena, "%s, %s", rung, day_iso(withdrawn, day)),
            .tell_at = making_opening(withdrawn > told ? withdrawn : told, making->settings),
        });
}

static int by_event_and_unit(const void *a, const void *b)
{
    const struct waiting *x = a, *y = b;
    int order = strcmp(x->event->plan->id, y->event->plan->id);
    order = order ? order : strcmp(x->event->name, y->event->name);
    order = order ? order : strcmp(x->unit->id, y->unit->id);
    return order ? order : (x->occurrence > y->occurrence) - (x->occurrence < y->occurrence);
}

struct waiting_list {
    VEC(struct waiting) list;
};

void make_events(struct making *making)
{
    struct waiting_list waiting = {0};
    for (size_t i = 0; i < making->outlook->n; i++) {
        const struct occurrence *one = &making->outlook->list[i];
        const struct event *event = awaited(one);
        if (event)
            *vec_push(&waiting.list) = (struct waiting){event, one, unit_on(one->unit, making->today)};
    }
    if (waiting.list.n)
        qsort(waiting.list.at, waiting.list.n, sizeof *waiting.list.at, by_event_and_unit);
    for (size_t i = 0, n; i < waiting.list.n; i += n) {
        const struct waiting *first = &waiting.list.at[i];
        for (n = 1; i + n < waiting.list.n && first[n].event == first->event && first[n].unit == first->unit;)
            n++;
        add_event(making, first, n);
    }
    vec_free(&waiting.list);
}

static const char *fault_body(struct making *making, const char *file, const struct fault *fault)
{
    return fault->line ? arena_printf(making->arena, "%s:%d: %s", file, fault->line, fault->text)
                       : arena_printf(making->arena, "%s: %s", file, fault->text);
}

/* Each working day anew, but not before it was found. */
static int64_t fault_tell_at(const struct making *making)
{
    int64_t since = making->settings->faults_since, opens = making_opening(making->today, making->settings);
    return since > opens ? since : opens;
}

/* One for each file; told again each working day until it is mended. */
static void make_fault(struct making *making, const struct faults *faults, size_t which)
{
    const struct fault *fault = &faults->list.at[which];
    size_t n = 0;
    char day[DAY_SIZE];
    const char *file = fault->file ? fault->file : "rules";
    for (size_t i = 0; i < faults->list.n; i++) {
        const struct fault *other = &faults->list.at[i];
        if (other->warning || strcmp(other->file ? other->file : "rules", file) != 0)
            continue;
        if (i < which)
            return; /* told with the first of its file */
        n++;
    }
    enum lang lang = making->settings->lang;
    int64_t since = making->settings->faults_since;
    add_other(making, (struct alert){
                          .key = arena_printf(making->arena, "rule_fault:%s", file),
                          .kind = ALERT_RULE_FAULT,
                          .severity = ALERT_CRITICAL,
                          .title = arena_printf(making->arena,
                                                say(lang, "%s có %zu lỗi, đang dùng bản tốt gần nhất",
                                                    "%s has %zu faults, the last good rules stay in use"),
                                                file, n),
                          .body = fault_body(making, file, fault),
                          .since = since ? since : making->now,
                          .rung = arena_strdup(making->arena, day_iso(making->today, day)),
                          .tell_at = fault_tell_at(making),
                      });
}

void make_faults(struct making *making, const struct faults *faults)
{
    for (size_t i = 0; faults && i < faults->list.n; i++)
        if (!faults->list.at[i].warning)
            make_fault(making, faults, i);
}

/* Valid rules that wait for `hanchot accept`; told again each working day. */
void make_held(struct making *making)
{
    const struct alert_settings *settings = making->settings;
    char day[DAY_SIZE];
    if (!settings->held)
        return;
    add_other(making, (struct alert){
                          .key = "rule_fault:held",
                          .kind = ALERT_RULE_FAULT,
                          .severity = ALERT_CRITICAL,
                          .title = say(settings->lang, "quy tắc mới bị giữ lại, vẫn dùng bản trước",
                                       "new rules are held back, the former ones stay in use"),
                          .body = arena_printf(making->arena,
                                               say(settings->lang, "%s; nếu đúng ý: hanchot accept",
                                                   "%s; if that is meant: hanchot accept"),
                                               settings->held),
                          .since = settings->faults_since ? settings->faults_since : making->now,
                          .rung = arena_strdup(making->arena, day_iso(making->today, day)),
                          .tell_at = fault_tell_at(making),
                      });
}

/* One for each year that is not announced and on which a deadline of the coming weeks depends. */
void make_provisional(struct making *making)
{
    const struct occurrence *first = NULL;
    size_t n = 0;
    for (size_t i = 0; i < making->outlook->n; i++) {
        const struct occurrence *one = &making->outlook->list[i];
        if (one->closed || !one->provisional || one->state == STATE_DONE || one->state == STATE_CANCELLED ||
            one->due < making->today)
            continue;
        making_change(making, day_start(one->act_by - PROVISIONAL_DAYS));
        if (one->act_by - PROVISIONAL_DAYS > making->today)
            continue;
        n++;
        first = !first || one->act_by < first->act_by ? one : first;
    }
    if (!first)
        return;
    enum lang lang = making->settings->lang;
    int year = day_civil(first->due).year;
    char day[DAY_SIZE];
    add_other(
        making,
        (struct alert){
            .key = arena_printf(making->arena, "calendar_provisional:%d", year),
            .kind = ALERT_CALENDAR_PROVISIONAL,
            .severity = ALERT_WARNING,
            .title = arena_printf(
                making->arena,
                say(lang, "Lịch nghỉ %d chưa công bố hết", "The calendar of %d is not announced"), year),
            .body = arena_printf(
                making->arena,
                say(lang, "%zu hạn sắp tới phụ thuộc vào lịch này, sớm nhất %s. Hãy cập nhật calendars/.",
                    "%zu deadlines depend on it, the earliest on %s. Update calendars/."),
                n, day_vi(first->due, true, day)),
            .since = day_start(first->act_by - PROVISIONAL_DAYS),
            .rung = "once",
            .tell_at = making_opening(first->act_by - PROVISIONAL_DAYS, making->settings),
        });
}

/* ---- those of KPIs and figures that were told of and are no more ---- */

static bool is_open(const struct making *making, const char *key)
{
    for (size_t i = 0; i < making->list.n; i++)
        if (!strcmp(making->list.at[i].key, key))
            return true;
    return false;
}

static bool of_verdict(const struct notice *notice, enum alert_kind *kind)
{
    for (*kind = ALERT_KPI_AT_RISK; *kind <= ALERT_FIGURES_MISSING; (*kind)++)
        if (!strcmp(notice->kind, alert_kind_name(*kind)))
            return true;
    return false;
}

/* The notices of one alert stand side by side. */
void make_resolved(struct making *making)
{
    size_t n = making->notices ? making->notices->n : 0;
    for (size_t i = 0, next; i < n; i = next) {
        const struct notice *last = making->notices->sorted[i];
        enum alert_kind kind;
        for (next = i + 1; next < n && !strcmp(making->notices->sorted[next]->alert, last->alert); next++)
            if (making->notices->sorted[next]->told_at > last->told_at)
                last = making->notices->sorted[next];
        if (!of_verdict(last, &kind) || last->told_at <= making->now - (int64_t)RESOLVED_DAYS * 86400 ||
            is_open(making, last->alert))
            continue;
        *vec_push(&making->list) = (struct alert){.key = last->alert,
                                                  .kind = kind,
                                                  .state = ALERT_RESOLVED,
                                                  .unit = *last->unit ? last->unit : NULL,
                                                  .title = last->title,
                                                  .body = last->body,
                                                  .since = last->told_at,
                                                  .due = DAY_NONE};
    }
}
