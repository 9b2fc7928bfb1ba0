#include "intake/zip_library.h"

#include <dlfcn.h>
#include <string.h>

/* POSIX's way from an object pointer to a function pointer. */
static bool find(void *handle, const char *name, void *function)
{
    void *at = dlsym(handle, name);
    memcpy(function, &at, sizeof at);
    return at != NULL;
}

bool zip_library_open(struct zip_library *library, struct err *err)
{
    *library = (struct zip_library){.handle = dlopen(LIBZIP, RTLD_NOW | RTLD_LOCAL)};
    void *handle = library->handle;
    bool whole = handle && find(handle, "zip_fdopen", &library->open_fd) &&
                 find(handle, "zip_open_from_source", &library->open_source) &&
                 find(handle, "zip_discard", &library->discard) &&
                 find(handle, "zip_source_buffer_create", &library->source_of_bytes) &&
                 find(handle, "zip_source_free", &library->source_free) &&
                 find(handle, "zip_fopen", &library->open_part) &&
                 find(handle, "zip_fread", &library->read_part) &&
                 find(handle, "zip_fclose", &library->close_part);
    if (whole)
        return true;
    zip_library_close(library);
    return err_set(
        err, ERR_ENV,
        "không nạp được thư viện %s để đọc tệp Excel: cài gói có nó, hoặc lưu tệp dưới dạng CSV UTF-8",
        "cannot load the library %s that reads workbooks: install its package, or save the file as "
        "CSV UTF-8",
        LIBZIP);
}

void zip_library_close(struct zip_library *library)
{
    if (library->handle)
        dlclose(library->handle);
    library->handle = NULL;
}
