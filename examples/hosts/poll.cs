// SPDX-License-Identifier: MIT
// The whole integration from C#: the loop of poll.py, with the files of bindings/csharp.
//   mcs -unsafe -out:poll.exe poll.cs ../../bindings/csharp/*.cs
using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using Winback;

static unsafe class Poll {
  static readonly List<byte[]> journal = new List<byte[]>(); // a host keeps it in a table or a file
  static readonly DateTime instant = new DateTime(2026, 3, 3, 16, 0, 0, DateTimeKind.Utc);
  static readonly long now = Library.Seconds(instant);
  static wb_error error;

  /// <summary>A host writes them, or says conflict. Nothing that is thrown here reaches C.</summary>
  static int Append(void* user, ulong first, void* bytes, ulong length, uint count) {
    return Library.Guard(() => {
      var records = new byte[(int)length];
      Marshal.Copy((IntPtr)bytes, records, 0, records.Length);
      journal.Add(records);
      Console.WriteLine("journal: {0} bytes more", length);
      return wb_status_code.WB_OK;
    });
  }

  /// <summary>Ana is due; Ben has a visit booked; Cleo does not want texts.</summary>
  static FactsHandle Rows(SchemaHandle schema) {
    FactsHandle facts;
    var options = new wb_facts_options { size = (uint)sizeof(wb_facts_options), as_of = now };
    fixed (wb_error* wrong = &error)
      Library.Check(Native.wb_facts_new(ContextHandle.None, schema, &options, out facts, wrong), wrong);
    DateTime? born = new DateTime(1980, 12, 14), last = new DateTime(2025, 4, 22);
    new Table(1).Add("location", "1").Add("short_name", "Example Dental").Add("zone", "America/New_York")
        .Add("booking_url", "https://book.example.com").MoveTo(facts, "locations");
    new Table(3).Add("patient", "1", "2", "3").Add("status", "active", "active", "active")
        .Add("first_name", "Ana", "Ben", "Cleo").Add("birth_date", born, born, born)
        .Add("mobile", "+12125550101", "+12125550102", "+12125550103")
        .Add("text_permission", "yes", "yes", "no").MoveTo(facts, "patients");
    new Table(3).Add("patient", "1", "2", "3").Add("code", "D1110", "D1110", "D1110")
        .Add("status", "completed", "completed", "completed").Add("date", last, last, last)
        .MoveTo(facts, "procedures");
    new Table(1).Add("patient", "2").Add("status", "scheduled")
        .Add("start", (DateTime?)new DateTime(2026, 3, 18)).MoveTo(facts, "appointments");
    return facts;
  }

  static PracticeHandle Open(SchemaHandle schema) {
    PracticeHandle practice;
    wb_append_fn append = Append;
    using (Utf8 secret = new Utf8(Guid.NewGuid().ToByteArray()), key = new Utf8("example-dental")) { // both are kept
      var options = new wb_practice_options {
        size = (uint)sizeof(wb_practice_options), secret = secret.Pointer, key = key.Pointer,
        key_length = key.Length, append = Marshal.GetFunctionPointerForDelegate(append)
      };
      fixed (wb_error* wrong = &error)
        Library.Check(Native.wb_practice_new(ContextHandle.None, schema, PolicyHandle.None, &options, out practice,
                                             wrong), wrong);
    }
    practice.Keeps = append; // the collector does not see that C holds it
    return practice;
  }

  /// <summary>Makes the playbook for hygiene that is due known, and starts it.</summary>
  static void Launch(PracticeHandle practice, SchemaHandle schema) {
    byte* name = null, json = null;
    UIntPtr length;
    CampaignHandle campaign;
    for (uint i = 0; Utf8.Read(name) != "hygiene-recare"; i++)
      Library.Check(Native.wb_playbook_get(i, &name, &json, &length));
    using (Utf8 approver = new Utf8("dr-example"))
    fixed (wb_error* wrong = &error) {
      Library.Check(Native.wb_campaign_new(ContextHandle.None, schema, PolicyHandle.None, json, length, out campaign,
                                           wrong), wrong);
      using (campaign) Library.Check(Native.wb_practice_add(practice, campaign, now, wrong), wrong);
      var input = new wb_input {
        size = (uint)sizeof(wb_input), kind = wb_input_kind.WB_INPUT_LAUNCH, campaign = name, campaign_length = 14,
        approver = approver.Pointer, approver_length = approver.Length
      };
      Library.Check(Native.wb_practice_receive(practice, &input, now, wrong), wrong);
    }
  }

  /// <summary>Sends what is due; idempotent by the action's id.</summary>
  static List<string> Run(PracticeHandle practice, FactsHandle facts) {
    var sent = new List<string>();
    var counts = new wb_counts { size = (uint)sizeof(wb_counts) };
    var action = new wb_action { size = (uint)sizeof(wb_action) };
    var outcome = new wb_outcome { size = (uint)sizeof(wb_outcome), kind = wb_outcome_kind.WB_SENT };
    uint count = 1;
    fixed (wb_error* wrong = &error) {
      Library.Check(Native.wb_practice_enroll(practice, null, UIntPtr.Zero, facts, now, &counts, wrong), wrong);
      while (count > 0) {
        Library.Check(Native.wb_practice_poll(practice, facts, now, &action, 1, &count, wrong), wrong);
        if (count == 0) break;
        sent.Add(string.Format("to {0}: {1}", Utf8.Read(action.to), Utf8.Read(action.text)));
        Library.Check(Native.wb_practice_ack(practice, action.id, &outcome, now, wrong), wrong);
      }
    }
    return sent;
  }

  static int Main() {
    Library.Verify();
    SchemaHandle schema;
    fixed (wb_error* wrong = &error)
      Library.Check(Native.wb_schema_new(ContextHandle.None, null, 0, out schema, wrong), wrong);
    using (schema)
    using (FactsHandle facts = Rows(schema))
    using (PracticeHandle practice = Open(schema)) {
      Launch(practice, schema);
      List<string> sent = Run(practice, facts);
      sent.ForEach(Console.WriteLine);
      if (sent.Count != 1 || !sent[0].StartsWith("to +12125550101: Hi Ana") || journal.Count == 0) return 1;
    }
    return Table.Living; // the library gave every table back
  }
}
