#include "publish/records.h"

#include <string.h>

static void csv_text(struct text *out, const char *text)
{
    if (!strpbrk(text, ",\"\r\n")) {
        text_add(out, text);
        return;
    }
    text_add(out, "\"");
    for (const char *quote; (quote = strchr(text, '"')); text = quote + 1) {
        text_add_bytes(out, text, (size_t)(quote - text));
        text_add(out, "\"\"");
    }
    text_addf(out, "%s\"", text);
}

static void csv_list(struct text *out, const json_t *array)
{
    auto_text list = {0};
    for (size_t i = 0; i < json_array_size(array); i++)
        text_addf(&list, "%s%s", i ? " " : "", json_string_value(json_array_get(array, i)));
    csv_text(out, text_str(&list));
}

static void csv_value(struct text *out, const json_t *value)
{
    switch (value ? json_typeof(value) : JSON_NULL) {
    case JSON_STRING:
        csv_text(out, json_string_value(value));
        break;
    case JSON_INTEGER:
        text_addf(out, "%lld", (long long)json_integer_value(value));
        break;
    case JSON_REAL:
        text_addf(out, "%.15g", json_real_value(value));
        break;
    case JSON_TRUE:
    case JSON_FALSE:
        text_add(out, json_is_true(value) ? "true" : "false");
        break;
    case JSON_ARRAY:
        csv_list(out, value);
        break;
    default:
        break;
    }
}

/* A column is a key, or the key of an object and a key inside it: "source.file". */
static const json_t *csv_find(const json_t *object, const char *column)
{
    const char *dot = strchr(column, '.');
    if (!dot)
        return json_object_get(object, column);
    char outer[32];
    snprintf(outer, sizeof outer, "%.*s", (int)(dot - column), column);
    return json_object_get(json_object_get(object, outer), dot + 1);
}

void records_begin(struct records *records)
{
    if (records->format == LISTING_JSON)
        text_add(records->out, "[");
    for (size_t i = 0; records->format == LISTING_CSV && i < records->n_columns; i++) {
        auto_free char *name = mem_strdup(records->columns[i]);
        for (char *dot; (dot = strchr(name, '.'));)
            *dot = '_';
        text_addf(records->out, "%s%s", name, i + 1 < records->n_columns ? "," : "\r\n");
    }
}

void records_add(struct records *records, json_t *object)
{
    if (records->format == LISTING_JSON) {
        text_add(records->out, records->n ? ",\n" : "\n");
        must(!json_dump_callback(object, text_sink, records->out,
                                 JSON_COMPACT | JSON_REAL_PRECISION(15) | JSON_PRESERVE_ORDER));
    }
    for (size_t i = 0; records->format == LISTING_CSV && i < records->n_columns; i++) {
        csv_value(records->out, csv_find(object, records->columns[i]));
        text_add(records->out, i + 1 < records->n_columns ? "," : "\r\n");
    }
    records->n++;
    json_decref(object);
}

void records_end(const struct records *records)
{
    if (records->format == LISTING_JSON)
        text_add(records->out, records->n ? "\n]\n" : "]\n");
}
