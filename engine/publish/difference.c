#include "publish/difference.h"

#include "evaluate/kpi.h"
#include "publish/phrase.h"
#include "publish/records.h"
#include "publish/table.h"

#include <stdlib.h>
#include <string.h>

enum what { WHAT_OCCURRENCE, WHAT_VERDICT, WHAT_FEED };
enum change { CHANGE_ADDED, CHANGE_MOVED, CHANGE_RENAMED, CHANGE_GONE, CHANGE_TURNED, CHANGE_TOUCHED };
enum { CHANGES = CHANGE_TOUCHED + 1 };

/* One line of the list. NULL texts: it has none. */
struct entry {
    enum what what;
    enum change change;
    const char *id, *plan, *ref, *title, *unit, *period;
    const char *old, *later;           /* a day, a state or an id, as programs read it */
    const char *old_shown, *new_shown; /* for people */
};

struct comparing {
    const struct difference_side *old, *later;
    const struct feed_settings *settings;
    const struct listing_options *options;
    struct arena *arena;
    VEC(struct entry) list;
};

static bool wanted(const struct comparing *comparing, const char *plan, const char *unit)
{
    const struct listing_options *options = comparing->options;
    return (!options->plan || (plan && !strcmp(plan, options->plan))) &&
           (!options->unit || (unit && !strcmp(unit, options->unit)));
}

/* ---- occurrences ---- */

static const char *day_text(struct comparing *comparing, int day, bool shown)
{
    char iso[DAY_SIZE];
    auto_text text = {0};
    if (day == DAY_NONE)
        return shown ? say(comparing->options->lang, "không có ngày", "no day") : NULL;
    if (!shown)
        return arena_strdup(comparing->arena, day_iso(day, iso));
    phrase_day(&text, day, comparing->options->lang);
    return arena_strdup(comparing->arena, text_str(&text));
}

static void add_occurrence(struct comparing *comparing, enum change change, const struct occurrence *old,
                           const struct occurrence *later)
{
    const struct occurrence *one = later ? later : old;
    const struct plan *plan = one->duty->item->plan;
    const char *unit = one->unit ? one->unit->id : NULL;
    if (!wanted(comparing, plan->id, unit))
        return;
    struct entry *entry = vec_push(&comparing->list);
    *entry = (struct entry){.what = WHAT_OCCURRENCE,
                            .change = change,
                            .id = one->id,
                            .plan = plan->id,
                            .ref = one->duty->item->ref,
                            .title = one->duty->title,
                            .unit = unit,
                            .period = one->label};
    if (change == CHANGE_RENAMED) {
        entry->old = entry->old_shown = old->id;
        entry->later = entry->new_shown = later->id;
        return;
    }
    entry->old = old ? day_text(comparing, old->due, false) : NULL;
    entry->later = later ? day_text(comparing, later->due, false) : NULL;
    entry->old_shown = old ? day_text(comparing, old->due, true) : NULL;
    entry->new_shown = later ? day_text(comparing, later->due, true) : NULL;
}

/* The old outlook by id. */
struct index {
    struct indexed {
        const struct occurrence *occurrence;
        bool met;
    } * at;
    size_t n;
};

static int by_id(const void *a, const void *b)
{
    const struct indexed *x = a, *y = b;
    return strcmp(x->occurrence->id, y->occurrence->id);
}

static struct index index_of(struct arena *arena, const struct outlook *outlook)
{
    struct index index = {arena_alloc(arena, (outlook->n + 1) * sizeof *index.at), outlook->n};
    for (size_t i = 0; i < outlook->n; i++)
        index.at[i] = (struct indexed){&outlook->list[i], false};
    qsort(index.at, index.n, sizeof *index.at, by_id);
    return index;
}

static struct indexed *index_find(const struct index *index, const char *id)
{
    const struct occurrence asked = {.id = id};
    const struct indexed key = {&asked, false};
    return index->n ? bsearch(&key, index->at, index->n, sizeof *index->at, by_id) : NULL;
}

/* Under the names that the old rules had. */
static const struct plan *old_plan(const struct comparing *comparing, const struct plan *plan)
{
    const struct rulebook *rulebook = comparing->old->outlook->rulebook;
    const struct plan *old = rulebook_plan(rulebook, plan->id);
    return old || !plan->was ? old : rulebook_plan(rulebook, plan->was);
}

static const char *old_ref(const struct plan *old, const struct item *item)
{
    return !plan_item(old, item->ref) && item->was ? item->was : item->ref;
}

static const char *old_id(const struct comparing *comparing, const struct occurrence *occurrence)
{
    const struct item *item = occurrence->duty->item;
    const struct unit *unit = occurrence->unit;
    const struct plan *plan = old_plan(comparing, item->plan);
    if (!plan || !unit)
        return occurrence->id;
    bool renamed = !rulebook_unit(comparing->old->outlook->rulebook, unit->id) && unit->was;
    const char *part = occurrence->duty->part;
    return arena_printf(comparing->arena, "%s:%s%s%s:%s:%s", plan->id, old_ref(plan, item), part ? "#" : "",
                        part ? part : "", occurrence->label, renamed ? unit->was : unit->id);
}

static void compare_occurrences(struct comparing *comparing)
{
    const struct outlook *old = comparing->old->outlook, *later = comparing->later->outlook;
    struct index index = index_of(comparing->arena, old);
    for (size_t i = 0; i < later->n; i++) {
        const struct occurrence *one = &later->list[i];
        struct indexed *before = index_find(&index, one->id);
        bool same_name = before != NULL;
        if (!before)
            before = index_find(&index, old_id(comparing, one));
        if (before)
            before->met = true;
        if (before && !same_name)
            add_occurrence(comparing, CHANGE_RENAMED, before->occurrence, one);
        if (!before)
            add_occurrence(comparing, CHANGE_ADDED, NULL, one);
        else if (before->occurrence->due != one->due)
            add_occurrence(comparing, CHANGE_MOVED, before->occurrence, one);
    }
    for (size_t i = 0; i < old->n; i++)
        if (!index_find(&index, old->list[i].id)->met)
            add_occurrence(comparing, CHANGE_GONE, &old->list[i], NULL);
}

/* ---- verdicts ---- */

static struct kpi_results *verdicts_of(const struct comparing *comparing, const struct difference_side *side)
{
    const struct kpi_question question = {.as_of = side->outlook->today, .lang = comparing->options->lang};
    return kpi_evaluate(side->outlook, side->figures, &question);
}

/* A verdict of the old rules, by the KPI's id and the unit's. */
struct verdict_key {
    const char *kpi, *unit;
    const struct kpi_result *result;
    bool met;
};

static int by_subject(const void *a, const void *b)
{
    const struct verdict_key *x = a, *y = b;
    int order = strcmp(x->kpi, y->kpi);
    return order ? order : strcmp(x->unit, y->unit);
}

static struct verdict_key *verdict_keys(struct arena *arena, const struct kpi_results *results)
{
    struct verdict_key *keys = arena_alloc(arena, (results->n + 1) * sizeof *keys);
    for (size_t i = 0; i < results->n; i++) {
        const struct kpi_result *one = &results->list[i];
        keys[i] = (struct verdict_key){one->kpi->id, one->unit ? one->unit->id : "", one, false};
    }
    if (results->n)
        qsort(keys, results->n, sizeof *keys, by_subject);
    return keys;
}

static struct verdict_key *verdict_find(const struct comparing *comparing, struct verdict_key *keys, size_t n,
                                        const struct kpi_result *one)
{
    const struct kpi *kpi = one->kpi;
    const struct plan *plan = old_plan(comparing, kpi->plan);
    struct verdict_key asked = {.kpi = kpi->id, .unit = one->unit ? one->unit->id : ""};
    struct verdict_key *found = n ? bsearch(&asked, keys, n, sizeof *keys, by_subject) : NULL;
    if (found || !n || !plan)
        return found;
    asked.kpi = arena_printf(comparing->arena, "%s:%s#%s", plan->id,
                             kpi->item ? old_ref(plan, kpi->item) : kpi->ref, kpi->slug);
    if (one->unit && one->unit->was && !rulebook_unit(comparing->old->outlook->rulebook, one->unit->id))
        asked.unit = one->unit->was;
    return bsearch(&asked, keys, n, sizeof *keys, by_subject);
}

static void add_verdict(struct comparing *comparing, enum change change, const struct kpi_result *old,
                        const struct kpi_result *later)
{
    const struct kpi_result *one = later ? later : old;
    enum lang lang = comparing->options->lang;
    if (!wanted(comparing, one->kpi->plan->id, one->unit ? one->unit->id : NULL))
        return;
    *vec_push(&comparing->list) =
        (struct entry){.what = WHAT_VERDICT,
                       .change = change,
                       .id = one->kpi->id,
                       .plan = one->kpi->plan->id,
                       .ref = one->kpi->ref,
                       .title = one->kpi->title,
                       .unit = one->unit ? one->unit->id : NULL,
                       .period = arena_strdup(comparing->arena, one->period.label),
                       .old = old ? verdict_name(old->verdict) : NULL,
                       .later = later ? verdict_name(later->verdict) : NULL,
                       .old_shown = old ? verdict_title(old->verdict, lang) : NULL,
                       .new_shown = later ? verdict_title(later->verdict, lang) : NULL};
}

static void compare_verdicts(struct comparing *comparing)
{
    struct kpi_results *old = verdicts_of(comparing, comparing->old),
                       *later = verdicts_of(comparing, comparing->later);
    struct verdict_key *keys = verdict_keys(comparing->arena, old);
    for (size_t i = 0; i < later->n; i++) {
        const struct kpi_result *one = &later->list[i];
        struct verdict_key *before = verdict_find(comparing, keys, old->n, one);
        if (before)
            before->met = true;
        if (!before)
            add_verdict(comparing, CHANGE_ADDED, NULL, one);
        else if (before->result->verdict != one->verdict)
            add_verdict(comparing, CHANGE_TURNED, before->result, one);
    }
    for (size_t i = 0; i < old->n; i++)
        if (!keys[i].met)
            add_verdict(comparing, CHANGE_GONE, keys[i].result, NULL);
    kpi_results_free(old);
    kpi_results_free(later);
}

/* ---- feeds ---- */

/* A side with the stamps that its events would get now. */
struct publisher {
    const struct difference_side *side;
    struct stamps *stamps;
};

static struct publisher publisher_of(const struct comparing *comparing, const struct difference_side *side)
{
    const struct stamp *changed;
    size_t n;
    return (struct publisher){side, feed_stamps(side->outlook, side->figures, side->stamps, NULL,
                                                comparing->settings, &changed, &n)};
}

/* False: this side has no such feed. */
static bool feed_of(const struct comparing *comparing, const struct publisher *publisher, const char *name,
                    struct text *out)
{
    struct feed_name feed;
    int64_t modified;
    if (!feed_name_parse(publisher->side->outlook->rulebook, name, &feed, NULL))
        return false;
    feed_render(publisher->side->outlook, publisher->side->figures, publisher->stamps, comparing->settings,
                &feed, (struct feed_variant){0}, out, &modified);
    return true;
}

static void compare_feed(struct comparing *comparing, const struct publisher *old,
                         const struct publisher *later, const char *name)
{
    auto_text before = {0}, after = {0};
    bool was = feed_of(comparing, old, name, &before), is = feed_of(comparing, later, name, &after);
    if (was == is && before.n == after.n && !strcmp(text_str(&before), text_str(&after)))
        return;
    *vec_push(&comparing->list) = (struct entry){.what = WHAT_FEED,
                                                 .change = !was  ? CHANGE_ADDED
                                                           : !is ? CHANGE_GONE
                                                                 : CHANGE_TOUCHED,
                                                 .id = arena_strdup(comparing->arena, name)};
}

/* Feeds of one side's plans and offices; of the old side only those that the new one does not have. */
static void compare_feeds_of(struct comparing *comparing, const struct publisher *old,
                             const struct publisher *later, bool of_old)
{
    const struct rulebook *rulebook = (of_old ? old : later)->side->outlook->rulebook,
                          *other = (of_old ? later : old)->side->outlook->rulebook;
    for (size_t i = 0; i < rulebook->n_plans; i++) {
        const char *plan = rulebook->plans[i].id;
        if (wanted(comparing, plan, comparing->options->unit) && !(of_old && rulebook_plan(other, plan)))
            compare_feed(comparing, old, later, arena_printf(comparing->arena, "plan/%s", plan));
    }
    for (size_t i = 0; i < rulebook->units.n; i++) {
        const char *unit = rulebook->units.at[i]->id;
        if (wanted(comparing, comparing->options->plan, unit) && !(of_old && rulebook_unit(other, unit)))
            compare_feed(comparing, old, later, arena_printf(comparing->arena, "unit/%s", unit));
    }
}

static void compare_feeds(struct comparing *comparing)
{
    struct publisher old = publisher_of(comparing, comparing->old),
                     later = publisher_of(comparing, comparing->later);
    if (!comparing->options->plan && !comparing->options->unit)
        compare_feed(comparing, &old, &later, "all");
    compare_feeds_of(comparing, &old, &later, false);
    compare_feeds_of(comparing, &old, &later, true);
    stamps_free(old.stamps);
    stamps_free(later.stamps);
}

/* ---- telling ---- */

static json_t *text_or_null(const char *text)
{
    return text ? json_string(text) : json_null();
}

static json_t *entry_json(const struct entry *entry)
{
    static const char *const whats[] = {"occurrence", "verdict", "feed"};
    static const char *const changes[CHANGES] = {"added", "moved", "renamed", "gone", "turned", "touched"};
    json_t *json =
        json_pack("{s:s, s:s, s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "what", whats[entry->what], "change",
                  changes[entry->change], "id", entry->id, "plan", text_or_null(entry->plan), "ref",
                  text_or_null(entry->ref), "title", text_or_null(entry->title), "unit",
                  text_or_null(entry->unit), "period", text_or_null(entry->period), "old",
                  text_or_null(entry->old), "new", text_or_null(entry->later));
    must(json);
    return json;
}

static void objects_of(const struct comparing *comparing, struct text *out)
{
    static const char *const columns[] = {"what",  "change", "id",     "plan", "ref",
                                          "title", "unit",   "period", "old",  "new"};
    struct records records = {.format = comparing->options->format,
                              .columns = columns,
                              .n_columns = sizeof columns / sizeof *columns,
                              .out = out};
    records_begin(&records);
    for (size_t i = 0; i < comparing->list.n; i++)
        records_add(&records, entry_json(&comparing->list.at[i]));
    records_end(&records);
}

static bool same_text(const char *a, const char *b)
{
    return a && b ? !strcmp(a, b) : a == b;
}

/* They differ in their office only, or are feeds: one line for people. */
static bool same_line(const struct entry *a, const struct entry *b)
{
    return a->what == b->what && a->change == b->change && a->change != CHANGE_RENAMED &&
           same_text(a->plan, b->plan) && same_text(a->ref, b->ref) && same_text(a->title, b->title) &&
           same_text(a->period, b->period) && same_text(a->old, b->old) && same_text(a->later, b->later);
}

static void line_name(struct text *name, const struct entry *entries, size_t n, enum lang lang)
{
    enum { FEEDS_SHOWN = 3 };
    if (entries->what == WHAT_FEED) {
        text_add(name, say(lang, "lịch", "feeds"));
        for (size_t i = 0; i < n && i < FEEDS_SHOWN; i++)
            text_addf(name, "%s%s", i ? ", " : " ", entries[i].id);
        if (n > FEEDS_SHOWN)
            text_addf(name, NO_BREAK "+%zu", n - FEEDS_SHOWN);
        return;
    }
    text_addf(name, "%s %s %s (", entries->plan, entries->ref, entries->title);
    phrase_label(name, entries->period, lang);
    text_add(name, ")");
}

static void table_line(struct table *table, const struct entry *entries, size_t n, enum lang lang)
{
    static const char *const titles[CHANGES][2] = {{"thêm", "added"},     {"dời", "moved"},
                                                   {"đổi mã", "renamed"}, {"mất", "gone"},
                                                   {"đổi", "turned"},     {"đổi", "touched"}};
    auto_text name = {0}, units = {0};
    line_name(&name, entries, n, lang);
    if (entries->unit)
        text_add(&units, entries->unit);
    else if (entries->what == WHAT_VERDICT)
        text_add(&units, say(lang, "chung", "all"));
    if (n > 1 && entries->what != WHAT_FEED)
        text_addf(&units, NO_BREAK "+%zu", n - 1);
    table_cell(table, titles[entries->change][lang == LANG_EN]);
    table_cell(table, entries->old_shown);
    table_cell(table, entries->new_shown);
    table_cell(table, text_str(&units));
    table_cell(table, text_str(&name));
}

static void summary(const struct comparing *comparing, struct text *out)
{
    size_t counts[WHAT_FEED + 1][CHANGES] = {{0}};
    size_t verdicts = 0, feeds = 0;
    for (size_t i = 0; i < comparing->list.n; i++)
        counts[comparing->list.at[i].what][comparing->list.at[i].change]++;
    for (size_t i = 0; i < CHANGES; i++) {
        verdicts += counts[WHAT_VERDICT][i];
        feeds += counts[WHAT_FEED][i];
    }
    const size_t *dates = counts[WHAT_OCCURRENCE];
    if (comparing->list.n)
        text_add(out, "\n");
    phrase_add(
        out, comparing->options->lang,
        "Kỳ hạn: %zu thêm, %zu dời, %zu đổi mã, %zu mất. %zu kết quả chỉ tiêu và %zu lịch thay đổi.\n",
        "Occurrences: %zu added, %zu moved, %zu renamed, %zu gone. %zu verdicts and %zu feeds change.\n",
        dates[CHANGE_ADDED], dates[CHANGE_MOVED], dates[CHANGE_RENAMED], dates[CHANGE_GONE], verdicts, feeds);
}

static void table_of(const struct comparing *comparing, struct text *out)
{
    struct table *table = table_new();
    enum lang lang = comparing->options->lang;
    table_column(table, say(lang, "Thay đổi", "Change"), TABLE_FIXED, 0);
    table_column(table, say(lang, "Cũ", "Old"), TABLE_FIXED, 0);
    table_column(table, say(lang, "Mới", "New"), TABLE_FIXED, 0);
    table_column(table, say(lang, "Đơn vị", "Office"), TABLE_FIXED, 0);
    table_column(table, say(lang, "Việc", "Duty"), TABLE_FLEXIBLE, 0);
    for (size_t i = 0, n; i < comparing->list.n; i += n) {
        const struct entry *first = &comparing->list.at[i];
        for (n = 1; i + n < comparing->list.n && same_line(first, first + n);)
            n++;
        table_line(table, first, n, lang);
    }
    if (comparing->list.n)
        table_write(table, (size_t)comparing->options->width, out);
    table_free(table);
    summary(comparing, out);
}

static bool known(const struct comparing *comparing, struct err *err)
{
    const struct rulebook *old = comparing->old->outlook->rulebook,
                          *later = comparing->later->outlook->rulebook;
    const char *plan = comparing->options->plan, *unit = comparing->options->unit;
    if (plan && !rulebook_plan(old, plan) && !rulebook_plan(later, plan))
        return err_set(err, ERR_INPUT, "không có kế hoạch '%s'", "no such plan '%s'", plan);
    return !unit || rulebook_unit(old, unit) || rulebook_unit(later, unit) ||
           err_set(err, ERR_INPUT, "không có đơn vị '%s'", "no such office '%s'", unit);
}

bool difference_list(const struct difference_side *old, const struct difference_side *later,
                     const struct feed_settings *settings, const struct listing_options *options,
                     struct text *out, struct err *err)
{
    struct comparing comparing = {
        .old = old, .later = later, .settings = settings, .options = options, .arena = arena_new()};
    bool good = known(&comparing, err);
    if (good) {
        compare_occurrences(&comparing);
        compare_verdicts(&comparing);
        compare_feeds(&comparing);
        if (options->format == LISTING_TABLE)
            table_of(&comparing, out);
        else
            objects_of(&comparing, out);
    }
    vec_free(&comparing.list);
    arena_free(comparing.arena);
    return good;
}
