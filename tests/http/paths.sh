#!/bin/bash
# What every path gives, how feeds are asked for again, and that what the daemon serves is what the commands print.
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/tap.sh
. tests/serve.sh

at=2026-11-20
serve_start --at $at
hanchot() { "$HANCHOT" "$@" --at $at --db "$work/test.db" 2>/dev/null; }
answer() { # CURL-ARGUMENTS… PATH: "status type"
    local path=${*: -1}
    curl -sS -o "$work/body" -w '%{http_code} %{content_type}' "${@:1:$#-1}" "$url$path"
}

# --- Each path

html='text/html; charset=utf-8'
calendar='text/calendar; charset=utf-8'
while IFS='|' read -r path expected; do
    same "GET $path" "$expected" "$(answer "$path")"
done <<PATHS
/|200 $html
/due|200 $html
/?lang=en|200 $html
/style.css|200 text/css; charset=utf-8
/icon.svg|200 image/svg+xml
/healthz|200 text/plain; charset=utf-8
/readyz|200 text/plain; charset=utf-8
/metrics|200 text/plain; version=0.0.4; charset=utf-8
/calendars/all.ics|200 $calendar
/calendars/holidays.ics|200 $calendar
/calendars/plan/haiphong-2026.ics|200 $calendar
/calendars/plan/culaodung-2021.ics|200 $calendar
/calendars/unit/haiphong/PC06.ics|200 $calendar
/calendars/unit/haiphong/PC06/haiphong-2026.ics|200 $calendar
/calendars/unit/haiphong/PC06.ics?as=todo|200 $calendar
/calendars/unit/haiphong/PC06.ics?alarms=1|200 $calendar
/subscribe/all|200 $html
/subscribe/unit/haiphong/PC06|200 $html
/units/haiphong/PC06|200 $html
/plans/haiphong-2026|200 $html
/items/haiphong-2026/III.3.c|200 $html
/items/soctrang-2025/PL01/1|200 $html
/api/v1/items|200 application/json
/api/v1/due|200 application/json
/api/v1/due?unit=haiphong/PC06&from=2026-11-01&to=2026-11-30|200 application/json
/api/v1/scorecard|200 application/json
/api/v1/explain?id=haiphong-2026:III.3.c:2026-11:haiphong/PC06|200 application/json
/api/v1/explain?id=haiphong-2026:7.2.3%23online&unit=haiphong/PC06|200 application/json
/api/v1/explain?id=nothing|422 application/json
/api/v1/explain|422 application/json
/nowhere|404 $html
/calendars/|404 $html
/calendars/all|404 $html
/calendars/unit/haiphong/PC60.ics|404 $html
/calendars/unit/haiphong/PC06/haiphong-2027.ics|404 $html
/calendars/unit/haiphong/PC06.ics/|404 $html
/calendars/../rules/haiphong-2026.ics|404 $html
/units/haiphong/PC60|404 $html
/plans/haiphong-2027|404 $html
/items/haiphong-2026/99|404 $html
/items/haiphong-2026/|404 $html
/subscribe/unit/haiphong/PC60|404 $html
/api/v1/nowhere|404 application/json
/api/v1/due?plan=haiphong-2027|422 application/json
/api/v1/due?unit=haiphong/PC60|422 application/json
/api/v1/due?from=2026-02-30|422 application/json
/api/v1/due?from=2026-12-01&to=2026-11-01|422 application/json
PATHS

# Every link of every page leads somewhere.
local_links() { # from what was fetched: paths without fragments
    grep -oh 'href="/[^"#]*' "$work"/pages/* 2>/dev/null | sed 's/^href="//; s/&amp;/\&/g' | sort -u
}
mkdir "$work/pages"
echo / >"$work/links"
: >"$work/visited"
while comm -23 "$work/links" "$work/visited" >"$work/new" && [ -s "$work/new" ]; do
    awk -v url="$url" -v pages="$work/pages" '{ printf "url = \"%s%s\"\noutput = \"%s/%d-%d\"\n", url, $0, pages, seen, NR }' \
        seen="$(wc -l <"$work/visited")" "$work/new" >"$work/curl.conf"
    curl -sS -K "$work/curl.conf" -w '%{http_code} %{url_effective}\n' >>"$work/fetched"
    sort -u "$work/visited" "$work/new" -o "$work/visited"
    local_links | sort -u - "$work/links" -o "$work/links"
done
nothing "every link leads somewhere" "$(grep -v '^200 ' "$work/fetched")"
check "there are links to every office's page and feed" test "$(grep -c '/calendars/unit/' "$work/visited")" -gt 100
nothing "no page needs anything from elsewhere" \
    "$(grep -ohE '(src|href|action)="(https?:)?//[^"]*|url\([^)]*\)|@import[^;]*' "$work"/pages/* |
        grep -v "=\"$url" | sort | uniq -c | head)"
rm -rf "$work/pages"

# --- Methods

for path in /calendars/all.ics / /api/v1/due; do
    for method in PUT DELETE PATCH; do
        same "$method $path" 405 "$(curl -sS -o /dev/null -w '%{http_code}' -X $method "$url$path")"
    done
    check "OPTIONS $path tells the methods" grep -qi '^allow: .*GET, HEAD' <(curl -sS -X OPTIONS -D - "$url$path")
done
same "POST to a feed" 405 "$(curl -sS -o /dev/null -w '%{http_code}' -d x "$url/calendars/all.ics")"
# Thunderbird's probe.
same "PUT with If-Match: nothing and no body" 405 \
    "$(curl -sS -o /dev/null -w '%{http_code}' -X PUT -H 'If-Match: nothing' -H 'Content-Length: 0' "$url/calendars/all.ics")"

# --- Feeds, asked for again

header() { tr -d '\r' <"$work/headers" | sed -n "s/^$1: *//Ip"; }
asked() { # HEADER… : status and size of what comes
    local arguments=() one
    for one in "$@"; do arguments+=(-H "$one"); done
    curl -sS -o "$work/body" -w '%{http_code} %{size_download}' "${arguments[@]}" "$feed"
}
for path in /calendars/unit/haiphong/PC06.ics '/calendars/unit/haiphong/PC06.ics?as=todo' '/calendars/unit/haiphong/PC06.ics?alarms=1' \
    /calendars/plan/haiphong-2026.ics /calendars/all.ics /calendars/holidays.ics; do
    feed=$url$path
    curl -sS -D "$work/headers" -o "$work/feed" "$feed"
    size=$(stat -c %s "$work/feed")
    etag=$(header ETag)
    modified=$(header Last-Modified)
    before=$(date -u -d "$modified 1 second ago" '+%a, %d %b %Y %H:%M:%S GMT')
    after=$(date -u -d "$modified 1 day" '+%a, %d %b %Y %H:%M:%S GMT')
    check "$path: a strong ETag" grep -qE '^"[^"]+"$' <<<"$etag"
    check "$path: Last-Modified is not later than now" test "$(date -d "$modified" +%s)" -le "$(date -d "$at 08:00+07" +%s)"
    check "$path: Cache-Control" grep -qx 'private, no-cache' <<<"$(header Cache-Control)"
    same "$path: whole" "END:VCALENDAR" "$(tail -n 1 "$work/feed" | tr -d '\r')"
    while IFS='|' read -r headers expected; do
        IFS='&' read -ra list <<<"$headers"
        same "$path: ${headers//$etag/ETAG}" "$expected" "$(asked "${list[@]}")"
    done <<TABLE
If-None-Match: $etag|304 0
If-None-Match: W/$etag|304 0
If-None-Match: "other", $etag|304 0
If-None-Match: *|304 0
If-None-Match: "other"|200 $size
If-None-Match: ${etag//\"/}|200 $size
If-Modified-Since: $modified|304 0
If-Modified-Since: $after|304 0
If-Modified-Since: $before|200 $size
If-Modified-Since: yesterday|200 $size
If-None-Match: "other"&If-Modified-Since: $modified|200 $size
If-None-Match: $etag&If-Modified-Since: $before|304 0
Accept-Encoding: identity|200 $size
Accept-Encoding: gzip;q=0|200 $size
Accept: image/gif|200 $size
TABLE
    curl -sS -D "$work/headers" -o /dev/null -H "If-None-Match: $etag" "$feed"
    same "$path: 304 repeats both validators" "$etag $modified" "$(header ETag) $(header Last-Modified)"
    curl -sS -I "$feed" >"$work/headers"
    same "$path: HEAD is GET without its body" "$etag $modified $size" "$(header ETag) $(header Last-Modified) $(header Content-Length)"
    curl -sS -D "$work/headers" -o "$work/gzip" -H 'Accept-Encoding: gzip' "$feed"
    same "$path: gzip when asked" "gzip" "$(header Content-Encoding)"
    check "$path: gzip holds the same bytes" cmp <(gunzip <"$work/gzip") "$work/feed"
    check "$path: gzip has an ETag of its own" test "$(header ETag)" != "$etag"
    same "$path: gzip asked for again" "304 0" "$(asked 'Accept-Encoding: gzip' "If-None-Match: $(header ETag)")"
    check "$path: Vary" grep -qi 'accept-encoding' <<<"$(header Vary)"
done

# --- The same bytes as the commands', and again after a restart

fetch_all() { # INTO
    mkdir -p "$1"
    local feed
    for feed in all holidays plan/haiphong-2026 plan/soctrang-2025 unit/haiphong/PC06 unit/haiphong/PV01 unit/soctrang/PV01 \
        unit/haiphong/PC06/haiphong-2026; do
        curl -sS -D - -o "$1/${feed//\//-}" "$url/calendars/$feed.ics" | grep -iE '^(etag|last-modified):' >"$1/${feed//\//-}.headers"
    done
    curl -sS -o "$1/todo" "$url/calendars/unit/haiphong/PC06.ics?as=todo"
    curl -sS -o "$1/alarms" "$url/calendars/unit/haiphong/PC06.ics?alarms=1"
    curl -sS -o "$1/items" "$url/api/v1/items"
    curl -sS -o "$1/due" "$url/api/v1/due?unit=haiphong/PC06&from=2026-11-01&to=2026-12-31"
}
fetch_all "$work/first"
for feed in all holidays plan/haiphong-2026 plan/soctrang-2025 unit/haiphong/PC06 unit/haiphong/PV01 unit/soctrang/PV01 \
    unit/haiphong/PC06/haiphong-2026; do
    check "hanchot feed $feed gives these bytes" cmp <(hanchot feed "$feed") "$work/first/${feed//\//-}"
done
check "hanchot feed --todo gives these bytes" cmp <(hanchot feed unit/haiphong/PC06 --todo) "$work/first/todo"
check "hanchot feed --alarms gives these bytes" cmp <(hanchot feed unit/haiphong/PC06 --alarms) "$work/first/alarms"
check "hanchot items gives the API's answer" cmp <(hanchot items --format json) "$work/first/items"
check "hanchot due gives the API's answer" \
    cmp <(hanchot due --unit haiphong/PC06 --from 2026-11-01 --to 2026-12-31 --format json) "$work/first/due"

serve_stop
same "SIGTERM ends it in good order" 0 $?
check "it leaves no socket behind" test ! -e "$work/test.db.sock"
serve_start --at $at
fetch_all "$work/second"
nothing "a restart changes no byte, no ETag and no Last-Modified" "$(diff -r "$work/first" "$work/second")"
serve_stop
serve_start --at $at --db "$work/elsewhere.db"
fetch_all "$work/third"
nothing "a new ledger elsewhere gives the same" "$(diff -r "$work/first" "$work/third")"
finish
