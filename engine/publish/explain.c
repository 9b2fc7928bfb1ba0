#include "publish/explain.h"

#include "publish/explain_parts.h"
#include "publish/phrase.h"
#include "publish/records.h"
#include "publish/scoreboard.h"

#include <string.h>

/* ---- JSON ---- */

void explain_put(json_t *object, const char *key, json_t *value)
{
    must(!json_object_set_new(object, key, value));
}

void explain_put_text(json_t *object, const char *key, const char *text)
{
    explain_put(object, key, text ? json_string(text) : json_null());
}

void explain_put_instant(json_t *object, const char *key, int64_t at)
{
    char buf[INSTANT_SIZE];
    explain_put_text(object, key, at ? instant_iso(at, buf) : NULL);
}

/* ---- figures ---- */

enum { FIGURES_SHOWN = 12 };

static size_t shown(const struct explain_ask *ask, size_t n)
{
    return ask->full || n <= FIGURES_SHOWN ? n : FIGURES_SHOWN;
}

static void figure_line(const struct explain_ask *ask, const struct figure *figure, struct text *out)
{
    const struct intake *intake = figures_intake(ask->figures, figure->intake);
    enum lang lang = ask->lang;
    char at[INSTANT_SIZE];
    text_addf(out, "    %s %s %s = ", figure->unit, figure->metric, figure->period);
    phrase_number(out, (struct number){figure->value}, lang);
    text_addf(out, "  (%s, %s %d, %s%s%s%s%s)\n", intake ? intake->name : "?", say(lang, "dòng", "row"),
              figure->row, instant_vi(figure->recorded_at, at), intake && intake->by ? ", " : "",
              intake && intake->by ? intake->by : "",
              figure->corrected ? say(lang, ", đã sửa", ", corrected") : "",
              intake && intake->sample ? say(lang, ", số liệu mẫu", ", sample") : "");
}

void explain_figures(const struct explain_ask *ask, const struct figure *const *used, size_t n,
                     struct text *out)
{
    text_addf(out, "  %s: %zu\n", say(ask->lang, "Số liệu đã dùng", "Figures used"), n);
    for (size_t i = 0; i < shown(ask, n); i++)
        figure_line(ask, used[i], out);
    if (shown(ask, n) < n)
        phrase_add(out, ask->lang, "    … và %zu số nữa (--full)\n", "    … and %zu more (--full)\n",
                   n - shown(ask, n));
}

static json_t *figure_json(const struct figures *figures, const struct figure *figure)
{
    const struct intake *intake = figures_intake(figures, figure->intake);
    json_t *object = json_object();
    explain_put_text(object, "unit", figure->unit);
    explain_put_text(object, "metric", figure->metric);
    explain_put_text(object, "period", figure->period);
    explain_put(object, "value", scoreboard_number(figure->value));
    explain_put_text(object, "file", intake ? intake->name : NULL);
    explain_put(object, "row", json_integer(figure->row));
    explain_put_text(object, "checksum", intake ? intake->checksum : NULL);
    explain_put_instant(object, "recorded_at", figure->recorded_at);
    explain_put_text(object, "by", intake ? intake->by : NULL);
    explain_put_text(object, "note", figure->note);
    explain_put(object, "corrected", json_boolean(figure->corrected));
    explain_put(object, "sample", json_boolean(intake && intake->sample));
    return object;
}

void explain_put_figures(json_t *object, const struct explain_ask *ask, const struct figure *const *used,
                         size_t n)
{
    json_t *list = json_array();
    for (size_t i = 0; i < shown(ask, n); i++)
        must(!json_array_append_new(list, figure_json(ask->figures, used[i])));
    explain_put(object, "figures", list);
    explain_put(object, "figures_used", json_integer((json_int_t)n));
}

/* ---- what is asked for ---- */

struct telling {
    const struct explain_ask *ask;
    struct records records; /* of JSON */
    struct text *out;
};

static bool is_json(const struct telling *telling)
{
    return telling->ask->format == LISTING_JSON;
}

/* more: units of whom the same could be told. */
static void add(struct telling *telling, json_t *object, size_t more)
{
    if (!object)
        return;
    explain_put(object, "units_more", json_integer((json_int_t)more));
    records_add(&telling->records, object);
}

static const struct kpi *kpi_named(const struct rulebook *rulebook, const char *id)
{
    for (size_t i = 0; i < rulebook->n_plans; i++)
        for (size_t j = 0; j < rulebook->plans[i].n_kpis; j++)
            if (!strcmp(rulebook->plans[i].kpis[j].id, id))
                return &rulebook->plans[i].kpis[j];
    return NULL;
}

static bool unit_asked(const struct explain_ask *ask, const struct unit **unit, struct err *err)
{
    *unit = ask->unit ? rulebook_unit(ask->outlook->rulebook, ask->unit) : NULL;
    return !ask->unit || *unit ||
           err_set(err, ERR_INPUT, "không có đơn vị '%s'", "no such unit '%s'", ask->unit);
}

/* How many of n are told: one, unless all are asked for. */
static size_t told_of(const struct explain_ask *ask, size_t n)
{
    return ask->full || n <= 1 ? n : 1;
}

static void tell_more(struct telling *telling, size_t more)
{
    if (more && !is_json(telling))
        text_addf(telling->out,
                  say(telling->ask->lang, "  … và %zu đơn vị nữa: chọn bằng --unit, hoặc xem cả với --full\n",
                      "  … and %zu more units: choose with --unit, or see all with --full\n"),
                  more);
}

/* One unit's verdict, or with full each in turn. */
static bool tell_kpi(struct telling *telling, const struct kpi *kpi, struct err *err)
{
    const struct explain_ask *ask = telling->ask;
    const struct unit *unit;
    if (!unit_asked(ask, &unit, err) || (ask->period && !period_parse(ask->period, &(struct period){0}, err)))
        return false;
    const struct kpi_question question = {.as_of = ask->as_of,
                                          .period = ask->period,
                                          .rolled_up = true,
                                          .plan = kpi->plan,
                                          .unit = unit,
                                          .kpi = kpi,
                                          .lang = ask->lang};
    struct kpi_results *results = kpi_evaluate(ask->outlook, ask->figures, &question);
    size_t n = told_of(ask, results->n);
    for (size_t i = 0; i < n; i++)
        add(telling, explain_verdict(ask, &results->list[i], is_json(telling) ? NULL : telling->out),
            results->n - n);
    tell_more(telling, results->n - n);
    kpi_results_free(results);
    return n || err_set(err, ERR_INPUT, "chỉ tiêu này không áp dụng cho đơn vị hoặc kỳ đã chọn",
                        "this KPI does not apply to that unit or period");
}

/* The points of one office, or with full of each in turn. */
static bool tell_score(struct telling *telling, const struct scorecard *scorecard, struct err *err)
{
    const struct explain_ask *ask = telling->ask;
    struct period period;
    struct score_question question = {.as_of = ask->as_of, .scorecard = scorecard, .lang = ask->lang};
    if (!unit_asked(ask, &question.unit, err) || (ask->period && !period_parse(ask->period, &period, err)))
        return false;
    question.period = ask->period ? &period : NULL;
    struct scores *scores = scorecard_evaluate(ask->outlook, ask->figures, &question);
    size_t n = told_of(ask, scores->n);
    for (size_t i = 0; i < n; i++)
        add(telling, explain_score(ask, &scores->list[i], is_json(telling) ? NULL : telling->out),
            scores->n - n);
    tell_more(telling, scores->n - n);
    scores_free(scores);
    return n || err_set(err, ERR_INPUT, "không có bảng điểm nào cho đơn vị hoặc kỳ đã chọn",
                        "there is no scorecard for that unit or period");
}

static bool tell_turn(struct telling *telling, struct err *err)
{
    json_t *object;
    if (!explain_turn(telling->ask, &object, is_json(telling) ? NULL : telling->out, err))
        return false;
    add(telling, object, 0);
    return true;
}

bool explain_write(const struct explain_ask *ask, struct text *out, struct err *err)
{
    struct telling telling = {.ask = ask, .records = {.format = LISTING_JSON, .out = out}, .out = out};
    const struct kpi *kpi = kpi_named(ask->outlook->rulebook, ask->id);
    const struct scorecard *scorecard = rulebook_scorecard(ask->outlook->rulebook, ask->id);
    if (is_json(&telling))
        records_begin(&telling.records);
    if (!(kpi         ? tell_kpi(&telling, kpi, err)
          : scorecard ? tell_score(&telling, scorecard, err)
                      : tell_turn(&telling, err)))
        return false;
    if (is_json(&telling))
        records_end(&telling.records);
    return true;
}
