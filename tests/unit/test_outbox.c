/* The outbox: how long a delivery waits, what becomes of it, that it stands or falls with its notice, and
 * what is left of it when it is out of date or refused. */
#include "ledger/letters.h"

#include "base/text.h"
#include "ledger_home.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define NOW INT64_C(1795000000)

static struct notice notice(const char *rung, const char *channel)
{
    return (struct notice){.alert = "p:r:2026-11:hp/A@hanchot",
                           .kind = "overdue",
                           .rung = rung,
                           .unit = "hp/A",
                           .channel = channel,
                           .severity = "critical",
                           .title = "Quá hạn",
                           .body = "Hạn 24/11/2026",
                           .told_at = NOW};
}

static int64_t put(struct home *home, const char *rung, const char *channel)
{
    const struct notice one = notice(rung, channel);
    int64_t id = 0;
    assert_fine(home, store_begin(home->store, &home->err));
    assert_fine(home, notices_add(home->store, &one, NOW, &id, &home->err));
    assert_fine(home, outbox_add(home->store, id, "{}", NOW, &home->err));
    assert_fine(home, store_commit(home->store, &home->err));
    return id;
}

static size_t waiting(struct home *home, int64_t now, struct delivery *first)
{
    struct deliveries *list = outbox_waiting(home->store, now, &home->err);
    assert_fine(home, list != NULL);
    size_t n = list->n;
    if (n && first) {
        assert_fine(home, outbox_read(home->store, list, 0, &home->err));
        *first = list->list[0];
        first->channel = first->content = NULL; /* they go with the list */
    }
    deliveries_free(list);
    return n;
}

static void waits_grow_to_an_hour(void **state)
{
    static const int64_t expected[] = {30, 60, 120, 240, 480, 960, 1920, 3600, 3600, 3600};
    (void)state;
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++)
        assert_int_equal(outbox_wait((int64_t)i + 1), expected[i]);
    assert_int_equal(outbox_wait(INT64_MAX), 3600);
}

static void the_key_is_of_what_is_told(void **state)
{
    char a[OUTBOX_KEY_SIZE], b[OUTBOX_KEY_SIZE];
    struct notice one = notice("+1 2026-11-24", "mail:a@b"), same = one;
    (void)state;
    same.id = 77;
    same.title = "khác";
    same.told_at++;
    assert_string_equal(outbox_key(&one, a), outbox_key(&same, b));
    assert_int_equal(strlen(a), 32);
    same.channel = "mail:c@d";
    assert_string_not_equal(a, outbox_key(&same, b));
    same.channel = one.channel;
    same.rung = "+2 2026-11-24";
    assert_string_not_equal(a, outbox_key(&same, b));
}

static void it_stands_or_falls_with_its_notice(void **state)
{
    struct home *home = *state;
    const struct notice one = notice("+1 2026-11-24", "mail:a@b");
    int64_t id = 0, next;
    assert_fine(home, store_begin(home->store, &home->err));
    assert_fine(home, notices_add(home->store, &one, NOW, &id, &home->err));
    assert_fine(home, outbox_add(home->store, id, "{}", NOW, &home->err));
    store_rollback(home->store);
    assert_int_equal(waiting(home, NOW, NULL), 0);
    assert_fine(home, outbox_next(home->store, &next, &home->err));
    assert_true(next == INT64_MAX);
    struct notices *notices = notices_read(home->store, &home->err);
    assert_int_equal(notices->n, 0);
    notices_free(notices);
}

static void it_is_tried_until_it_is_taken(void **state)
{
    struct home *home = *state;
    int64_t id = put(home, "+1 2026-11-24", "mail:a@b"), next;
    struct delivery one = {0};
    assert_int_equal(waiting(home, NOW - 1, NULL), 0);
    assert_int_equal(waiting(home, NOW, &one), 1);
    assert_int_equal(one.notice, id);
    assert_int_equal(one.tries, 0);
    char key[OUTBOX_KEY_SIZE];
    memcpy(key, one.key, sizeof key);
    assert_fine(home, outbox_later(home->store, &one, NOW, 0, "không tới được", &home->err));
    assert_int_equal(waiting(home, NOW + 29, NULL), 0);
    home_close(home); /* over a restart */
    home_open(home);
    assert_fine(home, outbox_next(home->store, &next, &home->err));
    assert_int_equal(next, NOW + 30);
    assert_int_equal(waiting(home, NOW + 30, &one), 1);
    assert_int_equal(one.tries, 1);
    assert_string_equal(one.key, key);
    assert_fine(home, outbox_later(home->store, &one, NOW + 30, 600, "HTTP 429", &home->err));
    assert_int_equal(waiting(home, NOW + 629, NULL), 0);
    assert_int_equal(waiting(home, NOW + 630, NULL), 1);
    assert_fine(home, outbox_taken(home->store, id, NOW + 631, "250 OK", &home->err));
    assert_int_equal(waiting(home, NOW + 100000, NULL), 0);
    struct notices *notices = notices_read(home->store, &home->err);
    assert_int_equal(notices->list[0].taken_at, NOW + 631);
    struct dispatches *all = dispatches_read(home->store, &home->err);
    const struct dispatch *dispatch = dispatches_find(all, &notices->list[0]);
    assert_int_equal(dispatch->tries, 3);
    assert_string_equal(dispatch->detail, "250 OK");
    dispatches_free(all);
    notices_free(notices);
}

static void a_refusal_is_kept_and_not_tried_again(void **state)
{
    struct home *home = *state;
    int64_t id = put(home, "+1 2026-11-24", "mail:a@b"), n_waiting = 0, n_refused = 0;
    put(home, "+1 2026-11-24", "webhook:w");
    assert_fine(home, outbox_refused(home->store, id, NOW + 1, "550 unknown user", &home->err));
    assert_int_equal(waiting(home, NOW + 100, NULL), 1);
    assert_fine(home, outbox_counts(home->store, &n_waiting, &n_refused, &home->err));
    assert_int_equal(n_waiting, 1);
    assert_int_equal(n_refused, 1);
    /* An answer that comes late changes nothing. */
    const struct delivery late = {.notice = id};
    assert_fine(home, outbox_later(home->store, &late, NOW + 2, 0, "x", &home->err));
    assert_int_equal(waiting(home, NOW + 7200, NULL), 1);
    assert_string_equal(home_sql_text(home->db, "SELECT detail FROM delivery WHERE refused_at IS NOT NULL"),
                        "550 unknown user");
    assert_int_not_equal(home_sql(home->db, "DELETE FROM delivery"), 0);
}

static void a_clock_set_back_keeps_nothing_waiting(void **state)
{
    struct home *home = *state;
    put(home, "+1 2026-11-24", "mail:a@b");
    assert_int_equal(waiting(home, NOW - 3600, NULL), 0);
    assert_int_equal(waiting(home, NOW - 86400, NULL), 1);
}

static void those_told_first_come_first(void **state)
{
    struct home *home = *state;
    struct delivery first = {0};
    int64_t a = put(home, "+1 2026-11-24", "mail:a@b");
    put(home, "+2 2026-11-24", "mail:a@b");
    assert_int_equal(waiting(home, NOW, &first), 2);
    assert_int_equal(first.notice, a);
}

/* ---- what is out of date, what is sent again ---- */

/* A summary by a@b of that day that carries one notice of an alert. */
static int64_t put_letter(struct home *home, const char *day, const char *alert)
{
    const struct notice head = {.alert = "digest:a@b",
                                .kind = "summary",
                                .rung = day,
                                .unit = "",
                                .channel = "mail:a@b",
                                .severity = "info",
                                .title = day,
                                .body = "",
                                .told_at = NOW};
    struct notice carried = notice(day, "mail:a@b");
    int64_t id = 0;
    carried.alert = alert;
    assert_fine(home, store_begin(home->store, &home->err));
    assert_fine(home, notices_add(home->store, &head, NOW, &id, &home->err));
    assert_fine(home, outbox_add(home->store, id, "{}", NOW, &home->err));
    carried.message = id;
    assert_fine(home, !*alert || notices_add(home->store, &carried, NOW, NULL, &home->err));
    assert_fine(home, store_commit(home->store, &home->err));
    return id;
}

static void drop(struct home *home, int64_t notice, int64_t newer)
{
    assert_fine(home, store_begin(home->store, &home->err));
    assert_fine(home, outbox_drop(home->store, notice, newer, NOW + 5, &home->err));
    assert_fine(home, store_commit(home->store, &home->err));
}

static bool is_not(void *key, const char *other)
{
    return strcmp(*(const char **)key, other) != 0;
}

static bool tells_of(struct home *home, int64_t letter, const char *alert)
{
    bool all = false;
    assert_fine(home, letter_all(home->store, letter, is_not, &alert, &all, &home->err));
    return !all;
}

static bool count_it(void *n, const char *key)
{
    (void)key;
    return ++*(int *)n;
}

static void assert_alerts(struct home *home, int64_t letter, const char *x, const char *y)
{
    int n = 0;
    bool all;
    assert_fine(home, letter_all(home->store, letter, count_it, &n, &all, &home->err));
    assert_true(all);
    assert_int_equal(n, (x != NULL) + (y != NULL));
    assert_true(!x || tells_of(home, letter, x));
    assert_true(!y || tells_of(home, letter, y));
}

static void a_newer_letter_answers_for_those_it_replaces(void **state)
{
    struct home *home = *state;
    int64_t monday = put_letter(home, "2026-11-23", "x"), tuesday = put_letter(home, "2026-11-24", "y"),
            wednesday = put_letter(home, "2026-11-25", "");
    assert_alerts(home, tuesday, "y", NULL);
    drop(home, monday, tuesday);
    assert_alerts(home, tuesday, "x", "y");
    drop(home, tuesday, wednesday);
    assert_alerts(home, wednesday, "x", "y");
    assert_int_equal(waiting(home, NOW, NULL), 1);
    struct notices *notices = notices_read(home->store, &home->err);
    struct dispatches *all = dispatches_read(home->store, &home->err);
    assert_int_equal(dispatches_last(all, &notices->list[1])->notice, wednesday); /* that of x, on Monday */
    assert_int_equal(dispatches_find(all, &notices->list[1])->notice, monday);
    assert_int_equal(dispatches_find(all, &notices->list[1])->dropped_at, NOW + 5);
    dispatches_free(all);
    notices_free(notices);
    /* What has been dropped while it was on its way may have been taken. */
    assert_fine(home, outbox_taken(home->store, monday, NOW + 9, "250 OK", &home->err));
    assert_string_equal(home_sql_text(home->db, "SELECT count(*) FROM notice WHERE taken_at IS NOT NULL"),
                        "2");
}

static void nothing_open_nothing_told(void **state)
{
    struct home *home = *state;
    int64_t id = put(home, "+1 2026-11-24", "mail:a@b");
    drop(home, id, 0);
    assert_int_equal(waiting(home, NOW + 86400, NULL), 0);
    assert_string_equal(home_sql_text(home->db, "SELECT newer IS NULL AND dropped_at FROM delivery"), "1");
}

static size_t letters(struct home *home, struct letter *first)
{
    struct letters *list = letters_read(home->store, NOW, &home->err);
    assert_fine(home, list != NULL);
    size_t n = list->n;
    if (n)
        *first = list->list[0];
    letters_free(list);
    return n;
}

static void a_refused_one_is_sent_again_under_its_key(void **state)
{
    struct home *home = *state;
    int64_t id = put(home, "+1 2026-11-24", "mail:a@b"), n_waiting = 0, n_refused = 0;
    struct delivery one = {0};
    struct letter letter = {0};
    assert_int_equal(waiting(home, NOW, &one), 1);
    char key[OUTBOX_KEY_SIZE];
    memcpy(key, one.key, sizeof key);
    assert_fine(home, outbox_refused(home->store, id, NOW + 1, "550 unknown user", &home->err));
    assert_int_equal(letters(home, &letter), 1);
    assert_int_equal(letter.refused_at, NOW + 1);
    assert_fine(home, store_begin(home->store, &home->err));
    assert_fine(home, outbox_resend(home->store, id, NOW + 60, &home->err));
    assert_fine(home, store_commit(home->store, &home->err));
    assert_int_equal(waiting(home, NOW + 60, &one), 1);
    assert_string_equal(one.key, key);
    assert_int_equal(letters(home, &letter), 1);
    assert_int_equal(letter.refused_at, 0);
    assert_int_equal(letter.resent, 1);
    assert_fine(home, outbox_counts(home->store, &n_waiting, &n_refused, &home->err));
    assert_int_equal(n_refused, 1); /* it was */
    assert_fine(home, outbox_taken(home->store, id, NOW + 61, "250 OK", &home->err));
    assert_int_equal(letters(home, &letter), 0);
    /* What was taken is not sent again. */
    assert_fine(home, store_begin(home->store, &home->err));
    assert_fine(home, outbox_resend(home->store, id, NOW + 62, &home->err));
    assert_fine(home, store_commit(home->store, &home->err));
    assert_int_equal(waiting(home, NOW + 62, NULL), 0);
}

static void assert_failing(struct home *home, const char *expected)
{
    auto_text said = {0};
    struct channels *channels = channels_failing(home->store, &home->err);
    assert_fine(home, channels != NULL);
    for (size_t i = 0; i < channels->n; i++)
        text_addf(&said, "%s +%d %s;", channels->list[i].name, (int)(channels->list[i].fails_since - NOW),
                  channels->list[i].detail);
    assert_string_equal(text_str(&said), expected);
    channels_free(channels);
}

static void a_channel_fails_until_it_takes_something(void **state)
{
    struct home *home = *state;
    const struct delivery a = {.notice = put(home, "+1 2026-11-24", "mail:a@b")},
                          b = {.notice = put(home, "+1 2026-11-24", "mail:c@d")},
                          newer = {.notice = put(home, "+2 2026-11-24", "mail:a@b")};
    assert_failing(home, "");
    assert_fine(home, outbox_later(home->store, &a, NOW + 1, 0, "connection refused", &home->err));
    assert_fine(home, outbox_later(home->store, &a, NOW + 40, 0, "421 busy", &home->err));
    assert_fine(home, outbox_refused(home->store, b.notice, NOW + 50, "550 unknown", &home->err));
    assert_failing(home, "mail:a@b +1 421 busy;mail:c@d +50 550 unknown;");
    drop(home, a.notice, newer.notice);
    assert_failing(home, "mail:a@b +1 421 busy;mail:c@d +50 550 unknown;");
    assert_fine(home, outbox_taken(home->store, newer.notice, NOW + 70, "250 OK", &home->err));
    assert_failing(home, "mail:c@d +50 550 unknown;");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(waits_grow_to_an_hour),
        cmocka_unit_test(the_key_is_of_what_is_told),
        HOME_OPEN(it_stands_or_falls_with_its_notice),
        HOME_OPEN(it_is_tried_until_it_is_taken),
        HOME_OPEN(a_refusal_is_kept_and_not_tried_again),
        HOME_OPEN(a_clock_set_back_keeps_nothing_waiting),
        HOME_OPEN(those_told_first_come_first),
        HOME_OPEN(a_newer_letter_answers_for_those_it_replaces),
        HOME_OPEN(nothing_open_nothing_told),
        HOME_OPEN(a_refused_one_is_sent_again_under_its_key),
        HOME_OPEN(a_channel_fails_until_it_takes_something),
    };
    return cmocka_run_group_tests_name("outbox", tests, NULL, NULL);
}
