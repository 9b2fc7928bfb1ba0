/* What the client of a revoked link gets for a while: a whole calendar with one event that says so. Without
 * it the client would go on showing old deadlines, or none, and nobody would know why. */
#include "publish/feed_event.h"

#include "time/clock.h"

void feed_tombstone(const struct feed_settings *settings, int64_t link, int64_t revoked_at, struct text *out)
{
    static const struct feed_color gray = {"gray", "#808080"};
    enum lang lang = settings->lang;
    const struct feed_head head = {
        .name = say(lang, "Hạn chót – liên kết đã thu hồi", "Deadlines – revoked link"),
        .description = say(lang, "Liên kết này đã bị thu hồi (chỉ đọc)", "This link was revoked (read only)"),
        .url = settings->url,
        .color = &gray,
    };
    struct feed_event event = {.status = FEED_STATUS_OPEN,
                               .color = gray.name,
                               .day = instant_day(revoked_at),
                               .days = FEED_TOMBSTONE_DAYS,
                               .done_on = DAY_NONE,
                               .change = {.modified = revoked_at}};
    text_addf(&event.uid, "link-%lld-revoked" FEED_UID_END, (long long)link);
    text_add(&event.summary, say(lang, "Lịch hạn chót này đã ngừng: hãy xin liên kết mới",
                                 "These deadlines have stopped: ask for a new link"));
    text_add(
        &event.description,
        say(lang,
            "Liên kết riêng của lịch này đã bị thu hồi nên không còn hạn nào được gửi đến đây. Hãy xin người "
            "quản "
            "trị liên kết mới, rồi xóa lịch này khỏi chương trình lịch.",
            "The private link of this calendar was revoked, so no deadlines arrive here any more. Ask the "
            "administrator for a new link, then remove this calendar from your program."));
    feed_ical_begin(out, &head);
    feed_ical_add(out, &event, (struct feed_variant){0});
    feed_ical_end(out);
    feed_event_fini(&event);
}
