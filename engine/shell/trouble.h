/* trouble: what those who run hanchot must know of its mails, calls and reminders: shown on the overview and
 * with the alerts, not to keys of single offices. */
#ifndef HANCHOT_SHELL_TROUBLE_H
#define HANCHOT_SHELL_TROUBLE_H

#include "shell/daemon.h"

struct trouble {
    struct page_trouble page; /* borrows from the daemon, good until its next turn */
    struct letters *letters;
};
/* What cannot be read is not shown; it is in the log. */
void trouble_init(struct trouble *trouble, const struct daemon *daemon);
void trouble_fini(struct trouble *trouble);

/* After answers of mail servers and webhooks: takes up whether they work, tells of it and shows it. */
void trouble_look(struct daemon *daemon, bool refused);

#endif
