/* Scorecards: the published weeks of the service index 766, what does not add up in them, and points computed
 * from rates, exactly. */
#include "evaluate/scorecard.h"

#include "base/text.h"
#include "kpi_desk.h"
#include "publish/scoresheet.h"
#include "rules_home.h"
#include "time/clock.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* ---- a desk: rules, figures told one by one, the last answer ---- */

struct desk {
    struct rulebook *rulebook;
    struct facts *facts;
    struct outlook *outlook;
    struct arena *arena;
    VEC(struct figure) told;
    struct figures *figures;
    struct scores *scores;
};

static void desk_open(struct desk *desk, struct rulebook *rulebook)
{
    assert_non_null(rulebook);
    *desk = (struct desk){.rulebook = rulebook, .arena = arena_new()};
    struct err err = {.lang = LANG_EN};
    desk->facts = facts_read(NULL, DAY_NONE, &err);
    desk->outlook = outlook_new(rulebook, desk->facts, day_at(20000, 8, 0));
}

static void desk_forget(struct desk *desk)
{
    scores_free(desk->scores);
    figures_free(desk->figures);
    desk->scores = NULL;
    desk->figures = NULL;
    desk->told.n = 0;
}

static void desk_close(struct desk *desk)
{
    desk_forget(desk);
    vec_free(&desk->told);
    outlook_free(desk->outlook);
    facts_free(desk->facts);
    rulebook_free(desk->rulebook);
    arena_free(desk->arena);
}

static void tell(struct desk *desk, const char *unit, const char *metric, const char *period, int64_t scaled)
{
    *vec_push(&desk->told) = (struct figure){.unit = unit,
                                             .metric = arena_strdup(desk->arena, metric),
                                             .period = arena_strdup(desk->arena, period),
                                             .value = scaled};
}

static int by_key(const void *a, const void *b)
{
    const struct figure *one = a, *other = b;
    int order = strcmp(one->unit, other->unit);
    order = order ? order : strcmp(one->metric, other->metric);
    return order ? order : strcmp(one->period, other->period);
}

static const struct scores *ask(struct desk *desk, const char *id, const char *period, int as_of,
                                enum lang lang)
{
    struct period asked;
    scores_free(desk->scores);
    figures_free(desk->figures);
    desk->figures = figures_empty();
    if (desk->told.n)
        qsort(desk->told.at, desk->told.n, sizeof *desk->told.at, by_key);
    desk->figures->list = desk->told.at;
    desk->figures->n = desk->told.n;
    struct score_question question = {
        .as_of = as_of, .scorecard = rulebook_scorecard(desk->rulebook, id), .lang = lang};
    assert_non_null(question.scorecard);
    if (period) {
        assert_true(period_parse(period, &asked, NULL));
        question.period = &asked;
    }
    desk->scores = scorecard_evaluate(desk->outlook, desk->figures, &question);
    return desk->scores;
}

static const char *number(struct desk *desk, struct number value)
{
    char text[40];
    return arena_strdup(desk->arena, kpi_shown((double)value.scaled / NUMBER_SCALE, text));
}

/* "92.28/100 agrees Xuất sắc", "70.81/70 of 100 unchecked", "92.28/100 differs -0.5 Xuất sắc" */
static const char *told_of(struct desk *desk, const struct score *score)
{
    bool apart = score->check == TOTAL_ROUNDED || score->check == TOTAL_DIFFERS;
    return arena_printf(
        desk->arena, "%s/%s%s%s %s%s%s%s%s", number(desk, score->points), number(desk, score->most_known),
        score->complete ? "" : " of ", score->complete ? "" : number(desk, score->scorecard->most),
        total_check_name(score->check), apart ? " " : "", apart ? number(desk, score->difference) : "",
        score->grade ? " " : "", score->grade ? score->grade->name : "");
}

/* ---- the index 766 as rules/index-766.lua has it ---- */

static int index_open(void **state)
{
    static struct desk desk;
    struct faults faults;
    faults_init(&faults, LANG_EN);
    desk_open(&desk, rulebook_load(&(struct rulebook_paths){"rules", "calendars"}, &faults));
    faults_fini(&faults);
    *state = &desk;
    return 0;
}

static int index_close(void **state)
{
    desk_close(*state);
    return 0;
}

/* "publicity%=87.9 progress=19.20 total=92.28" */
static void tell_index(struct desk *desk, const char *figures)
{
    auto_free char *copy = mem_strdup(figures);
    char *rest = copy;
    for (char *word; (word = strsep(&rest, " "));) {
        char *value = strchr(word, '=');
        assert_non_null(value);
        bool percent = value[-1] == '%', total = !strncmp(word, "total", 5);
        value[percent ? -1 : 0] = '\0';
        tell(desk, "tinh/BACNINH",
             arena_printf(desk->arena, "index766.%s%s", word,
                          total     ? ""
                          : percent ? ".percent"
                                    : ".points"),
             "2025-W41", kpi_scaled(value + 1));
    }
}

/* The week 8 and the week 13 of autumn 2025 as they were printed, and what could go wrong with them. */
#define WEEK_8                                                                                               \
    "publicity%=87.9 progress=19.20 progress%=96.0 online=8.48 online%=70.7 payment=9.91 payment%=99.1 "     \
    "satisfaction%=99.2 digitized=21.01 digitized%=95.5"
#define WEEK_13 "publicity=15.82 progress=19.45 online=8.53 payment=10.00 satisfaction=17.86 digitized=21.17"
#define PERCENTS                                                                                             \
    " publicity%=87.9 progress%=97.2 online%=71.1 payment%=100 satisfaction%=99.2 digitized%=96.2"
static const struct week {
    const char *figures, *told;
    const char *reason; /* "": none; else a piece of it */
} weeks[] = {
    {WEEK_8 " total=92.28", "92.28/100 agrees Xuất sắc", ""},
    {WEEK_13 " total=92.83", "92.83/100 agrees Xuất sắc", ""},
    {WEEK_13 PERCENTS " total=92.83", "92.83/100 agrees Xuất sắc", ""},
    {WEEK_13, "92.83/100 not_published Xuất sắc", ""},
    /* six numbers rounded to 2 decimals and a total: at most 0.035 */
    {WEEK_13 " total=92.84", "92.83/100 rounded 0.01 Xuất sắc",
     "the published total is 92.84, the parts come to 92.83, +0.01 apart (rounding may be the cause)"},
    {WEEK_13 " total=92.8", "92.83/100 rounded -0.03 Xuất sắc", "-0.03 apart (rounding"},
    {WEEK_13 " total=92.87", "92.83/100 differs 0.04 Xuất sắc", "come to 92.83, +0.04 apart"},
    {WEEK_13 " total=82.83", "92.83/100 differs -10 Xuất sắc", "-10 apart"},
    {WEEK_13 " total=0", "92.83/100 differs -92.83 Xuất sắc", "the published total is 0"},
    /* a percentage alone leaves more room: 87.9 % of 18 is 15.813 to 15.831 */
    {WEEK_8 " total=92.33", "92.28/100 rounded 0.05 Xuất sắc", "rounding"},
    {WEEK_8 " total=92.35", "92.28/100 differs 0.07 Xuất sắc", "+0.07 apart"},
    /* nothing but percentages: 15.82 + 19.44 + 8.53 + 10 + 17.86 + 21.16 */
    {"publicity%=87.9 progress%=97.2 online%=71.1 payment%=100 satisfaction%=99.2 digitized%=96.2",
     "92.81/100 not_published Xuất sắc", ""},
    /* a missing part is not 0, and the sum of the others is not the total */
    {"publicity=15.82 progress=19.45 online=8.53 payment=10 satisfaction=17.86 total=92.83",
     "71.66/78 of 100 unchecked", "without points: Số hóa hồ sơ (no data)"},
    {"progress=19.45 total=92.83", "19.45/20 of 100 unchecked", "Công khai, minh bạch (no data), Dịch vụ"},
    {"total=92.83", "0/0 of 100 unchecked", ""},
    {"publicity=15.82 progress=19.45 online=8.53 payment=10 satisfaction=17.86 total=70",
     "71.66/78 of 100 differs -1.66", "the known parts alone come to 71.66, -1.66 apart"},
    {"publicity=15.82 progress=19.45 online=8.53 payment=10 satisfaction=17.86 total=95",
     "71.66/78 of 100 differs 1.34", "too high even with all points"},
    {"publicity=0 progress=0 online=0 payment=0 satisfaction=0 digitized=0 total=0", "0/100 agrees Yếu", ""},
    {"publicity=18 progress=20 online=12 payment=10 satisfaction=18 digitized=22 total=100",
     "100/100 agrees Xuất sắc", ""},
    {"publicity%=100 progress%=100 online%=100 payment%=100 satisfaction%=100 digitized%=100 total=100",
     "100/100 agrees Xuất sắc", ""},
    /* above the most: no points at all */
    {"publicity=18.01 progress=20 online=12 payment=10 satisfaction=18 digitized=22 total=100",
     "82/82 of 100 unchecked", "Công khai, minh bạch (invalid figures)"},
    {"publicity%=100.1 progress=20 online=12 payment=10 satisfaction=18 digitized=22",
     "82/82 of 100 not_published", "(invalid figures)"},
    /* the limits of the grades */
    {"publicity=18 progress=20 online=12 payment=10 satisfaction=18 digitized=12",
     "90/100 not_published Xuất sắc", ""},
    {"publicity=18 progress=20 online=12 payment=10 satisfaction=18 digitized=11.99",
     "89.99/100 not_published Tốt", ""},
    {"publicity=18 progress=20 online=12 payment=10 satisfaction=1.5 digitized=0",
     "61.5/100 not_published Trung bình", ""},
    {"publicity=18 progress=20 online=5 payment=0 satisfaction=0 digitized=0", "43/100 not_published Yếu",
     ""},
};

static void published_weeks(void **state)
{
    struct desk *desk = *state;
    size_t wrong = 0;
    for (size_t i = 0; i < sizeof weeks / sizeof *weeks; i++) {
        const struct week *week = &weeks[i];
        desk_forget(desk);
        tell_index(desk, week->figures);
        const struct scores *scores = ask(desk, "index-766", "2025-W41", 20400, LANG_EN);
        assert_int_equal(scores->n, 1);
        const char *told = told_of(desk, scores->list);
        const char *reason = scores->list->reason ? scores->list->reason : "";
        bool good = !strcmp(told, week->told) &&
                    (*week->reason ? strstr(reason, week->reason) != NULL : *reason == '\0');
        if (!good)
            print_error("%s\n  should be: %s (%s)\n  is: %s (%s)\n", week->figures, week->told, week->reason,
                        told, reason);
        wrong += !good;
    }
    assert_int_equal(wrong, 0);
}

/* One part alone: points and percentage, as printed side by side. */
static void points_and_percent(void **state)
{
    static const struct {
        const char *figures;
        const char *part;     /* points percent state */
        const char *doubtful; /* a piece of the reason; NULL: they fit */
    } rows[] = {
        {"progress=19.45 progress%=97.2", "19.45 97.2 published", NULL}, /* 97.25 cut off */
        {"progress=19.45 progress%=97.3", "19.45 97.3 published", NULL}, /* or rounded */
        {"progress=19.45 progress%=97.25", "19.45 97.25 published", NULL},
        {"progress=19.45 progress%=97", "19.45 97 published", NULL},
        {"progress=19.45 progress%=97.4", "19.45 97.4 published", "19.45 of 20"},
        {"progress=19.45 progress%=97.1", "19.45 97.1 published", "19.45 of 20"},
        {"progress=19.45 progress%=98", "19.45 98 published", "97.25 %"},
        {"progress=19.45", "19.45 97.25 published", NULL},
        {"progress%=97.2", "19.44 97.2 published", NULL},
        {"progress%=96.0", "19.2 96 published", NULL},
        {"progress%=0", "0 0 published", NULL},
        {"progress=0", "0 0 published", NULL},
        {"progress%=100.01", "0 0 invalid", "100.01 %, is above 100 %"},
        {"progress=20.01 progress%=100", "0 0 invalid", "20.01, are above the most, 20"},
        {"online%=70.7", "", NULL},
    };
    struct desk *desk = *state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        desk_forget(desk);
        tell_index(desk, rows[i].figures);
        const struct part_score *part = &ask(desk, "index-766", "2025-W41", 20400, LANG_EN)->list->parts[1];
        if (!*rows[i].part) {
            assert_int_equal(part->state, PART_NO_DATA);
            continue;
        }
        bool known = part->state <= PART_COMPUTED;
        const struct number none = {0};
        assert_string_equal(arena_printf(desk->arena, "%s %s %s", number(desk, known ? part->points : none),
                                         number(desk, known ? part->percent : none),
                                         part_state_name(part->state)),
                            rows[i].part);
        assert_int_equal(known && part->doubtful, known && rows[i].doubtful != NULL);
        assert_int_equal(part->reason != NULL, rows[i].doubtful != NULL);
        if (part->reason && rows[i].doubtful)
            assert_non_null(strstr(part->reason, rows[i].doubtful));
    }
}

static const char *labels_of(struct desk *desk, const char *period, const char *day)
{
    int as_of;
    auto_text labels = {0};
    assert_true(day_parse(day, &as_of, NULL));
    const struct scores *scores = ask(desk, "index-766", period, as_of, LANG_VI);
    for (size_t i = 0; i < scores->n; i++)
        text_addf(&labels, "%s%s", i ? " " : "", scores->list[i].period.label);
    return arena_strdup(desk->arena, text_str(&labels));
}

static void which_week(void **state)
{
    struct desk *desk = *state;
    desk_forget(desk);
    tell(desk, "tinh/BACNINH", "index766.total", "2025-W41", 920000);
    tell(desk, "tinh/BACNINH", "index766.total", "2025-W46", 920000);
    tell(desk, "tinh/BACNINH", "index766.progress.percent", "2025-W46", 960000);
    tell(desk, "tinh/BACNINH", "index766.progress.points", "2025", 190000); /* no week */
    assert_string_equal(labels_of(desk, NULL, "2026-03-01"), "2025-W46");
    assert_string_equal(labels_of(desk, NULL, "2025-11-10"), "2025-W46"); /* its Monday */
    assert_string_equal(labels_of(desk, NULL, "2025-11-09"), "2025-W41");
    assert_string_equal(labels_of(desk, NULL, "2025-10-01"), "2025-W40"); /* nothing yet: this week */
    assert_string_equal(labels_of(desk, "2025-W45", "2026-03-01"), "2025-W45");
    assert_string_equal(labels_of(desk, "2025", "2025-01-01"), "2025-W41 2025-W46");
    assert_string_equal(labels_of(desk, "2025-11", "2026-03-01"), "2025-W46");
    assert_string_equal(labels_of(desk, "2024", "2026-03-01"), "");
}

/* A published number of another week or of a longer time never stands in for this week's. */
static void weeks_do_not_mix(void **state)
{
    struct desk *desk = *state;
    desk_forget(desk);
    tell_index(desk, WEEK_13);
    tell(desk, "tinh/BACNINH", "index766.total", "2025-W40", 920000);
    tell(desk, "tinh/BACNINH", "index766.total", "2025-10", 920000);
    const struct score *score = ask(desk, "index-766", "2025-W41", 20400, LANG_EN)->list;
    assert_false(score->has_published);
    assert_int_equal(score->n_used, 6);
}

/* ---- computed parts ---- */

static const char computed_rules[] =
    "scorecard \"c\" { title = \"C\", each = \"quarter\", lead = \"A\",\n"
    "  parts = {\n"
    "    first = { title = \"F\", most = 10, measure = ratio(\"n1\", \"d1\") },\n"
    "    second = { title = \"S\", most = 10, measure = ratio(\"n2\", \"d2\") },\n"
    "    third = { title = \"T\", most = 10, measure = ratio(\"n3\", \"d3\") },\n"
    "  }, grades = { { 20, \"good\" }, { 10, \"fair\" }, { 0, \"poor\" } } }\n"
    "scorecard \"full\" { title = \"Full\", each = \"month\", lead = { \"A\", \"B\" },\n"
    "  parts = { only = { title = \"O\", most = 12, measure = ratio(\"n1\", \"d1\"), full_at = 80 } },\n"
    "  total = \"t\", grades = { { 12, \"all\" }, { 6, \"half\" } } }\n"
    "metric \"t\" { title = \"t\", counted_in = \"điểm\", decimals = 2 }\n"
    "metric \"n1\" { title = \"n\", counted_in = \"hồ sơ\" } metric \"d1\" { title = \"d\", counted_in = "
    "\"hồ "
    "sơ\" }\n"
    "metric \"n2\" { title = \"n\", counted_in = \"hồ sơ\" } metric \"d2\" { title = \"d\", counted_in = "
    "\"hồ "
    "sơ\" }\n"
    "metric \"n3\" { title = \"n\", counted_in = \"hồ sơ\" } metric \"d3\" { title = \"d\", counted_in = "
    "\"hồ "
    "sơ\" }\n";

struct computed {
    struct rules_home home;
    struct desk desk;
};

static int computed_open(void **state)
{
    static struct computed computed;
    auto_text source = {0};
    text_addf(&source, "%s%s", rules_home_head, computed_rules);
    rules_home_init(&computed.home);
    rules_home_put(&computed.home, "rules/p.lua", text_str(&source));
    struct rulebook *rulebook = rules_home_load(&computed.home);
    if (!rulebook)
        print_error("%s", rules_home_faults(&computed.home));
    desk_open(&computed.desk, rulebook);
    *state = &computed.desk;
    return 0;
}

static int computed_close(void **state)
{
    struct desk *desk = *state;
    struct computed *computed = (struct computed *)((char *)desk - offsetof(struct computed, desk));
    desk_close(desk);
    rules_home_fini(&computed->home);
    return 0;
}

static void tell_rate(struct desk *desk, int i, const char *period, int64_t n, int64_t d)
{
    tell(desk, "hp/A", arena_printf(desk->arena, "n%d", i), period, n * NUMBER_SCALE);
    tell(desk, "hp/A", arena_printf(desk->arena, "d%d", i), period, d * NUMBER_SCALE);
}

static void full_at_a_rate(void **state)
{
    static const struct {
        int n, d;
        const char *told;
    } rows[] = {
        {80, 100, "12/12 not_published all"},
        {100, 100, "12/12 not_published all"},
        {79, 100, "11.85/12 not_published half"},         /* 12 * 79 / 80 */
        {40, 100, "6/12 not_published half"},             /* half of it, half the points */
        {399999, 1000000, "5.99/12 not_published"},       /* 5.999985: not shown as 6, no grade */
        {799999, 1000000, "11.99/12 not_published half"}, /* 11.999985 */
        {1, 3, "5/12 not_published"},
        {0, 100, "0/12 not_published"},
        {0, 0, "0/0 of 12 not_published"}, /* none arose: no points, not 0 points */
        {5, 0, "0/0 of 12 not_published"},
        {101, 100, "0/0 of 12 not_published"},
    };
    static const enum part_state states[] = {[8] = PART_EXEMPT, [9] = PART_INVALID, [10] = PART_INVALID};
    struct desk *desk = *state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        desk_forget(desk);
        tell_rate(desk, 1, "2026-03", rows[i].n, rows[i].d);
        const struct scores *scores = ask(desk, "full", "2026-03", 20900, LANG_EN);
        assert_int_equal(scores->n, 2);
        assert_string_equal(told_of(desk, &scores->list[0]), rows[i].told);
        assert_int_equal(scores->list[0].parts[0].state, i < 8 ? PART_COMPUTED : states[i]);
        assert_int_equal(scores->list[1].parts[0].state, PART_NO_DATA); /* B told nothing */
    }
}

/* A total printed with 2 decimals is held against the rounded sum, not the one that is shown below a limit.
 */
static void published_total_of_computed_parts(void **state)
{
    struct desk *desk = *state;
    desk_forget(desk);
    tell_rate(desk, 1, "2026-03", 799999, 1000000);
    tell(desk, "hp/A", "t", "2026-03", kpi_scaled("12"));
    assert_string_equal(told_of(desk, ask(desk, "full", "2026-03", 20900, LANG_EN)->list),
                        "11.99/12 agrees half");
    for (size_t i = 0; i < desk->told.n; i++)
        if (!strcmp(desk->told.at[i].metric, "t"))
            desk->told.at[i].value = kpi_scaled("11.98");
    assert_string_equal(told_of(desk, ask(desk, "full", "2026-03", 20900, LANG_EN)->list),
                        "11.99/12 differs -0.02 half");
}

static void months_of_a_quarter(void **state)
{
    struct desk *desk = *state;
    desk_forget(desk);
    tell_rate(desk, 1, "2026-01", 1, 2);
    tell_rate(desk, 1, "2026-02", 3, 3);
    const struct score *score = ask(desk, "c", "2026-Q1", 20900, LANG_EN)->list;
    assert_string_equal(told_of(desk, score), "8/10 of 30 not_published"); /* 4 / 5, not the mean of rates */
    assert_true(score->parts[0].doubtful);                                 /* March is not there */
    assert_non_null(score->parts[0].reason);
    tell_rate(desk, 1, "2026-03", 0, 0);
    score = ask(desk, "c", NULL, 20900, LANG_EN)->list;
    assert_string_equal(score->period.label, "2026-Q1");
    assert_false(score->parts[0].doubtful);
    assert_int_equal(score->n_used, 6);
}

/* ---- laws ---- */

static uint64_t next_random(uint64_t *seed)
{
    *seed = *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return *seed >> 33;
}

/* Sums of thirds, sevenths and so on against whole numbers over a common denominator. */
static void sums_are_exact(void **state)
{
    const int64_t COMMON = 720720, MOST = 10;
    struct desk *desk = *state;
    uint64_t seed = 766;
    size_t on_a_limit = 0;
    for (int round = 0; round < 3000; round++) {
        int64_t sum = 0; /* times COMMON */
        desk_forget(desk);
        for (int i = 1; i <= 3; i++) {
            int64_t d = 1 + (int64_t)(next_random(&seed) % 16),
                    n = (int64_t)(next_random(&seed) % (uint64_t)(d + 1));
            tell_rate(desk, i, "2026-Q1", n, d);
            sum += MOST * n * (COMMON / d);
        }
        const struct score *score = ask(desk, "c", "2026-Q1", 20900, LANG_EN)->list;
        const char *grade = sum >= 20 * COMMON ? "good" : sum >= 10 * COMMON ? "fair" : "poor";
        int64_t shown = (200 * sum + COMMON) / (2 * COMMON);
        bool below = (shown >= 2000 && sum < 20 * COMMON) || (shown == 1000 && sum < 10 * COMMON);
        assert_string_equal(score->grade->name, grade);
        assert_int_equal(score->points.scaled, (shown - below) * 100);
        on_a_limit += sum == 20 * COMMON || sum == 10 * COMMON;
    }
    assert_true(on_a_limit > 20);
}

/* Three thirds are one: every three fractions of one denominator that come to a limit reach it. */
static void fractions_reach_a_limit(void **state)
{
    struct desk *desk = *state;
    for (int64_t d = 1; d <= 16; d++)
        for (int64_t first = 0; first <= d; first++)
            for (int64_t second = 0; second <= first; second++) {
                int64_t third = (first + second > d ? 2 * d : d) - first - second;
                desk_forget(desk);
                tell_rate(desk, 1, "2026-Q1", first, d);
                tell_rate(desk, 2, "2026-Q1", second, d);
                tell_rate(desk, 3, "2026-Q1", third, d);
                const char *told = told_of(desk, ask(desk, "c", "2026-Q1", 20900, LANG_EN)->list);
                assert_string_equal(told, first + second > d ? "20/30 not_published good"
                                                             : "10/30 not_published fair");
            }
}

/* What is printed adds up as whole hundredths, in whatever order it came; leaving a part out makes the sum
 * partial by exactly that part, never a smaller total. */
static void printed_sums_add_up(void **state)
{
    static const char *const names[] = {"publicity", "progress",     "online",
                                        "payment",   "satisfaction", "digitized"};
    static const int most[] = {18, 20, 12, 10, 18, 22};
    struct desk *desk = *state;
    uint64_t seed = 2022;
    for (int round = 0; round < 1000; round++) {
        int64_t points[6], sum = 0;
        size_t left_out = (size_t)(next_random(&seed) % 7); /* 6: none */
        desk_forget(desk);
        for (size_t i = 0; i < 6; i++) {
            points[i] = (int64_t)(next_random(&seed) % (uint64_t)(most[i] * 100 + 1)) * 100;
            sum += points[i];
            if (i != left_out)
                tell(desk, "tinh/BACNINH", arena_printf(desk->arena, "index766.%s.points", names[i]),
                     "2025-W41", points[i]);
        }
        int64_t off = (int64_t)(next_random(&seed) % 21) * 100 - 1000;
        off = sum + off < 0 ? 0 : off;
        tell(desk, "tinh/BACNINH", "index766.total", "2025-W41", sum + off);
        const struct score *score = ask(desk, "index-766", "2025-W41", 20400, LANG_EN)->list;
        assert_int_equal(score->complete, left_out == 6);
        assert_int_equal(score->points.scaled, left_out == 6 ? sum : sum - points[left_out]);
        assert_int_equal(score->grade != NULL, left_out == 6);
        if (left_out != 6)
            continue;
        assert_int_equal(score->difference.scaled, off);
        assert_int_equal(score->check, off == 0                    ? TOTAL_AGREES
                                       : -300 <= off && off <= 300 ? TOTAL_ROUNDED
                                                                   : TOTAL_DIFFERS);
    }
}

/* ---- the sheet ---- */

static void sheets_tell(void **state)
{
    struct desk *desk = *state;
    auto_text table = {0}, json = {0}, csv = {0}, none = {0};
    struct err err = {.lang = LANG_VI};
    struct listing_options options = {.from = DAY_NONE, .to = DAY_NONE, .lang = LANG_VI};
    desk_forget(desk);
    tell_index(desk, "publicity%=87.9 progress=19.45 progress%=90 total=92.83");
    ask(desk, "index-766", NULL, 20400, LANG_VI);
    assert_true(scoresheet_list(desk->outlook, desk->figures, NULL, 20400, NULL, &options, &table, &err));
    static const char *const lines[] = {
        "Bắc Ninh, tuần 41/2025\n",
        "Công khai, minh bạch     18      15,82  87,9 %  đã công bố (chỉ có tỷ lệ)\n",
        "đã công bố; 19,45/20 điểm là 97,25 %, mà tỷ lệ công bố là 90 %\n",
        "Cộng: 35,27 / 38 (mới có 2/6 phần, chưa phải tổng điểm)\n",
        "Tổng công bố: 92,83, chưa kiểm được vì thiếu phần điểm; xếp loại theo tổng này: Xuất sắc\n",
        "Vì: thiếu điểm: Dịch vụ công trực tuyến (chưa có số liệu), ",
    };
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        if (!strstr(text_str(&table), lines[i]))
            fail_msg("%s\nis not in\n%s", lines[i], text_str(&table));
    options.format = LISTING_JSON;
    assert_true(
        scoresheet_list(desk->outlook, desk->figures, "index-766", 20400, "2025-W41", &options, &json, &err));
    assert_non_null(strstr(text_str(&json), "\"state\":\"partial\",\"points\":35.27,\"most\":100,"
                                            "\"most_known\":38,\"grade\":null,\"missing\":[\"online\","));
    options.format = LISTING_CSV;
    options.unit = "tinh/BACNINH";
    assert_true(scoresheet_list(desk->outlook, desk->figures, NULL, 20400, "2025", &options, &csv, &err));
    assert_non_null(strstr(text_str(&csv), ",2025-W41,total,"));
    assert_false(
        scoresheet_list(desk->outlook, desk->figures, "index-76", 20400, NULL, &options, &none, &err));
    assert_non_null(strstr(err.text, "'index-766'"));
    assert_false(scoresheet_list(desk->outlook, desk->figures, NULL, 20400, "2024", &options, &none, &err));
    assert_non_null(strstr(err.text, "năm 2024"));
    assert_false(scoresheet_list(desk->outlook, desk->figures, NULL, 20400, "tuần 8", &options, &none, &err));
    assert_int_equal(none.n, 0);
}

#define OF_INDEX(test) cmocka_unit_test_setup_teardown(test, index_open, index_close)
#define COMPUTED(test) cmocka_unit_test_setup_teardown(test, computed_open, computed_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        OF_INDEX(published_weeks),
        OF_INDEX(points_and_percent),
        OF_INDEX(which_week),
        OF_INDEX(weeks_do_not_mix),
        OF_INDEX(printed_sums_add_up),
        OF_INDEX(sheets_tell),
        COMPUTED(full_at_a_rate),
        COMPUTED(published_total_of_computed_parts),
        COMPUTED(months_of_a_quarter),
        COMPUTED(sums_are_exact),
        COMPUTED(fractions_reach_a_limit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
