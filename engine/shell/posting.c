#include "shell/posting.h"

#include "alert/post.h"
#include "ledger/outbox.h"
#include "time/clock.h"

#include <string.h>

enum { SINGLES_MOST = 2, DAY_MINUTES = 60 };

/* An alert told to an office. */
struct row {
    const struct alert *alert;
    const char *unit; /* "": those who run hanchot */
};

/* One mail or one call. */
struct parcel {
    char *channel; /* "mail:an@example.gov.vn" */
    char *head;    /* of the notice that carries the others: "digest:an@example.gov.vn" */
    enum post_kind kind;
    VEC(const struct alert *) list;
    VEC(struct row) rows; /* what is told by it for the first time */
};

struct posting {
    const struct notices *notices;
    struct alert_settings settings;
    const struct workdays *workdays;
    int64_t now;
    int today;
    VEC(struct parcel) parcels;
};

/* ---- parcels ---- */

static struct notice notice_of(const struct row *row, const char *channel)
{
    const struct alert *alert = row->alert;
    return (struct notice){.alert = alert->key,
                           .kind = alert_kind_name(alert->kind),
                           .rung = alert->rung,
                           .unit = row->unit,
                           .channel = channel,
                           .severity = alert_severity_name(alert->severity),
                           .title = alert->title,
                           .body = alert->body};
}

static void parcel_init(struct parcel *parcel, const char *way, const char *name, const char *head,
                        enum post_kind kind)
{
    auto_text channel = {0}, whole = {0};
    text_addf(&channel, "%s:%s", way, name);
    text_addf(&whole, "%s:%s", head, name);
    *parcel = (struct parcel){
        .channel = mem_strdup(text_str(&channel)), .head = mem_strdup(text_str(&whole)), .kind = kind};
}

static void parcel_fini(struct parcel *parcel)
{
    mem_free(parcel->channel);
    mem_free(parcel->head);
    vec_free(&parcel->list);
    vec_free(&parcel->rows);
}

static void parcel_list(struct parcel *parcel, const struct alert *alert)
{
    if (!parcel->list.n || parcel->list.at[parcel->list.n - 1] != alert)
        *vec_push(&parcel->list) = alert;
}

/* True: the office was not told of it this way. */
static bool parcel_row(const struct posting *posting, struct parcel *parcel, const struct alert *alert,
                       const char *unit)
{
    const struct row row = {alert, unit};
    const struct notice like = notice_of(&row, parcel->channel);
    if (!alert->rung || alert->tell_at > posting->now || notices_find(posting->notices, &like))
        return false;
    *vec_push(&parcel->rows) = row;
    return true;
}

/* Moves it into the posting, or drops it when there is nothing in it. */
static void parcel_end(struct posting *posting, struct parcel *parcel)
{
    if (parcel->list.n)
        *vec_push(&posting->parcels) = *parcel;
    else
        parcel_fini(parcel);
}

static bool also_told(const struct alert *alert, const char *unit)
{
    for (size_t i = 0; alert->also && i < alert->also->n; i++)
        if (!strcmp(alert->also->at[i]->id, unit))
            return true;
    return false;
}

static bool concerns(const struct alert *alert, const char *unit)
{
    return !strcmp(alert->unit ? alert->unit : "", unit) || (*unit && also_told(alert, unit));
}

/* ---- mail ---- */

static bool in_working_hours(const struct posting *posting)
{
    return alert_working_time(posting->workdays, &posting->settings, posting->now) == posting->now;
}

static bool is_digest_due(const struct posting *posting, const struct site_mail *mail, const char *address)
{
    char day[DAY_SIZE];
    auto_text head = {0}, channel = {0};
    text_addf(&head, "digest:%s", address);
    text_addf(&channel, "mail:%s", address);
    const struct notice like = {.alert = text_str(&head),
                                .kind = "summary",
                                .rung = day_iso(posting->today, day),
                                .unit = "",
                                .channel = text_str(&channel)};
    return posting->now >= day_at(posting->today, mail->digest / DAY_MINUTES, mail->digest % DAY_MINUTES) &&
           !notices_find(posting->notices, &like);
}

/* On days off and out of hours only what is due today. */
static void digest_collect(struct posting *posting, const struct site *site, const char *address,
                           const struct alerts *alerts, struct parcel *parcel)
{
    bool working = in_working_hours(posting);
    for (size_t i = 0; i < alerts->n; i++) {
        const struct alert *alert = &alerts->list[i];
        if (alert->state != ALERT_OPEN || (!working && !alert->due_today))
            continue;
        for (size_t j = 0; j < site->n_recipients; j++) {
            const struct site_recipient *recipient = &site->recipients[j];
            if (strcmp(recipient->address, address) != 0 || !concerns(alert, recipient->unit))
                continue;
            parcel_list(parcel, alert);
            parcel_row(posting, parcel, alert, recipient->unit);
        }
    }
}

static void urgent_collect(struct posting *posting, const struct site *site, const char *address,
                           const struct alerts *alerts, struct parcel *parcel)
{
    for (size_t i = 0; i < alerts->n; i++) {
        const struct alert *alert = &alerts->list[i];
        if (alert->severity != ALERT_CRITICAL ||
            !alert_may_tell(alert, posting->workdays, &posting->settings, posting->now))
            continue;
        for (size_t j = 0; j < site->n_recipients; j++) {
            const struct site_recipient *recipient = &site->recipients[j];
            if (!strcmp(recipient->address, address) && concerns(alert, recipient->unit) &&
                parcel_row(posting, parcel, alert, recipient->unit))
                parcel_list(parcel, alert);
        }
    }
}

/* A few go one by one. */
static void urgent_split(struct posting *posting, const char *address, struct parcel *all)
{
    if (all->list.n > SINGLES_MOST) {
        parcel_end(posting, all);
        return;
    }
    for (size_t i = 0; i < all->list.n; i++) {
        struct parcel one;
        parcel_init(&one, "mail", address, "urgent", POST_URGENT);
        parcel_list(&one, all->list.at[i]);
        for (size_t j = 0; j < all->rows.n; j++)
            if (all->rows.at[j].alert == all->list.at[i])
                *vec_push(&one.rows) = all->rows.at[j];
        parcel_end(posting, &one);
    }
    parcel_fini(all);
}

static bool is_first_of_address(const struct site *site, size_t which)
{
    for (size_t i = 0; i < which; i++)
        if (!strcmp(site->recipients[i].address, site->recipients[which].address))
            return false;
    return true;
}

static void mail_collect(struct posting *posting, const struct site *site, const char *address,
                         const struct alerts *alerts)
{
    struct parcel parcel;
    if (is_digest_due(posting, &site->mail, address)) {
        parcel_init(&parcel, "mail", address, "digest", POST_DIGEST);
        digest_collect(posting, site, address, alerts, &parcel);
        if (parcel.list.n) {
            parcel_end(posting, &parcel);
            return;
        }
        parcel_fini(&parcel);
    }
    parcel_init(&parcel, "mail", address, "urgent", POST_URGENT);
    urgent_collect(posting, site, address, alerts, &parcel);
    urgent_split(posting, address, &parcel);
}

/* ---- webhooks ---- */

static bool is_in(const struct site_list *list, const char *text)
{
    for (size_t i = 0; i < list->n; i++)
        if (!strcmp(list->at[i], text))
            return true;
    return !list->n;
}

static void webhook_collect(struct posting *posting, const struct site_webhook *webhook,
                            const struct alerts *alerts)
{
    struct parcel parcel;
    parcel_init(&parcel, "webhook", webhook->name, "webhook", POST_DIGEST);
    for (size_t i = 0; i < alerts->n; i++) {
        const struct alert *alert = &alerts->list[i];
        const char *unit = alert->unit ? alert->unit : "";
        if (!is_in(&webhook->kinds, alert_kind_name(alert->kind)) ||
            !alert_may_tell(alert, posting->workdays, &posting->settings, posting->now))
            continue;
        if (is_in(&webhook->units, unit) && parcel_row(posting, &parcel, alert, unit))
            parcel_list(&parcel, alert);
        for (size_t j = 0; alert->also && j < alert->also->n; j++)
            if (is_in(&webhook->units, alert->also->at[j]->id) &&
                parcel_row(posting, &parcel, alert, alert->also->at[j]->id))
                parcel_list(&parcel, alert);
    }
    parcel_end(posting, &parcel);
}

/* ---- collecting ---- */

struct posting *posting_collect(const struct daemon *daemon, const struct alerts *alerts,
                                const struct notices *notices)
{
    const struct site *site = daemon->app->site;
    struct posting *posting = mem_alloc(sizeof *posting);
    *posting = (struct posting){.notices = notices,
                                .settings = app_alert_settings(daemon->app),
                                .workdays = daemon->outlook->rulebook->workdays,
                                .now = daemon_now(daemon),
                                .today = daemon->outlook->today};
    for (size_t i = 0; i < site->n_recipients; i++)
        if (is_first_of_address(site, i))
            mail_collect(posting, site, site->recipients[i].address, alerts);
    for (size_t i = 0; i < site->n_webhooks; i++)
        webhook_collect(posting, &site->webhooks[i], alerts);
    return posting;
}

bool posting_empty(const struct posting *posting)
{
    return !posting->parcels.n;
}

void posting_free(struct posting *posting)
{
    for (size_t i = 0; i < posting->parcels.n; i++)
        parcel_fini(&posting->parcels.at[i]);
    vec_free(&posting->parcels);
    mem_free(posting);
}

int64_t posting_wake(const struct daemon *daemon)
{
    const struct site *site = daemon->app->site;
    int64_t now = daemon_now(daemon);
    if (!site->n_recipients)
        return INT64_MAX;
    int hour = site->mail.digest / DAY_MINUTES, minute = site->mail.digest % DAY_MINUTES;
    int64_t today = day_at(instant_day(now), hour, minute);
    return now < today ? today : day_at(instant_day(now) + 1, hour, minute);
}

/* ---- writing ---- */

static void add_content(const struct daemon *daemon, const struct parcel *parcel, const struct notice *notice,
                        struct text *out)
{
    const struct post post = {.kind = parcel->kind,
                              .list = parcel->list.at,
                              .n = parcel->list.n,
                              .today = daemon->outlook->today,
                              .url = daemon->app->site->url,
                              .lang = daemon->app->site->lang};
    auto_text subject = {0}, text = {0}, html = {0};
    char key[OUTBOX_KEY_SIZE];
    json_t *json;
    if (!strncmp(parcel->channel, "mail:", 5)) {
        post_subject(&post, &subject);
        post_text(&post, &text);
        post_html(&post, &html);
        json = json_pack("{s:s, s:s, s:s, s:b}", "subject", text_str(&subject), "text", text_str(&text),
                         "html", text_str(&html), "urgent", parcel->kind == POST_URGENT);
    } else
        json = post_json(&post, outbox_key(notice, key), notice->told_at);
    must(json && !json_dump_callback(json, text_sink, out, JSON_COMPACT));
    json_decref(json);
}

/* Two in one second, as with a clock that stands still, are two. */
static void add_unused_rung(const struct posting *posting, struct notice *like, struct text *rung)
{
    char at[INSTANT_SIZE];
    text_add(rung, instant_iso(posting->now, at));
    for (like->rung = text_str(rung); notices_find(posting->notices, like); like->rung = text_str(rung))
        text_add(rung, "+");
}

static bool out_write(struct daemon *daemon, const struct parcel *parcel, const struct notice *notice,
                      int64_t *id, struct err *err)
{
    auto_text content = {0};
    add_content(daemon, parcel, notice, &content);
    return notices_add(daemon->store, notice, clock_now(), id, err) &&
           outbox_add(daemon->store, *id, text_str(&content), notice->told_at, err);
}

/* The notice that carries all others of the parcel. */
static bool carrier_write(struct daemon *daemon, const struct posting *posting, const struct parcel *parcel,
                          int64_t *id, struct err *err)
{
    const struct post post = {.kind = parcel->kind,
                              .list = parcel->list.at,
                              .n = parcel->list.n,
                              .today = posting->today,
                              .lang = posting->settings.lang};
    enum alert_severity worst = ALERT_INFO;
    char day[DAY_SIZE];
    auto_text title = {0}, rung = {0};
    for (size_t i = 0; i < parcel->list.n; i++)
        worst = parcel->list.at[i]->severity > worst ? parcel->list.at[i]->severity : worst;
    post_subject(&post, &title);
    struct notice notice = {.alert = parcel->head,
                            .kind = "summary",
                            .unit = "",
                            .channel = parcel->channel,
                            .severity = alert_severity_name(worst),
                            .title = text_str(&title),
                            .body = "",
                            .told_at = posting->now};
    if (!strncmp(parcel->head, "digest:", 7))
        notice.rung = day_iso(posting->today, day);
    else
        add_unused_rung(posting, &notice, &rung);
    return out_write(daemon, parcel, &notice, id, err);
}

static bool rows_write(struct daemon *daemon, const struct posting *posting, const struct parcel *parcel,
                       int64_t carrier, struct err *err)
{
    for (size_t i = 0; i < parcel->rows.n; i++) {
        struct notice notice = notice_of(&parcel->rows.at[i], parcel->channel);
        notice.told_at = posting->now;
        notice.message = carrier;
        if (!notices_add(daemon->store, &notice, clock_now(), NULL, err))
            return false;
    }
    return true;
}

bool posting_write(struct daemon *daemon, const struct posting *posting, struct err *err)
{
    for (size_t i = 0; i < posting->parcels.n; i++) {
        const struct parcel *parcel = &posting->parcels.at[i];
        bool digest = !strncmp(parcel->head, "digest:", 7);
        int64_t id = 0;
        if (parcel->rows.n == 1 && !digest) {
            struct notice notice = notice_of(&parcel->rows.at[0], parcel->channel);
            notice.told_at = posting->now;
            if (!out_write(daemon, parcel, &notice, &id, err))
                return false;
        } else if (!carrier_write(daemon, posting, parcel, &id, err) ||
                   !rows_write(daemon, posting, parcel, id, err))
            return false;
    }
    return true;
}

/* ---- checking ---- */

static void check_unit(const struct rulebook *rulebook, const char *unit, const struct source *at,
                       struct faults *faults)
{
    if (*unit && !rulebook_unit(rulebook, unit))
        faults_warn(faults, at->file, at->line, 0,
                    "không có đơn vị %s: không thư nào được gửi cho đơn vị này",
                    "there is no unit %s: nothing is ever sent for it", unit);
}

static void check_kind(const char *kind, const struct source *at, struct faults *faults)
{
    for (int i = 0; i <= ALERT_CALENDAR_PROVISIONAL; i++)
        if (!strcmp(alert_kind_name((enum alert_kind)i), kind))
            return;
    faults_warn(faults, at->file, at->line, 0, "không có loại cảnh báo %s", "there is no kind of alert %s",
                kind);
}

void posting_check(const struct site *site, const struct rulebook *rulebook, struct faults *faults)
{
    for (size_t i = 0; i < site->n_recipients; i++)
        check_unit(rulebook, site->recipients[i].unit, &site->recipients[i].at, faults);
    for (size_t i = 0; i < site->n_webhooks; i++) {
        const struct site_webhook *webhook = &site->webhooks[i];
        for (size_t j = 0; j < webhook->units.n; j++)
            check_unit(rulebook, webhook->units.at[j], &webhook->at, faults);
        for (size_t j = 0; j < webhook->kinds.n; j++)
            check_kind(webhook->kinds.at[j], &webhook->at, faults);
    }
}
