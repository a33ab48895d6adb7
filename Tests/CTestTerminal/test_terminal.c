#define _GNU_SOURCE
#include "test_terminal.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

enum { LIST = 512 };

static void split(const uint8_t *list, char *strings[LIST]) {
    int count = 0;
    for (char *next = (char *)list; *next && count < LIST - 1; next += strlen(next) + 1)
        strings[count++] = next;
    strings[count] = NULL;
}

/* In the child. Threads of Swift's pools run with nearly all signals blocked, and a
 * child inherits that. */
static void reset_signals(void) {
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    for (int number = 1; number < 32; number++) signal(number, SIG_DFL);
}

static int open_master(int columns, int rows, char name[64]) {
    int master = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (master < 0) return -1;
    struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns};
    if (grantpt(master) || unlockpt(master) || ptsname_r(master, name, 64) ||
        ioctl(master, TIOCSWINSZ, &size)) {
        close(master);
        return -1;
    }
    return master;
}

static void child_on_terminal(const char *name, int input) {
    setsid();
    int terminal = open(name, O_RDWR);
    ioctl(terminal, TIOCSCTTY, 0);
    for (int standard = 0; standard < 3; standard++) dup2(terminal, standard);
    if (terminal > 2) close(terminal);
    if (input == TEST_INPUT_CLOSED) close(0);
    if (input == TEST_INPUT_NULL) {
        int null = open("/dev/null", O_RDONLY);
        dup2(null, 0);
        close(null);
    }
}

int test_spawn(const uint8_t *arguments, const uint8_t *environment, int columns, int rows,
               int input, pid_t *process) {
    char name[64], *argv[LIST], *envp[LIST];
    split(arguments, argv);
    split(environment, envp);
    int master = open_master(columns, rows, name);
    if (master < 0) return -1;
    *process = fork();
    if (*process == 0) {
        reset_signals();
        child_on_terminal(name, input);
        execve(argv[0], argv, envp);
        _exit(127);
    }
    if (*process > 0) return master;
    close(master);
    return -1;
}

int test_run(const uint8_t *arguments, const uint8_t *environment, int errors, uint8_t *output,
             size_t capacity, size_t *length) {
    char *argv[LIST], *envp[LIST];
    split(arguments, argv);
    split(environment, envp);
    int ends[2];
    if (pipe2(ends, O_CLOEXEC)) return -1;
    pid_t process = fork();
    if (process == 0) {
        reset_signals();
        setsid();
        int null = open("/dev/null", O_RDWR);
        dup2(null, 0);
        dup2(ends[1], 1);
        dup2(errors ? ends[1] : null, 2);
        execve(argv[0], argv, envp);
        _exit(127);
    }
    close(ends[1]);
    *length = 0;
    while (process > 0 && *length < capacity) {
        ssize_t count = read(ends[0], output + *length, capacity - *length);
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) break;
        *length += (size_t)count;
    }
    close(ends[0]);
    if (process < 0) return -1;
    int status;
    while (waitpid(process, &status, 0) < 0 && errno == EINTR) {
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

long test_read(int master, uint8_t *bytes, size_t capacity, int milliseconds) {
    struct pollfd wanted = {master, POLLIN, 0};
    if (poll(&wanted, 1, milliseconds) <= 0) return 0;
    ssize_t count = read(master, bytes, capacity);
    return count > 0 ? count : count < 0 && errno == EINTR ? 0 : -1;
}

void test_write(int master, const uint8_t *bytes, size_t length) {
    while (length) {
        ssize_t count = write(master, bytes, length);
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) return;
        bytes += count;
        length -= (size_t)count;
    }
}

void test_resize(int master, int columns, int rows) {
    struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns};
    ioctl(master, TIOCSWINSZ, &size);
}

void test_modes(int master, uint32_t flags[4]) {
    struct termios modes = {0};
    tcgetattr(master, &modes);
    flags[0] = modes.c_iflag;
    flags[1] = modes.c_oflag;
    flags[2] = modes.c_cflag;
    flags[3] = modes.c_lflag;
}

int test_status(pid_t process) {
    int status;
    if (waitpid(process, &status, WNOHANG) != process) return -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

long test_own_folder(uint8_t *path, size_t capacity) {
    ssize_t length = readlink("/proc/self/exe", (char *)path, capacity);
    while (length > 1 && path[length - 1] != '/') length--;
    return length;
}
