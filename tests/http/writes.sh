#!/bin/bash
# What is told to the daemon, over HTTP and through its socket: that it is in the next answer, who may tell, and that nothing
# acknowledged is lost.
# shellcheck disable=SC2317 # functions that wait_for calls
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/tap.sh
. tests/serve.sh

at=2026-11-20
unit=haiphong/PC06
november=haiphong-2026:III.3.c:2026-11:$unit
december=haiphong-2026:III.3.c:2026-12:$unit
serve_start --at $at
hanchot() { "$HANCHOT" "$@" --db "$work/test.db"; }
feed() { curl -sS --fail "$url/calendars/unit/$unit.ics"; }
summary() { # ID: its event's
    feed | tr -d '\r' | sed -e ':a' -e 'N' -e '$!ba' -e 's/\n //g' | grep -A9 "^UID:$1@hanchot" | sed -n 's/^SUMMARY://p'
}
state() { # ID: as the API has it
    curl -sS "$url/api/v1/due?unit=$unit&from=2026-01-01&to=2026-12-31" | grep "\"$1@hanchot\"" |
        grep -o '"state":"[a-z]*"\|"done_on":"[^"]*"\|"due":"[^"]*"' | cut -d'"' -f4 | tr '\n' ' '
}
post() { # PATH BODY CURL-ARGUMENTS…: the status; the answer is in $work/answer
    local path=$1 body=$2 type=()
    shift 2
    [[ $* == *Content-Type* ]] || type=(-H 'Content-Type: application/json')
    curl -sS -o "$work/answer" -w '%{http_code}' "${type[@]}" "$@" --data-binary "$body" "$url$path"
}
title='Báo cáo tháng về kết quả thực hiện – tháng'

# --- Through the socket

same "before: open" "$title 11/2026 (xong trước hết 23/11)" "$(summary $november)"
etag=$(curl -sSI "$url/calendars/unit/$unit.ics" | grep -i '^etag')
check "done in another shell" hanchot done $november --on 2026-11-19
same "the next GET shows it" "✓ $title 11/2026" "$(summary $november)"
check "with another ETag" test "$etag" != "$(curl -sSI "$url/calendars/unit/$unit.ics" | grep -i '^etag')"
same "and so does the API" "2026-11-24 done 2026-11-19 " "$(state $november)"
feed >"$work/served"
check "the feed equals the command's" cmp <(hanchot feed unit/$unit --at $at) "$work/served"
same "the same again" "đã xong: $november@hanchot (2026-11-19) — không đổi, đã như vậy từ trước" "$(hanchot done $november --on 2026-11-19)"
check "changes no byte" cmp <(feed) "$work/served"
same "an unknown id ends with 1" 1 "$(hanchot done haiphong-2026:III.3.c:2026-11:haiphong/PC60 2>/dev/null; echo $?)"
same "and is told in the language asked for" \
    "hanchot: no such occurrence 'nothing'; see: hanchot due --format csv" "$(hanchot done nothing --lang en 2>&1)"
same "all or nothing" 1 "$(hanchot done $december nothing 2>/dev/null; echo $?)"
same "nothing of it" "2026-12-24 open " "$(state $december)"
check "many at once" hanchot done --plan haiphong-2026 --ref III.3.c --period 2026-10 --unit @all --on 2026-10-20

# --- A second one

"$HANCHOT" serve --db "$work/test.db" --listen 127.0.0.1:0 --at $at >"$work/second" 2>&1
same "a second daemon on the same ledger ends with 3" 3 $?
check "and names the first one's pid" grep -q "\b$serve_pid\b" "$work/second"
check "the first one goes on" feed

# --- Over HTTP

same "an event" 200 "$(post /api/v1/events '{"event":"plan-received","plan":"haiphong-2026","unit":"haiphong/PC06","on":"2026-01-09"}')"
check "gives the resulting object" grep -q '^{.*"event":"plan-received".*"on":"2026-01-09".*"changed":true' "$work/answer"
same "is in the next answer" "2026-01-19 overdue " "$(state haiphong-2026:III.3.b:2026:$unit)"
same "the same again is fine" 200 "$(post /api/v1/events '{"event":"plan-received","plan":"haiphong-2026","unit":"haiphong/PC06","on":"2026-01-09"}')"
check "and changes nothing" grep -q '"changed":false' "$work/answer"
same "progress" 200 "$(post /api/v1/progress '{"uid":"'$december'","action":"done","on":"2026-11-20","by":"Lê Thị B"}')"
check "gives the resulting occurrence" grep -q '^{"uid":"'$december'@hanchot".*"state":"done"' "$work/answer"
same "is in the next answer" "2026-12-24 done 2026-11-20 " "$(state $december)"
same "reopen" 200 "$(post /api/v1/progress '{"uid":"'$december'","action":"reopen"}')"
same "extend" 200 "$(post /api/v1/progress '{"uid":"'$december'","action":"extend","to":"2026-12-29","why":"Công văn 5"}')"
same "is in the next answer" "2026-12-29 extended " "$(state $december)"
same "cancel" 200 "$(post /api/v1/progress '{"uid":["'$december'"],"action":"cancel","why":"thu hồi"}')"
check "a list of ids gives a list" grep -q '^\[{' "$work/answer"
same "is in the next answer" "2026-12-29 cancelled " "$(state $december)"
same "done though cancelled is a conflict" 409 "$(post /api/v1/progress '{"uid":"'$december'","action":"done"}')"
check "which says what to do" grep -q '^{"error":"conflict","detail":"..*reopen' "$work/answer"

before=$(curl -sS "$url/api/v1/due?from=2026-01-01&to=2026-12-31" | sha256sum)
while IFS='|' read -r name path body status; do
    same "$name" "$status" "$(post "$path" "$body")"
    check "$name: says what" grep -q '^{"error":"[a-z_]*","detail":"..*"}' "$work/answer"
done <<'TABLE'
no JSON|/api/v1/progress|{"uid":|422
nothing at all|/api/v1/progress||422
no object|/api/v1/events|[1]|422
a key twice|/api/v1/progress|{"uid":"a","uid":"b","action":"done"}|422
an unknown uid|/api/v1/progress|{"uid":"haiphong-2026:III.3.c:2026-11:haiphong/PC60","action":"done","on":"2026-11-19"}|422
what many units lead|/api/v1/progress|{"uid":"haiphong-2026:III.3.c:2026-11","action":"done","on":"2026-11-19"}|422
one bad uid among good ones|/api/v1/progress|{"uid":["haiphong-2026:III.3.c:2026-11:haiphong/PC07","nothing"],"action":"done"}|422
an unknown action|/api/v1/progress|{"uid":"haiphong-2026:III.3.c:2026-11:haiphong/PC07","action":"don"}|422
a misspelt key|/api/v1/progress|{"uid":"haiphong-2026:III.3.c:2026-11:haiphong/PC07","action":"done","date":"2026-11-19"}|422
a day that is a number|/api/v1/progress|{"uid":"haiphong-2026:III.3.c:2026-11:haiphong/PC07","action":"done","on":20261119}|422
an empty day|/api/v1/progress|{"uid":"haiphong-2026:III.3.c:2026-11:haiphong/PC07","action":"done","on":""}|422
a uid that is a number|/api/v1/progress|{"uid":7,"action":"done"}|422
a day that does not exist|/api/v1/progress|{"uid":"haiphong-2026:III.3.c:2026-11:haiphong/PC07","action":"done","on":"2026-02-31"}|422
a day to come|/api/v1/progress|{"uid":"haiphong-2026:III.3.c:2026-11:haiphong/PC07","action":"done","on":"2026-11-21"}|422
no reason|/api/v1/progress|{"uid":"haiphong-2026:III.3.c:2026-11:haiphong/PC07","action":"extend","to":"2026-11-30"}|422
closing is no progress|/api/v1/progress|{"action":"close","plan":"haiphong-2026","on":"2026-11-19","why":"x"}|422
an unknown event|/api/v1/events|{"event":"plan-recieved","plan":"haiphong-2026","on":"2026-01-09"}|422
an unknown plan|/api/v1/events|{"event":"plan-received","plan":"haiphong-2027","on":"2026-01-09"}|422
an unknown unit|/api/v1/events|{"event":"plan-received","plan":"haiphong-2026","unit":"haiphong/PC60","on":"2026-01-09"}|422
an empty unit is not everybody|/api/v1/events|{"event":"plan-received","plan":"haiphong-2026","unit":"","on":"2026-01-09"}|422
nothing to take back|/api/v1/events|{"event":"plan-received","plan":"haiphong-2026","unit":"haiphong/PC07","withdraw":true,"note":"x"}|422
taking back without saying why|/api/v1/events|{"event":"plan-received","plan":"haiphong-2026","unit":"haiphong/PC06","withdraw":true}|422
taking back that sets a day|/api/v1/events|{"event":"plan-received","plan":"haiphong-2026","unit":"haiphong/PC06","withdraw":true,"note":"x","due":"2026-01-30"}|422
taking back by a word|/api/v1/events|{"event":"plan-received","plan":"haiphong-2026","unit":"haiphong/PC06","withdraw":"yes","note":"x"}|422
an event without its day|/api/v1/events|{"event":"plan-received","plan":"haiphong-2026"}|422
TABLE
good='{"uid":"haiphong-2026:III.3.c:2026-11:haiphong/PC07","action":"done","on":"2026-11-19"}'
while IFS='|' read -r name header status; do
    same "$name" "$status" "$(post /api/v1/progress "$good" -H "$header")"
done <<TABLE
a foreign Origin|Origin: https://example.org|403
no Origin of its own|Origin: null|403
an Origin on another port|Origin: http://127.0.0.1:1|403
an Origin that only begins like ours|Origin: $url.example.org|403
a foreign Host|Host: example.org|403
a Host that only begins like ours|Host: 127.0.0.1.example.org|403
Forwarded|Forwarded: for=192.0.2.1|403
X-Forwarded-For|X-Forwarded-For: 192.0.2.1|403
text/plain|Content-Type: text/plain|403
a form|Content-Type: application/x-www-form-urlencoded|403
no type|Content-Type:|403
nearly the right type|Content-Type: application/jsonp|403
TABLE
same "none of these changed anything" "$before" "$(curl -sS "$url/api/v1/due?from=2026-01-01&to=2026-12-31" | sha256sum)"
same "a body that is far too long" 413 "$(head -c 20000000 /dev/zero | post /api/v1/progress @-)"
same "GET where only POST is" 405 "$(curl -sS -o /dev/null -w '%{http_code}' "$url/api/v1/progress")"
same "our own Origin" 200 "$(post /api/v1/progress "$good" -H "Origin: $url")"
same "localhost, and a type with charset" 200 \
    "$(post /api/v1/progress "$good" -H "Host: localhost:${url##*:}" -H 'Content-Type: application/json; charset=utf-8')"

# --- Texts of people go into feeds and pages as texts

evil='<script>alert(1)</script>;,\\ "'
hanchot reopen $november >/dev/null
check "extended with such a reason" hanchot extend $november --to 2026-12-01 --why "$evil" --by "$evil"
nothing "no page carries it as it stands" \
    "$(curl -sS "$url/" "$url/due" "$url/units/$unit" "$url/items/haiphong-2026/III.3.c" "$url/plans/haiphong-2026" | grep -F '<script')"
check "the feed is still whole" grep -q '^END:VCALENDAR' <(feed | tr -d '\r')

# --- Whatever is killed when

feed >"$work/served"
kill -KILL "$serve_pid"
wait "$serve_pid" 2>/dev/null
serve_pid=
check "it left its socket behind" test -S "$work/test.db.sock"
check "reading goes on without it" cmp <(hanchot feed unit/$unit --at $at) "$work/served"
serve_start --at $at
check "after kill -9 and another start the facts are there" cmp <(feed) "$work/served"

# The daemon is stopped in the middle of its work; who asked gives up, and what it asked is not done later.
kill -STOP "$serve_pid"
"$HANCHOT" done haiphong-2026:III.3.c:2026-11:haiphong/PC08 --on 2026-11-19 --db "$work/test.db" >/dev/null 2>&1 &
asking=$!
somebody_waits() { [ "$(grep -c "$work/test.db.sock" /proc/net/unix)" -gt 1 ]; }
check "a command waits for the daemon" wait_for 60 somebody_waits
kill -KILL $asking
wait $asking 2>/dev/null
kill -CONT "$serve_pid"
check "the daemon goes on" feed
unit=haiphong/PC08
same "what was given up is not written" "2026-11-24 open " "$(state haiphong-2026:III.3.c:2026-11:haiphong/PC08)"

# Acknowledged while it is killed again and again: each that ended with 0 is there.
unit=haiphong/PC09
acknowledged=
for month in 01 02 03 04 05 06; do
    id=haiphong-2026:III.3.c:2026-$month:$unit
    "$HANCHOT" done $id --on 2026-07-01 --db "$work/test.db" >/dev/null 2>&1 &
    asking=$!
    kill -KILL "$serve_pid"
    wait "$serve_pid" 2>/dev/null
    wait $asking && acknowledged+=" $id"
    serve_start --at $at
done
lost=
for id in $acknowledged; do
    [[ $(state "$id") == *' done 2026-07-01 ' ]] || lost+="$id: $(state "$id")"$'\n'
done
nothing "what was acknowledged is there" "$lost"
check "the ledger is sound" hanchot verify

serve_stop
same "SIGTERM ends it in good order" 0 $?
check "without a daemon a command writes itself" hanchot done haiphong-2026:III.3.c:2026-11:haiphong/PC10 --on 2026-11-19 --at $at
for month in 01 02 03 04 05 06 07 08; do
    hanchot done haiphong-2026:III.3.c:2026-$month:haiphong/PC10 --on 2026-09-01 --at $at >"$work/turn.$month" 2>&1 &
done
wait
same "eight at once, one after the other" 8 "$(cat "$work"/turn.* | grep -c '^đã xong')"
finish
