#include "notify/agent.h"

#include <string.h>

static int add_bytes(const char *bytes, size_t n, void *out)
{
    g_string_append_len(out, bytes, (gssize)n);
    return 0;
}

void request_sign(const struct agent *agent, SoupMessage *message)
{
    if (!agent->settings.key)
        return;
    g_autofree char *value = g_strdup_printf("Bearer %s", agent->settings.key);
    soup_message_headers_replace(soup_message_get_request_headers(message), "Authorization", value);
}

/* The body of a good answer, or NULL. */
static GBytes *ask(struct agent *agent, const char *method, const char *path, const char *body)
{
    g_autofree char *uri = g_strconcat(agent->settings.url, path, NULL);
    g_autoptr(SoupMessage) message = soup_message_new(method, uri);
    g_autoptr(GError) error = NULL;
    if (!message) {
        g_warning("%s: không phải địa chỉ / no address", uri);
        return NULL;
    }
    request_sign(agent, message);
    if (body) {
        g_autoptr(GBytes) bytes = g_bytes_new(body, strlen(body));
        soup_message_set_request_body_from_bytes(message, "application/json", bytes);
    }
    GBytes *answer = soup_session_send_and_read(agent->session, message, NULL, &error);
    if (answer && soup_message_get_status(message) == SOUP_STATUS_OK)
        return answer;
    if (answer)
        g_warning("%s: %u %.*s", path, soup_message_get_status(message), (int)g_bytes_get_size(answer),
                  (const char *)g_bytes_get_data(answer, NULL));
    else
        g_warning("%s: %s", uri, error->message);
    if (answer)
        g_bytes_unref(answer);
    return NULL;
}

json_t *request_get(struct agent *agent, const char *path)
{
    g_autoptr(GBytes) answer = ask(agent, "GET", path, NULL);
    return answer ? json_loadb(g_bytes_get_data(answer, NULL), g_bytes_get_size(answer), 0, NULL) : NULL;
}

bool request_post(struct agent *agent, const char *path, const json_t *body)
{
    g_autoptr(GString) text = g_string_new(NULL);
    json_dump_callback(body, add_bytes, text, JSON_COMPACT);
    g_autoptr(GBytes) answer = ask(agent, "POST", path, text->str);
    return answer != NULL;
}
