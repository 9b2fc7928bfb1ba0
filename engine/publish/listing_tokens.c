/* Secret links and keys as people and programs read them. */
#include "publish/listing.h"

#include "publish/records.h"
#include "publish/table.h"
#include "time/clock.h"

#define MINUTE INT64_C(60)
#define HOUR   INT64_C(3600)
#define DAY    INT64_C(86400)

/* When it is, and which days are worked. */
struct moment {
    const struct workdays *workdays;
    int64_t now;
};

static const char *state_of(const struct token *token, const struct moment *moment)
{
    if (token->revoked_at)
        return "revoked";
    if (token->kind == TOKEN_KEY)
        return "active";
    if (!token->fetched_at)
        return "never";
    return token_silent(token, moment->workdays, moment->now) ? "silent" : "active";
}

/* ---- for programs ---- */

static json_t *instant_json(int64_t instant)
{
    char text[INSTANT_SIZE];
    return instant ? json_string(instant_iso(instant, text)) : json_null();
}

static json_t *names_json(const struct token *token, enum token_kind kind)
{
    json_t *names = json_array();
    for (size_t i = 0; token->kind == kind && i < token->n_scope; i++)
        json_array_append_new(names, json_string(token->scope[i]));
    return names;
}

static json_t *token_json(const struct token *token, const struct moment *moment)
{
    return json_pack("{s:I, s:s, s:s, s:s, s:o, s:o, s:b, s:o, s:o, s:o, s:s?, s:I, s:I, s:o}", "id",
                     (json_int_t)token->id, "kind", token_kind_name(token->kind), "name", token->name,
                     "state", state_of(token, moment), "feeds", names_json(token, TOKEN_LINK), "units",
                     names_json(token, TOKEN_KEY), "alarms", (int)token->alarms, "created",
                     instant_json(token->created_at), "revoked", instant_json(token->revoked_at),
                     "last_fetch", instant_json(token->fetched_at), "client", token->client, "fetches",
                     (json_int_t)token->fetches, "not_modified", (json_int_t)token->unchanged,
                     "interval_seconds",
                     token->interval ? json_integer((json_int_t)token->interval) : json_null());
}

static void write_records(const struct tokens *tokens, const struct moment *moment,
                          const struct listing_options *options, struct text *out)
{
    static const char *const columns[] = {
        "id",      "kind",    "name",       "state",  "feeds",   "units",        "alarms",
        "created", "revoked", "last_fetch", "client", "fetches", "not_modified", "interval_seconds"};
    struct records records = {.format = options->format,
                              .columns = columns,
                              .n_columns = sizeof columns / sizeof *columns,
                              .out = out};
    records_begin(&records);
    for (size_t i = 0; i < tokens->n; i++)
        records_add(&records, token_json(&tokens->list[i], moment));
    records_end(&records);
}

/* ---- for people ---- */

static const char *title_of_state(const struct token *token, const struct moment *moment, enum lang lang)
{
    switch (state_of(token, moment)[0]) {
    case 'r':
        return say(lang, "đã thu hồi", "revoked");
    case 'n':
        return say(lang, "chưa tải lần nào", "never fetched");
    case 's':
        return say(lang, "IM LẶNG: lâu hơn mọi khi", "SILENT: longer than usual");
    default:
        return say(lang, "đang dùng", "in use");
    }
}

static void add_span(struct text *out, int64_t seconds, enum lang lang)
{
    if (seconds >= 2 * DAY)
        text_addf(out, say(lang, "%lld ngày", "%lld days"), (long long)((seconds + DAY / 2) / DAY));
    else if (seconds >= 2 * HOUR)
        text_addf(out, say(lang, "%lld giờ", "%lld hours"), (long long)((seconds + HOUR / 2) / HOUR));
    else
        text_addf(out, say(lang, "%lld phút", "%lld minutes"), (long long)((seconds + MINUTE / 2) / MINUTE));
}

static void cell_instant(struct table *table, int64_t instant)
{
    char text[INSTANT_SIZE];
    table_cell(table, instant ? instant_vi(instant, text) : NULL);
}

static void add_row(struct table *table, const struct token *token, const struct moment *moment,
                    enum lang lang)
{
    auto_text id = {0}, scope = {0}, usual = {0}, count = {0};
    text_addf(&id, "%lld", (long long)token->id);
    for (size_t i = 0; i < token->n_scope; i++)
        text_addf(&scope, "%s%s", i ? " " : "", token->scope[i]);
    if (token->alarms)
        text_add(&scope, say(lang, " (có nhắc)", " (alarms)"));
    if (token->kind == TOKEN_KEY && !token->n_scope)
        text_add(&scope, say(lang, "mọi đơn vị", "all units"));
    if (token->interval)
        add_span(&usual, token->interval, lang);
    if (token->fetches)
        text_addf(&count, "%lld (%lld)", (long long)token->fetches, (long long)token->unchanged);
    table_cell(table, text_str(&id));
    table_cell(table, token->kind == TOKEN_KEY ? say(lang, "khóa", "key") : say(lang, "lịch", "feed"));
    table_cell(table, token->name);
    table_cell(table, text_str(&scope));
    table_cell(table, title_of_state(token, moment, lang));
    cell_instant(table, token->fetched_at);
    table_cell(table, token->client);
    table_cell(table, text_str(&usual));
    table_cell(table, text_str(&count));
    cell_instant(table, token->created_at);
}

static void write_table(const struct tokens *tokens, const struct moment *moment,
                        const struct listing_options *options, struct text *out)
{
    enum lang lang = options->lang;
    struct table *table = table_new();
    table_column(table, say(lang, "Số", "No."), TABLE_FIXED, 0);
    table_column(table, say(lang, "Loại", "Kind"), TABLE_FIXED, 0);
    table_column(table, say(lang, "Của", "Whose"), TABLE_FLEXIBLE, 0);
    table_column(table, say(lang, "Mở được", "Opens"), TABLE_FLEXIBLE, 0);
    table_column(table, say(lang, "Tình trạng", "State"), TABLE_FIXED, 14);
    table_column(table, say(lang, "Tải gần nhất", "Last fetch"), TABLE_FIXED, 0);
    table_column(table, say(lang, "Chương trình", "Client"), TABLE_FIXED, 24);
    table_column(table, say(lang, "Thường", "Usually"), TABLE_FIXED, 0);
    table_column(table, say(lang, "Lần (304)", "Fetches (304)"), TABLE_FIXED, 0);
    table_column(table, say(lang, "Tạo lúc", "Made"), TABLE_FIXED, 0);
    for (size_t i = 0; i < tokens->n; i++)
        add_row(table, &tokens->list[i], moment, lang);
    if (tokens->n)
        table_write(table, (size_t)options->width, out);
    else
        text_add(out, say(lang, "chưa có liên kết hay khóa nào\n", "no links or keys yet\n"));
    table_free(table);
}

void listing_tokens(const struct tokens *tokens, const struct workdays *workdays, int64_t now,
                    const struct listing_options *options, struct text *out)
{
    struct moment moment = {workdays, now};
    if (options->format == LISTING_TABLE)
        write_table(tokens, &moment, options, out);
    else
        write_records(tokens, &moment, options, out);
}
