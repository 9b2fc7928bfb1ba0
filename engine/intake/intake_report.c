#include "intake/intake_work.h"

#include <string.h>

/* ---- as JSON ---- */

static void set_text(json_t *object, const char *name, const char *text)
{
    json_object_set_new(object, name, text ? json_string(text) : json_null());
}

static json_t *number(int64_t scaled)
{
    return scaled % NUMBER_SCALE ? json_real((double)scaled / NUMBER_SCALE)
                                 : json_integer(scaled / NUMBER_SCALE);
}

static json_t *faults_json(const struct intake_report *report)
{
    json_t *list = json_array();
    for (size_t i = 0; i < report->faults.n; i++) {
        const struct intake_fault *fault = &report->faults.at[i];
        json_t *one = json_pack("{s:I}", "line", (json_int_t)fault->line);
        json_object_set_new(one, "file_line",
                            fault->file_line ? json_integer(fault->file_line) : json_null());
        set_text(one, "column", fault->column);
        set_text(one, "reason", fault->reason);
        set_text(one, "suggestion", fault->suggestion);
        json_array_append_new(list, one);
    }
    return list;
}

static json_t *corrections_json(const struct intake_report *report)
{
    json_t *list = json_array();
    for (size_t i = 0; i < report->corrections.n; i++) {
        const struct intake_correction *one = &report->corrections.at[i];
        json_array_append_new(list, json_pack("{s:I, s:s, s:s, s:s, s:o, s:o}", "line", (json_int_t)one->line,
                                              "unit", one->unit, "metric", one->metric, "period", one->period,
                                              "old", number(one->before), "new", number(one->after)));
    }
    return list;
}

static int status_of(const struct intake_report *report)
{
    if (!report->refused)
        return ERR_NONE;
    return report->partial && report->fresh + report->corrected + report->unchanged > 0 ? ERR_PARTIAL
                                                                                        : ERR_INPUT;
}

json_t *intake_report_json(const struct intake_report *report)
{
    json_t *json = json_object();
    set_text(json, "name", report->name);
    set_text(json, "checksum", *report->checksum ? report->checksum : NULL);
    json_object_set_new(json, "status", json_integer(status_of(report)));
    json_object_set_new(json, "dry_run", json_boolean(report->dry_run));
    json_object_set_new(json, "busy", json_boolean(report->busy));
    json_object_set_new(json, "sample", json_boolean(report->sample));
    json_object_set_new(json, "intake", report->intake ? json_integer(report->intake) : json_null());
    json_object_set_new(json, "rows", json_integer(report->rows));
    json_object_set_new(json, "new", json_integer(report->fresh));
    json_object_set_new(json, "corrected", json_integer(report->corrected));
    json_object_set_new(json, "unchanged", json_integer(report->unchanged));
    json_object_set_new(json, "n_refused", json_integer(report->refused));
    json_object_set_new(json, "refused", faults_json(report));
    json_object_set_new(json, "corrections", corrections_json(report));
    return json;
}

/* ---- for people ---- */

static int64_t count(const json_t *report, const char *name)
{
    return json_integer_value(json_object_get(report, name));
}

static const char *words(const json_t *object, const char *name)
{
    return json_string_value(json_object_get(object, name));
}

int intake_status(const json_t *report)
{
    return (int)count(report, "status");
}

static void value_add(struct text *out, const json_t *value)
{
    char text[VALUE_SIZE];
    double number_of = json_number_value(value) * NUMBER_SCALE;
    text_add(out, value_text((int64_t)(number_of + 0.5), text));
}

static void more_add(struct text *out, int64_t more, enum lang lang)
{
    if (more > 0)
        text_addf(out, say(lang, "… và %lld dòng nữa\n", "… and %lld rows more\n"), (long long)more);
}

static void outcome_add(const json_t *report, enum lang lang, struct text *out)
{
    bool refused = intake_status(report) == ERR_INPUT,
         dry_run = json_is_true(json_object_get(report, "dry_run"));
    const char *sample =
        json_is_true(json_object_get(report, "sample")) ? say(lang, " (số liệu mẫu)", " (samples)") : "";
    if (refused)
        text_addf(out,
                  say(lang, "%s%s: không nhận, sổ không đổi\n", "%s%s: refused, the ledger is unchanged\n"),
                  words(report, "name"), sample);
    else if (dry_run)
        text_addf(out, say(lang, "%s%s: chạy thử, chưa ghi gì\n", "%s%s: a dry run, nothing was written\n"),
                  words(report, "name"), sample);
    else
        text_addf(out, say(lang, "%s%s: đã nhận%s\n", "%s%s: taken%s\n"), words(report, "name"), sample,
                  count(report, "intake") ? "" : say(lang, ", không có gì mới", ", nothing is new"));
}

void intake_summary(const json_t *report, enum lang lang, struct text *out)
{
    const json_t *corrections = json_object_get(report, "corrections"), *one;
    size_t i;
    outcome_add(report, lang, out);
    text_addf(out,
              say(lang, "dòng %lld: mới %lld, sửa %lld, như cũ %lld, không nhận %lld\n",
                  "rows %lld: new %lld, corrected %lld, unchanged %lld, refused %lld\n"),
              (long long)count(report, "rows"), (long long)count(report, "new"),
              (long long)count(report, "corrected"), (long long)count(report, "unchanged"),
              (long long)count(report, "n_refused"));
    json_array_foreach(corrections, i, one)
    {
        text_addf(out, say(lang, "  sửa, dòng %lld: %s %s %s: ", "  corrected, row %lld: %s %s %s: "),
                  (long long)count(one, "line"), words(one, "unit"), words(one, "metric"),
                  words(one, "period"));
        value_add(out, json_object_get(one, "old"));
        text_add(out, " → ");
        value_add(out, json_object_get(one, "new"));
        text_add(out, "\n");
    }
    more_add(out, count(report, "corrected") - (int64_t)json_array_size(corrections), lang);
}

void intake_refusals(const json_t *report, enum lang lang, struct text *out)
{
    const json_t *list = json_object_get(report, "refused"), *one;
    size_t i;
    json_array_foreach(list, i, one)
    {
        const char *column = words(one, "column"), *suggestion = words(one, "suggestion");
        text_add(out, words(report, "name"));
        int64_t element = count(one, "line"), line = count(one, "file_line");
        if (element || line)
            text_addf(out, ":%lld", (long long)(line ? line : element));
        if (element && line)
            text_addf(out, say(lang, ": phần tử %lld", ": element %lld"), (long long)element);
        text_addf(out, ": %s%s%s%s%s\n", column ? column : "", column ? ": " : "", words(one, "reason"),
                  suggestion ? "; " : "", suggestion ? suggestion : "");
    }
    more_add(out, count(report, "n_refused") - (int64_t)json_array_size(list), lang);
}
