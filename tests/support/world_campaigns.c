/* SPDX-License-Identifier: MIT */
#include "support/world.h"

/* Two campaigns by text and e-mail, one that asks once and comes again; one about visits, one about
   openings, one that makes an offer. */
#define WORLD_SMS                                                                                  \
  "\"hello\":{\"channel\":\"sms\",\"en\":{\"body\":\"Hi, {{ location.short_name }} has time for "  \
  "you: {{ location.booking_url }} Reply STOP to opt out.\"}},"
#define WORLD_MAIL                                                                                 \
  "\"mail\":{\"channel\":\"email\",\"en\":{\"subject\":\"Your next visit\",\"body\":\"{{ "         \
  "location.booking_url }} {{ practice.name }}, {{ location.address }} Reply STOP and we will "    \
  "not write again.\"}},"
#define WORLD_TAIL "\"note\":{\"channel\":\"call\",\"en\":{\"body\":\"Please call.\"}}}}"
#define WORLD_BOTH "\"texts\":{" WORLD_SMS WORLD_MAIL WORLD_TAIL
#define WORLD_HEAD(name)                                                                           \
  "{\"format\":1,\"name\":\"" name "\",\"title\":\"Texts\",\"class\":\"care\","                    \
  "\"audience\":\"recare.overdue_months >= 1 && !recare.booked\","                                 \
  "\"segments\":[{\"name\":\"all\",\"where\":\"true\"}],\"exits\":{\"booked\":\"recare.booked\"}," \
  "\"responses\":{\"clicked\":{\"after\":{\"hours\":24},\"text\":\"note\"},"                       \
  "\"asks\":{\"after\":{\"hours\":0},\"text\":\"note\"}},"

#define WORLD_ABOUT(name, class, subject, audience)                                                \
  "{\"format\":1,\"name\":\"" name                                                                 \
  "\",\"title\":\"Texts\",\"class\":\"" class "\","                                                \
                                              "\"subject\":\"" subject                             \
                                              "\",\"audience\":\"" audience "\","                  \
                                              "\"segments\":[{\"name\":\"all\",\"where\":"         \
                                              "\"true\"}],"
#define WORLD_END "{\"id\":\"end\",\"exit\":true}],"

/* The last is another version of the first. */
const char *const world_campaigns[WORLD_DEFINITIONS][2] = {
    {"aa", WORLD_HEAD("aa") "\"touches\":6,\"rest_days\":90,\"steps\":["
                            "{\"id\":\"s1\",\"send\":[\"hello\",\"mail\"],"
                            "\"on_unknown\":{\"receipt\":{\"days\":2}}},"
                            "{\"id\":\"w1\",\"wait\":{\"days\":1}},"
                            "{\"id\":\"s2\",\"send\":[\"hello\",\"mail\"],"
                            "\"on_unknown\":\"resend\"},"
                            "{\"id\":\"w2\",\"wait\":{\"days\":3}},"
                            "{\"id\":\"s3\",\"send\":[\"mail\",\"hello\"]}," WORLD_END WORLD_BOTH},
    {"bb", WORLD_HEAD("bb") "\"touches\":2,\"rest_days\":90,\"steps\":["
                            "{\"id\":\"s1\",\"send\":[\"mail\",\"hello\"],"
                            "\"on_unknown\":{\"call\":\"note\",\"within\":{\"days\":3}}},"
                            "{\"id\":\"w1\",\"wait\":{\"hours\":30}},"
                            "{\"id\":\"s2\",\"send\":[\"mail\"]}," WORLD_END WORLD_BOTH},
    {"cc", WORLD_HEAD("cc") "\"touches\":1,\"rest_days\":7,\"steps\":["
                            "{\"id\":\"s1\",\"send\":[\"hello\"]}," WORLD_END
                            "\"texts\":{" WORLD_SMS WORLD_TAIL},
    {"dd",
     WORLD_ABOUT(
         "dd", "transactional", "appointment",
         "slot.status == \\\"scheduled\\\" && slot.confirmed != true") "\"steps\":["
                                                                       "{\"id\":\"w1\",\"wait\":{"
                                                                       "\"before_visit\":{\"days\":"
                                                                       "3,\"at\":\"10:00\"}}},"
                                                                       "{\"id\":\"s1\",\"send\":["
                                                                       "\"ask\"]},"
                                                                       "{\"id\":\"w2\",\"wait\":{"
                                                                       "\"before_visit\":{"
                                                                       "\"hours\":4}}},"
                                                                       "{\"id\":\"call\",\"call\":"
                                                                       "\"note\",\"within\":{"
                                                                       "\"hours\":4}}," WORLD_END
                                                                       "\"texts\":{\"ask\":{"
                                                                       "\"channel\":\"sms\",\"en\":"
                                                                       "{\"body\":\""
                                                                       "{{ location.short_name }}: "
                                                                       "your visit is on {{ "
                                                                       "slot.start | date: "
                                                                       "\\\"%d\\\" }}. Reply YES "
                                                                       "to confirm, NO to change "
                                                                       "it, STOP to opt "
                                                                       "out.\"}}," WORLD_TAIL},
    {"ee",
     WORLD_ABOUT(
         "ee", "care", "opening",
         "recare.overdue_months >= 1") "\"rest_days\":0,"
                                       "\"steps\":[{\"id\":\"s1\",\"send\":[\"ask\"]},"
                                       "{\"id\":\"w1\",\"wait\":{\"days\":7}}," WORLD_END
                                       "\"texts\":{\"ask\":{\"channel\":\"sms\",\"en\":{\"body\":\""
                                       "Hi, {{ location.short_name }} has time for you. Reply YES "
                                       "to take it, "
                                       "STOP to opt out.\"}}}}"},
    {"ff",
     WORLD_ABOUT(
         "ff", "offer", "patient",
         "recare.overdue_months >= 1") "\"exits\":{\"booked\":\"recare.booked\"},\"touches\":3,"
                                       "\"offers\":{\"brush\":{\"what\":\"A "
                                       "brush\",\"price_cents\":9900,"
                                       "\"regular_cents\":9900,\"value_cents\":1500,\"cash_like\":"
                                       "false,"
                                       "\"first\":\"2026-11-20\",\"last\":\"2027-10-31\","
                                       "\"qualifies\":\"true\",\"includes\":[\"a "
                                       "brush\"],\"excludes\":[],"
                                       "\"disclosures\":{\"US-NY\":[]},\"reviewer\":\"dr-lee\","
                                       "\"reviewed\":\"2026-11-19\"}},\"steps\":["
                                       "{\"id\":\"s1\",\"send\":[\"gift\"],\"offer\":\"brush\"},"
                                       "{\"id\":\"w1\",\"wait\":{\"days\":2}},"
                                       "{\"id\":\"s2\",\"send\":[\"gift\"],\"offer\":\"brush\"}"
                                       "," WORLD_END "\"texts\":{\"gift\":{\"channel\":\"email\","
                                       "\"en\":{\"subject\":"
                                       "\"For you\",\"body\":\"{{ offer.what }}: {{ offer.price | "
                                       "money }}, "
                                       "until {{ offer.last | date_words }}. {{ practice.name }}, "
                                       "{{ "
                                       "location.address }} Reply STOP and we will not write "
                                       "again.\"}}}}"},
    {"aa", WORLD_HEAD("aa") "\"touches\":6,\"rest_days\":90,\"steps\":["
                            "{\"id\":\"s2\",\"send\":[\"mail\",\"hello\"]},"
                            "{\"id\":\"w2\",\"wait\":{\"days\":2}},"
                            "{\"id\":\"s1\",\"send\":[\"hello\",\"mail\"]},"
                            "{\"id\":\"w3\",\"wait\":{\"days\":1}},"
                            "{\"id\":\"s4\",\"send\":[\"hello\"]}," WORLD_END WORLD_BOTH}};
