/* Why a deadline is on its day: step by step, each day counted or skipped. */
#include "publish/explain_parts.h"

#include "publish/phrase.h"

#include <string.h>

enum { NAMED_MOST = 20 };

/* ---- the steps ---- */

enum step_kind {
    STEP_WAITING,    /* its event has not been recorded */
    STEP_WITHDRAWN,  /* a record that was taken back */
    STEP_EVENT,      /* what happened, when */
    STEP_SET,        /* that record gives the due day */
    STEP_LIMIT,      /* day: the event's own, not counted; n days on is `end` */
    STEP_RUNS_ON,    /* it ends on a day off */
    STEP_WORKDAYS,   /* day: the event's own, not counted; n working days */
    STEP_COUNTED,    /* day is the n-th */
    STEP_OFF,        /* day is skipped, why */
    STEP_NO_DAY,     /* why there is none */
    STEP_BEFORE,     /* "before day" */
    STEP_ASSUMED,    /* the plan names none */
    STEP_FIXED,      /* day */
    STEP_EXTENDED,   /* to day */
    STEP_ACT_BY,     /* day, for what follows is off */
    STEP_PROVISIONAL /* the calendar is not announced */
};

static const char *step_name(enum step_kind kind)
{
    static const char *const names[] = {"waiting", "withdrawn", "event",           "set_by_record",
                                        "limit",   "runs_on",   "workdays",        "counted",
                                        "day_off", "no_day",    "strictly_before", "assumed",
                                        "fixed",   "extended",  "act_by",          "provisional"};
    must(kind < sizeof names / sizeof *names);
    return names[kind];
}

struct step {
    enum step_kind kind;
    int day, n, end;
    const char *why;
    const struct event_fact *fact;
};

struct steps {
    const struct explain_ask *ask;
    const struct workdays *workdays;
    const struct occurrence *occurrence;
    VEC(struct step) list;
};

static void step_add(struct steps *steps, struct step step)
{
    *vec_push(&steps->list) = step;
}

static void step_off(struct steps *steps, int day)
{
    const char *reason = workdays_reason(steps->workdays, day);
    step_add(steps,
             (struct step){.kind = STEP_OFF,
                           .day = day,
                           .why = reason ? reason : say(steps->ask->lang, "ngày nghỉ cuối tuần", "weekend")});
}

static void limit_in_days(struct steps *steps, int event, int n)
{
    int end = event + n;
    step_add(steps, (struct step){.kind = STEP_LIMIT, .day = event, .n = n, .end = end});
    for (int day = event + 1; steps->ask->full && day <= end; day++)
        step_add(steps, (struct step){.kind = STEP_COUNTED, .day = day, .n = day - event});
    if (workdays_is_working(steps->workdays, end))
        return;
    step_add(steps, (struct step){.kind = STEP_RUNS_ON, .day = workdays_on_or_after(steps->workdays, end)});
    for (int day = end; !workdays_is_working(steps->workdays, day); day++)
        step_off(steps, day);
}

static void limit_in_workdays(struct steps *steps, int event, int n)
{
    step_add(steps, (struct step){.kind = STEP_WORKDAYS, .day = event, .n = n});
    for (int day = event + 1, counted = 0; counted < n; day++)
        if (workdays_is_working(steps->workdays, day))
            step_add(steps, (struct step){.kind = STEP_COUNTED, .day = day, .n = ++counted});
        else
            step_off(steps, day);
}

/* What the record of an event led to. */
static void limit_steps(struct steps *steps)
{
    const struct occurrence *occurrence = steps->occurrence;
    const struct timing *timing = &occurrence->duty->timing;
    const struct event_fact *first = occurrence->n_events ? occurrence->events[0] : NULL;
    for (size_t i = 0; i < occurrence->n_withdrawn; i++)
        step_add(steps, (struct step){.kind = STEP_WITHDRAWN,
                                      .day = occurrence->withdrawn[i]->on,
                                      .fact = occurrence->withdrawn[i]});
    if (occurrence->opens == DAY_NONE) {
        step_add(steps, (struct step){.kind = STEP_WAITING, .day = DAY_NONE});
        return;
    }
    for (size_t i = 0; i < occurrence->n_events; i++)
        step_add(steps, (struct step){.kind = STEP_EVENT,
                                      .day = occurrence->events[i]->on,
                                      .fact = occurrence->events[i]});
    if (first && first->due != DAY_NONE)
        step_add(steps, (struct step){.kind = STEP_SET, .day = first->due});
    else if (timing->limit == LIMIT_DAYS)
        limit_in_days(steps, occurrence->opens, timing->n);
    else if (timing->limit == LIMIT_WORKDAYS)
        limit_in_workdays(steps, occurrence->opens, timing->n);
    else if (timing->limit == LIMIT_AT_ONCE)
        limit_in_workdays(steps, occurrence->opens, 1);
}

static void fixed_steps(struct steps *steps)
{
    const struct occurrence *occurrence = steps->occurrence;
    const struct timing *timing = &occurrence->duty->timing;
    int due = occurrence->due_original;
    if (due == DAY_NONE) {
        step_add(steps, (struct step){.kind = STEP_NO_DAY,
                                      .day = DAY_NONE,
                                      .why = timing->why ? timing->why
                                                         : say(steps->ask->lang, "việc thường xuyên",
                                                               "a standing duty")});
        return;
    }
    if (timing->kind == TIMING_BY_DATE_BEFORE)
        step_add(steps, (struct step){.kind = STEP_BEFORE, .day = due + 1});
    if (occurrence->assumed)
        step_add(steps, (struct step){.kind = STEP_ASSUMED, .day = due});
    step_add(steps, (struct step){.kind = STEP_FIXED, .day = due});
}

static void act_by_steps(struct steps *steps)
{
    const struct occurrence *occurrence = steps->occurrence;
    if (occurrence->due == DAY_NONE)
        return;
    if (occurrence->due != occurrence->due_original)
        step_add(steps, (struct step){.kind = STEP_EXTENDED, .day = occurrence->due});
    if (occurrence->act_by == occurrence->due)
        return;
    step_add(steps, (struct step){.kind = STEP_ACT_BY, .day = occurrence->act_by});
    for (int day = occurrence->act_by + 1; day <= occurrence->due; day++)
        step_off(steps, day);
}

static struct steps steps_of(const struct explain_ask *ask, const struct occurrence *occurrence)
{
    struct steps steps = {.ask = ask, .workdays = ask->outlook->rulebook->workdays, .occurrence = occurrence};
    if (occurrence->duty->timing.trigger)
        limit_steps(&steps);
    else
        fixed_steps(&steps);
    act_by_steps(&steps);
    if (occurrence->provisional)
        step_add(&steps, (struct step){.kind = STEP_PROVISIONAL, .day = DAY_NONE});
    return steps;
}

/* ---- a step in words ---- */

/* "thứ ba 24/11/2026" */
static const char *long_day(int day, enum lang lang, char buf[64])
{
    char date[DAY_SIZE];
    snprintf(buf, 64, "%s %s", weekday_name(day_weekday(day), lang), day_vi(day, true, date));
    return buf;
}

static void event_words(const struct steps *steps, const struct event_fact *fact, struct text *out)
{
    enum lang lang = steps->ask->lang;
    const struct event *event = plan_event(steps->occurrence->duty->item->plan, fact->event);
    char day[DAY_SIZE], at[INSTANT_SIZE];
    phrase_add(out, lang, "Sự kiện “%s” xảy ra ngày %s (ghi lúc %s%s%s).",
               "Event “%s” happened on %s (recorded %s%s%s).", event ? event->title : fact->event,
               day_vi(fact->on, true, day), instant_vi(fact->recorded_at, at),
               fact->by ? say(lang, ", bởi ", ", by ") : "", fact->by ? fact->by : "");
}

static void withdrawn_words(const struct steps *steps, const struct event_fact *fact, struct text *out)
{
    enum lang lang = steps->ask->lang;
    const struct event *event = plan_event(steps->occurrence->duty->item->plan, fact->event);
    char day[DAY_SIZE], at[INSTANT_SIZE];
    phrase_add(out, lang, "Lần ghi “%s” ngày %s đã rút lại (lúc %s%s%s): %s.",
               "The record of “%s” on %s was taken back (%s%s%s): %s.", event ? event->title : fact->event,
               day_vi(fact->on, true, day), instant_vi(fact->withdrawn_at, at),
               fact->withdrawn_by ? say(lang, ", bởi ", ", by ") : "",
               fact->withdrawn_by ? fact->withdrawn_by : "", fact->withdrawn_why);
}

static void step_words(const struct steps *steps, const struct step *step, struct text *out)
{
    enum lang lang = steps->ask->lang;
    char day[DAY_SIZE], day_long[64], end[64];
    day_vi(step->day, true, day);
    if (step->day != DAY_NONE)
        long_day(step->day, lang, day_long);
    switch (step->kind) {
    case STEP_WAITING:
        text_add(out, say(lang, "Chưa có ngày: chờ sự kiện bắt đầu được ghi nhận.",
                          "No day yet: its event has not been recorded."));
        break;
    case STEP_WITHDRAWN:
        withdrawn_words(steps, step->fact, out);
        break;
    case STEP_EVENT:
        event_words(steps, step->fact, out);
        break;
    case STEP_SET:
        text_add(out,
                 say(lang, "Bản ghi này ấn định luôn ngày hạn.", "That record sets the due day itself."));
        break;
    case STEP_LIMIT:
        phrase_add(out, lang, "Ngày %s không tính (Bộ luật Dân sự 2015, điều 147); cộng %d ngày là %s.",
                   "The day itself (%s) is not counted (Civil Code 2015, art. 147); %d days on is %s.", day,
                   step->n, long_day(step->end, lang, end));
        break;
    case STEP_RUNS_ON:
        text_add(out, say(lang, "Hạn rơi vào ngày nghỉ nên lùi tới ngày làm việc kế tiếp (điều 148 khoản 5):",
                          "It ends on a day off and runs to the next working day (art. 148.5):"));
        break;
    case STEP_WORKDAYS:
        phrase_add(out, lang, "Ngày %s không tính; đếm %d ngày làm việc:",
                   "The day itself (%s) is not counted; %d working days:", day, step->n);
        break;
    case STEP_COUNTED:
        text_addf(out, "%s: %d", day_long, step->n);
        break;
    case STEP_OFF:
        text_addf(out, "%s: %s", day_long, step->why);
        break;
    case STEP_NO_DAY:
        phrase_add(out, lang, "Không có ngày: %s.", "No day: %s.", step->why);
        break;
    case STEP_BEFORE:
        phrase_add(out, lang, "“Trước ngày %s” là muộn nhất ngày hôm trước.",
                   "“Before %s” is the day before at the latest.", day);
        break;
    case STEP_ASSUMED:
        text_add(out, say(lang, "Kế hoạch không nêu ngày: lấy ngày cuối kỳ.",
                          "The plan names no day: the period's last day is taken."));
        break;
    case STEP_FIXED:
        phrase_add(out, lang, "Hạn cố định %s, không dời khi rơi vào ngày nghỉ.",
                   "Fixed day %s; it does not move when it is a day off.", day_long);
        break;
    case STEP_EXTENDED:
        phrase_add(out, lang, "Đã gia hạn tới %s.", "Extended to %s.", day_long);
        break;
    case STEP_ACT_BY:
        phrase_add(out, lang, "Phải làm xong trước hết ngày %s, vì sau đó là ngày nghỉ:",
                   "To be done by %s, for what follows is off:", day_long);
        break;
    case STEP_PROVISIONAL:
        text_add(out, say(lang, "Tạm tính: lịch nghỉ của ngày hoặc năm này chưa công bố.",
                          "Provisional: the days off of that day or year are not announced yet."));
        break;
    }
}

static json_t *step_json(const struct steps *steps, const struct step *step)
{
    json_t *object = json_object();
    char day[DAY_SIZE];
    auto_text words = {0};
    step_words(steps, step, &words);
    explain_put_text(object, "step", step_name(step->kind));
    explain_put_text(object, "day", step->day == DAY_NONE ? NULL : day_iso(step->day, day));
    if (step->n)
        explain_put(object, "n", json_integer(step->n));
    if (step->kind == STEP_LIMIT)
        explain_put_text(object, "end", day_iso(step->end, day));
    if (step->why)
        explain_put_text(object, "why", step->why);
    if (step->fact) {
        explain_put_text(object, "event", step->fact->event);
        explain_put_instant(object, "recorded_at", step->fact->recorded_at);
        explain_put_text(object, "by", step->fact->by);
        explain_put_text(object, "note", step->fact->note);
    }
    explain_put_text(object, "text", text_str(&words));
    return object;
}

/* ---- what was told of it ---- */

static const char *action_title(enum progress_action action, enum lang lang)
{
    static const char *const vi[] = {"báo xong", "mở lại", "gia hạn tới", "hủy"};
    static const char *const en[] = {"done", "reopened", "extended to", "cancelled"};
    return say(lang, vi[action], en[action]);
}

static void progress_line(const struct progress_fact *fact, enum lang lang, struct text *out)
{
    char at[INSTANT_SIZE], on[DAY_SIZE];
    text_addf(out, "    %s: %s%s%s%s%s%s%s\n", instant_vi(fact->recorded_at, at),
              action_title(fact->action, lang), fact->on == DAY_NONE ? "" : " ",
              fact->on == DAY_NONE ? "" : day_vi(fact->on, true, on),
              fact->by ? say(lang, ", bởi ", ", by ") : "", fact->by ? fact->by : "", fact->why ? ": " : "",
              fact->why ? fact->why : "");
}

static json_t *progress_json(const struct progress_fact *fact)
{
    json_t *object = json_object();
    char on[DAY_SIZE];
    explain_put_text(object, "action", progress_action_name(fact->action));
    explain_put_text(object, "on", fact->on == DAY_NONE ? NULL : day_iso(fact->on, on));
    explain_put_instant(object, "recorded_at", fact->recorded_at);
    explain_put_text(object, "by", fact->by);
    explain_put_text(object, "why", fact->why);
    return object;
}

/* ---- who stands for offices that are gone ---- */

struct stand_in {
    enum party party;
    const struct unit *gone, *unit;
};

/* The i-th that the rules name and another stands for; false: no more. Of leads only who answers for this
 * one. */
static bool stand_in_at(const struct occurrence *occurrence, size_t i, struct stand_in *found)
{
    const struct duty *duty = occurrence->duty;
    for (enum party party = PARTY_LEAD; party < N_PARTIES; party++) {
        const struct units *named = duty_party(duty, party, DAY_NONE);
        for (size_t j = 0; j < named->n; j++) {
            const struct unit *gone = named->at[j], *unit = unit_on(gone, occurrence->due_original);
            bool other = party == PARTY_LEAD && !duty->joint && unit != occurrence->unit;
            *found = (struct stand_in){party, gone, unit};
            if (unit != gone && !other && !i--)
                return true;
        }
    }
    return false;
}

static const char *party_title(enum party party, enum lang lang)
{
    static const char *const vi[] = {"chủ trì", "phối hợp", "nơi nhận", "báo lên"}, *const en[] = {
                                                                                        "lead", "with", "to",
                                                                                        "escalated to"};
    return say(lang, vi[party], en[party]);
}

static void stand_in_lines(const struct occurrence *occurrence, enum lang lang, struct text *out)
{
    struct stand_in one;
    char day[DAY_SIZE];
    for (size_t i = 0; stand_in_at(occurrence, i, &one); i++)
        phrase_add(out, lang, "  Tiếp nhận (%s): %s thay %s, đơn vị hoạt động đến %s\n",
                   "  Taken over (%s): %s stands for %s, which worked until %s\n",
                   party_title(one.party, lang), one.unit->id, one.gone->id,
                   lang == LANG_VI ? day_vi(one.gone->until_day, true, day)
                                   : day_iso(one.gone->until_day, day));
}

static json_t *stand_ins_json(const struct occurrence *occurrence)
{
    static const char *const names[] = {"lead", "with", "to", "escalate"};
    struct stand_in one;
    char day[DAY_SIZE];
    json_t *list = json_array();
    for (size_t i = 0; stand_in_at(occurrence, i, &one); i++) {
        json_t *object = json_object();
        explain_put_text(object, "role", names[one.party]);
        explain_put_text(object, "unit", one.unit->id);
        explain_put_text(object, "for", one.gone->id);
        explain_put_text(object, "until", day_iso(one.gone->until_day, day));
        must(!json_array_append_new(list, object));
    }
    return list;
}

/* ---- the whole as text ---- */

static void row_lines(const struct occurrence *occurrence, enum lang lang, struct text *out)
{
    const struct duty *duty = occurrence->duty;
    const struct plan *plan = duty->item->plan;
    text_addf(out, "%s\n", occurrence->id);
    text_addf(out, "  %s\n", duty->title);
    text_addf(out, "  %s: %s\n", say(lang, "Đơn vị", "Unit"),
              occurrence->unit ? occurrence->unit->title : duty->no_lead);
    stand_in_lines(occurrence, lang, out);
    text_addf(out, "  %s: %s%s%s, %s %s%s%s\n", say(lang, "Kế hoạch", "Plan"),
              plan->number ? plan->number : "", plan->number ? " " : "", plan->title,
              say(lang, "dòng", "row"), duty->item->ref, duty->part ? ", " : "",
              duty->part ? duty->part : "");
    if (duty->text)
        text_addf(out, "  %s: “%s”\n", say(lang, "Kế hoạch viết", "The plan says"), duty->text);
    text_addf(out, "  %s: %s:%d\n", say(lang, "Quy tắc", "Rule"), duty->at.file, duty->at.line);
    if (duty->note)
        text_addf(out, "  %s: %s\n", say(lang, "Ghi chú", "Note"), duty->note);
}

static void state_lines(const struct explain_ask *ask, const struct occurrence *occurrence, struct text *out)
{
    enum lang lang = ask->lang;
    char today[DAY_SIZE];
    phrase_add(out, lang, "  Hôm nay %s: %s%s%s.\n", "  Today, %s: %s%s%s.\n",
               day_vi(ask->outlook->today, true, today), state_title(occurrence->state, lang),
               occurrence->late ? say(lang, ", muộn", ", late") : "",
               occurrence->closed ? say(lang, "; kế hoạch đã đóng", "; its plan is closed") : "");
    for (size_t i = 0; i < occurrence->n_progress; i++)
        progress_line(&occurrence->progress[i], lang, out);
}

static void occurrence_text(const struct steps *steps, struct text *out)
{
    row_lines(steps->occurrence, steps->ask->lang, out);
    for (size_t i = 0; i < steps->list.n; i++) {
        const struct step *step = &steps->list.at[i];
        text_add(out, step->kind == STEP_COUNTED || step->kind == STEP_OFF ? "    " : "  ");
        step_words(steps, step, out);
        text_add(out, "\n");
    }
    state_lines(steps->ask, steps->occurrence, out);
    if (steps->ask->alerts)
        explain_alert(steps->ask, alert_reasons_of(steps->ask->alerts, steps->occurrence),
                      (struct explain_matter){0}, out);
}

/* ---- the whole as JSON ---- */

static json_t *occurrence_json(const struct steps *steps)
{
    const struct occurrence *occurrence = steps->occurrence;
    const struct duty *duty = occurrence->duty;
    json_t *object = json_object(), *list = json_array(), *history = json_array();
    char today[DAY_SIZE];
    explain_put_text(object, "what", "occurrence");
    json_t *stands = listing_occurrence_json(steps->ask->outlook, occurrence, ROLE_LEAD);
    must(!json_object_update(object, stands));
    json_decref(stands);
    for (size_t i = 0; i < steps->list.n; i++)
        must(!json_array_append_new(list, step_json(steps, &steps->list.at[i])));
    for (size_t i = 0; i < occurrence->n_progress; i++)
        must(!json_array_append_new(history, progress_json(&occurrence->progress[i])));
    explain_put_text(object, "unit_title", occurrence->unit ? occurrence->unit->title : duty->no_lead);
    explain_put(object, "stands_in", stand_ins_json(occurrence));
    explain_put_text(object, "text", duty->text);
    explain_put_text(object, "note", duty->note);
    explain_put_text(object, "timing", timing_kind_name(duty->timing.kind));
    explain_put(object, "steps", list);
    explain_put_text(object, "today", day_iso(steps->ask->outlook->today, today));
    explain_put(object, "history", history);
    if (steps->ask->alerts)
        explain_put(object, "alert",
                    explain_alert(steps->ask, alert_reasons_of(steps->ask->alerts, occurrence),
                                  (struct explain_matter){0}, NULL));
    return object;
}

json_t *explain_occurrence(const struct explain_ask *ask, const struct occurrence *occurrence,
                           struct text *out)
{
    struct steps steps = steps_of(ask, occurrence);
    json_t *object = out ? NULL : occurrence_json(&steps);
    if (out)
        occurrence_text(&steps, out);
    vec_free(&steps.list);
    return object;
}

/* ---- what many units lead ---- */

/* Those named: with full all, else the first that are still open. */
struct members {
    VEC(const struct occurrence *) list;
    size_t more;
};

static struct members members_of(const struct explain_ask *ask, const struct gathering *gathering)
{
    struct members members = {0};
    for (size_t i = 0; i < gathering->n; i++) {
        const struct occurrence *one = &gathering->first[i];
        bool over = one->state == STATE_DONE || one->state == STATE_CANCELLED;
        if (ask->full || (!over && members.list.n < NAMED_MOST))
            *vec_push(&members.list) = one;
        else
            members.more += !over;
    }
    return members;
}

static void gathering_text(const struct explain_ask *ask, const struct gathering *gathering,
                           const struct members *members, struct text *out)
{
    size_t open = gathering->n - gathering->done - gathering->cancelled;
    phrase_add(out, ask->lang, "%s: %zu đơn vị, %zu đã xong, %zu đã hủy, %zu còn mở\n",
               "%s: %zu units, %zu done, %zu cancelled, %zu open\n", gathering->id, gathering->n,
               gathering->done, gathering->cancelled, open);
    for (size_t i = 0; i < members->list.n; i++) {
        const struct occurrence *one = members->list.at[i];
        char due[DAY_SIZE];
        text_addf(out, "  %s  %s  %s\n", one->id, one->due == DAY_NONE ? "-" : day_iso(one->due, due),
                  state_title(one->state, ask->lang));
    }
    if (members->more)
        phrase_add(out, ask->lang, "  … và %zu đơn vị nữa (--full)\n", "  … and %zu more (--full)\n",
                   members->more);
    if (gathering->next) {
        text_add(out, "\n");
        explain_occurrence(ask, gathering->next, out);
    }
}

static json_t *gathering_json(const struct explain_ask *ask, const struct gathering *gathering,
                              const struct members *members)
{
    json_t *object = json_object(), *list = json_array();
    auto_text uid = {0};
    text_addf(&uid, "%s@hanchot", gathering->id);
    explain_put_text(object, "what", "gathering");
    explain_put_text(object, "uid", text_str(&uid));
    explain_put(object, "units", json_integer((json_int_t)gathering->n));
    explain_put(object, "done", json_integer((json_int_t)gathering->done));
    explain_put(object, "cancelled", json_integer((json_int_t)gathering->cancelled));
    explain_put(object, "open",
                json_integer((json_int_t)(gathering->n - gathering->done - gathering->cancelled)));
    for (size_t i = 0; i < members->list.n; i++)
        must(!json_array_append_new(list,
                                    listing_occurrence_json(ask->outlook, members->list.at[i], ROLE_LEAD)));
    explain_put(object, "occurrences", list);
    explain_put(object, "more", json_integer((json_int_t)members->more));
    explain_put(object, "next",
                gathering->next ? explain_occurrence(ask, gathering->next, NULL) : json_null());
    return object;
}

json_t *explain_gathering(const struct explain_ask *ask, const struct gathering *gathering, struct text *out)
{
    struct members members = members_of(ask, gathering);
    json_t *object = out ? NULL : gathering_json(ask, gathering, &members);
    if (out)
        gathering_text(ask, gathering, &members, out);
    vec_free(&members.list);
    return object;
}
