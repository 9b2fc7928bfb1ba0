#include "shell/coverage.h"

#include <string.h>

struct counts {
    size_t rows, sections, lost, dated, reasoned, owned, kpis, tests;
};

static bool has_day(const struct item *item)
{
    for (size_t i = 0; i < item->n_duties; i++)
        if (item->duties[i].timing.n_turns || item->duties[i].timing.trigger)
            return true;
    return false;
}

static bool has_owner(const struct item *item)
{
    for (size_t i = 0; i < item->n_duties; i++)
        if (!item->duties[i].lead.n)
            return false;
    return true;
}

static bool is_tested(const struct rulebook *rulebook, const struct item *item)
{
    for (size_t i = 0; i < rulebook->n_tests; i++)
        for (size_t j = 0; j < rulebook->tests[i].n_expect; j++)
            if (rulebook->tests[i].expect[j].item == item ||
                (rulebook->tests[i].expect[j].kpi && rulebook->tests[i].expect[j].kpi->item == item))
                return true;
    return false;
}

static struct counts plan_counts(const struct rulebook *rulebook, const struct plan *plan)
{
    struct counts counts = {.kpis = plan->n_kpis};
    for (size_t i = 0; i < plan->n_items; i++) {
        const struct item *item = &plan->items[i];
        counts.sections += item->kind == ITEM_SECTION;
        counts.lost += item->kind == ITEM_LOST;
        if (!item->n_duties)
            continue;
        counts.rows++;
        counts.dated += has_day(item);
        counts.reasoned += !has_day(item);
        counts.owned += has_owner(item);
        counts.tests += is_tested(rulebook, item);
    }
    return counts;
}

/* ---- what was told and no rule matches ---- */

static bool unit_known(const struct rulebook *rulebook, const char *id)
{
    for (size_t i = 0; i < rulebook->units.n; i++) {
        const struct unit *unit = rulebook->units.at[i];
        if (!strcmp(unit->id, id) || (unit->was && !strcmp(unit->was, id)))
            return true;
    }
    return false;
}

static bool row_known(const struct plan *plan, const char *ref)
{
    for (size_t i = 0; i < plan->n_items; i++) {
        const struct item *item = &plan->items[i];
        if (!strcmp(item->ref, ref) || (item->was && !strcmp(item->was, ref)))
            return true;
    }
    return false;
}

static bool event_matches(const struct rulebook *rulebook, const struct event_fact *fact)
{
    for (size_t i = 0; i < rulebook->n_plans; i++) {
        const struct plan *plan = &rulebook->plans[i];
        if (!strcmp(plan->id, fact->plan) || (plan->was && !strcmp(plan->was, fact->plan)))
            return plan_event(plan, fact->event) && (!fact->ref || row_known(plan, fact->ref)) &&
                   (!fact->unit || unit_known(rulebook, fact->unit));
    }
    return false;
}

static void lost_events(const struct outlook *outlook, enum lang lang, struct text *out)
{
    for (size_t i = 0; i < outlook->facts->n_events; i++) {
        const struct event_fact *fact = &outlook->facts->events[i];
        char day[DAY_SIZE];
        if (event_matches(outlook->rulebook, fact))
            continue;
        text_addf(out, "%s: %s:%s",
                  say(lang, "sự kiện đã ghi mà không quy tắc nào khớp (giữ nguyên)",
                      "a recorded event that no rule matches (kept)"),
                  fact->plan, fact->event);
        text_addf(out, "%s%s%s%s %s\n", fact->unit ? " " : "", fact->unit ? fact->unit : "",
                  fact->ref ? " " : "", fact->ref ? fact->ref : "", day_iso(fact->on, day));
    }
}

/* One line for each unit and metric: thousands of figures may have lost their name at once. */
static void lost_figures(const struct outlook *outlook, const struct figures *figures, enum lang lang,
                         struct text *out)
{
    for (size_t i = 0, n; i < figures->n; i += n) {
        const struct figure *first = &figures->list[i];
        for (n = 1; i + n < figures->n && !strcmp(figures->list[i + n].unit, first->unit) &&
                    !strcmp(figures->list[i + n].metric, first->metric);)
            n++;
        if (!rulebook_metric(outlook->rulebook, first->metric) || !unit_known(outlook->rulebook, first->unit))
            text_addf(out,
                      say(lang, "số liệu đã nhận mà không quy tắc nào khớp (giữ nguyên): %s %s, %zu kỳ\n",
                          "figures that no rule matches (kept): %s %s, %zu periods\n"),
                      first->unit, first->metric, n);
    }
}

static void orphans_report(const struct outlook *outlook, const struct figures *figures, enum lang lang,
                           struct text *out)
{
    for (size_t i = 0; i < outlook->n_orphans; i++)
        text_addf(out, "%s: %s\n",
                  say(lang,
                      "tiến độ đã ghi mà không quy tắc nào khớp (giữ nguyên; đổi mã thì khai báo was = …)",
                      "progress that no rule matches (kept; after a rename declare was = …)"),
                  outlook->orphans[i]->occurrence);
    lost_events(outlook, lang, out);
    lost_figures(outlook, figures, lang, out);
}

void coverage_report(const struct world *world, const struct asked *asked, enum lang lang, struct text *out)
{
    const struct rulebook *rulebook = world->rulebook;
    for (size_t i = 0; i < rulebook->n_plans; i++) {
        const struct plan *plan = &rulebook->plans[i];
        if (!asked_has(asked, plan->at.file))
            continue;
        struct counts counts = plan_counts(rulebook, plan);
        text_addf(out,
                  say(lang,
                      "%s: %zu dòng (%zu có ngày hoặc sự kiện, %zu nêu lý do không có ngày, %zu rõ đơn vị, "
                      "%zu có phép thử), "
                      "%zu đầu mục, %zu dòng mất, %zu chỉ tiêu\n",
                      "%s: %zu rows (%zu with a day or event, %zu with a reason for none, %zu with an owner, "
                      "%zu tested), "
                      "%zu headings, %zu lost, %zu targets\n"),
                  plan->id, counts.rows, counts.dated, counts.reasoned, counts.owned, counts.tests,
                  counts.sections, counts.lost, counts.kpis);
    }
    if (!asked->n)
        orphans_report(world->outlook, world->figures, lang, out);
}
