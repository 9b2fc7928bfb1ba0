#include "alert/proof.h"

#include "alert/making.h"
#include "time/clock.h"

#include <stdlib.h>
#include <string.h>

enum { PROMPT_SECONDS = 15 * 60 }; /* who tells so soon after the hour runs at that hour */

const char *gap_kind_name(enum gap_kind kind)
{
    static const char *const names[] = {"untold", "untaken", "refused", "late"};
    must(kind < GAP_KINDS);
    return names[kind];
}

const char *gap_kind_title(enum gap_kind kind, enum lang lang)
{
    static const char *const vi[] = {"chưa báo", "đã báo, chưa kênh nào nhận", "nơi nhận từ chối",
                                     "báo muộn, cùng bậc sau"};
    static const char *const en[] = {"not told", "told, no channel took it", "refused by its receiver",
                                     "late, told with the next rung"};
    must(kind < GAP_KINDS);
    return say(lang, vi[kind], en[kind]);
}

/* A reminder that was to be told on a day, and what is wrong with it. */
struct lack {
    enum gap_kind kind;
    const char *key, *alert_kind, *rung, *unit;
    int day;
    bool ran;   /* hanchot ran while it was to be told */
    bool open;  /* its alert still is, at the last look */
    bool known; /* it was acknowledged on that day */
};

/* When hanchot told anything on a day. */
struct day_told {
    bool promptly; /* when the hour had come */
    bool later;
};

struct proving_days {
    const struct proof_told *told;
    struct proof_told borrowed;
    const struct alert_settings *settings;
    struct arena *arena;
    int64_t now, before; /* before: instant of the look before */
    int first, today, next;
    bool over;
    struct day_told days[PROOF_DAYS];
    size_t rungs;
    VEC(struct lack) lacks; /* by day */
    size_t last_look;       /* where those of the last look begin */
};

static int64_t look_at(const struct proving_days *days, int day)
{
    return day < days->today ? making_opening(day, days->settings) : days->now;
}

static void find_told(struct proving_days *days)
{
    const struct notices *notices = days->told->notices;
    for (size_t i = 0; i < notices->n; i++) {
        int64_t at = notices->list[i].told_at;
        int day = instant_day(at);
        if (day < days->first || day >= days->today || at < look_at(days, day))
            continue;
        days->days[day - days->first].promptly |= at < look_at(days, day) + PROMPT_SECONDS;
        days->days[day - days->first].later = true;
    }
}

struct proving_days *proof_begin(int first_day, const struct proof_told *told, int64_t now,
                                 const struct alert_settings *settings)
{
    struct proving_days *days = mem_alloc(sizeof *days);
    int today = instant_day(now), from = today - PROOF_DAYS;
    *days = (struct proving_days){.borrowed = *told,
                                  .settings = settings,
                                  .arena = arena_new(),
                                  .now = now,
                                  .before = INT64_MIN,
                                  .first = first_day != DAY_NONE && first_day > from ? first_day : from,
                                  .today = today,
                                  .over = first_day == DAY_NONE || first_day >= today};
    days->told = &days->borrowed;
    days->next = days->first;
    if (!days->over)
        find_told(days);
    return days;
}

bool proof_wants(const struct proving_days *days, int64_t *at)
{
    *at = look_at(days, days->next);
    return !days->over;
}

/* ---- what became of one ---- */

static bool is_of(const struct notice *notice, const struct notice *like)
{
    return !strcmp(notice->alert, like->alert) && !strcmp(notice->kind, like->kind) &&
           !strcmp(notice->rung, like->rung) && !strcmp(notice->unit, like->unit);
}

static const struct notice *notice_by_id(const struct notices *notices, int64_t id)
{
    size_t low = 0, high = notices->n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (notices->list[middle].id < id)
            low = middle + 1;
        else
            high = middle;
    }
    return low < notices->n && notices->list[low].id == id ? &notices->list[low] : NULL;
}

/* By itself, or with the letter that tells it instead. */
static bool was_taken(const struct proof_told *told, const struct notice *notice,
                      const struct dispatch *dispatch)
{
    const struct notice *newer =
        dispatch && !notice->taken_at ? notice_by_id(told->notices, dispatch->notice) : NULL;
    return notice->taken_at || (newer && newer->taken_at);
}

/* The best that any channel can say; false: there is no gap. */
static bool find_gap(const struct proof_told *told, const struct notice *like, enum gap_kind *kind)
{
    *kind = GAP_UNTOLD;
    for (size_t n = notices_place(told->notices, like);
         n < told->notices->n && is_of(told->notices->sorted[n], like); n++) {
        const struct notice *notice = told->notices->sorted[n];
        const struct dispatch *dispatch = dispatches_last(told->dispatches, notice);
        if (was_taken(told, notice, dispatch))
            return false;
        if (*kind == GAP_UNTOLD || (dispatch && dispatch->refused_at))
            *kind = dispatch && dispatch->refused_at ? GAP_REFUSED : GAP_UNTAKEN;
    }
    return true;
}

/* ---- one day ---- */

/* What had been answered by then. */
static struct replies *replies_until(struct arena *arena, const struct replies *all, int64_t until)
{
    struct replies *replies = arena_alloc(arena, sizeof *replies);
    struct reply *list = arena_alloc(arena, (all->n + 1) * sizeof *list);
    *replies = (struct replies){.arena = arena, .list = list};
    for (size_t i = 0; i < all->n; i++)
        if (all->list[i].recorded_at <= until)
            list[replies->n++] = all->list[i];
    return replies;
}

static bool acknowledged_on(const struct proving_days *days, const struct notice *like, int day)
{
    const struct replies *replies = days->told->replies;
    for (size_t i = 0; i < replies->n; i++)
        if (!strcmp(replies->list[i].alert, like->alert) && !strcmp(replies->list[i].kind, like->kind) &&
            instant_day(replies->list[i].recorded_at) == day)
            return true;
    return false;
}

static void expect(struct proving_days *days, const struct alert *alert, const char *unit, int day)
{
    const struct notice like = {.alert = alert->key,
                                .kind = alert_kind_name(alert->kind),
                                .rung = alert->rung,
                                .unit = unit ? unit : "",
                                .channel = ""};
    struct lack lack = {.key = alert->key, .day = day, .open = true};
    days->rungs += alert->tell_at > days->before;
    if (!find_gap(days->told, &like, &lack.kind))
        return;
    lack.key = arena_strdup(days->arena, like.alert);
    lack.alert_kind = like.kind;
    lack.rung = arena_strdup(days->arena, like.rung);
    lack.unit = arena_strdup(days->arena, like.unit);
    lack.ran = days->days[day - days->first].promptly;
    lack.known = acknowledged_on(days, &like, day);
    *vec_push(&days->lacks) = lack;
}

/* How those of the days before stand now. What is still open at the next look was open all the day before. */
static void look_back(struct proving_days *days, const struct alerts *alerts)
{
    for (size_t i = 0; i < days->lacks.n; i++) {
        struct lack *lack = &days->lacks.at[i];
        const struct alert *alert = alerts_find(alerts, lack->key);
        lack->open = alert && alert->state == ALERT_OPEN;
        if (i >= days->last_look && lack->open)
            lack->ran = lack->ran || days->days[lack->day - days->first].later;
    }
    days->last_look = days->lacks.n;
}

static void look_forward(struct proving_days *days, const struct alerts *alerts,
                         const struct outlook *outlook, int day)
{
    int64_t at = look_at(days, day);
    for (size_t i = 0; i < alerts->n; i++) {
        const struct alert *alert = alerts->list[i];
        if (alert->tell_at < look_at(days, days->first) ||
            !alert_may_tell(alert, outlook->rulebook->workdays, days->settings, at))
            continue;
        expect(days, alert, alert->unit, day);
        for (size_t j = 0; alert->also && j < alert->also->n; j++)
            expect(days, alert, alert->also->at[j]->id, day);
    }
    days->before = at;
}

void proof_look(struct proving_days *days, const struct outlook *outlook, const struct standings *standings)
{
    int day = days->next++;
    int64_t at = look_at(days, day);
    struct arena *arena = arena_new();
    const struct replies *replies = replies_until(arena, days->told->replies, at);
    struct alerts *alerts = alerts_new(outlook, standings, replies, NULL, at, days->settings, NULL);
    look_back(days, alerts);
    if (day < days->today)
        look_forward(days, alerts, outlook, day);
    else
        days->over = true;
    alerts_free(alerts);
    arena_free(arena);
}

/* ---- the whole ---- */

static int lack_order(const void *a, const void *b)
{
    const struct lack *x = a, *y = b;
    int order = strcmp(x->key, y->key);
    order = order ? order : strcmp(x->alert_kind, y->alert_kind);
    order = order ? order : strcmp(x->rung, y->rung);
    order = order ? order : strcmp(x->unit, y->unit);
    return order ? order : (x->day > y->day) - (x->day < y->day);
}

static bool same_rung(const struct lack *a, const struct lack *b)
{
    return !strcmp(a->key, b->key) && !strcmp(a->alert_kind, b->alert_kind) && !strcmp(a->rung, b->rung) &&
           !strcmp(a->unit, b->unit);
}

/* Whether anybody was told anything of the alert before that instant, or this office after it. */
static void told_else(const struct proving_days *days, const struct lack *lack, bool *before, bool *after)
{
    const struct notices *notices = days->told->notices;
    const struct notice like = {.alert = lack->key, .kind = "", .rung = "", .unit = "", .channel = ""};
    int64_t at = look_at(days, lack->day);
    *before = *after = false;
    for (size_t n = notices_place(notices, &like);
         n < notices->n && !strcmp(notices->sorted[n]->alert, lack->key); n++) {
        const struct notice *notice = notices->sorted[n];
        *before = *before || notice->told_at < at;
        *after = *after || (notice->told_at >= at && !strcmp(notice->unit, lack->unit));
    }
}

/* Of one that was not told while it was to be; first: of its days. False: it is no gap. */
static bool judge_untold(const struct proving_days *days, const struct lack *first, bool ran, bool open,
                         enum gap_kind *kind)
{
    bool before, after;
    told_else(days, first, &before, &after);
    *kind = after && !(ran && before) ? GAP_LATE : GAP_UNTOLD;
    return after || open || (ran && before);
}

static int by_day(const void *a, const void *b)
{
    const struct gap *x = a, *y = b;
    int order = (x->day > y->day) - (x->day < y->day);
    order = order ? order : strcmp(x->key, y->key);
    return order ? order : strcmp(x->unit, y->unit);
}

static void add_gap(const struct proving_days *days, struct proof *proof, const struct lack *first, size_t n)
{
    struct gap gap = {first->kind, first->key, first->unit, first->rung, first->day};
    bool ran = false, known = false;
    for (size_t i = 0; i < n; i++) {
        ran = ran || first[i].ran;
        known = known || first[i].known;
    }
    if (known)
        return;
    if (gap.kind == GAP_UNTOLD && !judge_untold(days, first, ran, first[n - 1].open, &gap.kind))
        return;
    proof->list[proof->n++] = gap;
    proof->counts[gap.kind]++;
    proof->missing += gap.kind != GAP_LATE;
}

struct proof *proof_end(struct proving_days *days)
{
    struct proof *proof = arena_alloc(days->arena, sizeof *proof);
    *proof = (struct proof){.arena = days->arena, .rungs = days->rungs};
    proof->list = arena_alloc(days->arena, (days->lacks.n + 1) * sizeof *proof->list);
    if (days->lacks.n)
        qsort(days->lacks.at, days->lacks.n, sizeof *days->lacks.at, lack_order);
    for (size_t i = 0, n; i < days->lacks.n; i += n) {
        const struct lack *first = &days->lacks.at[i];
        for (n = 1; i + n < days->lacks.n && same_rung(&first[n], first);)
            n++;
        add_gap(days, proof, first, n);
    }
    if (proof->n)
        qsort(proof->list, proof->n, sizeof *proof->list, by_day);
    vec_free(&days->lacks);
    mem_free(days);
    return proof;
}

void proof_free(struct proof *proof)
{
    if (proof)
        arena_free(proof->arena);
}
