/* SPDX-License-Identifier: MIT */
/* Links that are hard to guess: handles that the host looks up, and signed tokens that expire. */
#include "liquid/liquid.h"

enum {
  LINK_KEY_LEAST = 16,
  LINK_KEY_MOST = 1024,
  LINK_HANDLE = 12,    /* bytes of a handle by itself */
  LINK_VERSION = 1,    /* layout: version 1, key 1, purpose 1, expiry 4, handle 8, signature 16 */
  LINK_SIGNED = 15,    /* what is signed */
  LINK_SIGNATURE = 16, /* half of an HMAC-SHA-256, as RFC 2104, 5 has it */
  LINK_TOKEN = LINK_SIGNED + LINK_SIGNATURE
};

/* Names of the two forms, for keys that have nothing to do with each other. */
static const char link_handle_label[] = "winback handle 1 ",
                  link_token_label[] = "winback token 1 ";

static bool link_purpose_known(int32_t purpose) {
  return purpose == WB_LINK_BOOKING || purpose == WB_LINK_UNSUBSCRIBE;
}

/* HMAC-SHA-256 of bytes with the key derived for a form and a purpose. */
static void link_sign(wbi_sha256_mix mix, wbi_text key, const char *label, int32_t purpose,
                      const uint8_t *bytes, size_t length, uint8_t out[32]) {
  char context[32];
  uint8_t derived[32];
  wbi_writer writer = {context, sizeof context, 0};
  wbi_put_text(&writer, wbi_text_of(label));
  wbi_put_text(&writer, purpose == WB_LINK_BOOKING ? WBI_TEXT("booking") : WBI_TEXT("unsubscribe"));
  wbi_hmac_sha256(mix, key, (wbi_text){context, writer.length}, derived);
  wbi_hmac_sha256(mix, (wbi_text){(const char *)derived, sizeof derived},
                  (wbi_text){(const char *)bytes, length}, out);
}

/* Gives bytes to the caller as base64url. */
static wb_status link_give(const uint8_t *bytes, size_t count, char *buffer, size_t capacity,
                           size_t *needed) {
  char text[WB_TOKEN_LENGTH];
  wbi_writer writer = {text, sizeof text, 0};
  if (needed == NULL || (buffer == NULL && capacity > 0)) return WB_E_INVALID;
  wbi_put_base64url(&writer, bytes, count);
  return wbi_text_give((wbi_text){text, writer.length}, buffer, capacity, needed);
}

void wbi_link_handle(wbi_sha256_mix mix, wbi_text secret, int32_t purpose, const uint8_t id[16],
                     char out[WB_HANDLE_LENGTH]) {
  uint8_t hash[32];
  wbi_writer writer = {out, WB_HANDLE_LENGTH, 0};
  link_sign(mix, secret, link_handle_label, purpose, id, 16, hash);
  wbi_put_base64url(&writer, hash, LINK_HANDLE);
}

wb_status WB_CALL wb_handle_make(const uint8_t *secret, size_t secret_length, int32_t purpose,
                                 const uint8_t *id, char *buffer, size_t capacity, size_t *needed) {
  uint8_t hash[32];
  if (secret == NULL || id == NULL || secret_length < LINK_KEY_LEAST ||
      secret_length > LINK_KEY_MOST || !link_purpose_known(purpose)) {
    return WB_E_INVALID;
  }
  link_sign(wbi_sha256_block, (wbi_text){(const char *)secret, secret_length}, link_handle_label,
            purpose, id, 16, hash);
  return link_give(hash, LINK_HANDLE, buffer, capacity, needed);
}

wb_status WB_CALL wb_handle_format(const uint8_t *random, char *buffer, size_t capacity,
                                   size_t *needed) {
  if (random == NULL) return WB_E_INVALID;
  return link_give(random, LINK_HANDLE, buffer, capacity, needed);
}

/* Reads a key of the host. */
static wb_status link_read_key(const wb_link_key *from, wb_link_key *key) {
  const wb_status status = wbi_struct_read(from, sizeof *key, key, sizeof *key, 0, NULL);
  if (status != WB_OK) return status;
  const bool fits = key->length >= LINK_KEY_LEAST && key->length <= LINK_KEY_MOST;
  return fits && key->data != NULL && key->id <= UINT8_MAX ? WB_OK : WB_E_INVALID;
}

static wbi_text link_key_text(const wb_link_key *key) {
  return (wbi_text){(const char *)key->data, key->length};
}

wb_status WB_CALL wb_link_make(const wb_link_key *key, const wb_link *link, char *buffer,
                               size_t capacity, size_t *needed) {
  wb_link_key with;
  wb_link say;
  uint8_t token[LINK_TOKEN] = {0}, hash[32];
  wb_status status = link_read_key(key, &with);
  if (status == WB_OK) status = wbi_struct_read(link, sizeof say, &say, sizeof say, 0, NULL);
  if (status != WB_OK) return status;
  if (!link_purpose_known(say.purpose)) return WB_E_INVALID;
  if (say.expires <= 0 || say.expires > UINT32_MAX) return WB_E_RANGE;
  token[0] = LINK_VERSION;
  token[1] = (uint8_t)with.id;
  token[2] = (uint8_t)say.purpose;
  for (unsigned i = 0; i < 4; i++)
    token[3 + i] = (uint8_t)(say.expires >> (24 - 8 * i));
  memcpy(token + 7, say.handle, sizeof say.handle);
  link_sign(wbi_sha256_block, link_key_text(&with), link_token_label, say.purpose, token,
            LINK_SIGNED, hash);
  memcpy(token + LINK_SIGNED, hash, LINK_SIGNATURE);
  return link_give(token, LINK_TOKEN, buffer, capacity, needed);
}

/* Bytes of a token; only its one spelling is read. */
static bool link_get(wbi_text text, uint8_t token[LINK_TOKEN]) {
  uint8_t bytes[WB_TOKEN_LENGTH];
  char again[WB_TOKEN_LENGTH];
  wbi_writer writer = {again, sizeof again, 0};
  size_t count = 0;
  if (text.length != WB_TOKEN_LENGTH || !wbi_get_base64url(text, bytes, &count)) return false;
  if (WBI_NEVER(count != LINK_TOKEN)) return false;
  wbi_put_base64url(&writer, bytes, LINK_TOKEN);
  memcpy(token, bytes, LINK_TOKEN);
  return wbi_text_equal((wbi_text){again, writer.length}, text);
}

/* Whether a token is of this version and signed with this key. */
static wb_status link_check(const uint8_t token[LINK_TOKEN], const wb_link_key *key) {
  uint8_t hash[32];
  if (token[0] != LINK_VERSION) return WB_E_VERSION;
  if (token[1] != key->id) return WB_E_NAME;
  if (!link_purpose_known(token[2])) return WB_E_CORRUPT;
  link_sign(wbi_sha256_block, link_key_text(key), link_token_label, token[2], token, LINK_SIGNED,
            hash);
  return wbi_secret_equal(hash, token + LINK_SIGNED, LINK_SIGNATURE) ? WB_OK : WB_E_CORRUPT;
}

wb_status WB_CALL wb_link_parse(const char *text, size_t length, const wb_link_key *key,
                                int32_t purpose, wb_time now, wb_link *link) {
  wb_link_key with;
  wb_link found = {.size = sizeof found};
  uint8_t token[LINK_TOKEN];
  if ((text == NULL && length > 0) || link == NULL || link->size < sizeof found ||
      !link_purpose_known(purpose)) {
    return WB_E_INVALID;
  }
  wb_status status = link_read_key(key, &with);
  if (status != WB_OK) return status;
  if (!link_get((wbi_text){text, length}, token)) return WB_E_SYNTAX;
  status = link_check(token, &with);
  if (status != WB_OK) return status;
  for (unsigned i = 0; i < 4; i++)
    found.expires = found.expires << 8 | token[3 + i];
  memcpy(found.handle, token + 7, sizeof found.handle);
  found.purpose = token[2];
  found.key = token[1];
  if (found.purpose != purpose) return WB_E_TYPE;
  if (now >= found.expires) return WB_E_STATE;
  return wbi_struct_write(link, sizeof found, &found, sizeof found);
}
