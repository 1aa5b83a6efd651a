#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# The library for Windows, by mingw-w64: DLL, import library, static library; and under Wine the unit
# tests, embed.c, the program: calc on all cases, and two days of the demo practice.
# tests/cross/windows.sh [KIND...]: windows-x64, windows-x86. NATIVE: this machine's program. What a
# tool is absent for is skipped by name.
set -u
cd "$(dirname "$0")/../.." || exit 2

native=${NATIVE:-build/tests/examples/winback}
export WINEDEBUG=-all WINEPREFIX=$PWD/build/platforms/wine
status=0

# Whether something holds, which is said by name.
hold() {
  local name=$1
  shift
  if "$@" >>"$log" 2>&1 </dev/null; then
    echo "ok: $kind $name"
  else
    echo "failed: $kind $name, see $log"
    status=1
    return 1
  fi
}

# Whether the kind's programs can be run.
runs() {
  command -v "$wine" >/dev/null
}

built() {
  [ -f "$out/build.ninja" ] || meson setup "$out" -Doptimization=$optimization -Ddebug=false \
    -Dwerror=true --cross-file "tests/cross/$file.ini" || return 1
  local units=
  ! runs || units=tests/cross/cross-unit.exe
  ninja -C "$out" all $units
}

# Exactly the functions of the symbol map leave the DLL, which needs what Windows has; the two archives are there.
shipped() {
  objdump -p "$out/lib/winback.dll" | sed -n 's/.*DLL Name: //p' | grep -qvxE 'KERNEL32.dll|msvcrt.dll' && return 1
  [ -s "$out/lib/winback.dll.a" ] && [ -s "$out/lib/winback.a" ] || return 1
  diff <(objdump -p "$out/lib/winback.dll" | sed -n '/Name Pointer. Table/,/^$/s/^\t\[.* //p' | sort) \
    <(grep -o 'wb_[a-z0-9_]*' lib/winback.map | sort)
}

# A host that has nothing but what is installed, with the DLL and without.
hosted() {
  local root=$PWD/$out/installed host=$PWD/$out/hosts prefix=$PWD/$out/installed/usr/local
  mkdir -p "$host" && meson install -C "$out" --no-rebuild --destdir "$root" || return 1
  set -- "$compiler" -std=c11 -Wall -Wextra -Wpedantic -Werror "-I$prefix/include" tests/packaging/consumer.c
  "$@" -L"$prefix/lib" -lwinback -o "$host/shared.exe" || return 1
  "$@" -DWB_STATIC "$prefix/lib/winback.a" -o "$host/static.exe" || return 1
  runs || return 0
  cp "$prefix/bin/winback.dll" "$host" && "$wine" "$host/shared.exe" && "$wine" "$host/static.exe"
}

# It must send, and end well.
embedded() {
  local said
  said=$("$wine" "$out/examples/embed.exe") && grep '^to +12125550101: Hi Ana' <<<"$said"
}

try() {
  kind=$1 file=$2 compiler=$3 wine=$4 optimization=2
  local needs=Wine
  runs || optimization=0 # where it is only built, that is to be quick
  [ "$kind" = windows-x64 ] || needs='32-bit Wine'
  out=build/platforms/$kind log=build/platforms/$kind-run.log
  mkdir -p build/platforms && : >"$log"
  command -v "$compiler" >/dev/null || { echo "skipped: $kind needs $compiler" && return; }
  hold build built || return
  hold files shipped
  # One server for all programs: one that is about to end refuses the next.
  [ "$wine" != wine ] || ! runs || { mkdir -p "$WINEPREFIX" && wineserver -p60; } >/dev/null 2>&1
  hold hosts hosted
  runs || { echo "skipped: $kind needs $needs" && return; }
  printf '#!/bin/sh\nexec "%s" "%s" "$@"\n' "$wine" "$PWD/$out/examples/winback.exe" >"$out/winback"
  chmod +x "$out/winback"
  cp "$out/lib/winback.dll" "$out/examples/"
  hold "canary" "$wine" "$out/tests/cross/cross-unit.exe" --self-test
  hold "unit tests" "$wine" "$out/tests/cross/cross-unit.exe"
  hold "embed.c" embedded
  hold "calc and two days" python3 tests/cross/program.py "$native" "$out/winback"
  sed -n "s/^skipped: /&$kind /p" "$log"
}

[ $# -gt 0 ] || set -- windows-x64 windows-x86
for wanted in "$@"; do
  case $wanted in
  windows-x64) try "$wanted" mingw64 x86_64-w64-mingw32-gcc wine ;;
  windows-x86) try "$wanted" mingw32 i686-w64-mingw32-gcc "$(tests/cross/wine32.sh --which)" ;;
  *) echo "no kind $wanted" >&2 && exit 2 ;;
  esac
done
exit $status
