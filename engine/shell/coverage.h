/* coverage: what `check` tells of valid rules: how much of each plan stands in them, and what facts no rule
 * matches. */
#ifndef HANCHOT_SHELL_COVERAGE_H
#define HANCHOT_SHELL_COVERAGE_H

#include "base/text.h"
#include "evaluate/outlook.h"
#include "ledger/figures.h"

void coverage_report(const struct outlook *outlook, const struct figures *figures, enum lang lang,
                     struct text *out);

#endif
