/* inbox: the drop folder beside the database. A file that is complete is taken in and moved to done/, or with
 * a report beside it to refused/. Names that begin with "." or "~", or end in ".part", ".tmp" or
 * ".crdownload", are still on their way. */
#ifndef HANCHOT_SHELL_INBOX_H
#define HANCHOT_SHELL_INBOX_H

#include "shell/daemon.h"

/* Makes the folders and watches the first. -1: there is no drop folder, and the log says why. */
int inbox_open(const struct daemon *daemon);
/* Takes the files that were told through fd to be finished; with -1 every file that is there and that nobody
 * writes to. */
void inbox_take(struct daemon *daemon, int fd);

#endif
