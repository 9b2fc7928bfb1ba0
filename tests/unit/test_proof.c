/* The daily self-check: the monthly report of November, due on 24/11 (a holiday), to be finished by 23/11;
 * its ladder is told on 12/11, 18/11, 20/11, 23/11, 24/11 and then each working day. What was told of it, and
 * the gaps, one a line. */
#include "alert/proof.h"

#include "alert_desk.h"
#include "base/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

struct told_rung {
    const char *rung, *kind, *channel;
    bool taken, refused;
};

#define TOLD(rung, kind)                                                                                     \
    {                                                                                                        \
        rung, kind, "stream", true, false                                                                    \
    }
#define SOON_18 TOLD("-3 2026-11-24", "due_soon")
#define SOON_20 TOLD("-1 2026-11-24", "due_soon")
#define SOON_23 TOLD("0 2026-11-24", "due_soon")
#define SOON_24 TOLD("due 2026-11-24", "due_soon")

static const struct situation {
    const char *name, *at, *first_day;
    struct told_rung rungs[6];
    struct alert_told told[3];
    struct alert_answered answered[2];
    const char *expected; /* "day rung kind", then the number of rungs looked at */
} situations[] = {
    {"all told and taken",
     "2026-11-25T02:00",
     FIRST,
     {SOON_18, SOON_20, SOON_23, SOON_24},
     {{0}},
     {{0}},
     "4 looked at\n"},
    {"a day on which hanchot did not run",
     "2026-11-25T02:00",
     FIRST,
     {SOON_18, SOON_23, SOON_24},
     {{0}},
     {{0}},
     "2026-11-20 -1 2026-11-24 untold\n4 looked at\n"},
    {"nobody took it",
     "2026-11-21T02:00",
     FIRST,
     {SOON_18, {"-1 2026-11-24", "due_soon", "stream", false, false}},
     {{0}},
     {{0}},
     "2026-11-20 -1 2026-11-24 untaken\n2 looked at\n"},
    {"the mail server refused it, and no desktop took it",
     "2026-11-21T02:00",
     FIRST,
     {SOON_18,
      {"-1 2026-11-24", "due_soon", "stream", false, false},
      {"-1 2026-11-24", "due_soon", "mail:a@b", false, true}},
     {{0}},
     {{0}},
     "2026-11-20 -1 2026-11-24 refused\n2 looked at\n"},
    {"one channel that took it is enough",
     "2026-11-21T02:00",
     FIRST,
     {SOON_18,
      {"-1 2026-11-24", "due_soon", "mail:a@b", true, false},
      {"-1 2026-11-24", "due_soon", "mail:c@d", false, true}},
     {{0}},
     {{0}},
     "2 looked at\n"},
    {"told as something else is not told",
     "2026-11-21T02:00",
     FIRST,
     {SOON_18, TOLD("-1 2026-11-24", "overdue")},
     {{0}},
     {{0}},
     "2026-11-20 -1 2026-11-24 untold\n2 looked at\n"},
    {"today is still running", "2026-11-20T23:59", FIRST, {SOON_18}, {{0}}, {{0}}, "1 looked at\n"},
    {"what was before the first day was not to be told",
     "2026-11-21T02:00",
     "2026-11-19",
     {SOON_20},
     {{0}},
     {{0}},
     "1 looked at\n"},
    {"older than a week: looked at before",
     "2026-11-20T02:00",
     FIRST,
     {SOON_18},
     {{0}},
     {{0}},
     "1 looked at\n"},
    {"done in time: nothing more was to be told",
     "2026-11-26T02:00",
     FIRST,
     {SOON_20},
     {{"p:r:2026-11:hp/A", "done", "2026-11-20", "2026-11-20T16:00"}},
     {{0}},
     "1 looked at\n"},
    {"acknowledged: silence until it is overdue",
     "2026-11-26T02:00",
     FIRST,
     {SOON_20},
     {{0}},
     {{KEY, "due_soon", "2026-11-24", NULL, "2026-11-20T09:00"}},
     "2026-11-25 +1 2026-11-24 untold\n1 looked at\n"},
    {"overdue is told each working day",
     "2026-11-28T02:00",
     FIRST,
     {SOON_23, SOON_24, TOLD("+1 2026-11-24", "overdue"), TOLD("+3 2026-11-24", "overdue")},
     {{0}},
     {{0}},
     "2026-11-26 +2 2026-11-24 untold\n5 looked at\n"},
    {"moved: the ladder of the new day counts from then on",
     "2026-11-28T02:00",
     FIRST,
     {TOLD("-3 2026-12-01", "due_soon")},
     {{"p:r:2026-11:hp/A", "extend", "2026-12-01", "2026-11-25T10:00"}},
     {{0}},
     "1 looked at\n"},
};

static void put_told(struct alert_desk *desk, const struct told_rung *rungs, size_t n,
                     struct notices *notices, struct dispatches *dispatches)
{
    static struct notice list[6];
    static struct dispatch sent[6];
    static const struct notice *sorted[6];
    (void)desk;
    for (size_t i = 0; i < n && rungs[i].rung; i++, notices->n++) {
        list[i] = (struct notice){.id = (int64_t)i + 1,
                                  .alert = KEY,
                                  .kind = rungs[i].kind,
                                  .rung = rungs[i].rung,
                                  .unit = "hp/A",
                                  .channel = rungs[i].channel,
                                  .taken_at = rungs[i].taken};
        if (!strncmp(rungs[i].channel, "mail:", 5))
            sent[dispatches->n++] =
                (struct dispatch){.notice = list[i].id, .tries = 1, .refused_at = rungs[i].refused};
    }
    /* By kind, rung, channel. */
    for (size_t i = 0; i < notices->n; i++) {
        size_t place = i;
        for (; place && (strcmp(sorted[place - 1]->kind, list[i].kind) > 0 ||
                         (!strcmp(sorted[place - 1]->kind, list[i].kind) &&
                          strcmp(sorted[place - 1]->rung, list[i].rung) > 0));
             place--)
            sorted[place] = sorted[place - 1];
        sorted[place] = &list[i];
    }
    notices->list = list;
    notices->sorted = sorted;
    dispatches->list = sent;
}

static void gaps_are_named(void **state)
{
    struct alert_desk *desk = *state;
    struct alert_settings settings = alert_desk_settings();
    for (size_t i = 0; i < sizeof situations / sizeof *situations; i++) {
        const struct situation *one = &situations[i];
        const struct alert_case given = {.rows = NOVEMBER,
                                         .at = one->at,
                                         .first_day = one->first_day,
                                         .told = one->told,
                                         .n_told = sizeof one->told / sizeof *one->told,
                                         .answered = one->answered,
                                         .n_answered = sizeof one->answered / sizeof *one->answered};
        struct notices notices = {0};
        struct dispatches dispatches = {0};
        auto_text said = {0};
        alert_desk_set(desk, &given);
        put_told(desk, one->rungs, sizeof one->rungs / sizeof *one->rungs, &notices, &dispatches);
        struct proof *proof =
            proof_new(desk->outlook, desk->replies, &notices, &dispatches, desk->now, &settings);
        for (size_t j = 0; j < proof->n; j++) {
            char day[DAY_SIZE];
            assert_string_equal(proof->list[j].key, KEY);
            assert_string_equal(proof->list[j].unit, "hp/A");
            text_addf(&said, "%s %s %s\n", day_iso(proof->list[j].day, day), proof->list[j].rung,
                      gap_kind_name(proof->list[j].kind));
        }
        text_addf(&said, "%zu looked at\n", proof->rungs);
        if (strcmp(text_str(&said), one->expected) != 0)
            fail_msg("%s\n%s", one->name, text_str(&said));
        proof_free(proof);
        alert_desk_clear(desk);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(gaps_are_named)};
    return cmocka_run_group_tests_name("proof", tests, alert_desk_setup, alert_desk_teardown);
}
