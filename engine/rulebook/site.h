/* site: the settings of an installation, site.lua: the same box and the same kind of faults as rules. */
#ifndef HANCHOT_RULEBOOK_SITE_H
#define HANCHOT_RULEBOOK_SITE_H

#include "base/faults.h"

struct site {
    struct arena *arena;
    const char *url; /* public address of the pages, without trailing slash, or NULL */
    enum lang lang;  /* of feeds, pages by default and alerts */
    bool has_lang;
    const char *tls_certificate, *tls_key; /* PEM files; both or neither */
    int key_rate, link_rate;               /* requests a minute of one key and one link; 0: any number */
    int opens, closes;                     /* working hours in which alerts are told, in minutes of the day */
};

/* A file that is not there gives the defaults. NULL after a fault. */
MUST_CHECK struct site *site_load(const char *path, struct faults *faults);
void site_free(struct site *site);

#endif
