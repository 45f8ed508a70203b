/*
 * Opus packets into samples that lie where the caller wants them.
 *
 * libopus is compiled in, from the sources that @discordjs/opus brings: as that does it, but for this very processor.
 */
#include "napi.h"
#include <opus.h>

/* The collector must know that there is more to a decoder than the object it sees. */
static void weigh(napi_env env, int sign) {
  int64_t all;
  napi_adjust_external_memory(env, sign * opus_decoder_get_size(1), &all);
}

static void decoder_free(napi_env env, void *decoder, void *hint) {
  (void)hint;
  opus_decoder_destroy(decoder);
  weigh(env, -1);
}

/* createDecoder(sampleRateHz: number): one stream's decoder, which averages two channels into one. */
napi_value decoder_create(napi_env env, napi_callback_info info) {
  napi_value argument, made;
  int32_t rate;
  int error;
  if (!arguments(env, info, 1, &argument) || napi_get_value_int32(env, argument, &rate) != napi_ok)
    return refuse(env, "Cannot decode: wrong arguments");
  OpusDecoder *decoder = opus_decoder_create(rate, 1, &error);
  if (decoder == NULL) return refuse(env, opus_strerror(error));
  if (napi_create_external(env, decoder, decoder_free, NULL, &made) != napi_ok) {
    opus_decoder_destroy(decoder);
    return NULL;
  }
  weigh(env, 1);
  return made;
}

/* decode(decoder, packet: Buffer, samples: Int16Array): how many samples there are now, or libopus's error, below zero. */
napi_value decoder_decode(napi_env env, napi_callback_info info) {
  napi_value values[3];
  void *decoder, *packet, *samples;
  size_t bytes, room;
  napi_typedarray_type type;
  if (!arguments(env, info, 3, values) || napi_get_value_external(env, values[0], &decoder) != napi_ok ||
      napi_get_buffer_info(env, values[1], &packet, &bytes) != napi_ok ||
      napi_get_typedarray_info(env, values[2], &type, &room, &samples, NULL, NULL) != napi_ok || type != napi_int16_array)
    return refuse(env, "Cannot decode: wrong arguments");
  if (bytes == 0) return number(env, OPUS_INVALID_PACKET); /* to libopus it would mean a lost packet */
  return number(env, opus_decode(decoder, packet, (opus_int32)bytes, samples, (int)room, 0));
}
