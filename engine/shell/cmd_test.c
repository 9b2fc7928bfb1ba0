/* `hanchot test`: the rule files' own tests. */
#include "shell/asked.h"

#include "evaluate/rule_test.h"

struct tally {
    size_t passed, failed;
};

static void run(const struct rulebook *rulebook, const struct asked *asked, enum lang lang,
                struct tally *tally)
{
    for (size_t i = 0; i < rulebook->n_tests; i++) {
        const struct rule_test *test = &rulebook->tests[i];
        struct faults faults;
        if (!asked_has(asked, test->at.file))
            continue;
        faults_init(&faults, lang);
        bool good = rule_test_run(rulebook, test, &faults);
        tally->passed += good;
        tally->failed += !good;
        faults_print(&faults, stderr);
        faults_fini(&faults);
    }
}

static int run_asked(struct app *app, const struct asked *asked)
{
    struct tally tally = {0};
    struct faults faults;
    faults_init(&faults, app->lang);
    struct rulebook *rulebook = asked_load(app, asked, &faults);
    if (rulebook)
        run(rulebook, asked, app->lang, &tally);
    else
        faults_print(&faults, stderr);
    faults_fini(&faults);
    rulebook_free(rulebook);
    if (!rulebook)
        return ERR_INPUT;
    printf("%zu passed, %zu failed\n", tally.passed, tally.failed);
    if (!tally.passed && !tally.failed)
        fprintf(stderr, "%s\n", say(app->lang, "không có phép thử nào", "there is no test"));
    return tally.failed || !tally.passed ? ERR_INPUT : 0;
}

int cmd_test(struct app *app)
{
    struct asked asked;
    int status = asked_init(app, &asked) ? run_asked(app, &asked) : app_fail(app, &app->err);
    asked_fini(&asked);
    return status;
}
