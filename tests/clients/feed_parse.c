/* feed_parse FILE: what libical, the parser behind GNOME's calendars, makes of a feed. Prints "UID START END"
 * for each event or to-do; what it or its restriction check complains of goes to stderr, exit status 1. */
#include <libical/ical.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *read_whole(const char *path)
{
    FILE *file = fopen(path, "rb");
    if (!file)
        return NULL;
    fseek(file, 0, SEEK_END);
    long size = ftell(file);
    rewind(file);
    char *text = size >= 0 ? malloc((size_t)size + 1) : NULL;
    if (text)
        text[fread(text, 1, (size_t)size, file)] = '\0';
    fclose(file);
    return text;
}

/* RFC 5546 wants an organizer with METHOD:PUBLISH; with one, clients would take a deadline for a meeting. It
 * also wants a start for a to-do, which ours has no use for. */
static bool is_meant(const char *complaint, icalcomponent_kind kind)
{
    if (strstr(complaint, "ORGANIZER"))
        return true;
    return kind == ICAL_VTODO_COMPONENT && strstr(complaint, "DTSTART");
}

/* X-LIC-ERROR properties are libical's complaints; a check leaves them in the component that it concerns. The
 * iterator lives in the component, so its UID is asked for before. */
static int complaints(icalcomponent *component)
{
    int found = 0;
    icalcomponent_kind kind = icalcomponent_isa(component);
    const char *uid = icalcomponent_get_uid(component);
    for (icalproperty *p = icalcomponent_get_first_property(component, ICAL_XLICERROR_PROPERTY); p;
         p = icalcomponent_get_next_property(component, ICAL_XLICERROR_PROPERTY)) {
        const char *text = icalproperty_get_xlicerror(p);
        if (text && is_meant(text, kind))
            continue;
        fprintf(stderr, "%s %s: %s\n", icalcomponent_kind_to_string(kind), uid ? uid : "-",
                text ? text : "?");
        found++;
    }
    for (icalcomponent *c = icalcomponent_get_first_component(component, ICAL_ANY_COMPONENT); c;
         c = icalcomponent_get_next_component(component, ICAL_ANY_COMPONENT))
        found += complaints(c);
    return found;
}

static const char *written(icalcomponent *item, icalproperty_kind kind, icalproperty_kind other)
{
    icalproperty *p = icalcomponent_get_first_property(item, kind);
    if (!p)
        p = icalcomponent_get_first_property(item, other);
    return p ? icalproperty_get_value_as_string(p) : "-";
}

static int list_items(icalcomponent *calendar)
{
    int items = 0;
    for (icalcomponent *c = icalcomponent_get_first_component(calendar, ICAL_ANY_COMPONENT); c;
         c = icalcomponent_get_next_component(calendar, ICAL_ANY_COMPONENT)) {
        icalcomponent_kind kind = icalcomponent_isa(c);
        if (kind != ICAL_VEVENT_COMPONENT && kind != ICAL_VTODO_COMPONENT)
            continue;
        printf("%s %s %s\n", icalcomponent_get_uid(c),
               written(c, ICAL_DTSTART_PROPERTY, ICAL_DTSTART_PROPERTY),
               written(c, ICAL_DTEND_PROPERTY, ICAL_DUE_PROPERTY));
        items++;
    }
    return items;
}

int main(int argc, char **argv)
{
    if (argc != 2) {
        fprintf(stderr, "usage: feed_parse FILE\n");
        return 2;
    }
    char *text = read_whole(argv[1]);
    icalcomponent *calendar = text ? icalparser_parse_string(text) : NULL;
    free(text);
    if (!calendar || icalcomponent_isa(calendar) != ICAL_VCALENDAR_COMPONENT) {
        fprintf(stderr, "%s: no calendar\n", argv[1]);
        icalcomponent_free(calendar);
        return 1;
    }
    icalrestriction_check(
        calendar); /* leaves complaints, so its answer (no, for want of an ORGANIZER) is not asked */
    bool sound = complaints(calendar) == 0;
    bool full = list_items(calendar) > 0;
    icalcomponent_free(calendar);
    return sound && full ? 0 : 1;
}
