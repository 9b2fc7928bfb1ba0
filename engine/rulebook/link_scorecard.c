/* Scorecards: names to pointers, and whether the points add up. */
#include "rulebook/link.h"

#include <string.h>

static struct operand link_operand(struct link *link, const struct operand_draft *draft)
{
    const struct metric **list = arena_array(link->arena, draft->metrics.n, const struct metric *);
    for (size_t i = 0; i < draft->metrics.n; i++)
        list[i] = link_find_metric(link, &draft->metrics.at[i]);
    return (struct operand){list, draft->metrics.n};
}

/* The rate as a KPI without a target, so that it is measured like any other. */
static const struct kpi *link_rate(struct link *link, const struct scorecard *scorecard,
                                   const struct score_part_draft *draft)
{
    if (!draft->measure)
        return NULL;
    struct kpi *rate = arena_alloc(link->arena, sizeof *rate);
    *rate = (struct kpi){.id = arena_printf(link->arena, "%s#%s", scorecard->id, draft->part.id),
                         .slug = draft->part.id,
                         .title = draft->part.title,
                         .lead = scorecard->lead,
                         .each = scorecard->each,
                         .due = DAY_NONE,
                         .measure = draft->measure->measure,
                         .target = {.op = TARGET_NONE, .unit = "%"},
                         .at = draft->part.at};
    rate->measure.top = link_operand(link, &draft->measure->top);
    rate->measure.bottom = link_operand(link, &draft->measure->bottom);
    return rate;
}

static void link_parts(struct link *link, const struct scorecard_draft *draft, struct scorecard *scorecard)
{
    struct score_part *parts = arena_array(link->arena, draft->parts.n, struct score_part);
    for (size_t i = 0; i < draft->parts.n; i++) {
        const struct score_part_draft *from = draft->parts.at[i];
        parts[i] = from->part;
        parts[i].points = link_find_metric(link, &from->points);
        parts[i].percent = link_find_metric(link, &from->percent);
        parts[i].rate = link_rate(link, scorecard, from);
        scorecard->most.scaled += parts[i].most.scaled;
    }
    scorecard->parts = parts;
    scorecard->n_parts = draft->parts.n;
}

static void check_most(struct link *link, const struct scorecard_draft *draft,
                       const struct scorecard *scorecard)
{
    int64_t said = draft->most.scaled, sum = scorecard->most.scaled;
    if (said && draft->parts.n && said != sum)
        words_fault(link->words, &draft->at,
                    "scorecard \"%s\": các phần cộng lại tối đa %g điểm, không phải %g",
                    "scorecard \"%s\": the parts come to %g points at most, not %g", scorecard->id,
                    (double)sum / NUMBER_SCALE, (double)said / NUMBER_SCALE);
    if (draft->grades.n && draft->grades.at[0].least.scaled > sum)
        words_fault(link->words, &draft->at,
                    "scorecard \"%s\": mức '%s' cao hơn tổng điểm tối đa %g, không bao giờ đạt được",
                    "scorecard \"%s\": the grade '%s' lies above the most points, %g, and is never reached",
                    scorecard->id, draft->grades.at[0].name, (double)sum / NUMBER_SCALE);
}

static const struct org *find_org(struct link *link, const struct name *name)
{
    for (size_t i = 0; i < link->book->n_orgs && name->text; i++)
        if (!strcmp(link->book->orgs[i].id, name->text))
            return &link->book->orgs[i];
    if (name->text)
        words_fault(link->words, &name->at, "không có org '%s' (thiếu include \"units/%s\"?)",
                    "no such org '%s' (is include \"units/%s\" missing?)", name->text, name->text);
    return NULL;
}

static void link_lead(struct link *link, const struct scorecard_draft *draft, struct scorecard *scorecard)
{
    struct plan offices = {.org = scorecard->org};
    scorecard->lead = scorecard->org->units;
    if (!draft->lead)
        return;
    link->plan = &offices;
    scorecard->lead = link_units(link, draft->lead, NULL, false, &draft->at);
    link->plan = NULL;
    if (!scorecard->lead.n)
        words_fault(link->words, &draft->at, "scorecard \"%s\": lead không còn đơn vị nào",
                    "scorecard \"%s\": no unit is left in lead", scorecard->id);
}

void link_scorecards(struct link *link)
{
    struct words *words = link->words;
    struct scorecard *list = arena_array(link->arena, words->scorecards.n, struct scorecard);
    for (size_t i = 0; i < words->scorecards.n; i++) {
        const struct scorecard_draft *draft = words->scorecards.at[i];
        struct scorecard *scorecard = &list[i];
        *scorecard = draft->scorecard;
        for (size_t j = 0; j < i; j++)
            if (!strcmp(list[j].id, scorecard->id))
                words_fault(words, &draft->at, "scorecard \"%s\" khai báo hai lần (cũng ở %s:%d)",
                            "scorecard \"%s\" is declared twice (also at %s:%d)", scorecard->id,
                            list[j].at.file, list[j].at.line);
        scorecard->org = find_org(link, &draft->org);
        if (scorecard->org)
            link_lead(link, draft, scorecard);
        scorecard->total = link_find_metric(link, &draft->total);
        link_parts(link, draft, scorecard);
        check_most(link, draft, scorecard);
        struct grade *grades = arena_array(link->arena, draft->grades.n, struct grade);
        if (draft->grades.n)
            memcpy(grades, draft->grades.at, draft->grades.n * sizeof *grades);
        scorecard->grades = grades;
        scorecard->n_grades = draft->grades.n;
    }
    link->book->scorecards = list;
    link->book->n_scorecards = words->scorecards.n;
}
