#include "intake/intake_work.h"

#include <string.h>

static size_t place_of(const struct names *names, const char *text)
{
    size_t place = hash_text(HASH_START, text) & (names->cap - 1);
    while (names->slots[place].text && strcmp(names->slots[place].text, text) != 0)
        place = (place + 1) & (names->cap - 1);
    return place;
}

static void widen(struct names *names)
{
    struct names wider = {.cap = names->cap ? 2 * names->cap : 64};
    wider.slots = mem_alloc(wider.cap * sizeof *wider.slots);
    for (size_t i = 0; i < names->cap; i++)
        if (names->slots[i].text)
            wider.slots[place_of(&wider, names->slots[i].text)] = names->slots[i];
    wider.n = names->n;
    mem_free(names->slots);
    *names = wider;
}

void names_add(struct names *names, const char *text, uint32_t number)
{
    if (2 * (names->n + 1) > names->cap)
        widen(names);
    size_t place = place_of(names, text);
    names->n += !names->slots[place].text;
    names->slots[place].text = text;
    names->slots[place].number = number;
}

bool names_find(const struct names *names, const char *text, uint32_t *number)
{
    if (names->cap == 0)
        return false;
    size_t place = place_of(names, text);
    if (names->slots[place].text)
        *number = names->slots[place].number;
    return names->slots[place].text != NULL;
}

void names_fini(struct names *names)
{
    mem_free(names->slots);
    *names = (struct names){0};
}
