#include "rulebook/calendar.h"

#include "base/text.h"
#include "rulebook/folder.h"
#include "rulebook/words.h"

#include <lauxlib.h>
#include <libical/ical.h>
#include <stddef.h>
#include <string.h>

enum { ICS_SIZE = 1 << 20, ICS_LINES = 20000 };

/* ---- workcalendar "vn" { … } ---- */

static void read_week(struct words *words, const struct spot *at, void *into)
{
    lua_State *L = words->L;
    unsigned mask = 0;
    size_t n = lua_istable(L, -1) ? lua_rawlen(L, -1) : 0;
    for (size_t i = 1; i <= n; i++, lua_pop(L, 1)) {
        int day = 0;
        lua_rawgeti(L, -1, (lua_Integer)i);
        read_int(words, at, &day);
        if (day < 1 || day > 7)
            words_fault(words, at, "week: ngày trong tuần từ 1 (thứ hai) đến 7 (chủ nhật)",
                        "week: days of the week are 1 (Monday) to 7 (Sunday)");
        else
            mask |= 1u << (day - 1);
    }
    if (!mask)
        words_fault(words, at, "week cần ít nhất một ngày làm việc, ví dụ { 1, 2, 3, 4, 5 }",
                    "week needs at least one working day, for example { 1, 2, 3, 4, 5 }");
    *(unsigned *)into = mask;
}

struct listed_day {
    int day;
    const char *reason;
    struct spot at;
};

struct listed_days {
    struct listed_day *at;
    size_t n, cap;
};

struct workcalendar {
    unsigned week;
    struct listed_days off, work;
    struct names provisional;
};

static void read_listed(struct words *words, const struct spot *at, void *into)
{
    struct listed_days *list = into;
    lua_State *L = words->L;
    if (!lua_istable(L, -1)) {
        words_fault(words, at, "cần một bảng { [\"2026-01-01\"] = \"tên ngày; nguồn\" }",
                    "a table { [\"2026-01-01\"] = \"name; source\" } is needed");
        return;
    }
    box_pay_table(L);
    for (lua_pushnil(L); lua_next(L, -2); lua_pop(L, 1)) {
        int day;
        struct err err = {.lang = words->faults->lang};
        const char *key = lua_type(L, -2) == LUA_TSTRING ? lua_tostring(L, -2) : "";
        struct spot spot = words_spot_of_key(words, at, key);
        const char *reason = words_string(
            words, -1, &spot, say(words->faults->lang, "tên và nguồn của ngày", "the day's name and source"));
        if (!day_parse(key, &day, &err)) {
            words_fault(words, &spot, "%s", "%s", err.text);
            continue;
        }
        if (reason && !*reason)
            words_fault(words, &spot, "ngày %s cần tên và nguồn", "day %s needs its name and source", key);
        struct listed_day *slot = draft_push(words, list);
        *slot = (struct listed_day){day, reason ? reason : "", spot};
    }
}

static const struct key calendar_keys[] = {
    {"week", read_week, offsetof(struct workcalendar, week), true},
    {"off", read_listed, offsetof(struct workcalendar, off), true},
    {"work", read_listed, offsetof(struct workcalendar, work), false},
    {"provisional", read_names, offsetof(struct workcalendar, provisional), false},
};

static void add_days(struct words *words, const struct listed_days *list, bool works)
{
    for (size_t i = 0; i < list->n; i++) {
        bool good = works ? workdays_add_work(words->workdays, list->at[i].day, list->at[i].reason)
                          : workdays_add_off(words->workdays, list->at[i].day, list->at[i].reason);
        char day[DAY_SIZE];
        if (!good)
            words_fault(words, &list->at[i].at, "ngày %s vừa nghỉ vừa làm việc",
                        "day %s is off and worked at once", day_iso(list->at[i].day, day));
    }
}

static int workcalendar_table(lua_State *L)
{
    struct words *words = words_of(L);
    struct spot at;
    const char *name = words_curried(words, "workcalendar", &at);
    struct workcalendar draft = {0};
    if (!name)
        return 0;
    words_table(words, 1, &at, arena_printf(words->scratch, "workcalendar \"%s\"", name), calendar_keys,
                sizeof calendar_keys / sizeof *calendar_keys, &draft, NULL);
    if (words->workdays) {
        words_fault(words, &at, "chỉ có một workcalendar", "there is one workcalendar only");
        return 0;
    }
    words->workdays = workdays_new(draft.week ? draft.week : 0x1f);
    add_days(words, &draft.off, false);
    add_days(words, &draft.work, true);
    for (size_t i = 0; i < draft.provisional.n; i++) {
        struct period period;
        struct err err = {.lang = words->faults->lang};
        if (period_parse(draft.provisional.at[i].text, &period, &err))
            workdays_add_provisional(words->workdays, period.first, period.last);
        else
            words_fault(words, &draft.provisional.at[i].at, "%s", "%s", err.text);
    }
    return 0;
}

static int word_workcalendar(lua_State *L)
{
    return words_curry(L, "workcalendar", workcalendar_table);
}

void words_add_calendar(struct words *words)
{
    box_add_word(words->box, "workcalendar", word_workcalendar, words);
}

/* ---- .ics: all-day events are days off ---- */

/* libical is quadratic in bad lines and recurses in nesting: what it is given is bounded first. */
static bool ics_sane(const struct text *bytes)
{
    int depth = 0, lines = 0;
    for (const char *line = text_str(bytes); line && *line; line = strchr(line, '\n')) {
        line += *line == '\n';
        depth += !strncasecmp(line, "BEGIN:", 6);
        depth -= !strncasecmp(line, "END:", 4);
        if (++lines > ICS_LINES || depth > 4 || depth < 0)
            return false;
    }
    return depth == 0;
}

static void ics_event(const char *file, icalcomponent *event, struct workdays *workdays,
                      struct faults *faults)
{
    struct icaltimetype start = icalcomponent_get_dtstart(event), end = icalcomponent_get_dtend(event);
    const char *summary = icalcomponent_get_summary(event);
    int first, after;
    if (!start.is_date || !day_make(start.year, start.month, start.day, &first)) {
        faults_warn(faults, file, 0, 0, "sự kiện '%s' không phải cả ngày: bỏ qua",
                    "event '%s' is not all-day: left out", summary ? summary : "?");
        return;
    }
    if (icaltime_is_null_time(end) || !day_make(end.year, end.month, end.day, &after))
        after = first + 1;
    if (after <= first || after - first > 31) {
        faults_add(faults, file, 0, 0, "sự kiện '%s': ngày kết thúc không hợp lý",
                   "event '%s': its end makes no sense", summary ? summary : "?");
        return;
    }
    for (int day = first; day < after; day++)
        if (!workdays_add_off(workdays, day, summary ? summary : file))
            faults_add(faults, file, 0, 0, "sự kiện '%s': ngày này đã được kê là ngày làm việc",
                       "event '%s': that day is listed as worked", summary ? summary : "?");
}

static void ics_load(const struct origin *origin, const char *name, struct workdays *workdays,
                     struct faults *faults)
{
    auto_text bytes = {0};
    struct err err = {.lang = faults->lang};
    if (!folder_read(origin, name, ICS_SIZE, &bytes, &err)) {
        faults_add(faults, name, 0, 0, "%s", "%s", err.text);
        return;
    }
    icalcomponent *root = utf8_valid(text_str(&bytes), bytes.n, NULL) && ics_sane(&bytes)
                              ? icalparser_parse_string(text_str(&bytes))
                              : NULL;
    if (!root || icalcomponent_isa(root) != ICAL_VCALENDAR_COMPONENT || icalcomponent_count_errors(root))
        faults_add(faults, name, 0, 0, "không phải tệp iCalendar hợp lệ", "not a valid iCalendar file");
    else
        for (icalcomponent *event = icalcomponent_get_first_component(root, ICAL_VEVENT_COMPONENT); event;
             event = icalcomponent_get_next_component(root, ICAL_VEVENT_COMPONENT))
            ics_event(name, event, workdays, faults);
    if (root)
        icalcomponent_free(root);
    folder_note(origin, name, &bytes);
}

/* ---- the folder ---- */

static struct words *calendar_words(const struct origin *origin, struct faults *faults, struct words *words)
{
    *words = (struct words){.box = box_new(&box_default_limits),
                            .arena = arena_new(),
                            .scratch = arena_new(),
                            .faults = faults,
                            .origin = *origin};
    words_add_base(words);
    words_add_calendar(words);
    box_lock(words->box);
    words->L = box_state(words->box);
    return words;
}

struct workdays *calendar_load(const struct origin *origin, struct faults *faults)
{
    struct words words;
    struct folder files;
    size_t before = faults->errors;
    if (!folder_list(origin, faults, &files))
        return NULL;
    calendar_words(origin, faults, &words);
    for (size_t i = 0; i < files.n; i++)
        if (folder_is(files.at[i].name, ".lua"))
            words_run_file(&words, files.at[i].path, NULL);
    if (!words.workdays)
        faults_add(faults, origin->path, 0, 0, "không có lịch làm việc nào (workcalendar) trong thư mục này",
                   "no workcalendar in this folder");
    for (size_t i = 0; i < files.n && words.workdays; i++)
        if (folder_is(files.at[i].name, ".ics"))
            ics_load(origin, files.at[i].path, words.workdays, faults);
    words_fini(&words);
    arena_free(words.arena);
    folder_free(&files);
    if (faults->errors == before)
        return words.workdays;
    workdays_free(words.workdays);
    return NULL;
}
