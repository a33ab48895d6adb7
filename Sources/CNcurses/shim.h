#ifndef TRICOLOR_CNCURSES_SHIM_H
#define TRICOLOR_CNCURSES_SHIM_H

/* What Swift cannot say of curses.h itself: globals, casting macros, variadics.
 * Everything is static inline, so the module has no object file of its own. */

/* The wide-character interface is hidden unless asked for before the first include. */
#ifndef _XOPEN_SOURCE_EXTENDED
#define _XOPEN_SOURCE_EXTENDED 1
#endif
#ifndef NCURSES_WIDECHAR
#define NCURSES_WIDECHAR 1
#endif
/* The function-like macros hide functions of the same name, which Swift imports. */
#define NCURSES_NOMACROS 1

#include <curses.h>
#include <langinfo.h>
#include <locale.h>
#include <stdio.h>
#include <wchar.h>

/* term.h is left out: it defines some five hundred macros with short lower-case names. */
extern NCURSES_EXPORT(int) setupterm(const char *, int, int *);
extern NCURSES_EXPORT(char *) tigetstr(const char *);
extern NCURSES_EXPORT(int) tigetnum(const char *);
extern NCURSES_EXPORT(int) tigetflag(const char *);
extern NCURSES_EXPORT(char *) tiparm(const char *, ...);

/* ---- globals: Swift 6 rejects every C variable as shared mutable state ---- */
static inline WINDOW *tc_stdscr(void) { return stdscr; }
static inline WINDOW *tc_curscr(void) { return curscr; }
static inline int tc_lines(void) { return LINES; }
static inline int tc_columns(void) { return COLS; }
static inline int tc_colors(void) { return COLORS; }
static inline int tc_color_pairs(void) { return COLOR_PAIRS; }

/* newterm, unlike initscr, returns NULL where initscr would end the process.
 * The window's size is asked of the terminal before LINES and COLUMNS, which may be old. */
static inline SCREEN *tc_newterm(const char *term) {
    use_tioctl(TRUE);
    return newterm(term, stdout, stdin);
}

/* ---- attributes: A_* are casting macros, which Swift does not import ------ */
static const attr_t TC_BOLD = A_BOLD;
static const attr_t TC_DIM = A_DIM;
static const attr_t TC_UNDERLINE = A_UNDERLINE;
static const attr_t TC_REVERSE = A_REVERSE;

/* ---- cells ---------------------------------------------------------------- */
/* The pair goes through the last argument, so it is not cut to a short. */
static inline int tc_set_cell(cchar_t *cell, wchar_t character, attr_t attributes, int pair) {
    const wchar_t text[2] = {character, 0};
    return setcchar(cell, text, attributes, (short)(pair > 32767 ? 0 : pair), &pair);
}

/* ---- terminfo ------------------------------------------------------------- */
/* tigetstr says (char *)-1 where a name is not a string capability: NULL for Swift. */
static inline const char *tc_tigetstr(const char *name) {
    char *text = tigetstr((char *)name);
    return text == (char *)-1 ? NULL : text;
}
static inline const char *tc_tiparm(const char *text, int first, int second) {
    return tiparm(text, first, second);
}

/* ---- locale --------------------------------------------------------------- */
/* Hidden by wchar.h unless all of X/Open is asked for. */
extern int wcwidth(wchar_t);
static inline const char *tc_codeset(void) { return nl_langinfo(CODESET); }

#endif
