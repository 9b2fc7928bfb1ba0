#include "publish/page_html.h"

#include "evaluate/scorecard.h"
#include "publish/phrase.h"
#include "publish/scoresheet.h"

#include <string.h>

static struct scores *ask(const struct html *html, const struct scorecard *scorecard, const struct unit *unit,
                          const struct period *period)
{
    const struct score_question question = {.as_of = html->outlook->today,
                                            .period = period,
                                            .scorecard = scorecard,
                                            .unit = unit,
                                            .lang = html->lang};
    return scorecard_evaluate(html->outlook, html->settings->figures, &question);
}

static void add_points(struct html *html, struct number points)
{
    auto_text text = {0};
    scoresheet_points(&text, points, html->lang);
    html_add(html, "%s", text_str(&text));
}

static void add_number(struct html *html, struct number number)
{
    auto_text text = {0};
    phrase_number(&text, number, html->lang);
    html_add(html, "%s", text_str(&text));
}

static void add_period(struct html *html, const struct score *score)
{
    char name[PERIOD_NAME_SIZE];
    html_add(html, "%s", period_name(&score->period, html->lang, name));
}

/* ---- one office's ---- */

static void part_row(struct html *html, const struct part_score *part)
{
    bool known = part->state <= PART_COMPUTED;
    auto_text how = {0};
    scoresheet_how(&how, part, html->lang);
    html_add(html, "<tr><th scope=\"row\" lang=\"vi\">%s</th>", part->part->title);
    html_say(html, "<td data-label=\"Tối đa\">", "<td data-label=\"Most\">");
    add_number(html, part->part->most);
    html_say(html, "</td><td data-label=\"Điểm\">", "</td><td data-label=\"Points\">");
    if (known)
        add_points(html, part->points);
    html_say(html, "</td><td data-label=\"Tỷ lệ\">", "</td><td data-label=\"Share\">");
    if (known)
        add_number(html, part->percent);
    html_add(html, known ? " %%</td>" : "</td>");
    html_say(html, "<td data-label=\"Nguồn\" class=\"small\">%s</td></tr>\n",
             "<td data-label=\"Source\" class=\"small\">%s</td></tr>\n", text_str(&how));
}

static void sum_row(struct html *html, const struct score *score)
{
    html_say(html, "<tr><th scope=\"row\">Cộng</th><td data-label=\"Tối đa\">",
             "<tr><th scope=\"row\">Sum</th><td data-label=\"Most\">");
    add_number(html, score->most_known);
    html_say(html, "</td><td data-label=\"Điểm\"><strong>", "</td><td data-label=\"Points\"><strong>");
    add_points(html, score->points);
    html_add(html, "</strong></td><td></td><td>");
    if (!score->complete)
        html_say(html, "mới có %zu/%zu phần, chưa phải tổng điểm", "%zu of %zu parts, not the total yet",
                 score->n_known, score->scorecard->n_parts);
    else if (score->grade)
        html_add(html, "<span lang=\"vi\">%s</span>", score->grade->name);
    html_add(html, "</td></tr>\n");
}

static void check_chip(struct html *html, const struct score *score)
{
    switch (score->check) {
    case TOTAL_NOT_PUBLISHED:
        break;
    case TOTAL_AGREES:
        html_chip(html, "good", say(html->lang, "khớp với các phần", "the sum of the parts"));
        break;
    case TOTAL_ROUNDED:
        html_chip(html, "soon", say(html->lang, "lệch, có thể do làm tròn", "differs, perhaps by rounding"));
        break;
    case TOTAL_DIFFERS:
        html_chip(html, "late", say(html->lang, "lệch với các phần", "is not the sum of the parts"));
        break;
    case TOTAL_UNCHECKED:
        html_chip(html, "calm", say(html->lang, "chưa kiểm được", "not checked"));
        break;
    }
}

static void published_line(struct html *html, const struct score *score)
{
    if (!score->has_published)
        return;
    html_say(html, "<p class=\"how\">Tổng công bố: ", "<p class=\"how\">Published total: ");
    add_points(html, score->published);
    html_add(html, " ");
    check_chip(html, score);
    html_add(html, "</p>\n");
}

static void score_table(struct html *html, const struct score *score)
{
    html_say(html,
             "<table><thead><tr><th scope=\"col\">Phần</th><th scope=\"col\">Tối đa</th><th "
             "scope=\"col\">Điểm</th><th scope=\"col\">Tỷ lệ</th><th scope=\"col\">Nguồn / vì sao</th></tr>"
             "</thead><tbody>\n",
             "<table><thead><tr><th scope=\"col\">Part</th><th scope=\"col\">Most</th><th "
             "scope=\"col\">Points</th><th scope=\"col\">Share</th><th scope=\"col\">Source / why</th></tr>"
             "</thead><tbody>\n");
    for (size_t i = 0; i < score->scorecard->n_parts; i++)
        part_row(html, &score->parts[i]);
    sum_row(html, score);
    html_add(html, "</tbody></table>\n");
    published_line(html, score);
    if (score->reason)
        html_add(html, "<p class=\"note\">%s</p>\n", score->reason);
    if (score->scorecard->note)
        html_add(html, "<p class=\"note\" lang=\"vi\">%s</p>\n", score->scorecard->note);
}

/* The others of the same year, the newest first. */
static void score_years(struct html *html, const struct score *shown)
{
    struct period year = period_holding(PERIOD_YEAR, shown->period.last);
    struct scores *scores = ask(html, shown->scorecard, shown->unit, &year);
    bool open = false;
    for (size_t i = scores->n; i--;) {
        const struct score *score = &scores->list[i];
        if (!strcmp(score->period.label, shown->period.label) || !score->n_known)
            continue;
        html_add(html, open ? "<li>" : "<ul class=\"plain\"><li>");
        open = true;
        add_period(html, score);
        html_add(html, ": ");
        add_points(html, score->points);
        html_add(html, " ");
        check_chip(html, score);
        html_add(html, "</li>\n");
    }
    html_add(html, open ? "</ul>\n" : "");
    scores_free(scores);
}

static void score_section(struct html *html, const struct score *score)
{
    const char *id = score->scorecard->id;
    html_add(html, "<section class=\"card\" aria-labelledby=\"score-%s\"><h2 id=\"score-%s\">", id, id);
    html_add(html, "<span lang=\"vi\">%s</span> <span class=\"small\">", score->scorecard->title);
    add_period(html, score);
    html_add(html, "</span></h2>\n");
    score_table(html, score);
    score_years(html, score);
    html_add(html, "</section>\n");
}

void html_scores_unit(struct html *html, const struct unit *unit)
{
    const struct rulebook *rulebook = html->outlook->rulebook;
    for (size_t i = 0; html->settings->figures && i < rulebook->n_scorecards; i++) {
        if (!units_have(&rulebook->scorecards[i].lead, unit))
            continue;
        struct scores *scores = ask(html, &rulebook->scorecards[i], unit, NULL);
        for (size_t j = 0; j < scores->n; j++)
            if (scores->list[j].n_known || scores->list[j].has_published)
                score_section(html, &scores->list[j]);
        scores_free(scores);
    }
}

/* ---- all offices' ---- */

static void board_line(struct html *html, const struct score *score)
{
    html_add(html, "<li>");
    html_unit(html, score->unit);
    html_add(html, ": <strong>");
    add_points(html, score->points);
    html_add(html, "</strong> / ");
    add_number(html, score->most_known);
    html_add(html, " <span class=\"small\">");
    add_period(html, score);
    if (score->complete && score->grade)
        html_add(html, ", <span lang=\"vi\">%s</span>", score->grade->name);
    html_add(html, "</span> ");
    check_chip(html, score);
    html_add(html, "</li>\n");
}

static void board_section(struct html *html, const struct scorecard *scorecard, const struct scores *scores)
{
    bool open = false;
    for (size_t i = 0; i < scores->n; i++) {
        if (!scores->list[i].n_known && !scores->list[i].has_published)
            continue;
        if (!open)
            html_add(html,
                     "<section class=\"card\" aria-labelledby=\"score-%s\"><h2 id=\"score-%s\" "
                     "lang=\"vi\">%s</h2><ul class=\"plain\">\n",
                     scorecard->id, scorecard->id, scorecard->title);
        open = true;
        board_line(html, &scores->list[i]);
    }
    html_add(html, open ? "</ul></section>\n" : "");
}

void html_scores_board(struct html *html)
{
    const struct rulebook *rulebook = html->outlook->rulebook;
    for (size_t i = 0; html->settings->figures && i < rulebook->n_scorecards; i++) {
        struct scores *scores = ask(html, &rulebook->scorecards[i], NULL, NULL);
        board_section(html, &rulebook->scorecards[i], scores);
        scores_free(scores);
    }
}
