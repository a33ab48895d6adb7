// What Swift has no word for: hints to the processor. No logic lives here.
#ifndef TRICOLOR_CPROCESSOR_H
#define TRICOLOR_CPROCESSOR_H

// Asks for the line of the cache that holds the address; harmless wherever that is.
static inline void tri_fetch(const void *address) { __builtin_prefetch(address, 0, 3); }

// The same for a line that is about to be written.
static inline void tri_fetch_to_write(const void *address) { __builtin_prefetch(address, 1, 3); }

#endif
