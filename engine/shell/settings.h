/* settings: site.lua while the daemon runs. */
#ifndef HANCHOT_SHELL_SETTINGS_H
#define HANCHOT_SHELL_SETTINGS_H

#include "shell/daemon.h"

/* Takes what was read of site.lua anew (NULL: it has faults, which are told elsewhere) in place of what is in
 * use, where it says something else; says in the log what happened. What cannot change while the server
 * listens stays as it was. False: nothing changed. True: what was made with the former ones is to be made
 * anew. */
bool settings_take(struct daemon *daemon, struct site *site);
/* Who is named in site.lua and is not there gets nothing: better said than found out. */
void settings_check(const struct daemon *daemon);

#endif
