/* log: what the administrator reads in the journal. Lines carry no time (the journal does) and no secrets.
 *
 * error    something a person must mend; the daemon goes on with what it has
 * warning  something a person should look at, a deadline may be in doubt
 * notice   the daemon's life: started, reloaded, stopped
 * info     one line per change of state (a record, a done)
 * debug    only with HANCHOT_DEBUG set */
#ifndef HANCHOT_BASE_LOG_H
#define HANCHOT_BASE_LOG_H

#include "base/err.h"

enum log_level {
    LOG_LEVEL_ERROR = 3,
    LOG_LEVEL_WARNING = 4,
    LOG_LEVEL_NOTICE = 5,
    LOG_LEVEL_INFO = 6,
    LOG_LEVEL_DEBUG = 7
};

/* One line to stderr, in one write; with its "<n>" prefix where stderr is the journal (JOURNAL_STREAM names
 * it). Control characters, LF too, become blanks. */
void log_line(enum log_level level, const char *format, ...) PRINTF_LIKE(2, 3);
#define log_error(...)   log_line(LOG_LEVEL_ERROR, __VA_ARGS__)
#define log_warning(...) log_line(LOG_LEVEL_WARNING, __VA_ARGS__)
#define log_notice(...)  log_line(LOG_LEVEL_NOTICE, __VA_ARGS__)
#define log_info(...)    log_line(LOG_LEVEL_INFO, __VA_ARGS__)
#define log_debug(...)   log_line(LOG_LEVEL_DEBUG, __VA_ARGS__)

#endif
