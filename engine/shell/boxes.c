#include "shell/boxes.h"

#include "ledger/letters.h"

#include <stdlib.h>
#include <string.h>

static int unit_order(const void *a, const void *b)
{
    const struct box_of_unit *x = a, *y = b;
    int order = strcmp(x->unit, y->unit);
    return order ? order : (x->box > y->box) - (x->box < y->box);
}

/* ---- making ---- */

static struct box *add(struct boxes *boxes, const char *way, const char *name)
{
    struct box *box = vec_push(&boxes->list);
    box->channel = arena_printf(boxes->arena, "%s%s", way, name);
    box->changed = true;
    box->digest_day = box->asked_day = DAY_NONE;
    return box;
}

/* By address, then in the order of site.lua. */
static int address_order(const void *a, const void *b)
{
    const struct site_recipient *x = *(const struct site_recipient *const *)a,
                                *y = *(const struct site_recipient *const *)b;
    int order = strcmp(x->address, y->address);
    return order ? order : (x > y) - (x < y);
}

static void add_addresses(struct boxes *boxes, const struct site *site)
{
    auto_free const struct site_recipient **sorted = mem_alloc((site->n_recipients + 1) * sizeof *sorted);
    struct box *box = NULL;
    for (size_t i = 0; i < site->n_recipients; i++)
        sorted[i] = &site->recipients[i];
    if (site->n_recipients)
        qsort(sorted, site->n_recipients, sizeof *sorted, address_order);
    for (size_t i = 0; i < site->n_recipients; i++) {
        if (!i || strcmp(sorted[i]->address, sorted[i - 1]->address) != 0)
            box = add(boxes, "mail:", sorted[i]->address);
        *vec_push(&box->units) = sorted[i]->unit;
        *vec_push(&boxes->of_units) = (struct box_of_unit){sorted[i]->unit, boxes->list.n - 1};
    }
    if (boxes->of_units.n)
        qsort(boxes->of_units.at, boxes->of_units.n, sizeof *boxes->of_units.at, unit_order);
}

static int channel_order(const void *a, const void *b)
{
    const struct box *x = a, *y = b;
    return strcmp(x->channel, y->channel);
}

static bool is_known(const struct boxes *boxes, const char *channel)
{
    const struct box like = {.channel = channel};
    if (boxes->n_addresses && bsearch(&like, boxes->list.at, boxes->n_addresses, sizeof like, channel_order))
        return true;
    for (size_t i = boxes->n_addresses; i < boxes->list.n; i++)
        if (!strcmp(boxes->list.at[i].channel, channel))
            return true;
    return false;
}

static bool add_forgotten(struct boxes *boxes, struct store *store, struct err *err)
{
    struct channels *missed = channels_missed(store, err);
    for (size_t i = 0; missed && i < missed->n; i++)
        if (!is_known(boxes, missed->list[i].name))
            add(boxes, "", missed->list[i].name);
    channels_free(missed);
    return missed;
}

struct boxes *boxes_new(const struct site *site, struct store *store, struct err *err)
{
    struct boxes *boxes = mem_alloc(sizeof *boxes);
    boxes->arena = arena_new();
    add_addresses(boxes, site);
    boxes->n_addresses = boxes->list.n;
    for (size_t i = 0; i < site->n_webhooks; i++)
        add(boxes, "webhook:", site->webhooks[i].name)->webhook = &site->webhooks[i];
    if (add_forgotten(boxes, store, err))
        return boxes;
    boxes_free(boxes);
    return NULL;
}

void boxes_free(struct boxes *boxes)
{
    if (!boxes)
        return;
    for (size_t i = 0; i < boxes->list.n; i++)
        vec_free(&boxes->list.at[i].units);
    vec_free(&boxes->list);
    vec_free(&boxes->of_units);
    arena_free(boxes->arena);
    mem_free(boxes);
}

/* ---- by office ---- */

const struct box_of_unit *boxes_of(const struct boxes *boxes, const char *unit, size_t *n)
{
    size_t from = 0, to = boxes->of_units.n;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (strcmp(boxes->of_units.at[middle].unit, unit) < 0)
            from = middle + 1;
        else
            to = middle;
    }
    while (to < boxes->of_units.n && !strcmp(boxes->of_units.at[to].unit, unit))
        to++;
    *n = to - from;
    return *n ? &boxes->of_units.at[from] : NULL;
}

static void changed_of(struct boxes *boxes, const char *unit)
{
    size_t n;
    const struct box_of_unit *first = boxes_of(boxes, unit, &n);
    for (size_t i = 0; i < n; i++)
        boxes->list.at[first[i].box].changed = true;
}

void boxes_changed(struct boxes *boxes, const struct alert *alert)
{
    for (size_t i = alert ? boxes->n_addresses : 0; i < boxes->list.n; i++)
        boxes->list.at[i].changed = true;
    if (!alert)
        return;
    changed_of(boxes, alert->unit ? alert->unit : "");
    for (size_t i = 0; alert->also && i < alert->also->n; i++)
        changed_of(boxes, alert->also->at[i]->id);
}
