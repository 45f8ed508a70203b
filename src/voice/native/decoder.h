/* One stream's decoder, which the decoding thread may have. */
#ifndef PARLEY_DECODER_H
#define PARLEY_DECODER_H

#include "napi.h"
#include <opus.h>

typedef struct {
  OpusDecoder *opus;
  void *thread;     /* that has it, while `jobs` is not zero */
  uint32_t jobs;    /* packets of its that were pushed and whose results were not taken: it is the thread's meanwhile */
  bool forgotten;   /* JavaScript has let go of it: freed once the last result is taken */
} Decoder;

KIND(DECODER, 2);

/* A job of its is over. */
void decoder_release(napi_env env, Decoder *decoder);

#endif
