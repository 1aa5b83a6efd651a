// SPDX-License-Identifier: MIT
// Rows as the two structs of the Arrow C Data Interface.
using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Text;
using System.Threading;

namespace Winback {
  /// <summary>A table by its columns; null is an absent cell. Its memory is not the collector's, and the
  /// library gives it back when the facts are freed.</summary>
  public sealed unsafe class Table {
    /// <summary>Memory of one table, and how many of its two structs are still held.</summary>
    sealed class Held {
      public readonly List<IntPtr> Blocks = new List<IntPtr>();
      public int Structs = 2;
    }

    struct Column {
      public string Name, Format;
      public byte*[] Buffers;
    }

    static readonly ConcurrentDictionary<long, Held> Tables = new ConcurrentDictionary<long, Held>();
    static long last;
    // C holds their addresses: they must live as long as the program.
    static readonly ArrowSchema_release FreeSchema = ReleaseSchema;
    static readonly ArrowArray_release FreeArray = ReleaseArray;
    static readonly IntPtr FreeSchemaAt = Marshal.GetFunctionPointerForDelegate(FreeSchema);
    static readonly IntPtr FreeArrayAt = Marshal.GetFunctionPointerForDelegate(FreeArray);

    readonly Held held = new Held();
    readonly List<Column> columns = new List<Column>();
    readonly long rows;

    public Table(long rows) {
      this.rows = rows;
    }

    /// <summary>How many tables are still held by the library.</summary>
    public static int Living { get { return Tables.Count; } }

    public Table Add(string name, params string[] values) {
      byte*[] buffers = Start(values.Length, i => values[i] != null, 3);
      int* ends = (int*)(buffers[1] = Block(4L * (values.Length + 1)));
      var text = new List<byte>();
      for (int i = 0; i < values.Length; i++) {
        if (values[i] != null) text.AddRange(Encoding.UTF8.GetBytes(values[i]));
        ends[i + 1] = text.Count;
      }
      buffers[2] = Block(text.Count);
      Marshal.Copy(text.ToArray(), 0, (IntPtr)buffers[2], text.Count);
      return Add(name, "u", buffers);
    }

    /// <summary>Days.</summary>
    public Table Add(string name, params DateTime?[] values) {
      byte*[] buffers = Start(values.Length, i => values[i] != null, 2);
      int* days = (int*)(buffers[1] = Block(4L * values.Length));
      for (int i = 0; i < values.Length; i++) days[i] = values[i] == null ? 0 : Library.Days(values[i].Value);
      return Add(name, "tdD", buffers);
    }

    public Table Add(string name, params long?[] values) {
      byte*[] buffers = Start(values.Length, i => values[i] != null, 2);
      long* numbers = (long*)(buffers[1] = Block(8L * values.Length));
      for (int i = 0; i < values.Length; i++) numbers[i] = values[i] ?? 0;
      return Add(name, "l", buffers);
    }

    /// <summary>Moves the table into the facts; it must not be used again.</summary>
    public void MoveTo(FactsHandle facts, string name) {
      var schema = (ArrowSchema*)Block(sizeof(ArrowSchema));
      var array = (ArrowArray*)Block(sizeof(ArrowArray));
      long id = Interlocked.Increment(ref last);
      Fill(schema, array, (void*)id);
      Tables[id] = held;
      wb_error error;
      using (var table = new Utf8(name)) {
        int status = Native.wb_facts_add(facts, table.Pointer, schema, array, &error);
        if (status != wb_status_code.WB_OK) { // still ours
          ReleaseSchema(schema);
          ReleaseArray(array);
        }
        Library.Check(status, &error);
      }
    }

    Table Add(string name, string format, byte*[] buffers) {
      columns.Add(new Column { Name = name, Format = format, Buffers = buffers });
      return this;
    }

    /// <summary>The buffers of a column, with the bits that say which cells are there.</summary>
    byte*[] Start(int length, Func<int, bool> there, int buffers) {
      if (length != rows) throw new ArgumentException("a column has another length than the table");
      var made = new byte*[buffers];
      made[0] = Block((length + 7) / 8);
      for (int i = 0; i < length; i++)
        if (there(i)) made[0][i / 8] |= (byte)(1 << i % 8);
      return made;
    }

    void Fill(ArrowSchema* schema, ArrowArray* array, void* id) {
      schema->format = Text("+s");
      schema->name = Text("");
      schema->n_children = array->n_children = columns.Count;
      schema->children = (ArrowSchema**)Block(sizeof(IntPtr) * columns.Count);
      array->children = (ArrowArray**)Block(sizeof(IntPtr) * columns.Count);
      array->length = rows;
      array->n_buffers = 1;
      array->buffers = (void**)Block(sizeof(IntPtr));
      for (int i = 0; i < columns.Count; i++) {
        schema->children[i] = (ArrowSchema*)Block(sizeof(ArrowSchema));
        array->children[i] = (ArrowArray*)Block(sizeof(ArrowArray));
        Fill(columns[i], schema->children[i], array->children[i]);
      }
      schema->private_data = array->private_data = id;
      schema->release = FreeSchemaAt;
      array->release = FreeArrayAt;
    }

    void Fill(Column column, ArrowSchema* schema, ArrowArray* array) {
      schema->format = Text(column.Format);
      schema->name = Text(column.Name);
      schema->flags = 2; // cells may be absent
      array->length = rows;
      array->null_count = -1; // as the bits say
      array->n_buffers = column.Buffers.Length;
      array->buffers = (void**)Block(sizeof(IntPtr) * column.Buffers.Length);
      for (int i = 0; i < column.Buffers.Length; i++) array->buffers[i] = column.Buffers[i];
      schema->release = FreeSchemaAt; // of no table: their memory goes with the whole
      array->release = FreeArrayAt;
    }

    byte* Text(string text) {
      byte[] bytes = Encoding.UTF8.GetBytes(text);
      byte* block = Block(bytes.Length + 1);
      Marshal.Copy(bytes, 0, (IntPtr)block, bytes.Length);
      return block;
    }

    /// <summary>Memory that is zero and stays where it is.</summary>
    byte* Block(long size) {
      IntPtr block = Marshal.AllocHGlobal((IntPtr)(size + 1));
      held.Blocks.Add(block);
      for (long i = 0; i <= size; i++) ((byte*)block)[i] = 0;
      return (byte*)block;
    }

    static void ReleaseSchema(ArrowSchema* schema) {
      long id = (long)schema->private_data;
      schema->release = IntPtr.Zero;
      Release(id);
    }

    static void ReleaseArray(ArrowArray* array) {
      long id = (long)array->private_data;
      array->release = IntPtr.Zero;
      Release(id);
    }

    static void Release(long id) {
      Held found;
      if (!Tables.TryGetValue(id, out found) || Interlocked.Decrement(ref found.Structs) > 0) return;
      Tables.TryRemove(id, out found);
      foreach (IntPtr block in found.Blocks) Marshal.FreeHGlobal(block);
    }
  }
}
