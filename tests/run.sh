#!/bin/sh
# SPDX-License-Identifier: MIT
# Builds the library and its tests in build/tests and runs them. On Debian and Ubuntu it installs
# what is missing; elsewhere it says what to install. The last line counts the tests.
set -eu
cd "$(dirname "$0")/.."
. .ci/install.sh
build=build/tests
log=build/tests.log

# Shows the end of the log and stops.
fail() {
  tail -n 60 "$log" >&2
  echo "That failed; all of it is in $log." >&2
  exit 1
}

# Counts the results, and shows what a failed test said.
report() {
  python3 - "$build/meson-logs/testlog.json" <<'END'
import json, sys

passed = failed = skipped = 0
for line in open(sys.argv[1], encoding="utf-8", errors="replace"):
    test = json.loads(line)
    if test["result"] in ("OK", "EXPECTEDFAIL"):
        passed += 1
    elif test["result"] == "SKIP":
        skipped += 1
        print("skipped:", test["name"])
    else:
        failed += 1
        print("failed:", test["name"], f"({test['result']})")
        said = test.get("stdout", "") + test.get("stderr", "")
        print("\n".join("  " + text for text in said.splitlines()[-40:]))
print(f"{passed} passed, {failed} failed, {skipped} skipped")
sys.exit(1 if failed else 0)
END
}

mkdir -p build
cmocka=
if ! pkg-config --exists cmocka 2>/dev/null; then cmocka=libcmocka-dev; fi
need_packages $cmocka <<END
gcc gcc
gcc libc6-dev
meson meson
ninja ninja-build
pkg-config pkg-config
python3 python3
ruby ruby
END
if [ -d ../shared ]; then
  WB_SHARED=${WB_SHARED:-$(cd ../shared && pwd)}
  export WB_SHARED
fi
if [ ! -f "$build/build.ninja" ]; then
  werror=false
  if [ -n "${CI:-}" ]; then werror=true; fi
  rm -rf "$build"
  meson setup "$build" -Dbuildtype=debugoptimized -Dwerror="$werror" >"$log" 2>&1 || fail
fi
meson compile -C "$build" >"$log" 2>&1 || fail
rm -f "$build/meson-logs/testlog.json"
meson test -C "$build" >"$log" 2>&1 || true
[ -f "$build/meson-logs/testlog.json" ] || fail
report
