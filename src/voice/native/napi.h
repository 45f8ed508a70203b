/* What the parts of the addon have in common. Every function that JavaScript calls has the shape of `Call`. */
#ifndef PARLEY_NAPI_H
#define PARLEY_NAPI_H

#include <node_api.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef napi_value Call(napi_env env, napi_callback_info info);

Call gcm_create, gcm_open;
Call decoder_create, decoder_decode;
Call thread_start, thread_push, thread_take;
Call datagrams_receive, datagrams_stop;
Call memory_spare, memory_trim;

/* Returns NULL with a TypeError pending. */
static inline napi_value refuse(napi_env env, const char *why) {
  napi_throw_type_error(env, NULL, why);
  return NULL;
}

static inline bool arguments(napi_env env, napi_callback_info info, size_t count, napi_value *values) {
  size_t given = count;
  return napi_get_cb_info(env, info, &given, values, NULL, NULL) == napi_ok && given == count;
}

static inline napi_value number(napi_env env, int32_t value) {
  napi_value made;
  return napi_create_int32(env, value, &made) == napi_ok ? made : NULL;
}

#endif
