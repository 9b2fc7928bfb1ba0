/* Alerts of KPIs: at risk, missed, or of figures that cannot be right.
 *
 * A KPI that swings about its target as figures come must not tell of it each time. So it is told of at few
 * fixed moments, each once however often it changes in between: at risk in the second half of its period and
 * three working days before it is judged; out of reach or missed once; and only of figures that have stood
 * for half an hour, so that a slip of the keyboard can be corrected. */
#include "alert/making.h"

#include "alert/subject.h"
#include "base/text.h"
#include "time/clock.h"

enum { SETTLE_SECONDS = 30 * 60, NEAR_WORKDAYS = 3 };

/* The office that is told: its own, or of what is counted over many the one that leads the row. */
static const char *told(const struct standing_block *block, const struct standing *standing)
{
    const struct item *item = block->kpi->item;
    if (standing->unit)
        return standing->unit->id;
    for (size_t i = 0; item && i < item->n_duties; i++) {
        const struct duty *duty = &item->duties[i];
        if (duty->lead.n == 1 || (duty->lead.n && duty->joint))
            return duty->lead.at[0]->id;
    }
    return NULL;
}

static bool kind_of(const struct standing_block *block, const struct standing *standing,
                    enum alert_kind *kind)
{
    switch (standing->verdict) {
    case VERDICT_AT_RISK:
        *kind = ALERT_KPI_AT_RISK;
        return true;
    case VERDICT_MISSED:
    case VERDICT_OUT_OF_REACH:
        *kind = ALERT_KPI_MISSED;
        return true;
    case VERDICT_INVALID:
        *kind = ALERT_FIGURES_MISSING; /* of a function that fails the rules' author is told by check */
        return block->kpi->measure.kind != MEASURE_FUNCTION;
    case VERDICT_MET:
    case VERDICT_ON_TRACK:
    case VERDICT_NO_DATA:
    case VERDICT_EXEMPT:
    case VERDICT_NO_TARGET:
        break;
    }
    return false;
}

/* What hanchot itself keeps count of it knows from its first day on. */
static bool unknown_before(const struct making *making, const struct standing_block *block)
{
    return block->kpi->measure.kind == MEASURE_ON_TIME &&
           block->period.first < subjects_first_day(making->outlook);
}

/* ---- when ---- */

/* From which day on it is told, and as what. False: it is too early. */
static bool rung_of(struct making *making, const struct standing_block *block, struct alert *alert, int *day)
{
    const struct workdays *workdays = making->outlook->rulebook->workdays;
    bool missed = alert->kind == ALERT_KPI_MISSED && block->ended;
    *day = missed ? block->judged + 1 : block->period.first;
    alert->rung = "once";
    if (alert->kind != ALERT_KPI_AT_RISK)
        return true;
    int half = block->period.first + (block->judged - block->period.first + 1) / 2;
    int near = workdays_step(workdays, workdays_on_or_before(workdays, block->judged), -NEAR_WORKDAYS);
    making_change(making, day_start(half < near ? half : near));
    making_change(making, day_start(near));
    *day = making->today >= near ? near : half;
    alert->rung = making->today >= near ? "-3" : "half";
    alert->severity = making->today >= near ? ALERT_WARNING : ALERT_INFO;
    return making->today >= *day;
}

/* ---- in words ---- */

static void add_target(struct text *out, const struct kpi *kpi, struct number number, enum lang lang)
{
    static const char *const words[][2] = {[TARGET_AT_LEAST] = {"ít nhất", "at least"},
                                           [TARGET_AT_MOST] = {"không quá", "at most"},
                                           [TARGET_EXACTLY] = {"đúng", "exactly"}};
    if (kpi->target.op == TARGET_NONE)
        return;
    text_addf(out, say(lang, ", phải đạt %s ", ", the target is %s "),
              words[kpi->target.op][lang == LANG_EN]);
    text_add_decimal(out, (double)number.scaled / NUMBER_SCALE, lang);
    text_addf(out, " %s", kpi->target.unit ? kpi->target.unit : "");
}

static const char *title_of(struct making *making, const struct standing_block *block,
                            const struct standing *standing)
{
    enum lang lang = making->settings->lang;
    char buf[PERIOD_NAME_SIZE];
    const char *name = period_name(&block->period, lang, buf), *title = block->kpi->title;
    const char *format =
        standing->verdict == VERDICT_AT_RISK
            ? say(lang, "Có nguy cơ không đạt chỉ tiêu %s: %s", "KPI of %s at risk: %s")
        : standing->verdict == VERDICT_INVALID
            ? say(lang, "Số liệu %s không đúng: %s", "Figures of %s cannot be right: %s")
        : standing->verdict == VERDICT_OUT_OF_REACH
            ? say(lang, "Không còn khả năng đạt chỉ tiêu %s: %s", "KPI of %s out of reach: %s")
            : say(lang, "Không đạt chỉ tiêu %s: %s", "KPI of %s missed: %s");
    auto_text out = {0};
    text_addf(&out, format, name, title);
    return arena_strdup(making->arena, text_str(&out));
}

static const char *body_of(struct making *making, const struct standing_block *block,
                           const struct standing *standing)
{
    enum lang lang = making->settings->lang;
    const struct kpi *kpi = block->kpi;
    auto_text out = {0};
    if (standing->reason)
        text_add(&out, standing->reason);
    else if (standing->has_value) {
        text_add(&out, say(lang, "Đang là ", "It stands at "));
        text_add_decimal(&out, standing->value, lang);
        text_addf(&out, " %s", kpi->target.unit ? kpi->target.unit : "");
        add_target(&out, kpi, standing->target, lang);
    }
    if (standing->needed) {
        text_add(&out, "; ");
        kpi_needed_text(&out, kpi, standing->needed, lang);
    }
    text_addf(&out,
              say(lang, ". Dòng %s, %s. Xem: hanchot explain %s --period %s",
                  ". Row %s, %s. See: hanchot explain %s --period %s"),
              kpi->ref, kpi->plan->title, kpi->id, block->period.label);
    if (standing->unit)
        text_addf(&out, " --unit %s", standing->unit->id);
    return arena_strdup(making->arena, text_str(&out));
}

/* ---- all ---- */

static const char *key_of(struct making *making, const struct standing_block *block,
                          const struct standing *standing)
{
    return arena_printf(making->arena, "%s:%s:%s", block->kpi->id, block->period.label,
                        standing->unit ? standing->unit->id : "all");
}

static void make_verdict(struct making *making, const struct standing_block *block,
                         const struct standing *standing)
{
    struct alert alert = {.severity = ALERT_WARNING};
    int day = DAY_NONE;
    if (standing->member || standing->sample || !kind_of(block, standing, &alert.kind) ||
        unknown_before(making, block))
        return;
    if (alert.kind == ALERT_KPI_MISSED && block->judged < subjects_first_day(making->outlook)) {
        if (standing->unit)
            making->older[standing->unit->number]++;
        return;
    }
    if (!rung_of(making, block, &alert, &day))
        return;
    int64_t stood = standing->newest ? standing->newest + SETTLE_SECONDS : 0;
    alert.since = standing->newest > day_start(day) ? standing->newest : day_start(day);
    alert.tell_at = making_opening(day, making->settings);
    alert.tell_at = stood > alert.tell_at ? stood : alert.tell_at;
    alert.due = block->judged;
    alert.key = key_of(making, block, standing);
    alert.unit = told(block, standing);
    alert.title = title_of(making, block, standing);
    alert.body = body_of(making, block, standing);
    making_add(making, alert);
}

void make_verdicts(struct making *making)
{
    const struct standings *standings = making->standings;
    for (size_t i = 0; i < standings->n; i++) {
        const struct standing_block *block = &standings->blocks[i];
        if (making->outlook->plan_closed[block->kpi->plan->position])
            continue;
        for (size_t j = 0; j < block->n; j++)
            make_verdict(making, block, &block->list[j]);
    }
}
