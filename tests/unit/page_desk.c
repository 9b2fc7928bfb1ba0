#include "page_desk.h"

#include "table.h"
#include "time/clock.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char rules[] =
    "api(1)\n"
    "org \"hp\" { title = [[Công an \"TP\" <HP> & các đơn vị]], outside = { BCA = \"Bộ Công an\" },\n"
    "  units = { PV01 = { title = \"Phòng Tham mưu\" }, PC06 = { title = \"Phòng <QLHC> & TTXH\" },\n"
    "    PC07 = { title = \"Phòng PCCC\" }, X10507 = { title = \"CA phường Thành Đông\" },\n"
    "    X10525 = { title = \"CA phường Hải Dương\", from_day = \"2025-07-01\" },\n"
    "    X10532 = { title = \"CA phường Lê Thanh Nghị\" },\n"
    "    OLD = { title = \"Công an huyện cũ\", until_day = \"2026-03-01\", heir = \"hp/PC06\", note = \"đã "
    "sáp nhập\" } },\n"
    "  groups = { desk = { \"PC06\", \"PC07\", \"X10507\", \"X10525\", \"X10532\" } } }\n"
    "plan \"hp-2026\" { org = \"hp\", number = \"74/KH\", issued = \"2026-01-07\", period = \"2026\",\n"
    "  title = [[Chỉ số <CCHC> & \"phục vụ\" 2026]], note = \"số in hai nơi khác nhau\" }\n"
    "event \"plan-received\" { title = \"Nhận được <Kế hoạch>\", by_unit = true }\n"
    "event \"bca-plan\" { title = \"Kế hoạch của BCA\" }\n"
    "event \"call\" { title = \"Có yêu cầu báo cáo\", repeats = true }\n"
    "metric \"dossiers.online\" { title = \"Hồ sơ trực tuyến\", counted_in = \"hồ sơ\" }\n"
    "metric \"dossiers.eligible\" { title = \"Hồ sơ đủ điều kiện\", counted_in = \"hồ sơ\" }\n"
    "section \"III\" \"Tổ chức thực hiện\"\n"
    "report \"III.3.c\" { title = \"Báo cáo tháng\", text = \"trước ngày 25 hằng tháng\", lead = \"@desk\", "
    "to = \"PV01\", via = \"Đội 6\",\n"
    "  due = every(\"month\", { before_day = 25 }) }\n"
    "task \"III.3.b\" { title = \"Kế hoạch của đơn vị\", text = \"trong 10 ngày\", lead = \"@desk\", to = "
    "\"PV01\",\n"
    "  due = within(10, \"days\", \"plan-received\"), also = \"III.3.c\" }\n"
    "section \"1\" \"Cải cách <thể chế>\"\n"
    "task \"1.1\" { title = [[<script>alert(\"1\")</script> & 'nháy']], text = [[\"trước\" <20/01> & sau]], "
    "lead = \"PC06\",\n"
    "  with = \"PV01\", to = { \"BCA\" }, product = \"Báo cáo <b>\", form = \"Mẫu & 1\", note = \"Bản chụp "
    "<mờ>\", see = { \"Thông tư <57>\", \"1.6\" },\n"
    "  due = by \"2026-11-22\",\n"
    "  kpi \"online\" { title = \"Tỷ lệ <trực tuyến>\", each = \"month\", measure = "
    "ratio(\"dossiers.online\", \"dossiers.eligible\"),\n"
    "    target = at_least(99.5, \"%\") } }\n"
    "task \"1.2\" { title = \"Một cửa\", lead = \"PC07\", due = ongoing { from = \"2026-Q1\" }, text = "
    "\"thường xuyên\",\n"
    "  part \"report\" { kind = \"report\", title = \"Báo cáo đánh giá\", due = before \"20/01/2026\" } }\n"
    "lost \"1.3\" \"mất ở chỗ <ngắt> trang\"\n"
    "task \"1.4\" { title = \"Kiểm tra\", lead = \"PC06\", due = schedule \"bca-plan\" }\n"
    "task \"1.5\" { title = \"Báo cáo đột xuất\", lead = \"PC06\", due = request \"call\" }\n"
    "task \"1.6\" { title = \"Tuyên truyền chung\", lead = together { \"PC06\", \"PC07\" }, due = by "
    "\"2027-01-04\" }\n"
    "task \"1.7\" { title = \"Trang trí\", lead = unknown \"cột bị mất\", due = by \"2026-11-27\" }\n"
    "task \"1.8\" { title = \"Tổng hợp\", lead = \"PV01\", due = within(3, \"workdays\", all_of(done_of "
    "\"1.1\", \"bca-plan\")) }\n"
    "task \"1.9\" { title = \"Sau khi xong\", lead = \"PC06\", due = at_once(done_of \"1.1\") }\n"
    "task \"PL/a+b\" { title = \"Việc cuối tháng\", lead = \"PC07\", due = last_week_of { \"2026-11\" } }\n"
    "task \"1.10\" { title = \"Số hóa\", lead = \"PC06\", due = every(\"quarter\", { day = \"unstated\" }) "
    "}\n"
    "task \"1.11\" { title = \"Không rõ\", lead = \"PC06\", due = undated \"cột <thời gian> mất\" }\n";

const char *const page_desk_paths[] = {"/",
                                       "/alerts",
                                       "/turns/hp-2026:III.3.c:2026-11",
                                       "/turns/hp-2026:III.3.b:2026:hp/PC06",
                                       "/events/hp-2026/plan-received",
                                       "/events/hp-2026/call",
                                       "/signin/",
                                       "/turns/hp-2026:III.3.c:2026-11:hp/PC06",
                                       "/turns/hp-2026:III.3.c:2026-09:hp/PC07",
                                       "/turns/hp-2026:1.1:2026:hp/PC06",
                                       "/turns/hp-2026:III.3.c:2026-11",
                                       "/turns/hp-2026:III.3.b:2026:hp/PC06",
                                       "/events/hp-2026/plan-received",
                                       "/events/hp-2026/call",
                                       "/due",
                                       "/units/hp/PV01",
                                       "/units/hp/PC06",
                                       "/units/hp/X10507",
                                       "/units/hp/OLD",
                                       "/units/hp/BCA",
                                       "/plans/hp-2026",
                                       "/items/hp-2026/III.3.c",
                                       "/items/hp-2026/III.3.b",
                                       "/items/hp-2026/III",
                                       "/items/hp-2026/1.1",
                                       "/items/hp-2026/1.2",
                                       "/items/hp-2026/1.3",
                                       "/items/hp-2026/1.4",
                                       "/items/hp-2026/1.5",
                                       "/items/hp-2026/1.6",
                                       "/items/hp-2026/1.7",
                                       "/items/hp-2026/1.8",
                                       "/items/hp-2026/1.9",
                                       "/items/hp-2026/PL/a+b",
                                       "/items/hp-2026/1.10",
                                       "/items/hp-2026/1.11",
                                       "/subscribe/unit/hp/PC06",
                                       NULL};

/* ---- the desk ---- */

void page_desk_rules(struct page_desk *desk, const char *text)
{
    rulebook_free(desk->rulebook);
    rules_home_put(&desk->home, "rules/hp-2026.lua", text);
    desk->rulebook = rules_home_load(&desk->home);
    if (!desk->rulebook)
        fail_msg("%s", rules_home_faults(&desk->home));
}

int page_desk_setup(void **state)
{
    struct page_desk *desk = mem_alloc(sizeof *desk);
    rules_home_init(&desk->home);
    page_desk_rules(desk, rules);
    desk->facts = (struct facts){
        .events = desk->events, .progress = desk->progress, .history = desk->history, .first_day = DAY_NONE};
    desk->settings = (struct page_settings){.url = "https://lich.example.vn", .lang = LANG_VI};
    page_desk_at(desk, "2026-11-20");
    *state = desk;
    return 0;
}

int page_desk_teardown(void **state)
{
    struct page_desk *desk = *state;
    text_fini(&desk->page);
    outlook_free(desk->outlook);
    rulebook_free(desk->rulebook);
    rules_home_fini(&desk->home);
    mem_free(desk);
    return 0;
}

void page_desk_at(struct page_desk *desk, const char *day)
{
    outlook_free(desk->outlook);
    desk->outlook = outlook_new(desk->rulebook, &desk->facts, day_at(day_of(day), 8, 0));
}

void page_desk_tell(struct page_desk *desk, enum progress_action action, const char *occurrence,
                    const char *on, const char *why)
{
    size_t n = desk->facts.n_progress++, at = n;
    int day = on ? day_of(on) : DAY_NONE;
    while (at > 0 && strcmp(desk->progress[at - 1].occurrence, occurrence) > 0)
        at--;
    memmove(&desk->progress[at + 1], &desk->progress[at], (n - at) * sizeof *desk->progress);
    desk->progress[at] =
        (struct progress_fact){(int64_t)n + 1, occurrence, action, day, why, "Đội <6>", desk->outlook->now};
    outlook_free(desk->outlook);
    desk->outlook = NULL;
    desk->outlook = outlook_new(desk->rulebook, &desk->facts, day_at(day_of("2026-11-20"), 8, 0));
}

static int by_event(const void *a, const void *b)
{
    const struct event_fact *x = a, *y = b;
    int order = strcmp(x->event, y->event);
    return order ? order : (x->chain > y->chain) - (x->chain < y->chain);
}

void page_desk_event(struct page_desk *desk, const char *event, const char *unit, const char *on)
{
    int64_t now = desk->outlook->now, id = (int64_t)++desk->facts.n_events;
    desk->events[id - 1] = (struct event_fact){.id = id,
                                               .plan = "hp-2026",
                                               .event = event,
                                               .unit = unit,
                                               .chain = id,
                                               .label_day = day_of(on),
                                               .on = day_of(on),
                                               .due = DAY_NONE,
                                               .recorded_at = now};
    desk->history[id - 1] = (struct event_history){id, now};
    desk->facts.n_history = desk->facts.n_events;
    qsort(desk->events, desk->facts.n_events, sizeof *desk->events, by_event);
    outlook_free(desk->outlook);
    desk->outlook = outlook_new(desk->rulebook, &desk->facts, now);
}

static const char *after(const char *path, const char *begin)
{
    size_t n = strlen(begin);
    return strncmp(path, begin, n) ? NULL : path + n;
}

/* Pages with alerts, of a reader who may write unless the test says otherwise. */
static void make_form_page(struct page_desk *desk, const char *path)
{
    const struct page_said said = {.action = "done"};
    const char *rest = after(path, "/turns/");
    struct replies *replies = replies_read(NULL, NULL);
    struct alerts *alerts =
        alerts_new(desk->outlook, NULL, replies, NULL, desk->outlook->now, &alert_settings_default, NULL);
    desk->settings.alerts = alerts;
    if (rest) {
        const struct occurrence *one = outlook_find(desk->outlook, rest);
        const struct gathering *many = one ? NULL : outlook_find_gathering(desk->outlook, rest);
        assert_true(one || many);
        if (one)
            page_turn(desk->outlook, &desk->settings, one, alerts_find(alerts, rest), &said, &desk->page);
        else
            page_gathered(desk->outlook, &desk->settings, many, &said, &desk->page);
    } else if (!strcmp(path, "/alerts"))
        page_alerts(desk->outlook, &desk->settings, NULL, 0, true, &said, &desk->page);
    else if (!strcmp(path, "/signin/"))
        page_signin(&desk->settings, &(struct page_signing){.next = "/units/hp/PC06", .fault = "Sai <khóa>"},
                    &desk->page);
    else if (!strncmp(path, "/events/hp-2026/", 16)) {
        const struct event *event = plan_event(rulebook_plan(desk->outlook->rulebook, "hp-2026"), path + 16);
        assert_non_null(event);
        page_event(desk->outlook, &desk->settings, event, &(struct page_scope){0}, &said, &desk->page);
    } else
        page_dashboard(desk->outlook, &desk->settings, &desk->page);
    desk->settings.alerts = NULL;
    alerts_free(alerts);
    replies_free(replies);
}

static void make_page(struct page_desk *desk, const char *path)
{
    const char *rest;
    if (!strcmp(path, "/") || after(path, "/turns/") || after(path, "/events/") || !strcmp(path, "/alerts") ||
        !strcmp(path, "/signin/"))
        make_form_page(desk, path);
    else if (!strcmp(path, "/due"))
        page_due(desk->outlook, &desk->settings, &desk->page);
    else if ((rest = after(path, "/units/")))
        page_unit(desk->outlook, &desk->settings, rulebook_unit(desk->rulebook, rest), &desk->page);
    else if ((rest = after(path, "/plans/")))
        page_plan(desk->outlook, &desk->settings, rulebook_plan(desk->rulebook, rest), &desk->page);
    else if ((rest = after(path, "/items/hp-2026/")))
        page_item(desk->outlook, &desk->settings, plan_item(&desk->rulebook->plans[0], rest), &desk->page);
    else if ((rest = after(path, "/subscribe/")))
        page_subscribe(desk->outlook, &desk->settings, rest, "Hạn <của> PC06", &desk->page);
    else
        fail_msg("no such page: %s", path);
}

const char *page_desk_page(struct page_desk *desk, const char *path)
{
    text_fini(&desk->page);
    make_page(desk, path);
    html_read(text_str(&desk->page), path);
    return text_str(&desk->page);
}

/* ---- the reader of HTML ---- */

enum { DEEPEST = 40, NAME_SIZE = 80 };
#define NAMES ((size_t)4000)

struct reader {
    const char *page; /* its name, for messages */
    const char *start, *at;
    char open[DEEPEST][16];
    size_t depth;
    char (*ids)[NAME_SIZE];
    char (*wanted)[NAME_SIZE]; /* by href="#…", aria-labelledby */
    size_t n_ids, n_wanted, n_h1, n_main;
};

_Noreturn static void wrong(const struct reader *reader, const char *what, const char *which)
{
    fail_msg("%s: %s: %s\n… %.300s", reader->page, what, which,
             reader->at - reader->start > 80 ? reader->at - 80 : reader->start);
    must_failed(what, __FILE__, __LINE__);
}

static bool is_one_of(const char *name, const char *const *names)
{
    for (; *names; names++)
        if (!strcmp(name, *names))
            return true;
    return false;
}

static bool inside(const struct reader *reader, const char *name)
{
    for (size_t i = 0; i < reader->depth; i++)
        if (!strcmp(reader->open[i], name))
            return true;
    return false;
}

static const char *parent(const struct reader *reader)
{
    return reader->depth ? reader->open[reader->depth - 1] : "";
}

static void check_place(const struct reader *reader, const char *name)
{
    static const char *const banned[] = {"script", "style", "iframe", "img", "object",
                                         "embed",  "font",  "center", NULL};
    static const char *const blocks[] = {"p",       "div",    "ul",   "ol",     "dl", "table", "section",
                                         "details", "figure", "h1",   "h2",     "h3", "li",    "tr",
                                         "td",      "th",     "main", "header", NULL};
    static const char *const parents[][2] = {
        {"li", "ul"},       {"tr", "tbody"},        {"td", "tr"},
        {"dt", "div"},      {"dd", "div"},          {"tbody", "table"},
        {"thead", "table"}, {"summary", "details"}, {"figcaption", "figure"}};
    if (is_one_of(name, banned))
        wrong(reader, "an element that pages do not have", name);
    if (is_one_of(name, blocks) && inside(reader, "p"))
        wrong(reader, "a block inside <p>", name);
    if (!strcmp(name, "a") && inside(reader, "a"))
        wrong(reader, "a link inside a link", name);
    if (is_one_of(name, (const char *const[]){"input", "select", "button", NULL}) && !inside(reader, "form"))
        wrong(reader, "a field outside of a form", name);
    if (!strcmp(name, "form") && inside(reader, "form"))
        wrong(reader, "a form inside a form", name);
    if (is_one_of(parent(reader), (const char *const[]){"ul", "ol", NULL}) && strcmp(name, "li"))
        wrong(reader, "something else than <li> in a list", name);
    for (size_t i = 0; i < sizeof parents / sizeof *parents; i++)
        if (!strcmp(name, parents[i][0]) && strcmp(parent(reader), parents[i][1]) &&
            !(!strcmp(name, "tr") && !strcmp(parent(reader), "thead")) &&
            !(!strcmp(name, "li") && !strcmp(parent(reader), "ol")))
            wrong(reader, "an element in the wrong place", name);
}

static void keep(char (*list)[NAME_SIZE], size_t *n, const char *name)
{
    assert_true(*n < NAMES);
    snprintf(list[(*n)++], NAME_SIZE, "%s", name);
}

static void check_link(struct reader *reader, const char *url)
{
    static const char *const own[] = {"https://lich.example.vn/", "webcal://lich.example.vn/", NULL};
    if (url[0] == '#') {
        keep(reader->wanted, &reader->n_wanted, url + 1);
        return;
    }
    bool local = url[0] == '/' && url[1] != '/';
    for (size_t i = 0; own[i]; i++)
        local = local || !strncmp(url, own[i], strlen(own[i]));
    if (!local || strpbrk(url, " <>\"'"))
        wrong(reader, "a link that leads out or is not encoded", url);
}

static void check_attribute(struct reader *reader, const char *element, const char *name, const char *value)
{
    if (!strcmp(name, "style") || !strncmp(name, "on", 2) || !strcmp(name, "src"))
        wrong(reader, "an attribute that pages do not have", name);
    if (!strcmp(name, "href") || !strcmp(name, "action"))
        check_link(reader, value);
    if (!strcmp(name, "aria-labelledby") || (!strcmp(element, "label") && !strcmp(name, "for")))
        keep(reader->wanted, &reader->n_wanted, value);
    if (!strcmp(name, "id")) {
        for (size_t i = 0; i < reader->n_ids; i++)
            if (!strcmp(reader->ids[i], value))
                wrong(reader, "an id twice", value);
        keep(reader->ids, &reader->n_ids, value);
    }
    if (!strcmp(name, "datetime") && strspn(value, "0123456789-:T+") != strlen(value))
        wrong(reader, "no machine-readable time", value);
    if (!strcmp(element, "th") && !strcmp(name, "scope") && !strstr("col row rowgroup", value))
        wrong(reader, "scope", value);
}

static size_t read_word(struct reader *reader, char *word, size_t size)
{
    size_t n = strspn(reader->at, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-:");
    if (!n || n >= size)
        wrong(reader, "no name", "");
    snprintf(word, size, "%.*s", (int)n, reader->at);
    reader->at += n;
    return n;
}

static void check_text(struct reader *reader, const char *end)
{
    static const char *const known[] = {"&amp;", "&lt;", "&gt;", "&quot;", "&#39;"};
    for (; reader->at < end; reader->at++) {
        bool good = *reader->at != '&';
        for (size_t i = 0; i < 5 && !good; i++)
            good = !strncmp(reader->at, known[i], strlen(known[i]));
        if (!good || *reader->at == '>')
            wrong(reader, "a character that is not escaped", "");
    }
}

static bool read_attribute(struct reader *reader, const char *element, bool *scoped)
{
    char name[32], value[20000];
    reader->at += strspn(reader->at, " ");
    if (*reader->at == '>' || *reader->at == '/')
        return false;
    read_word(reader, name, sizeof name);
    *scoped = *scoped || !strcmp(name, "scope") || !strcmp(name, "href");
    if (*reader->at != '=') {
        check_attribute(reader, element, name, "");
        return true;
    }
    if (*++reader->at != '"')
        wrong(reader, "an attribute without quotes", name);
    reader->at++;
    size_t n = strcspn(reader->at, "\"<");
    if (reader->at[n] != '"' || n >= sizeof value)
        wrong(reader, "an attribute without end", name);
    snprintf(value, sizeof value, "%.*s", (int)n, reader->at);
    check_attribute(reader, element, name, value);
    check_text(reader, reader->at + n);
    reader->at++;
    if (!strchr(" />", *reader->at))
        wrong(reader, "no blank after an attribute", name);
    return true;
}

static void read_tag(struct reader *reader)
{
    static const char *const empty[] = {"meta", "link", "br", "hr", "input", NULL};
    char name[16];
    bool scoped = false;
    if (reader->at[0] == '/') {
        reader->at++;
        read_word(reader, name, sizeof name);
        if (strcmp(name, parent(reader)))
            wrong(reader, "closed where it is not open", name);
        reader->depth--;
        reader->at++;
        return;
    }
    read_word(reader, name, sizeof name);
    check_place(reader, name);
    reader->n_h1 += !strcmp(name, "h1");
    reader->n_main += !strcmp(name, "main");
    while (read_attribute(reader, name, &scoped))
        ;
    if ((!strcmp(name, "th") || !strcmp(name, "a")) && !scoped)
        wrong(reader, "a header cell without scope, or a link without address", name);
    bool closed = *reader->at == '/';
    reader->at += closed ? 2 : 1;
    if (closed || is_one_of(name, empty))
        return;
    assert_true(reader->depth < DEEPEST);
    snprintf(reader->open[reader->depth++], sizeof *reader->open, "%s", name);
}

static void check_wanted(struct reader *reader)
{
    for (size_t i = 0; i < reader->n_wanted; i++) {
        bool found = false;
        for (size_t j = 0; j < reader->n_ids && !found; j++)
            found = !strcmp(reader->wanted[i], reader->ids[j]);
        if (!found)
            wrong(reader, "points at no id", reader->wanted[i]);
    }
}

void html_read(const char *html, const char *name)
{
    static const char first[] = "<!DOCTYPE html>\n";
    struct reader reader = {.page = name,
                            .start = html,
                            .at = html,
                            .ids = mem_alloc(NAMES * NAME_SIZE),
                            .wanted = mem_alloc(NAMES * NAME_SIZE)};
    size_t bad;
    if (!utf8_valid(html, strlen(html), &bad) || strncmp(html, first, strlen(first)))
        wrong(&reader, "not UTF-8, or no HTML5", "");
    reader.at += strlen(first);
    while (*reader.at) {
        const char *tag = strchr(reader.at, '<');
        check_text(&reader, tag ? tag : reader.at + strlen(reader.at));
        if (!*reader.at)
            break;
        reader.at++;
        read_tag(&reader);
    }
    if (reader.depth || reader.n_h1 != 1 || reader.n_main != 1)
        wrong(&reader, "not closed, or not one <h1> and one <main>", parent(&reader));
    check_wanted(&reader);
    mem_free(reader.ids);
    mem_free(reader.wanted);
}

size_t times_in(const char *text, const char *piece)
{
    size_t n = 0;
    for (const char *at = text; (at = strstr(at, piece)); at += strlen(piece))
        n++;
    return n;
}
