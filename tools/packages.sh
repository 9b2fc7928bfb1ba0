#!/bin/sh
# Sees to it that Debian packages are there: packages.sh [--install] PACKAGE…
# With --install it installs what is missing, as root or with a sudo that asks for no password. Otherwise, or when it may
# not, it prints the one line to run and fails. On a system without dpkg it trusts the administrator.
set -eu

install=
if [ "${1:-}" = --install ]; then
    install=yes
    shift
fi

command -v dpkg-query >/dev/null || exit 0
installed=$(dpkg-query -W -f='${db:Status-Status} ${Package}\n' "$@" 2>/dev/null | sed -n 's/^installed //p')
missing=
for package in "$@"; do
    printf '%s\n' "$installed" | grep -qxF "$package" || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

if [ "$(id -u)" = 0 ]; then
    as_root=
elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
    as_root=sudo
else
    install=
fi
if [ -z "$install" ]; then
    echo "Packages are missing. Run this as root, then try again:" >&2
    echo "    apt-get update && apt-get install --no-install-recommends$missing" >&2
    exit 1
fi

apt_get() {
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0 \
        -o Acquire::Retries=3 -o Acquire::http::Timeout=60 "$@"
}
# shellcheck disable=SC2086 # the list is meant to be split
install_missing() {
    apt_get install --no-install-recommends $missing
}

echo "Installing:$missing"
# Lists that are missing or too old do not know a package, or know a version that the mirror dropped since.
# shellcheck disable=SC2086
if apt-cache show $missing >/dev/null 2>&1 && install_missing; then
    exit 0
fi
# A mirror may be out of reach for a moment, or just being renewed.
for pause in 10 20 40 80; do
    if apt_get update && install_missing; then
        exit 0
    fi
    echo "The packages could not be installed; once more in $pause seconds." >&2
    sleep $pause
done
apt_get update
install_missing
