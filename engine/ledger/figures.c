#include "ledger/figures.h"

#include "base/text.h"
#include "ledger/store_sql.h"
#include "time/clock.h"

#include <string.h>

/* --- Texts that come again and again ----------------------------------------------------------- */

/* Names of units, metrics and periods, each once in the arena. */
struct names {
    struct arena *arena;
    const char **at; /* hash table, at most half full */
    size_t n, cap;
};

static void names_put(const char **at, size_t cap, const char *text)
{
    size_t place = hash_text(HASH_START, text) & (cap - 1);
    while (at[place])
        place = (place + 1) & (cap - 1);
    at[place] = text;
}

static void names_widen(struct names *names)
{
    size_t cap = names->cap ? 2 * names->cap : 256;
    const char **at = mem_alloc(cap * sizeof *at);
    for (size_t i = 0; i < names->cap; i++)
        if (names->at[i])
            names_put(at, cap, names->at[i]);
    mem_free(names->at);
    names->at = at;
    names->cap = cap;
}

static const char *names_keep(struct names *names, const char *text)
{
    if (2 * names->n >= names->cap)
        names_widen(names);
    size_t place = hash_text(HASH_START, text) & (names->cap - 1);
    for (; names->at[place]; place = (place + 1) & (names->cap - 1))
        if (strcmp(names->at[place], text) == 0)
            return names->at[place];
    names->n++;
    return names->at[place] = arena_strdup(names->arena, text);
}

/* --- Reading ----------------------------------------------------------------------------------- */

struct reading {
    struct figures *figures;
    int64_t until; /* intakes recorded from this instant on are left out */
    struct names names;
    struct figure *list;
    size_t room; /* in the list */
    VEC(struct figure_past) past;
};

/* For those that come later. */
static size_t room_for(size_t n)
{
    return n + n / 16 + 64;
}

static bool intakes_read(struct reading *reading, struct store *store, struct err *err)
{
    struct figures *figures = reading->figures;
    VEC(struct intake) list = {0};
    struct sql_rows rows = sql_rows(store, SQL_INTAKES, sql_int(reading->until));
    while (sql_next(&rows))
        *vec_push(&list) = (struct intake){
            .id = sql_row_int(&rows, 0),
            .name = arena_strdup(figures->arena, sql_row_text(&rows, 1)),
            .checksum = arena_strdup(figures->arena, sql_row_text(&rows, 2)),
            .sample = sql_row_int(&rows, 3),
            .by = arena_strdup(figures->arena, sql_row_text(&rows, 4)),
            .recorded_at = sql_row_int(&rows, 5),
        };
    figures->n_intakes = list.n;
    figures->intake_room = room_for(list.n);
    figures->intakes = arena_alloc(figures->arena, figures->intake_room * sizeof *list.at);
    if (list.n > 0)
        memcpy(figures->intakes, list.at, list.n * sizeof *list.at);
    vec_free(&list);
    return sql_end(&rows, err);
}

static bool same_key(const struct figure *figure, const struct sql_rows *rows)
{
    return strcmp(figure->period, sql_row_text(rows, 2)) == 0 &&
           strcmp(figure->metric, sql_row_text(rows, 1)) == 0 &&
           strcmp(figure->unit, sql_row_text(rows, 0)) == 0;
}

static struct figure *figure_new(struct reading *reading, const struct sql_rows *rows)
{
    must(reading->list && reading->figures->n < reading->room);
    struct figure *figure = &reading->list[reading->figures->n++];
    figure->unit = names_keep(&reading->names, sql_row_text(rows, 0));
    figure->metric = names_keep(&reading->names, sql_row_text(rows, 1));
    figure->period = names_keep(&reading->names, sql_row_text(rows, 2));
    figure->value = sql_row_int(rows, 4);
    return figure;
}

/* The rows come key by key, each from its oldest value on: a later one takes the earlier one's place. */
static void figure_take(struct reading *reading, const struct sql_rows *rows, const struct intake *intake)
{
    size_t n = reading->figures->n;
    struct figure *figure = n ? &reading->list[n - 1] : NULL;
    if (!figure || !same_key(figure, rows))
        figure = figure_new(reading, rows);
    else
        *vec_push(&reading->past) =
            (struct figure_past){figure->unit, figure->metric, figure->period, figure->intake};
    int64_t value = sql_row_int(rows, 4);
    figure->corrected = figure->corrected || figure->value != value;
    figure->value = value;
    figure->recorded_at = intake->recorded_at;
    figure->intake = intake->id;
    figure->row = (int)sql_row_int(rows, 5);
    figure->note = arena_strdup(reading->figures->arena, sql_row_text(rows, 6));
}

static bool list_read(struct reading *reading, struct store *store, struct err *err)
{
    struct figures *figures = reading->figures;
    int64_t count = 0;
    if (!sql_number(store, SQL_FIGURE_COUNT, &count, err))
        return false;
    reading->room = room_for((size_t)count);
    reading->list = arena_alloc(figures->arena, reading->room * sizeof *reading->list);
    const struct intake *intake = NULL;
    struct sql_rows rows = sql_rows(store, SQL_FIGURES);
    while (sql_next(&rows)) {
        int64_t id = sql_row_int(&rows, 3);
        if (!intake || intake->id != id)
            intake = figures_intake(figures, id);
        if (intake)
            figure_take(reading, &rows, intake);
        else if (reading->until == INT64_MAX) /* else it is one of those left out */
            sql_row_unreadable(&rows);
    }
    figures->list = reading->list;
    figures->room = reading->room;
    figures->n_past = reading->past.n;
    figures->past_room = room_for(reading->past.n);
    figures->past = arena_alloc(figures->arena, figures->past_room * sizeof *reading->past.at);
    if (reading->past.n)
        memcpy(figures->past, reading->past.at, reading->past.n * sizeof *reading->past.at);
    vec_free(&reading->past);
    return sql_end(&rows, err);
}

static bool some_sample(const struct figures *figures)
{
    bool may_be = false;
    for (size_t i = 0; i < figures->n_intakes; i++)
        may_be = may_be || figures->intakes[i].sample;
    for (size_t i = 0; may_be && i < figures->n; i++)
        if (figures_intake(figures, figures->list[i].intake)->sample)
            return true;
    return false;
}

struct figures *figures_empty(void)
{
    struct arena *arena = arena_new();
    struct figures *figures = arena_alloc(arena, sizeof *figures);
    figures->arena = arena;
    return figures;
}

struct figures *figures_read(struct store *store, int known_on, struct err *err)
{
    return figures_read_until(store, known_on == DAY_NONE ? INT64_MAX : day_start(known_on + 1), err);
}

struct figures *figures_read_until(struct store *store, int64_t until, struct err *err)
{
    struct figures *figures = figures_empty();
    if (!store)
        return figures;
    struct reading reading = {.figures = figures, .until = until, .names = {.arena = figures->arena}};
    bool own = !store_in_transaction(store);
    bool fine = (!own || store_begin_read(store, err)) && intakes_read(&reading, store, err) &&
                list_read(&reading, store, err);
    if (own)
        store_rollback(store);
    mem_free(reading.names.at);
    if (fine) {
        figures->sample = some_sample(figures);
        return figures;
    }
    figures_free(figures);
    return NULL;
}

void figures_free(struct figures *figures)
{
    if (figures)
        arena_free(figures->arena);
}

/* --- Finding ----------------------------------------------------------------------------------- */

/* Period NULL comes before all periods. */
static int against(const struct figure *figure, const char *unit, const char *metric, const char *period)
{
    int order = strcmp(figure->unit, unit);
    if (order == 0)
        order = strcmp(figure->metric, metric);
    if (order == 0)
        order = period ? strcmp(figure->period, period) : 1;
    return order;
}

/* The place of the first figure that does not come before the key. */
static size_t place_of(const struct figures *figures, const char *unit, const char *metric,
                       const char *period)
{
    size_t low = 0, high = figures->n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (against(&figures->list[middle], unit, metric, period) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

size_t figures_of(const struct figures *figures, const char *unit, const char *metric,
                  const struct figure **first)
{
    size_t low = place_of(figures, unit, metric, NULL), high = low;
    while (high < figures->n && strcmp(figures->list[high].metric, metric) == 0 &&
           strcmp(figures->list[high].unit, unit) == 0)
        high++;
    *first = low < high ? &figures->list[low] : NULL;
    return high - low;
}

const struct figure *figures_find(const struct figures *figures, const char *unit, const char *metric,
                                  const char *period)
{
    size_t place = place_of(figures, unit, metric, period);
    bool found = place < figures->n && against(&figures->list[place], unit, metric, period) == 0;
    return found ? &figures->list[place] : NULL;
}

bool figures_of_org(const struct figures *figures, const char *org)
{
    auto_text units = {0};
    text_addf(&units, "%s/", org);
    size_t first = place_of(figures, text_str(&units), "", NULL);
    return first < figures->n && !strncmp(figures->list[first].unit, text_str(&units), units.n);
}

const struct intake *figures_intake(const struct figures *figures, int64_t id)
{
    size_t low = 0, high = figures->n_intakes;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (figures->intakes[middle].id < id)
            low = middle + 1;
        else
            high = middle;
    }
    bool found = low < figures->n_intakes && figures->intakes[low].id == id;
    return found ? &figures->intakes[low] : NULL;
}

/* --- Taking up what came later ----------------------------------------------------------------- */

static bool intake_append(struct figures *figures, const struct intake *intake)
{
    if (figures->n_intakes == figures->intake_room)
        return false;
    struct intake *copy = &figures->intakes[figures->n_intakes++];
    *copy = *intake;
    copy->name = arena_strdup(figures->arena, intake->name);
    copy->checksum = arena_strdup(figures->arena, intake->checksum);
    copy->by = arena_strdup(figures->arena, intake->by);
    return true;
}

/* The place behind all that the key had before. */
static size_t past_place(const struct figures *figures, const struct figure *figure)
{
    size_t low = 0, high = figures->n_past;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct figure_past *past = &figures->past[middle];
        const struct figure key = {.unit = past->unit, .metric = past->metric, .period = past->period};
        if (against(&key, figure->unit, figure->metric, figure->period) <= 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool past_insert(struct figures *figures, const struct figure *figure)
{
    if (figures->n_past == figures->past_room)
        return false;
    size_t place = past_place(figures, figure);
    memmove(&figures->past[place + 1], &figures->past[place],
            (figures->n_past - place) * sizeof *figures->past);
    figures->past[place] = (struct figure_past){figure->unit, figure->metric, figure->period, figure->intake};
    figures->n_past++;
    return true;
}

static bool figure_insert(struct figures *figures, const struct figure_key *key, size_t place)
{
    if (figures->n == figures->room)
        return false;
    memmove(&figures->list[place + 1], &figures->list[place], (figures->n - place) * sizeof *figures->list);
    figures->n++;
    figures->list[place] = (struct figure){.unit = arena_strdup(figures->arena, key->unit),
                                           .metric = arena_strdup(figures->arena, key->metric),
                                           .period = arena_strdup(figures->arena, key->period)};
    return true;
}

static bool key_renew(struct figures *figures, const struct intake *intake, const struct figure_key *key,
                      const struct figure *last)
{
    size_t place = place_of(figures, key->unit, key->metric, key->period);
    bool known =
        place < figures->n && against(&figures->list[place], key->unit, key->metric, key->period) == 0;
    if (known ? !past_insert(figures, &figures->list[place]) : !figure_insert(figures, key, place))
        return false;
    struct figure *figure = &figures->list[place];
    figure->corrected = known && (figure->corrected || figure->value != last->value);
    figure->value = last->value;
    figure->recorded_at = intake->recorded_at;
    figure->intake = intake->id;
    figure->row = last->row;
    figure->note = arena_strdup(figures->arena, last->note);
    return true;
}

bool figures_renew(struct figures *figures, struct store *store, const struct intake *intake,
                   const struct figure_key *keys, size_t n, struct err *err)
{
    struct arena *arena = arena_new();
    bool good = intake_append(figures, intake);
    for (size_t i = 0; good && i < n; i++) {
        struct figure *history;
        size_t values;
        good = figures_history(store, keys[i].unit, keys[i].metric, keys[i].period, arena, &history, &values,
                               err) &&
               values && history[values - 1].intake == intake->id &&
               key_renew(figures, intake, &keys[i], &history[values - 1]);
    }
    arena_free(arena);
    figures->sample = good && some_sample(figures);
    return good;
}

/* --- What stood before ------------------------------------------------------------------------- */

bool figures_history(struct store *store, const char *unit, const char *metric, const char *period,
                     struct arena *arena, struct figure **list, size_t *n, struct err *err)
{
    VEC(struct figure) found = {0};
    struct sql_rows rows =
        sql_rows(store, SQL_FIGURE_HISTORY, sql_text(unit), sql_text(metric), sql_text(period));
    while (sql_next(&rows)) {
        struct figure figure = {
            .unit = arena_strdup(arena, sql_row_text(&rows, 0)),
            .metric = arena_strdup(arena, sql_row_text(&rows, 1)),
            .period = arena_strdup(arena, sql_row_text(&rows, 2)),
            .intake = sql_row_int(&rows, 3),
            .value = sql_row_int(&rows, 4),
            .row = (int)sql_row_int(&rows, 5),
            .note = arena_strdup(arena, sql_row_text(&rows, 6)),
            .recorded_at = sql_row_int(&rows, 7),
        };
        for (size_t i = 0; i < found.n; i++)
            figure.corrected = figure.corrected || found.at[i].value != figure.value;
        *vec_push(&found) = figure;
    }
    *n = found.n;
    *list = arena_alloc(arena, found.n * sizeof **list);
    if (found.n > 0)
        memcpy(*list, found.at, found.n * sizeof **list);
    vec_free(&found);
    return sql_end(&rows, err);
}

bool figure_last(struct store *store, const char *unit, const char *metric, const char *period,
                 int64_t *value, int64_t *intake, struct err *err)
{
    *value = *intake = 0;
    struct sql_rows rows =
        sql_rows(store, SQL_FIGURE_LAST, sql_text(unit), sql_text(metric), sql_text(period));
    if (sql_next(&rows)) {
        *intake = sql_row_int(&rows, 0);
        *value = sql_row_int(&rows, 1);
    }
    return sql_end(&rows, err);
}

bool figures_of_unit(struct store *store, const char *unit, bool *some, struct err *err)
{
    struct sql_rows rows = sql_rows(store, SQL_FIGURE_OF_UNIT, sql_text(unit));
    *some = sql_next(&rows) && sql_row_int(&rows, 0) != 0;
    return sql_end(&rows, err);
}

bool intake_find(struct store *store, const char *checksum, bool *found, int64_t *id, struct err *err)
{
    *id = 0;
    struct sql_rows rows = sql_rows(store, SQL_INTAKE_FIND, sql_text(checksum));
    if (sql_next(&rows))
        *id = sql_row_int(&rows, 0);
    *found = *id != 0;
    return sql_end(&rows, err);
}

/* --- Writing ----------------------------------------------------------------------------------- */

bool intake_add(struct store *store, const struct intake *intake, int64_t real_now, int64_t *id,
                struct err *err)
{
    if (!store_mark_day(store, intake->recorded_at, err) ||
        !sql_run(store, SQL_INTAKE_ADD, err, sql_text(intake->name), sql_text(intake->checksum),
                 sql_int(intake->sample), sql_text(intake->by), sql_int(intake->recorded_at),
                 sql_int(real_now)))
        return false;
    *id = sql_last_id(store);
    return true;
}

bool figure_add(struct store *store, const struct figure *figure, struct err *err)
{
    must(store_in_transaction(store));
    return sql_run(store, SQL_FIGURE_ADD, err, sql_text(figure->unit), sql_text(figure->metric),
                   sql_text(figure->period), sql_int(figure->intake), sql_int(figure->value),
                   sql_int(figure->row), sql_text(figure->note));
}
