/* records: a list of JSON objects as programs read them: one JSON array with an object a line, or CSV (RFC
 * 4180). Private to publish/. */
#ifndef HANCHOT_PUBLISH_RECORDS_H
#define HANCHOT_PUBLISH_RECORDS_H

#include "publish/listing.h"

#include <jansson.h>

struct records {
    enum listing_format format; /* JSON or CSV */
    const char *const *columns; /* of CSV: a key, or the key of an object and one inside it: "source.file" */
    size_t n_columns;
    struct text *out;
    size_t n; /* objects so far */
};

void records_begin(struct records *records);
/* Takes the object. In CSV a list of texts stands in one cell, blanks between them. */
void records_add(struct records *records, json_t *object);
void records_end(const struct records *records);

#endif
