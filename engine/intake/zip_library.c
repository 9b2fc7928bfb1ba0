#include "intake/zip_library.h"

#include "base/library.h"

#include <dlfcn.h>

bool zip_library_open(struct zip_library *library, struct err *err)
{
    *library = (struct zip_library){.handle = dlopen(LIBZIP, RTLD_NOW | RTLD_LOCAL)};
    void *handle = library->handle;
    bool whole = handle && library_find(handle, "zip_fdopen", &library->open_fd) &&
                 library_find(handle, "zip_open_from_source", &library->open_source) &&
                 library_find(handle, "zip_discard", &library->discard) &&
                 library_find(handle, "zip_source_buffer_create", &library->source_of_bytes) &&
                 library_find(handle, "zip_source_free", &library->source_free) &&
                 library_find(handle, "zip_fopen", &library->open_part) &&
                 library_find(handle, "zip_fread", &library->read_part) &&
                 library_find(handle, "zip_fclose", &library->close_part);
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
