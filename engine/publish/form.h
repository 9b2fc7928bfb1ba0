/* form: what a browser sends of an HTML form (application/x-www-form-urlencoded, as the WHATWG URL standard
 * writes it). */
#ifndef HANCHOT_PUBLISH_FORM_H
#define HANCHOT_PUBLISH_FORM_H

#include "base/err.h"

#include <stddef.h>

#define FORM_FIELDS_MOST 512
struct form;
/* NULL: badly encoded, not UTF-8, a control character other than a line's end, or too many fields
 * (ERR_INPUT). The body is not needed afterwards. */
MUST_CHECK struct form *form_read(const char *body, size_t n, struct err *err);
void form_free(struct form *form); /* NULL is fine */

/* The first field of that name without blanks at its ends, or "" where there is none. */
const char *form_text(const struct form *form, const char *name);
/* The i-th field of that name, or NULL: of check boxes. */
const char *form_nth(const struct form *form, const char *name, size_t i);

#endif
