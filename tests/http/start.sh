#!/bin/bash
# Starting with rules that have faults, with a place that is taken, without rights; and ending in the middle of things.
# shellcheck disable=SC2317 # functions that wait_for calls
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/tap.sh
. tests/serve.sh

at=2026-11-20
rules=$work/rules
status_of() { curl -sS -o "$work/body" -D "$work/headers" -w '%{http_code}' "$url$1"; }
serve_fails() { # ARGUMENTS…: "status: what it says last"
    local said
    said=$("$HANCHOT" serve --at $at --listen 127.0.0.1:0 "$@" 2>&1 </dev/null)
    echo "$?: ${said##*$'\n'}"
}

# --- Rules with faults from the start, and no copy in the ledger: never 200 with anything but a complete calendar

feeds='/calendars/all.ics /calendars/holidays.ics /calendars/plan/haiphong-2026.ics /calendars/unit/haiphong/PC06.ics
    /calendars/unit/haiphong/PC06.ics?as=todo /calendars/nowhere.ics'
for fault in rule-faults/faults/impossible-date rule-faults/faults/not-utf8 hostile-rules/hostile/endless-loop; do
    rm -rf "$rules" "$work"/test.db*
    cp -R rules "$rules"
    cp "tests/e2e/$fault.lua" "$rules/zz-thu.lua"
    fault=${fault##*/}
    serve_launch --at $at --rules "$rules"
    for path in $feeds; do
        same "$fault: $path" 503 "$(status_of "$path")"
        check "$fault: $path: Retry-After" grep -qi '^retry-after: [1-9]' "$work/headers"
        nothing "$fault: $path: no calendar" "$(grep -i '^BEGIN:' "$work/body")"
    done
    same "$fault: HEAD" 503 "$(curl -sS -o /dev/null -w '%{http_code}' -I "$url/calendars/all.ics")"
    same "$fault: the dashboard" 503 "$(status_of /)"
    check "$fault: names file and line" grep -q 'zz-thu.lua:[1-9]' "$work/body"
    same "$fault: the API" 503 "$(status_of /api/v1/due)"
    check "$fault: answers in JSON" grep -q '^{"error":' "$work/body"
    same "$fault: it lives" 200 "$(status_of /healthz)"
    same "$fault: it is not ready" 503 "$(status_of /readyz)"
    same "$fault: nothing can be recorded" 1 \
        "$("$HANCHOT" done haiphong-2026:III.3.c:2026-11:haiphong/PC06 --on 2026-11-19 --db "$work/test.db" >/dev/null 2>&1; echo $?)"
    rm "$rules/zz-thu.lua"
    check "$fault: repaired, it becomes ready" wait_for 60 curl -sS --fail "$url/readyz"
    same "$fault: and serves" 200 "$(status_of /calendars/unit/haiphong/PC06.ics)"
    check "$fault: what the command prints" \
        cmp <("$HANCHOT" feed unit/haiphong/PC06 --at $at --rules "$rules" --db "$work/test.db") "$work/body"
    serve_stop
    same "$fault: it ends in good order" 0 $?
done

rm -f "$work"/test.db*
serve_launch --at $at --rules "$work/later"
same "no rules folder" 503 "$(status_of /calendars/all.ics)"
cp -R rules "$work/later.part" && mv "$work/later.part" "$work/later"
check "it is there now: ready" wait_for 60 curl -sS --fail "$url/readyz"
serve_stop

# --- While it is asked, it starts: whatever comes before it is ready is no calendar

serve_launch --at $at
check "asked from the first moment on, every 200 is a whole calendar" \
    curl -sS --fail --retry 20 --retry-delay 1 --max-time 30 -o "$work/body" "$url/calendars/all.ics"
same "its last line" END:VCALENDAR "$(tail -n 1 "$work/body" | tr -d '\r')"
check "the libraries that it has loaded can be seen" grep -q libsqlite3 "/proc/$serve_pid/maps"
nothing "those that nobody has needed yet stay out" \
    "$(grep -o -E '(libicu|libgnutls|libstdc|libzip|libcrypto)[^/]*$' "/proc/$serve_pid/maps" | sort -u)"

# --- Places that are taken or closed

port=${url##*:}
same "the port is taken" 3 "$(said=$(serve_fails --db "$work/other.db" --listen "127.0.0.1:$port"); echo "${said%%:*}")"
same "the ledger is taken" 3 "$(said=$(serve_fails --db "$work/test.db"); echo "${said%%:*}")"
check "the first one has lost nothing by that" curl -sS --fail -o /dev/null "$url/readyz"
check "its socket is still there" test -S "$work/test.db.sock"
check "and answers" "$HANCHOT" done haiphong-2026:III.3.c:2026-11:haiphong/PC06 --on 2026-11-19 --db "$work/test.db"
serve_stop
same "beyond loopback" 3 "$(said=$(serve_fails --db "$work/other.db" --listen 0.0.0.0:0); echo "${said%%:*}")"
printf 'no database' >"$work/damaged.db"
same "a ledger that is none" 3 "$(said=$(serve_fails --db "$work/damaged.db"); echo "${said%%:*}")"
mkdir "$work/folder.db"
same "a folder in the ledger's place" 3 "$(said=$(serve_fails --db "$work/folder.db"); echo "${said%%:*}")"

# --- Ending

serve_start --at $at --rules "$rules"
cp tests/e2e/hostile-rules/hostile/endless-loop-in-pcall.lua "$rules/zz-thu.lua"
serve_stop
same "SIGTERM while a hostile rule loads" 0 $?
check "no socket is left" test ! -e "$work/test.db.sock"
rm "$rules/zz-thu.lua"

# A client that neither reads nor goes does not keep it.
serve_start --at $at
exec {idle}<>"/dev/tcp/127.0.0.1/${url##*:}"
printf 'GET /api/v1/due HTTP/1.1\r\nHost: localhost\r\n\r\n' >&"$idle"
exec {silent}<>"/dev/tcp/127.0.0.1/${url##*:}"
check "others are answered beside a client that does not read" curl -sS --fail -o /dev/null "$url/calendars/all.ics"
serve_stop
same "SIGTERM with clients that stay" 0 $?
exec {idle}>&- {silent}>&-
finish
