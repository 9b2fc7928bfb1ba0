#include "publish/selection.h"

#include <string.h>
#include <strings.h>

static const char *plan_id_at(size_t i, const void *data)
{
    return ((const struct rulebook *)data)->plans[i].id;
}

static const char *unit_id_at(size_t i, const void *data)
{
    return ((const struct rulebook *)data)->units.at[i]->id;
}

static bool plan_select(const struct rulebook *rulebook, const char *id, const struct plan **plan,
                        struct err *err)
{
    *plan = id ? rulebook_plan(rulebook, id) : NULL;
    if (!id || *plan)
        return true;
    const char *near = text_nearest(id, rulebook->n_plans, plan_id_at, rulebook);
    if (near)
        return err_set(err, ERR_INPUT, "không có kế hoạch '%s': có phải '%s' không?",
                       "no such plan '%s': is it '%s'?", id, near);
    auto_text all = {0};
    for (size_t i = 0; i < rulebook->n_plans; i++)
        text_addf(&all, "%s%s", i ? ", " : "", rulebook->plans[i].id);
    return err_set(err, ERR_INPUT, "không có kế hoạch '%s': các kế hoạch là %s",
                   "no such plan '%s': there are %s", id, text_str(&all));
}

/* The id of the unit whose code is meant, or the nearest id, or NULL. */
static const char *unit_near(const struct rulebook *rulebook, const char *wrong)
{
    for (size_t i = 0; i < rulebook->units.n; i++)
        if (!strcasecmp(rulebook->units.at[i]->code, wrong))
            return rulebook->units.at[i]->id;
    return text_nearest(wrong, rulebook->units.n, unit_id_at, rulebook);
}

static bool unit_select(const struct rulebook *rulebook, const char *id, const struct unit **unit,
                        struct err *err)
{
    *unit = id ? rulebook_unit(rulebook, id) : NULL;
    if (!id || *unit)
        return true;
    const char *near = unit_near(rulebook, id);
    if (near)
        return err_set(err, ERR_INPUT, "không có đơn vị '%s': có phải '%s' không?",
                       "no such office '%s': is it '%s'?", id, near);
    return err_set(err, ERR_INPUT, "không có đơn vị '%s': viết <cơ quan>/<mã>, ví dụ '%s'",
                   "no such office '%s': write <org>/<code>, for example '%s'", id,
                   rulebook->units.n ? rulebook->units.at[0]->id : "haiphong/PC06");
}

bool selection_make(const struct rulebook *rulebook, const struct listing_options *options,
                    struct selection *selection, struct err *err)
{
    char from[DAY_SIZE], to[DAY_SIZE];
    selection->options = options;
    if (options->from != DAY_NONE && options->to != DAY_NONE && options->from > options->to)
        return err_set(err, ERR_USAGE, "--from %s sau --to %s: đổi lại hai ngày",
                       "--from %s is after --to %s: swap the two days", day_iso(options->from, from),
                       day_iso(options->to, to));
    return plan_select(rulebook, options->plan, &selection->plan, err) &&
           unit_select(rulebook, options->unit, &selection->unit, err);
}

bool selection_has_range(const struct selection *selection)
{
    return selection->options->from != DAY_NONE || selection->options->to != DAY_NONE;
}

bool selection_in_range(const struct selection *selection, int day)
{
    const struct listing_options *options = selection->options;
    return day != DAY_NONE && (options->from == DAY_NONE || day >= options->from) &&
           (options->to == DAY_NONE || day <= options->to);
}
