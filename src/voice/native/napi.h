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

/* Calls a listener of JavaScript's. An exception of its goes the way of every other: to `uncaughtException`. */
static inline void tell_listener(napi_env env, napi_async_context context, napi_ref listener, size_t count, const napi_value *values) {
  napi_value global, function, result, error;
  bool pending = false;
  if (napi_get_global(env, &global) != napi_ok || napi_get_reference_value(env, listener, &function) != napi_ok ||
      napi_make_callback(env, context, global, function, count, values, &result) == napi_ok)
    return;
  napi_is_exception_pending(env, &pending);
  if (pending && napi_get_and_clear_last_exception(env, &error) == napi_ok) napi_fatal_exception(env, error);
}

#endif
