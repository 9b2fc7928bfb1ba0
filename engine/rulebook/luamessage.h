/* luamessage: Lua's own messages in plain words, with what to do about it; the original follows in brackets.
 */
#ifndef HANCHOT_RULEBOOK_LUAMESSAGE_H
#define HANCHOT_RULEBOOK_LUAMESSAGE_H

#include "base/text.h"

/* `message` has no "file:line: " in front. A text that is none of Lua's is added as it is. */
void luamessage_add(struct text *out, enum lang lang, const char *message);
/* The token of "… near 'token'", without quotes, and its length; NULL where there is none or it is the end of
 * the file. */
const char *luamessage_near(const char *message, size_t *n);

#endif
