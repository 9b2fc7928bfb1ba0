#include "evaluate/scorecard.h"

#include "base/text.h"
#include "evaluate/kpi_measure.h"

#include <stdlib.h>
#include <string.h>

/* ---- names ---- */

const char *part_state_name(enum part_state state)
{
    static const char *const names[] = {"published", "computed", "no_data", "exempt", "invalid"};
    must(state < sizeof names / sizeof *names);
    return names[state];
}

const char *part_state_title(enum part_state state, enum lang lang)
{
    static const char *const titles[][2] = {
        {"đã công bố", "published"}, {"tính từ số liệu", "computed"},    {"chưa có số liệu", "no data"},
        {"không xét", "exempt"},     {"số liệu sai", "invalid figures"},
    };
    must(state < sizeof titles / sizeof *titles);
    return titles[state][lang == LANG_EN];
}

const char *total_check_name(enum total_check check)
{
    static const char *const names[] = {"not_published", "agrees", "rounded", "differs", "unchecked"};
    must(check < sizeof names / sizeof *names);
    return names[check];
}

/* ---- points ----
 *
 * The sum of unrounded points has 20 decimals, each part's rounded there. It is held against limits at 18, so
 * that 1/3 + 2/3 is 1; no other sum of real counts comes so close to a limit. */

enum { FINE_DIGITS = 20, HUNDREDTH = NUMBER_SCALE / 100 };

static __int128 fine_power(int digits)
{
    __int128 power = 1;
    while (digits-- > 0)
        power *= 10;
    return power;
}

static __int128 fine_number(struct number number)
{
    return number.scaled * (fine_power(FINE_DIGITS) / NUMBER_SCALE);
}

/* n / d as a fine number, half up. Long division: n times 10^20 would not fit. */
static __int128 fine_fraction(__int128 n, __int128 d)
{
    __int128 value = n / d, rest = n % d;
    for (int i = 0; i < FINE_DIGITS; i++) {
        rest *= 10;
        value = value * 10 + rest / d;
        rest %= d;
    }
    return value + (2 * rest >= d);
}

static __int128 fine_settled(__int128 value)
{
    return (value + 50) / 100 * 100;
}

/* Two decimals, half up. */
static struct number fine_shown(__int128 value)
{
    __int128 step = fine_power(FINE_DIGITS - 2);
    return (struct number){(int64_t)((fine_settled(value) + step / 2) / step) * HUNDREDTH};
}

/* The same, but one step below a limit that the rounding alone would reach. */
static struct number fine_shown_below(__int128 value, struct number limit)
{
    struct number shown = fine_shown(value);
    if (shown.scaled >= limit.scaled && fine_settled(value) < fine_number(limit))
        shown.scaled -= HUNDREDTH;
    return shown;
}

static struct number percent_shown(int64_t n, int64_t d)
{
    struct number all = {(int64_t)100 * NUMBER_SCALE};
    return fine_shown_below(fine_fraction((__int128)n * 100, d), all);
}

/* ---- printed numbers ---- */

/* The last decimal of a number with so many of them, scaled by 10^4. */
static int64_t unit_of(int decimals)
{
    int64_t unit = NUMBER_SCALE;
    for (int i = 0; i < decimals; i++)
        unit /= 10;
    return unit;
}

/* The last decimal that a percentage shows: pages print 96 and 87,9 and 97,25 as they like. */
static int64_t unit_shown(struct number percent)
{
    int64_t unit = NUMBER_SCALE;
    while (percent.scaled % unit)
        unit /= 10;
    return unit;
}

/* ---- the work on one score ---- */

struct scoring {
    struct kpi_work work;
    const struct score_question *question;
    VEC(struct score) list;
    struct score *score; /* under way */
    __int128 sum;        /* of the known parts, fine */
    int64_t slack;       /* twice what rounding may have added to or taken from printed points, scaled */
    VEC(struct period) periods;
};

static const struct figure *published(struct scoring *scoring, const struct metric *metric)
{
    if (!metric)
        return NULL;
    const struct unit *unit = scoring->score->unit;
    const char *label = scoring->score->period.label;
    const struct figure *figure = figures_find(scoring->work.figures, unit->id, metric->name, label);
    if (!figure && unit->was)
        figure = figures_find(scoring->work.figures, unit->was, metric->name, label);
    if (figure)
        *vec_push(&scoring->work.used) = figure;
    return figure;
}

static void part_without(struct part_score *score, enum part_state state, const char *reason)
{
    score->state = state;
    score->reason = reason;
}

/* ---- published parts ---- */

/* Whether the printed percentage can be that of the printed points: both were rounded. */
static bool percent_fits(const struct score_part *part, struct number points, struct number percent)
{
    __int128 apart =
        (__int128)points.scaled * 100 * NUMBER_SCALE - (__int128)percent.scaled * part->most.scaled;
    __int128 slack = (__int128)unit_shown(percent) * part->most.scaled +
                     (__int128)unit_of(part->points->decimals) * 100 * NUMBER_SCALE;
    return 2 * (apart < 0 ? -apart : apart) <= slack;
}

static void take_points(struct scoring *scoring, struct part_score *score, const struct figure *points,
                        const struct figure *percent)
{
    struct kpi_work *work = &scoring->work;
    const struct score_part *part = score->part;
    score->state = PART_PUBLISHED;
    score->points.scaled = points->value;
    score->percent = percent_shown(points->value, part->most.scaled);
    scoring->slack += unit_of(part->points->decimals);
    if (points->value > part->most.scaled) {
        part_without(score, PART_INVALID,
                     arena_printf(work->arena,
                                  say(work->lang, "điểm công bố %s cao hơn mức tối đa %s",
                                      "the published points, %s, are above the most, %s"),
                                  number_text(work, points->value), number_text(work, part->most.scaled)));
        return;
    }
    if (!percent)
        return;
    score->doubtful = !percent_fits(part, score->points, (struct number){percent->value});
    if (score->doubtful)
        score->reason =
            arena_printf(work->arena,
                         say(work->lang, "%s/%s điểm là %s %%, mà tỷ lệ công bố là %s %%",
                             "%s of %s points are %s %%, but the published percentage is %s %%"),
                         number_text(work, points->value), number_text(work, part->most.scaled),
                         number_text(work, score->percent.scaled), number_text(work, percent->value));
    score->percent.scaled = percent->value;
}

static void take_percent(struct scoring *scoring, struct part_score *score, const struct figure *percent)
{
    struct kpi_work *work = &scoring->work;
    int64_t most = score->part->most.scaled;
    score->state = PART_PUBLISHED;
    score->from_percent = true;
    score->percent.scaled = percent->value;
    score->points = fine_shown(
        fine_fraction((__int128)most * percent->value, (__int128)100 * NUMBER_SCALE * NUMBER_SCALE));
    scoring->slack += HUNDREDTH + unit_shown(score->percent) * most / ((int64_t)100 * NUMBER_SCALE) + 1;
    if (percent->value > (int64_t)100 * NUMBER_SCALE)
        part_without(score, PART_INVALID,
                     arena_printf(work->arena,
                                  say(work->lang, "tỷ lệ công bố %s %% cao hơn 100 %%",
                                      "the published percentage, %s %%, is above 100 %%"),
                                  number_text(work, percent->value)));
}

static const char *unpublished(struct kpi_work *work, const struct score_part *part)
{
    const struct metric *first = part->points ? part->points : part->percent;
    must(first);
    if (part->points && part->percent)
        return arena_printf(work->arena, say(work->lang, "chưa có %s hoặc %s", "no figure of %s or of %s"),
                            first->name, part->percent->name);
    return arena_printf(work->arena, say(work->lang, "chưa có %s", "no figure of %s"), first->name);
}

static void take_published(struct scoring *scoring, struct part_score *score)
{
    const struct score_part *part = score->part;
    const struct figure *points = published(scoring, part->points);
    const struct figure *percent = published(scoring, part->percent);
    if (points)
        take_points(scoring, score, points, percent);
    else if (percent)
        take_percent(scoring, score, percent);
    else
        part_without(score, PART_NO_DATA, unpublished(&scoring->work, part));
    if (score->state == PART_PUBLISHED)
        scoring->sum += fine_number(score->points);
}

/* ---- computed parts ---- */

static void add_rate(struct scoring *scoring, struct part_score *score, const struct quantity *rate)
{
    const struct score_part *part = score->part;
    __int128 reached = (__int128)rate->n * 100 * NUMBER_SCALE,
             full = (__int128)rate->d * part->full_at.scaled;
    __int128 points = reached >= full ? fine_number(part->most)
                                      : fine_fraction((__int128)part->most.scaled * rate->n * 100, full);
    score->points = fine_shown_below(points, part->most);
    score->percent = percent_shown(rate->n, rate->d);
    scoring->sum += points;
}

static void take_rate(struct scoring *scoring, struct part_score *score)
{
    static const enum part_state states[] = {[FINDING_VALUE] = PART_COMPUTED,
                                             [FINDING_NO_DATA] = PART_NO_DATA,
                                             [FINDING_EXEMPT] = PART_EXEMPT,
                                             [FINDING_INVALID] = PART_INVALID};
    const struct units alone = {&scoring->score->unit, 1};
    const struct period *period = &scoring->score->period;
    const struct subject subject = {.kpi = score->part->rate,
                                    .unit = scoring->score->unit,
                                    .units = &alone,
                                    .period = period,
                                    .ended = scoring->work.as_of > period->last};
    struct finding finding = measure_take(&scoring->work, &subject);
    score->state = states[finding.kind];
    score->reason = finding.reason;
    score->doubtful = finding.partial;
    score->numerator = finding.numerator;
    score->denominator = finding.denominator;
    if (finding.kind == FINDING_VALUE)
        add_rate(scoring, score, &finding.quantity);
}

/* ---- the total ---- */

static const struct grade *grade_of(const struct scorecard *scorecard, __int128 points)
{
    for (size_t i = 0; i < scorecard->n_grades; i++)
        if (fine_settled(points) >= fine_number(scorecard->grades[i].least))
            return &scorecard->grades[i];
    return NULL;
}

static void show_sum(struct scoring *scoring)
{
    struct score *score = scoring->score;
    const struct scorecard *scorecard = score->scorecard;
    score->points = fine_shown_below(scoring->sum, scorecard->most);
    for (size_t i = 0; i < scorecard->n_grades; i++) {
        struct number shown = fine_shown_below(scoring->sum, scorecard->grades[i].least);
        if (shown.scaled < score->points.scaled)
            score->points = shown;
    }
    if (score->complete)
        score->grade = grade_of(scorecard, scoring->sum);
}

static const char *missing_names(struct scoring *scoring)
{
    const struct score *score = scoring->score;
    auto_text names = {0};
    for (size_t i = 0; i < score->scorecard->n_parts; i++)
        if (score->parts[i].state > PART_COMPUTED)
            text_addf(&names, "%s%s (%s)", names.n ? ", " : "", score->parts[i].part->title,
                      part_state_title(score->parts[i].state, scoring->work.lang));
    return arena_printf(scoring->work.arena, say(scoring->work.lang, "thiếu điểm: %s", "without points: %s"),
                        text_str(&names));
}

/* How far the published total lies from the sum: below zero where it is too low for the known parts, above
 * where it is too high even if the missing ones had all their points. */
static int64_t total_apart(const struct score *score, __int128 sum)
{
    int64_t least = fine_shown(sum).scaled;
    int64_t most = least + score->scorecard->most.scaled - score->most_known.scaled;
    int64_t total = score->published.scaled;
    if (score->complete && fine_number(score->published) == fine_settled(sum))
        return 0;
    return total < least ? total - least : total > most ? total - most : 0;
}

static const char *apart_reason(struct scoring *scoring, int64_t apart)
{
    enum lang lang = scoring->work.lang;
    const struct score *score = scoring->score;
    const char *known = score->complete ? say(lang, "các phần cộng lại", "the parts come to")
                        : apart < 0
                            ? say(lang, "riêng các phần đã có là", "the known parts alone come to")
                            : say(lang, "dù các phần thiếu được tối đa cũng không đủ; các phần đã có là",
                                  "too high even with all points of the missing parts; the others come to");
    return arena_printf(scoring->work.arena,
                        say(lang, "%s%stổng công bố %s, %s %s, lệch %s%s%s",
                            "%s%sthe published total is %s, %s %s, %s%s apart%s"),
                        score->reason ? score->reason : "", score->reason ? "; " : "",
                        number_text(&scoring->work, score->published.scaled), known,
                        number_text(&scoring->work, fine_shown(scoring->sum).scaled), apart > 0 ? "+" : "",
                        number_text(&scoring->work, apart),
                        score->check == TOTAL_ROUNDED
                            ? say(lang, " (có thể do làm tròn)", " (rounding may be the cause)")
                            : "");
}

static void check_total(struct scoring *scoring)
{
    struct score *score = scoring->score;
    int64_t apart = total_apart(score, scoring->sum);
    int64_t slack = scoring->slack + unit_of(score->scorecard->total->decimals);
    bool rounding = 2 * (apart < 0 ? -apart : apart) <= slack;
    score->check = !rounding          ? TOTAL_DIFFERS
                   : !score->complete ? TOTAL_UNCHECKED
                   : apart            ? TOTAL_ROUNDED
                                      : TOTAL_AGREES;
    if (score->check == TOTAL_UNCHECKED || !apart)
        return;
    score->difference.scaled = apart;
    score->reason = apart_reason(scoring, apart);
}

static void take_total(struct scoring *scoring)
{
    struct score *score = scoring->score;
    const struct figure *total = published(scoring, score->scorecard->total);
    if (!total)
        return;
    score->has_published = true;
    score->published.scaled = total->value;
    score->published_grade = grade_of(score->scorecard, fine_number(score->published));
    check_total(scoring);
}

/* ---- one score ---- */

static void keep_used(struct scoring *scoring)
{
    struct kpi_work *work = &scoring->work;
    struct score *score = scoring->score;
    if (!work->used.n)
        return;
    size_t size = work->used.n * sizeof *work->used.at;
    score->used = memcpy(arena_alloc(work->arena, size), work->used.at, size);
    score->n_used = work->used.n;
    for (size_t i = 0; i < score->n_used && !score->sample; i++) {
        const struct intake *intake = figures_intake(work->figures, score->used[i]->intake);
        score->sample = intake && intake->sample;
    }
}

static void score_one(struct scoring *scoring, const struct scorecard *scorecard, const struct unit *unit,
                      const struct period *period)
{
    struct part_score *parts = arena_alloc(scoring->work.arena, scorecard->n_parts * sizeof *parts);
    struct score *score = vec_push(&scoring->list);
    *score = (struct score){.scorecard = scorecard, .unit = unit, .period = *period, .parts = parts};
    scoring->score = score;
    scoring->sum = 0;
    scoring->slack = 0;
    scoring->work.used.n = 0;
    for (size_t i = 0; i < scorecard->n_parts; i++) {
        parts[i].part = &scorecard->parts[i];
        if (parts[i].part->rate)
            take_rate(scoring, &parts[i]);
        else
            take_published(scoring, &parts[i]);
        if (parts[i].state > PART_COMPUTED)
            continue;
        score->n_known++;
        score->most_known.scaled += parts[i].part->most.scaled;
    }
    score->complete = score->n_known == scorecard->n_parts;
    if (!score->complete && score->n_known)
        score->reason = missing_names(scoring);
    show_sum(scoring);
    take_total(scoring);
    keep_used(scoring);
}

/* ---- periods ---- */

static int by_first(const void *a, const void *b)
{
    const struct period *one = a, *other = b;
    return (one->first > other->first) - (one->first < other->first);
}

static void periods_of_slice(struct scoring *scoring, enum period_kind kind, const char *unit,
                             const struct metric *metric)
{
    const struct figure *figure = NULL;
    size_t n = unit ? figures_of(scoring->work.figures, unit, metric->name, &figure) : 0;
    for (size_t i = 0; i < n; i++) {
        const struct period *reported = label_period(&scoring->work, figure[i].period);
        struct period period = reported ? period_holding(kind, reported->first) : (struct period){0};
        if (reported && period_inside(reported, &period))
            *vec_push(&scoring->periods) = period;
    }
}

static void periods_of_metric(struct scoring *scoring, enum period_kind kind, const struct unit *unit,
                              const struct metric *metric)
{
    if (!metric)
        return;
    periods_of_slice(scoring, kind, unit->id, metric);
    periods_of_slice(scoring, kind, unit->was, metric);
}

/* The periods for which the unit has any figure of the scorecard, in order, each once. */
static void periods_with_figures(struct scoring *scoring, const struct scorecard *scorecard,
                                 const struct unit *unit)
{
    scoring->periods.n = 0;
    periods_of_metric(scoring, scorecard->each, unit, scorecard->total);
    for (size_t i = 0; i < scorecard->n_parts; i++) {
        const struct score_part *part = &scorecard->parts[i];
        periods_of_metric(scoring, scorecard->each, unit, part->points);
        periods_of_metric(scoring, scorecard->each, unit, part->percent);
        const struct operand *operands[] = {part->rate ? &part->rate->measure.top : NULL,
                                            part->rate ? &part->rate->measure.bottom : NULL};
        for (size_t j = 0; j < 2; j++)
            for (size_t k = 0; operands[j] && k < operands[j]->n; k++)
                periods_of_metric(scoring, scorecard->each, unit, operands[j]->metrics[k]);
    }
    if (!scoring->periods.n)
        return;
    qsort(scoring->periods.at, scoring->periods.n, sizeof *scoring->periods.at, by_first);
    size_t kept = 1;
    for (size_t i = 1; i < scoring->periods.n; i++)
        if (scoring->periods.at[i].first != scoring->periods.at[kept - 1].first)
            scoring->periods.at[kept++] = scoring->periods.at[i];
    scoring->periods.n = kept;
}

static struct period last_begun(const struct scoring *scoring, enum period_kind kind)
{
    struct period last = period_holding(kind, scoring->work.as_of);
    for (size_t i = scoring->periods.n; i-- > 0;)
        if (scoring->periods.at[i].first <= scoring->work.as_of)
            return scoring->periods.at[i];
    return last;
}

static void score_if_there(struct scoring *scoring, const struct scorecard *scorecard,
                           const struct unit *unit, const struct period *period)
{
    if (unit_is_there(unit, period))
        score_one(scoring, scorecard, unit, period);
}

static void score_unit(struct scoring *scoring, const struct scorecard *scorecard, const struct unit *unit)
{
    const struct period *asked = scoring->question->period;
    if (asked && asked->kind == scorecard->each) {
        score_if_there(scoring, scorecard, unit, asked);
        return;
    }
    periods_with_figures(scoring, scorecard, unit);
    if (!asked) {
        struct period last = last_begun(scoring, scorecard->each);
        score_if_there(scoring, scorecard, unit, &last);
        return;
    }
    for (size_t i = 0; i < scoring->periods.n; i++)
        if (period_inside(&scoring->periods.at[i], asked))
            score_if_there(scoring, scorecard, unit, &scoring->periods.at[i]);
}

/* ---- all ---- */

static void score_all(struct scoring *scoring, const struct rulebook *rulebook)
{
    const struct score_question *question = scoring->question;
    for (size_t i = 0; i < rulebook->n_scorecards; i++) {
        const struct scorecard *scorecard = &rulebook->scorecards[i];
        if (question->scorecard && question->scorecard != scorecard)
            continue;
        for (size_t j = 0; j < scorecard->lead.n; j++)
            if (!question->unit || question->unit == scorecard->lead.at[j])
                score_unit(scoring, scorecard, scorecard->lead.at[j]);
    }
}

struct scores *scorecard_evaluate(const struct outlook *outlook, const struct figures *figures,
                                  const struct score_question *question)
{
    struct arena *arena = arena_new();
    struct scores *scores = arena_alloc(arena, sizeof *scores);
    struct scoring scoring = {.work = {.outlook = outlook,
                                       .figures = figures,
                                       .arena = arena,
                                       .lang = question->lang,
                                       .as_of = question->as_of},
                              .question = question};
    scores->arena = arena;
    score_all(&scoring, outlook->rulebook);
    size_t size = scoring.list.n * sizeof *scoring.list.at;
    if (size)
        scores->list = memcpy(arena_alloc(arena, size), scoring.list.at, size);
    scores->n = scoring.list.n;
    vec_free(&scoring.list);
    vec_free(&scoring.periods);
    vec_free(&scoring.work.used);
    vec_free(&scoring.work.spans);
    mem_free(scoring.work.labels);
    return scores;
}

void scores_free(struct scores *scores)
{
    if (scores)
        arena_free(scores->arena); /* holds the scores themselves */
}
