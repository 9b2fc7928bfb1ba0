#include "ledger/stamps.h"

#include "ledger_home.h"

#include <limits.h>
#include <setjmp.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static const struct stamp three[] = {
    {"haiphong-2026:III.3.c:2026-11:haiphong/PV01@hanchot", 0, UINT64_MAX, 1780000000, 3},
    {"haiphong-2026:III.3.c:2026-11:haiphong/PC06@hanchot", UINT64_MAX, 0, 0, 0},
    {"haiphong-2026:III.3.c:2026-11@hanchot", UINT64_C(0x8000000000000000), 42, -1, INT_MAX},
};

static void assert_same(const struct stamp *found, const struct stamp *expected)
{
    assert_non_null(found);
    assert_string_equal(found->uid, expected->uid);
    assert_true(found->hash == expected->hash && found->facts == expected->facts);
    assert_true(found->at == expected->at && found->edits == expected->edits);
}

static void nothing_stamped_yet(void **state)
{
    struct home *home = *state;
    struct store *const stores[] = {NULL, home->store};
    for (size_t i = 0; i < 2; i++) {
        struct stamps *stamps = stamps_read(stores[i], &home->err);
        assert_non_null(stamps);
        assert_int_equal(stamps->n, 0);
        assert_null(stamps_find(stamps, three[0].uid));
        stamps_free(stamps);
        struct feed_stamp stamp;
        bool found = true;
        assert_fine(home, feed_stamp_read(stores[i], "all", &stamp, &found, &home->err));
        assert_false(found);
    }
    assert_fine(home, stamps_write(home->store, NULL, 0, &home->err));
    stamps_free(NULL);
}

static void stamps_come_back_as_written(void **state)
{
    struct home *home = *state;
    assert_fine(home, stamps_write(home->store, three, 3, &home->err));
    home_close(home);
    home_open(home);
    struct stamps *stamps = stamps_read(home->store, &home->err);
    assert_int_equal(stamps->n, 3);
    for (size_t i = 0; i < 3; i++)
        assert_same(stamps_find(stamps, three[i].uid), &three[i]);
    assert_null(stamps_find(stamps, "haiphong-2026:III.3.c:2026-11"));
    assert_null(stamps_find(stamps, ""));
    assert_null(stamps_find(stamps, "z"));
    assert_true(strcmp(stamps->list[0].uid, stamps->list[1].uid) < 0);
    assert_true(strcmp(stamps->list[1].uid, stamps->list[2].uid) < 0);
    stamps_free(stamps);
}

/* Counts what changed the database, as another connection sees it. */
static void only_what_differs_is_written(void **state)
{
    struct home *home = *state;
    assert_fine(home, stamps_write(home->store, three, 3, &home->err));
    const struct {
        const char *what;
        struct stamp stamp;
        bool written;
    } changes[] = {
        {"the same", three[0], false},
        {"hash", {three[0].uid, 1, UINT64_MAX, 1780000000, 3}, true},
        {"facts", {three[0].uid, 1, 2, 1780000000, 3}, true},
        {"instant", {three[0].uid, 1, 2, 1780000001, 3}, true},
        {"edits", {three[0].uid, 1, 2, 1780000001, 4}, true},
        {"the same again", {three[0].uid, 1, 2, 1780000001, 4}, false},
        {"a new one", {"x@hanchot", 1, 2, 1780000001, 4}, true},
    };
    sqlite3 *raw;
    sqlite3_stmt *version;
    assert_int_equal(sqlite3_open(home->db, &raw), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(raw, "PRAGMA data_version", -1, &version, NULL), SQLITE_OK);
    sqlite3_step(version);
    int before = sqlite3_column_int(version, 0);
    sqlite3_reset(version);
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        assert_fine(home, stamps_write(home->store, &changes[i].stamp, 1, &home->err));
        sqlite3_step(version);
        int now = sqlite3_column_int(version, 0);
        sqlite3_reset(version);
        if ((now != before) != changes[i].written)
            fail_msg("%s", changes[i].what);
        before = now;
    }
    sqlite3_finalize(version);
    sqlite3_close(raw);
    struct stamps *stamps = stamps_read(home->store, &home->err);
    assert_int_equal(stamps->n, 4);
    assert_same(stamps_find(stamps, three[0].uid), &changes[5].stamp);
    assert_same(stamps_find(stamps, three[1].uid), &three[1]);
    stamps_free(stamps);
}

static void refused_stamp_writes_none(void **state)
{
    struct home *home = *state;
    const struct stamp bad[] = {three[0], {"y@hanchot", 1, 2, 3, -1}};
    assert_false(stamps_write(home->store, bad, 2, &home->err));
    assert_said(home, ERR_INPUT, "sổ không nhận dữ liệu này");
    struct stamps *stamps = stamps_read(home->store, &home->err);
    assert_int_equal(stamps->n, 0);
    stamps_free(stamps);
}

#define MANY 10000
static void many_stamps(void **state)
{
    struct home *home = *state;
    static struct stamp list[MANY];
    static char uids[MANY][48];
    for (size_t i = 0; i < MANY; i++) {
        snprintf(uids[i], sizeof uids[i], "p:III.3.c:%zu:haiphong/PC06@hanchot", i * 7919 % MANY);
        list[i] = (struct stamp){uids[i], i * UINT64_C(0x9e3779b97f4a7c15), i, (int64_t)i, (int)i};
    }
    assert_fine(home, stamps_write(home->store, list, MANY, &home->err));
    struct stamps *stamps = stamps_read(home->store, &home->err);
    assert_int_equal(stamps->n, MANY);
    for (size_t i = 0; i < MANY; i++)
        assert_same(stamps_find(stamps, uids[i]), &list[i]);
    stamps_free(stamps);
}

static void feed_stamp_never_goes_back(void **state)
{
    struct home *home = *state;
    static const struct {
        const char *etag;
        int64_t modified, kept;
    } writes[] = {
        {"\"a\"", 1780000000, 1780000000},
        {"\"b\"", 1780000100, 1780000100},
        {"\"c\"", 1780000050, 1780000100}, /* the clock was set back */
        {"\"c\"", 1780000200, 1780000200},
        {"\"0123456789012345678901234567890123456789012345678901234567890123456789012345\"", 1, 1780000200},
    };
    struct feed_stamp stamp, other;
    bool found;
    for (size_t i = 0; i < sizeof writes / sizeof *writes; i++) {
        stamp = (struct feed_stamp){.modified = writes[i].modified};
        snprintf(stamp.etag, sizeof stamp.etag, "%s", writes[i].etag);
        assert_fine(home, feed_stamp_write(home->store, "unit/haiphong/PC06", &stamp, &home->err));
        assert_fine(home, feed_stamp_read(home->store, "unit/haiphong/PC06", &stamp, &found, &home->err));
        assert_true(found);
        assert_string_equal(stamp.etag, writes[i].etag);
        assert_int_equal(stamp.modified, writes[i].kept);
        assert_fine(home, feed_stamp_read(home->store, "unit/haiphong/PC0", &other, &found, &home->err));
        assert_false(found);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        HOME_OPEN(nothing_stamped_yet),
        HOME_OPEN(stamps_come_back_as_written),
        HOME_OPEN(only_what_differs_is_written),
        HOME_OPEN(refused_stamp_writes_none),
        HOME_OPEN(many_stamps),
        HOME_OPEN(feed_stamp_never_goes_back),
    };
    return cmocka_run_group_tests_name("stamps", tests, NULL, NULL);
}
