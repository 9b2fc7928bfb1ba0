#include "shell/user.h"

#include "base/text.h"

#include <pwd.h>
#include <string.h>

const char *user_name(uid_t uid, char name[USER_SIZE])
{
    char room[4096];
    struct passwd entry, *found = NULL;
    bool known = !getpwuid_r(uid, &entry, room, sizeof room, &found) && found &&
                 strlen(found->pw_name) < USER_SIZE &&
                 utf8_valid(found->pw_name, strlen(found->pw_name), NULL);
    if (known)
        snprintf(name, USER_SIZE, "%s", found->pw_name);
    else
        snprintf(name, USER_SIZE, "uid %u", (unsigned)uid);
    return name;
}
