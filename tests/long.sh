#!/bin/sh
# SPDX-License-Identifier: MIT
# The long runs, after tests/run.sh: the random and anomaly tests with WB_LONG times the rounds, what
# replies lean to learned anew, Windows, a longer storm over SQL, a release built twice, every kind of machine
# that is to be had and the unit tests on it, the engines of columns with Spark among them, conditions that decide (clang
# 19), MemorySanitizer, each fuzz target for MINUTES with sanitizers, and one mutant of MUTANTS:
# tests/long.sh [MINUTES [MUTANTS]]. Needs clang, and Java for Spark.
set -eu
cd "$(dirname "$0")/.."
minutes=${1:-10}
mutants=${2:-200}
export WB_LONG="${WB_LONG:-100}"
build=build/long

if [ ! -f "$build/build.ninja" ]; then meson setup "$build" -Dbuildtype=debugoptimized; fi
meson test -C "$build" --suite property --suite anomaly --timeout-multiplier "$WB_LONG" \
  --print-errorlogs

python3 tests/check/leanings.py

tests/cross/windows.sh

meson test -C "$build" sql_storm subproject --print-errorlogs

tests/cross/platforms.sh --units

python3 -m venv --clear "$build/columns"
"$build/columns/bin/pip" install --quiet -r tests/columns/requirements.txt pyspark
WB_COLUMNS_PYTHON="$PWD/$build/columns/bin/python" meson test -C "$build" --suite columns --print-errorlogs

WB_LONG=1 tests/mcdc.sh || [ $? = 77 ]

# Memory that nobody wrote. cmocka has no part in it, so what it hands to a test is taken on trust.
memory=build/memory
echo 'int main(int c, char **v) { int n[4]; (void)v; return n[c & 3] == 7; }' |
  clang -fsanitize=memory -x c - -o "$build/unwritten" || true
if [ ! -x "$build/unwritten" ]; then
  echo "skipped: memory (this clang has no MemorySanitizer)"
elif "$build/unwritten"; then
  echo "MemorySanitizer passes memory that nobody wrote" >&2
  exit 1
else
  if [ ! -f "$memory/build.ninja" ]; then
    CC=clang meson setup "$memory" -Dbuildtype=debugoptimized -Db_sanitize=memory -Db_lundef=false
  fi
  meson test -C "$memory" --suite unit --suite fuzz --timeout-multiplier 10 --print-errorlogs
fi

fuzz=build/fuzz
sanitize='-fsanitize=address,undefined -fno-sanitize-recover=all'
if [ ! -f "$fuzz/build.ninja" ]; then
  CC=clang meson setup "$fuzz" -Doptimization=1 -Db_lundef=false -Db_sanitize=address,undefined \
    -Dc_args='-fsanitize=fuzzer-no-link -fno-sanitize-recover=all'
fi
meson compile -C "$fuzz" winback:static_library support
for source in tests/fuzz/*.c; do
  name=$(basename "$source" .c)
  if [ "$name" = replay ]; then continue; fi
  found=$fuzz/corpus-$name
  mkdir -p "$found"
  # shellcheck disable=SC2086
  clang -g -O1 -std=c11 -fsanitize=fuzzer $sanitize -Iinclude -Ilib -Itests -DWB_STATIC "$source" \
    "$fuzz/tests/libsupport.a" "$fuzz/lib/libwinback.a" -lcmocka -o "$fuzz/fuzz-$name"
  "$fuzz/fuzz-$name" -max_total_time=$((minutes * 60)) -artifact_prefix="$fuzz/$name-" \
    "$found" "tests/fuzz/corpus/$name"
done

# Others each day, so that in time all have been tried. Who lives is told: a test is to be written, or the code
# says why nothing changes.
env -u WB_LONG python3 tests/mutation.py --sanitized --sample "$mutants" --seed "$(date +%j)" || [ $? = 3 ]
