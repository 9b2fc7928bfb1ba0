#include "shell/courier.h"

#include "base/log.h"
#include "ledger/outbox.h"
#include "shell/trouble.h"
#include "time/clock.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
    BUSY_MOST = 8,     /* on their way at once */
    GIVEN_UP_MOST = 8, /* in one turn */
    STOP_MS = 5000,    /* that a stop waits for what is on its way */
    SOUND_MS = 10000,  /* who ran so long did not die at once */
    PAUSE_FIRST_MS = 1000,
    PAUSE_MOST_MS = 60000,
    REMINDER_TRIES = 10 /* each so many failures are logged again */
};

/* On its way. */
struct busy {
    int64_t notice, tries;
    char *channel;
};

struct courier {
    pid_t pid; /* 0: does not run */
    int fd;    /* -1 */
    struct text in, out;
    VEC(struct busy) busy;
    int64_t next;                    /* instant of the next try */
    bool more;                       /* there is more to be done at once */
    int64_t started_ms, start_at_ms; /* monotonic; 0: it may start now */
    int deaths;
    bool answered, refused; /* since somebody looked at what came of it */
};

struct courier *courier_new(void)
{
    struct courier *courier = mem_alloc(sizeof *courier);
    courier->fd = -1;
    courier->next = INT64_MAX;
    return courier;
}

/* ---- the process ---- */

/* It lies beside our own program. */
static bool program_path(struct text *path)
{
    char own[4096];
    ssize_t n = readlink("/proc/self/exe", own, sizeof own - 1);
    if (n <= 0)
        return false;
    own[n] = '\0';
    text_add_bytes(path, own, (size_t)(strrchr(own, '/') + 1 - own));
    text_add(path, "hanchot-deliver");
    return true;
}

static int spawn(pid_t *pid, const char *path, int its_end)
{
    char *const argv[] = {(char *)"hanchot-deliver", NULL};
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    sigset_t none, usual;
    sigemptyset(&none);
    sigemptyset(&usual);
    sigaddset(&usual, SIGPIPE);
    must(!posix_spawn_file_actions_init(&actions) && !posix_spawnattr_init(&attributes));
    must(!posix_spawn_file_actions_adddup2(&actions, its_end, STDIN_FILENO) &&
         !posix_spawn_file_actions_adddup2(&actions, its_end, STDOUT_FILENO));
    must(!posix_spawnattr_setsigmask(&attributes, &none) && /* the daemon blocks some */
         !posix_spawnattr_setsigdefault(&attributes, &usual) &&
         !posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF));
    int failed = posix_spawn(pid, path, &actions, &attributes, argv, environ);
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
    return failed;
}

static void pause_before_start(struct courier *courier)
{
    int64_t pause = PAUSE_FIRST_MS;
    for (int i = 0; i < courier->deaths && pause < PAUSE_MOST_MS; i++)
        pause *= 2;
    courier->deaths++;
    courier->start_at_ms = clock_monotonic_ms() + (pause < PAUSE_MOST_MS ? pause : PAUSE_MOST_MS);
}

static void start(struct courier *courier)
{
    int ends[2] = {-1, -1};
    auto_text path = {0};
    if (!program_path(&path) || socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) {
        log_error("hanchot-deliver: %s", strerror(errno));
        pause_before_start(courier);
        return;
    }
    int failed = spawn(&courier->pid, text_str(&path), ends[1]);
    close(ends[1]);
    if (failed) {
        log_error("%s: %s", text_str(&path), strerror(failed));
        close(ends[0]);
        courier->pid = 0;
        pause_before_start(courier);
        return;
    }
    courier->fd = ends[0];
    courier->started_ms = clock_monotonic_ms();
    courier->start_at_ms = 0;
}

static void end(struct courier *courier)
{
    close(courier->fd);
    kill(courier->pid, SIGKILL);
    while (waitpid(courier->pid, NULL, 0) < 0 && errno == EINTR)
        ;
    courier->fd = -1;
    courier->pid = 0;
    courier->in.n = courier->out.n = 0;
}

/* ---- what came of it ---- */

static size_t busy_find(const struct courier *courier, int64_t notice)
{
    size_t i = 0;
    while (i < courier->busy.n && courier->busy.at[i].notice != notice)
        i++;
    return i;
}

static void busy_drop(struct courier *courier, size_t i)
{
    mem_free(courier->busy.at[i].channel);
    courier->busy.at[i] = courier->busy.at[--courier->busy.n];
}

static bool write_later(struct daemon *daemon, const struct busy *busy, int64_t wait, const char *detail,
                        struct err *err)
{
    const struct delivery delivery = {.notice = busy->notice, .tries = busy->tries};
    if (busy->tries % REMINDER_TRIES == 0)
        log_warning(say(err->lang, "%s: chưa gửi được (lần thứ %d), sẽ thử lại: %s",
                        "%s: not delivered (try %d), will be tried again: %s"),
                    busy->channel, (int)busy->tries + 1, detail);
    return outbox_later(daemon->store, &delivery, daemon_now(daemon), wait, detail, err);
}

static bool write_outcome(struct daemon *daemon, const struct busy *busy, const json_t *answer,
                          struct err *err)
{
    const char *outcome = json_string_value(json_object_get(answer, "outcome"));
    const char *detail = json_string_value(json_object_get(answer, "detail"));
    int64_t wait = json_integer_value(json_object_get(answer, "wait")), now = daemon_now(daemon);
    must(outcome && detail);
    daemon->courier->answered = true;
    if (!strcmp(outcome, "later"))
        return write_later(daemon, busy, wait, detail, err);
    if (!strcmp(outcome, "refused")) {
        log_error(say(err->lang, "%s: bị từ chối, không gửi lại: %s", "%s: refused, not sent again: %s"),
                  busy->channel, detail);
        daemon->courier->refused = true;
        return outbox_refused(daemon->store, busy->notice, now, detail, err);
    }
    if (busy->tries)
        log_notice(say(err->lang, "%s: đã gửi được ở lần thứ %d", "%s: delivered at try %d"), busy->channel,
                   (int)busy->tries + 1);
    return outbox_taken(daemon->store, busy->notice, now, detail, err);
}

/* What cannot be written down now is tried again with the same key. */
static void answer_take(struct daemon *daemon, const char *line, size_t n)
{
    struct courier *courier = daemon->courier;
    struct err err = {.lang = daemon->app->site->lang};
    json_t *answer = json_loadb(line, n, 0, NULL);
    must(answer); /* it is our own program */
    size_t i = busy_find(courier, json_integer_value(json_object_get(answer, "notice")));
    if (i < courier->busy.n) {
        if (!write_outcome(daemon, &courier->busy.at[i], answer, &err))
            log_error("%s", err.text);
        busy_drop(courier, i);
    }
    json_decref(answer);
}

static void has_died(struct daemon *daemon)
{
    struct courier *courier = daemon->courier;
    struct err err = {.lang = daemon->app->site->lang};
    if (clock_monotonic_ms() - courier->started_ms > SOUND_MS)
        courier->deaths = 0;
    end(courier);
    pause_before_start(courier);
    courier->answered = true;
    log_error("%s", say(err.lang, "hanchot-deliver đã dừng bất thường, sẽ được chạy lại",
                        "hanchot-deliver ended unexpectedly and will be started again"));
    while (courier->busy.n) {
        if (!write_later(daemon, &courier->busy.at[0], 0, "hanchot-deliver ended", &err))
            log_error("%s", err.text);
        busy_drop(courier, 0);
    }
}

/* ---- the line between us ---- */

/* False: it has gone. */
static bool line_write(struct courier *courier)
{
    while (courier->out.n) {
        ssize_t n = send(courier->fd, courier->out.at, courier->out.n, MSG_DONTWAIT | MSG_NOSIGNAL);
        if (n < 0)
            return errno == EAGAIN || errno == EINTR;
        memmove(courier->out.at, courier->out.at + n, courier->out.n - (size_t)n);
        courier->out.n -= (size_t)n;
    }
    return true;
}

static bool line_read(struct daemon *daemon)
{
    struct courier *courier = daemon->courier;
    char bytes[8192];
    ssize_t n = recv(courier->fd, bytes, sizeof bytes, MSG_DONTWAIT);
    if (n < 0)
        return errno == EAGAIN || errno == EINTR;
    if (n == 0)
        return false;
    text_add_bytes(&courier->in, bytes, (size_t)n);
    size_t from = 0;
    for (char *stop; (stop = memchr(courier->in.at + from, '\n', courier->in.n - from));) {
        answer_take(daemon, courier->in.at + from, (size_t)(stop - courier->in.at) - from);
        from = (size_t)(stop - courier->in.at) + 1;
    }
    memmove(courier->in.at, courier->in.at + from, courier->in.n - from);
    courier->in.n -= from;
    return true;
}

/* ---- handing over ---- */

static void add_text(json_t *job, const char *name, const char *text)
{
    if (text)
        must(!json_object_set_new(job, name, json_string(text)));
}

/* "Tue, 24 Nov 2026 07:30:00 +0700" */
static const char *mail_date(int64_t at, char buf[INSTANT_SIZE + 4])
{
    instant_http(at + CIVIL_OFFSET, buf);
    char *zone = strstr(buf, "GMT");
    must(zone);
    memcpy(zone, "+0700", sizeof "+0700");
    return buf;
}

static json_t *mail_job(const struct site *site, const struct delivery *delivery, const char *address)
{
    char date[INSTANT_SIZE + 4];
    json_t *job = json_loads(delivery->content, 0, NULL);
    must(job);
    add_text(job, "kind", "mail");
    add_text(job, "to", address);
    add_text(job, "date", mail_date(delivery->told_at, date));
    add_text(job, "server", site->mail.server);
    add_text(job, "tls", site->mail.tls);
    add_text(job, "from", site->mail.from);
    add_text(job, "from_name", site->mail.from_name);
    add_text(job, "user", site->mail.user);
    add_text(job, "password_file", site->mail.password_file);
    add_text(job, "ca", site->mail.ca);
    return job;
}

static json_t *call_job(const struct site_webhook *webhook, const struct delivery *delivery)
{
    json_t *job = json_pack("{s:s, s:s, s:I}", "kind", "webhook", "body", delivery->content, "at",
                            (json_int_t)clock_now());
    must(job);
    add_text(job, "server", webhook->url);
    add_text(job, "secret_file", webhook->secret_file);
    add_text(job, "ca", webhook->ca);
    return job;
}

/* One of them or neither: site.lua knows this channel no more. */
struct receiver {
    const struct site_recipient *recipient;
    const struct site_webhook *webhook;
};

static struct receiver receiver_of(const struct site *site, const char *channel)
{
    const char *name = strchr(channel, ':') + 1;
    bool mail = !strncmp(channel, "mail:", 5);
    for (size_t i = 0; mail && i < site->n_recipients; i++)
        if (!strcmp(site->recipients[i].address, name))
            return (struct receiver){.recipient = &site->recipients[i]};
    for (size_t i = 0; !mail && i < site->n_webhooks; i++)
        if (!strcmp(site->webhooks[i].name, name))
            return (struct receiver){.webhook = &site->webhooks[i]};
    return (struct receiver){0};
}

static bool is_busy(const struct courier *courier, const char *channel)
{
    for (size_t i = 0; i < courier->busy.n; i++)
        if (!strcmp(courier->busy.at[i].channel, channel))
            return true;
    return false;
}

static bool give_up(struct daemon *daemon, const struct delivery *delivery, struct err *err)
{
    log_warning(
        say(err->lang, "%s: không còn trong site.lua, thôi gửi", "%s: no longer in site.lua, given up"),
        delivery->channel);
    return outbox_refused(daemon->store, delivery->notice, daemon_now(daemon), "not in site.lua", err);
}

static void hand_over(struct daemon *daemon, const struct delivery *delivery, const struct receiver *receiver)
{
    struct courier *courier = daemon->courier;
    json_t *job = receiver->webhook ? call_job(receiver->webhook, delivery)
                                    : mail_job(daemon->app->site, delivery, receiver->recipient->address);
    add_text(job, "key", delivery->key);
    must(!json_object_set_new(job, "notice", json_integer((json_int_t)delivery->notice)));
    must(!json_dump_callback(job, text_sink, &courier->out, JSON_COMPACT));
    text_add(&courier->out, "\n");
    *vec_push(&courier->busy) =
        (struct busy){delivery->notice, delivery->tries, mem_strdup(delivery->channel)};
    json_decref(job);
}

static bool runs(struct courier *courier)
{
    if (!courier->pid && clock_monotonic_ms() >= courier->start_at_ms)
        start(courier);
    return courier->pid;
}

/* As many as may be on their way, each to another receiver. */
static bool hand_over_some(struct daemon *daemon, struct err *err)
{
    struct courier *courier = daemon->courier;
    struct deliveries *waiting = outbox_waiting(daemon->store, daemon_now(daemon), err);
    bool good = waiting != NULL;
    for (size_t i = 0, given_up = 0; good && i < waiting->n && courier->busy.n < BUSY_MOST; i++) {
        struct delivery *delivery = &waiting->list[i];
        struct receiver receiver = receiver_of(daemon->app->site, delivery->channel);
        bool known = receiver.webhook || receiver.recipient;
        if (is_busy(courier, delivery->channel))
            continue;
        courier->more = !known && given_up++ == GIVEN_UP_MOST;
        if (courier->more || (known && !runs(courier)))
            break;
        good = known ? outbox_read(daemon->store, waiting, i, err) : give_up(daemon, delivery, err);
        if (good && known)
            hand_over(daemon, delivery, &receiver);
    }
    deliveries_free(waiting);
    return good;
}

/* Whoever waits for something that is on its way is woken when that has ended. */
static int64_t next_try(struct daemon *daemon, struct err *err)
{
    int64_t next, now = daemon_now(daemon);
    if (!outbox_next(daemon->store, &next, err))
        return now + PAUSE_MOST_MS / 1000;
    if (next > now)
        return next;
    return daemon->courier->busy.n || daemon->courier->start_at_ms ? INT64_MAX : now + 1;
}

void courier_update(struct daemon *daemon)
{
    struct courier *courier = daemon->courier;
    struct err err = {.lang = daemon->app->site->lang};
    courier->more = false;
    /* Letters that are out of date are found, and newer ones written, before the round of telling is over. */
    if (!daemon->look_at_ms && courier->busy.n < BUSY_MOST && !hand_over_some(daemon, &err))
        log_error("%s", err.text);
    if (courier->pid && !line_write(courier))
        has_died(daemon);
    courier->next = next_try(daemon, &err);
}

int64_t courier_wake(const struct courier *courier)
{
    return courier->next;
}

/* ---- the loop ---- */

int courier_fd(const struct courier *courier)
{
    return courier->fd;
}

short courier_events(const struct courier *courier)
{
    return (short)(POLLIN | (courier->out.n ? POLLOUT : 0));
}

int courier_timeout_ms(const struct courier *courier)
{
    if (courier->more)
        return 0;
    if (courier->pid || !courier->start_at_ms)
        return -1;
    int64_t wait = courier->start_at_ms - clock_monotonic_ms();
    return wait > 0 ? (int)wait : 0;
}

void courier_serve(struct daemon *daemon)
{
    struct courier *courier = daemon->courier;
    if (courier->pid && (!line_write(courier) || !line_read(daemon)))
        has_died(daemon);
    if (!courier->pid && courier->start_at_ms <= clock_monotonic_ms())
        courier->start_at_ms = 0;
    courier_update(daemon);
    if (!courier->answered || courier->busy.n) /* once for all that go out together */
        return;
    trouble_look(daemon, courier->refused);
    courier->answered = courier->refused = false;
}

static void wait_for_last_ones(struct daemon *daemon)
{
    struct courier *courier = daemon->courier;
    int64_t until = clock_monotonic_ms() + STOP_MS;
    while (courier->pid && courier->busy.n) {
        struct pollfd fd = {courier->fd, courier_events(courier), 0};
        int64_t left = until - clock_monotonic_ms();
        if (left <= 0 || (poll(&fd, 1, (int)left) < 0 && errno != EINTR))
            return;
        if (fd.revents && (!line_write(courier) || !line_read(daemon)))
            return;
    }
}

void courier_free(struct daemon *daemon)
{
    struct courier *courier = daemon->courier;
    if (!courier)
        return;
    wait_for_last_ones(daemon);
    if (courier->pid)
        end(courier);
    while (courier->busy.n)
        busy_drop(courier, 0);
    vec_free(&courier->busy);
    text_fini(&courier->in);
    text_fini(&courier->out);
    mem_free(courier);
    daemon->courier = NULL;
}
