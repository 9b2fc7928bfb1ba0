#include "base/library.h"

#include <dlfcn.h>
#include <string.h>

/* POSIX's way from an object pointer to a function pointer. */
bool library_find(void *handle, const char *name, void *function)
{
    void *at = dlsym(handle ? handle : RTLD_DEFAULT, name);
    memcpy(function, &at, sizeof at);
    return at != NULL;
}
