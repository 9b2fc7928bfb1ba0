/* Targets in feeds: one event for each plan and period, what it tells, and when it changes. */
#include "publish/feed.h"

#include "rules_home.h"
#include "time/clock.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { FIGURES_MOST = 32 };

struct desk {
    struct rules_home home;
    struct rulebook *rulebook;
    struct facts *facts;
    struct figures figures; /* the arrays below */
    struct figure list[FIGURES_MOST];
    struct figure_past past[FIGURES_MOST];
    struct intake intakes[FIGURES_MOST];
    struct stamps *stored; /* NULL: a fresh ledger */
    int64_t now;
    struct text bytes, event, line;
};

static const char plain_rules[] =
    "metric \"all\" { title = \"Hồ sơ\", counted_in = \"hồ sơ\" }\n"
    "metric \"good\" { title = \"Đúng hạn\", counted_in = \"hồ sơ\" }\n"
    "metric \"late\" { title = \"Trễ\", counted_in = \"hồ sơ\" }\n"
    "task \"1\" { title = \"Việc\", text = \"\", lead = \"A\", due = ongoing,\n"
    "  kpi \"good\" { title = \"Hồ sơ đúng hạn\", lead = { \"A\", \"B\" }, each = \"month\",\n"
    "    measure = ratio(\"good\", \"all\"), target = at_least(90, \"%\") },\n"
    "  kpi \"late\" { title = \"Hồ sơ trễ\", lead = \"A\", each = \"month\",\n"
    "    measure = count(\"late\"), target = at_most(0, \"hồ sơ\") },\n"
    "  kpi \"year\" { title = \"Cả năm\", lead = \"A\", each = \"year\",\n"
    "    measure = ratio(\"good\", \"all\"), target = at_least(95, \"%\") } }\n";

static int64_t instant_of(const char *text)
{
    int64_t instant;
    assert_true(instant_parse(text, &instant, NULL));
    return instant;
}

static void rules_are(struct desk *desk, const char *rows)
{
    auto_text whole = {0};
    text_addf(&whole, "%s%s", rules_home_head, rows);
    rules_home_put(&desk->home, "rules/p.lua", text_str(&whole));
    rulebook_free(desk->rulebook);
    desk->rulebook = rules_home_load(&desk->home);
    if (!desk->rulebook)
        fail_msg("%s", rules_home_faults(&desk->home));
}

static int setup(void **state)
{
    struct desk *desk = mem_alloc(sizeof *desk);
    rules_home_init(&desk->home);
    desk->facts = facts_empty();
    desk->figures.list = desk->list;
    desk->figures.past = desk->past;
    desk->figures.intakes = desk->intakes;
    desk->now = instant_of("2026-11-20");
    rules_are(desk, plain_rules);
    *state = desk;
    return 0;
}

static int teardown(void **state)
{
    struct desk *desk = *state;
    stamps_free(desk->stored);
    facts_free(desk->facts);
    rulebook_free(desk->rulebook);
    rules_home_fini(&desk->home);
    text_fini(&desk->bytes);
    text_fini(&desk->event);
    text_fini(&desk->line);
    mem_free(desk);
    return 0;
}

static int figure_order(const void *a, const void *b)
{
    const struct figure *x = a, *y = b;
    int order = strcmp(x->unit, y->unit);
    order = order ? order : strcmp(x->metric, y->metric);
    return order ? order : strcmp(x->period, y->period);
}

/* One message with one figure; again for the same key: a correction. */
static void report(struct desk *desk, const char *unit, const char *metric, const char *period, int value,
                   const char *when)
{
    struct figures *figures = &desk->figures;
    struct intake *intake = &desk->intakes[figures->n_intakes++];
    *intake = (struct intake){
        .id = (int64_t)figures->n_intakes, .name = "x.csv", .checksum = "", .recorded_at = instant_of(when)};
    struct figure *figure = (struct figure *)figures_find(figures, unit, metric, period);
    if (figure)
        desk->past[figures->n_past++] = (struct figure_past){unit, metric, period, figure->intake};
    else
        figure = &desk->list[figures->n++];
    bool corrected = figure->unit != NULL;
    *figure = (struct figure){.unit = unit,
                              .metric = metric,
                              .period = period,
                              .value = (int64_t)value * NUMBER_SCALE,
                              .recorded_at = intake->recorded_at,
                              .intake = intake->id,
                              .row = 2,
                              .corrected = corrected};
    qsort(desk->list, figures->n, sizeof *desk->list, figure_order);
}

static struct stamps *stamps_of(struct desk *desk, const struct outlook *outlook)
{
    const struct stamp *changed;
    size_t n;
    struct stamps *fresh = stamps_read(NULL, NULL);
    const struct feed_settings settings = {NULL, LANG_VI};
    struct stamps *stamps = feed_stamps(outlook, &desk->figures, desk->stored ? desk->stored : fresh, NULL,
                                        &settings, &changed, &n);
    stamps_free(fresh);
    return stamps;
}

static struct outlook *outlook_of(struct desk *desk)
{
    return outlook_new(desk->rulebook, desk->facts, desk->now);
}

/* As the daemon does after each change. */
static void remember(struct desk *desk)
{
    struct outlook *outlook = outlook_of(desk);
    struct stamps *stamps = stamps_of(desk, outlook);
    stamps_free(desk->stored);
    desk->stored = stamps;
    outlook_free(outlook);
}

/* The feed, unfolded, with LF. */
static const char *feed_as(struct desk *desk, const char *name, struct feed_variant variant)
{
    struct outlook *outlook = outlook_of(desk);
    struct stamps *stamps = stamps_of(desk, outlook);
    const struct feed_settings settings = {NULL, LANG_VI};
    struct feed_name feed;
    auto_text wire = {0};
    int64_t modified;
    assert_true(feed_name_parse(desk->rulebook, name, &feed, NULL));
    feed_render(outlook, &desk->figures, stamps, &settings, &feed, variant, &wire, &modified);
    stamps_free(stamps);
    outlook_free(outlook);
    text_fini(&desk->bytes);
    for (const char *at = text_str(&wire), *end; *at; at = end + (*end ? 2 : 0)) {
        end = strchrnul(at, '\r');
        if (*at == ' ')
            desk->bytes.n--;
        text_add_bytes(&desk->bytes, at + (*at == ' '), (size_t)(end - at) - (*at == ' '));
        text_add(&desk->bytes, "\n");
    }
    return text_str(&desk->bytes);
}

static const char *feed(struct desk *desk, const char *name)
{
    return feed_as(desk, name, (struct feed_variant){0});
}

/* The event with this id in the last feed; NULL: none. Good until the next. */
static const char *event(struct desk *desk, const char *id)
{
    auto_text uid = {0};
    text_addf(&uid, "BEGIN:VEVENT\nUID:%s@hanchot\n", id);
    const char *at = strstr(text_str(&desk->bytes), text_str(&uid));
    if (!at)
        return NULL;
    text_fini(&desk->event);
    text_add_bytes(&desk->event, at, (size_t)(strstr(at, "END:VEVENT\n") - at));
    return text_str(&desk->event);
}

/* What stands behind "SUMMARY:" and so on in it. */
static const char *line_of(struct desk *desk, const char *id, const char *begin)
{
    auto_text start = {0};
    text_addf(&start, "\n%s", begin);
    const char *whole = event(desk, id), *at = whole ? strstr(whole, text_str(&start)) : NULL;
    if (!at)
        return NULL;
    at += start.n;
    text_fini(&desk->line);
    text_add_bytes(&desk->line, at, strcspn(at, "\n"));
    return text_str(&desk->line);
}

static void assert_line(struct desk *desk, const char *id, const char *begin, const char *expected)
{
    const char *line = line_of(desk, id, begin);
    if (!line)
        fail_msg("%s has no %s", id, begin);
    assert_string_equal(line, expected);
}

static int sequence_of(struct desk *desk, const char *id)
{
    const char *line = line_of(desk, id, "SEQUENCE:");
    return line ? (int)strtol(line, NULL, 10) : -1;
}

#define A_OCTOBER  "p:#kpi:2026-10:hp/A"
#define A_NOVEMBER "p:#kpi:2026-11:hp/A"
#define A_DECEMBER "p:#kpi:2026-12:hp/A"
#define A_YEAR     "p:#kpi:2026:hp/A"

/* ---- what it tells ---- */

static void a_month_is_one_event(void **state)
{
    struct desk *desk = *state;
    report(desk, "hp/A", "all", "2026-10", 200, "2026-11-02");
    report(desk, "hp/A", "good", "2026-10", 179, "2026-11-03");
    report(desk, "hp/A", "late", "2026-10", 0, "2026-11-04");
    feed(desk, "unit/hp/A");
    assert_line(desk, A_OCTOBER, "DTSTART;VALUE=DATE:", "20261031");
    assert_line(desk, A_OCTOBER, "SUMMARY:", "✗ Chỉ tiêu tháng 10/2026: 1 đạt\\, 1 không đạt");
    assert_line(desk, A_OCTOBER, "COLOR:", "firebrick");
    assert_line(desk, A_OCTOBER, "CATEGORIES:", "Chỉ tiêu");
    const char *told = line_of(desk, A_OCTOBER, "DESCRIPTION:");
    assert_non_null(strstr(told, "✗ 1 Hồ sơ đúng hạn (ít nhất 90 %): không đạt\\, 89\\,5 %"));
    assert_non_null(strstr(told, "✓ 1 Hồ sơ trễ (không quá 0 hồ sơ): đạt\\, 0 hồ sơ"));
    assert_line(desk, A_NOVEMBER, "SUMMARY:", "Chỉ tiêu tháng 11/2026: 2 chưa có số liệu");
    assert_line(desk, A_DECEMBER, "SUMMARY:", "Chốt chỉ tiêu tháng 12/2026: 2 chỉ tiêu");
    assert_line(desk, A_YEAR, "DTSTART;VALUE=DATE:", "20261231");
    assert_line(desk, A_YEAR, "SUMMARY:", "Chỉ tiêu năm 2026: Cả năm: có nguy cơ không đạt\\, 89\\,5 %");
    assert_non_null(strstr(line_of(desk, A_YEAR, "DESCRIPTION:"), "220 hồ sơ tới đều phải đạt"));
}

static void an_office_is_told_of_its_own(void **state)
{
    struct desk *desk = *state;
    feed(desk, "unit/hp/B");
    assert_non_null(event(desk, "p:#kpi:2026-10:hp/B"));
    assert_null(strstr(text_str(&desk->event), "Hồ sơ trễ"));
    assert_null(event(desk, "p:#kpi:2026:hp/B"));
    assert_null(event(desk, A_OCTOBER));
    assert_null(strstr(feed(desk, "unit/hp/C"), "#kpi"));
}

static void a_plan_counts_offices(void **state)
{
    struct desk *desk = *state;
    report(desk, "hp/A", "all", "2026-10", 10, "2026-11-02");
    report(desk, "hp/A", "good", "2026-10", 10, "2026-11-02");
    feed(desk, "plan/p");
    assert_line(desk, "p:#kpi:2026-10", "SUMMARY:", "⚠ Chỉ tiêu tháng 10/2026: 1 đạt\\, 2 chưa có số liệu");
    assert_non_null(strstr(line_of(desk, "p:#kpi:2026-10", "DESCRIPTION:"),
                           "• 1 Hồ sơ đúng hạn (ít nhất 90 %): 1 đạt\\, 1 chưa có số liệu"));
    assert_null(event(desk, A_OCTOBER));
}

static void there_is_nothing_to_tick_off(void **state)
{
    assert_null(strstr(feed_as(*state, "unit/hp/A", (struct feed_variant){.todo = true}), "#kpi"));
}

static void one_judged_early_stands_apart(void **state)
{
    struct desk *desk = *state;
    rules_are(desk, "metric \"all\" { title = \"Hồ sơ\", counted_in = \"hồ sơ\" }\n"
                    "task \"1\" { title = \"Việc\", text = \"\", lead = \"A\", due = ongoing,\n"
                    "  kpi \"x\" { title = \"Sớm\", lead = \"A\", due = by \"2026-12-15\",\n"
                    "    measure = count(\"all\"), target = at_least(5) },\n"
                    "  kpi \"y\" { title = \"Cuối năm\", lead = \"A\",\n"
                    "    measure = count(\"all\"), target = at_least(9) } }\n");
    feed(desk, "unit/hp/A");
    assert_line(desk, "p:#kpi:1#x:2026:hp/A", "DTSTART;VALUE=DATE:", "20261215");
    assert_line(desk, A_YEAR, "SUMMARY:", "Chỉ tiêu năm 2026: Cuối năm: chưa có số liệu");
}

/* ---- how long it stays ---- */

static void what_is_judged_goes_what_is_owed_stays(void **state)
{
    struct desk *desk = *state;
    const char *const months[] = {"2026-08", "2026-09", "2026-10"};
    for (size_t i = 0; i < 3; i++) {
        report(desk, "hp/A", "all", months[i], 10, "2026-11-02");
        report(desk, "hp/A", "good", months[i], 10, "2026-11-02");
        report(desk, "hp/A", "late", months[i], 0, "2026-11-02");
    }
    feed(desk, "unit/hp/A");
    assert_line(desk, "p:#kpi:2026-08:hp/A", "SUMMARY:", "✓ Chỉ tiêu tháng 8/2026: 2 đạt");
    desk->now = instant_of("2026-12-02");
    feed(desk, "unit/hp/A");
    assert_non_null(event(desk, A_OCTOBER));
    desk->now = instant_of("2026-12-03");
    feed(desk, "unit/hp/A");
    assert_null(event(desk, A_OCTOBER));
    assert_line(desk, "p:#kpi:2026-07:hp/A", "SUMMARY:", "⚠ Chỉ tiêu tháng 7/2026: 2 chưa có số liệu");
    assert_line(desk, "p:#kpi:2026-07:hp/A", "COLOR:", "darkorange");
}

/* ---- when it changes ---- */

static void one_figure_changes_what_shows_it(void **state)
{
    struct desk *desk = *state;
    report(desk, "hp/A", "all", "2026-10", 200, "2026-11-02");
    report(desk, "hp/A", "good", "2026-10", 179, "2026-11-03");
    auto_text before = {0}, september = {0}, november = {0};
    feed(desk, "unit/hp/A");
    text_add(&before, text_str(&desk->bytes));
    text_add(&september, event(desk, "p:#kpi:2026-09:hp/A"));
    text_add(&november, event(desk, A_NOVEMBER));
    int month = sequence_of(desk, A_OCTOBER), year = sequence_of(desk, A_YEAR);
    report(desk, "hp/A", "good", "2026-10", 180, "2026-11-19T09:30");
    feed(desk, "unit/hp/A");
    assert_string_not_equal(text_str(&before), text_str(&desk->bytes));
    assert_string_equal(event(desk, "p:#kpi:2026-09:hp/A"), text_str(&september));
    assert_string_equal(event(desk, A_NOVEMBER), text_str(&november));
    assert_int_equal(sequence_of(desk, A_OCTOBER), month + 1);
    assert_int_equal(sequence_of(desk, A_YEAR), year + 1);
    assert_line(desk, A_OCTOBER, "LAST-MODIFIED:", "20261119T023000Z");
    assert_line(desk, A_OCTOBER, "DTSTAMP:", "20261119T023000Z");
    auto_text of_b = {0};
    feed(desk, "unit/hp/B");
    text_add(&of_b, text_str(&desk->bytes));
    report(desk, "hp/A", "good", "2026-10", 181, "2026-11-19T09:31");
    assert_string_equal(feed(desk, "unit/hp/B"), text_str(&of_b));
}

static void a_figure_told_later_about_a_past_month_moves_it(void **state)
{
    struct desk *desk = *state;
    report(desk, "hp/B", "late", "2026-10", 3, "2026-11-02"); /* figures are in use */
    desk->now = instant_of("2026-12-31");
    feed(desk, "unit/hp/A");
    int before = sequence_of(desk, A_OCTOBER);
    assert_line(desk, A_OCTOBER, "LAST-MODIFIED:", "20261031T170000Z");
    report(desk, "hp/A", "late", "2026-10", 3, "2026-12-30");
    feed(desk, "unit/hp/A");
    assert_int_equal(sequence_of(desk, A_OCTOBER), before + 1);
    assert_line(desk, A_OCTOBER, "LAST-MODIFIED:", "20261230T010000Z");
}

/* Where nobody sends figures, what is missing must not fill the calendars for ever. */
static void what_nobody_ever_sends_is_owed_for_a_month(void **state)
{
    struct desk *desk = *state;
    desk->now = instant_of("2026-11-30");
    feed(desk, "unit/hp/A");
    assert_non_null(event(desk, A_OCTOBER));
    desk->now = instant_of("2026-12-31");
    feed(desk, "unit/hp/A");
    assert_null(event(desk, A_OCTOBER));
    report(desk, "hp/B", "late", "2026-11", 3, "2026-12-30");
    feed(desk, "unit/hp/A");
    assert_non_null(event(desk, A_OCTOBER));
}

static void midnights_change_it(void **state)
{
    struct desk *desk = *state;
    desk->now = instant_of("2026-11-30T23:59:59");
    feed(desk, "unit/hp/A");
    assert_line(desk, A_NOVEMBER, "SEQUENCE:", "1");
    assert_line(desk, A_NOVEMBER, "LAST-MODIFIED:", "20261031T170000Z");
    assert_line(desk, A_DECEMBER, "SEQUENCE:", "0");
    desk->now = instant_of("2026-12-01T00:00");
    feed(desk, "unit/hp/A");
    assert_line(desk, A_NOVEMBER, "SEQUENCE:", "2");
    assert_line(desk, A_NOVEMBER, "LAST-MODIFIED:", "20261130T170000Z");
    assert_line(desk, A_NOVEMBER, "SUMMARY:", "⚠ Chỉ tiêu tháng 11/2026: 2 chưa có số liệu");
    assert_line(desk, A_DECEMBER, "SEQUENCE:", "1");
}

/* Day after day, as clients poll: an event whose bytes differ has a later LAST-MODIFIED and a higher
 * SEQUENCE. */
static void nothing_changes_unnoticed(void **state)
{
    struct desk *desk = *state;
    report(desk, "hp/A", "all", "2026-09", 10, "2026-09-10");
    report(desk, "hp/A", "good", "2026-09", 10, "2026-09-20");
    report(desk, "hp/A", "all", "2026-10", 10, "2026-10-10");
    report(desk, "hp/A", "good", "2026-10", 8, "2026-10-20");
    const char *const ids[] = {"p:#kpi:2026-09:hp/A", A_OCTOBER, A_NOVEMBER, A_DECEMBER, A_YEAR};
    struct text last[5] = {{0}};
    char modified[5][32] = {{0}};
    int sequences[5] = {0};
    size_t changes = 0;
    for (int day = instant_day(instant_of("2026-11-01")); day < instant_day(instant_of("2027-02-15"));
         day++) {
        desk->now = day_at(day, 8, 0);
        feed(desk, "unit/hp/A");
        for (size_t i = 0; i < 5; i++) {
            const char *now = event(desk, ids[i]);
            if (!now || !strcmp(now, text_str(&last[i])))
                continue;
            bool first = !last[i].n;
            text_fini(&last[i]);
            text_add(&last[i], now);
            const char *at = line_of(desk, ids[i], "LAST-MODIFIED:");
            assert_true(strcmp(at, modified[i]) > 0);
            snprintf(modified[i], sizeof modified[i], "%s", at);
            assert_true(first || sequence_of(desk, ids[i]) > sequences[i]);
            sequences[i] = sequence_of(desk, ids[i]);
            changes += !first;
        }
    }
    assert_true(changes >= 4);
    for (size_t i = 0; i < 5; i++)
        text_fini(&last[i]);
}

/* ---- edits ---- */

static void an_edit_is_stamped(void **state)
{
    struct desk *desk = *state;
    remember(desk);
    feed(desk, "unit/hp/A");
    auto_text year = {0};
    text_add(&year, event(desk, A_YEAR));
    auto_text rows = {0};
    const char *title = strstr(plain_rules, "Hồ sơ trễ");
    text_add_bytes(&rows, plain_rules, (size_t)(title - plain_rules));
    text_addf(&rows, "Hồ sơ quá hạn%s", title + strlen("Hồ sơ trễ"));
    rules_are(desk, text_str(&rows));
    desk->now = instant_of("2026-11-20T10:00");
    feed(desk, "unit/hp/A");
    assert_line(desk, A_OCTOBER, "LAST-MODIFIED:", "20261120T030000Z");
    assert_string_equal(event(desk, A_YEAR), text_str(&year));
    feed(desk, "unit/hp/B");
    assert_line(desk, "p:#kpi:2026-10:hp/B", "LAST-MODIFIED:", "20261031T170000Z");
}

static void a_target_taken_away_does_not_turn_the_count_back(void **state)
{
    struct desk *desk = *state;
    for (int i = 0; i < 5; i++)
        report(desk, "hp/A", "late", "2026-10", i, "2026-11-05");
    remember(desk);
    feed(desk, "unit/hp/A");
    int before = sequence_of(desk, A_OCTOBER);
    assert_true(before >= 5);
    auto_text rows = {0};
    const char *from = strstr(plain_rules, "  kpi \"late\""), *to = strstr(plain_rules, "  kpi \"year\"");
    text_add_bytes(&rows, plain_rules, (size_t)(from - plain_rules));
    text_add(&rows, to);
    rules_are(desk, text_str(&rows));
    desk->now = instant_of("2026-11-20T10:00");
    feed(desk, "unit/hp/A");
    assert_true(sequence_of(desk, A_OCTOBER) > before);
    assert_line(desk, A_OCTOBER, "LAST-MODIFIED:", "20261120T030000Z");
}

static void a_fresh_ledger_gives_the_same_bytes(void **state)
{
    struct desk *desk = *state;
    report(desk, "hp/A", "late", "2026-10", 1, "2026-11-05");
    const char *const names[] = {"unit/hp/A", "unit/hp/A/p", "plan/p", "all"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        auto_text fresh = {0};
        stamps_free(desk->stored);
        desk->stored = NULL;
        text_add(&fresh, feed(desk, names[i]));
        remember(desk);
        desk->now += 60;
        assert_string_equal(feed(desk, names[i]), text_str(&fresh));
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_month_is_one_event),
        TEST(an_office_is_told_of_its_own),
        TEST(a_plan_counts_offices),
        TEST(there_is_nothing_to_tick_off),
        TEST(one_judged_early_stands_apart),
        TEST(what_is_judged_goes_what_is_owed_stays),
        TEST(one_figure_changes_what_shows_it),
        TEST(a_figure_told_later_about_a_past_month_moves_it),
        TEST(what_nobody_ever_sends_is_owed_for_a_month),
        TEST(midnights_change_it),
        TEST(nothing_changes_unnoticed),
        TEST(an_edit_is_stamped),
        TEST(a_target_taken_away_does_not_turn_the_count_back),
        TEST(a_fresh_ledger_gives_the_same_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
