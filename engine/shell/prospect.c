#include "shell/prospect.h"

#include <stdlib.h>
#include <string.h>

static int row_order(const void *a, const void *b)
{
    const struct row *x = a, *y = b;
    int order = strcmp(x->unit, y->unit);
    if (!order && x->alert->due != y->alert->due)
        order = x->alert->due < y->alert->due ? -1 : 1;
    return order ? order : (x->alert > y->alert) - (x->alert < y->alert);
}

void rows_make(struct rows *rows, const struct alert *alerts, size_t n)
{
    rows->list.n = rows->at = 0;
    for (size_t i = 0; i < n; i++) {
        const struct alert *alert = &alerts[i];
        *vec_push(&rows->list) = (struct row){alert->unit ? alert->unit : "", alert, NULL};
        for (size_t j = 0; alert->also && j < alert->also->n; j++)
            *vec_push(&rows->list) = (struct row){alert->also->at[j]->id, alert, NULL};
    }
    if (rows->list.n)
        qsort(rows->list.at, rows->list.n, sizeof *rows->list.at, row_order);
}

bool prospect_turned(const struct alerts *alerts, const char *key, enum alert_state was,
                     struct turned *turned)
{
    const struct alert *alert = alerts_find(alerts, key);
    *turned = (struct turned){key, alert ? alert->state : ALERT_RESOLVED};
    return !alert || (alert->state != was && alert->state != ALERT_OPEN);
}

struct prospect *prospect_new(const struct prospect_wanted *wanted, const struct outlook *outlook)
{
    struct prospect *prospect = mem_alloc(sizeof *prospect);
    const struct alerts *former = wanted->former;
    struct turned turned;
    prospect->alerts = alerts_new(outlook, NULL, wanted->replies, NULL, wanted->now, &wanted->settings, NULL);
    rows_make(&prospect->deadlines, prospect->alerts->deadlines, prospect->alerts->n_deadlines);
    for (size_t i = 0; former && i < former->n_deadlines; i++)
        if (prospect_turned(prospect->alerts, former->deadlines[i].key, former->deadlines[i].state, &turned))
            *vec_push(&prospect->turned) = turned;
    return prospect;
}

void prospect_free(struct prospect *prospect)
{
    if (!prospect)
        return;
    alerts_free(prospect->alerts);
    vec_free(&prospect->deadlines.list);
    vec_free(&prospect->turned);
    mem_free(prospect);
}
