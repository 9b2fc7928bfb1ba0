/* `hanchot test`: the rule files' own tests. */
#include "shell/app.h"

#include "evaluate/rule_test.h"

#include <string.h>

static bool wanted(const struct app *app, const struct rule_test *test)
{
    for (int i = 0; i < app->argc; i++) {
        size_t n = strlen(app->argv[i]), m = strlen(test->at.file);
        if (m >= n && !strcmp(test->at.file + m - n, app->argv[i]))
            return true;
    }
    return !app->argc;
}

int cmd_test(struct app *app)
{
    size_t passed = 0, failed = 0;
    struct rulebook *rulebook = rules_load(app, false);
    if (!rulebook)
        return ERR_INPUT;
    for (size_t i = 0; i < rulebook->n_tests; i++) {
        const struct rule_test *test = &rulebook->tests[i];
        struct faults faults;
        if (!wanted(app, test))
            continue;
        faults_init(&faults, app->lang);
        bool good = rule_test_run(rulebook, test, &faults);
        passed += good;
        failed += !good;
        faults_print(&faults, stderr);
        faults_fini(&faults);
    }
    printf("%zu passed, %zu failed\n", passed, failed);
    rulebook_free(rulebook);
    if (!passed && !failed)
        fprintf(stderr, "%s\n", say(app->lang, "không có phép thử nào", "there is no test"));
    return failed || !passed ? ERR_INPUT : 0;
}
