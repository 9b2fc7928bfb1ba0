#!/bin/bash
# Alerts over HTTP: what is open, ack and snooze, the stream and taking it up again; and that each notice is written once,
# whatever is killed when.
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/tap.sh
. tests/serve.sh

unit=haiphong/PC06
key=haiphong-2026:III.3.c:2026-11:haiphong/PC06@hanchot
path=/api/v1/alerts/haiphong-2026:III.3.c:2026-11:haiphong/PC06@hanchot
post() { # PATH JSON [HEADER…]: status; the answer in $work/answer
    curl -sS -o "$work/answer" -w '%{http_code}' -H 'Content-Type: application/json' "${@:3}" -d "$2" "$url$1"
}
look() { # the daemon is ready before its first look at alerts
    curl -sS --fail -o /dev/null "$url/api/v1/alerts"
}
field() { # KEY FIELD: of the alert, from the API
    curl -sS "$url/api/v1/alerts?unit=$unit" | grep -F "\"key\":\"$1\"" | grep -o "\"$2\":\"[^\"]*\"" | head -n 1 | cut -d'"' -f4
}
listen() { # FILE [CURL-ARGUMENTS…]: leaves $listener
    curl -sSN "${@:2}" "$url/api/v1/alerts/stream?unit=$unit" >"$1" 2>/dev/null &
    listener=$!
    disown "$listener"
    wait_for 60 grep -q '^event: hello' "$1"
}

# --- The clock stands still on a Friday: the report of 24/11 (a holiday) has one working day left

serve_start --at 2026-11-20
same "an open alert" "open" "$(field "$key" state)"
same "its kind" "due_soon" "$(field "$key" kind)"
same "the API gives what the command prints" \
    "$("$HANCHOT" alerts --unit $unit --format json --at 2026-11-20 --db "$work/test.db")" \
    "$(curl -sS "$url/api/v1/alerts?unit=$unit")"
same "of an unknown office" 422 "$(curl -sS -o /dev/null -w '%{http_code}' "$url/api/v1/alerts?unit=haiphong/PC60")"
check "what was told is in the book" grep -q '"rung":"-1 2026-11-24"' \
    <("$HANCHOT" alerts --ledger --unit $unit --format json --at 2026-11-20 --db "$work/test.db")
why() { # of the key: what explain says of it
    curl -sS "$url/api/v1/explain?id=${1%@*}" | grep -oE '"why":"[a-z_]*"' | head -n 1
}
same "explain knows that it was told" '"why":"told"' "$(why "$key")"
same "explain gives what the command prints" \
    "$("$HANCHOT" explain "${key%@*}" --format json --at 2026-11-20 --db "$work/test.db")" \
    "$(curl -sS "$url/api/v1/explain?id=${key%@*}")"

listen "$work/stream"
same "ack" 200 "$(post $path/ack '{"by":"Lê Thị B"}')"
check "gives the alert" grep -q '"state":"acked".*"by":"Lê Thị B"' "$work/answer"
same "it stands" "acked" "$(field "$key" state)"
same "explain knows it" '"why":"acked"' "$(why "$key")"
check "the stream tells it" wait_for 60 grep -qF "{\"key\":\"$key\",\"state\":\"acked\"}" "$work/stream"
same "the same again" 200 "$(post $path/ack '{"by":"Lê Thị B"}')"
check "changes nothing" grep -q '"changed":false' "$work/answer"
same "snooze" 200 "$(post $path/snooze '{"until":"2026-11-20T10:00","by":"Lê Thị B"}')"
same "it sleeps" "snoozed" "$(field "$key" state)"
same "snooze into the past" 422 "$(post $path/snooze '{"until":"2026-11-19"}')"
same "snooze without a time" 422 "$(post $path/snooze '{}')"
same "a key that is none" 422 "$(post $path/ack '{"until":"2026-11-21"}')"
same "an alert that is none" 422 "$(post /api/v1/alerts/nothing/ack '{}')"
same "from another site" 403 "$(post $path/ack '{}' -H 'Origin: http://elsewhere.example')"
same "acks are posted" 404 "$(curl -sS -o /dev/null -w '%{http_code}' "$url$path/ack")"
check "done resolves it" "$HANCHOT" done ${key%@*} --at 2026-11-20 --db "$work/test.db"
check "and the stream tells it" wait_for 60 grep -qF "{\"key\":\"$key\",\"state\":\"resolved\"}" "$work/stream"
serve_stop
same "the daemon stops while somebody listens" 0 $?
kill "$listener" 2>/dev/null

# --- Taken up again: what was told meanwhile comes, once, but not what is settled

rm -f "$work"/test.db*
serve_start --at 2026-11-20
listen "$work/first" -H 'Last-Event-ID: 0'
kill "$listener"
check "from the beginning: what is open" grep -qF "\"$key\"" "$work/first"
check "of this office alone" test "$(grep -c '^data: {"notice"' "$work/first")" = "$(grep -c "\"unit\":\"$unit\"" "$work/first")"
last=$(grep '^id: ' "$work/first" | tail -n 1 | cut -d' ' -f2)
serve_stop
serve_start --at 2026-11-23
listen "$work/second" -H "Last-Event-ID: $last"
kill "$listener"
same "the next rung only" "0 2026-11-24" "$(grep -o '"rung":"[^"]*"' "$work/second" | cut -d'"' -f4)"
post $path/ack '{}' >/dev/null
listen "$work/third" -H "Last-Event-ID: $last"
kill "$listener"
nothing "what is acknowledged does not come again" "$(grep '^event: alert' "$work/third")"
listen "$work/fourth"
kill "$listener"
nothing "without a place to go on from: only what is new" "$(grep '^event: alert' "$work/fourth")"
check "who took it is in the book" grep -q '"rung":"0 2026-11-24".*"taken_at":"2026' \
    <("$HANCHOT" alerts --ledger --unit $unit --format json --at 2026-11-23 --db "$work/test.db")
serve_stop

# --- A clock that runs: told at half past seven of the next working day, in one event

rm -f "$work"/test.db*
serve_start --at 2026-11-20
look
serve_stop
cp "$work/test.db" "$work/friday.db"
told_at() { grep -o '"rung":"0 2026-11-24".*"told_at":"[^"]*' "$work/running" | head -n 1 | grep -o '[^"]*$'; }
# A minute and a half in a second. What a stalled machine tells late is no fault of the clock: it is asked again.
for _ in 1 2 3 4 5; do
    rm -f "$work"/test.db* && cp "$work/friday.db" "$work/test.db"
    serve_start --at 2026-11-23T07:28 --speed 90
    listen "$work/running" -H "Last-Event-ID: $last"
    wait_for 60 grep -q '"rung":"0 2026-11-24"' "$work/running"
    kill "$listener"
    serve_stop
    [[ $(told_at) > 2026-11-23T07:31 ]] || break
done
check "the rung of Monday comes with its hour" grep -q '"rung":"0 2026-11-24"' "$work/running"
same "at half past seven, not before" 2026-11-23T07:30 "$(told_at | cut -c 1-16)"
serve_start --at 2026-11-23T20:00 --speed 10000
listen "$work/running" -H "Last-Event-ID: $last"
check "the due day too, though it is a holiday" wait_for 60 grep -q '"rung":"due 2026-11-24"' "$work/running"
kill "$listener"
serve_stop

# --- While nothing changes, alerts cost nothing: those who listen hear that we are there, no alert is looked at

looks() { curl -sS "$url/metrics" | sed -n 's/^hanchot_alert_looks_total //p'; }
pinged() { [ "$(grep -c '^:$' "$work/idle")" -ge "$1" ]; }
rm -f "$work"/test.db*
serve_start --at 2026-11-20T09:00 --speed 100
listen "$work/idle"
before=$(looks)
check "a sign each minute" wait_for 60 pinged 4
same "without a look at the alerts" "$before" "$(looks)"
kill "$listener"
serve_stop

# --- After days of silence: one summary for who has much to hear of

rm -f "$work"/test.db*
serve_start --at 2026-11-20
look
serve_stop
serve_start --at 2027-01-04
unit=haiphong/PV01
listen "$work/summary" -H 'Last-Event-ID: 1'
kill "$listener"
book=$("$HANCHOT" alerts --ledger --unit $unit --format json --at 2027-01-04 --db "$work/test.db")
same "one event" 1 "$(grep -c '"told_at":"2027-01-04' "$work/summary")"
check "a summary" grep -q '"key":"summary:haiphong/PV01"' "$work/summary"
check "and names their keys" grep -q '"keys":\["[^]]*","[^]]*"\]' "$work/summary"
check "with what is told of each" grep -Eq '"alerts":\[\{"key":"[^"]+","kind":"[a-z_]+","rung":"[^"]+"\},\{"key":' "$work/summary"
check "that carries more than two notices" test "$(grep '"told_at":"2027-01-04' <<<"$book" | grep -c '"message":[0-9]')" -gt 2
nothing "of each alert only the last rung" "$(grep '"told_at":"2027-01-04' <<<"$book" | grep -o '"key":"[^"]*"' | sort | uniq -d)"
serve_stop

# --- Killed at any moment: an update is told whole or not at all, and never twice

told() { # what the book says, without its numbers
    "$HANCHOT" alerts --ledger --format json --at 2026-12-04 --db "$work/test.db" 2>/dev/null |
        grep -o '"key":"[^"]*","kind":"[^"]*","rung":"[^"]*","unit":"[^"]*"' | grep -v '"key":"summary:'
}
days='2026-11-20 2026-11-23 2026-11-24 2026-11-25 2026-11-27'
rm -f "$work"/test.db*
for day in $days; do
    serve_start --at "$day"
    look
    serve_stop
done
told | sort >"$work/undisturbed"
rm -f "$work"/test.db*
before=0
whole=
for day in $days; do
    for delay in 0.03 0.06 0.09 0.13; do
        "$HANCHOT" serve --at "$day" --db "$work/test.db" --listen 127.0.0.1:0 >/dev/null 2>&1 &
        daemon=$!
        read -rt $delay -u "$pause" || true
        kill -KILL $daemon
        wait $daemon 2>/dev/null
        now=$(told | wc -l)
        expected=$(grep -c . "$work/undisturbed")
        [ "$now" -ge "$before" ] && [ "$now" -le "$expected" ] || whole="$whole $day/$delay: $before -> $now"
        before=$now
    done
    serve_start --at "$day"
    look
    serve_stop
done
nothing "nothing told is lost by a kill" "$whole"
told | sort >"$work/killed"
nothing "nothing is told twice" "$(uniq -d "$work/killed")"
nothing "and all of it is told" "$(diff "$work/undisturbed" "$work/killed" | head -n 20)"
check "which is not nothing" test "$(wc -l <"$work/killed")" -gt 500
finish
