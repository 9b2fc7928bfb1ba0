#include "base/text.h"

#include "aborts.h"

#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

static void text_grows(void **state)
{
    (void)state;
    auto_text text = {0};
    assert_string_equal(text_str(&text), "");
    text_add(&text, "");
    assert_non_null(text.at);
    text_add_bytes(&text, NULL, 0);
    text_add(&text, "Hạn chót");
    text_add_bytes(&text, ": 24/11xx", 7);
    text_addf(&text, "/%d", 2026);
    assert_string_equal(text_str(&text), "Hạn chót: 24/11/2026");
    assert_int_equal(text.n, strlen("Hạn chót: 24/11/2026"));
    text_addf(&text, "%s", "");
    assert_int_equal(text.n, strlen(text.at));
    text_add_bytes(&text, "a\0b", 3); /* bytes may hold zeros */
    assert_memory_equal(text.at + text.n - 3, "a\0b", 4);
}

/* Formatting that just fits and just does not fit into the room left. */
static void text_addf_at_every_room(void **state)
{
    (void)state;
    for (int first = 0; first < 70; first++)
        for (int second = 0; second < 70; second++) {
            auto_text text = {0};
            text_addf(&text, "%*s", first, "");
            text_addf(&text, "%*s", second, "");
            assert_int_equal(text.n, first + second);
            assert_int_equal(strlen(text.at), first + second);
        }
}

static void text_take_hands_over(void **state)
{
    (void)state;
    struct text text = {0};
    auto_free char *nothing = text_take(&text);
    assert_string_equal(nothing, "");
    text_add(&text, "PV01");
    auto_free char *taken = text_take(&text);
    assert_string_equal(taken, "PV01");
    assert_true(!text.at && text.n == 0 && text.cap == 0);
    text_fini(&text);
}

static void add_more_than_int_max(void)
{
    auto_text text = {0};
    text_add_bytes(&text, "", (size_t)INT_MAX);
}

static void text_beyond_int_max_aborts(void **state)
{
    (void)state;
    assert_true(aborts(add_more_than_int_max));
}

static void utf8_is_checked(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        size_t n;
        int at; /* the first wrong byte, or -1 */
    } cases[] = {
        {"", 0, -1},
        {"PC06", 4, -1},
        {"Nguyễn", 8, -1},
        {"\xf0\x9f\x93\x85", 4, -1},     /* U+1F4C5 */
        {"\xf4\x8f\xbf\xbf", 4, -1},     /* the last one, U+10FFFF */
        {"\xef\xbb\xbf", 3, -1},         /* a byte order mark is a character */
        {"a\0b", 3, 1},                  /* NUL */
        {"\xc0\x80", 2, 0},              /* NUL, overlong */
        {"ab\xc1\xbf", 4, 2},            /* overlong */
        {"\xe0\x9f\xbf", 3, 0},          /* overlong */
        {"\xf0\x8f\xbf\xbf", 4, 0},      /* overlong */
        {"\xed\xa0\x80", 3, 0},          /* a surrogate */
        {"\xed\xbf\xbf", 3, 0},          /* a surrogate */
        {"\xf4\x90\x80\x80", 4, 0},      /* beyond U+10FFFF */
        {"\xf8\x88\x80\x80\x80", 5, 0},  /* five bytes */
        {"\x80", 1, 0},                  /* a continuation alone */
        {"a\xc4", 2, 1},                 /* cut off */
        {"\xe1\xbb", 2, 0},              /* cut off */
        {"\xe1\xbb\x85x\xe1\xbb", 6, 4}, /* cut off behind a whole one */
        {"\xff", 1, 0},
        {"Nguy\xea\x80n", 7, 4}, /* TCVN3 or Windows-1258, not UTF-8 */
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        size_t at = 99;
        bool valid = utf8_valid(cases[i].bytes, cases[i].n, &at);
        if (valid != (cases[i].at < 0) || (!valid && at != (size_t)cases[i].at))
            fail_msg("case %zu: valid %d, at %zu", i, valid, at);
        assert_int_equal(utf8_valid(cases[i].bytes, cases[i].n, NULL), valid);
    }
}

static void characters_and_columns(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t characters, columns;
    } cases[] = {
        {"", 0, 0},
        {"PC06", 4, 4},
        {"Hải Phòng", 9, 9},
        {"Đội 6 – Ngã Bảy", 15, 15},
        {"Ha\xcc\x89i", 4, 3},              /* a combining mark */
        {"e\xcc\xa3\xcc\x82", 3, 1},        /* two of them */
        {"\xe6\xbc\xa2\xe5\xad\x97", 2, 4}, /* Chinese characters */
        {"a\xe2\x80\x8b"
         "b",
         3, 2}, /* a space without width */
        {"✓", 1, 1},
        {"a\tb\n", 4, 2}, /* what moves the cursor has no width of its own */
    };
    for (size_t i = 0; i < COUNT(cases); i++)
        if (utf8_count(cases[i].text) != cases[i].characters || utf8_width(cases[i].text) != cases[i].columns)
            fail_msg("case %zu \"%s\": %zu characters, %zu columns", i, cases[i].text,
                     utf8_count(cases[i].text), utf8_width(cases[i].text));
}

static void nfc_makes_one_spelling(void **state)
{
    (void)state;
    static const struct {
        const char *text, *nfc;
    } cases[] = {
        {"", ""},
        {"PC06", "PC06"},
        {"Nguyễn Huệ", "Nguyễn Huệ"},
        {"Nguye\xcc\x82\xcc\x83n", "Nguyễn"},
        {"Hue\xcc\xa3\xcc\x82", "Huệ"},    /* the mark below first */
        {"Hu\xe1\xba\xb9\xcc\x82", "Huệ"}, /* ẹ and a circumflex */
        {"Hu\xc3\xaa\xcc\xa3", "Huệ"},     /* ê and a dot below */
        {"dòng 1\nô\t2", "dòng 1\nô\t2"},  /* LF and TAB stay */
        {"dòng 1\r\nô 2\x01\x7f", "dòng 1\nô 2"},
        {"a\xc2\x85z", "az"},   /* a C1 control character */
        {"e\x02\xcc\x82", "ê"}, /* dropped before composing */
    };
    struct arena *arena = arena_new();
    for (size_t i = 0; i < COUNT(cases); i++)
        assert_string_equal(utf8_nfc(arena, cases[i].text), cases[i].nfc);
    arena_free(arena);
}

static void distances(void **state)
{
    (void)state;
    static const struct {
        const char *a, *b;
        size_t distance;
    } cases[] = {
        {"", "", 0},
        {"month", "month", 0},
        {"month", "months", 1},
        {"month", "mnth", 1},
        {"month", "mouth", 1},
        {"month", "motnh", 1}, /* neighbours changed about */
        {"", "abc", 3},
        {"abc", "", 3},
        {"kitten", "sitting", 3},
        {"quý", "quy", 1}, /* one character, not two bytes */
        {"đơn vị", "don vi", 3},
        {"abcd", "dcba", 3},
        {"ab", "ba", 1},
        {"xab", "xba", 1},
        {"abx", "bax", 1},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        size_t right = cases[i].distance;
        for (size_t most = 0; most < 8; most++) {
            size_t expected = right <= most ? right : most + 1;
            if (text_distance(cases[i].a, cases[i].b, most) != expected ||
                text_distance(cases[i].b, cases[i].a, most) != expected)
                fail_msg("%s, %s within %zu", cases[i].a, cases[i].b, most);
        }
    }
    /* An early end must not miss neighbours changed about later on. */
    assert_int_equal(text_distance("aabbccddee", "aabbccdede", 1), 1);
    assert_int_equal(text_distance("babababa", "abababab", 2), 2);
}

static const char *word_name(size_t i, const void *data)
{
    return ((const char *const *)data)[i];
}

static void nearest_names(void **state)
{
    (void)state;
    static const char *const words[] = {"month", "quarter", "half", "year", "before", "workdays", "hồ sơ"};
    static const struct {
        const char *wrong, *nearest;
    } cases[] = {
        {"months", "month"},
        {"mnoth", "month"},
        {"qarter", "quarter"},
        {"befor", "before"},
        {"workday", "workdays"},
        {"work_days", "workdays"},
        {"yaer", "year"},
        {"hố sơ", "hồ sơ"},
        {"half", "half"},
        {"week", NULL},
        {"", NULL},
        {"xyz", NULL},
        {"quarterly_report_of_the_unit", NULL},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        const char *found = text_nearest(cases[i].wrong, COUNT(words), word_name, words);
        if (found ? !cases[i].nearest || strcmp(found, cases[i].nearest) != 0 : cases[i].nearest != NULL)
            fail_msg("\"%s\": found \"%s\"", cases[i].wrong, found ? found : "nothing");
    }
    assert_null(text_nearest("month", 0, word_name, NULL));
}

static void hashes_are_fnv_1a(void **state)
{
    (void)state;
    assert_true(hash_bytes(HASH_START, "", 0) == UINT64_C(0xcbf29ce484222325));
    assert_true(hash_bytes(HASH_START, "a", 1) == UINT64_C(0xaf63dc4c8601ec8c));
    assert_true(hash_bytes(HASH_START, "foobar", 6) == UINT64_C(0x85944171f73967e8));
    assert_true(hash_text(HASH_START, NULL) != hash_text(HASH_START, ""));
    assert_true(hash_text(hash_text(HASH_START, "ab"), "c") != hash_text(hash_text(HASH_START, "a"), "bc"));
    assert_true(hash_text(hash_text(HASH_START, ""), NULL) != hash_text(hash_text(HASH_START, NULL), ""));
}

static void sha256_of_known_texts(void **state)
{
    (void)state;
    char hex[65];
    sha256_hex("", 0, hex);
    assert_string_equal(hex, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    sha256_hex("abc", 3, hex);
    assert_string_equal(hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

/* A folder of the test's own, with a file of n bytes; gives the file's path. */
static char *make_file(char folder[32], size_t n)
{
    strcpy(folder, "/tmp/hanchot-text-XXXXXX");
    assert_non_null(mkdtemp(folder));
    auto_text path = {0};
    text_addf(&path, "%s/tệp.csv", folder);
    FILE *file = fopen(path.at, "w");
    assert_non_null(file);
    for (size_t i = 0; i < n; i++)
        fputc("0123456789"[i % 10], file);
    assert_int_equal(fclose(file), 0);
    return text_take(&path);
}

static void remove_file(const char *folder, const char *path)
{
    assert_int_equal(unlink(path), 0);
    assert_int_equal(rmdir(folder), 0);
}

static void whole_files_are_read(void **state)
{
    (void)state;
    static const size_t sizes[] = {0, 1, 63, 64, 16383, 16384, 16385, 50000};
    for (size_t i = 0; i < COUNT(sizes); i++) {
        char folder[32];
        auto_free char *path = make_file(folder, sizes[i]);
        auto_text text = {0};
        text_add(&text, "what stood there before");
        struct err err = {.lang = LANG_VI};
        assert_true(file_read(path, sizes[i], &text, &err));
        assert_int_equal(text.n, sizes[i]);
        assert_int_equal(strlen(text.at), sizes[i]);
        assert_true(sizes[i] == 0 || text.at[sizes[i] - 1] == "0123456789"[(sizes[i] - 1) % 10]);
        if (sizes[i] > 0) {
            assert_false(file_read(path, sizes[i] - 1, &text, &err));
            assert_int_equal(err.kind, ERR_INPUT);
            assert_non_null(strstr(err.text, "quá dài"));
        }
        remove_file(folder, path);
    }
}

static void unreadable_files_are_told(void **state)
{
    (void)state;
    char folder[32];
    auto_free char *path = make_file(folder, 3);
    auto_text text = {0}, pipe = {0};
    struct err err = {.lang = LANG_VI};
    assert_false(file_read("/không/có/đâu.lua", 10, &text, &err));
    assert_string_equal(err.text,
                        "không mở được /không/có/đâu.lua: không có tệp này; hãy kiểm tra đường dẫn");
    assert_int_equal(err.kind, ERR_ENV);
    assert_string_equal(text_str(&text), "");

    err.lang = LANG_EN;
    assert_false(file_read(folder, 10, &text, &err));
    assert_non_null(strstr(err.text, "not a regular file"));

    text_addf(&pipe, "%s/pipe", folder);
    assert_int_equal(mkfifo(pipe.at, 0600), 0);
    assert_false(file_read(pipe.at, 10, &text, &err)); /* and does not wait for a writer */
    assert_non_null(strstr(err.text, "not a regular file"));
    assert_false(file_read("/dev/null", 10, &text, NULL));
    assert_int_equal(unlink(pipe.at), 0);

    auto_free char *long_name = mem_alloc(5001);
    memset(long_name, 'x', 5000);
    assert_false(file_read(long_name, 10, &text, &err)); /* told in the system's words */
    assert_int_equal(err.kind, ERR_ENV);
    remove_file(folder, path);
}

/* In a child, because root may read everything and has to become somebody else. */
static void closed_files_are_told(void **state)
{
    (void)state;
    char folder[32];
    auto_free char *path = make_file(folder, 3);
    assert_int_equal(chmod(path, 0), 0);
    pid_t child = fork();
    if (child == 0) {
        auto_text text = {0};
        struct err err = {.lang = LANG_EN};
        bool became = geteuid() != 0 || setuid(65534) == 0;
        bool told =
            !file_read(path, 10, &text, &err) && err.kind == ERR_ENV && strstr(err.text, "no permission");
        _exit(became && told ? 0 : 1);
    }
    int status = -1;
    assert_true(child > 0 && waitpid(child, &status, 0) == child);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    remove_file(folder, path);
}

static void decimals_as_many_as_tell_it(void **state)
{
    static const struct {
        double value;
        const char *vi, *en;
    } cases[] = {
        {0, "0", "0"},
        {100, "100", "100"},
        {82.4, "82,4", "82.4"},
        {-0.5, "-0,5", "-0.5"},
        {99.996, "99,996", "99.996"},
        {1e15, "1000000000000000", "1000000000000000"},
        {99.999999, "99,999999", "99.999999"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        auto_text vi = {0}, en = {0};
        text_add_decimal(&vi, cases[i].value, LANG_VI);
        text_add_decimal(&en, cases[i].value, LANG_EN);
        assert_string_equal(text_str(&vi), cases[i].vi);
        assert_string_equal(text_str(&en), cases[i].en);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_grows),
        cmocka_unit_test(decimals_as_many_as_tell_it),
        cmocka_unit_test(text_addf_at_every_room),
        cmocka_unit_test(text_take_hands_over),
        cmocka_unit_test(text_beyond_int_max_aborts),
        cmocka_unit_test(utf8_is_checked),
        cmocka_unit_test(characters_and_columns),
        cmocka_unit_test(nfc_makes_one_spelling),
        cmocka_unit_test(distances),
        cmocka_unit_test(nearest_names),
        cmocka_unit_test(hashes_are_fnv_1a),
        cmocka_unit_test(sha256_of_known_texts),
        cmocka_unit_test(whole_files_are_read),
        cmocka_unit_test(unreadable_files_are_told),
        cmocka_unit_test(closed_files_are_told),
    };
    return cmocka_run_group_tests_name("text", tests, NULL, NULL);
}
