#ifndef TRICOLOR_TERMINAL_GUARD_H
#define TRICOLOR_TERMINAL_GUARD_H

#include <stddef.h>
#include <stdint.h>

/* What must be C because it runs inside signal handlers, and the few system
 * calls beside it. One terminal at a time; call from one thread. */

/* ---- guard.c: giving the terminal back ------------------------------------ */

/* Takes over the signals of a full-screen program and remembers the modes of
 * `tty`. 0, or -1 when a guard is up already or a pipe cannot be made.
 * Signals that were ignored stay ignored (nohup). */
int guard_begin(int tty);
/* Puts all handlers back. */
void guard_end(void);

/* From now until guard_disarm: when a signal or exit() ends the process, write
 * `sequence` to `output`, put the modes back, show the captured standard error,
 * and die as if nobody had looked. Call again to change the sequence. */
int guard_arm(int output, const uint8_t *sequence, size_t length);
void guard_disarm(void);

/* Readable when guard_next_signal has news. */
int guard_signal_descriptor(void);
/* SIGWINCH, SIGTSTP or SIGCONT, in order of arrival; 0 when there is none. */
int guard_next_signal(void);

/* Stops as SIGTSTP does by default and returns once continued: the whole process
 * group, as the terminal driver does for a typed Ctrl-Z, or only this process. */
void guard_stop(int whole_group);

/* Standard error goes to memory while the screen is up; only if it is a terminal. */
int guard_capture_errors(void);
void guard_show_errors(void);

/* ---- terminal.c: system calls ---------------------------------------------- */

/* The window's size by ioctl; -1 when the terminal does not know it. */
int terminal_size(int tty, int *columns, int *rows);
/* A descriptor to read keys from, closed on exec: standard input if it is the
 * terminal of `output`, else the controlling terminal, else `output`. -1: none. */
int terminal_open_input(int output);
/* Started in the background (`program &`): stops here until it is brought forward, before
 * it mistakes the shell's line editing modes for the modes to give back. */
void terminal_await_foreground(int tty);
/* After curses' raw(): Ctrl-\ still ends a program that does not answer; all other
 * keys are input. */
void terminal_keep_quit_key(int tty);

enum {
    TERMINAL_INPUT = 1,  /* bytes to read */
    TERMINAL_SIGNAL = 2, /* guard_next_signal has news */
    TERMINAL_HANGUP = 4, /* the terminal went away */
};
/* Waits; milliseconds < 0: for ever. Bits of the above, 0 for time-out or interruption. */
int terminal_wait(int input, int signals, int milliseconds);
/* Bytes read; 0 for now nothing; -1 at the end of input. */
long terminal_read(int input, uint8_t *bytes, size_t capacity);
void terminal_write(int output, const uint8_t *bytes, size_t length);

/* Milliseconds of a clock that only goes forward. */
int64_t terminal_milliseconds(void);

#endif
