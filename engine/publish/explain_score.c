/* Why a scorecard says what it says: its sheet, where its rule stands, the figures. */
#include "publish/explain_parts.h"

#include "publish/scoresheet.h"

static void score_text(const struct explain_ask *ask, const struct score *score, struct text *out)
{
    const struct scorecard *scorecard = score->scorecard;
    const struct listing_options options = {.lang = ask->lang, .width = ask->width};
    scoresheet_text(score, &options, out);
    text_addf(out, "  %s: %s:%d\n", say(ask->lang, "Quy tắc", "Rule"), scorecard->at.file,
              scorecard->at.line);
    explain_figures(ask, score->used, score->n_used, out);
}

static json_t *score_json(const struct explain_ask *ask, const struct score *score)
{
    const struct scorecard *scorecard = score->scorecard;
    json_t *object = json_object(), *source = json_object();
    explain_put_text(object, "what", "scorecard");
    json_t *stands = scoresheet_json(score, ask->as_of);
    must(!json_object_update(object, stands));
    json_decref(stands);
    explain_put_text(source, "file", scorecard->at.file);
    explain_put(source, "line", json_integer(scorecard->at.line));
    explain_put_text(object, "unit_title", score->unit->title);
    explain_put_text(object, "note", scorecard->note);
    explain_put(object, "source", source);
    explain_put_figures(object, ask, score->used, score->n_used);
    return object;
}

json_t *explain_score(const struct explain_ask *ask, const struct score *score, struct text *out)
{
    if (!out)
        return score_json(ask, score);
    score_text(ask, score, out);
    return NULL;
}
