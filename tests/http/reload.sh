#!/bin/bash
# Rules that change on disk while the daemon serves: taken over, refused or held back, and nobody has to wait for it.
# shellcheck disable=SC2317 # functions that wait_for calls
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/tap.sh
. tests/serve.sh

at=2026-11-20
rules=$work/rules
calendars=$work/calendars
cp -R rules "$rules"
cp -R calendars "$calendars"
grep -v '^metric' tests/e2e/hostile-rules/office.lua >"$rules/zy-office.lua"
plan=$rules/haiphong-2026.lua
feed_path=/calendars/unit/haiphong/PC06.ics

feed() { curl -sS --fail "$url$feed_path"; }
etag() { curl -sSI "$url$feed_path" | tr -d '\r' | sed -n 's/^ETag: //Ip'; }
modified() { date -d "$(curl -sSI "$url$feed_path" | tr -d '\r' | sed -n 's/^Last-Modified: //Ip')" +%s; }
events() { # each event on a line of its own, sorted
    tr -d '\r' | sed -e ':a' -e 'N' -e '$!ba' -e 's/\n //g' |
        awk '/^BEGIN:VEVENT/ { event = "" } { event = event $0 "|" } /^END:VEVENT/ { print event }' | sort
}
uids() { cut -d'|' -f2 "$1"; }
value() { # PROPERTY: of the event on stdin
    tr '|' '\n' | sed -n "s/^$1://p"
}
etag_is_not() { local now; now=$(etag) && [ -n "$now" ] && [ "$now" != "$1" ]; }
logged() { grep -qF "$1" "$work/serve.log"; }
faults_shown() { curl -sS "$url/" | grep -qF "$1"; }
no_faults_shown() { ! faults_shown "zz-thu.lua"; }
edit() { sed -i "$1" "$2"; } # as editors do it: a new file under the old name

serve_start --at $at --rules "$rules" --calendars "$calendars"

# --- A new title

title='Đề xuất cắt giảm thời gian giải quyết TTHC'
feed | events >"$work/before"
before=$(etag)
was_modified=$(modified)
edit "s/$title/$title (sửa)/" "$plan"
check "a new title is served" wait_for 60 etag_is_not "$before"
feed | events >"$work/after"
check "no UID changed" cmp <(uids "$work/before") <(uids "$work/after")
same "one event changed" 1 "$(comm -13 "$work/before" "$work/after" | wc -l)"
comm -23 "$work/before" "$work/after" >"$work/old"
comm -13 "$work/before" "$work/after" >"$work/new"
check "it has the title" grep -qF "$title (sửa)" "$work/new"
same "its SEQUENCE went up by one" $(($(value SEQUENCE <"$work/old") + 1)) "$(value SEQUENCE <"$work/new")"
check "its LAST-MODIFIED went up" test "$(value LAST-MODIFIED <"$work/new")" \> "$(value LAST-MODIFIED <"$work/old")"
same "DTSTAMP went with it" "$(value LAST-MODIFIED <"$work/new")" "$(value DTSTAMP <"$work/new")"
check "the feed's Last-Modified went up" test "$(modified)" -gt "$was_modified"
check "the command gives the same bytes" \
    cmp <("$HANCHOT" feed unit/haiphong/PC06 --at $at --rules "$rules" --calendars "$calendars" --db "$work/test.db") <(feed)

# And back again, in the same second of a clock that stands still: that is a change too.
before=$(etag)
was_modified=$(modified)
cp "$work/new" "$work/old"
edit "s/$title (sửa)/$title/" "$plan"
check "the old title is served again" wait_for 60 etag_is_not "$before"
feed | events >"$work/after"
grep -F "$(value UID <"$work/old")" "$work/after" >"$work/new"
check "SEQUENCE goes on" test "$(value SEQUENCE <"$work/new")" -gt "$(value SEQUENCE <"$work/old")"
check "LAST-MODIFIED goes on" test "$(value LAST-MODIFIED <"$work/new")" \> "$(value LAST-MODIFIED <"$work/old")"
check "the feed's Last-Modified goes on" test "$(modified)" -gt "$was_modified"
feed >"$work/served"
serve_stop
serve_start --at $at --rules "$rules" --calendars "$calendars"
check "a restart remembers all that" cmp <(feed) "$work/served"

# Two seconds are the daemon's bound; what a stalled machine takes longer is none of its doing: once in five times.
took_ms() { # to serve one more title
    local began=${EPOCHREALTIME/./}
    before=$(etag)
    edit "s/${title}[^\"]*/$title $1/" "$plan"
    wait_for 60 etag_is_not "$before"
    echo $(((${EPOCHREALTIME/./} - began) / 1000))
}
for i in 1 2 3 4 5; do
    took=$(took_ms "(lần $i)")
    [ "$took" -gt 2000 ] || break
done
check "a change is served within two seconds: $took ms" test "$took" -le 2000
before=$(etag)
edit "s/$title (lần $i)/$title/" "$plan"
check "and the old one again" wait_for 60 etag_is_not "$before"

# --- Other ways in which files change

before=$(etag)
edit 's/Phòng Cảnh sát quản lý hành chính về trật tự xã hội/& (PC06)/' "$rules/units/haiphong.lua"
check "an included file" wait_for 60 etag_is_not "$before"
before=$(etag)
sed "s/$title/$title (ghi đè)/" "$plan" >"$work/edited"
cat "$work/edited" >"$plan"
check "a file written in place" wait_for 60 etag_is_not "$before"
before=$(etag)
edit 's/\["2026-12-31"\]/["2026-12-30"]/; s/off = {/off = { ["2026-12-14"] = "nghỉ thử",/' "$calendars/vn.lua"
check "a calendar" wait_for 60 etag_is_not "$before"
check "a day off moves act_by" grep -q 'xong trước hết 11/12' <(feed | events)
before=$(etag)
sed "s/$title (ghi đè)/$title (SIGHUP)/" "$plan" >"$rules/.haiphong-2026.lua.swp"
touch "$rules/#haiphong-2026.lua#" "$rules/x.meta.lua"
cp -R "$rules" "$work/rules.next"
mv "$work/rules.next/.haiphong-2026.lua.swp" "$work/rules.next/haiphong-2026.lua"
mv "$rules" "$work/rules.old" && mv "$work/rules.next" "$rules"
check "a whole new folder in the old one's place" wait_for 60 etag_is_not "$before"
before=$(etag)
edit "s/$title (SIGHUP)/$title (trong thư mục mới)/" "$plan"
check "a file of the new folder" wait_for 60 etag_is_not "$before"
before=$(etag)
cp -R "$rules" "$work/rules.linked"
edit "s/$title (trong thư mục mới)/$title (qua liên kết)/" "$work/rules.linked/haiphong-2026.lua"
mv "$rules" "$work/rules.older" && ln -s rules.linked "$work/link" && mv -T "$work/link" "$rules"
check "a link to another folder" wait_for 60 etag_is_not "$before"
before=$(etag)
edit "s/$title (qua liên kết)/$title (sau liên kết)/" "$work/rules.linked/haiphong-2026.lua"
check "a file behind the link" wait_for 60 etag_is_not "$before"
before=$(etag)
loads=$(grep -c 'đã nạp lại' "$work/serve.log")
loads_more() { [ "$(grep -c 'đã nạp lại' "$work/serve.log")" -gt "$loads" ]; }
kill -HUP "$serve_pid"
check "SIGHUP loads again" wait_for 60 loads_more
same "the same rules give the same feed" "$before" "$(etag)"

# --- Rules with faults

before=$(etag)
feed >"$work/served"
refused() { grep -c 'vẫn dùng bản tốt gần nhất' "$work/serve.log"; }
refused_more() { [ "$(refused)" -gt "$times" ]; }
faults=tests/e2e/rule-faults/faults
for file in $faults/{syntax,unknown-key,doubled-key,duplicate-ref,missing-include,not-utf8,binary}.lua tests/e2e/hostile-rules/hostile/*.lua; do
    name=$(basename "$file" .lua)
    times=$(refused)
    cp "$file" "$rules/zz-thu.lua"
    check "$name: refused" wait_for 60 refused_more
    check "$name: the dashboard shows the fault" wait_for 60 faults_shown "zz-thu.lua"
    same "$name: the last good feed, with the same ETag" "$before" "$(etag)"
done
check "the last good feed, to the byte" cmp <(feed) "$work/served"
rm "$rules/zz-thu.lua"
check "repaired, the fault is gone" wait_for 60 no_faults_shown
cp tests/e2e/rule-faults/faults/impossible-date.lua "$rules/zz-thu.lua"
check "the dashboard names file and line" wait_for 60 faults_shown "zz-thu.lua:5"
check "and every fault" faults_shown "zz-thu.lua:7"
check "so does the log" wait_for 60 logged "zz-thu.lua:7: "
check "facts are taken all the same" "$HANCHOT" done haiphong-2026:III.3.c:2026-11:haiphong/PC06 --on 2026-11-19 --db "$work/test.db"
check "and seen" wait_for 60 etag_is_not "$before"
rm "$rules/zz-thu.lua"
check "repaired" wait_for 60 no_faults_shown

# --- Nobody waits while hostile rules load

units=$(grep -oE 'X[0-9]{5}' rules/units/haiphong.lua | sort -u | head -n 40)
some_requests() { # ROUND: of feeds that nobody asked for before, and of what is at hand; status and seconds of each
    {
        for unit in $units; do echo "/calendars/unit/haiphong/$unit.ics?round=$1"; done
        printf '%s\n' / /due /readyz /units/haiphong/PC07 /calendars/all.ics "$feed_path" "$feed_path?alarms=1&round=$1"
    } | sed "s|.*|url = \"$url&\"\noutput = /dev/null|" >"$work/curl.conf"
    curl -sS -K "$work/curl.conf" -w '%{http_code} %{time_total}\n'
}
requests_during() { # FILE: asks from the moment it is written until it was refused; times in $work/times
    times=$(refused)
    : >"$work/times"
    cp "$1" "$rules/zz-thu.lua"
    until refused_more && [ "$(wc -l <"$work/times")" -ge 50 ]; do
        some_requests $RANDOM$RANDOM >>"$work/times"
        [ "$(wc -l <"$work/times")" -lt 50000 ] || break
    done
    rm "$rules/zz-thu.lua"
    wait_for 60 no_faults_shown
}
slowest() { awk '{ if ($2 > most) most = $2 } END { printf "%d", most * 1000 }' "$work/times"; }
# The bound is the daemon's, a delay may be the machine's. One that is so slow that these requests alone need half of
# it gets what they need three times over; and it has to hold in one of ten attempts.
bound=999999
for i in 1 2 3 4 5; do
    some_requests $i >"$work/times"
    [ "$(slowest)" -ge $bound ] || bound=$(slowest)
done
bound=$((bound * 3 > 100 && bound > 50 ? bound * 3 : 100))
for name in endless-loop endless-loop-in-pcall two-gigabytes two-gigabytes-in-pcall deep-table sections format; do
    for _ in 1 2 3 4 5 6 7 8 9 10; do
        requests_during "tests/e2e/hostile-rules/hostile/$name.lua"
        [ "$(slowest)" -gt $bound ] || break
    done
    check "$name: each of $(wc -l <"$work/times") requests within $bound ms (slowest $(slowest) ms)" test "$(slowest)" -le $bound
    nothing "$name: each with its answer" "$(grep -v '^200 ' "$work/times")"
done

# --- Rules that would take away too much

status_of() { curl -sS -o /dev/null -w '%{http_code}' "$url$1"; }
accept() { "$HANCHOT" accept --db "$work/test.db"; }
held() { grep -c 'hanchot accept$' "$work/serve.log"; }
held_more() { [ "$(held)" -gt "$times" ]; }
taken() { grep -c 'đã nạp lại quy tắc' "$work/serve.log"; }
taken_more() { [ "$(taken)" -gt "$times" ]; }

times=$(held)
mv "$rules/culaodung-2021.lua" "$work/kept.lua"
check "a plan that vanishes is held back" wait_for 60 held_more
check "the log says which" logged 'culaodung-2021 biến mất'
alert_of_it() { curl -sS "$url/api/v1/alerts?lang=en" | grep -o '"key":"rule_fault:held","kind":"rule_fault"'; }
check "an alert tells it" wait_for 60 alert_of_it
check "the dashboard too" grep -q 'hanchot accept' <(curl -sS "$url/")
check "and what monitors read" grep -q '^hanchot_alerts_open{kind="rule_fault",severity="critical"} 1$' <(curl -sS "$url/metrics")
same "its feed is still there" 200 "$(status_of /calendars/plan/culaodung-2021.ics)"
times=$(taken)
mv "$work/kept.lua" "$rules/culaodung-2021.lua"
check "it is back" wait_for 60 taken_more
nothing "and no alert is left" "$(alert_of_it)"
same "nothing is held any more" "1: hanchot: không có quy tắc nào đang bị giữ lại" "$(said=$(accept 2>&1); echo "$?: $said")"
times=$(held)
rm "$rules/culaodung-2021.lua"
check "held back again" wait_for 60 held_more
check "accepted" accept
same "its feed is gone" 404 "$(status_of /calendars/plan/culaodung-2021.ics)"
same "a second time there is nothing to accept" 1 "$(accept >/dev/null 2>&1; echo $?)"

# One report of 131 offices becomes one of a single office.
before=$(etag)
times=$(held)
gone=/calendars/unit/haiphong/PC07/haiphong-2026.ics
curl -sS "$url$gone" >"$work/served"
edit '/^report "III.3.c"/,/}/ s/lead = "@all"/lead = "PC06"/; /^test /,$ d' "$plan"
check "more than a fifth of what is open is held back" wait_for 60 held_more
check "the feeds are as they were" cmp <(curl -sS "$url$gone") "$work/served"
serve_stop
same "the daemon ends in good order" 0 $?
serve_start --at $at --rules "$rules" --calendars "$calendars"
check "a restart takes the rules as they are" test "$(curl -sS "$url$gone" | grep -c '^BEGIN:VEVENT')" -lt "$(grep -c '^BEGIN:VEVENT' "$work/served")"
serve_stop

# --- Rules that change while the ledger cannot be read: the former ones are served until it can, then the new ones

cp rules/haiphong-2026.lua "$plan"
sql() { sqlite3 -cmd '.timeout 10000' "$work/test.db" "$1"; }
serve_start --at ${at}T12:00:00 --speed 20 --rules "$rules" --calendars "$calendars"
feed >"$work/served"
sql 'ALTER TABLE progress RENAME TO hidden'
edit "s/$title/Đề xuất rút ngắn/" "$plan"
check "the trouble is logged" wait_for 60 logged 'no such table: progress'
check "the feed is as it was" cmp <(feed) "$work/served"
same "still ready" 200 "$(status_of /readyz)"
nothing "the new rules are not called loaded" "$(sed -n '/no such table/,$p' "$work/serve.log" | grep 'đã nạp lại')"
sql 'ALTER TABLE hidden RENAME TO progress'
renamed() { feed | grep -q 'Đề xuất rút ngắn'; }
check "they are served when it can be read again" wait_for 60 renamed
serve_stop
same "the daemon ends in good order after that" 0 $?
finish
