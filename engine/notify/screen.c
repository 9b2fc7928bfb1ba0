#include "notify/agent.h"

/* ---- the server of notifications ---- */

/* A new server knows none of the old one's pop-ups, and gives their numbers to others. */
static void appeared(GDBusConnection *bus, const char *name, const char *owner, gpointer user)
{
    struct agent *agent = user;
    (void)bus, (void)name, (void)owner;
    if (!agent->server_gone)
        return;
    agent->server_gone = false;
    bool was_offline = agent->offline != NULL;
    popup_forget_all(agent);
    g_clear_object(&agent->offline);
    memory_screen_lost(agent);
    if (was_offline)
        screen_offline(agent, NULL);
    else
        stream_match(agent);
}

static void vanished(GDBusConnection *bus, const char *name, gpointer user)
{
    (void)bus, (void)name;
    ((struct agent *)user)->server_gone = true;
}

void screen_watch(struct agent *agent)
{
    agent->server_watch = g_bus_watch_name(G_BUS_TYPE_SESSION, "org.freedesktop.Notifications",
                                           G_BUS_NAME_WATCHER_FLAGS_NONE, appeared, vanished, agent, NULL);
}

void screen_unwatch(struct agent *agent)
{
    g_bus_unwatch_name(agent->server_watch);
    screen_online(agent);
}

/* ---- of ourselves ---- */

void screen_offline(struct agent *agent, const char *why)
{
    enum lang lang = agent->settings.lang;
    if (agent->offline)
        return;
    g_autofree char *plain = g_strdup_printf(say(lang, "%s%s%s. Cảnh báo sẽ hiện lại khi có liên lạc.",
                                                 "%s%s%s. Alerts come again when it is back."),
                                             agent->settings.url, why ? ": " : "", why ? why : "");
    g_autofree char *body = g_markup_escape_text(plain, -1);
    agent->offline = notify_notification_new(say(lang, "Mất liên lạc với hanchot", "hanchot is out of reach"),
                                             body, "network-offline");
    notify_notification_set_urgency(agent->offline, NOTIFY_URGENCY_LOW);
    notify_notification_set_category(agent->offline, "network.disconnected");
    notify_notification_show(agent->offline, NULL);
    g_warning("%s", plain);
}

void screen_online(struct agent *agent)
{
    if (!agent->offline)
        return;
    notify_notification_close(agent->offline, NULL);
    g_clear_object(&agent->offline);
    g_message("%s", agent->settings.url);
}
