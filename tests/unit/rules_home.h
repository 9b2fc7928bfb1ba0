/* rules_home: rule texts of a test in a folder of their own, loaded like any others. */
#ifndef HANCHOT_TESTS_RULES_HOME_H
#define HANCHOT_TESTS_RULES_HOME_H

#include "rulebook/rulebook.h"

struct rules_home {
    char path[64];
    struct faults faults;
};

void rules_home_init(struct rules_home *home);
void rules_home_fini(struct rules_home *home);
/* Puts a file "rules/x.lua", "calendars/vn.lua" there. */
void rules_home_put(const struct rules_home *home, const char *name, const char *text);
/* Loads what is there, faults fresh. NULL after faults. */
struct rulebook *rules_home_load(struct rules_home *home);
/* The whole list as it would be printed, without the path in front. */
const char *rules_home_faults(struct rules_home *home);

/* A calendar, an org with units A, B, C and a plan of 2026 to put before rows. */
extern const char rules_home_calendar[];
extern const char rules_home_head[];

#endif
