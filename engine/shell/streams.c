#include "shell/streams.h"

#include "publish/alert_list.h"

#include <inttypes.h>
#include <jansson.h>
#include <string.h>

struct listener {
    struct stream *stream;
    char *units;
};

struct streams {
    VEC(struct listener) list;
};

struct streams *streams_new(void)
{
    return mem_alloc(sizeof(struct streams));
}

static void listener_end(struct listener *listener)
{
    http_stream_close(listener->stream);
    mem_free(listener->units);
}

void streams_free(struct streams *streams)
{
    if (!streams)
        return;
    for (size_t i = 0; i < streams->list.n; i++)
        listener_end(&streams->list.at[i]);
    vec_free(&streams->list);
    mem_free(streams);
}

bool streams_heard(const struct streams *streams)
{
    return streams->list.n;
}

void streams_add(struct streams *streams, struct stream *stream, const char *units)
{
    *vec_push(&streams->list) = (struct listener){stream, mem_strdup(units)};
}

bool streams_hear(const char *units, const char *unit)
{
    size_t n = strlen(unit);
    if (!*units)
        return true;
    for (const char *at = units; n && (at = strstr(at, unit)); at += n)
        if ((at == units || at[-1] == ',') && (!at[n] || at[n] == ','))
            return true;
    return false;
}

/* ---- events ---- */

/* Takes the object. id 0: the event has no place to resume from. */
static void event_text(struct text *out, int64_t id, const char *event, json_t *data)
{
    if (id)
        text_addf(out, "id: %" PRId64 "\n", id);
    text_addf(out, "event: %s\ndata: ", event);
    must(!json_dump_callback(data, text_sink, out, JSON_COMPACT));
    text_add(out, "\n\n");
    json_decref(data);
}

/* The keys of what it carries, or its own; and what is told of each that it carries. */
static void add_alerts(json_t *data, const struct notices *notices, const struct notice *notice)
{
    json_t *keys = json_array(), *alerts = json_array();
    const struct notice *end = notices->list + notices->n;
    for (const struct notice *one = notice + 1; one < end && one->message == notice->id; one++)
        must(!json_array_append_new(keys, json_string(one->alert)) &&
             !json_array_append_new(alerts, json_pack("{s:s, s:s, s:s}", "key", one->alert, "kind", one->kind,
                                                      "rung", one->rung)));
    if (json_array_size(alerts))
        must(!json_object_set(data, "alerts", alerts));
    else
        must(!json_array_append_new(keys, json_string(notice->alert)));
    must(!json_object_set_new(data, "keys", keys));
    json_decref(alerts);
}

bool streams_notice(struct text *out, const struct notices *notices, const struct notice *notice)
{
    if (notice->message || strcmp(notice->channel, "stream") != 0)
        return false;
    json_t *data = alert_notice_json(notice);
    add_alerts(data, notices, notice);
    json_object_set_new(data, "state", json_string("open"));
    event_text(out, notice->id, "alert", data);
    return true;
}

void streams_hello(struct text *out, int64_t last)
{
    text_add(out, "retry: 3000\n");
    event_text(out, last, "hello", json_pack("{s:I}", "last", (json_int_t)last));
}

/* ---- sending ---- */

bool streams_send(struct streams *streams, const char *unit, const char *text)
{
    bool taken = false;
    for (size_t i = streams->list.n; i--;) {
        struct listener *listener = &streams->list.at[i];
        if (unit && !streams_hear(listener->units, unit))
            continue;
        if (http_stream_send(listener->stream, text)) {
            taken = true;
            continue;
        }
        listener_end(listener);
        *listener = streams->list.at[--streams->list.n];
    }
    return taken;
}

void streams_state(struct streams *streams, const char *key, enum alert_state state)
{
    auto_text out = {0};
    event_text(&out, 0, "state", json_pack("{s:s, s:s}", "key", key, "state", alert_state_name(state)));
    streams_send(streams, NULL, text_str(&out));
}

void streams_ping(struct streams *streams)
{
    streams_send(streams, NULL, ":\n\n");
}
