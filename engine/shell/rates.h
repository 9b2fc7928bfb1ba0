/* rates: how often one key, or one link, may ask: a bucket of tokens for each, which holds as much as a
 * minute gives and fills evenly. A client that asks now and then never meets it; a loop that has gone wild
 * does. */
#ifndef HANCHOT_SHELL_RATES_H
#define HANCHOT_SHELL_RATES_H

#include <stdbool.h>
#include <stdint.h>

struct rates;
struct rates *rates_new(void);
void rates_free(struct rates *rates); /* NULL is fine */

/* Whether this one (an id of the ledger's tokens) may ask once more, at so many times a minute (0: any
 * number). now_ms: of a clock that does not go back. *wait_s: seconds after which to ask again, at least 1.
 */
bool rates_allow(struct rates *rates, int64_t id, int per_minute, int64_t now_ms, int *wait_s);

#endif
