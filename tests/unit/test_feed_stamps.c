/* When the events of feeds change: stable bytes, LAST-MODIFIED that rises with every visible change, SEQUENCE
 * that counts. */
#include "publish/feed.h"

#include "feed_desk.h"
#include "table.h"
#include "time/clock.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const struct feed_variant as_events = {0};

#define PC06_OCT  "haiphong-2026:III.3.c:2026-10:haiphong/PC06"
#define PC06_NOV  "haiphong-2026:III.3.c:2026-11:haiphong/PC06"
#define PC06_DEC  "haiphong-2026:III.3.c:2026-12:haiphong/PC06"
#define PC06_WAY  "haiphong-2026:III.3.b:2026:haiphong/PC06"
#define PC06_YEAR "haiphong-2026:2.2:2026:haiphong/PC06"
#define ALL_NOV   "haiphong-2026:III.3.c:2026-11"
#define ALL_DEC   "haiphong-2026:III.3.c:2026-12"

struct seen {
    char modified[20];
    int sequence;
    char *event;
};

static void seen_fini(struct seen *seen)
{
    mem_free(seen->event);
}
#define auto_seen __attribute__((cleanup(seen_fini))) struct seen

/* How an event of the last feed looks. */
static struct seen look(struct desk *desk, const char *id)
{
    struct seen seen = {0};
    const char *modified = desk_line(desk, id, "LAST-MODIFIED:");
    assert_non_null(modified);
    snprintf(seen.modified, sizeof seen.modified, "%s", modified);
    assert_string_equal(desk_line(desk, id, "DTSTAMP:"), seen.modified);
    seen.sequence = (int)strtol(desk_line(desk, id, "SEQUENCE:"), NULL, 10);
    seen.event = mem_strdup(desk_record(desk, id));
    return seen;
}

static struct seen look_in(struct desk *desk, const char *feed, const char *id)
{
    desk_feed(desk, feed, as_events);
    return look(desk, id);
}

/* The event as it would be with a ledger that never saw an edit. */
static void hold_unedited(struct desk *desk, const char *feed)
{
    struct stamps *stored = desk->stored;
    auto_free char *bytes = mem_strdup(desk_feed(desk, feed, as_events));
    desk->stored = NULL;
    assert_string_equal(desk_feed(desk, feed, as_events), bytes);
    desk->stored = stored;
}

/* ---- stable bytes ---- */

static void the_same_inputs_give_the_same_bytes(void **state)
{
    struct desk *desk = *state;
    auto_free char *first = mem_strdup(desk_feed(desk, "all", as_events));
    assert_string_equal(desk_feed(desk, "all", as_events), first);
    desk_at(desk, "2026-11-20T23:59:59");
    assert_string_equal(desk_feed(desk, "all", as_events), first);
    assert_true(desk_remember(desk) > 20);
    assert_int_equal(desk_remember(desk), 0);
    assert_string_equal(desk_feed(desk, "all", as_events), first);
}

static void a_midnight_changes_what_went_overdue(void **state)
{
    struct desk *desk = *state;
    desk_at(desk, "2026-11-24T23:59:59");
    auto_seen nov = look_in(desk, "unit/haiphong/PC06", PC06_NOV), dec = look(desk, PC06_DEC);
    assert_int_equal(nov.sequence, 0);
    assert_string_equal(nov.modified, "20260107T010000Z");
    desk_at(desk, "2026-11-25T00:00");
    auto_seen late = look_in(desk, "unit/haiphong/PC06", PC06_NOV), same = look(desk, PC06_DEC);
    assert_string_equal(late.modified, "20261124T170000Z");
    assert_int_equal(late.sequence, 1);
    assert_string_equal(same.event, dec.event);
    assert_int_equal(desk->modified, instant_of("2026-11-25T00:00"));
    /* Four offices at one midnight are one change of what they share. */
    auto_seen all = look_in(desk, "unit/haiphong/PV01", ALL_NOV);
    assert_string_equal(all.modified, "20261124T170000Z");
    assert_int_equal(all.sequence, 1);
}

/* ---- facts ---- */

static size_t differing(const char *before, const char *after)
{
    size_t n = 0;
    while ((before = strstr(before, "BEGIN:VEVENT")) && (after = strstr(after, "BEGIN:VEVENT"))) {
        const char *end = strstr(before, "END:VEVENT"), *other = strstr(after, "END:VEVENT");
        n += end - before != other - after || memcmp(before, after, (size_t)(end - before)) != 0;
        before = end;
        after = other;
    }
    assert_true(!before && !strstr(after, "BEGIN:VEVENT"));
    return n;
}

static void one_done_changes_one_event(void **state)
{
    struct desk *desk = *state;
    desk_remember(desk);
    auto_free char *before = mem_strdup(desk_feed(desk, "unit/haiphong/PC06", as_events));
    auto_free char *other = mem_strdup(desk_feed(desk, "unit/haiphong/PH10", as_events));
    auto_free char *gathered = mem_strdup(desk_feed(desk, "unit/haiphong/PV01", as_events));
    desk_tell(desk, PROGRESS_DONE, PC06_NOV, "2026-11-20", NULL, "2026-11-20T09:15");
    desk_at(desk, "2026-11-20T09:15");
    assert_int_equal(desk_remember(desk), 0); /* progress is no edit */
    assert_int_equal(differing(before, desk_feed(desk, "unit/haiphong/PC06", as_events)), 1);
    auto_seen nov = look(desk, PC06_NOV);
    assert_string_equal(nov.modified, "20261120T021500Z");
    assert_int_equal(nov.sequence, 1);
    assert_string_equal(desk_feed(desk, "unit/haiphong/PH10", as_events), other);
    assert_int_equal(differing(gathered, desk_feed(desk, "unit/haiphong/PV01", as_events)), 1);
    hold_unedited(desk, "unit/haiphong/PV01");
}

/* Somebody may have read the feed between two facts of one second. */
static void every_fact_of_a_second_counts(void **state)
{
    struct desk *desk = *state;
    desk_tell(desk, PROGRESS_DONE, PC06_NOV, "2026-11-20", NULL, "2026-11-20T09:15");
    auto_seen done = look_in(desk, "unit/haiphong/PV01", ALL_NOV);
    desk_tell(desk, PROGRESS_DONE, "haiphong-2026:III.3.c:2026-11:haiphong/PH10", "2026-11-20", NULL,
              "2026-11-20T09:15");
    auto_seen both = look_in(desk, "unit/haiphong/PV01", ALL_NOV);
    desk_tell(desk, PROGRESS_REOPEN, PC06_NOV, NULL, NULL, "2026-11-20T09:15");
    auto_seen again = look_in(desk, "unit/haiphong/PV01", ALL_NOV);
    auto_seen own = look_in(desk, "unit/haiphong/PC06", PC06_NOV);
    assert_string_equal(done.modified, "20261120T021500Z");
    assert_string_equal(both.modified, "20261120T021501Z");
    assert_string_equal(again.modified, "20261120T021502Z");
    assert_int_equal(done.sequence, 1);
    assert_int_equal(both.sequence, 2);
    assert_int_equal(again.sequence, 3);
    assert_string_equal(own.modified, "20261120T021501Z");
    assert_int_equal(own.sequence, 2);
}

/* A fact that moves a day, or its correction, is told by the fact itself: another ledger gives the same
 * bytes. */
static void facts_are_no_edits(void **state)
{
    struct desk *desk = *state;
    desk_remember(desk);
    desk_received(desk, PC06, "2026-11-16", "2026-11-20T08:30");
    desk_at(desk, "2026-11-20T08:30");
    desk_remember(desk);
    desk_received(desk, PC06, "2026-11-17", "2026-11-20T08:40");
    desk_at(desk, "2026-11-20T08:40");
    desk_remember(desk);
    desk_tell(desk, PROGRESS_EXTEND, PC06_WAY, "2026-12-11", "Chờ mẫu", "2026-11-20T08:50");
    desk_tell(desk, PROGRESS_EXTEND, PC06_NOV, "2026-11-30", NULL, "2026-11-20T08:50");
    desk_at(desk, "2026-11-20T08:50");
    desk_remember(desk);
    auto_seen way = look_in(desk, "unit/haiphong/PC06", PC06_WAY);
    assert_int_equal(way.sequence, 3);
    assert_string_equal(way.modified, "20261120T015000Z");
    hold_unedited(desk, "unit/haiphong/PC06");
    hold_unedited(desk, "unit/haiphong/PV01");
}

/* ---- edits ---- */

static void edit_title(struct desk *desk)
{
    desk->duties[MONTHLY].title = "Báo cáo kết quả hằng tháng";
}
static void edit_kind(struct desk *desk)
{
    desk->duties[MONTHLY].kind = ITEM_TASK;
}
static void edit_text(struct desk *desk)
{
    desk->duties[MONTHLY].text = "chậm nhất ngày 24";
}
static void edit_via(struct desk *desk)
{
    desk->duties[MONTHLY].via = "Đội 5";
}
static void edit_product(struct desk *desk)
{
    desk->duties[MONTHLY].product = "Báo cáo";
}
static void edit_form(struct desk *desk)
{
    desk->duties[MONTHLY].form = "Mẫu 01";
}
static void edit_note(struct desk *desk)
{
    desk->duties[MONTHLY].note = "Gửi kèm bảng số liệu";
}
static void edit_to(struct desk *desk)
{
    desk->duties[MONTHLY].to = (struct units){&desk->all[PV01], 1};
    desk->units[PV01].title = "Văn phòng Tham mưu";
}
static void edit_with(struct desk *desk)
{
    desk->duties[MONTHLY].with = (struct units){&desk->all[LAO], 1};
}
static void edit_unit_title(struct desk *desk)
{
    desk->units[PC06].title = "Phòng CSQLHC về TTXH";
}
static void edit_plan_title(struct desk *desk)
{
    desk->plans[0].title = "Kế hoạch CCHC 2026";
}
static void edit_plan_number(struct desk *desk)
{
    desk->plans[0].number = "75/KH-CAHP-PV01";
}
static void edit_issued(struct desk *desk)
{
    desk->plans[0].issued--;
}
static void edit_due(struct desk *desk)
{
    desk->turns[2].due++;
}
static void edit_assumed(struct desk *desk)
{
    desk->turns[2].assumed = true;
}
static void edit_remind(struct desk *desk)
{
    static const struct lead_time ladder[] = {{5, true}};
    desk->duties[MONTHLY].remind = ladder;
    desk->duties[MONTHLY].n_remind = 1;
}
static void edit_calendar_on_the_day(struct desk *desk)
{
    assert_true(workdays_add_off(desk->rulebook.workdays, day_of("2026-12-24"), "Nghỉ"));
}
static void edit_calendar_before_it(struct desk *desk)
{
    assert_true(
        workdays_add_off(desk->rulebook.workdays, day_of("2026-12-22"), "Nghỉ")); /* moves the second alarm */
}
static void edit_provisional(struct desk *desk)
{
    workdays_add_provisional(desk->rulebook.workdays, day_of("2026-12-24"), day_of("2026-12-24"));
}
static void edit_url(struct desk *desk)
{
    desk->settings.url = "https://lich.example.vn";
}
static void edit_lang(struct desk *desk)
{
    desk->settings.lang = LANG_EN;
}
static void move_in_file(struct desk *desk)
{
    desk->duties[MONTHLY].at.line = desk->items[MONTHLY].at.line = 99;
    desk->plans[0].file = "rules/other.lua";
    desk->plans[0].note = "unseen";
    desk->duties[MONTHLY].overdue = (struct lead_time){2, true};
}

/* Each thing that is shown counts as an edit of the December report, own and gathered, and of none of another
 * plan. */
static void edits_are_noticed(void **state)
{
    static const struct {
        const char *name;
        void (*edit)(struct desk *desk);
        bool shown;
    } cases[] = {
        {"title", edit_title, true},
        {"kind", edit_kind, true},
        {"text", edit_text, true},
        {"via", edit_via, true},
        {"product", edit_product, true},
        {"form", edit_form, true},
        {"note", edit_note, true},
        {"to", edit_to, true},
        {"with", edit_with, true},
        {"unit's title", edit_unit_title, true},
        {"plan's title", edit_plan_title, true},
        {"plan's number", edit_plan_number, true},
        {"issue", edit_issued, true},
        {"due", edit_due, true},
        {"assumed", edit_assumed, true},
        {"remind", edit_remind, true},
        {"day off on the day", edit_calendar_on_the_day, true},
        {"day off before it", edit_calendar_before_it, true},
        {"provisional", edit_provisional, true},
        {"url", edit_url, true},
        {"language", edit_lang, true},
        {"place in a file", move_in_file, false},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        void *other;
        desk_setup(&other);
        struct desk *desk = other;
        desk_remember(desk);
        auto_seen own = look_in(desk, "unit/haiphong/PC06", PC06_DEC),
                  all = look_in(desk, "unit/haiphong/PV01", ALL_DEC);
        desk_at(desk, "2026-11-20T10:00");
        cases[i].edit(desk);
        auto_seen own_after = look_in(desk, "unit/haiphong/PC06", PC06_DEC);
        auto_seen all_after = look_in(desk, "unit/haiphong/PV01", ALL_DEC);
        const char *modified = cases[i].shown ? "20261120T030000Z" : "20260107T010000Z";
        bool fine = strcmp(own_after.modified, modified) == 0 && strcmp(all_after.modified, modified) == 0 &&
                    own_after.sequence == own.sequence + cases[i].shown &&
                    all_after.sequence == all.sequence + cases[i].shown;
        if (!fine)
            fail_msg("%s: %s %d, %s %d", cases[i].name, own_after.modified, own_after.sequence,
                     all_after.modified, all_after.sequence);
        if (!cases[i].shown)
            assert_string_equal(own_after.event, own.event);
        desk_teardown(&other);
    }
}

static void one_edit_changes_one_event(void **state)
{
    struct desk *desk = *state;
    desk_remember(desk);
    auto_free char *before = mem_strdup(desk_feed(desk, "unit/haiphong/PC06", as_events));
    desk->duties[YEARLY].title = "Rà soát";
    desk_at(desk, "2026-11-20T10:00");
    assert_int_equal(differing(before, desk_feed(desk, "unit/haiphong/PC06", as_events)), 1);
    assert_non_null(desk_record(desk, PC06_YEAR));
    assert_int_equal(desk->modified, instant_of("2026-11-20T10:00"));
    assert_int_equal(desk_remember(desk), 2); /* own and gathered */
    auto_seen edited = look_in(desk, "unit/haiphong/PC06", PC06_YEAR);
    /* Later nothing changes any more; a ledger that never saw the first title has no edit. */
    desk_at(desk, "2026-11-20T11:00");
    auto_seen later = look_in(desk, "unit/haiphong/PC06", PC06_YEAR);
    assert_string_equal(later.event, edited.event);
    assert_int_equal(desk_remember(desk), 0);
}

static void two_edits_of_a_second_count(void **state)
{
    struct desk *desk = *state;
    desk_tell(desk, PROGRESS_DONE, PC06_NOV, "2026-11-20", NULL, "2026-11-20T08:00");
    desk_remember(desk);
    static const char *const titles[] = {"Một", "Hai", "Một", "Hai"}, *const times[] = {"01Z", "02Z", "03Z",
                                                                                        "04Z"};
    for (int i = 0; i < 4; i++) {
        desk->duties[MONTHLY].title = titles[i];
        desk_remember(desk);
        auto_seen nov = look_in(desk, "unit/haiphong/PC06", PC06_NOV);
        assert_int_equal(nov.sequence, 2 + i);
        assert_string_equal(nov.modified + strlen("20261120T0100"), times[i]);
    }
}

/* A row that is lost by mistake and comes back has changed as often as before. */
static void what_comes_back_is_remembered(void **state)
{
    struct desk *desk = *state;
    desk_remember(desk);
    desk->duties[YEARLY].title = "Rà soát";
    desk_remember(desk);
    auto_seen before = look_in(desk, "unit/haiphong/PC06", PC06_YEAR);
    assert_int_equal(before.sequence, 1);
    desk->items[YEARLY].n_duties = 0;
    assert_int_equal(desk_remember(desk), 0);
    desk_at(desk, "2026-11-21");
    assert_int_equal(desk_remember(desk), 0);
    desk->items[YEARLY].n_duties = 1;
    auto_seen back = look_in(desk, "unit/haiphong/PC06", PC06_YEAR);
    assert_string_equal(back.event, before.event);
    assert_int_equal(desk_remember(desk), 0);
}

static void holidays_are_edited_too(void **state)
{
    struct desk *desk = *state;
    assert_true(workdays_add_off(desk->rulebook.workdays, day_of("2026-06-01"), "Ngày thử; nguồn"));
    desk_remember(desk);
    auto_seen before = look_in(desk, "holidays", "holiday-2026-06-01");
    workdays_add_provisional(desk->rulebook.workdays, day_of("2026-06-01"), day_of("2026-06-01"));
    auto_seen after = look_in(desk, "holidays", "holiday-2026-06-01");
    assert_int_equal(before.sequence, 0);
    assert_int_equal(after.sequence, 1);
    assert_string_equal(after.modified, "20261120T010000Z");
}

/* ---- anything in any order ---- */

#define RUNS  8
#define STEPS 70

static unsigned draw(unsigned *lot, unsigned sides)
{
    *lot = *lot * 1103515245U + 12345U;
    return *lot / 65536U % sides;
}

static void act(struct desk *desk, unsigned *lot)
{
    static const char *const ids[] = {PC06_NOV, PC06_DEC, PC06_WAY, PC06_YEAR,
                                      "haiphong-2026:III.3.c:2026-11:haiphong/PH10"};
    static const char *const days[] = {"2026-11-16", "2026-11-27", "2026-12-10", "2027-01-15"};
    static const char *const titles[] = {"Một", "Hai", "Ba"};
    char now[INSTANT_SIZE];
    unsigned what = draw(lot, 12);
    instant_iso(desk->now, now);
    if (what < 4 && desk->facts.n_progress < 16)
        desk_tell(desk, (enum progress_action)what, ids[draw(lot, 5)], what % 2 ? NULL : days[draw(lot, 4)],
                  "lý do", now);
    else if (what == 4 && desk->facts.n_history < 16)
        desk_received(desk, PC06, days[draw(lot, 4)], now);
    else if (what == 5)
        desk->duties[draw(lot, 2) ? MONTHLY : YEARLY].title = titles[draw(lot, 3)];
    else if (what == 6)
        desk->turns[1 + draw(lot, 2)].due = day_of(days[draw(lot, 4)]);
    else if (what == 7)
        desk->units[PC06].title = titles[draw(lot, 3)];
    else if (what < 10)
        desk->now += draw(lot, 3);
    else
        desk->now += (int64_t)draw(lot, 36) * 3600;
}

/* The event without its stamps. */
static char *shown_of(const char *event)
{
    static const char *const stamps[] = {"DTSTAMP:", "LAST-MODIFIED:", "SEQUENCE:"};
    auto_text shown = {0};
    for (const char *line = event; *line; line = strchr(line, '\n') + 1) {
        bool is_stamp = false;
        for (size_t i = 0; i < 3; i++)
            is_stamp |= strncmp(line, stamps[i], strlen(stamps[i])) == 0;
        if (!is_stamp)
            text_add_bytes(&shown, line, (size_t)(strchr(line, '\n') + 1 - line));
    }
    return text_take(&shown);
}

/* What differs has risen, what is the same stands still, and nothing ever falls. */
static void compare(const char *id, const struct seen *before, const struct seen *after)
{
    if (!before->event || strcmp(before->event, after->event) == 0)
        return;
    auto_free char *old = shown_of(before->event), *new = shown_of(after->event);
    bool differs = strcmp(old, new) != 0;
    int order = strcmp(after->modified, before->modified);
    if (order < 0 || (differs && order == 0) || after->sequence < before->sequence)
        fail_msg("%s: %s %d, then %s %d\n%s\n%s", id, before->modified, before->sequence, after->modified,
                 after->sequence, old, new);
}

struct watch {
    const char *id;
    struct seen seen;
};

/* Compares what the feed has of the watched events with what was seen before. Returns how many changed. */
static unsigned watch_feed(struct desk *desk, const char *feed, struct watch *watches, size_t n)
{
    unsigned changed = 0;
    desk_feed(desk, feed, (struct feed_variant){.alarms = true});
    for (size_t i = 0; i < n; i++) {
        if (!desk_record(desk, watches[i].id))
            continue;
        struct seen now = look(desk, watches[i].id);
        compare(watches[i].id, &watches[i].seen, &now);
        changed += watches[i].seen.event && strcmp(watches[i].seen.event, now.event) != 0;
        seen_fini(&watches[i].seen);
        watches[i].seen = now;
    }
    return changed;
}

static void whatever_is_seen_to_change_has_risen(void **state)
{
    (void)state;
    for (unsigned run = 0; run < RUNS; run++) {
        void *other;
        desk_setup(&other);
        struct desk *desk = other;
        struct watch own[] = {{.id = PC06_NOV}, {.id = PC06_DEC}, {.id = PC06_WAY}, {.id = PC06_YEAR}};
        struct watch all[] = {{.id = ALL_NOV}, {.id = ALL_DEC}, {.id = "haiphong-2026:III.3.b:2026"}};
        unsigned lot = run, changed = 0;
        for (int step = 0; step < STEPS; step++) {
            changed += watch_feed(desk, "unit/haiphong/PC06", own, 4);
            changed += watch_feed(desk, "unit/haiphong/PV01", all, 3);
            desk_remember(desk);
            act(desk, &lot);
        }
        assert_true(changed > 20);
        for (size_t i = 0; i < 7; i++)
            seen_fini(i < 4 ? &own[i].seen : &all[i - 4].seen);
        desk_teardown(&other);
    }
}

#define DESK_TEST(test) cmocka_unit_test_setup_teardown(test, desk_setup, desk_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        DESK_TEST(the_same_inputs_give_the_same_bytes),
        DESK_TEST(a_midnight_changes_what_went_overdue),
        DESK_TEST(one_done_changes_one_event),
        DESK_TEST(every_fact_of_a_second_counts),
        DESK_TEST(facts_are_no_edits),
        cmocka_unit_test(edits_are_noticed),
        DESK_TEST(one_edit_changes_one_event),
        DESK_TEST(two_edits_of_a_second_count),
        DESK_TEST(what_comes_back_is_remembered),
        DESK_TEST(holidays_are_edited_too),
        cmocka_unit_test(whatever_is_seen_to_change_has_risen),
    };
    return cmocka_run_group_tests_name("feed stamps", tests, NULL, NULL);
}
