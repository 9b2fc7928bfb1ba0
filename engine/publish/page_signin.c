#include "publish/page_html.h"

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

static void key_form(struct html *html, const char *next)
{
    html_add(html, "<form method=\"post\" class=\"form\"");
    html_action(html, "/signin/");
    html_add(html, "><input type=\"hidden\" name=\"action\" value=\"signin\">");
    if (next)
        html_add(html, "<input type=\"hidden\" name=\"next\" value=\"%s\">", next);
    html_say(
        html,
        "<p class=\"field\"><label for=\"key\">Khóa</label><input type=\"password\" id=\"key\" name=\"key\" "
        "required autocomplete=\"current-password\" spellcheck=\"false\"></p><p class=\"submit\"><button "
        "class=\"button\">Đăng nhập</button></p></form>\n",
        "<p class=\"field\"><label for=\"key\">Key</label><input type=\"password\" id=\"key\" name=\"key\" "
        "required autocomplete=\"current-password\" spellcheck=\"false\"></p><p class=\"submit\"><button "
        "class=\"button\">Sign in</button></p></form>\n");
}

void page_signin(const struct page_settings *settings, const char *next, const char *fault, struct text *out)
{
    /* Style and icon are there too, for those who have no key yet; faults and the like are not for them. */
    const struct page_settings own = {.url = settings->url,
                                      .link = "/signin/",
                                      .lang = settings->lang,
                                      .site_lang = settings->site_lang,
                                      .writer = settings->writer};
    struct html html = {.out = out, .settings = &own, .lang = own.lang};
    const char *title = say(html.lang, "Đăng nhập", "Sign in");
    html_open(&html, title, "/signin/");
    html_add(&html, "<div class=\"signin card\"><h1>%s</h1>\n", title);
    if (fault)
        html_add(&html, "<p class=\"notice bad\" role=\"alert\">%s</p>", fault);
    who_is_in(&html);
    html_say(&html,
             "<p>Trang này cần khóa mà người quản trị đã cấp cho đơn vị. Khóa chỉ gửi đến máy chủ này; trình "
             "duyệt giữ đăng nhập trong 7 ngày.</p>",
             "<p>This page needs the key that the administrator gave your office. It is sent to this server "
             "only; the browser stays signed in for 7 days.</p>");
    key_form(&html, next);
    go_on(&html, next);
    html_say(
        &html,
        "<p class=\"note\">Chưa có khóa: hỏi người quản trị (<code>hanchot token create --key</code>).</p>",
        "<p class=\"note\">No key yet: ask the administrator (<code>hanchot token create --key</code>).</p>");
    html_add(&html, "</div>\n");
    html_close(&html);
}
