/* daemon: `hanchot serve`. One struct daemon on the stack of cmd_serve owns everything; its thread is the
 * engine: it owns Lua, SQLite's writer and the outlook, and does no network I/O. Rule files load on a thread
 * of their own, so that a hostile one cannot delay an answer; and what grows with the plans is made aside
 * (aside.h). */
#ifndef HANCHOT_SHELL_DAEMON_H
#define HANCHOT_SHELL_DAEMON_H

#include "ledger/figures.h"
#include "ledger/tokens.h"
#include "publish/feed.h"
#include "publish/http.h"
#include "publish/page.h"
#include "shell/app.h"
#include "shell/tick.h"

/* How long turns of the engine took that the clock asked for. */
#define TURN_BOUNDS 7
struct turns {
    uint64_t within[TURN_BOUNDS]; /* each of the bounds in metrics.c */
    uint64_t n;
    int64_t us;
};

/* What a loader thread brings back. */
struct loaded {
    struct rulebook *rulebook; /* NULL: faults */
    struct site *site;         /* site.lua read again; NULL: faults, or it was not to be read */
    struct faults faults;      /* of both */
};

struct daemon {
    struct app *app;
    struct store_lock *lock;
    struct store *store;
    struct store *reader; /* of the same ledger, for what is done aside; NULL: not opened */
    struct board *board;
    struct http *http;
    struct rates *rates;     /* who asks how often */
    struct telling *telling; /* alerts: what was told, and who listens */
    struct boxes *boxes;     /* whom it goes to, of the site in use; NULL: to be made */
    struct courier *courier; /* what leaves the house */
    struct proving *proving; /* whether all of it arrived */
    /* what is served */
    struct rulebook *rulebook; /* NULL until the first good rules */
    struct rulebook *coming;   /* takes its place with the next evaluation; or NULL */
    struct facts *facts;
    struct figures *figures;
    struct stamps *stamps;
    struct outlook *outlook;
    struct standings *standings; /* of KPIs; NULL: to be made when asked for: see daemon_standings() */
    bool standings_late;         /* facts changed since */
    bool figures_late;           /* they are to be read again */
    struct tokens *tokens;       /* links and keys */
    char tls_pair[65];           /* hash of the certificate in use with its key; "": no TLS of our own */
    int64_t tls_ends;            /* an instant; 0: unknown */
    bool guarded;                /* the door is open to strangers */
    char session_secret[TOKEN_SECRET_SIZE]; /* signs what browsers hold; of this run only */
    struct answers *answers;                /* of the snapshot on the board; owned there */
    /* what is on disk but not served */
    struct faults faults; /* of the last load that failed */
    bool has_faults;
    struct rulebook *held; /* valid, but it would remove too much: waits for `hanchot accept` */
    char held_why[512];
    /* the copy of the rules in use: keeping.h */
    struct files *unkept; /* what they are made of, until it is in the ledger; or NULL */
    bool keep_failed;     /* it could not be written when last tried */
    int64_t copied_at;    /* the rules in use are a copy that was kept then; 0: they come from the disk */
    /* the clock */
    int64_t started_real_ms;
    double speed; /* with --at: 0 stands still */
    /* the loop */
    int signal_fd, timer_fd, watch_fd, mounts_fd, loaded_fd, line_fd;
    uint64_t places;      /* see watch_places() */
    int inbox_fd;         /* -1: there is no drop folder */
    int64_t reload_at_ms; /* monotonic; 0: nothing changed */
    int64_t visits_at_ms; /* monotonic; when visits are to be written down; 0: none wait */
    int64_t look_at_ms; /* monotonic; when alerts are looked at for the first time, or gone on with; 0: not */
    int64_t keep_at_ms; /* monotonic; when the copy of the rules is to be written; 0: it is */
    int64_t prove_at_ms; /* monotonic; when the self-check goes on; 0: it is made */
    bool loading;
    struct loaded *loader_result;
    bool stopping;
    bool aside;             /* work is under way there */
    int aside_fd;           /* tells that work aside is over */
    int64_t asides;         /* how often work was done there */
    int64_t answered_aside; /* requests meanwhile */
    int64_t aside_us;       /* spent so far while work was done aside, and others were answered */
    VEC(const struct request *) put_off; /* requests that came meanwhile and want more than to read */
    int64_t reloads, evaluations;
    struct turns turns[TICK_PROVE + 1];
    int64_t verdicts;        /* taken for alerts: see standings.h */
    int64_t evaluated_at_ms; /* monotonic */
    bool late;         /* what is served is not what should be: evaluated again when the ledger can be read */
    int64_t failed_at; /* when the ledger could not be read or written last; INT64_MIN: it can */
};

int64_t daemon_now(const struct daemon *daemon);
struct feed_settings daemon_feed_settings(const struct daemon *daemon);
/* publishing.c: reads facts again (figures only where they are late), evaluates, puts a new snapshot on the
 * board. False: the ledger cannot be read or written. */
MUST_CHECK bool daemon_evaluate(struct daemon *daemon, struct err *err);
/* And looks at the alerts. */
MUST_CHECK bool daemon_publish(struct daemon *daemon, struct err *err);
/* The same where only figures changed: what is due does not depend on them, unless the ledger begins earlier
 * now. */
MUST_CHECK bool daemon_publish_figures(struct daemon *daemon, int64_t recorded_at, struct err *err);
void daemon_outlook_drop(struct daemon *daemon); /* and what borrows from it */
/* standing.c: how KPIs stand in the outlook. They borrow from rulebook and figures: dropped before these go.
 */
const struct standings *daemon_standings(struct daemon *daemon);
void standings_drop(struct daemon *daemon);
/* Takes up what an intake gave these keys; keys NULL: too many to name. */
void standings_figures(struct daemon *daemon, const struct intake *intake, const struct figure_key *keys,
                       size_t n);
/* Answers those who only read; whoever wants more is put off. */
void daemon_answer_readers(struct daemon *daemon);
/* Puts up a snapshot of the same outlook without the answers kept so far. */
void daemon_renew(struct daemon *daemon);
/* Applies a change request and publishes. The caller owns the answer: {"results":[…]} or
 * {"error":…,"detail":…}. */
json_t *daemon_change(struct daemon *daemon, const json_t *request, enum lang lang);

/* links.c: secret links. What stands under /s/. */
struct answer *links_answer(struct daemon *daemon, const struct request *request, bool *cache);
/* Writes down how clients asked since the last time. */
void links_visits_write(struct daemon *daemon);
/* A request about tokens; the caller owns the answer: {"id":…,"changed":…} or
 * {"error":…,"detail":…}. */
json_t *links_change(struct daemon *daemon, const json_t *request, enum lang lang);

/* routes.c: the answer to one request; *cache: it may be kept for this snapshot. */
struct answer *route_request(struct daemon *daemon, const struct request *request, bool *cache);
/* What its neighbours share. */
/* Of "haiphong-2026/III.3.c": the plan, and what stands behind the slash. NULL: there is no such plan. */
const struct plan *route_plan(const struct daemon *daemon, const char *rest, const char **name);
/* "haiphong-2026/III.3.c"; or NULL. */
const struct item *route_item(const struct daemon *daemon, const char *rest);
enum lang request_lang(const struct daemon *daemon, const struct request *request);
struct page_settings page_settings_of(const struct daemon *daemon, enum lang lang);
struct answer *json_error(int status, const char *error, const char *detail);
struct answer *page_of_error(const struct daemon *daemon, int status, enum lang lang, const char *detail);
struct answer *no_rules(const struct daemon *daemon, const struct request *request); /* 503 */
struct answer *wrong_method(const struct daemon *daemon, const struct request *request,
                            const char *allowed); /* 405 */
struct answer *asset(enum answer_type type, const char *(*bytes)(size_t *n));
/* NULL: no such feed, err. */
struct answer *route_feed(struct daemon *daemon, const char *name, struct feed_variant variant,
                          struct err *err);

/* queries.c: 422 where an API path is asked with an option that it does not have; NULL: all are known. */
struct answer *query_refusal(const struct request *request, enum lang lang);
bool query_asks(const struct request *request, const char *name); /* given, and not "0" */

/* chronicle.c: what will be told, or was. */
struct answer *chronicle_answer(struct daemon *daemon, const struct request *request, bool ledger);

/* reasons.c: "/api/v1/explain" and "/api/v1/scorecard", and how a query names days: as-of (today), known-on.
 * What is not known any more is read from the ledger again. */
struct figures_view {
    const struct figures *figures;
    struct figures *own; /* to be freed; NULL: those of the daemon */
    int as_of;
};
struct answer *reasons_answer(struct daemon *daemon, const struct request *request);
MUST_CHECK bool query_day(const struct request *request, const char *name, int *day, struct err *err);
MUST_CHECK bool query_figures(const struct daemon *daemon, const struct request *request,
                              struct figures_view *view, struct err *err);

/* trust.c: whether this request may be answered at all: NULL, and the key that came with it (or NULL); else
 * the refusal. */
struct answer *trust_refusal(const struct daemon *daemon, const struct request *request,
                             const struct token **key);
/* Whether this key or link asks too often: the refusal (429), or NULL. key NULL: a stranger, who is not
 * counted.
 */
struct answer *trust_rate_refusal(const struct daemon *daemon, const struct request *request,
                                  const struct token *key);
/* What a key for some units may not read: the refusal, or for the dashboard the way to its own page; NULL: it
 * may. */
struct answer *trust_read_refusal(const struct daemon *daemon, const struct request *request,
                                  const struct token *key);
/* Whether the key is one for what this change concerns. */
bool trust_may_write(const struct daemon *daemon, const struct token *key, const json_t *json);

/* Whether the turn is one of the key's own offices, or comes to one of them. */
bool trust_owns(const struct token *key, const char *uid);
bool trust_receives(const struct token *key, const struct occurrence *occurrence);

/* Asked by somebody at this machine, not through a proxy and not under a foreign name. */
bool trust_is_local(const struct request *request);
/* The good key with this secret, or NULL. */
const struct token *trust_key(const struct daemon *daemon, const char *secret);

/* forms.c: pages with forms and what they send: "/turns/…", "/events/…", "/alerts", "/signin/". */
bool forms_path(const char *path);
struct answer *forms_answer(struct daemon *daemon, const struct request *request);

/* metrics.c: "/metrics" */
struct answer *metrics_answer(struct daemon *daemon);
void metrics_turn(struct daemon *daemon, enum tick tick, int64_t us);

/* watch.c: inotify on rules, calendars and site.lua; and the disks that are mounted, of which it says
 * nothing.
 */
int watch_open(const struct options *options, struct err *err);
void watch_again(int fd, const struct options *options); /* where other folders stand in their places now */
/* For poll, POLLPRI: something was mounted or is no more. -1: the kernel does not tell. */
int watch_mounts_open(void);
/* Another number where another folder stands in the place of rules or calendars, or none. */
uint64_t watch_places(const struct options *options);
bool watch_changed(int fd,
                   const struct options *options); /* reads what is there; true: a file that counts changed */

/* reload.c */
void reload_start(struct daemon *daemon);  /* starts the loader thread unless one runs */
void reload_finish(struct daemon *daemon); /* takes its result */
/* At the start: loads a copy on the loader's thread and waits for it; the caller owns the result. */
struct loaded *reload_copy(struct daemon *daemon, const struct files *copy);
/* Waits for the running loader (the box bounds how long that can take); the caller owns the result. */
struct loaded *reload_wait(struct daemon *daemon);
bool reload_accept(struct daemon *daemon, struct err *err);

#endif
