#include "publish/feed_event.h"

#include "time/clock.h"

#include <stdlib.h>
#include <string.h>

#define START_HOUR 8
#define EDIT_AHEAD 60 /* seconds */

/* Steps of KPIs' functions for telling whether their edit can be read: twice what one KPI may take at all. */
#define STEPS_MOST UINT64_C(8000000)

int64_t feed_plan_start(const struct plan *plan)
{
    return day_at(plan->issued, START_HOUR, 0);
}

/* A year's days off are decided in the year before. */
static int64_t holiday_start(const struct workday_note *note)
{
    int year = day_civil(note->day).year, day;
    must(day_make(year > YEAR_FIRST ? year - 1 : YEAR_FIRST, 1, 1, &day));
    return day_at(day, START_HOUR, 0);
}

/* ---- LAST-MODIFIED and SEQUENCE ---- */

void instants_fini(struct instants *instants)
{
    vec_free(instants);
}

static void instants_insert(struct instants *instants, size_t place, int64_t instant)
{
    (void)vec_push(instants);
    memmove(instants->at + place + 1, instants->at + place, (instants->n - 1 - place) * sizeof instant);
    instants->at[place] = instant;
}

/* Each change counts and moves LAST-MODIFIED on, two in one second too: someone may have read between them.
 * Of the edits only the last instant is known. Where several fell into one second, or the clock stands still,
 * it runs ahead of the clock; so what is as old as that, or younger, counts after it. */
static struct feed_change change_after(int64_t start, const struct instants *changes,
                                       const struct stamp *stamp)
{
    bool edited = stamp && stamp->edits > 0;
    struct feed_change change = {.modified = start,
                                 .sequence = (int)changes->n + (edited ? stamp->edits : 0)};
    for (size_t i = 0; i < changes->n || edited;) {
        bool edit_next = edited && (i == changes->n || changes->at[i] >= stamp->at - EDIT_AHEAD);
        int64_t instant = edit_next ? stamp->at : changes->at[i];
        change.modified = instant > change.modified ? instant : change.modified + 1;
        if (edit_next)
            edited = false;
        else
            i++;
    }
    return change;
}

/* Splits the changes of an occurrence into its own progress, added to *own, and what others may share with it
 * (midnights and events), of which *shared holds every instant as often as one of the occurrences has it.
 * Both ascend in the occurrence. */
static void collect(const struct occurrence *occurrence, struct instants *own, struct instants *shared)
{
    size_t told = 0, place = 0;
    for (size_t i = 0; i < occurrence->n_changes; i++) {
        int64_t instant = occurrence->changes[i];
        while (told < occurrence->n_progress && occurrence->progress[told].recorded_at < instant)
            told++;
        if (told < occurrence->n_progress && occurrence->progress[told].recorded_at == instant) {
            told++;
            *vec_push(own) = instant;
            continue;
        }
        while (place < shared->n && shared->at[place] < instant)
            place++;
        if (place == shared->n || shared->at[place] != instant)
            instants_insert(shared, place, instant);
        place++;
    }
}

static int instant_order(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

struct feed_change feed_subject_change(const struct feed_subject *subject, const struct stamp *stamp)
{
    int64_t start = feed_plan_start(subject->duty->item->plan);
    auto_instants own = {0}, shared = {0};
    for (size_t i = 0; i < subject->n; i++)
        collect(&subject->first[i], &own, &shared);
    for (size_t i = 0; i < shared.n; i++)
        *vec_push(&own) = shared.at[i];
    if (own.n > 1)
        qsort(own.at, own.n, sizeof *own.at, instant_order);
    return change_after(start, &own, stamp);
}

struct feed_change feed_checkpoint_change(const struct feed_checkpoint *checkpoint,
                                          const struct instants *instants, const struct stamp *stamp)
{
    return change_after(feed_plan_start(checkpoint->plan), instants, stamp);
}

struct feed_change feed_holiday_change(const struct workday_note *note, const struct stamp *stamp)
{
    return change_after(holiday_start(note), &(struct instants){0}, stamp);
}

/* ---- the stamps of all that could be published ---- */

struct entry {
    const char *uid;
    uint64_t hash, facts;
    const struct occurrence *occurrence; /* one of these four */
    const struct gathering *gathering;
    const struct workday_note *holiday;
    const struct feed_checkpoint *checkpoint;
    const struct unit *unit; /* of the checkpoint; or NULL */
};

/* What was served until now; made when it is first asked for. */
struct former {
    const struct rulebook *rulebook; /* NULL: not known */
    struct outlook *outlook;
    struct feed_checkpoints *checkpoints;
    uint64_t steps; /* that looking at it took */
};

/* What all stamps are of. */
struct published {
    const struct outlook *outlook;
    const struct figures *figures;
    const struct feed_settings *settings;
    struct former *former;
};

struct entries {
    struct entry *at;
    size_t n, cap;
};

static const char *uid_of(struct arena *arena, const char *id)
{
    return arena_join(arena, (const char *[]){id, FEED_UID_END}, 2);
}

static uint64_t chain(uint64_t hash, uint64_t next)
{
    return hash_bytes(hash, &next, sizeof next);
}

/* What rules and facts make of each occurrence of the outlook's list, the undated too: they count in a
 * gathering. */
struct content {
    uint64_t hash, facts;
};

static struct content *contents_new(const struct outlook *outlook, const struct feed_settings *settings)
{
    struct content *contents = mem_alloc((outlook->n ? outlook->n : 1) * sizeof *contents);
    struct feed_hashing hashing = {.settings = settings, .workdays = outlook->rulebook->workdays};
    for (size_t i = 0; i < outlook->n; i++) {
        const struct occurrence *occurrence = &outlook->list[i];
        contents[i].hash = feed_occurrence_hash(&hashing, occurrence);
        contents[i].facts = feed_facts_hash(occurrence);
    }
    return contents;
}

static void add_occurrences(struct entries *entries, const struct outlook *outlook,
                            const struct content *contents, struct arena *arena)
{
    for (size_t i = 0; i < outlook->n; i++)
        if (outlook->list[i].due != DAY_NONE)
            *vec_push(entries) = (struct entry){
                .uid = uid_of(arena, outlook->list[i].id),
                .hash = contents[i].hash,
                .facts = contents[i].facts,
                .occurrence = &outlook->list[i],
            };
}

static void add_gatherings(struct entries *entries, const struct outlook *outlook,
                           const struct content *contents, struct arena *arena)
{
    for (size_t i = 0; i < outlook->n_gatherings; i++) {
        const struct gathering *gathering = &outlook->gatherings[i];
        if (!gathering->next || gathering->next->due == DAY_NONE)
            continue;
        struct entry entry = {.uid = uid_of(arena, gathering->id),
                              .hash = HASH_START,
                              .facts = HASH_START,
                              .gathering = gathering};
        const struct content *content = contents + (gathering->first - outlook->list);
        for (size_t k = 0; k < gathering->n; k++) {
            entry.hash = chain(entry.hash, content[k].hash);
            entry.facts = chain(entry.facts, content[k].facts);
        }
        *vec_push(entries) = entry;
    }
}

static void add_holidays(struct entries *entries, const struct outlook *outlook,
                         const struct feed_settings *settings, struct arena *arena)
{
    const struct workday_note *notes;
    size_t n = workdays_notes(outlook->rulebook->workdays, &notes);
    for (size_t i = 0; i < n; i++) {
        char id[FEED_HOLIDAY_ID_SIZE];
        *vec_push(entries) = (struct entry){
            .uid = uid_of(arena, feed_holiday_id(&notes[i], id)),
            .hash = feed_holiday_hash(&notes[i], settings),
            .facts = HASH_START,
            .holiday = &notes[i],
        };
    }
}

/* Of everybody, and of each office that leads one of its KPIs. */
static void add_checkpoint(struct entries *entries, const struct feed_checkpoint *checkpoint,
                           const struct units *units, uint64_t *hashes, struct arena *arena)
{
    const char *id = feed_checkpoint_id(checkpoint, NULL, arena);
    *vec_push(entries) = (struct entry){.uid = uid_of(arena, id),
                                        .hash = feed_checkpoint_hash(checkpoint, hashes),
                                        .facts = HASH_START,
                                        .checkpoint = checkpoint};
    for (size_t i = 0; i < units->n; i++) {
        if (hashes[i])
            *vec_push(entries) = (struct entry){
                .uid = arena_join(arena, (const char *[]){id, ":", units->at[i]->id, FEED_UID_END}, 4),
                .hash = hashes[i],
                .facts = HASH_START,
                .checkpoint = checkpoint,
                .unit = units->at[i]};
        hashes[i] = 0;
    }
}

static void add_checkpoints(struct entries *entries, const struct outlook *outlook,
                            const struct feed_checkpoints *checkpoints, struct arena *arena)
{
    const struct units *units = &outlook->rulebook->units;
    auto_free uint64_t *hashes = mem_alloc((units->n + 1) * sizeof *hashes);
    for (size_t i = 0; i < checkpoints->n; i++)
        add_checkpoint(entries, &checkpoints->list[i], units, hashes, arena);
}

static int entry_order(const void *a, const void *b)
{
    return strcmp(((const struct entry *)a)->uid, ((const struct entry *)b)->uid);
}

static struct feed_change entry_change(const struct published *published, const struct entry *entry,
                                       const struct stamp *stamp)
{
    if (entry->checkpoint) {
        auto_instants instants =
            feed_checkpoint_instants(entry->checkpoint, entry->unit, published->outlook, published->figures);
        return feed_checkpoint_change(entry->checkpoint, &instants, stamp);
    }
    if (entry->holiday)
        return feed_holiday_change(entry->holiday, stamp);
    struct feed_subject subject =
        entry->gathering ? feed_subject_gathered(entry->gathering) : feed_subject_own(entry->occurrence);
    return feed_subject_change(&subject, stamp);
}

/* No checkpoint of the plan has changed more often than that: intakes, progress and events, midnights. An
 * edit that takes a KPI away takes its changes out of the count, and SEQUENCE must not fall. */
static int changes_most(const struct published *published, const struct feed_checkpoint *checkpoint)
{
    const struct facts *facts = published->outlook->facts;
    int days = published->outlook->today - checkpoint->plan->issued;
    return (int)(published->figures->n_intakes + facts->n_progress + facts->n_history) +
           (days > 0 ? days : 0);
}

/* ---- whether an edit can be read ---- */

static bool has_function(const struct entry *entry)
{
    for (size_t i = 0; entry->checkpoint && i < entry->checkpoint->n; i++)
        if (entry->checkpoint->kpis[i]->measure.kind == MEASURE_FUNCTION)
            return true;
    return false;
}

/* The same checkpoint under the former rules, or NULL. */
static const struct feed_checkpoint *former_checkpoint(const struct published *published,
                                                       const struct feed_checkpoint *checkpoint)
{
    struct former *former = published->former;
    struct arena *arena = arena_new();
    const struct feed_checkpoint *found = NULL;
    const char *id = feed_checkpoint_id(checkpoint, NULL, arena);
    if (!former->outlook) {
        former->outlook = outlook_new(former->rulebook, published->outlook->facts, published->outlook->now);
        former->checkpoints = feed_checkpoints_new(former->rulebook, NULL);
    }
    for (size_t i = 0; i < former->checkpoints->n && !found; i++)
        if (!strcmp(feed_checkpoint_id(&former->checkpoints->list[i], NULL, arena), id))
            found = &former->checkpoints->list[i];
    arena_free(arena);
    return found;
}

static void former_fini(struct former *former)
{
    outlook_free(former->outlook);
    feed_checkpoints_free(former->checkpoints);
}

static bool same_bytes(struct text *a, struct text *b)
{
    return !strcmp(text_str(a), text_str(b));
}

static bool reads_the_same(struct feed_event *a, struct feed_event *b)
{
    return same_bytes(&a->summary, &b->summary) && same_bytes(&a->description, &b->description) &&
           same_bytes(&a->url, &b->url) && same_bytes(&a->categories[0], &b->categories[0]) &&
           same_bytes(&a->categories[1], &b->categories[1]) && !strcmp(a->color, b->color) &&
           a->status == b->status && a->priority == b->priority && a->day == b->day;
}

/* It reads the same under the rules of before and of now. Where functions take too long to know, it does not.
 */
static bool is_unseen(const struct published *published, const struct entry *entry)
{
    const struct rulebook *before = published->former->rulebook;
    if (!before || !has_function(entry) || published->former->steps >= STEPS_MOST)
        return false;
    const struct feed_checkpoint *old = former_checkpoint(published, entry->checkpoint);
    const struct unit *unit = entry->unit ? rulebook_unit(before, entry->unit->id) : NULL;
    if (!old || !unit != !entry->unit)
        return false;
    int64_t now = published->outlook->now;
    struct feed_event was = {0}, is = {0};
    bool same = feed_event_fill_checkpoint(&was, old, unit, "", published->former->outlook,
                                           published->figures, published->settings, now) &&
                feed_event_fill_checkpoint(&is, entry->checkpoint, entry->unit, "", published->outlook,
                                           published->figures, published->settings, now) &&
                reads_the_same(&was, &is);
    published->former->steps += was.steps + is.steps;
    feed_event_fini(&was);
    feed_event_fini(&is);
    return same;
}

/* stored may be NULL: a UID never seen before. */
static struct stamp stamp_of(const struct published *published, const struct entry *entry,
                             const struct stamp *stored)
{
    struct stamp stamp = {.uid = entry->uid, .hash = entry->hash, .facts = entry->facts};
    if (!stored)
        return stamp;
    stamp.at = stored->at;
    stamp.edits = stored->edits;
    if (stored->hash == entry->hash || stored->facts != entry->facts || is_unseen(published, entry))
        return stamp;
    /* The first instant that brings it beyond all that anyone can have read of it so far. */
    int64_t seen = entry_change(published, entry, stored).modified, now = published->outlook->now;
    stamp.edits += 1 + (entry->checkpoint ? changes_most(published, entry->checkpoint) : 0);
    stamp.at = now > stored->at ? now : stored->at;
    for (int64_t modified; (modified = entry_change(published, entry, &stamp).modified) <= seen;)
        stamp.at += seen + 1 - modified;
    return stamp;
}

static bool is_stored(const struct stamp *stamp, const struct stamp *stored)
{
    return stored && stored->hash == stamp->hash && stored->facts == stamp->facts;
}

/* Keeps the stored stamps from *place on whose UIDs come before uid (NULL: all): events that the outlook has
 * no more. They may come back, when a rule file is mended, and must not have changed less often by then. */
static void keep_gone(const struct stamps *stored, size_t *place, const char *uid, struct stamps *stamps,
                      struct stamp *list)
{
    for (; *place < stored->n && (!uid || strcmp(stored->list[*place].uid, uid) < 0); ++*place) {
        struct stamp *stamp = &list[stamps->n++];
        *stamp = stored->list[*place];
        stamp->uid = arena_strdup(stamps->arena, stamp->uid);
    }
}

/* Both ascend by UID, and so does the list. */
static void entries_stamp(const struct published *published, const struct entries *entries,
                          const struct stamps *stored, struct stamps *stamps, struct stamp *list,
                          struct stamp *changed, size_t *n_changed)
{
    size_t place = 0;
    for (size_t i = 0; i < entries->n; i++) {
        const char *uid = entries->at[i].uid;
        keep_gone(stored, &place, uid, stamps, list);
        bool found = place < stored->n && strcmp(stored->list[place].uid, uid) == 0;
        const struct stamp *before = found ? &stored->list[place++] : NULL;
        struct stamp *stamp = &list[stamps->n++];
        *stamp = stamp_of(published, &entries->at[i], before);
        if (!is_stored(stamp, before))
            changed[(*n_changed)++] = *stamp;
    }
    keep_gone(stored, &place, NULL, stamps, list);
}

struct stamps *feed_stamps(const struct outlook *outlook, const struct figures *figures,
                           const struct stamps *stored, const struct rulebook *before,
                           const struct feed_settings *settings, const struct stamp **changed,
                           size_t *n_changed)
{
    struct arena *arena = arena_new();
    struct stamps *stamps = arena_alloc(arena, sizeof *stamps);
    stamps->arena = arena;
    struct entries entries = {0};
    struct content *contents = contents_new(outlook, settings);
    add_occurrences(&entries, outlook, contents, arena);
    add_gatherings(&entries, outlook, contents, arena);
    add_holidays(&entries, outlook, settings, arena);
    mem_free(contents);
    struct feed_checkpoints *checkpoints = feed_checkpoints_new(outlook->rulebook, settings);
    add_checkpoints(&entries, outlook, checkpoints, arena);
    if (entries.n > 1)
        qsort(entries.at, entries.n, sizeof *entries.at, entry_order);
    struct stamp *list = arena_alloc(arena, (entries.n + stored->n) * sizeof *list);
    struct stamp *differing = arena_alloc(arena, entries.n * sizeof *differing);
    *n_changed = 0;
    struct former former = {.rulebook = before};
    entries_stamp(&(struct published){outlook, figures, settings, &former}, &entries, stored, stamps, list,
                  differing, n_changed);
    former_fini(&former);
    feed_checkpoints_free(checkpoints);
    stamps->list = list;
    *changed = differing;
    vec_free(&entries);
    return stamps;
}
