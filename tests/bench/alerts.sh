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
build/hanchot serve --rules "$work/rules" --db "$work/bench.db" --listen "127.0.0.1:$port" --at 2026-11-20 --speed 120 2>"$work/log" &
daemon=$!
until curl -sf -o /dev/null "$url/readyz"; do :; done
curl -sN "$url/api/v1/alerts/stream?unit=o/U1" >"$work/stream" &
listener=$!
until grep -q '^event: hello' "$work/stream"; do :; done
open=$(curl -sf "$url/api/v1/alerts" | grep -o '"state":"open"' | wc -l)
echo "== $open open alerts, $OFFICES offices"

# The whole of the process's time, in nanoseconds.
spent() { cut -d' ' -f1 /proc/$daemon/schedstat; }
pings() { grep -c '^:$' "$work/stream" || true; }
for _ in 0 1 2 3 4 5 6 7 8 9; do # the first one is left out: what went before may go on
    n=$(pings) before=$(spent)
    until [ "$(pings)" -gt "$n" ]; do read -rt 0.02 <> <(:) || true; done
    echo $((($(spent) - before) / 1000))
done | sed 1d >"$work/ticks"
echo "a tick with nothing to tell: $(median <"$work/ticks") us of processor time, at most $(sort -n "$work/ticks" | tail -n 1)"

for i in 1 2 3 4 5; do
    curl -sf -o /dev/null -w '%{time_total}\n' -H 'Content-Type: application/json' -d '{}' "$url/api/v1/alerts/p:$i:2026:o/U$i@hanchot/ack"
done | awk '{ print $1 * 1000 }' >"$work/answers"
echo "an answer to one of them, with the look at all that follows: $(median <"$work/answers") ms"
echo "memory: $(awk '/VmRSS/ { print int($2 / 1024) }' /proc/$daemon/status) MB resident"
