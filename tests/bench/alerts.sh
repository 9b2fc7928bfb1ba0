#!/bin/bash
# A hundred thousand open alerts: what a tick of the daemon costs while nothing changes, and what an answer to one of them
# costs. Prints medians; docs/performance.md quotes them. OFFICES=2000 TASKS=50 tests/bench/alerts.sh
set -euo pipefail
cd "$(dirname "$0")/../.."
. tests/many.sh
OFFICES=${OFFICES:-2000} TASKS=${TASKS:-50}
work=$(mktemp -d)
daemon='' listener=''
tidy() {
    kill $daemon $listener 2>/dev/null || true
    wait 2>/dev/null || true
    rm -rf "$work"
}
trap tidy EXIT

: >"$work/stream"
many_rules "$work/rules" "$OFFICES" "$TASKS" 20 10

median() { sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }
port=$((20000 + RANDOM % 10000))
url=http://127.0.0.1:$port
serve() { # AT: twenty times as fast as the clock, from there on
    build/hanchot serve --rules "$work/rules" --db "$work/bench.db" --listen "127.0.0.1:$port" --at "$1" --speed 20 2>>"$work/log" &
    daemon=$!
    until curl -sf -o /dev/null "$url/readyz"; do :; done
}
# Half a minute to the beginning of working hours, when all of them are told.
serve 2026-11-20T07:28
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
count() { curl -sf "$url/metrics" | sed -n "s/^hanchot_engine_turn_seconds_count{for=\"$1\"} //p"; }
told() { sqlite3 "file:$work/bench.db?mode=ro" "SELECT count(*) FROM notice WHERE kind <> 'summary'"; }
page() { curl -sf -o /dev/null -w '%{time_total}\n' "$url/items/p/1?x=$RANDOM"; } # nothing that is kept
change() { # ACTION: of the first few alerts
    for i in 1 2 3 4 5; do
        curl -sf -o /dev/null -w '%{time_total}\n' -H 'Content-Type: application/json' -d "$2" "$url$(printf "$1" "$i" "$i")"
    done | awk '{ print $1 * 1000 }' | median
}
most() { sort -n "$1" | tail -n 1; }

echo "an answer to one of them: $(change /api/v1/alerts/p:%d:2026:o/U%d@hanchot/ack '{}') ms"
until [ "$(count ping)" -ge 1 ]; do pause 0.2; done
echo "ticks with nothing to tell: $(turns ping)"
until [ "$(told)" -ge $((open - 5)) ]; do
    page
    pause 0.1
done >"$work/meanwhile"
echo "ticks while all of them are told: $(turns look)"
echo "an uncached page meanwhile: at most $(most "$work/meanwhile") s"

# Half a minute to midnight: everything is evaluated, then the self-check looks at the days before.
kill $daemon
wait $daemon || true
: >"$work/log"
serve 2026-11-20T23:59:30
until [ "$(count evaluate)" -ge 2 ] && [ "$(grep -c 'self-check\|tự kiểm' "$work/log")" -ge 1 ]; do
    page
    pause 0.02
done >"$work/meanwhile"
echo "the first look and midnight: $(turns evaluate)"
echo "the self-check: $(turns prove)"
echo "an uncached page meanwhile: at most $(most "$work/meanwhile") s"
done_one() { curl -sf -o /dev/null -w '%{time_total}\n' -H 'Content-Type: application/json' -d "{\"action\":\"done\",\"uid\":\"p:20:2026:o/U$1@hanchot\"}" "$url/api/v1/progress"; }
echo "one of them is done: $(for i in 1 2 3 4 5; do done_one $i; done | awk '{ print $1 * 1000 }' | median) ms"
echo "memory: $(awk '/VmRSS/ { print int($2 / 1024) }' /proc/$daemon/status) MB resident"
