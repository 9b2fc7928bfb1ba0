#include "ledger/store_sql.h"

#include "base/text.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* The lock belongs to the open file, so it ends with the process whatever ends that. The pid in the file only
 * tells the others whom to ask; without the lock it is stale and means nothing. */
struct store_lock {
    int fd;
};

/* The folder that holds the file; "." for a bare name. */
static void folder_of(const char *path, struct text *folder)
{
    const char *slash = strrchr(path, '/');
    if (!slash)
        text_add(folder, ".");
    else
        text_add_bytes(folder, path, slash == path ? 1 : (size_t)(slash - path));
}

void store_folder_sync(const char *path)
{
    auto_text folder = {0};
    folder_of(path, &folder);
    int fd = open(text_str(&folder), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return;
    (void)fsync(fd); /* some file systems cannot, and need not */
    close(fd);
}

static bool folder_make(const char *path, struct err *err)
{
    struct stat file;
    if (stat(path, &file) == 0 && S_ISDIR(file.st_mode))
        return store_file_failed(path, EISDIR, err);
    auto_text folder = {0};
    folder_of(path, &folder);
    if (mkdir(text_str(&folder), 0750) == 0)
        store_folder_sync(text_str(&folder));
    else if (errno != EEXIST)
        return store_file_failed(path, errno, err);
    return true;
}

/* A link and its target are one database, so they have one lock: the target's. */
static void lock_name(const char *path, struct text *name)
{
    char target[PATH_MAX];
    text_addf(name, "%s.lock", realpath(path, target) ? target : path);
}

static struct flock whole_file(void)
{
    return (struct flock){.l_type = F_WRLCK, .l_whence = SEEK_SET};
}

static int pid_read(int fd)
{
    char text[16] = "";
    if (pread(fd, text, sizeof text - 1, 0) <= 0)
        return 0;
    long pid = strtol(text, NULL, 10);
    return pid > 0 && pid <= INT_MAX ? (int)pid : 0;
}

static bool pid_lives(int pid)
{
    return pid > 0 && (kill(pid, 0) == 0 || errno == EPERM);
}

static bool pid_write(int fd)
{
    char text[16];
    int n = snprintf(text, sizeof text, "%d\n", (int)getpid());
    must(n > 0 && (size_t)n < sizeof text);
    return ftruncate(fd, 0) == 0 && pwrite(fd, text, (size_t)n, 0) == n;
}

static bool held(const char *path, int pid, int *held_by, struct err *err)
{
    *held_by = pid > 0 ? pid : -1;
    if (pid <= 0)
        return err_set(err, ERR_ENV,
                       "%s: một tiến trình khác đang giữ (hanchot serve đang chạy?); hãy dừng nó trước",
                       "%s: held by another process (is hanchot serve running?); stop it first", path);
    return err_set(err, ERR_ENV, "%s: tiến trình %d đang giữ (hanchot serve đang chạy?); hãy dừng nó trước",
                   "%s: held by process %d (is hanchot serve running?); stop it first", path, pid);
}

/* Its owner may have taken the lock and not yet written its pid, or be about to end: look again for a tenth
 * of a second. */
static bool lock_or_tell(int fd, const char *path, int *held_by, struct err *err)
{
    int pid = 0;
    for (int tries = 0; tries < 50; tries++) {
        struct flock lock = whole_file();
        if (fcntl(fd, F_OFD_SETLK, &lock) == 0)
            return pid_write(fd) || store_file_failed(path, errno, err);
        if (errno != EAGAIN && errno != EACCES)
            return store_file_failed(path, errno, err);
        pid = pid_read(fd);
        if (pid_lives(pid))
            break;
        nanosleep(&(struct timespec){.tv_nsec = 2000000}, NULL);
    }
    return held(path, pid, held_by, err);
}

/* Who may read the lock file but not write it (another account of the same group) is still told who holds it.
 */
static bool tell_holder(const char *name, const char *path, int *held_by, struct err *err)
{
    int fd = open(name, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return store_file_failed(path, EACCES, err);
    struct flock lock = whole_file();
    bool taken = fcntl(fd, F_OFD_GETLK, &lock) == 0 && lock.l_type != F_UNLCK;
    int pid = pid_read(fd);
    close(fd);
    return taken ? held(path, pid, held_by, err) : store_file_failed(path, EACCES, err);
}

struct store_lock *store_lock_take(const char *path, int *held_by, struct err *err)
{
    *held_by = 0;
    if (!folder_make(path, err))
        return NULL;
    auto_text name = {0};
    lock_name(path, &name);
    int fd = open(text_str(&name), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0640);
    if (fd < 0) {
        if (errno == EACCES)
            (void)!tell_holder(text_str(&name), path, held_by, err);
        else
            store_file_failed(path, errno, err);
        return NULL;
    }
    if (!lock_or_tell(fd, path, held_by, err)) {
        close(fd);
        return NULL;
    }
    struct store_lock *lock = mem_alloc(sizeof *lock);
    lock->fd = fd;
    return lock;
}

/* The file stays: were it removed, two processes could each hold a lock on a file of that name. */
void store_lock_free(struct store_lock *lock)
{
    if (!lock)
        return;
    (void)!ftruncate(lock->fd, 0);
    close(lock->fd);
    mem_free(lock);
}
