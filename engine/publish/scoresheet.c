#include "publish/scoresheet.h"

#include "publish/phrase.h"
#include "publish/records.h"
#include "publish/selection.h"
#include "publish/table.h"

#include <string.h>

/* ---- JSON ---- */

static void put(json_t *object, const char *key, json_t *value)
{
    must(!json_object_set_new(object, key, value));
}

static void put_text(json_t *object, const char *key, const char *text)
{
    put(object, key, text ? json_string(text) : json_null());
}

static json_t *number_json(struct number number)
{
    return number.scaled % NUMBER_SCALE ? json_real((double)number.scaled / NUMBER_SCALE)
                                        : json_integer(number.scaled / NUMBER_SCALE);
}

static void put_number(json_t *object, const char *key, bool known, struct number number)
{
    put(object, key, known ? number_json(number) : json_null());
}

static bool has_points(const struct part_score *part)
{
    return part->state <= PART_COMPUTED;
}

static const char *score_state(const struct score *score)
{
    return score->complete ? "complete" : score->n_known ? "partial" : "no_data";
}

static json_t *part_json(const struct part_score *part)
{
    json_t *object = json_object();
    put_text(object, "part", part->part->id);
    put_text(object, "title", part->part->title);
    put(object, "most", number_json(part->part->most));
    put_number(object, "points", has_points(part), part->points);
    put_number(object, "percent", has_points(part), part->percent);
    put_text(object, "state", part_state_name(part->state));
    put(object, "from_percent", json_boolean(part->from_percent));
    put(object, "doubtful", json_boolean(part->doubtful));
    put_number(object, "numerator", part->state == PART_COMPUTED, (struct number){part->numerator});
    put_number(object, "denominator", part->state == PART_COMPUTED, (struct number){part->denominator});
    put_text(object, "reason", part->reason);
    return object;
}

static json_t *parts_json(const struct score *score, bool missing)
{
    json_t *array = json_array();
    for (size_t i = 0; i < score->scorecard->n_parts; i++)
        if (!missing)
            must(!json_array_append_new(array, part_json(&score->parts[i])));
        else if (!has_points(&score->parts[i]))
            must(!json_array_append_new(array, json_string(score->parts[i].part->id)));
    return array;
}

struct json_t *scoresheet_json(const struct score *score, int as_of)
{
    char day[DAY_SIZE];
    json_t *object = json_object();
    put_text(object, "scorecard", score->scorecard->id);
    put_text(object, "title", score->scorecard->title);
    put_text(object, "unit", score->unit->id);
    put_text(object, "period", score->period.label);
    put_text(object, "state", score_state(score));
    put_number(object, "points", score->n_known > 0, score->points);
    put(object, "most", number_json(score->scorecard->most));
    put(object, "most_known", number_json(score->most_known));
    put_text(object, "grade", score->grade ? score->grade->name : NULL);
    put(object, "missing", parts_json(score, true));
    put_number(object, "published_total", score->has_published, score->published);
    put_text(object, "published_grade", score->published_grade ? score->published_grade->name : NULL);
    put_text(object, "total_check", total_check_name(score->check));
    put_number(object, "difference", score->check >= TOTAL_AGREES && score->check <= TOTAL_DIFFERS,
               score->difference);
    put_text(object, "reason", score->reason);
    put(object, "parts", parts_json(score, false));
    put_text(object, "as_of", day_iso(as_of, day));
    put(object, "sample", json_boolean(score->sample));
    return object;
}

/* ---- CSV: a row for each part, one for the total ---- */

static json_t *row_json(const struct score *score, json_t *object)
{
    put_text(object, "scorecard", score->scorecard->id);
    put_text(object, "unit", score->unit->id);
    put_text(object, "period", score->period.label);
    put(object, "sample", json_boolean(score->sample));
    return object;
}

static json_t *total_row(const struct score *score)
{
    json_t *object = json_object();
    put_text(object, "part", "total");
    put_text(object, "title", score->scorecard->title);
    put(object, "most", number_json(score->scorecard->most));
    put_number(object, "points", score->n_known > 0, score->points);
    put_text(object, "state", score_state(score));
    put_text(object, "grade", score->grade ? score->grade->name : NULL);
    put_number(object, "published_total", score->has_published, score->published);
    put_text(object, "total_check", total_check_name(score->check));
    put_number(object, "difference", score->check >= TOTAL_AGREES && score->check <= TOTAL_DIFFERS,
               score->difference);
    put_text(object, "reason", score->reason);
    return object;
}

static void objects_of(const struct scores *scores, int as_of, const struct listing_options *options,
                       struct text *out)
{
    static const char *const columns[] = {
        "scorecard", "unit",  "period",          "part",        "title",      "most",   "points", "percent",
        "state",     "grade", "published_total", "total_check", "difference", "reason", "sample"};
    struct records records = {.format = options->format,
                              .columns = columns,
                              .n_columns = sizeof columns / sizeof *columns,
                              .out = out};
    records_begin(&records);
    for (size_t i = 0; i < scores->n; i++) {
        const struct score *score = &scores->list[i];
        if (options->format == LISTING_JSON) {
            records_add(&records, scoresheet_json(score, as_of));
            continue;
        }
        for (size_t j = 0; j < score->scorecard->n_parts; j++)
            records_add(&records, row_json(score, part_json(&score->parts[j])));
        records_add(&records, row_json(score, total_row(score)));
    }
    records_end(&records);
}

/* ---- the sheet ---- */

void scoresheet_points(struct text *out, struct number points, enum lang lang)
{
    auto_text plain = {0};
    phrase_number(&plain, points, lang);
    const char *mark = strpbrk(text_str(&plain), ",.");
    size_t decimals = mark ? strlen(mark + 1) : 0;
    text_addf(out, "%s%s%s", text_str(&plain), mark ? "" : say(lang, ",", "."),
              decimals == 0   ? "00"
              : decimals == 1 ? "0"
                              : "");
}

void scoresheet_how(struct text *out, const struct part_score *part, enum lang lang)
{
    text_add(out, part_state_title(part->state, lang));
    if (part->state == PART_COMPUTED) {
        text_add(out, ": ");
        phrase_number(out, (struct number){part->numerator}, lang);
        text_add(out, " / ");
        phrase_number(out, (struct number){part->denominator}, lang);
    } else if (part->state == PART_PUBLISHED && part->from_percent)
        text_add(out, say(lang, " (chỉ có tỷ lệ)", " (the percentage only)"));
    if (part->reason)
        text_addf(out, "; %s", part->reason);
}

static void part_row(struct table *table, const struct part_score *part, enum lang lang)
{
    auto_text most = {0}, points = {0}, percent = {0}, how = {0};
    phrase_number(&most, part->part->most, lang);
    if (has_points(part)) {
        scoresheet_points(&points, part->points, lang);
        phrase_number(&percent, part->percent, lang);
        text_add(&percent, NO_BREAK "%");
    }
    scoresheet_how(&how, part, lang);
    table_cell(table, part->part->title);
    table_cell(table, text_str(&most));
    table_cell(table, text_str(&points));
    table_cell(table, text_str(&percent));
    table_cell(table, text_str(&how));
}

static void add_total(struct text *out, const struct score *score, enum lang lang)
{
    if (!score->n_known) {
        text_add(out, say(lang, "chưa có điểm của phần nào", "no part has points yet"));
        return;
    }
    scoresheet_points(out, score->points, lang);
    text_add(out, " / ");
    phrase_number(out, score->most_known, lang);
    if (!score->complete)
        phrase_add(out, lang, " (mới có %zu/%zu phần, chưa phải tổng điểm)",
                   " (%zu of %zu parts, not the total yet)", score->n_known, score->scorecard->n_parts);
    else if (score->grade)
        phrase_add(out, lang, ", xếp loại: %s", ", grade: %s", score->grade->name);
}

static void add_published(struct text *out, const struct score *score, enum lang lang)
{
    static const char *const checks[][2] = {
        [TOTAL_AGREES] = {"khớp với các phần", "it is the sum of the parts"},
        [TOTAL_ROUNDED] = {"lệch", "differs"},
        [TOTAL_DIFFERS] = {"LỆCH", "DIFFERS"},
        [TOTAL_UNCHECKED] = {"chưa kiểm được vì thiếu phần điểm", "not checked, parts are missing"},
    };
    scoresheet_points(out, score->published, lang);
    text_addf(out, ", %s", checks[score->check][lang == LANG_EN]);
    if (score->published_grade && score->published_grade != score->grade)
        phrase_add(out, lang, "; xếp loại theo tổng này: %s", "; grade by this total: %s",
                   score->published_grade->name);
}

static void paragraph(const char *what, const char *words, const struct listing_options *options,
                      struct text *out)
{
    auto_text whole = {0};
    if (!words)
        return;
    text_addf(&whole, "%s: %s", what, words);
    table_paragraph(out, text_str(&whole), 0, 2, (size_t)options->width);
}

void scoresheet_text(const struct score *score, const struct listing_options *options, struct text *out)
{
    enum lang lang = options->lang;
    struct table *table = table_new();
    auto_text line = {0};
    char period[PERIOD_NAME_SIZE];
    text_addf(out, "%s (%s)\n%s, %s\n\n", score->scorecard->title, score->scorecard->id, score->unit->title,
              period_name(&score->period, lang, period));
    table_column(table, say(lang, "Phần", "Part"), TABLE_FIXED, 44);
    table_column(table, say(lang, "Tối đa", "Most"), TABLE_FIXED, 0);
    table_column(table, say(lang, "Điểm", "Points"), TABLE_FIXED, 0);
    table_column(table, say(lang, "Tỷ lệ", "Share"), TABLE_FIXED, 0);
    table_column(table, say(lang, "Nguồn / vì sao", "Source / why"), TABLE_FLEXIBLE, 0);
    for (size_t i = 0; i < score->scorecard->n_parts; i++)
        part_row(table, &score->parts[i], lang);
    table_write(table, (size_t)options->width, out);
    table_free(table);
    text_addf(&line, "%s: ", say(lang, "Cộng", "Sum"));
    add_total(&line, score, lang);
    if (score->has_published) {
        text_addf(&line, "\n%s: ", say(lang, "Tổng công bố", "Published total"));
        add_published(&line, score, lang);
    }
    text_addf(out, "%s\n", text_str(&line));
    paragraph(say(lang, "Vì", "Because"), score->reason, options, out);
    paragraph(say(lang, "Ghi chú", "Note"), score->scorecard->note, options, out);
    if (score->sample)
        text_add(out, say(lang, "Có số liệu mẫu, không phải số liệu thật.\n",
                          "Some figures are samples, not real ones.\n"));
}

/* ---- what was asked ---- */

static const char *id_at(size_t i, const void *data)
{
    return ((const struct rulebook *)data)->scorecards[i].id;
}

static bool scorecard_select(const struct rulebook *rulebook, const char *id,
                             const struct scorecard **scorecard, struct err *err)
{
    *scorecard = id ? rulebook_scorecard(rulebook, id) : NULL;
    if (!rulebook->n_scorecards)
        return err_set(err, ERR_INPUT, "các tệp quy tắc không có bảng điểm (scorecard) nào",
                       "the rule files have no scorecard");
    if (!id || *scorecard)
        return true;
    const char *near = text_nearest(id, rulebook->n_scorecards, id_at, rulebook);
    return err_set(err, ERR_INPUT, "không có bảng điểm '%s': có phải '%s' không?",
                   "no such scorecard '%s': is it '%s'?", id, near ? near : id_at(0, rulebook));
}

static bool something(const struct scores *scores, const struct score_question *question, struct err *err)
{
    char name[PERIOD_NAME_SIZE];
    if (scores->n || (!question->period && !question->unit))
        return true;
    return err_set(err, ERR_INPUT, "không có bảng điểm nào của %s%s%s", "no scorecard of %s%s%s",
                   question->unit ? question->unit->id : say(question->lang, "đơn vị nào", "any office"),
                   question->period ? say(question->lang, " trong ", " in ") : "",
                   question->period ? period_name(question->period, question->lang, name) : "");
}

bool scoresheet_list(const struct outlook *outlook, const struct figures *figures, const char *id, int as_of,
                     const char *period, const struct listing_options *options, struct text *out,
                     struct err *err)
{
    struct selection selection;
    struct period asked;
    struct score_question question = {.as_of = as_of, .lang = options->lang};
    if (!scorecard_select(outlook->rulebook, id, &question.scorecard, err) ||
        !selection_make(outlook->rulebook, options, &selection, err))
        return false;
    if (period && !period_parse(period, &asked, err)) {
        err->kind = ERR_USAGE;
        return err_wrap(err, "--period: ");
    }
    question.period = period ? &asked : NULL;
    question.unit = selection.unit;
    struct scores *scores = scorecard_evaluate(outlook, figures, &question);
    bool good = something(scores, &question, err);
    if (good && options->format != LISTING_TABLE)
        objects_of(scores, as_of, options, out);
    for (size_t i = 0; good && options->format == LISTING_TABLE && i < scores->n; i++) {
        text_add(out, i ? "\n" : "");
        scoresheet_text(&scores->list[i], options, out);
    }
    scores_free(scores);
    return good;
}
