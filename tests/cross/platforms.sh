#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# The same histories of a practice give the same journal and the same snapshot everywhere: builds
# digests.c for machines of other kinds, runs it there or under an emulator, and compares what is
# printed with this machine's. A kind whose compiler or emulator is absent is skipped by name.
# tests/cross/platforms.sh [--units] [KIND...]; with --units the unit tests run there too (on Windows
# windows.sh runs them); --self-test shows that a difference is seen.
set -u
cd "$(dirname "$0")/../.." || exit 2
out=build/platforms
mkdir -p "$out"

# kind, compiler, what runs its programs (or -), arguments of meson
kinds='
native cc -
unsigned-char cc - -Dc_args=-funsigned-char
unity cc - -Dunity=on -Dunity_size=1000
clang clang - --native-file=tests/cross/clang.ini
i686 i686-linux-gnu-gcc - --cross-file=tests/cross/i686.ini -Dc_link_args=-static
s390x s390x-linux-gnu-gcc qemu-s390x --cross-file=tests/cross/s390x.ini -Dc_link_args=-static
musl musl-gcc - --cross-file=tests/cross/musl.ini -Dc_link_args=-static
windows-x64 x86_64-w64-mingw32-gcc wine --cross-file=tests/cross/mingw64.ini
windows-x86 i686-w64-mingw32-gcc wine32 --cross-file=tests/cross/mingw32.ini
'

# Whether the tool is there; "-" needs none.
there() {
  case $1 in
  -) true ;;
  wine32) tests/cross/wine32.sh --which >/dev/null ;;
  *) command -v "$1" >/dev/null 2>&1 ;;
  esac
}

# Builds and runs one kind; its digests are in $out/KIND.txt.
digests() {
  local kind=$1 runner=$2 program=tests/cross/cross-digests
  shift 2
  case $kind in windows*) program=$program.exe ;; esac
  case $runner in -) runner= ;; wine32) runner=$(tests/cross/wine32.sh --which) ;; esac
  if [ ! -f "$out/$kind/build.ninja" ]; then
    meson setup "$out/$kind" -Doptimization=2 -Ddebug=false "$@" >"$out/$kind.log" 2>&1 || return 1
  fi
  ninja -C "$out/$kind" "$program" >>"$out/$kind.log" 2>&1 || return 1
  WINEDEBUG=-all WINEPREFIX=$PWD/$out/wine $runner "$out/$kind/$program" tests/data/golden/1/life \
    </dev/null 2>>"$out/$kind.log" |
    tr -d '\r' >"$out/$kind.txt"
  [ "${PIPESTATUS[0]}" = 0 ]
}

# Runs the unit tests of a kind that digests has set up.
units() {
  local kind=$1 runner=$2 program=tests/cross/cross-unit
  [ "$runner" != - ] || runner=
  ninja -C "$out/$kind" "$program" >>"$out/$kind.log" 2>&1 &&
    $runner "$out/$kind/$program" </dev/null >"$out/$kind-units.txt" 2>&1
}

# Whether two machines printed the same, and printed anything.
same() {
  [ -s "$1" ] && cmp -s "$1" "$2"
}

# One kind, if its tools are there.
try() {
  local kind=$1 compiler=$2 runner=$3 tool
  shift 3
  for tool in "$compiler" "$runner"; do
    there "$tool" || { echo "skipped: $kind needs $tool" && return; }
  done
  if ! digests "$kind" "$runner" "$@"; then
    echo "failed: $kind, see $out/$kind.log"
    return 1
  fi
  if ! same "$out/native.txt" "$out/$kind.txt"; then
    echo "differs: $kind, see $out/$kind.txt"
    return 1
  fi
  echo "same: $kind"
  case $units$kind in --units[!w]*) ;; *) return 0 ;; esac
  units "$kind" "$runner" && echo "units ok: $kind" && return
  echo "units failed: $kind, see $out/$kind-units.txt"
  return 1
}

# A digit that is another, and a machine that prints nothing, are both seen.
self_test() {
  echo "0 journal 12 snapshot 34" >"$out/one"
  echo "0 journal 12 snapshot 35" >"$out/two"
  : >"$out/none"
  same "$out/one" "$out/one" && ! same "$out/one" "$out/two" && ! same "$out/none" "$out/none"
}

if [ "${1:-}" = --self-test ]; then
  self_test
  exit
fi
units=
if [ "${1:-}" = --units ]; then
  units=$1
  shift
fi
wanted=" native $* " status=0
while read -r kind arguments; do
  [ -n "$kind" ] || continue
  [ $# = 0 ] || [[ $wanted = *" $kind "* ]] || continue
  # shellcheck disable=SC2086
  try "$kind" $arguments || status=1
done <<<"$kinds"
exit $status
