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

static void orphans_report(const struct outlook *outlook, enum lang lang, struct text *out)
{
    for (size_t i = 0; i < outlook->n_orphans; i++)
        text_addf(out, "%s: %s\n",
                  say(lang,
                      "tiến độ đã ghi mà không quy tắc nào khớp (giữ nguyên; đổi mã thì khai báo was = …)",
                      "progress that no rule matches (kept; after a rename declare was = …)"),
                  outlook->orphans[i]->occurrence);
}

void coverage_report(const struct outlook *outlook, enum lang lang, struct text *out)
{
    const struct rulebook *rulebook = outlook->rulebook;
    for (size_t i = 0; i < rulebook->n_plans; i++) {
        const struct plan *plan = &rulebook->plans[i];
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
    orphans_report(outlook, lang, out);
}
