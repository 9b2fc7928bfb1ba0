#include "rulebook/wording.h"

#include "base/text.h"

#include <regex.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

enum { GROUPS = 4 };

/* What the words of a pattern come to. */
struct reading {
    const struct duty *duty;
    const char *words; /* lower case */
    regmatch_t at[GROUPS];
};

struct pattern {
    const char *regex; /* over lower-case text */
    int first;
    bool (*agrees)(const struct reading *reading);
    const char *vi, *en; /* what the words say */
};

/* ---- pieces of a reading ---- */

static int number(const struct reading *reading, int group)
{
    return reading->at[group].rm_so < 0 ? 0
                                        : (int)strtol(reading->words + reading->at[group].rm_so, NULL, 10);
}

/* "i", "iv", "3": 1 to 4. */
static int quarter_number(const struct reading *reading, int group)
{
    const char *at = reading->words + reading->at[group].rm_so;
    size_t n = (size_t)(reading->at[group].rm_eo - reading->at[group].rm_so);
    static const char *const roman[] = {"i", "ii", "iii", "iv"};
    for (int i = 0; i < 4; i++)
        if (strlen(roman[i]) == n && !strncmp(at, roman[i], n))
            return i + 1;
    return number(reading, group);
}

/* Some dated turn of the row, its own or a part's, falls on the day. */
static bool row_has_day(const struct reading *reading, int day)
{
    const struct item *item = reading->duty->item;
    for (size_t i = 0; i < item->n_duties; i++)
        for (size_t j = 0; j < item->duties[i].timing.n_turns; j++)
            if (item->duties[i].timing.turns[j].due == day)
                return true;
    return false;
}

static bool row_has_kind(const struct reading *reading, enum timing_kind kind)
{
    const struct item *item = reading->duty->item;
    for (size_t i = 0; i < item->n_duties; i++)
        if (item->duties[i].timing.kind == kind)
            return true;
    return false;
}

static bool has_last_day_of(const struct reading *reading, const char *label)
{
    struct period period;
    return period_parse(label, &period, NULL) && row_has_day(reading, period.last);
}

/* ---- what patterns mean ---- */

static bool before_date(const struct reading *reading)
{
    int day;
    return day_make(number(reading, 3), number(reading, 2), number(reading, 1), &day) &&
           row_has_day(reading, day - 1);
}

/* "trước ngày 15/3" of a recurring report: in some year. */
static bool before_day_of_year(const struct reading *reading)
{
    const struct period *period = &reading->duty->item->plan->period;
    for (int year = day_civil(period->first).year; year <= day_civil(period->last).year; year++) {
        int day;
        if (day_make(year, number(reading, 2), number(reading, 1), &day) && row_has_day(reading, day - 1))
            return true;
    }
    return false;
}

static bool each_turn_on(const struct reading *reading, int mday)
{
    const struct timing *timing = &reading->duty->timing;
    for (size_t i = 0; i < timing->n_turns; i++) {
        struct civil due = day_civil(timing->turns[i].due);
        int last = month_length(due.year, due.month);
        if (due.mday != (mday < last ? mday : last))
            return false;
    }
    return timing->n_turns > 1;
}

static bool before_day_each_time(const struct reading *reading)
{
    return each_turn_on(reading, number(reading, 1) - 1);
}

static bool whole_date(const struct reading *reading)
{
    int day;
    return day_make(number(reading, 3), number(reading, 2), number(reading, 1), &day) &&
           row_has_day(reading, day);
}

static bool month_of(const struct reading *reading)
{
    char label[PERIOD_SIZE];
    snprintf(label, sizeof label, "%04d-%02d", number(reading, 2) % 10000, number(reading, 1) % 100);
    return has_last_day_of(reading, label);
}

static bool quarter_of(const struct reading *reading)
{
    char label[PERIOD_SIZE];
    snprintf(label, sizeof label, "%04d-Q%d", number(reading, 2) % 10000, quarter_number(reading, 1) % 10);
    return has_last_day_of(reading, label);
}

static bool years_of(const struct reading *reading)
{
    char label[PERIOD_SIZE];
    snprintf(label, sizeof label, "%04d", number(reading, 2) % 10000);
    return has_last_day_of(reading, label);
}

static bool year_of(const struct reading *reading)
{
    char label[PERIOD_SIZE];
    snprintf(label, sizeof label, "%04d", number(reading, 1) % 10000);
    return has_last_day_of(reading, label);
}

static bool limit_of(const struct reading *reading, enum limit_unit unit)
{
    const struct timing *timing = &reading->duty->timing;
    return timing->kind == TIMING_EVENT_RELATIVE && timing->limit == unit && timing->n == number(reading, 2);
}

static bool within_days(const struct reading *reading)
{
    return limit_of(reading, LIMIT_DAYS);
}

static bool within_workdays(const struct reading *reading)
{
    return limit_of(reading, LIMIT_WORKDAYS);
}

static bool last_weeks(const struct reading *reading)
{
    return row_has_kind(reading, TIMING_PERIODIC) && reading->duty->timing.n_turns > 0 &&
           reading->duty->timing.turns[0].opens != DAY_NONE;
}

static bool at_once(const struct reading *reading)
{
    return row_has_kind(reading, TIMING_EVENT_RELATIVE);
}

static bool on_request(const struct reading *reading)
{
    return row_has_kind(reading, TIMING_ON_REQUEST) || row_has_kind(reading, TIMING_EXTERNAL_SCHEDULE);
}

static bool by_schedule(const struct reading *reading)
{
    return row_has_kind(reading, TIMING_EXTERNAL_SCHEDULE) || reading->duty->timing.n_turns ||
           reading->duty->timing.trigger;
}

static bool standing(const struct reading *reading)
{
    return row_has_kind(reading, TIMING_ONGOING) || reading->duty->timing.n_turns ||
           reading->duty->timing.trigger;
}

/* The first that fits says what the words mean. Groups are numbered over the whole expression; `first` is the
 * group that the meaning begins with. */
static const struct pattern patterns[] = {
    {"trước (ngày )?([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})", 2, before_date, "ngày trước ngày đó",
     "the day before that day"},
    {"trước (ngày )?([0-9]{1,2})/([0-9]{1,2})", 2, before_day_of_year, "ngày trước ngày đó của năm",
     "the day before that day of the year"},
    {"trước (ngày )?([0-9]{1,2})[^0-9/]*(hằng|hàng) tháng", 2, before_day_each_time,
     "ngày trước ngày đó của mỗi tháng", "the day before that day of every month"},
    {"(hằng|hàng) tháng,? trước ngày ([0-9]{1,2})", 2, before_day_each_time,
     "ngày trước ngày đó của mỗi tháng", "the day before that day of every month"},
    {"(chậm|muộn) nhất (là |vào |đến )?(ngày )?([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})", 4, whole_date,
     "đúng ngày đó", "that very day"},
    {"trước (ngày )?([0-9]{1,2}) của tháng cuối quý", 2, before_day_each_time,
     "ngày trước ngày đó của tháng cuối quý", "the day before that day of each quarter's last month"},
    {"^([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})$", 1, whole_date, "đúng ngày đó", "that very day"},
    {"thường xuyên từ", 0, standing, "việc thường xuyên", "a standing duty"},
    {"tuần cuối", 0, last_weeks, "tuần cuối của các tháng", "the last week of months"},
    {"tháng ([0-9]{1,2})/([0-9]{4})", 1, month_of, "hết tháng đó", "the end of that month"},
    {"qu(y|ý) ([ivx]+|[1-4])/([0-9]{4})", 2, quarter_of, "hết quý đó", "the end of that quarter"},
    {"^([0-9]{4}) ?(-|–) ?([0-9]{4})$", 2, years_of, "hết năm cuối", "the end of the last year"},
    {"(trong thời hạn|sau) ([0-9]{1,3}) ngày làm việc,? kể từ", 1, within_workdays,
     "số ngày làm việc đó kể từ sự kiện", "that many working days from the event"},
    {"(trong thời hạn|sau) ([0-9]{1,3}) ngày", 1, within_days, "số ngày đó kể từ sự kiện",
     "that many days from the event"},
    {"ngay sau khi|ngay khi|sau khi có|sau khi chính phủ", 0, at_once, "theo một sự kiện", "after an event"},
    {"^theo yêu cầu của", 0, on_request, "theo yêu cầu", "on request"},
    {"^theo (tiến độ|lộ trình|kế hoạch)", 0, by_schedule, "theo kế hoạch khác",
     "the schedule of another plan"},
    {"^thường xuyên$", 0, standing, "việc thường xuyên", "a standing duty"},
    {"^(cả |trong )?năm ([0-9]{4})$", 2, year_of, "hết năm đó", "the end of that year"},
};
enum { N_PATTERNS = sizeof patterns / sizeof *patterns };

/* ---- the whole ---- */

/* Lower case, so that "Quý I" and "quý I" read alike. */
static char *lower(struct arena *arena, const char *text)
{
    auto_text out = {0};
    utf8proc_int32_t code;
    for (const utf8proc_uint8_t *at = (const utf8proc_uint8_t *)text; *at;) {
        utf8proc_uint8_t bytes[4];
        at += utf8proc_iterate(at, -1, &code);
        text_add_bytes(&out, bytes, (size_t)utf8proc_encode_char(utf8proc_tolower(code), bytes));
    }
    return arena_strdup(arena, text_str(&out));
}

static void tell(const struct reading *reading, const struct pattern *pattern, struct faults *faults)
{
    const struct duty *duty = reading->duty;
    faults_warn(faults, duty->at.file, duty->at.line, 0,
                "%s%s%s: lời kế hoạch “%s” nghĩa là %s, quy tắc thì không: xem lại một trong hai",
                "%s%s%s: the plan's words “%s” mean %s, the rule does not: look at both", duty->item->ref,
                duty->part ? "#" : "", duty->part ? duty->part : "", duty->text,
                say(faults->lang, pattern->vi, pattern->en));
}

/* Whether some pattern reads the words. */
static bool check_duty(const struct duty *duty, const regex_t *compiled, struct arena *arena,
                       struct faults *faults)
{
    struct reading reading = {.duty = duty, .words = lower(arena, duty->text)};
    regmatch_t all[8];
    for (size_t i = 0; i < N_PATTERNS; i++) {
        if (regexec(&compiled[i], reading.words, 8, all, 0))
            continue;
        for (int group = 1; group < GROUPS; group++)
            reading.at[group] = all[patterns[i].first + group - 1];
        if (!patterns[i].agrees(&reading))
            tell(&reading, &patterns[i], faults);
        return true;
    }
    return false;
}

size_t wording_check(const struct plan *plan, struct faults *faults)
{
    regex_t compiled[N_PATTERNS];
    struct arena *arena = arena_new();
    size_t read = 0;
    for (size_t i = 0; i < N_PATTERNS; i++)
        must(!regcomp(&compiled[i], patterns[i].regex, REG_EXTENDED));
    for (size_t i = 0; i < plan->n_items; i++)
        for (size_t j = 0; j < plan->items[i].n_duties; j++)
            if (plan->items[i].duties[j].text && !plan->items[i].duties[j].checkpoint)
                read += check_duty(&plan->items[i].duties[j], compiled, arena, faults);
    for (size_t i = 0; i < N_PATTERNS; i++)
        regfree(&compiled[i]);
    arena_free(arena);
    return read;
}
