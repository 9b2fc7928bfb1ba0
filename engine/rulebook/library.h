/* library: what rule code finds besides the words: the allow-list of Lua's functions, some of them our own.
 */
#ifndef HANCHOT_RULEBOOK_LIBRARY_H
#define HANCHOT_RULEBOOK_LIBRARY_H

#include "rulebook/box.h"

void library_open(struct box *box);

#endif
