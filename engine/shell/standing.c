/* How KPIs stand, made when first asked for and then kept up to date. */
#include "shell/daemon.h"

const struct standings *daemon_standings(struct daemon *daemon)
{
    const struct outlook *outlook = daemon->outlook;
    const struct standings *known = daemon->standings;
    if (known && (known->rulebook != outlook->rulebook || known->day != outlook->today))
        standings_drop(daemon);
    if (!daemon->standings)
        daemon->standings = standings_new(outlook, daemon->figures, outlook->today, daemon->app->site->lang);
    else if (daemon->standings_late)
        standings_update(daemon->standings, outlook, daemon->figures, true, NULL, 0);
    daemon->standings_late = false;
    return daemon->standings;
}

void standings_drop(struct daemon *daemon)
{
    standings_free(daemon->standings);
    daemon->standings = NULL;
}
