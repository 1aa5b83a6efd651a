/* SPDX-License-Identifier: MIT */
/* Addresses: their normal form, their contact point, and what a record says of one. */
#include "outreach/outreach.h"

enum {
  CONTACT_VERSION = 1,   /* of the normal form; part of the hash */
  PHONE_DIGITS_MAX = 15, /* E.164 */
  PHONE_DIGITS_MIN = 8,
  EMAIL_MAX = 254, /* RFC 5321, 4.5.3.1.3, without the angle brackets */
  EMAIL_LOCAL_MAX = 64,
  EMAIL_LABEL_MAX = 63
};

/* Countries of the North American Numbering Plan. */
static const char contact_plan[] =
    "US CA AG AI AS BB BM BS DM DO GD GU JM KN KY LC MP MS PR SX TC TT VC VG VI";

/* Whether a country or region ("US", "US-NY") numbers by the North American plan; an empty one is
   taken for the United States. */
static bool phone_in_plan(wbi_text region) {
  if (region.length == 0) return true;
  if (region.length < 2 || (region.length > 2 && region.data[2] != '-')) return false;
  const wbi_text country = wbi_text_slice(region, 0, 2);
  for (size_t i = 0; i + 2 <= sizeof contact_plan - 1; i += 3) {
    if (wbi_text_equal_fold(country, (wbi_text){contact_plan + i, 2})) return true;
  }
  return false;
}

/* Whether three digits can be an area code or an exchange: 2-9 first, and not N11. */
static bool phone_code_possible(const char *digits) {
  return digits[0] >= '2' && !(digits[1] == '1' && digits[2] == '1');
}

/* Whether ten digits can be a number of the North American plan. */
static bool phone_plan_possible(wbi_text digits) {
  return digits.length == 10 && phone_code_possible(digits.data) &&
         phone_code_possible(digits.data + 3);
}

/* Takes the digits out of a number; false when there is anything but digits and separators, as in
   an extension, or too many digits. */
static bool phone_read_digits(wbi_text address, char digits[PHONE_DIGITS_MAX], size_t *count) {
  *count = 0;
  for (size_t i = 0; i < address.length; i++) {
    const char c = address.data[i];
    if (c < '0' || c > '9') {
      if (c == '\0' || strchr(" -.()/", c) == NULL) return false;
      continue;
    }
    if (*count == PHONE_DIGITS_MAX) return false;
    digits[(*count)++] = c;
  }
  return true;
}

/* Writes a telephone number as E.164; false: not one. */
static bool phone_put(wbi_writer *writer, wbi_text address, wbi_text region) {
  char digits[PHONE_DIGITS_MAX];
  size_t count = 0;
  const bool international = address.length > 0 && address.data[0] == '+';
  if (!phone_read_digits(wbi_text_slice(address, international, SIZE_MAX), digits, &count)) {
    return false;
  }
  wbi_text number = {digits, count};
  const bool with_one = number.length == 11 && digits[0] == '1';
  if (international && digits[0] != '1') {
    if (number.length < PHONE_DIGITS_MIN || digits[0] == '0') return false;
    wbi_put_char(writer, '+');
    wbi_put_text(writer, number);
    return true;
  }
  if (international ? !with_one : !phone_in_plan(region)) return false;
  if (with_one) number = wbi_text_slice(number, 1, SIZE_MAX);
  if (!phone_plan_possible(number)) return false;
  wbi_put_text(writer, WBI_TEXT("+1"));
  wbi_put_text(writer, number);
  return true;
}

/* Whether a character is a letter or digit of ASCII. */
static bool email_alphanumeric(char c) {
  return wbi_is_letter(c) || wbi_is_digit(c);
}

/* Whether the part before the at sign is a dot-atom (RFC 5322, 3.2.3). */
static bool email_local_valid(wbi_text local) {
  if (local.length == 0 || local.length > EMAIL_LOCAL_MAX) return false;
  char before = '.';
  for (size_t i = 0; i < local.length; i++) {
    const char c = local.data[i];
    if (c == '\0' || (!email_alphanumeric(c) && strchr("!#$%&'*+-/=?^_`{|}~.", c) == NULL)) {
      return false;
    }
    if (c == '.' && before == '.') return false;
    before = c;
  }
  return before != '.';
}

/* Whether a label of a domain is letters, digits and inner hyphens; *letters tells whether it has a
   letter. */
static bool email_label_valid(wbi_text label, bool *letters) {
  *letters = false;
  if (label.length == 0 || label.length > EMAIL_LABEL_MAX) return false;
  if (label.data[0] == '-' || label.data[label.length - 1] == '-') return false;
  for (size_t i = 0; i < label.length; i++) {
    const char c = label.data[i];
    if (!email_alphanumeric(c) && c != '-') return false;
    if (c > '9') *letters = true;
  }
  return true;
}

/* Whether a domain is two labels or more, the last of them not a number. */
static bool email_domain_valid(wbi_text domain) {
  size_t begin = 0, labels = 0;
  bool letters = false;
  for (size_t i = 0; i <= domain.length; i++) {
    if (i < domain.length && domain.data[i] != '.') continue;
    if (!email_label_valid(wbi_text_slice(domain, begin, i), &letters)) return false;
    begin = i + 1;
    labels++;
  }
  return labels >= 2 && letters;
}

/* Writes an e-mail address in lower case; false: not one. */
static bool email_put(wbi_writer *writer, wbi_text address) {
  const char *at = address.length > 0 ? memchr(address.data, '@', address.length) : NULL;
  if (at == NULL || address.length > EMAIL_MAX) return false;
  const size_t local = (size_t)(at - address.data);
  if (!email_local_valid(wbi_text_slice(address, 0, local)) ||
      !email_domain_valid(wbi_text_slice(address, local + 1, SIZE_MAX))) {
    return false;
  }
  for (size_t i = 0; i < address.length; i++) {
    wbi_put_char(writer, wbi_lower(address.data[i]));
  }
  return true;
}

/* Writes the normal form of an address; false: not one of this kind. */
static bool contact_put(wbi_writer *writer, int32_t kind, wbi_text address, wbi_text region) {
  const wbi_text trimmed = wbi_text_trim(address);
  if (kind == WB_CONTACT_PHONE) return phone_put(writer, trimmed, region);
  return kind == WB_CONTACT_EMAIL && email_put(writer, trimmed);
}

wb_status WB_CALL wb_contact_normalize(int32_t kind, const char *address, size_t length,
                                       const char *country, char *buffer, size_t capacity,
                                       size_t *needed) {
  char normal[WBI_ADDRESS_MAX];
  wbi_writer writer = {normal, sizeof normal, 0};
  if (address == NULL || needed == NULL) return WB_E_INVALID;
  if (!contact_put(&writer, kind, (wbi_text){address, length}, wbi_text_of(country))) {
    return WB_E_INVALID;
  }
  return wbi_text_give((wbi_text){normal, writer.length}, buffer, capacity, needed);
}

/* The keyed hash of a normal form. The words before it keep it apart from every other hash made
   with the practice's secret. */
static void contact_hash(const wbi_bytes16 *secret, int32_t kind, wbi_text normal,
                         wbi_bytes16 *point) {
  const uint8_t head[2] = {CONTACT_VERSION, (uint8_t)kind};
  wbi_siphash sip;
  wbi_siphash_init(&sip, secret);
  wbi_siphash_text(&sip, WBI_TEXT("contact"));
  wbi_siphash_add(&sip, head, sizeof head);
  wbi_siphash_text(&sip, normal);
  wbi_siphash_finish(&sip, point);
}

wb_status WB_CALL wb_contact_make(const uint8_t *secret, int32_t kind, const char *address,
                                  size_t length, const char *country, uint8_t *contact) {
  char normal[WBI_ADDRESS_MAX];
  size_t count = 0;
  wbi_bytes16 key, point;
  if (secret == NULL || contact == NULL) return WB_E_INVALID;
  const wb_status status =
      wb_contact_normalize(kind, address, length, country, normal, sizeof normal, &count);
  if (status != WB_OK) return status;
  memcpy(key.bytes, secret, sizeof key.bytes);
  contact_hash(&key, kind, (wbi_text){normal, count}, &point);
  memcpy(contact, point.bytes, sizeof point.bytes);
  return WB_OK;
}

/* Reads a field of the subject. */
static wb_status contact_read(const wbi_subject *subject, uint32_t field, wb_value *value,
                              wb_error *error) {
  *value = (wb_value){.size = sizeof *value};
  return wbi_facts_value(subject->facts, subject->row, field, subject->moment, value, error);
}

/* Text of a value; empty when it is absent. */
static wbi_text contact_text(const wb_value *value) {
  return (wbi_text){value->data, value->kind == WB_TEXT ? value->length : 0};
}

/* What the record says to the channel, and since when. */
static wb_status contact_read_permission(const wbi_subject *subject, wbi_contact *contact,
                                         wb_error *error) {
  const wbi_outreach_fields *fields = subject->fields;
  const bool sms = contact->channel == WB_CHANNEL_SMS;
  wb_value value;
  wb_status status = contact_read(subject, sms ? fields->text_permission : fields->email_permission,
                                  &value, error);
  if (status != WB_OK) return status;
  const wbi_text said = contact_text(&value);
  if (wbi_text_equal(said, WBI_TEXT("yes"))) contact->permission = WBI_PERMISSION_YES;
  if (wbi_text_equal(said, WBI_TEXT("no"))) contact->permission = WBI_PERMISSION_NO;
  if (!sms) return WB_OK;
  status = contact_read(subject, fields->permission_on, &value, error);
  if (status == WB_OK && value.kind == WB_DATE) contact->permitted = (wb_date)value.integer;
  if (status == WB_OK) status = contact_read(subject, fields->mobile_given, &value, error);
  if (status == WB_OK) contact->given = value.kind != WB_BOOL || value.integer != 0;
  return status;
}

/* Whether the patient wants to be reached otherwise: confidential communication, or not at all. */
static wb_status contact_read_preference(const wbi_subject *subject, wbi_contact *contact,
                                         wb_error *error) {
  const bool sms = contact->channel == WB_CHANNEL_SMS;
  wb_value value;
  wb_status status = contact_read(subject, subject->fields->do_not_contact, &value, error);
  if (status != WB_OK) return status;
  contact->other_way = value.kind == WB_BOOL && value.integer != 0;
  status = contact_read(subject, subject->fields->only_channel, &value, error);
  if (status != WB_OK || value.kind != WB_TEXT) return status;
  const wbi_text own = sms ? WBI_TEXT("sms") : WBI_TEXT("email");
  contact->other_way = contact->other_way || !wbi_text_equal(contact_text(&value), own);
  return WB_OK;
}

/* The address in its normal form, or why there is none. */
static wb_status contact_read_address(const wbi_subject *subject, wbi_contact *contact,
                                      wb_error *error) {
  const bool sms = contact->channel == WB_CHANNEL_SMS;
  const int32_t kind = sms ? WB_CONTACT_PHONE : WB_CONTACT_EMAIL;
  wb_value value;
  wb_status status = contact_read(subject, subject->fields->region, &value, error);
  if (status != WB_OK) return status;
  const wbi_text place = wbi_text_slice(contact_text(&value), 0, sizeof contact->region - 1);
  if (place.length > 0) memcpy(contact->region, place.data, place.length);
  status =
      contact_read(subject, sms ? subject->fields->mobile : subject->fields->email, &value, error);
  if (status != WB_OK) return status;
  const wbi_text address = wbi_text_trim(contact_text(&value));
  wbi_writer writer = {contact->address, sizeof contact->address - 1, 0};
  if (address.length == 0) {
    contact->unusable = WB_HOLD_NO_ADDRESS;
  } else if (!contact_put(&writer, kind, address, wbi_text_of(contact->region))) {
    contact->unusable = WB_HOLD_BAD_ADDRESS;
    memset(contact->address, 0, sizeof contact->address);
  }
  return WB_OK;
}

/* The number of somebody who is written to by another channel: a STOP from there may end that, too.
 */
static wb_status contact_read_mobile(const wbi_subject *subject, const wbi_bytes16 *secret,
                                     wbi_contact *contact, wb_error *error) {
  char normal[WBI_ADDRESS_MAX];
  wbi_writer writer = {normal, sizeof normal, 0};
  wb_value value;
  const wb_status status = contact_read(subject, subject->fields->mobile, &value, error);
  if (status == WB_OK &&
      contact_put(&writer, WB_CONTACT_PHONE, contact_text(&value), wbi_text_of(contact->region)))
    contact_hash(secret, WB_CONTACT_PHONE, (wbi_text){normal, writer.length}, &contact->mobile);
  return status;
}

/* Where the patient lives. */
static wb_status contact_read_home(const wbi_subject *subject, wbi_contact *contact,
                                   wb_error *error) {
  wb_value value;
  const wb_status status = contact_read(subject, subject->fields->home, &value, error);
  if (status != WB_OK) return status;
  const wbi_text home = wbi_text_slice(contact_text(&value), 0, sizeof contact->home - 1);
  if (home.length > 0) memcpy(contact->home, home.data, home.length);
  return WB_OK;
}

/* The zone, which says the country where the region is not known. */
static wb_status contact_read_zone(const wbi_subject *subject, wbi_contact *contact,
                                   wb_error *error) {
  return wbi_facts_zone(subject->facts, subject->row, subject->moment, &contact->zone, error);
}

/* Age, today's date, and the last visit. */
static wb_status contact_read_person(const wbi_subject *subject, wbi_contact *contact,
                                     wb_error *error) {
  wb_value age, seen, today;
  wb_status status = contact_read(subject, subject->fields->patient_age, &age, error);
  if (status == WB_OK) status = contact_read(subject, subject->fields->last_visit, &seen, error);
  if (status == WB_OK) status = contact_read(subject, subject->fields->today, &today, error);
  if (status != WB_OK) return status;
  if (age.kind == WB_INT && age.integer >= 0) contact->age = (int32_t)age.integer;
  if (seen.kind == WB_DATE) contact->seen = (wb_date)seen.integer;
  contact->today = (wb_date)today.integer; /* no facts are without it */
  return WB_OK;
}

wb_status wbi_contact_find(const wbi_subject *subject, const wbi_bytes16 *secret, int32_t channel,
                           wbi_contact *contact, wb_error *error) {
  typedef wb_status (*contact_part)(const wbi_subject *, wbi_contact *, wb_error *);
  static const contact_part contact_parts[] = {contact_read_preference, contact_read_permission,
                                               contact_read_address,    contact_read_home,
                                               contact_read_zone,       contact_read_person};
  wbi_contact found = {.channel = channel,
                       .age = -1,
                       .today = WB_DATE_NONE,
                       .seen = WB_DATE_NONE,
                       .permitted = WB_DATE_NONE,
                       .given = true};
  if (channel != WB_CHANNEL_SMS && channel != WB_CHANNEL_EMAIL) {
    return wbi_fail(error, WB_E_INVALID, "Messages go by SMS or e-mail.");
  }
  for (size_t i = 0; i < WBI_COUNT(contact_parts); i++) {
    const wb_status status = contact_parts[i](subject, &found, error);
    if (status != WB_OK) return status;
  }
  if (channel != WB_CHANNEL_SMS) {
    const wb_status status = contact_read_mobile(subject, secret, &found, error);
    if (status != WB_OK) return status;
  }
  if (found.unusable == WB_HOLD_NONE) {
    const int32_t kind = channel == WB_CHANNEL_SMS ? WB_CONTACT_PHONE : WB_CONTACT_EMAIL;
    contact_hash(secret, kind, wbi_text_of(found.address), &found.point);
  }
  *contact = found;
  return WB_OK;
}
