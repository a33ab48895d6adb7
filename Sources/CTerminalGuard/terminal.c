#define _GNU_SOURCE
#include "terminal_guard.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

int terminal_size(int tty, int *columns, int *rows) {
    struct winsize size;
    if (ioctl(tty, TIOCGWINSZ, &size) || !size.ws_row || !size.ws_col) return -1;
    *columns = size.ws_col;
    *rows = size.ws_row;
    return 0;
}

static int is_same_terminal(int one, int other) {
    struct stat a, b;
    return isatty(one) && isatty(other) && !fstat(one, &a) && !fstat(other, &b) &&
           a.st_rdev == b.st_rdev;
}

static int is_readable(int descriptor) {
    int mode = fcntl(descriptor, F_GETFL);
    return mode >= 0 && (mode & O_ACCMODE) != O_WRONLY;
}

int terminal_open_input(int output) {
    if (is_same_terminal(STDIN_FILENO, output) && is_readable(STDIN_FILENO))
        return fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3);
    int low = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);
    if (low < 0) return is_readable(output) ? fcntl(output, F_DUPFD_CLOEXEC, 3) : -1;
    /* Where standard input is closed, open() has just taken its place. */
    int high = fcntl(low, F_DUPFD_CLOEXEC, 3);
    close(low);
    return high;
}

void terminal_await_foreground(int tty) {
    pid_t group = tcgetpgrp(tty);
    if (group >= 0 && group != getpgrp()) kill(0, SIGTTOU);
}

void terminal_keep_quit_key(int tty) {
    struct termios modes;
    if (tcgetattr(tty, &modes)) return;
    /* Not NOFLSH, and the kernel would throw away what is on its way to the screen when the key is
     * pressed, after it has sent the signal: the restore sequence, if we are quick. */
    modes.c_lflag |= ISIG | NOFLSH;
    modes.c_cc[VINTR] = modes.c_cc[VSUSP] = _POSIX_VDISABLE;
    tcsetattr(tty, TCSANOW, &modes);
}

int terminal_wait(int input, int signals, int milliseconds) {
    struct pollfd wanted[2] = {{input, POLLIN, 0}, {signals, POLLIN, 0}};
    if (poll(wanted, 2, milliseconds) <= 0) return 0;
    int found = 0;
    if (wanted[0].revents & POLLIN) found |= TERMINAL_INPUT;
    if (wanted[0].revents & (POLLHUP | POLLERR | POLLNVAL)) found |= TERMINAL_HANGUP;
    if (wanted[1].revents & POLLIN) found |= TERMINAL_SIGNAL;
    return found;
}

long terminal_read(int input, uint8_t *bytes, size_t capacity) {
    ssize_t count = read(input, bytes, capacity);
    if (count > 0) return count;
    return count < 0 && (errno == EINTR || errno == EAGAIN) ? 0 : -1;
}

/* Also called from handlers: async-signal-safe. */
void terminal_write(int output, const uint8_t *bytes, size_t length) {
    while (length) {
        ssize_t count = write(output, bytes, length);
        if (count < 0 && errno == EINTR) continue;
        if (count < 0 && errno == EAGAIN) {
            struct pollfd room = {output, POLLOUT, 0};
            if (poll(&room, 1, 1000) > 0) continue;
        }
        if (count <= 0) return;
        bytes += count;
        length -= (size_t)count;
    }
}

int64_t terminal_milliseconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}
