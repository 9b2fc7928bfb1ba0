#include "publish/listing.h"

#include "listing_book.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void review_reads_like_a_document(void **state)
{
    struct book *book = *state;
    auto_text out = {0}, expected = {0};
    listing_review(&book->rulebook, &book->plans[0], LANG_VI, &out);
    assert_true(file_read("tests/unit/review.txt", 100000, &expected, NULL));
    assert_string_equal(text_str(&out), text_str(&expected));
}

static void review_lines_fit(void **state)
{
    struct book *book = *state;
    for (size_t plan = 0; plan < 2; plan++)
        for (int lang = LANG_VI; lang <= LANG_EN; lang++) {
            auto_text out = {0};
            char *save = NULL;
            listing_review(&book->rulebook, &book->plans[plan], (enum lang)lang, &out);
            for (char *line = strtok_r(out.at, "\n", &save); line; line = strtok_r(NULL, "\n", &save))
                assert_true(utf8_width(line) <= 110 && line[strlen(line) - 1] != ' ');
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(review_reads_like_a_document),
        cmocka_unit_test(review_lines_fit),
    };
    return cmocka_run_group_tests(tests, book_setup, book_teardown);
}
