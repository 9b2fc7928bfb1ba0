#include "publish/feed_event.h"

/* Raise it whenever an event of unchanged rules reads differently than before: every event then counts as
 * edited, and programs that trust LAST-MODIFIED show the new text. */
#define TEMPLATE 1

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

uint64_t feed_duty_hash(const struct duty *duty, const struct feed_settings *settings)
{
    auto_text lines = {0};
    feed_duty_lines(&lines, duty, settings->lang);
    uint64_t hash = hash_text(settings_hash(settings), text_str(&lines));
    hash = hash_text(hash, duty->title);
    hash = hash_text(hash, duty->no_lead);
    hash = hash_number(hash, duty->item->plan->issued);
    hash = hash_number(hash, duty->kind);
    hash = hash_number(hash, duty->joint);
    for (size_t i = 0; duty->joint && i < duty->lead.n; i++)
        hash = hash_text(hash, duty->lead.at[i]->title);
    return hash_number(hash, duty->timing.kind == TIMING_PERIODIC);
}

uint64_t feed_occurrence_hash(uint64_t duty_hash, const struct occurrence *occurrence,
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
    uint64_t hash = hash_bytes(duty_hash, days, sizeof days);
    hash = hash_text(hash, occurrence->unit ? occurrence->unit->title : NULL);
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

uint64_t feed_holiday_hash(const struct workday_note *note, const struct feed_settings *settings)
{
    uint64_t hash = hash_number(HASH_START, TEMPLATE);
    hash = hash_number(hash, settings->lang);
    hash = hash_number(hash, note->works | note->provisional << 1);
    return hash_text(hash, note->reason);
}
