#include "shell/daemon.h"

#include "base/log.h"
#include "shell/aside.h"
#include "shell/certificate.h"
#include "shell/change.h"
#include "shell/courier.h"
#include "shell/door.h"
#include "shell/inbox.h"
#include "shell/ingest.h"
#include "shell/keeping.h"
#include "shell/line.h"
#include "shell/posting.h"
#include "shell/proving.h"
#include "shell/rates.h"
#include "shell/resend.h"
#include "shell/settings.h"
#include "shell/telling.h"
#include "shell/tick.h"
#include "time/clock.h"

#include <errno.h>
#include <malloc.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <sys/timerfd.h>
#include <unistd.h>

enum {
    SETTLE_MS = 150,
    VISITS_MS = 10000,
    FIRST_LOOK_MS = 20,
    RETRY_MS = 60000,
    STOP_SECONDS = 5,
    SPEED_MOST = 1000000
};
enum { TURN_MS = 20, TURN_PATIENCE_MS = 5000 };

int64_t daemon_now(const struct daemon *daemon)
{
    if (!daemon->app->frozen)
        return clock_now();
    return daemon->app->now +
           (int64_t)(daemon->speed * (double)(clock_monotonic_ms() - daemon->started_real_ms) / 1000);
}

struct feed_settings daemon_feed_settings(const struct daemon *daemon)
{
    return (struct feed_settings){daemon->app->site->url, daemon->app->site->lang};
}

static void close_fd(int fd)
{
    if (fd >= 0)
        close(fd);
}

/* ---- changes ---- */

static json_t *change_failed(const struct err *err)
{
    return json_pack("{s:i, s:s, s:b}", "error", (int)err->kind, "detail", err->text, "conflict",
                     err->conflict);
}

static bool is_answer(const json_t *request)
{
    const char *action = json_string_value(json_object_get(request, "action"));
    return action && (!strcmp(action, "ack") || !strcmp(action, "snooze"));
}

/* An answer to an alert changes no deadline: the evaluation stands, pages are made anew. */
static bool publish_change(struct daemon *daemon, const json_t *request, struct err *err)
{
    if (!is_answer(request))
        return daemon_publish(daemon, err);
    daemon_renew(daemon);
    return telling_answered(daemon, err);
}

json_t *daemon_change(struct daemon *daemon, const json_t *request, enum lang lang)
{
    struct err err = {.lang = lang};
    json_t *results = NULL;
    const json_t *at = json_object_get(request, "at");
    int64_t recorded_at = json_is_integer(at) ? json_integer_value(at) : daemon_now(daemon);
    if (!daemon->outlook) {
        err_set(&err, ERR_INPUT, "quy tắc có lỗi, chưa có gì để ghi vào",
                "the rules have faults, there is nothing to record on yet");
        return change_failed(&err);
    }
    const struct alerts *alerts = is_answer(request) ? telling_alerts(daemon, &err) : NULL;
    if (err.kind || !change_apply(daemon->store, daemon->outlook, alerts, request, recorded_at, clock_now(),
                                  &results, &err))
        return change_failed(&err);
    if (!publish_change(daemon, request,
                        &err)) /* written, though: it will be seen when the ledger can be read again */
        log_error("%s", err.text);
    return json_pack("{s:o}", "results", results);
}

static json_t *line_request(struct daemon *daemon, const json_t *request, int file)
{
    const char *action = json_string_value(json_object_get(request, "action"));
    const char *name = json_string_value(json_object_get(request, "lang"));
    enum lang lang = name && !strcmp(name, "en") ? LANG_EN : LANG_VI;
    struct err err = {.lang = lang};
    if (action && !strcmp(action, "token"))
        return links_change(daemon, request, lang);
    if (action && !strcmp(action, "ingest"))
        return ingest_line(daemon, request, file, lang);
    if (action && !strcmp(action, "resend"))
        return resend_line(daemon, request, lang);
    if (!action || strcmp(action, "accept"))
        return daemon_change(daemon, request, lang);
    return reload_accept(daemon, &err) ? json_pack("{s:[]}", "results") : change_failed(&err);
}

static void line_serve(struct daemon *daemon)
{
    int peer, file;
    json_t *request = line_take(daemon->line_fd, &peer, &file);
    if (!request)
        return;
    json_t *answer = line_request(daemon, request, file);
    line_answer(peer, answer);
    close_fd(file);
    json_decref(answer);
    json_decref(request);
}

/* ---- the loop ---- */

static void timer_set(const struct daemon *daemon, int64_t at)
{
    struct itimerspec spec = {0};
    if (at == INT64_MAX || (daemon->app->frozen && daemon->speed <= 0)) {
        timerfd_settime(daemon->timer_fd, 0, &spec, NULL);
        return;
    }
    int64_t wait = at - daemon_now(daemon);
    if (daemon->app->frozen) {
        double seconds = wait > 0 ? (double)wait / daemon->speed : 0;
        spec.it_value.tv_sec = (time_t)seconds;
        spec.it_value.tv_nsec = (long)((seconds - (double)spec.it_value.tv_sec) * 1e9) + 1;
        timerfd_settime(daemon->timer_fd, 0, &spec, NULL);
        return;
    }
    /* On the wall clock, so that suspend and a set clock are noticed. */
    spec.it_value.tv_sec = at;
    timerfd_settime(daemon->timer_fd, TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET, &spec, NULL);
}

static struct tick_times tick_times_of(const struct daemon *daemon)
{
    const struct outlook *outlook = daemon->outlook;
    return (struct tick_times){.today = outlook ? outlook->today : 0,
                               .next_change = daemon->late ? daemon->failed_at
                                              : outlook    ? outlook->next_change
                                                           : INT64_MAX,
                               .next_look = telling_next(daemon),
                               .next_send = daemon->look_at_ms ? INT64_MAX : courier_wake(daemon->courier),
                               .last_ping = telling_last_ping(daemon),
                               .failed = daemon->failed_at,
                               .evaluated = outlook || daemon->late,
                               .heard = telling_heard(daemon)};
}

static void turn(struct daemon *daemon, enum tick tick)
{
    struct err err = {.lang = daemon->app->site->lang};
    bool good = true;
    switch (tick) {
    case TICK_EVALUATE: /* each day at least */
        good = daemon_publish(daemon, &err);
        certificate_look(daemon);
        break;
    case TICK_LOOK:
        good = telling_update(daemon, &err);
        daemon_renew(daemon); /* the overview shows alerts */
        break;
    case TICK_SEND: /* whatever became of it, alerts are as they were */
        courier_update(daemon);
        return;
    case TICK_PING:
        telling_ping(daemon);
        return;
    case TICK_PROVE:
        proving_step(daemon);
        return;
    case TICK_NOTHING:
        return;
    }
    daemon->failed_at = good ? INT64_MIN : daemon_now(daemon);
    if (!good)
        log_error("%s", err.text);
}

/* While work is done aside, who asks is not kept waiting. */
static int64_t busy_us(const struct daemon *daemon)
{
    return clock_monotonic_us() - daemon->aside_us;
}

static void timed_turn(struct daemon *daemon, enum tick tick)
{
    int64_t before = busy_us(daemon);
    turn(daemon, tick);
    metrics_turn(daemon, tick, busy_us(daemon) - before);
}

static void timer_fired(struct daemon *daemon)
{
    uint64_t count;
    struct tick_times times = tick_times_of(daemon);
    ssize_t n = read(daemon->timer_fd, &count, sizeof count);
    enum tick tick = tick_now(&times, daemon_now(daemon), n < 0 && errno == ECANCELED);
    timed_turn(daemon, tick);
}

/* At start the alerts wait until those who asked meanwhile have their answers; and where there is very much
 * to tell, others may ask in between. */
static void look(struct daemon *daemon)
{
    struct err err = {.lang = daemon->app->site->lang};
    int64_t before = busy_us(daemon);
    enum tick tick = telling_updates(daemon) ? TICK_LOOK : TICK_EVALUATE;
    daemon->look_at_ms = 0;
    (void)aside_store(daemon);
    if (!telling_go_on(daemon, &err)) {
        daemon->look_at_ms = clock_monotonic_ms() + RETRY_MS;
        log_error("%s", err.text);
    }
    if (!daemon->look_at_ms)
        malloc_trim(0); /* what loading the rules took */
    metrics_turn(daemon, tick, busy_us(daemon) - before);
}

static void courier_turn(struct daemon *daemon)
{
    int64_t before = busy_us(daemon);
    courier_serve(daemon);
    metrics_turn(daemon, TICK_SEND, busy_us(daemon) - before);
}

static void stream_opens(struct daemon *daemon, const struct request *request)
{
    const struct token *key;
    struct answer *refusal = trust_refusal(daemon, request, &key);
    if (!refusal)
        refusal = trust_rate_refusal(daemon, request, key);
    if (!refusal)
        refusal = trust_read_refusal(daemon, request, key);
    if (refusal)
        http_answer(daemon->http, request, refusal, false);
    else
        telling_stream(daemon, request);
}

static void answer_request(struct daemon *daemon, const struct request *request)
{
    bool cache = false;
    if (request->method == METHOD_GET && daemon->outlook && !strcmp(request->path, "/api/v1/alerts/stream")) {
        stream_opens(daemon, request);
        return;
    }
    struct answer *answer = route_request(daemon, request, &cache);
    http_answer(daemon->http, request, answer, cache);
}

/* Where there are no alerts yet, only feeds can do without them. */
static bool only_reads(const struct daemon *daemon, const struct request *request)
{
    return request->method != METHOD_POST &&
           (telling_known(daemon) || !strncmp(request->path, "/calendars/", 11) ||
            !strncmp(request->path, "/s/", 3));
}

void daemon_answer_readers(struct daemon *daemon)
{
    const struct request *request;
    while ((request = http_next(daemon->http)))
        if (only_reads(daemon, request)) {
            answer_request(daemon, request);
            daemon->answered_aside++;
        } else
            *vec_push(&daemon->put_off) = request;
}

/* What was put off comes first. What is put off while it is answered comes after what the clock asks for. */
static void answer_requests(struct daemon *daemon)
{
    const struct request *request;
    size_t n = daemon->put_off.n;
    for (size_t i = 0; i < n; i++)
        answer_request(daemon, daemon->put_off.at[i]);
    daemon->put_off.n -= n;
    if (daemon->put_off.n)
        memmove(daemon->put_off.at, daemon->put_off.at + n, daemon->put_off.n * sizeof *daemon->put_off.at);
    while (!daemon->put_off.n && (request = http_next(daemon->http)))
        answer_request(daemon, request);
}

static void signals_read(struct daemon *daemon)
{
    struct signalfd_siginfo info;
    while (read(daemon->signal_fd, &info, sizeof info) == sizeof info)
        if (info.ssi_signo == SIGHUP) {
            daemon->reload_at_ms = clock_monotonic_ms();
            certificate_look(daemon);
        } else
            daemon->stopping = true;
}

/* Most of what is mounted on a machine is none of ours. */
static void mounts_look(struct daemon *daemon)
{
    uint64_t places = watch_places(&daemon->app->options);
    if (places == daemon->places)
        return;
    daemon->places = places;
    watch_again(daemon->watch_fd, &daemon->app->options);
    daemon->reload_at_ms = clock_monotonic_ms() + SETTLE_MS;
}

/* Until a moment on the monotonic clock; -1: there is none. */
static int wait_until(int64_t at_ms)
{
    int64_t wait = at_ms - clock_monotonic_ms();
    return !at_ms ? -1 : wait > 0 ? (int)wait : 0;
}

static int reload_wait_ms(const struct daemon *daemon)
{
    return daemon->loading ? -1 : wait_until(daemon->reload_at_ms);
}

/* -1: never. */
static int sooner(int a_ms, int b_ms)
{
    return a_ms < 0 || (b_ms >= 0 && b_ms < a_ms) ? b_ms : a_ms;
}

static int loop_timeout(const struct daemon *daemon)
{
    if (daemon->put_off.n)
        return 0;
    return sooner(sooner(reload_wait_ms(daemon), wait_until(daemon->visits_at_ms)),
                  sooner(sooner(sooner(wait_until(daemon->look_at_ms), wait_until(daemon->keep_at_ms)),
                                wait_until(daemon->prove_at_ms)),
                         courier_timeout_ms(daemon->courier)));
}

static void loop(struct daemon *daemon)
{
    while (!daemon->stopping) {
        struct pollfd fds[] = {
            {daemon->signal_fd, POLLIN, 0}, {daemon->loaded_fd, POLLIN, 0},
            {daemon->timer_fd, POLLIN, 0},  {daemon->line_fd, POLLIN, 0},
            {daemon->watch_fd, POLLIN, 0},  {http_wake_fd(daemon->http), POLLIN, 0},
            {daemon->inbox_fd, POLLIN, 0},  {courier_fd(daemon->courier), courier_events(daemon->courier), 0},
            {daemon->mounts_fd, POLLPRI, 0}};
        struct tick_times times = tick_times_of(daemon);
        timer_set(daemon, tick_next(&times, daemon_now(daemon)));
        if (poll(fds, sizeof fds / sizeof *fds, loop_timeout(daemon)) < 0 && errno != EINTR)
            must(!"poll");
        if (fds[0].revents)
            signals_read(daemon);
        if (fds[1].revents) {
            reload_finish(daemon);
            inbox_take(daemon, -1); /* rules may have been what it waited for */
        }
        if (fds[2].revents)
            timer_fired(daemon);
        if (fds[7].revents || courier_timeout_ms(daemon->courier) == 0)
            courier_turn(daemon);
        if (fds[3].revents)
            line_serve(daemon);
        if (fds[4].revents && watch_changed(daemon->watch_fd, &daemon->app->options))
            daemon->reload_at_ms = clock_monotonic_ms() + SETTLE_MS;
        if (fds[8].revents)
            mounts_look(daemon);
        if (fds[6].revents)
            inbox_take(daemon, daemon->inbox_fd);
        answer_requests(daemon);
        if (reload_wait_ms(daemon) == 0)
            reload_start(daemon);
        if (!daemon->visits_at_ms && http_visited(daemon->http))
            daemon->visits_at_ms = clock_monotonic_ms() + VISITS_MS;
        if (wait_until(daemon->visits_at_ms) == 0)
            links_visits_write(daemon);
        if (wait_until(daemon->keep_at_ms) == 0)
            keeping_step(daemon);
        else if (wait_until(daemon->look_at_ms) == 0)
            look(daemon);
        else if (wait_until(daemon->prove_at_ms) == 0)
            timed_turn(daemon, TICK_PROVE);
        aside_fold(daemon);
    }
}

/* ---- start and stop ---- */

static bool speed_option(struct app *app, double *speed)
{
    const char *text = app->options.speed;
    char *end = NULL;
    *speed = text ? strtod(text, &end) : 0;
    if (text && (end == text || *end || !(*speed > 0) || *speed > SPEED_MOST))
        return err_set(&app->err, ERR_USAGE,
                       "--speed là số lần nhanh hơn đồng hồ, trên 0, không quá %d, không phải '%s'",
                       "--speed is how many times faster than the clock, above 0, at most %d, not '%s'",
                       SPEED_MOST, text);
    return !text || app->frozen ||
           err_set(&app->err, ERR_USAGE, "--speed chỉ đi với --at", "--speed goes with --at only");
}

static bool open_fds(struct daemon *daemon, struct err *err)
{
    sigset_t set;
    auto_text path = {0};
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGHUP);
    signal(SIGPIPE, SIG_IGN);
    must(!pthread_sigmask(SIG_BLOCK, &set, NULL)); /* before any thread is made */
    daemon->signal_fd = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
    daemon->timer_fd =
        timerfd_create(daemon->app->frozen ? CLOCK_MONOTONIC : CLOCK_REALTIME, TFD_CLOEXEC | TFD_NONBLOCK);
    daemon->loaded_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    text_addf(&path, "%s.sock", daemon->app->options.db);
    daemon->aside_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (daemon->signal_fd < 0 || daemon->timer_fd < 0 || daemon->loaded_fd < 0 || daemon->aside_fd < 0)
        return err_set(err, ERR_ENV, "hệ thống không cho mở thêm tệp: %s",
                       "the system refuses to open more files: %s", strerror(errno));
    daemon->watch_fd = watch_open(&daemon->app->options, err);
    if (daemon->watch_fd < 0)
        return false;
    daemon->mounts_fd = watch_mounts_open();
    daemon->places = watch_places(&daemon->app->options);
    daemon->line_fd = line_listen(text_str(&path), err);
    return daemon->line_fd >= 0;
}

/* A command that writes by itself is soon done; another daemon is not. */
static bool open_lock(struct daemon *daemon, struct err *err)
{
    int held_by = 0;
    auto_text line = {0};
    text_addf(&line, "%s.sock", daemon->app->options.db);
    int64_t end = clock_monotonic_ms() + TURN_PATIENCE_MS;
    while (!(daemon->lock = store_lock_take(daemon->app->options.db, &held_by, err)) && held_by &&
           !line_answered(text_str(&line)) && clock_monotonic_ms() < end)
        poll(NULL, 0, TURN_MS);
    return daemon->lock != NULL;
}

static bool open_ledger(struct daemon *daemon, struct err *err)
{
    daemon->store = store_open(daemon->app->options.db, daemon->lock, err);
    if (daemon->store)
        store_fold_aside(daemon->store);
    return daemon->store && (daemon->tokens = tokens_read(daemon->store, err)) &&
           (daemon->stamps = stamps_read(daemon->store, err)) &&
           app_failing_read(daemon->app, daemon->store, NULL, err);
}

/* The first rules load on the loader's thread, while this one opens the ledger and the server. */
static void first_rules(struct daemon *daemon)
{
    struct loaded *loaded = reload_wait(daemon);
    daemon->rulebook = loaded->rulebook;
    daemon->has_faults = !loaded->rulebook;
    if (daemon->has_faults) {
        daemon->faults = loaded->faults; /* ownership moves */
        faults_print(&daemon->faults, stderr);
        if (!keeping_restore(daemon))
            log_error("%s",
                      say(daemon->app->site->lang, "quy tắc có lỗi: chưa phát lịch nào cho tới khi sửa xong",
                          "the rules have faults: no feed is served until they are mended"));
    } else {
        faults_fini(&loaded->faults);
        keeping_begin(daemon, FIRST_LOOK_MS);
    }
    mem_free(loaded);
    if (daemon->rulebook)
        settings_check(daemon);
}

static void greet(const struct daemon *daemon, const struct door *door)
{
    char at[INSTANT_SIZE];
    enum lang lang = daemon->app->site->lang;
    const char *scheme = door->config.certificate ? "https" : "http", *host = door->config.address;
    log_notice("listening on %s://%s:%d/", scheme, host, http_port(daemon->http));
    if (daemon->app->frozen)
        log_notice(say(lang, "đồng hồ %s %s", "the clock %s %s"),
                   daemon->speed > 0 ? say(lang, "chạy nhanh từ", "runs from")
                                     : say(lang, "đứng yên ở", "stands still at"),
                   instant_iso(daemon->app->now, at));
    for (size_t i = 0; daemon->rulebook && i < daemon->rulebook->n_plans; i++)
        log_notice("%s://%s:%d/calendars/plan/%s.ics", scheme, host, http_port(daemon->http),
                   daemon->rulebook->plans[i].id);
}

static bool start_behind(struct daemon *daemon, const struct door *door, struct err *err)
{
    if (!open_lock(daemon, err) || !open_fds(daemon, err))
        return false;
    reload_start(daemon);
    daemon->board = board_new();
    daemon->guarded = door->config.guarded;
    if (!token_secret_new(daemon->session_secret, err) || !open_ledger(daemon, err) ||
        !door_safe(door, daemon->tokens, err) ||
        !(daemon->http = http_start(&door->config, daemon->board, err)))
        return false;
    first_rules(daemon);
    if (!daemon_evaluate(daemon, err))
        return false;
    daemon->look_at_ms = clock_monotonic_ms() + FIRST_LOOK_MS;
    daemon->inbox_fd = inbox_open(daemon);
    certificate_begin(daemon, door);
    greet(daemon, door);
    inbox_take(daemon, -1);
    door_notify("READY=1");
    return true;
}

static bool daemon_start(struct daemon *daemon, struct err *err)
{
    struct door door;
    bool good = door_open(&door, daemon->app, err) && start_behind(daemon, &door, err);
    door_fini(&door);
    return good;
}

static void drop_loader(struct daemon *daemon)
{
    struct loaded *loaded = daemon->loading ? reload_wait(daemon) : NULL;
    if (!loaded)
        return;
    rulebook_free(loaded->rulebook);
    site_free(loaded->site);
    faults_fini(&loaded->faults);
    mem_free(loaded);
}

static void daemon_stop(struct daemon *daemon)
{
    drop_loader(daemon);
    courier_free(daemon);
    posting_forget(daemon);
    telling_free(daemon->telling);
    proving_free(daemon->proving);
    if (daemon->http)
        http_stop(daemon->http, STOP_SECONDS);
    if (daemon->board)
        board_free(daemon->board);
    standings_drop(daemon);
    outlook_free(daemon->outlook);
    rates_free(daemon->rates);
    tokens_free(daemon->tokens);
    stamps_free(daemon->stamps);
    facts_free(daemon->facts);
    figures_free(daemon->figures);
    rulebook_free(daemon->rulebook);
    rulebook_free(daemon->coming);
    rulebook_free(daemon->held);
    files_free(daemon->unkept);
    if (daemon->has_faults)
        faults_fini(&daemon->faults);
    if (daemon->line_fd >= 0) {
        auto_text path = {0};
        text_addf(&path, "%s.sock", daemon->app->options.db);
        unlink(text_str(&path));
    }
    close_fd(daemon->line_fd);
    close_fd(daemon->watch_fd);
    close_fd(daemon->mounts_fd);
    close_fd(daemon->inbox_fd);
    close_fd(daemon->signal_fd);
    close_fd(daemon->timer_fd);
    close_fd(daemon->loaded_fd);
    close_fd(daemon->aside_fd);
    vec_free(&daemon->put_off);
    store_close(daemon->reader);
    store_close(daemon->store);
    store_lock_free(daemon->lock);
}

int cmd_serve(struct app *app)
{
    struct daemon daemon = {.app = app,
                            .signal_fd = -1,
                            .timer_fd = -1,
                            .failed_at = INT64_MIN,
                            .watch_fd = -1,
                            .mounts_fd = -1,
                            .loaded_fd = -1,
                            .aside_fd = -1,
                            .line_fd = -1,
                            .inbox_fd = -1};
    struct err err = {.lang = app->lang};
    daemon.started_real_ms = clock_monotonic_ms();
    daemon.telling = telling_new();
    daemon.rates = rates_new();
    daemon.courier = courier_new();
    daemon.proving = proving_new();
    mallopt(M_ARENA_MAX,
            1); /* threads of the server hardly allocate, and what the loader frees must be of use to all */
    bool good = speed_option(app, &daemon.speed) && daemon_start(&daemon, &err);
    if (good) {
        loop(&daemon);
        door_notify("STOPPING=1");
        links_visits_write(&daemon);
        keeping_step(&daemon);
        log_notice("%s", say(app->site->lang, "đã dừng", "stopped"));
    }
    daemon_stop(&daemon);
    if (good)
        return 0;
    return app_fail(app, err.kind ? &err : &app->err);
}
