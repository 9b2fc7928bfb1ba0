/* The daemon's stream of events, opened again whenever it ends. */
#include "notify/agent.h"

#include <stdlib.h>
#include <string.h>

enum { RETRY_FIRST = 3, RETRY_MOST = 60 };

static gboolean try_again(gpointer data)
{
    stream_open(data);
    return G_SOURCE_REMOVE;
}

/* Once may be a restart of the daemon; twice is worth a word. */
static void retry(struct agent *agent, const char *why)
{
    enum { FAILURES_SAID = 2 };
    stream_close(agent);
    if (++agent->failures >= FAILURES_SAID)
        screen_offline(agent, why);
    agent->retry_seconds = agent->retry_seconds ? MIN(agent->retry_seconds * 2, RETRY_MOST) : RETRY_FIRST;
    g_timeout_add_seconds(agent->retry_seconds, try_again, agent);
}

/* ---- what comes ---- */

/* The open alerts of all its offices. NULL: one of them could not be had. */
static json_t *open_alerts(struct agent *agent)
{
    g_auto(GStrv) units = g_strsplit(agent->settings.units, ",", -1);
    json_t *all = json_array();
    for (size_t i = 0; i == 0 || (units[0] && units[i]); i++) {
        g_autofree char *unit = units[0] ? g_uri_escape_string(units[i], "/", FALSE) : NULL;
        g_autofree char *path =
            unit ? g_strconcat("/api/v1/alerts?unit=", unit, NULL) : g_strdup("/api/v1/alerts");
        json_t *some = request_get(agent, path);
        if (!json_is_array(some)) {
            json_decref(some);
            json_decref(all);
            return NULL;
        }
        json_array_extend(all, some);
        json_decref(some);
    }
    return all;
}

void stream_match(struct agent *agent)
{
    json_t *open = open_alerts(agent);
    if (open)
        popup_match(agent, open);
    json_decref(open);
}

static const char *text_of(const json_t *object, const char *name)
{
    const char *text = json_string_value(json_object_get(object, name));
    return text ? text : "";
}

static void take(struct agent *agent, const char *event, const json_t *data)
{
    if (!strcmp(event, "alert"))
        popup_show(agent, data);
    else if (!strcmp(event, "state") && strcmp(text_of(data, "state"), "open") != 0)
        popup_close(agent, text_of(data, "key"));
    else if (!strcmp(event, "hello")) {
        agent->retry_seconds = agent->failures = 0;
        screen_online(agent);
        stream_match(agent);
    }
}

/* An empty line ends an event. Its id is kept once it was shown. */
static void dispatch(struct agent *agent)
{
    json_t *data = agent->data->len ? json_loadb(agent->data->str, agent->data->len, 0, NULL) : NULL;
    if (data) {
        take(agent, agent->event->str, data);
        if (agent->event_id)
            memory_set_last(agent, agent->event_id);
    }
    json_decref(data);
    g_clear_pointer(&agent->event_id, g_free);
    g_string_truncate(agent->event, 0);
    g_string_truncate(agent->data, 0);
}

static void line_take(struct agent *agent, const char *line)
{
    if (!*line)
        dispatch(agent);
    else if (g_str_has_prefix(line, "event: "))
        g_string_assign(agent->event, line + strlen("event: "));
    else if (g_str_has_prefix(line, "data: "))
        g_string_append(agent->data, line + strlen("data: "));
    else if (g_str_has_prefix(line, "id: ")) {
        g_free(agent->event_id);
        agent->event_id = g_strdup(line + strlen("id: "));
    }
}

static void line_read(GObject *source, GAsyncResult *result, gpointer user)
{
    struct agent *agent = user;
    g_autoptr(GError) error = NULL;
    g_autofree char *line =
        g_data_input_stream_read_line_finish_utf8(G_DATA_INPUT_STREAM(source), result, NULL, &error);
    if (agent->stream != G_DATA_INPUT_STREAM(source))
        return; /* closed meanwhile */
    if (!line) {
        retry(agent, error ? error->message : NULL);
        return;
    }
    line_take(agent, line);
    g_data_input_stream_read_line_async(agent->stream, G_PRIORITY_DEFAULT, NULL, line_read, agent);
}

/* ---- opening and closing ---- */

static void opened(GObject *source, GAsyncResult *result, gpointer user)
{
    struct agent *agent = user;
    g_autoptr(GError) error = NULL;
    SoupMessage *message = soup_session_get_async_result_message(SOUP_SESSION(source), result);
    guint status = soup_message_get_status(message);
    g_autoptr(GInputStream) input = soup_session_send_finish(SOUP_SESSION(source), result, &error);
    if (!input || status != SOUP_STATUS_OK) {
        retry(agent, error ? error->message : soup_status_get_phrase(status));
        return;
    }
    agent->stream = g_data_input_stream_new(input);
    g_data_input_stream_set_newline_type(agent->stream, G_DATA_STREAM_NEWLINE_TYPE_LF);
    g_data_input_stream_read_line_async(agent->stream, G_PRIORITY_DEFAULT, NULL, line_read, agent);
}

void stream_open(struct agent *agent)
{
    g_autofree char *unit = g_uri_escape_string(agent->settings.units, "/,", FALSE);
    g_autofree char *uri =
        g_strconcat(agent->settings.url, "/api/v1/alerts/stream", *unit ? "?unit=" : "", unit, NULL);
    g_autofree char *last = memory_last(agent);
    g_autoptr(SoupMessage) message = soup_message_new("GET", uri);
    agent->event = agent->event ? agent->event : g_string_new(NULL);
    agent->data = agent->data ? agent->data : g_string_new(NULL);
    if (!message) {
        g_warning("%s: không phải địa chỉ / no address", uri);
        exit(2);
    }
    request_sign(agent, message);
    if (last)
        soup_message_headers_replace(soup_message_get_request_headers(message), "Last-Event-ID", last);
    soup_session_send_async(agent->session, message, G_PRIORITY_DEFAULT, NULL, opened, agent);
}

void stream_close(struct agent *agent)
{
    g_clear_object(&agent->stream);
    g_clear_pointer(&agent->event_id, g_free);
    if (agent->event)
        g_string_free(agent->event, TRUE);
    if (agent->data)
        g_string_free(agent->data, TRUE);
    agent->event = agent->data = NULL;
}
