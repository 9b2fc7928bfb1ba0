#!/bin/bash
# A hundred thousand open alerts: what a tick of the daemon costs while nothing changes, and what an answer to one of them
# costs. Prints medians; docs/performance.md quotes them. OFFICES=2000 TASKS=50 tests/bench/alerts.sh
set -euo pipefail
cd "$(dirname "$0")/../.."
OFFICES=${OFFICES:-2000} TASKS=${TASKS:-50}
work=$(mktemp -d)
daemon='' listener=''
tidy() {
    kill $daemon $listener 2>/dev/null || true
    wait 2>/dev/null || true
    rm -rf "$work"
}
trap tidy EXIT

mkdir "$work/rules"
: >"$work/stream"
{
    echo 'api(1)'
    echo 'org "o" { title = "O", units = {'
    for ((i = 1; i <= OFFICES; i++)); do echo "  U$i = { title = \"Đơn vị $i\" },"; done
    echo '}, groups = { desk = {'
    for ((i = 1; i <= OFFICES; i++)); do echo "  \"U$i\","; done
    echo '} } }'
} >"$work/rules/o.lua"
{
    echo 'api(1)'
    echo 'plan "p" { org = "o", title = "P", issued = "2026-01-07", period = "2026" }'
    for ((i = 1; i <= TASKS; i++)); do
        echo "task \"$i\" { title = \"Việc số $i\", lead = \"@desk\", due = by \"2026-11-$((20 + i % 10))\" }"
    done
} >"$work/rules/p.lua"

median() { sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }
port=$((20000 + RANDOM % 10000))
url=http://127.0.0.1:$port
# Half a minute to the beginning of working hours, when all of them are told.
build/hanchot serve --rules "$work/rules" --db "$work/bench.db" --listen "127.0.0.1:$port" --at 2026-11-20T07:28 --speed 20 2>"$work/log" &
daemon=$!
until curl -sf -o /dev/null "$url/readyz"; do :; done
curl -sN "$url/api/v1/alerts/stream?unit=o/U1" >"$work/stream" &
listener=$!
until grep -q '^event: hello' "$work/stream"; do :; done
open=$(curl -sf "$url/api/v1/alerts" | grep -o '"state":"open"' | wc -l)
echo "== $open open alerts, $OFFICES offices"

pause() { read -rt "$1" <> <(:) || true; }
turns() { # KIND: what the clock asked of the engine, until now
    curl -sf "$url/metrics" | awk -v kind="$1" '
        $1 ~ "^hanchot_engine_turn_seconds_(bucket|count|sum){for=\"" kind "\"" { split($1, name, "\""); at[name[4] ? name[4] : $1] = $2 }
        END { for (i in at) { if (i ~ /_count/) n = at[i]; if (i ~ /_sum/) sum = at[i] }
              printf "%d turns, %.2f ms each; within 10 ms %d, 50 ms %d, 100 ms %d\n", n, n ? sum / n * 1000 : 0, at["0.01"], at["0.05"], at["0.1"] }'
}
told() { sqlite3 "file:$work/bench.db?mode=ro" "SELECT count(*) FROM notice WHERE kind <> 'summary'"; }

for i in 1 2 3 4 5; do
    curl -sf -o /dev/null -w '%{time_total}\n' -H 'Content-Type: application/json' -d '{}' "$url/api/v1/alerts/p:$i:2026:o/U$i@hanchot/ack"
done | awk '{ print $1 * 1000 }' >"$work/answers"
echo "an answer to one of them: $(median <"$work/answers") ms"
until curl -sf "$url/metrics" | grep -q "^hanchot_engine_turn_seconds_count{for=\"ping\"} [1-9]"; do pause 0.2; done
echo "ticks with nothing to tell: $(turns ping)"
until [ "$(told)" -ge $((open - 5)) ]; do
    curl -sf -o /dev/null -w '%{time_total}\n' "$url/items/p/1"
    pause 0.1
done >"$work/meanwhile"
echo "ticks while all of them are told: $(turns look)"
echo "an uncached page meanwhile: at most $(sort -n "$work/meanwhile" | tail -n 1) s"
echo "memory: $(awk '/VmRSS/ { print int($2 / 1024) }' /proc/$daemon/status) MB resident"
