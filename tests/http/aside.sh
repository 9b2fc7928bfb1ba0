#!/bin/bash
# Very many deadlines: while they are evaluated, who only reads is answered; who writes comes after it, one after the other, and
# finds in the next answer what was written.
# shellcheck disable=SC2317 # functions that wait_for calls
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/tap.sh
. tests/serve.sh
. tests/many.sh

offices=400 tasks=40 writers=4 writes=6
many_rules "$work/rules" $offices $tasks 20 10
ask() { sqlite3 -cmd '.timeout 10000' "file:$work/test.db?mode=ro" "$1"; }
metric() { curl -sS "$url/metrics" | sed -n "s/^$1 //p"; }
post() { curl -sS -o "$2" -w '%{http_code}\n' -H 'Content-Type: application/json' -d "$1" "$url/api/v1/progress"; }
state() { curl -sS "$url/api/v1/due?unit=$1&plan=p&from=2026-11-01&to=2026-12-31" | grep -o "\"uid\":\"p:$2:2026:$1@hanchot[^}]*" | grep -o '"state":"[a-z]*"'; }

# What nobody keeps: the engine is asked each time.
read_on() { # FILE: until it is gone
    local i=0
    while [ -e "$1" ]; do
        curl -sS -o /dev/null -w '%{http_code}\n' "$url/api/v1/items?unit=o/U$((++i % offices + 1))&plan=p&lang=vi"
    done >"$1.read"
}

write_on() { # N: each its own deadlines, and looks at each afterwards
    local i
    for ((i = 1; i <= writes; i++)); do
        post "{\"action\":\"done\",\"uid\":\"p:$i:2026:o/U$1\",\"by\":\"An\"}" "$work/write.$1.$i"
        state "o/U$1" "$i"
    done >"$work/writer.$1"
}

# --- Writing and reading at once

serve_start --rules "$work/rules" --at 2026-11-19T09:00
curl -sS -o /dev/null "$url/api/v1/alerts?unit=o/U1" # the alerts are there
touch "$work/reading"
read_on "$work/reading" &
reader=$!
pids=()
for ((i = 1; i <= writers; i++)); do
    write_on $i &
    pids+=($!)
done
wait "${pids[@]}"
# Each takes what it takes; a page comes in between sooner or later.
answered_meanwhile() {
    post '{"action":"done","uid":"p:9:2026:o/U9"}' "$work/again"
    post '{"action":"reopen","uid":"p:9:2026:o/U9"}' "$work/again"
    [ "$(metric hanchot_aside_requests_total)" -ge 1 ]
}
check "who only reads is answered while all is evaluated" wait_for 60 answered_meanwhile
rm "$work/reading"
wait $reader
same "and always gets an answer" "200" "$(sort -u "$work/reading.read")"
for ((i = 1; i <= writers; i++)); do
    same "writer $i: each is taken, and seen by who wrote it" "$writes 200, $writes done" \
        "$(grep -c '^200$' "$work/writer.$i") 200, $(grep -c '^"state":"done"$' "$work/writer.$i") done"
done
same "each is written once" "$((writers * writes)) $((writers * writes))" \
    "$(ask "SELECT count(*), count(DISTINCT occurrence) FROM progress WHERE told_by = 'An'" | tr '|' ' ')"

# --- The same one by several at once: one does it, the others hear that it was so already

pids=()
for ((i = 1; i <= writers; i++)); do
    post '{"action":"done","uid":"p:11:2026:o/U11","on":"2026-11-18"}' "$work/same.$i" >/dev/null &
    pids+=($!)
done
wait "${pids[@]}"
same "done once" 1 "$(ask "SELECT count(*) FROM progress WHERE occurrence = 'p:11:2026:o/U11'")"
same "and said by all" "$writers" "$(grep -l '"state":"done"' "$work"/same.* | wc -l)"
serve_stop
same "it ends in order" 0 $?

# --- Midnight, while somebody reads

serve_start --rules "$work/rules" --at 2026-11-20T23:59:50 --speed 10
curl -sS -o /dev/null "$url/api/v1/alerts?unit=o/U1"
touch "$work/reading"
read_on "$work/reading" &
reader=$!
overdue() { [ "$(state o/U20 10)" = '"state":"overdue"' ]; }
check "what was due yesterday is overdue" wait_for 60 overdue
rm "$work/reading"
wait $reader
same "nobody was sent away" "200" "$(sort -u "$work/reading.read")"
curl -sS "$url/calendars/unit/o/U20.ics" >"$work/feed"
check "the feed says so" grep -q '^SUMMARY:⚠' "$work/feed"
check "and is what it is without having been there at midnight" \
    cmp <("$HANCHOT" feed unit/o/U20 --rules "$work/rules" --db "$work/test.db" --at 2026-11-21T08:00) "$work/feed"
serve_stop
same "it ends in order after midnight" 0 $?

# --- Stopped in the middle of it: nothing is lost that was acknowledged

serve_start --rules "$work/rules" --at 2026-11-19T09:00
write_on 50 2>/dev/null &
writer=$!
first_written() { [ -n "$(ask "SELECT 1 FROM progress WHERE occurrence = 'p:1:2026:o/U50'")" ]; }
check "the first is written" wait_for 60 first_written
serve_stop
same "it ends in order while it evaluates" 0 $?
wait $writer
acknowledged=$(grep -c '^200$' "$work/writer.50")
check "all that was acknowledged is in the ledger" \
    test "$(ask "SELECT count(*) FROM progress WHERE occurrence LIKE 'p:%:o/U50'")" -ge "$acknowledged"
finish
