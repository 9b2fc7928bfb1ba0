#include "alert/post.h"

#include "publish/alert_list.h"
#include "time/clock.h"

#include <jansson.h>
#include <string.h>

enum post_section post_section_of(const struct alert *alert, int today)
{
    if (alert->kind == ALERT_OVERDUE)
        return POST_PAST;
    if (alert->kind != ALERT_DUE_SOON)
        return POST_OTHER;
    return alert->due_today || alert->due <= today ? POST_TODAY : POST_COMING;
}

static const char *section_title(enum post_section section, enum lang lang)
{
    static const char *const vi[] = {"Quá hạn", "Hôm nay", "Sắp tới", "Việc khác"};
    static const char *const en[] = {"Overdue", "Today", "Coming", "Other"};
    return say(lang, vi[section], en[section]);
}

static void count(const struct post *post, size_t counts[POST_SECTIONS])
{
    for (size_t i = 0; i < post->n; i++)
        counts[post_section_of(post->list[i], post->today)]++;
}

/* ---- the subject ---- */

static void add_counts(const struct post *post, struct text *out)
{
    static const char *const vi[] = {"quá hạn", "hôm nay", "sắp tới", "khác"};
    static const char *const en[] = {"overdue", "today", "coming", "other"};
    size_t counts[POST_SECTIONS] = {0};
    bool first = true;
    count(post, counts);
    for (int i = 0; i < POST_SECTIONS; i++)
        if (counts[i]) {
            text_addf(out, "%s%zu %s", first ? "" : ", ", counts[i], say(post->lang, vi[i], en[i]));
            first = false;
        }
}

void post_subject(const struct post *post, struct text *out)
{
    char day[DAY_SIZE];
    if (post->kind == POST_URGENT) {
        text_add(out, say(post->lang, "[KHẨN] ", "[URGENT] "));
        if (post->n == 1) {
            text_add(out, post->list[0]->title);
            return;
        }
    } else
        text_addf(out, say(post->lang, "Hạn chót %s: ", "Deadlines %s: "),
                  post->lang == LANG_VI ? day_vi(post->today, true, day) : day_iso(post->today, day));
    add_counts(post, out);
}

/* ---- links ---- */

/* RFC 3986: a reference may hold letters of Vietnamese. */
static void add_path(struct text *out, const char *path, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        unsigned char c = (unsigned char)path[i];
        bool plain =
            (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || strchr("-._~/", c);
        text_addf(out, plain ? "%c" : "%%%02X", c);
    }
}

/* The page of its row, "/items/<plan>/<ref>"; of what has none, its office's, or the first page. */
static void add_link(struct text *out, const char *url, const struct alert *alert)
{
    text_add(out, url);
    const char *plan_end = alert->uid ? strchr(alert->uid, ':') : NULL;
    if (plan_end) {
        text_add(out, "/items/");
        add_path(out, alert->uid, (size_t)(plan_end - alert->uid));
        text_add(out, "/");
        add_path(out, plan_end + 1, strcspn(plan_end + 1, ":#"));
    } else if (alert->unit) {
        text_add(out, "/units/");
        add_path(out, alert->unit, strlen(alert->unit));
    } else
        text_add(out, "/");
}

/* ---- plain text ---- */

static void closing_words(const struct post *post, struct text *out)
{
    text_add(out, say(post->lang,
                      "Thư tự động của hanchot. Việc đã xong hay đã biết: ghi trên trang của hanchot, thư "
                      "sẽ thôi nhắc.",
                      "Sent by hanchot. What is done or known: record it on hanchot's pages, and it is not "
                      "told again."));
}

static void text_alert(const struct post *post, const struct alert *alert, struct text *out)
{
    text_addf(out, "- %s\n", alert->title);
    text_addf(out, "  %s%s%s\n", alert->unit ? alert->unit : "", alert->unit ? ". " : "", alert->body);
    if (post->url) {
        text_add(out, "  ");
        add_link(out, post->url, alert);
        text_add(out, "\n");
    }
}

static void text_section(const struct post *post, enum post_section section, size_t n, struct text *out)
{
    size_t told = 0;
    text_addf(out, "%s (%zu)\n\n", section_title(section, post->lang), n);
    for (size_t i = 0; i < post->n; i++)
        if (post_section_of(post->list[i], post->today) == section && told < POST_LINES_MOST) {
            text_alert(post, post->list[i], out);
            told++;
        }
    if (told < n)
        text_addf(out, say(post->lang, "và %zu việc khác\n", "and %zu more\n"), n - told);
    text_add(out, "\n");
}

void post_text(const struct post *post, struct text *out)
{
    size_t counts[POST_SECTIONS] = {0};
    count(post, counts);
    for (int i = 0; i < POST_SECTIONS; i++)
        if (counts[i])
            text_section(post, (enum post_section)i, counts[i], out);
    text_add(out, "-- \n");
    closing_words(post, out);
    text_add(out, "\n");
}

/* ---- HTML ---- */

static void html_escape(struct text *out, const char *text)
{
    for (; *text; text++) {
        static const struct {
            char sign;
            const char *code;
        } codes[] = {{'&', "&amp;"}, {'<', "&lt;"}, {'>', "&gt;"}, {'"', "&quot;"}, {'\n', "<br>"}};
        const char *code = NULL;
        for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
            code = codes[i].sign == *text ? codes[i].code : code;
        if (code)
            text_add(out, code);
        else
            text_add_bytes(out, text, 1);
    }
}

static void html_alert(const struct post *post, const struct alert *alert, struct text *out)
{
    text_add(out, "<li style=\"margin:0 0 .7em\"><b>");
    if (post->url) {
        text_add(out, "<a href=\"");
        add_link(out, post->url, alert);
        text_add(out, "\">");
    }
    html_escape(out, alert->title);
    text_add(out, post->url ? "</a></b><br>" : "</b><br>");
    if (alert->unit) {
        html_escape(out, alert->unit);
        text_add(out, ". ");
    }
    html_escape(out, alert->body);
    text_add(out, "</li>\n");
}

static void html_section(const struct post *post, enum post_section section, size_t n, struct text *out)
{
    static const char *const colours[] = {"#b3261e", "#8a4b00", "#1f5c3a", "#444444"};
    size_t told = 0;
    text_addf(out, "<h2 style=\"font-size:1.1em;color:%s\">%s (%zu)</h2>\n<ul>\n", colours[section],
              section_title(section, post->lang), n);
    for (size_t i = 0; i < post->n; i++)
        if (post_section_of(post->list[i], post->today) == section && told < POST_LINES_MOST) {
            html_alert(post, post->list[i], out);
            told++;
        }
    if (told < n)
        text_addf(out, say(post->lang, "<li>và %zu việc khác</li>\n", "<li>and %zu more</li>\n"), n - told);
    text_add(out, "</ul>\n");
}

void post_html(const struct post *post, struct text *out)
{
    size_t counts[POST_SECTIONS] = {0};
    auto_text subject = {0}, closing = {0};
    post_subject(post, &subject);
    closing_words(post, &closing);
    count(post, counts);
    text_addf(out, "<!DOCTYPE html>\n<html lang=\"%s\">\n<head><meta charset=\"utf-8\"><title>",
              say(post->lang, "vi", "en"));
    html_escape(out, text_str(&subject));
    text_add(out, "</title></head>\n<body style=\"font-family:sans-serif;max-width:45em\">\n");
    for (int i = 0; i < POST_SECTIONS; i++)
        if (counts[i])
            html_section(post, (enum post_section)i, counts[i], out);
    text_add(out, "<p style=\"color:#555\">");
    html_escape(out, text_str(&closing));
    text_add(out, "</p>\n</body>\n</html>\n");
}

/* ---- JSON ---- */

static json_t *json_alert(const struct post *post, const struct alert *alert)
{
    json_t *json = alert_json(alert);
    auto_text link = {0};
    if (post->url) {
        add_link(&link, post->url, alert);
        must(!json_object_set_new(json, "url", json_string(text_str(&link))));
    }
    return json;
}

struct json_t *post_json(const struct post *post, const char *key, int64_t told_at)
{
    char at[INSTANT_SIZE];
    auto_text subject = {0};
    json_t *alerts = json_array();
    if (post->n == 1)
        text_add(&subject, post->list[0]->title);
    else
        add_counts(post, &subject);
    for (int section = 0; section < POST_SECTIONS; section++)
        for (size_t i = 0; i < post->n; i++)
            if ((int)post_section_of(post->list[i], post->today) == section)
                must(!json_array_append_new(alerts, json_alert(post, post->list[i])));
    json_t *json = json_pack("{s:s, s:s, s:s, s:s, s:o}", "type", "alerts", "id", key, "told_at",
                             instant_iso(told_at, at), "text", text_str(&subject), "alerts", alerts);
    must(json);
    return json;
}
