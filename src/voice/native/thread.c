/*
 * Decodes on a separate thread, so that decoding never holds up the event loop.
 *
 * One thread with one queue of jobs: libopus keeps up with 300 people who talk, and JavaScript does not.
 */
#define _GNU_SOURCE
#include "decoder.h"
#include <pthread.h>
#include <stdlib.h>
#include <uv.h>

enum {
  ROOM = 2048,         /* jobs under way at most: a fifth of a second of 200 people */
  LONGEST = 1 << 16,   /* bytes of a packet */
  MOST_SAMPLES = 5760, /* 120 ms at 48 kHz */
  TELL_EVERY = 16      /* finished jobs, or when none are left: each call to JavaScript costs two system calls */
};

KIND(THREAD, 3);

typedef struct {
  Decoder *decoder;
  const uint8_t *packet;
  int16_t *samples;
  int32_t bytes, room, made;
} Job;

typedef struct {
  uv_async_t finished_some;
  napi_env env;
  napi_async_context context;
  napi_ref tell;
  napi_async_cleanup_hook_handle hook;
  pthread_t thread;
  pthread_mutex_t mutex; /* guards everything below */
  pthread_cond_t work, progress;
  Job jobs[ROOM];
  uint64_t pushed, finished, taken; /* counts since the start */
  bool idle, awaited, ends;
} Thread;

static void *run(void *data) {
  Thread *thread = data;
  pthread_setname_np(pthread_self(), "parley-opus");
  pthread_mutex_lock(&thread->mutex);
  while (!thread->ends) {
    if (thread->finished == thread->pushed) {
      thread->idle = true;
      pthread_cond_wait(&thread->work, &thread->mutex);
      thread->idle = false;
      continue;
    }
    Job *job = &thread->jobs[thread->finished % ROOM];
    pthread_mutex_unlock(&thread->mutex);
    job->made = opus_decode(job->decoder->opus, job->packet, job->bytes, job->samples, job->room, 0);
    pthread_mutex_lock(&thread->mutex);
    thread->finished++;
    const bool last = thread->finished == thread->pushed;
    if (last && thread->awaited) pthread_cond_signal(&thread->progress);
    else if (last || thread->finished % TELL_EVERY == 0) uv_async_send(&thread->finished_some);
  }
  pthread_mutex_unlock(&thread->mutex);
  return NULL;
}

static void tell(uv_async_t *handle) {
  Thread *thread = handle->data;
  napi_handle_scope scope;
  if (napi_open_handle_scope(thread->env, &scope) != napi_ok) return;
  tell_listener(thread->env, thread->context, thread->tell, 0, NULL);
  napi_close_handle_scope(thread->env, scope);
}

static void closed(uv_handle_t *handle) {
  Thread *thread = handle->data;
  pthread_mutex_destroy(&thread->mutex);
  pthread_cond_destroy(&thread->work);
  pthread_cond_destroy(&thread->progress);
  if (thread->hook != NULL) napi_remove_async_cleanup_hook(thread->hook);
  free(thread);
}

/* The memory that the thread writes to goes away with JavaScript: the thread must have ended by then. */
static void process_ends(napi_async_cleanup_hook_handle hook, void *data) {
  (void)hook;
  Thread *thread = data;
  pthread_mutex_lock(&thread->mutex);
  thread->ends = true;
  pthread_cond_signal(&thread->work);
  pthread_mutex_unlock(&thread->mutex);
  pthread_join(thread->thread, NULL);
  napi_delete_reference(thread->env, thread->tell);
  napi_async_destroy(thread->env, thread->context);
  uv_close((uv_handle_t *)&thread->finished_some, closed);
}

/* startDecoding(notify: () => void): starts a thread that calls back when it has results. Keeps no process alive. */
napi_value thread_start(napi_env env, napi_callback_info info) {
  napi_value function, name, made;
  napi_valuetype kind;
  uv_loop_t *loop;
  if (!arguments(env, info, 1, &function) || napi_typeof(env, function, &kind) != napi_ok || kind != napi_function)
    return refuse(env, "Cannot start decoding: wrong arguments");
  Thread *thread = calloc(1, sizeof *thread);
  if (thread == NULL || napi_get_uv_event_loop(env, &loop) != napi_ok) {
    free(thread);
    return refuse(env, "Cannot start decoding: out of memory");
  }
  thread->env = env;
  pthread_mutex_init(&thread->mutex, NULL);
  pthread_cond_init(&thread->work, NULL);
  pthread_cond_init(&thread->progress, NULL);
  uv_async_init(loop, &thread->finished_some, tell);
  thread->finished_some.data = thread;
  uv_unref((uv_handle_t *)&thread->finished_some);
  if (pthread_create(&thread->thread, NULL, run, thread) != 0) {
    uv_close((uv_handle_t *)&thread->finished_some, closed);
    return refuse(env, "Cannot start decoding: no thread to be had");
  }
  napi_create_string_utf8(env, "parley:decoding", NAPI_AUTO_LENGTH, &name);
  napi_async_init(env, NULL, name, &thread->context);
  napi_create_reference(env, function, 1, &thread->tell);
  napi_add_async_cleanup_hook(env, process_ends, thread, &thread->hook);
  made = boxed(env, thread, &THREAD, NULL);
  return made != NULL ? made : refuse(env, "Cannot start decoding: no object to be had");
}

/*
 * pushPacket(thread, decoder, packet: Buffer, samples: Int16Array): whether the thread has room for it.
 *
 * If so, the thread owns all three until the result is taken.
 */
napi_value thread_push(napi_env env, napi_callback_info info) {
  napi_value values[4];
  void *data, *box, *packet, *samples;
  size_t bytes, room;
  napi_typedarray_type type;
  if (!arguments(env, info, 4, values) || !unboxed(env, values[0], &THREAD, &data) || !unboxed(env, values[1], &DECODER, &box) ||
      napi_get_buffer_info(env, values[2], &packet, &bytes) != napi_ok || bytes == 0 || bytes > LONGEST ||
      napi_get_typedarray_info(env, values[3], &type, &room, &samples, NULL, NULL) != napi_ok || type != napi_int16_array ||
      room == 0)
    return refuse(env, "Cannot decode: wrong arguments");
  Thread *thread = data;
  Decoder *decoder = box;
  if (decoder->jobs > 0 && decoder->thread != thread) return refuse(env, "Cannot decode: another thread has this decoder");
  if (room > MOST_SAMPLES) room = MOST_SAMPLES;
  pthread_mutex_lock(&thread->mutex);
  const bool full = thread->pushed - thread->taken == ROOM;
  if (!full) {
    thread->jobs[thread->pushed % ROOM] = (Job){decoder, packet, samples, (int32_t)bytes, (int32_t)room, 0};
    decoder->thread = thread;
    decoder->jobs++;
    thread->pushed++;
    if (thread->idle) pthread_cond_signal(&thread->work);
  }
  pthread_mutex_unlock(&thread->mutex);
  napi_value taken;
  return napi_get_boolean(env, !full, &taken) == napi_ok ? taken : NULL;
}

/*
 * takeDecoded(thread, made: Int32Array, all: boolean): how many results there are now in `made`, in the order of pushing.
 *
 * Each is the number of samples, or libopus's error, below zero. `all` waits until every job is finished.
 */
napi_value thread_take(napi_env env, napi_callback_info info) {
  napi_value values[3];
  void *data, *memory;
  size_t room;
  napi_typedarray_type type;
  bool all;
  if (!arguments(env, info, 3, values) || !unboxed(env, values[0], &THREAD, &data) ||
      napi_get_typedarray_info(env, values[1], &type, &room, &memory, NULL, NULL) != napi_ok || type != napi_int32_array ||
      napi_get_value_bool(env, values[2], &all) != napi_ok)
    return refuse(env, "Cannot take what was decoded: wrong arguments");
  Thread *thread = data;
  int32_t *made = memory, count = 0;
  pthread_mutex_lock(&thread->mutex);
  thread->awaited = all;
  while (all && thread->finished < thread->pushed) pthread_cond_wait(&thread->progress, &thread->mutex);
  thread->awaited = false;
  for (; thread->taken < thread->finished && count < (int32_t)room; count++) {
    const Job *job = &thread->jobs[thread->taken++ % ROOM];
    made[count] = job->made;
    decoder_release(env, job->decoder);
  }
  pthread_mutex_unlock(&thread->mutex);
  return number(env, count);
}
