/* SPDX-License-Identifier: MIT */
/* Hashes against published vectors, in one piece and in many. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/base.h"

/* Asserts bytes by their hexadecimal text. */
static void assert_hex(const uint8_t *bytes, size_t count, const char *wanted) {
  char text[80];
  wbi_writer writer = {text, sizeof text, 0};
  wbi_put_hex(&writer, bytes, count);
  assert_int_equal(wbi_writer_finish(&writer, NULL), WB_OK);
  assert_string_equal(text, wanted);
}

/* Asserts the SHA-256 of a text repeated some times. */
static void assert_sha256(const char *text, int times, const char *wanted) {
  wbi_sha256 sha;
  uint8_t out[32];
  wbi_sha256_init(&sha);
  for (int i = 0; i < times; i++)
    wbi_sha256_add(&sha, text, strlen(text));
  wbi_sha256_finish(&sha, out);
  assert_hex(out, sizeof out, wanted);
}

/* FIPS 180-4 examples. */
static void sha256_of_published_messages(void **state) {
  (void)state;
  assert_sha256("", 1, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  assert_sha256("abc", 1, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  assert_sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 1,
                "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  assert_sha256("aaaaaaaaaa", 100000,
                "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

/* By what this processor has for it, if it has, and without. */
static void sha256_is_the_same_by_the_processors_own(void **state) {
  (void)state;
  enum { MOST = 300 };
  uint8_t data[MOST], wanted[32], out[32];
  for (int i = 0; i < MOST; i++)
    data[i] = (uint8_t)(i * 131 + 7);
  for (size_t length = 0; length <= MOST; length++) {
    wbi_sha256 plain, own;
    wbi_sha256_init(&plain);
    wbi_sha256_init_long(&own);
    assert_ptr_equal(own.mix, wbi_sha256_of(wbi_processor()));
    for (int twice = 0; twice < 2; twice++) {
      wbi_sha256_add(&plain, data, length);
      wbi_sha256_add(&own, data, length / 3);
      wbi_sha256_add(&own, data + length / 3, length - length / 3);
      assert_memory_equal(plain.state, own.state, sizeof own.state);
      wbi_sha256_finish(&plain, wanted);
      wbi_sha256_finish(&own, out);
      assert_memory_equal(wanted, out, sizeof out);
      wbi_sha256_again(&plain);
      wbi_sha256_again(&own);
    }
  }
}

static void sha256_does_not_depend_on_pieces(void **state) {
  (void)state;
  uint8_t data[200], whole[32], pieces[32];
  for (size_t i = 0; i < sizeof data; i++)
    data[i] = (uint8_t)(i * 7);
  for (size_t length = 0; length <= sizeof data; length++) {
    for (size_t cut = 0; cut <= length; cut += 13) {
      wbi_sha256 sha;
      wbi_sha256_init(&sha);
      wbi_sha256_add(&sha, data, length);
      wbi_sha256_finish(&sha, whole);
      wbi_sha256_init(&sha);
      wbi_sha256_add(&sha, data, cut);
      wbi_sha256_add(&sha, data + cut, length - cut);
      wbi_sha256_finish(&sha, pieces);
      assert_memory_equal(whole, pieces, sizeof whole);
    }
  }
}

/* Asserts an HMAC-SHA-256, the key a byte repeated some times, or a text. */
static void assert_hmac(const char *key, int times, wbi_text message, const char *wanted) {
  char repeated[256];
  size_t length = 0;
  uint8_t out[32];
  for (int i = 0; i < times; i++, length += strlen(key))
    memcpy(repeated + length, key, strlen(key));
  wbi_hmac_sha256(wbi_sha256_block, (wbi_text){repeated, length}, message, out);
  assert_hex(out, sizeof out, wanted);
  wbi_hmac_sha256(wbi_sha256_of(wbi_processor()), (wbi_text){repeated, length}, message, out);
  assert_hex(out, sizeof out, wanted);
}

/* RFC 4231, 4.2 to 4.8; of the truncated one the whole. */
static void hmac_of_published_messages(void **state) {
  (void)state;
  char fifty[50];
  assert_hmac("\x0b", 20, WBI_TEXT("Hi There"),
              "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
  assert_hmac("Jefe", 1, WBI_TEXT("what do ya want for nothing?"),
              "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  memset(fifty, 0xdd, sizeof fifty);
  assert_hmac("\xaa", 20, (wbi_text){fifty, sizeof fifty},
              "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe");
  memset(fifty, 0xcd, sizeof fifty);
  assert_hmac("\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0a\x0b\x0c\x0d\x0e\x0f\x10"
              "\x11\x12\x13\x14\x15\x16\x17\x18\x19",
              1, (wbi_text){fifty, sizeof fifty},
              "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b");
  assert_hmac("\x0c", 20, WBI_TEXT("Test With Truncation"),
              "a3b6167473100ee06e0c796c2955552bfa6f7c0a6a8aef8b93f860aab0cd20c5");
  assert_hmac("\xaa", 131, WBI_TEXT("Test Using Larger Than Block-Size Key - Hash Key First"),
              "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
  assert_hmac("\xaa", 131,
              WBI_TEXT("This is a test using a larger than block-size key and a larger than "
                       "block-size data. The key needs to be hashed before being used by the HMAC "
                       "algorithm."),
              "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2");
}

/* Computed with another program: a block exactly, one byte more, and nothing at all. */
static void hmac_at_the_ends_of_its_key(void **state) {
  (void)state;
  assert_hmac("k", 64, WBI_TEXT("m"),
              "3b7a8d453e76edb519238a515105a57508d0f169f480ebeee120a9e7803289fa");
  assert_hmac("k", 65, WBI_TEXT("m"),
              "c2d7d4c2256ddb097409ec0c67e1d58fa1a007fc6932cac0d892a525d08af7cc");
  assert_hmac("k", 0, WBI_TEXT(""),
              "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad");
}

static void secrets_are_equal_only_whole(void **state) {
  (void)state;
  const uint8_t a[4] = {1, 2, 3, 4};
  for (size_t i = 0; i < sizeof a; i++) {
    uint8_t b[4] = {1, 2, 3, 4};
    assert_true(wbi_secret_equal(a, b, sizeof a));
    b[i] ^= 0x80;
    assert_false(wbi_secret_equal(a, b, sizeof a));
  }
}

/* The key 00..0f of the authors' vectors. */
static wbi_bytes16 counting_key(void) {
  wbi_bytes16 key;
  for (size_t i = 0; i < 16; i++)
    key.bytes[i] = (uint8_t)i;
  return key;
}

/* The authors' 128-bit vectors: the message of length n is 00, 01 … n-1. */
static void siphash_of_published_messages(void **state) {
  (void)state;
  static const struct {
    size_t length;
    const char *hash;
  } vectors[] = {{0, "a3817f04ba25a8e66df67214c7550293"}, {1, "da87c1d86b99af44347659119b22fc45"},
                 {2, "8177228da4a45dc7fca38bdef60affe4"}, {3, "9c70b60c5267a94e5f33b6b02985ed51"},
                 {7, "a1f1ebbed8dbc153c0b84aa61ff08239"}, {8, "3b62a9ba6258f5610f83e264f31497b4"}};
  uint8_t message[16];
  for (size_t i = 0; i < sizeof message; i++)
    message[i] = (uint8_t)i;
  const wbi_bytes16 key = counting_key();
  for (size_t i = 0; i < WBI_COUNT(vectors); i++) {
    wbi_siphash sip;
    wbi_bytes16 out;
    wbi_siphash_init(&sip, &key);
    wbi_siphash_add(&sip, message, vectors[i].length);
    wbi_siphash_finish(&sip, &out);
    assert_hex(out.bytes, sizeof out.bytes, vectors[i].hash);
  }
}

static void siphash_does_not_depend_on_pieces(void **state) {
  (void)state;
  const wbi_bytes16 key = counting_key();
  const char *text = "0123456789abcdefghijklmnopq";
  for (size_t cut = 0; cut <= 27; cut++) {
    wbi_siphash sip;
    wbi_bytes16 whole, pieces;
    wbi_siphash_init(&sip, &key);
    wbi_siphash_add(&sip, text, 27);
    wbi_siphash_finish(&sip, &whole);
    wbi_siphash_init(&sip, &key);
    wbi_siphash_add(&sip, text, cut);
    wbi_siphash_add(&sip, text + cut, 27 - cut);
    wbi_siphash_finish(&sip, &pieces);
    assert_true(wbi_bytes16_equal(&whole, &pieces));
  }
}

/* The hash of two texts, one after the other. */
static wbi_bytes16 sip_of_two(wbi_text a, wbi_text b) {
  const wbi_bytes16 key = counting_key();
  wbi_siphash sip;
  wbi_bytes16 out;
  wbi_siphash_init(&sip, &key);
  wbi_siphash_text(&sip, a);
  wbi_siphash_text(&sip, b);
  wbi_siphash_finish(&sip, &out);
  return out;
}

static void texts_do_not_run_together(void **state) {
  (void)state;
  const wbi_bytes16 a = sip_of_two(WBI_TEXT("ab"), WBI_TEXT("c"));
  const wbi_bytes16 b = sip_of_two(WBI_TEXT("a"), WBI_TEXT("bc"));
  assert_false(wbi_bytes16_equal(&a, &b));
  const wbi_bytes16 key = counting_key();
  wbi_siphash sip;
  wbi_bytes16 raw;
  wbi_siphash_init(&sip, &key);
  wbi_siphash_add(&sip, "\2\0\0\0ab\1\0\0\0c", 11);
  wbi_siphash_finish(&sip, &raw);
  assert_true(wbi_bytes16_equal(&a, &raw));
}

/* RFC 3720, B.4, and the usual check value. */
static void crc32c_of_published_messages(void **state) {
  (void)state;
  uint8_t bytes[32];
  assert_int_equal(wbi_crc32c(0, "123456789", 9), 0xE3069283);
  assert_int_equal(wbi_crc32c(0, "", 0), 0);
  memset(bytes, 0, sizeof bytes);
  assert_int_equal(wbi_crc32c(0, bytes, sizeof bytes), 0x8A9136AA);
  memset(bytes, 0xFF, sizeof bytes);
  assert_int_equal(wbi_crc32c(0, bytes, sizeof bytes), 0x62A8AB43);
  for (size_t i = 0; i < sizeof bytes; i++)
    bytes[i] = (uint8_t)i;
  assert_int_equal(wbi_crc32c(0, bytes, sizeof bytes), 0x46DD794E);
  for (size_t i = 0; i < sizeof bytes; i++)
    bytes[i] = (uint8_t)(31 - i);
  assert_int_equal(wbi_crc32c(0, bytes, sizeof bytes), 0x113FDB5C);
}

static void crc32c_can_be_continued(void **state) {
  (void)state;
  const char *text = "0123456789abcdefghijklmnopq";
  const uint32_t whole = wbi_crc32c(0, text, 27);
  for (size_t cut = 0; cut <= 27; cut++) {
    assert_int_equal(wbi_crc32c(wbi_crc32c(0, text, cut), text + cut, 27 - cut), whole);
  }
}

static void table_hash_tells_texts_apart(void **state) {
  (void)state;
  assert_true(wbi_hash_bytes("a", 1) == wbi_hash_bytes("a", 1));
  assert_true(wbi_hash_bytes("a", 1) != wbi_hash_bytes("b", 1));
  assert_true(wbi_hash_bytes("a", 1) != wbi_hash_bytes("a\0", 2));
  assert_true((wbi_hash_bytes("a", 1) & 0xFFFF) != (wbi_hash_bytes("b", 1) & 0xFFFF));
  assert_true(wbi_hash_bytes("patient-1", 9) != wbi_hash_bytes("Patient-1", 9));
  assert_true(wbi_hash_bytes("patient-1", 9) != wbi_hash_bytes("patient-2", 9));
}

static void sixteen_bytes_compare(void **state) {
  (void)state;
  wbi_bytes16 a = {{0}}, b = {{0}};
  assert_true(wbi_bytes16_empty(&a));
  assert_true(wbi_bytes16_equal(&a, &b));
  a.bytes[15] = 1;
  assert_false(wbi_bytes16_empty(&a));
  assert_false(wbi_bytes16_equal(&a, &b));
}

/* CRC-32C bit by bit. */
static uint32_t slow_crc32c(const uint8_t *bytes, size_t length) {
  uint32_t crc = UINT32_MAX;
  for (size_t i = 0; i < length; i++) {
    crc ^= bytes[i];
    for (int bit = 0; bit < 8; bit++)
      crc = crc >> 1 ^ (crc & 1 ? 0x82f63b78 : 0);
  }
  return ~crc;
}

/* Every byte at every place of a step reaches every entry of the table. */
static void crc32c_is_that_of_every_bit(void **state) {
  (void)state;
  for (size_t place = 0; place < 16; place++) {
    for (unsigned value = 0; value < 256; value++) {
      uint8_t bytes[16] = {0};
      bytes[place] = (uint8_t)value;
      for (size_t length = 0; length <= 16; length++)
        assert_int_equal(wbi_crc32c(0, bytes, length), slow_crc32c(bytes, length));
    }
  }
}

/* A processor that has one of them has no other for it. */
static void a_processor_without_hashes_of_its_own_has_ours(void **state) {
  (void)state;
  assert_ptr_equal(wbi_crc32c_of(0), wbi_crc32c);
  assert_ptr_equal(wbi_crc32c_of(WBI_HAS_SHA256), wbi_crc32c);
  assert_ptr_equal(wbi_sha256_of(0), wbi_sha256_block);
  assert_ptr_equal(wbi_sha256_of(WBI_HAS_CRC32C), wbi_sha256_block);
  assert_int_equal(wbi_processor() & ~(uint32_t)(WBI_HAS_CRC32C | WBI_HAS_SHA256), 0);
}

static void crc32c_is_the_same_by_the_processors_own(void **state) {
  (void)state;
  uint8_t bytes[100];
  const wbi_crc32c_run own = wbi_crc32c_of(wbi_processor());
  for (size_t i = 0; i < sizeof bytes; i++)
    bytes[i] = (uint8_t)(i * 131 + 7);
  for (size_t length = 0; length <= sizeof bytes; length++) {
    const size_t cut = length / 3;
    const uint32_t whole = wbi_crc32c(0, bytes, length);
    assert_int_equal(own(0, bytes, length), whole);
    assert_int_equal(own(own(0, bytes, cut), bytes + cut, length - cut), whole);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(sha256_of_published_messages),
      cmocka_unit_test(sha256_does_not_depend_on_pieces),
      cmocka_unit_test(sha256_is_the_same_by_the_processors_own),
      cmocka_unit_test(hmac_of_published_messages),
      cmocka_unit_test(hmac_at_the_ends_of_its_key),
      cmocka_unit_test(secrets_are_equal_only_whole),
      cmocka_unit_test(siphash_of_published_messages),
      cmocka_unit_test(siphash_does_not_depend_on_pieces),
      cmocka_unit_test(texts_do_not_run_together),
      cmocka_unit_test(crc32c_of_published_messages),
      cmocka_unit_test(crc32c_can_be_continued),
      cmocka_unit_test(crc32c_is_that_of_every_bit),
      cmocka_unit_test(a_processor_without_hashes_of_its_own_has_ours),
      cmocka_unit_test(crc32c_is_the_same_by_the_processors_own),
      cmocka_unit_test(table_hash_tells_texts_apart),
      cmocka_unit_test(sixteen_bytes_compare),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
