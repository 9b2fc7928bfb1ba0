/* What a subject is called when it is told of. */
#include "alert/subject.h"

#include "base/text.h"

enum { UNITS_NAMED = 8 };

static const char *label_name(const char *label, enum lang lang, char buf[PERIOD_NAME_SIZE])
{
    struct period period;
    return period_parse(label, &period, NULL) ? period_name(&period, lang, buf) : label;
}

static const char *day_name(int day, enum lang lang, char buf[DAY_SIZE])
{
    return lang == LANG_VI ? day_vi(day, true, buf) : day_iso(day, buf);
}

static const char *title_of_lead(struct arena *arena, const struct ladder *ladder, const char *title,
                                 int today, enum lang lang)
{
    char due[DAY_SIZE];
    if (today > ladder->due) {
        int n = workdays_between(ladder->workdays, ladder->due, today);
        return n ? arena_printf(arena,
                                say(lang, "Quá hạn %d ngày làm việc: %s", "%d working days overdue: %s"), n,
                                title)
                 : arena_printf(arena, say(lang, "Quá hạn: %s", "Overdue: %s"), title);
    }
    if (today == ladder->due)
        return arena_printf(arena, say(lang, "Hôm nay đến hạn: %s", "Due today: %s"), title);
    if (today >= ladder->act_by)
        return arena_printf(arena, say(lang, "Sắp đến hạn %s (ngày nghỉ): %s", "Due on %s (a day off): %s"),
                            day_name(ladder->due, lang, due), title);
    return arena_printf(arena, say(lang, "Còn %d ngày làm việc: %s", "%d working days left: %s"),
                        workdays_between(ladder->workdays, today, ladder->act_by), title);
}

const char *subject_title(struct arena *arena, const struct subject *subject, int today, enum lang lang)
{
    const char *title = subject->occurrence->duty->title;
    if (!subject->gathering)
        return title_of_lead(arena, &subject->ladder, title, today, lang);
    if (today > subject->ladder.due)
        return arena_printf(
            arena,
            say(lang, "%zu/%zu đơn vị chưa xong, đã quá hạn: %s", "%zu of %zu units not done, overdue: %s"),
            subject->open, subject->all, title);
    return arena_printf(arena,
                        say(lang, "Đến hạn nhận (%zu/%zu đơn vị đã xong): %s",
                            "Due to be received (%zu of %zu units done): %s"),
                        subject->all - subject->open, subject->all, title);
}

static void add_days(struct text *out, const struct ladder *ladder, const char *label, enum lang lang)
{
    char due[DAY_SIZE], act_by[DAY_SIZE], name[PERIOD_NAME_SIZE];
    text_addf(out, say(lang, "Hạn %s (%s)", "Due %s (%s)"), day_name(ladder->due, lang, due),
              weekday_name(day_weekday(ladder->due), lang));
    if (ladder->act_by != ladder->due)
        text_addf(out, say(lang, ", xong trước hết %s", ", to be done by %s"),
                  day_name(ladder->act_by, lang, act_by));
    text_addf(out, say(lang, "; kỳ %s. ", "; period %s. "), label_name(label, lang, name));
}

static void add_still_open(struct text *out, const struct subject *subject, enum lang lang)
{
    size_t named = 0;
    text_add(out, say(lang, "Chưa xong: ", "Not done: "));
    for (size_t i = 0; i < subject->gathering->n; i++) {
        const struct occurrence *one = &subject->gathering->first[i];
        if (one->due == DAY_NONE || one->state == STATE_DONE || one->state == STATE_CANCELLED ||
            !subject_waits_for(subject, one))
            continue;
        if (named < UNITS_NAMED)
            text_addf(out, "%s%s", named ? ", " : "", one->unit ? one->unit->code : "?");
        named++;
    }
    if (named > UNITS_NAMED)
        text_addf(out, say(lang, " và %zu đơn vị khác", " and %zu more"), named - UNITS_NAMED);
    text_add(out, ".");
}

static void add_receivers(struct text *out, const struct occurrence *occurrence, enum lang lang)
{
    const struct units *to = occurrence_party(occurrence, PARTY_TO);
    for (size_t i = 0; i < to->n; i++)
        text_addf(out, "%s%s", i ? ", " : say(lang, " Gửi: ", " Send to: "), to->at[i]->code);
    if (to->n && occurrence->duty->via)
        text_addf(out, say(lang, " (qua %s)", " (via %s)"), occurrence->duty->via);
    if (to->n)
        text_add(out, ".");
}

const char *subject_body(struct arena *arena, const struct subject *subject, enum lang lang)
{
    const struct occurrence *one = subject->occurrence;
    const struct item *item = one->duty->item;
    auto_text out = {0};
    add_days(&out, &subject->ladder, one->label, lang);
    text_addf(&out, say(lang, "Dòng %s, %s.", "Row %s, %s."), item->ref, item->plan->title);
    if (subject->gathering) {
        text_add(&out, " ");
        add_still_open(&out, subject, lang);
    } else
        add_receivers(&out, one, lang);
    if (one->provisional)
        text_add(&out, say(lang, " Lịch nghỉ chưa công bố hết, ngày có thể đổi.",
                           " The calendar is not yet announced, the day may move."));
    return arena_strdup(arena, text_str(&out));
}
