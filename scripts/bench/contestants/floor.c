/*
 * The floor: the minimum cost of hearing people. Per Opus frame of 20 ms: AES-256-GCM as in Discord's transport, AES-128-GCM as in
 * DAVE, and libopus to 48 kHz mono. Per 320 ms of a speaker: the mask that WebSocket requires, and sending.
 *
 * usage: floor FILE SPEAKERS FRAMES    FILE: packets, each preceded by its length in two bytes (little-endian)
 * prints the CPU time of one frame in nanoseconds
 */
#include <openssl/evp.h>
#include <opus/opus.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { SAMPLES = 960, CHUNK_FRAMES = 16, TAG = 16, IV = 12, HEADER = 16, WS_HEADER = 14, MAX_PACKET = 1500, MAX_PACKETS = 4000 };

typedef struct {
  uint8_t sealed[MAX_PACKET];
  int length; /* without header and tag */
  uint8_t tag[TAG];
} Packet;

typedef struct {
  OpusDecoder *decoder;
  int socket, frames;
  int16_t chunk[SAMPLES * CHUNK_FRAMES];
} Speaker;

static const uint8_t outer_key[32] = {1}, inner_key[16] = {2}, iv[IV] = {3};

static void fail(const char *what) {
  fprintf(stderr, "floor: %s\n", what);
  exit(1);
}

static int crypt_gcm(EVP_CIPHER_CTX *ctx, int encrypts, const uint8_t *aad, int aad_length, uint8_t *data, int length, uint8_t *tag) {
  int n;
  EVP_CipherInit_ex(ctx, NULL, NULL, NULL, iv, encrypts);
  if (aad_length > 0) EVP_CipherUpdate(ctx, NULL, &n, aad, aad_length);
  if (!encrypts) EVP_CIPHER_CTX_ctrl(ctx, EVP_CTRL_GCM_SET_TAG, TAG, tag);
  EVP_CipherUpdate(ctx, data, &n, data, length);
  if (EVP_CipherFinal_ex(ctx, data + n, &n) != 1) return 0;
  if (encrypts) EVP_CIPHER_CTX_ctrl(ctx, EVP_CTRL_GCM_GET_TAG, TAG, tag);
  return 1;
}

static EVP_CIPHER_CTX *cipher(const EVP_CIPHER *kind, const uint8_t *key) {
  EVP_CIPHER_CTX *ctx = EVP_CIPHER_CTX_new();
  EVP_CipherInit_ex(ctx, kind, NULL, key, iv, 0);
  return ctx;
}

/* A process that accepts all data and discards it. */
static void swallow(int listener, int count) {
  struct pollfd *from = calloc(count, sizeof *from);
  char *buffer = malloc(1 << 20);
  for (int i = 0; i < count; i++) from[i] = (struct pollfd){accept(listener, NULL, NULL), POLLIN, 0};
  for (;;) {
    poll(from, count, -1);
    for (int i = 0; i < count; i++)
      if (from[i].revents && read(from[i].fd, buffer, 1 << 20) <= 0) _exit(0);
  }
}

static void send_chunk(Speaker *speaker, uint8_t *out) {
  const uint32_t mask = 0x5a17c3e9;
  const size_t bytes = sizeof speaker->chunk;
  const uint32_t *in = (const uint32_t *)speaker->chunk;
  uint32_t *masked = (uint32_t *)(out + 16); /* the header ends here, which aligns the words */
  out[2] = 0x82;
  out[3] = 0x80 | 127;
  for (int i = 0; i < 8; i++) out[4 + i] = (uint8_t)((uint64_t)bytes >> (56 - 8 * i));
  memcpy(out + 12, &mask, 4);
  for (size_t i = 0; i < bytes / 4; i++) masked[i] = in[i] ^ mask;
  if (send(speaker->socket, out + 2, WS_HEADER + bytes, 0) < 0) fail("cannot send");
}

int main(int argc, char **argv) {
  if (argc != 4) fail("usage: floor FILE SPEAKERS FRAMES");
  const int count = atoi(argv[2]), frames = atoi(argv[3]);
  static Packet packets[MAX_PACKETS];
  int known = 0;
  EVP_CIPHER_CTX *outer = cipher(EVP_aes_256_gcm(), outer_key), *inner = cipher(EVP_aes_128_gcm(), inner_key);
  uint8_t header[HEADER] = {0x90, 120}, inner_tag[TAG], size[2];

  FILE *file = fopen(argv[1], "rb");
  if (!file) fail("cannot read the packets");
  while (known < MAX_PACKETS && fread(size, 1, 2, file) == 2) {
    Packet *packet = &packets[known];
    int length = size[0] | size[1] << 8;
    if (length + TAG > MAX_PACKET || fread(packet->sealed, 1, length, file) != (size_t)length) fail("invalid packets");
    crypt_gcm(inner, 1, NULL, 0, packet->sealed, length, inner_tag);
    memcpy(packet->sealed + length, inner_tag, TAG);
    packet->length = length + TAG;
    crypt_gcm(outer, 1, header, HEADER, packet->sealed, packet->length, packet->tag);
    known++;
  }
  if (known == 0) fail("no packets");

  struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
  socklen_t address_length = sizeof address;
  int listener = socket(AF_INET, SOCK_STREAM, 0);
  if (bind(listener, (struct sockaddr *)&address, sizeof address) || listen(listener, count)) fail("cannot listen");
  getsockname(listener, (struct sockaddr *)&address, &address_length);
  pid_t child = fork();
  if (child == 0) swallow(listener, count);
  Speaker *speakers = calloc(count, sizeof *speakers);
  for (int i = 0; i < count; i++) {
    speakers[i].decoder = opus_decoder_create(48000, 1, NULL);
    speakers[i].socket = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(speakers[i].socket, (struct sockaddr *)&address, sizeof address)) fail("cannot connect");
  }

  static uint8_t datagram[MAX_PACKET], out[32 + sizeof speakers->chunk];
  struct timespec from, to;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &from);
  for (int i = 0; i < frames; i++) {
    const int who = i % count;
    Speaker *speaker = &speakers[who];
    /* Each speaker starts at another packet and continues in order, because decoders have state. */
    const Packet *packet = &packets[(who * 97 + i / count) % known];
    uint8_t tag[TAG];
    memcpy(datagram, packet->sealed, packet->length);
    memcpy(tag, packet->tag, TAG);
    if (!crypt_gcm(outer, 0, header, HEADER, datagram, packet->length, tag)) fail("outer tag");
    const int length = packet->length - TAG;
    if (!crypt_gcm(inner, 0, NULL, 0, datagram, length, datagram + length)) fail("inner tag");
    int16_t *at = speaker->chunk + SAMPLES * speaker->frames;
    if (opus_decode(speaker->decoder, datagram, length, at, SAMPLES, 0) != SAMPLES) fail("cannot decode");
    if (++speaker->frames == CHUNK_FRAMES) {
      send_chunk(speaker, out);
      speaker->frames = 0;
    }
  }
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &to);
  kill(child, SIGKILL);
  printf("%.1f\n", ((to.tv_sec - from.tv_sec) * 1e9 + (to.tv_nsec - from.tv_nsec)) / frames);
  return 0;
}
