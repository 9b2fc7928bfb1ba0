/* coverage: what `check` tells of valid rules: how much of each plan stands in them, and what facts no rule
 * matches. */
#ifndef HANCHOT_SHELL_COVERAGE_H
#define HANCHOT_SHELL_COVERAGE_H

#include "shell/asked.h"

/* Of the files asked for; what no rule matches belongs to none, and is told where all were asked for. */
void coverage_report(const struct world *world, const struct asked *asked, enum lang lang, struct text *out);

#endif
