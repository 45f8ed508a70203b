/* One stream's decoder, which the decoding thread may use. */
#ifndef PARLEY_DECODER_H
#define PARLEY_DECODER_H

#include "napi.h"
#include <opus.h>

typedef struct {
  OpusDecoder *opus;
  void *thread;     /* the thread that owns it while `jobs` is not zero */
  uint32_t jobs;    /* its packets that were pushed and whose results were not taken yet */
  bool forgotten;   /* JavaScript has let go of it: freed once the last result is taken */
} Decoder;

KIND(DECODER, 2);

/* One of the decoder's jobs is over. */
void decoder_release(napi_env env, Decoder *decoder);

#endif
