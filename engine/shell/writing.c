#include "shell/writing.h"

#include <time.h>

enum { TURN_MS = 20, TURN_PATIENCE_MS = 30000 };

bool writing_ask(struct app *app, const struct writing *writing, bool *nobody, json_t **answer)
{
    auto_text path = {0};
    text_addf(&path, "%s.sock", app->options.db);
    json_object_set_new(writing->request, "lang", json_string(app->lang == LANG_EN ? "en" : "vi"));
    if (app->frozen)
        json_object_set_new(writing->request, "at", json_integer(app->now));
    json_t *json =
        line_ask(text_str(&path), writing->request, writing->file, &writing->wait, nobody, &app->err);
    if (json && !json_object_get(json, "error")) {
        *answer = json;
        return true;
    }
    if (json) {
        const char *detail = json_string_value(json_object_get(json, "detail"));
        enum err_kind kind = (enum err_kind)json_integer_value(json_object_get(json, "error"));
        err_set(&app->err, kind ? kind : ERR_ENV, "%s", "%s", detail ? detail : "?");
    }
    json_decref(json);
    return false;
}

static bool write_here(struct app *app, const struct store_lock *lock, const struct writing *writing,
                       json_t **answer)
{
    struct store *store = store_open(app->options.db, lock, &app->err);
    bool good = store && writing->write(app, store, writing->data, answer);
    store_close(store);
    return good;
}

/* *nobody: who holds the database does not listen. */
static bool attempt(struct app *app, const struct writing *writing, bool *nobody, json_t **answer)
{
    int held_by = 0;
    *nobody = false;
    struct store_lock *lock = store_lock_take(app->options.db, &held_by, &app->err);
    if (!lock)
        return held_by && writing_ask(app, writing, nobody, answer);
    bool good = write_here(app, lock, writing, answer);
    store_lock_free(lock);
    return good;
}

bool writing_do(struct app *app, const struct writing *writing, json_t **answer)
{
    bool nobody;
    bool good = attempt(app, writing, &nobody, answer);
    for (int tries = 0; nobody && tries < TURN_PATIENCE_MS / TURN_MS; tries++) {
        nanosleep(&(struct timespec){.tv_nsec = TURN_MS * 1000000L}, NULL);
        good = attempt(app, writing, &nobody, answer);
    }
    return good;
}
