// SPDX-License-Identifier: MIT
// The C interface as C# sees it. Made by bindings/generate.py from the headers.
using System;
using System.Runtime.InteropServices;

namespace Winback {
  public static class wb_action_kind {
    public const int WB_ACTION_SEND = 1;
    public const int WB_ACTION_CALL_TASK = 2;
    public const int WB_ACTION_RESEND = 3;
  }

  public static class wb_action_state {
    public const int WB_ACTION_CLAIMED = 1;
    public const int WB_ACTION_SENT = 2;
    public const int WB_ACTION_READY = 3;
    public const int WB_ACTION_FAILED = 4;
    public const int WB_ACTION_UNKNOWN = 5;
    public const int WB_ACTION_DELIVERED = 6;
    public const int WB_ACTION_UNDELIVERED = 7;
    public const int WB_ACTION_WITHDRAWN = 8;
  }

  public static class wb_cause {
    public const int WB_CAUSE_NONE = 0;
    public const int WB_CAUSE_INTERRUPTED = 1;
    public const int WB_CAUSE_THROTTLED = 2;
    public const int WB_CAUSE_LATE = 3;
    public const int WB_CAUSE_ADDRESS = 4;
    public const int WB_CAUSE_CONTENT = 5;
    public const int WB_CAUSE_POLICY = 6;
    public const int WB_CAUSE_OPTED_OUT = 7;
  }

  public static class wb_channel {
    public const int WB_CHANNEL_NONE = 0;
    public const int WB_CHANNEL_SMS = 1;
    public const int WB_CHANNEL_EMAIL = 2;
    public const int WB_CHANNEL_CALL = 3;
  }

  public static class wb_claim_status {
    public const int WB_CLAIM_OTHER = 0;
    public const int WB_CLAIM_RECEIVED = 1;
    public const int WB_CLAIM_SUPPLEMENTAL = 2;
    public const int WB_CLAIM_ADJUSTMENT = 3;
    public const int WB_CLAIM_NOT_RECEIVED = 4;
  }

  public static class wb_class {
    public const int WB_CLASS_PUBLIC = 0;
    public const int WB_CLASS_NAME = 1;
    public const int WB_CLASS_LINK = 2;
    public const int WB_CLASS_SCHEDULING = 3;
    public const int WB_CLASS_RECALL = 4;
    public const int WB_CLASS_CLINICAL = 5;
    public const int WB_CLASS_FINANCIAL = 6;
    public const int WB_CLASS_IDENTIFIER = 7;
    public const int WB_CLASS_RELATION = 8;
    public const int WB_CLASS_STAFF = 9;
    public const int WB_CLASS_SEALED = 10;
  }

  public static class wb_consent_level {
    public const int WB_CONSENT_NONE = 0;
    public const int WB_CONSENT_REFUSED = 1;
    public const int WB_CONSENT_CHANGED = 2;
    public const int WB_CONSENT_EXPRESS = 3;
    public const int WB_CONSENT_WRITTEN = 4;
    public const int WB_CONSENT_AUTHORIZED = 5;
  }

  public static class wb_contact_change {
    public const int WB_CONTACT_NEW = 1;
    public const int WB_CONTACT_CORRECTED = 2;
  }

  public static class wb_contact_kind {
    public const int WB_CONTACT_PHONE = 1;
    public const int WB_CONTACT_EMAIL = 2;
  }

  public static class wb_crown_convention {
    public const int WB_CROWN_SEAT = 0;
    public const int WB_CROWN_PREP = 1;
    public const int WB_CROWN_SEPARATE = 2;
  }

  public static class wb_desk_list {
    public const int WB_DESK_OUTREACH = 1;
    public const int WB_DESK_INBOX = 2;
    public const int WB_DESK_NOW = 3;
    public const int WB_DESK_VISITS = 4;
  }

  public static class wb_enrollment_state {
    public const int WB_STATE_WAITING = 1;
    public const int WB_STATE_HELD = 2;
    public const int WB_STATE_CLAIMED = 3;
    public const int WB_STATE_ENDED = 4;
  }

  public static class wb_hold {
    public const int WB_HOLD_NONE = 0;
    public const int WB_HOLD_PAUSED = 1;
    public const int WB_HOLD_OPTED_OUT = 2;
    public const int WB_HOLD_NO_PERMISSION = 3;
    public const int WB_HOLD_NO_ADDRESS = 4;
    public const int WB_HOLD_BAD_ADDRESS = 5;
    public const int WB_HOLD_MINOR = 6;
    public const int WB_HOLD_AGE_UNKNOWN = 7;
    public const int WB_HOLD_NOT_SEEN = 8;
    public const int WB_HOLD_HOURS = 9;
    public const int WB_HOLD_CAP = 10;
    public const int WB_HOLD_CAPACITY = 11;
    public const int WB_HOLD_FACTS = 12;
    public const int WB_HOLD_RENDER = 13;
    public const int WB_HOLD_DEFINITION = 14;
    public const int WB_HOLD_ZONE = 15;
    public const int WB_HOLD_DESK = 16;
    public const int WB_HOLD_NUMBER_CHECK = 17;
    public const int WB_HOLD_NOT_WRITTEN = 18;
    public const int WB_HOLD_PREFERENCE = 19;
    public const int WB_HOLD_OFFER = 20;
    public const int WB_HOLD_HOUSEHOLD = 21;
    public const int WB_HOLD_LATE = 22;
    public const int WB_HOLD_ADMISSIONS = 23;
  }

  public static class wb_input_kind {
    public const int WB_INPUT_REPLY = 1;
    public const int WB_INPUT_CLICK = 2;
    public const int WB_INPUT_BOOKED = 3;
    public const int WB_INPUT_KEPT = 4;
    public const int WB_INPUT_OPTED_OUT = 5;
    public const int WB_INPUT_OPTED_IN = 6;
    public const int WB_INPUT_TASK_DONE = 7;
    public const int WB_INPUT_LAUNCH = 8;
    public const int WB_INPUT_PAUSE = 9;
    public const int WB_INPUT_RESUME = 10;
    public const int WB_INPUT_CANCELLED = 11;
    public const int WB_INPUT_SLOT_OPENED = 12;
    public const int WB_INPUT_SLOT_CLOSED = 13;
    public const int WB_INPUT_CAPACITY = 14;
    public const int WB_INPUT_WITHDRAW = 15;
    public const int WB_INPUT_STOP = 30;
    public const int WB_INPUT_BROKEN = 29;
    public const int WB_INPUT_CONSENT = 20;
    public const int WB_INPUT_NUMBER_CHECKED = 21;
    public const int WB_INPUT_CONTACT_CHANGED = 22;
    public const int WB_INPUT_MERGED = 23;
    public const int WB_INPUT_MOVED = 24;
    public const int WB_INPUT_LEFT = 25;
    public const int WB_INPUT_DECEASED = 26;
    public const int WB_INPUT_FORGET = 27;
    public const int WB_INPUT_SETTING = 28;
    public const int WB_INPUT_CONTACTED = 18;
    public const int WB_INPUT_RESTORED_READY = 19;
    public const int WB_INPUT_DELIVERED = 16;
    public const int WB_INPUT_UNDELIVERED = 17;
  }

  public static class wb_intent {
    public const int WB_INTENT_OTHER = 0;
    public const int WB_INTENT_OPT_OUT = 1;
    public const int WB_INTENT_OPT_IN = 2;
    public const int WB_INTENT_HELP = 3;
    public const int WB_INTENT_DECEASED = 4;
    public const int WB_INTENT_URGENT_SYMPTOM = 5;
    public const int WB_INTENT_WRONG_NUMBER = 6;
    public const int WB_INTENT_COMPLAINT = 7;
    public const int WB_INTENT_DATA_PRIVACY = 8;
    public const int WB_INTENT_GUARDIAN_OR_PROXY = 9;
    public const int WB_INTENT_CANCEL_APPT = 10;
    public const int WB_INTENT_RESCHEDULE = 11;
    public const int WB_INTENT_ALREADY_SCHEDULED = 12;
    public const int WB_INTENT_MOVED = 13;
    public const int WB_INTENT_NEW_DENTIST = 14;
    public const int WB_INTENT_PRICE_INSURANCE = 15;
    public const int WB_INTENT_ANXIETY = 16;
    public const int WB_INTENT_CALLBACK_REQUEST = 17;
    public const int WB_INTENT_LATER = 18;
    public const int WB_INTENT_DECLINE = 19;
    public const int WB_INTENT_BOOKING_INTEREST = 20;
    public const int WB_INTENT_CONFIRM = 21;
    public const int WB_INTENT_DETAIL = 22;
    public const int WB_INTENT_NO_DETAIL = 23;
  }

  public static class wb_kind {
    public const int WB_UNKNOWN = 0;
    public const int WB_NULL = 1;
    public const int WB_BOOL = 2;
    public const int WB_INT = 3;
    public const int WB_UINT = 4;
    public const int WB_DOUBLE = 5;
    public const int WB_TEXT = 6;
    public const int WB_BYTES = 7;
    public const int WB_DATE = 8;
    public const int WB_TIME = 9;
    public const int WB_LIST = 10;
    public const int WB_RECORD = 11;
  }

  public static class wb_law_kind {
    public const int WB_LAW_HOURS = 1;
    public const int WB_LAW_CAP = 2;
    public const int WB_LAW_CONSENT = 3;
    public const int WB_LAW_KEYWORDS = 4;
    public const int WB_LAW_OPT_OUT = 5;
    public const int WB_LAW_VALUE = 6;
    public const int WB_LAW_DISCLOSURE = 7;
    public const int WB_LAW_MAJORITY = 8;
    public const int WB_LAW_TERM = 9;
    public const int WB_LAW_AUTHORIZATION = 10;
    public const int WB_LAW_STOP = 11;
  }

  public static class wb_limit_kind {
    public const int WB_LIMIT_INTERVAL = 1;
    public const int WB_LIMIT_CALENDAR_YEAR = 2;
    public const int WB_LIMIT_PLAN_YEAR = 3;
    public const int WB_LIMIT_ANNIVERSARY = 4;
    public const int WB_LIMIT_LIFETIME = 5;
    public const int WB_LIMIT_AGE = 6;
    public const int WB_LIMIT_WAITING = 7;
  }

  public static class wb_limit_scope {
    public const int WB_LIMIT_MOUTH = 0;
    public const int WB_LIMIT_TOOTH = 1;
    public const int WB_LIMIT_QUADRANT = 2;
    public const int WB_LIMIT_ARCH = 3;
  }

  public static class wb_link_purpose {
    public const int WB_LINK_BOOKING = 1;
    public const int WB_LINK_UNSUBSCRIBE = 2;
  }

  public static class wb_look_answer {
    public const int WB_LOOK_GO = 1;
    public const int WB_LOOK_WITHDRAWN = 2;
    public const int WB_LOOK_LATER = 3;
  }

  public static class wb_match_reason {
    public const int WB_MATCH_IN = 0;
    public const int WB_MATCH_EXCLUDED = 1;
    public const int WB_MATCH_AUDIENCE = 2;
    public const int WB_MATCH_UNKNOWN = 3;
    public const int WB_MATCH_SEGMENT = 4;
    public const int WB_MATCH_EXIT = 5;
  }

  public static class wb_message_class {
    public const int WB_MESSAGE_TRANSACTIONAL = 1;
    public const int WB_MESSAGE_CARE = 2;
    public const int WB_MESSAGE_BENEFIT = 3;
    public const int WB_MESSAGE_OFFER = 4;
    public const int WB_MESSAGE_BILLING = 5;
    public const int WB_MESSAGE_URGENT = 6;
  }

  public static class wb_number_check {
    public const int WB_NUMBER_SAME = 1;
    public const int WB_NUMBER_REASSIGNED = 2;
  }

  public static class wb_offer_consent {
    public const int WB_OFFER_CONSENT_NONE = 0;
    public const int WB_OFFER_CONSENT_IMPLIED = 1;
    public const int WB_OFFER_CONSENT_EXPRESS = 2;
    public const int WB_OFFER_CONSENT_WRITTEN = 3;
  }

  public static class wb_offer_outcome {
    public const int WB_OFFER_FINE = 0;
    public const int WB_OFFER_DAYS = 1;
    public const int WB_OFFER_AGE = 2;
    public const int WB_OFFER_QUALIFIES = 3;
    public const int WB_OFFER_PLACE = 4;
    public const int WB_OFFER_WORDS = 5;
    public const int WB_OFFER_DISCLOSURE = 6;
    public const int WB_OFFER_VALUE = 7;
    public const int WB_OFFER_AUTHORIZATION = 8;
    public const int WB_OFFER_CONSENT = 9;
  }

  public static class wb_opening_state {
    public const int WB_OPENING_OPEN = 1;
    public const int WB_OPENING_OFFERING = 2;
    public const int WB_OPENING_TENTATIVE = 3;
    public const int WB_OPENING_CONFIRMED = 4;
    public const int WB_OPENING_EXPIRED = 5;
  }

  public static class wb_outcome_kind {
    public const int WB_SENT = 1;
    public const int WB_NOT_SENT = 2;
    public const int WB_SENT_UNKNOWN = 3;
  }

  public static class wb_page_format {
    public const int WB_PAGE_HTML = 0;
    public const int WB_PAGE_JSON = 1;
    public const int WB_PAGE_POSTCARD = 2;
  }

  public static class wb_period_kind {
    public const int WB_PERIOD_OF_UNKNOWN = 0;
    public const int WB_PERIOD_OF_CALENDAR = 1;
    public const int WB_PERIOD_OF_PLAN_YEAR = 2;
    public const int WB_PERIOD_OF_ANNIVERSARY = 3;
    public const int WB_PERIOD_OF_ROLLING = 4;
    public const int WB_PERIOD_OF_INTERVAL = 5;
    public const int WB_PERIOD_OF_LIFETIME = 6;
  }

  public static class wb_presence {
    public const int WB_REQUIRED = 0;
    public const int WB_NULLABLE = 1;
    public const int WB_OPTIONAL = 2;
  }

  public static class wb_procedure_status {
    public const int WB_PROCEDURE_OTHER = 0;
    public const int WB_PROCEDURE_PLANNED = 1;
    public const int WB_PROCEDURE_COMPLETED = 2;
    public const int WB_PROCEDURE_EXISTING = 3;
    public const int WB_PROCEDURE_DECLINED = 4;
    public const int WB_PROCEDURE_REFERRED = 5;
    public const int WB_PROCEDURE_INACTIVE = 6;
    public const int WB_PROCEDURE_DELETED = 7;
  }

  public static class wb_recare_band {
    public const int WB_BAND_NONE = 0;
    public const int WB_BAND_NOT_DUE = 1;
    public const int WB_BAND_0_6 = 2;
    public const int WB_BAND_6_9 = 3;
    public const int WB_BAND_9_12 = 4;
    public const int WB_BAND_12 = 5;
  }

  public static class wb_recare_kind {
    public const int WB_RECARE_NONE = 0;
    public const int WB_RECARE_PROPHY = 1;
    public const int WB_RECARE_PERIO = 2;
  }

  public static class wb_recipient {
    public const int WB_RECIPIENT_PATIENT = 0;
    public const int WB_RECIPIENT_GUARDIAN = 1;
    public const int WB_RECIPIENT_HOUSEHOLD = 2;
  }

  public static class wb_register {
    public const int WB_REGISTER_GENERAL = 0;
    public const int WB_REGISTER_NEUTRAL = 1;
    public const int WB_REGISTER_DETAIL = 2;
  }

  public static class wb_severity {
    public const int WB_SEVERITY_NOTICE = 1;
    public const int WB_SEVERITY_WARNING = 2;
    public const int WB_SEVERITY_ERROR = 3;
  }

  public static class wb_signal {
    public const int WB_SIGNAL_OPENING_GONE = 1;
    public const int WB_SIGNAL_ASKS_CALL = 2;
    public const int WB_SIGNAL_ASKS_VISIT = 4;
    public const int WB_SIGNAL_ASKS_PRICE = 8;
    public const int WB_SIGNAL_CLICKED = 16;
  }

  public static class wb_sms_encoding {
    public const int WB_SMS_GSM7 = 1;
    public const int WB_SMS_UCS2 = 2;
  }

  public static class wb_status_code {
    public const int WB_OK = 0;
    public const int WB_E_NOMEM = -1;
    public const int WB_E_INVALID = -2;
    public const int WB_E_RANGE = -3;
    public const int WB_E_SPACE = -4;
    public const int WB_E_SYNTAX = -5;
    public const int WB_E_TYPE = -6;
    public const int WB_E_NAME = -7;
    public const int WB_E_LIMIT = -8;
    public const int WB_E_POLICY = -9;
    public const int WB_E_STATE = -10;
    public const int WB_E_BUSY = -11;
    public const int WB_E_CORRUPT = -12;
    public const int WB_E_VERSION = -13;
    public const int WB_E_CONFLICT = -14;
    public const int WB_E_STALE = -15;
    public const int WB_E_ABORTED = -16;
  }

  public static class wb_task_outcome {
    public const int WB_TASK_DONE = 0;
    public const int WB_TASK_BOOKED = 1;
    public const int WB_TASK_LATER = 2;
    public const int WB_TASK_NO_ANSWER = 3;
    public const int WB_TASK_VOICEMAIL = 4;
    public const int WB_TASK_WRONG_NUMBER = 5;
    public const int WB_TASK_REFUSED = 6;
    public const int WB_TASK_MOVED = 7;
    public const int WB_TASK_DECEASED = 8;
  }

  public static class wb_treatment_age {
    public const int WB_TREATMENT_FRESH = 0;
    public const int WB_TREATMENT_REEXAMINE = 1;
    public const int WB_TREATMENT_HISTORY = 2;
  }

  public static class wb_truth {
    public const int WB_FALSE = 0;
    public const int WB_TRUE = 1;
    public const int WB_UNDETERMINED = 2;
    public const int WB_FAULTY = 3;
  }

  public static class wb_verdict_kind {
    public const int WB_SHOWS_NOTHING_YET = 0;
    public const int WB_SHOWS_NO_DIFFERENCE = 1;
    public const int WB_SHOWS_MORE = 2;
    public const int WB_SHOWS_LESS = 3;
  }

  [StructLayout(LayoutKind.Sequential)]
  public unsafe struct ArrowArray {
    public long length;
    public long null_count;
    public long offset;
    public long n_buffers;
    public long n_children;
    public void** buffers;
    public ArrowArray** children;
    public ArrowArray* dictionary;
    public IntPtr release;
    public void* private_data;
  }

  [StructLayout(LayoutKind.Sequential)]
  public unsafe struct ArrowArrayStream {
    public IntPtr get_schema;
    public IntPtr get_next;
    public IntPtr get_last_error;
    public IntPtr release;
    public void* private_data;
  }

  [StructLayout(LayoutKind.Sequential)]
  public unsafe struct ArrowSchema {
    public byte* format;
    public byte* name;
    public byte* metadata;
    public long flags;
    public long n_children;
    public ArrowSchema** children;
    public ArrowSchema* dictionary;
    public IntPtr release;
    public void* private_data;
  }

  [StructLayout(LayoutKind.Sequential)]
  public unsafe struct wb_action {
    public uint size;
    public uint flags;
    public long at;
    public long deliver_by;
    public byte* campaign;
    public byte* segment;
    public byte* step;
    public byte* template_;
    public byte* patient;
    public byte* about;
    public byte* location;
    public byte* to;
    public byte* subject;
    public byte* preheader;
    public byte* text;
    public byte* html;
    public byte* law;
    public byte* language;
    public byte* reason;
    public fixed byte id[16];
    public fixed byte contact[16];
    public int kind;
    public int channel;
    public uint attempt;
    public uint patient_length;
    public int fallback;
    public uint segments;
    public int encoding;
    public uint reserved;
  }

  [StructLayout(LayoutKind.Sequential)]
  public unsafe struct wb_action_status {
    public uint size;
    public uint flags;
    public long claimed_at;
    public long deliver_by;
    public fixed byte id[16];
    public int state;
    public int cause;
    public uint attempt;
    public uint reserved;
  }

  [StructLayout(LayoutKind.Sequential)]
  public unsafe struct wb_arms {
    public uint size;
    public uint flags;
    public ulong contacted;
    public ulong kept;
    public ulong held_out;
    public ulong held_out_kept;
    public long last_entered;
    public long now;
    public uint window;
    public uint share;
    public uint baseline;
    public uint reserved;
  }

  [StructLayout(LayoutKind.Sequential)]
  public unsafe struct wb_campaign_info {
    public uint size;
    public uint flags;
    public byte* name;
    public byte* title;
    public byte* canonical;
    public byte* content_id;
    public uint canonical_length;
    public uint segments;
    public uint steps;
    public uint texts;
    public uint touches;
    public uint rest_days;
  }

  [StructLayout(LayoutKind.Sequential)]
  public unsafe struct wb_campaign_status {
    public uint size;
    public uint flags;
    public byte* name;
    public byte* canonical;
    public byte* content_id;
    public uint canonical_length;
    public uint inside;
  }

  [StructLayout(LayoutKind.Sequential)]
  public unsafe struct wb_chain {
    public uint size;
    public uint flags;
    public ulong records;
    public ulong first;
    public ulong last;
    public ulong seals;
    public ulong @sealed;
    public ulong summed;
    public ulong used;
    public long begins;
    public long ends;
  }

  [StructLayout(LayoutKind.Sequential)]
  public unsafe struct wb_claim {
    public uint size;
    public uint flags;
    public long paid;
    public long estimated;
    public int status;
    public int date;
  }

  [StructLayout(LayoutKind.Sequential)]
  public unsafe struct wb_code {
    public uint size;
    public uint flags;
    public byte* code;
    public byte* standard;
    public byte* group;
    public uint code_length;
    public uint standard_length;
    public uint group_length;
    public int from;
    public int until;
    public uint reserved;
  }

  [StructLayout(LayoutKind.Sequential)]
  public unsafe struct wb_code_range {
    public int first;
    public int last;
  }

  [StructLayout(LayoutKind.Sequential)]
  public unsafe struct wb_column {
    public uint size;
    public uint flags;
    public byte* table;
    public byte* name;
    public byte* domain;
    public byte* about;
    public int type;
    public uint place;
  }

  [StructLayout(LayoutKind.Sequential)]
  public unsafe struct wb_consent {
    public uint size;
    public uint flags;
    public long at;
    public long flagged_at;
    public long answered;
    public long @checked;
    public byte* source;
    public byte* wording;
    public int level;
    public uint reserved;
  }

  [StructLayout(LayoutKind.Sequential)]
  public unsafe struct wb_context_options {
    public uint size;
    public uint flags;
    public ulong max_memory;
    public IntPtr alloc;
    public void* user;
    public uint max_depth;
    public uint max_cost;
  }

  [StructLayout(LayoutKind.Sequential)]
  public unsafe struct wb_counts {
    public uint size;
    public uint flags;
    public ulong patients;
    public ulong eligible;
    public ulong enrolled;
    public ulong held;
    public ulong inside;
    public ulong resting;
    public ulong waiting;
    public ulong unknown;
    public ulong failed;
  }

  [StructLayout(LayoutKind.Sequential)]
  public unsafe struct wb_covered {
    public uint size;
    public uint flags;
    public int date;
    public uint limit;
  }

  [StructLayout(LayoutKind.Sequential)]
  public unsafe struct wb_effect {
    public uint size;
    public uint flags;
    public long extra;
    public long extra_low;
    public long extra_high;
    public int contacted_rate;
    public int contacted_low;
    public int contacted_high;
    public int held_out_rate;
    public int held_out_low;
    public int held_out_high;
    public int difference;
    public int difference_low;
    public int difference_high;
    public int detectable;
    public int shows;
    public uint ratio;
  }

  [StructLayout(LayoutKind.Sequential)]
  public unsafe struct wb_enrollment {
    public uint size;
    public uint flags;
    public long entered;
    public long wake;
    public byte* campaign;
    public byte* segment;
    public byte* variant;
    public byte* step;
    public byte* patient;
    public byte* about;
    public byte* location;
    public byte* reason;
    public int state;
    public int hold;
    public uint touches;
    public uint entry;
    public uint patient_length;
    public uint reserved;
  }

  [StructLayout(LayoutKind.Sequential)]
  public unsafe struct wb_entry_query {
    public uint size;
    public uint flags;
    public byte* patient;
    public byte* action;
    public IntPtr zone;
    public uint patient_length;
    public uint reserved;
  }

  [StructLayout(LayoutKind.Sequential)]
  public unsafe struct wb_error {
    public int status;
    public uint line;
    public uint column;
    public uint reserved;
    public fixed byte path[80];
    public fixed byte message[160];
  }

  [StructLayout(LayoutKind.Sequential)]
  public unsafe struct wb_facts_options {
    public uint size;
    public uint flags;
    public long as_of;
    public wb_recare_settings* recare;
    public wb_source* source;
  }

  [StructLayout(LayoutKind.Sequential)]
  public unsafe struct wb_field {
    public uint size;
    public uint flags;
    public byte* name;
    public byte* domain;
    public byte* about;
    public int type;
    public int presence;
    public int class_;
    public int element;
    public uint list;
    public uint most;
  }

  [StructLayout(LayoutKind.Sequential)]
  public unsafe struct wb_finding {
    public uint size;
    public uint flags;
    public byte* rule;
    public byte* message;
    public byte* suggestion;
    public uint line;
    public uint column;
    public uint length;
    public int severity;
  }

  [StructLayout(LayoutKind.Sequential)]
  public unsafe struct wb_group {
    public uint size;
    public uint flags;
    public byte* name;
    public byte* words;
    public uint name_length;
    public int code;
    public int id;
    public uint reserved;
  }

  [StructLayout(LayoutKind.Sequential)]
  public unsafe struct wb_input {
    public uint size;
    public uint flags;
    public byte* patient;
    public byte* text;
    public byte* campaign;
    public byte* location;
    public byte* approver;
    public byte* other;
    public byte* visit;
    public byte* name;
    public byte* source;
    public byte* contact;
    public byte* other_contact;
    public byte* action;
    public long at;
    public long until;
    public long value;
    public fixed byte event_id[16];
    public int kind;
    public int intent;
    public int channel;
    public int class_;
    public int outcome;
    public uint minutes;
    public uint patient_length;
    public uint text_length;
    public uint campaign_length;
    public uint location_length;
    public uint approver_length;
    public uint other_length;
    public uint visit_length;
    public uint name_length;
    public uint source_length;
    public uint reserved;
  }

  [StructLayout(LayoutKind.Sequential)]
  public unsafe struct wb_interval {
    public ushort years;
    public ushort months;
    public ushort weeks;
    public ushort days;
  }

  [StructLayout(LayoutKind.Sequential)]
  public unsafe struct wb_law_answer {
    public uint size;
    public uint flags;
    public long open_at;
    public long until;
    public byte* rule;
    public byte* held_by;
  }

  [StructLayout(LayoutKind.Sequential)]
  public unsafe struct wb_law_question {
    public uint size;
    public uint flags;
    public long at;
    public IntPtr* zones;
    public byte* regions;
    public wb_window* hours;
    public IntPtr hours_zone;
    public wb_window* preference;
    public uint zone_count;
    public uint regions_length;
    public uint hours_count;
    public uint preference_count;
    public int message_class;
    public uint reserved;
  }

  [StructLayout(LayoutKind.Sequential)]
  public unsafe struct wb_law_rule {
    public uint size;
    public uint flags;
    public long amount;
    public long seconds;
    public byte* id;
    public byte* pack;
    public byte* version;
    public byte* source;
    public byte* name;
    public byte* words;
    public int effective_from;
    public int effective_to;
    public int review_by;
    public int kind;
    public uint classes;
    public int confidence;
    public uint channels;
    public uint reserved;
  }

  [StructLayout(LayoutKind.Sequential)]
  public unsafe struct wb_limit {
    public uint size;
    public uint flags;
    public wb_code_range* codes;
    public uint code_count;
    public int kind;
    public uint count;
    public int years;
    public int months;
    public int days;
    public int month;
    public int day;
    public int scope;
    public int age_from;
    public int age_through;
    public int level;
    public int effective;
    public int terminates;
  }

  [StructLayout(LayoutKind.Sequential)]
  public unsafe struct wb_link {
    public uint size;
    public uint flags;
    public long expires;
    public fixed byte handle[8];
    public int purpose;
    public uint key;
  }

  [StructLayout(LayoutKind.Sequential)]
  public unsafe struct wb_link_key {
    public uint size;
    public uint flags;
    public byte* data;
    public uint length;
    public uint id;
  }

  [StructLayout(LayoutKind.Sequential)]
  public unsafe struct wb_lint_options {
    public uint size;
    public uint flags;
    public byte* channel;
    public byte* language;
    public byte** names;
    public byte** phones;
    public byte** hosts;
    public byte* address;
    public byte** allowed;
    public byte** banned;
    public uint name_count;
    public uint phone_count;
    public uint host_count;
    public uint allowed_count;
    public uint banned_count;
    public int message_class;
  }

  [StructLayout(LayoutKind.Sequential)]
  public unsafe struct wb_local {
    public int date;
    public int second;
    public int offset;
  }

  [StructLayout(LayoutKind.Sequential)]
  public unsafe struct wb_look {
    public uint size;
    public uint flags;
    public long deliver_by;
    public byte* reason;
    public int answer;
    public int hold;
  }

  [StructLayout(LayoutKind.Sequential)]
  public unsafe struct wb_match {
    public uint size;
    public uint flags;
    public byte* segment;
    public byte* reason;
    public int outcome;
    public int priority;
    public uint missing;
    public uint reserved;
  }

  [StructLayout(LayoutKind.Sequential)]
  public unsafe struct wb_metrics {
    public uint size;
    public uint flags;
    public ulong entered;
    public ulong contacted;
    public ulong messages;
    public ulong responded;
    public ulong booked;
    public ulong kept;
    public ulong came;
    public long production;
    public long last_entered;
    public byte* campaign;
    public byte* segment;
    public byte* variant;
  }

  [StructLayout(LayoutKind.Sequential)]
  public unsafe struct wb_migrate_options {
    public uint size;
    public uint flags;
    public byte** from;
    public byte** to;
    public IntPtr facts;
    public uint count;
    public uint reserved;
  }

  [StructLayout(LayoutKind.Sequential)]
  public unsafe struct wb_migration {
    public uint size;
    public uint flags;
    public byte* from;
    public byte* to;
    public ulong people;
    public ulong due;
  }

  [StructLayout(LayoutKind.Sequential)]
  public unsafe struct wb_moment {
    public uint size;
    public uint flags;
    public long now;
    public IntPtr zone;
    public IntPtr practice;
  }

  [StructLayout(LayoutKind.Sequential)]
  public unsafe struct wb_offer_info {
    public uint size;
    public uint flags;
    public long price;
    public long regular;
    public long value;
    public byte* what;
    public byte* includes;
    public byte* excludes;
    public byte* reviewer;
    public byte* paid_by;
    public byte* canonical;
    public byte* content_id;
    public int first;
    public int last;
    public int reviewed;
    public uint basis_points;
    public uint canonical_length;
    public uint reserved;
  }

  [StructLayout(LayoutKind.Sequential)]
  public unsafe struct wb_offer_use {
    public uint size;
    public uint flags;
    public long given;
    public int consent;
    public uint reserved;
  }

  [StructLayout(LayoutKind.Sequential)]
  public unsafe struct wb_offer_verdict {
    public uint size;
    public uint flags;
    public byte* rule;
    public int outcome;
    public uint reserved;
  }

  [StructLayout(LayoutKind.Sequential)]
  public unsafe struct wb_opening {
    public uint size;
    public uint flags;
    public long start;
    public long until;
    public byte* opening;
    public byte* location;
    public byte* schedule;
    public byte* patient;
    public int state;
    public uint generation;
    public uint minutes;
    public uint waves;
    public uint asked;
    public uint depth;
    public uint opening_length;
    public uint patient_length;
  }

  [StructLayout(LayoutKind.Sequential)]
  public unsafe struct wb_outcome {
    public uint size;
    public uint flags;
    public int kind;
    public int cause;
  }

  [StructLayout(LayoutKind.Sequential)]
  public unsafe struct wb_page {
    public uint size;
    public uint flags;
    public byte* action;
    public byte* campaign;
    public byte* patient;
    public uint campaign_length;
    public uint patient_length;
    public int format;
    public uint reserved;
  }

  [StructLayout(LayoutKind.Sequential)]
  public unsafe struct wb_period {
    public uint size;
    public uint flags;
    public int first;
    public int last;
  }

  [StructLayout(LayoutKind.Sequential)]
  public unsafe struct wb_plan {
    public uint size;
    public uint flags;
    public int kind;
    public int month;
    public int day;
    public int months;
    public int days;
    public int expiring_days;
    public int renewed_days;
    public int data_days;
    public int effective;
    public int terminates;
    public int verified;
  }

  [StructLayout(LayoutKind.Sequential)]
  public unsafe struct wb_practice_options {
    public uint size;
    public uint flags;
    public byte* secret;
    public byte* key;
    public IntPtr append;
    public IntPtr sync;
    public void* user;
    public IntPtr law;
    public wb_window* hours;
    public uint key_length;
    public uint lease;
    public uint grace;
    public uint stale_facts;
    public uint per_day;
    public uint per_week;
    public uint per_month;
    public uint admissions;
    public uint tasks_per_day;
    public uint tasks_open;
    public uint task_attempts;
    public uint task_spacing;
    public uint task_days;
    public uint visits_per_day;
    public uint visits_open;
    public uint hours_count;
    public uint chair_reserve;
    public uint slot_hold;
    public uint epoch;
    public uint spread;
    public uint burst;
    public uint resend;
    public uint look_again;
    public uint write_format;
    public uint booked_days;
    public uint kept_days;
  }

  [StructLayout(LayoutKind.Sequential)]
  public unsafe struct wb_procedure {
    public uint size;
    public uint flags;
    public ulong teeth;
    public ulong provider;
    public int code;
    public int group;
    public int status;
    public int date;
    public int visit;
    public uint alternative;
  }

  [StructLayout(LayoutKind.Sequential)]
  public unsafe struct wb_recare {
    public uint size;
    public uint flags;
    public int kind;
    public int recorded_kind;
    public int last;
    public int due;
    public int overdue_months;
    public int band;
    public uint evidence;
    public int evidence_on;
  }

  [StructLayout(LayoutKind.Sequential)]
  public unsafe struct wb_recare_history {
    public uint size;
    public uint flags;
    public wb_interval* prophy_interval;
    public wb_interval* perio_interval;
    public int last_prophy;
    public int last_perio;
    public int last_scaling;
    public int manual_due;
    public int manual_since;
    public int birth;
  }

  [StructLayout(LayoutKind.Sequential)]
  public unsafe struct wb_recare_settings {
    public uint size;
    public uint flags;
    public wb_interval* prophy_interval;
    public wb_interval* perio_interval;
    public int child_age;
    public fixed int edges[3];
  }

  [StructLayout(LayoutKind.Sequential)]
  public unsafe struct wb_record {
    public uint size;
    public uint flags;
    public ulong sequence;
    public long at;
    public ulong offset;
    public ulong length;
    public int cause;
    public uint effects;
  }

  [StructLayout(LayoutKind.Sequential)]
  public unsafe struct wb_replay {
    public uint size;
    public uint flags;
    public ulong used;
    public ulong applied;
    public ulong skipped;
  }

  [StructLayout(LayoutKind.Sequential)]
  public unsafe struct wb_reply {
    public uint size;
    public uint flags;
    public byte* evidence;
    public uint evidence_length;
    public int intent;
    public int also;
    public int confidence;
  }

  [StructLayout(LayoutKind.Sequential)]
  public unsafe struct wb_run {
    public uint size;
    public uint flags;
    public ulong sent;
    public ulong not_sent;
    public ulong unknown;
  }

  [StructLayout(LayoutKind.Sequential)]
  public unsafe struct wb_service {
    public uint size;
    public uint flags;
    public ulong teeth;
    public int code;
    public int from;
    public int birth;
    public uint reserved;
  }

  [StructLayout(LayoutKind.Sequential)]
  public unsafe struct wb_sms {
    public uint size;
    public uint flags;
    public uint units;
    public uint segments;
    public int encoding;
    public uint foreign;
  }

  [StructLayout(LayoutKind.Sequential)]
  public unsafe struct wb_source {
    public uint size;
    public uint flags;
    public void* user;
    public IntPtr count;
    public IntPtr find;
    public IntPtr fetch;
    public IntPtr get;
  }

  [StructLayout(LayoutKind.Sequential)]
  public unsafe struct wb_tally {
    public uint size;
    public uint flags;
    public ulong yes;
    public ulong no;
    public ulong unknown;
    public ulong failed;
  }

  [StructLayout(LayoutKind.Sequential)]
  public unsafe struct wb_task {
    public uint size;
    public uint flags;
    public long opened;
    public long due;
    public long expires;
    public byte* patient;
    public byte* about;
    public byte* location;
    public byte* campaign;
    public byte* reason;
    public byte* why;
    public fixed byte id[16];
    public int list;
    public int score;
    public uint attempts;
    public uint signals;
    public uint patient_length;
    public uint about_length;
  }

  [StructLayout(LayoutKind.Sequential)]
  public unsafe struct wb_template_info {
    public uint size;
    public uint flags;
    public uint classes;
    public uint segments_most;
    public uint segments_least;
    public uint replaced;
    public uint line;
    public uint column;
    public int message_class;
    public int reserved;
  }

  [StructLayout(LayoutKind.Sequential)]
  public unsafe struct wb_template_options {
    public uint size;
    public uint flags;
    public byte* channel;
    public byte* language;
    public int recipient;
    public int register_;
  }

  [StructLayout(LayoutKind.Sequential)]
  public unsafe struct wb_treatment {
    public uint size;
    public uint flags;
    public int age;
    public int months;
  }

  [StructLayout(LayoutKind.Sequential)]
  public unsafe struct wb_unfinished {
    public uint size;
    public uint flags;
    public byte* kind;
    public byte* needs;
    public ulong teeth;
    public int started;
    public int since;
    public uint index;
    public uint reserved;
  }

  [StructLayout(LayoutKind.Sequential)]
  public unsafe struct wb_usage {
    public uint size;
    public uint flags;
    public long used;
    public long pending;
    public long remaining;
  }

  [StructLayout(LayoutKind.Sequential)]
  public unsafe struct wb_value {
    public uint size;
    public uint flags;
    public long integer;
    public double real;
    public byte* data;
    public int kind;
    public uint length;
  }

  [StructLayout(LayoutKind.Sequential)]
  public unsafe struct wb_verdict {
    public uint size;
    public uint flags;
    public int truth;
    public uint missing_count;
    public fixed uint missing[8];
  }

  [StructLayout(LayoutKind.Sequential)]
  public unsafe struct wb_waiting {
    public uint size;
    public uint flags;
    public long again;
    public byte* campaign;
    public byte* segment;
    public byte* patient;
    public byte* location;
    public int hold;
    public uint ahead;
    public uint patient_length;
    public uint reserved;
  }

  [StructLayout(LayoutKind.Sequential)]
  public unsafe struct wb_window {
    public uint weekdays;
    public int from;
    public int to;
  }

  [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    public unsafe delegate byte* ArrowArrayStream_get_last_error(ArrowArrayStream* self);

  [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    public unsafe delegate int ArrowArrayStream_get_next(ArrowArrayStream* self, ArrowArray* @out);

  [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    public unsafe delegate int ArrowArrayStream_get_schema(ArrowArrayStream* self, ArrowSchema*
      @out);

  [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    public unsafe delegate void ArrowArrayStream_release(ArrowArrayStream* self);

  [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    public unsafe delegate void ArrowArray_release(ArrowArray* self);

  [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    public unsafe delegate void ArrowSchema_release(ArrowSchema* self);

  [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    public unsafe delegate void* wb_alloc_fn(void* user, void* ptr, UIntPtr old_size, UIntPtr
      new_size);

  [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    public unsafe delegate int wb_append_fn(void* user, ulong first_sequence, void* bytes, ulong
      length, uint count);

  [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    public unsafe delegate int wb_deliver_fn(void* user, wb_action* action, wb_outcome* outcome);

  [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    public unsafe delegate int wb_source_count(void* user, ulong* rows);

  [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    public unsafe delegate int wb_source_fetch(void* user, ulong* rows, uint count);

  [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    public unsafe delegate int wb_source_find(void* user, byte* key, UIntPtr length, ulong* row);

  [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    public unsafe delegate int wb_source_get(void* user, ulong row, uint field, uint first, uint
      capacity, wb_value* values, uint* count);

  [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    public unsafe delegate int wb_sync_fn(void* user);


  /// <summary>Holds a wb_campaign; freed once nothing uses it. Keeps what must live as long.</summary>
  public sealed class CampaignHandle : SafeHandle {
    /// <summary>Stands for NULL.</summary>
    public static readonly CampaignHandle None = new CampaignHandle();
    /// <summary>Delegates and memory that the object goes on using.</summary>
    public object Keeps;
    public CampaignHandle() : base(IntPtr.Zero, true) { }
    public override bool IsInvalid { get { return handle == IntPtr.Zero; } }
    protected override bool ReleaseHandle() { Native.wb_campaign_unref(handle); return true; }
  }

  /// <summary>Holds a wb_context; freed once nothing uses it. Keeps what must live as long.</summary>
  public sealed class ContextHandle : SafeHandle {
    /// <summary>Stands for NULL.</summary>
    public static readonly ContextHandle None = new ContextHandle();
    /// <summary>Delegates and memory that the object goes on using.</summary>
    public object Keeps;
    public ContextHandle() : base(IntPtr.Zero, true) { }
    public override bool IsInvalid { get { return handle == IntPtr.Zero; } }
    protected override bool ReleaseHandle() { Native.wb_context_unref(handle); return true; }
  }

  /// <summary>Holds a wb_facts; freed once nothing uses it. Keeps what must live as long.</summary>
  public sealed class FactsHandle : SafeHandle {
    /// <summary>Stands for NULL.</summary>
    public static readonly FactsHandle None = new FactsHandle();
    /// <summary>Delegates and memory that the object goes on using.</summary>
    public object Keeps;
    public FactsHandle() : base(IntPtr.Zero, true) { }
    public override bool IsInvalid { get { return handle == IntPtr.Zero; } }
    protected override bool ReleaseHandle() { Native.wb_facts_free(handle); return true; }
  }

  /// <summary>Holds a wb_law; freed once nothing uses it. Keeps what must live as long.</summary>
  public sealed class LawHandle : SafeHandle {
    /// <summary>Stands for NULL.</summary>
    public static readonly LawHandle None = new LawHandle();
    /// <summary>Delegates and memory that the object goes on using.</summary>
    public object Keeps;
    public LawHandle() : base(IntPtr.Zero, true) { }
    public override bool IsInvalid { get { return handle == IntPtr.Zero; } }
    protected override bool ReleaseHandle() { Native.wb_law_unref(handle); return true; }
  }

  /// <summary>Holds a wb_offer; freed once nothing uses it. Keeps what must live as long.</summary>
  public sealed class OfferHandle : SafeHandle {
    /// <summary>Stands for NULL.</summary>
    public static readonly OfferHandle None = new OfferHandle();
    /// <summary>Delegates and memory that the object goes on using.</summary>
    public object Keeps;
    public OfferHandle() : base(IntPtr.Zero, true) { }
    public override bool IsInvalid { get { return handle == IntPtr.Zero; } }
    protected override bool ReleaseHandle() { Native.wb_offer_unref(handle); return true; }
  }

  /// <summary>Holds a wb_policy; freed once nothing uses it. Keeps what must live as long.</summary>
  public sealed class PolicyHandle : SafeHandle {
    /// <summary>Stands for NULL.</summary>
    public static readonly PolicyHandle None = new PolicyHandle();
    /// <summary>Delegates and memory that the object goes on using.</summary>
    public object Keeps;
    public PolicyHandle() : base(IntPtr.Zero, true) { }
    public override bool IsInvalid { get { return handle == IntPtr.Zero; } }
    protected override bool ReleaseHandle() { Native.wb_policy_unref(handle); return true; }
  }

  /// <summary>Holds a wb_practice; freed once nothing uses it. Keeps what must live as long.</summary>
  public sealed class PracticeHandle : SafeHandle {
    /// <summary>Stands for NULL.</summary>
    public static readonly PracticeHandle None = new PracticeHandle();
    /// <summary>Delegates and memory that the object goes on using.</summary>
    public object Keeps;
    public PracticeHandle() : base(IntPtr.Zero, true) { }
    public override bool IsInvalid { get { return handle == IntPtr.Zero; } }
    protected override bool ReleaseHandle() { Native.wb_practice_free(handle); return true; }
  }

  /// <summary>Holds a wb_rule; freed once nothing uses it. Keeps what must live as long.</summary>
  public sealed class RuleHandle : SafeHandle {
    /// <summary>Stands for NULL.</summary>
    public static readonly RuleHandle None = new RuleHandle();
    /// <summary>Delegates and memory that the object goes on using.</summary>
    public object Keeps;
    public RuleHandle() : base(IntPtr.Zero, true) { }
    public override bool IsInvalid { get { return handle == IntPtr.Zero; } }
    protected override bool ReleaseHandle() { Native.wb_rule_unref(handle); return true; }
  }

  /// <summary>Holds a wb_schema; freed once nothing uses it. Keeps what must live as long.</summary>
  public sealed class SchemaHandle : SafeHandle {
    /// <summary>Stands for NULL.</summary>
    public static readonly SchemaHandle None = new SchemaHandle();
    /// <summary>Delegates and memory that the object goes on using.</summary>
    public object Keeps;
    public SchemaHandle() : base(IntPtr.Zero, true) { }
    public override bool IsInvalid { get { return handle == IntPtr.Zero; } }
    protected override bool ReleaseHandle() { Native.wb_schema_unref(handle); return true; }
  }

  /// <summary>Holds a wb_template; freed once nothing uses it. Keeps what must live as long.</summary>
  public sealed class TemplateHandle : SafeHandle {
    /// <summary>Stands for NULL.</summary>
    public static readonly TemplateHandle None = new TemplateHandle();
    /// <summary>Delegates and memory that the object goes on using.</summary>
    public object Keeps;
    public TemplateHandle() : base(IntPtr.Zero, true) { }
    public override bool IsInvalid { get { return handle == IntPtr.Zero; } }
    protected override bool ReleaseHandle() { Native.wb_template_unref(handle); return true; }
  }

  /// <summary>Holds a wb_zone; freed once nothing uses it. Keeps what must live as long.</summary>
  public sealed class ZoneHandle : SafeHandle {
    /// <summary>Stands for NULL.</summary>
    public static readonly ZoneHandle None = new ZoneHandle();
    /// <summary>Delegates and memory that the object goes on using.</summary>
    public object Keeps;
    public ZoneHandle() : base(IntPtr.Zero, true) { }
    public override bool IsInvalid { get { return handle == IntPtr.Zero; } }
    protected override bool ReleaseHandle() { Native.wb_zone_unref(handle); return true; }
  }

  /// <summary>Every function of the library.</summary>
  public static unsafe class Native {
    const string Library = "winback"; // winback.dll, libwinback.so

    public const int WB_CAMPAIGN_LAUNCHED = 2;
    public const int WB_CAMPAIGN_NEWEST = 1;
    public const int WB_CAMPAIGN_PAUSED = 4;
    public const int WB_CAMPAIGN_STOPPED = 8;
    public const long WB_CENTS_NONE = -9223372036854775808;
    public const int WB_CHAIN_PART = 2;
    public const int WB_CHAIN_TORN = 1;
    public const int WB_CLAIM_APART = 1;
    public const int WB_COLUMN_CENTS = 2;
    public const int WB_COLUMN_NEEDED = 1;
    public const int WB_CONTACT_CLOSED = 2;
    public const int WB_CONTACT_OPTED_OUT = 1;
    public const int WB_CONTACT_WRITTEN_TO = 4;
    public const int WB_COVERED_NEVER = 1;
    public const int WB_COVERED_UNKNOWN = 2;
    public const int WB_DATE_MAX = 2932896;
    public const int WB_DATE_MIN = -719162;
    public const int WB_DATE_NONE = -2147483648;
    public const int WB_EFFECT_OPEN = 1;
    public const int WB_EFFECT_SMALL = 4;
    public const int WB_EFFECT_UNEVEN = 2;
    public const int WB_ENROLLMENT_LISTED = 2;
    public const int WB_ENROLLMENT_RESPONDED = 1;
    public const int WB_ENTRY_JSON = 1;
    public const int WB_EVIDENCE_RECENT = 1;
    public const int WB_EVIDENCE_SCALING = 2;
    public const int WB_FACTS_BOOKED_TRIGGER = 1;
    public const int WB_FORMAT_NEWEST = 1;
    public const int WB_FORMAT_OLDEST = 1;
    public const int WB_GROUP_NOT_IN_FORCE = 1;
    public const int WB_HANDLE_LENGTH = 16;
    public const int WB_KEPT_DAYS_MAX = 240;
    public const int WB_KEY_MAX = 64;
    public const int WB_LAW_CLOSED = 1;
    public const int WB_LAW_NOWHERE = 4;
    public const int WB_LAW_STALE = 2;
    public const int WB_LAW_UNCERTAIN = 8;
    public const int WB_LIMIT_EXCLUSIVE = 1;
    public const int WB_LIMIT_TO_THE_MONTH = 2;
    public const int WB_LINT_DETAIL = 2;
    public const int WB_LINT_FRAGMENT = 1;
    public const int WB_MEMORY_DAYS = 90;
    public const int WB_METRICS_EXEMPT = 2;
    public const int WB_METRICS_HELD_OUT = 1;
    public const int WB_MIGRATE_PLAN = 1;
    public const int WB_MIGRATE_RECOMPUTE = 2;
    public const int WB_OFFER_AUTHORIZED = 2;
    public const int WB_OFFER_AUTOMATED = 1;
    public const int WB_OFFER_CASH_LIKE = 1;
    public const int WB_OPENING_KEY_MAX = 56;
    public const int WB_PERIOD_EXPIRING = 4;
    public const int WB_PERIOD_OUTSIDE = 2;
    public const int WB_PERIOD_RENEWED = 8;
    public const int WB_PERIOD_STALE = 16;
    public const int WB_PERIOD_UNKNOWN = 1;
    public const int WB_PRACTICE_ALLOW_JUMP = 1;
    public const int WB_PROCEDURE_PREFERRED = 1;
    public const int WB_PROCEDURE_RESTRICTED = 2;
    public const int WB_PROCEDURE_UNPAID = 4;
    public const int WB_PURPOSE_DETAIL = 7;
    public const int WB_RECARE_ADVISE_PERIO = 8;
    public const int WB_RECARE_CHILD = 4;
    public const int WB_RECARE_HAS_PERIO = 2;
    public const int WB_RECARE_HAS_PROPHY = 1;
    public const int WB_REKEY_LOSE = 1;
    public const int WB_REPLAY_TORN = 1;
    public const int WB_REPLY_STOP = 1;
    public const long WB_TIME_MAX = 253402300799;
    public const long WB_TIME_MIN = -62135596800;
    public const long WB_TIME_NONE = -9223372036854775808;
    public const int WB_TOKEN_LENGTH = 42;
    public const int WB_TREATMENT_OPEN = 8;
    public const int WB_TREATMENT_PLANNED = 1;
    public const int WB_TREATMENT_SCHEDULED = 2;
    public const int WB_TREATMENT_SUPERSEDED = 4;
    public const int WB_UNFINISHED_INSTEAD = 1;
    public const string WB_UNSUBSCRIBE_POST = "List-Unsubscribe=One-Click";
    public const int WB_USAGE_MAX_USED = 1;
    public const int WB_VERDICT_MISSING = 8;
    public const int WB_VERSION_MAJOR = 0;
    public const int WB_VERSION_MINOR = 1;
    public const int WB_VERSION_PATCH = 0;
    public const int WB_WEEKDAYS_ALL = 254;

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern int wb_benefit_covered(wb_limit* limits, uint limit_count, wb_procedure*
      history, uint history_count, wb_service* service, wb_covered* covered);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern int wb_benefit_find(wb_plan* plan, int on, wb_period* period);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern int wb_body_format(byte* text, UIntPtr length, byte* buffer, UIntPtr
      capacity, UIntPtr* needed);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern int wb_campaign_get(CampaignHandle campaign, wb_campaign_info* info);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern int wb_campaign_make(ContextHandle context, SchemaHandle schema,
      PolicyHandle policy, byte* json, UIntPtr length, byte* settings, UIntPtr settings_length, out
      CampaignHandle campaign, wb_error* error);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern int wb_campaign_match(CampaignHandle campaign, FactsHandle facts, ulong
      row, wb_moment* moment, wb_match* match, wb_error* error);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern int wb_campaign_new(ContextHandle context, SchemaHandle schema,
      PolicyHandle policy, byte* json, UIntPtr length, out CampaignHandle campaign, wb_error*
      error);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern IntPtr wb_campaign_ref(IntPtr campaign);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern int wb_campaign_schema(byte** json, UIntPtr* length);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern void wb_campaign_unref(IntPtr campaign);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern int wb_codes_parse(byte* text, UIntPtr length, wb_code_range* ranges, uint
      capacity, uint* count);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern int wb_column_get(uint index, wb_column* column);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern int wb_consent_get(PracticeHandle practice, byte* contact, byte* patient,
      UIntPtr length, int channel, int purpose, wb_consent* consent);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern int wb_contact_make(byte* secret, int kind, byte* address, UIntPtr length,
      byte* country, byte* contact);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern int wb_contact_normalize(int kind, byte* address, UIntPtr length, byte*
      country, byte* buffer, UIntPtr capacity, UIntPtr* needed);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern int wb_context_new(wb_context_options* options, out ContextHandle context,
      wb_error* error);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern IntPtr wb_context_ref(IntPtr context);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern void wb_context_unref(IntPtr context);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern int wb_date_add(int date, wb_interval* interval, int* @out);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern int wb_date_add_months(int date, int months, int* @out);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern int wb_date_format(int date, byte* buffer, UIntPtr capacity, UIntPtr*
      length);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern int wb_date_make(int year, int month, int day, int* date);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern int wb_date_months(int from, int to, int* months);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern int wb_date_parse(byte* text, UIntPtr length, int* date);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern int wb_date_split(int date, int* year, int* month, int* day);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern int wb_date_weekday(int date, int* weekday);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern int wb_desk_next(PracticeHandle practice, int list, ulong* cursor, wb_task*
      task);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern int wb_effect_find(wb_arms* arms, wb_effect* effect);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern int wb_facts_add(FactsHandle facts, byte* table, ArrowSchema* schema,
      ArrowArray* array, wb_error* error);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern int wb_facts_add_stream(FactsHandle facts, byte* table, ArrowArrayStream*
      stream, wb_error* error);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern int wb_facts_count(FactsHandle facts, ulong* count);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern int wb_facts_find(FactsHandle facts, byte* key, UIntPtr length, ulong*
      row);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern void wb_facts_free(IntPtr facts);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern int wb_facts_get(FactsHandle facts, ulong row, uint field, wb_moment*
      moment, wb_value* value, wb_error* error);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern int wb_facts_get_item(FactsHandle facts, ulong row, uint field, uint index,
      wb_moment* moment, wb_value* value, wb_error* error);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern int wb_facts_new(ContextHandle context, SchemaHandle schema,
      wb_facts_options* options, out FactsHandle facts, wb_error* error);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern ulong wb_facts_orphans(FactsHandle facts);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern int wb_facts_renew(FactsHandle facts, long as_of, byte* table, wb_error*
      error);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern int wb_group_find(byte* code, UIntPtr length, int on, wb_code* codes, uint
      code_count, wb_group* group);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern int wb_handle_format(byte* random, byte* buffer, UIntPtr capacity, UIntPtr*
      needed);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern int wb_handle_make(byte* secret, UIntPtr secret_length, int purpose, byte*
      id, byte* buffer, UIntPtr capacity, UIntPtr* needed);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern byte* wb_hold_name(int hold);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern byte* wb_intent_name(int intent);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern int wb_interval_format(wb_interval* interval, byte* buffer, UIntPtr
      capacity, UIntPtr* length);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern int wb_interval_parse(byte* text, UIntPtr length, wb_interval* interval);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern int wb_journal_entry(ContextHandle context, void* bytes, UIntPtr length,
      wb_entry_query* query, ulong* cursor, byte* buffer, UIntPtr capacity, UIntPtr* needed);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern int wb_journal_explain(ContextHandle context, void* bytes, UIntPtr length,
      byte* action, byte* buffer, UIntPtr capacity, UIntPtr* needed);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern int wb_journal_find(void* bytes, UIntPtr length, wb_chain* chain, wb_error*
      error);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern int wb_journal_format(void* bytes, UIntPtr length, ulong offset, byte*
      buffer, UIntPtr capacity, UIntPtr* needed);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern int wb_journal_next(void* bytes, UIntPtr length, ulong* offset, wb_record*
      record);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern int wb_law_add_business(LawHandle law, byte* region, UIntPtr region_length,
      int date, int days, int* @out);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern int wb_law_find(LawHandle law, wb_law_question* question, wb_law_answer*
      answer);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern int wb_law_new(ContextHandle context, byte* json, UIntPtr length, out
      LawHandle law, wb_error* error);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern int wb_law_next(LawHandle law, int kind, byte* region, UIntPtr
      region_length, int message_class, int on, ulong* cursor, wb_law_rule* rule);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern IntPtr wb_law_ref(IntPtr law);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern void wb_law_unref(IntPtr law);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern int wb_limit_parse(byte* text, UIntPtr length, wb_limit* limit);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern int wb_link_make(wb_link_key* key, wb_link* link, byte* buffer, UIntPtr
      capacity, UIntPtr* needed);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern int wb_link_parse(byte* text, UIntPtr length, wb_link_key* key, int
      purpose, long now, wb_link* link);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern int wb_metrics_format(PracticeHandle practice, long now, byte* buffer,
      UIntPtr capacity, UIntPtr* needed);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern int wb_metrics_get(PracticeHandle practice, byte* campaign, UIntPtr
      campaign_length, byte* segment, UIntPtr segment_length, byte* variant, UIntPtr variant_length,
      int held_out, wb_metrics* metrics);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern int wb_metrics_next(PracticeHandle practice, ulong* cursor, wb_metrics*
      metrics);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern int wb_offer_get(OfferHandle offer, wb_offer_info* info);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern int wb_offer_new(ContextHandle context, SchemaHandle schema, byte* json,
      UIntPtr length, out OfferHandle offer, wb_error* error);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern IntPtr wb_offer_ref(IntPtr offer);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern int wb_offer_test(OfferHandle offer, LawHandle law, FactsHandle facts,
      ulong row, wb_moment* moment, wb_offer_use* use, wb_offer_verdict* verdict, wb_error* error);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern void wb_offer_unref(IntPtr offer);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern int wb_opening_get(PracticeHandle practice, byte* key, UIntPtr length,
      wb_opening* opening);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern int wb_opening_next(PracticeHandle practice, ulong* cursor, wb_opening*
      opening);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern int wb_page_render(PracticeHandle practice, wb_page* page, FactsHandle
      facts, long now, byte* buffer, UIntPtr capacity, UIntPtr* needed, wb_error* error);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern int wb_plain_format(byte* html, UIntPtr length, byte* buffer, UIntPtr
      capacity, UIntPtr* needed);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern uint wb_playbook_count();

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern int wb_playbook_get(uint index, byte** name, byte** json, UIntPtr* length);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern int wb_policy_format(PolicyHandle policy, byte* buffer, UIntPtr capacity,
      UIntPtr* length);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern int wb_policy_get(PolicyHandle policy, byte* channel, uint* read, uint*
      choose);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern int wb_policy_new(ContextHandle context, SchemaHandle schema, byte* json,
      UIntPtr length, out PolicyHandle policy, wb_error* error);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern IntPtr wb_policy_ref(IntPtr policy);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern void wb_policy_unref(IntPtr policy);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern int wb_practice_ack(PracticeHandle practice, byte* id, wb_outcome* outcome,
      long now, wb_error* error);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern int wb_practice_actions(PracticeHandle practice, ulong* cursor,
      wb_action_status* status);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern int wb_practice_add(PracticeHandle practice, CampaignHandle campaign, long
      now, wb_error* error);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern int wb_practice_campaigns(PracticeHandle practice, ulong* cursor,
      wb_campaign_status* status);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern int wb_practice_enroll(PracticeHandle practice, byte* campaign, UIntPtr
      length, FactsHandle facts, long now, wb_counts* counts, wb_error* error);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern int wb_practice_find(PracticeHandle practice, byte* patient, UIntPtr
      length, byte** key);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern void wb_practice_free(IntPtr practice);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern int wb_practice_get(PracticeHandle practice, wb_practice_options* options);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern int wb_practice_load(PracticeHandle practice, void* bytes, UIntPtr length,
      wb_error* error);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern int wb_practice_migrate(PracticeHandle practice, byte* campaign, UIntPtr
      length, wb_migrate_options* options, long now, wb_migration* rows, uint capacity, uint* count,
      wb_error* error);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern int wb_practice_new(ContextHandle context, SchemaHandle schema,
      PolicyHandle policy, wb_practice_options* options, out PracticeHandle practice, wb_error*
      error);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern int wb_practice_next(PracticeHandle practice, ulong* cursor, wb_enrollment*
      enrollment);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern int wb_practice_poll(PracticeHandle practice, FactsHandle facts, long now,
      wb_action* actions, uint capacity, uint* count, wb_error* error);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern int wb_practice_receive(PracticeHandle practice, wb_input* input, long now,
      wb_error* error);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern int wb_practice_rekey(PracticeHandle practice, byte* secret, byte* pairs,
      uint count, uint flags, long now, wb_error* error);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern int wb_practice_replay(PracticeHandle practice, void* bytes, UIntPtr
      length, wb_replay* replay, wb_error* error);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern int wb_practice_run(PracticeHandle practice, FactsHandle facts, long now,
      wb_deliver_fn deliver, void* user, wb_run* run, wb_error* error);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern int wb_practice_save(PracticeHandle practice, void* buffer, UIntPtr
      capacity, UIntPtr* needed);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern int wb_practice_seal(PracticeHandle practice, long now, wb_error* error);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern ulong wb_practice_sequence(PracticeHandle practice);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern int wb_practice_test(PracticeHandle practice, byte* id, FactsHandle facts,
      long now, wb_look* look, wb_error* error);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern int wb_practice_waiting(PracticeHandle practice, byte* campaign, UIntPtr
      length, FactsHandle facts, long now, wb_waiting* rows, uint capacity, uint* count, wb_error*
      error);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern int wb_practice_wake(PracticeHandle practice, long* at);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern int wb_recare_find(wb_recare_history* history, wb_recare_settings*
      settings, int today, wb_recare* recare);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern int wb_reply_parse(byte* text, UIntPtr length, wb_reply* reply);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern int wb_rule_count(RuleHandle rule, FactsHandle facts, wb_moment* moment,
      wb_tally* tally, wb_error* error);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern int wb_rule_eval(ContextHandle context, byte* text, UIntPtr text_length,
      byte* variables, UIntPtr variables_length, byte* buffer, UIntPtr capacity, UIntPtr* length,
      wb_error* error);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern int wb_rule_explain(RuleHandle rule, FactsHandle facts, ulong row,
      wb_moment* moment, byte* buffer, UIntPtr capacity, UIntPtr* length, wb_error* error);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern int wb_rule_get(RuleHandle rule, uint index, uint* field);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern int wb_rule_match(RuleHandle rule, FactsHandle facts, ulong first, ulong
      count, wb_moment* moment, byte* yes, byte* known, wb_error* error);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern int wb_rule_new(ContextHandle context, SchemaHandle schema, byte* text,
      UIntPtr length, out RuleHandle rule, wb_error* error);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern IntPtr wb_rule_ref(IntPtr rule);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern int wb_rule_test(RuleHandle rule, FactsHandle facts, ulong row, wb_moment*
      moment, wb_verdict* verdict, wb_error* error);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern void wb_rule_unref(IntPtr rule);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern uint wb_schema_count(SchemaHandle schema);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern int wb_schema_find(SchemaHandle schema, byte* name, UIntPtr length, uint*
      index);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern int wb_schema_get(SchemaHandle schema, uint index, wb_field* field);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern int wb_schema_new(ContextHandle context, wb_field* fields, uint count, out
      SchemaHandle schema, wb_error* error);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern IntPtr wb_schema_ref(IntPtr schema);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern void wb_schema_unref(IntPtr schema);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern int wb_settings_schema(byte** json, UIntPtr* length);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern int wb_settings_test(ContextHandle context, byte* json, UIntPtr length,
      wb_error* error);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern int wb_sms_measure(byte* text, UIntPtr length, wb_sms* sms);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern byte* wb_status_name(int status);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern byte* wb_status_text(int status);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern uint wb_struct_size(byte* name);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern int wb_subject_format(byte* text, UIntPtr length, byte* buffer, UIntPtr
      capacity, UIntPtr* needed);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern int wb_teeth_parse(byte* text, UIntPtr length, uint areas, ulong* teeth);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern int wb_template_get(TemplateHandle compiled, uint index, uint* field);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern int wb_template_import(byte* text, UIntPtr length, byte* buffer, UIntPtr
      capacity, UIntPtr* written, wb_error* error);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern int wb_template_lint(TemplateHandle compiled, wb_lint_options* options,
      wb_finding* findings, uint capacity, uint* count, wb_error* error);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern int wb_template_measure(TemplateHandle compiled, wb_template_info* info);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern int wb_template_new(ContextHandle context, SchemaHandle schema,
      PolicyHandle policy, wb_template_options* options, byte* text, UIntPtr length, out
      TemplateHandle compiled, wb_error* error);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern IntPtr wb_template_ref(IntPtr compiled);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern int wb_template_render(TemplateHandle compiled, FactsHandle facts, ulong
      row, wb_moment* moment, byte* buffer, UIntPtr capacity, UIntPtr* length, wb_error* error);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern void wb_template_unref(IntPtr compiled);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern int wb_text_lint(byte* text, UIntPtr length, wb_lint_options* options,
      wb_finding* findings, uint capacity, uint* count, wb_error* error);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern int wb_time_format(long at, ZoneHandle zone, byte* buffer, UIntPtr
      capacity, UIntPtr* length);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern int wb_time_parse(byte* text, UIntPtr length, long* at);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern int wb_treatment_find(wb_procedure* procedures, uint count, uint index, int
      today, wb_treatment* treatment);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern int wb_unfinished_next(wb_procedure* procedures, uint count, int crown, int
      today, ulong* cursor, wb_unfinished* found);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern int wb_unsubscribe_format(byte* link, UIntPtr link_length, byte* mail,
      UIntPtr mail_length, byte* buffer, UIntPtr capacity, UIntPtr* needed);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern int wb_usage_find(wb_claim* claims, uint count, wb_period* period, long
      maximum, wb_usage* usage);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern uint wb_version();

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern byte* wb_version_text();

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern int wb_zone_instant(ZoneHandle zone, wb_local* local, int fold, long* at);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern int wb_zone_local(ZoneHandle zone, long at, wb_local* local);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern int wb_zone_new(ContextHandle context, byte* text, UIntPtr length, out
      ZoneHandle zone, wb_error* error);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern IntPtr wb_zone_ref(IntPtr zone);

    [DllImport(Library, CallingConvention = CallingConvention.Cdecl)]
    public static extern void wb_zone_unref(IntPtr zone);

    /// <summary>The size of each struct here; wb_struct_size has that of the library.</summary>
    public static readonly System.Collections.Generic.Dictionary<string, int> Sizes =
        new System.Collections.Generic.Dictionary<string, int> {
      {"wb_action", sizeof(wb_action)},
      {"wb_action_status", sizeof(wb_action_status)},
      {"wb_arms", sizeof(wb_arms)},
      {"wb_campaign_info", sizeof(wb_campaign_info)},
      {"wb_campaign_status", sizeof(wb_campaign_status)},
      {"wb_chain", sizeof(wb_chain)},
      {"wb_claim", sizeof(wb_claim)},
      {"wb_code", sizeof(wb_code)},
      {"wb_code_range", sizeof(wb_code_range)},
      {"wb_column", sizeof(wb_column)},
      {"wb_consent", sizeof(wb_consent)},
      {"wb_context_options", sizeof(wb_context_options)},
      {"wb_counts", sizeof(wb_counts)},
      {"wb_covered", sizeof(wb_covered)},
      {"wb_effect", sizeof(wb_effect)},
      {"wb_enrollment", sizeof(wb_enrollment)},
      {"wb_entry_query", sizeof(wb_entry_query)},
      {"wb_error", sizeof(wb_error)},
      {"wb_facts_options", sizeof(wb_facts_options)},
      {"wb_field", sizeof(wb_field)},
      {"wb_finding", sizeof(wb_finding)},
      {"wb_group", sizeof(wb_group)},
      {"wb_input", sizeof(wb_input)},
      {"wb_interval", sizeof(wb_interval)},
      {"wb_law_answer", sizeof(wb_law_answer)},
      {"wb_law_question", sizeof(wb_law_question)},
      {"wb_law_rule", sizeof(wb_law_rule)},
      {"wb_limit", sizeof(wb_limit)},
      {"wb_link", sizeof(wb_link)},
      {"wb_link_key", sizeof(wb_link_key)},
      {"wb_lint_options", sizeof(wb_lint_options)},
      {"wb_local", sizeof(wb_local)},
      {"wb_look", sizeof(wb_look)},
      {"wb_match", sizeof(wb_match)},
      {"wb_metrics", sizeof(wb_metrics)},
      {"wb_migrate_options", sizeof(wb_migrate_options)},
      {"wb_migration", sizeof(wb_migration)},
      {"wb_moment", sizeof(wb_moment)},
      {"wb_offer_info", sizeof(wb_offer_info)},
      {"wb_offer_use", sizeof(wb_offer_use)},
      {"wb_offer_verdict", sizeof(wb_offer_verdict)},
      {"wb_opening", sizeof(wb_opening)},
      {"wb_outcome", sizeof(wb_outcome)},
      {"wb_page", sizeof(wb_page)},
      {"wb_period", sizeof(wb_period)},
      {"wb_plan", sizeof(wb_plan)},
      {"wb_practice_options", sizeof(wb_practice_options)},
      {"wb_procedure", sizeof(wb_procedure)},
      {"wb_recare", sizeof(wb_recare)},
      {"wb_recare_history", sizeof(wb_recare_history)},
      {"wb_recare_settings", sizeof(wb_recare_settings)},
      {"wb_record", sizeof(wb_record)},
      {"wb_replay", sizeof(wb_replay)},
      {"wb_reply", sizeof(wb_reply)},
      {"wb_run", sizeof(wb_run)},
      {"wb_service", sizeof(wb_service)},
      {"wb_sms", sizeof(wb_sms)},
      {"wb_source", sizeof(wb_source)},
      {"wb_tally", sizeof(wb_tally)},
      {"wb_task", sizeof(wb_task)},
      {"wb_template_info", sizeof(wb_template_info)},
      {"wb_template_options", sizeof(wb_template_options)},
      {"wb_treatment", sizeof(wb_treatment)},
      {"wb_unfinished", sizeof(wb_unfinished)},
      {"wb_usage", sizeof(wb_usage)},
      {"wb_value", sizeof(wb_value)},
      {"wb_verdict", sizeof(wb_verdict)},
      {"wb_waiting", sizeof(wb_waiting)},
      {"wb_window", sizeof(wb_window)},
    };
  }
}
