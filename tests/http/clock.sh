#!/bin/bash
# A clock that stands still, one that runs fast, and the midnight on which things become overdue.
# shellcheck disable=SC2317 # functions that wait_for calls
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/tap.sh
. tests/serve.sh

id=haiphong-2026:III.3.c:2026-11:haiphong/PC06
path=/calendars/unit/haiphong/PC06.ics
feed() { curl -sS --fail "$url$path"; }
hanchot() { "$HANCHOT" "$@" --db "$work/test.db"; }
event() { # its event, from a feed on stdin
    tr -d '\r' | sed -e ':a' -e 'N' -e '$!ba' -e 's/\n //g' | grep -A9 "^UID:$id@hanchot"
}
value() { sed -n "s/^$1://p"; }
is_overdue() { feed | event | grep -q '^SUMMARY:⚠'; }

# --- It stands still, and says so

serve_start --at 2026-11-24T23:59:59
check "the log says so" wait_for 60 grep -q 'đồng hồ đứng yên ở 2026-11-24T23:59:59+07:00' "$work/serve.log"
check "the page says so" grep -q 'Đồng hồ đứng yên' <(curl -sS "$url/")
check "the feed is that of the command" cmp <(hanchot feed unit/haiphong/PC06 --at 2026-11-24T23:59:59) <(feed)
same "on its day it is not overdue" "SEQUENCE:0" "$(feed | event | grep '^SEQUENCE')"
serve_stop

# --- It runs: ten seconds before midnight, twenty times as fast

serve_start --at 2026-11-24T23:59:50 --speed 20
before=$(hanchot feed unit/haiphong/PC06 --at 2026-11-24T23:59:50 | event)
same "before midnight: not overdue" "0 20260107T010000Z" "$(value SEQUENCE <<<"$before") $(value LAST-MODIFIED <<<"$before")"
check "after midnight the feed shows it overdue" wait_for 60 is_overdue
feed >"$work/after"
event <"$work/after" >"$work/event"
same "SEQUENCE" 1 "$(value SEQUENCE <"$work/event")"
same "LAST-MODIFIED is that midnight" 20261124T170000Z "$(value LAST-MODIFIED <"$work/event")"
same "so is the feed's" "Tue, 24 Nov 2026 17:00:00 GMT" "$(curl -sSI "$url$path" | tr -d '\r' | sed -n 's/^Last-Modified: //Ip')"
check "the day does not move" grep -qx 'DTSTART;VALUE=DATE:20261124' "$work/event"
check "a daemon that was not there at midnight shows the same" cmp <(hanchot feed unit/haiphong/PC06 --at 2026-11-25T07:00) "$work/after"
check "what is told to it has its time" hanchot done $id
same "done today, one day late" "2026-11-25 true" \
    "$(curl -sS "$url/api/v1/due?unit=haiphong/PC06&from=2026-11-24&to=2026-11-24" |
        grep -o '"done_on":"[^"]*"\|"late":[a-z]*' | sed 's/.*://; s/"//g' | tr '\n' ' ' | sed 's/ $//')"
same "SEQUENCE counts it" 2 "$(feed | event | value SEQUENCE)"
serve_stop
same "it ends in good order" 0 $?

# --- Many days in a row: each midnight is met once, and the bytes are those of a fresh ledger

rm -f "$work"/test.db*
serve_start --at 2026-11-20 --speed 86400
reached() { curl -sS "$url/" | grep -q 'quá hạn' && feed | event | grep -q '^SUMMARY:⚠'; }
check "five days within seconds" wait_for 60 reached
serve_stop
check "nothing was written that a fresh ledger would not say" \
    cmp <(hanchot feed unit/haiphong/PC06 --at 2026-11-30) <("$HANCHOT" feed unit/haiphong/PC06 --at 2026-11-30 --db "$work/fresh.db")

# --- A ledger that cannot be read at midnight: said once, tried again later, and what was published stays

head -c 1000000 /dev/urandom >"$work/noise"
scribble() {
    for file in test.db test.db-wal test.db-shm; do
        dd if="$work/noise" of="$work/$file" conv=notrunc
    done 2>/dev/null
}
scribbled_and_told() { # again and again: a transaction that is just being written may put its own pages right again
    scribble
    grep -q "test.db: " "$work/serve.log"
}
refused() { grep -c "test.db: " "$work/serve.log"; }
# Twelve seconds to midnight. Should a slow machine let them pass before the noise is there, again.
for _ in 1 2 3 4 5; do
    rm -f "$work"/test.db*
    launched=$EPOCHSECONDS
    serve_start --at 2026-11-24T23:56:00 --speed 20
    scribble
    [ $((EPOCHSECONDS - launched)) -ge 11 ] || break
    serve_stop
done
scribbled=$EPOCHSECONDS
check "it is told in the log" wait_for 60 scribbled_and_told
read -rt 1 -u "$pause"
times=$(refused) passed=$((EPOCHSECONDS - scribbled))
check "not over and over: $times times in $passed s" test "$times" -le $((9 + passed / 3)) # each three seconds; not tens of thousands
check "what was published is still served" feed
serve_stop
finish
