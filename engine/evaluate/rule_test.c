#include "evaluate/rule_test.h"

#include "evaluate/kpi.h"
#include "time/clock.h"

#include <stdlib.h>
#include <string.h>

/* ---- the facts of a test ---- */

static int by_event(const void *a, const void *b)
{
    const struct event_fact *x = a, *y = b;
    int order = strcmp(x->event, y->event);
    return order ? order : (x->chain > y->chain) - (x->chain < y->chain);
}

static int by_occurrence(const void *a, const void *b)
{
    const struct progress_fact *x = a, *y = b;
    int order = strcmp(x->occurrence, y->occurrence);
    return order ? order : (x->id > y->id) - (x->id < y->id);
}

static void add_event(const struct rule_test *test, const struct given *given, int64_t id,
                      struct event_fact *fact)
{
    *fact = (struct event_fact){.id = id,
                                .chain = id,
                                .plan = test->plan->id,
                                .event = given->event->name,
                                .unit = test->unit ? test->unit->id : NULL,
                                .ref = given->item ? given->item->ref : NULL,
                                .label_day = given->day,
                                .on = given->day,
                                .due = given->due,
                                .recorded_at = day_at(given->day, 8, 0)};
}

static void add_finished(struct arena *arena, const struct rule_test *test, const struct given *given,
                         int64_t id, struct progress_fact *fact)
{
    *fact = (struct progress_fact){.id = id,
                                   .action = PROGRESS_DONE,
                                   .on = given->day,
                                   .recorded_at = day_at(given->day, 8, 0),
                                   .occurrence = arena_printf(arena, "%s:%s%s%s:%s:%s", test->plan->id,
                                                              given->item->ref, given->part ? "#" : "",
                                                              given->part ? given->part : "", given->label,
                                                              test->unit ? test->unit->id : "")};
}

static struct facts *test_facts(const struct rule_test *test)
{
    struct facts *facts = facts_empty();
    struct event_fact *events = arena_alloc(facts->arena, (test->n_given + 1) * sizeof *events);
    struct progress_fact *progress = arena_alloc(facts->arena, (test->n_given + 1) * sizeof *progress);
    for (size_t i = 0; i < test->n_given; i++) {
        const struct given *given = &test->given[i];
        if (given->kind == GIVEN_OCCURRED)
            add_event(test, given, (int64_t)i + 1, &events[facts->n_events++]);
        else if (given->kind == GIVEN_FINISHED)
            add_finished(facts->arena, test, given, (int64_t)i + 1, &progress[facts->n_progress++]);
    }
    qsort(events, facts->n_events, sizeof *events, by_event);
    qsort(progress, facts->n_progress, sizeof *progress, by_occurrence);
    facts->events = events;
    facts->progress = progress;
    return facts;
}

/* ---- expectations about occurrences ---- */

static bool same_text(const char *a, const char *b)
{
    return (!a || !b) ? a == b : !strcmp(a, b);
}

static const struct occurrence *expected(const struct outlook *outlook, const struct rule_test *test,
                                         const struct expectation *expect, size_t *n)
{
    const struct unit *unit = expect->unit ? expect->unit : test->unit;
    const struct occurrence *found = NULL;
    *n = 0;
    for (size_t i = 0; i < outlook->n; i++) {
        const struct occurrence *one = &outlook->list[i];
        if (one->duty->item != expect->item || (unit && one->unit != unit) ||
            (expect->period && strcmp(one->label, expect->period)))
            continue;
        if (expect->part ? !same_text(one->duty->part, expect->part)
                         : one->duty->part && one->duty != expect->item->duties)
            continue;
        found = one;
        ++*n;
    }
    return found;
}

static void wrong(struct faults *faults, const struct rule_test *test, const struct expectation *expect,
                  const char *what, const char *wanted, const char *got)
{
    faults_add(faults, expect->at.file, expect->at.line, 0, "test \"%s\": %s phải là %s, kết quả là %s",
               "test \"%s\": %s should be %s, it is %s", test->name, what, wanted, got);
}

static void check_day(struct faults *faults, const struct rule_test *test, const struct expectation *expect,
                      const char *what, int wanted, int got)
{
    char a[DAY_SIZE], b[DAY_SIZE];
    const char *none = say(faults->lang, "không có ngày", "no day");
    if (wanted != got)
        wrong(faults, test, expect, what, wanted == DAY_NONE ? none : day_iso(wanted, a),
              got == DAY_NONE ? none : day_iso(got, b));
}

static void check_flag(struct faults *faults, const struct rule_test *test, const struct expectation *expect,
                       const char *what, bool wanted, bool got)
{
    if (wanted != got)
        wrong(faults, test, expect, what, wanted ? "true" : "false", got ? "true" : "false");
}

static void check_occurrence(struct faults *faults, const struct outlook *outlook,
                             const struct rule_test *test, const struct expectation *expect)
{
    size_t n;
    const struct occurrence *one = expected(outlook, test, expect, &n);
    const char *period = expect->period ? expect->period : "*";
    if (expect->absent ? n != 0 : n != 1) {
        faults_add(faults, expect->at.file, expect->at.line, 0,
                   "test \"%s\": ref %s, kỳ %s: có %zu kỳ hạn, phải là %d",
                   "test \"%s\": ref %s, period %s: %zu occurrences, there should be %d", test->name,
                   expect->item->ref, period, n, expect->absent ? 0 : 1);
        return;
    }
    if (expect->absent)
        return;
    if (expect->has_due)
        check_day(faults, test, expect, "due", expect->due, one->due);
    if (expect->has_act_by)
        check_day(faults, test, expect, "act_by", expect->act_by, one->act_by);
    if (expect->state && strcmp(expect->state, state_name(one->state)))
        wrong(faults, test, expect, "state", expect->state, state_name(one->state));
    if (expect->has_late)
        check_flag(faults, test, expect, "late", expect->late, one->late);
    if (expect->has_provisional)
        check_flag(faults, test, expect, "provisional", expect->provisional, one->provisional);
}

bool rule_test_run(const struct rulebook *rulebook, const struct rule_test *test, struct faults *faults)
{
    struct facts *facts = test_facts(test);
    struct outlook *outlook = outlook_new(rulebook, facts, test->at_instant);
    for (size_t i = 0; i < test->n_expect; i++)
        if (test->expect[i].kpi)
            rule_test_check_kpi(outlook, test, &test->expect[i], faults);
        else
            check_occurrence(faults, outlook, test, &test->expect[i]);
    outlook_free(outlook);
    facts_free(facts);
    return !faults->errors;
}
