/*
 * Transport decryption: AES-256-GCM under one key, which is expanded once and not for every packet.
 *
 * OpenSSL is the one inside Node, whose symbols every addon finds.
 */
#include "napi.h"
#include <openssl/evp.h>
#include <string.h>

KIND(CIPHER, 1);
enum { LONGEST = 1 << 16 /* bytes of a datagram */, KEY_BYTES = 32, NONCE_BYTES = 12, TAG_BYTES = 16, COUNTER_BYTES = 4 };

static void gcm_free(napi_env env, void *cipher, void *hint) {
  (void)env, (void)hint;
  EVP_CIPHER_CTX_free(cipher);
}

/* createGcm(key: Uint8Array): a cipher for `openGcm`. */
napi_value gcm_create(napi_env env, napi_callback_info info) {
  napi_value argument, made;
  void *key;
  size_t bytes;
  if (!arguments(env, info, 1, &argument) || napi_get_buffer_info(env, argument, &key, &bytes) != napi_ok || bytes != KEY_BYTES)
    return refuse(env, "Cannot decrypt voice: the key is not 32 bytes");
  EVP_CIPHER_CTX *cipher = EVP_CIPHER_CTX_new();
  if (cipher == NULL || EVP_DecryptInit_ex(cipher, EVP_aes_256_gcm(), NULL, key, NULL) != 1 ||
      (made = boxed(env, cipher, &CIPHER, gcm_free)) == NULL) {
    EVP_CIPHER_CTX_free(cipher);
    return refuse(env, "Cannot decrypt voice: OpenSSL refuses the key");
  }
  return made;
}

/*
 * openGcm(cipher, buffer: Buffer, start: number, end: number, header: number): opens an RTP packet where it lies.
 *
 * It lies in the buffer from `start` to `end`. The first `header` bytes are authenticated; then come ciphertext, tag, and four bytes of the nonce. Returns the length of
 * the plaintext, which replaces the ciphertext, or -1 when the packet is not authentic: its memory is then spoilt.
 */
napi_value gcm_open(napi_env env, napi_callback_info info) {
  napi_value values[5];
  void *cipher, *data;
  size_t size;
  uint32_t start, end, header;
  if (!arguments(env, info, 5, values) || !unboxed(env, values[0], &CIPHER, &cipher) ||
      napi_get_buffer_info(env, values[1], &data, &size) != napi_ok || napi_get_value_uint32(env, values[2], &start) != napi_ok ||
      napi_get_value_uint32(env, values[3], &end) != napi_ok || napi_get_value_uint32(env, values[4], &header) != napi_ok ||
      start > end || end > size || end - start > LONGEST)
    return refuse(env, "Cannot decrypt voice: wrong arguments");
  if (end - start < (size_t)header + TAG_BYTES + COUNTER_BYTES) return number(env, -1);
  uint8_t *bytes = data, *packet = bytes + start, *sealed = packet + header, *counter = bytes + end - COUNTER_BYTES,
          *tag = counter - TAG_BYTES;
  uint8_t nonce[NONCE_BYTES] = {0};
  memcpy(nonce, counter, COUNTER_BYTES);
  const int length = (int)(tag - sealed);
  int done;
  const bool authentic = EVP_DecryptInit_ex(cipher, NULL, NULL, NULL, nonce) == 1 &&
                         EVP_DecryptUpdate(cipher, NULL, &done, packet, (int)header) == 1 &&
                         EVP_DecryptUpdate(cipher, sealed, &done, sealed, length) == 1 &&
                         EVP_CIPHER_CTX_ctrl(cipher, EVP_CTRL_GCM_SET_TAG, TAG_BYTES, tag) == 1 &&
                         EVP_DecryptFinal_ex(cipher, sealed + done, &done) == 1;
  return number(env, authentic ? length : -1);
}
