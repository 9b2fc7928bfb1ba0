/* How KPIs stand, made when first asked for and then kept up to date. */
#include "shell/daemon.h"

static bool is_current(const struct daemon *daemon)
{
    const struct standings *standings = daemon->standings;
    return standings && daemon->outlook && standings->rulebook == daemon->outlook->rulebook &&
           standings->day == daemon->outlook->today;
}

static void update(struct daemon *daemon, const struct figure_key *keys, size_t n)
{
    size_t before = daemon->standings->evaluated;
    standings_update(daemon->standings, daemon->outlook, daemon->figures, daemon->standings_late, keys, n);
    daemon->standings_late = false;
    daemon->verdicts += (int64_t)(daemon->standings->evaluated - before);
}

const struct standings *daemon_standings(struct daemon *daemon)
{
    const struct outlook *outlook = daemon->outlook;
    if (is_current(daemon)) {
        if (daemon->standings_late)
            update(daemon, NULL, 0);
        return daemon->standings;
    }
    standings_drop(daemon);
    daemon->standings = standings_new(outlook, daemon->figures, outlook->today, daemon->app->site->lang);
    daemon->standings_late = false;
    daemon->verdicts += (int64_t)daemon->standings->evaluated;
    return daemon->standings;
}

void standings_drop(struct daemon *daemon)
{
    standings_free(daemon->standings);
    daemon->standings = NULL;
}

void standings_figures(struct daemon *daemon, const struct intake *intake, const struct figure_key *keys,
                       size_t n)
{
    struct err err = {.lang = LANG_EN}; /* they are read anew then, which says what is wrong */
    bool renewed = daemon->figures && !daemon->figures_late && keys &&
                   figures_renew(daemon->figures, daemon->store, intake, keys, n, &err);
    daemon->figures_late = !renewed;
    if (renewed && is_current(daemon))
        update(daemon, keys, n);
    else
        standings_drop(daemon);
}
