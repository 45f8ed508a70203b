/*
 * What the process asks of glibc's malloc. Node's own allocator of JavaScript objects is not concerned.
 *
 * Node takes 64 kB for each read from a socket and gives all but some hundred bytes back: out of the heap these leave holes
 * that nothing fits into, and glibc raises its thresholds automatically until it gives nothing back any more.
 */
#define _GNU_SOURCE
#include "napi.h"
#include <malloc.h>
#include <stdio.h>
#include <sys/mman.h>

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

/*
 * forgetPrograms(): lets go of the pages of programs and libraries that are mapped and that nobody has changed.
 *
 * What is needed again comes back by itself, as a rule from the system's cache and 64 kB at a time. Pages that were changed,
 * as by relocation, exist nowhere else: mappings with even one of them are left alone. Takes some milliseconds.
 */
napi_value memory_forget_programs(napi_env env, napi_callback_info info) {
  (void)env, (void)info;
  FILE *maps = fopen("/proc/self/smaps", "re");
  if (maps == NULL) return NULL;
  char line[512], may[5];
  unsigned long from = 0, to = 0, first, last, inode, changed_kb;
  bool is_program = false;
  while (fgets(line, sizeof line, maps) != NULL) {
    if (sscanf(line, "%lx-%lx %4s %*s %*s %lu", &first, &last, may, &inode) == 4) {
      is_program = inode != 0 && may[1] == '-' && may[3] == 'p';
      from = first;
      to = last;
    } else if (is_program && sscanf(line, "Anonymous: %lu kB", &changed_kb) == 1) {
      if (changed_kb == 0) madvise((void *)from, to - from, MADV_DONTNEED);
      is_program = false;
    }
  }
  fclose(maps);
  return NULL;
}
