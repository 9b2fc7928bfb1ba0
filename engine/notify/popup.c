/* One pop-up for each alert, replaced when it rises, closed when it is answered elsewhere. */
#include "notify/agent.h"

#include <string.h>

enum { SINGLES_MOST = 5, LINES_MOST = 10 };

struct popup {
    struct agent *agent;
    NotifyNotification *notification;
    char *key, *unit;
    json_t *alerts; /* that are answered with it: key, kind and rung of each */
};

static void popup_free(gpointer data)
{
    struct popup *popup = data;
    g_object_unref(popup->notification);
    json_decref(popup->alerts);
    g_free(popup->key);
    g_free(popup->unit);
    g_free(popup);
}

static const char *text_of(const json_t *object, const char *name)
{
    const char *text = json_string_value(json_object_get(object, name));
    return text ? text : "";
}

/* ---- answers ---- */

/* True: the daemon took it for all. */
static bool answer(struct popup *popup, const char *action, const char *until)
{
    bool good = true;
    for (size_t i = 0; i < json_array_size(popup->alerts); i++) {
        g_autofree char *key =
            g_uri_escape_string(text_of(json_array_get(popup->alerts, i), "key"), ":/@", FALSE);
        g_autofree char *path = g_strconcat("/api/v1/alerts/", key, "/", action, NULL);
        json_t *body = json_pack("{s:s*, s:s*}", "by", popup->agent->settings.name, "until", until);
        good = request_post(popup->agent, path, body) && good;
        json_decref(body);
    }
    return good;
}

static void answer_failed(const struct popup *popup)
{
    enum lang lang = popup->agent->settings.lang;
    NotifyNotification *notification =
        notify_notification_new(say(lang, "Chưa ghi được câu trả lời", "Your answer was not recorded"),
                                say(lang, "hanchot không nhận; cảnh báo vẫn còn mở.",
                                    "hanchot did not take it; the alert stays open."),
                                "dialog-error");
    notify_notification_show(notification, NULL);
    g_object_unref(notification);
}

static void open_page(const struct popup *popup)
{
    g_autofree char *uri = *popup->unit
                               ? g_strconcat(popup->agent->settings.url, "/units/", popup->unit, NULL)
                               : g_strconcat(popup->agent->settings.url, "/", NULL);
    g_autoptr(GError) error = NULL;
    if (!g_app_info_launch_default_for_uri(uri, NULL, &error))
        g_warning("%s: %s", uri, error->message);
}

static void act(struct popup *popup, const char *action)
{
    bool good = true;
    if (!strcmp(action, "ack"))
        good = answer(popup, "ack", NULL);
    else if (!strcmp(action, "hour"))
        good = answer(popup, "snooze", "+1h");
    else if (!strcmp(action, "tomorrow"))
        good = answer(popup, "snooze", "tomorrow");
    else
        open_page(popup);
    if (!good)
        answer_failed(popup);
}

static void acted(NotifyNotification *notification, char *action, gpointer user)
{
    (void)notification;
    act(user, action);
}

/* ---- showing ---- */

static NotifyUrgency urgency_of(const char *severity)
{
    if (!strcmp(severity, "critical"))
        return NOTIFY_URGENCY_CRITICAL;
    return strcmp(severity, "info") ? NOTIFY_URGENCY_NORMAL : NOTIFY_URGENCY_LOW;
}

static void add_actions(struct popup *popup)
{
    static const struct {
        const char *name, *vi, *en;
    } actions[] = {{"default", "Mở", "Open"},
                   {"ack", "Đã biết", "Got it"},
                   {"hour", "Nhắc lại sau 1 giờ", "Remind me in 1 hour"},
                   {"tomorrow", "Nhắc lại ngày mai", "Remind me tomorrow"},
                   {"open", "Mở", "Open"}};
    notify_notification_clear_actions(popup->notification);
    for (size_t i = 0; i < sizeof actions / sizeof *actions; i++)
        notify_notification_add_action(popup->notification, actions[i].name,
                                       say(popup->agent->settings.lang, actions[i].vi, actions[i].en), acted,
                                       popup, NULL);
}

/* Expired, dismissed or closed by us; what ends with its server is none of these. */
static void closed(NotifyNotification *notification, gpointer user)
{
    enum { LAST_REASON = 3 };
    struct popup *popup = user;
    int reason = notify_notification_get_closed_reason(notification);
    if (reason > 0 && reason <= LAST_REASON)
        memory_hide(popup->agent, popup->key);
}

static struct popup *popup_of(struct agent *agent, const char *key)
{
    if (!agent->popups)
        agent->popups = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, popup_free);
    struct popup *popup = g_hash_table_lookup(agent->popups, key);
    if (popup)
        return popup;
    popup = g_new0(struct popup, 1);
    popup->agent = agent;
    popup->key = g_strdup(key);
    popup->notification = g_object_new(NOTIFY_TYPE_NOTIFICATION, "summary", "", NULL);
    int id = memory_popup(agent, key); /* one that was shown before a restart is replaced */
    if (id)
        g_object_set(popup->notification, "id", id, NULL);
    g_signal_connect(popup->notification, "closed", G_CALLBACK(closed), popup);
    g_hash_table_insert(agent->popups, popup->key, popup);
    return popup;
}

static void alerts_take(struct popup *popup, const json_t *alert)
{
    const json_t *alerts = json_object_get(alert, "alerts");
    json_decref(popup->alerts);
    popup->alerts = json_is_array(alerts)
                        ? json_deep_copy(alerts)
                        : json_pack("[{s:s, s:s, s:s}]", "key", text_of(alert, "key"), "kind",
                                    text_of(alert, "kind"), "rung", text_of(alert, "rung"));
}

static bool alerts_drop(struct popup *popup, const char *key)
{
    for (size_t i = 0; i < json_array_size(popup->alerts); i++)
        if (!strcmp(text_of(json_array_get(popup->alerts, i), "key"), key))
            return !json_array_remove(popup->alerts, i);
    return false;
}

/* Whoever has nothing left to tell of leaves the screen. */
static void take_out(struct agent *agent, const char *key, const struct popup *but)
{
    GHashTableIter iter;
    gpointer value;
    g_hash_table_iter_init(&iter, agent->popups);
    while (g_hash_table_iter_next(&iter, NULL, &value)) {
        struct popup *popup = value;
        if (popup == but || !alerts_drop(popup, key) || json_array_size(popup->alerts))
            continue;
        memory_hide(agent, popup->key);
        notify_notification_close(popup->notification, NULL);
        g_hash_table_iter_remove(&iter);
    }
}

/* Kind and rung: what is told once. */
static char *what_of(const json_t *alert)
{
    return g_strconcat(text_of(alert, "kind"), " ", text_of(alert, "rung"), NULL);
}

/* What a summary carries has been shown with it, and what is shown again is where it was before no more. */
static void remember(struct agent *agent, const struct popup *popup, const char *what)
{
    int id = 0;
    g_object_get(popup->notification, "id", &id, NULL);
    memory_set_shown(agent, popup->key, what, id, NULL);
    for (size_t i = 0; i < json_array_size(popup->alerts); i++) {
        const json_t *one = json_array_get(popup->alerts, i);
        const char *key = text_of(one, "key");
        g_autofree char *its_own = what_of(one);
        take_out(agent, key, popup);
        if (strcmp(key, popup->key) != 0)
            memory_set_shown(agent, key, its_own, 0, popup->key);
    }
}

static void show(struct agent *agent, const json_t *alert)
{
    struct popup *popup = popup_of(agent, text_of(alert, "key"));
    g_autofree char *body = g_markup_escape_text(text_of(alert, "body"), -1);
    g_autofree char *what = what_of(alert);
    g_autoptr(GError) error = NULL;
    alerts_take(popup, alert);
    g_free(popup->unit);
    popup->unit = g_strdup(text_of(alert, "unit"));
    notify_notification_update(popup->notification, text_of(alert, "title"), body, "appointment-soon");
    notify_notification_set_urgency(popup->notification, urgency_of(text_of(alert, "severity")));
    notify_notification_set_category(popup->notification, "hanchot");
    add_actions(popup);
    if (notify_notification_show(popup->notification, &error))
        remember(agent, popup, what);
    else
        g_warning("%s", error->message);
}

static bool was_shown(const struct agent *agent, const json_t *alert)
{
    g_autofree char *what = what_of(alert);
    return memory_shown(agent, text_of(alert, "key"), what);
}

/* Also when each of those it carries was. */
static bool nothing_new(const struct agent *agent, const json_t *alert)
{
    const json_t *alerts = json_object_get(alert, "alerts");
    bool all = json_array_size(alerts);
    for (size_t i = 0; all && i < json_array_size(alerts); i++)
        all = was_shown(agent, json_array_get(alerts, i));
    return all || was_shown(agent, alert);
}

void popup_show(struct agent *agent, const json_t *alert)
{
    if (*text_of(alert, "key") && !nothing_new(agent, alert))
        show(agent, alert);
}

void popup_close(struct agent *agent, const char *key)
{
    struct popup *popup = agent->popups ? g_hash_table_lookup(agent->popups, key) : NULL;
    if (!popup && memory_popup(agent, key)) /* shown before a restart */
        popup = popup_of(agent, key);
    memory_forget(agent, key);
    if (popup) {
        notify_notification_close(popup->notification, NULL);
        g_hash_table_remove(agent->popups, key);
    }
    if (agent->popups)
        take_out(agent, key, NULL); /* of a summary */
}

void popup_forget_all(struct agent *agent)
{
    if (agent->popups)
        g_hash_table_remove_all(agent->popups);
}

/* ---- all that is open ---- */

static bool is_open(const json_t *alert)
{
    return !strcmp(text_of(alert, "state"), "open");
}

/* Many at once come as one. */
static json_t *together(const struct agent *agent, json_t *list)
{
    enum lang lang = agent->settings.lang;
    g_autoptr(GString) body = g_string_new(NULL);
    g_autofree char *title =
        g_strdup_printf(say(lang, "%zu cảnh báo đang mở", "%zu open alerts"), json_array_size(list));
    const char *severity = "info", *unit = text_of(json_array_get(list, 0), "unit");
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *alert = json_array_get(list, i);
        if (i < LINES_MOST)
            g_string_append_printf(body, "%s- %s", i ? "\n" : "", text_of(alert, "title"));
        if (urgency_of(text_of(alert, "severity")) > urgency_of(severity))
            severity = text_of(alert, "severity");
    }
    return json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:O}", "key", "summary:open", "kind", "summary",
                     "rung", agent->login, "severity", severity, "title", title, "body", body->str, "unit",
                     unit, "alerts", list);
}

static void close_settled(struct agent *agent, const json_t *open)
{
    g_auto(GStrv) groups = g_key_file_get_groups(agent->memory, NULL);
    for (size_t i = 0; groups[i]; i++) {
        g_autofree char *key = g_key_file_get_string(agent->memory, groups[i], "key", NULL);
        bool stays = !key || g_str_has_prefix(key, "summary:");
        for (size_t j = 0; !stays && j < json_array_size(open); j++)
            stays = is_open(json_array_get(open, j)) && !strcmp(text_of(json_array_get(open, j), "key"), key);
        if (!stays)
            popup_close(agent, key);
    }
}

/* Answers go to the process that showed a pop-up: what one before us left there is shown again in its place.
 */
static void adopt(struct agent *agent, const json_t *open)
{
    g_auto(GStrv) summaries = memory_take_summaries(agent);
    for (size_t i = 0; summaries[i]; i++)
        popup_close(agent, summaries[i]);
    for (size_t i = 0; i < json_array_size(open); i++) {
        const json_t *alert = json_array_get(open, i);
        const char *key = text_of(alert, "key");
        if (is_open(alert) && memory_popup(agent, key) &&
            !(agent->popups && g_hash_table_lookup(agent->popups, key)))
            show(agent, alert);
    }
}

void popup_match(struct agent *agent, json_t *open)
{
    json_t *fresh = json_array();
    close_settled(agent, open);
    if (!agent->adopted)
        adopt(agent, open);
    agent->adopted = true;
    for (size_t i = 0; i < json_array_size(open); i++) {
        json_t *alert = json_array_get(open, i);
        if (is_open(alert) && !was_shown(agent, alert))
            json_array_append(fresh, alert);
    }
    if (json_array_size(fresh) > SINGLES_MOST) {
        json_t *one = together(agent, fresh);
        show(agent, one);
        json_decref(one);
    } else
        for (size_t i = 0; i < json_array_size(fresh); i++)
            show(agent, json_array_get(fresh, i));
    json_decref(fresh);
}
