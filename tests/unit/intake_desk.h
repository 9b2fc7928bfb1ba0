/* intake_desk: a ledger and a few rules, into which a test hands files of figures. */
#ifndef HANCHOT_TESTS_INTAKE_DESK_H
#define HANCHOT_TESTS_INTAKE_DESK_H

#include "intake/intake.h"
#include "ledger_home.h"
#include "rules_home.h"

struct intake_desk {
    struct home *home;
    struct rules_home rules;
    struct rulebook *rulebook;
    int taken; /* files so far: each a minute later than the one before */
    struct text report;
};

/* cmocka's setup and teardown. Units hp/A, hp/B, hp/C; the metrics are those of tests/intake/rules.lua. */
int intake_desk_setup(void **state);
int intake_desk_teardown(void **state);
#define INTAKE_DESK(test) cmocka_unit_test_setup_teardown(test, intake_desk_setup, intake_desk_teardown)
/* A new, empty ledger. */
void intake_desk_empty(struct intake_desk *desk);

/* Takes bytes in; options are words: "partial", "restore", "dry-run", "org=hp". Gives the report in English:
 * refusals, then counts and corrections; good until the next call. */
const char *intake_desk_take(struct intake_desk *desk, const char *bytes, size_t n, const char *options);
/* "hp/A metric period value, note" by key, one line each, of the last values; the caller frees. */
char *intake_desk_ledger(struct intake_desk *desk);

#endif
