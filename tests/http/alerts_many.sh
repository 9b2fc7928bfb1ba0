#!/bin/bash
# Very many alerts at the beginning of a day's work: told in short turns, office by office, each once and each office at one
# time, also when the daemon is killed half-way; and an answer goes in between.
# shellcheck disable=SC2317 # functions that wait_for calls
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/tap.sh
. tests/serve.sh
. tests/many.sh

offices=60 tasks=20
many_rules "$work/rules" $offices $tasks 23 4
ask() { sqlite3 -cmd '.timeout 10000' "file:$work/test.db?mode=ro" "$1"; }
told() { ask "SELECT count(*) FROM notice WHERE kind <> 'summary'"; }
turns() { curl -sS "$url/metrics" | sed -n 's/^hanchot_engine_turn_seconds_count{for="look"} //p'; }
all_told() { [ "$(told)" = $((offices * tasks - 1)) ]; } # but the answered one
some_told() { [ "$(told)" -gt 0 ]; }

# --- Before work begins: nothing is told, and an answer is taken

serve_start --rules "$work/rules" --at 2026-11-20T07:20
answered=p:7:2026:o/U7@hanchot
same "all of them are open" $((offices * tasks)) "$(curl -sS "$url/api/v1/alerts" | grep -o '"state":"open"' | wc -l)"
same "none is told yet" 0 "$(told)"
same "an answer to one" 200 "$(curl -sS -o "$work/answer" -w '%{http_code}' -H 'Content-Type: application/json' -d '{"by":"An"}' "$url/api/v1/alerts/$answered/ack")"
check "it says so" grep -q '"state":"acked"' "$work/answer"
same "the others are as they were" $((offices * tasks - 1)) "$(curl -sS "$url/api/v1/alerts" | grep -o '"state":"open"' | wc -l)"
serve_stop
cp "$work/test.db" "$work/before.db"

# --- Half past seven, and a kill as soon as the first are told

serve_start --rules "$work/rules" --at 2026-11-20T07:29:40 --speed 20
check "the first are told" wait_for 60 some_told
kill -9 "$serve_pid"
wait "$serve_pid" 2>/dev/null
serve_pid=
same "each office wholly or not at all" "" \
    "$(ask "SELECT unit, count(*) FROM notice WHERE kind <> 'summary' GROUP BY unit HAVING count(*) <> $tasks - (unit = 'o/U7')")"
serve_start --rules "$work/rules" --at 2026-11-20T07:40
check "the rest after the next start" wait_for 60 all_told
each_once() {
    same "$1: none twice, none to the wrong office" "" \
        "$(ask "SELECT alert FROM notice WHERE kind <> 'summary' GROUP BY alert HAVING count(*) <> 1 OR instr(alert, unit || '@') = 0")"
    same "$1: not the answered one" 0 "$(ask "SELECT count(*) FROM notice WHERE alert = '$answered'")"
    same "$1: one summary for each office" "$offices $offices" \
        "$(ask "SELECT count(*), count(DISTINCT unit) FROM notice WHERE kind = 'summary'" | tr '|' ' ')"
    same "$1: which carries its alerts, and none goes out by itself" 0 \
        "$(ask "SELECT count(*) FROM notice n LEFT JOIN notice s ON s.id = n.message WHERE n.kind <> 'summary' AND s.alert IS NOT 'summary:' || n.unit")"
}
each_once "killed on the way"
serve_stop

# --- A clock that stands still: they go on all the same, turn by turn

rm -f "$work"/test.db*
mv "$work/before.db" "$work/test.db"
serve_start --rules "$work/rules" --at 2026-11-20T07:40
check "all are told" wait_for 60 all_told
each_once "not killed"
check "in many short turns" test "$(turns)" -ge 2
serve_stop

# --- One office with very much: in parts, so that nobody has to wait, also over a kill

rm -rf "$work"/test.db* "$work/rules"
offices=1 tasks=3000 answered=nothing
many_rules "$work/rules" $offices $tasks 23 4
serve_start --rules "$work/rules" --at 2026-11-20T07:29:40 --speed 20
check "the first are told" wait_for 60 some_told
kill -9 "$serve_pid"
wait "$serve_pid" 2>/dev/null
serve_pid=
serve_start --rules "$work/rules" --at 2026-11-20T07:40
all_told() { [ "$(told)" = $tasks ]; }
check "all are told" wait_for 60 all_told
same "each once" "$tasks" "$(ask "SELECT count(DISTINCT alert) FROM notice WHERE kind <> 'summary'")"
same "each carried by a summary that was written before it" 0 \
    "$(ask "SELECT count(*) FROM notice n LEFT JOIN notice s ON s.id = n.message WHERE n.kind <> 'summary' AND (s.kind IS NOT 'summary' OR s.id > n.id)")"
check "of some hundreds each" test "$(ask "SELECT max(n) FROM (SELECT count(*) AS n FROM notice WHERE message IS NOT NULL GROUP BY message)")" -le 1000
check "and not of a few" test "$(ask "SELECT count(*) FROM notice WHERE kind = 'summary'")" -le $((tasks / 400))
serve_stop
finish
