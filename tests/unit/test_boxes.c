/* Whom mails and calls go to: an address of several offices is one, found by each of them; what happens to an
 * alert touches the addresses of its offices and no others. */
#include "shell/boxes.h"

#include "base/text.h"
#include "ledger/outbox.h"
#include "ledger_home.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const struct site_recipient recipients[] = {
    {.unit = "", .address = "admin@x"},    {.unit = "hp/A", .address = "an@x"},
    {.unit = "hp/A", .address = "both@x"}, {.unit = "hp/B", .address = "both@x"},
    {.unit = "hp/C", .address = "chi@x"},
};
static const struct site_webhook webhooks[] = {{.name = "chat"}};
static const struct site site = {.recipients = recipients,
                                 .n_recipients = sizeof recipients / sizeof *recipients,
                                 .webhooks = webhooks,
                                 .n_webhooks = 1};

static struct boxes *make(struct home *home)
{
    struct boxes *boxes = boxes_new(&site, home->store, &home->err);
    assert_fine(home, boxes != NULL);
    return boxes;
}

static void put(struct home *home, const char *channel)
{
    const struct notice one = {.alert = "p:r:2026-11:hp/A@hanchot",
                               .kind = "overdue",
                               .rung = "+1 2026-11-24",
                               .unit = "hp/A",
                               .channel = channel,
                               .severity = "critical",
                               .title = "Quá hạn",
                               .body = "Hạn 24/11/2026",
                               .told_at = 1795000000};
    int64_t id = 0;
    assert_fine(home, store_begin(home->store, &home->err));
    assert_fine(home, notices_add(home->store, &one, one.told_at, &id, &home->err));
    assert_fine(home, outbox_add(home->store, id, "{}", one.told_at, &home->err));
    assert_fine(home, store_commit(home->store, &home->err));
}

/* Their channels, with a star where something changed; then all are as if they had been gone through. */
static const char *said(struct boxes *boxes, struct text *out)
{
    out->n = 0;
    for (size_t i = 0; i < boxes->list.n; i++) {
        text_addf(out, "%s%s ", boxes->list.at[i].channel, boxes->list.at[i].changed ? "*" : "");
        boxes->list.at[i].changed = false;
    }
    return text_str(out);
}

static void assert_of(const struct boxes *boxes, const char *unit, const char *expected)
{
    auto_text found = {0};
    size_t n;
    const struct box_of_unit *first = boxes_of(boxes, unit, &n);
    for (size_t i = 0; i < n; i++)
        text_addf(&found, "%s ", boxes->list.at[first[i].box].channel);
    assert_string_equal(text_str(&found), expected);
}

static void an_address_is_found_by_each_of_its_offices(void **state)
{
    struct boxes *boxes = make(*state);
    assert_of(boxes, "hp/A", "mail:an@x mail:both@x ");
    assert_of(boxes, "hp/B", "mail:both@x ");
    assert_of(boxes, "", "mail:admin@x ");
    assert_of(boxes, "hp", "");
    assert_of(boxes, "hp/Z", "");
    assert_int_equal(boxes->list.at[2].units.n, 2);
    assert_string_equal(boxes->list.at[2].units.at[1], "hp/B");
    boxes_free(boxes);
}

static void a_change_touches_those_it_concerns(void **state)
{
    static const struct unit receiver = {.id = "hp/C"};
    static const struct unit *const list[] = {&receiver};
    static const struct units also = {.at = list, .n = 1};
    struct boxes *boxes = make(*state);
    auto_text text = {0};
    assert_string_equal(said(boxes, &text),
                        "mail:admin@x* mail:an@x* mail:both@x* mail:chi@x* webhook:chat* ");
    boxes_changed(boxes, &(struct alert){.unit = "hp/B"});
    assert_string_equal(said(boxes, &text), "mail:admin@x mail:an@x mail:both@x* mail:chi@x webhook:chat* ");
    boxes_changed(boxes, &(struct alert){.unit = NULL, .also = &also});
    assert_string_equal(said(boxes, &text), "mail:admin@x* mail:an@x mail:both@x mail:chi@x* webhook:chat* ");
    boxes_changed(boxes, NULL);
    assert_string_equal(said(boxes, &text),
                        "mail:admin@x* mail:an@x* mail:both@x* mail:chi@x* webhook:chat* ");
    boxes_free(boxes);
}

static void what_site_knows_no_more_is_looked_at_while_something_is_on_its_way(void **state)
{
    struct home *home = *state;
    auto_text text = {0};
    put(home, "mail:chi@x");
    put(home, "mail:gone@x");
    put(home, "webhook:gone");
    struct boxes *boxes = make(home);
    assert_string_equal(said(boxes, &text), "mail:admin@x* mail:an@x* mail:both@x* mail:chi@x* webhook:chat* "
                                            "mail:gone@x* webhook:gone* ");
    boxes_changed(boxes, &(struct alert){.unit = "hp/C"});
    assert_string_equal(said(boxes, &text), "mail:admin@x mail:an@x mail:both@x mail:chi@x* webhook:chat* "
                                            "mail:gone@x* webhook:gone* ");
    boxes_free(boxes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        HOME_OPEN(an_address_is_found_by_each_of_its_offices),
        HOME_OPEN(a_change_touches_those_it_concerns),
        HOME_OPEN(what_site_knows_no_more_is_looked_at_while_something_is_on_its_way),
    };
    return cmocka_run_group_tests_name("boxes", tests, NULL, NULL);
}
