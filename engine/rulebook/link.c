/* Drafts to rulebook: names become pointers, sets of offices are spelled out, everything is copied into final
 * arrays. Faults of all kinds are recorded; a rulebook with faults is never used, so broken pointers may stay
 * NULL on the way. */
#include "rulebook/link.h"

#include "rulebook/succession.h"

#include <stdlib.h>
#include <string.h>

/* ---- figures ---- */

static int metric_by_name(const void *a, const void *b)
{
    return strcmp(((const struct metric *)a)->name, ((const struct metric *)b)->name);
}

static const struct metric *const *link_metric_names(struct link *link, const struct names *names, size_t *n)
{
    const struct metric **list = arena_array(link->arena, names->n, const struct metric *);
    for (size_t i = 0; i < names->n; i++)
        list[i] = link_find_metric(link, &names->at[i]);
    *n = names->n;
    return list;
}

static void link_metrics(struct link *link)
{
    struct words *words = link->words;
    struct metric *metrics = arena_array(link->arena, words->metrics.n, struct metric);
    for (size_t i = 0; i < words->metrics.n; i++)
        metrics[i] = words->metrics.at[i]->metric;
    if (words->metrics.n)
        qsort(metrics, words->metrics.n, sizeof *metrics, metric_by_name);
    for (size_t i = 0; i < words->metrics.n; i++) {
        metrics[i].number = i;
        if (i && !strcmp(metrics[i].name, metrics[i - 1].name))
            words_fault(words, &(struct spot){metrics[i].at.file, metrics[i].at.line, 0},
                        "số liệu \"%s\" khai báo hai lần (cũng ở %s:%d)",
                        "metric \"%s\" is declared twice (also at %s:%d)", metrics[i].name,
                        metrics[i - 1].at.file, metrics[i - 1].at.line);
    }
    link->book->metrics = metrics;
    link->book->n_metrics = words->metrics.n;
    for (size_t i = 0; i < words->metrics.n; i++) {
        struct metric_draft *draft = words->metrics.at[i];
        struct metric *metric = (struct metric *)rulebook_metric(link->book, draft->metric.name);
        metric->never_above = link_find_metric(link, &draft->never_above);
        if (draft->equals)
            metric->equals = link_metric_names(link, &draft->equals->metrics, &metric->n_equals);
    }
}

/* ---- plans ---- */

static const struct trigger *link_trigger(struct link *link, const struct trigger_draft *draft,
                                          const struct spot *at)
{
    struct trigger *trigger = arena_alloc(link->arena, sizeof *trigger);
    trigger->kind = draft->kind;
    if (draft->kind == TRIGGER_EVENT)
        trigger->event = link_find_event(link, link->plan, &draft->name);
    else if (draft->kind == TRIGGER_DONE_OF)
        trigger->item = link_find_item(link, link->plan, &draft->name);
    else {
        const struct trigger **of = arena_array(link->arena, draft->n, const struct trigger *);
        for (size_t i = 0; i < draft->n; i++)
            of[i] = link_trigger(link, draft->of[i], at);
        trigger->of = of;
        trigger->n = draft->n;
    }
    return trigger;
}

/* A receiver owes itself nothing. */
static struct units without(struct link *link, const struct units *from, const struct units *out)
{
    const struct unit **at = arena_array(link->arena, from->n, const struct unit *);
    size_t n = 0;
    for (size_t i = 0; i < from->n; i++)
        if (!units_have(out, from->at[i]))
            at[n++] = from->at[i];
    return (struct units){at, n};
}

static void link_who(struct link *link, struct duty_draft *draft)
{
    struct duty *duty = &draft->duty;
    duty->to = link_units(link, draft->to, NULL, true, &draft->at);
    duty->with = link_units(link, draft->with, NULL, true, &draft->at);
    duty->escalate.to = link_units(link, draft->escalate_to, NULL, true, &draft->at);
    if (draft->lead && draft->lead->unknown) {
        duty->no_lead = draft->lead->unknown;
        return;
    }
    duty->joint = draft->lead && draft->lead->joint;
    size_t faults = link->words->faults->errors;
    struct units named = link_units(link, draft->lead, draft->except, false, &draft->at);
    duty->lead = without(link, &named, &duty->to);
    /* An empty list or group, or all excepted: a duty that nobody would ever see. */
    if (draft->lead && !duty->lead.n && link->words->faults->errors == faults)
        words_fault(link->words, &draft->at, "không còn đơn vị nào chủ trì (lead)",
                    "no unit is left to lead");
}

/* Yearly marks on the way of a span. */
static bool span_checkpoints(struct link *link, const struct duty *duty, struct duty *marks)
{
    const struct turn *turn =
        duty->timing.kind == TIMING_PERIOD_RANGE && duty->timing.n_turns ? duty->timing.turns : NULL;
    if (!turn)
        return false;
    struct period year = period_holding(PERIOD_YEAR, turn->opens);
    struct turn *turns = NULL;
    size_t n = 0;
    for (; year.last < turn->due; year = period_next(&year)) {
        if (year.last < link->plan->issued)
            continue;
        turns = turns ? turns : arena_array(link->arena, 32, struct turn);
        must(n < 32);
        turns[n++] = (struct turn){arena_strdup(link->arena, year.label),
                                   year.first > turn->opens ? year.first : turn->opens, year.last, false};
    }
    if (!n)
        return false;
    *marks = *duty;
    marks->checkpoint = true;
    marks->part = duty->part ? arena_printf(link->arena, "%s-checkpoint", duty->part) : "checkpoint";
    marks->timing.turns = turns;
    marks->timing.n_turns = n;
    return true;
}

/* A mistyped loop must not come to more occurrences than a daemon can evaluate at once. */
static bool few_enough(struct link *link, const struct duty *duty, const struct spot *at)
{
    enum { MOST_OCCURRENCES = 100000 };
    size_t leads = duty->joint || duty->no_lead ? 1 : duty->lead.n,
           turns = duty->timing.n_turns ? duty->timing.n_turns : 1;
    bool few = link->occurrences <= MOST_OCCURRENCES;
    link->occurrences += leads * turns;
    if (few && link->occurrences > MOST_OCCURRENCES)
        words_fault(link->words, at, "tới dòng này đã hơn %d kỳ hạn (việc × kỳ × đơn vị): quá nhiều",
                    "by this row there are more than %d occurrences (duty × period × unit): too many",
                    MOST_OCCURRENCES);
    return link->occurrences <= MOST_OCCURRENCES;
}

static void link_duties(struct link *link, struct item_draft *draft, struct item *item)
{
    struct duty *duties = arena_array(link->arena, 2 * draft->duties.n, struct duty);
    for (size_t i = 0; i < draft->duties.n; i++) {
        struct duty_draft *from = draft->duties.at[i];
        for (size_t j = 0; j < i; j++)
            if (from->duty.part && draft->duties.at[j]->duty.part &&
                !strcmp(from->duty.part, draft->duties.at[j]->duty.part))
                words_fault(link->words, &from->at, "part \"%s\" viết hai lần",
                            "part \"%s\" is written twice", from->duty.part);
        from->duty.item = item;
        link_who(link, from);
        duty_link_eras(link->arena, &from->duty);
        if (from->when) {
            when_resolve(link->words, from->when, link->plan, &from->duty.timing);
            if (from->when->trigger && !from->when->trigger->broken)
                from->duty.timing.trigger = link_trigger(link, from->when->trigger, &from->at);
        }
        if (!few_enough(link, &from->duty, &from->at))
            from->duty.timing.n_turns = 0;
        duties[item->n_duties++] = from->duty;
        item->n_duties += span_checkpoints(link, &from->duty, &duties[item->n_duties]);
    }
    item->duties = duties;
}

static void link_items(struct link *link)
{
    struct plan_draft *draft = link->draft;
    struct item *items = (struct item *)link->plan->items;
    for (size_t i = 0; i < draft->items.n; i++)
        link_duties(link, draft->items.at[i], &items[i]);
    for (size_t i = 0; i < draft->items.n; i++) {
        const struct names *also = &draft->items.at[i]->also;
        const struct item **list = arena_array(link->arena, also->n, const struct item *);
        for (size_t j = 0; j < also->n; j++)
            list[j] = link_find_item(link, link->plan, &also->at[j]);
        items[i].also = list;
        items[i].n_also = also->n;
    }
}

static int item_by_ref(const void *a, const void *b)
{
    return strcmp((*(const struct item *const *)a)->ref, (*(const struct item *const *)b)->ref);
}

/* The rows as they will stand, so that names can be found; their insides come later. */
static void plan_items(struct link *link)
{
    struct plan_draft *draft = link->draft;
    struct item *items = arena_array(link->arena, draft->items.n, struct item);
    const struct item **sorted = arena_array(link->words->scratch, draft->items.n, const struct item *);
    for (size_t i = 0; i < draft->items.n; i++) {
        items[i] = draft->items.at[i]->item;
        items[i].plan = link->plan;
        items[i].number = i;
        sorted[i] = &items[i];
    }
    link->plan->items = items;
    link->plan->n_items = draft->items.n;
    if (draft->items.n)
        qsort(sorted, draft->items.n, sizeof *sorted, item_by_ref);
    for (size_t i = 1; i < draft->items.n; i++)
        if (!strcmp(sorted[i]->ref, sorted[i - 1]->ref)) {
            const struct item *later = sorted[i]->number > sorted[i - 1]->number ? sorted[i] : sorted[i - 1];
            const struct item *first = later == sorted[i] ? sorted[i - 1] : sorted[i];
            words_fault(link->words, &(struct spot){later->at.file, later->at.line, 0},
                        "ref \"%s\" viết hai lần (lần trước ở dòng %d)",
                        "ref \"%s\" is written twice (before at line %d)", later->ref, first->at.line);
        }
}

static void plan_events(struct link *link)
{
    struct plan_draft *draft = link->draft;
    struct event *events = arena_array(link->arena, draft->events.n, struct event);
    for (size_t i = 0; i < draft->events.n; i++) {
        events[i] = *draft->events.at[i];
        events[i].plan = link->plan;
        for (size_t j = 0; j < i; j++)
            if (!strcmp(events[i].name, events[j].name))
                words_fault(link->words, &(struct spot){events[i].at.file, events[i].at.line, 0},
                            "sự kiện \"%s\" khai báo hai lần", "event \"%s\" is declared twice",
                            events[i].name);
    }
    link->plan->events = events;
    link->plan->n_events = draft->events.n;
}

/* ---- KPIs ---- */

static void kpi_key(struct link *link, struct kpi_draft *draft)
{
    struct kpi *kpi = &draft->kpi;
    const char *hash = strchr(draft->key, '#');
    if (draft->nested) {
        kpi->ref = draft->row->item.ref;
        kpi->slug = draft->key;
    } else {
        kpi->ref = hash ? arena_strndup(link->arena, draft->key, (size_t)(hash - draft->key)) : draft->key;
        kpi->slug = hash ? hash + 1 : "";
    }
    if (!words_is_id(kpi->ref, false) || !words_is_id(kpi->slug, false))
        words_fault(link->words, &draft->at,
                    "mã chỉ tiêu \"%s\": ngoài dòng viết \"7.2.3#online\", trong dòng viết \"online\"",
                    "KPI id \"%s\": outside a row it is \"7.2.3#online\", inside its row \"online\"",
                    draft->key);
    kpi->id = arena_printf(link->arena, "%s:%s#%s", link->plan->id, kpi->ref, kpi->slug);
    kpi->item = plan_item(link->plan, kpi->ref);
    kpi->plan = link->plan;
}

static void kpi_measure(struct link *link, struct kpi_draft *draft)
{
    if (!draft->measure)
        return;
    struct measure *measure = &draft->kpi.measure;
    *measure = draft->measure->measure;
    measure->top.metrics = link_metric_names(link, &draft->measure->top.metrics, &measure->top.n);
    measure->bottom.metrics = link_metric_names(link, &draft->measure->bottom.metrics, &measure->bottom.n);
    const struct item **items = arena_array(link->arena, draft->measure->refs.n, const struct item *);
    for (size_t i = 0; i < draft->measure->refs.n; i++)
        items[i] = link_find_item(link, link->plan, &draft->measure->refs.at[i]);
    measure->items = items;
    measure->n_items = draft->measure->refs.n;
}

static void kpi_who(struct link *link, struct kpi_draft *draft)
{
    struct kpi *kpi = &draft->kpi;
    if (draft->lead && draft->across)
        words_fault(link->words, &draft->at,
                    "kpi: lead (mỗi đơn vị một kết quả) hoặc across (một kết quả chung), không cả hai",
                    "kpi: lead (a verdict per unit) or across (one verdict over all), not both");
    kpi->across = link_units(link, draft->across, NULL, false, &draft->at);
    kpi->lead = link_units(link, draft->lead, NULL, false, &draft->at);
    if (!draft->lead && !draft->across && kpi->item && kpi->item->n_duties)
        kpi->lead = kpi->item->duties[0].lead;
    if (!kpi->lead.n && !kpi->across.n)
        words_fault(link->words, &draft->at,
                    "kpi \"%s\": cần lead hoặc across (dòng của nó không nêu đơn vị)",
                    "kpi \"%s\": lead or across is needed (its row names no unit)", draft->key);
}

static void kpi_time(struct link *link, struct kpi_draft *draft)
{
    struct kpi *kpi = &draft->kpi;
    struct timing timing = {0};
    kpi->over = draft->has_over ? draft->over : link->plan->period;
    kpi->due = kpi->over.last;
    if (!draft->due || draft->due->form == WHEN_BROKEN)
        return;
    when_resolve(link->words, draft->due, link->plan, &timing);
    if (timing.n_turns == 1)
        kpi->due = timing.turns[0].due;
    else
        words_fault(link->words, &draft->at, "due của chỉ tiêu cần một ngày cố định (before, by, month …)",
                    "a KPI's due needs one fixed day (before, by, month …)");
}

static void link_kpis(struct link *link)
{
    struct plan_draft *draft = link->draft;
    struct kpi *kpis = arena_array(link->arena, draft->kpis.n, struct kpi);
    for (size_t i = 0; i < draft->kpis.n; i++) {
        struct kpi_draft *from = draft->kpis.at[i];
        kpi_key(link, from);
        kpi_measure(link, from);
        kpi_who(link, from);
        kpi_time(link, from);
        if (from->target)
            from->kpi.target = *from->target;
        from->kpi.waive_below = link_find_metric(link, &from->waive_below);
        kpis[i] = from->kpi;
        for (size_t j = 0; j < i; j++)
            if (!strcmp(kpis[i].id, kpis[j].id))
                words_fault(link->words, &from->at, "chỉ tiêu \"%s\" viết hai lần (lần trước ở dòng %d)",
                            "KPI \"%s\" is written twice (before at line %d)", kpis[i].id, kpis[j].at.line);
    }
    link->plan->kpis = kpis;
    link->plan->n_kpis = draft->kpis.n;
    for (size_t i = 0; i < link->plan->n_items; i++) {
        struct item *item = (struct item *)&link->plan->items[i];
        const struct kpi **list = arena_array(link->arena, draft->kpis.n, const struct kpi *);
        for (size_t j = 0; j < draft->kpis.n; j++)
            if (kpis[j].item == item)
                list[item->n_kpis++] = &kpis[j];
        item->kpis = list;
    }
}

/* ---- tests ---- */

static const struct kpi *find_kpi(struct link *link, const struct plan *plan, const struct name *name)
{
    for (size_t i = 0; i < plan->n_kpis; i++)
        if (!strcmp(plan->kpis[i].id + strlen(plan->id) + 1, name->text) ||
            !strcmp(plan->kpis[i].id, name->text))
            return &plan->kpis[i];
    words_fault(link->words, &name->at, "không có chỉ tiêu '%s'", "no such KPI '%s'", name->text);
    return NULL;
}

static const struct unit *test_unit(struct link *link, const struct plan *plan, const struct name *name)
{
    if (!name->text)
        return NULL;
    const struct unit *unit = link_find_unit(link->book, plan->org, name->text);
    if (!unit)
        link_no_such(link, name, "đơn vị", "unit",
                     &(struct link_names){link_unit_id, link->book, link->book->units.n});
    return unit;
}

static void link_given(struct link *link, const struct plan *plan, struct given_draft *draft,
                       struct given *given)
{
    *given = draft->given;
    if (draft->event.text)
        given->event = link_find_event(link, plan, &draft->event);
    if (draft->item.text) {
        char *hash = strchr(draft->item.text, '#');
        struct name ref = draft->item;
        if (hash) {
            given->part = hash + 1;
            ref.text = arena_strndup(link->arena, draft->item.text, (size_t)(hash - draft->item.text));
        }
        given->item = link_find_item(link, plan, &ref);
    }
    given->metric = link_find_metric(link, &draft->metric);
}

static void link_test(struct link *link, struct test_draft *draft, struct rule_test *test)
{
    *test = draft->test;
    test->plan = draft->plan.text   ? rulebook_plan(link->book, draft->plan.text)
                 : draft->file_plan ? rulebook_plan(link->book, draft->file_plan->plan.id)
                                    : NULL;
    if (!test->plan || !test->plan->org) {
        words_fault(link->words, &draft->at, "test \"%s\": không rõ kế hoạch nào (plan = …)",
                    "test \"%s\": which plan (plan = …)?", test->name);
        return;
    }
    test->unit = test_unit(link, test->plan, &draft->unit);
    struct given *given = arena_array(link->arena, draft->given.n, struct given);
    for (size_t i = 0; i < draft->given.n; i++)
        link_given(link, test->plan, draft->given.at[i], &given[i]);
    struct expectation *expect = arena_array(link->arena, draft->expect.n, struct expectation);
    for (size_t i = 0; i < draft->expect.n; i++) {
        struct expectation_draft *from = draft->expect.at[i];
        expect[i] = from->expectation;
        expect[i].unit = test_unit(link, test->plan, &from->unit);
        if (from->ref.text)
            expect[i].item = link_find_item(link, test->plan, &from->ref);
        if (from->kpi.text)
            expect[i].kpi = find_kpi(link, test->plan, &from->kpi);
    }
    test->given = given;
    test->n_given = draft->given.n;
    test->expect = expect;
    test->n_expect = draft->expect.n;
}

/* ---- the whole ---- */

static void link_plan(struct link *link, struct plan_draft *draft, size_t number)
{
    struct plan *plan = (struct plan *)&link->book->plans[number];
    link->draft = draft;
    link->plan = plan;
    *plan = draft->plan;
    plan->position = number;
    for (size_t i = 0; i < link->book->n_orgs && draft->org.text; i++)
        if (!strcmp(link->book->orgs[i].id, draft->org.text))
            plan->org = &link->book->orgs[i];
    if (draft->org.text && !plan->org)
        words_fault(link->words, &draft->org.at, "không có org '%s' (thiếu include \"units/%s\"?)",
                    "no such org '%s' (is include \"units/%s\" missing?)", draft->org.text, draft->org.text);
    if (!plan->org || plan->issued == DAY_NONE || !plan->period.label[0])
        return; /* told already */
    plan_items(link);
    plan_events(link);
    link_items(link);
    link_groups_of_plan(link);
    link_kpis(link);
}

static void check_loose(struct words *words)
{
    for (size_t i = 0; i < words->loose.n; i++)
        if (!words->loose.at[i]->used)
            words_fault(words, &words->loose.at[i]->at,
                        "part phải đứng trong bảng của một dòng (task, report, meeting)",
                        "a part must stand inside the table of a row (task, report, meeting)");
}

bool words_link(struct words *words, struct rulebook *book)
{
    struct link link = {.words = words, .book = book, .arena = words->arena};
    check_loose(words);
    link_orgs(&link);
    link_metrics(&link);
    book->plans = arena_array(link.arena, words->plans.n, struct plan);
    book->n_plans = words->plans.n;
    for (size_t i = 0; i < words->plans.n; i++) {
        for (size_t j = 0; j < i; j++)
            if (!strcmp(words->plans.at[i]->plan.id, words->plans.at[j]->plan.id))
                words_fault(words, &words->plans.at[i]->at, "plan \"%s\" khai báo hai lần",
                            "plan \"%s\" is declared twice", words->plans.at[i]->plan.id);
        link_plan(&link, words->plans.at[i], i);
    }
    link.draft = NULL;
    link.plan = NULL;
    link_scorecards(&link);
    struct rule_test *tests = arena_array(link.arena, words->tests.n, struct rule_test);
    for (size_t i = 0; i < words->tests.n; i++)
        link_test(&link, words->tests.at[i], &tests[i]);
    book->tests = tests;
    book->n_tests = words->tests.n;
    return !words->faults->errors;
}
