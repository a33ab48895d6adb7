// What Swift has no word for: hints to the processor, and many bytes looked at together. No logic lives here.
#ifndef TRICOLOR_CPROCESSOR_H
#define TRICOLOR_CPROCESSOR_H

#include <stdint.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

// Asks for the line of the cache that holds the address; harmless wherever that is.
static inline void tri_fetch(const void *address) { __builtin_prefetch(address, 0, 3); }

// A bit for each of 64 bytes, the first one lowest: whether it equals `byte`. The bytes stand at a multiple of
// 16, and may change meanwhile: each is then seen as it was or as it is.
static inline uint64_t tri_bytes_equal(const void *bytes, uint8_t byte) {
#ifdef __SSE2__
  const __m128i *quarters = (const __m128i *)bytes, pattern = _mm_set1_epi8((char)byte);
  uint64_t mask = 0;
  for (int quarter = 0; quarter < 4; quarter++) {
    __m128i equal = _mm_cmpeq_epi8(_mm_load_si128(quarters + quarter), pattern);
    mask |= (uint64_t)(uint32_t)_mm_movemask_epi8(equal) << (16 * quarter);
  }
  return mask;
#else
  const uint8_t *each = (const uint8_t *)bytes;
  uint64_t mask = 0;
  for (int index = 0; index < 64; index++) {
    mask |= (uint64_t)(__atomic_load_n(each + index, __ATOMIC_RELAXED) == byte) << index;
  }
  return mask;
#endif
}

#endif
