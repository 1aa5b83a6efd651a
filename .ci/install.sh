# SPDX-License-Identifier: MIT
# Sourced by the scripts that install what they need. need_packages reads lines "command package"
# and installs, on Debian and Ubuntu, the packages of the commands that are missing; further packages
# are its arguments. Elsewhere it says what to install and answers 2.

need_packages() {
  packages=$*
  while read -r command package; do
    command -v "$command" >/dev/null 2>&1 || packages="$packages $package"
  done
  packages=$(printf '%s\n' $packages | sort -u | tr '\n' ' ')
  [ -n "${packages% }" ] || return 0
  if ! command -v apt-get >/dev/null 2>&1; then
    echo "Please install these first (Debian's names): $packages" >&2
    return 2
  fi
  sudo=
  if [ "$(id -u)" != 0 ]; then sudo=sudo; fi
  echo "Installing with apt-get: $packages"
  $sudo apt-get update -q >build/install.log 2>&1 &&
    $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends \
      $packages >>build/install.log 2>&1 && return 0
  tail -n 40 build/install.log >&2
  return 1
}
