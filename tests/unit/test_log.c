#include "base/log.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

/* stderr goes to a file without a name for as long as the test runs. */
struct capture {
    int file, kept;
};

static int capture_begin(void **state)
{
    static struct capture capture;
    capture.file = open("/tmp", O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    capture.kept = dup(STDERR_FILENO);
    unsetenv("JOURNAL_STREAM");
    unsetenv("HANCHOT_DEBUG");
    *state = &capture;
    return capture.file >= 0 && dup2(capture.file, STDERR_FILENO) >= 0 ? 0 : -1;
}

static int capture_end(void **state)
{
    struct capture *capture = *state;
    dup2(capture->kept, STDERR_FILENO);
    close(capture->kept);
    return close(capture->file);
}

static void assert_written(void **state, const char *expected)
{
    struct capture *capture = *state;
    static char written[70000];
    ssize_t n = pread(capture->file, written, sizeof written - 1, 0);
    assert_true(n >= 0);
    written[n] = '\0';
    assert_string_equal(written, expected);
}

static void one_line_each_without_time(void **state)
{
    log_error("không đọc được %s", "rules/x.lua");
    log_warning("%d hạn", 3);
    log_notice("đã khởi động");
    log_info("%s", "");
    assert_written(state, "không đọc được rules/x.lua\n3 hạn\nđã khởi động\n\n");
}

static void lines_cannot_be_forged(void **state)
{
    log_error("%s", "a\nb\r\n<3>c\x1b[2J\td");
    assert_written(state, "a b  <3>c [2J d\n");
}

static void debug_only_when_asked(void **state)
{
    log_debug("ẩn");
    setenv("HANCHOT_DEBUG", "1", 1);
    log_debug("hiện");
    assert_written(state, "hiện\n");
}

static void name_stderr_as_journal(unsigned long inode_off)
{
    struct stat about;
    char name[64];
    assert_int_equal(fstat(STDERR_FILENO, &about), 0);
    snprintf(name, sizeof name, "%lu:%lu", (unsigned long)about.st_dev,
             (unsigned long)about.st_ino + inode_off);
    setenv("JOURNAL_STREAM", name, 1);
}

static void levels_for_the_journal(void **state)
{
    setenv("HANCHOT_DEBUG", "1", 1);
    name_stderr_as_journal(0);
    log_error("lỗi");
    log_warning("cảnh báo");
    log_notice("báo");
    log_info("tin");
    log_debug("gỡ lỗi");
    assert_written(state, "<3>lỗi\n<4>cảnh báo\n<5>báo\n<6>tin\n<7>gỡ lỗi\n");
}

static void no_levels_elsewhere(void **state)
{
    name_stderr_as_journal(1);
    log_error("a");
    setenv("JOURNAL_STREAM", "x", 1);
    log_error("b");
    assert_written(state, "a\nb\n");
}

static void long_lines_stay_whole(void **state)
{
    static char expected[60002];
    memset(expected, 'x', 60000);
    log_info("%s", expected);
    expected[60000] = '\n';
    assert_written(state, expected);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(one_line_each_without_time, capture_begin, capture_end),
        cmocka_unit_test_setup_teardown(lines_cannot_be_forged, capture_begin, capture_end),
        cmocka_unit_test_setup_teardown(debug_only_when_asked, capture_begin, capture_end),
        cmocka_unit_test_setup_teardown(levels_for_the_journal, capture_begin, capture_end),
        cmocka_unit_test_setup_teardown(no_levels_elsewhere, capture_begin, capture_end),
        cmocka_unit_test_setup_teardown(long_lines_stay_whole, capture_begin, capture_end),
    };
    return cmocka_run_group_tests_name("log", tests, NULL, NULL);
}
