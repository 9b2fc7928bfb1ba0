#include "shell/posting.h"

#include "alert/post.h"
#include "base/log.h"
#include "ledger/letters.h"
#include "time/clock.h"

#include <stdlib.h>
#include <string.h>

enum { SINGLES_MOST = 2, DAY_MINUTES = 60, REFUSED_DAYS = 30 };

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

/* A letter that has not arrived and is out of date. */
struct outdated {
    int64_t notice;
    size_t newer; /* the parcel that tells it instead; NOTHING: nothing in it is open any more */
};
#define NOTHING SIZE_MAX

struct posting {
    struct store *store;
    struct err *err; /* kind 0: the ledger could be read so far */
    struct alert_settings settings;
    const struct workdays *workdays;
    int64_t now;
    int today;
    bool overview; /* the day's overviews may be made */
    VEC(struct parcel) parcels;
    VEC(struct outdated) outdated;
};

/* ---- parcels ---- */

static bool is_digest(const char *head)
{
    return !strncmp(head, "digest:", 7);
}

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

/* What cannot be read is taken as told: nothing is written then. */
static bool was_told(const struct posting *posting, const struct notice *like)
{
    bool told = true;
    return !notices_told(posting->store, like, &told, posting->err) || told;
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
    if (!alert->rung || alert->tell_at > posting->now || was_told(posting, &like))
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

/* ---- mail ---- */

static bool in_working_hours(const struct posting *posting)
{
    return alert_working_time(posting->workdays, &posting->settings, posting->now) == posting->now;
}

/* An address, and the offices for which it is told. */
struct mailbox {
    const char *address;
    VEC(const char *) units;
};

static void mailbox_init(struct mailbox *mailbox, const struct site *site, const char *address)
{
    *mailbox = (struct mailbox){.address = address};
    for (size_t i = 0; i < site->n_recipients; i++)
        if (!strcmp(site->recipients[i].address, address))
            *vec_push(&mailbox->units) = site->recipients[i].unit;
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
           !was_told(posting, &like);
}

/* On days off and out of hours only what is due today. */
static void digest_collect(struct posting *posting, const struct mailbox *mailbox,
                           const struct alerts *alerts, struct parcel *parcel)
{
    bool working = in_working_hours(posting);
    for (size_t i = 0; i < alerts->n; i++) {
        const struct alert *alert = alerts->list[i];
        if (alert->state != ALERT_OPEN || (!working && !alert->due_today))
            continue;
        for (size_t j = 0; j < mailbox->units.n; j++) {
            if (!alert_concerns(alert, mailbox->units.at[j]))
                continue;
            parcel_list(parcel, alert);
            parcel_row(posting, parcel, alert, mailbox->units.at[j]);
        }
    }
}

static void urgent_collect(struct posting *posting, const struct mailbox *mailbox,
                           const struct alert_choice *fresh, struct parcel *parcel)
{
    for (size_t i = 0; i < fresh->list.n; i++) {
        const struct alert *alert = fresh->list.at[i];
        for (size_t j = 0; alert->severity == ALERT_CRITICAL && j < mailbox->units.n; j++)
            if (alert_concerns(alert, mailbox->units.at[j]) &&
                parcel_row(posting, parcel, alert, mailbox->units.at[j]))
                parcel_list(parcel, alert);
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

static void mail_collect(struct posting *posting, const struct site_mail *mail, const struct mailbox *mailbox,
                         const struct alerts *alerts, const struct alert_choice *fresh)
{
    const char *address = mailbox->address;
    struct parcel parcel;
    if (is_digest_due(posting, mail, address)) {
        if (!posting->overview) /* what is urgent will stand in it */
            return;
        parcel_init(&parcel, "mail", address, "digest", POST_DIGEST);
        digest_collect(posting, mailbox, alerts, &parcel);
        if (parcel.list.n) {
            parcel_end(posting, &parcel);
            return;
        }
        parcel_fini(&parcel);
    }
    parcel_init(&parcel, "mail", address, "urgent", POST_URGENT);
    urgent_collect(posting, mailbox, fresh, &parcel);
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
                            const struct alert_choice *fresh)
{
    struct parcel parcel;
    parcel_init(&parcel, "webhook", webhook->name, "webhook", POST_DIGEST);
    for (size_t i = 0; i < fresh->list.n; i++) {
        const struct alert *alert = fresh->list.at[i];
        const char *unit = alert->unit ? alert->unit : "";
        if (!is_in(&webhook->kinds, alert_kind_name(alert->kind)))
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

/* ---- what has not arrived and is out of date ---- */

static int text_order(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

struct keys {
    VEC(const char *) list; /* by strcmp */
};

static void keys_sort(struct keys *keys)
{
    if (keys->list.n)
        qsort(keys->list.at, keys->list.n, sizeof *keys->list.at, text_order);
}

static bool keys_have(const struct keys *keys, const char *key)
{
    return keys->list.n && bsearch(&key, keys->list.at, keys->list.n, sizeof *keys->list.at, text_order);
}

static void keys_of_open(const struct alerts *alerts, struct keys *keys)
{
    for (size_t i = 0; i < alerts->n; i++)
        if (alerts->list[i]->state == ALERT_OPEN)
            *vec_push(&keys->list) = alerts->list[i]->key;
    keys_sort(keys);
}

/* All that is open in it is in the parcel; and a day's overview is replaced by another one only. */
static bool tells_instead(const struct parcel *parcel, const struct letter *letter,
                          const struct letter_alerts *alerts, const struct keys *open)
{
    struct keys told = {0};
    bool all =
        !strcmp(parcel->channel, letter->channel) && (is_digest(parcel->head) || !is_digest(letter->alert));
    for (size_t i = 0; all && i < parcel->list.n; i++)
        *vec_push(&told.list) = parcel->list.at[i]->key;
    keys_sort(&told);
    for (size_t i = 0; i < alerts->n && all; i++)
        all = !keys_have(open, alerts->keys[i]) || keys_have(&told, alerts->keys[i]);
    vec_free(&told.list);
    return all;
}

static bool concerns_address(const struct site *site, const char *address, const struct alerts *alerts)
{
    for (size_t i = 0; i < alerts->n; i++)
        for (size_t j = 0; alerts->list[i]->state == ALERT_OPEN && j < site->n_recipients; j++)
            if (!strcmp(site->recipients[j].address, address) &&
                alert_concerns(alerts->list[i], site->recipients[j].unit))
                return true;
    return false;
}

/* What somebody asked to have sent again is sent. */
static bool nothing_open(const struct site *site, const struct letter *letter,
                         const struct letter_alerts *own, const struct alerts *alerts,
                         const struct keys *open)
{
    for (size_t i = 0; i < own->n; i++)
        if (keys_have(open, own->keys[i]))
            return false;
    return !letter->resent &&
           (!is_digest(letter->alert) || !concerns_address(site, strchr(letter->channel, ':') + 1, alerts));
}

static bool outdated_look(const struct daemon *daemon, struct posting *posting, const struct letter *letter,
                          const struct alerts *alerts, const struct keys *open, struct err *err)
{
    struct letter_alerts *own = letter_alerts_read(daemon->store, letter->notice, err);
    size_t newer = own ? posting->parcels.n : 0;
    while (newer > 0 && !tells_instead(&posting->parcels.at[newer - 1], letter, own, open))
        newer--;
    if (newer)
        *vec_push(&posting->outdated) = (struct outdated){letter->notice, newer - 1};
    else if (own && nothing_open(daemon->app->site, letter, own, alerts, open))
        *vec_push(&posting->outdated) = (struct outdated){letter->notice, NOTHING};
    letter_alerts_free(own);
    return own != NULL;
}

/* What cannot be read now is looked at the next time: nothing is lost by it. */
static void outdated_collect(const struct daemon *daemon, struct posting *posting,
                             const struct alerts *alerts)
{
    struct err err = {.lang = daemon->app->site->lang};
    struct letters *letters = letters_read(daemon->store, posting->now - (int64_t)REFUSED_DAYS * 86400, &err);
    bool good = letters != NULL;
    struct keys open = {0};
    if (good && letters->n)
        keys_of_open(alerts, &open);
    for (size_t i = 0; good && i < letters->n; i++)
        good = outdated_look(daemon, posting, &letters->list[i], alerts, &open, &err);
    if (!good)
        log_error("%s", err.text);
    vec_free(&open.list);
    letters_free(letters);
}

/* ---- collecting ---- */

struct posting *posting_collect(const struct daemon *daemon, const struct alerts *alerts,
                                const struct alert_choice *fresh, bool overview, struct err *err)
{
    const struct site *site = daemon->app->site;
    struct posting *posting = mem_alloc(sizeof *posting);
    *posting = (struct posting){.store = daemon->store,
                                .err = err,
                                .settings = app_alert_settings(daemon->app),
                                .workdays = daemon->outlook->rulebook->workdays,
                                .now = daemon_now(daemon),
                                .today = daemon->outlook->today,
                                .overview = overview};
    for (size_t i = 0; i < site->n_recipients; i++)
        if (is_first_of_address(site, i)) {
            struct mailbox mailbox;
            mailbox_init(&mailbox, site, site->recipients[i].address);
            mail_collect(posting, &site->mail, &mailbox, alerts, fresh);
            vec_free(&mailbox.units);
        }
    for (size_t i = 0; i < site->n_webhooks; i++)
        webhook_collect(posting, &site->webhooks[i], fresh);
    outdated_collect(daemon, posting, alerts);
    if (!err->kind)
        return posting;
    posting_free(posting);
    return NULL;
}

bool posting_empty(const struct posting *posting)
{
    return !posting->parcels.n && !posting->outdated.n;
}

void posting_free(struct posting *posting)
{
    if (!posting)
        return;
    for (size_t i = 0; i < posting->parcels.n; i++)
        parcel_fini(&posting->parcels.at[i]);
    vec_free(&posting->parcels);
    vec_free(&posting->outdated);
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
    for (like->rung = text_str(rung); !posting->err->kind && was_told(posting, like);
         like->rung = text_str(rung))
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
    if (is_digest(parcel->head))
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

/* *id: of the notice that leaves the house. */
static bool parcel_write(struct daemon *daemon, const struct posting *posting, const struct parcel *parcel,
                         int64_t *id, struct err *err)
{
    if (parcel->rows.n == 1 && !is_digest(parcel->head)) {
        struct notice notice = notice_of(&parcel->rows.at[0], parcel->channel);
        notice.told_at = posting->now;
        return out_write(daemon, parcel, &notice, id, err);
    }
    return carrier_write(daemon, posting, parcel, id, err) && rows_write(daemon, posting, parcel, *id, err);
}

static bool outdated_write(struct daemon *daemon, const struct posting *posting, const int64_t *ids,
                           struct err *err)
{
    for (size_t i = 0; i < posting->outdated.n; i++) {
        const struct outdated *one = &posting->outdated.at[i];
        int64_t newer = one->newer == NOTHING ? 0 : ids[one->newer];
        if (!outbox_drop(daemon->store, one->notice, newer, posting->now, err))
            return false;
    }
    return true;
}

bool posting_write(struct daemon *daemon, const struct posting *posting, struct err *err)
{
    auto_free int64_t *ids = mem_alloc((posting->parcels.n + 1) * sizeof *ids);
    for (size_t i = 0; i < posting->parcels.n; i++)
        if (!parcel_write(daemon, posting, &posting->parcels.at[i], &ids[i], err))
            return false;
    return outdated_write(daemon, posting, ids, err);
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
