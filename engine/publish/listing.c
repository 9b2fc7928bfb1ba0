#include "publish/listing.h"

#include "publish/phrase.h"
#include "publish/records.h"
#include "publish/selection.h"
#include "publish/table.h"

#include <stdlib.h>
#include <string.h>

enum { DUE_DAYS = 60, SOON_DAYS = 7 };

/* ---- items ---- */

static bool item_wanted(const struct selection *selection, const struct item *item)
{
    bool unit = !selection->unit, range = !selection_has_range(selection);
    for (size_t i = 0; i < item->n_duties; i++) {
        const struct duty *duty = &item->duties[i];
        unit = unit || duty_concerns(duty, selection->unit);
        for (size_t j = 0; j < duty->timing.n_turns; j++)
            range = range || selection_in_range(selection, duty->timing.turns[j].due);
    }
    return unit && range;
}

static const char *const item_columns[] = {
    "plan",      "ref", "part", "kind",        "title",           "lead",        "lead_text",  "with",
    "with_text", "to",  "via",  "timing.kind", "timing.text",     "due",         "product",    "form",
    "kpis",      "see", "also", "note",        "source.document", "source.file", "source.line"};

/* A row; in CSV its parts too as lines of their own, their values in the row's columns. */
static void item_lines(struct records *records, const struct item *item)
{
    json_t *object = listing_item_json(item);
    records_add(records, json_incref(object));
    for (size_t i = 0;
         records->format == LISTING_CSV && i < json_array_size(json_object_get(object, "parts")); i++) {
        json_t *line = json_copy(object);
        must(!json_object_update(line, json_array_get(json_object_get(object, "parts"), i)));
        records_add(records, line);
    }
    json_decref(object);
}

static void item_objects(const struct rulebook *rulebook, const struct selection *selection, struct text *out)
{
    struct records records = {.format = selection->options->format,
                              .columns = item_columns,
                              .n_columns = sizeof item_columns / sizeof *item_columns,
                              .out = out};
    records_begin(&records);
    for (size_t i = 0; i < rulebook->n_plans; i++)
        for (size_t j = 0; j < rulebook->plans[i].n_items; j++) {
            const struct item *item = &rulebook->plans[i].items[j];
            if ((!selection->plan || selection->plan == item->plan) && item_wanted(selection, item))
                item_lines(&records, item);
        }
    records_end(&records);
}

/* The plan's words, or what the rule comes to. */
static void timing_cell(struct text *cell, const struct duty *duty, enum lang lang)
{
    const struct timing *timing = &duty->timing;
    if (duty->text) {
        text_add(cell, duty->text);
        return;
    }
    phrase_waiting(cell, timing, lang);
    if (timing->n_turns)
        phrase_day(cell, timing->turns[0].due, lang);
    if (timing->n_turns > 1)
        phrase_add(cell, lang, " … (%zu" NO_BREAK "kỳ)", " … (%zu" NO_BREAK "times)", timing->n_turns);
}

static void duty_cells(struct table *table, const char *ref, const struct duty *duty, enum lang lang)
{
    auto_text lead = {0}, timing = {0};
    phrase_units_short(&lead, &duty->lead, 3);
    timing_cell(&timing, duty, lang);
    table_cell(table, ref);
    table_cell(table, duty->title);
    table_cell(table, duty->no_lead ? say(lang, "chưa rõ", "not known") : text_str(&lead));
    table_cell(table, text_str(&timing));
}

static void item_cells(struct table *table, const struct item *item, enum lang lang)
{
    if (!item->n_duties || item->duties[0].part) {
        auto_text lost = {0};
        phrase_add(&lost, lang, "(mất trong bản quét) %s", "(lost in the scan) %s", item->title);
        table_cell(table, item->ref);
        table_cell(table, item->kind == ITEM_LOST ? text_str(&lost) : item->title);
        table_cell(table, NULL);
        table_cell(table, NULL);
    }
    for (size_t i = 0; i < item->n_duties; i++) {
        const struct duty *duty = &item->duties[i];
        auto_text ref = {0};
        text_addf(&ref, "%s%s%s", item->ref, duty->part ? "#" : "", duty->part ? duty->part : "");
        if (!duty->checkpoint)
            duty_cells(table, text_str(&ref), duty, lang);
    }
}

struct item_counts {
    size_t duties, sections, lost;
};

static void count_item(struct item_counts *counts, const struct item *item)
{
    counts->sections += item->kind == ITEM_SECTION;
    counts->lost += item->kind == ITEM_LOST;
    counts->duties += item->kind != ITEM_SECTION && item->kind != ITEM_LOST;
}

static struct table *item_table(enum lang lang)
{
    struct table *table = table_new();
    table_column(table, say(lang, "Mã", "Ref"), TABLE_FIXED, 24);
    table_column(table, say(lang, "Việc", "Duty"), TABLE_FLEXIBLE, 0);
    table_column(table, say(lang, "Chủ trì", "Lead"), TABLE_FIXED, 24);
    table_column(table, say(lang, "Thời hạn", "Time"), TABLE_FIXED, 30);
    return table;
}

/* One plan's rows under its name; false: it has none of those that are wanted. */
static bool plan_table(const struct plan *plan, const struct selection *selection, struct text *out)
{
    const struct listing_options *options = selection->options;
    struct item_counts counts = {0};
    struct table *table = item_table(options->lang);
    auto_text title = {0};
    bool any = false;
    for (size_t i = 0; i < plan->n_items; i++)
        if (item_wanted(selection, &plan->items[i])) {
            item_cells(table, &plan->items[i], options->lang);
            count_item(&counts, &plan->items[i]);
            any = true;
        }
    if (any) {
        text_addf(&title, "%s%s%s: %s", plan->id, plan->number ? ", " : "", plan->number ? plan->number : "",
                  plan->title);
        table_paragraph(out, text_str(&title), 0, 2, (size_t)options->width);
        text_add(out, "\n");
        table_write(table, (size_t)options->width, out);
        phrase_add(out, options->lang, "\n%zu nhiệm vụ, %zu đầu mục, %zu dòng mất trong bản quét.\n",
                   "\n%zu rows with duties, %zu headings, %zu rows lost in the scan.\n", counts.duties,
                   counts.sections, counts.lost);
    }
    table_free(table);
    return any;
}

static void item_tables(const struct rulebook *rulebook, const struct selection *selection, struct text *out)
{
    bool any = false;
    for (size_t i = 0; i < rulebook->n_plans; i++) {
        auto_text plan = {0};
        if ((selection->plan && selection->plan != &rulebook->plans[i]) ||
            !plan_table(&rulebook->plans[i], selection, &plan))
            continue;
        text_addf(out, "%s%s", any ? "\n" : "", text_str(&plan));
        any = true;
    }
    if (!any)
        text_add(out,
                 say(selection->options->lang, "Không có dòng nào như vậy.\n", "There is no such row.\n"));
}

bool listing_items(const struct rulebook *rulebook, const struct listing_options *options, struct text *out,
                   struct err *err)
{
    struct selection selection;
    if (!selection_make(rulebook, options, &selection, err))
        return false;
    if (options->format == LISTING_TABLE)
        item_tables(rulebook, &selection, out);
    else
        item_objects(rulebook, &selection, out);
    return true;
}

/* ---- due ---- */

/* One thing to list: an occurrence, or a gathering as it looks to one who receives or coordinates. */
struct due_row {
    struct occurrence face;
    const struct gathering *gathering; /* NULL: an occurrence */
    enum role role;
    size_t order;
};
struct due_list {
    VEC(struct due_row) rows;
};

/* Done when nobody is left to do it, on the day the last one did; else it stands like the earliest one not
 * yet done. */
static struct occurrence gathering_face(const struct gathering *gathering, const struct unit *unit)
{
    struct occurrence face = gathering->next ? *gathering->next : *gathering->first;
    face.id = gathering->id;
    face.unit = unit;
    if (gathering->done + gathering->cancelled < gathering->n)
        return face;
    face.state = gathering->done ? STATE_DONE : STATE_CANCELLED;
    face.done_on = DAY_NONE;
    face.late = false;
    for (size_t i = 0; i < gathering->n; i++) {
        const struct occurrence *one = &gathering->first[i];
        if (one->state == STATE_DONE && one->done_on > face.done_on)
            face.done_on = one->done_on;
        face.late = face.late || (one->state == STATE_DONE && one->late);
    }
    return face;
}

static bool due_wanted(const struct outlook *outlook, const struct selection *selection,
                       const struct occurrence *face)
{
    if (selection->plan && face->duty->item->plan != selection->plan)
        return false;
    if (face->due == DAY_NONE && !selection->options->undated)
        return false;
    if (selection_has_range(selection))
        return face->due == DAY_NONE || selection_in_range(selection, face->due);
    return !face->closed && face->state != STATE_DONE && face->state != STATE_CANCELLED &&
           (face->due == DAY_NONE || face->due <= outlook->today + DUE_DAYS);
}

static void due_add(const struct outlook *outlook, const struct selection *selection, struct occurrence face,
                    const struct gathering *gathering, enum role role, struct due_list *list)
{
    if (due_wanted(outlook, selection, &face))
        *vec_push(&list->rows) = (struct due_row){face, gathering, role, list->rows.n};
}

static int by_due(const void *a, const void *b)
{
    const struct due_row *x = a, *y = b;
    if (x->face.due != y->face.due) {
        if (x->face.due == DAY_NONE || y->face.due == DAY_NONE)
            return x->face.due == DAY_NONE ? 1 : -1;
        return x->face.due < y->face.due ? -1 : 1;
    }
    return x->order < y->order ? -1 : x->order > y->order;
}

static void due_collect(const struct outlook *outlook, const struct selection *selection,
                        struct due_list *list)
{
    const struct unit *unit = selection->unit;
    for (size_t i = 0; !unit && i < outlook->n; i++)
        due_add(outlook, selection, outlook->list[i], NULL, ROLE_LEAD, list);
    for (size_t i = 0; unit && i < outlook->agendas[unit->number].n; i++) {
        const struct engagement *engagement = &outlook->agendas[unit->number].at[i];
        if (engagement->role == ROLE_LEAD)
            due_add(outlook, selection, *engagement->occurrence, NULL, ROLE_LEAD, list);
        else
            due_add(outlook, selection, gathering_face(engagement->gathering, unit), engagement->gathering,
                    engagement->role, list);
    }
    if (list->rows.n)
        qsort(list->rows.at, list->rows.n, sizeof *list->rows.at, by_due);
}

static const char *const due_columns[] = {"uid",          "plan",
                                          "ref",          "part",
                                          "kind",         "title",
                                          "unit",         "role",
                                          "period",       "due",
                                          "due_original", "act_by",
                                          "state",        "days_left",
                                          "done_on",      "late",
                                          "provisional",  "assumed",
                                          "closed",       "done",
                                          "units",        "source.document",
                                          "source.file",  "source.line"};

static void due_objects(const struct outlook *outlook, const struct listing_options *options,
                        const struct due_list *list, struct text *out)
{
    struct records records = {.format = options->format,
                              .columns = due_columns,
                              .n_columns = sizeof due_columns / sizeof *due_columns,
                              .out = out};
    records_begin(&records);
    for (size_t i = 0; i < list->rows.n; i++) {
        const struct due_row *row = &list->rows.at[i];
        json_t *object = listing_occurrence_json(outlook, &row->face, row->role);
        if (row->gathering) {
            must(!json_object_set_new(object, "done", json_integer((json_int_t)row->gathering->done)));
            must(!json_object_set_new(object, "units", json_integer((json_int_t)row->gathering->n)));
        }
        if (options->sample)
            must(!json_object_set_new(object, "sample", json_true()));
        records_add(&records, object);
    }
    records_end(&records);
}

/* ---- the table of what is due ---- */

struct due_table {
    struct table *table;
    const struct outlook *outlook;
    enum lang lang;
    bool plans; /* several: each row names its own */
};

static bool alike(const struct due_row *a, const struct due_row *b)
{
    const struct occurrence *x = &a->face, *y = &b->face;
    return !a->gathering && !b->gathering && x->duty == y->duty && x->due == y->due &&
           !strcmp(x->label, y->label) && x->act_by == y->act_by && x->state == y->state &&
           x->late == y->late && x->provisional == y->provisional;
}

static void state_cell(const struct due_table *due, const struct occurrence *face, bool alone)
{
    auto_text cell = {0};
    char day[DAY_SIZE];
    text_add(&cell, state_title(face->state, due->lang));
    if (face->state == STATE_OVERDUE)
        phrase_add(&cell, due->lang, " %d" NO_BREAK "ngày", " by %d" NO_BREAK "days",
                   due->outlook->today - face->due);
    if (face->state == STATE_DONE && alone)
        text_addf(&cell, NO_BREAK "%s", day_vi(face->done_on, true, day));
    if (face->late)
        text_add(&cell, say(due->lang, ", muộn", ", late"));
    if (face->assumed)
        text_add(&cell, say(due->lang, ", ngày giả định", ", assumed day"));
    if (face->provisional)
        text_add(&cell, say(due->lang, ", tạm tính", ", provisional"));
    if (face->closed)
        text_add(&cell, say(due->lang, ", kế hoạch đã khép", ", plan closed"));
    table_cell(due->table, text_str(&cell));
}

static void unit_cell(const struct due_table *due, const struct due_row *row, const struct units *units)
{
    auto_text cell = {0};
    if (row->gathering)
        phrase_add(&cell, due->lang, "%s %zu/%zu" NO_BREAK "xong", "%s %zu/%zu" NO_BREAK "done",
                   row->role == ROLE_TO ? say(due->lang, "nhận:", "receives:")
                                        : say(due->lang, "phối hợp:", "with:"),
                   row->gathering->done, row->gathering->n);
    else if (units->n)
        phrase_units_short(&cell, units, 3);
    else
        text_add(&cell, say(due->lang, "chưa rõ", "not known"));
    table_cell(due->table, text_str(&cell));
}

/* Ref, title and, where it recurs, the period. */
static void title_cell(const struct due_table *due, const struct occurrence *face)
{
    const struct duty *duty = face->duty;
    const struct plan *plan = duty->item->plan;
    auto_text cell = {0};
    text_addf(&cell, "%s%s%s%s%s" NO_BREAK "%s", due->plans ? plan->id : "", due->plans ? ":" : "",
              duty->item->ref, duty->part ? "#" : "", duty->part ? duty->part : "", duty->title);
    if (strcmp(face->label, plan->period.label) != 0) {
        text_add(&cell, " (");
        phrase_label(&cell, face->label, due->lang);
        text_add(&cell, ")");
    }
    table_cell(due->table, text_str(&cell));
}

static void due_cells(const struct due_table *due, const struct due_row *row, const struct units *units)
{
    const struct occurrence *face = &row->face;
    auto_text day = {0}, act_by = {0};
    phrase_day(&day, face->due, due->lang);
    if (face->act_by < face->due && day_civil(face->act_by).year == day_civil(face->due).year)
        phrase_day_short(&act_by, face->act_by, due->lang);
    else if (face->act_by < face->due)
        phrase_day(&act_by, face->act_by, due->lang);
    table_cell(due->table, text_str(&day));
    table_cell(due->table, text_str(&act_by));
    unit_cell(due, row, units);
    title_cell(due, face);
    state_cell(due, face, face->duty->joint || units->n <= 1);
}

/* The row and all that are alike, as one line; those of one duty, period and day lie among the rows of that
 * day. */
static void due_line(const struct due_table *due, const struct due_list *list, size_t at, bool *shown)
{
    const struct due_row *row = &list->rows.at[at];
    struct {
        VEC(const struct unit *) list;
    } units = {0};
    for (size_t i = at; i < list->rows.n && list->rows.at[i].face.due == row->face.due; i++) {
        const struct due_row *other = &list->rows.at[i];
        if (i != at && (shown[i] || !alike(row, other)))
            continue;
        shown[i] = true;
        if (other->face.unit)
            *vec_push(&units.list) = other->face.unit;
    }
    if (row->face.duty->joint)
        due_cells(due, row, occurrence_party(&row->face, PARTY_LEAD));
    else
        due_cells(due, row, &(struct units){units.list.at, units.list.n});
    vec_free(&units.list);
}

static bool several_plans(const struct due_list *list)
{
    for (size_t i = 1; i < list->rows.n; i++)
        if (list->rows.at[i].face.duty->item->plan != list->rows.at[0].face.duty->item->plan)
            return true;
    return false;
}

static void add_count(struct text *out, enum lang lang, size_t n, const char *vi, const char *en)
{
    if (n)
        text_addf(out, "%s%zu %s", out->n ? ", " : "", n, say(lang, vi, en));
}

static void due_summary(const struct outlook *outlook, const struct due_list *list, enum lang lang,
                        struct text *out)
{
    size_t overdue = 0, soon = 0, later = 0, done = 0, cancelled = 0, undated = 0;
    for (size_t i = 0; i < list->rows.n; i++) {
        const struct occurrence *face = &list->rows.at[i].face;
        if (face->state == STATE_DONE)
            done++;
        else if (face->state == STATE_CANCELLED)
            cancelled++;
        else if (face->due == DAY_NONE)
            undated++;
        else if (face->state == STATE_OVERDUE)
            overdue++;
        else if (face->due <= outlook->today + SOON_DAYS)
            soon++;
        else
            later++;
    }
    auto_text line = {0};
    add_count(&line, lang, overdue, "quá hạn", "overdue");
    add_count(&line, lang, soon, "trong 7 ngày tới", "in the next 7 days");
    add_count(&line, lang, later, "sau đó", "later");
    add_count(&line, lang, undated, "chưa có ngày", "without a day");
    add_count(&line, lang, done, "đã xong", "done");
    add_count(&line, lang, cancelled, "đã hủy", "cancelled");
    phrase_add(out, lang, "\n%zu kỳ hạn: %s.\n", "\n%zu in all: %s.\n", list->rows.n, text_str(&line));
}

static void due_nothing(const struct outlook *outlook, const struct selection *selection, struct text *out)
{
    enum lang lang = selection->options->lang;
    text_add(out, say(lang, "Không có kỳ hạn nào như vậy.", "Nothing of that kind is due."));
    if (selection->plan && outlook->plan_closed[selection->plan->position] && !selection_has_range(selection))
        text_add(out, say(lang, " Kế hoạch này đã khép: xem bằng --from, --to.",
                          " This plan is closed: see it with --from, --to."));
    text_add(out, "\n");
}

static void due_table_write(const struct outlook *outlook, const struct selection *selection,
                            const struct due_list *list, struct text *out)
{
    enum lang lang = selection->options->lang;
    struct due_table due = {table_new(), outlook, lang, several_plans(list)};
    auto_free bool *shown = mem_alloc(list->rows.n + 1);
    table_column(due.table, say(lang, "Hạn", "Due"), TABLE_FIXED, 0);
    table_column(due.table, say(lang, "Làm" NO_BREAK "trước", "Act" NO_BREAK "by"), TABLE_FIXED, 0);
    table_column(due.table, say(lang, "Đơn vị", "Office"), TABLE_FIXED, 18);
    table_column(due.table, say(lang, "Việc", "Duty"), TABLE_FLEXIBLE, 0);
    table_column(due.table, say(lang, "Trạng thái", "State"), TABLE_FIXED, 16);
    for (size_t i = 0; i < list->rows.n; i++)
        if (!shown[i])
            due_line(&due, list, i, shown);
    table_write(due.table, (size_t)selection->options->width, out);
    table_free(due.table);
    due_summary(outlook, list, lang, out);
}

bool listing_due(const struct outlook *outlook, const struct listing_options *options, struct text *out,
                 struct err *err)
{
    struct selection selection;
    struct due_list list = {0};
    if (!selection_make(outlook->rulebook, options, &selection, err))
        return false;
    due_collect(outlook, &selection, &list);
    if (options->format != LISTING_TABLE)
        due_objects(outlook, options, &list, out);
    else if (list.rows.n)
        due_table_write(outlook, &selection, &list, out);
    else
        due_nothing(outlook, &selection, out);
    if (options->format == LISTING_TABLE && options->sample)
        text_add(out, say(options->lang, "Số liệu mẫu, không phải số liệu thật.\n",
                          "Sample figures, not real ones.\n"));
    vec_free(&list.rows);
    return true;
}
