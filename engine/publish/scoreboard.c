#include "publish/scoreboard.h"

#include "publish/phrase.h"
#include "publish/records.h"
#include "publish/selection.h"
#include "publish/table.h"
#include "time/clock.h"

#include <string.h>

/* ---- JSON ---- */

static void put(json_t *object, const char *key, json_t *value)
{
    must(!json_object_set_new(object, key, value));
}

static void put_text(json_t *object, const char *key, const char *text)
{
    put(object, key, text ? json_string(text) : json_null());
}

struct json_t *scoreboard_number(int64_t scaled)
{
    return scaled % NUMBER_SCALE ? json_real((double)scaled / NUMBER_SCALE)
                                 : json_integer(scaled / NUMBER_SCALE);
}

static json_t *target_json(const struct kpi_result *result)
{
    static const char *const ops[] = {
        [TARGET_AT_LEAST] = ">=", [TARGET_AT_MOST] = "<=", [TARGET_EXACTLY] = "="};
    const struct target *target = &result->kpi->target;
    if (!result->has_target || target->op == TARGET_NONE)
        return json_null();
    json_t *object = json_object();
    put_text(object, "op", ops[target->op]);
    put(object, "value", scoreboard_number(result->target.scaled));
    put_text(object, "unit", target->unit);
    return object;
}

struct json_t *scoreboard_json(const struct kpi_result *result, int as_of)
{
    const struct kpi *kpi = result->kpi;
    char day[DAY_SIZE];
    json_t *object = json_object();
    put_text(object, "id", kpi->id);
    put_text(object, "plan", kpi->plan->id);
    put_text(object, "ref", kpi->ref);
    put_text(object, "title", kpi->title);
    put_text(object, "unit", result->unit ? result->unit->id : NULL);
    put_text(object, "period", result->period.label);
    put(object, "value", result->has_value ? json_real(result->value) : json_null());
    put(object, "numerator", result->has_numerator ? scoreboard_number(result->numerator) : json_null());
    put(object, "denominator",
        result->has_denominator ? scoreboard_number(result->denominator) : json_null());
    put(object, "target", target_json(result));
    put_text(object, "state", verdict_name(result->verdict));
    put(object, "partial", json_boolean(result->partial));
    put_text(object, "reason", result->reason);
    put(object, "gap", result->has_gap ? json_real(result->gap) : json_null());
    put(object, "needed", result->needed ? json_integer(result->needed) : json_null());
    put_text(object, "as_of", day_iso(as_of, day));
    put(object, "sample", json_boolean(result->sample));
    return object;
}

/* ---- numbers for people ---- */

void scoreboard_value(struct text *out, const struct kpi_result *result, enum lang lang)
{
    if (!result->has_value)
        return;
    text_add_decimal(out, result->value, lang);
    if (result->kpi->target.unit)
        text_addf(out, NO_BREAK "%s", result->kpi->target.unit);
}

void scoreboard_needed(struct text *out, const struct kpi_result *result, enum lang lang)
{
    if (result->needed)
        kpi_needed_text(out, result->kpi, result->needed, lang);
}

/* ---- the table ---- */

static void table_row(struct table *table, const struct kpi_result *result, enum lang lang)
{
    auto_text title = {0}, period = {0}, value = {0}, target = {0}, needed = {0};
    text_addf(&title, "%s#%s %s", result->kpi->ref, result->kpi->slug, result->kpi->title);
    phrase_label(&period, result->period.label, lang);
    scoreboard_value(&value, result, lang);
    phrase_target(&target, &result->kpi->target, lang);
    scoreboard_needed(&needed, result, lang);
    table_cell(table, verdict_title(result->verdict, lang));
    table_cell(table, result->unit ? result->unit->code : say(lang, "chung", "all"));
    table_cell(table, text_str(&period));
    table_cell(table, text_str(&value));
    table_cell(table, text_str(&target));
    table_cell(table, text_str(&title));
    table_cell(table, result->needed ? text_str(&needed) : result->reason);
}

static void summary(const struct kpi_results *results, enum lang lang, struct text *out)
{
    size_t counts[VERDICT_NO_TARGET + 1] = {0};
    const char *before = ": ";
    for (size_t i = 0; i < results->n; i++)
        counts[results->list[i].verdict]++;
    phrase_add(out, lang, "\n%zu kết quả", "\n%zu verdicts", results->n);
    for (enum verdict verdict = VERDICT_MET; verdict <= VERDICT_NO_TARGET; verdict++)
        if (counts[verdict]) {
            text_addf(out, "%s%zu %s", before, counts[verdict], verdict_title(verdict, lang));
            before = "; ";
        }
    text_add(out, ".\n");
}

static void table_of(const struct kpi_results *results, const struct listing_options *options,
                     struct text *out)
{
    struct table *table = table_new();
    enum lang lang = options->lang;
    table_column(table, say(lang, "Kết quả", "Verdict"), TABLE_FIXED, 20);
    table_column(table, say(lang, "Đơn vị", "Unit"), TABLE_FIXED, 0);
    table_column(table, say(lang, "Kỳ", "Period"), TABLE_FIXED, 0);
    table_column(table, say(lang, "Đạt", "Value"), TABLE_FIXED, 0);
    table_column(table, say(lang, "Mức", "Target"), TABLE_FIXED, 24);
    table_column(table, say(lang, "Chỉ tiêu", "KPI"), TABLE_FLEXIBLE, 0);
    table_column(table, say(lang, "Cần / vì sao", "Needed / why"), TABLE_FLEXIBLE, 0);
    for (size_t i = 0; i < results->n; i++)
        table_row(table, &results->list[i], lang);
    table_write(table, (size_t)options->width, out);
    table_free(table);
    summary(results, lang, out);
}

/* ---- the list ---- */

static bool wanted(const struct outlook *outlook, const struct selection *selection,
                   const struct kpi_result *result)
{
    return selection->plan || !outlook->plan_closed[result->kpi->plan->position];
}

static struct kpi_results *chosen(const struct outlook *outlook, const struct selection *selection,
                                  struct kpi_results *results)
{
    struct kpi_result *list = arena_alloc(results->arena, (results->n + 1) * sizeof *list);
    size_t n = 0;
    for (size_t i = 0; i < results->n; i++)
        if (wanted(outlook, selection, &results->list[i]))
            list[n++] = results->list[i];
    results->list = list;
    results->n = n;
    return results;
}

static void objects_of(const struct kpi_results *results, int as_of, const struct listing_options *options,
                       struct text *out)
{
    static const char *const columns[] = {
        "id",        "plan",        "ref",       "title",        "unit",        "period", "value",
        "numerator", "denominator", "target.op", "target.value", "target.unit", "state",  "partial",
        "reason",    "gap",         "needed",    "as_of",        "sample"};
    struct records records = {.format = options->format,
                              .columns = columns,
                              .n_columns = sizeof columns / sizeof *columns,
                              .out = out};
    records_begin(&records);
    for (size_t i = 0; i < results->n; i++)
        records_add(&records, scoreboard_json(&results->list[i], as_of));
    records_end(&records);
}

bool scoreboard_list(const struct outlook *outlook, const struct figures *figures, int as_of,
                     const char *period, const struct listing_options *options, struct text *out,
                     struct err *err)
{
    struct selection selection;
    if (!selection_make(outlook->rulebook, options, &selection, err))
        return false;
    if (period && !period_parse(period, &(struct period){0}, err)) {
        err->kind = ERR_USAGE;
        return err_wrap(err, "--period: ");
    }
    struct kpi_question question = {.as_of = as_of,
                                    .period = period,
                                    .rolled_up = true,
                                    .plan = selection.plan,
                                    .unit = selection.unit,
                                    .lang = options->lang};
    struct kpi_results *results = chosen(outlook, &selection, kpi_evaluate(outlook, figures, &question));
    if (options->format == LISTING_TABLE)
        table_of(results, options, out);
    else
        objects_of(results, as_of, options, out);
    if (options->format == LISTING_TABLE && figures->sample)
        text_add(out, say(options->lang, "Có số liệu mẫu, không phải số liệu thật.\n",
                          "Some figures are samples, not real ones.\n"));
    kpi_results_free(results);
    return true;
}
