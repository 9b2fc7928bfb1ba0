/* user: accounts of this system by their names. */
#ifndef HANCHOT_SHELL_USER_H
#define HANCHOT_SHELL_USER_H

#include <sys/types.h>

enum { USER_SIZE = 64 };
/* The name of an account, or "uid 1000" for one that has none or too strange a one. Gives name. */
const char *user_name(uid_t uid, char name[USER_SIZE]);

#endif
