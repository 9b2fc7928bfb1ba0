/* table: text for a terminal in UTF-8 columns: aligned tables and wrapped paragraphs. Private to publish/.
 *
 * Lines break at blanks, inside a word only where it alone is wider than its line. A no-break space (U+00A0)
 * holds two words together and is written as a blank. Lines end without blanks. */
#ifndef HANCHOT_PUBLISH_TABLE_H
#define HANCHOT_PUBLISH_TABLE_H

#include "base/text.h"

#define NO_BREAK "\xc2\xa0"

enum table_fit {
    TABLE_FIXED, /* as wide as its widest cell, but at most `most` (0: no limit) where the width is limited */
    TABLE_FLEXIBLE, /* takes what the others leave, never less than TABLE_LEAST */
};
#define TABLE_LEAST 20

struct table;
struct table *table_new(void);
void table_free(struct table *table);
/* All columns first; then the cells, row by row (NULL: empty). A column without any text is not shown. */
void table_column(struct table *table, const char *title, enum table_fit fit, size_t most);
void table_cell(struct table *table, const char *text);
/* Title line and rows. width 0: unlimited. */
void table_write(const struct table *table, size_t width, struct text *out);

/* The text in lines of at most `width` columns (0: unlimited), the first after `indent` blanks, the others
 * after `hang`. */
void table_paragraph(struct text *out, const char *text, size_t indent, size_t hang, size_t width);

#endif
