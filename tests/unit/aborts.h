#ifndef HANCHOT_TESTS_ABORTS_H
#define HANCHOT_TESTS_ABORTS_H

#include <stdbool.h>

/* Whether the act ends the program by abort(), tried in a child. */
bool aborts(void (*act)(void));

#endif
