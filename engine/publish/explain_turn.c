/* Which deadline is meant: an occurrence, what many offices owe together, or of a row the turn that is next.
 */
#include "publish/explain_parts.h"

#include "publish/phrase.h"

#include <string.h>

enum { TURNS_NAMED = 24 };

/* A turn as the one who asks meets it. */
struct meeting {
    const struct gathering *gathering;
    const struct occurrence *own; /* an office's own, or the only one; NULL: those of all */
};

static bool is_over(const struct occurrence *occurrence)
{
    return occurrence->state == STATE_DONE || occurrence->state == STATE_CANCELLED;
}

static bool is_open(const struct meeting *meeting)
{
    const struct gathering *gathering = meeting->gathering;
    return meeting->own ? !is_over(meeting->own) : gathering->done + gathering->cancelled < gathering->n;
}

static int meeting_due(const struct meeting *meeting)
{
    if (meeting->own)
        return meeting->own->due;
    return meeting->gathering->next ? meeting->gathering->next->due : DAY_NONE;
}

static json_t *meeting_tell(const struct explain_ask *ask, const struct meeting *meeting, struct text *out)
{
    return meeting->own ? explain_occurrence(ask, meeting->own, out)
                        : explain_gathering(ask, meeting->gathering, out);
}

/* ---- of a row ---- */

struct turns {
    const struct explain_ask *ask;
    const struct item *item;
    const char *part; /* NULL: of all parts */
    VEC(struct meeting) list;
};

static bool has_part(const struct item *item, const char *part)
{
    for (size_t i = 0; i < item->n_duties; i++)
        if (item->duties[i].part && !strcmp(item->duties[i].part, part))
            return true;
    return false;
}

/* "haiphong-2026:III.3.c", "haiphong-2026:2.2.2#second" */
static bool row_named(struct turns *turns, struct arena *arena)
{
    char *id = arena_strdup(arena, turns->ask->id), *ref = strchr(id, ':');
    if (!ref)
        return false;
    *ref++ = '\0';
    char *part = strchr(ref, '#');
    if (part)
        *part++ = '\0';
    const struct plan *plan = rulebook_plan(turns->ask->outlook->rulebook, id);
    turns->item = plan ? plan_item(plan, ref) : NULL;
    turns->part = part;
    return turns->item && (!part || has_part(turns->item, part));
}

static bool is_wanted(const struct turns *turns, const struct gathering *gathering)
{
    const char *part = gathering->duty->part, *period = turns->ask->period;
    return gathering->duty->item == turns->item && (!turns->part || (part && !strcmp(part, turns->part))) &&
           (!period || !strcmp(gathering->label, period));
}

/* Without an office those of all, with one those that it meets: its own, and what it receives or coordinates.
 */
static void turns_collect(struct turns *turns)
{
    const struct outlook *outlook = turns->ask->outlook;
    const struct unit *unit = turns->ask->unit ? rulebook_unit(outlook->rulebook, turns->ask->unit) : NULL;
    for (size_t i = 0; !turns->ask->unit && i < outlook->n_gatherings; i++) {
        const struct gathering *gathering = &outlook->gatherings[i];
        if (is_wanted(turns, gathering))
            *vec_push(&turns->list) =
                (struct meeting){gathering, gathering->n == 1 ? gathering->first : NULL};
    }
    for (size_t i = 0; unit && i < outlook->agendas[unit->number].n; i++) {
        const struct engagement *one = &outlook->agendas[unit->number].at[i];
        if (is_wanted(turns, one->gathering))
            *vec_push(&turns->list) = (struct meeting){one->gathering, one->occurrence};
    }
}

/* The earliest that is open, one without a day after all others; when none is, the last. */
static size_t turns_next(const struct turns *turns)
{
    size_t best = 0;
    for (size_t i = 1; i < turns->list.n; i++) {
        const struct meeting *one = &turns->list.at[i], *so_far = &turns->list.at[best];
        int due = meeting_due(one), best_due = meeting_due(so_far);
        bool earlier = due != DAY_NONE && (best_due == DAY_NONE || due < best_due);
        if (is_open(one) != is_open(so_far) ? is_open(one) : is_open(one) ? earlier : due > best_due)
            best = i;
    }
    return best;
}

/* ---- in words ---- */

/* "2026-11", or with its part "#report:2026-11": what follows the row's id. */
static void add_turn(struct text *out, const struct gathering *gathering)
{
    text_addf(out, "%s%s%s%s", gathering->duty->part ? "#" : "",
              gathering->duty->part ? gathering->duty->part : "", gathering->duty->part ? ":" : "",
              gathering->label);
}

static void head_words(const struct turns *turns, size_t chosen, struct text *out)
{
    const struct meeting *meeting = &turns->list.at[chosen];
    enum lang lang = turns->ask->lang;
    phrase_add(out, lang, "Dòng %s có %zu kỳ hạn; ", "Row %s has %zu turns; ", turns->item->ref,
               turns->list.n);
    text_add(out, is_open(meeting)
                      ? say(lang, "sớm nhất còn mở: ", "the earliest that is open: ")
                      : say(lang, "không còn kỳ nào mở, cuối cùng là: ", "none is open, the last: "));
    add_turn(out, meeting->gathering);
    text_add(out, "\n\n");
}

static void other_words(const struct turns *turns, size_t chosen, struct text *out)
{
    size_t named = 0, others = turns->list.n - 1, most = turns->ask->full ? others : TURNS_NAMED;
    text_add(out, say(turns->ask->lang, "\nCác kỳ khác: ", "\nOther turns: "));
    for (size_t i = 0; i < turns->list.n && named < most; i++) {
        if (i == chosen)
            continue;
        text_add(out, named++ ? ", " : "");
        add_turn(out, turns->list.at[i].gathering);
    }
    if (named < others)
        phrase_add(out, turns->ask->lang, " … và %zu kỳ nữa (--full)", " … and %zu more (--full)",
                   others - named);
    text_add(out, say(turns->ask->lang, "\nXem kỳ khác: --period KỲ, hoặc cả mã: ",
                      "\nAnother one: --period PERIOD, or the whole id: "));
    text_addf(out, "%s\n", turns->list.at[chosen ? 0 : 1].gathering->id);
}

static json_t *others_json(const struct turns *turns, size_t chosen)
{
    json_t *list = json_array();
    for (size_t i = 0; i < turns->list.n; i++)
        if (i != chosen)
            must(!json_array_append_new(list, json_string(turns->list.at[i].gathering->id)));
    return list;
}

/* With one turn there is nothing to choose. */
static json_t *turns_tell(const struct turns *turns, struct text *out)
{
    must(turns->list.n);
    size_t chosen = turns_next(turns);
    const struct meeting *meeting = &turns->list.at[chosen];
    bool several = turns->list.n > 1;
    if (out && several)
        head_words(turns, chosen, out);
    json_t *object = meeting_tell(turns->ask, meeting, out);
    if (out && several)
        other_words(turns, chosen, out);
    if (object) {
        explain_put_text(object, "chosen", is_open(meeting) ? "earliest_open" : "last");
        explain_put(object, "other_turns", others_json(turns, chosen));
    }
    return object;
}

/* ---- what was asked for ---- */

static bool no_turn(const struct turns *turns, struct err *err)
{
    const struct explain_ask *ask = turns->ask;
    bool vi = err->lang == LANG_VI;
    if (ask->unit && !rulebook_unit(ask->outlook->rulebook, ask->unit))
        return err_set(err, ERR_INPUT, "không có đơn vị '%s'", "no such unit '%s'", ask->unit);
    auto_text whose = {0};
    if (ask->unit)
        text_addf(&whose, vi ? " của %s" : " of %s", ask->unit);
    if (ask->period)
        text_addf(&whose, vi ? ", kỳ %s" : ", period %s", ask->period);
    return err_set(err, ERR_INPUT, "dòng '%s' không có kỳ hạn nào%s; xem: hanchot items, hanchot kpi",
                   "row '%s' has no occurrence%s; see: hanchot items, hanchot kpi", ask->id,
                   text_str(&whose));
}

/* Of a gathering the office's own, or all where it receives or coordinates. */
static bool find_gathered(const struct explain_ask *ask, struct meeting *found)
{
    const struct outlook *outlook = ask->outlook;
    const struct unit *unit = ask->unit ? rulebook_unit(outlook->rulebook, ask->unit) : NULL;
    *found = (struct meeting){outlook_find_gathering(outlook, ask->id), NULL};
    if (!found->gathering || !ask->unit)
        return found->gathering;
    for (size_t i = 0; unit && i < outlook->agendas[unit->number].n; i++) {
        const struct engagement *one = &outlook->agendas[unit->number].at[i];
        if (one->gathering == found->gathering) {
            found->own = one->occurrence;
            return true;
        }
    }
    return false;
}

bool explain_turn(const struct explain_ask *ask, json_t **object, struct text *out, struct err *err)
{
    struct meeting meeting = {NULL, ask->unit ? NULL : outlook_find(ask->outlook, ask->id)};
    struct arena *arena = arena_new();
    struct turns turns = {.ask = ask};
    bool good = true;
    *object = NULL;
    if (meeting.own || find_gathered(ask, &meeting))
        *object = meeting_tell(ask, &meeting, out);
    else if (!row_named(&turns, arena))
        good = err_set(
            err, ERR_INPUT,
            "không có kỳ hạn hay chỉ tiêu '%s'%s%s; xem: hanchot due --format csv, hanchot kpi --format csv",
            "no occurrence or KPI '%s'%s%s; see: hanchot due --format csv, hanchot kpi --format csv", ask->id,
            ask->unit ? say(ask->lang, " của ", " of ") : "", ask->unit ? ask->unit : "");
    else {
        turns_collect(&turns);
        good = turns.list.n || no_turn(&turns, err);
        *object = good ? turns_tell(&turns, out) : NULL;
    }
    vec_free(&turns.list);
    arena_free(arena);
    return good;
}
