#include "shell/token.h"

#include <string.h>

enum { SCOPE_MOST = 200, NAME_MOST = 200 };

static const char *text_field(const json_t *request, const char *name)
{
    const char *text = json_string_value(json_object_get(request, name));
    return text ? text : "";
}

static bool draft_sound(const struct token *draft)
{
    bool sound = *draft->name && strlen(draft->name) <= NAME_MOST && draft->n_scope <= SCOPE_MOST &&
                 (draft->kind == TOKEN_KEY || draft->n_scope);
    for (size_t i = 0; i < draft->n_scope; i++)
        sound = sound && draft->scope[i] && *draft->scope[i] && !strchr(draft->scope[i], ' ');
    return sound;
}

static bool create(struct store *store, const json_t *request, int64_t now, int64_t *id, struct err *err)
{
    const json_t *list = json_object_get(request, "scope");
    const char *scope[SCOPE_MOST];
    struct token draft = {
        .kind = strcmp(text_field(request, "kind"), "key") ? TOKEN_LINK : TOKEN_KEY,
        .name = text_field(request, "name"),
        .hash = text_field(request, "hash"),
        .scope = scope,
        .n_scope = json_array_size(list),
        .alarms = json_is_true(json_object_get(request, "alarms")),
        .created_at = now,
    };
    for (size_t i = 0; i < draft.n_scope && i < SCOPE_MOST; i++)
        scope[i] = json_string_value(json_array_get(list, i));
    if (!draft_sound(&draft))
        return err_set(err, ERR_INPUT, "yêu cầu tạo liên kết không đúng: cần tên (không quá %d byte) và lịch",
                       "bad request for a link: it needs a name (at most %d bytes) and feeds", NAME_MOST);
    return token_add(store, &draft, id, err);
}

static bool dispatch(struct store *store, const json_t *request, int64_t now, int64_t *id, bool *changed,
                     struct err *err)
{
    const char *what = text_field(request, "do");
    *changed = true;
    *id = json_integer_value(json_object_get(request, "id"));
    if (!strcmp(what, "create"))
        return create(store, request, now, id, err);
    if (!strcmp(what, "revoke"))
        return token_revoke(store, *id, now, changed, err);
    *changed = false;
    return !strcmp(what, "list") || err_set(err, ERR_INPUT, "không có việc '%s'", "no such act '%s'", what);
}

bool token_apply(struct store *store, const json_t *request, int64_t now, json_t **result, struct err *err)
{
    int64_t id = 0;
    bool changed = false;
    *result = NULL;
    if (!store_begin(store, err))
        return false;
    if (!dispatch(store, request, now, &id, &changed, err) || !store_commit(store, err)) {
        store_rollback(store);
        return false;
    }
    *result = json_pack("{s:I, s:b}", "id", (json_int_t)id, "changed", (int)changed);
    return true;
}
