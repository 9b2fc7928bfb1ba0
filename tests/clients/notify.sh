#!/bin/bash
# hanchot-notify with a real notification daemon (dunst under Xvfb): a pop-up in Vietnamese, its action reaches the daemon,
# nothing comes twice, an answer elsewhere closes it.
# shellcheck disable=SC2317 # functions that wait_for calls by name
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/tap.sh
. tests/serve.sh

unit=haiphong/PC06
key=haiphong-2026:III.3.c:2026-11:haiphong/PC06
export LC_ALL=C.UTF-8 HOME=$work/home XDG_RUNTIME_DIR=$work/run XDG_STATE_HOME=$work/state XDG_CONFIG_HOME=$work/config
mkdir -p "$HOME" "$XDG_RUNTIME_DIR" "$XDG_CONFIG_HOME/dunst"
chmod 700 "$XDG_RUNTIME_DIR"
state() { # of the report's alert
    curl -sS "$url/api/v1/alerts?unit=$unit" | grep -F "\"key\":\"$key@hanchot\"" | grep -o '"state":"[^"]*"' | cut -d'"' -f4
}
is_state() {
    [ "$(state)" = "$1" ]
}

# The menu of actions picks the one that the test asks for.
cat >"$work/menu" <<MENU
#!/bin/bash
tee -a "$work/offered" | grep -F -m 1 "\$(cat "$work/wanted")"
MENU
cat >"$work/popped" <<POPPED
#!/bin/bash
printf '%s|%s|%s|%s\n' "\$DUNST_URGENCY" "\$DUNST_ID" "\$DUNST_SUMMARY" "\${DUNST_BODY//\$'\n'/ }" >>"$work/pops"
POPPED
chmod +x "$work/menu" "$work/popped"
: >"$work/pops"
cat >"$XDG_CONFIG_HOME/dunst/dunstrc" <<CONFIG
[global]
    dmenu = $work/menu
    idle_threshold = 0
    history_length = 50
    markup = full
[all]
    script = $work/popped
    timeout = 0
CONFIG
pops() {
    grep -c . "$work/pops"
}
popped() { # TEXT
    grep -qF -- "$1" "$work/pops"
}

# The session: an X server and a bus of its own.
mkfifo "$work/display"
Xvfb -displayfd 5 -screen 0 800x600x24 5>"$work/display" >/dev/null 2>&1 &
xvfb=$!
read -rt 20 display <"$work/display"
export DISPLAY=:$display
start_session() {
    dbus-daemon --session --fork --print-address=1 --print-pid=1 >"$work/bus"
    { read -r DBUS_SESSION_BUS_ADDRESS && read -r bus; } <"$work/bus"
    export DBUS_SESSION_BUS_ADDRESS
    dunst >"$work/dunst.log" 2>&1 &
    dunst=$!
    wait_for 10 dunstctl count
}
end_session() {
    kill "$dunst" "$bus" 2>/dev/null
    wait "$dunst" 2>/dev/null
}
start_agent() {
    "${HANCHOT_NOTIFY:-build/hanchot-notify}" --url "$url" --unit $unit >>"$work/agent.log" 2>&1 &
    agent=$!
}
end_agent() {
    kill "$agent" 2>/dev/null
    wait "$agent" 2>/dev/null
}
trap 'end_agent; end_session; kill "$xvfb" 2>/dev/null; serve_stop; tap_clean' EXIT
agent=0
dunst=0
bus=0
start_session

# --- A pop-up at login

serve_start --at 2026-11-20
start_agent
check "what is open pops up" wait_for 15 popped "Còn 1 ngày làm việc: Báo cáo tháng về kết quả thực hiện"
check "with its day" popped "Hạn 24/11/2026 (thứ ba), xong trước hết 23/11/2026"
check "urgency follows severity" grep -q '^NORMAL|.*Còn 1 ngày làm việc' "$work/pops"

# --- Nothing twice

waiting() { dunstctl count displayed; }
before=$(waiting)
end_agent
start_agent
read -rt 2 -u "$pause"
same "a restarted agent shows nothing twice" "$before" "$(waiting)"
address=${url#http://}
end_agent
serve_stop
serve_start --at 2026-11-20 --listen "$address"
start_agent
read -rt 2 -u "$pause"
same "nor after a restart of the daemon" "$before" "$(waiting)"

# --- Answered

shown=$(waiting)
"$HANCHOT" ack backlog:$unit --at 2026-11-20 --db "$work/test.db" >/dev/null
fewer() {
    [ "$(waiting)" -lt "$shown" ]
}
check "an answer elsewhere closes the pop-up" wait_for 10 fewer
"$HANCHOT" ack event:haiphong-2026:plan-received:$unit --at 2026-11-20 --db "$work/test.db" >/dev/null
shown=2
wait_for 10 fewer
echo "Đã biết" >"$work/wanted"
dunstctl context
check "the actions are offered in Vietnamese" wait_for 10 grep -q 'Nhắc lại sau 1 giờ' "$work/offered"
check "'Đã biết' reaches the daemon" wait_for 10 is_state acked
check "with the name of who answered" grep -q "III.3.c:2026-11:.*đã biết (" <("$HANCHOT" alerts --ledger --unit $unit --at 2026-11-20 --db "$work/test.db")
end_agent
serve_stop

# --- It rises: the next day it is told again, and put off

serve_start --at 2026-11-25 --listen "$address"
start_agent
check "overdue pops up" wait_for 15 popped "Quá hạn 1 ngày làm việc: Báo cáo tháng về kết quả thực hiện"
check "as critical" grep -q '^CRITICAL|.*Quá hạn 1 ngày làm việc' "$work/pops"
echo "Nhắc lại sau 1 giờ" >"$work/wanted"
dunstctl context
check "'Nhắc lại sau 1 giờ' reaches the daemon" wait_for 10 is_state snoozed

# --- Another login

before=$(pops)
end_agent
end_session
start_session
start_agent
read -rt 2 -u "$pause"
same "what is put off stays silent at the next login" "$before" "$(pops)"
finish
