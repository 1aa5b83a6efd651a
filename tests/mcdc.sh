#!/bin/sh
# SPDX-License-Identifier: MIT
# Modified condition/decision coverage of lib/ by clang 19: each condition is seen to decide by itself.
# tests/mcdc.sh [SUITE…]; without any those of the coverage of branches. Prints a table by folder and
# the decisions of which most is missing; the rest is in build/mcdc/decisions.txt.
set -eu
cd "$(dirname "$0")/.."
for tool in clang-19 llvm-profdata-19 llvm-cov-19; do
  if ! command -v $tool >/dev/null; then
    echo "skipped: mcdc (there is no $tool)"
    exit 77
  fi
done
[ $# -gt 0 ] || set -- unit api anomaly property fuzz
suites=$(printf -- ' --suite %s' "$@")
build=build/mcdc
export LLVM_PROFILE_FILE="$PWD/$build/profile/%m.profraw" # what runs while it is built counts, too

if [ ! -f "$build/build.ninja" ]; then
  CC=clang-19 meson setup "$build" -Dbuildtype=debug \
    -Dc_args='-fprofile-instr-generate -fcoverage-mapping -fcoverage-mcdc -DWB_COVERAGE -DNDEBUG' \
    -Dc_link_args=-fprofile-instr-generate
fi
rm -rf "$build/profile"
# shellcheck disable=SC2086
meson test -C "$build" $suites --timeout-multiplier 10 --print-errorlogs
llvm-profdata-19 merge -sparse "$build"/profile/*.profraw -o "$build/lib.profdata"
llvm-cov-19 export "$build/lib/libwinback.so.0" -instr-profile "$build/lib.profdata" >"$build/lib.json"
python3 tests/support/mcdc.py "$build/lib.json" "$build/decisions.txt"
