/* writing: how a command writes. Whoever gets the database's lock writes by itself; otherwise the request
 * goes to the daemon that holds it. A holder that does not listen is another command, or a daemon that starts
 * or stops: its turn ends soon, so it is waited for, half a minute at most. */
#ifndef HANCHOT_SHELL_WRITING_H
#define HANCHOT_SHELL_WRITING_H

#include "shell/app.h"
#include "shell/line.h"

struct writing {
    json_t *request; /* for the daemon; its language and --at are added */
    int file;        /* an open file that goes along, or -1 */
    struct line_wait wait;
    /* Does the same here; *answer is what the daemon would have answered. */
    bool (*write)(struct app *app, struct store *store, void *data, json_t **answer);
    void *data;
};

/* False: app->err, nothing was written. The caller owns *answer. */
MUST_CHECK bool writing_do(struct app *app, const struct writing *writing, json_t **answer);
/* Asks the daemon only. *nobody: none listens. */
MUST_CHECK bool writing_ask(struct app *app, const struct writing *writing, bool *nobody, json_t **answer);

#endif
