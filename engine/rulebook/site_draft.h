/* site_draft: site.lua while it is read. Private to site. */
#ifndef HANCHOT_RULEBOOK_SITE_DRAFT_H
#define HANCHOT_RULEBOOK_SITE_DRAFT_H

#include "rulebook/site.h"
#include "rulebook/words.h"

struct site_draft {
    struct site site;
    const char *lang, *hours;
    const char *folder; /* that site.lua is in, with its slash, or "": file names count from there */
    struct spot digest_at;
    VEC(struct site_recipient) recipients; /* in the arena */
    VEC(struct site_webhook) webhooks;
    int webhooks_read; /* those with faults too */
};

/* Minutes after midnight of "07:30", which ends with `end`; -1 when it is none. */
int site_minutes(const char *text, char end);
/* As the files in site.lua are named; NULL stays NULL. */
const char *site_file(struct words *words, const char *name);

/* site_channels.c: into the draft. */
void read_mail(struct words *words, const struct spot *at, void *into);
void read_recipients(struct words *words, const struct spot *at, void *into);
void read_webhooks(struct words *words, const struct spot *at, void *into);
/* What is only known when all is read. */
void site_channels_end(struct words *words, const struct spot *at);

#endif
