/* Secret links: making and revoking them, what stands under /s/<token>/, and how their clients ask. */
#include "shell/daemon.h"

#include "base/log.h"
#include "shell/token.h"

static bool tokens_again(struct daemon *daemon, struct err *err)
{
    struct tokens *tokens = tokens_read(daemon->store, err);
    if (!tokens)
        return false;
    tokens_free(daemon->tokens);
    daemon->tokens = tokens;
    return true;
}

/* What is kept for a revoked link must not be sent once more. */
json_t *links_change(struct daemon *daemon, const json_t *request, enum lang lang)
{
    struct err err = {.lang = lang};
    json_t *result = NULL;
    const json_t *at = json_object_get(request, "at");
    int64_t now = json_is_integer(at) ? json_integer_value(at) : daemon_now(daemon);
    if (!token_apply(daemon->store, request, now, &result, &err) || !tokens_again(daemon, &err)) {
        json_decref(result);
        return json_pack("{s:i, s:s}", "error", (int)err.kind, "detail", err.text);
    }
    daemon_renew(daemon);
    return result;
}
