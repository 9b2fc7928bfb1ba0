/* zip_library: libzip, loaded when a workbook comes and let go after it. It brings OpenSSL along, which would
 * cost every start of every command milliseconds, and the daemon a megabyte, that only workbooks need. */
#ifndef HANCHOT_INTAKE_ZIP_LIBRARY_H
#define HANCHOT_INTAKE_ZIP_LIBRARY_H

#include "base/err.h"

#include <zip.h>

/* What is used of it. */
struct zip_library {
    void *handle;
    __typeof__(zip_fdopen) *open_fd;
    __typeof__(zip_open_from_source) *open_source;
    __typeof__(zip_discard) *discard;
    __typeof__(zip_source_buffer_create) *source_of_bytes;
    __typeof__(zip_source_free) *source_free;
    __typeof__(zip_fopen) *open_part;
    __typeof__(zip_fread) *read_part;
    __typeof__(zip_fclose) *close_part;
};

/* False: it is not installed, ERR_ENV. */
MUST_CHECK bool zip_library_open(struct zip_library *library, struct err *err);
void zip_library_close(struct zip_library *library);

#endif
