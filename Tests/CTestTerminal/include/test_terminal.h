#ifndef TRICOLOR_TEST_TERMINAL_H
#define TRICOLOR_TEST_TERMINAL_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/* Starting programs for tests. fork() is closed to Swift, and Foundation's Process
 * hands its children a signal mask with nearly everything blocked.
 *
 * `arguments` and `environment` are strings one after another, each ended by a zero,
 * and the list by an empty one. arguments[0] is the path of the program. */

enum {
    TEST_INPUT_TERMINAL,
    TEST_INPUT_CLOSED,
    TEST_INPUT_NULL,
};

/* Starts a program on a new pseudo-terminal, as leader of a session of its own.
 * The terminal's master side, or -1. */
int test_spawn(const uint8_t *arguments, const uint8_t *environment, int columns, int rows,
               int input, pid_t *process);

/* Runs a program to its end without a terminal; what it wrote is in `output`, its errors
 * are there too if `errors` says so. Exit status, or 128 + signal, or -1. */
int test_run(const uint8_t *arguments, const uint8_t *environment, int errors, uint8_t *output,
             size_t capacity, size_t *length);

/* Bytes read within `milliseconds`; 0: none; -1: the other side is gone. */
long test_read(int master, uint8_t *bytes, size_t capacity, int milliseconds);
void test_write(int master, const uint8_t *bytes, size_t length);

/* Resizes the terminal; the kernel sends SIGWINCH. */
void test_resize(int master, int columns, int rows);
/* The terminal's mode flags: input, output, control, local. */
void test_modes(int master, uint32_t flags[4]);

/* Exit status, 128 + signal once the program is gone, or -1 while it lives. */
int test_status(pid_t process);

/* The folder of this program. Length, or -1. */
long test_own_folder(uint8_t *path, size_t capacity);

#endif
