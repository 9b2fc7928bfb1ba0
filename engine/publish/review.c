#include "publish/listing.h"

#include "publish/phrase.h"
#include "publish/table.h"
#include "time/clock.h"

#include <stdlib.h>
#include <string.h>

enum { WIDTH = 110, INDENT = 4, PART_INDENT = 8 };

struct review {
    const struct outlook *outlook; /* nothing recorded, nothing done */
    const struct plan *plan;
    enum lang lang;
    struct text *out;
};

/* ---- lines ---- */

static void blank_line(struct review *review)
{
    text_add(review->out, "\n");
}

static void heading(struct review *review, const char *text)
{
    blank_line(review);
    table_paragraph(review->out, text, 0, 0, WIDTH);
    for (size_t i = 0, n = utf8_width(text); i < n && i < WIDTH; i++)
        text_add(review->out, "-");
    blank_line(review);
}

/* "Label: value"; nothing without a value. */
static void field(struct review *review, size_t indent, const char *vi, const char *en, const char *value)
{
    if (!value || !*value)
        return;
    auto_text line = {0};
    text_addf(&line, "%s: %s", say(review->lang, vi, en), value);
    table_paragraph(review->out, text_str(&line), indent, indent + 2, WIDTH);
}

static void titled(struct review *review, size_t indent, const char *ref, const char *title)
{
    auto_text line = {0};
    text_addf(&line, "%s" NO_BREAK NO_BREAK "%s", ref, title);
    table_paragraph(review->out, text_str(&line), indent, indent + INDENT, WIDTH);
}

/* ---- head ---- */

static void head_period(struct review *review)
{
    const struct period *period = &review->plan->period;
    auto_text line = {0};
    char first[DAY_SIZE], last[DAY_SIZE];
    phrase_label(&line, period->label, review->lang);
    text_addf(&line, " (%s - %s)", day_vi(period->first, true, first), day_vi(period->last, true, last));
    field(review, 0, "Thời kỳ", "Period", text_str(&line));
}

static void add_count(struct review *review, struct text *line, size_t n, const char *vi, const char *en)
{
    if (n)
        text_addf(line, "%s%zu" NO_BREAK "%s", line->n ? ", " : "", n, say(review->lang, vi, en));
}

static void head_counts(struct review *review)
{
    size_t rows = 0, parts = 0, sections = 0, lost = 0;
    const struct plan *plan = review->plan;
    auto_text line = {0};
    for (size_t i = 0; i < plan->n_items; i++) {
        const struct item *item = &plan->items[i];
        sections += item->kind == ITEM_SECTION;
        lost += item->kind == ITEM_LOST;
        rows += item->n_duties > 0;
        for (size_t j = 0; j < item->n_duties; j++)
            parts += item->duties[j].part && !item->duties[j].checkpoint;
    }
    add_count(review, &line, rows, "dòng có việc", "rows with duties");
    add_count(review, &line, parts, "phần việc riêng", "parts of rows");
    add_count(review, &line, plan->n_kpis, "chỉ tiêu", "targets");
    add_count(review, &line, sections, "đầu mục", "headings");
    add_count(review, &line, lost, "dòng mất trong bản quét", "rows lost in the scan");
    field(review, 0, "Gồm", "Holds", text_str(&line));
}

/* What the names of groups in the document stand for. */
static void head_groups(struct review *review)
{
    const struct org *org = review->plan->org;
    for (size_t i = 0; i < org->n_groups; i++) {
        auto_text line = {0};
        phrase_group(&line, org, &org->groups[i], review->lang);
        field(review, 0, "Nhóm", "Group", text_str(&line));
    }
}

static void head(struct review *review)
{
    const struct plan *plan = review->plan;
    auto_text title = {0}, issued = {0}, org = {0};
    phrase_add(&title, review->lang, "KẾ HOẠCH %s%s", "PLAN %s%s",
               plan->number ? say(review->lang, "số ", "") : "", plan->number ? plan->number : plan->id);
    table_paragraph(review->out, text_str(&title), 0, 0, WIDTH);
    table_paragraph(review->out, plan->title, 0, 0, WIDTH);
    blank_line(review);
    phrase_add(&org, review->lang, "%s (%s), %zu đơn vị", "%s (%s), %zu offices", plan->org->title,
               plan->org->id, plan->org->units.n);
    phrase_day(&issued, plan->issued, review->lang);
    field(review, 0, "Mã", "Id", plan->id);
    field(review, 0, "Cơ quan", "Organisation", text_str(&org));
    field(review, 0, "Ban hành", "Issued", text_str(&issued));
    head_period(review);
    if (plan->ended != DAY_NONE) {
        auto_text ended = {0};
        phrase_day(&ended, plan->ended, review->lang);
        field(review, 0, "Kết thúc", "Ended", text_str(&ended));
    }
    head_counts(review);
    field(review, 0, "Ghi chú", "Note", plan->note);
    head_groups(review);
}

/* ---- dates ---- */

/* An occurrence of that turn, or NULL: no office had the duty on that day. */
static const struct occurrence *turn_occurrence(const struct review *review, const struct duty *duty,
                                                const struct turn *turn)
{
    const struct outlook *outlook = review->outlook;
    for (size_t i = 0; i < outlook->n_gatherings; i++) {
        const struct gathering *gathering = &outlook->gatherings[i];
        if (gathering->duty == duty && !strcmp(gathering->label, turn->label))
            return gathering->first;
    }
    return NULL;
}

/* The period of a recurring duty where its day does not tell it. */
static bool period_is_told(const struct duty *duty, const struct turn *turn)
{
    struct period period;
    if (duty->timing.kind != TIMING_PERIODIC && !duty->checkpoint)
        return true;
    return period_parse(turn->label, &period, NULL) && period.kind == PERIOD_MONTH &&
           period_holds(&period, turn->due);
}

/* Its window, where neither the day nor the period tells it. */
static bool window_is_told(const struct duty *duty, const struct turn *turn)
{
    struct period period;
    if (turn->opens == DAY_NONE)
        return true;
    return (duty->timing.kind == TIMING_PERIODIC || duty->checkpoint) &&
           period_parse(turn->label, &period, NULL) && period.first == turn->opens;
}

static bool same_year(int a, int b)
{
    return day_civil(a).year == day_civil(b).year;
}

/* "xong trước hết 30/1, ngày giả định" */
static void turn_remarks(struct review *review, struct text *out, const struct duty *duty,
                         const struct turn *turn)
{
    const struct occurrence *occurrence = turn_occurrence(review, duty, turn);
    char day[DAY_SIZE];
    const char *comma = "";
    if (occurrence && occurrence->act_by < turn->due) {
        phrase_add(out, review->lang, "xong trước hết %s", "do by %s",
                   day_vi(occurrence->act_by, !same_year(occurrence->act_by, turn->due), day));
        comma = ", ";
    }
    if (turn->assumed) {
        text_addf(out, "%s%s", comma, say(review->lang, "ngày giả định", "assumed day"));
        comma = ", ";
    }
    if (occurrence && occurrence->provisional) {
        text_addf(out, "%s%s", comma, say(review->lang, "tạm tính", "provisional"));
        comma = ", ";
    }
    if (turn->due < review->plan->issued)
        text_addf(out, "%s%s", comma, say(review->lang, "trước ngày ban hành", "before the plan's issue"));
}

static void add_window(struct review *review, struct text *out, const struct duty *duty,
                       const struct turn *turn)
{
    char day[DAY_SIZE];
    if (window_is_told(duty, turn))
        return;
    phrase_add(out, review->lang, "từ %s", "from %s",
               day_vi(turn->opens, !same_year(turn->opens, turn->due), day));
}

/* "quý I/2026: 14/3/2026 T7 (xong trước hết 13/3)", on one line where it can be. */
static void add_turn(struct review *review, struct text *line, const struct duty *duty,
                     const struct turn *turn)
{
    auto_text window = {0}, remarks = {0}, brackets = {0};
    if (!period_is_told(duty, turn)) {
        phrase_label(line, turn->label, review->lang);
        text_add(line, ":" NO_BREAK);
    }
    phrase_day(line, turn->due, review->lang);
    add_window(review, &window, duty, turn);
    turn_remarks(review, &remarks, duty, turn);
    if (!window.n && !remarks.n)
        return;
    text_addf(&brackets, " (%s%s%s)", text_str(&window), window.n && remarks.n ? ", " : "",
              text_str(&remarks));
    phrase_bind(line, text_str(&brackets));
}

static void add_dates(struct review *review, struct text *line, const struct duty *duty)
{
    const struct timing *timing = &duty->timing;
    text_add(line, "→" NO_BREAK);
    phrase_waiting(line, timing, review->lang);
    if (timing->n_turns > 1)
        phrase_add(line, review->lang, "%zu" NO_BREAK "kỳ: ", "%zu" NO_BREAK "times: ", timing->n_turns);
    for (size_t i = 0; i < timing->n_turns; i++) {
        text_add(line, i ? "; " : "");
        add_turn(review, line, duty, &timing->turns[i]);
    }
    if (timing->covers)
        phrase_add(line, review->lang, "; số liệu từ ngày đến ngày: %s", "; figures of the days %s",
                   timing->covers);
}

/* The plan's words in quotes, and under them what they come to. */
static void times(struct review *review, size_t indent, const struct duty *duty)
{
    auto_text quoted = {0}, dates = {0};
    add_dates(review, &dates, duty);
    if (duty->checkpoint) {
        field(review, indent, "Mốc từng năm", "Yearly marks", text_str(&dates));
    } else if (duty->text) {
        text_addf(&quoted, "“%s”", duty->text);
        field(review, indent, "Thời gian", "Time", text_str(&quoted));
        table_paragraph(review->out, text_str(&dates), indent + 2, indent + 4, WIDTH);
    } else {
        field(review, indent, "Thời gian", "Time", text_str(&dates));
    }
}

/* ---- who ---- */

static bool same_units(const struct units *a, const struct units *b)
{
    if (a->n != b->n)
        return false;
    for (size_t i = 0; i < a->n; i++)
        if (a->at[i] != b->at[i])
            return false;
    return true;
}

static bool same_text(const char *a, const char *b)
{
    return a == b || (a && b && !strcmp(a, b));
}

static bool same_who(const struct duty *a, const struct duty *b)
{
    return same_units(&a->lead, &b->lead) && same_units(&a->with, &b->with) && same_units(&a->to, &b->to) &&
           a->joint == b->joint && same_text(a->via, b->via) && same_text(a->lead_text, b->lead_text) &&
           same_text(a->with_text, b->with_text) && same_text(a->no_lead, b->no_lead);
}

static void leads(struct review *review, size_t indent, const struct duty *duty)
{
    auto_text line = {0}, units = {0};
    phrase_units(&units, review->plan->org, &duty->lead, review->lang);
    if (duty->no_lead)
        phrase_add(&line, review->lang, "chưa rõ: %s", "not known: %s", duty->no_lead);
    else if (duty->lead_text && strcmp(duty->lead_text, text_str(&units)) != 0)
        text_addf(&line, "“%s” →" NO_BREAK "%s", duty->lead_text, text_str(&units));
    else
        text_add(&line, text_str(&units));
    if (duty->joint)
        phrase_add(&line, review->lang, " (cùng làm một việc, %s chịu trách nhiệm)",
                   " (one joint duty, %s answers for it)", duty->lead.at[0]->code);
    field(review, indent, "Chủ trì", "Lead", text_str(&line));
}

static void who(struct review *review, size_t indent, const struct duty *duty)
{
    auto_text with = {0}, to = {0};
    leads(review, indent, duty);
    if (duty->with_text)
        text_addf(&with, "“%s”%s", duty->with_text, duty->with.n ? " →" NO_BREAK : "");
    phrase_units(&with, review->plan->org, &duty->with, review->lang);
    phrase_units(&to, review->plan->org, &duty->to, review->lang);
    if (duty->via)
        phrase_add(&to, review->lang, "%squa %s", "%svia %s", duty->to.n ? ", " : "", duty->via);
    field(review, indent, "Phối hợp", "With", text_str(&with));
    field(review, indent, "Gửi", "To", text_str(&to));
}

/* ---- targets ---- */

static void kpi_when(struct review *review, struct text *out, const struct kpi *kpi)
{
    static const char *const vi[] = {"ngày", "tuần", "tháng", "quý", "sáu tháng", "năm"};
    static const char *const en[] = {"day", "week", "month", "quarter", "half-year", "year"};
    if (kpi->each <= PERIOD_YEAR)
        phrase_add(out, review->lang, "xem từng %s, ", "shown each %s, ",
                   say(review->lang, vi[kpi->each], en[kpi->each]));
    if (strcmp(kpi->over.label, review->plan->period.label) != 0) {
        text_add(out, say(review->lang, "số liệu ", "figures of "));
        phrase_label(out, kpi->over.label, review->lang);
        text_add(out, ", ");
    }
    text_add(out, say(review->lang, "chấm ngày ", "judged on "));
    phrase_day(out, kpi->due, review->lang);
}

static void kpi_who(struct review *review, struct text *out, const struct kpi *kpi)
{
    bool as_row = kpi->item && kpi->item->n_duties && same_units(&kpi->lead, &kpi->item->duties[0].lead);
    const struct units *units = kpi->across.n ? &kpi->across : &kpi->lead;
    if (!kpi->across.n && as_row && units->n <= 1)
        return;
    text_add(out, kpi->across.n ? say(review->lang, "; tính chung ", "; one verdict over ")
                                : say(review->lang, "; từng đơn vị", "; each office"));
    if (!kpi->across.n && as_row)
        return;
    text_add(out, kpi->across.n ? "" : ": ");
    phrase_units(out, review->plan->org, units, review->lang);
}

static void kpi_block(struct review *review, size_t indent, const struct kpi *kpi)
{
    auto_text first = {0}, second = {0}, measure = {0}, waive = {0};
    phrase_add(&first, review->lang, "Chỉ tiêu #%s: %s: ", "Target #%s: %s: ", kpi->slug, kpi->title);
    phrase_target(&first, &kpi->target, review->lang);
    table_paragraph(review->out, text_str(&first), indent, indent + 2, WIDTH);
    if (kpi->text)
        text_addf(&second, "“%s”; ", kpi->text);
    kpi_when(review, &second, kpi);
    kpi_who(review, &second, kpi);
    table_paragraph(review->out, text_str(&second), indent + 2, indent + 4, WIDTH);
    phrase_measure(&measure, &kpi->measure, review->lang);
    field(review, indent + 2, "Cách tính", "Measure", text_str(&measure));
    if (kpi->waive_below)
        phrase_add(&waive, review->lang, "“%s” dưới mức chỉ tiêu%s%s", "“%s” is below the target%s%s",
                   kpi->waive_below->title, kpi->waive_why ? ": " : "", kpi->waive_why ? kpi->waive_why : "");
    field(review, indent + 2, "Miễn xét khi", "Waived where", text_str(&waive));
    field(review, indent + 2, "Ghi chú", "Note", kpi->note);
}

/* ---- rows ---- */

static bool all_same_who(const struct item *item)
{
    for (size_t i = 1; i < item->n_duties; i++)
        if (!same_who(&item->duties[0], &item->duties[i]))
            return false;
    return true;
}

static void duty_block(struct review *review, size_t indent, const struct duty *duty)
{
    times(review, indent, duty);
    if (duty->checkpoint)
        return;
    field(review, indent, "Sản phẩm", "Product", duty->product);
    field(review, indent, "Mẫu", "Form", duty->form);
}

static void part_block(struct review *review, const struct duty *duty, bool with_who)
{
    auto_text name = {0};
    text_addf(&name, "#%s", duty->part);
    titled(review, INDENT, text_str(&name), duty->title);
    if (with_who)
        who(review, PART_INDENT, duty);
    duty_block(review, PART_INDENT, duty);
    field(review, PART_INDENT, "Ghi chú", "Note", duty->note);
}

static const struct duty *own_duty(const struct item *item)
{
    return item->n_duties && !item->duties[0].part ? &item->duties[0] : NULL;
}

/* The row says who where its own duty or all its parts agree on it. */
static bool row_says_who(const struct item *item)
{
    return own_duty(item) || (item->n_duties && all_same_who(item));
}

static void own(struct review *review, const struct item *item)
{
    if (row_says_who(item))
        who(review, INDENT, &item->duties[0]);
    for (size_t i = 0; own_duty(item) && i < item->n_duties; i++)
        if (!i || (item->duties[i].checkpoint && !item->duties[i - 1].part))
            duty_block(review, INDENT, &item->duties[i]);
    if (own_duty(item))
        return;
    auto_text words = {0}; /* all dates stand in parts: what the row itself says is told here */
    if (item->text)
        text_addf(&words, "“%s”", item->text);
    field(review, INDENT, "Thời gian", "Time", text_str(&words));
    field(review, INDENT, "Sản phẩm", "Product", item->product);
    field(review, INDENT, "Mẫu", "Form", item->form);
}

static void parts(struct review *review, const struct item *item)
{
    for (size_t i = 0; i < item->n_duties; i++) {
        const struct duty *duty = &item->duties[i];
        if (duty->checkpoint && i && item->duties[i - 1].part)
            duty_block(review, PART_INDENT, duty);
        else if (duty->part && !duty->checkpoint)
            part_block(review, duty, !row_says_who(item) || !same_who(&item->duties[0], duty));
    }
}

static void references(struct review *review, const struct item *item)
{
    auto_text see = {0}, also = {0};
    for (size_t i = 0; i < item->n_see; i++)
        text_addf(&see, "%s%s", i ? "; " : "", item->see[i]);
    for (size_t i = 0; i < item->n_also; i++)
        text_addf(&also, "%s%s", i ? ", " : "", item->also[i]->ref);
    field(review, INDENT, "Xem", "See", text_str(&see));
    field(review, INDENT, "Cùng một việc với", "The same duty as", text_str(&also));
}

static void row(struct review *review, const struct item *item)
{
    if (item->kind == ITEM_SECTION) {
        auto_text line = {0};
        text_addf(&line, "%s" NO_BREAK NO_BREAK "%s", item->ref, item->title);
        heading(review, text_str(&line));
    } else {
        blank_line(review);
        titled(review, 0, item->ref,
               item->kind == ITEM_LOST ? say(review->lang, "(mất trong bản quét)", "(lost in the scan)")
                                       : item->title);
    }
    if (item->kind == ITEM_LOST)
        field(review, INDENT, "Vì sao", "Why", item->title);
    own(review, item);
    for (size_t i = 0; i < item->n_kpis; i++)
        kpi_block(review, INDENT, item->kpis[i]);
    references(review, item);
    field(review, INDENT, "Ghi chú", "Note", item->note);
    parts(review, item);
}

/* Targets in prose that no row holds, in the place where they are written: before the first row after `line`.
 */
static void prose_targets(struct review *review, int after, int before)
{
    const char *ref = "";
    for (size_t i = 0; i < review->plan->n_kpis; i++) {
        const struct kpi *kpi = &review->plan->kpis[i];
        if (kpi->item || kpi->at.line <= after || kpi->at.line > before)
            continue;
        if (strcmp(kpi->ref, ref) != 0)
            heading(review, ref = kpi->ref);
        kpi_block(review, INDENT, kpi);
    }
}

static void rows(struct review *review)
{
    int line = 0;
    for (size_t i = 0; i < review->plan->n_items; i++) {
        const struct item *item = &review->plan->items[i];
        prose_targets(review, line, item->at.line);
        row(review, item);
        line = item->at.line > line ? item->at.line : line;
    }
    prose_targets(review, line, INT_MAX);
}

/* ---- events ---- */

static void events(struct review *review)
{
    const struct plan *plan = review->plan;
    if (!plan->n_events)
        return;
    heading(review, say(review->lang, "Sự kiện cần ghi nhận", "Events to record"));
    for (size_t i = 0; i < plan->n_events; i++) {
        const struct event *event = &plan->events[i];
        auto_text title = {0};
        text_add(&title, event->title);
        if (event->by_unit)
            text_add(&title, say(review->lang, "; ghi cho từng đơn vị", "; recorded for each office"));
        if (event->repeats)
            text_add(&title, say(review->lang, "; mỗi lần là một việc mới", "; each time a new duty"));
        titled(review, 0, event->name, text_str(&title));
        field(review, INDENT, "Ghi chú", "Note", event->note);
    }
}

/* ---- the year at a glance ---- */

struct dated {
    const struct duty *duty;
    const struct turn *turn;
    size_t order;
};
struct dated_list {
    VEC(struct dated) list;
};

static int by_day(const void *a, const void *b)
{
    const struct dated *x = a, *y = b;
    if (x->turn->due != y->turn->due)
        return x->turn->due < y->turn->due ? -1 : 1;
    return x->order < y->order ? -1 : x->order > y->order;
}

static void collect(const struct plan *plan, struct dated_list *dated)
{
    for (size_t i = 0; i < plan->n_items; i++)
        for (size_t j = 0; j < plan->items[i].n_duties; j++) {
            const struct duty *duty = &plan->items[i].duties[j];
            for (size_t k = 0; k < duty->timing.n_turns; k++)
                *vec_push(&dated->list) = (struct dated){duty, &duty->timing.turns[k], dated->list.n};
        }
    if (dated->list.n)
        qsort(dated->list.at, dated->list.n, sizeof *dated->list.at, by_day);
}

static void add_name(struct text *out, const struct duty *duty)
{
    text_addf(out, "%s%s%s", duty->item->ref, duty->part ? "#" : "", duty->part ? duty->part : "");
}

/* " 9 T2": the paragraph would swallow a leading blank, so no-break spaces hold the column. */
static void add_month_day(struct review *review, struct text *line, int day)
{
    auto_text short_day = {0};
    int mday = day_civil(day).mday;
    phrase_day_short(&short_day, day, review->lang);
    text_addf(line, "%s%d%s" NO_BREAK NO_BREAK, mday < 10 ? NO_BREAK : "", mday,
              strstr(text_str(&short_day), NO_BREAK));
}

static void dated_line(struct review *review, const struct dated *dated)
{
    const struct duty *duty = dated->duty;
    auto_text line = {0}, remarks = {0};
    add_month_day(review, &line, dated->turn->due);
    add_name(&line, duty);
    text_addf(&line, NO_BREAK NO_BREAK "%s", duty->title);
    if (duty->checkpoint)
        text_add(&line, say(review->lang, ", mốc từng năm", ", yearly mark"));
    else if (!period_is_told(duty, dated->turn)) {
        text_add(&line, ", ");
        phrase_label(&line, dated->turn->label, review->lang);
    }
    text_add(&line, " – ");
    if (duty->no_lead)
        text_add(&line, say(review->lang, "chưa rõ đơn vị", "office not known"));
    phrase_units(&line, review->plan->org, &duty->lead, review->lang);
    turn_remarks(review, &remarks, duty, dated->turn);
    if (remarks.n)
        text_addf(&line, "; %s", text_str(&remarks));
    table_paragraph(review->out, text_str(&line), 2, 8, WIDTH);
}

static void months(struct review *review)
{
    struct dated_list dated = {0};
    struct period month = {.first = DAY_NONE, .last = DAY_NONE};
    collect(review->plan, &dated);
    heading(review, say(review->lang, "Các kỳ hạn theo tháng", "The due days by month"));
    for (size_t i = 0; i < dated.list.n; i++) {
        int due = dated.list.at[i].turn->due;
        if (month.first == DAY_NONE || due > month.last) {
            month = period_holding(PERIOD_MONTH, due);
            auto_text name = {0};
            struct civil civil = day_civil(due);
            phrase_add(&name, review->lang, "%sTháng %d/%d:\n", "%sMonth %d/%d:\n", i ? "\n" : "",
                       civil.month, civil.year);
            text_add(review->out, text_str(&name));
        }
        dated_line(review, &dated.list.at[i]);
    }
    vec_free(&dated.list);
}

/* The refs of every duty without a fixed day, by why it has none, so that each row is found in exactly one
 * place. */
static void undated(struct review *review, enum timing_kind kind, const char *vi, const char *en)
{
    auto_text line = {0};
    for (size_t i = 0; i < review->plan->n_items; i++)
        for (size_t j = 0; j < review->plan->items[i].n_duties; j++) {
            const struct duty *duty = &review->plan->items[i].duties[j];
            if (duty->timing.kind != kind || duty->timing.n_turns)
                continue;
            text_add(&line, line.n ? ", " : "");
            add_name(&line, duty);
        }
    field(review, 0, vi, en, text_str(&line));
}

static void without_day(struct review *review)
{
    heading(review, say(review->lang, "Việc không có ngày cố định", "Duties without a fixed day"));
    undated(review, TIMING_EVENT_RELATIVE, "Tính từ sự kiện", "From an event");
    undated(review, TIMING_EXTERNAL_SCHEDULE, "Theo kế hoạch, chỉ đạo khác", "By another plan");
    undated(review, TIMING_ON_REQUEST, "Theo yêu cầu", "On request");
    undated(review, TIMING_ONGOING, "Thường xuyên", "Ongoing");
    undated(review, TIMING_NONE, "Không có ngày", "No date");
}

void listing_review(const struct rulebook *rulebook, const struct plan *plan, enum lang lang,
                    struct text *out)
{
    struct facts *nothing = facts_empty();
    struct outlook *outlook = outlook_new(rulebook, nothing, day_at(plan->issued, 8, 0));
    struct review review = {outlook, plan, lang, out};
    head(&review);
    rows(&review);
    events(&review);
    months(&review);
    without_day(&review);
    outlook_free(outlook);
    facts_free(nothing);
}
