#include "shell/trouble.h"

#include "base/log.h"
#include "ledger/letters.h"
#include "shell/proving.h"
#include "shell/telling.h"

enum { REFUSED_DAYS = PROOF_DAYS };

void trouble_init(struct trouble *trouble, const struct daemon *daemon)
{
    struct err err = {.lang = daemon->app->site->lang};
    trouble->letters =
        letters_refused(daemon->store, daemon_now(daemon) - (int64_t)REFUSED_DAYS * 86400, &err);
    if (!trouble->letters)
        log_error("%s", err.text);
    trouble->page = (struct page_trouble){daemon->app->failing, trouble->letters, proving_last(daemon),
                                          daemon_now(daemon)};
}

void trouble_fini(struct trouble *trouble)
{
    letters_free(trouble->letters);
}

void trouble_look(struct daemon *daemon, bool refused)
{
    struct err err = {.lang = daemon->app->site->lang};
    bool changed = false, good = app_failing_read(daemon->app, daemon->store, &changed, &err);
    if (good && changed) /* when it is to be told is another time now */
        good = telling_update(daemon, &err);
    if (!good)
        log_error("%s", err.text);
    if (changed || refused)
        daemon_renew(daemon);
}
