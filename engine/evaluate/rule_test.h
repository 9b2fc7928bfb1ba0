/* rule_test: runs one test of a rule file: its facts, its clock, the real rules. */
#ifndef HANCHOT_EVALUATE_RULE_TEST_H
#define HANCHOT_EVALUATE_RULE_TEST_H

#include "evaluate/outlook.h"

/* False: each unmet expectation is a fault at its place, with what was expected and what is. */
MUST_CHECK bool rule_test_run(const struct rulebook *rulebook, const struct rule_test *test,
                              struct faults *faults);

#endif
