#include "listing_book.h"

#include "table.h"
#include "time/clock.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

static void make_units(struct book *book)
{
    static const char *const codes[] = {"PV01", "PC06", "PC07", "X1", "X2", "X3",
                                        "X4",   "X5",   "X6",   "X7", "BCA"};
    for (size_t i = 0; i < UNITS; i++) {
        book->units[i] = (struct unit){.id = arena_printf(book->arena, "hp/%s", codes[i]),
                                       .code = codes[i],
                                       .title = codes[i],
                                       .org = &book->org,
                                       .from_day = DAY_NONE,
                                       .until_day = DAY_NONE,
                                       .outside = i == BCA,
                                       .number = i};
        book->all[i] = &book->units[i];
        if (i < BCA)
            book->offices[i] = &book->units[i];
        if (i > PV01 && i < BCA)
            book->reporting[i - 1] = &book->units[i];
    }
    book->commune = (struct group){"commune", {&book->offices[X1], 7}};
    book->org = (struct org){.id = "hp",
                             .title = "Công an TP HP",
                             .units = {book->offices, UNITS - 1},
                             .outside = {&book->all[BCA], 1},
                             .groups = &book->commune,
                             .n_groups = 1};
}

static struct units only(const struct book *book, size_t unit)
{
    return (struct units){&book->all[unit], 1};
}

static struct turn *turn(struct book *book, const char *label, const char *opens, const char *due)
{
    struct turn *one = arena_alloc(book->arena, sizeof *one);
    *one = (struct turn){label, opens ? day_of(opens) : DAY_NONE, day_of(due), false};
    return one;
}

static struct timing fixed(enum timing_kind kind, const struct turn *turns, size_t n)
{
    return (struct timing){.kind = kind, .turns = turns, .n_turns = n, .from = DAY_NONE};
}

static struct duty *duty(struct book *book, size_t number, size_t item, const char *part, enum item_kind kind,
                         const char *title)
{
    struct duty *one = &book->duties[number];
    *one = (struct duty){.item = &book->items[item],
                         .part = part,
                         .kind = kind,
                         .title = title,
                         .timing = {.from = DAY_NONE},
                         .at = {"rules/hp-2026.lua", 10 * (int)item + 10 + (int)number}};
    return one;
}

static void make_monthly(struct book *book)
{
    struct duty *report = duty(book, 0, MONTHLY, NULL, ITEM_REPORT, "Báo cáo tháng");
    struct turn *turns = arena_alloc(book->arena, 3 * sizeof *turns);
    turns[0] = (struct turn){"2026-10", day_of("2026-10-01"), day_of("2026-10-24"), false};
    turns[1] = (struct turn){"2026-11", day_of("2026-11-01"), day_of("2026-11-24"), false};
    turns[2] = (struct turn){"2026-12", day_of("2026-12-01"), day_of("2026-12-24"), false};
    report->text = "trước ngày 25 hằng tháng";
    report->lead = (struct units){book->reporting, UNITS - 2};
    report->lead_text = "Trưởng Công an các đơn vị";
    report->to = only(book, PV01);
    report->via = "Đội 6";
    report->timing = fixed(TIMING_PERIODIC, turns, 3);
}

static void make_model(struct book *book)
{
    struct duty *first = duty(book, 1, MODEL, "model", ITEM_TASK, "Đưa mô hình vào hoạt động");
    first->lead = only(book, PC06);
    first->text = "Quý I/2026";
    first->timing = fixed(TIMING_QUARTER, turn(book, "2026", "2026-01-01", "2026-03-31"), 1);
    struct duty *second = duty(book, 2, MODEL, "report", ITEM_REPORT, "Báo cáo, \"đề xuất\"");
    second->lead = only(book, PC07);
    second->to = only(book, BCA);
    second->text = "Trước ngày 28/11/2026";
    second->product = "Báo cáo";
    second->timing = fixed(TIMING_BY_DATE_BEFORE, turn(book, "2026", NULL, "2026-11-27"), 1);
}

static void make_plan_of_unit(struct book *book)
{
    book->event = (struct event){
        .name = "plan-received", .title = "Nhận được Kế hoạch", .plan = book->plans, .by_unit = true};
    book->trigger = (struct trigger){.kind = TRIGGER_EVENT, .event = &book->event};
    struct duty *plan = duty(book, 3, PLAN_OF_UNIT, NULL, ITEM_TASK, "Kế hoạch của đơn vị");
    plan->lead = (struct units){book->reporting, UNITS - 2};
    plan->with = only(book, PV01);
    plan->text = "trong thời hạn 10 ngày";
    plan->timing = (struct timing){.kind = TIMING_EVENT_RELATIVE,
                                   .trigger = &book->trigger,
                                   .limit = LIMIT_DAYS,
                                   .n = 10,
                                   .from = DAY_NONE};
}

static void make_rest(struct book *book)
{
    struct duty *joint = duty(book, 4, PUBLICITY, NULL, ITEM_TASK, "Tuyên truyền CCHC");
    joint->lead = (struct units){&book->offices[PC06], 2};
    joint->joint = true;
    joint->timing = fixed(TIMING_ON_DATE, turn(book, "2026", NULL, "2027-01-03"), 1);
    duty(book, 5, STANDING, NULL, ITEM_TASK, "Trả lời phản ánh, kiến nghị")->lead = only(book, PC07);
    book->duties[5].timing = (struct timing){.kind = TIMING_ONGOING, .from = day_of("2026-04-01")};
    struct duty *unknown = duty(book, 6, COUNTER, NULL, ITEM_TASK, "Trang trí nơi tiếp nhận");
    unknown->no_lead = "cột chủ trì mất";
    unknown->timing = (struct timing){.kind = TIMING_NONE, .why = "cột thời gian mất", .from = DAY_NONE};
    struct duty *span = duty(book, 7, YEARLY, NULL, ITEM_TASK, "Số hóa kết quả");
    span->lead = only(book, PC06);
    span->text = "2026-2027";
    span->timing = fixed(TIMING_PERIOD_RANGE, turn(book, "2026", "2026-01-01", "2027-12-31"), 1);
    struct duty *mark = duty(book, 8, YEARLY, "checkpoint", ITEM_TASK, "Số hóa kết quả");
    mark->lead = span->lead;
    mark->text = span->text;
    mark->checkpoint = true;
    mark->timing = fixed(TIMING_PERIOD_RANGE, turn(book, "2026", "2026-01-01", "2026-12-31"), 1);
    ((struct turn *)mark->timing.turns)->assumed = true;
}

static const struct target_case at_100 = {.number = {INT64_C(100) * NUMBER_SCALE}};

static void make_kpis(struct book *book)
{
    book->online = (struct metric){.name = "dossiers.online", .title = "Hồ sơ nộp trực tuyến"};
    book->eligible = (struct metric){.name = "dossiers.online_eligible", .title = "Hồ sơ đủ điều kiện"};
    book->top[0] = &book->online;
    book->bottom[0] = &book->eligible;
    struct kpi kpi = {.plan = book->plans,
                      .slug = "online",
                      .title = "Hồ sơ trực tuyến",
                      .each = PERIOD_MONTH,
                      .due = day_of("2026-12-31"),
                      .measure = {.kind = MEASURE_RATIO, .top = {book->top, 1}, .bottom = {book->bottom, 1}},
                      .target = {.op = TARGET_AT_LEAST, .cases = &at_100, .n_cases = 1, .unit = "%"}};
    assert_true(period_parse("2026", &kpi.over, NULL));
    book->kpis[0] = kpi;
    book->kpis[0].id = "hp-2026:1.6#online";
    book->kpis[0].ref = "1.6";
    book->kpis[0].item = &book->items[STANDING];
    book->kpis[0].lead = only(book, PC07);
    book->kpis[0].at.line = 10 * STANDING + 1;
    book->kpi_of_row[0] = &book->kpis[0];
    book->kpis[1] = kpi;
    book->kpis[1].id = "hp-2026:0#online";
    book->kpis[1].ref = "0";
    book->kpis[1].across = (struct units){book->offices, UNITS - 1};
    book->kpis[1].at.line = 5;
}

static void make_items(struct book *book)
{
    static const char *const refs[] = {"1", "1.1", "1.2", "1.3", "1.4", "1.5", "1.6", "1.7", "1.8"};
    static const char *const titles[] = {
        "Chỉ đạo, điều hành",          "Báo cáo tháng",           "Mô hình Một cửa",
        "Kế hoạch của đơn vị",         "mất ở chỗ ngắt trang",    "Tuyên truyền CCHC",
        "Trả lời phản ánh, kiến nghị", "Trang trí nơi tiếp nhận", "Số hóa kết quả"};
    static const size_t first[] = {0, 0, 1, 3, 0, 4, 5, 6, 7}, n[] = {0, 1, 2, 1, 0, 1, 1, 1, 2};
    for (size_t i = 0; i < ITEMS; i++)
        book->items[i] = (struct item){.plan = book->plans,
                                       .ref = refs[i],
                                       .title = titles[i],
                                       .kind = ITEM_TASK,
                                       .duties = &book->duties[first[i]],
                                       .n_duties = n[i],
                                       .at = {"rules/hp-2026.lua", 10 * (int)i + 10},
                                       .number = i};
    static const char *const see[] = {"Thông tư 57/2023/TT-BCA"};
    book->items[SECTION].kind = ITEM_SECTION;
    book->items[MONTHLY].kind = ITEM_REPORT;
    book->items[LOST].kind = ITEM_LOST;
    book->also[0] = &book->items[MONTHLY];
    book->items[PLAN_OF_UNIT].also = book->also;
    book->items[PLAN_OF_UNIT].n_also = 1;
    book->items[STANDING].see = see;
    book->items[STANDING].n_see = 1;
    book->items[STANDING].kpis = book->kpi_of_row;
    book->items[STANDING].n_kpis = 1;
    book->items[STANDING].note = "Không in số ngày.";
}

static void make_plans(struct book *book)
{
    book->plans[0] = (struct plan){.id = "hp-2026",
                                   .title = "Cải cách hành chính 2026",
                                   .number = "74/KH",
                                   .org = &book->org,
                                   .issued = day_of("2026-01-07"),
                                   .ended = DAY_NONE,
                                   .items = book->items,
                                   .n_items = ITEMS,
                                   .kpis = book->kpis,
                                   .n_kpis = 2,
                                   .events = &book->event,
                                   .n_events = 1,
                                   .file = "rules/hp-2026.lua",
                                   .note = "Phụ lục in số 44."};
    assert_true(period_parse("2026", &book->plans[0].period, NULL));
    /* a plan of a year long gone, closed, with one duty never done */
    book->plans[1] = (struct plan){.id = "hp-2024",
                                   .title = "Kế hoạch cũ",
                                   .org = &book->org,
                                   .issued = day_of("2024-01-07"),
                                   .ended = DAY_NONE,
                                   .items = &book->old_item,
                                   .n_items = 1,
                                   .position = 1};
    assert_true(period_parse("2024", &book->plans[1].period, NULL));
    book->old_item = (struct item){.plan = &book->plans[1],
                                   .ref = "9",
                                   .title = "Việc cũ",
                                   .kind = ITEM_TASK,
                                   .duties = &book->old_duty,
                                   .n_duties = 1,
                                   .at = {"rules/hp-2024.lua", 7}};
    book->old_duty = (struct duty){.item = &book->old_item,
                                   .kind = ITEM_TASK,
                                   .title = "Việc cũ",
                                   .lead = only(book, PC06),
                                   .timing = fixed(TIMING_ON_DATE, turn(book, "2024", NULL, "2024-06-28"), 1),
                                   .at = {"rules/hp-2024.lua", 7}};
}

/* October is reported by all but X7, one of them late; November by PC06; one was extended, one cancelled. */
static const struct progress_fact told[] = {
    {.id = 1, .occurrence = "hp-2026:1.1:2026-10:hp/PC06", .action = PROGRESS_DONE, .on = -10},
    {.id = 2, .occurrence = "hp-2026:1.1:2026-10:hp/PC07", .action = PROGRESS_DONE, .on = -10},
    {.id = 3, .occurrence = "hp-2026:1.1:2026-10:hp/X1", .action = PROGRESS_DONE, .on = -10},
    {.id = 4, .occurrence = "hp-2026:1.1:2026-10:hp/X2", .action = PROGRESS_DONE, .on = -10},
    {.id = 5, .occurrence = "hp-2026:1.1:2026-10:hp/X3", .action = PROGRESS_DONE, .on = -10},
    {.id = 6, .occurrence = "hp-2026:1.1:2026-10:hp/X4", .action = PROGRESS_DONE, .on = -10},
    {.id = 7, .occurrence = "hp-2026:1.1:2026-10:hp/X5", .action = PROGRESS_DONE, .on = -10},
    {.id = 8, .occurrence = "hp-2026:1.1:2026-10:hp/X6", .action = PROGRESS_DONE, .on = 3},
    {.id = 9, .occurrence = "hp-2026:1.1:2026-11:hp/PC06", .action = PROGRESS_DONE, .on = 15},
    {.id = 10, .occurrence = "hp-2026:1.1:2026-11:hp/X1", .action = PROGRESS_CANCEL, .on = DAY_NONE},
    {.id = 11, .occurrence = "hp-2026:1.2#model:2026:hp/PC06", .action = PROGRESS_DONE, .on = 1},
    {.id = 12, .occurrence = "hp-2026:1.2#report:2026:hp/PC07", .action = PROGRESS_EXTEND, .on = 32},
};

/* Days of `told` count from 2026-10-31, so that they need no calendar at compile time. */
static void make_facts(struct book *book)
{
    struct progress_fact *progress = arena_alloc(book->arena, sizeof told);
    memcpy(progress, told, sizeof told);
    for (size_t i = 0; i < COUNT(told); i++) {
        progress[i].on = progress[i].on == DAY_NONE ? DAY_NONE : day_of("2026-10-31") + progress[i].on;
        progress[i].recorded_at = day_at(day_of("2026-11-16"), 8, (int)i);
    }
    book->facts =
        (struct facts){.progress = progress, .n_progress = COUNT(told), .first_day = day_of("2026-01-07")};
}

struct book *book_new(void)
{
    struct arena *arena = arena_new();
    struct book *book = arena_alloc(arena, sizeof *book);
    book->arena = arena;
    make_units(book);
    make_monthly(book);
    make_model(book);
    make_plan_of_unit(book);
    make_rest(book);
    make_items(book);
    make_kpis(book);
    make_plans(book);
    make_facts(book);
    book->rulebook = (struct rulebook){.orgs = &book->org,
                                       .n_orgs = 1,
                                       .units = {book->all, UNITS},
                                       .plans = book->plans,
                                       .n_plans = 2,
                                       .workdays = workdays_of_vietnam()};
    book->outlook = outlook_new(&book->rulebook, &book->facts, day_at(day_of("2026-11-20"), 8, 0));
    return book;
}

void book_free(struct book *book)
{
    outlook_free(book->outlook);
    workdays_free(book->rulebook.workdays);
    arena_free(book->arena);
}

int book_setup(void **state)
{
    *state = book_new();
    return 0;
}

int book_teardown(void **state)
{
    book_free(*state);
    return 0;
}
