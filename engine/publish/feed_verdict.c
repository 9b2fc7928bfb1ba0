/* What an event tells of the targets that are judged together. */
#include "publish/feed_event.h"

#include "publish/phrase.h"
#include "publish/scoreboard.h"
#include "publish/table.h"
#include "time/clock.h"

#include <string.h>

enum { SETTLED_DAYS = 30, FUTURE_DAYS = 400, VERDICTS = VERDICT_NO_TARGET + 1 };

enum phase { PHASE_COMING, PHASE_RUNNING, PHASE_JUDGED };

/* One KPI of the checkpoint. */
struct target_line {
    const struct kpi *kpi;
    size_t n; /* verdicts */
    size_t counts[VERDICTS];
    const struct kpi_result *one; /* the only verdict, or NULL */
    bool later;                   /* no verdict before it is judged */
};

struct target_sheet {
    const struct feed_checkpoint *checkpoint;
    const struct unit *unit;
    enum lang lang;
    int today;
    enum phase phase;
    bool sample;
    bool owed;                  /* figures are: the plan is not closed, and its org sends figures at all */
    size_t n, counts[VERDICTS]; /* verdicts of all lines */
    uint64_t steps;             /* that functions took */
    VEC(struct target_line) lines;
    VEC(struct kpi_results *) results;
};

/* ---- how they stand ---- */

static void take_line(struct target_sheet *sheet, const struct kpi *kpi, struct kpi_results *results)
{
    struct target_line line = {.kpi = kpi, .n = results->n, .one = results->n == 1 ? results->list : NULL};
    for (size_t i = 0; i < results->n; i++) {
        line.counts[results->list[i].verdict]++;
        sheet->counts[results->list[i].verdict]++;
        sheet->sample = sheet->sample || (results->list[i].sample && sheet->phase != PHASE_COMING);
    }
    sheet->n += results->n;
    sheet->steps += results->steps;
    *vec_push(&sheet->results) = results;
    if (results->n)
        *vec_push(&sheet->lines) = line;
}

/* Marking one deadline as done changes the event of that deadline alone: what is counted from hanchot's own
 * progress is told when it is judged. Until then each deadline that it counts stands in the calendar itself.
 */
static bool told_later(const struct target_sheet *sheet, const struct kpi *kpi)
{
    return kpi->measure.kind == MEASURE_ON_TIME && sheet->phase != PHASE_JUDGED;
}

static void sheet_fill(struct target_sheet *sheet, const struct outlook *outlook,
                       const struct figures *figures)
{
    const struct feed_checkpoint *checkpoint = sheet->checkpoint;
    sheet->phase = sheet->today < checkpoint->period.first ? PHASE_COMING
                   : sheet->today <= checkpoint->day       ? PHASE_RUNNING
                                                           : PHASE_JUDGED;
    for (size_t i = 0; i < checkpoint->n; i++) {
        const struct kpi_question question = {.as_of = sheet->today,
                                              .period = checkpoint->period.label,
                                              .plan = checkpoint->plan,
                                              .unit = sheet->unit,
                                              .kpi = checkpoint->kpis[i],
                                              .lang = sheet->lang};
        if (!feed_checkpoint_has(checkpoint->kpis[i], sheet->unit))
            continue;
        if (told_later(sheet, checkpoint->kpis[i]))
            *vec_push(&sheet->lines) = (struct target_line){.kpi = checkpoint->kpis[i], .later = true};
        else
            take_line(sheet, checkpoint->kpis[i], kpi_evaluate(outlook, figures, &question));
    }
}

static void sheet_fini(struct target_sheet *sheet)
{
    for (size_t i = 0; i < sheet->results.n; i++)
        kpi_results_free(sheet->results.at[i]);
    vec_free(&sheet->results);
    vec_free(&sheet->lines);
}

static size_t failed(const struct target_sheet *sheet)
{
    return sheet->counts[VERDICT_MISSED] + sheet->counts[VERDICT_OUT_OF_REACH];
}

static size_t lacking(const struct target_sheet *sheet)
{
    return sheet->phase == PHASE_JUDGED ? sheet->counts[VERDICT_NO_DATA] + sheet->counts[VERDICT_INVALID] : 0;
}

/* Figures that somebody still owes once the period is judged. */
static size_t owed(const struct target_sheet *sheet)
{
    return sheet->owed ? lacking(sheet) : 0;
}

static bool in_window(const struct target_sheet *sheet, int64_t changed)
{
    int day = sheet->checkpoint->day;
    if (!sheet->lines.n || day > sheet->today + FUTURE_DAYS)
        return false;
    if (sheet->phase != PHASE_JUDGED || owed(sheet))
        return true;
    int last = changed == INT64_MIN || instant_day(changed) < day ? day : instant_day(changed);
    return sheet->today - last <= SETTLED_DAYS;
}

/* ---- in words ---- */

static const char *verdict_mark(enum verdict verdict)
{
    switch (verdict) {
    case VERDICT_MET:
    case VERDICT_ON_TRACK:
        return "✓";
    case VERDICT_MISSED:
    case VERDICT_OUT_OF_REACH:
        return "✗";
    case VERDICT_AT_RISK:
    case VERDICT_INVALID:
        return "⚠";
    case VERDICT_NO_DATA:
    case VERDICT_EXEMPT:
    case VERDICT_NO_TARGET:
        break;
    }
    return "–";
}

/* "5 đạt, 2 không đạt" */
static void add_counts(struct text *out, const size_t counts[VERDICTS], enum lang lang)
{
    const char *comma = "";
    for (size_t i = 0; i < VERDICTS; i++) {
        if (!counts[i])
            continue;
        text_addf(out, "%s%zu %s", comma, counts[i], verdict_title((enum verdict)i, lang));
        comma = ", ";
    }
}

/* "đạt, 99,5 %" */
static void add_verdict(struct text *out, const struct kpi_result *result, enum lang lang)
{
    auto_text value = {0};
    scoreboard_value(&value, result, lang);
    text_addf(out, "%s%s%s", verdict_title(result->verdict, lang), value.n ? ", " : "", text_str(&value));
}

static void fill_title(struct text *out, const struct target_sheet *sheet)
{
    enum lang lang = sheet->lang;
    char period[PERIOD_NAME_SIZE];
    const struct target_line *alone = sheet->lines.n == 1 ? sheet->lines.at : NULL;
    bool standing = sheet->phase != PHASE_COMING && sheet->n;
    if (sheet->phase == PHASE_JUDGED)
        text_add(out, failed(sheet) ? "✗ " : lacking(sheet) ? "⚠ " : "✓ ");
    text_add(out, sheet->phase == PHASE_COMING ? say(lang, "Chốt chỉ tiêu ", "Targets due, ")
                                               : say(lang, "Chỉ tiêu ", "Targets, "));
    text_addf(out, "%s: ", period_name(&sheet->checkpoint->period, lang, period));
    if (alone)
        text_addf(out, "%s%s", alone->kpi->title, standing ? ": " : "");
    if (!standing && !alone)
        phrase_add(out, lang, "%zu chỉ tiêu", "%zu", sheet->lines.n);
    else if (standing && alone && alone->one)
        add_verdict(out, alone->one, lang);
    else if (standing)
        add_counts(out, sheet->counts, lang);
    if (sheet->sample)
        text_add(out, say(lang, " (số liệu mẫu)", " (sample figures)"));
}

/* What is still to come makes the reason read differently each day: it is told when the period is over. */
static void add_standing(struct text *out, const struct target_sheet *sheet, const struct target_line *line)
{
    if (!line->one) {
        add_counts(out, line->counts, sheet->lang);
        return;
    }
    add_verdict(out, line->one, sheet->lang);
    if (line->one->needed) {
        text_add(out, "; ");
        scoreboard_needed(out, line->one, sheet->lang);
    }
    if (line->one->reason && sheet->today > sheet->checkpoint->period.last)
        text_addf(out, "; %s", line->one->reason);
}

static void add_target(struct text *out, const struct target_line *line, enum lang lang)
{
    const struct target *target = &line->kpi->target;
    const struct target_case level = {.number = line->one ? line->one->target : (struct number){0}};
    const struct target fixed = {
        .op = target->op, .form = FORM_FIXED, .cases = &level, .n_cases = 1, .unit = target->unit};
    phrase_target(out, line->one && line->one->has_target ? &fixed : target, lang);
}

static void add_line(struct text *out, const struct target_sheet *sheet, const struct target_line *line)
{
    bool standing = sheet->phase != PHASE_COMING && !line->later;
    if (standing)
        text_addf(out, "%s ", line->one ? verdict_mark(line->one->verdict) : "•");
    text_addf(out, "%s %s (", line->kpi->ref, line->kpi->title);
    add_target(out, line, sheet->lang);
    text_add(out, ")");
    if (standing) {
        text_add(out, ": ");
        add_standing(out, sheet, line);
    } else if (sheet->phase != PHASE_COMING)
        text_add(out, say(sheet->lang, ": tính theo tiến độ khi chốt",
                          ": counted from progress when it is judged"));
    text_add(out, "\n");
}

static void fill_description(struct feed_event *event, const struct target_sheet *sheet)
{
    struct text *out = &event->description;
    const struct plan *plan = sheet->checkpoint->plan;
    enum lang lang = sheet->lang;
    char day[DAY_SIZE];
    phrase_add(out, lang, "Chốt hết ngày %s", "Judged at the end of %s",
               day_vi(sheet->checkpoint->day, true, day));
    if (sheet->unit)
        phrase_add(out, lang, "; đơn vị: %s", "; unit: %s", sheet->unit->title);
    text_add(out, "\n");
    for (size_t i = 0; i < sheet->lines.n; i++)
        add_line(out, sheet, &sheet->lines.at[i]);
    if (lacking(sheet))
        text_add(out, say(lang, "Cần gửi hoặc sửa số liệu của kỳ này.\n",
                          "Figures of this period are to be sent or corrected.\n"));
    if (sheet->sample)
        text_add(out, say(lang, "Có số liệu mẫu, không phải số liệu thật.\n",
                          "Some figures are samples, not real ones.\n"));
    phrase_add(out, lang, "Kế hoạch %s%s%s", "Plan %s%s%s", plan->number ? plan->number : "",
               plan->number ? ": " : "", plan->title);
    if (event->url.n)
        text_addf(out, "\n%s", text_str(&event->url));
}

/* Calendar programs wrap as they like: what binds words for a table is a blank here. */
static void unbind(struct text *text)
{
    char *to = text->at;
    for (const char *from = text->at; from && *from;)
        if (!strncmp(from, NO_BREAK, strlen(NO_BREAK))) {
            *to++ = ' ';
            from += strlen(NO_BREAK);
        } else
            *to++ = *from++;
    if (to)
        *to = '\0';
    text->n = to ? (size_t)(to - text->at) : 0;
}

static void fill_looks(struct feed_event *event, const struct target_sheet *sheet)
{
    bool judged = sheet->phase == PHASE_JUDGED, settled = judged && !failed(sheet) && !lacking(sheet);
    event->status = FEED_STATUS_OPEN;
    event->day = sheet->checkpoint->day;
    event->priority = settled ? 9 : judged || failed(sheet) ? 1 : 5;
    event->color = settled         ? "gray"
                   : failed(sheet) ? "firebrick"
                   : judged        ? "darkorange"
                                   : feed_plan_color(sheet->checkpoint->plan)->name;
}

bool feed_event_fill_checkpoint(struct feed_event *event, const struct feed_checkpoint *checkpoint,
                                const struct unit *unit, const char *id, const struct outlook *outlook,
                                const struct figures *figures, const struct feed_settings *settings,
                                int64_t changed)
{
    const struct plan *plan = checkpoint->plan;
    struct target_sheet sheet = {.checkpoint = checkpoint,
                                 .unit = unit,
                                 .lang = settings->lang,
                                 .today = outlook->today,
                                 .owed = !outlook->plan_closed[plan->position] &&
                                         figures_of_org(figures, plan->org->id)};
    if (checkpoint->day > outlook->today + FUTURE_DAYS)
        return false;
    sheet_fill(&sheet, outlook, figures);
    event->steps = sheet.steps;
    bool wanted = in_window(&sheet, changed);
    if (wanted) {
        feed_event_clear(event);
        text_addf(&event->uid, "%s" FEED_UID_END, id);
        if (settings->url)
            text_addf(&event->url, "%s/%s/%s", settings->url, unit ? "units" : "plans",
                      unit ? unit->id : plan->id);
        text_add(&event->categories[0], say(settings->lang, "Chỉ tiêu", "Targets"));
        text_add(&event->categories[1], plan->number ? plan->number : plan->id);
        fill_looks(event, &sheet);
        fill_title(&event->summary, &sheet);
        fill_description(event, &sheet);
        unbind(&event->summary);
        unbind(&event->description);
    }
    sheet_fini(&sheet);
    return wanted;
}
