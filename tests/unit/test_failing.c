/* Mail servers and webhooks that take nothing, and what those who run hanchot are told of it. site.lua knows
 * the addresses a@x and b@x and the webhook "chat". */
#include "alert/failing.h"

#include "alert_desk.h"
#include "base/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

struct down {
    const char *channel, *since;
};

static const struct situation {
    const char *name, *at;
    struct down down[3];
    const char *expected; /* key severity rung | title */
} situations[] = {
    {"all works", "2026-11-20T12:00", {{0}}, ""},
    {"for less than two hours: it may yet come back",
     "2026-11-20T09:59:59",
     {{"mail:a@x", "2026-11-20T08:00"}, {"mail:b@x", "2026-11-20T08:00"}},
     ""},
    {"for two hours: once for the server, not for each address",
     "2026-11-20T10:00",
     {{"mail:a@x", "2026-11-20T08:00"}, {"mail:b@x", "2026-11-20T08:00:05"}},
     "delivery:mail:2026-11-20 critical all 2026-11-20T08:00:05+07:00 | No mail could be delivered since "
     "2026-11-20T08:00:05+07:00\n"},
    {"the same two days later: it was told of already",
     "2026-11-22T10:00",
     {{"mail:a@x", "2026-11-20T08:00"}, {"mail:b@x", "2026-11-20T08:00:05"}},
     "delivery:mail:2026-11-20 critical all 2026-11-20T08:00:05+07:00 | No mail could be delivered since "
     "2026-11-20T08:00:05+07:00\n"},
    {"one address only",
     "2026-11-20T10:00",
     {{"mail:b@x", "2026-11-20T08:00"}},
     "delivery:mail:b@x:2026-11-20 warning some 2026-11-20T08:00:00+07:00 | Mail to b@x could not be "
     "delivered since 2026-11-20T08:00:00+07:00\n"},
    {"then all: another thing to be told of",
     "2026-11-24T10:00",
     {{"mail:a@x", "2026-11-24T08:00"}, {"mail:b@x", "2026-11-20T08:00"}},
     "delivery:mail:2026-11-24 critical all 2026-11-24T08:00:00+07:00 | No mail could be delivered since "
     "2026-11-24T08:00:00+07:00\n"},
    {"a webhook",
     "2026-11-20T10:00",
     {{"webhook:chat", "2026-11-20T08:00"}},
     "delivery:webhook:chat:2026-11-20 critical all 2026-11-20T08:00:00+07:00 | Webhook chat has taken "
     "nothing "
     "since 2026-11-20T08:00:00+07:00\n"},
    {"what site.lua knows no more does not count",
     "2026-11-20T10:00",
     {{"mail:gone@x", "2026-10-20T08:00"}, {"webhook:gone", "2026-10-20T08:00"}},
     ""},
};

static void those_who_run_it_are_told_once(void **state)
{
    static const char *const known[] = {"mail:b@x", "mail:a@x", "webhook:chat", "mail:b@x"};
    struct alert_desk *desk = *state;
    for (size_t i = 0; i < sizeof situations / sizeof *situations; i++) {
        const struct situation *one = &situations[i];
        struct channel list[3];
        struct channels channels = {.list = list};
        for (; channels.n < 3 && one->down[channels.n].channel; channels.n++)
            list[channels.n] = (struct channel){one->down[channels.n].channel,
                                                alert_instant(one->down[channels.n].since), "421 busy"};
        struct failings *failings = failings_new(&channels, known, sizeof known / sizeof *known);
        assert_true(failings_same(failings, failings));
        struct alert_settings settings = alert_desk_settings();
        settings.failing = failings;
        alert_desk_set(desk, &(struct alert_case){.rows = NOVEMBER, .at = one->at, .first_day = FIRST});
        struct alerts *alerts =
            alerts_new(desk->outlook, NULL, desk->replies, NULL, desk->now, &settings, NULL);
        auto_text said = {0};
        static const char *const candidates[] = {"delivery:mail:2026-11-20", "delivery:mail:2026-11-24",
                                                 "delivery:mail:b@x:2026-11-20",
                                                 "delivery:webhook:chat:2026-11-20"};
        for (size_t j = 0; j < sizeof candidates / sizeof *candidates; j++) {
            const struct alert *alert = alerts_find(alerts, candidates[j]);
            if (!alert)
                continue;
            assert_null(alert->unit);
            assert_non_null(strstr(alert->body, "421 busy"));
            text_addf(&said, "%s %s %s | %s\n", alert->key, alert_severity_name(alert->severity), alert->rung,
                      alert->title);
        }
        if (strcmp(text_str(&said), one->expected) != 0)
            fail_msg("%s\n%s", one->name, text_str(&said));
        if (failings->n && !*one->expected)
            assert_true(alerts->next_change == failings->list[0].first_failed + FAILING_SECONDS);
        alerts_free(alerts);
        failings_free(failings);
        alert_desk_clear(desk);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(those_who_run_it_are_told_once)};
    return cmocka_run_group_tests_name("failing", tests, alert_desk_setup, alert_desk_teardown);
}
