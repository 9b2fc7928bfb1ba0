/* hanchot-notify: a small agent in each user's session. */
#include "notify/agent.h"

#include "base/version.h"

#include <glib-unix.h>
#include <string.h>

enum { USUAL_SILENCE = 150 }; /* the daemon gives a sign each minute */

static char *config_text(GKeyFile *config, const char *name)
{
    return g_key_file_get_string(config, "hanchot", name, NULL);
}

static char *key_read(const char *path)
{
    char *text = NULL;
    if (!path || !g_file_get_contents(path, &text, NULL, NULL))
        return NULL;
    return g_strstrip(text);
}

/* The command line goes before ~/.config/hanchot/notify.conf. */
static bool settings_read(struct settings *settings, int argc, char **argv)
{
    g_autofree char *url = NULL, *units = NULL, *key_file = NULL, *lang = NULL, *path = NULL,
                    *key_path = NULL;
    g_autoptr(GKeyFile) config = g_key_file_new();
    g_autoptr(GError) error = NULL;
    gboolean version = FALSE;
    const GOptionEntry entries[] = {
        {"url", 0, 0, G_OPTION_ARG_STRING, &url, "địa chỉ của hanchot / where hanchot serves", "URL"},
        {"unit", 0, 0, G_OPTION_ARG_STRING, &units, "đơn vị, cách nhau bằng dấu phẩy / offices", "U[,U]"},
        {"key-file", 0, 0, G_OPTION_ARG_FILENAME, &key_file, "tệp chứa khóa API / file with the API key",
         "FILE"},
        {"lang", 0, 0, G_OPTION_ARG_STRING, &lang, "vi, en", "LANG"},
        {"version", 0, 0, G_OPTION_ARG_NONE, &version, "phiên bản / version", NULL},
        {NULL}};
    g_autoptr(GOptionContext) context = g_option_context_new(NULL);
    g_option_context_add_main_entries(context, entries, NULL);
    if (!g_option_context_parse(context, &argc, &argv, &error)) {
        fprintf(stderr, "hanchot-notify: %s\n", error->message);
        return false;
    }
    if (version) {
        g_print("hanchot-notify " HANCHOT_VERSION "\n");
        return false;
    }
    path = g_build_filename(g_get_user_config_dir(), "hanchot", "notify.conf", NULL);
    g_key_file_load_from_file(config, path, G_KEY_FILE_NONE, NULL);
    key_path = key_file ? g_strdup(key_file) : config_text(config, "key_file");
    g_autofree char *word = lang ? g_strdup(lang) : config_text(config, "lang");
    settings->url = url ? g_strdup(url) : config_text(config, "url");
    settings->units = units ? g_strdup(units) : config_text(config, "units");
    settings->url = settings->url ? settings->url : g_strdup("http://127.0.0.1:8466");
    settings->units = settings->units ? settings->units : g_strdup("");
    settings->key = key_read(key_path);
    settings->name = g_strdup(g_get_real_name());
    settings->silence = g_key_file_get_integer(config, "hanchot", "silence", NULL);
    settings->silence = settings->silence > 0 ? settings->silence : USUAL_SILENCE;
    settings->lang = word && !strcmp(word, "en") ? LANG_EN : LANG_VI;
    if (g_str_has_suffix(settings->url, "/"))
        settings->url[strlen(settings->url) - 1] = '\0';
    if (!key_path || settings->key)
        return true;
    fprintf(stderr, "hanchot-notify: không đọc được tệp khóa / cannot read the key file: %s\n", key_path);
    return false;
}

static void settings_fini(struct settings *settings)
{
    g_free(settings->url);
    g_free(settings->units);
    g_free(settings->key);
    g_free(settings->name);
}

/* As it is: GLib would put question marks in place of what the C locale has no letters for. */
static void log_plain(const char *domain, GLogLevelFlags level, const char *message, gpointer user)
{
    (void)domain, (void)level, (void)user;
    fprintf(stderr, "hanchot-notify: %s\n", message);
}

static gboolean stop(gpointer data)
{
    g_main_loop_quit(((struct agent *)data)->loop);
    return G_SOURCE_CONTINUE;
}

int main(int argc, char **argv)
{
    struct agent agent = {0};
    g_log_set_default_handler(log_plain, NULL);
    if (!settings_read(&agent.settings, argc, argv)) {
        settings_fini(&agent.settings);
        return 2;
    }
    if (!notify_init("hanchot")) {
        fprintf(stderr, "hanchot-notify: không có D-Bus của phiên làm việc / no session bus\n");
        settings_fini(&agent.settings);
        return 3;
    }
    agent.session = soup_session_new_with_options("timeout", agent.settings.silence, "user-agent",
                                                  "hanchot-notify/" HANCHOT_VERSION, NULL);
    agent.loop = g_main_loop_new(NULL, FALSE);
    memory_open(&agent);
    screen_watch(&agent);
    stream_open(&agent);
    g_unix_signal_add(SIGTERM, stop, &agent);
    g_unix_signal_add(SIGINT, stop, &agent);
    g_main_loop_run(agent.loop);
    stream_close(&agent);
    screen_unwatch(&agent);
    memory_close(&agent);
    if (agent.popups)
        g_hash_table_unref(agent.popups);
    g_main_loop_unref(agent.loop);
    g_object_unref(agent.session);
    notify_uninit();
    settings_fini(&agent.settings);
    return 0;
}
