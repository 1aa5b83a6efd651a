// SPDX-License-Identifier: MIT
// What stands between C# and Native.cs: errors as exceptions, text as UTF-8, callbacks that may throw.
using System;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Winback {
  /// <summary>A call failed. The text names fields and codes, never a value of a patient.</summary>
  public sealed class WinbackException : Exception {
    public readonly int Status;
    public readonly uint Line, Column;
    public readonly string Path;

    public WinbackException(int status, string message, string path, uint line, uint column) : base(message) {
      Status = status;
      Path = path;
      Line = line;
      Column = column;
    }
  }

  /// <summary>Text in UTF-8, with a zero behind it, that stays where it is until it is disposed of.</summary>
  public sealed unsafe class Utf8 : IDisposable {
    public readonly byte* Pointer;
    public readonly uint Length;

    public Utf8(string text) : this(Encoding.UTF8.GetBytes(text)) { }

    public Utf8(byte[] bytes) {
      Length = (uint)bytes.Length;
      Pointer = (byte*)Marshal.AllocHGlobal(bytes.Length + 1);
      Marshal.Copy(bytes, 0, (IntPtr)Pointer, bytes.Length);
      Pointer[bytes.Length] = 0;
    }

    public UIntPtr Size { get { return (UIntPtr)Length; } }

    public void Dispose() {
      Marshal.FreeHGlobal((IntPtr)Pointer);
    }

    /// <summary>The text that ends with a zero; null stays null.</summary>
    public static string Read(byte* text) {
      if (text == null) return null;
      int length = 0;
      while (text[length] != 0) length++;
      return Read(text, length);
    }

    public static string Read(byte* text, int length) {
      byte[] bytes = new byte[length];
      Marshal.Copy((IntPtr)text, bytes, 0, length);
      return Encoding.UTF8.GetString(bytes);
    }
  }

  /// <summary>Around every call and callback.</summary>
  public static unsafe class Library {
    [ThreadStatic] static ExceptionDispatchInfo thrown;

    /// <summary>Once, before anything else: the library that was loaded is the one of Native.cs.</summary>
    public static void Verify() {
      uint wanted = Native.WB_VERSION_MAJOR * 1000000u + Native.WB_VERSION_MINOR * 1000u;
      uint found = Native.wb_version();
      if (found / 1000000 != Native.WB_VERSION_MAJOR || found < wanted) {
        throw new DllNotFoundException("winback is of version " + found + ", " + wanted + " is needed");
      }
      foreach (var size in Native.Sizes) {
        using (var name = new Utf8(size.Key)) {
          if (Native.wb_struct_size(name.Pointer) < size.Value) {
            throw new DllNotFoundException("winback has another " + size.Key);
          }
        }
      }
    }

    /// <summary>After a call: throws what a callback threw, or what the library says.</summary>
    public static void Check(int status, wb_error* error = null) {
      var kept = thrown;
      thrown = null;
      if (kept != null) kept.Throw();
      if (status == wb_status_code.WB_OK) return;
      if (error == null || error->status != status) {
        throw new WinbackException(status, Utf8.Read(Native.wb_status_text(status)), "", 0, 0);
      }
      throw new WinbackException(status, Utf8.Read(error->message), Utf8.Read(error->path), error->line,
                                 error->column);
    }

    /// <summary>The body of a callback: nothing it throws reaches C; Check throws it again.</summary>
    public static int Guard(Func<int> body) {
      try {
        return body();
      } catch (Exception exception) {
        thrown = ExceptionDispatchInfo.Capture(exception);
        return wb_status_code.WB_E_ABORTED;
      }
    }

    /// <summary>An instant of the library: seconds UTC since 1970; fractions of one are cut off, downwards.</summary>
    public static long Seconds(DateTime instant) {
      DateTime utc = instant.ToUniversalTime();
      return (utc - Epoch).Ticks / TimeSpan.TicksPerSecond - (utc < Epoch && utc.Ticks % TimeSpan.TicksPerSecond != 0 ? 1 : 0);
    }

    /// <summary>A day of the library: days since 1970-01-01.</summary>
    public static int Days(DateTime day) {
      return (int)((day.Date - Epoch.Date).Ticks / TimeSpan.TicksPerDay);
    }

    static readonly DateTime Epoch = new DateTime(1970, 1, 1, 0, 0, 0, DateTimeKind.Utc);
  }
}
