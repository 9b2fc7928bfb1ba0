#include "publish/feed_event.h"

#include "time/clock.h"

#include <libical/ical.h>
#include <stdlib.h>
#include <string.h>

/* Constant over releases: another one would give every feed another ETag. */
#define PRODUCT     "-//hanchot//hanchot//VI"
#define TIME_ZONE   "Asia/Ho_Chi_Minh"
#define END_OF_HEAD "END:VCALENDAR\r\n"
#define ALARM_HOUR  8
#define DAY_HOURS   24

/* ---- values ---- */

static icaltimetype date_value(int day)
{
    struct civil civil = day_civil(day);
    icaltimetype value = icaltime_null_date();
    value.year = civil.year;
    value.month = civil.month;
    value.day = civil.mday;
    return value;
}

static icaltimetype instant_value(int64_t instant)
{
    return icaltime_from_timet_with_zone((time_t)instant, 0, icaltimezone_get_utc_timezone());
}

/* libical writes a tab as "\t", which iCalendar does not know, and does not escape what stands in a list of
 * categories. Each of the unwanted characters becomes a blank. Returns text itself where there is none. */
static const char *without(const char *text, const char *unwanted, struct text *copy)
{
    if (!strpbrk(text, unwanted))
        return text;
    text_add(copy, text);
    for (char *at = copy->at; (at = strpbrk(at, unwanted));)
        *at = ' ';
    return copy->at;
}

static void add(icalcomponent *component, icalproperty *property)
{
    must(property); /* libical gives NULL only without memory */
    icalcomponent_add_property(component, property);
}

static void add_x(icalcomponent *component, const char *name, const char *value)
{
    icalproperty *property = icalproperty_new_x(value);
    must(property);
    icalproperty_set_x_name(property, name);
    icalcomponent_add_property(component, property);
}

static void add_line(icalcomponent *component, icalproperty *(*make)(const char *), const char *text)
{
    auto_text copy = {0};
    add(component, make(without(text, "\t\n", &copy)));
}

static void add_description(icalcomponent *component, const char *text)
{
    auto_text copy = {0};
    add(component, icalproperty_new_description(without(text, "\t", &copy)));
}

static void add_category(icalcomponent *component, const char *text)
{
    auto_text copy = {0};
    if (*text)
        add(component, icalproperty_new_categories(without(text, ",;\\\t\n", &copy)));
}

/* libical 3.0 counts a line's own CR LF when it folds, so that one which just fills its line is torn before
 * or inside its end: "…\r" CR LF SPACE "\n". The fold goes, the end stays. */
static void add_mended(struct text *out, const char *bytes, size_t n)
{
    static const char fold[] = "\r\n ";
    const size_t width = sizeof fold - 1;
    const char *from = bytes, *end = bytes + n;
    for (const char *at = bytes; (at = memmem(at, (size_t)(end - at), fold, width)); at += width) {
        bool torn = at + width < end && (at[width] == '\r' || at[width] == '\n');
        if (!torn)
            continue;
        text_add_bytes(out, from, (size_t)(at - from));
        from = at + width;
    }
    text_add_bytes(out, from, (size_t)(end - from));
}

/* The component's bytes; frees it. `end` of them are left out. */
static void write_out(struct text *out, icalcomponent *component, size_t end)
{
    char *bytes = icalcomponent_as_ical_string_r(component);
    must(bytes && strlen(bytes) >= end);
    add_mended(out, bytes, strlen(bytes) - end);
    free(bytes);
    icalcomponent_free(component);
}

/* ---- the calendar ---- */

void feed_ical_begin(struct text *out, const struct feed_head *head)
{
    icalerror_set_errors_are_fatal(0);
    icalcomponent *calendar = icalcomponent_new(ICAL_VCALENDAR_COMPONENT);
    must(calendar);
    add(calendar, icalproperty_new_version("2.0"));
    add(calendar, icalproperty_new_prodid(PRODUCT));
    add(calendar, icalproperty_new_calscale("GREGORIAN"));
    add(calendar, icalproperty_new_method(ICAL_METHOD_PUBLISH));
    add(calendar, icalproperty_new_name(head->name));
    add_x(calendar, "X-WR-CALNAME", head->name);
    add(calendar, icalproperty_new_description(head->description));
    add_x(calendar, "X-WR-CALDESC", head->description);
    add_x(calendar, "X-WR-TIMEZONE", TIME_ZONE);
    add(calendar, icalproperty_new_color(head->color->name));
    add_x(calendar, "X-APPLE-CALENDAR-COLOR", head->color->hex);
    add(calendar, icalproperty_new_refreshinterval(icaldurationtype_from_int(3600)));
    add_x(calendar, "X-PUBLISHED-TTL", "PT1H");
    if (head->url)
        add(calendar, icalproperty_new_url(head->url));
    write_out(out, calendar, strlen(END_OF_HEAD));
}

void feed_ical_end(struct text *out)
{
    text_add(out, END_OF_HEAD);
}

/* ---- an event ---- */

static void add_stamps(icalcomponent *item, const struct feed_event *event)
{
    add(item, icalproperty_new_uid(text_str(&event->uid)));
    add(item, icalproperty_new_dtstamp(instant_value(event->change.modified)));
    add(item, icalproperty_new_lastmodified(instant_value(event->change.modified)));
    add(item, icalproperty_new_sequence(event->change.sequence));
}

static void add_texts(icalcomponent *item, const struct feed_event *event)
{
    add_line(item, icalproperty_new_summary, text_str(&event->summary));
    add_description(item, text_str(&event->description));
    if (event->url.n > 0)
        add(item, icalproperty_new_url(text_str(&event->url)));
    add_category(item, text_str(&event->categories[0]));
    add_category(item, text_str(&event->categories[1]));
    if (event->priority > 0)
        add(item, icalproperty_new_priority(event->priority));
    add(item, icalproperty_new_color(event->color));
}

/* 08:00 on the day, counted back from 00:00 of the day that the event stands on. A time after that would be
 * read as before it by some programs, so there is none. Counted from the end in a to-do, which has no start.
 */
static void add_alarm(icalcomponent *item, const struct feed_event *event, int day, bool todo)
{
    icalcomponent *alarm = icalcomponent_new(ICAL_VALARM_COMPONENT);
    must(alarm && day < event->day);
    struct icaltriggertype trigger = {.time = icaltime_null_time(),
                                      .duration = icaldurationtype_null_duration()};
    trigger.duration.is_neg = 1;
    trigger.duration.days = (unsigned)(event->day - day - 1);
    trigger.duration.hours = DAY_HOURS - ALARM_HOUR;
    icalproperty *property = icalproperty_new_trigger(trigger);
    must(property);
    if (todo)
        icalproperty_add_parameter(property, icalparameter_new_related(ICAL_RELATED_END));
    add(alarm, icalproperty_new_action(ICAL_ACTION_DISPLAY));
    add_line(alarm, icalproperty_new_description, text_str(&event->alarm));
    add(alarm, property);
    icalcomponent_add_component(item, alarm);
}

static icalcomponent *vevent_new(const struct feed_event *event)
{
    icalcomponent *item = icalcomponent_new(ICAL_VEVENT_COMPONENT);
    must(item);
    add_stamps(item, event);
    add(item, icalproperty_new_dtstart(date_value(event->day)));
    add(item, icalproperty_new_dtend(date_value(event->day + event->days)));
    add_texts(item, event);
    add(item, icalproperty_new_status(event->status == FEED_STATUS_CANCELLED ? ICAL_STATUS_CANCELLED
                                                                             : ICAL_STATUS_CONFIRMED));
    add(item, icalproperty_new_transp(ICAL_TRANSP_TRANSPARENT));
    add_x(item, "X-MICROSOFT-CDO-BUSYSTATUS", "FREE");
    return item;
}

static icalproperty_status todo_status(enum feed_status status)
{
    switch (status) {
    case FEED_STATUS_OPEN:
        break;
    case FEED_STATUS_PARTLY:
        return ICAL_STATUS_INPROCESS;
    case FEED_STATUS_DONE:
        return ICAL_STATUS_COMPLETED;
    case FEED_STATUS_CANCELLED:
        return ICAL_STATUS_CANCELLED;
    }
    return ICAL_STATUS_NEEDSACTION;
}

static icalcomponent *vtodo_new(const struct feed_event *event)
{
    icalcomponent *item = icalcomponent_new(ICAL_VTODO_COMPONENT);
    must(item);
    add_stamps(item, event);
    add(item, icalproperty_new_due(date_value(event->day)));
    add_texts(item, event);
    add(item, icalproperty_new_status(todo_status(event->status)));
    add(item, icalproperty_new_percentcomplete(event->percent));
    if (event->status == FEED_STATUS_DONE && event->done_on != DAY_NONE)
        add(item, icalproperty_new_completed(instant_value(day_at(event->done_on, 8, 0))));
    return item;
}

void feed_ical_add(struct text *out, const struct feed_event *event, struct feed_variant variant)
{
    icalcomponent *item = variant.todo ? vtodo_new(event) : vevent_new(event);
    for (size_t i = 0; variant.alarms && i < event->n_alarms; i++)
        add_alarm(item, event, event->alarms[i], variant.todo);
    write_out(out, item, 0);
}
