/*
 * Opus packets into samples that lie where the caller wants them.
 *
 * libopus is compiled in, for this very processor: scripts/build-native.ts says from which sources.
 */
#include "decoder.h"
#include <stdlib.h>

enum { LONGEST = 1 << 16 /* bytes of a packet: more than fits into any datagram */, MOST_SAMPLES = 5760 /* 120 ms at 48 kHz */ };

/* Tells the garbage collector that a decoder is larger than the object it sees. */
static void weigh(napi_env env, int sign) {
  int64_t all;
  napi_adjust_external_memory(env, sign * opus_decoder_get_size(1), &all);
}

static void destroy(napi_env env, Decoder *decoder) {
  opus_decoder_destroy(decoder->opus);
  free(decoder);
  weigh(env, -1);
}

static void decoder_free(napi_env env, void *data, void *hint) {
  (void)hint;
  Decoder *decoder = data;
  decoder->forgotten = true;
  if (decoder->jobs == 0) destroy(env, decoder);
}

void decoder_release(napi_env env, Decoder *decoder) {
  if (--decoder->jobs == 0 && decoder->forgotten) destroy(env, decoder);
}

/* createDecoder(sampleRateHz: number): one stream's decoder, which averages two channels into one. */
napi_value decoder_create(napi_env env, napi_callback_info info) {
  napi_value argument, made;
  int32_t rate;
  int error;
  if (!arguments(env, info, 1, &argument) || napi_get_value_int32(env, argument, &rate) != napi_ok)
    return refuse(env, "Cannot decode: wrong arguments");
  Decoder *decoder = calloc(1, sizeof *decoder);
  if (decoder == NULL) return refuse(env, "Cannot decode: out of memory");
  decoder->opus = opus_decoder_create(rate, 1, &error);
  if (decoder->opus == NULL) {
    free(decoder);
    return refuse(env, opus_strerror(error));
  }
  made = boxed(env, decoder, &DECODER, decoder_free);
  if (made == NULL) {
    opus_decoder_destroy(decoder->opus);
    free(decoder);
    return refuse(env, "Cannot decode: no object to be had");
  }
  weigh(env, 1);
  return made;
}

/*
 * decode(decoder, packet: Buffer, samples: Int16Array): how many samples there are now, or libopus's error, below zero.
 *
 * Refused while the decoding thread has packets of this decoder.
 */
napi_value decoder_decode(napi_env env, napi_callback_info info) {
  napi_value values[3];
  void *data, *packet, *samples;
  size_t bytes, room;
  napi_typedarray_type type;
  if (!arguments(env, info, 3, values) || !unboxed(env, values[0], &DECODER, &data) ||
      napi_get_buffer_info(env, values[1], &packet, &bytes) != napi_ok ||
      napi_get_typedarray_info(env, values[2], &type, &room, &samples, NULL, NULL) != napi_ok || type != napi_int16_array)
    return refuse(env, "Cannot decode: wrong arguments");
  Decoder *decoder = data;
  if (decoder->jobs > 0) return refuse(env, "Cannot decode: the decoding thread has this decoder");
  if (room == 0) return number(env, OPUS_BUFFER_TOO_SMALL);
  if (bytes == 0 || bytes > LONGEST) return number(env, OPUS_INVALID_PACKET); /* none would mean a lost packet to libopus */
  return number(env, opus_decode(decoder->opus, packet, (opus_int32)bytes, samples, room < MOST_SAMPLES ? (int)room : MOST_SAMPLES, 0));
}

/* opusVersion(): which libopus this is, as it calls itself. */
napi_value opus_version(napi_env env, napi_callback_info info) {
  (void)info;
  napi_value made;
  return napi_create_string_utf8(env, opus_get_version_string(), NAPI_AUTO_LENGTH, &made) == napi_ok ? made : NULL;
}
