/* SPDX-License-Identifier: MIT */
/* A policy in words, for the people who answer for it. */
#include "liquid/policy.h"

enum { FORMAT_COLUMN = 22 };

/* What each class is about. */
static const char *const format_about[WB_CLASS_SEALED] = {
    "the practice's own name, address, phone; today's date",
    "the patient's first name",
    "links to the practice's own pages",
    "a visit that is booked",
    "that and since when care is due, and of which kind",
    "diagnoses, procedures, treatment",
    "insurance, benefits, balances",
    "last name, birth date, numbers, addresses, keys",
    "household, guardian",
    "status, advice, permissions: for staff eyes",
};

/* Writes names that are set in a mask: "name and clinical", "public, name, link". */
static void format_classes(wbi_writer *writer, uint32_t mask, const char *last) {
  if (mask == 0) wbi_put_text(writer, WBI_TEXT("nothing"));
  bool first = true;
  for (int32_t i = 0; i < WB_CLASS_SEALED; i++) { /* same: what is sealed is in no list */
    if ((mask >> i & 1) == 0) continue;
    const bool final = mask >> i == 1;
    if (!first) wbi_put_text(writer, wbi_text_of(final ? last : ", "));
    wbi_put_text(writer, wbi_text_of(wbi_class_name(i)));
    first = false;
  }
}

/* Pads what was written since a place to a column. */
static void format_pad(wbi_writer *writer, size_t from) {
  while (writer->length - from < FORMAT_COLUMN)
    wbi_put_char(writer, ' ');
}

/* What a class is about. */
static void format_about_class(wbi_writer *writer, int32_t class_) {
  const size_t from = writer->length;
  wbi_put_text(writer, WBI_TEXT("  "));
  wbi_put_text(writer, wbi_text_of(wbi_class_name(class_)));
  format_pad(writer, from);
  wbi_put_text(writer, wbi_text_of(format_about[class_]));
  wbi_put_char(writer, '\n');
}

/* One line of a channel. */
static void format_line(wbi_writer *writer, const char *what, uint32_t mask) {
  wbi_put_text(writer, wbi_text_of(what));
  format_classes(writer, mask, ", ");
  wbi_put_char(writer, '\n');
}

/* What somebody else than the patient may be told, where it differs. */
static void format_recipient(wbi_writer *writer, const wbi_channel *patient,
                             const wbi_channel *other, const char *whom) {
  if (patient->read == other->read && patient->choose == other->choose &&
      patient->detail == other->detail)
    return;
  wbi_put_text(writer, wbi_text_of(whom));
  wbi_put_text(writer, WBI_TEXT("says "));
  format_classes(writer, other->read, ", ");
  wbi_put_text(writer, WBI_TEXT("; chosen by "));
  format_classes(writer, other->choose, ", ");
  if (other->detail != 0) wbi_put_text(writer, WBI_TEXT("; with detail consent also "));
  if (other->detail != 0) format_classes(writer, other->detail, ", ");
  wbi_put_char(writer, '\n');
}

/* Which classes do not go together. */
static void format_never(wbi_writer *writer, const wbi_channel *channel) {
  if (channel->never_count == 0) return;
  wbi_put_text(writer, WBI_TEXT("  never together      "));
  for (uint32_t i = 0; i < channel->never_count; i++) {
    if (i > 0) wbi_put_text(writer, WBI_TEXT("; "));
    format_classes(writer, channel->never[i], " and ");
  }
  wbi_put_char(writer, '\n');
}

/* The limit in its unit: "at most 2 segments". */
static void format_limit(wbi_writer *writer, const wbi_channel_kind *kind, uint32_t limit) {
  const char *unit = kind->limit + sizeof "max_" - 1;
  size_t length = strlen(unit);
  if (limit == 1) length--;
  wbi_put_text(writer, WBI_TEXT(", at most "));
  wbi_put_uint(writer, limit);
  wbi_put_char(writer, ' ');
  wbi_put_text(writer, (wbi_text){unit, length});
}

/* Whether sets that the built-in policy keeps apart may go together. */
static bool format_joins(const wbi_channel *now, const wbi_channel *before) {
  for (uint32_t i = 0; i < before->never_count; i++) {
    if (wbi_channel_never(now, before->never[i]) == 0) return true;
  }
  return false;
}

/* In what a recipient's lists are wider than built in. */
static void format_wider(wbi_writer *writer, const wbi_channel *now, const wbi_channel *before) {
  static const char *const verbs[] = {"says ", "is chosen by ", "with consent says "};
  const uint32_t more[] = {now->read & ~before->read, now->choose & ~before->choose,
                           now->detail & ~before->detail};
  for (size_t i = 0; i < WBI_COUNT(more); i++) {
    if (more[i] == 0) continue;
    wbi_put_text(writer, WBI_TEXT("  WIDENED             "));
    wbi_put_text(writer, wbi_text_of(verbs[i]));
    format_classes(writer, more[i], ", ");
    wbi_put_char(writer, '\n');
  }
}

/* One channel. */
static void format_channel(wbi_writer *writer, const wb_policy *policy, size_t index) {
  const wbi_channel *channels = policy->channels[index], *before = policy->built_in[index];
  const wbi_channel *patient = &channels[WB_RECIPIENT_PATIENT];
  wbi_put_char(writer, '\n');
  wbi_put_text(writer, wbi_text_of(patient->name));
  format_limit(writer, &wbi_channel_kinds[index], patient->limit);
  wbi_put_char(writer, '\n');
  format_line(writer, "  says                ", patient->read);
  format_line(writer, "  chosen by           ", patient->choose);
  if (patient->detail != 0) format_line(writer, "  by detail consent   ", patient->detail);
  format_never(writer, patient);
  format_recipient(writer, patient, &channels[WB_RECIPIENT_GUARDIAN], "  to a guardian       ");
  format_recipient(writer, patient, &channels[WB_RECIPIENT_HOUSEHOLD], "  to a household      ");
  for (size_t i = 0; i < WBI_RECIPIENTS; i++)
    format_wider(writer, &channels[i], &before[i]);
  if (format_joins(patient, before))
    wbi_put_text(writer, WBI_TEXT("  WIDENED             fewer classes are kept apart\n"));
  if (patient->limit > before->limit)
    wbi_put_text(writer, WBI_TEXT("  WIDENED             longer than built in\n"));
}

/* Where links lead. */
static void format_hosts(wbi_writer *writer, const wb_policy *policy) {
  wbi_put_text(writer, WBI_TEXT("Links lead to "));
  if (policy->hosts_count == 0) wbi_put_text(writer, WBI_TEXT("any host by https"));
  for (uint32_t i = 0; i < policy->hosts_count; i++) {
    if (i > 0) wbi_put_text(writer, WBI_TEXT(", "));
    wbi_put_text(writer, policy->hosts[i]);
  }
  wbi_put_text(writer, WBI_TEXT(".\n"));
}

/* The words for each value of a field. */
static void format_values(wbi_writer *writer, const wbi_general *general) {
  wbi_put_text(writer, WBI_TEXT(" is told as "));
  wbi_put_text(writer, wbi_text_of(wbi_class_name(general->gives)));
  wbi_put_text(writer, WBI_TEXT(": "));
  for (uint32_t i = 0; i < general->value_count; i++) {
    wbi_put_json(writer, general->values[i].value);
    wbi_put_text(writer, WBI_TEXT(" as "));
    wbi_put_json(writer, general->values[i].text);
    wbi_put_text(writer, WBI_TEXT(", "));
  }
  wbi_put_text(writer, WBI_TEXT("else "));
  wbi_put_json(writer, general->otherwise);
  wbi_put_text(writer, WBI_TEXT("; the reason: "));
  wbi_put_text(writer, general->reason);
}

/* One generaliser. */
static void format_general(wbi_writer *writer, const wb_policy *policy,
                           const wbi_general *general) {
  wbi_put_text(writer, WBI_TEXT("  "));
  if (general->field == WBI_GENERAL_CLASS) {
    wbi_put_text(writer, wbi_text_of(wbi_class_name(general->of)));
  } else {
    wbi_put_text(writer, wbi_schema_field(policy->schema, general->field)->name);
  }
  wbi_put_text(writer, WBI_TEXT(" ("));
  wbi_put_text(writer, general->language);
  wbi_put_char(writer, ')');
  if (general->values != NULL) {
    format_values(writer, general);
  } else {
    wbi_put_text(writer, WBI_TEXT(": "));
    wbi_put_json(writer, general->otherwise);
  }
  wbi_put_char(writer, '\n');
}

wb_status WB_CALL wb_policy_format(const wb_policy *policy, char *buffer, size_t capacity,
                                   size_t *length) {
  if (policy == NULL || length == NULL || (buffer == NULL && capacity > 0)) return WB_E_INVALID;
  wbi_writer writer = {buffer, capacity, 0};
  wbi_put_text(&writer,
               WBI_TEXT("What a message may say, by channel. What is sealed is in none.\n"));
  format_hosts(&writer, policy);
  if (policy->widened)
    wbi_put_text(&writer, WBI_TEXT("This policy was allowed to be wider than the built-in one.\n"));
  wbi_put_char(&writer, '\n');
  for (int32_t i = 0; i < WB_CLASS_SEALED; i++)
    format_about_class(&writer, i);
  for (size_t i = 0; i < WBI_CHANNELS; i++)
    format_channel(&writer, policy, i);
  wbi_put_text(&writer, WBI_TEXT("\nWords in place of what is not said, the first that fits:\n"));
  for (size_t i = policy->general.count; i > 0; i--)
    format_general(&writer, policy, wbi_vector_at(&policy->general, i - 1));
  return wbi_writer_finish(&writer, length);
}
