#include "publish/feed_event.h"

#include "publish/phrase.h"

/* Raise it whenever an event of unchanged rules reads differently than before: every event then counts as
 * edited, and programs that trust LAST-MODIFIED show the new text. */
#define TEMPLATE         1
#define HOLIDAY_TEMPLATE 2 /* of days off and worked in exchange */

static uint64_t hash_number(uint64_t hash, int64_t number)
{
    return hash_bytes(hash, &number, sizeof number);
}

static uint64_t settings_hash(const struct feed_settings *settings)
{
    uint64_t hash = hash_number(HASH_START, TEMPLATE);
    hash = hash_number(hash, settings->lang);
    return hash_text(hash, settings->url);
}

static uint64_t duty_hash(const struct occurrence *occurrence, const struct feed_settings *settings)
{
    const struct duty *duty = occurrence->duty;
    const struct units *lead = occurrence_party(occurrence, PARTY_LEAD);
    auto_text lines = {0};
    feed_duty_lines(&lines, occurrence, settings->lang);
    uint64_t hash = hash_text(settings_hash(settings), text_str(&lines));
    hash = hash_text(hash, duty->title);
    hash = hash_text(hash, duty->no_lead);
    hash = hash_number(hash, duty->item->plan->issued);
    hash = hash_number(hash, duty->kind);
    hash = hash_number(hash, duty->joint);
    for (size_t i = 0; duty->joint && i < lead->n; i++)
        hash = hash_text(hash, lead->at[i]->title);
    return hash_number(hash, duty->timing.kind == TIMING_PERIODIC);
}

/* Of the duty and its days, which the offices that lead it mostly have in common. */
static uint64_t days_hash(uint64_t duty_hash, const struct occurrence *occurrence,
                          const struct workdays *workdays)
{
    int alarms[FEED_ALARMS] = {0};
    size_t n = feed_alarm_days(occurrence, workdays, alarms);
    const int days[] = {occurrence->due,
                        occurrence->due_original,
                        occurrence->act_by,
                        n > 0 ? alarms[0] : DAY_NONE,
                        n > 1 ? alarms[1] : DAY_NONE,
                        occurrence->assumed | occurrence->provisional << 1 | occurrence->checkpoint << 2};
    return hash_bytes(duty_hash, days, sizeof days);
}

static bool same_duty_and_parties(const struct occurrence *a, const struct occurrence *b)
{
    return a->duty == b->duty && duty_era(a->duty, a->due_original) == duty_era(b->duty, b->due_original);
}

static bool same_days(const struct occurrence *a, const struct occurrence *b)
{
    return a->due == b->due && a->due_original == b->due_original && a->act_by == b->act_by &&
           a->assumed == b->assumed && a->provisional == b->provisional && a->checkpoint == b->checkpoint;
}

uint64_t feed_occurrence_hash(struct feed_hashing *hashing, const struct occurrence *occurrence)
{
    const struct occurrence *last = hashing->last;
    bool same_duty = last && same_duty_and_parties(last, occurrence);
    if (!same_duty)
        hashing->duty_hash = duty_hash(occurrence, hashing->settings);
    if (!same_duty || !same_days(last, occurrence))
        hashing->days_hash = days_hash(hashing->duty_hash, occurrence, hashing->workdays);
    hashing->last = occurrence;
    uint64_t hash = hash_text(hashing->days_hash, occurrence->unit ? occurrence->unit->title : NULL);
    for (size_t i = 0; i < occurrence->n_events; i++)
        hash = hash_text(hash, feed_fact_title(occurrence->duty, occurrence->events[i]));
    return hash;
}

uint64_t feed_facts_hash(const struct occurrence *occurrence)
{
    uint64_t hash = HASH_START;
    for (size_t i = 0; i < occurrence->n_events; i++)
        hash = hash_number(hash, occurrence->events[i]->id);
    /* Being done moves no day; an extension does. */
    for (size_t i = 0; i < occurrence->n_progress; i++)
        if (occurrence->progress[i].action != PROGRESS_DONE)
            hash = hash_number(hash, -occurrence->progress[i].id);
    return hash;
}

static uint64_t operand_hash(uint64_t hash, const struct operand *operand)
{
    for (size_t i = 0; i < operand->n; i++)
        hash = hash_text(hash, operand->metrics[i]->name);
    return hash_number(hash, (int64_t)operand->n);
}

/* A row whose punctuality is measured: what it is called and its days. */
static uint64_t item_hash(uint64_t hash, const struct item *item)
{
    hash = hash_text(hash, item->ref);
    for (size_t i = 0; i < item->n_duties; i++)
        for (size_t j = 0; j < item->duties[i].timing.n_turns; j++)
            hash = hash_number(hash, item->duties[i].timing.turns[j].due);
    return hash;
}

uint64_t feed_kpi_hash(const struct kpi *kpi, const struct feed_settings *settings)
{
    auto_text words = {0};
    const struct plan *plan = kpi->plan;
    phrase_target(&words, &kpi->target, settings->lang);
    text_add(&words, "\n");
    phrase_measure(&words, &kpi->measure, settings->lang);
    const int64_t days[] = {kpi->due, kpi->measure.from.first, kpi->measure.from.last, plan->issued};
    uint64_t hash = hash_text(settings_hash(settings), text_str(&words));
    hash = hash_text(hash_text(hash, plan->number), plan->title);
    hash = hash_text(hash_text(hash, kpi->id), kpi->title);
    hash = operand_hash(operand_hash(hash, &kpi->measure.top), &kpi->measure.bottom);
    for (size_t i = 0; i < kpi->measure.n_items; i++)
        hash = item_hash(hash, kpi->measure.items[i]);
    hash = hash_text(hash, kpi->waive_below ? kpi->waive_below->name : NULL);
    if (kpi->measure.kind == MEASURE_FUNCTION)
        hash = hash_number(hash, (int64_t)kpi->measure.code);
    return hash_bytes(hash, days, sizeof days);
}

/* The levels of a target by attribute stand in the KPI's hash; which of them is an office's does not. */
static uint64_t led_hash(uint64_t hash, uint64_t kpi_hash, const struct kpi *kpi, const struct unit *unit)
{
    hash = hash_number(hash, (int64_t)kpi_hash);
    return kpi->target.form == FORM_BY_ATTRIBUTE
               ? hash_text(hash, unit_attribute(unit, kpi->target.attribute))
               : hash;
}

static uint64_t unit_hash(const struct feed_checkpoint *checkpoint, const struct unit *unit)
{
    uint64_t hash = hash_number(HASH_START, checkpoint->day);
    hash = hash_number(hash_number(hash, unit->from_day), unit->until_day);
    return hash_text(hash, unit->title);
}

uint64_t feed_checkpoint_hash(const struct feed_checkpoint *checkpoint, uint64_t *of_units)
{
    uint64_t hash = hash_number(HASH_START, checkpoint->day);
    for (size_t i = 0; i < checkpoint->n; i++) {
        const struct kpi *kpi = checkpoint->kpis[i];
        hash = hash_number(hash, (int64_t)checkpoint->hashes[i]);
        hash = hash_number(hash, (int64_t)kpi->across.n);
        for (size_t j = 0; j < kpi->lead.n; j++) {
            const struct unit *unit = kpi->lead.at[j];
            uint64_t *own = &of_units[unit->number];
            *own = led_hash(*own ? *own : unit_hash(checkpoint, unit), checkpoint->hashes[i], kpi, unit);
            hash = led_hash(hash, unit->number, kpi, unit);
        }
    }
    return hash;
}

uint64_t feed_holiday_hash(const struct workday_note *note, const struct feed_settings *settings)
{
    uint64_t hash = hash_number(HASH_START, HOLIDAY_TEMPLATE);
    hash = hash_number(hash, settings->lang);
    hash = hash_number(hash, note->works | note->provisional << 1);
    return hash_text(hash, note->reason);
}
