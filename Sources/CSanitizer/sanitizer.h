// The doorway to the address sanitizer, for builds with and without one. Its functions are
// weak symbols: absent from an ordinary build, where nothing is called. No logic lives here.
#ifndef TRICOLOR_CSANITIZER_H
#define TRICOLOR_CSANITIZER_H

#include <stdbool.h>
#include <stddef.h>

extern void __asan_poison_memory_region(void const volatile *, size_t) __attribute__((weak));
extern void __asan_unpoison_memory_region(void const volatile *, size_t) __attribute__((weak));
extern void __tsan_acquire(void *) __attribute__((weak));

static inline bool tri_sees_memory(void) { return __asan_poison_memory_region != 0; }
static inline bool tri_sees_threads(void) { return __tsan_acquire != 0; }

static inline void tri_forbid(const void *start, size_t count) {
  if (__asan_poison_memory_region) __asan_poison_memory_region(start, count);
}

static inline void tri_allow(const void *start, size_t count) {
  if (__asan_unpoison_memory_region) __asan_unpoison_memory_region(start, count);
}

#endif
