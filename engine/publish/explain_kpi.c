/* Why a verdict is what it is: the row, the target, the formula with its numbers, the figures. */
#include "publish/explain_parts.h"

#include "publish/phrase.h"
#include "publish/scoreboard.h"

#include <string.h>

/* What there is to tell of a verdict, in words; empty where there is nothing. */
struct reasons {
    const struct explain_ask *ask;
    const struct kpi_result *result;
    struct text target, measure, period, value, needed;
    struct text formula; /* "24999 / 25000 = 99,996 %" */
};

static void formula_words(struct reasons *reasons)
{
    const struct kpi_result *result = reasons->result;
    enum lang lang = reasons->ask->lang;
    if (!result->has_numerator)
        return;
    phrase_number(&reasons->formula, (struct number){result->numerator}, lang);
    if (result->has_denominator) {
        text_add(&reasons->formula, " / ");
        phrase_number(&reasons->formula, (struct number){result->denominator}, lang);
    }
    if (result->has_value)
        text_addf(&reasons->formula, " = %s", text_str(&reasons->value));
}

static struct reasons reasons_of(const struct explain_ask *ask, const struct kpi_result *result)
{
    struct reasons reasons = {.ask = ask, .result = result};
    enum lang lang = ask->lang;
    phrase_target(&reasons.target, &result->kpi->target, lang);
    phrase_measure(&reasons.measure, &result->kpi->measure, lang);
    phrase_label(&reasons.period, result->period.label, lang);
    scoreboard_value(&reasons.value, result, lang);
    scoreboard_needed(&reasons.needed, result, lang);
    formula_words(&reasons);
    return reasons;
}

static void reasons_fini(struct reasons *reasons)
{
    struct text *texts[] = {&reasons->target, &reasons->measure, &reasons->period,
                            &reasons->value,  &reasons->needed,  &reasons->formula};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        text_fini(texts[i]);
}

/* ---- who is told ---- */

static const char *always_silent(const struct reasons *reasons)
{
    const struct kpi_result *result = reasons->result;
    enum lang lang = reasons->ask->lang;
    if (reasons->ask->outlook->plan_closed[result->kpi->plan->position])
        return say(lang, "không nhắc, vì kế hoạch đã đóng", "silent, its plan is closed");
    return result->sample ? say(lang, "không nhắc theo số liệu mẫu", "sample figures alert nobody") : NULL;
}

/* See alert/verdicts.c for when a verdict is told of. */
static const char *verdict_silent(const struct reasons *reasons)
{
    enum lang lang = reasons->ask->lang;
    const char *always = always_silent(reasons);
    if (always)
        return always;
    switch (reasons->result->verdict) {
    case VERDICT_MET:
    case VERDICT_ON_TRACK:
    case VERDICT_EXEMPT:
    case VERDICT_NO_TARGET:
        return say(lang, "không nhắc, kết quả không xấu", "silent, the verdict is not bad");
    case VERDICT_NO_DATA:
        return say(lang, "không nhắc về kết quả khi chưa có số liệu",
                   "silent about a verdict without figures");
    case VERDICT_AT_RISK:
        return say(lang, "chưa nhắc: có nguy cơ thì nhắc từ nửa sau của kỳ",
                   "not yet: what is at risk is told of from the half of its period on");
    case VERDICT_MISSED:
    case VERDICT_OUT_OF_REACH:
    case VERDICT_INVALID:
        break;
    }
    return say(lang, "không nhắc: kỳ đã cũ, hoặc đã chốt trước khi bắt đầu theo dõi",
               "silent: an old period, or judged before tracking began");
}

/* See alert/missing.c for when they are asked for. */
static const char *figures_silent(const struct reasons *reasons)
{
    enum lang lang = reasons->ask->lang;
    const char *always = always_silent(reasons);
    if (always)
        return always;
    return say(
        lang,
        "chưa nhắc: kỳ chưa hết hoặc đã cũ, còn trong thời gian chờ, hoặc chưa đơn vị nào từng gửi số "
        "liệu của kế hoạch này",
        "not yet: the period is not over or is an old one, there is still time, or no unit has ever sent "
        "figures of this plan");
}

/* Of the verdict; "all" where it is over all units. */
static json_t *verdict_alert(const struct reasons *reasons, struct text *out)
{
    const struct kpi_result *result = reasons->result;
    auto_text key = {0};
    text_addf(&key, "%s:%s:%s", result->kpi->id, result->period.label,
              result->unit ? result->unit->id : "all");
    return explain_alert(reasons->ask, alert_reasons_of_key(reasons->ask->alerts, text_str(&key)),
                         (struct explain_matter){.silent = verdict_silent(reasons)}, out);
}

static bool lacks_figures(const struct reasons *reasons)
{
    const struct kpi_result *result = reasons->result;
    return result->unit && (result->verdict == VERDICT_NO_DATA || result->partial);
}

/* Of figures that the unit has not sent, in the plan and period. */
static json_t *figures_alert(const struct reasons *reasons, struct text *out)
{
    const struct kpi_result *result = reasons->result;
    const struct explain_matter matter = {say(reasons->ask->lang, "về số liệu", "of figures"),
                                          figures_silent(reasons)};
    auto_text key = {0};
    text_addf(&key, "figures:%s:%s:%s", result->kpi->plan->id, result->period.label, result->unit->id);
    return explain_alert(reasons->ask, alert_reasons_of_key(reasons->ask->alerts, text_str(&key)), matter,
                         out);
}

/* ---- text ---- */

static void line(const struct reasons *reasons, const char *vi, const char *en, const char *words,
                 struct text *out)
{
    if (words && *words)
        text_addf(out, "  %s: %s\n", say(reasons->ask->lang, vi, en), words);
}

static void head_lines(const struct reasons *reasons, struct text *out)
{
    const struct kpi_result *result = reasons->result;
    const struct kpi *kpi = result->kpi;
    enum lang lang = reasons->ask->lang;
    text_addf(out, "%s\n  %s\n", kpi->id, kpi->title);
    text_addf(out, "  %s: %s; %s: %s\n", say(lang, "Đơn vị", "Unit"),
              result->unit ? result->unit->title : say(lang, "chung các đơn vị", "all units together"),
              say(lang, "kỳ", "period"), text_str(&reasons->period));
    text_addf(out, "  %s: %s%s%s%s\n", say(lang, "Kết quả", "Verdict"), verdict_title(result->verdict, lang),
              result->has_value ? ", " : "", text_str(&reasons->value),
              result->partial
                  ? say(lang, " (số liệu chưa đủ kỳ hoặc chưa đủ đơn vị)", " (figures for a part only)")
                  : "");
    line(reasons, "Mức phải đạt", "Target", text_str(&reasons->target), out);
    if (kpi->text)
        text_addf(out, "  %s: “%s”\n", say(lang, "Kế hoạch viết", "The plan says"), kpi->text);
    text_addf(out, "  %s: %s %s, %s %s; %s:%d\n", say(lang, "Kế hoạch", "Plan"),
              kpi->plan->number ? kpi->plan->number : "", kpi->plan->title, say(lang, "dòng", "row"),
              kpi->ref, kpi->at.file, kpi->at.line);
    line(reasons, "Cách tính", "Measure", text_str(&reasons->measure), out);
    if (reasons->formula.n)
        text_addf(out, "    = %s\n", text_str(&reasons->formula));
}

static void verdict_text(const struct reasons *reasons, struct text *out)
{
    const struct kpi_result *result = reasons->result;
    head_lines(reasons, out);
    line(reasons, "Vì", "Because", result->reason, out);
    line(reasons, "Cần", "Needed", text_str(&reasons->needed), out);
    explain_figures(reasons->ask, result->used, result->n_used, out);
    line(reasons, "Ghi chú", "Note", result->kpi->note, out);
    if (reasons->ask->alerts)
        verdict_alert(reasons, out);
    if (reasons->ask->alerts && lacks_figures(reasons))
        figures_alert(reasons, out);
}

/* ---- JSON ---- */

/* Words as they stand in the text, or null. */
static void put_words(json_t *object, const char *key, const struct text *words)
{
    explain_put_text(object, key, words->n ? text_str(words) : NULL);
}

static json_t *verdict_json(const struct reasons *reasons)
{
    const struct kpi_result *result = reasons->result;
    const struct kpi *kpi = result->kpi;
    json_t *object = json_object();
    explain_put_text(object, "what", "kpi");
    json_t *stands = scoreboard_json(result, reasons->ask->as_of);
    must(!json_object_update(object, stands));
    json_decref(stands);
    explain_put_text(object, "unit_title", result->unit ? result->unit->title : NULL);
    explain_put_text(object, "period_text", text_str(&reasons->period));
    explain_put_text(object, "state_text", verdict_title(result->verdict, reasons->ask->lang));
    put_words(object, "value_text", &reasons->value);
    put_words(object, "target_text", &reasons->target);
    explain_put_text(object, "text", kpi->text);
    put_words(object, "measure_text", &reasons->measure);
    put_words(object, "formula", &reasons->formula);
    put_words(object, "needed_text", &reasons->needed);
    explain_put_text(object, "note", kpi->note);
    explain_put(object, "source", listing_source_json(kpi->plan, kpi->ref, &kpi->at));
    explain_put_figures(object, reasons->ask, result->used, result->n_used);
    if (reasons->ask->alerts)
        explain_put(object, "alert", verdict_alert(reasons, NULL));
    if (reasons->ask->alerts && lacks_figures(reasons))
        explain_put(object, "figures_alert", figures_alert(reasons, NULL));
    return object;
}

json_t *explain_verdict(const struct explain_ask *ask, const struct kpi_result *result, struct text *out)
{
    struct reasons reasons = reasons_of(ask, result);
    json_t *object = out ? NULL : verdict_json(&reasons);
    if (out)
        verdict_text(&reasons, out);
    reasons_fini(&reasons);
    return object;
}
