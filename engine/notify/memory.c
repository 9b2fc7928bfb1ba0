/* What must be known after a restart: where the stream stands, and what this login has seen. */
#include "notify/agent.h"

#include <string.h>

static void save(const struct agent *agent)
{
    g_autoptr(GError) error = NULL;
    if (!g_key_file_save_to_file(agent->memory, agent->path, &error))
        g_warning("%s", error->message);
}

/* Alerts' keys hold characters that a key file does not take. */
static char *group_of(const char *key)
{
    return g_compute_checksum_for_string(G_CHECKSUM_SHA1, key, -1);
}

/* Names this login: ids of pop-ups mean nothing on another bus. */
static char *login_name(void)
{
    g_autoptr(GDBusConnection) bus = g_bus_get_sync(G_BUS_TYPE_SESSION, NULL, NULL);
    return g_strdup(bus ? g_dbus_connection_get_guid(bus) : "");
}

void memory_open(struct agent *agent)
{
    g_autofree char *folder = g_build_filename(g_get_user_state_dir(), "hanchot", NULL);
    g_mkdir_with_parents(folder, 0700);
    agent->path = g_build_filename(folder, "notify.state", NULL);
    agent->memory = g_key_file_new();
    agent->login = login_name();
    g_key_file_load_from_file(agent->memory, agent->path, G_KEY_FILE_NONE, NULL);
    g_autofree char *login = g_key_file_get_string(agent->memory, "stream", "login", NULL);
    g_autofree char *url = g_key_file_get_string(agent->memory, "stream", "url", NULL);
    g_autofree char *last = memory_last(agent);
    bool same = url && !strcmp(url, agent->settings.url);
    if (same && login && !strcmp(login, agent->login))
        return;
    g_key_file_unref(agent->memory);
    agent->memory = g_key_file_new();
    g_key_file_set_string(agent->memory, "stream", "login", agent->login);
    g_key_file_set_string(agent->memory, "stream", "url", agent->settings.url);
    if (same && last)
        g_key_file_set_string(agent->memory, "stream", "last", last);
    save(agent);
}

void memory_close(struct agent *agent)
{
    g_key_file_unref(agent->memory);
    g_free(agent->path);
    g_free(agent->login);
}

char *memory_last(const struct agent *agent)
{
    return g_key_file_get_string(agent->memory, "stream", "last", NULL);
}

void memory_set_last(struct agent *agent, const char *id)
{
    g_key_file_set_string(agent->memory, "stream", "last", id);
    save(agent);
}

bool memory_shown(const struct agent *agent, const char *key, const char *what)
{
    g_autofree char *group = group_of(key);
    g_autofree char *shown = g_key_file_get_string(agent->memory, group, "shown", NULL);
    return shown && !strcmp(shown, what);
}

void memory_set_shown(struct agent *agent, const char *key, const char *what, int popup_id,
                      const char *carrier)
{
    g_autofree char *group = group_of(key);
    g_key_file_set_string(agent->memory, group, "key", key);
    g_key_file_set_string(agent->memory, group, "shown", what);
    g_key_file_set_integer(agent->memory, group, "popup", popup_id);
    if (carrier)
        g_key_file_set_string(agent->memory, group, "carrier", carrier);
    else
        g_key_file_remove_key(agent->memory, group, "carrier", NULL);
    save(agent);
}

void memory_forget(struct agent *agent, const char *key)
{
    g_autofree char *group = group_of(key);
    if (g_key_file_remove_group(agent->memory, group, NULL))
        save(agent);
}

int memory_popup(const struct agent *agent, const char *key)
{
    g_autofree char *group = group_of(key);
    return g_key_file_get_integer(agent->memory, group, "popup", NULL);
}

void memory_hide(struct agent *agent, const char *key)
{
    g_autofree char *group = group_of(key);
    if (!memory_popup(agent, key))
        return;
    g_key_file_set_integer(agent->memory, group, "popup", 0);
    save(agent);
}

char **memory_take_summaries(struct agent *agent)
{
    g_auto(GStrv) groups = g_key_file_get_groups(agent->memory, NULL);
    GStrvBuilder *summaries = g_strv_builder_new();
    for (size_t i = 0; groups[i]; i++) {
        g_autofree char *key = g_key_file_get_string(agent->memory, groups[i], "key", NULL);
        if (!key || !g_str_has_prefix(key, "summary:") || !memory_popup(agent, key))
            continue;
        g_strv_builder_add(summaries, key);
    }
    char **list = g_strv_builder_end(summaries);
    g_strv_builder_unref(summaries);
    for (size_t i = 0; groups[i]; i++) {
        g_autofree char *carrier = g_key_file_get_string(agent->memory, groups[i], "carrier", NULL);
        if (carrier && g_strv_contains((const char *const *)list, carrier))
            g_key_file_remove_group(agent->memory, groups[i], NULL);
    }
    return list;
}

void memory_screen_lost(struct agent *agent)
{
    g_auto(GStrv) summaries = memory_take_summaries(agent);
    g_auto(GStrv) groups = g_key_file_get_groups(agent->memory, NULL);
    for (size_t i = 0; groups[i]; i++)
        if (g_key_file_get_integer(agent->memory, groups[i], "popup", NULL))
            g_key_file_remove_group(agent->memory, groups[i], NULL);
    save(agent);
}
