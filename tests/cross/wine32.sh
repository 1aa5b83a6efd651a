#!/bin/sh
# SPDX-License-Identifier: MIT
# 32-bit Wine on a 64-bit Debian 12, which has it for 32-bit systems alone: one of those is unpacked below build/wine32,
# not installed, and wine is run in it, on the files of this system. Needs root, and apt for the first.
# tests/cross/wine32.sh --make; then tests/cross/wine32.sh PROGRAM [ARGUMENT...] is as wine.
# --which: says what runs 32-bit programs here; fails where nothing does.
set -eu
self=$(cd "$(dirname "$0")" && pwd)/wine32.sh
root=$(cd "$(dirname "$0")/../.." && pwd)/build/wine32

make() {
  rm -rf "$root"
  mkdir -p "$root/var/lib/apt/lists/partial" "$root/var/cache/apt/archives/partial" "$root/proc" "$root/empty"
  : >"$root/empty/status"
  echo 'deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] http://deb.debian.org/debian bookworm main' \
    >"$root/empty/sources"
  cat >"$root/empty/apt.conf" <<END
APT::Architecture "i386";
APT::Architectures { "i386"; };
Dir::State "$root/var/lib/apt";
Dir::State::status "$root/empty/status";
Dir::Cache "$root/var/cache/apt";
Dir::Etc::sourcelist "$root/empty/sources";
Dir::Etc::sourceparts "$root/empty";
END
  export APT_CONFIG="$root/empty/apt.conf"
  apt-get update -q
  apt-get install -q -y --download-only --no-install-recommends bash wine32
  for package in "$root"/var/cache/apt/archives/*.deb; do
    dpkg-deb -x "$package" "$root"
    rm "$package"
  done
  # A script of the package would do this.
  ln -sf /usr/i686-w64-mingw32/lib/zlib1.dll "$root/usr/lib/i386-linux-gnu/wine/i386-windows/"
  : >"$root/made"
}

# In a name space of its own, so that what is mounted goes with it: all of this system but its programs.
enter() {
  for folder in /*; do
    case $folder in /bin | /boot | /etc | /lib* | /proc | /sbin | /usr | /var) continue ;; esac
    [ -d "$folder" ] || continue
    mkdir -p "$root$folder"
    mount --rbind "$folder" "$root$folder"
  done
  mount -t proc proc "$root/proc"
  export WINESERVER=/usr/lib/wine/wineserver32 WINEPREFIX=/usr/prefix WINEARCH=win32
  # shellcheck disable=SC2016
  exec chroot "$root" /bin/bash -c 'cd "$0" && exec /usr/lib/wine/wine "$@"' "$PWD" "$@"
}

case $1 in
--make) [ -e "$root/made" ] || make ;;
--which)
  if [ -e /usr/lib/i386-linux-gnu/wine ] || [ -e /usr/lib/wine/wine32 ]; then
    echo wine
  elif [ -e "$root/made" ] && unshare --mount true 2>/dev/null; then
    echo "$self"
  else
    exit 1
  fi
  ;;
--enter) shift && enter "$@" ;;
*) exec unshare --mount "$self" --enter "$@" ;;
esac
