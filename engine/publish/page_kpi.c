#include "publish/page_html.h"

#include "evaluate/kpi.h"
#include "publish/phrase.h"

#include <string.h>

enum { CHART_WIDTH = 120, CHART_HEIGHT = 28, MONTHS = 12, BEHIND_SHOWN = 12 };

/* ---- lights ---- */

static const char *tone(enum verdict verdict)
{
    switch (verdict) {
    case VERDICT_MET:
    case VERDICT_ON_TRACK:
        return "good";
    case VERDICT_AT_RISK:
        return "soon";
    case VERDICT_MISSED:
    case VERDICT_OUT_OF_REACH:
    case VERDICT_INVALID:
        return "late";
    case VERDICT_NO_DATA:
    case VERDICT_EXEMPT:
    case VERDICT_NO_TARGET:
        break;
    }
    return "calm";
}

static struct kpi_question question_of(const struct html *html, const struct kpi *kpi,
                                       const struct unit *unit, const char *period)
{
    return (struct kpi_question){.as_of = html->outlook->today,
                                 .period = period,
                                 .plan = kpi ? kpi->plan : NULL,
                                 .kpi = kpi,
                                 .unit = unit,
                                 .lang = html->lang};
}

static struct kpi_results *ask(const struct html *html, const struct kpi *kpi, const struct unit *unit,
                               const char *period)
{
    const struct kpi_question question = question_of(html, kpi, unit, period);
    return kpi_evaluate(html->outlook, html->settings->figures, &question);
}

/* "99,996 %" */
static void add_value(struct html *html, const struct kpi_result *result)
{
    auto_text text = {0};
    if (!result->has_value)
        return;
    text_add_decimal(&text, result->value, html->lang);
    html_add(html, "%s %s", text_str(&text), result->kpi->target.unit ? result->kpi->target.unit : "");
}

/* ---- the year as a small chart ---- */

struct month {
    const char *tone; /* NULL: no value */
    bool has_target;
    double value, target;
};
struct year {
    struct month months[MONTHS];
    double top;
    size_t known;
};

static int height_of(const struct year *year, double value)
{
    double y = CHART_HEIGHT - 3 - value / year->top * (CHART_HEIGHT - 6);
    return y < 1 ? 1 : y > CHART_HEIGHT - 1 ? CHART_HEIGHT - 1 : (int)y;
}

static void month_take(struct year *year, struct month *month, const struct kpi_result *result)
{
    if (result->has_target) {
        month->has_target = true;
        month->target = (double)result->target.scaled / NUMBER_SCALE;
        year->top = month->target > year->top ? month->target : year->top;
    }
    if (!result->has_value)
        return;
    month->tone = tone(result->verdict); /* a part of the figures only is neither good nor late */
    month->value = result->value;
    year->top = month->value > year->top ? month->value : year->top;
    year->known++;
}

/* unit NULL: all that lead it as one. */
static void year_take(const struct html *html, const struct kpi *kpi, const struct unit *unit,
                      struct year *year)
{
    *year = (struct year){.top = 1};
    for (int i = 0; i < MONTHS; i++) {
        char label[PERIOD_SIZE];
        snprintf(label, sizeof label, "%04d-%02d", day_civil(html->outlook->today).year, i + 1);
        struct kpi_question question = question_of(html, kpi, unit, label);
        question.together = !unit;
        struct kpi_results *results = kpi_evaluate(html->outlook, html->settings->figures, &question);
        if (results->n)
            month_take(year, &year->months[i], &results->list[0]);
        kpi_results_free(results);
    }
}

enum { STEP = CHART_WIDTH / MONTHS };

/* A level for each month: the target may rise within the year. */
static void chart_target(struct html *html, const struct year *year)
{
    for (int i = 0; i < MONTHS; i++)
        if (year->months[i].has_target)
            html_add(html, "<line class=\"target\" x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\"/>", i * STEP,
                     height_of(year, year->months[i].target), (i + 1) * STEP,
                     height_of(year, year->months[i].target));
}

static void chart_marks(struct html *html, const struct year *year)
{
    const struct month *months = year->months;
    for (int i = 1; i < MONTHS; i++)
        if (months[i].tone && months[i - 1].tone)
            html_add(html, "<line class=\"path\" x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\"/>",
                     (i - 1) * STEP + STEP / 2, height_of(year, months[i - 1].value), i * STEP + STEP / 2,
                     height_of(year, months[i].value));
    for (int i = 0; i < MONTHS; i++)
        if (months[i].tone)
            html_add(html, "<circle class=\"%s\" cx=\"%d\" cy=\"%d\" r=\"2\"/>", months[i].tone,
                     i * STEP + STEP / 2, height_of(year, months[i].value));
}

/* The months of the year that have a value, against the target. Nothing for KPIs that are not monthly. */
static void chart(struct html *html, const struct kpi *kpi, const struct unit *unit)
{
    struct year year;
    if (kpi->each != PERIOD_MONTH)
        return;
    year_take(html, kpi, unit, &year);
    if (!year.known)
        return;
    html_add(html,
             "<svg class=\"chart\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\"><title>",
             CHART_WIDTH, CHART_HEIGHT, CHART_WIDTH, CHART_HEIGHT);
    html_say(html, "Các tháng năm %d so với mức phải đạt", "The months of %d against the target",
             day_civil(html->outlook->today).year);
    html_add(html, "</title>");
    chart_target(html, &year);
    chart_marks(html, &year);
    html_add(html, "</svg>");
}

/* ---- an office's verdicts ---- */

static void title_cell(struct html *html, const struct kpi *kpi)
{
    html_add(html, "<th scope=\"row\"><a");
    html_href(html, kpi->item ? "/items/" : "/plans/", kpi->plan->id, kpi->item ? kpi->ref : NULL, NULL);
    html_vi(html);
    html_add(html, ">%s</a> <span class=\"small\">%s</span></th>", kpi->title, kpi->ref);
}

static void verdict_row(struct html *html, const struct kpi_result *result)
{
    char period[PERIOD_NAME_SIZE];
    auto_text target = {0}, needed = {0};
    phrase_target(&target, &result->kpi->target, html->lang);
    html_add(html, "<tr>");
    title_cell(html, result->kpi);
    html_say(html, "<td data-label=\"Kết quả\">", "<td data-label=\"Verdict\">");
    html_chip(html, tone(result->verdict), verdict_title(result->verdict, html->lang));
    html_say(html, "</td><td data-label=\"Đạt\">", "</td><td data-label=\"Value\">");
    add_value(html, result);
    html_say(html, "</td><td data-label=\"Mức\">%s</td><td data-label=\"Kỳ\">%s</td><td>",
             "</td><td data-label=\"Target\">%s</td><td data-label=\"Period\">%s</td><td>", text_str(&target),
             period_name(&result->period, html->lang, period));
    chart(html, result->kpi, result->unit);
    if (result->needed) {
        kpi_needed_text(&needed, result->kpi, result->needed, html->lang);
        html_add(html, "<span class=\"small\">%s</span>", text_str(&needed));
    }
    html_add(html, "</td></tr>\n");
}

static void table_head(struct html *html)
{
    html_say(html,
             "<table><thead><tr><th scope=\"col\">Chỉ tiêu</th><th scope=\"col\">Kết quả</th><th "
             "scope=\"col\">Đạt</th><th scope=\"col\">Mức</th>"
             "<th scope=\"col\">Kỳ</th><th scope=\"col\">Trong năm</th></tr></thead><tbody>\n",
             "<table><thead><tr><th scope=\"col\">Target</th><th scope=\"col\">Verdict</th><th "
             "scope=\"col\">Value</th><th scope=\"col\">Level</th>"
             "<th scope=\"col\">Period</th><th scope=\"col\">This year</th></tr></thead><tbody>\n");
}

static bool shown_plan(const struct html *html, const struct plan *plan)
{
    return !html->outlook->plan_closed[plan->position];
}

static bool shown(const struct html *html, const struct kpi_result *result)
{
    return shown_plan(html, result->kpi->plan);
}

void html_kpi_unit(struct html *html, const struct unit *unit)
{
    if (!html->settings->figures)
        return;
    struct kpi_results *results = ask(html, NULL, unit, NULL);
    size_t with = 0, without = 0;
    for (size_t i = 0; i < results->n; i++)
        if (shown(html, &results->list[i]))
            *(results->list[i].verdict == VERDICT_NO_DATA ? &without : &with) += 1;
    if (with + without) {
        html_say(html, "<section class=\"card\" aria-labelledby=\"kpis\"><h2 id=\"kpis\">Chỉ tiêu</h2>",
                 "<section class=\"card\" aria-labelledby=\"kpis\"><h2 id=\"kpis\">Targets</h2>");
        if (with)
            table_head(html);
        for (size_t i = 0; i < results->n; i++)
            if (shown(html, &results->list[i]) && results->list[i].verdict != VERDICT_NO_DATA)
                verdict_row(html, &results->list[i]);
        html_add(html, with ? "</tbody></table>" : "");
        if (without)
            html_say(html, "<p class=\"note\">%zu chỉ tiêu chưa có số liệu của kỳ này.</p>",
                     "<p class=\"note\">%zu targets have no figures for this period.</p>", without);
        html_add(html, "</section>\n");
    }
    kpi_results_free(results);
}

/* ---- all offices at once ---- */

struct lights {
    size_t good, soon, late, calm, no_data, n;
};

/* A reader of some offices sees their verdicts only. */
static bool is_theirs(const struct html *html, const struct kpi_result *result)
{
    const struct page_scope *scope = html->settings->scope;
    return !scope || !scope->units || (result->unit && page_scope_has(scope, result->unit->id));
}

static struct lights lights_of(const struct html *html, const struct kpi_results *results)
{
    struct lights lights = {0};
    for (size_t i = 0; i < results->n; i++) {
        if (!is_theirs(html, &results->list[i]))
            continue;
        lights.n++;
        const char *which = tone(results->list[i].verdict);
        lights.good += !strcmp(which, "good");
        lights.soon += !strcmp(which, "soon");
        lights.late += !strcmp(which, "late");
        lights.calm += !strcmp(which, "calm");
        lights.no_data += results->list[i].verdict == VERDICT_NO_DATA;
    }
    return lights;
}

/* Shares of one bar; a share that is not empty is never invisible. */
static void bar_share(struct html *html, const char *which, size_t n, size_t total, int *x)
{
    if (!n)
        return;
    int width = (int)(n * CHART_WIDTH / total);
    width = width ? width : 2;
    html_add(html, "<rect class=\"%s\" x=\"%d\" y=\"0\" width=\"%d\" height=\"10\"/>", which, *x, width);
    *x += width;
}

static void lights_bar(struct html *html, const struct lights *lights)
{
    int x = 0;
    html_add(html,
             "<svg class=\"chart\" viewBox=\"0 0 %d 10\" width=\"%d\" height=\"10\" aria-hidden=\"true\">",
             CHART_WIDTH + 6, CHART_WIDTH + 6);
    bar_share(html, "late", lights->late, lights->n, &x);
    bar_share(html, "soon", lights->soon, lights->n, &x);
    bar_share(html, "good", lights->good, lights->n, &x);
    bar_share(html, "calm", lights->calm, lights->n, &x);
    html_add(html, "</svg> ");
    if (lights->late)
        html_say(html, "<span class=\"chip late\">%zu không đạt</span> ",
                 "<span class=\"chip late\">%zu missed</span> ", lights->late);
    if (lights->soon)
        html_say(html, "<span class=\"chip soon\">%zu có nguy cơ</span> ",
                 "<span class=\"chip soon\">%zu at risk</span> ", lights->soon);
    if (lights->good)
        html_say(html, "<span class=\"chip good\">%zu đạt</span> ",
                 "<span class=\"chip good\">%zu met</span> ", lights->good);
    if (lights->no_data)
        html_say(html, "<span class=\"small\">%zu chưa có số liệu</span>",
                 "<span class=\"small\">%zu without figures</span>", lights->no_data);
}

static void kpi_line(struct html *html, const struct kpi *kpi, const struct lights *lights)
{
    html_add(html, "<li><a");
    html_href(html, kpi->item ? "/items/" : "/plans/", kpi->plan->id, kpi->item ? kpi->ref : NULL, NULL);
    html_vi(html);
    html_add(html, ">%s</a> <span class=\"small\">%s</span><p class=\"how\">", kpi->title, kpi->ref);
    lights_bar(html, lights);
    html_add(html, "</p>");
    chart(html, kpi, NULL);
    html_add(html, "</li>\n");
}

/* KPIs that have a figure from somebody, of plans that are not closed. */
void html_kpi_board(struct html *html)
{
    const struct rulebook *rulebook = html->outlook->rulebook;
    size_t lines = 0, without = 0;
    if (!html->settings->figures)
        return;
    for (size_t i = 0; i < rulebook->n_plans; i++)
        for (size_t j = 0; !html->outlook->plan_closed[i] && j < rulebook->plans[i].n_kpis; j++) {
            struct kpi_results *results = ask(html, &rulebook->plans[i].kpis[j], NULL, NULL);
            struct lights lights = lights_of(html, results);
            kpi_results_free(results);
            without += lights.no_data == lights.n;
            if (lights.no_data == lights.n)
                continue;
            if (!lines++)
                html_say(html,
                         "<section class=\"card\" aria-labelledby=\"kpis\"><h2 id=\"kpis\">Chỉ tiêu</h2><ul "
                         "class=\"plain\">",
                         "<section class=\"card\" aria-labelledby=\"kpis\"><h2 id=\"kpis\">Targets</h2><ul "
                         "class=\"plain\">");
            kpi_line(html, &rulebook->plans[i].kpis[j], &lights);
        }
    if (!lines)
        return;
    html_add(html, "</ul>");
    if (without)
        html_say(html, "<p class=\"note\">%zu chỉ tiêu chưa đơn vị nào gửi số liệu.</p>",
                 "<p class=\"note\">%zu targets have no figures from anybody yet.</p>", without);
    html_add(html, "</section>\n");
}

/* Under a target of a row page: how all offices stand, and who is behind; to some offices only they. */
void html_kpi_standing(struct html *html, const struct kpi *kpi)
{
    if (!html->settings->figures)
        return;
    struct kpi_results *results = ask(html, kpi, NULL, NULL);
    struct lights lights = lights_of(html, results);
    size_t behind = 0;
    if (lights.n)
        lights_bar(html, &lights);
    for (size_t i = 0; i < results->n && behind < BEHIND_SHOWN; i++) {
        const struct kpi_result *one = &results->list[i];
        if (!one->unit || !is_theirs(html, one) || strcmp(tone(one->verdict), "late") != 0)
            continue;
        html_add(html, behind++ ? ", " : "<p class=\"small\">");
        html_unit(html, one->unit);
        html_add(html, " ");
        add_value(html, one);
    }
    if (behind)
        html_add(html, behind < lights.late ? " …</p>" : "</p>");
    kpi_results_free(results);
}

/* ---- figures received and missing ---- */

enum { MISSING_SHOWN = 8 };

/* The newest month of which targets were judged, or NULL. */
static const struct period *judged_month(const struct html *html)
{
    const struct standings *standings = html->settings->standings;
    const struct period *newest = NULL;
    for (size_t i = 0; standings && i < standings->n; i++) {
        const struct standing_block *block = &standings->blocks[i];
        if (block->ended && block->period.kind == PERIOD_MONTH && shown_plan(html, block->kpi->plan) &&
            (!newest || block->period.first > newest->first))
            newest = &block->period;
    }
    return newest;
}

/* Of each office by its number: how many targets of that month ask it for figures, and how many still do. */
struct sender {
    size_t asked, lacking;
};

static void senders_count(const struct html *html, const struct period *month, struct sender *senders)
{
    const struct standings *standings = html->settings->standings;
    for (size_t i = 0; i < standings->n; i++) {
        const struct standing_block *block = &standings->blocks[i];
        if (!block->ended || block->period.kind != PERIOD_MONTH || block->period.first != month->first ||
            !shown_plan(html, block->kpi->plan))
            continue;
        for (size_t j = 0; j < block->n; j++) {
            if (!block->list[j].unit || !standing_metric(block->kpi, 0))
                continue;
            senders[block->list[j].unit->number].asked++;
            senders[block->list[j].unit->number].lacking += block->list[j].lacks != 0;
        }
    }
}

static void missing_names(struct html *html, const struct sender *senders, size_t lacking)
{
    const struct units *units = &html->outlook->rulebook->units;
    size_t named = 0;
    html_say(html, "<p class=\"small\">Còn thiếu: ", "<p class=\"small\">Missing: ");
    for (size_t i = 0; i < units->n && named < MISSING_SHOWN; i++) {
        if (!senders[units->at[i]->number].lacking)
            continue;
        html_add(html, named++ ? ", " : "");
        html_unit(html, units->at[i]);
    }
    if (lacking > named)
        html_say(html, " và %zu đơn vị nữa", " and %zu more offices", lacking - named);
    html_add(html, "</p>");
}

void html_figures_card(struct html *html)
{
    const struct period *month = judged_month(html);
    const struct units *units = &html->outlook->rulebook->units;
    size_t asked = 0, lacking = 0;
    char name[PERIOD_NAME_SIZE];
    if (!month)
        return;
    struct sender *senders = mem_alloc((units->n + 1) * sizeof *senders);
    senders_count(html, month, senders);
    for (size_t i = 0; i < units->n; i++) {
        asked += senders[i].asked > 0;
        lacking += senders[i].lacking > 0;
    }
    html_say(html,
             "<section class=\"card\" aria-labelledby=\"figures\"><h2 id=\"figures\">Số liệu đã nhận</h2><p "
             "class=\"how\">%s: ",
             "<section class=\"card\" aria-labelledby=\"figures\"><h2 id=\"figures\">Figures received</h2><p "
             "class=\"how\">%s: ",
             period_name(month, html->lang, name));
    html_progress(html, asked - lacking, asked);
    html_say(html, "<span class=\"small\">đơn vị gửi đủ</span></p>",
             "<span class=\"small\">offices, whole</span></p>");
    if (lacking)
        missing_names(html, senders, lacking);
    html_add(html, "</section>\n");
    mem_free(senders);
}
