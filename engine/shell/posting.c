#include "shell/posting.h"

#include "alert/post.h"
#include "shell/boxes.h"
#include "shell/outdated.h"
#include "shell/telling.h"
#include "time/clock.h"

#include <stdlib.h>
#include <string.h>

enum { SINGLES_MOST = 2, DAY_MINUTES = 60 };

/* What is done at one go before others may ask in between: to look something up in the ledger is the unit,
 * some microseconds. What is told by mail is written into the ledger and into the mail. */
enum { WORK_MOST = 1000, WORK_OF_ROW = 5 };

struct posting {
    struct daemon *daemon;
    struct boxes *boxes;
    struct err *err; /* kind 0: the ledger could be read so far */
    struct alert_settings settings;
    const struct workdays *workdays;
    int64_t now;
    int today;
    size_t work;
    size_t at; /* boxes before it are gone through */
    VEC(struct parcel) parcels;
    struct outdated_list outdated;
};

/* ---- parcels ---- */

static struct notice notice_of(const struct parcel_row *row, const char *channel)
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
static bool was_told(struct posting *posting, const struct notice *like)
{
    bool told = true;
    posting->work++;
    return !notices_told(posting->daemon->store, like, &told, posting->err) || told;
}

static void parcel_init(struct parcel *parcel, struct box *box, const char *head, enum post_kind kind)
{
    auto_text whole = {0};
    text_addf(&whole, "%s%s", head, strchr(box->channel, ':'));
    *parcel = (struct parcel){.box = box, .head = mem_strdup(text_str(&whole)), .kind = kind};
}

static void parcel_fini(struct parcel *parcel)
{
    mem_free(parcel->head);
    vec_free(&parcel->list);
    vec_free(&parcel->rows);
}

/* True: it was not in there yet. They come one after the other. */
static bool parcel_list(struct parcel *parcel, const struct alert *alert)
{
    if (parcel->list.n && parcel->list.at[parcel->list.n - 1] == alert)
        return false;
    *vec_push(&parcel->list) = alert;
    return true;
}

/* True: the office was not told of it this way. */
static bool parcel_row(struct posting *posting, struct parcel *parcel, const struct alert *alert,
                       const char *unit)
{
    const struct parcel_row row = {alert, unit};
    const struct notice like = notice_of(&row, parcel->box->channel);
    if (!alert->rung || alert->tell_at > posting->now || was_told(posting, &like))
        return false;
    *vec_push(&parcel->rows) = row;
    posting->work += WORK_OF_ROW;
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

/* ---- what is told to whom ---- */

/* By day, the others first: the order of alerts.list. */
static int told_order(const struct alert *x, const struct alert *y)
{
    bool x_other = x->kind >= ALERT_KPI_AT_RISK, y_other = y->kind >= ALERT_KPI_AT_RISK;
    if (x->due != y->due)
        return x->due < y->due ? -1 : 1;
    return x_other != y_other ? (x_other ? -1 : 1) : (x > y) - (x < y);
}

static int choice_order(const void *a, const void *b)
{
    return told_order(*(const struct alert *const *)a, *(const struct alert *const *)b);
}

void alert_choice_sort(struct alert_choice *choice)
{
    if (choice->list.n)
        qsort(choice->list.at, choice->list.n, sizeof(const struct alert *), choice_order);
}

/* An alert of which an office is told at an address. */
struct errand {
    size_t box;
    const struct alert *alert;
    const char *unit;
    size_t place; /* among all */
};
struct errands {
    VEC(struct errand) list;
};

static int errand_order(const void *a, const void *b)
{
    const struct errand *x = a, *y = b;
    int order = (x->box > y->box) - (x->box < y->box);
    if (!order)
        order = told_order(x->alert, y->alert);
    return order ? order : (x->place > y->place) - (x->place < y->place);
}

static void errands_sort(struct errands *errands)
{
    if (errands->list.n)
        qsort(errands->list.at, errands->list.n, sizeof *errands->list.at, errand_order);
}

/* ---- mail ---- */

static bool in_working_hours(const struct posting *posting)
{
    return alert_working_time(posting->workdays, &posting->settings, posting->now) == posting->now;
}

static bool is_digest_time(const struct daemon *daemon)
{
    int minute = daemon->app->site->mail.digest;
    return daemon_now(daemon) >= day_at(daemon->outlook->today, minute / DAY_MINUTES, minute % DAY_MINUTES);
}

static bool digest_was_made(struct posting *posting, const struct box *box)
{
    char day[DAY_SIZE];
    auto_text head = {0};
    text_addf(&head, "digest%s", strchr(box->channel, ':'));
    const struct notice like = {.alert = text_str(&head),
                                .kind = "summary",
                                .rung = day_iso(posting->today, day),
                                .unit = "",
                                .channel = box->channel};
    return was_told(posting, &like);
}

static bool is_digest_due(struct posting *posting, struct box *box)
{
    int today = posting->today;
    if (!box->units.n || !is_digest_time(posting->daemon))
        return false;
    if (box->digest_day != today && box->asked_day != today) {
        bool made = digest_was_made(posting, box);
        if (posting->err->kind)
            return false;
        box->asked_day = today;
        box->digest_day = made ? today : box->digest_day;
    }
    return box->digest_day != today;
}

/* On days off and out of hours only what is due today. */
static void digest_errands(const struct posting *posting, const struct box *box, struct errands *errands)
{
    bool working = in_working_hours(posting);
    struct alert_choice choice = {0};
    for (size_t i = 0; i < box->units.n; i++) {
        choice.list.n = 0;
        telling_open(posting->daemon, box->units.at[i], &choice);
        for (size_t j = 0; j < choice.list.n; j++)
            if (working || choice.list.at[j]->due_today)
                *vec_push(&errands->list) =
                    (struct errand){0, choice.list.at[j], box->units.at[i], errands->list.n};
    }
    vec_free(&choice.list);
    errands_sort(errands);
}

/* What is only counted in it was not told by it. */
static void digest_collect(struct posting *posting, struct box *box)
{
    struct errands errands = {0};
    struct parcel parcel;
    size_t counts[POST_SECTIONS] = {0};
    parcel_init(&parcel, box, "digest", POST_DIGEST);
    digest_errands(posting, box, &errands);
    for (size_t i = 0; i < errands.list.n; i++) {
        const struct errand *one = &errands.list.at[i];
        enum post_section section = post_section_of(one->alert, posting->today);
        counts[section] += parcel_list(&parcel, one->alert);
        if (counts[section] <= POST_LINES_MOST)
            parcel_row(posting, &parcel, one->alert, one->unit);
    }
    vec_free(&errands.list);
    parcel_end(posting, &parcel);
}

static void urgent_errands(const struct posting *posting, const struct alert *alert, const char *unit,
                           struct errands *errands)
{
    size_t n;
    const struct box_of_unit *first = boxes_of(posting->boxes, unit, &n);
    for (size_t i = 0; i < n; i++)
        *vec_push(&errands->list) = (struct errand){first[i].box, alert, unit, errands->list.n};
}

/* A few go one by one. */
static void urgent_split(struct posting *posting, struct parcel *all)
{
    if (all->list.n > SINGLES_MOST) {
        parcel_end(posting, all);
        return;
    }
    for (size_t i = 0; i < all->list.n; i++) {
        struct parcel one;
        parcel_init(&one, all->box, "urgent", POST_URGENT);
        parcel_list(&one, all->list.at[i]);
        for (size_t j = 0; j < all->rows.n; j++)
            if (all->rows.at[j].alert == all->list.at[i])
                *vec_push(&one.rows) = all->rows.at[j];
        parcel_end(posting, &one);
    }
    parcel_fini(all);
}

/* Where a digest is due it will stand in there. */
static void urgent_collect(struct posting *posting, const struct errand *first, size_t n)
{
    struct box *box = &posting->boxes->list.at[first->box];
    struct parcel parcel;
    if (is_digest_due(posting, box))
        return;
    parcel_init(&parcel, box, "urgent", POST_URGENT);
    for (size_t i = 0; i < n; i++)
        if (parcel_row(posting, &parcel, first[i].alert, first[i].unit))
            parcel_list(&parcel, first[i].alert);
    urgent_split(posting, &parcel);
}

static void urgents_collect(struct posting *posting, const struct alert_choice *fresh)
{
    struct errands errands = {0};
    for (size_t i = 0; i < fresh->list.n; i++) {
        const struct alert *alert = fresh->list.at[i];
        if (alert->severity != ALERT_CRITICAL)
            continue;
        urgent_errands(posting, alert, alert->unit ? alert->unit : "", &errands);
        for (size_t j = 0; alert->also && j < alert->also->n; j++)
            urgent_errands(posting, alert, alert->also->at[j]->id, &errands);
    }
    errands_sort(&errands);
    for (size_t i = 0, n; i < errands.list.n; i += n) {
        const struct errand *first = &errands.list.at[i];
        for (n = 1; i + n < errands.list.n && first[n].box == first->box;)
            n++;
        urgent_collect(posting, first, n);
    }
    vec_free(&errands.list);
}

/* ---- webhooks ---- */

static bool is_in(const struct site_list *list, const char *text)
{
    for (size_t i = 0; i < list->n; i++)
        if (!strcmp(list->at[i], text))
            return true;
    return !list->n;
}

static void webhook_collect(struct posting *posting, struct box *box, const struct alert_choice *fresh)
{
    const struct site_webhook *webhook = box->webhook;
    struct parcel parcel;
    parcel_init(&parcel, box, "webhook", POST_DIGEST);
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

/* ---- collecting ---- */

size_t posting_ways(const struct daemon *daemon, const struct alert *alert, const char *unit)
{
    const struct site *site = daemon->app->site;
    size_t n = 0;
    if (daemon->boxes && alert->severity == ALERT_CRITICAL)
        boxes_of(daemon->boxes, unit, &n);
    for (size_t i = 0; i < site->n_webhooks; i++)
        n += is_in(&site->webhooks[i].kinds, alert_kind_name(alert->kind)) &&
             is_in(&site->webhooks[i].units, unit);
    return n;
}

/* Where letters to the same receiver are told by these parcels instead, they are out of date. */
static void replace(struct posting *posting, const struct box *box, size_t first, bool ended)
{
    const struct outdated_look look = {.daemon = posting->daemon,
                                       .box = box,
                                       .parcels = posting->parcels.at,
                                       .first = first,
                                       .n = posting->parcels.n,
                                       .before = posting->boxes->round_at,
                                       .ended = ended};
    if (!posting->err->kind)
        posting->work += outdated_look(&look, &posting->outdated, posting->err);
}

static void news_collect(struct posting *posting, const struct alert_choice *fresh)
{
    urgents_collect(posting, fresh);
    for (size_t i = posting->boxes->n_addresses; i < posting->boxes->list.n; i++)
        if (posting->boxes->list.at[i].webhook)
            webhook_collect(posting, &posting->boxes->list.at[i], fresh);
    for (size_t i = 0; i < posting->parcels.n; i++)
        if (!i || posting->parcels.at[i - 1].box != posting->parcels.at[i].box)
            replace(posting, posting->parcels.at[i].box, i, false);
}

static bool is_waiting(const struct box *box, bool digest_time, int today)
{
    return box->changed || (digest_time && box->units.n && box->digest_day != today);
}

static void box_collect(struct posting *posting, struct box *box)
{
    size_t first = posting->parcels.n;
    if (is_digest_due(posting, box))
        digest_collect(posting, box);
    if (box->changed || posting->parcels.n > first)
        replace(posting, box, first, true);
}

/* Goes on receiver by receiver until there is enough to write. */
static void boxes_collect(struct posting *posting)
{
    bool digest_time = is_digest_time(posting->daemon);
    for (; posting->at < posting->boxes->list.n && posting->work < WORK_MOST; posting->at++) {
        struct box *box = &posting->boxes->list.at[posting->at];
        if (is_waiting(box, digest_time, posting->today))
            box_collect(posting, box);
    }
}

struct posting *posting_collect(struct daemon *daemon, const struct alert_choice *fresh, bool all_heard,
                                struct err *err)
{
    if (!daemon->boxes) {
        if (!(daemon->boxes = boxes_new(daemon->app->site, daemon->store, err)))
            return NULL;
        posting_again(daemon);
    }
    struct posting *posting = mem_alloc(sizeof *posting);
    *posting = (struct posting){.daemon = daemon,
                                .boxes = daemon->boxes,
                                .err = err,
                                .settings = app_alert_settings(daemon->app),
                                .workdays = daemon->outlook->rulebook->workdays,
                                .now = daemon_now(daemon),
                                .today = daemon->outlook->today,
                                .at = daemon->boxes->at};
    news_collect(posting, fresh);
    if (all_heard)
        boxes_collect(posting);
    if (!err->kind)
        return posting;
    posting_free(posting);
    return NULL;
}

bool posting_empty(const struct posting *posting)
{
    return !posting->parcels.n && !posting->outdated.list.n;
}

void posting_remember(const struct posting *posting)
{
    struct boxes *boxes = posting->boxes;
    for (; boxes->at < posting->at; boxes->at++)
        boxes->list.at[boxes->at].changed = false;
    for (size_t i = 0; i < posting->parcels.n; i++)
        if (parcel_is_digest(posting->parcels.at[i].head))
            posting->parcels.at[i].box->digest_day = posting->today;
}

void posting_free(struct posting *posting)
{
    if (!posting)
        return;
    for (size_t i = 0; i < posting->parcels.n; i++)
        parcel_fini(&posting->parcels.at[i]);
    vec_free(&posting->parcels);
    vec_free(&posting->outdated.list);
    mem_free(posting);
}

/* ---- where it stands ---- */

void posting_again(struct daemon *daemon)
{
    if (!daemon->boxes)
        return;
    daemon->boxes->at = 0;
    daemon->boxes->round_at = daemon_now(daemon);
}

void posting_changed(struct daemon *daemon, const struct alert *alert)
{
    if (daemon->boxes)
        boxes_changed(daemon->boxes, alert);
}

void posting_forget(struct daemon *daemon)
{
    boxes_free(daemon->boxes);
    daemon->boxes = NULL;
}

size_t posting_waiting(const struct daemon *daemon)
{
    const struct boxes *boxes = daemon->boxes;
    size_t n = 0;
    if (!boxes || !daemon->outlook)
        return 0;
    bool digest_time = is_digest_time(daemon);
    for (size_t i = boxes->at; i < boxes->list.n; i++)
        n += is_waiting(&boxes->list.at[i], digest_time, daemon->outlook->today);
    return n;
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
    if (!parcel->box->webhook) {
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

static bool out_write(struct daemon *daemon, const struct parcel *parcel, const struct notice *notice,
                      int64_t *id, struct err *err)
{
    auto_text content = {0};
    add_content(daemon, parcel, notice, &content);
    return notices_add(daemon->store, notice, clock_now(), id, err) &&
           outbox_add(daemon->store, *id, text_str(&content), notice->told_at, err);
}

/* The notice that carries all others of the parcel. */
static bool carrier_write(struct daemon *daemon, struct posting *posting, const struct parcel *parcel,
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
                            .channel = parcel->box->channel,
                            .severity = alert_severity_name(worst),
                            .title = text_str(&title),
                            .body = "",
                            .told_at = posting->now};
    if (parcel_is_digest(parcel->head))
        notice.rung = day_iso(posting->today, day);
    else if (!notices_rung_at(daemon->store, &notice, posting->now, &rung, err))
        return false;
    return out_write(daemon, parcel, &notice, id, err);
}

static bool rows_write(struct daemon *daemon, const struct posting *posting, const struct parcel *parcel,
                       int64_t carrier, struct err *err)
{
    for (size_t i = 0; i < parcel->rows.n; i++) {
        struct notice notice = notice_of(&parcel->rows.at[i], parcel->box->channel);
        notice.told_at = posting->now;
        notice.message = carrier;
        if (!notices_add(daemon->store, &notice, clock_now(), NULL, err))
            return false;
    }
    return true;
}

/* *id: of the notice that leaves the house. */
static bool parcel_write(struct daemon *daemon, struct posting *posting, const struct parcel *parcel,
                         int64_t *id, struct err *err)
{
    if (parcel->rows.n == 1 && !parcel_is_digest(parcel->head)) {
        struct notice notice = notice_of(&parcel->rows.at[0], parcel->box->channel);
        notice.told_at = posting->now;
        return out_write(daemon, parcel, &notice, id, err);
    }
    return carrier_write(daemon, posting, parcel, id, err) && rows_write(daemon, posting, parcel, *id, err);
}

static bool outdated_write(struct daemon *daemon, const struct posting *posting, const int64_t *ids,
                           struct err *err)
{
    for (size_t i = 0; i < posting->outdated.list.n; i++) {
        const struct outdated *one = &posting->outdated.list.at[i];
        int64_t newer = one->newer == OUTDATED_BY_NOTHING ? 0 : ids[one->newer];
        if (!outbox_drop(daemon->store, one->notice, newer, posting->now, err))
            return false;
    }
    return true;
}

bool posting_write(struct daemon *daemon, struct posting *posting, struct err *err)
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
