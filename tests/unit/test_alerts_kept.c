/* Alerts that are kept through a day of answers and hours are those that a fresh look would give. */
#include "alert_desk.h"
#include "ledger_home.h"

#include "time/clock.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { DAYS = 24, STEPS = 60 };

static const char rows[] =
    "metric \"on\" { title = \"Online\", counted_in = \"x\" }\n"
    "metric \"all\" { title = \"All\", counted_in = \"x\" }\n"
    "kpi \"k#m\" { title = \"Online share\", lead = \"@two\", each = \"month\", measure = ratio(\"on\", "
    "\"all\"), target = at_least(80, \"%\") }\n"
    "report \"r\" { title = \"Report\", lead = \"@two\", to = \"C\", due = every(\"month\", { before_day = "
    "25, from = \"2026-06\" }) }\n"
    "report \"w\" { title = \"Gathered\", lead = { \"A\", \"B\", \"C\" }, to = { \"C\", \"BCA\" }, due = on "
    "\"2026-11-27\" }\n"
    "task \"e\" { title = \"After receipt\", lead = \"@two\", due = within(10, \"days\", \"received\") "
    "}\n" ESCALATED "\n";

static const struct alert_figure figures[] = {{"hp/A", "all", "2026-10", 10, NULL, false},
                                              {"hp/A", "on", "2026-10", 7, NULL, false},
                                              {"hp/B", "all", "2026-11", 10, "2026-11-20T06:50", false},
                                              {"hp/B", "on", "2026-11", 7, "2026-11-20T06:50", false},
                                              {0}};

/* A course that is the same each time. */
static unsigned chance(unsigned *seed, unsigned n)
{
    *seed = *seed * 1103515245U + 12345U;
    return (*seed >> 16U) % n;
}

static bool same_text(const char *a, const char *b)
{
    return a == b || (a && b && !strcmp(a, b));
}

static bool same(const struct alert *a, const struct alert *b)
{
    bool answered = !a->reply == !b->reply && (!a->reply || a->reply->id == b->reply->id);
    return same_text(a->key, b->key) && same_text(a->uid, b->uid) && a->kind == b->kind &&
           a->severity == b->severity && a->state == b->state && same_text(a->unit, b->unit) &&
           same_text(a->title, b->title) && same_text(a->body, b->body) && a->since == b->since &&
           a->due == b->due && a->due_today == b->due_today && same_text(a->rung, b->rung) &&
           a->tell_at == b->tell_at && a->also == b->also && answered;
}

struct course {
    struct alert_desk *desk;
    struct home *home;
    struct alerts *kept;
    struct alert_settings settings;
    int64_t now;
    unsigned seed;
    size_t answers, looks, others; /* how much was met on the way */
};

static void compare(struct course *course)
{
    struct alert_desk *desk = course->desk;
    char text[INSTANT_SIZE];
    struct alerts *fresh =
        alerts_new(desk->outlook, desk->standings, desk->replies, NULL, course->now, &course->settings, NULL);
    assert_int_equal(course->kept->n, fresh->n);
    for (size_t i = 0; i < fresh->n; i++)
        if (!same(course->kept->list[i], fresh->list[i]))
            fail_msg("%s: %s is not kept as it is", instant_iso(course->now, text), fresh->list[i]->key);
    for (size_t i = 0; i < fresh->n; i++)
        assert_ptr_equal(alerts_find(course->kept, fresh->list[i]->key), course->kept->list[i]);
    assert_true(course->kept->next_change > course->now && course->kept->next_change <= fresh->next_change);
    alerts_free(fresh);
}

static void look(struct course *course)
{
    alerts_renew(course->kept, course->desk->standings, NULL, &course->settings, course->now);
    course->looks++;
}

/* Nothing but the one with this key was written to. */
static void assert_untouched(const struct course *course, const struct alert *before, const char *key)
{
    const struct alerts *kept = course->kept;
    for (size_t i = 0; i < kept->n_deadlines; i++)
        if (strcmp(kept->deadlines[i].key, key) != 0)
            assert_memory_equal(&kept->deadlines[i], &before[i], sizeof before[i]);
}

static void answer(struct course *course)
{
    struct home *home = course->home;
    struct answered answered = {0};
    const struct alert *alert = course->kept->list[chance(&course->seed, (unsigned)course->kept->n)];
    bool ack = chance(&course->seed, 3) == 0;
    const struct reply reply = {.alert = alert->key,
                                .action = ack ? REPLY_ACK : REPLY_SNOOZE,
                                .kind = alert_kind_name(alert->kind),
                                .due = alert->due,
                                .until =
                                    ack ? 0 : course->now + (int64_t)60 * (1 + chance(&course->seed, 300)),
                                .recorded_at = course->now};
    assert_fine(home, store_begin(home->store, &home->err) &&
                          replies_add(home->store, &reply, course->now, &home->err) &&
                          store_commit(home->store, &home->err));
    assert_fine(home, replies_more(home->store, course->desk->replies, &answered, &home->err));
    assert_int_equal(answered.keys.n, 1);
    assert_string_equal(answered.keys.at[0], reply.alert);
    course->answers++;
    auto_free struct alert *before = mem_alloc((course->kept->n_deadlines + 1) * sizeof *before);
    memcpy(before, course->kept->deadlines, course->kept->n_deadlines * sizeof *before);
    if (!alerts_answered(course->kept, answered.keys.at[0], &course->settings, course->now)) {
        course->others++;
        look(course);
    } else
        assert_untouched(course, before, reply.alert);
    vec_free(&answered.keys);
}

/* One day from midnight to midnight, looked at only when the alerts say so. */
static void run_day(struct course *course, int day)
{
    struct alert_desk *desk = course->desk;
    char text[INSTANT_SIZE];
    instant_iso(day_start(day), text);
    alert_desk_set(
        desk, &(struct alert_case){.rows = rows, .at = text, .first_day = "2026-10-01", .figures = figures});
    replies_free(desk->replies);
    desk->replies = replies_read(course->home->store, &course->home->err);
    assert_non_null(desk->replies);
    course->now = day_start(day);
    course->kept =
        alerts_new(desk->outlook, desk->standings, desk->replies, NULL, course->now, &course->settings, NULL);
    for (int step = 0; step < STEPS; step++) {
        int64_t later = course->now + chance(&course->seed, 3600);
        if (later >= day_start(day + 1))
            break;
        course->now = later;
        if (course->now >= course->kept->next_change)
            look(course);
        compare(course);
        if (chance(&course->seed, 2) && course->kept->n)
            answer(course);
        compare(course);
    }
    alerts_free(course->kept);
    alert_desk_clear(desk);
}

static void kept_is_fresh(void **state)
{
    struct alert_desk *desk = *state;
    void *home = NULL;
    assert_int_equal(home_setup(&home), 0);
    struct course course = {.desk = desk, .home = home, .settings = alert_desk_settings(), .seed = 7};
    for (int i = 0; i < DAYS; i++)
        run_day(&course, alert_day("2026-11-16") + i);
    assert_true(course.answers > 200 && course.looks > 50 && course.others > 20);
    home_teardown(&home);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(kept_is_fresh)};
    return cmocka_run_group_tests(tests, alert_desk_setup, alert_desk_teardown);
}
