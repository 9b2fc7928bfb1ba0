#!/bin/bash
# hanchot beside nginx, in one run on this machine: cold start, answers, memory. Prints medians and ratios; docs/performance.md
# quotes them. Needs nginx and wrk (`make bench` installs them). ROUNDS=9 SECONDS_EACH=3 tests/bench/bench.sh
set -euo pipefail
cd "$(dirname "$0")/../.."
ROUNDS=${ROUNDS:-9}
SECONDS_EACH=${SECONDS_EACH:-3}
AT=2026-11-20
work=$(mktemp -d)
chmod 755 "$work" # nginx's worker is another user
pids=()
tidy() {
    for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done
    wait 2>/dev/null || true
    rm -rf "$work"
}
trap tidy EXIT

port=$((20000 + RANDOM % 10000)) # below the ports that the kernel hands out, or asking could connect to itself
hanchot_port=$port nginx_port=$((port + 1))
feed=/calendars/unit/haiphong/PC06.ics
mkdir "$work/www"
cat >"$work/nginx.conf" <<CONF
worker_processes 1; pid $work/nginx.pid; daemon off; error_log $work/nginx.log;
events { worker_connections 256; }
http { access_log off; default_type text/calendar; sendfile on; open_file_cache max=100; keepalive_requests 100000000; gzip_static on; etag on;
  client_body_temp_path $work/temp;
  server { listen 127.0.0.1:$nginx_port; root $work/www; } }
CONF
hanchot=(build/hanchot serve --at "$AT" --db "$work/bench.db" --listen "127.0.0.1:$hanchot_port")
nginx=(/usr/sbin/nginx -p "$work" -c "$work/nginx.conf")
build/hanchot feed unit/haiphong/PC06 --at "$AT" --db "$work/none.db" >"$work/www/feed.ics" 2>/dev/null
gzip -6 -k "$work/www/feed.ics"

mkdir -p "$work/rules/units" # one plan alone: haiphong-2026
cp rules/haiphong-2026.lua rules/metrics.lua "$work/rules"
cp rules/units/haiphong.lua "$work/rules/units"

median() { sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }
ratio() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.2f", a / b }'; }

cold() { # NAME COMMAND…
    local name=$1 a b
    shift
    for round in $(seq 0 "$ROUNDS"); do
        a=$(build/release/tests/bench/first_answer "$hanchot_port" "$feed" "$@")
        b=$(build/release/tests/bench/first_answer "$nginx_port" /feed.ics "${nginx[@]}")
        [ "$round" = 0 ] || { echo "$a" >>"$work/$name.hanchot"; echo "$b" >>"$work/$name.nginx"; }
    done
    a=$(median <"$work/$name.hanchot") b=$(median <"$work/$name.nginx")
    echo "$name: hanchot $a  nginx $b  ratio $(ratio "$a" "$b")"
}
echo "== cold start to the first 200, ms, median of $ROUNDS (page cache warm)"
cold one-plan "${hanchot[@]}" --rules "$work/rules"
cold all-plans "${hanchot[@]}"

"${hanchot[@]}" 2>/dev/null & pids+=($!)
hanchot_pid=$!
"${nginx[@]}" & pids+=($!)
until curl -sf -o /dev/null "http://127.0.0.1:$hanchot_port$feed" && curl -sf -o /dev/null "http://127.0.0.1:$nginx_port/feed.ics"; do :; done

tag() { curl -sI "$1" | tr -d '\r' | sed -n 's/^[Ee][Tt]ag: //p'; }
rate() { # URL [HEADER]
    wrk -t1 -c16 -d"${SECONDS_EACH}s" ${2:+-H "$2"} "$1" | sed -n 's/^Requests\/sec: *//p'
}
h=http://127.0.0.1:$hanchot_port$feed n=http://127.0.0.1:$nginx_port/feed.ics
echo "== answers a second, one feed of $(stat -c %s "$work/www/feed.ics") bytes, 16 connections, ${SECONDS_EACH} s each, interleaved, median of 3"
for kind in get 304 gzip; do
    : >"$work/h"; : >"$work/n"
    for _ in 1 2 3; do
        case $kind in
        get) rate "$h" >>"$work/h"; rate "$n" >>"$work/n" ;;
        304) rate "$h" "If-None-Match: $(tag "$h")" >>"$work/h"; rate "$n" "If-None-Match: $(tag "$n")" >>"$work/n" ;;
        gzip) rate "$h" "Accept-Encoding: gzip" >>"$work/h"; rate "$n" "Accept-Encoding: gzip" >>"$work/n" ;;
        esac
    done
    a=$(median <"$work/h") b=$(median <"$work/n")
    echo "$kind: hanchot $a  nginx $b  ratio $(ratio "$a" "$b")"
done

echo "== memory with every feed of haiphong-2026 rendered"
build/hanchot due --plan haiphong-2026 --from 2026-01-01 --to 2026-12-31 --at "$AT" --db "$work/none.db" --format json 2>/dev/null |
    grep -o '"unit":"[^"]*"' | cut -d'"' -f4 | sort -u >"$work/units"
{
    echo "url = http://127.0.0.1:$hanchot_port/calendars/all.ics"
    echo "url = http://127.0.0.1:$hanchot_port/calendars/plan/haiphong-2026.ics"
    while read -r unit; do
        echo "url = http://127.0.0.1:$hanchot_port/calendars/unit/$unit.ics"
        echo "url = http://127.0.0.1:$hanchot_port/calendars/unit/$unit/haiphong-2026.ics"
    done <"$work/units"
} >"$work/urls"
resident() { # PID
    awk '/VmRSS/ { printf "%.1f", $2 * 1.024 / 1000 }' "/proc/$1/status"
}
bytes=$(curl -s -K "$work/urls" | wc -c)
echo "all-plans: $(grep -c ^url "$work/urls") feeds, $bytes bytes; resident $(resident "$hanchot_pid") MB"
kill "$hanchot_pid"
wait "$hanchot_pid" 2>/dev/null || true
"${hanchot[@]}" --rules "$work/rules" 2>/dev/null & pids+=($!)
until curl -sf -o /dev/null "http://127.0.0.1:$hanchot_port$feed"; do :; done
bytes=$(curl -s -K "$work/urls" | wc -c)
echo "one-plan: the same feeds, $bytes bytes; resident $(resident $!) MB"

echo "== rules, calendar and evaluation of all plans, ms, median of $ROUNDS (whole process: due of one office)"
for _ in $(seq "$ROUNDS"); do
    start=$(date +%s%N)
    build/hanchot due --unit haiphong/PC06 --at "$AT" --db "$work/none.db" >/dev/null 2>&1
    echo $((($(date +%s%N) - start) / 10000)) >>"$work/due"
done
awk -v v="$(median <"$work/due")" 'BEGIN { printf "%.1f\n", v / 100 }'
