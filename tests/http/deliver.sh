#!/bin/bash
# What leaves the house by mail and webhook, with receivers of our own: once to the eye, whatever fails or is killed when.
# shellcheck disable=SC2317 # functions that wait_for calls by name
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/tap.sh
. tests/serve.sh
. tests/receivers/receivers.sh

receivers_start
printf 'chìa khóa\n' >"$work/secret"
cat >"$work/site.lua" <<SITE
api(1)
site {
    url = "http://127.0.0.1:8466",
    mail = { server = "127.0.0.1:$mail_port", tls = "none", from = "Hạn chót <hanchot@example.gov.vn>", digest = "08:00" },
    recipients = {
        ["haiphong/PC06"] = { "pc06@example.gov.vn", "an@example.gov.vn" },
        ["haiphong/PV01"] = { "pv01@example.gov.vn", "an@example.gov.vn" },
    },
    webhooks = {
        { name = "chat", url = "http://127.0.0.1:$call_port/hook", secret_file = "secret", units = { "haiphong/PC06" } },
        { name = "late", url = "http://127.0.0.1:$call_port/late", secret_file = "secret", kinds = { "overdue" } },
    },
}
SITE
serve() { # AT [OPTION…]
    serve_start --at "$1" --site "$work/site.lua" "${@:2}"
}
waiting() {
    curl -sS "$url/metrics" | sed -n 's/^hanchot_deliveries_waiting //p'
}
waits() { # NUMBER
    [ "$(waiting)" = "$1" ]
}
looked() { # at the alerts, which it does after the first answers
    curl -sS "$url/metrics" | grep -Eq '^hanchot_alert_looks_total [1-9]'
}
sent() {
    looked && [ "$(waiting)" = 0 ]
}
count() { # FOLDER
    find "$work/$1" -name '[0-9]*' | wc -l
}
tried() { # FOLDER NUMBER
    [ "$(count "$1")" -ge "$2" ]
}
to() { # ADDRESS: the subjects of its mails, decoded
    local file
    for file in "$mails"/[0-9]*; do
        grep -qx "To: $1"$'\r' "$file" && sed -n '/^Subject: /,/^Date: /{/^Date: /d;s/\r$//;s/^Subject: //;p}' "$file" |
            sed 's/^ *=?UTF-8?B?\(.*\)?=$/\1/' | base64 -d && echo
    done
}
clear() {
    rm -rf "$work"/test.db* "$mails"/[0-9]* "$calls"/[0-9]*
}
book() {
    "$HANCHOT" alerts --ledger --format json --site "$work/site.lua" --at 2027-01-31 --db "$work/test.db"
}

# --- A Friday: a digest for each address, a call for each webhook

serve 2026-11-20T07:40
check "what is critical, and webhooks, at once" wait_for 60 sent
same "the digest waits for its hour" 0 "$(count mails)"
same "a call for each webhook" 2 "$(count calls)"
check "that of one office" grep -q '"unit":"haiphong/PC06"' "$(grep -l '^POST /hook' "$calls"/*)"
nothing "has no other office in it" "$(grep -l '^POST /hook' "$calls"/* | xargs grep -o '"unit":"[^"]*"' | grep -v PC06)"
nothing "that of one kind has no other in it" "$(grep -l '^POST /late' "$calls"/* | xargs grep -o '"kind":"[^"]*"' | grep -v overdue)"
check "it is signed" grep -Eq '^Hanchot-Signature: t=[0-9]{10},v1=[0-9a-f]{64}' "$calls/1"
same "its key is the id inside" "$(keys calls | sort)" "$(grep -oh '"id":"[0-9a-f]*"' "$calls"/* | cut -d'"' -f4 | sort)"
serve_stop

serve 2026-11-20T08:00
check "at its hour" wait_for 60 tried mails 3
check "nothing waits" wait_for 60 sent
same "one digest for each address, of two offices too" \
    $'an@example.gov.vn\npc06@example.gov.vn\npv01@example.gov.vn' "$(grep -h '^To: ' "$mails"/* | tr -d '\r' | cut -d' ' -f2 | sort)"
same "its subject" "Hạn chót 20/11/2026: 1 quá hạn, 1 sắp tới, 1 khác" "$(to pc06@example.gov.vn)"
serve_stop
serve 2026-11-20T16:00
check "later the same day" wait_for 60 sent
same "no second digest" 3 "$(count mails)"
same "no second call" 2 "$(count calls)"
check "the channel's answer is in the book" grep -q '"channel":"mail:pc06@example.gov.vn".*"taken_at":"2026-11-20T08' <(book)

"$HANCHOT" ack haiphong-2026:III.3.c:2026-11:haiphong/PC06 --site "$work/site.lua" --at 2026-11-20T16:00 --db "$work/test.db" >/dev/null
"$HANCHOT" ack backlog:haiphong/PC06 --site "$work/site.lua" --at 2026-11-20T16:00 --db "$work/test.db" >/dev/null
serve_stop
rm "$mails"/[0-9]*
serve 2026-11-23T08:00
check "the next working day" wait_for 60 tried mails 3
wait_for 60 sent
same "what was answered is told no more" "Hạn chót 23/11/2026: 1 khác" "$(to pc06@example.gov.vn)"
serve_stop
rm "$mails"/[0-9]*
serve 2026-11-24T08:00
check "a day off on which something is due" wait_for 60 tried mails 2
wait_for 60 sent
same "only that" "Hạn chót 24/11/2026: 1 hôm nay" "$(to pv01@example.gov.vn)"
nothing "not to who has answered" "$(to pc06@example.gov.vn)"
serve_stop
rm "$mails"/[0-9]*
serve 2026-11-28T08:00
check "a Saturday" wait_for 60 sent
same "silence" 0 "$(count mails)"
serve_stop

# --- Overdue is critical: at once, and to whom it escalates

clear
mkdir "$work/rules"
cat >"$work/rules/p.lua" <<'RULES'
api(1)
org "hp" { title = "Hải Phòng", units = { A = { title = "Phòng A" }, B = { title = "Phòng B" } } }
plan "p" { title = "Kế hoạch thử", org = "hp", period = "2026", issued = "2026-01-05" }
task "1" { title = "Việc gấp <&> một", lead = "A", due = by "2026-11-10", escalate = { after = workdays(2), to = "B" } }
task "2" { title = "Việc hai", lead = "A", due = by "2026-11-13" }
RULES
sed "s|haiphong/PC06|hp/A|;s|haiphong/PV01|hp/B|;s|digest = \"08:00\"|digest = \"16:00\"|" "$work/site.lua" >"$work/own.lua"
own() { # AT
    serve_start --at "$1" --site "$work/own.lua" --rules "$work/rules"
}
own 2026-11-02T09:00
check "the reminders before it are no mail of their own" wait_for 60 tried calls 1
serve_stop
own 2026-11-11T07:00
wait_for 60 looked
check "before hours" sent
same "nothing" 0 "$(count mails)"
serve_stop
own 2026-11-11T07:30
check "the first day overdue" wait_for 60 tried mails 2
wait_for 60 sent
same "by itself, at once" "[KHẨN] Quá hạn 1 ngày làm việc: Việc gấp <&> một" "$(to pc06@example.gov.vn)"
nothing "not yet to whom it escalates" "$(to pv01@example.gov.vn)"
serve_stop
own 2026-11-12T07:30
check "two working days after" wait_for 60 tried mails 5
wait_for 60 sent
same "it escalates" "[KHẨN] Quá hạn 2 ngày làm việc: Việc gấp <&> một" "$(to pv01@example.gov.vn)"
same "an address of both offices hears of it once" 2 "$(to an@example.gov.vn | grep -c KHẨN)"
serve_stop

# --- A refusal for good is kept and shown; one for now is tried again, also after a restart, with the same key

clear
receivers_answer mails 550
receivers_answer calls 503
serve 2026-11-20T08:00
check "all was tried" wait_for 60 tried calls 2
check "what was refused waits no more" wait_for 60 waits 2
check "how many were refused" grep -qx 'hanchot_deliveries_refused_total 3' <(curl -sS "$url/metrics")
check "the log names it" grep -q 'mail:pc06@example.gov.vn: bị từ chối, không gửi lại' "$work/serve.log"
for name in chat late; do # their answers may still be on the way
    check "and what will be tried again: $name" \
        wait_for 60 grep -q "webhook:$name: chưa gửi được (lần thứ 1), sẽ thử lại: HTTP 503" "$work/serve.log"
done
serve_stop
receivers_answer mails
receivers_answer calls
serve 2026-11-20T08:00:20
check "not before its time" waits 2
serve_stop
serve 2026-11-20T08:00:30
check "half a minute later" wait_for 60 sent
same "under the same key" 2 "$(keys calls | sort -u | wc -l)"
same "once more each" 4 "$(count calls)"
same "what was refused is not sent again" 0 "$(count mails)"

page_of() { # PATH [CURL-OPTION…]
    curl -sS "${@:2}" "$url$1"
}
check "the overview says that mails were refused" grep -q '3 thư hoặc webhook bị nơi nhận từ chối' <(page_of /)
check "which, and why" grep -q '<code>mail:pc06@example.gov.vn</code> Hạn chót 20/11/2026.* – .*550' <(page_of /)
check "and what to do" grep -q 'hanchot alerts --resend' <(page_of /)
check "in English" grep -q 'Mails or webhook calls refused by their receivers: 3' <(page_of '/?lang=en')
check "above the alerts too" grep -q '3 thư hoặc webhook bị nơi nhận từ chối' <(page_of /alerts)
nothing "not on the pages of offices" "$(page_of /units/haiphong/PC06 | grep 'bị nơi nhận từ chối')"

again() { # NUMBER|all
    "$HANCHOT" alerts --resend "$1" --lang en --site "$work/site.lua" --at 2026-11-20T08:01 --db "$work/test.db" 2>&1
}
refused=$(book | grep -o '"notice":[0-9]*,"key":"digest:[^}]*"refused_at":"2026[^"]*"' | grep -o '^"notice":[0-9]*' | cut -d: -f2)
same "three were" 3 "$(wc -w <<<"$refused")"
one=$(head -n 1 <<<"$refused")
check "the book says how it is sent again" grep -q "gửi lại: hanchot alerts --resend $one)" \
    <("$HANCHOT" alerts --ledger --site "$work/site.lua" --at 2026-11-20T08:01 --db "$work/test.db" --lang vi)
check "unless somebody asks for it" grep -q "^letter $one is sent again to mail:" <(again "$one")
check "then it arrives" wait_for 60 tried mails 1
check "and is taken" wait_for 60 sent
fewer() {
    page_of / | grep -q '2 thư hoặc webhook bị nơi nhận từ chối'
}
check "and is no trouble any more" wait_for 60 fewer
check "what was taken is not sent again" grep -q "letter $one was taken, it is not sent again" <(again "$one")
serve_stop
check "without a daemon it is put down for the next one" grep -c 'is sent again to mail:' <(again all)
check "which is said" grep -c 'waits to be sent' <(again "$(tail -n 1 <<<"$refused")")
same "and no other" "nothing was refused" "$(again all)"
check "a number that is none" grep -q 'there is no letter 99999' <(again 99999)
serve 2026-11-20T08:02
check "they arrive" wait_for 60 tried mails 3
wait_for 60 sent
serve_stop
same "each once, under a key of its own" 3 "$(keys mails | sort -u | wc -l)"
same "which it had from the first" "$(for name in an pc06 pv01; do
    printf 'digest:%s\nsummary\n2026-11-20\n\nmail:%s' "$name@example.gov.vn" "$name@example.gov.vn" | sha256sum | cut -c1-32
done | sort)" "$(keys mails | sort)"

clear
receivers_answer calls 503
serve 2026-11-20T09:00 --speed 200
check "with a running clock it is tried again and again" wait_for 60 tried calls 8
receivers_answer calls
check "until it is taken" wait_for 60 sent
serve_stop
same "under the same keys" 2 "$(keys calls | sort -u | wc -l)"

# --- The mail server is down for days: the newest letter tells what still holds, and nothing else comes afterwards

not_delivered() { # ADDRESS NUMBER: so many letters to it could not be delivered at the first try
    [ "$(grep -c "mail:$1: chưa gửi được (lần thứ 1)" "$work/serve.log")" = "$2" ]
}
clear
receivers_answer mails 451
for day in 2026-11-20 2026-11-23 2026-11-25; do
    serve "${day}T08:00"
    check "$day: the mail server takes nothing" wait_for 60 not_delivered pc06@example.gov.vn 1
    serve_stop
done
receivers_answer mails
serve 2026-11-26T08:00
check "on the fourth day it does" wait_for 60 tried mails 3
check "nothing waits" wait_for 60 sent
same "one mail to each" $'an@example.gov.vn\npc06@example.gov.vn\npv01@example.gov.vn' \
    "$(grep -h '^To: ' "$mails"/* | tr -d '\r' | cut -d' ' -f2 | sort)"
same "that of today" "Hạn chót 26/11/2026: 2 quá hạn, 1 khác" "$(to pc06@example.gov.vn)"
serve_stop
same "what it tells instead of the others is written down" 3 \
    "$(book | grep '"key":"digest:pc06@example.gov.vn"' | grep '"taken_at":null' | grep -c '"newer":[0-9]')"
check "in words too" grep -Eq 'chưa nhận, thư [0-9]+ báo thay' \
    <("$HANCHOT" alerts --ledger --site "$work/site.lua" --at 2026-11-26 --db "$work/test.db" --lang vi)

clear
own 2026-11-02T09:00 # the ledger begins
wait_for 60 sent
serve_stop
receivers_answer mails 451
own 2026-11-11T07:30
check "an urgent one cannot be delivered" wait_for 60 not_delivered pc06@example.gov.vn 1
serve_stop
receivers_answer mails
own 2026-11-12T07:30
check "the next day's is" wait_for 60 tried mails 3
check "nothing waits" wait_for 60 sent
same "in its place" "[KHẨN] Quá hạn 2 ngày làm việc: Việc gấp <&> một" "$(to pc06@example.gov.vn)"
serve_stop

clear
own 2026-11-02T09:00 # the ledger begins
wait_for 60 sent
serve_stop
receivers_answer mails 451
own 2026-11-11T07:30
check "an urgent one cannot be delivered" wait_for 60 not_delivered an@example.gov.vn 1
serve_stop
"$HANCHOT" done p:1:2026:hp/A --rules "$work/rules" --site "$work/own.lua" --at 2026-11-11T09:00 --db "$work/test.db" >/dev/null
receivers_answer mails
own 2026-11-11T10:00
check "it is done before the server works again" wait_for 60 sent
serve_stop
same "then nobody is told that it is overdue" 0 "$(count mails)"
same "which is written down" 2 \
    "$(book | grep '"rung":"+1 2026-11-10"' | grep '"dropped_at":"2026-11-11T10' | grep -c '"newer":null')"

# --- Whoever runs hanchot is told once that a receiver takes nothing

clear
receivers_answer mails 451
serve 2026-11-20T08:00 --speed 4000
failing() {
    curl -sS "$url/api/v1/alerts" | grep -q '"key":"delivery:mail:2026-11-20","kind":"delivery_failing","severity":"critical","unit":null'
}
check "after two hours" wait_for 60 failing
check "on the overview" grep -q 'Không thư nào gửi được từ.*Trả lời gần nhất: .*451' <(page_of /)
told_it() {
    book | grep '"key":"delivery:mail:2026-11-20"' | grep -q '"channel":"stream"'
}
check "once, by the stream" wait_for 120 told_it # at the latest when the next working day begins
receivers_answer mails
check "until it takes something" wait_for 60 sent
not_failing() {
    ! failing
}
check "then no more" wait_for 60 not_failing
nothing "nor on the overview" "$(page_of / | grep 'Không thư nào gửi được')"
serve_stop
same "which was told once" 1 "$(book | grep '"key":"delivery:mail:2026-11-20"' | grep -c '"channel":"stream"')"

# --- A worker that dies is started again; one that cannot be reached loses nothing

clear
receivers_answer mails 0
serve 2026-11-20T08:00 --speed 200
check "the server closes after taking the mail" wait_for 60 tried mails 3
worker=$(pgrep -P $serve_pid -f hanchot-deliver)
check "there is one worker" test -n "$worker"
kill -KILL "$worker"
another_works() { pgrep -P $serve_pid -f hanchot-deliver | grep -vqx "$worker"; }
check "another takes its place" wait_for 60 another_works
receivers_answer mails
check "and delivers" wait_for 60 sent
same "three mails to the eye" 3 "$(keys mails | sort -u | wc -l)"
for key in $(keys mails | sort | uniq -d); do
    same "a repetition is the same mail" 1 "$(grep -l "$key" "$mails"/* | xargs md5sum | cut -d' ' -f1 | sort -u | wc -l)"
done
worker=$(pgrep -P $serve_pid -f hanchot-deliver)
serve_stop
gone() { ! kill -0 "$worker"; }
check "the worker goes with the daemon" wait_for 60 gone
printf 'api(1)\nsite {}\n' >"$work/none.lua"
serve_start --at 2026-11-23T09:00 --site "$work/none.lua"
nothing "who sends nothing has no worker" "$(pgrep -P $serve_pid -f hanchot-deliver)"
serve_stop

# --- Killed at any moment: each key arrives, none is another's, repetitions are the same bytes

days='2026-11-20T08:00 2026-11-23T08:00 2026-11-25T08:00 2026-11-27T08:00'
clear
for day in $days; do
    serve "$day"
    wait_for 60 sent || fail "all of $day is sent"
    serve_stop
done
sort -u <(keys mails) <(keys calls) >"$work/undisturbed"
clear
for day in $days; do
    for delay in 0.05 0.08 0.1 0.12 0.15 0.2; do
        "$HANCHOT" serve --at "$day" --site "$work/site.lua" --db "$work/test.db" --listen 127.0.0.1:0 >/dev/null 2>&1 &
        daemon=$!
        read -rt $delay -u "$pause" || true
        kill -KILL $daemon
        wait $daemon 2>/dev/null
    done
    serve "$day"
    wait_for 60 sent || fail "all of $day is sent after kills"
    serve_stop
done
sort -u <(keys mails) <(keys calls) >"$work/killed"
nothing "killed or not: the same keys arrive" "$(diff "$work/undisturbed" "$work/killed")"
check "which are not none" test "$(wc -l <"$work/killed")" -ge 12
different=
for key in $(cat <(keys mails) <(keys calls) | sort | uniq -d); do
    n=$(grep -l "$key" "$mails"/[0-9]* "$calls"/[0-9]* | while read -r file; do sed '/^Hanchot-Signature/d' "$file" | md5sum; done | sort -u | wc -l)
    [ "$n" = 1 ] || different="$different $key"
done
nothing "and a repetition is the same, byte for byte" "$different"
finish
