/* What a change did, in words. */
#include "shell/change.h"

#include <string.h>

static const char *told(const char *action, enum lang lang)
{
    static const struct {
        const char *action, *vi, *en;
    } words[] = {{"record", "đã ghi sự kiện", "recorded"},
                 {"withdraw", "đã rút lại sự kiện", "withdrew"},
                 {"done", "đã xong", "done"},
                 {"reopen", "đã mở lại", "reopened"},
                 {"extend", "đã gia hạn", "extended"},
                 {"cancel", "đã hủy", "cancelled"},
                 {"ack", "đã biết", "acknowledged"},
                 {"snooze", "sẽ nhắc lại", "will remind again"},
                 {"close", "đã đóng kế hoạch", "closed plan"}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (!strcmp(words[i].action, action))
            return say(lang, words[i].vi, words[i].en);
    return action;
}

static const char *text_of(const json_t *result, const char *name)
{
    const char *text = json_string_value(json_object_get(result, name));
    return text ? text : "";
}

static void tell(const json_t *result, enum lang lang, FILE *stream)
{
    const char *what = *text_of(result, "uid")     ? text_of(result, "uid")
                       : *text_of(result, "event") ? text_of(result, "event")
                       : *text_of(result, "key")   ? text_of(result, "key")
                                                   : text_of(result, "plan");
    const char *unit = text_of(result, "unit"), *due = text_of(result, "due");
    fprintf(stream, "%s: %s%s%s", told(text_of(result, "action"), lang), what, *unit ? " " : "", unit);
    const char *on = *text_of(result, "until") ? text_of(result, "until") : text_of(result, "on");
    if (*on)
        fprintf(stream, " (%s)", on);
    if (*due)
        fprintf(stream, say(lang, ", hạn %s", ", due %s"), due);
    if (!json_is_true(json_object_get(result, "changed")))
        fputs(say(lang, " — không đổi, đã như vậy từ trước", " — unchanged, it was so already"), stream);
    else if (*text_of(result, "was"))
        fprintf(stream, say(lang, " — sửa lần trước (%s)", " — corrects the one before (%s)"),
                text_of(result, "was"));
    fputc('\n', stream);
}

void change_tell(const json_t *results, enum lang lang, FILE *stream)
{
    for (size_t i = 0; i < json_array_size(results); i++)
        tell(json_array_get(results, i), lang, stream);
}
