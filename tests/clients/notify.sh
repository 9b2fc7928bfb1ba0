#!/bin/bash
# hanchot-notify with a real notification daemon (dunst under Xvfb): a pop-up in Vietnamese, read back from a screenshot; its
# actions reach the daemon; nothing comes twice; an answer elsewhere closes it; what happens when the daemon, the network or
# the notification daemon is gone; and that it costs next to nothing.
# shellcheck disable=SC2317 # functions that wait_for calls by name
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/tap.sh
. tests/serve.sh

unit=haiphong/PC06
key=haiphong-2026:III.3.c:2026-11:haiphong/PC06
export LC_ALL=C.UTF-8 HOME=$work/home XDG_RUNTIME_DIR=$work/run XDG_STATE_HOME=$work/state XDG_CONFIG_HOME=$work/config \
    XDG_DATA_HOME=$work/data
mkdir -p "$HOME" "$XDG_RUNTIME_DIR" "$XDG_CONFIG_HOME"/{dunst,hanchot} "$XDG_DATA_HOME/applications"
chmod 700 "$XDG_RUNTIME_DIR"
state() { # of the report's alert
    curl -sS "$url/api/v1/alerts?unit=$unit" | grep -F "\"key\":\"$key@hanchot\"" | grep -o '"state":"[^"]*"' | cut -d'"' -f4
}
field() { # of the report's alert
    curl -sS "$url/api/v1/alerts?unit=$unit" | grep -F "\"key\":\"$key@hanchot\"" | grep -o "\"$1\":\"[^\"]*\"" | cut -d'"' -f4
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
# The browser, that "Mở" opens, writes down where it was sent.
cat >"$work/browser" <<BROWSER
#!/bin/bash
echo "\$1" >>"$work/opened"
BROWSER
printf '%s\n' '[Desktop Entry]' Type=Application Name=Browser "Exec=$work/browser %u" \
    'MimeType=x-scheme-handler/http;' >"$XDG_DATA_HOME/applications/browser.desktop"
printf '%s\n' '[Default Applications]' 'x-scheme-handler/http=browser.desktop' >"$XDG_CONFIG_HOME/mimeapps.list"
chmod +x "$work/menu" "$work/popped" "$work/browser"
: >"$work/pops"
cat >"$XDG_CONFIG_HOME/dunst/dunstrc" <<CONFIG
[global]
    dmenu = $work/menu
    idle_threshold = 0
    history_length = 50
    markup = full
    font = DejaVu Sans 18
    width = 760
    height = 500
    frame_width = 0
[all]
    background = "#ffffff"
    foreground = "#000000"
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
read -rt 60 display <"$work/display"
export DISPLAY=:$display
start_session() {
    dbus-daemon --session --fork --print-address=1 --print-pid=1 >"$work/bus"
    { read -r DBUS_SESSION_BUS_ADDRESS && read -r bus; } <"$work/bus"
    export DBUS_SESSION_BUS_ADDRESS
    start_dunst
}
owner() { # of the notifications; the bus may have started it before us
    dbus-send --session --print-reply --dest=org.freedesktop.DBus / org.freedesktop.DBus.GetConnectionUnixProcessID \
        string:org.freedesktop.Notifications 2>/dev/null | sed -n 's/.*uint32 //p'
}
owned() {
    [ -n "$(owner)" ]
}
start_dunst() {
    dunst >"$work/dunst.log" 2>&1 &
    wait_for 60 owned
    dunst=$(owner)
}
end_session() {
    kill "$dunst" "$bus" 2>/dev/null
}
requests() { # that the daemon has had, this one too
    curl -sS "$url/metrics" | sed -n 's/^hanchot_http_requests_total //p'
}
connected() { # it has asked for the stream and, when that began, for what is open
    asked=$((asked + 1))
    [ "$(requests)" -ge $((had + asked + 2)) ]
}
start_agent() { # and waits until it has reached the daemon
    asked=0
    had=$(requests)
    "${HANCHOT_NOTIFY:-build/hanchot-notify}" --url "$url" --unit $unit >>"$work/agent.log" 2>&1 &
    agent=$!
    wait_for 60 connected || fail "the agent reaches the daemon" "$(cat "$work/agent.log")"
}
end_agent() {
    kill "$agent" 2>/dev/null
    wait "$agent" 2>/dev/null
}
waiting() { # pop-ups on the screen
    dunstctl count displayed
}
shows() { # NUMBER
    [ "$(waiting)" = "$1" ]
}
shows_all() { # that is open
    shows "$(curl -sS "$url/api/v1/alerts?unit=$unit" | grep -o '"state":"open"' | wc -l)"
}
trap 'end_agent; end_session; kill "$xvfb" 2>/dev/null; serve_stop; port_give; tap_clean' EXIT
: >"$work/agent.log"
agent=0
dunst=0
bus=0
start_session
port_keep
address=127.0.0.1:$kept_port

# --- A pop-up at login

serve_start --at 2026-11-20 --listen "$address"
start_agent
check "what is open pops up" wait_for 60 popped "Còn 1 ngày làm việc: Báo cáo tháng về kết quả thực hiện"
check "with its day" popped "Hạn 24/11/2026 (thứ ba), xong trước hết 23/11/2026"
check "all that is open does" wait_for 60 shows_all
check "urgency follows severity" grep -q '^NORMAL|.*Còn 1 ngày làm việc' "$work/pops"

# --- On the screen

screen=build/screenshots/notify.png
mkdir -p build/screenshots
reads() { # what a reader of Vietnamese makes of the screen
    xwd -silent -root | xwdtopnm 2>/dev/null | tee "$work/screen.pnm" | pnmscale 2 | pnmtopng 2>/dev/null >"$work/big.png"
    pnmtopng "$work/screen.pnm" 2>/dev/null >"$screen"
    tesseract "$work/big.png" - -l vie 2>/dev/null | tr '\n' ' ' >"$work/read"
    grep -q 'Báo cáo tháng về kết quả thực hiện' "$work/read" && grep -q '24/11/2026' "$work/read"
}
if wait_for 60 reads; then
    pass "the screenshot $screen reads: Báo cáo tháng về kết quả thực hiện, and the day"
else
    fail "the screenshot $screen reads in Vietnamese, with the day" "$(cat "$work/read")"
fi

# --- It costs next to nothing

spent() { cut -d' ' -f1 "/proc/$agent/schedstat"; }
calls() { # of the system, in all its threads
    cat "/proc/$agent"/task/*/status | sed -n 's/^\(non\)\{0,1\}voluntary_ctxt_switches:\t//p' | awk '{ n += $1 } END { print n }'
}
resident=$(awk '/^Rss:/ { print $2 }' "/proc/$agent/smaps_rollup")
check "memory: $resident kB resident, less than 25 MB" test "$resident" -lt 25000
for _ in 1 2 3 4 5 6 7 8; do # on a slow machine it may still be at work
    before="$(spent) ns, $(calls) wake-ups"
    read -rt 3 -u "$pause"
    after="$(spent) ns, $(calls) wake-ups"
    [ "$before" != "$after" ] || break
done
same "idle it takes no time and does not wake up" "$before" "$after"

# --- Nothing twice

before=$(waiting)
end_agent
start_agent
read -rt 2 -u "$pause"
same "a restarted agent shows nothing twice" "$before" "$(waiting)"
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
check "an answer elsewhere closes the pop-up" wait_for 60 fewer
"$HANCHOT" ack event:haiphong-2026:plan-received:$unit --at 2026-11-20 --db "$work/test.db" >/dev/null
shown=2
wait_for 60 fewer
echo "Đã biết" >"$work/wanted"
dunstctl context
check "the actions are offered in Vietnamese" wait_for 60 grep -q 'Nhắc lại sau 1 giờ' "$work/offered"
check "'Đã biết' reaches the daemon" wait_for 60 is_state acked
check "with the name of who answered" grep -q "III.3.c:2026-11:.*đã biết (" <("$HANCHOT" alerts --ledger --unit $unit --at 2026-11-20 --db "$work/test.db")
end_agent
serve_stop

# --- It rises: the next day it is told again, and put off

serve_start --at 2026-11-25 --listen "$address"
start_agent
check "overdue pops up" wait_for 60 popped "Quá hạn 1 ngày làm việc: Báo cáo tháng về kết quả thực hiện"
check "as critical" grep -q '^CRITICAL|.*Quá hạn 1 ngày làm việc' "$work/pops"
echo "Nhắc lại sau 1 giờ" >"$work/wanted"
dunstctl context
check "'Nhắc lại sau 1 giờ' reaches the daemon" wait_for 60 is_state snoozed

# --- The two other answers

same "an hour" "2026-11-25T09:00:00+07:00" "$(field until)"
"$HANCHOT" reopen $key --at 2026-11-25T08:30 --db "$work/test.db" >/dev/null 2>&1
end_agent
serve_stop
serve_start --at 2026-11-26 --listen "$address"
start_agent
check "the next day it comes again" wait_for 60 popped "Quá hạn 2 ngày làm việc: Báo cáo tháng về kết quả thực hiện"
echo "Mở" >"$work/wanted"
dunstctl context
check "'Mở' opens the office's page" wait_for 60 grep -qx "$url/units/$unit" "$work/opened"
same "and is no answer" open "$(state)"
echo "Nhắc lại ngày mai" >"$work/wanted"
dunstctl context
check "'Nhắc lại ngày mai' reaches the daemon" wait_for 60 is_state snoozed
same "until work begins tomorrow" "2026-11-27T08:00:00+07:00" "$(field until)"
end_agent
serve_stop

# --- The notification daemon ends and comes back: what it showed is shown again, once

serve_start --at 2026-11-27 --listen "$address"
start_agent
check "again a day later" wait_for 60 popped "Quá hạn 3 ngày làm việc: Báo cáo tháng về kết quả thực hiện"
check "with all that is open" wait_for 60 shows_all
shown=$(waiting)
: >"$work/pops"
kill -KILL "$dunst"
gone() { ! kill -0 "$dunst" 2>/dev/null; }
wait_for 60 gone
start_dunst
check "a new notification daemon shows it again" wait_for 60 popped "Quá hạn 3 ngày làm việc: Báo cáo tháng về kết quả thực hiện"
check "as many as before" wait_for 60 shows "$shown"
read -rt 1 -u "$pause"
same "and no more" "$shown" "$(waiting)"
nothing "none of them twice" "$(cut -d'|' -f3 "$work/pops" | sort | uniq -d)"

# --- No network: said once, and taken back

offline='Mất liên lạc với hanchot'
: >"$work/pops"
serve_stop
check "that the daemon is out of reach is said" wait_for 60 popped "$offline"
read -rt 10 -u "$pause"
same "once" 1 "$(grep -c "$offline" "$work/pops")"
check "beside the others" wait_for 60 shows $((shown + 1))
same "in the log too" 1 "$(grep -c "Cảnh báo sẽ hiện lại" "$work/agent.log")"
serve_start --at 2026-11-27 --listen "$address"
check "when it is back, that is gone" wait_for 150 shows "$shown"
same "and nothing else has changed" "1 $shown" "$(grep -c . "$work/pops") $(waiting)"
end_agent

# --- Silence, as after a sleep of the computer: the connection stands, but nobody is there

printf '%s\n' '[hanchot]' silence=5 >"$XDG_CONFIG_HOME/hanchot/notify.conf"
start_agent
: >"$work/pops"
read -rt 1 -u "$pause"
kill -STOP "$serve_pid"
check "a daemon that says nothing counts as out of reach" wait_for 60 popped "$offline"
check "and is shown beside the others" wait_for 60 shows $((shown + 1))
kill -CONT "$serve_pid"
check "until it speaks again" wait_for 150 shows "$shown"
same "nothing came twice meanwhile" 1 "$(grep -vc "Quá hạn 3 ngày" "$work/pops")"
"$HANCHOT" done $key --at 2026-11-27 --db "$work/test.db" >/dev/null
check "and it hears of what happens" wait_for 150 fewer
end_agent
end_session
rm "$XDG_CONFIG_HOME/hanchot/notify.conf"
"$HANCHOT" reopen $key --at 2026-11-27T08:10 --db "$work/test.db" >/dev/null
"$HANCHOT" snooze $key --until tomorrow --at 2026-11-27T08:20 --db "$work/test.db" >/dev/null

# --- Another login

before=$(pops)
start_session
start_agent
read -rt 2 -u "$pause"
same "what is put off stays silent at the next login" "$before" "$(pops)"
end_agent
serve_stop

# --- Several at once are one pop-up; what is told again of one of them is shown, and all go when they are settled

unit=hp/A
rm -rf "$work"/test.db* "$XDG_STATE_HOME"
mkdir "$work/rules"
cat >"$work/rules/p.lua" <<'RULES'
api(1)
org "hp" { title = "Hải Phòng", units = { A = { title = "Phòng A" } } }
plan "p" { title = "Kế hoạch thử", org = "hp", period = "2026", issued = "2026-01-05" }
event "asked" { title = "Có yêu cầu" }
task "1" { title = "Việc một", lead = "A", due = within(10, "days", "asked") }
task "2" { title = "Việc hai", lead = "A", due = within(10, "days", "asked") }
task "3" { title = "Việc ba", lead = "A", due = within(10, "days", "asked") }
RULES
own() { # COMMAND…
    "$HANCHOT" "$@" --rules "$work/rules" --db "$work/test.db" >/dev/null
}
: >"$work/pops"
serve_start --at 2026-11-20T09:00 --listen "$address" --rules "$work/rules"
start_agent
own record asked --plan p --on 2026-11-10 --at 2026-11-20T09:00
check "three at once are one" wait_for 60 popped "3 cảnh báo: 0 quá hạn, 3 đến hạn hôm nay"
own extend p:1:2026:hp/A --to 2026-11-23 --why "hoãn" --at 2026-11-20T09:10
check "one of them is told again" wait_for 60 popped "Còn 1 ngày làm việc: Việc một"
check "beside it" wait_for 60 shows 2
own done p:2:2026:hp/A p:3:2026:hp/A --at 2026-11-20T09:20
check "it goes when the others are done" wait_for 60 shows 1
same "and nothing came twice" 2 "$(pops)"
own reopen p:2:2026:hp/A p:3:2026:hp/A --at 2026-11-20T09:30
serve_stop
serve_start --at 2026-11-23T09:00 --listen "$address" --rules "$work/rules"
check "the next working day each is told again" wait_for 150 popped "Hôm nay đến hạn: Việc một"
check "those of the one pop-up too" wait_for 60 popped "Quá hạn 1 ngày làm việc: Việc hai"
own done p:1:2026:hp/A p:2:2026:hp/A p:3:2026:hp/A --at 2026-11-23T09:10
check "when all is done the screen is empty" wait_for 60 shows 0
finish
