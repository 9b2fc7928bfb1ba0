#include "intake_desk.h"

#include "base/text.h"
#include "time/clock.h"

#include <string.h>

enum { FIRST_TIME = 1790000000 };

static void intake_desk_rules(struct intake_desk *desk)
{
    auto_text rules = {0};
    must(file_read("tests/intake/rules.lua", 1 << 16, &rules, NULL));
    rules_home_init(&desk->rules);
    rules_home_put(&desk->rules, "rules/metrics.lua", text_str(&rules));
    rules_home_put(&desk->rules, "rules/plan.lua", rules_home_head);
    desk->rulebook = rules_home_load(&desk->rules);
    if (!desk->rulebook)
        fputs(rules_home_faults(&desk->rules), stderr);
    must(desk->rulebook);
}

static void home_new(struct intake_desk *desk)
{
    void *home;
    must(!home_setup(&home));
    desk->home = home;
    desk->home->err.lang = LANG_EN;
}

static void home_end(struct intake_desk *desk)
{
    void *home = desk->home;
    must(!home_teardown(&home));
}

int intake_desk_setup(void **state)
{
    struct intake_desk *desk = mem_alloc(sizeof *desk);
    intake_desk_rules(desk);
    home_new(desk);
    *state = desk;
    return 0;
}

int intake_desk_teardown(void **state)
{
    struct intake_desk *desk = *state;
    home_end(desk);
    rulebook_free(desk->rulebook);
    rules_home_fini(&desk->rules);
    text_fini(&desk->report);
    mem_free(desk);
    return 0;
}

void intake_desk_empty(struct intake_desk *desk)
{
    home_end(desk);
    home_new(desk);
    desk->taken = 0;
}

const char *intake_desk_take(struct intake_desk *desk, const char *bytes, size_t n, const char *options)
{
    struct intake_report report;
    struct intake_request request = {.name = "figures",
                                     .fd = -1,
                                     .bytes = bytes,
                                     .n_bytes = n,
                                     .org = strstr(options, "org=hp") ? "hp" : NULL,
                                     .by = "tester",
                                     .dry_run = strstr(options, "dry-run"),
                                     .partial = strstr(options, "partial"),
                                     .restore = strstr(options, "restore"),
                                     .recorded_at = FIRST_TIME + 60 * ++desk->taken,
                                     .real_now = FIRST_TIME,
                                     .lang = LANG_EN};
    assert_fine(desk->home,
                intake_run(desk->home->store, desk->rulebook, &request, &report, &desk->home->err));
    json_t *json = intake_report_json(&report);
    desk->report.n = 0;
    intake_refusals(json, LANG_EN, &desk->report);
    intake_summary(json, LANG_EN, &desk->report);
    json_decref(json);
    intake_report_fini(&report);
    return text_str(&desk->report);
}

char *intake_desk_ledger(struct intake_desk *desk)
{
    struct text out = {0};
    struct figures *figures = figures_read(desk->home->store, DAY_NONE, &desk->home->err);
    assert_fine(desk->home, figures);
    for (size_t i = 0; i < figures->n; i++) {
        const struct figure *figure = &figures->list[i];
        text_addf(&out, "%s %s %s %g%s%s\n", figure->unit, figure->metric, figure->period,
                  (double)figure->value / NUMBER_SCALE, figure->note ? ", " : "",
                  figure->note ? figure->note : "");
    }
    figures_free(figures);
    return text_take(&out);
}
