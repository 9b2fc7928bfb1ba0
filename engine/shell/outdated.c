#include "shell/outdated.h"

#include "ledger/letters.h"
#include "shell/posting.h"
#include "shell/telling.h"

#include <stdlib.h>
#include <string.h>

enum { REFUSED_DAYS = 30 };

bool parcel_is_digest(const char *head)
{
    return !strncmp(head, "digest:", 7);
}

/* Whether what is open in a letter is told by a parcel. */
struct question {
    const struct daemon *daemon;
    VEC(const char *) told; /* keys of the parcel, by strcmp */
    size_t asked;
};

static int text_order(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void question_of(struct question *question, const struct parcel *parcel)
{
    question->told.n = 0;
    for (size_t i = 0; i < parcel->list.n; i++)
        *vec_push(&question->told) = parcel->list.at[i]->key;
    if (question->told.n)
        qsort(question->told.at, question->told.n, sizeof *question->told.at, text_order);
}

static bool is_settled(void *data, const char *key)
{
    struct question *question = data;
    question->asked++;
    if (question->told.n &&
        bsearch(&key, question->told.at, question->told.n, sizeof *question->told.at, text_order))
        return true;
    return !telling_is_open(question->daemon, key);
}

static bool all_settled(const struct letter *letter, struct question *question, struct err *err)
{
    bool all;
    return letter_all(question->daemon->store, letter->notice, is_settled, question, &all, err) && all;
}

static void add(struct outdated_list *out, struct letter *letter, size_t newer)
{
    *vec_push(&out->list) = (struct outdated){letter->notice, newer};
    letter->notice = 0;
}

/* A day's overview is replaced by another one only. */
static void replaced(const struct letters *letters, const struct outdated_look *look, size_t place,
                     struct question *question, struct outdated_list *out, struct err *err)
{
    const struct parcel *parcel = &look->parcels[place];
    question_of(question, parcel);
    for (size_t i = 0; i < letters->n; i++) {
        struct letter *letter = &letters->list[i];
        if (letter->notice && letter->told_at < look->before &&
            (parcel_is_digest(parcel->head) || !parcel_is_digest(letter->alert)) &&
            all_settled(letter, question, err))
            add(out, letter, place);
    }
}

static bool has_open(const struct daemon *daemon, const struct box *box)
{
    struct alert_choice choice = {0};
    for (size_t i = 0; i < box->units.n && !choice.list.n; i++)
        telling_open(daemon, box->units.at[i], &choice);
    bool any = choice.list.n;
    vec_free(&choice.list);
    return any;
}

static void ended(const struct letters *letters, const struct outdated_look *look, struct question *question,
                  struct outdated_list *out, struct err *err)
{
    question->told.n = 0;
    for (size_t i = 0; i < letters->n; i++) {
        struct letter *letter = &letters->list[i];
        if (letter->notice && !letter->resent && all_settled(letter, question, err) &&
            (!parcel_is_digest(letter->alert) || !has_open(look->daemon, look->box)))
            add(out, letter, OUTDATED_BY_NOTHING);
    }
}

size_t outdated_look(const struct outdated_look *look, struct outdated_list *out, struct err *err)
{
    struct question question = {.daemon = look->daemon};
    int64_t refused_after = daemon_now(look->daemon) - (int64_t)REFUSED_DAYS * 86400;
    struct letters *letters = letters_to(look->daemon->store, look->box->channel, refused_after, err);
    for (size_t i = look->n; letters && letters->n && i-- > look->first;)
        if (look->parcels[i].box == look->box)
            replaced(letters, look, i, &question, out, err);
    if (letters && look->ended)
        ended(letters, look, &question, out, err);
    size_t asked = 1 + question.asked + (letters ? letters->n : 0);
    letters_free(letters);
    vec_free(&question.told);
    return asked;
}
