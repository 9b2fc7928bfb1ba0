/* bench: a box with a few words, to try rule code on. */
#ifndef HANCHOT_TESTS_BENCH_H
#define HANCHOT_TESTS_BENCH_H

#include "base/text.h"
#include "rulebook/box.h"

struct bench {
    struct box *box;
    struct faults faults;
    struct text shown; /* what show() and where() were given */
    unsigned ticks;
};

/* A locked box with the words
 *   show(…)             notes its arguments as tostring has them, with blanks between, then a comma
 *   where()             notes "file:line" of its caller
 *   inner(NAME, TEXT)   runs another file, as include does; whether it ran
 *   keep(FUNCTION)      puts it into the registry as "kept"
 *   refuse()            raises an error
 *   tick()              counts its calls
 *   value               a string
 * and task, report, section, plan, kpi, part, every, by, ratio, api, which take anything. */
void bench_open(struct bench *bench, enum lang lang, const struct box_limits *limits);
/* Fails where something was left on Lua's stack. */
void bench_close(struct bench *bench);

/* Runs the text as rules/x.lua. */
MUST_CHECK bool bench_run(struct bench *bench, const char *source);
/* All faults as they are printed. The caller frees. */
char *bench_told(const struct bench *bench);

#endif
