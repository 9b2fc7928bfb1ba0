#!/bin/bash
# Proof of notice: reminders that did not arrive are named by the daily self-check, in the book, in /metrics and on top of the
# overview, for those who run hanchot.
# shellcheck disable=SC2317 # functions that wait_for calls by name
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/tap.sh
. tests/serve.sh

mkdir "$work/rules"
cat >"$work/rules/p.lua" <<'RULES'
api(1)
org "hp" { title = "Hải Phòng", units = { A = { title = "Phòng A" }, B = { title = "Phòng B" }, C = { title = "Phòng C" } } }
plan "p" { title = "Kế hoạch thử", org = "hp", period = "2026", issued = "2026-01-05" }
task "1" { title = "Việc một", lead = { "A", "B" }, to = "C", due = by "2026-11-10" }
RULES
printf 'api(1)\nsite {}\n' >"$work/site.lua"
options=(--rules "$work/rules" --site "$work/site.lua")
told() { # AT: hanchot runs at that instant, nobody listens
    serve_start --at "$1" "${options[@]}"
    curl -sS --fail -o /dev/null "$url/api/v1/alerts" || fail "$1: alerts are told"
    serve_stop
}
gaps() { # AT: "key unit rung why", one a line
    "$HANCHOT" alerts --ledger --format json --at "$1" --db "$work/test.db" "${options[@]}" | grep '"action":"gap"' |
        sed 's/.*"why":"\([^"]*\)".*"key":"\([^"]*\)".*"rung":"\([^"]*\)".*"unit":"\([^"]*\)".*/\2 \4 \3 \1/' | sort
}
checked() { # how often, in metrics: the self-check is made after the first answers
    curl -sS "$url/metrics" | grep -qx "hanchot_notice_gaps{why=\"untaken\"} $1"
}

told 2026-11-05T07:30
same "today is still running" "" "$(gaps 2026-11-05T18:00)"
same "the next night: who did not hear of it" "p:1:2026:hp/A@hanchot hp/A -3 2026-11-10 untaken
p:1:2026:hp/B@hanchot hp/B -3 2026-11-10 untaken" "$(gaps 2026-11-06T02:00)"
"$HANCHOT" ack p:1:2026:hp/A --at 2026-11-05T09:00 --db "$work/test.db" "${options[@]}" >/dev/null
same "who acknowledged it the same day has heard of it" "p:1:2026:hp/B@hanchot hp/B -3 2026-11-10 untaken" "$(gaps 2026-11-06T02:00)"

key=$("$HANCHOT" token create --name A --key --unit hp/A --format json --at 2026-11-05T09:00 --db "$work/test.db" "${options[@]}" |
    grep -o '"secret":"[^"]*"' | cut -d'"' -f4)
check "a key for one office" test -n "$key"
serve_start --at 2026-11-06T02:00 "${options[@]}"
check "the daemon looks too" wait_for 30 checked 1
check "the overview says it" grep -q 'Trong 7 ngày qua, 1 lần nhắc chưa tới nơi' <(curl -sS "$url/")
check "what to do" grep -q 'khai địa chỉ thư cho đơn vị' <(curl -sS "$url/")
check "which one it was" grep -q '5/11/2026</time>: <a href="[^"]*">Việc một</a> → .*, đã báo, chưa kênh nào nhận' <(curl -sS "$url/")
check "above the alerts too, in English" grep -q 'In the last 7 days, reminders that did not arrive: 1' <(curl -sS "$url/alerts?lang=en")
nothing "not for the key of an office" "$(curl -sS -H "Authorization: Bearer $key" "$url/alerts?lang=en" | grep 'did not arrive')"
check "which may see its alerts" grep -q 'Open alerts' <(curl -sS -H "Authorization: Bearer $key" "$url/alerts?lang=en")
check "the book over HTTP has it" grep -q '"action":"gap","why":"untaken"' <(curl -sS "$url/api/v1/alerts?ledger=1")
check "the log too" wait_for 30 grep -q 'tự kiểm: 1/2 lần nhắc' "$work/serve.log"
serve_stop

# Not on Monday 9/11, then on the day itself; the office that waits for it is told on the day too.
told 2026-11-10T07:30
same "what a day without hanchot left out is late, what came after is looked at for itself" "p:1:2026:hp/B@hanchot hp/B -1 2026-11-10 late
p:1:2026:hp/B@hanchot hp/B -3 2026-11-10 untaken
p:1:2026:hp/B@hanchot hp/B 0 2026-11-10 untaken
to:p:1:2026:hp/C hp/C 0 2026-11-10 untaken" "$(gaps 2026-11-11T02:00)"
check "in words" grep -Eq 'MUỘN, hp/B: báo muộn' <("$HANCHOT" alerts --ledger --lang vi --at 2026-11-11T02:00 --db "$work/test.db" "${options[@]}")

# Done on the tenth, written down on the twelfth: on the eleventh it was to be told as overdue, and was.
told 2026-11-11T07:30
"$HANCHOT" "done" --plan p --ref 1 --period 2026 --unit hp/B --on 2026-11-10 --at 2026-11-12T07:00 --db "$work/test.db" "${options[@]}" >/dev/null
told 2026-11-12T07:30
nothing "what is done before the hour is waited for no more" "$(gaps 2026-11-13T02:00 | grep 'hp/B@hanchot.*+2')"
check "what was told before is" grep -q '^p:1:2026:hp/B@hanchot hp/B +1 2026-11-10 untaken$' <(gaps 2026-11-13T02:00)
finish
