/* library: shared libraries that are loaded only when they are needed. */
#ifndef HANCHOT_BASE_LIBRARY_H
#define HANCHOT_BASE_LIBRARY_H

#include <stdbool.h>

/* Finds a function; `function` is the address of a pointer to it. handle: dlopen's, or NULL for all that this
 * program has loaded for everybody. False: it is not there. */
bool library_find(void *handle, const char *name, void *function);

#endif
