#include "publish/listing.h"

#include "listing_book.h"
#include "table.h"
#include "time/clock.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

static const struct listing_options every = {.from = DAY_NONE, .to = DAY_NONE};

static struct listing_options options_of(enum listing_format format, const char *plan, const char *unit)
{
    struct listing_options options = every;
    options.format = format;
    options.plan = plan;
    options.unit = unit;
    return options;
}

static json_t *parsed(const struct text *out)
{
    json_error_t error;
    json_t *array = json_loadb(out->at, out->n, 0, &error);
    assert_true(json_is_array(array));
    return array;
}

/* "due", "timing.kind", "parts.1.lead": what stands there, in JSON without the outer quotes of a text. */
static const char *at_path(const json_t *value, const char *path, char *buf, size_t size)
{
    auto_free char *copy = mem_strdup(path);
    char *save = NULL;
    for (char *key = strtok_r(copy, ".", &save); key; key = strtok_r(NULL, ".", &save))
        value = json_is_array(value) ? json_array_get(value, strtoul(key, NULL, 10))
                                     : json_object_get(value, key);
    size_t n = value ? json_dumpb(value, buf, size - 1, JSON_COMPACT | JSON_ENCODE_ANY) : 0;
    buf[n] = '\0';
    if (!json_is_string(value))
        return buf;
    buf[n - 1] = '\0';
    return buf + 1;
}

static const json_t *where(const json_t *array, const char *key, const char *text)
{
    for (size_t i = 0; i < json_array_size(array); i++) {
        const char *found = json_string_value(json_object_get(json_array_get(array, i), key));
        if (found && !strcmp(found, text))
            return json_array_get(array, i);
    }
    fail_msg("nothing with %s = %s", key, text);
    return NULL;
}

/* ---- items ---- */

static void items_as_json(void **state)
{
    struct book *book = *state;
    static const struct {
        const char *ref, *path, *value;
    } cases[] = {
        {"1", "kind", "section"},
        {"1", "timing.kind", "none"},
        {"1", "timing.text", "null"},
        {"1", "lead", "[]"},
        {"1", "due", "[]"},
        {"1.1", "kind", "report"},
        {"1.1", "plan", "hp-2026"},
        {"1.1", "title", "Báo cáo tháng"},
        {"1.1", "lead",
         "[\"hp/PC06\",\"hp/PC07\",\"hp/X1\",\"hp/X2\",\"hp/X3\",\"hp/X4\",\"hp/X5\",\"hp/X6\",\"hp/X7\"]"},
        {"1.1", "lead_text", "Trưởng Công an các đơn vị"},
        {"1.1", "to", "[\"hp/PV01\"]"},
        {"1.1", "via", "Đội 6"},
        {"1.1", "timing.kind", "periodic"},
        {"1.1", "timing.text", "trước ngày 25 hằng tháng"},
        {"1.1", "due", "[\"2026-10-24\",\"2026-11-24\",\"2026-12-24\"]"},
        {"1.1", "parts", "[]"},
        {"1.1", "source.document", "74/KH, Cải cách hành chính 2026"},
        {"1.1", "source.row", "1.1"},
        {"1.1", "source.file", "rules/hp-2026.lua"},
        {"1.1", "source.line", "20"},
        {"1.1", "note", "null"},
        /* a row whose dates are all in parts */
        {"1.2", "timing.kind", "quarter"},
        {"1.2", "timing.text", "Quý I/2026"},
        {"1.2", "lead", "[\"hp/PC06\",\"hp/PC07\"]"},
        {"1.2", "due", "[\"2026-03-31\",\"2026-11-27\"]"},
        {"1.2", "parts.0.part", "model"},
        {"1.2", "parts.0.due", "[\"2026-03-31\"]"},
        {"1.2", "parts.1.part", "report"},
        {"1.2", "parts.1.kind", "report"},
        {"1.2", "parts.1.title", "Báo cáo, \\\"đề xuất\\\""},
        {"1.2", "parts.1.lead", "[\"hp/PC07\"]"},
        {"1.2", "parts.1.to", "[\"hp/BCA\"]"},
        {"1.2", "parts.1.timing", "{\"kind\":\"by_date_before\",\"text\":\"Trước ngày 28/11/2026\"}"},
        {"1.2", "parts.1.due", "[\"2026-11-27\"]"},
        {"1.3", "timing.kind", "event_relative"},
        {"1.3", "with", "[\"hp/PV01\"]"},
        {"1.3", "due", "[]"},
        {"1.3", "also", "[\"1.1\"]"},
        {"1.4", "kind", "lost"},
        {"1.4", "title", "mất ở chỗ ngắt trang"},
        {"1.6", "kpis", "[\"hp-2026:1.6#online\"]"},
        {"1.6", "see", "[\"Thông tư 57/2023/TT-BCA\"]"},
        {"1.6", "note", "Không in số ngày."},
        {"1.7", "lead", "[]"},
        /* its own duty speaks, not the yearly mark */
        {"1.8", "due", "[\"2027-12-31\"]"},
        {"1.8", "parts.0.checkpoint", "true"},
        {"1.8", "parts.0.due", "[\"2026-12-31\"]"},
    };
    struct listing_options options = options_of(LISTING_JSON, "hp-2026", NULL);
    auto_text out = {0};
    assert_true(listing_items(&book->rulebook, &options, &out, NULL));
    json_t *array = parsed(&out);
    assert_int_equal(json_array_size(array), ITEMS);
    for (size_t i = 0; i < COUNT(cases); i++) {
        char buf[1024];
        const char *value = at_path(where(array, "ref", cases[i].ref), cases[i].path, buf, sizeof buf);
        if (strcmp(value, cases[i].value) != 0)
            fail_msg("%s %s: %s, not %s", cases[i].ref, cases[i].path, value, cases[i].value);
    }
    json_decref(array);
}

static void assert_keys(json_t *object, const char *keys)
{
    auto_text found = {0};
    for (void *at = json_object_iter(object); at; at = json_object_iter_next(object, at))
        text_addf(&found, "%s%s", found.n ? " " : "", json_object_iter_key(at));
    assert_string_equal(text_str(&found), keys);
}

static void json_reads_well(void **state)
{
    struct book *book = *state;
    struct listing_options options = options_of(LISTING_JSON, "hp-2026", NULL);
    auto_text items = {0}, due = {0}, none = {0};
    assert_true(listing_items(&book->rulebook, &options, &items, NULL));
    assert_true(listing_due(book->outlook, &options, &due, NULL));
    /* one object a line, Vietnamese as it is */
    assert_true(
        !strncmp(text_str(&items), "[\n{\"plan\":\"hp-2026\",\"ref\":\"1\",\"kind\":\"section\"", 40));
    assert_non_null(strstr(text_str(&items), "\"Báo cáo tháng\""));
    assert_null(strstr(text_str(&items), "\\u"));
    assert_string_equal(text_str(&items) + items.n - 4, "}\n]\n");
    size_t lines = 0;
    for (const char *at = text_str(&items); (at = strchr(at, '\n')); at++)
        lines++;
    assert_int_equal(lines, ITEMS + 2);
    json_t *array = parsed(&items);
    assert_keys(json_array_get(array, 0), "plan ref kind title lead lead_text with with_text to via timing "
                                          "due product form parts kpis see also "
                                          "source note");
    json_decref(array);
    array = parsed(&due);
    assert_keys(json_array_get(array, 0),
                "uid plan ref part kind title unit role period due due_original act_by state days_left "
                "done_on late provisional assumed closed source");
    json_decref(array);
    options.from = options.to = day_of("2025-01-01");
    assert_true(listing_due(book->outlook, &options, &none, NULL));
    assert_string_equal(text_str(&none), "[]\n");
}

/* ---- due ---- */

/* "REF PERIOD UNIT STATE", one a line, as JSON lists them. */
static void due_lines(struct book *book, const struct listing_options *options, struct text *lines)
{
    auto_text out = {0};
    struct listing_options json = *options;
    struct err err = {0};
    json.format = LISTING_JSON;
    if (!listing_due(book->outlook, &json, &out, &err))
        fail_msg("%s", err.text);
    json_t *array = parsed(&out);
    for (size_t i = 0; i < json_array_size(array); i++) {
        const json_t *one = json_array_get(array, i);
        const char *part = json_string_value(json_object_get(one, "part"));
        const char *unit = json_string_value(json_object_get(one, "unit"));
        const char *due = json_string_value(json_object_get(one, "due"));
        text_addf(lines, "%s %s%s%s %s %s %s\n", due ? due : "-",
                  json_string_value(json_object_get(one, "ref")), part ? "#" : "", part ? part : "",
                  unit ? unit : "-", json_string_value(json_object_get(one, "role")),
                  json_string_value(json_object_get(one, "state")));
    }
    json_decref(array);
}

static void due_lists_what_was_asked(void **state)
{
    struct book *book = *state;
    static const struct {
        const char *plan, *unit, *from, *to;
        bool undated;
        const char *lines;
    } cases[] = {
        /* default: open, by today + 60 days (2027-01-19), without closed plans */
        {"hp-2026", NULL, NULL, NULL, false,
         "2026-10-24 1.1 hp/X7 lead overdue\n"
         "2026-11-24 1.1 hp/PC07 lead open\n"
         "2026-11-24 1.1 hp/X2 lead open\n"
         "2026-11-24 1.1 hp/X3 lead open\n"
         "2026-11-24 1.1 hp/X4 lead open\n"
         "2026-11-24 1.1 hp/X5 lead open\n"
         "2026-11-24 1.1 hp/X6 lead open\n"
         "2026-11-24 1.1 hp/X7 lead open\n"
         "2026-12-02 1.2#report hp/PC07 lead extended\n"
         "2026-12-24 1.1 hp/PC06 lead open\n"
         "2026-12-24 1.1 hp/PC07 lead open\n"
         "2026-12-24 1.1 hp/X1 lead open\n"
         "2026-12-24 1.1 hp/X2 lead open\n"
         "2026-12-24 1.1 hp/X3 lead open\n"
         "2026-12-24 1.1 hp/X4 lead open\n"
         "2026-12-24 1.1 hp/X5 lead open\n"
         "2026-12-24 1.1 hp/X6 lead open\n"
         "2026-12-24 1.1 hp/X7 lead open\n"
         "2026-12-31 1.8#checkpoint hp/PC06 lead open\n"
         "2027-01-03 1.5 hp/PC06 lead open\n"},
        {"hp-2024", NULL, NULL, NULL, false, ""},
        /* both ends inside, every state, closed plans too */
        {NULL, NULL, "2024-06-28", "2024-06-28", false, "2024-06-28 9 hp/PC06 lead overdue\n"},
        {"hp-2024", NULL, NULL, "2024-06-27", false, ""},
        {"hp-2024", NULL, "2024-06-29", NULL, false, ""},
        {"hp-2026", NULL, NULL, "2026-11-23", false,
         "2026-03-31 1.2#model hp/PC06 lead done\n"
         "2026-10-24 1.1 hp/PC06 lead done\n"
         "2026-10-24 1.1 hp/PC07 lead done\n"
         "2026-10-24 1.1 hp/X1 lead done\n"
         "2026-10-24 1.1 hp/X2 lead done\n"
         "2026-10-24 1.1 hp/X3 lead done\n"
         "2026-10-24 1.1 hp/X4 lead done\n"
         "2026-10-24 1.1 hp/X5 lead done\n"
         "2026-10-24 1.1 hp/X6 lead done\n"
         "2026-10-24 1.1 hp/X7 lead overdue\n"},
        /* one office: what it leads, in a joint duty too; what it receives and coordinates as one row each */
        {NULL, "hp/PC07", NULL, NULL, false,
         "2026-11-24 1.1 hp/PC07 lead open\n"
         "2026-12-02 1.2#report hp/PC07 lead extended\n"
         "2026-12-24 1.1 hp/PC07 lead open\n"
         "2027-01-03 1.5 hp/PC06 lead open\n"},
        {NULL, "hp/PC07", NULL, NULL, true,
         "2026-11-24 1.1 hp/PC07 lead open\n"
         "2026-12-02 1.2#report hp/PC07 lead extended\n"
         "2026-12-24 1.1 hp/PC07 lead open\n"
         "2027-01-03 1.5 hp/PC06 lead open\n"
         "- 1.3 hp/PC07 lead waiting\n"
         "- 1.6 hp/PC07 lead standing\n"},
        {NULL, "hp/PV01", NULL, NULL, true,
         "2026-10-24 1.1 hp/PV01 to overdue\n"
         "2026-11-24 1.1 hp/PV01 to open\n"
         "2026-12-24 1.1 hp/PV01 to open\n"
         "- 1.3 hp/PV01 with waiting\n"},
        {NULL, "hp/BCA", NULL, NULL, false, "2026-12-02 1.2#report hp/BCA to extended\n"},
        /* a row without a readable lead is there too */
        {"hp-2026", NULL, "2030-01-01", NULL, true,
         "- 1.3 hp/PC06 lead waiting\n"
         "- 1.3 hp/PC07 lead waiting\n"
         "- 1.3 hp/X1 lead waiting\n"
         "- 1.3 hp/X2 lead waiting\n"
         "- 1.3 hp/X3 lead waiting\n"
         "- 1.3 hp/X4 lead waiting\n"
         "- 1.3 hp/X5 lead waiting\n"
         "- 1.3 hp/X6 lead waiting\n"
         "- 1.3 hp/X7 lead waiting\n"
         "- 1.6 hp/PC07 lead standing\n"
         "- 1.7 - lead standing\n"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct listing_options options = options_of(LISTING_JSON, cases[i].plan, cases[i].unit);
        options.undated = cases[i].undated;
        options.from = cases[i].from ? day_of(cases[i].from) : DAY_NONE;
        options.to = cases[i].to ? day_of(cases[i].to) : DAY_NONE;
        auto_text lines = {0};
        due_lines(book, &options, &lines);
        assert_string_equal(text_str(&lines), cases[i].lines);
    }
}

static void occurrences_as_json(void **state)
{
    struct book *book = *state;
    static const struct {
        const char *unit, *uid, *path, *value;
    } cases[] = {
        {NULL, "hp-2026:1.1:2026-11:hp/PC07@hanchot", "period", "2026-11"},
        {NULL, "hp-2026:1.1:2026-11:hp/PC07@hanchot", "part", "null"},
        {NULL, "hp-2026:1.1:2026-11:hp/PC07@hanchot", "kind", "report"},
        {NULL, "hp-2026:1.1:2026-11:hp/PC07@hanchot", "act_by", "2026-11-23"},
        {NULL, "hp-2026:1.1:2026-11:hp/PC07@hanchot", "done_on", "null"},
        {NULL, "hp-2026:1.1:2026-11:hp/PC07@hanchot", "days_left", "4"},
        {NULL, "hp-2026:1.1:2026-11:hp/PC07@hanchot", "late", "false"},
        {NULL, "hp-2026:1.1:2026-11:hp/PC07@hanchot", "source.row", "1.1"},
        {NULL, "hp-2026:1.1:2026-11:hp/PC07@hanchot", "done", ""},
        {NULL, "hp-2026:1.1:2026-11:hp/PC06@hanchot", "done_on", "2026-11-15"},
        {NULL, "hp-2026:1.1:2026-11:hp/PC06@hanchot", "days_left", "null"},
        {NULL, "hp-2026:1.1:2026-11:hp/X1@hanchot", "state", "cancelled"},
        {NULL, "hp-2026:1.1:2026-10:hp/X6@hanchot", "late", "true"},
        {NULL, "hp-2026:1.1:2026-10:hp/X7@hanchot", "days_left", "-27"},
        {NULL, "hp-2026:1.2#report:2026:hp/PC07@hanchot", "part", "report"},
        {NULL, "hp-2026:1.2#report:2026:hp/PC07@hanchot", "due", "2026-12-02"},
        {NULL, "hp-2026:1.2#report:2026:hp/PC07@hanchot", "due_original", "2026-11-27"},
        {NULL, "hp-2026:1.8#checkpoint:2026:hp/PC06@hanchot", "assumed", "true"},
        {NULL, "hp-2024:9:2024:hp/PC06@hanchot", "closed", "true"},
        {"hp/PV01", "hp-2026:1.1:2026-10@hanchot", "unit", "hp/PV01"},
        {"hp/PV01", "hp-2026:1.1:2026-10@hanchot", "role", "to"},
        {"hp/PV01", "hp-2026:1.1:2026-10@hanchot", "done", "8"},
        {"hp/PV01", "hp-2026:1.1:2026-10@hanchot", "units", "9"},
        {"hp/PV01", "hp-2026:1.1:2026-10@hanchot", "state", "overdue"},
        {"hp/PV01", "hp-2026:1.1:2026-11@hanchot", "done", "1"},
        {"hp/PV01", "hp-2026:1.1:2026-11@hanchot", "state", "open"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct listing_options options = options_of(LISTING_JSON, NULL, cases[i].unit);
        auto_text out = {0};
        char buf[1024];
        options.from = day_of("2020-01-01");
        assert_true(listing_due(book->outlook, &options, &out, NULL));
        json_t *array = parsed(&out);
        const char *value = at_path(where(array, "uid", cases[i].uid), cases[i].path, buf, sizeof buf);
        if (strcmp(value, cases[i].value) != 0)
            fail_msg("%s %s: %s, not %s", cases[i].uid, cases[i].path, value, cases[i].value);
        json_decref(array);
    }
}

/* When the last one has reported, the receiver's row is done, on that day, late when one was late. */
static void gatherings_end_as_done(void **state)
{
    (void)state;
    struct book *book = book_new();
    size_t n = book->facts.n_progress;
    struct progress_fact *progress = arena_alloc(book->arena, (n + 1) * sizeof *progress);
    /* the facts about October come first, X6's last of them */
    memcpy(progress, book->facts.progress, 8 * sizeof *progress);
    memcpy(progress + 9, book->facts.progress + 8, (n - 8) * sizeof *progress);
    progress[8] = progress[7];
    progress[8].occurrence = "hp-2026:1.1:2026-10:hp/X7";
    progress[8].on = day_of("2026-11-12");
    book->facts.progress = progress;
    book->facts.n_progress = n + 1;
    struct outlook *outlook = outlook_new(&book->rulebook, &book->facts, day_at(day_of("2026-11-20"), 8, 0));
    struct listing_options options = options_of(LISTING_JSON, NULL, "hp/PV01");
    auto_text out = {0};
    char buf[256];
    options.to = day_of("2026-10-31");
    assert_true(listing_due(outlook, &options, &out, NULL));
    json_t *array = parsed(&out);
    const json_t *row = where(array, "uid", "hp-2026:1.1:2026-10@hanchot");
    assert_string_equal(at_path(row, "state", buf, sizeof buf), "done");
    assert_string_equal(at_path(row, "done_on", buf, sizeof buf), "2026-11-12");
    assert_string_equal(at_path(row, "late", buf, sizeof buf), "true");
    json_decref(array);
    outlook_free(outlook);
    book_free(book);
}

static void samples_say_so(void **state)
{
    struct book *book = *state;
    struct listing_options options = options_of(LISTING_JSON, NULL, "hp/BCA");
    auto_text json = {0}, table = {0};
    options.sample = true;
    assert_true(listing_due(book->outlook, &options, &json, NULL));
    assert_non_null(strstr(text_str(&json), "\"sample\":true"));
    options.format = LISTING_TABLE;
    assert_true(listing_due(book->outlook, &options, &table, NULL));
    assert_non_null(strstr(text_str(&table), "Số liệu mẫu"));
}

/* ---- CSV ---- */

static void csv_is_rfc_4180(void **state)
{
    struct book *book = *state;
    struct listing_options options = options_of(LISTING_CSV, "hp-2026", "hp/BCA");
    auto_text due = {0}, items = {0}, none = {0};
    assert_true(listing_due(book->outlook, &options, &due, NULL));
    assert_string_equal(
        text_str(&due),
        "uid,plan,ref,part,kind,title,unit,role,period,due,due_original,act_by,state,days_left,done_on,late,"
        "provisional,"
        "assumed,closed,done,units,source_document,source_file,source_line\r\n"
        "hp-2026:1.2#report:2026@hanchot,hp-2026,1.2,report,report,\"Báo cáo, \"\"đề "
        "xuất\"\"\",hp/BCA,to,2026,2026-12-02,"
        "2026-11-27,2026-12-02,extended,12,,false,false,false,false,0,1,\"74/KH, Cải cách hành chính 2026\","
        "rules/hp-2026.lua,32\r\n");
    assert_true(listing_items(&book->rulebook, &options, &items, NULL));
    /* the row, then its parts */
    assert_string_equal(
        text_str(&items),
        "plan,ref,part,kind,title,lead,lead_text,with,with_text,to,via,timing_kind,timing_text,due,product,"
        "form,kpis,"
        "see,also,note,"
        "source_document,source_file,source_line\r\n"
        "hp-2026,1.2,,task,Mô hình Một cửa,hp/PC06 hp/PC07,,,,hp/BCA,,quarter,Quý I/2026,2026-03-31 "
        "2026-11-27,,,,,,,"
        "\"74/KH, Cải cách hành chính 2026\",rules/hp-2026.lua,30\r\n"
        "hp-2026,1.2,model,task,Đưa mô hình vào hoạt động,hp/PC06,,,,,,quarter,Quý I/2026,2026-03-31,,,,,,,"
        "\"74/KH, Cải cách hành chính 2026\",rules/hp-2026.lua,30\r\n"
        "hp-2026,1.2,report,report,\"Báo cáo, \"\"đề xuất\"\"\",hp/PC07,,,,hp/BCA,,by_date_before,Trước ngày "
        "28/11/2026,"
        "2026-11-27,Báo cáo,,,,,,\"74/KH, Cải cách hành chính 2026\",rules/hp-2026.lua,30\r\n");
    options.from = options.to = day_of("2025-01-01");
    assert_true(listing_due(book->outlook, &options, &none, NULL));
    assert_int_equal(strcspn(text_str(&none), "\r"), none.n - 2); /* the header alone */
}

/* ---- tables ---- */

static void tables_for_people(void **state)
{
    struct book *book = *state;
    struct listing_options options = options_of(LISTING_TABLE, "hp-2026", NULL);
    auto_text due = {0}, items = {0}, received = {0}, closed = {0};
    assert_true(listing_due(book->outlook, &options, &due, NULL));
    assert_string_equal(
        text_str(&due),
        "Hạn            Làm trước      Đơn vị             Việc                               Trạng thái\n"
        "24/10/2026 T7  23/10 T6       X7                 1.1 Báo cáo tháng (tháng 10/2026)  quá hạn 27 "
        "ngày\n"
        "24/11/2026 T3  23/11 T2       PC07, X2, X3 +4    1.1 Báo cáo tháng (tháng 11/2026)  đang làm\n"
        "2/12/2026 T4                  PC07               1.2#report Báo cáo, \"đề xuất\"      được gia hạn\n"
        "24/12/2026 T5                 PC06, PC07, X1 +6  1.1 Báo cáo tháng (tháng 12/2026)  đang làm\n"
        "31/12/2026 T5                 PC06               1.8#checkpoint Số hóa kết quả      đang làm, ngày "
        "giả "
        "định\n"
        "3/1/2027 CN    31/12/2026 T5  PC06, PC07         1.5 Tuyên truyền CCHC              đang làm\n"
        "\n20 kỳ hạn: 1 quá hạn, 7 trong 7 ngày tới, 12 sau đó.\n");
    options.unit = "hp/PV01";
    assert_true(listing_due(book->outlook, &options, &received, NULL));
    assert_non_null(strstr(text_str(&received),
                           "24/11/2026 T3  23/11 T2   nhận: 1/9 xong  1.1 Báo cáo tháng (tháng 11/2026)"));
    options = options_of(LISTING_TABLE, "hp-2024", NULL);
    assert_true(listing_due(book->outlook, &options, &closed, NULL));
    assert_string_equal(text_str(&closed),
                        "Không có kỳ hạn nào như vậy. Kế hoạch này đã khép: xem bằng --from, --to.\n");
    options.plan = "hp-2026";
    assert_true(listing_items(&book->rulebook, &options, &items, NULL));
    assert_string_equal(
        text_str(&items),
        "hp-2026, 74/KH: Cải cách hành chính 2026\n\n"
        "Mã          Việc                                       Chủ trì            Thời hạn\n"
        "1           Chỉ đạo, điều hành\n"
        "1.1         Báo cáo tháng                              PC06, PC07, X1 +6  trước ngày 25 hằng tháng\n"
        "1.2         Mô hình Một cửa\n"
        "1.2#model   Đưa mô hình vào hoạt động                  PC06               Quý I/2026\n"
        "1.2#report  Báo cáo, \"đề xuất\"                         PC07               Trước ngày 28/11/2026\n"
        "1.3         Kế hoạch của đơn vị                        PC06, PC07, X1 +6  trong thời hạn 10 ngày\n"
        "1.4         (mất trong bản quét) mất ở chỗ ngắt trang\n"
        "1.5         Tuyên truyền CCHC                          PC06, PC07         3/1/2027 CN\n"
        "1.6         Trả lời phản ánh, kiến nghị                PC07               thường xuyên, từ "
        "1/4/2026\n"
        "1.7         Trang trí nơi tiếp nhận                    chưa rõ            không có ngày: cột thời "
        "gian mất\n"
        "1.8         Số hóa kết quả                             PC06               2026-2027\n"
        "\n7 nhiệm vụ, 1 đầu mục, 1 dòng mất trong bản quét.\n");
}

static void tables_fit_the_terminal(void **state)
{
    struct book *book = *state;
    for (int width = 88; width < 130; width += 7) {
        struct listing_options options = every;
        auto_text out = {0};
        char *save = NULL;
        options.width = width;
        options.undated = true;
        assert_true(listing_due(book->outlook, &options, &out, NULL));
        assert_true(listing_items(&book->rulebook, &options, &out, NULL));
        for (char *line = strtok_r(out.at, "\n", &save); line; line = strtok_r(NULL, "\n", &save))
            if (utf8_width(line) > (size_t)width || line[strlen(line) - 1] == ' ')
                fail_msg("width %d: '%s'", width, line);
    }
}

/* ---- wrong questions ---- */

static void wrong_questions_are_answered(void **state)
{
    struct book *book = *state;
    static const struct {
        const char *plan, *unit, *from, *to;
        enum err_kind kind;
        const char *text;
    } cases[] = {
        {"hp-2025", NULL, NULL, NULL, ERR_INPUT, "không có kế hoạch 'hp-2025': có phải 'hp-2026' không?"},
        {"x", NULL, NULL, NULL, ERR_INPUT, "không có kế hoạch 'x': các kế hoạch là hp-2026, hp-2024"},
        {NULL, "PC06", NULL, NULL, ERR_INPUT, "không có đơn vị 'PC06': có phải 'hp/PC06' không?"},
        {NULL, "hp/PC0G", NULL, NULL, ERR_INPUT, "không có đơn vị 'hp/PC0G': có phải 'hp/PC06' không?"},
        {NULL, "@all", NULL, NULL, ERR_INPUT, "không có đơn vị '@all': viết <cơ quan>/<mã>, ví dụ 'hp/PV01'"},
        {NULL, NULL, "2026-02-01", "2026-01-31", ERR_USAGE,
         "--from 2026-02-01 sau --to 2026-01-31: đổi lại hai ngày"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct listing_options options = options_of(LISTING_TABLE, cases[i].plan, cases[i].unit);
        struct err items = {0}, due = {0};
        auto_text out = {0};
        options.from = cases[i].from ? day_of(cases[i].from) : DAY_NONE;
        options.to = cases[i].to ? day_of(cases[i].to) : DAY_NONE;
        assert_false(listing_items(&book->rulebook, &options, &out, &items));
        assert_false(listing_due(book->outlook, &options, &out, &due));
        assert_string_equal(items.text, cases[i].text);
        assert_string_equal(due.text, cases[i].text);
        assert_int_equal(items.kind, cases[i].kind);
        assert_int_equal(due.kind, cases[i].kind);
        assert_int_equal(out.n, 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(items_as_json),
        cmocka_unit_test(json_reads_well),
        cmocka_unit_test(due_lists_what_was_asked),
        cmocka_unit_test(occurrences_as_json),
        cmocka_unit_test(gatherings_end_as_done),
        cmocka_unit_test(samples_say_so),
        cmocka_unit_test(csv_is_rfc_4180),
        cmocka_unit_test(tables_for_people),
        cmocka_unit_test(tables_fit_the_terminal),
        cmocka_unit_test(wrong_questions_are_answered),
    };
    return cmocka_run_group_tests(tests, book_setup, book_teardown);
}
