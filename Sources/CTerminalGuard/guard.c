#define _GNU_SOURCE
#include "terminal_guard.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <termios.h>
#include <unistd.h>

/* Signals that become news on a pipe. */
static const int news[] = {SIGWINCH, SIGTSTP, SIGCONT};
/* Signals that end the process, by someone's wish or by our own fault. */
static const int fatal[] = {
    SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGPIPE, SIGALRM, SIGUSR1, SIGUSR2, SIGXCPU,
    SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGFPE, SIGABRT,
};
enum { NEWS = sizeof news / sizeof *news, FATAL = sizeof fatal / sizeof *fatal };

static struct sigaction news_before[NEWS], fatal_before[FATAL];
static int is_up;
static int pipe_read = -1, pipe_write = -1;
static int terminal = -1, output = -1;
static struct termios modes;
static int has_modes;
static int saved_error = -1, error_file = -1;
static void *signal_stack;

/* Read by handlers. `armed` is set last and cleared first. */
static volatile sig_atomic_t armed;
static uint8_t sequence[512];
static size_t sequence_length;

/* ---- inside handlers: only async-signal-safe calls ------------------------- */

static void copy_errors(void) {
    uint8_t bytes[1024];
    off_t at = 0;
    ssize_t count;
    while ((count = pread(error_file, bytes, sizeof bytes, at)) > 0) {
        terminal_write(STDERR_FILENO, bytes, (size_t)count);
        at += count;
    }
}

/* Whether the terminal is ours to change: not when a shell put us in the background. */
static int is_foreground(void) {
    pid_t group = tcgetpgrp(output);
    return group < 0 || group == getpgrp();
}

static void give_back(void) {
    if (!armed) return;
    armed = 0; /* a second signal while we write ends the process at once */
    if (is_foreground()) {
        terminal_write(output, sequence, sequence_length);
        if (has_modes) tcsetattr(terminal, TCSANOW, &modes);
    }
    if (saved_error >= 0) {
        dup2(saved_error, STDERR_FILENO);
        copy_errors();
    }
}

static void on_news(int signal) {
    int error = errno;
    uint8_t byte = (uint8_t)signal;
    ssize_t written = write(pipe_write, &byte, 1); /* full: a wake-up is due anyway */
    (void)written;
    errno = error;
}

static void on_fatal(int signal, siginfo_t *info, void *context) {
    (void)context;
    give_back();
    for (int i = 0; i < FATAL; i++) {
        if (fatal[i] == signal) sigaction(signal, &fatal_before[i], NULL);
    }
    /* A fault runs again and meets the handler before us (Swift's backtracer) or
     * the default; what was sent has to be sent again. */
    if (info && info->si_code > 0 && info->si_code != SI_KERNEL) return;
    raise(signal);
}

/* ---- outside handlers ------------------------------------------------------ */

/* A stack overflow leaves no room for a handler on the same stack. */
static void provide_signal_stack(void) {
    stack_t now;
    if (sigaltstack(NULL, &now) || !(now.ss_flags & SS_DISABLE)) return;
    stack_t stack = {.ss_size = 64 * 1024};
    if (!signal_stack) signal_stack = malloc(stack.ss_size);
    if (!signal_stack) return;
    stack.ss_sp = signal_stack;
    sigaltstack(&stack, NULL);
}

static void take_over(const int *signals, struct sigaction *before, int count,
                      const struct sigaction *action) {
    sigset_t ours;
    sigemptyset(&ours);
    for (int i = 0; i < count; i++) {
        sigaction(signals[i], NULL, &before[i]);
        sigaddset(&ours, signals[i]);
        if (before[i].sa_handler == SIG_IGN && signals[i] != SIGWINCH) continue;
        sigaction(signals[i], action, NULL);
    }
    /* Whoever started us may have left them blocked. */
    pthread_sigmask(SIG_UNBLOCK, &ours, NULL);
}

int guard_begin(int tty) {
    if (is_up) return -1;
    int ends[2];
    if (pipe2(ends, O_CLOEXEC | O_NONBLOCK)) return -1;
    pipe_read = ends[0];
    pipe_write = ends[1];
    terminal = tty;
    has_modes = tcgetattr(tty, &modes) == 0;
    provide_signal_stack();
    struct sigaction tell = {.sa_handler = on_news, .sa_flags = SA_RESTART};
    sigfillset(&tell.sa_mask);
    take_over(news, news_before, NEWS, &tell);
    struct sigaction die = {.sa_sigaction = on_fatal, .sa_flags = SA_SIGINFO | SA_ONSTACK};
    sigemptyset(&die.sa_mask);
    take_over(fatal, fatal_before, FATAL, &die);
    static int at_exit;
    if (!at_exit) at_exit = atexit(give_back) == 0;
    is_up = 1;
    return 0;
}

void guard_end(void) {
    if (!is_up) return;
    armed = 0;
    for (int i = 0; i < NEWS; i++) sigaction(news[i], &news_before[i], NULL);
    for (int i = 0; i < FATAL; i++) sigaction(fatal[i], &fatal_before[i], NULL);
    close(pipe_read);
    close(pipe_write);
    pipe_read = pipe_write = -1;
    is_up = 0;
}

int guard_arm(int to, const uint8_t *bytes, size_t length) {
    if (length > sizeof sequence) return -1;
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before); /* the sequence changes as a whole */
    memcpy(sequence, bytes, length);
    sequence_length = length;
    output = to;
    armed = 1;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return 0;
}

void guard_disarm(void) { armed = 0; }

int guard_signal_descriptor(void) { return pipe_read; }

int guard_next_signal(void) {
    uint8_t byte;
    return read(pipe_read, &byte, 1) == 1 ? byte : 0;
}

void guard_stop(int whole_group) {
    struct sigaction stop = {.sa_handler = SIG_DFL}, ours;
    sigaction(SIGTSTP, &stop, &ours);
    if (whole_group) kill(0, SIGTSTP);
    else raise(SIGTSTP);
    sigaction(SIGTSTP, &ours, NULL);
}

int guard_capture_errors(void) {
    if (saved_error >= 0 || !isatty(STDERR_FILENO)) return 0; /* 2>file stays as it is */
    error_file = memfd_create("standard error", MFD_CLOEXEC);
    if (error_file < 0) return -1;
    fcntl(error_file, F_SETFL, fcntl(error_file, F_GETFL) | O_APPEND);
    saved_error = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3);
    dup2(error_file, STDERR_FILENO);
    return 0;
}

void guard_show_errors(void) {
    if (saved_error < 0) return;
    dup2(saved_error, STDERR_FILENO);
    copy_errors();
    close(saved_error);
    close(error_file);
    saved_error = error_file = -1;
}
