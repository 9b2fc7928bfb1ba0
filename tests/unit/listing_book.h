/* listing_book: a small plan of ten offices, made by hand, and what is told of it until 20/11/2026, for the
 * tests of listings. */
#ifndef HANCHOT_TESTS_LISTING_BOOK_H
#define HANCHOT_TESTS_LISTING_BOOK_H

#include "evaluate/outlook.h"

enum { PV01, PC06, PC07, X1, X2, X3, X4, X5, X6, X7, BCA, UNITS };
enum { SECTION, MONTHLY, MODEL, PLAN_OF_UNIT, LOST, PUBLICITY, STANDING, COUNTER, YEARLY, ITEMS };

struct book {
    struct arena *arena;
    struct org org;
    struct unit units[UNITS];
    const struct unit *all[UNITS], *offices[UNITS - 1], *reporting[UNITS - 2];
    struct group commune;
    struct event event;
    struct trigger trigger;
    struct metric online, eligible;
    struct item items[ITEMS], old_item;
    struct duty duties[12], old_duty;
    const struct metric *top[1], *bottom[1];
    struct kpi kpis[2];
    const struct kpi *kpi_of_row[1];
    const struct item *also[1];
    struct plan plans[2];
    struct rulebook rulebook;
    struct facts facts;
    struct outlook *outlook;
};

struct book *book_new(void);
void book_free(struct book *book);
/* For a group of tests: *state is a book. */
int book_setup(void **state);
int book_teardown(void **state);

#endif
