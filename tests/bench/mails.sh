#!/bin/bash
# A hundred thousand open alerts of offices that have a mail address each: what the digests of two days cost, while the mail
# server and a webhook for all take nothing, and then when the server takes everything. docs/performance.md quotes it. After
# `make all receivers`: OFFICES=2000 TASKS=50 tests/bench/mails.sh
set -euo pipefail
cd "$(dirname "$0")/../.."
. tests/many.sh
OFFICES=${OFFICES:-2000} TASKS=${TASKS:-50}
work=$(mktemp -d)
daemon='' server=''
tidy() {
    kill $daemon $server 2>/dev/null || true
    wait 2>/dev/null || true
    rm -rf "$work"
}
trap tidy EXIT

many_rules "$work/rules" "$OFFICES" "$TASKS" 20 10
pause() { read -rt "$1" <> <(:) || true; }
mkdir "$work/mails"
echo 451 >"$work/mails/answer"
echo secret >"$work/secret"
build/release/tests/receivers/receiver smtp "$work/mails" >"$work/mail_port" &
server=$!
until [ -s "$work/mail_port" ]; do pause 0.1; done
{
    echo 'api(1)'
    echo 'site {'
    echo "  mail = { server = \"127.0.0.1:$(<"$work/mail_port")\", tls = \"none\", from = \"hanchot@example.gov.vn\", digest = \"07:50\" },"
    echo '  recipients = {'
    for ((i = 1; i <= OFFICES; i++)); do echo "    [\"o/U$i\"] = { \"u$i@example.gov.vn\" },"; done
    echo '  },'
    echo '  webhooks = { { name = "all", url = "http://127.0.0.1:1/", secret_file = "secret" } },'
    echo '}'
} >"$work/site.lua"

median() { sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }
port=$((20000 + RANDOM % 10000))
url=http://127.0.0.1:$port
serve() { # AT: as fast as the clock
    build/hanchot serve --rules "$work/rules" --site "$work/site.lua" --db "$work/bench.db" --listen "127.0.0.1:$port" \
        --at "$1" --speed 1 2>>"$work/log" &
    daemon=$!
    until curl -sf -o /dev/null "$url/readyz"; do pause 0.02; done
}
stop() {
    kill $daemon
    wait $daemon || true
    daemon=
}
ask() { sqlite3 -cmd '.timeout 10000' "file:$work/bench.db?mode=ro" "$1"; }
number() { curl -sf "$url/metrics" | sed -n "s/^$1 //p"; } # METRIC
processor() { awk '{ print ($14 + $15) * 10 }' /proc/$daemon/stat; }
turns() { # KIND: what was asked of the engine, until now
    curl -sf "$url/metrics" | awk -v kind="$1" '
        $1 ~ "^hanchot_engine_turn_seconds_(bucket|count|sum){for=\"" kind "\"" { split($1, name, "\""); at[name[4] ? name[4] : $1] = $2 }
        END { for (i in at) { if (i ~ /_count/) n = at[i]; if (i ~ /_sum/) sum = at[i] }
              printf "%d, %.2f ms each; within 10 ms %d, 50 ms %d, 100 ms %d\n", n, n ? sum / n * 1000 : 0, at["0.01"], at["0.05"], at["0.1"] }'
}
page() { curl -sf -o /dev/null -w '%{time_total}\n' "$url/items/p/1?x=$RANDOM"; } # nothing that is kept
until_so() { # COMMAND…: asks for pages meanwhile
    until "$@"; do
        page >>"$work/pages"
        pause 0.1
    done
}
all_told() { [ "$(number hanchot_alert_looks_total)" -ge 1 ] && [ "$(number hanchot_alerts_waiting)" = 0 ]; }
digests() { [ "$(ask "SELECT count(*) FROM notice WHERE rung = '$1' AND alert GLOB 'digest:*'")" = "$OFFICES" ]; } # DAY
tried() { [ "$(ask "SELECT count(*) FROM delivery WHERE tries = 0 AND next_at IS NOT NULL")" = 0 ]; }
sent() { [ "$(ask "SELECT count(*) FROM delivery WHERE receiver <> 'webhook:all' AND next_at IS NOT NULL")" = 0 ]; }
report() { # WHAT
    echo "$1"
    echo "  turns of looking: $(turns look)"
    echo "  turns of sending: $(turns send)"
    echo "  processor: $(processor) ms in all, an uncached page meanwhile: at most $(sort -n "$work/pages" | tail -n 1) s"
    echo "  letters that wait: $(ask "SELECT count(*) FROM delivery WHERE next_at IS NOT NULL"), out of date: $(ask "SELECT count(*) FROM delivery WHERE dropped_at IS NOT NULL")"
    : >"$work/pages"
}
answers() { # OFFICE…: milliseconds for an answer to an alert of each
    local i
    for i; do
        curl -sf -o /dev/null -w '%{time_total}\n' -H 'Content-Type: application/json' -d '{}' "$url/api/v1/alerts/p:$i:2026:o/U$i@hanchot/ack"
    done | awk '{ print $1 * 1000 }' | median
}

: >"$work/pages"
serve 2026-11-20T07:30
until_so all_told
report "== $(curl -sf "$url/api/v1/alerts" | grep -o '"state":"open"' | wc -l) open alerts, $OFFICES offices: all are told by stream and webhook"
stop
serve 2026-11-20T07:50
until_so digests 2026-11-20
until_so all_told
report "== a digest for each, the mail server takes nothing"
until_so tried
report "== and each was tried"
echo "  an answer while they wait: $(answers 11 12 13 14 15) ms"
stop
rm "$work/mails/answer"
serve 2026-11-23T07:50
until_so digests 2026-11-23
until_so all_told
report "== the next working day: all are told, newer digests take the place of those"
until_so sent
report "== and are taken"
echo "  mails: $(find "$work/mails" -name '[0-9]*' | wc -l), memory: $(awk '/VmRSS/ { print int($2 / 1024) }' /proc/$daemon/status) MB resident"
