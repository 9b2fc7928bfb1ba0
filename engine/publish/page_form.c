/* What the forms of all pages have in common. */
#include "publish/page_html.h"

#include <string.h>

enum { NAME_MOST = 80, WHY_MOST = 300 };

/* ---- what goes with each ---- */

void html_lang_field(struct html *html)
{
    if (html->lang != html->settings->site_lang)
        html_add(html, "<input type=\"hidden\" name=\"lang\" value=\"%s\">", say(html->lang, "vi", "en"));
}

void html_form_proof(struct html *html)
{
    html_add(html, "<input type=\"hidden\" name=\"csrf\" value=\"%s\">", html->settings->writer->csrf);
}

void html_form_open(struct html *html, const char *action)
{
    html_add(html,
             "<form method=\"post\" class=\"form\"><input type=\"hidden\" name=\"action\" value=\"%s\">",
             action);
    html_form_proof(html);
}

void html_form_close(struct html *html, bool first, const char *button)
{
    html_add(html, "<p class=\"submit\"><button class=\"button%s\">%s</button></p></form>\n",
             first ? "" : " plain", button);
}

const char *html_filled(const struct page_said *said, const char *action, const char *name, const char *usual)
{
    if (!said->form || strcmp(form_text(said->form, "action"), action) != 0)
        return usual;
    return form_text(said->form, name);
}

/* ---- fields ---- */

void html_label(struct html *html, const char *form, const char *name, const char *label)
{
    html_add(html, "<p class=\"field\"><label for=\"%s-%s\">%s</label>", form, name, label);
}

void html_day_input(struct html *html, const char *form, const char *name, const char *value, int after,
                    int until, bool required)
{
    char day[DAY_SIZE];
    html_add(html, "<input type=\"date\" id=\"%s-%s\" name=\"%s\" value=\"%s\"%s", form, name, name, value,
             required ? " required" : "");
    if (after != DAY_NONE)
        html_add(html, " min=\"%s\"", day_iso(after, day));
    if (until != DAY_NONE)
        html_add(html, " max=\"%s\"", day_iso(until, day));
    html_add(html, "></p>\n");
}

static void text_input(struct html *html, const char *form, const char *name, const char *value, int most,
                       bool required)
{
    html_add(html, "<input type=\"text\" id=\"%s-%s\" name=\"%s\" value=\"%s\" maxlength=\"%d\"%s></p>\n",
             form, name, name, value, most, required ? " required" : "");
}

void html_by_field(struct html *html, const char *form, const char *value)
{
    const char *name = html->settings->writer->name;
    html_label(html, form, "by", say(html->lang, "Người ghi", "Who records it"));
    text_input(html, form, "by", value ? value : name ? name : "", NAME_MOST, false);
}

void html_why_field(struct html *html, const char *form, const char *name, const char *value, bool required)
{
    html_label(html, form, name,
               required ? say(html->lang, "Lý do (bắt buộc)", "Reason (needed)")
                        : say(html->lang, "Ghi chú", "Note"));
    text_input(html, form, name, value, WHY_MOST, required);
}

/* ---- what became of it ---- */

static const char *said_title(const char *action, enum lang lang)
{
    static const struct {
        const char *action, *vi, *en;
    } words[] = {
        {"done", "Đã ghi là xong.", "Recorded as done."},
        {"received", "Đã ghi nhận cho từng đơn vị đã chọn.", "Recorded for each office that was chosen."},
        {"extend", "Đã gia hạn.", "Extended."},
        {"reopen", "Đã mở lại.", "Reopened."},
        {"record", "Đã ghi ngày xảy ra; các hạn dựa vào đó đã được tính lại.",
         "Recorded; the deadlines that rest on it are computed anew."},
        {"withdraw", "Đã rút lại; các việc dựa vào đó lại chờ.",
         "Taken back; what rested on it waits again."},
        {"ack", "Đã ghi là đã biết; không nhắc lại nữa cho đến khi có thay đổi.",
         "Acknowledged; nothing more is told until something changes."}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (!strcmp(words[i].action, action))
            return say(lang, words[i].vi, words[i].en);
    return NULL;
}

void html_said(struct html *html, const struct page_said *said)
{
    const char *good = said->action ? said_title(said->action, html->lang) : NULL;
    if (said->fault)
        html_say(html, "<p class=\"notice bad\" role=\"alert\"><strong>Chưa ghi được:</strong> %s</p>\n",
                 "<p class=\"notice bad\" role=\"alert\"><strong>Not recorded:</strong> %s</p>\n",
                 said->fault);
    else if (good)
        html_add(html, "<p class=\"notice good\" role=\"status\"><strong>✓ %s</strong></p>\n", good);
}

void html_no_forms(struct html *html, const char *path)
{
    const struct page_writer *writer = html->settings->writer;
    if (writer && writer->why_not) {
        html_add(html, "<p class=\"notice\">%s</p>\n", writer->why_not);
        return;
    }
    html_say(
        html,
        "<section class=\"card\"><h2>Ghi nhận kết quả</h2><p>Cần đăng nhập bằng khóa của đơn vị để "
        "ghi.</p><form method=\"get\"",
        "<section class=\"card\"><h2>Record what happened</h2><p>Sign in with your office's key to record "
        "it.</p><form method=\"get\"");
    html_action(html, "/signin/");
    html_add(html, "><input type=\"hidden\" name=\"next\" value=\"%s\">", path);
    html_lang_field(html);
    html_say(html, "<p class=\"submit\"><button class=\"button\">Đăng nhập</button></p></form></section>\n",
             "<p class=\"submit\"><button class=\"button\">Sign in</button></p></form></section>\n");
}
