#include "feed_desk.h"

#include "table.h"
#include "time/clock.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* ---- rules ---- */

static void make_units(struct desk *desk)
{
    static const struct unit units[DESK_UNITS] = {
        [PC06] = {.id = "haiphong/PC06", .code = "PC06", .title = "Phòng Cảnh sát quản lý hành chính"},
        [PH10] = {.id = "haiphong/PH10", .code = "PH10", .title = "Phòng Hậu cần"},
        [PV01] = {.id = "haiphong/PV01", .code = "PV01", .title = "Phòng Tham mưu"},
        [DONG] = {.id = "haiphong/X10507", .code = "X10507", .title = "CA phường Thành Đông"},
        [LAO] = {.id = "haiphong/X11635", .code = "X11635", .title = "CA xã An Lão"},
    };
    for (size_t i = 0; i < DESK_UNITS; i++) {
        desk->units[i] = units[i];
        desk->units[i].org = &desk->org;
        desk->units[i].number = i;
        desk->units[i].from_day = desk->units[i].until_day = DAY_NONE;
        desk->all[i] = &desk->units[i];
    }
    desk->org =
        (struct org){.id = "haiphong", .title = "Công an TP Hải Phòng", .units = {desk->all, DESK_UNITS}};
}

static void make_plan(struct desk *desk, size_t i, struct plan plan, size_t first_item, size_t n_items)
{
    plan.org = &desk->org;
    plan.ended = DAY_NONE;
    plan.position = i;
    plan.items = &desk->items[first_item];
    plan.n_items = n_items;
    desk->plans[i] = plan;
}

static void make_plans(struct desk *desk)
{
    struct plan now = {.id = "haiphong-2026",
                       .number = "74/KH-CAHP-PV01",
                       .issued = day_of("2026-01-07"),
                       .title = "Chỉ số cải cách hành chính 2026, Công an TP Hải Phòng"};
    struct plan old = {
        .id = "haiphong-2024", .title = "Cải cách hành chính 2024", .issued = day_of("2024-01-05")};
    assert_true(period_parse("2026", &now.period, NULL) && period_parse("2024", &old.period, NULL));
    make_plan(desk, 0, now, MONTHLY, OLD);
    make_plan(desk, 1, old, OLD, 1);
    desk->received = (struct event){
        .name = "plan-received", .title = "Nhận được kế hoạch", .plan = &desk->plans[0], .by_unit = true};
    desk->plans[0].events = &desk->received;
    desk->plans[0].n_events = 1;
    desk->on_received = (struct trigger){.kind = TRIGGER_EVENT, .event = &desk->received};
}

static void make_turn(struct desk *desk, size_t i, const char *label, const char *due, bool assumed)
{
    desk->turns[i] = (struct turn){.label = label, .opens = DAY_NONE, .due = day_of(due), .assumed = assumed};
}

static void make_duties(struct desk *desk)
{
    const struct units pc06 = {&desk->all[PC06], 1}, ph10 = {&desk->all[PH10], 1},
                       pv01 = {&desk->all[PV01], 1};
    const struct units leads = {desk->leads, 4};
    desk->leads[0] = &desk->units[PC06];
    desk->leads[1] = &desk->units[PH10];
    desk->leads[2] = &desk->units[DONG];
    desk->leads[3] = &desk->units[LAO];
    make_turn(desk, 0, "2026-10", "2026-10-24", false);
    make_turn(desk, 1, "2026-11", "2026-11-24", false);
    make_turn(desk, 2, "2026-12", "2026-12-24", false);
    make_turn(desk, 3, "2026", "2026-01-19", false);
    make_turn(desk, 4, "2026", "2026-12-31", true);
    make_turn(desk, 5, "2024", "2024-12-31", false);
    desk->duties[MONTHLY] =
        (struct duty){.kind = ITEM_REPORT,
                      .title = "Báo cáo tháng về kết quả thực hiện",
                      .text = "trước ngày 25 hằng tháng",
                      .via = "Đội 6",
                      .lead = leads,
                      .to = pv01,
                      .timing = {.kind = TIMING_PERIODIC, .turns = desk->turns, .n_turns = 3}};
    desk->duties[UNIT_PLAN] = (struct duty){
        .kind = ITEM_TASK,
        .title = "Kế hoạch triển khai của đơn vị",
        .lead = leads,
        .to = pv01,
        .text = "trong thời hạn 10 ngày, kể từ ngày nhận được Kế hoạch",
        .product = "Kế hoạch của đơn vị",
        .timing = {
            .kind = TIMING_EVENT_RELATIVE, .trigger = &desk->on_received, .limit = LIMIT_DAYS, .n = 10}};
    desk->duties[REPORT_172] =
        (struct duty){.kind = ITEM_REPORT,
                      .part = "report",
                      .title = "Báo cáo đánh giá, đề xuất",
                      .lead = ph10,
                      .with = pv01,
                      .timing = {.kind = TIMING_BY_DATE_BEFORE, .turns = &desk->turns[3], .n_turns = 1}};
    desk->duties[YEARLY] =
        (struct duty){.kind = ITEM_TASK,
                      .title = "Rà soát quy trình; cập nhật C:\\mẫu, \"bảng\"\tkết quả",
                      .lead = pc06,
                      .with = {desk->all, DESK_UNITS},
                      .product = "Danh mục; biểu mẫu, phụ lục",
                      .note = "Dòng một\nDòng hai",
                      .timing = {.kind = TIMING_PERIODIC, .turns = &desk->turns[4], .n_turns = 1}};
    desk->duties[STANDING] = (struct duty){.kind = ITEM_TASK,
                                           .title = "Niêm yết thủ tục hành chính",
                                           .lead = pc06,
                                           .timing = {.kind = TIMING_ONGOING, .from = DAY_NONE}};
    desk->duties[OLD] =
        (struct duty){.kind = ITEM_TASK,
                      .title = "Tổng kết năm 2024",
                      .lead = pc06,
                      .timing = {.kind = TIMING_YEAR, .turns = &desk->turns[5], .n_turns = 1}};
}

static void make_items(struct desk *desk)
{
    static const char *const refs[DESK_ITEMS] = {"III.3.c", "III.3.b", "1.7.2", "2.2", "3.1", "1"};
    for (size_t i = 0; i < DESK_ITEMS; i++) {
        struct duty *duty = &desk->duties[i];
        duty->item = &desk->items[i];
        desk->items[i] = (struct item){.plan = &desk->plans[i >= OLD],
                                       .ref = refs[i],
                                       .kind = duty->kind,
                                       .title = duty->title,
                                       .duties = duty,
                                       .n_duties = 1};
    }
}

int desk_setup(void **state)
{
    struct desk *desk = mem_alloc(sizeof *desk);
    make_units(desk);
    make_plans(desk);
    make_duties(desk);
    make_items(desk);
    desk->rulebook = (struct rulebook){.orgs = &desk->org,
                                       .n_orgs = 1,
                                       .units = {desk->all, DESK_UNITS},
                                       .plans = desk->plans,
                                       .n_plans = 2,
                                       .workdays = workdays_of_vietnam()};
    desk->facts = (struct facts){
        .events = desk->events, .progress = desk->progress, .history = desk->history, .first_day = DAY_NONE};
    desk->settings = (struct feed_settings){.url = "https://hanchot.example.vn", .lang = LANG_VI};
    desk_at(desk, "2026-11-20T08:00");
    *state = desk;
    return 0;
}

int desk_teardown(void **state)
{
    struct desk *desk = *state;
    stamps_free(desk->stored);
    workdays_free(desk->rulebook.workdays);
    text_fini(&desk->bytes);
    text_fini(&desk->unfolded);
    text_fini(&desk->event);
    mem_free(desk);
    return 0;
}

/* ---- facts ---- */

int64_t instant_of(const char *text)
{
    int64_t instant;
    assert_true(instant_parse(text, &instant, NULL));
    return instant;
}

void desk_at(struct desk *desk, const char *when)
{
    desk->now = instant_of(when);
}

static int progress_order(const void *a, const void *b)
{
    const struct progress_fact *x = a, *y = b;
    int order = strcmp(x->occurrence, y->occurrence);
    return order ? order : (x->id > y->id) - (x->id < y->id);
}

void desk_tell(struct desk *desk, enum progress_action action, const char *occurrence, const char *on,
               const char *why, const char *recorded)
{
    struct facts *facts = &desk->facts;
    assert_true(facts->n_progress < sizeof desk->progress / sizeof *desk->progress);
    desk->progress[facts->n_progress++] = (struct progress_fact){.id = ++desk->last_fact,
                                                                 .occurrence = occurrence,
                                                                 .action = action,
                                                                 .on = on ? day_of(on) : DAY_NONE,
                                                                 .why = why,
                                                                 .recorded_at = instant_of(recorded)};
    qsort(desk->progress, facts->n_progress, sizeof *desk->progress, progress_order);
}

static int history_order(const void *a, const void *b)
{
    const struct event_history *x = a, *y = b;
    if (x->chain != y->chain)
        return x->chain < y->chain ? -1 : 1;
    return (x->recorded_at > y->recorded_at) - (x->recorded_at < y->recorded_at);
}

void desk_received(struct desk *desk, enum desk_unit unit, const char *on, const char *recorded)
{
    struct facts *facts = &desk->facts;
    const char *id = desk->units[unit].id;
    struct event_fact fact = {.id = ++desk->last_fact,
                              .plan = "haiphong-2026",
                              .event = "plan-received",
                              .unit = id,
                              .chain = desk->last_fact,
                              .label_day = day_of(on),
                              .on = day_of(on),
                              .due = DAY_NONE,
                              .recorded_at = instant_of(recorded)};
    struct event_fact *place = &desk->events[facts->n_events];
    for (size_t i = 0; i < facts->n_events; i++)
        if (strcmp(desk->events[i].unit, id) == 0)
            place = &desk->events[i];
    if (place == &desk->events[facts->n_events])
        facts->n_events++;
    else
        fact.chain = place->chain;
    *place = fact;
    desk->history[facts->n_history++] = (struct event_history){fact.chain, fact.recorded_at};
    qsort(desk->history, facts->n_history, sizeof *desk->history, history_order);
}

/* ---- feeds ---- */

static struct stamps *stamps_now(struct desk *desk, const struct outlook *outlook, size_t *n_changed)
{
    const struct stamp *changed;
    struct stamps *fresh = stamps_read(NULL, NULL);
    struct stamps *stamps = feed_stamps(outlook, &desk->figures, desk->stored ? desk->stored : fresh, NULL,
                                        &desk->settings, &changed, n_changed);
    stamps_free(fresh);
    return stamps;
}

static void unfold(struct desk *desk)
{
    text_fini(&desk->unfolded);
    for (const char *at = text_str(&desk->bytes), *end; *at; at = end + (*end ? 2 : 0)) {
        end = strchrnul(at, '\r');
        bool continues = strncmp(at, " ", 1) == 0;
        if (continues)
            desk->unfolded.n--;
        text_add_bytes(&desk->unfolded, at + continues, (size_t)(end - at) - continues);
        text_add(&desk->unfolded, "\n");
    }
}

const char *desk_feed(struct desk *desk, const char *name, struct feed_variant variant)
{
    struct feed_name feed;
    struct err err = {0};
    size_t n_changed;
    if (!feed_name_parse(&desk->rulebook, name, &feed, &err))
        fail_msg("%s", err.text);
    struct outlook *outlook = outlook_new(&desk->rulebook, &desk->facts, desk->now);
    struct stamps *stamps = stamps_now(desk, outlook, &n_changed);
    text_fini(&desk->bytes);
    feed_render(outlook, &desk->figures, stamps, &desk->settings, &feed, variant, &desk->bytes,
                &desk->modified);
    unfold(desk);
    stamps_free(stamps);
    outlook_free(outlook);
    return text_str(&desk->bytes);
}

size_t desk_remember(struct desk *desk)
{
    size_t n_changed;
    struct outlook *outlook = outlook_new(&desk->rulebook, &desk->facts, desk->now);
    struct stamps *stamps = stamps_now(desk, outlook, &n_changed);
    stamps_free(desk->stored);
    desk->stored = stamps;
    outlook_free(outlook);
    return n_changed;
}

const char *desk_record(struct desk *desk, const char *id)
{
    auto_text line = {0};
    text_addf(&line, "\nUID:%s@hanchot\n", id);
    const char *feed = text_str(&desk->unfolded), *uid = strstr(feed, text_str(&line));
    if (!uid)
        return NULL;
    const char *begin = uid;
    while (begin > feed && strncmp(begin, "\nBEGIN:V", 8) != 0)
        begin--;
    begin++;
    bool todo = strncmp(begin, "BEGIN:VTODO", 11) == 0;
    const char *end = strstr(begin, todo ? "END:VTODO\n" : "END:VEVENT\n");
    assert_non_null(end);
    text_fini(&desk->event);
    text_add_bytes(&desk->event, begin, (size_t)(strchr(end, '\n') + 1 - begin));
    return text_str(&desk->event);
}

const char *desk_line(struct desk *desk, const char *id, const char *begin)
{
    if (!desk_record(desk, id))
        return NULL;
    char *line = desk->event.at;
    while (line && strncmp(line, begin, strlen(begin)) != 0)
        line = strchr(line, '\n') ? strchr(line, '\n') + 1 : NULL;
    if (!line)
        return NULL;
    line += strlen(begin);
    *strchrnul(line, '\n') = '\0';
    return line;
}

size_t desk_count(const struct desk *desk, const char *needle)
{
    size_t n = 0;
    for (const char *at = text_str(&desk->bytes); (at = strstr(at, needle)); at += strlen(needle))
        n++;
    return n;
}
