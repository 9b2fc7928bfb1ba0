/* The rows of one unit and period together: against each other, against the ledger, against the identities
 * that the rules declare. Then they are written, unit by unit in the ledger's own order. */
#include "intake/intake_work.h"

#include <stdlib.h>
#include <string.h>

enum { WRITE_ROWS = 1 << 15 };

/* What the group knows of one metric. */
struct entry {
    uint32_t metric;
    struct staged row; /* the first of the key, where in_file */
    int64_t old, old_intake;
    bool in_file, refused, looked_up;
};

/* A metric that equals a sum, or is never above another. */
struct identity {
    const struct metric *metric;
    bool equals;
};

struct groups {
    struct taking *taking;
    uint32_t unit, period; /* of this group */
    VEC(struct entry) entries;
    uint32_t *place;  /* by metric: its entry, counted from 1 */
    uint32_t *number; /* of a metric of the rulebook among the sorted */
    VEC(struct identity) identities;
    int64_t prior;   /* an earlier taking of the same bytes, or 0 */
    bool unit_known; /* the ledger has figures of it */
    bool writing;
    VEC(struct staged) writes;
};

/* ---- what is known of a metric ---- */

static struct entry *entry_of(struct groups *groups, uint32_t metric)
{
    if (!groups->place[metric]) {
        *vec_push(&groups->entries) = (struct entry){.metric = metric};
        groups->place[metric] = (uint32_t)groups->entries.n;
    }
    return &groups->entries.at[groups->place[metric] - 1];
}

static const char *unit_id(const struct groups *groups)
{
    return groups->taking->units[groups->unit]->id;
}

static const char *period_label(const struct groups *groups, uint32_t period)
{
    return groups->taking->periods.at[period];
}

static const char *metric_name(const struct groups *groups, uint32_t metric)
{
    return groups->taking->metrics[metric]->name;
}

static bool look_up(struct groups *groups, struct entry *entry)
{
    if (entry->looked_up || !groups->unit_known)
        return true;
    entry->looked_up = true;
    return figure_last(groups->taking->store, unit_id(groups), metric_name(groups, entry->metric),
                       period_label(groups, groups->period), &entry->old, &entry->old_intake,
                       groups->taking->err);
}

static bool changes(const struct entry *entry)
{
    return entry->in_file && !entry->refused && (!entry->old_intake || entry->old != entry->row.value);
}

static void refuse(struct groups *groups, int64_t line, struct problem *problem)
{
    intake_refuse(groups->taking, line, column_names[COLUMN_VALUE], problem);
    if (!groups->taking->request->partial)
        groups->writing = false;
}

/* ---- a key more than once ---- */

/* What is counted in this file. */
static const char *row_word(const struct groups *groups)
{
    enum lang lang = groups->taking->request->lang;
    return strcmp(groups->taking->format, "json") ? say(lang, "dòng", "row")
                                                  : say(lang, "phần tử", "element");
}

static void twice(struct groups *groups, struct entry *entry, const struct staged *row)
{
    struct problem problem;
    char first[VALUE_SIZE], here[VALUE_SIZE];
    const char *metric = metric_name(groups, entry->metric), *period = period_label(groups, groups->period);
    const char *text = "cùng %s, %s, %s: %s %lld ghi %s, ở đây ghi %s",
               *english = "the same %s, %s, %s: %s %lld says %s, this one %s";
    problem_init(&problem, groups->taking->request->lang);
    err_set(&problem.hint, ERR_INPUT, "giữ một dòng đúng, bỏ dòng kia",
            "keep the right row, remove the other");
    value_text(entry->row.value, first);
    value_text(row->value, here);
    if (!entry->refused) {
        err_set(&problem.reason, ERR_INPUT, text, english, unit_id(groups), metric, period, row_word(groups),
                (long long)row->line, here, first);
        refuse(groups, entry->row.line, &problem);
    }
    entry->refused = true;
    err_set(&problem.reason, ERR_INPUT, text, english, unit_id(groups), metric, period, row_word(groups),
            (long long)entry->row.line, first, here);
    refuse(groups, row->line, &problem);
}

/* Which value a key has cannot be told from this row alone when another row of it cannot be read. */
static void beside_unreadable(struct groups *groups, int64_t line, int64_t unreadable)
{
    struct problem problem;
    problem_init(&problem, groups->taking->request->lang);
    err_set(&problem.reason, ERR_INPUT, "%s %lld nói về cùng đơn vị, số liệu và kỳ, mà không đọc được",
            "%s %lld is about the same unit, metric and period, and cannot be read", row_word(groups),
            (long long)unreadable);
    refuse(groups, line, &problem);
}

static void row_join(struct groups *groups, const struct staged *row)
{
    struct entry *entry = entry_of(groups, staged_metric(row->key));
    bool unreadable = row->flags & STAGED_POISONED, before = entry->row.flags & STAGED_POISONED;
    if (!entry->in_file) {
        entry->in_file = true;
        entry->row = *row;
        entry->refused = unreadable;
    } else if (!unreadable && before)
        beside_unreadable(groups, row->line, entry->row.line);
    else if (unreadable && !entry->refused) {
        beside_unreadable(groups, entry->row.line, row->line);
        entry->refused = true;
    } else if (!unreadable && entry->row.value != row->value)
        twice(groups, entry, row);
    else if (!unreadable)
        groups->taking->report->unchanged++; /* said twice, the same way */
}

/* ---- corrected since ---- */

static void corrected_since(struct groups *groups, struct entry *entry)
{
    struct problem problem;
    char now[VALUE_SIZE], here[VALUE_SIZE];
    problem_init(&problem, groups->taking->request->lang);
    err_set(&problem.reason, ERR_INPUT,
            "tệp này đã nhận trước đây; sau đó %s %s %s đã được sửa thành %s, dòng này ghi %s",
            "this file was taken before; since then %s %s %s was corrected to %s, this row says %s",
            unit_id(groups), metric_name(groups, entry->metric), period_label(groups, groups->period),
            value_text(entry->old, now), value_text(entry->row.value, here));
    err_set(&problem.hint, ERR_INPUT, "muốn trả về giá trị cũ thì thêm --restore",
            "to put the old values back, add --restore");
    entry->refused = true;
    refuse(groups, entry->row.line, &problem);
}

static bool against_ledger(struct groups *groups)
{
    bool restore = groups->taking->request->restore;
    for (size_t i = 0; i < groups->entries.n; i++) {
        struct entry *entry = &groups->entries.at[i];
        if (!look_up(groups, entry))
            return false;
        if (groups->prior && !restore && changes(entry) && entry->old_intake > groups->prior)
            corrected_since(groups, entry);
    }
    return true;
}

/* ---- identities ---- */

/* The value that would stand; *known false where there is none, or none that can be relied on. */
static bool standing(struct groups *groups, const struct metric *metric, int64_t *value, bool *known)
{
    struct entry *entry = entry_of(groups, groups->number[metric->number]);
    if (!look_up(groups, entry))
        return false;
    bool own = entry->in_file && !entry->refused;
    *known = own || (entry->old_intake && (!entry->in_file || groups->taking->request->partial));
    *value = own ? entry->row.value : entry->old;
    return true;
}

static bool is_part(const struct identity *identity, const struct metric *metric)
{
    if (identity->metric == metric)
        return true;
    if (!identity->equals)
        return identity->metric->never_above == metric;
    for (size_t i = 0; i < identity->metric->n_equals; i++)
        if (identity->metric->equals[i] == metric)
            return true;
    return false;
}

/* "12 + 60 + 3" and its sum. */
static bool right_side(struct groups *groups, const struct identity *identity, int64_t *sum, bool *known,
                       struct text *words)
{
    const struct metric *one = identity->metric->never_above;
    const struct metric *const *parts = identity->equals ? identity->metric->equals : &one;
    size_t n = identity->equals ? identity->metric->n_equals : 1;
    *sum = 0;
    *known = true;
    for (size_t i = 0; *known && i < n; i++) {
        int64_t value;
        char text[VALUE_SIZE];
        if (!standing(groups, parts[i], &value, known))
            return false;
        *sum += value;
        text_addf(words, "%s%s (%s)", i ? " + " : "", value_text(value, text), parts[i]->name);
    }
    return true;
}

/* Every row of the file that takes part and would change something is refused: one of them is wrong. */
static void broken(struct groups *groups, const struct identity *identity, int64_t left, int64_t right,
                   const char *words)
{
    struct problem problem;
    char total[VALUE_SIZE], sum[VALUE_SIZE];
    problem_init(&problem, groups->taking->request->lang);
    value_text(left, total);
    value_text(right, sum);
    if (identity->equals)
        err_set(&problem.reason, ERR_INPUT, "%s %s: %s là %s, nhưng %s = %s", "%s %s: %s is %s, but %s = %s",
                unit_id(groups), period_label(groups, groups->period), identity->metric->name, total, words,
                sum);
    else
        err_set(&problem.reason, ERR_INPUT, "%s %s: %s là %s, lớn hơn %s", "%s %s: %s is %s, more than %s",
                unit_id(groups), period_label(groups, groups->period), identity->metric->name, total, words);
    err_set(&problem.hint, ERR_INPUT, "một trong các số này sai, hãy đối chiếu rồi gửi lại",
            "one of these numbers is wrong; compare them and send again");
    for (size_t i = 0; i < groups->entries.n; i++) {
        struct entry *entry = &groups->entries.at[i];
        if (!changes(entry) || !is_part(identity, groups->taking->metrics[entry->metric]))
            continue;
        entry->refused = true;
        refuse(groups, entry->row.line, &problem);
    }
}

static bool takes_part(const struct groups *groups, const struct identity *identity)
{
    for (size_t i = 0; i < groups->entries.n; i++)
        if (changes(&groups->entries.at[i]) &&
            is_part(identity, groups->taking->metrics[groups->entries.at[i].metric]))
            return true;
    return false;
}

static bool identity_check(struct groups *groups, const struct identity *identity, bool *again)
{
    int64_t left, right = 0;
    bool known, all = false;
    auto_text words = {0};
    if (!takes_part(groups, identity))
        return true;
    if (!standing(groups, identity->metric, &left, &known) ||
        (known && !right_side(groups, identity, &right, &all, &words)))
        return false;
    if (known && all && (identity->equals ? left != right : left > right)) {
        broken(groups, identity, left, right, text_str(&words));
        *again = true;
    }
    return true;
}

/* With a part refused, the ledger's old value stands in its place and may break another identity. */
static bool identities_check(struct groups *groups)
{
    for (bool again = true; again;) {
        again = false;
        for (size_t i = 0; i < groups->identities.n; i++)
            if (!identity_check(groups, &groups->identities.at[i], &again))
                return false;
    }
    return true;
}

/* ---- writing ---- */

static int ledger_order(const void *a, const void *b, void *data)
{
    const struct staged *left = a, *right = b;
    const struct groups *groups = data;
    uint32_t one = staged_metric(left->key), other = staged_metric(right->key);
    if (one != other)
        return one < other ? -1 : 1;
    return strcmp(period_label(groups, staged_period(left->key)),
                  period_label(groups, staged_period(right->key)));
}

static bool intake_begin(struct groups *groups)
{
    struct taking *taking = groups->taking;
    const struct intake_request *request = taking->request;
    struct intake new = {.name = request->name,
                         .checksum = taking->report->checksum,
                         .by = request->by,
                         .sample = request->sample,
                         .recorded_at = request->recorded_at};
    return taking->report->intake ||
           intake_add(taking->store, &new, request->real_now, &taking->report->intake, taking->err);
}

static bool writes_flush(struct groups *groups)
{
    struct taking *taking = groups->taking;
    bool some = groups->writing && groups->writes.n > 0, good = !some || intake_begin(groups);
    if (some)
        qsort_r(groups->writes.at, groups->writes.n, sizeof *groups->writes.at, ledger_order, groups);
    for (size_t i = 0; good && some && i < groups->writes.n; i++) {
        const struct staged *row = &groups->writes.at[i];
        auto_text note = {0};
        if (row->note_size && !stage_note(taking->stage, row, &note, taking->err))
            return false;
        struct figure figure = {.unit = taking->units[staged_unit(row->key)]->id,
                                .metric = metric_name(groups, staged_metric(row->key)),
                                .period = period_label(groups, staged_period(row->key)),
                                .note = row->note_size ? text_str(&note) : NULL,
                                .value = row->value,
                                .intake = taking->report->intake,
                                .row = row->line};
        good = figure_add(taking->store, &figure, taking->err);
    }
    groups->writes.n = 0;
    return good;
}

static void correction_note(struct groups *groups, const struct entry *entry)
{
    struct intake_report *report = groups->taking->report;
    report->corrected++;
    if (report->corrections.n >= INTAKE_LISTED_MOST)
        return;
    *vec_push(&report->corrections) = (struct intake_correction){
        .line = entry->row.line,
        .unit = unit_id(groups),
        .metric = metric_name(groups, entry->metric),
        .period = arena_strdup(report->arena, period_label(groups, groups->period)),
        .before = entry->old,
        .after = entry->row.value};
}

static void key_note(struct groups *groups, const struct entry *entry)
{
    struct intake_report *report = groups->taking->report;
    if (report->keys.n < INTAKE_KEYS_MOST)
        *vec_push(&report->keys) =
            (struct figure_key){.unit = unit_id(groups),
                                .metric = metric_name(groups, entry->metric),
                                .period = arena_strdup(report->arena, period_label(groups, groups->period))};
}

static bool group_write(struct groups *groups)
{
    struct intake_report *report = groups->taking->report;
    for (size_t i = 0; i < groups->entries.n; i++) {
        const struct entry *entry = &groups->entries.at[i];
        if (!entry->in_file || entry->refused)
            continue;
        if (!changes(entry)) {
            report->unchanged++;
            continue;
        }
        if (entry->old_intake)
            correction_note(groups, entry);
        else
            report->fresh++;
        key_note(groups, entry);
        *vec_push(&groups->writes) = entry->row;
    }
    return groups->writes.n < WRITE_ROWS || writes_flush(groups);
}

/* ---- the whole ---- */

static bool group_end(struct groups *groups)
{
    bool good = against_ledger(groups) && identities_check(groups) && group_write(groups);
    for (size_t i = 0; i < groups->entries.n; i++)
        groups->place[groups->entries.at[i].metric] = 0;
    groups->entries.n = 0;
    return good;
}

static bool unit_begin(struct groups *groups, uint32_t unit)
{
    if (!writes_flush(groups))
        return false;
    groups->unit = unit;
    groups->unit_known = false;
    return !groups->taking->store ||
           figures_of_unit(groups->taking->store, unit_id(groups), &groups->unit_known, groups->taking->err);
}

static bool groups_walk(struct groups *groups)
{
    struct taking *taking = groups->taking;
    struct staged row;
    bool have, first = true;
    int64_t seen = 0, all = (int64_t)stage_count(taking->stage);
    for (;;) {
        if (!stage_next(taking->stage, &row, &have, taking->err))
            return false;
        bool new_unit = have && (first || staged_unit(row.key) != groups->unit);
        bool new_group = !have || new_unit || staged_period(row.key) != groups->period;
        if (!first && new_group && !group_end(groups))
            return false;
        if (!have)
            return writes_flush(groups);
        if (new_unit && !unit_begin(groups, staged_unit(row.key)))
            return false;
        groups->period = staged_period(row.key);
        row_join(groups, &row);
        first = false;
        if (++seen % 4096 == 0)
            intake_progress(taking, seen, all, 30, 100);
    }
}

static void groups_init(struct groups *groups, struct taking *taking)
{
    const struct rulebook *rulebook = taking->rulebook;
    *groups = (struct groups){.taking = taking};
    groups->place = mem_alloc((rulebook->n_metrics + 1) * sizeof *groups->place);
    groups->number = mem_alloc((rulebook->n_metrics + 1) * sizeof *groups->number);
    for (size_t i = 0; i < rulebook->n_metrics; i++) {
        const struct metric *metric = taking->metrics[i];
        groups->number[metric->number] = (uint32_t)i;
        if (metric->n_equals)
            *vec_push(&groups->identities) = (struct identity){metric, true};
        if (metric->never_above)
            *vec_push(&groups->identities) = (struct identity){metric, false};
    }
}

bool intake_groups(struct taking *taking)
{
    struct groups groups;
    bool found = false;
    groups_init(&groups, taking);
    groups.writing =
        taking->store && !taking->request->dry_run && (taking->request->partial || !taking->report->refused);
    bool good = stage_sort(taking->stage, taking->err) &&
                (!taking->store ||
                 intake_find(taking->store, taking->report->checksum, &found, &groups.prior, taking->err)) &&
                groups_walk(&groups);
    mem_free(groups.place);
    mem_free(groups.number);
    vec_free(&groups.entries);
    vec_free(&groups.identities);
    vec_free(&groups.writes);
    return good;
}
