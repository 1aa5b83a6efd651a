// SPDX-License-Identifier: MIT
// What a host in C# relies on: mono host.exe; says what does not hold, and ends with how many do not.
using System;
using System.Collections.Generic;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Threading;
using Winback;

static unsafe class Host {
  static readonly long now = Library.Seconds(new DateTime(2026, 3, 3, 16, 0, 0, DateTimeKind.Utc));
  static int broken;

  static void Hold(bool holds, string what) {
    if (holds) return;
    Console.WriteLine("does not hold: " + what);
    broken++;
  }

  /// <summary>What is thrown, or null.</summary>
  static T Thrown<T>(Action body) where T : Exception {
    try {
      body();
    } catch (T exception) {
      return exception;
    }
    return null;
  }

  static SchemaHandle Schema() {
    SchemaHandle schema;
    wb_error error;
    Library.Check(Native.wb_schema_new(ContextHandle.None, null, 0, out schema, &error), &error);
    return schema;
  }

  static FactsHandle Facts(SchemaHandle schema) {
    FactsHandle facts;
    wb_error error;
    var options = new wb_facts_options { size = (uint)sizeof(wb_facts_options), as_of = now };
    Library.Check(Native.wb_facts_new(ContextHandle.None, schema, &options, out facts, &error), &error);
    return facts;
  }

  static RuleHandle Rule(SchemaHandle schema, string expression) {
    RuleHandle rule;
    wb_error error;
    using (var text = new Utf8(expression))
      Library.Check(Native.wb_rule_new(ContextHandle.None, schema, text.Pointer, text.Size, out rule, &error), &error);
    return rule;
  }

  static ZoneHandle Zone() {
    ZoneHandle zone;
    wb_error error;
    using (var name = new Utf8("America/New_York"))
      Library.Check(Native.wb_zone_new(ContextHandle.None, name.Pointer, name.Size, out zone, &error), &error);
    return zone;
  }

  static wb_tally Count(RuleHandle rule, FactsHandle facts, ZoneHandle zone) {
    wb_error error;
    var moment = new wb_moment { size = (uint)sizeof(wb_moment), now = now, zone = zone.DangerousGetHandle() };
    var tally = new wb_tally { size = (uint)sizeof(wb_tally) };
    Library.Check(Native.wb_rule_count(rule, facts, &moment, &tally, &error), &error);
    return tally;
  }

  static PracticeHandle Practice(SchemaHandle schema, wb_append_fn append) {
    PracticeHandle practice;
    wb_error error;
    using (Utf8 secret = new Utf8(Guid.NewGuid().ToByteArray()), key = new Utf8("example-dental")) {
      var options = new wb_practice_options {
        size = (uint)sizeof(wb_practice_options), secret = secret.Pointer, key = key.Pointer,
        key_length = key.Length, append = Marshal.GetFunctionPointerForDelegate(append)
      };
      int status = Native.wb_practice_new(ContextHandle.None, schema, PolicyHandle.None, &options, out practice, &error);
      Library.Check(status, &error);
    }
    practice.Keeps = append;
    return practice;
  }

  /// <summary>The practice pauses: one record.</summary>
  static void Pause(PracticeHandle practice) {
    wb_error error;
    var input = new wb_input { size = (uint)sizeof(wb_input), kind = wb_input_kind.WB_INPUT_PAUSE };
    Library.Check(Native.wb_practice_receive(practice, &input, now, &error), &error);
  }

  static void EveryStructHasTheLibrarysSize() {
    foreach (var size in Native.Sizes)
      using (var name = new Utf8(size.Key))
        Hold(Native.wb_struct_size(name.Pointer) == size.Value, "the size of " + size.Key);
    Hold(Native.Sizes.Count > 60, "all structs are there");
  }

  static void EveryFunctionIsFound() {
    int found = 0;
    foreach (MethodInfo method in typeof(Native).GetMethods()) {
      if ((method.Attributes & MethodAttributes.PinvokeImpl) == 0) continue;
      Hold(Thrown<Exception>(() => Marshal.Prelink(method)) == null, method.Name);
      Console.WriteLine("function " + method.Name);
      found++;
    }
    Hold(found > 100, "all functions are there");
  }

  static void TextIsUtf8BothWays() {
    const string text = "Zo\u00eb \u7259 \U0001f9b7";
    var buffer = new byte[256];
    UIntPtr needed;
    wb_error error;
    using (var expression = new Utf8("'" + text + "' + '!'"))
      fixed (byte* into = buffer)
        Library.Check(Native.wb_rule_eval(ContextHandle.None, expression.Pointer, expression.Size, null, UIntPtr.Zero,
                                          into, (UIntPtr)256u, &needed, &error), &error);
    fixed (byte* into = buffer) Hold(Utf8.Read(into) == "\"" + text + "!\"", "text in and out");
  }

  static void InstantsAndDaysBefore1970() {
    var midnight = new DateTime(1970, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    foreach (long second in new long[] { -86401, -1, 0, 1 }) {
      DateTime at = midnight.AddSeconds(second);
      Hold(Library.Seconds(at) == second && Library.Seconds(at.AddTicks(9999999)) == second, "the second " + second);
    }
    Hold(Library.Seconds(midnight.AddTicks(-1)) == -1, "the last tick of 1969 is in its last second");
    Hold(Library.Days(midnight.AddTicks(-1)) == -1 && Library.Days(midnight) == 0, "the last day of 1969");
  }

  static void AnErrorSaysWhere(SchemaHandle schema) {
    var thrown = Thrown<WinbackException>(() => Rule(schema, "true &&\n recare.ban == \"12+\""));
    Hold(thrown != null && thrown.Status == wb_status_code.WB_E_NAME, "a status");
    Hold(thrown != null && thrown.Line == 2 && thrown.Column == 2, "a line and a column");
    Hold(thrown != null && thrown.Message.Contains("recare.band"), "a hint");
  }

  static void WhatACallbackThrowsComesOut(SchemaHandle schema) {
    using (var practice = Practice(schema, (user, first, bytes, length, count) => Library.Guard(() => {
             throw new InvalidOperationException("the database is gone");
           }))) {
      var thrown = Thrown<InvalidOperationException>(() => Pause(practice));
      Hold(thrown != null && thrown.Message == "the database is gone", "the exception itself");
      var stale = Thrown<WinbackException>(() => Pause(practice));
      Hold(stale != null && stale.Status == wb_status_code.WB_E_STALE, "what is durable is unknown");
    }
  }

  static void CallbacksOutliveTheCollector(SchemaHandle schema) {
    int called = 0;
    using (var practice = Practice(schema, (user, first, bytes, length, count) => Library.Guard(() => {
             GC.Collect();
             called++;
             return wb_status_code.WB_OK;
           }))) {
      for (int i = 0; i < 3; i++) {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        Pause(practice);
      }
    }
    Hold(called > 0, "the callback is called");
  }

  static void AClosedHandleIsRefused(SchemaHandle schema) {
    FactsHandle facts = Facts(schema);
    facts.Dispose();
    facts.Dispose();
    Hold(Thrown<ObjectDisposedException>(() => Native.wb_facts_orphans(facts)) != null, "a closed handle");
  }

  static void TablesAreGivenBack(SchemaHandle schema) {
    using (FactsHandle facts = Facts(schema)) {
      new Table(2).Add("patient", "1", "2").Add("status", "active", "active").Add("first_name", "Ana", null)
          .Add("birth_date", (DateTime?)null, null).MoveTo(facts, "patients");
      Hold(Table.Living == 1, "the library holds a table");
      var thrown = Thrown<WinbackException>(() => new Table(1).Add("patient", (long?)1).MoveTo(facts, "nothing"));
      Hold(thrown != null && thrown.Status == wb_status_code.WB_E_NAME, "a table of no such name");
      Hold(Table.Living == 1, "a refused table is given back at once");
    }
    Hold(Table.Living == 0, "the others with the facts");
    Hold(Thrown<ArgumentException>(() => new Table(2).Add("patient", "1")) != null, "a column that is too short");
  }

  static void NullIsAnAbsentCell(SchemaHandle schema) {
    const string ana = "patient.first_name == \"Ana\"", old = "patient.birth_date < date(\"1990-01-01\")",
                 owes = "patient.balance > 100";
    using (FactsHandle facts = Facts(schema))
    using (ZoneHandle zone = Zone()) {
      new Table(3).Add("patient", "1", "2", "3").Add("status", "active", "active", "active")
          .Add("first_name", "Ana", null, "Ben").Add("birth_date", null, new DateTime(1980, 12, 14), new DateTime(2001, 1, 1))
          .Add("balance", (long?)500, 0, null).MoveTo(facts, "patients");
      foreach (string text in new[] { ana, old, owes })
        using (RuleHandle rule = Rule(schema, text)) {
          wb_tally tally = Count(rule, facts, zone);
          Hold(tally.yes == 1 && tally.no == 1 && tally.unknown == 1, text);
        }
    }
  }

  static void ThreadsShareARule(SchemaHandle schema) {
    RuleHandle rule = Rule(schema, "patient.status == \"active\"");
    ZoneHandle zone = Zone();
    int right = 0;
    var threads = new List<Thread>();
    for (int i = 0; i < 4; i++) {
      threads.Add(new Thread(() => {
        using (FactsHandle facts = Facts(schema)) {
          new Table(2).Add("patient", "1", "2").Add("status", "active", "inactive").MoveTo(facts, "patients");
          wb_tally tally = Count(rule, facts, zone);
          if (tally.yes == 1 && tally.no == 1) Interlocked.Increment(ref right);
        }
      }));
    }
    threads.ForEach(thread => thread.Start());
    threads.ForEach(thread => thread.Join());
    Hold(right == 4, "each thread's own facts");
    rule.Dispose();
    zone.Dispose();
  }

  static int Main() {
    Library.Verify();
    EveryStructHasTheLibrarysSize();
    EveryFunctionIsFound();
    TextIsUtf8BothWays();
    InstantsAndDaysBefore1970();
    using (SchemaHandle schema = Schema()) {
      AnErrorSaysWhere(schema);
      WhatACallbackThrowsComesOut(schema);
      CallbacksOutliveTheCollector(schema);
      AClosedHandleIsRefused(schema);
      TablesAreGivenBack(schema);
      NullIsAnAbsentCell(schema);
      ThreadsShareARule(schema);
    }
    return broken;
  }
}
