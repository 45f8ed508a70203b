/* Exports all functions of the addon to `native.ts`. */
#include "napi.h"

static bool offer(napi_env env, napi_value exports, const char *name, Call *call) {
  napi_value function;
  return napi_create_function(env, name, NAPI_AUTO_LENGTH, call, NULL, &function) == napi_ok &&
         napi_set_named_property(env, exports, name, function) == napi_ok;
}

NAPI_MODULE_INIT() {
  const bool whole = offer(env, exports, "createGcm", gcm_create) && offer(env, exports, "openGcm", gcm_open) &&
                     offer(env, exports, "createDecoder", decoder_create) && offer(env, exports, "decode", decoder_decode) &&
                     offer(env, exports, "opusVersion", opus_version) &&
                     offer(env, exports, "startDecoding", thread_start) && offer(env, exports, "pushPacket", thread_push) &&
                     offer(env, exports, "takeDecoded", thread_take) &&
                     offer(env, exports, "receiveDatagrams", datagrams_receive) &&
                     offer(env, exports, "stopDatagrams", datagrams_stop) &&
                     offer(env, exports, "spareMemory", memory_spare) && offer(env, exports, "trimMemory", memory_trim) &&
                     offer(env, exports, "forgetPrograms", memory_forget_programs);
  return whole ? exports : NULL;
}
