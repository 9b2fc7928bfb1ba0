#include "publish/explain.h"

#include "time/clock.h"

#include <string.h>

enum { NAMED_MOST = 20 };

struct explanation {
    const struct outlook *outlook;
    const struct occurrence *occurrence;
    enum lang lang;
    struct text *out;
};

#define SAY(vi, en) say(explanation->lang, vi, en)

/* "thứ ba 24/11/2026" */
static const char *long_day(const struct explanation *explanation, int day, char buf[64])
{
    char date[DAY_SIZE];
    snprintf(buf, 64, "%s %s", weekday_name(day_weekday(day), explanation->lang), day_vi(day, true, date));
    return buf;
}

/* ---- the row ---- */

static void tell_row(const struct explanation *explanation)
{
    const struct duty *duty = explanation->occurrence->duty;
    const struct plan *plan = duty->item->plan;
    const struct unit *unit = explanation->occurrence->unit;
    struct text *out = explanation->out;
    text_addf(out, "%s\n", explanation->occurrence->id);
    text_addf(out, "  %s\n", duty->title);
    text_addf(out, "  %s: %s\n", SAY("Đơn vị", "Unit"), unit ? unit->title : duty->no_lead);
    text_addf(out, "  %s: %s%s%s, %s %s%s%s\n", SAY("Kế hoạch", "Plan"), plan->number ? plan->number : "",
              plan->number ? " " : "", plan->title, SAY("dòng", "row"), duty->item->ref,
              duty->part ? ", " : "", duty->part ? duty->part : "");
    if (duty->text)
        text_addf(out, "  %s: “%s”\n", SAY("Kế hoạch viết", "The plan says"), duty->text);
    text_addf(out, "  %s: %s:%d\n", SAY("Quy tắc", "Rule"), duty->at.file, duty->at.line);
    if (duty->note)
        text_addf(out, "  %s: %s\n", SAY("Ghi chú", "Note"), duty->note);
}

/* ---- the days ---- */

/* A day off and why it is one. */
static void tell_day_off(const struct explanation *explanation, int day)
{
    const char *reason = workdays_reason(explanation->outlook->rulebook->workdays, day);
    char buf[64];
    text_addf(explanation->out, "    %s: %s\n", long_day(explanation, day, buf),
              reason ? reason : SAY("ngày nghỉ cuối tuần", "weekend"));
}

static void tell_limit_days(const struct explanation *explanation, int event)
{
    const struct timing *timing = &explanation->occurrence->duty->timing;
    const struct workdays *workdays = explanation->outlook->rulebook->workdays;
    char buf[64];
    int end = event + timing->n;
    text_addf(explanation->out,
              SAY("  Ngày %s không tính (Bộ luật Dân sự 2015, điều 147); cộng %d ngày là %s.\n",
                  "  The day itself (%s) is not counted (Civil Code 2015, art. 147); %d days on is %s.\n"),
              day_vi(event, true, (char[DAY_SIZE]){0}), timing->n, long_day(explanation, end, buf));
    if (workdays_is_working(workdays, end))
        return;
    text_addf(explanation->out, "%s\n",
              SAY("  Hạn rơi vào ngày nghỉ nên lùi tới ngày làm việc kế tiếp (điều 148 khoản 5):",
                  "  It ends on a day off and runs to the next working day (art. 148.5):"));
    for (int day = end; !workdays_is_working(workdays, day); day++)
        tell_day_off(explanation, day);
}

static void tell_limit_workdays(const struct explanation *explanation, int event, int n)
{
    const struct workdays *workdays = explanation->outlook->rulebook->workdays;
    text_addf(explanation->out,
              SAY("  Ngày %s không tính; đếm %d ngày làm việc:\n",
                  "  The day itself (%s) is not counted; %d working days:\n"),
              day_vi(event, true, (char[DAY_SIZE]){0}), n);
    for (int day = event + 1, counted = 0; counted < n; day++) {
        char buf[64];
        if (workdays_is_working(workdays, day))
            text_addf(explanation->out, "    %s: %d\n", long_day(explanation, day, buf), ++counted);
        else
            tell_day_off(explanation, day);
    }
}

static const char *event_title(const struct explanation *explanation, const struct event_fact *fact)
{
    const struct event *event = plan_event(explanation->occurrence->duty->item->plan, fact->event);
    return event ? event->title : fact->event;
}

static void tell_limit(const struct explanation *explanation)
{
    const struct occurrence *occurrence = explanation->occurrence;
    const struct timing *timing = &occurrence->duty->timing;
    if (occurrence->opens == DAY_NONE) {
        text_addf(explanation->out, "%s\n",
                  SAY("  Chưa có ngày: chờ sự kiện bắt đầu được ghi nhận.",
                      "  No day yet: its event has not been recorded."));
        return;
    }
    const struct event_fact *fact = occurrence->n_events ? occurrence->events[0] : NULL;
    char at[INSTANT_SIZE];
    if (fact)
        text_addf(explanation->out,
                  SAY("  Sự kiện “%s” xảy ra ngày %s (ghi lúc %s%s%s).\n",
                      "  Event “%s” happened on %s (recorded %s%s%s).\n"),
                  event_title(explanation, fact), day_vi(fact->on, true, (char[DAY_SIZE]){0}),
                  instant_vi(fact->recorded_at, at), fact->by ? SAY(", bởi ", ", by ") : "",
                  fact->by ? fact->by : "");
    if (fact && fact->due != DAY_NONE)
        text_addf(explanation->out, "%s\n",
                  SAY("  Bản ghi này ấn định luôn ngày hạn.", "  That record sets the due day itself."));
    else if (timing->limit == LIMIT_DAYS)
        tell_limit_days(explanation, occurrence->opens);
    else if (timing->limit == LIMIT_WORKDAYS)
        tell_limit_workdays(explanation, occurrence->opens, timing->n);
    else if (timing->limit == LIMIT_AT_ONCE)
        tell_limit_workdays(explanation, occurrence->opens, 1);
}

static void tell_fixed(const struct explanation *explanation)
{
    const struct timing *timing = &explanation->occurrence->duty->timing;
    char buf[64];
    int due = explanation->occurrence->due_original;
    if (due == DAY_NONE) {
        text_addf(explanation->out, "  %s%s%s\n", SAY("Không có ngày: ", "No day: "),
                  timing->why ? timing->why : SAY("việc thường xuyên", "a standing duty"), ".");
        return;
    }
    if (timing->kind == TIMING_BY_DATE_BEFORE)
        text_addf(explanation->out,
                  SAY("  “Trước ngày %s” là muộn nhất ngày hôm trước.\n",
                      "  “Before %s” is the day before at the latest.\n"),
                  day_vi(due + 1, true, (char[DAY_SIZE]){0}));
    if (explanation->occurrence->assumed)
        text_addf(explanation->out, "%s\n",
                  SAY("  Kế hoạch không nêu ngày: lấy ngày cuối kỳ.",
                      "  The plan names no day: the period's last day is taken."));
    text_addf(explanation->out,
              SAY("  Hạn cố định %s, không dời khi rơi vào ngày nghỉ.\n",
                  "  Fixed day %s; it does not move when it is a day off.\n"),
              long_day(explanation, due, buf));
}

static void tell_act_by(const struct explanation *explanation)
{
    const struct occurrence *occurrence = explanation->occurrence;
    char buf[64];
    if (occurrence->due == DAY_NONE)
        return;
    if (occurrence->due != occurrence->due_original)
        text_addf(explanation->out, SAY("  Đã gia hạn tới %s.\n", "  Extended to %s.\n"),
                  long_day(explanation, occurrence->due, buf));
    if (occurrence->act_by == occurrence->due)
        return;
    text_addf(explanation->out,
              SAY("  Phải làm xong trước hết ngày %s, vì sau đó là ngày nghỉ:\n",
                  "  To be done by %s, for what follows is off:\n"),
              long_day(explanation, occurrence->act_by, buf));
    for (int day = occurrence->act_by + 1; day <= occurrence->due; day++)
        tell_day_off(explanation, day);
}

/* ---- how it stands ---- */

static const char *action_title(enum progress_action action, enum lang lang)
{
    static const char *const vi[] = {"báo xong", "mở lại", "gia hạn tới", "hủy"}, *const en[] = {
                                                                                      "done", "reopened",
                                                                                      "extended to",
                                                                                      "cancelled"};
    return say(lang, vi[action], en[action]);
}

static void tell_progress(const struct explanation *explanation)
{
    for (size_t i = 0; i < explanation->occurrence->n_progress; i++) {
        const struct progress_fact *fact = &explanation->occurrence->progress[i];
        char at[INSTANT_SIZE], on[DAY_SIZE];
        text_addf(explanation->out, "    %s: %s%s%s%s%s%s%s\n", instant_vi(fact->recorded_at, at),
                  action_title(fact->action, explanation->lang), fact->on == DAY_NONE ? "" : " ",
                  fact->on == DAY_NONE ? "" : day_vi(fact->on, true, on),
                  fact->by ? SAY(", bởi ", ", by ") : "", fact->by ? fact->by : "", fact->why ? ": " : "",
                  fact->why ? fact->why : "");
    }
}

static void tell_state(const struct explanation *explanation)
{
    const struct occurrence *occurrence = explanation->occurrence;
    char today[DAY_SIZE];
    text_addf(explanation->out, SAY("  Hôm nay %s: %s%s%s.\n", "  Today, %s: %s%s%s.\n"),
              day_vi(explanation->outlook->today, true, today),
              state_title(occurrence->state, explanation->lang),
              occurrence->late ? SAY(", muộn", ", late") : "",
              occurrence->closed ? SAY("; kế hoạch đã đóng", "; its plan is closed") : "");
    tell_progress(explanation);
    if (occurrence->provisional)
        text_addf(explanation->out, "%s\n",
                  SAY("  Tạm tính: lịch nghỉ của ngày hoặc năm này chưa công bố.",
                      "  Provisional: the days off of that day or year are not announced yet."));
}

void explain_occurrence(const struct outlook *outlook, const struct occurrence *occurrence, enum lang lang,
                        struct text *out)
{
    struct explanation explanation = {outlook, occurrence, lang, out};
    tell_row(&explanation);
    if (occurrence->duty->timing.trigger)
        tell_limit(&explanation);
    else
        tell_fixed(&explanation);
    tell_act_by(&explanation);
    tell_state(&explanation);
}

void explain_gathering(const struct outlook *outlook, const struct gathering *gathering, bool full,
                       enum lang lang, struct text *out)
{
    size_t open = gathering->n - gathering->done - gathering->cancelled, named = 0;
    text_addf(out,
              say(lang, "%s: %zu đơn vị, %zu đã xong, %zu đã hủy, %zu còn mở\n",
                  "%s: %zu units, %zu done, %zu cancelled, %zu open\n"),
              gathering->id, gathering->n, gathering->done, gathering->cancelled, open);
    for (size_t i = 0; i < gathering->n; i++) {
        const struct occurrence *one = &gathering->first[i];
        char due[DAY_SIZE];
        if (!full && (one->state == STATE_DONE || one->state == STATE_CANCELLED || ++named > NAMED_MOST))
            continue;
        text_addf(out, "  %s  %s  %s\n", one->id, one->due == DAY_NONE ? "-" : day_iso(one->due, due),
                  state_title(one->state, lang));
    }
    if (!full && named > NAMED_MOST)
        text_addf(out, say(lang, "  … và %zu đơn vị nữa (--full)\n", "  … and %zu more (--full)\n"),
                  named - NAMED_MOST);
    if (gathering->next) {
        text_add(out, "\n");
        explain_occurrence(outlook, gathering->next, lang, out);
    }
}
