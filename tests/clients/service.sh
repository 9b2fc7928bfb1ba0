#!/bin/bash
# The server under a real systemd: a machine boots, the Debian package is installed there, and the service is used as an
# administrator uses it, is killed, reloaded, put behind a socket, rebooted. The unit files by themselves are looked at anywhere.
# shellcheck disable=SC2317,SC2154 # functions that wait_for calls by name
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/tap.sh
. tests/serve.sh
. tests/machine.sh

# --- As systemd reads them

package hanchot
dpkg-deb --extract "$work/packages/hanchot.deb" "$work/root"
units=$work/root/usr/lib/systemd/system
for file in "$units/hanchot.service" "$units/hanchot.socket" "$work/root/usr/lib/sysusers.d/hanchot.conf"; do
    check "installed: ${file#"$work/root"}" test -s "$file"
done
check "the service names the program" grep -q '^ExecStart=/usr/bin/hanchot serve' "$units/hanchot.service"
# systemd looks for the program itself, and for the manual.
sed -i "s|^ExecStart=/usr/bin|ExecStart=$work/root/usr/bin|; /^Documentation=/d" "$units/hanchot.service"
nothing "systemd takes the units" "$(systemd-analyze verify "$units/hanchot.service" "$units/hanchot.socket" 2>&1 |
    grep -F "hanchot")"

# --- Installed

machine_start || finish
uid=haiphong-2026:III.3.c:2026-11:haiphong/PC06
property() {
    machine systemctl show hanchot.service --property="$1" --value
}
ready() {
    [ "$(asks /readyz)" = ready ]
}
asks() { # PATH
    machine curl -sS --max-time 60 "http://127.0.0.1:${port:-8466}$1"
}
journal() { # OPTIONS…
    machine journalctl --quiet --no-pager --output cat --unit hanchot.service "$@"
}
check "dpkg installs it" machine_install hanchot
same "it runs, and starts with the machine" "active enabled" \
    "$(machine systemctl is-active hanchot | xargs) $(machine systemctl is-enabled hanchot | xargs)"
check "it answers" wait_for 60 ready
same "as its own account" hanchot "$(machine stat -c %U "/proc/$(property MainPID)")"
journal_has() { # LINE OPTIONS…
    journal "${@:2}" | grep -qx "$1"
}
check "the journal has its address, as a notice" \
    wait_for 60 journal_has 'listening on http://127.0.0.1:8466/' --priority notice..notice
check "systemd finds it well locked in" machine systemd-analyze security --threshold=20 hanchot.service

# --- Used, inside its walls

cat >"$work/default" <<'DEFAULT'
HANCHOT_OPTIONS="--at 2026-11-20T08:00"
DEFAULT
cat >"$work/site.lua" <<'SITE'
api(1)
site { lang = "en", webhooks = { { name = "chat", url = "http://127.0.0.1:8090/in", secret_file = "secret" } } }
SITE
cat >"$work/receiver.py" <<'RECEIVER'
import http.server

class Receiver(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        open("/run/called", "ab").write(self.rfile.read(int(self.headers["Content-Length"])))
        self.send_response(204)
        self.end_headers()

http.server.HTTPServer(("127.0.0.1", 8090), Receiver).serve_forever()
RECEIVER
echo "secret of the chat" >"$work/secret"
printf '%s\n' unit,metric,period,value,note haiphong/PV06,dossiers.received,2026-10,88, >"$work/root.csv"
printf '%s\n' unit,metric,period,value,note haiphong/PV06,dossiers.resolved,2026-10,85, >"$work/an.csv"
machine_put "$work/receiver.py" "$work/root.csv"
cp "$work/default" "$machine_disk/etc/default/hanchot"
cp "$work/site.lua" "$work/secret" "$machine_disk/etc/hanchot/"
machine chgrp hanchot /etc/hanchot/secret
machine chmod 640 /etc/hanchot/secret
machine systemd-run --quiet --unit=receiver python3 /root/receiver.py
check "restarted, it reads its options and settings" machine systemctl restart hanchot
check "and is ready" wait_for 60 ready
check "at the time it was given" wait_for 60 journal_has 'the clock stands still at 2026-11-20T08:00:00+07:00'
check "its worker gets a call out" wait_for 60 machine grep -q '"type":"alerts"' /run/called

state() { # of the duty
    machine hanchot due --format csv --at 2026-11-20 --from 2026-11-01 --to 2026-11-30 | grep -F "$uid@hanchot," | cut -d, -f13
}
check "root marks a duty done" machine hanchot done $uid
same "it is done" done "$(state)"
check "its account opens it again" machine runuser -u hanchot -- hanchot reopen $uid
same "it is open" open "$(state)"
check "root sends figures that the service itself may not read" machine hanchot ingest /root/root.csv
check "root makes a copy where the service may not write" machine hanchot backup /root/copy.db
machine useradd --create-home --groups hanchot an
cp "$work/an.csv" "$machine_disk/home/an/"
an() {
    machine runuser -u an -- "$@"
}
check "a member of its group reads" an hanchot due --at 2026-11-20
check "drops figures into its inbox" an cp /home/an/an.csv /var/lib/hanchot/inbox/
check "which are taken in" wait_for 60 machine test -s /var/lib/hanchot/inbox/done/an.csv
check "but does not write, and hears who may" grep -q "lets only root and hanchot write" \
    <(an hanchot done $uid --lang en 2>&1)
same "others have no way in" "750 hanchot" "$(machine stat -c '%a %U' /var/lib/hanchot)"

# --- Killed, told to reload, started with what it does not know

check "root marks it done again" machine hanchot done $uid
before=$(property MainPID)
machine systemctl kill --signal=KILL hanchot
restarted() {
    [ "$(property NRestarts)" = 1 ] && [ "$(property MainPID)" != "$before" ] && ready
}
check "killed, it is started again" wait_for 60 restarted
same "what was done is done" done "$(state)"
same "however often: there is no limit" 0 "$(property StartLimitIntervalUSec)"
check "told to reload, it goes on" machine systemctl reload hanchot
reloaded() {
    journal | grep -qx 'rules reloaded'
}
check "and has loaded the rules again" wait_for 60 reloaded
cp "$machine_disk/etc/default/hanchot" "$work/default"
echo 'HANCHOT_OPTIONS="--nonsense"' >"$machine_disk/etc/default/hanchot"
check "an option that it does not know is refused" test "$(machine systemctl restart hanchot >/dev/null 2>&1; echo $?)" != 0
same "once" "failed 2 0" "$(property ActiveState) $(property ExecMainStatus) $(property NRestarts)"
cp "$work/default" "$machine_disk/etc/default/hanchot"
check "mended, it starts" machine systemctl start hanchot
check "and is ready once more" wait_for 60 ready

# --- Behind a socket, on a port below 1024

mkdir -p "$machine_disk/etc/systemd/system/hanchot.socket.d"
printf '%s\n' '[Socket]' ListenStream= ListenStream=127.0.0.1:80 >"$machine_disk/etc/systemd/system/hanchot.socket.d/port.conf"
port=80
machine systemctl disable --quiet --now hanchot
check "the socket takes its place" machine systemctl enable --quiet --now hanchot.socket
check "with a port that the service could not have" wait_for 60 ready
machine systemctl stop hanchot 2>/dev/null # says that the socket would start it again
same "stopped in good order" "success 0" "$(property Result) $(property ExecMainStatus)"
check "who comes then is not refused" grep -qx ok <(asks /healthz)
check "and has it started" wait_for 60 ready

# --- A reboot

machine_reboot
same "the machine boots again, and nothing failed" running "$(machine systemctl is-system-running)"
same "with the service, though nobody asked yet" active "$(machine systemctl is-active hanchot)"
check "ready, at the same door" wait_for 60 ready
same "it had ended by itself" stopped "$(journal | grep -B 1 -x "listening on .*" | grep -v '^listening' | tail -n 1)"
same "what was done is done still" done "$(state)"
finish
