/* What an API address may be asked: the commands' options. One that is misspelt must not count as not given:
 * a trial that is written all the same, a list of everybody for that of one office. */
#include "shell/daemon.h"

#include <string.h>

static const struct query {
    const char *path;
    const char *options[8];
} queries[] = {
    {"/api/v1/items", {"plan", "unit", "from", "to"}},
    {"/api/v1/due", {"plan", "unit", "from", "to", "undated"}},
    {"/api/v1/kpi", {"plan", "unit", "period", "as-of", "known-on"}},
    {"/api/v1/alerts", {"plan", "unit", "all", "next", "ledger"}},
    {"/api/v1/explain", {"id", "unit", "period", "as-of", "known-on", "full"}},
    {"/api/v1/scorecard", {"id", "unit", "period", "as-of", "known-on"}},
    {"/api/v1/figures", {"org", "by", "dry-run", "partial", "restore"}},
    {"/api/v1/events", {NULL}},
    {"/api/v1/progress", {NULL}},
};

static const struct query *query_of(const char *path)
{
    for (size_t i = 0; i < sizeof queries / sizeof *queries; i++)
        if (!strcmp(path, queries[i].path))
            return &queries[i];
    return NULL;
}

static const char *option_at(size_t i, const void *data)
{
    return ((const struct query *)data)->options[i];
}

static struct answer *unknown_option(const struct query *query, size_t n, const char *name, enum lang lang)
{
    auto_text detail = {0};
    const char *near = text_nearest(name, n, option_at, query);
    text_addf(&detail, say(lang, "không có tùy chọn '%s'", "no option '%s'"), name);
    if (near)
        text_addf(&detail, say(lang, "; có phải '%s'?", "; did you mean '%s'?"), near);
    return json_error(422, "invalid", text_str(&detail));
}

bool query_asks(const struct request *request, const char *name)
{
    const char *value = request_option(request, name);
    return value && strcmp(value, "0") != 0;
}

struct answer *query_refusal(const struct request *request, enum lang lang)
{
    const struct query *query = query_of(request->path);
    const char *format = query ? request_option(request, "format") : NULL;
    if (format && strcmp(format, "json"))
        return json_error(422, "invalid",
                          say(lang, "format: ở đây chỉ có json", "format: there is only json here"));
    for (size_t i = 0; query && i < request->n_options; i++) {
        const char *name = request->options[i].name;
        size_t n = 0;
        bool known = !strcmp(name, "lang") || !strcmp(name, "format");
        for (; n < sizeof query->options / sizeof *query->options && query->options[n]; n++)
            known = known || !strcmp(name, query->options[n]);
        if (!known)
            return unknown_option(query, n, name, lang);
    }
    return NULL;
}
