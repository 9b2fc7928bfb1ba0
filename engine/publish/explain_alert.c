/* Why somebody is told of something, or not. */
#include "publish/explain_parts.h"

#include "publish/alert_list.h"
#include "publish/phrase.h"

#include <string.h>

enum { NOTICES_SHOWN = 5 };

/* ---- in words ---- */

/* "thứ ba 24/11/2026" */
static const char *long_day(int day, enum lang lang, char buf[64])
{
    char date[DAY_SIZE];
    snprintf(buf, 64, "%s %s", weekday_name(day_weekday(day), lang), day_vi(day, true, date));
    return buf;
}

static void add_reply(struct text *out, const struct reply *reply, enum lang lang)
{
    char at[INSTANT_SIZE], until[INSTANT_SIZE];
    text_addf(out, "%s", instant_vi(reply->recorded_at, at));
    if (reply->by)
        text_addf(out, ", %s", reply->by);
    text_addf(out, ": %s",
              reply->action == REPLY_ACK ? say(lang, "đã biết", "known")
                                         : say(lang, "nhắc lại sau", "remind me later"));
    if (reply->until)
        text_addf(out, " %s", instant_vi(reply->until, until));
}

static void why_words(const struct explain_ask *ask, const struct alert_reasons *reasons, const char *silent,
                      struct text *out)
{
    enum lang lang = ask->lang;
    char day[64], at[INSTANT_SIZE];
    switch (reasons->why) {
    case WHY_TOLD:
        text_add(out, say(lang, "đã nhắc, chưa ai báo đã biết", "told, and nobody answered"));
        break;
    case WHY_TO_BE_TOLD:
        text_add(out, say(lang, "đến lúc nhắc: nhắc ngay trong giờ làm việc, khi dịch vụ đang chạy",
                          "it is time: told in working hours while the service runs"));
        break;
    case WHY_ACKED:
    case WHY_SNOOZED:
        text_add(out, reasons->why == WHY_ACKED
                          ? say(lang, "không nhắc, vì đã có người biết: ", "silent, somebody knows: ")
                          : say(lang, "không nhắc, vì có người hẹn lại: ", "silent, put off: "));
        if (reasons->alert && reasons->alert->reply)
            add_reply(out, reasons->alert->reply, lang);
        break;
    case WHY_EARLY:
        phrase_add(out, lang, "chưa nhắc, ngày nhắc đầu là %s", "not yet, the first day is %s",
                   long_day(reasons->opens, lang, day));
        break;
    case WHY_DONE:
        text_add(out, say(lang, "không nhắc, vì đã xong hoặc đã hủy", "silent, it is done or cancelled"));
        break;
    case WHY_CLOSED:
        text_add(out, say(lang, "không nhắc, vì kế hoạch đã đóng", "silent, its plan is closed"));
        break;
    case WHY_BACKLOG:
        phrase_add(out, lang,
                   "không nhắc riêng, vì quá hạn từ trước khi bắt đầu theo dõi (%s): gộp chung một lần",
                   "not by itself, it was overdue before tracking began (%s): told once with all others",
                   day_vi(ask->outlook->facts->first_day == DAY_NONE ? ask->outlook->today
                                                                     : ask->outlook->facts->first_day,
                          true, day));
        break;
    case WHY_NO_DAY:
        text_add(out, say(lang, "không nhắc, vì chưa có ngày", "silent, there is no day yet"));
        break;
    case WHY_NOTHING:
        text_add(out, silent ? silent : say(lang, "không có gì phải nhắc", "nothing to tell of"));
        break;
    }
    if (reasons->next_at)
        phrase_add(out, lang, "; lần tới %s", "; next %s", instant_vi(reasons->next_at, at));
}

static void rung_words(const struct explain_ask *ask, const struct why_rung *rung, struct text *out)
{
    enum lang lang = ask->lang;
    char day[64], at[INSTANT_SIZE];
    text_addf(out, "%s: ", long_day(rung->day, lang, day));
    if (rung->first)
        phrase_add(out, lang, "đã nhắc %s", "told %s", instant_vi(rung->first->told_at, at));
    else if (rung->answered)
        text_add(out, say(lang, "không nhắc, đã có người trả lời", "silent, it was answered"));
    else if (rung->day < ask->outlook->today)
        text_add(out, say(lang, "đã qua, không nhắc", "past, not told"));
    else
        text_add(out, rung->day == ask->outlook->today ? say(lang, "hôm nay", "today")
                                                       : say(lang, "sẽ nhắc nếu chưa xong", "to come"));
}

static void others_words(const struct explain_ask *ask, const struct alert_reasons *reasons, struct text *out)
{
    char day[64];
    auto_text names = {0};
    phrase_units_short(&names, reasons->others, NOTICES_SHOWN);
    phrase_add(out, ask->lang, "từ %s nhắc cả %s", "from %s on %s is told too",
               long_day(reasons->escalates_on, ask->lang, day), text_str(&names));
}

/* ---- text ---- */

static void alert_lines(const struct explain_ask *ask, const struct alert_reasons *reasons,
                        struct explain_matter matter, struct text *out)
{
    enum lang lang = ask->lang;
    size_t first = ask->full || reasons->n_notices <= NOTICES_SHOWN ? 0 : reasons->n_notices - NOTICES_SHOWN;
    char at[INSTANT_SIZE];
    text_addf(out, "  %s%s%s: ", say(lang, "Cảnh báo", "Alert"), matter.name ? " " : "",
              matter.name ? matter.name : "");
    if (reasons->alert)
        text_addf(out, "%s, ", alert_kind_title(reasons->alert->kind, lang));
    why_words(ask, reasons, matter.silent, out);
    text_add(out, "\n");
    for (size_t i = 0; i < reasons->n_ladder; i++) {
        text_add(out, "    ");
        rung_words(ask, &reasons->ladder[i], out);
        text_add(out, "\n");
    }
    if (reasons->others) {
        text_add(out, "    ");
        others_words(ask, reasons, out);
        text_add(out, "\n");
    }
    for (size_t i = first; i < reasons->n_notices; i++)
        text_addf(out, "    %s %s, %s: %s\n", instant_vi(reasons->notices[i]->told_at, at),
                  reasons->notices[i]->channel,
                  *reasons->notices[i]->unit ? reasons->notices[i]->unit : say(lang, "quản trị", "operators"),
                  reasons->notices[i]->title);
    for (size_t i = 0; i < reasons->n_replies; i++) {
        text_add(out, "    ");
        add_reply(out, &reasons->replies[i], lang);
        text_add(out, "\n");
    }
}

/* ---- JSON ---- */

static json_t *rung_json(const struct explain_ask *ask, const struct why_rung *rung)
{
    json_t *object = json_object();
    char day[DAY_SIZE];
    auto_text words = {0};
    rung_words(ask, rung, &words);
    explain_put_text(object, "day", day_iso(rung->day, day));
    explain_put_text(object, "rung", rung->name);
    explain_put_instant(object, "told_at", rung->first ? rung->first->told_at : 0);
    explain_put(object, "answered", json_boolean(rung->answered));
    explain_put_text(object, "text", text_str(&words));
    return object;
}

static json_t *reply_json(const struct reply *reply)
{
    json_t *object = json_object();
    explain_put_text(object, "action", reply_action_name(reply->action));
    explain_put_text(object, "kind", reply->kind);
    explain_put_text(object, "by", reply->by);
    explain_put_instant(object, "at", reply->recorded_at);
    explain_put_instant(object, "until", reply->until);
    return object;
}

static json_t *others_json(const struct alert_reasons *reasons)
{
    json_t *list = json_array();
    for (size_t i = 0; reasons->others && i < reasons->others->n; i++)
        must(!json_array_append_new(list, json_string(reasons->others->at[i]->id)));
    return list;
}

static json_t *alert_reasons_json(const struct explain_ask *ask, const struct alert_reasons *reasons,
                                  struct explain_matter matter)
{
    json_t *object = json_object(), *ladder = json_array(), *notices = json_array(), *replies = json_array();
    bool escalates = reasons->others != NULL;
    char day[DAY_SIZE];
    auto_text words = {0};
    why_words(ask, reasons, matter.silent, &words);
    for (size_t i = 0; i < reasons->n_ladder; i++)
        must(!json_array_append_new(ladder, rung_json(ask, &reasons->ladder[i])));
    for (size_t i = 0; i < reasons->n_notices; i++)
        must(!json_array_append_new(notices, alert_notice_json(reasons->notices[i])));
    for (size_t i = 0; i < reasons->n_replies; i++)
        must(!json_array_append_new(replies, reply_json(&reasons->replies[i])));
    explain_put_text(object, "key", reasons->key);
    explain_put_text(object, "why", why_name(reasons->why));
    explain_put_text(object, "text", text_str(&words));
    explain_put(object, "alert", reasons->alert ? alert_json(reasons->alert) : json_null());
    explain_put(object, "ladder", ladder);
    explain_put_text(object, "escalates_on", escalates ? day_iso(reasons->escalates_on, day) : NULL);
    explain_put(object, "escalates_to", others_json(reasons));
    explain_put(object, "notices", notices);
    explain_put(object, "replies", replies);
    explain_put_instant(object, "next_at", reasons->next_at);
    explain_put_text(object, "next_rung", reasons->next_rung);
    return object;
}

json_t *explain_alert(const struct explain_ask *ask, struct alert_reasons *reasons,
                      struct explain_matter matter, struct text *out)
{
    json_t *object = out ? NULL : alert_reasons_json(ask, reasons, matter);
    if (out)
        alert_lines(ask, reasons, matter, out);
    alert_reasons_free(reasons);
    return object;
}
