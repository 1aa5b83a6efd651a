#!/bin/sh
# SPDX-License-Identifier: MIT
# Builds the library and runs the demo practice: who is overdue, what goes out today, what is held
# and why. On Debian and Ubuntu it installs what is missing; elsewhere it says what to install.
set -eu
cd "$(dirname "$0")/.."
. .ci/install.sh
build=build/quickstart
store=build/quickstart-store
day=2026-03-03

mkdir -p build
need_packages <<END
gcc gcc
gcc libc6-dev
meson meson
ninja ninja-build
python3 python3
END
if [ ! -f "$build/build.ninja" ]; then
  rm -rf "$build"
  meson setup "$build" --buildtype release >build/quickstart.log 2>&1 || {
    tail -n 40 build/quickstart.log >&2
    exit 1
  }
fi
meson compile -C "$build" winback:executable >build/quickstart.log 2>&1 || {
  tail -n 40 build/quickstart.log >&2
  exit 1
}
winback="$build/examples/winback"
practice="--data examples/practice --practice examples/practice/practice.json"

rm -rf "$store"
echo "Active patients without a visit booked, on $day:"
echo
"$winback" segment $practice --as-of "$day" \
  --where 'patient.status == "active" && !recare.booked' --by recare.kind,recare.band
echo
echo "The day's outbox:"
echo
"$winback" run $practice --as-of "${day}T11:00" --store "$store" --campaign hygiene-recare
echo
echo "The same day again sends nothing twice:"
echo
"$winback" run $practice --as-of "${day}T11:05" --store "$store" | tail -n +2
echo
echo "Where things are:"
echo "  $winback                  the command line program (--help)"
echo "  $store/outbox.jsonl    what was put out, with addresses and texts"
echo "  $store/journal         every change, without them"
echo "  examples/practice               the demo practice"
echo "  examples/embed.c                the same from a C program"
