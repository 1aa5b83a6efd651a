/* SPDX-License-Identifier: MIT */
/* The practice, for the files that implement its calls. */
#ifndef WBI_PRACTICE_PRIVATE_H
#define WBI_PRACTICE_PRIVATE_H

#include "outreach/outreach.h"

/* Windows of a practice's hours. */
#define WBI_HOURS_MOST 16u

/* What the law was last asked in this call and what it answered: most of a poll are asked about in
   the same place, for the same campaign. */
typedef struct wbi_hours_asked {
  const wb_zone *zone, *here;
  const wb_campaign *campaign; /* NULL: nothing was asked */
  wb_time at;
  int32_t class_;
  uint32_t region_length;
  char region[WB_KEY_MAX];
  wb_law_answer answer;
} wbi_hours_asked;

/* The local day of the instant of this call, and when days around it begin, as they were asked for
   last: most of a poll are asked about in the same zone. */
enum { WBI_DAYS_BACK = 30, WBI_DAYS_KEPT = 32 };
typedef struct wbi_days_asked {
  const wb_zone *zone; /* NULL: nothing was asked */
  wb_time at;
  wb_date today;
  wb_time began[WBI_DAYS_KEPT]; /* from WBI_DAYS_BACK days before; WB_TIME_NONE: not asked */
} wbi_days_asked;

/* A step that does something, and when it is due. */
typedef struct wbi_going {
  uint8_t step;
  wb_time wake;
} wbi_going;

/* Where and when somebody is. */
typedef struct wbi_clock {
  const wb_zone *zone; /* NULL: not known; days have 24 h */
  wb_time now;
  wb_time visit; /* that it is about; WB_TIME_NONE */
} wbi_clock;

/* Where a sequence goes from a step, as asked for last: most of a poll go alike. */
enum { WBI_GOING_KEPT = 8 }; /* by the number of the step */
typedef struct wbi_going_asked {
  const wb_campaign *campaign; /* NULL: nothing was asked */
  uint32_t step;
  wbi_clock clock;
  wbi_going going;
} wbi_going_asked;

struct wb_practice {
  wbi_busy busy;
  bool stale;   /* what is durable is unknown */
  bool foreign; /* the state is of another secret: it is only saved */
  wb_context *context;
  wb_schema *schema;
  wb_policy *policy; /* NULL: the built-in one */
  wb_law *law;       /* NULL: the packs that ship, not read yet */
  wb_window hours[WBI_HOURS_MOST];
  uint32_t hours_count;
  wbi_outreach_fields fields;
  wbi_bytes16 secret;
  wbi_siphash ids; /* of actions: what they begin with */
  char key[WB_KEY_MAX + 1];
  wb_practice_options options; /* defaults filled in; pointers of the host cleared */
  wbi_state state;
  wbi_plan plan;
  wbi_arena handed;  /* text of the actions handed out last */
  wbi_arena names;   /* text lent by the last iteration */
  wbi_vector render; /* char: scratch */
  wbi_vector looked; /* wbi_looked: who this poll took out of the wake heap */
  wbi_vector given;  /* wb_action: what this poll hands out */
  wbi_keys written;  /* to which contact points, each with the campaign */
  uint32_t mark;     /* of this poll */
  wbi_hours_asked hours_asked;
  wbi_days_asked days_asked;
  wbi_going_asked going_asked[WBI_GOING_KEPT];
};

/* Begins a call: WB_E_INVALID, WB_E_BUSY, WB_E_STALE; the second also checks `now` and starts a
   plan. */
wb_status wbi_practice_enter(wb_practice *practice, wb_error *error);
wb_status wbi_practice_start(wb_practice *practice, wb_time now, wb_error *error);
void wbi_practice_leave(wb_practice *practice);
/* Reserves, journals and commits what was planned. Without records: nothing. */
wb_status wbi_practice_commit(wb_practice *practice, wb_error *error);
/* Plans a record with a single effect, or the rest of one that is open. */
wb_status wbi_practice_record(wb_practice *practice, wbi_cause cause, const wbi_effect *effects,
                              size_t count);
/* Notes something that is refused; returns the refusal, or why it could not be noted. Drops what
   was planned. */
wb_status wbi_practice_note(wb_practice *practice, wbi_cause cause, const wbi_effect *note,
                            wb_status refusal);

/* What became of an action, as the journal has it. */
typedef struct wbi_outcome {
  uint8_t state, cause;
  bool elsewhere;   /* the step is tried by its next channel */
  bool awaited;     /* it is not: the sequence goes on with what is awaited */
  wb_time retry_at; /* unknown: until when the sequence waits; WB_TIME_NONE: it goes on */
} wbi_outcome;

/* Plans an outcome of an action, by its number, and what follows from it, in the open record. */
wb_status wbi_outcome_add(wb_practice *practice, uint32_t number, const wbi_outcome *outcome,
                          wb_time now);
/* A carrier knows of an opt-out: plans what follows, as from the patient's own word, in the open
   record. spared: 1 + number of the enrolment that goes on by another channel, or 0. */
wb_status wbi_contact_out(wb_practice *practice, const wbi_bytes16 *contact, uint32_t spared,
                          wb_time now);
/* After a restore: an action that only the host's outbox knows is kept among the events, so that it
   is not handed out again; and whether one is. */
wb_status wbi_outbox_note(wb_practice *practice, const wbi_bytes16 *id, int32_t kind,
                          wb_error *error);
bool wbi_outbox_has(const wbi_state *state, const wbi_bytes16 *id);
/* Whether the host may tell of another attempt at a message that came to nothing: one since the
   backup that is being restored. */
bool wbi_outbox_tells(const wbi_state *state, const wbi_action *action);
/* Reads an outcome as the host has it: WB_E_INVALID, WB_E_VERSION. */
wb_status wbi_ack_check(const wb_outcome *given, wb_outcome *known, wb_error *error);
/* Notes an outcome, or refuses it; after wbi_plan_start. */
wb_status wbi_ack_run(wb_practice *practice, const wbi_bytes16 *id, const wb_outcome *outcome,
                      wb_time now, wb_error *error);
/* One poll on entered facts, after wbi_plan_start: practice->given is what is handed out. */
wb_status wbi_poll_run(wb_practice *practice, wb_facts *facts, wb_time now, uint32_t capacity,
                       wb_error *error);
/* A location, with what the poll under way plans there. */
wbi_location *wbi_poll_location(const wb_practice *practice, uint32_t number);
/* Plans closing what is on the desk's outreach list for a patient, in the open record; of what
   sequences wait for that are live, only that of an enrolment (WBI_NONE: of all). */
wb_status wbi_practice_close(wb_practice *practice, uint32_t patient, uint32_t enrollment);

/* A visit as the practice's record has it. */
typedef struct wbi_credited {
  wbi_text key; /* empty: not known */
  wb_time at;
  wb_cents value;
  int32_t stands; /* WBI_VISIT_BOOKED… */
  bool exact;     /* known by its key alone, not by its day */
} wbi_credited;

/* The credit of a visit; NULL: there is none. */
const wbi_credit *wbi_credit_find(const wb_practice *practice, uint32_t patient,
                                  const wbi_credited *visit);
/* Plans what the facts show of visits that were kept or are off, of those who wait for them. */
wb_status wbi_kept_find(wb_practice *practice, wb_facts *facts, wb_time now, wb_error *error);

/* Plans to which message a visit of a patient counts, in the open record. */
wb_status wbi_credit_plan(wb_practice *practice, uint32_t patient, const wbi_credited *visit,
                          wb_time now);

/* Which counters are summed up; a name without data: any. */
typedef struct wbi_metrics_query {
  wbi_text campaign, segment, variant;
  bool held_out;
  bool alike; /* only of definitions and segments in which somebody is held out */
} wbi_metrics_query;

/* WB_E_NAME: nobody ever entered there. */
wb_status wbi_metrics_sum(wb_practice *practice, const wbi_metrics_query *query, wb_metrics *sum);

/* The campaign of a definition, compiled when first needed; NULL with WB_OK: it no longer compiles.
 */
wb_status wbi_practice_campaign(wb_practice *practice, uint32_t definition,
                                const wb_campaign **campaign);
/* Whether the facts are usable by the practice at all, and entered: WB_E_INVALID, WB_E_BUSY. */
wb_status wbi_practice_facts(wb_practice *practice, wb_facts *facts, wb_error *error);
/* Whether facts are no good: more than so many seconds old, or of later than now, by more than two
   clocks may differ; such ones would never be old. The second goes by the practice's own limit. */
bool wbi_practice_old_facts(const wb_facts *facts, wb_time now, wb_time most);
bool wbi_practice_stale_facts(const wb_practice *practice, const wb_facts *facts, wb_time now);
/* How old facts may be, in seconds, to ask about a visit or an opening: the book changes fast. */
#define WBI_FRESH_BOOK (4 * 3600)

/* Takes over the hours of the practice; count 0: the default ones. WB_E_INVALID. */
wb_status wbi_hours_read(wb_practice *practice, const wb_window *given, uint32_t count,
                         wb_error *error);
/* The first instant at or after `at` within the hours of the practice; `at` itself when none is
   near. The law is asked when something is about to go out. */
wb_time wbi_hours_next(const wb_practice *practice, const wb_zone *zone, wb_time at);
/* The same for what a campaign does, whose class the practice's hours may not bind. */
wb_time wbi_hours_due(const wb_practice *practice, const wb_campaign *campaign, const wb_zone *zone,
                      wb_time at);
/* The check value of a secret and the practice's key. */
wbi_bytes16 wbi_practice_check(const wbi_bytes16 *secret, wbi_text key);
/* Makes sure that the law of the practice is there: the packs that ship are read when they are
   first needed. */
wb_status wbi_practice_law(wb_practice *practice, wb_error *error);
/* Whose law binds: that of a region, or of the zone's country where it is empty. Zone NULL: any
   that the region has. */
typedef struct wbi_jurisdiction {
  wbi_text region;
  const wb_zone *zone;
} wbi_jurisdiction;

/* The first stretch within the law of a place for a class of message, the hours of the campaign
   and, unless the class is transactional or urgent, those of the practice in the zone of `here`. */
wb_status wbi_hours_find(wb_practice *practice, const wb_zone *here, const wbi_jurisdiction *place,
                         const wb_campaign *campaign, int32_t class_, wb_time at,
                         wb_law_answer *answer, wb_error *error);

/* What is done at a step or, where that waits, after it. */
wbi_going wbi_sequence_go(wb_practice *practice, const wb_campaign *campaign, uint32_t step,
                          const wbi_clock *clock);
/* When the step is due that an enrolment came to: what a wait ends at is a time of the day in a
   zone, where that is later than in the zone of then. */
wb_time wbi_sequence_due(wb_practice *practice, const wb_campaign *campaign,
                         const wbi_enrollment *enrollment, const wb_zone *zone);
/* When a wait is over that begins at an instant; and one that counts from a visit. */
wb_time wbi_wait_end(const wbi_delay *delay, const wb_zone *zone, wb_time at);
wb_time wbi_wait_visit(const wbi_step *wait, const wb_zone *zone, wb_time visit);
/* The beginning of the local day some days after an instant: from WBI_DAYS_BACK before to one
   after. */
wb_time wbi_practice_day(wb_practice *practice, const wb_zone *zone, wb_time at, int32_t days);
/* The local day of an instant; WB_DATE_NONE: the zone is not known. */
wb_date wbi_practice_today(wb_practice *practice, const wb_zone *zone, wb_time at);
/* Whom an enrolment is about, and which entry it is. */
typedef struct wbi_who {
  wbi_text patient, subject; /* keys: under which they entered; empty: the patient itself */
  uint32_t entry;
  uint32_t loop; /* how many times it went back */
} wbi_who;

/* Sets the secret; what all ids of actions begin with is taken in once. */
void wbi_practice_secret(wb_practice *practice, const wbi_bytes16 *secret);
/* Whom the ids of an enrolment are of. */
wbi_who wbi_sequence_who(const wbi_state *state, uint32_t number);
/* The id of an action: the same for every attempt, another for another entry. */
wbi_bytes16 wbi_sequence_id(const wb_practice *practice, const wb_campaign *campaign, wbi_who who,
                            wbi_text step, int32_t channel);
/* The same of the call that a step or a response of this name makes in the present entry. */
wbi_bytes16 wbi_sequence_call(const wb_practice *practice, const wb_campaign *campaign,
                              uint32_t number, wbi_text name);
/* What stands for a key that is forgotten for so many times already: nothing that it could be read
   from. */
enum { WBI_STAND_IN_MAX = 40 };
wbi_text wbi_stand_in(const wb_practice *practice, wbi_text key, uint32_t times,
                      char text[WBI_STAND_IN_MAX]);
/* The number of the next entry of a key, from 1: one more than the last, also of whoever had the
   key before it was forgotten; about a visit or an opening (WB_TIME_NONE: neither) at least that of
   the day when it starts. Of those nothing is remembered for long, and so no action has the id of
   one of before all the same, nor another one once a backup is restored. */
uint32_t wbi_sequence_entry(const wb_practice *practice, wbi_text key, uint32_t definition,
                            wbi_text subject, wb_time start);
/* Whether another sequence may begin after one that ended: what it handed out does not turn unknown
   any more, and the facts are not from before its end, which they would not show. */
bool wbi_sequence_over(const wb_practice *practice, uint32_t number, const wb_facts *facts);
/* Why a sequence is over, where that decides what follows. */
typedef enum wbi_ending {
  WBI_ENDING_NONE,     /* it is not */
  WBI_ENDING_OTHER,    /* the patient, the campaign or the practice wants no more of it */
  WBI_ENDING_FINISHED, /* it came to the end of its steps */
  WBI_ENDING_GONE,     /* what it asks about is not there any more */
  WBI_ENDING_SETTLED,  /* what it asks about a visit is known, or no longer asked */
  WBI_ENDING_PUT_OFF   /* the visit has another time than the one that the desk called about */
} wbi_ending;

wbi_ending wbi_sequence_ending(const wbi_state *state, const wbi_enrollment *enrollment);

/* Why nothing may go to a patient on any channel of a step; WB_HOLD_NONE: `contact` and `text` (an
   index of the campaign's texts) say how it may. The reason is that of the first channel. */
typedef struct wbi_reach {
  wbi_contact contact;
  wbi_consent_answer consent;
  uint64_t row; /* of the patient whose the contact point is */
  uint16_t text;
  int32_t hold;
  wbi_bytes16 id;
  uint32_t attempt;
  bool over; /* held, and a message of the step is over, which is not repeated */
} wbi_reach;

/* Whether a message may go to a contact point of a person, as record, law and practice say. The
   law is there. */
wbi_consent_answer wbi_consent_ask(const wb_practice *practice, const wbi_contact *contact,
                                   uint32_t person, int32_t message_class);
/* Whether a person opted out of texts by key: whoever is written to, nothing is texted of them. */
bool wbi_person_out(const wbi_state *state, uint32_t person, int32_t channel);
/* The place whose law binds a contact. The law is there. */
wbi_text wbi_contact_place(const wb_practice *practice, const wbi_contact *contact);
/* Whether the patient of a contact is known not to be of age. The law is there. */
bool wbi_contact_minor(const wb_practice *practice, const wbi_contact *contact,
                       int32_t message_class);
/* Of a minor: turns to the patient who is marked to stand for them, of money owed else to the
   guarantor. *someone: there is one; then the contact is theirs. */
wb_status wbi_reach_guardian(const wb_practice *practice, int32_t message_class,
                             const wbi_subject *subject, wbi_reach *reach, bool *someone,
                             wb_error *error);
/* Whether a member of the household has died and the record does not know it yet. */
wb_status wbi_household_mourns(const wb_practice *practice, const wbi_subject *subject,
                               bool *mourns, wb_error *error);
/* Whether a message may go to the patient on the channel of a text; of a minor to whoever stands
   for them, where the campaign has a text for that. */
wb_status wbi_reach_channel(wb_practice *practice, const wb_campaign *campaign,
                            const wbi_subject *subject, wbi_text patient, uint16_t index,
                            wbi_reach *reach, wb_error *error);
/* Which attempt an action would be; 0: it is over, and is not repeated. A bad address is no end
   once there is another. */
uint32_t wbi_reach_attempt(const wbi_state *state, const wbi_bytes16 *id,
                           const wbi_bytes16 *contact);
/* Whether a step was done, on whatever channel: it is not done again. */
bool wbi_reach_done(const wb_practice *practice, const wb_campaign *campaign, const wbi_step *step,
                    wbi_who who);
/* `who` names the action; an action that is over is not repeated. */
wb_status wbi_reach_find(wb_practice *practice, const wb_campaign *campaign,
                         const wbi_subject *subject, const wbi_step *step, wbi_who who,
                         wbi_reach *reach, wb_error *error);

/* What a call is worth, from 0 to 99, by the signs of interest and the calls in vain; its rank on
   the list; and the signs in words. */
int32_t wbi_desk_score(uint32_t signals, uint32_t attempts);
uint8_t wbi_desk_rank(uint32_t signals, uint32_t attempts);
void wbi_desk_why(uint32_t signals, wbi_writer *writer);
/* Whether a list has no room for another task at a location (a number) that day. */
bool wbi_desk_full(wb_practice *practice, uint32_t location, uint8_t list, wb_date day);

/* Whether a task of a reason is open, of a patient or location (numbers; WBI_NONE: of any). */
bool wbi_desk_has(const wbi_state *state, uint32_t patient, uint32_t location, wbi_text reason);
/* Takes a task off its list, in the open record. */
wb_status wbi_desk_settle(wb_practice *practice, const wbi_open_task *task);
/* Whether a task is a call, or about a visit, that an enrolment has come to. */
bool wbi_desk_calls(const wbi_state *state, const wbi_open_task *task, uint32_t enrollment);
/* Whether the desk has such a task of an enrolment. */
bool wbi_desk_called(const wbi_state *state, uint32_t enrollment);
/* Plans, in the open record, closing what an enrolment has on the lists Outreach and Visits; and
   what is on Visits for a patient who has a visit now, but for questions that are still open, and
   an opening that is theirs and another time than that visit. */
wb_status wbi_desk_close(wb_practice *practice, uint32_t enrollment);
wb_status wbi_desk_found(wb_practice *practice, uint32_t patient, wbi_text visit);
/* When the first task expires that no enrolment waits for; WB_TIME_MAX: none does. Plans closing
   those that have. */
wb_time wbi_desk_wake(const wb_practice *practice);
wb_status wbi_desk_expire(wb_practice *practice, wb_time now);

/* One enrolment being looked at by a poll. A check that decides sets `done`. */
typedef struct wbi_turn {
  wb_practice *practice;
  const wb_campaign *campaign;
  const wbi_subject *subject;
  const wb_zone *zone;
  wbi_text patient; /* key */
  uint32_t person;  /* number of that */
  uint32_t number;  /* of the enrolment */
  wb_time now;
  wb_time before;   /* no delivery or call at or after this instant */
  wb_time visit;    /* that it is about; WB_TIME_NONE */
  wb_time again;    /* when to look again; WB_TIME_NONE: as committed */
  wb_time booked;   /* when the visit is that ends it; WB_TIME_NONE */
  const char *rule; /* of the law, or its name for other hours, that holds it; "" */
  wb_time counts;   /* the message at stake, since then; WB_TIME_NONE: not yet */
  wb_time since;    /* a wait from here on counts from then: now, or when what decided was due */
  int32_t answers;  /* the class of an answer to what somebody wrote: uncounted; 0: it is none */
  uint8_t step, loop;
  uint8_t left;            /* why that step is left without its message: enum wb_hold */
  bool scheduled;          /* that visit is */
  bool paused;             /* nothing goes out, whatever else would hold it */
  bool moved;              /* to that step, in this turn */
  bool goes_on;            /* …since the one before is left out */
  const wbi_action *looks; /* a last look at what is handed out: nothing is planned… */
  wbi_text reason;         /* …but why it ends… */
  int32_t hold;            /* …or would be held… */
  bool elsewhere;          /* …since its channel is closed */
  bool done;
} wbi_turn;

/* Nothing opens for this message: a person is told, once for a location while they have not dealt
   with it. */
wb_status wbi_desk_closed(wbi_turn *turn);
/* Goes on from the present step: past what only decides, until something is to be sent or waited
   for. Where that is a message or the end, *sends is true and the turn is there. */
wb_status wbi_step_walk(wbi_turn *turn, bool *sends, wb_error *error);
/* Goes over to a step: now, or the turn is over and it waits, counted from `since`. */
wb_status wbi_step_go(wbi_turn *turn, uint32_t step);
/* Plans that the enrolment is at the present step, until then or until an event. */
wb_status wbi_step_record(wbi_turn *turn, uint8_t awaits, wb_time wake);
/* Leaves the present step without what it does, for a reason of enum wb_hold: the turn is over, or
   goes on at the next, where that is due. */
wb_status wbi_step_leave(wbi_turn *turn, int32_t why);
/* Something happened that a step of a live enrolment may await: plans that, in the open record. */
wb_status wbi_step_event(wb_practice *practice, uint32_t number, uint8_t event);
/* Whether an enrolment is at a step that awaits an event, or comes to it with the message that is
   handed out. */
wb_status wbi_step_awaits(wb_practice *practice, uint32_t number, uint8_t event, bool *awaits);

/* The offer that the present step makes, and that may be made to the patient, lent to the texts;
   NULL: none. Else the turn is held. authorized: the patient authorised what a third party pays
   for. */
wb_status wbi_offer_claim(wbi_turn *turn, bool authorized, wb_date day, const wb_offer **made,
                          wb_error *error);
/* Lends an offer to the texts. */
void wbi_offer_lend(const wb_offer *offer, wb_facts *facts);
/* What counts for the year when it is handed out. */
wbi_effect wbi_offer_gift(const wbi_turn *turn, const wb_offer *offer, const wbi_bytes16 *id,
                          wb_date day);
/* Until when no message may go by the caps of practice and campaign, nor by those of the law at a
   place, on a channel and a day: *rule is the one of the law that holds it. WB_TIME_NONE: one may.
 */
wb_time wbi_caps_find(const wbi_turn *turn, wbi_text place, int32_t channel, wb_date on,
                      const char **rule);
/* What counts against each of them, and what they are: of a claim. */
void wbi_caps_count(const wbi_turn *turn, wbi_effect *claim);
/* Whether the campaign wrote to a contact point already, as far as is remembered. */
bool wbi_caps_again(const wbi_turn *turn, const wbi_bytes16 *contact);
/* Whether a contact point was written to about somebody else since a local day, or may have been:
   by a campaign, or, its name empty, by any. */
bool wbi_caps_shared(const wbi_turn *turn, const wbi_bytes16 *contact, wbi_text campaign,
                     wb_date day);
/* What a text says; a part that it does not have is empty. */
typedef struct wbi_said {
  const char *subject, *preheader, *body, *html;
} wbi_said;

/* The wording of a text in the patient's language, else in the campaign's. */
wb_status wbi_say_wording(const wbi_campaign_text *text, const wbi_subject *subject,
                          const wbi_wording **wording, wb_error *error);
/* Lends message.link, made in an arena, for what is said of an action: how the location's links
   begin, and the action's handle. A location that has none such lends nothing. */
wb_status wbi_say_link(const wb_practice *practice, const wbi_subject *subject,
                       const wbi_bytes16 *action, wbi_arena *arena, wb_error *error);
/* Renders the parts of a wording into an arena. */
wb_status wbi_say(wb_practice *practice, const wbi_wording *wording, const wbi_subject *subject,
                  wbi_arena *arena, wbi_said *said, wb_error *error);
/* The last checks of an action, from hours to rendering, and its claim. */
wb_status wbi_claim_send(wbi_turn *turn, const wbi_reach *reach, wb_error *error);
/* A call that a response or a step asks for. */
typedef struct wbi_call {
  wbi_text name;  /* of the response, or id of the step */
  uint16_t text;  /* index of the note */
  int32_t within; /* seconds after which it is given up; 0: as the practice has it */
} wbi_call;

wb_status wbi_claim_call(wbi_turn *turn, const wbi_call *call, wb_error *error);
/* Until when a message waits that fell due while the hours were closed, when too many go at once: a
   time that its id tells; one that is past, or now: it goes. */
wb_time wbi_spread_until(const wbi_turn *turn, const wbi_jurisdiction *place,
                         const wbi_bytes16 *id);
/* Hands a message that is unknown out once more. */
wb_status wbi_claim_resend(wbi_turn *turn, const wbi_action *action, const wbi_reach *reach,
                           wb_error *error);

/* Until when a sequence waits at its step once an action is unknown; WB_TIME_NONE: it goes on. */
wb_status wbi_unknown_until(wb_practice *practice, uint32_t number, wb_time now, wb_time *until);
/* Whether a sequence is at a step whose message is unknown, and waits there; what it does then. */
bool wbi_unknown_waits(const wbi_turn *turn);
wb_status wbi_unknown_turn(wbi_turn *turn, wb_error *error);
/* Something is known of an action: plans, in the open record, that the call about it is not needed
   any more; unless the step is gone back to, the sequence goes on. */
wb_status wbi_unknown_known(wb_practice *practice, const wbi_action *action,
                            const wbi_outcome *outcome, bool back, wb_time now);
/* After a try that did not get through, when the next is; false: it was often enough. */
bool wbi_ack_again(const wbi_action *action, wb_time now, wb_time *at);
/* Whether a message that is handed out may still go, by hours and caps, to whoever's row it is. */
wb_status wbi_claim_stands(wbi_turn *turn, uint64_t row, wb_error *error);
/* Whether a message may still go to where it went: `reach->hold` says why not. */
wb_status wbi_look_contact(wbi_turn *turn, const wbi_action *action, wbi_reach *reach,
                           wb_error *error);
/* The end of a last look, once pauses, facts and eligibility are looked at. */
wb_status wbi_look_take(wbi_turn *turn, wb_error *error);
/* Whether a call to somebody of the patient's household is open, or planned in this poll. */
wb_status wbi_desk_household(const wbi_turn *turn, bool *called, wb_error *error);
/* Plans, in the open record, what becomes of the sequence of a call that was dealt with, or given
   up; after a response also of the patient's other sequences that wait for a call: one answers all.
 */
wb_status wbi_desk_after(wb_practice *practice, uint32_t enrollment, bool done, wb_time now);
/* A call was made: while it is on the desk's list it is looked at a day later, and given up once it
   has expired. While another to the patient is, which it became part of, that one is waited for. */
wb_status wbi_desk_wait(wbi_turn *turn);
/* Plans a hold, if it is another than before, and when to look again. */
wb_status wbi_turn_hold(wbi_turn *turn, int32_t hold, wb_time again);
/* Ends it: plans that, unless it is a last look. */
wb_status wbi_turn_end(wbi_turn *turn, wbi_text reason);
/* Plans the end of a turn with a reason, and what goes with it, in the open record: call tasks, and
   the credit of a visit. */
wb_status wbi_turn_leave(const wbi_turn *turn);
/* Whether outreach as a whole is paused: the practice, the location (WBI_NONE: unknown) or the
   class of the campaign's messages (NULL: unknown). */
bool wbi_turn_all_paused(const wb_practice *practice, uint32_t location,
                         const wb_campaign *campaign);
/* Whether a failure is about one patient's facts and texts, not about the whole call. */
bool wbi_turn_personal(wb_status status);
/* An answer to what somebody wrote: what the subject of its enrolment says, as text and back. */
typedef struct wbi_notice {
  wbi_bytes16 event;   /* that it answers */
  wbi_bytes16 contact; /* that wrote; zero: any of the patient's */
  uint32_t step;
} wbi_notice;

void wbi_notice_write(const wbi_notice *notice, wbi_writer *writer);
bool wbi_notice_read(wbi_text subject, wbi_notice *notice);
/* Its turn, once pauses are looked at. */
wb_status wbi_notice_turn(wbi_turn *turn, wb_facts *facts, wb_error *error);
/* Takes the turn: plans at most one record. */
wb_status wbi_turn_take(wbi_turn *turn, wb_facts *facts, wb_error *error);
/* A turn of an enrolment, before anything is looked at. */
wbi_turn wbi_turn_begin(wb_practice *practice, uint32_t number, wb_time now);
/* The enrolment of a turn, and an effect about it. */
wbi_enrollment *wbi_turn_enrollment(const wbi_turn *turn);
/* When a call is over at the latest: nobody is spoken to any more of what it is about. One that the
   patient asked for is about what they asked. */
wb_time wbi_turn_call_before(const wbi_turn *turn);
wbi_who wbi_turn_who(const wbi_turn *turn);
/* Whether the sequence waits at its step while no channel of that is open, for a hold: before its
   first message, or for what the host is to find out; about a visit that somebody calls about later
   it goes on. */
bool wbi_turn_waits(const wbi_turn *turn, int32_t hold);
wbi_effect wbi_turn_effect(const wbi_turn *turn, wbi_effect_kind kind);
/* The place whose law binds for whoever's row it is: where they live, else where their location is.
 */
wb_status wbi_turn_place(const wbi_turn *turn, uint64_t row, wbi_jurisdiction *place,
                         wb_error *error);

#endif
