/* agent: hanchot-notify, the desktop's side: follows the daemon's stream of alerts and shows them.
 *
 * It hears of its offices' alerts by Server-Sent Events, takes up the stream where it left off, and asks for
 * the open ones whenever it is connected, so that nothing is missed and nothing is shown twice in one
 * session. What is answered on a pop-up goes back to the daemon. */
#ifndef HANCHOT_NOTIFY_AGENT_H
#define HANCHOT_NOTIFY_AGENT_H

#include "base/err.h"

#include <glib.h>
#include <jansson.h>
#include <libnotify/notify.h>
#include <libsoup/soup.h>

struct settings {
    char *url;   /* of the daemon, without trailing slash */
    char *units; /* "haiphong/PC06,haiphong/PV01"; "": everything */
    char *key;   /* API key, or NULL */
    char *name;  /* who answers */
    int silence; /* seconds without a sign of the daemon after which the connection counts as lost */
    enum lang lang;
};

struct agent {
    struct settings settings;
    SoupSession *session;
    GMainLoop *loop;
    /* stream.c */
    GDataInputStream *stream;
    GString *event, *data;
    char *event_id;
    unsigned retry_seconds, failures;
    /* memory.c: kept over restarts in `path` */
    GKeyFile *memory;
    char *path, *login;
    /* popup.c */
    GHashTable *popups; /* key -> struct popup */
    bool adopted;       /* what an agent before this one left on the screen is ours */
    /* screen.c */
    NotifyNotification *offline; /* on the screen, or NULL */
    unsigned server_watch;
    bool server_gone;
};

/* stream.c */
void stream_open(struct agent *agent);
void stream_close(struct agent *agent);
/* Asks for what is open and shows what was not shown. */
void stream_match(struct agent *agent);

/* request.c: waits for the answer. */
json_t *request_get(struct agent *agent, const char *path); /* NULL: no answer; the caller owns it */
bool request_post(struct agent *agent, const char *path, const json_t *body);
void request_sign(const struct agent *agent, SoupMessage *message);

/* memory.c */
void memory_open(struct agent *agent);
void memory_close(struct agent *agent);
char *memory_last(const struct agent *agent); /* the stream's last id, or NULL; g_free */
void memory_set_last(struct agent *agent, const char *id);
/* What was shown of an alert during this login: kind and rung, and the id of its pop-up. */
bool memory_shown(const struct agent *agent, const char *key, const char *what);
/* carrier: the summary that it was shown with, or NULL. */
void memory_set_shown(struct agent *agent, const char *key, const char *what, int popup_id,
                      const char *carrier);
void memory_forget(struct agent *agent, const char *key);
int memory_popup(const struct agent *agent, const char *key); /* 0: none */
void memory_hide(struct agent *agent, const char *key);       /* it is not on the screen any more */
/* Of all that was on the screen nothing is: it counts as not shown. */
void memory_screen_lost(struct agent *agent);
/* Summaries that are still on the screen; what they carried counts as not shown. g_strfreev. */
char **memory_take_summaries(struct agent *agent);

/* screen.c: the server of notifications, which may end and begin anew; and what is said there of ourselves.
 */
void screen_watch(struct agent *agent);
void screen_unwatch(struct agent *agent);
void screen_offline(struct agent *agent, const char *why); /* said once, until screen_online */
void screen_online(struct agent *agent);

/* popup.c */
void popup_forget_all(struct agent *agent); /* without closing any */
void popup_show(struct agent *agent, const json_t *alert);
void popup_close(struct agent *agent, const char *key);
/* Shows those of the open ones that were not shown yet, closes what is open no more. */
void popup_match(struct agent *agent, json_t *open);

#endif
