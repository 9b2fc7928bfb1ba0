/* What was answered to alerts and what was told of them, in a ledger. */
#include "ledger/replies.h"

#include "ledger/facts.h"
#include "ledger/notices.h"
#include "ledger_home.h"
#include "table.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void reply(struct home *home, const char *alert, enum reply_action action, int64_t until)
{
    const struct reply one = {.alert = alert,
                              .action = action,
                              .kind = "due_soon",
                              .due = day_of("2026-11-24"),
                              .until = until,
                              .by = "Lê Thị B",
                              .recorded_at = 1795000000};
    assert_fine(home, store_begin(home->store, &home->err));
    assert_fine(home, replies_add(home->store, &one, 1795000001, &home->err));
    assert_fine(home, store_commit(home->store, &home->err));
}

static void the_last_reply_counts(void **state)
{
    struct home *home = *state;
    reply(home, "b", REPLY_ACK, 0);
    reply(home, "a", REPLY_ACK, 0);
    reply(home, "b", REPLY_SNOOZE, 1795003600);
    struct replies *replies = replies_read(home->store, &home->err);
    assert_fine(home, replies != NULL);
    assert_int_equal(replies->n, 3);
    const struct reply *last = replies_last(replies, "b");
    assert_non_null(last);
    assert_int_equal(last->action, REPLY_SNOOZE);
    assert_int_equal(last->until, 1795003600);
    assert_int_equal(last->due, day_of("2026-11-24"));
    assert_string_equal(last->by, "Lê Thị B");
    assert_int_equal(replies_last(replies, "a")->action, REPLY_ACK);
    assert_null(replies_last(replies, "c"));
    assert_null(replies_last(replies, ""));
    replies_free(replies);
}

static void replies_stay(void **state)
{
    struct home *home = *state;
    reply(home, "a", REPLY_ACK, 0);
    assert_int_not_equal(home_sql(home->db, "UPDATE reply SET alert = 'b'"), 0);
    assert_int_not_equal(home_sql(home->db, "DELETE FROM reply"), 0);
    assert_string_equal(home_sql_text(home->db, "SELECT count(*) FROM reply WHERE alert = 'a'"), "1");
}

static void a_snooze_has_an_end_and_an_ack_none(void **state)
{
    struct home *home = *state;
    struct reply one = {
        .alert = "a", .action = REPLY_SNOOZE, .kind = "overdue", .due = DAY_NONE, .recorded_at = 1795000000};
    assert_fine(home, store_begin(home->store, &home->err));
    assert_false(replies_add(home->store, &one, 1795000000, &home->err));
    one.action = REPLY_ACK;
    one.until = 1795003600;
    assert_false(replies_add(home->store, &one, 1795000000, &home->err));
    assert_int_equal(home->err.kind, ERR_INPUT);
    store_rollback(home->store);
}

static struct notice notice(const char *rung, const char *unit)
{
    return (struct notice){.alert = "p:r:2026-11:hp/A@hanchot",
                           .kind = "due_soon",
                           .rung = rung,
                           .unit = unit,
                           .channel = "stream",
                           .severity = "info",
                           .title = "Còn 7 ngày làm việc",
                           .body = "Hạn 24/11/2026",
                           .told_at = 1795000000};
}

static void tell(struct home *home, const struct notice *one)
{
    assert_fine(home, store_begin(home->store, &home->err));
    assert_fine(home, notices_add(home->store, one, 1795000001, NULL, &home->err));
    assert_fine(home, store_commit(home->store, &home->err));
}

static void a_notice_is_written_once(void **state)
{
    struct home *home = *state;
    struct notice first = notice("-7 2026-11-24", "hp/A"), other = notice("-3 2026-11-24", "hp/A"),
                  receiver = notice("-7 2026-11-24", "");
    tell(home, &first);
    tell(home, &first);
    tell(home, &other);
    tell(home, &receiver);
    tell(home, &first);
    struct notices *notices = notices_read(home->store, &home->err);
    assert_fine(home, notices != NULL);
    assert_int_equal(notices->n, 3);
    assert_string_equal(notices->list[0].rung, "-7 2026-11-24");
    assert_true(notices->list[0].id < notices->list[1].id && notices->list[1].id < notices->list[2].id);
    assert_ptr_equal(notices_find(notices, &other), &notices->list[1]);
    assert_ptr_equal(notices_find(notices, &receiver), &notices->list[2]);
    other.kind = "overdue";
    assert_null(notices_find(notices, &other));
    notices_free(notices);
}

static void a_channel_takes_it_once(void **state)
{
    struct home *home = *state;
    struct notice one = notice("0 2026-11-24", "hp/A");
    tell(home, &one);
    assert_fine(home, notices_taken(home->store, 1, 1795000100, &home->err));
    assert_fine(home, notices_taken(home->store, 1, 1795000200, &home->err));
    struct notices *notices = notices_read(home->store, &home->err);
    assert_fine(home, notices != NULL);
    assert_int_equal(notices->list[0].taken_at, 1795000100);
    notices_free(notices);
    assert_int_not_equal(home_sql(home->db, "DELETE FROM notice"), 0);
}

/* From the first notice on, alerts are told one by one. */
static void telling_begins_the_ledger(void **state)
{
    struct home *home = *state;
    assert_fine(home, store_begin(home->store, &home->err));
    assert_fine(home, notices_begin_on(home->store, 1795000000, &home->err));
    assert_fine(home, store_commit(home->store, &home->err));
    struct facts *facts = facts_read(home->store, DAY_NONE, &home->err);
    assert_fine(home, facts != NULL);
    assert_int_equal(facts->first_day, day_of("2026-11-18"));
    facts_free(facts);
}

static void an_empty_ledger_has_none(void **state)
{
    struct home *home = *state;
    struct replies *replies = replies_read(NULL, &home->err);
    struct notices *notices = notices_read(NULL, &home->err);
    struct notice one = notice("0", "");
    assert_int_equal(replies->n + notices->n, 0);
    assert_null(replies_last(replies, "a"));
    assert_null(notices_find(notices, &one));
    replies_free(replies);
    notices_free(notices);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        HOME_OPEN(the_last_reply_counts),
        HOME_OPEN(replies_stay),
        HOME_OPEN(a_snooze_has_an_end_and_an_ack_none),
        HOME_OPEN(a_notice_is_written_once),
        HOME_OPEN(a_channel_takes_it_once),
        HOME_OPEN(telling_begins_the_ledger),
        HOME_EMPTY(an_empty_ledger_has_none),
    };
    return cmocka_run_group_tests_name("replies", tests, NULL, NULL);
}
