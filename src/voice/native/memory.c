/*
 * What the process asks of glibc's malloc. Node's own allocator of JavaScript objects is not concerned.
 *
 * Node takes 64 kB for each read from a socket and gives all but some hundred bytes back: out of the heap these leave holes
 * that nothing fits into, and glibc raises its thresholds automatically until it gives nothing back any more.
 */
#include "napi.h"
#include <malloc.h>

enum { MMAP_FROM_BYTES = 1 << 16, TRIM_FROM_BYTES = 1 << 17 };

/* spareMemory(): from now on large pieces come from the system and go back to it. */
napi_value memory_spare(napi_env env, napi_callback_info info) {
  (void)env, (void)info;
  mallopt(M_MMAP_THRESHOLD, MMAP_FROM_BYTES);
  mallopt(M_TRIM_THRESHOLD, TRIM_FROM_BYTES);
  return NULL;
}

/* trimMemory(): gives free pages back, also those between pieces in use. Takes some milliseconds. */
napi_value memory_trim(napi_env env, napi_callback_info info) {
  (void)env, (void)info;
  malloc_trim(0);
  return NULL;
}
