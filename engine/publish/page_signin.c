#include "publish/page_html.h"

#include <string.h>

/* ---- a form that waits until somebody has signed in ---- */

/* Its fields, under other names in the sign-in form; those with words are shown. */
static const struct kept_field {
    const char *name, *held, *vi, *en;
} kept_fields[] = {
    {"action", "kept.action", NULL, NULL},
    {"event", "kept.event", "Sự kiện", "Event"},
    {"unit", "kept.unit", "Đơn vị", "Office"},
    {"ref", "kept.ref", "Dòng", "Row"},
    {"on", "kept.on", "Ngày", "Day"},
    {"to", "kept.to", "Hạn mới", "New deadline"},
    {"due", "kept.due", "Hạn được ấn định", "The deadline it sets"},
    {"why", "kept.why", "Lý do, ghi chú", "Reason, note"},
    {"note", "kept.note", "Ghi chú", "Note"},
    {"by", "kept.by", "Người ghi", "Who records it"},
    {"key", "kept.key", "Cảnh báo", "Alert"},
    {"seen", "kept.seen", NULL, NULL},
    {"corrects", "kept.corrects", NULL, NULL},
};
#define N_KEPT (sizeof kept_fields / sizeof *kept_fields)

bool page_keeps(const struct form *form)
{
    return form_nth(form, "kept.action", 0) != NULL;
}

/* from: where the fields are; to: where they are to be. */
static void keep(struct html *html, const struct form *form, bool from_held, bool to_held)
{
    for (size_t i = 0; i < N_KEPT; i++) {
        const struct kept_field *field = &kept_fields[i];
        const char *value;
        for (size_t j = 0; (value = form_nth(form, from_held ? field->held : field->name, j)); j++)
            html_add(html, "<input type=\"hidden\" name=\"%s\" value=\"%s\">",
                     to_held ? field->held : field->name, value);
    }
}

static const char *action_words(const char *action, enum lang lang)
{
    static const struct {
        const char *action, *vi, *en;
    } words[] = {{"done", "Ghi là đã xong", "Record as done"},
                 {"extend", "Gia hạn", "Extend"},
                 {"reopen", "Mở lại", "Reopen"},
                 {"record", "Ghi ngày xảy ra", "Record the day of an event"},
                 {"ack", "Đã biết cảnh báo", "Acknowledge the alert"}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (!strcmp(words[i].action, action))
            return say(lang, words[i].vi, words[i].en);
    return action;
}

/* A day as people write it, anything else as it was filled in. */
static void kept_value(struct html *html, const char *name, const char *value)
{
    int day;
    struct err err = {0};
    bool is_day =
        (!strcmp(name, "on") || !strcmp(name, "to") || !strcmp(name, "due")) && day_parse(value, &day, &err);
    if (is_day)
        html_day(html, day, DAY_WITH_YEAR);
    else
        html_add(html, "%s", value);
}

/* next: the page it goes to; its name there is that of the duty or event. */
static void kept_facts(struct html *html, const char *next, const struct form *form)
{
    const char *rest = strchr(next + 1, '/');
    html_add(html, "<dl class=\"facts\">\n");
    if (rest)
        html_say(html, "<div><dt>Việc, sự kiện</dt><dd><code>%s</code></dd></div>\n",
                 "<div><dt>Duty, event</dt><dd><code>%s</code></dd></div>\n", rest + 1);
    for (size_t i = 0; i < N_KEPT; i++) {
        const struct kept_field *field = &kept_fields[i];
        const char *value = form_nth(form, field->held, 0);
        if (!field->vi || !value || !*value || !strcmp(value, "*"))
            continue;
        html_add(html, "<div><dt>%s</dt><dd>", say(html->lang, field->vi, field->en));
        for (size_t j = 0; (value = form_nth(form, field->held, j)); j++) {
            html_add(html, j ? ", " : "");
            kept_value(html, field->name, value);
        }
        html_add(html, "</dd></div>\n");
    }
    html_add(html, "</dl>\n");
}

/* ---- the pages ---- */

static void who_is_in(struct html *html)
{
    const struct page_writer *writer = html->settings->writer;
    if (!writer || !writer->name)
        return;
    html_say(html, "<p class=\"notice good\">Đang dùng khóa <strong>%s</strong>.</p>",
             "<p class=\"notice good\">Signed in with the key <strong>%s</strong>.</p>", writer->name);
    html_add(html, "<form method=\"post\"");
    html_action(html, "/signin/");
    html_add(html, "><input type=\"hidden\" name=\"action\" value=\"signout\">");
    html_form_proof(html);
    html_say(html, "<p class=\"submit\"><button class=\"button plain\">Thoát</button></p></form>\n",
             "<p class=\"submit\"><button class=\"button plain\">Sign out</button></p></form>\n");
}

/* A cookie that other sites' links do not bring along is there again with the first click here. */
static void go_on(struct html *html, const char *next)
{
    if (!next)
        return;
    html_add(html, "<p class=\"note\"><a");
    html_href(html, "", next, NULL, NULL);
    html_say(html, ">Đã đăng nhập trong trình duyệt này? Mở trang</a></p>",
             ">Already signed in here? Open the page</a></p>");
}

static void key_form(struct html *html, const struct page_signing *signing)
{
    html_add(html, "<form method=\"post\" class=\"form\"");
    html_action(html, "/signin/");
    html_add(html, "><input type=\"hidden\" name=\"action\" value=\"signin\">");
    if (signing->next)
        html_add(html, "<input type=\"hidden\" name=\"next\" value=\"%s\">", signing->next);
    if (signing->kept)
        keep(html, signing->kept, page_keeps(signing->kept), true);
    html_say(
        html,
        "<p class=\"field\"><label for=\"key\">Khóa</label><input type=\"password\" id=\"key\" name=\"key\" "
        "required autocomplete=\"current-password\" spellcheck=\"false\"></p><p class=\"submit\"><button "
        "class=\"button\">Đăng nhập</button></p></form>\n",
        "<p class=\"field\"><label for=\"key\">Key</label><input type=\"password\" id=\"key\" name=\"key\" "
        "required autocomplete=\"current-password\" spellcheck=\"false\"></p><p class=\"submit\"><button "
        "class=\"button\">Sign in</button></p></form>\n");
}

/* Style and icon are there too, for those who have no key yet; faults and the like are not for them. */
static struct page_settings own_settings(const struct page_settings *settings)
{
    return (struct page_settings){.url = settings->url,
                                  .link = "/signin/",
                                  .lang = settings->lang,
                                  .site_lang = settings->site_lang,
                                  .writer = settings->writer};
}

static bool waits(const struct form *kept)
{
    return kept && (page_keeps(kept) || strcmp(form_text(kept, "action"), "signin") != 0);
}

void page_signin(const struct page_settings *settings, const struct page_signing *signing, struct text *out)
{
    const struct page_settings own = own_settings(settings);
    struct html html = {.out = out, .settings = &own, .lang = own.lang};
    const char *title = say(html.lang, "Đăng nhập", "Sign in");
    struct page_signing held = *signing;
    held.kept = waits(signing->kept) ? signing->kept : NULL;
    html_open(&html, title, "/signin/");
    html_add(&html, "<div class=\"signin card\"><h1>%s</h1>\n", title);
    if (signing->fault)
        html_add(&html, "<p class=\"notice bad\" role=\"alert\">%s</p>", signing->fault);
    if (held.kept)
        html_say(
            &html,
            "<p class=\"notice\">Những gì đã nhập chưa được ghi nhưng vẫn còn: đăng nhập xong sẽ hiện lại "
            "để ghi.</p>",
            "<p class=\"notice\">What you filled in was not recorded, but it is not lost: it is shown "
            "again once you have signed in.</p>");
    who_is_in(&html);
    html_say(&html,
             "<p>Trang này cần khóa mà người quản trị đã cấp cho đơn vị. Khóa chỉ gửi đến máy chủ này; trình "
             "duyệt giữ đăng nhập trong 7 ngày.</p>",
             "<p>This page needs the key that the administrator gave your office. It is sent to this server "
             "only; the browser stays signed in for 7 days.</p>");
    key_form(&html, &held);
    go_on(&html, signing->next);
    html_say(
        &html,
        "<p class=\"note\">Chưa có khóa: hỏi người quản trị (<code>hanchot token create --key</code>).</p>",
        "<p class=\"note\">No key yet: ask the administrator (<code>hanchot token create --key</code>).</p>");
    html_add(&html, "</div>\n");
    html_close(&html);
}

void page_kept(const struct page_settings *settings, const char *next, const struct form *form,
               struct text *out)
{
    const struct page_settings own = own_settings(settings);
    struct html html = {.out = out, .settings = &own, .lang = own.lang};
    const char *title = say(html.lang, "Đã đăng nhập", "Signed in");
    html_open(&html, title, "/signin/");
    html_add(&html, "<div class=\"signin card\"><h1>%s</h1>\n", title);
    html_say(&html,
             "<p class=\"notice\" role=\"status\"><strong>Chưa ghi.</strong> Xem lại rồi bấm Ghi: %s.</p>\n",
             "<p class=\"notice\" role=\"status\"><strong>Not recorded yet.</strong> Look at it and press "
             "Record: %s.</p>\n",
             action_words(form_text(form, "kept.action"), html.lang));
    kept_facts(&html, next, form);
    html_add(&html, "<form method=\"post\" class=\"form\"");
    html_action(&html, next);
    html_add(&html, ">");
    html_form_proof(&html);
    keep(&html, form, true, false);
    html_say(&html, "<p class=\"submit\"><button class=\"button\">Ghi</button></p></form>\n",
             "<p class=\"submit\"><button class=\"button\">Record</button></p></form>\n");
    html_add(&html, "<p class=\"note\"><a");
    html_href(&html, "", next, NULL, NULL);
    html_say(&html, ">Không ghi, mở trang đó</a></p></div>\n",
             ">Do not record, open that page</a></p></div>\n");
    html_close(&html);
}
