#include "publish/alert_list.h"

#include "publish/phrase.h"
#include "publish/records.h"
#include "publish/selection.h"
#include "publish/table.h"
#include "time/clock.h"

#include <string.h>

/* ---- which ---- */

/* A key or uid begins with its plan, after "to:", "event:" or "figures:". */
static bool of_plan(const char *key, const struct plan *plan)
{
    size_t n = plan ? strlen(plan->id) : 0;
    if (!plan)
        return true;
    if (!strncmp(key, "to:", 3) || !strncmp(key, "event:", 6) || !strncmp(key, "figures:", 8))
        key = strchr(key, ':') + 1;
    return !strncmp(key, plan->id, n) && key[n] == ':';
}

static bool wanted(const struct selection *selection, const char *key, const char *unit)
{
    return of_plan(key, selection->plan) &&
           (!selection->unit || (unit && !strcmp(unit, selection->unit->id)));
}

/* As it is typed: "@hanchot" may be left out. */
static const char *short_key(const char *key, struct text *out)
{
    const char *at = strstr(key, "@hanchot");
    out->n = 0;
    text_add_bytes(out, key, at ? (size_t)(at - key) : strlen(key));
    return text_str(out);
}

/* ---- JSON ---- */

static json_t *text_json(const char *text)
{
    json_t *json = text ? json_string(text) : json_null();
    must(json);
    return json;
}

static json_t *instant_json(int64_t at)
{
    char buf[INSTANT_SIZE];
    return at ? text_json(instant_iso(at, buf)) : json_null();
}

static json_t *reply_json(const struct reply *reply)
{
    if (!reply)
        return json_null();
    json_t *json = json_pack("{s:s, s:o, s:o, s:o}", "action", reply_action_name(reply->action), "by",
                             text_json(reply->by), "at", instant_json(reply->recorded_at), "until",
                             instant_json(reply->until));
    must(json);
    return json;
}

struct json_t *alert_json(const struct alert *alert)
{
    char due[DAY_SIZE];
    json_t *json = json_pack("{s:s, s:s, s:s, s:o, s:s, s:s, s:o, s:s, s:o, s:o, s:o, s:o}", "key",
                             alert->key, "kind", alert_kind_name(alert->kind), "severity",
                             alert_severity_name(alert->severity), "unit", text_json(alert->unit), "title",
                             alert->title, "body", alert->body, "since", instant_json(alert->since), "state",
                             alert_state_name(alert->state), "uid", text_json(alert->uid), "due",
                             text_json(alert->due == DAY_NONE ? NULL : day_iso(alert->due, due)), "rung",
                             text_json(alert->rung), "reply", reply_json(alert->reply));
    must(json);
    return json;
}

struct json_t *alert_notice_json(const struct notice *notice)
{
    json_t *json =
        json_pack("{s:I, s:s, s:s, s:s, s:o, s:s, s:s, s:s, s:s, s:o, s:o, s:o}", "notice",
                  (json_int_t)notice->id, "key", notice->alert, "kind", notice->kind, "rung", notice->rung,
                  "unit", text_json(*notice->unit ? notice->unit : NULL), "channel", notice->channel,
                  "severity", notice->severity, "title", notice->title, "body", notice->body, "told_at",
                  instant_json(notice->told_at), "taken_at", instant_json(notice->taken_at), "message",
                  notice->message ? json_integer(notice->message) : json_null());
    must(json);
    return json;
}

static json_t *coming_json(const struct coming *coming)
{
    json_t *json = json_pack("{s:o, s:o, s:s, s:s, s:s, s:s, s:s, s:o}", "at", instant_json(coming->at),
                             "unit", text_json(coming->unit), "key", coming->key, "kind",
                             alert_kind_name(coming->kind), "severity", alert_severity_name(coming->severity),
                             "rung", coming->rung, "title", coming->title, "uid", text_json(coming->uid));
    must(json);
    return json;
}

/* ---- alerts ---- */

static const char *severity_title(enum alert_severity severity, enum lang lang)
{
    static const char *const vi[] = {"nhắc", "gấp", "khẩn"};
    return say(lang, vi[severity], alert_severity_name(severity));
}

static void state_cell(struct table *table, const struct alert *alert, enum lang lang)
{
    char at[INSTANT_SIZE];
    auto_text out = {0};
    text_add(&out, alert_state_title(alert->state, lang));
    if (alert->reply && alert->reply->until)
        text_addf(&out, " %s", instant_vi(alert->reply->until, at));
    if (alert->reply && alert->reply->by)
        text_addf(&out, " (%s)", alert->reply->by);
    table_cell(table, text_str(&out));
}

static void alert_cells(struct table *table, const struct alert *alert, enum lang lang)
{
    auto_text due = {0}, key = {0};
    if (alert->due != DAY_NONE)
        phrase_day(&due, alert->due, lang);
    table_cell(table, severity_title(alert->severity, lang));
    table_cell(table, text_str(&due));
    table_cell(table, alert->unit);
    table_cell(table, alert->title);
    state_cell(table, alert, lang);
    table_cell(table, short_key(alert->key, &key));
}

static void alert_table(const struct alerts *alerts, const struct selection *selection, struct text *out)
{
    enum lang lang = selection->options->lang;
    struct table *table = table_new();
    size_t n = 0;
    table_column(table, say(lang, "Mức", "Severity"), TABLE_FIXED, 0);
    table_column(table, say(lang, "Hạn", "Due"), TABLE_FIXED, 0);
    table_column(table, say(lang, "Đơn vị", "Unit"), TABLE_FIXED, 0);
    table_column(table, say(lang, "Nội dung", "What"), TABLE_FLEXIBLE, 0);
    table_column(table, say(lang, "Trạng thái", "State"), TABLE_FIXED, 40);
    table_column(table, say(lang, "Khóa", "Key"), TABLE_FIXED, 0);
    for (size_t i = 0; i < alerts->n; i++)
        if (wanted(selection, alerts->list[i]->key, alerts->list[i]->unit)) {
            alert_cells(table, alerts->list[i], lang);
            n++;
        }
    if (n)
        table_write(table, (size_t)selection->options->width, out);
    else
        text_add(out, say(lang, "Không có cảnh báo.\n", "No alerts.\n"));
    table_free(table);
}

static const char *const alert_columns[] = {"key",   "kind",  "severity", "unit", "title", "body",
                                            "since", "state", "uid",      "due",  "rung",  "reply.by"};

bool alert_list(const struct outlook *outlook, const struct alerts *alerts,
                const struct listing_options *options, struct text *out, struct err *err)
{
    struct selection selection;
    struct records records = {.format = options->format,
                              .columns = alert_columns,
                              .n_columns = sizeof alert_columns / sizeof *alert_columns,
                              .out = out};
    if (!selection_make(outlook->rulebook, options, &selection, err))
        return false;
    if (options->format == LISTING_TABLE) {
        alert_table(alerts, &selection, out);
        return true;
    }
    records_begin(&records);
    for (size_t i = 0; i < alerts->n; i++)
        if (wanted(&selection, alerts->list[i]->key, alerts->list[i]->unit))
            records_add(&records, alert_json(alerts->list[i]));
    records_end(&records);
    return true;
}

/* ---- what will be told ---- */

static void coming_table(const struct comings *comings, const struct selection *selection, struct text *out)
{
    enum lang lang = selection->options->lang;
    struct table *table = table_new();
    size_t n = 0;
    table_column(table, say(lang, "Lúc", "When"), TABLE_FIXED, 0);
    table_column(table, say(lang, "Báo cho", "To"), TABLE_FIXED, 0);
    table_column(table, say(lang, "Mức", "Severity"), TABLE_FIXED, 0);
    table_column(table, say(lang, "Nội dung", "What"), TABLE_FLEXIBLE, 0);
    table_column(table, say(lang, "Khóa", "Key"), TABLE_FIXED, 0);
    for (size_t i = 0; i < comings->n; i++) {
        const struct coming *one = &comings->list[i];
        char at[INSTANT_SIZE];
        auto_text key = {0};
        if (!wanted(selection, one->key, one->unit))
            continue;
        table_cell(table, instant_vi(one->at, at));
        table_cell(table, one->unit ? one->unit : say(lang, "người vận hành", "operators"));
        table_cell(table, severity_title(one->severity, lang));
        table_cell(table, one->title);
        table_cell(table, short_key(one->key, &key));
        n++;
    }
    if (n)
        table_write(table, (size_t)selection->options->width, out);
    else
        text_add(out, say(lang, "30 ngày tới không có gì phải nhắc.\n",
                          "Nothing will be told during the coming 30 days.\n"));
    table_free(table);
}

static const char *const coming_columns[] = {"at", "unit", "key", "kind", "severity", "rung", "title", "uid"};

bool alert_list_next(const struct outlook *outlook, const struct comings *comings,
                     const struct listing_options *options, struct text *out, struct err *err)
{
    struct selection selection;
    struct records records = {.format = options->format,
                              .columns = coming_columns,
                              .n_columns = sizeof coming_columns / sizeof *coming_columns,
                              .out = out};
    if (!selection_make(outlook->rulebook, options, &selection, err))
        return false;
    if (options->format == LISTING_TABLE) {
        coming_table(comings, &selection, out);
        return true;
    }
    records_begin(&records);
    for (size_t i = 0; i < comings->n; i++)
        if (wanted(&selection, comings->list[i].key, comings->list[i].unit))
            records_add(&records, coming_json(&comings->list[i]));
    records_end(&records);
    return true;
}

/* ---- what was told ---- */

/* One line of the book: a notice, a reply or a gap. */
struct entry {
    const struct notice *notice;
    const struct dispatch *dispatch; /* of the notice, or NULL */
    const struct reply *reply;
    const struct gap *gap;
};

static json_t *dispatch_json(const struct dispatch *dispatch)
{
    json_t *json =
        json_pack("{s:I, s:o, s:o, s:o, s:o, s:o, s:I}", "tries", (json_int_t)dispatch->tries, "next_at",
                  instant_json(dispatch->next_at), "refused_at", instant_json(dispatch->refused_at), "detail",
                  text_json(dispatch->detail), "dropped_at", instant_json(dispatch->dropped_at), "newer",
                  dispatch->newer ? json_integer(dispatch->newer) : json_null(), "resent",
                  (json_int_t)dispatch->resent);
    must(json);
    return json;
}

static json_t *gap_json(const struct gap *gap)
{
    char day[DAY_SIZE];
    json_t *json = json_pack("{s:s, s:s, s:s, s:s, s:s, s:o}", "action", "gap", "why",
                             gap_kind_name(gap->kind), "day", day_iso(gap->day, day), "key", gap->key, "rung",
                             gap->rung, "unit", text_json(*gap->unit ? gap->unit : NULL));
    must(json);
    return json;
}

static json_t *entry_json(const struct entry *entry)
{
    json_t *json;
    if (entry->gap)
        return gap_json(entry->gap);
    if (entry->notice) {
        json = alert_notice_json(entry->notice);
        must(!entry->dispatch || !json_object_set_new(json, "delivery", dispatch_json(entry->dispatch)));
        return json;
    }
    json = reply_json(entry->reply);
    must(!json_object_set_new(json, "key", text_json(entry->reply->alert)) &&
         !json_object_set_new(json, "kind", text_json(entry->reply->kind)));
    return json;
}

static void add_receiver(struct text *out, const char *unit, enum lang lang)
{
    text_add(out, *unit ? unit : say(lang, "người vận hành", "operators"));
}

static void add_taking(struct text *out, const struct entry *entry, enum lang lang)
{
    const struct dispatch *dispatch = entry->dispatch;
    const char *detail = dispatch && dispatch->detail ? dispatch->detail : "";
    if (entry->notice->taken_at)
        text_addf(out, *detail ? say(lang, " (đã nhận: %s)", " (taken: %s)") : "%s", detail);
    else if (dispatch && dispatch->newer)
        text_addf(out, say(lang, " (chưa nhận, thư %d báo thay)", " (not taken, letter %d tells it instead)"),
                  (int)dispatch->newer);
    else if (dispatch && dispatch->dropped_at)
        text_add(out, say(lang, " (chưa nhận, thôi gửi: việc không còn mở)",
                          " (not taken, not sent any more: nothing in it is open)"));
    else if (dispatch && dispatch->refused_at)
        text_addf(out,
                  say(lang, " (bị từ chối: %s; gửi lại: hanchot alerts --resend %d)",
                      " (refused: %s; send again: hanchot alerts --resend %d)"),
                  detail, (int)dispatch->notice);
    else if (dispatch && dispatch->tries)
        text_addf(out, say(lang, " (đã thử %d lần: %s)", " (tried %d times: %s)"), (int)dispatch->tries,
                  detail);
    else
        text_add(out, say(lang, " (chưa ai nhận)", " (not taken yet)"));
}

static void notice_cells(struct table *table, const struct entry *entry, enum lang lang)
{
    char at[INSTANT_SIZE];
    auto_text what = {0}, key = {0};
    const struct notice *notice = entry->notice;
    text_add(&what, say(lang, "báo cho ", "told "));
    add_receiver(&what, notice->unit, lang);
    text_addf(&what, say(lang, " qua %s: %s", " by %s: %s"), notice->channel, notice->title);
    add_taking(&what, entry, lang);
    table_cell(table, instant_vi(notice->told_at, at));
    table_cell(table, short_key(notice->alert, &key));
    table_cell(table, notice->rung);
    table_cell(table, text_str(&what));
}

static void reply_cells(struct table *table, const struct reply *reply, enum lang lang)
{
    char at[INSTANT_SIZE], until[INSTANT_SIZE];
    auto_text what = {0}, key = {0};
    text_add(&what, reply->until ? say(lang, "nhắc lại sau ", "remind again at ")
                                 : say(lang, "đã biết", "acknowledged"));
    text_add(&what, reply->until ? instant_vi(reply->until, until) : "");
    if (reply->by)
        text_addf(&what, " (%s)", reply->by);
    table_cell(table, instant_vi(reply->recorded_at, at));
    table_cell(table, short_key(reply->alert, &key));
    table_cell(table, NULL);
    table_cell(table, text_str(&what));
}

static void gap_cells(struct table *table, const struct gap *gap, enum lang lang)
{
    char day[DAY_SIZE];
    auto_text what = {0}, key = {0};
    text_add(&what, gap->kind == GAP_LATE ? say(lang, "MUỘN, ", "LATE, ") : say(lang, "THIẾU, ", "GAP, "));
    add_receiver(&what, gap->unit, lang);
    text_addf(&what, ": %s", gap_kind_title(gap->kind, lang));
    table_cell(table, day_vi(gap->day, true, day));
    table_cell(table, short_key(gap->key, &key));
    table_cell(table, gap->rung);
    table_cell(table, text_str(&what));
}

static void entry_cells(struct table *table, const struct entry *entry, enum lang lang)
{
    if (entry->notice)
        notice_cells(table, entry, lang);
    else if (entry->reply)
        reply_cells(table, entry->reply, lang);
    else
        gap_cells(table, entry->gap, lang);
}

static struct table *entry_table(enum lang lang)
{
    struct table *table = table_new();
    table_column(table, say(lang, "Lúc", "When"), TABLE_FIXED, 0);
    table_column(table, say(lang, "Khóa", "Key"), TABLE_FIXED, 0);
    table_column(table, say(lang, "Bậc", "Rung"), TABLE_FIXED, 0);
    table_column(table, say(lang, "Việc", "What"), TABLE_FLEXIBLE, 0);
    return table;
}

static const char *const entry_columns[] = {"key",
                                            "kind",
                                            "notice",
                                            "rung",
                                            "unit",
                                            "channel",
                                            "severity",
                                            "title",
                                            "told_at",
                                            "taken_at",
                                            "action",
                                            "by",
                                            "at",
                                            "until",
                                            "delivery.tries",
                                            "delivery.refused_at",
                                            "delivery.detail",
                                            "delivery.dropped_at",
                                            "delivery.newer",
                                            "delivery.resent",
                                            "why",
                                            "day"};

struct ledger_listing {
    struct table *table; /* or records */
    struct records records;
    enum lang lang;
    size_t n;
};

static void entry_add(struct ledger_listing *listing, struct entry entry)
{
    listing->n++;
    if (listing->table)
        entry_cells(listing->table, &entry, listing->lang);
    else
        records_add(&listing->records, entry_json(&entry));
}

/* The unit of a reply is not written down: it is the last part of the key. */
static bool reply_wanted(const struct selection *selection, const struct reply *reply)
{
    const char *unit = strrchr(reply->alert, ':');
    auto_text key = {0};
    short_key(unit ? unit + 1 : "", &key);
    return wanted(selection, reply->alert, text_str(&key));
}

static void entries_add(struct ledger_listing *listing, const struct selection *selection,
                        const struct alert_book *book)
{
    for (size_t i = 0; i < book->notices->n; i++) {
        const struct notice *notice = &book->notices->list[i];
        if (wanted(selection, notice->alert, notice->unit))
            entry_add(listing, (struct entry){.notice = notice,
                                              .dispatch = dispatches_find(book->dispatches, notice)});
    }
    for (size_t i = 0; i < book->replies->n; i++)
        if (reply_wanted(selection, &book->replies->list[i]))
            entry_add(listing, (struct entry){.reply = &book->replies->list[i]});
    for (size_t i = 0; book->proof && i < book->proof->n; i++)
        if (wanted(selection, book->proof->list[i].key, book->proof->list[i].unit))
            entry_add(listing, (struct entry){.gap = &book->proof->list[i]});
}

bool alert_list_ledger(const struct outlook *outlook, const struct alert_book *book,
                       const struct listing_options *options, struct text *out, struct err *err)
{
    struct selection selection;
    if (!selection_make(outlook->rulebook, options, &selection, err))
        return false;
    bool table = options->format == LISTING_TABLE;
    struct ledger_listing listing = {.table = table ? entry_table(options->lang) : NULL,
                                     .records = {.format = options->format,
                                                 .columns = entry_columns,
                                                 .n_columns = sizeof entry_columns / sizeof *entry_columns,
                                                 .out = out},
                                     .lang = options->lang};
    if (!table)
        records_begin(&listing.records);
    entries_add(&listing, &selection, book);
    if (!table)
        records_end(&listing.records);
    else if (listing.n)
        table_write(listing.table, (size_t)options->width, out);
    else
        text_add(out, say(options->lang, "Chưa báo gì.\n", "Nothing was told yet.\n"));
    if (table)
        table_free(listing.table);
    return true;
}
