#!/bin/bash
# Secret links: what they open, the page and the directory behind them, how fetches are counted, and what a revoked one says.
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/tap.sh
. tests/serve.sh

at=2026-11-20
printf 'api(1)\nsite { url = "https://hanchot.example.gov.vn" }\n' >"$work/site.lua"
hanchot() { "$HANCHOT" "$@" --db "$work/test.db" --site "$work/site.lua"; }
answer() { # CURL-ARGUMENTS… PATH: "status type"; the body in $work/body, the headers in $work/headers
    local path=${*: -1}
    curl -sS -D "$work/headers" -o "$work/body" -w '%{http_code} %{content_type}' "${@:1:$#-1}" "$url$path"
}
header() { tr -d '\r' <"$work/headers" | sed -n "s/^$1: *//Ip"; }
field() { # NAME FILE: a text or number of the JSON there
    grep -o "\"$1\":[^,}]*" "$2" | head -n 1 | sed 's/^[^:]*://; s/"//g'
}
make_link() { # ARGUMENTS…: leaves $id and $secret
    hanchot token create --format json --at $at "$@" >"$work/made" || return
    id=$(field id "$work/made")
    secret=$(field secret "$work/made")
}
listed() { # ID FIELD [AT]
    hanchot token list --format json --at "${3:-$at}" | grep "\"id\":$1," >"$work/listed"
    field "$2" "$work/listed"
}
html='text/html; charset=utf-8'
calendar='text/calendar; charset=utf-8'

serve_start --at $at --site "$work/site.lua"
make_link --name "PC06 – máy bàn" --feed unit/haiphong/PC06 --feed plan/haiphong-2026 holidays
link=$id s=/s/$secret
make_link --name nhắc --feed unit/haiphong/PC06 --alarms
alarms=/s/$secret
make_link --name chương-trình --key
key=$secret

# --- What it opens

while IFS='|' read -r path expected; do
    same "GET /s/…$path" "$expected" "$(answer "$s$path")"
done <<PATHS
/haiphong-PC06.ics|200 $calendar
/unit-haiphong-PC06.ics|200 $calendar
/haiphong-2026.ics|200 $calendar
/holidays.ics|200 $calendar
/haiphong-PC06.ics?as=todo|200 $calendar
/|200 $html
/?lang=en|200 $html
/style.css|200 text/css; charset=utf-8
/icon.svg|200 image/svg+xml
/haiphong-PV01.ics|404 $html
/all.ics|404 $html
/haiphong-PC06|404 $html
/unit/haiphong/PC06.ics|404 $html
PATHS
same "the address without its slash leads to the page" "308 " "$(answer "$s" | cut -d' ' -f1) "
same "there" "$s/" "$(header Location)"
same "an unknown secret" "404 $html" "$(answer "/s/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA/haiphong-PC06.ics")"
same "a secret that is cut short" "404 $html" "$(answer "${s%?}/haiphong-PC06.ics")"
same "no secret" "404 $html" "$(answer "/s/")"
same "a key opens no feed" "404 $html" "$(answer "/s/$key/haiphong-PC06.ics")"

# shellcheck disable=SC2317 # check calls it
same_feed() { # LINK-PATH PUBLIC-PATH
    curl -sS --fail "$url$1" >"$work/a" && curl -sS --fail "$url$2" >"$work/b" && cmp "$work/a" "$work/b"
}
check "the feed is the public one" same_feed "$s/haiphong-PC06.ics" /calendars/unit/haiphong/PC06.ics
check "a link with alarms has them" same_feed "$alarms/haiphong-PC06.ics" "/calendars/unit/haiphong/PC06.ics?alarms=1"
check "unless they are not wanted" same_feed "$alarms/haiphong-PC06.ics?alarms=0" /calendars/unit/haiphong/PC06.ics
answer "$s/haiphong-PC06.ics" >/dev/null
same "the file has the link's name for it" 'inline; filename="unit-haiphong-PC06.ics"' "$(header Content-Disposition)"
same "no trace of it in other requests" no-referrer "$(header Referrer-Policy)"

# --- The page and the directory

answer "$s/" >/dev/null
same "the page is not kept" no-store "$(header Cache-Control)"
check "the page names the feeds' addresses" grep -q "https://hanchot.example.gov.vn$s/haiphong-PC06.ics" "$work/body"
check "and for calendar programs" grep -q "webcal://hanchot.example.gov.vn$s/haiphong-PC06.ics" "$work/body"
check "it has a QR code" grep -q '<figure class="qr">' "$work/body"
nothing "it leads nowhere else" \
    "$(grep -o '\(href\|src\)="[^"]*"' "$work/body" | grep -v "=\"$s/\|=\"webcal://hanchot.example.gov.vn$s/\|=\"#\|=\"[A-Za-z0-9-]*\.ics\"")"

same "PROPFIND, the directory alone" "207 application/xml; charset=utf-8" "$(answer -X PROPFIND -H 'Depth: 0' "$s/")"
same "is one entry" 1 "$(grep -c '<D:response>' "$work/body")"
check "a collection" grep -q "<D:href>$s/</D:href>.*<D:resourcetype><D:collection/></D:resourcetype>" "$work/body"
same "PROPFIND, with its feeds" "207 application/xml; charset=utf-8" \
    "$(answer -X PROPFIND -H 'Depth: 1' -H 'Content-Type: text/xml' -d '<propfind xmlns="DAV:"><allprop/></propfind>' "$s/")"
same "has the link and three feeds" 4 "$(grep -c '<D:response>' "$work/body")"
grep "<D:href>$s/haiphong-PC06.ics</D:href>" "$work/body" >"$work/entry"
check "each with its name" grep -q '<D:displayname>Hạn chót – [^<]*</D:displayname>' "$work/entry"
check "and colour" grep -q '<A:calendar-color>#[0-9A-F]\{6\}</A:calendar-color>' "$work/entry"
check "as a calendar" grep -q '<D:getcontenttype>text/calendar</D:getcontenttype>' "$work/entry"
same "for reading only" '<D:privilege><D:read/></D:privilege>' "$(grep -o '<D:privilege>.*</D:privilege>' "$work/entry")"

propfind() { # DEPTH BODY [PATH]: the status
    answer -X PROPFIND -H "Depth: $1" -H 'Content-Type: text/xml; charset=utf-8' -d "$2" "${3:-$s/}" | cut -d' ' -f1
}
# As Thunderbird sends it: first its CalDAV side, which must find no calendar collection here, then its side for files.
same "asked for by a CalDAV client" 207 "$(propfind 0 '<?xml version="1.0" encoding="UTF-8"?>
<D:propfind xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><D:prop><D:resourcetype/><D:owner/><D:displayname/>
<D:current-user-principal/><D:current-user-privilege-set/><A:calendar-color xmlns:A="http://apple.com/ns/ical/"/>
<C:calendar-home-set/></D:prop></D:propfind>')"
check "it learns what there is" grep -q '<D:propstat><D:prop><D:resourcetype><D:collection/></D:resourcetype><D:displayname>.*<D:status>HTTP/1.1 200 OK</D:status></D:propstat><D:propstat>' "$work/body"
check "and what there is not" grep -q '<calendar-home-set xmlns="urn:ietf:params:xml:ns:caldav"/></D:prop><D:status>HTTP/1.1 404 Not Found</D:status>' "$work/body"
same "asked for by its side for files" 207 "$(propfind 1 '<?xml version="1.0" encoding="UTF-8"?>
<D:propfind xmlns:D="DAV:" xmlns:CS="http://calendarserver.org/ns/"><D:prop><D:getcontenttype/><D:resourcetype/><D:displayname/>
<A:calendar-color xmlns:A="http://apple.com/ns/ical/"/></D:prop></D:propfind>')"
grep "<D:href>$s/haiphong-PC06.ics</D:href>" "$work/body" >"$work/entry"
check "of a feed all is known" grep -q '<D:prop><D:getcontenttype>text/calendar</D:getcontenttype><D:resourcetype/><D:displayname>Hạn' "$work/entry"
nothing "nothing is missing" "$(grep 404 "$work/entry")"
same "PROPFIND of a feed" 207 "$(propfind 0 '' "$s/haiphong-PC06.ics")"
same "is one entry" 1 "$(grep -c '<D:response>' "$work/body")"
same "PROPFIND of a feed that is not there" 404 "$(propfind 0 '' "$s/all.ics")"
same "PROPFIND that is no XML" 400 "$(propfind 0 propfind)"
check "says so in JSON" grep -q '^{"error":"invalid","detail":"' "$work/body"
same "PROPFIND, a depth that is none" 400 "$(propfind 2 '')"
for method in PUT POST DELETE PROPPATCH; do
    same "$method on a feed" "405 GET, HEAD, OPTIONS, PROPFIND" \
        "$(answer -X $method "$s/haiphong-PC06.ics" | cut -d' ' -f1) $(header Allow)"
done

# --- How its client asks

make_link --name đếm --feed holidays
counted=$id c=/s/$secret/holidays.ics
same "nobody has asked yet" never "$(listed "$counted" state)"
answer -A 'Thunderbird/115.3' "$c" >/dev/null
answer -A 'Thunderbird/115.3' -H "If-None-Match: $(header ETag)" "$c" >/dev/null
same "what is unchanged is not sent again" 304 "$(sed -n '1s/^[^ ]* \([0-9]*\).*/\1/p' "$work/headers")"
same "fetches are counted" 2 "$(listed "$counted" fetches)"
same "and those with 304" 1 "$(field not_modified "$work/listed")"
same "the client is named" Thunderbird/115.3 "$(field client "$work/listed")"
same "and when it came" "2026-11-20T08:00:00+07:00" "$(field last_fetch "$work/listed")"
same "what is usual is not known yet" null "$(field interval_seconds "$work/listed")"
serve_stop
same "the daemon stops in good order" 0 $?
serve_start --at 2026-11-20T09:00 --site "$work/site.lua"
answer "$c" >/dev/null
same "now it is: every hour" 3600 "$(listed "$counted" interval_seconds 2026-11-20T09:00)"
same "in use" active "$(field state "$work/listed")"
serve_stop
same "what was fetched is written when the daemon stops" 3 "$(listed "$counted" fetches)"
same "over the weekend it is not expected" active "$(listed "$counted" state 2026-11-23)"
same "silent for longer than usual, and over a public holiday" silent "$(listed "$counted" state 2026-11-25T08:00)"
check "the list says so" grep -q "IM LẶNG" <(hanchot token list --at 2026-11-25)

# --- Revoked

serve_start --at 2026-11-21 --site "$work/site.lua"
answer "$s/haiphong-PC06.ics" >/dev/null
before=$(header ETag)
check "revoking" hanchot token revoke "$link" --at 2026-11-21
same "at once there is a tombstone" "200 $calendar" "$(answer "$s/haiphong-PC06.ics")"
same "one event" 1 "$(grep -c 'BEGIN:VEVENT' "$work/body")"
check "that says what to do" grep -q 'SUMMARY:Lịch hạn chót này đã ngừng' "$work/body"
check "a whole calendar" grep -q '^END:VCALENDAR' <(tail -n 1 "$work/body")
same "with an ETag of its own" 200 "$(answer -H "If-None-Match: $before" "$s/haiphong-PC06.ics" | cut -d' ' -f1)"
same "its page is gone" "410 $html" "$(answer "$s/")"
same "so is the directory" 410 "$(answer -X PROPFIND "$s/" | cut -d' ' -f1)"
same "what it never opened stays shut" 410 "$(answer "$s/all.ics" | cut -d' ' -f1)"
same "other links go on" "200 $calendar" "$(answer "$alarms/haiphong-PC06.ics")"
same "the list says revoked" revoked "$(listed "$link" state 2026-11-21)"
serve_stop
serve_start --at 2026-12-20T07:59 --site "$work/site.lua"
same "still after 29 days" "200 $calendar" "$(answer "$s/haiphong-PC06.ics")"
serve_stop
serve_start --at 2026-12-21T08:00 --site "$work/site.lua"
same "after 30 days it is gone" "410 $html" "$(answer "$s/haiphong-PC06.ics")"
same "a HEAD too" 410 "$(answer -I "$s/haiphong-PC06.ics" | cut -d' ' -f1)"
serve_stop

# --- Secrets stay secret

nothing "no secret in log or ledger" "$(grep -alF -e "${s#/s/}" -e "$key" "$work"/serve.log "$work"/test.db*)"

# --- Under a path of the public address

echo 'api(1) site { url = "https://hanchot.example.gov.vn/lich" }' >"$work/below.lua"
serve_start --at 2026-11-20 --site "$work/below.lua"
make_link --name dưới --feed unit/haiphong/PC06
same "with the path" 200 "$(answer "/lich/s/$secret/haiphong-PC06.ics" | cut -d' ' -f1)"
check "events lead under it" grep -q '^URL:https://hanchot.example.gov.vn/lich/' "$work/body"
same "and without, as a proxy may cut it off" 207 "$(answer -X PROPFIND -H 'Depth: 1' "/s/$secret/" | cut -d' ' -f1)"
same "the directory's addresses have it" "/lich/s/$secret/ /lich/s/$secret/haiphong-PC06.ics" \
    "$(grep -o '<D:href>[^<]*' "$work/body" | cut -d'>' -f2 | xargs)"
answer /lich/ >/dev/null
nothing "no link of the dashboard leads out" "$(grep -o '\(href\|src\|action\)="/[^"]*' "$work/body" | grep -v '="/lich/')"
same "a longer name is another" 404 "$(answer /lichs | cut -d' ' -f1)"
serve_stop

# --- Rules that fail: never an empty calendar

mkdir "$work/rules" && echo 'this is no rule' >"$work/rules/x.lua"
check "nor is there a copy of good ones" build/release/tests/soak/rows "$work/test.db" 'DELETE FROM rule_copy'
serve_launch --at 2026-11-21 --site "$work/site.lua" --rules "$work/rules"
wait_for 60 grep -q x.lua "$work/serve.log"
same "without good rules a link answers 503" "503 $html" "$(answer "$alarms/haiphong-PC06.ics")"
finish
