#!/bin/bash
# The Debian package under a real systemd: installed, upgraded while the service runs and while it is switched off, removed,
# installed again, purged.
# shellcheck disable=SC2317,SC2154 # functions that wait_for calls by name
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/tap.sh
. tests/serve.sh
. tests/machine.sh

package hanchot
check "the package's scripts are sound shell" sh -n packaging/deb/hanchot.postinst packaging/deb/hanchot.prerm packaging/deb/hanchot.postrm
machine_start || finish
check "mounts are shared, as systemd has them where it is not in a container" machine mount --make-rshared /
property() {
    machine systemctl show hanchot.service --property="$1" --value
}
ready() {
    [ "$(asks /readyz)" = ready ]
}
asks() { # PATH
    machine curl -sS --max-time 60 "http://127.0.0.1:${port:-8466}$1"
}
is() { # ACTIVE ENABLED: the service, the socket
    machine systemctl is-active hanchot.service
    machine systemctl is-enabled hanchot.service hanchot.socket
}
check "installed" machine_install hanchot
check "it runs" wait_for 60 ready
same "and starts with the machine, without the socket" "active enabled disabled" "$(is | xargs)"
check "a key goes into its ledger" machine hanchot token create --key --name ours
echo '-- ours' >>"$machine_disk/etc/hanchot/rules/metrics.lua"

# --- Upgraded

before=$(property MainPID)
package hanchot 99.1
check "upgraded while it runs" machine_install hanchot
check "a new one goes on" test "$(property MainPID)" != "$before"
check "at once" wait_for 60 ready
check "with the administrator's files" grep -qx -- '-- ours' "$machine_disk/etc/hanchot/rules/metrics.lua"

# A faulty file is left behind, and found at the next upgrade only: what was in use goes on.
feed() {
    asks /calendars/unit/haiphong/PC06.ics
}
taken() {
    [ "$(asks /metrics | sed -n 's/^hanchot_rules_from_copy //p')" = "$1" ]
}
feed >"$work/feed"
echo 'plan "' >"$machine_disk/etc/hanchot/rules/zz-thu.lua"
before=$(property MainPID)
package hanchot 99.2
check "upgraded with a faulty rule file" machine_install hanchot
check "a new one goes on again" test "$(property MainPID)" != "$before"
check "ready" wait_for 60 ready
check "with the copy of the rules" taken 1
check "and the same feed" cmp "$work/feed" <(feed)
rm "$machine_disk/etc/hanchot/rules/zz-thu.lua"
check "mended, the files are taken" wait_for 60 taken 0
faults() {
    [ "$(asks /metrics | sed -n 's/^hanchot_rule_faults //p')" = "$1" ]
}
check "something is mounted over the rules" machine mount -t tmpfs none /etc/hanchot/rules
check "the service sees it in its own room" wait_for 60 faults 1
check "and goes on" cmp "$work/feed" <(feed)
check "it is taken away" wait_for 60 machine umount /etc/hanchot/rules
check "that too" wait_for 60 faults 0
machine systemctl disable --quiet --now hanchot
package hanchot 99.3
check "upgraded while it is switched off" machine_install hanchot
same "it stays off" "inactive disabled disabled" "$(is | xargs)"
machine systemctl enable --quiet --now hanchot

# --- Removed, installed again, purged

check "removed" machine dpkg --no-triggers --remove hanchot
same "it runs no more" inactive "$(machine systemctl is-active hanchot)"
check "installed again" machine_install hanchot
check "it runs again" wait_for 60 ready
same "and starts with the machine" "active enabled disabled" "$(is | xargs)"
check "its ledger is what it was" grep -q ours <(machine hanchot token list)
check "purged" machine dpkg --no-triggers --purge hanchot
same "nothing of it is left" "looked" \
    "$(machine sh -c "find /etc /var/lib /run /usr -xdev -name '*hanchot*' && echo looked")"
check "not even its account" test "$(machine getent passwd hanchot; echo $?)" = 2
same "nothing failed on the way" running "$(machine systemctl is-system-running)"
finish
