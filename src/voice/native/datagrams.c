/*
 * Receives a UDP socket's datagrams: many with one system call, packed into memory that is taken once for hundreds.
 *
 * Node's own sockets take 64 kB for each datagram, which is given back but for its 200 bytes, and call JavaScript for
 * each. The socket stays Node's, and sends through it; this reads through a second descriptor.
 */
#define _GNU_SOURCE
#include "napi.h"
#include <fcntl.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>
#include <uv.h>

enum {
  BATCH = 64,           /* datagrams of one system call */
  LONGEST = 2048,       /* bytes of a datagram: more than any network packet holds, so a longer one is no voice */
  SLAB_BYTES = 1 << 16, /* memory that datagrams are packed into */
  MOST_BATCHES = 8      /* in one turn of the loop: other sockets wait meanwhile */
};

typedef struct {
  uv_poll_t poll;
  napi_env env;
  napi_async_context context;
  napi_ref take, spans, slab;
  napi_async_cleanup_hook_handle hook;
  int fd;
  uint32_t address; /* whose datagrams are wanted, in network order */
  uint16_t port;
  uint32_t *span; /* first byte and length of each datagram: JavaScript owns this memory */
  uint32_t room;  /* how many datagrams it has spans for */
  uint8_t *memory;
  size_t used;
  bool stopped;   /* nothing is received any more */
  bool closed;    /* the loop has let go of it, too */
  bool forgotten; /* JavaScript has let go of it: freed once both have */
} Receiver;

KIND(RECEIVER, 4);

static _Thread_local uint8_t scratch[BATCH][LONGEST];

static void closed(uv_handle_t *handle) {
  Receiver *receiver = handle->data;
  close(receiver->fd);
  if (receiver->hook != NULL) napi_remove_async_cleanup_hook(receiver->hook);
  receiver->closed = true;
  if (receiver->forgotten) free(receiver);
}

static void forget(napi_env env, void *data, void *hint) {
  (void)env, (void)hint;
  Receiver *receiver = data;
  receiver->forgotten = true;
  if (receiver->closed) free(receiver);
}

/* Safe to call twice. Gives JavaScript's memory back at once, and the rest once the loop has let go. */
static void stop(Receiver *receiver) {
  if (receiver->stopped) return;
  receiver->stopped = true;
  napi_delete_reference(receiver->env, receiver->take);
  napi_delete_reference(receiver->env, receiver->spans);
  if (receiver->slab != NULL) napi_delete_reference(receiver->env, receiver->slab);
  napi_async_destroy(receiver->env, receiver->context);
  uv_close((uv_handle_t *)&receiver->poll, closed);
}

static void process_ends(napi_async_cleanup_hook_handle hook, void *receiver) {
  (void)hook;
  stop(receiver);
}

static bool fresh_slab(Receiver *receiver) {
  napi_value slab;
  void *memory;
  if (receiver->slab != NULL) napi_delete_reference(receiver->env, receiver->slab);
  receiver->slab = NULL;
  receiver->used = 0;
  if (napi_create_arraybuffer(receiver->env, SLAB_BYTES, &memory, &slab) != napi_ok) return false;
  receiver->memory = memory;
  return napi_create_reference(receiver->env, slab, 1, &receiver->slab) == napi_ok;
}

/* Passes on what was packed into the slab. The listener may stop the receiver. */
static void hand_on(Receiver *receiver, uint32_t count) {
  napi_env env = receiver->env;
  napi_value values[2];
  if (count > 0 && napi_get_reference_value(env, receiver->slab, &values[0]) == napi_ok &&
      napi_create_uint32(env, count, &values[1]) == napi_ok)
    tell_listener(env, receiver->context, receiver->take, 2, values);
}

/* Whether there may be more to read. */
static bool read_batch(Receiver *receiver) {
  struct mmsghdr messages[BATCH];
  struct iovec parts[BATCH];
  struct sockaddr_in senders[BATCH];
  for (int i = 0; i < BATCH; i++) {
    parts[i] = (struct iovec){scratch[i], LONGEST};
    messages[i].msg_hdr = (struct msghdr){&senders[i], sizeof senders[i], &parts[i], 1, NULL, 0, 0};
  }
  const int received = recvmmsg(receiver->fd, messages, BATCH, MSG_DONTWAIT, NULL);
  uint32_t count = 0;
  for (int i = 0; i < received; i++) {
    const struct msghdr *message = &messages[i].msg_hdr;
    const size_t length = messages[i].msg_len;
    if (message->msg_flags & MSG_TRUNC || length == 0 || senders[i].sin_family != AF_INET) continue;
    if (senders[i].sin_addr.s_addr != receiver->address || senders[i].sin_port != receiver->port) continue;
    const bool no_slab = receiver->slab == NULL || receiver->used + length > SLAB_BYTES;
    if (no_slab || count == receiver->room) {
      hand_on(receiver, count);
      count = 0;
      if (receiver->stopped || (no_slab && !fresh_slab(receiver))) return false;
    }
    memcpy(receiver->memory + receiver->used, scratch[i], length);
    receiver->span[2 * count] = (uint32_t)receiver->used;
    receiver->span[2 * count + 1] = (uint32_t)length;
    receiver->used += length;
    count++;
  }
  hand_on(receiver, count);
  return received == BATCH && !receiver->stopped;
}

static void readable(uv_poll_t *poll, int status, int events) {
  (void)status, (void)events; /* an error of the socket shows in reading, and means one lost datagram */
  Receiver *receiver = poll->data;
  napi_handle_scope scope;
  if (napi_open_handle_scope(receiver->env, &scope) != napi_ok) return;
  for (int i = 0; i < MOST_BATCHES && read_batch(receiver);) i++;
  napi_close_handle_scope(receiver->env, scope);
}

/*
 * receiveDatagrams(fd: number, address: number, port: number, spans: Uint32Array, take: (slab: ArrayBuffer, count) => void)
 *
 * Calls `take` with datagrams that came from this IPv4 address and port: datagram i lies in the slab from spans[2 i] on,
 * spans[2 i + 1] bytes long, and there are as many at once as `spans` has room for. Its memory is never written again. Returns a receiver, which runs until `stopDatagrams`.
 */
napi_value datagrams_receive(napi_env env, napi_callback_info info) {
  napi_value values[5], name, made;
  int32_t fd;
  uint32_t address, port;
  void *span;
  size_t room;
  napi_typedarray_type type;
  napi_valuetype kind;
  uv_loop_t *loop;
  if (!arguments(env, info, 5, values) || napi_get_value_int32(env, values[0], &fd) != napi_ok ||
      napi_get_value_uint32(env, values[1], &address) != napi_ok || napi_get_value_uint32(env, values[2], &port) != napi_ok ||
      napi_get_typedarray_info(env, values[3], &type, &room, &span, NULL, NULL) != napi_ok || type != napi_uint32_array ||
      room < 2 || port > UINT16_MAX || napi_typeof(env, values[4], &kind) != napi_ok || kind != napi_function)
    return refuse(env, "Cannot receive: wrong arguments");
  Receiver *receiver = calloc(1, sizeof *receiver);
  if (receiver == NULL || napi_get_uv_event_loop(env, &loop) != napi_ok) {
    free(receiver);
    return refuse(env, "Cannot receive: out of memory");
  }
  receiver->env = env;
  receiver->address = htonl(address);
  receiver->port = htons((uint16_t)port);
  receiver->span = span;
  receiver->room = room < 2 * BATCH ? (uint32_t)room / 2 : BATCH;
  receiver->fd = fcntl(fd, F_DUPFD_CLOEXEC, 0);
  if (receiver->fd < 0 || uv_poll_init_socket(loop, &receiver->poll, receiver->fd) != 0) {
    if (receiver->fd >= 0) close(receiver->fd);
    free(receiver);
    return refuse(env, "Cannot receive: not a socket");
  }
  receiver->poll.data = receiver;
  napi_create_string_utf8(env, "parley:datagrams", NAPI_AUTO_LENGTH, &name);
  napi_async_init(env, NULL, name, &receiver->context);
  napi_create_reference(env, values[3], 1, &receiver->spans);
  napi_create_reference(env, values[4], 1, &receiver->take);
  napi_add_async_cleanup_hook(env, process_ends, receiver, &receiver->hook);
  uv_poll_start(&receiver->poll, UV_READABLE, readable);
  made = boxed(env, receiver, &RECEIVER, forget);
  if (made == NULL) {
    receiver->forgotten = true;
    stop(receiver);
    return refuse(env, "Cannot receive: no object to be had");
  }
  return made;
}

/* stopDatagrams(receiver): a second call does nothing. */
napi_value datagrams_stop(napi_env env, napi_callback_info info) {
  napi_value argument;
  void *receiver;
  if (!arguments(env, info, 1, &argument) || !unboxed(env, argument, &RECEIVER, &receiver))
    return refuse(env, "Cannot stop: wrong arguments");
  stop(receiver);
  return NULL;
}
