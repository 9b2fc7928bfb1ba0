/* `hanchot check`: rules and calendars, all faults at once. */
#include "shell/asked.h"

#include "rulebook/wording.h"
#include "shell/coverage.h"
#include "shell/posting.h"

#include <string.h>

/* Faults stop everything, wherever they are; warnings are told of what was asked for. */
static void print_faults(const struct asked *asked, const struct faults *all)
{
    struct faults told;
    faults_init(&told, all->lang);
    for (size_t i = 0; i < all->list.n; i++) {
        const struct fault *fault = &all->list.at[i];
        if (!fault->warning)
            faults_add(&told, fault->file, fault->line, fault->column, "%s", "%s", fault->text);
        else if (!fault->file || asked_has(asked, fault->file))
            faults_warn(&told, fault->file, fault->line, fault->column, "%s", "%s", fault->text);
    }
    faults_print(&told, stderr);
    faults_fini(&told);
}

/* Faults of the files, then warnings: theirs, and where the plans' words and the rules disagree. */
static struct rulebook *check_rules(struct app *app, const struct asked *asked, struct text *read)
{
    struct faults faults;
    faults_init(&faults, app->lang);
    struct rulebook *rulebook = asked_load(app, asked, &faults);
    for (size_t i = 0; rulebook && i < rulebook->n_plans; i++) {
        const struct plan *plan = &rulebook->plans[i];
        size_t n = wording_check(plan, &faults);
        if (asked_has(asked, plan->at.file))
            text_addf(read,
                      say(app->lang, "%s: đọc được lời thời gian của %zu việc\n",
                          "%s: the timing words of %zu duties were read\n"),
                      plan->id, n);
    }
    if (rulebook)
        posting_check(app->site, rulebook, &faults);
    faults_sort(&faults);
    print_faults(asked, &faults);
    faults_fini(&faults);
    return rulebook;
}

static int check(struct app *app, const struct asked *asked)
{
    auto_text out = {0}, read = {0};
    struct world world;
    struct rulebook *rulebook = check_rules(app, asked, &read);
    if (!rulebook)
        return ERR_INPUT;
    if (!world_of(app, rulebook, &world))
        return app_fail(app, &app->err);
    coverage_report(&world, asked, app->lang, &out);
    text_add(&out, text_str(&read));
    fwrite(text_str(&out), 1, out.n, stdout);
    world_free(&world);
    return 0;
}

int cmd_check(struct app *app)
{
    struct asked asked;
    int status = asked_init(app, &asked) ? check(app, &asked) : app_fail(app, &app->err);
    asked_fini(&asked);
    return status;
}
