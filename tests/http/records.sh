#!/bin/bash
# What offices record on pages beside "done": the day of an event, what has come of many offices at once; and what becomes of a form
# that is sent twice, or was made before the daemon started anew.
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/tap.sh
. tests/serve.sh

at=2026-11-26
echo 'api(1)' >"$work/plain.lua"
hanchot() { "$HANCHOT" "$@" --db "$work/test.db" --at $at; }
secret() { hanchot token create --format json "$@" | sed 's/.*"secret":"\([^"]*\)".*/\1/'; }
status() { # CURL-ARGUMENTS… PATH
    local path=${*: -1}
    curl -sS -D "$work/headers" -o "$work/body" -w '%{http_code}' "${@:1:$#-1}" "$url$path"
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
field() { sed -n "s/.*name=\"$1\" value=\"\([^\"]*\)\".*/\1/p" "$work/body" | head -n 1; } # of the page that was asked for last
state() { # ID
    hanchot due --undated --from 2026-01-01 --to 2026-12-31 --unit "${1##*:}" --format json --lang en |
        grep -F "\"uid\":\"$1@hanchot\"" | sed 's/.*"due":"*\([^",]*\)"*,.*"state":"\([a-z]*\)".*/\2 \1/'
}
rows() { # of the table on the page that was asked for last, as words
    sed -n '/<tbody>/,/<\/tbody>/p' "$work/body" | grep '^<tr>' | sed 's/<[^>]*>/ /g; s/ \+/ /g; s/^ //; s/ $//'
}
told() { # ID CURL-ARGUMENTS…: how often something was recorded of that turn
    status "${@:2}" "/turns/$1" >/dev/null
    grep -c '^<li><p><strong>' "$work/body"
}
report=haiphong-2026:III.3.c:2026-11
plan=haiphong-2026:III.3.b:2026:haiphong
event=/events/haiphong-2026/plan-received

# --- The day of an event

serve_start --at $at --site "$work/plain.lua"
same "a row that waits" "waiting null" "$(state $plan/PC06)"
token=$(proof /turns/$plan/PC06)
check "its page offers the day of what it waits for" shows 'name="event" value="plan-received"'
check "for this office" shows 'name="unit" value="haiphong/PC06"'
record() { status "${@:2}" -d "action=record&csrf=$token" "$1"; }
same "a day to come" 422 "$(record /turns/$plan/PC06 -d 'event=plan-received&unit=haiphong/PC06&on=2026-11-27&note=abc')"
check "what was filled in is kept" shows 'value="abc"'
same "an event that is not there" 422 "$(record /turns/$plan/PC06 -d 'event=nothing&unit=haiphong/PC06&on=2026-01-09')"
same "no office" 422 "$(record $event -d 'unit=&on=2026-01-09')"
same "without a proof" 403 "$(status -d 'action=record&unit=haiphong/PC06&on=2026-01-09' $event)"
status $event >/dev/null
nothing "nothing of all that was recorded" "$(rows)"
same "recorded on the row's page" 303 "$(record /turns/$plan/PC06 --data-urlencode 'note=Công văn 5' -d 'event=plan-received&unit=haiphong/PC06&on=2026-01-09&by=L&seen=0')"
same "and back to it" '?said=record' "$(header Location)"
same "the deadline is there" "overdue 2026-01-19" "$(state $plan/PC06)"
same "of this office only" "waiting null" "$(state $plan/PC07)"
same "the same form once more" 303 "$(record /turns/$plan/PC06 --data-urlencode 'note=Công văn 5' -d 'event=plan-received&unit=haiphong/PC06&on=2026-01-09&by=L&seen=0')"
status $event >/dev/null
same "is recorded once" "PC06 9/1/2026 Công văn 5 L 08:00 26/11/2026 Sửa lần ghi của haiphong/PC06" "$(rows)"
same "an old form of another day" 422 "$(record /turns/$plan/PC06 -d 'event=plan-received&unit=haiphong/PC06&on=2026-01-10&seen=0')"
check "is told that somebody was faster" shows 'đã có người ghi ngày khác'
same "and changes nothing" "overdue 2026-01-19" "$(state $plan/PC06)"

status $event >/dev/null
check "offers those that wait" shows '<option value="haiphong/PC07"'
check "and not the one that does not" lacks '<option value="haiphong/PC06"'
chain=$(sed -n 's/.*corrects=\([0-9]*\)".*/\1/p' "$work/body" | head -n 1)
status "$event?corrects=$chain" >/dev/null
check "a correction begins with what stands there" shows 'value="2026-01-09"'
same "corrected" 303 "$(record $event -d "unit=haiphong/PC06&corrects=$chain&on=2026-01-08")"
same "the deadline moves" "overdue 2026-01-19" "$(state $plan/PC06)" # 18 January is a Sunday
same "corrected again" 303 "$(record $event -d "unit=haiphong/PC06&corrects=$chain&on=2026-01-12")"
same "and again" "overdue 2026-01-22" "$(state $plan/PC06)"
same "the same correction again" 303 "$(record $event -d "unit=haiphong/PC06&corrects=$chain&on=2026-01-12")"
status $event >/dev/null
check "the former ones are kept, each once" shows '2 lần sửa, lần ghi trước vẫn giữ'
same "a correction of what is not there" 422 "$(record $event -d 'unit=haiphong/PC06&corrects=999&on=2026-01-13')"
withdraw() { status -d "action=withdraw&csrf=$token" "${@:2}" "$1"; }
status "$event?corrects=$chain" >/dev/null
check "beside the correction it can be taken back" shows 'name="action" value="withdraw"'
same "not without saying why" 422 "$(withdraw $event -d "event=plan-received&unit=haiphong/PC06&corrects=$chain&on=2026-01-12&note=")"
same "nor by a form that is old" 422 "$(withdraw $event -d "event=plan-received&unit=haiphong/PC06&corrects=$chain&on=2026-01-08&note=x")"
same "which changes nothing" "overdue 2026-01-22" "$(state $plan/PC06)"
same "taken back" 303 "$(withdraw $event --data-urlencode 'note=Ghi nhầm' -d "event=plan-received&unit=haiphong/PC06&corrects=$chain&on=2026-01-12&by=N")"
same "its duty waits again" "waiting null" "$(state $plan/PC06)"
status "$event?said=withdraw" >/dev/null
check "the page says so" shows 'Đã rút lại; các việc dựa vào đó lại chờ.'
check "and that it was a mistake" shows 'đã rút lại</span> Ghi nhầm, N '
check "it waits to be recorded" shows '<option value="haiphong/PC06"'
same "the same form again" 422 "$(withdraw $event -d "event=plan-received&unit=haiphong/PC06&corrects=$chain&on=2026-01-12&note=x")"
same "recorded anew" 303 "$(record $event -d 'unit=haiphong/PC06&on=2026-01-12&seen=0')"
same "it stands again" "overdue 2026-01-22" "$(state $plan/PC06)"
same "for all others at once" 303 "$(record $event -d 'unit=*&on=2026-01-09')"
same "those that had none" "overdue 2026-01-19" "$(state $plan/PC07)"
same "the own record stays" "overdue 2026-01-22" "$(state $plan/PC06)"
status "$event?said=record&lang=en" >/dev/null
check "in English" shows 'Recorded; the deadlines that rest on it'
status '/events/haiphong-2026/nothing' >/dev/null
same "an event that no plan has" 404 "$(status /events/haiphong-2026/nothing)"
status / >/dev/null
check "the overview leads to events that are missing" shows 'href="/events/'
status /plans/haiphong-2026 >/dev/null
check "so does the plan" shows "href=\"$event\""
status /units/haiphong/PC06 >/dev/null
check "and the office's page" shows 'href="/events/haiphong-2026/difficulty?unit=haiphong/PC06"'

# Each record of a repeating one is a duty: two clicks are one, two forms are two.
again=/events/haiphong-2026/director-order
token=$(proof "$again?unit=haiphong/PC06")
seen=$(field seen)
for _ in 1 2; do
    same "an order is recorded" 303 "$(record $again -d "unit=haiphong/PC06&on=2026-11-20&due=2026-12-01&seen=$seen")"
done
orders() { hanchot due --from 2026-11-01 --to 2026-12-31 --unit haiphong/PC06 --format csv | grep -c ':2026-11-20\(\.[0-9]\)*:haiphong/PC06'; }
same "by two clicks once" 1 "$(orders)"
status "$again?unit=haiphong/PC06" >/dev/null
seen=$(field seen)
same "by another form" 303 "$(record $again -d "unit=haiphong/PC06&on=2026-11-20&due=2026-12-02&seen=$seen")"
same "twice" 2 "$(orders)"
status $again >/dev/null
chain=$(sed -n 's/.*corrects=\([0-9]*\)".*/\1/p' "$work/body")
same "only the last can be corrected" 422 "$(record $again -d "unit=haiphong/PC06&corrects=$((chain - 1))&on=2026-11-19")"
same "and is" 303 "$(record $again -d "unit=haiphong/PC06&corrects=$chain&on=2026-11-19&due=2026-12-02")"
same "without becoming another" 2 "$(orders)"
same "the second was no order" 303 "$(withdraw $again -d "event=director-order&unit=haiphong/PC06&corrects=$chain&on=2026-11-19&note=x")"
state_of() { hanchot due --from 2026-11-01 --to 2026-12-31 --unit haiphong/PC06 --format csv | grep ":$1:haiphong/PC06" | grep -oE 'open|cancelled'; }
same "its duty is cancelled" cancelled "$(state_of '2026-11-20\.2')"
same "the first is as it was" open "$(state_of 2026-11-20)"

# --- What has come of many at once

status /items/haiphong-2026/III.3.c >/dev/null
check "the row leads to each turn" shows "href=\"/turns/${report//:/%3A}\""
status /units/haiphong/PV01 >/dev/null
check "so does the page of who receives it" shows "href=\"/turns/${report//:/%3A}\""
token=$(proof /turns/$report)
check "those that have not sent it" shows 'type="checkbox" name="unit" value="haiphong/PC06"'
receive() { status "${@}" -d "action=done&csrf=$token" /turns/$report; }
same "none chosen" 422 "$(receive -d on=2026-11-24)"
check "is said" shows 'chưa chọn đơn vị nào'
same "one that is not there: nothing at all" 422 \
    "$(receive -d 'unit=haiphong/PC06&unit=haiphong/PC07&unit=haiphong/nowhere&on=2026-11-24&why=x')"
check "what was chosen stays chosen" shows 'value="haiphong/PC07" checked'
same "nothing was written" 0 "$(told $report:haiphong/PC06)"
same "a day to come" 422 "$(receive -d 'unit=haiphong/PC06&on=2026-11-27')"
same "extending has no form there" 422 "$(status -d "action=extend&to=2026-12-01&why=x&csrf=$token" /turns/$report)"
for _ in 1 2; do
    same "two in time" 303 \
        "$(receive --data-urlencode 'by=Lê Thị B' --data-urlencode 'why=thư điện tử' -d 'unit=haiphong/PC06&unit=haiphong/PC07&on=2026-11-24')"
done
same "one too late, one of before" 303 "$(receive -d 'unit=haiphong/PC08&unit=haiphong/PC07&on=2026-11-26')"
status "/turns/$report" >/dev/null
same "each with who, when and why" "PC06 Phòng Cảnh sát quản lý hành chính về trật tự xã hội xong 24/11 Lê Thị B 08:00 26/11/2026 thư điện tử xem, mở lại : PC06
PC07 Phòng Cảnh sát phòng cháy, chữa cháy và cứu nạn, cứu hộ xong 24/11 Lê Thị B 08:00 26/11/2026 thư điện tử xem, mở lại : PC07
PC08 Phòng Cảnh sát giao thông xong 26/11 , trễ hạn 08:00 26/11/2026 xem, mở lại : PC08" "$(rows)"
same "and once" "1 1 1" "$(told $report:haiphong/PC06) $(told $report:haiphong/PC07) $(told $report:haiphong/PC08)"
status "/turns/$report?said=received" >/dev/null
check "the page says so" shows 'Đã ghi nhận cho từng đơn vị'
check "who was late" shows 'trễ hạn'
check "and no longer asks for them" lacks 'name="unit" value="haiphong/PC06"'
same "in the ledger" "done 2026-11-24" "$(state $report:haiphong/PC08)"
check "the receiver's calendar counts them" grep -q '(3/131 đơn vị đã gửi)' \
    <(curl -sS "$url/calendars/unit/haiphong/PV01.ics" | tr -d '\r\n' | sed 's/ \?\\, /, /g; s/\([^ ]\) \([^ ]\)/\1 \2/g')

# --- A form from before the daemon started anew, on this machine

before=$token
serve_stop
serve_start --at $at --site "$work/plain.lua"
token=$before
same "a form of before" 403 "$(receive --data-urlencode 'why=giữ lại' -d 'unit=haiphong/PC09&on=2026-11-25')"
check "says why" shows 'biểu mẫu đã cũ'
check "keeps what was chosen" shows 'value="haiphong/PC09" checked'
check "and written" shows 'value="giữ lại"'
token=$(field csrf)
same "one more click" 303 "$(receive --data-urlencode 'why=giữ lại' -d 'unit=haiphong/PC09&on=2026-11-25')"
same "records it once" 1 "$(told $report:haiphong/PC09)"
serve_stop

# --- Keys: the office that receives, one that owes, one for all

all=$(secret --key --name chung)
receiver=$(secret --key --name "Đội 6" --unit haiphong/PV01)
owes=$(secret --key --name PC06 --unit haiphong/PC06)
signin() { # KEY
    status --data-urlencode "key=$1" -d 'action=signin&next=/' /signin/ >/dev/null
    with=(-H "Cookie: $(header Set-Cookie | cut -d';' -f1)")
}
# shellcheck disable=SC2317 # wait_for calls it
is_ready() { [ "$(status -H "Authorization: Bearer $all" /readyz)" = 200 ]; }
serve_launch --at $at --site "$work/plain.lua" --behind-proxy
check "behind a proxy: ready" wait_for 60 is_ready

signin "$receiver"
token=$(proof "${with[@]}" /turns/$report)
check "who receives it may record of many" shows 'value="haiphong/PC10"'
same "so" 303 "$(receive "${with[@]}" -d 'unit=haiphong/PC10&on=2026-11-24')"
status "${with[@]}" /turns/$report >/dev/null
check "under the key's name" grep -q '^PC10 .* Đội 6 ' <(rows)
same "and of one" 200 "$(status "${with[@]}" /turns/$report:haiphong/PC10)"
check "open it again" shows 'name="action" value="reopen"'
same "that" 303 "$(status "${with[@]}" -d "action=reopen&why=thiếu&csrf=$token" /turns/$report:haiphong/PC10)"
status "${with[@]}" /turns/$report:haiphong/PC10 >/dev/null
check "but not extend it" lacks 'name="action" value="extend"'
same "nor so" 403 "$(status "${with[@]}" -d "action=extend&to=2026-12-10&why=x&csrf=$token" /turns/$report:haiphong/PC10)"
same "what goes elsewhere is not shown" 403 "$(status "${with[@]}" /turns/haiphong-2026:1.2.2:2026:haiphong/PC06)"
same "by the API the same" 200 "$(status -H "Authorization: Bearer $receiver" -H 'Content-Type: application/json' \
    -d "{\"uid\":[\"$report:haiphong/PC10\",\"$report:haiphong/PC11\"],\"action\":\"done\",\"on\":\"2026-11-24\"}" /api/v1/progress)"
same "not for what comes to others" 403 "$(status -H "Authorization: Bearer $receiver" -H 'Content-Type: application/json' \
    -d '{"uid":"haiphong-2026:1.2.2:2026:haiphong/PC06","action":"done"}' /api/v1/progress)"

signin "$owes"
token=$(proof "${with[@]}" "$event?corrects=1")
check "an office's key sees its own record" shows 'haiphong/PC06'
check "and what is of all" shows 'mọi đơn vị'
check "and no other office" lacks 'haiphong/PC07'
same "it corrects its own" 303 "$(record $event "${with[@]}" -d "unit=haiphong/PC06&corrects=1&on=2026-01-13")"
same "not another's" 403 "$(record $event "${with[@]}" -d 'unit=haiphong/PC07&on=2026-01-13')"
same "not everybody's" 403 "$(record $event "${with[@]}" -d "unit=*&corrects=5&on=2026-01-13")"
same "nor takes that back" 403 "$(withdraw $event "${with[@]}" -d "event=plan-received&unit=*&corrects=5&on=2026-01-09&note=x")"
same "what many owe is not its page" 403 "$(status "${with[@]}" /turns/$report)"
same "nor to be written" 403 "$(receive "${with[@]}" -d 'unit=haiphong/PC06&on=2026-11-24')"

# --- A form from before, of a session that is over: it comes back after signing in

signin "$owes"
mine=$report:haiphong/PC06
old=$(proof "${with[@]}" /turns/$mine)
same "opened again" 303 "$(status "${with[@]}" -d "action=reopen&csrf=$old" /turns/$mine)"
lines=$(told $mine "${with[@]}")
serve_stop
serve_launch --at $at --site "$work/plain.lua" --behind-proxy
check "started anew: ready" wait_for 60 is_ready
same "the form of before" 401 "$(status "${with[@]}" --data-urlencode 'why=gửi <lại>' -d "action=done&on=2026-11-23&csrf=$old" /turns/$mine)"
check "is told to sign in" shows 'cần đăng nhập'
check "what was filled in waits" shows 'name="kept.why" value="gửi &lt;lại&gt;"'
check "without its proof" lacks "$old"
same "with a wrong key it still waits" 403 "$(status --data-urlencode "key=no" --data-urlencode 'kept.why=gửi <lại>' \
    -d "action=signin&next=/turns/$mine&kept.action=done&kept.on=2026-11-23" /signin/)"
check "all of it" shows 'name="kept.on" value="2026-11-23"'
same "signed in" 200 "$(status --data-urlencode "key=$owes" --data-urlencode 'kept.why=gửi <lại>' \
    -d "action=signin&next=/turns/$mine&kept.action=done&kept.on=2026-11-23" /signin/)"
with=(-H "Cookie: $(header Set-Cookie | cut -d';' -f1)")
check "it is shown" shows '<dd><time datetime="2026-11-23">23/11/2026</time></dd>'
check "with the duty that is meant" shows "<code>$mine</code>"
check "and goes where it was meant to" shows "action=\"/turns/${mine//:/%3A}\""
token=$(field csrf)
same "nothing is written before the click" "$lines" "$(told $mine "${with[@]}")"
same "the click" 303 "$(status "${with[@]}" --data-urlencode 'why=gửi <lại>' -d "action=done&on=2026-11-23&csrf=$token" /turns/$mine)"
same "records it once" "$((lines + 1))" "$(told $mine "${with[@]}")"
same "a kept form leads to no other site" 303 "$(status --data-urlencode "key=$owes" \
    -d 'action=signin&next=//example.org&kept.action=done' /signin/)"
serve_stop
finish
