#!/bin/bash
# The Debian packages: built, clean to lintian, installed into a fresh Debian by apt, used, removed and purged.
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/tap.sh

make -s deb >"$work/built" 2>&1
same "make deb" 0 $?
server=$(ls -t build/hanchot_*.deb | head -n 1)
agent=$(ls -t build/hanchot-notify_*.deb | head -n 1)
nothing "lintian finds no error" "$(lintian --fail-on none "$server" "$agent" 2>/dev/null | grep '^E:')"
dpkg-deb --fsys-tarfile "$server" | tar -t >"$work/files"
for file in ./usr/bin/hanchot ./usr/bin/hanchot-deliver ./usr/lib/systemd/system/hanchot.service ./usr/share/man/man1/hanchot.1.gz ./usr/share/man/man1/hanchot-deliver.1.gz \
    ./usr/share/doc/hanchot/examples/nginx.conf ./etc/hanchot/rules/haiphong-2026.lua ./etc/default/hanchot; do
    check "in the package: $file" grep -qx "$file" "$work/files"
done
check "the agent has a package of its own" grep -q './usr/bin/hanchot-notify$' <(dpkg-deb --fsys-tarfile "$agent" | tar -t)
nothing "a server needs nothing of a desktop" "$(dpkg-deb --field "$server" Depends | grep -o 'libnotify[^,]*\|libgtk[^,]*')"
mkdir "$work/conf"
dpkg-deb --control "$server" "$work/conf"
same "what stands in /etc is the administrator's" "$(grep -c '^./etc/.*[^/]$' "$work/files")" "$(wc -l <"$work/conf/conffiles")"

# --- A fresh Debian

mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' | grep -v security | head -n 1)
root=$work/root
fresh() { # a mirror may be out of reach for a moment
    local pause
    for pause in 5 15 30 0; do
        debootstrap --variant=minbase "$(. /etc/os-release && echo "$VERSION_CODENAME")" "$root" \
            "${mirror:-http://deb.debian.org/debian}" && return
        rm -rf "$root"
        sleep $pause
    done
    return 1
}
check "a fresh Debian" fresh
inside() { chroot "$root" env DEBIAN_FRONTEND=noninteractive LANG=C "$@"; }
cp "$server" "$agent" "$root/root/"
cp /etc/resolv.conf "$root/etc/" 2>/dev/null
cp -R /etc/apt/apt.conf.d "$root/etc/apt/" 2>/dev/null
echo 'Acquire::Retries "5";' >"$root/etc/apt/apt.conf.d/80-retries"
check "apt installs it" inside sh -c 'apt-get install -y --no-install-recommends /root/hanchot_*.deb'
check "its account" inside getent passwd hanchot
same "its ledger's folder is its own" "hanchot 750" "$(inside stat -c '%U %a' /var/lib/hanchot)"
check "it is to start with the machine" test -L "$root/etc/systemd/system/multi-user.target.wants/hanchot.service"
check "the rules that came with it are good" inside hanchot check
check "its account can write" inside su -s /bin/sh hanchot -c 'cd / && hanchot token create --key --name k'
check "into its own ledger" test -s "$root/var/lib/hanchot/hanchot.db"
echo '-- ours' >>"$root/etc/hanchot/rules/metrics.lua"
check "apt removes it" inside apt-get remove -y hanchot
check "no program is left" test ! -e "$root/usr/bin/hanchot"
check "the ledger stays" test -s "$root/var/lib/hanchot/hanchot.db"
check "and what the administrator wrote" grep -qx -- '-- ours' "$root/etc/hanchot/rules/metrics.lua"
check "installed again" inside sh -c 'apt-get install -y --no-install-recommends /root/hanchot_*.deb'
check "it finds what was there" grep -qx -- '-- ours' "$root/etc/hanchot/rules/metrics.lua"
check "apt purges it" inside apt-get purge -y hanchot
nothing "nothing is left" "$(find "$root/etc" "$root/usr" "$root/var/lib/hanchot" -name '*hanchot*' 2>/dev/null)"
same "not even its account" 2 "$(inside getent passwd hanchot >/dev/null; echo $?)"
finish
