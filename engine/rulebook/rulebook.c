#include "rulebook/rulebook.h"

#include "base/text.h"
#include "rulebook/calendar.h"
#include "rulebook/folder.h"
#include "rulebook/succession.h"
#include "rulebook/words.h"

#include <string.h>

/* ---- names of kinds ---- */

const char *timing_kind_name(enum timing_kind kind)
{
    static const char *const names[] = {
        "none",   "by_date_before", "on_date",  "month",          "quarter",           "half",
        "year",   "period_range",   "periodic", "event_relative", "external_schedule", "on_request",
        "ongoing"};
    must(kind < sizeof names / sizeof *names);
    return names[kind];
}

const char *item_kind_name(enum item_kind kind)
{
    static const char *const names[] = {"task", "report", "meeting", "section", "lost"};
    must(kind < sizeof names / sizeof *names);
    return names[kind];
}

/* ---- looking up ---- */

const struct plan *rulebook_plan(const struct rulebook *rulebook, const char *id)
{
    for (size_t i = 0; i < rulebook->n_plans; i++)
        if (!strcmp(rulebook->plans[i].id, id))
            return &rulebook->plans[i];
    return NULL;
}

const struct unit *rulebook_unit(const struct rulebook *rulebook, const char *id)
{
    for (size_t i = 0; i < rulebook->units.n; i++)
        if (!strcmp(rulebook->units.at[i]->id, id))
            return rulebook->units.at[i];
    return NULL;
}

const struct metric *rulebook_metric(const struct rulebook *rulebook, const char *name)
{
    size_t low = 0, high = rulebook->n_metrics;
    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = strcmp(name, rulebook->metrics[middle].name);
        if (!order)
            return &rulebook->metrics[middle];
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

const struct scorecard *rulebook_scorecard(const struct rulebook *rulebook, const char *id)
{
    for (size_t i = 0; i < rulebook->n_scorecards; i++)
        if (!strcmp(rulebook->scorecards[i].id, id))
            return &rulebook->scorecards[i];
    return NULL;
}

const struct item *plan_item(const struct plan *plan, const char *ref)
{
    for (size_t i = 0; i < plan->n_items; i++)
        if (!strcmp(plan->items[i].ref, ref))
            return &plan->items[i];
    return NULL;
}

const struct event *plan_event(const struct plan *plan, const char *name)
{
    for (size_t i = 0; i < plan->n_events; i++)
        if (!strcmp(plan->events[i].name, name))
            return &plan->events[i];
    return NULL;
}

bool plan_concerns(const struct plan *plan, const struct unit *unit)
{
    bool concerned = unit->org == plan->org;
    for (size_t i = 0; i < plan->n_items; i++)
        for (size_t j = 0; j < plan->items[i].n_duties && !concerned; j++)
            concerned = duty_concerns(&plan->items[i].duties[j], unit);
    return concerned;
}

bool units_have(const struct units *units, const struct unit *unit)
{
    for (size_t i = 0; i < units->n; i++)
        if (units->at[i] == unit)
            return true;
    return false;
}

const char *unit_attribute(const struct unit *unit, const char *name)
{
    for (size_t i = 0; i < unit->n_attributes; i++)
        if (!strcmp(unit->attributes[i].name, name))
            return unit->attributes[i].value;
    return NULL;
}

/* ---- loading ---- */

static void words_start(struct words *words, const struct origin *origin, struct arena *arena,
                        struct workdays *workdays, struct faults *faults)
{
    *words = (struct words){.box = box_new(&box_default_limits),
                            .arena = arena,
                            .scratch = arena_new(),
                            .faults = faults,
                            .origin = *origin,
                            .workdays = workdays};
    words_add_base(words);
    words_add_offices(words);
    words_add_plan(words);
    words_add_when(words);
    words_add_figures(words);
    words_add_scorecard(words);
    words_add_tests(words);
    box_lock(words->box);
    words->L = box_state(words->box);
}

/* The rule files of a folder, in name order; all of it is the arena's. */
struct rule_paths {
    const char **at;
    size_t n;
    bool whole; /* none is left out */
};

static bool rule_paths(const struct origin *rules, struct arena *arena, struct rule_paths *paths,
                       struct faults *faults)
{
    struct folder folder;
    if (!folder_list(rules, faults, &folder))
        return false;
    *paths = (struct rule_paths){arena_alloc(arena, (folder.n + 1) * sizeof *paths->at), 0, true};
    for (size_t i = 0; i < folder.n; i++)
        if (folder_is(folder.at[i].name, ".lua"))
            paths->at[paths->n++] = arena_strdup(arena, folder.at[i].path);
    folder_free(&folder);
    return true;
}

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

static void put_drafts(struct rule_paths *paths, const char *const *drafts, size_t n_drafts,
                       struct arena *arena)
{
    const char **at = arena_alloc(arena, (paths->n + n_drafts + 1) * sizeof *at);
    size_t n = 0;
    for (size_t i = 0; i < paths->n; i++) {
        bool replaced = false;
        for (size_t j = 0; j < n_drafts; j++)
            replaced = replaced || !strcmp(base_name(paths->at[i]), base_name(drafts[j]));
        if (!replaced)
            at[n++] = paths->at[i];
    }
    for (size_t j = 0; j < n_drafts; j++)
        at[n++] = arena_strdup(arena, drafts[j]);
    paths->at = at;
    paths->n = n;
}

static bool has_fault(const struct faults *faults, const char *file)
{
    for (size_t i = 0; i < faults->list.n; i++)
        if (!faults->list.at[i].warning && faults->list.at[i].file && !strcmp(faults->list.at[i].file, file))
            return true;
    return false;
}

/* Without the files that have faults; where that leaves out none, without any. */
static void leave_out(struct rule_paths *paths, const struct faults *faults)
{
    size_t n = 0;
    for (size_t i = 0; i < paths->n; i++)
        if (!has_fault(faults, paths->at[i]))
            paths->at[n++] = paths->at[i];
    paths->n = n < paths->n ? n : 0;
}

static void run_files(struct words *words, const struct rule_paths *paths)
{
    for (size_t i = 0; i < paths->n; i++)
        words_run_file(words, paths->at[i], NULL);
    if (!words->plans.n && !words->faults->errors && paths->whole)
        faults_add(words->faults, words->origin.path, 0, 0, "không có kế hoạch nào (plan) trong thư mục này",
                   "no plan in this folder");
}

static void rulebook_make(struct rulebook *book, const struct origin *rules, const struct rule_paths *paths,
                          struct ahead *ahead, struct faults *faults)
{
    struct words words;
    words_start(&words, rules, book->arena, book->workdays, faults);
    words.ahead = ahead;
    run_files(&words, paths);
    if (words_link(&words, book) && words.functions) {
        book->box = words.box;
        words.box = NULL;
    }
    words_fini(&words);
}

/* What is to be other than the folders: a copy of them; files from elsewhere; faults for which files are left
 * out, round by round. */
struct load_changes {
    const struct files *copy;
    bool noted; /* what is read stays at hand */
    const char *const *drafts;
    size_t n_drafts;
    const struct faults *outs;
    size_t n_outs;
};

/* The rule files that count, in the book's arena. False: there is no such folder. */
static bool files_choose(struct rulebook *book, const struct origin *rules,
                         const struct load_changes *changes, struct rule_paths *files, struct faults *faults)
{
    if (!rule_paths(rules, book->arena, files, faults))
        return false;
    if (changes->n_drafts)
        put_drafts(files, changes->drafts, changes->n_drafts, book->arena);
    for (size_t i = 0; i < changes->n_outs; i++) {
        leave_out(files, &changes->outs[i]);
        files->whole = false;
    }
    return true;
}

static struct rulebook *load_changed(const struct rulebook_paths *paths, const struct load_changes *changes,
                                     struct faults *faults)
{
    size_t before = faults->errors;
    struct arena *arena = arena_new();
    struct rulebook *book = arena_alloc(arena, sizeof *book);
    struct rule_paths files;
    book->arena = arena;
    book->files = changes->noted ? files_new() : NULL;
    const struct origin rules = {paths->rules, "rules", changes->copy, book->files},
                        calendars = {paths->calendars, "calendars", changes->copy, book->files};
    bool listed = files_choose(book, &rules, changes, &files, faults);
    struct ahead *ahead = listed ? ahead_new(&rules, files.at, files.n, faults->lang) : NULL;
    book->workdays = calendar_load(&calendars, faults);
    if (listed && book->workdays)
        rulebook_make(book, &rules, &files, ahead, faults);
    ahead_free(ahead);
    faults_sort(faults);
    if (faults->errors == before)
        return book;
    rulebook_free(book);
    return NULL;
}

struct rulebook *rulebook_load(const struct rulebook_paths *paths, struct faults *faults)
{
    return load_changed(paths, &(struct load_changes){0}, faults);
}

struct rulebook *rulebook_load_noted(const struct rulebook_paths *paths, struct faults *faults)
{
    return load_changed(paths, &(struct load_changes){.noted = true}, faults);
}

struct files *rulebook_files_take(struct rulebook *rulebook)
{
    struct files *files = rulebook->files;
    rulebook->files = NULL;
    return files;
}

struct rulebook *rulebook_load_copy(const struct rulebook_paths *paths, const struct files *copy,
                                    struct faults *faults)
{
    return load_changed(paths, &(struct load_changes){.copy = copy}, faults);
}

struct rulebook *rulebook_load_drafts(const struct rulebook_paths *paths, const char *const *drafts,
                                      size_t n_drafts, struct faults *faults)
{
    return load_changed(paths, &(struct load_changes){.drafts = drafts, .n_drafts = n_drafts}, faults);
}

struct rulebook *rulebook_load_sound(const struct rulebook_paths *paths, struct faults *faults)
{
    enum { ROUNDS = 8 };
    struct faults outs[ROUNDS];
    size_t n = 0;
    struct rulebook *book = NULL;
    for (; !book && n < ROUNDS; n++) {
        faults_init(&outs[n], faults->lang);
        book = load_changed(paths, &(struct load_changes){.outs = outs, .n_outs = n}, &outs[n]);
    }
    faults_take(faults, &outs[0]);
    while (n)
        faults_fini(&outs[--n]);
    return book;
}

void rulebook_free(struct rulebook *rulebook)
{
    if (!rulebook)
        return;
    workdays_free(rulebook->workdays);
    files_free(rulebook->files);
    if (rulebook->box)
        box_free(rulebook->box);
    arena_free(rulebook->arena); /* holds the rulebook itself */
}
