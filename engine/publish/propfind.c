#include "publish/propfind.h"

#include <expat.h>
#include <string.h>

enum {
    BODY_MOST = 64 * 1024,
    DEEPEST = 16,
    ASKED_MOST = 100,
    NAME_MOST = 200, /* of a property with its namespace */
};
#define DAV   "DAV:"
#define APPLE "http://apple.com/ns/ical/"

enum wanted { WANTED_NOTHING, WANTED_ALL, WANTED_NAMES, WANTED_SOME };

/* A name as expat gives it: "DAV: displayname"; without a blank where it has no namespace. */
struct propfind {
    struct arena *arena;
    enum wanted wanted;
    VEC(const char *) asked; /* of WANTED_SOME, and beside WANTED_ALL what stands in <include> */
};

/* ---- the request ---- */

struct reader {
    struct propfind *propfind;
    XML_Parser parser;
    int depth;
    bool root, lists, broken; /* lists: inside <prop> or <include> */
};

static void give_up(struct reader *reader)
{
    reader->broken = true;
    XML_StopParser(reader->parser, XML_FALSE);
}

static void want(struct reader *reader, enum wanted wanted)
{
    if (reader->propfind->wanted != WANTED_NOTHING)
        give_up(reader); /* one of the three */
    reader->propfind->wanted = wanted;
}

static void ask(struct reader *reader, const char *name)
{
    struct propfind *propfind = reader->propfind;
    for (size_t i = 0; i < propfind->asked.n; i++)
        if (!strcmp(propfind->asked.at[i], name))
            return;
    if (propfind->asked.n == ASKED_MOST || strlen(name) > NAME_MOST)
        give_up(reader);
    else
        *vec_push(&propfind->asked) = arena_strdup(propfind->arena, name);
}

/* Elements that are not known are passed over, as RFC 4918 17 wants it. */
static void on_start(void *data, const XML_Char *name, const XML_Char **attributes)
{
    struct reader *reader = data;
    (void)attributes;
    reader->depth++;
    if (reader->depth > DEEPEST)
        give_up(reader);
    else if (reader->depth == 1)
        reader->root = !strcmp(name, DAV " propfind");
    else if (reader->depth == 3 && reader->lists)
        ask(reader, name);
    if (reader->depth != 2)
        return;
    if (!strcmp(name, DAV " allprop"))
        want(reader, WANTED_ALL);
    else if (!strcmp(name, DAV " propname"))
        want(reader, WANTED_NAMES);
    else if (!strcmp(name, DAV " prop"))
        want(reader, WANTED_SOME);
    reader->lists = !strcmp(name, DAV " prop") || !strcmp(name, DAV " include");
}

static void on_end(void *data, const XML_Char *name)
{
    struct reader *reader = data;
    (void)name;
    reader->depth--;
}

/* Entities are nobody's need here and a known way to do harm. */
static void on_doctype(void *data, const XML_Char *name, const XML_Char *where, const XML_Char *public,
                       int has_subset)
{
    (void)name, (void)where, (void)public, (void)has_subset;
    give_up(data);
}

static bool body_read(struct reader *reader, const char *body, size_t n)
{
    reader->parser = XML_ParserCreateNS(NULL, ' ');
    must(reader->parser);
    XML_SetUserData(reader->parser, reader);
    XML_SetElementHandler(reader->parser, on_start, on_end);
    XML_SetStartDoctypeDeclHandler(reader->parser, on_doctype);
    bool good = XML_Parse(reader->parser, body, (int)n, XML_TRUE) == XML_STATUS_OK;
    XML_ParserFree(reader->parser);
    return good && !reader->broken && reader->root && reader->propfind->wanted != WANTED_NOTHING;
}

struct propfind *propfind_read(const char *body, size_t n, struct err *err)
{
    struct arena *arena = arena_new();
    struct propfind *propfind = arena_alloc(arena, sizeof *propfind);
    struct reader reader = {.propfind = propfind};
    *propfind = (struct propfind){.arena = arena};
    if (!n)
        propfind->wanted = WANTED_ALL;
    else if (n > BODY_MOST || !body_read(&reader, body, n)) {
        err_set(err, ERR_INPUT, "yêu cầu PROPFIND không phải XML đúng mẫu (RFC 4918 14.20)",
                "the PROPFIND request is no XML of the right form (RFC 4918 14.20)");
        propfind_free(propfind);
        return NULL;
    }
    return propfind;
}

void propfind_free(struct propfind *propfind)
{
    if (!propfind)
        return;
    vec_free(&propfind->asked);
    arena_free(propfind->arena);
}

/* ---- what there is to know ---- */

static void add_xml(struct text *out, const char *text)
{
    for (; *text; text++) {
        const char *entity = *text == '&'   ? "&amp;"
                             : *text == '<' ? "&lt;"
                             : *text == '>' ? "&gt;"
                             : *text == '"' ? "&quot;"
                                            : NULL;
        if (entity)
            text_add(out, entity);
        else
            text_add_bytes(out, text, 1);
    }
}

static void add_title(struct text *out, const struct propfind_entry *entry)
{
    add_xml(out, entry->title);
}

static void add_type(struct text *out, const struct propfind_entry *entry)
{
    text_add(out, entry->color ? "" : "<D:collection/>");
}

/* Without a charset: Thunderbird lists only what is "text/calendar" to the letter. */
static void add_content_type(struct text *out, const struct propfind_entry *entry)
{
    text_add(out, entry->color ? "text/calendar" : "text/html; charset=utf-8");
}

static void add_privileges(struct text *out, const struct propfind_entry *entry)
{
    (void)entry;
    text_add(out, "<D:privilege><D:read/></D:privilege>");
}

static void add_color(struct text *out, const struct propfind_entry *entry)
{
    text_add(out, entry->color);
}

static const struct property {
    const char *name, *tag;
    void (*add)(struct text *out, const struct propfind_entry *entry);
    bool of_feeds_only;
} properties[] = {
    {DAV " displayname", "D:displayname", add_title, false},
    {DAV " current-user-privilege-set", "D:current-user-privilege-set", add_privileges, false},
    {DAV " resourcetype", "D:resourcetype", add_type, false},
    {DAV " getcontenttype", "D:getcontenttype", add_content_type, false},
    {APPLE " calendar-color", "A:calendar-color", add_color, true},
};
enum { N_PROPERTIES = sizeof properties / sizeof *properties };

static bool has(const struct propfind_entry *entry, const struct property *property)
{
    return entry->color || !property->of_feeds_only;
}

static const struct property *property_of(const struct propfind_entry *entry, const char *name)
{
    for (size_t i = 0; i < N_PROPERTIES; i++)
        if (!strcmp(properties[i].name, name) && has(entry, &properties[i]))
            return &properties[i];
    return NULL;
}

static void add_property(struct text *out, const struct propfind_entry *entry,
                         const struct property *property, bool with_value)
{
    size_t before = out->n;
    text_addf(out, "<%s>", property->tag);
    size_t begun = out->n;
    if (with_value)
        property->add(out, entry);
    if (out->n > begun) {
        text_addf(out, "</%s>", property->tag);
        return;
    }
    out->n = before;
    text_addf(out, "<%s/>", property->tag);
}

static void add_unknown(struct text *out, const char *name)
{
    const char *blank = strrchr(name, ' ');
    text_addf(out, "<%s xmlns=\"", blank ? blank + 1 : name);
    auto_text space = {0};
    text_add_bytes(&space, name, blank ? (size_t)(blank - name) : 0);
    add_xml(out, text_str(&space));
    text_add(out, "\"/>");
}

/* ---- the answer ---- */

static void add_href(struct text *out, const char *path)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.~/";
    for (; *path; path++)
        text_addf(out, strchr(plain, *path) ? "%c" : "%%%02X", (unsigned char)*path);
}

static void add_known(const struct propfind *propfind, const struct propfind_entry *entry, struct text *out)
{
    if (propfind->wanted == WANTED_SOME) {
        for (size_t i = 0; i < propfind->asked.n; i++) {
            const struct property *property = property_of(entry, propfind->asked.at[i]);
            if (property)
                add_property(out, entry, property, true);
        }
        return;
    }
    for (size_t i = 0; i < N_PROPERTIES; i++)
        if (has(entry, &properties[i]))
            add_property(out, entry, &properties[i], propfind->wanted == WANTED_ALL);
}

static void add_status(struct text *out, const struct text *list, const char *status)
{
    text_addf(out, "<D:propstat><D:prop>%s</D:prop><D:status>HTTP/1.1 %s</D:status></D:propstat>",
              text_str(list), status);
}

void propfind_begin(struct text *out)
{
    text_add(out, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<D:multistatus xmlns:D=\"" DAV
                  "\" xmlns:A=\"" APPLE "\">\n");
}

void propfind_add(const struct propfind *propfind, const struct propfind_entry *entry, struct text *out)
{
    auto_text known = {0}, unknown = {0};
    add_known(propfind, entry, &known);
    for (size_t i = 0; i < propfind->asked.n; i++)
        if (!property_of(entry, propfind->asked.at[i]))
            add_unknown(&unknown, propfind->asked.at[i]);
    text_add(out, "<D:response><D:href>");
    add_href(out, entry->path);
    text_add(out, "</D:href>");
    if (known.n || !unknown.n)
        add_status(out, &known, "200 OK");
    if (unknown.n)
        add_status(out, &unknown, "404 Not Found");
    text_add(out, "</D:response>\n");
}

void propfind_end(struct text *out)
{
    text_add(out, "</D:multistatus>\n");
}
