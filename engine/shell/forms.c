/* Pages with forms and what they send. What is written goes the same way as from the API; then the browser is
 * sent back to the page, so that loading it again sends nothing twice. A form that is sent twice all the
 * same, by two clicks, says nothing new the second time. */
#include "shell/session.h"

#include "alert/alerts.h"
#include "shell/telling.h"
#include "shell/trouble.h"

#include <stdlib.h>
#include <string.h>

static const char turn_path[] = "/turns/";
static const char event_path[] = "/events/";

bool forms_path(const char *path)
{
    return !strncmp(path, turn_path, sizeof turn_path - 1) || !strcmp(path, "/alerts") ||
           !strncmp(path, event_path, sizeof event_path - 1) || signin_path(path);
}

struct answer *form_page(int status, struct text *body)
{
    struct answer *answer = answer_new(status, ANSWER_HTML, body, 0);
    answer_header(answer, "Cache-Control", "no-store");
    answer_header(answer, "Referrer-Policy", "same-origin");
    return answer;
}

struct answer *form_go_to(const char *where)
{
    struct text nothing = {0};
    struct answer *answer = answer_new(303, ANSWER_TEXT, &nothing, 0);
    answer_header(answer, "Location", where);
    answer_header(answer, "Cache-Control", "no-store");
    return answer;
}

void form_writer(const struct daemon *daemon, const struct request *request, struct writer *writer)
{
    writer->key = session_key(daemon, request);
    writer->may = writer->key || (!daemon->guarded && trust_is_local(request));
    session_proof(daemon, request, writer->proof);
    writer->page = (struct page_writer){.csrf = writer->proof,
                                        .name = writer->key ? writer->key->name : NULL,
                                        .own_only = writer->key && writer->key->n_scope};
}

static const char *not_this_office(enum lang lang)
{
    return say(lang, "Khóa đang dùng không ghi được cho đơn vị này.",
               "The key in use may not write for this office.");
}

/* ---- what a page is about ---- */

struct place {
    bool alerts;
    const struct occurrence *turn;
    const struct gathering *gathered;
    const struct event *event;
};

/* "/events/haiphong-2026/plan-received" */
static const struct event *event_of(const struct daemon *daemon, const char *rest)
{
    const char *name;
    const struct plan *plan = route_plan(daemon, rest, &name);
    return plan ? plan_event(plan, name) : NULL;
}

static bool place_of(const struct daemon *daemon, const struct request *request, struct place *place)
{
    const char *path = request->path;
    *place = (struct place){.alerts = !strcmp(path, "/alerts")};
    if (!strncmp(path, event_path, sizeof event_path - 1))
        place->event = event_of(daemon, path + sizeof event_path - 1);
    else if (!place->alerts) {
        place->turn = outlook_find(daemon->outlook, path + sizeof turn_path - 1);
        place->gathered =
            place->turn ? NULL : outlook_find_gathering(daemon->outlook, path + sizeof turn_path - 1);
    }
    return place->alerts || place->turn || place->gathered || place->event;
}

/* ---- reading ---- */

/* "Recorded as done" only where it is so. */
static bool is_so(const struct daemon *daemon, const struct place *place, const char *action)
{
    const struct occurrence *turn = place->turn;
    if (place->event)
        return (!strcmp(action, "record") && outlook_records(daemon->facts, place->event).n) ||
               (!strcmp(action, "withdraw") && daemon->facts->n_withdrawn);
    if (place->gathered)
        return !strcmp(action, "received") && place->gathered->done;
    if (!turn || !strcmp(action, "record"))
        return place->alerts || (turn->duty->timing.trigger && turn->state != STATE_WAITING);
    if (!strcmp(action, "done"))
        return turn->state == STATE_DONE;
    if (!strcmp(action, "extend"))
        return turn->due != turn->due_original;
    return strcmp(action, "reopen") != 0 || turn->state != STATE_DONE;
}

static struct answer *turn_page(struct daemon *daemon, struct page_settings *settings, struct writer *writer,
                                const struct occurrence *turn, int status, const struct page_said *said)
{
    struct text body = {0};
    struct err err = {.lang = settings->lang};
    if (writer->key && !trust_owns(writer->key, turn->id)) {
        writer->page.receives = trust_receives(writer->key, turn);
        writer->page.why_not = writer->page.receives ? NULL : not_this_office(settings->lang);
    }
    const struct alerts *alerts = telling_alerts(daemon, &err);
    if (!alerts)
        return page_of_error(daemon, 500, settings->lang, err.text);
    page_turn(daemon->outlook, settings, turn, alerts_find(alerts, turn->id), said, &body);
    return form_page(status, &body);
}

static struct answer *alerts_page(struct daemon *daemon, const struct request *request,
                                  const struct page_settings *settings, const struct token *key, int status,
                                  const struct page_said *said)
{
    struct text body = {0};
    struct err err = {.lang = settings->lang};
    const char *unit = request_option(request, "unit");
    bool choice = !key || !key->n_scope;
    const char *const *units = !choice ? key->scope : unit && *unit ? &unit : NULL;
    const struct alerts *alerts = telling_alerts(daemon, &err);
    if (!alerts)
        return page_of_error(daemon, 500, settings->lang, err.text);
    struct trouble trouble;
    trouble_init(&trouble, daemon);
    struct page_settings own = *settings;
    own.alerts = alerts;
    own.trouble = choice ? &trouble.page : NULL;
    page_alerts(daemon->outlook, &own, units, choice ? units != NULL : key->n_scope, choice, said, &body);
    trouble_fini(&trouble);
    return form_page(status, &body);
}

static struct answer *event_page(const struct daemon *daemon, const struct request *request,
                                 const struct page_settings *settings, const struct token *key,
                                 const struct event *event, int status, const struct page_said *said)
{
    struct text body = {0};
    bool reads = request->method == METHOD_GET;
    const struct page_scope scope = {.units = key && key->n_scope ? key->scope : NULL,
                                     .n_units = key ? key->n_scope : 0,
                                     .chosen = reads ? request_option(request, "unit") : NULL,
                                     .corrects = reads ? request_option(request, "corrects") : NULL};
    page_event(daemon->outlook, settings, event, &scope, said, &body);
    return form_page(status, &body);
}

/* key: of the reader, also where nothing may be written with it. */
static struct answer *place_page(struct daemon *daemon, const struct request *request,
                                 const struct token *key, const struct place *place, int status,
                                 struct page_said *said)
{
    struct writer writer;
    struct text body = {0};
    struct page_settings settings = page_settings_of(daemon, request_lang(daemon, request));
    form_writer(daemon, request, &writer);
    settings.writer = writer.may ? &writer.page : NULL;
    if (said->action && !is_so(daemon, place, said->action))
        said->action = NULL;
    if (place->alerts)
        return alerts_page(daemon, request, &settings, key, status, said);
    if (place->event)
        return event_page(daemon, request, &settings, key, place->event, status, said);
    if (place->turn)
        return turn_page(daemon, &settings, &writer, place->turn, status, said);
    page_gathered(daemon->outlook, &settings, place->gathered, said, &body);
    return form_page(status, &body);
}

/* ---- what is to be written ---- */

static void copy_field(json_t *json, const struct form *form, const char *name)
{
    if (*form_text(form, name))
        json_object_set_new(json, name, json_string(form_text(form, name)));
}

/* What the API would be told, or why there is nothing to tell. */
struct wanted {
    json_t *json;      /* NULL: nothing */
    const char *fault; /* to be shown on the page; NULL with json NULL and !known: no action of these pages */
    bool known;        /* the ledger says so already */
};

static void progress_wanted(const struct form *form, const struct place *place, struct wanted *wanted)
{
    static const struct {
        const char *action, *fields[3];
    } actions[] = {{"done", {"on", "why"}}, {"extend", {"to", "why"}}, {"reopen", {"why"}}, {"ack", {"key"}}};
    const char *action = form_text(form, "action");
    for (size_t i = 0; i < sizeof actions / sizeof *actions; i++) {
        bool ack = !strcmp(action, "ack");
        if (strcmp(actions[i].action, action) != 0 || (!ack && !place->turn))
            continue;
        wanted->json = json_pack("{s:s}", "action", action);
        for (size_t j = 0; actions[i].fields[j]; j++)
            copy_field(wanted->json, form, actions[i].fields[j]);
        if (!ack)
            json_object_set_new(wanted->json, "uid", json_string(place->turn->id));
    }
}

/* Those that were done meanwhile stay as they were told. */
static void received_wanted(const struct daemon *daemon, const struct form *form,
                            const struct gathering *gathered, enum lang lang, struct wanted *wanted)
{
    const char *unit;
    json_t *uids = json_array();
    for (size_t i = 0; (unit = form_nth(form, "unit", i)); i++) {
        auto_text id = {0};
        text_addf(&id, "%s:%s", gathered->id, unit);
        const struct occurrence *one = outlook_find(daemon->outlook, text_str(&id));
        if (!one || one->state != STATE_DONE)
            json_array_append_new(uids, json_string(text_str(&id)));
        else
            wanted->known = true;
    }
    if (json_array_size(uids)) {
        wanted->json = json_pack("{s:s, s:O}", "action", "done", "uid", uids);
        copy_field(wanted->json, form, "on");
        copy_field(wanted->json, form, "why");
    } else if (!wanted->known)
        wanted->fault = say(lang, "chưa chọn đơn vị nào", "no office was chosen");
    json_decref(uids);
}

static bool is_text(const char *a, const char *b)
{
    return !strcmp(a ? a : "", b);
}

struct record {
    const char *unit, *ref; /* "": all */
    int on, due;
    const struct event_fact *last; /* of that unit and row, or NULL */
    bool again;                    /* recorded after the form was made, with the same days */
};

static int day_of(const char *text)
{
    int day;
    struct err err = {0};
    return day_parse(text, &day, &err) ? day : DAY_NONE;
}

static void record_read(const struct daemon *daemon, const struct form *form, const struct event *event,
                        struct record *record)
{
    const struct event_records records = outlook_records(daemon->facts, event);
    int64_t seen = strtoll(form_text(form, "seen"), NULL, 10);
    const char *unit = form_text(form, "unit");
    *record = (struct record){.unit = strcmp(unit, "*") != 0 ? unit : "",
                              .ref = form_text(form, "ref"),
                              .on = day_of(form_text(form, "on")),
                              .due = day_of(form_text(form, "due"))};
    for (size_t i = 0; i < records.n; i++) {
        const struct event_fact *fact = event_record(&records, i);
        if (!is_text(fact->unit, record->unit) || !is_text(fact->ref, record->ref))
            continue;
        if (fact->withdrawn_at)
            continue;
        record->last = fact;
        record->again =
            record->again || (fact->chain > seen && fact->on == record->on && fact->due == record->due);
    }
}

/* What was recorded meanwhile is neither overwritten nor doubled. */
static const char *record_fault(const struct form *form, const struct event *event,
                                const struct record *record, enum lang lang)
{
    const struct event_fact *last = record->last;
    const char *corrects = form_text(form, "corrects");
    if (!*form_text(form, "unit"))
        return say(lang, "chưa chọn đơn vị", "no office was chosen");
    if (*corrects)
        return last && last->chain == strtoll(corrects, NULL, 10)
                   ? NULL
                   : say(lang, "đã có lần ghi mới hơn; hãy xem lại ở mục Đã ghi",
                         "there is a newer record; look at it under Recorded");
    return event->repeats || !last || (last->on == record->on && last->due == record->due)
               ? NULL
               : say(lang, "đã có người ghi ngày khác; muốn sửa thì bấm Sửa ở mục Đã ghi",
                     "another day was recorded; to change it press Correct under Recorded");
}

static void record_wanted(const struct daemon *daemon, const struct form *form, const struct event *event,
                          enum lang lang, struct wanted *wanted)
{
    struct record record;
    record_read(daemon, form, event, &record);
    wanted->fault = record_fault(form, event, &record, lang);
    bool another = event->repeats && !*form_text(form, "corrects");
    wanted->known = !wanted->fault && another && record.again;
    if (wanted->fault || wanted->known)
        return;
    wanted->json =
        json_pack("{s:s, s:s, s:s}", "action", "record", "plan", event->plan->id, "event", event->name);
    if (*record.unit)
        json_object_set_new(wanted->json, "unit", json_string(record.unit));
    if (another)
        json_object_set_new(wanted->json, "new", json_true());
    copy_field(wanted->json, form, "ref");
    copy_field(wanted->json, form, "on");
    copy_field(wanted->json, form, "due");
    copy_field(wanted->json, form, "note");
}

/* The very record that the form showed. */
static void withdrawal_wanted(const struct daemon *daemon, const struct form *form, const struct event *event,
                              enum lang lang, struct wanted *wanted)
{
    struct record record;
    record_read(daemon, form, event, &record);
    wanted->fault = !record.last || record.last->on != record.on
                        ? say(lang, "lần ghi này đã được sửa hoặc rút lại; hãy xem lại ở mục Đã ghi",
                              "this record was corrected or taken back; look at it under Recorded")
                        : record_fault(form, event, &record, lang);
    if (wanted->fault)
        return;
    wanted->json = json_pack("{s:s, s:s, s:s, s:b}", "action", "record", "plan", event->plan->id, "event",
                             event->name, "withdraw", 1);
    if (*record.unit)
        json_object_set_new(wanted->json, "unit", json_string(record.unit));
    copy_field(wanted->json, form, "ref");
    copy_field(wanted->json, form, "on");
    copy_field(wanted->json, form, "note");
}

static struct wanted wanted_of(const struct daemon *daemon, const struct form *form,
                               const struct place *place, const struct token *key, enum lang lang)
{
    struct wanted wanted = {0};
    const char *action = form_text(form, "action");
    const struct event *event = place->event;
    if (place->turn && !strcmp(action, "record"))
        event = plan_event(place->turn->duty->item->plan, form_text(form, "event"));
    if (event && !strcmp(action, "record"))
        record_wanted(daemon, form, event, lang, &wanted);
    else if (place->event && !strcmp(action, "withdraw"))
        withdrawal_wanted(daemon, form, place->event, lang, &wanted);
    else if (place->gathered && !strcmp(action, "done"))
        received_wanted(daemon, form, place->gathered, lang, &wanted);
    else if (place->turn || place->alerts)
        progress_wanted(form, place, &wanted);
    if (wanted.json) {
        copy_field(wanted.json, form, "by");
        if (key && !*form_text(form, "by"))
            json_object_set_new(wanted.json, "by", json_string(key->name));
    }
    return wanted;
}

/* ---- writing ---- */

static struct answer *recorded(const struct request *request, const struct place *place, const char *action)
{
    auto_text where = {0};
    const char *lang = request_option(request, "lang");
    text_addf(&where, "?said=%s", place->gathered ? "received" : action);
    if (lang)
        text_addf(&where, "&lang=%s", !strcmp(lang, "en") ? "en" : "vi");
    return form_go_to(text_str(&where));
}

static struct answer *apply(struct daemon *daemon, const struct request *request, const struct form *form,
                            const struct token *key, const struct place *place, const struct wanted *wanted)
{
    enum lang lang = request_lang(daemon, request);
    const char *action = form_text(form, "action");
    if (wanted->fault)
        return place_page(daemon, request, key, place, 422,
                          &(struct page_said){.fault = wanted->fault, .form = form});
    if (!wanted->json)
        return wanted->known ? recorded(request, place, action) : page_of_error(daemon, 422, lang, action);
    if (!trust_may_write(daemon, key, wanted->json))
        return place_page(daemon, request, key, place, 403,
                          &(struct page_said){.fault = not_this_office(lang), .form = form});
    json_t *result = daemon_change(daemon, wanted->json, lang);
    const char *detail = json_string_value(json_object_get(result, "detail"));
    struct answer *answer;
    struct place now;
    if (!detail)
        answer = recorded(request, place, action);
    else if (place_of(daemon, request, &now))
        answer =
            place_page(daemon, request, key, &now, 422, &(struct page_said){.fault = detail, .form = form});
    else
        answer = page_of_error(daemon, 422, lang, detail);
    json_decref(result);
    return answer;
}

/* Without a session: to be sent again after signing in. Of another session, or of the time before a restart:
 * the page with all that was filled in, to be sent once more. */
static struct answer *not_ours(struct daemon *daemon, const struct request *request, const struct form *form,
                               const struct token *key, const char *why)
{
    struct place place;
    if (session_origin_refused(daemon, request))
        return page_of_error(daemon, 403, request_lang(daemon, request), why);
    if (daemon->guarded && !key)
        return signin_instead(daemon, request, 401, why, form);
    if ((!key && !trust_is_local(request)) || !daemon->outlook || !place_of(daemon, request, &place))
        return page_of_error(daemon, 403, request_lang(daemon, request), why);
    struct answer *refusal = trust_read_refusal(daemon, request, key);
    return refusal ? refusal
                   : place_page(daemon, request, key, &place, 403,
                                &(struct page_said){.fault = why, .form = form});
}

static struct answer *form_sent(struct daemon *daemon, const struct request *request, const struct form *form)
{
    struct place place;
    enum lang lang = request_lang(daemon, request);
    const struct token *key = session_key(daemon, request);
    const char *why = session_form_refused(daemon, request, form_text(form, "csrf"), lang);
    if (why)
        return not_ours(daemon, request, form, key, why);
    if (!daemon->outlook)
        return no_rules(daemon, request);
    struct answer *refusal = trust_read_refusal(daemon, request, key);
    if (refusal)
        return refusal;
    if (!place_of(daemon, request, &place))
        return page_of_error(daemon, 404, lang, request->path);
    struct wanted wanted = wanted_of(daemon, form, &place, key, lang);
    struct answer *answer = apply(daemon, request, form, key, &place, &wanted);
    json_decref(wanted.json);
    return answer;
}

/* ---- the whole ---- */

static struct answer *posted(struct daemon *daemon, const struct request *request)
{
    static const char type[] = "application/x-www-form-urlencoded";
    enum lang lang = request_lang(daemon, request);
    struct err err = {.lang = lang};
    const char *sent = request->content_type ? request->content_type : "";
    if (strncasecmp(sent, type, sizeof type - 1) != 0 || !strchr("; ", sent[sizeof type - 1]))
        return page_of_error(daemon, 415, lang, type);
    struct form *form = form_read(request->body, request->body_size, &err);
    if (!form)
        return page_of_error(daemon, 422, lang, err.text);
    struct answer *answer =
        signin_path(request->path) ? signin_sent(daemon, request, form) : form_sent(daemon, request, form);
    form_free(form);
    return answer;
}

struct answer *forms_answer(struct daemon *daemon, const struct request *request)
{
    const struct token *key;
    struct place place;
    if (request->method == METHOD_POST)
        return posted(daemon, request);
    if (request->method != METHOD_GET)
        return wrong_method(daemon, request, "GET, HEAD, POST, OPTIONS");
    if (signin_path(request->path))
        return signin_read(daemon, request);
    struct answer *refusal = trust_refusal(daemon, request, &key);
    if (!refusal && daemon->outlook)
        refusal = trust_read_refusal(daemon, request, key);
    if (refusal)
        return refusal;
    if (!daemon->outlook)
        return no_rules(daemon, request);
    if (!place_of(daemon, request, &place))
        return page_of_error(daemon, 404, request_lang(daemon, request), request->path);
    return place_page(daemon, request, key, &place, 200,
                      &(struct page_said){.action = request_option(request, "said")});
}
