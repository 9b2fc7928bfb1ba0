/* propfind: what a WebDAV client wants to know of a link's directory and feeds, and the answer (RFC
 * 4918 9.1, 14.18 to 14.24). Thunderbird adds all feeds of a link with it, with name, colour and for reading
 * only. */
#ifndef HANCHOT_PUBLISH_PROPFIND_H
#define HANCHOT_PUBLISH_PROPFIND_H

#include "base/err.h"
#include "base/text.h"

struct propfind;
/* The body of a request; an empty one asks for all. NULL: no request that can be understood; err says why. */
MUST_CHECK struct propfind *propfind_read(const char *body, size_t n, struct err *err);
void propfind_free(struct propfind *propfind); /* NULL is fine */

struct propfind_entry {
    const char *path;  /* not yet encoded */
    const char *title; /* displayname */
    const char *color; /* "#B22222"; or NULL: a directory */
};
/* A multistatus: begin, the entries, end. */
void propfind_begin(struct text *out);
void propfind_add(const struct propfind *propfind, const struct propfind_entry *entry, struct text *out);
void propfind_end(struct text *out);

#endif
