#include "publish/page_html.h"

#include <qrencode.h>
#include <string.h>

/* ---- addresses ---- */

struct links {
    struct text web; /* https://… as the site is reached, or /calendars/… where its address is not known */
    struct text webcal; /* the same for calendar programs, empty where the address is not known */
    struct text page;   /* this page */
};

static void links_fill(struct links *links, const char *url, const char *feed)
{
    const char *rest = url ? strstr(url, "://") : NULL;
    text_addf(&links->web, "%s/calendars/%s.ics", url ? url : "", feed);
    text_addf(&links->page, "%s/subscribe/%s", url ? url : "", feed);
    if (rest)
        text_addf(&links->webcal, "webcal%s/calendars/%s.ics", rest, feed);
}

static void links_fini(struct links *links)
{
    text_fini(&links->web);
    text_fini(&links->webcal);
    text_fini(&links->page);
}

/* ---- the QR code ---- */

/* One path; dark modules beside each other are one stroke. */
static void qr_path(struct html *html, const unsigned char *data, size_t width)
{
    for (size_t y = 0; y < width; y++)
        for (size_t x = 0; x < width;) {
            size_t run = 0;
            while (x + run < width && (data[y * width + x + run] & 1))
                run++;
            if (run)
                html_add(html, "M%zu %zuh%zuv1h-%zuz", x, y, run, run);
            x += run ? run : 1;
        }
}

/* Of this page and not of the feed: some phones send webcal: to the browser, or import once instead of
 * subscribing. */
static void qr_code(struct html *html, const struct links *links)
{
    enum { QUIET = 4 };
    const char *address = text_str(&links->page);
    QRcode *code = QRcode_encodeString8bit(address, 0, QR_ECLEVEL_M);
    if (!code)
        return; /* longer than any QR code */
    size_t width = (size_t)code->width, whole = width + 2 * (size_t)QUIET;
    html_add(html, "<figure class=\"qr\"><svg viewBox=\"-%d -%d %zu %zu\" role=\"img\" aria-label=\"", QUIET,
             QUIET, whole, whole);
    html_say(html, "Mã QR của trang này", "QR code of this page");
    html_add(html,
             "\" shape-rendering=\"crispEdges\"><path class=\"paper\" d=\"M-%d-%dh%zuv%zuh-%zuz\"/><path "
             "class=\"ink\" d=\"",
             QUIET, QUIET, whole, whole, whole);
    qr_path(html, code->data, width);
    html_say(html, "\"/></svg><figcaption>Mở trang này trên điện thoại</figcaption></figure>\n",
             "\"/></svg><figcaption>Open this page on a phone</figcaption></figure>\n");
    QRcode_free(code);
}

/* ---- how to ---- */

struct client {
    const char *name;
    const char *vi, *en;           /* what to do */
    const char *vi_note, *en_note; /* what to know */
};

static const struct client clients[] = {
    {"Thunderbird", "Lịch → Lịch mới → Trên mạng, dán liên kết ở trên (không dán webcal).",
     "Calendar → New Calendar → On the Network, paste the link above (not webcal).",
     "Đặt tên và đánh dấu “Chỉ đọc” trong thuộc tính của lịch. Tự làm mới 30 phút một lần; nhắc việc chỉ "
     "hiện khi Thunderbird đang chạy.",
     "Name it and tick “Read Only” in the calendar's properties. Refreshes every 30 minutes; reminders show "
     "only while it runs."},
    {"iPhone, iPad, Mac", "Chạm nút “Mở bằng ứng dụng lịch”, chọn Đăng ký.",
     "Tap “Open in a calendar app”, then Subscribe.",
     "Bỏ chọn “Xóa lời nhắc” nếu muốn được nhắc. Cập nhật theo mục Tìm nạp dữ liệu mới của máy.",
     "Untick “Remove Alerts” if you want reminders. Refreshes as the phone's Fetch settings say."},
    {"Android", "Cài ICSx⁵ (một mình hoặc cùng DAVx⁵), rồi chạm nút “Mở bằng ứng dụng lịch”.",
     "Install ICSx⁵ (alone or with DAVx⁵), then tap “Open in a calendar app”.",
     "Android không tự đăng ký lịch được. ICSx⁵ làm mới mỗi ngày một lần, đổi được trong cài đặt.",
     "Android itself cannot subscribe. ICSx⁵ refreshes once a day; its settings change that."},
    {"Outlook (Windows)", "Tệp → Cài đặt tài khoản → Lịch Internet → Mới, dán liên kết ở trên.",
     "File → Account Settings → Internet Calendars → New, paste the link above.",
     "Không nhắc việc với lịch đăng ký. Cập nhật khi gửi/nhận thư.",
     "No reminders for subscribed calendars. Refreshes with send/receive."},
    {"Outlook trên web, Microsoft 365", "Thêm lịch → Đăng ký từ web, dán liên kết https.",
     "Add calendar → Subscribe from web, paste the https link.",
     "Máy chủ của Microsoft tải lịch, 3 đến 24 giờ một lần: địa chỉ nội bộ hoặc chứng chỉ riêng không dùng "
     "được. Không nhắc việc.",
     "Microsoft's servers fetch it every 3 to 24 hours: internal addresses and private certificates cannot "
     "work. No reminders."},
    {"Google Calendar", "Trên máy tính: Lịch khác → + → Từ URL, dán liên kết https.",
     "On a computer: Other calendars → + → From URL, paste the https link.",
     "Máy chủ của Google tải lịch, 8 đến 24 giờ một lần hoặc lâu hơn: địa chỉ nội bộ không dùng được. Không "
     "nhắc việc.",
     "Google's servers fetch it every 8 to 24 hours or more: internal addresses cannot work. No reminders."},
    {"Evolution, GNOME", "Lịch mới → Trên web, dán liên kết ở trên.",
     "New Calendar → On the Web, paste the link above.", "Chọn chu kỳ làm mới khi thêm.",
     "Choose how often to refresh when you add it."},
};

static void client_block(struct html *html, const struct client *client)
{
    html_add(html, "<div class=\"client\"><h3>%s</h3><p>%s</p><p class=\"note\">%s</p></div>\n", client->name,
             say(html->lang, client->vi, client->en), say(html->lang, client->vi_note, client->en_note));
}

static void clients_section(struct html *html)
{
    html_say(html,
             "<section aria-labelledby=\"how\"><h2 id=\"how\">Cách thêm vào từng chương trình</h2>\n<div "
             "class=\"clients\">",
             "<section aria-labelledby=\"how\"><h2 id=\"how\">How to add it</h2>\n<div class=\"clients\">");
    for (size_t i = 0; i < sizeof clients / sizeof *clients; i++)
        client_block(html, &clients[i]);
    html_add(html, "</div></section>\n");
}

/* ---- the page ---- */

static void variant_line(struct html *html, const struct links *links, const char *option, const char *vi,
                         const char *en)
{
    html_add(html, "<li><a href=\"%s%s\">%s</a> <span class=\"small\"><code>%s%s</code></span></li>\n",
             text_str(&links->web), option, say(html->lang, vi, en), text_str(&links->web), option);
}

static void variants(struct html *html, const struct links *links)
{
    html_say(html, "<p class=\"label\">Dạng khác</p><ul class=\"plain\">",
             "<p class=\"label\">Other forms</p><ul class=\"plain\">");
    variant_line(html, links, "?alarms=1", "Có lời nhắc trong từng hạn", "With reminders");
    variant_line(html, links, "?as=todo", "Dạng việc cần làm (Thunderbird, Evolution)",
                 "As to-dos (Thunderbird, Evolution)");
    html_add(html, "</ul>\n");
}

static void addresses(struct html *html, const struct links *links)
{
    html_add(html, "<div class=\"subscribe\"><div>\n");
    html_say(html, "<p class=\"label\" id=\"link\">Liên kết của lịch</p>",
             "<p class=\"label\" id=\"link\">The calendar's link</p>");
    html_add(html, "<p><code class=\"cmd\" aria-labelledby=\"link\">%s</code></p><p class=\"actions\">",
             text_str(&links->web));
    if (links->webcal.n)
        html_say(html, "<a class=\"button\" href=\"%s\">Mở bằng ứng dụng lịch</a> ",
                 "<a class=\"button\" href=\"%s\">Open in a calendar app</a> ", text_str(&links->webcal));
    html_say(html, "<a href=\"%s\">Tải tệp .ics</a></p>", "<a href=\"%s\">Download the .ics file</a></p>",
             text_str(&links->web));
    if (!links->webcal.n)
        html_say(html,
                 "<p class=\"notice warn\">Máy chủ chưa khai báo địa chỉ công khai (<code>url</code> trong "
                 "site.lua), nên trang này chưa có liên kết đầy đủ "
                 "và mã QR. Hãy đặt tên máy chủ trước liên kết ở trên.</p>",
                 "<p class=\"notice warn\">The server's public address is not set (<code>url</code> in "
                 "site.lua), so this page has no full link and no QR "
                 "code. Put the server's name before the link above.</p>");
    variants(html, links);
    html_add(html, "</div>\n");
    if (links->webcal.n)
        qr_code(html, links);
    html_add(html, "</div>\n");
}

static void notes(struct html *html)
{
    html_say(html,
             "<section aria-labelledby=\"know\"><h2 id=\"know\">Cần biết</h2><ul class=\"notes\">"
             "<li>Lịch chỉ để đọc: sửa hay đánh dấu xong trong chương trình lịch không có tác dụng.</li>"
             "<li>Chương trình lịch tự tải lại sau vài chục phút đến một ngày, có khi lâu hơn: đừng chờ lịch "
             "báo việc gấp.</li>"
             "<li>Hạn là trọn một ngày. Khi ngày hạn là ngày nghỉ, tên sự kiện ghi thêm ngày làm việc cuối "
             "cùng trước đó.</li>"
             "<li>Địa chỉ nội bộ chỉ dùng được với chương trình chạy trên máy trong mạng đó, không dùng được "
             "với lịch đặt trên đám mây.</li>"
             "</ul></section>\n",
             "<section aria-labelledby=\"know\"><h2 id=\"know\">Good to know</h2><ul class=\"notes\">"
             "<li>The calendar is for reading: changes or ticks in your calendar program have no effect.</li>"
             "<li>Programs fetch it again after half an hour to a day, some later: do not rely on it for "
             "urgent news.</li>"
             "<li>A deadline is a whole day. Where it is a day off, the title names the last working day "
             "before it.</li>"
             "<li>An internal address works only for programs on machines of that network, not for calendars "
             "in a cloud.</li>"
             "</ul></section>\n");
}

void page_subscribe(const struct outlook *outlook, const struct page_settings *settings, const char *feed,
                    const char *title, struct text *out)
{
    struct html html = {out, settings, outlook, settings->lang};
    struct links links = {0};
    auto_text path = {0};
    text_addf(&path, "/subscribe/%s", feed);
    links_fill(&links, settings->url, feed);
    html_open(&html, title, text_str(&path));
    html_say(&html, "<div class=\"title\"><p class=\"crumb\">Đăng ký lịch</p><h1 lang=\"vi\">%s</h1></div>\n",
             "<div class=\"title\"><p class=\"crumb\">Subscribe</p><h1 lang=\"vi\">%s</h1></div>\n", title);
    addresses(&html, &links);
    clients_section(&html);
    notes(&html);
    html_close(&html);
    links_fini(&links);
}

/* ---- the page behind a secret link ---- */

static void link_feed(struct html *html, const char *base, const struct page_link_feed *feed)
{
    const char *rest = strstr(base, "://");
    html_add(html, "<h3 lang=\"vi\">%s</h3><p><code class=\"cmd\">%s%s</code></p><p class=\"actions\">",
             feed->title, base, feed->file);
    if (rest)
        html_say(html, "<a class=\"button\" href=\"webcal%s%s\">Mở bằng ứng dụng lịch</a> ",
                 "<a class=\"button\" href=\"webcal%s%s\">Open in a calendar app</a> ", rest, feed->file);
    html_say(html, "<a href=\"%s\">Tải tệp .ics</a></p>\n", "<a href=\"%s\">Download the .ics file</a></p>\n",
             feed->file);
}

static void link_thunderbird(struct html *html, const char *base)
{
    html_say(html,
             "<p class=\"label\" id=\"link\">Thunderbird: thêm tất cả một lần</p>"
             "<p>Lịch → Lịch mới → Trên mạng, để trống tên người dùng, dán địa chỉ của trang này:</p>",
             "<p class=\"label\" id=\"link\">Thunderbird: add them all at once</p>"
             "<p>Calendar → New Calendar → On the Network, no user name, paste this page's address:</p>");
    html_add(html, "<p><code class=\"cmd\" aria-labelledby=\"link\">%s</code></p>", base);
    html_say(html,
             "<p class=\"notice\">Liên kết này là của riêng một người trên một máy: đừng chuyển cho người "
             "khác. Mất "
             "máy hay lộ liên kết thì báo người quản trị thu hồi và xin liên kết mới.</p>",
             "<p class=\"notice\">This link is one person's on one device: do not pass it on. If it is lost "
             "or got "
             "out, have the administrator revoke it and give you a new one.</p>");
}

void page_link(const struct outlook *outlook, const struct page_settings *settings, const char *name,
               const struct page_link_feed *feeds, size_t n, struct text *out)
{
    struct html html = {out, settings, outlook, settings->lang};
    struct links links = {0};
    const char *title = say(html.lang, "Lịch hạn chót của bạn", "Your deadlines");
    text_addf(&links.page, "%s%s", settings->url ? settings->url : "", settings->link);
    const char *base = text_str(&links.page);
    html_open(&html, title, settings->link);
    html_say(&html, "<div class=\"title\"><p class=\"crumb\">Liên kết riêng: %s</p><h1>%s</h1></div>\n",
             "<div class=\"title\"><p class=\"crumb\">Private link: %s</p><h1>%s</h1></div>\n", name, title);
    html_add(&html, "<div class=\"subscribe\"><div>\n");
    link_thunderbird(&html, base);
    for (size_t i = 0; i < n; i++)
        link_feed(&html, base, &feeds[i]);
    html_add(&html, "</div>\n");
    if (settings->url)
        qr_code(&html, &links);
    html_add(&html, "</div>\n");
    clients_section(&html);
    notes(&html);
    html_close(&html);
    links_fini(&links);
}
