#!/bin/bash
# The desktop's agent as a service of a user's own systemd: begins and ends with the graphical session, asks the server that
# runs as a service beside it, is restarted when killed and shows nothing twice, opens the browser as any program may.
# shellcheck disable=SC2317,SC2154 # functions that wait_for calls by name
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/tap.sh
. tests/serve.sh
. tests/machine.sh

# --- As systemd reads it

package hanchot
package hanchot-notify
dpkg-deb --extract "$work/packages/hanchot-notify.deb" "$work/root"
agent=$work/root/usr/lib/systemd/user/hanchot-notify.service
check "the service names its program" grep -q '^ExecStart=/usr/bin/hanchot-notify$' "$agent"
# systemd looks for the program itself, and for the manual.
sed -i "s|^ExecStart=/usr/bin|ExecStart=$work/root/usr/bin|; /^Documentation=/d" "$agent"
verify_agent() { # as a user's systemd reads it
    XDG_RUNTIME_DIR=$work systemd-analyze verify --user "$agent" 2>&1 | grep -F "hanchot"
}
nothing "systemd takes it" "$(verify_agent)"
sed -i 's/^Restart=on-failure/Restart=sometimes/' "$agent"
check "and would find a fault" test -n "$(verify_agent)"

# --- Its settings

same "it has a version" "hanchot-notify 0" "$(build/hanchot-notify --version | cut -d' ' -f1) $?"
mkdir -p "$work/config/hanchot"
settings() { # LINE…: what it says of them, and its exit status, without a bus
    printf '%s\n' "$@" >"$work/config/hanchot/notify.conf"
    XDG_CONFIG_HOME=$work/config DBUS_SESSION_BUS_ADDRESS=unix:path=/nowhere timeout 60 build/hanchot-notify 2>&1
    echo $?
}
all_keys=(url=http://127.0.0.1:1 unit=a/B lang=vi silence=9)
check "settings that it knows" grep -qx 3 <(settings '[hanchot]' "${all_keys[@]}")
check "a key that there is not" grep -qF "no such key 'units'" <(settings '[hanchot]' units=a/B)
check "no section" grep -qF "there is no [hanchot]" <(settings)
same "it does not go on without them" 2 "$(settings '[hanchot]' units=a/B | tail -n 1)"
same "nor without the key that it was to show" 2 "$(settings '[hanchot]' key_file=/nowhere | tail -n 1)"

# --- A server, a user, a screen

machine_start || finish
unit=haiphong/PC06
key=haiphong-2026:III.3.c:2026-11:$unit
check "dpkg installs the server" machine_install hanchot
check "and the agent" machine_install hanchot-notify
echo 'HANCHOT_OPTIONS="--at 2026-11-20T08:00"' >"$machine_disk/etc/default/hanchot"
machine systemctl stop hanchot
machine find /var/lib/hanchot -name 'hanchot.db*' -delete # which knows of today
machine systemctl start hanchot
machine useradd --create-home an
home=$machine_disk/home/an
mkdir -p "$home"/.config/{hanchot,dunst,systemd/user} "$home/.local/share/applications"
printf '%s\n' '[hanchot]' url=http://127.0.0.1:8466 "unit= $unit ," >"$home/.config/hanchot/notify.conf"
cat >"$home/.config/dunst/dunstrc" <<'CONFIG'
[global]
    dmenu = /home/an/menu
    font = DejaVu Sans 18
[all]
    script = /home/an/popped
    timeout = 0
CONFIG
cat >"$home/popped" <<'POPPED'
#!/bin/sh
echo "$DUNST_SUMMARY" >>/home/an/pops
POPPED
cat >"$home/menu" <<'MENU'
#!/bin/sh
grep -m 1 Mở
MENU
# The browser says where it was sent and whether it may all that a browser may, and stays.
cat >"$home/browser" <<'BROWSER'
#!/bin/sh
echo "$1 $(sed -n 's/^NoNewPrivs:[^0-9]*//p' /proc/self/status) $$" >/home/an/opened
exec tail -f /dev/null
BROWSER
printf '%s\n' '[Desktop Entry]' Type=Application Name=Browser 'Exec=/home/an/browser %u' 'MimeType=x-scheme-handler/http;' \
    >"$home/.local/share/applications/browser.desktop"
printf '%s\n' '[Default Applications]' 'x-scheme-handler/http=browser.desktop' >"$home/.config/mimeapps.list"
# What a desktop brings along: its session holds that of systemd.
printf '%s\n' '[Unit]' BindsTo=graphical-session.target Before=graphical-session.target \
    >"$home/.config/systemd/user/desktop.target"
: >"$home/pops"
chmod +x "$home/popped" "$home/menu" "$home/browser"
machine chown -R an:an /home/an
number=$(machine id -u an)
user() {
    machine runuser -u an -- env HOME=/home/an XDG_RUNTIME_DIR="/run/user/$number" \
        DBUS_SESSION_BUS_ADDRESS="unix:path=/run/user/$number/bus" "$@"
}
popped() { # TEXT
    grep -qF -- "$1" "$home/pops"
}
is() { # of the agent
    [ "$(user systemctl --user is-active hanchot-notify)" = "$1" ]
}
property() {
    user systemctl --user show hanchot-notify --property="$1" --value
}
check "the user's systemd runs" machine systemctl start "user@$number.service"
user systemd-run --user --quiet --unit=screen Xvfb :7 -screen 0 800x600x24
check "a screen" wait_for 180 machine test -S /tmp/.X11-unix/X7
user systemctl --user set-environment DISPLAY=:7

# --- Login

user systemctl --user start desktop.target
same "who has not asked for it has no agent" inactive "$(user systemctl --user is-active hanchot-notify)"
user systemctl --user stop desktop.target
check "switched on" user systemctl --user enable --quiet hanchot-notify
user systemctl --user start desktop.target
check "it begins with the graphical session" wait_for 180 is active
check "what is open pops up" wait_for 180 popped "Còn 1 ngày làm việc: Báo cáo tháng về kết quả thực hiện"
nothing "GLib's own chatter stays out of the journal" "$(user journalctl --user --quiet --output cat --unit hanchot-notify | grep -v '^Started ')"

# --- "Mở"

opened() { # also sets what the browser wrote down
    read -r address walls browser <"$home/opened"
}
user dunstctl context
check "'Mở' starts the browser" wait_for 180 opened
opened
same "at the office's page, with all that a browser may" "http://127.0.0.1:8466/units/$unit 0" "$address $walls"

# --- Killed

before=$(property MainPID)
user systemctl --user kill --kill-whom=main --signal=KILL hanchot-notify
restarted() {
    [ "$(property NRestarts)" = 1 ] && [ "$(property MainPID)" != "$before" ] && is active
}
check "killed, it is started again" wait_for 180 restarted
waiting() {
    user dunstctl count displayed
}
fewer() {
    [ "$(waiting)" -lt "$on_screen" ]
}
open_alerts() {
    machine curl -sS --max-time 60 "http://127.0.0.1:8466/api/v1/alerts?unit=$unit" | grep -o '"state":"open"' | wc -l
}
shows_all() {
    [ "$(waiting)" = "$(open_alerts)" ]
}
check "all that is open is on the screen" wait_for 180 shows_all
on_screen=$(waiting)
check "the server takes an answer" machine hanchot ack $key
check "it follows the server again: what is answered elsewhere goes" wait_for 180 fewer
same "and nothing else has changed on the screen" $((on_screen - 1)) "$(waiting)"
check "the browser has outlived it" machine kill -0 "$browser"

# --- Logout, and the next login

user systemctl --user stop desktop.target
check "it ends with the graphical session" wait_for 180 is inactive
same "in good order" "success 0" "$(property Result) $(property ExecMainStatus)"
: >"$home/pops"
user systemctl --user start desktop.target
check "it begins with the next" wait_for 180 popped "Chưa ghi ngày"
nothing "what was answered stays silent" "$(grep 'Còn 1 ngày làm việc: Báo cáo tháng' "$home/pops")"
same "the user's systemd has nothing to complain of" running "$(user systemctl --user is-system-running)"

# --- For all who log in

check "switched on for all" machine systemctl --global enable --quiet hanchot-notify
machine useradd binh
same "another has it too" enabled "$(machine runuser -u binh -- systemctl --user --root=/ is-enabled hanchot-notify 2>&1)"
finish
