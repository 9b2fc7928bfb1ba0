/* What WebDAV clients ask and what they are told, property by property. */
#include "publish/propfind.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#define OPEN "<propfind xmlns=\"DAV:\" xmlns:A=\"http://apple.com/ns/ical/\">"
#define SHUT "</propfind>"

static const struct propfind_entry feed = {"/s/a/x y.ics", "Hạn <1> & \"2\"", "#B22222"};
static const struct propfind_entry directory = {"/s/a/", "PC06", NULL};

/* Properties as "200 displayname=… resourcetype 404 owner". */
static void brief(const char *xml, struct text *out)
{
    for (const char *at = strstr(xml, "<D:prop>"); at; at = strstr(at, "<D:prop>")) {
        const char *end = strstr(at, "</D:prop>"), *status = strstr(end, "HTTP/1.1 ");
        text_addf(out, "%s%.3s: ", out->n ? "; " : "", status + strlen("HTTP/1.1 "));
        text_add_bytes(out, at + strlen("<D:prop>"), (size_t)(end - at) - strlen("<D:prop>"));
        at = end;
    }
}

static void what_is_asked_is_told(void **state)
{
    (void)state;
    static const struct {
        const char *what, *body;
        const struct propfind_entry *entry;
        const char *told;
    } cases[] = {
        {"no body: all", "", &directory,
         "200: <D:displayname>PC06</D:displayname><D:current-user-privilege-set><D:privilege><D:read/>"
         "</D:privilege></D:current-user-privilege-set><D:resourcetype><D:collection/></D:resourcetype>"
         "<D:getcontenttype>text/html; charset=utf-8</D:getcontenttype>"},
        {"all", OPEN "<allprop/>" SHUT, &feed,
         "200: <D:displayname>Hạn &lt;1&gt; &amp; &quot;2&quot;</D:displayname><D:current-user-privilege-set>"
         "<D:privilege><D:read/></D:privilege></D:current-user-privilege-set><D:resourcetype/>"
         "<D:getcontenttype>text/calendar</D:getcontenttype>"
         "<A:calendar-color>#B22222</A:calendar-color>"},
        {"names", OPEN "<propname/>" SHUT, &feed,
         "200: <D:displayname/><D:current-user-privilege-set/><D:resourcetype/><D:getcontenttype/>"
         "<A:calendar-color/>"},
        {"some, in the order asked, each once",
         OPEN "<prop><A:calendar-color/><displayname/><A:calendar-color/></prop>" SHUT, &feed,
         "200: <A:calendar-color>#B22222</A:calendar-color><D:displayname>Hạn &lt;1&gt; &amp; &quot;2&quot;"
         "</D:displayname>"},
        {"a directory has no colour", OPEN "<prop><A:calendar-color/><resourcetype/></prop>" SHUT, &directory,
         "200: <D:resourcetype><D:collection/></D:resourcetype>; "
         "404: <calendar-color xmlns=\"http://apple.com/ns/ical/\"/>"},
        {"nothing known", OPEN "<prop><owner/></prop>" SHUT, &feed, "404: <owner xmlns=\"DAV:\"/>"},
        {"no namespace", "<D:propfind xmlns:D='DAV:'><D:prop><x/></D:prop></D:propfind>", &feed,
         "404: <x xmlns=\"\"/>"},
        {"a namespace with all sorts of signs", OPEN "<prop><x xmlns='a&amp;&quot;&lt;b'/></prop>" SHUT,
         &feed, "404: <x xmlns=\"a&amp;&quot;&lt;b\"/>"},
        {"a known name of another namespace", OPEN "<prop><A:displayname/></prop>" SHUT, &feed,
         "404: <displayname xmlns=\"http://apple.com/ns/ical/\"/>"},
        {"an empty list", OPEN "<prop/>" SHUT, &feed, "200: "},
        {"all, and one more", OPEN "<allprop/><include><getetag/></include>" SHUT, &directory,
         "200: <D:displayname>PC06</D:displayname><D:current-user-privilege-set><D:privilege><D:read/>"
         "</D:privilege></D:current-user-privilege-set><D:resourcetype><D:collection/></D:resourcetype>"
         "<D:getcontenttype>text/html; charset=utf-8</D:getcontenttype>; 404: <getetag xmlns=\"DAV:\"/>"},
        {"what is not known beside it is passed over",
         OPEN "<A:wish><owner/></A:wish><prop><displayname/></prop>" SHUT, &directory,
         "200: <D:displayname>PC06</D:displayname>"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        auto_text xml = {0}, told = {0};
        struct err err = {.lang = LANG_EN};
        struct propfind *propfind = propfind_read(cases[i].body, strlen(cases[i].body), &err);
        if (!propfind)
            fail_msg("%s: %s", cases[i].what, err.text);
        propfind_add(propfind, cases[i].entry, &xml);
        propfind_free(propfind);
        brief(text_str(&xml), &told);
        if (strcmp(text_str(&told), cases[i].told) != 0)
            fail_msg("%s:\n told     %s\n expected %s", cases[i].what, text_str(&told), cases[i].told);
    }
}

static void the_address_is_encoded(void **state)
{
    (void)state;
    auto_text xml = {0};
    struct propfind *propfind = propfind_read("", 0, NULL);
    propfind_begin(&xml);
    propfind_add(propfind, &feed, &xml);
    propfind_end(&xml);
    assert_non_null(strstr(text_str(&xml), "<D:response><D:href>/s/a/x%20y.ics</D:href><D:propstat>"));
    assert_non_null(strstr(text_str(&xml), "</D:response>\n</D:multistatus>\n"));
    propfind_free(propfind);
}

static void asked(const char *open, int n, const char *one, const char *shut, struct text *out)
{
    text_add(out, open);
    for (int i = 0; i < n; i++)
        text_addf(out, one, i);
    text_add(out, shut);
}

static void what_cannot_be_understood(void **state)
{
    (void)state;
    auto_text deep = {0}, many = {0}, long_name = {0}, huge = {0};
    asked(OPEN "<prop>", 16, "<a%d>", "", &deep);
    for (int i = 15; i >= 0; i--)
        text_addf(&deep, "</a%d>", i);
    text_add(&deep, "</prop>" SHUT);
    asked(OPEN "<prop>", 101, "<p%d/>", "</prop>" SHUT, &many);
    asked(OPEN "<prop><x", 120, "%d", "/></prop>" SHUT, &long_name);
    asked(OPEN "<prop>", 30000, "<p/>%d", "</prop>" SHUT, &huge);
    const struct {
        const char *what, *body;
    } cases[] = {
        {"no XML", "propfind"},
        {"cut short", OPEN "<allprop/>"},
        {"another request", "<D:multistatus xmlns:D=\"DAV:\"><D:allprop/></D:multistatus>"},
        {"without its namespace", "<propfind><allprop/></propfind>"},
        {"nothing asked", OPEN SHUT},
        {"two things asked", OPEN "<allprop/><propname/>" SHUT},
        {"an entity",
         "<!DOCTYPE x [<!ENTITY a \"b\">]>" OPEN "<prop><displayname>&a;</displayname></prop>" SHUT},
        {"too deep", text_str(&deep)},
        {"too many", text_str(&many)},
        {"too long a name", text_str(&long_name)},
        {"too much", text_str(&huge)},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct err err = {.lang = LANG_EN};
        struct propfind *propfind = propfind_read(cases[i].body, strlen(cases[i].body), &err);
        if (propfind)
            fail_msg("%s: understood", cases[i].what);
        assert_non_null(strstr(err.text, "PROPFIND"));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_asked_is_told),
        cmocka_unit_test(the_address_is_encoded),
        cmocka_unit_test(what_cannot_be_understood),
    };
    return cmocka_run_group_tests_name("propfind", tests, NULL, NULL);
}
