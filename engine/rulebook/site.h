/* site: the settings of an installation, site.lua: the same box and the same kind of faults as rules. */
#ifndef HANCHOT_RULEBOOK_SITE_H
#define HANCHOT_RULEBOOK_SITE_H

#include "base/faults.h"
#include "rulebook/rulebook.h"

/* The way to a mail server. */
struct site_mail {
    const char *server;           /* "smtp://mail.example.gov.vn:587", "smtps://…"; NULL: no mail is sent */
    const char *tls;              /* "starttls", "tls" (from the first byte), "none" (this machine only) */
    const char *from, *from_name; /* the name: or NULL */
    const char *user, *password_file; /* both or neither */
    const char *ca;                   /* PEM file, or NULL: those of the system */
    int digest;                       /* minute of the day */
};
struct site_recipient {
    const char *unit; /* id; "": those who run hanchot */
    const char *address;
    struct source at;
};
struct site_list {
    const char *const *at;
    size_t n;
};
struct site_webhook {
    const char *name, *url, *secret_file;
    const char *ca;                /* PEM file, or NULL: those of the system */
    struct site_list units, kinds; /* n 0: all */
    struct source at;
};

struct site {
    struct arena *arena;
    bool found;      /* there is a file */
    const char *url; /* public address of the pages, without trailing slash, or NULL */
    enum lang lang;  /* of feeds, pages by default and alerts */
    bool has_lang;
    const char *tls_certificate, *tls_key; /* PEM files; both or neither */
    bool behind_proxy;                     /* who asks comes through a reverse proxy that speaks TLS */
    int key_rate, link_rate;               /* requests a minute of one key and one link; 0: any number */
    int opens, closes;                     /* working hours in which alerts are told, in minutes of the day */
    struct site_mail mail;
    const struct site_recipient *recipients; /* by unit, address */
    size_t n_recipients;
    const struct site_webhook *webhooks;
    size_t n_webhooks;
};

/* A file that is not there gives the defaults. NULL after a fault. */
MUST_CHECK struct site *site_load(const char *path, struct faults *faults);
void site_free(struct site *site);
/* Whether they mean the same; where things stand in the file does not count. */
bool site_same(const struct site *a, const struct site *b);

#endif
