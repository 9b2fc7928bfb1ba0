/* resend: mails and calls that their receivers refused are sent again, when somebody has mended the cause.
 * Under the same key, for they were never taken. */
#ifndef HANCHOT_SHELL_RESEND_H
#define HANCHOT_SHELL_RESEND_H

#include "shell/app.h"
#include "shell/daemon.h"

/* `hanchot alerts --resend NUMBER|all`: the exit status. */
int resend_run(struct app *app);
/* The same request where it reaches the daemon. The caller owns the answer: {"results":[…]} or
 * {"error":…,"detail":…}. */
json_t *resend_line(struct daemon *daemon, const json_t *request, enum lang lang);

#endif
