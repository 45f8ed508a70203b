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
Call memory_forget_programs, memory_spare, memory_trim;
Call opus_version;

/* Returns NULL with a TypeError pending. */
static inline napi_value refuse(napi_env env, const char *why) {
  napi_throw_type_error(env, NULL, why);
  return NULL;
}

static inline bool arguments(napi_env env, napi_callback_info info, size_t count, napi_value *values) {
  size_t given = count;
  return napi_get_cb_info(env, info, &given, values, NULL, NULL) == napi_ok && given == count;
}

/* Tags our externals with their kind, so that no other object can be taken for one. */
#define KIND(name, number) static const napi_type_tag name = {0x7c1b5d0f3a9e4862, number}

/* An external that holds this. Returns NULL when it cannot be made; the data is then still the caller's. */
static inline napi_value boxed(napi_env env, void *data, const napi_type_tag *kind, napi_finalize finalize) {
  napi_value made;
  if (napi_create_external(env, data, NULL, NULL, &made) != napi_ok || napi_type_tag_object(env, made, kind) != napi_ok) return NULL;
  if (finalize != NULL && napi_add_finalizer(env, made, data, finalize, NULL, NULL) != napi_ok) return NULL;
  return made;
}

/* Whether the value is an external of this kind, and then what it holds. */
static inline bool unboxed(napi_env env, napi_value value, const napi_type_tag *kind, void **data) {
  napi_valuetype type;
  bool ours;
  return napi_typeof(env, value, &type) == napi_ok && type == napi_external &&
         napi_check_object_type_tag(env, value, kind, &ours) == napi_ok && ours && napi_get_value_external(env, value, data) == napi_ok;
}

static inline napi_value number(napi_env env, int32_t value) {
  napi_value made;
  return napi_create_int32(env, value, &made) == napi_ok ? made : NULL;
}

/* Calls a JavaScript listener. Its exceptions go where all uncaught ones go: to `uncaughtException`. */
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
