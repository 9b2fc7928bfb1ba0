#!/bin/bash
# Who may ask for what: keys, doors that strangers can reach, TLS, and when serve refuses to open one.
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/tap.sh
. tests/serve.sh

at=2026-11-20
cp tests/http/tls/*.pem "$work/"
echo 'api(1)' >"$work/plain.lua"
echo 'api(1) site { tls = { certificate = "certificate.pem", key = "key.pem" } }' >"$work/tls.lua"
echo 'api(1) site { tls = { certificate = "certificate.pem", key = "certificate.pem" } }' >"$work/pair.lua"
echo 'api(1) site { tls = { certificate = "nowhere.pem", key = "key.pem" } }' >"$work/nowhere.lua"
echo 'api(1) site { tls = { certificate = "certificate.pem" } }' >"$work/half.lua"
hanchot() { "$HANCHOT" "$@" --db "$work/test.db" --at $at; }
secret() { hanchot token create --format json "$@" | sed 's/.*"secret":"\([^"]*\)".*/\1/'; }
status() { # CURL-ARGUMENTS… PATH
    local path=${*: -1}
    curl -sS --cacert "$work/certificate.pem" -D "$work/headers" -o "$work/body" -w '%{http_code}' "${@:1:$#-1}" "$url$path"
}
header() { tr -d '\r' <"$work/headers" | sed -n "s/^$1: *//Ip"; }
refused() { # NAME SITE WORDS ARGUMENTS…: serve ends with status 3 and says so
    local name=$1 site=$2 words=$3 said
    shift 3
    said=$(hanchot serve --site "$work/$site.lua" --lang en "$@" 2>&1)
    same "$name: refused" 3 $?
    check "$name: says what to do" grep -qF -- "$words" <<<"$said"
}

# --- Doors that stay shut

refused "beyond loopback without TLS" plain "--behind-proxy" --listen 0.0.0.0:0
refused "beyond loopback without a key" tls "hanchot token create --key" --listen 0.0.0.0:0
refused "beyond loopback, IPv6" plain "tls = {" --listen '[::]:0'
refused "behind a proxy without a key" plain "hanchot token create --key" --listen 127.0.0.1:0 --behind-proxy
echo 'api(1) site { proxy = { behind = true } }' >"$work/proxied.lua"
refused "behind the proxy of site.lua without a key" proxied "hanchot token create --key" --listen 127.0.0.1:0
key=$(secret --key --name chung)
gone=$(secret --key --name cũ)
hanchot token revoke 2 >/dev/null
refused "a key alone is not enough" plain "tls = {" --listen 0.0.0.0:0
refused "a certificate that is not there" nowhere "nowhere.pem" --listen 0.0.0.0:0
refused "a certificate without its key" pair "belong together" --listen 0.0.0.0:0
hanchot serve --site "$work/half.lua" --listen 127.0.0.1:0 >/dev/null 2>"$work/said"
same "tls without a key file: a fault of site.lua" 1 $?
check "with its line" grep -q 'half.lua:1:' "$work/said"

# --- On loopback

one=$(secret --key --name PC06 --unit haiphong/PC06)
link=$(secret --name liên-kết --feed unit/haiphong/PC06)
id=haiphong-2026:III.3.c:2026-11:haiphong
wanted() { # UID: what marks it done
    printf '{"uid":"%s","action":"done"}' "$1"
}
post() { # KEY BODY CURL-ARGUMENTS…
    local with=()
    [ -z "$1" ] || with=(-H "Authorization: Bearer $1")
    status "${with[@]}" -H 'Content-Type: application/json' -d "$2" "${@:3}" /api/v1/progress
}
serve_start --at $at --site "$work/plain.lua"
same "no key is needed to read" 200 "$(status /)"
same "nor to write" 200 "$(post '' "$(wanted $id/PC06)")"
same "but not through a proxy" 403 "$(post '' "$(wanted $id/PC07)" -H 'X-Forwarded-For: 192.0.2.1')"
same "with a key also through one" 200 "$(post "$key" "$(wanted $id/PC07)" -H 'X-Forwarded-For: 192.0.2.1' -H 'Host: hanchot.example')"
same "a wrong key" 401 "$(post "${key%?}x" "$(wanted $id/PC08)")"
same "a revoked key" 401 "$(post "$gone" "$(wanted $id/PC08)")"
same "the secret of a link is no key" 401 "$(post "$link" "$(wanted $id/PC08)")"
same "a browser's password is not for writing" 401 \
    "$(status -u "x:$key" -H 'Content-Type: application/json' -d "$(wanted $id/PC08)" /api/v1/progress)"
same "a unit's key writes for its unit" 200 "$(post "$one" "$(wanted $id/PC06@hanchot)")"
same "and for no other" 403 "$(post "$one" "$(wanted $id/PV01)")"
same "nor for both" 403 "$(post "$one" "{\"uid\":[\"$id/PC06\",\"$id/PV01\"],\"action\":\"done\"}")"
same "nor for a group" 403 "$(post "$one" '{"action":"done","plan":"haiphong-2026","ref":"III.3.c","period":"2026-11","unit":"@all"}')"
same "by row, with the office's short name" 200 \
    "$(post "$one" '{"action":"done","plan":"haiphong-2026","ref":"III.3.c","period":"2026-11","unit":"PC06"}')"
event() { status -H "Authorization: Bearer $one" -H 'Content-Type: application/json' -d "$1" /api/v1/events; }
same "an event of its unit" 200 "$(event '{"event":"plan-received","plan":"haiphong-2026","unit":"PC06","on":"2026-02-02"}')"
same "an event of everybody" 403 "$(event '{"event":"plan-received","plan":"haiphong-2026","on":"2026-02-02"}')"
ack() { status -X POST -H "Authorization: Bearer $one" -H 'Content-Type: application/json' -d '{}' "/api/v1/alerts/$1/ack"; }
same "an alert of its unit is acknowledged" 200 "$(ack backlog:haiphong/PC06)"
same "one of another unit is not" 403 "$(ack backlog:haiphong/PV06)"

# Figures: rows of other offices are refused, each with its line.
figures() { # BODY [QUERY]
    status -H "Authorization: Bearer $one" -H 'Content-Type: text/csv' --data-binary "$1" "/api/v1/figures${2:-}&lang=en"
}
head='unit,metric,period,value'
own=haiphong/PC06,dossiers.received,2026-10
same "figures of its unit go in" 200 "$(figures "$head
$own,5" '?org=haiphong')"
check "as new" grep -q '"new":1' "$work/body"
same "with the office's short name too" 200 "$(figures "$head
PC06,dossiers.received,2026-09,4" '?org=haiphong')"
same "a row of another unit refuses the file" 422 "$(figures "$head
$own,6
haiphong/PV01,dossiers.received,2026-10,9" '?')"
check "with its line and why" grep -qF \
    '"line":3,"file_line":null,"column":"unit","reason":"this key may not send figures of '"'haiphong/PV01'" "$work/body"
same "in part, as asked" 200 "$(figures "$head
$own,6
haiphong/PV01,dossiers.received,2026-10,9" '?partial=1')"
check "its own row goes in" grep -qF '"old":5,"new":6' "$work/body"
check "the other is refused" grep -qF '"refused":[{"line":3' "$work/body"
check "and only its own was counted" grep -qF '"new":0,"corrected":1' "$work/body"

# Reading: what is its office's, by the path or by the option unit.
two=$(secret --key --name hai-đơn-vị --unit haiphong/PC06 --unit haiphong/PV01)
as_one() { status -H "Authorization: Bearer $one" "$1"; }
as_two() { status -H "Authorization: Bearer $two" "$1"; }
for path in /units/haiphong/PC06 /calendars/unit/haiphong/PC06.ics /calendars/unit/haiphong/PC06/haiphong-2026.ics \
    /subscribe/unit/haiphong/PC06 /calendars/holidays.ics /style.css /readyz /api/v1/openapi.json \
    '/api/v1/items?unit=haiphong/PC06' '/api/v1/due?unit=haiphong/PC06' '/api/v1/kpi?unit=haiphong/PC06' \
    '/api/v1/explain?unit=haiphong/PC06&id=haiphong-2026:III.3.c:2026-11' '/api/v1/alerts?unit=haiphong/PC06'; do
    same "a unit's key reads $path" 200 "$(as_one "$path")"
done
for path in /units/haiphong/PV01 /units/haiphong/PC0 /units/haiphong /calendars/all.ics /calendars/plan/haiphong-2026.ics \
    /calendars/unit/haiphong/PV01.ics /calendars/unit/haiphong/PV01/haiphong-2026.ics /subscribe/unit/haiphong/PV01 \
    /subscribe/all /due /plans/haiphong-2026 /items/haiphong-2026/1.7.2 /items/soctrang-2025/PL01/1 /items/haiphong-2026/99 /metrics /api/v1/due \
    '/api/v1/explain?id=haiphong-2026:III.3.c:2026-11:haiphong/PV01' /api/v1/scorecard \
    '/api/v1/due?unit=haiphong/PV01' '/api/v1/items?unit=' '/api/v1/kpi?plan=haiphong-2026' \
    '/api/v1/alerts?unit=haiphong/PV01' /api/v1/alerts/stream '/api/v1/alerts/stream?unit=haiphong/PC06,haiphong/PV01'; do
    same "but not $path" 403 "$(as_one "$path")"
    case $path in */stream*) ;; *) status -H "Authorization: Bearer $key" "$path" >/dev/null ;; esac # now it is kept, where it can be
    same "nor when it is at hand: $path" 403 "$(as_one "$path")"
done
same "asked as its own, what is another's is not there" 422 \
    "$(as_one '/api/v1/explain?unit=haiphong/PC06&id=haiphong-2026:III.3.c:2026-11:haiphong/PV01')"
as_one '/api/v1/due?lang=en' >/dev/null
same "it is told how to ask" \
    '{"error":"forbidden","detail":"this key reads only what belongs to haiphong/PC06; add ?unit=haiphong/PC06"}' \
    "$(cat "$work/body")"
same "its dashboard is its own page" 303 "$(as_one /)"
same "by this way" /units/haiphong/PC06 "$(header Location)"
same "a key of two units reads the second" 200 "$(as_two /units/haiphong/PV01)"
same "one at a time" 200 "$(as_two '/api/v1/due?unit=haiphong/PV01')"
same "not a third" 403 "$(as_two '/api/v1/due?unit=haiphong/PV06')"

# A row's page: where the office leads, receives or coordinates, and of it what concerns the office.
row=/items/haiphong-2026/III.3.c
turn=turns/haiphong-2026%3AIII.3.c%3A2026-11%3Ahaiphong
status -H "Authorization: Bearer $key" $row >/dev/null # everybody's is kept
check "everybody's shows all who owe it" grep -qF $turn/PV06 "$work/body"
same "who leads a row reads its page" 200 "$(as_one $row)"
check "with its own turn" grep -qF $turn/PC06 "$work/body"
same "and no other office's" 12 "$(grep -oE 'turns/[^"]*haiphong/' "$work/body" | wc -l)"
same "it is not kept" no-store "$(header Cache-Control)"
same "who receives it" 200 "$(as_two $row)"
check "sees all who owe it" grep -qF $turn/PV06 "$work/body"
same "who coordinates a row reads its page" 200 "$(as_one /items/haiphong-2026/III.1)"
check "and sees who leads it" grep -qF '/units/haiphong/PV01' "$work/body"
same "but is led to no page that it may not open" 0 "$(grep -c 'turns/' "$work/body")"
as_one /units/haiphong/PC06 >/dev/null
links=$(grep -oE 'href="/(items|turns)/[^"]*"' "$work/body" | cut -d'"' -f2 | sort -u)
check "its own page leads to turns and rows" grep -q '^/items/' <<<"$links"
same "all of which it may read" "" "$(while read -r link_; do
    [ "$(as_one "$link_")" = 200 ] || echo "$link_"
done <<<"$links")"

read -r first < <(curl -sSN -H "Authorization: Bearer $two" "$url/api/v1/alerts/stream?unit=haiphong/PC06,haiphong/PV01")
same "and hears of both" retry "${first%%:*}"
serve_stop

# --- Not too often

echo 'api(1) site { limits = { key = 3, link = 2 } }' >"$work/limits.lua"
echo 'api(1) site { limits = { key = -1 } }' >"$work/negative.lua"
hanchot serve --site "$work/negative.lua" --listen 127.0.0.1:0 >/dev/null 2>"$work/said"
same "a limit below nothing: a fault of site.lua" 1 $?
check "with its line: limits" grep -q 'negative.lua:1:.*limits' "$work/said"
rated() { status -H "Authorization: Bearer $1" "$2"; }
# One request comes back after 20 seconds. Should the machine stall so long, it is asked again from the start.
for _ in 1 2 3 4 5; do
    serve_start --at $at --site "$work/limits.lua"
    began=$EPOCHSECONDS
    asked="$(rated "$key" /) $(rated "$key" /metrics) $(rated "$key" /due) $(rated "$key" '/api/v1/due?lang=en')"
    back=$(header Retry-After)
    cp "$work/body" "$work/refusal"
    asked+=" $(post "$key" "$(wanted $id/PC06)")"
    others="$(rated "$two" /units/haiphong/PC06) $(status /)"
    fetched=
    for _ in {1..40}; do
        fetched+=$(status "/s/$link/haiphong-PC06.ics")
    done
    looked="$(status -X PROPFIND "/s/$link/") $(status -X PROPFIND "/s/$link/")"
    back_to_look=$(header Retry-After)
    fetched+=$(status "/s/$link/haiphong-PC06.ics")
    serve_stop
    [ $((EPOCHSECONDS - began)) -ge 19 ] || break
done
same "a key asks as often as it may, and no oftener; nor writes" "200 200 200 429 429" "$asked"
check "it is told when to come back" test "$back" -ge 1 -a "$back" -le 20
check "in JSON: when" \
    grep -q '^{"error":"too_many_requests","detail":"asked more than 3 times in a minute; try again in ' "$work/refusal"
same "another key is not held up, nor who needs none" "200 200" "$others"
same "a link's feed may be asked for as long as it stands" "$(printf '200%.0s' {1..41})" "$fetched"
same "its directory less often" "207 429" "$looked"
check "and it too says when" test "$back_to_look" -ge 1

# --- An open door

open_door() { # NAME: what strangers and friends see at $url
    local path name=$1
    for path in / /due /style.css /calendars/all.ics /api/v1/due /api/v1/alerts /api/v1/alerts/stream /metrics /readyz \
        /units/haiphong/PC06 /nowhere; do
        same "$name: $path without a key" 401 "$(status "$path")"
    done
    status / >/dev/null
    same "$name: on a page, not by the browser's own window" 'Bearer realm="hanchot"' "$(header WWW-Authenticate)"
    check "$name: a browser is asked" grep -q '<input type="password"' "$work/body"
    status /api/v1/due >/dev/null
    same "$name: a program too" 'Bearer realm="hanchot"' "$(header WWW-Authenticate)"
    check "$name: in JSON" grep -q '^{"error":"unauthorized","detail":"' "$work/body"
    same "$name: /healthz is open" 200 "$(status /healthz)"
    same "$name: a link is open" 200 "$(status "/s/$link/haiphong-PC06.ics")"
    same "$name: with its page" 200 "$(status "/s/$link/")"
    same "$name: and its style" 200 "$(status "/s/$link/style.css")"
    for path in / /due /style.css /calendars/all.ics /api/v1/due /metrics /readyz /units/haiphong/PC06; do
        same "$name: $path with a key" 200 "$(status -H "Authorization: Bearer $key" "$path")"
    done
    same "$name: what was kept is not for strangers" 401 "$(status /calendars/all.ics)"
    same "$name: a browser with a key" 200 "$(status -u "ai-cũng-được:$key" /)"
    same "$name: a browser with a wrong one" 401 "$(status -u "ai-cũng-được:x" /)"
    same "$name: writing without a key" 401 "$(post '' "$(wanted $id/PC06)")"
    same "$name: writing with one" 200 "$(post "$key" "$(wanted $id/PC06)")"
    status -H "Authorization: Bearer $key" /calendars/all.ics >/dev/null
    same "$name: asking again" 304 \
        "$(status -H "Authorization: Bearer $key" -H "If-None-Match: $(header ETag)" /calendars/all.ics)"
}
# shellcheck disable=SC2317 # wait_for calls it
is_ready() { [ "$(status -H "Authorization: Bearer $key" /readyz)" = 200 ]; }

serve_launch --at $at --site "$work/plain.lua" --behind-proxy
check "behind a proxy: ready" wait_for 60 is_ready
open_door "behind a proxy"
last=$(secret --key --name mới)
same "a new key is good at once" 200 "$(status -H "Authorization: Bearer $last" /)"
hanchot token revoke 6 >/dev/null
same "a revoked one no more" 401 "$(status -H "Authorization: Bearer $last" /)"
serve_stop

serve_launch --at $at --site "$work/tls.lua" --listen 0.0.0.0:0
url=https://127.0.0.1:${url##*:}
check "with TLS: ready" wait_for 60 is_ready
open_door "with TLS"
check "GnuTLS was loaded for it" grep -q libgnutls "/proc/$serve_pid/maps"
nothing "no secret in the log" "$(grep -F -e "$key" -e "$link" -e "$one" "$work/serve.log")"
same "without TLS there is no answer" 000 "$(curl -s -o /dev/null -w '%{http_code}' "http${url#https}/healthz")"
serve_stop
same "the daemon stops in good order" 0 $?

finish
