/* hanchot-notify: a small agent in each user's session. */
#include "notify/agent.h"

#include "base/log.h"
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

/* Where there is none, there are no settings of one's own. What is written but cannot be read is said:
 * whoever wrote it relies on it. */
static bool config_read(GKeyFile *config)
{
    static const char *const keys[] = {"url", "unit", "key_file", "lang", "silence", NULL};
    g_autofree char *path = g_build_filename(g_get_user_config_dir(), "hanchot", "notify.conf", NULL);
    g_autoptr(GError) error = NULL;
    if (!g_key_file_load_from_file(config, path, G_KEY_FILE_NONE, &error)) {
        if (g_error_matches(error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
            return true;
        fprintf(stderr, "hanchot-notify: %s: %s\n", path, error->message);
        return false;
    }
    g_auto(GStrv) found = g_key_file_get_keys(config, "hanchot", NULL, NULL);
    for (size_t i = 0; found && found[i]; i++)
        if (!g_strv_contains(keys, found[i])) {
            fprintf(stderr, "hanchot-notify: %s: không có khoá '%s' / no such key '%s'\n", path, found[i],
                    found[i]);
            return false;
        }
    if (!found)
        fprintf(stderr, "hanchot-notify: %s: thiếu mục [hanchot] / there is no [hanchot]\n", path);
    return found != NULL;
}

struct arguments {
    char *url, *units, *key_file, *lang;
    gboolean version;
};

static bool arguments_read(struct arguments *given, int argc, char **argv)
{
    const GOptionEntry entries[] = {
        {"url", 0, 0, G_OPTION_ARG_STRING, &given->url, "địa chỉ của hanchot / where hanchot serves", "URL"},
        {"unit", 0, 0, G_OPTION_ARG_STRING, &given->units, "đơn vị, cách nhau bằng dấu phẩy / offices",
         "U[,U]"},
        {"key-file", 0, 0, G_OPTION_ARG_FILENAME, &given->key_file,
         "tệp chứa khóa API / file with the API key", "FILE"},
        {"lang", 0, 0, G_OPTION_ARG_STRING, &given->lang, "vi, en", "LANG"},
        {"version", 0, 0, G_OPTION_ARG_NONE, &given->version, "phiên bản / version", NULL},
        {NULL}};
    g_autoptr(GOptionContext) context = g_option_context_new(NULL);
    g_autoptr(GError) error = NULL;
    g_option_context_add_main_entries(context, entries, NULL);
    bool good = g_option_context_parse(context, &argc, &argv, &error) && argc == 1;
    if (!good)
        fprintf(stderr, "hanchot-notify: %s\n", error ? error->message : argv[1]);
    return good;
}

static void arguments_fini(struct arguments *given)
{
    g_free(given->url);
    g_free(given->units);
    g_free(given->key_file);
    g_free(given->lang);
}

/* What was given, else what the file says, else the usual; the caller's. */
static char *setting(const char *given, GKeyFile *config, const char *name, const char *usual)
{
    char *text = given ? g_strdup(given) : config_text(config, name);
    return text ? text : g_strdup(usual);
}

/* "a, b," as "a,b". */
static char *list_tidy(char *list)
{
    g_auto(GStrv) parts = g_strsplit(list, ",", -1);
    GString *tidy = g_string_new(NULL);
    for (size_t i = 0; parts[i]; i++)
        if (*g_strstrip(parts[i]))
            g_string_append_printf(tidy, "%s%s", tidy->len ? "," : "", parts[i]);
    g_free(list);
    return g_string_free(tidy, FALSE);
}

/* The command line goes before ~/.config/hanchot/notify.conf. */
static bool settings_read(struct settings *settings, const struct arguments *given)
{
    g_autoptr(GKeyFile) config = g_key_file_new();
    if (!config_read(config))
        return false;
    g_autofree char *key_path = setting(given->key_file, config, "key_file", NULL);
    g_autofree char *lang = setting(given->lang, config, "lang", "vi");
    settings->url = setting(given->url, config, "url", "http://127.0.0.1:8466");
    settings->units = list_tidy(setting(given->units, config, "unit", ""));
    settings->key = key_read(key_path);
    settings->name = g_strdup(g_get_real_name());
    settings->silence = g_key_file_get_integer(config, "hanchot", "silence", NULL);
    settings->silence = settings->silence > 0 ? settings->silence : USUAL_SILENCE;
    settings->lang = !strcmp(lang, "en") ? LANG_EN : LANG_VI;
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

/* As it is: GLib would put question marks in place of what the C locale has no letters for. What the
 * libraries tell about their own work is for those who debug them. */
static void log_plain(const char *domain, GLogLevelFlags level, const char *message, gpointer user)
{
    (void)domain, (void)user;
    if (!(level & (G_LOG_LEVEL_INFO | G_LOG_LEVEL_DEBUG)))
        log_line(level & G_LOG_LEVEL_MESSAGE   ? LOG_LEVEL_NOTICE
                 : level & G_LOG_LEVEL_WARNING ? LOG_LEVEL_WARNING
                                               : LOG_LEVEL_ERROR,
                 "hanchot-notify: %s", message);
}

static void print_plain(const char *text)
{
    fputs(text, stdout);
}

static gboolean stop(gpointer data)
{
    g_main_loop_quit(((struct agent *)data)->loop);
    return G_SOURCE_CONTINUE;
}

static int run(struct agent *agent)
{
    g_autoptr(GDBusConnection) bus = g_bus_get_sync(G_BUS_TYPE_SESSION, NULL, NULL);
    if (!bus || !notify_init("hanchot")) {
        fprintf(stderr, "hanchot-notify: không có D-Bus của phiên làm việc / no session bus\n");
        return 3;
    }
    agent->session = soup_session_new_with_options("timeout", agent->settings.silence, "user-agent",
                                                   "hanchot-notify/" HANCHOT_VERSION, NULL);
    agent->loop = g_main_loop_new(NULL, FALSE);
    memory_open(agent);
    screen_watch(agent);
    stream_open(agent);
    g_unix_signal_add(SIGTERM, stop, agent);
    g_unix_signal_add(SIGINT, stop, agent);
    g_main_loop_run(agent->loop);
    stream_close(agent);
    screen_unwatch(agent);
    memory_close(agent);
    if (agent->popups)
        g_hash_table_unref(agent->popups);
    g_main_loop_unref(agent->loop);
    g_object_unref(agent->session);
    notify_uninit();
    return 0;
}

int main(int argc, char **argv)
{
    struct agent agent = {0};
    struct arguments given = {0};
    int status = 2;
    g_log_set_default_handler(log_plain, NULL);
    g_set_print_handler(print_plain);
    if (arguments_read(&given, argc, argv)) {
        if (given.version) {
            g_print("hanchot-notify " HANCHOT_VERSION "\n");
            status = 0;
        } else if (settings_read(&agent.settings, &given))
            status = run(&agent);
    }
    arguments_fini(&given);
    settings_fini(&agent.settings);
    return status;
}
