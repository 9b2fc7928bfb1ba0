#include "publish/page.h"

#include "gen/assets.h"
#include "publish/page_html.h"
#include "time/clock.h"

#include <string.h>

/* ---- markup ---- */

static void add_escaped(struct text *out, const char *text)
{
    static const char special[] = "&<>\"'";
    static const char *const written[] = {"&amp;", "&lt;", "&gt;", "&quot;", "&#39;"};
    for (size_t plain; *text; text++) {
        plain = strcspn(text, special);
        text_add_bytes(out, text, plain);
        text += plain;
        if (!*text)
            return;
        text_add(out, written[strchr(special, *text) - special]);
    }
}

/* Writes the argument of the specifier at `at` and returns what follows it. */
static const char *add_argument(struct text *out, const char *at, va_list *args)
{
    switch (*at) {
    case 's':
        add_escaped(out, va_arg(*args, const char *));
        return at + 1;
    case 'd':
        text_addf(out, "%d", va_arg(*args, int));
        return at + 1;
    case 'z':
        must(at[1] == 'u');
        text_addf(out, "%zu", va_arg(*args, size_t));
        return at + 2;
    default:
        must(*at == '%');
        text_add(out, "%");
        return at + 1;
    }
}

static void add_format(struct text *out, const char *format, va_list *args)
{
    for (const char *percent; (percent = strchr(format, '%'));) {
        text_add_bytes(out, format, (size_t)(percent - format));
        format = add_argument(out, percent + 1, args);
    }
    text_add(out, format);
}

void html_add(struct html *html, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    add_format(html->out, format, &args);
    va_end(args);
}

void html_say(struct html *html, const char *vi, const char *en, ...)
{
    va_list args;
    va_start(args, en);
    add_format(html->out, say(html->lang, vi, en), &args);
    va_end(args);
}

void html_count(struct html *html, size_t n, const char *vi, const char *en, const char *en_many)
{
    html_add(html, "%zu %s", n, say(html->lang, vi, n == 1 ? en : en_many));
}

/* Percent-encoding (RFC 3986) of all that is not plain in a path; what is left needs no escaping in an
 * attribute. */
static void add_path(struct text *out, const char *path)
{
    static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/";
    for (; *path; path++) {
        if (strchr(plain, *path))
            text_add_bytes(out, path, 1);
        else
            text_addf(out, "%%%02X", (unsigned char)*path);
    }
}

static const char *lang_name(enum lang lang)
{
    return lang == LANG_VI ? "vi" : "en";
}

static void href_path(struct html *html, const char *base, const char *path, const char *more)
{
    bool absolute = *base == '/' || (!*base && path && *path == '/');
    html_add(html, " href=\"%s%s", absolute ? url_path(html->settings->url) : "", base);
    if (path)
        add_path(html->out, path);
    if (more) {
        html_add(html, "/");
        add_path(html->out, more);
    }
}

void html_href(struct html *html, const char *base, const char *path, const char *more, const char *fragment)
{
    href_path(html, base, path, more);
    if (html->lang != html->settings->site_lang)
        html_add(html, "?lang=%s", lang_name(html->lang));
    if (fragment) {
        html_add(html, "#");
        add_path(html->out, fragment);
    }
    html_add(html, "\"");
}

void html_href_asking(struct html *html, const char *base, const char *path, const char *more,
                      const struct html_query *query)
{
    const char *mark = "?";
    href_path(html, base, path, more);
    for (; query->name; query++) {
        if (!query->value)
            continue;
        html_add(html, "%s%s=", mark, query->name);
        add_path(html->out, query->value);
        mark = "&";
    }
    if (html->lang != html->settings->site_lang)
        html_add(html, "%slang=%s", mark, lang_name(html->lang));
    html_add(html, "\"");
}

void html_action(struct html *html, const char *path)
{
    html_add(html, " action=\"%s", *path == '/' ? url_path(html->settings->url) : "");
    add_path(html->out, path);
    if (html->lang != html->settings->site_lang)
        html_add(html, "?lang=%s", lang_name(html->lang));
    html_add(html, "\"");
}

void html_vi(struct html *html)
{
    if (html->lang != LANG_VI)
        html_add(html, " lang=\"vi\"");
}

/* ---- notices above every page ---- */

enum { FAULTS_SHOWN = 10 };

static void fault_line(struct html *html, const struct fault *fault)
{
    html_add(html, "<li><code>");
    if (fault->file)
        html_add(html, "%s", fault->file);
    if (fault->line)
        html_add(html, ":%d", fault->line);
    html_add(html, "</code> %s</li>", fault->text);
}

static void fault_list(struct html *html, const struct faults *faults)
{
    size_t shown = 0;
    html_add(html, "<ul>");
    for (size_t i = 0; i < faults->list.n && shown < FAULTS_SHOWN; i++)
        if (!faults->list.at[i].warning) {
            fault_line(html, &faults->list.at[i]);
            shown++;
        }
    if (faults->errors > shown)
        html_say(html, "<li>… và %zu lỗi nữa</li>", "<li>… and %zu more</li>", faults->errors - shown);
    html_add(html, "</ul>");
}

/* Whose rules these are then. */
static void notice_in_use(struct html *html)
{
    if (!html->settings->copied_at) {
        html_say(html, "Trang này vẫn theo bộ quy tắc tốt gần nhất.",
                 "This page still follows the last good rules.");
        return;
    }
    html_say(html, "Dịch vụ khởi động trong lúc tệp có lỗi: trang này theo bản sao quy tắc giữ trong sổ từ ",
             "The daemon started while they had faults: this page follows the copy of the rules kept since ");
    html_instant(html, html->settings->copied_at);
    html_say(html, ". Sửa tệp là được dùng ngay, không cần khởi động lại.",
             ". Mended files are taken up at once, without a restart.");
}

static void notice_faults(struct html *html, const struct faults *faults, bool all)
{
    html_add(html, "<div class=\"notice bad\" role=\"alert\"><p><strong>");
    html_say(html, "Tệp quy tắc có %zu lỗi.</strong> ", "The rule files have %zu faults.</strong> ",
             faults->errors);
    notice_in_use(html);
    html_say(html, " Xem đủ: <code>hanchot check</code>", " All of them: <code>hanchot check</code>");
    html_add(html, "</p>");
    if (all)
        fault_list(html, faults);
    html_add(html, "</div>");
}

/* Open deadlines that depend on days off not announced yet, and the earliest of them. */
static size_t provisional_count(const struct outlook *outlook, int *first)
{
    size_t n = 0;
    *first = DAY_NONE;
    for (size_t i = 0; i < outlook->n; i++) {
        const struct occurrence *one = &outlook->list[i];
        if (!one->provisional || one->closed || one->state == STATE_DONE || one->state == STATE_CANCELLED)
            continue;
        *first = *first == DAY_NONE || one->due < *first ? one->due : *first;
        n++;
    }
    return n;
}

static void notice_provisional(struct html *html)
{
    int first;
    size_t n = provisional_count(html->outlook, &first);
    if (!n)
        return;
    html_add(html, "<div class=\"notice\"><p>");
    html_say(html, "Lịch nghỉ năm %d chưa công bố đủ: %zu hạn, sớm nhất ",
             "The days off of %d are not all announced: %zu deadlines, the first on ", day_civil(first).year,
             n);
    html_day(html, first, DAY_WITH_YEAR);
    html_say(html, ", là tạm tính và có thể đổi.</p></div>", ", may still move.</p></div>");
}

static void notice_frozen(struct html *html)
{
    html_add(html, "<div class=\"notice warn\"><p><strong>");
    html_say(html, "Đồng hồ đứng yên.</strong> Trang tính như thể bây giờ là ",
             "The clock stands still.</strong> This page is computed as if it were ");
    html_instant(html, html->outlook->now);
    html_add(html, ".</p></div>");
}

/* The overview has them at length. */
static void notice_held(struct html *html)
{
    html_say(html,
             "<div class=\"notice bad\" role=\"alert\"><p><strong>Quy tắc mới đang bị giữ lại: %s.</strong> "
             "Trang này vẫn theo quy "
             "tắc cũ. Nếu đúng ý: <code>hanchot accept</code>; nếu không, sửa lại tệp quy tắc.</p></div>\n",
             "<div class=\"notice bad\" role=\"alert\"><p><strong>New rules are held back: %s.</strong> This "
             "page follows the "
             "former ones. If they are meant so: <code>hanchot accept</code>; if not, mend the rule "
             "files.</p></div>\n",
             html->settings->held);
}

static void notice_certificate(struct html *html)
{
    html_say(html, "<div class=\"notice bad\" role=\"alert\"><p><strong>Chứng thư TLS hết hạn lúc ",
             "<div class=\"notice bad\" role=\"alert\"><p><strong>The TLS certificate ends at ");
    html_instant(html, html->settings->tls_ends);
    html_say(
        html,
        ".</strong> Sau đó trình duyệt và ứng dụng lịch không vào được nữa; báo người quản trị.</p></div>\n",
        ".</strong> Browsers and calendar programs will not come in any more then; tell the "
        "administrator.</p></div>\n");
}

static void notices(struct html *html, bool overview)
{
    const struct page_settings *settings = html->settings;
    if (settings->faults && settings->faults->errors)
        notice_faults(html, settings->faults, overview);
    if (settings->held)
        notice_held(html);
    if (settings->tls_ends && overview)
        notice_certificate(html);
    if (settings->trouble)
        html_trouble(html, settings->trouble);
    if (settings->frozen && html->outlook)
        notice_frozen(html);
    if (settings->sample)
        html_say(html,
                 "<div class=\"notice warn\"><p><strong>Số liệu mẫu.</strong> Số liệu đang dùng là mẫu đi "
                 "kèm, không phải số thật.</p></div>",
                 "<div class=\"notice warn\"><p><strong>Sample figures.</strong> The figures in use are "
                 "bundled samples, not real ones.</p></div>");
    if (html->outlook && overview)
        notice_provisional(html);
}

/* ---- the frame ---- */

/* Where style and icon are, and the way back. */
static const char *home(const struct html *html)
{
    return html->settings->link ? html->settings->link : "/";
}

static void head(struct html *html, const char *title)
{
    const char *path = url_path(html->settings->url);
    html_add(html,
             "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n"
             "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
             "<meta name=\"color-scheme\" content=\"light dark\">\n"
             "<title>%s · hanchot</title>\n"
             "<link rel=\"icon\" href=\"%s%sicon.svg\" type=\"image/svg+xml\">\n<link rel=\"stylesheet\" "
             "href=\"%s%sstyle.css\">\n"
             "</head>\n<body>\n",
             lang_name(html->lang), title, path, home(html), path, home(html));
}

static void nav_link(struct html *html, const char *base, const char *fragment, const char *text)
{
    html_add(html, "<li><a");
    html_href(html, base, NULL, NULL, fragment);
    html_add(html, ">%s</a></li>", text);
}

/* The same page in the other language. */
static void language_switch(struct html *html, const char *path)
{
    struct html other = *html;
    other.lang = html->lang == LANG_VI ? LANG_EN : LANG_VI;
    html_add(html, "<a class=\"switch\" hreflang=\"%s\" lang=\"%s\"", lang_name(other.lang),
             lang_name(other.lang));
    html_href(&other, "", path, NULL, NULL);
    html_add(html, ">%s</a>", say(other.lang, "Tiếng Việt", "English"));
}

static void navigation(struct html *html)
{
    html_say(html, "<nav aria-label=\"Chính\"><ul>", "<nav aria-label=\"Main\"><ul>");
    nav_link(html, "/", NULL, say(html->lang, "Tổng quan", "Overview"));
    nav_link(html, "/", "units", say(html->lang, "Đơn vị", "Offices"));
    nav_link(html, "/", "plans", say(html->lang, "Kế hoạch", "Plans"));
    nav_link(html, "/alerts", NULL, say(html->lang, "Cảnh báo", "Alerts"));
    nav_link(html, "/subscribe/all", NULL, say(html->lang, "Lịch", "Calendar"));
    html_add(html, "</ul></nav>");
}

static void masthead(struct html *html, const char *path)
{
    html_say(html, "<a class=\"skip\" href=\"#main\">Đến nội dung chính</a>\n",
             "<a class=\"skip\" href=\"#main\">Skip to content</a>\n");
    html_add(html, "<header class=\"top\"><div class=\"wide\"><a class=\"brand\"");
    html_href(html, home(html), NULL, NULL, NULL);
    html_add(html,
             "><svg viewBox=\"0 0 24 24\" aria-hidden=\"true\"><path class=\"sheet\" d=\"M3 6h18v15H3z\"/>"
             "<path class=\"edge\" d=\"M3 3h18v5H3z\"/><path class=\"tick\" d=\"m8 14 3 3 "
             "6-6\"/></svg>hanchot</a>");
    if (!html->settings->link)
        navigation(html);
    if (!html->settings->link) {
        html_add(html, "<a class=\"switch\"");
        html_href(html, "/signin/", NULL, NULL, NULL);
        html_say(html, ">Đăng nhập</a>", ">Sign in</a>");
    }
    language_switch(html, path);
    html_add(html, "</div></header>\n");
}

void html_open(struct html *html, const char *title, const char *path)
{
    head(html, title);
    masthead(html, path);
    html_add(html, "<main id=\"main\" class=\"wide\">\n");
    notices(html, !strcmp(path, "/"));
}

void html_close(struct html *html)
{
    html_add(html, "\n</main>\n<footer class=\"wide\"><p>");
    if (html->outlook) {
        html_say(html, "Lập lúc ", "Made at ");
        html_instant(html, html->outlook->now);
        html_add(html, " · ");
    }
    html_say(
        html, "hanchot tính hạn từ các kế hoạch đã ban hành; khi có khác biệt, bản kế hoạch gốc là căn cứ.",
        "hanchot computes these dates from the issued plans; where they differ, the plan itself counts.");
    html_add(html, "</p></footer>\n</body>\n</html>\n");
}

/* ---- the error page, the assets ---- */

static const char *error_title(int status, enum lang lang)
{
    switch (status) {
    case 401:
    case 403:
        return say(lang, "Không được phép xem", "Not allowed");
    case 404:
        return say(lang, "Không có trang này", "No such page");
    case 405:
        return say(lang, "Trang này chỉ để xem", "This page is only for reading");
    case 410:
        return say(lang, "Liên kết đã bị thu hồi", "Revoked link");
    case 503:
        return say(lang, "Máy chủ đang bận", "The server is busy");
    default:
        return status < 500 ? say(lang, "Yêu cầu không đúng", "Bad request")
                            : say(lang, "Máy chủ gặp lỗi", "The server failed");
    }
}

static const char *error_help(int status, enum lang lang)
{
    if (status == 503)
        return say(lang, "Hãy thử lại sau ít phút.", "Please try again in a few minutes.");
    if (status == 401 || status == 403)
        return say(lang, "Hãy dùng liên kết riêng đã được cấp, hoặc hỏi người quản trị.",
                   "Use the private link that you were given, or ask the administrator.");
    if (status >= 500)
        return say(lang, "Hãy báo người quản trị; chi tiết nằm trong nhật ký của máy chủ.",
                   "Please tell the administrator; the server's log has the details.");
    return say(lang, "Hãy kiểm tra địa chỉ, hoặc bắt đầu lại từ trang tổng quan.",
               "Check the address, or start again from the overview.");
}

void page_error(const struct page_settings *settings, int status, const char *detail, struct text *out)
{
    struct page_settings plain = {
        .url = settings->url, .lang = settings->lang, .site_lang = settings->site_lang};
    struct html html = {.out = out, .settings = &plain, .lang = settings->lang};
    const char *title = error_title(status, html.lang);
    html_open(&html, title, "/");
    html_add(&html, "<div class=\"error\"><p class=\"code\">%d</p><h1>%s</h1>", status, title);
    if (detail && *detail)
        html_add(&html, "<p>%s</p>", detail);
    html_add(&html, "<p>%s</p><p><a", error_help(status, html.lang));
    html_href(&html, "/", NULL, NULL, NULL);
    html_say(&html, ">Về trang tổng quan</a></p></div>", ">To the overview</a></p></div>");
    html_close(&html);
}

const char *page_style(size_t *n)
{
    *n = asset_style_css_size;
    return asset_style_css;
}

const char *page_icon(size_t *n)
{
    *n = asset_icon_svg_size;
    return asset_icon_svg;
}
