#!/bin/bash
# Forms of the pages: who may send one, what becomes of it, and that another site's page cannot.
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/tap.sh
. tests/serve.sh

at=2026-11-20
cp tests/http/tls/*.pem "$work/"
echo 'api(1)' >"$work/plain.lua"
echo 'api(1) site { tls = { certificate = "certificate.pem", key = "key.pem" } }' >"$work/tls.lua"
hanchot() { "$HANCHOT" "$@" --db "$work/test.db" --at $at; }
secret() { hanchot token create --format json "$@" | sed 's/.*"secret":"\([^"]*\)".*/\1/'; }
status() { # CURL-ARGUMENTS… PATH
    local path=${*: -1}
    curl -sS --cacert "$work/certificate.pem" -D "$work/headers" -o "$work/body" -w '%{http_code}' "${@:1:$#-1}" "$url$path"
}
header() { tr -d '\r' <"$work/headers" | sed -n "s/^$1: *//Ip"; }
# shellcheck disable=SC2317 # check calls these two
shows() { grep -qF -- "$1" "$work/body"; }
# shellcheck disable=SC2317
lacks() { ! shows "$1"; }
proof() { # CURL-ARGUMENTS… PATH: what the forms of that page carry
    status "$@" >/dev/null
    sed -n 's/.*name="csrf" value="\([0-9a-f]*\)".*/\1/p' "$work/body" | head -n 1
}
state() { # ID
    hanchot due --from 2026-01-01 --to 2026-12-31 --unit "${1##*:}" --format json --lang en |
        grep -F "\"uid\":\"$1@hanchot\"" | sed 's/.*"due":"\([^"]*\)".*"state":"\([a-z]*\)".*/\2 \1/'
}
turn=haiphong-2026:III.3.c:2026-11:haiphong
one=$turn/PC06
other=$turn/PC07
send() { # ID CURL-ARGUMENTS…: a form, as a browser sends it
    status "${@:2}" "/turns/$1"
}

# --- At this machine, without a key

serve_start --at $at --site "$work/plain.lua"
token=$(proof /turns/$one)
check "the page carries a proof" test ${#token} = 64
same "is not kept anywhere" no-store "$(header Cache-Control)"
same "lets its forms say where they come from" same-origin "$(header Referrer-Policy)"
check "forms go nowhere else" grep -q "form-action 'self'" "$work/headers"
same "an office that is not there" 404 "$(status /turns/$turn/PC60)"

while IFS='|' read -r name wanted form header; do
    same "$name: refused" "$wanted" "$(send $one -d "$form" -H "$header")"
done <<TABLE
without a proof|403|action=done&on=2026-11-19|Accept: */*
with a wrong proof|403|action=done&on=2026-11-19&csrf=${token%?}x|Accept: */*
with an empty proof|403|action=done&on=2026-11-19&csrf=|Accept: */*
from another site|403|action=done&on=2026-11-19&csrf=$token|Origin: https://example.org
from a page without an Origin of its own|403|action=done&on=2026-11-19&csrf=$token|Origin: null
from another port|403|action=done&on=2026-11-19&csrf=$token|Origin: http://127.0.0.1:1
from a site whose name begins like ours|403|action=done&on=2026-11-19&csrf=$token|Origin: $url.example.org
under a foreign name|403|action=done&on=2026-11-19&csrf=$token|Host: example.org
through a proxy|403|action=done&on=2026-11-19&csrf=$token|X-Forwarded-For: 192.0.2.1
as text|415|action=done&on=2026-11-19&csrf=$token|Content-Type: text/plain
as JSON|415|{"action":"done"}|Content-Type: application/json
badly encoded|422|action=done&on=%zz&csrf=$token|Accept: */*
not UTF-8|422|action=done&why=%ff%fe&csrf=$token|Accept: */*
a control character|422|action=done&why=%00&csrf=$token|Accept: */*
an action that has no form|422|action=cancel&why=x&csrf=$token|Accept: */*
a day to come|422|action=done&on=2026-11-21&csrf=$token|Accept: */*
a day that does not exist|422|action=done&on=2026-02-31&csrf=$token|Accept: */*
an extension without a reason|422|action=extend&to=2026-12-01&csrf=$token|Accept: */*
an extension to an earlier day|422|action=extend&to=2026-11-01&why=x&csrf=$token|Accept: */*
TABLE
check "the page says what was wrong" shows 'role="alert"'
check "and keeps what was filled in" shows 'value="2026-11-01"'
same "nothing of all that was written" "open 2026-11-24" "$(state $one)"

own=(-H "Origin: $url")
same "extended" 303 "$(send $one "${own[@]}" --data-urlencode "why=Công văn 5 <b>" -d "action=extend&to=2026-12-01&by=L%C3%AA+Th%E1%BB%8B+B&csrf=$token")"
same "and sent back to the page" '?said=extend' "$(header Location)"
same "is in the ledger" "extended 2026-12-01" "$(state $one)"
status "/turns/$one?said=extend" >/dev/null
check "the page says so" shows 'Đã gia hạn.'
check "keeps the old day" shows '<s><time datetime="2026-11-24">'
check "with the reason, escaped" shows 'Công văn 5 &lt;b&gt;'
check "and with who it was" shows 'Lê Thị B'
status "/turns/$one?said=done" >/dev/null
check "a link cannot make the page say what is not so" lacks 'Đã ghi là xong'

wait=$(curl -sS "$url/api/v1/alerts?unit=haiphong/PC07" | grep -c "\"key\":\"$other@hanchot\"")
same "before it is done there is an alert" 1 "$wait"
same "done, without an Origin" 303 "$(send $other -d "action=done&on=2026-11-19&why=&by=&csrf=$token")"
same "is in the ledger too" "done 2026-11-24" "$(state $other)"
check "the feed shows it at once" grep '^SUMMARY:✓ Báo cáo tháng' <(curl -sS "$url/calendars/unit/haiphong/PC07.ics")
same "the alert is quiet" 0 "$(curl -sS "$url/api/v1/alerts?unit=haiphong/PC07" | grep -c "\"key\":\"$other@hanchot\"")"
same "reopened" 303 "$(send $other -d "action=reopen&why=nhầm&csrf=$token")"
same "is open again" "open 2026-11-24" "$(state $other)"
same "in English" 303 "$(status -d "action=done&on=2026-11-20&csrf=$token" "/turns/$other?lang=en")"
same "the language stays" '?said=done&lang=en' "$(header Location)"
status "/turns/$other?said=done&lang=en" >/dev/null
check "and the words are English" shows 'Recorded as done.'
check "the story has all of it, the late one last" shows '<ol class="story">'
late=haiphong-2026:III.3.c:2026-10:haiphong/PC07
same "done too late" 303 "$(send $late -d "action=done&on=2026-11-19&csrf=$token")"
status /turns/$late >/dev/null
check "is shown as late" shows 'trễ hạn'

same "an office chosen in the overview" 303 "$(status '/units?unit=haiphong/PC06&lang=en')"
same "leads to its page" 'units/haiphong/PC06?lang=en' "$(header Location)"
same "what is no office's name leads nowhere" 404 "$(status '/units?unit=https://example.org')"
status / >/dev/null
check "what waits for an answer is in the overview" shows 'Cảnh báo đang mở'

alert=backlog:haiphong/PC08
asked() { curl -sS "$url/api/v1/alerts?unit=haiphong/PC08" | grep -F "\"key\":\"$alert\"" | grep -o '"state":"[a-z]*"'; }
token=$(proof '/alerts?unit=haiphong/PC08')
check "the alerts of one office" lacks 'value="backlog:haiphong/PC09"'
same "an alert without a proof" 403 "$(status -d "action=ack&key=$alert" /alerts)"
same "stays open" '"state":"open"' "$(asked)"
same "an alert acknowledged" 303 "$(status -d "action=ack&key=$alert&csrf=$token" /alerts)"
same "is" '"state":"acked"' "$(asked)"
same "an alert that is not there" 422 "$(status -d "action=ack&key=nothing&csrf=$token" /alerts)"
same "nothing but answers is sent there" 422 "$(status -d "action=done&key=$alert&csrf=$token" /alerts)"
serve_stop

# --- Signing in

all=$(secret --key --name chung)
pc06=$(secret --key --name "Đội 6" --unit haiphong/PC06)
link=$(secret --name lk --feed all)
signin() { # KEY NEXT CURL-ARGUMENTS…: the cookie is in $cookie
    local answer
    answer=$(status "${@:3}" --data-urlencode "key=$1" --data-urlencode "next=$2" -d action=signin /signin/)
    cookie=$(header Set-Cookie | cut -d';' -f1)
    echo "$answer"
}
behind() { # NAME: an open door at $url
    local name=$1 with
    same "$name: a page asks to sign in" 401 "$(status /units/haiphong/PC06)"
    check "$name: with the page to go on to" shows 'name="next" value="/units/haiphong/PC06"'
    check "$name: and nothing of the plans" lacks 'Báo cáo tháng'
    same "$name: no pop-up of the browser" 'Bearer realm="hanchot"' "$(header WWW-Authenticate)"
    same "$name: a calendar is asked for name and password" 401 "$(status /calendars/all.ics)"
    same "$name: so" 'Basic realm="hanchot", charset="UTF-8"' "$(header WWW-Authenticate)"
    same "$name: the page's style is open" 200 "$(status /signin/style.css)"
    same "$name: and nothing else there" 404 "$(status /signin/due)"
    same "$name: a wrong key" 403 "$(signin "${all%?}x" /)"
    same "$name: gets no cookie" "" "$(header Set-Cookie)"
    check "$name: is never shown again" lacks "${all%?}x"
    same "$name: a link's secret is no key" 403 "$(signin "$link" /)"
    same "$name: from another site" 403 "$(signin "$all" / -H 'Origin: https://example.org')"
    while IFS='|' read -r next wanted; do
        same "$name: after signing in for '$next'" 303 "$(signin "$all" "$next")"
        same "$name: on to" "$wanted" "$(header Location)"
    done <<'TABLE'
/units/haiphong/PC06|../units/haiphong/PC06
/items/haiphong-2026/III.3.c|../items/haiphong-2026/III.3.c
//example.org/|../
https://example.org/|../
/\example.org|../
/../../etc|../
/signin/|../
javascript:alert(1)|../
|../
TABLE
    signin "$all" / >/dev/null
    check "$name: the cookie is for this site's requests only" \
        grep -qi '^Set-Cookie: __Host-hanchot=.*; Path=/; Max-Age=604800; HttpOnly; SameSite=Strict; Secure' "$work/headers"
    signin "$all" / >/dev/null
    with=(-H "Cookie: a=b; $cookie; c=d")
    same "$name: signed in" 200 "$(status "${with[@]}" /units/haiphong/PC06)"
    same "$name: a cookie that was tampered with" 401 "$(status -H "Cookie: ${cookie%?}x" /units/haiphong/PC06)"
    same "$name: of another key" 401 "$(status -H "Cookie: ${cookie/=1./=2.}" /units/haiphong/PC06)"
    same "$name: of a later day" 401 "$(status -H "Cookie: ${cookie/.1/.2}" /units/haiphong/PC06)"
    same "$name: not for the API's writing" 401 \
        "$(status "${with[@]}" -H 'Content-Type: application/json' -d "{\"uid\":\"$one\",\"action\":\"done\"}" /api/v1/progress)"
    token=$(proof "${with[@]}" /turns/$one)
    stranger=$(proof /signin/)
    same "$name: a form without signing in" 401 "$(send $one -d "action=done&on=2026-11-18&csrf=$stranger")"
    same "$name: with somebody else's proof" 403 "$(send $one "${with[@]}" -d "action=done&on=2026-11-18&csrf=$stranger")"
    same "$name: from another site" 403 \
        "$(send $one "${with[@]}" -H 'Origin: https://example.org' -d "action=done&on=2026-11-18&csrf=$token")"
    same "$name: nothing was written" "extended 2026-12-01" "$(state $one)"
    same "$name: done" 303 "$(send $one "${with[@]}" -H "Origin: $url" -d "action=done&on=2026-11-18&csrf=$token")"
    same "$name: is in the ledger" "done 2026-12-01" "$(state $one)"
    status "${with[@]}" /turns/$one >/dev/null
    check "$name: under the key's name" shows 'chung, '
    same "$name: opened again" 303 "$(send $one "${with[@]}" -d "action=reopen&csrf=$token")"

    signin "$pc06" / >/dev/null
    with=(-H "Cookie: $cookie")
    mine=$(proof "${with[@]}" /turns/$one)
    check "$name: each has a proof of its own" test "$mine" != "$token"
    same "$name: an office's key for its own" 303 "$(send $one "${with[@]}" -d "action=done&on=2026-11-18&csrf=$mine")"
    same "$name: and back" 303 "$(send $one "${with[@]}" -d "action=reopen&csrf=$mine")"
    same "$name: for no other" 403 "$(send $other "${with[@]}" -d "action=reopen&csrf=$mine")"
    same "$name: nor its page" 403 "$(status "${with[@]}" /turns/$other)"
    same "$name: alerts: its own" 200 "$(status "${with[@]}" /alerts)"
    check "$name: and no others" lacks 'haiphong/PC08'
    status "${with[@]}" '/alerts?unit=haiphong/PC08' >/dev/null
    check "$name: not when asked for either" lacks 'haiphong/PC08'
    same "$name: another's alert" 403 "$(status "${with[@]}" -d "action=ack&key=backlog:haiphong/PC08&csrf=$mine" /alerts)"
    same "$name: signing out" 303 "$(status "${with[@]}" -d "action=signout&csrf=$mine" /signin/)"
    check "$name: takes the cookie back" grep -qi '^Set-Cookie: __Host-hanchot=; Path=/; Max-Age=0;' "$work/headers"
    same "$name: not without the proof" 403 "$(status "${with[@]}" -d action=signout /signin/)"
}
# shellcheck disable=SC2317 # wait_for calls it
is_ready() { [ "$(status -H "Authorization: Bearer $all" /readyz)" = 200 ]; }

serve_launch --at $at --site "$work/plain.lua" --behind-proxy
check "behind a proxy: ready" wait_for 60 is_ready
behind "behind a proxy"
signin "$pc06" / >/dev/null
kept=$cookie
hanchot token revoke 2 >/dev/null
same "a revoked key ends its sessions" 401 "$(status -H "Cookie: $kept" /units/haiphong/PC06)"
signin "$all" / >/dev/null
kept=$cookie
serve_stop
pc06=$(secret --key --name "Đội 6" --unit haiphong/PC06)

serve_launch --at $at --site "$work/tls.lua" --listen 0.0.0.0:0
url=https://127.0.0.1:${url##*:}
check "with TLS: ready" wait_for 60 is_ready
same "a restart ends all sessions" 401 "$(status -H "Cookie: $kept" /units/haiphong/PC06)"
behind "with TLS"
nothing "no secret in the log" "$(grep -F -e "$all" -e "$pc06" -e "$link" -e hanchot= "$work/serve.log")"
serve_stop
finish
