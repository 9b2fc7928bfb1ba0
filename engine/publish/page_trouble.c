/* What did not arrive, above the overview and the alerts, for those who run hanchot. */
#include "publish/page_html.h"

#include <string.h>

enum { SHOWN = 5 };

static void failing(struct html *html, const struct failing *one)
{
    auto_text title = {0}, body = {0};
    failing_title(one, html->lang, &title);
    failing_body(one, html->lang, &body);
    html_add(html, "<div class=\"notice bad\" role=\"alert\"><p><strong>%s.</strong> %s</p></div>\n",
             text_str(&title), text_str(&body));
}

static void refused(struct html *html, const struct letters *letters)
{
    size_t n = 0, shown = 0;
    for (size_t i = 0; i < letters->n; i++)
        n += letters->list[i].refused_at != 0;
    if (!n)
        return;
    html_say(html,
             "<div class=\"notice bad\" role=\"alert\"><p><strong>%zu thư hoặc webhook bị nơi nhận từ "
             "chối.</strong> Sửa nguyên nhân rồi gửi lại: <code>hanchot alerts --resend SỐ</code> hoặc "
             "<code>--resend all</code>.</p><ul>",
             "<div class=\"notice bad\" role=\"alert\"><p><strong>Mails or webhook calls refused by their "
             "receivers: %zu.</strong> Mend the cause, then send them again: <code>hanchot alerts --resend "
             "NUMBER</code> or <code>--resend all</code>.</p><ul>",
             n);
    for (size_t i = letters->n; i-- && shown < SHOWN;) { /* the latest first */
        const struct letter *letter = &letters->list[i];
        if (!letter->refused_at)
            continue;
        shown++;
        html_say(html, "<li>số %d, ", "<li>number %d, ", (int)letter->notice);
        html_instant(html, letter->told_at);
        html_add(html, ": <code>%s</code> %s – %s</li>", letter->channel, letter->title,
                 letter->detail ? letter->detail : "?");
    }
    if (n > shown)
        html_say(html, "<li>… và %zu cái nữa</li>", "<li>… and %zu more</li>", n - shown);
    html_add(html, "</ul></div>\n");
}

/* ---- the self-check ---- */

static void gap_line(struct html *html, const struct gap *gap)
{
    const struct occurrence *one = outlook_find(html->outlook, gap->key);
    const struct unit *unit = rulebook_unit(html->outlook->rulebook, gap->unit);
    html_add(html, "<li>");
    html_day(html, gap->day, DAY_WITH_YEAR);
    html_add(html, ": ");
    if (one) {
        html_add(html, "<a");
        html_turn_href(html, one);
        html_add(html, ">%s</a>", one->duty->title);
    } else
        html_add(html, "<code>%s</code>", gap->key);
    html_add(html, " → ");
    if (unit)
        html_unit(html, unit);
    else
        html_add(html, "%s",
                 *gap->unit ? gap->unit : say(html->lang, "người vận hành", "those who run hanchot"));
    html_add(html, ", %s</li>", gap_kind_title(gap->kind, html->lang));
}

static const char *what_to_do(enum gap_kind kind, enum lang lang)
{
    static const char *const vi[] = {
        "chưa báo vì hanchot không chạy hoặc quy tắc mới hơn ngày đó: giữ cho dịch vụ chạy liên tục",
        "chưa kênh nào nhận: khai địa chỉ thư cho đơn vị trong <code>recipients</code>, hoặc cài "
        "<code>hanchot-notify</code>",
        "bị nơi nhận từ chối: xem và gửi lại như trên"};
    static const char *const en[] = {
        "not told, as hanchot did not run or the rule is younger: keep the daemon running",
        "taken by no channel: give the office an address in <code>recipients</code>, or install "
        "<code>hanchot-notify</code>",
        "refused by the receiver: see there and send again"};
    return say(lang, vi[kind], en[kind]);
}

static void gaps(struct html *html, const struct proof *proof)
{
    html_say(html,
             "<div class=\"notice %s\" role=\"alert\"><p><strong>Trong %d ngày qua, %zu lần nhắc chưa tới "
             "nơi.</strong> Xem đủ: <code>hanchot alerts --ledger</code></p><ul>",
             "<div class=\"notice %s\" role=\"alert\"><p><strong>In the last %d days, reminders that did not "
             "arrive: %zu.</strong> All of them: <code>hanchot alerts --ledger</code></p><ul>",
             proof->missing > proof->counts[GAP_UNTAKEN] ? "bad" : "warn", PROOF_DAYS, proof->missing);
    for (int kind = 0; kind < GAP_LATE; kind++)
        if (proof->counts[kind]) {
            html_add(html, "<li><strong>%zu</strong> ", proof->counts[kind]);
            text_add(html->out, what_to_do((enum gap_kind)kind, html->lang));
            html_add(html, "</li>\n");
        }
    html_say(html, "</ul><details><summary>Mới nhất</summary><ul>",
             "</ul><details><summary>The latest</summary><ul>");
    for (size_t i = proof->n, shown = 0; i-- && shown < SHOWN;)
        if (proof->list[i].kind != GAP_LATE) {
            gap_line(html, &proof->list[i]);
            shown++;
        }
    html_add(html, "</ul></details></div>\n");
}

void html_trouble(struct html *html, const struct page_trouble *trouble)
{
    for (size_t i = 0; trouble->failing && i < trouble->failing->n; i++)
        if (trouble->now >= trouble->failing->list[i].first_failed + FAILING_SECONDS) /* it may come back */
            failing(html, &trouble->failing->list[i]);
    if (trouble->letters)
        refused(html, trouble->letters);
    if (trouble->proof && trouble->proof->missing)
        gaps(html, trouble->proof);
}
